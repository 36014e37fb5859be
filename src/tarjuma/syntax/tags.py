"""HTML as a list of tags with byte offsets: which of them end a text and which stand inside one.

The tokenizer follows the WHATWG rules for tags, comments and raw text elements; beyond them it reads JSX
(`{...}` as an attribute's value, `<>`). It never raises and is linear in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple


class Role(Enum):
    """What a tag does to the text around it."""

    BOUNDARY = "ends a text"
    INLINE = "stands inside a text"
    UNKNOWN = "decided by what stands beside it"


class Tag(NamedTuple):
    """A tag, a comment or the body of a script; offsets in bytes."""

    start: int
    end: int
    name: bytes
    """Lower case; empty for whatever has no element name."""
    is_end: bool
    is_void: bool
    role: Role


INLINE = frozenset(
    b"a abbr acronym b bdi bdo big br cite code data del dfn em font i img input ins kbd label mark nobr q rb rp rt "
    b"rtc ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
BLOCKS = frozenset(
    b"html head body title base link meta style script address article aside blockquote center dd details dialog dir "
    b"div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 header hgroup hr iframe legend "
    b"li main math menu nav noembed noframes noscript object ol optgroup option p param picture plaintext pre search "
    b"section select source summary svg table tbody td template textarea tfoot th thead tr track ul xmp caption col "
    b"colgroup embed canvas datalist".split()
)
VOID = frozenset(b"area base br col embed frame hr img input link meta param source track wbr".split())
RAW = frozenset(b"script style pre svg textarea math iframe noembed noframes xmp plaintext".split())
"""Elements whose content is never text for readers."""

_VALUE = rb"\"[^\"]*+\"|'[^']*+'|\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\}|(?![\"'])[^\s>]*+"
_NAME = rb"[^\s/>=\"'<{][^\s/>=]*+|\{[^{}]*+\}|[=\"'<{][^\s/>=]*+"
_ATTRIBUTES = rb"(?:[\s/]++|(?:" + _NAME + rb")(?:\s*+=\s*+(?:" + _VALUE + rb")|(?!\s*+=)))*+"
_TOKEN = re.compile(
    rb"<(?:(?P<end>/?)(?P<name>[A-Za-z][^\s/><]*+)(?P<attributes>" + _ATTRIBUTES + rb")>"
    rb"|!--(?:-?>|.*?(?:--!?>|\Z))"
    rb"|!\[CDATA\[.*?(?:\]\]>|\Z)"
    rb"|\?(?:php|=|xml).*?(?:\?>|\Z)"
    rb"|[!?][^>]*+>?"
    rb"|/[^A-Za-z>][^>]*+>?"
    rb"|/?>"
    # A tag that never ends hides what follows it, as in a browser.
    rb"|/?[A-Za-z].*\Z)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"(?P<name>" + _NAME + rb")(?:\s*+=\s*+(?P<value>" + _VALUE + rb"))?+", re.DOTALL)
_HEAD = re.compile(rb"<[^\s/><]*+")


class Attribute(NamedTuple):
    """An attribute and the span of its value, quotes included; bytes."""

    name: bytes
    start: int
    end: int


def attributes(text: bytes, tag: Tag) -> Iterator[Attribute]:
    """The attributes of a start tag that have a value; of two with one name the first, as browsers do."""
    head = _HEAD.match(text, tag.start)
    seen = set()
    for match in _ATTRIBUTE.finditer(text, head.end() if head else tag.start, tag.end - 1):
        name = match["name"].lower()
        if match["value"] and name not in seen:
            seen.add(name)
            yield Attribute(name, match.start("value"), match.end("value"))


def tags(text: bytes, start: int, end: int) -> list[Tag]:
    """All tags of text[start:end] in order, each with its role settled; raw bodies are nameless boundaries."""
    found = list(_tags(text, start, end))
    if any(tag.role is Role.UNKNOWN for tag in found):
        _settle(text, start, end, found)
    return found


def _tags(text: bytes, start: int, end: int) -> Iterator[Tag]:
    place = start
    while match := _TOKEN.search(text, place, end):
        place = match.end()
        name = match["name"]
        if not name:
            yield Tag(match.start(), place, b"", False, True, Role.BOUNDARY)
            continue
        is_end = bool(match["end"])
        lower, role, is_void = _nature(name)
        if role is Role.UNKNOWN:
            is_void = match["attributes"].endswith(b"/")
        yield Tag(match.start(), place, lower, is_end, is_void, role)
        if role is Role.BOUNDARY and lower in RAW and not is_end:
            closing = re.compile(rb"</" + lower + rb"(?=[\s/>])", re.IGNORECASE).search(text, place, end)
            body = place
            place = closing.start() if closing else end
            yield Tag(body, place, b"", False, True, Role.BOUNDARY)


@lru_cache(4096)
def _nature(name: bytes) -> tuple[bytes, Role, bool]:
    """The lower-case name of an element, its role, and whether it never has an end tag."""
    lower = name.lower()
    if name not in (lower, name.upper()):
        return lower, Role.UNKNOWN, False  # a component: <Link>, <Summary>
    if lower in INLINE:
        return lower, Role.INLINE, lower in VOID
    return lower, Role.BOUNDARY if lower in BLOCKS else Role.UNKNOWN, lower in VOID


def _settle(text: bytes, start: int, end: int, found: list[Tag]) -> None:
    """Decide about elements that HTML does not know, and those like `button` that live in both worlds.

    Such an element is part of a sentence when there is text beside it on its own line and no block inside it.
    Otherwise it is a component that encloses texts of its own.
    """
    blocks, count = [], 0
    for tag in found:
        blocks.append(count)
        count += tag.role is Role.BOUNDARY
    opened: dict[bytes, list[int]] = {}
    for index, tag in enumerate(found):
        if tag.role is not Role.UNKNOWN:
            continue
        first = index
        if tag.is_end:
            stack = opened.get(tag.name)
            first = stack.pop() if stack else index
        elif not tag.is_void:
            opened.setdefault(tag.name, []).append(index)
            continue
        is_inline = blocks[first] == blocks[index] and (
            _has_text_before(text, start, found, first) or _has_text_behind(text, end, found, index)
        )
        role = Role.INLINE if is_inline else Role.BOUNDARY
        found[index] = tag._replace(role=role)
        found[first] = found[first]._replace(role=role)
    for indexes in opened.values():
        for index in indexes:
            found[index] = found[index]._replace(role=Role.BOUNDARY)


def _has_text_before(text: bytes, start: int, found: list[Tag], index: int) -> bool:
    before = found[index - 1] if index else None
    gap = text[before.end if before else start : found[index].start]
    if gap.rpartition(b"\n")[2].strip():
        return True
    return before is not None and before.role is Role.INLINE and b"\n" not in gap


def _has_text_behind(text: bytes, end: int, found: list[Tag], index: int) -> bool:
    behind = found[index + 1] if index + 1 < len(found) else None
    gap = text[found[index].end : behind.start if behind else end]
    if gap.partition(b"\n")[0].strip():
        return True
    return behind is not None and behind.role is Role.INLINE and not behind.is_end and b"\n" not in gap
