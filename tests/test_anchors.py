"""Ids of headings: those that a generator makes, and the page that keeps its source's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import formats
from tarjuma.model import Options
from tarjuma.presets import Anchors
from tarjuma.publish import anchors, applied, headings, lawful, undone
from tests.laws import EXAMPLES

OPTIONS = Options()

HARD = """\
# Hello, World!

## Hello, World!

## Привет, мир — и точка

## `code` and *emphasis* and **strong_er**

## [link](about.md "t") and ![alt](i.png)

## A & B &amp; C &copy; &#x60;

## 1. Numbered 2.0

## emoji 😀 :tada:

## under_score don't

## a -- b --- c ... d

Setext *one*
============

Setext two
----------

## hashes ##

## with {#own-id}

## hello world

## Hello World

## hello-world-1

## Ёлка Ҷ ӣ

## two  spaces

## <b>html</b> **a<br>b**

## ?!
"""

IDS = {
    # what Hugo 0.168, Python-Markdown 3.11, kramdown 2.4 (GFM), github-slugger 2, Astro 5 and Eleventy 3.1 say
    "goldmark": [
        "hello-world", "hello-world-1", "привет-мир--и-точка", "code-and-emphasis-and-strong_", "link-and-alt",
        "a--b--c--x60", "1-numbered-20", "emoji--tada", "under_score-dont", "a--b--c--d", "setext-one", "setext-two",
        "hashes", "own-id", "hello-world-2", "hello-world-3", "hello-world-1-1", "ёлка-ҷ-ӣ", "two--spaces", "html-a",
        "heading",
    ],
    "python-markdown": [
        "hello-world", "hello-world_1", "_1", "code-and-emphasis-and-strong_er", "link-and", "a-b-c", "1-numbered-20",
        "emoji-tada", "under_score-dont", "a-b-c-d", "setext-one", "setext-two", "hashes", "own-id", "hello-world_2",
        "hello-world_3", "hello-world-1", "_2", "two-spaces", "html-ab", "_3",
    ],
    "kramdown": [
        "hello-world", "hello-world-1", "привет-мир--и-точка", "code-and-emphasis-and-strong_er", "link-and-",
        "a--b--c--", "1-numbered-20", "emoji--tada", "under_score-dont", "a--b--c--d", "setext-one", "setext-two",
        "hashes", "own-id", "hello-world-2", "hello-world-3", "hello-world-1", "ёлка-ҷ-ӣ", "two--spaces", "html-ab", "",
    ],
    "github-slugger": [
        "hello-world", "hello-world-1", "привет-мир--и-точка", "code-and-emphasis-and-strong_er", "link-and-alt",
        "a--b--c--", "1-numbered-20", "emoji--tada", "under_score-dont", "a----b-----c--d", "setext-one", "setext-two",
        "hashes", "own-id", "hello-world-2", "hello-world-3", "hello-world-1-1", "ёлка-ҷ-ӣ", "two--spaces",
        "html-abrb", "",
    ],
    "astro": [
        "hello-world", "hello-world-1", "привет-мир--и-точка", "code-and-emphasis-and-strong_er", "link-and",
        "a--b--c-", "1-numbered-20", "emoji--tada", "under_score-dont", "a--b-----c--d", "setext-one", "setext-two",
        "hashes", "with-own-id", "hello-world-2", "hello-world-3", "hello-world-1-1", "ёлка-ҷ-ӣ", "two--spaces",
        "html-ab", "",
    ],
    "eleventy": [
        "hello-world", "hello-world-2", None, "code-and-emphasis-and-strong-er", "link-and", None, "1-numbered-2-0",
        None, "under-score-dont", "a-b-c-d", "setext-one", "setext-two", "hashes", "with-own-id", "hello-world-3",
        "hello-world-4", "hello-world-1", None, "two-spaces", "html-ab", "",
    ],
    "markdown-it": [""] * 13 + ["own-id"] + [""] * 7,
    "zola": [
        "hello-world", "hello-world-1", None, "code-and-emphasis-and-strong-er", "link-and", "a-b-c", "1-numbered-2-0",
        "emoji-tada", "under-score-don-t", "a-b-c-d", "setext-one", "setext-two", "hashes", "own-id", "hello-world-2",
        "hello-world-3", "hello-world-1-1", None, "two-spaces", "html-ab", "",
    ],
}  # fmt: skip


def post(text: str, path: str = "a.md") -> formats.Document:
    return formats.parse(text.encode(), path, OPTIONS)


@pytest.mark.parametrize("slugger", IDS)
def test_ids_are_those_of_the_generator(slugger: str) -> None:
    assert list(anchors.ids(post(HARD), slugger)) == IDS[slugger]


def test_template_code_in_a_heading_hides_its_id() -> None:
    assert anchors.ids(post("# a {{ .Title }} b\n\n## c"), "goldmark") == (None, "c")
    assert anchors.ids(post("# {{< x >}}\n"), "kramdown") == (None,)


def test_nobody_knows_the_ids_of_an_unknown_generator() -> None:
    assert anchors.ids(post("# a"), "") == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# a {#b}", "b"), ("# a {#b .c}", "b"), ("# a {.c #b}", "b"), ("# a {: #b }", "b"), ("# a {id=b}", ""),
        ("# a {.c id=b}", "b"), ("# a {: .c id='b' }", "b"), ("# a {/* #b */}", "b"), ("# a {#b} ##", "b"),
        ("a {#b}\n===", "b"), ("# a\n{: #b}", "b"), ("a\n---\n{: .c #b}", "b"), ("# a\n{:toc}", ""), ("# a {.c}", ""),
        ("# a { #b }", "b"), ("> # a {#b}", "b"), ("# a `{#b}`", ""),
    ],
)  # fmt: skip
def test_the_id_that_an_author_gave(text: str, name: str) -> None:
    assert [heading.id for heading in headings.headings(post(text))] == [name]


ROWS = [
    # (dialect, slugger, source, translated, published)
    ("BRACES", "goldmark", "## Install\n\nx", "## Установка\n\nx", "## Установка {#install}\n\nx"),
    ("BRACES", "goldmark", "## API\n", "## API\n", "## API\n"),
    ("BRACES", "goldmark", "## a {#b}\n", "## б {#b}\n", "## б {#b}\n"),
    ("BRACES", "goldmark", "## a {.c}\n", "## б {.c}\n", "## б {#a .c}\n"),
    ("BRACES", "goldmark", "## a ##\r\n\r\nx", "## б ##\r\n\r\nx", "## б {#a} ##\r\n\r\nx"),
    ("BRACES", "goldmark", "a *b*\n===\n", "в *г*\n===\n", "в *г* {#a-b}\n===\n"),
    ("BRACES", "goldmark", "# a\n\n# a\n", "# б\n\n# а\n", "# б {#a}\n\n# а {#a-1}\n"),
    ("BRACES", "goldmark", "# a\n\n# a\n", "# a\n\n# б\n", "# a\n\n# б {#a-1}\n"),
    ("BRACES", "goldmark", "# a\n\n# a\n", "# б\n\n# a\n", "# б {#a}\n\n# a {#a-1}\n"),
    ("BRACES", "goldmark", "# a\n\n# b\n", "# b\n\n# a\n", "# b {#a}\n\n# a {#b}\n"),
    ("BRACES", "goldmark", "> # a\n", "> # б\n", "> # б {#a}\n"),
    ("BRACES", "goldmark", "- # a\n", "- # б\n", "- # б {#a}\n"),
    ("BRACES", "goldmark", "# a {{ x }}\n", "# б {{ x }}\n", "# б {{ x }}\n"),
    ("BRACES", "goldmark", "#\n\n# a\n", "#\n\n# б\n", "#\n\n# б {#a}\n"),
    ("BRACES", "goldmark", "# Ҷадвал\n", "# Таблица\n", "# Таблица {#ҷадвал}\n"),
    ("BRACES", "github-slugger", "# a\n\n# a\n", "# б\n\n# a\n", "# б {#a}\n\n# a {#a-1}\n"),
    ("BRACES", "kramdown", "# Ab c\n", "# б\n", "# б {#ab-c}\n"),
    ("BRACES", "kramdown", "# a #\n", "# б #\n", "# б {#a}\n"),
    ("BRACES", "kramdown", "# a\n{: .c}\n", "# б\n{: .c}\n", "# б {#a}\n{: .c}\n"),
    ("BRACES", "kramdown", "# 1 a\n", "# 1 б\n", '<div id="1-a"></div>\n\n# 1 б\n'),
    ("BRACES_COLON", "python-markdown", "# A b\n", "# б\n", "# б {: #a-b }\n"),
    ("BRACES_COLON", "python-markdown", "# a {: .c }\n", "# б {: .c }\n", "# б {: #a .c }\n"),
    ("BRACES_COLON", "python-markdown", "# Ёж\n\n# Ёж\n", "# Хорпушт\n\n# Ёж\n", "# Хорпушт\n\n# Ёж\n"),
    ("MDX", "github-slugger", "# a\n", "# б\n", "# б {/* #a */}\n"),
    ("RAW", "astro", "# a\n", "# б\n", '<div id="a"></div>\n\n# б\n'),
    ("RAW", "astro", "x\n# a\n", "й\n# б\n", 'й\n\n<div id="a"></div>\n\n# б\n'),
    ("RAW", "astro", "---\nk: 1\n---\nx\n\na\n=\n", "---\nk: 1\n---\nй\n\nб\n=\n",
     '---\nk: 1\n---\nй\n\n<div id="a"></div>\n\nб\n=\n'),
    ("RAW", "astro", "- x\n\n# a\r\n", "- й\n\n# б\r\n", '- й\n\n<div id="a"></div>\r\n\r\n# б\r\n'),
    ("RAW", "astro", "- # a\n\n> # b\n", "- # б\n\n> # в\n", "- # б\n\n> # в\n"),
    ("NONE", "goldmark", "# a\n", "# б\n", "# б\n"),
    ("BRACES", "markdown-it", "# a\n", "# б\n", "# б\n"),
    ("BRACES", "", "# a\n", "# б\n", "# б\n"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "slugger", "source", "page", "wanted"), ROWS)
def test_headings_keep_the_ids_of_the_source(kind: str, slugger: str, source: str, page: str, wanted: str) -> None:
    found = anchors.edits(post(source), page.encode(), Anchors[kind], slugger)
    assert applied(page.encode(), found).decode() == wanted


@pytest.mark.parametrize(("kind", "slugger", "source", "page", "wanted"), ROWS)
def test_an_id_changes_nothing_that_readers_read(kind: str, slugger: str, source: str, page: str, wanted: str) -> None:
    texts = [segment.key.text for segment in post(page).segments]
    assert [segment.key.text for segment in post(wanted).segments] == texts
    found = anchors.edits(post(source), page.encode(), Anchors[kind], slugger)
    assert lawful.lawful(page.encode(), found, lambda content: post(content.decode())) == (found, ())


words = st.sampled_from(
    ["a", "b", "A", "a-1", "Ёж", "`a`", "*b*", "[a](b)", "1", "a_b", "&amp;", "?"]
) | st.sampled_from(["a {.c}", "a {#x}"])
titles = st.lists(words, max_size=4)


@settings(max_examples=EXAMPLES)
@given(titles, st.data(), st.sampled_from(["goldmark", "github-slugger", "kramdown", "python-markdown"]))
def test_a_page_has_the_ids_of_its_source(source: list[str], data: st.DataObject, slugger: str) -> None:
    """Law: after the edits the generator makes the source's ids of the page's headings, wherever both can be known."""
    page = [data.draw(words.map(lambda word: word)) for _ in source]
    page = [new if "{" not in new + old else old for old, new in zip(source, page, strict=True)]
    before, spliced = ("\n\n".join(f"# {word}" for word in words) + "\n" for words in (source, page))
    wanted = anchors.ids(post(before), slugger)
    found = anchors.edits(post(before), spliced.encode(), Anchors.BRACES, slugger)
    after = applied(spliced.encode(), found)
    assert undone(after, spliced.encode(), found) == spliced.encode()
    if slugger == "kramdown":  # an id that it cannot spell stands on a line of its own
        return
    got = anchors.ids(post(after.decode()), slugger)
    assert [is_now for is_now, want in zip(got, wanted, strict=True) if want] == [want for want in wanted if want]
