"""Links to a part of a page: what a page has for them to name, and those that lead nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tarjuma import formats
from tarjuma.checks import dead_fragment
from tarjuma.model import Options
from tarjuma.project.survey import survey
from tarjuma.publish import fragments
from tests.site import Site, made

HUGO = 'languages = ["ru"]\npreset = "hugo-dirs"\nsource = "content/en"\n'


def told(site: Site) -> list[str]:
    return [f"{each.path}:{each.line}: {each.message}" for each in dead_fragment.check_site(survey(site.load()))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("# A b\n\n## c {#d}\n", {"a-b", "d"}),
        ('# A\n\n<a id="x"></a> <a name=y>z</a>\n', {"a", "x", "y"}),
        ("# A\n\ntext\n{: #x .y}\n", {"a", "x"}),
        ("# A\n\n^x^{#\\_b}\n", {"a", "_b"}),
        ("# A\n\n::: package.module\n    options:\n", None),
        ("# A\n\n::: mkdocs-click\r\n    :module: x\n", None),
        ("# A\n\n:::note\n\ntext\n\n:::\n", {"a"}),
        ("# A\n\n::: note A title\n\ntext\n\n:::\n", {"a"}),
        ("no heading", set()),
        ("# A\n\n{{< figure src=x >}} {{ site.title }}\n", {"a"}),
        ("# A\n\n{{% include x %}}\n", None),
        ("# A\n\n{% include x %}\n", None),
        ("# {{ x }}\n", None),
        ("Term\n: a definition\n", None),
        ("# A\n\n```\n{{% include x %}}\n```\n", {"a"}),
    ],
)
def test_what_links_can_name_in_a_page(text: str, names: set[str] | None) -> None:
    assert fragments.names(formats.parse(text.encode(), "a.md", Options()), "goldmark") == names


def test_a_part_that_no_page_has_is_found(tmp_path: Path) -> None:
    site = made(tmp_path, HUGO)
    site.write(
        "content/en/a.md", "# Install it\n\n[x](#instal-it)\n\n[y](b.md#usage) [y](/b/#use) [z](../b/#nothing)\n"
    )
    site.write("content/en/b.md", "# Use\n")
    assert told(site) == [
        "content/en/a.md:3: #instal-it: no heading of content/en/a.md has the id instal-it; the nearest is install-it",
        "content/en/a.md:5: b.md#usage: no heading of content/en/b.md has the id usage; the nearest is use",
        "content/en/a.md:5: ../b/#nothing: no heading of content/en/b.md has the id nothing",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[x](#install) [x](b.md#use)", "[x](#top) [x](#)", "[x](#%D1%91%D0%B6)\n\n## Ёж", "[x](c.md#nobody)",
        "[x](https://example.org/#x)", "`[x](#code)`", "[x](b.md)", "[x](/c/#y)", "![x](b.png#y)",
        "[x]({{< ref b >}}#y)",
        "a[^1]\n\n[^1]: b", "[x](#fn:1)",
    ],
)  # fmt: skip
def test_parts_that_are_there_or_not_ours_to_judge(tmp_path: Path, text: str) -> None:
    site = made(tmp_path, HUGO)
    site.write("content/en/a.md", f"# Install\n\n{text}\n")
    site.write("content/en/b.md", "# Use\n")
    assert told(site) == []


def test_without_a_preset_nobody_knows_the_ids(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.write("content/en/a.md", "# Install\n\n[x](#nothing)\n")
    assert told(site) == []


def test_a_translated_fragment_leads_nowhere_since_headings_keep_their_ids(tmp_path: Path) -> None:
    site = made(tmp_path, HUGO)
    site.write("content/en/a.md", "# Install\n\nSee [there](#install).\n")
    site.update()
    texts = {"Install": "Установка", "See [there](#install).": "См. [там](#установка)."}
    site.translate("locales/ru/LC_MESSAGES/a.po", **texts)
    (message,) = told(site)
    assert message.startswith("locales/ru/LC_MESSAGES/a.po:")
    assert message.endswith("#установка: no heading of content/en/a.md has the id установка")
    (problem,) = dead_fragment.check_site(survey(site.load()))
    assert problem.span
    assert problem.target[slice(*problem.span)] == "#установка"
    assert problem.place == ("content/en/a.md", 3)
