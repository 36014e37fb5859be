"""What safe suggestions make of catalogs: `tarjuma check --fix`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tarjuma import checking, fixing, po
from tarjuma.errors import PoError
from tarjuma.model import Catalog, Problem
from tarjuma.project import inspection
from tarjuma.project.inspection import Job, content


@dataclass(frozen=True, slots=True)
class Fix:
    """A catalog before and after its safe suggestions were taken."""

    path: str
    file: str
    before: bytes
    after: bytes
    count: int
    """Entries that change."""


def fixes(jobs: Iterable[Job], problems: Iterable[Problem]) -> Iterator[Fix]:
    """Yield what findings that need nobody's judgement make of catalogs."""
    of_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.is_safe:
            of_file.setdefault(problem.path, []).append(problem)
    for job in jobs:
        if job.shown in of_file and (fix := _fixed(job, of_file[job.shown])):
            yield fix


def _fixed(job: Job, problems: list[Problem]) -> Fix | None:
    before = content(job)
    try:
        catalog = po.parse(before, job.path) if before is not None else None
    except PoError:
        return None
    if before is None or catalog is None:
        return None
    context = inspection.context_of(job, catalog)
    catalog = replace(catalog, language=context.language.code)
    problems = [_at_entry(problem, catalog) for problem in problems]
    mended = fixing.fixed(catalog, problems, lambda entry: checking.of_entry(entry, catalog, context))
    count = sum(new is not old for new, old in zip(mended.entries, catalog.entries, strict=True))
    return Fix(job.shown, job.file, before, po.render(mended), count) if count else None


def _at_entry(problem: Problem, catalog: Catalog) -> Problem:
    """The finding with the line of its entry, not of its plural form."""
    lines = [entry.line for entry in catalog.entries if entry.key == problem.key and entry.line <= problem.line]
    return replace(problem, line=max(lines)) if lines else problem
