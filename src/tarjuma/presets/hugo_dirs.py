"""Hugo, a folder a language: `content/en/posts/hello.md` -> `content/tg/posts/hello.md`.

Each language has its `contentDir` in Hugo's configuration; files of one path below it are translations of each other.
"""

from __future__ import annotations

from dataclasses import replace

from tarjuma.presets import hugo

PRESET = replace(
    hugo.PRESET,
    name="hugo-dirs",
    title="Hugo, a folder a language",
    layout="folder",
    source="content/{lang}",
    marks=(),
)
