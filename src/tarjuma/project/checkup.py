"""`tarjuma check`: what the checks find in catalogs and projects, judged by what the projects want to hear."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from tarjuma import baseline, checking, fixing, git, po, policy, store
from tarjuma.baseline import Baseline, Known
from tarjuma.checking import Outcome
from tarjuma.config import Checks
from tarjuma.errors import PoError, StoppedError, UsageError
from tarjuma.model import Problem, State
from tarjuma.project import inspection
from tarjuma.project.inspection import Inspected, Job
from tarjuma.project.selection import Selection
from tarjuma.project.site import Progress, Project, silent
from tarjuma.project.spread import spread

_GRAIN = 150_000
"""Bytes of catalogs that are worth a worker."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person demands of this run, beside what the projects say."""

    languages: tuple[str, ...] = ()
    """Codes; none: all."""
    base: str = ""
    """A commit, branch or tag: only what changed since counts."""
    fail_on: tuple[str, ...] | None = None
    minimums: Mapping[str, int] = field(default_factory=dict)
    """Language -> percent of the words that must be reviewed; "" = all other languages."""
    known: Baseline = field(default_factory=Baseline)


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found, and whether that is good enough."""

    outcome: Outcome
    is_failed: bool = False
    """True when something was found that the project, or the person, will not have."""
    unread: tuple[str, ...] = ()
    """Paths of the files that could not be opened."""
    jobs: tuple[Job, ...] = ()
    baseline: Baseline = field(default_factory=Baseline)
    """What is known now: for `--write-baseline`."""
    healed: tuple[Known, ...] = ()
    """What the baseline knows and nobody finds any more."""


class _Judged(NamedTuple):
    """A finding, and what its project wants."""

    problem: Problem
    checks: Checks


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


def check(selection: Selection, terms: Terms, progress: Progress = silent) -> Checkup:
    """Return what the checks find in what was selected, judged by the projects' policies. Raises UsageError."""
    jobs = [job for job in selection.jobs if not job.is_project or _is_wanted(job.language, terms)]
    if terms.base:
        jobs = list(_since(jobs, terms.base))
    looked = look(jobs, progress)
    pairs = [(job, each) for job, each in zip(jobs, looked, strict=True) if _is_wanted(each.language, terms)]
    raw = [_Judged(problem, job.checks) for job, each in pairs for problem in each.problems]
    raw += [
        _Judged(problem, job.checks) for job, each in pairs if not job.is_project for problem in _below(each, terms)
    ]
    if not terms.base:
        raw += [
            _Judged(problem, site.config.checks) for site in selection.projects for problem in _of_site(site, terms)
        ]
    told, ruled = _ruled(_weighed(raw))
    if selection.is_whole and not terms.languages and not terms.base:
        told += _fingerprinted(_idle(selection.projects, ruled))
    new, old = baseline.split((each.problem for each in told), terms.known)
    marked = [_Judged(problem, job.checks) for job, each in pairs for problem in each.ignored]
    known = {problem.fingerprint for problem in old}
    shown = [each for each in told if each.problem.fingerprint not in known]
    paths = {each.path for _, each in pairs} | {each.problem.path for each in told}
    every = [each.problem for each in told]
    return Checkup(
        Outcome(
            tuple(new),
            (*(each.problem for each in _weighed(marked)), *(each.problem for each in ruled), *old),
            {each.path: each.language for _, each in pairs},
            _messages(each for _, each in pairs),
        ),
        any(_is_failing(each, terms) for each in shown) or any(_is_unfinished(*pair, terms) for pair in pairs),
        tuple(each.path for _, each in pairs if each.is_unread),
        tuple(job for job, _ in pairs),
        baseline.updated(terms.known, every, paths),
        baseline.healed(terms.known, every, paths),
    )


def _is_wanted(language: str, terms: Terms) -> bool:
    return not terms.languages or language in terms.languages


