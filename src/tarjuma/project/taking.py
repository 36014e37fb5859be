"""`take`: what somebody changed by hand in localized pages comes back into the catalogs; no page is written.

What a page was made from is in the catalog, so that the page as we wrote it can be made again and compared. Where the
catalog changed since, it is compared with what the page would be now; a text that a person approved is never replaced
then: both are kept, the page's as a comment of its entry.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property

from tarjuma import carry, git, po, splice, store, taking
from tarjuma.errors import PoError, SourceError, UsageError
from tarjuma.model import Catalog, Document, Entry, Identity, Problem, Segment, Severity, State
from tarjuma.project import pages, publishing
from tarjuma.project.site import Post, Project, Result
from tarjuma.project.versions import Version, View, live, texts, unreadable, version
from tarjuma.publish.atlas import Atlas
from tarjuma.publish.state import Published
from tarjuma.store import Change, Manifest
from tarjuma.taking import Outcome, Taken, Written

CHECK = "take"
"""The name of what cannot be taken."""

ON_PAGE = "on the page: "
"""Begins the comment that keeps a page's text beside one that was approved meanwhile."""

EDITED = "0" * 16
"""A digest that no page has: we wrote it, and somebody edited it."""


TAKEN = "take:"
"""Begins the inputs of a page that was compared with its catalog: compile has a look at it, whatever they are."""


class Origin(Enum):
    """Where the page that somebody edited came from."""

    OURS = "ours"
    """We wrote it, from what is in the catalog now."""
    EARLIER = "earlier"
    """We wrote it, and source or catalog changed since."""
    FOREIGN = "foreign"
    """We never wrote it."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A localized page and what belongs to it."""

    path: str
    post: Post
    document: Document
    code: str
    content: bytes


@dataclass(frozen=True)
class _Site(Project):
    """The project as it were had nobody edited some of its pages: what compile would write then is known."""

    edited: frozenset[str] = frozenset()

    @cached_property
    def manifest(self) -> Manifest:
        """What we wrote before, the edited pages among it."""
        known = dict(super().manifest.pages)
        for path in self.edited & known.keys():
            if (content := self.bytes_of(path)) is not None:
                known[path] = replace(known[path], digests=known[path].digests | {store.digest(content)})
        return Manifest(known)

    @cached_property
    def atlas(self) -> Atlas:
        """Where everything is."""
        return publishing.atlas(self, pages.first(self))


@dataclass(slots=True)
class _Work:
    """A catalog while texts are put into it."""

    path: str
    before: bytes
    catalog: Catalog
    entries: dict[Identity, Entry]
    taken: dict[Identity, str] = field(default_factory=dict)
    """What pages say, by message."""
    places: dict[Identity, str] = field(default_factory=dict)
    """The page that said it first."""
    judged: list[Entry] = field(default_factory=list)
    """Drafts as a person approved or rewrote them."""
    settled: list[tuple[_Page, str]] = field(default_factory=list)
    """Pages whose texts are all in the catalog now, or as far as they can be; and the digest that they are known by."""


Works = dict[tuple[str, str], _Work]
"""Domain and language -> the catalog."""


def take(project: Project, paths: Iterable[str]) -> Result:
    """Write the catalogs that get texts from pages; return what was done. Raises StoppedError and UsageError."""
    result, works = _planned(project, paths)
    faults = _remembered(project, works)
    store.apply(project.folder, (*result.changes, *_known(project, works)))
    return replace(result, problems=(*result.problems, *faults))


def plan(project: Project, paths: Iterable[str]) -> Result:
    """Return what `take` would do; `paths` are pages, relative to the project. Raises UsageError."""
    return _planned(project, paths)[0]


