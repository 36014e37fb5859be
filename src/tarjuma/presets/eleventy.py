"""Eleventy: `src/en/posts/hello.md` -> `src/tg/posts/hello.md`.

Its i18n plugin takes files of one path behind the language's folder for translations of each other
(11ty.dev/docs/plugins/i18n). Its IdAttributePlugin gives headings their ids, and its Markdown has no way to say one.
"""

from __future__ import annotations

from tarjuma.presets import DROP, OWN_ADDRESSES, Anchors, Links, Preset, value

PRESET = Preset(
    name="eleventy",
    title="Eleventy",
    layout="folder",
    layouts={"_data/*": "folder", "src/_data/*": "folder"},
    source="src/{lang}",
    marks=(r"(\.eleventy|eleventy\.config)\.[cm]?js",),
    actions={**OWN_ADDRESSES, "permalink": DROP, "lang": value("{lang}")},
    anchors=Anchors.RAW,
    slugger="eleventy",
    links=Links.BOTH,
    source_url="/{source_lang}/{dir}/{slug}/",
    url="/{lang}/{dir}/{slug}/",
    statics=("src", ""),
    unlisted={"noindex": True},
    page_map="src/_data/tarjuma.json",
)
