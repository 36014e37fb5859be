"""Edits that somebody made by hand in a localized page, as texts for the catalog: pure, no files.

What we wrote is known: the spliced post and the edits of publishing. The edited page is parsed like it, and has the
same segments (law 2); a text that differs is a translation that somebody changed. It goes back through the edits of
publishing (links lead to the source's targets again) and through `quote`: the catalog gets a text of which the next
compile makes the very bytes of the edited page. What no catalog can hold is reported with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from tarjuma import formats, splice
from tarjuma.alignment import Alignment, Block, Odd, Shift, aligned
from tarjuma.model import Document, Identity, Segment
from tarjuma.publish import Edit, applied
from tarjuma.publish.tracing import end_on_page, inside, start_on_page, traces, undone, without
from tarjuma.splice import Compiled
from tarjuma.syntax import frontmatter, inline


@dataclass(frozen=True, slots=True)
class Written:
    """A page as we write it."""

    compiled: Compiled
    edits: tuple[Edit, ...] = ()

    @property
    def document(self) -> Document:
        """The source."""
        return self.compiled.document

    @property
    def content(self) -> bytes:
        """The bytes of the page."""
        return applied(self.compiled.source, self.edits)


@dataclass(frozen=True, slots=True)
class Taken:
    """A text of the page that differs from what we wrote there."""

    index: int
    """Of the segment in the source."""
    text: str
    """What the catalog needs."""
    line: int
    """Of the page as it is now, from 1."""
    place: int = 0
    """Which segment of the page it is."""
    before: str = ""
    """What our page has there, as it is read."""
    is_sole: bool = False
    """True when nobody but the page's editor changed this text since we wrote it."""
    shown: str = ""
    """How the next compile writes it; "" where that is how it stands on the page."""


@dataclass(frozen=True, slots=True)
class Left:
    """A difference that no catalog can hold."""

    line: int
    """Of the page as it is now, from 1."""
    message: str
    is_made: bool = False
    """True for what publishing writes: it may differ because the source or its texts do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an edited page holds."""

    texts: tuple[Taken, ...] = ()
    left: tuple[Left, ...] = ()
    is_like_source: bool = True
    """False when blocks were added, removed, moved, split or joined."""


def taken(written: Written, edited: bytes) -> Outcome:
    """Return what somebody changed in a page that we wrote. Raises SourceError when the page cannot be read."""
    page = _Page(written, edited)
    old, new = page.blocks()
    return page.outcome(aligned(old, new))


def imported(written: Written, page: bytes) -> Outcome:
    """Return the translations in a page that we did not write, where it has the very blocks of its source.

    `written` is what we would write. Nothing is taken from a page of other blocks: which text translates which is not
    said anywhere. Raises SourceError when the page cannot be read.
    """
    seen = _Page(written, page)
    old, new = seen.blocks()
    if [block.kind for block in old] != [block.kind for block in new]:
        return Outcome(is_like_source=False)
    return seen.outcome(Alignment(tuple((place, place) for place in range(len(old))), ()))


def since(outcome: Outcome, source: Document, base: bytes, edited: bytes) -> Outcome:
    """Return what somebody changed since `base`, of what differs from the page that would be written now.

    `base` is the page as we wrote it, when its source or its catalog was another.
    """
    old, new = _parsed(source, base), _parsed(source, _with_line_ends_of(base, edited))
    touched = _touched(old.source, new.source)
    pairs = aligned(_blocks(old), _blocks(new)).pairs
    written = {place: old.segments[other].key.text for other, place in pairs}
    return replace(
        outcome,
        texts=tuple(
            replace(each, is_sole=written.get(each.place) == each.before)
            for each in outcome.texts
            if written.get(each.place) != new.segments[each.place].key.text
        ),
        left=tuple(each for each in outcome.left if each.line in touched),
    )


