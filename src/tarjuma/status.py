"""How far a translation is: words and messages per state, and what became of the pages. Pure counting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from tarjuma.model import Entry, Identity, Key, State

STATES = (State.REVIEWED, State.DRAFT, State.STALE, State.UNSURE, State.UNTRANSLATED)
"""In the order of a table."""


class PageState(Enum):
    """What became of a localized file."""

    CURRENT = "current"
    """Published, and made from the source and the translations as they are."""
    OUT_OF_DATE = "out of date"
    """Published, but it stays at its last complete version until the translation is complete again."""
    READY = "ready"
    """Translated far enough; `tarjuma compile` would write it."""
    WAITING = "waiting"
    """Never published: not enough is reviewed."""
    EDITED = "edited"
    """Tarjuma wrote it, and somebody edited it by hand since."""
    FOREIGN = "foreign"
    """A file stands there that tarjuma did not write."""
    NONE = "none"
    """Templates have no pages of their own."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers per state."""

    words: Mapping[State, int] = field(default_factory=dict)
    messages: Mapping[State, int] = field(default_factory=dict)

    @property
    def total_words(self) -> int:
        """All words of the source."""
        return sum(self.words.values())

    @property
    def total_messages(self) -> int:
        """All messages."""
        return sum(self.messages.values())

    @property
    def share(self) -> float:
        """Percent of the words that are reviewed; of the messages where there are no words."""
        if self.total_words:
            return 100 * self.words.get(State.REVIEWED, 0) / self.total_words
        if self.total_messages:
            return 100 * self.messages.get(State.REVIEWED, 0) / self.total_messages
        return 100.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            {state: self.words.get(state, 0) + other.words.get(state, 0) for state in STATES},
            {state: self.messages.get(state, 0) + other.messages.get(state, 0) for state in STATES},
        )


@dataclass(frozen=True, slots=True)
class PostStatus:
    """One source in one language."""

    path: str
    language: str
    domain: str
    tally: Tally
    least: int
    """Percent below which it is not published."""
    page: PageState
    target: str
    """Path of the localized file, "" for templates."""


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """A project: every source in every language of its scope."""

    posts: tuple[PostStatus, ...]
    names: Mapping[str, str]
    """Language code -> its own name."""
    stale_templates: tuple[str, ...] = ()
    """Domains whose catalogs do not hold the sources as they are: `tarjuma update` is due."""
    orphans: tuple[str, ...] = ()
    """Files that we wrote and that nothing is compiled to any more."""

    def language(self, code: str) -> Tally:
        """Return the numbers of all posts of a language together."""
        return sum((post.tally for post in self.posts if post.language == code), Tally())

    def pages(self, code: str) -> Mapping[PageState, int]:
        """Return how many pages of a language are in which state."""
        states = [post.page for post in self.posts if post.language == code]
        return {state: states.count(state) for state in PageState}


def count(keys: Iterable[Key], entries: Mapping[Identity, Entry], words: Callable[[str], int]) -> Tally:
    """Return the numbers of one post: every place where a text stands counts, as a reader would count it.

    `entries` are found by context and text; a key without one is untranslated. `words` counts the words of a text.
    """
    word_counts = dict.fromkeys(STATES, 0)
    message_counts = dict.fromkeys(STATES, 0)
    for key in keys:
        entry = entries.get(key.identity)
        state = entry.state if entry else State.UNTRANSLATED
        if state is State.OBSOLETE:
            state = State.UNTRANSLATED
        word_counts[state] += words(key.text)
        message_counts[state] += 1
    return Tally(word_counts, message_counts)


@dataclass(frozen=True, slots=True)
class Image:
    """An image of some posts; paths are relative to the project."""

    path: str
    posts: tuple[str, ...]
    """Sources that show it, or link to it."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Language -> its own version."""
    languages: tuple[str, ...] = ()
    """Those that the posts are translated into."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Languages whose pages show the image of the source."""
        return tuple(code for code in self.languages if code not in self.versions)
