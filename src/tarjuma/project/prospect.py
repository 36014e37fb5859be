"""Before a run: what it would take, and what engines make of a few texts."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import NamedTuple

from tarjuma import dispatch, draft
from tarjuma.dispatch import Cache, Estimate, Gates, Job
from tarjuma.engines import Engine
from tarjuma.project import sent
from tarjuma.project.chains import Chain
from tarjuma.project.drafting import Hooks, job
from tarjuma.project.gaps import Search, Task
from tarjuma.project.site import Project


class Line(NamedTuple):
    """What one engine would have to do for one language."""

    code: str
    engine: Engine
    estimate: Estimate


def estimates(found: Search, chain: Chain, cache: Cache) -> list[Line]:
    """Return what a run would take, for each language and each engine alone; nothing is sent."""
    lines = []
    for code in dict.fromkeys(task.code for task in found.tasks):
        tasks = [task for task in found.tasks if task.code == code and not _recalled(found, task)]
        for engine in chain.engines:
            free = [task for task in tasks if not (task.held and engine.traits.host)]
            jobs = first_jobs(free, [engine])
            lines.append(Line(code, engine, dispatch.estimate(jobs, engine, cache)))
    return lines


def first_jobs(tasks: Sequence[Task], engines: Sequence[Engine]) -> list[Job]:
    """Return what is asked first for tasks; the id of a job is the index of its task."""
    return [job(index, task, attempts[0], engines) for index, task in enumerate(tasks) for attempts in task.gap.forms]


def _recalled(found: Search, task: Task) -> bool:
    known = found.recollections.get((task.code, task.source))
    return bool(known and known.targets(task.gap.entry))


class Sample(NamedTuple):
    """A text and what engines make of it."""

    code: str
    text: str
    drafts: tuple[tuple[str, str, str], ...]
    """(engine, draft, why there is none)."""


def sample(
    project: Project, found: Search, chain: Chain, cache: Cache, count: int, hooks: Hooks, stop: threading.Event
) -> list[Sample]:
    """Return `count` texts a language with the drafts of each engine.

    No catalog is written, only the cache and the log of what was sent.
    """
    gates = Gates()
    samples = []
    for code in dict.fromkeys(task.code for task in found.tasks):
        tasks = {id(task.gap): task for task in found.tasks if task.code == code and not task.held}
        chosen = [tasks[id(gap)] for gap in draft.spread_out((task.gap for task in tasks.values()), count)]
        # one form is enough to see what an engine is worth
        jobs = list({each.id: each for each in reversed(first_jobs(chosen, chain.engines))}.values())[::-1]

        def origin(index: object, chosen: list[Task] = chosen, jobs: list[Job] = jobs) -> tuple[tuple[str, ...], int]:
            assert isinstance(index, int)
            return chosen[index].posts, len(jobs[index].text)

        log = sent.Log(project.path(sent.PATH), origin, hooks.announce)
        rows: list[list[tuple[str, str, str]]] = [[] for _ in jobs]
        for engine in chain.engines:
            report = dispatch.run(
                jobs, [engine], cache, progress=hooks.progress, sent=log, gates=gates, stop=stop,
                on_switched_off=hooks.switched_off,
            )  # fmt: skip
            for answer in report.answers:
                assert isinstance(answer.id, int)
                rows[answer.id].append((engine.traits.name, answer.text, answer.reason))
        samples += [Sample(code, each.text, tuple(row)) for each, row in zip(jobs, rows, strict=True)]
    return samples
