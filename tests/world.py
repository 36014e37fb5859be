"""A site for tests of links: its posts, which of them have pages, its other files. No file is read or written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tarjuma import formats, langs, presets
from tarjuma.config import Root
from tarjuma.config.values import Publishing
from tarjuma.model import Options
from tarjuma.presets import LAYOUTS
from tarjuma.project.layout import Layout
from tarjuma.publish import applied, links, urls
from tarjuma.publish.atlas import Atlas, Landing, plain
from tarjuma.publish.state import PageFacts


@dataclass(frozen=True)
class World:
    """A site of one preset, localized into Tajik."""

    preset: str
    root: str
    posts: tuple[str, ...]
    localized: frozenset[str]
    """Those of the posts that have a page in Tajik."""
    files: frozenset[str]
    base_url: str = ""
    others: Mapping[tuple[str, str], Landing] = field(default_factory=dict)
    """(post, code) -> its page in another language."""

    @cached_property
    def publishing(self) -> Publishing:
        preset = presets.named(self.preset)
        return Publishing(
            preset,
            links=True,
            anchors=True,
            base_url=self.base_url,
            url=preset.url,
            source_url=preset.source_url,
            statics=preset.statics,
            slugs=dict.fromkeys(("ru", "tg"), "copy"),
            actions=tuple(preset.actions.items()),
        )

    @property
    def spelled(self) -> str:
        return presets.named(self.preset).spell(langs.language("tg"))

    def page(self, post: str) -> str:
        preset = presets.named(self.preset)
        name = next((layout for folder, layout in preset.layouts.items() if folder == self.root), preset.layout)
        return Layout(Root(self.root, "en", ("tg",), LAYOUTS.get(name, name)), preset.spell).target(post, "tg")

    def url(self, post: str, lang: str) -> str:
        source_url, page_url = urls.templates(self.publishing, post)
        below = post[len(self.root) + 1 :] if self.root else post
        place = urls.Place(below, self.root, lang, "en")
        return urls.url(page_url if lang else source_url, place, {})

    @cached_property
    def atlas(self) -> Atlas:
        return Atlas(
            {post: self.url(post, "") for post in self.posts},
            {(post, "tg"): Landing(self.page(post), self.url(post, self.spelled)) for post in self.localized}
            | dict(self.others),
            self.files.__contains__,
        )

    def facts(self, post: str) -> PageFacts:
        below = post[len(self.root) + 1 :] if self.root else post
        return PageFacts(
            below,
            self.page(post),
            self.root,
            langs.language("tg"),
            self.spelled,
            self.url(post, self.spelled),
            self.url(post, ""),
        )

    @cached_property
    def _known(self) -> frozenset[str]:
        addresses = {*self.atlas.sources.values(), *(landing.url for landing in self.atlas.landings.values())}
        pages = {landing.path for landing in self.atlas.landings.values()}
        return frozenset({*map(plain, filter(None, addresses)), *pages, *self.posts, *self.files})

    def has(self, path: str) -> bool:
        """Whether a post, page or file is at this path, or a page at this address."""
        return path in self._known

    def published(self, post: str, text: str) -> str:
        """The page of a post whose localized text this is, with its links led on."""
        document = formats.parse(text.encode(), post, Options())
        found = links.edits(document, text.encode(), self.facts(post), self.atlas, self.publishing)
        return applied(text.encode(), found).decode()


def world(preset: str, root: str, posts: str, localized: str, files: str = "", base_url: str = "") -> World:
    """A site, of paths with spaces between them; those of posts begin at the root."""

    def below(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(f"{root}/{name}" if root else name for name in names)

    return World(
        preset, root, below(posts.split()), frozenset(below(localized.split())), frozenset(files.split()), base_url
    )
