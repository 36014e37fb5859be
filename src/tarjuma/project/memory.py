"""What the checks found in catalogs the last time: nothing but time is lost with it.

One small file a catalog, below `.tarjuma/` of a project or in the user's cache folder, so that it cannot grow beyond
the catalogs there are. It counts only for the very bytes, settings and version of the checks that it was made from.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from typing import Any

from tarjuma import plugins, store
from tarjuma.errors import StoppedError
from tarjuma.model import Key, Problem, Severity

MOST_FILES = 4_000
MOST_BYTES = 64_000_000
"""Of all files together; the oldest go first."""

_FORMAT = 1


def folder_of_user(environment: Mapping[str, str]) -> str:
    """Return the folder for catalogs that lie in no project, "" where the user has none."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        above = environment.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        above = os.path.join(home, "Library", "Caches")
    else:
        above = environment.get("XDG_CACHE_HOME", "")
        above = above if os.path.isabs(above) else os.path.join(home, ".cache") if os.path.isabs(home) else ""
    return os.path.join(above, "tarjuma", "check") if above else ""


@cache
def version() -> str:
    """Return a digest of all that may change what the checks find: this program's sources, and other people's parts."""
    package = os.path.dirname(os.path.dirname(__file__))
    content = sha256(f"{_FORMAT} {sys.version_info[:2]}".encode())
    for above, folders, names in os.walk(package):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".py", ".json", ".txt", ".csv", ".bin")):
                content.update(name.encode() + b"\0" + (store.read(os.path.join(above, name)) or b""))
    if foreign := plugins.foreign("checks"):
        content.update(repr((foreign, _distributions())).encode())
    return content.hexdigest()


def _distributions() -> list[tuple[str, str]]:
    from importlib.metadata import entry_points

    points = entry_points(group="tarjuma.checks")
    return sorted((point.dist.name, point.dist.version) for point in points if point.dist)


def key(*parts: bytes | None) -> str:
    """Return the name of a state of things: a digest of all that a result depends on."""
    content = sha256(version().encode())
    for part in parts:
        content.update(b"-" if part is None else b"%d:" % len(part) + part)
    return content.hexdigest()


def recalled(folder: str, path: str, key: str) -> dict[str, Any] | None:
    """Return what was kept for a file under a key; None when there is nothing, or nothing that can be used."""
    try:
        with open(_file(folder, path), "rb") as stream:
            kept = json.loads(stream.read())
        return kept["result"] if kept["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(folder: str, results: Iterable[tuple[str, str, dict[str, Any]]]) -> None:
    """Write results, each a path, its key and what was found. What cannot be written is not kept."""
    written = False
    with contextlib.suppress(StoppedError, OSError):
        for path, name, result in results:
            if not written:
                _make(folder)
            content = json.dumps({"key": name, "result": result}, separators=(",", ":"))
            store.write(_file(folder, path), content.encode("ascii"))
            written = True
        if written:
            _prune(folder)


def _make(folder: str) -> None:
    if not os.path.isdir(folder):
        os.makedirs(folder, exist_ok=True)
    home = os.path.dirname(folder)
    if os.path.basename(home) == store.FOLDER and not os.path.exists(ignore := os.path.join(home, ".gitignore")):
        store.write(ignore, b"*\n")


def _file(folder: str, path: str) -> str:
    return os.path.join(folder, sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:24] + ".json")


def _prune(folder: str) -> None:
    there = [(entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in os.scandir(folder)]
    there.sort(reverse=True)
    size = 0
    for number, (_, own, path) in enumerate(there, 1):
        size += own
        if number > MOST_FILES or size > MOST_BYTES:
            os.unlink(path)


def row(problem: Problem) -> list[Any]:
    """Return a finding as JSON holds it; `problem` is its opposite."""
    found = problem
    return [
        found.check, found.severity.value, found.path, found.message, found.line, found.column, found.language,
        found.span, found.suggestion, found.is_safe, found.key, found.form, found.target, found.place, found.template,
        found.values,
    ]  # fmt: skip


def problem(row: list[Any]) -> Problem:
    """Return the finding of a row."""
    check, severity, path, message, line, column, language, span, suggestion, is_safe, key, form, *rest = row
    target, place, template, values = rest
    return Problem(
        check, Severity(severity), path, message, line, column, language, (span[0], span[1]) if span else None,
        suggestion, is_safe, Key(*key) if key else None, form, target, (place[0], place[1]), template,
        tuple((name, value) for name, value in values),
    )  # fmt: skip
