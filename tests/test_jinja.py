"""Messages of Jinja2 templates: what is found, with which comments and flags, and what is an error."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma.errors import ConfigError, SourceError
from tarjuma.formats import jinja
from tarjuma.model import Key, Message
from tests.laws import EXAMPLES


def keys(template, **options):
    return [message.key for message in jinja.messages(template.encode(), "page.html", options)]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ('{{ _("Categories") }}', Key(None, "Categories")),
        ("{{ gettext('Recent Posts') }}", Key(None, "Recent Posts")),
        ('{{ _("a" "b") }}', Key(None, "ab")),
        (
            '{{ ngettext("%(n)s year ago", "%(n)s years ago", years) }}',
            Key(None, "%(n)s year ago", "%(n)s years ago"),
        ),
        ('{{ pgettext("menu", "main") }}', Key("menu", "main")),
        ('{{ npgettext("menu", "%(n)s post", "%(n)s posts", 3) }}', Key("menu", "%(n)s post", "%(n)s posts")),
        ("{% trans %}Recent Posts{% endtrans %}", Key(None, "Recent Posts")),
        ('{% trans "menu" %}main{% endtrans %}', Key("menu", "main")),
        (
            "{% trans n=years %}{{ n }} year ago{% pluralize %}{{ n }} years ago{% endtrans %}",
            Key(None, "%(n)s year ago", "%(n)s years ago"),
        ),
        ("{% trans who=user.name %}Hello, {{ who }}!{% endtrans %}", Key(None, "Hello, %(who)s!")),
        ("{% trans trimmed %}\n  Recent\n  Posts\n{% endtrans %}", Key(None, "Recent Posts")),
        ("{% trans %}\r\n  Recent\r\n{% endtrans %}", Key(None, "\n  Recent\n")),
        ("\ufeff{{ _('тоҷикӣ') }}", Key(None, "тоҷикӣ")),
        ('{% macro age(n) %}{{ _("old") if n > 9 }}{% endmacro %}', Key(None, "old")),
    ],
)
def test_every_way_to_mark_a_text_yields_its_message(template, expected):
    assert keys(template) == [expected]


@pytest.mark.parametrize(
    "template",
    [
        "",
        "plain text, no message",
        "{# {{ _('commented out') }} #}",
        "{% raw %}{{ _('raw') }}{% endraw %}",
        "{{ _(title) }}",
        '{{ _("a" ~ b) }}',
        '{{ _("") }}',
        '{{ pgettext("menu", "") }}',
        "{{ _() }}",
        "{{ translate('x') }}",
        "{{ ngettext('only one', n) }}",
    ],
)
def test_what_is_no_message_yields_none(template, capsys):
    assert keys(template) == []
    assert capsys.readouterr() == ("", "")


def test_messages_come_in_the_order_of_their_lines_and_once():
    template = '{{ _("b") }}\n{{ _("a") }}\n{{ _("b") }}\n{{ pgettext("menu", "b") }}'
    assert keys(template) == [Key(None, "b"), Key(None, "a"), Key("menu", "b")]


def test_a_singular_and_a_plural_of_one_text_are_one_entry():
    template = '{{ _("post") }} {{ ngettext("post", "posts", n) }}'
    assert keys(template) == [Key(None, "post", "posts")]


@pytest.mark.parametrize(
    ("template", "notes"),
    [
        ('{{ _("x") }}', ()),
        ('{# Translators: a heading #}\n{{ _("x") }}', ("a heading",)),
        ('{# NOTE: a heading #}{{ _("x") }}', ("a heading",)),
        ('{#- L10n: a heading -#}\n{{ _("x") }}', ("a heading",)),
        ('{# Translators a heading #}\n<h2>\n{{ _("x") }}', ("a heading",)),
        ('{# Translators: over\n   two lines #}\n{{ _("x") }}', ("over two lines",)),
        ('{# Translators: first #}\n{# TRANSLATORS: second #}\n{{ _("x") }}', ("first", "second")),
        ('{{ _("x") }} {# Translators: behind it #}', ("behind it",)),
        ("{# Translators: of a trans block #}\n{% trans %}x{% endtrans %}", ("of a trans block",)),
        ('{# Translators: one #}\r\n{{ _("x") }}', ("one",)),
        ('{# Translators: one #}\n{{ _("x") }}\n{# Translators: two #}\n{{ _("x") }}', ("one", "two")),
        # not for this message
        ('{# a remark of the programmer #}\n{{ _("x") }}', ()),
        ('{# Translatorship: no #}\n{{ _("x") }}', ()),
        ('{# Translators: far away #}\n\n{{ _("x") }}', ()),
        ('{{ _("x") }}\n{# Translators: below #}', ()),
        ('{# Translators: #}\n{{ _("x") }}', ()),
    ],
)
def test_a_comment_for_translators_goes_with_the_message_below_it(template, notes):
    (message,) = jinja.messages(template.encode(), "page.html")
    assert message.notes == ("template", *notes)


def test_a_comment_is_for_one_line_only():
    template = '{{ _("a") }} {# Translators: of a #}\n{{ _("b") }}'
    assert [message.notes for message in jinja.messages(template.encode(), "x")] == [
        ("template", "of a"),
        ("template",),
    ]


@pytest.mark.parametrize(
    ("template", "flags"),
    [
        ('{{ _("%(name)s said", name=x) }}', ("python-format",)),
        ('{{ ngettext("one year ago", "%(n)s years ago", n) }}', ("python-format",)),
        ('{{ _("%(share)d %% of %(n).2f") }}', ("python-format",)),
        ("{% trans %}Hello {{ name }}, 100 %{% endtrans %}", ("python-format",)),
        ('{{ _("100 % sure") }}', ()),
        ('{{ _("100 % sure, %(name)s") }}', ()),
        ('{{ _("%s and %d") }}', ()),
        ('{{ _("100%%") }}', ()),
        ('{{ _("a set {x} of {0}") }}', ()),
        ("{% trans %}50 % off{% endtrans %}", ()),
    ],
)
def test_only_named_placeholders_make_a_format(template, flags):
    (message,) = jinja.messages(template.encode(), "x")
    assert message.flags == flags


def test_a_message_says_where_it_stands_without_a_line():
    assert jinja.messages(b'\n{{ _("x") }}', "content/en/templates/a.html") == [
        Message(Key(None, "x"), ("content/en/templates/a.html",), ("template",))
    ]


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("{{ _('x') }}\n{% if %}", 2, "Expected an expression"),
        ("\n\n{% trans %}open", 3, "unclosed"),
        ("{{ _('x) }}", 1, "unexpected char"),
        ("{% trans %}{% if a %}b{% endif %}{% endtrans %}", 1, "control structures"),
        ("text\n{% load i18n %}", 2, "unknown tag"),
    ],
)
def test_a_template_that_jinja_cannot_read_is_an_error_with_its_line(template, line, words):
    with pytest.raises(SourceError) as caught:
        jinja.messages(template.encode(), "page.html", {"silent": "true"})
    assert (caught.value.path, caught.value.line) == ("page.html", line)
    assert words in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(("template", "advice"), [("{% load i18n %}", "extensions = "), ("{% if %}", "mend it")])
def test_an_unknown_tag_may_be_that_of_an_extension(template, advice):
    with pytest.raises(SourceError) as caught:
        jinja.messages(template.encode(), "page.html", {"silent": "true"})
    assert advice in caught.value.hint


def test_a_template_that_is_not_utf8_is_an_error_with_its_byte():
    with pytest.raises(SourceError) as caught:
        jinja.messages("ab\nтекст".encode("cp1251"), "page.html")
    assert str(caught.value) == "page.html:2: byte 3 is not utf-8"


def test_the_settings_of_babel_cfg_are_followed():
    assert keys("{% trans %}\n Recent\n Posts {% endtrans %}", trimmed="true") == [Key(None, "Recent Posts")]
    assert keys("<% trans %>a<% endtrans %>", block_start_string="<%", block_end_string="%>") == [Key(None, "a")]
    assert keys('{% do _("a") %}', extensions="jinja2.ext.do") == [Key(None, "a")]
    assert jinja.messages("{{ _('я') }}".encode("cp1251"), "x", {"encoding": "cp1251"})[0].key.text == "я"
    assert keys("{% trans %}100 %{% endtrans %}", newstyle_gettext="true") == [Key(None, "100 %%")]


@pytest.mark.parametrize("options", [{"extensions": "no.such.Extension"}, {"encoding": "utf-99"}])
def test_settings_that_cannot_work_are_an_error_of_the_configuration(options):
    with pytest.raises(ConfigError):
        jinja.messages(b"x", "page.html", options)


PIECES = st.sampled_from(
    [
        *("{{ _('a') }}", '{{ ngettext("b", "bs", n) }}', "{% trans %}c {{ x }}{% endtrans %}", "{# Translators: d #}"),
        *(
            "\n",
            "\r\n",
            "text ",
            "{%",
            "%}",
            "{{",
            "}}",
            "{#",
            "#}",
            "'",
            "{% if a %}",
            "{% endif %}",
            "{% raw %}",
            "%",
        ),
    ]
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_template_yields_messages_or_an_error_for_people(template):
    try:
        found = jinja.messages(template.encode(), "page.html")
    except SourceError as error:
        assert str(error).startswith("page.html"), "the place comes first"  # noqa: PT017
        return
    assert len({message.key[:2] for message in found}) == len(found)
    assert all(message.key.text and message.notes[0] == "template" for message in found)


def test_pybabel_finds_the_same_messages(tmp_path: Path):
    import sys

    from babel.messages.pofile import read_po

    template = (
        '{# Translators: t #}\n{{ _("a") }}{{ pgettext("m", "a") }}{{ ngettext("%(n)s b", "%(n)s bs", n) }}\n'
        "{% trans %}c %{% endtrans %}{% trans x=1 %}d {{ x }}{% pluralize %}ds {{ x }}{% endtrans %}"
        '{{ _(v) }}{{ npgettext("m", "e", "es", 1) }}'
    )
    (tmp_path / "page.html").write_text(template, encoding="utf-8")
    (tmp_path / "babel.cfg").write_text("[jinja2: **.html]\nencoding = utf-8\n", encoding="utf-8")
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg", "-o", "x.pot", "."]
    subprocess.run(command, cwd=tmp_path, check=True)
    with (tmp_path / "x.pot").open("rb") as pot:
        expected = {
            Key(entry.context, *(entry.id if isinstance(entry.id, tuple) else (entry.id,)))
            for entry in read_po(pot)
            if entry.id
        }
    assert set(keys(template)) == expected
