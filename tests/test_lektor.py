"""Lektor's files: what is text in them, and that nothing else changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import formats, splice
from tarjuma.errors import SourceError
from tarjuma.model import Document, Options
from tests.laws import EXAMPLES
from tests.values import targets

POST = """\
_model: post
---
title: Hello world
---
pub_date: 2024-05-06
---
tags:

news
courses
---
summary:

Two lines
of a *summary*.
---
body:

# A heading

A paragraph: with a [link](../about).

----

After a rule of four dashes.
"""

BLOCKS = """\
title: Blocks
---
body:

#### text ####
text:

Some **Markdown** here.

class: no field
----
title: The first block
----
css_class: wide
#### image ####
image: chart.png
----
description: What it shows
"""


def parsed(text: str, **options: object) -> Document:
    return formats.parse(text.encode(), "content/hello/contents.lr", Options(**options))  # type: ignore[arg-type]


def texts(document: Document) -> list[tuple[str, str]]:
    return [(segment.kind, segment.key.text) for segment in document.segments]


def compiled(document: Document, **targets: str) -> str:
    return splice.compile(document, lambda segment: targets.get(segment.kind)).source.decode()


def test_named_fields_and_markdown_are_text() -> None:
    assert texts(parsed(POST)) == [
        ("title", "Hello world"),
        ("paragraph", "Two lines of a *summary*."),
        ("heading", "A heading"),
        ("paragraph", "A paragraph: with a [link](../about)."),
        ("paragraph", "After a rule of four dashes."),
    ]


def test_blocks_within_a_field_are_read() -> None:
    assert [text for _, text in texts(parsed(BLOCKS))] == [
        "Blocks", "Some **Markdown** here.", "class: no field", "The first block", "What it shows",
    ]  # fmt: skip


def test_a_heading_of_markdown_is_no_block() -> None:
    document = parsed("body:\n\n#### Why ####\n\nA paragraph.\n")
    assert [text for _, text in texts(document)] == ["Why", "A paragraph."]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_nothing_but_the_text_changes(line_end: str) -> None:
    source = POST.replace("\n", line_end)
    document = parsed(source)
    assert compiled(document) == source
    wanted = source.replace("Hello world", "Салом: дунё").replace("A heading", "Сарлавҳа")
    assert compiled(document, title="Салом: дунё", heading="Сарлавҳа") == wanted


VALUES = [
    ("title: Hello\n", "Hello"),
    ("title:Hello", "Hello"),
    ("title:\n\nHello\n---\nx: y\n", "Hello"),
    ("\ufefftitle: Hello\n---\n", "Hello"),
    ("---\n---\ntitle: Hello\n", "Hello"),
    ("a line without a colon\ntitle: Hello\n", "Hello"),
]


@pytest.mark.parametrize(("source", "text"), VALUES)
def test_a_value_stands_where_lektor_finds_it(source: str, text: str) -> None:
    document = parsed(source)
    assert texts(document) == [("title", text)]
    assert compiled(document, title="Салом") == source.replace(text, "Салом")


@pytest.mark.parametrize("source", ["", "\n", "---", "title:", "title:\n---\n", "title: 12\n", "body:", "x", ": y\n"])
def test_what_holds_no_text_is_left_alone(source: str) -> None:
    document = parsed(source)
    assert document.segments == ()
    assert compiled(document) == source


def test_a_field_of_several_lines_is_text_when_keys_name_it() -> None:
    assert ("paragraph", "news courses") in texts(parsed(POST, keys=("tags",)))


def test_what_is_not_utf_8_is_an_error() -> None:
    with pytest.raises(SourceError):
        formats.parse(b"title: \xff\n", "contents.lr", Options())


def fields(text: str) -> list[tuple[str, str]]:
    """The fields of a file by Lektor's rule, read in another way than ours: (name, value)."""
    found = []
    for chunk in re.split(r"(?m)^---[ \t\r]*$\n?", text.removeprefix("\ufeff")):
        lines = chunk.split("\n")
        while lines and ":" not in lines[0]:
            del lines[0]
        if lines:
            name, _, value = "\n".join(lines).partition(":")
            found.append((name.strip(), value.strip()))
    return found


@settings(max_examples=EXAMPLES // 4, deadline=None)
@given(st.sampled_from([POST, BLOCKS]), st.lists(targets, min_size=5, max_size=5))
def test_no_translation_changes_another_field(source: str, wanted: list[str]) -> None:
    document = parsed(source)
    made = splice.compile(document, lambda segment: wanted[document.segments.index(segment)]).source.decode()
    before, after = fields(source), fields(made)
    assert [name for name, _ in after] == [name for name, _ in before]
    kept = {"_model", "pub_date", "tags"}
    assert [pair for pair in after if pair[0] in kept] == [pair for pair in before if pair[0] in kept]
    again = parsed(made)
    assert again.shape == document.shape
    assert len(again.segments) == len(document.segments)
