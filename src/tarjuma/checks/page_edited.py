"""Nobody edits a localized page by hand: it is made from the catalog.

`tarjuma compile` never overwrites what a person wrote, so an edited page stays as it is and gets no more updates.
Make the change in the catalog, then move the page away and compile. The same holds for a page that was there before
tarjuma: as soon as its translation is complete, move it away or leave the post out (`translate: false`).
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.model import Problem, Severity
from tarjuma.status import PageState
from tarjuma.survey import Site, View, Where, problem

SEVERITY = Severity.WARNING


def check_site(site: Site) -> Iterator[Problem]:
    """Yield the pages that compile will not touch although it wrote them, or although their translation is there."""
    for view in site.views:
        is_foreign = view.status.page is PageState.FOREIGN and view.is_begun
        if view.status.page is PageState.EDITED or is_foreign:
            yield _told(view)


def _told(view: View) -> Problem:
    status = view.status
    where = Where("page-edited", SEVERITY, status.target, status.language, place=(status.path, 1))
    if view.is_recorded:
        return problem("edited by hand since it was compiled: put the change into the catalog instead", {}, where)
    if status.tally.share < status.least:
        where = where._replace(severity=Severity.INFO)
    return problem("tarjuma did not write this page and leaves it as it is: move it away to compile it", {}, where)
