"""Files of a site: read, written atomically, remembered in a manifest, guarded by a lock.

The manifest says which files of the site tarjuma wrote, so that a file which a person wrote or changed is never
overwritten. It is `locales/manifest.txt` and belongs into version control: `.tarjuma/` may be deleted at any time
and would take this knowledge along. One line a file, sorted, so that two branches merge; where Git left conflict
markers, both sides count.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tarjuma.errors import StoppedError

MANIFEST = "manifest.txt"
FOLDER = ".tarjuma"
"""Holds the lock and caches; never more than time is lost with it."""

PENDING = f"{FOLDER}/pending.txt"
"""What a run was about to write; only there while it does, and after it was killed."""

PATIENCE = 5.0
"""Seconds that a second run waits for the lock."""

_TEMPORARY = ".tarjuma-tmp"


@dataclass(frozen=True, slots=True)
class Change:
    """One file as it is and as it will be; None: it is not there."""

    path: str
    """Relative to the project, with `/`."""
    before: bytes | None
    after: bytes | None
    is_durable: bool = False
    """True for catalogs: people's work must survive a power cut."""


def read(path: str) -> bytes | None:
    """Return a file's bytes, None when there is none. Raises StoppedError when it cannot be read."""
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoppedError(f"cannot be read: {error.strerror}", path=path) from None


def apply(folder: str, changes: Iterable[Change]) -> None:
    """Write and remove files below a folder, new ones before old ones go. Raises StoppedError."""
    gone = []
    for change in changes:
        path = os.path.join(folder, change.path)
        if change.after is None:
            gone.append(path)
        elif change.after != change.before:
            write(path, change.after, is_durable=change.is_durable)
    for path in gone:
        remove(path, folder)


