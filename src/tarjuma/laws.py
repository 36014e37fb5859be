"""The laws of the round trip, tried on a real post: what `tarjuma doctor` reports.

Identity (law 1), then every segment replaced: by a pseudo-translation, and by each kind of hostile
translation, after which structure, text and front matter must be the source's (laws 2 to 4).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from tarjuma import formats, splice
from tarjuma.errors import SourceError
from tarjuma.model import Document, Options, Segment
from tarjuma.syntax import dialect, frontmatter, inline
from tarjuma.syntax.words import letters, prose

_ACCENTED = str.maketrans("aceikoptuyAEOUY", "аçéïкöpţüýАÉÖÜУ")
_BLOCK_TAG = re.compile(r"</?(?:h[1-6]|p|[uo]l|li|blockquote|pre|table|t[hrd]|thead|tbody|hr|div|script|input)\b")
_WORDS = "Ҷумлаи санҷишӣ"

HOSTILE: Mapping[str, Callable[[str], str]] = {
    "heading": lambda text: f"# {text}",
    "list item": lambda text: f"- {text}",
    "numbered item": lambda text: f"1. {text}",
    "quote": lambda text: f"> {text}",
    "indent": lambda text: f"    {text}",
    "pipe": lambda text: f"{text} | {_WORDS} | x",
    "newlines": lambda text: f"{text}\n\n{_WORDS}\n{_WORDS}",
    "backtick fence": lambda text: f"```\n{text}\n```",
    "tilde fence": lambda text: f"~~~ {text}",
    "rule": lambda text: f"---\n{text}\n---",
    "underline": lambda text: f"{text}\n===",
    "colon": lambda text: f"{_WORDS}: {text}: ",
    "quotes": lambda text: f'"{text}\' «"',
    "template": lambda text: "{{ " + text + " }} {% x %}",
    "tag": lambda text: f"<div onclick='x'>{text}</div> <script>x</script>",
    "less than": lambda text: f"a < {text} <",
    "comment": lambda text: f"<!-- {text}",
    "link": lambda text: f"[x](javascript:alert) {text} <data:text/html,x>",
    "definition": lambda text: f"[x]: {text}",
    "trailing backslash": lambda text: f"{text}\\",
    "trailing hashes": lambda text: f"{text} ##",
    "white space": lambda text: f"\u00a0\u2003{text}\u3000\u200b\u2028",
    "yaml": lambda text: f"&a *b !c %d @e {text} # f",
    "admonition": lambda text: f"!!! note\n{text}\n::: tip",
    "attributes": lambda text: f"{text} {{#x .y}}",
    "table": lambda text: f"{text}\n--- | ---\na | b",
    "brackets": lambda text: f"[[{text}]] ((x] }} ]] **a *b_",
}
"""Kind of hostile translation -> how it is made from the source text."""


def pseudo(text: str) -> str:
    """A pseudo-translation: letters swapped for accented and Cyrillic ones, about 30 % longer, markup kept."""
    parts = [
        token.text.translate(_ACCENTED) if token.kind is inline.Kind.TEXT else token.text
        for token in inline.parse(text)
    ]
    return "".join(parts) + " " + "ўқҳ" * max(1, len(text) // 10)


@dataclass(frozen=True, slots=True)
class Breach:
    """A law that does not hold for a file."""

    path: str
    law: str
    detail: str


@dataclass(frozen=True, slots=True)
class Examination:
    """What the laws say about one file."""

    path: str
    size: int = 0
    """Bytes."""
    segments: int = 0
    words: int = 0
    words_covered: int = 0
    is_identical: bool = False
    is_pseudo_ok: bool = False
    is_hostile_ok: bool = False
    pseudo_written: int = 0
    hostile: Mapping[str, int] = field(default_factory=dict)
    """Hostile kind -> segments whose translation stands in the file."""
    fallbacks: tuple[tuple[int, str], ...] = ()
    """(byte offset, reason) of translations that gave way to their source."""
    breaches: tuple[Breach, ...] = ()


def examine(source: bytes, path: str, options: Options) -> Examination:
    """Try every law on one post; a file that cannot be read is a breach of the law `read`."""
    try:
        document = formats.parse(source, path, options)
    except SourceError as error:
        return Examination(path, len(source), breaches=(Breach(path, "read", str(error)),))
    breaches: list[Breach] = []
    _try(breaches, path, "1 identity", lambda: _identity(document))
    fallbacks: list[tuple[int, str]] = []

    def translated(law: str, translate: Callable[[str], str]) -> int:
        return _try(breaches, path, law, lambda: _translated(document, translate, fallbacks)) or 0

    pseudo_written = translated("2-4 pseudo", pseudo)
    broken = len(breaches)
    hostile = {kind: translated(f"2-4 hostile: {kind}", translate) for kind, translate in HOSTILE.items()}
    expected = prose(source.decode("utf-8", "replace"))
    found = Counter(word for segment in document.segments for word in letters(segment.key.text))
    laws = {breach.law for breach in breaches}
    return Examination(
        path,
        size=len(source),
        segments=len(document.segments),
        words=len(expected),
        words_covered=(Counter(expected) & found).total(),
        is_identical="1 identity" not in laws,
        is_pseudo_ok="2-4 pseudo" not in laws,
        is_hostile_ok=len(breaches) == broken,
        pseudo_written=pseudo_written,
        hostile=hostile,
        fallbacks=tuple(fallbacks),
        breaches=tuple(breaches),
    )


def _try(breaches: list[Breach], path: str, law: str, trial: Callable[[], int]) -> int:
    """What the trial returns; a breach when it finds one or fails in any way."""
    try:
        return trial()
    except Exception as error:  # a crash is a finding about this file, the others go on
        breaches.append(Breach(path, law, str(error) if isinstance(error, _BreachError) else repr(error)))
        return 0


class _BreachError(Exception):
    """A law does not hold; the message says where."""


def _identity(document: Document) -> int:
    """Law 1: no translation, and every translation equal to its source, give the same bytes."""
    if splice.spliced(document, {}) != document.source:
        raise _BreachError("without a translation the bytes differ")
    own = {index: formats.quote(document, segment, segment.key.text) for index, segment in enumerate(document.segments)}
    if splice.spliced(document, own) != document.source:
        raise _BreachError("with the source text as translation the bytes differ")
    return 0


def _translated(document: Document, translate: Callable[[str], str], fallbacks: list[tuple[int, str]]) -> int:
    """Laws 2 to 4 with every segment translated; the number of translations that stand in the file."""

    def translation(segment: Segment) -> str:
        return translate(segment.key.text)

    compiled = splice.compile(document, translation)
    if splice.spliced(document, compiled.replacements) != compiled.source:
        raise _BreachError("bytes outside the translated segments differ")
    texts = {
        index: formats.unquote(document, document.segments[index], replacement)
        for index, replacement in compiled.replacements.items()
    }
    place = splice.first_breach(document, compiled.source, texts)
    if place is not None:
        raise _BreachError(f"segment {place} of {len(document.segments)}: the structure differs")
    if block_tags(document, compiled.source) != block_tags(document, document.source):
        raise _BreachError("rendered to HTML, the block tree differs")
    fallbacks += ((fallback.start, fallback.reason) for fallback in compiled.fallbacks)
    return len(compiled.written)


def block_tags(document: Document, source: bytes) -> list[str]:
    """The block-level tags of a Markdown post rendered without our masks: a second opinion on law 3.

    Asked only where there is no template code: what plain Markdown makes of a shortcode or of an indented
    admonition says nothing about the page.
    """
    if document.format != "markdown":
        return []
    import pyromark

    option = pyromark.Options
    enabled = option.ENABLE_TABLES | option.ENABLE_FOOTNOTES | option.ENABLE_TASKLISTS | option.ENABLE_GFM
    head = frontmatter.find(source, document.options)
    text = source[head.body if head else 0 :].decode()
    body = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    if dialect.mask(body, document.path, document.options).text != body:
        return []
    return _BLOCK_TAG.findall(pyromark.html(text, options=enabled))


def total(examinations: Iterable[Examination], seconds: float) -> dict[str, object]:
    """The report of the doctor over many files, ready for JSON."""
    results = list(examinations)
    segments = sum(result.segments for result in results)
    kinds: dict[str, int] = {kind: sum(result.hostile.get(kind, 0) for result in results) for kind in HOSTILE}
    return {
        "files": len(results),
        "bytes": sum(result.size for result in results),
        "segments": segments,
        "words": sum(result.words for result in results),
        "words_covered": sum(result.words_covered for result in results),
        "identical": sum(result.is_identical for result in results),
        "pseudo_ok": sum(result.is_pseudo_ok for result in results),
        "hostile_ok": sum(result.is_hostile_ok for result in results),
        "pseudo_segments": segments,
        "pseudo_written": sum(result.pseudo_written for result in results),
        "hostile_segments": segments * len(HOSTILE),
        "hostile_written": sum(kinds.values()),
        "hostile_kinds": {kind: {"segments": segments, "written": written} for kind, written in kinds.items()},
        "fallbacks": [
            {"path": result.path, "start": start, "reason": reason}
            for result in results
            for start, reason in result.fallbacks
        ],
        "failures": [
            {"path": breach.path, "law": breach.law, "detail": breach.detail}
            for result in results
            for breach in result.breaches
        ],
        "seconds": round(seconds, 3),
    }
