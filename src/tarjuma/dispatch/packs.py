"""How many texts go into one request, and how each gets its own translation back.

Where an engine takes lines, every mask of a request has a number of its own. So a mask in a wrong line shows that the
lines have moved, even when their count is right, and no text gets another one's translation.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote_plus

from tarjuma.engines import Batch, OutputError, Request, Traits
from tarjuma.protection.styles import STYLES
from tarjuma.sentences import sentences

_MARKS = tuple(STYLES[name].mark for name in ("square", "xml"))
MOST_MASKS = 999
"""Of a request of lines: numbers that no service takes for something else."""
_STRANGER = 9000
"""What a number of another line gets added, so that it is no mask here."""


class Item(NamedTuple):
    """A masked text that is to be translated."""

    key: str
    request: Request
    pair: tuple[str, str]
    """Source and target as BCP 47."""


class Pack(NamedTuple):
    """The items of one request, all of one pair of languages."""

    items: tuple[Item, ...]
    attempt: int = 1
    delay: float = 0.0
    """Seconds to wait before it is sent."""
    jobs: tuple[Hashable, ...] = ()
    """Identities of the jobs that it is sent for."""

    @property
    def pair(self) -> tuple[str, str]:
        """The languages."""
        return self.items[0].pair

    @property
    def characters(self) -> int:
        """Of its texts."""
        return sum(len(item.request.text) for item in self.items)

    def halves(self) -> tuple[Pack, ...]:
        """Return two packs; a pack of one text has none."""
        middle = len(self.items) // 2
        return (Pack(self.items[:middle]), Pack(self.items[middle:])) if middle else ()


class Filler:
    """Fills packs in the order of the items: what stands together is context to some engines."""

    def __init__(self, traits: Traits) -> None:
        self._traits = traits
        self._open: dict[tuple[str, str], _Open] = {}

    def add(self, item: Item) -> Iterator[Pack]:
        """Take an item; yield the pack that is full without it, if there is one."""
        load = _load(item.request.text, self._traits)
        pack = self._open.setdefault(item.pair, _Open())
        if pack.items and not pack.has_room(load, self._traits):
            yield Pack(tuple(pack.items))
            pack = self._open[item.pair] = _Open()
        pack.take(item, load)

    def rest(self) -> Iterator[Pack]:
        """Yield the packs that are not full."""
        for pack in self._open.values():
            if pack.items:
                yield Pack(tuple(pack.items))
        self._open.clear()


def formed(items: Iterable[Item], traits: Traits) -> Iterator[Pack]:
    """Yield items in packs, as they come."""
    filler = Filler(traits)
    for item in items:
        yield from filler.add(item)
    yield from filler.rest()


def planned(items: Iterable[Item], traits: Traits, known: Container[str]) -> Iterator[Pack]:
    """Yield the requests for those items whose keys are not known when they come.

    Packs are formed of all items, and those of which nothing is known stay as they are: a run that goes on where
    another one was killed sends the requests that were missing. What is unknown of the others is packed anew.
    """
    rest: list[Item] = []
    for pack in formed(items, traits):
        unknown = [item for item in pack.items if item.key not in known]
        if len(unknown) == len(pack.items):
            yield pack
        else:
            rest += unknown
    yield from formed(rest, traits)


class _Load(NamedTuple):
    """What a text takes of a request."""

    chars: int
    size: int
    """Bytes."""
    masks: int


def _load(text: str, traits: Traits) -> _Load:
    masks = len(_spots(text)) if traits.batch is Batch.LINES else 0
    return _Load(len(text), _size(text, traits), masks)


class _Open:
    """A pack that is being filled."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._chars = self._size = self._masks = 0

    def has_room(self, load: _Load, traits: Traits) -> bool:
        """Say whether one more text goes in. Its masks get longer numbers, and a line end takes three bytes."""
        most = 1 if traits.batch is Batch.ONE else traits.max_texts
        wider = load.masks * (len(str(self._masks + load.masks)) - 1)
        return (
            not (most and len(self.items) >= most)
            and self._masks + load.masks <= MOST_MASKS
            and self._chars + load.chars + wider + 1 <= traits.max_chars
            and not (traits.max_bytes and self._size + load.size + wider + 3 > traits.max_bytes)
        )

    def take(self, item: Item, load: _Load) -> None:
        """Put a text in."""
        wider = load.masks * (len(str(self._masks + load.masks)) - 1) if self.items else 0
        end = 1 if self.items else 0
        self.items.append(item)
        self._chars += load.chars + wider + end
        self._size += load.size + wider + 3 * end
        self._masks += load.masks


