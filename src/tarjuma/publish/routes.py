"""Where an address of a post leads, and which address leads there from its localized page.

A link goes to the localized page when there will be one, and otherwise still to the source. What leads nowhere that we
know is left alone, and so is what a generator finds by language itself.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from tarjuma.presets import Links
from tarjuma.publish.atlas import Atlas, plain
from tarjuma.publish.spelling import cut
from tarjuma.publish.targets import Form


class Route(NamedTuple):
    """How an address changes: what stands before `path` stays, and `path` gives way to `after`."""

    lead: str
    path: str
    after: str


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?")
_CODE = re.compile(r"[{}<>|\\^`\x00-\x20]")
_PREFIXED = re.compile(r"(\{filename\}|\{static\}|\{attach\}|\|filename\||\|static\||\|attach\||@(?=/))")
_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx")
_READ = (Form.LINK, Form.IMAGE, Form.DEFINITION)
_INDEXES = (".md", "/index.md", "/_index.md")


@dataclass(frozen=True)
class Routes:
    """The addresses of one page. Paths are relative to the project, addresses begin at the top of the site."""

    atlas: Atlas
    source: str
    page: str
    root: str
    code: str
    """Of the language."""
    spelled: str
    """The language as the generator spells it."""
    url: str
    """Address of the page; "" when it is not known."""
    source_url: str
    links: Links
    falls_back: bool
    shares_bundles: bool
    statics: tuple[str, ...]
    base_url: str
    finds_from_root: bool = False
    serves_once: bool = False
    """Whether the files beside a post have one address, below that of the source."""
    others: Mapping[str, str] = field(default_factory=dict)
    """Code -> spelling of the languages whose files may be shown on this page."""

    def route(self, address: str, form: Form) -> Route | None:
        """Return how an address changes; None when it leads nowhere that we know, or may stay as it is."""
        path, _ = cut(address)
        lead, path = self._cut(path, form)
        if not path or _SCHEME.match(path):
            return None
        known = unquote(path) if form not in (Form.FILE, Form.POST) else path
        if _CODE.search(known.replace(" ", "")):
            return None
        after = next((found for found in self._readings(lead, known, form) if found is not None), None)
        return None if after is None or after == known else Route(lead, path, after)

    def goal(self, address: str, form: Form) -> str | None:
        """Return the source or file that an address of the source post leads to; None when nobody knows."""
        lead, path = self._cut(cut(address)[0], form)
        if not path:
            return self.source if not lead else None
        path = unquote(path)
        if _SCHEME.match(path) or _CODE.search(path.replace(" ", "")):
            return None
        return next((place for place in self._places(path) if self._is_there(place)), None)

    def _is_there(self, place: str) -> bool:
        """Whether a source or a file has this path; MkDocs shows `chart.en.png` where `chart.png` is named."""
        has_variant = self.links is Links.PATHS and bool(self._variant(place))
        return place in self.atlas.sources or self.atlas.exists(place) or has_variant

    def _places(self, path: str) -> Iterator[str]:
        """Where what an address leads to may be."""
        folder = self.root if path.startswith("/") else posixpath.dirname(self.source)
        place = _joined(folder, path)
        yield place
        top = _top(path, self.source_url) if path.startswith("/") or self.source_url else None
        if top is not None:
            if (source := self.atlas.source_at(top)) is not None:
                yield source
            yield from (_joined(folder, top) for folder in (*self.statics, *self._tops))
        yield from (place + index for index in _INDEXES)

    def _cut(self, path: str, form: Form) -> tuple[str, str]:
        """What stands before the path: address of the site, Pelican's `{filename}`, Zola's `@`."""
        if form in (Form.FILE, Form.POST):
            return "", path
        if found := _PREFIXED.match(path):
            return found[0], path[found.end() :]
        for lead in filter(None, (self.base_url, urlsplit(self.base_url).path)):
            if path.startswith(lead + "/"):
                return lead, path[len(lead) :]
        return "", path

    def _readings(self, lead: str, path: str, form: Form) -> Iterator[str | None]:
        """What an address may mean, the likeliest first: each time the new path, None where it means nothing."""
        if form is Form.FILE:
            yield self._from_top(path)
        elif form is Form.POST:
            yield self._post(path)
        elif lead and lead[0] in "{|@":
            yield self._named(path)
        elif form is Form.FILTERED or (lead and path.startswith("/")):
            yield self._by_address("/" + path.lstrip("/")) if path.startswith("/") else None
        elif form is Form.ATTRIBUTE:
            yield self._by_address(path)
            if not self._has_addresses or path.lower().endswith(_SUFFIXES):
                yield self._by_path(path, form)
        elif path.lower().endswith(_SUFFIXES) or self.links is Links.PATHS or form not in _READ:
            yield self._by_path(path, form)
            if path.startswith("/") or self.links is not Links.PATHS:
                yield self._by_address(path)
        elif self.links is Links.ADDRESSES:
            yield self._by_address(path)
        else:
            has_suffix = "." in posixpath.basename(path.rstrip("/")).strip(".")
            yield self._by_path(path, form) if has_suffix else None
            yield self._by_address(path)
            yield None if has_suffix else self._by_name(path)

    @property
    def _has_addresses(self) -> bool:
        return bool(self.url and self.source_url)

    # as the path of a file

    def _by_path(self, path: str, form: Form) -> str | None:
        if path.startswith("/"):
            return self._from_root(path)
        place = _joined(posixpath.dirname(self.source), path)
        if place in self.atlas.sources:
            if landing := self.atlas.page(place, self.code):
                return self._relative(landing.path, path)
            if self.finds_from_root and not self._is_from_root(place, path):
                return f"/{_below(place, self.root)}"
            if self.falls_back:
                return path
            if self.links is Links.BOTH and self.atlas.sources[place] and self.url:
                return self._based(self.atlas.sources[place])
            return self._relative(place, path)
        here = _joined(posixpath.dirname(self.page), path)
        if self.atlas.source_of(place) or self.atlas.source_of(here):
            return path  # the translator was here before
        return self._file(place, here, path, form)

    def _is_from_root(self, place: str, path: str) -> bool:
        """Whether a path leads to a source below the root; with dots it is looked up beside the page only."""
        return (not path.startswith(".") and place == _joined(self.root, path)) or _below(place, self.root) is None

    def _file(self, place: str, here: str, path: str, form: Form) -> str | None:
        """A file that is no post: from the source's folder, or from that of the page where a file is there too."""
        if not self.atlas.exists(place):
            return path if self.atlas.exists(here) else None
        variant = self._variant(place)
        if self.shares_bundles and not variant and form in _READ and self._is_lent(place, here, path):
            return self._to(_top(path, self.source_url) or path, path, self.source_url)
        if self.shares_bundles:
            name = _beside(path, posixpath.basename(variant)) if variant else path
            is_read = form in _READ and self.serves_once and self._has_addresses
            top = _top(name, self.source_url) if is_read else None
            return self._to(top, path, self.source_url) if top else name
        if not variant and self.atlas.exists(here):
            return path
        return self._relative(variant or place, path)

    def _is_lent(self, place: str, here: str, path: str) -> bool:
        """Whether a file beside the post has versions in other languages only, and an address of its own."""
        is_bundle = posixpath.splitext(posixpath.basename(self.source))[0] in ("index", "_index")
        if not is_bundle or not self._has_addresses or (here != place and self.atlas.exists(here)):
            return False
        stem, suffix = posixpath.splitext(place)
        landings = (self.atlas.page(self.source, code) for code in self.others)
        theirs = (_joined(posixpath.dirname(landing.path), path) for landing in landings if landing)
        named = (f"{stem}.{name}{suffix}" for name in self.others.values())
        return any(each != place and self.atlas.exists(each) for each in (*named, *theirs))

    def _named(self, path: str) -> str | None:
        """A path that a generator looks up as it is: below the root when it begins with a slash."""
        place = _joined(self.root, path) if path.startswith("/") else _joined(posixpath.dirname(self.source), path)
        if place in self.atlas.sources:
            landing = self.atlas.page(place, self.code)
            return self._in_style(landing.path if landing else place, path)
        if self.atlas.exists(place):
            return self._in_style(self._variant(place) or place, path)
        return None

    def _in_style(self, place: str, path: str) -> str:
        if not path.startswith("/"):
            return self._relative(place, path)
        below = _below(place, self.root)
        return f"/{below}" if below is not None else self._relative(place, path)

    def _from_root(self, path: str) -> str | None:
        """`/posts/hello.md` below the root."""
        place = _joined(self.root, path)
        if place not in self.atlas.sources:
            return None
        landing = self.atlas.page(place, self.code)
        if landing:
            below = _below(landing.path, self.root)
            if below is None:  # another tree of the same shape
                return path if f"/{landing.path}".endswith(path) else None
            return f"/{below}"
        if self.falls_back or self.links is not Links.BOTH or not self.atlas.sources[place]:
            return path
        return self._based(self.atlas.sources[place])

    def _by_name(self, path: str) -> str | None:
        """A path without a suffix, which the generator finds by language where it can."""
        folder = self.root if path.startswith("/") else posixpath.dirname(self.source)
        for index in _INDEXES:
            place = _joined(folder, path.strip("/") + index if path.startswith("/") else path.rstrip("/") + index)
            if place in self.atlas.sources:
                if self.atlas.page(place, self.code) or self.falls_back or not self.atlas.sources[place]:
                    return path
                return self._based(self.atlas.sources[place])
        return None

    def _from_top(self, path: str) -> str | None:
        """A path from the top of the site's folder, which is the root or a folder above it."""
        for top in self._tops:
            place = _joined(top, path)
            landing = self.atlas.page(place, self.code)
            found = landing.path if landing else self._variant(place) if self.atlas.exists(place) else None
            if found and (below := _below(found, top)) is not None:
                return f"/{below}" if path.startswith("/") else below
        return None

    def _post(self, path: str) -> str | None:
        for top in self._tops:
            folder = top if posixpath.basename(top) == "_posts" else _joined(top, "_posts")
            for suffix in (*_SUFFIXES, ".html"):
                if landing := self.atlas.page(_joined(folder, path) + suffix, self.code):
                    return _post_name(_below(landing.path, top) or landing.path)
        return None

    @cached_property
    def _tops(self) -> tuple[str, ...]:
        """The root, and the folders above it."""
        steps = self.root.split("/") if self.root else []
        return tuple("/".join(steps[:count]) for count in range(len(steps), -1, -1))

    def _relative(self, place: str, path: str) -> str:
        """The path of a file from the page's folder; `./` stays where the author wrote it."""
        found = posixpath.relpath(place or ".", posixpath.dirname(self.page) or ".")
        return f"./{found}" if path.startswith("./") and not found.startswith(".") else found

    # as an address of the site

    def _by_address(self, path: str) -> str | None:
        if not path.startswith("/") and not self._has_addresses:
            return None
        top = _top(path, self.source_url)
        if top is None:
            return None
        if self.atlas.page_at(top if path.startswith("/") else _top(path, self.url) or top):
            return path  # the translator was here before
        if (source := self.atlas.source_at(top)) is not None:
            landing = self.atlas.page(source, self.code)
            if landing is None and self.falls_back:
                return path
            goal = self.atlas.sources[source] if landing is None else landing.url
            return self._to(goal, path, top) if goal else path
        for folder in dict.fromkeys((self.root, *self.statics, *self._tops)):
            if self.atlas.exists(place := _joined(folder, top)):
                return self._to_file(place, top, path)
        return None

    def _to_file(self, place: str, top: str, path: str) -> str:
        variant = self._variant(place)
        if not variant:
            return self._to(top, path, top)
        bundle = posixpath.dirname(self.source)
        is_with_page = self.shares_bundles and not self.serves_once and self.url.endswith("/")
        if is_with_page and _below(place, bundle) and not path.startswith("/"):
            goal = self.url + (_below(variant, bundle) or "")  # a file of one language is published with its page
            return self._to(goal, path, top)
        return self._to(_beside(top, posixpath.basename(variant)), path, top)

    def _to(self, goal: str, path: str, top: str) -> str:
        """The address of a page or file, spelled as the author's: from the top or relative, with or without a slash."""
        if path.startswith("/"):
            return path if plain(goal) == plain(top) else _ended(goal, path)
        found = posixpath.relpath(goal, posixpath.dirname(self.url) or "/")
        if goal.endswith("/"):
            found += "/"
        elif plain(goal) == "/":
            found = found or "./"
        found = _ended(found, path)
        return f"./{found}" if path.startswith("./") and not found.startswith(".") else found

    def _based(self, address: str) -> str:
        return urlsplit(self.base_url).path + address

    def _variant(self, place: str) -> str | None:
        """`chart.tg.png` beside `chart.png`."""
        stem, suffix = posixpath.splitext(place)
        names = (f"{stem}.{name}{suffix}" for name in dict.fromkeys((self.spelled, self.code)) if name)
        return next((name for name in names if suffix and self.atlas.exists(name)), None)


