"""tarjuma.toml, [tool.tarjuma] and babel.cfg: what they mean, and what a wrong line is answered with."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.frontend import parse_mapping_cfg
from babel.util import pathmatch
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import config, mapping
from tarjuma.config import Domain
from tarjuma.errors import ConfigError, UsageError
from tarjuma.model import TRANSLATED_KEYS, Options
from tests.laws import EXAMPLES


def loaded(folder: Path, text: str, rules: str | None = None) -> config.Config:
    (folder / "tarjuma.toml").write_text(text, "utf-8")
    if rules is not None:
        (folder / "babel.cfg").write_text(rules, "utf-8")
    return config.load(folder)


def test_an_empty_configuration_has_the_documented_defaults(tmp_path: Path) -> None:
    conf = loaded(tmp_path, "")
    assert conf.folder == str(tmp_path)
    assert [(root.folder, root.language, root.output) for root in conf.roots] == [
        ("content/en", "en", "content/{lang}/{path}")
    ]
    assert (conf.languages, conf.locales, conf.domain, conf.least("ru")) == ((), "locales", Domain.FILE, 100)
    assert conf.options == Options()
    assert conf.rule("content/en/posts/a.md").method == "tarjuma_markdown"
    assert conf.rule("content/ru/posts/a.md") is None
    assert conf.drafting == config.Drafting()


def test_every_key_is_read(tmp_path: Path) -> None:
    conf = loaded(
        tmp_path,
        """
languages = ["ru", "TG", "uz_Cyrl"]
source_language = "en"
locales = "po/"
domain = "folder"
project = "CICED"
keys = ["...", "hero.text"]
width = -1
limits = { title = 70, description = 0 }
publish.min = { default = 90, tg = 60 }
draft.network = true
output = "{root}/{lang}/{path}"

[[sources]]
root = "site/en"

[[sources]]
root = "site/ru"
language = "ru"
languages = ["en", "tg"]
prefix = "ru"
output = "public/{lang}/{dir}/{stem}.{ext}"

[[scope]]
paths = ["site/en/news/**"]
since = 2024-02-03
languages = ["ru"]

