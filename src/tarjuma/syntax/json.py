"""JSON values: where the strings stand, and how a translation is written.

The file's own way with letters outside ASCII is kept: where it escapes all of them, so do we. Duplicate keys stay.
`Segment.style` is `u` (letters as they are) or `a` (escaped), then the edges (see `text.style`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tarjuma import keypath
from tarjuma.model import Key, Options, Segment
from tarjuma.syntax.text import edges, is_prose, offsets, padded, part, style

# Numbers stay text: a number of 5,000 digits is JSON, and Python would refuse it.
_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str)
_OBJECT = re.compile(rb'\{\s*["}]')
_LINE_END = re.compile(rb"[ \t]*(?:\r\n|\r|\n|\Z)")
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{},:]|[^\s\[\]{},:"]+', re.S)
_ESCAPED_LETTER = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[0-7])")


class _String(NamedTuple):
    path: str
    start: int
    end: int
    value: str


def object_end(source: bytes, start: int) -> tuple[int, int] | None:
    """Where the JSON object at `start` ends and where the next line begins (byte offsets); None if there is none.

    Raises SourceError when the source is not UTF-8.
    """
    if not _OBJECT.match(source, start):
        return None
    text = part(source, start, len(source))
    try:
        _, length = _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return None
    end = start + len(text[:length].encode("utf-8"))
    line_end = _LINE_END.match(source, end)
    return (end, line_end.end()) if line_end else None


def fault(text: str) -> tuple[int, str] | None:
    """The line (from 1) and the reason why a text is no JSON; None when it is."""
    try:
        _DECODER.decode(text)
    except json.JSONDecodeError as error:
        return error.lineno, error.msg
    except RecursionError:
        return 1, "nested too deeply"
    return None


def segments(source: bytes, start: int, end: int, options: Options) -> tuple[list[Segment], tuple[object, ...]]:
    """The values of source[start:end] that are text for readers, and the shape of all the rest.

    What cannot be read as JSON has no segments, and its bytes are the shape.
    """
    text = part(source, start, end)
    if fault(text):
        return [], (("opaque", source[start:end]),)
    shape: list[object] = []
    kind = "a" if text.isascii() and _ESCAPED_LETTER.search(text) else "u"
    offset = offsets(text, start)
    found = [
        Segment(
            start=offset(each.start),
            end=offset(each.end),
            key=Key(None, each.value.strip()),
            kind=each.path,
            syntax="json",
            limit=keypath.limit(options.limits, each.path),
            style=style(kind, each.value),
        )
        for each in _strings(text, options, shape)
    ]
    return found, tuple(shape)


def quote(source: bytes, segment: Segment, target: str) -> bytes:
    """The bytes that replace source[segment.start:segment.end], quotes included."""
    if target == segment.key.text:
        return source[segment.start : segment.end]
    value = "".join(padded(segment.style, target))
    return json.dumps(value, ensure_ascii=segment.style[0] == "a").encode("utf-8")


def unquote(source: bytes, segment: Segment, quoted: bytes) -> str:
    """The text that is read back from `quoted`."""
    return str(json.loads(quoted)).strip()


def _strings(text: str, options: Options, shape: list[object]) -> Iterator[_String]:
    """Yield the strings to translate; append every other token of a valid JSON text to `shape`, with its path."""
    is_meant = keypath.pattern(options.keys).fullmatch
    path = ""
    parents: list[tuple[str, int]] = []  # of each open container its path and, in an array, the index; -1 in an object
    is_key = False
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in "[{":
            shape.append((path, mark))
            parents.append((path, 0 if mark == "[" else -1))
            is_key = mark == "{"
            path = path if is_key else _below(path, "0")
        elif mark in "]}":
            shape.append(mark)
            path = parents.pop()[0]
            is_key = False
        elif mark == ",":
            above, index = parents[-1]
            is_key = index < 0
            if not is_key:
                parents[-1] = above, index + 1
                path = _below(above, str(index + 1))
        elif mark == ":":
            is_key = False
        elif is_key:
            shape.append(mark)
            path = _below(parents[-1][0], str(json.loads(mark)))
        elif mark[0] == '"' and is_meant(path) and is_prose(value := str(json.loads(mark))):
            shape.append((path, "text", *edges(value)))
            yield _String(path, token.start(), token.end(), value)
        else:
            shape.append((path, mark))


def _below(path: str, step: str) -> str:
    return f"{path}.{step}" if path else step
