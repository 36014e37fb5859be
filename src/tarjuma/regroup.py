"""Move translations to other catalogs when the setting changes what one catalog holds: a file, a folder, everything.

file -> folder -> file gives the first catalogs byte for byte, and nothing is lost on the way:

- A message of two files that has the same translation in both is one entry in the folder and a copy in each file.
- Where the two differ (another text, state, comment), the best one stays live and the others become keepsakes
  (`keepsake.py`): obsolete entries under a context that names the catalog they belong to.
- Headers differ in dates and translators. The newest one serves the joined catalog, with the credits of all above it;
  each other header is a keepsake too, and so is the joined one as it was: what changed in it since is brought into
  the headers that come back.
- An obsolete entry stays one, so that it can be revived in the folder; a comment says where it came from.
- An entry whose bytes cannot be rebuilt (a line wrapped by hand) takes them along in the comments of a keepsake.

Which entry goes where is read from its `#:` places and the new templates. A catalog whose entries are at home is
returned as the same object, so this can be asked before every update.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tarjuma import carry, headers, keepsake, po, similar
from tarjuma.model import Catalog, Entry, Key, Message

_HEADER = Message(Key("header", "The header of this catalog"))
_JOINED = Message(Key("header", "The header of the joined catalog as it was"))

TOP = "index"
"""The catalog of a folder's own files where other folders lie beside them: the root's."""

_COMMENT = re.compile(r"#(?:[ \t].*)?")
_CHARSET = re.compile(r"charset=([\w.:-]+)")


@dataclass(slots=True)
class _Flow:
    """What one old catalog gives to one new one."""

    origin: str
    live: list[Entry] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)
    """Obsolete entries, keepsakes of others included."""
    restored: list[tuple[int, Entry]] = field(default_factory=list)
    """Entries that were kept for this catalog, with their place among `gone`."""
    header: str = ""
    """The text of the header entry, line ends as in the file."""
    width: int | None = None


def regroup(
    catalogs: Mapping[str, Catalog], templates: Mapping[str, Catalog], path: Callable[[str], str]
) -> Mapping[str, Catalog]:
    """Return the catalogs of one language as the templates group them.

    `catalogs` are all there are, by domain; domains that are missing in the result hold nothing any more. `path` says
    where the catalog of a domain is written. Catalogs that have no template and no entry that found a new home stay.
    """
    homes = {
        similar.path_of(place): domain
        for domain, template in templates.items()
        for entry in template.entries
        for place in entry.message.places
    }
    moving = [domain for domain, catalog in catalogs.items() if _is_away(domain, catalog, homes)]
    if not moving:
        return catalogs
    flows: dict[str, list[_Flow]] = {domain: [] for domain in templates}
    for domain, catalog in catalogs.items():
        if domain in moving or domain in templates:
            for home, flow in _flows(domain, catalog, homes, templates).items():
                flows.setdefault(home, []).append(flow)
    result = {domain: catalog for domain, catalog in catalogs.items() if domain not in moving}
    for home, parts in flows.items():
        if any(flow.origin != home for flow in parts) or (parts and home in moving):
            result[home] = _built(home, parts, templates[home], path(home))
    return result


def _is_away(domain: str, catalog: Catalog, homes: Mapping[str, str]) -> bool:
    return any(found and domain not in found for found in (_homes(entry, homes) for entry in _live(catalog)))


def _live(catalog: Catalog) -> Iterator[Entry]:
    return (entry for entry in catalog.entries if not entry.is_obsolete)


def _homes(entry: Entry, homes: Mapping[str, str]) -> list[str]:
    found = (homes.get(similar.path_of(place)) for place in entry.message.places)
    return list(dict.fromkeys(filter(None, found)))


# --- taking a catalog apart ------------------------------------------------------------------------------------------


def _flows(
    domain: str, catalog: Catalog, homes: Mapping[str, str], templates: Mapping[str, Catalog]
) -> dict[str, _Flow]:
    """Return what a catalog gives to each domain."""
    parting = _Parting(domain, po.width(catalog), templates)
    parting.part_live(catalog, homes)
    parting.part_gone(catalog)
    parting.part_header(header_text(catalog))
    return parting.flows


@dataclass(slots=True)
class _Parting:
    """A catalog that is taken apart."""

    domain: str
    columns: int | None
    templates: Mapping[str, Catalog]
    flows: dict[str, _Flow] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    """Headers that were kept for domains."""
    joined: str = ""
    """The header of this catalog when it was joined."""

    def flow(self, home: str) -> _Flow:
        return self.flows.setdefault(home, _Flow(self.domain, width=self.columns))

    def part_live(self, catalog: Catalog, homes: Mapping[str, str]) -> None:
        """Give live entries to the domains of their files; one whose file is gone stays with its neighbour."""
        last = ""
        homeless = []
        for entry in _live(catalog):
            found = _homes(entry, homes)
            if self.domain in found:
                found = [self.domain]
            for home in found or filter(None, [last]):
                self.flow(home).live.append(entry)
            if not found and not last:
                homeless.append(entry)
            last = found[-1] if found else last
        self.flow(next(iter(self.flows), self.domain)).live[:0] = homeless

    def part_gone(self, catalog: Catalog) -> None:
        """Give obsolete entries and keepsakes to whom they belong, the others to the first domain."""
        first, *others = self.flows
        # A catalog that goes to one place takes everything along, whatever it holds for others.
        reachable = self.templates if others else {home: self.templates[home] for home in self.flows}
        shared: list[tuple[tuple[str, ...], Entry]] = []
        for entry in (each for each in catalog.entries if each.is_obsolete):
            owners, own = _owners(entry, reachable)
            if entry.key == keepsake.kept(Entry(_JOINED), self.domain).key:
                self.joined = entry.target
            elif own.message == _HEADER:
                self._part_header(owners, own, entry, first)
            elif len(owners) > 1:
                shared.append((owners, own))
            elif owners and keepsake.is_kept(entry) and not keepsake.is_kept(own):
                self._restore(owners[0], own)
            elif owners:
                self.flow(owners[0]).gone.append(own)
            elif others and (above := _above(entry, self.templates)):
                self.flow(above).gone.append(entry)
            else:
                self._take_along(entry, first)
        for owners, own in shared:
            lacking = [owner for owner in owners if all(each.key != own.key for _, each in self.flow(owner).restored)]
            for owner in lacking or owners[:1]:
                self._restore(owner, own)

    def _part_header(self, owners: tuple[str, ...], own: Entry, entry: Entry, first: str) -> None:
        present = [owner for owner in owners if owner in self.flows]
        if len(present) == 1:
            self.headers[present[0]] = own.target
        elif present:
            self.headers = dict.fromkeys(present, own.target) | self.headers
        else:
            self._take_along(entry, first)

    def _restore(self, owner: str, own: Entry) -> None:
        flow = self.flow(owner)
        flow.restored.append((len(flow.gone), own))

    def _take_along(self, entry: Entry, home: str) -> None:
        self.flow(home).gone.append(entry if home == self.domain else keepsake.marked(entry, self.domain))

    def part_header(self, text: str) -> None:
        """Give each domain its own header again, with what changed since; the catalog's where none was kept."""
        for home, flow in self.flows.items():
            known = self.headers.get(home)
            flow.header = text if known is None else _updated(known, text, self.joined or text)


