"""Glossary: `glossary.csv`, the terms of a site and their translations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the glossary."""

    source: str
    action: str = "translate"
    """keep, translate, transliterate or expand-first."""
    targets: Mapping[str, str] = field(default_factory=dict)
    """Language code -> the term; `*` at its end stands for any ending."""
    forbidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Language code -> words that must not be used for it."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a site."""

    terms: tuple[Term, ...] = ()
