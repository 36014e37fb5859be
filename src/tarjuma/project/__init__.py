"""The stages of the workflow on a site's files: load a project, then extract, update, draft, compile, status.

    site = load("/path/of/a/site")
    result = update(site)

A `Project` is a snapshot of the sources: load it again to see later edits. Each stage returns a `Result`; the
`check_` functions return the same and write nothing. Callers that may meet another tarjuma hold `store.locked`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace

from tarjuma import store
from tarjuma.model import Problem
from tarjuma.project import catalogs, pages
from tarjuma.project.history import against
from tarjuma.project.overview import status
from tarjuma.project.site import Project, Result, load

__all__ = [
    "Project", "Result", "against", "check_compile", "check_extract", "check_update", "compile", "extract", "load",
    "run", "status", "update",
]  # fmt: skip


def extract(project: Project) -> Result:
    """Write the templates (.pot) whose messages changed. Raises StoppedError."""
    result = check_extract(project)
    store.apply(project.folder, result.changes)
    return result


def check_extract(project: Project) -> Result:
    """Return what `extract` would do."""
    return catalogs.plan_templates(project)


def update(project: Project, same_meaning: Iterable[str] = ()) -> tuple[Result, Result]:
    """Write the templates, then the catalogs (.po) that they change; return both results.

    `same_meaning` are sources whose edits change no meaning, as an editor says. Raises StoppedError and UsageError.
    """
    extracted, updated = check_update(project, same_meaning)
    # before `# mt:` goes from what people reviewed, so that `memory quality` knows of it
    faults = _remembered(project, updated)
    for result in (extracted, updated):
        store.apply(project.folder, result.changes)
    return extracted, replace(updated, problems=(*updated.problems, *faults))


def _remembered(project: Project, updated: Result) -> list[Problem]:
    marked = [change for change in updated.changes if change.before and b"# mt: " in change.before]
    if not marked:
        return []
    from tarjuma.project import recollection

    return recollection.note_reviews(project, marked)


def check_update(project: Project, same_meaning: Iterable[str] = ()) -> tuple[Result, Result]:
    """Return what `update` would do."""
    extracted, updated = catalogs.plan_update(project, same_meaning)
    if not project.config.derive:
        return extracted, updated
    from tarjuma.project import derivation

    return extracted, derivation.completed(project, updated)


def compile(project: Project) -> Result:
    """Write the localized posts that are due, from reviewed translations only. Raises StoppedError."""
    return pages.compile(project)


def run(
    project: Project, same_meaning: Iterable[str] = (), announce: Callable[[str], None] = lambda _: None
) -> tuple[Result, ...]:
    """Do all stages in their order; return their results, that of `compile` last. Raises StoppedError and UsageError.

    Drafts are made only where the configuration asks for them; `announce` hears of each host before it gets any text.
    """
    if project.config.drafting.is_automatic:
        from tarjuma.project import autodraft

        engines = autodraft.chain(project, os.environ)
        extracted, updated = update(project, same_meaning)
        drafted = [autodraft.stage(project, engines, announce)]
    else:
        extracted, updated = update(project, same_meaning)
        drafted = []
    compiled = compile(project)
    # update just said why a catalog could not follow its sources
    news = tuple(problem for problem in compiled.problems if problem.check != pages.STALE)
    return extracted, updated, *drafted, replace(compiled, problems=news)


def check_compile(project: Project) -> Result:
    """Return what `compile` would do."""
    return pages.plan(project).result
