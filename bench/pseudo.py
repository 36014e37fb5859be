"""Pseudo-translation: the same for every tool, so that each compiles texts of the same kind."""

import re
import sys
from pathlib import Path

import polib

# Inline code, link targets and labels, tags, template code, and words that look like addresses or keys stay.
KEPT = r"`[^`]*`|\]\([^)]*\)|\[[^\]]*\]|<[^>]*>|\{[^}]*\}|^[\w-]+:|\S+[/\\_@.&:=#]\S+|^---.*$"
WORD = re.compile(rf"({KEPT})|([A-Za-z]{{3,}})", re.MULTILINE)
LETTERS = str.maketrans("aceopxyABCEHKMOPTXiunszr", "асеорхуАВСЕНКМОРТХíúñšžř")


def pseudo(text: str) -> str:
    """The text with foreign letters, about a third longer, its markup kept."""
    return WORD.sub(lambda match: match[1] or match[2].translate(LETTERS) + "ъ" * (len(match[2]) // 3), text)


def translate(path: Path) -> None:
    """Turn a template into a catalog, or fill a catalog: every entry gets a pseudo-translation."""
    catalog = polib.pofile(str(path), wrapwidth=0)
    catalog.metadata["Language"] = "ru"
    catalog.metadata_is_fuzzy = 0
    for entry in catalog:
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        entry.msgstr = pseudo(entry.msgid)
    path.unlink()
    catalog.save(str(path.with_suffix(".po")))


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        translate(Path(argument))
