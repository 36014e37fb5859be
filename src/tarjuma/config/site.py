"""Reads what is translated into which languages, and where it goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from tarjuma.config import publishing
from tarjuma.config.reader import Reader
from tarjuma.config.values import Domain, Root, Scope
from tarjuma.mapping import listed
from tarjuma.model import Language, Options
from tarjuma.presets import LAYOUTS, Preset

TOKENS = frozenset({"dir", "stem", "ext", "lang", "root", "path", "parent"})
"""What an output template may hold between braces."""

OPTIONS = {key.name for key in fields(Options)}
KEYS = {
    "languages", "source", "source_language", "sources", "locales", "output", "domain", "publish", "scope", "options",
    "draft", "derive", "engines", "babel_cfg", "project", "checks", "preset", "layout", "front_matter",
} | OPTIONS  # fmt: skip
LANGUAGE_KEYS = ("min", "fail_on", "orthography", "drafts", *publishing.LANGUAGE_KEYS)
_OUTPUT = "content/{lang}/{path}"


class SiteReader(Reader):
    """Reads the tables about languages, sources, outputs and formats."""

    def languages(self, table: Mapping[str, Any]) -> tuple[Language, ...]:
        """Return the languages in their order."""
        value = table.get("languages", [])
        if isinstance(value, dict):
            for code, settings in value.items():
                if not isinstance(settings, dict):
                    raise self.error(code, f"languages.{code} must be a table", f"Write [languages.{code}]")
                self.known(settings, LANGUAGE_KEYS, f" in [languages.{code}]")
        elif not isinstance(value, list):
            raise self.error("languages", "languages must be a list", 'For example: languages = ["ru", "tg"]')
        rows = [self.code(code, "languages") for code in value]
        return tuple({row.code: row for row in rows}.values())

    def roots(self, table: Mapping[str, Any], codes: tuple[str, ...]) -> tuple[Root, ...]:
        """Return the source folders."""
        language = self.code(table.get("source_language", "en"), "source_language")
        preset = publishing.preset(self, table)
        if "sources" not in table:
            usual = preset.source.replace("{lang}", preset.spell(language)) if preset else "content/en"
            folder = self.path(table, "source", usual)
            output = self.output(table, folder, preset, _OUTPUT)
            return (Root(folder, language.code, _without(codes, language.code), output, preset=preset),)
        if "source" in table:
            raise self.error("source", "source and [[sources]] exclude each other", "Make it one more [[sources]]")
        rows = self.rows(table, "sources")
        roots = tuple(self.root(row, table, codes, language.code, preset) for row in rows)
        if not roots:
            raise self.error("sources", "sources is empty", 'For example: [[sources]] root = "content/en"')
        return roots

    def root(
        self,
        row: Mapping[str, Any],
        table: Mapping[str, Any],
        codes: tuple[str, ...],
        language: str,
        preset: Preset | None,
    ) -> Root:
        """Return one source folder; what its own table does not say is said by that of the project."""
        self.known(row, {"root", "language", "languages", "output", "prefix", "preset", "layout"}, " in [[sources]]")
        if "root" not in row:
            raise self.error("sources", "a [[sources]] table has no root", 'Add the folder: root = "content/en"')
        own = self.code(row.get("language", language), "language").code
        targets = tuple(self.code(code, "languages").code for code in self.strings(row, "languages")) or codes
        folder = self.path(row, "root", "")
        preset = publishing.preset(self, row, preset)
        says = row if row.keys() & {"output", "layout", "preset"} else table
        output = self.output(says, folder, preset, _OUTPUT)
        return Root(folder, own, _without(targets, own), output, self.path(row, "prefix", ""), preset)

    def output(self, table: Mapping[str, Any], folder: str, preset: Preset | None, default: str) -> str:
        """Return the template of output paths: what the table says, what the preset says of a root, or `default`."""
        if "output" in table and "layout" in table:
            raise self.error("layout", "layout and output exclude each other", "A layout is a name for an output")
        if "output" in table:
            return self.template("output", self.path(table, "output", default))
        if "layout" in table:
            return self.layout(self.path(table, "layout", ""), folder)
        if preset:
            return self.layout(preset.layout_of(folder), folder)
        return self.template("output", default)

    def layout(self, name: str, folder: str) -> str:
        """Return the template of a layout, which is named or is a template itself, for the root in a folder."""
        if "{" in name:
            return self.template("layout", name)
        if name not in LAYOUTS:
            near = publishing.near(name, LAYOUTS, "Layouts")
            raise self.error("layout", f"unknown layout {name!r}", near)
        if "{parent}" in LAYOUTS[name] and not folder:
            raise self.error(
                "layout",
                f"layout {name!r} puts languages beside the source folder, and that is the project itself",
                'Write layout = "folder-root", or name the folder of the source language in source',
            )
        return LAYOUTS[name]

    def template(self, key: str, template: str) -> str:
        """Return a template of output paths that can be used."""
        unknown = set(re.findall(r"\{(.*?)\}", template)) - TOKENS
        known = ", ".join(f"{{{token}}}" for token in sorted(TOKENS))
        if unknown:
            raise self.error(key, f"{key} has an unknown token {{{min(unknown)}}}", f"Tokens: {known}")
        if "{lang}" not in template:
            raise self.error(key, f"{key} has no {{lang}}", "All languages would be one file: put {lang} in it")
        if "{path}" not in template and "{stem}" not in template and template != LAYOUTS["table"]:
            raise self.error(key, f"{key} has neither {{path}} nor {{stem}}", "All posts would be one file")
        return template

    def domain(self, table: Mapping[str, Any]) -> Domain:
        """Return what one catalog holds."""
        value = table.get("domain", "file")
        try:
            return Domain(value)
        except ValueError:
            raise self.error(
                "domain", f"domain = {value!r} does not exist", 'Choose "file", "folder" or "single"'
            ) from None

    def minimum(self, publish: Mapping[str, Any]) -> int:
        """Return the percentage that holds for languages that name none."""
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

    def scopes(self, table: Mapping[str, Any], codes: tuple[str, ...]) -> Iterable[Scope]:
        """Yield which posts are translated into some languages only."""
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
        """Yield the options of some files: patterns, fields of Options."""
        for row in self.rows(table, "options"):
            self.known(row, {"paths"} | OPTIONS, " in [[options]]")
            paths = self.strings(row, "paths")
            if not paths:
                raise self.error("options", "an [[options]] table has no paths", 'For example: paths = ["news/**"]')
            yield paths, self.options({key: row[key] for key in row if key != "paths"}, base)

    def options(self, table: Mapping[str, Any], base: Options) -> dict[str, Any]:
        """Return the fields of Options that a table sets."""
        readers: Mapping[str, Callable[[], object]] = {
            "width": lambda: self.typed(table, "width", int, 0, "a number of columns, 0 or -1"),
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
        """Return the greatest numbers of characters."""
        limits: Mapping[str, Any] = self.typed(table, "limits", dict, {}, "a table of numbers")
        for key, value in limits.items():
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise self.error(key, f"limits.{key} = {value!r} is no number of characters", "0 lifts a limit")
        return limits


def _without(codes: tuple[str, ...], language: str) -> tuple[str, ...]:
    return tuple(code for code in codes if code != language)
