"""Where the text stands in Markdown: byte spans from pyromark's events (CommonMark, GFM tables, footnotes, alerts).

pyromark is the only Markdown parser that gives exact byte ranges (docs/architecture.md); it is imported here alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image", "Superscript", "Subscript"})
_SPACE = b" \t\n\r"
_ATX = re.compile(rb"[ \t]*#{1,6}[ \t]+")
_ATX_TAIL = re.compile(rb"(?:^|[ \t]+)#+[ \t]*$")
_HEADING_ATTRIBUTES = re.compile(rb"[ \t]*\{(?:[#.:][^{}\n]*|/\*[^\n]*?\*/)\}[ \t]*$")
_ALERT = re.compile(rb"\[![\w-]+\][-+]?[ \t]*")
_TITLE = re.compile(rb"""\s("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))\s*\Z""", re.DOTALL)
_PREFIX = re.compile(rb"[^> \t]")
_HEADS = {depth: re.compile(rb"[ \t]*(?:>[ \t]*){0,%d}" % depth) for depth in range(12)}
_SPACES = re.compile(r"[ \t]{2,}|\t")
_CODE_OR_SPACES = re.compile(r"(?<![\\`])(`+)(?!`)(?:.+?)(?<!`)\1(?!`)|[ \t]{2,}|\t", re.DOTALL)


class Span(NamedTuple):
    """A stretch of inline text in the body."""

    kind: str
    start: int
    end: int
    depth: int
    """Block quotes around it."""


class Blocks(NamedTuple):
    """What pyromark saw: spans of text, HTML blocks and the block tree."""

    spans: list[Span]
    breaks: set[int]
    """Offsets at which hard line breaks begin."""
    shape: list[object]


def blocks(text: str, body: bytes) -> Blocks:
    """The spans and the block tree of masked Markdown; `body` is `text` in UTF-8."""
    return _Reader(body).read(events(text))


def events(text: str) -> Iterable[tuple[Any, Any]]:
    """Everything, once, that pyromark sees in masked Markdown: events, and the byte range of each."""
    import pyromark

    option = pyromark.Options
    enabled = (
        option.ENABLE_TABLES
        | option.ENABLE_STRIKETHROUGH
        | option.ENABLE_FOOTNOTES
        | option.ENABLE_TASKLISTS
        | option.ENABLE_GFM
    )
    found: Iterable[tuple[Any, Any]] = pyromark.events_with_range(text, options=enabled)
    return found


class _Reader:
    """One pass over the events. `leaf` is the block whose inline content is being read."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.spans: list[Span] = []
        self.breaks: set[int] = set()
        self.shape: list[object] = []
        self.around: list[str] = []
        self.depth = 0
        self.tight: list[int] = []
        """Start and end of the text of a tight list item while it is being read."""

    def read(self, events: Iterable[tuple[Any, Any]]) -> Blocks:
        leaf, tight = "", self.tight
        for event, span in events:
            if event.__class__ is str:
                if event == "HardBreak":
                    self.breaks.add(span["start"])
                elif event == "Rule":
                    if tight:
                        self.flush()
                    self.shape.append(event)
                continue
            if leaf:
                end = event.get("End")
                if end == leaf or end.__class__ is dict:
                    leaf = ""
                    self.shape.append("End")
                continue
            ((tag, value),) = event.items()
            if tag == "Start":
                name = value if value.__class__ is str else next(iter(value))
                if name not in _INLINE:
                    leaf = self.open(name, value, span)
                    continue
            elif tag == "End":
                if value.__class__ is not str or value not in _INLINE:
                    self.close(value if value.__class__ is str else next(iter(value)))
                    continue
            elif tag == "TaskListMarker":
                self.shape.append("task")
                continue
            # inline content outside a leaf block is the text of a tight list item
            if not tight:
                tight += (span["start"], span["end"])
            elif span["end"] > tight[1]:
                tight[1] = span["end"]
        if tight:
            self.flush()
        return Blocks(self.spans, self.breaks, self.shape)

    def flush(self) -> None:
        """The text of a tight list item ends."""
        start, end = self.tight
        self.tight.clear()
        while start and self.body[start - 1] == 92:
            start -= 1
        stop = self.body.find(b"\n", max(end - 1, start))
        self.add(self.around[-1] if self.around else "Paragraph", start, len(self.body) if stop < 0 else stop)
        self.shape.append("text")

    def open(self, name: str, value: object, span: dict[str, int]) -> str:
        """Enter a block; the name of a leaf whose inline events need no look."""
        if self.tight:
            self.flush()
        self.shape.append(value)
        start, end = span["start"], span["end"]
        if name == "Paragraph":
            self.add(self.around[-1] if self.around else name, start, end)
            return name
        if name == "Heading":
            self.heading(start, end)
            return name
        if name == "TableCell":
            self.add(name, start, end)
            return name
        if name == "HtmlBlock":
            self.spans.append(Span(name, start, end, self.depth))
            return name
        if name == "CodeBlock":
            self.spans.append(Span(name, start, end, self.depth))
            return name
        if name == "BlockQuote":
            self.depth += 1
        if name in ("BlockQuote", "Item", "FootnoteDefinition"):
            self.around.append(name)
        return ""

    def close(self, name: str) -> None:
        if self.tight:
            self.flush()
        self.shape.append("End")
        if name == "BlockQuote":
            self.depth -= 1
        if self.around and name == self.around[-1]:
            self.around.pop()

    def heading(self, start: int, end: int) -> None:
        body = self.body
        opening = _ATX.match(body, start, end)
        if opening:
            stop = end
            while stop > start and body[stop - 1] in _SPACE:
                stop -= 1
            tail = _ATX_TAIL.search(body, opening.end(), stop)
            stop = tail.start() if tail else stop
            self.add("Heading", opening.end(), _without_attributes(body, opening.end(), stop))
            return
        stop = end
        while stop > start and body[stop - 1] in _SPACE:
            stop -= 1
        stop = body.rfind(b"\n", start, stop)  # the underline goes
        if stop > start:
            self.add("Setext", start, _without_attributes(body, start, stop))

    def add(self, kind: str, start: int, end: int) -> None:
        body = self.body
        while start < end and body[start] in _SPACE:
            start += 1
        while end > start and body[end - 1] in _SPACE:
            end -= 1
        if kind == "BlockQuote" and body[start : start + 2] == b"[!" and (match := _ALERT.match(body, start, end)):
            start = match.end()
            while start < end and body[start] in b" \t\n>":
                start += 1
        if end > start:
            self.spans.append(Span(kind, start, end, self.depth))


def _without_attributes(body: bytes, start: int, end: int) -> int:
    """The end of a heading's text, before `{#id .class}` or `{: #id}`."""
    while end > start and body[end - 1] in b" \t":
        end -= 1
    if end > start and body[end - 1] == 125 and (match := _HEADING_ATTRIBUTES.search(body, start, end)):
        return match.start()
    return end


