"""Hugo, languages side by side: `content/posts/hello.md` -> `content/posts/hello.tg.md`.

Files of one name in one folder are translations of each other, so that no link key is needed. The rules are those of
gohugo.io/content-management/multilingual.
"""

from __future__ import annotations

from tarjuma.presets import DROP, OWN_ADDRESSES, Anchors, Links, Preset, lower

PRESET = Preset(
    name="hugo",
    title="Hugo, languages side by side",
    layout="suffix",
    layouts={"i18n": "table"},
    source="content",
    marks=(r"hugo\.(toml|ya?ml|json)",),
    spell=lower,
    actions={**OWN_ADDRESSES, "url": DROP, "id": DROP},
    has_term_pages=True,
    anchors=Anchors.BRACES,
    slugger="goldmark",
    links=Links.BOTH,
    source_url="/{dir}/{slug}/",
    url="/{lang}/{dir}/{slug}/",
    shares_bundles=True,
    lends_files=True,  # the nearest by weight: what is measured with 0.168
    statics=("static",),
    unlisted={"noindex": True, "sitemap.disable": True},
    page_map="data/tarjuma.json",
)
