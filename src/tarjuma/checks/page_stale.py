"""Every localized page is made from its post and its translations as they are now.

Somebody approved translations or edited the post, and the page was not made anew: run `tarjuma compile`. A page whose
translation is not complete any more keeps its last complete version, so that readers never see half a page; that is
told as an info. Sites whose pages are made by the build, and not kept beside the posts, are not told anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.model import Problem, Severity
from tarjuma.status import PageState
from tarjuma.survey import Site, Where, problem

SEVERITY = Severity.WARNING


def check_site(site: Site) -> Iterator[Problem]:
    """Yield the pages that compile would write, and those that wait for translators."""
    keeps_pages = any(view.is_there and view.is_recorded for view in site.views)
    for view in site.views:
        state = view.status.page
        values = {"share": int(view.status.tally.share)}
        place = (view.status.path, 1)
        where = Where("page-stale", SEVERITY, view.status.target, view.status.language, place=place)
        if state is PageState.OUT_OF_DATE:
            mild = where._replace(severity=Severity.INFO)
            yield problem("the page keeps its last complete version: {share} % are reviewed now", values, mild)
        elif state is PageState.READY and view.is_there:
            yield problem("the page is older than its post or its translation: run tarjuma compile", values, where)
        elif state is PageState.READY and keeps_pages:
            yield problem("the post is translated, but there is no page yet: run tarjuma compile", values, where)