def fits(text: str, traits: Traits) -> bool:
    """Say whether an engine takes the text in one request."""
    return len(text) <= traits.max_chars and (not traits.max_bytes or _size(text, traits) <= traits.max_bytes)


def _size(text: str, traits: Traits) -> int:
    return len(quote_plus(text, errors="replace")) if traits.max_bytes else 0


class Portions(NamedTuple):
    """A text in parts that an engine takes."""

    texts: tuple[str, ...]
    gaps: tuple[str, ...]
    """The white space between them."""

    def joined(self, answers: Sequence[str]) -> str:
        """Return the translation of the whole."""
        parts = [answers[0]]
        for gap, answer in zip(self.gaps, answers[1:], strict=True):
            parts += [gap, answer]
        return "".join(parts)


def portions(text: str, traits: Traits) -> Portions | None:
    """Return a text in as few parts as an engine takes, between sentences; None when a sentence is too long."""
    if fits(text, traits):
        return Portions((text,), ())
    texts: list[str] = []
    gaps: list[str] = []
    start, end = 0, 0
    for first, last in sentences(text):
        if not fits(text[first:last], traits):
            return None
        if end and not fits(text[start:last], traits):
            texts.append(text[start:end])
            gaps.append(text[end:first])
            start = first
        end = last
    last_part = text[start:]
    return Portions((*texts, last_part), tuple(gaps)) if texts and fits(last_part, traits) else None


class Numbered(NamedTuple):
    """Texts whose masks have numbers that differ from text to text, and the way back."""

    texts: tuple[str, ...]
    numbers: tuple[dict[int, str], ...]
    """For each text: number in the request -> number in the text."""

    def restored(self, answers: Sequence[str]) -> list[str]:
        """Return the answers with the numbers of their texts. Raises OutputError when masks show that lines moved."""
        if len(answers) != len(self.texts):
            raise OutputError(f"{len(answers)} lines came back for {len(self.texts)}")
        known = frozenset(number for own in self.numbers for number in own)
        return [_restored(answer, own, known) for answer, own in zip(answers, self.numbers, strict=True)]


def numbered(texts: Sequence[str]) -> Numbered:
    """Return texts that may stand in one request, a line each.

    What looks like a mask and is the author's own gets another number too, and on the way back its own again.
    """
    made, numbers, last = [], [], 0
    for text in texts:
        inner = dict.fromkeys(text[start:end] for start, end in _spots(text))
        own = {number: str(last + at) for at, number in enumerate(inner, 1)}
        last += len(own)
        made.append(_replaced(text, own.__getitem__))
        numbers.append({int(outer): number for number, outer in own.items()})
    return Numbered(tuple(made), tuple(numbers))


def _restored(answer: str, own: dict[int, str], known: frozenset[int]) -> str:
    found = {int(answer[start:end]) for start, end in _spots(answer)}
    if not found.isdisjoint(known - own.keys()) and not found >= own.keys():
        raise OutputError("the lines of the answer are not those of the request")

    def inner(number: str) -> str:
        value = int(number)
        return own.get(value, str(value + _STRANGER) if value in known else number)

    return _replaced(answer, inner)


def _spots(text: str) -> list[tuple[int, int]]:
    """Return where the numbers of masks stand."""
    return sorted(match.span("number") for mark in _MARKS for match in mark.finditer(text))


def _replaced(text: str, number: Callable[[str], str]) -> str:
    """Return a text with other numbers in its masks, which stay as they are otherwise."""
    parts, cursor = [], 0
    for start, end in _spots(text):
        parts += [text[cursor:start], number(text[start:end])]
        cursor = end
    return "".join(parts) + text[cursor:]
