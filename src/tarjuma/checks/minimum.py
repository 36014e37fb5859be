"""Every post that somebody began to translate reaches the share at which it is published.

The share is counted in words, and only reviewed translations count; `min` in the configuration says how much is
needed (100 % where it says nothing). Below it readers do not see the post in this language. Languages that nobody
began are not mentioned. To make a build fail below a share: `--min ru=95`.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.model import Problem, Severity
from tarjuma.status import PageState
from tarjuma.survey import Site, Where, problem

SEVERITY = Severity.INFO


def check_site(site: Site) -> Iterator[Problem]:
    """Yield the posts below the minimum of their language."""
    begun = site.begun
    for view in site.views:
        status = view.status
        share = status.tally.share
        if status.language not in begun or status.page in (PageState.NONE, PageState.OUT_OF_DATE):
            continue
        if share < status.least:
            yield problem(
                "{share} % of the words are reviewed, {least} % are needed: the post is not published",
                {"share": int(share), "least": status.least},
                Where("minimum", SEVERITY, view.catalog, status.language, place=(status.path, 1)),
            )
