"""Lektor: `content/hello/contents.lr` -> `content/hello/contents+tg.lr`.

Alternatives of one page are files of one folder (getlektor.com/docs/content/alts). Its names of alternatives are small
letters and `_`; `locale = uz_Cyrl` in the project file keeps the script.
"""

from __future__ import annotations

from tarjuma.presets import COPY, Links, Preset, snake

PRESET = Preset(
    name="lektor",
    title="Lektor",
    layout="plus",
    source="content",
    marks=(r".*\.lektorproject",),
    spell=snake,
    actions=dict.fromkeys(("_model", "_template", "_slug", "_hidden", "_discoverable"), COPY),
    slug_field="_slug",
    links=Links.BOTH,
    source_url="/{dir}/",
    url="/{lang}/{dir}/",
    falls_back=True,
    shares_bundles=True,
    serves_once=True,
    statics=("assets", "content"),
    unlisted={"noindex": "yes"},
)
