"""Fields in YAML: read, and changed in place; see `fields`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from tarjuma.syntax import fieldtree, yaml
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

_KEEPS = re.compile(r"(?:[&!]\S*\s+)*[|>][-1-9]*\+")


@cache
def _loader() -> Any:
    import yaml as pyyaml

    class Loader(getattr(pyyaml, "CSafeLoader", pyyaml.SafeLoader)):  # type: ignore[misc]
        """Reads mappings by the text of their keys, and what is no value of its own kind as the text it is."""

    def mapping(loader: Any, node: Any) -> Iterator[dict[str, object]]:
        fields: dict[str, object] = {}
        yield fields
        loader.flatten_mapping(node)
        for key, value in node.value:
            step = key.value if isinstance(key, pyyaml.ScalarNode) else "?"
            fields[step] = loader.construct_object(value)

    def guarded(name: str) -> Any:
        construct = getattr(pyyaml.SafeLoader, f"construct_yaml_{name}")

        def value(loader: Any, node: Any) -> object:
            try:
                return construct(loader, node)
            except (ValueError, OverflowError, IndexError):
                return node.value

        return value

    Loader.add_constructor("tag:yaml.org,2002:map", mapping)
    for name in ("int", "float", "timestamp"):
        Loader.add_constructor(f"tag:yaml.org,2002:{name}", guarded(name))
    Loader.add_multi_constructor("", lambda loader, suffix, node: "?")
    return Loader


def read(text: str) -> dict[str, object]:
    """The fields of a text. Raises ValueError when it is no YAML, or no mapping."""
    import yaml as pyyaml

    try:
        found = pyyaml.load(text, _loader())
    except (pyyaml.YAMLError, RecursionError, TypeError, OverflowError):
        raise ValueError("not YAML") from None
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise ValueError("no mapping of fields")
    return found


def settled(value: object) -> object:
    """The value as a text can hold it. Raises UnfitError when it cannot."""
    return fieldtree.settled(value, _plain)


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | date):
        return value
    raise UnfitError(f"a {type(value).__name__} cannot be written in YAML")


def rendered(value: object) -> str:
    """A value on one line, safe inside brackets too, for readers of YAML 1.1 and 1.2 alike."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return yaml.flow_scalar(value)
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, datetime):
        return value.isoformat(sep="T")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(_pair(key, each) for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(rendered, value)) + "]"
    return str(value)


def _float(value: float) -> str:
    text = {"inf": ".inf", "-inf": "-.inf", "nan": ".nan"}.get(repr(value), repr(value))
    if "e" in text and "." not in text:  # 1e+16 is a text in YAML 1.1
        text = text.replace("e", ".0e")
    return text


def _pair(key: str, value: object) -> str:
    return f"{yaml.flow_scalar(key)}: {rendered(value)}"


def cuts(text: str, touched: list[Steps], after: Mapping[str, object], newline: str) -> list[Cut]:
    """The cuts that make a text say what `after` does at the touched paths. Raises UnfitError."""
    tree = _Tree(text)
    if tree.root is None:
        return [Cut(len(text), len(text), _pair(key, value) + newline, (key,)) for key, value in after.items()]
    found: list[Cut] = []
    for work in works(tree.root, touched, after):
        found += [
            _replaced(text, work.node, entry, value)._replace(path=work.below(entry.step))
            for entry, value in work.replaced
        ]
        if work.node.is_flow:
            found += bracketed(text, work, _pair)
        else:
            found += _in_lines(text, work, newline, is_root=work.node is tree.root)
    return found + list(tree.moved_anchors(found, after))


def _replaced(text: str, above: Node, entry: Entry, value: object) -> Cut:
    new, node = rendered(value), entry.node
    if above.is_list:
        return Cut(node.start, node.end, new if node.start < node.end else f" {new}")
    colon = text.find(":", entry.key_end, max(node.start, entry.key_end))
    if colon < 0:
        return Cut(entry.key_end, node.end, f": {new}")
    behind = colon + 1
    if node.start == node.end:
        return Cut(behind, behind, f" {new}")
    first_line = re.match(r"[^\r\n]*", text[behind : node.start])
    if first_line and behind + first_line.end() < node.start:  # the value stands below its key
        return Cut(behind, node.end, f" {new}{first_line[0].rstrip()}")
    return Cut(node.start, node.end, new)


def _in_lines(text: str, work: Work, newline: str, *, is_root: bool) -> Iterator[Cut]:
    """The cuts for entries that are taken out of a block mapping or list, or added to it."""
    entries, kept = work.node.entries or [], work.kept
    if not kept and not is_root:
        new = ", ".join(_pair(key, value) for key, value in work.added)
        # a list may stand right below its key, brackets may not
        yield Cut(work.node.start, work.node.end, " []" if work.node.is_list else f"{{{new}}}", work.path)
        return
    taken = set(map(id, work.dropped))
    for index, entry in enumerate(entries):
        if id(entry) not in taken:
            continue
        first = line_start(text, entry.start)
        if text[first : entry.start].strip() in ("", "-" if work.node.is_list else ""):
            yield Cut(first, line_end(text, entry.node.tail), "", work.below(entry.step))
            continue
        # the first key of an item stands behind the item's dash
        behind = next((each.start for each in entries[index:] if id(each) not in taken), entry.node.end)
        taken -= {id(each) for each in entries[index:] if each.start < behind}
        yield Cut(entry.start, behind, "", work.below(entry.step))
    if work.added:
        column = entries[0].start - line_start(text, entries[0].start)
        place = len(text) if is_root else line_end(text, work.node.tail)
        before = "" if text[:place].endswith(("\n", "\r")) else newline
        for key, value in work.added:
            yield Cut(place, place, f"{before}{' ' * column}{_pair(key, value)}{newline}", work.below(key))
            before = ""


