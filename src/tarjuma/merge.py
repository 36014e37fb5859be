"""Bring the catalogs of a language up to date with the templates, and lose nothing that a person wrote.

Each message of a template is looked for, in this order: live in its own catalog; obsolete there; under the text that
it had before an edit that is taken back now; live in a catalog that lost it (moved, or the post was renamed); obsolete
in another catalog; and last among the texts that vanished, as the one it was edited from. What is left over becomes
obsolete. A message that is found nowhere stays empty, unless the same text is reviewed in another catalog.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tarjuma import carry, headers, keepsake, langs, meaning, po, similar
from tarjuma.model import Catalog, Entry, Key, Language, Message, Problem, Severity, State, source_hash
from tarjuma.similar import Spot

Memory = Callable[[Key], "tuple[str, ...] | None"]
"""Returns the reviewed targets of a message, None where nobody knows any."""


@dataclass(frozen=True, slots=True)
class SameMeaning:
    """An editor's word that the edits of some sources change no meaning."""

    paths: frozenset[str]
    """Sources as `#:` names them."""
    date: str
    """Of the statement, as the comment shall write it: 2026-05-01."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The catalogs of one language after a merge."""

    catalogs: Mapping[str, Catalog]
    """By domain; a template without messages makes none. A catalog that needed no change is the very same object."""
    emptied: tuple[str, ...] = ()
    """Domains without a template whose catalogs lost their last entry: their files can go."""
    problems: tuple[Problem, ...] = ()


def forgetful(key: Key) -> None:
    """Know no message: the memory of a project without one."""


def update(
    catalog: Catalog | None,
    template: Catalog,
    language: Language,
    *,
    elsewhere: Iterable[Entry] = (),
    source: str = "en",
    memory: Memory = forgetful,
    same_meaning: SameMeaning | None = None,
    path: str = "",
) -> Catalog:
    """Return the catalog of one template; `elsewhere` holds entries of other catalogs that vanished there.

    The same as `update_all` for a single domain; what it takes from `elsewhere` the caller removes there. `path` is
    where a new catalog will be written.
    """
    own, other = "own", "elsewhere"
    catalogs = {own: catalog} if catalog else {}
    if vanished := tuple(elsewhere):
        catalogs[other] = Catalog("", language.code, {}, vanished)
    merged = update_all(
        catalogs,
        {own: template},
        language,
        source=source,
        memory=memory,
        same_meaning=same_meaning,
        path=lambda domain: path,
    )
    empty = po.new_catalog(path, language.code, headers.of_language(template, language), ())
    return merged.catalogs.get(own, empty)


def update_all(
    catalogs: Mapping[str, Catalog],
    templates: Mapping[str, Catalog],
    language: Language,
    *,
    source: str = "en",
    memory: Memory = forgetful,
    same_meaning: SameMeaning | None = None,
    path: Callable[[str], str] = "{}.po".format,
) -> Merged:
    """Return all catalogs of a language, each brought up to date with the template of its domain.

    `catalogs` are all there are, also those whose domain has no template any more (a post that was renamed or
    deleted); `path` says where a new one will be written. A source that cannot be read must keep its last template:
    without one its translations become obsolete. `source` is the code of the language that the templates are in.
    """
    work = _Merge(catalogs, templates, language, source, same_meaning)
    for find in (work.stay, work.revive, work.turn_back, work.move, work.change_forms, work.follow_edits):
        if not work.pending:
            break
        find()
    work.remember(memory)
    return work.merged(path)


@dataclass(slots=True, eq=False)
class _Source:
    """An entry as it was, and whether it found its new place."""

    domain: str
    entry: Entry
    is_taken: bool = False


@dataclass(slots=True, eq=False)
class _Target:
    """A message of a template, and the entry it gets."""

    domain: str
    message: Message
    entry: Entry | None = None
    origin: str = ""
    """The domain that the entry came from, "" where it is new."""

    @property
    def key(self) -> Key:
        return self.message.key


