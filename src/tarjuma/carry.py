"""What becomes of one entry when its message stays, comes back, moves or is edited: an entry in, an entry out.

A reviewed entry whose source is edited turns fuzzy and gets the comment `# was reviewed: src=... out=...`. It proves,
as long as nobody touches the targets, that they are approved for that source: when the edit is taken back, or an
editor says that it changed no meaning, the entry is reviewed again. Without it nobody could tell such an entry from
one that a person had doubts about. The comment goes with `fuzzy`, like `# mt:`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tarjuma import keepsake
from tarjuma.model import PROVENANCE, Entry, Key, Message, State, source_hash, target_hash

SAME_MEANING = "same meaning: the source was edited on "
"""Begins the comment of an entry that stays reviewed because an editor said so."""

_RANK = {State.REVIEWED: 0, State.STALE: 1, State.UNSURE: 2, State.DRAFT: 3}
_REVIEWED = re.compile(r"was reviewed: src=(?P<src>[0-9a-f]{8}) out=(?P<out>[0-9a-f]{8})\s*$")


@dataclass(frozen=True, slots=True)
class Proof:
    """The source hash for which untouched targets were approved."""

    src: str


def rank(entry: Entry) -> int:
    """Order entries of one message: what people approved first, what is empty last; obsolete ones as if they lived."""
    return _RANK.get(replace(entry, is_obsolete=False).state if entry.is_obsolete else entry.state, len(_RANK))


def is_empty(entry: Entry) -> bool:
    """Say whether there is nothing in an entry that a person could miss: no target, no comment."""
    return not any(entry.targets) and not entry.comments


def without_marks(entry: Entry) -> Entry:
    """Return an entry that is not fuzzy without the comments that only a fuzzy one may have."""
    if entry.is_fuzzy or not entry.comments:
        return entry
    comments = _unmarked(entry.comments)
    return entry if len(comments) == len(entry.comments) else replace(entry, comments=comments, raw=None)


def _unmarked(comments: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in comments if not (PROVENANCE.match(line) or _REVIEWED.match(line)))


def proof(entry: Entry) -> Proof | None:
    """Return what shows that the targets of a fuzzy entry were approved, None where nothing does."""
    if entry.is_fuzzy:
        for line in entry.comments:
            if (match := _REVIEWED.match(line)) and match["out"] == target_hash(entry.targets):
                return Proof(match["src"])
    return None


def written_for(entry: Entry) -> Key:
    """Return the source that the targets were written for."""
    if entry.previous and (entry.is_fuzzy or is_same_meaning(entry)):
        return entry.previous
    return entry.key


def is_same_meaning(entry: Entry) -> bool:
    """Say whether an editor said that the newest edit of the source changed no meaning."""
    return any(line.startswith(SAME_MEANING) for line in entry.comments)


def kept(entry: Entry, message: Message) -> Entry:
    """Return the entry of a message that stays; the very same entry where nothing about the message changed."""
    own = entry.message
    if (own.key, own.notes, own.places, own.flags) == (message.key, message.notes, message.places, message.flags):
        return entry
    return replace(entry, message=message, raw=None)


def revived(entry: Entry, message: Message) -> Entry:
    """Return an obsolete or moved entry under the same message: reviewed stays reviewed, comments stay."""
    if not entry.is_obsolete:
        return kept(entry, message)
    _, entry = keepsake.unmarked(entry)
    return replace(entry, message=message, is_obsolete=False, raw=None)


def obsolete(entry: Entry) -> Entry:
    """Return the entry of a message that is gone: without what the template says about it."""
    return replace(entry, message=Message(entry.key), is_obsolete=True, raw=None)


def origins(entry: Entry) -> Iterator[str]:
    """Yield the hashes of the sources under which an edited entry would be what it was before."""
    if found := proof(entry):
        yield found.src
    if entry.is_fuzzy and entry.previous:
        yield source_hash(entry.previous)


def turned_back(entry: Entry, message: Message) -> Entry:
    """Return an edited entry whose source is again what it was: reviewed if that can be proved, else still fuzzy."""
    found = proof(entry)
    is_approved = found is not None and found.src == source_hash(message.key)
    before = entry.previous if is_approved and is_same_meaning(entry) and entry.previous != message.key else None
    return replace(
        entry,
        message=message,
        is_fuzzy=not is_approved,
        is_obsolete=False,
        previous=before,
        comments=_unmarked(entry.comments) if is_approved else entry.comments,
        raw=None,
    )


def edited(entry: Entry, message: Message, nplurals: int) -> Entry:
    """Return the entry of an edited message: fuzzy, the oldest source that its targets were written for in `#|`.

    An entry without targets stays empty, and its comments stay.
    """
    targets = fitted(entry.targets, message.key, nplurals)
    if not any(targets):
        return Entry(message, targets, comments=_unmarked(entry.comments), others=entry.others)
    comments = entry.comments
    if entry.state is State.REVIEWED and targets == entry.targets:
        comments = (*comments, f"was reviewed: src={source_hash(entry.key)} out={target_hash(targets)}")
    return Entry(message, targets, True, False, written_for(entry), comments, entry.others)


def confirmed(entry: Entry, message: Message, date: str) -> Entry:
    """Return an edited entry, reviewed or provably approved before, that stays reviewed as an editor says."""
    comments = (line for line in _unmarked(entry.comments) if not line.startswith(SAME_MEANING))
    return replace(
        entry,
        message=message,
        is_fuzzy=False,
        is_obsolete=False,
        previous=written_for(entry),
        comments=(*comments, SAME_MEANING + date),
        raw=None,
    )


def untranslated(message: Message, nplurals: int) -> Entry:
    """Return the entry of a message that nobody translated yet."""
    return Entry(message, fitted(("",), message.key, nplurals))


def remembered(entry: Entry, targets: tuple[str, ...], route: str) -> Entry:
    """Return an empty entry with reviewed targets of the same message elsewhere, as a draft of the engine `memory`."""
    src, out = source_hash(entry.key), target_hash(targets)
    comments = (*_unmarked(entry.comments), f"mt: memory {route} src={src} out={out}")
    return replace(entry, targets=targets, is_fuzzy=True, previous=None, comments=comments, raw=None)


def fitted(targets: tuple[str, ...], key: Key, nplurals: int) -> tuple[str, ...]:
    """Return as many targets as the message has forms.

    One target is repeated for a plural, as msgmerge does; of several, the first that is not empty serves a singular.
    """
    if key.plural is None:
        return (next(filter(None, targets), ""),)
    return targets if len(targets) > 1 else targets * nplurals


def is_lossy(entry: Entry, key: Key) -> bool:
    """Say whether texts would be lost when the entry is fitted to a message."""
    return key.plural is None and len(set(filter(None, entry.targets))) > 1
