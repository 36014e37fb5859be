"""A translation says what its source says, at about its length.

Two or three times the length mostly means that another text was pasted in or that a machine went on talking. Where a
message has a limit (`max 160 characters`, a search engine shows no more) a longer text is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tarjuma import sentences
from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.WARNING
FOLLOWS = (
    "mt-meta",
    "mt-garbage",
    "mojibake",
    "injection",
)
GOOD = [
    ("tg", "Thanks for using our site!", "Барои аз сомонаи мо истифода карданатон сипосгузорем!"),
    ("ru", "Sign up", "Зарегистрироваться на сайте"),
]
BAD = [
    ("ru", "Choose the type of the page.",
     "Выберите тип страницы. Для этого места нет записи сайта. Созданные здесь страницы не будут доступны никому."),
]  # fmt: skip

SHARE, SHARE_OF_SENTENCES = 3.0, 2.0
"""Times the source's letters; with more sentences than the source. Of 5,700 published texts of 80 letters or more one
in five hundred has more than 1.4 to 2.5 times, by language."""
LEAST = 50
"""Letters more than the source has: short labels become phrases."""
_SPACE = re.compile(r"\s")


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield a target that exceeds its limit, or its source by far."""
    target, limit = pair.target.text, pair.entry.message.limit
    if limit and len(target) > limit and len(target) > len(pair.source.text):
        values = {"length": len(target), "limit": limit}
        message = "{length} characters, {limit} are allowed"
        yield Found(message, values, (limit, len(target)), severity=Severity.ERROR)
        return
    if len(target) - len(pair.source.text) < LEAST:
        return
    source, there = (len(_SPACE.sub("", prose)) for prose in (pair.source.prose, pair.target.prose))
    if there - source < LEAST or there < SHARE_OF_SENTENCES * source:
        return
    more = len(sentences.sentences(pair.target.prose)) - len(sentences.sentences(pair.source.prose))
    if there > SHARE * source or more > 0:
        severity = Severity.WARNING if more > 0 else Severity.INFO
        times = {"times": f"{there / max(1, source):.1f}"}
        yield Found("{times} times as long as the source", times, severity=severity)
