"""Post formats, one module each: SUFFIXES, parse, quote, unquote. The file name is the format's name.

Templates (`jinja`) are message sources without spans: they have `messages` instead.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules
from types import ModuleType

from tarjuma.errors import SourceError
from tarjuma.model import Document, Options, Segment
from tarjuma.syntax import frontmatter, inline


@cache
def suffixes() -> dict[str, str]:
    """File suffix with its dot -> name of the format that reads it."""
    return {suffix: info.name for info in iter_modules(__path__) for suffix in module(info.name).SUFFIXES}


@cache
def module(name: str) -> ModuleType:
    """The module of a format."""
    return import_module(f"{__name__}.{name}")


def format_of(path: str) -> str | None:
    """The name of the format that reads this path, by its suffix; None when there is none."""
    return suffixes().get(PurePath(path).suffix.lower())


@lru_cache(maxsize=4)
def parse(source: bytes, path: str, options: Options) -> Document:
    """The text of a post or data file as byte spans; the last few are remembered, since each step looks for itself.

    Raises SourceError, with path and line, when the file is not what its name says or not UTF-8.
    """
    name = format_of(path)
    if name is None or not hasattr(module(name), "parse"):
        raise SourceError(
            "no format reads this kind of file", path=path, hint="Known endings: " + " ".join(sorted(suffixes()))
        )
    document: Document = module(name).parse(source, path, options)
    return document


def quote(document: Document, segment: Segment, target: str) -> bytes:
    """The bytes that stand for `target` in place of source[segment.start:segment.end].

    The source's own bytes when `target` is the segment's text; what would change the structure is escaped.
    """
    if segment.syntax in frontmatter.SYNTAXES and target != segment.key.text:
        # a title reaches the page through a template, and not every template escapes it
        target = inline.escaped(segment.key.text, target, segment.syntax)
    quoted: bytes = module(document.format).quote(document, segment, target)
    return quoted


def unquote(document: Document, segment: Segment, quoted: bytes) -> str:
    """The text that `parse` reads back where `quoted` stands in place of the segment."""
    if quoted == document.source[segment.start : segment.end]:
        return segment.key.text
    text: str = module(document.format).unquote(document, segment, quoted)
    return text
