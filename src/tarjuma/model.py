"""The data types that every layer speaks: segments, messages, entries, catalogs, problems."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

Identity = tuple[str | None, str]
"""Context and text: what gettext tells messages apart by."""


class Key(NamedTuple):
    """What a message is: msgctxt, msgid, msgid_plural."""

    context: str | None
    text: str
    plural: str | None = None

    @property
    def identity(self) -> Identity:
        """What the message is known by; with or without a plural it is the same one."""
        return self[:2]


TRANSLATED_KEYS = (
    "title", "linkTitle", "subtitle", "description", "summary", "excerpt", "lead",
    "seo.*", "og.title", "og.description", "image.alt", "image.caption", "cover.alt",
    "resources.*.title", "menu.*.name", "menus.*.name", "sidebar.label", "sidebar_label",
    "hero.title", "hero.tagline",
)  # fmt: skip
"""Front-matter key paths whose values are text for readers; `*` stands for one step."""

TRANSLATED_ATTRIBUTES = frozenset({"alt", "title", "caption", "placeholder", "aria-label", "label", "description"})
"""Attributes of HTML, shortcodes and JSX whose values are text for readers."""


@dataclass(frozen=True, slots=True)
class Options:
    """How one source file is read; made from the configuration, by glob."""

    dialects: frozenset[str] | None = None
    """Template dialects that are expected (see `syntax.dialect.NAMES`); None = recognised by content."""
    keys: tuple[str, ...] = TRANSLATED_KEYS
    """Key paths to translate in front matter. In data files `("*", "**")` means every string."""
    attributes: frozenset[str] = TRANSLATED_ATTRIBUTES
    limits: Mapping[str, int] = field(default_factory=lambda: {"description": 160}, hash=False)
    """Key path -> greatest number of characters."""
    width: int = 0
    """0: a translation is written on one line; n: wrapped at n columns; -1: at the source's own width."""
    code_comments: bool = False
    pelican: bool = False
    wp_classic: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A span of source bytes that holds text for readers."""

    start: int
    """Byte offset of the first byte of the text."""
    end: int
    """Byte offset behind the last byte."""
    key: Key
    kind: str
    """What a translator reads in `#.`: heading, paragraph, list item, table cell, title ..."""
    syntax: str = "markdown"
    """The rule that quotes a target here: a name in `syntax/`."""
    note: str = ""
    """A comment to translators from a directive, or an explanation of the kind."""
    heads: tuple[bytes, ...] = ()
    """The bytes before the text of each continuation line of the source (indent, `>` markers)."""
    more: bytes = b""
    """Prefix of a line that the translation has and the source has not."""
    limit: int = 0
    """Greatest number of characters; 0 = none."""
    style: str = ""
    """What the syntax needs to quote: scalar style, quote character, ATX or setext ..."""
    is_private: bool = False
    """True below `l10n: no-mt`: never sent to a machine translation service."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed source: the bytes as they are, and where the text stands in them."""

    path: str
    source: bytes
    segments: tuple[Segment, ...]
    options: Options
    format: str
    """Name of the module in `formats/` that read it."""
    shape: tuple[object, ...] = ()
    """Everything that a translation must not change: block tree, front-matter data, tags, template code.

    Two documents with equal shapes and the same kinds of segments render to the same block tree.
    """

    def __post_init__(self) -> None:
        cursor = 0
        for segment in self.segments:
            if not cursor <= segment.start <= segment.end <= len(self.source):
                raise AssertionError(
                    f"{self.path}: segment {segment.start}-{segment.end} overlaps or leaves the source"
                )
            cursor = segment.end


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a template: a text, where it stands, and what a translator should know."""

    key: Key
    places: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    """Flags without `fuzzy`, in the order of the file."""
    limit: int = 0


class State(Enum):
    """What an entry is, and with it who may touch it (docs/architecture.md)."""

    UNTRANSLATED = "untranslated"
    DRAFT = "draft"
    STALE = "stale"
    UNSURE = "unsure"
    REVIEWED = "reviewed"
    OBSOLETE = "obsolete"


PROVENANCE = re.compile(r"mt: (?P<engine>\S+) (?P<route>\S+) src=(?P<src>[0-9a-f]{8}) out=(?P<out>[0-9a-f]{8})\s*$")
"""The comment that says a machine wrote the targets: `# mt: google en>ru src=0a1b2c3d out=4e5f6071`."""


def source_hash(key: Key) -> str:
    """The `src=` of a draft: 8 hexadecimal digits of SHA-256 over context, msgid and plural."""
    return _digest(key.context or "", key.text, key.plural or "")


def target_hash(targets: tuple[str, ...]) -> str:
    """The `out=` of a draft: 8 hexadecimal digits of SHA-256 over all forms."""
    return _digest(*targets)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Entry:
    """One message in one language."""

    message: Message
    targets: tuple[str, ...] = ("",)
    """One string per plural form; one string where there is no plural."""
    is_fuzzy: bool = False
    is_obsolete: bool = False
    previous: Key | None = None
    """What `#|` says the source was when the targets were written."""
    comments: tuple[str, ...] = ()
    """Lines of translator comments, without `# `."""
    others: tuple[str, ...] = ()
    """Comment lines of kinds that we know nothing about (`#=`, `#!`), as they stand in the file."""
    line: int = 0
    """Line of the first msgstr in the file it was read from; 0 for a new entry."""
    raw: str | None = field(default=None, compare=False, repr=False)
    """The entry's own text in its file (LF line ends); None once anything changed."""

    @property
    def key(self) -> Key:
        """The identity of its message."""
        return self.message.key

    @property
    def target(self) -> str:
        """The first form."""
        return self.targets[0]

    @property
    def is_translated(self) -> bool:
        """True when every form has text that a reader would see."""
        return all(map(_is_visible, self.targets))

    @property
    def state(self) -> State:
        """What the entry is, by the state table of docs/architecture.md."""
        if self.is_obsolete:
            return State.OBSOLETE
        if not self.is_translated:
            return State.UNTRANSLATED
        if not self.is_fuzzy:
            return State.REVIEWED
        draft = self.provenance
        if draft and draft["out"] == target_hash(self.targets):
            return State.DRAFT
        return State.STALE if self.previous else State.UNSURE

    @property
    def provenance(self) -> re.Match[str] | None:
        """The `# mt:` comment, None where a person wrote the targets."""
        for comment in self.comments:
            if comment.startswith("mt:") and (match := PROVENANCE.match(comment)):
                return match
        return None


