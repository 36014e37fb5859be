"""A translation has the line breaks of its source.

Programs join texts at line breaks: one too many or too few at the beginning or the end tears a list or a table apart.
Inside the text a line break may stand elsewhere, but their number stays: each is a line that the author wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.ERROR
FOLLOWS = ("empty",)
GOOD = [
    ("tg", "First line\nSecond line", "Сатри якум\nСатри дуюм"),
    ("ru", "\nUsage: tool\n", "\nИспользование: tool\n"),
    ("uk", "One  \ntwo", "Один\\\nдва"),
]
BAD = [
    ("tg", "The attempt failed.", "\nКӯшиш номуваффақ буд."),
    ("ru", "It was saved.\n", "Сохранено."),
    ("ka", "One\ntwo", "ერთი ორი"),
]

_HARD = re.compile(r"(?:[.!?:;…։][\"'»”’)*_]*|\n|>|%\d|\\)[ ]*\n(?![a-zа-я])|\n[ ]*(?:[-*+•]|\d+[.)])[ ]")
_WRAPPED = re.compile(r"[^\n]{39}[^\W_],?[ ]?\n[ ]*[^\W\d_]|\n[ ]{8}|^[ ]*-{1,2}\w", re.MULTILINE)


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield line breaks at the ends that differ, or the number of lines when that differs."""
    source, target = pair.source.text, pair.target.text
    if "\n" not in source and "\n" not in target and "\r" not in target:
        return
    if not source.strip() or not target.strip():
        return
    if "\r" in target and "\r" not in source:
        whole = target.replace("\r\n", "\n").replace("\r", "\n")
        yield Found(
            "a carriage return stands in the translation", suggestion=whole, is_safe=True, severity=Severity.WARNING
        )
        target = whole
    wanted, there = _edges(source), _edges(target)
    if wanted[0].count("\n") != there[0].count("\n"):
        span = (0, len(there[0]))
        values = _counts(wanted[0], there[0])
        yield Found(
            "line breaks at the beginning: {count}, the source has {wanted}", values, span, wanted[0], is_safe=True
        )
    if wanted[1].count("\n") != there[1].count("\n"):
        span = (len(target) - len(there[1]), len(target))
        values = _counts(wanted[1], there[1])
        yield Found("line breaks at the end: {count}, the source has {wanted}", values, span, wanted[1], is_safe=True)
    yield from _lines(source.strip(), target.strip(), bool(wanted[1]))


def _counts(wanted: str, there: str) -> dict[str, object]:
    return {"count": there.count("\n"), "wanted": wanted.count("\n")}


def _lines(source: str, target: str, is_console: bool) -> Iterator[Found]:
    wanted, there = source.count("\n"), target.count("\n")
    if wanted == there:
        return
    is_free = _is_wrapped(source) or ((wanted or is_console) and _is_wrapped(target))
    # A break inside a sentence is the author's wrapping; one behind it parts two things.
    is_free = is_free or (wanted and len(_HARD.findall(source)) <= len(_HARD.findall(target)))
    is_free = is_free or min(wanted, there) > 4
    values = {"lines": there + 1, "wanted": wanted + 1}
    severity = Severity.INFO if is_free else Severity.WARNING
    yield Found("{lines} lines stand where the source has {wanted}", values, severity=severity)


def _is_wrapped(text: str) -> bool:
    """True when a program's text was cut to the width of a screen: how many lines it has says nothing."""
    return bool(_WRAPPED.search(text))


def _edges(text: str) -> tuple[str, str]:
    """The white space at both ends, "" where it holds no line break."""
    head, tail = text[: -len(text.lstrip())], text[len(text.rstrip()) :]
    return head if "\n" in head else "", tail if "\n" in tail else ""
