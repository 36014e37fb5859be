"""The fields of a post's front matter: read as a generator's parser reads them, set and taken out in place.

Only the bytes of the fields that change are touched: comments, order, line ends and the way that everything else is
quoted stay. New fields go last. What was changed is read again, and a change that does not read back is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import ModuleType
from typing import Final, NamedTuple

from tarjuma.model import Options
from tarjuma.syntax import fields_json, fields_lektor, fields_pelican, fields_toml, fields_yaml, frontmatter
from tarjuma.syntax.fieldtree import DROP, Change, Cut, UnfitError, changed, same, swept, unshared
from tarjuma.syntax.text import BOM, offsets, part, speakable

__all__ = ["DROP", "Change", "Fitted", "Patch", "UnfitError", "opened", "patches", "read"]

_SYNTAXES: Final[Mapping[str, ModuleType]] = {
    "yaml": fields_yaml,
    "toml": fields_toml,
    "json": fields_json,
    "pelican": fields_pelican,
    "lektor": fields_lektor,
}
_FLAT: Final = frozenset({"pelican", "lektor"})
"""Syntaxes without nesting: the fields of a mapping stand one by one."""
_FENCES: Final = {"yaml": ("---", "---"), "toml": ("+++", "+++"), "json": ("{", "}")}
_LINE_END = re.compile(rb"\r\n|\r|\n")


class Patch(NamedTuple):
    """One change of a post, in bytes."""

    start: int
    end: int
    after: bytes
    field: str = ""
    """Key path of the field that it is for; "" where a post gets front matter."""


class Fitted(NamedTuple):
    """What changes of fields come to."""

    patches: tuple[Patch, ...]
    """In the order of the source, none over another."""
    refused: Mapping[str, str]
    """Key path of a change that was left out -> why."""


def read(source: bytes, options: Options) -> dict[str, object]:
    """Return the fields of a post; a post without front matter has none.

    Raises ValueError when they cannot be read (template code, a slip), SourceError when they are not UTF-8.
    """
    block = frontmatter.find(source, options)
    if block is None:
        return {}
    found = unshared(_SYNTAXES[block.syntax].read(part(source, block.start, block.end)))
    assert isinstance(found, dict)
    return found


def patches(source: bytes, options: Options, changes: Mapping[str, Change], opening: str = "yaml") -> Fitted:
    """Return the patches that set fields at key paths (`extra.lang`), or take them out where the change is DROP.

    A value that is there already makes no patch. A post without front matter gets one in the syntax `opening`, or in
    Pelican's own where the options say so. Raises ValueError when the fields cannot be read.
    """
    block = frontmatter.find(source, options)
    if block is None:
        if options.pelican:
            return _above(source, changes)
        source_with, top = _opened(source, opening)
        inner = patches(source_with, options, {path: each for path, each in changes.items() if each is not DROP})
        if not inner.patches:
            return inner
        made = _applied(source_with, inner.patches)
        return Fitted((Patch(top, top, made[top : len(made) - (len(source) - top)]),), inner.refused)
    syntax = _SYNTAXES[block.syntax]
    wanted = fields_pelican.flat(changes) if block.syntax in _FLAT else changes
    fields = read(source, options)
    refused: dict[str, str] = {}
    meant: dict[str, Change] = {}
    for path, change in wanted.items():
        try:
            meant[speakable(path)] = DROP if change is DROP else syntax.settled(change)
        except UnfitError as error:
            refused[path] = str(error)
    try:
        return Fitted(_fitted(source, options, fields, meant), refused)
    except UnfitError:
        return _one_by_one(source, options, fields, meant, refused)


def _one_by_one(
    source: bytes,
    options: Options,
    fields: Mapping[str, object],
    meant: Mapping[str, Change],
    refused: dict[str, str],
) -> Fitted:
    kept: dict[str, Change] = {}
    found: tuple[Patch, ...] = ()
    for path, change in meant.items():
        try:
            found = _fitted(source, options, fields, {**kept, path: change})
        except UnfitError as error:
            refused[path] = str(error)
        else:
            kept[path] = change
    return Fitted(found, refused)


def _fitted(
    source: bytes, options: Options, fields: Mapping[str, object], meant: Mapping[str, Change]
) -> tuple[Patch, ...]:
    """The patches for all of these changes. Raises UnfitError when the result would not read back."""
    block = frontmatter.find(source, options)
    assert block
    after, touched = changed(fields, meant)
    if not touched:
        return ()
    text = part(source, block.start, block.end)
    try:
        cuts = sorted(_SYNTAXES[block.syntax].cuts(text, touched, after, _newline(source)), key=_place)
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, UnfitError) else UnfitError(str(error)) from None
    offset = offsets(text, block.start)
    found = []
    cursor = 0
    for cut in cuts:
        if cut.start < cursor:
            raise UnfitError("it stands in the way of another change")
        cursor = cut.end
        start = offset(cut.start)
        found.append(
            Patch(start, offset(cut.end) if cut.end > cut.start else start, cut.after.encode(), ".".join(cut.path))
        )
    made = _applied(source, found)
    behind = frontmatter.find(made, options)
    if behind is None or behind.syntax != block.syntax or made[behind.end :] != source[block.end :]:
        raise UnfitError("the front matter would end elsewhere")
    try:
        now = read(made, options)
    except ValueError:
        raise UnfitError("the front matter could not be read any more") from None
    if not same(now, swept(after)):
        raise UnfitError("it would not read back as it was meant")
    return tuple(found)


def _applied(source: bytes, found: tuple[Patch, ...] | list[Patch]) -> bytes:
    parts = []
    cursor = 0
    for patch in found:
        parts += [source[cursor : patch.start], patch.after]
        cursor = patch.end
    return b"".join([*parts, source[cursor:]])


def _place(cut: Cut) -> tuple[int, int]:
    return cut.start, cut.end


def _newline(source: bytes) -> str:
    first = _LINE_END.search(source)
    return first[0].decode() if first else "\n"


def opened(fields: Mapping[str, object], options: Options | None = None) -> bytes:
    """Return a post that holds nothing but fields, in YAML."""
    return _applied(b"", patches(b"", options or Options(), fields).patches)


def _opened(source: bytes, syntax: str) -> tuple[bytes, int]:
    """The source with empty front matter, and where that begins."""
    top = len(BOM) if source.startswith(BOM) else 0
    newline = _newline(source)
    first, last = _FENCES[syntax]
    return source[:top] + f"{first}{newline}{last}{newline}".encode() + source[top:], top


def _above(source: bytes, changes: Mapping[str, Change]) -> Fitted:
    """The patch that puts fields of Pelican above a post that has none."""
    top = len(BOM) if source.startswith(BOM) else 0
    newline = _newline(source)
    after: dict[str, object] = {}
    refused: dict[str, str] = {}
    for path, change in fields_pelican.flat(changes).items():
        try:
            if change is not DROP:
                after[path] = fields_pelican.settled(change)
        except UnfitError as error:
            refused[path] = str(error)
    if not after:
        return Fitted((), refused)
    lines = "".join(cut.after for cut in fields_pelican.cuts("", [(path,) for path in after], after, newline))
    return Fitted((Patch(top, top, f"{lines}{newline}".encode()),), refused)
