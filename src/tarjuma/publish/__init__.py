"""What becomes of a compiled post on its way to a site generator: named edits of its bytes, and nothing else.

The spliced post keeps laws 1 to 4. Publishing adds a list of edits to it (a field of the front matter, the target of a
link, the id of a heading, the cut of a summary), each of which says what it is; without them the bytes are the spliced
ones again (law 9).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """One named change of a spliced post."""

    name: str
    """What it is, for people and for tests: `field lang`, `link`, `anchor`, `cut summary`."""
    start: int
    """Byte offset into the spliced post."""
    end: int
    """Byte offset behind the last byte that gives way; equal to `start` where something is only added."""
    after: bytes
    """What takes the place of these bytes."""


def applied(content: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the post with its edits made. They must not overlap; the order in which they come does not matter."""
    parts: list[bytes] = []
    cursor = 0
    for edit in _ordered(edits):
        if edit.start < cursor or edit.end < edit.start or edit.end > len(content):
            raise AssertionError(f"the edit {edit.name!r} at {edit.start} overlaps another one, or leaves the post")
        parts += (content[cursor : edit.start], edit.after)
        cursor = edit.end
    parts.append(content[cursor:])
    return b"".join(parts)


def undone(published: bytes, content: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the spliced post that `edits` made `published` of; `content` is where they found what gave way (law 9)."""
    parts: list[bytes] = []
    cursor = moved = 0
    for edit in _ordered(edits):
        start = edit.start + moved
        parts += (published[cursor:start], content[edit.start : edit.end])
        cursor = start + len(edit.after)
        moved += len(edit.after) - (edit.end - edit.start)
    parts.append(published[cursor:])
    return b"".join(parts)


def _ordered(edits: Iterable[Edit]) -> list[Edit]:
    return sorted(edits, key=lambda edit: (edit.start, edit.end))
