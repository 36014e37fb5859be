"""Every address of the source stands in the translation too.

A link without its address, or a sentence without the URL it speaks of, leaves readers behind. Put the link around the
words that stand for the source's: `[words](address)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.ERROR
FOLLOWS = ("mt-garbage", "md-link", "untranslated-copy", "escape")
GOOD = [("ru", "Write to [us](/contact/)", "[Напишите нам](/contact/)")]
BAD = [
    ("ru", "Write to [us](/contact/)", "Напишите нам"),
    ("tg", "See https://example.org/help", "Ба кумак нигаред"),
]


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the addresses of the source that the target lacks."""
    for address in pair.addresses.dropped:
        yield Found("the address {address} is missing", {"address": address.url})
