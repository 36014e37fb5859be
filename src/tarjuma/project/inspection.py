"""Checks the catalogs of a project, or any PO files: reads them, remembers what was found, uses every core."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from tarjuma import checking, glossary, langs, po, policy, store
from tarjuma.checks import Context, mt_unedited, syntax
from tarjuma.config import Checks
from tarjuma.errors import PoError, StoppedError, TarjumaError, UsageError
from tarjuma.glossary import Glossary, Reading
from tarjuma.model import Catalog, Entry, Key, Language, Message, Problem, State
from tarjuma.po.strings import escaped
from tarjuma.project import memory
from tarjuma.similar import path_of
from tarjuma.syntax.words import words

PO, POT = ".po", ".pot"
_UNEDITED = "mt-unedited"
_FOUND = ("problems", "ignored")
_COUNTED = ("messages", "words")
_MSGSTR = re.compile(r"[#~ \t]*msgstr")
_NO_TERMS = Reading(Glossary())
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_@.][A-Za-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Job:
    """A catalog to look into, and all that the findings in it depend on."""

    path: str
    """As it was typed; in a project relative to that."""
    file: str
    """Where it is: absolute."""
    folder: str
    """Where what was found is remembered."""
    site: str = ""
    """The folder of the project that it belongs to."""
    domain: str = ""
    prefix: str = ""
    """What stands before the path when it is shown."""
    language: str = ""
    """What its place says; "" where that says nothing. It counts in a project, else the header does."""
    source: str = "en"
    template: str = ""
    """Path of the template, "" where there is none."""
    glossary: str = ""
    checks: Checks = field(default_factory=Checks)
    """What its project says; only the settings of languages change what is found."""
    is_project: bool = False
    posts: tuple[str, ...] = ()
    """Only the entries of these; all when there are none."""
    base: bytes | None = None
    """The file as it was, where only changes count; b"" when it was not there."""
    elsewhere: int = 0
    """How many machine translations the same change approves unread in other catalogs."""

    @property
    def shown(self) -> str:
        """The path for people."""
        return self.prefix + self.path

    @property
    def is_template(self) -> bool:
        """True for a POT file, which has no translations."""
        return self.file.endswith(POT)


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was found in a catalog."""

    path: str
    language: str = ""
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Problem, ...] = ()
    """What the entries' own marks suppress."""
    messages: Mapping[State, int] = field(default_factory=dict)
    words: Mapping[State, int] = field(default_factory=dict)
    is_unread: bool = False
    """True when the file could not be opened."""
    key: str = ""
    """Under which it is to be remembered; "" when it is already, or must not be."""


def remembered(job: Job) -> Inspected | None:
    """Return what was found in a catalog before, None when something changed since or nothing is known."""
    if not job.folder:
        return None
    try:
        inputs = _inputs(job)
    except StoppedError:
        return None
    kept = memory.recalled(job.folder, job.file, memory.key(*inputs)) if inputs[0] is not None else None
    return _recalled(kept, job) if kept else None


def inspected(job: Job) -> Inspected:
    """Return what the checks find in a catalog."""
    try:
        inputs = _inputs(job)
        if inputs[0] is None:
            raise StoppedError("the file is not there", path=job.path)
    except StoppedError as error:
        return Inspected(job.path, job.language, (_unread(error, job),), is_unread=True)
    try:
        found = _looked_into(job, inputs[0])
    except Exception as error:  # a mistake of ours in one file must not keep people from the others
        return Inspected(job.path, job.language, (checking.failed("the reading of the catalog", error, job.path),))
    return replace(found, key=memory.key(*inputs) if job.folder else "")


def keep(jobs: Iterable[Job], found: Iterable[Inspected]) -> None:
    """Remember what was found in catalogs, where that can be done."""
    folders: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for job, each in zip(jobs, found, strict=True):
        if each.key:
            folders.setdefault(job.folder, []).append((job.file, each.key, _remembered(each)))
    for folder, results in folders.items():
        memory.keep(folder, results)


def content(job: Job) -> bytes | None:
    """Return the bytes of a catalog, None when it cannot be read."""
    try:
        return store.read(job.file)
    except StoppedError:
        return None


def _inputs(job: Job) -> tuple[bytes | None, ...]:
    return store.read(job.file), _bytes(job.template), _bytes(job.glossary), job.base, _settled(job)


