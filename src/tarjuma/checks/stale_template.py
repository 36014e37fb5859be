"""The templates hold the texts of the posts as they are now.

A post was written or edited, and its template (`.pot`) still has the old texts: translators do not see the new ones.
Run `tarjuma update`; it brings templates and catalogs up to date and loses no translation.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.model import Problem, Severity
from tarjuma.survey import Site, Where, problem

SEVERITY = Severity.WARNING


def check_site(site: Site) -> Iterator[Problem]:
    """Yield one finding for each template that differs from its sources."""
    for template in site.templates:
        place = (template.sources[0], 1) if template.sources else ("", 0)
        where = Where("stale-template", SEVERITY, template.path, place=place)
        values = {"missing": template.missing, "gone": template.gone}
        if not template.is_there:
            yield problem("this post has no template yet: run tarjuma update", values, where)
        elif template.missing or template.gone:
            yield problem("new or edited texts: {missing}, gone: {gone}; run tarjuma update", values, where)
        else:
            yield problem("the comments for translators are not those of the post: run tarjuma update", values, where)
