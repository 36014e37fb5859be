"""Characters that the source escapes, or that would end an attribute, are escaped in the translation too.

`1\\. Tajikistan` is text, `1. Tajikistan` a list; a quote inside `alt="..."` ends the description; `&nbsp` without its
semicolon, or `&amp;nbsp;`, is seen by readers. Keep backslashes and character codes as they are; inside an attribute
write «…» or the quotes of your language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair, Text
from tarjuma.syntax.inline import Kind

SEVERITY = Severity.ERROR
FOLLOWS = ("untranslated-copy",)
GOOD = [
    ("tg", "1\\. Tajikistan", "1\\. Тоҷикистон"),
    ("ru", '<img alt="The hall">', '<img alt="Зал «Наука»">'),
    ("ru", "Tea &amp; coffee", "Чай и кофе"),
]
BAD = [
    ("tg", "1\\. Tajikistan", "1. Тоҷикистон"),
    ("uk", '<img alt="The hall">', '<img alt="Зала "Наука"">'),
    ("ru", "10&nbsp;km", "10&nbsp км"),
    ("ru", "Tea &amp; coffee", "Чай &amp;amp; кофе"),
]

_ENTITY = (
    r"nbsp|amp|lt|gt|quot|apos|copy|reg|trade|mdash|ndash|hellip|laquo|raquo|shy|thinsp|times|deg"
    r"|#\d{2,5}|#x[0-9a-f]{2,5}"
)
_BROKEN = re.compile(
    rf"&\s+(?:{_ENTITY})\s*;|&(?:{_ENTITY})(?:\s+;|[:：；]|(?![\w;]))|&amp;(?:{_ENTITY});", re.IGNORECASE
)
_ACTIVE = frozenset("*_#+->`[]()<~|.!\\{}")
"""What Markdown reads as markup where no backslash stands before it."""
_RAW_QUOTE = re.compile(r"=\s*\"[^\"<>=]*\"[^\s\"<>=/][^<>]*\"|=\s*\"\"[^\s\"<>=/]|=\s*'[^'<>=]*'[^\s'<>=/][^<>]*'")
_SLASH_LETTER = re.compile(r"\\[nrt](?![A-Za-z])")
_TORN_LETTER = re.compile(r"\\ ?[nrtнртՆნ](?![^\W\d_])|\\ [nrt]")


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield what lost its escape, quotes that end an attribute and broken character codes."""
    signs = pair.signs
    if signs.isdisjoint("\\&<{"):
        return
    source, target = pair.source, pair.target
    if "\\" in source.signs:
        yield from _unescaped(source, target)
    if "<" in target.signs or "{" in target.signs:
        yield from _quotes(source, target)
    if "&" in signs:
        yield from _codes(source, target)


def _unescaped(source: Text, target: Text) -> Iterator[Found]:
    lost = _escaped(source) - _escaped(target)
    for character in lost:
        if character not in _ACTIVE:
            continue
        if _bare(target).count(character) > _bare(source).count(character):
            message = "{character} has lost the backslash before it"
            yield Found(message, {"character": character}, severity=Severity.WARNING)
            return
    literal = _SLASH_LETTER.findall(source.text)
    if len(literal) > len(_SLASH_LETTER.findall(target.text)) and (match := _TORN_LETTER.search(target.text)):
        yield Found("{text} is no line end any more", {"text": match[0]}, match.span(), severity=Severity.WARNING)


def _escaped(text: Text) -> Counter[str]:
    return Counter(token.text[1] for token in text.tokens if token.kind is Kind.ESCAPE)


def _bare(text: Text) -> str:
    return "".join(token.text for token in text.tokens if token.kind is not Kind.ESCAPE and token.kind is not Kind.CODE)


def _quotes(source: Text, target: Text) -> Iterator[Found]:
    for spot in target.elements.broken:
        if spot.text not in source.text and (match := _RAW_QUOTE.search(spot.text)):
            start = spot.start + match.start()
            yield Found("a quote inside an attribute ends it", {}, (start, spot.start + match.end()))
            return
    for token in target.tokens:
        if token.kind is Kind.TEMPLATE and token.text not in source.text and (match := _RAW_QUOTE.search(token.text)):
            yield Found("a quote inside an attribute ends it", {}, (token.start, token.end))
            return


def _codes(source: Text, target: Text) -> Iterator[Found]:
    if "&" in target.signs and ("&" in source.signs):
        known = _BROKEN.findall(source.text)
        found = list(_BROKEN.finditer(target.text))
        if len(found) > len(known) and re.search(r"&[#\w]+;", source.text):
            match = next((one for one in found if one[0] not in known), found[-1])
            yield Found("the character code {code} is broken", {"code": match[0]}, match.span())
            return
    wanted, given = source.text.count("&lt;"), target.text.count("&lt;")
    if given < wanted and _angles(target) > _angles(source):
        yield Found("&lt; of the source became <", {}, severity=Severity.ERROR)


def _angles(text: Text) -> int:
    return text.text.count("<")
