"""Markdown posts: front matter, prose, tables, HTML blocks and the template dialects around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from tarjuma.model import Document, Key, Options, Segment
from tarjuma.syntax import dialect, directive, escape, frontmatter, html, inline, markdown, title
from tarjuma.syntax.text import BOM, decode

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx")

_CODE_COMMENT = re.compile(rb"^([ \t]*(?:#|//|--|;+|%)[ \t]+)(\S[^\n]*?)[ \t]*$", re.MULTILINE)
_ONE_LINE = frozenset({"Heading", "Setext", "TableCell"})
"""Kinds of text that a line end would end."""
_PHRASING = rb"a|abbr|b|bdi|bdo|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var"
_LONE_TAG = re.compile(rb"</?(?:%s)\b[^<>\n]*>[ \t]*\n" % _PHRASING)


def parse(source: bytes, path: str, options: Options) -> Document:
    """The text of a Markdown post as byte spans.

    `source` is UTF-8, with any line ends and perhaps a byte order mark. Raises SourceError when it is not UTF-8.
    """
    decode(source, path)
    head = frontmatter.find(source, options)
    segments: list[Segment] = []
    shape: list[object] = []
    start = len(BOM) if source.startswith(BOM) else 0
    if head:
        segments, fields = frontmatter.SYNTAXES[head.syntax].segments(source, head.start, head.end, options)
        shape.append(fields)
        start = head.body
    # empty lines in place of the front matter: offsets in the body are offsets in the source
    lines = _LineEnds(b"\n" * start + source[start:] if start else source)
    reader = _Body(lines.body, path, options)
    segments += _moved(reader.segments(), lines.carriages) if lines.carriages else reader.segments()
    shape += [reader.masked.shape, tuple(reader.shape)]
    return Document(path, source, tuple(segments), options, "markdown", tuple(shape))


class _LineEnds:
    """A body with LF line ends, and where it lost its carriage returns."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.carriages: list[int] = []
        """Offsets in `self.body` before which one byte is missing."""
        if b"\r" not in body:
            return
        self.body = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        start = body.find(b"\r\n")
        while start >= 0:
            self.carriages.append(start - len(self.carriages))
            start = body.find(b"\r\n", start + 2)


def _moved(segments: list[Segment], carriages: list[int]) -> list[Segment]:
    """The segments of a body at their offsets in the source."""
    return [
        replace(
            segment,
            start=segment.start + bisect_left(carriages, segment.start),
            end=segment.end + bisect_left(carriages, segment.end),
        )
        for segment in segments
    ]


