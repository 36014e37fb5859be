"""Addresses in a text (links, images, bare URLs, e-mail) and what counts as the same address in another language.

Where a bare URL ends is GFM's rule; a localized address has a language code where the source's has its own
(`/en/` -> `/ru/`, `en.wikipedia.org` -> `ru.wikipedia.org`, `?hl=ru`), or has one more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from tarjuma.model import Language
from tarjuma.syntax.inline import Kind, Token, attributes


class Form(Enum):
    """How an address stands in a text."""

    LINK = "link"
    IMAGE = "image"
    REFERENCE = "reference"
    BARE = "bare"
    LOOSE = "loose"
    """A bare one directly behind a bracket: it may be all that is left of a link."""
    ATTRIBUTE = "attribute"
    EMAIL = "e-mail"
    CODE = "code"


class Address(NamedTuple):
    """One address; code points of the text."""

    start: int
    end: int
    url: str
    form: Form


class Move(NamedTuple):
    """An address of the source and what became of it in the target."""

    source: Address
    start: int
    end: int
    is_typo: bool
    """True when it differs by spaces, look-alike letters or signs of full width only."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a translation does to the addresses of its source."""

    broken: tuple[Move, ...] = ()
    """The address stands there, but is no link any more."""
    changed: tuple[Move, ...] = ()
    dropped: tuple[Address, ...] = ()
    """Of the source."""
    added: tuple[Address, ...] = ()
    """Of the target."""


