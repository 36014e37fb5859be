"""`tarjuma status --images`: the images of posts, and which languages have a version of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tarjuma.errors import UsageError
from tarjuma.project import images
from tarjuma.report import json as as_json
from tarjuma.report import text as as_text
from tests.site import Site, made
from tests.test_cli import run

HUGO = 'languages = ["ru", "tg"]\npreset = "hugo"\nsource = "content"\n'


FILES = """
content/a/chart.png content/a/chart.tg.png content/a/cover.jpg static/files/plan.pdf
static/img/map.svg static/img/map.ru.svg static/img/map.tg.svg static/img/one.webp
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.write("tarjuma.toml", HUGO)
    links = "![x](chart.png) ![y](/img/map.svg?v=1) ![z](gone.png)"
    site.write("content/a/index.md", f"---\nimage: cover.jpg\n---\n{links}\n")
    site.write("content/b.md", '<img src="/img/map.svg"> [x](../files/plan.pdf) {{< figure src="/img/one.webp" >}}\n')
    for path in FILES.split():
        site.write(path, b"")
    return site


def test_images_and_their_versions(site: Site) -> None:
    found = {image.path: (image.posts, dict(image.versions), image.missing) for image in images.of_posts(site.load())}
    assert found == {
        "content/a/chart.png": (("content/a/index.md",), {"tg": "content/a/chart.tg.png"}, ("ru",)),
        "content/a/cover.jpg": (("content/a/index.md",), {}, ("ru", "tg")),
        "static/img/map.svg": (
            ("content/a/index.md", "content/b.md"),
            {"ru": "static/img/map.ru.svg", "tg": "static/img/map.tg.svg"},
            (),
        ),
        "static/img/one.webp": (("content/b.md",), {}, ("ru", "tg")),
    }


def test_a_version_of_the_same_name_may_lie_beside_the_page(tmp_path: Path) -> None:
    site = made(tmp_path, post="![x](img/x.png)\n")
    site.write("content/en/img/x.png", b"")
    site.write("content/tg/img/x.png", b"")
    (image,) = images.of_posts(site.load())
    assert (image.path, image.versions) == ("content/en/img/x.png", {"tg": "content/tg/img/x.png"})


def test_the_table_for_people(site: Site) -> None:
    assert as_text.images(images.of_posts(site.load())) == (
        "Images               ru  tg  posts\n"
        "content/a/chart.png   -   +      1\n"
        "content/a/cover.jpg   -   -      1\n"
        "static/img/map.svg    +   +      2\n"
        "static/img/one.webp   -   -      1\n"
        "\n"
        "3 versions of 8. `chart.tg.png` beside `chart.png` is Tajik's own.\n"
    )
    assert as_text.images(()) == "No post shows an image that is a file of this project.\n"


def test_the_json_for_programs(site: Site) -> None:
    found = json.loads(as_json.images(images.of_posts(site.load(), ["tg"])))
    assert found["version"] == 1
    assert found["images"][0] == {
        "path": "content/a/chart.png",
        "posts": ["content/a/index.md"],
        "versions": {"tg": "content/a/chart.tg.png"},
        "missing": [],
    }


def test_a_language_that_the_project_does_not_have(site: Site) -> None:
    with pytest.raises(UsageError, match="not translated into ka"):
        images.of_posts(site.load(), ["ka"])


def test_the_command(site: Site) -> None:
    done = run(site.folder, "status", "--images", "-l", "ru")
    assert done.returncode == 0
    assert "static/img/map.svg    +" in done.stdout
