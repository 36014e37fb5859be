"""What a problem says, in the language of the person who reads it: tarjuma's own messages are a gettext domain too."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache

from tarjuma.model import Identity, Problem, State

_HERE = os.path.dirname(os.path.abspath(__file__))
_IN_PACKAGE = os.path.join(_HERE, "locales")
_IN_SOURCES = os.path.join(_HERE, "..", "..", "locales")

LANGUAGES = ("ru", "tg")
"""The languages that tarjuma speaks beside English."""

NAME = "name"
"""The context of messages that are no clauses but values of others: languages, marks, invisible characters."""


def words(code: str) -> Callable[[Problem], str]:
    """Return the function that gives a problem's message in a language; in English where we have none in it.

    The catalog is read when the first problem is told.
    """

    def said(problem: Problem) -> str:
        ours = _targets(_spoken(code))
        target = ours.get((None, problem.template))
        return problem.message if target is None else _filled(target, problem, ours)

    return said


def _spoken(code: str) -> str:
    """The language that we speak to readers of another: to those of ru-RU ru, but not uz to those of uz-Cyrl."""
    base, _, more = code.replace("_", "-").partition("-")
    return base if base in LANGUAGES and len(more) != 4 else ""


@cache
def _targets(code: str) -> Mapping[Identity, str]:
    """Context and message -> its reviewed translation; nothing for a language that we do not speak."""
    if not code:
        return {}
    from tarjuma import po

    for path in (
        os.path.join(_IN_PACKAGE, code, "_tarjuma.po"),
        os.path.join(_IN_SOURCES, code, "LC_MESSAGES", "_tarjuma.po"),
    ):
        if os.path.isfile(path):
            with open(path, "rb") as file:
                catalog = po.parse(file.read(), path)
            reviewed = (entry for entry in catalog.entries if entry.state is State.REVIEWED)
            return {(entry.key.context, entry.key.text): entry.target for entry in reviewed}
    return {}


def _filled(target: str, problem: Problem, ours: Mapping[Identity, str]) -> str:
    """A translated message with its values, of which those that are names are translated too."""

    def named(part: str) -> str:
        name, opening, number = part.partition(" (U+")
        return ours.get((NAME, part)) or ours.get((NAME, name), name) + opening + number

    try:
        return target.format(**{name: ", ".join(map(named, value.split(", "))) for name, value in problem.values})
    except (KeyError, IndexError, ValueError):
        return problem.message
