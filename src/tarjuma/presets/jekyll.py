"""Jekyll without a plugin: `_posts/2024-05-06-hello.md` -> `tg/_posts/2024-05-06-hello.md`.

Folders above `_posts` become the first steps of a post's address, so that the languages do not get into each other's
way (jekyllrb.com/docs/posts, categories); such steps are in small letters. `l10n.source` on the page names
the post, for templates that link the two.
"""

from __future__ import annotations

from tarjuma.presets import DROP, OWN_ADDRESSES, Anchors, Links, Preset, lower, value

POST = "/{categories}/{year}/{month}/{day}/{slug}.html"
"""The address of a post unless `permalink` says otherwise."""

PRESET = Preset(
    name="jekyll",
    title="Jekyll",
    layout="folder-root",
    layouts={"_data/*": "folder"},
    source="",
    marks=(r"_config\.(ya?ml|toml)",),
    spell=lower,
    actions={**OWN_ADDRESSES, "permalink": DROP, "id": DROP, "lang": value("{code}")},
    separators={"tags": " ", "categories": " "},
    anchors=Anchors.BRACES,
    slugger="kramdown",
    links=Links.BOTH,
    source_url="/{dir}/{stem}.html",
    url="/{lang}/{dir}/{stem}.html",
    urls={
        "**/_posts/**": (POST, "/{lang}" + POST),
        "_posts/**": (POST, "/{lang}" + POST),
        "_pages/**": ("/{dir}/{stem}.html", "/{lang}/{dir}/{stem}.html"),
        # a collection: only the site's configuration knows its addresses
        "_*/**": ("/{root}/{dir}/{stem}.html", ""),
    },
    statics=("",),
    unlisted={"noindex": True, "sitemap": False},
    page_map="_data/tarjuma.json",
)
