"""Entries that have no place of their own: obsolete, under a context that says whose they are.

A PO file holds one entry for each context and text, obsolete ones included (msgfmt refuses a second one). Where two
texts meet, one stays and the other is kept as a keepsake: any editor shows it, and it can be found again.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from tarjuma.model import Entry, Identity, Key, Message

_PREFIX = "kept by tarjuma:"
_OBSOLETE_IN = "obsolete in "
_LINES = "written as:"
_OWN_LINES = "it stood there as:"


def is_kept(entry: Entry) -> bool:
    """Say whether an entry is a keepsake."""
    return entry.is_obsolete and (entry.key.context or "").startswith(_PREFIX)


def kept(entry: Entry, owner: str) -> Entry:
    """Return the keepsake of an entry; `owner` is a word without spaces, such as a domain."""
    context, text, plural = entry.key
    marked = f"{_PREFIX} {owner}" if context is None else f"{_PREFIX} {owner} {context}"
    return replace(entry, message=Message(Key(marked, text, plural)), is_obsolete=True, raw=None)


def released(entry: Entry) -> tuple[str, Entry]:
    """Return the owner of a keepsake and the obsolete entry that it was made from."""
    context, text, plural = entry.key
    owner, space, original = (context or "").removeprefix(_PREFIX).strip(" ").partition(" ")
    message = Message(Key(original if space else None, text, plural))
    return owner, replace(entry, message=message, raw=None)


def kept_apart(entry: Entry, taken: Container[Identity]) -> Entry:
    """Return the keepsake of an entry whose place is taken, under the first free name."""
    number = 1
    while (keepsake := kept(entry, f"earlier-{number}")).key.identity in taken:
        number += 1
    return keepsake


def marked(entry: Entry, owner: str) -> Entry:
    """Return an obsolete entry with the comment that says which catalog it came from."""
    line = _OBSOLETE_IN + owner
    raw = None if entry.raw is None else f"# {line}\n{entry.raw}"
    return replace(entry, comments=(line, *entry.comments), line=0, raw=raw)


def unmarked(entry: Entry) -> tuple[str, Entry]:
    """Return the catalog that an obsolete entry came from, and the entry without the comment.

    "" where nothing says so.
    """
    for place, line in enumerate(entry.comments):
        if line.startswith(_OBSOLETE_IN):
            comments = entry.comments[:place] + entry.comments[place + 1 :]
            first = f"# {line}\n"
            is_first = entry.raw is not None and entry.raw.startswith(first)
            raw = entry.raw.removeprefix(first) if entry.raw is not None and is_first else None
            return line.removeprefix(_OBSOLETE_IN), replace(entry, comments=comments, line=0, raw=raw)
    return "", entry


def with_lines(entry: Entry) -> Entry:
    """Return the entry with its lines as comments: for one that is the same elsewhere, only written otherwise."""
    return _with_lines(entry, _LINES)


def with_own_lines(entry: Entry) -> Entry:
    """Return the entry with its lines as comments: for one that nothing else can bring back byte for byte."""
    return _with_lines(entry, _OWN_LINES)


def is_lines_only(entry: Entry) -> bool:
    """Say whether an entry was kept because of its lines, not because of what they say."""
    return _LINES in entry.comments


def without_lines(entry: Entry) -> tuple[Entry, str]:
    """Return the entry without such comments, and the lines that they held, "" where there are none."""
    for place, comment in enumerate(entry.comments):
        if comment in (_LINES, _OWN_LINES):
            raw = "\n".join(line[2:] for line in entry.comments[place + 1 :])
            return replace(entry, comments=entry.comments[:place], raw=None), raw
    return entry, ""


def _with_lines(entry: Entry, label: str) -> Entry:
    lines = (f"| {line}" for line in (entry.raw or "").split("\n"))
    return replace(entry, comments=(*entry.comments, label, *lines), raw=None)