class _Page:
    """What we wrote beside what stands there now."""

    def __init__(self, written: Written, edited: bytes) -> None:
        self.written = written
        self.source = written.document
        self.traces = list(traces(written.compiled.source, written.edits))
        self.before = _parsed(self.source, written.content)
        self.after = _parsed(self.source, _with_line_ends_of(written.content, edited))
        self.owners = list(_owners(written, self.before.segments))

    def blocks(self) -> tuple[list[Block], list[Block]]:
        """The blocks of both pages."""
        return _blocks(self.before), _blocks(self.after)

    def outcome(self, alignment: Alignment) -> Outcome:
        """What is to be done about every difference."""
        texts: list[Taken] = []
        left = list(self.fault())
        left += [self.odd(each, alignment.pairs) for each in alignment.odd if not (left and self.is_field(each))]
        for old, new in alignment.pairs:
            found = self.difference(old, new)
            texts += [found] if isinstance(found, Taken) else []
            left += [found] if isinstance(found, Left) else []
        left += self.between(alignment.pairs)
        texts, several = self.agreed(texts)
        texts, refused = self.lawful(texts)
        left += [*several, *refused]
        return Outcome(tuple(texts), tuple(sorted(left, key=_line)), not alignment.odd)

    def difference(self, old: int, new: int) -> Taken | Left | None:
        """What became of one segment; None when nothing did."""
        was, now = _bytes(self.before, old), _bytes(self.after, new)
        if was == now:
            return None
        line = self.line(new)
        index = self.owners[old]
        segment = self.before.segments[old]
        if index is None:
            makers = (each.name for each in self.traces if each.start <= segment.start and segment.end <= each.end)
            made = f"this text is made when the page is written ({next(makers, 'field')}): no catalog holds it"
            return Left(line, made, True)
        plain = undone(was, now, inside(self.traces, segment.start, segment.end))
        if plain is None:
            return Left(line, "the target of a link was changed, which is made when the page is written")
        found = _text(self.source, self.source.segments[index], plain, index, line)
        before = self.before.segments[old].key.text
        return replace(found, place=new, before=before) if isinstance(found, Taken) else found

    def odd(self, odd: Odd, pairs: Iterable[tuple[int, int]]) -> Left:
        """What to say about a block that is not one of a pair; one that is gone is told at what now stands there."""
        if odd.new is not None:
            place, block = odd.new, _blocks(self.after)[odd.new]
        else:
            gone = odd.old or 0
            last = len(self.after.segments)
            place, block = next((new for old, new in pairs if old > gone), last), _blocks(self.before)[gone]
        return Left(self.line(place), _ODD[odd.shift].format(text=_excerpt(block.text), path=self.source.path))

    def fault(self) -> Iterator[Left]:
        """Why the front matter cannot be read any more."""
        block = frontmatter.find(self.after.source, self.source.options)
        if not block or block.syntax in ("pelican", "lektor"):
            return
        reason = frontmatter.SYNTAXES[block.syntax].fault(self.after.source[block.start : block.end].decode())
        if reason:
            line = _line_of(self.after.source, block.start) + reason[0] - 1
            yield Left(line, f"the front matter cannot be read any more: {reason[1]}")

    def is_field(self, odd: Odd) -> bool:
        """Whether a block that is gone stood in the front matter."""
        return odd.new is None and self.before.segments[odd.old or 0].syntax in frontmatter.SYNTAXES

    def line(self, new: int) -> int:
        """The line of a segment of the page as it is; the last line for what would stand behind all."""
        segments = self.after.segments
        return _line_of(self.after.source, segments[new].start if new < len(segments) else len(self.after.source))

    def between(self, pairs: Sequence[tuple[int, int]]) -> Iterator[Left]:
        """What changed outside of all texts, between blocks that are neighbours on both pages."""
        ends = [(-1, -1), *pairs, (len(self.before.segments), len(self.after.segments))]
        for (old, new), (old_next, new_next) in pairwise(ends):
            if old_next != old + 1 or new_next != new + 1:
                continue
            was, above = _gap(self.before, old)
            now, start = _gap(self.after, new)
            if was == now:
                continue
            line, made = _line_of(self.after.source, start), inside(self.traces, above, above + len(was))
            if made and without(was, made) == now:
                yield Left(line, _MADE.format(text="what stood here", name=made[0].name), True)
            else:
                yield from self.outside(was, above, now, line)

    def outside(self, was: bytes, above: int, now: bytes, first: int) -> Iterator[Left]:
        """What to say of lines outside of all texts: `was` began at the offset `above`, `now` begins on a line."""
        old, new = was.split(b"\n"), now.split(b"\n")
        for name, low, high, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if name == "equal":
                continue
            there = b" ".join(new[start:end]).split() or b" ".join(old[low:high]).split()
            is_blank = b"".join(b"".join(old[low:high]).split()) == b"".join(b"".join(new[start:end]).split())
            what = "white space" if is_blank or not there else _excerpt(b" ".join(there).decode("utf-8", "replace"))
            # what is added or gone before the last of these lines stood above it: that is the next text's
            line = first + (start if there else min(start, max(0, len(new) - 2)))
            span = above + len(b"\n".join([*old[:low], b""])), above + len(b"\n".join(old[:high]))
            maker = next((each.name for each in self.traces if each.start < span[1] and span[0] < each.end), None)
            if maker:
                yield Left(line, _MADE.format(text=what, name=maker), True)
            else:
                yield Left(line, f"{what} is no text of a translation: make this change in {self.source.path}")

    def agreed(self, texts: Iterable[Taken]) -> tuple[list[Taken], list[Left]]:
        """The texts without those whose message stands elsewhere on the page and says something else there."""
        found = {each.index: each for each in texts}
        groups: dict[Identity, list[int]] = {}
        for index in filter(lambda owner: owner is not None, self.owners):
            assert index is not None
            groups.setdefault(self.source.segments[index].key.identity, []).append(index)
        kept: list[Taken] = []
        left: list[Left] = []
        for each in found.values():
            group = groups[self.source.segments[each.index].key.identity]
            said = {found[index].text if index in found else None for index in group}
            if len(said) == 1:
                kept.append(each)
            else:
                left.append(Left(each.line, _SEVERAL.format(number=len(group))))
        return kept, left

    def lawful(self, texts: list[Taken]) -> tuple[list[Taken], list[Left]]:
        """The texts of which a page can be made, and why it cannot be made of the others."""
        wanted = {each.index: each.text for each in texts}
        by_key = {self.source.segments[index].key: text for index, text in wanted.items()}
        compiled = splice.compile(self.source, lambda segment: by_key.get(segment.key))
        reasons = {fallback.index: fallback.reason for fallback in compiled.fallbacks}
        kept = [each for each in texts if each.index not in reasons]
        left = [Left(each.line, reasons[each.index]) for each in texts if each.index in reasons]
        return kept, left


