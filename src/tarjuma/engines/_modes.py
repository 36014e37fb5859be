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
FAULTY = frozenset({("rus", "ukr"), ("rus", "bel")})
"""Pairs whose rules we mend. In others, no space between words may be meant (French l'eau)."""
_NAMELESS = re.compile(r'<out>\s*<lu>(?P<parts>\s*<clip pos="1" side="tl" part="a_vrb"/>.*?)</lu>\s*</out>', re.DOTALL)
_NAMED = """<out><chunk name="prtcpl" case="caseFirstWord"><tags><tag><lit-tag v="SA"/></tag></tags>
<lu><clip pos="1" side="tl" part="lemh"/>{}<clip pos="1" side="tl" part="lemq"/></lu></chunk></out>"""


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
    """Return transfer rules (XML) that lose nothing: versions 0.2.1 of bel-rus and of rus-ukr have three that do.

    One puts out two words without a space: «этот дом» came out as «цейдім», and what stood between the two words, a
    mask for instance, behind them. One puts out participles without their lemma, so that they vanish: «проект открыт»
    came out as «праект».
    """
    return _RULE.sub(lambda match: _spaced(_NAMELESS.sub(_named, match[0])), rules)


def _named(match: re.Match[str]) -> str:
    # no short participle says whether it is animate, and nothing is generated without
    return _NAMED.format(match["parts"].replace('<clip pos="1" side="tl" part="anim"/>', '<lit-tag v="an"/>'))


def _spaced(rule: str) -> str:
    blank = '<b pos="1"/>' if rule.count("<pattern-item") == 2 else "<b/>"
    return _GAP.sub(lambda match: match[0] + blank, rule)
