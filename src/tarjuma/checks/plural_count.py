"""A message with a plural has as many forms as the header's Plural-Forms says.

Russian counts "1 файл, 2 файла, 5 файлов": three forms, where English has two. Where a form is missing, readers see
the English text, or none, for some numbers. Fill in every `msgstr[...]` that the header asks for, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tarjuma import langs
from tarjuma.checks import Context, Found
from tarjuma.model import Catalog, Severity

SEVERITY = Severity.ERROR
_HEADER = """msgid ""
msgstr ""
"Language: ro\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2);\\n"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} zi"
msgstr[1] "{n} zile"
"""
GOOD = [("ro", _HEADER + 'msgstr[2] "{n} de zile"\n')]
BAD = [("ro", _HEADER), ("ro", _HEADER + 'msgstr[3] "{n} de zile"\n')]

_NPLURALS = re.compile(r"\bnplurals\s*=\s*(\d{1,3})")
_GAP = "plural-gap"


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield the entries whose number of forms is none that their catalog allows."""
    gaps = {problem.line for problem in catalog.problems if problem.check == _GAP}
    plurals = [
        entry
        for entry in catalog.entries
        if entry.key.plural is not None and not entry.is_obsolete and any(entry.targets)
    ]
    allowed = _allowed(catalog, context) if plurals else set()
    for entry in plurals:
        if entry.line in gaps:
            yield Found("the plural forms are not numbered 0, 1, 2 ... without a gap", entry=entry)
        elif len(entry.targets) not in allowed and not entry.is_fuzzy and any(entry.targets):
            values = {"count": len(entry.targets), "wanted": " or ".join(map(str, sorted(allowed)))}
            yield Found("plural forms here: {count}, the header asks for {wanted}", values, entry=entry)


def _allowed(catalog: Catalog, context: Context) -> set[int]:
    """What the header says; where it says nothing, what the language is known to have."""
    if match := _NPLURALS.search(catalog.header.get("Plural-Forms", "")):
        return {int(match[1])}
    row = context.language
    return {row.nplurals} | {langs.parts(known)[0] for known in row.accepted_plurals}
