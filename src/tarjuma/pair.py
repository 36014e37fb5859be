"""A translation beside its source, and what checks compare in both: tokens, prose, words. Worked out when asked for."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

from tarjuma.model import Entry, Key, Language
from tarjuma.syntax import inline
from tarjuma.syntax.inline import Kind, Token

_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼʻ‘`\u0301-][^\W\d_]+)*")


class Word(NamedTuple):
    """A word of the prose; code points of the text."""

    start: int
    end: int
    text: str


class Text:
    """A text and what stands in it. All offsets are code points of `text`."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its inline tokens: Markdown, HTML, template code, placeholders, addresses."""
        return inline.parse(self.text)

    @cached_property
    def prose(self) -> str:
        """The text with everything that no reader reads as a word blanked out by spaces: the same length."""
        parts = [
            token.text if token.kind in (Kind.TEXT, Kind.BREAK) else " " * len(token.text) for token in self.tokens
        ]
        return "".join(parts)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the prose."""
        return tuple(Word(match.start(), match.end(), match[0]) for match in _WORD.finditer(self.prose))


@lru_cache(maxsize=4096)
def source_text(text: str) -> Text:
    """Return a source text; the same one for every language, so that it is read once."""
    return Text(text)


class Pair:
    """One form of one entry beside its source."""

    def __init__(self, entry: Entry, form: int, language: Language) -> None:
        self.entry = entry
        self.form = form
        self.language = language

    @property
    def key(self) -> Key:
        """The message's identity."""
        return self.entry.key

    @cached_property
    def source(self) -> Text:
        """The msgid for form 0, the msgid_plural for all others."""
        key = self.entry.key
        return source_text(key.text if key.plural is None or self.form == 0 else key.plural)

    @cached_property
    def target(self) -> Text:
        """The translated form."""
        return Text(self.entry.targets[self.form])

    @property
    def is_plural(self) -> bool:
        """True when the message has plural forms."""
        return self.entry.key.plural is not None
