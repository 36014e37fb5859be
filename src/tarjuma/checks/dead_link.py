"""A link in a translation leads to a page that exists, or that will be made.

Readers of the localized page click it. A link to `/ru/news/` or `other.ru.md` should name a post that is translated
into that language, or a file of the site. Correct the address in the catalog, or link to the page in the source
language. Addresses that a site gives its pages by other rules (tags, archives) are not judged.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from tarjuma.model import Problem, Severity
from tarjuma.survey import Link, Site, View, Where, problem

SEVERITY = Severity.WARNING

_PAGE = (".md", ".markdown", ".mdx", ".html", ".htm")
_DATED = re.compile(r"\d{4}-\d\d?-\d\d?-")
_MADE = frozenset({"tags", "tag", "categories", "category", "authors", "author", "page", "archive", "archives", "feed",
                   "search", "series", "rss"})  # fmt: skip
"""Parts of addresses that a site generator makes pages for by itself."""


def check_site(site: Site) -> Iterator[Problem]:
    """Yield the links to localized pages that are neither there nor planned."""
    links = [(view, link) for view in site.views for link in view.links]
    if not links:
        return
    planned = site.files | {view.status.target for view in site.views}
    names = {code: _names(site, code) for code in site.languages}
    posts = frozenset(_name(part) for view in site.views for part in view.status.path.split("/")) | site.names
    for view, link in links:
        if code := _dead(link, view, planned, names, posts):
            where = Where(
                "dead-link", SEVERITY, view.catalog, view.status.language, link.line, link.place, link.key, link.target,
                link.span,
            )  # fmt: skip
            values = {"address": link.address, "language": code}
            yield problem("{address} leads to no page in {language}: neither there nor planned", values, where)


def _dead(
    link: Link, view: View, planned: frozenset[str], names: dict[str, frozenset[str]], posts: frozenset[str]
) -> str:
    """The language of the page that a link names and that is not there; "" when nothing is wrong."""
    path = _path(link.address)
    if path.startswith("/"):
        code, rest = _dead_address(path, planned, names)
        # where the site's own language has such a link to no post we know, its addresses follow other rules
        is_known = not rest or rest[-1] in posts or not any(_ends(original, rest) for original in link.originals)
        return code if is_known else ""
    if link.address in link.originals or not path.lower().endswith(_PAGE):
        return ""
    below = posixpath.normpath(posixpath.join(posixpath.dirname(view.status.target), path))
    return "" if below in planned or below.startswith("..") else view.status.language


def _dead_address(path: str, planned: frozenset[str], names: dict[str, frozenset[str]]) -> tuple[str, tuple[str, ...]]:
    """The language that a path from the root names and the names behind it, where nothing is there; else "" and ()."""
    parts = [part for part in path.split("/") if part]
    place = next((at for at, part in enumerate(parts[:3]) if _code(part, names)), None)
    if place is None:
        return "", ()
    code, rest = _code(parts[place], names), tuple(map(_name, parts[place + 1 :]))
    tail = "/" + "/".join(parts[place:])
    is_there = not rest or rest[-1] in names[code] or any(f"/{file}".endswith(tail) for file in planned)
    return ("", ()) if is_there or not _MADE.isdisjoint(rest) else (code, rest)


def _ends(address: str, rest: tuple[str, ...]) -> bool:
    """Whether an address ends in these names."""
    names = tuple(_name(part) for part in _path(address).split("/") if part)
    return names[-len(rest) :] == rest


def _path(address: str) -> str:
    return unquote(re.split(r"[?#]", address, maxsplit=1)[0])


def _code(part: str, names: dict[str, frozenset[str]]) -> str:
    wanted = part.lower().replace("_", "-")
    return next((code for code in names if code.lower() == wanted), "")


def _names(site: Site, code: str) -> frozenset[str]:
    """What the last part of a page's address may be: names of posts and folders, and posts' own."""
    found = set(site.names)
    paths = [view.status.target for view in site.views if view.status.language == code and view.status.target]
    paths += [file for file in site.files if f"/{code}/" in f"/{file}"]
    for path in paths:
        *folders, file = path.split("/")
        found.add(_name(file))
        found.update(folder.lower() for folder in folders)
    return frozenset(found)


def _name(part: str) -> str:
    name = part.lower()
    for suffix in _PAGE:
        name = name.removesuffix(suffix)
    return _DATED.sub("", name, count=1)
