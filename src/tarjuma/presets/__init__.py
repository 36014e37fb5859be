"""Site generators, one file each: where localized posts go, how languages are spelled, what becomes of front matter.

A preset is a module with a `PRESET`. Other packages add theirs by the entry point group `tarjuma.presets`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from tarjuma import plugins
from tarjuma.errors import UsageError
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
    """With SET: a string with tokens (`{lang}`, `{source}`, `{slug}`, `{stem}`), or any YAML value."""


class Anchors(Enum):
    """How a dialect spells the id of a heading."""

    NONE = "none"
    """It cannot."""
    BRACES = "{#id}"
    BRACES_COLON = "{: #id}"
    MDX = "{/* #id */}"
    RAW = '<a id="id"></a>'


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
    """Pattern of source roots or data files -> another layout for them."""
    source: str = "content"
    """Where posts usually lie."""
    marks: tuple[str, ...] = ()
    """Regular expressions of the names of configuration files by which the generator is recognised."""
    spell: Callable[[Language], str] = lambda language: language.code
    """How the generator spells a language in paths and in its configuration."""
    actions: Mapping[str, Action] = field(default_factory=dict)
    """Key path -> action; the configuration's own come first, and the first match counts."""
    slug_field: str = "slug"
    """The field that a slug per language goes into."""
    pelican: bool = False
    """Whether front matter is `Key: value` lines."""
    anchors: Anchors = Anchors.NONE
    slugger: str = ""
    """Name of the rule in `publish/anchors.py` by which the generator makes the id of a heading."""
    links: Links = Links.BOTH
    source_url: str = "/{dir}/{stem}/"
    """Address of a source post on the site, below the language's own prefix; `{slug}` is its slug or stem."""
    url: str = "/{lang}/{dir}/{stem}/"
    """Address of a localized post."""
    falls_back: bool = False
    """Whether the generator serves the source post at the address of a translation that is missing."""
    shares_bundles: bool = False
    """Whether the files beside a post belong to all of its translations."""
    statics: tuple[str, ...] = ()
    """Folders whose files are served from the top of the site."""
    unlisted: Mapping[str, object] = field(default_factory=dict)
    """Fields that keep a page out of search engines and feeds."""
    page_map: str = ""
    """Where the generator reads data files: the table of all pages and their translations is written there."""


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
