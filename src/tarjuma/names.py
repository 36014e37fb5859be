"""The names of countries and languages in every language that CLDR knows, as a glossary that is always there.

What a reader could take for something else is left out: Georgia is a state too, Jordan and Chad are given names, Jersey
is a shirt. A country counts where it is capitalised. The English name of a language is that of its people as well, so
that it counts only where the words around it speak of the language: "in Tajik", "the Uzbek language".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from tarjuma.glossary import Term

if TYPE_CHECKING:
    from babel import Locale

AMBIGUOUS = frozenset({
    "Georgia", "Jordan", "Chad", "Jersey", "Guinea", "Dominica", "Niger", "Samoa", "Mali", "Guam", "Reunion", "Turkey",
    "Victoria", "Martinique", "Guernsey", "Lebanon", "Panama", "Ireland", "Macedonia", "Congo", "Martin",
})  # fmt: skip
"""English names of countries that are names of states, people, cities, rivers or things too."""
ALIASES: Mapping[str, str] = {
    "UK": "GB", "U.K.": "GB", "USA": "US", "U.S.": "US", "UAE": "AE", "Burma": "MM", "Ivory Coast": "CI",
    "Czech Republic": "CZ", "Kirghizia": "KG", "Kirgizstan": "KG", "Byelorussia": "BY", "Turkmenia": "TM",
}  # fmt: skip
"""What English calls a country besides its name in CLDR."""
_UNTOLD = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
"""Codes that are no countries."""
_SPEECH = r"(?:in|into|from|speaks?|spoken|speaking|learn|teach|know|write|read|translated?|languages?:?)\s+"
_OF_LANGUAGE = r"(?:\s+|-)(?:languages?|speakers?|speaking|translations?|versions?|text|alphabet|grammar)\b"
_SPLIT = re.compile(r"\s*[(,]|\s+[-–]\s+")


@cache
def terms(source: str, target: str) -> tuple[Term, ...]:
    """Return the names of countries in a language as terms with their translation, ambiguous ones left out.

    Both are BCP 47 codes; nothing where CLDR lacks one of them.
    """
    here, there = _locale(source), _locale(target)
    if not here or not there or source == target:
        return ()
    own = {code: name for code, name in here.territories.items() if len(code) == 2 and code not in _UNTOLD}
    pairs = [(name, code) for code, name in own.items()]
    pairs += list(ALIASES.items()) if source.partition("-")[0] == "en" else []
    known = {
        name: Term(name, "translate", {target: there.territories[code]}, note="CLDR")
        for name, code in reversed(pairs)
        if code in there.territories and name not in AMBIGUOUS and name[:1].isupper()
    }
    return tuple(known.values())


@cache
def languages(source: str, target: str) -> tuple[Term, ...]:
    """Return the names of languages in a language as terms with their translation; `found` says where they count."""
    here, there = _locale(source), _locale(target)
    if not here or not there or source == target:
        return ()
    names = {
        name: Term(name, "translate", {target: there.languages[code]}, note="CLDR")
        for code, name in here.languages.items()
        if "_" not in code and code in there.languages and not _SPLIT.search(name)
    }
    return tuple(names.values())


def found(text: str, source: str, target: str) -> tuple[tuple[str, str], ...]:
    """Return the countries and languages that a text names, each with its name in the target language."""
    countries, speech = _finders(source, target)
    names = {match[0]: None for match in countries.finditer(text)}
    if source.partition("-")[0] == "en":
        names |= {match["before"] or match["behind"]: None for match in speech.finditer(text)}
    known = _translations(source, target) if names else {}
    return tuple((name, known[name]) for name in names)


@cache
def _translations(source: str, target: str) -> Mapping[str, str]:
    """Name -> the same in the target language; that of a country where a language has the same."""
    return {term.source: term.targets[target] for term in (*languages(source, target), *terms(source, target))}


@cache
def spellings(code: str) -> frozenset[str]:
    """Return every capitalised word of the names of countries, languages and cities as a language spells them."""
    locale = _locale(code)
    if not locale:
        return frozenset()
    return frozenset(word for name in _all_names(locale) for word in re.findall(r"[^\W\d_]+", name) if word.istitle())


def _all_names(locale: Locale) -> Iterator[str]:
    yield from locale.territories.values()
    yield from locale.languages.values()
    for zone in locale.time_zones.values():
        if "city" in zone:
            yield zone["city"]


@cache
def _finders(source: str, target: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    countries = _alternatives(term.source for term in terms(source, target))
    speech = _alternatives(term.source for term in languages(source, target))
    return (
        re.compile(rf"(?<![\w-])(?<!New )(?:{countries})(?![\w-])"),
        re.compile(
            rf"\b{_SPEECH}(?P<before>{speech})(?![\w-])(?!\s+[a-z])|(?<![\w-])(?P<behind>{speech})(?={_OF_LANGUAGE})"
        ),
    )


def _alternatives(names: Iterator[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)"


@cache
def _locale(code: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
