"""E-mail addresses and phone numbers in a text: what no translation service needs to see.

A number too many costs nothing, since it comes back as it was; one that is missed has left the house. So every run of
seven to fifteen digits that could be dialled is one (ITU-T E.164 allows fifteen), but for dates and years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_AT = r"(?:\s?(?:\\?[@＠]|&#64;|&#x40;|&commat;|[\[({]\s?(?:at|@|собака)\s?[\])}])\s?)"
_HAS_AT = re.compile(_AT, re.IGNORECASE)
_DOT = r"(?:\\?\.|&#46;|&period;|\s?[\[({]\s?(?:dot|\.|точка)\s?[\])}]\s?)"
_LOCAL = r"(?<![\w.!#$%'*+/=?^{|}~\\-])(?:(?:[\w.!#$%'*+/=?^{|}~-]|\\[_.+-])*[^\W_]_?|\"[^\"\s@]{1,64}\")"
_EMAIL = re.compile(rf"{_LOCAL}{_AT}[\w-]+(?:{_DOT}[\w-]*[^\W_])+|{_LOCAL}[@＠]\w[\w.-]*\w", re.IGNORECASE)
"""Also `name [at] host [dot] org`, escaped underscores and `name@localhost`."""
_GAP = (
    r"(?:[ \t\u00a0\u00ad\u2007-\u2015\u202f\u2060\u2212.()/*_~-]|&nbsp;|&#160;|&#xa0;|&[mn]dash;|&#82(?:09|11|12);"
    r"|\\[-+().*_])"
)
_PHONE = re.compile(
    rf"(?<![^\W_])(?:\\?[+＋]|00|\\?\()?{_GAP}{{0,3}}\d(?:{_GAP}{{0,4}}\d){{6,15}}(?![^\W_])"
    r"(?:[ ,;]{1,2}(?:ext|x|доб|вн|iç|дах|қўш)\.?\s?\d{1,6})?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:tel(?:ephone|efon)?|phone|mob(?:ile|il)?|cell|fax|hotline|helpline|call|dial|whats ?app|viber|telegram|sms"
    r"|тел(?:ефон\w*)?|моб|факс|звоните|позвоните|ватсап|вайбер|телеграм|зв[оа]ніть|телефануйце|занг|қоңырау|хабарлас\w*"
    r"|qo[ʻ'‘’]ng[ʻ'‘’]iroq|zəng|հեռ\w*|ტელ\w*|sunați|jaň)\b[^\d\n]{0,25}?"
    rf"((?:\\?[+＋]|\\?\()?\d(?:{_GAP}{{0,3}}\d){{2,15}})(?![^\W_])",
    re.IGNORECASE,
)
"""A word for calling and a number behind it, however short: hotlines have three digits."""
_LETTERED = re.compile(
    r"(?<![^\W_])(?:\+?1[-. ])?\(?8(?:00|33|44|55|66|77|88)\)?[-. ][A-Z0-9]{3,}(?:-[A-Z0-9]{2,})*(?![^\W_])"
)
"""1-800-FLOWERS."""
_DIGIT = re.compile(r"\d")
_NO_PHONE = re.compile(
    r"(?:1[5-9]|20)\d\d(?:\s?[-\u2010-\u2015/]\s?(?:1[5-9]|20)\d\d)+"  # years
    r"|(?:1[5-9]|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])"  # 2024-05-31
    r"|(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|[12]\d|3[01])\2(?:(?:1[5-9]|20)\d\d)"  # 31.05.2024
    r"|\d{1,3}(?:\.\d{1,3}){3}"  # 192.168.0.1
)
_EDGES = " \t\u00a0()*_~.-"


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where e-mail addresses and phone numbers stand in a text: code points, ascending and disjoint."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(_found(text)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _found(text: str) -> Iterator[tuple[int, int]]:
    if _HAS_AT.search(text):
        for match in _EMAIL.finditer(text):
            yield match.span()
    if not _DIGIT.search(text):
        return
    for match in _PHONE.finditer(text):
        if not _NO_PHONE.fullmatch(match[0].strip(_EDGES)):
            yield match.span()
    for match in _NAMED.finditer(text):
        if not _NO_PHONE.fullmatch(match[1].strip(_EDGES)):
            yield match.span(1)
    for match in _LETTERED.finditer(text):
        yield match.span()
