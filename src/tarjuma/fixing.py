"""Applies the suggestions that need no person's judgement: values in, values out, one entry at a time.

A fix changes the text of one form inside the spans of the findings, and nothing else: the fuzzy flag, comments, dates
and names of translators stay. Only entries that changed are written anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import is_

from tarjuma.model import Catalog, Entry, Key, Problem, target_hash

Recheck = Callable[[Entry], Iterable[Problem]]
"""Returns what the checks find in an entry as it is now; a check of the whole catalog may be left out."""

Counts = Counter[tuple[str, int]]
"""Check and form -> how many findings."""

_ROUNDS = 3
"""So often a fix may uncover something new to fix."""


def fixed(catalog: Catalog, problems: Iterable[Problem], recheck: Recheck) -> Catalog:
    """Return the catalog with every safe suggestion applied that mends its entry; without one it is the catalog itself.

    A fix stands when its finding is gone afterwards and no check finds more than before; otherwise the entry stays as
    it was. What a fix leaves for the same checks to find is fixed too, so that fixing a second time changes nothing.
    """
    by_entry: dict[tuple[Key, int], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.is_safe and problem.key is not None:
            by_entry[problem.key, problem.line].append(problem)
    entries = tuple(
        _mended(entry, by_entry[entry.key, entry.line], recheck) if (entry.key, entry.line) in by_entry else entry
        for entry in catalog.entries
    )
    return catalog if all(map(is_, catalog.entries, entries)) else replace(catalog, entries=entries)


def edited(target: str, problems: Iterable[Problem]) -> str:
    """Return a target with the suggestions of disjoint findings in place of their spans."""
    for problem in sorted(problems, key=_span, reverse=True):
        start, end = _span(problem)
        target = target[:start] + problem.suggestion + target[end:]
    return target


def _mended(entry: Entry, problems: Sequence[Problem], recheck: Recheck) -> Entry:
    checks = {problem.check for problem in problems}
    left = [problem for problem in problems if _fits(entry, problem)]
    if not left:
        return entry
    before = _counts(entry, recheck(entry)) | _counts(entry, left)
    while fresh := next(_mending(entry, left, before, recheck), None):
        entry, found = fresh
        # what overlapped a fix, or stands behind one, has another span now
        before = _counts(entry, found)
        left = [problem for problem in found if problem.check in checks and _fits(entry, problem)]
    return entry


def _mending(
    entry: Entry, problems: Sequence[Problem], before: Counts, recheck: Recheck
) -> Iterator[tuple[Entry, Sequence[Problem]]]:
    """Yield the entry after each attempt that mends it, and what is found in it then.

    It is mended when the findings are gone, no check finds more than it did, and no text has become an empty one.
    """
    for attempt in _attempts(problems):
        fresh, found = _settled(_with(entry, attempt), before, recheck)
        is_mended = _counts(fresh, found) <= before - _counts(entry, attempt)
        if is_mended and fresh.targets != entry.targets and fresh.is_translated == entry.is_translated:
            yield fresh, found


def _settled(entry: Entry, before: Counts, recheck: Recheck) -> tuple[Entry, Sequence[Problem]]:
    """Return an entry with what a fix uncovered fixed too (a space behind an invisible character), and what is left."""
    found = tuple(recheck(entry))
    for _ in range(_ROUNDS):
        fresh = [each for each in found if (each.check, each.form) not in before and _fits(entry, each)]
        if not fresh:
            break
        entry = _with(entry, _disjoint(fresh))
        found = tuple(recheck(entry))
    return entry, found


def _attempts(problems: Sequence[Problem]) -> Iterator[tuple[Problem, ...]]:
    """Yield all fixes that do not overlap; after them each on its own, for one that mends nothing bars the others."""
    together = tuple(_disjoint(problems))
    if together:
        yield together
    if len(problems) > 1:
        yield from ((problem,) for problem in problems)


def _disjoint(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the findings of each form from left to right, without those that overlap an earlier one."""
    ends: dict[int, tuple[int, int]] = {}
    for problem in sorted(problems, key=lambda each: (each.form, *_span(each))):
        span, (start, end) = _span(problem), ends.get(problem.form, (-1, -1))
        if span[0] >= end and span != (start, end):
            ends[problem.form] = span
            yield problem


def _with(entry: Entry, problems: Iterable[Problem]) -> Entry:
    by_form = defaultdict(list)
    for problem in problems:
        by_form[problem.form].append(problem)
    targets = tuple(edited(target, by_form[form]) for form, target in enumerate(entry.targets))
    return replace(entry, targets=targets, comments=_comments(entry, targets), raw=None)


def _comments(entry: Entry, targets: tuple[str, ...]) -> tuple[str, ...]:
    """The comments of the entry. A draft that nobody edited stays one: its hash is that of the new targets."""
    draft = entry.provenance
    if not draft or draft["out"] != target_hash(entry.targets):
        return entry.comments
    start, end = draft.span("out")
    fresh = draft.string[:start] + target_hash(targets) + draft.string[end:]
    return tuple(fresh if comment == draft.string else comment for comment in entry.comments)


def _counts(entry: Entry, problems: Iterable[Problem]) -> Counts:
    return Counter((problem.check, problem.form) for problem in problems if problem.key == entry.key)


def _fits(entry: Entry, problem: Problem) -> bool:
    """Say whether a finding is about the entry as it is now, and says what to write."""
    if not problem.is_safe or problem.key != entry.key or not 0 <= problem.form < len(entry.targets):
        return False
    start, end = _span(problem)
    is_edit = problem.suggestion != problem.target[start:end]
    return entry.targets[problem.form] == problem.target and 0 <= start <= end <= len(problem.target) and is_edit


def _span(problem: Problem) -> tuple[int, int]:
    return problem.span or (0, len(problem.target))
