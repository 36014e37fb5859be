"""A project beside what it was at a commit. Reads the repository, never writes to it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from tarjuma import comparison, config, git, plugins, po, store
from tarjuma.comparison import Comparison, Entries, View
from tarjuma.errors import PoError, UsageError
from tarjuma.model import Problem
from tarjuma.project import catalogs, terms, versions
from tarjuma.project.overview import chosen
from tarjuma.project.site import Post, Project, load


def against(project: Project, ref: str, only: Iterable[str] = ()) -> tuple[Comparison, tuple[Problem, ...]]:
    """Return what the project's changes since a commit mean for translations, and what is wrong with its files.

    They are the changes since the project and the ref parted. Both sides are looked at as `update` would leave them;
    nothing is written. A project that was not set up then was empty. `only` are the codes that are asked for, all when
    there are none. Raises UsageError.
    """
    codes = chosen(project, only)
    commit = git.base(project.folder, ref)
    after, problems = _views(project, codes)
    with tempfile.TemporaryDirectory(prefix="tarjuma-") as folder:
        then = _restored(project, commit, folder)
        before = _views(then, codes)[0] if then else ()
        found = comparison.compared(commit[:10], before, after)
    return replace(found, folder=git.prefix(project.folder)), problems


def _restored(project: Project, commit: str, folder: str) -> Project | None:
    """The project as it was, its files written to a folder; None when it was not set up."""
    there = git.files(project.folder, commit)
    name = project.config.file
    if name not in there:
        return None
    _write(project, folder, {path: blob for path, blob in there.items() if path == name or path.endswith(".cfg")})
    try:
        conf = config.load(folder, name, plugins.builtin("formats"))
        locales = f"{conf.locales}/".lstrip("/")
        _write(
            project, folder, {path: blob for path, blob in there.items() if conf.rule(path) or path.startswith(locales)}
        )
        return load(folder, conf)
    except UsageError:
        return None  # what could not be used then has no translations


def _write(project: Project, folder: str, blobs: Mapping[str, str]) -> None:
    for path, content in zip(blobs, git.contents(project.folder, blobs.values()), strict=True):
        store.write(os.path.join(folder, path), content)


def _views(project: Project, codes: Container[str]) -> tuple[tuple[View, ...], tuple[Problem, ...]]:
    """Every readable post as it is after an update, and what is wrong with sources and catalogs."""
    extracted, updated = catalogs.plan_update(project)
    planned = {change.path: change.after for change in updated.changes}
    views = [view for domain in project.domains for view in _of_domain(project, domain, codes, planned)]
    return tuple(views), (*extracted.problems, *updated.problems)


def _of_domain(
    project: Project, domain: str, codes: Container[str], planned: Mapping[str, bytes | None]
) -> Iterator[View]:
    posts = [post for post in project.posts_of(domain) if post.messages is not None]
    wanted = dict.fromkeys(code for post in posts for code in post.languages if code in codes)
    entries = {code: _entries(project, project.po_path(domain, code), planned) for code in wanted}
    for post in terms.shown(project, domain, posts):
        yield _view(project, post, {code: entries[code] for code in post.languages if code in codes})


def _entries(project: Project, path: str, planned: Mapping[str, bytes | None]) -> Entries:
    content = planned[path] if path in planned else project.bytes_of(path)
    try:
        return versions.live(po.parse(content, path)) if content is not None else {}
    except PoError:
        return {}


def _view(project: Project, post: Post, entries: Mapping[str, Entries]) -> View:
    source, document = post.source, post.document
    least = {code: project.config.least(code) for code in entries}
    if document is None:
        content = project.bytes_of(source.path) or b""
        return View(source.path, _digest(content), tuple(each.key for each in post.messages or ()), entries, {}, least)
    targets = {code: source.layout.target(source.path, code) for code in entries}
    keys = tuple(segment.key for segment in document.segments)
    return View(source.path, _digest(document.source), keys, entries, targets, least)


def _digest(content: bytes) -> str:
    """A name of contents that does not depend on how a checkout ends its lines."""
    return store.digest(content.replace(b"\r\n", b"\n"))
