"""Every tag of the source stands in the translation too.

`<b>`, `<code>` or `<br>` are how the page is made. Put the source's tags around the words that stand for the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.markup import LOOKS, is_markup
from tarjuma.model import Severity
from tarjuma.pair import Pair, Text

SEVERITY = Severity.WARNING
FOLLOWS = ("mt-garbage", "html-unbalanced", "escape", "untranslated-copy")
GOOD = [("ru", "First<br>second", "Первое<br />второе"), ("tg", "<b>Open</b> now", "Ҳоло <B>кушода</B>")]
BAD = [("ru", "The <strong>museum</strong> is open", "Музей открыт")]


_FRAME = frozenset({"qt", "html", "head", "body"})
"""What marks a text as rich (Qt); it is rich without them as soon as it has another tag."""


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the elements that the source has more of than the target."""
    if "<" not in pair.source.signs or not pair.signs:
        return
    lost, added = _names(pair.source) - _names(pair.target), _names(pair.target) - _names(pair.source)
    if LOOKS.issuperset(lost) and LOOKS.issuperset(added) and lost.total() == added.total():
        return  # bold or italic: every language has its own habits
    if lost:
        tags = ", ".join(f"<{name}>" for name in lost)
        yield Found("tags of the source are missing: {tags}", {"tags": tags})


def _names(text: Text) -> Counter[str]:
    return Counter(tag.name for tag in text.elements.opened if is_markup(tag) and tag.name not in _FRAME)
