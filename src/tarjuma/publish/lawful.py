"""No edit of a page changes more than what it names: the edited page is read again, and a guilty edit is left out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import accumulate

from tarjuma.errors import SourceError
from tarjuma.formats import lektor
from tarjuma.model import Document, Segment
from tarjuma.publish import Edit, anchors, applied
from tarjuma.syntax import fields, frontmatter

Reader = Callable[[bytes], Document]
"""Reads a page as its format does. Raises SourceError."""


def apart(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits that take no bytes from one before them, in their order; the first of two counts."""
    kept: list[Edit] = []
    for edit in edits:
        if all(edit.end <= other.start or other.end <= edit.start for other in kept):
            kept.append(edit)
    return tuple(kept)


def lawful(spliced: bytes, edits: Sequence[Edit], read: Reader) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """Return the edits that leave everything else alone, and those that had to be left out.

    Behind the front matter the block tree, the tags and the texts stay, save the targets and ids that an edit names. In
    front matter the fields that no edit names read as before.
    """
    if not edits:
        return (), ()
    before = read(spliced)
    kept = _kept(before, (), tuple(edits), read)
    return kept, tuple(edit for edit in edits if edit not in kept)


def _kept(before: Document, good: tuple[Edit, ...], more: tuple[Edit, ...], read: Reader) -> tuple[Edit, ...]:
    """What of `more` can be made beside `good`, which are lawful: halves are tried where all of them are too many."""
    if not more or not _is_breach(before, (*good, *more), read):
        return (*good, *more)
    if len(more) == 1:
        return good
    half = len(more) // 2
    return _kept(before, _kept(before, good, more[:half], read), more[half:], read)


def _is_breach(before: Document, edits: tuple[Edit, ...], read: Reader) -> bool:
    source = before.source
    lines = tuple(edit for edit in edits if anchors.is_line(edit))
    if lines:
        edits = tuple(edit for edit in edits if edit not in lines)
    try:
        after = read(applied(source, edits))
        if lines and not _is_longer(after, read(applied(source, (*edits, *lines))), lines):
            return True
        head = frontmatter.find(source, before.options)
    except SourceError:
        return True
    body = head.body if head else 0
    return not is_moved(before, after, edits, body) or _is_other_head(before, after, edits)


def is_moved(before: Document, after: Document, edits: Iterable[Edit], body: int = 0) -> bool:
    """Return whether the texts from `body` on stand where these edits move them, and the blocks around them stay.

    What no edit names has its bytes anyway.
    """
    moves = Moves(edits)
    texts = [
        (moves.start(each.start), moves.end(each.end), each.kind, each.key.context)
        for each in before.segments
        if each.start >= body and not _is_field(each)
    ]
    now = [(each.start, each.end, each.kind, each.key.context) for each in after.segments if not _is_field(each)]
    return texts == now and _blocks(before) == _blocks(after)


def _blocks(document: Document) -> object:
    """The blocks of a post; of Lektor's files those of every text, without the values of other fields."""
    if document.format == "lektor":
        return tuple(_tree(each[-2:]) for each in document.shape if isinstance(each, tuple))
    return _tree(document.shape[-2 if document.format == "markdown" else -1 :])


class Moves:
    """Where offsets of a page are after some edits."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        ordered = sorted((edit.start, edit.end, len(edit.after) - (edit.end - edit.start)) for edit in edits)
        self.starts = [start for start, _, _ in ordered]
        self.ends = [end for _, end, _ in ordered]
        self.grown = [0, *accumulate(by for _, _, by in ordered)]

    def start(self, offset: int) -> int:
        """Return where something begins that began at an offset: behind all that was added there."""
        return offset + self.grown[bisect_right(self.ends, offset)]

    def end(self, offset: int) -> int:
        """Return where something ends that ended at an offset: before all that was added there."""
        return offset + self.grown[bisect_left(self.starts, offset)]


def _tree(shape: object) -> object:
    """Blocks without the code between their texts, in which addresses and ids stand."""
    if isinstance(shape, bytes):
        return None
    return tuple(map(_tree, shape)) if isinstance(shape, tuple | list) else shape


def _is_longer(before: Document, after: Document, lines: Collection[Edit]) -> bool:
    """Whether a page has its texts, and these lines as blocks of their own, each of them an empty element."""
    texts = [(segment.kind, segment.key) for segment in before.segments]
    if texts != [(segment.kind, segment.key) for segment in after.segments]:
        return False
    rest = _names(after)
    rest.subtract(_names(before))
    wanted = Counter(repr((edit.after.strip() + b"\n",)) for edit in lines)
    wanted.update(dict.fromkeys(map(repr, ("HtmlBlock", "End")), len(lines)))
    return +rest == wanted and not -rest


def _names(document: Document) -> Counter[str]:
    blocks = document.shape[-1]
    return Counter(map(repr, blocks)) if isinstance(blocks, tuple) else Counter()


def _is_field(segment: Segment) -> bool:
    return segment.syntax in frontmatter.SYNTAXES


def _is_other_head(before: Document, after: Document, edits: tuple[Edit, ...]) -> bool:
    """Whether a field that no edit names reads otherwise than before."""
    try:
        old = fields.read(_head(before), before.options)
    except ValueError:
        return False  # it could not be read before either, and nothing of it is edited
    try:
        new = fields.read(_head(after), after.options)
    except (ValueError, SourceError):
        return True
    named = {_key(edit.name).lower() for edit in edits}
    is_opened = "" in named  # there was no front matter, and all of it is one edit
    keys = old.keys() if is_opened else old.keys() | new.keys()
    return any(old.get(key) != new.get(key) for key in keys if key.lower() not in named)


def _head(document: Document) -> bytes:
    """A post, of Lektor's files without the texts in their fields: these are compared block by block."""
    source = document.source
    if document.format == "lektor":
        for start, end in reversed(lektor.texts(source, document.options)):
            source = source[:start] + source[end:]
    return source


def _key(name: str) -> str:
    """The first step of the key path that an edit is about."""
    return name.partition(" ")[2].partition(".")[0]
