"""Where posts and their localized pages are on a site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from tarjuma.config import Publishing
from tarjuma.presets import named
from tarjuma.publish.urls import Place, templates, url

HUGO = "/{lang}/{dir}/{slug}/"
JEKYLL = "/{year}/{month}/{day}/{slug}.html"

ROWS: list[tuple[str, str, Mapping[str, object], str, str]] = [
    (HUGO, "posts/hello.md", {}, "ru", "/ru/posts/hello/"),
    ("/{dir}/{slug}/", "posts/hello.md", {}, "", "/posts/hello/"),
    (HUGO, "hello.md", {}, "uz-latn", "/uz-latn/hello/"),
    (HUGO, "posts/hello.md", {"slug": "salom"}, "tg", "/tg/posts/salom/"),
    (HUGO, "posts/hello.md", {"Slug": " salom "}, "tg", "/tg/posts/salom/"),
    (HUGO, "posts/hello.md", {"slug": 2024}, "tg", "/tg/posts/hello/"),
    (HUGO, "posts/hello.md", {"slug": "/a/b"}, "tg", "/tg/a/b"),
    (HUGO, "posts/hello/index.md", {}, "tg", "/tg/posts/hello/"),
    (HUGO, "posts/hello/index.md", {"slug": "salom"}, "tg", "/tg/posts/salom/"),
    (HUGO, "posts/_index.md", {"slug": "x"}, "tg", "/tg/posts/"),
    (HUGO, "_index.md", {}, "tg", "/tg/"),
    (HUGO, "posts/hello.md", {"url": "/x/y/"}, "tg", "/tg/x/y/"),
    (HUGO, "posts/hello.md", {"url": "https://example.org/"}, "tg", "/tg/posts/hello/"),
    ("/{dir}/{slug}/", "posts/hello.md", {"permalink": "/x.html"}, "", "/x.html"),
    (JEKYLL, "_posts/2024-05-06-hello.md", {}, "", "/2024/05/06/hello.html"),
    (JEKYLL, "_posts/2024-05-06-hello.md", {"date": date(2023, 1, 2)}, "", "/2023/01/02/hello.html"),
    (JEKYLL, "hello.md", {"date": datetime(2023, 1, 2, 3)}, "", "/2023/01/02/hello.html"),
    (JEKYLL, "hello.md", {"date": "2023-01-02 10:00"}, "", "/2023/01/02/hello.html"),
    (HUGO, "2024-05-06-hello.md", {}, "ru", "/ru/2024-05-06-hello/"),
    ("/{lang}/{dir}/{stem}.html", "a/index.md", {}, "ru", "/ru/a/"),
    ("/{lang}/{dir}/", "blog/hello/contents.lr", {}, "ru", "/ru/blog/hello/"),
    ("/{lang}/{root}/{slug}/", "hello.md", {}, "ru", "/ru/posts/hello/"),
    ("/{source_lang}/{slug}/", "hello.md", {}, "", "/en/hello/"),
    ("/{categories}/{slug}.html", "hello.md", {"categories": ["Life", "Work"]}, "", "/life/work/hello.html"),
    ("/{categories}/{slug}.html", "hello.md", {"category": "Life"}, "", "/life/hello.html"),
    ("/{categories}/{slug}.html", "hello.md", {}, "", "/hello.html"),
    ("", "posts/hello.md", {}, "ru", ""),
]


@pytest.mark.parametrize(("template", "path", "fields", "spelled", "wanted"), ROWS)
def test_the_address_of_a_page(
    template: str, path: str, fields: Mapping[str, object], spelled: str, wanted: str
) -> None:
    assert url(template, Place(path, "posts", spelled, "en"), fields) == wanted


def test_posts_of_some_folders_have_addresses_of_their_own() -> None:
    preset = named("docusaurus")
    publishing = Publishing(preset, source_url=preset.source_url, url=preset.url)
    pattern, pair = next(iter(preset.urls.items()))
    assert templates(publishing, "docs/hello.md") == (preset.source_url, preset.url)
    assert templates(publishing, pattern.replace("**", "hello.md").replace("*", "x")) == pair
    own = Publishing(preset, source_url="/a/{slug}/", url=preset.url)
    assert templates(own, pattern.replace("**", "hello.md"))[0] == "/a/{slug}/"
    assert templates(Publishing(), "docs/hello.md") == ("", "")
