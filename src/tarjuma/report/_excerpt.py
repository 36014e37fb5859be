"""Texts of findings on one line: what is invisible has a name, what is long is cut, what is meant is marked. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from tarjuma.model import Problem

_ZERO_WIDTH = frozenset({"Mn", "Me", "Cf"})
_NAMELESS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def columns(text: str) -> int:
    """Return how many columns a terminal needs for a text: wide characters take two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def visible(text: str) -> str:
    """Return a text on one line that a terminal shows and does not obey: `U+200E` for what has no shape."""
    return text if text.isascii() and text.isprintable() else "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    return _named(char) if unicodedata.category(char) in _NAMELESS else char


def _shown_marked(char: str) -> str:
    """A marked character: spaces that only look like a space have a name too."""
    return _named(char) if char != " " and unicodedata.category(char) == "Zs" else _shown(char)


def _named(char: str) -> str:
    return f"<U+{ord(char):04X}>"


class Excerpt(NamedTuple):
    """A text as it is shown, in three parts: before what is marked, what is marked, and after it."""

    before: str
    marked: str
    after: str
    is_marked: bool

    @property
    def text(self) -> str:
        """The whole line."""
        return f"{self.before}{self.marked}{self.after}"

    @property
    def underline(self) -> str:
        """Carets for the line below, in the columns of what is marked; a combining mark gets that of its letter."""
        if not self.is_marked:
            return ""
        start, width = columns(self.before), columns(self.marked)
        return " " * (start if width or not self.marked else max(0, start - 1)) + "^" * max(1, width)


def excerpt(text: str, span: tuple[int, int] | None, width: int) -> Excerpt:
    """Return a text for a line of `width` columns, cut around the span (code points); without one, its beginning."""
    start, end = (min(max(0, edge), len(text)) for edge in span or (0, 0))
    marked = "".join(_fitting([_shown_marked(char) for char in text[start:end]], width - 2))
    room = width - (max(1, columns(marked)) if span else 0)
    # Nobody sees more than `room` columns on either side: the rest of a long text is not even looked at.
    before = [_shown(char) for char in text[max(0, start - 2 * width) : start]]
    after = [_shown(char) for char in text[end : end + 2 * width]]
    needs = columns("".join(before)), columns("".join(after))
    left = min(needs[0], max(room // 2, room - needs[1]))
    head = _fitting(before[::-1], left, is_whole=len(before) == start)[::-1]
    tail = _fitting(after, min(needs[1], room - left), is_whole=end + len(after) == len(text))
    return Excerpt("".join(head), marked, "".join(tail), span is not None)


def _fitting(pieces: list[str], width: int, is_whole: bool = True) -> list[str]:
    """The first pieces that fit into some columns, and an ellipsis where some are left out."""
    if is_whole and columns("".join(pieces)) <= width:
        return pieces
    used, kept = 0, []
    for piece in pieces:
        used += columns(piece)
        if used > width - 1:
            break
        kept.append(piece)
    return [*kept, "…"] if width > 0 else []


class Texts(NamedTuple):
    """The two texts that a finding compares, each with what is meant in it."""

    source: str
    source_span: tuple[int, int] | None
    target: str
    target_span: tuple[int, int] | None


def texts(problem: Problem) -> Texts | None:
    """Return the texts of a finding, None when it is about a file. In the source, a value of the message is marked."""
    key = problem.key
    if key is None:
        return None
    source = key.text if key.plural is None or problem.form == 0 else key.plural
    return Texts(source, _span_of(problem, source), problem.target, problem.span)


def _span_of(problem: Problem, source: str) -> tuple[int, int] | None:
    """Where the source has what the message speaks of and the translation lacks: a lost number, link, placeholder."""
    for value in _values(problem):
        if value not in problem.target and (match := re.search(_whole(value), source)):
            return match.span()
    return None


def _values(problem: Problem) -> Iterator[str]:
    for _, value in problem.values:
        for part in (value, *value.split(", ")):
            if part and not part.isspace():
                yield part


def _whole(value: str) -> str:
    """A pattern that finds a value, but not inside a longer word or number."""
    start = r"(?<!\w)" if value[0].isalnum() else ""
    return f"{start}{re.escape(value)}" + (r"(?!\w)" if value[-1].isalnum() else "")


def suggestion(problem: Problem) -> str | None:
    """Return what a finding proposes to write: None when it proposes nothing, "" when what is marked should go."""
    return problem.suggestion or ("" if problem.is_safe and problem.span else None)
