"""What a configuration says, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any

from tarjuma.mapping import Rule, matches, with_options
from tarjuma.model import Language, Options, Severity


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
        """How one source is read: the project's options, then those of its path, then those of babel.cfg."""
        options = self.options
        for patterns, changes in self.special:
            if any(matches(pattern, path) for pattern in patterns):
                options = replace(options, **changes)
        return with_options(options, rule.options) if rule.options else options
