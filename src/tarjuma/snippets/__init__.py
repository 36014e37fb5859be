"""Pieces of site templates, ready for each generator: links between translations, a banner, feeds.

A folder here holds the files of a generator as they lie in a site; its `where.toml` says what each is for. `@TEXTS@` in
a file gives way to the words of the banner, as a JSON object: language as the generator spells it -> state -> text;
`@MONTHS@` to how dates of each month read, for generators that know no languages: language -> 12 patterns of
strftime.
"""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from tarjuma import dates, langs
from tarjuma.model import Language
from tarjuma.presets import Preset

SHARED = {"hugo-dirs": "hugo", "mkdocs-folder": "mkdocs", "jekyll-polyglot": "jekyll"}
"""Preset -> the one whose templates it shares."""

_TEXTS = "@TEXTS@"
_MONTHS = "@MONTHS@"
_WHERE = "where.toml"


@dataclass(frozen=True, slots=True)
class Snippet:
    """One file for a site."""

    path: str
    """Relative to the top of the site, with `/`."""
    where: str
    """What has to be done with it, for people."""
    text: str


def names() -> tuple[str, ...]:
    """Return the presets that there are snippets for, sorted."""
    folders = {folder.name for folder in files(__name__).iterdir() if folder.joinpath(_WHERE).is_file()}
    return tuple(sorted(folders | {name for name, shared in SHARED.items() if shared in folders}))


def snippets(preset: Preset, codes: Iterable[str]) -> tuple[Snippet, ...]:
    """Return the files for a site of a preset, in the order in which they are put to use; () when there are none.

    `codes` are the languages of the site: the banner speaks them, and English.
    """
    folder = files(__name__).joinpath(SHARED.get(preset.name, preset.name))
    where = folder.joinpath(_WHERE)
    if not where.is_file():
        return ()
    codes = tuple(codes)
    words = _json(dict(_words(preset, codes)))
    rows = tomllib.loads(where.read_text("utf-8"))
    found = {path: _read(folder, path).replace(_TEXTS, words) for path in rows}
    if any(_MONTHS in text for text in found.values()):
        languages = [langs.language(code) for code in dict.fromkeys(("en", *codes))]
        months = _json({preset.spell(language): _months(language) for language in languages})
        found = {path: text.replace(_MONTHS, months) for path, text in found.items()}
    return tuple(Snippet(path, rows[path], text) for path, text in found.items())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _read(folder: Traversable, path: str) -> str:
    return folder.joinpath(*path.split("/")).read_text("utf-8")


@cache
def _banner() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__name__).joinpath("banner.toml").read_text("utf-8"))


def _words(preset: Preset, codes: Iterable[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The texts of a site's languages; a region speaks as its language does."""
    yield "en", _banner()["en"]
    for code in codes:
        if found := _banner().get(code) or _banner().get(code.partition("-")[0]):
            yield preset.spell(langs.language(code)), found


def _months(language: Language) -> list[str]:
    """The pattern of a date in each month, whose name stands in it."""
    day = "%d" if "06" in dates.day(datetime.date(2024, 5, 6), language) else "%-d"
    days = (datetime.date(8888, month, 22) for month in range(1, 13))
    return [dates.day(date, language).replace("8888", "%Y").replace("22", day) for date in days]
