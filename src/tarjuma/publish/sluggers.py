"""How site generators make the ids of headings. Each rule is tried against the generator's own code.

A slugger takes the headings of a page and yields the id of each; None where template code in a heading hides its text,
and "" for a heading without an id.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from tarjuma.publish.headings import Heading

Numbered = Sequence[tuple[Heading, str]]
"""Headings, each with its text as it is written."""
Slugger = Callable[[Numbered], Iterator[str | None]]

_CIRCLED = re.compile("[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]")
_KEPT = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"})
_NUMBERED = re.compile(r"^(.*)_([0-9]+)$")
_SYMBOLS = (
    ("---", ""), ("--", ""), ("...", ""), ("<< ", ""), (" >>", ""), ("<<", ""), (">>", ""),
)  # fmt: skip
_SMART = re.compile(r"\.\.\.|(?<!-)---?(?!-)")


def goldmark(found: Numbered) -> Iterator[str | None]:
    """Yield the ids of Hugo, `autoHeadingIDType = "github"`: of the text as it is written, with its marks."""
    used: set[str] = set()
    for heading, raw in found:
        if heading.id:
            used.add(heading.id)
            yield heading.id
        elif not heading.is_plain:
            yield None
        else:
            slug = "".join(_of_hugo(char) for char in raw.strip()) or "heading"
            yield _hyphenated(slug, used)


def _of_hugo(char: str) -> str:
    if char in "- ":
        return "-"
    kind = unicodedata.category(char)
    return char.lower() if char == "_" or kind[0] == "L" or kind == "Nd" else ""


def _hyphenated(slug: str, used: set[str]) -> str:
    number, found = 0, slug
    while found in used:
        number += 1
        found = f"{slug}-{number}"
    used.add(found)
    return found


def python_markdown(found: Numbered) -> Iterator[str | None]:
    """Yield the ids of Python-Markdown's `toc`: ASCII only, duplicates with `_1`. Ids of authors are taken first."""
    used = {heading.id for heading, _ in found if heading.id}
    for heading, _ in found:
        if heading.id or not heading.is_plain:
            yield heading.id or None
            continue
        text = " ".join(_said(heading, ("text", "code", "break")).split())
        ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
        slug = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_text).strip().lower())
        while slug in used or not slug:
            number = _NUMBERED.match(slug)
            slug = f"{number[1]}_{int(number[2]) + 1}" if number else f"{slug}_1"
        used.add(slug)
        yield slug


def kramdown(found: Numbered) -> Iterator[str | None]:
    """Yield the ids of Jekyll: kramdown with its GFM parser. Ids of authors do not count among the duplicates."""
    counts: Counter[str] = Counter()
    for heading, _ in found:
        if heading.id or not heading.is_plain:
            yield heading.id or None
            continue
        text = "".join(_without_symbols(piece.text) if piece.kind == "text" else piece.text for piece in heading.pieces
                       if piece.kind in ("text", "code", "break"))  # fmt: skip
        slug = "".join(char for char in text.lower() if char in "- \t" or _is_word(char))
        slug = slug.replace(" ", "-").replace("\t", "-")
        counts[slug] += 1
        yield f"{slug}-{counts[slug] - 1}" if counts[slug] > 1 else slug


def _without_symbols(text: str) -> str:
    for mark, after in _SYMBOLS:
        text = text.replace(mark, after)
    return text


def github(found: Numbered) -> Iterator[str | None]:
    """Yield the ids of github-slugger (Docusaurus): letters of every script, duplicates with `-1`."""
    return _github(found, lambda text: text, lambda slug: slug)


def astro(found: Numbered) -> Iterator[str | None]:
    """Yield the ids of Astro (Starlight): those of github-slugger, of text with typographic dashes."""
    return _github(found, lambda text: _SMART.sub("\u2014", text), lambda slug: slug.removesuffix("-"))


def _github(found: Numbered, typed: Callable[[str], str], ended: Callable[[str], str]) -> Iterator[str | None]:
    used: dict[str, int] = {}
    for heading, _ in found:
        if heading.id or not heading.is_plain:
            yield heading.id or None
            continue
        text = "".join(
            typed(piece.text) if piece.kind == "text" else piece.text
            for piece in heading.pieces
            if piece.kind in ("text", "code", "break", "alt")
        )
        first = slug = "".join(char for char in text.lower() if char in "- " or _is_word(char)).replace(" ", "-")
        while slug in used:
            used[first] += 1
            slug = f"{first}-{used[first]}"
        used[slug] = 0
        yield ended(slug)


def _is_word(char: str) -> bool:
    return unicodedata.category(char) in _KEPT or bool(_CIRCLED.match(char))


def zola(found: Numbered) -> Iterator[str | None]:
    """Yield the ids of Zola, `slugify.anchors = "on"`; None for letters that it writes in Latin ones in its own way."""
    used = {heading.id for heading, _ in found if heading.id}
    for heading, _ in found:
        text = _said(heading, ("text", "code"))
        plain = unicodedata.normalize("NFKD", text)
        if heading.id or not heading.is_plain or any(_is_word(char) and ord(char) > 0x36F for char in plain):
            yield heading.id or None
            continue
        slug = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
        yield _hyphenated(slug, used)


def none(found: Numbered) -> Iterator[str | None]:
    """Yield nothing but the ids of authors: markdown-it gives none of its own."""
    return (heading.id for heading, _ in found)


def _said(heading: Heading, kinds: Sequence[str]) -> str:
    return html.unescape("".join(piece.text for piece in heading.pieces if piece.kind in kinds))


SLUGGERS: dict[str, Slugger] = {
    "goldmark": goldmark,
    "github": github,
    "github-slugger": github,
    "astro": astro,
    "python-markdown": python_markdown,
    "kramdown": kramdown,
    "zola": zola,
    "markdown-it": none,
}
"""Name, as presets say it -> rule."""
