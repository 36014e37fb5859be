"""Catalogs beside what they were at a commit: `tarjuma check --diff-base`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tarjuma import git, po
from tarjuma.checks import mt_unedited
from tarjuma.errors import PoError, StoppedError, UsageError
from tarjuma.project.inspection import Job, content


def since(jobs: Iterable[Job], ref: str) -> Iterator[Job]:
    """Yield the catalogs that differ from what they were at a commit, with what they were. Raises UsageError.

    Each knows how many machine translations the same change approves unread in the others.
    """
    changed = list(_changed(jobs, ref))
    unread = [_unread(job) for job in changed]
    for job, own in zip(changed, unread, strict=True):
        yield replace(job, elsewhere=sum(unread) - own)


def _unread(job: Job) -> int:
    now = content(job)
    if now is None or b"# mt:" not in now + (job.base or b""):
        return 0
    try:
        old = po.parse(job.base, job.path) if job.base else None
        return len(mt_unedited.approved_unread(old, po.parse(now, job.path)))
    except PoError:
        return 0


def _changed(jobs: Iterable[Job], ref: str) -> Iterator[Job]:
    by_root: dict[str, list[Job]] = {}
    for job in jobs:
        by_root.setdefault(_repository(job), []).append(job)
    for root, those in by_root.items():
        try:
            there = git.files(root, git.base(root, ref))
        except StoppedError as error:
            raise UsageError(f"--diff-base needs Git: {error.message}", hint=error.hint) from None
        names = {job.file: there.get(_inside(job, root)) for job in those}
        blobs = [name for name in names.values() if name]
        before = dict(zip(blobs, git.contents(root, blobs), strict=True)) if blobs else {}
        for job in those:
            name = names[job.file]
            then = before[name] if name else b""
            if then != content(job):
                yield replace(job, base=then)


def _inside(job: Job, root: str) -> str:
    return os.path.relpath(os.path.realpath(job.file), root).replace(os.sep, "/")


def _repository(job: Job) -> str:
    """The folder of the repository that a catalog lies in."""
    above = os.path.dirname(os.path.realpath(job.file))
    while not os.path.exists(os.path.join(above, ".git")):
        if above == (parent := os.path.dirname(above)):
            hint = "--diff-base compares with what Git keeps"
            raise UsageError("lies in no Git repository", path=job.path, hint=hint)
        above = parent
    return above
