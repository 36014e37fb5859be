"""What a problem says, in the language of the person who reads it."""

from __future__ import annotations

from collections.abc import Callable

from tarjuma.model import Problem


def words(code: str) -> Callable[[Problem], str]:
    """Return the function that gives a problem's message in a language; in English where we have none in it."""
    return lambda problem: problem.message
