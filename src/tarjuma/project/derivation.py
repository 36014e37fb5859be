"""Derived catalogs: what `update` leaves is gone through once more, and what follows from another script is written.

Words that the rules get wrong stand in `locales/uz-Cyrl.exceptions.csv`, one line each: `word,replacement`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tarjuma import derive, glossary, names, po, respell
from tarjuma.derive import Derivation
from tarjuma.errors import PoError
from tarjuma.model import Catalog, Problem
from tarjuma.project.site import Project, Result
from tarjuma.respell import Respelling
from tarjuma.scripts import RULES
from tarjuma.store import Change

EXCEPTIONS = "{code}.exceptions.csv"
"""Beside the catalogs, by the code of the language that is made."""
GLOSSARY = "glossary.csv"


def completed(project: Project, updated: Result) -> Result:
    """Return what `update` would do, derived entries included; `updated` is what it would do without them."""
    changes = {change.path: change for change in updated.changes}
    problems: list[Problem] = []
    notes: list[str] = []
    touched = 0
    for code, origin in project.config.derive.items():
        respelling, found = _respelling(project, code, origin)
        problems += found
        made = emptied = edited = 0
        outdated: list[str] = []
        for domain in project.catalog_files(code) + _new(project, code, changes):
            path = project.po_path(domain, code)
            outcome = _derived(project, path, project.po_path(domain, origin), changes, respelling)
            if outcome is None:
                continue
            made, emptied, edited = made + outcome.made, emptied + outcome.emptied, edited + len(outcome.edited)
            outdated += [f"{path}:{entry.line}" for entry in outcome.outdated]
            if outcome.made or outcome.emptied:
                touched += path not in changes
                before = changes[path].before if path in changes else project.bytes_of(path)
                changes[path] = Change(path, before, po.render(outcome.catalog), is_durable=True)
        notes += _told(code, origin, made, emptied, edited, outdated)
    return replace(
        updated,
        changes=tuple(changes.values()),
        unchanged=updated.unchanged - touched,
        problems=(*updated.problems, *problems),
        notes=(*updated.notes, *notes),
    )


def _new(project: Project, code: str, changes: Mapping[str, Change]) -> list[str]:
    """The domains whose catalog of a language is about to be made."""
    there = set(project.catalog_files(code))
    return [each for each in project.domains if each not in there and project.po_path(each, code) in changes]


def _derived(
    project: Project, path: str, origin: str, changes: Mapping[str, Change], respelling: Respelling
) -> Derivation | None:
    """What becomes of a catalog; None where it goes, or where one of the two cannot be read, as update has said."""
    try:
        catalog, source = _catalog(project, path, changes), _catalog(project, origin, changes)
    except PoError:
        return None
    return derive.derived(catalog, source, respelling) if catalog else None


def _catalog(project: Project, path: str, changes: Mapping[str, Change]) -> Catalog | None:
    content = changes[path].after if path in changes else project.bytes_of(path)
    return po.parse(content, path) if content is not None else None


def _respelling(project: Project, code: str, origin: str) -> tuple[Respelling, list[Problem]]:
    path = f"{project.config.locales}/{EXCEPTIONS.format(code=code)}".lstrip("/")
    content = project.bytes_of(path)
    exceptions, problems = respell.read(content, path) if content is not None else respell.Reading(respell.NONE)
    terms = project.bytes_of(GLOSSARY)
    known = glossary.read(terms, GLOSSARY).glossary.terms if terms is not None else ()
    kept = respell.kept_terms(term.source for term in known if term.action == "keep")
    return Respelling(RULES[origin, code], exceptions, kept, names.spellings(origin)), list(problems)


def _told(code: str, origin: str, made: int, emptied: int, edited: int, outdated: list[str]) -> list[str]:
    notes = []
    if made:
        notes.append(f"{code}: {made} {_texts(made)} made from {origin} by rule")
    if emptied:
        notes.append(f"{code}: {emptied} {_texts(emptied)} emptied until {origin} is reviewed again")
    if edited:
        notes.append(f"{code}: {edited} {_texts(edited)} edited by hand stay as they are")
    if outdated:
        more = f" and {len(outdated) - 3} more" if len(outdated) > 3 else ""
        notes.append(f"{code}: edited by hand, and {origin} has changed since: {', '.join(outdated[:3])}{more}")
    return notes


def _texts(count: int) -> str:
    return "text" if count == 1 else "texts"
