"""Reads what becomes of localized files on their way to a site generator.

preset = "hugo"

[publish]
publish_drafts = ["ky"]
below = { new = "skip", published = "keep-last" }

[front_matter]
hero.text = "translate"
lang = { set = "{lang}" }

[languages.tg]
slug = "translit"
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tarjuma import dates, presets
from tarjuma.config.reader import Reader
from tarjuma.config.values import Below, Publishing
from tarjuma.errors import UsageError
from tarjuma.presets import Action, Anchors, Kind, Preset

KEYS = frozenset(
    {
        "min", "publish_drafts", "below", "index_drafts", "state", "links", "anchors", "base_url", "url", "source_url",
        "statics", "page_map",
    }
)  # fmt: skip
"""What `[publish]` may hold."""

LANGUAGE_KEYS = ("publish_drafts", "below", "slug", "dates")
"""What `[languages.X]` may say about publishing."""

ADDRESS_TOKENS = frozenset(
    {"lang", "source_lang", "dir", "stem", "slug", "ext", "root", "year", "month", "day", "categories"}
)
"""What the template of an address may hold between braces."""

SET_TOKENS = frozenset({"lang", "code", "source", "slug", "stem"})
"""What a value that is set may hold between braces."""

SLUGS = ("copy", "translit", "unicode")
"""How a slug comes about; `copy`: it is that of the source."""

_KINDS = tuple(kind.value for kind in Kind if kind is not Kind.SET)
_NEW = (Below.SKIP, Below.FALLBACK)
_PUBLISHED = (Below.KEEP_LAST, Below.FALLBACK)


def preset(reader: Reader, table: Mapping[str, Any], default: Preset | None = None) -> Preset | None:
    """Return the preset that a table names; `default` where it names none, None for `preset = ""`."""
    if "preset" not in table:
        return default
    name = reader.text(table, "preset")
    if not name:
        return None
    known = presets.names()
    if name not in known:
        raise reader.error("preset", f"unknown preset {name!r}", near(name, known, "Presets"))
    try:
        return presets.named(name)
    except UsageError as error:
        raise reader.error("preset", error.message, error.hint) from None


def parse(reader: Reader, table: Mapping[str, Any], preset: Preset | None, codes: Iterable[str]) -> Publishing:
    """Return what the whole table of a project says about posts for one site generator. Raises ConfigError.

    `codes` are the languages that posts are translated into.
    """
    publish = reader.table(table, "publish", KEYS)
    languages = table.get("languages", {})
    own = {reader.code(code, "languages").code: value for code, value in languages.items()} if isinstance(
        languages, dict
    ) else {}  # fmt: skip
    codes = tuple(codes)
    usual = preset or Preset("", "", "")

    def switch(key: str, default: bool) -> bool:
        return reader.boolean(publish, key) if key in publish else default

    general = _below(reader, publish, (Below.SKIP, Below.KEEP_LAST))
    below = {code: _below(reader, own.get(code, {}), general) for code in codes}
    actions = tuple(_actions(reader, reader.typed(table, "front_matter", dict, {}, "a table")))
    slugs = dict(_slugs(reader, own, codes, actions))
    if usual.links_by_slug and not usual.link_key and set(slugs.values()) - {"copy"}:
        message = f"{usual.title} knows translations by their equal slugs, so none can have its own"
        raise reader.error("slug", message, "Leave slugs as they are: addresses say the language without them")
    if set(slugs.values()) - {"copy"} and not any(path in ("slug", "_slug") for path, _ in actions):
        actions += ((usual.slug_field, Action(Kind.SLUGIFY)),)
    return Publishing(
        preset=preset,
        publish_drafts=frozenset(_drafts(reader, publish, own, codes)),
        below_new={code: new for code, (new, _) in below.items()},
        below_published={code: published for code, (_, published) in below.items()},
        index_drafts=switch("index_drafts", False),
        state=switch("state", preset is not None),
        links=switch("links", preset is not None),
        anchors=switch("anchors", usual.anchors is not Anchors.NONE),
        base_url=_base_url(reader, publish),
        url=_address(reader, publish, "url", usual.url if preset else ""),
        source_url=_address(reader, publish, "source_url", usual.source_url if preset else ""),
        statics=_paths(reader, publish, "statics", usual.statics),
        page_map=reader.path(publish, "page_map", usual.page_map),
        actions=(*actions, *usual.actions.items()),
        slugs=slugs,
        dates={code: _dates(reader, code, value["dates"]) for code, value in own.items() if "dates" in value},
    )


def near(word: str, known: Iterable[str], noun: str) -> str:
    """Return the hint to a word that does not exist: the nearest one that does, or all of them."""
    found = difflib.get_close_matches(word, list(known), 1, 0.5)
    return f"Did you mean '{found[0]}'?" if found else f"{noun}: {', '.join(known)}"


def _drafts(
    reader: Reader, publish: Mapping[str, Any], own: Mapping[str, Mapping[str, Any]], codes: tuple[str, ...]
) -> Iterator[str]:
    """The languages whose drafts are published."""
    said = publish.get("publish_drafts", False)
    if isinstance(said, bool):
        general = set(codes) if said else set()
    elif isinstance(said, list):
        general = {reader.code(code, "publish_drafts").code for code in said}
    else:
        hint = 'For example: publish_drafts = ["ky"]'
        raise reader.error("publish_drafts", "publish_drafts must be true, false or a list of languages", hint)
    if missing := general - set(codes):
        raise reader.error("publish_drafts", f"publish_drafts names {min(missing)}, which is not in languages")
    for code in codes:
        settings = own.get(code, {})
        if reader.boolean(settings, "publish_drafts") if "publish_drafts" in settings else code in general:
            yield code


def _below(reader: Reader, table: Mapping[str, Any], usual: tuple[Below, Below]) -> tuple[Below, Below]:
    """What becomes of pages below the minimum: (never published, published); `usual` where the table does not say."""
    said = table.get("below", {})
    new, published = usual
    if isinstance(said, str):
        word = _choice(reader, "below", said, tuple(Below))
        return (word if word in _NEW else new), (word if word in _PUBLISHED else published)
    if not isinstance(said, dict):
        hint = 'For example: below = { new = "skip", published = "keep-last" }'
        raise reader.error("below", f"below = {said!r} does not exist", hint)
    reader.known(said, ("new", "published"), " in below")
    if "new" in said:
        new = _choice(reader, "new", said["new"], _NEW)
    if "published" in said:
        published = _choice(reader, "published", said["published"], _PUBLISHED)
    return new, published


def _choice(reader: Reader, key: str, word: object, known: tuple[Below, ...]) -> Below:
    for each in known:
        if word == each.value:
            return each
    choices = " or ".join(f'"{each.value}"' for each in known)
    raise reader.error(key, f"{key} = {word!r} does not exist here", f"Choose {choices}")


def _actions(reader: Reader, table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Action]]:
    """(key path, action) of each line of `[front_matter]`; tables inside are steps of a path."""
    for key, value in table.items():
        path = f"{above}.{key}" if above else key
        if isinstance(value, str):
            yield path, _action(reader, key, value)
        elif isinstance(value, dict) and set(value) == {"set"}:
            yield path, Action(Kind.SET, _set(reader, value["set"]))
        elif isinstance(value, dict) and value:
            yield from _actions(reader, value, path)
        else:
            hint = f'For example: {key} = "copy", or {key} = {{ set = "..." }}'
            raise reader.error(key, f"front_matter.{path} = {value!r} is no action", hint)


def _action(reader: Reader, key: str, word: str) -> Action:
    for kind in Kind:
        if word == kind.value and kind is not Kind.SET:
            return Action(kind)
    hint = f'Write {key} = {{ set = "..." }}' if word == "set" else near(word, _KINDS, "Actions")
    raise reader.error(key, f"{key} = {word!r} is no action", hint)


def _set(reader: Reader, value: object) -> object:
    if isinstance(value, str) and (unknown := set(re.findall(r"\{(\w+)\}", value)) - SET_TOKENS):
        raise reader.error("set", f"the value of set has an unknown token {{{min(unknown)}}}", _tokens(SET_TOKENS))
    return value


def _slugs(
    reader: Reader,
    own: Mapping[str, Mapping[str, Any]],
    codes: tuple[str, ...],
    actions: tuple[tuple[str, Action], ...],
) -> Iterator[tuple[str, str]]:
    """(language, how its slugs are made)."""
    usual = "translit" if any(action.kind is Kind.SLUGIFY for _, action in actions) else "copy"
    for code in codes:
        way = own.get(code, {}).get("slug", usual)
        if way not in SLUGS:
            choices = ", ".join(f'"{each}"' for each in SLUGS)
            raise reader.error("slug", f"slug = {way!r} does not exist", f"Choose from {choices}")
        yield code, way


def _dates(reader: Reader, code: str, table: object) -> Mapping[str, str]:
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        hint = 'For example: dates = { long = "d MMMM y" }'
        raise reader.error("dates", f"dates of {code} must be a table of patterns", hint)
    for name, pattern in table.items():
        if fault := dates.fault(name, pattern):
            raise reader.error("dates", f"dates of {code}: {fault}", "Patterns are CLDR's, such as d MMMM y")
    return dict(table)


def _base_url(reader: Reader, publish: Mapping[str, Any]) -> str:
    value = reader.text(publish, "base_url").rstrip("/")
    if value and not re.fullmatch(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", value):
        hint = 'For example: base_url = "https://example.org"'
        raise reader.error("base_url", f"base_url = {value!r} is no address of a site", hint)
    return value


def _address(reader: Reader, publish: Mapping[str, Any], key: str, default: str) -> str:
    template = reader.text(publish, key) if key in publish else default
    if unknown := set(re.findall(r"\{(.*?)\}", template)) - ADDRESS_TOKENS:
        raise reader.error(key, f"{key} has an unknown token {{{min(unknown)}}}", _tokens(ADDRESS_TOKENS))
    if template and not template.startswith("/"):
        raise reader.error(key, f"{key} = {template!r} does not begin at the top of the site", "Begin it with /")
    return template


def _tokens(tokens: Iterable[str]) -> str:
    return "Tokens: " + ", ".join(f"{{{token}}}" for token in sorted(tokens))


def _paths(reader: Reader, publish: Mapping[str, Any], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    if key not in publish:
        return default
    return tuple(reader.path({key: value}, key, "") for value in reader.strings(publish, key))
