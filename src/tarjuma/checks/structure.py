"""A translation brings no markup that its source does not have, and can take its place in the page.

`tarjuma compile` never writes a page that is built otherwise than its post. It writes tags and template code that the
source lacks as plain text, so that readers would see the signs themselves; a translation that would still open a new
list or close a table is left out, and readers see the source text in its place. Use only the tags, links and template
code of the source, and begin no new paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Problem, Severity
from tarjuma.pair import Pair
from tarjuma.survey import Site, Where, problem
from tarjuma.syntax import inline
from tarjuma.syntax.inline import Kind

SEVERITY = Severity.WARNING
FOLLOWS = (
    "injection", "escape", "html-unbalanced", "html-dropped", "placeholder-changed", "placeholder-missing",
    "mt-garbage", "md-link", "url-changed", "url-dropped", "md-code", "untranslated-copy",
)  # fmt: skip
GOOD = [("ru", "The <b>museum</b>", "<b>Музей</b>")]
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


def check_site(site: Site) -> Iterator[Problem]:
    """Yield the translations that compile would leave out, at their line of the catalog."""
    for view in site.views:
        for refusal in view.refusals:
            where = Where(
                "structure", Severity.ERROR, view.catalog, view.status.language, refusal.line, refusal.place,
                refusal.key, refusal.target,
            )  # fmt: skip
            yield problem("{reason}; the page would show the source text", {"reason": refusal.reason}, where)
