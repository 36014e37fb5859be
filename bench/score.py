"""How many edited messages got the right translation: score.py TRUTH.json CATALOG.po"""

import json
import sys
from pathlib import Path

import polib


def main(truth_file: str, catalog: str) -> None:
    made = json.loads(Path(truth_file).read_text("utf-8"))
    targets = {entry.msgid: entry.msgstr for entry in polib.pofile(catalog) if not entry.obsolete}
    wanted = {new: made["tr"][old] for new, old in made["truth"].items()}
    right = sum(targets.get(text) == target for text, target in wanted.items())
    wrong = sum(bool(targets.get(text)) and targets[text] != target for text, target in wanted.items())
    guessed = sum(bool(targets.get(text)) for text in made["new"])
    print(
        f"{right} of {len(wanted)} edited right, {wrong} wrong, {guessed} of {len(made['new'])} new ones given a guess"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
