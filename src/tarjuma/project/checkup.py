"""`tarjuma check`: what the checks find in catalogs and projects, judged by what the projects want to hear."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from tarjuma import baseline, checking, policy
from tarjuma.baseline import Baseline, Known
from tarjuma.checking import Outcome
from tarjuma.checks import unfinished
from tarjuma.config import Checks
from tarjuma.errors import UsageError
from tarjuma.model import Problem, Severity, State
from tarjuma.project import inspection
from tarjuma.project.changed import since
from tarjuma.project.inspection import Inspected, Job
from tarjuma.project.selection import Selection, shown_below
from tarjuma.project.site import Progress, Project, silent
from tarjuma.project.spread import spread
from tarjuma.project.survey import glimpse, source_lines, survey
from tarjuma.survey import TO_DO, Site, counts

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
    """A finding, and what its project wants. Its path is that of the project until it is shown."""

    problem: Problem
    checks: Checks
    prefix: str = ""
    is_marked: bool = False
    """True when its entry says that nobody should hear of it."""


def look(jobs: Iterable[Job], progress: Progress = silent) -> list[Inspected]:
    """Return what the checks find in catalogs, in their order; remembers it for the next time."""
    jobs = list(jobs)
    found = [inspection.remembered(job) for job in jobs]
    fresh = [job for job, each in zip(jobs, found, strict=True) if each is None]
    if fresh:
        checking.prepare()
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
        jobs = list(since(jobs, terms.base))
    looked = zip(jobs, look(jobs, progress), strict=True)
    pairs = [(job, found) for job, found in looked if _is_wanted(found.language, terms)]
    sites = {} if terms.base else {each.folder: survey(each, terms.languages) for each in selection.projects}
    if terms.languages and selection.jobs and not pairs and not terms.base:
        raise UsageError(f"no catalog that was named is in {' or '.join(terms.languages)}")
    # what is wrong with a template or a glossary was found in every catalog that uses it
    raw = list({(each.problem, each.prefix): each for each in _found(pairs, sites, terms)}.values())
    for each in selection.projects if sites else ():
        raw += _of_site(each, sites[each.folder], terms, shown_below(each.folder, selection.home))
    raw += [] if terms.base else _of_posts(selection)
    told, quiet = _ruled(_weighed(raw))
    is_whole = selection.is_whole and not terms.languages and not terms.base
    if is_whole:
        told += _fingerprinted(_idle(selection, quiet))
    known = terms.known.known
    fresh = [each for each in told if each.problem.fingerprint not in known]
    quiet += [each for each in told if each.problem.fingerprint in known]
    every = [each.problem for each in told]
    paths = None if is_whole else {job.path for job, _ in pairs if not job.posts and job.base is None}
    return Checkup(
        Outcome(
            tuple(_shown(_placed(fresh, selection, sites))),
            tuple(_shown(quiet)),
            {job.shown: found.language for job, found in pairs},
            _messages(found for _, found in pairs),
        ),
        any(_is_failing(each, terms) for each in fresh) or any(_is_unfinished(*pair, terms) for pair in pairs),
        tuple(job.shown for job, found in pairs if found.is_unread),
        tuple(job for job, _ in pairs),
        baseline.updated(terms.known, every, paths),
        baseline.healed(terms.known, every, paths),
    )


def _found(pairs: Iterable[tuple[Job, Inspected]], sites: Mapping[str, Site], terms: Terms) -> Iterator[_Judged]:
    for job, found in pairs:
        for problem in (*found.problems, *_left(job, found, sites, terms)):
            yield _Judged(problem, job.checks, job.prefix)
        for problem in found.ignored:
            yield _Judged(problem, job.checks, job.prefix, is_marked=True)


def _shown(judged: Iterable[_Judged]) -> Iterator[Problem]:
    """Yield findings with paths as the person sees them from where they are."""
    for problem, _, prefix, _ in judged:
        if not prefix:
            yield problem
            continue
        place = (prefix + problem.place[0], problem.place[1]) if problem.place[0] else problem.place
        yield replace(problem, path=prefix + problem.path, place=place)


def _placed(judged: Iterable[_Judged], selection: Selection, sites: Mapping[str, Site]) -> Iterator[_Judged]:
    """Yield findings with the line of the post where their message stands; `#:` of our catalogs has none."""
    judged = list(judged)
    domains = {(job.prefix, job.path): (job.site, job.domain) for job in selection.jobs if job.site}
    wanted: dict[str, set[str]] = {}
    for each in judged:
        site, domain = domains.get((each.prefix, each.problem.path), ("", ""))
        if site not in sites and _lacks_line(each.problem) and domain:
            wanted.setdefault(site, set()).add(domain)
    places = {folder: site.places for folder, site in sites.items()}
    for folder, names in wanted.items():
        places[folder] = source_lines(selection.owners[folder], names)
    for each in judged:
        site, domain = domains.get((each.prefix, each.problem.path), ("", ""))
        key = each.problem.key
        place = places.get(site, {}).get(domain, {}).get(key.identity) if key and _lacks_line(each.problem) else None
        yield each._replace(problem=replace(each.problem, place=place)) if place else each


def _lacks_line(problem: Problem) -> bool:
    return bool(problem.key and problem.place[0] and not problem.place[1])


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
        each._replace(problem=problem)
        for each in _fingerprinted(raw)
        for problem in policy.weighed((each.problem,), each.checks.severities)
    ]


def _fingerprinted(raw: Iterable[_Judged]) -> list[_Judged]:
    order = sorted(raw, key=lambda each: (each.prefix, *_order(each.problem)))
    named = policy.fingerprinted(each.problem for each in order)
    return [each._replace(problem=problem) for problem, each in zip(named, order, strict=True)]


def _order(problem: Problem) -> tuple[object, ...]:
    return problem.path, problem.line, problem.check, problem.form, problem.span or (-1, -1), problem.message


def _ruled(judged: Iterable[_Judged]) -> tuple[list[_Judged], list[_Judged]]:
    """The findings that neither their entry nor a rule of the configuration suppresses, and the others."""
    told: list[_Judged] = []
    quiet: list[_Judged] = []
    for each in judged:
        is_quiet = each.is_marked or any(policy.is_ignored(each.problem, rule) for rule in each.checks.ignores)
        (quiet if is_quiet else told).append(each)
    return told, quiet


def _idle(selection: Selection, ruled: Iterable[_Judged]) -> Iterator[_Judged]:
    """Yield the rules that suppress nothing any more."""
    hidden = [each.problem for each in ruled]
    for site in selection.projects:
        conf = site.config
        for rule in conf.checks.ignores:
            if not any(policy.is_ignored(problem, rule) for problem in hidden):
                yield _Judged(policy.idle(conf.file, rule), conf.checks, shown_below(site.folder, selection.home))


def _is_failing(each: _Judged, terms: Terms) -> bool:
    demands = _demands(each.checks, each.problem.language, policy.paths_of(each.problem), terms)
    return policy.is_failing(each.problem, demands)


def _demands(checks: Checks, language: str, paths: tuple[str, ...], terms: Terms) -> tuple[str, ...]:
    return terms.fail_on or policy.fails_on(checks, language, paths)


def _least(checks: Checks, language: str, paths: tuple[str, ...], terms: Terms) -> int | None:
    """The percentage that was asked for, None where nobody asked."""
    asked = terms.minimums.get(language, terms.minimums.get(""))
    gates = (gate.minimum for gate in policy.gates(checks, language, paths) if gate.minimum is not None)
    return asked if asked is not None else next(gates, None)


def _has_unwanted(messages: Mapping[State, int], demands: Iterable[str]) -> bool:
    """Say whether there are entries in a state that is not wanted."""
    return any(messages.get(state, 0) for state in State if state.value in demands)


def _is_unfinished(job: Job, found: Inspected, terms: Terms) -> bool:
    """Say whether a catalog of no project has entries in a state that is not wanted; each has its own finding."""
    demands = _demands(job.checks, found.language, (job.path,), terms)
    return not job.is_project and "never" not in demands and _has_unwanted(found.messages, demands)


def _left(job: Job, found: Inspected, sites: Mapping[str, Site], terms: Terms) -> Iterator[Problem]:
    """Yield what is left to do in a catalog that was not surveyed with its project."""
    if job.site in sites or not found.messages:
        return
    posts = (job.path, *job.posts)
    least = _least(job.checks, found.language, posts, terms)
    share = _share(found)
    if least is not None and share < least:
        yield policy.short(job.path, found.language, share, least)
    if job.is_project and any(found.messages.get(state, 0) for state in TO_DO):
        problem = unfinished.told(found.messages, job.path, found.language, (posts[-1], 1) if job.posts else ("", 0))
        if _has_unwanted(found.messages, _demands(job.checks, found.language, posts, terms)):
            yield replace(problem, severity=Severity.ERROR)
        elif any(found.messages.get(state, 0) for state in (*TO_DO, State.REVIEWED) if state is not State.UNTRANSLATED):
            yield problem


def _share(found: Inspected) -> float:
    """Percent of the words that are reviewed; of the messages where there are no words."""
    for numbers in (found.words, found.messages):
        total = sum(count for state, count in numbers.items() if state is not State.OBSOLETE)
        if total:
            return 100 * numbers.get(State.REVIEWED, 0) / total
    return 100.0


def _of_posts(selection: Selection) -> Iterator[_Judged]:
    """Yield what is wrong with posts that were named, or with their templates, before any translation."""
    for folder, paths in selection.posts.items():
        owner = selection.owners[folder]
        for problem in checking.site_findings(glimpse(owner, paths)):
            yield _Judged(problem, owner.config.checks, shown_below(folder, selection.home))


def _of_site(project: Project, site: Site, terms: Terms, prefix: str) -> Iterator[_Judged]:
    """Yield what only a whole project shows."""
    checks, minimums = project.config.checks, project.config.minimums
    strict: dict[tuple[str, str, str, str], Problem] = {}
    for row in counts(site):
        paths, place = (row.catalog, row.path), (row.path, 1)
        least = _least(checks, row.language, paths, terms)
        least = minimums.get(row.language) if least is None else least
        if least is not None and row.share < least:
            problem = replace(policy.short(row.catalog, row.language, row.share, least), place=place)
            strict[policy.MINIMUM, row.catalog, row.language, row.path] = problem
        if _has_unwanted(row.messages, _demands(checks, row.language, paths, terms)):
            problem = unfinished.told(row.messages, row.catalog, row.language, place)
            strict["unfinished", row.catalog, row.language, row.path] = replace(problem, severity=Severity.ERROR)
    for problem in checking.site_findings(site):
        if (problem.check, problem.path, problem.language, problem.place[0]) not in strict:
            yield _Judged(problem, checks, prefix)
    for problem in strict.values():
        yield _Judged(problem, checks, prefix)
