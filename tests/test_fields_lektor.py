"""Fields of Lektor's files: read as Lektor reads them, changed where they stand."""

from datetime import UTC, date, datetime

import pytest

from tarjuma import consent, formats
from tarjuma.model import Options
from tarjuma.syntax import fields

POST = """\
title: Hello
---
pub_date: 2024-05-06
---
summary:
---
body:

A paragraph with: a colon.

----
not a field
"""


def lektor(text):
    return formats.parse(text.encode(), "content/hello/contents.lr", Options()).options


def patched(text, changes):
    source = text.encode()
    for patch in reversed(fields.patches(source, lektor(text), changes).patches):
        source = source[: patch.start] + patch.after + source[patch.end :]
    return source.decode()


def test_a_file_of_lektor_is_fields_and_nothing_else():
    assert fields.read(POST.encode(), lektor(POST)) == {
        "title": "Hello",
        "pub_date": "2024-05-06",
        "summary": "",
        "body": "A paragraph with: a colon.\n\n----\nnot a field",
    }


@pytest.mark.parametrize(
    ("changes", "before", "after"),
    [
        ({"noindex": True}, "", "noindex: yes\n---\n"),
        ({"l10n": {"state": "mt", "percent": 3}}, "", "l10n_state: mt\n---\nl10n_percent: 3\n---\n"),
        ({"pub_date": date(2024, 6, 7)}, "pub_date: 2024-05-06", "pub_date: 2024-06-07"),
        ({"summary": "Short"}, "summary:", "summary: Short"),
        ({"pub_date": fields.DROP}, "pub_date: 2024-05-06\n---\n", ""),
        ({"title": "Hello"}, "", ""),
        ({"title": "Two\nlines"}, "title: Hello", "title: Two lines"),
    ],
)
def test_a_change_touches_its_own_field_only(changes, before, after):
    assert patched(POST, changes) == (POST.replace(before, after, 1) if before else after + POST)


def test_windows_line_ends_stay():
    text = POST.replace("\n", "\r\n")
    assert patched(text, {"noindex": False}) == "noindex: no\r\n---\r\n" + text


def test_no_markdown_post_is_taken_for_a_file_of_lektor():
    assert fields.read(b"title: Hello\n---\n\nText\n", Options()) == {}


def test_a_hidden_page_of_lektor_is_not_public():
    text = "title: Hello\n---\n_hidden: yes\n---\nbody: Text\n"
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert consent.reason(text.encode(), "content/hello/contents.lr", lektor(text), now)
    assert not consent.reason(POST.encode(), "content/hello/contents.lr", lektor(POST), now)
