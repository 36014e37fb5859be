"""`pybabel extract` finds in a site what `tarjuma extract` finds."""

import io
import subprocess
import sys

import polib
import pytest

from tarjuma import babel_plugin, project

CONFIG = """\
languages = ["ru"]
keys = ["...", "hero.text"]

[[options]]
paths = ["content/en/docs/**"]
code_comments = true
"""
MAPPING = """\
[ignore: content/en/hello.ru.md]
[tarjuma_markdown: content/en/**.md]
[tarjuma_html: content/en/**.html]
keys = title
[tarjuma_yaml: content/en/data/**.yml]
keys = menu.*.label
[tarjuma_json: content/en/data/**.json]
[tarjuma_toml: content/en/data/**.toml]
[jinja2: content/en/templates/**.jinja]
"""
FILES = {
    "tarjuma.toml": CONFIG,
    "babel.cfg": MAPPING,
    "content/en/hello.md": "---\ntitle: Hello\nhero:\n  text: Big words\n---\n# Hello\n\nA *post*\nof two lines.\n",
    "content/en/private.md": "---\ntitle: Private\ntranslate: false\n---\n",
    "content/en/hello.ru.md": "# Translated by hand\n",
    "content/en/docs/code.md": "```python\n# a remark\nx = 1\n```\n\n| a | b |\n|---|---|\n| Cell | 100 % |\n",
    "content/en/docs/context.md": "<!-- l10n: context: river -->\nBank\n\nBank\n",
    "content/en/page.html": "<h1>Page</h1>\n<p title='Tip'>Some <b>text</b>.</p>\n",
    "content/en/data/menu.yml": 'menu:\n  home:\n    label: Home \\ "start"\n    url: /\n',
    "content/en/data/words.json": '{"title": "Words", "id": "w1"}\n',
    "content/en/data/words.toml": 'title = "More words"\n',
    "content/en/templates/page.jinja": "{{ _('Words') }} {% trans n=2 %}a year{% pluralize %}{{ n }}{% endtrans %}\n",
    "content/ru/hello.md": "# An output is no source\n",
}
NOT_UTF8 = "Привет".encode("cp1251")


@pytest.fixture
def site(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "content/en/bad.md").write_bytes(NOT_UTF8)
    return tmp_path


def pybabel(folder, *options):
    program = "from babel.messages.frontend import main; main()"
    command = [sys.executable, "-c", program, "extract", *options, "-F", "babel.cfg", "-o", "x.pot", "."]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def messages(*catalogs):
    """The set of (msgctxt, msgid, msgid_plural) of some catalogs."""
    found = [entry for path in catalogs for entry in polib.pofile(str(path))]
    return {(entry.msgctxt or None, entry.msgid, entry.msgid_plural or None) for entry in found}


def test_babel_finds_the_messages_that_we_find(site):
    assert pybabel(site).returncode == 0
    project.extract(project.load(site))
    ours = messages(*(site / "locales").rglob("*.pot"))
    assert messages(site / "x.pot") == ours
    assert {text for _, text, _ in ours} >= {
        "Hello", "Big words", "A *post* of two lines.", "a remark", "Cell", "Bank", "Page", "Some <b>text</b>.",
        'Home \\ "start"', "Words", "More words", "a year",
    }  # fmt: skip
    assert ("river", "Bank", None) in ours
    assert (None, "Bank", None) in ours


def test_a_file_that_is_not_utf8_is_named_and_the_others_go_on(site):
    ran = pybabel(site)
    assert ran.returncode == 0
    assert "bad.md" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert (None, "Hello", None) in messages(site / "x.pot")


def test_translations_and_outputs_are_no_sources(site):
    pybabel(site)
    texts = {text for _, text, _ in messages(site / "x.pot")}
    assert texts & {"Translated by hand", "An output is no source"} == set()


def test_folders_with_an_underscore_need_the_command_of_the_docs(site):
    post = site / "content" / "en" / "_posts" / "2024-01-01-a.md"
    post.parent.mkdir()
    post.write_text("Below an underscore.\n", "utf-8")
    assert pybabel(site, "--ignore-dirs=.*").returncode == 0
    project.extract(project.load(site))
    assert messages(site / "x.pot") == messages(*(site / "locales").rglob("*.pot"))


def test_babel_reads_sites_without_our_configuration(site):
    (site / "tarjuma.toml").unlink()
    assert pybabel(site).returncode == 0
    texts = {text for _, text, _ in messages(site / "x.pot")}
    assert "A *post* of two lines." in texts
    assert "Big words" not in texts


def test_a_broken_configuration_stops_babel_with_a_sentence(site):
    (site / "tarjuma.toml").write_text('langages = ["ru"]\n', "utf-8")
    ran = pybabel(site)
    assert ran.returncode != 0
    assert "languages" in ran.stderr
    assert "Traceback" not in ran.stderr


def found(text, extractor=babel_plugin.markdown, options=None):
    return list(extractor(io.BytesIO(text.encode()), (), (), options or {}))


def test_lines_count_from_one_and_comments_come_along():
    assert found("# Head\n\nText *here*.\n") == [
        (1, None, ("Head",), ["heading"]),
        (3, None, ("Text *here*.",), ["paragraph", "under: Head"]),
    ]


def test_a_context_is_a_pgettext_call():
    assert found("<!-- l10n: context: river -->\nBank\n")[0][1:3] == ("pgettext", ("river", "Bank"))


@pytest.mark.parametrize(
    ("keys", "texts"), [("title", ["A"]), ("title, lead", ["A", "B"]), ("... note", ["A", "B", "C"])]
)
def test_keys_of_the_section_choose_the_fields(keys, texts):
    post = "---\ntitle: A\nlead: B\nnote: C\n---\n"
    assert [call[2][0] for call in found(post, options={"keys": keys})] == texts


@pytest.mark.parametrize(
    ("extractor", "text"),
    [
        (babel_plugin.html, "<p>Text</p>"),
        (babel_plugin.yaml, "title: Text\n"),
        (babel_plugin.json, '{"title": "Text"}'),
        (babel_plugin.toml, 'title = "Text"\n'),
    ],
)
def test_every_format_has_its_extractor(extractor, text):
    assert [call[2] for call in found(text, extractor)] == [("Text",)]


def test_the_pattern_decides_the_format_whatever_the_suffix_says(tmp_path):
    (tmp_path / "babel.cfg").write_text("[tarjuma_markdown: **.txt]\n", "utf-8")
    (tmp_path / "a.txt").write_text("# Plain\n", "utf-8")
    assert pybabel(tmp_path).returncode == 0
    assert messages(tmp_path / "x.pot") == {(None, "Plain", None)}
