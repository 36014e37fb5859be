"""The numbers of a text, and which numbers of two texts say the same.

A number has *readings*: "1.500" is one and a half or fifteen hundred, "3/4/2021" three numbers or a date, "6 p.m."
18:00. Two numbers agree when a reading of one stands in the other text: nobody needs to know who writes how.
Separators: Unicode CLDR 48 (decimal comma in all languages here, groups of three behind U+00A0, U+202F, a dot, a comma
or an apostrophe).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from tarjuma import number_words

Reading = tuple[str, ...]
"""Values that stand together: a date has three."""


class Number(NamedTuple):
    """A number as it stands in a text."""

    start: int
    """Code points from the beginning of the text."""
    end: int
    text: str
    readings: tuple[Reading, ...]
    """What it may mean; the plainest first."""


HAS_DIGIT = re.compile(r"[\d½⅓⅔¼¾]")
_SPACES = " \u00a0\u202f\u2009\u2007"
_RUN = re.compile(rf"\d+(?:(?:[.,:/⁄'’](?=\d)|[{_SPACES}](?=\d{{3}}(?!\d)))\d+)*[½⅓⅔¼¾]?|[½⅓⅔¼¾]|(?<![\w.])\.\d+")
_PARTS = re.compile(r"\d+|\D")
_GROUPED = re.compile(rf"\d{{1,3}}(?:([{_SPACES}.,'’])\d{{3}})(?:\1\d{{3}})*(?:(?!\1)[.,]\d+)?")
_FRACTIONS = {
    "½": ("1", "2", "5"),
    "⅓": ("1", "3", "33"),
    "⅔": ("2", "3", "67"),
    "¼": ("1", "4", "25"),
    "¾": ("3", "4", "75"),
}
_HALF_DAY = re.compile(rf"[{_SPACES}]?([ap])\.?[{_SPACES}]?m\b\.?", re.IGNORECASE)
_DECADE = re.compile(r"['’]?s\b|[-‑][^\W\d_]")
_SCALE = re.compile(rf"[{_SPACES}-]?([^\W\d_]+)")


@lru_cache(maxsize=1024)
def numbers(prose: str, language: str) -> tuple[Number, ...]:
    """Return the numbers of a text without markup, in its order. `language` is a BCP 47 code."""
    return tuple(
        Number(match.start(), match.end(), match[0], _readings(match, prose, language))
        for match in _RUN.finditer(prose)
    )


def unmatched(wanted: Iterable[Number], there: Sequence[Number], optional: Iterable[str]) -> list[Number]:
    """Return the numbers of one text that the other has in no reading; `optional` are values said by its words."""
    values = {value for number in there for reading in number.readings for value in reading}
    values.update(optional)
    return [number for number in wanted if not any(values.issuperset(reading) for reading in number.readings)]


def rarer(wanted: Sequence[Number], there: Sequence[Number], optional: frozenset[str]) -> list[Number]:
    """Return the numbers that stand several times in one text and fewer times, but not never, in the other."""
    counts = Counter(number.readings[0] for number in wanted)
    found = []
    for reading, count in counts.items():
        if count > 1 and optional.isdisjoint(reading):
            again = sum(any(set(reading) <= set(each) for each in number.readings) for number in there)
            if 0 < again < count:
                found.append(next(number for number in wanted if number.readings[0] == reading))
    return found


def is_regrouped(first: Iterable[Number], second: Iterable[Number]) -> bool:
    """Say whether two texts hold the same long row of digits, such as a phone number, in other groups."""
    texts = ["".join(number.text for number in found) for found in (first, second)]
    if any("." in text or "," in text for text in texts):
        return False
    rows = ["".join(filter(str.isdecimal, text)) for text in texts]
    return len(rows[0]) >= 7 and rows[0] == rows[1]


def _readings(match: re.Match[str], prose: str, language: str) -> tuple[Reading, ...]:
    text, end = match[0], match.end()
    readings = _plain(text)
    if half := _HALF_DAY.match(prose, end):
        readings = [*_clock(text, half[1].lower()), *readings]
    elif len(last := readings[0][-1]) == 4 and last.isdecimal() and _DECADE.match(prose, end):
        readings = [*readings, (last[2:],)]
    elif (word := _SCALE.match(prose, end)) and len(readings[0]) == 1:
        factor = number_words.scale(word[1], language)
        readings = [*readings, *((_times(reading[0], factor),) for reading in readings if factor > 1)]
    return tuple(readings)


def _plain(text: str) -> list[Reading]:
    """The readings of a run of digits and separators."""
    if text.isdecimal():
        return [(_whole(text),)]
    if text[-1] in _FRACTIONS:
        return _with_fraction(text)
    parts = _PARTS.findall(text)
    values, marks = parts[0::2], parts[1::2]
    if not text[0].isdecimal():
        return [(f"0.{text[1:]}",), (_whole(text[1:]),)]
    split = tuple(_whole(value) for value in values)
    readings: list[Reading] = []
    if len(marks) == 1:
        readings += _two(values[0], marks[0], values[1])
    elif len(set(marks)) == 1 and marks[0] in ".:":
        readings.append(("v" + ".".join(split),))
    if _GROUPED.fullmatch(text) and values[0].strip("0"):
        readings.append((_ungrouped(values, marks),))
    if len(marks) != 1 or marks[0] not in ".":
        readings.append(split)
    if len(marks) == 2 and len(values[2]) == 2:
        readings += [(*split[:2], century + values[2]) for century in ("19", "20")]
    return readings


def _two(first: str, mark: str, second: str) -> list[Reading]:
    if mark in ":.":
        is_clock = int(first) <= 24 and len(second) == 2 and int(second) < 60
        clock = [(f"{int(first)}:{second}",)] if is_clock or mark == ":" else []
        hour: list[Reading] = [(_whole(first),)] if is_clock and mark == ":" and second == "00" else []
        decimal: list[Reading] = [(f"{int(first)}.{second}",)] if mark == "." else []
        return [*decimal, *clock, *hour]
    if mark == ",":
        return [(f"{int(first)}.{second}",)]
    return [(f"{int(first)}/{int(second)}",)] if mark in "/⁄" else []


def _with_fraction(text: str) -> list[Reading]:
    above, below, decimals = _FRACTIONS[text[-1]]
    whole = text[:-1]
    if not whole:
        return [(f"{above}/{below}",), (f"0.{decimals}",), (above, below)]
    return [(f"{whole}.{decimals}",), (_whole(whole), f"{above}/{below}"), (_whole(whole), above, below)]


def _clock(text: str, half: str) -> list[Reading]:
    hours, _, minutes = text.replace(".", ":").partition(":")
    if not hours.isdecimal() or (minutes and not minutes.isdecimal()) or int(hours) > 12:
        return []
    hour = int(hours) % 12 + (12 if half == "p" else 0)
    midnight: list[Reading] = [(f"24:{minutes or '00'}",)] if hour == 0 else []
    alone: list[Reading] = [] if minutes else [(str(hour),)]
    return [(f"{hour}:{minutes or '00'}",), *midnight, *alone]


def _ungrouped(values: list[str], marks: list[str]) -> str:
    if len(marks) > 1 and marks[-1] != marks[0]:
        return _whole("".join(values[:-1])) + "." + values[-1]
    return _whole("".join(values))


def _whole(value: str) -> str:
    """Without leading zeros; "00" is no zero that anybody writes by itself."""
    return value.lstrip("0") or value


def _times(value: str, factor: int) -> str:
    """Multiply a decimal without the noise of binary fractions."""
    whole, _, decimals = value.partition(".")
    if not (whole + decimals).isdecimal():
        return value
    product = int(whole + decimals) * factor
    step = 10 ** len(decimals)
    return str(product // step) if product % step == 0 else f"{product / step:g}"
