"""The inline tokens of a message: Markdown's inline markup, HTML tags, template code and placeholders.

`parse` follows CommonMark 0.31 for code spans, links, autolinks, raw HTML and emphasis, GFM for strikethrough and bare
URLs. It knows no link definitions: `[x][y]` and `[x]` are taken for references. Every loop is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from tarjuma.syntax.links import ESCAPE, TEMPLATE_CLOSERS, destination_end, url_end


class Kind(StrEnum):
    """What a token is; names with OPEN and CLOSE come in pairs."""

    TEXT = "text"
    CODE = "code span"
    LINK_OPEN = "link open"
    LINK_CLOSE = "link close"
    IMAGE_OPEN = "image open"
    IMAGE_CLOSE = "image close"
    AUTOLINK = "autolink"
    URL = "bare URL"
    TAG_OPEN = "tag open"
    TAG_CLOSE = "tag close"
    TAG_VOID = "tag void"
    COMMENT = "comment"
    BROKEN = "broken tag"
    """`<` that begins a tag which never ends properly: harmless in Markdown, not in HTML."""
    TEMPLATE = "template"
    PLACEHOLDER = "placeholder"
    ENTITY = "entity"
    ESCAPE = "escape"
    BREAK = "hard break"
    EMPHASIS_OPEN = "emphasis open"
    EMPHASIS_CLOSE = "emphasis close"
    STRIKE_OPEN = "strikethrough open"
    STRIKE_CLOSE = "strikethrough close"
    MATH = "math"
    FOOTNOTE = "footnote reference"
    ROLE = "role"


class Token(NamedTuple):
    """One piece of a message; the texts of all tokens, joined, are the message."""

    kind: Kind
    start: int
    """Code points from the beginning of the message."""
    end: int
    text: str
    pair: int = -1
    """The same number on both ends of a link, an image, an emphasis or an element; -1 for all others."""


VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
"""Elements of HTML without an end tag."""

_BRACES = r"\{(?:[^{}]++|\{[^{}]*+\})*+\}"
_SPECIAL = re.compile(r"[`<{\[\]*_~&\\$\n%]|!\[|://|\bwww\.| {2,}\n")
_SPECIAL_PLAIN = re.compile(r"[<{&\n%]|://|\bwww\.")
_TICKS = re.compile(r"`+")
_AUTOLINK = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x00-\x1f]*+|[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+)>", re.ASCII
)
_ATTRIBUTE = (
    r"(?:[A-Za-z_:@#*][\w.:@-]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|" + _BRACES + r"|[^\s\"'=<>`{}]++)|(?!\s*+=))"
    r"|\{\s*\.\.\.[^{}]*+\})"
)
_TAG = re.compile(r"<([A-Za-z][\w.:-]*+)((?:\s++" + _ATTRIBUTE + r")*+)\s*+(/?)>", re.ASCII)
_END_TAG = re.compile(r"</([A-Za-z][\w.:-]*+)\s*+>", re.ASCII)
_QUOTED = r"=\s*+(?:\"[^\"]*+\"|'[^']*+')"
_TAG_LIKE = re.compile(r"<(?:[A-Za-z!?%]|/[A-Za-z!?])(?:" + _QUOTED + r"|[^<>])*+>?")
_TAG_LIKE_PLAIN = re.compile(r"<(?:[A-Za-z!?%]|/[A-Za-z!?])(?:" + _QUOTED + r"|[^>])*+>?")
"""To a browser a `<` inside a tag is a part of it, to Markdown it begins the next one."""
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_ID = re.compile(r"\{#[\w:.-]+\}")
_BRACE = re.compile(_BRACES)
_NAME = re.compile(r"\{(?:[A-Za-z_][\w.\[\]]*(?:![rsa])?(?::[^{}\s]{0,20})?|\d*)\}")
_ROLE = re.compile(r"\{[\w:+.-]+\}(?=`)")
_PERCENT = re.compile(
    r"%(?:\(\w+\)[-+0#]*\d*(?:\.\d+)?[a-zA-Z]|(?:\d+\$)?[-+0#']*\d*(?:\.\d+)?[sdifgGeExXcu])(?![A-Za-z])"
)
# Inside math no token may hide that a renderer without math would see.
_MATH = re.compile(r"\$\$(?=\S)([^$`]++)\$\$|\$(?![\s$])((?:[^$\\`\n]|\\.){1,300}+)\$(?!\d)")
_NO_MATH = re.compile(r"<[A-Za-z/!?]|\]\(|\s\Z|://")
_FOOTNOTE = re.compile(r"\[\^[^\]\[\s]+\](?![:(])")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*\Z")
_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.){0,999}+\]", re.S)

_COMMENTS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))


def parse(text: str) -> tuple[Token, ...]:
    """The inline tokens of a Markdown message; `render(parse(text)) == text`."""
    return _Reader(text, _TAG_LIKE).tokens(_SPECIAL)


def parse_plain(text: str) -> tuple[Token, ...]:
    """The tokens of a text that is no Markdown: tags, template code, placeholders, entities and URLs."""
    return _Reader(text, _TAG_LIKE_PLAIN).tokens(_SPECIAL_PLAIN)


def render(tokens: Iterable[Token]) -> str:
    """The message that the tokens were read from."""
    return "".join(token.text for token in tokens)


def attributes(tag: str) -> list[tuple[str, str]]:
    """Name (lower case) and value (as written, without quotes) of each attribute of an HTML start tag."""
    match = _TAG.match(tag)
    if not match:
        return []
    found = []
    for attribute in re.finditer(_ATTRIBUTE, match[2]):
        name, _, value = attribute[0].partition("=")
        value = value.strip()
        if value[:1] in ('"', "'"):
            value = value[1:-1]
        found.append((name.strip().lower(), value))
    return found


def element(token: Token) -> str:
    """The name of a tag's element in lower case, "" for any other token."""
    match = (_END_TAG if token.kind is Kind.TAG_CLOSE else _TAG).match(token.text)
    return match[1].lower() if match else ""


