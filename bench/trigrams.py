"""Write `src/tarjuma/_trigrams.txt` and `_bare.txt`: what three letters follow each other, what words need own letters.

    python bench/trigrams.py FOLDER

FOLDER holds unpacked wheels of Django, Wagtail (both BSD-3-Clause) and django-allauth (MIT): only their .po files are
read. Names of languages, countries, scripts, currencies and units come from CLDR through Babel (Unicode-3.0) and weigh
0.3 of running text. Cyrillic Uzbek, of which the three have none, is Latin Uzbek spelt in Cyrillic letters.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib
from babel import Locale

from tarjuma.detect import BARE, DATA, FLOOR, trigrams

LANGUAGES = ("ru", "tg", "kk", "ky", "uz", "uz-Cyrl", "az", "hy", "be", "ro", "tk", "uk", "ka", "en", "tr")
KEPT = 2000
"""Trigrams a language: 400 find 3 % fewer texts of 15 to 30 letters, 6000 no more."""
NAMES_WEIGH = 0.3
CODE = re.compile(
    r"<[^>]*>|`[^`]*`|%\(\w+\)\w|%\d*\$?['-]?[a-z]|%\d|\{[^}]*\}|https?://\S+|&\w+;|[_&](?=\w)|\S+@\S+|--?[a-z-]+\b"
)
WORD = re.compile(r"[^\W\d_]+(?:['’ʼʻ‘`][^\W\d_]+)*")
CLUSTERS = {"o'": "ў", "g'": "ғ", "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "ye": "е"}
LETTERS = dict(zip("abdefghijklmnopqrstuvxyzc'", "абдефгҳижклмнопқрстувхйзцъ", strict=True))


def main(folder: str) -> None:
    """Write both files."""
    head = "# Made by bench/trigrams.py from catalogs of Django and Wagtail (BSD-3-Clause) and django-allauth (MIT)."
    bare = [head] + [f"{code} {' '.join(bare_words(folder, code))}" for code in BARE]
    DATA.with_name("_bare.txt").write_text("\n".join(bare) + "\n", encoding="utf-8", newline="\n")
    lines = [
        "# Trigrams of words, by language, grouped by minus the logarithm of their share times 4.",
        "# Made by bench/trigrams.py from the catalogs of Django and Wagtail (BSD-3-Clause), django-allauth (MIT)",
        "# and names in CLDR (Unicode-3.0).",
    ]
    for code in LANGUAGES:
        counts = counted(folder, code)
        total = sum(counts.values())
        groups: dict[int, list[str]] = {}
        for gram, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:KEPT]:
            weight = round(-4 * math.log(count / total))
            if weight < -4 * FLOOR:
                groups.setdefault(weight, []).append(gram)
        lines += [f"{code} {weight} {''.join(sorted(grams))}" for weight, grams in sorted(groups.items())]
    DATA.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def counted(folder: str, code: str) -> Counter[str]:
    """Return how often each trigram stands in the texts of a language."""
    counts: Counter[str] = Counter()
    for text in set(running(folder, "uz" if code == "uz-Cyrl" else code)):
        counts.update(trigrams(cyrillic(text) if code == "uz-Cyrl" else text))
    named: Counter[str] = Counter()
    for text in names(code):
        named.update(trigrams(text))
    for gram, count in named.items():
        counts[gram] += count * NAMES_WEIGH
    return counts


def bare_words(folder: str, code: str) -> list[str]:
    """Return how words of a language look without its own letters, where no word of the language looks so.

    Endings are left out: Romanian comandă and comanda, Tajik корӣ and кори are both right.
    """
    words = {
        word
        for text in set(running(folder, "uz" if code == "uz-Cyrl" else code))
        for word in WORD.findall((cyrillic(text) if code == "uz-Cyrl" else text).replace("İ", "i").lower())
    }
    table = str.maketrans(dict(BARE[code]))
    return sorted(
        {
            bare
            for word in words
            if len(word) > 1 and (bare := word.translate(table)) not in words and bare[:-1] != word[:-1]
        }
    )


def running(folder: str, code: str) -> Iterator[str]:
    """Yield the translations (for English: the sources) of all catalogs, without code."""
    for path in sorted(Path(folder).rglob(f"locale/{'*' if code == 'en' else code}/LC_MESSAGES/*.po")):
        for entry in polib.pofile(str(path)):
            if entry.obsolete or entry.fuzzy or not entry.translated():
                continue
            if code == "en":
                yield CODE.sub(" ", entry.msgid)
                continue
            for target in entry.msgstr_plural.values() or [entry.msgstr]:
                if target != entry.msgid:
                    yield CODE.sub(" ", target)


def names(code: str) -> Iterator[str]:
    """Yield what CLDR calls things."""
    locale = Locale.parse(code, sep="-")
    for table in (locale.languages, locale.territories, locale.currencies, locale.scripts):
        yield from table.values()
    for wide in (locale.days, locale.months):
        for widths in wide.values():
            for each in widths.values():
                yield from each.values()


def cyrillic(text: str) -> str:
    """Return Latin Uzbek in the Cyrillic alphabet of 1940."""
    text = re.sub("[ʻʼ‘’`]", "'", text.lower())
    text = re.sub(r"\be", "э", text)
    for latin, letter in CLUSTERS.items():
        text = text.replace(latin, letter)
    return "".join(LETTERS.get(letter, letter) for letter in text)


if __name__ == "__main__":
    main(sys.argv[1])
