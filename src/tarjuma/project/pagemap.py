"""The page map: which post has which pages in which languages, for templates that link a page with its translations.

    {"version": 1, "posts": {"posts/hello.md": {
        "language": "en", "x-default": "/posts/hello/",
        "pages": {"en": {"path": "content/posts/hello.md", "url": "/posts/hello/", "state": "source"},
                  "ru": {"path": "content/posts/hello.ru.md", "url": "/ru/posts/hello/", "state": "complete"}}}}}

A post is named as in `l10n.source` of its pages: by its path below the root. Only pages that exist are in it, so that
every link between two of them is mutual.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tarjuma.project.plans import Plan, generated
from tarjuma.project.publishing import SOURCE, below
from tarjuma.project.site import Project
from tarjuma.project.versions import kinds


def plans(project: Project, made: Iterable[Plan]) -> Iterator[Plan]:
    """Yield the plan of each page map that the configuration asks for; `made` are those of all pages."""
    made = list(made)
    for path in wanted(project):
        posts = _posts(project, made, path)
        content = json.dumps({"version": 1, "posts": posts}, ensure_ascii=False, indent=1)
        yield generated(project, path, f"{content}\n".encode("utf-8", "surrogateescape"))


def wanted(project: Project) -> tuple[str, ...]:
    """Return the paths of the page maps that a project has."""
    return tuple(dict.fromkeys(each.page_map for each in kinds(project) if each.page_map))


def _posts(project: Project, made: list[Plan], path: str) -> dict[str, Any]:
    """The posts of the roots whose page map this is."""
    sources = {
        source.path: source for source in project.sources if project.config.publishing_for(source.root).page_map == path
    }
    pages: dict[str, dict[str, Any]] = defaultdict(dict)
    for plan in made:
        if plan.source in sources and plan.shown:
            pages[plan.source][plan.code] = _row(plan)
    own = {plan.path: plan for plan in made if plan.shown == SOURCE and plan.path in sources}
    names = Counter(below(sources[each]) for each in own)
    posts = {}
    for each, plan in sorted(own.items()):
        name, root = below(sources[each]), sources[each].root
        there = {code: pages[each][code] for code in root.languages if code in pages[each]}
        posts[name if names[name] == 1 else each] = {
            "language": root.language,
            "x-default": plan.url,
            "pages": {root.language: _row(plan), **there},
        }
    return posts


def _row(plan: Plan) -> dict[str, str]:
    return {"path": plan.path, "url": plan.url, "state": plan.shown}
