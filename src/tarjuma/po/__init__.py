"""The only door to catalogs: lossless reading, editing and writing of PO and POT files.

A file that nobody changed comes back byte for byte, whoever wrote it. An entry that changed (`raw=None`) is written as
msgcat would at the width of its file; all others stay as they are. New catalogs are what `msgcat --no-wrap` writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import takewhile
from operator import is_

from tarjuma.model import Catalog, Entry, State
from tarjuma.po import header as _header
from tarjuma.po.comments import remarks
from tarjuma.po.layout import Layout, layout_of
from tarjuma.po.reader import parse
from tarjuma.po.writer import render, width, written

__all__ = [
    "header_comments",
    "header_line",
    "new_catalog",
    "parse",
    "render",
    "replaced",
    "width",
    "with_header",
    "write_mo",
    "written",
]

_LINE = re.compile(r"[^\r\n]+")
_MSGSTR = re.compile(r"(?m)^[ \t]*msgstr")


def replaced(catalog: Catalog, entries: Iterable[Entry]) -> Catalog:
    """Return the same file with other entries, in their order but the obsolete ones last.

    Line ends, charset, width, the header's bytes and what stands between entries are kept. `problems` is empty: they
    were those of the old entries. With the very entries of the catalog it is the catalog itself.
    """
    entries = tuple(entries)
    if len(entries) == len(catalog.entries) and all(map(is_, entries, catalog.entries)):
        return catalog
    return replace(catalog, entries=_obsolete_last(entries), problems=())


def new_catalog(
    path: str, language: str, header: Mapping[str, str], entries: Iterable[Entry], comments: Iterable[str] = ()
) -> Catalog:
    """Return a catalog that is written as `msgcat --no-wrap` would, whatever files the entries come from.

    `comments` are the lines above the header, without `# `.
    """
    fresh = (replace(each, raw=None, line=0) if each.line or each.raw is not None else each for each in entries)
    fields = dict(header)
    layout = Layout(header=_header.written(fields, tuple(comments)), fields=fields, is_unwrapped=True)
    return Catalog(path, language, fields, _obsolete_last(fresh), layout=layout)


def header_comments(catalog: Catalog) -> tuple[str, ...]:
    """Return the lines above the header (title, licence, credits), without `# `."""
    block = takewhile(
        lambda line: not line.lstrip().startswith("msgid"), _LINE.findall(layout_of(catalog).header or "")
    )
    return remarks("\n".join(block), bytes.decode).comments


def header_line(catalog: Catalog, name: str = "") -> int:
    """Return the line of a header field in the file, that of the header's msgstr where it has no such field.

    1 where there is no header.
    """
    layout = layout_of(catalog)
    text = layout.header or ""
    msgstr = _MSGSTR.search(text)
    if not msgstr:
        return 1
    place = text.find(f'"{name}:', msgstr.start()) if name else -1
    return layout.header_line + (text.count("\n", msgstr.start(), place) if place >= 0 else 0)


def with_header(catalog: Catalog, fields: Mapping[str, str | None]) -> Catalog:
    """Return the catalog with some header fields changed, added in gettext's order or removed (None).

    The lines of the other fields keep their bytes. The catalog's language follows the field Language.
    """
    merged = {**catalog.header, **fields}
    header = {name: value for name, value in merged.items() if value is not None}
    language = _header.language(header) if "Language" in fields else catalog.language
    return replace(catalog, header=header, language=language)


def write_mo(catalog: Catalog) -> bytes:
    """Return the .mo file of a catalog: its header and its reviewed entries, with contexts and plural forms."""
    import polib

    compiled = polib.MOFile()
    compiled.metadata = dict(catalog.header)
    for entry in catalog.entries:
        if entry.state is State.REVIEWED:
            key = entry.key
            forms = dict(enumerate(entry.targets)) if key.plural is not None else {}
            compiled.append(
                polib.MOEntry(
                    msgctxt=key.context,
                    msgid=key.text,
                    msgid_plural=key.plural or "",
                    msgstr="" if forms else entry.target,
                    msgstr_plural=forms,
                )
            )
    return bytes(compiled.to_binary())


def _obsolete_last(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.is_obsolete))
