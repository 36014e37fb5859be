"""Which language a text is in: how well its trigrams fit each language.

Why our own table of trigrams: of the libraries that were measured only py3langid (139 languages, BSD) tells all of
tg ky uz tk apart as well; it needs NumPy and a second to start. Share of published texts of 30 to 60 letters that are
recognised (GNOME, KDE, GTK and others; none of it learnt from), for the worst of the thirteen languages:

    this table 0.95 (ru; 140 kB)   py3langid 0.4 0.98 (ky, uk; 4.6 MB and NumPy)   heliport 1.0 0.78 (hy; 87 MB)
    cld2 0.77 (ru; 10 MB)          cld3 and lingua do not know tk                  fastText's lid.176.ftz 0.64 (tk)

Checks ask an easier question, since they know the language that should be there: does another one fit far better?
Russian under tg kk ky be uk uz-Cyrl and English under uz az ro tk are told apart in 98 % to 100 % of such texts where
one right text in two hundred may be called wrong, by this table as by py3langid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from math import exp, log
from pathlib import Path
from types import MappingProxyType

from tarjuma._languages import LANGUAGES

__all__ = [
    "BARE", "DATA", "FLOOR", "KNOWN", "Fit", "bare_words", "common_words", "known", "own_letters", "sentences",
    "trigrams",
]  # fmt: skip

DATA = Path(__file__).with_name("_trigrams.txt")
"""Made by bench/trigrams.py, which says from what."""
FLOOR = -10.0
"""The logarithm of the share of a trigram that a language's table lacks."""
KNOWN = ("ru", "tg", "kk", "ky", "uz", "uz-Cyrl", "az", "hy", "be", "ro", "tk", "uk", "ka", "en", "tr")

BARE: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "tg": dict(zip("ӣӯқҳҷғ", "иукхчг", strict=True)),
    "kk": dict(zip("әғқңөұүһі", "агкноуухи", strict=True)),
    "ky": dict(zip("ңөү", "ноу", strict=True)),
    "uz-Cyrl": dict(zip("ўқғҳ", "укгх", strict=True)),
    "uk": dict(zip("ієїґ", "иеиг", strict=True)),
    "be": dict(zip("іўё", "иуе", strict=True)),
    "az": dict(zip("əıöüçğşİ", "eioucgsi", strict=True)),
    "ro": dict(zip("ăâîșțşţ", "aaistst", strict=True)),
    "tk": dict(zip("äçňöşüýž", "acnosuyz", strict=True)),
})  # fmt: skip
"""Language -> its own letters and what is typed for them on a keyboard that lacks them (facts: see `_languages`)."""

LETTER = 3.0
_TURKISH = "abcçdefgğhıijklmnoöprsştuüvyzâîû"
_ENGLISH = "abcdefghijklmnopqrstuvwxyz"
_SENTENCE_END = re.compile(r"(?<=[.!?…։:;])[)»”\"']*\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼʻ‘`][^\W\d_]+)*")
_APOSTROPHE = re.compile("[’ʼʻ‘`]")


def known(code: str) -> str:
    """Return the code under which a language's trigrams are kept ("" = they are not): ru-KZ is ru."""
    if code in KNOWN:
        return code
    return base if (base := code.partition("-")[0]) in KNOWN and len(code.split("-")[1]) != 4 else ""


def trigrams(text: str) -> list[str]:
    """Return the trigrams of a text's words, in lower case, each word between spaces."""
    found = []
    for word in _WORD.findall(text.replace("İ", "i").lower()):
        padded = f" {_APOSTROPHE.sub(chr(39), word)} "
        found += [padded[start : start + 3] for start in range(len(padded) - 2)]
    return found


class Fit:
    """How well a text fits languages, in natural logarithms of likelihood: only differences mean something."""

    def __init__(self, text: str) -> None:
        self.grams = trigrams(text)
        self.letters = "".join(filter(str.isalpha, text.lower()))

    def of(self, code: str) -> float:
        """Return the fit with a language of KNOWN."""
        shares = _shares(code)
        return sum([shares.get(gram, FLOOR) for gram in self.grams])

    def of_bare(self, code: str, missing: frozenset[str]) -> float:
        """Return the fit with a language of BARE in which some letters are typed as the letters they come from."""
        shares = _bare_shares(code, missing)
        return sum([shares.get(gram, FLOOR) for gram in self.grams])

    def rival(self, code: str, others: Iterable[str]) -> tuple[str, float]:
        """Return which of the others fits best, and by how much better than `code` (negative: worse).

        A letter that only one of the two alphabets has counts as much as a trigram that only one of them has.
        """
        own = self.of(code)
        margins = [(self.of(other) - own + LETTER * self._letters(code, other), other) for other in others]
        return max(((other, margin) for margin, other in margins), key=lambda each: each[1], default=("", -1e9))

    def _letters(self, code: str, other: str) -> int:
        here, there = _only(code, other)
        return sum(letter in there for letter in self.letters) - sum(letter in here for letter in self.letters)


@cache
def bare_words(code: str) -> frozenset[str]:
    """Return words typed without the language's own letters, as no right word of it is spelt: учун for үчүн."""
    lines = DATA.with_name("_bare.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if line.startswith(f"{code} ") for word in line.split()[1:])


@cache
def own_letters(code: str) -> Mapping[str, float]:
    """Return the letters that a language has and its neighbours' keyboards lack, with their share of all letters."""
    total = sum(exp(share) for gram, share in _shares(code).items() if code in BARE and gram[1] != " ")
    return {
        letter: sum(exp(share) for gram, share in _shares(code).items() if gram[1] == letter) / total
        for letter in BARE.get(code, "")
    }


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text begin and end."""
    found, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    return [*found, (start, len(text))]


@cache
def common_words(script: str) -> frozenset[str]:
    """Return English words that no translation into the script keeps as they are (bench/words.py)."""
    lines = DATA.with_name("_english.txt").read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(lines[script == "Latn"].split())


@cache
def _only(code: str, other: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the letters that only the first language has, and those that only the second one has."""
    here, there = set(_alphabet(code)), set(_alphabet(other))
    return frozenset(here - there), frozenset(there - here)


def _alphabet(code: str) -> str:
    if code in ("en", "tr"):
        return _ENGLISH if code == "en" else _TURKISH
    return next(row.letters for row in LANGUAGES if row.code == code)


@cache
def _lines() -> Mapping[str, list[tuple[float, str]]]:
    lines: dict[str, list[tuple[float, str]]] = {}
    for line in DATA.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, weight, grams = line.split(" ", 2)
            lines.setdefault(code, []).append((int(weight) / -4, grams))
    return lines


@cache
def _shares(code: str) -> Mapping[str, float]:
    return {grams[start : start + 3]: share for share, grams in _lines()[code] for start in range(0, len(grams), 3)}


@lru_cache(maxsize=64)
def _bare_shares(code: str, missing: frozenset[str]) -> Mapping[str, float]:
    table = str.maketrans({letter: plain for letter, plain in BARE[code].items() if letter in missing})
    shares: dict[str, float] = {}
    for gram, share in _shares(code).items():
        bare = gram.translate(table)
        shares[bare] = shares.get(bare, 0.0) + exp(share)
    return {gram: log(share) for gram, share in shares.items()}
