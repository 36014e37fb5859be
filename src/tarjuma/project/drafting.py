"""Draft: gaps are given to engines, answers go into the catalogs as they come, and everything is accounted for.

A catalog is read again when it is written, so that what a person saved meanwhile stays; it is written as soon as the
last of its answers is there, and all of them every half minute. What engines answered is in the cache before that:
a run that was killed loses nothing but time.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from tarjuma import dispatch, draft, langs, po, protection, store, terms
from tarjuma.checks import Context
from tarjuma.config import Place
from tarjuma.dispatch import Answer, Cache, Gates, Job, Progress
from tarjuma.draft import Draft
from tarjuma.engines import Engine
from tarjuma.errors import PoError, SourceError
from tarjuma.glossary import Glossary
from tarjuma.memory import Memory
from tarjuma.model import Key, Problem
from tarjuma.probe import Attempt
from tarjuma.project import filling, overview, sent, versions
from tarjuma.project.chains import Chain
from tarjuma.project.filling import Sheet
from tarjuma.project.gaps import Search, Task, Wish, domains
from tarjuma.project.site import Project
from tarjuma.store import Change

EVERY = 30.0
"""Seconds between two writings of catalogs that are not complete."""

LOST = "the number of things got lost in the translation"
SPENT = "no more characters may be sent in one run (max-chars); the next one goes on"
STAYS = "stays on this machine: "
UNASKED = "no engine of this run translates between these languages"
_NO_TERMS = Glossary()


@dataclass(slots=True)
class Account:
    """What a run did."""

    drafted: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(language, engine) -> entries."""
    left: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(language, reason) -> entries that stay as they were."""
    unheeded: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(language, what the glossary has instead) -> drafts."""
    changes: dict[str, Change] = field(default_factory=dict)
    """Path -> the catalog before and after."""
    requests: int = 0
    characters: int = 0
    """That were sent, to hosts of others or to programs here."""
    cached: int = 0
    """Answers of engines that were known from an earlier run."""
    hosts: tuple[str, ...] = ()
    """That were sent something."""
    switched_off: dict[str, str] = field(default_factory=dict)
    """Engine -> reason."""
    problems: list[Problem] = field(default_factory=list)
    is_stopped: bool = False


@dataclass(frozen=True, slots=True)
class Hooks:
    """Who hears of a run while it goes on."""

    progress: Callable[[Progress], None] = lambda _: None
    announce: Callable[[str], None] = lambda _: None
    """A host, before it is sent anything for the first time; in another thread."""
    switched_off: Callable[[str, str], None] = lambda *_: None


def run(
    project: Project,
    found: Search,
    chain: Chain,
    memory: Memory,
    *,
    hooks: Hooks | None = None,
    most: int = 0,
    redrafted: str = "",
    stop: threading.Event | None = None,
) -> Account:
    """Draft what was found, write the catalogs, and return the account of it. Callers hold `store.locked`.

    `most` is the greatest number of characters to send, 0 for no limit; `stop` ends the run and keeps what was done.
    Raises StoppedError when something cannot be written.
    """
    made = _Run(project, chain, memory, hooks or Hooks(), most, redrafted, stop or threading.Event())
    return made.account_of(found)


def job(identity: Hashable, task: Task, attempt: Attempt, engines: Sequence[Engine]) -> Job:
    """Return what engines are given for an attempt at a form of a task; of terms only where one of them takes terms."""
    glossary = task.glossaries.get(attempt.language, _NO_TERMS)
    around = task.gap.around
    if any(engine.traits.takes_glossary for engine in engines):
        told = terms.terms_in(attempt.text, glossary, attempt.language, task.code)
        around = replace(around, glossary=told)
    keep = terms.keep_spans(attempt.text, glossary)
    return Job(identity, attempt.text, attempt.language, task.code, around, keep)


def in_full(answer: str, task: Task, language: str) -> str:
    """Return an answer to a text in a language with the full names that a post needs here, and its abbreviations.

    What would change the markup is left as it came back.
    """
    glossary = task.glossaries.get(task.source, _NO_TERMS)
    for term in glossary.terms:
        if term.action != "expand-first":
            continue
        own = term.source if language == task.source else terms.abbreviation(term, language)
        write = terms.expanded if term in task.full else terms.abbreviated
        made = write(answer, term, own, task.code)
        answer = answer if protection.fault(answer, made) else made
    return answer


def unheeded(task: Task, made: Draft) -> frozenset[str]:
    """Return what the glossary has for terms that a draft translates otherwise, as the check of terms says it."""
    languages = langs.language(task.code), langs.language(task.source)
    glossary = task.glossaries.get(task.source, _NO_TERMS)
    return draft.unheeded(task.gap.entry, made.targets, Context(*languages, glossary))


class _Part(NamedTuple):
    """The identity of a job: a form of an order."""

    order: int
    form: int


@dataclass(slots=True, eq=False)
class _Page:
    """A file that is being filled."""

    sheet: Sheet
    waiting: int = 0
    """Entries without an answer."""
    drafts: dict[Key, Draft] = field(default_factory=dict)
    """That are not written yet."""


