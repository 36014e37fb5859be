"""Made-up translations, to see a page in another length and other letters: no network, always the same.

«Read the docs» becomes «⟦Ŕêàð ţĥĥêê ðôôçš⟧», and «⟦Реад тххее доокс⟧» for a language in Cyrillic: 30 % longer.
What is not in brackets on a page does not come from a catalog; what breaks is too narrow. Settings: none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tarjuma import langs
from tarjuma.engines import Batch, Request, Traits
from tarjuma.engines._local import local
from tarjuma.engines._texts import translated
from tarjuma.errors import UsageError

LONGER = 0.3
OPEN, CLOSE = "⟦", "⟧"
_KEPT = re.compile(
    r"\[/?\d+\]|</?[A-Za-z][^<>]*>|&#?\w+;|\{\{.*?\}\}|\{%.*?%\}|\{[\w.!:]*\}|\$\{?\w+\}?|https?://\S+"
    r"|%(?:\(\w+\))?[#0 +-]*\d*[bcdeEfgioruxXs%]|[\w.+-]+@[\w-]+\.[\w.]+"
)
"""Masks, and what would break the message: tags, entities, placeholders, addresses."""
_EDGES = re.compile(r"(?P<lead>[^\w\[<&{%$]*)(?P<core>.*?)(?P<trail>[\s.!?…:;,։]*)", re.DOTALL)
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_ACCENTS = str.maketrans(
    _LATIN + _RUSSIAN,
    "ÂƁÇÐÊƑĜĤÎĴĶĻṀÑÔÞǪŔŠŢÛṼŴẊÝŽàƀçðêƒĝĥîĵķļɱñôþǫŕšţûṽŵẋýž"
    "ÂƁṼĜÐÊËŽŹÎĴĶĻṀÑÔÞŔŠŢÛƑĤÇČŚŜÌÝÍÉÙÁàƀṽĝðêëžźîĵķļɱñôþŕšţûƒĥçčśŝìýíéùá",
)
_CYRILLIC = str.maketrans(
    _LATIN + _RUSSIAN,
    "АБКДЕФГХИЖКЛМНОПКРСТУВВКУЗабкдефгхижклмнопкрстуввкуз"
    "ӐБВГДӖЁӁӞӤЙКЛМНӦПРСТӰФХЦӴШЩЪӸЬӬЮЯӑбвгдӗёӂӟӥйклмнӧпрстӱфхцӵшщъӹьӭюя",
)
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
        letters = _CYRILLIC if _is_cyrillic(target) else _ACCENTS
        return translated("pseudo", requests, lambda asked: [_pseudo(each.text, letters) for each in asked])

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""


def _pseudo(text: str, letters: Mapping[int, int]) -> str:
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


def _is_cyrillic(tag: str) -> bool:
    try:
        return langs.language(tag).script == "Cyrl"
    except UsageError:
        return False
