"""Where msgcat breaks the lines of a PO string.

The classes and the table of pairs were measured by asking msgcat (0.21) about pairs of characters with and without a
space between them; they are its Unicode line breaking (UAX 14) as seen through PO escapes. Widths are columns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise

from tarjuma.po.strings import escaped

PAGE = 79
"""The width at which msgcat wraps when nobody says otherwise; references wrap there even with --no-wrap."""

CLASSES = {
    "x": "!?",
    "q": "'\"«»“”‘’",
    "a": "#&*<=>@^_`~§©×՝՞՜՛•→",
    "p": "$+\\№±€₽₸₼₴−",
    "o": "%°₾‰′″℃¢",
    "(": "([{„¿¡",
    ")": ")]",
    ",": ",./:;։",
    "-": "-",
    "0": "0123456789",
    "|": "|–\u00ad",
    "}": "}。、",
    "g": "\u00a0\u202f\u2007\u2011\u2060",
    "b": "—",
    "i": "…",
    "w": "☺",
    "z": "\u200b",
    "n": "・ー",
}
"""Class letter -> its characters. Further letters: `m` joins the character before it, `e` is the backslash of an escape
(it breaks like a backslash in front, never behind), `E` the backslash of a final newline (never a break in front)."""

DIRECT = {
    "x": "aepo(0bw",
    "a": "bw",
    "p": "epob",
    "o": "epobw",
    ")": "(bw",
    ",": "aepo(bw",
    "-": "aepo(gbw",
    "0": "bw",
    "|": "aepo(0gbw",
    "}": "a(0bw",
    "b": "aepo(0w",
    "i": "aepo(0bw",
    "w": "aep(0bw",
    "z": "xaepoq(),-0|}gbiwn",
    "n": "aepo(0bw",
}
"""Class -> the classes before which a line may break with no space between."""

_ALL = "xaepoq(),-0|}gbiwzn"
SPACED = dict.fromkeys(_ALL, "aepoq(-0|gbiwn") | {
    "q": "aepoq-0|gbiwn",
    "(": "",
    "}": "aepoq(-0|gbiw",
    "b": "aepoq(-0|giwn",
    "z": "xaepoq(),-0|}gbiwn",
}
"""Class -> the classes before which a line may break after spaces."""

_CATEGORIES = {
    "Mn": "m", "Mc": "m", "Me": "m", "Cf": "m", "Ps": "(", "Pe": "}", "Pi": "q", "Pf": "q", "Nd": "0", "Sc": "p",
    "Pd": "|", "Zs": "|",
}  # fmt: skip


class _Classes(dict[int, str]):
    """Code point -> its class letter; two letters where it is written as an escape."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        is_wide = unicodedata.east_asian_width(char) in "WF" and not 0x2700 <= code < 0x27C0
        self[code] = _CATEGORIES.get(unicodedata.category(char), "w" if is_wide else "a")
        return self[code]


_LETTERS = _Classes({ord(char): letter for letter, chars in CLASSES.items() for char in chars})
_LETTERS |= {ord(" "): " ", ord('"'): "eq", ord("\\"): "ep", 0: "e000"}
_LETTERS |= dict.fromkeys((7, 8, 9, 10, 11, 12, 13), "ea")
_NARROW = re.compile(
    r"[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u10a0-\u10ff\u1e00-\u1fff"
    r"\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2116\u2190-\u2193]*+"
)
"""Texts whose every character takes one column."""
_PERCENT = re.compile(r"%(?:\([^)]*\))?[-+ #0']*(?:\d+|\*)?(?:\.(?:\d+|\*))?[a-zA-Z]")
_BRACES = re.compile(r"\{[^{}\s]*\}")


def _pattern() -> re.Pattern[str]:
    """Return an expression on class letters that ends where a line may break."""
    direct = [f"[{re.escape(left)}]m*+(?=[{re.escape(right)}])" for left, right in DIRECT.items()]
    spaced = [f"[{re.escape(left)}]m*+ +(?=[{re.escape(right)}])" for left, right in SPACED.items() if right]
    return re.compile("|".join([*direct, *spaced, rf"\A +(?=[{re.escape(SPACED['a'])}])"]))


_BREAK = _pattern()
_LONE_MARK = re.compile("(?<![^ ])m")


Fold = Callable[[str, int, int], list[str]]
"""One of the four below: text, columns of a line, columns taken on the first line -> escaped lines."""


def unfolded(text: str, width: int, first: int) -> list[str]:
    """Return the escaped text in one piece."""
    return [escaped(text)]


def folded(text: str, width: int, first: int) -> list[str]:
    """Return the escaped text (a newline only at its end) cut into lines of at most `width` columns.

    `first` columns are taken on the first line already; where the text does not fit there it starts on the next one,
    and the first line is empty. A word longer than a line stays whole.
    """
    whole = escaped(text)
    if _NARROW.fullmatch(whole):
        if len(whole) + first <= width:
            return [whole]
        return _filled(_pieces(text), width, len)
    if columns(whole) + first <= width:
        return [whole]
    return _filled(_pieces(text), width, columns)


def folded_percent(text: str, width: int, first: int) -> list[str]:
    """As `folded`, for texts with directives such as `%(page count)d`, which are never broken."""
    return _folded_around(_PERCENT, text, width, first)


def folded_braces(text: str, width: int, first: int) -> list[str]:
    """As `folded`, for texts with directives such as `{page-count}`, which are never broken."""
    return _folded_around(_BRACES, text, width, first)


def _folded_around(directive: re.Pattern[str], text: str, width: int, first: int) -> list[str]:
    whole = escaped(text)
    if columns(whole) + first <= width:
        return [whole]
    inside = {at for match in directive.finditer(whole) for at in range(match.start() + 1, match.end())}
    joined, start, end = [], 0, 0
    for piece in _pieces(text):
        end += len(piece)
        if end not in inside:
            joined.append(whole[start:end])
            start = end
    return _filled(joined, width, columns)


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return len(text) if _NARROW.fullmatch(text) else sum(map(_column, text))


@cache
def _column(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _pieces(text: str) -> list[str]:
    """Cut a text at every place where msgcat could break it; the pieces come escaped."""
    whole, classes = escaped(text), text.translate(_LETTERS)
    if text.endswith("\n"):
        classes = classes[:-2] + "Ea"
    if "m" in classes:
        classes = _LONE_MARK.sub("a", classes)
    cuts = [0, *(match.end() for match in _BREAK.finditer(classes)), len(whole)]
    return [whole[start:end] for start, end in pairwise(cuts)]


def _filled(pieces: list[str], width: int, size: Callable[[str], int]) -> list[str]:
    """Put as many pieces on each line as it holds; one piece stays where it is, several begin on the next line."""
    if len(pieces) == 1:
        return pieces
    lines, start, used = [""], 0, 0
    for at, piece in enumerate(pieces):
        taken = size(piece)
        if used + taken > width and at > start:
            lines.append("".join(pieces[start:at]))
            start, used = at, 0
        used += taken
    return [*lines, "".join(pieces[start:])]
