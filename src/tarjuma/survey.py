"""A project as checks see it: what became of every post in every language, and what lies about without a source.

`project.survey` makes it; nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from tarjuma.model import Identity, Key, Problem, Severity, State
from tarjuma.status import STATES, PostStatus

Place = tuple[str, int]
"""Path and line of a source; 0 when only the path is known."""

TO_DO = tuple(state for state in STATES if state is not State.REVIEWED)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reviewed translation that compile would leave out."""

    key: Key
    target: str
    line: int
    """Of the catalog."""
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a reviewed translation to a page or file of the same site."""

    address: str
    key: Key
    target: str
    line: int
    """Of the catalog."""
    span: tuple[int, int]
    """Of the address in the target."""
    place: Place
    originals: tuple[str, ...] = ()
    """The addresses of the source text."""


@dataclass(frozen=True, slots=True)
class View:
    """One source in one language."""

    status: PostStatus
    catalog: str
    """Path of its PO file."""
    is_there: bool = False
    """True when a file stands at the place of its page."""
    is_recorded: bool = False
    """True when the manifest says that tarjuma wrote it."""
    refusals: tuple[Refusal, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def is_begun(self) -> bool:
        """True when somebody, or a machine, translated something of it."""
        messages = self.status.tally.messages
        return any(messages.get(state, 0) for state in STATES if state is not State.UNTRANSLATED)


@dataclass(frozen=True, slots=True)
class CatalogView:
    """A catalog beside the sources as they are now."""

    domain: str
    language: str
    path: str
    is_there: bool = True
    missing: int = 0
    """Texts of the sources that it lacks."""
    gone: int = 0
    """Live entries whose text is in no source."""


@dataclass(frozen=True, slots=True)
class StaleTemplate:
    """A template that is not what the sources say now."""

    domain: str
    path: str
    is_there: bool
    missing: int
    gone: int
    sources: tuple[str, ...]


class Kind(Enum):
    """What a file without a source is."""

    TEMPLATE = "template"
    CATALOG = "catalog"
    PAGE = "page"
    FOLDER = "folder"
    """Catalogs of a language that the project is not translated into."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A file that was made for a post which is gone."""

    kind: Kind
    path: str
    language: str = ""
    count: int = 1
    """Live entries of a catalog, catalogs of a folder."""
    is_edited: bool = False
    """True for a page that somebody edited after tarjuma wrote it."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a source that tarjuma looks at: a front-matter key, or what follows `l10n:`."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Fields:
    """The keys of one front matter."""

    keys: tuple[Word, ...]
    translated: tuple[str, ...]
    """Key paths whose values are translated."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A link to a part of a page: `about.md#install`."""

    address: str
    name: str
    """What stands behind `#`, without escapes."""
    form: str
    """How it stands in the post: a value of `publish.targets.Form`."""
    source: str
    """Path of the post."""
    line: int
    """Of the post; of the catalog for a translation."""
    catalog: str = ""
    """Of the translation that it stands in; "" for a post's own."""
    language: str = ""
    place: Place = ("", 0)
    key: Key | None = None
    target: str = ""
    span: tuple[int, int] | None = None
    """Of the address in the target."""
    goal: str = ""
    """Path of the source that it leads to."""


@dataclass(frozen=True, slots=True)
class FileLink:
    """A link to a picture or download, by a path that begins where the post is."""

    address: str
    form: str
    """How it stands in the post: a value of `publish.targets.Form`."""
    source: str
    """Path of the post."""
    line: int
    home: str
    """Address of the post, from the top of the site; "" when it is not known."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a post has for links to name."""

    path: str
    address: str
    """Of the post, from the top of the site; "" when it is not known."""
    names: frozenset[str] | None
    """Ids of its headings and elements; None where nobody knows them all."""
    links: tuple[Fragment, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What checks know about a project."""

    config: str
    """Name of the configuration file."""
    languages: tuple[str, ...]
    """Codes of the languages that were looked at."""
    views: tuple[View, ...] = ()
    catalogs: tuple[CatalogView, ...] = ()
    templates: tuple[StaleTemplate, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    fields: tuple[Fields, ...] = ()
    directives: tuple[Word, ...] = ()
    """Words behind `l10n:` that are no directive."""
    faults: tuple[Problem, ...] = ()
    """What is wrong with names and contents of sources, as the other stages tell it."""
    files: frozenset[str] = frozenset()
    """Paths of the files below the project; empty when no link asks for them."""
    names: frozenset[str] = frozenset()
    """Last parts of the addresses that sources give themselves (slug, url, aliases), in lower case."""
    fragments: tuple[Fragment, ...] = ()
    """Links to parts of sources."""
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Source -> what links can name in it; those of which nobody knows are left out."""
    missing: tuple[FileLink, ...] = ()
    """Links of posts to files that are not there."""
    places: Mapping[str, Mapping[Identity, Place]] = field(default_factory=dict)
    """Domain -> message -> where it stands in its source."""

    @property
    def begun(self) -> frozenset[str]:
        """Languages in which anything is translated."""
        return frozenset(view.status.language for view in self.views if view.is_begun)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What is left to do in one post and language: one line of a report."""

    path: str
    """Of the source."""
    language: str
    catalog: str
    messages: Mapping[State, int]
    words: Mapping[State, int]
    share: float
    """Percent of the words that are reviewed."""
    least: int
    """Percent that are needed to publish it."""
    is_begun: bool
    """False where nobody has translated anything into this language."""


def counts(site: Site) -> tuple[Unfinished, ...]:
    """Return a row for each post and language with entries that are untranslated, draft, stale or unsure."""
    begun = site.begun
    return tuple(
        Unfinished(
            view.status.path,
            view.status.language,
            view.catalog,
            {state: view.status.tally.messages.get(state, 0) for state in TO_DO},
            {state: view.status.tally.words.get(state, 0) for state in TO_DO},
            view.status.tally.share,
            view.status.least,
            view.status.language in begun,
        )
        for view in site.views
        if any(view.status.tally.messages.get(state, 0) for state in TO_DO)
    )


class Where(NamedTuple):
    """What a finding is about, and how much it weighs."""

    check: str
    severity: Severity
    path: str
    language: str = ""
    line: int = 1
    place: Place = ("", 0)
    key: Key | None = None
    target: str = ""
    span: tuple[int, int] | None = None


def problem(message: str, values: Mapping[str, object], where: Where) -> Problem:
    """Return a finding. `message` is English, `{name}` stands for a value; tarjuma's own catalog translates it."""
    texts = {name: str(value) for name, value in values.items()}
    return Problem(
        where.check,
        where.severity,
        where.path,
        message.format(**texts),
        line=where.line,
        language=where.language,
        span=where.span,
        key=where.key,
        target=where.target,
        place=where.place,
        template=message,
        values=tuple(texts.items()),
    )
