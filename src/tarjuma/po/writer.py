"""From entries to bytes: one entry as msgcat writes it, and a whole catalog with every untouched byte in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tarjuma.errors import PoError
from tarjuma.model import Catalog, Entry, Key
from tarjuma.po import header
from tarjuma.po.comments import comment_lines, flag_lines
from tarjuma.po.layout import Layout, LineEnd, layout_of
from tarjuma.po.strings import escaped
from tarjuma.po.wrap import PAGE, Fold, folded, folded_braces, folded_percent, unfolded

USE_UTF8 = "Convert it to UTF-8 first: msgconv --to-code=UTF-8 FILE -o FILE"

WIDTHS = (PAGE, 80, 78, 77, 76)
"""Widths that editors write, the likelier ones first; others are recognised by the longest line of a file."""

_SAMPLE = 40
"""So many entries that show a width are looked at."""

_SHOWS_WIDTH = re.compile(rf'(?:[^n"\n]|[^\\"\n]n)"\n(?:\#~ )?"|^[^#\n][^\n]{{{WIDTHS[-1] - 1}}}', re.MULTILINE)
_STRING_LINE = re.compile(r'^(?:\#~ )?(?:msg[^"\n]*)?".*"', re.MULTILINE)
_BLANK = re.compile("[ \t\f\v\n]")
_LINES = re.compile("[^\n]*\n|[^\n]+")


def render(catalog: Catalog) -> bytes:
    """Return the bytes of the file; for a catalog that nobody changed they are the bytes it was read from.

    Raises PoError when a text cannot be written in the file's charset.
    """
    layout = layout_of(catalog)
    charset = _codec(catalog, layout)
    text = "".join(_pieces(catalog, layout))
    if layout.line_end not in (LineEnd.LF, LineEnd.MIXED):
        text = text.replace("\n", layout.line_end.value)
    try:
        return layout.bom + text.encode(charset)
    except UnicodeEncodeError as error:
        raise _not_encodable(catalog, charset, text[error.start]) from None


def width(catalog: Catalog) -> int | None:
    """Return the number of columns at which the strings of a catalog are wrapped, None where they are not.

    It is the width at which msgcat's lines are most like those of the file; without a long string it is None.
    """
    layout = layout_of(catalog)
    sample = [] if layout.is_unwrapped else list(islice(_wrapped_entries(layout.entries), _SAMPLE))
    if not sample:
        return None
    longest = max(len(line) for _, lines in sample for line in lines)
    candidates = (None, *WIDTHS, longest)
    return max(candidates, key=lambda columns: sum(_likeness(entry, lines, columns) for entry, lines in sample))


def written(entry: Entry, columns: int | None) -> str:
    """Return an entry as `msgcat --width=columns` writes it (None: `--no-wrap`), without the final line end."""
    if columns is None and (text := _short(entry)):
        return text
    return "\n".join([*comment_lines(entry, columns or PAGE), *flag_lines(entry), *_strings(entry, columns)])


def _short(entry: Entry) -> str:
    """Return an entry of one place and of texts without line ends, as most new ones are; "" for any other entry."""
    message = entry.message
    (context, text, plural), places, target = message.key, message.places, entry.target
    if context is not None or plural is not None or len(places) != 1 or message.flags or message.limit:
        return ""
    if entry.comments or entry.previous or entry.is_fuzzy or entry.is_obsolete or entry.others or entry.targets[1:]:
        return ""
    notes = "\n#. ".join(message.notes)
    if "\n" in text or "\n" in target or _BLANK.search(places[0]) or not all(message.notes):
        return ""
    if notes.count("\n") >= max(1, len(message.notes)):
        return ""  # a note of several lines
    head = f"#. {notes}\n#: {places[0]}" if notes else f"#: {places[0]}"
    return f'{head}\nmsgid "{escaped(text)}"\nmsgstr "{escaped(target)}"'


def _wrapped_entries(entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, list[str]]]:
    for entry in entries:
        if entry.raw and _SHOWS_WIDTH.search(entry.raw) and "no-wrap" not in entry.message.flags:
            yield entry, _STRING_LINE.findall(entry.raw)


def _likeness(entry: Entry, lines: list[str], columns: int | None) -> int:
    return len(set(lines).intersection(_strings(entry, columns)))


def _strings(entry: Entry, columns: int | None) -> Iterator[str]:
    """Yield the lines of previous source, context, source and translation."""
    flags = entry.message.flags
    fold: Fold = unfolded if columns is None or "no-wrap" in flags else _fold(flags)
    page = columns or PAGE
    prefix = "#~ " if entry.is_obsolete else ""
    if entry.previous:
        yield from _key_lines(f"{prefix.rstrip() or '#'}| ", entry.previous, fold, page)
    yield from _key_lines(prefix, entry.key, fold, page)
    if entry.key.plural is None:
        if len(entry.targets) > 1:
            raise ValueError(f"{len(entry.targets)} plural forms for a message without plural: {entry.key.text!r}")
        yield from _field_lines(prefix, "msgstr", "".join(entry.targets), fold, page)
        return
    for form, target in enumerate(entry.targets or ("",)):
        yield from _field_lines(prefix, f"msgstr[{form}]", target, fold, page)


def _fold(flags: tuple[str, ...]) -> Fold:
    formats = {flag for flag in flags if flag.endswith("-format") and not flag.startswith(("no-", "impossible-"))}
    if "python-brace-format" in formats:
        return folded_braces
    return folded_percent if formats else folded


def _key_lines(prefix: str, key: Key, fold: Fold, page: int) -> Iterator[str]:
    if key.context is not None:
        yield from _field_lines(prefix, "msgctxt", key.context, fold, page)
    yield from _field_lines(prefix, "msgid", key.text, fold, page)
    if key.plural is not None:
        yield from _field_lines(prefix, "msgid_plural", key.plural, fold, page)


def _field_lines(prefix: str, name: str, text: str, fold: Fold, page: int) -> Iterator[str]:
    room = page - len(prefix) - len('""')
    lines = _LINES.findall(text) or [""]
    if len(lines) == 1:
        pieces = fold(text, room, len(name) + 1)
        if len(pieces) == 1:
            yield f'{prefix}{name} "{pieces[0]}"'
            return
    yield f'{prefix}{name} ""'
    for line in lines:
        for piece in filter(None, fold(line, room, 0)):
            yield f'{prefix}"{piece}"'


def _pieces(catalog: Catalog, layout: Layout) -> Iterator[str]:
    """Yield the text of the file: what stands between two entries, and the entries."""
    between: str | None = layout.lead
    if between and catalog.entries and between[-1] not in "\r\n":
        between += "\n"  # the file held nothing but a comment, not even a line end
    for line, text in _blocks(catalog, layout):
        yield layout.gaps.get(line, layout.gap) if between is None else between
        yield text
        between = None
    yield layout.tail if between is None else between


def _blocks(catalog: Catalog, layout: Layout) -> Iterator[tuple[int, str]]:
    """Yield the header and the entries, each with its line in the file it was read from."""
    columns = width(catalog) if any(entry.raw is None for entry in catalog.entries) else None
    head = _header(catalog, layout)
    for entry in catalog.entries:
        # A header in the middle of a file stays behind the entries that stood before it.
        if head is not None and not 0 < entry.line < layout.header_line:
            yield layout.header_line, head
            head = None
        yield entry.line, entry.raw if entry.raw is not None else _anew(entry, columns, layout)
    if head is not None:
        yield layout.header_line, head


def _anew(entry: Entry, columns: int | None, layout: Layout) -> str:
    text = written(entry, columns)
    indent = layout.indents.get(entry.line)
    return indent + text.replace("\n", f"\n{indent}") if indent else text


def _header(catalog: Catalog, layout: Layout) -> str | None:
    if layout.header is None:
        return header.written(catalog.header) if catalog.header else None
    before = layout.fields
    fields: dict[str, str | None] = dict.fromkeys(before.keys() - catalog.header.keys())
    fields |= {name: value for name, value in catalog.header.items() if before.get(name) != value}
    return header.changed(layout.header, fields, width(catalog)) if fields else layout.header


def _codec(catalog: Catalog, layout: Layout) -> str:
    if catalog.header.get("Content-Type") == layout.fields.get("Content-Type") and not layout.is_unwrapped:
        return layout.charset
    charset = header.charset_of(catalog.header)
    try:
        return header.codec(charset)
    except LookupError:
        message = f"nobody knows the charset {charset!r}"
        raise PoError(message, path=catalog.path, hint="Write charset=UTF-8") from None


def _not_encodable(catalog: Catalog, charset: str, character: str) -> PoError:
    line = next((entry.line for entry in catalog.entries if entry.raw is None and character in written(entry, None)), 0)
    if 0xD800 <= ord(character) <= 0xDFFF:
        message, remedy = f"U+{ord(character):04X} is half of a character", "Type the character again."
    else:
        message = f"the file is in {charset}, which has no {character!r} (U+{ord(character):04X})"
        remedy = USE_UTF8
    return PoError(message, path=catalog.path, line=line, hint=remedy)
