"""A translation begins and ends with a space where its source does, and only there.

Such a space joins the text with what stands beside it on the page: without it "Details: " and the value after it run
together, with one too many there is a gap. `tarjuma check --fix` puts it right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.WARNING
FOLLOWS = ("empty", "newline")
GOOD = [
    ("ru", "Details: ", "Подробности: "),
    ("tg", "The end. ", "Анҷом. "),
    ("hy", "Saved.", "Պահված է։"),
    ("uz", "A line\n", "Satr\n"),
]
BAD = [
    ("ru", "Details: ", "Подробности:"),
    ("ro", "You may have lost it.", " Poate l-ați pierdut."),
    ("kk", "Name", "Аты\u00a0"),
    ("az", " of the school", "məktəbin"),
]

_EDGES = re.compile(r"([^\S\r\n]*).*?([^\S\r\n]*)", re.DOTALL)
_ENDED = re.compile(r"[.!?…։][\"'»”’)]*$")
_FRAGMENT = re.compile(r"[^\W\d_A-ZА-Я]+(?:\W+[\w%()]+)?[\W_]*")
"""One or two words that go on where another text ends: "rd copy)", "redirect from"."""


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield a space that was added to or lost from an end."""
    source, target = pair.source.text, pair.target.text
    if not (source[:1].isspace() or source[-1:].isspace() or target[:1].isspace() or target[-1:].isspace()):
        return
    wanted, there = _EDGES.fullmatch(source), _EDGES.fullmatch(target)
    if not wanted or not there or not source.strip() or not target.strip():
        return
    is_first, is_last = bool(wanted[1]) != bool(there[1]), bool(wanted[2]) != bool(there[2])
    if is_first and is_last:
        whole = wanted[1] + target[there.end(1) : there.start(2)] + wanted[2]
        yield Found("spaces at both ends differ from the source", suggestion=whole, is_safe=True)
    elif is_first:
        message = "a space at the beginning is missing" if wanted[1] else "there is a space at the beginning"
        yield Found(message, {}, there.span(1), wanted[1], is_safe=True, severity=_severity(source))
    elif is_last:
        message = "a space at the end is missing" if wanted[2] else "there is a space at the end"
        # Behind a full stop the source's own space is a slip that joins nothing.
        is_slip = wanted[2] and _ENDED.search(source.rstrip())
        severity = Severity.INFO if is_slip else _severity(source)
        yield Found(message, {}, there.span(2), wanted[2], is_safe=True, severity=severity)


def _severity(source: str) -> Severity | None:
    """Info for a fragment: whether a space parts it from its neighbours is up to the language."""
    return Severity.INFO if _FRAGMENT.fullmatch(source) else None
