"""A catalog keeps to one way of spelling where two are in use.

Uzbek oʻ and gʻ are typed with five different apostrophes, Belarusian has two orthographies, the apostrophe of
Ukrainian three code points. Each is right, a mixture is not: readers cannot search for a word that is spelt in two
ways. The finding names the rarer spelling; a project says which one it wants with `[languages.uz] orthography`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Catalog, Entry, Severity, State

SEVERITY = Severity.INFO
_HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {}\\n"\n\n'
GOOD = [
    ("uz", _HEADER.format("uz") + 'msgid "Village"\nmsgstr "Qishloq"\n\nmsgid "Son"\nmsgstr "Oʻgʻil"\n'),
]
BAD = [
    (
        "uz",
        _HEADER.format("uz")
        + 'msgid "Son"\nmsgstr "Oʻgʻil"\n\nmsgid "Lake"\nmsgstr "Koʻl"\n\nmsgid "Word"\nmsgstr "So\'z"\n',
    ),
    (
        "be",
        _HEADER.format("be") + 'msgid "Snow"\nmsgstr "снег і цень"\n\nmsgid "Song"\nmsgstr "песьня"\n\n'
        'msgid "Meaning"\nmsgstr "значэньне"\n\nmsgid "Today"\nmsgstr "сёння свята"\n',
    ),
]

_APOSTROPHES = {"'": "U+0027", "’": "U+2019", "ʼ": "U+02BC", "ʻ": "U+02BB", "‘": "U+2018", "`": "U+0060"}
_PLACES = {
    "uz": re.compile("(?<=[oOgG])['’ʼʻ‘`](?=[a-z])"),
    "uk": re.compile("(?<=[бпвмфркБПВМФРК])['’ʼ](?=[яюєїЯЮЄЇ])"),
    "be": re.compile("(?<=[а-яіўА-ЯІЎ])['’ʼ](?=[яюеёіЯЮЕЁІ])"),
}
_SOFT = re.compile("[зснц]ь(?:[зснцл])|(?:сьц|зьв|сьв|зьм|ньн)", re.IGNORECASE)
"""Taraškievica writes the soft sign between soft consonants: песьня, зьмяніць, значэньне."""
_HARD = re.compile("(?:с|з)(?=[вмнл][еёіюя])|нн(?=[еёіюя])", re.IGNORECASE)


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield the entries that are spelt as the smaller part of the catalog is."""
    code = context.language.code.partition("-")[0]
    if context.language.code == "uz-Cyrl" or code not in _PLACES:
        return
    entries = [entry for entry in catalog.entries if entry.state is State.REVIEWED]
    wanted = str(context.settings.get("orthography", ""))
    yield from _apostrophes(entries, code, wanted)
    if code == "be":
        yield from _spellings(entries, wanted)


def _apostrophes(entries: list[Entry], code: str, wanted: str) -> Iterator[Found]:
    found = [
        (entry, form, match)
        for entry in entries
        for form, target in enumerate(entry.targets)
        for match in _PLACES[code].finditer(target)
    ]
    counts = Counter(match[0] for _, _, match in found)
    if len(counts) < 2 and not wanted:
        return
    usual = next((sign for sign, name in _APOSTROPHES.items() if wanted in (sign, name)), "")
    usual = usual or max(counts, key=lambda sign: counts[sign], default="")
    told = set()
    for entry, form, match in found:
        if match[0] != usual and (entry.key, form) not in told:
            told.add((entry.key, form))
            values = {"name": _APOSTROPHES[match[0]], "usual": _APOSTROPHES[usual]}
            yield Found(
                "the apostrophe is {name}, elsewhere {usual}", values, match.span(), usual, entry=entry, form=form
            )


def _spellings(entries: list[Entry], wanted: str) -> Iterator[Found]:
    soft = [(entry, match) for entry in entries if (match := _SOFT.search(entry.target))]
    hard = [(entry, match) for entry in entries if (match := _HARD.search(entry.target))]
    if not soft or not hard:
        return
    is_soft_usual = wanted == "tarask" or (not wanted and len(soft) > len(hard))
    for entry, match in hard if is_soft_usual else soft:
        yield Found("the other of the two Belarusian orthographies", span=match.span(), entry=entry)
