"""The names under which services remember findings from one run to the next. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from tarjuma.model import Problem


def fingerprints(problems: Iterable[Problem]) -> list[str]:
    """Return a name for each finding, no two alike: a service shows only one of two findings with the same name.

    It is the finding's own, made without its line, so that an old finding stays old when its file grows above it.
    """
    seen: set[str] = set()
    return [_unseen(problem, seen) for problem in problems]


def _unseen(problem: Problem, seen: set[str]) -> str:
    name = problem.fingerprint or _digest(problem.language, *map(str, problem.key or ()), problem.check, problem.path)
    ordinal = 1
    while name in seen:
        ordinal += 1
        name = _digest(problem.fingerprint, problem.path, problem.check, str(problem.form), str(ordinal))
    seen.add(name)
    return name


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
