"""What a Plural-Forms rule does, worked out once for all catalogs that have it."""

from __future__ import annotations

from functools import lru_cache

from tarjuma import langs


@lru_cache(maxsize=256)
def reach(plural_forms: str) -> tuple[int, frozenset[int]] | None:
    """Return how many forms a rule declares and which ones it chooses for 0 to 1000; None when it is no rule."""
    try:
        nplurals, expression = langs.parts(plural_forms)
        return nplurals, frozenset(langs.plural_index(expression, number) for number in langs.TESTED)
    except ValueError:
        return None
