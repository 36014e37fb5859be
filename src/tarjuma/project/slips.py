"""What a post says to tarjuma and to the site generator: its front-matter keys, its directives, its own addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tarjuma.errors import SourceError
from tarjuma.model import Document
from tarjuma.survey import Fields, Word
from tarjuma.syntax import frontmatter
from tarjuma.syntax.directive import Verb

_KEYS = {
    "yaml": re.compile(r"^([\"']?)([\w.-]+)\1[ \t]*:(?=[\s]|\Z)", re.MULTILINE),
    "toml": re.compile(r"^([\"']?)([\w-]+)\1[ \t]*=", re.MULTILINE),
    "json": re.compile(r"^(?:[ \t]{0,4}|\{[ \t]*)(\")([\w.-]+)\1[ \t]*:", re.MULTILINE),
    "pelican": re.compile(r"^()([\w-]+):", re.MULTILINE),
}
"""A key at the margin, by the syntax of the front matter."""
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_ADDRESS = re.compile(
    r"^[ \t]*[\"']?(?:slug|url|permalink|aliases|alias|redirect_from|save_as|path)[\"']?[ \t]*[:=](.*(?:\n[ \t]*-.*)*)",
    re.MULTILINE | re.IGNORECASE,
)
_DIRECTIVE = re.compile(r"(?:<!--|\{/\*|\{#)\s*l10n\s*:\s*([\w-]+)")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_VERBS = frozenset(verb.value for verb in Verb)


def fields(document: Document) -> Iterator[Fields]:
    """Yield the top-level keys of a post's front matter, with their lines."""
    block = _block(document)
    if not block:
        return
    text = _front_matter(document, block)
    if block.syntax == "toml" and (table := _TABLE.search(text)):
        text = text[: table.start()]
    first = document.source.count(b"\n", 0, block.start) + 1
    keys = tuple(
        Word(document.path, first + text.count("\n", 0, match.start(2)), match[2])
        for match in _KEYS[block.syntax].finditer(text)
    )
    if keys:
        yield Fields(keys, document.options.keys)


def own_names(document: Document) -> Iterator[str]:
    """Yield the last parts of the addresses that a post gives itself, in lower case."""
    block = _block(document)
    if not block:
        return
    for match in _ADDRESS.finditer(_front_matter(document, block)):
        for address in re.findall(r"[^\s\"',\[\]]+", match[1]):
            if name := address.strip("/").rpartition("/")[2]:
                yield re.sub(r"\.html?\Z", "", name.lower())


def directives(document: Document) -> Iterator[Word]:
    """Yield the words behind `l10n:` in comments that are no directive; comments shown as code do not count."""
    if document.format not in ("markdown", "html") or b"l10n" not in document.source:
        return
    text = document.source.decode("utf-8", "replace")
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        if document.format == "markdown" and (mark := _FENCE.match(line)):
            if not fence:
                fence = mark[1]
            elif mark[1].startswith(fence):
                fence = ""
            continue
        if fence or "l10n" not in line or (document.format == "markdown" and line.startswith(("    ", "\t"))):
            continue
        for match in _DIRECTIVE.finditer(line):
            if match[1] not in _VERBS and not line.count("`", 0, match.start()) % 2:
                yield Word(document.path, number, match[1])


def _block(document: Document) -> frontmatter.Block | None:
    if document.format not in ("markdown", "html"):
        return None
    try:
        return frontmatter.find(document.source, document.options)
    except SourceError:
        return None


def _front_matter(document: Document, block: frontmatter.Block) -> str:
    return document.source[block.start : block.end].decode("utf-8", "replace")
