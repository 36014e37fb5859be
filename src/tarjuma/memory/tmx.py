"""TMX 1.4, what translation memories are exchanged in: https://www.gala-global.org/tmx-14b.

Read are all versions from 1.1 on, whatever tool wrote them. No DTD is fetched, and a file that declares entities is
refused: a translation memory has no use for them, an attacker has.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from html import entities
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from tarjuma import __version__, langs
from tarjuma.errors import SourceError, UsageError
from tarjuma.memory.units import Origin, Unit

ALL = "*all*"
"""The source language of a file or unit that may be read from any of its languages."""

CONTEXT, PLACE = "x-context", "x-place"
"""Types of `<prop>` that our own files have: msgctxt, and the catalog."""

_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
_INLINE = (
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q s samp small span strike strong sub sup time "
    "tt u var wbr"
)
_KEPT = re.compile(
    rf"</?(?:{'|'.join(_INLINE.split())})(?:\s[^<>]*)?/?>|&(?:\w+|#\d+|#x[0-9a-f]+);|%(?:\(\w+\))?[sdif]|\{{\{{?\w*\}}?\}}"
    r"|\*{1,3}|_{1,2}|~~|`+|!?\[|\]\([^()\s]*\)",
    re.IGNORECASE,
)
"""Codes that are markup or a placeholder in a post too; what only the other tool understands is left out."""
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_NATIVE = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "iso8859-1"})
_IMPOSSIBLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a reference."""
_BAD_REFERENCE = re.compile(rb"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.IGNORECASE)


class Variants(NamedTuple):
    """A unit as a file holds it: one text in several languages."""

    source: str
    """Of the language that it was translated from, as the file spells it; "" or `*all*` when it does not say."""
    texts: tuple[tuple[str, str], ...]
    """(language as the file spells it, text)."""
    context: str | None = None
    place: str = ""
    creators: tuple[str, ...] = ()
    """Who wrote each text, as the file says it; "" where it does not."""


def parse(content: bytes, path: str) -> list[Variants]:
    """Return the units of a TMX file. Raises SourceError, with the line, for what is none."""
    try:
        return _parsed(content, path)
    except SourceError:
        # control characters as references: no XML, but what some tools write
        mended = _BAD_REFERENCE.sub(b"", content)
        if len(mended) == len(content):
            raise
        return _parsed(mended, path)


def _parsed(content: bytes, path: str) -> list[Variants]:
    reader = _Reader(path)
    body, encoding = _decoded(content, path)
    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.say
    parser.EntityDeclHandler = reader.refuse
    parser.SkippedEntityHandler = reader.name
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise SourceError(f"is no whole XML file: {reason}", path=path, line=error.lineno) from None
    return reader.found


def _decoded(content: bytes, path: str) -> tuple[bytes, str | None]:
    """The bytes as expat reads them, and the encoding that it cannot tell by itself."""
    declared = _DECLARED.match(content[3:] if content.startswith(codecs.BOM_UTF8) else content, 0, 400)
    if not declared:
        return content, None
    name = declared[1].decode("ascii")
    try:
        if codecs.lookup(name).name in _NATIVE:
            return content, None
        return content.decode(name).encode(), "utf-8"
    except (LookupError, UnicodeError):
        raise SourceError(f"is not in {name}, as its first line says", path=path, line=1) from None


class _Reader:
    """Where the parser is in the file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Variants] = []
        self.above: list[str] = []
        self.default = ""
        self.source = self.language = self.creator = self.prop = ""
        self.texts: list[tuple[str, str]] = []
        self.creators: list[str] = []
        self.props: dict[str, str] = {}
        self.words: list[str] = []
        self.code: list[str] | None = None
        """What the tool put in place of a code; None outside of codes."""
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2].lower()
        if not self.above and name != "tmx":
            raise SourceError(f"is no TMX file: it begins with <{name}>", path=self.path)
        self.above.append(name)
        if name == "header":
            self.default = attributes.get("srclang", "")
        elif name == "tu":
            self.source, self.texts, self.props = attributes.get("srclang", self.default), [], {}
            self.creators = []
        elif name == "tuv":
            self.language = attributes.get("xml:lang") or attributes.get("lang") or ""
            self.creator = attributes.get("creationid", "")
        elif name in ("seg", "prop"):
            self.words, self.code, self.prop = [], None, attributes.get("type", "")
        elif name in _CODES and "seg" in self.above:
            self.depth += 1
            if self.code is None:
                self.code = ["\n"] if attributes.get("type") == "lb" else []

    def end(self, tag: str) -> None:
        name = self.above.pop()
        if name in _CODES and "seg" in self.above:
            self.depth -= 1
            if not self.depth and self.code is not None:
                self.words.append(_code("".join(self.code)))
                self.code = None
        elif name == "seg":
            self.texts.append((self.language, "".join(self.words).strip()))
            self.creators.append(self.creator)
        elif name == "prop" and self.above[-1:] == ["tu"]:
            self.props[self.prop] = "".join(self.words)
        elif name == "tu":
            context, place = self.props.get(CONTEXT), self.props.get(PLACE, "")
            self.found.append(Variants(self.source, tuple(self.texts), context, place, tuple(self.creators)))

    def say(self, words: str) -> None:
        (self.words if self.code is None else self.code).append(words)

    def name(self, entity: str, is_parameter: bool) -> None:
        if not is_parameter:
            self.say(entities.html5.get(f"{entity};", ""))

    def refuse(self, *_: object) -> None:
        raise SourceError("declares entities, which a translation memory has no use for", path=self.path)


def _code(text: str) -> str:
    return text if text == "\n" or _KEPT.fullmatch(text) else ""


def units(variants: Iterable[Variants], languages: Iterable[str], sources: Sequence[str]) -> Iterator[Unit]:
    """Yield foreign units in languages that a project has, one for each translation of a text.

    `languages` are the BCP 47 codes of the project, `sources` those of them that its posts are written in. What does
    not say which text was the first, or says one in another language, is read from the first source that it has.
    """
    wanted = tuple(languages)
    for each in variants:
        texts: dict[str, tuple[str, str]] = {}
        for (name, text), creator in zip(each.texts, each.creators, strict=True):
            code = nearest(name, wanted)
            if code and text:
                texts.setdefault(code, (text, creator))
        own = nearest(each.source, wanted) if each.source not in ("", ALL) else ""
        source = own if own in texts else next((code for code in (*sources, *texts) if code in texts), "")
        for target, (text, creator) in texts.items():
            if target != source:
                first = texts[source][0]
                yield Unit(source, first, target, text, each.context, each.place, Origin.FOREIGN, creator=creator)


def nearest(name: str, wanted: Iterable[str]) -> str:
    """Return the code among some that a language's name in a file stands for, "" where there is none.

    `RU-RU`, `ru_RU`, `rus` are `ru` where the project has no language that is named more exactly.
    """
    try:
        code = langs.language(name).code
    except UsageError:
        code = _iso(name)
    known = set(wanted)
    parts = code.split("-")
    shorter = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((each for each in shorter if each in known and _is_script_of(code, each)), "")


def _is_script_of(code: str, shorter: str) -> bool:
    """Whether leaving subtags away leaves no script away: uz-Cyrl is not uz."""
    return not any(len(part) == 4 and part.isalpha() for part in code.removeprefix(shorter).split("-"))


def _iso(name: str) -> str:
    """The code that is meant by one that is none in BCP 47, such as `rus` or `rus-RU`."""
    first = re.split(r"[-_@.]", name.strip().lower())[0]
    meant = re.search(r"'([\w-]+)'", langs.hint(first)) if len(first) == 3 else None
    return meant[1] if meant else ""


# --- writing ---------------------------------------------------------------------------------------------------------


def render(pairs: Iterable[Unit], source: str = "") -> bytes:
    """Return a TMX 1.4 file of units, grouped by text, in their order; the same units give the same bytes.

    `source` is the language that its header names, of all texts where there is none. A text that XML cannot hold
    (control characters) is left out.
    """
    groups: dict[tuple[str, str, str | None, str], dict[str, Unit]] = {}
    for unit in pairs:
        if not _IMPOSSIBLE.search(f"{unit.text}{unit.translation}{unit.context or ''}{unit.place}"):
            groups.setdefault((unit.source, unit.text, unit.context, unit.place), {}).setdefault(unit.target, unit)
    languages = {language for language, *_ in groups}
    default = source or (min(languages) if len(languages) == 1 else ALL)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tmx version="1.4">',
        f'  <header creationtool="tarjuma" creationtoolversion={quoteattr(__version__)} segtype="paragraph" o-tmf="PO"'
        f' adminlang="en" srclang={quoteattr(default)} datatype="plaintext"/>',
        "  <body>",
    ]
    for (language, text, context, place), variants in groups.items():
        lines.append("    <tu>" if language == default else f"    <tu srclang={quoteattr(language)}>")
        lines += [
            f'      <prop type="{kind}">{_text(value)}</prop>'
            for kind, value in ((CONTEXT, context), (PLACE, place))
            if value
        ]
        lines.append(_variant(language, text))
        lines += [_variant(target, unit.translation, unit.creator) for target, unit in variants.items()]
        lines.append("    </tu>")
    return "\n".join([*lines, "  </body>", "</tmx>", ""]).encode()


def _variant(language: str, text: str, creator: str = "") -> str:
    by = f" creationid={quoteattr(creator)}" if creator else ""
    return f"      <tuv xml:lang={quoteattr(language)}{by}><seg>{_text(text)}</seg></tuv>"


def _text(text: str) -> str:
    return escape(text, {"\r": "&#13;"})
