"""Inline markup of a message: its tokens, what a translation must not add, whether it is text at all."""

from __future__ import annotations

import re

from tarjuma.model import TRANSLATED_ATTRIBUTES
from tarjuma.syntax.foreign import escaped, foreign
from tarjuma.syntax.tokens import Kind, Token, attributes, element, parse, parse_plain, render

__all__ = ["Kind", "Token", "attributes", "element", "escaped", "foreign", "is_text", "parse", "parse_plain", "render"]

_LETTER = re.compile(r"[^\W\d_]")
_PROSE_START = re.compile(r"[^\W\d_]{2,}[,;]?[ ]")
"""A word and a space: neither code nor an address begins so."""
_TWO_WORDS = re.compile(r"(?:^|[ ])[^\W\d_]{2,} [^\W\d_]{2,}(?=[ ,.;]|$)")
"""Addresses hold no spaces, and what stands between backticks is taken out first."""
_SIMPLE_CODE = re.compile(r"(?<![`\\])(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_MARKED = re.compile(r"[`<\[{\\:@&$%]|www\.")
_DEFINITION = re.compile(r"\[[^\]]+\]:\s*\S+(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*")
_NO_WORD = re.compile(r":[a-z0-9_+-]+:|(?<!\S)[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?!\S)")
"""`:tada:` and e-mail addresses."""
_CODE = frozenset({"code", "kbd", "samp", "var", "tt", "script", "style", "svg", "math", "pre"})


def is_text(text: str) -> bool:
    """True when a reader of another language needs the message translated.

    False when nothing but code, template code, URLs, tags, entities, emoji shortcodes, footnote references, math,
    roles, numbers or link definitions is in it, in any mixture.
    """
    if _PROSE_START.match(text):
        return True
    if not _MARKED.search(text):
        return bool(_LETTER.search(text))
    if "{" not in text and "<" not in text and "$" not in text:
        plain = _SIMPLE_CODE.sub("`", text) if "`" in text else text
        if _TWO_WORDS.search(plain):
            return True
    if _DEFINITION.fullmatch(text):
        return False
    code: list[str] = []
    for token in parse(text):
        if token.kind is Kind.TEXT:
            if not code and _LETTER.search(_NO_WORD.sub("", token.text)):
                return True
        elif token.kind is Kind.TAG_OPEN and element(token) in _CODE:
            code.append(element(token))
        elif token.kind is Kind.TAG_CLOSE and code and element(token) == code[-1]:
            code.pop()
        elif token.kind in (Kind.TAG_OPEN, Kind.TAG_VOID) and _has_text_attribute(token.text):
            return True
    return False


def _has_text_attribute(tag: str) -> bool:
    return any(
        name in TRANSLATED_ATTRIBUTES and not value.startswith("{") and _LETTER.search(value)
        for name, value in attributes(tag)
    )
