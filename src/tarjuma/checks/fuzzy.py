"""No entry waits for a person: none is marked fuzzy.

A fuzzy translation was guessed, drafted by a machine, or made for an earlier text. Programs do not show it, readers
see the source text instead. Read it, correct it, then take the mark away (in Poedit: "Needs work"). In a project
such entries are counted for each post instead of being listed; entries that are out of use (`#~`) do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Catalog, Severity, State

SEVERITY = Severity.WARNING
_CATALOG = """msgid ""
msgstr ""
"Language: ky\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"""
_FUZZY = '#, fuzzy\nmsgid "Open the door"\nmsgstr "Терезени ач"\n'
GOOD = [
    ("ky", f'{_CATALOG}\nmsgid "Open the door"\nmsgstr "Эшикти ач"\n'),
    ("ky", f'{_CATALOG}\n#~ msgid "Open the door"\n#~ msgstr "Терезени ач"\n'),
]
BAD = [("ky", f"{_CATALOG}\n{_FUZZY}"), ("ky", f'{_CATALOG}\n#| msgid "Open the window"\n{_FUZZY}')]


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield the entries that are translated but not approved; none in a project."""
    if context.is_project:
        return
    for entry in catalog.entries:
        if not entry.is_fuzzy:
            continue
        state = entry.state
        if state is State.DRAFT:
            yield Found("a machine translation that nobody has approved yet", entry=entry)
        elif state is State.STALE:
            yield Found("made for an earlier text and not looked at since (fuzzy)", entry=entry)
        elif state is State.UNSURE:
            yield Found("marked fuzzy: somebody should read and approve it", entry=entry)
