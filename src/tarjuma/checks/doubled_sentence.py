"""No sentence stands twice.

Pasting and machine translation repeat a sentence, or the whole text. Readers stumble; take one of them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tarjuma import sentences
from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.WARNING
FOLLOWS = ("untranslated-copy", "mojibake")
GOOD = [
    ("ru", "Wait. Wait. The page will open.", "Ждите. Ждите. Страница откроется."),
    ("uz", "Open the page. Close the page.", "Sahifani oching. Sahifani yoping."),
]
BAD = [
    ("kk", "First, enter a name.", "Алдымен атын енгізіңіз. Алдымен атын енгізіңіз."),
    ("ro", "Choose the results. Then sort them.", "Alegeți rezultatele. Alegeți rezultatele. Apoi sortați-le."),
    ("tg", "The school year begins", "Соли таҳсил оғоз мешавад Соли таҳсил оғоз мешавад"),
]

LEAST = 8
"""Letters of a sentence; shorter ones are calls like "Wait!"."""
RUN = 3
"""Words of a run that nobody repeats by chance."""
_LETTERS = re.compile(r"[^\W_]+")


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield sentences that the target has more often than the source."""
    target = pair.target.text
    if len(target) < 2 * LEAST or target == pair.source.text or not _is_likely(target):
        return
    prose = pair.target.prose
    spans = sentences.sentences(prose)
    seen: set[str] = set()
    again: list[tuple[int, int]] = []
    for start, end in spans:
        told = _plain(prose[start:end])
        if told in seen:
            again.append((start, end))
        if len(told) >= LEAST:
            seen.add(told)
    if again and not _repeats(pair.source.prose):
        for start, end in again:
            yield Found("this sentence stands twice", span=(start, end))
    if len(seen) == len(spans) and (span := _run(prose)) and not _run(pair.source.prose):
        yield Found("these words stand twice", span=span)


def _is_likely(target: str) -> bool:
    """True when some four words may come again: the cheap test."""
    words = _LETTERS.findall(target.casefold())
    return len(set(words)) <= len(words) - 2


def _repeats(prose: str) -> bool:
    """True when a text has a sentence twice."""
    told = [_plain(prose[start:end]) for start, end in sentences.sentences(prose)]
    return len(set(told)) < len(told)


def _run(prose: str) -> tuple[int, int] | None:
    """The span of the second of two equal runs of words that follow each other; None where there are none."""
    texts = [word.casefold() for word in _LETTERS.findall(prose)]
    if len(texts) - len(set(texts)) < RUN:
        return None
    places: dict[str, int] = {}
    for place, text in enumerate(texts):
        length = place - places.get(text, place)
        places[text] = place
        begin = place - length
        if length >= RUN and texts[begin:place] == texts[place : place + length]:
            words = list(_LETTERS.finditer(prose))
            return words[place].start(), words[place + length - 1].end()
    return None


def _plain(text: str) -> str:
    return " ".join(_LETTERS.findall(text)).casefold()
