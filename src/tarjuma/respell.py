"""A translation in another script: its words by rule, all that is no word of the language as it stands.

Markup, code, addresses, placeholders and e-mail addresses stay; so do names in Latin letters that the source text has
too (Linux, GNU), Roman numerals, file names, words with digits, and what the glossary keeps. A suffix on such a name is
respelled: GNUning is GNUнинг. Words that the rule gets wrong stand in a file of exceptions.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from tarjuma import contacts, uzbek
from tarjuma.detect import common_words
from tarjuma.model import TRANSLATED_ATTRIBUTES, Problem, Severity
from tarjuma.scripts import Rule
from tarjuma.syntax import inline
from tarjuma.syntax.inline import Kind, Token

_CODE = frozenset({"code", "kbd", "samp", "var", "tt", "script", "style", "svg", "math", "pre"})
_CONTAINERS = (Kind.LINK_CLOSE, Kind.IMAGE_CLOSE)
_LINK_TITLE = re.compile(r"(?<=\s)(?P<quote>[\"'])(?P<title>.+)(?P=quote)(?=\s*\)\Z)", re.DOTALL)
_ATTRIBUTE = re.compile(r"(?<=\s)(?P<name>[\w:.-]+)\s*=\s*(?P<quote>[\"'])(?P<value>.*?)(?P=quote)", re.DOTALL)

_RUN = re.compile(r"[^\s()«»„“”\"<>|]+")
_EDGES = ".,;:!?…*_~[]{}'‘’-–—"
_ODD = re.compile(r"[A-Za-z]\d|[A-Za-z]_|_[A-Za-z]|[\\@#&=]\w|\d[A-Z]|://|[a-z][A-Z]|\A--?[A-Za-z]|\A[~./]+/\w")
"""What no word of a language has: mp3, snake_case, camelCase, #tag, --option, ./path."""
_FILE = re.compile(
    r"[\w-]+(?:\.[\w-]+)*\.(?:html?|md|txt|pdf|docx?|xlsx?|csv|json|ya?ml|toml|xml|po|pot|py|js|ts|css|sh|exe|zip|png"
    r"|jpe?g|svg|gif|mp[34]|com|org|net|io|dev|uz|ru|kz|tj|kg|info|edu|gov)",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ONE_NUMERAL = re.compile(r"\s*(?:[-–—]|asr|bob|qism|boʻlim|bosqich|jild|sinf|guruh|darajali)", re.IGNORECASE)
_SURNAME = re.compile(r"[A-Z]\w+(?:ov|ev|yev|ova|eva|yeva|iy|boyev|xon|jon)\Z")
_NO_VOWEL = re.compile(r"[^aeiouAEIOU]{2,}\Z")
_SUFFIXED = re.compile(rf"(?P<sign>[{uzbek.SIGNS}-]?)(?P<suffix>[a-z]\w*)\Z")
_SUFFIX = re.compile(
    r"(?:lar|i?ngiz|i?miz|i?m|s?i|ni(?:ng)?|[gkq]a(?:cha)?|da(?:n|gi)?|dek|day|cha|chi|li|lik|siz|mi|dir)+"
)
_SIGNED_SUFFIX = re.compile(rf"[{uzbek.SIGNS}-](?:{_SUFFIX.pattern})\Z")
_LOANS = """
admiral atom audio balet bank bar blog chat dekan diplomat direktor doktor dollar domen drama festival film forum foto
general global gramm grant internet kapital kod lord magistr material mentor metro milliard million mineral model modem
monitor motor opera panel park plan planet port portal printer professor radio region rektor robot rubl seminar sensor
sent server signal sport stadion start status student tanker test tonna tunnel video virus volt
"""
_BORROWED = frozenset(_LOANS.split())
"""Words that English has too, and that are no names at the beginning of a sentence."""


class Exceptions(NamedTuple):
    """Words that go another way than by rule."""

    words: Mapping[str, str]
    """Word in small letters, apostrophes as ', -> what stands for it."""
    beginnings: Mapping[str, str]
    """Beginning of a word -> what stands for it; the rest follows the rule."""


class Reading(NamedTuple):
    """Exceptions as they were read, and what is wrong with their file."""

    exceptions: Exceptions
    problems: tuple[Problem, ...] = ()


NONE = Exceptions({}, {})


@dataclass(frozen=True)
class Respelling:
    """How texts of one language come into another script."""

    rule: Rule
    exceptions: Exceptions = NONE
    kept: re.Pattern[str] = field(default_factory=lambda: re.compile(r"(?!)"))
    """Matches the terms that stay as they are."""
    names: frozenset[str] = frozenset()
    """Names that are words of the language, though the source may spell them alike: Berlin, Nepal."""

    def respelled(self, text: str, source: str) -> str:
        """Return a translation in the other script; `source` is the text that it translates."""
        tokens = inline.parse(text)
        originals = _originals(source)
        parts: list[str] = []
        prose = ""
        depth = 0
        for token in tokens:
            depth += _depth(token)
            sign = _as_sign(token)
            if not depth and (token.kind is Kind.TEXT or sign):
                prose += sign or token.text
                continue
            parts.append(self._prose(prose, originals))
            prose = ""
            parts.append(self._markup(token, originals))
        return "".join(parts) + self._prose(prose, originals)

    def _markup(self, token: Token, originals: frozenset[str]) -> str:
        """A token with the texts for readers in it respelled: titles of links, alternative texts."""
        if token.kind in _CONTAINERS:
            return _LINK_TITLE.sub(lambda match: self._within(match, "title", originals), token.text)
        if token.kind in (Kind.TAG_OPEN, Kind.TAG_VOID):
            return _ATTRIBUTE.sub(lambda match: self._attribute(match, originals), token.text)
        return token.text

    def _attribute(self, match: re.Match[str], originals: frozenset[str]) -> str:
        if match["name"].lower() not in TRANSLATED_ATTRIBUTES or match["value"].startswith("{"):
            return match[0]
        return self._within(match, "value", originals)

    def _within(self, match: re.Match[str], group: str, originals: frozenset[str]) -> str:
        start, end = (place - match.start() for place in match.span(group))
        return match[0][:start] + self._prose(match[group], originals) + match[0][end:]

    def _prose(self, text: str, originals: frozenset[str]) -> str:
        parts, cursor = [], 0
        for start, end, instead in self._spans(text, originals):
            if start >= cursor:
                parts += [self.rule(text[cursor:start]), instead]
                cursor = end
        return "".join(parts) + self.rule(text[cursor:])

    def _spans(self, text: str, originals: frozenset[str]) -> Iterator[tuple[int, int, str]]:
        """Yield what does not follow the rule, from left to right: where it stands, and what stands there then."""
        found = [(*match.span(), match[0]) for match in self.kept.finditer(text)]
        found += [(start, end, text[start:end]) for start, end in contacts.spans(text)]
        found += [(start, end, text[start:end]) for start, end in _things(text, originals)]
        for match in _WORD.finditer(text):
            if instead := self._exception(match[0]):
                found.append((match.start(), match.start() + instead[0], instead[1]))
            elif length := self._kept_letters(text, match, originals):
                found.append((match.start(), match.start() + length, match[0][:length]))
        yield from sorted(found, key=lambda span: (span[0], -span[1]))

    def _exception(self, word: str) -> tuple[int, str] | None:
        """How many letters of a word an exception covers, and what stands for them."""
        small = _plain(word)
        if small in self.exceptions.words:
            return len(word), _cased(self.exceptions.words[small], word)
        for length in range(len(small), 1, -1) if self.exceptions.beginnings else ():
            if small[:length] in self.exceptions.beginnings:
                return length, _cased(self.exceptions.beginnings[small[:length]], word)
        return None

    def _kept_letters(self, text: str, match: re.Match[str], originals: frozenset[str]) -> int:
        """How many letters of a word stay in Latin: all of a name, a name without its suffix, none of a word."""
        word = match[0]
        if not word.isascii() and not _LATIN.match(word):
            return 0
        if _ROMAN.fullmatch(word) and (len(word) > 1 or _ONE_NUMERAL.match(text, match.end())):
            return len(word)
        for length in range(len(word), 1, -1):
            part = word[:length]
            if part in originals and (length == len(word) or _has_suffix(word[length:])):
                return length if self._is_name(part, text, match) else 0
        return 0

    def _is_name(self, word: str, text: str, match: re.Match[str]) -> bool:
        """Whether a word that the source has too is a name that stays, not one that both languages borrowed."""
        if word.isupper() or _NO_VOWEL.match(word):
            return True
        if not word[0].isupper() or word in self.names or _is_common(word.lower()):
            return False
        before, after = text[: match.start()].split(" ")[-2:-1], text[match.end() :].split(" ")[1:2]
        people = [word, *before, *after] if text[match.end() : match.end() + 1] in ("", " ") else [word, *before]
        return not any(_SURNAME.match(each.rstrip(_EDGES)) for each in people)


_WORD = re.compile(rf"[^\W\d_]+(?:[{uzbek.SIGNS}]+[^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def read(source: bytes, path: str) -> Reading:
    """Return the exceptions in the bytes of a CSV file, and a problem for each line that cannot be used.

    A line is `word,replacement`; a star behind the word stands for anything (`instagram*,инстаграм`). A replacement
    that is the word keeps it as it is. Lines that begin with # say nothing.
    """
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Reading(NONE, (_problem(path, 1, "the file is not in UTF-8. Save it as CSV UTF-8"),))
    words: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    problems = []
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for row in rows:
        cells = [cell.strip() for cell in row]
        if (
            not any(cells)
            or cells[0].startswith("#")
            or [cell.lower() for cell in cells[:2]] == ["word", "replacement"]
        ):
            continue
        if len(cells) < 2 or not all(cells[:2]):
            message = "a line has two cells: the word, and what stands for it in the other script"
            problems.append(_problem(path, rows.line_num, message))
            continue
        table = beginnings if cells[0].endswith("*") else words
        table[_plain(cells[0].removesuffix("*"))] = cells[1].removesuffix("*")
    return Reading(Exceptions(words, beginnings), tuple(problems))


def kept_terms(terms: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of whole terms, the longest first; suffixes may follow without a sign between."""
    patterns = sorted({re.escape(term) for term in terms if term}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(patterns) + r")(?![A-Z\d])") if patterns else re.compile(r"(?!)")


@lru_cache(maxsize=256)
def _originals(source: str) -> frozenset[str]:
    return frozenset(_WORD.findall(source)) | frozenset(_RUN.findall(source))


def _depth(token: Token) -> int:
    if token.kind is Kind.TAG_OPEN:
        return int(inline.element(token) in _CODE)
    return -int(token.kind is Kind.TAG_CLOSE and inline.element(token) in _CODE)


def _as_sign(token: Token) -> str:
    """The apostrophe that an entity or an escape stands for, "" when it is none."""
    if token.kind is Kind.ENTITY:
        sign = html.unescape(token.text)
    elif token.kind is Kind.ESCAPE:
        sign = token.text[1:]
    else:
        return ""
    return sign if sign and sign in uzbek.SIGNS else ""


def _things(text: str, originals: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where paths, file names, options and other things between spaces stand that are no words."""
    for match in _RUN.finditer(text):
        run = match[0].strip(_EDGES) if not match[0].startswith("-") else match[0].rstrip(_EDGES)
        start = match.start() + match[0].index(run) if run else 0
        is_joined = any(sign in run for sign in "./:+-")
        if run and (_ODD.search(run) or _FILE.fullmatch(run) or (is_joined and run in originals)):
            cut = next((n for n in range(len(run), 1, -1) if run[:n] in originals and _has_suffix(run[n:])), 0)
            signed = _SIGNED_SUFFIX.search(run)
            yield start, start + (cut or (signed.start() if signed else len(run)))


def _is_common(word: str) -> bool:
    return word in _BORROWED or word in common_words("Cyrl")


def _has_suffix(rest: str) -> bool:
    match = _SUFFIXED.match(rest)
    return bool(match and _SUFFIX.fullmatch(match["suffix"]))


def _plain(word: str) -> str:
    return re.sub(f"[{uzbek.SIGNS}]", "'", word).lower()


def _cased(instead: str, word: str) -> str:
    if not instead.islower() or not word[:1].isupper():
        return instead
    return instead.upper() if word.isupper() and len(word) > 1 else instead[0].upper() + instead[1:]


def _problem(path: str, line: int, message: str) -> Problem:
    return Problem("exceptions", Severity.WARNING, path, message, line=line)
