"""Compile: localized files from reviewed translations, written only where nothing of anybody else's is lost."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tarjuma import __version__, store
from tarjuma.config.values import Below
from tarjuma.model import Catalog, Document, Problem, Severity
from tarjuma.project import pagemap, preflight, publishing, terms
from tarjuma.project.layout import is_terms
from tarjuma.project.plans import Plan, left, settled
from tarjuma.project.site import Post, Project, Result
from tarjuma.project.spread import spread
from tarjuma.project.versions import (
    Entries,
    Texts,
    View,
    live,
    read_catalog,
    texts,
    version,
)
from tarjuma.status import PageState
from tarjuma.store import Change, Manifest, Page

STALE = "stale-catalog"
"""The check that finds sources with other texts than their catalogs hold."""

_BUILD = f"{store.FOLDER}/build.txt"


@dataclass(frozen=True, slots=True)
class Planned:
    """What compile would do."""

    result: Result
    manifest: Manifest
    """As it will be."""
    stamp: bytes
    """Names the code, the configuration and the pages that all of it was made by."""


def compile(project: Project) -> Result:
    """Write the localized files that are due; none of them where one cannot be written.

    Raises StoppedError.
    """
    planned = plan(project)
    result, manifest = planned.result, planned.manifest
    if not result.is_clean and any(map(preflight.stops, result.problems)):
        return result
    pages = [change for change in result.changes if change.after is not None]
    pending = Manifest({change.path: manifest.pages[change.path] for change in pages if change.path in manifest.pages})
    store.publish(project.folder, pages, _book(project, manifest), pending)
    if manifest.pages and project.bytes_of(_BUILD) != planned.stamp:
        store.write(project.path(_BUILD), planned.stamp)
    return result


def plan(project: Project) -> Planned:
    """Return what compile would do; writes nothing. Where one file cannot be written, none would change."""
    build, stamp = _build(), project.bytes_of(_BUILD) or b""
    may_skip = stamp.startswith(build)
    plans = list(_plans(project, may_skip))
    plans, extent = publishing.finished(project, plans, stamp.removeprefix(build), may_skip=may_skip)
    plans += pagemap.plans(project, plans)
    result, manifest = _summed(project, plans)
    faults = preflight.faults(project, (*result.changes, _book(project, manifest)))
    if faults or any(map(preflight.stops, result.problems)):
        stopped = replace(result, changes=(), notes=(), problems=(*result.problems, *faults))
        return Planned(stopped, project.manifest, stamp)
    return Planned(result, manifest, build + extent)


def first(project: Project) -> list[Plan]:
    """Return what is known about all pages before they are edited for their site generator."""
    return list(_plans(project, (project.bytes_of(_BUILD) or b"").startswith(_build())))


def _book(project: Project, manifest: Manifest) -> Change:
    """The change of the manifest's file."""
    before = project.bytes_of(project.manifest_path)
    after = store.with_line_ends_of(before, store.render_manifest(manifest)) if manifest.pages or before else None
    return Change(project.manifest_path, before, after)


def _summed(project: Project, plans: Iterable[Plan]) -> tuple[Result, Manifest]:
    pages = dict(project.manifest.pages)
    changes: list[Change] = []
    unchanged = 0
    plans = list(plans)
    problems = [*project.name_problems, *preflight.clashes(project, plans)]
    notes: list[str] = []
    for each in plans:
        problems += each.problems
        if each.page:
            pages[each.path] = each.page
        if each.change:
            changes.append(each.change)
        elif each.state is PageState.CURRENT:
            unchanged += 1
        if each.state is PageState.OUT_OF_DATE:
            notes.append(f"{each.path} keeps its last complete version until its translation is complete again")
    return Result("compile", tuple(changes), unchanged, tuple(problems), tuple(notes)), Manifest(pages)


def _plans(project: Project, may_skip: bool) -> Iterator[Plan]:
    domains = list(project.domains)

    def plans(domain: str) -> list[Plan]:
        return list(_of_domain(project, domain, may_skip))

    for number, found in enumerate(spread(plans, domains)):
        project.progress("compiling", number, len(domains))
        yield from found
    project.progress("compiling", len(domains), len(domains))


