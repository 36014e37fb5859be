"""From jobs to drafts: each text asked once, in few requests, no faster than allowed; nothing is lost.

Equal texts are one; what the cache knows is not asked. Engine after engine of the chain gets what is left, and each
goes down the ladder of `protection` in waves: all texts of a rung are packed together. An answer is in the cache before
anybody hears of it, and packs are formed of all texts whether they are cached or not, so that a run which goes on where
another one was killed sends the requests that were missing, and comes to the same drafts.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tarjuma.dispatch.crew import Crew, Sent
from tarjuma.dispatch.jobs import Answer, Cache, Job, Unit, units
from tarjuma.dispatch.ledger import Ledger, Listeners, Progress, Report
from tarjuma.dispatch.pace import Clock, Gate, Gates
from tarjuma.dispatch.packs import Item, Pack, planned
from tarjuma.dispatch.wave import NOTHING, Wave, draft, found
from tarjuma.engines import Engine
from tarjuma.protection import Fault

__all__ = [
    "Answer", "Cache", "Clock", "Estimate", "Gates", "Job", "Progress", "Report", "estimate", "interruptible", "run",
]  # fmt: skip

CLOCK = Clock()


class Estimate(NamedTuple):
    """What drafting would take, if the first rung that is not in the cache bears."""

    segments: int
    unique: int
    """Texts that differ."""
    cached: int
    """Of these, those that need no request."""
    characters: int
    """To be sent, masks included."""
    requests: int
    seconds: float
    """At the engine's rate; 0 when it has none."""
    price: float
    """In US dollars."""


def run(
    jobs: Sequence[Job],
    chain: Sequence[Engine],
    cache: Cache,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    sent: Sent = lambda *_: None,
    on_answer: Callable[[Answer], None] = lambda _: None,
    on_switched_off: Callable[[str, str], None] = lambda *_: None,
    gates: Gates | None = None,
    stop: threading.Event | None = None,
) -> Report:
    """Return what the engines of a chain, one after the other, made of jobs.

    `on_answer` hears of an answer as soon as it is known and cached, `on_switched_off` of an engine and why, `sent` of
    host, identities of jobs and characters before each request that leaves the machine (in threads, one at a time).
    `stop` ends the run and keeps what was done. Errors of the cache and of these functions reach the caller.
    """
    gates = gates or Gates()
    ledger = Ledger(jobs, cache, stop or threading.Event(), Listeners(progress, sent, on_answer, on_switched_off))
    for engine in chain:
        _draft(gates.of(engine), ledger)
    if not ledger.stop.is_set():
        ledger.give_up()
    return ledger.finished(gates.switched_off())


def estimate(jobs: Sequence[Job], engine: Engine, cache: Cache) -> Estimate:
    """Return what it would take to have all jobs drafted by an engine."""
    traits = engine.traits
    taken = [(at, job) for at, job in enumerate(jobs) if engine.route(job.source, job.target) is not None]
    unique = units(taken, traits)
    made: list[Pack] = []
    asked, further = 0, unique
    while further:
        further, missing, wave = _estimated(further, engine, cache)
        asked += missing
        made += wave
    characters = sum(pack.characters for pack in made)
    seconds = len(made) / traits.rate if traits.rate else 0.0
    price = characters * traits.price / 1e6
    return Estimate(len(taken), len(unique), len(unique) - asked, characters, len(made), seconds, price)


@contextlib.contextmanager
def interruptible() -> Iterator[threading.Event]:
    """Give an event for `run` that Ctrl-C sets; a second Ctrl-C interrupts as ever. Only for the main thread."""
    stop = threading.Event()

    def interrupt(number: int, frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _draft(gate: Gate, ledger: Ledger) -> None:
    """Have an engine draft what it takes of the jobs that are left. One that is off still has its answers of before."""
    taken = [(at, job) for at in ledger.left() if gate.takes((job := ledger.jobs[at]).source, job.target)]
    waiting = units(taken, gate.engine.traits)
    ledger.failed.clear()
    with Crew(gate, ledger.stop, ledger.tell.sent) as crew:
        while waiting and not ledger.stop.is_set():
            waiting = Wave(waiting, gate, crew, ledger).ride()
        ledger.report.requests += crew.requests
        ledger.report.characters += crew.characters


def _estimated(waiting: Sequence[Unit], engine: Engine, cache: Cache) -> tuple[list[Unit], int, list[Pack]]:
    """Return which units the cache sends on to the next rung, how many have to be asked for, and the requests."""
    items: dict[str, Item] = {}
    known: dict[str, str] = {}
    further, missing = [], 0
    for unit in waiting:
        if not unit.is_on_next_rung(engine.traits):
            continue
        items.update((item.key, item) for item in unit.items() if item.key not in items)
        answers = {key: found(key, cache, CLOCK) for key in unit.all_keys()}
        known.update((key, answer) for key, answer in answers.items() if answer is not None)
        if None in answers.values():
            missing += 1
        elif NOTHING in answers.values() or isinstance(draft(unit, known), Fault):
            further.append(unit)
    return further, missing, list(planned(items.values(), engine.traits, known))
