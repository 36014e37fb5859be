"""The checks, one file each: the name of the file is the name of the check, its docstring is what users read.

A check defines one function, and says how much its findings weigh:

    check(pair, context)             one translated form of an entry beside its source
    check_catalog(catalog, context)  what only a whole catalog shows
    check_site(site)                 what only a whole project shows

`SEVERITY` is the weight of a finding that names none. `FOLLOWS` names checks whose finding on the same form explains
this one: only the first cause is told. `GOOD` and `BAD` are examples, shown in docs/checks.md and tried in the tests:
(language, source, target), or (language, text of a PO file) for a catalog.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from tarjuma import plugins
from tarjuma.glossary import Glossary
from tarjuma.model import Entry, Key, Language, Message, Severity


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found: its message, and where."""

    message: str
    """English, a whole clause without a full stop; `{name}` stands for a value. Translated by tarjuma's own catalog."""
    values: Mapping[str, object] = field(default_factory=dict)
    span: tuple[int, int] | None = None
    """Code points of the target."""
    suggestion: str | None = None
    """What to write in place of the span ("" = nothing), or of the whole target when there is no span."""
    is_safe: bool = False
    """True when the suggestion needs no person's judgement."""
    severity: Severity | None = None
    """None = the check's SEVERITY."""
    entry: Entry | None = None
    """The entry, where a catalog check found something in one."""
    form: int = 0
    line: int = 0
    """Line of the catalog when there is no entry; 0 = the header."""


@dataclass(frozen=True, slots=True)
class Context:
    """What checks know beside the texts themselves."""

    language: Language
    source_language: Language
    glossary: Glossary = field(default_factory=Glossary)
    template: Mapping[Key, Message] | None = None
    """The messages of the template (.pot), None when there is none."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What the configuration says about this language's checks: orthography, limits."""
    is_project: bool = False
    """True in a project, where untranslated and fuzzy entries are counted per post, not listed."""


def names() -> tuple[str, ...]:
    """Return the names of all checks: `number-changed`."""
    return tuple(name.replace("_", "-") for name in plugins.names("checks"))


def module(name: str) -> ModuleType:
    """Return the module of a check. Raises UsageError when there is none."""
    return plugins.part("checks", name.replace("-", "_"))


def rows(name: str, which: str) -> Iterator[tuple[str, ...]]:
    """Yield the examples of a check; `which` is GOOD or BAD."""
    yield from getattr(module(name), which, ())
