"""Made-up translations, to see a page in another length and other letters: no network, always the same.

«Read the docs» becomes «‹Ŕêàð ţĥĥêê ðôôçš›», and «‹Реад тххее доокс›» for a language in Cyrillic: 30 % longer.
What is not in brackets on a page does not come from a catalog; what breaks is too narrow. Settings: none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from tarjuma import langs
from tarjuma.engines import Batch, Request, Traits
from tarjuma.engines._local import local
from tarjuma.engines._texts import translated
from tarjuma.errors import UsageError

LONGER = 0.3
OPEN, CLOSE = "‹", "›"
_KEPT = re.compile(
    r"\[/?\d+\]|</?[A-Za-z][^<>]*>|&#?\w+;|\{\{.*?\}\}|\{%.*?%\}|\{[\w.!:]*\}|\$\{?\w+\}?|https?://\S+"
    r"|%(?:\(\w+\))?[#0 +-]*\d*[bcdeEfgioruxXs%]|[\w.+-]+@[\w-]+\.[\w.]+"
)
"""Masks, and what would break the message: tags, entities, placeholders, addresses."""
_EDGES = re.compile(r"(?P<lead>[^\w\[<&{%$]*)(?P<core>.*?)(?P<trail>[\s.!?…:;,։]*)", re.DOTALL)
_LATIN, _RUSSIAN = "abcdefghijklmnopqrstuvwxyz", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_SOUNDS = "abvgdeejzijklmnoprstufhccssyyyeua"
"""Of Russian letters, in Latin ones."""
_ALPHABETS = {
    "Cyrl": "абкдефгхижклмнопкрстуввкуз",
    "Armn": "աբցդեֆգհիջկլմնոպքրստուվխյզ",
    "Geor": "აბცდეფგჰიჯკლმნოპქრსტუვვხყზ",
}
"""For Latin letters, where a script has others. Languages in other scripts get accents."""
_ACCENTS = "àƀçðêƒĝĥîĵķļɱñôþǫŕšţûṽŵẋýž"
_RUSSIAN_ACCENTS = "ӑбвгдӗёӂӟӥйклмнӧпрстӱфхцӵшщъӹьӭюя"
_VOWELS = frozenset("aeiouyаеёиоуыэюяіїєўәөүұӯӣAEIOUYАЕЁИОУЫЭЮЯІЇЄЎӘӨҮҰӮӢ")


def engine(settings: Mapping[str, object], environment: Mapping[str, str]) -> Pseudo:
    """Return the engine. Raises ConfigError when there are settings for it."""
    local("pseudo", settings)
    return Pseudo()


class Pseudo:
    """The engine: it takes every pair of languages."""

    traits = Traits(name="pseudo", batch=Batch.ARRAY, max_chars=1_000_000, workers=1, version="1")

    def route(self, source: str, target: str) -> tuple[str, str] | None:
        """Return the tags as they are, None when they are the same."""
        return (source, target) if source != target else None

    def translate(self, requests: Sequence[Request], source: str, target: str) -> list[str]:
        """Return one text a request."""
        letters = _letters(_script(target))
        return translated("pseudo", requests, lambda asked: [_pseudo(each.text, letters) for each in asked])

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""


def _pseudo(text: str, letters: Mapping[int, str]) -> str:
    """Return a text in other letters, longer, in brackets that leave its final mark where it is."""
    match = _EDGES.fullmatch(text)
    lead, core, trail = match.group("lead", "core", "trail") if match else ("", text, "")
    parts, cursor, owed = [], 0, 0.0
    for kept in _KEPT.finditer(core):
        part, owed = _longer(core[cursor : kept.start()], owed)
        parts += [part.translate(letters), kept[0]]
        cursor = kept.end()
    part, owed = _longer(core[cursor:], owed)
    return f"{lead}{OPEN}{''.join(parts)}{part.translate(letters)}{CLOSE}{trail}"


def _longer(text: str, owed: float) -> tuple[str, float]:
    """Return a text with letters doubled, vowels first; `owed`: how many letters it lacks so far, and then."""
    letters = []
    for letter in text:
        letters.append(letter)
        owed += LONGER
        if letter.isalpha() and owed >= (1 if letter in _VOWELS else 2):
            letters.append(letter.lower())
            owed -= 1
    return "".join(letters), owed


@cache
def _letters(script: str) -> dict[int, str]:
    """Return what stands for each letter in a script."""
    alphabet = _ALPHABETS.get(script, _ACCENTS)
    table = dict(zip(_LATIN, alphabet, strict=True))
    sounds = (table[sound] for sound in _SOUNDS)
    table |= zip(_RUSSIAN, _RUSSIAN_ACCENTS if script == "Cyrl" else sounds, strict=True)
    capitals = {letter.upper(): other if script == "Geor" else other.upper() for letter, other in table.items()}
    return str.maketrans(table | capitals)


def _script(tag: str) -> str:
    try:
        return langs.language(tag).script
    except UsageError:
        return ""
