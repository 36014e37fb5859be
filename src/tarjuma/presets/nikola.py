"""Nikola: `posts/hello.md` -> `posts/hello.tg.md`.

The file's name links the two, and what a translated file does not say of itself holds as in the original
(getnikola.com/handbook, multilingual posts). Nikola's code of a language is the name of a Python module with the words
of its themes, and it builds nothing in a language that has none.
"""

from __future__ import annotations

from tarjuma.model import Language
from tarjuma.presets import OWN_ADDRESSES, Anchors, Has, Links, Preset, snake

_NAMES = """
    af ar az bg bn br bs ca cs cz da de el en eo es et eu fa fi fr fur gl he hi hr hu ia id it ja ko lt lv mi ml mr nb
    nl oc pa pl pt pt_br ro ru sk sl sq sr sr_latin sv ta te th tr tzm uk ur vi zh_cn zh_tw
"""
MESSAGES = frozenset(_NAMES.split())
"""The languages that the words of Nikola 8.3's themes are translated into."""


def spell(language: Language) -> str:
    """Return the name that Nikola has for a language: its own for Serbian in Latin letters."""
    return "sr_latin" if language.code == "sr-Latn" else snake(language)


def unfit(language: Language, has: Has) -> str:
    """Return what is missing for a language that neither Nikola's themes nor those of the project speak."""
    name = spell(language)
    if name in MESSAGES or has(f"themes/*/messages/messages_{name}.py"):
        return ""
    return (
        f"the themes of Nikola have no words in {language.name}, and it builds nothing without them. "
        f"Copy messages_en.py of its theme `base` to themes/<your theme>/messages/messages_{name}.py and translate it"
    )


PRESET = Preset(
    name="nikola",
    title="Nikola",
    layout="suffix",
    source="posts",
    spell=spell,
    unfit=unfit,
    actions=OWN_ADDRESSES,
    separators={"category": "", "series": "", "*": ","},
    anchors=Anchors.BRACES_COLON,
    slugger="python-markdown",
    links=Links.BOTH,
    source_url="/{root}/{dir}/{slug}/",
    url="/{lang}/{root}/{dir}/{slug}/",
    falls_back=True,
    statics=("files", ""),
    unlisted={"noindex": True},
    page_map="data/tarjuma.json",
)
