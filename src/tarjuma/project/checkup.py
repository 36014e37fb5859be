"""`tarjuma check`: what the checks find in catalogs and projects, judged by what the projects want to hear."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tarjuma import baseline, git, policy, store
from tarjuma.baseline import Baseline
from tarjuma.checking import Outcome
from tarjuma.config import Checks
from tarjuma.errors import StoppedError, UsageError
from tarjuma.model import Problem, State
from tarjuma.project import inspection
from tarjuma.project.inspection import Inspected, Job
from tarjuma.project.selection import Selection
from tarjuma.project.site import Progress, silent
from tarjuma.project.spread import spread

_GRAIN = 150_000
"""Bytes of catalogs that are worth a worker."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found, and what decides whether that is good enough."""

    outcome: Outcome
    inspected: tuple[Inspected, ...] = ()
    jobs: tuple[Job, ...] = ()
    baseline: Baseline = field(default_factory=Baseline)
    """What is known now, to be written with `--write-baseline`."""
    healed: int = 0
    """Findings of the baseline that are gone."""

    @property
    def unread(self) -> tuple[str, ...]:
        """Paths of the files that could not be opened."""
        return tuple(each.path for each in self.inspected if each.is_unread)


def look(jobs: Iterable[Job], progress: Progress = silent) -> list[Inspected]:
    """Return what the checks find in catalogs, in their order; remembers it for the next time."""
    jobs = list(jobs)
    found = [inspection.remembered(job) for job in jobs]
    fresh = [job for job, each in zip(jobs, found, strict=True) if each is None]
    size = sum(map(_size, fresh))
    grain = max(1, len(fresh) * _GRAIN // (size + 1))
    news: list[Inspected] = []
    for each in spread(inspection.inspected, fresh, grain):
        news.append(each)
        progress("checking", len(news), len(fresh))
    inspection.keep(fresh, news)
    rest = iter(news)
    return [each or next(rest) for each in found]


def _size(job: Job) -> int:
    try:
        return os.path.getsize(job.file)
    except OSError:
        return 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person demands of this run, beside what the projects say."""

    languages: tuple[str, ...] = ()
    """Codes; none: all."""
    base: str = ""
    """A commit, branch or tag: only what changed since counts."""
    baseline: str = ""
    """Path of the known findings, "" = that of the configuration."""
    fail_on: tuple[str, ...] | None = None
    minimums: Mapping[str, int] = field(default_factory=dict)
    """Language -> percent of the words that must be reviewed."""


def check(selection: Selection, terms: Terms, known: Baseline, progress: Progress = silent) -> Checkup:
    """Return what the checks find in what was selected, judged by the projects' policies. Raises UsageError."""
    jobs = [job for job in selection.jobs if _is_wanted(job.language, terms) or not job.is_project]
    if terms.base:
        jobs = list(_since(jobs, terms.base))
    found = look(jobs, progress)
    pairs = [(job, each) for job, each in zip(jobs, found, strict=True) if _is_wanted(each.language, terms)]
    raw = [(problem, job.checks) for job, each in pairs for problem in each.problems]
    marked = [problem for job, each in pairs for problem in policy.weighed(each.ignored, job.checks.severities)]
    raw += [(problem, checks) for problem, checks in _extras(selection, terms, pairs)]
    raw.sort(key=lambda each: _order(each[0]))
    problems = policy.fingerprinted(problem for problem, _ in raw)
    judged = [
        (weighed, checks)
        for problem, (_, checks) in zip(problems, raw, strict=True)
        for weighed in policy.weighed((problem,), checks.severities)
    ]
    told, ruled = _ruled(judged)
    new, old = baseline.split(told, known)
    paths = [each.path for _, each in pairs] + [""]
    outcome = Outcome(
        tuple(_placed(new, selection)),
        (*policy.fingerprinted(marked), *ruled, *old),
        {each.path: each.language for _, each in pairs},
        _messages(each for _, each in pairs),
    )
    return Checkup(
        outcome,
        tuple(each for _, each in pairs),
        tuple(job for job, _ in pairs),
        baseline.updated(known, told, paths),
        len(baseline.healed(known, told, paths)),
    )


def _order(problem: Problem) -> tuple[object, ...]:
    return problem.path, problem.line, problem.check, problem.form, problem.span or (-1, -1), problem.message


def _is_wanted(language: str, terms: Terms) -> bool:
    return not terms.languages or language in terms.languages


def _messages(found: Iterable[Inspected]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for each in found:
        number = sum(count for state, count in each.messages.items() if state is not State.OBSOLETE)
        counts[each.language] = counts.get(each.language, 0) + number
    return counts


def _ruled(judged: Iterable[tuple[Problem, Checks]]) -> tuple[list[Problem], list[Problem]]:
    """The findings that no rule of the configuration suppresses, and those that one does."""
    told: list[Problem] = []
    ruled: list[Problem] = []
    for problem, checks in judged:
        (ruled if any(policy.is_ignored(problem, rule) for rule in checks.ignores) else told).append(problem)
    return told, ruled


def _since(jobs: Iterable[Job], ref: str) -> Iterator[Job]:
    """Yield the catalogs that differ from what they were at a commit, with what they were."""
    by_root: dict[str, list[Job]] = {}
    for job in jobs:
        by_root.setdefault(_repository(job), []).append(job)
    for root, those in by_root.items():
        try:
            there = git.files(root, git.base(root, ref))
        except StoppedError as error:
            raise UsageError(f"--diff-base needs Git: {error.message}", hint=error.hint) from None
        names = {
            job.file: there.get(os.path.relpath(os.path.realpath(job.file), root).replace(os.sep, "/")) for job in those
        }
        blobs = [name for name in names.values() if name]
        before = dict(zip(blobs, git.contents(root, blobs), strict=True)) if blobs else {}
        for job in those:
            name = names[job.file]
            content = before[name] if name else b""
            if content != _content(job):
                yield replace(job, base=content)


def _repository(job: Job) -> str:
    """The folder of the repository that a catalog lies in."""
    above = os.path.dirname(os.path.realpath(job.file))
    while not os.path.exists(os.path.join(above, ".git")):
        if above == (parent := os.path.dirname(above)):
            hint = "--diff-base compares with what Git keeps"
            raise UsageError("lies in no Git repository", path=job.path, hint=hint)
        above = parent
    return above


def _content(job: Job) -> bytes | None:
    try:
        return store.read(job.file)
    except StoppedError:
        return None


def _extras(
    selection: Selection, terms: Terms, pairs: Iterable[tuple[Job, Inspected]]
) -> Iterator[tuple[Problem, Checks]]:
    """Yield what no single catalog shows."""
    yield from ()


def _placed(problems: Iterable[Problem], selection: Selection) -> Iterator[Problem]:
    yield from problems
