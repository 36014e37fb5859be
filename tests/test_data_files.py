"""Menus and tables of UI texts: whole files of YAML, JSON and TOML."""

import pytest

from tarjuma.errors import SourceError
from tarjuma.formats import json, toml, yaml
from tarjuma.model import Options

EVERY = Options(keys=("**",))


@pytest.mark.parametrize(
    ("form", "source", "found"),
    [
        (
            yaml,
            "- id: nav.home\n  translation: Home\n- id: nav.recent\n  translation: Recent posts\n",
            [("0.translation", "Home"), ("1.translation", "Recent posts")],
        ),
        (yaml, "\ufeffhome: Ж home\r\nmore: [One, 2]\r\n", [("home", "Ж home"), ("more.0", "One")]),
        (yaml, "a: One\n---\na: Two\n...\n---\n- Three\n", [("a", "One"), ("a", "Two"), ("0", "Three")]),
        (yaml, "", []),
        (json, '\ufeff{"home": {"other": "Ж home"}}', [("home.other", "Ж home")]),
        (toml, "\ufeff[home]\r\nother = 'Ж home'\r\n", [("home.other", "Ж home")]),
    ],
)
def test_texts_are_found_and_replaced(form, source, found):
    options = Options(keys=("**.translation", "home", "home.*", "more.*", "a", "*"))
    document = form.parse(source.encode(), "data/x", options)
    assert [(each.kind, each.key.text) for each in document.segments] == found
    for segment in document.segments:
        quoted = form.quote(document, segment, "Ҳа: #1")
        assert form.unquote(document, segment, quoted) == "Ҳа: #1"
        changed = document.source[: segment.start] + quoted + document.source[segment.end :]
        again = form.parse(changed, "data/x", options)
        assert again.shape == document.shape
        assert [each.key.text for each in again.segments] == [
            "Ҳа: #1" if each == segment else each.key.text for each in document.segments
        ]
        assert form.quote(document, segment, segment.key.text) == document.source[segment.start : segment.end]


def test_the_default_rules_choose_titles_only():
    document = yaml.parse(b"title: Hello\nmenu: {main: {name: Home, url: home}}\nx: no text", "a.yml", Options())
    assert [each.kind for each in document.segments] == ["title", "menu.main.name"]


@pytest.mark.parametrize(
    ("form", "source", "line"),
    [
        (yaml, b"a: 1\nb: c: d\n", 2),
        (yaml, b"a: 1\nb: {{ x\n", 3),
        (yaml, b"a: \x07", 1),
        (json, b'{"a": 1,\n"b": }', 2),
        (json, b"", 1),
        (toml, b"a = 1\nb = \n", 2),
        (toml, b"a = 1\na = 2\n", 2),
        (toml, b'a = 1\nb = "x', 2),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_with_its_place(form, source, line):
    with pytest.raises(SourceError) as caught:
        form.parse(source, "data/x", EVERY)
    assert (caught.value.path, caught.value.line) == ("data/x", line)
    assert caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("form", [yaml, json, toml])
def test_a_byte_that_is_not_utf_8_is_named(form):
    with pytest.raises(SourceError, match=r"data/x:2: .*byte 7 ") as caught:
        form.parse(b"# abc\n \xe9 x\n", "data/x", EVERY)
    assert "UTF-8" in caught.value.hint
