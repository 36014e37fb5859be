"""Links to a part of a page (`about.md#install`): where they are in a post, and which parts a page has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from tarjuma.model import Document
from tarjuma.publish import anchors, targets
from tarjuma.publish.targets import Form
from tarjuma.syntax import dialect

_LINKS = (Form.LINK, Form.DEFINITION, Form.ATTRIBUTE, Form.FILTERED)
_ATTRIBUTE = re.compile(r"""\b(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>}]+))""")
_BRACES = re.compile(r"\{:?[^{}\n]*?#([^\s{}#]+)")
_TERM = re.compile(rb"^[ \t]{0,3}:[ \t]+\S", re.MULTILINE)
"""A definition: Hugo gives an id to its term where it is told so."""
_TARGET = re.compile(r"^[ \t]*\(([\w:.-]+)\)=", re.MULTILINE)
_HARMLESS = re.compile(
    rb"\{\{[<%]\s*/?\s*(?:ref|relref|figure|img|image|highlight|youtube|vimeo|gist|tweet|x|instagram|param|details|new-in"
    rb"|deprecated-in|glossary-term|eturl|code-toggle|kbd)\b|\{%-?\s*(?:link|post_url|assign|comment|raw|endraw|highlight"
    rb"|endhighlight|if|elsif|else|endif|unless|endunless|comment|endcomment)\b|\{\{-?\s*[\w.'\"/-]+\s*(?:\||-?\}\})|\{#"
)
"""Template code that makes no headings."""
_AUTODOC = re.compile(rb"^[ \t]*::: [\w.:-]+[ \t]*\r?$", re.MULTILINE)
"""mkdocstrings and mkdocs-click make headings of a Python module here."""
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MADE = ("fn:", "fn-", "fnref", "user-content-fn", "top", ":~:")
"""What generators and browsers make themselves."""


class Fragment(NamedTuple):
    """A link to a part of a page."""

    start: int
    """Offset in bytes of the post."""
    address: str
    name: str
    """What stands behind `#`, without escapes."""
    form: Form


def found(document: Document) -> Iterator[Fragment]:
    """Yield the links of a post to parts of pages, in its order."""
    for target in targets.found(document):
        _, mark, name = target.url.partition("#")
        if mark and name and target.form in _LINKS and not name.startswith(_MADE) and "{" not in target.url:
            yield Fragment(target.start, target.url, unquote(name), target.form)


def names(document: Document, slugger: str) -> frozenset[str] | None:
    """Return what a link can name in a page; None where template code, or an unknown generator, may make more."""
    if document.format == "lektor":
        return None  # its Markdown makes none, but plugins and templates of the site do
    if document.format == "markdown":
        ids = anchors.ids(document, slugger)
        if not slugger or None in ids or not _is_whole(document):
            return None
    else:
        ids = ()
    text = document.source.decode("utf-8", "replace")
    own = {next(filter(None, match.groups()), "") for match in _ATTRIBUTE.finditer(text)}
    own |= {_ESCAPE.sub(r"\1", match[1]) for pattern in (_BRACES, _TARGET) for match in pattern.finditer(text)}
    return frozenset(own | {each for each in ids if each})


def _is_whole(document: Document) -> bool:
    """Whether no template code of a post brings in headings from elsewhere."""
    source = document.source
    if _TERM.search(source) or _AUTODOC.search(source):
        return False
    if not document.path.endswith(".mdx") and b"{" not in source:
        return b"--8<--" not in source
    if document.path.endswith(".mdx") and b"import " in source:
        return False
    tags = dialect.tags(source.replace(b"\r", b"\n"))
    return b"--8<--" not in source and all(_HARMLESS.match(source, start) for start, _ in tags)
