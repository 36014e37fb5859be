"""Where sentences end: the final mark of a text, and its sentences.

Marks: Unicode CLDR 48, corrected for Armenian (its set lacks the full stop ։, U+0589): ։ or a dot ends a sentence,
՝ and the dot stand for a colon, ՞ inside the last word asks and leaves no mark at the end. An ASCII colon in place of ։
is a typing error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple, Protocol

from tarjuma.syntax.inline import Kind, Token


class Mark(Enum):
    """What a text ends with."""

    NONE = "no mark"
    STOP = "a full stop"
    QUESTION = "a question mark"
    EXCLAMATION = "an exclamation mark"
    COLON = "a colon"
    ELLIPSIS = "an ellipsis"
    COMMA = "a comma"
    SEMICOLON = "a semicolon"
    OPENING = "an opening bracket"
    DASH = "a dash"


class Final(NamedTuple):
    """The final mark of a text."""

    mark: Mark
    start: int
    """Code points of the mark; both ends are the same place where there is none."""
    end: int


_MARKS = {
    ".": Mark.STOP, "։": Mark.STOP, "。": Mark.STOP, "।": Mark.STOP, "․": Mark.STOP, "．": Mark.STOP,
    "?": Mark.QUESTION, "？": Mark.QUESTION, "؟": Mark.QUESTION, "՞": Mark.QUESTION,
    "!": Mark.EXCLAMATION, "！": Mark.EXCLAMATION, "՜": Mark.EXCLAMATION,
    ":": Mark.COLON, "：": Mark.COLON, "՝": Mark.COLON,
    "…": Mark.ELLIPSIS, ",": Mark.COMMA, "،": Mark.COMMA, ";": Mark.SEMICOLON, "؛": Mark.SEMICOLON,
    "(": Mark.OPENING, "[": Mark.OPENING, "{": Mark.OPENING, "«": Mark.OPENING,
    "-": Mark.DASH, "–": Mark.DASH, "—": Mark.DASH,
}  # fmt: skip
_CLOSERS = " \t\r\n\u00a0\u202f\u200b\u200e\u200f\"'»“”’‘›)]}*_~`⟩＞"
"""What may stand behind the final mark: quotes, brackets, markup. An opening « is none."""
_LOOK_BEHIND = ">)]}*_~`;/"
"""Markup, code, an entity or an address may end so: only its tokens tell."""
_MARKUP = re.compile(r"[`*_~<\[{&]|://|www\.")
_SEEN_THROUGH = frozenset({
    Kind.EMPHASIS_CLOSE, Kind.LINK_CLOSE, Kind.STRIKE_CLOSE, Kind.TAG_CLOSE, Kind.TAG_VOID, Kind.COMMENT, Kind.FOOTNOTE,
    Kind.BREAK,
})  # fmt: skip
_ABBREVIATION = re.compile(
    r"\b(?:etc|e\.g|i\.e|vs|cf|[ap]\.m|[ap]m|Inc|Ltd|Co|Corp|Jr|Sr|Nos|Fig|Mr|Mrs|Ms|al|approx"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri)\.$"
)
_LAST_ABBREVIATION = re.compile(
    r"\b(?:пр|др|т\.\s?д|т\.\s?п|гг|г|р|рр|руб|коп|тыс|млн|млрд|мин|сек|час|ч|см|ст|стр|рис|тел|н\.\s?э|тощо|ін|инш|інш"
    r"|ж|б|т\.\s?б|ө\.\s?а|ҳк|ҳ\.к|в\.ҳ|ва\s+ғ|ғ|ва\s+ҳ\.к|h\.k|va\s+h\.k|və\s+s|s|ş\.m|b\.e|we\s+ş\.m|și\s+a|ș\.a|nr|pag|etc"
    r"|თ|ა\.\s?შ|სთ|წთ|წმ|წ|ე\.\s?ი|მაგ|թ|այլն|օր|տող|էջ)\.$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:\b[^\W\d_]\.\s?)+[^\W\d_]\.$|\d[-‑–\s\u00a0\u202f]?[^\W\d_]{1,2}\.$")
_DOTS = re.compile(r"[.․։]{2,}$")
_END = re.compile(r"(?<![.!?…։。․])(?:[.!?…։。․]|(?<=[^\W\d_]):(?=\s+[Ա-Ֆ]))+[\"'»“”’)\]*_]*(?=\s)")
_NOT_AN_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|cf|etc|Mr|Mrs|Ms|Dr|St|No|напр|см|ср|т|тыс|млн|рис|стр|им|г|т\.\s?е|т\.\s?к|т\.\s?д|т\.\s?п|див"
    r"|тобто|наприкл|мыс|мас|мис|məs|ex|de ex|nr|pag|მაგ|ე\.\s?ი|ა\.\s?შ|օր|թ)|(?<![^\W\d_])[^\W\d_])\.[\"'»”)]*$",
    re.IGNORECASE,
)


class Tokenized(Protocol):
    """A text that knows its inline tokens."""

    text: str

    @property
    def tokens(self) -> Sequence[Token]:
        """All of it."""


def final(text: Tokenized) -> Final:
    """Return the final mark of a text.

    Quotes, brackets and markup behind the mark are passed over, code, addresses and placeholders are not: a text that
    ends with one has no mark.
    """
    whole = text.text
    if whole and (whole[-1] not in _LOOK_BEHIND or not _MARKUP.search(whole)):
        return _at_end(whole, len(whole)) or Final(Mark.NONE, len(whole), len(whole))
    for token in reversed(text.tokens):
        if token.kind is Kind.TEXT:
            if found := _at_end(whole, token.end, token.start):
                return found
        elif token.kind is Kind.ENTITY:
            if token.text == "&hellip;":
                return Final(Mark.ELLIPSIS, token.start, token.end)
        elif token.kind not in _SEEN_THROUGH:
            return Final(Mark.NONE, token.end, token.end)
    return Final(Mark.NONE, len(whole), len(whole))


def _at_end(text: str, end: int, start: int = 0) -> Final | None:
    """The mark at the end of text[start:end]; None when nothing but closing signs stands there."""
    while end > start and text[end - 1] in _CLOSERS:
        end -= 1
    if end == start:
        return None
    mark = _MARKS.get(text[end - 1], Mark.NONE)
    if mark is Mark.NONE:
        return Final(mark, end, end)
    if mark is Mark.STOP and (dots := _DOTS.search(text, max(start, end - 4), end)):
        return Final(Mark.ELLIPSIS, dots.start(), end)
    return Final(mark, end - 1, end)


def is_abbreviation(text: str, mark: Final, language: str) -> bool:
    """Say whether the final dot of a text belongs to an abbreviation: it may end a sentence as well, or not."""
    if mark.mark is not Mark.STOP or text[mark.start] != ".":
        return False
    tail = text[max(0, mark.end - 24) : mark.end]
    if language == "en":
        return bool(_ABBREVIATION.search(tail))
    return bool(_LAST_ABBREVIATION.search(tail) or _INITIALS.search(tail))


@lru_cache(maxsize=4096)
def sentences(prose: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the sentences of a text without markup, final marks included."""
    found, start = [], 0
    for match in _END.finditer(prose):
        following = prose[match.end() :].lstrip()
        if not following:
            break
        is_stop = match[0][0] in ".․" and "..." not in match[0]
        if is_stop and _NOT_AN_END.search(prose, max(start, match.end() - 14), match.end()):
            continue
        if following[0].islower() and match[0][0] != "։" and not _is_caseless(following[0]):
            continue
        found.append((start, match.end()))
        start = len(prose) - len(following)
    if prose[start:].strip():
        found.append((start, len(prose.rstrip())))
    return tuple(found)


def _is_caseless(letter: str) -> bool:
    return "\u10a0" <= letter <= "\u10ff"  # Georgian: Unicode calls its letters lower case
