"""Lektor's content files: fields apart by lines of dashes, text of one line or of many, blocks within a field.

    title: Hello
    ---
    body:

    A paragraph of *Markdown*.

Which fields hold Markdown is said in models that lie elsewhere: `body`, `text` and `content` always do here, others
when `keys` names them and they have several lines. A field whose text begins with `#### name ####` holds blocks of
fields, whose lines of dashes are one dash longer (lektor/metaformat.py and types/flow.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from tarjuma import keypath
from tarjuma.formats import markdown
from tarjuma.formats.markdown import quote, unquote
from tarjuma.model import Document, Key, Options, Segment
from tarjuma.syntax import frontmatter
from tarjuma.syntax.text import BOM, decode, is_prose, part

__all__ = ["SUFFIXES", "parse", "quote", "texts", "unquote"]

SUFFIXES = (".lr",)

TEXTS = frozenset({"body", "text", "content"})
"""Fields that hold Markdown, whatever `keys` says."""

_LINE = re.compile(rb"[^\n]*\n?")
_BLOCK = re.compile(rb"####[^\S\n]*([^#\n]*?)[^\S\n]*####[^\S\n]*\r?\n?")
_FIELD = re.compile(rb"[^\S\n]*([^:\n]+?)[^\S\n]*:[ \t]*")


class _Field(NamedTuple):
    key: str
    start: int
    """Of its value."""
    end: int
    """Behind its value, before the line end that closes it."""


def parse(source: bytes, path: str, options: Options) -> Document:
    """The text of a Lektor file as byte spans; all other fields are part of the shape.

    `source` is UTF-8, with any line ends. Raises SourceError when it is not UTF-8.
    """
    decode(source, path)
    segments: list[Segment] = []
    shape: list[object] = []
    inner = replace(options, dialects=None) if options.dialects == frontmatter.LEKTOR else options
    reader = _Reader(source, path, inner, segments, shape)
    reader.fields(len(BOM) if source.startswith(BOM) else 0, len(source), 3)
    whole = replace(options, dialects=frontmatter.LEKTOR)  # so that whoever edits it finds its fields
    return Document(path, source, tuple(segments), whole, "lektor", tuple(shape))


def texts(source: bytes, options: Options) -> tuple[tuple[int, int], ...]:
    """Return where the Markdown of a file stands, as (start, end) in bytes, in its order."""
    finder = _Finder(source, "", options, [], [])
    finder.fields(len(BOM) if source.startswith(BOM) else 0, len(source), 3)
    return tuple(finder.found)


class _Reader:
    """A file while it is read."""

    def __init__(
        self, source: bytes, path: str, options: Options, segments: list[Segment], shape: list[object]
    ) -> None:
        self.source = source
        self.path = path
        self.options = options
        self.is_meant = keypath.pattern(options.keys).fullmatch
        self.segments = segments
        self.shape = shape

    def fields(self, start: int, end: int, dashes: int) -> None:
        """Read the fields of a file, or of a block in a field."""
        for field in _fields(self.source, start, end, dashes):
            self.shape.append(field.key)
            self.field(field, dashes)

    def field(self, field: _Field, dashes: int) -> None:
        """Read the value of a field."""
        key, start, end = field
        blocks = list(_blocks(self.source, start, end))
        is_text, is_long = key.lower() in TEXTS, b"\n" in self.source[start:end].strip()
        if blocks:
            for name, inner, last in blocks:
                self.shape.append(name)
                self.fields(inner, last, dashes + 1)
        elif is_text or (self.is_meant(key) and is_long):
            self.markdown(start, end)
        else:
            self.line(field)

    def markdown(self, start: int, end: int) -> None:
        """Read Markdown; empty lines stand for what is before it, so that its offsets are those of the file."""
        inner = markdown.parse(b"\n" * start + self.source[start:end], self.path, self.options)
        self.segments += inner.segments
        self.shape.append(inner.shape)

    def line(self, field: _Field) -> None:
        """Read a value of one line."""
        key, start, end = field
        value = self.source[start:end]
        start, end = start + len(value) - len(value.lstrip()), start + len(value.rstrip())
        text = part(self.source, start, end) if start < end else ""
        if not self.is_meant(key) or "\n" in text or not is_prose(text):
            self.shape.append(text)
            return
        limit = keypath.limit(self.options.limits, key)
        self.segments.append(Segment(start, end, Key(None, text), key, syntax="pelican", limit=limit))


class _Finder(_Reader):
    """A file of which only the places of its Markdown are asked for."""

    @cached_property
    def found(self) -> list[tuple[int, int]]:
        """Start and end of each."""
        return []

    def markdown(self, start: int, end: int) -> None:
        """Note the place of a text."""
        self.found.append((start, end))


def _fields(source: bytes, start: int, end: int, dashes: int) -> Iterator[_Field]:
    key = ""
    value = 0
    for line in _LINE.finditer(source, start, end):
        if line.start() == line.end() or (key and line[0].rstrip() != b"-" * dashes):
            continue
        if key:
            yield _Field(key, value, line.start())
            key = ""
        elif found := _FIELD.match(source, line.start(), line.end()):
            key, value = found[1].decode(), found.end()
    if key:
        yield _Field(key, value, end)


def _blocks(source: bytes, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """(name, start, end) of the blocks in a value; a heading of Markdown that only looks like one is none."""
    marks: list[tuple[str, int, int]] = []
    for line in _LINE.finditer(source, start, end):
        if line.start() == line.end() or (not marks and not line[0].strip()):
            continue
        if found := _BLOCK.fullmatch(source, line.start(), line.end()):
            marks.append((found[1].decode(), line.start(), line.end()))
        elif not marks:
            return
    if not marks or not _FIELD.match(source[marks[0][2] : end].lstrip()):
        return
    for (name, _, inner), (_, last, _) in zip(marks, [*marks[1:], ("", end, end)], strict=True):
        yield name, inner, last
