"""Edits of publishing on a page that somebody changed since: where they stand there, and what stood there before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tarjuma.publish import Edit


class Trace(NamedTuple):
    """Where an edit stands on a page; offsets into its bytes, or into a piece of them."""

    start: int
    end: int
    gone: bytes
    """What stood there before."""
    name: str
    """That of the edit."""


def traces(spliced: bytes, edits: Iterable[Edit]) -> Iterator[Trace]:
    """Yield where the edits of a spliced post stand on its page."""
    moved = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        start = edit.start + moved
        yield Trace(start, start + len(edit.after), spliced[edit.start : edit.end], edit.name)
        moved += _growth(edit)


def inside(found: Iterable[Trace], start: int, end: int) -> list[Trace]:
    """Return the traces between two offsets, counted from the first of them."""
    return [
        Trace(each.start - start, each.end - start, each.gone, each.name)
        for each in found
        if start <= each.start and each.end <= end
    ]


def start_on_page(offset: int, edits: Iterable[Edit]) -> int:
    """Return where an offset into the spliced post is on the page, before what is added there."""
    around = [edit.start for edit in edits if edit.start < offset < edit.end]
    at = around[0] if around else offset
    return at + sum(_growth(edit) for edit in edits if edit.end <= at and (edit.start, edit.end) != (at, at))


def end_on_page(offset: int, edits: Iterable[Edit]) -> int:
    """Return where an offset into the spliced post is on the page, behind what is added there."""
    around = [edit.end for edit in edits if edit.start < offset < edit.end]
    at = around[0] if around else offset
    return at + sum(_growth(edit) for edit in edits if edit.end <= at)


def without(piece: bytes, found: Sequence[Trace]) -> bytes:
    """Return a piece of a page as it was before publishing."""
    for each in reversed(found):
        piece = piece[: each.start] + each.gone + piece[each.end :]
    return piece


def undone(was: bytes, now: bytes, found: Sequence[Trace]) -> bytes | None:
    """Return an edited piece of a page without the edits of publishing that are still in it.

    `was` is the piece as we wrote it, with the traces. None where it cannot be told which bytes are an edit's.
    """
    for each in reversed(found):
        place = _again(was, now, each.start, each.end)
        if place is None:
            return None
        if place >= 0:
            now = now[:place] + each.gone + now[place + each.end - each.start :]
            was = was[: each.start] + each.gone + was[each.end :]
    return now


def _growth(edit: Edit) -> int:
    return len(edit.after) - (edit.end - edit.start)


def _again(was: bytes, now: bytes, start: int, end: int) -> int | None:
    """Where was[start:end] stands in an edited text; -1 where it is gone, None where that cannot be told."""
    for near in (2, 0):
        low, high = max(0, start - near), min(len(was), end + (near > 0))
        piece = was[low:high]
        if not piece:
            break
        old, new = list(_all(was, piece)), list(_all(now, piece))
        if len(old) == len(new):
            return new[old.index(low)] + start - low
    if start < end and was[start:end] not in now:
        return -1
    if end <= _same(was, now):
        return start
    return start + len(now) - len(was) if start >= len(was) - _same(was[::-1], now[::-1]) else None


def _all(text: bytes, piece: bytes) -> Iterator[int]:
    place = text.find(piece)
    while place >= 0:
        yield place
        place = text.find(piece, place + 1)


def _same(one: bytes, other: bytes) -> int:
    """How many bytes are the same from the start on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))
