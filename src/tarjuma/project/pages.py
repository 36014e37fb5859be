"""Compile: localized files from reviewed translations, written only where nothing of anybody else's is lost."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tarjuma import __version__, splice, store
from tarjuma.errors import PoError
from tarjuma.model import Catalog, Document, Entry, Problem, Segment, Severity, State
from tarjuma.project.site import Post, Project, Result
from tarjuma.project.spread import spread
from tarjuma.status import PageState
from tarjuma.store import Change, Manifest, Page
from tarjuma.syntax.words import words

Identity = tuple[str | None, str]
"""Context and text of a message."""

Entries = Mapping[Identity, Entry]

STALE = "stale-catalog"
"""The check that finds sources with other texts than their catalogs hold."""

_BUILD = f"{store.FOLDER}/build.txt"


@dataclass(frozen=True, slots=True)
class Plan:
    """What compile makes of one file in one language."""

    path: str
    state: PageState
    change: Change | None = None
    page: Page | None = None
    """What the manifest will say about it; None leaves the manifest as it is."""
    problems: tuple[Problem, ...] = ()
    source: str = ""
    """The post that is compiled to it; "" for everything else."""
    is_behind: bool = False
    """True when the catalog lacks a text of its sources."""


def compile(project: Project) -> Result:
    """Write the localized files that are due. Raises StoppedError."""
    result, manifest = plan(project)
    before = project.bytes_of(project.manifest_path)
    after = store.with_line_ends_of(before, store.render_manifest(manifest)) if manifest.pages or before else None
    pages = [change for change in result.changes if change.after is not None]
    pending = Manifest({change.path: manifest.pages[change.path] for change in pages if change.path in manifest.pages})
    store.publish(project.folder, pages, Change(project.manifest_path, before, after), pending)
    if manifest.pages and project.bytes_of(_BUILD) != (stamp := _build()):
        store.write(project.path(_BUILD), stamp)
    return result


def plan(project: Project) -> tuple[Result, Manifest]:
    """Return what compile would do, and the manifest afterwards; writes nothing."""
    manifest = project.manifest
    may_skip = project.bytes_of(_BUILD) == _build()
    pages = dict(manifest.pages)
    changes: list[Change] = []
    unchanged = 0
    problems = project.name_problems
    kept: list[str] = []
    for each in _plans(project, may_skip):
        problems += each.problems
        if each.page:
            pages[each.path] = each.page
        if each.change:
            changes.append(each.change)
        elif each.state is PageState.CURRENT:
            unchanged += 1
        elif each.state is PageState.OUT_OF_DATE:
            kept.append(each.path)
    notes = tuple(f"{path} keeps its last complete version: its source was edited" for path in kept)
    return Result("compile", tuple(changes), unchanged, tuple(problems), notes), Manifest(pages)


def _plans(project: Project, may_skip: bool) -> Iterator[Plan]:
    claims = Claims({source.path for source in project.sources})
    domains = list(project.domains)

    def plans(domain: str) -> list[Plan]:
        return list(_of_domain(project, domain, may_skip))

    for number, found in enumerate(spread(plans, domains)):
        project.progress("compiling", number, len(domains))
        for each in found:
            clash = claims.clash(each.path, each.source) if each.source else None
            yield Plan(each.path, PageState.FOREIGN, problems=(clash,)) if clash else each
    project.progress("compiling", len(domains), len(domains))


def _of_domain(project: Project, domain: str, may_skip: bool) -> Iterator[Plan]:
    """What becomes of all posts of a catalog."""
    faults = tuple(fault for source in project.domains[domain] for fault in project.post(source)[1])
    yield Plan(domain, PageState.NONE, problems=faults)
    posts = project.posts_of(domain)
    is_behind = False
    for code in dict.fromkeys(code for post in posts for code in post.languages):
        found = list(_in_language(project, domain, posts, code, may_skip))
        is_behind = is_behind or any(plan.is_behind for plan in found)
        yield from found
    if is_behind:
        message = "does not hold the sources as they are now. Run `tarjuma update`"
        problem = Problem(STALE, Severity.WARNING, project.pot_path(domain), message)
        yield Plan(domain, PageState.NONE, problems=(problem,))


@dataclass(slots=True)
class Claims:
    """Who wants to write where."""

    sources: set[str]
    targets: dict[str, str] = field(default_factory=dict)
    """Path of a localized file -> its source."""

    def clash(self, target: str, path: str) -> Problem | None:
        """Return why a source cannot be compiled to a path; None, and the path is taken, when it can."""
        if target in self.sources:
            message = f"the localized file of {path} would be a source itself. Change `output` in the configuration"
        elif target in self.targets:
            message = f"{path} and {self.targets[target]} would both be compiled to it. Change `output`, or rename one"
        else:
            self.targets[target] = path
            return None
        return Problem("output", Severity.ERROR, target, message)


def _in_language(project: Project, domain: str, posts: tuple[Post, ...], code: str, may_skip: bool) -> Iterator[Plan]:
    """What becomes of all posts of a catalog in one language."""
    catalog, fault = read_catalog(project, domain, code)
    if fault:
        yield Plan(fault.path, PageState.NONE, problems=(fault,))
        return
    entries = live(catalog)
    reviewed = {key: entry for key, entry in entries.items() if entry.state is State.REVIEWED}
    readable = [post for post in posts if code in post.languages and post.messages is not None]
    if any(message.key[:2] not in entries for post in readable for message in post.messages or ()):
        yield Plan(domain, PageState.NONE, is_behind=True)
    for post in readable:
        if not post.document:
            continue
        target = post.source.layout.target(post.source.path, code)
        plan = _page(_View(project, post, post.document, code, target, catalog, reviewed), may_skip)
        yield replace(plan, source=post.source.path)
    if catalog and any(post.source.is_template for post in readable):
        yield _messages(project, domain, code, catalog, reviewed, may_skip)


@dataclass(frozen=True, slots=True)
class _View:
    """One page and all that decides about it."""

    project: Project
    post: Post
    document: Document
    code: str
    target: str
    catalog: Catalog | None
    reviewed: Entries


def state(project: Project, post: Post, document: Document, code: str, reviewed: Entries) -> PageState:
    """Return what is true of a page now; nothing is compiled for it."""
    target = post.source.layout.target(post.source.path, code)
    now = project.bytes_of(target)
    record = project.manifest.pages.get(target)
    is_due = _share(document, reviewed) >= _least(project, code, record)
    if now is None:
        return PageState.READY if is_due else PageState.WAITING
    if not record or store.digest(now) not in record.digests:
        return PageState.FOREIGN
    if record.inputs == _inputs(document, reviewed):
        return PageState.CURRENT
    return PageState.READY if is_due else PageState.OUT_OF_DATE


def _page(view: _View, may_skip: bool) -> Plan:
    project, target, document = view.project, view.target, view.document
    now = project.bytes_of(target)
    record = project.manifest.pages.get(target)
    is_ours = bool(record and now is not None and store.digest(now) in record.digests)
    least = _least(project, view.code, record if is_ours else None)
    inputs = _inputs(document, view.reviewed)
    if record and is_ours and record.inputs == inputs and record.share >= 100 and may_skip:
        return Plan(target, PageState.CURRENT)
    left = PageState.OUT_OF_DATE if is_ours else PageState.WAITING if now is None else PageState.FOREIGN
    if _share(document, view.reviewed) < least:
        return Plan(target, PageState.CURRENT if record and record.inputs == inputs and is_ours else left)
    compiled = splice.compile(document, lambda segment: _target(view.reviewed, segment))
    problems = tuple(_located(view, problem, index) for problem, index in _fallen(compiled))
    share = _percent(document, [index in compiled.written for index in range(len(document.segments))])
    if share < least:
        return Plan(target, left, problems=problems)
    page = Page(frozenset((store.digest(compiled.source),)), inputs, int(share))
    if now == compiled.source:
        return Plan(target, PageState.CURRENT, page=page, problems=problems)
    if now is None or is_ours:
        change = Change(target, now, compiled.source)
        return Plan(target, PageState.READY, change, page, problems)
    return Plan(target, PageState.FOREIGN, problems=(*problems, _foreign(view, record)))


def _foreign(view: _View, record: Page | None) -> Problem:
    how = "was edited by hand since tarjuma wrote it" if record else "exists and was not written by tarjuma"
    message = (
        f"{how}: left as it is. `tarjuma take {view.target}` will bring its text into the catalogs in a later release; "
        "until then, move it away to have it compiled"
    )
    return Problem("foreign-page", Severity.ERROR, view.target, message, language=view.code)


def _least(project: Project, code: str, record: Page | None) -> int:
    """The share that a page needs; one that was complete stays complete, whatever the minimum of its language."""
    return max(project.config.least(code), 100 if record and record.share >= 100 else 0)


def _target(reviewed: Entries, segment: Segment) -> str | None:
    entry = reviewed.get(segment.key[:2])
    return entry.target if entry else None


def _share(document: Document, reviewed: Entries) -> float:
    return _percent(document, [segment.key[:2] in reviewed for segment in document.segments])


def _percent(document: Document, done: list[bool]) -> float:
    """Percent of the words; less than 100 as long as a single text is missing, even one without words."""
    if all(done):
        return 100.0
    if not any(done):
        return 0.0
    weights = [words(segment.key.text) for segment in document.segments]
    total = sum(weights) or 1
    return min(99.9, 100 * sum(weight for weight, is_done in zip(weights, done, strict=True) if is_done) / total)


def _inputs(document: Document, reviewed: Entries) -> str:
    """Digest of everything that a page is made from."""
    digest = hashlib.sha256(document.source.replace(b"\r\n", b"\n"))
    options = document.options
    digest.update(repr((options.width, options.pelican, options.wp_classic, sorted(options.dialects or ()))).encode())
    for segment in document.segments:
        entry = reviewed.get(segment.key[:2])
        digest.update(b"\0" if entry is None else b"\1" + entry.target.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def _fallen(compiled: splice.Compiled) -> Iterable[tuple[Problem, int]]:
    return zip(compiled.problems, (fallback.index for fallback in compiled.fallbacks), strict=True)


def _located(view: _View, problem: Problem, index: int) -> Problem:
    """The problem at the place where a translator can mend it: the entry's line in the catalog."""
    entry = view.reviewed[view.document.segments[index].key[:2]]
    message = f"{problem.message}; the page keeps the source text of {view.post.source.path}:{problem.line}"
    path = view.catalog.path if view.catalog else problem.path
    return replace(problem, path=path, line=entry.line, language=view.code, message=message)


