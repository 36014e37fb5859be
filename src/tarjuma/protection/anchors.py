"""Pairs put back around their words: where the translation of the words alone stands in that of the whole text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from tarjuma.protection.pieces import Part, Reading
from tarjuma.protection.styles import Fault

_CODES = 0xF0000
"""A code is one character while places are looked for."""
_STRANGE = re.compile("[\U000f0000-\U0010ffff]")
_WORD = re.compile(r"[\w\U000f0000-\U0010ffff]+(?:['’ʼʻ‘`-]\w+)*")
_EDGES = " .։,;:!?…"
STEM_SHARE, STEM_LEAST = 0.6, 3
"""Words of one stem have as many of their letters in common, at the beginning."""


class Pair(NamedTuple):
    """A pair of a message."""

    first: int
    last: int
    """Its two ends: indices of pieces."""
    around: int
    """The place of the pair that it stands in, in the list of pairs; -1 for none."""


def pairs(reading: Reading, first: int, last: int) -> tuple[Pair, ...]:
    """Return the pairs among these pieces, outer ones before those in them."""
    found: list[Pair] = []
    stack: list[int] = []
    for index in range(first, last):
        part = reading.pieces[index].part
        if part is Part.OPEN:
            found.append(Pair(index, index, stack[-1] if stack else -1))
            stack.append(len(found) - 1)
        elif part is Part.CLOSE:
            place = stack.pop()
            found[place] = found[place]._replace(last=index)
    return tuple(found)


def anchored(
    items: Sequence[str | int], words: Sequence[Sequence[str | int]], found: Sequence[Pair], reading: Reading
) -> list[str | int] | Fault:
    """Return the items of a whole text with both ends of every pair around its words, or why a pair has no place.

    `words`: the items of each pair's words, translated alone. They must stand in the whole text as often as in the
    source (as a rule: once), inside the pair around them; letters at the ends of words may differ, since a word alone
    has another case than in a sentence.
    """
    if any(isinstance(item, str) and _STRANGE.search(item) for part in (items, *words) for item in part):
        return Fault("the answer holds characters that nobody can read")
    text = _told(items)
    source, starts = _source(reading)
    spans: list[tuple[int, int]] = []
    for pair, part in zip(found, words, strict=True):
        low, high = spans[pair.around] if pair.around >= 0 else (0, len(text))
        own = source[starts[pair.first] : starts[pair.last]]
        needle = _told(part).strip(" ").rstrip(_EDGES if own[-1:].isalnum() else " ")
        outer = found[pair.around] if pair.around >= 0 else None
        area = (starts[outer.first], starts[outer.last]) if outer else (0, len(source))
        places = _occurrences(source, own.strip(), *area)
        which = sum(start < starts[pair.first] for start, _ in places)
        place = _place(text, needle, (low, high), which, len(places))
        if place is None:
            return Fault("the words of a pair have no place of their own")
        spans.append(place)
    ends = [(start, end, index) for index, (start, end) in enumerate(spans)]
    if any(one[0] < other[0] < one[1] < other[1] for one in ends for other in ends):
        return Fault("the words of two pairs overlap")
    siblings = [(spans[index], pair.around) for index, pair in enumerate(found)]
    if len(set(siblings)) < len(siblings):
        return Fault("two pairs have the same words")
    return _items(text, _marks(spans, found))


def _told(items: Sequence[str | int]) -> str:
    return "".join(item if isinstance(item, str) else chr(_CODES + item) for item in items)


def _marks(spans: Sequence[tuple[int, int]], found: Sequence[Pair]) -> list[tuple[int, int, int]]:
    """Where each end of a pair goes: (place, order there, piece). Inner pairs close before outer ones."""
    marks = []
    for depth, ((start, end), pair) in enumerate(zip(spans, found, strict=True)):
        marks.append((start, 1 + depth, pair.first))
        marks.append((end, -1 - depth, pair.last))
    return sorted(marks)


def _items(text: str, marks: Sequence[tuple[int, int, int]]) -> list[str | int]:
    items: list[str | int] = []
    cursor = 0
    for place, _, piece in marks:
        items += _pieces(text[cursor:place])
        items.append(piece)
        cursor = place
    return items + _pieces(text[cursor:])


def _pieces(text: str) -> list[str | int]:
    parts = re.split(rf"({_STRANGE.pattern})", text)
    return [ord(part) - _CODES if part[:1] >= "\U000f0000" else part for part in parts if part]


def _source(reading: Reading) -> tuple[str, list[int]]:
    """The source as `_told` tells it, without pairs, and where each piece begins in it."""
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for index, piece in enumerate(reading.pieces):
        starts.append(length)
        if piece.part is Part.TEXT:
            parts.append(reading.of(piece))
        elif piece.part in (Part.CODE, Part.BREAK):
            parts.append(chr(_CODES + index))
        else:
            continue
        length += len(parts[-1])
    return "".join(parts), starts


def _occurrences(text: str, needle: str, low: int, high: int) -> list[tuple[int, int]]:
    """Where the needle stands as words of its own, in any case."""
    if not needle:
        return []
    pattern = re.compile(rf"(?<!\w){re.escape(needle)}(?!\w)", re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text, low, high)]


def _place(text: str, needle: str, area: tuple[int, int], which: int, count: int) -> tuple[int, int] | None:
    """Where the needle stands, the how-manieth of so many; by its letters, else by the stems of its words."""
    places = _occurrences(text, needle, *area) or _stems(text, needle, *area)
    return places[which] if places and len(places) == max(count, 1) and which < len(places) else None


def _stems(text: str, needle: str, low: int, high: int) -> list[tuple[int, int]]:
    wanted = [match[0].casefold() for match in _WORD.finditer(needle)]
    there = list(_WORD.finditer(text, low, high))
    return [
        (there[at].start(), there[at + len(wanted) - 1].end())
        for at in range(len(there) - len(wanted) + 1)
        if wanted and all(map(_is_alike, wanted, (word[0].casefold() for word in there[at : at + len(wanted)])))
    ]


def _is_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return common >= max(STEM_LEAST, STEM_SHARE * max(len(one), len(other)))
