"""A translation begins and ends with a space where its source does, and only there.

Such a space joins the text with what stands beside it on the page: without it "Details: " and the value after it run
together, with one too many there is a gap. `tarjuma check --fix` puts it right. Several stray spaces in one catalog
come from the translator's program and are an info each; a lost one always counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tarjuma.checks import Context, Found
from tarjuma.model import Catalog, Entry, Severity, State

SEVERITY = Severity.WARNING
FOLLOWS = ("empty", "newline")
GOOD = [
    ("ru", 'msgid "Details: "\nmsgstr "Подробности: "\n'),
    ("tg", 'msgid "The end. "\nmsgstr "Анҷом. "\n'),
    ("uz", 'msgid "A line\\n"\nmsgstr "Satr\\n"\n'),
]
BAD = [
    ("ru", 'msgid "Details: "\nmsgstr "Подробности:"\n'),
    ("ro", 'msgid "You may have lost it."\nmsgstr " Poate l-ați pierdut."\n'),
    ("kk", 'msgid "Name"\nmsgstr "Аты\u00a0"\n'),
    ("az", 'msgid " of the school"\nmsgstr "məktəbin"\n'),
]

STRAY = 2
"""So many stray spaces in one catalog are no slip."""
_HEAD, _TAIL = re.compile(r"[^\S\r\n]+"), re.compile(r"(?<=\S)[^\S\r\n]+\Z|(?<=\n)[^\S\r\n]+\Z")
_ENDED = re.compile(r"[.!?…։][\"'»”’)]*$")
_FRAGMENT = re.compile(r"[^\W\d_A-ZА-Я]+(?:\W+[\w%()]+)?[\W_]*")
"""One or two words that go on where another text ends, "rd copy)": what parts them is up to the language."""


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield spaces that were added to or lost from an end."""
    cases = [case for entry in catalog.entries for case in _cases(entry)]
    is_habit = sum(is_stray for is_stray, _ in cases) >= STRAY
    for is_stray, found in cases:
        yield replace(found, severity=Severity.INFO) if is_stray and is_habit else found


def _cases(entry: Entry) -> Iterator[tuple[bool, Found]]:
    """Yield for each form with other spaces whether they were added, and the finding."""
    for form, target in enumerate(entry.targets):
        source = entry.key.text if form == 0 else entry.key.plural or entry.key.text
        if not (source[:1].isspace() or source[-1:].isspace() or target[:1].isspace() or target[-1:].isspace()):
            continue
        if source.strip() and target.strip() and entry.state is State.REVIEWED:
            yield from _differences(source, target, entry, form)


def _differences(source: str, target: str, entry: Entry, form: int) -> Iterator[tuple[bool, Found]]:
    (head, tail), (first, last) = _edges(source), _edges(target)
    end = len(target) - len(last)
    severity = Severity.INFO if _FRAGMENT.fullmatch(source) else None
    if bool(head) != bool(first) and bool(tail) != bool(last):
        found = Found("spaces at both ends differ from the source")
        found = replace(found, suggestion=head + target[len(first) : end] + tail)
        yield False, replace(found, entry=entry, form=form, is_safe=True)
    elif bool(head) != bool(first):
        found = Found("a space at the beginning is missing") if head else Found("there is a space at the beginning")
        found = replace(found, span=(0, len(first)), suggestion=head, severity=severity)
        yield not head, replace(found, entry=entry, form=form, is_safe=True)
    elif bool(tail) != bool(last):
        found = Found("a space at the end is missing") if tail else Found("there is a space at the end")
        # Behind a full stop the source's own space is a slip that joins nothing.
        severity = Severity.INFO if tail and _ENDED.search(source.rstrip()) else severity
        found = replace(found, span=(end, len(target)), suggestion=tail, severity=severity)
        yield not tail, replace(found, entry=entry, form=form, is_safe=True)


def _edges(text: str) -> tuple[str, str]:
    """The white space at both ends that breaks no line."""
    head, tail = _HEAD.match(text), _TAIL.search(text)
    return head[0] if head else "", tail[0] if tail else ""