def _of_domain(project: Project, domain: str, may_skip: bool) -> Iterator[Plan]:
    """What becomes of all posts of a catalog."""
    faults = tuple(fault for source in project.domains[domain] for fault in project.post(source)[1])
    yield Plan(domain, PageState.NONE, problems=faults)
    posts = project.posts_of(domain)
    for post in posts:
        yield from publishing.source(project, post)
    is_behind = False
    for code in dict.fromkeys(code for post in posts for code in post.languages):
        found = list(_in_language(project, domain, posts, code, may_skip))
        is_behind = is_behind or any(plan.is_behind for plan in found)
        yield from found
    yield from terms.plans(project, domain)
    if is_behind:
        message = "does not hold the sources as they are now. Run `tarjuma update`"
        problem = Problem(STALE, Severity.WARNING, project.pot_path(domain), message)
        yield Plan(domain, PageState.NONE, problems=(problem,))


def _in_language(project: Project, domain: str, posts: tuple[Post, ...], code: str, may_skip: bool) -> Iterator[Plan]:
    """What becomes of all posts of a catalog in one language."""
    catalog, fault = read_catalog(project, domain, code)
    entries = live(catalog)
    usable = texts(project, code, entries)
    wanted = [post for post in posts if code in post.languages]
    readable = [post for post in wanted if post.messages is not None]
    if fault:
        yield Plan(fault.path, PageState.NONE, problems=(fault,))
    elif any(message.key.identity not in entries for post in readable for message in post.messages or ()):
        yield Plan(domain, PageState.NONE, is_behind=True)
    for post in () if is_terms(domain) else wanted:
        target = post.source.layout.target(post.source.path, code)
        if post.document and not fault:
            found = _page(View(project, post, post.document, code, catalog, usable), may_skip)
        elif not post.source.is_template:
            found = publishing.known(project, post, code, Plan(target, PageState.NONE))
        else:
            continue
        yield replace(found, source=post.source.path, code=code)
    if catalog and any(post.source.is_template for post in readable):
        yield _messages(project, domain, code, catalog, usable.reviewed, may_skip)


def state(project: Project, post: Post, document: Document, code: str, usable: Texts) -> PageState:
    """Return what is true of a page now; nothing is compiled for it."""
    view = View(project, post, document, code, None, usable)
    record = view.record
    is_due = view.share >= view.least or view.below(view.share) is Below.FALLBACK
    if view.now is None:
        return PageState.READY if is_due else PageState.WAITING
    if not view.is_ours or not record:
        return PageState.EDITED if record else PageState.FOREIGN
    if record.inputs == view.inputs or (view.share < view.least and view.is_current):
        return PageState.CURRENT
    return PageState.READY if is_due else PageState.OUT_OF_DATE


def _page(view: View, may_skip: bool) -> Plan:
    record = view.record
    if may_skip and record and view.is_ours and record.inputs == view.inputs and record.share >= 100:
        return publishing.known(view.project, view.post, view.code, Plan(view.target, PageState.CURRENT))
    found, problems = version(view)
    if found is None:
        stays = Plan(view.target, left(view), problems=problems)
        return publishing.known(view.project, view.post, view.code, stays)
    if publishing.is_edited(view):
        return publishing.begun(view, found, problems)
    if found.is_outdated:
        return Plan(view.target, PageState.OUT_OF_DATE, problems=problems)
    return settled(view, found, found.content, problems)


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


def _build() -> bytes:
    """Name of the code that compiles: version and the time of its newest file; another one may compile otherwise."""
    newest = 0
    here = os.path.dirname(os.path.dirname(__file__))
    folders = ("formats", "syntax", "project", "po", "publish", "presets")
    for folder in (here, *(f"{here}/{name}" for name in folders)):
        if os.path.isdir(folder):
            newest = max(newest, *(entry.stat().st_mtime_ns for entry in os.scandir(folder) if entry.is_file()))
    return f"{__version__} {newest}\n".encode()
