"""A translation brings no markup that its source does not have.

`compile` would write such markup as plain text, so that no translation can change the structure of a page: readers
would see the tags and braces themselves. Use only the tags and template code of the source.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair
from tarjuma.syntax import inline
from tarjuma.syntax.inline import Kind

SEVERITY = Severity.WARNING
FOLLOWS = (
    "injection", "escape", "html-unbalanced", "html-dropped", "placeholder-changed", "placeholder-missing",
    "mt-garbage", "md-link", "url-changed", "url-dropped", "md-code", "untranslated-copy",
)  # fmt: skip
GOOD = [
    ("ru", "The <b>museum</b>", "<b>Музей</b>"),
    ("tg", "Hello, {{name|title}}, see {{< ref >}}", "Салом, {{ name | title }}, ба {{<ref>}} нигаред"),
]
BAD = [("ru", "The museum", "<b>Музей</b>")]

_KINDS = frozenset({Kind.TAG_OPEN, Kind.TAG_CLOSE, Kind.TAG_VOID, Kind.COMMENT, Kind.TEMPLATE})


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the first tag, comment or template code of the target that its source has nothing like."""
    if not pair.signs or pair.target.signs.isdisjoint("<{"):
        return
    source = f"{pair.key.text}\n\n{pair.key.plural}" if pair.key.plural else pair.key.text
    for token in inline.foreign(source, pair.target.text):
        if token.kind in _KINDS and len(token.text) > 1:
            yield Found("the source has no {markup}", {"markup": token.text}, (token.start, token.end))
            return
