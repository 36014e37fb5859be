"""The survey of a project: what checks of the whole site need, read in one pass over its posts and catalogs."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from tarjuma import po, splice
from tarjuma.addresses import Form
from tarjuma.errors import PoError
from tarjuma.model import Catalog, Document, Entry, Identity, Problem, Segment, State
from tarjuma.pair import Text
from tarjuma.project import catalogs, cleanup, targets, terms, versions
from tarjuma.project.files import missing, named
from tarjuma.project.fragments import parts, resolved, translated
from tarjuma.project.overview import chosen, post_status
from tarjuma.project.site import Post, Project, files_below
from tarjuma.project.slips import directives, fields, own_names
from tarjuma.project.spread import spread
from tarjuma.project.versions import Entries
from tarjuma.status import PageState
from tarjuma.survey import (
    CatalogView,
    Fields,
    FileLink,
    Fragment,
    Kind,
    Leftover,
    Link,
    Parts,
    Place,
    Refusal,
    Site,
    StaleTemplate,
    View,
    Word,
)  # fmt: skip

_LINKS = frozenset({Form.LINK, Form.IMAGE, Form.ATTRIBUTE})
_PAGES = (".md", ".markdown", ".mdx", ".html", ".htm")


def survey(project: Project, only: Iterable[str] = ()) -> Site:
    """Return what checks know about a project, in the languages that are asked for, all when there are none.

    Reads, never writes. Raises UsageError for a language that the project does not have.
    """
    codes = chosen(project, only)
    domains = list(project.domains)
    found: list[_Part] = []

    def surveyed(domain: str) -> _Part:
        return _of_domain(project, domain, codes)

    for number, part in enumerate(spread(surveyed, domains)):
        project.progress("surveying", number, len(domains))
        found.append(part)
    project.progress("surveying", len(domains), len(domains))
    views = tuple(view for part in found for view in part.views)
    gone = tuple(catalogs.vanished(project))
    file_links = [link for part in found for link in part.file_links]
    needs_files = file_links or any(view.links for view in views)
    files = frozenset(files_below(project.config)) if needs_files else frozenset()
    return Site(
        project.config.file,
        codes,
        views,
        tuple(view for part in found for view in part.catalogs),
        tuple(part.template for part in found if part.template),
        tuple(_leftovers(project, codes, {change.path for change in gone})),
        tuple(each for part in found for each in part.fields),
        tuple(word for part in found for word in part.directives),
        (*project.name_problems, *(fault for part in found for fault in part.faults), *_clashes(project, views)),
        files,
        frozenset(name for part in found for name in part.names),
        tuple(resolved(project, (each for part in found for each in part.parts), _fragments(found))),
        {each.path: each.names for part in found for each in part.parts if each.names is not None},
        tuple(missing(project, file_links, files)),
        {part.domain: part.places for part in found},
    )


def _fragments(found: Iterable[_Part]) -> Iterator[Fragment]:
    return (fragment for part in found for fragment in part.fragments)


def glimpse(project: Project, paths: Collection[str]) -> Site:
    """Return what checks know about some posts themselves: their templates, front matter and directives."""
    domains = (name for name, sources in project.domains.items() if any(source.path in paths for source in sources))
    parts = [_of_domain(project, domain, ()) for domain in domains]
    return Site(
        project.config.file,
        (),
        templates=tuple(part.template for part in parts if part.template),
        fields=tuple(each for part in parts for each in part.fields if each.keys[0].path in paths),
        directives=tuple(word for part in parts for word in part.directives if word.path in paths),
        faults=tuple(fault for part in parts for fault in part.faults if fault.path in paths),
    )


def source_lines(project: Project, domains: Iterable[str] | None = None) -> Mapping[str, Mapping[Identity, Place]]:
    """Return where the messages of catalogs stand in their sources: domain -> context and text -> path and line."""
    wanted = project.domains if domains is None else [domain for domain in domains if domain in project.domains]
    return {domain: _places(project.posts_of(domain)) for domain in wanted}


@dataclass(slots=True)
class _Part:
    """What one catalog's posts add to the survey."""

    domain: str
    views: list[View] = field(default_factory=list)
    catalogs: list[CatalogView] = field(default_factory=list)
    template: StaleTemplate | None = None
    fields: list[Fields] = field(default_factory=list)
    directives: list[Word] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    parts: list[Parts] = field(default_factory=list)
    fragments: list[Fragment] = field(default_factory=list)
    file_links: list[FileLink] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    places: Mapping[Identity, Place] = field(default_factory=dict)