@dataclass(slots=True, eq=False)
class _Order:
    """A task on its way through the attempts of its forms."""

    task: Task
    page: _Page
    forms: list[str]
    at: list[int]
    """For each form which attempt is due."""
    made_by: str = ""
    route: str = ""
    reason: str = ""

    def jobs(self, number: int, engines: Sequence[Engine]) -> Iterator[Job]:
        """Yield what has to be asked next."""
        for form, attempts in enumerate(self.task.gap.forms):
            if not self.forms[form]:
                yield job(_Part(number, form), self.task, attempts[self.at[form]], engines)

    def take(self, form: int, answer: Answer) -> None:
        """Note what became of a form."""
        attempt = self.task.gap.forms[form][self.at[form]]
        if text := attempt.finished(answer.text):
            self.forms[form] = in_full(text, self.task, attempt.language)
            self.made_by = answer.engine or self.made_by or draft.COPY
            self.route = self.route or f"{attempt.language}>{self.task.code}"
        else:
            self.at[form] += 1
            self.reason = answer.reason or LOST

    @property
    def is_complete(self) -> bool:
        return all(self.forms)

    @property
    def is_hopeless(self) -> bool:
        """True when a form has no attempt left."""
        return any(
            not text and at >= len(tries)
            for text, at, tries in zip(self.forms, self.at, self.task.gap.forms, strict=True)
        )

    @property
    def draft(self) -> Draft:
        return Draft(tuple(self.forms), self.made_by, self.route)


