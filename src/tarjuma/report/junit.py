"""Findings as JUnit XML, for the test views of Jenkins, GitLab and others: one suite a language. Pure.

A case is a check in a file: a failure for errors and warnings, output of a passed case for what is only information.
A file without findings is one case that passed. The form is that of Jenkins' junit-10.xsd.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from tarjuma.checking import Outcome
from tarjuma.model import Problem, Severity
from tarjuma.report._excerpt import visible
from tarjuma.report.text import finding, order

Words = Callable[[Problem], str]

_PASSED = "all checks"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold, not even as a reference (XML 1.0, 2.2)."""


def findings(outcome: Outcome, words: Words) -> str:
    """Return findings as an XML document."""
    cases: dict[str, dict[tuple[str, str], list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for problem in sorted(outcome.problems, key=order):
        cases[problem.language][problem.path, problem.check].append(problem)
    paths = {problem.path for problem in outcome.problems}
    for path, language in outcome.files.items():
        if path not in paths:
            cases[language][path, _PASSED] = []
    suites = [_suite(language, cases[language], words) for language in sorted(cases)]
    tests = sum(map(len, cases.values()))
    failures = sum(map(_is_failure, (group for groups in cases.values() for group in groups.values())))
    head = f'<testsuites name="tarjuma check" tests="{tests}" failures="{failures}" errors="0">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>\n"])


def _suite(language: str, groups: dict[tuple[str, str], list[Problem]], words: Words) -> str:
    failures = sum(map(_is_failure, groups.values()))
    counts = f'tests="{len(groups)}" failures="{failures}" errors="0" skipped="0"'
    cases = (_case(path, check, found, words) for (path, check), found in sorted(groups.items(), key=_place))
    return "\n".join([f"  <testsuite name={_quoted(language or 'project')} {counts}>", *cases, "  </testsuite>"])


def _place(group: tuple[tuple[str, str], object]) -> tuple[str, str]:
    return group[0]


def _case(path: str, check: str, found: Sequence[Problem], words: Words) -> str:
    head = f"    <testcase classname={_quoted(path)} name={_quoted(check)}"
    if not found:
        return f"{head}/>"
    listing = _text("".join(finding(each, words) for each in found))
    if not _is_failure(found):
        return f"{head}><system-out>{listing}</system-out></testcase>"
    message = visible(words(found[0])) + (f" (and {len(found) - 1} more)" if len(found) > 1 else "")
    kind = "error" if _has(Severity.ERROR, found) else "warning"
    return f'{head}><failure type="{kind}" message={_quoted(message)}>{listing}</failure></testcase>'


def _is_failure(found: Iterable[Problem]) -> bool:
    return any(each.severity is not Severity.INFO for each in found)


def _has(severity: Severity, found: Iterable[Problem]) -> bool:
    return any(each.severity is severity for each in found)


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub(_named, text))


def _quoted(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub(_named, text))


def _named(match: re.Match[str]) -> str:
    return f"<U+{ord(match[0]):04X}>"
