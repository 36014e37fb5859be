"""Which entries a machine may draft, what it is given of each, and how a draft stands in a catalog.

A draft is fuzzy and says who wrote it: `# mt: google en>ru src=0a1b2c3d out=4e5f6071`. What a person wrote, changed or
approved is never touched; nothing here makes a draft count as reviewed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from tarjuma import consent, po, probe
from tarjuma.checks import Context
from tarjuma.checks import glossary as check_of_terms
from tarjuma.engines import Surroundings
from tarjuma.model import PROVENANCE, Catalog, Entry, Identity, Key, State, source_hash, target_hash
from tarjuma.pair import Pair
from tarjuma.probe import Attempt, Wording

MEMORY = "memory"
"""The engine of a draft that is somebody's reviewed translation of the same text elsewhere."""
COPY = "copy"
"""The engine of a draft that is its source: there is nothing to translate in it."""
BESIDE = 240
"""Characters of what stands beside a text that an engine gets to see."""


class Draft(NamedTuple):
    """What a machine made of an entry."""

    targets: tuple[str, ...]
    engine: str
    route: str
    """Source and target language: `en>ru`, `ru>be`."""


@dataclass(frozen=True, slots=True)
class Gap:
    """An entry that waits for a draft."""

    entry: Entry
    forms: tuple[tuple[Attempt, ...], ...]
    """For each form the texts to try, one after the other."""
    around: Surroundings = field(default_factory=Surroundings)

    @property
    def key(self) -> Key:
        """The identity of its message."""
        return self.entry.key


@dataclass(frozen=True, slots=True)
class Pivot:
    """A language whose reviewed translations are what another one is drafted from."""

    language: str
    plural: str
    """The C expression of its catalog."""
    entries: Mapping[Key, Entry]
    """The reviewed ones."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides about the gaps of one catalog."""

    source: str
    """BCP 47 code of the language that the messages are in."""
    source_plural: str
    plural: str
    """The C expression of the catalog itself."""
    known: Container[Identity]
    """The messages of the posts as they are now: what else the catalog holds may not be drafted."""
    private: Container[Identity] = field(default_factory=frozenset)
    """Messages that no other message's surroundings may show."""
    pivot: Pivot | None = None
    redrafted: str = ""
    """Name of an engine whose drafts are to be made anew, as long as nobody touched them; "" for none."""


def gaps(catalog: Catalog, terms: Terms) -> list[Gap]:
    """Return the entries of a catalog that are to be drafted, in its order."""
    due = [
        index
        for index, entry in enumerate(catalog.entries)
        if entry.key.identity in terms.known and is_open(entry, terms.redrafted)
    ]
    around = _surroundings(catalog, terms) if due else []
    return [Gap(catalog.entries[index], _attempts(catalog.entries[index], terms), around[index]) for index in due]


def is_open(entry: Entry, redrafted: str = "") -> bool:
    """Say whether a machine may write an entry: it is empty, or an old draft that nobody touched.

    An entry of which a person filled one form is that person's. `redrafted`: an engine whose drafts count as old.
    """
    if entry.state is State.UNTRANSLATED:
        return not is_begun(entry)
    draft = entry.provenance
    if entry.state is not State.DRAFT or draft is None:
        return False
    return draft["src"] != source_hash(entry.key) or draft["engine"] == redrafted


def is_begun(entry: Entry) -> bool:
    """Say whether a person filled some of an entry's forms, and not all."""
    filled = [replace(entry, targets=(target,)).is_translated for target in entry.targets]
    return any(filled) and not all(filled) and not entry.is_obsolete


def _attempts(entry: Entry, terms: Terms) -> tuple[tuple[Attempt, ...], ...]:
    key, flags = entry.key, entry.message.flags
    forms = (key.text,) if key.plural is None else (key.text, key.plural)
    wordings = [Wording(terms.source, forms, terms.source_plural)]
    other = terms.pivot.entries.get(key) if terms.pivot else None
    if terms.pivot and other and (key.plural is None) == (len(other.targets) == 1):
        wordings.insert(0, Wording(terms.pivot.language, other.targets, terms.pivot.plural))
    return probe.attempts(wordings, len(entry.targets), terms.plural, flags)


def _surroundings(catalog: Catalog, terms: Terms) -> list[Surroundings]:
    """What stands around each entry, by index; of private messages nothing is shown."""
    by_place: dict[str, list[int]] = defaultdict(list)
    headings: dict[str, str] = {}
    above: list[str] = []
    shown = [_shown(entry, terms) for entry in catalog.entries]
    for index, entry in enumerate(catalog.entries):
        place = _place(entry)
        by_place[place].append(index)
        above.append(headings.get(place, ""))
        if _kind(entry) == "heading":
            headings[place] = shown[index]
    beside = {
        index: (before, after)
        for there in by_place.values()
        for before, index, after in zip([None, *there[:-1]], there, [*there[1:], None], strict=True)
    }

    def text(index: int | None) -> str:
        return "" if index is None else shown[index]

    return [
        Surroundings(
            kind=_kind(entry),
            heading=above[index],
            before=_end(text(beside[index][0])),
            after=_beginning(text(beside[index][1])),
            note=_note(entry),
            limit=entry.message.limit,
        )
        for index, entry in enumerate(catalog.entries)
    ]


