"""Which files are sources, what their catalogs are called, and what extract and update do with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tarjuma import project
from tarjuma.config import Domain, Root
from tarjuma.errors import ConfigError, UsageError
from tarjuma.model import State
from tarjuma.project.layout import Layout
from tests.site import HELLO, Site, made


def sources(site: Site) -> dict[str, str]:
    """Path of each source -> its domain."""
    return {source.path: source.domain for source in site.load().sources}


def messages(site: Site) -> list[str]:
    """The problems with names and contents of sources."""
    return [f"{problem.path}: {problem.message}" for problem in site.load().source_problems]


# --- sources ---------------------------------------------------------------------------------------------------------


def test_a_domain_is_the_path_below_the_root_without_its_suffix(tmp_path: Path) -> None:
    site = made(tmp_path, **{"posts/2024/a.b": "x", "_index": "y", "about": "z"})
    assert sources(site) == {
        "content/en/_index.md": "_index",
        "content/en/about.md": "about",
        "content/en/posts/2024/a.b.md": "posts/2024/a.b",
    }


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (Domain.FILE, ["hello", "posts/a", "posts/b"]),
        (Domain.FOLDER, ["index", "posts", "posts"]),
        (Domain.SINGLE, ["messages", "messages", "messages"]),
    ],
)
def test_a_catalog_holds_a_file_a_folder_or_everything(tmp_path: Path, setting: Domain, expected: list[str]) -> None:
    site = made(tmp_path, f"domain = '{setting.value}'", **{"posts/a": "a", "posts/b": "b", "hello": "c"})
    assert list(sources(site).values()) == expected


def test_where_two_files_meet_the_one_that_is_not_markdown_keeps_its_suffix(tmp_path: Path) -> None:
    site = made(tmp_path, hello="x")
    site.write("content/en/hello.html", "<p>x</p>")
    assert sources(site) == {"content/en/hello.html": "hello.html", "content/en/hello.md": "hello"}


def test_two_markdown_files_of_one_name_are_an_error_and_change_no_catalog(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.run()
    before = site.snapshot()
    site.write("content/en/hello.markdown", "Other text.\n")
    result = site.run()
    assert [problem.path for problem in result.problems] == ["content/en/hello.md"]
    assert "rename one" in result.problems[0].message
    assert {path: content for path, content in site.snapshot().items() if path in before} == before


def test_reserved_names_and_spaces_are_errors_with_a_remedy(tmp_path: Path) -> None:
    site = made(tmp_path, **{"_site": "x", "a b": "y", "новости дня/c": "z", "hello": "ok"})
    assert list(sources(site)) == ["content/en/hello.md"]
    assert len(messages(site)) == 3
    assert all("Rename" in message for message in messages(site))


def test_tables_and_templates_share_the_catalog_of_the_site(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.write("babel.cfg", "[tarjuma_markdown: **.md]\n[tarjuma_yaml: **.yml]\n[jinja2: **.jinja]\n")
    site.write("content/en/data/menu.yml", "menu:\n  home:\n    name: Main page\n")
    site.write(
        "theme/page.jinja", "{{ _('Read more') }}{% trans n=1 %}{{ n }} year{% pluralize %}{{ n }} years{% endtrans %}"
    )
    assert sources(site) == {
        "content/en/data/menu.yml": "_site",
        "content/en/hello.md": "hello",
        "theme/page.jinja": "_site",
    }
    site.update()
    assert [entry.key.text for entry in site.catalog("locales/_site.pot").entries] == [
        "Main page",
        "Read more",
        "%(n)s year",
    ]


def test_outputs_are_never_sources(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru", "tg"]\nsource = "content"\noutput = "{root}/{dir}/{stem}.{lang}.{ext}"\n')
    site.write("content/a.md", "A text.\n")
    site.write("content/sub/b.md", "B text.\n")
    site.write("content/sub/orphan.tg.md", "Матн.\n")
    site.write("content/sub/b.de.md", "Text.\n")
    site.run()
    site.translate_all("ru")
    site.run()
    assert (tmp_path / "content/a.ru.md").exists()
    assert set(sources(site)) == {"content/a.md", "content/en/hello.md", "content/sub/b.md"}
    assert site.run().written == ()


def test_what_the_manifest_lists_stays_an_output_when_the_language_goes(tmp_path: Path) -> None:
    config = 'languages = ["ru", "tg"]\nsource = "content"\noutput = "{root}/{dir}/{stem}.{lang}.{ext}"\n'
    site = made(tmp_path, config, x="X text.")
    site.run()
    site.translate_all("tg")
    site.run()
    site.write("tarjuma.toml", config.replace(', "tg"', ""))
    assert set(sources(site)) == {"content/en/x.md"}


def test_hidden_folders_and_catalogs_are_not_looked_into_but_underscored_ones_are(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\nsource = "."\noutput = "{lang}/{path}"\n', x="x")
    site.write("babel.cfg", "[tarjuma_markdown: **.md]\n")
    for path in (".git/a.md", "locales/ru/b.md", "node_modules/c.md", "_site/c.md", "_posts/d.md", "ru/e.md"):
        site.write(path, "Text here.\n")
    assert list(sources(site)) == ["_posts/d.md", "content/en/x.md"]


def test_a_file_of_babel_cfg_outside_every_root_is_named(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.write("babel.cfg", "[tarjuma_markdown: **.md]\n")
    site.write("other/x.md", "x")
    assert list(sources(site)) == ["content/en/hello.md"]
    assert "lies below no source root" in messages(site)[0]


def test_a_missing_source_folder_is_an_error_not_an_empty_site(tmp_path: Path) -> None:
    (tmp_path / "tarjuma.toml").write_text('source = "contnet/en"\n')
    with pytest.raises(ConfigError, match="does not exist"):
        project.load(tmp_path)


@pytest.mark.parametrize("config", ["dialects = ['hugoo']", "[[options]]\npaths = ['a']\ndialects = ['hugoo']"])
def test_an_unknown_dialect_is_named(tmp_path: Path, config: str) -> None:
    with pytest.raises(ConfigError, match="unknown dialect 'hugoo'") as caught:
        made(tmp_path, config).load()
    assert "hugo" in caught.value.hint


TWO_ROOTS = """
languages = ["ru", "tg"]
[[sources]]
root = "content/en"
[[sources]]
root = "content/ru"
language = "ru"
languages = ["en", "tg"]
prefix = "ru"
"""


def test_two_roots_translate_into_each_other_and_nothing_is_translated_twice(tmp_path: Path) -> None:
    site = made(tmp_path, TWO_ROOTS, hello="English text.\n")
    site.write("content/ru/novosti.md", "Русский текст.\n")
    for _ in range(2):
        site.run()
        for code in ("ru", "tg", "en"):
            site.translate_all(code)
    assert site.run().problems == ()
    assert sources(site) == {"content/en/hello.md": "hello", "content/ru/novosti.md": "ru/novosti"}
    assert site.files("content") == [
        "content/en/hello.md",
        "content/en/novosti.md",
        "content/ru/hello.md",
        "content/ru/novosti.md",
        "content/tg/hello.md",
        "content/tg/novosti.md",
    ]
    assert site.read("content/en/novosti.md") == "ҶРусский текст.\n"
    assert site.read("content/ru/hello.md") == "ҶEnglish text.\n"


def test_where_two_roots_hold_each_others_page_the_first_one_is_the_source(tmp_path: Path) -> None:
    site = made(tmp_path, TWO_ROOTS, hello="English text.\n")
    site.write("content/ru/hello.md", "Русский текст, написанный человеком.\n")
    assert list(sources(site)) == ["content/en/hello.md"]


def test_roots_in_two_languages_need_a_prefix_where_names_meet(tmp_path: Path) -> None:
    site = made(
        tmp_path, TWO_ROOTS.replace("content/ru", "novosti").replace('prefix = "ru"', ""), hello="English text.\n"
    )
    site.write("novosti/hello.md", "Русский текст.\n")
    assert sources(site) == {}
    assert 'prefix = "ru"' in messages(site)[0]


@pytest.mark.parametrize(
    ("root", "template", "path", "target"),
    [
        ("content/en", "content/{lang}/{path}", "content/en/a/b.md", "content/tg/a/b.md"),
        ("content", "{root}/{dir}/{stem}.{lang}.{ext}", "content/a/b.md", "content/a/b.tg.md"),
        ("content", "{root}/{dir}/{stem}.{lang}.{ext}", "content/b.c.md", "content/b.c.tg.md"),
        ("", "{root}/{dir}/{stem}.{lang}.{ext}", "b.md", "b.tg.md"),
        ("", "{dir}/{lang}/{stem}.{ext}", "_posts/b.md", "_posts/tg/b.md"),
        ("blog", "i18n/{lang}/docusaurus-plugin-content-blog/{path}", "blog/a/b.md",
         "i18n/tg/docusaurus-plugin-content-blog/a/b.md"),
        ("content", "{dir}/{stem}+{lang}.{ext}", "content/blog/b.md", "blog/b+tg.md"),
        ("src/docs", "{root}/{lang}/{path}", "src/docs/b.md", "src/docs/tg/b.md"),
    ],
)  # fmt: skip
def test_a_template_says_where_the_localized_file_goes_and_knows_it_again(
    root: str, template: str, path: str, target: str
) -> None:
    layout = Layout(Root(root, "en", ("ru", "tg", "uz-Cyrl"), template))
    assert layout.target(path, "tg") == target
    assert layout.language_of(target) == "tg"
    assert layout.language_of(path) is None


# --- extract ---------------------------------------------------------------------------------------------------------


def test_extract_writes_only_when_contents_change(tmp_path: Path) -> None:
    site = made(tmp_path)
    assert project.extract(site.load()).written == ("locales/hello.pot",)
    before = site.snapshot()
    assert project.extract(site.load()).changes == ()
    site.write("content/en/hello.md", HELLO.replace("\na second line", " a\nsecond line"))
    assert project.extract(site.load()).changes == ()
    assert site.snapshot() | {"content/en/hello.md": b""} == before | {"content/en/hello.md": b""}


def test_a_template_that_git_gave_crlf_is_not_written_anew(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.update()
    for path in site.files("locales"):
        site.write(path, site.read(path).replace("\n", "\r\n"))
    before = site.snapshot()
    assert all(result.changes == () for result in site.update())
    site.write("content/en/hello.md", HELLO + "\nMore text.\n")
    site.update()
    changed = site.snapshot()
    assert changed.keys() == before.keys()
    for path in site.files("locales"):
        assert b"More text." in changed[path] or path.endswith("manifest.txt")
        assert changed[path].count(b"\n") == changed[path].count(b"\r\n")


def test_a_broken_template_is_made_anew(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.update()
    before = site.read("locales/hello.pot")
    site.write("locales/hello.pot", 'msgid "x\n')
    site.update()
    assert site.read("locales/hello.pot").split("\n\n")[1:] == before.split("\n\n")[1:]


BROKEN = {"not UTF-8": b"text \xff\xfe\n"}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("setting", ["file", "folder", "single"])
def test_a_source_that_cannot_be_read_makes_nothing_obsolete(tmp_path: Path, content: bytes, setting: str) -> None:
    site = made(tmp_path, f"languages = ['ru']\ndomain = '{setting}'\n", a="First text.\n", b="Second text.\n")
    site.update()
    site.translate_all("ru")
    site.compile()
    before = site.snapshot()
    site.write("content/en/a.md", content)
    results = [*site.update(), site.compile()]
    assert all(result.changes == () for result in results)
    assert [problem.path for problem in results[0].problems] == ["content/en/a.md"]
    assert "byte 5" in results[0].problems[0].message
    assert not results[0].is_clean
    assert site.snapshot() == before | {"content/en/a.md": content}


def test_others_go_on_when_a_source_cannot_be_read(tmp_path: Path) -> None:
    site = made(tmp_path, a="First text.\n")
    site.write("content/en/b.md", b"\xff")
    first, second = site.update()
    assert first.written == ("locales/a.pot",)
    assert set(second.written) >= {"locales/ru/LC_MESSAGES/a.po", "locales/tg/LC_MESSAGES/a.po"}


def test_a_mistyped_pattern_does_not_empty_the_catalogs(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.update()
    site.translate_all("ru")
    before = site.snapshot()
    site.write("babel.cfg", "[tarjuma_markdown: contnet/en/**.md]\n")
    site.update()
    del (after := site.snapshot())["babel.cfg"]
    assert after == before


# --- update ----------------------------------------------------------------------------------------------------------


def test_a_new_language_gets_its_catalogs(tmp_path: Path) -> None:
    site = made(tmp_path, "languages = ['ru']\n")
    site.update()
    site.write("tarjuma.toml", "languages = ['ru', 'uz-Cyrl']\n")
    assert site.update()[1].written == ("locales/uz_Cyrl/LC_MESSAGES/hello.po",)
    catalog = site.catalog("locales/uz_Cyrl/LC_MESSAGES/hello.po")
    assert catalog.header["Language"] == "uz_Cyrl"
    assert {entry.state for entry in catalog.entries} == {State.UNTRANSLATED}


def test_a_folder_that_is_spelled_otherwise_is_used_as_it_is(tmp_path: Path) -> None:
    site = made(tmp_path, "languages = ['uz-Cyrl']\n")
    (tmp_path / "locales" / "uz@cyrillic").mkdir(parents=True)
    assert site.update()[1].written[0] == "locales/uz@cyrillic/LC_MESSAGES/hello.po"


def test_updating_twice_writes_nothing_the_second_time(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.update()
    assert all(result.changes == () for result in site.update())


def test_a_malformed_catalog_stays_and_the_others_go_on(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.update()
    broken = site.read("locales/ru/LC_MESSAGES/hello.po") + 'msgid "no end\n'
    site.write("locales/ru/LC_MESSAGES/hello.po", broken)
    site.write("content/en/hello.md", HELLO + "\nMore text.\n")
    _, result = site.update()
    assert "locales/tg/LC_MESSAGES/hello.po" in result.written
    assert [problem.path for problem in result.problems] == ["locales/ru/LC_MESSAGES/hello.po"]
    assert result.problems[0].line > 0
    assert site.read("locales/ru/LC_MESSAGES/hello.po") == broken


def test_a_renamed_post_takes_its_catalogs_along(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.update()
    site.translate_all("ru")
    (tmp_path / "content/en/hello.md").rename(tmp_path / "content/en/greeting.md")
    site.update()
    assert [path for path in site.files("locales") if "LC_MESSAGES" in path or path.endswith(".pot")] == [
        "locales/greeting.pot",
        "locales/ru/LC_MESSAGES/greeting.po",
        "locales/tg/LC_MESSAGES/greeting.po",
    ]
    assert {entry.state for entry in site.catalog("locales/ru/LC_MESSAGES/greeting.po").entries} == {State.REVIEWED}


def test_a_deleted_post_leaves_its_translations_and_takes_them_back(tmp_path: Path) -> None:
    site = made(tmp_path, hello=HELLO, other="Something else.\n")
    site.update()
    site.translate_all("ru")
    before = site.read("locales/ru/LC_MESSAGES/hello.po")
    (tmp_path / "content/en/hello.md").unlink()
    site.update()
    assert not (tmp_path / "locales/hello.pot").exists()
    kept = site.catalog("locales/ru/LC_MESSAGES/hello.po")
    assert all(entry.is_obsolete and entry.target for entry in kept.entries)
    site.write("content/en/hello.md", HELLO)
    site.update()
    assert site.read("locales/ru/LC_MESSAGES/hello.po").partition("\n\n")[2] == before.partition("\n\n")[2]


def test_catalogs_of_a_program_in_the_same_folders_are_left_alone(tmp_path: Path) -> None:
    site = made(tmp_path)
    program = '#: app/views.py:12\nmsgid "Save"\nmsgstr "Сохранить"\n'
    template = '#: templates/x.html\nmsgid "Save"\nmsgstr ""\n'
    site.write("locales/ru/LC_MESSAGES/django.po", program)
    site.write("locales/django.pot", program)
    site.write("locales/theme.pot", template)
    site.write("locales/ru/LC_MESSAGES/theme.po", template.replace('""', '"Сохранить"'))
    site.write("locales/ru/LC_MESSAGES/empty.po", 'msgid ""\nmsgstr "Language: ru\\n"\n')
    site.write("locales/ru/LC_MESSAGES/broken.po", '#: app/views.py:12\nmsgid "x\n')
    before = site.snapshot()
    assert site.update()[1].problems == ()
    assert {path: content for path, content in site.snapshot().items() if path in before} == before


def test_same_meaning_wants_a_source(tmp_path: Path) -> None:
    site = made(tmp_path)
    with pytest.raises(UsageError) as caught:
        site.update("content/en/helo.md")
    assert caught.value.hint == "Did you mean content/en/hello.md?"


# --- scope -----------------------------------------------------------------------------------------------------------


def languages(site: Site, name: str) -> tuple[str, ...]:
    return next(post.languages for post in site.load().posts if post.source.path == f"content/en/{name}.md")


@pytest.mark.parametrize(
    ("front_matter", "expected"),
    [
        ("---\ntitle: x\n---\n", ("ru", "tg", "kk")),
        ("---\ntranslate: [ru, tg]\n---\n", ("ru", "tg")),
        ("---\ntranslate: [tg]  # only\n---\n", ("tg",)),
        ("---\ntranslate:\n  - tg\n  - 'kk'\ntitle: x\n---\n", ("tg", "kk")),
        ("---\ntranslate: false\n---\n", ()),
        ("---\ntranslate: true\n---\n", ("ru", "tg", "kk")),
        ("---\r\ntranslate: ru\r\n---\r\n", ("ru",)),
        ("+++\ntranslate = ['ru', 'kk']\n+++\n", ("ru", "kk")),
        ("+++\ntranslate = false\n+++\n", ()),
        ('{\n  "translate": ["tg"],\n  "title": "x"\n}\n', ("tg",)),
        ("---\ntitle: 'translate: false'\n---\n", ("ru", "tg", "kk")),
        ("translate: false\n\n", ("ru", "tg", "kk")),
    ],
)
def test_a_post_says_into_which_languages_it_goes(tmp_path: Path, front_matter: str, expected: tuple[str, ...]) -> None:
    site = made(tmp_path, "languages = ['ru', 'tg', 'kk']\n", a=front_matter + "Text here.\n")
    assert languages(site, "a") == expected


def test_an_unknown_language_in_a_post_is_named(tmp_path: Path) -> None:
    site = made(tmp_path, a="---\ntranslate: [tj, de]\n---\nText here.\n")
    assert "'tg'" in messages(site)[0]
    assert "de" in messages(site)[0]


SCOPES = """
languages = ["ru", "tg", "kk"]
[[scope]]
paths = ["content/en/news/**"]
languages = ["ru", "tg"]
[[scope]]
paths = ["content/en/news"]
since = 2024-01-01
languages = ["kk"]
[[scope]]
paths = ["content/en/archive"]
languages = []
"""


def test_scopes_choose_by_path_and_date(tmp_path: Path) -> None:
    posts = {
        "about": "Text.",
        "news/old": "---\ndate: 2023-12-31\n---\nText.",
        "news/new": "---\ndate: 2024-01-01 10:00\n---\nText.",
        "news/2023-05-06-named": "Text.",
        "news/undated": "Text.",
        "archive/a": "Text.",
        "archive/b": "---\ntranslate: [kk]\n---\nText.",
    }
    site = made(tmp_path, SCOPES, **posts)
    assert {name: languages(site, name) for name in posts} == {
        "about": ("ru", "tg", "kk"),
        "news/old": ("ru", "tg"),
        "news/new": ("ru", "tg", "kk"),
        "news/2023-05-06-named": ("ru", "tg"),
        "news/undated": ("ru", "tg", "kk"),
        "archive/a": (),
        "archive/b": ("kk",),
    }


@pytest.mark.parametrize("setting", ["file", "folder"])
def test_a_post_out_of_scope_keeps_its_translations(tmp_path: Path, setting: str) -> None:
    site = made(tmp_path, f"languages = ['ru']\ndomain = '{setting}'\n", a="First text.\n", b="Second text.\n")
    site.update()
    site.translate_all("ru")
    site.write("content/en/a.md", "---\ntranslate: false\n---\nFirst text.\n")
    site.update()
    assert any("ҶFirst text." in site.read(path) for path in site.files("locales/ru"))
    site.write("content/en/a.md", "First text.\n")
    site.update()
    entries = [
        entry for path in site.files("locales/ru") if path.endswith(".po") for entry in site.catalog(path).entries
    ]
    assert {entry.state for entry in entries} == {State.REVIEWED}


# --- what one catalog holds ------------------------------------------------------------------------------------------


def test_changing_what_a_catalog_holds_moves_every_translation_and_back_again(tmp_path: Path) -> None:
    def chosen(setting: str) -> None:
        site.write("tarjuma.toml", f"languages = ['ru', 'tg']\ndomain = '{setting}'\n")
        results = site.update()
        assert all(result.is_clean for result in results)

    posts = {"posts/a": HELLO, "posts/b": "Another text.\n\nA paragraph.\n", "news/c": HELLO.replace("one", "two")}
    site = made(tmp_path, **posts)
    site.update()
    site.translate_all("ru")
    ru = "locales/ru/LC_MESSAGES/posts/a.po"
    site.write(ru, site.read(ru).replace("Last-Translator: ", "Last-Translator: Ҷамила <j@example.org>", 1))
    before = site.snapshot()
    chosen("folder")
    assert "locales/ru/LC_MESSAGES/posts.po" in site.files()
    assert "locales/posts.pot" in site.files()
    assert "locales/ru/LC_MESSAGES/posts/a.po" not in site.files()
    assert "Ҷамила" in site.read("locales/ru/LC_MESSAGES/posts.po")
    chosen("single")
    assert site.files("locales/tg") == ["locales/tg/LC_MESSAGES/messages.po"]
    chosen("folder")
    chosen("file")
    after = site.snapshot()
    assert after.keys() == before.keys()
    assert {path for path in after if after[path] != before[path]} == {"tarjuma.toml"}


def test_catalogs_move_together_or_not_at_all(tmp_path: Path) -> None:
    site = made(tmp_path, **{"posts/a": "First text.\n", "posts/b": "Second text.\n"})
    site.update()
    site.translate_all("ru")
    broken = "locales/ru/LC_MESSAGES/posts/a.po"
    site.write(broken, site.read(broken) + 'msgid "x\n')
    before = {path: site.read(path) for path in site.files("locales/ru")}
    site.write("tarjuma.toml", "languages = ['ru', 'tg']\ndomain = 'folder'\n")
    _, result = site.update()
    assert {path: site.read(path) for path in site.files("locales/ru")} == before
    assert "locales/tg/LC_MESSAGES/posts.po" in result.written
    assert not result.is_clean