class _Body:
    """The body of a post, LF line ends, while it is read."""

    def __init__(self, body: bytes, path: str, options: Options) -> None:
        self.body = body
        self.options = options
        self.masked = dialect.mask(body, path, options)
        self.text = self.masked.text.decode()
        self.syntax = "mdx" if self.masked.has_jsx else "markdown"
        self.shape: list[object] = []

    def segments(self) -> list[Segment]:
        """Everything for readers, in reading order; the block tree is in `shape` afterwards."""
        body, masked = self.body, self.masked
        blocks = markdown.blocks(self.text, masked.text)
        self.shape = blocks.shape
        self.breaks = {body.find(b"\n", offset) for offset in blocks.breaks}
        found = list(masked.segments)
        for span in blocks.spans:
            if span.kind == "HtmlBlock":
                found += self.html(span)
            elif span.kind == "CodeBlock":
                found += self.code_comments(span)
            elif segment := self.segment(span):
                found.append(segment)
        found += self.link_titles()
        found.sort(key=_start)
        if b"<!--" in body or b"{/*" in body:
            found = directive.apply(found, directive.find(masked.text))
        return found

    def html(self, span: markdown.Span) -> list[Segment]:
        """The segments of an HTML block."""
        start = span.start
        if alone := _LONE_TAG.match(self.masked.text, start, span.end):
            # a phrasing tag opens an HTML block only while it stands alone on its line
            start = alone.end()
            self.shape.append(alone[0])
        found, between = html.segments(
            self.body, start, span.end, self.options, text=self.masked.text, depth=span.depth
        )
        self.shape.append(between)
        return found

    def segment(self, span: markdown.Span) -> Segment | None:
        """The segment of a span of inline text; None when it holds no words for readers."""
        kind, start, end, depth = span
        body = self.body
        raw = body[start:end]
        heads: tuple[bytes, ...] = ()
        if b"\n" in raw:
            lines, heads = _split(raw, depth)
            text = markdown.joined(lines, self.hard(lines, heads, start))
        else:
            text = markdown.single_spaced(raw.decode())
        if not inline.is_text(text) or "\0" in text:
            return None
        more = heads[-1] if heads else b""
        if not heads or more.count(b">") != depth:  # a lazy line has no marker
            more = markdown.prefix(body[body.rfind(b"\n", 0, start) + 1 : start])
        return Segment(start, end, Key(None, text), markdown.KINDS[kind], self.syntax, "", heads, more, style=kind)

    def hard(self, lines: list[bytes], heads: tuple[bytes, ...], start: int) -> list[bool]:
        """Whether each of these lines ends in a hard break: pyromark says so, and the source does."""
        found = []
        offset = start
        for line, head in zip(lines, (*heads, b""), strict=True):
            offset += len(line)
            found.append(offset in self.breaks and markdown.looks_broken(line))
            offset += 1 + len(head)
        found[-1] = False
        return found

    def code_comments(self, span: markdown.Span) -> list[Segment]:
        """Comments in a code block, where the configuration asks for them."""
        if not self.options.code_comments:
            return []
        inside = self.body.find(b"\n", span.start)
        return [
            Segment(
                match.start(2),
                match.end(2),
                Key(None, markdown.single_spaced(match[2].decode())),
                "code comment",
                syntax="line",
            )
            for match in _CODE_COMMENT.finditer(self.body, max(inside, span.start), span.end)
            if inline.is_text(match[2].decode())
        ]

    def link_titles(self) -> list[Segment]:
        """The titles of link reference definitions."""
        found = []
        for start, end, quote_sign in markdown.titles(self.text, self.masked.text):
            text = markdown.single_spaced(self.body[start:end].decode().replace("\n", " "))
            if inline.is_text(text):
                found.append(Segment(start, end, Key(None, text), "link title", syntax="link-title", style=quote_sign))
        return found


def _start(segment: Segment) -> int:
    return segment.start


def _split(raw: bytes, depth: int) -> tuple[list[bytes], tuple[bytes, ...]]:
    """The lines of a span without their heads, and the heads of all but the first."""
    first, *others = raw.split(b"\n")
    lines, heads = [first], []
    for line in others:
        cut = markdown.head_of(line, depth)
        heads.append(line[:cut])
        lines.append(line[cut:])
    return lines, tuple(heads)


def quote(document: Document, segment: Segment, target: str) -> bytes:
    """The bytes that stand for `target` in place of the segment; its own bytes when `target` is its text.

    What would change the structure is escaped. Raises UnicodeEncodeError for lone surrogates.
    """
    own = document.source[segment.start : segment.end]
    if target == segment.key.text:
        return own
    if segment.syntax in frontmatter.SYNTAXES:
        quoted: bytes = frontmatter.SYNTAXES[segment.syntax].quote(document.source, segment, target)
        return quoted
    if segment.syntax.startswith("html"):
        return html.quote(document.source, segment, target)
    text = _escaped(document, segment, escape.normalized(target))
    if segment.syntax not in ("markdown", "mdx"):
        return text.encode()
    return _laid_out(document, segment, own, text)


def _escaped(document: Document, segment: Segment, target: str) -> str:
    """`target` as the place of the segment may hold it."""
    source = segment.key.text
    if segment.syntax == "title":
        return title.escape(escape.foreign_code(source, target), segment.style)
    if segment.syntax == "link-title":
        return escape.title(escape.foreign_code(source, target), segment.style)
    if segment.syntax == "line":
        return escape.foreign_code(source, target.replace("\n", " "))
    if segment.syntax == "mdx":
        target = escape.braces(source, escape.esm(target))
    if segment.style == "Heading":
        return escape.heading(source, target)
    if segment.style == "Setext":
        return escape.setext(source, target)
    if segment.style == "TableCell":
        return escape.cell(
            source, target, starts_line=not segment.more.strip(b" \t>") and _starts_line(document, segment)
        )
    return escape.paragraph(source, target)


