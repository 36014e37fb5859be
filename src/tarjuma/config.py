"""The configuration: `tarjuma.toml` or `[tool.tarjuma]` of pyproject.toml, and `babel.cfg`.

The first says what is translated into which languages and where it goes; babel.cfg says which files hold text and by
which format. `load` finds both, checks every key, and returns one frozen `Config`.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from tarjuma import langs, mapping
from tarjuma.errors import ConfigError, UsageError
from tarjuma.mapping import Rule, listed, matches, with_options
from tarjuma.model import Language, Options

NAMES = ("tarjuma.toml", "pyproject.toml")
"""Where the configuration may stand, first one found in a folder wins."""

TOKENS = frozenset({"dir", "stem", "ext", "lang", "root", "path"})
"""What an output template may hold between braces."""


FORMATS = ("markdown", "html", "yaml", "json", "toml")
"""The formats that come with tarjuma."""


class Domain(Enum):
    """What one catalog holds."""

    FILE = "file"
    FOLDER = "folder"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Root:
    """A folder of posts in one source language."""

    folder: str
    """Relative to the project, with `/`, without a trailing one; "" is the project itself."""
    language: str
    languages: tuple[str, ...]
    """Into which its posts are translated."""
    output: str
    """Path template of the localized files."""
    prefix: str = ""
    """Put before the domains of this root, so that two roots may hold files of one name."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Posts that are translated into some languages only, or only from a date on."""

    paths: tuple[str, ...]
    languages: tuple[str, ...] | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a project says about itself."""

    folder: str
    """The project: absolute path of the folder that holds the configuration."""
    file: str
    """Name of the configuration file in it, for messages."""
    languages: tuple[Language, ...]
    roots: tuple[Root, ...]
    locales: str = "locales"
    domain: Domain = Domain.FILE
    minimum: int = 100
    """Percent of a post's words that must be reviewed before it is published."""
    minimums: Mapping[str, int] = field(default_factory=dict)
    """The same for single languages."""
    scopes: tuple[Scope, ...] = ()
    options: Options = field(default_factory=Options)
    special: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = ()
    """Options of some files: (patterns, fields of Options)."""
    rules: tuple[Rule, ...] = ()
    """The sections of babel.cfg in file order: the first one that matches a file counts."""
    project: str = ""
    """The name in the catalogs' headers (Project-Id-Version)."""
    draft_network: bool = False
    """Whether `run` may send text to a foreign service (nothing does yet)."""

    def least(self, language: str) -> int:
        """The percentage below which a post is not published in a language."""
        return self.minimums.get(language, self.minimum)

    def rule(self, path: str) -> Rule | None:
        """The section of babel.cfg that a file belongs to; None for a file without text."""
        for rule in self.rules:
            if matches(rule.pattern, path):
                return rule
        return None

    def options_for(self, path: str, rule: Rule) -> Options:
        """How one source is read: the project's options, then those of its path, then those of babel.cfg."""
        options = self.options
        for patterns, changes in self.special:
            if any(matches(pattern, path) for pattern in patterns):
                options = replace(options, **changes)
        return with_options(options, rule.options) if rule.options else options


def load(folder: str | os.PathLike[str], file: str | None = None, formats: Iterable[str] = FORMATS) -> Config:
    """Return the configuration that rules in a folder: `file`, or the nearest one found from the folder upward.

    `formats` are the names that babel.cfg may use. Raises ConfigError with file and line, and UsageError when there is
    no configuration.
    """
    path = os.path.abspath(os.path.join(folder, file)) if file else _nearest(os.path.abspath(folder))
    if path is None or not os.path.isfile(path):
        where = file or folder
        raise UsageError(
            f"{where}: no tarjuma.toml here" + ("" if file else " or above, and no [tool.tarjuma] in a pyproject.toml"),
            hint="`tarjuma init` writes one. To look at one post without any configuration: `tarjuma try POST -l ru`",
        )
    folder, name = os.path.split(path)
    text = _text(path)
    table = _table(text, name)
    file_map = str(table.get("babel_cfg", "babel.cfg"))
    rules_path = os.path.join(folder, file_map)
    rules = mapping.parse(_text(rules_path), file_map, formats) if os.path.isfile(rules_path) else None
    return parse(table, path, text, rules)


