"""Quotation marks are those of the language.

Straight quotes and the English ones are understood everywhere, but «…» in Russian, „…” in Romanian and „…“ in Georgian
are what print uses. A matter of style: code, attributes and measures keep their marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.INFO
FOLLOWS = ("untranslated-copy", "wrong-language", "mt-meta")
GOOD = [
    ("ru", "Press “Next”.", "Нажмите «Далее»."),
    ("ro", "Press “Next”.", "Apăsați „Înainte”."),
    ("ka", 'Press "Next".', "დააჭირეთ „შემდეგ“."),
]
BAD = [
    ("ru", "Press “Next”.", 'Нажмите "Далее".'),
    ("hy", "Press “Next”.", "Սեղմեք “Հաջորդը”։"),
]

_QUOTED = re.compile(r"\"(?=[^\W\d_])[^\"\n]{1,80}\"|[“„][^“”„\n]{1,80}[“”]|‘[^‘’\n]{1,80}’")


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the first quotation marks of the target that its language does not use."""
    text = pair.target.text
    if '"' not in text and "“" not in text and "‘" not in text and "”" not in text:
        return
    accepted = {(each[0], each[-1]) for each in pair.language.quotes}
    inner = {"ru": "„“", "uk": "„“", "be": "„“", "ky": "„“"}.get(pair.language.code, "")
    if not accepted:
        return
    for match in _QUOTED.finditer(pair.target.prose):
        marks = (match[0][0], match[0][-1])
        if marks in accepted or "".join(marks) == inner or text[match.start() : match.end()] in pair.source.text:
            continue
        first, last = pair.language.quotes[0][0], pair.language.quotes[0][-1]
        right = first + text[match.start() + 1 : match.end() - 1] + last
        yield Found("quotation marks of {language} are {quotes}", _values(pair), match.span(), right)
        return


def _values(pair: Pair) -> dict[str, str]:
    return {"language": pair.language.name, "quotes": pair.language.quotes[0]}
