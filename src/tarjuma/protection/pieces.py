"""A message in pieces: what is translated, and what a translation service must neither see nor touch."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from operator import itemgetter
from typing import NamedTuple

from tarjuma.model import TRANSLATED_ATTRIBUTES
from tarjuma.syntax import inline
from tarjuma.syntax.inline import Kind, Token, element

Span = tuple[int, int]


class Part(Enum):
    """What a piece is."""

    TEXT = "text"
    CODE = "code"
    BREAK = "hard break"
    OPEN = "open"
    CLOSE = "close"


class Piece(NamedTuple):
    """One piece of a message; code points. The pieces of a message, joined, are the message."""

    part: Part
    start: int
    end: int
    pair: int = -1
    """The same number on both ends of a pair."""


class Quoting(Enum):
    """What stands around a text that lies in a code."""

    ALT = "the words of an image"
    TITLE = "the title of a link or an image"
    ATTRIBUTE = "an attribute of a tag"
    ARGUMENT = "an argument of a shortcode"


class Inner(NamedTuple):
    """A text for readers that lies in a code: `![this](cat.png "and this")`, `<img alt="this">`."""

    start: int
    end: int
    quoting: Quoting
    quote: str


class Reading(NamedTuple):
    """A message, its pieces and the texts that lie in its codes."""

    text: str
    pieces: tuple[Piece, ...]
    inner: tuple[Inner, ...] = ()

    @property
    def has_text(self) -> bool:
        """True when a piece of text holds a letter."""
        return any(piece.part is Part.TEXT and LETTER.search(self.of(piece)) for piece in self.pieces)

    def of(self, piece: Piece) -> str:
        """Return the part of the message that a piece is."""
        return self.text[piece.start : piece.end]


LETTER = re.compile(r"[^\W\d_]")
APOSTROPHES = {
    "&#39;": "'", "&#x27;": "'", "&apos;": "'", "&rsquo;": "’", "&#8217;": "’", "&#x2019;": "’", "&lsquo;": "‘",
    "&#8216;": "‘",
}  # fmt: skip
"""Between two letters these are spelling, no code: a translation of `don&#39;t` has no use for one."""
SHORTCUT_WORDS = 5
"""`[words]` may be a link whose address stands elsewhere under these words; a longer text is an aside in brackets."""

_EMOJI = r":(?=[a-z0-9_+-]*[a-z])[a-z0-9_+-]+:(?!\w)"
_NO_TEXT = re.compile(rf"[ \t]*\n[ \t\n]*|(?<![\w:]){_EMOJI}")
_CODE_ELEMENTS = frozenset({"code", "kbd", "samp", "var", "tt", "script", "style", "svg", "math", "pre"})
_UNTRANSLATED = re.compile(r"\btranslate\s*=\s*[\"']?no\b|\bclass\s*=\s*(?:\"[^\"]*|'[^']*)?\bnotranslate\b")
_OPENERS = frozenset({Kind.LINK_OPEN, Kind.IMAGE_OPEN, Kind.TAG_OPEN, Kind.EMPHASIS_OPEN, Kind.STRIKE_OPEN})
_TITLE = re.compile(r"\]\(.*?\s(?P<title>\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\))\s*\)", re.S)
_TEXT_NAMES = "|".join(sorted(TRANSLATED_ATTRIBUTES))
_ATTRIBUTE = re.compile(rf"(?<=\s)(?:{_TEXT_NAMES})\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')", re.I)
_ARGUMENT = re.compile(rf"(?<=\s)(?:{_TEXT_NAMES})\s*=\s*\"(?P<double>[^\"\\`{{}}]*)\"")
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
"""Template engines run before Markdown does: their code reaches over code spans and what stands between them."""
_SHORTCODE = re.compile(r"\{\{[<%]")


def reading(text: str, keep: Sequence[Span] = ()) -> Reading:
    """Return the pieces of a message; `keep`: spans that are codes, whatever stands there."""
    return _Reader(text, keep).read()


def inner_reading(whole: Reading, inner: Inner, keep: Sequence[Span]) -> Reading:
    """Return the pieces of a text that lies in a code of a message; its codes hold no texts of their own."""
    start, end = inner.start, inner.end
    spans = [(max(low - start, 0), min(high, end) - start) for low, high in keep if low < end and high > start]
    return reading(whole.text[start:end], spans)._replace(inner=())


def inner_texts(tokens: Sequence[Token], text: str) -> Iterator[Inner]:
    """Yield the texts for readers that lie in these codes; the words of an image are not among them."""
    for token in tokens:
        if token.kind in (Kind.LINK_CLOSE, Kind.IMAGE_CLOSE):
            if match := _TITLE.fullmatch(token.text):
                start, end = token.start + match.start("title"), token.start + match.end("title")
                yield Inner(start + 1, end - 1, Quoting.TITLE, text[start])
        elif token.kind in (Kind.TAG_OPEN, Kind.TAG_VOID):
            yield from _quoted(_ATTRIBUTE, token, Quoting.ATTRIBUTE)
        elif token.kind is Kind.TEMPLATE and _SHORTCODE.match(token.text):
            yield from _quoted(_ARGUMENT, token, Quoting.ARGUMENT)


def _quoted(pattern: re.Pattern[str], token: Token, quoting: Quoting) -> Iterator[Inner]:
    for match in pattern.finditer(token.text):
        name = match.lastgroup or ""
        start, end = token.start + match.start(name), token.start + match.end(name)
        if not match[name].startswith("{"):
            yield Inner(start, end, quoting, '"' if name == "double" else "'")


def is_apostrophe(token: Token, text: str) -> bool:
    """True for an apostrophe inside a word that is written as an entity."""
    if token.kind is not Kind.ENTITY or token.text.lower() not in APOSTROPHES:
        return False
    return text[token.start - 1 : token.start].isalpha() and text[token.end : token.end + 1].isalpha()


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap as one, without empty ones."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found


class _Reader:
    def __init__(self, text: str, keep: Sequence[Span]) -> None:
        self.text = text
        self.keep = _merged([*keep, *(match.span() for match in _TEMPLATE.finditer(text))] if "{" in text else keep)
        self.tokens = inline.parse(text)
        self.inner: list[Inner] = []
        self.closers = {token.pair: index for index, token in enumerate(self.tokens) if token.kind not in _OPENERS}

    def read(self) -> Reading:
        found = _collapsed(_nested(self.pieces()), self.text)
        inner = [each for each in self.inner if inline.is_text(self.text[each.start : each.end])]
        return Reading(self.text, tuple(_joined(found, self.text)), tuple(sorted(inner)))

    def pieces(self) -> list[Piece]:
        found: list[Piece] = []
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.kind is Kind.TEXT or is_apostrophe(token, self.text):
                found += self.cut(token.start, token.end)
                index += 1
                continue
            last = self.last_of_code(index)
            if last > index:
                found.append(Piece(Part.CODE, token.start, self.tokens[last].end))
                self.note_inner(index, last)
                index = last + 1
                continue
            self.inner += inner_texts((token,), self.text)
            found.append(Piece(_part(token), token.start, token.end, token.pair))
            index += 1
        return found

    def cut(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the pieces of a run of text: what `keep` names, line ends and emoji shortcodes are none of it."""
        for low, high in self.kept(start, end):
            yield from self.without_signs(start, low)
            yield Piece(Part.CODE, low, high)
            start = high
        yield from self.without_signs(start, end)

    def without_signs(self, start: int, end: int) -> Iterator[Piece]:
        for match in _NO_TEXT.finditer(self.text, start, end):
            if match.start() > start:
                yield Piece(Part.TEXT, start, match.start())
            yield Piece(Part.BREAK if "\n" in match[0] else Part.CODE, match.start(), match.end())
            start = match.end()
        if end > start:
            yield Piece(Part.TEXT, start, end)

    def kept(self, start: int, end: int) -> Iterator[Span]:
        for place in range(bisect_right(self.keep, start, key=itemgetter(1)), len(self.keep)):
            low, high = self.keep[place]
            if low >= end:
                return
            yield max(low, start), min(high, end)

    def last_of_code(self, index: int) -> int:
        """Return the index of the last token of the code that begins here; that of the first if it is the only one."""
        token = self.tokens[index]
        if token.pair < 0 or token.kind not in _OPENERS:
            return index
        last = self.closers.get(token.pair, index)
        is_whole = (
            token.kind is Kind.IMAGE_OPEN
            or (token.kind is Kind.LINK_OPEN and self.is_shortcut(index, last))
            or (token.kind is Kind.TAG_OPEN and _is_untranslated(token))
        )
        return last if is_whole and self.is_closed(index, last) else index

    def is_shortcut(self, index: int, last: int) -> bool:
        inside = self.text[self.tokens[index].end : self.tokens[last].start]
        if self.tokens[last].text != "]" or inside.rstrip()[-1:] in ".!?…" or "<" in inside:
            return False
        return len(inside.split()) <= SHORTCUT_WORDS

    def is_closed(self, index: int, last: int) -> bool:
        """True when no pair begins in these tokens and ends behind them, or the other way round."""
        pairs = [token.pair for token in self.tokens[index : last + 1] if token.pair >= 0]
        return len(pairs) == 2 * len(set(pairs))

    def note_inner(self, index: int, last: int) -> None:
        """Note the texts for readers in a code of several tokens."""
        first, end = self.tokens[index], self.tokens[last]
        if first.kind is Kind.IMAGE_OPEN:
            self.inner.append(Inner(first.end, end.start, Quoting.ALT, ""))
            self.inner += inner_texts((end,), self.text)
        elif first.kind is Kind.TAG_OPEN:
            self.inner += inner_texts((first,), self.text)


