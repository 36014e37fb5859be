"""Every number of the source stands in the translation too.

Prices, years and phone numbers are what readers notice first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.WARNING
FOLLOWS = ("placeholder-missing", "placeholder-changed", "untranslated-copy")
GOOD = [("tg", "Room 7", "Ҳуҷраи 7")]
BAD = [("ru", "Since 1998", "С 1989 года")]

_NUMBER = re.compile(r"\d+")


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield numbers of the source that the target lacks."""
    lost = set(_NUMBER.findall(pair.source.prose)) - set(_NUMBER.findall(pair.target.prose))
    if lost:
        yield Found("numbers missing from the translation: {numbers}", {"numbers": ", ".join(sorted(lost))})
