"""What a localized page would hold: which of its texts are good enough, and what stands in place of the others.

A page is made from reviewed texts; from unreviewed drafts only in languages that say so, and only where no text that a
person approved gives way to one. Below the minimum it waits, stays as it was, or shows its source, as the
configuration says; a page that readers know in their language is never made half of it because its source was edited.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from tarjuma import derive, splice, store
from tarjuma.config.values import Below, Publishing
from tarjuma.errors import PoError, SourceError, TarjumaError
from tarjuma.model import Catalog, Document, Entry, Identity, Problem, Segment, Severity, State
from tarjuma.project.site import Post, Project, parsed
from tarjuma.publish import Edit, state
from tarjuma.publish import fields as page_fields
from tarjuma.publish.state import PageFacts, Published
from tarjuma.store import Page
from tarjuma.syntax.words import words

Entries = Mapping[Identity, Entry]

_NONE: Entries = {}
_SAID = re.compile(r"\]\([^)]*\)|\{[:#/][^}]*\}|[\W_]+")
"""What publishing may change in a text, or quoting: addresses, ids, punctuation."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The entries of a catalog that may stand on pages of a language."""

    reviewed: Entries
    drafts: Entries = field(default_factory=dict)
    """Those that a machine wrote; empty where the language does not publish drafts."""


def kinds(project: Project) -> tuple[Publishing, ...]:
    """Return what becomes of localized files, in all the ways that the configuration names."""
    return (project.config.publishing, *project.config.own_publishing.values())


def texts(project: Project, code: str, entries: Entries) -> Texts:
    """Return what may stand on pages, of the entries of a catalog that are in use."""
    reviewed = {key: entry for key, entry in entries.items() if entry.state is State.REVIEWED}
    return with_drafts(project, code, entries, reviewed)


def with_drafts(project: Project, code: str, entries: Entries, reviewed: Entries) -> Texts:
    """The same where it is known which of them are reviewed."""
    if not any(code in each.publish_drafts for each in kinds(project)):
        return Texts(reviewed)
    return Texts(reviewed, {key: entry for key, entry in entries.items() if entry.state is State.DRAFT})


@dataclass(frozen=True)
class View:
    """One page and all that decides about it."""

    project: Project
    post: Post
    document: Document
    code: str
    catalog: Catalog | None
    texts: Texts

    @cached_property
    def target(self) -> str:
        """Path of the page."""
        return self.post.source.layout.target(self.post.source.path, self.code)

    @cached_property
    def publishing(self) -> Publishing:
        """What becomes of the page."""
        return self.project.config.publishing_for(self.post.source.root)

    @cached_property
    def now(self) -> bytes | None:
        """The page as it is."""
        return self.project.bytes_of(self.target)

    @property
    def record(self) -> Page | None:
        """What the manifest says about it."""
        return self.project.manifest.pages.get(self.target)

    @cached_property
    def is_ours(self) -> bool:
        """Whether the page is there, and nobody edited it since we wrote it."""
        record, now = self.record, self.now
        return bool(record and now is not None and self.digests(now) & record.digests)

    def digests(self, content: bytes) -> frozenset[str]:
        """Return the digests by which a page is known again; fields that belong to its editors may change."""
        neutral = page_fields.neutral(content, self.publishing, self.document.options)
        own = store.digest(content)
        return frozenset((own,) if neutral is content else (own, store.digest(neutral)))

    @cached_property
    def chosen(self) -> Entries:
        """The entries that the page would be made from."""
        record = self.record if self.is_ours else None
        is_reviewed = bool(record and record.share >= 100 and not record.has_drafts and self.keeps_last)
        may_draft = self.code in self.publishing.publish_drafts and not is_reviewed
        drafts = self.texts.drafts if may_draft else _NONE
        return {**self.texts.reviewed, **drafts} if drafts else self.texts.reviewed

    @property
    def keeps_last(self) -> bool:
        """Whether a published page stays when its source is edited; else it shows drafts, or its source."""
        return self.publishing.below(self.code, True) is Below.KEEP_LAST

    @cached_property
    def inputs(self) -> str:
        """Digest of everything that the page is made from."""
        return inputs(self.document, self.chosen)

    @property
    def is_current(self) -> bool:
        """Whether the page is made from the source, and holds its texts or none, as they are now."""
        record = self.record
        return bool(record and self.is_ours and record.inputs in (self.inputs, self.bare))

    @cached_property
    def bare(self) -> str:
        """Digest of what a page is made from that shows its source."""
        return inputs(self.document, _NONE)

    @cached_property
    def least(self) -> int:
        """The share that the page needs: one that was complete stays complete, whatever the minimum of its language.

        None for a page that is made from the same texts already, even if the minimum was raised since.
        """
        record = self.record if self.is_ours else None
        if record and record.inputs == self.inputs:
            return 0
        minimum = self.project.config.least(self.code)
        return max(minimum, 100) if record and record.share >= 100 and not self.must_change else minimum

    @cached_property
    def must_change(self) -> bool:
        """Whether drafts stand on the page although its language publishes none any more."""
        record = self.record
        return bool(record and record.has_drafts and self.is_ours and self.code not in self.publishing.publish_drafts)

    def below(self, share: float) -> Below:
        """Return what becomes of the page, of which too little is translated: this share."""
        record = self.record if self.is_ours else None
        if self.must_change:
            return Below.FALLBACK
        new = self.publishing.below(self.code, False)
        if record is None:
            return new
        if share >= self.project.config.least(self.code):
            return Below.KEEP_LAST  # what is asked of it is only that it stays complete
        is_fallback = record.share == 0 and bool(self.document.segments)
        return new if is_fallback and new is Below.FALLBACK else self.publishing.below(self.code, True)

    @cached_property
    def share(self) -> float:
        """Percent of the words that have a text good enough."""
        return percent(self.document, [segment.key.identity in self.chosen for segment in self.document.segments])


