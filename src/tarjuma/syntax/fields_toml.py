"""Fields in TOML: read, and changed in place; see `fields`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from tarjuma.syntax import fieldtree, toml
from tarjuma.syntax.fieldtree import (
    Cut,
    Entry,
    Node,
    Steps,
    UnfitError,
    Work,
    at,
    bracketed,
    line_end,
    line_start,
    works,
)
from tarjuma.syntax.toml import Scanner

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_OTHER = re.compile(r"[^,\]}#\r\n]+")
_BLANK = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")


def read(text: str) -> dict[str, object]:
    """The fields of a text. Raises ValueError when it is no TOML."""
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def settled(value: object) -> object:
    """The value as a text can hold it. Raises UnfitError when it cannot."""
    return fieldtree.settled(value, _plain)


def _plain(value: object) -> object:
    if isinstance(value, bool | int | float | date | time):
        return value
    raise UnfitError(f"TOML has no {'empty value' if value is None else type(value).__name__}")


def rendered(value: object) -> str:
    """A value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return toml.basic(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(_pair(key, each) for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(rendered, value)) + "]"
    return repr(value)


def _pair(key: str, value: object) -> str:
    return f"{_spelled((key,))} = {rendered(value)}"


def _spelled(steps: Iterable[str]) -> str:
    return ".".join(step if _BARE.fullmatch(step) else toml.basic(step) for step in steps)


def cuts(text: str, touched: list[Steps], after: Mapping[str, object], newline: str) -> list[Cut]:
    """The cuts that make a text say what `after` does at the touched paths. Raises UnfitError."""
    return _Changes(text, after, newline).made(touched)


@dataclass(slots=True)
class _Pair:
    steps: Steps
    start: int
    node: Node


@dataclass(slots=True)
class _Section:
    steps: Steps
    start: int
    end: int
    """Behind the header."""
    pairs: list[_Pair] = field(default_factory=list)

    @property
    def stop(self) -> int:
        """Behind the last value."""
        return self.pairs[-1].node.end if self.pairs else self.end


class _Surveyor(Scanner):
    """Tells where every section, key and value of a valid TOML text stands."""

    def sections(self) -> list[_Section]:
        found = [_Section((), 0, 0)]
        while self._skip(_BLANK) < len(self.text):
            start = self.cursor
            if self.text.startswith("[", start):
                found.append(_Section(tuple(map(str, self._header())), start, self.cursor))
                found[-1].end = self.cursor
            else:
                key, node = self.pair()
                found[-1].pairs.append(_Pair((*found[-1].steps, *key), start, node))
        return found

    def pair(self) -> tuple[list[str], Node]:
        key = self._key()
        self.cursor += 1  # the equals sign
        self._skip(re.compile(r"[ \t]*"))
        return key, self.node()

    def node(self) -> Node:
        start = self.cursor
        opening = self.text[start : start + 1]
        if opening in ("'", '"'):
            self._expect(toml.STRING)
        elif opening in ("[", "{"):
            entries = list(self.items() if opening == "[" else self.fields())
            return Node(start, self.cursor, self.cursor, entries, is_list=opening == "[", is_flow=True)
        else:
            self.cursor = start + len(self._expect(_OTHER).rstrip())
            end = self.cursor
            self._skip(re.compile(r"[ \t]*"))
            return Node(start, end, end)
        return Node(start, self.cursor, self.cursor)

    def items(self) -> Iterator[Entry]:
        index = 0
        while self._next("]"):
            item = self.node()
            yield Entry(str(index), item.start, item.start, item)
            index += 1

    def fields(self) -> Iterator[Entry]:
        while self._next("}"):
            start = self.cursor
            key, node = self.pair()
            yield Entry(key[0] if len(key) == 1 else "?", start, node.start, node)


@dataclass(slots=True)
class _Changes:
    """The cuts of one text."""

    text: str
    after: Mapping[str, object]
    newline: str
    sections: list[_Section] = field(default_factory=list)
    found: list[Cut] = field(default_factory=list)
    added: list[Cut] = field(default_factory=list)
    headed: dict[Steps, None] = field(default_factory=dict)
    """Tables that get a section of their own at the end."""

    def made(self, touched: list[Steps]) -> list[Cut]:
        self.sections = _Surveyor(self.text).sections()
        inner: dict[int, tuple[_Pair, list[Steps]]] = {}
        for steps in touched:
            pair = next((each for each in self.pairs() if steps[: len(each.steps)] == each.steps), None)
            if pair and (len(steps) == len(pair.steps) or pair.node.entries is None):
                self.at_pair(pair)
            elif pair:
                inner.setdefault(id(pair), (pair, []))[1].append(steps)
            elif any(each[: len(steps)] == steps for each in self.tables()):
                self.at_table(steps)
            else:
                self.new(steps)
        for pair, paths in inner.values():
            for work in works(pair.node, paths, self.after, pair.steps):
                self.inside(work)
        end = len(self.text)
        headed = [Cut(end, end, self.section(steps), steps) for steps in self.headed]
        return list(dict.fromkeys(self.found + self.added + headed))

    def pairs(self) -> Iterator[_Pair]:
        return (pair for section in self.sections for pair in section.pairs)

    def tables(self) -> Iterator[Steps]:
        yield from (section.steps for section in self.sections)
        yield from (pair.steps for pair in self.pairs())

    def at_pair(self, pair: _Pair) -> None:
        is_there, value = at(self.after, pair.steps)
        if is_there:
            self.found.append(Cut(pair.node.start, pair.node.end, rendered(settled(value)), pair.steps))
            return
        emptied = self.emptied(pair)
        if emptied and next(each for each in self.pairs() if each.steps[: len(emptied)] == emptied) is pair:
            key = _spelled(emptied[len(self.above(pair)) :])
            self.found.append(Cut(pair.start, pair.node.end, f"{key} = {{}}", emptied))
        else:
            self.found.append(self.lines(pair.start, pair.node.end, pair.steps))

    def above(self, pair: _Pair) -> Steps:
        """The table that the keys of a pair are written for."""
        return next(section.steps for section in self.sections if any(each is pair for each in section.pairs))

    def emptied(self, pair: _Pair) -> Steps:
        """The table that has no field any more, and is only there through keys with points; () where there is none."""
        for depth in range(len(self.above(pair)) + 1, len(pair.steps)):
            table = pair.steps[:depth]
            if at(self.after, table)[1] == {} and all(each.steps[:depth] != table for each in self.sections):
                return table
        return ()

    def inside(self, work: Work) -> None:
        self.found += [
            Cut(entry.node.start, entry.node.end, rendered(value), work.below(entry.step))
            for entry, value in work.replaced
        ]
        self.found += bracketed(self.text, work, _pair)

    def at_table(self, steps: Steps) -> None:
        """A table that stands in sections or under keys with points: made anew, or taken out."""
        is_there, value = at(self.after, steps)
        own = len(steps)
        for section in self.sections:
            if section.steps[:own] == steps:
                self.found.append(self.lines(section.start, section.stop, steps))
                continue
            for pair in section.pairs:
                if pair.steps[:own] == steps:
                    self.found.append(self.lines(pair.start, pair.node.end, steps))
        if is_there:
            self.add(self.home(steps), steps, value)

    def new(self, steps: Steps) -> None:
        """A field that is not there, perhaps in a table that is not there either."""
        depth = next(
            depth for depth in range(len(steps) - 1, -1, -1) if any(t[:depth] == steps[:depth] for t in self.tables())
        )
        point = steps[: depth + 1]
        section = self.home(point)
        if depth and section.steps != steps[:depth] and not _is_dotted(section, steps[:depth]):
            self.headed.setdefault(steps[:depth], None)  # only its own tables have sections
            return
        if len(point) < len(steps) and not any(step.isdecimal() for step in point):
            self.headed.setdefault(point, None)
            return
        self.add(section, point, at(self.after, point)[1])

    def home(self, steps: Steps) -> _Section:
        """The section that a field belongs to."""
        for depth in range(len(steps) - 1, 0, -1):
            above = steps[:depth]
            found = [section for section in self.sections if section.steps == above]
            found += [section for section in self.sections if _is_dotted(section, above)]
            if found:
                return found[0]
        return self.sections[0]

    def add(self, section: _Section, steps: Steps, value: object) -> None:
        place = line_end(self.text, section.stop)
        line = f"{_spelled(steps[len(section.steps) :])} = {rendered(settled(value))}{self.newline}"
        is_line = not place or self.text[place - 1] in "\r\n" or any(cut.start == place for cut in self.added)
        self.added.append(Cut(place, place, line if is_line else self.newline + line, steps))

    def section(self, steps: Steps) -> str:
        value = at(self.after, steps)[1]
        known = {each[len(steps)] for each in self.tables() if each[: len(steps)] == steps and len(each) > len(steps)}
        if not isinstance(value, Mapping):
            raise UnfitError(f"{'.'.join(steps)} is no table")
        lines = [_pair(key, settled(each)) + self.newline for key, each in value.items() if key not in known]
        above = self.newline if self.text.strip() else ""
        return f"{above}[{_spelled(steps)}]{self.newline}{''.join(lines)}"

    def lines(self, start: int, end: int, steps: Steps) -> Cut:
        """The whole lines from one place to another, which go."""
        return Cut(line_start(self.text, start), line_end(self.text, end), "", steps)


def _is_dotted(section: _Section, table: Steps) -> bool:
    """Whether a section holds fields of a table by keys with points."""
    depth = len(table)
    return len(section.steps) < depth and any(pair.steps[:depth] == table for pair in section.pairs)