def _planned(project: Project, paths: Iterable[str]) -> tuple[Result, Works]:
    names = tuple(dict.fromkeys(paths))
    site = _Site(project.config, project.progress, frozenset(names))
    found = [_page(site, path) for path in names]
    works: Works = {}
    problems: list[Problem] = []
    notes: list[str] = []
    for page in found:
        work, problem = _work(site, page, works)
        if work:
            count, told = _take(site, page, work, project.manifest)
            problems += told
            notes.append(f"{page.path}: {_counted(count)} taken")
        elif problem:
            problems.append(problem)
    changes = [change for work in works.values() if (change := _change(work))]
    return Result("take", tuple(changes), len(works) - len(changes), tuple(problems), tuple(notes)), works


def _page(project: Project, path: str) -> _Page:
    if os.path.isdir(project.path(path)):
        raise UsageError("is a folder", path=path, hint="Name the pages in it: `tarjuma status` says which were edited")
    content = project.bytes_of(path)
    if content is None:
        raise UsageError("there is no such file", path=path, hint="Name localized pages, such as content/ru/hello.md")
    for source in project.sources:
        if source.path == path:
            hint = "Edit it as you like, then run `tarjuma update`"
            raise UsageError("is a source, not a localized page", path=path, hint=hint)
        for code in source.root.languages:
            if source.layout.target(source.path, code) == path:
                post, problems = project.post(source)
                if not post.document:
                    raise SourceError(problems[0].message if problems else "is no post", path=source.path)
                return _Page(path, post, post.document, code, content)
    if path.endswith((".po", ".pot", ".mo")):
        raise UsageError("is a catalog: translators edit it, nothing has to be taken from it", path=path)
    raise UsageError(
        "is the localized page of no source of this project",
        path=path,
        hint="`tarjuma status` names the sources; `output` in the configuration says where their pages are",
    )


def _work(project: Project, page: _Page, works: Works) -> tuple[_Work | None, Problem | None]:
    """The catalog of a page as it is so far; None, and why, when it cannot be used."""
    name = (page.post.source.domain, page.code)
    if name in works:
        return works[name], None
    path = project.po_path(*name)
    before = project.bytes_of(path)
    if before is None:
        return None, _problem(page, f"its catalog {path} is not there yet: run `tarjuma update` first")
    try:
        catalog = po.parse(before, path)
    except PoError as error:
        return None, unreadable(error, path, page.code)
    works[name] = _Work(path, before, catalog, live(catalog))
    return works[name], None


def _take(site: _Site, page: _Page, work: _Work, manifest: Manifest) -> tuple[int, list[Problem]]:
    """Put the texts of a page into its catalog; return how many, and what could not be taken."""
    view = _view(site, page, work.catalog, live(work.catalog))
    origin = _origin(view)
    try:
        written = _written(site, view)
        outcome = (taking.imported if origin is Origin.FOREIGN else taking.taken)(written, page.content)
        base = _base(site, page, manifest) if origin is Origin.EARLIER else None
        outcome = taking.since(outcome, page.document, base, page.content) if base is not None else outcome
    except SourceError as error:
        return 0, [_problem(page, error.advice, error.line)]
    if origin is Origin.FOREIGN and not outcome.is_like_source:
        return 0, [_problem(page, _OTHER.format(path=page.document.path))]
    is_as_written = store.digest(written.content) in _digests(manifest, page)
    outcome = replace(outcome, left=tuple(left for left in outcome.left if is_as_written or not left.is_made))
    problems = [_problem(page, left.message, left.line) for left in outcome.left]
    before = dict(work.entries)
    for found in outcome.texts:
        if refusal := _put(page, work, found, origin):
            problems.append(_problem(page, refusal, found.line))
        elif found.shown:
            problems.append(_reshaped(page, found))
    count = sum(entry is not before[key] for key, entry in work.entries.items())
    has_both = any(ON_PAGE + _on_a_line(found.text) in _comments(page, work, found) for found in outcome.texts)
    if origin is not Origin.FOREIGN and not has_both and (count or not problems):
        work.settled.append((page, EDITED if problems else store.digest(page.content)))
    if origin is Origin.EARLIER and base is None and (outcome.texts or outcome.left):
        problems.append(_news(page, _CHANGED))
    return count, problems + _elsewhere(site, page, work, outcome)


