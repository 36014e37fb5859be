"""The front matter of a page: what the preset and the configuration say becomes of each field.

Every action is a change of one field; `syntax.fields` makes it without touching a byte beside the field.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tarjuma.config import Publishing
from tarjuma.errors import SourceError
from tarjuma.model import Document, Options, Problem, Severity
from tarjuma.presets import Kind
from tarjuma.publish import Edit, applied, slugs, summary, terms
from tarjuma.publish.state import PageFacts
from tarjuma.publish.terms import Terms
from tarjuma.syntax import fields, frontmatter
from tarjuma.syntax.fields import DROP, Change, Fitted
from tarjuma.syntax.fieldtree import at, resolved, same

CHECK = "front-matter"
"""Name of the finding about front matter that cannot be changed as the configuration asks."""

_TOKEN = re.compile(r"\{(lang|code|source|slug|stem)\}")
_ADDRESSES = frozenset({"permalink", "url", "path", "save_as"})
"""Fields that hold a whole address: a slug is its last step."""


@dataclass(frozen=True, slots=True)
class Front:
    """What becomes of the front matter of a page."""

    edits: tuple[Edit, ...]
    """Of the spliced post."""
    problems: tuple[Problem, ...]
    """What cannot be done, and why; each names the source."""


def front(
    spliced: bytes,
    document: Document,
    publishing: Publishing,
    page: PageFacts,
    translations: Terms,
    existing: bytes | None,
    taken: Collection[str] = (),
) -> Front:
    """Return what becomes of the front matter of a spliced post.

    `document` is the source, `translations` the terms in the page's language, `existing` the page as it is now - what
    is written once stays as it is there - and `taken` the slugs of other pages of its language in its folder. Front
    matter that cannot be read (template code, a slip) has no edits.
    """
    found = _fitted(spliced, document, publishing, page, translations, existing, taken)
    if found is None:
        message = (
            "the front matter cannot be read (template code, or a slip in it), so the page has none of the fields that "
            "its site generator needs. Mend it, or take the code out of it"
        )
        refused = {"": message}
    else:
        refused = {path: f"{path} stays as it is: {why}" for path, why in found.refused.items()}
    return Front(
        tuple(map(_edit, found.patches)) if found else (),
        tuple(
            Problem(CHECK, Severity.WARNING, document.path, message, language=page.language.code)
            for message in refused.values()
        ),
    )


def neutral(content: bytes, publishing: Publishing, options: Options | None = None) -> bytes:
    """Return a page without the fields that belong to its editors: what they write there is no change of ours."""
    patterns = [path for path, action in publishing.actions if action.kind is Kind.COPY_ONCE]
    if not patterns:
        return content
    options = options or Options()
    try:
        own = fields.read(content, options)
        paths = [path for path, _ in _walked(own) if _kind(publishing, path) is Kind.COPY_ONCE]
        patches = fields.patches(content, options, dict.fromkeys(paths, DROP)).patches
    except (ValueError, SourceError):
        return content
    return applied(content, map(_edit, patches))


def _edit(patch: fields.Patch) -> Edit:
    is_summary = patch.field.rpartition(".")[2].lower() in summary.NAMES
    kind = "cut" if is_summary else "field"
    return Edit(f"{kind} {patch.field}".rstrip(), patch.start, patch.end, patch.after)


def _fitted(
    spliced: bytes,
    document: Document,
    publishing: Publishing,
    page: PageFacts,
    translations: Terms,
    existing: bytes | None,
    taken: Collection[str],
) -> Fitted | None:
    """What the actions come to; None when the front matter cannot be read."""
    options = document.options
    try:
        if document.format != "markdown" and frontmatter.find(document.source, options) is None:
            return Fitted((), {})  # a file of HTML is no page of the generator, or has front matter
        source, own = fields.read(document.source, options), fields.read(spliced, options)
    except (ValueError, SourceError):
        return None
    published = _published(existing, options)
    changes: dict[str, Change] = {**summary.changes(document, spliced)}
    changes |= _of_fields(own, publishing, translations, published)
    changes |= _set(source, own, publishing, page)
    changes |= _slug(source, own, publishing, page, published, taken)
    preset = publishing.preset
    if publishing.state or page.language.code in publishing.publish_drafts:
        changes[preset.state_field if preset else "l10n"] = _state(page)
    if page.is_unlisted and preset:
        changes |= preset.unlisted
    fitted = fields.patches(spliced, options, changes, preset.front_matter if preset else "yaml")
    refused = {**fitted.refused, **_unlinked(source, publishing, page)}
    return fitted._replace(refused=refused)


def _published(existing: bytes | None, options: Options) -> Mapping[str, object] | None:
    """The fields of the page as it is now; None when it was never published."""
    if existing is None:
        return None
    try:
        return fields.read(existing, options)
    except (ValueError, SourceError):
        return None


def _walked(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value below, with its key path, tables before what they hold."""
    steps = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for step, each in steps:
        below = f"{path}.{step}" if path else str(step)
        yield below, each
        yield from _walked(each, below)


