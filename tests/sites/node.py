"""The generators that run on Node.js: Eleventy, Docusaurus, Astro with Starlight."""

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


def _docusaurus_link(_: str, target: str) -> str:
    name, hash_, fragment = target.partition("#")
    file = {"chart.png": "./images/chart.png", "report.pdf": "/files/report.pdf"}.get(name)
    if file:
        return file
    # what begins with a dot is looked up beside the file only, the rest among the posts of the language too
    style = {"courses": "/{}.md", "stale": "./{}.md", "half": "./{}.md"}.get(name, "{}.md")
    return style.format(name) + hash_ + fragment


DOCUSAURUS = Generator(
    preset="docusaurus",
    command="docusaurus",
    modules="docusaurus",
    theme="docusaurus",
    output="build",
    place=lambda name: f"blog/{name}.md",
    file=lambda name: f"static/files/{name}" if name.endswith(".pdf") else f"blog/images/{name}",
    link=_docusaurus_link,
    address=lambda name, code: ("" if code == "en" else f"/{code}") + f"/blog/{name}/",
    dates={**ELEVENTY.dates, "tg": "6 Май 2024"},
    falls_back=True,
    is_quick=False,
)


def _starlight_link(_: str, target: str) -> str:
    name, hash_, fragment = target.partition("#")
    file = {"chart.png": "../../../assets/chart.png", "report.pdf": "/files/report.pdf"}.get(name)
    if file:
        return file
    return (f"../{name}/" if name == "stale" else f"/posts/{name}/") + hash_ + fragment


STARLIGHT = Generator(
    preset="starlight",
    command="astro",
    modules="starlight",
    theme="starlight",
    output="dist",
    place=lambda name: f"src/content/docs/posts/{name}.md",
    file=lambda name: f"public/files/{name}" if name.endswith(".pdf") else f"src/assets/{name}",
    link=_starlight_link,
    address=lambda name, code: ("" if code == "en" else f"/{code}") + f"/posts/{name}/",
    spelled={"uz-Cyrl": "uz-cyrl"},
    dates=ELEVENTY.dates,
    extra={"src/content/docs/index.md": "---\ntitle: Home\n---\n"},
    falls_back=True,
    is_quick=False,
)

GENERATORS = (ELEVENTY, DOCUSAURUS, STARLIGHT)
