"""The generators that sites are built with: how each wants its posts, and where it puts its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


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
    spelled: Mapping[str, str] = field(default_factory=dict)
    """Code -> how the generator spells it, where it differs."""
    dates: Mapping[str, str] = field(default_factory=dict)
    """Code -> how the date of the post `hello` reads; empty where the generator shows no dates."""
    falls_back: bool = False
    """Whether it shows the source post where a translation is missing."""
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
    dates={"en": "May 6, 2024", "ru": "6 мая 2024 г.", "tg": "06 Май 2024", "uz-Cyrl": "6 май, 2024"},
)

GENERATORS = (HUGO,)
