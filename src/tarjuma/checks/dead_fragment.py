"""A link to a part of a page (`about.md#install`) names a heading that is there.

Readers land at the top of the page instead, and look for what you meant. Localized pages keep the ids of their source's
headings, so the name behind `#` stays as it is in the source, and is never translated. Judged where a `preset` says how
the site's generator makes ids, and where no template code of the page may make more of them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from tarjuma.model import Problem, Severity
from tarjuma.survey import Fragment, Site, Where, problem

SEVERITY = Severity.WARNING

_MESSAGE = "{address}: no heading of {page} has the id {name}"
_NEAR = "{address}: no heading of {page} has the id {name}; the nearest is {other}"


def check_site(site: Site) -> Iterator[Problem]:
    """Yield the links to parts that no page has."""
    for fragment in site.fragments:
        names = site.parts.get(fragment.goal)
        if names is None or fragment.name in names:
            continue
        values = {"address": fragment.address, "page": fragment.goal, "name": fragment.name}
        if near := difflib.get_close_matches(fragment.name, sorted(names), 1):
            yield problem(_NEAR, {**values, "other": near[0]}, _where(fragment))
        else:
            yield problem(_MESSAGE, values, _where(fragment))


def _where(fragment: Fragment) -> Where:
    path, place = fragment.catalog or fragment.source, fragment.place
    return Where(
        "dead-fragment", SEVERITY, path, fragment.language, fragment.line, place, fragment.key, fragment.target,
        fragment.span,
    )  # fmt: skip
