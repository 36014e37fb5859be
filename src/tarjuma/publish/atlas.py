"""Where things are once this run is over: sources and their addresses, localized pages, other files of the site."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Landing(NamedTuple):
    """A localized page that will be there."""

    path: str
    """Of the file, relative to the project."""
    url: str = ""
    """Address from the top of the site: `/ru/posts/hello/`; "" when it is not known."""


def _nothing(path: str) -> bool:
    return False


@dataclass(frozen=True)
class Atlas:
    """What links can lead to. All paths are relative to the project, with `/`."""

    sources: Mapping[str, str] = field(default_factory=dict)
    """Path of a source -> its address from the top of the site; "" when it is not known."""
    landings: Mapping[tuple[str, str], Landing] = field(default_factory=dict)
    """(path of a source, code of a language) -> its localized page, where there will be one after this run."""
    is_file: Callable[[str], bool] = _nothing
    """Whether a file that is no post is there."""

    def page(self, source: str, code: str) -> Landing | None:
        """Return where the localized page of a source is; None when it will not exist."""
        return self.landings.get((source, code))

    def source_of(self, path: str) -> str | None:
        """Return the source that a localized page comes from; None for any other path."""
        return self._origins.get(path)

    def source_at(self, address: str) -> str | None:
        """Return the source at an address from the top of the site, however its end is spelled; None for others."""
        return self._places.get(plain(address)) if address else None

    def page_at(self, address: str) -> bool:
        """Return whether a localized page of any language has this address."""
        return plain(address) in self._localized

    def exists(self, path: str) -> bool:
        """Return whether a file is there that is neither a source nor a localized page."""
        return bool(path) and not path.startswith("../") and self.is_file(path)

    @cached_property
    def _origins(self) -> Mapping[str, str]:
        return {landing.path: source for (source, _), landing in self.landings.items()}

    @cached_property
    def _places(self) -> Mapping[str, str]:
        return {plain(url): source for source, url in reversed(list(self.sources.items())) if url}

    @cached_property
    def _localized(self) -> frozenset[str]:
        return frozenset(plain(landing.url) for landing in self.landings.values() if landing.url)


def plain(address: str) -> str:
    """Return an address with one spelling of its end: `/a/`, `/a/index.html`, `/a.html` and `/a` are one page."""
    folder, _, name = address.rpartition("/")
    stem, suffix = posixpath.splitext(name)
    if suffix.lower() in (".html", ".htm"):
        name = "" if stem == "index" else stem
    return f"{folder}/{name}".rstrip("/") or "/"