def _messages(project: Project, domain: str, code: str, catalog: Catalog, reviewed: Entries, may_skip: bool) -> Plan:
    """The .mo file of the templates' messages; gettext shows the source text of what is missing."""
    from tarjuma import po

    path = project.po_path(domain, code, ".mo")
    now = project.bytes_of(path)
    if not reviewed and now is None:
        return Plan(path, PageState.WAITING)
    inputs = hashlib.sha256(repr([(key, entry.targets) for key, entry in reviewed.items()]).encode()).hexdigest()[:16]
    record = project.manifest.pages.get(path)
    if may_skip and now is not None and record and record.inputs == inputs and store.digest(now) in record.digests:
        return Plan(path, PageState.CURRENT)
    content = po.write_mo(po.replaced(catalog, tuple(reviewed.values())))
    page = Page(frozenset((store.digest(content),)), inputs, 100)
    change = Change(path, now, content) if content != now else None
    return Plan(path, PageState.CURRENT if change is None else PageState.READY, change, page)


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
        message = f"{error.message}. {error.hint}" if error.hint else error.message
        return None, Problem("syntax", Severity.ERROR, path, message, line=error.line, language=code)


def live(catalog: Catalog | None) -> dict[Identity, Entry]:
    """Return the entries of a catalog that are in use, by context and text (what gettext tells entries apart by)."""
    return {entry.key[:2]: entry for entry in catalog.entries if not entry.is_obsolete} if catalog else {}


def _build() -> bytes:
    """Name of the code that compiles: version and the time of its newest file; another one may compile otherwise."""
    newest = 0
    here = os.path.dirname(os.path.dirname(__file__))
    for folder in (here, f"{here}/formats", f"{here}/syntax", f"{here}/project", f"{here}/po"):
        if os.path.isdir(folder):
            newest = max(newest, *(entry.stat().st_mtime_ns for entry in os.scandir(folder) if entry.is_file()))
    return f"{__version__} {newest}\n".encode()
