"""Cuts a text into what a model takes at once: its sentences, and parts of those that are too long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tarjuma import sentences

_MASK = re.compile(r"\[/?\d+\]|</?x\d+\s?/?>")
_PAUSE = re.compile(r"(?<=[,;:—–)])\s+")
_SPACE = re.compile(r"\s+")


def portions(text: str, is_short: Callable[[str], bool]) -> Iterator[str]:
    """Yield the text piece by piece: portions to translate and the white space between them, in order.

    Models for sentences translate the first of several and leave out the rest.
    """
    cursor = 0
    # a mask behind a final mark is for the sentence what a closing bracket would be
    prose = _MASK.sub(lambda match: "]" * len(match[0]), text)
    for start, end in sentences.sentences(prose):
        if text[cursor:start]:
            yield text[cursor:start]
        yield from _parts(text[start:end], is_short)
        cursor = end
    if text[cursor:]:
        yield text[cursor:]


def _parts(text: str, is_short: Callable[[str], bool]) -> Iterator[str]:
    """Yield a sentence, cut at the pause, or else the space, nearest to its middle until its parts are short."""
    if is_short(text):
        yield text
        return
    gaps = list(_PAUSE.finditer(text)) or list(_SPACE.finditer(text))
    gaps = [gap for gap in gaps if gap.start() and gap.end() < len(text)]
    if not gaps:
        yield text
        return
    gap = min(gaps, key=lambda each: abs(each.start() - len(text) // 2))
    yield from _parts(text[: gap.start()], is_short)
    yield gap[0]
    yield from _parts(text[gap.end() :], is_short)
