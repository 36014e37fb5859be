"""Reads the tables of one configuration file; every error names file and line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from tarjuma import langs
from tarjuma.errors import ConfigError, UsageError
from tarjuma.model import Language


class Reader:
    """Reads values of known types out of tables."""

    def __init__(self, name: str, text: str, homes: Mapping[str, str] | None = None) -> None:
        """Make the reader of a file; `homes` are the keys that stand in one place only, and where that is."""
        self.name = name
        self.lines = text.splitlines()
        self.homes = homes or {}

    def error(self, key: str, message: str, hint: str = "") -> ConfigError:
        """Return the error for a key: with file and, where it can be told, line."""
        return ConfigError(message, path=self.name, line=_line_of(self.lines, key), hint=hint)

    def line_of(self, header: str, nth: int) -> int:
        """Return the line on which the nth table of a name stands, 0 when it cannot be told."""
        pattern = re.compile(rf"\s*\[\[[^\]#]*\b{re.escape(header)}\s*\]\]")
        found = [number for number, line in enumerate(self.lines, 1) if pattern.match(line)]
        return found[nth] if nth < len(found) else 0

    def known(self, table: Mapping[str, Any], keys: Iterable[str], where: str = "") -> None:
        """Raise ConfigError for a key that does not exist; say where it belongs, or name the nearest one that does."""
        for key in table:
            if key not in keys:
                near = difflib.get_close_matches(key, list(keys), 1, 0.5)
                listed = ", ".join(sorted(keys))
                hint = f"Did you mean '{near[0]}'?" if near else f"Keys that exist here: {listed}"
                raise self.error(key, f"unknown key {key!r}{where}", self.homes.get(key, hint))

    def table(self, table: Mapping[str, Any], key: str, keys: Iterable[str]) -> Mapping[str, Any]:
        """Return a table that may hold some keys only."""
        found = self.typed(table, key, dict, {}, "a table")
        self.known(found, keys, f" in [{key}]")
        return dict(found)

    def path(self, table: Mapping[str, Any], key: str, default: str) -> str:
        """Return a path below the project, with `/`."""
        value: str = self.typed(table, key, str, default, "a path in quotes")
        clean = value.replace("\\", "/").rstrip("/").removeprefix("./")
        if clean.startswith("/") or ".." in clean.split("/") or re.match(r"[A-Za-z]:", clean):
            raise self.error(key, f"{key} = {value!r} leaves the project folder", "Write a path below this file")
        return "" if clean == "." else clean

    def boolean(self, table: Mapping[str, Any], key: str) -> bool:
        """Return true or false."""
        return bool(self.typed(table, key, bool, False, "true or false"))

    def text(self, table: Mapping[str, Any], key: str) -> str:
        """Return a text."""
        return str(self.typed(table, key, str, "", "a text in quotes"))

    def strings(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self.typed(table, key, list, [], "a list of texts in quotes")
        if not all(isinstance(value, str) for value in values):
            raise self.error(key, f"{key} must be a list of texts in quotes", f'For example: {key} = ["..."]')
        return tuple(values)

    def typed(self, table: Mapping[str, Any], key: str, kind: type, default: Any, wanted: str) -> Any:
        """Return a value of a type; `wanted` names the type for people."""
        value = table.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(key, f"{key} must be {wanted}, not {value!r}")
        return value

    def code(self, value: object, key: str) -> Language:
        """Return the language of a code."""
        if not isinstance(value, str):
            raise self.error(key, f"{value!r} is no language code", 'Language codes are texts in quotes: "ru"')
        try:
            return langs.language(value)
        except UsageError as error:
            raise self.error(value if value in _keys_of(self.lines) else key, error.message, error.hint) from None

    def percent(self, value: object) -> int:
        """Return a whole number from 0 to 100."""
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 100:
            raise self.error("min", f"min = {value!r} is no percentage", "A whole number from 0 to 100")
        return value

    def rows(self, table: Mapping[str, Any], key: str, above: str = "") -> list[Mapping[str, Any]]:
        """Return the tables of a list of tables; `above` are the tables that it stands in, such as `checks.`."""
        rows = table.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.error(key, f"{key} must be a list of tables", f"Write [[{above}{key}]]")
        return rows


def _keys_of(lines: list[str]) -> set[str]:
    return {match[1] for line in lines if (match := re.match(r"\s*\[languages\.([\w-]+)\]", line))}


def _line_of(lines: list[str], key: str) -> int:
    """The line on which a key or table stands, 0 when it cannot be told (tomllib keeps no places)."""
    pattern = re.compile(rf"""\s*(?:\[+[^\]#]*\b{re.escape(key)}["']?\s*\]|["']?{re.escape(key)}["']?\s*=)""")
    inline = re.compile(rf"""[{{,.]\s*["']?{re.escape(key)}["']?\s*=""")
    table = re.compile(rf"""\s*\[+\s*["']?{re.escape(key)}["']?\s*\.""")
    for search in (pattern.match, inline.search, table.match):
        for number, line in enumerate(lines, 1):
            if search(line):
                return number
    return 0
