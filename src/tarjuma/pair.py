"""A translation beside its source, and what checks compare in both: tokens, prose, words. Worked out when asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from tarjuma import addresses, markup, placeholders
from tarjuma._plural import rule
from tarjuma.addresses import Address, Change
from tarjuma.markup import Code, Elements, Emphasis
from tarjuma.model import Entry, Key, Language
from tarjuma.placeholders import Difference
from tarjuma.syntax import inline
from tarjuma.syntax.inline import Kind, Token

_ValueT = TypeVar("_ValueT")


class cached_property(Generic[_ValueT]):  # noqa: N801
    """A property that is worked out once. The standard library's takes a lock in Python 3.11: 5 % of a check's time."""

    def __init__(self, function: Callable[[Any], _ValueT]) -> None:
        self.function = function
        self.name = function.__name__
        self.__doc__ = function.__doc__

    def __get__(self, instance: Any, owner: type) -> _ValueT:
        """Return the value, and keep it in the instance's own dictionary, where it is found before this is asked."""
        value = instance.__dict__[self.name] = self.function(instance)
        return value


_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼʻ‘`\u0301-][^\W\d_]+)*")
_SIGNS = (*"%{}<>`*_[]&\\$~@", "://", "www.")
_CREDITS = frozenset({
    "translator-credits", "translator_credits", "NAME OF TRANSLATORS", "EMAIL OF TRANSLATORS", "Your names",
    "Your emails",
})  # fmt: skip
"""Messages in whose place translators write their names and addresses (GNOME, KDE)."""
_PERCENT_NAMES = re.compile(r"%\([^()\n]*\)[-+0#]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]?|%L?\d{1,2}|%'?l*[sdu](?![A-Za-z])")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


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
    def signs(self) -> frozenset[str]:
        """Which of the characters that markup and placeholders begin with stand in it: the cheapest test of all."""
        text = self.text
        return frozenset([sign for sign in _SIGNS if sign in text])

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its inline tokens: Markdown, HTML, template code, placeholders, addresses."""
        return inline.parse(self.text)

    @cached_property
    def prose(self) -> str:
        """The text with everything that no reader reads as a word blanked out by spaces: the same length."""
        if not self.signs:
            return self.text
        parts = [
            token.text if token.kind in (Kind.TEXT, Kind.BREAK) else " " * len(token.text) for token in self.tokens
        ]
        prose = "".join(parts)
        if "%" in prose:
            prose = _PERCENT_NAMES.sub(_blank, prose)
        return _EMAIL.sub(_blank, prose) if "@" in prose else prose

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the prose."""
        return tuple(Word(match.start(), match.end(), match[0]) for match in _WORD.finditer(self.prose))

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words of the prose, casefolded."""
        return tuple([word.text.casefold() for word in self.words])

    @cached_property
    def known(self) -> frozenset[str]:
        """The words of the prose, and the parts of those with a hyphen, casefolded."""
        return frozenset([*self.folded, *[part for word in self.folded if "-" in word for part in word.split("-")]])

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """Its links, images, bare URLs and e-mail addresses; not those in code spans."""
        if self.signs.isdisjoint(("[", "://", "www.", "@", "<")):
            return ()
        return addresses.find(self.text, self.tokens)

    @cached_property
    def emphasis(self) -> Emphasis:
        """How much of it is emphasized, and the marks that emphasize nothing."""
        return markup.emphasis(self.tokens)

    @cached_property
    def code(self) -> Code:
        """Its code spans, and backticks that begin none."""
        return markup.code(self.text, self.tokens)

    @cached_property
    def elements(self) -> Elements:
        """Its HTML and XML tags."""
        return markup.elements(self.text, self.tokens)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


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

    @cached_property
    def signs(self) -> frozenset[str]:
        """The signs of markup in either text; none when nothing in the pair could be compared as markup."""
        if self.target.text == self.source.text or self.key.text in _CREDITS:
            return frozenset()
        return self.source.signs | self.target.signs

    @cached_property
    def stands_for_one(self) -> bool:
        """True when the form is used with a single number, so that its words may say it: "one file"."""
        forms = self.entry.targets
        if not self.is_plural or not _stands_for_one(self.form, len(forms), self.language):
            return False
        # A fourth form is for one thing (GNOME, KDE), or the third again, for fractions (Django).
        return self.form < 3 or _letters(forms[3]) != _letters(forms[2])

    @cached_property
    def placeholders(self) -> Difference:
        """What the target does to the placeholders of its source."""
        if not self.signs or self.signs.isdisjoint("%{$<["):
            return Difference()
        kind = placeholders.family(self.entry.message.flags)
        key = self.key
        if key.plural is None:
            return placeholders.compare(key.text, self.target.text, kind)
        spare = int(self.stands_for_one)
        return placeholders.compare(key.plural, self.target.text, kind, spare=spare, more=key.text)

    @cached_property
    def addresses(self) -> Change:
        """What the target does to the addresses of its source."""
        if self.signs.isdisjoint(("[", "://", "www.", "@", "<")):
            return Change()
        return addresses.change(self.source.addresses, self.target.addresses, self.target.text, self.language)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, _PERCENT_NAMES.sub("", text)))


@lru_cache(maxsize=512)
def _stands_for_one(form: int, forms: int, language: Language) -> bool:
    if forms == 4 and language.nplurals == 3:
        return form == 3  # `n==1 ? 3 : ...`, as GNOME and KDE publish Ukrainian and Russian
    if forms != language.nplurals:
        return forms == 2 and form == 0
    plural = rule(language.plural)
    return sum(plural(number) == form for number in range(200)) == 1
