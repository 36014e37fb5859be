"""Every catalog holds the texts of its posts, no others.

It happens when a template was brought up to date and the catalogs were not, or when a merge took one side's template
and the other's catalog. Run `tarjuma update`. Until then new texts cannot be translated, old ones are shown nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tarjuma.model import Problem, Severity
from tarjuma.survey import CatalogView, Site, Where, problem

SEVERITY = Severity.WARNING


def check_site(site: Site) -> Iterator[Problem]:
    """Yield one finding for each catalog that differs; none where the template is told to be stale already."""
    told = {template.domain for template in site.templates}
    of_language: dict[str, list[CatalogView]] = defaultdict(list)
    for view in site.catalogs:
        of_language[view.language].append(view)
    for code, views in of_language.items():
        if not any(view.is_there for view in views):
            yield _new(site, code)
            continue
        for view in views:
            if (view.missing or view.gone) and view.domain not in told:
                yield _behind(view)


def _new(site: Site, code: str) -> Problem:
    where = Where("stale-catalog", SEVERITY, site.config, code)
    return problem("there are no catalogs for {language} yet: run tarjuma update", {"language": code}, where)


def _behind(view: CatalogView) -> Problem:
    values = {"missing": view.missing, "gone": view.gone}
    where = Where("stale-catalog", SEVERITY, view.path, view.language)
    return problem(
        "texts of the post that are missing here: {missing}, gone: {gone}; run tarjuma update", values, where
    )
