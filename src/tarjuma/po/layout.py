"""What a catalog remembers of its file besides the entries: everything that writing it back needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from tarjuma.model import Catalog, Entry


class LineEnd(Enum):
    """How lines end in a file. MIXED: the texts keep their own line ends, new lines end with LF."""

    LF = "\n"
    CRLF = "\r\n"
    CR = "\r"
    MIXED = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The bytes between the entries. Texts have LF line ends unless the file mixes them."""

    charset: str = "utf-8"
    bom: bytes = b""
    line_end: LineEnd = LineEnd.LF
    header: str | None = None
    """The header entry as it stands; None where there is none."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """The fields that the header has there."""
    header_line: int = 0
    """Line of its msgstr."""
    lead: str = ""
    """What stands before the first entry; the whole text of a file without entries."""
    gap: str = "\n\n"
    """What stands between most entries, from the end of one to the first line of the next."""
    gaps: Mapping[int, str] = field(default_factory=dict)
    """The other gaps, by the line (`Entry.line`) of the entry behind."""
    indents: Mapping[int, str] = field(default_factory=dict)
    """White space before the lines of indented entries, by their line."""
    tail: str = "\n"
    """What stands behind the last entry."""
    entries: tuple[Entry, ...] = ()
    """The entries that the file had: the width at which it is wrapped shows in them."""
    is_unwrapped: bool = False
    """True for a catalog made here: written without wrapping whatever it holds."""


def layout_of(catalog: Catalog) -> Layout:
    """Return the layout of a catalog, the usual one where it was not read from a file."""
    return catalog.layout if isinstance(catalog.layout, Layout) else Layout(is_unwrapped=True)
