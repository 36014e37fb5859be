"""Counts as JSON, with a stable schema: `version` rises when a key changes its meaning. Pure: returns strings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from tarjuma.checking import Outcome
from tarjuma.model import Problem, State
from tarjuma.status import STATES, PageState, SiteStatus, Tally

VERSION = 1


def site(status: SiteStatus, problems: Iterable[Problem]) -> str:
    """Return `tarjuma status --json`: languages, posts and problems, one object."""
    return dumped(
        {
            "version": VERSION,
            "languages": {
                code: {"name": name, **_tally(status.language(code)), "pages": _pages(status, code)}
                for code, name in status.names.items()
            },
            "posts": [
                {
                    "path": post.path,
                    "language": post.language,
                    "domain": post.domain,
                    "minimum": post.least,
                    **_tally(post.tally),
                    "page": {"path": post.target, "state": post.page.value.replace(" ", "_")} if post.target else None,
                }
                for post in status.posts
            ],
            "update_is_due": list(status.stale_templates),
            "problems": [_problem(problem) for problem in problems],
        }
    )


def dumped(value: object) -> str:
    """Return a value as JSON text that every encoding holds, with a line end."""
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


def _tally(tally: Tally) -> dict[str, object]:
    return {"share": int(tally.share), "words": _numbers(tally.words), "messages": _numbers(tally.messages)}


def _numbers(numbers: Mapping[State, int]) -> dict[str, int]:
    return {"total": sum(numbers.values()), **{state.value: numbers.get(state, 0) for state in STATES}}


def _pages(status: SiteStatus, code: str) -> dict[str, int]:
    pages = {state: number for state, number in status.pages(code).items() if state is not PageState.NONE}
    return {"total": sum(pages.values()), **{state.value.replace(" ", "_"): number for state, number in pages.items()}}


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "check": problem.check,
        "severity": problem.severity.value,
        "path": problem.path,
        "line": problem.line,
        "language": problem.language,
        "message": problem.message,
    }


def findings(outcome: Outcome, words: Callable[[Problem], str]) -> str:
    """Return the findings in this format."""
    return "".join(
        f"{each.path}:{each.line}: {each.severity.value} [{each.check}] {words(each)}\n" for each in outcome.problems
    )
