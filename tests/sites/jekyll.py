"""Jekyll, by itself and with the plugin polyglot."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.sites import posts
from tests.sites.generators import Generator

TEXTS = {**posts.sample(), **posts.OWN}


def _field(name: str, field: str) -> str:
    found: list[str] = re.findall(rf"^{field}: \[?(.*?)\]?$", TEXTS[name], re.MULTILINE)
    return found[0] if found else ""


def _file(name: str) -> str:
    """Return the name of a post's file, without its suffix."""
    return f"{_field(name, 'date')}-{name}"


def _address(name: str, code: str) -> str:
    category = _field(name, "categories").lower()
    day = _field(name, "date").replace("-", "/")
    return "".join(f"/{step}" for step in ("" if code == "en" else code, category, day) if step) + f"/{name}.html"


def _link(_: str, target: str) -> str:
    """A link as authors write them: by an address, or by one of Jekyll's tags."""
    name, hash_, fragment = target.partition("#")
    if name in posts.FILES:
        return f"/assets/{name}"
    styles = {"courses": f"{{% post_url {_file(name)} %}}", "stale": f"{{% link _posts/{_file(name)}.md %}}"}
    return styles.get(name, _address(name, "en")) + hash_ + fragment


def _link_of_polyglot(_: str, target: str) -> str:
    name, hash_, fragment = target.partition("#")
    return f"/assets/{name}" if name in posts.FILES else _address(name, "en") + hash_ + fragment


JEKYLL = Generator(
    preset="jekyll",
    command="jekyll",
    theme="jekyll",
    output="_site",
    place=lambda name: f"_posts/{_file(name)}.md",
    file=lambda name: f"assets/{name}",
    link=_link,
    address=_address,
    spelled={"uz-Cyrl": "uz-cyrl"},
    dates={"en": "May 6, 2024", "ru": "6 мая 2024\u202fг.", "tg": "6 майи соли 2024", "uz-Cyrl": "2024 йил 6 май"},
    is_quick=False,
)

POLYGLOT = replace(JEKYLL, preset="jekyll-polyglot", link=_link_of_polyglot, spelled={}, falls_back=True)

GENERATORS = (JEKYLL, POLYGLOT)