_OTHER = (
    "tarjuma did not write this page, and its blocks are not those of {path}: which text translates which cannot be "
    "told. Bring it to the blocks of its source first"
)
_CHANGED = "its source or its catalog changed since the page was written; it is compared with what it would be now"
_BEHIND = "its catalog does not hold this text yet: run `tarjuma update` first"
_PLURAL = "its message has plural forms: edit them in {path}"
_BOTH = "the catalog has another text that was approved meanwhile: it stays, and the page's is kept beside it in {path}"
_TWICE = "{path} says something else for the same message: both pages have one catalog. Make them say the same"


def _digests(manifest: Manifest, page: _Page) -> frozenset[str]:
    record = manifest.pages.get(page.path)
    return record.digests if record else frozenset()


def _view(site: Project, page: _Page, catalog: Catalog, entries: Mapping[Identity, Entry]) -> View:
    """The page and what compile makes it from."""
    return View(site, page.post, page.document, page.code, catalog, texts(site, page.code, entries))


def _origin(view: View) -> Origin:
    if not view.record:
        return Origin.FOREIGN
    made_of = view.record.inputs.removeprefix(TAKEN)
    return Origin.OURS if made_of in (view.inputs, view.bare) else Origin.EARLIER


def _written(site: _Site, view: View) -> Written:
    """The page as compile would write it."""
    found, _ = version(view)
    is_bare = found is not None and found.content == view.document.source
    chosen = {} if is_bare else view.chosen

    def target(segment: Segment) -> str | None:
        entry = chosen.get(segment.key.identity)
        return entry.target if entry else None

    compiled = splice.compile(view.document, target)
    if not publishing.is_edited(view):
        return Written(compiled)
    if found is None or found.is_outdated:
        found = Version(b"", view.inputs, int(view.share), Published.MIXED, 0)
    begun = publishing.begun(view, replace(found, content=compiled.source), ()).version
    return Written(compiled, publishing.edits(view, begun, site.atlas)[0] if begun else ())


def _put(page: _Page, work: _Work, found: Taken, origin: Origin) -> str | None:
    """Put a text into its entry; return why not, None when it is there."""
    key = page.document.segments[found.index].key.identity
    entry = work.entries.get(key)
    if entry is None:
        return _BEHIND
    if len(entry.targets) > 1:
        return _PLURAL.format(path=work.path)
    if work.taken.setdefault(key, found.text) != found.text:
        return _TWICE.format(path=work.places[key])
    work.places.setdefault(key, page.path)
    if origin is not Origin.OURS and found.text in (entry.target, entry.key.text):
        return None  # what an earlier page had, and nobody typed
    if entry.state is State.REVIEWED and found.text == entry.target:
        return None
    if entry.state is State.REVIEWED and origin is not Origin.OURS and not found.is_sole:
        work.entries[key] = _beside(entry, found.text)
        return _BOTH.format(path=work.path)
    is_doubtful = origin is Origin.FOREIGN or (origin is Origin.EARLIER and entry.state in (State.STALE, State.UNSURE))
    fresh = _doubted(entry, found.text) if is_doubtful else _approved(entry, found.text)
    work.judged += [fresh] if fresh.provenance and not fresh.is_fuzzy else []
    work.entries[key] = carry.without_marks(fresh)
    return None


def _approved(entry: Entry, text: str) -> Entry:
    """The entry with the words of a person, who saw it on the page."""
    return replace(entry, targets=(text,), is_fuzzy=False, previous=None, raw=None)


def _doubted(entry: Entry, text: str) -> Entry:
    """The entry with words that nobody compared with the source as it is now."""
    marked = carry.without_marks(replace(entry, is_fuzzy=False, raw=None))
    return replace(marked, targets=(text,), is_fuzzy=True)


