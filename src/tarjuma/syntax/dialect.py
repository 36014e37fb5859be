"""Template dialects in Markdown: what is code of a site generator is hidden from the Markdown parser.

Every mask keeps the length of the text, so that a byte offset means the same place before and after:
code that fills its lines becomes spaces, code inside a line becomes letters, and an indented body
(MkDocs, MDX) is moved to the margin by swapping its indent with the line end before it.
Titles and attributes for readers inside the hidden code are returned as segments of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from tarjuma.model import Key, Options, Segment
from tarjuma.syntax import inline, title

NAMES = frozenset(
    {"hugo", "liquid", "jinja", "mdbook", "kramdown", "mkdocs", "containers", "myst", "mdx", "definitions", "math"}
)
TEMPLATES = frozenset({"hugo", "liquid", "jinja", "mdbook"})

_GAP = rb"\n(?![ \t]*\n)"
_TAG = (
    rb"\{\{[^}\n]*(?:(?:\}(?!\})|" + _GAP + rb")[^}\n]*)*\}\}"
    rb"|\{%[^%\n]*(?:(?:%(?!\})|" + _GAP + rb")[^%\n]*)*%\}"
    rb"|\{#[^#\n]*(?:(?:#(?!\})|" + _GAP + rb")[^#\n]*)*#\}"
)
_VERBATIM = (
    rb"\{%-?\s*(?P<liquid>raw|highlight|comment|verbatim|mermaid)\b(?:(?!%\}).)*%\}.*?\{%-?\s*end(?P=liquid)\s*-?%\}"
    rb"|\{\{(?P<mark>[<%])\s*(?P<hugo>highlight|code|code-toggle|mermaid|math|katex|script|raw|rawhtml|goat)\b(?:(?!\}\}).)*\}\}"
    rb"(?:(?!\{\{[<%]\s*(?P=hugo)\b).)*?\{\{[<%]\s*/\s*(?P=hugo)\s*[>%]\}\}"
)
_TEMPLATE = re.compile(_VERBATIM + rb"|" + _TAG, re.DOTALL)
_LINE_TAIL = re.compile(rb"[ \t]*(?=\n|\Z)")
_CONTROL = re.compile(
    rb"\{%-?\s*(?:assign|set|if|elsif|elif|unless|case|when|for|capture|cycle|tablerow|block|macro|import|from)\b"
)
_ATTRIBUTE = re.compile(
    rb"""(?<![\w-])([A-Za-z][\w:-]*)[ \t]*=[ \t]*"""
    rb"""(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`([^`\n]*)`)"""
)
_FENCE = re.compile(rb"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_LINES = re.compile(
    rb"^[ \t>]*\{:[^}\n]*\}[ \t]*$"  # kramdown attribute list of a block
    rb"|^[ \t]*(?:[-*+]|\d+\.)[ \t]+[^\n]*\n[ \t]*\{:toc[^}\n]*\}[ \t]*$"
    rb"|^[ \t]*\{::(?:comment|nomarkdown)\}.*?\{:/(?:comment|nomarkdown)?\}[ \t]*$|^[ \t]*\{::?/?[^}\n]*\}[ \t]*$"
    rb"|^[ \t]*\([\w:.-]+\)=[ \t]*$"  # MyST target
    rb"|^[ \t]*\[\[?_?TOC_?\]?\][ \t]*$"
    rb"|^[ \t]*-+8<-+[^\n]*$",
    re.MULTILINE | re.DOTALL,
)
_CONTAINER = re.compile(rb"^([ \t>]*):{3,}[ \t]*(\{?[\w.-]*\}?)(\[[^\]\n]*\])?([^\n]*)$", re.MULTILINE)
_BLOCK = re.compile(rb"^([ \t>]*)/{3,}(?:[ \t]+([\w-]+)(?:[ \t]*\|[ \t]*([^\n]*?))?)?[ \t]*$", re.MULTILINE)
_ADMONITION = re.compile(
    rb"^([ \t]*)(?:!!!|\?\?\?\+?)[ \t]+[\w|-]+(?:[ \t]+[\w-]+)*(?:[ \t]+\"([^\"\n]*)\")?[ \t]*$", re.MULTILINE
)
_TAB = re.compile(rb"^([ \t]*)===[!+]?[ \t]+\"([^\"\n]*)\"[ \t]*$", re.MULTILINE)
_DEFINITION = re.compile(rb"(?<=\n)([ ]{0,3}(?:>[ ]?)*):(?=[ \t]+\S)")
_MATH = re.compile(
    rb"^[ \t>]*(?:\$\$(?:(?!\$\$|\n[ \t]*\n).)+\$\$|\\(?:\\\[|\[[ \t]*\n)(?:(?!\\\]|\n[ \t]*\n).)+\\\\?\])[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_MYST_PROSE = frozenset(
    b"note tip warning important seealso admonition attention caution danger error hint dropdown card grid "
    b"grid-item grid-item-card tab-set tab-item versionadded versionchanged deprecated epigraph pull-quote "
    b"topic sidebar margin exercise solution".split()
)
_MYST_OPTION = re.compile(rb"(?:[ \t>]*:[\w-]+:[^\n]*\n)+|[ \t>]*---\n.*?\n[ \t>]*---\n", re.DOTALL)
_ESM = re.compile(rb"(?:\A|(?<=\n))(?:import|export)\b(?=[ \t{*\"'])(?:[^\n]|" + _GAP + rb")*")
_BRACES = rb"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_JSX = re.compile(
    rb"^[ \t>]*(?:</?[A-Za-z][\w.:-]*(?:\s+(?:[\w:-]+(?:=(?:\"[^\"]*\"|'[^']*'|" + _BRACES + rb"))?|\{[^{}]*\}))*\s*/?>"
    rb"|</?>|\{/\*.*?\*/\}|\{(?:[^{}\n]|\{[^{}\n]*\})*\})[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_JSX_TAG = re.compile(rb"[ \t>]*<(/?)([A-Za-z][\w.:-]*)?")
_INDENT = re.compile(rb"[ \t]*")
_VISIBLE = re.compile(rb"[^\n]")


class Masked(NamedTuple):
    """Markdown with its template code hidden: `text` has the length of the source."""

    text: bytes
    segments: tuple[Segment, ...]
    """Titles and attributes for readers inside the hidden code, ascending."""
    shape: tuple[object, ...]
    """The code that fills its lines, in order; equal shapes hide the same code."""
    has_jsx: bool


def mask(body: bytes, path: str, options: Options) -> Masked:
    """`body` (UTF-8, LF line ends, without front matter) with the code of its dialects hidden."""
    names = options.dialects if options.dialects is not None else NAMES if path.endswith(".mdx") else NAMES - {"mdx"}
    has_jsx = "mdx" in names and (path.endswith(".mdx") or options.dialects is not None)
    work = _Mask(body, options, _fences(body))
    if b"{" in body and names & TEMPLATES:
        work.templates()
    if "myst" in names and b"{" in body:
        work.directives()
    if "kramdown" in names or "myst" in names or "mkdocs" in names:
        work.lines()
    if "containers" in names and b":::" in body:
        work.containers()
    if "mkdocs" in names and b"///" in body:
        work.blocks()
    if "math" in names and (b"$$" in body or b"\\[" in body):
        work.whole(_MATH)
    if has_jsx:
        work.jsx()
    if "mkdocs" in names and (b"!!!" in body or b"???" in body or b'=== "' in body or b"===" in body):
        work.admonitions()
    if ("definitions" in names and b"\n:" in body) or b"\n   :" in body or b"> :" in body:
        work.definitions()
    work.segments.sort(key=lambda segment: segment.start)
    return Masked(bytes(work.text), tuple(work.segments), tuple(work.hidden), has_jsx)


def tags(body: bytes) -> Iterator[tuple[int, int]]:
    """The template tags outside of fenced code, as (start, end); what a verbatim block holds is none."""
    work = _Mask(body, Options(), _fences(body))
    for start, _, run in _runs(body, work.fence):
        if work.fence(start) is None:
            yield from (tag.span() for tag in run if tag["liquid"] is None and tag["hugo"] is None)


class _Fence(NamedTuple):
    start: int
    inside: int
    """Offset of the first line between the fences."""
    close: int
    """Offset of the closing line; the end of the body where it is missing."""
    end: int
    info: bytes


def _fences(body: bytes) -> list[_Fence]:
    """The fenced blocks of the body: a closing fence has the opening one's sign and at least its length."""
    found: list[_Fence] = []
    if b"```" not in body and b"~~~" not in body:
        return found
    opened: re.Match[bytes] | None = None
    for match in _FENCE.finditer(body):
        if opened is None:
            if match[1][:1] == b"`" and b"`" in match[2]:
                continue
            opened = match
        elif match[1].startswith(opened[1]) and not match[2].strip(b" \t`~"):
            found.append(_Fence(opened.start(), opened.end() + 1, match.start(), match.end(), opened[2].strip()))
            opened = None
    if opened is not None:
        found.append(_Fence(opened.start(), min(opened.end() + 1, len(body)), len(body), len(body), opened[2].strip()))
    return found


