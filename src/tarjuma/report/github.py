"""Findings as annotations of a GitHub pull request: workflow commands on standard output. Pure.

`::error file=,line=,endLine=,title=::message`, escaped as the runner unescapes them (docs.github.com, "Workflow
commands"). GitHub shows the first ten of a severity a step: where there are more, those of one file and check are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from tarjuma.checking import Outcome
from tarjuma.model import Problem, Severity
from tarjuma.report._excerpt import excerpt, texts, visible
from tarjuma.report.text import advice, order, total

SHOWN = 10
"""How many annotations of a severity GitHub shows for one step."""
WIDTH = 120

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def findings(outcome: Outcome, words: Callable[[Problem], str]) -> str:
    """Return findings as workflow commands, the worst first, and the full count in the last line."""
    lines = [
        _annotation(group, words)
        for severity in Severity
        for group in _groups([each for each in outcome.problems if each.severity is severity])
    ]
    return "".join(f"{line}\n" for line in [*lines, _command("notice", {"title": "tarjuma check"}, total(outcome))])


def _groups(problems: Sequence[Problem]) -> Iterator[list[Problem]]:
    """One group a finding; one a file and check where there are more than are shown."""
    groups: dict[object, list[Problem]] = defaultdict(list)
    # The closing count is a notice too, and takes one of their ten places.
    are_many = len(problems) > (SHOWN - 1 if problems and problems[0].severity is Severity.INFO else SHOWN)
    for number, problem in enumerate(sorted(problems, key=order)):
        groups[(problem.path, problem.check) if are_many else number].append(problem)
    # Where even the groups are too many, the first ten should speak for as many findings as they can.
    yield from sorted(groups.values(), key=len, reverse=True) if len(groups) > SHOWN else groups.values()


def _annotation(group: Sequence[Problem], words: Callable[[Problem], str]) -> str:
    first = group[0]
    place = {"file": first.path.removeprefix("./")} if first.path else {}
    if place and first.line:
        place |= {"line": str(first.line), "endLine": str(first.line)}
    title = f"{first.check} ({first.language})" if first.language else first.check
    parts = [visible(words(first)), *_particulars(first), *_others(group[1:])]
    return _command(_COMMANDS[first.severity], {**place, "title": title}, "\n".join(parts))


def _particulars(problem: Problem) -> Iterator[str]:
    both = texts(problem)
    if both:
        yield f"source: {excerpt(both.source, both.source_span, WIDTH).text}"
    if both and both.target:
        yield f"{problem.language or 'translation'}: {excerpt(both.target, both.target_span, WIDTH).text}"
    if (proposed := advice(problem)) is not None:
        yield f"suggestion: {excerpt(proposed, None, WIDTH).text}"
    if problem.place[0]:
        yield f"source post: {':'.join(str(each) for each in problem.place if each)}"


def _others(problems: Sequence[Problem]) -> Iterator[str]:
    if problems:
        lines = ", ".join(str(each.line) for each in problems[:20])
        more = f" and {len(problems) - 20} more" if len(problems) > 20 else ""
        yield f"The same check found {len(problems)} more in this file, line {lines}{more}"


def _command(name: str, properties: dict[str, str], message: str) -> str:
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {given}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
