"""Letters: the script a character belongs to, what looks alike across scripts, what cannot be seen.

Sources: the blocks of Unicode 16 for scripts; Unicode's confusables (UTS 39) for look-alikes, of them the pairs that
common fonts draw alike and that the keyboards of the region put within reach.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from types import MappingProxyType
from typing import Protocol, TypeVar

_RANGES = {
    "Latn": "A-Za-zªºÀ-ÖØ-öø-ʸḀ-ỿⱠ-Ɀ\ua722-\ua7bf\uab30-\uab6fﬀ-ﬆＡ-Ｚａ-ｚ",
    "Cyrl": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Grek": "\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f\u0386\u0388-\u03e1\u03f0-\u03ff\u1f00-\u1fff",
    "Armn": "\u0531-\u0556\u0560-\u0588\ufb13-\ufb17",
    "Geor": "\u10a0-\u10fa\u10fc-\u10ff\u1c90-\u1cbf\u2d00-\u2d2d",
    "Arab": "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Hebr": "\u05d0-\u05f4\ufb1d-\ufb4f",
    "Hans": "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af",
}
SCRIPTS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {name: re.compile(f"[{ranges}]") for name, ranges in _RANGES.items()}
)
"""ISO 15924 code -> one letter of that script (Hans: any of East Asia)."""

_LATIN_CYRILLIC = (
    "aа cс eе iі ïї jј oо pр sѕ xх yу hһ əә kк ëё öӧ üӱ äӓ èѐ ɵө tт "
    "AА BВ CС EЕ HН IІ ÏЇ JЈ KК MМ OО PР SЅ TТ XХ YУ ƏӘ ËЁ ÖӦ ÜӰ ÄӒ ƟӨ"
)
_LATIN_GREEK = "oο aα vν pρ iι kκ xχ uυ AΑ BΒ EΕ HΗ IΙ KΚ MΜ NΝ OΟ PΡ TΤ XΧ YΥ ZΖ"
_LATIN_ARMENIAN = "oօ hհ nո uս gց qզ jյ LԼ OՕ SՏ UՍ"
_CYRILLIC_GREEK = "оο аα еε рρ кκ хχ тτ іι АΑ ВΒ ЕΕ НΗ ІΙ КΚ МΜ ОΟ РΡ ТΤ ХΧ УΥ ГΓ ПΠ ФΦ"
_CYRILLIC_ARMENIAN = "оօ һհ ОՕ ЅՏ"


def _pairs(first: str, second: str, pairs: str) -> dict[tuple[str, str], dict[str, str]]:
    there = {pair[0]: pair[1] for pair in pairs.split()}
    return {(first, second): there, (second, first): {right: left for left, right in there.items()}}


LOOKALIKES: Mapping[tuple[str, str], Mapping[str, str]] = MappingProxyType(
    _pairs("Latn", "Cyrl", _LATIN_CYRILLIC)
    | _pairs("Latn", "Grek", _LATIN_GREEK)
    | _pairs("Latn", "Armn", _LATIN_ARMENIAN)
    | _pairs("Cyrl", "Grek", _CYRILLIC_GREEK)
    | _pairs("Cyrl", "Armn", _CYRILLIC_ARMENIAN)
)
"""(script of the letter, script it imitates) -> letter -> its look-alike there."""


def script(character: str) -> str:
    """Return the ISO 15924 code of a letter's script, "" for whatever is no letter of a script we know."""
    if character < "\x80":
        return "Latn" if character.isalpha() else ""
    return next((name for name, one in SCRIPTS.items() if one.match(character)), "")


def scripts(word: str) -> frozenset[str]:
    """Return the scripts that a word is written in."""
    if word.isascii():
        return _LATIN
    return frozenset(name for name, one in SCRIPTS.items() if one.search(word))


_LATIN = frozenset({"Latn"})


class _Word(Protocol):
    @property
    def text(self) -> str: ...


_WordT = TypeVar("_WordT", bound=_Word)


def strange(words: Iterable[_WordT], known: Container[str]) -> list[_WordT]:
    """Return the words that the source text has not: neither names nor terms that were rightly copied.

    `known` are the source's words (`Text.known`). `Backend-i` is the source's `Backend` with an ending.
    """
    return [word for word in words if (low := word.text.casefold()) not in known and low.partition("-")[0] not in known]
