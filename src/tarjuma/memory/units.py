"""What a translation memory holds: a text in one language and the same text in another."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from tarjuma import keepsake, langs
from tarjuma.model import Catalog, Entry, State

ONE, MANY = 1, 5
"""The numbers whose plural forms stand for the singular and for the plural of a source."""


class Origin(IntEnum):
    """Where a unit comes from; what counts more comes first."""

    LIVE = 0
    """Reviewed, in a catalog of the project."""
    OBSOLETE = 1
    """Reviewed once; its source text is gone."""
    FOREIGN = 2
    """Imported: nobody here has looked at it."""


class Unit(NamedTuple):
    """A pair of texts."""

    source: str
    """BCP 47 code of the language that was translated from."""
    text: str
    target: str
    """BCP 47."""
    translation: str
    context: str | None = None
    place: str = ""
    """The domain of a catalog, or what an imported file says."""
    origin: Origin = Origin.LIVE
    plural: str | None = None
    """The second source text of a message with plural forms."""
    forms: tuple[str, ...] = ()
    """All forms of its translation; () where there is no plural."""
    creator: str = ""
    """Who made the translation, where a file shall say it: the name of an engine."""


def reviewed(catalog: Catalog, source: str, target: str, place: str) -> Iterator[Unit]:
    """Yield the units of what is reviewed in a catalog, of obsolete entries too; languages are BCP 47 codes.

    A message with plural forms makes two: the singular with the form for one thing, the plural with that for many.
    """
    for entry in catalog.entries:
        if entry.state is State.REVIEWED or (entry.is_obsolete and entry.is_translated and not entry.is_fuzzy):
            yield from _units(entry, catalog, source, target, place)


def _units(entry: Entry, catalog: Catalog, source: str, target: str, place: str) -> Iterator[Unit]:
    origin = Origin.OBSOLETE if entry.is_obsolete else Origin.LIVE
    key = keepsake.released(entry)[1].key if keepsake.is_kept(entry) else entry.key
    if not key.text:
        return
    if key.plural is None:
        yield Unit(source, key.text, target, entry.target, key.context, place, origin)
        return
    one, many = (_form(entry.targets, catalog, target, number) for number in (ONE, MANY))
    yield Unit(source, key.text, target, one, key.context, place, origin, key.plural, entry.targets)
    if key.plural != key.text:
        yield Unit(source, key.plural, target, many, key.context, place, origin)


def _form(targets: tuple[str, ...], catalog: Catalog, target: str, number: int) -> str:
    header = catalog.header.get("Plural-Forms") or langs.header_plural(target)
    try:
        return targets[langs.plural_index(langs.parts(header)[1], number)]
    except (ValueError, IndexError):
        return targets[0 if number == ONE else -1]
