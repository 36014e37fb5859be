"""Links to parts of pages, in posts and in their translations, and where they lead: for `checks.dead_fragment`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tarjuma.addresses import Form as Kind
from tarjuma.model import Entry, Identity
from tarjuma.pair import Text
from tarjuma.project import publishing
from tarjuma.project.site import Post, Project
from tarjuma.publish import fragments, links
from tarjuma.publish.atlas import Atlas
from tarjuma.publish.sluggers import SLUGGERS
from tarjuma.publish.targets import Form
from tarjuma.survey import Fragment, Parts, Place

_LINKS = {Kind.LINK: Form.LINK, Kind.ATTRIBUTE: Form.ATTRIBUTE}


def parts(project: Project, posts: Iterable[Post]) -> Iterator[Parts]:
    """Yield what links can name in posts whose generator's ids we know, and the links to parts that stand in them."""
    for post in posts:
        document = post.document
        said = project.config.publishing_for(post.source.root)
        if document is None or not said.preset or said.preset.slugger not in SLUGGERS:
            continue
        source = document.source
        found = tuple(
            Fragment(each.address, each.name, each.form.value, document.path, source.count(b"\n", 0, each.start) + 1)
            for each in fragments.found(document)
        )
        address = next((plan.url for plan in publishing.source(project, post)), "")
        yield Parts(document.path, address, fragments.names(document, said.preset.slugger), found)


def translated(
    project: Project,
    post: Post,
    code: str,
    reviewed: Mapping[Identity, Entry],
    places: Mapping[Identity, Place],
    path: str,
) -> Iterator[Fragment]:
    """Yield the links to parts of pages in translations that name other parts than the source's links."""
    document = post.document
    said = project.config.publishing_for(post.source.root)
    if document is None or not said.anchors:
        return
    for identity in dict.fromkeys(segment.key.identity for segment in document.segments):
        entry = reviewed.get(identity)
        if not entry or "#" not in entry.target:
            continue
        originals = {address.url.partition("#")[2] for address in Text(entry.key.text).addresses}
        for address in Text(entry.target).addresses:
            name = address.url.partition("#")[2]
            if name and name not in originals and address.form in _LINKS:
                place = places.get(identity, (document.path, 0))
                yield Fragment(
                    address.url, name, _LINKS[address.form].value, document.path, entry.line, path, code, place,
                    entry.key, entry.target, (address.start, address.end),
                )  # fmt: skip


def resolved(project: Project, found: Iterable[Parts], more: Iterable[Fragment]) -> Iterator[Fragment]:
    """Yield the links with the sources that they lead to; links that lead elsewhere are left out."""
    known = {each.path: each for each in found}
    atlas = Atlas({path: each.address for path, each in known.items()})
    roots = {source.path: source.root for source in project.sources}
    for fragment in (*(link for each in known.values() for link in each.links), *more):
        if fragment.source not in known:
            continue
        root, own = roots[fragment.source], known[fragment.source].address
        routes = links.routes_of_post(fragment.source, root, own, atlas, project.config.publishing_for(root))
        if (goal := routes.goal(fragment.address, Form(fragment.form))) in known:
            yield replace(fragment, goal=goal)
