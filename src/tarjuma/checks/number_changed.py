"""Every number of the source stands in the translation, and no other.

Prices, years and phone numbers are what readers notice first, and a wrong digit looks right to everyone else. Write the
number as your language does: 12 500,75 for 12,500.75, 18:00 for 6 p.m., "два" for 2 and XIX for 19th are all fine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tarjuma import number_words, numbers
from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.numbers import Number
from tarjuma.pair import Pair, source_text

SEVERITY = Severity.WARNING
FOLLOWS = (
    "placeholder-missing",
    "placeholder-changed",
    "untranslated-copy",
    "empty",
    "truncated",
    "too-long",
    "mt-garbage",
)
GOOD = [
    ("tg", "Room 7", "Ҳуҷраи 7"),
    ("ru", "It costs 12,500.75 roubles.", "Это стоит 12\u00a0500,75 рубля."),
    ("uk", "Doors open at 6 p.m.", "Двері відчиняються о 18:00"),
    ("kk", "A school of the 19th century", "XIX ғасырдың мектебі"),
    ("ky", "Wait for 2 days.", "Эки күн күтүңүз."),
    ("az", "5% of the pupils", "Şagirdlərin %5-i"),
    ("uz", "March 3, 2021", "2021-yil 3-mart"),
    ("hy", "See the note[^1] of 2019.", "Տե՛ս 2019 թ. ծանոթագրությունը[^1]։"),
]
BAD = [
    ("ru", "Since 1998", "С 1989 года"),
    ("be", "Between 6 and 14 pupils", "Ад да 14 вучняў"),
    ("ro", "On day 3", "În ziua 30"),
    ("tk", "The fee is 1.5 manat.", "Töleg 15 manat."),
]

_DIGITS = re.compile(r"\d+")
_DATE = re.compile(r"\d(?:st|nd|rd|th)?,? (?:of )?[A-Z][a-z]{2}|[A-Z][a-z]{2,8}\.? \d")
_PLAIN_SPACE = re.compile(r"\d \d{3}(?!\d)")
_PERCENT = re.compile(r"%(\d+)")


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield numbers of the source that the target lacks, and numbers of the target that the source lacks."""
    target = pair.target.text
    if not numbers.HAS_DIGIT.search(pair.source.text) and not numbers.HAS_DIGIT.search(target):
        return
    yield from _loose(pair, context)
    yield from _month(pair, context)
    if not pair.is_plural and sorted(_DIGITS.findall(pair.source.text)) == sorted(_DIGITS.findall(target)):
        return
    lost, added = _differences(pair, context)
    if len(lost) == len(added) == 1:
        values = {"found": added[0].text, "wanted": lost[0].text}
        suggestion = lost[0].text if lost[0].text.isdecimal() else None
        yield Found("{found} stands where the source has {wanted}", values, _span(added[0]), suggestion)
        return
    if lost:
        yield Found("numbers missing from the translation: {numbers}", {"numbers": _listed(lost)})
    for number in added:
        yield Found("the source does not have the number {number}", {"number": number.text}, _span(number))


def _differences(pair: Pair, context: Context) -> tuple[list[Number], list[Number]]:
    sources = [source_text(text).prose for text in pair.key[1:] if text is not None]
    known = context.source_language.code
    here = [numbers.numbers(prose, known) for prose in sources]
    there = numbers.numbers(pair.target.prose, pair.language.code)
    # A form of one number may spell or drop it: "1 file", "one file", "the file".
    required = [n for n in here[0] if all(not numbers.unmatched([n], other, ()) for other in here[1:])]
    said = number_words.written(pair.target.prose, pair.language.code) | _percents(pair)
    lost = numbers.unmatched(required, there, said) or numbers.rarer(required, there, said)
    words = frozenset[str]().union(*(number_words.written(prose, known) for prose in sources))
    added = numbers.unmatched(there, [number for each in here for number in each], words)
    if (lost or added) and numbers.is_regrouped(here[0], there):
        return [], []
    return lost, added


def _loose(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the numbers whose groups of digits may part at the end of a line."""
    if not _PLAIN_SPACE.search(pair.target.text):
        return
    wanted = [number for text in pair.key[1:] if text for number in numbers.numbers(source_text(text).prose, "en")]
    values = {reading for number in wanted for reading in number.readings}
    for number in numbers.numbers(pair.target.prose, pair.language.code):
        if " " in number.text and not values.isdisjoint(each for each in number.readings if len(each) == 1):
            tight = number.text.replace(" ", "\u00a0")
            found = Found("{number} can part at the end of a line: a no-break space keeps it together")
            found = replace(found, values={"number": number.text}, span=_span(number), severity=Severity.INFO)
            yield replace(found, suggestion=tight, is_safe=True)


def _month(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield a finding for a date whose month became another one."""
    if context.source_language.code != "en" or not _DATE.search(pair.source.text):
        return
    wanted = set(number_words.months(pair.source.prose, "en"))
    there = set(number_words.months(pair.target.prose, pair.language.code))
    if len(wanted) == len(there) == 1 and wanted != there:
        yield Found("the translation names another month")


def _percents(pair: Pair) -> frozenset[str]:
    """Percentages that look like a placeholder: Azerbaijani and Turkmen may write %5 for 5 %."""
    return frozenset(_PERCENT.findall(pair.target.text)) - frozenset(_PERCENT.findall(pair.source.text))


def _span(number: Number) -> tuple[int, int]:
    return number.start, number.end


def _listed(found: list[Number]) -> str:
    return ", ".join(dict.fromkeys(number.text.strip() for number in found))
