"""The workers of one engine: threads that wait for their turn, ask, and hand back what came of it.

They decide nothing: what an answer or an error means is for the thread that gave the pack. So a worker gets its next
pack when the answers to the last one are stored, and a killed process loses one pack a worker at most.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from tarjuma.dispatch.pace import Gate
from tarjuma.dispatch.packs import Pack, numbered
from tarjuma.engines import Batch, OutputError, Request

Sent = Callable[[str, tuple[object, ...], int], None]
"""Told before each request that leaves the machine: host, identities of the jobs, characters."""


GRACE = 3.0
"""Seconds that packs in flight get to come home when all is over."""


class Outcome(NamedTuple):
    """What came of a pack."""

    pack: Pack
    turn: int = 0
    answers: tuple[str, ...] = ()
    error: Exception | None = None
    """What the engine raised."""
    bug: BaseException | None = None
    """What our own side raised: the log of what was sent could not be written."""
    is_dropped: bool = False
    """True when it was stopped before it was sent."""


class Crew:
    """Workers, started when they are needed. Use it as a context manager."""

    def __init__(self, gate: Gate, stop: threading.Event, sent: Sent) -> None:
        self._gate = gate
        self._stop = stop
        self._sent = sent
        self._inbox: queue.SimpleQueue[Pack | None] = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._dismissed = threading.Event()
        self.requests = self.characters = 0
        """What was sent so far."""
        self.in_flight = 0
        self._until: float | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self._dismissed.set()
        for _thread in self._threads:
            self._inbox.put(None)

    def has_room(self) -> bool:
        """Say whether a worker is free. Until the engine has answered once, one is enough.

        So a wrong key is refused once; and what has to be loaded for the first request holds up no others, which the
        service would then get all at once.
        """
        workers = max(1, self._gate.engine.traits.workers) if self._gate.has_worked else 1
        return self.in_flight < workers

    def has_patience(self) -> bool:
        """Say whether packs in flight may still come home. Asked when all is over; the time runs from then on."""
        now = time.monotonic()
        self._until = self._until or now + GRACE
        return now < self._until

    def give(self, pack: Pack) -> None:
        """Have a pack translated."""
        self.in_flight += 1
        if len(self._threads) < self.in_flight:
            # a request that never ends must not keep the process from ending
            worker = threading.Thread(target=self._work, daemon=True, name=self._gate.engine.traits.name)
            self._threads.append(worker)
            worker.start()
        self._inbox.put(pack)

    def outcome(self, seconds: float) -> Outcome | None:
        """Return what came of some pack, None when nothing has so far."""
        try:
            outcome = self._outbox.get(timeout=seconds)
        except queue.Empty:
            return None
        self.in_flight -= 1
        return outcome

    def _work(self) -> None:
        while (pack := self._inbox.get()) is not None:
            self._outbox.put(self._outcome(pack))

    def _outcome(self, pack: Pack) -> Outcome:
        gate = self._gate
        if pack.delay:
            gate.clock.sleep_until(gate.clock.now() + pack.delay, self._stop)
        turn = gate.pace.turn(self._stop)
        if not turn or gate.reason or self._dismissed.is_set():
            return Outcome(pack, is_dropped=True)
        try:
            self._announce(pack)
        except BaseException as error:
            return Outcome(pack, turn, bug=error)
        try:
            return Outcome(pack, turn, self._asked(pack))
        except Exception as error:
            return Outcome(pack, turn, error=error)

    def _announce(self, pack: Pack) -> None:
        host = self._gate.engine.traits.host
        with self._lock:
            self._gate.began()
            self.requests += 1
            self.characters += pack.characters
            if host:
                self._sent(host, pack.jobs, pack.characters)

    def _asked(self, pack: Pack) -> tuple[str, ...]:
        engine, requests = self._gate.engine, [item.request for item in pack.items]
        if engine.traits.batch is not Batch.LINES:
            answers = engine.translate(requests, *pack.pair)
        else:
            lines = numbered([request.text for request in requests])
            sent = [Request(text, request.around) for text, request in zip(lines.texts, requests, strict=True)]
            answers = lines.restored(_checked(engine.translate(sent, *pack.pair), len(sent)))
        return tuple(_checked(answers, len(requests)))


def _checked(answers: object, count: int) -> list[str]:
    """Return what an engine gave back, which may be anybody's. Raises OutputError."""
    if not isinstance(answers, list | tuple) or len(answers) != count:
        raise OutputError("another number of texts came back")
    if not all(isinstance(answer, str) and answer for answer in answers):
        raise OutputError("nothing came back for a text")
    return list(answers)
