"""Every address of a post that may lead to another page or file of its site, with the bytes that it is written in.

Code, comments and template code hold none, save the parameters of shortcodes and the tags of Jekyll, Pelican and Zola
that name a file. What a generator resolves by language itself (Hugo's `ref`, Nikola's `link://`) is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from tarjuma.formats import html
from tarjuma.model import Document
from tarjuma.publish import spelling
from tarjuma.publish.reading import Body, body_of
from tarjuma.publish.spelling import Spelling
from tarjuma.syntax import dialect, frontmatter, markdown
from tarjuma.syntax.tags import attributes, tags
from tarjuma.syntax.text import BOM


class Form(Enum):
    """What an address is for, and with it how a generator reads it."""

    LINK = "link"
    IMAGE = "image"
    DEFINITION = "definition"
    ATTRIBUTE = "attribute"
    """Of HTML: browsers resolve it, generators do not."""
    PARAMETER = "parameter"
    """Of a shortcode or include."""
    FILE = "tag"
    """`{% link x %}`: the path of a file from the top of the site's folder."""
    POST = "post tag"
    """`{% post_url x %}`: the path of a post below `_posts`, without its suffix."""
    FILTERED = "filtered address"
    """`{{ '/x/' | relative_url }}`, `{{ site.baseurl }}/x/`: from the top of the site."""


class Target(NamedTuple):
    """An address in a post; offsets in bytes of the file."""

    start: int
    end: int
    raw: str
    """As it is written."""
    form: Form
    spelling: Spelling

    @property
    def url(self) -> str:
        """What it says."""
        return spelling.read(self.raw, self.spelling)


_PLACES = frozenset({b"href", b"src", b"poster", b"data", b"srcset", b"imagesrcset", b"xlink:href"})
_LISTS = frozenset({b"srcset", b"imagesrcset"})
_CANDIDATE = re.compile(rb"[^\s,][^\s]*?(?=,*(?:\s|\Z))")
_DESTINATION = re.compile(rb"\][(:][ \t]*(?:\n[ \t>]*)?(?:<((?:[^<>\\\n]|\\.)*)>|([^\s<][^\s]*))")
_LABEL = re.compile(rb"[ \t]*\[(?:[^\[\]\\]|\\.)*(?=\]:)", re.DOTALL)
_BASE = re.compile(rb"\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}(?:\{\{-?\s*site\.baseurl\s*-?\}\})?")
_REST = re.compile(rb"/[^\s()<>\"'{}\[\]\\`]*")
_FILTER = re.compile(rb"\{\{-?\s*(?:\"([^\"\s{}]+)\"|'([^'\s{}]+)')\s*\|\s*(?:relative_url|absolute_url|url)\s*-?\}\}")
_LINK_TAG = re.compile(rb"\{%-?\s*(link|post_url)\s+(?:\"([^\"{}]+)\"|([^\s{}\"]+))\s*-?%\}")
_CALL = re.compile(rb"\{(?:\{[<%]|%-?)\s*(?!/|ref\b|relref\b)([\w./-]+)")
_PARAMETER = re.compile(
    rb"""(?<![\w-])(?:src|href|link|url|image|img|file|poster|thumbnail|background|cover|logo|video|audio)"""
    rb"""[ \t]*=[ \t]*(?:"([^"\\\n{}]*)"|'([^'\\\n{}]*)'|`([^`\n{}]*)`)"""
)
_PICTURES = frozenset(b"img image figure video audio picture".split())
_FIRST = re.compile(rb"\s+(?:\"([^\"\\\n{}=]*)\"|([^\s\"'{}=<>%]+))(?=[\s%>])")


def found(document: Document) -> tuple[Target, ...]:
    """Return the addresses in the body of a post, in its order."""
    if document.format == "markdown":
        targets = _in_markdown(document)
    elif document.format == "html":
        targets = _in_html(document)
    else:
        return ()
    return tuple(sorted(set(targets)))


def _in_html(document: Document) -> Iterator[Target]:
    source = document.source
    head = frontmatter.find(source, document.options)
    start = head.body if head else len(BOM) if source.startswith(BOM) else 0
    masked = html.masked(source)
    for low, high, form in _attributes(masked, start, len(source)):
        if source[low:high] == masked[low:high]:
            yield _target(source, low, high, form, Spelling.CANDIDATE if form is Form.IMAGE else Spelling.ATTRIBUTE)
    for low, high in dialect.tags(source):
        if low >= start:
            yield from _in_code(source, low, high)


def _in_markdown(document: Document) -> Iterator[Target]:
    body = body_of(document)
    for low, high, form, kind in _of_body(body):
        place = body.place(low)
        yield Target(place, place + high - low, body.text[low:high].decode(), form, kind)


def _of_body(body: Body) -> Iterator[tuple[int, int, Form, Spelling]]:
    yield from _links(body)
    yield from _definitions(body)
    for start, end in _markup(body):
        for low, high, form in _attributes(body.masked, start, end):
            if body.is_plain(low, high):
                kind = Spelling.CANDIDATE if form is Form.IMAGE else Spelling.ATTRIBUTE
                yield low, high, Form.ATTRIBUTE, kind
    for start, end in dialect.tags(body.text):
        if not body.is_code(start):
            for each in _in_code(body.text, start, end):
                yield each.start, each.end, each.form, each.spelling
    if body.has_jsx:
        yield from _hidden_markup(body)


def _links(body: Body) -> Iterator[tuple[int, int, Form, Spelling]]:
    """Inline links and images: the address stands behind the last thing that their text holds."""
    opened: list[list[int]] = []
    for event, span in body.events:
        if not isinstance(event, dict):
            continue
        begins = event.get("Start")
        if isinstance(begins, dict) and ("Link" in begins or "Image" in begins):
            for each in opened:
                each[0] = max(each[0], span["end"])
            opened.append([span["start"] + (2 if "Image" in begins else 1)])
            value = begins.get("Link") or begins["Image"]
            if value["link_type"] == "Inline":
                form = Form.IMAGE if "Image" in begins else Form.LINK
                pending = (span["end"], value["dest_url"], form)
                opened[-1] += [len(_Pending.all)] if False else []
                opened[-1].append(pending)  # type: ignore[arg-type]
            continue
