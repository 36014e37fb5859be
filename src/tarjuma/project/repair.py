"""What safe suggestions make of catalogs: `tarjuma check --fix`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tarjuma import checking, fixing, po, policy
from tarjuma.checks import Context
from tarjuma.config import Checks
from tarjuma.errors import PoError
from tarjuma.model import Catalog, Entry, Problem
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
    mended = fixing.fixed(catalog, problems, lambda entry: _told(entry, catalog, context, job.checks))
    count = sum(new is not old for new, old in zip(mended.entries, catalog.entries, strict=True))
    return Fix(job.shown, job.file, before, po.render(mended), count) if count else None


def _told(entry: Entry, catalog: Catalog, context: Context, wishes: Checks) -> Iterator[Problem]:
    """Yield what is found in an entry as it is now and neither the entry nor the project wants to hear nothing of."""
    shown, _, _ = policy.unmarked(checking.of_entry(entry, catalog, context), (entry,))
    for problem in policy.weighed(shown, wishes.severities):
        if not any(policy.is_ignored(problem, rule) for rule in wishes.ignores):
            yield problem


def _at_entry(problem: Problem, catalog: Catalog) -> Problem:
    """The finding with the line of its entry, not of its plural form."""
    lines = [entry.line for entry in catalog.entries if entry.key == problem.key and entry.line <= problem.line]
    return replace(problem, line=max(lines)) if lines else problem
