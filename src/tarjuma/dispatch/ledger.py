"""The books of a run: what is known, what failed and why, who is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tarjuma.dispatch.crew import Sent
from tarjuma.dispatch.jobs import Answer, Cache, Job, Unit

NO_ENGINE = "no engine takes these languages"


class Progress(NamedTuple):
    """How far a run has come."""

    engine: str
    done: int
    """Jobs that have their draft."""
    total: int
    requests: int
    """Sent so far by this engine."""
    rate: float
    """Requests a second."""
    seconds_left: float | None
    """For the requests that are planned; None as long as that is not known."""
    waiting: float = 0.0
    """Seconds that the service still wants us to wait."""


@dataclass(slots=True)
class Report:
    """What a run did."""

    answers: tuple[Answer, ...] = ()
    """In the order of the jobs; a run that was stopped has none for some of them."""
    requests: int = 0
    characters: int = 0
    """That were sent, masks included."""
    cached: int = 0
    """Jobs whose draft needed no request."""
    by_rung: dict[str, int] = field(default_factory=dict)
    """Rung of the ladder -> drafts."""
    switched_off: dict[str, str] = field(default_factory=dict)
    """Engine -> reason."""
    stopped: bool = False


class Listeners(NamedTuple):
    """Who is told; see `run`."""

    progress: Callable[[Progress], None]
    sent: Sent
    on_answer: Callable[[Answer], None]
    on_switched_off: Callable[[str, str], None]


class Ledger:
    """The books. Kept by the thread of the caller alone."""

    def __init__(self, jobs: Sequence[Job], cache: Cache, stop: threading.Event, tell: Listeners) -> None:
        self.jobs = jobs
        self.cache = cache
        self.stop = stop
        self.tell = tell
        self.known: dict[str, str] = {}
        """Key -> answer of an engine."""
        self.failed: dict[str, str] = {}
        """Key -> why the engine in charge has no answer."""
        self.reasons: dict[int, str] = {}
        """Index of a job -> why the last engine has no draft."""
        self.answers: dict[int, Answer] = {}
        self.report = Report()

    def left(self) -> list[int]:
        """Return the indexes of the jobs without an answer."""
        return [index for index in range(len(self.jobs)) if index not in self.answers]

    def draft(self, unit: Unit, text: str, engine: str) -> None:
        """Enter a draft for all jobs of a unit."""
        assert unit.rung is not None
        rungs = self.report.by_rung
        rungs[unit.rung.name] = rungs.get(unit.rung.name, 0) + len(unit.indexes)
        for index in unit.indexes:
            self.report.cached += not unit.is_asked
            self._answer(index, Answer(self.jobs[index].id, text, engine, unit.rung.name, "", not unit.is_asked))

    def leave(self, unit: Unit, reason: str) -> None:
        """Note why an engine has no draft for a unit."""
        self.reasons.update(dict.fromkeys(unit.indexes, reason))

    def give_up(self) -> None:
        """Enter why the jobs that are left have no draft."""
        for index in self.left():
            self._answer(index, Answer(self.jobs[index].id, "", reason=self.reasons.get(index, NO_ENGINE)))

    def finished(self, switched_off: dict[str, str]) -> Report:
        """Return the report."""
        self.report.answers = tuple(answer for _, answer in sorted(self.answers.items()))
        self.report.switched_off = switched_off
        self.report.stopped = self.stop.is_set()
        return self.report

    def _answer(self, index: int, answer: Answer) -> None:
        self.answers[index] = answer
        self.tell.on_answer(answer)