def _place(entry: Entry) -> str:
    return entry.message.places[0] if entry.message.places and not entry.is_obsolete else ""


def _kind(entry: Entry) -> str:
    return entry.message.notes[0] if entry.message.notes else ""


def _shown(entry: Entry, terms: Terms) -> str:
    """The source text of an entry as a neighbour may see it."""
    identity = entry.key.identity
    if entry.is_obsolete or identity not in terms.known or identity in terms.private:
        return ""
    return consent.without_contacts(" ".join(entry.key.text.split()))


def _note(entry: Entry) -> str:
    """What the author wants translators to know."""
    told = (note for note in entry.message.notes[1:] if not note.startswith(("max ", "under: ")))
    return consent.without_contacts(". ".join(filter(None, (entry.key.context, *told))))


def _beginning(text: str) -> str:
    return text if len(text) <= BESIDE else text[:BESIDE].rpartition(" ")[0] + " …"


def _end(text: str) -> str:
    return text if len(text) <= BESIDE else "… " + text[-BESIDE:].partition(" ")[2]


def filled(catalog: Catalog, drafts: Mapping[Key, Draft], redrafted: str = "") -> Catalog:
    """Return the catalog with drafts in the entries that are open still; whatever a person wrote meanwhile stays."""
    return po.replaced(catalog, (_filled(entry, drafts.get(entry.key), redrafted) for entry in catalog.entries))


def _filled(entry: Entry, draft: Draft | None, redrafted: str) -> Entry:
    if draft is None or entry.is_obsolete or len(draft.targets) != len(entry.targets):
        return entry
    if not is_open(entry, redrafted) or not all(draft.targets):
        return entry
    sums = f"src={source_hash(entry.key)} out={target_hash(draft.targets)}"
    comments = (*_without_provenance(entry), f"mt: {draft.engine} {draft.route} {sums}")
    return replace(entry, targets=draft.targets, is_fuzzy=True, previous=None, comments=comments, raw=None)


def unheeded(entry: Entry, targets: tuple[str, ...], context: Context) -> frozenset[str]:
    """Return what the check of terms says of a draft: each term of the glossary that it translates otherwise."""
    if not context.glossary.terms:
        return frozenset()
    drafted = replace(entry, targets=targets)
    pairs = (Pair(drafted, form, context.language) for form in range(len(targets)))
    found = (each for pair in pairs for each in check_of_terms.check(pair, context))
    return frozenset(each.message.format(**each.values) for each in found)


def discarded(catalog: Catalog, engine: str = "") -> Catalog:
    """Return the catalog without the drafts of an engine ("": of any) that nobody touched: they are empty again."""
    return po.replaced(catalog, (_discarded(entry, engine) for entry in catalog.entries))


def _discarded(entry: Entry, engine: str) -> Entry:
    draft = entry.provenance
    if entry.state is not State.DRAFT or draft is None or engine not in ("", draft["engine"]):
        return entry
    empty = ("",) * len(entry.targets)
    comments = _without_provenance(entry)
    return replace(entry, targets=empty, is_fuzzy=False, previous=None, comments=comments, raw=None)


def _without_provenance(entry: Entry) -> tuple[str, ...]:
    return tuple(comment for comment in entry.comments if not PROVENANCE.match(comment))


def by_engine(catalog: Catalog) -> Counter[str]:
    """Return how many untouched drafts of each engine a catalog holds."""
    drafts = (entry.provenance for entry in catalog.entries if entry.state is State.DRAFT)
    return Counter(draft["engine"] for draft in drafts if draft)


class Recollection:
    """The reviewed translations of a language, by what they translate."""

    def __init__(self, catalogs: Iterable[Catalog]) -> None:
        self._targets: dict[tuple[str, str | None, int], list[tuple[str | None, tuple[str, ...]]]] = defaultdict(list)
        for entry in (entry for catalog in catalogs for entry in catalog.entries):
            if entry.state is State.REVIEWED:
                self._targets[_subject(entry)].append((entry.key.context, entry.targets))

    def targets(self, entry: Entry) -> tuple[str, ...] | None:
        """Return what people made of the same text elsewhere, None when they did not meet it.

        Of several translations one with the same context counts more, then the one that stands most often, then the
        first one.
        """
        there = self._targets.get(_subject(entry))
        if not there:
            return None
        alike = [targets for context, targets in there if context == entry.key.context]
        return Counter(alike or [targets for _, targets in there]).most_common(1)[0][0]


def _subject(entry: Entry) -> tuple[str, str | None, int]:
    return entry.key.text, entry.key.plural, len(entry.targets)


def reviewed(catalog: Catalog) -> Mapping[Key, Entry]:
    """Return the reviewed entries of a catalog, for `Pivot`."""
    return {entry.key: entry for entry in catalog.entries if entry.state is State.REVIEWED}


def spread_out(gaps: Iterable[Gap], count: int) -> Iterator[Gap]:
    """Yield `count` gaps with different texts, from the whole range of them: a sample that stays the same."""
    different = list({gap.key.text: gap for gap in gaps}.values())
    step = max(1.0, len(different) / count) if count else 1.0
    yield from (different[int(nth * step)] for nth in range(min(count, len(different))))
