"""A text stands once in a catalog.

Of two entries with the same text (and the same context) programs use one, nobody can say which, and gettext refuses
the file. This comes from merging two versions by hand. Keep the better translation and delete the other entry.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Catalog, Identity, Key, Severity

SEVERITY = Severity.ERROR
_CATALOG = """msgid ""
msgstr ""
"Language: be\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "May"
msgstr "Май"

"""
GOOD = [("be", _CATALOG + 'msgctxt "verb"\nmsgid "May"\nmsgstr "Можа"\n')]
BAD = [("be", _CATALOG + 'msgid "May"\nmsgstr "Травень"\n')]

_HEADER = Key(None, "")


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield every entry but the first of those with one text and context."""
    if not any(problem.check == "duplicate-entry" for problem in catalog.problems) and _HEADER not in _keys(catalog):
        return
    first: dict[Identity, int] = {}
    for entry in catalog.entries:
        if entry.is_obsolete:
            continue
        if entry.key == _HEADER:
            yield Found("a second header: the catalog has one already", entry=entry)
        elif (line := first.setdefault(entry.key.identity, entry.line)) != entry.line:
            yield Found("the same text stands on line {line} already; keep one of the two", {"line": line}, entry=entry)


def _keys(catalog: Catalog) -> set[Key]:
    return {entry.key for entry in catalog.entries if not entry.key.text}
