"""The translation brings no tags that its source does not have.

`compile` writes such tags as plain text, so that no translation can change how a page is built: readers would see the
tags themselves. Use only the tags of the source; for emphasis of your own use quotes or other words.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.markup import LOOKS
from tarjuma.model import Severity
from tarjuma.pair import Pair
from tarjuma.syntax import inline
from tarjuma.syntax.inline import Kind

SEVERITY = Severity.WARNING
FOLLOWS = (
    "injection", "escape", "html-unbalanced", "html-dropped", "mt-garbage", "url-changed", "md-code",
    "untranslated-copy",
)  # fmt: skip
GOOD = [("ru", "The <b>museum</b>", "<b>Музей</b>"), ("ru", "First<br>second", "Первое<br/>второе")]
BAD = [("ru", "The museum", "<b>Музей</b>")]

_KINDS = frozenset({Kind.TAG_OPEN, Kind.TAG_CLOSE, Kind.TAG_VOID})


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the first tag of the target that its source has nothing like."""
    if not pair.signs or "<" not in pair.target.signs:
        return
    source = f"{pair.key.text}\n\n{pair.key.plural}" if pair.key.plural else pair.key.text
    for token in inline.foreign(source, pair.target.text):
        if token.kind in _KINDS:
            is_look = inline.element(token) in LOOKS and any(tag.name in LOOKS for tag in pair.source.elements.opened)
            severity = Severity.INFO if is_look else None
            message = "the source has no tag {tag}"
            yield Found(message, {"tag": token.text}, (token.start, token.end), severity=severity)
            return