def _owners(entry: Entry, templates: Mapping[str, Catalog]) -> tuple[tuple[str, ...], Entry]:
    """Return the domains that an obsolete entry belongs to, none where nothing says so, and the entry as it was there.

    What was kept for a folder belongs to the files in it when their turn comes and the folder's was left out.
    """
    owner, own = keepsake.unmarked(entry)
    while owner and owner not in templates:
        owner, own = keepsake.unmarked(own)
    if owner:
        return (owner,), own
    if keepsake.is_kept(own):
        owner, released = keepsake.released(own)
        if owner in templates:
            return (owner,), released
        below = [domain for domain in templates if _is_below(domain, owner)]
        is_everywhere = released.message == _HEADER
        if found := tuple(each for each in below if is_everywhere or _has(templates[each], released.key)):
            return found, released
    return (), entry


def _is_below(domain: str, folder: str) -> bool:
    """Say whether a domain is that of a file in the folder of another."""
    parent, _, name = folder.rpartition("/")
    return domain.startswith(f"{folder}/") or (name == TOP and domain.rpartition("/")[0] == parent)


def _above(entry: Entry, templates: Mapping[str, Catalog]) -> str:
    """Return the domain of the folder that a keepsake's owner lies in, "" where there is none."""
    owner = keepsake.released(entry)[0] if keepsake.is_kept(entry) else ""
    return max((domain for domain in templates if owner and _is_below(owner, domain)), key=len, default="")


