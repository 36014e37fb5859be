"""MkDocs with the plugin static-i18n, a folder a language: `docs/en/hello.md` -> `docs/tg/hello.md`.

`docs_structure: folder` in the plugin's configuration.
"""

from __future__ import annotations

from dataclasses import replace

from tarjuma.presets import mkdocs

PRESET = replace(
    mkdocs.PRESET,
    name="mkdocs-folder",
    title="MkDocs with static-i18n, a folder a language",
    layout="folder",
    source="docs/{lang}",
    marks=(),
)
