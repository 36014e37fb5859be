"""Entries that have no place of their own: obsolete, under a context that says whose they are.

A PO file holds one entry for each context and text, obsolete ones included (msgfmt refuses a second one). Where two
texts meet, one stays and the other is kept as a keepsake: any editor shows it, and it can be found again.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from tarjuma.model import Entry, Key, Message

_PREFIX = "kept by tarjuma:"


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


def kept_apart(entry: Entry, taken: Container[tuple[str | None, str]]) -> Entry:
    """Return the keepsake of an entry whose place is taken, under the first free name."""
    number = 1
    while (keepsake := kept(entry, f"earlier-{number}")).key[:2] in taken:
        number += 1
    return keepsake
