"""Fields in Pelican's `Key: value` lines: read, and changed in place; see `fields`.

Pelican reads keys in either case. A list is written with commas, or with semicolons where an item holds a comma; the
fields of a mapping are written one by one, `l10n: {state: mt}` as `L10n_state: mt`: there is no nesting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from tarjuma.syntax.fieldtree import Cut, Steps, UnfitError
from tarjuma.syntax.text import speakable

_FIELD = re.compile(
    r"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):[ \t]*(?P<value>[^\r\n]*(?:(?:\r\n|\r|\n)(?:[ ]{4,}|\t)[ \t]*[^\s][^\r\n]*)*)"
    r"(?P<close>\r\n|\r|\n|\Z)"
)
_CONTINUED = re.compile(r"\s*[\r\n]\s*")
_KEY = re.compile(r"[A-Za-z0-9_-]+")


def read(text: str) -> dict[str, object]:
    """The fields of a text, keys in lower case, values as text; the first of those that stand twice."""
    found: dict[str, object] = {}
    for field in _FIELD.finditer(text):
        found.setdefault(field["key"].lower(), _joined(field["value"]))
    return found


def _joined(value: str) -> str:
    return _CONTINUED.sub(" ", value).strip()


def settled(value: object) -> object:
    """The value as a line can hold it: text without line ends, a mapping of such text. Raises UnfitError."""
    if isinstance(value, Mapping):
        return {str(key): settled(each) for key, each in value.items()}
    if isinstance(value, str):
        return " ".join(speakable(value).replace("\x02", "").replace("\x03", "").split())
    if isinstance(value, list | tuple):
        items = [str(settled(each)) for each in value]
        return ("; " if any("," in each for each in items) else ", ").join(items)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if value is None or isinstance(value, int | float | date):
        return "" if value is None else str(value)
    raise UnfitError(f"a {type(value).__name__} cannot be written in a field of Pelican")


def flat(changes: Mapping[str, object]) -> dict[str, object]:
    """The changes as those of single lines: `l10n.state` and `state` in a mapping `l10n` are both `l10n_state`."""
    found: dict[str, object] = {}
    for path, change in changes.items():
        key = path.replace(".", "_").lower()
        if not isinstance(change, Mapping):
            found[key] = change
            continue
        found |= flat({f"{key}_{step}": each for step, each in change.items()})
    return found


def cuts(text: str, touched: list[Steps], after: Mapping[str, object], newline: str) -> list[Cut]:
    """The cuts that make a text say what `after` does at the touched paths. Raises UnfitError."""
    found: list[Cut] = []
    lines = list(_FIELD.finditer(text))
    added: list[Cut] = []
    place = lines[-1].end() if lines else 0
    before = "" if not place or text[place - 1] in "\r\n" else newline
    for (key,) in touched:
        own = [line for line in lines if line["key"].lower() == key]
        if key not in after:
            found += [Cut(line.start(), line.end(), "", (key,)) for line in own]
        elif own:
            found.append(_replaced(text, own[0], str(after[key]))._replace(path=(key,)))
            found += [Cut(line.start(), line.end(), "", (key,)) for line in own[1:]]
        elif _KEY.fullmatch(key):
            line = f"{key.capitalize()}: {after[key]}".rstrip()
            added.append(Cut(place, place, f"{before}{line}{newline}", (key,)))
            before = ""
        else:
            raise UnfitError(f"{key!r} cannot be the name of a field of Pelican")
    return found + added


def _replaced(text: str, line: re.Match[str], value: str) -> Cut:
    start = line.start("value")
    end = start + len(line["value"].rstrip())
    space = "" if not value or text[start - 1] in " \t" else " "
    return Cut(start, end, space + value)
