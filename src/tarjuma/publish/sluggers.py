"""How site generators make the ids of headings. Each rule is tried against the generator's own code.

A slugger takes the headings of a page and yields the id of each; None where template code in a heading hides its text,
and "" for a heading without an id.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, takewhile

from tarjuma.publish.headings import Heading, Piece

Numbered = Sequence[tuple[Heading, str]]
"""Headings, each with its text as it is written."""
Slugger = Callable[[Numbered], Iterator[str | None]]

_CIRCLED = re.compile("[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]")
_KEPT = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"})
_NUMBERED = re.compile(r"^(.*)_([0-9]+)$")
_SYMBOLS = re.compile(r"---?|\.\.\.|<< ?| ?>>")
"""What kramdown makes other signs of, which no id holds."""
_DASH = re.compile(r"(?<!-)--(?!-)")
_TYPED = re.compile(r"---|--|\.\.\.|(?:https?|ftp)://\S*|\bwww\.\S*")
"""What goldmark makes something else of than text: dashes, dots, addresses."""
_CONTRACTED = re.compile(r"([a-z0-9])'([ts])(?=\s|$)")
"""An apostrophe that Eleventy writes no hyphen for: `it's`."""
_CUT = re.compile(r"([_*~]+)|[\['\"]|---?|\.\.\.|<<|>>|https?://|www\.")


def goldmark(found: Numbered) -> Iterator[str | None]:
    """Yield the ids of Hugo, `autoHeadingIDType = "github"`. It looks only at the first text of what is emphasised."""
    used: set[str] = set()
    for heading, _ in found:
        if heading.id:
            used.add(heading.id)
            yield heading.id
        elif not heading.is_plain or not heading.pieces:
            yield "" if heading.is_plain else None
        else:
            slug = "".join(map(_of_hugo, "".join(_hugo_texts(heading)).strip())) or "heading"
            yield _hyphenated(slug, used)


def _hugo_texts(heading: Heading) -> Iterator[str]:
    """What Hugo takes of a heading: its own texts and code, and the first text of each emphasis, link and image."""
    for inner, pieces in groupby(heading.pieces, lambda piece: piece.nest[:1]):
        if inner:
            yield _first([piece for piece in pieces if piece.kind != "open"])
            continue
        for piece in pieces:
            if piece.kind == "text":
                yield piece.raw if piece.raw.startswith("&#") else _TYPED.sub("", piece.text)
            elif piece.kind == "code":
                yield piece.text


def _first(pieces: Sequence[Piece]) -> str:
    """The first text, which ends where goldmark begins a new one: behind a mark of emphasis, before other signs."""
    if not pieces or pieces[0].kind not in ("text", "alt"):
        return pieces[0].text if pieces and pieces[0].kind == "code" else ""
    same = takewhile(lambda piece: piece.kind == pieces[0].kind and piece.nest == pieces[0].nest, pieces)
    text = "".join(piece.text for piece in same)
    cut = _CUT.search(text)
    return text[: cut.end(1) if cut[1] else cut.start()] if cut else text


def _of_hugo(char: str) -> str:
    if char in "- ":
        return "-"
    kind = unicodedata.category(char)
    return char.lower()[0] if char == "_" or kind[0] == "L" or kind == "Nd" else ""


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
        own = "" if heading.is_spaced else heading.id
        if own or not heading.is_plain:
            yield own or None
            continue
        slug = "".join(char for char in _kramdown_text(heading).lower() if char in "- \t" or _is_word(char))
        slug = slug.replace(" ", "-").replace("\t", "-")
        counts[slug] += 1
        yield f"{slug}-{counts[slug] - 1}" if counts[slug] > 1 else slug


def _kramdown_text(heading: Heading) -> str:
    parts, is_code = [], False
    for piece in heading.pieces:
        if piece.kind == "html":
            is_code = piece.text.lower().startswith("<code") or (is_code and not piece.text.startswith("</"))
        elif piece.kind == "text":
            parts.append(piece.raw if is_code else _SYMBOLS.sub("", piece.text))
        elif piece.kind in ("code", "break"):
            parts.append(piece.text)
    return "".join(parts) + (heading.braces if heading.is_spaced else "")


def github(found: Numbered) -> Iterator[str | None]:
    """Yield the ids of github-slugger (Docusaurus): letters of every script, duplicates with `-1`."""
    return _github(
        (("", _text(heading) + heading.braces) if heading.is_spaced else (heading.id, _text(heading)))
        if heading.is_plain
        else None
        for heading, _ in found
    )


def _text(heading: Heading) -> str:
    """What Markdown's own tree calls the text of a heading; a tag counts inside emphasis only."""
    return "".join(
        piece.text
        for piece in heading.pieces
        if piece.kind in ("text", "code", "break", "alt") or (piece.kind == "html" and piece.nest)
    )


def astro(found: Numbered) -> Iterator[str | None]:
    """Yield the ids of Astro (Starlight): those of github-slugger, but `--` is a dash to it, and `{#id}` is text."""
    slugs = _github(("", _astro_text(heading)) if heading.is_plain else None for heading, _ in found)
    return (slug and slug.removesuffix("-") for slug in slugs)


def _astro_text(heading: Heading) -> str:
    parts = (_DASH.sub("", piece.text) if piece.kind == "text" else piece.text for piece in _read(heading))
    return "".join(parts) + heading.braces


def _read(heading: Heading) -> Iterator[Piece]:
    """What readers see of a heading as text."""
    return (piece for piece in heading.pieces if piece.kind in ("text", "code", "break"))


def _github(found: Iterable[tuple[str, str] | None]) -> Iterator[str | None]:
    """The ids for (id of the author, text)."""
    used: dict[str, int] = {}
    for each in found:
        if each is None or each[0]:
            yield each[0] if each else None
            continue
        first = slug = "".join(char for char in each[1].lower() if char in "- " or _is_word(char)).replace(" ", "-")
        while slug in used:
            used[first] += 1
            slug = f"{first}-{used[first]}"
        used[slug] = 0
        yield slug


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


def eleventy(found: Numbered) -> Iterator[str | None]:
    """Yield the ids of Eleventy's IdAttributePlugin; None for letters that it writes in Latin ones in its own way."""
    counts: Counter[str] = Counter()
    for heading, _ in found:
        text = "".join(piece.text for piece in _read(heading)) + heading.braces
        text = text.replace("&", " and ")
        text = "".join(" " if _is_sign(char) else char for char in text)
        if not heading.is_plain or not text.isascii():
            yield None
            continue
        slug = re.sub(r"[^a-z0-9]+", "-", _CONTRACTED.sub(r"\1\2", text.lower())).strip("-")
        counts[slug] += 1
        yield f"{slug}-{counts[slug]}" if slug and counts[slug] > 1 else slug


def _is_sign(char: str) -> bool:
    """Dashes, quotation marks, brackets and spaces, which Eleventy writes a hyphen for."""
    return char == "…" or unicodedata.category(char) in ("Pd", "Pi", "Pf", "Ps", "Pe", "Zs")


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
    "eleventy": eleventy,
    "python-markdown": python_markdown,
    "kramdown": kramdown,
    "zola": zola,
    "markdown-it": none,
}
"""Name, as presets say it -> rule."""
