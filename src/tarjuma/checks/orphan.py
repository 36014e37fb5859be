"""Every template, catalog and page belongs to a post.

When a post is deleted, renamed or no longer translated, what was made from it stays behind: readers may still find the
page. `tarjuma update` puts templates and catalogs in order (translations are kept as obsolete entries, never thrown
away); `tarjuma clean` removes the pages, save those that somebody edited.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma import langs
from tarjuma.model import Problem, Severity
from tarjuma.survey import Kind, Leftover, Site, Where, problem

SEVERITY = Severity.WARNING


def check_site(site: Site) -> Iterator[Problem]:
    """Yield the files whose source is gone."""
    for leftover in site.leftovers:
        yield _told(leftover, site)


def _told(leftover: Leftover, site: Site) -> Problem:
    values = {"count": leftover.count, "file": site.config}
    where = Where("orphan", SEVERITY, leftover.path, leftover.language)
    mild = where._replace(severity=Severity.INFO)
    if leftover.kind is Kind.TEMPLATE:
        return problem("the post of this template is gone: run tarjuma update", values, where)
    if leftover.kind is Kind.CATALOG:
        return problem("the post is gone, entries still in use: {count}; run tarjuma update", values, where)
    if leftover.kind is Kind.FOLDER:
        if right := langs.meant(leftover.language):
            values |= {"code": leftover.language, "right": right}
            said = "catalogs under the code {code}: {count}; the code of the language is {right}, rename the folder"
            return problem(said, values, where)
        return problem("catalogs of a language that {file} does not name: {count}", values, mild)
    if leftover.is_edited:
        return problem("the post is gone, somebody edited the page since: keep it or delete it", values, mild)
    return problem("the post is gone, or not translated into this language any more: run tarjuma clean", values, where)
