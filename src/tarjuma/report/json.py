"""Counts and findings as JSON, with a stable schema: `version` rises when a key changes its meaning. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from tarjuma.checking import Outcome
from tarjuma.model import Problem, State
from tarjuma.report._excerpt import suggestion
from tarjuma.report._identity import fingerprints
from tarjuma.report.text import order
from tarjuma.status import STATES, Image, PageState, SiteStatus, Tally

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
            "orphans": list(status.orphans),
            "problems": [_problem(problem) for problem in problems],
        }
    )


def images(found: Iterable[Image]) -> str:
    """Return `tarjuma status --images --json`: each image with its posts, its versions, and who has none."""
    rows = [
        {
            "path": image.path,
            "posts": list(image.posts),
            "versions": dict(image.versions),
            "missing": list(image.missing),
        }
        for image in found
    ]
    return dumped({"version": VERSION, "images": rows})


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
    """Return findings as JSON lines, one object each, by path, line and check."""
    problems = sorted(outcome.problems, key=order)
    objects = (_finding(each, name, words) for each, name in zip(problems, fingerprints(problems), strict=True))
    return "".join(f"{json.dumps(each, ensure_ascii=True)}\n" for each in objects)


def _finding(problem: Problem, fingerprint: str, words: Callable[[Problem], str]) -> dict[str, object]:
    key, (path, line) = problem.key, problem.place
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "lang": problem.language,
        "check": problem.check,
        "severity": problem.severity.value,
        "message": words(problem),
        "context": key.context if key else None,
        "msgid": key.text if key else None,
        "form": problem.form,
        "msgstr": problem.target,
        "span": list(problem.span) if problem.span else None,
        "source": {"path": path, "line": line} if path else None,
        "suggestion": suggestion(problem),
        "fingerprint": fingerprint,
    }
