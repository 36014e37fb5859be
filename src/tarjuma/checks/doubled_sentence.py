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
_LETTERS = re.compile(r"[^\W_]+")


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield sentences that the target has more often than the source."""
    target = pair.target.text
    if len(target) < 2 * LEAST or target == pair.source.text or not _is_likely(target):
        return
    prose = pair.target.prose
    spans = sentences.sentences(prose)
    seen: set[str] = set()
    for start, end in spans:
        told = _plain(prose[start:end])
        if told in seen and not _repeats(pair.source.prose):
            yield Found("this sentence stands twice", span=(start, end))
        if len(told) >= LEAST:
            seen.add(told)
    if len(spans) == 1 and (half := _half(prose)) and not _half(pair.source.prose):
        yield Found("this text stands twice", span=(half, len(target)))


def _is_likely(target: str) -> bool:
    """True when some four words may come again: the cheap test."""
    words = [word.casefold() for word in _LETTERS.findall(target)]
    return len(set(words)) <= len(words) - 2


def _repeats(prose: str) -> bool:
    """True when a text has a sentence twice."""
    told = [_plain(prose[start:end]) for start, end in sentences.sentences(prose)]
    return len(set(told)) < len(told)


def _half(prose: str) -> int:
    """Where the second half begins when both are the same words, else 0."""
    words = list(_LETTERS.finditer(prose))
    middle = len(words) // 2
    texts = [word[0].casefold() for word in words]
    is_twice = middle > 1 and len(words) % 2 == 0 and texts[:middle] == texts[middle:]
    return words[middle].start() if is_twice else 0


def _plain(text: str) -> str:
    return " ".join(_LETTERS.findall(text)).casefold()
