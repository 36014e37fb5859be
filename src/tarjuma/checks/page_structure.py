"""Every approved translation can take its place in the page.

`tarjuma compile` never writes a page that is built otherwise than its post: a translation that would open a new list,
close a table or holds no word is left out, and readers see the source text in its place. Write the text as the source
is built: the same tags, links and template code, no new paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.model import Problem, Severity
from tarjuma.survey import Site, Where, problem

SEVERITY = Severity.ERROR


def check_site(site: Site) -> Iterator[Problem]:
    """Yield the translations that compile would leave out, at their line of the catalog."""
    for view in site.views:
        for refusal in view.refusals:
            where = Where(
                "page-structure", SEVERITY, view.catalog, view.status.language, refusal.line, refusal.place,
                refusal.key, refusal.target,
            )  # fmt: skip
            yield problem("{reason}; the page would show the source text", {"reason": refusal.reason}, where)
