"""Jekyll with the plugin polyglot: `_posts/2024-05-06-hello.md` -> `_posts/tg/2024-05-06-hello.md`.

The plugin builds the site once a language, and takes of the files of one address the one whose `lang` is built, else
that of the default language. It leaves the language's step out of an address, and puts it before every link of the
built page, so that addresses in posts stay as they are (polyglot's README; its site.rb, coordinate_documents).
"""

from __future__ import annotations

from dataclasses import replace

from tarjuma.presets import COPY, OWN_ADDRESSES, Links, bcp47, jekyll, value

PRESET = replace(
    jekyll.PRESET,
    name="jekyll-polyglot",
    title="Jekyll with polyglot",
    layout="subfolder",
    marks=(),
    spell=bcp47,
    actions={**OWN_ADDRESSES, "permalink": COPY, "page_id": COPY, "categories": COPY, "lang": value("{lang}")},
    links_by_slug=True,
    link_key="page_id",  # since polyglot 1.8
    links=Links.PATHS,
    falls_back=True,
)
