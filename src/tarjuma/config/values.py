"""What a configuration says, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any

from tarjuma import keypath
from tarjuma.mapping import Rule, matches, with_options
from tarjuma.model import Language, Options, Severity
from tarjuma.presets import Action, Kind, Preset

DATA = frozenset({"yaml", "json", "toml"})
"""Formats of data files: menus, tables of UI texts."""


class Domain(Enum):
    """What one catalog holds."""

    FILE = "file"
    FOLDER = "folder"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Root:
    """A folder of posts in one source language."""

    folder: str
    """Relative to the project, with `/`, without a trailing one; "" is the project itself."""
    language: str
    languages: tuple[str, ...]
    """Into which its posts are translated."""
    output: str
    """Path template of the localized files."""
    prefix: str = ""
    """Put before the domains of this root, so that two roots may hold files of one name."""
    preset: Preset | None = field(default=None, compare=False)
    """The site generator that its localized files are for; it says how languages are spelled in paths."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Posts that are translated into some languages only, or only from a date on."""

    paths: tuple[str, ...]
    languages: tuple[str, ...] | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Ignore:
    """Findings that the project does not want to hear of; an empty field stands for all."""

    checks: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    paths: tuple[str, ...] = ()
    """Patterns of posts or catalogs."""
    texts: tuple[str, ...] = ()
    """Patterns of source texts: `*` stands for any characters."""
    line: int = 0
    """Where it stands in the configuration."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What some posts must reach; None where it says nothing."""

    paths: tuple[str, ...]
    languages: frozenset[str] = frozenset()
    """Empty: all."""
    minimum: int | None = None
    """Percent of a post's words that must be reviewed."""
    fail_on: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Checks:
    """What the project wants of `tarjuma check`."""

    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    """Check -> how much its findings weigh; None = off."""
    ignores: tuple[Ignore, ...] = ()
    gates: tuple[Gate, ...] = ()
    fail_on: tuple[str, ...] = ("error",)
    """What makes the command fail: a severity or `never`, and states of entries."""
    fail_on_language: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    baseline: str = ""
    """Path of the file of findings that are known, relative to the project."""
    settings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language -> what checks know about it: orthography."""


class Place(Enum):
    """Where the drafts of a language go."""

    CATALOG = "po"
    MEMORY = "tmx"
    """A file beside the catalogs that OmegaT shows as machine translation."""
    NOWHERE = "none"


@dataclass(frozen=True, slots=True)
class Drafting:
    """What the project wants of machine translation."""

    network: bool = False
    """Whether `run` may send text to a foreign service."""
    engines: tuple[str, ...] = ()
    """Their names, in the order in which they are asked; empty: `tarjuma draft` has a default, `run` drafts nothing."""
    via: Mapping[str, str] = field(default_factory=dict)
    """Language -> the one whose reviewed translations its drafts are made from."""
    max_chars: int = 0
    """Greatest number of characters that one run sends; 0 = no limit."""
    never_send: tuple[str, ...] = ()
    """Patterns of sources that no service may see."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Language -> where its drafts go; the catalog for those that are not in it."""
    settings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Engine -> its own table."""

    @property
    def is_automatic(self) -> bool:
        """Whether `run` makes drafts: where the configuration names engines or lets it use the network."""
        return self.network or bool(self.engines)


class Below(Enum):
    """What becomes of a page whose texts are not reviewed far enough."""

    SKIP = "skip"
    """A page that was never published is not written."""
    KEEP_LAST = "keep-last"
    """A page that is published stays as it was."""
    FALLBACK = "fallback"
    """It shows the source text, all of it."""


@dataclass(frozen=True, slots=True)
class Publishing:
    """What becomes of a localized file on its way to a site generator; without a preset nothing does."""

    preset: Preset | None = None
    publish_drafts: frozenset[str] = frozenset()
    """Languages whose unreviewed drafts are published, marked as such."""
    below_new: Mapping[str, Below] = field(default_factory=dict)
    """Language -> what becomes of a page below the minimum that was never published; SKIP for those not in it."""
    below_published: Mapping[str, Below] = field(default_factory=dict)
    """Language -> what becomes of a page below the minimum that is published; KEEP_LAST for those not in it."""
    index_drafts: bool = False
    """Whether search engines and feeds get pages that are not all reviewed."""
    state: bool = False
    """Whether a page says in its front matter what it was made from, and how much is translated (`l10n`)."""
    links: bool = False
    """Whether internal links lead to the localized pages that exist."""
    anchors: bool = False
    """Whether headings keep the ids that they have in the source."""
    base_url: str = ""
    """Where the site is: `https://example.org`, without a slash at the end; "" when it is not said."""
    url: str = ""
    """Template of a localized page's address."""
    source_url: str = ""
    """Template of a source post's address."""
    statics: tuple[str, ...] = ()
    """Folders whose files are served from the top of the site, without a slash at the end."""
    page_map: str = ""
    """Path of the table of all pages and their translations; "" when none is written."""
    actions: tuple[tuple[str, Action], ...] = ()
    """(key path, what becomes of it): the user's, then the preset's."""
    slugs: Mapping[str, str] = field(default_factory=dict)
    """Every language -> how slugs are made of titles: translit, unicode or copy (not at all)."""
    dates: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language -> its own patterns for dates, by name."""

    def action(self, path: str) -> Action | None:
        """Return what becomes of the field on a key path (`hero.text`); None where nobody says: its bytes stay."""
        for pattern, action in self.actions:
            if keypath.pattern((pattern,)).fullmatch(path):
                return action
        return None

    def below(self, code: str, is_published: bool) -> Below:
        """Return what becomes of a page of a language that is below the minimum."""
        if is_published:
            return self.below_published.get(code, Below.KEEP_LAST)
        return self.below_new.get(code, Below.SKIP)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of all languages that posts are translated into."""
        return tuple(self.slugs)

    @property
    def keys(self) -> tuple[str, ...]:
        """The actions as rules for `Options.keys`: fields to translate, and `!` before those that stay."""
        return tuple(path if action.kind is Kind.TRANSLATE else f"!{path}" for path, action in self.actions)


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a project says about itself."""

    folder: str
    """The project: absolute path of the folder that holds the configuration."""
    file: str
    """Name of the configuration file in it, for messages."""
    languages: tuple[Language, ...]
    roots: tuple[Root, ...]
    locales: str = "locales"
    domain: Domain = Domain.FILE
    minimum: int = 100
    """Percent of a post's words that must be reviewed before it is published."""
    minimums: Mapping[str, int] = field(default_factory=dict)
    """The same for single languages."""
    scopes: tuple[Scope, ...] = ()
    options: Options = field(default_factory=Options)
    special: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = ()
    """Options of some files: (patterns, fields of Options)."""
    rules: tuple[Rule, ...] = ()
    """The sections of babel.cfg in file order: the first one that matches a file counts."""
    project: str = ""
    """The name in the catalogs' headers (Project-Id-Version)."""
    drafting: Drafting = field(default_factory=Drafting)
    derive: Mapping[str, str] = field(default_factory=dict)
    """Language -> the one that its catalogs are made from by rule."""
    checks: Checks = field(default_factory=Checks)
    publishing: Publishing = field(default_factory=Publishing)
    """What holds for posts of all roots but those with a preset of their own: see `publishing_for`."""
    own_publishing: Mapping[str, Publishing] = field(default_factory=dict)
    """Folder of a root -> what holds for its posts, where that differs."""

    def publishing_for(self, root: Root) -> Publishing:
        """What becomes of the localized files of a root."""
        return self.own_publishing.get(root.folder, self.publishing)

    def least(self, language: str) -> int:
        """The percentage below which a post is not published in a language."""
        return self.minimums.get(language, self.minimum)

    def rule(self, path: str) -> Rule | None:
        """The section of babel.cfg that a file belongs to; None for a file without text."""
        for rule in self.rules:
            if matches(rule.pattern, path):
                return rule
        return None

    def options_for(self, path: str, rule: Rule) -> Options:
        """How one source is read: the project's options, then those of its path, of babel.cfg, of its front matter.

        What `[front_matter]` and the preset say of a field is stronger than `keys`; data files have no front matter.
        """
        options = self.options
        for patterns, changes in self.special:
            if any(matches(pattern, path) for pattern in patterns):
                options = replace(options, **changes)
        options = with_options(options, rule.options) if rule.options else options
        root = self._root_of(path)
        publishing = self.publishing_for(root) if root else self.publishing
        if rule.format in DATA or not (publishing.actions or publishing.preset):
            return options
        is_pelican = options.pelican or bool(publishing.preset and publishing.preset.pelican)
        return replace(options, keys=(*publishing.keys, *options.keys), pelican=is_pelican)

    def _root_of(self, path: str) -> Root | None:
        """The deepest root that a path lies below."""
        above = (root for root in self.roots if not root.folder or path.startswith(f"{root.folder}/"))
        return max(above, key=lambda root: len(root.folder), default=None)