_MADE = "{text} is made when the page is written ({name}): it would be made anew"
_LONE = re.compile(r"<(?=[\s\d=])")
_SEVERAL = (
    "this text stands {number} times on the page and is one message: it can only be changed in all places alike. "
    "Edit the others too, or give the places contexts in the source"
)
_ODD = {
    Shift.ADDED: "{text} was added, and {path} has no such text: write it there, and it comes to every language",
    Shift.REMOVED: "{text} was removed: put it back, or take its source out of {path}",
    Shift.MOVED: "{text} was moved: blocks stand in the order of {path}. Move it there, or move it back",
    Shift.SPLIT: "{text} is a part of what stood there: a translation has the blocks of {path}. Join them again",
    Shift.JOINED: "{text} was joined with its neighbour: a translation has the blocks of {path}. Part them again",
}


def _line(left: Left) -> int:
    return left.line


def _parsed(source: Document, content: bytes) -> Document:
    """The page, read as its source is, whatever its suffix."""
    document: Document = formats.module(source.format).parse(content, source.path, source.options)
    return document


def _with_line_ends_of(written: bytes, edited: bytes) -> bytes:
    """The page with the line ends that we wrote: Git and editors change all of them at once."""
    if b"\r" not in written:
        return edited.replace(b"\r\n", b"\n")
    if b"\r" not in edited and written.count(b"\n") == written.count(b"\r\n"):
        return edited.replace(b"\n", b"\r\n")
    return edited


