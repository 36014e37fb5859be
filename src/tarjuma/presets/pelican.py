"""Pelican: `content/hello.md` -> `content/hello.tg.md`.

Articles of equal `Slug` and different `Lang` are translations of each other. Pelican makes the slug of the title where
a post has none, so that the localized one has to say it (docs.getpelican.com, content, translations).
"""

from __future__ import annotations

from tarjuma.presets import DROP, OWN_ADDRESSES, Anchors, Links, Preset, value

PRESET = Preset(
    name="pelican",
    title="Pelican",
    layout="suffix",
    source="content",
    marks=(r"pelicanconf\.py",),
    actions={**OWN_ADDRESSES, "url": DROP, "save_as": DROP, "lang": value("{lang}"), "slug": value("{slug}")},
    pelican=True,
    separators={"category": "", "series": "", "*": ";,"},
    links_by_slug=True,
    anchors=Anchors.BRACES_COLON,
    slugger="python-markdown",
    links=Links.BOTH,
    source_url="/{slug}.html",
    url="/{slug}-{lang}.html",
    urls={"content/pages/**": ("/pages/{slug}.html", "/pages/{slug}-{lang}.html")},
    statics=("content",),
    unlisted={"noindex": True},
)