class _Run:
    def __init__(
        self,
        project: Project,
        chain: Chain,
        memory: Memory,
        hooks: Hooks,
        most: int,
        redrafted: str,
        stop: threading.Event,
    ) -> None:
        self.project = project
        self.chain = chain
        self.memory = memory
        self.hooks = hooks
        self.most = most
        self.redrafted = redrafted
        self.stop = stop
        self.gates = Gates()
        self.account = Account()
        self.orders: list[_Order] = []
        self.written_at = time.monotonic()
        self.log = sent.Log(project.path(sent.PATH), self.posts, hooks.announce)

    def account_of(self, found: Search) -> Account:
        pages: dict[tuple[str, str], _Page] = {}
        for task in self.due(found.tasks):
            place = (task.code, task.domain)
            if place not in pages:
                pages[place] = _Page(filling.sheet(self.project, task.domain, task.code, self.redrafted))
            page = pages[place]
            page.waiting += 1
            count = len(task.gap.forms)
            self.orders.append(_Order(task, page, [""] * count, [0] * count))
        try:
            self.draft(self.recalled(found))
        finally:
            for page in pages.values():
                self.write(page)
            self.account.switched_off = {**self.chain.refused, **self.gates.switched_off()}
            self.account.hosts = self.log.hosts
            self.account.is_stopped = self.stop.is_set()
        return self.account

    def due(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """The tasks without those whose drafts lie beside the catalog already."""
        offered: dict[str, Mapping[tuple[str, str | None], str] | None] = {}
        for task in tasks:
            if filling.place(self.project, task.code) is not Place.MEMORY:
                yield task
                continue
            if task.code not in offered:
                offered[task.code] = self.offered(task.code)
            there = offered[task.code]
            key = task.gap.key
            if there is not None and there.get((key.text, key.context), self.redrafted) == self.redrafted:
                yield task

    def offered(self, code: str) -> Mapping[tuple[str, str | None], str] | None:
        """What the file for OmegaT holds; None when it cannot be read, so that it can take nothing either."""
        try:
            return filling.offered(self.project, code)
        except SourceError as error:
            self.account.problems.append(versions.unreadable(error, error.path, code))
            return None

    def recalled(self, found: Search) -> list[int]:
        """Draft what people translated elsewhere; return the numbers of the other orders."""
        left = []
        for number, order in enumerate(self.orders):
            gap, source = order.task.gap, order.task.source
            known = found.recollections.get((order.task.code, source))
            targets = known.targets(gap.entry) if known else None
            if targets is None:
                left.append(number)
                continue
            order.forms, order.made_by, order.route = list(targets), draft.MEMORY, f"{source}>{order.task.code}"
            self.settle(order)
        return left

    def draft(self, numbers: list[int]) -> None:
        """Ask engines for orders: for those that must stay here only engines that do."""
        held = [number for number in numbers if self.orders[number].task.held]
        free = [number for number in numbers if not self.orders[number].task.held]
        if self.chain.local:
            self.ask(held, self.chain.local)
        if self.chain.engines and not self.stop.is_set():
            self.ask(free, self.chain.engines)
        if self.stop.is_set():
            return
        refusals = "; ".join(self.chain.refused.values())
        for number in numbers:
            order = self.orders[number]
            if not order.is_complete:
                stays = STAYS + order.task.held if order.task.held and not order.reason else ""
                self.account.left[order.task.code, stays or order.reason or refusals or UNASKED] += 1

    def ask(self, numbers: list[int], engines: Sequence[Engine]) -> None:
        """Go through the attempts of orders until each has an answer or none is left."""
        while numbers and not self.stop.is_set():
            numbers = self.affordable(numbers, engines)
            jobs = [job for number in numbers for job in self.orders[number].jobs(number, engines)]
            report = dispatch.run(
                jobs,
                engines,
                self.memory,
                progress=self.hooks.progress,
                sent=self.log,
                on_answer=self.hear,
                on_switched_off=self.hooks.switched_off,
                gates=self.gates,
                stop=self.stop,
            )
            self.account.requests += report.requests
            self.account.characters += report.characters
            orders = [(number, self.orders[number]) for number in numbers]
            numbers = [number for number, order in orders if not order.is_complete and not order.is_hopeless]

    def hear(self, answer: Answer) -> None:
        """Take an answer to its order, the order to its catalog, and write what is due."""
        assert isinstance(answer.id, _Part)
        order = self.orders[answer.id.order]
        order.take(answer.id.form, answer)
        self.account.cached += answer.is_cached and bool(answer.engine)
        if order.is_complete:
            self.settle(order)
        if time.monotonic() - self.written_at > EVERY:
            self.written_at = time.monotonic()
            for page in {id(each.page): each.page for each in self.orders}.values():
                self.write(page)

    def settle(self, order: _Order) -> None:
        page = order.page
        page.drafts[order.task.gap.key] = order.draft
        page.waiting -= 1
        self.account.drafted[order.task.code, order.made_by] += 1
        self.account.unheeded.update((order.task.code, each) for each in unheeded(order.task, order.draft))
        if not page.waiting:
            self.write(page)

    def write(self, page: _Page) -> None:
        """Put the drafts of a page into its file as it is on disk now."""
        drafts, page.drafts = page.drafts, {}
        try:
            change = page.sheet.change(drafts, self.memory) if drafts else None
        except (PoError, SourceError) as error:
            self.account.problems.append(versions.unreadable(error, page.sheet.path, page.sheet.code))
            return
        if change:
            first = self.account.changes.get(change.path, change)
            store.apply(self.project.folder, [change])
            self.account.changes[change.path] = replace(change, before=first.before)

    def affordable(self, numbers: list[int], engines: Sequence[Engine]) -> list[int]:
        """The orders, in their order, whose characters are not more than may still be sent."""
        hosts = [engine for engine in engines if engine.traits.host]
        if not self.most or not hosts:
            return numbers
        left, seen, taken = self.most - self.log.characters, set[tuple[str, str, str]](), []
        for number in numbers:
            order = self.orders[number]
            jobs = {job[1:4]: job for job in order.jobs(number, engines) if job[1:4] not in seen}
            cost = sum(_cost(job, hosts, self.memory) for job in jobs.values())
            if cost > left:
                order.reason = SPENT
                continue
            left -= cost
            seen |= jobs.keys()
            taken.append(number)
        return taken

    def posts(self, identity: object) -> tuple[tuple[str, ...], int]:
        """The sources that a job comes from, and its length."""
        assert isinstance(identity, _Part)
        order = self.orders[identity.order]
        attempts = order.task.gap.forms[identity.form]
        return order.task.posts, len(attempts[min(order.at[identity.form], len(attempts) - 1)].text)


def _cost(job: Job, hosts: Sequence[Engine], cache: Cache) -> int:
    taker = next((engine for engine in hosts if engine.route(job.source, job.target)), None)
    return dispatch.estimate([job], taker, cache).characters if taker else 0


@dataclass(slots=True)
class Discarded:
    """What `discard` did."""

    changes: list[Change] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(language, engine) -> drafts that are gone."""
    others: set[str] = field(default_factory=set)
    """Engines whose untouched drafts are left."""
    problems: list[Problem] = field(default_factory=list)


def discard(project: Project, wish: Wish, memory: Memory, engine: str = "") -> Discarded:
    """Empty the drafts of an engine ("": of any) that nobody touched. Callers hold `store.locked`.

    Raises UsageError and StoppedError.
    """
    made = Discarded()
    for domain, code in domains(project, wish):
        path = project.po_path(domain, code)
        before = project.bytes_of(path)
        if before is None:
            continue
        try:
            catalog = po.parse(before, path)
            emptied = draft.discarded(catalog, engine)
            after = before if emptied is catalog else po.render(emptied)
        except PoError as error:
            made.problems.append(versions.unreadable(error, path, code))
            continue
        _count(made, code, draft.by_engine(catalog) - draft.by_engine(emptied), draft.by_engine(emptied))
        if after != before:
            made.changes.append(Change(path, before, after, is_durable=True))
            gone = {entry.key for entry in emptied.entries if entry.raw is None}
            memory.withdraw(code, (entry for entry in catalog.entries if entry.key in gone))
    for code in overview.chosen(project, wish.languages) if not wish.paths else ():
        try:
            change, counts, others = filling.withdrawn(project, code, engine)
        except SourceError as error:
            made.problems.append(versions.unreadable(error, error.path, code))
            continue
        _count(made, code, counts, others)
        made.changes += [change] if change else []
    store.apply(project.folder, made.changes)
    return made


def _count(made: Discarded, code: str, counts: Mapping[str, int], others: Iterable[str]) -> None:
    made.others |= set(others)
    for name, count in counts.items():
        made.counts[code, name] += count
