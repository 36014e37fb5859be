"""Terms: the names of tags, categories and series, translated once for the whole site in the catalog `_terms`.

In Hugo a translated tag would make a page of its own that nothing links to other languages. There the values stay, and
each term gets a page whose title is translated (`content/tags/education/_index.tg.md`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tarjuma.config import Publishing
from tarjuma.errors import SourceError
from tarjuma.model import Key, Message, Options
from tarjuma.presets import Kind
from tarjuma.syntax import fields
from tarjuma.syntax.fields import Change
from tarjuma.syntax.text import is_prose

Terms = Mapping[tuple[str | None, str], str]
"""Context and text of a term -> its translation, where one may be published."""

_SINGULARS = {"tags": "tag", "categories": "category", "authors": "author", "keywords": "keyword", "topics": "topic"}


def context(path: str) -> str:
    """Return the msgctxt of the terms in a field: `tag` for `tags`, `taxonomies.tags.0` and `tag`."""
    name = [step for step in path.lower().split(".") if not step.isdecimal()][-1:]
    return _SINGULARS.get(name[0], name[0]) if name else ""


def is_asked(publishing: Publishing) -> bool:
    """Say whether there are fields whose terms are translated."""
    return any(action.kind is Kind.MAP for _, action in publishing.actions)


def terms(source: bytes, options: Options, publishing: Publishing) -> tuple[tuple[str, str], ...]:
    """Return (key path, term) of a post, in the order of its front matter; none where that cannot be read."""
    if not is_asked(publishing):
        return ()
    try:
        own = fields.read(source, options)
    except (ValueError, SourceError):
        return ()
    return tuple(
        (path, term)
        for path, value in _meant("", own, publishing)
        for term in split(path, value, publishing)[0]
        if is_prose(term)
    )


def messages(source: bytes, path: str, options: Options, publishing: Publishing) -> tuple[Message, ...]:
    """Return the messages of a post's terms, each once; `path` is the post's."""
    found = dict.fromkeys((context(key), term) for key, term in terms(source, options, publishing))
    return tuple(Message(Key(name, term), (path,), (f"{name}, the same in every post",)) for name, term in found)


def _meant(path: str, value: object, publishing: Publishing) -> Iterator[tuple[str, str]]:
    """Each text that is a term, or a list of terms in one text, with its key path."""
    action = publishing.action(path) if path else None
    if isinstance(value, str):
        if action and action.kind is Kind.MAP:
            yield path, value
        return
    steps = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    is_list = isinstance(value, list)
    for step, each in steps:
        below = f"{path}.{step}" if path else str(step)
        if is_list and isinstance(each, str) and action and action.kind is Kind.MAP:
            yield below, each
        else:
            yield from _meant(below, each, publishing)


def split(path: str, value: str, publishing: Publishing) -> tuple[list[str], str]:
    """Return the terms in one text, and what stands between them, as the site generator splits it: `Tags: a, b`."""
    last = path.rpartition(".")[2].lower()
    separators = publishing.preset.separators if publishing.preset and not last.isdecimal() else {}
    marks = separators.get(last, separators.get("*", ""))
    mark = next((mark for mark in marks if mark in value), marks[-1:])
    if mark == " ":
        return value.split(), " "
    if mark:
        return [term for each in value.split(mark) if (term := each.strip())], f"{mark} "
    return [value.strip()], ""


def mapped(path: str, value: object, publishing: Publishing, translations: Terms) -> Iterator[tuple[str, Change]]:
    """Yield the changes by which the terms in a field are those of another language; untranslated ones stay."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            if isinstance(each, str):
                yield from mapped(f"{path}.{index}", each, publishing, translations)
        return
    if not isinstance(value, str):
        return
    own, between = split(path, value, publishing)
    name = context(path)
    theirs = [translations.get((name, term), term) for term in own]
    if theirs == own:
        return
    # words of one tag would become tags of their own between blanks, so that a list is written instead
    yield path, theirs if between == " " else between.join(theirs)


def has_pages(publishing: Publishing) -> bool:
    """Say whether terms get pages with translated titles, and stay as they are in posts."""
    return publishing.preset is not None and publishing.preset.has_term_pages


def folder(path: str, term: str) -> str:
    """Return where Hugo looks for the page of a term, `tags/machine-learning`; "" where it cannot have one.

    Hugo compares paths in lower case, letter by letter, with hyphens for blanks and all other signs as they are
    (its `common/paths`, NormalizePathStringBasic).
    """
    taxonomy = next(step for step in path.lower().split(".") if not step.isdecimal())
    name = "".join("i" if char == "İ" else char.lower() for char in term).replace(" ", "-")
    steps = name.split("/")
    if not all(step.strip(".") for step in steps) or any(char < " " or char in '\\:*?"<>|' for char in name):
        return ""  # no name of a folder on every system
    return f"{taxonomy}/{name}"


def page(title: str) -> bytes:
    """Return the page of a term: nothing but its title."""
    return fields.opened({"title": title})