KINDS = {
    "Paragraph": "paragraph",
    "Heading": "heading",
    "Setext": "heading",
    "Item": "list item",
    "BlockQuote": "quote",
    "TableCell": "table cell",
    "FootnoteDefinition": "footnote",
}


def head_of(line: bytes, depth: int) -> int:
    """The number of bytes before the text of a continuation line: indent and at most `depth` quote markers."""
    pattern = _HEADS.get(depth) or re.compile(rb"[ \t]*(?:>[ \t]*){0,%d}" % depth)
    match = pattern.match(line)
    return match.end() if match else 0


def looks_broken(line: bytes) -> bool:
    """True when a line ends as a hard break does: two spaces or a backslash."""
    stripped = line.rstrip(b" \t")
    return line.endswith((b"  ", b"\t")) or (len(stripped) - len(stripped.rstrip(b"\\"))) % 2 == 1


def joined(lines: list[bytes], hard: list[bool]) -> str:
    """The message of several source lines: soft breaks are spaces, hard breaks are line ends."""
    parts: list[bytes] = []
    for line, is_hard in zip(lines, hard, strict=True):
        if not is_hard:
            parts += (line.rstrip(b" \t"), b" ")
            continue
        stripped = line.rstrip(b" \t")
        if stripped.endswith(b"\\") and len(line) - len(stripped) < 2:
            stripped = stripped[:-1].rstrip(b" \t")
        parts += (stripped, b"\n")
    return single_spaced(b"".join(parts[:-1]).decode())


def single_spaced(text: str) -> str:
    """`text` with runs of spaces made one, but not inside code: wrapping a post anew must not change its messages."""
    if "  " not in text and "\t" not in text:
        return text
    if "`" not in text:
        return _SPACES.sub(" ", text)
    return _CODE_OR_SPACES.sub(lambda match: match[0] if match[1] else " ", text)


def titles(text: str, body: bytes) -> list[tuple[int, int, str]]:
    """(start, end, quote character) of the titles of link reference definitions."""
    if b"]:" not in body:
        return []
    found = []
    for definition in _definitions(text):
        if definition["title"]:
            start, end = definition["span"]["start"], definition["span"]["end"]
            if match := _TITLE.search(body, start, end):
                found.append((match.start(1) + 1, match.end(1) - 1, match[1][:1].decode()))
    return found


def definitions(text: str) -> list[tuple[str, int, int]]:
    """(address, start, end) of the link reference definitions, in their order; of two with one label the first."""
    found = [(each["dest"], each["span"]["start"], each["span"]["end"]) for each in _definitions(text)]
    return sorted(found, key=lambda each: each[1])


def _definitions(text: str) -> list[Any]:
    import pyromark

    return list(pyromark.reference_definitions(text, options=pyromark.Options.ENABLE_FOOTNOTES).values())


def prefix(line: bytes) -> bytes:
    """What an added line begins with: the head of the first line with its markers blanked."""
    return _PREFIX.sub(b" ", line) if line.strip(b" \t>") else line
