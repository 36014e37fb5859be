"""Text for readers in HTML: the runs between block-level tags, and the attributes and elements that hold words.

Phrasing tags (`<a>`, `<em>`, `<code>` ...) stay inside a message, every other tag ends it. A message is the run as it
is written, with each line break and the indentation around it collapsed into one space.
"""

from __future__ import annotations

import re

from tarjuma.model import TRANSLATED_ATTRIBUTES, Key, Options, Segment
from tarjuma.syntax import inline
from tarjuma.syntax.inline import Kind
from tarjuma.syntax.tags import BLOCKS, Role, Tag, attributes, tags

TEXT_ATTRIBUTES = TRANSLATED_ATTRIBUTES - {"caption", "description"} | {"aria-description", "aria-valuetext", "abbr"}
"""Attributes of HTML whose values readers see; components may have more, `Options.attributes` names them."""
KINDS = {
    b"p": "paragraph", b"li": "list item", b"td": "table cell", b"th": "table cell", b"blockquote": "quote",
    b"caption": "caption", b"figcaption": "caption", b"summary": "summary", b"dt": "term", b"dd": "definition",
    b"button": "button", b"option": "option", b"legend": "legend", b"title": "title",
    **{b"h%d" % level: "heading" for level in range(1, 7)},
}  # fmt: skip
_META = {
    b"description": "description", b"og:title": "title", b"og:description": "description", b"twitter:title": "title",
    b"twitter:description": "description", b"og:image:alt": "alt", b"twitter:image:alt": "alt",
}  # fmt: skip
_SPACE = b" \t\r\n\f"
_CODE = frozenset({b"code", b"kbd", b"samp", b"var", b"tt"})
_LETTER = re.compile(r"[^\W\d_]")
_LETTER_BYTE = re.compile(rb"[A-Za-z\x80-\xff]")
_SPECIAL = re.compile(r"[&`{@]|//|\bwww\.|:[a-z0-9_+-]+:")
_NOT_PROSE = re.compile(
    r"&#?\w+;|`[^`]*`|\{%(?:[^%{}]++|%(?!\}))*+%\}|\{#[^{}]*+\}|\{\{[^{}]*+\}\}|\{[^{}]*+\}|:[a-z0-9_+-]++:"
)
_ADDRESS = re.compile(r"\S*//\S*|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CONTROL = re.compile(
    rb"\{%-?\s*+(?:if|elsif|elif|else|endif|unless|endunless|for|endfor|case|when|endcase|block|endblock|capture"
    rb"|endcapture|assign|set|endset|with|endwith|macro|endmacro|call|endcall|filter|endfilter|extends|import|from"
    rb"|autoescape|endautoescape|comment|endcomment|raw|endraw|layout|break|continue|cycle|tablerow|endtablerow)\b"
    rb"(?:[^%{}]++|%(?!\})|\{(?!%)|\}(?<!%\}))*+%\}"
    rb"|\{\{-?\s*+(?:if|else|end|range|with|define|block|template)\b[^{}]*+\}\}"
)
_GAP = re.compile(rb"\s+")
_BLANK_LINE = re.compile(rb"\n[ \t]*\n\s*|\r[ \t]*\r\s*|\r\n[ \t]*\r\n\s*")
_SHORTCODE = re.compile(
    rb"\[/?(?:caption|wp_caption|gallery|embed|audio|video|playlist|vc_[\w-]+|et_[\w-]+)\b[^\]\n]*\]"
    rb"|^[ \t]*\[/?[a-z][\w-]*(?:\s[^\]\n]*)?\][ \t]*$",
    re.MULTILINE,
)
_BREAK = re.compile(r"[ \t\f]*(?:\r\n?|\n)[ \t\r\n\f]*")
_EDGE_BREAKS = re.compile(r"\A(?:\s*<br\s*/?>)+|(?:<br\s*/?>\s*)+\Z", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")


def segments(
    source: bytes, start: int, end: int, options: Options, text: bytes | None = None, depth: int = 0
) -> tuple[list[Segment], tuple[object, ...]]:
    """The segments of source[start:end], ascending, and all bytes between them (the shape).

    `text` is a copy of the source of the same length in which template code is hidden: spaces where it ends a text,
    letters where it stands inside one. `depth` is the number of `>` markers that a continuation line may begin with.
    """
    reader = _Reader(source, source if text is None else text, options, depth)
    reader.read(start, end)
    reader.found.sort(key=lambda segment: segment.start)
    return reader.found, _between(source, start, end, reader.found)


def quote(source: bytes, segment: Segment, target: str) -> bytes:
    """The bytes that stand for target in place of the segment: one line; what could change the page is escaped."""
    if target == segment.key.text:
        return source[segment.start : segment.end]
    own = segment.key.text
    text = inline.escaped(own, _line(_SURROGATE.sub("\ufffd", target)), "html")
    if "`" not in own:
        text = text.replace("`", "&#96;")  # what stands in backticks counts as code
    if segment.style in ("text", "wp"):
        written = _line(_EDGE_BREAKS.sub("", "".join(map(_written, inline.parse_plain(text)))))
        return (_without_shortcodes(own, written) if segment.style == "wp" else written).encode()
    mark = "'" if segment.style == "'" else '"'
    value = "".join(map(_value, inline.parse_plain(text.replace("<", "&lt;"))))
    value = value.replace(mark, "&#39;" if mark == "'" else "&quot;")
    return f"{mark}{value}{mark}".encode()


def unquote(source: bytes, segment: Segment, quoted: bytes) -> str:
    """The text that `segments` reads where `quoted` stands in place of the segment."""
    if quoted == source[segment.start : segment.end]:
        return segment.key.text
    text = quoted.decode("utf-8", "replace")
    if segment.style not in ("text", "wp") and text[:1] in ('"', "'"):
        text = text[1:-1]
    return _line(text)


def _line(text: str) -> str:
    return _BREAK.sub(" ", text).strip(" \t\r\n\f")


def _written(token: inline.Token) -> str:
    if token.kind is Kind.TEXT or token.kind is Kind.URL:
        return token.text.replace("&", "&amp;").replace("<", "&lt;")
    return token.text


def _value(token: inline.Token) -> str:
    return token.text if token.kind in (Kind.ENTITY, Kind.TEMPLATE) else token.text.replace("&", "&amp;")


def _without_shortcodes(source: str, target: str) -> str:
    """Target whose `[name` is text unless its source has it: WordPress runs shortcodes wherever they stand."""
    return re.sub(r"\[(/?[A-Za-z][\w-]*)", lambda match: match[0] if match[0] in source else f"&#91;{match[1]}", target)


def _between(source: bytes, start: int, end: int, found: list[Segment]) -> tuple[bytes, ...]:
    parts, cursor = [], start
    for segment in found:
        parts.append(source[cursor : segment.start])
        cursor = segment.end
    return (*parts, source[cursor:end])


class _Reader:
    """One pass over the tags of a piece of HTML."""

    def __init__(self, source: bytes, text: bytes, options: Options, depth: int) -> None:
        self.source = source
        self.text = text
        self.options = options
        self.found: list[Segment] = []
        self.opened: list[bytes] = []
        self.counts: dict[bytes, int] = {}
        self.known = options.attributes & TEXT_ATTRIBUTES
        self.quick = re.compile(
            rb"(?:" + b"|".join(re.escape(name.encode()) for name in options.attributes) + rb")\s*="
        )
        self.join = re.compile(
            rb"[ \t\f]*(?:(?:\r\n?|\n)[ \t\f]*" + (rb"(?:>[ \t]*){0,%d}" % depth if depth else b"") + rb")+"
        )

    def read(self, start: int, end: int) -> None:
        run, inside = start, []
        for tag in tags(self.text, start, end):
            if tag.role is Role.INLINE:
                inside.append(tag)
                continue
            self.close(run, tag.start, inside)
            run, inside = tag.end, []
            if tag.name:
                self.boundary(tag)
        self.close(run, end, inside)

    def boundary(self, tag: Tag) -> None:
        """Keep track of the elements that enclose the next text."""
        name = tag.name
        if tag.is_end:
            if self.counts.get(name):
                while self.opened[-1] != name:
                    self.counts[self.opened.pop()] -= 1
                self.opened.pop()
                self.counts[name] -= 1
            return
        self.attributes(tag)
        if not tag.is_void:
            self.opened.append(name)
            self.counts[name] = self.counts.get(name, 0) + 1

    def close(self, start: int, end: int, inside: list[Tag]) -> None:
        """Take the run of text between two boundaries."""
        if not inside and not _LETTER_BYTE.search(self.source, start, end):
            return
        cuts = self.cuts(start, end, inside)
        if not cuts:
            self.run(start, end, inside)
            return
        for low, high in cuts:
            here = [tag for tag in inside if start <= tag.start and tag.end <= low]
            inside = inside[len(here) :]
            self.run(start, low, here)
            start = high
        self.run(start, end, inside)

    def cuts(self, start: int, end: int, inside: list[Tag]) -> list[tuple[int, int]]:
        """What ends a text without being a tag: hidden code, control statements, blank lines of WordPress."""
        source, text, found = self.source, self.text, []
        is_hidden = text is not source and text[start:end] != source[start:end]
        has_code = b"{%" in source[start:end] or b"{{" in source[start:end]
        if not is_hidden and not has_code and not self.options.wp_classic:
            return []
        cursor = start
        for low, high in [*((tag.start, tag.end) for tag in inside), (end, end)]:
            if is_hidden:
                for gap in _GAP.finditer(text, cursor, low):
                    if source[gap.start() : gap.end()].strip():
                        found.append(gap.span())
            if has_code:
                found += [match.span() for match in _CONTROL.finditer(source, cursor, low)]
            if self.options.wp_classic:
                found += [match.span() for match in _BLANK_LINE.finditer(text, cursor, low)]
                found += [match.span() for match in _SHORTCODE.finditer(text, cursor, low)]
            cursor = high
        return _merged(found)

    def run(self, start: int, end: int, inside: list[Tag]) -> None:
        """Make a segment of a run that holds words; otherwise look at the attributes of its tags."""
        start, end, kept = _trimmed(self.text, start, end, inside)
        outside = inside
        if self.is_prose(start, end, kept):
            self.add(start, end)
            outside = [tag for tag in inside if tag.start < start or tag.end > end]
        for tag in outside:
            self.attributes(tag)

    def add(self, start: int, end: int) -> None:
        raw = self.source[start:end]
        text = (self.join.sub(b" ", raw) if b"\n" in raw or b"\r" in raw else raw).decode("utf-8", "replace")
        plain, style = ("paragraph", "wp") if self.options.wp_classic else ("text", "text")
        kind = KINDS.get(self.opened[-1], plain) if self.opened else plain
        self.found.append(Segment(start, end, Key(None, text), kind, "html", style=style))

    def is_prose(self, start: int, end: int, inside: list[Tag]) -> bool:
        """True when there is a letter outside tags, code, entities, URLs and template code."""
        cursor = start
        code: list[bytes] = []
        for tag in inside:
            if not code and _has_words(self.source[cursor : tag.start]):
                return True
            cursor = tag.end
            if tag.name in _CODE and not tag.is_end:
                code.append(tag.name)
            elif code and tag.is_end and tag.name == code[-1]:
                code.pop()
        return not code and _has_words(self.source[cursor:end])

    def attributes(self, tag: Tag) -> None:
        """Make segments of the attributes that readers see."""
        if tag.is_end:
            return
        if tag.name == b"meta":
            self.meta(tag)
            return
        if tag.name in (b"link", b"style") or not self.quick.search(self.text, tag.start, tag.end):
            return
        is_html = tag.name in BLOCKS or (tag.role is Role.INLINE)
        names = self.known if is_html else self.options.attributes
        for attribute in attributes(self.text, tag):
            name = attribute.name.decode("ascii", "replace")
            if name in names:
                self.value(attribute.start, attribute.end, name, 0)

    def meta(self, tag: Tag) -> None:
        """A `<meta>` whose content is text: description and what is shown when the page is shared."""
        values = {attribute.name: attribute for attribute in attributes(self.text, tag)}
        content = values.get(b"content")
        named = values.get(b"name") or values.get(b"property")
        if not content or not named:
            return
        name = self.text[named.start : named.end].strip(b"\"'").lower()
        if name in _META:
            limit = self.options.limits.get("description", 0) if name == b"description" else 0
            self.value(content.start, content.end, _META[name], limit)

    def value(self, start: int, end: int, kind: str, limit: int) -> None:
        raw = self.source[start:end]
        mark = raw[:1].decode("ascii", "replace")
        if mark == "{":
            return
        text = _line((raw[1:-1] if mark in ('"', "'") else raw).decode("utf-8", "replace"))
        if not _has_words(text.encode()):
            return
        style = mark if mark in ('"', "'") else "bare"
        self.found.append(Segment(start, end, Key(None, text), kind, "html", limit=limit, style=style))


def _has_words(raw: bytes) -> bool:
    if not _LETTER_BYTE.search(raw):
        return False
    text = raw.decode("utf-8", "replace")
    if _SPECIAL.search(text):
        text = " ".join(word for word in _NOT_PROSE.sub(" ", text).split() if not _ADDRESS.fullmatch(word))
    return bool(_LETTER.search(text))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _trimmed(text: bytes, start: int, end: int, inside: list[Tag]) -> tuple[int, int, list[Tag]]:
    """The run without white space, line breaks and tags whose other half is elsewhere at its edges."""
    lonely = _lonely(inside) if inside else frozenset()
    first, last = 0, len(inside)
    while True:
        piece = text[start : inside[first].start if first < last else end]
        start += len(piece) - len(piece.lstrip(_SPACE))
        if first < last and start == inside[first].start and (first in lonely or inside[first].name == b"br"):
            start = inside[first].end
            first += 1
            continue
        break
    while True:
        piece = text[inside[last - 1].end if first < last else start : end]
        end -= len(piece) - len(piece.rstrip(_SPACE))
        if first < last and end == inside[last - 1].end and (last - 1 in lonely or inside[last - 1].name == b"br"):
            last -= 1
            end = inside[last].start
            continue
        break
    return start, max(start, end), inside[first:last]


def _lonely(inside: list[Tag]) -> frozenset[int]:
    """Indexes of the tags that have no other half in this run."""
    opened: dict[bytes, list[int]] = {}
    lonely = set()
    for index, tag in enumerate(inside):
        if tag.is_void:
            continue
        if not tag.is_end:
            opened.setdefault(tag.name, []).append(index)
        elif opened.get(tag.name):
            opened[tag.name].pop()
        else:
            lonely.add(index)
    return frozenset(lonely.union(*opened.values()))
