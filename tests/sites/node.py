"""The generators that run on Node.js: Eleventy."""

from __future__ import annotations

from tests.sites.generators import DATES, Generator


def _eleventy_link(_: str, target: str) -> str:
    name, hash_, fragment = target.partition("#")
    folder = {"chart.png": "/images/", "report.pdf": "/files/"}.get(name)
    if folder:
        return folder + name
    # Eleventy takes addresses, from the top and relative ones, and with InputPathToUrlTransformPlugin paths of files
    style = {"courses": "/en/posts/{}/", "stale": "../{}/"}.get(name, "{}.md")
    return style.format(name) + hash_ + fragment


ELEVENTY = Generator(
    preset="eleventy",
    command="eleventy",
    modules="eleventy",
    theme="eleventy",
    output="_site",
    place=lambda name: f"src/en/posts/{name}.md",
    file=lambda name: f"src/{'files' if name.endswith('.pdf') else 'images'}/{name}",
    link=_eleventy_link,
    address=lambda name, code: f"/{code}/posts/{name}/",
    dates=DATES | {"ru": "6 мая 2024 г.", "uz-Cyrl": "6 май, 2024"},
    second="-2",
)

GENERATORS = (ELEVENTY,)
