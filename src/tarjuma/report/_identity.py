"""The names under which services remember findings from one run to the next. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from tarjuma.model import Problem


def fingerprints(problems: Iterable[Problem]) -> list[str]:
    """Return a name for each finding, no two alike: a service shows only one of two findings with the same name.

    It is the finding's own, made without its line, so that an old finding stays old when its file grows above it.
    """
    seen: Counter[str] = Counter()
    return [_numbered(problem, seen) for problem in problems]


def _numbered(problem: Problem, seen: Counter[str]) -> str:
    name = problem.fingerprint or _digest(problem.language, *map(str, problem.key or ()), problem.check, problem.path)
    seen[name] += 1
    return name if seen[name] == 1 else _digest(name, str(seen[name]))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