def _of_domain(project: Project, domain: str, codes: tuple[str, ...]) -> _Part:
    part = _Part(domain)
    posts = project.posts_of(domain)
    part.faults += [fault for source in project.domains[domain] for fault in project.post(source)[1]]
    part.places = _places(posts)
    template, problems = catalogs.tried(project, domain, datetime.now().astimezone())
    part.faults += problems
    if template:
        part.template = _stale(template, posts)
    for post in posts:
        if post.document:
            part.fields += fields(post.document)
            part.directives += directives(post.document)
            part.names += own_names(post.document)
    part.parts += parts(project, posts)
    part.file_links += named(project, posts)
    for code in codes:
        if any(code in post.languages for post in posts):
            _add_language(project, part, posts, code, template.catalog if template else None)
    return part


def _stale(template: catalogs.Template, posts: tuple[Post, ...]) -> StaleTemplate | None:
    before = template.change.before
    if before == template.change.after:
        return None
    now = {entry.key for entry in template.catalog.entries}
    try:
        old = {entry.key for entry in po.parse(before, "").entries if not entry.is_obsolete} if before else set()
    except PoError:
        old = set()
    sources = tuple(post.source.path for post in posts)
    missing, gone = len(now - old), len(old - now)
    return StaleTemplate(template.domain, template.change.path, before is not None, missing, gone, sources)


def _add_language(project: Project, part: _Part, posts: tuple[Post, ...], code: str, template: Catalog | None) -> None:
    catalog, fault = versions.read_catalog(project, part.domain, code)
    if fault:
        return  # whoever reads the catalogs says why
    entries = versions.live(catalog)
    reviewed = {key: entry for key, entry in entries.items() if entry.state is State.REVIEWED}
    path = project.po_path(part.domain, code)
    scoped = catalogs.in_scope(template, posts, code) if template else None
    if scoped:
        wanted = {entry.key.identity for entry in scoped.entries}
        missing, gone = len(wanted - entries.keys()), len(entries.keys() - wanted)
        part.catalogs.append(CatalogView(part.domain, code, path, catalog is not None, missing, gone))
    for post in terms.shown(project, part.domain, posts, code):
        if code in post.languages and post.messages is not None:
            part.views.append(_view(project, part, post, code, path, entries, reviewed))
            part.fragments += translated(project, post, code, reviewed, part.places, path)


def _view(
    project: Project,
    part: _Part,
    post: Post,
    code: str,
    path: str,
    entries: Entries,
    reviewed: Entries,
) -> View:
    status = post_status(project, post, code, entries, reviewed)
    document = post.document
    if document is None:
        return View(status, path)
    record = project.manifest.pages.get(status.target)
    is_whole = status.page is PageState.CURRENT and record is not None and record.share >= 100
    return View(
        status,
        path,
        is_there=os.path.isfile(project.path(status.target)),
        is_recorded=record is not None,
        refusals=() if is_whole or not reviewed else tuple(_refusals(document, reviewed)),
        links=tuple(_links(document, reviewed, part.places, code)),
    )


def _refusals(document: Document, reviewed: Mapping[Identity, Entry]) -> Iterator[Refusal]:
    def target(segment: Segment) -> str | None:
        entry = reviewed.get(segment.key.identity)
        return entry.target if entry else None

    compiled = splice.compile(document, target)
    for fallback, problem in zip(compiled.fallbacks, compiled.problems, strict=True):
        entry = reviewed[document.segments[fallback.index].key.identity]
        yield Refusal(entry.key, entry.target, entry.line, fallback.reason, (document.path, problem.line))


