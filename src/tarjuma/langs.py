"""The language table: names, scripts, letters, plural rules, and the many ways to spell a code.

Every language of the table can be a source or a target. Languages outside it are made from CLDR when someone asks.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from tarjuma import _languages
from tarjuma._plural import parts, plural_index, rule
from tarjuma.errors import UsageError
from tarjuma.model import Language

if TYPE_CHECKING:
    from babel import Locale

__all__ = ["LANGUAGES", "header_plural", "hint", "language", "meant", "parts", "plural_index", "recognised"]

LANGUAGES: Mapping[str, Language] = MappingProxyType({row.code: row for row in _languages.LANGUAGES})
"""BCP 47 code -> row. Other languages: `language(code)`."""

TESTED = range(1001)
"""The numbers on which two plural rules are compared."""

_TAG = re.compile(
    r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?((?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)", re.IGNORECASE
)
_SCRIPTS = {"cyrillic": "Cyrl", "cyrl": "Cyrl", "latin": "Latn", "latn": "Latn", "arabic": "Arab", "armenian": "Armn"}


@cache
def language(code: str) -> Language:
    """Return the row of a language, whatever spelling its code has: uz-Cyrl, uz_Cyrl, uz@cyrillic, RU, ru_RU.UTF-8.

    A region or variant is kept (`ru-KZ`: Russian's row under that code), the script a language has anyway is dropped
    (`uz-Latn` is `uz`). Raises UsageError with a hint when nobody knows the code.
    """
    tag = _tag(code)
    if tag in LANGUAGES:
        return LANGUAGES[tag]
    row = _regional(tag) or _from_cldr(tag)
    if not row:
        raise UsageError(f"unknown language {code!r}", hint=hint(code))
    return row


def hint(code: str) -> str:
    """Return what a person who wrote an unknown code should write: one or two sentences."""
    wanted = code.strip().lower()
    if wanted in _languages.INSTEAD:
        right, why = _languages.INSTEAD[wanted]
        return f"Did you mean '{right}'? {why or 'Codes have two letters where a language has them (BCP 47).'}"
    names = {name.lower(): row.code for row in LANGUAGES.values() for name in (row.code, row.name, row.native_name)}
    for near in difflib.get_close_matches(wanted, names, n=1, cutoff=0.75):
        return f"Did you mean '{names[near]}'?"
    if locale := _locale(_tag(code)):
        return f"Did you mean '{locale.language}'?"
    return f"Codes are BCP 47, such as {', '.join(sorted(LANGUAGES))}."


def meant(code: str) -> str:
    """Return the code of the language for that of a country or one that was withdrawn (`tj` is `tg`), "" for others."""
    return _languages.INSTEAD.get(code.strip().lower(), ("", ""))[0]


def header_plural(code: str) -> str:
    """Return the Plural-Forms value that a new catalog gets: `nplurals=2; plural=(n != 1);`."""
    return language(code).plural_forms


@cache
def recognised(code: str, plural_forms: str) -> bool:
    """Say whether a Plural-Forms value is one that somebody publishes this language with.

    White space, parentheses and the way the rule is written do not matter: it has to split 0 to 1000 into the same
    groups as a known rule does, every value below nplurals, and may declare one form that is never reached
    (Django's Russian has one for fractions).
    """
    try:
        split = _split(plural_forms)
    except ValueError:
        return False
    row = language(code)
    return split in {_split(known) for known in (row.plural_forms, *row.accepted_plurals)}


@cache
def _split(plural_forms: str) -> tuple[int, ...]:
    """For 0 to 1000 the group of each number, groups numbered as they come up; ValueError for an impossible rule."""
    nplurals, expression = parts(plural_forms)
    forms = _forms(expression)
    if max(forms) >= nplurals or len(set(forms)) < nplurals - 1:
        raise ValueError(f"nplurals={nplurals} does not fit the expression {expression!r}")
    return _groups(forms)


def _forms(expression: str) -> tuple[int, ...]:
    try:
        return tuple(map(rule(expression), TESTED))
    except ZeroDivisionError:
        raise ValueError(f"division by zero in {expression!r}") from None


def _groups(labels: tuple[object, ...]) -> tuple[int, ...]:
    numbers: dict[object, int] = {}
    return tuple(numbers.setdefault(label, len(numbers)) for label in labels)


def _tag(code: str) -> str:
    """Return the code in BCP 47 spelling, "" when it cannot be one."""
    name, _, modifier = code.strip().partition("@")
    name = name.partition(".")[0].replace("_", "-")
    if modifier:
        script = _SCRIPTS.get(modifier.lower())
        language_part, dash, rest = name.partition("-")
        name = f"{language_part}-{script}{dash}{rest}" if script else f"{name}-{modifier}"
    match = _TAG.fullmatch(name)
    if not match:
        return ""
    subtags = [match[1].lower()]
    if match[2] and not _is_usual(subtags[0], match[2].title()):
        subtags.append(match[2].title())
    if match[3]:
        subtags.append(match[3].upper())
    return "-".join(subtags) + match[4].lower()


def _is_usual(base: str, script: str) -> bool:
    return base in LANGUAGES and LANGUAGES[base].script == script


def _regional(tag: str) -> Language | None:
    """Return the row of the table that a longer tag belongs to, under that tag."""
    match = _TAG.fullmatch(tag)
    if not match:
        return None
    base = f"{match[1]}-{match[2]}" if match[2] else match[1]
    return replace(LANGUAGES[base], code=tag) if base in LANGUAGES else None


def _from_cldr(tag: str) -> Language | None:
    """Make a row from CLDR (through Babel); None when CLDR has no such language."""
    locale = _locale(tag)
    if not locale or tag in _languages.INSTEAD or locale.language != tag.partition("-")[0]:
        return None  # Babel resolves deu to de, iw to he: a folder `deu` would not be found by other tools
    from babel.core import get_global

    script = next((subtag for subtag in tag.split("-")[1:2] if len(subtag) == 4 and subtag.isalpha()), "")
    if script and script not in locale.parse("en").scripts:
        return None
    likely = get_global("likely_subtags").get(str(locale)) or get_global("likely_subtags").get(locale.language, "")
    scripts = [part for part in likely.split("_") if len(part) == 4]
    nplurals, expression, accepted = _cldr_plurals(locale)
    return Language(
        code=tag,
        name=locale.get_display_name("en") or tag,
        native_name=locale.get_display_name() or tag,
        script=script or locale.script or (scripts[0] if scripts else "Zyyy"),
        nplurals=nplurals,
        plural=expression,
        accepted_plurals=accepted,
    )


def _locale(tag: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-") if tag else None
    except (UnknownLocaleError, ValueError):
        return None


def _cldr_plurals(locale: Locale) -> tuple[int, str, tuple[str, ...]]:
    """Return the number of forms, the expression, and what else is accepted.

    CLDR decides for integers, gettext's habit gives the spelling: Babel's own expressions hold variables for fractions
    and millions (`e`) that gettext cannot read.
    """
    from babel.messages.plurals import PLURALS
    from babel.plural import to_gettext

    wanted = _groups(tuple(map(locale.plural_form, TESTED)))
    customary = next((PLURALS[key] for key in (str(locale), locale.language) if key in PLURALS), None)
    simple = [(1, "0"), (2, _languages.ENGLISH_RULE), (2, _languages.FRENCH_RULE)]
    candidates = ([customary] if customary else []) + simple + sorted(PLURALS.values(), key=lambda each: len(each[1]))
    accepted = (f"nplurals={customary[0]}; plural={customary[1]};",) if customary else ()
    for nplurals, expression in candidates:
        if _groups(_forms(expression)) == wanted:
            return nplurals, expression, accepted
    return *parts(to_gettext(locale.plural_form)), accepted
