"""Reads a built site as a visitor, a search engine and a feed reader do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

_SILENT = frozenset({"script", "style", "code", "pre"})
_VOID = frozenset({"img", "link", "meta", "br", "hr", "input", "source", "wbr", "col", "area", "base"})


@dataclass
class Page:
    """A page of the site."""

    url: str
    """Its path on the site, with what the server adds left out: `/ru/posts/hello/`."""
    lang: str = ""
    title: str = ""
    headings: list[str] = field(default_factory=list)
    """The text of each h1."""
    times: list[str] = field(default_factory=list)
    """The text of each <time>."""
    links: list[str] = field(default_factory=list)
    """Where the links of the article lead, as they stand there."""
    menu: dict[str, str] = field(default_factory=dict)
    """The page's translations as the site's readers get them: language -> target."""
    images: list[str] = field(default_factory=list)
    alternates: list[tuple[str, str]] = field(default_factory=list)
    """hreflang and address."""
    ids: set[str] = field(default_factory=set)
    robots: str = ""
    banner: str = ""
    """What the banner says about the state of the page, and its state as the last word of its class."""
    state: str = ""
    article: str = ""
    """The text of the article."""

    @property
    def is_hidden(self) -> bool:
        """True when search engines are told to leave it out."""
        return "noindex" in self.robots


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.open: list[str] = []
        self.places: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        page = self.page
        classes = values.get("class", "").split()
        if "id" in values:
            page.ids.add(values["id"])
        if tag == "a" and values.get("name"):
            page.ids.add(values["name"])
        if tag == "html":
            page.lang = values.get("lang", "")
        elif tag == "link" and values.get("rel") == "alternate" and "hreflang" in values:
            page.alternates.append((values["hreflang"], values.get("href", "")))
        elif tag == "meta" and values.get("name") == "robots":
            page.robots = values.get("content", "")
        elif tag == "a" and "language" in classes:
            page.menu[values.get("hreflang", "")] = values.get("href", "")
        elif tag == "a" and "href" in values and "article" in self.places:
            page.links.append(values["href"])
        elif tag == "img":
            page.images.append(values.get("src", ""))
        elif tag == "h1":
            page.headings.append("")
        elif tag == "time":
            page.times.append("")
        if tag in _VOID:
            return
        self.open.append(tag)
        place = "banner" if "l10n" in classes else "article" if tag == "article" else ""
        self.places.append(place)
        if place == "banner":
            page.state = next((name[5:] for name in classes if name.startswith("l10n-")), "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            at = len(self.open) - 1 - self.open[::-1].index(tag)
            del self.open[at:], self.places[at:]

    def handle_data(self, data: str) -> None:
        page = self.page
        if "title" in self.open and "head" in self.open:
            page.title += data
        if "h1" in self.open and page.headings:
            page.headings[-1] += data
        if "time" in self.open and page.times:
            page.times[-1] += data
        if "banner" in self.places:
            page.banner += data
        elif "article" in self.places and not _SILENT & set(self.open):
            page.article += data


@dataclass
class BuiltSite:
    """All files of a site and its pages by address."""

    folder: Path
    base: str
    """Address of the top of the site, without a slash at its end."""
    pages: dict[str, Page] = field(default_factory=dict)

    def file(self, url: str) -> Path | None:
        """Return the file that a web server sends for an address of this site, None when there is none."""
        path = self.folder / unquote(urlsplit(url).path).lstrip("/")
        for candidate in (path, path / "index.html", path.with_name(path.name + ".html")):
            if candidate.is_file():
                return candidate
        return None

    def page(self, url: str) -> Page | None:
        """Return the page at an address, however it is spelled: whole, with index.html, without a slash."""
        file = self.file(url)
        return self.pages.get(self.address(file)) if file else None

    def address(self, file: Path) -> str:
        """Return the address of a file below the top."""
        return "/" + re.sub(r"(^|/)index\.html$", r"\1", file.relative_to(self.folder).as_posix())

    def target(self, page: Page, link: str) -> str | None:
        """Return the address on this site that a link leads to, with its fragment; None for one that leaves it."""
        whole = urljoin(self.base + page.url, link)
        return whole[len(self.base) :] or "/" if whole.startswith(self.base + "/") or whole == self.base else None


def read(folder: Path, base: str) -> BuiltSite:
    """Return a built site with all of its pages read."""
    site = BuiltSite(folder, base)
    for file in sorted(folder.rglob("*.html")):
        page = Page(site.address(file))
        _Reader(page).feed(file.read_text("utf-8"))
        site.pages[page.url] = page
    return site


def broken_links(site: BuiltSite, page: Page) -> Iterator[str]:
    """Yield the links of an article that lead to no page, no file or no heading."""
    for link in page.links:
        if (whole := site.target(page, link)) is None:
            continue
        address, fragment = urldefrag(whole)
        there = site.page(address)
        if site.file(address) is None:
            yield f"{page.url}: {link} leads nowhere"
        elif fragment and there and unquote(fragment) not in there.ids:
            yield f"{page.url}: {link} leads to no heading of {there.url}"


def missing_images(site: BuiltSite, page: Page) -> Iterator[str]:
    """Yield the images of a page that the site does not have."""
    for image in page.images:
        whole = site.target(page, image)
        if whole is not None and site.file(whole) is None:
            yield f"{page.url}: the image {image} is missing"


def hreflang_faults(site: BuiltSite, page: Page, source: str) -> Iterator[str]:
    """Yield what is wrong with how a page names its translations; `source` is the language of x-default."""
    named = dict(page.alternates)
    if len(named) != len(page.alternates):
        yield f"{page.url}: two links for one language: {page.alternates}"
    if page.is_hidden:
        if named:
            yield f"{page.url}: is hidden, and yet names translations"
        return
    if not named:
        yield f"{page.url}: names no translations"
        return
    if named.get("x-default") != named.get(source):
        yield f"{page.url}: x-default is {named.get('x-default')}, not the page in {source}"
    if page.lang not in named:
        yield f"{page.url}: does not name itself ({page.lang})"
    for language, address in named.items():
        whole = site.target(page, address)
        there = site.page(whole) if whole else None
        if not address.startswith(site.base):
            yield f"{page.url}: {address} is no whole address"
        if there is None:
            yield f"{page.url}: its translation {address} is missing"
        elif there.is_hidden:
            yield f"{page.url}: names {there.url}, which is hidden"
        elif language not in (there.lang, "x-default"):
            yield f"{page.url}: names {there.url} as {language}, which says it is {there.lang}"
        elif not any(site.page(site.target(there, back) or "") is page for _, back in there.alternates):
            yield f"{there.url}: does not name {page.url} back"


def listed(site: BuiltSite) -> dict[str, list[str]]:
    """Return the addresses that each sitemap and feed names: path of the file -> addresses."""
    found = {}
    for file in sorted(site.folder.rglob("*.xml")):
        root = ElementTree.fromstring(file.read_bytes())
        texts = [element.text or "" for element in root.iter() if element.tag.rpartition("}")[2] in ("loc", "link")]
        links = [element.get("href", "") for element in root.iter() if element.get("rel", "alternate") == "alternate"]
        found[site.address(file)] = [each.strip() for each in (*texts, *links) if each and each.strip()]
    return found


def listing_faults(site: BuiltSite) -> Iterator[str]:
    """Yield what sitemaps and feeds name although it is missing, or hidden from search engines."""
    for name, addresses in listed(site).items():
        for address in addresses:
            if not address.startswith(site.base):
                yield f"{name}: {address} is no address of this site"
            elif site.file(address[len(site.base) :]) is None:
                yield f"{name}: {address} is missing"
            elif (page := site.page(address[len(site.base) :])) and page.is_hidden:
                yield f"{name}: {address} is hidden, and yet listed"
