"""What README and docs show is what the program does."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import polib
import pytest

from tarjuma import checks, config, extract, formats
from tarjuma.cli import COMMANDS, group
from tarjuma.config.site import KEYS
from tarjuma.model import TRANSLATED_KEYS, Options

TOP = Path(__file__).parents[1]
PAGES = [TOP / "README.md", TOP / "CONTRIBUTING.md", *sorted((TOP / "docs").glob("*.md"))]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n\n).)+?(?<!`)\1(?!`)", re.DOTALL)


def blocks(page, language):
    return [text for name, text in FENCE.findall((TOP / page).read_text("utf-8")) if name == language]


def tarjuma(folder, *arguments):
    command = [sys.executable, "-m", "tarjuma", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def without_header(catalog):
    return catalog.partition("\n\n")[2]


def test_the_example_of_the_readme_is_what_happens(tmp_path):
    post, page = blocks("README.md", "markdown")
    (entries,) = blocks("README.md", "po")
    source = tmp_path / "content" / "en" / "posts" / "courses.md"
    source.parent.mkdir(parents=True)
    source.write_text(post, "utf-8")
    assert tarjuma(tmp_path, "init", "--yes", "--languages", "ru").returncode == 0
    assert tarjuma(tmp_path, "run").returncode == 0

    catalog = tmp_path / "locales" / "ru" / "LC_MESSAGES" / "posts" / "courses.po"
    made = catalog.read_text("utf-8")
    assert without_header(made) == re.sub(r'^msgstr ".*"$', 'msgstr ""', entries, flags=re.MULTILINE)

    (finding,) = blocks("README.md", "text")
    catalog.write_text(made.replace(without_header(made), entries.replace("более *30*", "более *50*")), "utf-8")
    assert tarjuma(tmp_path, "check").stdout == finding

    catalog.write_text(made.replace(without_header(made), entries), "utf-8")
    assert tarjuma(tmp_path, "run").returncode == 0
    assert (tmp_path / "content" / "ru" / "posts" / "courses.md").read_text("utf-8") == page
    assert tarjuma(tmp_path, "check", "--fail-on", "info").stdout == "no findings in 1 file, 3 messages\n"


def test_the_directives_of_the_docs_do_what_the_docs_say():
    (post,) = blocks("docs/formats.md", "markdown")
    (entries,) = blocks("docs/formats.md", "po")
    expected = polib.pofile(entries)
    found = extract.messages(formats.parse(post.encode(), "post.md", Options()))
    assert [(each.key.context, each.key.text) for each in found] == [(each.msgctxt, each.msgid) for each in expected]
    assert ["\n".join(each.notes) for each in found] == [each.comment for each in expected]


@pytest.mark.parametrize("text", blocks("docs/configuration.md", "toml") + blocks("docs/checks.md", "toml"))
def test_every_configuration_of_the_docs_is_accepted(text, tmp_path):
    (tmp_path / "tarjuma.toml").write_text(text, "utf-8")
    assert config.load(tmp_path)


def test_the_babel_cfg_of_the_docs_is_accepted(tmp_path):
    (text,) = blocks("docs/configuration.md", "ini")
    (tmp_path / "tarjuma.toml").write_text('languages = ["ru"]\n', "utf-8")
    (tmp_path / "babel.cfg").write_text(text, "utf-8")
    assert len(config.load(tmp_path).rules) == text.count("[")


def test_the_first_configuration_of_the_docs_shows_the_defaults(tmp_path):
    text = blocks("docs/configuration.md", "toml")[0]
    languages = {"languages": tomllib.loads(text)["languages"]}
    (tmp_path / "tarjuma.toml").write_text(text, "utf-8")
    shown = config.load(tmp_path)
    (tmp_path / "tarjuma.toml").write_text(f"languages = {languages['languages']}\n", "utf-8")
    assert shown == config.load(tmp_path)


def test_every_check_has_a_section_that_links_can_name():
    page = (TOP / "docs" / "checks.md").read_text("utf-8")
    headings = re.findall(r"^### (.+)$", page, re.MULTILINE)
    assert headings == list(dict.fromkeys(headings))
    assert set(checks.names()) == set(headings)
    assert [name for name in headings if f"[{name}](#{name})" not in page] == []


def test_the_comment_of_the_docs_keeps_a_translation_as_it_is(tmp_path):
    example = blocks("docs/checks.md", "po")[0]
    head = 'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (tmp_path / "ru.po").write_text(head + example, "utf-8")
    assert "number-changed" not in tarjuma(tmp_path, "check", "ru.po").stdout
    (tmp_path / "ru.po").write_text(head + example.partition("\n")[2], "utf-8")
    assert "[number-changed]" in tarjuma(tmp_path, "check", "ru.po").stdout


def test_every_key_of_the_configuration_is_documented():
    shown = "\n".join(blocks("docs/configuration.md", "toml"))
    keys = set(re.findall(r"^(\w+) *=|^\[+(\w+)\]", shown, re.MULTILINE))
    assert KEYS - {key for pair in keys for key in pair} == set()


def test_every_front_matter_key_is_documented():
    page = (TOP / "docs" / "formats.md").read_text("utf-8")
    assert [key for key in TRANSLATED_KEYS if f"`{key}`" not in page] == []


def test_every_suffix_is_documented():
    page = (TOP / "docs" / "formats.md").read_text("utf-8")
    known = [suffix for suffix, name in formats.suffixes().items() if name != "jinja"]
    assert [suffix for suffix in known if f"`{suffix}`" not in page] == []


def test_the_generated_pages_are_fresh():
    if not (TOP / "src").is_dir():
        pytest.skip("skipped: no source tree")
    checked = subprocess.run([sys.executable, "docs/generate.py", "--check"], cwd=TOP, capture_output=True, check=False)
    assert checked.stdout.decode() == ""
    assert checked.returncode == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_the_pages_leads_somewhere(page):
    prose = CODE.sub("", FENCE.sub("", page.read_text("utf-8")))
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", prose)
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_the_pages_name_exists(page):
    named = re.findall(r"\btarjuma ([a-z]+)\b(?= |`|$)", "\n".join(commands(page.read_text("utf-8"))))
    assert set(named) <= set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_option_that_the_pages_name_exists(page):
    for command in commands(page.read_text("utf-8")):
        words = shlex.split(command, comments=True)
        if words[:1] != ["tarjuma"] or len(words) < 2 or words[1] not in COMMANDS:
            continue
        named, rest = group.get_command(click.Context(group), words[1]), words[2:]
        if isinstance(named, click.Group) and rest:
            named, *rest = named.commands[rest[0]], *rest[1:]
        known = {option for parameter in named.params for option in parameter.opts}
        for word in rest:
            if word.startswith("-") and word != "--":
                assert word.partition("=")[0] in known, command


def commands(text):
    """The shell lines of a page: `sh` blocks, and code spans that begin with tarjuma."""
    fenced = [
        line for name, body in FENCE.findall(text) if name == "sh" for line in body.replace("\\\n", "").splitlines()
    ]
    return fenced + re.findall(r"`(tarjuma [^`\n]+)`", FENCE.sub("", text))
