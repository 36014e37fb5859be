"""A menu label has one access key where its source has one, before a letter.

`_File` or `&File`: the letter behind the mark opens the menu from the keyboard. Put one mark before a letter of your
translation, best before one that no other label of the menu has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.WARNING
FOLLOWS = ("untranslated-copy",)
GOOD = [("ru", "_Open", "_Открыть"), ("ru", "_src/main.rs_:", "_src/main.rs_:"), ("tg", "&Print", "&Чоп кардан")]
BAD = [
    ("ru", "_Open", "_От_крыть"),
    ("tg", "&Print", "Чоп кардан&"),
    ("uz", "_Open file", "Faylni ochish_"),
]

_LONGEST = 80
_UNDERSCORE = re.compile(r"(?<![\w_])_(?=[^\W\d_])(?![^\W_]*_)|(?<=[A-Za-z])(?<!_)_(?=[a-z]+(?![\w_.]))")
_AMPERSAND = re.compile(r"(?<![A-Z&])&(?=[^\W_])(?![#\w]+;)")
_NOISE = re.compile(
    r"%\([^()]*\)\w?|`[^`]*`|\{[^{}]*\}|\S*\w[./]\w\S*_\S*|\S*_\S*\w[./(]\w|https?:\S+|<[^<>]*>|&#?\w+;"
)


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield labels whose access key is doubled, lost or before no letter."""
    signs = pair.signs
    if ("_" not in pair.source.signs and "&" not in pair.source.signs) or len(pair.source.text) > _LONGEST or not signs:
        return
    source = _NOISE.sub(" ", pair.source.text)
    mark = _mark(source)
    if not mark:
        return
    target = _NOISE.sub(lambda match: " " * len(match[0]), pair.target.text)
    marks = [match.start() for match in re.finditer(r"&(?![#\w]+;)" if mark == "&" else "_", target)]
    dead = [place for place in marks if not target[place + 1 : place + 2].isalnum()]
    if dead:
        yield Found("the access key {mark} stands before no letter", {"mark": mark}, (dead[0], dead[0] + 1))
    elif len(marks) > 1:
        yield Found("there are {count} access keys", {"count": len(marks)}, (marks[1], marks[1] + 1))
    elif not marks:
        yield Found("the access key {mark} is missing", {"mark": mark})


def _mark(source: str) -> str:
    """The mark of a label: "_" or "&" when it stands once and before a letter, "" when the text is no label."""
    if "*" in source:
        return ""  # Markdown's emphasis, no label
    if source.count("_") == 1 and not _AMPERSAND.search(source) and (match := _UNDERSCORE.search(source)):
        return "" if _is_identifier(source, match.start()) else "_"
    if source.count("&") == 1 and "_" not in source and _AMPERSAND.search(source):
        return "&"
    return ""


def _is_identifier(source: str, place: int) -> bool:
    word = re.search(r"\w+\Z", source[:place])
    behind = re.match(r"_\w+", source[place:])
    return bool(word and behind and word[0].islower() and len(word[0]) > 2 and " " not in source.strip())