def _links(
    document: Document, reviewed: Mapping[Identity, Entry], places: Mapping[Identity, Place], code: str
) -> Iterator[Link]:
    """Yield the links of translations that may lead to a localized page."""
    for identity in dict.fromkeys(segment.key.identity for segment in document.segments):
        entry = reviewed.get(identity)
        if not entry or ("](" not in entry.target and "=" not in entry.target):
            continue
        originals = tuple(address.url for address in Text(entry.key.text).addresses)
        for address in Text(entry.target).addresses:
            if address.form in _LINKS and _is_of_site(address.url):
                span = (address.start, address.end)
                place = places.get(identity, (document.path, 0))
                yield Link(address.url, entry.key, entry.target, entry.line, span, place, originals)


def _is_of_site(address: str) -> bool:
    path = address.partition("#")[0].partition("?")[0]
    if not path or "{" in path or ":" in path or path.startswith(("//", "@")):
        return False
    return path.startswith("/") or path.lower().endswith(_PAGES)


def _places(posts: Iterable[Post]) -> dict[Identity, Place]:
    """Where each message stands first."""
    found: dict[Identity, Place] = {}
    for post in posts:
        path = post.source.path
        if post.document is None:
            for message in post.messages or ():
                found.setdefault(message.key.identity, (path, 0))
            continue
        source, line, counted = post.document.source, 1, 0
        for segment in post.document.segments:
            line += source.count(b"\n", counted, segment.start)
            counted = segment.start
            found.setdefault(segment.key.identity, (path, line))
    return found


def _clashes(project: Project, views: Iterable[View]) -> Iterator[Problem]:
    """Pages that two posts claim, that are posts themselves, or that leave their folder."""
    layouts = {source.path: source.layout for source in project.sources}
    rows = [view.status for view in views if view.status.target]
    claims = [targets.Claim(row.target, row.path, layouts[row.path]) for row in rows]
    yield from targets.clashes(claims, layouts.keys(), targets.real_paths(project.folder))


def _leftovers(project: Project, codes: tuple[str, ...], templates: set[str]) -> Iterator[Leftover]:
    for path in sorted(templates):
        yield Leftover(Kind.TEMPLATE, path)
    yield from _lost_pages(project, codes)
    if project.held or not project.sources:
        return  # a post that is left out because of its name is not gone
    told = {path.removesuffix(".pot") for path in templates}
    for code in codes:
        yield from _lost_catalogs(project, code, told)
    if set(codes) >= set(project.languages):
        yield from _foreign_folders(project)


def _lost_catalogs(project: Project, code: str, told: set[str]) -> Iterator[Leftover]:
    for domain in project.catalog_files(code):
        posts = project.posts_of(domain) if domain in project.domains else ()
        if any(code in post.languages for post in posts) or project.pot_path(domain).removesuffix(".pot") in told:
            continue
        catalog, fault = versions.read_catalog(project, domain, code)
        count = len(versions.live(catalog))
        if catalog and not fault and count and (posts or catalogs.is_ours(project, catalog)):
            yield Leftover(Kind.CATALOG, catalog.path, code, count)


def _lost_pages(project: Project, codes: tuple[str, ...]) -> Iterator[Leftover]:
    """What `tarjuma clean` names, in the languages that are asked for."""
    for orphan in cleanup.orphans(project):
        if not orphan.language or orphan.language in codes:
            yield Leftover(Kind.PAGE, orphan.path, orphan.language, is_edited=bool(orphan.reason))


def _foreign_folders(project: Project) -> Iterator[Leftover]:
    """Folders of languages that are not configured, with catalogs of ours in them."""
    known = {PurePosixPath(project.po_path("x", code)).parts[-3] for code in project.languages}
    locales = project.path(project.config.locales)
    try:
        names = sorted(entry.name for entry in os.scandir(locales) if entry.is_dir() and entry.name not in known)
    except OSError:
        return
    for name in names:
        below = f"{project.config.locales}/{name}/LC_MESSAGES".lstrip("/")
        count = sum(_is_ours(project, f"{below}/{domain}.po") for domain in project.domains)
        if count:
            yield Leftover(Kind.FOLDER, below, name, count)


def _is_ours(project: Project, path: str) -> bool:
    content = project.bytes_of(path)
    try:
        return content is not None and catalogs.is_ours(project, po.parse(content, path))
    except PoError:
        return False
