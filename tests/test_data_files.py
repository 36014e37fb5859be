"""Menus and tables of UI texts: whole files of YAML, JSON and TOML."""

import pytest

from tarjuma import keypath
from tarjuma.errors import SourceError
from tarjuma.formats import json, toml, yaml
from tarjuma.model import Options
from tarjuma.syntax.text import is_prose

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


@pytest.mark.parametrize(
    "value",
    [
        "Hello",
        "I",
        "10 ways",
        "Node.js",
        "CI/CD",
        "Hello {{ name }}",
        "Мир",
        "see https://a.b",
        "v2 is out",
        "iOS",
        "GetPage",
        "#1 choice",
        "a@b",
        "e.g.",
    ],
)
def test_words_are_text(value):
    assert is_prose(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "12",
        "1,5",
        "—",
        "v1.2.3",
        "3.0.0.beta1",
        "2024-05-06T10:00:00+03:00",
        "2024-1-2 10:00",
        "https://a.b/c?d",
        "//cdn.a.b",
        "mailto:a@b.cd",
        "a@b.cd",
        "/about/",
        "../x",
        "#top",
        "img/a.png",
        "{{ x }}",
        "{% x %} {{ y }}",
        "${name}",
        "%{count}",
        "<%= x %>",
        "{0}",
        "strings.Title",
        "main_menu",
        "0x1f",
        "1e5",
        "9f86d081884c7d65",
        "#ffcc00",
        "x\0y",
        "\ud800x",
    ],
)
def test_ids_dates_numbers_and_addresses_are_no_text(value):
    assert not is_prose(value)


@pytest.mark.parametrize(
    ("rule", "path", "is_meant"),
    [
        ("title", "title", True),
        ("title", "Title", True),
        ("title", "a.title", False),
        ("title", "titles", False),
        ("tags", "tags.0", False),
        ("tags.*", "tags.0", True),
        ("a.*.b", "a.0.b", True),
        ("a.*.b", "a.b", False),
        ("a.*.b", "a.0.1.b", False),
        ("**", "a.b.c", True),
        ("a.**", "a", False),
        ("a.**", "a.b.c", True),
        ("**.b", "b", True),
        ("**.b", "a.c.b", True),
        ("*_label", "nav_label", True),
        ("a+", "aa", False),
    ],
)
def test_a_rule_means_key_paths(rule, path, is_meant):
    assert (keypath.pattern(("other", rule)).fullmatch(path) is not None) is is_meant
    assert keypath.limit({"other": 1, rule: 2}, path) == (2 if is_meant else 0)


@pytest.mark.parametrize(
    ("rules", "path", "is_meant"),
    [
        (("!seo.robots", "seo.*"), "seo.title", True),
        (("!seo.robots", "seo.*"), "SEO.Robots", False),
        (("seo.*", "!seo.robots"), "seo.robots", True),
        (("seo.robots", "!seo.*", "seo.*"), "seo.robots", True),
        (("seo.robots", "!seo.*", "seo.*"), "seo.title", False),
        (("!seo", "seo.*"), "seo.title", True),
        (("!title", "title", "summary"), "title", False),
        (("!title",), "summary", False),
    ],
)
def test_the_first_rule_that_means_a_path_decides(rules, path, is_meant):
    assert (keypath.pattern(rules).fullmatch(path) is not None) is is_meant


def test_no_rule_means_nothing():
    assert keypath.pattern(()).fullmatch("title") is None