class _Delimiter:
    """A run of `*`, `_` or `~` that may open or close emphasis."""

    __slots__ = ("can_close", "can_open", "count", "length", "mark", "start")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.mark = text[start]
        self.start = start
        self.count = self.length = end - start
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        left = not after.isspace() and (not _is_punctuation(after) or before.isspace() or _is_punctuation(before))
        right = not before.isspace() and (not _is_punctuation(before) or after.isspace() or _is_punctuation(after))
        if self.mark == "_":
            self.can_open = left and (not right or _is_punctuation(before))
            self.can_close = right and (not left or _is_punctuation(after))
        else:
            self.can_open, self.can_close = left, right
        if self.mark == "~" and self.length > 2:
            self.can_open = self.can_close = False


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


class _Bracket(NamedTuple):
    start: int
    end: int
    is_image: bool
    delimiters: int
    """How many delimiter runs stand before it."""


class _Reader:
    """One pass over a message: collects (start, end, kind, pair) and fills the gaps with text."""

    def __init__(self, text: str, tag_like: re.Pattern[str]) -> None:
        self.text = text
        self.tag_like = tag_like
        self.found: list[tuple[int, int, Kind, int]] = []
        self.floor = 0
        self.pairs = 0
        self.delimiters: list[_Delimiter] = []
        self.brackets: list[_Bracket | None] = []
        self.inactive = 0
        self.elements: dict[str, list[int]] = {}
        self.missing: dict[str, int] = {}
        self.runs: dict[int, list[int]] | None = None

    def tokens(self, special: re.Pattern[str]) -> tuple[Token, ...]:
        text = self.text
        position = 0
        while match := special.search(text, position):
            start = match.start()
            mark = match[0]
            reader = _READERS.get(mark) or (_Reader.hard_break if mark[-1] == "\n" else _Reader.skip)
            end = reader(self, start)
            position = max(end, start + 1)
            if end:
                self.floor = position
        self.emphasize(0)
        return self.filled()

    def filled(self) -> tuple[Token, ...]:
        text, cursor, tokens = self.text, 0, []
        self.found.sort()
        for start, end, kind, pair in self.found:
            if start > cursor:
                tokens.append(Token(Kind.TEXT, cursor, start, text[cursor:start]))
            tokens.append(Token(kind, start, end, text[start:end], pair))
            cursor = end
        if cursor < len(text):
            tokens.append(Token(Kind.TEXT, cursor, len(text), text[cursor:]))
        return tuple(tokens)

    def add(self, start: int, end: int, kind: Kind, pair: int = -1) -> int:
        self.found.append((start, end, kind, pair))
        return end

    def find(self, closer: str, start: int) -> int:
        """Where `closer` stands at or behind start, -1 if nowhere; a failed search is never repeated."""
        if start >= self.missing.get(closer, len(self.text)):
            return -1
        place = self.text.find(closer, start)
        if place < 0:
            self.missing[closer] = start
        return place

    # Each reader returns the end of what it read, 0 when the character is text.

    def skip(self, start: int) -> int:
        return 0

    def hard_break(self, start: int) -> int:
        return self.add(start, self.text.index("\n", start) + 1, Kind.BREAK)

    def escape(self, start: int) -> int:
        if self.text.startswith("\n", start + 1):
            return self.add(start, start + 2, Kind.BREAK)
        if ESCAPE.match(self.text, start):
            return self.add(start, start + 2, Kind.ESCAPE)
        return 0

    def code(self, start: int) -> int:
        end = self.code_end(start)
        if end:
            return self.add(start, end, Kind.CODE)
        ticks = _TICKS.match(self.text, start)
        return ticks.end() if ticks else 0

    def code_end(self, start: int) -> int:
        if self.runs is None:
            self.runs = {}
            for run in _TICKS.finditer(self.text):
                self.runs.setdefault(len(run[0]), []).append(run.start())
        ticks = _TICKS.match(self.text, start)
        length = ticks.end() - start if ticks else 0
        places = self.runs.get(length, [])
        index = bisect_right(places, start)
        return places[index] + length if index < len(places) else 0

    def angle(self, start: int) -> int:
        text = self.text
        if match := _TAG.match(text, start):
            name = match[1].lower()
            if match[3] or name in VOID:
                return self.add(start, match.end(), Kind.TAG_VOID)
            self.elements.setdefault(name, []).append(len(self.found))
            return self.add(start, match.end(), Kind.TAG_OPEN)
        if match := _END_TAG.match(text, start):
            return self.add(start, match.end(), Kind.TAG_CLOSE, self.element_pair(match[1].lower()))
        if match := _AUTOLINK.match(text, start):
            return self.add(start, match.end(), Kind.AUTOLINK)
        if text.startswith(("<!-->", "<!--->"), start):
            return self.add(start, text.index(">", start) + 1, Kind.COMMENT)
        for opener, closer in _COMMENTS:
            if text.startswith(opener, start) and (place := self.find(closer, start + len(opener))) >= 0:
                return self.add(start, place + len(closer), Kind.COMMENT)
        if match := self.tag_like.match(text, start):
            return self.add(start, match.end(), Kind.BROKEN)
        return 0

    def element_pair(self, name: str) -> int:
        opened = self.elements.get(name)
        if not opened:
            return -1
        index = opened.pop()
        self.pairs += 1
        start, end, kind, _ = self.found[index]
        self.found[index] = (start, end, kind, self.pairs)
        return self.pairs

    def brace(self, start: int) -> int:
        text = self.text
        closer = TEMPLATE_CLOSERS.get(text[start : start + 2])
        if closer and not _ID.match(text, start):
            place = self.find(closer, start + 2)
            if place >= 0:
                return self.add(start, place + 2, Kind.TEMPLATE)
        if match := _ROLE.match(text, start):
            end = self.code_end(match.end())
            if end:
                return self.add(start, end, Kind.ROLE)
        if match := _NAME.match(text, start):
            return self.add(start, match.end(), Kind.PLACEHOLDER)
        if match := _BRACE.match(text, start):
            return self.add(start, match.end(), Kind.TEMPLATE)
        return 0

    def entity(self, start: int) -> int:
        match = _ENTITY.match(self.text, start)
        return self.add(start, match.end(), Kind.ENTITY) if match else 0

    def percent(self, start: int) -> int:
        if start and (self.text[start - 1].isdigit() or self.text[start - 1] == "%"):
            return 0
        match = _PERCENT.match(self.text, start)
        return self.add(start, match.end(), Kind.PLACEHOLDER) if match else 0

    def dollar(self, start: int) -> int:
        text = self.text
        if text.startswith("{", start + 1) and not text.startswith("{{", start + 1):
            match = _BRACE.match(text, start + 1)
            return self.add(start, match.end(), Kind.PLACEHOLDER) if match else 0
        match = _MATH.match(text, start)
        if match and not _NO_MATH.search(match[1] or match[2]):
            return self.add(start, match.end(), Kind.MATH)
        return 0

    def url(self, start: int) -> int:
        text = self.text
        scheme = _SCHEME.search(text[max(self.floor, start - 32) : start])
        if not scheme:
            return 0
        return self.add(start - len(scheme[0]), url_end(text, start + 3), Kind.URL)

    def www(self, start: int) -> int:
        end = url_end(self.text, start + 4)
        return self.add(start, end, Kind.URL) if end > start + 4 else 0

    def run(self, start: int) -> int:
        text, end = self.text, start + 1
        while text.startswith(text[start], end):
            end += 1
        delimiter = _Delimiter(text, start, end)
        if delimiter.can_open or delimiter.can_close:
            self.delimiters.append(delimiter)
        return end

    def bracket(self, start: int) -> int:
        if match := _FOOTNOTE.match(self.text, start):
            return self.add(start, match.end(), Kind.FOOTNOTE)
        self.brackets.append(_Bracket(start, start + 1, False, len(self.delimiters)))
        return start + 1

    def image(self, start: int) -> int:
        self.brackets.append(_Bracket(start, start + 2, True, len(self.delimiters)))
        return start + 2

    def close(self, start: int) -> int:
        if not self.brackets:
            return 0
        opener = self.brackets.pop()
        is_inactive = len(self.brackets) < self.inactive
        self.inactive = min(self.inactive, len(self.brackets))
        if opener is None or (is_inactive and not opener.is_image):
            return 0
        text = self.text
        end = destination_end(text, start + 1) if text.startswith("(", start + 1) else 0
        if not end and text.startswith("[", start + 1) and (label := _LABEL.match(text, start + 1)):
            end = label.end()
        is_whole = bool(end)
        end = end or start + 1
        if not is_whole and not text[opener.end : start].strip():
            return 0
        self.pairs += 1
        kinds = (Kind.IMAGE_OPEN, Kind.IMAGE_CLOSE) if opener.is_image else (Kind.LINK_OPEN, Kind.LINK_CLOSE)
        self.add(opener.start, opener.end, kinds[0], self.pairs)
        pair = self.pairs
        if is_whole:
            self.emphasize(opener.delimiters)
            if not opener.is_image:
                self.inactive = len(self.brackets)
        return self.add(start, end, kinds[1], pair)

    def emphasize(self, bottom: int) -> None:
        """Pair the delimiter runs from `bottom` on (CommonMark, "An algorithm for parsing nested emphasis")."""
        runs = self.delimiters[bottom:]
        del self.delimiters[bottom:]
        openers: list[_Delimiter] = []
        floors: dict[tuple[str, int, bool], int] = {}
        for closer in runs:
            while closer.can_close and closer.count:
                key = (closer.mark, closer.length % 3 if closer.mark != "~" else closer.length, closer.can_open)
                index = self.opener(openers, closer, floors.get(key, 0))
                if index < 0:
                    floors[key] = len(openers)
                    break
                opener = openers[index]
                self.join(opener, closer)
                keep = index + 1 if opener.count else index
                del openers[keep:]
                for known, floor in floors.items():
                    floors[known] = min(floor, keep)
            if closer.can_open and closer.count:
                openers.append(closer)

    def opener(self, openers: list[_Delimiter], closer: _Delimiter, floor: int) -> int:
        for index in range(len(openers) - 1, floor - 1, -1):
            opener = openers[index]
            if opener.mark != closer.mark:
                continue
            if closer.mark == "~":
                if opener.count == closer.count:
                    return index
                continue
            # The rule of three: runs that can do both must not add up to a multiple of three.
            is_odd = (opener.can_close or closer.can_open) and (opener.length + closer.length) % 3 == 0
            if not is_odd or (opener.length % 3 == 0 and closer.length % 3 == 0):
                return index
        return -1

    def join(self, opener: _Delimiter, closer: _Delimiter) -> None:
        width = 2 if opener.count >= 2 and closer.count >= 2 else 1
        is_strike = closer.mark == "~"
        self.pairs += 1
        begin = opener.start + opener.count - width
        self.add(begin, begin + width, Kind.STRIKE_OPEN if is_strike else Kind.EMPHASIS_OPEN, self.pairs)
        kind = Kind.STRIKE_CLOSE if is_strike else Kind.EMPHASIS_CLOSE
        self.add(closer.start, closer.start + width, kind, self.pairs)
        opener.count -= width
        closer.count -= width
        closer.start += width


_READERS: dict[str, Callable[[_Reader, int], int]] = {
    "`": _Reader.code,
    "<": _Reader.angle,
    "{": _Reader.brace,
    "[": _Reader.bracket,
    "![": _Reader.image,
    "]": _Reader.close,
    "*": _Reader.run,
    "_": _Reader.run,
    "~": _Reader.run,
    "&": _Reader.entity,
    "\\": _Reader.escape,
    "$": _Reader.dollar,
    "%": _Reader.percent,
    "://": _Reader.url,
    "www.": _Reader.www,
}
