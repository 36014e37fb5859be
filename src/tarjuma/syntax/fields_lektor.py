"""Fields of Lektor's content files, `key: value` apart by lines of dashes: read, and changed in place; see `fields`.

Lektor shows a template only the fields that the model names, each by its own name: the fields of a mapping are written
one by one, `l10n: {state: mt}` as `l10n_state: mt`. New ones stand on top, before the text (lektor/metaformat.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tarjuma.syntax.fields_pelican import settled as settled_line
from tarjuma.syntax.fieldtree import Cut, Steps, UnfitError

_LINE = re.compile(r"[^\n]*\n?")
_FIELD = re.compile(r"[ \t]*(?P<key>[^:\n]+?)[ \t]*:[ \t]*(?P<value>[^\n]*)")
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class _Field(NamedTuple):
    key: str
    start: int
    """Of its line."""
    value: int
    """Of its value."""
    end: int
    """Behind its value, before the line of dashes."""
    next: int
    """Behind the line of dashes."""


def _fields(text: str) -> Iterator[_Field]:
    opening: re.Match[str] | None = None
    for line in _LINE.finditer(text):
        is_last = line.end() == len(text)
        is_dashes = line[0].rstrip() == "---"
        if opening is None and not is_dashes:
            opening = _FIELD.match(text, line.start(), line.end())
        if opening and (is_dashes or is_last):
            end = line.start() if is_dashes else len(text)
            yield _Field(opening["key"], opening.start(), opening.start("value"), end, line.end())
            opening = None
        if is_last:
            return


def read(text: str) -> dict[str, object]:
    """The fields of a text, values as text without the white space around them."""
    return {field.key: text[field.value : field.end].strip() for field in _fields(text)}


def settled(value: object) -> object:
    """The value as one line can hold it, yes and no for truth as Lektor writes it. Raises UnfitError."""
    if isinstance(value, Mapping):
        return {str(key): settled(each) for key, each in value.items()}
    return ("no", "yes")[value] if isinstance(value, bool) else settled_line(value)


def cuts(text: str, touched: list[Steps], after: Mapping[str, object], newline: str) -> list[Cut]:
    """The cuts that make a text say what `after` does at the touched paths. Raises UnfitError."""
    standing = {field.key: field for field in _fields(text)}
    found: list[Cut] = []
    for (key,) in touched:
        own = standing.get(key)
        if own and key not in after:
            found.append(Cut(own.start, own.next, "", (key,)))
        elif own:
            last = own.value + len(text[own.value : own.end].rstrip())
            space = "" if text[own.value - 1] in " \t" else " "
            found.append(Cut(own.value, last, f"{space}{after[key]}", (key,)))
        elif _KEY.fullmatch(key):
            found.append(Cut(0, 0, f"{key}: {after[key]}{newline}---{newline}", (key,)))
        else:
            raise UnfitError(f"{key!r} cannot be the name of a field of Lektor")
    return found
