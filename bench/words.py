"""Write `src/tarjuma/_english.txt`: English words that translators never leave as they are.

    python bench/words.py FOLDER

FOLDER is that of bench/trigrams.py: unpacked wheels of Django, Wagtail (BSD-3-Clause) and django-allauth (MIT). A word
is in the first line when fewer than 3 % of at least five translations into other scripts keep it, in the second line
when also none of at least four into the Latin script does.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import polib
from trigrams import CODE

OTHER = ("ru", "tg", "kk", "ky", "hy", "be", "uk", "ka", "bg", "mk", "sr", "mn", "tt")
LATIN = ("uz", "az", "ro", "tk", "tr")
WORD = re.compile(r"[A-Za-z]{2,}(?:['’][a-z]+)?")
OUT = Path(__file__).parents[1] / "src" / "tarjuma" / "_english.txt"


def main(folder: str) -> None:
    """Write the file."""
    seen, kept = counted(folder, OTHER)
    seen_latin, kept_latin = counted(folder, LATIN)
    words = sorted(word for word in seen if seen[word] >= 5 and kept[word] <= 0.03 * seen[word])
    everywhere = [word for word in words if seen_latin[word] >= 4 and not kept_latin[word]]
    head = "# Made by bench/words.py from catalogs of Django and Wagtail (BSD-3-Clause) and django-allauth (MIT)."
    OUT.write_text(f"{head}\n{' '.join(words)}\n{' '.join(everywhere)}\n", encoding="utf-8", newline="\n")


def counted(folder: str, codes: tuple[str, ...]) -> tuple[Counter[str], Counter[str]]:
    """Return in how many translations each word of the sources could have been kept, and in how many it was."""
    seen: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for code in codes:
        pairs = set()
        for path in sorted(Path(folder).rglob(f"locale/{code}/LC_MESSAGES/*.po")):
            for entry in polib.pofile(str(path)):
                if entry.translated() and not entry.obsolete and not entry.fuzzy:
                    pairs |= {(entry.msgid, target) for target in entry.msgstr_plural.values() or [entry.msgstr]}
        for source, target in pairs:
            there = words(target)
            for word in words(source):
                seen[word] += 1
                kept[word] += word in there
    return seen, kept


def words(text: str) -> set[str]:
    """Return the words of a text in lower case."""
    return {word.lower() for word in WORD.findall(CODE.sub(" ", text))}


if __name__ == "__main__":
    main(sys.argv[1])
