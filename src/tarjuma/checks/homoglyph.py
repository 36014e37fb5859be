"""No letter of another alphabet hides inside a word.

A Latin `o` in a Cyrillic word looks right and is found by no search, spell checker or screen reader; it comes from
keyboards, scanners and copies. Words that rightly mix alphabets, such as a name with an ending, are left alone.
`tarjuma check --fix` puts the letter of the word's own alphabet in its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from tarjuma import letters
from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.WARNING
FOLLOWS = ("mojibake",)
GOOD = [
    ("tg", "Read the PDF.", "PDF-ро хонед."),
    ("kk", "Copy the URL", "URLдың көшірмесін алу"),
    ("ka", "A site in HTML", "HTML-ის საიტი"),
]
BAD = [
    ("ru", "The school is open.", "Шкoла открыта."),
    ("uz", "The school is open.", "Mаktab ochiq."),
    ("hy", "The school is open.", "Դպրnցը բաց է։"),
    ("kk", "You and I", "Сiз бен біз"),
]

_RANGES = {name: letters.SCRIPTS[name].pattern[1:-1] for name in ("Latn", "Cyrl", "Grek", "Armn", "Geor")}
_MIXED = re.compile(
    "|".join(
        f"[{own}][\u0300-\u036f’'ʼ]*[{''.join(other for name, other in _RANGES.items() if name != script)}]"
        for script, own in _RANGES.items()
    )
)
_PIECE = re.compile(r"[^\W\d_](?:[\u0300-\u036f’'ʼ]*[^\W\d_])*")
_ALONE = re.compile(r"[\u0400-\u04ff,;—–] ([oOcCiaA])(?= [\u0400-\u04ff])")
_TURKIC = {"ӧ": "ө", "Ӧ": "Ө", "ӱ": "ү", "Ӱ": "Ү", "ӓ": "ә", "Ӓ": "Ә"}
_SINGLE = {"o": "о", "O": "О", "c": "с", "C": "С", "i": "і", "a": "а", "A": "А"}
"""Latin letters that are words of their own in Cyrillic languages: prepositions and conjunctions."""


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the words of the target that mix letters of two alphabets which look alike."""
    text = pair.target.text
    if text.isascii():
        return
    if _other_letter(pair.language.script).search(text) and _MIXED.search(text):
        yield from _mixed_words(pair)
    if pair.language.script == "Cyrl" and _ALONE.search(text):
        yield from _single_letters(pair)


@cache
def _other_letter(script: str) -> re.Pattern[str]:
    """Return what matches a letter of another script: no word of a text without one mixes two."""
    return re.compile(f"[{''.join(ranges for name, ranges in _RANGES.items() if name != script)}]")


def _mixed_words(pair: Pair) -> Iterator[Found]:
    known = frozenset(_PIECE.findall(pair.source.text))
    for match in _PIECE.finditer(pair.target.prose):
        word = match[0]
        if not _MIXED.search(word) or word in known or (right := _righted(word, pair, known)) == word:
            continue
        odd = "".join(letter for letter, other in zip(word, right, strict=False) if letter != other)
        alphabet = pair.language.letters + pair.language.letters.upper()
        is_certain = "\ufffd" not in right and (
            letters.script(right[0]) != pair.language.script or all(letter in alphabet for letter in right)
        )
        suggestion = right if is_certain else None
        values = {"word": word, "letters": " ".join(dict.fromkeys(odd))}
        yield Found("{word} mixes two alphabets: {letters}", values, match.span(), suggestion, is_certain)


def _righted(word: str, pair: Pair, known: frozenset[str]) -> str:
    """Return the word in one alphabet, U+FFFD for a letter without a look-alike; the word itself when it is right."""
    runs = _runs(word)
    script = pair.language.script
    if any(run in known and len(run) > 1 and name != script for name, run in runs):
        return word
    first, last = runs[0], runs[-1]
    if len(first[1]) > 1 and first[1].isupper() and word[len(first[1]) :].islower() and first[0] != script:
        return word  # an acronym with an ending
    sizes = Counter(name for name, run in runs for _ in run if name)
    for own in sorted(sizes, key=lambda each: (-sizes[each], each != script)):
        right = "".join(run if name in ("", own) else _translated(run, name, own) for name, run in runs)
        if "\ufffd" not in right:
            has_ending = own != script != "Latn" and last[0] == script and len(runs) == 2 and right not in known
            return word if has_ending else _in_alphabet(right, pair.language.letters)
    inner = [run for name, run in runs[1:-1] if name not in ("", script)]
    is_inside = first[0] == last[0] == script and all(len(run) <= 2 and run.islower() for run in inner)
    shortest = 4 if script in ("Latn", "Cyrl") else 2
    is_single = len(word) >= shortest and sizes[script] == len(word) - 1 and word.islower()
    if not is_inside and not is_single:
        return word
    return "".join(run if name in ("", script) else _translated(run, name, script) for name, run in runs)


def _in_alphabet(word: str, alphabet: str) -> str:
    """Return the word with letters of the alphabet for those that only look like them: ө for ӧ."""
    if "ө" not in alphabet:
        return word
    return "".join(letter if letter.lower() in alphabet else _TURKIC.get(letter, letter) for letter in word)


def _translated(run: str, script: str, own: str) -> str:
    table = letters.LOOKALIKES.get((script, own), {})
    return "".join(table.get(letter, "\ufffd" if letters.script(letter) else letter) for letter in run)


def _runs(word: str) -> list[tuple[str, str]]:
    """Return the word in pieces of one script each."""
    runs: list[tuple[str, str]] = []
    for letter in word:
        name = letters.script(letter)
        if runs and (name in ("", runs[-1][0])):
            runs[-1] = (runs[-1][0], runs[-1][1] + letter)
        else:
            runs.append((name, letter))
    return runs


def _single_letters(pair: Pair) -> Iterator[Found]:
    for match in _ALONE.finditer(pair.target.prose):
        letter, right = match[1], _SINGLE[match[1]]
        if right.lower() not in pair.language.letters:
            continue
        is_variable = re.search(rf"(?<![^\W_]){letter}(?![^\W_])", pair.source.text)
        if match[0][0] not in ",;—–" if letter in "aA" else letter != "i" and is_variable:
            continue
        yield Found("{word} is a letter of another alphabet", {"word": letter}, match.span(1), right, True)
