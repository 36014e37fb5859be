"""The grammar of PO as regular expressions, one for an entry.

It is gettext's: a key word, then one or more literals, white space and line ends between them; comments only before an
entry. What the expressions match is accepted; `explain.py` only says why something was not.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tarjuma.po.layout import LineEnd
from tarjuma.po.strings import LITERAL


class Grammar(NamedTuple):
    """The expressions for one kind of line ends.

    `live` and `obsolete` match from the end of one entry to the end of the next. Their groups: what stands between,
    comment lines, msgctxt, msgid, msgid_plural, all msgstr[n], msgstr (literals with quotes).
    """

    live: re.Pattern[str]
    obsolete: re.Pattern[str]
    tail: re.Pattern[str]
    """What may stand behind the last entry."""


_SPACE = r"[ \t\f\v\r\n]*+"
_OBSOLETE_SPACE = r"(?:[ \t\f\v]++|[\r\n][ \t\f\v\r\n]*+\#~)*+"
# A lone CR ends a line where PO goes on behind it; otherwise it is a character of a comment.
_LONE_CR = r"\r(?=[ \t]*(?:\#|\"|msg|domain|\r|\Z))"

FORM = re.compile(rf"msgstr[ \t]*\[[ \t]*(\d+)[ \t]*\][^\"]*({LITERAL}(?:(?:{_SPACE}|{_OBSOLETE_SPACE}){LITERAL})*+)")
"""One form of a plural: its number and its literals."""


@cache
def grammar(line_end: LineEnd) -> Grammar:
    """Return the expressions for texts whose lines end with LF, or with whatever a MIXED file has."""
    blank, end, comment = r"[ \t\f\v\r]*+", r"\n", r"[^\n]*+"
    if line_end is LineEnd.MIXED:
        blank, end = r"[ \t\f\v]*+", rf"(?:\r\n|\n|{_LONE_CR})"
        comment = rf"(?:[^\r\n]++|(?!\r\n|{_LONE_CR})\r)*+"
    remark = rf"\#(?:(?!~)|~{blank}(?=[|\#\r\n]|\Z)){comment}"
    domain = rf"domain[ \t]*+{LITERAL}{blank}"
    between = rf"((?:\A|{blank}{end})(?:{blank}(?:{domain})?{end})*+)((?:{blank}(?:{remark})?{end})*+)"
    tail = rf"(?:\A{blank}(?:{remark})?|{blank})(?:{end}{blank}(?:{remark}|{domain})?)*+\Z"
    return Grammar(
        re.compile(between + blank + _entry(_SPACE)),
        re.compile(between + blank + r"\#~" + _OBSOLETE_SPACE + _entry(_OBSOLETE_SPACE)),
        re.compile(tail),
    )


def _entry(space: str) -> str:
    literals = rf"{LITERAL}(?:{space}{LITERAL})*+"
    form = rf"msgstr[ \t]*\[[ \t]*\d+[ \t]*\]{space}{literals}"
    return (
        rf"(?:msgctxt{space}({literals}){space})?msgid{space}({literals}){space}"
        rf"(?:msgid_plural{space}({literals}){space}({form}(?:{space}{form})*+)|msgstr{space}({literals}))"
    )
