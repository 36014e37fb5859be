"""Directives: what an author says to the extraction in comments of a post.

| `<!-- l10n: ... -->`       | what it does                                   | also read                              |
|----------------------------|------------------------------------------------|----------------------------------------|
| `off`, `on`                | nothing in between is extracted                | `mdpo-disable`, `mdpo-enable`          |
|                            |                                                | `i18n:skip-start`, `i18n:skip-end`     |
| `skip`                     | the next segment is not extracted              | `mdpo-disable-next-line`, `i18n:skip`  |
| `keep`                     | the next segment is extracted in spite of off  | `mdpo-enable-next-line`                |
| `comment: TEXT`            | a note to translators of the next segment      | `mdpo-translator`, `i18n:comment TEXT` |
| `context: TEXT`            | msgctxt of the next segment                    | `mdpo-context TEXT`                    |
| `no-mt`                    | the next segment is sent to no translation service |                                    |
| `no-mt-start`, `no-mt-end` | nothing in between is sent to one              |                                        |

MDX writes `{/* l10n: skip */}`, Jinja `{# l10n: skip #}`. The next segment is the first that begins behind the
directive. An unknown word after `l10n:` does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from tarjuma.model import Segment


class Verb(Enum):
    """What a directive asks for."""

    OFF = "off"
    ON = "on"
    SKIP = "skip"
    KEEP = "keep"
    COMMENT = "comment"
    CONTEXT = "context"
    PRIVATE = "no-mt"
    PRIVATE_START = "no-mt-start"
    PRIVATE_END = "no-mt-end"


class Directive(NamedTuple):
    """One directive and where its comment stands, in bytes."""

    start: int
    end: int
    verb: Verb
    argument: str = ""


_COMMENT = re.compile(rb"<!--|\{/\*|\{#")
_CLOSERS = {b"<!--": b"-->", b"{/*": b"*/}", b"{#": b"#}"}
_OURS = re.compile(r"l10n\s*:\s*([\w-]+)(?:\s*:\s*|\s+|\Z)(.*)", re.DOTALL)
_MDPO = re.compile(r"mdpo-([a-z-]+)(?:\s*:?\s*|\Z)(.*)", re.DOTALL)
_MDBOOK = re.compile(r"i18n\s*:\s*([a-z-]+)(?:\s*:?\s*|\Z)(.*)", re.DOTALL)
_VERBS = {verb.value: verb for verb in Verb}
_MDPO_VERBS = {
    "disable": Verb.OFF, "enable": Verb.ON,
    "translator": Verb.COMMENT, "comment": Verb.COMMENT, "context": Verb.CONTEXT,
    "disable-next-line": Verb.SKIP, "disable-next-block": Verb.SKIP,
    "enable-next-line": Verb.KEEP, "enable-next-block": Verb.KEEP,
}  # fmt: skip
_MDBOOK_VERBS = {"skip": Verb.SKIP, "skip-start": Verb.OFF, "skip-end": Verb.ON, "comment": Verb.COMMENT}
_DIALECTS = ((_OURS, _VERBS), (_MDPO, _MDPO_VERBS), (_MDBOOK, _MDBOOK_VERBS))


def find(source: bytes) -> list[Directive]:
    """The directives of a source (UTF-8), in order. Give a source whose code is masked: a comment there is code."""
    if b"l10n" not in source and b"mdpo-" not in source and b"i18n" not in source:
        return []
    found, place = [], 0
    endless: set[bytes] = set()
    while opening := _COMMENT.search(source, place):
        place = opening.end()
        closer = _CLOSERS[opening[0]]
        end = -1 if closer in endless else source.find(closer, place)
        if end < 0:
            endless.add(closer)
            continue
        if meant := _meaning(source[place:end]):
            found.append(Directive(opening.start(), end + len(closer), *meant))
        place = end + len(closer)
    return found


def _meaning(comment: bytes) -> tuple[Verb, str] | None:
    text = comment.decode("utf-8", "replace").strip()
    for pattern, verbs in _DIALECTS:
        if (match := pattern.match(text)) and match[1] in verbs:
            return verbs[match[1]], " ".join(match[2].split())
    return None


def apply(segments: Iterable[Segment], directives: Iterable[Directive]) -> list[Segment]:
    """The segments (ascending) that stay, with their notes, contexts and privacy as the directives say.

    Several comments before one segment are joined; of several contexts the last one counts.
    """
    waiting = list(directives)
    if not waiting:
        return list(segments)
    waiting.reverse()
    kept: list[Segment] = []
    is_off = is_private = False
    near: dict[Verb, list[str]] = {}
    for segment in segments:
        while waiting and waiting[-1].end <= segment.start:
            directive = waiting.pop()
            if directive.verb in (Verb.OFF, Verb.ON):
                is_off = directive.verb is Verb.OFF
            elif directive.verb in (Verb.PRIVATE_START, Verb.PRIVATE_END):
                is_private = directive.verb is Verb.PRIVATE_START
            else:
                near.setdefault(directive.verb, []).append(directive.argument)
        if not (is_off or Verb.SKIP in near) or Verb.KEEP in near:
            kept.append(_told(segment, near, is_private) if near or is_private else segment)
        near = {}
    return kept


def _told(segment: Segment, near: dict[Verb, list[str]], is_private: bool) -> Segment:
    notes = [segment.note, *near.get(Verb.COMMENT, [])]
    contexts = near.get(Verb.CONTEXT, [])
    key = segment.key._replace(context=contexts[-1]) if contexts and contexts[-1] else segment.key
    return replace(
        segment,
        key=key,
        note=" ".join(filter(None, notes)),
        is_private=segment.is_private or is_private or Verb.PRIVATE in near,
    )