def _starts_line(document: Document, segment: Segment) -> bool:
    """True when only white space and quote markers stand before the segment on its line."""
    source = document.source
    start = max(source.rfind(b"\n", 0, segment.start), source.rfind(b"\r", 0, segment.start)) + 1
    return not source[start : segment.start].strip(b" \t>")


def _laid_out(document: Document, segment: Segment, own: bytes, text: str) -> bytes:
    """`text` in lines: hard breaks in the source's own way, soft breaks at the width that the options say."""
    width = 0 if segment.style in _ONE_LINE else document.options.width
    if "\n" not in text and not width:
        return text.encode()
    end = _line_end(document.source, segment)
    broken = _hard_breaks(own)
    parts = [text.encode()] if "\n" not in text else [part.encode() for part in text.split("\n")]
    if width:
        column = _column(document.source, segment)
        limit = width if width > 0 else _own_width(own, column)
        parts = [end.join(wrapped(part, limit, column, segment.more)) if limit else part for part in parts]
    lines = parts[0]
    for number, part in enumerate(parts[1:]):
        mark = broken[min(number, len(broken) - 1)] if broken else b"  "
        head = segment.heads[number] if number < len(segment.heads) and not width else segment.more
        lines += mark + end + head + part
    return lines


def _column(source: bytes, segment: Segment) -> int:
    """The column (characters) at which the segment starts."""
    start = max(source.rfind(b"\n", 0, segment.start), source.rfind(b"\r", 0, segment.start)) + 1
    return len(source[start : segment.start].decode(errors="replace"))


def _own_width(own: bytes, column: int) -> int:
    """The greatest line of a wrapped segment; 0 where the author did not wrap."""
    lines = own.decode().replace("\r", "").split("\n")
    return max([column + len(lines[0]), *map(len, lines[1:])]) if len(lines) > 1 else 0


_ATOM = re.compile(r"(?:(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)|\{\{.*?\}\}|\{%.*?%\}|<[^<>]*>|\]\([^()]*\)|[^ ])+")
_HAZARD = re.compile(r"(?:[#>=|:!?{`~\[+*-]|\d{1,9}[.)]$)")


def wrapped(text: bytes, width: int, column: int, more: bytes) -> list[bytes]:
    """The lines of a paragraph at most `width` characters wide where words allow; no line begins like a block."""
    lines: list[str] = []
    head = more.decode()
    line = ""
    room = width - column
    for match in _ATOM.finditer(text.decode()):
        word = match[0]
        if line and len(line) + 1 + len(word) > room and not _HAZARD.match(word):
            lines.append(line)
            line = head + word
            room = width
        else:
            line = f"{line} {word}" if line else word
    return [part.encode() for part in [*lines, line]]


def _line_end(source: bytes, segment: Segment) -> bytes:
    """The line end that the source uses here."""
    at = re.compile(rb"\r\n|\n|\r").search(source, segment.start)
    at = at or re.compile(rb"\r\n|\n|\r").search(source)
    return at[0] if at else b"\n"


def _hard_breaks(own: bytes) -> list[bytes]:
    """How the source writes its hard breaks: two spaces or a backslash."""
    return [match[1] for match in re.finditer(rb"([ \t]{2,}|[ \t]*\\)(?:\r\n|\n|\r)", own)]


def unquote(document: Document, segment: Segment, quoted: bytes) -> str:
    """The text that `parse` reads back where `quoted` stands in place of the segment."""
    if segment.syntax in frontmatter.SYNTAXES:
        text: str = frontmatter.SYNTAXES[segment.syntax].unquote(document.source, segment, quoted)
        return text
    if segment.syntax.startswith("html"):
        return html.unquote(document.source, segment, quoted)
    if segment.syntax == "title":
        return title.unescape(quoted.decode(), segment.style)
    if b"\n" not in quoted and b"\r" not in quoted:
        return markdown.single_spaced(quoted.decode())
    raw = quoted.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\n" not in raw or segment.syntax not in ("markdown", "mdx"):
        return markdown.single_spaced(raw.decode().replace("\n", " "))
    lines, _ = _split(raw, segment.more.count(b">"))
    return markdown.joined(lines, [*map(markdown.looks_broken, lines[:-1]), False])
