"""The generators that sites are built with: how each wants its posts, and where it puts its pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from tests.sites import posts

DATES = {"en": "May 6, 2024", "ru": "6 мая 2024\u202fг.", "tg": "06 Май 2024", "uz-Cyrl": "06 май, 2024"}
"""Of the post `hello`, as CLDR writes them."""


@dataclass(frozen=True, eq=False)
class Generator:
    """A generator as a preset expects it."""

    preset: str
    command: str
    """The program that has to be there."""
    theme: str
    """Folder of tests/sites with what any site of the generator has."""
    output: str
    """Folder that it builds into."""
    place: Callable[[str], str]
    """Name of a post -> path of the source."""
    file: Callable[[str], str]
    """Name of a picture or download -> its path."""
    link: Callable[[str, str], str]
    """Name of a post, what it links to (`hello#results`, `chart.png`) -> the target as an author writes it."""
    address: Callable[[str, str], str]
    """Name of a post, code of a language as the generator spells it -> path of the page on the site."""
    post: Callable[[str], str] = lambda text: text
    """A post in Markdown with YAML front matter -> the post in the generator's own dialect."""
    languages: tuple[str, ...] = ("ru", "tg", "uz-Cyrl")
    """Into which its posts are translated here."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Path -> text of what else a site of it must have."""
    spelled: Mapping[str, str] = field(default_factory=dict)
    """Code -> how the generator spells it, where it differs."""
    dates: Mapping[str, str] = field(default_factory=dict)
    """Code -> how the date of the post `hello` reads; empty where the generator shows no dates."""
    falls_back: bool = False
    """Whether it shows the source post where a translation is missing."""
    has_ids: bool = True
    """Whether it gives headings ids."""
    modules: str = ""
    """Folder of the tools that holds the packages of npm which it consists of."""
    is_quick: bool = True
    """Whether `make test` builds with it too, not only `make test-sites`."""
    second: str = "-1"
    """What the id of a second heading of the same words ends in."""

    def __str__(self) -> str:
        return self.preset

    def url(self, name: str, code: str) -> str:
        """Return the path of the page of a post."""
        return self.address(name, self.spelled.get(code, code))


def _folder_of(code: str) -> str:
    return "" if code == "en" else f"/{code}"


def _hugo_link(post: str, target: str) -> str:
    name, hash_, fragment = target.partition("#")
    if name == "chart.png":
        return name
    if name == "report.pdf":
        return "/files/report.pdf"
    path = f"{name}/index.md" if name == "courses" else f"{name}.md"
    return ("../" if post == "courses" else "") + path + hash_ + fragment


def _hugo_file(name: str) -> str:
    return f"content/posts/courses/{name}" if name.endswith(".png") else f"static/files/{name}"


HUGO = Generator(
    preset="hugo",
    command="hugo",
    theme="hugo",
    output="public",
    place=lambda name: "content/posts/courses/index.md" if name == "courses" else f"content/posts/{name}.md",
    file=_hugo_file,
    link=_hugo_link,
    address=lambda name, code: f"{_folder_of(code)}/posts/{name}/",
    spelled={"uz-Cyrl": "uz-cyrl"},
    dates=DATES | {"tg": "06 Май 2024", "uz-Cyrl": "6 май, 2024"},
)

HUGO_DIRS = replace(
    HUGO,
    preset="hugo-dirs",
    place=lambda name: HUGO.place(name).replace("content/", "content/en/"),
    file=lambda name: HUGO.file(name).replace("content/", "content/en/"),
)


def _pelican_post(text: str) -> str:
    """Return a post with Pelican's header: `Key: value`, no quotes, no brackets."""
    _, head, body = text.split("---\n", 2)
    named = {"excerpt": "Summary", "description": "Summary", "categories": "Category"}
    rows = (line.split(": ", 1) for line in head.splitlines())
    lines = (f"{named.get(key, key.capitalize())}: {value.strip('[]')}\n" for key, value in rows)
    return "".join(lines) + "\n" + body.lstrip("\n")


def _pelican_link(_: str, target: str) -> str:
    name, hash_, fragment = target.partition("#")
    if name in ("chart.png", "report.pdf"):
        return "{static}/" + ("images/" if name == "chart.png" else "files/") + name
    return "{filename}" + f"{name}.md{hash_}{fragment}"


