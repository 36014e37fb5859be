"""A menu label has one access key where its source has one, before a letter.

`_File` or `&File`: the letter behind the mark opens the menu from the keyboard. Put one mark before a letter of your
translation, best before one that no other label of the menu has. Where a catalog leaves out one key in five, its
translators do without them, as is usual where the keyboard has other letters: then a missing key is only an info.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tarjuma.checks import Context, Found
from tarjuma.model import Catalog, Entry, Severity, State

SEVERITY = Severity.WARNING
FOLLOWS = ("untranslated-copy",)
GOOD = [
    ("ru", 'msgid "_Open"\nmsgstr "_Открыть"\n'),
    ("ru", 'msgid "_src/main.rs_:"\nmsgstr "_src/main.rs_:"\n'),
    ("tg", 'msgid "&Print"\nmsgstr "&Чоп кардан"\n'),
]
BAD = [
    ("ru", 'msgid "_Open"\nmsgstr "_От_крыть"\n'),
    ("tg", 'msgid "&Print"\nmsgstr "Чоп кардан&"\n'),
    ("uz", 'msgid "_Open file"\nmsgstr "Faylni ochish_"\n'),
    ("kk", 'msgid "_Open file"\nmsgstr "Файлды ашу"\n'),
]

HABIT, HABIT_SHARE = 2, 0.2
"""So many labels without a key, and such a share of all labels, are no slips."""
_LONGEST = 80
_UNDERSCORE = re.compile(r"(?<![\w_])_(?=[^\W\d_])(?![^\W_]*_)|(?<=[A-Za-z])(?<!_)_(?=[a-z]+(?![\w_.]))")
_AMPERSAND = re.compile(r"(?<![A-Z&])&(?=[^\W_])(?![#\w]+;)")
_NOISE = re.compile(
    r"%\([^()]*\)\w?|`[^`]*`|\{[^{}]*\}|\S*\w[./]\w\S*_\S*|\S*_\S*\w[./(]\w|https?:\S+|<[^<>]*>|&#?\w+;"
)


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield labels whose access key is doubled, lost or before no letter."""
    labels = [(entry, form, mark) for entry, form, mark in _labels(catalog)]
    lost = [label for label in labels if label[2] not in label[0].targets[label[1]]]
    is_habit = len(lost) >= max(HABIT, HABIT_SHARE * len(labels))
    for entry, form, mark in labels:
        if found := _slip(entry.targets[form], mark, is_habit):
            yield replace(found, entry=entry, form=form)


def _labels(catalog: Catalog) -> Iterator[tuple[Entry, int, str]]:
    """Yield each translated form of a label that has an access key, and its mark."""
    for entry in catalog.entries:
        text = entry.key.text
        if ("_" not in text and "&" not in text) or len(text) > _LONGEST or entry.state is not State.REVIEWED:
            continue
        if mark := _mark(_NOISE.sub(" ", text)):
            yield from ((entry, form, mark) for form, target in enumerate(entry.targets) if target != text)


def _slip(target: str, mark: str, is_habit: bool) -> Found | None:
    plain = _NOISE.sub(lambda match: " " * len(match[0]), target)
    marks = [match.start() for match in re.finditer(r"&(?![#\w]+;)" if mark == "&" else "_", plain)]
    dead = [place for place in marks if not plain[place + 1 : place + 2].isalnum()]
    if dead:
        return Found("the access key {mark} stands before no letter", {"mark": mark}, (dead[0], dead[0] + 1))
    if len(marks) > 1:
        return Found("there are {count} access keys", {"count": len(marks)}, (marks[1], marks[1] + 1))
    if marks:
        return None
    return Found("the access key {mark} is missing", {"mark": mark}, severity=Severity.INFO if is_habit else None)


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
