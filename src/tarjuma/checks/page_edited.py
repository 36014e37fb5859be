"""Nobody edits a localized page by hand: it is made from the catalog.

`tarjuma compile` never overwrites what a person wrote, so an edited page stays as it is and gets no more updates.
`tarjuma take FILE` brings the change into the catalog, and the next compile makes the page of it. It does so too for a
page that was there before tarjuma; or move that away, or leave its post out of the language (`translate:`).
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
        return problem("edited by hand since it was compiled: run tarjuma take {path}", {"path": status.target}, where)
    if status.tally.share < status.least:
        where = where._replace(severity=Severity.INFO)
    return problem("tarjuma did not write this page and leaves it as it is: move it away to compile it", {}, where)