@dataclass(slots=True)
class _Merge:
    """The state of one merge: sources on one side, targets on the other, and who is still looking."""

    catalogs: Mapping[str, Catalog]
    templates: Mapping[str, Catalog]
    language: Language
    source: str
    same_meaning: SameMeaning | None
    live: dict[str, list[_Source]] = field(default_factory=dict)
    gone: dict[str, list[_Source]] = field(default_factory=dict)
    """Obsolete entries."""
    targets: dict[str, list[_Target]] = field(default_factory=dict)
    pending: list[_Target] = field(default_factory=list)
    keepsakes: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        for domain, catalog in self.catalogs.items():
            sources = [_Source(domain, carry.without_marks(entry)) for entry in catalog.entries]
            self.live[domain] = [each for each in sources if not each.entry.is_obsolete]
            self.gone[domain] = [each for each in sources if each.entry.is_obsolete]
        for domain, template in self.templates.items():
            self.targets[domain] = [_Target(domain, entry.message) for entry in template.entries]
        self.pending = [target for targets in self.targets.values() for target in targets]

    def nplurals(self, domain: str) -> int:
        """The number of forms that a catalog's header declares, the language's own for a new one."""
        header = self.catalogs[domain].header if domain in self.catalogs else {}
        try:
            return langs.parts(header.get("Plural-Forms", ""))[0]
        except ValueError:
            return self.language.nplurals

    # --- what finds an entry -------------------------------------------------------------------------------------

    def stay(self) -> None:
        """A message that was there stays as it is."""
        for domain, sources in self.live.items():
            known: dict[Key, list[_Source]] = defaultdict(list)
            for each in sources:
                known[each.entry.key].append(each)
            for target in self.targets.get(domain, ()):
                if copies := known.get(target.key):
                    best, *others = sorted(copies, key=lambda each: carry.rank(each.entry))
                    self._give(target, best, self._stayed(best.entry, target.message))
                    for other in others:  # only a file that msgfmt refuses has any
                        other.is_taken = True
                        self.keepsakes[domain].append(other.entry)
        self._drop_found()

    def revive(self) -> None:
        """A message that was obsolete comes back."""
        known = {(each.domain, each.entry.key): each for sources in self.gone.values() for each in sources}
        for target in self.pending:
            source = known.get((target.domain, target.key))
            if source and not source.is_taken:
                self._give(target, source, carry.revived(source.entry, target.message))
        self._drop_found()

    def turn_back(self) -> None:
        """An edit is taken back: the entry is again what it was."""
        former: dict[str, list[_Source]] = defaultdict(list)
        for source in (*self._vanished(), *self._obsolete()):
            for origin in carry.origins(source.entry):
                former[origin].append(source)
        for target in self.pending if former else ():
            found = [
                each
                for each in former.get(source_hash(target.key), ())
                if not each.is_taken and (each.entry.key.plural is None) == (target.key.plural is None)
            ]
            for source in sorted(found, key=lambda each: (each.domain != target.domain, carry.rank(each.entry)))[:1]:
                self._give(target, source, carry.turned_back(source.entry, target.message))
        self._drop_found()

    def move(self) -> None:
        """A message that another catalog lost, now or earlier, takes its entry along."""
        known: dict[Key, list[_Source]] = defaultdict(list)
        for source in (*self._vanished(), *self._obsolete()):
            known[source.entry.key].append(source)
        for target in self.pending:
            found = [each for each in known.get(target.key, ()) if not each.is_taken and each.domain != target.domain]
            for source in sorted(found, key=lambda each: (carry.rank(each.entry), each.entry.is_obsolete))[:1]:
                if not carry.is_empty(source.entry):
                    self._give(target, source, carry.revived(source.entry, target.message))
        self._drop_found()

    def change_forms(self) -> None:
        """A message that got a plural, or lost it, is the same message for gettext."""
        known = {(each.domain, *each.entry.key.identity): each for each in (*self._obsolete(), *self._vanished())}
        for target in self.pending:
            source = known.get((target.domain, *target.key.identity))
            if source and not source.is_taken:
                self._give(target, source, self._edited(source.entry, target))
        self._drop_found()

    def follow_edits(self) -> None:
        """An edited message takes the entry that it had, fuzzy."""
        spots, sources, vanished = self._old_spots()
        new = [target for targets in self.targets.values() for target in targets]
        index = {id(target): place for place, target in enumerate(new)}
        found = similar.pairs(
            spots,
            [Spot(target.key, _paths(target.message)) for target in new],
            vanished,
            [index[id(target)] for target in self.pending],
        )
        for place, old in found.items():
            target, source = new[place], sources[old]
            if source.is_taken:
                # It stands in another file still, so it is copied; only a shared catalog has such an entry.
                if any(source.entry.targets):
                    target.entry = self._edited(source.entry, target)
                continue
            self._give(target, source, self._edited(source.entry, target))
        self._drop_found()

    def _old_spots(self) -> tuple[list[Spot], list[_Source], list[int]]:
        """The texts as they stood, their entries, and which of them vanished, be it from one of their files only."""
        now = {
            (target.domain, target.key): frozenset(_paths(target.message))
            for targets in self.targets.values()
            for target in targets
        }
        spots: list[Spot] = []
        sources: list[_Source] = []
        vanished: list[int] = []
        for source in (each for all_ in self.live.values() for each in all_):
            paths = _paths(source.entry.message)
            still = now.get((source.domain, source.entry.key), frozenset())
            lost = tuple(path for path in paths if path not in still)
            if not source.is_taken:
                vanished.append(len(spots))
            elif lost and still:
                paths = tuple(path for path in paths if path in still)
                vanished.append(len(spots))
                spots.append(Spot(source.entry.key, lost))
                sources.append(source)
            spots.append(Spot(source.entry.key, paths))
            sources.append(source)
        return spots, sources, vanished

    def remember(self, memory: Memory) -> None:
        """Fill empty entries from catalogs where the same message is reviewed, else from the memory, as drafts."""
        targets = [target for each in self.targets.values() for target in each]
        for target in self.pending:
            target.entry = carry.untranslated(target.message, self.nplurals(target.domain))
        empty = [target for target in targets if target.entry and not any(target.entry.targets)]
        if not empty:
            return
        reviewed: dict[Key, Counter[tuple[str, ...]]] = defaultdict(Counter)
        wanted = {target.key for target in empty}
        for target in targets:
            if target.key in wanted and target.entry and target.entry.state is State.REVIEWED:
                reviewed[target.key][target.entry.targets] += 1
        route = f"{self.source}>{self.language.code}"
        for target in empty:
            known = reviewed[target.key].most_common(1)
            found = known[0][0] if known else memory(target.key)
            if found and target.entry and len(found) == len(target.entry.targets):
                target.entry = carry.remembered(target.entry, found, route)

    # --- what becomes of it --------------------------------------------------------------------------------------

    def _give(self, target: _Target, source: _Source, entry: Entry) -> None:
        # Lines are those of another file after a move: what stood around them there means nothing here.
        target.entry = entry if source.domain == target.domain else replace(entry, line=0)
        target.origin, source.is_taken = source.domain, True

    def _drop_found(self) -> None:
        self.pending = [target for target in self.pending if target.entry is None]

    def _vanished(self) -> Iterator[_Source]:
        return (each for sources in self.live.values() for each in sources if not each.is_taken)

    def _obsolete(self) -> Iterator[_Source]:
        for sources in self.gone.values():
            yield from (each for each in sources if not each.is_taken and not keepsake.is_kept(each.entry))

    def _stayed(self, entry: Entry, message: Message) -> Entry:
        stayed = carry.kept(entry, message)
        if not self.same_meaning or not carry.proof(entry) or not self._is_meant(message):
            return stayed
        if self._is_refused(carry.written_for(entry), entry, message):
            return stayed
        return carry.confirmed(entry, message, self.same_meaning.date)

    def _edited(self, entry: Entry, target: _Target) -> Entry:
        if carry.is_lossy(entry, target.key):
            self.keepsakes[target.domain].append(entry)
        is_approved = entry.state is State.REVIEWED or carry.proof(entry)
        if self.same_meaning and is_approved and self._is_meant(target.message):
            before = entry.key if entry.state is State.REVIEWED else carry.written_for(entry)
            if not self._is_refused(before, entry, target.message):
                return carry.confirmed(entry, target.message, self.same_meaning.date)
        return carry.edited(entry, target.message, self.nplurals(target.domain))

    def _is_meant(self, message: Message) -> bool:
        return self.same_meaning is not None and not self.same_meaning.paths.isdisjoint(_paths(message))

    def _is_refused(self, before: Key, entry: Entry, message: Message) -> bool:
        changed = meaning.changes(before, message.key, self.source)
        if changed:
            text = f"the edit changed {' and '.join(changed)}, so the translation needs a review: {_short(message.key)}"
            place = _paths(message)[0]
            self.problems.append(
                Problem("same-meaning", Severity.WARNING, place, text, entry.line, language=self.language.code)
            )
        return bool(changed)

    # --- the catalogs that come out ------------------------------------------------------------------------------

    def merged(self, path: Callable[[str], str]) -> Merged:
        """Return the catalogs: those of templates first, then those whose template is gone."""
        heirs = self._heirs()
        catalogs = {}
        for domain, template in self.templates.items():
            if not template.entries and domain not in self.catalogs:
                continue
            former = next((old for old, new in heirs.items() if new == domain), None)
            catalogs[domain] = self._catalog(domain, template, former, path)
        emptied = []
        for domain, catalog in self.catalogs.items():
            if domain in self.templates:
                continue
            entries = [] if domain in heirs else self._left_over(domain, ())
            if entries or not self.live[domain]:
                catalogs[domain] = _replaced(catalog, entries)
            else:
                emptied.append(domain)
        return Merged(catalogs, tuple(emptied), tuple(self.problems))

    def _heirs(self) -> dict[str, str]:
        """Domain without a template -> new domain that got most of its entries: the post was renamed."""
        moved: dict[str, Counter[str]] = defaultdict(Counter)
        for domain, targets in self.targets.items():
            if domain in self.catalogs:
                continue
            for target in targets:
                if target.origin and target.origin not in self.templates:
                    moved[target.origin][domain] += 1
        taken: set[str] = set()
        heirs = {}
        for origin, counts in moved.items():
            for domain, _ in counts.most_common():
                if domain not in taken:
                    heirs[origin] = domain
                    taken.add(domain)
                    break
        return heirs

    def _catalog(self, domain: str, template: Catalog, former: str | None, path: Callable[[str], str]) -> Catalog:
        live = [target.entry for target in self.targets[domain] if target.entry]
        own = self.catalogs.get(domain) or (self.catalogs[former] if former else None)
        left = self._left_over(domain, live)
        if own is None:
            return po.new_catalog(
                path(domain), self.language.code, headers.of_language(template, self.language), [*live, *left]
            )
        if former:
            own = replace(own, path=path(domain))
            left += [entry for entry in self._left_over(former, [*live, *left]) if entry not in left]
        header = dict(headers.missing(own, template, self.language))
        if _contents(own.entries) != _contents(live) and template.header.get(headers.DATE):
            header[headers.DATE] = template.header[headers.DATE]
        changed = {name: value for name, value in header.items() if own.header.get(name) != value}
        return _replaced(po.with_header(own, changed) if changed else own, [*live, *left])

    def _left_over(self, domain: str, live: Sequence[Entry]) -> list[Entry]:
        """Obsolete entries of a catalog: those it had, then those whose message is gone now; no identity twice."""
        taken = {entry.key.identity: entry for entry in live}
        result = []
        old = [each.entry for each in self.gone.get(domain, ()) if not each.is_taken]
        new = [carry.obsolete(each.entry) for each in self.live.get(domain, ()) if not each.is_taken]
        for entry in (*old, *new, *map(carry.obsolete, self.keepsakes.get(domain, ()))):
            if carry.is_empty(entry) and not keepsake.is_kept(entry):
                continue
            twin = taken.get(entry.key.identity)
            if twin and (twin.targets == entry.targets or not any(entry.targets)):
                continue
            own = keepsake.kept_apart(entry, taken) if twin else entry
            taken[own.key.identity] = own
            result.append(own)
        return result


def _paths(message: Message) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(similar.path_of, message.places))) or ("",)


def _short(key: Key) -> str:
    return repr(key.text if len(key.text) <= 60 else key.text[:59] + "…")


def _contents(entries: Iterable[Entry]) -> list[object]:
    messages = (entry.message for entry in entries if not entry.is_obsolete)
    return [(each.key, each.notes, each.places, each.flags) for each in messages]


def _replaced(catalog: Catalog, entries: Sequence[Entry]) -> Catalog:
    """Return the catalog with other entries, itself where they are the same objects."""
    if len(entries) == len(catalog.entries) and all(map(_is, entries, catalog.entries)):
        return catalog
    return po.replaced(catalog, entries)


def _is(one: Entry, other: Entry) -> bool:
    return one is other