[[options]]
paths = ["site/en/old/**"]
pelican = true
keys = ["title"]
""",
        "[tarjuma_markdown: site/**.md]\nwp_classic = true\n",
    )
    assert [row.code for row in conf.languages] == ["ru", "tg", "uz-Cyrl"]
    assert [(root.folder, root.language, root.languages, root.prefix) for root in conf.roots] == [
        ("site/en", "en", ("ru", "tg", "uz-Cyrl"), ""),
        ("site/ru", "ru", ("en", "tg"), "ru"),
    ]
    assert [root.output for root in conf.roots] == ["{root}/{lang}/{path}", "public/{lang}/{dir}/{stem}.{ext}"]
    assert (conf.locales, conf.domain, conf.project, conf.drafting.network) == ("po", Domain.FOLDER, "CICED", True)
    assert (conf.least("ru"), conf.least("tg")) == (90, 60)
    assert conf.options.keys == (*TRANSLATED_KEYS, "hero.text")
    assert conf.options.limits == {"title": 70, "description": 0}
    assert conf.scopes == (config.Scope(("site/en/news/**",), ("ru",), date(2024, 2, 3)),)
    rule = conf.rule("site/en/old/a.md")
    options = conf.options_for("site/en/old/a.md", rule)
    assert (options.pelican, options.wp_classic, options.keys, options.width) == (True, True, ("title",), -1)
    assert not conf.options_for("site/en/a.md", rule).pelican


def test_languages_may_be_tables_with_settings(tmp_path: Path) -> None:
    conf = loaded(tmp_path, "[languages.ru]\n[languages.tg]\nmin = 60\n[publish]\nmin = 95\n")
    assert [row.code for row in conf.languages] == ["ru", "tg"]
    assert (conf.least("ru"), conf.least("tg")) == (95, 60)


def test_the_nearest_configuration_above_counts(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.tarjuma]\nlanguages = ["ru"]\n', "utf-8")
    inner = tmp_path / "Папка с пробелами" / "b"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text("[project]\nname = 'x'\n", "utf-8")
    conf = config.load(inner)
    assert (conf.folder, conf.file) == (str(tmp_path), "pyproject.toml")
    assert config.load(inner, str(tmp_path / "pyproject.toml")).folder == str(tmp_path)


def test_without_a_configuration_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        config.load(tmp_path, "absent.toml")
    assert "absent.toml" in str(caught.value)
    assert "tarjuma init" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("languages = ['ru']\nlocale = 'x'\n", 2, "unknown key 'locale'", "'locales'"),
        ("[publish]\nminn = 3\n", 2, "unknown key 'minn' in [publish]", "'min'"),
        ("languages = ['tj']\n", 1, "unknown language 'tj'", "'tg'"),
        ("[languages.ru]\n[languages.tj]\n", 2, "unknown language 'tj'", "'tg'"),
        ("languages = 'ru'\n", 1, "languages must be a list", "languages = ["),
        ("domain = 'files'\n", 1, "domain = 'files'", '"file"'),
        ("publish.min = 101\n", 1, "101", "0 to 100"),
        ("min = 80\n", 1, "unknown key 'min'", "It belongs below [publish]"),
        ("publish_drafts = true\n", 1, "unknown key 'publish_drafts'", "It belongs below [publish]"),
        ("network = true\n", 1, "unknown key 'network'", "It belongs below [draft]"),
        ("[publish]\nnetwork = true\n", 2, "unknown key 'network' in [publish]", "It belongs below [draft]"),
        ("[publish]\npreset = 'hugo'\n", 2, "unknown key 'preset' in [publish]", "at the top, above all tables"),
        ("[tool.tarjuma]\nlanguages = ['ru']\n", 1, "unknown key 'tool'", "[tool.tarjuma] is for pyproject.toml"),
        ("checks.ignore = 'x'\n", 1, "ignore must be a list of tables", "Write [[checks.ignore]]"),
        ("[publish.below]\nnew = 'skp'\n", 2, "new = 'skp'", '"fallback"'),
        ("babel_cfg = 'nope.cfg'\n", 1, "babel_cfg: there is no file 'nope.cfg'", "relative to this file"),
        ("publish.min = { ru = 10 }\n", 1, "min is set for ru", ""),
        ("source = '../other'\n", 1, "leaves the project", "below"),
        ("locales = '/etc'\n", 1, "leaves the project", "below"),
        ("output = 'x/{path}'\n", 1, "no {lang}", "{lang}"),
        ("output = '{lang}/index.md'\n", 1, "neither {path} nor {stem}", ""),
        ("output = '{lang}/{slug}'\n", 1, "{slug}", "{stem}"),
        ("source = 'a'\n[[sources]]\nroot = 'b'\n", 1, "exclude each other", ""),
        ("[[sources]]\nfolder = 'b'\n", 2, "unknown key 'folder'", "root"),
        ("[[sources]]\nlanguage = 'en'\n", 1, "no root", "root ="),
        ("[[scope]]\nsince = 'x'\n", 2, "is no date", "2024-01-31"),
        ("languages = ['ru']\n\n[[scope]]\npaths = []\nlanguages = ['tg']\n", 1, "names tg", ""),
        ("[[options]]\nwidth = 3\n", 1, "no paths", "paths ="),
        ("width = '3'\n", 1, "width must be", ""),
        ("pelican = 1\n", 1, "pelican must be true or false", ""),
        ("keys = [1]\n", 1, "keys must be a list", ""),
        ("limits = { title = -1 }\n", 1, "limits.title", "0 lifts"),
        ("a = = 1\n", 1, "not valid TOML", ""),
        ("languages = ['ru']\n[languages.ru]\nmin = 80\n", 2, "not valid TOML", "Take out the line `languages = "),
    ],
)
def test_a_wrong_line_is_named_with_its_remedy(tmp_path: Path, text: str, line: int, message: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, text)
    error = caught.value
    assert message in error.message
    assert hint in error.hint
    assert (error.path, error.line) == ("tarjuma.toml", line)
    assert error.exit_code == 2


def test_a_configuration_that_is_not_utf8_is_an_error_with_its_byte(tmp_path: Path) -> None:
    (tmp_path / "tarjuma.toml").write_bytes(b"# \xcf\xf0\n")
    with pytest.raises(ConfigError, match="byte 2 is not UTF-8"):
        config.load(tmp_path)


def test_sections_of_babel_cfg_rule_in_their_order(tmp_path: Path) -> None:
    conf = loaded(
        tmp_path,
        "",
        "# comment\n[python: **.py]\n[extractors]\nx = y\n\n[ignore: content/en/hello.ru.md]\n"
        "[tarjuma_markdown: content/en/**.md]\nkeys = title,\n   description\n[jinja2: **.html]\nextensions = a.b\n",
    )
    assert [rule.method for rule in conf.rules] == ["ignore", "tarjuma_markdown", "jinja2"]
    assert conf.rule("content/en/hello.ru.md").method == "ignore"
    assert conf.rule("content/en/a/b.md").options == {"keys": "title, description"}
    assert conf.rule("x.py") is None
    assert conf.options_for("content/en/b.md", conf.rule("content/en/b.md")).keys == ("title", "description")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("\n[tarjuma_markdwn: **.md]\n", 2, "unknown method 'tarjuma_markdwn'"),
        ("[tarjuma_markdown]\n", 1, "has no pattern"),
        ("[tarjuma_markdown **.md\n", 1, "cannot read"),
        ("keys = title\n", 1, "cannot read"),
    ],
)
def test_a_wrong_section_is_named(text: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        mapping.parse(text, "babel.cfg", config.FORMATS)
    assert (caught.value.line, caught.value.path) == (line, "babel.cfg")
    assert message in caught.value.message


def test_babel_reads_the_same_sections() -> None:
    text = "[ignore: a.md]\n[tarjuma_markdown: content/**.md]\nkeys = title\n"
    methods, options = parse_mapping_cfg(text.splitlines(True))
    ours = mapping.parse(text, "babel.cfg", config.FORMATS)
    assert [(rule.pattern, rule.method) for rule in ours] == methods
    assert {rule.pattern: dict(rule.options) for rule in ours} == options


PIECES = st.lists(st.sampled_from(["a", "ab", "/", ".md", ".", "*", "**", "**/", "?", "*/"]), min_size=1, max_size=5)
NAMES = st.lists(st.sampled_from(["a", "ab", "b", "a.md", "ab.md", ".md"]), min_size=1, max_size=4)


@settings(max_examples=EXAMPLES, deadline=None)
@given(PIECES, NAMES)
def test_patterns_match_what_babel_matches(pieces: list[str], names: list[str]) -> None:
    pattern, path = "".join(pieces), "/".join(names)
    try:
        expected = pathmatch(pattern, path)
    except KeyError:  # Babel knows no `***`
        return
    if set(pattern) & set("*?"):
        assert mapping.matches(pattern, path) == expected
    elif expected:
        assert mapping.matches(pattern, path)


def test_a_pattern_without_wildcards_is_a_file_or_a_folder() -> None:
    assert mapping.matches("content/news", "content/news/2024/a.md")
    assert mapping.matches("content/news/", "content/news/a.md")
    assert mapping.matches("content/a.md", "content/a.md")
    assert mapping.matches("", "anything/at/all.md")
    assert not mapping.matches("content/news", "content/newsletter/a.md")


def test_pybabel_reads_a_file_with_the_options_of_its_project(tmp_path: Path) -> None:
    loaded(tmp_path, 'keys = ["...", "hero.text"]\n')
    options = config.options_from_babel({"width": "60", "keywords": {"_": None}}, str(tmp_path / "a.md"))
    assert options.keys[-1] == "hero.text"
    assert options.width == 60


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_what_a_project_says_about_drafts(tmp_path: Path) -> None:
    text = """
