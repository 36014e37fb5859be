"""The configuration: `tarjuma.toml` or `[tool.tarjuma]` of pyproject.toml, and `babel.cfg`.

The first says what is translated into which languages and where it goes; babel.cfg says which files hold text and by
which format. `load` finds both, checks every key, and returns one frozen `Config`.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from tarjuma import mapping
from tarjuma.config import checks, derivations, drafts, publishing
from tarjuma.config.site import KEYS, LANGUAGE_KEYS, OPTIONS, TOKENS, SiteReader
from tarjuma.config.values import (
    Below,
    Checks,
    Config,
    Domain,
    Drafting,
    Gate,
    Ignore,
    Place,
    Publishing,
    Root,
    Scope,
)
from tarjuma.errors import ConfigError, UsageError
from tarjuma.mapping import Rule, with_options
from tarjuma.model import Options

__all__ = [
    "FORMATS", "NAMES", "TOKENS", "Below", "Checks", "Config", "Domain", "Drafting", "Gate", "Ignore", "Place",
    "Publishing", "Root", "Scope", "load", "options_from_babel", "parse",
]  # fmt: skip

NAMES = ("tarjuma.toml", "pyproject.toml")
"""Where the configuration may stand, first one found in a folder wins."""

FORMATS = ("markdown", "html", "yaml", "json", "toml", "lektor")
"""The formats that come with tarjuma."""


_HOMES = {
    "tool": "[tool.tarjuma] is for pyproject.toml: here keys stand at the top, and tables are [publish], [draft] ...",
    **dict.fromkeys(KEYS, "It belongs at the top, above all tables"),
    **dict.fromkeys(LANGUAGE_KEYS, "It belongs below [languages.CODE], with the code of a language"),
    **dict.fromkeys(publishing.KEYS, "It belongs below [publish]"),
    **dict.fromkeys(drafts.KEYS, "It belongs below [draft]"),
    **dict.fromkeys(("fail_on", "baseline"), "It belongs below [checks]"),
}
"""Keys -> where they stand, for people who wrote them elsewhere."""


def load(folder: str | os.PathLike[str], file: str | None = None, formats: Iterable[str] = FORMATS) -> Config:
    """Return the configuration that rules in a folder: `file`, or the nearest one found from the folder upward.

    `formats` are the names that babel.cfg may use. Raises ConfigError with file and line, and UsageError when there is
    no configuration.
    """
    path = os.path.abspath(os.path.join(folder, file)) if file else _nearest(os.path.abspath(folder))
    if file and not os.path.isfile(str(path)):
        hint = "Without -c the nearest tarjuma.toml is taken; `tarjuma init` writes one"
        raise UsageError("there is no such configuration", path=file, hint=hint)
    if path is None:
        raise UsageError(
            f"{folder}: no tarjuma.toml here or above, and no [tool.tarjuma] in a pyproject.toml",
            hint="`tarjuma init` writes one. To look at one post without any configuration: `tarjuma try POST -l ru`",
        )
    folder, name = os.path.split(path)
    text = _text(path)
    table = _table(text, name)
    file_map = str(table.get("babel_cfg", "babel.cfg"))
    rules_path = os.path.join(folder, file_map)
    rules = mapping.parse(_text(rules_path), file_map, formats) if os.path.isfile(rules_path) else None
    config = parse(table, path, text, rules)
    if rules is None and file_map != "babel.cfg":
        hint = "Correct its name: it is relative to this file"
        raise SiteReader(name, text).error("babel_cfg", f"babel_cfg: there is no file {file_map!r}", hint)
    return config


def parse(table: Mapping[str, Any], path: str, text: str, rules: tuple[Rule, ...] | None) -> Config:
    """Return the configuration that a table makes, with the sections of babel.cfg (None: there is no such file).

    `path` is the absolute path of the file, `text` what stands in it (for line numbers). Raises ConfigError.
    """
    folder, name = os.path.split(path)
    reader = SiteReader(name, text, _HOMES)
    reader.known(table, KEYS)
    reader.path(table, "babel_cfg", "babel.cfg")
    languages = reader.languages(table)
    codes = tuple(row.code for row in languages)
    roots = reader.roots(table, codes)
    base = Options(**reader.options({key: table[key] for key in table.keys() & OPTIONS}, Options()))
    publish = reader.table(table, "publish", publishing.KEYS)
    preset = publishing.preset(reader, table)
    targets = tuple(dict.fromkeys((*codes, *(code for root in roots for code in root.languages))))
    return Config(
        folder,
        name,
        languages,
        roots,
        locales=reader.path(table, "locales", "locales"),
        domain=reader.domain(table),
        minimum=reader.minimum(publish),
        minimums=reader.minimums(publish, table, codes),
        scopes=tuple(reader.scopes(table, codes)),
        options=base,
        special=tuple(reader.special(table, base)),
        rules=_every_post(roots) if rules is None else rules,
        project=reader.text(table, "project"),
        drafting=drafts.parse(reader, table, codes, tuple(root.language for root in roots)),
        derive=derivations.parse(reader, table, targets),
        checks=checks.parse(reader, table, codes),
        publishing=publishing.parse(reader, table, preset, targets),
        own_publishing={
            root.folder: publishing.parse(reader, table, root.preset, targets)
            for root in roots
            if root.preset is not preset
        },
    )


def _every_post(roots: tuple[Root, ...]) -> tuple[Rule, ...]:
    """What holds without a babel.cfg: posts by their usual suffixes, below every root."""
    suffixes = {"markdown": ("md", "markdown", "mdown", "mdx"), "html": ("html", "htm"), "lektor": ("lr",)}
    return tuple(
        Rule(f"tarjuma_{name}", f"{root.folder}/**.{suffix}".lstrip("/"))
        for root in roots
        for name, endings in suffixes.items()
        for suffix in endings
    )


def _nearest(folder: str) -> str | None:
    while True:
        for name in NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name != "pyproject.toml" or "[tool.tarjuma" in _text(path)):
                return path
        if folder == (parent := os.path.dirname(folder)):
            return None
        folder = parent


def _text(path: str) -> str:
    name = os.path.basename(path)
    try:
        with open(path, "rb") as stream:
            return stream.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"byte {error.start} is not UTF-8", path=name, hint="Save the file as UTF-8 in your editor"
        ) from None
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path=name) from None


_TOML = "What TOML looks like: https://toml.io"
_TWICE = (
    "The languages stand in a list and in tables of their own. Take out the line `languages = [...]`, and give each "
    "language a table, which may be empty: [languages.ru]"
)


def _table(text: str, name: str) -> Mapping[str, Any]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        message = re.sub(r" \(at .*\)$", "", str(error))
        hint = _TWICE if "'languages'" in message and re.search(r"^languages\s*=", text, re.MULTILINE) else _TOML
        raise ConfigError(
            f"is not valid TOML: {message}", path=name, line=int(place[1]) if place else 0, hint=hint
        ) from None
    table: Mapping[str, Any] = document.get("tool", {}).get("tarjuma", {}) if name == "pyproject.toml" else document
    return table


def options_from_babel(lines: Mapping[str, Any], path: str = "") -> Options:
    """Return the options of a file that pybabel reads: those of the project it lies in, changed by its babel.cfg lines.

    `path` is the file's; "" stands for the working directory. Without a configuration the defaults hold.
    """
    options = _project_options(os.path.dirname(os.path.abspath(path)) if path else os.getcwd())
    return with_options(options, {name: value for name, value in lines.items() if isinstance(value, str)})


@cache
def _project_options(folder: str) -> Options:
    try:
        return load(folder).options
    except UsageError:
        return Options()