class _Mask:
    """The body while its code is being hidden, dialect after dialect."""

    def __init__(self, body: bytes, options: Options, fences: list[_Fence]) -> None:
        self.body = body
        self.text = bytearray(body)
        self.options = options
        self.fences = fences
        self.starts = [fence.start for fence in fences]
        self.segments: list[Segment] = []
        self.hidden: list[object] = []

    def fence(self, offset: int) -> _Fence | None:
        """The fenced block that holds this offset."""
        if not self.fences:
            return None
        index = bisect_right(self.starts, offset) - 1
        if index < 0 or offset >= self.fences[index].end:
            return None
        return self.fences[index]

    def blank(self, start: int, end: int) -> None:
        """Hide whole lines: only their line ends stay."""
        hidden = self.text[start:end]
        self.text[start:end] = _VISIBLE.sub(b" ", hidden) if b"\n" in hidden else b" " * (end - start)

    def fill(self, start: int, end: int) -> None:
        """Hide code inside a line: letters, so that the line stays text."""
        hidden = self.text[start:end]
        self.text[start:end] = _VISIBLE.sub(b"x", hidden) if b"\n" in hidden else b"x" * (end - start)

    def title(self, start: int, end: int, kind: str, style: str) -> None:
        """Offer body[start:end] to the translator."""
        raw = self.body[start:end].decode()
        text = title.unescape(raw, style).strip()
        if not text or not inline.is_text(text) or "{{" in text or "{%" in text:
            return
        lead = len(raw) - len(raw.lstrip())
        tail = len(raw) - len(raw.rstrip())
        self.segments.append(Segment(start + lead, end - tail, Key(None, text), kind, syntax="title", style=style))

    def attributes(self, start: int, end: int, style: str) -> None:
        """Offer the attributes for readers of a tag."""
        for match in _ATTRIBUTE.finditer(self.body, start, end):
            if match[1].decode() in self.options.attributes:
                group = match.lastindex or 2
                quote = {2: '"', 3: "'", 4: "`"}[group]
                self.title(match.start(group), match.end(group), match[1].decode(), style + quote)

    def templates(self) -> None:
        """Hugo shortcodes, Liquid, Jinja and mdBook tags."""
        body = self.body
        for start, end, last in _runs(body, self.fence):
            head = body[body.rfind(b"\n", 0, start) + 1 : start]
            if head.strip(b" \t>") or not _LINE_TAIL.match(body, end):
                self.fill(start, end)
                continue
            self.hidden.append(_code_of(body[start:end], self.options))
            self.blank(start, end)
            if self.fence(start) is None:
                for tag in last:
                    if not _CONTROL.match(tag[0]) and tag["liquid"] is None and tag["hugo"] is None:
                        style = "hugo" if tag[0][:3] in (b"{{<", b"{{%") else "liquid"
                        self.attributes(tag.start(), tag.end(), style)

    def directives(self) -> None:
        """MyST directives in fences whose body is prose."""
        fences: list[_Fence] = []
        for fence in self.fences:
            name, brace, title = fence.info.removeprefix(b"{").partition(b"}")
            if not (fence.info.startswith(b"{") and brace and name.strip() in _MYST_PROSE):
                fences.append(fence)
                continue
            self.hidden.append(name)
            self.blank(fence.start, fence.inside)
            self.blank(fence.close, fence.end)
            if title.strip():
                start = self.body.index(fence.info, fence.start) + len(name) + 2
                self.title(start, fence.inside - 1, "title", "line")
            if option := _MYST_OPTION.match(self.body, fence.inside, fence.close):
                self.blank(option.start(), option.end() - 1)
            fences += _shifted(_fences(self.body[fence.inside : fence.close]), fence.inside)
        self.fences = fences
        self.starts = [fence.start for fence in fences]

    def lines(self) -> None:
        """Lines of kramdown, MyST and MkDocs that say something to the generator only."""
        if b"{:" in self.body or b")=" in self.body or b"TOC" in self.body or b"8<" in self.body:
            self.whole(_LINES)

    def whole(self, pattern: re.Pattern[bytes]) -> None:
        """Hide every match that stands outside code."""
        for match in pattern.finditer(self.body):
            if self.fence(match.start()) is None:
                self.hidden.append(match[0])
                start = match.start() + len(_quote_head(match[0]))
                self.blank(start, match.end())

    def containers(self) -> None:
        """`:::` containers of Docusaurus, Starlight, VitePress and Pandoc, colon fences of MyST."""
        for match in _CONTAINER.finditer(self.body):
            if self.fence(match.start()) is not None:
                continue
            self.hidden.append((match[2], bool(match[3]), bool(match[4].strip())))
            self.blank(match.end(1), match.end())
            if match[3]:
                self.title(match.start(3) + 1, match.end(3) - 1, "title", "bracket")
            elif match[2] and match[4][:1] in (b" ", b"\t") and match[4].lstrip()[:1] not in (b"{", b":", b""):
                self.title(match.start(4), match.end(4), "title", "line")
            else:
                self.attributes(match.start(4), match.end(4), "html")
            if match[2].startswith(b"{"):
                self.colon_options(match.end() + 1)

    def blocks(self) -> None:
        """`///` blocks of PyMdown Extensions: behind the bar stands a title, but in an `html` block a tag."""
        for match in _BLOCK.finditer(self.body):
            if self.fence(match.start()) is not None:
                continue
            self.hidden.append((match[2], bool(match[3])))
            self.blank(match.end(1), match.end())
            if match[3] and match[2] != b"html":
                self.title(match.start(3), match.end(3), "title", "line")

    def colon_options(self, start: int) -> None:
        """Hide the option lines below the head of a MyST colon fence."""
        if option := _MYST_OPTION.match(self.body, start):
            self.blank(option.start(), option.end() - 1)

    def jsx(self) -> None:
        """MDX: imports, exports, comments, tags that fill their lines; children go to the margin."""
        for match in _ESM.finditer(self.body):
            before = self.body[: match.start()].rstrip(b" \t")
            if self.fence(match.start()) is None and (not before or before.endswith(b"\n\n") or before[-1:] == b"\n"):
                self.hidden.append(match[0])
                self.blank(match.start(), match.end())
        edges: list[tuple[int, int, int]] = []
        for match in _JSX.finditer(self.body):
            if self.fence(match.start()) is not None:
                continue
            self.attributes(match.start(), match.end(), "html")
            self.hidden.append(_code_of(match[0], self.options))
            self.blank(match.start() + len(_quote_head(match[0])), match.end())
            tag = _JSX_TAG.match(match[0])
            if tag and not match[0].rstrip().endswith(b"/>"):
                edges.append((match.start(), match.end(), -1 if tag[1] else 1))
        if edges:
            self.dedent(_jsx_indents(self.body, edges))

    def admonitions(self) -> None:
        """MkDocs admonitions, collapsible blocks and content tabs with their indented bodies."""
        heads: dict[int, int] = {}
        for pattern in (_ADMONITION, _TAB):
            for match in pattern.finditer(self.body):
                if self.fence(match.start()) is not None or not _has_body(
                    self.body, match.end(), len(match[1].expandtabs(4))
                ):
                    continue
                self.hidden.append(
                    _code_of(match[0], self.options) if match[2] is None else match[0][: match.start(2) - match.start()]
                )
                self.blank(match.start(), match.end())
                if match[2]:
                    self.title(match.start(2), match.end(2), "title", 'html"')
                heads[match.start()] = len(match[1].expandtabs(4))
        if heads:
            self.dedent(_mkdocs_indents(self.body, heads))
            # a body that looked like a fence's own indent may hold fences of its own
            self.fences = []

    def dedent(self, indents: Iterator[tuple[int, int]]) -> None:
        """Move lines to the margin: (offset of the line, columns) -> its indent goes before the line end above."""
        for start, columns in indents:
            width = _INDENT.match(self.body, start)
            count = _bytes_of(width[0] if width else b"", columns)
            if count and start:
                self.text[start - 1 : start + count] = b" " * count + b"\n"

    def definitions(self) -> None:
        """Definition lists: `: text` below its term is read as a list item."""
        for match in _DEFINITION.finditer(self.body):
            if self.fence(match.start()) is None and self.text[match.end() - 1] == 58:
                self.hidden.append(":")
                self.text[match.end() - 1] = 45


