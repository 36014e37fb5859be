"""No part of the text was read in the wrong encoding.

`РџСЂРёРІРµС‚`, `Ã¶`, `Ïðèâåò`, question marks or � in the place of letters: a program mistook the encoding, and
readers see rubbish. What can be decoded is shown; otherwise paste the text again from where it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tarjuma import detect
from tarjuma.checks import Context, Found
from tarjuma.model import Language, Severity
from tarjuma.pair import Pair

SEVERITY = Severity.ERROR
GOOD = [
    ("uz-Cyrl", "List", "Рўйхат"),
    ("kk", "You", "Сіз"),
    ("ru", "What???", "Что???"),
    ("ro", "He said “yes”", "A spus „da”"),
]
BAD = [
    ("ru", "Hello", "РџСЂРёРІРµС‚"),
    ("hy", "name", "Õ¡Õ¶Õ¸Ö‚Õ¶"),
    ("az", "gold", "qÄ±zÄ±l"),
    ("ru", "Hello, world", "Ïðèâåò, ìèð"),
    ("tg", "My book", "Кито\ufffdи ман"),
    ("be", "This page is not here", "Гэтай старонкі ????? няма"),
]

CODECS = ("cp1251", "cp1252", "cp1254", "koi8-r", "cp866", "mac-roman", "mac-cyrillic", "cp437")
"""Encodings that UTF-8 is mistaken for."""
_BYTES = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5")
"""Encodings of Cyrillic that are mistaken for each other and for Latin-1."""
_LATIN_RUN = re.compile(r"[À-ÿ¸¨]{3,}")
_SWAPPED_SIGN = re.compile(r"[А-ЯЁ]{2}|[╨-╬ЏЋЌЉЊЃЂ]")
"""What every match of the next one has: found sooner."""
_SWAPPED_CASE = re.compile(r"(?<![^\W\d_])[а-яё][А-ЯЁ]{2,}(?![^\W\d_])|[а-яё][╨-╬]|[ЏЋЌЉЊЃЂ][а-яё]{2,}")
_LONE = re.compile(r"[^\W\d_]\?(?= [a-zа-яёăâîșțəıöüçğşäňýžіїєґўғқҳҷӣӯңөүұә])|(?:^|(?<= ))\?(?=[^\W\d_A-ZА-ЯЁ])")
_BOXES = re.compile("[□▯\ufffc]{2,}|(?<=[^\\W\\d_])[□▯](?=[^\\W\\d_])")
_MARKS = re.compile(r"\?{3,}|(?<=[^\W\d_])\?{1,3}(?=[^\W\d_A-ZА-ЯЁ])|(?<!\?)\?\?(?=[^\W\d_])|(?<=\s)\?\?(?=\s)")
_OLD_LATIN = re.compile(r"(?<=[^\W\d_])[þðºªÞÐ]|[þðºªÞÐ](?=[a-zăâî])")
"""ş ţ ğ ı of ISO 8859-9 and 8859-2 read as Latin-1."""
_CODES = re.compile(
    r"(?:\\u[0-9a-fA-F]{4}){2}|(?<=[^\W\d_])\\(?:u0[0-9a-fA-F]{3}|x[c-f][0-9a-f])"
    r"|\\(?:u0[0-9a-fA-F]{3}|x[c-f][0-9a-f])(?=[^\W\d_])|(?:=[CDE][0-9A-F](?:=[89AB][0-9A-F])+){2}|(?:&amp;#\d{3,4};){2}"
)
_PLAUSIBLE = re.compile(
    "[\u00a0-\u0259\u02bb\u02bc\u0400-\u052f\u0531-\u058a\u10a0-\u10ff\u2010-\u2027\u2030-\u203a\u2116\u20ac]+"
)


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the parts of the target that are text in another encoding than it was read in."""
    text = pair.target.text
    if not text.isascii():
        yield from _characters(pair, text)
        if _odd(pair.language.letters).search(text) and (found := next(_decoded(pair, text), None)):
            start, end, right = found
            if text[start:end] not in pair.source.text:
                yield Found("read in the wrong encoding, it says: {right}", {"right": right}, (start, end), right)
                return
        yield from _swapped(pair, text)
    if "?" in text:
        yield from _question_marks(pair, text)
    if "\\" in text or "=" in text or "&amp;#" in text:
        for match in _CODES.finditer(text):
            if match[0] not in pair.source.text:
                yield Found("codes stand in the place of letters", span=match.span())
                return


def _characters(pair: Pair, text: str) -> Iterator[Found]:
    if (
        ("□" in text or "▯" in text or "\ufffc" in text)
        and (match := _BOXES.search(text))
        and match[0] not in pair.source.text
    ):
        yield Found("boxes stand in the place of letters", span=match.span())
    place = text.find("\ufffd")
    if place >= 0 and "\ufffd" not in pair.source.text:
        end = place + len(text[place:]) - len(text[place:].lstrip("\ufffd"))
        yield Found("letters were lost when the text was read in the wrong encoding", span=(place, end))