def _part(token: Token) -> Part:
    if token.kind is Kind.BREAK:
        return Part.BREAK
    if token.pair < 0:
        return Part.CODE
    return Part.OPEN if token.kind in _OPENERS else Part.CLOSE


def _is_untranslated(tag: Token) -> bool:
    return element(tag) in _CODE_ELEMENTS or bool(_UNTRANSLATED.search(tag.text))


def _nested(pieces: list[Piece]) -> list[Piece]:
    """The pieces without pairs that cross others: both ends of such a pair become codes."""
    stack: list[int] = []
    opened: set[int] = set()
    crossed: set[int] = set()
    ends = {piece.pair for piece in pieces if piece.part is Part.CLOSE}
    for piece in pieces:
        if piece.part is Part.OPEN:
            if piece.pair in ends:
                stack.append(piece.pair)
                opened.add(piece.pair)
            else:
                crossed.add(piece.pair)
        elif piece.part is Part.CLOSE:
            if piece.pair not in opened or piece.pair in crossed:
                crossed.add(piece.pair)
                continue
            while stack[-1] != piece.pair:
                crossed.add(stack.pop())
            stack.pop()
    return [Piece(Part.CODE, *piece[1:3]) if piece.pair in crossed else piece for piece in pieces]


def _collapsed(pieces: Iterable[Piece], text: str) -> list[Piece]:
    """The pieces with every pair that holds no text as one code, and a pair around nothing but a pair as one pair."""
    found: list[Piece] = []
    opened: list[tuple[int, int]] = []
    letters = 0
    for piece in pieces:
        if piece.part is Part.TEXT:
            letters += bool(LETTER.search(text, piece.start, piece.end))
        elif piece.part is Part.OPEN:
            opened.append((len(found), letters))
        if piece.part is not Part.CLOSE:
            found.append(piece)
            continue
        place, before = opened.pop()
        first = found[place]
        if letters == before:
            found[place:] = [Piece(Part.CODE, first.start, piece.end)]
            continue
        inside, last = found[place + 1], found[-1]
        is_only = inside.part is Part.OPEN and last.part is Part.CLOSE and inside.pair == last.pair
        if is_only and not is_collapsed(text, last) and not is_collapsed(text, piece):
            found[place : place + 2] = [Piece(Part.OPEN, first.start, inside.end, piece.pair)]
            found[-1] = Piece(Part.CLOSE, last.start, piece.end, piece.pair)
        else:
            found.append(piece)
    return found


