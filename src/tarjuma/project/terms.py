"""The catalog of tags and categories: what of it may be published, and Hugo's pages of terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tarjuma import extract
from tarjuma.config import Root
from tarjuma.model import State
from tarjuma.project.layout import is_terms, terms_domain
from tarjuma.project.site import Post, Project
from tarjuma.publish import terms
from tarjuma.publish.terms import Terms
from tarjuma.status import PageState

if TYPE_CHECKING:
    from tarjuma.project.plans import Plan


@dataclass(frozen=True, slots=True)
class TermPage:
    """A page that Hugo shows at the address of a tag or category."""

    path: str
    """Relative to the project."""
    code: str
    content: bytes | None
    """None while the term is not translated."""


def published(project: Project, root: Root, code: str) -> Terms:
    """Return the translated terms of a root that may stand on pages: reviewed ones, drafts where they are published."""
    domain = terms_domain(root)
    if domain not in project.domains:
        return {}
    wanted = {State.REVIEWED}
    if code in project.config.publishing_for(root).publish_drafts:
        wanted.add(State.DRAFT)
    from tarjuma.project.versions import live, read_catalog

    catalog, _ = read_catalog(project, domain, code)
    return {key: entry.target for key, entry in live(catalog).items() if entry.state in wanted}


def pages(project: Project, domain: str) -> Iterator[TermPage]:
    """Yield the pages of the terms in a catalog, in every language that a post with the term is translated into.

    Only Hugo has them; a term whose page is a post of its own is translated there.
    """
    sources = {source.path for source in project.sources}
    found: dict[str, TermPage] = {}
    translations: dict[str, Terms] = {}
    for source in project.domains[domain] if is_terms(domain) else ():
        publishing = project.config.publishing_for(source.root)
        content = project.bytes_of(source.path) if terms.has_pages(publishing) else None
        if content is None:
            continue
        own = terms.terms(content, project.config.options_for(source.path, source.rule), publishing)
        for code in project.post(source)[0].languages:
            if code not in translations:
                translations[code] = published(project, source.root, code)
            for key, term in own:
                below = terms.folder(key, term)
                folder = f"{source.root.folder}/{below}".lstrip("/")
                if not below or f"{folder}/_index.md" in sources:
                    continue
                path = source.layout.target(f"{folder}/_index.md", code)
                target = translations[code].get((terms.context(key), term))
                page = TermPage(path, code, terms.page(target) if target else None)
                if path not in found or found[path].content is None:
                    found[path] = page
    yield from found.values()


def plans(project: Project, domain: str) -> Iterator[Plan]:
    """Yield what compile makes of the pages of terms; one that a person wrote or edited is left alone."""
    from tarjuma.project.plans import Plan, generated

    for page in pages(project, domain):
        if page.content is not None:
            yield replace(generated(project, page.path, page.content), code=page.code)
        else:
            is_there = project.bytes_of(page.path) is not None
            yield Plan(page.path, PageState.CURRENT if is_there else PageState.WAITING, code=page.code)


def shown(project: Project, domain: str, posts: Iterable[Post], code: str = "") -> Iterator[Post]:
    """Yield the posts of a catalog as `status` shows them: all those of the terms as one, under the template's name.

    Where a language is given, only posts that are translated into it count.
    """
    if not is_terms(domain):
        yield from posts
        return
    wanted = [post for post in posts if post.messages and (not code or code in post.languages)]
    if wanted:
        source = replace(wanted[0].source, path=project.pot_path(domain))
        messages = tuple(extract.merged(message for post in wanted for message in post.messages or ()))
        yield Post(source, None, messages, tuple(dict.fromkeys(code for post in wanted for code in post.languages)))
