"""Nothing that a translation machine put in place of code is left in the translation.

Machines get codes such as `__PH0__` or `⟦1⟧` in place of links, tags and placeholders, and sometimes give them back
damaged, or tear a placeholder apart (`% (name) s`, `{ {name} }`). Nobody but you can see what belongs there: copy the
link, tag or placeholder from the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tarjuma import placeholders
from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.ERROR
GOOD = [
    ("tg", "Hello, %(name)s!", "Салом, %(name)s!"),
    ("ru", "See [[1]] below", "См. [[1]] ниже"),
    ("uz", "where 2 < 3 and 5 > 4", "bunda 2 < 3 va 5 > 4"),
    ("ky", "{{< x >}} of the day", "Күндүн {{<x>}}"),
]
BAD = [
    ("tg", "Hello, {{ name }}!", "Салом, ⟦0 ⟧!"),
    ("ru", "Hello, %(name)s!", "Привет, % (name) s!"),
    ("uz", "Hello, {name}!", "Salom, __PH0__!"),
]

_NAME = r"(?:PH|VAR|TAG|PLACEHOLDER|TOKEN|MASK|LINK|CODE|URL|HTML|MARK|NOTRANSLATE|DNT|KEEP|ПХ|РН|PН|РH|ТЕГ|ПЕРЕМ)"
_DEBRIS = re.compile(
    r"[⟦⟧⟪⟫⟨⟩⦃⦄⁅⁆〚〛⸨⸩❴❵❲❳\u2400-\u243f\ufff9-\ufffc\ue000-\uf8fe]|[【〖〔]\s*[^\W\d_]{0,6}\d+\s*[】〗〕]"
    r"|_{1,2}\s?[^\W\d_]{1,14}[ _-]?\d+\s?_{1,2}|__\s?\d+\s?__"
    r"|\b[XХ]{1,3}[^\W\d_]{1,12}_?\d+[XХ]{1,3}\b|\b[XХ]{2,3}\d+[XХ]{2,3}\b|\bX{1,3}(?:PH|VAR)X{1,3}\b|\b"
    + _NAME
    + r"(?:\d+|[_-]\d+)\b"
    r"|\b(?:PLACEHOLDER|NOTRANSLATE|MASK|TOKEN) \d+\b"
    r"|(?<!\{)(?:<|&lt;)\s*/?\s*(?:x|g|ph|bx|ex|bpt|ept|it|mrk|\d+)\b(?:\s+[\w:-]+\s*=[^<>&]{0,40})?\s*/?\s*(?:>|&gt;)"
    r"|<<\s*(?:\d+|[A-Z]{1,8}_?\d+)\s*>>|\[\[\s*\d+\s*\]\]|\{\{?\s*\d+\s*\}?\}|\[\s*#\d+\s*\]"
    r"|@@\s*\w+\s*@@|\#\#\s*\w+\s*\#\#|\$\$\s*\d+\s*\$\$|%%\s*\w+\s*%%|[§¤¶]\s?\d+\s?[§¤¶]|\#\d+\#|@\d+@|\|\|\s?\d+\s?\|\|",
    re.IGNORECASE,
)
_SUSPECT = re.compile(
    r"[⟦-⟫⦃⦄⁅⁆【】〖〗〚〛〔〕⸨⸩❴❵❲❳\u2400-\u243f\ue000-\uf8fe\ufff9-\ufffc]|\d|@@|##|<<|%%|&lt;|XPH|XVAR"
)


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the debris of masks, tags and placeholders in the target."""
    target = pair.target.text
    if pair.signs:
        yield from _torn(pair, target)
    if not _SUSPECT.search(target):
        return
    source = f"{pair.key.text}\n{pair.key.plural or ''}"
    for match in _DEBRIS.finditer(target):
        if match[0] not in source and f"*{match[0].strip('_')}*" not in source:
            message = "{text} looks like what a translation machine left in place of code"
            yield Found(message, {"text": match[0]}, match.span())
            return


def _torn(pair: Pair, target: str) -> Iterator[Found]:
    for mark in pair.placeholders.missing:
        if match := placeholders.debris(mark, target):
            message = "the placeholder {placeholder} came back damaged as {text}"
            values = {"placeholder": mark.text, "text": match[0]}
            yield Found(message, values, match.span(), mark.text)