def _kind(publishing: Publishing, path: str) -> Kind | None:
    action = publishing.action(path)
    return action.kind if action else None


def _of_fields(
    own: Mapping[str, object], publishing: Publishing, translations: Terms, published: Mapping[str, object] | None
) -> Iterator[tuple[str, Change]]:
    """The changes of the fields that a post has."""
    dropped: list[str] = []
    for path, value in _walked(own):
        kind = _kind(publishing, path)
        if any(path.startswith(f"{above}.") for above in dropped):
            continue
        if kind is Kind.DROP:
            dropped.append(path)
            yield path, DROP
        elif kind is Kind.MAP and not terms.has_pages(publishing):
            yield from terms.mapped(path, value, publishing, translations)
        elif kind is Kind.COPY_ONCE and published is not None:
            is_there, theirs = _at(published, path)
            yield path, theirs if is_there else DROP
    for path, action in publishing.actions:
        if action.kind is Kind.COPY_ONCE and published is not None and not _at(own, path)[0]:
            is_there, theirs = _at(published, path)
            if is_there:
                yield path, theirs


def _at(own: Mapping[str, object], path: str) -> tuple[bool, object]:
    known, new = resolved(own, path)
    return (False, None) if new else at(own, known)


def _set(
    source: Mapping[str, object], own: Mapping[str, object], publishing: Publishing, page: PageFacts
) -> Iterator[tuple[str, Change]]:
    """The changes of the fields that get a value of the configuration."""
    tokens = {
        "lang": page.spelled or page.language.code,
        "code": page.language.code,
        "source": page.source,
        "slug": slugs.of_source(source, page.source, publishing.preset),
        "stem": posixpath.splitext(posixpath.basename(page.source))[0],
    }
    there = [path for path, _ in _walked(own)]
    for path, action in publishing.actions:
        paths = [each for each in there if publishing.action(each) is action] if "*" in path else [path]
        if action.kind is Kind.SET:
            value = _filled(action.value, tokens)
            yield from ((each, value) for each in paths if publishing.action(each) is action)


def _filled(value: object, tokens: Mapping[str, str]) -> object:
    if isinstance(value, str):
        return _TOKEN.sub(lambda token: tokens[token[1]], value)
    if isinstance(value, Mapping):
        return {key: _filled(each, tokens) for key, each in value.items()}
    return [_filled(each, tokens) for each in value] if isinstance(value, list | tuple) else value


def _slug(
    source: Mapping[str, object],
    own: Mapping[str, object],
    publishing: Publishing,
    page: PageFacts,
    published: Mapping[str, object] | None,
    taken: Collection[str],
) -> Iterator[tuple[str, Change]]:
    """The changes of fields that are made of the localized title: once, since a published address must not change."""
    way = publishing.slugs.get(page.language.code, "copy")
    if way == "copy":
        return
    for path, action in publishing.actions:
        if action.kind is not Kind.SLUGIFY or "*" in path or publishing.action(path) is not action:
            continue
        if published is not None:
            is_there, theirs = _at(published, path)
            if is_there or _at(own, path)[0]:
                yield path, theirs if is_there else DROP
            continue
        title = page.title or str(own.get("title") or "")
        if not title or same(title, source.get("title")) or _unlinked(source, publishing, page):
            continue
        slug = slugs.unique(slugs.slug(title, page.language, way), taken)
        if slug:
            yield path, _address(slug, _at(own, path)[1], page) if path.lower() in _ADDRESSES else slug


def _unlinked(source: Mapping[str, object], publishing: Publishing, page: PageFacts) -> dict[str, str]:
    """Why a page gets no slug of its own: its site generator would not know any more what it is a translation of."""
    preset = publishing.preset
    if not preset or not preset.links_by_slug or publishing.slugs.get(page.language.code, "copy") == "copy":
        return {}
    if source.get(preset.link_key):
        return {}
    why = f"{preset.title} knows translations by `{preset.link_key}` where slugs differ. Give this post one"
    return {preset.slug_field: why}


def _address(slug: str, own: object, page: PageFacts) -> str:
    """An address whose last step is the slug: that of the source post, or of the page."""
    model = own if isinstance(own, str) and "/" in own else page.url
    above, _, last = model.rstrip("/").rpartition("/")
    suffix = posixpath.splitext(last)[1]
    return f"{above}/{slug}{suffix}{'/' if model.endswith('/') else ''}"


def _state(page: PageFacts) -> dict[str, object]:
    said: dict[str, object] = {
        "source": page.source,
        "hash": page.hash,
        "state": str(page.state),
        "percent": page.percent,
    }
    return said | ({"translated": page.translated} if page.translated else {})
