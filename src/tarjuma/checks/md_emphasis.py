"""As much is emphasized in the translation as in the source.

A star that is lost, or a space inside (`** word**`), shows readers the stars themselves. `__word__` in place of
`**word**` is right. Put the marks directly around the words that carry the emphasis in your language.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.markup import Emphasis, Spot
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.WARNING
FOLLOWS = ("untranslated-copy", "injection")
GOOD = [("ru", "The **museum** is open", "__Музей__ открыт"), ("tg", "Run _slowly_", "*Оҳиста* давед")]
BAD = [
    ("ru", "The **museum** is open", "*Музей* открыт"),
    ("ru", "The **museum** is open", "** Музей** открыт"),
    ("tg", "The **museum** is open", "**Осорхона кушода аст"),
    ("uz", "The **museum** is open", "Muzey ochiq"),
]

_NAMES = {"strong": "**", "em": "*", "strike": "~~"}


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield emphasis that got lost, changed or broke open."""
    if pair.signs.isdisjoint("*_~"):
        return
    source, target = pair.source.emphasis, pair.target.emphasis
    broken = _stray(source, target)
    lost, added = source.weights - target.weights, target.weights - source.weights
    if broken and (lost or added or source.weights):
        yield Found("{marks} emphasizes nothing", {"marks": broken.text}, (broken.start, broken.end))
    elif lost:
        marks = ", ".join(_NAMES[weight] for weight in lost)
        yield Found("emphasis of the source is missing: {marks}", {"marks": marks})
    elif added and (source.weights or _is_sure(pair, target)):
        spot = next(spot for spot in target.spots if spot.text in added)
        yield Found("the source emphasizes nothing here", {}, (spot.start, spot.end))
    elif broken and broken.text == "**":
        yield Found("{marks} emphasizes nothing", {"marks": broken.text}, (broken.start, broken.end))


def _stray(source: Emphasis, target: Emphasis) -> Spot | None:
    """The first run of marks that emphasizes nothing, when the target has more of them than the source."""
    known = [spot.text for spot in source.stray]
    for spot in target.stray:
        if spot.text not in known:
            return spot
        known.remove(spot.text)
    return None


def _is_sure(pair: Pair, target: Emphasis) -> bool:
    """True when the marks can be nothing but Markdown: two stars around words."""
    return "strong" in target.weights and "**" in pair.target.text and "*" not in pair.source.text
