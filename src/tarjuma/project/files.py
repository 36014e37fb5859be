"""Files that posts name beside themselves, and those of them that are not there: for `checks.missing_file`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from tarjuma.project import publishing
from tarjuma.project.site import Post, Project
from tarjuma.publish import links, targets
from tarjuma.publish.atlas import Atlas
from tarjuma.publish.targets import Form
from tarjuma.survey import FileLink

_FORMS = frozenset({Form.LINK, Form.IMAGE, Form.DEFINITION, Form.ATTRIBUTE})


def named(project: Project, posts: Iterable[Post]) -> Iterator[FileLink]:
    """Yield the links of posts to files, as far as their generator is known."""
    for post in posts:
        document = post.document
        if document is None or not project.config.publishing_for(post.source.root).preset:
            continue
        home, source = next((plan.url for plan in publishing.source(project, post)), ""), document.source
        for target in targets.found(document):
            if target.form in _FORMS and links.is_file(target.url):
                line = source.count(b"\n", 0, target.start) + 1
                yield FileLink(target.url, target.form.value, document.path, line, home)


def missing(project: Project, found: Iterable[FileLink], files: Collection[str]) -> Iterator[FileLink]:
    """Yield the links that lead to none of these files, nor to a post."""
    atlas = Atlas(dict.fromkeys((source.path for source in project.sources), ""), is_file=files.__contains__)
    roots = {source.path: source.root for source in project.sources}
    for link in found:
        root = roots[link.source]
        routes = links.routes_of_post(link.source, root, link.home, atlas, project.config.publishing_for(root))
        if routes.goal(link.address, Form(link.form)) is None:
            yield link