@dataclass(slots=True)
class _Named:
    """An anchor or an alias."""

    name: str
    node: Node
    path: Steps
    is_block: bool = False
    anchor: _Named | None = None
    """Of an alias: what it stands for."""


@dataclass(slots=True)
class _Tree:
    """Where everything in a YAML text stands. Raises UnfitError when it holds several documents."""

    text: str
    root: Node | None = None
    anchors: list[_Named] = field(default_factory=list)
    aliases: list[_Named] = field(default_factory=list)

    def __post_init__(self) -> None:
        import yaml as pyyaml

        events = pyyaml.parse(self.text, getattr(pyyaml, "CSafeLoader", pyyaml.SafeLoader))
        documents = 0
        for event in events:
            if isinstance(event, pyyaml.DocumentStartEvent):
                documents += 1
            elif isinstance(event, pyyaml.NodeEvent) and documents == 1:
                self.root = self.node(event, events, ())
        if documents > 1:
            raise UnfitError("several YAML documents")
        if self.root and self.root.entries is None:
            self.root = None

    def node(self, event: Any, events: Iterator[Any], path: Steps) -> Node:
        import yaml as pyyaml

        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, pyyaml.AliasEvent):
            node = Node(start, end, end)
            anchor = next((each for each in reversed(self.anchors) if each.name == event.anchor), None)
            self.aliases.append(_Named(event.anchor or "", node, path, anchor=anchor))
            return node
        if isinstance(event, pyyaml.ScalarEvent):
            return self.named(event, self.scalar(event, start, end), path)
        node = Node(start, end, end, [], isinstance(event, pyyaml.SequenceStartEvent), bool(event.flow_style))
        self.named(event, node, path)
        last = self.items(node, events, path) if node.is_list else self.pairs(node, events, path)
        if node.is_flow:
            node.end = node.tail = last.end_mark.index
        elif node.entries:
            node.end, node.tail = node.entries[-1].node.end, node.entries[-1].node.tail
        return node

    def named(self, event: Any, node: Node, path: Steps) -> Node:
        if event.anchor:
            is_block = not node.is_flow if node.entries is not None else event.style in ("|", ">")
            self.anchors.append(_Named(event.anchor, node, path, is_block))
        return node

    def scalar(self, event: Any, start: int, end: int) -> Node:
        if event.style not in ("|", ">"):
            return Node(start, end, end)
        filled = start + len(self.text[start:end].rstrip())
        keeps = _KEEPS.match(self.text, start, end)
        return Node(start, filled, end if keeps else filled)

    def items(self, node: Node, events: Iterator[Any], path: Steps) -> Any:
        import yaml as pyyaml

        assert node.entries is not None
        for event in events:
            if isinstance(event, pyyaml.SequenceEndEvent):
                return event
            step = str(len(node.entries))
            item = self.node(event, events, (*path, step))
            node.entries.append(Entry(step, item.start, item.start, item))
        raise AssertionError("a sequence without an end")

    def pairs(self, node: Node, events: Iterator[Any], path: Steps) -> Any:
        import yaml as pyyaml

        assert node.entries is not None
        for event in events:
            if isinstance(event, pyyaml.MappingEndEvent):
                return event
            key = self.node(event, events, (*path, "?"))
            step = event.value if isinstance(event, pyyaml.ScalarEvent) else "?"
            value = self.node(next(events), events, (*path, step))
            node.entries.append(Entry(step, key.start, key.end, value))
        raise AssertionError("a mapping without an end")

    def moved_anchors(self, cuts: list[Cut], after: Mapping[str, object]) -> Iterator[Cut]:
        """The cuts by which the first alias that stays takes the place of an anchor that goes."""

        def is_gone(named: _Named) -> bool:
            return any(cut.start <= named.node.start < cut.end for cut in cuts)

        for anchor in self.anchors:
            if not is_gone(anchor):
                continue
            alias = next((each for each in self.aliases if each.anchor is anchor and not is_gone(each)), None)
            if alias is None:
                continue
            text = self.text[anchor.node.start : anchor.node.end]
            if anchor.is_block:
                is_there, value = at(after, alias.path)
                if not is_there:
                    raise UnfitError(f"the alias *{anchor.name} needs it")
                text = f"&{anchor.name} {rendered(settled(value))}"
            yield Cut(alias.node.start, alias.node.end, text, alias.path)
