"""Every link and image of the source is one in the translation.

A space between `]` and `(`, a bracket that is missing, escaped or of full width, and readers see brackets and an
address instead of a link. Write `[words](address)` without spaces between the brackets; the words are yours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from tarjuma.addresses import Address, Form
from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair, Text
from tarjuma.syntax.inline import Kind

SEVERITY = Severity.ERROR
FOLLOWS = ("mt-garbage", "injection", "untranslated-copy")
GOOD = [("ru", "Read [the guide](/en/guide/)", "Прочтите [руководство](/ru/guide/)")]
BAD = [
    ("ru", "Read [the guide](/guide/)", "Прочтите [руководство] (/guide/)"),
    ("tg", "Read [the guide](/guide/)", "\\[Дастурамалро\\](/guide/) хонед"),
    ("uz", "Read [the guide](/guide/)", "[qoʻllanmani]（/guide/） oʻqing"),
    ("ru", "Read [the guide](/guide/)", "Прочтите [](/guide/)"),
    ("ru", "Read [the guide](/guide/)", "Прочтите [руководство]()"),
    ("ru", "Open since 1998[^1]", "Открыт с 1998 года"),
]

_BROKEN = re.compile(r"\]\(|\]\s+[(（]|[\]］]\s*（|[］】〕]\s*[(（]")
_WIDE = re.compile(r"[］】〕]")
_OPENERS = {Kind.LINK_OPEN: "link", Kind.IMAGE_OPEN: "image"}


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield links that are links no more, or have lost their words."""
    if pair.signs.isdisjoint("[]") and not _WIDE.search(pair.target.text):
        return
    source, target = pair.source, pair.target
    if move := next(iter(pair.addresses.broken), None):
        yield Found("the link to {address} is broken", {"address": move.source.url}, (move.start, move.end))
    elif address := _reference(pair):
        yield Found("the link to {address} is broken", {"address": address.url})
    elif place := _broken(pair):
        yield Found("a link is broken: its brackets and its address do not meet", {}, place)
    elif place := _wordless(source, target):
        yield Found("a link has lost its words or its address", {}, place)
    elif note := next(iter(_notes(source) - _notes(target)), None):
        yield Found("the footnote {note} is missing", {"note": note})
    elif _images(target) != _images(source) and _whole(target) == _whole(source):
        yield Found("a link became an image, or an image a link")
    elif place := _open(source, target):
        yield Found("a bracket before a link does not close", {}, place)
    elif place := _stray(source, target):
        yield Found("a square bracket too many beside a link", {}, place)


def _broken(pair: Pair) -> tuple[int, int] | None:
    """What looks like the middle of a link and is none: when loose, a mistake only if a link is gone."""
    is_short = bool(pair.addresses.dropped or pair.addresses.changed)
    known = {match[0] for match in _BROKEN.finditer(_loose(pair.source))}
    for match in _BROKEN.finditer(_loose(pair.target)):
        if match[0] not in known and (match[0] == "](" or is_short):
            return match.span()
    return None


def _loose(text: Text) -> str:
    kinds = (Kind.TEXT, Kind.ESCAPE, Kind.URL, Kind.PLACEHOLDER)
    return "".join(
        token.text if token.kind in kinds or token.text == "]" else " " * len(token.text) for token in text.tokens
    )


def _whole(text: Text) -> int:
    return sum(token.kind in (Kind.LINK_CLOSE, Kind.IMAGE_CLOSE) and len(token.text) > 1 for token in text.tokens)


def _images(text: Text) -> int:
    return sum(token.kind is Kind.IMAGE_CLOSE and len(token.text) > 1 for token in text.tokens)


def _wordless(source: Text, target: Text) -> tuple[int, int] | None:
    empty = _empty(target)
    return empty[0] if len(empty) > len(_empty(source)) else None


def _empty(text: Text) -> list[tuple[int, int]]:
    tokens = [token for token in text.tokens if token.kind is not Kind.TEXT or token.text.strip()]
    return [
        (one.start, other.end)
        for one, other in pairwise(tokens)
        if one.kind in _OPENERS and other.pair == one.pair and len(other.text) > 1
    ] + [(token.start, token.end) for token in tokens if token.text in ("]()", "](#)")]


def _reference(pair: Pair) -> Address | None:
    """A reference (`[words][label]`) whose label is gone or another one."""
    gone = [move.source for move in pair.addresses.changed] + list(pair.addresses.dropped)
    return next((address for address in gone if address.form is Form.REFERENCE), None)


def _notes(text: Text) -> Counter[str]:
    return Counter(token.text for token in text.tokens if token.kind is Kind.FOOTNOTE)


def _open(source: Text, target: Text) -> tuple[int, int] | None:
    """The `(` before a link that nothing closes: `(see [the map](/map/).`"""
    if "([" not in target.text or "([" not in source.text or _depth(source) or _depth(target) <= 0:
        return None
    place = target.text.index("([")
    return place, place + 1


def _depth(text: Text) -> int:
    return text.prose.count("(") - text.prose.count(")")


def _stray(source: Text, target: Text) -> tuple[int, int] | None:
    """A bracket beside links that belongs to none of them, when the source has fewer."""
    if not _whole(source):
        return None
    mine, theirs = _brackets(source), _brackets(target)
    return theirs[-1] if len(theirs) > len(mine) else None


def _brackets(text: Text) -> list[tuple[int, int]]:
    return [
        (token.start + match.start(), token.start + match.end())
        for token in text.tokens
        if token.kind is Kind.TEXT or token.text in ("[", "]")
        for match in re.finditer(r"[\[\]]", token.text)
        if token.kind is Kind.TEXT
    ]