def _shifted(fences: list[_Fence], by: int) -> list[_Fence]:
    return [_Fence(f.start + by, f.inside + by, f.close + by, f.end + by, f.info) for f in fences]


def _runs(body: bytes, fence: object) -> Iterator[tuple[int, int, list[re.Match[bytes]]]]:
    """Template tags that touch each other, as (start, end, tags)."""
    tags: list[re.Match[bytes]] = []
    cursor = 0
    while match := _TEMPLATE.search(body, cursor):
        block = fence(match.start())  # type: ignore[operator]
        if block is not None and match.end() > block.end:
            cursor = match.start() + 2  # a brace in an example; the block ends, and so does it
            continue
        cursor = match.end()
        if tags and not body[tags[-1].end() : match.start()].strip(b" \t"):
            tags.append(match)
            continue
        if tags:
            yield tags[0].start(), tags[-1].end(), tags
        tags = [match]
    if tags:
        yield tags[0].start(), tags[-1].end(), tags


def _code_of(code: bytes, options: Options) -> bytes:
    """Template code without the values that readers see."""

    def without(match: re.Match[bytes]) -> bytes:
        return match[1] + b"=" if match[1].decode() in options.attributes else match[0]

    return _ATTRIBUTE.sub(without, code)


def _quote_head(line: bytes) -> bytes:
    return line[: len(line) - len(line.lstrip(b" \t>"))]


