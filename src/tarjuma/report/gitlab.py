"""Findings of checks for gitlab. Pure: returns strings."""

from __future__ import annotations

from collections.abc import Callable

from tarjuma.checking import Outcome
from tarjuma.model import Problem


def findings(outcome: Outcome, words: Callable[[Problem], str]) -> str:
    """Return the findings in this format."""
    return "".join(
        f"{each.path}:{each.line}: {each.severity.value} [{each.check}] {words(each)}\n" for each in outcome.problems
    )
