"""What people have translated already: the project's own reviewed text, and imported memories.

Settings: least (how alike two texts must be for one's translation to be a draft of the other, 0.95; 1 takes the very
text only), foreign (false leaves imported memories out).

It is given messages as they are, without masks, and answers only where it knows a translation. That of another text is
taken only when numbers, codes, negations and final marks agree, and no word is another one: a typo was mended, a
comma set, a word is spelled otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tarjuma import meaning, similar
from tarjuma.engines import Batch, FatalError, Request, Traits
from tarjuma.engines._local import local
from tarjuma.memory import Match, Memory, Origin
from tarjuma.model import Key
from tarjuma.protection.shape import shape, shape_of_source

NAME = "memory"
LEAST = 0.95
SPELLED_ALIKE = 0.8
"""How alike two spellings of a word are."""
ROOT = 3
"""Letters at the beginning of a word that its spellings share: `use` and `unused` differ there."""

_WORD = re.compile(r"\w+")
_LAST = re.compile(r"[\s*_`\"'»”’)\]]*\Z")


def engine(settings: Mapping[str, object], environment: Mapping[str, str]) -> Recalled:
    """Return the engine; `path`, the file of the memory, is set by the program itself. Raises ConfigError."""
    known = local(NAME, settings, ("least", "foreign", "path"))
    least = known.number("least", LEAST)
    if not 0.7 <= least <= 1:
        raise known.error("least must be a number from 0.7 to 1")
    foreign = settings.get("foreign", True)
    if not isinstance(foreign, bool):
        raise known.error("foreign must be true or false")
    path = known.text("path")
    if not path:
        raise FatalError("memory: there is no project to remember anything of")
    return Recalled(Memory(path), least, tuple(Origin) if foreign else (Origin.LIVE, Origin.OBSOLETE))


class Recalled:
    """The memory of a project as an engine."""

    def __init__(self, memory: Memory, least: float, origins: tuple[Origin, ...]) -> None:
        self._memory = memory
        self._least = least
        self._origins = origins
        version = f"{memory.state()} {least} {len(origins)}"
        self.traits = Traits(NAME, batch=Batch.ARRAY, masks=(), max_chars=1_000_000, max_texts=100, version=version)

    def route(self, source: str, target: str) -> tuple[str, str] | None:
        """Return the languages as they are; None when they are one."""
        return (source, target) if source != target else None

    def translate(self, requests: Sequence[Request], source: str, target: str) -> list[str]:
        """Return one text a request, "" where nobody knows a translation."""
        return [self._recalled(request.text, source, target) for request in requests]

    def close(self) -> None:
        """Let go of the file."""
        self._memory.close()

    def _recalled(self, text: str, source: str, target: str) -> str:
        found = self._memory.exact(text, source, target)
        if found and found.origin in self._origins and _is_whole(found.translation, text):
            return found.translation
        if self._least >= 1:
            return ""
        near = self._memory.near(text, source, target, least=self._least)
        fit = (match for match in near if match.origin in self._origins and is_fit(match, text, source))
        return next((match.translation for match in fit), "")


def is_fit(match: Match, text: str, source: str) -> bool:
    """Say whether the translation of a text that is near may be a draft of this one, as far as rules can tell."""
    if match.text == text:
        return _is_whole(match.translation, text)
    if meaning.changes(Key(None, match.text), Key(None, text), source):
        return False
    return _mark(match.text) == _mark(text) and _has_same_words(match.text, text) and _is_whole(match.translation, text)


def _is_whole(translation: str, text: str) -> bool:
    """Whether a translation has the codes of its text; an imported one may have lost them."""
    return shape(translation) == shape_of_source(text)


def _mark(text: str) -> str:
    """The sign that a text ends with, quotes and brackets left aside; "" for a letter."""
    last = _LAST.sub("", text)[-1:]
    return "" if last.isalnum() else last


def _has_same_words(one: str, other: str) -> bool:
    first, second = _WORD.findall(one.casefold()), _WORD.findall(other.casefold())
    return len(first) == len(second) and all(map(_is_spelling, first, second))


def _is_spelling(one: str, other: str) -> bool:
    return one == other or (one[:ROOT] == other[:ROOT] and similar.closeness(one, other) >= SPELLED_ALIKE)