def _on_a_line(text: str) -> str:
    return text.replace("\n", " ")


def _comments(page: _Page, work: _Work, found: Taken) -> tuple[str, ...]:
    entry = work.entries.get(page.document.segments[found.index].key.identity)
    return entry.comments if entry else ()


def _beside(entry: Entry, text: str) -> Entry:
    """The entry as it is, with the page's text as a comment."""
    comment = ON_PAGE + _on_a_line(text)
    return entry if comment in entry.comments else replace(entry, comments=(*entry.comments, comment), raw=None)


def _elsewhere(project: Project, page: _Page, work: _Work, outcome: Outcome) -> list[Problem]:
    """What else on the site will say what this page says now, because it is the same message."""
    keys = {page.document.segments[found.index].key.identity for found in outcome.texts}
    others = [
        post.source.layout.target(post.source.path, page.code)
        for post in project.posts_of(page.post.source.domain)
        if post.source.path != page.document.path
        and page.code in post.languages
        and any(message.key.identity in keys for message in post.messages or ())
    ]
    if not others:
        return []
    return [_news(page, f"some of its texts are messages of other pages too, which will change: {', '.join(others)}")]


def _change(work: _Work) -> Change | None:
    entries = [
        entry if entry.is_obsolete else work.entries.get(entry.key.identity, entry) for entry in work.catalog.entries
    ]
    after = po.render(po.replaced(work.catalog, entries))
    return Change(work.path, work.before, after, is_durable=True) if after != work.before else None


def _known(project: Project, works: Works) -> Iterator[Change]:
    """The manifest, which says that edited pages were compared with the catalogs as they are now.

    A page of which everything was taken is ours again: nothing is lost when compile writes it anew.
    """
    written = dict(project.manifest.pages)
    for work in works.values():
        for page, digest in work.settled:
            inputs, record = _view(project, page, work.catalog, work.entries).inputs, written[page.path]
            if record.inputs == inputs and record.digests == {digest}:
                continue  # nobody edited it, and it is made from this very catalog
            inputs = TAKEN + inputs
            written[page.path] = replace(written[page.path], digests=frozenset((digest,)), inputs=inputs)
    before = project.bytes_of(project.manifest_path)
    after = store.with_line_ends_of(before, store.render_manifest(Manifest(written)))
    if written != project.manifest.pages:
        yield Change(project.manifest_path, before, after)


def _remembered(project: Project, works: Works) -> list[Problem]:
    """Tell the memory what people made of drafts; what is wrong with it comes back."""
    if not any(work.judged for work in works.values()):
        return []
    from tarjuma.project import recollection

    with recollection.opened(project) as memory:
        for (_, code), work in works.items():
            memory.judge(code, work.judged)
        return recollection.problems(memory)


def _base(site: _Site, page: _Page, manifest: Manifest) -> bytes | None:
    """The page as we wrote it, from the history of the site; None where that does not have it."""
    for content in git.versions(site.folder, page.path):
        if store.digest(content) in _digests(manifest, page):
            return content
    return None


def _problem(page: _Page, message: str, line: int = 0) -> Problem:
    return Problem(CHECK, Severity.ERROR, page.path, message, line=line, language=page.code)


def _news(page: _Page, message: str) -> Problem:
    return Problem(CHECK, Severity.INFO, page.path, message, language=page.code)


def _reshaped(page: _Page, found: Taken) -> Problem:
    shown = found.shown if len(found.shown) <= 60 else f"{found.shown[:59]}…"
    message = (
        f"the words are taken, not the way they are written: tarjuma would write {shown!r}. Write it so, or move the "
        "page away and compile it"
    )
    return Problem(CHECK, Severity.WARNING, page.path, message, line=found.line, language=page.code)


def _counted(count: int) -> str:
    return "1 text" if count == 1 else f"{count:,} texts" if count else "no text"
