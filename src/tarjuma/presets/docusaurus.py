"""Docusaurus: `docs/hello.md` -> `i18n/tg/docusaurus-plugin-content-docs/current/hello.md`.

Each plugin reads the translations of its folder from a place of its own, files of one path are the same page, and the
site's links get the language by themselves (docusaurus.io/docs/i18n/tutorial). `unlisted` keeps a page out of search
engines, sitemap, feeds and lists.
"""

from __future__ import annotations

from tarjuma.presets import OWN_ADDRESSES, TRANSLATE, Anchors, Links, Preset

DATED = "/blog/{year}/{month}/{day}/{dir}/{slug}"
"""The address of a post of the blog whose file begins with its day."""

PRESET = Preset(
    name="docusaurus",
    title="Docusaurus",
    layout="i18n/{lang}/docusaurus-plugin-content-docs/current/{path}",
    layouts={
        "blog": "i18n/{lang}/docusaurus-plugin-content-blog/{path}",
        "src/pages": "i18n/{lang}/docusaurus-plugin-content-pages/{path}",
    },
    source="docs",
    marks=(r"docusaurus\.config\.[cm]?[jt]s",),
    actions={**OWN_ADDRESSES, "pagination_label": TRANSLATE, "title_meta": TRANSLATE},
    links_by_slug=True,
    anchors=Anchors.BRACES,
    slugger="github-slugger",
    links=Links.PATHS,
    source_url="/docs/{dir}/{stem}",
    url="/{lang}/docs/{dir}/{stem}",
    urls={
        "blog/**/20*-*-*-*": (DATED, "/{lang}" + DATED),
        "blog/**": ("/blog/{dir}/{slug}", "/{lang}/blog/{dir}/{slug}"),
        "src/pages/**": ("/{dir}/{stem}", "/{lang}/{dir}/{stem}"),
    },
    falls_back=True,
    finds_from_root=True,
    statics=("static",),
    unlisted={"unlisted": True},
    page_map="src/data/tarjuma.json",
)
