"""What a post says to tarjuma is spelled as tarjuma knows it.

A field of the front matter with a slip in its name (`descripton`) is not translated, and nobody notices. The same goes
for a word behind `l10n:` that is none of off, on, skip, keep, comment, context, no-mt: nothing happens. Other fields of
your own are fine; to have their texts translated, name them in `keys`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches
from itertools import product

from tarjuma.model import Problem, Severity
from tarjuma.survey import Fields, Site, Where, Word, problem
from tarjuma.syntax.directive import Verb

SEVERITY = Severity.WARNING

_LEAST = 5
"""Letters: shorter keys are like too many other words."""
_ALIKE = 0.88
_SWITCH = "translate"
"""The key that says whether a post is translated; it is no text itself."""
_VERBS = [verb.value for verb in Verb]


def check_site(site: Site) -> Iterator[Problem]:
    """Yield keys that look like a translated key, and unknown directives."""
    for fields in site.fields:
        yield from _of_fields(fields)
    for word in site.directives:
        near = get_close_matches(word.text, _VERBS, 1)
        if near:
            yield problem("l10n: {word} does nothing; did you mean {near}?", _values(word, near[0]), _where(word))
        else:
            yield problem("l10n: {word} does nothing: no directive is called so", _values(word, ""), _where(word))


def _of_fields(fields: Fields) -> Iterator[Problem]:
    typed = {word.text.lower() for word in fields.keys}
    there = set(map(_plain, typed))
    known = [key for key in (*fields.translated, _SWITCH) if not {".", "*", "!"} & set(key)]
    words = [word for word in fields.keys if len(word.text) >= _LEAST and word.text.lower() not in _lowered(known)]
    # where the right key stands there too, the other one is another field
    missing = [key for key in known if len(key) >= _LEAST and key.lower() not in typed]
    for word, key in product(words, missing):
        if _plain(word.text) == _plain(key):
            yield problem("the field {word} is not translated: write {near}", _values(word, key), _where(word))
        elif _plain(key) not in there and _is_slip(_plain(word.text), _plain(key)):
            yield _slipped(word, key)


def _slipped(word: Word, key: str) -> Problem:
    if key == _SWITCH:
        return problem("the field {word} does nothing; did you mean {near}?", _values(word, key), _where(word))
    return problem("the field {word} is not translated; did you mean {near}?", _values(word, key), _where(word))


def _lowered(keys: Iterable[str]) -> set[str]:
    return {key.lower() for key in keys}


def _values(word: Word, near: str) -> dict[str, str]:
    return {"word": word.text, "near": near}


def _where(word: Word) -> Where:
    return Where("front-matter", SEVERITY, word.path, line=word.line, place=(word.path, word.line))


def _plain(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "")


def _is_slip(typed: str, meant: str) -> bool:
    """Whether one letter is lost, doubled, wrong or in the wrong place; in long words nearly the same."""
    if typed in (meant + "s", meant.removesuffix("s")) or typed[-1:].isdigit():
        return False
    if len(typed) == len(meant):
        wrong = [at for at, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
        if len(wrong) == 1:
            return True
        first = wrong[0]
        return len(wrong) == 2 and wrong[1] == first + 1 and typed[first : first + 2] == meant[first : first + 2][::-1]
    longer, shorter = sorted((typed, meant), key=len, reverse=True)
    if len(longer) == len(shorter) + 1:
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    return len(meant) > 8 and SequenceMatcher(None, typed, meant, autojunk=False).ratio() >= _ALIKE
