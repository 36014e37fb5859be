"""Starlight (Astro): `src/content/docs/hello.md` -> `src/content/docs/tg/hello.md`.

The source language is the root locale; where it has a folder of its own (`src/content/docs/en`), the others stand
beside it. Folders are written in small letters, `lang` in Starlight's configuration keeps BCP 47
(starlight.astro.build/guides/i18n).
"""

from __future__ import annotations

from tarjuma.presets import DROP, OWN_ADDRESSES, TRANSLATE, Anchors, Links, Preset, lower

PRESET = Preset(
    name="starlight",
    title="Astro with Starlight",
    layout="folder-root",
    layouts={"src/content/i18n": "table", "src/content/docs/*": "folder"},
    source="src/content/docs",
    marks=(r"astro\.config\.[cm]?[jt]s",),
    spell=lower,
    actions={
        **OWN_ADDRESSES,
        "slug": DROP,
        "banner.content": TRANSLATE,
        "hero.actions.*.text": TRANSLATE,
        "hero.image.alt": TRANSLATE,
        "prev.label": TRANSLATE,
        "next.label": TRANSLATE,
        "sidebar.badge": TRANSLATE,
        "sidebar.badge.text": TRANSLATE,
    },
    links_by_slug=True,
    anchors=Anchors.RAW,
    slugger="astro",
    links=Links.BOTH,
    source_url="/{dir}/{stem}/",
    url="/{lang}/{dir}/{stem}/",
    falls_back=True,
    statics=("public",),
    unlisted={"noindex": True, "pagefind": False},
    page_map="src/data/tarjuma.json",
)
