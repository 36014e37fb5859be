"""Terms are translated as the glossary has them.

One thing has one name on a site: readers search for it, and a course called two ways looks like two courses. The
glossary's word may stand in any of its forms; a word with `*` stands for every word that begins so. Terms with the
action `keep` stand as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from tarjuma.checks import Context, Found
from tarjuma.glossary import Term, folded
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.WARNING
FOLLOWS = ("untranslated-copy", "wrong-language", "mojibake", "empty", "truncated")
_TERMS = (
    "source,action,ru,tg,forbidden\nscholarship,,стипендия,стипендия,ru:пособие\nCIS,,СНГ,ИДМ,tg:СНГ\nCICED,keep,,,\n"
)
GOOD = [
    ("ru", "All scholarships are paid.", "Все стипендии выплачены.", _TERMS),
    ("tg", "The CIS is old.", "ИДМ кӯҳна аст.", _TERMS),
    ("tg", "CICED’s report", "Ҳисоботи CICED-ро хонед", _TERMS),
    ("uk", "People wait for this seminar.", "Цього семінару чекають.", "source,uk\nseminar,семінар*\n"),
]
BAD = [
    ("ru", "All scholarships are paid.", "Все выплаты сделаны.", _TERMS),
    ("tg", "The CIS is old.", "СНГ кӯҳна аст.", _TERMS),
    ("ru", "A report of CICED", "Доклад СИСЕД", _TERMS),
    ("ro", "The credits are recognised.", "Punctele sunt recunoscute.", "source,ro\ncredit,credit*\n"),
]

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"[’'ʼʻ‘`\u0301\u00ad]")
_PARTED = re.compile(r"\s*[;|]\s*|\s+/\s+")
_SOUNDS = str.maketrans("ёўґ", "евг")
_VOWELS = re.compile("[аеёиоуыэюяіїєйьъәөүұӣӯaeiouyăâîəıöüäýაეიოუաեէըիոօւ]")
_VOICED = str.maketrans("пткқфсшkptqcșțsşçǧ", "бдгғвзжgbdgdzdzzjg")


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the terms whose translation the target lacks, and words that the glossary forbids."""
    glossary = context.glossary
    if not glossary.terms or pair.target.text == pair.source.text:
        return
    seen: set[str] = set()
    for match in glossary.finder.finditer(pair.source.prose):
        term = _term(match[0], glossary.by_source)
        if term and term.source not in seen:
            seen.add(term.source)
            yield from _judged(term, pair)


def _term(text: str, terms: Mapping[str, Term]) -> Term | None:
    """The term that a match in the source stands for: itself, or without the ending that made it plural."""
    plain = folded(_APOSTROPHES.sub("'", text)).removesuffix("'").removesuffix("'s")
    ends = (plain, plain.removesuffix("s"), plain.removesuffix("es"), plain.removesuffix("ies") + "y")
    return next((terms[end] for end in ends if end in terms), None)


def _judged(term: Term, pair: Pair) -> Iterator[Found]:
    code, target = pair.language.code, pair.target.prose
    for forbidden in term.forbidden.get(code, ()):
        if span := _place(forbidden, target):
            yield Found("the glossary forbids {word} for {term}", {"word": forbidden, "term": term.source}, span)
    wanted = term.source if term.action == "keep" else term.targets.get(code, "")
    if not wanted:
        return
    if term.action == "keep":
        is_there = unicodedata.normalize("NFC", wanted) in unicodedata.normalize("NFC", pair.target.text)
    else:
        choices = [*_PARTED.split(wanted), *([term.source] if term.action == "expand-first" else [])]
        is_there = any(_stands(choice, _words(target)) for choice in choices if choice)
    if not is_there:
        values = {"term": term.source, "wanted": wanted}
        yield Found("the glossary has {wanted} for {term}", values)


def _stands(choice: str, words: tuple[str, ...]) -> bool:
    """True when each word of a term stands in the text in one of its forms."""
    return all(any(_is_form(word, wanted) for word in words) for wanted in _wanted(choice))


@lru_cache(maxsize=4096)
def _wanted(choice: str) -> tuple[str, ...]:
    """The words of a term, folded, `*` kept; short ones (de, по, на) only where there are no others."""
    parts = [(match[0], choice[match.end() : match.end() + 1] == "*") for match in _WORD.finditer(_bare(choice))]
    long = [part for part in parts if len(part[0]) > 2] or parts
    return tuple(word + "*" * has_star for word, has_star in long)


def _is_form(word: str, wanted: str) -> bool:
    """True when a word of the text may be a form of a word of the glossary: they begin alike."""
    if wanted.endswith("*"):
        return word.startswith(wanted[:-1])
    length = len(wanted)
    least = length - 1 if length in (4, 5) else length - 2 if length == 6 else -(-length * 6 // 10)
    if word[: max(3, least)] == wanted[: max(3, least)]:
        return True
    consonants = _consonants(wanted)
    is_near = len(word) <= length + (6 if len(consonants) > 2 else 2)
    return len(consonants) > 1 and is_near and word[0] == wanted[0] and _consonants(word).startswith(consonants)


@lru_cache(maxsize=8192)
def _consonants(word: str) -> str:
    """What stays when the last vowel goes or changes and the last sound softens: день - дня, школа - шкіл, мектеп -
    мектебі, școală - școli, დღე - დღის.
    """
    return _VOWELS.sub("", word).translate(_VOICED)


@lru_cache(maxsize=2048)
def _words(prose: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_WORD.findall(_bare(prose))))


def _bare(text: str) -> str:
    """Lower case, composed, without apostrophes: oʻquvchi is oquvchi, however its sign is typed."""
    return _APOSTROPHES.sub("", unicodedata.normalize("NFC", text).lower()).translate(_SOUNDS)


def _place(word: str, prose: str) -> tuple[int, int] | None:
    parts = [re.escape(part.rstrip("*")) + r"\w*" for part in word.split()]
    match = re.search(r"(?<!\w)" + r"\s+".join(parts), prose, re.IGNORECASE) if parts else None
    return match.span() if match else None
