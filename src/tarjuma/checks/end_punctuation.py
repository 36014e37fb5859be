"""A translation ends with the mark its source ends with: full stop, question mark, colon ...

A lost question mark turns a question into a statement, a lost colon tears a list from its introduction. Each language
has its own marks: ։ and ՞ in Armenian, … is as good as three dots, an abbreviation needs no second dot. Where a catalog
leaves marks out again and again, that is a habit of its translators, and all but lost questions are only an info.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from tarjuma import sentences
from tarjuma.checks import Context, Found
from tarjuma.model import Catalog, Entry, Severity
from tarjuma.pair import Pair
from tarjuma.sentences import Final, Mark

SEVERITY = Severity.WARNING
FOLLOWS = ("empty", "untranslated-copy", "mojibake", "mt-garbage", "mt-meta", "injection")
GOOD = [
    ("hy", 'msgid "Do you want to delete it?"\nmsgstr "Ցանկանո՞ւմ եք ջնջել այն"\n'),
    ("hy", 'msgid "The folder was saved."\nmsgstr "Պանակը պահպանվեց։"\n'),
    ("ru", 'msgid "The school was opened in 1998"\nmsgstr "Школа открыта в 1998 г."\n'),
    ("uk", 'msgid "Loading the page…"\nmsgstr "Завантаження сторінки..."\n'),
    ("ky", 'msgid "Read “the report.”"\nmsgstr "«Отчётту» окуңуз."\n'),
    ("ka", 'msgid "Open it at 6 p.m."\nmsgstr "გახსენით 18 სთ-ზე"\n'),
]
BAD = [
    ("ro", 'msgid "Do you want to replace it?"\nmsgstr "Doriți să îl înlocuiți."\n'),
    ("tg", 'msgid "There was a problem with the network."\nmsgstr "Дар шабака мушкилӣ ба вуҷуд омад"\n'),
    ("hy", 'msgid "The folder was saved to disk."\nmsgstr "Պանակը պահպանվեց սկավառակում:"\n'),
    ("kk", 'msgid "The school offers the following:"\nmsgstr "Мектеп мыналарды ұсынады"\n'),
]

HABIT, HABIT_SHARE = 3, 0.05
"""Three texts, and one in twenty: marks that end otherwise are a habit of the catalog."""
_DOTS = re.compile(r"\.\.\.|…")
_PLAIN = ".?!:…"
_LEAST_WORDS = {Mark.COLON: 1, Mark.ELLIPSIS: 2}
"""Words of a source whose mark is more than a habit of labels; three for all other marks."""
_ACCELERATOR = re.compile(r"[&_](?=\w)")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"(?:://\w|www\.\w|\w@\w)\S*[\w/]$|[@/+_=#-]{2,}$|`$")


class _Case(NamedTuple):
    entry: Entry
    form: int
    wanted: Final
    there: Final


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield final marks that differ from the source."""
    cases: list[_Case] = []
    marked = 0
    for entry in catalog.entries:
        if entry.is_fuzzy or entry.is_obsolete or not entry.is_translated:
            continue
        for form, target in enumerate(entry.targets):
            source = entry.key.text if form == 0 else entry.key.plural or entry.key.text
            marked += not source[-1:].isalnum()
            if not _is_alike(source[-2:], target[-2:]):
                cases += _cases(Pair(entry, form, context.language), context)
    others = sum(case.wanted.mark not in (Mark.NONE, Mark.QUESTION) for case in cases)
    is_habit = others >= max(HABIT, HABIT_SHARE * marked)
    for case in cases:
        yield _told(case, context.language.code, is_habit)


def _is_alike(source: str, target: str) -> bool:
    """True when the last two characters show already that both texts end alike."""
    if source[-1:].isalnum() and target[-1:].isalnum():
        return True
    return source[-1:] == target[-1:] and source[-1:] in _PLAIN and source[:1].isalnum() and target[:1].isalnum()


def _cases(pair: Pair, context: Context) -> Iterator[_Case]:
    wanted, there = sentences.final(pair.source), sentences.final(pair.target)
    if wanted.mark is not there.mark and _differs(pair, wanted, there, context):
        yield _Case(pair.entry, pair.form, wanted, there)


def _differs(pair: Pair, wanted: Final, there: Final, context: Context) -> bool:
    source, target = pair.source.text, pair.target.text
    if target == source or sentences.is_abbreviation(source, wanted, context.source_language.code):
        return False
    if wanted.mark is Mark.NONE and sentences.is_abbreviation(target, there, pair.language.code):
        return False
    if there.mark is Mark.ELLIPSIS and _DOTS.search(source):
        return False
    if wanted.mark is Mark.ELLIPSIS and source[wanted.start - 1 : wanted.start] == " " and _DOTS.search(target):
        return False  # the sign itself is meant: "three dots stand for …"
    if pair.language.code != "hy":
        return True
    if wanted.mark is Mark.QUESTION:
        return "՞" not in target
    if wanted.mark is Mark.EXCLAMATION:
        return "՜" not in target and there.mark is not Mark.STOP
    # ՝ and the dot are what a colon is elsewhere.
    return not (wanted.mark is Mark.COLON and there.mark is Mark.STOP)


def _told(case: _Case, language: str, is_habit: bool) -> Found:
    wanted, there = case.wanted, case.there
    target = case.entry.targets[case.form]
    found = _found(wanted, there, target, language)
    severity = None if found.is_safe else _severity(case, target, is_habit)
    return replace(found, span=(there.start, there.end), entry=case.entry, form=case.form, severity=severity)


def _found(wanted: Final, there: Final, target: str, language: str) -> Found:
    if language == "hy" and wanted.mark is Mark.STOP and target[there.start : there.end] == ":":
        return Found("a colon stands where ։ ends the sentence", suggestion="։", is_safe=True)
    values = {"wanted": wanted.mark.value, "found": there.mark.value}
    if wanted.mark is Mark.NONE:
        return Found("{found} at the end, the source has none", values)
    if there.mark is Mark.NONE:
        return Found("{wanted} is missing at the end", values, suggestion=_sign(wanted.mark, language))
    return Found("{found} at the end where the source has {wanted}", values)


def _severity(case: _Case, target: str, is_habit: bool) -> Severity:
    """Warning for what a reader would call wrong: a question lost, a sentence or an introduction without its end."""
    wanted, there = case.wanted.mark, case.there.mark
    if wanted is Mark.NONE:
        is_heading = any(note.startswith(("heading", "title")) for note in case.entry.message.notes[:1])
        return Severity.WARNING if is_heading and there is Mark.STOP else Severity.INFO
    if wanted is Mark.QUESTION:
        return Severity.WARNING
    if wanted in (Mark.COMMA, Mark.SEMICOLON, Mark.DASH, Mark.OPENING):
        return Severity.INFO
    is_short = len(_WORDS.findall(_ACCELERATOR.sub("", case.entry.key.text))) < _LEAST_WORDS.get(wanted, 3)
    if is_short or is_habit or (there is Mark.NONE and _ADDRESS.search(target)):
        return Severity.INFO
    return Severity.WARNING


def _sign(mark: Mark, language: str) -> str:
    if language == "hy" and mark is Mark.STOP:
        return "։"
    return {Mark.STOP: ".", Mark.QUESTION: "?", Mark.EXCLAMATION: "!", Mark.COLON: ":", Mark.ELLIPSIS: "…"}.get(
        mark, ""
    )
