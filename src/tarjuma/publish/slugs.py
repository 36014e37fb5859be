"""Slugs: the last step of a page's address, made from its title.

Letters become ASCII by AnyAscii (ISC licence), the only one of those tried that reads all fourteen languages: Unidecode
writes қ as k' and ə as @, cyrtranslit knows no Armenian, Georgian or Kazakh. What a language writes otherwise than the
table stands in `_OWN`.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection, Mapping

from tarjuma.model import Language
from tarjuma.presets import Preset

LONGEST = 100
"""Characters; WordPress cuts addresses at 200 bytes, and a Cyrillic letter takes six when it is percent-encoded."""

_OWN: Mapping[str, Mapping[str, str]] = {
    # the Instruction on transliteration of 2007, and resolution 55 of Ukraine's cabinet of 2010: г is h
    "be": {"г": "h", "ґ": "g", "ў": "u", "ё": "io", "х": "kh"},
    "uk": {"г": "h", "ґ": "g", "и": "y", "ї": "i", "й": "i"},
    # BGN/PCGN 1981: ու is one letter, and the first letters of Yerevan and Vostan are said so
    "hy": {"ու": "u", r"\bե": "ye", r"\bո": "vo", "և": "ev", "ռ": "r"},
    "ru": {"ё": "yo"},
    "tg": {"ё": "yo", "ъ": ""},
    "az": {"ə": "e"},
    "de": {"ä": "ae", "ö": "oe", "ü": "ue"},
}
_APOSTROPHES = re.compile("['`\u2018\u2019\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u2032]")
_NOT_ASCII = re.compile(r"[^a-z0-9]+")
_DATED = re.compile(r"\d{4}-\d\d-\d\d-(?=.)")
_INDEXES = frozenset({"index", "_index", "contents"})


def slug(title: str, language: Language, way: str) -> str:
    """Return the slug of a title: `translit` in ASCII, `unicode` in the language's own letters, lower case.

    At most 100 characters, cut at a word; "" where nothing of the title is left.
    """
    text = _lower(unicodedata.normalize("NFC", title), language.code)
    if way == "unicode":
        kept = "".join(char if _is_letter(char) else " " for char in _APOSTROPHES.sub(_modifier, text))
        return _cut("-".join(kept.split()))
    return _cut(_NOT_ASCII.sub("-", _APOSTROPHES.sub("", _ascii(text, language.code))).strip("-"))


def unique(wanted: str, taken: Collection[str]) -> str:
    """Return the slug, with a number behind it where another page has it: `hello-2`."""
    found, number = wanted, 1
    while found and found in taken:
        number += 1
        end = f"-{number}"
        found = f"{wanted[: LONGEST - len(end)].rstrip('-')}{end}"
    return found


def of_source(fields: Mapping[str, object], path: str, preset: Preset | None) -> str:
    """Return the slug that the site generator gives a source post.

    It is that of its front matter. Else Pelican makes it of the title, and all others of the file: its stem, that of
    the folder for `index.md`, without the date before it. `path` is below the source root.
    """
    lowered = {key.lower(): value for key, value in fields.items()}
    own, title = lowered.get(preset.slug_field if preset else "slug"), lowered.get("title")
    if isinstance(own, str) and own.strip():
        return own.strip()
    if preset and preset.pelican and isinstance(title, str) and title.strip():
        return pelican(title)
    folder, name = posixpath.split(path)
    stem = posixpath.splitext(name)[0]
    if stem in _INDEXES:
        stem = posixpath.basename(folder) or stem
    return _DATED.sub("", stem)


def pelican(title: str) -> str:
    """Return the slug that Pelican makes of a title (`pelican.utils.slugify` with its usual settings)."""
    text = _table(unicodedata.normalize("NFKC", re.sub(r"<[^<>]*>", "", title)))
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip()).lower()


def _lower(text: str, code: str) -> str:
    if code == "az":
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower().replace("i\u0307", "i")


def _ascii(text: str, code: str) -> str:
    for pattern, written in _OWN.get(code.partition("-")[0], {}).items():
        text = re.sub(pattern, written, text)
    return _table(text).lower()


def _table(text: str) -> str:
    """The text in ASCII; the one place that knows the library."""
    from anyascii import anyascii

    return anyascii(text)


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"


def _modifier(match: re.Match[str]) -> str:
    """Apostrophes that are letters stay (oʻ of Uzbek), others go without a gap."""
    return match[0] if unicodedata.category(match[0]) == "Lm" else ""


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    head, _, last = text[: LONGEST + 1].rpartition("-")
    return head if head and last != text else text[:LONGEST]
