"""Runs the checks over a catalog: values in, findings out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

from tarjuma import checks
from tarjuma.checks import Context, Found
from tarjuma.model import Catalog, Entry, Key, Problem, Severity, State
from tarjuma.pair import Pair
from tarjuma.survey import Site

INTERNAL = "internal-error"
"""The name under which a check that failed is reported: a mistake of ours, not of the translator."""

LONGEST = 20_000
"""Characters of a text beyond which nobody looks for mistakes in it: it is a file that got into a catalog."""

_CRASH = "{check} failed here ({error}). That is a mistake in tarjuma: please report it with this message"
_TOO_LONG = "this text has {count} characters and was not checked: a whole file seems to stand in it"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the checks found, and in what: all that reports need."""

    problems: tuple[Problem, ...] = ()
    """Those to show."""
    ignored: tuple[Problem, ...] = ()
    """Those that a comment, the configuration or the baseline suppresses."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Path of each file that was checked -> its language, "" where it has none."""
    messages: Mapping[str, int] = field(default_factory=dict)
    """Language -> number of messages that were checked."""


class _Hit(NamedTuple):
    """What a check found, and the entry that it is about."""

    check: str
    module: ModuleType | None
    found: Found
    entry: Entry | None
    form: int


class _Check(NamedTuple):
    """One function of a check."""

    name: str
    module: ModuleType
    function: Callable[..., Iterable[Any]]


def findings(catalog: Catalog, context: Context, names: Iterable[str] | None = None) -> Iterator[Problem]:
    """Yield what checks find in a catalog, all checks or those that are named: entry by entry, then the whole file.

    A check that fails is a finding too, and the others go on.
    """
    chosen = None if names is None else tuple(names)
    hits = [
        hit for entry in catalog.entries if entry.state is State.REVIEWED for hit in _of_entry(entry, context, chosen)
    ]
    for check in _functions("check_catalog", chosen):
        hits += _of_catalog(check, catalog, context)
    for hit in _explained(hits):
        yield _problem(hit, catalog)


def prepare() -> None:
    """Load the checks, so that copies of this process need not."""
    for kind in ("check", "check_catalog"):
        _functions(kind, None)


def of_entry(entry: Entry, catalog: Catalog, context: Context) -> Iterator[Problem]:
    """Yield what checks find in one entry as it is now: as if its catalog held nothing else."""
    alone = replace(catalog, entries=(entry,))
    found = findings(alone, replace(context, template=None))
    return (problem for problem in found if problem.key == entry.key)


def site_findings(site: Site) -> Iterator[Problem]:
    """Yield what checks find in a project as a whole. A check that fails is a finding too."""
    for check in _functions("check_site", None):
        try:
            yield from check.function(site)
        except Exception as error:
            yield failed(check.name, error, site.config)


def failed(name: str, error: Exception, path: str) -> Problem:
    """Return the finding that something of tarjuma itself failed."""
    return _problem(_crash(name, error, None, 0), Catalog(path, "", {}, ()))


def problems(name: str, found: Iterable[Found], catalog: Catalog) -> Iterator[Problem]:
    """Yield what a check found in a catalog as problems."""
    module = checks.module(name)
    for each in found:
        yield _problem(_Hit(name, module, each, each.entry, each.form), catalog)


@cache
def _functions(kind: str, names: tuple[str, ...] | None) -> tuple[_Check, ...]:
    modules = ((name, checks.module(name)) for name in (checks.names() if names is None else names))
    return tuple(_Check(name, module, getattr(module, kind)) for name, module in modules if hasattr(module, kind))


def _of_entry(entry: Entry, context: Context, names: tuple[str, ...] | None) -> list[_Hit]:
    longest = max(map(len, (entry.key.text, *entry.targets)))
    if longest > LONGEST:
        found = Found(_TOO_LONG, {"count": longest}, severity=Severity.WARNING)
        return [_Hit("syntax", None, found, entry, 0)]
    return [hit for form in range(len(entry.targets)) for hit in _of_form(entry, form, context, names)]


def _of_form(entry: Entry, form: int, context: Context, names: tuple[str, ...] | None) -> Iterator[_Hit]:
    pair = Pair(entry, form, context.language)
    for name, module, function in _functions("check", names):
        try:
            for found in function(pair, context):
                yield _Hit(name, module, found, entry, form)
        except Exception as error:
            yield _crash(name, error, entry, form)


def _of_catalog(check: _Check, catalog: Catalog, context: Context) -> Iterator[_Hit]:
    try:
        for found in check.function(catalog, context):
            yield _Hit(check.name, check.module, found, found.entry, found.form)
    except Exception as error:
        yield _crash(check.name, error, None, 0)


def _crash(name: str, error: Exception, entry: Entry | None, form: int) -> _Hit:
    values = {"check": name, "error": f"{type(error).__name__}: {error}"}
    return _Hit(INTERNAL, None, Found(_CRASH, values, severity=Severity.ERROR), entry, form)


def _explained(hits: Iterable[_Hit]) -> Iterator[_Hit]:
    """Yield the first causes: not what a finding on the same form explains."""
    hits = tuple(hits)
    named: dict[tuple[Key, int], set[str]] = defaultdict(set)
    for hit in hits:
        if hit.entry:
            named[hit.entry.key, hit.form].add(hit.check)
    for hit in hits:
        causes = getattr(hit.module, "FOLLOWS", ())
        if not causes or not hit.entry or named[hit.entry.key, hit.form].isdisjoint(causes):
            yield hit


def _problem(hit: _Hit, catalog: Catalog) -> Problem:
    check, module, found, entry, form = hit
    values = tuple((key, str(value)) for key, value in found.values.items())
    form = min(form, len(entry.targets) - 1) if entry else 0
    return Problem(
        check=check,
        severity=found.severity or (module.SEVERITY if module else Severity.ERROR),
        path=catalog.path,
        message=found.message.format(**dict(values)),
        line=_line(found, entry),
        language=catalog.language,
        span=found.span,
        suggestion=found.suggestion or "",
        is_safe=found.is_safe,
        key=entry.key if entry else None,
        form=form,
        target=entry.targets[form] if entry else "",
        place=_place(entry),
        template=found.message,
        values=values,
    )


def _line(found: Found, entry: Entry | None) -> int:
    return (entry.line if entry else 0) or found.line or 1


def _place(entry: Entry | None) -> tuple[str, int]:
    """The source post that an entry comes from, and the line where its reference has one."""
    if not entry or not entry.message.places:
        return "", 0
    path, _, line = entry.message.places[0].rpartition(":")
    return (path, int(line)) if path and line.isdecimal() else (entry.message.places[0], 0)
