"""A Markdown post as its format reads it, with what the format has no use for: links, headings, template code."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from tarjuma.formats import lektor
from tarjuma.model import Document, Options
from tarjuma.syntax import dialect, frontmatter, markdown
from tarjuma.syntax.text import BOM

Events = list[tuple[Any, Any]]


@dataclass(frozen=True)
class Body:
    """The text of a post with LF line ends; line ends stand in place of the front matter."""

    text: bytes
    masked: bytes
    """The same length; template code is spaces where it fills its lines, letters where it stands inside one."""
    carriages: tuple[int, ...]
    """Offsets before which one byte of the file is missing."""
    has_jsx: bool

    def place(self, offset: int) -> int:
        """Return the offset in the file."""
        return offset + bisect_left(self.carriages, offset)

    def is_plain(self, start: int, end: int) -> bool:
        """Return whether no template code stands between two offsets."""
        return self.text[start:end] == self.masked[start:end]

    @cached_property
    def events(self) -> Events:
        """What the Markdown parser sees, and the byte range of each event."""
        return list(markdown.events(self.masked.decode()))

    @cached_property
    def code(self) -> tuple[tuple[int, int], ...]:
        """Code blocks and code spans, as (start, end)."""
        spans = []
        for event, span in self.events:
            if isinstance(event, dict) and ("Code" in event or _is_code_block(event.get("Start"))):
                spans.append((span["start"], span["end"]))
        return tuple(spans)

    def is_code(self, offset: int) -> bool:
        """Return whether an offset stands in code that readers see as code."""
        at = bisect_left(self.code, (offset + 1,)) - 1
        return at >= 0 and offset < self.code[at][1]


def _is_code_block(value: object) -> bool:
    return value == "CodeBlock" or (isinstance(value, dict) and "CodeBlock" in value)


def bodies_of(document: Document) -> tuple[Body, ...]:
    """Return every text in Markdown that a post has: one, those of the fields of Lektor's files, or none."""
    if document.format == "markdown":
        return (body_of(document),)
    if document.format != "lektor":
        return ()
    options = replace(document.options, dialects=None)
    found = lektor.texts(document.source, options)
    return tuple(_body(document.source[:end], start, document.path, options) for start, end in found)


def body_of(document: Document) -> Body:
    """Return the text of a Markdown post, and how its format hides template code."""
    source = document.source
    head = frontmatter.find(source, document.options)
    start = head.body if head else len(BOM) if source.startswith(BOM) else 0
    return _body(source, start, document.path, document.options)


def _body(source: bytes, start: int, path: str, options: Options) -> Body:
    text = b"\n" * start + source[start:]
    carriages: list[int] = []
    at = text.find(b"\r\n")
    while at >= 0:
        carriages.append(at - len(carriages))
        at = text.find(b"\r\n", at + 2)
    text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    masked = dialect.mask(text, path, options)
    return Body(text, masked.text, tuple(carriages), masked.has_jsx)
