"""White space beside codes: services put spaces around masks and swallow those that were there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tarjuma.protection.pieces import Part, Piece, Reading, is_collapsed

_CLOSING = frozenset(".,;:!?)]}»”…%։՝")
_OPENING = frozenset("([{«„")


class _Side(NamedTuple):
    """What stands beside a code in the source: white space, and the character behind it."""

    space: str
    next: str


def assembled(reading: Reading, items: Sequence[str | int], written: Callable[[Piece], str]) -> str:
    """Return the text that items make, with white space beside codes and at both ends as the source has it.

    `items` are texts and indices of pieces; `written` says how a code is written. Words that moved take their spaces
    along: what stood in the source decides only where the same thing stands beside the code again, or where a space
    would be missing before a word.
    """
    codes = [item for item in items if isinstance(item, int)]
    gaps = _gaps(items)
    for place, index in enumerate(codes):
        _move_out(reading, index, gaps, place)
    for place, index in enumerate(codes):
        piece = reading.pieces[index]
        is_break = piece.part is Part.BREAK
        if piece.part is not Part.CLOSE:
            before = codes[place - 1] if place else -1
            gaps[place] = gaps[place].rstrip(" ") if is_break else _left(reading, before, index, gaps[place])
        if piece.part is not Part.OPEN:
            after = codes[place + 1] if place + 1 < len(codes) else -1
            gap = gaps[place + 1]
            gaps[place + 1] = gap.lstrip(" ") if is_break else _right(reading, index, after, gap)
    return _at_ends(reading.text, _joined(reading, codes, gaps, written))


def _gaps(items: Sequence[str | int]) -> list[str]:
    gaps = [""]
    for item in items:
        if isinstance(item, int):
            gaps.append("")
        else:
            gaps[-1] = gaps[-1].rstrip(" ") + item if item.startswith(" ") else gaps[-1] + item
    return gaps


def _move_out(reading: Reading, index: int, gaps: list[str], place: int) -> None:
    """Give the inner side of a pair's end the space that it has in the source; move out what a service put there."""
    part = reading.pieces[index].part
    if part is Part.OPEN:
        inner = gaps[place + 1].lstrip(" ")
        if inner != gaps[place + 1] and gaps[place] and not gaps[place].endswith(" ") and not _after(reading, index):
            gaps[place] += " "
        gaps[place + 1] = _after(reading, index) + inner
    elif part is Part.CLOSE:
        inner = gaps[place].rstrip(" ")
        outer = gaps[place + 1]
        if inner != gaps[place] and outer and not outer.startswith(" ") and not _before(reading, index):
            gaps[place + 1] = " " + outer if outer[0] not in _CLOSING else outer
        gaps[place] = inner + _before(reading, index)


def _after(reading: Reading, index: int) -> str:
    return _right_side(reading.text, reading.pieces[index].end).space


def _before(reading: Reading, index: int) -> str:
    return _left_side(reading.text, reading.pieces[index].start).space


def _right_side(text: str, end: int) -> _Side:
    rest = text[end : end + 40]
    plain = rest.lstrip(" \t")
    return _Side(" " if len(plain) < len(rest) else "", plain[:1])


def _left_side(text: str, start: int) -> _Side:
    rest = text[max(start - 40, 0) : start]
    plain = rest.rstrip(" \t")
    return _Side(" " if len(plain) < len(rest) else "", plain[-1:])


def _right(reading: Reading, index: int, following: int, gap: str) -> str:
    """The gap behind a code with the space at its left end put right."""
    side = _right_side(reading.text, reading.pieces[index].end)
    plain = gap.lstrip(" ")
    if not plain:
        return _between(reading, index, following, gap)
    first = plain[0]
    if gap != plain:
        is_stray = first in _CLOSING and f" {first}" not in reading.text
        return plain if is_stray or (not side.space and first == side.next) else gap
    return " " + plain if side.space and (first.isalnum() or first in _OPENING or first == side.next) else gap


def _left(reading: Reading, previous: int, index: int, gap: str) -> str:
    """The gap before a code with the space at its right end put right."""
    side = _left_side(reading.text, reading.pieces[index].start)
    plain = gap.rstrip(" ")
    if not plain:
        return _between(reading, previous, index, gap)
    last = plain[-1]
    if gap != plain:
        is_stray = last in _OPENING and f"{last} " not in reading.text
        return plain if is_stray or (not side.space and last == side.next) else gap
    return plain + " " if side.space and (last.isalnum() or last in _CLOSING or last == side.next) else gap


def _between(reading: Reading, before: int, after: int, gap: str) -> str:
    """The white space between two codes without a word between them."""
    if before < 0 or after < 0:
        return gap
    one, other = reading.pieces[before], reading.pieces[after]
    between = reading.text[one.end : other.start]
    if one.end <= other.start and not between.strip(" \t"):
        return " " if between else ""
    if one.part is Part.OPEN or other.part is Part.CLOSE:
        return gap
    wanted = _right_side(reading.text, one.end).space and _left_side(reading.text, other.start).space
    return " " if wanted or gap else ""


def _joined(reading: Reading, codes: Sequence[int], gaps: Sequence[str], written: Callable[[Piece], str]) -> str:
    text = gaps[0]
    opened: list[tuple[int, int]] = []
    for index, gap in zip(codes, gaps[1:], strict=True):
        piece = reading.pieces[index]
        if piece.part is Part.CLOSE and opened:
            start, source = opened.pop()
            if is_collapsed(reading.text, piece) and text[start:] != (name := reading.text[source : piece.start]):
                text += f"][{name}]{gap}"
                continue
        text += written(piece) + gap
        if piece.part is Part.OPEN:
            opened.append((len(text) - len(gap), piece.end))
    return text


def _at_ends(source: str, text: str) -> str:
    start = len(source) - len(source.lstrip(" \t\n"))
    end = len(source.rstrip(" \t\n"))
    return source[:start] + text.strip(" \t\n") + source[max(end, start) :]
