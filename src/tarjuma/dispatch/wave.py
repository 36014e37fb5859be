"""One rung for many texts at once: look up, pack, ask, store, restore."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tarjuma import outputs
from tarjuma.dispatch.crew import Crew, Outcome
from tarjuma.dispatch.jobs import Cache, Unit
from tarjuma.dispatch.ledger import NO_ENGINE, Ledger, Progress
from tarjuma.dispatch.pace import Clock, Gate, Verdict
from tarjuma.dispatch.packs import Item, Pack, planned
from tarjuma.engines import OutputError
from tarjuma.protection import Fault

TICK = 0.5
"""Seconds between two looks around while nothing comes back."""
OFTEN = 50
"""Units between two looks around while nothing has to be sent."""
NO_ANSWER = "the engine had no answer a while ago"
NOTHING = "\x15"
"""Cached for a text that the engine did not translate."""


class PassingFault(Fault):
    """A fault of a service that may be itself again before long: its answers count for an hour or two."""


class WordFault(PassingFault):
    """A fault of the words, not of the masks: no other way to ask will help, should it go on."""


def draft(unit: Unit, answers: Mapping[str, str]) -> str | Fault:
    """Return what the answers to the texts of a rung make, or why they make nothing.

    Where every rung above came back short, a short answer is not trusted: masks and words were lost with the end of the
    text, and runs of text are too short for their own lengths to tell.
    """
    assert unit.rung is not None
    texts = unit.texts(answers)
    made = unit.rung.restored(texts)
    if not unit.keys:
        return made
    is_short = outputs.is_short(unit.rung.texts, texts, unit.job.target)
    was_cut, unit.was_cut = unit.was_cut, is_short and unit.was_cut is not False
    if isinstance(made, Fault):
        return PassingFault(made.reason) if is_short else made
    if is_short and was_cut:
        return WordFault(outputs.CUT)
    fault = outputs.fault(unit.job.text, made, unit.job.source, unit.job.target)
    return WordFault(fault) if fault else made


def found(key: str, cache: Cache, clock: Clock) -> str | None:
    """Return what an engine answered before, `NOTHING` when it gave no answer, None when it was not asked.

    What cannot be used counts for an hour or two: a run that was killed goes on as if it had not been, and a service
    that has come to its senses is asked again.
    """
    hour = clock.hour()
    answers = (cache.find(each) for each in (key, _brief(key, hour), _brief(key, hour - 1)))
    return next((answer for answer in answers if answer is not None), None)


def _brief(key: str, hour: int) -> str:
    return f"{key} {hour}"


class Wave:
    """Units of one engine, all of them on the next rung of their ladders.

    Packs are formed while others are on their way, in an order that does not depend on time.
    """

    def __init__(self, units: Sequence[Unit], gate: Gate, crew: Crew, ledger: Ledger) -> None:
        self._units = units
        self._gate = gate
        self._crew = crew
        self._ledger = ledger
        self._seen: set[str] = set()
        """Keys of this wave."""
        self._old: set[str] = set()
        """Those that were known before."""
        self._waiting: dict[str, list[Unit]] = {}
        """Key -> units that need its answer."""
        self._ready: deque[Pack] = deque()
        """Packs that failed or were formed ahead."""
        self._began = gate.clock.now()
        self._looked_at = self._open = self._fresh = 0
        """Units: all that were looked at, those that wait for an answer, those that got one."""

    def ride(self) -> list[Unit]:
        """Enter a draft for every unit whose rung bears; return those that have to go further down."""
        self._send(planned(self._items(), self._gate.engine.traits, self._old))
        gate, ledger, further = self._gate, self._ledger, []
        for unit in self._units:
            if unit.missing:
                ledger.leave(unit, gate.reason or NO_ENGINE)
            elif unit.rung and unit.indexes[0] not in ledger.answers:
                further.append(unit)
        return further

    def _items(self) -> Iterator[Item]:
        """Yield what the rungs need, each text once. Enters drafts that need no request."""
        for unit in self._units:
            if self._ledger.stop.is_set():
                return
            yield from self._new(unit)
            self._looked_at += 1
            if self._looked_at % OFTEN == 0:
                self._tell()

    def _new(self, unit: Unit) -> Iterator[Item]:
        """Take a unit to its next rung; yield its items that no other unit of the wave has."""
        if not unit.is_on_next_rung(self._gate.engine.traits):
            self._ledger.leave(unit, unit.reason)
            return
        items = [item for item in unit.items() if item.key not in self._seen]
        self._seen.update(item.key for item in items)
        self._look_up(items)
        unknown = [key for key in unit.all_keys() if not self._is_settled(key)]
        unit.missing = len(unknown)
        unit.is_asked |= not self._old.issuperset(unit.all_keys())
        self._open += bool(unknown)
        for key in unknown:
            self._waiting.setdefault(key, []).append(unit)
        if not unknown:
            self._settle([unit], {})
        yield from items

    def _look_up(self, items: Iterable[Item]) -> None:
        ledger = self._ledger
        for key in (item.key for item in items):
            if not self._is_settled(key):
                answer = found(key, ledger.cache, self._gate.clock)
                if answer == NOTHING:
                    ledger.failed[key] = NO_ANSWER
                elif answer is not None:
                    ledger.known[key] = answer
            if self._is_settled(key):
                self._old.add(key)

    def _is_settled(self, key: str) -> bool:
        return key in self._ledger.known or key in self._ledger.failed

    def _send(self, packs: Iterator[Pack]) -> None:
        """Have all packs translated, as far as the engine bears it and nobody stops us."""
        gate, crew, stop = self._gate, self._crew, self._ledger.stop
        while True:
            while crew.has_room() and (pack := self._next(packs)):
                crew.give(pack)
            is_over = stop.is_set() or bool(gate.reason)
            if not crew.in_flight or (is_over and not crew.has_patience()):
                break
            self._look_ahead(packs)
            self._tell()
            try:
                outcome = crew.outcome(TICK)
            except KeyboardInterrupt:
                stop.set()
                continue
            if outcome:
                self._take(outcome)
            if news := gate.news():
                self._ledger.tell.on_switched_off(gate.engine.traits.name, news)
        self._tell()

    def _look_ahead(self, packs: Iterator[Pack]) -> None:
        """Form a pack for each worker while requests are on their way."""
        while len(self._ready) < self._gate.engine.traits.workers and (pack := next(packs, None)):
            self._ready.append(pack)

    def _next(self, packs: Iterator[Pack]) -> Pack | None:
        """Return the next pack that may be sent; those that may not are passed over."""
        while not self._ledger.stop.is_set():
            pack = self._ready.popleft() if self._ready else next(packs, None)
            if pack is None:
                return None
            if self._gate.is_open(pack.pair):
                ids = (self._ledger.jobs[index].id for index in self._indexes(pack))
                return pack._replace(jobs=tuple(dict.fromkeys(ids)))
        return None

    def _indexes(self, pack: Pack) -> Iterator[int]:
        for item in pack.items:
            for unit in self._waiting.get(item.key, ()):
                yield from unit.indexes

    def _take(self, outcome: Outcome) -> None:
        """Store what came back, or decide what becomes of the pack."""
        if outcome.bug:
            raise outcome.bug
        if outcome.is_dropped:
            return
        pack = outcome.pack
        if not outcome.error:
            self._gate.worked()
            self._take_answers(pack, outcome.answers)
            return
        ruling = self._gate.failed(outcome.error, outcome.turn, pack.attempt, pack.pair)
        if ruling.verdict is Verdict.AGAIN:
            self._ready.appendleft(pack._replace(attempt=pack.attempt + 1, delay=ruling.delay))
        elif ruling.verdict is Verdict.APART and pack.halves():
            self._ready.extend(pack.halves())
        elif ruling.verdict is Verdict.APART:
            key = pack.items[0].key
            if isinstance(outcome.error, OutputError):
                self._ledger.cache.keep({_brief(key, self._gate.clock.hour()): NOTHING})
            self._arrived({}, {key: str(outcome.error)})

    def _take_answers(self, pack: Pack, answers: Sequence[str]) -> None:
        """Store answers but those that break off; these are asked for again before long."""
        texts = [item.request.text for item in pack.items]
        cut = outputs.cut_off(texts, answers, pack.pair[1])
        keys = [item.key for item in pack.items]
        failed = {keys[at]: outputs.CUT for at in sorted(cut)}
        if failed:
            hour = self._gate.clock.hour()
            self._ledger.cache.keep({_brief(key, hour): NOTHING for key in failed})
        if len(failed) == len(keys):
            self._gate.judged(usable=0, unusable=len(keys))
        self._arrived({key: answer for key, answer in zip(keys, answers, strict=True) if key not in failed}, failed)

    def _arrived(self, fresh: Mapping[str, str], failed: Mapping[str, str]) -> None:
        """Settle the units for which nothing is missing any more."""
        self._ledger.known.update(fresh)
        self._ledger.failed.update(failed)
        ready = []
        for key in (*fresh, *failed):
            for unit in self._waiting.pop(key, ()):
                unit.missing -= 1
                if not unit.missing:
                    ready.append(unit)
        self._open -= len(ready)
        self._fresh += len(ready)
        self._settle(ready, fresh)

    def _settle(self, units: Sequence[Unit], fresh: Mapping[str, str]) -> None:
        """Keep answers, then enter the drafts that they make."""
        made = [(unit, self._made(unit)) for unit in units]
        spoilt = {key for unit, result in made if isinstance(result, PassingFault) for key in unit.all_keys()}
        hour = self._gate.clock.hour()
        if fresh:
            self._ledger.cache.keep(
                {_brief(key, hour) if key in spoilt else key: answer for key, answer in fresh.items()}
            )
        for unit, result in made:
            if isinstance(result, Fault):
                unit.reason = result.reason
            else:
                self._ledger.draft(unit, result, self._gate.engine.traits.name if unit.keys else "")
        if fresh:
            unusable = sum(isinstance(result, WordFault) for _, result in made)
            self._gate.judged(usable=len(made) - unusable, unusable=unusable)

    def _made(self, unit: Unit) -> str | Fault:
        failed = next((self._ledger.failed[key] for key in unit.all_keys() if key in self._ledger.failed), "")
        if failed == outputs.CUT:
            unit.was_cut = unit.was_cut is not False
            return WordFault(failed)
        return Fault(failed) if failed else draft(unit, self._ledger.known)

    def _tell(self) -> None:
        gate, crew, ledger = self._gate, self._crew, self._ledger
        seconds = gate.clock.now() - self._began
        ahead = len(self._units) - self._looked_at + self._open
        left = seconds * ahead / self._fresh if self._fresh else None
        rate = crew.requests / gate.seconds() if gate.seconds() else 0.0
        name, done, total = gate.engine.traits.name, len(ledger.answers), len(ledger.jobs)
        ledger.tell.progress(Progress(name, done, total, crew.requests, rate, left, gate.pace.waiting()))