def is_collapsed(text: str, closer: Piece) -> bool:
    """True for the end of `[words][]`, where the words are the name of the address too."""
    return text[closer.start : closer.end] == "][]"


def _joined(pieces: Sequence[Piece], text: str) -> Iterator[Piece]:
    """Yield the pieces with codes that touch as one, and the spaces around a hard break as part of it."""
    last: Piece | None = None
    for piece in pieces:
        if last and last.part is piece.part and piece.part in (Part.CODE, Part.TEXT, Part.BREAK):
            last = last._replace(end=piece.end)
            continue
        if last and piece.part is Part.BREAK and last.part is Part.TEXT:
            end = last.start + len(text[last.start : last.end].rstrip(" \t"))
            piece = piece._replace(start=end)
            last = last._replace(end=end)
        elif last and last.part is Part.TEXT and text[last.end - 1] == "\\":
            end = last.start + len(text[last.start : last.end].rstrip("\\"))
            piece = piece._replace(start=end)  # services escape the brackets of masks: `\[1]` must not be ours
            last = last._replace(end=end)
        elif last and last.part is Part.BREAK and piece.part is Part.TEXT:
            start = piece.end - len(text[piece.start : piece.end].lstrip(" \t\n"))
            last = last._replace(end=start)
            piece = piece._replace(start=start)
        if last and last.start < last.end:
            yield last
        last = piece
    if last and last.start < last.end:
        yield last


def parents(pieces: Sequence[Piece]) -> list[int]:
    """Return for each piece the pair that it stands in, -1 for none; an end stands where its pair stands."""
    found: list[int] = []
    stack = [-1]
    for piece in pieces:
        if piece.part is Part.CLOSE:
            stack.pop()
        found.append(stack[-1])
        if piece.part is Part.OPEN:
            stack.append(piece.pair)
    return found
