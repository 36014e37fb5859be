"""Clean: files that we wrote and that nothing is compiled to any more; only those that nobody edited are removed.

Posts are deleted, renamed, taken out of a language; layouts and presets change. What was published stays where it is
until somebody says `tarjuma clean`: a page that readers know does not disappear by an edit of its source.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tarjuma import store
from tarjuma.errors import StoppedError
from tarjuma.formats import lektor
from tarjuma.model import Options, Problem, Severity
from tarjuma.project import pagemap, targets, terms
from tarjuma.project.layout import home
from tarjuma.project.site import Project, Result
from tarjuma.publish import fields
from tarjuma.store import Change, Manifest, Page
from tarjuma.syntax import frontmatter

CHECK = "orphan"
"""The name of what is wrong with a file whose source is gone."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file that we wrote, and that is there, but is compiled from nothing any more."""

    path: str
    language: str = ""
    """That of the page as far as the layouts tell; "" otherwise."""
    reason: str = ""
    """Why it is not ours to remove; "" when it is."""


def orphans(project: Project) -> tuple[Orphan, ...]:
    """Return the files of the manifest that no post, template or setting asks for, sorted by path.

    Where there is no source at all, nothing is an orphan: a folder was moved, or a pattern of babel.cfg mistyped.
    """
    return _looked_for(project)[0]


def _looked_for(project: Project) -> tuple[tuple[Orphan, ...], frozenset[str]]:
    """The orphans, and what the manifest knows besides that is neither asked for nor there."""
    if not project.sources:
        return (), frozenset()
    asked, resolve = wanted(project), targets.real_paths(project.folder)
    found, lost = [], set()
    for path, page in sorted(project.manifest.pages.items()):
        if path in asked or not _is_inside(path):
            continue
        try:
            content = project.bytes_of(path)
        except StoppedError as error:
            found.append(Orphan(path, _language(project, path), error.message))
            continue
        if content is None:
            lost.add(path)
            continue
        reason = "" if _is_ours(project, path, content, page) else "somebody edited it since"
        if not _is_inside(resolve(path)):
            reason = "a symbolic link leads out of the project there"
        found.append(Orphan(path, _language(project, path), reason))
    return tuple(found), frozenset(lost)


def _is_ours(project: Project, path: str, content: bytes, page: Page) -> bool:
    """Whether nobody edited a page, as compile sees it: what stands in fields with `copy-once` is no edit of ours."""
    if store.digest(content) in page.digests:
        return True
    conf = project.config
    rule = conf.rule(path)
    options = conf.options_for(path, rule) if rule else Options()
    if path.endswith(lektor.SUFFIXES):
        options = replace(options, dialects=frontmatter.LEKTOR)
    rules = (conf.publishing_for(root) for root in conf.roots)
    return any(store.digest(fields.neutral(content, each, options)) in page.digests for each in rules)


def wanted(project: Project) -> Mapping[str, str]:
    """Return the path of every file that compile may write, with its language; "" for those of all languages.

    What posts with clashing or unreadable names would be compiled to is wanted too: they are not gone.
    """
    found = dict.fromkeys(pagemap.wanted(project), "")
    for post in project.posts:
        for code in post.languages:
            path = (
                project.po_path(post.source.domain, code, ".mo")
                if post.source.is_template
                else post.source.layout.target(post.source.path, code)
            )
            found[path] = code
    for domain in project.domains:
        found |= {page.path: page.code for page in terms.pages(project, domain)}
    for problem in project.name_problems:
        if layout := home(problem.path, project.layouts):
            found |= {layout.target(problem.path, code): code for code in layout.root.languages}
    for domain in project.held:
        found |= {project.po_path(domain, code, ".mo"): code for code in project.languages}
    return found


def clean(project: Project) -> Result:
    """Remove the orphans that are ours, and forget files that are gone, as after a run that was killed.

    Raises StoppedError.
    """
    result = plan(project)
    # the manifest last: a file that it does not know would be somebody else's
    for is_manifest in (False, True):
        part = [change for change in result.changes if (change.path == project.manifest_path) is is_manifest]
        store.apply(project.folder, part)
    return result


def plan(project: Project) -> Result:
    """Return what `clean` would do; writes nothing."""
    found, lost = _looked_for(project)
    gone = {orphan.path for orphan in found if not orphan.reason}
    changes = [Change(path, project.bytes_of(path), None) for path in sorted(gone)]
    kept = {path: page for path, page in project.manifest.pages.items() if path not in gone | lost}
    before = project.bytes_of(project.manifest_path)
    if before is not None and gone | lost:
        after = store.with_line_ends_of(before, store.render_manifest(Manifest(kept)))
        changes.append(Change(project.manifest_path, before, after))
    problems = tuple(_told(orphan) for orphan in found if orphan.reason)
    notes = []
    if not project.sources and project.manifest.pages:
        notes.append("no source was found: until there is one, nothing counts as left behind")
    return Result("clean", tuple(changes), len(kept) - len(problems), problems, tuple(notes))


def _told(orphan: Orphan) -> Problem:
    message = f"its post is gone, and {orphan.reason}, so it is left as it is. Delete the file when nobody needs it"
    return Problem(CHECK, Severity.INFO, orphan.path, message, language=orphan.language)


def _language(project: Project, path: str) -> str:
    return next(filter(None, (layout.language_of(path) for layout in project.layouts)), "")


def _is_inside(path: str) -> bool:
    """Whether a path stays in the project's folder, and out of what is not the site's."""
    steps = path.replace(os.sep, "/").split("/")
    return not (os.path.isabs(path) or ".." in steps or steps[0] in ("", ".git", store.FOLDER))
