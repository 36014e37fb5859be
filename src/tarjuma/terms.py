"""What a glossary means for a draft: what stays as it is, what engines are told, what is written in full once a post.

Terms that are to be translated are not masked: a word put in by force stands in the wrong case in most languages. The
engines that take a glossary are told of them, and a check looks at the result.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from tarjuma import names
from tarjuma.glossary import Glossary, Term, folded
from tarjuma.pair import Text, source_text
from tarjuma.scripts import RULES

_IdT = TypeVar("_IdT", bound=Hashable)
_MASKED = ("keep", "expand-first")
_VARIANTS = re.compile(r"\s*[;|]\s*|\s+/\s+")
_NO_CAPITALS = re.compile(r"[ა-ჰ]{2,6}")
_POSSESSIVE = re.compile(r"['’ʼ]s?\Z")


def keep_spans(text: str, glossary: Glossary) -> tuple[tuple[int, int], ...]:
    """Return where terms stand that no engine may touch: code points, ascending and disjoint."""
    pattern = _masked(glossary)
    return tuple(match.span() for match in pattern.finditer(source_text(text).prose))


def terms_in(text: str, glossary: Glossary, source: str, target: str) -> tuple[tuple[str, str], ...]:
    """Return the terms that stand in a text with their translation, those of the glossary before CLDR's names.

    `source` and `target` are BCP 47 codes of the text and of its translation. A term to be transliterated has a
    translation by rule where its own language, or another one of the glossary, differs from the target by script only.
    """
    prose = source_text(text).prose
    found = {}
    for match in glossary.finder.finditer(prose):
        term = _term(match[0], glossary)
        if term and term.action not in _MASKED and (wanted := _wanted(term, source, target)):
            found[term.source] = wanted
    own = {folded(term.source) for term in glossary.terms}
    found |= {name: wanted for name, wanted in names.found(prose, source, target) if folded(name) not in own}
    return tuple(found.items())


def in_language(glossary: Glossary, language: str) -> Glossary:
    """Return the glossary as one whose terms are in another of its languages: for drafts made from a translation."""
    return Glossary(tuple(turned for term in glossary.terms if (turned := _turned(term, language))))


def first_uses(texts: Iterable[tuple[_IdT, str]], glossary: Glossary) -> Mapping[_IdT, tuple[Term, ...]]:
    """Return which text of a post is the first to use which term that is to be written in full there.

    `texts` are the post's texts in reading order, each with what it is known by. A text that has the full name
    already, "Commonwealth of Independent States (CIS)", needs nothing.
    """
    waiting = {term.source: term for term in glossary.terms if term.action == "expand-first"}
    uses: dict[_IdT, tuple[Term, ...]] = {}
    for identity, text in texts if waiting else ():
        prose = source_text(text).prose
        for source in [each for each in waiting if _whole(each).search(prose)]:
            term = waiting.pop(source)
            if not re.search(rf"\(\s*{re.escape(source)}\s*\)", prose):
                uses[identity] = (*uses.get(identity, ()), term)
    return uses


def abbreviation(term: Term, language: str) -> str:
    """Return the abbreviation of a name in a language: its own where the glossary has one, else that of the source."""
    return _names(term, language)[1] or term.source


def expanded(answer: str, term: Term, own: str, target: str) -> str:
    """Return a translation with the full name where its abbreviation stands for the first time: Full Name (ABC).

    `own` is the abbreviation as the translated text had it, and as it came back.
    """
    full, short = _names(term, target)
    text = abbreviated(answer, term, own, target)
    place = _whole(short or own).search(Text(text).prose) if full and full not in text else None
    return f"{text[: place.start()]}{full} ({place[0]}){text[place.end() :]}" if place else text


def abbreviated(answer: str, term: Term, own: str, target: str) -> str:
    """Return a translation with the abbreviation of its own language in place of that of the translated text."""
    wanted = _names(term, target)[1]
    places = list(_whole(own).finditer(Text(answer).prose)) if wanted and wanted != own else []
    for place in reversed(places):
        answer = answer[: place.start()] + wanted + answer[place.end() :]
    return answer


def _term(text: str, glossary: Glossary) -> Term | None:
    """The term that a match stands for: itself, or without the ending that made it plural."""
    plain = _POSSESSIVE.sub("", folded(text))
    ends = (plain, plain.removesuffix("s"), plain.removesuffix("es"), plain.removesuffix("ies") + "y")
    return next((glossary.by_source[end] for end in ends if end in glossary.by_source), None)


def _wanted(term: Term, source: str, target: str) -> str:
    wanted = _bare(term.targets.get(target, ""))
    return wanted or (_respelled(term, source, target) if term.action == "transliterate" else "")


def _respelled(term: Term, source: str, target: str) -> str:
    own = {**term.targets, source: term.source}
    spelled = (rule(_bare(own[code])) for (code, other), rule in RULES.items() if other == target and code in own)
    return next(spelled, "")


def _bare(cell: str) -> str:
    """The first of several translations, without the stars of the check."""
    return _VARIANTS.split(cell)[0].replace("*", "")


def _names(term: Term, language: str) -> tuple[str, str]:
    """The name in full and its abbreviation: `Full Name`, `ABC; Full Name` or `Full Name (ABC)`; "" for what is not
    there.
    """
    cell = term.targets.get(language, "").replace("*", "")
    names = [name for part in _VARIANTS.split(cell) for name in re.split(r"\s*[()]\s*", part) if name]
    full = max((name for name in names if not _is_abbreviation(name)), key=len, default="")
    return full, next((name for name in names if _is_abbreviation(name)), "")


def _is_abbreviation(name: str) -> bool:
    """True for one word with two capitals; Georgian has none in ordinary writing."""
    return " " not in name and (sum(map(str.isupper, name)) > 1 or bool(_NO_CAPITALS.fullmatch(name)))


def _turned(term: Term, language: str) -> Term | None:
    own = _bare(term.targets.get(language, ""))
    if term.action in _MASKED:
        own = term.source if term.action == "keep" else abbreviation(term, language)
    return Term(own, term.action, term.targets, term.forbidden, term.note) if own else None


@lru_cache(maxsize=512)
def _whole(source: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(source)}(?!\w)")


@lru_cache(maxsize=16)
def _masked_sources(sources: tuple[str, ...]) -> re.Pattern[str]:
    patterns = (r"\s+".join(map(re.escape, source.split())) for source in sorted(sources, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?!\w)") if sources else re.compile(r"(?!)")


def _masked(glossary: Glossary) -> re.Pattern[str]:
    return _masked_sources(tuple(term.source for term in glossary.terms if term.action in _MASKED))