def _owners(written: Written, segments: Sequence[Segment]) -> Iterator[int | None]:
    """For each segment of the page the index of the source's segment; None for what publishing made."""
    compiled = written.compiled
    spans: list[tuple[int, int, bool]] = []
    moved = 0
    for index, segment in enumerate(compiled.document.segments):
        start = segment.start + moved
        end = start + len(compiled.replacements.get(index, _bytes(compiled.document, index)))
        moved += end - start - (segment.end - segment.start)
        is_made = any(edit.start <= start and end <= edit.end for edit in written.edits)
        spans.append((start_on_page(start, written.edits), end_on_page(end, written.edits), is_made))
    cursor = 0
    for each in segments:
        while cursor < len(spans) and spans[cursor][1] < each.end:
            cursor += 1
        is_own = cursor < len(spans) and spans[cursor][0] <= each.start and not spans[cursor][2]
        yield cursor if is_own else None


def _touched(old: bytes, new: bytes) -> set[int]:
    """The lines of the new page, from 1, that are not lines of the old one, or at which some are gone."""
    found: set[int] = set()
    matcher = SequenceMatcher(None, old.split(b"\n"), new.split(b"\n"), autojunk=False)
    for name, _, _, start, end in matcher.get_opcodes():
        if name != "equal":
            found.update(range(start + 1, max(end, start + 1) + 1), (start,) if start == end else ())
    return found


def _blocks(document: Document) -> list[Block]:
    return [Block(f"{each.kind} {each.key.context or ''}", each.key.text) for each in document.segments]


def _bytes(document: Document, index: int) -> bytes:
    segment = document.segments[index]
    return document.source[segment.start : segment.end]


def _gap(document: Document, index: int) -> tuple[bytes, int]:
    """The bytes behind a segment and before the next, and where they start; -1 is the top."""
    start = document.segments[index].end if index >= 0 else 0
    last = index + 1 == len(document.segments)
    end = len(document.source) if last else document.segments[index + 1].start
    return document.source[start:end], start


def _line_of(content: bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1


def _excerpt(text: str, width: int = 50) -> str:
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= width else f"“{line[: width - 1]}…”"


def _text(source: Document, segment: Segment, raw: bytes, index: int, line: int) -> Taken | Left:
    """The text of which `quote` makes these bytes, or one that says the same; and why there is none."""
    text = formats.unquote(source, segment, raw)
    for candidate in (text, raw.decode("utf-8", "replace")):
        if formats.quote(source, segment, candidate) == raw:
            return Taken(index, candidate, line)
    quoted = formats.quote(source, segment, text)
    if text and _said(segment, formats.unquote(source, segment, quoted)) == _said(segment, text):
        return Taken(index, text, line, shown=quoted.decode("utf-8", "replace"))
    syntax = "html" if segment.syntax == "html" else "markdown"
    foreign = inline.foreign(segment.key.text, text, syntax)
    if foreign:
        return Left(line, f"the text holds {foreign[0].text!r}, which its source text does not have")
    return Left(line, f"the text cannot stand there as it is written; tarjuma would write {quoted.decode()!r}")


def _said(segment: Segment, text: str) -> str:
    """A text as readers see it: in HTML a lone `<`, `&` and a backtick may be written either way."""
    if segment.syntax != "html":
        return text
    return _LONE.sub("&lt;", text).replace("&amp;", "&").replace("&#96;", "`")