def _slug(name: str) -> str:
    """Return the slug that Pelican makes of the title of a post."""
    title = re.findall(r"^title: (.*)$", {**posts.sample(), **posts.OWN}[name], re.MULTILINE)[0]
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", title).strip().lower())


PELICAN = Generator(
    preset="pelican",
    command="pelican",
    theme="pelican",
    output="output",
    place=lambda name: f"content/{name}.md",
    file=lambda name: f"content/{'files' if name.endswith('.pdf') else 'images'}/{name}",
    link=_pelican_link,
    address=lambda name, code: f"/{_slug(name)}{'' if code == 'en' else f'-{code}'}.html",
    post=_pelican_post,
    dates=DATES | {"tg": "06 Май 2024", "uz-Cyrl": "6 май, 2024"},
    second="_1",
)


def _mkdocs_link(_: str, target: str) -> str:
    name, hash_, fragment = target.partition("#")
    folder = {"chart.png": "../images/", "report.pdf": "../files/"}.get(name)
    return folder + name if folder else f"{name}.md{hash_}{fragment}"


MKDOCS = Generator(
    preset="mkdocs",
    command="mkdocs",
    theme="mkdocs",
    output="site",
    languages=("ru", "tg"),
    place=lambda name: f"docs/posts/{name}.md",
    file=lambda name: f"docs/{'files' if name.endswith('.pdf') else 'images'}/{name}",
    link=_mkdocs_link,
    address=lambda name, code: f"{_folder_of(code)}/posts/{name}/",
    extra={"docs/index.md": "# Home\n"},
    falls_back=True,
    second="_1",
)

MKDOCS_FOLDER = replace(
    MKDOCS,
    preset="mkdocs-folder",
    place=lambda name: MKDOCS.place(name).replace("docs/", "docs/en/"),
    file=lambda name: MKDOCS.file(name).replace("docs/", "docs/en/"),
    extra={"docs/en/index.md": "# Home\n"},
)


def _nikola_link(_: str, target: str) -> str:
    name, hash_, fragment = target.partition("#")
    return {"chart.png": "/images/chart.png", "report.pdf": "/report.pdf"}.get(name, f"/posts/{name}/{hash_}{fragment}")


NIKOLA = Generator(
    preset="nikola",
    command="nikola",
    theme="nikola",
    output="output",
    languages=("ru", "tg"),
    place=lambda name: f"posts/{name}.md",
    file=lambda name: f"files/{name}" if name.endswith(".pdf") else f"files/images/{name}",
    link=_nikola_link,
    address=lambda name, code: f"{_folder_of(code)}/posts/{name}/",
    dates={"en": "May 6, 2024", "ru": "6 мая 2024 г.", "tg": "06 Май 2024"},
    second="_1",
)


def _lektor_post(text: str) -> str:
    """Return a post as a file of Lektor: fields apart by dashes, the text in one of them."""
    _, head, body = text.split("---\n", 2)
    named = {"excerpt": "description", "date": "pub_date"}
    rows = [line.split(": ", 1) for line in head.splitlines()]
    fields = [f"{named.get(key, key)}: {value}\n" for key, value in rows if key not in ("tags", "categories")]
    return "---\n".join([*fields, f"body:\n\n{body.strip()}\n" if body.strip() else "body:\n"])


def _lektor_link(post: str, target: str) -> str:
    name, hash_, fragment = target.partition("#")
    if name in ("chart.png", "report.pdf"):
        return name if post == "courses" else f"/posts/courses/{name}"
    # Lektor takes addresses, relative ones and from the top
    return f"/posts/{name}/{hash_}{fragment}" if name == "courses" else f"../{name}/{hash_}{fragment}"


LEKTOR = Generator(
    preset="lektor",
    command="lektor",
    theme="lektor",
    output="site",
    place=lambda name: f"content/posts/{name}/contents.lr",
    file=lambda name: f"content/posts/courses/{name}",
    link=_lektor_link,
    address=lambda name, code: f"{_folder_of(code)}/posts/{name}/",
    spelled={"uz-Cyrl": "uz_cyrl"},
    post=_lektor_post,
    dates=DATES | {"tg": "06 Май 2024", "uz-Cyrl": "6 май, 2024"},
    falls_back=True,
    has_ids=False,
)

GENERATORS = (HUGO, HUGO_DIRS, PELICAN, MKDOCS, MKDOCS_FOLDER, NIKOLA, LEKTOR)