def _post_name(path: str) -> str | None:
    """The name that Jekyll has for a post: of `tg/_posts/2024-05-06-hello.md` it leaves the folder of posts out."""
    above, _, below = f"/{posixpath.splitext(path)[0]}".rpartition("/_posts/")
    if above and "/" in below:
        return None  # its tag knows no post with folders on both sides
    return f"{above}/{below}".lstrip("/") or None


def _joined(folder: str, path: str) -> str:
    """A path in a folder, normal; it may leave the project (`../x`)."""
    found = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    return "" if found == "." else found


def _below(path: str, folder: str) -> str | None:
    """The path from a folder that it lies below; None for another one."""
    if not folder:
        return path
    return path[len(folder) + 1 :] if path.startswith(folder + "/") else None


def _beside(path: str, name: str) -> str:
    folder, slash, _ = path.rpartition("/")
    return f"{folder}{slash}{name}"


def _top(path: str, base: str) -> str | None:
    """An address from the top of the site; None when it leaves the site."""
    whole = path if path.startswith("/") else posixpath.dirname(base) + "/" + path
    depth = 0
    for step in whole.split("/"):
        depth += -1 if step == ".." else step not in ("", ".")
        if depth < 0:
            return None
    found = posixpath.normpath("/" + whole.lstrip("/"))
    is_folder = path.endswith(("/", "/..", "/.")) or path in ("..", ".")
    return f"{found}/" if is_folder and found != "/" else found


def _ended(address: str, path: str) -> str:
    """The address with an end like that of `path`."""
    if not address.endswith("/"):
        return address
    if posixpath.basename(path) in ("index.html", "index.htm"):
        return address + posixpath.basename(path)
    is_bare = not path.endswith(("/", ".")) and address.strip("./")
    return address.rstrip("/") if is_bare else address
