"""The header entry: its fields, its charset, and changing one field without touching the others."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from tarjuma import langs
from tarjuma.errors import UsageError
from tarjuma.po.strings import LITERAL, escaped, unquoted
from tarjuma.po.wrap import folded

ORDER = (
    "Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date", "Last-Translator",
    "Language-Team", "Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms",
)  # fmt: skip
"""The order in which gettext writes its header fields."""

_HEADER = re.compile(rb'^[ \t]*msgid\s*(?:""\s*)+msgstr\s*"', re.MULTILINE)
_BYTE_CHARSET = re.compile(rb'charset=([^\s;"\\]+)')
_CHARSET = re.compile(r"charset=([^\s;]+)")
_JOINT = re.compile(rb'"\s*"')
_MSGSTR = re.compile(r"(?m)^[ \t]*msgstr\s*(?=\")")
_PHYSICAL = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")
_LITERALS = re.compile(rf"\s*(?:{LITERAL}\s*)+")
_ASCII = bytes([9, 10, 13, *range(32, 127)]) + rb"\u0041 \x41 +AEE- &AEE- ~{ ~} ="


def fields(text: str) -> dict[str, str]:
    """Return the fields of a header in its order; of two with one name the first counts, as in gettext."""
    found: dict[str, str] = {}
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon and name.strip():
            found.setdefault(name.strip(), value.strip())
    return found


def language(header: Mapping[str, str]) -> str:
    """Return the BCP 47 code of the Language field, "" where there is none."""
    return _bcp47(header.get("Language", ""))


@cache
def _bcp47(code: str) -> str:
    try:
        return langs.language(code).code if code else ""
    except UsageError:
        return code.replace("_", "-")


def declared_charset(source: bytes) -> str:
    """Return the charset that the header of a file names, "" where it names none."""
    match = _HEADER.search(source)
    if not match:
        return ""
    end = source.find(b"msgid", match.end())
    charset = _BYTE_CHARSET.search(_JOINT.sub(b"", source[match.end() - 1 : end if end >= 0 else len(source)]))
    return charset[1].decode("ascii", "replace") if charset else ""


def charset_of(header: Mapping[str, str]) -> str:
    """Return the charset of a Content-Type field, "" where there is none."""
    match = _CHARSET.search(header.get("Content-Type", ""))
    return match[1] if match else ""


def codec(charset: str) -> str:
    """Return Python's name for a charset; raises LookupError for one that cannot hold a PO file.

    `CHARSET` is what templates say before anybody filled it in. Python also knows "charsets" that are no encodings of
    text or that read ASCII as something else (rot13, unicode_escape, utf-16): they are refused.
    """
    if not charset or charset == "CHARSET":
        return "utf-8"
    try:
        name = codecs.lookup(charset).name
        is_superset = "escape" not in name and _ASCII.decode(name).encode(name) == _ASCII == _ASCII.decode(name).encode(
            "ascii"
        )
    except (LookupError, ValueError):  # ValueError: a name with NUL, and every UnicodeError
        is_superset = False
    if not is_superset:
        raise LookupError(charset)
    return name


def written(header: Mapping[str, str], comments: tuple[str, ...] = ()) -> str:
    """Return the header entry of a new catalog, without the final line end."""
    lines = [f'"{escaped(_line(name, value))}"' for name, value in header.items()]
    texts = [f"msgstr {lines[0]}"] if len(lines) == 1 else ['msgstr ""', *lines]
    return "\n".join([*(f"# {comment}" if comment else "#" for comment in comments), 'msgid ""', *texts])


def changed(raw: str, fields: Mapping[str, str | None], width: int | None) -> str:
    """Return the header entry with some fields changed, added in gettext's order, or removed (None).

    The lines of all other fields stay as they are, whatever they hold.
    """
    match = _MSGSTR.search(raw)
    if not match:
        raise AssertionError("a header without msgstr")
    lines = _lines(raw[match.end() :])
    for name, value in fields.items():
        _change(lines, name, value, width)
    body = "".join(line.written for line in lines)
    return (raw[: match.end()] + '""\n' + body).rstrip("\r\n")


class _Line(NamedTuple):
    """One line of the header's text, and the lines of the file that hold it."""

    text: str
    written: str

    @property
    def name(self) -> str:
        return self.text.partition(":")[0].strip() if ":" in self.text else ""


def _line(name: str, value: str) -> str:
    return f"{name}: {' '.join(value.splitlines())}\n"


def _quoted(text: str, width: int | None) -> str:
    pieces = [escaped(text)] if width is None else folded(text, width - 2, 0)
    return "".join(f'"{piece}"\n' for piece in pieces if piece)


def _lines(literals: str) -> list[_Line]:
    lines = list(_physical(literals))
    if all(line.text.endswith("\n") for line in lines[:-1]) and not any("\n" in line.text[:-1] for line in lines):
        return lines
    text = "".join(line.text for line in lines)
    return [_Line(line, _quoted(line, None)) for line in re.findall(r"[^\n]*\n|[^\n]+", text)]


def _physical(literals: str) -> Iterator[_Line]:
    """Yield the header's lines; one that an editor wrapped over several lines of the file is one line."""
    text, written = "", ""
    for line in _PHYSICAL.findall(literals):
        if not _LITERALS.fullmatch(line):
            continue
        text += unquoted(line.strip(), lambda number: number.decode("latin-1"))
        written += (line if line[-1] in "\r\n" else f"{line}\n") if text else ""
        if text.endswith("\n"):
            yield _Line(text, written)
            text, written = "", ""
    if text:
        yield _Line(text, written)


def _change(lines: list[_Line], name: str, value: str | None, width: int | None) -> None:
    at = next((at for at, line in enumerate(lines) if line.name == name), None)
    if at is not None:
        lines[at : at + 1] = [] if value is None else [_new(name, value, width)]
    elif value is not None:
        place = _place(lines, name)
        if place == len(lines) and lines and not lines[-1].text.endswith("\n"):
            lines[-1] = _Line(lines[-1].text + "\n", _quoted(lines[-1].text + "\n", width))
        lines.insert(place, _new(name, value, width))


def _new(name: str, value: str, width: int | None) -> _Line:
    text = _line(name, value)
    return _Line(text, _quoted(text, width))


def _place(lines: list[_Line], name: str) -> int:
    """Return where a new field goes: behind the last one that gettext writes before it."""
    if name not in ORDER:
        return len(lines)
    before = ORDER[: ORDER.index(name)]
    return max((at for at, line in enumerate(lines, 1) if line.name in before), default=0)
