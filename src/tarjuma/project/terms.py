"""The catalog of tags and categories: what of it may be published, and Hugo's pages of terms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tarjuma import extract, store
from tarjuma.config import Root
from tarjuma.model import State
from tarjuma.project.layout import TERMS
from tarjuma.project.site import Post, Project
from tarjuma.publish import terms
from tarjuma.publish.terms import Terms


@dataclass(frozen=True, slots=True)
class TermPage:
    """A page that Hugo shows at the address of a tag or category."""

    path: str
    """Relative to the project."""
    code: str
    content: bytes | None
    """None while the term is not translated."""

    @property
    def inputs(self) -> str:
        """Digest of what it is made from."""
        return hashlib.sha256(self.content or b"").hexdigest()[:16]


def domain_of(root: Root) -> str:
    """Return the name of the catalog that holds the terms of a root's posts."""
    return f"{root.prefix}/{TERMS}".lstrip("/")


def published(project: Project, root: Root, code: str) -> Terms:
    """Return the translated terms of a root that may stand on pages: reviewed ones, drafts where they are published."""
    domain = domain_of(root)
    if domain not in project.domains:
        return {}
    wanted = {State.REVIEWED}
    if code in project.config.publishing_for(root).publish_drafts:
        wanted.add(State.DRAFT)
    from tarjuma.project.pages import live, read_catalog

    catalog, _ = read_catalog(project, domain, code)
    return {key: entry.target for key, entry in live(catalog).items() if entry.state in wanted}


def pages(project: Project) -> Iterator[TermPage]:
    """Yield the pages of terms, in every language that a post with the term is translated into.

    Only Hugo has them; a term whose page is a post of its own is translated there.
    """
    sources = {source.path for source in project.sources}
    found: dict[tuple[str, str], TermPage] = {}
    translations: dict[tuple[str, str], Terms] = {}
    for domain, group in project.domains.items():
        for source in group if domain.rpartition("/")[2] == TERMS else ():
            publishing = project.config.publishing_for(source.root)
            content = project.bytes_of(source.path) if terms.has_pages(publishing) else None
            if content is None:
                continue
            own = terms.terms(content, project.config.options_for(source.path, source.rule), publishing)
            for code in project.post(source)[0].languages:
                if (domain, code) not in translations:
                    translations[domain, code] = published(project, source.root, code)
                for key, term in own:
                    folder = f"{source.root.folder}/{terms.taxonomy(key)}/{terms.slug(term)}".lstrip("/")
                    if f"{folder}/_index.md" in sources:
                        continue
                    path = source.layout.target(f"{folder}/_index.md", code)
                    target = translations[domain, code].get((terms.context(key), term))
                    page = terms.page(target) if target else None
                    found.setdefault((path, code), TermPage(path, code, page))
    yield from found.values()


def shown(project: Project, domain: str, posts: Iterable[Post]) -> Iterator[Post]:
    """Yield the posts of a catalog as `status` shows them: all those of the terms as one, under the template's name."""
    posts = list(posts)
    if domain.rpartition("/")[2] != TERMS or not posts:
        yield from posts
        return
    source = replace(posts[0].source, path=project.pot_path(domain))
    messages = tuple(extract.merged(message for post in posts for message in post.messages or ()))
    codes = tuple(dict.fromkeys(code for post in posts for code in post.languages))
    if messages:
        yield Post(source, None, messages, codes)


def records(found: Iterable[TermPage]) -> Mapping[str, store.Page]:
    """Return what the manifest says about pages of terms once they are written, by path."""
    return {
        each.path: store.Page(frozenset((store.digest(each.content),)), each.inputs, 100)
        for each in found
        if each.content is not None
    }
