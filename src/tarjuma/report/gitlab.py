"""Findings as a GitLab Code Quality report: shown in merge requests (`artifacts: reports: codequality:`). Pure.

A JSON array in the form that GitLab documents under "Code Quality report format".
"""

from __future__ import annotations

import json
from collections.abc import Callable

from tarjuma.checking import Outcome
from tarjuma.model import Problem, Severity
from tarjuma.report._excerpt import visible
from tarjuma.report._identity import fingerprints
from tarjuma.report.text import order

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def findings(outcome: Outcome, words: Callable[[Problem], str]) -> str:
    """Return findings as a JSON array with one object each."""
    problems = sorted(outcome.problems, key=order)
    issues = [
        {
            "description": _description(problem, words),
            "check_name": problem.check,
            "fingerprint": name,
            "severity": _SEVERITIES[problem.severity],
            "location": {"path": problem.path.removeprefix("./"), "lines": {"begin": max(1, problem.line)}},
        }
        for problem, name in zip(problems, fingerprints(problems), strict=True)
    ]
    return json.dumps(issues, indent=2, ensure_ascii=True) + "\n"


def _description(problem: Problem, words: Callable[[Problem], str]) -> str:
    path, line = problem.place
    place = f" ({path}:{line})" if line else f" ({path})" if path else ""
    return visible(f"{words(problem)}{place}")
