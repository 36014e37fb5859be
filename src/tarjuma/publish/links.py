"""Internal links of a localized post: they go to localized pages that exist, and else still reach what they did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tarjuma import formats, langs
from tarjuma.config.values import Publishing, Root
from tarjuma.errors import SourceError
from tarjuma.model import Document
from tarjuma.presets import Links, Preset
from tarjuma.publish import Edit, applied, lawful, spelling, targets
from tarjuma.publish.atlas import Atlas
from tarjuma.publish.routes import Routes
from tarjuma.publish.spelling import Spelling
from tarjuma.publish.state import PageFacts
from tarjuma.publish.targets import Form, Target
from tarjuma.syntax import fields

_PLAIN = Preset("", "", "", links=Links.BOTH)
_OWN = frozenset({
    "slug", "url", "permalink", "aliases", "alias", "redirect_from", "save_as", "path", "lang", "language", "guid",
    "id", "layout", "template", "type", "translationkey", "translation_key", "page_id", "canonical", "canonical_url",
    "l10n", "tags", "categories", "series", "date",
})  # fmt: skip
"""Fields that say something of the post itself, or name no file of it."""
_FILE = re.compile(r"[^\s/](?:[^\n]*[^\s/])?\.[A-Za-z0-9]{2,5}")
_UNQUOTED = re.compile(r"(?=.*/)[\w./~+][\w./~+-]*")
"""A text that is the same in every YAML, quoted or not."""
_BESIDE = re.compile(
    r"(?![/@~$])[^\t\n{}<>|:\\^`\"'?#]+\."
    r"(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?|ico|pdf|zip|docx?|xlsx?|pptx?|od[tsp]|epub|mp[34]|ogg|og[av]|wav|webm|mov)"
    r"(?:[?#].*)?",
    re.IGNORECASE,
)
"""A relative path of a picture, sound, film or document; not one that a bundler looks up (`@site/x.png`)."""
_LINKED = re.compile(r"(?:\.{0,2}/)[^\s]*")


def edits(
    document: Document, spliced: bytes, facts: PageFacts, atlas: Atlas, publishing: Publishing
) -> tuple[Edit, ...]:
    """Return the edits of a spliced post that lead its links on; the post reads the same but for their addresses.

    `document` is the source; its path, and all that `atlas` knows, is relative to the project.
    """
    if not publishing.links:
        return ()
    page = formats.parse(spliced, document.path, document.options)
    routes = routes_of(document.path, facts, atlas, publishing)
    found = [edit for target in targets.found(page) if (edit := _edit(target, routes))]
    return (*_of_fields(page, routes, publishing), *_lawful(page, [], found))


def is_file(address: str) -> bool:
    """Return whether an address names a file from where the post lies: a picture, a download."""
    return bool(_BESIDE.fullmatch(address))


def routes_of(source: str, facts: PageFacts, atlas: Atlas, publishing: Publishing) -> Routes:
    """Return what is needed to follow the links of a page."""
    preset = publishing.preset or _PLAIN
    return Routes(
        atlas,
        source,
        facts.path,
        facts.root,
        facts.language.code,
        facts.spelled or facts.language.code,
        facts.url,
        facts.source_url,
        preset.links,
        preset.falls_back,
        preset.shares_bundles,
        publishing.statics,
        publishing.base_url,
        preset.finds_from_root,
        preset.serves_once,
        _others(facts, publishing) if preset.lends_files else {},
    )


def routes_of_post(path: str, root: Root, address: str, atlas: Atlas, publishing: Publishing) -> Routes:
    """Return what is needed to follow the links of a post itself, at its address; "" when that is not known."""
    facts = PageFacts(path, path, root.folder, langs.language(root.language), "", address, address)
    return routes_of(path, facts, atlas, publishing)


def _others(facts: PageFacts, publishing: Publishing) -> Mapping[str, str]:
    preset = publishing.preset or _PLAIN
    codes = (code for code in publishing.languages if code != facts.language.code)
    return {code: preset.spell(langs.language(code)) for code in codes}


def _edit(target: Target, routes: Routes) -> Edit | None:
    after = _written(target.raw, target.url, target.form, target.spelling, routes)
    return Edit("link", target.start, target.end, after.encode()) if after is not None else None


def _written(raw: str, url: str, form: Form, kind: Spelling, routes: Routes) -> str | None:
    """The address that takes the place of `raw`; None when that stays."""
    route = routes.route(url, form)
    if route is None or not raw.startswith(route.lead):
        return None
    inner = raw[len(route.lead) :]
    path = spelling.written(route.after, inner, kind)
    if path is None:
        return None
    after = route.lead + path + spelling.cut(inner)[1]
    return after if after != raw else None


def _of_fields(page: Document, routes: Routes, publishing: Publishing) -> tuple[Edit, ...]:
    """Images and links in the front matter."""
    changes: list[Edit] = []
    for path, value in in_fields(page, publishing):
        after = _written(value, value, Form.PARAMETER, Spelling.LITERAL, routes)
        if after is not None:
            changes += _changed(page, path, value, after)
    return tuple(changes)


def in_fields(page: Document, publishing: Publishing) -> Iterator[tuple[str, str]]:
    """Yield (key path, address) of the front matter, but for fields that the configuration speaks of."""
    try:
        found = list(_leaves("", fields.read(page.source, page.options)))
    except (ValueError, SourceError):
        return
    for path, value in found:
        if (_FILE.fullmatch(value) or _LINKED.fullmatch(value)) and publishing.action(path) is None:
            yield path, value


def _changed(page: Document, path: str, value: str, after: str) -> list[Edit]:
    """The edit of one field; a path that the author did not quote stays so."""
    try:
        patches = fields.patches(page.source, page.options, {path: after}).patches
    except ValueError:
        return []
    return [
        Edit(
            f"link {path}",
            patch.start,
            patch.end,
            after.encode()
            if page.source[patch.start : patch.end] == value.encode() and _UNQUOTED.fullmatch(after)
            else patch.after,
        )
        for patch in patches
    ]


def _leaves(path: str, value: object) -> Iterator[tuple[str, str]]:
    """(key path, text) of the fields that may name a file or a page."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, below in value.items():
            if isinstance(key, str) and "." not in key and key.lower() not in _OWN:
                yield from _leaves(f"{path}.{key}" if path else key, below)
    elif isinstance(value, Sequence):
        for index, below in enumerate(value):
            yield from _leaves(f"{path}.{index}", below)


def _lawful(page: Document, good: list[Edit], more: list[Edit]) -> list[Edit]:
    """The edits after which the page reads the same but for its addresses: `good`, and what of `more` can be made."""
    if not more or is_same_page(page, [*good, *more]):
        return [*good, *more]
    if len(more) == 1:
        return good
    half = len(more) // 2
    return _lawful(page, _lawful(page, good, more[:half]), more[half:])


def is_same_page(page: Document, changes: Sequence[Edit]) -> bool:
    """Return whether a page still has its segments, blocks and addresses where these edits move them."""
    try:
        after = formats.parse(applied(page.source, changes), page.path, page.options)
    except SourceError:
        return False
    if not lawful.is_moved(page, after, changes):
        return False
    moves = lawful.Moves(changes)
    texts = {(edit.start, edit.end): edit.after.decode() for edit in changes}
    wanted = [
        each._replace(
            start=moves.start(each.start), end=moves.end(each.end), raw=texts.get((each.start, each.end), each.raw)
        )
        for each in targets.found(page)
    ]
    return wanted == list(targets.found(after))
