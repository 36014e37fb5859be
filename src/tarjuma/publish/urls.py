"""Where pages are on the site, by the templates of a preset: `/{lang}/{dir}/{slug}/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tarjuma.config.values import Publishing
from tarjuma.mapping import matches

_INDEXES = frozenset({"index", "_index"})
"""Files that stand for the folder they lie in."""
_DATED = re.compile(r"(\d{4})-(\d\d)-(\d\d)-(?=.)")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_OWN = ("permalink", "url")
"""Fields that hold an address as a whole."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the address of a page is made of, besides its front matter."""

    path: str
    """Of the source post, below its root."""
    root: str = ""
    """Folder of the root, relative to the project."""
    lang: str = ""
    """The page's language, as the generator spells it; "" for a source post."""
    source_lang: str = ""
    """The same of the language that the post is written in."""


def templates(publishing: Publishing, path: str) -> tuple[str, str]:
    """Return the templates for a source post and for its localized pages; `path` is relative to the project."""
    preset = publishing.preset
    if preset:
        for pattern, (source_url, page_url) in preset.urls.items():
            if matches(pattern, path):
                return (
                    source_url if publishing.source_url == preset.source_url else publishing.source_url,
                    page_url if publishing.url == preset.url else publishing.url,
                )
    return publishing.source_url, publishing.url


def url(template: str, place: Place, fields: Mapping[str, object], slug_field: str = "slug") -> str:
    """Return the address of a page from the top of the site; "" when there is no template.

    `fields` is the front matter of the page itself.
    """
    if not template:
        return ""
    lowered = {key.lower(): value for key, value in fields.items()}
    own = next((value for name in _OWN if isinstance(value := lowered.get(name), str) and value.startswith("/")), "")
    slug = lowered.get(slug_field.lower())
    slug = slug.strip() if isinstance(slug, str) else ""
    if own or slug.startswith("/"):
        return _squeezed(_prefix(template, place.lang) + (own or slug))
    folder, _, name = place.path.rpartition("/")
    stem, _, suffix = name.rpartition(".")
    stem = stem or name
    if stem in _INDEXES or suffix == "lr":
        if slug and folder and stem != "_index":
            folder = "/".join((*folder.split("/")[:-1], slug))
        stem = slug = ""
    moment = _DATED.match(stem) if "{year}" in template else None
    stem = stem[moment.end() :] if moment else stem
    year, month, day = _date(lowered.get("date")) or (moment.groups() if moment else ("", "", ""))
    values = {
        "lang": place.lang, "source_lang": place.source_lang, "root": place.root, "dir": folder, "stem": stem,
        "slug": slug or stem, "ext": suffix, "year": year, "month": month, "day": day,
        "categories": _categories(lowered.get("categories", lowered.get("category"))),
    }  # fmt: skip
    return _squeezed(re.sub(r"\{(\w+)\}", lambda token: values.get(token[1], ""), template))


def _prefix(template: str, spelled: str) -> str:
    return f"/{spelled}/" if spelled and template.startswith("/{lang}/") else ""


def _squeezed(text: str) -> str:
    """An address without empty steps; a file without a name (`/posts/.html`) is its folder."""
    return re.sub(r"/{2,}", "/", re.sub(r"/\.\w+$", "/", f"/{text}"))


def _categories(value: object) -> str:
    """The categories of a post as steps of an address, as Jekyll makes them: in small letters."""
    words = value.split() if isinstance(value, str) else value if isinstance(value, list) else []
    return "/".join(str(word).lower() for word in words)


def _date(value: object) -> tuple[str, str, str] | None:
    if isinstance(value, date):
        return f"{value.year:04}", f"{value.month:02}", f"{value.day:02}"
    match = _DAY.match(value) if isinstance(value, str) else None
    return (match[1], match[2], match[3]) if match else None
