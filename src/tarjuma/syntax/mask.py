"""Numbered masks for everything in a message that is not text: what a translation service must not touch."""

from __future__ import annotations

import re
from typing import NamedTuple

from tarjuma.syntax.tokens import Kind, parse

_CLOSERS = frozenset({Kind.LINK_CLOSE, Kind.IMAGE_CLOSE, Kind.TAG_CLOSE, Kind.EMPHASIS_CLOSE, Kind.STRIKE_CLOSE})
_MASK = re.compile(r"\[/?([0-9]+)\]")


class Masked(NamedTuple):
    """A message whose markup is hidden, and what is hidden behind each mask."""

    text: str
    codes: tuple[tuple[str, str], ...]
    """(mask, markup) in reading order; both ends of a pair share a number: `[1]` and `[/1]`."""


def mask(text: str) -> Masked:
    """The message with each piece of markup replaced by `[n]`, or `[n]` and `[/n]` around what a pair holds.

    Numbers that the text itself has in brackets are skipped. Law: `unmask(*mask(text)) == text`.
    """
    taken = {int(match[1]) for match in _MASK.finditer(text)}
    numbers: dict[int, int] = {}
    parts, codes, number = [], [], 0
    for token in parse(text):
        if token.kind is Kind.TEXT:
            parts.append(token.text)
            continue
        if token.pair in numbers:
            this = numbers[token.pair]
        else:
            number = _free(number + 1, taken)
            this = number
            if token.pair >= 0:
                numbers[token.pair] = number
        code = f"[/{this}]" if token.kind in _CLOSERS and token.pair >= 0 else f"[{this}]"
        parts.append(code)
        codes.append((code, token.text))
    return Masked("".join(parts), tuple(codes))


def unmask(text: str, codes: tuple[tuple[str, str], ...]) -> str:
    """The text with its markup put back; a mask that no code knows stays as it is."""
    known = dict(codes)
    return _MASK.sub(lambda match: known.get(match[0], match[0]), text)


def _free(number: int, taken: set[int]) -> int:
    while number in taken:
        number += 1
    return number
