"""MkDocs with the plugin static-i18n, languages side by side: `docs/hello.md` -> `docs/hello.tg.md`.

`docs_structure: suffix` in the plugin's configuration. Its expression of codes and that of the themes which come with
MkDocs are not the same: a script (`uz-Cyrl`) passes the first only.
"""

from __future__ import annotations

import re

from tarjuma.model import Language
from tarjuma.presets import OWN_ADDRESSES, TRANSLATE, Anchors, Has, Links, Preset


def spell(language: Language) -> str:
    """Return the code as both the plugin and the themes read it: `pt_BR`, and where there is no such one, `uz-Cyrl`."""
    return language.code.replace("-", "_") if re.fullmatch(r"[a-z]{2}-[A-Z]{2}", language.code) else language.code


def unfit(language: Language, has: Has) -> str:
    """Return why MkDocs cannot take a language."""
    if re.fullmatch(r"[a-z]{2}([-_][A-Z]{2})?", language.code):
        return ""
    if re.fullmatch(r"[a-z]{2}-[A-Z][a-z]{3}(-[A-Z]{2})?", language.code):
        return (
            f"the themes that come with MkDocs refuse the code {language.code}, as they refuse every script. "
            "Use another theme (Material takes it), or leave the language out"
        )
    return f"the plugin static-i18n refuses the code {language.code}. Leave the language out"


PRESET = Preset(
    name="mkdocs",
    title="MkDocs with static-i18n, languages side by side",
    layout="suffix",
    source="docs",
    marks=(r"mkdocs\.ya?ml",),
    spell=spell,
    unfit=unfit,
    actions={**OWN_ADDRESSES, "hero.*.text": TRANSLATE},
    anchors=Anchors.RAW,
    slugger="python-markdown",
    links=Links.PATHS,
    source_url="/{dir}/{stem}/",
    url="/{lang}/{dir}/{stem}/",
    falls_back=True,
    shares_bundles=True,
    statics=("docs",),
    unlisted={"noindex": True, "search.exclude": True},
)