def parse(table: Mapping[str, Any], path: str, text: str, rules: tuple[Rule, ...] | None) -> Config:
    """Return the configuration that a table makes, with the sections of babel.cfg (None: there is no such file).

    `path` is the absolute path of the file, `text` what stands in it (for line numbers). Raises ConfigError.
    """
    folder, name = os.path.split(path)
    reader = _Reader(name, text)
    reader.known(table, _KEYS)
    reader.path(table, "babel_cfg", "babel.cfg")
    languages = reader.languages(table)
    codes = tuple(row.code for row in languages)
    roots = reader.roots(table, codes)
    base = Options(**reader.options({key: table[key] for key in table.keys() & _OPTIONS}, Options()))
    publish = reader.table(table, "publish", {"min"})
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
        draft_network=reader.boolean(reader.table(table, "draft", {"network"}), "network"),
    )


_OPTIONS = {key.name for key in fields(Options)}
_KEYS = {
    "languages", "source", "source_language", "sources", "locales", "output", "domain", "publish", "scope", "options",
    "draft", "babel_cfg", "project",
} | _OPTIONS  # fmt: skip
_OUTPUT = "content/{lang}/{path}"


class _Reader:
    """Reads the tables of one configuration file; every error names file and line."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.lines = text.splitlines()

    def error(self, key: str, message: str, hint: str = "") -> ConfigError:
        return ConfigError(message, path=self.name, line=_line_of(self.lines, key), hint=hint)

    def known(self, table: Mapping[str, Any], keys: Iterable[str], where: str = "") -> None:
        for key in table:
            if key not in keys:
                near = difflib.get_close_matches(key, list(keys), 1, 0.5)
                listed = ", ".join(sorted(keys))
                hint = f"Did you mean '{near[0]}'?" if near else f"Keys that exist here: {listed}"
                raise self.error(key, f"unknown key {key!r}{where}", hint)

    def table(self, table: Mapping[str, Any], key: str, keys: Iterable[str]) -> Mapping[str, Any]:
        found = self._typed(table, key, dict, {}, "a table")
        self.known(found, keys, f" in [{key}]")
        return dict(found)

    def path(self, table: Mapping[str, Any], key: str, default: str) -> str:
        value: str = self._typed(table, key, str, default, "a path in quotes")
        clean = value.replace("\\", "/").rstrip("/").removeprefix("./")
        if clean.startswith("/") or ".." in clean.split("/") or re.match(r"[A-Za-z]:", clean):
            raise self.error(key, f"{key} = {value!r} leaves the project folder", "Write a path below this file")
        return "" if clean == "." else clean

    def boolean(self, table: Mapping[str, Any], key: str) -> bool:
        return bool(self._typed(table, key, bool, False, "true or false"))

    def text(self, table: Mapping[str, Any], key: str) -> str:
        return str(self._typed(table, key, str, "", "a text in quotes"))

    def strings(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        values = self._typed(table, key, list, [], "a list of texts in quotes")
        if not all(isinstance(value, str) for value in values):
            raise self.error(key, f"{key} must be a list of texts in quotes", f'For example: {key} = ["..."]')
        return tuple(values)

    def _typed(self, table: Mapping[str, Any], key: str, kind: type, default: Any, wanted: str) -> Any:
        value = table.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(key, f"{key} must be {wanted}, not {value!r}")
        return value

    def code(self, value: object, key: str) -> Language:
        if not isinstance(value, str):
            raise self.error(key, f"{value!r} is no language code", 'Language codes are texts in quotes: "ru"')
        try:
            return langs.language(value)
        except UsageError as error:
            raise self.error(value if value in _keys_of(self.lines) else key, error.message, error.hint) from None

    def languages(self, table: Mapping[str, Any]) -> tuple[Language, ...]:
        value = table.get("languages", [])
        if isinstance(value, dict):
            for code, settings in value.items():
                if not isinstance(settings, dict):
                    raise self.error(code, f"languages.{code} must be a table", f"Write [languages.{code}]")
                self.known(settings, {"min"}, f" in [languages.{code}]")
        elif not isinstance(value, list):
            raise self.error("languages", "languages must be a list", 'For example: languages = ["ru", "tg"]')
        rows = [self.code(code, "languages") for code in value]
        return tuple({row.code: row for row in rows}.values())

    def roots(self, table: Mapping[str, Any], codes: tuple[str, ...]) -> tuple[Root, ...]:
        language = self.code(table.get("source_language", "en"), "source_language").code
        output = self.output(table, _OUTPUT)
        if "sources" not in table:
            folder = self.path(table, "source", "content/en")
            return (Root(folder, language, _without(codes, language), output),)
        if "source" in table:
            raise self.error("source", "source and [[sources]] exclude each other", "Make it one more [[sources]]")
        roots = tuple(self.root(row, codes, language, output) for row in self.rows(table, "sources"))
        if not roots:
            raise self.error("sources", "sources is empty", 'For example: [[sources]] root = "content/en"')
        return roots

    def root(self, row: Mapping[str, Any], codes: tuple[str, ...], language: str, output: str) -> Root:
        self.known(row, {"root", "language", "languages", "output", "prefix"}, " in [[sources]]")
        if "root" not in row:
            raise self.error("sources", "a [[sources]] table has no root", 'Add the folder: root = "content/en"')
        own = self.code(row.get("language", language), "language").code
        targets = tuple(self.code(code, "languages").code for code in self.strings(row, "languages")) or codes
        prefix = self.path(row, "prefix", "")
        return Root(self.path(row, "root", ""), own, _without(targets, own), self.output(row, output), prefix)

    def output(self, table: Mapping[str, Any], default: str) -> str:
        template = self.path(table, "output", default)
        unknown = set(re.findall(r"\{(.*?)\}", template)) - TOKENS
        known = ", ".join(f"{{{token}}}" for token in sorted(TOKENS))
        if unknown:
            raise self.error("output", f"output has an unknown token {{{min(unknown)}}}", f"Tokens: {known}")
        if "{lang}" not in template:
            raise self.error("output", "output has no {lang}", "All languages would be one file: put {lang} in it")
        if "{path}" not in template and "{stem}" not in template:
            raise self.error("output", "output has neither {path} nor {stem}", "All posts would be one file")
        return template

    def domain(self, table: Mapping[str, Any]) -> Domain:
        value = table.get("domain", "file")
        try:
            return Domain(value)
        except ValueError:
            raise self.error(
                "domain", f"domain = {value!r} does not exist", 'Choose "file", "folder" or "single"'
            ) from None

    def minimum(self, publish: Mapping[str, Any]) -> int:
        value = publish.get("min", 100)
        return self.percent(value.get("default", 100) if isinstance(value, dict) else value)

    def minimums(
        self, publish: Mapping[str, Any], table: Mapping[str, Any], codes: tuple[str, ...]
    ) -> Mapping[str, int]:
        """`[publish] min = {ru = 90}` and `[languages.ru] min = 90` say the same."""
        least = publish.get("min", {})
        rows = {code: value for code, value in least.items() if code != "default"} if isinstance(least, dict) else {}
        tables = table.get("languages", {})
        if isinstance(tables, dict):
            rows |= {code: settings["min"] for code, settings in tables.items() if "min" in settings}
        found = {self.code(code, "min").code: self.percent(value) for code, value in rows.items()}
        if missing := found.keys() - set(codes):
            raise self.error("min", f"min is set for {min(missing)}, which is not in languages")
        return found

    def percent(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 100:
            raise self.error("min", f"min = {value!r} is no percentage", "A whole number from 0 to 100")
        return value

    def rows(self, table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        rows = table.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.error(key, f"{key} must be a list of tables", f"Write [[{key}]]")
        return rows

    def scopes(self, table: Mapping[str, Any], codes: tuple[str, ...]) -> Iterable[Scope]:
        for row in self.rows(table, "scope"):
            self.known(row, {"paths", "since", "languages"}, " in [[scope]]")
            since = row.get("since")
            if isinstance(since, datetime):
                since = since.date()
            if since is not None and not isinstance(since, date):
                raise self.error("since", f"since = {since!r} is no date", "Without quotes: since = 2024-01-31")
            chosen = tuple(self.code(code, "languages").code for code in self.strings(row, "languages"))
            if missing := set(chosen) - set(codes):
                raise self.error("languages", f"[[scope]] names {min(missing)}, which is not in languages")
            yield Scope(self.strings(row, "paths") or ("",), chosen if "languages" in row else None, since)

    def special(self, table: Mapping[str, Any], base: Options) -> Iterable[tuple[tuple[str, ...], Mapping[str, Any]]]:
        for row in self.rows(table, "options"):
            self.known(row, {"paths"} | _OPTIONS, " in [[options]]")
            paths = self.strings(row, "paths")
            if not paths:
                raise self.error("options", "an [[options]] table has no paths", 'For example: paths = ["news/**"]')
            yield paths, self.options({key: row[key] for key in row if key != "paths"}, base)

    def options(self, table: Mapping[str, Any], base: Options) -> dict[str, Any]:
        readers: Mapping[str, Callable[[], object]] = {
            "width": lambda: self._typed(table, "width", int, 0, "a number of columns, 0 or -1"),
            "limits": lambda: {**base.limits, **self.limits(table)},
        }
        changes: dict[str, Any] = {}
        for key in table:
            if key in ("keys", "attributes", "dialects"):
                changes[key] = listed(key, self.strings(table, key), base)
            else:
                changes[key] = readers[key]() if key in readers else self.boolean(table, key)
        return changes

    def limits(self, table: Mapping[str, Any]) -> Mapping[str, int]:
        limits: Mapping[str, Any] = self._typed(table, "limits", dict, {}, "a table of numbers")
        for key, value in limits.items():
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise self.error(key, f"limits.{key} = {value!r} is no number of characters", "0 lifts a limit")
        return limits


def _every_post(roots: tuple[Root, ...]) -> tuple[Rule, ...]:
    """What holds without a babel.cfg: posts by their usual suffixes, below every root."""
    suffixes = {"markdown": ("md", "markdown", "mdown", "mdx"), "html": ("html", "htm")}
    return tuple(
        Rule(f"tarjuma_{name}", f"{root.folder}/**.{suffix}".lstrip("/"))
        for root in roots
        for name, endings in suffixes.items()
        for suffix in endings
    )


def _without(codes: tuple[str, ...], language: str) -> tuple[str, ...]:
    return tuple(code for code in codes if code != language)


def _keys_of(lines: list[str]) -> set[str]:
    return {match[1] for line in lines if (match := re.match(r"\s*\[languages\.([\w-]+)\]", line))}


def _line_of(lines: list[str], key: str) -> int:
    """The line on which a key or table stands, 0 when it cannot be told (tomllib keeps no places)."""
    pattern = re.compile(rf"""\s*(?:\[+[^\]#]*\b{re.escape(key)}["']?\s*\]|["']?{re.escape(key)}["']?\s*=)""")
    inline = re.compile(rf"""[{{,.]\s*["']?{re.escape(key)}["']?\s*=""")
    for search in (pattern.match, inline.search):
        for number, line in enumerate(lines, 1):
            if search(line):
                return number
    return 0


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


def _table(text: str, name: str) -> Mapping[str, Any]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        message = re.sub(r" \(at .*\)$", "", str(error))
        raise ConfigError(
            f"is not valid TOML: {message}", path=name, line=int(place[1]) if place else 0, hint="https://toml.io"
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
