"""The headings of a Markdown post: where their text stands, what it says, and the id that the author gave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tarjuma.model import Document
from tarjuma.publish.reading import Body, Events, body_of
from tarjuma.syntax import markdown


class Piece(NamedTuple):
    """A part of a heading's text."""

    kind: str
    """text, code, alt (of an image), html, break, note; open where emphasis, a link or an image begins."""
    text: str
    nest: tuple[int, ...] = ()
    """The emphasis, links and images around it: a number for each, the outermost first."""
    raw: str = ""
    """As it is written."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; offsets in bytes of the body, which `Body.place` takes to the file."""

    start: int
    """Of its first line."""
    text: tuple[int, int]
    """Where its text stands, without marks and attributes; an empty span where it has none."""
    end: int
    """Behind the line of the text, without the line end."""
    level: int
    id: str
    """What the author says; "" when that is left to the generator."""
    attributes: tuple[int, int] | None
    """Where `{...}` stands behind the text."""
    braces: str
    """The attributes as they are written, with the space before them."""
    is_spaced: bool
    """Whether a space stands behind the brace: `{ #id }` is an id to Hugo and Python-Markdown only."""
    is_plain: bool
    """False when template code stands in it: then nobody knows its text."""
    is_top: bool
    """True when neither a list nor a quote is around it."""
    pieces: tuple[Piece, ...]


_ID = re.compile(rb"#([^\s{}#]+)|(?<![\w-])id\s*=\s*[\"']?([^\s\"'{}]+)")
_COMMENT_ID = re.compile(rb"\{/\*\s*#([^\s*]+)")
_ATTRIBUTES = re.compile(rb"\{(?:[#.:][^{}\n]*|/\*[^\n]*?\*/)\}")
_BELOW = re.compile(rb"\n(?:[-=]+[ \t]*\n)?[ \t]*(\{:(?!toc)[^}\n]*\})[ \t]*(?=\n|\Z)")
_MARK = re.compile(rb"[ \t]*#{1,6}(?=[ \t]|$)")
_LEVELS = {f"H{level}": level for level in range(1, 7)}
_KINDS = {"Code": "code", "InlineHtml": "html", "FootnoteReference": "note"}
_SPACED_ID = re.compile(rb"[ \t]+\{[ \t]+#[^{}\n]*\}\Z")
_AROUND = frozenset({"BlockQuote", "Item", "FootnoteDefinition"})


def headings(document: Document) -> tuple[Heading, ...]:
    """Return the headings of a Markdown post, in its order; other formats have none that we could name."""
    return tuple(_found(body_of(document))) if document.format == "markdown" else ()


def of_body(body: Body) -> tuple[Heading, ...]:
    """Return the headings of a body that was read."""
    return tuple(_found(body))


def _found(body: Body) -> Iterator[Heading]:
    spans = {span.start: span for span in markdown.blocks(body.masked.decode(), body.masked).spans}
    texts = sorted(start for start, span in spans.items() if span.kind in ("Heading", "Setext"))
    inside: Events | None = None
    around, level, first, last = 0, 0, 0, 0
    for event, span in body.events:
        begins = event.get("Start") if isinstance(event, dict) else None
        ends = event.get("End") if isinstance(event, dict) else None
        if isinstance(begins, dict) and "Heading" in begins:
            inside, level, first, last = [], _LEVELS[begins["Heading"]["level"]], span["start"], span["end"]
        elif isinstance(ends, dict) and "Heading" in ends and inside is not None:
            start = next((each for each in texts if first <= each < last), None)
            text = (start, spans[start].end) if start is not None else None
            yield _heading(body, first, text, level, inside, not around)
            inside = None
        elif inside is not None:
            inside.append((event, span))
        elif _name(begins) in _AROUND:
            around += 1
        elif _name(ends) in _AROUND:
            around -= 1


def _name(tag: object) -> str:
    return tag if isinstance(tag, str) else str(next(iter(tag))) if isinstance(tag, dict) else ""


def _heading(body: Body, start: int, text: tuple[int, int] | None, level: int, events: Events, is_top: bool) -> Heading:
    mark = _MARK.match(body.masked, start)
    low, high = text or ((mark.end(), mark.end()) if mark else (start, start))
    end = body.text.find(b"\n", high)
    end = len(body.text) if end < 0 else end
    spaced = _SPACED_ID.search(body.text, low, high)
    high = spaced.start() if spaced else high
    found = spaced or _ATTRIBUTES.search(body.text, high, end)
    below = _BELOW.match(body.text, end)
    return Heading(
        start,
        (low, high),
        end,
        level,
        _id(found[0] if found else b"") or _id(below[1] if below else b""),
        found.span() if found else None,
        body.text[high : found.end()].decode() if found else "",
        spaced is not None,
        body.is_plain(start, end),
        is_top,
        tuple(_pieces(body, events, high)),
    )


def _id(attributes: bytes) -> str:
    found = (_COMMENT_ID if attributes.startswith(b"{/*") else _ID).search(attributes)
    return next((group.decode() for group in found.groups() if group), "") if found else ""


def _pieces(body: Body, events: Events, end: int) -> Iterator[Piece]:
    """What a heading says up to an offset; behind that stand its attributes."""
    images = 0
    nest: list[int] = []
    for event, span in events:
        if span["start"] >= end:
            return
        if event in ("SoftBreak", "HardBreak"):
            yield Piece("break", "\n", tuple(nest))
        if not isinstance(event, dict):
            continue
        ((tag, value),) = event.items()
        if tag in ("Start", "End"):
            images += (_name(value) == "Image") * (1 if tag == "Start" else -1)
            nest = [*nest, span["start"]] if tag == "Start" else nest[:-1]
            if tag == "Start":
                yield Piece("open", "", tuple(nest))
        elif tag == "Text":
            over = span["end"] - end
            if over > 0 and len(value.encode()) == span["end"] - span["start"]:
                value = value.encode()[:-over].decode(errors="ignore").rstrip()
            raw = body.text[span["start"] : min(span["end"], end)].decode()
            yield Piece("alt" if images else "text", value, tuple(nest), raw)
        elif tag in _KINDS:
            yield Piece(_KINDS[tag], value, tuple(nest))


def raw(body: Body, heading: Heading) -> str:
    """Return the text of a heading as it is written; of several lines the last."""
    low, high = heading.text
    return body.text[low:high].decode().rpartition("\n")[2]
