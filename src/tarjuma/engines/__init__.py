"""The translation engines, one file each: the name of the file is the name of the engine.

An engine module defines `engine(settings, environment) -> Engine`; `settings` is its table in the configuration
(`[engines.NAME]`), `environment` holds the variables that keys come from. It is asked for text that is already masked,
and answers with as many texts, in the same order. Whatever goes wrong is one of four errors, whose messages hold
neither text nor key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import ModuleType
from typing import Protocol

from tarjuma import plugins

PROJECT = "TARJUMA_PROJECT"
"""The variable that names the folder of the project: relative paths in settings begin there."""


class EngineError(Exception):
    """An engine could not translate. The message is for people and holds neither text nor key."""


class BusyError(EngineError):
    """Too many requests; `after`: seconds that the service wants us to wait, None when it did not say."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class TransientError(EngineError):
    """It may work when asked again: a time-out, a broken connection, a server error."""


class OfflineError(TransientError):
    """The host is out of reach: no network, no such name, nothing listens there. Waiting will hardly help."""


class FatalError(EngineError):
    """The engine is of no use in this run: a wrong key, a used-up quota, a language it does not know."""


class OutputError(EngineError):
    """The answer is no translation: an error page, another number of texts, nothing."""


class LanguageError(OutputError):
    """The service does not take this pair of languages; `route` says so from now on. Others may do."""


class Batch(Enum):
    """How several texts go into one request."""

    ONE = "one text a request"
    LINES = "one text a line"
    ARRAY = "an array of texts"


@dataclass(frozen=True, slots=True)
class Traits:
    """What holds for an engine, whatever it is asked."""

    name: str
    host: str = ""
    """Where text goes: a host name for people; "" when it stays on this machine."""
    batch: Batch = Batch.ONE
    masks: tuple[str, ...] = ("square", "xml")
    """Mask styles it copes with, best first (`protection.STYLES`); () for one that is given messages as they are."""
    max_chars: int = 4500
    """Characters of one request, all texts together."""
    max_bytes: int = 0
    """Bytes of one request's text as it is sent (percent-encoded in an address); 0 = no limit of its own."""
    max_texts: int = 0
    """Texts of one request; 0 = no limit of its own."""
    rate: float = 0.0
    """Requests a second that it puts up with; 0 = as many as we like."""
    workers: int = 1
    """Requests at the same time."""
    price: float = 0.0
    """Per million characters, in US dollars; 0 = free, or unknown as `price_note` says."""
    price_note: str = ""
    version: str = ""
    """Model or options that change its answers: part of the key of cached drafts."""
    takes_glossary: bool = False
    takes_context: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a translator would look at beside the text; engines that take none of it ignore it."""

    kind: str = ""
    """heading, paragraph, table cell, title ..."""
    heading: str = ""
    before: str = ""
    after: str = ""
    note: str = ""
    limit: int = 0
    glossary: tuple[tuple[str, str], ...] = ()
    """(term of the source, term of the target) that occur in the text."""


@dataclass(frozen=True, slots=True)
class Request:
    """A masked text and what stands around it."""

    text: str
    around: Surroundings = field(default_factory=Surroundings)


class Engine(Protocol):
    """What an engine module makes. One object may be used by several threads at once."""

    traits: Traits

    def route(self, source: str, target: str) -> tuple[str, str] | None:
        """Return the engine's own codes of two BCP 47 languages, None when it does not take the pair."""

    def translate(self, requests: Sequence[Request], source: str, target: str) -> list[str]:
        """Return one text a request, in order; source and target are BCP 47. Raises EngineError."""

    def close(self) -> None:
        """Let go of connections and processes."""


def names() -> tuple[str, ...]:
    """Return the names of all engines."""
    return tuple(name.replace("_", "-") for name in plugins.names("engines"))


def module(name: str) -> ModuleType:
    """Return the module of an engine. Raises UsageError when there is none."""
    return plugins.part("engines", name.replace("-", "_"))


def engine(name: str, settings: Mapping[str, object], environment: Mapping[str, str]) -> Engine:
    """Return an engine that is ready to translate. Raises UsageError; FatalError where a key is missing."""
    made: Engine = module(name).engine(settings, environment)
    return made
