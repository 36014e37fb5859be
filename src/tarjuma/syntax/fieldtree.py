"""What the fields of front matter have in common: data with fields changed, and the tree of where they stand.

Fields are data (what the generator's parser reads) and a tree of spans (where that stands in the text). A change is
made in the data first; the tree then says which entry has to be written anew for it, added, or taken out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, NamedTuple

from tarjuma.syntax.text import speakable

Steps = tuple[str, ...]
"""The steps of a key path; those into a list are the index in digits."""

_MOST: Final = 100_000
"""More values than front matter holds: aliases of aliases could stand for billions."""


class Drop(Enum):
    """The change of a field that is taken out."""

    DROP = "drop"


DROP: Final = Drop.DROP

Change = object
"""A value - str, int, float, bool, None, a date or time, a list or mapping of these - or DROP."""


class UnfitError(ValueError):
    """A change that these fields cannot take; its text says why."""


def settled(value: object, plain: Callable[[object], object]) -> object:
    """The value as a text can hold it: `plain` returns what is neither text, table nor list, or raises UnfitError."""
    if isinstance(value, str):
        return speakable(value)
    if isinstance(value, Mapping):
        return {speakable(str(key)): settled(each, plain) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [settled(each, plain) for each in value]
    return plain(value)


class Cut(NamedTuple):
    """One change of a text, in characters."""

    start: int
    end: int
    after: str
    path: Steps = ()
    """Of the field that it is for."""


@dataclass(slots=True, eq=False)
class Entry:
    """A key with its value, or an item of a list."""

    step: str
    start: int
    """Where the key begins; of an item, where its value does."""
    key_end: int
    """Behind the key; of an item, where its value begins."""
    node: Node


@dataclass(slots=True, eq=False)
class Node:
    """A value in its text, in characters."""

    start: int
    end: int
    """Behind its last character that says something."""
    tail: int
    """Behind the white space that belongs to it: empty lines that a block scalar keeps."""
    entries: list[Entry] | None = None
    """Of a mapping or a list; None for all other values."""
    is_list: bool = False
    is_flow: bool = False
    """Whether its entries stand between brackets."""

    def entry(self, step: str) -> Entry | None:
        """The entry that counts: the last one of its name."""
        return next((each for each in reversed(self.entries or ()) if each.step == step), None)


@dataclass(slots=True, eq=False)
class Work:
    """What has to be done to the entries of one mapping or list."""

    node: Node
    path: Steps
    replaced: list[tuple[Entry, object]] = field(default_factory=list)
    dropped: list[Entry] = field(default_factory=list)
    added: list[tuple[str, object]] = field(default_factory=list)

    def below(self, step: str) -> Steps:
        """The path of an entry."""
        return (*self.path, step)

    @property
    def kept(self) -> list[Entry]:
        """The entries that stay, in the order of the text."""
        gone = set(map(id, self.dropped))
        return [each for each in self.node.entries or () if id(each) not in gone]


def resolved(fields: object, path: str) -> tuple[Steps, Steps]:
    """The steps of a key path that lead to something in the fields, and the rest, which is new.

    A key that is spelled as in the path comes before one in another case, and a key with points before a nested one.
    """
    if not path:
        return (), ()
    if isinstance(fields, dict):
        for step in _candidates(fields, path):
            known, new = resolved(fields[step], path[len(step) + 1 :])
            return (step, *known), new
    step, _, rest = path.partition(".")
    if isinstance(fields, list) and step.isdecimal() and step.isascii() and int(step) < len(fields):
        known, new = resolved(fields[int(step)], rest)
        return (step, *known), new
    return (), tuple(path.split("."))


def _candidates(fields: Mapping[str, object], path: str) -> list[str]:
    small = path.lower()
    near = [
        key
        for key in fields
        if len(key.lower()) == len(key) and (small == key.lower() or small.startswith(key.lower() + "."))
    ]
    return sorted(near, key=lambda key: (not path.startswith(key), -len(key)))


def changed(fields: Mapping[str, object], changes: Mapping[str, Change]) -> tuple[dict[str, object], list[Steps]]:
    """The fields as they are after the changes, and the key paths that differ from before.

    An item that is taken out of a list is DROP, so that the others keep their numbers; `swept` takes it out.
    Raises UnfitError when a path leads through a value that holds no fields.
    """
    after = unshared(fields)
    assert isinstance(after, dict)
    touched: list[Steps] = []
    for path, change in changes.items():
        known, new = resolved(after, path)
        if change is DROP:
            if not new:
                _remove(_at(after, known[:-1]), known[-1])
                touched.append(known)
        elif new or not same(_at(after, known), change):
            _set(after, known, new, change, path)
            touched.append((*known, *new))
    above = set(touched)
    return after, [path for path in touched if not any(path[:depth] in above for depth in range(1, len(path)))]


def _set(after: dict[str, object], known: Steps, new: Steps, change: Change, path: str) -> None:
    steps = known + new
    for depth in range(len(known), len(steps)):
        above = _at(after, steps[:depth])
        if above is None and depth:
            above = {}
            _put(_at(after, steps[: depth - 1]), steps[depth - 1], above)
        if not isinstance(above, dict):
            raise UnfitError(f"{'.'.join(steps[:depth])} holds no fields, so {path} cannot be set")
        if depth < len(steps) - 1:
            above[steps[depth]] = {}
    _put(_at(after, steps[:-1]), steps[-1], unshared(change))


def _at(fields: object, steps: Iterable[str]) -> object:
    for step in steps:
        fields = fields[int(step)] if isinstance(fields, list) else fields[step]  # type: ignore[index]
    return fields


def at(fields: object, steps: Iterable[str]) -> tuple[bool, object]:
    """Whether there is a value at a path, and it."""
    try:
        found = _at(fields, steps)
    except (KeyError, IndexError, TypeError, ValueError):
        return False, None
    return found is not DROP, swept(found)


def _put(above: object, step: str, value: object) -> None:
    above[int(step) if isinstance(above, list) else step] = value  # type: ignore[index]


def _remove(above: object, step: str) -> None:
    if isinstance(above, list):
        above[int(step)] = DROP
    elif isinstance(above, dict):
        del above[step]


def swept(value: object) -> object:
    """The value without the items that were taken out."""
    if isinstance(value, dict):
        return {key: swept(each) for key, each in value.items()}
    if isinstance(value, list):
        return [swept(each) for each in value if each is not DROP]
    return value


def unshared(value: object) -> object:
    """A copy in which no list or mapping stands twice. Raises UnfitError when that is too much, or without an end."""
    left = _MOST

    def copy(value: object, depth: int) -> object:
        nonlocal left
        left -= 1
        if left < 0 or depth > 200:
            raise UnfitError("more values than front matter holds")
        if isinstance(value, Mapping):
            return {str(key): copy(each, depth + 1) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [copy(each, depth + 1) for each in value]
        return value

    return copy(value, 0)


def same(one: object, other: object) -> bool:
    """Say whether two values are the same to a generator: of one type and equal; the order of keys does not count."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    return one == other


