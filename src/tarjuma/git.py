"""The only door to Git: files as they were at a commit. Reads, never writes; runs no hooks and no filters."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping

from tarjuma.errors import StoppedError, UsageError

_BLOB = "100"
"""What the mode of a regular file begins with; symbolic links and submodules have others."""


def base(folder: str, ref: str) -> str:
    """Return the commit in which a branch, tag or commit and the present one parted.

    It is the commit of the ref itself where the history is too short to tell. Raises UsageError when there is no such
    ref or no repository.
    """
    commit = _commit(folder, ref)
    common = _run(folder, "merge-base", commit, "HEAD")
    return common.stdout.decode().strip() if common.returncode == 0 else commit


def prefix(folder: str) -> str:
    """Return the path of a folder in its repository, "" for the repository itself."""
    return _run(folder, "rev-parse", "--show-prefix").stdout.decode("utf-8", "replace").strip().rstrip("/")


def files(folder: str, commit: str) -> Mapping[str, str]:
    """Return the regular files below a folder at a commit: path relative to the folder -> name of the contents."""
    listed = _run(folder, "ls-tree", "-r", "-z", commit)
    if listed.returncode:
        raise StoppedError(f"git cannot list {commit}: {_last_line(listed.stderr)}")
    found = {}
    for line in listed.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        mode, _, rest = line.partition(" ")
        name, _, path = rest.partition("\t")
        if mode.startswith(_BLOB):
            found[path] = name.split()[-1]
    return found


def contents(folder: str, names: Iterable[str]) -> Iterator[bytes]:
    """Yield the contents that `files` named, in their order. Raises StoppedError."""
    wanted = list(names)
    command = ["git", "-C", folder, "cat-file", "--batch"]
    listed = subprocess.run(command, input="".join(f"{name}\n" for name in wanted).encode(), capture_output=True)
    if listed.returncode:
        raise StoppedError(f"git cannot read the files: {_last_line(listed.stderr)}")
    output, cursor = listed.stdout, 0
    for name in wanted:
        end = output.index(b"\n", cursor)
        head = output[cursor:end].split()
        if len(head) != 3:
            raise StoppedError(f"git does not have the contents {name}", hint="Fetch the commit with its files first")
        size = int(head[2])
        yield output[end + 1 : end + 1 + size]
        cursor = end + 1 + size + 1


def versions(folder: str, path: str, limit: int = 100) -> Iterator[bytes]:
    """Yield a file as it was after each commit that changed it, the newest first; nothing outside of a repository.

    `path` is relative to the folder. At most `limit` commits are looked at.
    """
    try:
        listed = _run(folder, "log", f"--max-count={limit}", "--format=%H", "--", path)
        commits = [] if listed.returncode else listed.stdout.decode().split()
        for commit in commits:
            shown = _run(folder, "show", f"{commit}:./{path}")
            if shown.returncode == 0:
                yield shown.stdout
    except StoppedError:
        return  # no git here


def _commit(folder: str, ref: str) -> str:
    found = _run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if found.returncode == 0:
        return found.stdout.decode().strip()
    inside = _run(folder, "rev-parse", "--is-inside-work-tree")
    if inside.returncode:
        fault = _last_line(inside.stderr)
        reason = "" if "not a git repository" in fault else f": {fault}"
        hint = "Comparing with a commit needs the history that Git keeps"
        raise UsageError(f"{folder} is in no Git repository{reason}", hint=hint)
    hint = "A checkout in CI may hold one commit only: fetch this one first, `git fetch --depth=1 origin COMMIT`"
    raise UsageError(f"there is no commit {ref!r} here", hint=hint)


def _run(folder: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise StoppedError("git is not installed", hint="It is needed to compare with another commit") from None


def _last_line(output: bytes) -> str:
    return (output.decode("utf-8", "replace").strip().splitlines() or ["git gave no reason"])[-1]