def _decoded(pair: Pair, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the spans that are UTF-8 read as something else, and what they say."""
    for codec in CODECS:
        for match in _sequences(codec).finditer(text):
            right = _right(match[0], codec)
            if right and _is_meant(match[0], right, codec, pair.language):
                yield match.start(), match.end(), right


def _right(run: str, codec: str) -> str:
    table = _table(codec)
    try:
        right = bytes(table[character] for character in run).decode()
    except UnicodeDecodeError:
        return ""
    return right if _PLAUSIBLE.fullmatch(right) else ""


def _is_meant(run: str, right: str, codec: str, language: Language) -> bool:
    """A single pair may be real letters: Рў in Uzbek, Сі in Kazakh; a pair of Latin-1 with a sign hardly is."""
    if len(right) >= 2 or (language.script == "Latn" and right.lower() in language.letters + "ʻʼ"):
        return True
    if codec not in ("cp1252", "cp1254"):
        return len(run) == 3 and right in "–—‘’“”„…•№€"
    return not (run[0].isupper() and run[-1].isalpha()) or len(run) > 2


@cache
def _odd(alphabet: str) -> re.Pattern[str]:
    """Return what matches a character that a right text of the language hardly has: mojibake always has some."""
    usual = "".join(filter(str.isalpha, alphabet + alphabet.upper()))
    return re.compile(f"[^\\x00-\\x7f{usual}«»“”„’‘–—…№•\u00a0]")


@cache
def _table(codec: str) -> dict[str, int]:
    """Return character -> byte of an encoding of single bytes; bytes without a meaning stand for themselves."""
    table = {}
    for byte in range(128, 256):
        try:
            table[bytes([byte]).decode(codec)] = byte
        except UnicodeDecodeError:
            table[chr(byte)] = byte
    if codec in ("cp1252", "cp1254"):
        table |= {chr(byte): byte for byte in range(128, 160)}
    return table


@cache
def _sequences(codec: str) -> re.Pattern[str]:
    """Return what matches letters and punctuation of UTF-8 (two and three bytes) in an encoding."""

    def among(first: int, last: int) -> str:
        return "[" + "".join(re.escape(letter) for letter, byte in _table(codec).items() if first <= byte <= last) + "]"

    tail = among(0x80, 0xBF)
    long = f"{among(0xE1, 0xE1)}{among(0x82, 0x83)}{tail}|{among(0xE2, 0xE2)}{among(0x80, 0x84)}{tail}"
    return re.compile(f"(?:{among(0xC2, 0xDF)}{tail}|{long})+")


def _swapped(pair: Pair, text: str) -> Iterator[Found]:
    """Yield words in an encoding of Cyrillic that was read as another one or as Latin-1."""
    script = pair.language.script
    if script == "Latn":
        match = _OLD_LATIN.search(pair.target.prose)
        if match and match[0] not in pair.source.text:
            yield Found("{letter} stands for a letter of another encoding", {"letter": match[0]}, match.span())
        return
    for match in _LATIN_RUN.finditer(pair.target.prose):
        if match[0] not in pair.source.text and (script != "Cyrl" or _fits(match[0], "latin-1", pair)):
            yield Found("read in the wrong encoding", span=match.span())
            return
    if script != "Cyrl" or not _SWAPPED_SIGN.search(text):
        return
    if (match := _SWAPPED_CASE.search(text)) and match[0] not in pair.source.text:
        for codec in ("cp1251", "koi8-r"):
            if _fits(text, codec, pair):
                yield Found("read in the wrong encoding", span=match.span())
                return


def _fits(text: str, codec: str, pair: Pair) -> bool:
    """True when the text, taken for another encoding of Cyrillic, is far better language."""
    code = detect.known(pair.language.code) or "ru"
    now = max(detect.Fit(text).of(code), detect.Fit(text).of("ru"))
    raw = bytes(_table(codec).get(character, 0x3F) if character > "\x7f" else ord(character) for character in text)
    for other in _BYTES:
        if other != codec:
            fit = detect.Fit(raw.decode(other, "replace"))
            if max(fit.of(code), fit.of("ru")) > now + 6:
                return True
    return False


def _question_marks(pair: Pair, text: str) -> Iterator[Found]:
    source = pair.source.text
    if "?" not in source and (lone := _LONE.search(pair.target.prose)) and pair.language.script != "Armn":
        yield Found("question marks stand in the place of letters", span=(lone.end() - 1, lone.end()))
        return
    for match in _MARKS.finditer(pair.target.prose):
        if match[0] in source and (len(match[0]) > 1 or _MARKS.search(source)):
            continue
        if match[0].count("?") >= 3 and _is_shouted(text, match, source):
            continue
        yield Found("question marks stand in the place of letters", span=match.span())
        return


def _is_shouted(text: str, match: re.Match[str], source: str) -> bool:
    """True for `What???`: the marks end a sentence whose source ends in a question mark too."""
    before, after = text[: match.start()], text[match.end() :]
    return bool(before) and not before[-1].isspace() and "?" in source and (not after or after[0].isspace())
