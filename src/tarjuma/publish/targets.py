"""Every address of a post that may lead to another page or file of its site, with the bytes that it is written in.

Code, comments and template code hold none, save the parameters of shortcodes and the tags of Jekyll, Pelican and Zola
that name a file. What a generator resolves by language itself (Hugo's `ref`, Nikola's `link://`) is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from tarjuma.formats import html
from tarjuma.model import Document
from tarjuma.publish import spelling
from tarjuma.publish.reading import Body, bodies_of
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
_CANDIDATE = re.compile(rb"[\s,]*+([^\s,](?:[^\s]*[^\s,])?)(?:,+|\s*+[^,]*+)")
_DESTINATION = re.compile(rb"\][(:]\s*+(?:>[ \t]*+)*+(?:<((?:[^<>\\\n]|\\.)*+)>|([^\s<)][^\s]*+))")
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
_HIDDEN_TAG = re.compile(rb"^[ \t>]*(<[A-Za-z])", re.MULTILINE)
_TAGS = {b"link": Form.FILE, b"post_url": Form.POST}
_PICTURES = frozenset(b"img image figure video audio picture".split())
_FIRST = re.compile(rb"\s+(?:\"([^\"\\\n{}=]*)\"|([^\s\"'{}=<>%]+))(?=[\s%>])")


_Span = tuple[int, int, Form, Spelling]


def found(document: Document) -> tuple[Target, ...]:
    """Return the addresses in the body of a post, in its order."""
    if document.format == "html":
        source = document.source
        return tuple(
            Target(low, high, source[low:high].decode(), form, kind)
            for low, high, form, kind in _ordered(_in_html(document))
        )
    return tuple(
        Target(body.place(low), body.place(high), body.text[low:high].decode(), form, kind)
        for body in bodies_of(document)
        for low, high, form, kind in _ordered(_in_markdown(body))
    )


def _ordered(spans: Iterable[_Span]) -> list[_Span]:
    """Spans in their order; of two that meet the first."""
    found: list[_Span] = []
    for span in sorted(set(spans), key=lambda span: span[:2]):
        if not found or span[0] >= found[-1][1]:
            found.append(span)
    return found


def _in_html(document: Document) -> Iterator[_Span]:
    source = document.source
    head = frontmatter.find(source, document.options)
    start = head.body if head else len(BOM) if source.startswith(BOM) else 0
    masked = html.masked(source)
    for span in _attributes(masked, start, len(source)):
        if source[span[0] : span[1]] == masked[span[0] : span[1]]:
            yield span
        else:
            yield from _behind_base(source, span[0], span[1])
    for low, high in dialect.tags(source):
        if low >= start:
            yield from _in_code(source, low, high)


def _in_markdown(body: Body) -> Iterator[_Span]:
    yield from _links(body)
    yield from _definitions(body)
    for start, end in _markup(body):
        for span in _attributes(body.masked, start, end):
            if body.is_plain(span[0], span[1]):
                yield span
            else:
                yield from _behind_base(body.text, span[0], span[1])
    for start, end in dialect.tags(body.text):
        if not body.is_code(start):
            yield from _in_code(body.text, start, end)
    if body.has_jsx:
        yield from _hidden_markup(body)


class _Opened:
    """A link or image whose text is being read."""

    def __init__(self, name: str, value: dict[str, str], start: int) -> None:
        self.form = Form.IMAGE if name == "Image" else Form.LINK
        self.address = value["dest_url"] if value["link_type"] == "Inline" else None
        self.inside = start + (2 if name == "Image" else 1)
        """Where the last thing ends that its text holds."""


def _links(body: Body) -> Iterator[_Span]:
    """Inline links and images: the address stands behind their text."""
    opened: list[_Opened] = []
    for event, span in body.events:
        begins = event.get("Start") if isinstance(event, dict) else None
        if isinstance(begins, dict) and (name := next(iter(begins))) in ("Link", "Image"):
            opened.append(_Opened(name, begins[name], span["start"]))
            continue
        if not opened:
            continue
        if isinstance(event, dict) and event.get("End") in ("Link", "Image"):
            link = opened.pop()
            if link.address:
                yield from _destination(body, link.inside, span["end"], link.address, link.form)
        if opened:
            opened[-1].inside = max(opened[-1].inside, span["end"])


def _definitions(body: Body) -> Iterator[_Span]:
    if b"]:" not in body.masked:
        return
    for address, start, end in markdown.definitions(body.masked.decode()):
        label = _LABEL.match(body.masked, start, end)
        if label and address:
            yield from _destination(body, label.end(), end, address, Form.DEFINITION)


def _destination(body: Body, start: int, end: int, address: str, form: Form) -> Iterator[_Span]:
    """The address that the parser read, where the bytes say the same and hold no template code."""
    found = _DESTINATION.search(body.masked, start, end)
    if not found:
        return
    kind, group = (Spelling.POINTED, 1) if found[1] is not None else (Spelling.BARE, 2)
    low, high = found.span(group)
    if kind is Spelling.BARE and form is not Form.DEFINITION:
        high = _bare_end(body.masked, low, high)
    if not body.is_plain(low, high):
        yield from _behind_base(body.text, low, high)
    elif spelling.read(body.masked[low:high].decode(), kind) == address:
        yield low, high, form, kind


def _bare_end(text: bytes, start: int, end: int) -> int:
    """Where an address without brackets ends: before the `)` that it does not open."""
    depth, at = 0, start
    while at < end:
        if text[at] == 92:
            at += 1
        elif text[at] == 40:
            depth += 1
        elif text[at] == 41:
            depth -= 1
            if depth < 0:
                return at
        at += 1
    return end


def _behind_base(text: bytes, start: int, end: int) -> Iterator[_Span]:
    """`{{ site.baseurl }}/x/`: what stands behind the code of the site's own address."""
    base = _BASE.match(text, start, end)
    if base and (rest := _REST.fullmatch(text, base.end(), end)):
        yield rest.start(), rest.end(), Form.FILTERED, Spelling.LITERAL