def _has(template: Catalog, key: Key) -> bool:
    return any(entry.key == key for entry in template.entries)


# --- putting one together --------------------------------------------------------------------------------------------


def _built(home: str, flows: Sequence[_Flow], template: Catalog, path: str) -> Catalog:
    messages = {entry.key: entry.message for entry in template.entries}
    order = {key: place for place, key in enumerate(messages)}
    parts = sorted(flows, key=lambda flow: min((order.get(entry.key, len(order)) for entry in flow.live), default=-1))
    columns = max(parts, key=lambda part: len(part.live)).width
    body = _Body(home, messages, columns, len(parts) > 1)
    for part in parts:
        body.add(part)
    speaking = [part for part in parts if part.live and part.header] or parts
    header = _joined_header([part.header for part in speaking])
    body.keep_headers(speaking, header)
    return _composed(path, header, body.entries(order), columns)


@dataclass(slots=True)
class _Body:
    """The entries of a catalog that is put together."""

    home: str
    messages: Mapping[Key, Message]
    columns: int | None
    is_joined: bool
    """Whether several catalogs meet here."""
    live: dict[Key, tuple[str, Entry, Entry]] = field(default_factory=dict)
    """The catalog that each came from, how it stood there, how it stands here."""
    obsolete: list[Entry] = field(default_factory=list)

    def add(self, part: _Flow) -> None:
        """Take in what one catalog gives."""
        now = {entry.key: entry for entry in part.live}
        gone = list(part.gone)
        brought: set[Key] = set()
        for place, entry in reversed(part.restored):
            own = _as_it_stood(entry)
            if entry.key not in self.messages or entry.key in brought:
                gone.insert(place, own)
            elif not keepsake.is_lines_only(entry) or _is_alike(now.get(entry.key), own):
                now.pop(entry.key, None)
                brought.add(entry.key)
                self._add_live(part.origin, carry.revived(own, self.messages[entry.key]))
        for entry in now.values():
            self._add_live(part.origin, entry)
        self.obsolete += gone

    def _add_live(self, origin: str, entry: Entry) -> None:
        own = replace(carry.kept(entry, self.messages.get(entry.key, entry.message)), line=0)
        if self.is_joined and own.raw is None and not self._is_usual(entry):
            self._keep(origin, keepsake.with_lines(entry))
        there = self.live.setdefault(entry.key, (origin, entry, own))
        if there[1] is entry or _is_alike(there[1], entry):
            return
        if carry.rank(entry) < carry.rank(there[1]):
            self.live[entry.key] = origin, entry, own
            origin, entry, _ = there
        self._keep(origin, entry if self._is_usual(entry) else keepsake.with_own_lines(entry))

    def _is_usual(self, entry: Entry) -> bool:
        """Say whether an entry would be written as it stands."""
        return entry.raw is None or po.written(replace(entry, raw=None), self.columns) == entry.raw

    def _keep(self, origin: str, entry: Entry) -> None:
        """Keep an entry for a catalog; one that differs takes the place of one whose lines differ only."""
        if origin == self.home:
            return
        own = keepsake.kept(entry, origin)
        self.obsolete = [other for other in self.obsolete if other.key != own.key]
        self.obsolete.append(own)

    def keep_headers(self, parts: Sequence[_Flow], joined: str) -> None:
        """Keep the headers that differ from the joined one."""
        others = [part for part in parts if part.header != joined and part.origin != self.home]
        for part in others:
            self.obsolete.append(keepsake.kept(Entry(_HEADER, (part.header,)), part.origin))
        if others:
            self.obsolete.append(keepsake.kept(Entry(_JOINED, (joined,)), self.home))

    def entries(self, order: Mapping[Key, int]) -> list[Entry]:
        """Return live entries in the order of the template, then obsolete ones, no identity twice."""
        live, place = [], -1
        for key, (_, _, entry) in self.live.items():
            place = order.get(key, place)
            live.append((place, entry))
        result = [entry for _, entry in sorted(live, key=lambda each: each[0])]
        taken = {entry.key.identity for entry in result}
        for entry in self.obsolete:
            own = entry
            if entry.key.identity in taken:
                owner, plain = keepsake.unmarked(entry)
                lines = plain if self._is_usual(plain) else keepsake.with_own_lines(plain)
                own = keepsake.kept(lines, owner or "earlier")
                if own.key.identity in taken:
                    own = keepsake.kept_apart(lines, taken)
            taken.add(own.key.identity)
            result.append(own)
        return result


