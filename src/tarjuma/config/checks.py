"""Reads what `[checks]` says about `tarjuma check`: severities, what is not told, and what makes it fail.

[checks]
fail_on = ["warning", "stale"]
baseline = "known.txt"

[checks.number-changed]
severity = "info"

[[checks.ignore]]
check = "end-punctuation"
language = "ru"
paths = ["content/en/news/**"]
msgid = "Copyright *"

[[checks.gate]]
paths = ["content/en/index.md"]
min = 100
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tarjuma import plugins
from tarjuma.config.reader import Reader
from tarjuma.config.values import Checks, Gate, Ignore
from tarjuma.model import Severity

SEVERITIES: Mapping[str, Severity | None] = {"off": None, **{each.value: each for each in Severity}}

LEVELS = ("error", "warning", "info", "never")
STATES = ("untranslated", "draft", "stale", "unsure")
"""States of entries that may make the command fail."""

_OWN = ("fail_on", "baseline", "ignore", "gate")
_EXAMPLE = 'For example: fail_on = ["warning", "stale"]'


def parse(reader: Reader, table: Mapping[str, Any], codes: tuple[str, ...]) -> Checks:
    """Return what the whole table of a project says about checks. `codes` are its languages. Raises ConfigError."""
    said = reader.typed(table, "checks", dict, {}, "a table")
    named = {name: value for name, value in said.items() if name not in _OWN}
    languages = table.get("languages", {})
    tables = {reader.code(code, "languages").code: value for code, value in dict(languages).items()} if isinstance(
        languages, dict
    ) else {}  # fmt: skip
    return Checks(
        severities=dict(_severities(reader, named)),
        ignores=tuple(_ignores(reader, said, codes)),
        gates=tuple(_gates(reader, said, codes)),
        fail_on=fail_on(reader, said) or ("error",),
        fail_on_language={code: each for code, value in tables.items() if (each := fail_on(reader, value))},
        baseline=reader.path(said, "baseline", ""),
        settings={
            code: {"orthography": reader.text(value, "orthography")}
            for code, value in tables.items()
            if "orthography" in value
        },
    )


def fail_on(reader: Reader, table: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Return what `fail_on` of a table lists, None when it is not there."""
    if "fail_on" not in table:
        return None
    value = table["fail_on"]
    words = (value,) if isinstance(value, str) else reader.strings(table, "fail_on")
    for word in words:
        if word not in LEVELS + STATES:
            raise reader.error(
                "fail_on", f"fail_on = {word!r} does not exist", f"Choose from {', '.join(LEVELS + STATES)}"
            )
    return tuple(words)


def _severities(reader: Reader, tables: Mapping[str, Any]) -> Iterator[tuple[str, Severity | None]]:
    if not tables:
        return
    reader.known(tables, (*_names(), *_OWN), " in [checks]")
    for name, value in tables.items():
        if not isinstance(value, dict):
            raise reader.error(name, f"checks.{name} must be a table", f'Write [checks.{name}] severity = "info"')
        reader.known(value, ("severity",), f" in [checks.{name}]")
        word = value.get("severity", "")
        if word not in SEVERITIES:
            raise reader.error(
                "severity", f"severity = {word!r} does not exist", f"Choose from {', '.join(SEVERITIES)}"
            )
        yield name, SEVERITIES[word]


def _names() -> tuple[str, ...]:
    return tuple(name.replace("_", "-") for name in plugins.names("checks"))


def _ignores(reader: Reader, table: Mapping[str, Any], codes: tuple[str, ...]) -> Iterator[Ignore]:
    for nth, row in enumerate(reader.rows(table, "ignore", "checks.")):
        reader.known(row, ("check", "language", "paths", "msgid"), " in [[checks.ignore]]")
        checks = frozenset(_listed(reader, row, "check")) - {"*"}
        reader.known(dict.fromkeys(checks), _names(), " as a check in [[checks.ignore]]")
        languages = frozenset(reader.code(code, "language").code for code in _listed(reader, row, "language"))
        if missing := languages - set(codes):
            raise reader.error("language", f"[[checks.ignore]] names {min(missing)}, which is not in languages")
        if not row:
            raise reader.error("ignore", "[[checks.ignore]] is empty", 'For example: check = "end-punctuation"')
        yield Ignore(
            checks,
            languages,
            _listed(reader, row, "paths"),
            _listed(reader, row, "msgid"),
            reader.line_of("ignore", nth),
        )


def _gates(reader: Reader, table: Mapping[str, Any], codes: tuple[str, ...]) -> Iterator[Gate]:
    for row in reader.rows(table, "gate", "checks."):
        reader.known(row, ("paths", "languages", "min", "fail_on"), " in [[checks.gate]]")
        languages = frozenset(reader.code(code, "languages").code for code in _listed(reader, row, "languages"))
        if missing := languages - set(codes):
            raise reader.error("languages", f"[[checks.gate]] names {min(missing)}, which is not in languages")
        minimum = reader.percent(row["min"]) if "min" in row else None
        yield Gate(_listed(reader, row, "paths") or ("",), languages, minimum, fail_on(reader, row))


def _listed(reader: Reader, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """One text or several."""
    return (table[key],) if isinstance(table.get(key), str) else reader.strings(table, key)
