"""Reads what the project wants of `tarjuma draft`: engines, what may leave, where drafts go.

[draft]
network = true
engines = ["deepl", "google"]
via = { kk = "ru", be = "" }
never_send = ["content/en/board/**"]
max_chars = 500000

[engines.deepl]
formality = "prefer_more"

[languages.tk]
drafts = "tmx"
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from tarjuma import plugins
from tarjuma.config.reader import Reader
from tarjuma.config.values import Drafting, Place

KEYS = ("network", "engines", "via", "max_chars", "never_send")
VIA: Mapping[str, str] = {"be": "ru", "uk": "ru"}
"""Drafted from the reviewed Russian: rus-bel scores 44 BLEU where eng-bel scores 19 (OPUS-MT, Tatoeba)."""


def parse(reader: Reader, table: Mapping[str, Any], codes: tuple[str, ...], sources: tuple[str, ...]) -> Drafting:
    """Return what the whole table of a project says about drafts.

    `codes` are its languages, `sources` those that it writes in. Raises ConfigError.
    """
    said = reader.table(table, "draft", KEYS)
    most = reader.typed(said, "max_chars", int, 0, "a number of characters")
    if most < 0:
        raise reader.error("max_chars", f"max_chars = {most} is no number of characters", "0 stands for no limit")
    return Drafting(
        network=reader.boolean(said, "network"),
        engines=_engines(reader, said),
        via=_via(reader, said, codes, sources),
        max_chars=most,
        never_send=reader.strings(said, "never_send"),
        places=_places(reader, table),
        settings=_settings(reader, table),
    )


def _engines(reader: Reader, said: Mapping[str, Any]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(reader.strings(said, "engines")))
    for name in names:
        if name not in (known := _names()):
            near = get_close_matches(name, known, 1, 0.5)
            hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}"
            raise reader.error("engines", f"there is no engine {name!r}", hint)
    return names


def _names() -> tuple[str, ...]:
    return tuple(name.replace("_", "-") for name in plugins.names("engines"))


def _via(
    reader: Reader, said: Mapping[str, Any], codes: tuple[str, ...], sources: tuple[str, ...]
) -> Mapping[str, str]:
    """Language -> the one that its drafts are made from; the default is for those only that the project has."""
    via = {code: other for code, other in VIA.items() if code in codes and other in codes}
    for code, other in reader.typed(said, "via", dict, {}, "a table of languages").items():
        own = reader.code(code, "via").code
        from_code = reader.code(other, "via").code if other else ""
        if own not in codes:
            raise reader.error("via", f"via names {own}, which is not in languages")
        if from_code and from_code not in codes + sources:
            raise reader.error(
                "via",
                f"via names {from_code}, which is not in languages",
                "Its reviewed translations would be the source",
            )
        via[own] = "" if from_code in (own, *sources) else from_code
    return {code: other for code, other in via.items() if other}


def _places(reader: Reader, table: Mapping[str, Any]) -> Mapping[str, Place]:
    languages = table.get("languages", {})
    places = {}
    for code, value in languages.items() if isinstance(languages, dict) else ():
        if "drafts" in value:
            word = reader.text(value, "drafts")
            if word not in {place.value for place in Place}:
                raise reader.error("drafts", f"drafts = {word!r} does not exist", 'Choose "po", "tmx" or "none"')
            places[reader.code(code, "languages").code] = Place(word)
    return places


def _settings(reader: Reader, table: Mapping[str, Any]) -> Mapping[str, Mapping[str, object]]:
    tables = reader.typed(table, "engines", dict, {}, "a table")
    reader.known(tables, _names(), " in [engines]")
    for name, value in tables.items():
        if not isinstance(value, dict):
            raise reader.error(name, f"engines.{name} must be a table", f"Write [engines.{name}]")
    return dict(tables)
