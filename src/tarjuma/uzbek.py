"""Uzbek in Latin and in Cyrillic letters: the same words by rule, in both directions.

Latin: the alphabet of 1995 and its spelling rules (Cabinet of Ministers, No. 339, 24 August 1995); newer single letters
(ş ç ö ğ) are read too. Cyrillic: the spelling rules of 1956. What the Latin spelling no longer tells (ц, ь, э inside a
word, ъ behind ў) stands in `_uzbek.txt`. Only letters are looked at: to leave out names, code and addresses that stay
as they are is the caller's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

TURNED, TUTUQ = "\u02bb", "\u02bc"
"""The sign in oʻ and gʻ, and tutuq belgisi: letters of Unicode, not quotation marks."""
SIGNS = "'\u2018\u2019\u02bb\u02bc`\u00b4\u02b9"
"""What is typed for either."""
WORDS = Path(__file__).with_name("_uzbek.txt")

LATIN_WORD = re.compile(rf"[^\W\d_]+(?:[{SIGNS}]+[^\W\d_]+)*(?:(?<=[OoGg])[{SIGNS}](?!\w))?")
"""A word with its signs; one at the end belongs to it behind o and g only (togʻ)."""
CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff]+")

_SIGNED = re.compile(f"(?<=[OoGg]){TUTUQ}")
_SIGN = re.compile(f"[{SIGNS}]")
_QUOTE = re.compile(r"(?<!\w)(?P<open>['‘`])(?=\w)|(?<=\w)['’](?![\w'’])")
_FOREIGN = re.compile(rf"[^abd-vx-z{TURNED}{TUTUQ}]")
"""No letter of an Uzbek word: w, c without h, é, ü, ß ..."""
_LATER = str.maketrans(
    {"ş": "sh", "Ş": "Sh", "ç": "ch", "Ç": "Ch"}
    | dict.fromkeys("öōõŏ", "o" + TURNED)
    | dict.fromkeys("ÖŌÕŎ", "O" + TURNED)
    | dict.fromkeys("ğḡ", "g" + TURNED)
    | dict.fromkeys("ĞḠ", "G" + TURNED)
)

_TO_LATIN = {
    **dict(zip("абвгджзийклмнопрстуфхқҳыэ", "abvgdjziyklmnoprstufxqhie", strict=True)),
    "ё": "yo", "ю": "yu", "я": "ya", "ч": "ch", "ш": "sh", "щ": "shch", "ў": "o" + TURNED, "ғ": "g" + TURNED,
    "ъ": TUTUQ, "ь": "",
}  # fmt: skip
_TO_CYRILLIC = {latin: letter for letter, latin in _TO_LATIN.items() if letter not in "щыэь"}
_UNIT = re.compile(rf"[og]{TURNED}|s{TUTUQ}h|sh|ch|y(?:o(?!{TURNED})|[uae])|.", re.IGNORECASE)
_VOWELS = frozenset("аеёиоуыэюяў")
_IOTATED = frozenset("еёюя")
_HARD = frozenset("бсзднл")
"""Behind them a prefix of Latin or Russian may end: объект is obyekt, субъект subyekt, съезд syezd."""
_HUSHING = frozenset("жшчщ")
"""Behind them ю is u: жюри is juri, парашют parashut."""
_TSE = re.compile(r"ts(?=e|i(?!z(?!m)|mon|ng|n(?:lar|mi|chi)?\b))|(?<=[kpn])s(?=iya(?!t)|ion|ial)", re.IGNORECASE)
"""Where a loan has ц: -tsiya, -ksiya, tse; but not where a suffix begins behind t (ketsin, davlatsiz, aytsa)."""
_SUFFIXES = re.compile(
    r"(?:lar|i?ngiz|i?miz|i?m|i?ng|s?i|ni(?:ng|ki)?|[gkq]a(?:cha)?|da(?:n|gi)?|dek|day|cha|chi|lik?|siz|lash\w*|lan\w*"
    r"|mi|dir|viy|iy|gina|[gk]i|chilik|ta|xona|soz|shunos\w*|man|san)*"
)


_PREFIX = re.compile(
    r"(?:anti|avto|avia|audio|aero|agro|bio|video|kino|foto|radio|tele|mikro|makro|mini|elektro|gidro|geo|super|mega"
    r"|kilo|milli|termo|mono|moto|poli|inter|trans|psevdo|ultra|neo)+"
)
"""First parts of compounds."""


class Word(NamedTuple):
    """A word that the rules cannot tell, in both alphabets, in small letters."""

    latin: str
    cyrillic: str
    is_beginning: bool
    """True where anything may follow it, false where only suffixes may."""
    is_name: bool
    """True where it is one only with a capital."""


class Words(NamedTuple):
    """The words of `_uzbek.txt`."""

    by_latin: Mapping[str, Word]
    by_cyrillic: Mapping[str, Word]
    """Without ь at the end, which goes before a suffix; only those whose Latin the rules would miss."""


def latin(text: str) -> str:
    """Return a text with its Cyrillic words in Latin letters; all else stays as it is."""
    return CYRILLIC_WORD.sub(lambda match: _latin_word(match[0]), text)


def cyrillic(text: str) -> str:
    """Return a text with its Latin words in Cyrillic letters; words with letters that Uzbek has not stay."""
    closing = _closing_quotes(text)
    parts, cursor = [], 0
    for match in LATIN_WORD.finditer(text):
        end = match.end() - (match.end() - 1 in closing)
        parts += [text[cursor : match.start()], _cyrillic_word(text[match.start() : end])]
        cursor = end
    return "".join(parts) + text[cursor:]


@cache
def words() -> Words:
    """Return the words that the rules cannot tell, read once."""
    known = list(_read(WORDS.read_text(encoding="utf-8")))
    irregular: dict[str, Word] = {}
    for word in known:
        if word.latin != _by_rule(word.cyrillic):
            irregular.setdefault(word.cyrillic.removesuffix("ь"), word)
    return Words({word.latin: word for word in known}, irregular)


def _read(text: str) -> Iterator[Word]:
    """`цирк`, `сентябрь=sentabr`; a star behind it stands for anything."""
    for line in text.splitlines():
        for item in line.partition("#")[0].split():
            spelled, _, latin = item.removesuffix("*").partition("=")
            small = spelled.lower()
            yield Word(latin or _by_rule(small), small, item.endswith("*"), spelled != small)


def _closing_quotes(text: str) -> frozenset[int]:
    """Where a sign behind a word closes a quotation and belongs to no letter."""
    opened, closing = "", set()
    for match in _QUOTE.finditer(text):
        if match["open"]:
            opened = match[0]
        elif opened and (match[0] == "'") == (opened == "'"):
            closing.add(match.start())
            opened = ""
    return frozenset(closing)


def _latin_word(word: str) -> str:
    small = word.lower()
    table = words().by_cyrillic
    stem = next((small[:length] for length in range(len(small), 2, -1) if small[:length] in table), "")
    if not stem:
        return _by_rule(word)
    rest = word[len(stem) :].removeprefix("ь").removeprefix("Ь")
    return _cased(table[stem].latin, word) + _by_rule(rest)


def _by_rule(word: str) -> str:
    """Return the Latin of a Cyrillic word by rule alone."""
    small = word.lower()
    pieces = (_latin_letter(small, place) for place in range(len(small)))
    return "".join(
        piece if word[place] == small[place] else _capital(piece, word, place) for place, piece in enumerate(pieces)
    )


def _latin_letter(word: str, place: int) -> str:
    """What stands in Latin for a letter of a Cyrillic word in small letters."""
    letter, before, after = word[place], word[max(place - 1, 0) : place], word[place + 1 : place + 2]
    if letter == "е":
        return "ye" if not before or before in _VOWELS or before in "ьъ" else "e"
    if letter == "ц":
        return _tse(before, after)
    if letter == "ю" and before in _HUSHING:
        return "u"
    if letter == "о" and before == "ь":
        return "yo"
    if letter == "ъ" and (before == "ў" or (before in _HARD and after in _IOTATED)):
        return ""
    if letter == "ҳ" and before == "с":
        return TUTUQ + "h"
    return _TO_LATIN.get(letter, letter)


def _tse(before: str, after: str) -> str:
    """ц: ts between vowels, s at the beginning, behind consonants and at the end (but -ец is -ets); цц is one."""
    if after == "ц":
        return ""
    return "ts" if before in ("ц", "е") or (before in _VOWELS and after) else "s"


def _capital(piece: str, word: str, place: int) -> str:
    """The Latin of a capital: SH among capitals, Sh before small letters and alone."""
    is_among = word[max(place - 1, 0) : place].isupper() or word[place + 1 : place + 2].isupper()
    return piece.upper() if is_among else piece.capitalize()


def _cyrillic_word(word: str) -> str:
    plain = _SIGNED.sub(TURNED, _SIGN.sub(TUTUQ, word.translate(_LATER)))
    small = plain.lower()
    if _FOREIGN.search(small.replace("ch", "")) or len(small) != len(plain):
        return word
    start = 0
    known = _known(small, plain[0].isupper())
    if known is None and (prefix := _PREFIX.match(small)):
        start = prefix.end()
        known = _known(small[start:], False)
    if known is None:
        return _cyrillic_letters(plain)
    end = start + len(known.latin)
    stem = known.cyrillic.removesuffix("ь") if plain[end:] else known.cyrillic
    return _cyrillic_letters(plain[:start]) + _cased(stem, plain[start:]) + _cyrillic_letters(plain[end:], known.latin)


def _known(word: str, is_name: bool) -> Word | None:
    """Return the longest of the words that a Latin word in small letters begins with."""
    table = words().by_latin
    for length in range(len(word), 1, -1):
        known = table.get(word[:length])
        if not known or (known.is_name and not is_name):
            continue
        if known.is_beginning or _SUFFIXES.fullmatch(word, length):
            return known
    return None


def _cyrillic_letters(word: str, before: str = "") -> str:
    """Return the Cyrillic of a Latin word by rule alone; `before` stands in front of it."""
    parts = []
    for match in _UNIT.finditer(_TSE.sub(lambda match: "Ц" if match[0][0].isupper() else "ц", word)):
        unit = match[0].lower()
        letter = _cyrillic_letter(unit, before[-2:])
        parts.append(letter.upper() if match[0][0].isupper() else letter)
        before = unit
    return "".join(parts)


def _cyrillic_letter(unit: str, before: str) -> str:
    """What stands in Cyrillic for a letter or a pair of letters, behind others."""
    is_open = not before or before[-1] in "aeiouцyʼ" or before == "o" + TURNED
    if unit == "e":
        return "э" if not before or before[-1] in "aoue" or before == "o" + TURNED else "е"
    if unit == "ye":
        return "е" if is_open else "ъе" if before == "b" else "ье"
    if unit == f"s{TUTUQ}h":
        return "сҳ"
    return _TO_CYRILLIC.get(unit, unit)


def _cased(small: str, pattern: str) -> str:
    """Return a small word with the capitals of another one."""
    if pattern[:2].isupper() and len(pattern) > 1:
        return small.upper()
    return small[0].upper() + small[1:] if pattern[:1].isupper() else small