def _has_body(body: bytes, end: int, indent: int) -> bool:
    """True when the next line with text is indented below the head."""
    match = re.compile(rb"\n(?:[ \t]*\n)*([ \t]*)\S").match(body, end)
    return bool(match and len(match[1].expandtabs(4)) >= indent + 4)


def _bytes_of(indent: bytes, columns: int) -> int:
    """How many bytes of an indent make so many columns (a tab counts up to the next multiple of four)."""
    column = 0
    for count, byte in enumerate(indent):
        if column >= columns:
            return count
        column += 4 - column % 4 if byte == 9 else 1
    return len(indent)


def _line_starts(body: bytes, start: int) -> Iterator[int]:
    while start < len(body):
        yield start
        end = body.find(b"\n", start)
        if end < 0:
            return
        start = end + 1


def _mkdocs_indents(body: bytes, heads: dict[int, int]) -> Iterator[tuple[int, int]]:
    """(line, columns) for every line in the body of an admonition or tab; nested ones add up."""
    opened: list[int] = []
    for start in _line_starts(body, min(heads)):
        match = _INDENT.match(body, start)
        indent = match[0] if match else b""
        if start + len(indent) >= len(body) or body[start + len(indent)] == 10:
            continue
        columns = len(indent.expandtabs(4))
        while opened and columns < opened[-1] + 4:
            opened.pop()
        if opened:
            yield start, 4 * len(opened)
        if start in heads:
            opened.append(columns)


def _jsx_indents(body: bytes, edges: list[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """(line, columns) for the children of JSX elements: the indent of the first child is the margin."""
    depth = 0
    for (_, end, step), following in zip(edges, [*edges[1:], (len(body), 0, 0)], strict=True):
        depth = max(0, depth + step)
        if not depth:
            continue
        margin = -1
        for start in _line_starts(body, end + 1):
            if start >= following[0]:
                break
            match = _INDENT.match(body, start)
            indent = match[0] if match else b""
            if start + len(indent) >= len(body) or body[start + len(indent)] == 10:
                continue
            columns = len(indent.expandtabs(4))
            margin = columns if margin < 0 else margin
            if columns:
                yield start, min(margin, columns)
