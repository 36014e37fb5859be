"""Where drafts go: into a catalog, or into a translation memory beside the catalogs that OmegaT shows as such.

OmegaT takes `tm/mt/` of its project for machine translation: it offers what is in it and never counts it as done.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Protocol

from tarjuma import draft, po
from tarjuma.config import Place
from tarjuma.draft import Draft
from tarjuma.errors import SourceError
from tarjuma.memory import Memory, Unit, tmx
from tarjuma.model import Entry, Key, Message, source_hash, target_hash
from tarjuma.project.site import Project
from tarjuma.store import Change

_CREATOR = re.compile(r'<tuv xml:lang="[^"]*" creationid="([^"]*)"><seg>')


class Sheet(Protocol):
    """A file that drafts are put into."""

    path: str
    code: str

    def change(self, drafts: Mapping[Key, Draft], memory: Memory) -> Change | None:
        """Return the file with drafts in it, as it is on disk now; None where it is gone or stays as it is.

        What is written is noted in the memory. Raises PoError and SourceError for a file that cannot be read.
        """


class Catalog:
    """A PO file."""

    def __init__(self, path: str, code: str, project: Project, redrafted: str) -> None:
        self.path = path
        self.code = code
        self._project = project
        self._redrafted = redrafted

    def change(self, drafts: Mapping[Key, Draft], memory: Memory) -> Change | None:
        """Return the catalog with drafts in the entries that are open still."""
        before = self._project.bytes_of(self.path)
        if before is None:
            return None
        filled = draft.filled(po.parse(before, self.path), drafts, self._redrafted)
        after = po.render(filled)
        if after == before:
            return None
        memory.note(self.code, (entry for entry in filled.entries if entry.key in drafts))
        return Change(self.path, before, after, is_durable=True)


class Offers:
    """A TMX file for OmegaT; all drafts of a language."""

    def __init__(self, path: str, code: str, project: Project, source: str) -> None:
        self.path = path
        self.code = code
        self._project = project
        self._source = source

    def change(self, drafts: Mapping[Key, Draft], memory: Memory) -> Change | None:
        """Return the file with drafts added, in the order of their texts."""
        units = {_subject(unit): unit for unit in read(self._project, self.path, self.code)}
        for key, made in drafts.items():
            units |= {_subject(unit): unit for unit in _units(key, made, self._source, self.code)}
        memory.note(self.code, (_entry(key, made) for key, made in drafts.items()))
        return _change(self._project, self.path, units.values())


def sheet(project: Project, domain: str, code: str, redrafted: str) -> Sheet:
    """Return where the drafts of a catalog go."""
    if place(project, code) is Place.MEMORY:
        source = project.domains[domain][0].root.language
        return Offers(offers_path(project, code), code, project, source)
    return Catalog(project.po_path(domain, code), code, project, redrafted)


def place(project: Project, code: str) -> Place:
    """Return where the drafts of a language go."""
    return project.config.drafting.places.get(code, Place.CATALOG)


def offers_path(project: Project, code: str) -> str:
    """Return the path of the TMX file of a language."""
    return f"{project.po_path('', code).partition('/LC_MESSAGES/')[0]}/tm/mt/tarjuma.tmx"


def offered(project: Project, code: str) -> dict[tuple[str, str | None], str]:
    """Return text and context of what the TMX file of a language offers -> the engine. Raises SourceError."""
    return {_subject(unit): unit.creator for unit in read(project, offers_path(project, code), code)}


def withdrawn(project: Project, code: str, engine: str) -> tuple[Change | None, Counter[str], set[str]]:
    """Return the TMX file of a language without the drafts of an engine ("": of any).

    Also how many drafts of which engine go, and the engines of those that stay. Raises SourceError.
    """
    path = offers_path(project, code)
    units = read(project, path, code)
    left = [unit for unit in units if engine not in ("", unit.creator)]
    gone = Counter(unit.creator for unit in units) - Counter(unit.creator for unit in left)
    change = _change(project, path, left) if len(left) < len(units) else None
    return change, gone, {unit.creator for unit in left}


def read(project: Project, path: str, code: str) -> list[Unit]:
    """Return what a TMX file of ours offers; nothing where there is none. Raises SourceError."""
    content = project.bytes_of(path)
    if content is None:
        return []
    sources = [root.language for root in project.config.roots]
    units = list(tmx.units(tmx.parse(content, path), [*sources, code], sources))
    creators = _CREATOR.findall(content.decode("utf-8", "replace"))
    if len(creators) != len(units):
        raise SourceError("somebody changed this file", path=path, hint="Delete it: drafts can be made again")
    return [unit._replace(creator=creator) for unit, creator in zip(units, creators, strict=True)]


def _subject(unit: Unit) -> tuple[str, str | None]:
    return unit.text, unit.context


def _units(key: Key, made: Draft, source: str, code: str) -> list[Unit]:
    """A message as OmegaT reads it out of a catalog: its plural is a segment of its own."""
    texts = [(key.text, made.targets[0])]
    if key.plural is not None and key.plural != key.text:
        texts.append((key.plural, made.targets[-1]))
    return [Unit(source, text, code, target, key.context, creator=made.engine) for text, target in texts]


def _entry(key: Key, made: Draft) -> Entry:
    """A draft as it would stand in a catalog."""
    mark = f"mt: {made.engine} {made.route} src={source_hash(key)} out={target_hash(made.targets)}"
    return Entry(Message(key), made.targets, is_fuzzy=True, comments=(mark,))


def _change(project: Project, path: str, units: Iterable[Unit]) -> Change | None:
    before = project.bytes_of(path)
    ordered = sorted(units, key=lambda unit: (unit.text, unit.context or ""))
    after = tmx.render(ordered, project.config.roots[0].language) if ordered else None
    return Change(path, before, after) if after != before else None
