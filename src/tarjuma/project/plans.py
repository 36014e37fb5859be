"""What compile makes of one file, and the rule by which nobody's work is overwritten."""

from __future__ import annotations

from dataclasses import dataclass

from tarjuma import store
from tarjuma.model import Problem, Severity
from tarjuma.project.site import Project
from tarjuma.project.versions import Version, View
from tarjuma.publish.state import Published
from tarjuma.status import PageState
from tarjuma.store import Change, Page


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
    code: str = ""
    """Its language."""
    is_behind: bool = False
    """True when the catalog lacks a text of its sources."""
    version: Version | None = None
    """What it holds before it is edited for its site generator; None when nothing is left to do."""
    shown: str = ""
    """What readers find there after this run (`publish.state`); "" when there is no such page."""
    url: str = ""
    """Its address on the site, where the configuration says how addresses are made."""


def left(view: View) -> PageState:
    """Return what is true of a page that stays as it is."""
    record = view.record
    if view.is_ours:
        return PageState.CURRENT if view.is_current else PageState.OUT_OF_DATE
    if view.now is None:
        return PageState.WAITING
    return PageState.EDITED if record else PageState.FOREIGN


def settled(view: View, version: Version, content: bytes, problems: tuple[Problem, ...] = ()) -> Plan:
    """Return what becomes of a page that should hold `content`; a file that is not ours is never replaced."""
    target, record, now = view.target, view.record, view.now
    has_drafts = version.state is Published.MT or bool(version.is_outdated and record and record.has_drafts)
    page = Page(view.digests(content), version.inputs, version.share, has_drafts)
    kept = PageState.OUT_OF_DATE if version.is_outdated else PageState.CURRENT
    if now == content:
        return Plan(target, kept, page=page, problems=problems)
    if now is None or view.is_ours:
        change = Change(target, now, content)
        return Plan(target, kept if version.is_outdated else PageState.READY, change, page, problems)
    remedy = (
        f"`tarjuma take {target}` brings its text into the catalogs; to have it compiled without that, move it away"
    )
    return _foreign(target, record, remedy, view.code, problems)


def generated(project: Project, path: str, content: bytes) -> Plan:
    """Return what becomes of a file that no person is meant to edit, and that should hold `content`."""
    now, record = project.bytes_of(path), project.manifest.pages.get(path)
    page = Page(frozenset((store.digest(content),)))
    if now == content:
        return Plan(path, PageState.CURRENT, page=page)
    if now is None or (record and store.digest(now) in record.digests):
        return Plan(path, PageState.READY, Change(path, now, content), page)
    return _foreign(path, record, "Delete it, and it is written anew; or name another place in the configuration")


def _foreign(path: str, record: Page | None, remedy: str, code: str = "", problems: tuple[Problem, ...] = ()) -> Plan:
    """A file that is left alone, and why."""
    how = "was edited by hand since tarjuma wrote it" if record else "exists and was not written by tarjuma"
    problem = Problem("foreign-page", Severity.ERROR, path, f"{how}: left as it is. {remedy}", language=code)
    return Plan(path, PageState.EDITED if record else PageState.FOREIGN, problems=(*problems, problem))