def works(root: Node, touched: Iterable[Steps], after: Mapping[str, object], path: Steps = ()) -> list[Work]:
    """What has to be done below a node so that the text says what `after` does at the touched paths.

    `path` is where the node stands; the touched paths start there too.
    """
    found: dict[int, Work] = {}
    written: set[Steps] = set()
    for steps in touched:
        node, depth = root, len(path)
        while depth < len(steps) - 1 and (entry := node.entry(steps[depth])) and entry.node.entries is not None:
            node, depth = entry.node, depth + 1
        point = steps[: depth + 1]
        if point in written:
            continue
        written.add(point)
        work = found.setdefault(id(node), Work(node, point[:-1]))
        is_there, value = at(after, point)
        entries = [each for each in node.entries or () if each.step == point[-1]]
        if not is_there:
            work.dropped += entries
        elif entries:
            work.replaced.append((entries[-1], value))
        elif node.is_list:
            raise UnfitError("items cannot be added to a list")
        else:
            work.added.append((point[-1], value))
    return list(found.values())


def bracketed(text: str, work: Work, pair: Callable[[str, object], str]) -> list[Cut]:
    """The cuts that take entries out of brackets and add others at the end; values are not replaced here.

    `pair` writes a key and its value.
    """
    node = work.node
    entries, kept = node.entries or [], work.kept
    if not kept:
        new = ", ".join(pair(key, value) for key, value in work.added)
        start = entries[0].start if entries else node.start + 1
        return [Cut(start, node.end - 1 if entries else start, new, work.path)]
    cuts = []
    for before, entry, behind in zip([None, *entries], entries, [*entries[1:], None], strict=False):
        if entry in work.dropped:
            if before and kept[0].start < entry.start:
                cuts.append(Cut(before.node.end, entry.node.end, "", work.below(entry.step)))
            elif behind:
                cuts.append(Cut(entry.start, behind.start, "", work.below(entry.step)))
    if work.added:
        gap = text[: entries[-1].start]
        gap = gap[len(gap.rstrip()) :]
        between = gap if "\n" in gap or "\r" in gap else " "
        place = entries[-1].node.end
        cuts += [Cut(place, place, f",{between}{pair(key, value)}", work.below(key)) for key, value in work.added]
    return cuts


def line_start(text: str, index: int) -> int:
    """Where the line begins that a character stands in."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def line_end(text: str, index: int) -> int:
    """Behind the line end of the line that a character stands in; the index itself at the start of a line."""
    if not index or text[index - 1] in "\r\n":
        return index
    ends = [end for end in (text.find("\n", index), text.find("\r", index)) if end >= 0]
    if not ends:
        return len(text)
    return min(ends) + (2 if text.startswith("\r\n", min(ends)) else 1)
