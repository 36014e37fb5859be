"""The comment lines in front of an entry: read into what they say, and written as msgcat writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from tarjuma.model import Entry, Key
from tarjuma.po.strings import LITERAL, unquoted

LIMIT = re.compile(r"\bmax (\d{1,9}) characters\b")
"""The note that says how long a translation may be."""

_LINE_BREAK = re.compile("\r\n|\n|\r")
_LITERALS = rf"({LITERAL}(?:\s*{LITERAL})*+)"
_PREVIOUS = re.compile(
    rf"\s*(?:msgctxt\s*{_LITERALS}\s*)?(?:msgid\s*{_LITERALS}\s*)?(?:msgid_plural\s*{_LITERALS}\s*)?"
)
# Since gettext 0.22 a file name with spaces stands between U+2068 and U+2069.
_WORD = re.compile(r"[^ \t\f\v\r\n]+")
_PLACE = re.compile("\u2068[^\u2069]*\u2069\\S*|[^ \t\f\v\r\n]+")
_ISOLATES = re.compile("\u2068([^\u2069]*)\u2069")


class Remarks(NamedTuple):
    """What the comment lines of one entry say."""

    comments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    is_fuzzy: bool = False
    others: tuple[str, ...] = ()
    previous: Key | None = None
    limit: int = 0
    strange: str = ""
    """The first line of a `#|` comment that holds no message."""


def remarks(block: str, decode: Callable[[bytes], str]) -> Remarks:
    """Return what a block of comment lines says. `decode` reads the bytes of numeric escapes."""
    comments: list[str] = []
    notes: list[str] = []
    places: list[str] = []
    flags: list[str] = []
    others: list[str] = []
    previous: list[str] = []
    for line in _LINE_BREAK.split(block) if "\r" in block else block.split("\n"):
        text = line if line[:1] == "#" and line[1:2] != "~" else _without_mark(line)
        match text[1:2]:
            case ":":
                places += _places(text[2:])
            case ".":
                notes.append(text[2:].removeprefix(" "))
            case ",":
                flags += filter(None, (flag.strip() for flag in text[2:].split(",")))
            case "|":
                previous.append(text[2:])
            case "!" | "=":
                others.append(text)
            case _ if text:
                comments.append(text[1:].removeprefix(" "))
    old = _key(previous, decode) if previous else None
    return Remarks(
        tuple(comments),
        tuple(notes),
        tuple(places),
        tuple(flag for flag in flags if flag != "fuzzy") if flags else (),
        "fuzzy" in flags,
        tuple(others),
        old,
        _limit(notes) if notes else 0,
        previous[0] if previous and not old else "",
    )


def _limit(notes: Iterable[str]) -> int:
    return next((int(match[1]) for match in map(LIMIT.search, notes) if match), 0)


def comment_lines(entry: Entry, width: int) -> Iterator[str]:
    """Yield the lines from translators' comments down to the references, without those that depend on the strings."""
    for comment in _single_lines(entry.comments):
        yield f"# {comment}" if comment else "#"
    for note in _single_lines(_notes(entry)):
        yield f"#. {note}" if note else "#."
    yield from _references(entry.message.places, width)


def flag_lines(entry: Entry) -> Iterator[str]:
    """Yield the line of flags, fuzzy first, and the lines of kinds that we do not know.

    As in msgcat an entry without any text is not fuzzy, and `no-wrap` comes last.
    """
    flags = [flag for flag in entry.message.flags if flag != "fuzzy"]
    flags.sort(key=lambda flag: flag in ("wrap", "no-wrap"))
    if entry.is_fuzzy and any(entry.targets):
        flags.insert(0, "fuzzy")
    if flags:
        yield f"#, {', '.join(dict.fromkeys(flags))}"
    yield from entry.others


def _without_mark(line: str) -> str:
    """Return a comment line without its indent and, in an obsolete entry, without `~`; "" for a blank line."""
    line = line.lstrip(" \t\f\v")
    if not line.startswith("#~"):
        return line
    rest = line[2:].lstrip(" \t\f\v")
    return f"#{rest}" if rest.startswith("|") else rest


def _key(lines: list[str], decode: Callable[[bytes], str]) -> Key | None:
    match = _PREVIOUS.fullmatch("\n".join(lines))
    if not match or not any(match.groups()):
        return None
    context, text, plural = (part and unquoted(part, decode) for part in match.groups())
    return Key(context, text or "", plural)


def _places(references: str) -> list[str]:
    if "\u2068" not in references:
        return _WORD.findall(references)
    return [_ISOLATES.sub(r"\1", reference) for reference in _PLACE.findall(references)]


def _references(places: Iterable[str], width: int) -> Iterator[str]:
    """Yield `#:` lines with as many places on each as `width` columns hold: msgcat fills them even with --no-wrap."""
    line = "#:"
    for place in places:
        # The isolates keep a name with spaces together: https://www.gnu.org/software/gettext/manual/ (PO Files)
        word = f" \u2068{place}\u2069" if re.search("[ \t\f\v]", place) else f" {place}"
        if len(line) > 2 and _bytes(line) + _bytes(word) > width:
            yield line
            line = "#:"
        line += word
    if len(line) > 2:
        yield line


def _bytes(text: str) -> int:
    """The width of a reference for msgcat, which counts bytes here and columns in strings."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _notes(entry: Entry) -> tuple[str, ...]:
    message = entry.message
    if not message.limit or any(map(LIMIT.search, message.notes)):
        return message.notes
    return (*message.notes, f"max {message.limit} characters")


def _single_lines(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _LINE_BREAK.split(text)
