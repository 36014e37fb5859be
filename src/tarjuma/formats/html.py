"""HTML posts: front matter, then text between tags. Template code of Jinja, Liquid and Go stays where it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from tarjuma.model import Document, Options, Segment
from tarjuma.syntax import directive, frontmatter
from tarjuma.syntax import html as syntax
from tarjuma.syntax.text import BOM, decode

SUFFIXES = (".html", ".htm")

_CLOSERS = {b"{{": b"}}", b"{%": b"%}", b"{#": b"#}", b"<%": b"%>"}
_OPENER = re.compile(rb"\{\{|\{%|\{#|<%")
_VERBATIM = re.compile(
    rb"\{%-?\s*(raw|comment|highlight|verbatim|mermaid)\b|\{\{[<%]\s*(highlight|code|math|katex|mermaid)\b"
)
_STATEMENT = re.compile(
    rb"\{#|\{%-?\s*(?!include|url|link|post_url|icon|trans|asset|static|figure)|\{\{-?\s*(?:if|else|end|range|with|define|block)\b"
)
_VISIBLE = re.compile(rb"[^\r\n]")
_LINE = re.compile(rb"[^\r\n]*")


class _Code(NamedTuple):
    start: int
    end: int
    is_statement: bool
    """True for code that ends a text: control statements, comments, verbatim blocks."""


def parse(source: bytes, path: str, options: Options) -> Document:
    """The text for readers of an HTML post. Raises SourceError when it is not UTF-8."""
    decode(source, path)
    block = frontmatter.find(source, options)
    segments: list[Segment] = []
    shape: tuple[object, ...] = ()
    start = len(BOM) if source.startswith(BOM) else 0
    if block:
        start = block.body
        segments, shape = frontmatter.SYNTAXES[block.syntax].segments(source, block.start, block.end, options)
    found, tags = syntax.segments(source, start, len(source), options, text=masked(source))
    segments = directive.apply([*segments, *found], directive.find(source))
    return Document(path, source, tuple(segments), options, "html", (shape, tags))


def quote(document: Document, segment: Segment, target: str) -> bytes:
    """The bytes that replace the segment's own in the document."""
    quoted: bytes = frontmatter.SYNTAXES.get(segment.syntax, syntax).quote(document.source, segment, target)
    return quoted


def unquote(document: Document, segment: Segment, quoted: bytes) -> str:
    """The text that `parse` will read from `quoted`."""
    text: str = frontmatter.SYNTAXES.get(segment.syntax, syntax).unquote(document.source, segment, quoted)
    return text


def masked(source: bytes) -> bytes:
    """A copy of the same length in which template code is hidden from the HTML reader.

    What ends a text becomes spaces: statements, comments, verbatim blocks, code that fills its lines. What stands in
    for a word or two inside a text becomes letters.
    """
    code = list(_code(source))
    if not code:
        return source
    text = bytearray(source)
    for start, end, _ in code:
        text[start:end] = _VISIBLE.sub(b" ", source[start:end])
    lines = [match.start() for match in _LINE.finditer(text)]
    blank = [not match[0].strip() for match in _LINE.finditer(text)]
    for start, end, is_statement in code:
        is_alone = blank[bisect_right(lines, start) - 1] and blank[bisect_right(lines, end - 1) - 1]
        if not is_statement and not is_alone:
            text[start:end] = _VISIBLE.sub(b"x", source[start:end])
    return bytes(text)


def _code(source: bytes) -> Iterator[_Code]:
    place = 0
    endless: set[bytes] = set()
    while opening := _OPENER.search(source, place):
        start, place = opening.start(), opening.end()
        closer = _CLOSERS[opening[0]]
        end = -1 if closer in endless else source.find(closer, place)
        if end < 0:
            endless.add(closer)
            continue
        place = end + len(closer)
        if (verbatim := _VERBATIM.match(source, start)) and (name := verbatim[1] or verbatim[2]) not in endless:
            closing = re.compile(rb"\{(?:%-?\s*end|\{[<%]\s*/\s*)" + name + rb"\b[^{}]*\}\}?").search(source, place)
            if closing:
                yield _Code(start, closing.end(), True)
                place = closing.end()
                continue
            endless.add(name)
        yield _Code(start, place, _STATEMENT.match(source, start) is not None)