def _is_alike(one: Entry | None, other: Entry) -> bool:
    return one is not None and (one.targets, one.is_fuzzy, one.previous, one.comments, one.others) == (
        other.targets, other.is_fuzzy, other.previous, other.comments, other.others
    )  # fmt: skip


def _as_it_stood(entry: Entry) -> Entry:
    """Return an entry that was kept, with its own lines where it has them."""
    plain, raw = keepsake.without_lines(entry)
    read = po.parse(raw.encode("utf-8")).entries if raw else ()
    return replace(read[0], line=0) if len(read) == 1 and read[0].key == entry.key else plain


# --- headers and bytes -----------------------------------------------------------------------------------------------


def header_text(catalog: Catalog) -> str:
    """Return the header entry of a catalog as it stands in its file, without line ends around it."""
    return po.render(po.replaced(catalog, ())).decode(_charset(catalog.header.get("Content-Type", ""))).strip("\r\n")


def _charset(text: str) -> str:
    match = _CHARSET.search(text)
    return match[1] if match and match[1] != "CHARSET" else "utf-8"


def _read(header: str) -> Catalog:
    """Return the catalog that consists of a header."""
    return po.parse(header.encode(_charset(header)))


def _joined_header(texts: Sequence[str]) -> str:
    """Return the newest header with the credits of all, and the newest date of a template."""
    if not any(texts):
        return ""
    read = [_read(text) for text in texts]
    newest = max(range(len(texts)), key=lambda at: (_date(read[at].header, "PO-Revision-Date"), -at))
    result = texts[newest]
    latest = max(_date(each.header, headers.DATE) for each in read)
    if latest and read[newest].header.get(headers.DATE) != latest:
        result = header_text(po.with_header(read[newest], {headers.DATE: latest}))
    return _with_comments(result, (line for text in texts for line in _comments(text)))


def _date(header: Mapping[str, str], name: str) -> str:
    value = header.get(name, "")
    return value if value[:1].isdigit() else ""


def _comments(text: str) -> list[str]:
    lines = text.removeprefix("\ufeff").splitlines()
    return [line for line in lines if _COMMENT.fullmatch(line) and line.strip("# \t")]


def _with_comments(text: str, comments: Iterable[str]) -> str:
    known = set(_comments(text))
    extra = [line for line in dict.fromkeys(comments) if line not in known]
    if not extra:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    bom = "\ufeff" * text.startswith("\ufeff")
    lines = text.removeprefix("\ufeff").split(end)
    place = next((at for at, line in enumerate(lines) if not _COMMENT.fullmatch(line)), len(lines))
    return bom + end.join([*lines[:place], *extra, *lines[place:]])


def _updated(header: str, now: str, then: str) -> str:
    """Return a header that was kept, with what changed since in the header of the joined catalog."""
    if now == then:
        return header
    before, after = _read(then).header, _read(now).header
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    if changed:
        header = header_text(po.with_header(_read(header), changed))
    known = set(_comments(then))
    return _with_comments(header, (line for line in _comments(now) if line not in known))


def _composed(path: str, header: str, entries: Iterable[Entry], columns: int | None) -> Catalog:
    """Return the catalog that a file with this header and these entries would be read as."""
    texts = [entry.raw if entry.raw is not None else po.written(entry, columns) for entry in entries]
    end = "\r\n" if "\r\n" in header else "\n"
    text = (end + end).join([*filter(None, [header]), *(each.replace("\n", end) for each in texts)]) + end
    charset = _charset(header)
    try:
        return po.parse(text.encode(charset), path)
    except UnicodeEncodeError:  # joined with texts of another charset
        return po.parse(text.replace(f"charset={charset}", "charset=UTF-8", 1).encode("utf-8"), path)
