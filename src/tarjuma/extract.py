"""From documents to templates: the messages of a source, and the POT file that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from tarjuma import headers, po
from tarjuma.errors import UsageError
from tarjuma.model import Catalog, Document, Entry, Identity, Key, Language, Message, Segment

NEEDS_HEADING = 5
"""Texts with fewer words name the heading above, because alone they could mean anything."""

_LIMIT = re.compile(r"max (\d+) characters")
_EXCERPT = re.compile(r"(?:^|\W)(?:excerpt|summary|description)$", re.IGNORECASE)


def messages(document: Document) -> list[Message]:
    """Return what a translator gets from a source, in reading order, each key once."""
    place = (document.path,)
    return merged(
        Message(segment.key, place, _notes(segment, heading), (), segment.limit)
        for segment, heading in _under_headings(document.segments)
    )


def merged(messages: Iterable[Message]) -> list[Message]:
    """Return the messages with one for each key: every place and every note, the strictest limit.

    As in gettext, context and text make the identity: a message with a plural takes in the one without.
    """
    found: dict[Identity, Message] = {}
    for message in messages:
        identity = message.key.identity
        known = found.get(identity)
        found[identity] = _joined(known, message) if known else message
    return list(found.values())


def template(
    path: str,
    messages: Iterable[Message],
    previous: Catalog | None,
    now: datetime,
    *,
    project: str = "",
    source: Language | None = None,
) -> Catalog:
    """Return the POT file of a domain, as `msgcat --no-wrap` would write it.

    `messages` come in reading order, file by file. Its date is the one of `previous` (a POT or PO file of the same
    domain) as long as the messages are the same, else `now` (an aware time). Raises UsageError when a message has a
    plural and the source language has more than two plural forms.
    """
    entries = [Entry(each, ("",) if each.key.plural is None else ("", "")) for each in merged(messages)]
    if source and source.nplurals > 2:
        _refuse_plurals(entries, source)
    date = now.strftime("%Y-%m-%d %H:%M%z")
    if previous and previous.header.get(headers.DATE) and is_same(previous, entries):
        date = previous.header[headers.DATE]
    return po.new_catalog(path, "", headers.of_template(project, date, (each.message for each in entries)), entries)


def is_same(catalog: Catalog, entries: Iterable[Entry]) -> bool:
    """Say whether a catalog's live messages are these: keys, notes, places, flags, and their order."""
    live = (entry for entry in catalog.entries if not entry.is_obsolete)
    return [_content(entry) for entry in live] == [_content(entry) for entry in entries]


def _content(entry: Entry) -> tuple[object, ...]:
    message = entry.message
    return message.key, message.notes, message.places, message.flags


def _refuse_plurals(entries: Iterable[Entry], source: Language) -> None:
    for entry in entries:
        if entry.key.plural is not None:
            raise UsageError(
                f"{entry.key.text!r} has a plural, and {source.name} has {source.nplurals} plural forms",
                path=entry.message.places[0] if entry.message.places else "",
                hint="A message holds one singular and one plural of its source language. "
                "Write the template's words in a language with two forms, such as English.",
            )


def _joined(first: Message, second: Message) -> Message:
    limits = [each.limit for each in (first, second) if each.limit]
    limit = min(limits, default=0)
    notes = [note for note in dict.fromkeys(first.notes + second.notes) if not _LIMIT.fullmatch(note)]
    return replace(
        first,
        key=first.key if first.key.plural is not None else Key(*first.key.identity, second.key.plural),
        places=tuple(dict.fromkeys(first.places + second.places)),
        notes=tuple(notes[:1] + _limit_notes(limit) + notes[1:]),
        flags=tuple(dict.fromkeys(first.flags + second.flags)),
        limit=limit,
    )


def _limit_notes(limit: int) -> list[str]:
    return [f"max {limit} characters"] if limit else []


def _under_headings(segments: Iterable[Segment]) -> Iterator[tuple[Segment, str]]:
    """Yield each segment with the nearest heading above it, "" where there is none; a heading has none."""
    heading = ""
    for segment in segments:
        if segment.kind == "heading":
            heading = " ".join(segment.key.text.split())
            yield segment, ""
        else:
            yield segment, heading


def _notes(segment: Segment, heading: str) -> tuple[str, ...]:
    """Return what a translator should know of a segment: its kind first."""
    text = segment.key.text
    notes = [segment.kind, *_limit_notes(segment.limit)]
    if heading and text.count(" ") < NEEDS_HEADING and len(text.split()) < NEEDS_HEADING:
        notes.append(f"under: {heading}")
    if text.rstrip().endswith(("…", "...")) and _EXCERPT.search(segment.kind):
        dots = "…" if text.rstrip().endswith("…") else "..."
        notes.append(f"an unfinished sentence: the site cuts it here, keep the {dots} at its end")
    if segment.note:
        notes += filter(None, map(str.strip, segment.note.split("\n")))
    return tuple(dict.fromkeys(notes)) if len(notes) > 1 else tuple(notes)
