"""A picture or download that a post names beside itself (`images/chart.png`) is a file of the site.

Readers see a torn picture, in every language. Correct the path, or add the file. Judged where a `preset` says how the
site's generator reads addresses, and only for relative paths of pictures, sounds, films and documents: what a theme or
a plugin looks up elsewhere (front matter, shortcodes, addresses from the top of the site) is its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.model import Problem, Severity
from tarjuma.survey import Site, Where, problem

SEVERITY = Severity.WARNING


def check_site(site: Site) -> Iterator[Problem]:
    """Yield the files that posts name and that are not there."""
    for link in site.missing:
        where = Where("missing-file", SEVERITY, link.source, line=link.line)
        yield problem("{address}: there is no such file", {"address": link.address}, where)
