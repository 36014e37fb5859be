"""The images of a project's posts, and their versions in other languages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from tarjuma import langs
from tarjuma.project import publishing
from tarjuma.project.overview import chosen
from tarjuma.project.site import Post, Project, files_below
from tarjuma.publish import images, links
from tarjuma.publish.atlas import Atlas
from tarjuma.publish.routes import Routes
from tarjuma.status import Image


def of_posts(project: Project, only: Iterable[str] = ()) -> tuple[Image, ...]:
    """Return the images that posts show and that are files of the project, by path.

    `only` are the codes that are asked for, all when there are none. Raises UsageError for a code that the project
    does not have.
    """
    codes = chosen(project, only)
    files = frozenset(files_below(project.config))
    atlas = Atlas(is_file=files.__contains__)
    posts: dict[str, list[str]] = {}
    versions: dict[str, dict[str, str]] = {}
    languages: dict[str, set[str]] = {}
    for number, post in enumerate(project.posts):
        project.progress("looking at images", number, len(project.posts))
        for address, path in _found(project, post, atlas):
            if post.source.path not in posts.setdefault(path, []):
                posts[path].append(post.source.path)
            wanted = [code for code in codes if code in post.languages]
            languages.setdefault(path, set()).update(wanted)
            for code in wanted:
                if found := _version(project, post, code, path, address, atlas):
                    versions.setdefault(path, {})[code] = found
    project.progress("looking at images", len(project.posts), len(project.posts))
    ours = {version for each in versions.values() for version in each.values()}
    return tuple(
        Image(
            path, tuple(posts[path]), versions.get(path, {}), tuple(code for code in codes if code in languages[path])
        )
        for path in sorted(posts)
        if path not in ours
    )


def _found(project: Project, post: Post, atlas: Atlas) -> list[tuple[str, str]]:
    """(address, path) of the images of a post."""
    if post.document is None:
        return []
    said = project.config.publishing_for(post.source.root)
    routes = _routes(project, post, atlas)
    goals = [(address, routes.goal(address, form)) for address, form in images.addresses(post.document, said)]
    return [(address, goal) for address, goal in goals if goal]


def _routes(project: Project, post: Post, atlas: Atlas) -> Routes:
    root = post.source.root
    own = next((plan.url for plan in publishing.source(project, post)), "")
    return links.routes_of_post(post.source.path, root, own, atlas, project.config.publishing_for(root))


def _version(project: Project, post: Post, code: str, path: str, address: str, atlas: Atlas) -> str | None:
    said, layout = project.config.publishing_for(post.source.root), post.source.layout
    spelled = said.preset.spell(langs.language(code)) if said.preset else code
    folder = posixpath.dirname(layout.target(post.source.path, code))
    there = "" if address.startswith("/") else posixpath.normpath(posixpath.join(folder, address))
    return images.version(path, (spelled, code), there, atlas.exists)
