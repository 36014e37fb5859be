"""Ids of headings: a localized page keeps those of its source, so that links to a part of it still arrive."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tarjuma import formats
from tarjuma.model import Document
from tarjuma.presets import Anchors
from tarjuma.publish import Edit, headings
from tarjuma.publish.headings import Heading
from tarjuma.publish.reading import Body, body_of
from tarjuma.publish.sluggers import SLUGGERS

_NAME = re.compile(r"[^\W\d][\w:.-]*")
"""An id that kramdown takes behind a heading."""
_ANY = re.compile(r"[^\s{}\"'<>&]+")
_LINE = b'<div id="'
_ROUNDS = 4


def ids(document: Document, slugger: str) -> tuple[str | None, ...]:
    """Return the id of each heading of a post as its generator makes it; None where that cannot be known.

    Empty for a slugger that nobody knows, and for posts that are no Markdown.
    """
    if slugger not in SLUGGERS or document.format != "markdown":
        return ()
    body = body_of(document)
    return _ids(body, headings.of_body(body), slugger)


def _ids(body: Body, found: Sequence[Heading], slugger: str) -> tuple[str | None, ...]:
    return tuple(SLUGGERS[slugger]([(heading, headings.raw(body, heading)) for heading in found]))


def edits(document: Document, spliced: bytes, anchors: Anchors, slugger: str) -> tuple[Edit, ...]:
    """Return the edits that give the headings of a spliced post the ids of the source's, where they would change."""
    if anchors is Anchors.NONE or spliced == document.source or not any(wanted := ids(document, slugger)):
        return ()
    page = formats.parse(spliced, document.path, document.options)
    body = body_of(page)
    found = headings.of_body(body)
    if len(found) != len(wanted):
        return ()
    pinned = _pinned(body, found, wanted, slugger)
    return tuple(
        edit for index in sorted(pinned) if (edit := _edit(body, found[index], pinned[index], anchors, slugger))
    )


def _pinned(body: Body, found: Sequence[Heading], wanted: Sequence[str | None], slugger: str) -> dict[int, str]:
    """Which headings need an id, so that all have the one that is wanted; an id of one may number another anew."""
    pinned: dict[int, str] = {}
    for _ in range(_ROUNDS):
        now = [replace(heading, id=pinned.get(index, heading.id)) for index, heading in enumerate(found)]
        before = len(pinned)
        for index, (is_now, want) in enumerate(zip(_ids(body, now, slugger), wanted, strict=True)):
            if want and is_now != want and not found[index].id:
                pinned[index] = want
        if len(pinned) == before:
            break
    return pinned


def is_line(edit: Edit) -> bool:
    """Return whether an edit puts the id of a heading on a line of its own, which is a block without a word."""
    return edit.name == "anchor" and edit.start == edit.end and edit.after.lstrip().startswith(_LINE)


def _edit(body: Body, heading: Heading, name: str, anchors: Anchors, slugger: str) -> Edit | None:
    if anchors is Anchors.RAW or (slugger == "kramdown" and not _NAME.fullmatch(name)):
        return _raw(body, heading, name)
    if not _ANY.fullmatch(name):
        return None
    at = behind = heading.text[1]
    if slugger == "kramdown" and body.text[at : heading.end].strip(b" \t#") == b"":
        behind = heading.end  # it reads no id before closing marks
    if heading.attributes and anchors is not Anchors.MDX:
        start = heading.attributes[0]
        after = {b"{:": f"{{: #{name} "}.get(body.text[start : start + 2], f"{{#{name} ")
        end = start + (2 if body.text[start : start + 2] == b"{:" else 1)
        while body.text[end : end + 1] == b" ":
            end += 1
        return _placed(body, start, end, after)
    if heading.attributes or heading.text[0] == at:
        return None
    mark = {
        Anchors.BRACES: f" {{#{name}}}",
        Anchors.BRACES_COLON: f" {{: #{name} }}",
        Anchors.MDX: f" {{/* #{name} */}}",
    }
    return _placed(body, at, behind, mark[anchors])


def _raw(body: Body, heading: Heading, name: str) -> Edit | None:
    """A line of its own above the heading; in lists and quotes there is no room for it.

    An empty `div` is what no theme shows: around an `<a>` generators would put a paragraph.
    """
    if not heading.is_top or body.text[heading.start : heading.start + 1] in (b" ", b"\t"):
        return None
    line = body.text.rfind(b"\n", 0, heading.start) + 1
    if body.text[line : heading.start].strip():
        return None
    above = body.text[:line].rstrip(b" \t")
    gap = "" if not above or above.endswith(b"\n\n") or not above.strip() else "\n"
    return _placed(body, line, line, f'{gap}<div id="{name}"></div>\n\n')


def _placed(body: Body, start: int, end: int, after: str) -> Edit:
    if body.carriages:
        after = after.replace("\n", "\r\n")
    return Edit("anchor", body.place(start), body.place(end), after.encode())
