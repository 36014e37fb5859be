"""Key paths: which values of a tree a rule means.

A path is its steps joined by `.`, list indexes included: `resources.0.title`. In a pattern `*` stands for one step
and `**` for any number of steps. Letters match in either case, as Hugo and Pelican read keys. A pattern that begins
with `!` takes the paths that it means away from those behind it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache


@lru_cache(maxsize=256)
def pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """The expression whose `fullmatch` accepts the paths that the first pattern to mean them does not take away."""
    taken: list[str] = []
    wanted: list[str] = []
    for rule in patterns:
        if rule.startswith("!"):
            taken.append(_expression(rule[1:]))
        else:
            wanted.append((rf"(?!(?:{'|'.join(taken)})\Z)" if taken else "") + _expression(rule))
    return re.compile("|".join(wanted) or r"(?!)", re.I)


def limit(limits: Mapping[str, int], path: str) -> int:
    """The greatest number of characters of the value at a path; the first pattern that fits decides; 0 = none."""
    return next((most for rule, most in limits.items() if pattern((rule,)).fullmatch(path)), 0)


def _expression(rule: str) -> str:
    *steps, last = rule.split(".")
    above = "".join(r"(?:[^.]+\.)*" if step == "**" else _step(step) + r"\." for step in steps)
    return above + (r".+" if last == "**" else _step(last))


def _step(step: str) -> str:
    return "[^.]*".join(map(re.escape, step.split("*"))) if step != "*" else "[^.]+"
