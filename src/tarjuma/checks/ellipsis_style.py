"""An ellipsis stays one: the sign …, where the source writes it.

Three dots look nearly the same, break apart at the end of a line and are read out as three stops by screen readers.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.INFO
GOOD = [("ru", "Loading…", "Загрузка…"), ("ru", "Loading...", "Загрузка..."), ("tg", "Loading...", "Боргирӣ…")]
BAD = [("tg", "Change the file…", "Файлро иваз кунед...")]


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield three dots where the source has the sign."""
    target = pair.target.text
    if "..." not in target or "…" not in pair.source.text or "..." in pair.source.text:
        return
    start = target.index("...")
    yield Found("three dots stand for …", span=(start, start + 3), suggestion="…")
