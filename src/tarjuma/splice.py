"""Localized posts: translations take the place of their spans, every other byte stays.

Nothing is returned that breaks a law: the result is parsed again, and a translation
that changed the structure gives way to its source text, with a problem that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tarjuma import formats
from tarjuma.errors import SourceError
from tarjuma.model import Document, Problem, Segment, Severity
from tarjuma.syntax import inline


@dataclass(frozen=True, slots=True)
class Fallback:
    """A segment that kept its source text although it has a translation."""

    index: int
    """Which segment of the document."""
    start: int
    """Its byte offset."""
    reason: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """A localized post."""

    document: Document
    source: bytes
    """The bytes of the localized file."""
    written: frozenset[int]
    """Indices of the segments whose translation stands in it."""
    replacements: Mapping[int, bytes]
    """Index -> the bytes that took the segment's place; those that equal their source are left out."""
    fallbacks: tuple[Fallback, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """One error per translation that could not be used, at its line in the source post."""
        path, source = self.document.path, self.document.source
        return tuple(
            Problem("structure", Severity.ERROR, path, fallback.reason, line=source.count(b"\n", 0, fallback.start) + 1)
            for fallback in self.fallbacks
        )


def compile(document: Document, translation: Callable[[Segment], str | None]) -> Compiled:
    """The document with every segment that has a translation replaced by it (laws 1 to 4 hold).

    `translation` returns None where the source text should stay.
    """
    quoted: dict[int, bytes] = {}
    texts: dict[int, str] = {}
    same: set[int] = set()
    fallbacks: list[Fallback] = []
    for index, segment in enumerate(document.segments):
        target = translation(segment)
        if target is None:
            continue
        if target == segment.key.text:
            same.add(index)
            continue
        replacement, texts[index], reason = _quoted(document, segment, target)
        if reason:
            fallbacks.append(Fallback(index, segment.start, reason))
        else:
            quoted[index] = replacement
    source, guilty = _lawful(document, quoted, texts)
    fallbacks += (
        Fallback(
            index,
            document.segments[index].start,
            "the translation would change the structure of the page"
            if inline.is_text(texts[index])
            else "the translation holds no word",
        )
        for index in guilty
    )
    fallbacks.sort(key=lambda fallback: fallback.index)
    kept = {index: replacement for index, replacement in quoted.items() if index not in guilty}
    return Compiled(document, source, frozenset(same | kept.keys()), kept, tuple(fallbacks))


def spliced(document: Document, quoted: Mapping[int, bytes]) -> bytes:
    """The source with the segments of these indices replaced."""
    if not quoted:
        return document.source
    source, segments = document.source, document.segments
    parts: list[bytes] = []
    cursor = 0
    for index in sorted(quoted):
        segment = segments[index]
        parts += (source[cursor : segment.start], quoted[index])
        cursor = segment.end
    parts.append(source[cursor:])
    return b"".join(parts)


def _quoted(document: Document, segment: Segment, target: str) -> tuple[bytes, str, str]:
    """The replacement of one segment, the text that it reads back as, and the reason why there is none."""
    try:
        replacement = formats.quote(document, segment, target)
    except UnicodeEncodeError:
        return b"", "", "the translation holds half a character (a lone surrogate)"
    text = formats.unquote(document, segment, replacement)
    foreign = inline.foreign(segment.key.text, text, "html" if segment.syntax == "html" else "markdown")
    if foreign:
        return b"", "", f"the translation holds {foreign[0].text!r}, which its source text does not have"
    return replacement, text, ""


def _lawful(document: Document, quoted: dict[int, bytes], texts: Mapping[int, str]) -> tuple[bytes, frozenset[int]]:
    """The spliced source, and the replacements that had to be left out of it."""
    guilty: set[int] = set()
    kept = dict(quoted)
    while kept:
        source = spliced(document, kept)
        place = first_breach(document, source, {index: texts[index] for index in kept})
        if place is None:
            return source, frozenset(guilty)
        index = _suspect(document, kept, texts, place)
        guilty.add(index)
        del kept[index]
    return document.source, frozenset(guilty)


def first_breach(document: Document, source: bytes, texts: Mapping[int, str]) -> int | None:
    """The index of the first segment where the spliced source breaks laws 2 to 4; None when it keeps them.

    `texts` says what the replaced segments read back as. The number of segments when all of them are right but the
    structure around them is not.
    """
    try:
        after = formats.parse(source, document.path, document.options)
    except SourceError:
        return len(document.segments)
    for index, (old, new) in enumerate(zip(document.segments, after.segments, strict=False)):
        if new.key.text != texts.get(index, old.key.text):
            return index
        if new.kind != old.kind or new.key.context != old.key.context:
            return index
    if len(after.segments) != len(document.segments):
        return min(len(after.segments), len(document.segments))
    return None if after.shape == document.shape else len(document.segments)


def _suspect(document: Document, quoted: dict[int, bytes], texts: Mapping[int, str], place: int) -> int:
    """The replacement that is to blame for the breach at `place`."""

    def breach(indices: Iterable[int]) -> int | None:
        some = {index: quoted[index] for index in indices}
        return first_breach(document, spliced(document, some), {index: texts[index] for index in some})

    near = max((index for index in quoted if index <= place), default=None)
    if near is not None and place < len(document.segments):
        moved = breach(index for index in quoted if index != near)
        if moved is None or moved > place:
            return near
    # halve: the shortest run of replacements from the top that breaks a law ends in the one to blame
    indices = sorted(quoted)
    low, high = 0, len(indices)
    while high - low > 1:
        middle = (low + high) // 2
        if breach(indices[:middle]) is None:
            low = middle
        else:
            high = middle
    return indices[high - 1]
