"""What a project makes of findings: how much they weigh, which are not told, which make a run fail. Pure.

An entry says in a translator comment what it wants to hear nothing of: `# i18n-ignore: number-changed, end-punctuation`
or `# i18n-ignore: all`. It is the only place that every merge keeps. The marks of other tools are read too.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from hashlib import sha256

from tarjuma import checks
from tarjuma.config import Checks, Gate, Ignore
from tarjuma.config.checks import LEVELS as FAIL_LEVELS
from tarjuma.mapping import matches
from tarjuma.model import Entry, Problem, Severity

STALE = "stale-ignore"
"""The check that finds marks which suppress nothing any more."""

MINIMUM = "minimum"
ALL = "*"

_OURS = re.compile(r"\s*i18n-ignore\s*:\s*(?P<names>.*)", re.IGNORECASE)
_POLOGY = re.compile(r"\s*skip-rule\s*:", re.IGNORECASE)
_MSGCHECK = re.compile(r"\s*noqa\s*$", re.IGNORECASE)
_DENNIS = re.compile(r"\s*dennis-ignore\s*:\s*(?P<names>.*)", re.IGNORECASE)

_WEBLATE = {
    "end-stop": "end-punctuation", "end-colon": "end-punctuation", "end-question": "end-punctuation",
    "end-exclamation": "end-punctuation", "end-ellipsis": "end-punctuation", "end-semicolon": "end-punctuation",
    "begin-space": "edge-space", "end-space": "edge-space", "begin-newline": "newline", "end-newline": "newline",
    "newline-count": "newline", "escaped-newline": "escape", "same": "untranslated-copy", "duplicate": "doubled-word",
    "xml-tags": "html-dropped", "xml-invalid": "html-unbalanced", "safe-html": "injection", "md-link": "md-link",
    "md-reflink": "md-link", "md-syntax": "md-emphasis", "url": "url-changed", "placeholders": "placeholder-missing",
    "max-length": "too-long", "zero-width-space": "invisible-char", "check-glossary": "glossary",
    "plurals": "plural-count",
}  # fmt: skip
"""Names of Weblate's checks -> ours (https://docs.weblate.org/en/latest/user/checks.html)."""

_TWINS = {
    "placeholder-missing": ("placeholder-changed",), "md-emphasis": ("md-code",), "url-changed": ("url-dropped",),
    "html-dropped": ("html-unbalanced",),
}  # fmt: skip
"""What one of their checks finds and two of ours do."""


_DENNIS_CODES = {
    **dict.fromkeys(("e101", "e102", "e103", "e104", "e201", "w202"), ("placeholder-missing", "placeholder-changed")),
    **dict.fromkeys(("w302", "w303"), ("html-dropped", "html-unbalanced")),
    "w301": ("untranslated-copy",),
}  # fmt: skip
"""https://dennis.readthedocs.io/en/latest/linting.html"""


@dataclass(frozen=True, slots=True)
class Mark:
    """What an entry says about checks."""

    names: frozenset[str]
    """Checks that are not told; `*` stands for all."""
    is_ours: bool = False
    """True where tarjuma's own mark says so: one without effect is told."""


NO_MARK = Mark(frozenset())


def mark(entry: Entry) -> Mark:
    """Return what the comments and flags of an entry suppress."""
    if not entry.comments and not entry.message.flags and not entry.message.notes and not entry.others:
        return NO_MARK
    ours = [name for comment in entry.comments for name in _named(_OURS, comment)]
    theirs = [ALL for comment in entry.comments if _POLOGY.match(comment) or _MSGCHECK.match(comment)]
    theirs += [
        name
        for note in (*entry.message.notes, *entry.comments)
        if "dennis" in note
        for code in _named(_DENNIS, note)
        for name in _DENNIS_CODES.get(code, (ALL,) if code == ALL else ())
    ]
    for flag in entry.message.flags:
        if flag == "ignore-all-checks" or flag == "noqa":
            theirs.append(ALL)
        elif flag.startswith("ignore-"):
            theirs += _from_weblate(flag.removeprefix("ignore-"))
    return Mark(frozenset(ours + theirs), bool(ours)) if ours or theirs else NO_MARK


def _named(pattern: re.Pattern[str], comment: str) -> Iterator[str]:
    match = pattern.match(comment)
    for word in re.split(r"[\s,;]+", match["names"]) if match else ():
        if word:
            yield ALL if word in ("all", ALL) else word.replace("_", "-").lower()


def _from_weblate(name: str) -> tuple[str, ...]:
    name = name.replace("_", "-")
    ours = "placeholder-missing" if name.endswith("-format") else _WEBLATE.get(name, name)
    return (ours, *_TWINS.get(ours, ()))


