"""How an address is written: what its bytes say, and the bytes for another path in the same place."""

from __future__ import annotations

import html
import re
from enum import Enum
from urllib.parse import quote, unquote


class Spelling(Enum):
    """The kind of place that an address stands in."""

    BARE = "[](x)"
    POINTED = "[](<x>)"
    ATTRIBUTE = "an attribute of HTML"
    LITERAL = "a path that nobody unescapes"


_MARKDOWN = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});)")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_BEHIND_PATH = re.compile(r"\?|(?<!&)#")
_SAFE = "!$+,-./:;=@_~"
"""Characters that mean themselves in an address wherever we write one; quotes and brackets never do."""
_LITERAL = re.compile(r"[\w.@+-]*")
_ESCAPED_LETTER = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")


def read(raw: str, spelling: Spelling) -> str:
    """Return the address that is written in a place."""
    if spelling in (Spelling.BARE, Spelling.POINTED):
        return _MARKDOWN.sub(lambda found: found[1] or html.unescape(found[2]), raw)
    if spelling is Spelling.ATTRIBUTE:
        return _ENTITY.sub(lambda found: html.unescape(found[0]), raw)
    return raw


def cut(raw: str) -> tuple[str, str]:
    """Return the path of an address and all that stands behind it: query and fragment, with their marks."""
    found = _BEHIND_PATH.search(raw)
    return (raw[: found.start()], raw[found.start() :]) if found else (raw, "")


def written(path: str, raw: str, spelling: Spelling) -> str | None:
    """Return how another path is written in place of `raw`, without query and fragment; None where it cannot be.

    `path` has no escapes. Its steps that the author wrote too keep his spelling.
    """
    old, _ = cut(raw)
    known = {unquote(read(step, spelling)): step for step in old.split("/")}
    has_escapes = bool(_ESCAPED_LETTER.search(old))
    steps = []
    for number, step in enumerate(path.split("/")):
        if step in known and "/" not in step:
            steps.append(known[step])
        elif spelling is Spelling.LITERAL:
            if not _LITERAL.fullmatch(step):
                return None
            steps.append(step)
        else:
            steps.append(_quoted(step, has_escapes, number == 0))
    if not path:
        return None
    return "/".join(steps)


def _quoted(step: str, has_escapes: bool, is_first: bool) -> str:
    """A step with percent signs where a place or a browser could misread it; letters as they are, unless escaped."""
    safe = _SAFE if not is_first else _SAFE.replace(":", "")
    if has_escapes:
        return quote(step, safe=safe)
    return "".join(char if ord(char) > 127 and char.isalnum() else quote(char, safe=safe) for char in step)
