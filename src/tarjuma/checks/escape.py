"""Characters that the source escapes, or that would end an attribute, are escaped in the translation too.

`1\\. Tajikistan` is text, `1. Tajikistan` a list; a quote inside `alt="..."` ends the description; `&nbsp` without its
semicolon, or `&amp;nbsp;`, is seen by readers. Keep backslashes and character codes as they are; inside an attribute
write «…» or the quotes of your language.
"""

from __future__ import annotations

import html
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
    rf"&\s+(?:{_ENTITY})\s*;|&(?:{_ENTITY})(?:\s+;|[:：；]|(?![\w;]))|&amp;(?:{_ENTITY});"
    r"|&(?=[^;&\s]{0,12}[^\x00-\x7f;])[^\W_]{1,12};",
    re.IGNORECASE,
)
_CODE = re.compile(r"&(#?\w{2,8});", re.ASCII)
_LIKE_CODE = re.compile(r"&#?[^\W_]{1,10};")
_QUOTE_CODE = re.compile(r"&(?:quot|apos|amp|#0?3[49]|#x2[27]);", re.IGNORECASE)
_QUOTE_ESCAPE = re.compile(r"\\[\"'«»“”„]")
_ACTIVE = frozenset("*_#+->`[]()<~|.!\\")
"""What Markdown reads as markup where no backslash stands before it."""
_RAW_QUOTE = re.compile(
    r"=\s*\"[^\"<>=]*\"[^\s\"<>=/][^<>]{0,400}\"|=\s*\"\"[^\s\"<>=/]|=\s*'[^'<>=]*'[^\s'<>=/][^<>]{0,400}'"
)
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
    elif match := _QUOTE_ESCAPE.search(target.text) if "\\" in target.signs else None:
        yield Found("a backslash stands before a quote", {}, match.span(), match[0][1:], severity=Severity.WARNING)
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
    return "".join(token.text for token in text.tokens if token.kind is not Kind.ESCAPE)


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
    if match := _broken(source.text, target.text):
        yield Found("the character code {code} is broken", {"code": match[0]}, match.span())
    elif (match := _QUOTE_CODE.search(target.text)) and "&" not in source.text.replace("& ", ""):
        message = "{code} stands for a character that needs no code here"
        yield Found(message, {"code": match[0]}, match.span(), severity=Severity.WARNING)
    elif target.text.count("&lt;") < source.text.count("&lt;") and _angles(target) > _angles(source):
        yield Found("&lt; of the source became <")


def _broken(source: str, target: str) -> re.Match[str] | None:
    """The first character code that lost its semicolon, was torn, translated or escaped twice."""
    codes = _CODE.findall(source)
    if not codes:
        return None
    known = [match[0] for match in _BROKEN.finditer(source)]
    for match in _BROKEN.finditer(target):
        if match[0] not in known:
            return match
    for match in _LIKE_CODE.finditer(target):
        if match[0] not in source and html.unescape(match[0]) == match[0]:
            return match
    for name in codes:
        if target.count(f"&{name};") < source.count(f"&{name};"):
            return re.search(rf"&{name}(?!;)", target)
    return None


def _angles(text: Text) -> int:
    return text.text.count("<")
