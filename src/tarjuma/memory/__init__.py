"""What a project remembers beside its catalogs: answers of engines, reviewed text, what became of drafts.

All of it lies in one SQLite file in `.tarjuma/`, and all of it may be lost: answers can be asked for again, reviewed
text stands in the catalogs. One object serves several threads, one file several processes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from tarjuma.memory import drafts, segments
from tarjuma.memory.database import Database
from tarjuma.memory.drafts import Draft
from tarjuma.memory.segments import Learned, Match
from tarjuma.memory.units import Origin, Unit, reviewed
from tarjuma.model import Entry, Key

__all__ = ["FILE", "Draft", "Learned", "Match", "Memory", "Origin", "Unit", "reviewed"]

FILE = "memory.sqlite"
"""The name of the file, in `.tarjuma/`."""

VERSION = 1
"""Of the tables: to be raised when they change. A file of another version is begun anew, a newer one left alone."""

_ANSWERS = "CREATE TABLE answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL)"


class Memory:
    """The memory of a project; the file is opened, and made, when it is first used.

    None of its functions fails because of the file: `faults` says what is wrong with it.
    """

    def __init__(self, path: str) -> None:
        self._database = Database(path, ";".join((_ANSWERS, segments.SCHEMA, drafts.SCHEMA)), VERSION)

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with the file, one sentence each, to be said behind its name."""
        return tuple(self._database.faults)

    # --- answers of engines: the cache of `dispatch` -------------------------------------------------------------

    def find(self, key: str) -> str | None:
        """Return the answer that is kept under a key, None when there is none."""
        rows = self._database.rows("SELECT answer FROM answers WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def keep(self, answers: Mapping[str, str]) -> None:
        """Keep answers under their keys: all of them or, when the process is killed meanwhile, none."""

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?)", answers.items())

        if answers:
            self._database.write(work)

    # --- reviewed text: the translation memory -------------------------------------------------------------------

    def learn(self, learned: Sequence[Learned]) -> None:
        """Take the units of files in place of those that they had."""
        segments.learn(self._database, learned)

    def forget(self, paths: Iterable[str]) -> None:
        """Drop what was learned from files."""
        segments.forget(self._database, paths)

    def files(self) -> dict[str, str]:
        """Return path -> digest of the files that were learned."""
        return segments.files(self._database)

    def state(self) -> str:
        """Return a word that changes whenever anything is learned or dropped."""
        return segments.state(self._database)

    def exact(self, text: str, source: str, target: str, context: str | None = None) -> Match | None:
        """Return the best translation of this very text, None when nobody knows any; languages are BCP 47."""
        return segments.exact(self._database, text, source, target, context)

    def forms(self, key: Key, source: str, target: str, count: int) -> tuple[str, ...] | None:
        """Return all `count` plural forms of a message as they were reviewed elsewhere, None when nobody knows them."""
        if key.plural is None:
            return None
        return segments.forms(self._database, key.text, key.plural, source, target, count, key.context)

    def near(self, text: str, source: str, target: str, limit: int = 5, least: float = 0.7) -> list[Match]:
        """Return translations of the texts that are nearest to this one, the nearest first, of at least a likeness."""
        return segments.near(self._database, text, source, target, limit, least)

    def units(self, origins: Iterable[Origin] = (Origin.LIVE,)) -> list[Unit]:
        """Return all units of some origins, sorted."""
        return list(segments.units(self._database, origins))

    # --- drafts and what became of them --------------------------------------------------------------------------

    def note(self, language: str, entries: Iterable[Entry]) -> None:
        """Remember the untouched drafts among entries of a language (BCP 47)."""
        drafts.note(self._database, language, entries)

    def judge(self, language: str, entries: Iterable[Entry]) -> None:
        """Remember what people made of drafts: entries that are not fuzzy and still say which machine wrote them."""
        drafts.judge(self._database, language, entries)

    def settle(self, approved: Iterable[tuple[Draft, tuple[str, ...]]]) -> None:
        """Remember the forms that people approved in place of drafts."""
        drafts.settle(self._database, approved)

    def withdraw(self, language: str, entries: Iterable[Entry]) -> None:
        """Forget the untouched drafts among entries: nobody is going to judge them."""
        drafts.withdraw(self._database, language, entries)

    def drafts(self) -> list[Draft]:
        """Return every draft that is remembered, older ones first."""
        return list(drafts.known(self._database))
