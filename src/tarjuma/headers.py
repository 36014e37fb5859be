"""The header entries of templates and new catalogs: complete, in gettext's order.

The eleven fields and their order are msginit's; Poedit and msgcat keep them as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tarjuma.model import Catalog, Language, Message

DATE = "POT-Creation-Date"
PLURAL = "Plural-Forms"

_KEPT_COMPLETE = ("Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", PLURAL)
_NO_RULE = "EXPRESSION"


def of_template(project: str, date: str, messages: Iterable[Message]) -> dict[str, str]:
    """Return the header of a POT file: what xgettext writes, with UTF-8 declared."""
    header = {
        "Project-Id-Version": project,
        "Report-Msgid-Bugs-To": "",
        DATE: date,
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if all(message.key.plural is None for message in messages):
        return header
    return header | {PLURAL: f"nplurals=INTEGER; plural={_NO_RULE};"}


def of_language(template: Catalog, language: Language) -> dict[str, str]:
    """Return the header of a new catalog.

    As long as nobody revised anything, PO-Revision-Date is the template's date: msgfmt warns of the usual placeholder
    and Babel fails on an empty value.
    """
    date = template.header.get(DATE, "")
    return {
        "Project-Id-Version": template.header.get("Project-Id-Version", ""),
        "Report-Msgid-Bugs-To": template.header.get("Report-Msgid-Bugs-To", ""),
        DATE: date,
        "PO-Revision-Date": date,
        "Last-Translator": "",
        "Language-Team": language.name,
        "Language": language.folder,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        PLURAL: language.plural_forms,
    }


def missing(catalog: Catalog, template: Catalog, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the fields that a catalog lacks and needs; nothing that somebody filled in is touched."""
    complete = of_language(template, language)
    for name in _KEPT_COMPLETE:
        value = catalog.header.get(name, "")
        if not value or (name == PLURAL and _NO_RULE in value):
            yield name, complete[name]
