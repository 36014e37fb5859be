"""Which languages are written in two scripts whose words follow from each other by rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tarjuma import uzbek

Rule = Callable[[str], str]
"""Returns a text in the other script. What is no word of the language stays as it is."""

RULES: Mapping[tuple[str, str], Rule] = MappingProxyType(
    {("uz", "uz-Cyrl"): uzbek.cyrillic, ("uz-Cyrl", "uz"): uzbek.latin}
)
"""(from, to) as BCP 47 codes -> the rule."""
