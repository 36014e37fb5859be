"""The header's Plural-Forms counts as the language does.

It is the rule by which programs choose between "1 файл", "2 файла" and "5 файлов". With the rule of another language
readers see the wrong form, with a broken one the program stops or shows English. Copy the line that the message
names into the header; it is the one that Unicode's CLDR gives for the language. Any other rule that splits the
numbers in the same way, or as a well-known project does, is accepted.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma import langs, po
from tarjuma.checks import Context, Found
from tarjuma.checks._plurals import reach
from tarjuma.model import Catalog, Severity
from tarjuma.po.header import language as po_language

SEVERITY = Severity.ERROR
_CATALOG = """msgid ""
msgstr ""
"Language: uk\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: {}\\n"

msgid "%d page"
msgid_plural "%d pages"
msgstr[0] "%d сторінка"
msgstr[1] "%d сторінки"
msgstr[2] "%d сторінок"
"""
_RULE = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"
GOOD = [("uk", _CATALOG.format(f"nplurals=3; plural={rule};")) for rule in (_RULE, f"({_RULE})")]
BAD = [
    ("uk", _CATALOG.format("nplurals=2; plural=(n != 1);")),
    ("uk", _CATALOG.format("nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);")),
    ("uk", _CATALOG.format(f"nplurals=2; plural={_RULE};")),
    ("uk", _CATALOG.format("nplurals=3; plural=n mod 3;")),
    ("uk", _CATALOG.format("nplurals=INTEGER; plural=EXPRESSION;")),
]

_FIELD = "Plural-Forms"


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield what is wrong with the rule: missing, unreadable, out of range, or of another language."""
    value = catalog.header.get(_FIELD, "")
    row = context.language
    values = {"language": row.name, "right": row.plural_forms, "value": value.rstrip("; ")}
    line = po.header_line(catalog, _FIELD)
    if not value or "EXPRESSION" in value:
        if catalog.header and _has_plurals(catalog):
            yield Found(
                "the header does not say which plural form is for which number; write {right}", values, line=line
            )
        return
    rule = reach(value)
    if rule is None:
        yield Found("Plural-Forms is no rule that gettext can read: {value}; write {right}", values, line=line)
        return
    nplurals, forms = rule
    if max(forms) >= nplurals:
        values |= {"highest": str(max(forms)), "count": str(nplurals)}
        yield Found(
            "Plural-Forms says nplurals={count}, but its rule asks for msgstr[{highest}]; write {right}",
            values,
            line=line,
        )
    elif _is_known_language(catalog, context) and not langs.recognised(row.code, value):
        yield Found("Plural-Forms counts as another language does, not as {language}; write {right}", values, line=line)


def _has_plurals(catalog: Catalog) -> bool:
    return any(
        entry.key.plural is not None and not entry.is_obsolete and any(entry.targets) for entry in catalog.entries
    )


def _is_known_language(catalog: Catalog, context: Context) -> bool:
    """Whether the language is in the table: beyond it CLDR's rule is all we know, and authorities differ."""
    base = _base(context.language.code)
    is_meant = context.is_project or _base(po_language(catalog.header)) == base
    return is_meant and base in langs.LANGUAGES


def _base(code: str) -> str:
    return code.partition("-")[0]
