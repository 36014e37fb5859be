"""babel.cfg: which files hold text for readers, and by which format each is read.

A section is `[method: pattern]`, the lines below it are options of the format:

    [ignore: content/en/hello.ru.md]

    [tarjuma_markdown: content/en/**.md]
    keys = ..., hero.text

The first section whose pattern matches a file counts, as with Babel. Sections for other extractors (`python`) are
Babel's own business and skipped.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from tarjuma.errors import ConfigError
from tarjuma.model import Options

IGNORE = "ignore"
TEMPLATES = "jinja2"
"""The method of Jinja2 templates, Babel's own name."""

OURS = "tarjuma_"
"""What the methods of our formats begin with."""

FOREIGN = frozenset({"python", "javascript", "django", "mako", "genshi"})
"""Methods of program code: extracted by pybabel, not by us."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A section of babel.cfg: the files that match `pattern` are read by `method`."""

    method: str
    pattern: str
    options: Mapping[str, str] = field(default_factory=dict)
    line: int = 0

    @property
    def format(self) -> str:
        """The name of the format: `markdown` for `tarjuma_markdown`, `jinja2` as it stands."""
        return self.method.removeprefix(OURS)


def parse(text: str, path: str, formats: Iterable[str]) -> tuple[Rule, ...]:
    """Return the sections of a babel.cfg, without those of foreign extractors; `formats` are the names we know.

    Raises ConfigError with file and line.
    """
    methods = {IGNORE, TEMPLATES, *(OURS + name for name in formats)}
    rules: list[Rule] = []
    option = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        if line[0] in " \t" and option and rules:
            rules[-1] = _with(rules[-1], option, f"{rules[-1].options[option]} {line.strip()}")
        elif line.startswith("["):
            rules.append(_section(line.strip(), path, number, methods))
            option = ""
        else:
            name, _, value = line.partition("=")
            option = name.strip()
            if not rules or not _:
                raise ConfigError(
                    f"cannot read {line.strip()!r}", path=path, line=number, hint="Sections look like [method: pattern]"
                )
            rules[-1] = _with(rules[-1], option, value.strip())
    return tuple(rule for rule in rules if rule.method in methods)


def _section(line: str, path: str, number: int, methods: Iterable[str]) -> Rule:
    header = re.fullmatch(r"\[\s*([\w.-]+)\s*(?::\s*(.*?))?\s*\]", line)
    if not header:
        raise ConfigError(f"cannot read {line!r}", path=path, line=number, hint="Sections look like [method: pattern]")
    method, pattern = header[1], header[2] or ""
    if method == "extractors" or method in FOREIGN or "." in method:
        return Rule("", pattern, line=number)
    if method not in methods:
        near = difflib.get_close_matches(method, list(methods), 1)
        known = ", ".join(sorted(methods))
        hint = f"Did you mean '{near[0]}'?" if near else f"Methods: {known}"
        raise ConfigError(f"unknown method {method!r}", path=path, line=number, hint=hint)
    if not pattern:
        raise ConfigError(
            f"[{method}] has no pattern", path=path, line=number, hint=f"For example: [{method}: content/en/**.md]"
        )
    return Rule(method, pattern, line=number)


def _with(rule: Rule, option: str, value: str) -> Rule:
    return replace(rule, options={**rule.options, option: value})


def matches(pattern: str, path: str) -> bool:
    """Whether a path matches a pattern of babel.cfg or of the configuration; both are relative and use `/`.

    `*` is part of one name, `**` any number of folders (Babel's rules). A pattern without wildcards is a file, or a
    folder with everything below it; an empty one is everything.
    """
    return compiled(pattern).fullmatch(path) is not None


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the regular expression of a pattern, to be used with `fullmatch`."""
    pattern = pattern.removeprefix("^").removeprefix("./")
    if not re.search(r"[*?]", pattern):
        return re.compile(re.escape(pattern.rstrip("/")) + r"(?:/.*)?" if pattern.strip("/.") else ".*", re.DOTALL)
    symbols = {"**/": "(?:.+/)?", "**": "(?:.+/)?[^/]+", "*": "[^/]+", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return re.compile("".join(symbols.get(part) or re.escape(part) for part in parts), re.DOTALL)


def with_options(options: Options, lines: Mapping[str, str]) -> Options:
    """Return options changed by the lines of a babel.cfg section: `keys = title, hero.text`.

    `...` in a list stands for the values it had before. Lines of other extractors (`extensions`, `encoding`,
    `silent`) are left alone.
    """
    changes: dict[str, Any] = {}
    for name, value in lines.items():
        if name in ("keys", "attributes", "dialects"):
            changes[name] = listed(name, [word for word in re.split(r"[\s,]+", value) if word], options)
        elif name == "limits":
            pairs = re.findall(r"([^\s,=]+)\s*=\s*(\d+)", value)
            changes[name] = {**options.limits, **{key: int(number) for key, number in pairs}}
        elif name == "width" and re.fullmatch(r"-?\d+", value):
            changes[name] = int(value)
        elif name in ("code_comments", "pelican", "wp_classic"):
            changes[name] = value.lower() in ("1", "true", "yes", "on")
    return replace(options, **changes) if changes else options


def listed(name: str, values: Iterable[str], options: Options) -> tuple[str, ...] | frozenset[str]:
    """Return the values of a list option (keys, attributes, dialects); `...` stands for those it had before."""
    before: Mapping[str, Iterable[str]] = {
        "keys": options.keys,
        "attributes": sorted(options.attributes),
        "dialects": sorted(options.dialects or ()),
    }
    whole = dict.fromkeys(item for value in values for item in (before[name] if value == "..." else (value,)))
    return tuple(whole) if name == "keys" else frozenset(whole)
