"""What would stop compile half-way: looked for before anything is written, so that all pages are written or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from functools import cache

from tarjuma.model import Problem, Severity
from tarjuma.project import targets
from tarjuma.project.plans import Plan
from tarjuma.project.site import Project
from tarjuma.project.targets import CHECK, Claim
from tarjuma.store import Change

_NAME = 230
"""Bytes that the name of a file may have; what is written first has a longer one, and 255 is the usual limit."""
_BLOCK = 4096
"""Bytes that a file takes at least."""


def stops(problem: Problem) -> bool:
    """Say whether nothing may be written because of a problem."""
    return problem.check == CHECK and problem.severity is Severity.ERROR


def clashes(project: Project, plans: Iterable[Plan]) -> Iterator[Problem]:
    """Yield why pages cannot be where they are planned: two are one file, one is a post, one leaves its folder."""
    sources = {source.path: source.layout for source in project.sources}
    claims = [Claim(plan.path, plan.source, sources[plan.source]) for plan in plans if plan.source]
    return targets.clashes(claims, sources.keys(), cache(targets.real_paths(project.folder)))


def faults(project: Project, changes: Iterable[Change]) -> tuple[Problem, ...]:
    """Return why files cannot be written as planned, one error a file or folder, each with what to do."""
    due = [change for change in changes if change.after is not None and change.after != change.before]
    found = [Problem(CHECK, Severity.ERROR, path, message) for path, message in _of_folders(project.folder, due)]
    return tuple(found) or tuple(_of_disk(project.folder, due))


def _of_folders(folder: str, due: Iterable[Change]) -> Iterator[tuple[str, str]]:
    """Path and fault; a folder that takes nothing is told once, with the first of the files for it."""
    folders: dict[str, str] = {}
    told: set[str] = set()
    for change in due:
        above = os.path.dirname(change.path)
        if above not in folders:
            folders[above] = _folder_fault(folder, above)
        fault = folders[above] or _file_fault(os.path.join(folder, change.path))
        if fault and not (folders[above] and fault in told):
            told.add(fault)
            yield change.path, fault


def _folder_fault(folder: str, above: str) -> str:
    """Why no file can be made in a folder; "" where it can, also where the folder is still to be made."""
    path = os.path.join(folder, above)
    while not os.path.lexists(path) and len(path) > len(folder):
        path, above = os.path.dirname(path), os.path.dirname(above)
    name = above or "the project's folder"
    if not os.path.isdir(path):
        return f"{name} is no folder, so that nothing can be written below it. Move that file away, or change `layout`"
    if not _is_writable(path):
        return f"{name} is read-only. Make it writable (`chmod u+w {above or '.'}`), or run tarjuma as its owner"
    return ""


def _file_fault(path: str) -> str:
    name = os.path.basename(path)
    if len(os.fsencode(name)) > _NAME:
        return (
            f"its name is longer than {_NAME} bytes. Give the post a shorter file name, or its language a shorter slug"
        )
    if os.path.isdir(path):
        return "a folder stands in its place. Move the folder away, or rename the post"
    if os.path.exists(path) and not _is_writable(path):
        return "is read-only. Make it writable (`chmod u+w`), or leave its post out of that language (`translate:`)"
    return ""


def _is_writable(path: str) -> bool:
    """Whether we may write; the administrator may everywhere, and still does not where nobody is meant to."""
    return os.access(path, os.W_OK) and bool(os.stat(path).st_mode & 0o222)


def _of_disk(folder: str, due: list[Change]) -> Iterator[Problem]:
    needed = sum(_BLOCK + len(change.after or b"") for change in due)
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return
    if due and free < needed:
        message = (
            f"the disk has {free // 1024} KiB left, and {needed // 1024} KiB are needed. Make room, then run it again"
        )
        yield Problem(CHECK, Severity.ERROR, due[0].path, message)
