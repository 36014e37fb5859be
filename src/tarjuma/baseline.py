"""Findings that a project knows and lives with for now: only new ones are told. Pure.

A baseline is a text file for version control: one finding a line, sorted, so that two branches merge. It names
findings by their fingerprints, which stay when lines move.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tarjuma.errors import UsageError
from tarjuma.model import Problem

_TITLE = "# Findings of `tarjuma check` that are known: fingerprint, check, language, path. Made by --write-baseline."


class Known(NamedTuple):
    """What a line says about a finding, for people."""

    check: str
    language: str
    path: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """Fingerprint -> what it was."""

    known: Mapping[str, Known] = field(default_factory=dict)


def parse(content: bytes, path: str) -> Baseline:
    """Return what a file of known findings says; conflict markers of git are skipped. Raises UsageError."""
    known: dict[str, Known] = {}
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        if not line.strip() or line.startswith(("#", "<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            continue
        parts = line.split("\t")
        if len(parts) != 4 or not set(parts[0]) <= set("0123456789abcdef"):
            hint = "Write it with `tarjuma check --write-baseline`"
            raise UsageError("this is no baseline of `tarjuma check`", path=path, line=number, hint=hint)
        known[parts[0]] = Known(*parts[1:])
    return Baseline(known)


def render(baseline: Baseline) -> bytes:
    """Return the bytes of the file, sorted by path and check."""
    rows = sorted((found.path, found.check, found.language, name) for name, found in baseline.known.items())
    lines = [_TITLE, *(f"{name}\t{check}\t{language}\t{path}" for path, check, language, name in rows)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")


def updated(baseline: Baseline, problems: Iterable[Problem], paths: Collection[str] | None) -> Baseline:
    """Return the baseline of findings as they are now. What it knows about other files than `paths` stays.

    Without paths everything was looked into.
    """
    kept = {name: found for name, found in baseline.known.items() if paths is not None and found.path not in paths}
    now = {each.fingerprint: Known(each.check, each.language, _plain(each.path)) for each in problems}
    return Baseline({**kept, **now})


def healed(baseline: Baseline, problems: Iterable[Problem], paths: Collection[str] | None) -> tuple[Known, ...]:
    """Return what the baseline knows about the files that were looked into and that is gone."""
    there = {problem.fingerprint for problem in problems}
    gone = (found for name, found in baseline.known.items() if name not in there)
    return tuple(found for found in gone if paths is None or found.path in paths)


def _plain(path: str) -> str:
    return path.replace("\t", " ").replace("\n", " ")
