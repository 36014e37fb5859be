"""When an engine may be asked: a bucket that all workers share, pauses for everybody, and the end of it.

A worker that backs off by itself does not help: sixteen threads with a private back-off sent 327 requests for 120 texts
to a server that allows five a second, and 206 of them were refused; with a shared bucket none was.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from tarjuma.engines import (
    BusyError,
    Engine,
    EngineError,
    FatalError,
    LanguageError,
    OfflineError,
    OutputError,
)

BURST = 0.6
"""Seconds of rest that can be made up for: at five requests a second, four go at once at most."""
MOST_BUSY = 3
"""Refusals in a row that end it."""
MOST_FAILURES = 6
MOST_OFFLINE = 3
"""Rounds of failures in a row, after the engine has worked."""
FIRST_FAILURES = 4
FIRST_OFFLINE = 2
FIRST_SECONDS = 3.0
"""An engine that has not answered once gets fewer tries: without network the user knows within five seconds."""
SILENCE = 60.0
"""Seconds of failures and nothing else that end it, however few: time-outs are long."""
MOST_ATTEMPTS = 4
"""Failures of one pack, while others succeed, that make us take it apart."""
FIRST_OUTPUTS = 12
MOST_OUTPUTS = 30
"""Answers in a row that are none. More than it takes to find the one bad line of a pack by halves."""
MOST_UNUSABLE = 200
"""Texts in a row whose translation cannot be used."""
PATIENCE = 90.0
"""Seconds; who wants us to wait for longer is not asked again."""
FIRST_DELAY, LONGEST_DELAY = 0.5, 20.0
SLOWER = 0.75
"""What is left of the rate after a refusal: the service knows better than we do."""


class Clock:
    """Monotonic time. Tests put one of their own in its place."""

    def now(self) -> float:
        """Return seconds."""
        return time.monotonic()

    def hour(self) -> int:
        """Return the hours since 1970."""
        return int(time.time() // 3600)

    def sleep_until(self, moment: float, stop: threading.Event) -> None:
        """Return at the moment, or when stop is set."""
        stop.wait(max(0.0, moment - self.now()))


class Pace:
    """A token bucket. All workers of an engine take their turns from it."""

    def __init__(self, rate: float, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._interval = 1 / rate if rate else 0.0
        self._ahead = BURST if rate else 0.0
        self._free = 0.0
        self._paused_until = 0.0
        self.turns = 0
        """How many were given."""

    def turn(self, stop: threading.Event) -> int:
        """Return the number of this turn as soon as it has come, 0 when stop was set before."""
        while not stop.is_set():
            with self._lock:
                now = self._clock.now()
                moment = max(now, self._paused_until, self._free - self._ahead)
                if moment <= now:
                    self._free = max(self._free, now) + self._interval
                    self.turns += 1
                    return self.turns
            self._clock.sleep_until(moment, stop)
        return 0

    def pause(self, seconds: float) -> None:
        """Give no turn for so long; afterwards the turns come one by one."""
        with self._lock:
            self._paused_until = max(self._paused_until, self._clock.now() + seconds)
            self._free = max(self._free, self._paused_until + self._ahead)

    def slow_down(self) -> None:
        """Give fewer turns a second from now on."""
        with self._lock:
            self._interval = max(self._interval, 0.15) / SLOWER

    def waiting(self) -> float:
        """Return the seconds that a pause still lasts."""
        return max(0.0, self._paused_until - self._clock.now())


class Verdict(Enum):
    """What becomes of a pack that failed."""

    AGAIN = "the same request once more"
    APART = "smaller requests"
    LEFT = "left to the next engine"


class Ruling(NamedTuple):
    """A verdict, and after how many seconds."""

    verdict: Verdict
    delay: float = 0.0


class Gate:
    """What one engine has shown in this run. Used by one thread, but for the pace."""

    def __init__(self, engine: Engine, clock: Clock, chance: Callable[[], float]) -> None:
        self.engine = engine
        self.pace = Pace(engine.traits.rate, clock)
        self.clock = clock
        self.reason = ""
        """Why the engine is off for this run; "" while it is on."""
        self.has_worked = False
        self.closed: set[tuple[str, str]] = set()
        """Pairs of languages that the service turned out not to take."""
        self._is_told = False
        self._chance = chance
        self._began: float | None = None
        self._since = 0.0
        """When the first of the failures in a row was seen."""
        self._busy = self._failures = self._outputs = self._unusable = 0
        self._judged = 0
        """Turns up to this one failed together with one that was counted."""

    def takes(self, source: str, target: str) -> bool:
        """Say whether the engine translates this pair."""
        return (source, target) not in self.closed and self.engine.route(source, target) is not None

    def is_open(self, pair: tuple[str, str]) -> bool:
        """Say whether the engine may be asked for this pair."""
        return not self.reason and pair not in self.closed

    def began(self) -> None:
        """Note that a request is about to go."""
        if self._began is None:
            self._began = self.clock.now()

    def worked(self) -> None:
        """Note an answer."""
        self.has_worked = True
        self._busy = self._failures = self._outputs = 0

    def judged(self, *, usable: int, unusable: int) -> None:
        """Note how many new translations can be used."""
        self._unusable = 0 if usable else self._unusable + unusable
        if self._unusable >= MOST_UNUSABLE:
            self.off(f"{self.engine.traits.name}: {self._unusable} answers in a row could not be used")

    def off(self, reason: str) -> Ruling:
        """Switch the engine off; the first reason stays."""
        self.reason = self.reason or reason
        return Ruling(Verdict.LEFT)

    def news(self) -> str:
        """Return why the engine was switched off, once; "" at all other times."""
        news = "" if self._is_told else self.reason
        self._is_told |= bool(news)
        return news

    def failed(self, error: Exception, turn: int, attempt: int, pair: tuple[str, str]) -> Ruling:
        """Return what becomes of a pack. `attempt` counts from 1; `turn` is the one that the pace gave it."""
        if isinstance(error, FatalError):
            return self.off(str(error))
        if isinstance(error, LanguageError):
            self.closed.add(pair)
            return Ruling(Verdict.LEFT)
        if isinstance(error, OutputError):
            self._busy = self._failures = 0
            self._outputs += 1
            most = MOST_OUTPUTS if self.has_worked else FIRST_OUTPUTS
            return self.off(str(error)) if self._outputs >= most else Ruling(Verdict.APART)
        if isinstance(error, BusyError):
            return self._refused(error, turn)
        if isinstance(error, EngineError):
            return self._broke(error, turn, attempt)
        return self.off(f"{self.engine.traits.name}: failed with {type(error).__name__}")

    def _is_new(self, turn: int) -> bool:
        """Requests that were on the way together fail together, and count once."""
        if turn <= self._judged:
            return False
        self._judged = self.pace.turns
        return True

    def _refused(self, error: BusyError, turn: int) -> Ruling:
        after = error.after
        if after is not None and after > PATIENCE:
            return self.off(f"{error}; it wants {_span(after)} of rest")
        if self._is_new(turn):
            self._busy += 1
            self.pace.slow_down()
            if self._busy >= MOST_BUSY:
                return self.off(str(error))
        self.pace.pause(2**self._busy * (0.5 + self._chance()) if after is None else after)
        return Ruling(Verdict.AGAIN)

    def _broke(self, error: EngineError, turn: int, attempt: int) -> Ruling:
        if self._is_new(turn):
            self._failures += 1
            self._since = self.clock.now() if self._failures == 1 else self._since
        if self._is_hopeless(error):
            return self.off(str(error))
        if attempt >= MOST_ATTEMPTS and self.has_worked:
            return Ruling(Verdict.APART)
        longest = min(LONGEST_DELAY, FIRST_DELAY * 2 ** (self._failures - 1))
        return Ruling(Verdict.AGAIN, self._chance() * longest)

    def _is_hopeless(self, error: EngineError) -> bool:
        if isinstance(error, OfflineError):
            most = MOST_OFFLINE if self.has_worked else FIRST_OFFLINE
            return self._failures >= most or (not self.has_worked and self.seconds() >= FIRST_SECONDS)
        most = MOST_FAILURES if self.has_worked else FIRST_FAILURES
        return self._failures >= most or self.clock.now() - self._since >= SILENCE

    def seconds(self) -> float:
        """Return how long ago the first request went."""
        return 0.0 if self._began is None else self.clock.now() - self._began


class Gates:
    """The gates of all engines of a run: pass the same one to every call that belongs to it."""

    def __init__(self, clock: Clock | None = None, chance: Callable[[], float] = random.random) -> None:
        self.clock = clock or Clock()
        self._chance = chance
        self._gates: list[Gate] = []

    def of(self, engine: Engine) -> Gate:
        """Return the gate of an engine, always the same one."""
        for gate in self._gates:
            if gate.engine is engine:
                return gate
        self._gates.append(Gate(engine, self.clock, self._chance))
        return self._gates[-1]

    def switched_off(self) -> dict[str, str]:
        """Return the names of the engines that are off, and why."""
        return {gate.engine.traits.name: gate.reason for gate in self._gates if gate.reason}


def _span(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds < 2 * 3600 else f"{seconds / 3600:.0f} hours"
