"""Reads which languages are made by rule from another one: `derive = {uz-Cyrl = "uz"}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tarjuma.config.reader import Reader
from tarjuma.scripts import RULES


def parse(reader: Reader, table: Mapping[str, Any], codes: tuple[str, ...]) -> Mapping[str, str]:
    """Return language -> the one that its catalogs are made from. `codes` are the project's. Raises ConfigError."""
    found: dict[str, str] = {}
    for code, other in reader.typed(table, "derive", dict, {}, "a table of languages").items():
        own, origin = reader.code(code, "derive").code, reader.code(other, "derive").code
        if (origin, own) not in RULES:
            pairs = ", ".join(f"{made} from {source}" for source, made in RULES)
            raise reader.error("derive", f"there are no rules that make {own} from {origin}", f"There are: {pairs}")
        for each in (own, origin):
            if each not in codes:
                raise reader.error("derive", f"derive names {each}, which is not in languages")
        found[own] = origin
    for own, origin in found.items():
        if origin in found:
            raise reader.error(
                "derive", f"{own} is made from {origin}, which is made by rule itself", "Drop one of them"
            )
    return found