[languages.ru]
[languages.be]
[languages.uk]
[languages.kk]
drafts = "tmx"
[draft]
network = true
engines = ["deepl", "google", "deepl"]
via = { kk = "ru", uk = "" }
never_send = ["content/en/board/**"]
max_chars = 5000
[engines.deepl]
formality = "more"
"""
    drafting = loaded(tmp_path, text).drafting
    assert (drafting.network, drafting.engines) == (True, ("deepl", "google"))
    assert drafting.via == {"be": "ru", "kk": "ru"}
    assert (drafting.never_send, drafting.max_chars) == (("content/en/board/**",), 5000)
    assert drafting.places == {"kk": config.Place.MEMORY}
    assert drafting.settings == {"deepl": {"formality": "more"}}
    assert drafting.is_automatic


def test_russian_is_the_source_of_belarusian_and_ukrainian_where_the_project_has_it(tmp_path: Path) -> None:
    assert loaded(tmp_path, 'languages = ["be", "ru", "kk"]').drafting.via == {"be": "ru"}
    assert loaded(tmp_path, 'languages = ["be", "kk"]').drafting.via == {}
    assert loaded(tmp_path, 'languages = ["be", "ru"]\n[draft]\nvia = { be = "en" }').drafting.via == {}
    assert loaded(tmp_path, 'languages = ["be"]\nsource_language = "ru"').drafting.via == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[draft]\nengines = ["gogle"]', "there is no engine 'gogle'"),
        ("[draft]\nengine = 1", "unknown key 'engine' in [draft]"),
        ('[draft]\nengines = "google"', "engines must be a list"),
        ('[draft]\nvia = { kk = "ru" }', "via names kk, which is not in languages"),
        ('[draft]\nvia = { tg = "kk" }', "via names kk, which is not in languages"),
        ('[draft]\nvia = "ru"', "via must be a table"),
        ("[draft]\nmax_chars = -1", "max_chars = -1 is no number of characters"),
        ("[draft]\nmax_chars = true", "max_chars must be a number"),
        ('[draft]\nnetwork = "yes"', "network must be true or false"),
        ("[engines.gogle]", "unknown key 'gogle' in [engines]"),
        ("[engines]\ngoogle = 1", "engines.google must be a table"),
    ],
)
def test_a_wrong_line_about_drafts_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(said)):
        loaded(tmp_path, f'languages = ["ru", "tg"]\n{text}\n')


def test_a_place_of_drafts_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="drafts = 'xliff' does not exist"):
        loaded(tmp_path, '[languages.ru]\ndrafts = "xliff"\n')