@dataclass(frozen=True, slots=True)
class Version:
    """What a page would hold before publishing edits it."""

    content: bytes
    inputs: str
    """Digest of what it was made from."""
    share: int
    """Percent of the words that are in its language."""
    state: Published
    reviewed: int
    """Percent of the words that are reviewed."""
    translated: str = ""
    """Day of the catalog's last change."""
    is_outdated: bool = False
    """True for the page as it is, kept since its source was edited."""
    edits: tuple[Edit, ...] = ()
    """What its site generator needs in its front matter."""
    facts: PageFacts | None = None
    """What is known about it, where it is edited."""


def version(view: View) -> tuple[Version | None, tuple[Problem, ...]]:
    """Return what a page should hold now, and which translations gave way; None: it stays as it is."""
    document, chosen = view.document, view.chosen
    if view.share < view.least:
        return _below(view, view.share), ()
    compiled = splice.compile(document, lambda segment: _target(chosen, segment))
    problems = tuple(_located(view, problem, index) for problem, index in _fallen(compiled))
    done = [index in compiled.written for index in range(len(document.segments))]
    share = percent(document, done)
    if share < view.least:
        return _below(view, share), problems
    found = _counted(view, compiled)
    if found.state is Published.MT and view.is_ours and view.keeps_last and _loses_reviewed(view, compiled):
        return _kept(view), problems
    return replace(found, content=compiled.source, inputs=view.inputs, share=int(share)), problems


def _below(view: View, share: float) -> Version | None:
    document, record = view.document, view.record
    if not document.segments or (view.now is not None and not view.is_ours):
        return _kept(view)
    is_fallback = bool(record and record.inputs == view.bare and view.is_ours)
    if view.below(share) is not Below.FALLBACK and not is_fallback:
        return _kept(view)
    return Version(document.source, view.bare, 0, Published.FALLBACK, 0)


def _kept(view: View) -> Version | None:
    """The page as it is, if it says of itself what it is."""
    record, now = view.record, view.now
    if not record or now is None or not view.is_ours or view.is_current:
        return None
    return Version(now, "", record.share, Published.OUTDATED, 0, is_outdated=True)


def _counted(view: View, compiled: splice.Compiled) -> Version:
    """The state of a page, and how much of it is reviewed."""
    keys, reviewed = [segment.key.identity for segment in view.document.segments], view.texts.reviewed
    is_reviewed = [index in compiled.written and key in reviewed for index, key in enumerate(keys)]
    drafted = len(compiled.written) - sum(is_reviewed)
    derived = 0
    if view.code in view.project.config.derive:
        derived = sum(derive.is_derived(reviewed[key]) for key in itertools.compress(keys, is_reviewed))
    found = state.state(sum(is_reviewed), drafted, derived, len(keys))
    day = state.day(view.catalog.header) if view.catalog and found is not Published.FALLBACK else ""
    return Version(b"", "", 0, found, int(percent(view.document, is_reviewed)), day)


