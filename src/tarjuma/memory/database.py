"""One SQLite file that may be lost at any time: what is wrong with it costs the work in it, never the run.

A damaged file is set aside and begun anew. One that cannot be written (read-only, a full disk, held by another program)
or that a newer tarjuma made is left alone: its contents are copied into memory where that can be done, and what is
learned goes with the process. Either way `faults` gets one sentence for people. Several processes and threads may use
one file at once.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.request import pathname2url

Row = tuple[Any, ...]
Done = TypeVar("Done")

PATIENCE = 10.0
"""Seconds to wait for another process that is writing."""
ASIDE = ".broken"
"""What a damaged file's name gets added."""

_APPLICATION = 0x7461726A
"""The `application_id` of our files: "tarj"."""
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")
_REASONS = {
    "SQLITE_BUSY": "another program holds it",
    "SQLITE_LOCKED": "another program holds it",
    "SQLITE_READONLY": "it may not be written",
    "SQLITE_PERM": "it may not be written",
    "SQLITE_CANTOPEN": "it cannot be opened",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_IOERR": "the disk cannot be written",
}


class _ForeignError(sqlite3.DatabaseError):
    """The file holds somebody else's tables."""


class _NewerError(sqlite3.DatabaseError):
    """The file holds tables that we do not know yet."""


class Database:
    """A file of tables, opened when it is first used."""

    def __init__(self, path: str, schema: str, version: int) -> None:
        self.path = path
        self.faults: list[str] = []
        """What went wrong with the file, in sentences that begin behind its name."""
        self._schema = schema
        self._version = version
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._is_lost = False
        """True once nothing goes to the file any more."""

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Row]:
        """Return the rows that a query finds."""
        return self._tried(lambda connection: connection.execute(query, values).fetchall())

    def write(self, work: Callable[[sqlite3.Connection], Done]) -> Done:
        """Return what `work` does in a transaction: when this returns, a killed process loses nothing of it.

        It is done anew on another file when the first one fails.
        """
        return self._tried(lambda connection: _in_transaction(connection, work))

    def close(self) -> None:
        """Let go of the file; it is opened again when it is used."""
        with self._lock:
            if self._connection and not self._is_lost:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.close()
                self._connection = None

    def _tried(self, work: Callable[[sqlite3.Connection], Done]) -> Done:
        with self._lock:
            for _ in range(3):
                try:
                    return work(self._opened())
                except sqlite3.Error as error:
                    if self._is_lost:
                        raise
                    self._recover(error)
            return work(self._opened())

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._inode = _inode(self.path)
            self._connection = _connected(self.path)
            self._inode = self._inode or _inode(self.path)
            self._prepare(self._connection)
        return self._connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make our tables in a new file. Raises what `_recover` understands for a file that is not ours."""
        if _is_ours(connection, self._version):
            return
        until = time.monotonic() + PATIENCE
        while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                break  # a file system without shared memory keeps another mode, which does as well
            except sqlite3.OperationalError:
                # another process that opens the new file at the same time: SQLite does not wait here by itself
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)
        _in_transaction(connection, self._made)

    def _made(self, connection: sqlite3.Connection) -> None:
        if _is_ours(connection, self._version):
            return  # another process was quicker
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            connection.execute(f'DROP TABLE IF EXISTS "{name}"')
        for statement in self._schema.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {self._version}")

    # --- what goes wrong -----------------------------------------------------------------------------------------

    def _recover(self, error: sqlite3.Error) -> None:
        name = getattr(error, "sqlite_errorname", None) or ""
        connection, self._connection = self._connection, None
        if connection:
            with contextlib.suppress(sqlite3.Error):
                connection.close()
        if isinstance(error, _NewerError):
            self._retreat("was made by a newer tarjuma, so what this run learns is not kept", ())
        elif isinstance(error, _ForeignError) or name.startswith(_DAMAGED):
            self._set_aside()
        else:
            reason = next((words for code, words in _REASONS.items() if name.startswith(code)), str(error))
            ways = () if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) else ("mode=ro", "immutable=1")
            self._retreat(f"{reason}, so what this run learns is not kept", ways)

    def _set_aside(self) -> None:
        """Move the file out of the way, unless another process did so meanwhile."""
        if self._inode != _inode(self.path):
            return
        try:
            os.replace(self.path, self.path + ASIDE)
            for suffix in ("-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    os.replace(self.path + suffix, self.path + ASIDE + suffix)
        except OSError as error:
            self._retreat(f"is damaged and cannot be moved: {error.strerror}", ())
            return
        aside = os.path.basename(self.path) + ASIDE
        self.faults.append(f"was damaged; a new one is begun, the old one is {aside} and may be deleted")

    def _retreat(self, reason: str, ways: Sequence[str]) -> None:
        """Go on in memory, with what can still be read of the file; `ways` are the ways to open it, by URI."""
        self.faults.append(reason)
        self._is_lost = True
        for way in ways:
            with contextlib.suppress(sqlite3.Error, OSError):
                self._connection = self._copied(way)
                return
        self._connection = _connected(":memory:")
        self._prepare(self._connection)

    def _copied(self, way: str) -> sqlite3.Connection:
        copy = _connected(":memory:")
        with contextlib.closing(sqlite3.connect(f"file:{pathname2url(self.path)}?{way}", uri=True)) as old:
            if not _is_ours(old, self._version):
                raise sqlite3.DatabaseError("nothing in it")
            until = time.monotonic() + PATIENCE

            def patience(*_: int) -> None:
                if time.monotonic() > until:
                    raise sqlite3.OperationalError("it takes too long")

            old.backup(copy, pages=10_000, progress=patience)
        return copy


def _inode(path: str) -> int:
    try:
        return os.stat(path).st_ino
    except OSError:
        return 0


def _connected(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    # a power cut may cost the last answers, a killed process costs none
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    connection.execute("PRAGMA cache_size = -32000")
    return connection


def _in_transaction(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], Done]) -> Done:
    connection.execute("BEGIN IMMEDIATE")
    try:
        done = work(connection)
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    return done


def _is_ours(connection: sqlite3.Connection, version: int) -> bool:
    """Say whether a file has our tables; False for a new or older one. Raises for one that must not be touched."""
    own = connection.execute("PRAGMA user_version").fetchone()[0]
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise _ForeignError
        return False
    if own > version:
        raise _NewerError
    return bool(own == version)
