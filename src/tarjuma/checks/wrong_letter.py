"""Every letter belongs to the language's alphabet.

Russian letters left in Tajik, letters of a neighbour's keyboard, ş and ţ with a cedilla in Romanian, code points of old
Tajik fonts, and texts typed without the letters of their own (н for ң, e for ə) look nearly right, but readers cannot
search them and screen readers spell them out. Names and words that stand in the source too are not judged. Type the
letters of the alphabet; what is certain is put right by `tarjuma check --fix`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import cast

from tarjuma import detect, letters
from tarjuma.checks import Context, Found
from tarjuma.model import Language, Severity
from tarjuma.pair import Pair, Word

SEVERITY = Severity.WARNING
FOLLOWS = ("wrong-language", "mojibake", "untranslated-copy", "mt-meta")
GOOD = [
    ("tg", "The children read a book.", "Кӯдакон китоб мехонанд."),
    ("uk", "The newspaper “Известия”", "Газета «Известия»"),
    ("ro", "The school in Brașov", "Școala din Brașov"),
]
BAD = [
    ("tg", "The children read a book.", "Бачаҳо китоб мехонанд, вале цирк ҳам ҳаст."),
    ("ro", "The school", "Şcoala"),
    ("tg", "The sun is warm.", "Офтоб гарм аст ва рўз дароз."),
    (
        "ky",
        "The children read a new book every day.",
        "Балдар учун жаны китеп кечээ келди, азыр окуй баштоого болот.",
    ),
]

SAFE: Mapping[str, Mapping[str, str]] = {
    "ro": dict(zip("şţŞŢ", "șțȘȚ", strict=True)),
    "tg": dict(zip("їўќњљѓЇЎЌЊЉЃ", "ӣӯқҳҷғӢӮҚҲҶҒ", strict=True)),
    "az": {"ǝ": "ə", "Ǝ": "Ə", "ș": "ş", "Ș": "Ş"},
    "tk": {"ș": "ş", "Ș": "Ş"},
}
"""Code points that are another letter's beyond doubt: cedillas, fonts from before Unicode, turned e."""
LIKELY: Mapping[str, Mapping[str, str]] = {
    "ro": dict(zip("ãǎÃǍ", "ăăĂĂ", strict=True)),
    "tk": dict(zip("ãÿñÃŸÑ", "äýňÄÝŇ", strict=True)),
    "az": {"ä": "ə", "Ä": "Ə", "w": "v"},
    "uz": {"w": "v"},
    "uk": {"ы": "и", "э": "е", "ё": "йо", "ъ": "ʼ", "ў": "у"},
    "be": {"и": "і", "щ": "шч", "ъ": "’", "И": "І", "Щ": "Шч", "ї": "і", "є": "е"},
    "ru": {"і": "и", "ї": "и", "є": "е", "ў": "у", "ґ": "г"},
    "kk": {"ї": "і", "ҳ": "һ", "ў": "ұ", "є": "э"},
    "ky": {"ұ": "ү", "ў": "ү", "і": "и"},
    "uz-Cyrl": {"ы": "и", "щ": "ш", "ӯ": "ў", "Ӯ": "Ў", "ҳ": "ҳ"},
}
"""What is probably meant; a person has to look."""
NAMES_ONLY = {"uz": "w", "az": "w"}
"""Letters of the Latin script that stand in names and foreign words only."""
GAIN = {"be": 6.5, "tk": 7.0, "uz-Cyrl": 8.0, "kk": 9.0, "az": 9.0, "tg": 9.5, "ky": 11.8, "uk": 11.8, "ro": 12.8}
"""How much better a text must fit the language without its own letters: right text never did in 30,000 messages."""
DENSE = frozenset({"az", "kk", "tk"})
"""Languages of which every published text of 40 letters has a letter of its own."""
EXPECTED = 1.2
"""How many of the missing letters a right text of that length has on average."""
EXPECTED_OF_SOME = 3.0
"""The same where others of its own letters are there."""
_MTAVRULI = re.compile("[\u1c90-\u1cbf]+")
_BESIDE = re.compile(r"[/_@\\]")
_PARTS = re.compile(r"[\u0300-\u0308\u030c\u0326\u0327](?<=[^\W\d_].)")


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the letters of the target that its alphabet lacks, and say when those of its own are missing."""
    language = pair.language
    code = detect.known(language.code)
    if not language.letters or code == "en":
        return
    text = pair.target.text
    outside = _outside(language.letters, language.script, NAMES_ONLY.get(code, ""))
    if outside.search(text) or (not text.isascii() and _PARTS.search(text)):
        yield from (told := list(_foreign(pair, code)))
        if told:
            return
    if code == "ka" and (found := _capitals(pair)):
        yield found
    if len(text) >= 20 and (found := _bare(pair, code)):
        yield found


def _foreign(pair: Pair, code: str) -> Iterator[Found]:
    outside = _outside(pair.language.letters, pair.language.script, NAMES_ONLY.get(code, ""))
    text = pair.target.text
    odd = [word for word in pair.target.words if outside.search(word.text) and word.text not in pair.source.text]
    wrong = [word for word in letters.strange(odd, pair.source.known) if not _is_name(word, text, code)]
    if wrong:
        yield _told(pair, code, wrong, outside)
    elif _PARTS.search(text) and (composed := _composed(text, pair.language)) != text:
        yield Found("letters are put together from two characters", suggestion=composed, is_safe=True)


def _capitals(pair: Pair) -> Found | None:
    """Return what is wrong with Georgian capitals: text has none, programs make them out of any letter."""
    match = _MTAVRULI.search(pair.target.text)
    if not match or re.search(r"\b[A-Z]{2,}\b", pair.source.text):
        return None
    return Found("Georgian text has no capital letters", span=match.span(), suggestion=match[0].lower())


def _told(pair: Pair, code: str, wrong: list[Word], outside: re.Pattern[str]) -> Found:
    text, (start, end) = pair.target.text, (wrong[0].start, wrong[-1].end)
    found = list(dict.fromkeys(letter for word in wrong for letter in outside.findall(word.text)))
    safe = SAFE.get(code, {})
    table: dict[str, str] = {**LIKELY.get(code, {}), **safe}
    values = {"letters": " ".join(found[:6]), "language": pair.language.name}
    suggestion = None
    if all(letter in table for letter in found):
        right = str.maketrans(cast(dict[str, str | int | None], table))
        spots = [text[each.start : each.end].translate(right) for each in wrong]
        suggestion, cursor = "", start
        for word, spot in zip(wrong, spots, strict=True):
            suggestion += text[cursor : word.start] + spot
            cursor = word.end
    is_safe = suggestion is not None and all(letter in safe for letter in found)
    return Found("{letters}: no letter of {language}", values, (start, end), suggestion, is_safe)


def _is_name(word: Word, text: str, code: str) -> bool:
    """True for a foreign name: a capital, and for Latin any letter but those that are certainly wrong."""
    if word.text.startswith(("web", "www", "wi")):
        return True
    if not word.text[0].isupper() or any(letter in SAFE.get(code, ()) for letter in word.text):
        return False
    if code == "tk" and "ã" in word.text.lower():
        return False
    is_quoted = bool(re.search(r"[«„“\"‘'(][^«„“\"»”]*$", text[: word.start])) and text[word.end :].find("»") >= 0
    return is_quoted or (code in ("az", "ro", "tk", "uz") and not word.text.isupper())


def _composed(text: str, language: Language) -> str:
    """Return the text with letters of the alphabet as one code point each; stress marks stay."""

    def one(match: re.Match[str]) -> str:
        letter = unicodedata.normalize("NFC", match[0])
        return letter if len(letter) == 1 and letter.lower() in language.letters else match[0]

    return re.sub(r"[^\W\d_][\u0300-\u036f]", one, text)


def _bare(pair: Pair, code: str) -> Found | None:
    """Return what is wrong with a text that lacks letters of its own which it should have by now."""
    own = detect.own_letters(code) if code else {}
    if not own:
        return None
    text = pair.target.text.lower()
    missing = frozenset(letter for letter in own if letter not in text)
    is_lacking = sum(own[letter] for letter in missing) * len(text) >= EXPECTED
    if not is_lacking and detect.bare_words(code).isdisjoint(word.text.lower() for word in pair.target.words):
        return None
    words = [
        word
        for word in letters.strange(pair.target.words, pair.source.known)
        if not _BESIDE.search(pair.target.text[max(word.start - 1, 0) : word.end + 1])
        and not (code == "az" and "I" in word.text)  # the capital of ı, to Python that of i
    ]
    bare = [word for word in words if word.text.lower() in detect.bare_words(code)]
    if 120 * len({word.text.lower() for word in bare}) > max(120, len(text)):
        words = bare
    elif not is_lacking or not _is_bare(words, code, missing, len(bare)):
        return None
    values = {
        "letters": " ".join(letter for letter in own if letter in missing or bare),
        "language": pair.language.name,
    }
    return Found("typed without the letters {letters}", values, (words[0].start, words[-1].end))


def _is_bare(words: list[Word], code: str, missing: frozenset[str], bare: int) -> bool:
    plain = " ".join(word.text for word in words)
    size = len(plain) - len(words) + 1
    own = detect.own_letters(code)
    share, whole = sum(own[letter] for letter in missing), sum(own.values())
    is_partial = len(missing) < len(own) and share < 0.99 * whole
    if size < 20 or size * share < (EXPECTED_OF_SOME if is_partial else EXPECTED):
        return False
    if is_partial and share < 0.6 * whole and not (code == "az" and "ə" in missing):
        return False
    fit = detect.Fit(plain)
    gain = fit.of_bare(code, missing) - fit.of(code)
    if gain > 0.13 * size and gain >= GAIN.get(code, 12.0) + (4 if is_partial else -4 if bare and code != "ro" else 0):
        return True
    return code in DENSE and not is_partial and size >= 40 and gain > 0.05 * size


@cache
def _outside(alphabet: str, script: str, names_only: str) -> re.Pattern[str]:
    """Return what matches a letter of the script that the alphabet lacks, or has for names only (lower case)."""
    ranges: dict[str, tuple[tuple[str, str], ...]] = {
        "Cyrl": (("\u0400", "\u052f"),),
        "Latn": (("À", "Ö"), ("Ø", "ö"), ("ø", "\u024f"), ("\u1e00", "\u1eff")),
        "Armn": (("\u0531", "\u0556"), ("\u0561", "\u0587")),
        "Geor": (("\u10a0", "\u10cf"), ("\u10f1", "\u10f5")),
    }
    here = {chr(code) for first, last in ranges.get(script, ()) for code in range(ord(first), ord(last) + 1)}
    if not here:  # a script whose letters nobody mistakes
        return re.compile(r"(?!)")
    known = alphabet + alphabet.upper() + ("İ" if "ı" in alphabet else "") + "\u0400\u040d\u0450\u045d"
    lacking = "".join(sorted(here - set(known))) + names_only
    return re.compile(f"[{lacking}]" if lacking else r"(?!)")