def _markup(body: Body) -> Iterator[tuple[int, int]]:
    """Where HTML stands in Markdown, as (start, end)."""
    for event, span in body.events:
        if isinstance(event, dict) and (event.get("Start") == "HtmlBlock" or "InlineHtml" in event):
            yield span["start"], span["end"]


def _hidden_markup(body: Body) -> Iterator[_Span]:
    """The tags of MDX that fill their lines, which the Markdown parser does not see."""
    for found in _HIDDEN_TAG.finditer(body.text):
        start = found.start(1)
        if body.masked[start : start + 1] == b" " and not body.is_code(start):
            for tag in tags(body.text, start, len(body.text))[:1]:
                yield from _attributes(body.text, tag.start, tag.end)


def _attributes(text: bytes, start: int, end: int) -> Iterator[_Span]:
    for tag in tags(text, start, end):
        if tag.name and not tag.is_end and b"=" in text[tag.start : tag.end]:
            for attribute in attributes(text, tag):
                if attribute.name in _PLACES:
                    yield from _value(text, attribute.start, attribute.end, attribute.name in _LISTS)


def _value(text: bytes, start: int, end: int, is_list: bool) -> Iterator[_Span]:
    """The addresses in the value of an attribute; an expression of JSX has none."""
    if text[start : start + 1] in (b'"', b"'"):
        start, end = start + 1, end - 1
    elif text[start : start + 1] == b"{":
        return
    if not is_list:
        low = start + len(text[start:end]) - len(text[start:end].lstrip())
        high = low + len(text[low:end].rstrip())
        if low < high:
            yield low, high, Form.ATTRIBUTE, Spelling.ATTRIBUTE
        return
    for found in _CANDIDATE.finditer(text, start, end):
        yield found.start(1), found.end(1), Form.ATTRIBUTE, Spelling.ATTRIBUTE


def _in_code(text: bytes, start: int, end: int) -> Iterator[_Span]:
    """The addresses in a template tag."""
    code = text[start:end]
    if found := _LINK_TAG.fullmatch(code):
        group = 2 if found[2] else 3
        yield start + found.start(group), start + found.end(group), _TAGS[found[1]], Spelling.LITERAL
    elif found := _FILTER.fullmatch(code):
        group = 1 if found[1] else 2
        yield start + found.start(group), start + found.end(group), Form.FILTERED, Spelling.LITERAL
    elif call := _CALL.match(code):
        for found in _PARAMETER.finditer(code, call.end()):
            group = found.lastindex or 1
            if found[group]:
                yield start + found.start(group), start + found.end(group), Form.PARAMETER, Spelling.LITERAL
        if call[1] in _PICTURES and (found := _FIRST.match(code, call.end())):
            group = found.lastindex or 1
            if found[group]:
                yield start + found.start(group), start + found.end(group), Form.PARAMETER, Spelling.LITERAL