def _messages(found: Iterable[Inspected]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for each in found:
        counts[each.language] += sum(count for state, count in each.messages.items() if state is not State.OBSOLETE)
    return counts


def _weighed(raw: Iterable[_Judged]) -> list[_Judged]:
    """Findings in the order of a report, with their fingerprints and the weight that their project gives them."""
    return [
        _Judged(problem, each.checks)
        for each in _fingerprinted(raw)
        for problem in policy.weighed((each.problem,), each.checks.severities)
    ]


def _fingerprinted(raw: Iterable[_Judged]) -> list[_Judged]:
    order = sorted(raw, key=lambda each: _order(each.problem))
    named = policy.fingerprinted(each.problem for each in order)
    return [_Judged(problem, each.checks) for problem, each in zip(named, order, strict=True)]


def _order(problem: Problem) -> tuple[object, ...]:
    return problem.path, problem.line, problem.check, problem.form, problem.span or (-1, -1), problem.message


def _ruled(judged: Iterable[_Judged]) -> tuple[list[_Judged], list[_Judged]]:
    """The findings that no rule of the configuration suppresses, and those that one does."""
    told: list[_Judged] = []
    ruled: list[_Judged] = []
    for each in judged:
        (ruled if any(policy.is_ignored(each.problem, rule) for rule in each.checks.ignores) else told).append(each)
    return told, ruled


def _idle(sites: Iterable[Project], ruled: Iterable[_Judged]) -> Iterator[_Judged]:
    """Yield the rules that suppress nothing any more."""
    hidden = [each.problem for each in ruled]
    for site in sites:
        for rule in site.config.checks.ignores:
            if not any(policy.is_ignored(problem, rule) for problem in hidden):
                yield _Judged(policy.idle(site.config.file, rule), site.config.checks)


def _is_failing(each: _Judged, terms: Terms) -> bool:
    paths = policy.paths_of(each.problem)
    demands = terms.fail_on or policy.fails_on(each.checks, each.problem.language, paths)
    return policy.is_failing(each.problem, demands)


def _is_unfinished(job: Job, found: Inspected, terms: Terms) -> bool:
    """Say whether a catalog has entries in a state that is not wanted."""
    if job.is_project and not job.posts:
        return False  # the posts are counted, see `_of_site`
    demands = terms.fail_on or policy.fails_on(job.checks, found.language, (job.path, *job.posts))
    return "never" not in demands and any(found.messages.get(state, 0) for state in State if state.value in demands)


def _below(found: Inspected, terms: Terms) -> Iterator[Problem]:
    """Yield the finding that a catalog of no project is translated less than was demanded."""
    least = terms.minimums.get(found.language, terms.minimums.get("", 0))
    share = _share(found)
    if share < least:
        yield policy.short(found.path, found.language, share, least)


def _share(found: Inspected) -> float:
    """Percent of the words that are reviewed; of the messages where there are no words."""
    for counts in (found.words, found.messages):
        total = sum(count for state, count in counts.items() if state is not State.OBSOLETE)
        if total:
            return 100 * counts.get(State.REVIEWED, 0) / total
    return 100.0


def _of_site(site: Project, terms: Terms) -> Iterator[Problem]:
    """Yield what only a whole project shows."""
    yield from ()


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


@dataclass(frozen=True, slots=True)
class Fix:
    """A catalog before and after its safe suggestions were taken."""

    path: str
    file: str
    before: bytes
    after: bytes
    count: int
    """Entries that change."""


def fixes(checkup: Checkup) -> Iterator[Fix]:
    """Yield what the findings that are shown, and that need nobody's judgement, make of the catalogs."""
    of_file: dict[str, list[Problem]] = {}
    for problem in checkup.outcome.problems:
        if problem.is_safe:
            of_file.setdefault(problem.path, []).append(problem)
    for job in checkup.jobs:
        if job.path in of_file and (fix := _fixed(job, of_file[job.path])):
            yield fix


def _fixed(job: Job, problems: list[Problem]) -> Fix | None:
    before = _content(job)
    try:
        catalog = po.parse(before, job.path) if before is not None else None
    except PoError:
        return None
    if before is None or catalog is None:
        return None
    context = inspection.context_of(job, catalog)
    catalog = replace(catalog, language=context.language.code)
    mended = fixing.fixed(catalog, problems, lambda entry: checking.of_entry(entry, catalog, context))
    count = sum(new is not old for new, old in zip(mended.entries, catalog.entries, strict=True))
    return Fix(job.path, job.file, before, po.render(mended), count) if count else None