_BLANK = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff\u00ad\u3164\u2800]*")


def _is_visible(text: str) -> bool:
    return not _BLANK.fullmatch(text)


@dataclass(frozen=True, slots=True)
class Catalog:
    """A PO or POT file: its header entry, its entries in file order, and what was odd in it."""

    path: str
    language: str
    """BCP 47 code, "" for a template."""
    header: Mapping[str, str]
    """Header fields in file order."""
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    layout: object = field(default=None, compare=False, repr=False)
    """What `po` needs to write the file back byte for byte; nobody else looks at it."""


class Severity(Enum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding: a value, never an exception."""

    check: str
    severity: Severity
    path: str
    message: str
    line: int = 0
    """Of the catalog: that of the msgstr."""
    column: int = 0
    language: str = ""
    span: tuple[int, int] | None = None
    """Where in `target`, in code points."""
    suggestion: str = ""
    """What to write in place of the span, or of the whole target where there is no span."""
    is_safe: bool = False
    """True when the suggestion may be applied without asking a person (`check --fix`)."""
    key: Key | None = None
    """The message that it is about; None for a file."""
    form: int = 0
    """Which plural form."""
    target: str = ""
    """The translation that it is about."""
    place: tuple[str, int] = ("", 0)
    """Path and line of the source post; 0 when only the path is known."""
    template: str = ""
    """The message before values were put in: an id in the catalog of tarjuma's own messages."""
    values: tuple[tuple[str, str], ...] = ()
    """What stands for the `{names}` of the template."""
    fingerprint: str = ""
    """Names the finding whatever line it stands on: of language, key, check and the how-manieth of its kind."""


@dataclass(frozen=True, slots=True)
class Language:
    """One row of the language table (CLDR and the measured corrections)."""

    code: str
    """BCP 47, as config and command line spell it: ru, tg, uz-Cyrl."""
    name: str
    """In English."""
    native_name: str
    script: str
    """ISO 15924: Cyrl, Latn, Armn, Geor."""
    nplurals: int
    plural: str
    """The C expression of the Plural-Forms header."""
    accepted_plurals: tuple[str, ...] = ()
    """Other Plural-Forms values seen in the field that are never rewritten."""
    letters: str = ""
    """Lower-case alphabet, accepted extra letters included."""
    quotes: tuple[str, ...] = ()
    """Accepted outer quotes, preferred first: «…»."""

    @property
    def folder(self) -> str:
        """The name of the folder in `locales/` (Babel's form): uz_Cyrl."""
        return self.code.replace("-", "_")

    @property
    def plural_forms(self) -> str:
        """The value of the Plural-Forms header."""
        return f"nplurals={self.nplurals}; plural={self.plural};"