def write(path: str, content: bytes, *, is_durable: bool = False) -> None:
    """Replace a file at once: whoever reads it, even after a crash, finds the old or the new bytes.

    Keeps the file's mode, writes through a symbolic link, makes missing folders. Raises StoppedError.
    """
    target = os.path.realpath(path) if os.path.islink(path) else path
    temporary = os.path.join(os.path.dirname(target), f".{os.path.basename(target)}{_TEMPORARY}")
    try:
        descriptor = _created(temporary, target)
        try:
            with open(descriptor, "wb") as stream:
                stream.write(content)
                if is_durable:
                    stream.flush()
                    os.fsync(descriptor)
            os.replace(temporary, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise StoppedError(
            f"cannot be written: {error.strerror}", path=path, hint="What stood there before is still there"
        ) from None


def _created(temporary: str, target: str) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(temporary, flags, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        descriptor = os.open(temporary, flags, 0o666)
    if hasattr(os, "fchmod"):
        with contextlib.suppress(OSError):
            os.fchmod(descriptor, stat.S_IMODE(os.stat(target).st_mode))
    return descriptor


def publish(folder: str, pages: Iterable[Change], manifest: Change, pending: Manifest) -> None:
    """Write pages and then the manifest that knows them; a crash in between makes no page look like somebody else's.

    What is about to be written is noted first in `.tarjuma/`, where `with_pending` finds it. Raises StoppedError.
    """
    changes = [change for change in pages if change.after != change.before]
    note = os.path.join(folder, PENDING)
    if changes:
        write(note, render_manifest(pending))
    apply(folder, changes)
    if manifest.after != manifest.before:
        apply(folder, (manifest,))
    with contextlib.suppress(OSError):
        os.unlink(note)  # also that of a run that was killed: the manifest knows its pages now


def remove(path: str, folder: str) -> None:
    """Delete a file, and the folders above it that are empty then, up to `folder`. Raises StoppedError."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoppedError(f"cannot be deleted: {error.strerror}", path=path) from None
    above = os.path.dirname(path)
    with contextlib.suppress(OSError):
        while len(above) > len(folder):
            os.rmdir(above)
            above = os.path.dirname(above)


@dataclass(frozen=True, slots=True)
class Page:
    """What the manifest knows about a file that we wrote."""

    digests: frozenset[str]
    """Of its bytes; more than one after a merge."""
    inputs: str = ""
    """Digest of the source and of the translations that it was made from."""
    share: int = 100
    """Percent of the words that were translated."""
    has_drafts: bool = False
    """Whether unreviewed drafts of a machine stand on it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files that we wrote."""

    pages: Mapping[str, Page] = field(default_factory=dict)


def digest(content: bytes) -> str:
    """Return 16 hexadecimal digits of SHA-256 over content; CRLF and LF count as one, since Git may change them."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:16]


_DRAFTS = "drafts"
"""What a line ends with where a page holds drafts."""

_TITLE = (
    "# Files that tarjuma wrote: path, digest, digest of what it was made from, percent. Keep it in version control."
)


def parse_manifest(content: bytes) -> Manifest:
    """Return what a manifest says; lines that say nothing (comments, conflict markers) are skipped."""
    pages: dict[str, Page] = {}
    for line in content.decode("utf-8", "surrogateescape").splitlines():
        parts = line.split("\t")
        if line.startswith("#") or len(parts) not in (4, 5) or not parts[3].isdigit():
            continue
        path, own, inputs, share = parts[:4]
        page = Page(frozenset((own,)), inputs, int(share), parts[4:] == [_DRAFTS])
        pages[path] = _either(pages[path], page) if path in pages else page
    return Manifest(pages)


def _either(one: Page, other: Page) -> Page:
    """A page of which there are two versions, both ours; what it was made from is not known then."""
    share, has_drafts = max(one.share, other.share), one.has_drafts or other.has_drafts
    inputs = one.inputs if one.inputs == other.inputs else ""
    return Page(one.digests | other.digests, inputs, share, has_drafts)


def with_pending(manifest: Manifest, pending: Manifest) -> Manifest:
    """Return what we wrote when a run ended between pages and manifest: either version of a page is ours."""
    pages = dict(manifest.pages)
    for path, page in pending.pages.items():
        pages[path] = replace(_either(pages.get(path, page), page), inputs="")
    return Manifest(pages)


def render_manifest(manifest: Manifest) -> bytes:
    """Return the bytes of a manifest, sorted by path."""
    lines = [_TITLE]
    for path, page in sorted(manifest.pages.items()):
        end = f"\t{_DRAFTS}" if page.has_drafts else ""
        lines += [f"{path}\t{own}\t{page.inputs}\t{page.share}{end}" for own in sorted(page.digests)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")


def with_line_ends_of(before: bytes | None, content: bytes) -> bytes:
    """Return content with CRLF where the file had CRLF before."""
    if before and b"\r\n" in before and b"\r\n" not in content:
        return content.replace(b"\n", b"\r\n")
    return content


@contextlib.contextmanager
def locked(folder: str, command: str) -> Iterator[None]:
    """Hold the project's lock: no other tarjuma writes here meanwhile.

    After a run that was killed, its temporary files are deleted first. Raises StoppedError, which names the other
    run, when that does not end in time.
    """
    home = os.path.join(folder, FOLDER)
    path = os.path.join(home, "lock")
    try:
        if not os.path.isdir(home):
            os.makedirs(home, exist_ok=True)
            write(os.path.join(home, ".gitignore"), b"*\n")
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise _stopped(error, home) from None
    try:
        _wait(descriptor, path)
        if os.read(descriptor, 1):
            _sweep(folder)
        holder = {"pid": os.getpid(), "command": command, "since": time.strftime("%H:%M:%S")}
        try:
            _note(descriptor, json.dumps(holder))
        except OSError as error:  # a full disk
            raise _stopped(error, home) from None
        yield
        _note(descriptor, "")
    finally:
        os.close(descriptor)


def _stopped(error: OSError, home: str) -> StoppedError:
    hint = "tarjuma needs to write in the project's folder"
    return StoppedError(f"cannot be written: {error.strerror}", path=home, hint=hint)


def _note(descriptor: int, text: str) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.truncate(descriptor, 0)
    os.write(descriptor, text.encode())


def _wait(descriptor: int, path: str) -> None:
    until = time.monotonic() + PATIENCE
    while not _taken(descriptor):
        if time.monotonic() > until:
            raise StoppedError(
                f"another tarjuma is at work here: {_holder(descriptor)}",
                path=path,
                hint="Wait until it ends, or end it",
            )
        time.sleep(0.05)


def _taken(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # a file system without locks (some network shares) must not keep people from working
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True


def _holder(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        holder = json.loads(os.read(descriptor, 4096))
    except (ValueError, OSError):
        return "nobody said who"
    return f"`{holder.get('command')}`, process {holder.get('pid')}, since {holder.get('since')}"


def _sweep(folder: str) -> None:
    for above, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in (".git", "node_modules")]
        for name in files:
            if name.startswith(".") and name.endswith(_TEMPORARY):
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(above, name))
