"""PO string literals: what stands between the quotes, and the text that it means."""

from __future__ import annotations

import re
from collections.abc import Callable

LITERAL = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
"""One literal, quotes included; it never goes beyond its line."""

SINGLE = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", '"': '"'}
ESCAPES = {ord(char): f"\\{letter}" for letter, char in SINGLE.items()} | {0: "\\000"}
"""What msgcat escapes; a NUL would end the text for every C program, so it is written as an octal number."""

SUSPECT_ESCAPE = re.compile(r'\\[^abfnrtv\\"0-7]')
"""Finds at least every escape that gettext does not know."""

UNKNOWN_ESCAPE = re.compile(r'(?<!\\)(?:\\\\)*+\\(?![abfnrtv\\"0-7]|x[0-9a-fA-F])')
"""Finds exactly those; slower."""

_CONTENTS = re.compile(r'"([^"\\\n]*+(?:\\.[^"\\\n]*+)*+)"')
_ESCAPE = re.compile(r"((?:\\(?:[0-7]{1,3}|x[0-9a-fA-F]+))+)|\\(.)")
_NUMBER = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]+))")
_SPECIAL = re.compile('["\\\\\\x00\\x07-\\x0d]')


def escaped(text: str) -> str:
    """Return the text as it stands between quotes on one line."""
    return text.translate(ESCAPES) if _SPECIAL.search(text) else text


def unquoted(literals: str, decode: Callable[[bytes], str]) -> str:
    """Return the text of literals that follow each other with white space (and `#~`) between them.

    `decode` reads the bytes that numeric escapes stand for. An unknown escape keeps its backslash.
    """
    body = literals[1:-1]
    if "\n" in body:
        body = body.replace('"\n"', "")
    if '"' in body:
        body = "".join(_CONTENTS.findall(literals))
    if "\\" not in body:
        return body
    if "\\\\" not in body:
        simple = body.replace("\\n", "\n").replace('\\"', '"').replace("\\t", "\t")
        if "\\" not in simple:
            return simple
    return _ESCAPE.sub(lambda match: _meaning(match, decode), body)


def _meaning(match: re.Match[str], decode: Callable[[bytes], str]) -> str:
    numbers, letter = match.groups()
    if numbers is None:
        return SINGLE.get(letter, f"\\{letter}")
    # As in gettext: a hexadecimal escape takes every digit that follows, and a number is a byte of the file's charset.
    return decode(bytes(int(o, 8) & 255 if o else int(x, 16) & 255 for o, x in _NUMBER.findall(numbers)))
