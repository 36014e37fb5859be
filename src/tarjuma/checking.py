"""Runs the checks over a catalog: values in, findings out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import ModuleType

from tarjuma import checks
from tarjuma.checks import Context, Found
from tarjuma.model import Catalog, Entry, Problem, State
from tarjuma.pair import Pair


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


def findings(catalog: Catalog, context: Context, names: Iterable[str] | None = None) -> Iterator[Problem]:
    """Yield what checks find in a catalog; all checks, or those that are named."""
    chosen = tuple(names) if names is not None else checks.names()
    modules = [(name, checks.module(name)) for name in chosen]
    pairwise = [(name, module) for name, module in modules if hasattr(module, "check")]
    for entry in catalog.entries:
        if entry.state is State.REVIEWED:
            for form in range(len(entry.targets)):
                yield from _of_pair(catalog, Pair(entry, form, context.language), context, pairwise)
    for name, module in modules:
        if hasattr(module, "check_catalog"):
            for found in module.check_catalog(catalog, context):
                yield _problem(name, module, found, catalog, found.entry, found.form)


def _of_pair(
    catalog: Catalog, pair: Pair, context: Context, pairwise: list[tuple[str, ModuleType]]
) -> Iterator[Problem]:
    hits = [(name, module, found) for name, module in pairwise for found in module.check(pair, context)]
    named = {name for name, _, _ in hits}
    for name, module, found in hits:
        if named.isdisjoint(getattr(module, "FOLLOWS", ())):
            yield _problem(name, module, found, catalog, pair.entry, pair.form)


def _problem(name: str, module: ModuleType, found: Found, catalog: Catalog, entry: Entry | None, form: int) -> Problem:
    values = tuple((key, str(value)) for key, value in found.values.items())
    return Problem(
        check=name,
        severity=found.severity or module.SEVERITY,
        path=catalog.path,
        message=found.message.format(**dict(values)),
        line=entry.line if entry else found.line or 1,
        language=catalog.language,
        span=found.span,
        suggestion=found.suggestion or "",
        is_safe=found.is_safe,
        key=entry.key if entry else None,
        form=form,
        target=entry.targets[form] if entry else "",
        template=found.message,
        values=values,
    )
