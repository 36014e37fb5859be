"""Hugo, languages side by side: `content/posts/hello.md` -> `content/posts/hello.tg.md`.

Files of one name in one folder are translations of each other, so that no link key is needed. Source of the rules:
gohugo.io/content-management/multilingual.
"""

from __future__ import annotations

from tarjuma.model import Language
from tarjuma.presets import Action, Anchors, Kind, Links, Preset


def spell(language: Language) -> str:
    """Return the key of a language in Hugo's configuration and file names: lower case, as its manual demands."""
    return language.code.lower()


ACTIONS = {
    "aliases": Action(Kind.DROP),
    "url": Action(Kind.DROP),
    "guid": Action(Kind.DROP),
    "slug": Action(Kind.COPY),
}

PRESET = Preset(
    name="hugo",
    title="Hugo, languages side by side",
    layout="suffix",
    layouts={"i18n": "table"},
    source="content",
    marks=(r"hugo\.(toml|ya?ml|json)",),
    spell=spell,
    actions=ACTIONS,
    anchors=Anchors.BRACES,
    slugger="github",
    links=Links.BOTH,
    source_url="/{dir}/{slug}/",
    url="/{lang}/{dir}/{slug}/",
    shares_bundles=True,
    statics=("static", "assets"),
    unlisted={"build.list": "never"},
    page_map="data/tarjuma.json",
)