def _settled(job: Job) -> bytes:
    """Everything in a job that is no file."""
    values = (job.language, job.source, sorted(job.checks.settings.items()), job.is_project, job.posts)
    return repr((*values, job.elsewhere, job.is_template)).encode("utf-8", "surrogateescape")


def _bytes(path: str) -> bytes | None:
    return store.read(path) if path else None


def _unread(error: TarjumaError, job: Job) -> Problem:
    return syntax.problem_of(PoError(error.message, path=job.path, hint=error.hint), job.path, job.language)


def _looked_into(job: Job, content: bytes) -> Inspected:
    try:
        if not content.strip():
            raise PoError("the file is empty", hint="Take its last good version, or delete it")
        catalog = po.parse(content, job.path)
    except PoError as error:
        return Inspected(job.path, job.language, (syntax.problem_of(error, job.path, job.language),))
    if job.is_template:
        context = Context(_row(), _row())
        return Inspected(job.path, "", tuple(checking.findings(catalog, context, ("syntax", "duplicate"))))
    row = _language(catalog, job)
    catalog = replace(catalog, language=row.code)
    faults: list[Problem] = []
    context = _context(job, row, catalog, faults)
    found = _changed(list(checking.findings(catalog, context)), catalog, job)
    entries = [entry for entry in catalog.entries if _is_wanted(entry, job)]
    if job.posts:
        keys = {entry.key for entry in entries}
        found = [problem for problem in found if problem.key is None or problem.key in keys]
    shown, ignored, stale = policy.unmarked(found, entries)
    stale = [replace(problem, path=job.path, language=row.code) for problem in stale] if job.base is None else []
    there = {(entry.key, entry.line): entry for entry in entries}
    told = [_located(problem, there) for problem in (*shown, *stale)]
    quiet = tuple(_located(problem, there) for problem in ignored)
    return Inspected(job.path, row.code, (*faults, *told), quiet, *_counted(entries))


def context_of(job: Job, catalog: Catalog) -> Context:
    """Return what the checks of a catalog know beside it; what is wrong with template and glossary is left out."""
    return _context(job, _language(catalog, job), catalog, [])


def _context(job: Job, row: Language, catalog: Catalog, faults: list[Problem]) -> Context:
    template, fault = _template(_beside(job, job.template), _bytes(job.template)) if job.template else (None, None)
    terms, slips = _glossary(_beside(job, job.glossary), _bytes(job.glossary)) if job.glossary else _NO_TERMS
    faults += [fault] if fault else []
    faults += slips
    return Context(
        language=row,
        source_language=_row("" if job.is_project else catalog.header.get("X-Source-Language", ""), job.source),
        glossary=terms,
        template=template,
        settings=job.checks.settings.get(row.code, {}),
        is_project=job.is_project,
    )


def _remembered(found: Inspected) -> dict[str, Any]:
    return {
        "path": found.path,
        "language": found.language,
        "problems": [memory.row(problem) for problem in found.problems],
        "ignored": [memory.row(problem) for problem in found.ignored],
        "messages": {state.name: count for state, count in found.messages.items()},
        "words": {state.name: count for state, count in found.words.items()},
    }


def _recalled(kept: dict[str, Any], job: Job) -> Inspected | None:
    """What was remembered, under the path that the file has now; None when it makes no sense."""
    try:
        shown, ignored = ([_moved(memory.problem(row), kept["path"], job) for row in kept[name]] for name in _FOUND)
        messages, lengths = ({State[name]: int(count) for name, count in kept[each].items()} for each in _COUNTED)
        return Inspected(job.path, kept["language"], tuple(shown), tuple(ignored), messages, lengths)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return None


def _moved(problem: Problem, path: str, job: Job) -> Problem:
    return replace(problem, path=job.path) if problem.path == path != job.path else problem


def _beside(job: Job, path: str) -> str:
    """The path of a template or glossary for people: in a project relative to that, else beside the catalog."""
    if not os.path.isabs(path):
        return path
    if job.site:
        return os.path.relpath(path, job.site).replace(os.sep, "/")
    above, slash, _ = job.path.rpartition("/")
    return above + slash + os.path.basename(path)


