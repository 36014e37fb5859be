"""A project's memory: what it learns from the catalogs and from imported files, what leaves it, what it says of drafts.

Everything in it can be made again: reviewed text stands in the catalogs, imported text in `locales/memory/`, which
belongs into version control as the catalogs do.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from tarjuma import carry, langs, po, quality, store
from tarjuma.config import Place
from tarjuma.errors import PoError, SourceError, StoppedError, UsageError
from tarjuma.memory import FILE, Draft, Learned, Memory, Origin, Unit, reviewed, tmx
from tarjuma.model import Catalog, Entry, Key, Problem, Severity, State
from tarjuma.project import filling
from tarjuma.project.site import Project
from tarjuma.quality import Judgement, Row, Verdict
from tarjuma.store import Change

FOLDER = "memory"
"""The folder of imported memories, beside the languages."""

CHECK = "memory"
"""The name that findings about the memory have."""

_BATCH = 4_000
"""Units that are learned in one transaction: a `draft` beside us must not wait long."""


def opened(project: Project) -> Memory:
    """Return the memory of a project. It never fails because of its file; `problems` says what is wrong with it."""
    folder = project.path(store.FOLDER)
    with contextlib.suppress(StoppedError, OSError):
        if not os.path.isdir(folder):
            os.makedirs(folder)
            store.write(os.path.join(folder, ".gitignore"), b"*\n")
    return Memory(os.path.join(folder, FILE))


def problems(memory: Memory) -> list[Problem]:
    """Return what is wrong with the file of a memory."""
    path = f"{store.FOLDER}/{FILE}"
    return [Problem(CHECK, Severity.WARNING, path, fault) for fault in memory.faults]


# --- learning --------------------------------------------------------------------------------------------------------


def learn(project: Project, memory: Memory) -> None:
    """Bring a memory in line with the catalogs and the imported files; what did not change is not read again."""
    known = memory.files()
    there = [*_catalogs(project), *_imported(project)]
    waiting: list[Learned] = []
    for number, (path, source, code) in enumerate(there):
        project.progress("remembering", number, len(there))
        content = project.bytes_of(path)
        if content is None:
            continue
        digest = blake2b(source.encode() + b"\0" + content, digest_size=16).hexdigest()
        if known.pop(path, None) != digest:
            waiting.append(Learned(path, digest, _units(project, path, content, source, code)))
        if sum(len(each.units) + 1 for each in waiting) > _BATCH:
            memory.learn(waiting)
            waiting = []
    project.progress("remembering", len(there), len(there))
    if waiting:
        memory.learn(waiting)
    if known:
        memory.forget(known)


def _catalogs(project: Project) -> Iterator[tuple[str, str, str]]:
    """Path, source language and language of every catalog."""
    for code in project.languages:
        for domain in project.catalog_files(code):
            yield project.po_path(domain, code), source_of(project, domain), code


def source_of(project: Project, domain: str) -> str:
    """Return the code of the language that the messages of a domain are in."""
    sources = project.domains.get(domain)
    if sources:
        return sources[0].root.language
    roots = project.config.roots
    named = (root.language for root in roots if root.prefix and domain.startswith(f"{root.prefix}/"))
    return next(named, roots[0].language)


def _imported(project: Project) -> Iterator[tuple[str, str, str]]:
    folder = _folder(project)
    with contextlib.suppress(OSError):
        for name in sorted(os.listdir(project.path(folder))):
            if name.endswith(".tmx") and not name.startswith("."):
                yield f"{folder}/{name}", ",".join(_codes(project)), ""


def _folder(project: Project) -> str:
    return f"{project.config.locales}/{FOLDER}".lstrip("/")


def _codes(project: Project) -> tuple[str, ...]:
    """Every language of the project, those of posts first."""
    return tuple(dict.fromkeys([*(root.language for root in project.config.roots), *project.languages]))


def _units(project: Project, path: str, content: bytes, source: str, code: str) -> Sequence[Unit]:
    """What a file teaches; nothing when it cannot be read, which others complain about."""
    try:
        if not code:
            sources = [root.language for root in project.config.roots]
            return tuple(tmx.units(tmx.parse(content, path), _codes(project), sources))
        domain = path.removesuffix(".po").partition("/LC_MESSAGES/")[2]
        return tuple(reviewed(po.parse(content, path), source, code, domain))
    except (PoError, SourceError):
        return ()


# --- files from and for others ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Import:
    """A memory that was imported, or would be."""

    change: Change
    counts: Mapping[tuple[str, str], int]
    """(source, target) -> units."""
    left_out: int
    """Units of the files that are in no two languages of the project, or that nobody has reviewed."""


def plan_import(project: Project, paths: Iterable[str], language: str = "", source: str = "") -> list[Import]:
    """Return what importing files would write; TMX, PO, and PO compendia.

    `language` is that of PO files whose header names none, `source` the one that PO files are translated from. Raises
    SourceError, PoError and UsageError.
    """
    found: dict[str, list[Unit]] = defaultdict(list)
    left_out: Counter[str] = Counter()
    for path in paths:
        content = store.read(path)
        if content is None:
            raise UsageError("no such file", path=path)
        name, units, others = _read(project, path, content, language, source)
        found[name] += units
        left_out[name] += others
    made = []
    for name, units in found.items():
        there = f"{_folder(project)}/{name}.tmx"
        # who once wrote them is nobody's business here
        distinct = list(dict.fromkeys(unit._replace(creator="") for unit in units))
        counts = Counter((unit.source, unit.target) for unit in distinct)
        made.append(Import(Change(there, project.bytes_of(there), tmx.render(distinct)), counts, left_out[name]))
    return made


def apply_import(project: Project, imports: Iterable[Import]) -> None:
    """Write imported memories; one without units is not written. Raises StoppedError."""
    store.apply(project.folder, (each.change for each in imports if each.counts))


def _read(project: Project, path: str, content: bytes, language: str, source: str) -> tuple[str, list[Unit], int]:
    """The name under which a file is kept, its units, and how many others it has."""
    stem = _name(path)
    codes = _codes(project)
    if content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
        variants = tmx.parse(content, path)
        sources = [source] if source else [root.language for root in project.config.roots]
        units = list(tmx.units(variants, codes, sources))
        return stem, units, sum(max(1, len(each.texts) - 1) for each in variants) - len(units)
    catalog = po.parse(content, path)
    code = _language(catalog, path, codes, language)
    own = source or tmx.nearest(catalog.header.get("X-Source-Language", ""), codes) or project.config.roots[0].language
    units = [unit._replace(origin=Origin.FOREIGN) for unit in reviewed(catalog, own, code, "") if own != code]
    live = sum(1 for entry in catalog.entries if entry.key.text)
    return (stem if code in stem.split(".") else f"{stem}.{code}"), units, max(0, live - len(units))


def _name(path: str) -> str:
    stem = os.path.basename(path).rpartition(".")[0] or os.path.basename(path)
    return "".join(sign if sign.isalnum() or sign in "._-" else "-" for sign in stem).strip(".-") or "imported"


def _language(catalog: Catalog, path: str, codes: Sequence[str], given: str) -> str:
    """The language of a PO file. Raises UsageError when it has none, or one that the project does not have."""
    named = given or catalog.header.get("Language", "")
    if not named:
        hint = "Say it: tarjuma memory import --language CODE"
        raise UsageError("names no language in its header", path=path, hint=hint)
    code = tmx.nearest(named, codes)
    if not code:
        hint = f"The project has {', '.join(codes)}"
        raise UsageError(f"is in {named!r}, no language of this project", path=path, hint=hint)
    return code


def export(project: Project, memory: Memory, only: Iterable[str] = ()) -> bytes:
    """Return a TMX file of all that is reviewed, in some languages or in all; imported text is not in it."""
    learn(project, memory)
    wanted = frozenset(only)
    seen = set[tuple[object, ...]]()
    units = []
    for unit in memory.units((Origin.LIVE,)):
        # the same text in another post says nothing new
        identity = (unit.source, unit.text, unit.context, unit.target, unit.translation)
        if identity not in seen and (not wanted or unit.target in wanted):
            seen.add(identity)
            units.append(unit)
    roots = {root.language for root in project.config.roots}
    return tmx.render(units, next(iter(roots)) if len(roots) == 1 else "")


def chosen(project: Project, codes: Iterable[str]) -> tuple[str, ...]:
    """Return the languages of the project that a person named. Raises UsageError."""
    wanted = tuple(langs.language(code).code for code in codes)
    for code in wanted:
        if code not in project.languages:
            hint = f"This project has {', '.join(project.languages)}"
            raise UsageError(f"nothing is translated into {code!r}", hint=hint)
    return wanted


# --- what became of drafts -------------------------------------------------------------------------------------------


def note_reviews(project: Project, changes: Iterable[Change]) -> list[Problem]:
    """Remember what people made of drafts, from catalogs whose `# mt:` comments are about to go.

    Returns what is wrong with the memory. Nothing is opened where no comment goes.
    """
    codes = {project.po_path("", code).removesuffix(".po"): code for code in project.languages}
    judged: dict[str, list[Entry]] = defaultdict(list)
    for change in changes:
        if change.before:
            code = next((code for prefix, code in codes.items() if change.path.startswith(prefix)), "")
            with contextlib.suppress(PoError):
                catalog = po.parse(change.before, change.path)
                judged[code] += (
                    entry for entry in catalog.entries if entry.provenance and entry.state is State.REVIEWED
                )
    if not any(judged.values()):
        return []
    with opened(project) as memory:
        for code, entries in judged.items():
            memory.judge(code, entries)
        return problems(memory)


def weigh(project: Project, memory: Memory, only: Iterable[str] = ()) -> list[Row]:
    """Return how the drafts of each engine did, by language and route; `only` are languages, all when there are none.

    Drafts and reviews that nobody told the memory of, such as those of a colleague, are learned from the catalogs.
    """
    wanted = frozenset(only)
    entries = {code: _entries(project, code) for code in project.languages if not wanted or code in wanted}
    for code, there in entries.items():
        memory.note(code, there.values())
        memory.judge(code, there.values())
    known = [draft for draft in memory.drafts() if draft.language in entries]
    newest = {(draft.language, draft.key): draft for draft in known if not draft.final}
    for draft in known:
        if draft.final:
            newest.pop((draft.language, draft.key), None)
    judged = [_judged(draft) for draft in known if draft.final]
    approved = []
    offered = {code: _offered(project, code) for code in entries}
    for draft in newest.values():
        entry, offers = entries[draft.language].get(draft.key), offered[draft.language]
        if entry is None:
            continue
        if entry.state is State.REVIEWED:
            approved.append((draft, entry.targets))
        if entry.state is State.REVIEWED or offers is None:
            judged.append(_seen(draft, entry))
        elif offers.get((draft.key.text, draft.key.context)) == draft.engine:
            judged.append(Judgement(draft.language, draft.engine, draft.route, Verdict.WAITING))
    memory.settle(approved)
    return quality.rows(judged)


def _entries(project: Project, code: str) -> dict[Key, Entry]:
    """The live entries of a language; of one that several catalogs have, a reviewed one or else a filled one."""
    found: dict[Key, Entry] = {}
    for domain in project.catalog_files(code):
        path = project.po_path(domain, code)
        with contextlib.suppress(PoError):
            for entry in po.parse(project.bytes_of(path) or b"", path).entries:
                known = found.get(entry.key)
                if not entry.is_obsolete and (known is None or carry.rank(entry) < carry.rank(known)):
                    found[entry.key] = entry
    return found


def _offered(project: Project, code: str) -> Mapping[tuple[str, str | None], str] | None:
    """Text and context -> engine of the drafts that lie beside the catalogs; None where drafts stand in them."""
    if filling.place(project, code) is not Place.MEMORY:
        return None
    try:
        return filling.offered(project, code)
    except SourceError:
        return {}


def _judged(draft: Draft) -> Judgement:
    written, final = "\n".join(draft.targets), "\n".join(draft.final)
    if draft.is_unchanged:
        verdict = Verdict.UNCHANGED
    elif not all(draft.final):
        verdict, final = Verdict.REJECTED, ""
    else:
        verdict = quality.verdict(written, final) if written else Verdict.EDITED
    return Judgement(draft.language, draft.engine, draft.route, verdict, written, final)


def _seen(draft: Draft, entry: Entry) -> Judgement:
    """What a catalog says of a draft that the memory knows as open."""
    if entry.state is State.REVIEWED:
        return _judged(draft._replace(final=entry.targets, is_unchanged=draft.targets == entry.targets))
    is_emptied = entry.state is State.UNTRANSLATED
    return Judgement(draft.language, draft.engine, draft.route, Verdict.REJECTED if is_emptied else Verdict.WAITING)
