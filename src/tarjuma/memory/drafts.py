"""What machines wrote, and what people made of it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tarjuma.memory.database import Database
from tarjuma.model import Entry, Key, State, source_hash, target_hash

SCHEMA = """
CREATE TABLE drafts (
    language TEXT NOT NULL, engine TEXT NOT NULL, route TEXT NOT NULL, src TEXT NOT NULL, out TEXT NOT NULL,
    context TEXT, text TEXT NOT NULL, plural TEXT, targets TEXT, final TEXT,
    PRIMARY KEY (language, engine, route, src, out)
)
"""


class Draft(NamedTuple):
    """What a machine wrote for a message, and what a person made of it."""

    language: str
    """BCP 47."""
    engine: str
    route: str
    """As the `# mt:` comment says it: en>ru."""
    key: Key
    targets: tuple[str, ...]
    """Its forms; () when only their hash is known."""
    final: tuple[str, ...] = ()
    """The forms that a person approved, empty ones of a draft that was thrown away; () as long as nobody decided."""
    is_unchanged: bool = False
    """True when what was approved is what the machine wrote."""


def note(database: Database, language: str, entries: Iterable[Entry]) -> None:
    """Remember the drafts among entries: those that a machine wrote and nobody has touched."""
    rows = [
        (*_identity(language, mark), *entry.key, json.dumps(entry.targets))
        for entry in entries
        if entry.state is State.DRAFT and (mark := _mark(entry))
    ]
    if not rows:
        return

    def work(connection: sqlite3.Connection) -> None:
        connection.executemany(
            """
            INSERT INTO drafts (language, engine, route, src, out, context, text, plural, targets)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET targets = excluded.targets
            """,
            rows,
        )

    database.write(work)


def judge(database: Database, language: str, entries: Iterable[Entry]) -> None:
    """Remember what people made of drafts: the entries that are not fuzzy and still say which machine wrote them.

    One that a person emptied has empty forms.
    """
    rows = [
        (
            *_identity(language, mark),
            *entry.key,
            json.dumps(entry.targets) if mark["out"] == target_hash(entry.targets) else None,
            json.dumps(entry.targets),
        )
        for entry in entries
        if not entry.is_fuzzy and not entry.is_obsolete and (mark := _mark(entry))
    ]
    if not rows:
        return

    def work(connection: sqlite3.Connection) -> None:
        connection.executemany(
            """
            INSERT INTO drafts (language, engine, route, src, out, context, text, plural, targets, final)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET final = excluded.final, targets = coalesce(targets, excluded.targets)
            """,
            rows,
        )

    database.write(work)


def settle(database: Database, drafts: Iterable[tuple[Draft, tuple[str, ...]]]) -> None:
    """Remember which forms people approved in place of drafts, for those whose entries do not say so any more."""
    rows = [
        (json.dumps(final), draft.language, draft.engine, draft.route, *draft.key.identity, target_hash(draft.targets))
        for draft, final in drafts
    ]

    def work(connection: sqlite3.Connection) -> None:
        connection.executemany(
            """
            UPDATE drafts SET final = ?
            WHERE language = ? AND engine = ? AND route = ? AND context IS ? AND text = ? AND out = ?
            """,
            rows,
        )

    if rows:
        database.write(work)


def withdraw(database: Database, language: str, entries: Iterable[Entry]) -> None:
    """Forget the drafts among entries: they are discarded or made anew, and nobody has judged them."""
    rows = [_identity(language, mark) for entry in entries if entry.state is State.DRAFT and (mark := _mark(entry))]

    def work(connection: sqlite3.Connection) -> None:
        connection.executemany(
            """
            DELETE FROM drafts
            WHERE language = ? AND engine = ? AND route = ? AND src = ? AND out = ? AND final IS NULL
            """,
            rows,
        )

    if rows:
        database.write(work)


def known(database: Database) -> Iterator[Draft]:
    """Yield every draft that is remembered, older ones first."""
    query = """
        SELECT language, engine, route, context, text, plural, targets, final, out FROM drafts ORDER BY rowid
    """
    for language, engine, route, context, text, plural, targets, final, out in database.rows(query):
        forms, approved = _forms(targets), _forms(final)
        is_unchanged = bool(approved) and target_hash(approved) == out
        yield Draft(language, engine, route, Key(context, text, plural), forms, approved, is_unchanged)


def _mark(entry: Entry) -> re.Match[str] | None:
    """The `# mt:` comment of an entry whose source is what it was when the machine saw it."""
    mark = entry.provenance
    return mark if mark and mark["src"] == source_hash(entry.key) else None


def _forms(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()


def _identity(language: str, mark: re.Match[str]) -> tuple[str, ...]:
    return language, mark["engine"], mark["route"], mark["src"], mark["out"]
