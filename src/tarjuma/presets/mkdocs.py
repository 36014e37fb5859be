"""MkDocs with the plugin static-i18n, languages side by side: `docs/hello.md` -> `docs/hello.tg.md`.

`docs_structure: suffix` in the plugin's configuration. Its expression of codes and that of the themes which come with
MkDocs are not the same: a script (`uz-Cyrl`) passes the first only. The theme Material takes every code that it, or the
folder `custom_dir`, has words for, and stops at others.
"""

from __future__ import annotations

import re

from tarjuma.model import Language
from tarjuma.presets import OWN_ADDRESSES, TRANSLATE, Anchors, Has, Links, Preset


def spell(language: Language) -> str:
    """Return the code as both the plugin and the themes read it: `pt_BR`, and where there is no such one, `uz-Cyrl`."""
    return language.code.replace("-", "_") if re.fullmatch(r"[a-z]{2}-[A-Z]{2}", language.code) else language.code


MATERIAL = frozenset({
    "af", "ar", "az", "be", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es", "et", "eu", "fa", "fi",
    "fr", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kn", "ko", "ku-IQ", "lb", "lt", "lv",
    "mk", "mn", "ms", "my", "nb", "nl", "nn", "pl", "pt", "pt-BR", "ro", "ru", "sa", "sh", "si", "sk", "sl", "sq",
    "sr", "sv", "ta", "te", "th", "tl", "tr", "uk", "ur", "uz", "vi", "zh", "zh-Hant", "zh-TW",
})  # fmt: skip
"""What the theme Material speaks: the names in its folder partials/languages (9.8)."""

_PLUGIN = re.compile(r"[a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?|[a-z]{2}_[A-Z]{2}")
_THEME = r"(?m)^theme:[ \t]*(?:\{{[ \t]*name:[ \t]*|\r?\n(?:(?:[ \t].*|#.*|)\r?\n)*?[ \t]+name:[ \t]*|)[\"']?{name}\b"
_FILES = "mkdocs.y*ml"


def unfit(language: Language, has: Has) -> str:
    """Return why a project's MkDocs cannot take a language: which codes and languages depends on its theme."""
    code = spell(language)
    if not _PLUGIN.fullmatch(code):
        return f"the plugin static-i18n refuses the code {code}. Leave the language out"
    if has(_FILES, _THEME.format(name="material")):
        if code in MATERIAL or has(f"*/partials/languages/{code}.html"):
            return ""
        return (
            f"the theme Material has no words in {language.name}, and MkDocs builds nothing without them. Copy en.html "
            f"of its folder partials/languages to <your custom_dir>/partials/languages/{code}.html and translate it"
        )
    is_foreign = has(_FILES, _THEME.format(name=r"(?!mkdocs\b|readthedocs\b)\w+"))
    if is_foreign or not re.search(r"-[A-Z][a-z]{3}", code):
        return ""
    return (
        f"the themes that come with MkDocs refuse the code {code}, as they refuse every script. "
        "Use another theme (Material takes it), or leave the language out"
    )


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
