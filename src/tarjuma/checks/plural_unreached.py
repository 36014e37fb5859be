"""Every plural form that the header declares is used for some number.

Some projects keep a form that no whole number ever needs: the fourth of Django's Russian is for fractions such as 1.5.
It does no harm, but its text is translated for nobody. Nothing has to be done.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma import po
from tarjuma.checks import Context, Found
from tarjuma.checks._plurals import reach
from tarjuma.model import Catalog, Severity

SEVERITY = Severity.INFO
_CATALOG = """msgid ""
msgstr ""
"Language: uz\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: {}\\n"

msgid "%d page"
msgid_plural "%d pages"
msgstr[0] "%d sahifa"
msgstr[1] "%d sahifa"
"""
GOOD = [("uz", _CATALOG.format("nplurals=2; plural=(n != 1);"))]
BAD = [("uz", _CATALOG.format("nplurals=2; plural=0;"))]


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield the forms that no number from 0 to 1000 chooses, in a catalog that has plurals."""
    if not any(entry.key.plural is not None and not entry.is_obsolete for entry in catalog.entries):
        return
    rule = reach(catalog.header.get("Plural-Forms", ""))
    if rule and (unreached := sorted(set(range(rule[0])) - rule[1])):
        values = {"forms": ", ".join(f"msgstr[{form}]" for form in unreached)}
        yield Found("no whole number is shown with {forms}", values, line=po.header_line(catalog, "Plural-Forms"))
