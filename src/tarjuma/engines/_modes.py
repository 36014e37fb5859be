"""Modes of Apertium: which programs translate a pair of languages, and in what order.

An installed pair says so in `modes/rus-bel.mode`, a line for the shell: programs with `|` between them, and `$1` and
`$2` where options stand. We start the programs ourselves, each with `-z` (answer at every NUL and go on), so that they
are started once and no shell is needed.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

_RULE = re.compile(r"<rule\b.*?</rule>", re.DOTALL)
_BETWEEN = r"(?:\s|<!--.*?-->)*"
_GAP = re.compile(rf"</lu>(?={_BETWEEN}<lu>)|</chunk>(?={_BETWEEN}<chunk\b)", re.DOTALL)
GLUING = frozenset({("rus", "ukr"), ("rus", "bel")})
"""Pairs that have rules without a space between words; in other pairs it may be meant (French l'eau)."""


def commands(mode: str) -> list[list[str]]:
    """Return the programs of a mode with their arguments.

    `-n` leaves out the marks of unknown words. The tagger gives way to the first reading that the grammar leaves:
    it crashes on any ambiguous word behind `cg-proc` (apertium issue 223), and the pipe then prints nothing.
    """
    found: list[list[str]] = []
    for part in mode.strip().split("|"):
        words = ["-n" if word == "$1" else word for word in shlex.split(part) if word != "$2"]
        if not words:
            return []
        if words[0] == "apertium-tagger" and found and found[-1][0] == "cg-proc":
            found[-1][2:2] = ["-1", "-n"]
            continue
        found.append([words[0], "-z", *words[1:]])
    return found


def files(programs: list[list[str]]) -> Iterator[Path]:
    """Yield the files that programs read."""
    return (Path(word) for program in programs for word in program[1:] if word.startswith("/"))


def mended(rules: str) -> str:
    """Return transfer rules (XML) in which a space stands between any two words that a rule puts out.

    A rule of apertium-rus-ukr 0.2.1 has none: «этот дом» comes out as «цейдім», and what stood between the two words,
    a mask for instance, behind them.
    """
    return _RULE.sub(lambda match: _spaced(match[0]), rules)


def _spaced(rule: str) -> str:
    blank = '<b pos="1"/>' if rule.count("<pattern-item") == 2 else "<b/>"
    return _GAP.sub(lambda match: match[0] + blank, rule)
