"""Eleventy: `src/en/posts/hello.md` -> `src/tg/posts/hello.md`.

Its i18n plugin takes files of one path behind the language's folder for translations of each other
(11ty.dev/docs/plugins/i18n). Eleventy gives headings no ids by itself.
"""

from __future__ import annotations

from tarjuma.presets import DROP, OWN_ADDRESSES, Links, Preset, value

PRESET = Preset(
    name="eleventy",
    title="Eleventy",
    layout="folder",
    layouts={"_data/*": "folder", "src/_data/*": "folder"},
    source="src/{lang}",
    marks=(r"(\.eleventy|eleventy\.config)\.[cm]?js",),
    actions={**OWN_ADDRESSES, "permalink": DROP, "lang": value("{lang}")},
    slugger="markdown-it",
    links=Links.BOTH,
    source_url="/{source_lang}/{dir}/{slug}/",
    url="/{lang}/{dir}/{slug}/",
    statics=("src", ""),
    unlisted={"noindex": True},
    page_map="src/_data/tarjuma.json",
)
