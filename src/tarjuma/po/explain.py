"""Why a place is not PO, in words for the person who has to mend it."""

from __future__ import annotations

import re
from typing import NamedTuple

from tarjuma.po.strings import LITERAL


class Misfit(NamedTuple):
    """What is wrong, where, and what to do."""

    offset: int
    message: str
    hint: str


CUT_OFF = "The file seems to be cut off: take its last good version, or complete the entry."
_MEND = "Mend this line, or take the file's last good version."
_KEY_WORDS = "The key words are msgctxt, msgid, msgid_plural, msgstr, msgstr[0]."

_TOKEN = re.compile(
    rf"(?P<space>[ \t\f\v\r\n]+)|(?P<mark>\#~(?![|\#]))|(?P<comment>\#[^\r\n]*)|(?P<string>{LITERAL})"
    r"|(?P<word>[A-Za-z_]+(?:[ \t]*\[[ \t]*\d+[ \t]*\])?)"
)
_FOLLOWS = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgstr", "msgid_plural"),
    "msgid_plural": ("msgstr[0]",),
    "msgstr[0]": ("msgstr[0]",),
    "msgstr": (),
}
_INDEX = re.compile(r"[ \t]*\[.*")
_CONFLICT = re.compile(r"[ \t]*(?:<{7}|={7}|>{7}|\|{7})(?:[ \t]|\Z)")
_UNQUOTED = re.compile(r'[ \t]*(?:#~[ \t]*)?(?P<kind>msg[a-z_]+(?:\[\d+\])?)[ \t]+(?P<first>[^"\s\[])')
_LINE = re.compile(r"[^\r\n]*")


def explained(text: str, offset: int) -> Misfit:
    """Return what is wrong in the entry that begins behind `offset`."""
    last, has_string, marks = "", True, set[bool]()
    while token := _TOKEN.match(text, offset):
        kind, offset = token.lastgroup, token.start()
        if kind in ("string", "word"):
            marks.add(_is_marked(text, offset))
        if len(marks) > 1:
            return Misfit(offset, "an entry has lines with and without #~", _MEND)
        if kind == "comment" and last and not last.startswith("msgstr"):
            return Misfit(offset, f"a comment stands behind {last}", "Comments belong above the entry.")
        if kind == "word" and not last and _is_behind_quote(text, offset):
            return _behind_quote(offset)
        if kind == "string" and not last:
            return Misfit(offset, "a text in quotes stands without msgid or msgstr", _MEND)
        if kind == "string":
            has_string = True
        if kind == "word":
            word = _INDEX.sub("[0]", token[0])
            if not has_string or word not in _FOLLOWS[last]:
                return _misplaced(text, token, last, has_string)
            last, has_string = word, False
        offset = token.end()
    if offset < len(text):
        return _unreadable(text, offset)
    if not last:
        return Misfit(max(text.rfind("#~"), 0), "#~ stands before nothing", _MEND)
    return Misfit(len(text.rstrip()), f"the file ends where {_wanted(last, has_string)} should follow", CUT_OFF)


def _is_marked(text: str, offset: int) -> bool:
    return text[_line_start(text, offset) : offset].lstrip().startswith("#~")


def _is_behind_quote(text: str, offset: int) -> bool:
    return text[_line_start(text, offset) : offset].rstrip().endswith('"')


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _wanted(last: str, has_string: bool) -> str:
    return " or ".join(_FOLLOWS[last]) or "the next entry" if has_string else f"the text of {last}"


def _misplaced(text: str, token: re.Match[str], last: str, has_string: bool) -> Misfit:
    word = token[0]
    if _INDEX.sub("[0]", word) not in _FOLLOWS:
        if _is_behind_quote(text, token.start()):
            return _behind_quote(token.start())
        unquoted = None if has_string else _unquoted(text, _line_start(text, token.start()))
        return unquoted or Misfit(token.start(), f"{word[:40]!r} is no key word of PO", _KEY_WORDS)
    if not last:
        return Misfit(token.start(), f"{word} stands without a msgid before it", _MEND)
    return Misfit(token.start(), f"{word} stands where {_wanted(last, has_string)} should", _MEND)


def _behind_quote(offset: int) -> Misfit:
    hint = 'A quote inside a text is written \\" or «»; each entry begins on a line of its own.'
    return Misfit(offset, "text behind the closing quote", hint)


def _unreadable(text: str, offset: int) -> Misfit:
    start = _line_start(text, offset)
    line_match = _LINE.match(text, start)
    line = line_match[0] if line_match else ""
    if _CONFLICT.match(line):
        return Misfit(
            start,
            "git left a merge conflict here",
            "Keep the entry that is right and delete the lines <<<<<<<, ======= and >>>>>>>, or take one side: "
            "git checkout --ours FILE (or --theirs).",
        )
    if text[offset] == '"':
        if start + len(line) == len(text):
            return Misfit(offset, "the file ends in the middle of a text", CUT_OFF)
        return Misfit(offset, "the text has no closing quote", 'Each line of a text ends with ". ' + _MEND)
    if '"' in text[start:offset]:
        return _behind_quote(offset)
    return _unquoted(text, start) or Misfit(offset, f"not a line of a PO file: {line[:60]!r}", _MEND)


def _unquoted(text: str, start: int) -> Misfit | None:
    """What to say of a line whose text does not stand between straight quotes, None of others."""
    found = _UNQUOTED.match(text, start)
    if not found:
        return None
    hint = f'Write {found["kind"]} "...".'
    if found["first"] in "“”„«»":
        hint = f'Word processors bend quotes: write {found["kind"]} "...", with straight ones.'
    return Misfit(found.start("first"), "the text does not stand between quotes", hint)
