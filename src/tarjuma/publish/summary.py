"""Summaries that are a cut of the body: cut again, from the localized body.

`excerpt: The project on implementing modules to enhance…` was made by a program from the first words of the post. Its
translation would be the work of translating the first paragraph twice, and its end would stand somewhere else.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from tarjuma import formats, keypath
from tarjuma.errors import SourceError
from tarjuma.model import Document, Segment
from tarjuma.syntax import fields, frontmatter, inline
from tarjuma.syntax.inline import Kind

NAMES = frozenset({"summary", "excerpt", "description"})
"""The last steps of the key paths that may hold a cut."""

FEWEST = 3
"""Words: fewer may begin a body by chance."""

_END = re.compile(r"\s*(?:…|\.{3}|\[\s*(?:…|\.{3})\s*\])\s*\Z")
_RUNNING = frozenset({"paragraph", "list item", "quote", "heading"})
_LOOSE = re.compile(r"[\s\u00a0,;:(\[{«„“\"'–—-]+\Z")
_SAME = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"})


def changes(document: Document, spliced: bytes) -> dict[str, str]:
    """Return key path -> cut of the localized body, for the summaries of a source that are cuts of its body.

    The new cut ends at a word, with what the old one ends with, and is about the same share of the body. A body whose
    beginning is still in the source's words is not cut: the summary may be translated before it is.
    """
    found: dict[str, str] = {}
    cuts = list(_cuts(document))
    if not cuts:
        return found
    try:
        after = formats.parse(spliced, document.path, document.options)
    except SourceError:
        return found
    for path, text, end, is_headed in cuts:
        old, new = plain(document, is_headed=is_headed), plain(after, is_headed=is_headed)
        limit = keypath.limit(document.options.limits, path)
        is_bound = limit and len(text) + len(end) <= limit
        cut = _cut(new, round(len(new) * len(text) / len(old)), limit - len(end) if is_bound else len(new))
        if cut and not _alike(old).startswith(_alike(cut)):
            found[path] = cut + end
    return found


def _cuts(document: Document) -> Iterator[tuple[str, str, str, bool]]:
    """(key path, text without its ellipsis, the ellipsis, whether headings belong to it) of each cut of the body."""
    try:
        own = fields.read(document.source, document.options)
    except (ValueError, SourceError):
        return
    is_meant = keypath.pattern(document.options.keys).fullmatch
    for path, value in _texts(own):
        end = _END.search(value)
        if not end or path.rpartition(".")[2].lower() not in NAMES or not is_meant(path):
            continue
        text = " ".join(value[: end.start()].split())
        for is_headed in (True, False):
            body = _alike(plain(document, is_headed=is_headed))
            if len(text.split()) >= FEWEST and body.startswith(_alike(text)) and len(body) > len(text):
                yield path, text, end[0].rstrip(), is_headed
                break


def _texts(own: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in own.items():
        path = f"{above}{key}"
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, Mapping):
            yield from _texts(value, f"{path}.")


def plain(document: Document, *, is_headed: bool) -> str:
    """Return the running text of a body, without markup, in one line; with its headings or without them."""
    head = frontmatter.find(document.source, document.options)
    start = head.body if head else 0
    kinds = _RUNNING if is_headed else _RUNNING - {"heading"}
    texts = (_plain(each) for each in document.segments if each.start >= start and each.kind in kinds)
    return " ".join(" ".join(texts).split())


def _plain(segment: Segment) -> str:
    parts: list[str] = []
    images = 0
    for token in inline.parse(segment.key.text):
        images += (token.kind is Kind.IMAGE_OPEN) - (token.kind is Kind.IMAGE_CLOSE)
        if images:
            continue
        if token.kind in (Kind.TEXT, Kind.URL):
            parts.append(token.text)
        elif token.kind is Kind.CODE:
            parts.append(token.text.strip("`").strip())
        elif token.kind is Kind.ESCAPE:
            parts.append(token.text[1:])
        elif token.kind is Kind.ENTITY:
            parts.append(html.unescape(token.text))
        elif token.kind is Kind.BREAK:
            parts.append(" ")
    return "".join(parts)


def _alike(text: str) -> str:
    """The text as it is compared: typographic signs are as good as plain ones, of equal length."""
    return text.translate(_SAME).replace("\u00a0", " ")


def _cut(text: str, length: int, most: int) -> str:
    """The first words of a text, about `length` characters: a word that is mostly inside counts, up to `most`."""
    words = text.split(" ")
    cut = ""
    for word in words[:-1]:  # a cut is never the whole
        longer = f"{cut} {word}" if cut else word
        if cut and (len(longer) - len(word) // 2 > length or len(longer) > most):
            break
        cut = longer
    return _LOOSE.sub("", cut)
