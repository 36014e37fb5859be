"""The plural forms of a message: which texts to have translated for each, and the way back.

A translation of "{n} files" is one form only; Russian needs three. So a number that asks for the form takes the place
of the placeholder, "3 files" is translated, and in "3 файла" the placeholder comes back. Where the answer lost the
number another one is tried, and at last the text with its placeholder.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tarjuma import langs
from tarjuma.placeholders import Placeholder, family, find

PREFERRED = (5, 3, 1, 25, 23, 21, 105, 103, 101)
"""Typical numbers first; small ones may come back as words, so the next ones are larger."""
MOST = 2
"""Numbers that are tried for one form."""
REACH = range(1001)
_NAMES = re.compile(
    r"(?:n|num|number|count|cnt|total|quantity|qty|amount|how_?many)|\w*_(?:count|num|total)|(?:num|count|total)_\w+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d]\w*")
_NUMERIC = re.compile(r"%(?:\(\w+\))?[-+0# ]*\d*[diu]\Z|\{\w*:[,\d]*d\}\Z")


class Wording(NamedTuple):
    """A message in a language that it can be translated from."""

    language: str
    """BCP 47."""
    forms: tuple[str, ...]
    """One text, or one a plural form."""
    plural: str = "0"
    """The C expression that chooses among them."""


class Attempt(NamedTuple):
    """A text to have translated for one form."""

    text: str
    language: str
    number: str = ""
    """What stands in the text instead of the placeholder."""
    placeholder: str = ""

    def finished(self, answer: str) -> str:
        """Return the form that an answer makes, "" when its number is lost or cannot be told from others."""
        if not self.number:
            return answer
        plain = "".join(unicodedata.normalize("NFKC", sign) if sign.isdigit() else sign for sign in answer)
        spots = list(re.finditer(rf"(?<![\d.,]){self.number}(?!\d|[.,]\d)", plain)) if len(plain) == len(answer) else []
        if len(spots) != 1:
            return ""
        start, end = spots[0].span()
        return answer[:start] + self.placeholder + answer[end:]


def attempts(
    wordings: Iterable[Wording], count: int, plural: str, flags: Sequence[str] = ()
) -> tuple[tuple[Attempt, ...], ...]:
    """Return, for each of `count` forms of a target language, the texts to try one after the other.

    `plural` is the C expression of the target's catalog, `wordings` the texts to translate from, best first. A message
    without a plural has one form, `flags` say what its percent signs mean.
    """
    wordings = tuple(wordings)
    if any(len(wording.forms) == 1 for wording in wordings):
        return (tuple(Attempt(wording.forms[0], wording.language) for wording in wordings),) * count
    numbers = _numbers(plural, count)
    found = []
    for form in range(count):
        tried = [each for wording in wordings for each in _of_form(wording, numbers[form], tuple(flags))]
        found.append(tuple(dict.fromkeys(tried)))
    return tuple(found)


def samples(numbers: Sequence[int]) -> list[int]:
    """Return the numbers of a form, those first that show it best."""
    known = frozenset(numbers)
    preferred = [number for number in PREFERRED if number in known]
    rest = [number for number in numbers if number not in PREFERRED and number]
    return preferred + rest + [number for number in numbers if not number]


def _numbers(plural: str, count: int) -> list[list[int]]:
    """The numbers of each form; every number for each where the expression cannot be used."""
    numbers: list[list[int]] = [[] for _ in range(count)]
    try:
        for number in REACH:
            numbers[langs.plural_index(plural, number)].append(number)
    except (ValueError, IndexError):
        return [list(REACH) for _ in range(count)]
    return numbers


def _of_form(wording: Wording, numbers: list[int], flags: tuple[str, ...]) -> Iterator[Attempt]:
    best = samples(numbers) or [REACH[-1]]
    used = 0
    plain = _form(wording, best[0])
    for number in best:
        text = _form(wording, number)
        place = _count(text, wording.forms, flags)
        if place and str(number) not in text[: place.start] + text[place.end :]:
            yield Attempt(
                text[: place.start] + str(number) + text[place.end :], wording.language, str(number), place.text
            )
            used += 1
            plain = text if used == 1 and len(numbers) > 1 else plain
        if used == MOST:
            break
    yield Attempt(plain, wording.language)


def _form(wording: Wording, number: int) -> str:
    try:
        index = langs.plural_index(wording.plural, number)
    except ValueError:
        index = len(wording.forms) - 1
    return wording.forms[min(index, len(wording.forms) - 1)]


def _count(text: str, forms: Sequence[str], flags: tuple[str, ...]) -> Placeholder | None:
    """The placeholder that the number of things takes; None where there is none, or more than one may be it."""
    kind = family(flags)
    there = find(text, kind)
    if len(there) == 1:
        return there[0]
    others = [frozenset(each.key for each in find(form, kind)) for form in forms]
    guesses = (
        [each for each in there if (name := _WORD.search(each.text)) and _NAMES.fullmatch(name[0])],
        [each for each in there if _NUMERIC.match(each.text)],
        [each for each in there if any(each.key not in keys for keys in others)],
    )
    return next((guess[0] for guess in guesses if len(guess) == 1), None)
