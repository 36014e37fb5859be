"""A catalog is a PO file that every program reads in the same way.

A lost quote mark, a conflict that git left behind or a file that was cut off: nothing of the file is used until it is
mended. Other slips are read, but differently by different programs. Go to the line that is named; where it cannot be
mended, take the last good version of the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.checks.header import is_about_charset
from tarjuma.errors import PoError
from tarjuma.model import Catalog, Problem, Severity

SEVERITY = Severity.ERROR
_CATALOG = """msgid ""
msgstr ""
"Language: tk\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Next"
"""
GOOD = [("tk", _CATALOG + 'msgstr "Indiki"\n')]
BAD = [("tk", _CATALOG + 'msgstr "Indiki\n'), ("tk", _CATALOG + 'msgstr "Indi\\ki"\n')]

_TOLD = frozenset({"unknown-escape", "nul-character", "domain", "previous-text"})
"""What `po.parse` finds odd; the rest of it belongs to duplicate, header, plural-count and plural-header."""


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield what is odd in the file although it can be read."""
    lines = {entry.line: entry for entry in catalog.entries}
    for problem in catalog.problems:
        if problem.check in _TOLD:
            values = {"reason": problem.message}
            yield Found("{reason}", values, severity=problem.severity, entry=lines.get(problem.line), line=problem.line)


def problem_of(error: PoError, path: str = "", language: str = "") -> Problem:
    """Return the finding that says why a file cannot be read; `path` counts where the error names none.

    Its check is `header` where the header names a charset that the file is not in.
    """
    message = f"{error.message}. {error.hint.rstrip('.')}" if error.hint else error.message
    check = "header" if is_about_charset(error) else "syntax"
    return Problem(check, SEVERITY, error.path or path, message, line=error.line or 1, language=language)
