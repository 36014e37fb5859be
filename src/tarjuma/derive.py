"""Catalogs made by rule from reviewed catalogs of the same language in another script: pure, no files.

A derived entry is not fuzzy, because its origin is reviewed, and says where it comes from:
`# derived: uz>uz-Cyrl src=0a1b2c3d out=4e5f6071`; src is the hash of message and translation that it was made from, out
that of its own forms, as in `# mt:`. It is made anew when its origin changes, and emptied when the origin is no longer
reviewed. What a person wrote, changed or marked fuzzy is never touched: then out is another, or src is still the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tarjuma import langs, po, probe
from tarjuma.model import Catalog, Entry, Key, State, target_hash
from tarjuma.respell import Respelling

DERIVED = re.compile(r"derived: (?P<route>\S+) src=(?P<src>[0-9a-f]{8}) out=(?P<out>[0-9a-f]{8})\s*$")
"""The comment of an entry that was made by rule."""
_MARKS = re.compile(r"(?:derived|mt|was reviewed): \S.*\bout=[0-9a-f]{8}\s*$")


@dataclass(frozen=True, slots=True)
class Derivation:
    """What became of a catalog."""

    catalog: Catalog
    made: int = 0
    """Entries that were written or written anew."""
    emptied: int = 0
    """Entries whose origin is no longer reviewed."""
    edited: tuple[Entry, ...] = ()
    """Derived entries that a person changed: they stay as they are."""
    outdated: tuple[Entry, ...] = ()
    """Those of them whose origin has changed since."""


def derived(catalog: Catalog, origin: Catalog | None, respelling: Respelling) -> Derivation:
    """Return the catalog with every entry that is a rule's to write as the reviewed entries of its origin have it.

    Without an origin nothing is reviewed. The catalog itself comes back where nothing changes.
    """
    route = f"{origin.language if origin else ''}>{catalog.language}"
    reviewed = dict(_reviewed(origin)) if origin else {}
    index = _forms(origin, catalog) if origin else ()
    entries = []
    counts = {"made": 0, "emptied": 0}
    for entry in catalog.entries:
        source = reviewed.get(entry.key)
        fresh = _entry(entry, source, index, respelling, route)
        entries.append(fresh)
        if fresh is not entry:
            counts["made" if source else "emptied"] += 1
    edited = tuple(filter(is_edited, catalog.entries))
    sums = {key: _sum(source) for key, source in reviewed.items()}
    outdated = tuple(entry for entry in edited if (mark := _mark(entry)) and mark["src"] != sums.get(entry.key))
    return Derivation(po.replaced(catalog, entries), **counts, edited=edited, outdated=outdated)


def is_edited(entry: Entry) -> bool:
    """Say whether a person changed what a rule had written."""
    mark = _mark(entry)
    return bool(mark and any(entry.targets) and mark["out"] != target_hash(entry.targets) and not entry.is_obsolete)


def _reviewed(origin: Catalog) -> Iterator[tuple[Key, Entry]]:
    for entry in origin.entries:
        if entry.state is State.REVIEWED:
            yield entry.key, entry


def _entry(entry: Entry, source: Entry | None, index: tuple[int, ...], respelling: Respelling, route: str) -> Entry:
    if not _is_open(entry, source):
        return entry
    if source is None:
        empty = ("",) * len(entry.targets)
        return _written(entry, empty, ()) if is_derived(entry) else entry
    forms = source.targets
    chosen = forms if len(entry.targets) == 1 else [forms[min(place, len(forms) - 1)] for place in index]
    if len(chosen) != len(entry.targets):
        return entry
    key = entry.key
    texts = [key.text, *([key.plural] * (len(chosen) - 1) if key.plural else [])]
    targets = tuple(respelling.respelled(target, text) for target, text in zip(chosen, texts, strict=True))
    mark = f"derived: {route} src={_sum(source)} out={target_hash(targets)}"
    if entry.targets == targets and not entry.is_fuzzy and mark in entry.comments:
        return entry
    return _written(entry, targets, (mark,))


def _written(entry: Entry, targets: tuple[str, ...], marks: Iterable[str]) -> Entry:
    comments = (*(line for line in entry.comments if not _MARKS.match(line)), *marks)
    return replace(entry, targets=targets, is_fuzzy=False, previous=None, comments=comments, raw=None)


def _is_open(entry: Entry, source: Entry | None) -> bool:
    """Whether a rule may write an entry: it is empty, a machine's untouched draft, or derived and untouched."""
    if entry.is_obsolete:
        return False
    if not any(target.strip() for target in entry.targets) or entry.state is State.DRAFT:
        return True
    mark = _mark(entry)
    if not mark or not is_derived(entry):
        return False
    is_doubted = entry.is_fuzzy and entry.previous is None and source is not None and mark["src"] == _sum(source)
    return not is_doubted


def is_derived(entry: Entry) -> bool:
    """Say whether a rule wrote an entry, and nobody changed it since."""
    mark = _mark(entry)
    return bool(mark and mark["out"] == target_hash(entry.targets))


def _mark(entry: Entry) -> re.Match[str] | None:
    return next((match for line in entry.comments if (match := DERIVED.match(line))), None)


def _sum(entry: Entry) -> str:
    key = entry.key
    return target_hash((key.context or "", key.text, key.plural or "", *entry.targets))


def _forms(origin: Catalog, catalog: Catalog) -> tuple[int, ...]:
    """For each plural form of a catalog the form of its origin that serves the same numbers."""
    count, plural = _plural(catalog)
    _, other = _plural(origin)
    numbers: dict[int, list[int]] = {form: [] for form in range(count)}
    for number in probe.REACH:
        numbers.get(langs.plural_index(plural, number), []).append(number)
    return tuple(
        langs.plural_index(other, probe.samples(there)[0]) if there else form for form, there in numbers.items()
    )


def _plural(catalog: Catalog) -> tuple[int, str]:
    """How many plural forms a catalog has, and the C expression that chooses among them."""
    row = langs.language(catalog.language)
    try:
        count, plural = langs.parts(catalog.header.get("Plural-Forms", ""))
        langs.plural_index(plural, 1)
    except ValueError:
        return row.nplurals, row.plural
    return count, plural
