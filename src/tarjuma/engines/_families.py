"""Families of translation models: which tokens tell a model the languages, and what a language is called there.

Tokens: NLLB and M2M-100 begin the source with its language and the target with its own; MADLAD-400 and the multilingual
models of OPUS-MT begin the source with the target's. Models of OPUS-MT for one pair have none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tarjuma import langs
from tarjuma.engines._codes import base
from tarjuma.engines._names import member, three_letters
from tarjuma.errors import UsageError


@dataclass(frozen=True, slots=True)
class Family:
    """Models that are asked in one way."""

    name: str
    label: str
    token: str
    """How the token of a language is written."""
    code: re.Pattern[str]
    """The token; group 1 is the code."""
    has_target_prefix: bool
    """True when the source begins with its own language and the target with its own."""

    def codes(self, vocabulary: Collection[str]) -> frozenset[str]:
        """Return the codes of all languages that a vocabulary has tokens for."""
        return frozenset(match[1] for word in vocabulary if (match := self.code.fullmatch(word)))

    def asked(self, pieces: list[str], source: str, target: str) -> tuple[list[str], list[str]]:
        """Return the source tokens without their end, and what the target begins with. Codes may be ""."""
        if self.has_target_prefix:
            return [self.token.format(source), *pieces], [self.token.format(target)]
        return ([self.token.format(target), *pieces] if target else pieces), []


FAMILIES: Mapping[str, Family] = {
    family.name: family
    for family in (
        Family("nllb", "NLLB-200", "{}", re.compile(r"([a-z]{3}_[A-Z][a-z]{3})"), True),
        Family("m2m", "M2M-100", "__{}__", re.compile(r"__([a-z]{2,3})__"), True),
        Family("madlad", "MADLAD-400", "<2{}>", re.compile(r"<2([a-z]{2,3}(?:_[A-Za-z]+)?)>"), False),
        Family("opus", "OPUS-MT", ">>{}<<", re.compile(r">>([a-z]{2,3}(?:_[A-Za-z]+)?)<<"), False),
    )
}


def code(family: Family, tag: str, codes: Collection[str]) -> str:
    """Return what a model calls a language (BCP 47), "" when it does not have it."""
    return next((each for each in _candidates(family, tag) if each in codes), "")


def _candidates(family: Family, tag: str) -> Iterator[str]:
    language, script = tag.partition("-")[0], _script(tag)
    names = (three_letters(language), member(language))
    if family.name == "nllb":
        yield from (f"{name}_{script}" for name in reversed(names))
    elif family.name == "opus":
        yield from names if base(tag) else ()
        yield from (f"{name}_{script}" for name in names)
    elif base(tag):
        yield from (base(tag), *names)


def _script(tag: str) -> str:
    try:
        return langs.language(tag).script
    except UsageError:
        return ""
