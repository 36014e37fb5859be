"""Every address in the translation is the source's, or the same page in your language.

One letter more or less, a translated word or a space, and the link leads nowhere. Copy the address from the source.
`/en/...` may become `/ru/...`, `en.wikipedia.org/wiki/...` the article in your language.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.addresses import Form, Move
from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.ERROR
FOLLOWS = ("mt-garbage", "injection", "untranslated-copy")
GOOD = [
    ("ru", "See [Tajikistan](/en/countries/tajikistan/)", "См. [Таджикистан](/ru/countries/tajikistan/)"),
    ("kk", "See https://example.org/help", "https://example.org/help-ті қараңыз"),
    ("uz", "See https://example.org/?a=1&b=2", "https://example.org/?a=1&amp;b=2 ga qarang"),
]
BAD = [
    ("ru", "See [the map](/museum/map/)", "См. [карту](/музей/карта/)"),
    ("tg", "See https://example.org/help", "Ба https://example.org/helps нигаред"),
    ("uz", "Write to hall@example.org", "hall@example.com ga yozing"),
]


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the addresses of the target that were the source's once."""
    for move in pair.addresses.changed:
        if move.source.form is not Form.REFERENCE:
            yield _found(pair, move)


def _found(pair: Pair, move: Move) -> Found:
    wrong = pair.target.text[move.start : move.end]
    message = "the address {address} became {changed}"
    values = {"address": move.source.url, "changed": wrong}
    is_downgrade = wrong == move.source.url.replace("https:", "http:", 1)
    severity = Severity.WARNING if is_downgrade else None
    return Found(message, values, (move.start, move.end), move.source.url, move.is_typo, severity)
