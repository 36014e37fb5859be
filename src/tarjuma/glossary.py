"""Glossary: `glossary.csv`, the terms of a site and their translations.

Columns: `source`, one for each language by its code, and if wanted `action` (keep, translate, transliterate,
expand-first), `forbidden` (`ru:слово, слово; tg:калима`) and `note`. Commas, semicolons or tabs part the columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from tarjuma import langs
from tarjuma.errors import UsageError
from tarjuma.model import Problem, Severity

ACTIONS = ("keep", "translate", "transliterate", "expand-first")
_NAMES = {"term": "source", "forbidden words": "forbidden", "comment": "note", "comments": "note", "notes": "note"}
_OWN = frozenset({"source", "action", "forbidden", "note"})
_CODE = re.compile(r"[a-z]{2,3}(?:[-_@][a-z0-9]+)*", re.IGNORECASE)
_CYRILLIC = re.compile(rb"[\xc0-\xff]{3}")


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the glossary."""

    source: str
    action: str = "translate"
    """keep, translate, transliterate or expand-first."""
    targets: Mapping[str, str] = field(default_factory=dict)
    """Language code -> the term; `*` at the end of a word stands for any ending, `;` or `|` part several terms."""
    forbidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Language code -> words that must not be used for it."""
    note: str = ""


@dataclass(frozen=True)
class Glossary:
    """The terms of a site."""

    terms: tuple[Term, ...] = ()

    @cached_property
    def by_source(self) -> Mapping[str, Term]:
        """The terms under their source in lower case, white space as one space; the first of two equal ones."""
        known: dict[str, Term] = {}
        for term in self.terms:
            known.setdefault(folded(term.source), term)
        return known

    @cached_property
    def finder(self) -> re.Pattern[str]:
        """Matches any source term as whole words, in the plural and the possessive too; the longest one wins."""
        if not self.terms:
            return re.compile(r"(?!)")
        sources = sorted({term.source for term in self.terms}, key=len, reverse=True)
        return re.compile(r"(?<![\w-])(?:" + "|".join(map(_as_pattern, sources)) + r")(?![\w])")


class Reading(NamedTuple):
    """A glossary as it was read, and what is wrong with its file."""

    glossary: Glossary
    problems: tuple[Problem, ...] = ()


def folded(source: str) -> str:
    """Return a source term as `Glossary.by_source` knows it."""
    return " ".join(source.casefold().split())


def parse(text: str) -> Glossary:
    """Return the glossary that a text holds; what is wrong with it is passed over."""
    return read(text.encode(), "").glossary


def read(source: bytes, path: str) -> Reading:
    """Return the glossary in the bytes of a CSV file, and a problem for each line that cannot be used."""
    text = _text(source)
    if text is None:
        return Reading(Glossary(), (_problem(path, 1, *_encoding(source)),))
    rows: list[tuple[int, list[str]]] = []
    problems: list[Problem] = []
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        rows += [(lines.line_num, [cell.strip() for cell in row]) for row in lines]
    except csv.Error as error:
        message = "the line cannot be read ({error}). Text with quotes needs them doubled inside quotes"
        problems.append(_problem(path, lines.line_num, message, {"error": str(error)}))
    rows = [row for row in rows if any(row[1])]
    if not rows:
        return Reading(Glossary(), tuple(problems))
    columns, unknown = _columns(path, rows[0])
    problems += unknown
    if "source" not in columns:
        message = "the first line has no column 'source'. It names the columns: source, action, ru, tg, forbidden, note"
        return Reading(Glossary(), (*problems, _problem(path, rows[0][0], message)))
    width = max(place for place, cell in enumerate(rows[0][1], 1) if cell)
    terms: dict[str, tuple[int, Term]] = {}
    for line, row in rows[1:]:
        term, found = _term(path, line, columns, row, width)
        problems += found
        if term:
            known, other = terms.setdefault(term.source, (line, term))
            if other is not term and other.targets != term.targets:
                message = "line {known} translates '{term}' otherwise; the first line counts"
                values = {"known": str(known), "term": term.source}
                problems.append(_problem(path, line, message, values, Severity.WARNING))
    return Reading(Glossary(tuple(term for _, term in terms.values())), tuple(problems))


def _text(source: bytes) -> str | None:
    encoding = "utf-16" if source[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return source.decode(encoding)
    except UnicodeDecodeError:
        return None


def _encoding(source: bytes) -> tuple[str, dict[str, str]]:
    if b"\0" in source:
        return "this is not a text file. A glossary is a CSV file in UTF-8", {}
    guess = "windows-1251" if _CYRILLIC.search(source) else "an 8-bit encoding"
    return "the file is in {encoding}, not in UTF-8. Save it as CSV UTF-8", {"encoding": guess}


def _delimiter(text: str) -> str:
    """The sign that stands most often in the first line."""
    line = text.lstrip("\r\n").split("\n", 1)[0]
    return max(",;\t", key=line.count)


def _columns(path: str, header: tuple[int, list[str]]) -> tuple[dict[str, int], list[Problem]]:
    """Return name of column or code of language -> place, and a problem for each name that nobody knows."""
    columns: dict[str, int] = {}
    problems = []
    for place, cell in enumerate(header[1]):
        name = _NAMES.get(cell.lower(), cell.lower())
        code = name if name in _OWN else _language(cell)
        if code and code in columns:
            message = "two columns are called '{name}'"
            problems.append(_problem(path, header[0], message, {"name": cell}, Severity.WARNING))
        elif code:
            columns[code] = place
        elif cell and _CODE.fullmatch(cell) and len(cell) <= 3:
            values = {"name": cell, "hint": langs.hint(cell)}
            problems.append(_problem(path, header[0], "unknown column '{name}'. {hint}", values, Severity.WARNING))
    if "source" not in columns and "en" in columns:
        columns["source"] = columns["en"]
    return columns, problems


def _language(cell: str) -> str:
    if not _CODE.fullmatch(cell):
        return ""
    known = {row.code: row.code for row in langs.LANGUAGES.values()}
    if cell in known:
        return cell
    try:
        return langs.language(cell).code if len(re.split(r"[-_@]", cell)[0]) <= 3 else ""
    except UsageError:
        return ""


def _term(
    path: str, line: int, columns: Mapping[str, int], row: list[str], width: int
) -> tuple[Term | None, list[Problem]]:
    def cell(name: str) -> str:
        place = columns.get(name, len(row))
        return row[place] if place < len(row) else ""

    problems = []
    if any(row[width:]):
        message = "{count} cells, the first line has {width}. A comma in a text needs quotes around the text"
        values = {"count": str(len(row)), "width": str(width)}
        problems.append(_problem(path, line, message, values, Severity.WARNING))
    if not cell("source"):
        problems.append(_problem(path, line, "no term in the column 'source'", severity=Severity.WARNING))
        return None, problems
    action = cell("action").lower().replace("_", "-").replace(" ", "-") or "translate"
    if action not in ACTIONS:
        message = "unknown action '{action}'. There are: {actions}"
        values = {"action": cell("action"), "actions": ", ".join(ACTIONS)}
        problems.append(_problem(path, line, message, values, Severity.WARNING))
        action = "translate"
    targets = {code: cell(code) for code in columns if code not in _OWN and cell(code)}
    codes = [code for code in columns if code not in _OWN]
    return Term(cell("source"), action, targets, dict(_forbidden(cell("forbidden"), codes)), cell("note")), problems


def _forbidden(cell: str, codes: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """`ru:слово, слово; tg:калима`; words without a language are forbidden in all."""
    found: dict[str, list[str]] = {}
    for part in cell.split(";"):
        head, colon, words = part.partition(":")
        code = _language(head.strip()) if colon else ""
        for each in [code] if code else codes:
            cut = (words if code else part).split(",")
            found.setdefault(each, []).extend(word.strip() for word in cut if word.strip())
    yield from ((code, tuple(words)) for code, words in found.items() if words)


def _as_pattern(source: str) -> str:
    """One term: white space of any kind, either case where it is written small, the endings of English nouns."""
    words = [re.escape(word) for word in source.split()]
    words[-1] = _with_ending(words[-1])
    pattern = r"\s+".join(words)
    return pattern if source != source.lower() else f"(?i:{pattern})"


def _with_ending(word: str) -> str:
    if not word[-1].isalpha():
        return word
    if word[-1] in "yY" and word[-2:-1].lower() not in tuple("aeiou"):
        return rf"{word[:-1]}(?:{word[-1]}(?:['’]s)?|ies['’]?)"
    return rf"{word}(?:e?s)?(?:['’]s?)?"


def _problem(
    path: str, line: int, template: str, values: Mapping[str, str] | None = None, severity: Severity = Severity.ERROR
) -> Problem:
    values = values or {}
    message = template.format(**values)
    return Problem(
        "glossary", severity, path, message, line=line, template=template, values=tuple(sorted(values.items()))
    )
