"""What a change means for translations: a site before it and after it, side by side. Pure.

Both sides are looked at as `tarjuma update` would leave them, so that it does not matter whether it has been run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from tarjuma.model import Entry, Identity, Key, State
from tarjuma.status import Tally, count
from tarjuma.syntax.words import words

Entries = Mapping[Identity, Entry]
"""The entries of a catalog that are in use."""


_words = lru_cache(maxsize=1 << 16)(words)


@dataclass(frozen=True, slots=True)
class View:
    """A post on one side of the comparison."""

    path: str
    digest: str
    """Of its bytes."""
    keys: tuple[Key, ...]
    """Its texts, in reading order; one that stands twice is there twice."""
    entries: Mapping[str, Entries]
    """Language code -> the catalog of the post; its keys are the languages that the post is translated into."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """Language code -> path of the localized file; none for templates."""
    least: Mapping[str, int] = field(default_factory=dict)
    """Language code -> percent of its words that must be reviewed before it is published."""

    def tally(self, code: str) -> Tally:
        """Return its numbers in a language."""
        return count(self.keys, self.entries.get(code, {}), _words)

    def is_complete(self, code: str) -> bool:
        """Say whether enough of it is reviewed in a language to be published."""
        return code in self.entries and self.tally(code).share >= self.least.get(code, 100)

    def states(self, code: str) -> Mapping[Identity, State]:
        """Return the state of each of its texts in a language; none where it is not translated into it."""
        if code not in self.entries:
            return {}
        entries = self.entries[code]
        return {key.identity: _state(entries.get(key.identity)) for key in self.keys}


def _state(entry: Entry | None) -> State:
    return State.UNTRANSLATED if entry is None or entry.is_obsolete else entry.state


class Fate(Enum):
    """What a change does to a localized page."""

    OUT_OF_DATE = "out of date"
    """It was complete and is not any more: the last complete version stays public."""
    COMPLETE = "complete"
    """It was not complete and is now: it will be published."""
    CHANGED = "changed"
    """Complete before and after, with another content."""
    WAITING = "waiting"
    """Not complete, neither before nor after."""
    GONE = "gone"
    """Its source is gone, or is not translated into this language any more."""


@dataclass(frozen=True, slots=True)
class Page:
    """A localized page that a change affects."""

    source: str
    language: str
    path: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class LanguageChange:
    """What a change means for the translators of one language, in words."""

    code: str
    opened: Mapping[State, int]
    """Words that were reviewed or were not there, and now need work: untranslated, draft, stale, unsure."""
    reviewed: int
    """Words that needed work, or are new, and are reviewed now."""
    left: int
    """Words of the whole site that need work now."""

    @property
    def total(self) -> int:
        """All words that the change asks to be worked on."""
        return sum(self.opened.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """A site after a change, beside what it was."""

    base: str
    """What it is compared with, as the reader knows it."""
    added: tuple[str, ...]
    """Paths of sources."""
    edited: tuple[str, ...]
    removed: tuple[str, ...]
    languages: tuple[LanguageChange, ...]
    pages: tuple[Page, ...]
    folder: str = ""
    """Path of the project in its repository: there may be several."""

    def affected(self, fate: Fate) -> tuple[Page, ...]:
        """Return the pages of one fate."""
        return tuple(page for page in self.pages if page.fate is fate)

    @property
    def is_empty(self) -> bool:
        """True when the change concerns neither sources nor translations."""
        return not (
            self.added or self.edited or self.removed or self.pages or any(each.total for each in self.languages)
        )


def compared(base: str, before: Iterable[View], after: Iterable[View]) -> Comparison:
    """Return what changed between two states of a site; a post that was renamed is the same post."""
    old, new = {view.path: view for view in before}, {view.path: view for view in after}
    moved = dict(_moved(old, new))
    pairs = [(old.get(path) or old.get(moved.get(path, "")), view) for path, view in new.items()]
    gone = [view for path, view in old.items() if path not in new and path not in moved.values()]
    codes = dict.fromkeys(code for view in new.values() for code in view.entries)
    pages = [page for was, now in pairs for page in _pages(was, now)]
    pages += [Page(view.path, code, path, Fate.GONE) for view in gone for code, path in view.pages.items()]
    return Comparison(
        base,
        added=tuple(now.path for was, now in pairs if was is None),
        edited=tuple(now.path for was, now in pairs if was and (was.digest, was.path) != (now.digest, now.path)),
        removed=tuple(view.path for view in gone),
        languages=tuple(_language(code, pairs) for code in codes),
        pages=tuple(sorted(pages, key=lambda page: (page.source, page.language))),
    )


def _moved(old: Mapping[str, View], new: Mapping[str, View]) -> Iterator[tuple[str, str]]:
    """Yield the new and the old path of posts that only changed their name."""
    lost = {view.keys: path for path, view in old.items() if path not in new and view.keys}
    for path, view in new.items():
        if path not in old and view.keys in lost:
            yield path, lost.pop(view.keys)


def _pages(was: View | None, now: View) -> Iterator[Page]:
    for code, path in now.pages.items():
        if was is None or _is_other(was, now, code):
            yield Page(now.path, code, path, _fate(bool(was and was.is_complete(code)), now.is_complete(code)))
    for code, path in was.pages.items() if was else ():
        if code not in now.pages:
            yield Page(now.path, code, path, Fate.GONE)


def _is_other(was: View, now: View, code: str) -> bool:
    """Say whether anything that a page is made from is another."""
    if was.digest != now.digest or code not in was.pages or was.pages[code] != now.pages[code]:
        return True
    return any(_text(was, key, code) != _text(now, key, code) for key in now.keys)


def _text(view: View, key: Key, code: str) -> tuple[State | None, str]:
    entry = view.entries.get(code, {}).get(key.identity)
    return (entry.state, entry.target if entry.state is State.REVIEWED else "") if entry else (None, "")


def _fate(was_complete: bool, is_complete: bool) -> Fate:
    if is_complete:
        return Fate.CHANGED if was_complete else Fate.COMPLETE
    return Fate.OUT_OF_DATE if was_complete else Fate.WAITING


def _language(code: str, pairs: Iterable[tuple[View | None, View]]) -> LanguageChange:
    opened: dict[State, int] = {}
    reviewed = left = 0
    for was, now in pairs:
        before, after = was.states(code) if was else {}, now.states(code)
        for key in now.keys if after else ():
            state, weight = after[key.identity], _words(key.text)
            was_reviewed = before.get(key.identity) is State.REVIEWED
            if state is State.REVIEWED:
                reviewed += 0 if was_reviewed else weight
                continue
            left += weight
            if was_reviewed or key.identity not in before:
                opened[state] = opened.get(state, 0) + weight
    return LanguageChange(code, opened, reviewed, left)
