"""Site generators, one file each: where localized posts go, how languages are spelled, what becomes of front matter.

A preset is a module with a `PRESET`. Other packages add theirs by the entry point group `tarjuma.presets`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from tarjuma import plugins
from tarjuma.errors import UsageError
from tarjuma.mapping import matches
from tarjuma.model import Language

LAYOUTS = {
    "suffix": "{root}/{dir}/{stem}.{lang}.{ext}",
    "folder": "{parent}/{lang}/{path}",
    "folder-root": "{root}/{lang}/{path}",
    "subfolder": "{root}/{dir}/{lang}/{stem}.{ext}",
    "plus": "{root}/{dir}/{stem}+{lang}.{ext}",
    "table": "{root}/{dir}/{lang}.{ext}",
}
"""Name of a layout -> path template. `{parent}` is the folder above the root: of `content/en` it is `content`."""


def bcp47(language: Language) -> str:
    """Return the code of a language as it stands in the configuration: `uz-Cyrl`."""
    return language.code


def lower(language: Language) -> str:
    """Return the code of a language in small letters: `uz-cyrl`."""
    return language.code.lower()


def snake(language: Language) -> str:
    """Return the code of a language in small letters and as one word, as in names of Python modules: `uz_cyrl`."""
    return language.code.lower().replace("-", "_")


class Has(Protocol):
    """Whether a project has a file that matches a pattern; `*` is one step of a path or a part of it."""

    def __call__(self, pattern: str, text: str = "") -> bool:
        """Return whether there is one, and, where `text` is given, one that holds a match of this expression."""


def always(language: Language, has: Has) -> str:
    """Return no reason against any language."""
    return ""


class Kind(Enum):
    """What becomes of a field of the front matter."""

    TRANSLATE = "translate"
    """It is text for readers."""
    COPY = "copy"
    """Its bytes stay."""
    COPY_ONCE = "copy-once"
    """It is written with the first localized file, and belongs to the editor of that file from then on."""
    MAP = "map"
    """Each of its terms is translated in the catalog `_terms`."""
    SET = "set"
    """It gets the value of the action."""
    SLUGIFY = "slugify"
    """It is made from the localized title, once."""
    DROP = "drop"
    """The localized file does not have it."""


@dataclass(frozen=True, slots=True)
class Action:
    """What becomes of the fields on a key path."""

    kind: Kind
    value: object = None
    """With SET: a string with tokens (`{lang}`, `{code}`, `{source}`, `{slug}`, `{stem}`), or any YAML value."""


class Anchors(Enum):
    """How a dialect spells the id of a heading."""

    NONE = "none"
    """It cannot."""
    BRACES = "{#id}"
    BRACES_COLON = "{: #id}"
    MDX = "{/* #id */}"
    RAW = '<div id="id"></div>'


class Links(Enum):
    """What internal links of a generator's posts look like."""

    PATHS = "paths"
    """Paths of other source files (`../about.md`); images relative to the file."""
    ADDRESSES = "addresses"
    """Addresses on the site (`/about/`, `../about/`)."""
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Preset:
    """What a site generator expects of localized posts."""

    name: str
    title: str
    """For people: `Hugo, languages side by side`."""
    layout: str
    """Name of a layout, or a path template."""
    layouts: Mapping[str, str] = field(default_factory=dict)
    """Pattern of source roots -> another layout for them: a folder of data files, a second kind of posts."""
    source: str = "content"
    """Where posts usually lie; `{lang}` stands for the source language."""
    marks: tuple[str, ...] = ()
    """Regular expressions of the names of configuration files by which the generator is recognised."""
    spell: Callable[[Language], str] = bcp47
    """How the generator spells a language in paths and in its configuration."""
    unfit: Callable[[Language, Has], str] = always
    """Why a project's generator cannot take a language, and what to do, as a sentence for people; "" when it can."""
    actions: Mapping[str, Action] = field(default_factory=dict)
    """Key path -> action; the configuration's own come first, and the first match counts."""
    state_field: str = "l10n"
    """Key path of what a page says about itself."""
    slug_field: str = "slug"
    """The field that a slug per language goes into."""
    links_by_slug: bool = False
    """Whether the generator knows translations of each other by equal slugs or addresses."""
    link_key: str = ""
    """The field by which it knows them where their slugs differ; "" where there is none."""
    pelican: bool = False
    """Whether front matter is `Key: value` lines."""
    front_matter: str = "yaml"
    """The syntax of the front matter that a post gets which has none."""
    separators: Mapping[str, str] = field(default_factory=dict)
    """Field -> the characters at which the generator splits a text of terms, the first that stands in it; `*`: any."""
    has_term_pages: bool = False
    """Whether a term has a page that may be translated, so that terms in posts stay as they are."""
    anchors: Anchors = Anchors.NONE
    slugger: str = ""
    """Name of the rule in `publish/anchors.py` by which the generator makes the id of a heading."""
    links: Links = Links.BOTH
    source_url: str = "/{dir}/{stem}/"
    """Address of a source post on the site; `{slug}` is its slug or stem. `index` and an empty `{dir}` are no step."""
    url: str = "/{lang}/{dir}/{stem}/"
    """Address of a localized post; `{lang}` is spelled as in paths, `{dir}` and the others are the source's."""
    urls: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Pattern of posts, below the project -> (source_url, url) of theirs, where others hold."""
    falls_back: bool = False
    """Whether the generator serves the source post at the address of a translation that is missing."""
    finds_from_root: bool = False
    """Whether a path that begins with a slash is looked up among the pages of the language, then among the sources."""
    shares_bundles: bool = False
    """Whether the files beside a post belong to all of its translations."""
    serves_once: bool = False
    """Whether such a file has one address, below that of the source, and none below those of translations."""
    lends_files: bool = False
    """Whether a language without a version of such a file may get that of another one, not the source's."""
    statics: tuple[str, ...] = ()
    """Folders whose files are served from the top of the site."""
    unlisted: Mapping[str, object] = field(default_factory=dict)
    """Fields that keep a page out of search engines and feeds."""
    page_map: str = ""
    """Where the generator reads data files: the table of all pages and their translations is written there."""

    def layout_of(self, folder: str) -> str:
        """Return the layout for a source root, a name or a template; `folder` is relative to the project."""
        return next((layout for pattern, layout in self.layouts.items() if matches(pattern, folder)), self.layout)


DROP, COPY, TRANSLATE = Action(Kind.DROP), Action(Kind.COPY), Action(Kind.TRANSLATE)


def value(content: object) -> Action:
    """Return the action that sets a field to a value."""
    return Action(Kind.SET, content)


OWN_ADDRESSES = dict.fromkeys(("aliases", "redirect_from", "redirect_to", "guid", "canonical_url"), DROP)
"""Fields that give a post further addresses or an identity: two pages cannot share one."""


def names() -> tuple[str, ...]:
    """Return the names of all presets as users write them, sorted: `hugo-dirs`."""
    return tuple(sorted(name.replace("_", "-") for name in plugins.names("presets")))


def named(name: str) -> Preset:
    """Return the preset of a name. Raises UsageError when there is none, or when its module holds none."""
    found = getattr(plugins.part("presets", name.replace("-", "_")), "PRESET", None)
    if not isinstance(found, Preset):
        raise UsageError(
            f"the preset {name!r} cannot be used", hint="Its module has no PRESET of tarjuma.presets.Preset"
        )
    return found
