"""Which block of an edited page is which block of the page as it was: pairs, and what was added, removed or moved.

A pair means that one text took the place of another. A wrong pair would put a translation under a sentence that it
does not translate, so that what is doubtful is reported instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import NamedTuple

from tarjuma.similar import closeness

ALIKE = 0.5
"""The least likeness of two texts that are taken for one where blocks were added or removed around them."""

_MARGIN = 0.4
"""How much more likeness another order must show than the order of the blocks."""
_PART = 0.05
"""How much more a text must be like two blocks together than like one, to count as split."""
_LIMIT = 40_000
"""Pairs of blocks that are compared letter by letter."""


class Block(NamedTuple):
    """What is compared."""

    kind: str
    text: str


class Shift(Enum):
    """What happened to a block, other than that its text was edited."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    SPLIT = "split"
    JOINED = "joined"


class Odd(NamedTuple):
    """A block that is not one of a pair."""

    shift: Shift
    old: int | None
    """Index among the old blocks; None for one that was added."""
    new: int | None
    """Index among the new blocks; None for one that was removed."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which block became which."""

    pairs: tuple[tuple[int, int], ...]
    """Old and new index, both ascending."""
    odd: tuple[Odd, ...]


def aligned(old: Sequence[Block], new: Sequence[Block]) -> Alignment:
    """Return which new block is which old one."""
    pairs = _in_order(old, new) or _by_text(old, new)
    odd = [*_parted(old, new, pairs)]
    doubtful = {each.old for each in odd if each.shift is Shift.SPLIT}
    unsure = {each.new for each in odd if each.shift is Shift.JOINED}
    pairs = [(one, other) for one, other in pairs if one not in doubtful and other not in unsure]
    odd += _left(old, new, pairs, odd)
    return Alignment(tuple(pairs), tuple(sorted(odd, key=_place)))


def _in_order(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """One pair for each place, where nothing says that blocks moved; else none."""
    if [block.kind for block in old] != [block.kind for block in new]:
        return []
    changed = [place for place in range(len(old)) if old[place] != new[place]]
    gone = {old[place] for place in changed}
    if any(new[place] in gone for place in changed):
        return []
    start = 0
    for end in range(1, len(changed) + 1):
        if end < len(changed) and changed[end] == changed[end - 1] + 1:
            continue
        run = slice(changed[start], changed[end - 1] + 1)
        if any(one != other for one, other in _matched(old[run], new[run])):
            return []
        start = end
    return [(place, place) for place in range(len(old))]


def _by_text(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """Pairs of blocks around those whose texts are the same."""
    pairs: list[tuple[int, int]] = []
    for name, low, high, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if name == "equal":
            pairs += zip(range(low, high), range(first, last), strict=True)
        elif name == "replace":
            found = _matched(old[low:high], new[first:last])
            pairs += ((low + one, first + other) for one, other in found)
    return pairs


def _place(odd: Odd) -> tuple[int, int]:
    return (odd.new if odd.new is not None else -1, odd.old if odd.old is not None else -1)


def _matched(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """Pairs among blocks of which none is the same."""
    in_order = [(place, place) for place in range(len(old))]
    is_even = len(old) == len(new) and all(one.kind == other.kind for one, other in zip(old, new, strict=True))
    if is_even and (len(old) == 1 or len(old) * len(new) > _LIMIT):
        return in_order
    if len(old) * len(new) > _LIMIT:
        return []
    likeness = {
        (one, other): closeness(old[one].text, new[other].text)
        for one in range(len(old))
        for other in range(len(new))
        if old[one].kind == new[other].kind
    }
    best = _best(len(old), len(new), {pair: value for pair, value in likeness.items() if value >= ALIKE})
    if not is_even:
        return best
    gain = sum(likeness[pair] for pair in best) - sum(likeness[pair] for pair in in_order)
    return best if gain > _MARGIN else in_order


def _best(rows: int, columns: int, likeness: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The pairs, both ascending, that are most alike altogether."""
    total = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in reversed(range(rows)):
        for column in reversed(range(columns)):
            both = likeness.get((row, column), 0.0)
            total[row][column] = max(
                total[row + 1][column], total[row][column + 1], both + total[row + 1][column + 1] if both else 0.0
            )
    found = []
    row = column = 0
    while row < rows and column < columns:
        both = likeness.get((row, column), 0.0)
        if both and total[row][column] == both + total[row + 1][column + 1]:
            found.append((row, column))
            row, column = row + 1, column + 1
        elif total[row][column] == total[row + 1][column]:
            row += 1
        else:
            column += 1
    return found


def _parted(old: Sequence[Block], new: Sequence[Block], pairs: Sequence[tuple[int, int]]) -> Iterator[Odd]:
    """The pairs of which one side holds only a part of the other: the rest stands in a block beside it."""
    paired_old, paired_new = {one for one, _ in pairs}, {other for _, other in pairs}
    for one, other in pairs:
        text, edited = old[one].text, new[other].text
        if text == edited:
            continue
        if any(_is_more_like(text, edited, *joined) for joined in _with_neighbours(new, other, paired_new)):
            yield Odd(Shift.SPLIT, one, other)
        elif any(_is_more_like(edited, text, *joined) for joined in _with_neighbours(old, one, paired_old)):
            yield Odd(Shift.JOINED, one, other)


def _with_neighbours(blocks: Sequence[Block], place: int, paired: set[int]) -> Iterator[tuple[str, str]]:
    for first, second in ((place - 1, place), (place, place + 1)):
        neighbour = first if second == place else second
        if 0 <= neighbour < len(blocks) and neighbour not in paired:
            yield blocks[first].text, blocks[second].text


def _is_more_like(text: str, part: str, first: str, second: str) -> bool:
    return closeness(text, f"{first} {second}") > closeness(text, part) + _PART


def _left(
    old: Sequence[Block], new: Sequence[Block], pairs: Sequence[tuple[int, int]], parted: Sequence[Odd]
) -> Iterator[Odd]:
    """What is in no pair: added and removed blocks, and those that were both."""
    gone = sorted(set(range(len(old))) - {one for one, _ in pairs} - {each.old for each in parted})
    come = sorted(set(range(len(new))) - {other for _, other in pairs} - {each.new for each in parted})
    places: dict[Block, list[int]] = {}
    for place in gone:
        places.setdefault(old[place], []).append(place)
    for place in come:
        same = places.get(new[place])
        yield Odd(Shift.MOVED, same.pop(0), place) if same else Odd(Shift.ADDED, None, place)
    for left in places.values():
        for place in left:
            yield Odd(Shift.REMOVED, place, None)