def _loses_reviewed(view: View, compiled: splice.Compiled) -> bool:
    """Whether a draft that is new to the page comes while a text goes that a person wrote: it may take its place."""
    assert view.now is not None
    try:
        before = _heard(segment.key.text for segment in _parsed(view, view.now).segments)
        after = _heard(segment.key.text for segment in _parsed(view, compiled.source).segments)
    except SourceError:
        return True
    entries = view.catalog.entries if view.catalog else ()
    drafts = _heard(target for entry in view.texts.drafts.values() for target in entry.targets)
    spoken = _heard(target for entry in entries if not _is_draft(entry) for target in entry.targets)
    return bool((after & drafts) - before) and bool((before & spoken) - after)


def _parsed(view: View, content: bytes) -> Document:
    return parsed(content, view.document.path, view.document.options, view.document.format)


def _heard(texts: Iterable[str]) -> set[str]:
    """Texts by what is said in them."""
    return {_SAID.sub("", text) for text in texts} - {""}


def _is_draft(entry: Entry) -> bool:
    return replace(entry, is_obsolete=False).state is State.DRAFT


def percent(document: Document, done: list[bool]) -> float:
    """Percent of the words; less than 100 as long as a single text is missing, even one without words."""
    if all(done):
        return 100.0
    if not any(done):
        return 0.0
    weights = [words(segment.key.text) for segment in document.segments]
    total = sum(weights) or 1
    return min(99.9, 100 * sum(weight for weight, is_done in zip(weights, done, strict=True) if is_done) / total)


def inputs(document: Document, chosen: Entries) -> str:
    """Digest of a source and of the texts that stand on its page."""
    digest = hashlib.sha256(document.source.replace(b"\r\n", b"\n"))
    options = document.options
    digest.update(repr((options.width, options.pelican, options.wp_classic, sorted(options.dialects or ()))).encode())
    for segment in document.segments:
        entry = chosen.get(segment.key.identity)
        # an approved draft has the same text, and makes another page
        mark = b"\0" if entry is None else b"\2" if entry.is_fuzzy else b"\1"
        digest.update(mark if entry is None else mark + entry.target.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def _target(chosen: Entries, segment: Segment) -> str | None:
    entry = chosen.get(segment.key.identity)
    return entry.target if entry else None


def _fallen(compiled: splice.Compiled) -> Iterable[tuple[Problem, int]]:
    return zip(compiled.problems, (fallback.index for fallback in compiled.fallbacks), strict=True)


def _located(view: View, problem: Problem, index: int) -> Problem:
    """The problem at the place where a translator can mend it: the entry's line in the catalog."""
    entry = view.chosen[view.document.segments[index].key.identity]
    message = f"{problem.message}; the page keeps the source text of {view.post.source.path}:{problem.line}"
    path = view.catalog.path if view.catalog else problem.path
    return replace(problem, path=path, line=entry.line, language=view.code, message=message)


def read_catalog(project: Project, domain: str, code: str) -> tuple[Catalog | None, Problem | None]:
    """Return a catalog, or None when there is no such file; and what is wrong with it when it cannot be read."""
    from tarjuma import po

    path = project.po_path(domain, code)
    content = project.bytes_of(path)
    if content is None:
        return None, None
    try:
        return po.parse(content, path), None
    except PoError as error:
        return None, unreadable(error, path, code)


def unreadable(error: TarjumaError, path: str, code: str) -> Problem:
    """Return what is wrong with a catalog that cannot be used."""
    return Problem("syntax", Severity.ERROR, path, error.advice, line=error.line, language=code)


def live(catalog: Catalog | None) -> dict[Identity, Entry]:
    """Return the entries of a catalog that are in use, by context and text (what gettext tells entries apart by)."""
    return {entry.key.identity: entry for entry in catalog.entries if not entry.is_obsolete} if catalog else {}
