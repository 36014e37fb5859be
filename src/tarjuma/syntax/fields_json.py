"""Fields in JSON: read, and changed in place; see `fields`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, time

from tarjuma.syntax import fieldtree
from tarjuma.syntax.fieldtree import Cut, Entry, Node, Steps, UnfitError, bracketed, works

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{},:]|[^\s\[\]{},:"]+', re.S)
_ESCAPED_LETTER = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[0-7])")


def read(text: str) -> dict[str, object]:
    """The fields of a text. Raises ValueError when it is no JSON object."""
    try:
        found = json.loads(text, parse_int=_integer)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) < 1000 else digits


def settled(value: object) -> object:
    """The value as a text can hold it: dates are text in JSON. Raises UnfitError when it cannot."""
    return fieldtree.settled(value, _plain)


def _plain(value: object) -> object:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value - value != 0:
        raise UnfitError("JSON has no infinite numbers")
    if value is None or isinstance(value, bool | int | float):
        return value
    raise UnfitError(f"a {type(value).__name__} cannot be written in JSON")


def cuts(text: str, touched: list[Steps], after: Mapping[str, object], newline: str) -> list[Cut]:
    """The cuts that make a text say what `after` does at the touched paths. Raises UnfitError."""
    is_ascii = text.isascii() and _ESCAPED_LETTER.search(text) is not None

    def rendered(value: object) -> str:
        return json.dumps(value, ensure_ascii=is_ascii)

    def pair(key: str, value: object) -> str:
        return f"{rendered(key)}: {rendered(value)}"

    found: list[Cut] = []
    for work in works(_tree(text), touched, after):
        found += [
            Cut(entry.node.start, entry.node.end, rendered(value), work.below(entry.step))
            for entry, value in work.replaced
        ]
        found += bracketed(text, work, pair)
    return found


def _tree(text: str) -> Node:
    return _node(next(tokens := _TOKEN.finditer(text)), tokens)


def _node(token: re.Match[str], tokens: Iterator[re.Match[str]]) -> Node:
    start, end = token.span()
    if token[0] not in "[{":
        return Node(start, end, end)
    entries: list[Entry] = []
    node = Node(start, end, end, entries, is_list=token[0] == "[", is_flow=True)
    for each in tokens:
        if each[0] in "]}":
            node.end = node.tail = each.end()
            return node
        if each[0] == ",":
            continue
        if node.is_list:
            item = _node(each, tokens)
            entries.append(Entry(str(len(entries)), item.start, item.start, item))
        else:
            next(tokens)  # the colon
            entries.append(Entry(json.loads(each[0]), each.start(), each.end(), _node(next(tokens), tokens)))
    raise AssertionError("an object without an end")
