"""Draft as a stage of `run`: only where the configuration asks for it, and never a reason for `run` to fail.

`draft.engines` names the engines; those that need a service are asked when `draft.network` is true and not otherwise.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from tarjuma import dispatch
from tarjuma.project import chains, drafting, gaps, recollection
from tarjuma.project.chains import Chain
from tarjuma.project.drafting import Account, Hooks
from tarjuma.project.site import Project, Result
from tarjuma.report.text import counted

SOME = 4
"""Reasons that are named."""


def chain(project: Project, environment: Mapping[str, str]) -> Chain:
    """Return the engines that `run` may ask. Raises UsageError for settings that cannot be."""
    wanted = project.config.drafting
    made = chains.chain(project, wanted.engines or chains.DEFAULT, environment)
    if wanted.network:
        return made
    refused = dict(made.refused)
    for engine in made.engines:
        if engine.traits.host:
            engine.close()
            name = engine.traits.name
            refused[name] = f"{name} is not asked: {project.config.file} does not say network = true in [draft]"
    return Chain(made.local, refused)


def stage(project: Project, made: Chain, announce: Callable[[str], None] = lambda _: None) -> Result:
    """Draft what is empty; return the catalogs written, and sentences about what was not. Raises StoppedError.

    `announce` hears of each host before it gets any text.
    """
    made = chains.with_imported(project, made, os.environ)
    hooks = Hooks(progress=lambda each: project.progress("drafting", each.done, each.total), announce=announce)
    most = project.config.drafting.max_chars
    try:
        found = gaps.search(project, gaps.Wish(), datetime.now().astimezone())
        with recollection.opened(project) as memory, _interruptible() as stop:
            account = drafting.run(project, found, made, memory, hooks=hooks, most=most, stop=stop)
            problems = (*account.problems, *recollection.problems(memory))
    finally:
        made.close()
    unchanged = len({(task.code, task.domain) for task in found.tasks}) - len(account.changes)
    return Result("draft", tuple(account.changes.values()), max(0, unchanged), problems, tuple(_notes(account)))


def _interruptible() -> AbstractContextManager[threading.Event]:
    """An event that Ctrl-C sets, where signals come."""
    if threading.current_thread() is not threading.main_thread():
        return nullcontext(threading.Event())
    return dispatch.interruptible()


def _notes(account: Account) -> Iterator[str]:
    """What was drafted, what was sent where, and why something stays empty: at most one line for each engine."""
    if account.is_stopped:
        yield "stopped: all drafts that came back are kept, the next run goes on"
    if account.drafted:
        by_engine: Counter[str] = Counter()
        for (_, engine), count in account.drafted.items():
            by_engine[engine] += count
        yield "drafted: " + ", ".join(f"{engine} {count:,}" for engine, count in sorted(by_engine.items()))
    if unheeded := account.unheeded.most_common(SOME):
        named = ", ".join(f"{told} ({code}: {count})" for (code, told), count in unheeded)
        yield f"terms that drafts translate otherwise: {named}"
    if account.hosts:
        size = f"{account.characters:,} characters in {counted(account.requests, 'request')}"
        yield f"{size} went to {' and '.join(account.hosts)}"
    yield from account.switched_off.values()
    reasons: Counter[str] = Counter()
    for (_, reason), count in account.left.items():
        if reason not in account.switched_off.values():
            reasons[reason] += count
    told = reasons.most_common(SOME)
    yield from (f"{count:,} stay empty: {reason}" for reason, count in told)
    if rest := sum(reasons.values()) - sum(count for _, count in told):
        yield f"{rest:,} more stay empty: `tarjuma draft -v` says why"
