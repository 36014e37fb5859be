"""Pelican's fields: `Key: value` lines at the top of a post, as Python-Markdown's meta extension reads them."""

from __future__ import annotations

import re

from tarjuma import keypath
from tarjuma.model import Key, Options, Segment
from tarjuma.syntax.text import is_prose, part, speakable

_FIELD = re.compile(
    rb"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):[ \t]*(?P<value>[^\r\n]*(?:(?:\r\n|\r|\n)(?:[ ]{4,}|\t)[ \t]*[^\s][^\r\n]*)*)"
    rb"(?P<close>\r\n|\r|\n|\Z)"
)
_CONTINUED = re.compile(r"\s*[\r\n]\s*")


def fields_end(source: bytes, start: int) -> int:
    """The byte offset behind the last field; `start` when there is none."""
    cursor = start
    while (field := _FIELD.match(source, cursor)) and field.end() > cursor:
        cursor = field.end()
    return cursor


def segments(source: bytes, start: int, end: int, options: Options) -> tuple[list[Segment], tuple[object, ...]]:
    """The values of source[start:end] that are text for readers, and the shape: the other values, with their keys."""
    found: list[Segment] = []
    shape: list[object] = []
    is_meant = keypath.pattern(options.keys).fullmatch
    cursor = start
    while cursor < end and (field := _FIELD.match(source, cursor, end)) and field.end() > cursor:
        cursor = field.end()
        path = field["key"].decode("ascii").lower()
        text = _joined(part(source, field.start("value"), field.end("value")))
        if not is_meant(path) or not is_prose(text):
            shape.append((path, "value", text))
            continue
        shape.append((path, "text"))
        first = field.start("value")
        last = first + len(field["value"].rstrip())
        limit = keypath.limit(options.limits, path)
        found.append(Segment(first, last, Key(None, text), path, syntax="pelican", limit=limit))
    return found, tuple(shape)


def quote(source: bytes, segment: Segment, target: str) -> bytes:
    """The bytes of a value: it stands bare on its line, so a new line becomes a space."""
    if target == segment.key.text:
        return source[segment.start : segment.end]
    return " ".join(speakable(target).split()).encode("utf-8")


def unquote(source: bytes, segment: Segment, quoted: bytes) -> str:
    """The text that is read back from `quoted`."""
    return _joined(quoted.decode("utf-8"))


def _joined(value: str) -> str:
    return _CONTINUED.sub(" ", value).strip()
