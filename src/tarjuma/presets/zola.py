"""Zola: `content/posts/hello.md` -> `content/posts/hello.tg.md`.

The file's name tells the language, and an unknown code stops the build: each language needs its `[languages.tg]`.
What a page says about itself goes into `[extra]`, the table for the site's own fields (getzola.org, multilingual and
page).
"""

from __future__ import annotations

from tarjuma.presets import DROP, OWN_ADDRESSES, TRANSLATE, Anchors, Links, Preset

PRESET = Preset(
    name="zola",
    title="Zola",
    layout="suffix",
    front_matter="toml",
    source="content",
    actions={**OWN_ADDRESSES, "path": DROP, "extra.description": TRANSLATE, "extra.subtitle": TRANSLATE},
    state_field="extra.l10n",
    anchors=Anchors.BRACES,
    slugger="zola",
    links=Links.BOTH,
    source_url="/{dir}/{slug}/",
    url="/{lang}/{dir}/{slug}/",
    shares_bundles=True,
    statics=("static",),
    unlisted={"extra.noindex": True, "in_search_index": False},
    page_map="data/tarjuma.json",
)