def unmarked(
    problems: Iterable[Problem], entries: Iterable[Entry]
) -> tuple[list[Problem], list[Problem], list[Problem]]:
    """Return what is left of findings, what the entries' own marks suppress, and the marks without effect.

    A finding of a whole file (a malformed entry, a duplicate) has no entry, and no mark suppresses it.
    """
    marks = {(entry.key, entry.line): (entry, found) for entry in entries if (found := mark(entry)).names}
    if not marks:
        return list(problems), [], []
    shown: list[Problem] = []
    hidden: list[Problem] = []
    used: Counter[tuple[object, int, str]] = Counter()
    for problem in problems:
        found = marks[problem.key, problem.line][1] if problem.key and (problem.key, problem.line) in marks else NO_MARK
        names = found.names & {problem.check, ALL}
        (hidden if names else shown).append(problem)
        for name in names:
            used[problem.key, problem.line, name] += 1
    stale = [
        _stale(entry, name)
        for entry, found in marks.values()
        if found.is_ours and not entry.is_obsolete
        for name in sorted(found.names)
        if not used[entry.key, entry.line, name]
    ]
    return shown, hidden, stale


def _stale(entry: Entry, name: str) -> Problem:
    template = "`i18n-ignore: {name}` suppresses nothing here any more: take it away"
    values = {"name": "all" if name == ALL else name}
    known = checks.names()
    if name != ALL and name not in known:
        template = "there is no check '{name}': its name stands in [brackets] in each finding"
        if near := difflib.get_close_matches(name, known, 1):
            template, values["right"] = "there is no check '{name}': write {right}", near[0]
    return Problem(
        STALE, Severity.INFO, "", template.format(**values), line=entry.line, key=entry.key, target=entry.target,
        template=template, values=tuple(values.items()),
    )  # fmt: skip


def idle(path: str, rule: Ignore) -> Problem:
    """Return the finding that a rule of the configuration suppresses nothing any more."""
    message = "this [[checks.ignore]] suppresses nothing any more: take it away"
    return Problem(STALE, Severity.INFO, path, message, line=rule.line or 1, template=message)


def short(path: str, language: str, share: float, least: int) -> Problem:
    """Return the finding that less is reviewed than must be."""
    template = "{share} % of the words are reviewed, {least} % are needed"
    values = {"share": str(int(share)), "least": str(least)}
    return Problem(
        MINIMUM, Severity.ERROR, path, template.format(**values), line=1, language=language,
        template=template, values=tuple(values.items()),
    )  # fmt: skip


def weighed(problems: Iterable[Problem], severities: Mapping[str, Severity | None]) -> Iterator[Problem]:
    """Yield findings with the severity that the project gives to their check, without those of checks that are off."""
    for problem in problems:
        if problem.check not in severities:
            yield problem
        elif severity := severities[problem.check]:
            yield problem if severity is problem.severity else replace(problem, severity=severity)


LEVELS = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""The worst first."""


def fails_on(checks: Checks, language: str, paths: Iterable[str]) -> tuple[str, ...]:
    """Return what makes a run fail in a language and a post: the first gate that names both, or what holds for all."""
    return next(
        (gate.fail_on for gate in gates(checks, language, paths) if gate.fail_on is not None),
        checks.fail_on_language.get(language, checks.fail_on),
    )


def gates(checks: Checks, language: str, paths: Iterable[str]) -> Iterator[Gate]:
    """Yield the gates that name a language and one of some paths."""
    for gate in checks.gates if paths else ():
        if (not gate.languages or language in gate.languages) and any(
            matches(pattern, path) for pattern in gate.paths for path in paths
        ):
            yield gate


def is_failing(problem: Problem, demands: Iterable[str]) -> bool:
    """Say whether a finding makes a run fail that demands `error`, `warning`, `info`, `never` or states of entries.

    Where only states are demanded, errors count as well.
    """
    levels = [level for level in demands if level in FAIL_LEVELS]
    if "never" in levels:
        return False
    lowest = max((LEVELS.index(Severity(level)) for level in levels), default=0)
    return LEVELS.index(problem.severity) <= lowest


def is_ignored(problem: Problem, rule: Ignore) -> bool:
    """Say whether a rule of the configuration suppresses a finding."""
    if rule.checks and problem.check not in rule.checks:
        return False
    if rule.languages and problem.language not in rule.languages:
        return False
    if rule.paths and not any(matches(pattern, path) for pattern in rule.paths for path in paths_of(problem)):
        return False
    return not rule.texts or bool(problem.key and any(fnmatchcase(problem.key.text, text) for text in rule.texts))


def paths_of(problem: Problem) -> tuple[str, ...]:
    """Return the catalog and the post that a finding is about."""
    return (problem.path, problem.place[0]) if problem.place[0] else (problem.path,)


def fingerprinted(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield findings with their fingerprints, which stay when lines move and when messages get better words.

    A fingerprint is a hash of language, context, text, check, and the how-manieth of its kind; of a finding that is
    about no message, of the path instead of the text.
    """
    count: Counter[tuple[object, ...]] = Counter()
    for problem in problems:
        kind = (problem.language, problem.check, problem.key or problem.path)
        yield replace(problem, fingerprint=_fingerprint(problem, count[kind]))
        count[kind] += 1


def _fingerprint(problem: Problem, ordinal: int) -> str:
    what = (problem.key.context or "", problem.key.text) if problem.key else ("", problem.path)
    parts = (problem.language, *what, problem.check, str(ordinal))
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
