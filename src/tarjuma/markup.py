"""What the markup of a text amounts to, so that two texts can be compared: emphasis, code spans, tags.

Parsed, not counted: `**x**` and `__x__` are the same strong text, `<br>` and `<br />` the same element.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tarjuma.syntax.inline import Kind, Token, element
from tarjuma.syntax.tokens import VOID


class Spot(NamedTuple):
    """A piece of a text; code points."""

    start: int
    end: int
    text: str


class Emphasis(NamedTuple):
    """Pairs of emphasis by their weight, and delimiter runs that belong to no pair."""

    weights: Counter[str]
    """"em", "strong" and "strike" -> how many."""
    spots: tuple[Spot, ...]
    """The marks that open each pair; `text` is its weight."""
    stray: tuple[Spot, ...]
    """Runs of `*`, `__` and `~~` in prose."""


class Code(NamedTuple):
    """Code spans and what only looks like the beginning of one."""

    spans: tuple[Spot, ...]
    """`text` is the content without backticks and without the spaces inside them."""
    stray: tuple[Spot, ...]
    """Backticks in prose."""


class Tag(NamedTuple):
    """A tag; code points of the text."""

    start: int
    end: int
    text: str
    name: str
    is_paired: bool
    """True for both ends of an element, and for elements without an end."""


class Elements(NamedTuple):
    """The tags of a text."""

    opened: tuple[Tag, ...]
    closed: tuple[Tag, ...]
    crossed: tuple[Tag, ...]
    """End tags that close an element around one which is still open: `<b><i></b></i>`."""
    broken: tuple[Spot, ...]
    """What begins as a tag and never ends properly."""


_STRAY = re.compile(r"\*+|(?<![^\W_])__+|__+(?![^\W_])|~~+")
_TICKS = re.compile(r"`+")
_WEIGHTS = {(Kind.EMPHASIS_OPEN, 1): "em", (Kind.EMPHASIS_OPEN, 2): "strong"}


def emphasis(tokens: Sequence[Token]) -> Emphasis:
    """Return the emphasis of a text, given its inline tokens."""
    spots: list[Spot] = []
    stray: list[Spot] = []
    for token in tokens:
        if token.kind is Kind.EMPHASIS_OPEN:
            spots.append(Spot(token.start, token.end, "strong" if len(token.text) == 2 else "em"))
        elif token.kind is Kind.STRIKE_OPEN:
            spots.append(Spot(token.start, token.end, "strike"))
        elif token.kind is Kind.TEXT:
            stray += _spots(_STRAY, token)
    return Emphasis(Counter(spot.text for spot in spots), tuple(spots), tuple(stray))


def code(text: str, tokens: Sequence[Token]) -> Code:
    """Return the code spans of a text, given its inline tokens."""
    spans: list[Spot] = []
    stray: list[Spot] = []
    for token in tokens:
        if token.kind is Kind.CODE:
            inside = " ".join(token.text.strip("`").split())
            spans.append(Spot(token.start, token.end, inside))
        elif token.kind is Kind.TEXT and "`" in token.text:
            stray += _spots(_TICKS, token)
    return Code(tuple(spans), tuple(stray))


def _spots(pattern: re.Pattern[str], token: Token) -> Iterator[Spot]:
    for match in pattern.finditer(token.text):
        yield Spot(token.start + match.start(), token.start + match.end(), match[0])


def elements(text: str, tokens: Sequence[Token]) -> Elements:
    """Return the tags of a text, given its inline tokens; an end tag closes the nearest element of its name."""
    if "<" not in text:
        return Elements((), (), (), ())
    opened: list[Tag] = []
    closed: list[Tag] = []
    crossed: list[Tag] = []
    broken: list[Spot] = []
    stack: list[int] = []
    for token in tokens:
        if token.kind is Kind.TAG_CLOSE:
            name = element(token)
            place = next((at for at in range(len(stack) - 1, -1, -1) if opened[stack[at]].name == name), -1)
            closed.append(_tag(token, name, place >= 0))
            if place >= 0:
                if place < len(stack) - 1:
                    crossed.append(closed[-1])
                index = stack.pop(place)
                opened[index] = opened[index]._replace(is_paired=True)
        elif name := _opened(token):
            is_void = token.kind is Kind.TAG_VOID or name in VOID
            opened.append(_tag(token, name, is_void))
            if not is_void and len(stack) < _DEEPEST:
                stack.append(len(opened) - 1)
        elif token.kind is Kind.BROKEN:
            broken.append(Spot(token.start, token.end, token.text))
    return Elements(tuple(opened), tuple(closed), tuple(crossed), tuple(broken))


_DEEPEST = 200
_FILLED = re.compile(r"<([A-Za-z][\w:-]*)\s(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*(?:%\(\w+\)s|\{\w*\}|%\d|%s)[^<>]*>")
"""A tag into which a program puts attributes: `<a %(attributes)s>`."""


def _opened(token: Token) -> str:
    """The name of the element that a token begins, "" for all other tokens."""
    if token.kind is Kind.TAG_OPEN or token.kind is Kind.TAG_VOID:
        return element(token)
    match = _FILLED.fullmatch(token.text) if token.kind is Kind.BROKEN else None
    return match[1].lower() if match else ""


def _tag(token: Token, name: str, is_paired: bool) -> Tag:
    return Tag(token.start, token.end, token.text, name, is_paired)


_HTML = (
    "a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button caption center "
    "cite code col colgroup data dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font "
    "footer form frame h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main "
    "map mark meta nav nobr object ol optgroup option output p param picture pre q rp rt ruby s samp script section "
    "select small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th "
    "thead time title tr tt u ul var video wbr "
)
KNOWN = frozenset(_HTML.split())
"""Elements of HTML."""
LOOKS = frozenset({"b", "strong", "i", "em", "u", "tt", "big", "small", "cite", "q", "var"})
"""Elements that differ in looks only: which one a language uses for emphasis is a habit of its typography."""


def is_markup(tag: Tag) -> bool:
    """True for a tag of HTML, of a pair, or with attributes; `<file>` in prose is none."""
    return tag.name in KNOWN or tag.is_paired or "=" in tag.text or "%" in tag.text
