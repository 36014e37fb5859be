"""What is to be drafted, what became of it, and which texts have to be asked for it."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from tarjuma.dispatch.packs import Item, Portions, portions
from tarjuma.engines import Request, Surroundings, Traits
from tarjuma.protection import Rung, ladder

PIPELINE = "1"
"""Part of the key of cached answers: to be raised when a mask means something else than before."""
TOO_LONG = "a sentence is longer than the engine takes"


class Job(NamedTuple):
    """A text to draft."""

    id: Hashable
    text: str
    source: str
    """BCP 47, as `target` is."""
    target: str
    around: Surroundings = Surroundings()
    keep: tuple[tuple[int, int], ...] = ()
    """Spans (code points) that go out as masks and come back as they are."""


class Answer(NamedTuple):
    """What became of a job."""

    id: Hashable
    text: str
    """The draft; "" when there is none."""
    engine: str = ""
    """Its name; "" when none was needed, because there is nothing to translate in the text."""
    rung: str = ""
    reason: str = ""
    """Why there is no draft."""
    is_cached: bool = False
    """True when no request of this run was needed for it."""


class Cache(Protocol):
    """What engines answered before."""

    def find(self, key: str) -> str | None:
        """Return an answer, None when there is none."""

    def keep(self, answers: Mapping[str, str]) -> None:
        """Keep answers under their keys: all of them or, when the process is killed meanwhile, none."""


@dataclass(slots=True, eq=False)
class Unit:
    """Jobs that share a draft, and how far down the ladder they are."""

    job: Job
    """The first of them."""
    indexes: list[int]
    """Of all of them."""
    rungs: Iterator[Rung]
    rung: Rung | None = None
    """None before the first and after the last one."""
    parts: tuple[Portions, ...] = ()
    """Of each text of the rung."""
    keys: tuple[tuple[str, ...], ...] = ()
    """Of each part."""
    missing: int = 0
    """Keys without an answer so far."""
    reason: str = ""
    """Why the last rung did not bear."""
    is_asked: bool = False
    """True when a request was needed."""
    was_cut: bool | None = None
    """True when each rung so far came back short and could not be used; None before the first one."""

    def is_on_next_rung(self, traits: Traits) -> bool:
        """Go down one rung; False when there is none left."""
        for rung in self.rungs:
            parts = [portions(text, traits) for text in rung.texts]
            self.rung = rung
            self.parts = tuple(part for part in parts if part)
            if len(self.parts) == len(parts):
                self.keys = tuple(tuple(self._key(text, traits) for text in part.texts) for part in self.parts)
                return True
            self.reason = TOO_LONG
        self.rung = None
        return False

    def items(self) -> Iterator[Item]:
        """Yield what has to be asked for this rung."""
        pair = (self.job.source, self.job.target)
        for part, keys in zip(self.parts, self.keys, strict=True):
            for text, key in zip(part.texts, keys, strict=True):
                yield Item(key, Request(text, self.job.around), pair)

    def texts(self, answers: Mapping[str, str]) -> list[str]:
        """Return the answer to each text of the rung. Raises KeyError when one is missing."""
        return [part.joined([answers[key] for key in keys]) for part, keys in zip(self.parts, self.keys, strict=True)]

    def all_keys(self) -> frozenset[str]:
        """Return the keys of the rung."""
        return frozenset(key for keys in self.keys for key in keys)

    def _key(self, text: str, traits: Traits) -> str:
        terms = self.job.around.glossary if traits.takes_glossary else ()
        digest = hashlib.sha256("\0".join("\t".join(pair) for pair in terms).encode()).hexdigest() if terms else ""
        route = f"{self.job.source}>{self.job.target}"
        return draft_key(f"{traits.name} {traits.version}", route, PIPELINE, text, digest)


def draft_key(*parts: str) -> str:
    """Return the key of a cached answer."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def units(jobs: Iterable[tuple[int, Job]], traits: Traits) -> list[Unit]:
    """Return jobs with their indexes, equal ones together: same text, languages, kept spans and, if it counts, terms.

    What stands around the first of equal texts is what an engine gets to see.
    """
    found: dict[tuple[object, ...], Unit] = {}
    for index, job in jobs:
        terms = job.around.glossary if traits.takes_glossary else ()
        identity = (job.text, job.source, job.target, tuple(job.keep), terms)
        if identity in found:
            found[identity].indexes.append(index)
        else:
            found[identity] = Unit(job, [index], ladder(job.text, traits.masks, job.keep))
    return list(found.values())