_DESTINATION = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|([^\s)][^\s]*?))(?=[\s)]*(?:[\"'(].*)?\)?\Z)", re.DOTALL)
_PLACES = frozenset({"href", "src", "cite", "poster", "action", "formaction", "data", "srcset", "xlink:href"})
_BRACKETS = ("(", "（", "[", "［")
_HOST = re.compile(r"(?:://|www\.)['\"]?[\w%{$\[/]")
"""`http://` alone names a scheme, no address."""
_IN_CODE = re.compile(r"\b[a-z][a-z0-9+.-]{1,9}://[^\s`<>\"']+")
_EMAIL = re.compile(r"(?<![\w.+/@-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_SUFFIX = re.compile(r"[-–‑’'ʼʻ`][^\W\d_]{1,15}|[^\W\d_a-zA-Z][^\W\d_]{0,14}")
_CODE = re.compile(r"[a-z]{2,3}(?:[-_@](?:[a-z]{4}|[a-z]{2}|\d{3}))?", re.IGNORECASE)
LINKS = (Form.LINK, Form.IMAGE, Form.REFERENCE)
_TWINS = {
    Form.LINK: (Form.LINK, Form.IMAGE, Form.ATTRIBUTE, Form.BARE, Form.EMAIL),
    Form.IMAGE: (Form.IMAGE, Form.LINK, Form.ATTRIBUTE),
    Form.REFERENCE: (Form.REFERENCE,),
    Form.ATTRIBUTE: (Form.ATTRIBUTE, Form.LINK, Form.IMAGE),
}
"""As what else an address may come back."""
_LONGEST = 2_000
"""Characters of an address that a browser takes; longer ones are the same, or another."""
_FREE_HOSTS = re.compile(
    r"(?:^|\.)(?:wiki(?:pedia|media|books|quote|source|news|data|voyage|versity)|wiktionary|wikipedia)\.org$"
)
"""Encyclopaedias: an article has another name in every language."""


def find(text: str, tokens: Sequence[Token]) -> tuple[Address, ...]:
    """The addresses of a text, given its inline tokens, in its order. Code spans hold none."""
    return tuple(sorted(_found(text, tokens)))


def _found(text: str, tokens: Sequence[Token]) -> Iterator[Address]:
    openers = {token.pair: token.start for token in tokens if token.kind is Kind.LINK_OPEN}
    for token in tokens:
        kind = token.kind
        if kind is Kind.LINK_CLOSE or kind is Kind.IMAGE_CLOSE:
            if token.text != "]" and not _is_glued(text, openers.get(token.pair, 0), token):
                yield from _linked(token, Form.IMAGE if kind is Kind.IMAGE_CLOSE else Form.LINK)
        elif kind is Kind.AUTOLINK:
            form = Form.EMAIL if "@" in token.text and "://" not in token.text else Form.BARE
            yield Address(token.start + 1, token.end - 1, token.text[1:-1].removeprefix("mailto:"), form)
        elif kind is Kind.URL:
            if not _HOST.search(token.text):
                continue
            token = _narrow(token)
            form = Form.LOOSE if text[token.start - 1 : token.start] in _BRACKETS else Form.BARE
            yield Address(token.start, token.end, token.text, form)
        elif kind in (Kind.TAG_OPEN, Kind.TAG_VOID) and "=" in token.text:
            yield from _attributes(token)
        elif kind is Kind.CODE and "://" in token.text:
            for match in _IN_CODE.finditer(token.text):
                yield Address(token.start + match.start(), token.start + match.end(), match[0], Form.CODE)
        elif kind is Kind.TEXT and "@" in token.text:
            for match in _EMAIL.finditer(token.text):
                yield Address(token.start + match.start(), token.start + match.end(), match[0], Form.EMAIL)


def _narrow(token: Token) -> Token:
    """A bare URL without the brackets of full width behind it."""
    end = next((at for at, sign in enumerate(token.text) if sign in "）］】。，、"), len(token.text))
    return token._replace(end=token.start + end, text=token.text[:end])


def _is_glued(text: str, opener: int, closer: Token) -> bool:
    """True for what only looks like a reference: `MM[:ss[.uu]][TZ]` begins inside a word."""
    if not closer.text.startswith("]["):
        return False
    return text[opener - 1 : opener].isalnum() or text[closer.start - 1] == "]"


def _linked(token: Token, form: Form) -> Iterator[Address]:
    if token.text.startswith("]("):
        match = _DESTINATION.match(token.text)
        url = (match[1] or match[2] or "") if match else ""
        if not url:
            return
        start = token.start + token.text.index(url)
        yield Address(start, start + len(url), url, form)
    elif token.text.startswith("][") and len(token.text) > 3:
        yield Address(token.start + 2, token.end - 1, token.text[2:-1].casefold(), Form.REFERENCE)


def _attributes(token: Token) -> Iterator[Address]:
    place = 0
    for name, value in attributes(token.text):
        if name in _PLACES and value:
            place = max(token.text.find(value, place), 0)
            start = token.start + place
            yield Address(start, start + len(value), value, Form.ATTRIBUTE)


_ALMOST = 0.6
_MOST = 40_000
"""Pairs of addresses to compare; beyond that a whole file stands in one message."""


def change(source: Sequence[Address], target: Sequence[Address], text: str, language: Language) -> Change:
    """What becomes of the source's addresses in a target of this text and language."""
    if [(one.url, one.form) for one in source] == [(one.url, one.form) for one in target]:
        return Change()
    if len(source) * len(target) > _MOST:
        return Change()
    left, lost, spare = list(target), [], []
    for address in sorted(source, key=lambda one: one.form not in LINKS):
        twin = _twin(address, left, language)
        if twin:
            left.remove(twin)
        elif address.form in LINKS or not any(is_same(address.url, one.url, language) for one in target):
            lost.append(address)
        else:
            spare.append(address)
    broken, changed, dropped = [], [], []
    for address in lost:
        if place := _remains(address, text, target, left):
            broken.append(Move(address, *place, False))
            left = [one for one in left if not (place[0] <= one.start < place[1])]
        elif place := _damage(address, text):
            changed.append(Move(address, *place, True))
            left = [one for one in left if not (place[0] <= one.start < place[1] or one.start <= place[0] < one.end)]
        elif other := _near(address, left):
            changed.append(Move(address, other.start, other.end, False))
            left.remove(other)
        else:
            dropped.append(address)
    for address in spare:  # the source names it twice; an unknown one that looks like it is a slip
        other = _near(address, left)
        if other and _likeness(address.url, other.url) > _ALMOST:
            changed.append(Move(address, other.start, other.end, False))
            left.remove(other)
    added = [one for one in left if not any(is_same(other.url, one.url, language) for other in source)]
    return Change(tuple(broken), tuple(changed), tuple(dropped), tuple(added))


def _twin(address: Address, left: Sequence[Address], language: Language) -> Address | None:
    forms = _TWINS.get(address.form)
    same = [one for one in left if (not forms or one.form in forms) and is_same(address.url, one.url, language)]
    if address.form is Form.LINK and any(one.form is Form.LOOSE and one.url == address.url for one in left):
        same = [one for one in same if one.form is not Form.BARE]  # brackets lost: "words (address)"
    exact = [one for one in same if one.url == address.url and one.form is address.form]
    alike = [one for one in same if one.form is address.form]
    return next(iter(exact or alike or same), None)


def _remains(address: Address, text: str, target: Sequence[Address], left: Sequence[Address]) -> tuple[int, int] | None:
    """Where the address of a link stands as mere text."""
    if address.form not in LINKS:
        return None
    marks = rf"\[\s*{re.escape(address.url)}" if address.form is Form.REFERENCE else re.escape(address.url)
    pattern = re.compile(rf"(?<![\w/.-]){marks}(?![\w/-])", re.IGNORECASE)
    linked = [(one.start, one.end) for one in target if one.form is not Form.LOOSE]
    linked = [span for span in linked if not any(one.start == span[0] and one.form is Form.BARE for one in left)]
    for match in pattern.finditer(text):
        if not any(start <= match.start() < end for start, end in linked):
            return match.span()
    return None


@lru_cache(maxsize=8192)
def is_same(source: str, target: str, language: Language) -> bool:
    """True when target is the source's address, the same page in this language, or that with a suffix behind it."""
    if source == target:
        return True
    if target.startswith(source) and _SUFFIX.fullmatch(target, len(source)):
        return True
    one, other = _parts(source), _parts(target)
    if one is None or other is None:
        return False
    if one == other:
        return not (source.startswith("https:") and target.startswith("http:"))
    return _is_localized(one, other, language)


class _Parts(NamedTuple):
    scheme: str
    host: tuple[str, ...]
    path: tuple[str, ...]
    query: str
    fragment: str


@lru_cache(maxsize=4096)
def _parts(url: str) -> _Parts | None:
    if len(url) > _LONGEST:
        return None
    try:
        split = urlsplit(("//" + url if url.startswith("www.") else url).replace("&amp;", "&"))
    except ValueError:
        return None
    scheme = {"https": "http"}.get(split.scheme.lower(), split.scheme.lower())
    host = tuple(split.netloc.lower().removeprefix("www.").split("."))
    path = unquote(split.path)
    steps = tuple(path.rstrip("/").split("/")) if split.netloc and path in ("", "/") else tuple(path.split("/"))
    return _Parts(
        scheme or ("http" if split.netloc else ""), host, steps, unquote(split.query), unquote(split.fragment)
    )


def _is_localized(one: _Parts, other: _Parts, language: Language) -> bool:
    if one.scheme != other.scheme and not (one.scheme == "" or other.scheme == ""):
        return False
    if one.scheme == "mailto":
        return one.path == other.path
    host_one, host_other = ".".join(one.host), ".".join(other.host)
    if _FREE_HOSTS.search(host_one) and _FREE_HOSTS.search(host_other):
        return other.host[0] in _codes(language) or (one.host[-2:] == other.host[-2:] and one.host != other.host)
    if host_one != host_other and not _is_localized_steps(one.host, other.host, language):
        return False
    if one.path == other.path:
        return _is_localized_tail(one, other, language)
    is_moved = _is_localized_steps(one.path, other.path, language)
    return is_moved and _is_localized_tail(one, other, language)


def _is_localized_tail(one: _Parts, other: _Parts, language: Language) -> bool:
    has_anchors = bool(one.fragment) == bool(other.fragment)
    if one.fragment != other.fragment and not (has_anchors and _is_word_abroad(other.fragment)):
        return False
    return one.query == other.query or _without_language(one.query) == _without_language(other.query)


def _is_word_abroad(fragment: str) -> bool:
    """True for the anchor of a translated heading; one Russian letter among English ones is a slip."""
    return not fragment.isascii() and not _MIXED.search(fragment)


_MIXED = re.compile(r"[A-Za-z][а-яёА-ЯЁ]|[а-яёА-ЯЁ][A-Za-z]")
_LANGUAGE_ARGUMENT = re.compile(r"(?:^|&)(?:hl|lang|language|locale|l|setlang|uselang)=[\w-]*")


def _without_language(query: str) -> str:
    return _LANGUAGE_ARGUMENT.sub("", query).strip("&")


@lru_cache(maxsize=256)
def _codes(language: Language) -> frozenset[str]:
    """How a language is written in addresses: ru, ru-ru, ru_RU."""
    base = language.code.split("-")[0].lower()
    return frozenset({base, language.code.lower(), language.code.lower().replace("-", "_")})


def _is_code(step: str, language: Language) -> bool:
    plain = step.lower()
    codes = _codes(language)
    return plain in codes or bool(_CODE.fullmatch(step) and re.split(r"[-_@]", plain)[0] in codes)


def _is_localized_steps(one: tuple[str, ...], other: tuple[str, ...], language: Language) -> bool:
    """True when two paths (or hosts) differ by the language's code only: added, or in place of another code."""
    if len(one) == len(other):
        return all(a == b or _is_localized_step(a, b, language) for a, b in zip(one, other, strict=True))
    if len(one) < len(other) <= len(one) + 2:
        more = len(other) - len(one)
        return any(
            one == other[:at] + other[at + more :] and any(_is_code(step, language) for step in other[at : at + more])
            for at in range(len(one) + 1)
        )
    if len(one) == len(other) + 1:
        return any(_CODE.fullmatch(step) and other == one[:at] + one[at + 1 :] for at, step in enumerate(one))
    return False


def _is_localized_step(one: str, other: str, language: Language) -> bool:
    if one == other or (_CODE.fullmatch(one) and _is_code(other, language)):
        return True
    mine, theirs = re.split(r"[._-]", one), re.split(r"[._-]", other)
    if len(mine) == len(theirs):
        pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
        return all(len(a) in (2, 3) and _CODE.fullmatch(a) and _is_code(b, language) for a, b in pairs)
    if len(mine) + 1 == len(theirs):
        return any(
            _is_code(part, language) and mine == theirs[:at] + theirs[at + 1 :] for at, part in enumerate(theirs)
        )
    return False


_ALIKE: dict[str, str] = {}
for _plain, _other in zip(
    "aeopcyxABEKMHOPCTXiIjsdh:/.()[]@?=&#-_", "аеорсухАВЕКМНОРСТХіІјѕԁһ：／．（）［］＠？＝＆＃－＿", strict=True
):
    _ALIKE[_plain] = _other


def _near(address: Address, candidates: Sequence[Address]) -> Address | None:
    """The candidate that most probably was made of this address."""
    return max(candidates, key=lambda one: (one.form is address.form, _likeness(address.url, one.url)), default=None)


_COMPARED = 500
"""Characters that are compared: the time grows with their square."""


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one[:_COMPARED], other[:_COMPARED], autojunk=False).ratio()


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_ANY_SCHEME = r"(?:[^\W\d_]{0,8}[ \t]*[:：]?[ \t]*[/／]{0,3})"
"""What is left of `https://` when it is torn, translated or forgotten."""


def _damage(address: Address, target: str) -> tuple[int, int] | None:
    """Where the address stands in target with spaces, look-alike letters or signs of full width in it."""
    if len(address.url) < 6:
        return None
    for match in _damage_pattern(address.url).finditer(target):
        if match[0] != address.url:
            return match.span()
    _, mark, rest = address.url.partition("://")
    if not mark or len(rest) < 6:
        return None
    torn = re.search(rf"(?<![^\s(\[<\"'«“]){_ANY_SCHEME}{re.escape(rest)}", target)
    return torn.span() if torn and not _SCHEME.match(torn[0]) else None


@lru_cache(maxsize=1024)
def _damage_pattern(url: str) -> re.Pattern[str]:
    parts = [f"[{re.escape(sign + _ALIKE.get(sign, ''))}]" for sign in url if not sign.isspace()]
    return re.compile(r"\\?[\s\u200b\u00ad]*".join(parts), re.IGNORECASE)
