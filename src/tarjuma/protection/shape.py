"""The markup of a text as a value: two texts with one shape have the same codes, paired and nested alike."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from tarjuma.protection.pieces import inner_texts, is_apostrophe
from tarjuma.syntax import inline
from tarjuma.syntax.inline import Kind, Token, element

_CLOSERS = frozenset({Kind.LINK_CLOSE, Kind.IMAGE_CLOSE, Kind.TAG_CLOSE, Kind.EMPHASIS_CLOSE, Kind.STRIKE_CLOSE})


class Shape(NamedTuple):
    """What a translation must not change in a text."""

    codes: frozenset[tuple[tuple[str, ...], int]]
    """Each code with the pairs around it, and how often it stands there."""
    sequence: tuple[str, ...]
    """The codes whose order means something, in their order."""


def shape(text: str) -> Shape:
    """Return the markup of a text without the words in it.

    The values of `alt` and the like, the titles of links and the words of images are words. `[words][]` and
    `[words][name]` are one where both name the same address.
    """
    return _shape(text, inline.parse(text))


@lru_cache(maxsize=1024)
def shape_of_source(text: str) -> Shape:
    """Return `shape(text)`; a source is asked for as often as it has languages."""
    return shape(text)


def _shape(text: str, tokens: tuple[Token, ...]) -> Shape:
    codes: Counter[tuple[str, ...]] = Counter()
    sequence: list[str] = []
    stack: list[Token] = []
    around: list[str] = []
    for token in tokens:
        if token.kind is Kind.TEXT:
            if "\n" in token.text:
                codes["\n", *_place(around)] += token.text.count("\n")
            continue
        if is_apostrophe(token, text):
            continue
        label = _label(token, text, stack)
        if token.pair < 0:
            codes[label, *_place(around)] += 1
            if _is_ordered(token):
                sequence.append(label)
        elif token.kind not in _CLOSERS:
            codes[label, *_place(around)] += 1
            stack.append(token)
            around.append(label)
        else:
            place = next((at for at in range(len(stack) - 1, -1, -1) if stack[at].pair == token.pair), len(stack))
            del stack[place:], around[place:]
            codes[label, *_place(around)] += 1
    return Shape(frozenset(codes.items()), tuple(sequence))


def _place(around: list[str]) -> tuple[str, ...]:
    """How deep, and in which pairs: the two nearest tell enough."""
    return (str(len(around)), *around[-2:])


def _label(token: Token, text: str, stack: list[Token]) -> str:
    """A code without the words in it."""
    if token.kind is Kind.LINK_CLOSE and token.text == "][]":
        opener = next((one for one in stack if one.pair == token.pair), token)
        return f"][{text[opener.end : token.start]}]"
    parts, cursor = [], token.start
    for inner in inner_texts((token,), text):
        parts.append(text[cursor : inner.start])
        cursor = inner.end
    return "".join([*parts, text[cursor : token.end]])


def _is_ordered(token: Token) -> bool:
    """True for a code that means something else when it changes places with its like: `%s`, `{% if %}`, `</b>`."""
    if token.kind is Kind.PLACEHOLDER:
        return token.text == "{}" or (token.text.startswith("%") and "(" not in token.text and "$" not in token.text)
    if token.kind is Kind.TEMPLATE:
        return not token.text.startswith("{{ ") and token.text.startswith("{")
    return token.kind is Kind.BROKEN or bool(element(token) and token.kind is not Kind.TAG_VOID)
