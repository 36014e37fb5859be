"""Front matter: where a post's block of fields begins and ends, and in which syntax it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tarjuma.model import Options
from tarjuma.syntax import json, pelican, toml, yaml
from tarjuma.syntax.text import BOM, part

SYNTAXES: Final = {"yaml": yaml, "toml": toml, "json": json, "pelican": pelican}
"""Name of a syntax -> its module: segments, quote, unquote."""


@dataclass(frozen=True, slots=True)
class Block:
    """A post's front matter; all numbers are byte offsets into the source."""

    syntax: str
    """yaml, toml, json, pelican or lektor."""
    start: int
    """Where the fields begin, behind the opening line."""
    end: int
    """Where they end, before the closing line."""
    body: int
    """Where the text of the post begins."""


LEKTOR: Final = frozenset({"lektor"})
"""The dialects of a file of Lektor: all of it is fields, the text too."""

_OPEN = re.compile(rb"(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_CLOSE = {
    b"---": re.compile(rb"[\r\n](?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)"),
    b"+++": re.compile(rb"[\r\n]\+\+\+[ \t]*(?:\r\n|\r|\n|\Z)"),
}


def find(source: bytes, options: Options) -> Block | None:
    """The front matter at the top of a post (a byte order mark may precede it); None when all of it is body.

    Fields that cannot be read (template code, a slip) are front matter none the less: a block without segments.
    A `---` that is never closed, or that encloses no mapping, is a thematic break of the body.
    Raises SourceError when it is not UTF-8.
    """
    top = len(BOM) if source.startswith(BOM) else 0
    if options.dialects == LEKTOR:
        return Block("lektor", top, len(source), top)
    if opening := _OPEN.match(source, top):
        return _fenced(source, opening, options)
    if source.startswith(b"{", top) and (object_end := json.object_end(source, top)):
        return Block("json", top, *object_end)
    if options.pelican and (fields_end := pelican.fields_end(source, top)) > top:
        return Block("pelican", top, fields_end, fields_end)
    return None


def _fenced(source: bytes, opening: re.Match[bytes], options: Options) -> Block | None:
    fence, start = opening[1], opening.end()
    closing = _CLOSE[fence].search(source, start - 1)
    if not closing:
        return None
    end = closing.start() + 1
    if fence == b"+++":
        return Block("toml", start, end, closing.end())
    if options.pelican and pelican.fields_end(source[:end], start) == end > start:
        return Block("pelican", start, end, closing.end())
    return Block("yaml", start, end, closing.end()) if _is_mapping(part(source, start, end)) else None


def _is_mapping(text: str) -> bool:
    import yaml as pyyaml

    try:
        return all(root is None or isinstance(root, pyyaml.MappingNode) for root in yaml.roots(text))
    except pyyaml.YAMLError:
        return True  # somebody's front matter with a slip in it
