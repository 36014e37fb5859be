"""Findings as SARIF 2.1.0, for code scanning services (GitHub, Azure DevOps) and editors. Pure.

Ignored findings are in it too, marked as suppressed, so that a service does not take them for mended. At most 25,000
results: GitHub refuses longer runs ("SARIF support for code scanning"); the worst are kept, and a notification says so.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from tarjuma import __version__, checks
from tarjuma.checking import Outcome
from tarjuma.errors import UsageError
from tarjuma.model import Problem, Severity
from tarjuma.report._excerpt import suggestion, visible
from tarjuma.report._identity import fingerprints
from tarjuma.report.text import advice, order

MOST = 25_000
"""How many results GitHub takes in one run."""

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"

Words = Callable[[Problem], str]
Json = dict[str, Any]


def findings(outcome: Outcome, words: Words) -> str:
    """Return findings as a SARIF log with one run."""
    shown = sorted(outcome.problems, key=lambda each: (list(Severity).index(each.severity), order(each)))
    both = [*shown, *sorted(outcome.ignored, key=order)]
    kept = both[:MOST]
    rules = sorted({problem.check for problem in kept})
    results = [
        _result(problem, name, rules.index(problem.check), words)
        for problem, name in zip(kept, fingerprints(kept), strict=True)
    ]
    for result in results[len(shown) :]:
        result["suppressions"] = [{"kind": "inSource"}]
    run = {
        "tool": {"driver": {"name": "tarjuma", "version": __version__, "rules": [_rule(name) for name in rules]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _left_out(len(both) - len(kept))}],
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=True) + "\n"


def _left_out(number: int) -> list[Json]:
    text = f"{number} findings are left out: a run holds at most {MOST} results"
    return [{"level": "warning", "message": {"text": text}}] if number > 0 else []


def _rule(name: str) -> Json:
    try:
        module = checks.module(name)
    except UsageError:  # what the reader of a file or a project says, without a check of its own
        return {"id": name, "name": _title(name), "shortDescription": {"text": name}}
    page = inspect.cleandoc(module.__doc__ or name)
    first, _, more = page.partition("\n\n")
    summary = " ".join(first.split())
    examples = [*_examples("Right", checks.rows(name, "GOOD")), *_examples("Found", checks.rows(name, "BAD"))]
    return {
        "id": name,
        "name": _title(name),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": " ".join(more.split()) or summary},
        "help": {"text": page, "markdown": "\n\n".join([page, *examples])},
        "defaultConfiguration": {"level": _LEVELS[module.SEVERITY]},
    }


def _title(name: str) -> str:
    """The name of a rule as SARIF likes it: NumberChanged."""
    return "".join(word.capitalize() for word in name.split("-"))


def _examples(title: str, rows: Iterable[tuple[str, ...]]) -> list[str]:
    """The examples of a check, fenced: nothing in them is Markdown."""
    listed = ["\n".join([f"[{language}]", *map(visible, texts)]) for language, *texts in rows]
    return ["\n".join([f"{title}:", "", "````text", "\n\n".join(listed), "````"])] if listed else []


def _result(problem: Problem, fingerprint: str, rule: int, words: Words) -> Json:
    proposed = suggestion(problem)
    message = visible(words(problem))
    if (told := advice(problem)) is not None:
        message += f". Suggestion: {visible(told)}"
    result: Json = {
        "ruleId": problem.check,
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": _plain(message)},
        "locations": [_location(problem.path, _region(problem))],
        "partialFingerprints": {"tarjuma/v1": fingerprint},
    }
    path, line = problem.place
    if path:
        place = _location(path, {"startLine": line} if line else {})
        result["relatedLocations"] = [{"id": 1, **place, "message": {"text": "source post"}}]
    if proposed is not None and (region := _exact_region(problem)):
        replacement = {"deletedRegion": region, "insertedContent": {"text": proposed}}
        change = {"artifactLocation": _artifact(problem.path), "replacements": [replacement]}
        result["fixes"] = [{"description": {"text": "Write what is suggested"}, "artifactChanges": [change]}]
    return result


def _plain(text: str) -> str:
    """A message without embedded links: what looks like one is the author's Markdown (SARIF 2.1.0, 3.11.6)."""
    return text.replace("\\", "\\\\").replace("[", r"\[").replace("]", r"\]") if "](" in text else text


def _location(path: str, region: Json) -> Json:
    return {"physicalLocation": {"artifactLocation": _artifact(path), **({"region": region} if region else {})}}


def _region(problem: Problem) -> Json:
    region: Json = _exact_region(problem) or {"startLine": max(1, problem.line)}
    if problem.column > 0:
        region["startColumn"] = problem.column
    if problem.target:
        region["snippet"] = {"text": visible(problem.target)}
    return region


def _exact_region(problem: Problem) -> Json | None:
    """Where the span stands in the file, None when that is not known or when it is written there with escapes."""
    if problem.span is None or problem.column <= 0:
        return None
    start, end = problem.span
    marked = problem.target[start:end] + (problem.suggestion or "")
    if any(char in '\\"' or not char.isprintable() for char in marked if char != " "):
        return None
    return {"startLine": problem.line, "startColumn": problem.column, "endColumn": problem.column + end - start}


def _artifact(path: str) -> Json:
    """A file as a URI: relative to the root of the checkout, names in other letters percent-encoded (RFC 3986)."""
    uri = quote(path.removeprefix("./").encode("utf-8", "surrogateescape"), safe="/")
    return {"uri": f"file://{uri}"} if uri.startswith("/") else {"uri": uri, "uriBaseId": _ROOT}
