"""One source text has one translation, where nothing speaks for two.

A button called one thing on one page and another on the next confuses. The same words may rightly differ between
contexts ("May" the month, "may" the verb): look, then keep or align.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Catalog, Entry, Severity, State

SEVERITY = Severity.INFO
GOOD = [
    ("tg", 'msgctxt "a"\nmsgid "Close"\nmsgstr "Пӯшидан"\n\nmsgctxt "b"\nmsgid "Close"\nmsgstr "Пӯшидан"\n'),
]
BAD = [
    ("ru", 'msgctxt "a"\nmsgid "Close"\nmsgstr "Закрыть"\n\nmsgctxt "b"\nmsgid "Close"\nmsgstr "Близко"\n'),
]


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield the entries whose source was translated otherwise further up."""
    first: dict[tuple[str, str | None], Entry] = {}
    for entry in catalog.entries:
        if entry.state is not State.REVIEWED:
            continue
        known = first.setdefault(entry.key[1:], entry)
        if known.targets != entry.targets and known.key.context != entry.key.context:
            values = {"line": known.line, "text": known.target}
            yield Found("line {line} translates the same text as: {text}", values, entry=entry)