@lru_cache(maxsize=64)
def _template(path: str, content: bytes | None) -> tuple[Mapping[Key, Message] | None, Problem | None]:
    if content is None:
        return None, None
    try:
        catalog = po.parse(content, path)
    except PoError as error:
        return None, syntax.problem_of(error, path)
    return {entry.key: entry.message for entry in catalog.entries if not entry.is_obsolete}, None


@lru_cache(maxsize=64)
def _glossary(path: str, content: bytes | None) -> Reading:
    return glossary.read(content, path) if content is not None else Reading(Glossary())


def _language(catalog: Catalog, job: Job) -> Language:
    """The language of a catalog: in a project that of its folder, else what its header says, else its name."""
    codes = (job.language, catalog.language) if job.is_project else (catalog.language, job.language)
    for code in codes:
        if code and (row := _known(code)):
            return row
    code = next(filter(None, codes), "")
    nplurals, plural = _plural(catalog)
    return Language(code, code or "unknown", code, "Zyyy", nplurals, plural)


def _known(code: str) -> Language | None:
    try:
        return langs.language(code)
    except UsageError:
        return None


def _row(*codes: str) -> Language:
    return next(filter(None, (_known(code) for code in codes if code)), None) or langs.language("en")


def _plural(catalog: Catalog) -> tuple[int, str]:
    try:
        return langs.parts(catalog.header.get("Plural-Forms", ""))
    except ValueError:
        return 2, "(n != 1)"


def language_of_path(path: str) -> str:
    """Return the language that the place of a catalog says: ru.po, ru/LC_MESSAGES/x.po, uz@cyrillic.po; "" if none."""
    steps = path.replace(os.sep, "/").split("/")
    stem = steps[-1].removesuffix(PO)
    if "LC_MESSAGES" in steps[1:]:
        names = [steps[steps.index("LC_MESSAGES", 1) - 1], stem]
    else:
        names = [stem, *stem.split(".")[:0:-1], *steps[-2:-1]]
    for name in names:
        if _CODE.fullmatch(name) and (row := _known(name)):
            return row.code
    return ""


def _counted(entries: Iterable[Entry]) -> tuple[Mapping[State, int], Mapping[State, int]]:
    """Messages and words of every state."""
    messages = dict.fromkeys(State, 0)
    lengths = dict.fromkeys(State, 0)
    for entry in entries:
        state = entry.state
        messages[state] += 1
        lengths[state] += words(entry.key.text)
    return messages, lengths


def _is_wanted(entry: Entry, job: Job) -> bool:
    return not job.posts or any(place in job.posts or path_of(place) in job.posts for place in entry.message.places)


def _changed(found: list[Problem], catalog: Catalog, job: Job) -> list[Problem]:
    """Where only changes count: what is about entries that were not there before, or had another translation."""
    if job.base is None:
        return found
    try:
        before = po.parse(job.base, job.path) if job.base else None
    except PoError:
        before = None
    known = {entry.key: (entry.targets, entry.is_fuzzy) for entry in before.entries} if before else {}
    unchanged = {entry.key for entry in catalog.entries if known.get(entry.key) == (entry.targets, entry.is_fuzzy)}
    has_header = before is not None and before.header == catalog.header
    approved = checking.problems(_UNEDITED, mt_unedited.check_change(before, catalog, job.elsewhere), catalog)
    return [
        problem
        for problem in found
        if problem.check != _UNEDITED and not (has_header if problem.key is None else problem.key in unchanged)
    ] + list(approved)


def _located(problem: Problem, entries: Mapping[tuple[Key, int], Entry]) -> Problem:
    """A finding with the line of its plural form, and the column of its span where the text stands on one line."""
    entry = entries.get((problem.key, problem.line)) if problem.key else None
    if entry is None or entry.raw is None:
        return problem
    lines = entry.raw.split("\n")
    starts = [number for number, line in enumerate(lines) if _MSGSTR.match(line)]
    if problem.form >= len(starts):
        return problem
    at = starts[problem.form]
    line, below = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
    number = problem.line + at - starts[0]
    quote = line.find('"') + 1
    start = problem.span[0] if problem.span else 0
    before = escaped(problem.target[:start])
    if below.lstrip("#~ \t").startswith('"') or not line[quote:].startswith(before):
        return replace(problem, line=number)
    return replace(problem, line=number, column=quote + len(before) + 1)
