"""YAML data files: menus, tables of UI texts. `Options.keys` says which values are text."""

from __future__ import annotations

from tarjuma.errors import SourceError
from tarjuma.model import Document, Options, Segment
from tarjuma.syntax import yaml as syntax
from tarjuma.syntax.text import BOM, decode

SUFFIXES = (".yml", ".yaml")


def parse(source: bytes, path: str, options: Options) -> Document:
    """The values for readers of a YAML file. Raises SourceError when it is not UTF-8 or not YAML."""
    start = len(BOM) if source.startswith(BOM) else 0
    if fault := syntax.fault(decode(source, path).removeprefix("\ufeff")):
        line, reason = fault
        raise SourceError(
            f"not YAML: {reason}", path=path, line=line, hint="Mend it, or leave the file out of the sources."
        )
    segments, shape = syntax.segments(source, start, len(source), options)
    return Document(path, source, tuple(segments), options, "yaml", shape)


def quote(document: Document, segment: Segment, target: str) -> bytes:
    """The bytes that replace the segment's own in the document."""
    return syntax.quote(document.source, segment, target)


def unquote(document: Document, segment: Segment, quoted: bytes) -> str:
    """The text that `parse` will read from `quoted`."""
    return syntax.unquote(document.source, segment, quoted)
