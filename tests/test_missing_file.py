"""Pictures and downloads that posts name beside themselves: those that are not there are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tarjuma.checks import missing_file
from tarjuma.project.survey import survey
from tests.site import Site, made

HUGO = 'languages = ["ru"]\npreset = "hugo"\nsource = "content"\n'


def told(site: Site) -> list[str]:
    return [f"{each.path}:{each.line}: {each.message}" for each in missing_file.check_site(survey(site.load()))]


def site_with(folder: Path, text: str, config: str = HUGO) -> Site:
    site = made(folder, config)
    site.write("content/news/a.md", text)
    for path in ("content/news/b/index.md", "content/news/there.png", "content/up.pdf", "static/img/x y.svg"):
        site.write(path, "x")
    return site


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("![x](gone.png)", "gone.png"),
        ("x\n\n[x](../files/gone.PDF?a#b)", "../files/gone.PDF?a#b"),
        ("[x]: <gone now.jpg>\n\n[x]", "gone now.jpg"),
        ("<img src='img/gone.webp'>", "img/gone.webp"),
        ("![x](There.png)", "There.png"),
    ],
)
def test_a_file_that_is_not_there_is_told(tmp_path: Path, text: str, missing: str) -> None:
    line = text.count("\n", 0, text.index(missing)) + 1
    assert told(site_with(tmp_path, text)) == [f"content/news/a.md:{line}: {missing}: there is no such file"]


@pytest.mark.parametrize(
    "text",
    [
        "![x](there.png) ![x](./there.png#y) [x](../up.pdf)", "![x](../../img/x%20y.svg)", "![x](/gone.png)",
        "![x](https://example.org/gone.png) ![x](//example.org/gone.png)", "[x](gone.md) [x](gone) [x](v1.2)",
        "{{< figure src=\"gone.png\" >}}", "![x]({{ x }}/gone.png)", "---\nimage: gone.png\n---\nx",
        "`![x](gone.png)`", "![x](@/assets/gone.png) ![x](~/gone.png)", "![x](data:image/gone.png)",
    ],
)  # fmt: skip
def test_files_that_are_there_or_not_ours_to_judge(tmp_path: Path, text: str) -> None:
    assert told(site_with(tmp_path, text)) == []


def test_without_a_preset_nobody_knows_how_addresses_are_read(tmp_path: Path) -> None:
    assert told(site_with(tmp_path, "![x](gone.png)", 'languages = ["ru"]\nsource = "content"\n')) == []


@pytest.mark.parametrize(
    ("preset", "missing"), [("mkdocs", []), ("hugo", ["content/news/a.md:1: chart.png: there is no such file"])]
)
def test_the_version_of_the_source_language_is_the_file_where_the_generator_looks_for_it(
    tmp_path: Path, preset: str, missing: list[str]
) -> None:
    site = site_with(tmp_path, "![x](chart.png)", HUGO.replace("hugo", preset))
    site.write("content/news/chart.en.png", "x")
    assert told(site) == missing
