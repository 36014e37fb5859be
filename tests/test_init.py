"""`tarjuma init`: recognises sites and translations, writes a configuration that works at once."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.frontend import parse_mapping_cfg

from tarjuma import config, po, project
from tarjuma.errors import UsageError
from tarjuma.project import setup, starter
from tests.site import HELLO, Site

GENERATORS = [
    ("hugo", {"hugo.toml": "", "content/posts/a.md": HELLO}, "content/posts/a.md", "content/posts/a.tg.md"),
    ("hugo-dirs", {"config.toml": "baseURL = 'x'", "content/en/a.md": HELLO}, "content/en/a.md", "content/tg/a.md"),
    ("hugo", {"hugo.toml": "contentDir = 'texts'", "texts/a.md": HELLO}, "texts/a.md", "texts/a.tg.md"),
    ("jekyll", {"_config.yml": "", "_posts/2024-05-06-a.md": HELLO}, "_posts/2024-05-06-a.md",
     "tg/_posts/2024-05-06-a.md"),
    ("jekyll-polyglot", {"_config.yml": "plugins: [jekyll-polyglot]", "_posts/2024-05-06-a.md": HELLO},
     "_posts/2024-05-06-a.md", "_posts/tg/2024-05-06-a.md"),
    ("pelican", {"pelicanconf.py": "", "content/a.md": "Title: A title\n\nText here.\n"}, "content/a.md",
     "content/a.tg.md"),
    ("pelican", {"pelicanconf.py": "PATH = 'texts'\n", "texts/a.md": "Title: A title\n\nText.\n"}, "texts/a.md",
     "texts/a.tg.md"),
    ("mkdocs", {"mkdocs.yml": "", "docs/a.md": HELLO}, "docs/a.md", "docs/a.tg.md"),
    ("mkdocs", {"mkdocs.yml": "docs_dir: pages", "pages/a.md": HELLO}, "pages/a.md", "pages/a.tg.md"),
    ("mkdocs-folder", {"mkdocs.yml": "", "docs/en/a.md": HELLO}, "docs/en/a.md", "docs/tg/a.md"),
    ("docusaurus", {"docusaurus.config.js": "", "blog/a.md": HELLO}, "blog/a.md",
     "i18n/tg/docusaurus-plugin-content-blog/a.md"),
    ("docusaurus", {"docusaurus.config.js": "", "docs/a.md": HELLO}, "docs/a.md",
     "i18n/tg/docusaurus-plugin-content-docs/current/a.md"),
    ("eleventy", {"eleventy.config.js": "", "src/en/a.md": HELLO}, "src/en/a.md", "src/tg/a.md"),
    ("eleventy", {".eleventy.js": "", "src/a.md": HELLO}, "src/a.md", "src/tg/a.md"),
    ("lektor", {"site.lektorproject": "", "content/a/contents.lr": "title: A title\n---\nbody:\n\nText here.\n"},
     "content/a/contents.lr", "content/a/contents+tg.lr"),
    ("nikola", {"conf.py": "BLOG_TITLE = ''", "posts/a.md": HELLO}, "posts/a.md", "posts/a.tg.md"),
    ("zola", {"config.toml": "base_url = 'x'", "content/a.md": HELLO}, "content/a.md", "content/a.tg.md"),
    ("starlight", {"astro.config.mjs": "", "src/content/docs/a.md": HELLO}, "src/content/docs/a.md",
     "src/content/docs/tg/a.md"),
    ("starlight", {"astro.config.ts": "", "src/content/docs/en/a.md": HELLO}, "src/content/docs/en/a.md",
     "src/content/docs/tg/a.md"),
    ("", {"astro.config.mjs": "", "src/content/blog/a.md": HELLO}, "src/content/blog/a.md", "src/content/blog/tg/a.md"),
    ("", {"content/en/a.md": HELLO}, "content/en/a.md", "content/tg/a.md"),
    ("", {"a.md": HELLO}, "a.md", "a.tg.md"),
]  # fmt: skip


def filled(folder: Path, files: dict[str, str]) -> Site:
    site = Site(folder)
    for path, text in files.items():
        site.write(path, text)
    return site


@pytest.mark.parametrize(("preset", "files", "post", "target"), GENERATORS)
def test_a_generator_is_known_by_its_configuration(
    tmp_path: Path, preset: str, files: dict[str, str], post: str, target: str
) -> None:
    site = filled(tmp_path, files)
    proposal = setup.propose(str(tmp_path), ["tg", "ru"])
    assert (proposal.preset.name if proposal.preset else "") == preset
    assert setup.write(str(tmp_path), proposal) == ("babel.cfg", "tarjuma.toml")
    assert (f'preset = "{preset}"' in site.read("tarjuma.toml")) is bool(preset)
    loaded = site.load()
    assert [source.path for source in loaded.sources] == [post]
    assert loaded.sources[0].layout.target(post, "tg") == target
    site.run()
    site.translate_all("tg")
    assert set(site.run().written) - {loaded.config.publishing.page_map} == {target}
    assert site.run().changes == ()
    assert [source.path for source in site.load().sources] == [post]


def test_the_user_says_which_generator_it_is(tmp_path: Path) -> None:
    site = filled(tmp_path, {"content/posts/a.md": HELLO, "hugo.toml": ""})
    setup.write(str(tmp_path), setup.propose(str(tmp_path), ["uz-Cyrl"], preset="zola"))
    (source,) = site.load().sources
    assert source.layout.target(source.path, "uz-Cyrl") == "content/posts/a.uz-Cyrl.md"
    assert 'preset = "zola"' in site.read("tarjuma.toml")
    assert setup.propose(str(tmp_path / "content"), ["tg"], preset="none").preset is None
    with pytest.raises(UsageError, match="unknown preset 'jekyl'") as caught:
        setup.propose(str(tmp_path / "content"), ["tg"], preset="jekyl")
    assert caught.value.hint == "Did you mean 'jekyll'?"


def test_babel_takes_no_output_of_a_generator_for_a_post(tmp_path: Path) -> None:
    """pybabel knows the sources by babel.cfg alone, where the generator's spelling has to stand."""
    site = filled(tmp_path, {"hugo.toml": "", "content/a.md": HELLO, "content/a.uz-cyrl.md": "", "content/a.tg.md": ""})
    proposal = replace(setup.propose(str(tmp_path), ["uz-Cyrl", "tg"]), translations=())
    (tmp_path / "tarjuma.toml").write_text(starter.config_text(proposal), "utf-8")
    (tmp_path / "babel.cfg").write_text(starter.map_text(proposal), "utf-8")
    conf = site.load().config
    methods = [conf.rule(f"content/a{code}.md").method for code in ("", ".uz-cyrl", ".tg")]
    assert methods == ["tarjuma_markdown", "ignore", "ignore"]


TABLES = {
    "hugo.toml": ("content/a.md", "i18n/en.yaml", "i18n/tg.yaml"),
    "_config.yml": ("a.md", "_data/en/strings.yml", "_data/tg/strings.yml"),
    "astro.config.mjs": ("src/content/docs/a.md", "src/content/i18n/en.json", "src/content/i18n/tg.json"),
}


@pytest.mark.parametrize(("mark", "paths"), TABLES.items())
def test_the_words_of_a_theme_are_translated_too(tmp_path: Path, mark: str, paths: tuple[str, str, str]) -> None:
    post, table, target = paths
    words = '{"read_more": "Read more"}' if table.endswith("json") else "read_more: Read more\n"
    site = filled(tmp_path, {mark: "", post: HELLO, table: words})
    setup.write(str(tmp_path), setup.propose(str(tmp_path), ["tg", "uz-Cyrl"]))
    assert {source.path for source in site.load().sources} == {post, table}
    site.run()
    site.translate_all("tg")
    assert target in site.run().written
    assert "Read more" in site.read(target)
    assert site.read(target) != words
    assert site.run().changes == ()
    assert {source.path for source in site.load().sources} == {post, table}


def test_a_collection_of_jekyll_is_a_source_of_its_own(tmp_path: Path) -> None:
    guide = "---\ntitle: Guide\npermalink: /docs/guide/\n---\nWords of the guide.\n"
    about = "---\ntitle: About\n---\nSee [it](/docs/guide/) and [that]({% link _docs/guide.md %}).\n"
    site = filled(
        tmp_path, {"_config.yml": "", "about.md": about, "_docs/guide.md": guide, "_posts/2024-05-06-a.md": HELLO}
    )
    setup.write(str(tmp_path), setup.propose(str(tmp_path), ["tg"]))
    site.update()
    site.translate_all("tg")
    assert site.compile().is_clean
    assert (tmp_path / "_docs/tg/guide.md").exists(), "Jekyll reads no tg/_docs"
    # where its pages are on the site only its configuration says: a link stays in the source's language
    assert "](/docs/guide/) " in site.read("tg/about.md")
    assert "{% link _docs/tg/guide.md %}" in site.read("tg/about.md")
    assert site.compile().written == ()


def test_docusaurus_has_two_sources(tmp_path: Path) -> None:
    site = filled(tmp_path, {"docusaurus.config.ts": "", "blog/a.md": HELLO, "docs/a.md": HELLO})
    setup.write(str(tmp_path), setup.propose(str(tmp_path), ["tg"]))
    assert [source.domain for source in site.load().sources] == ["blog/a", "docs/a"]


TRANSLATIONS = {
    "suffix": "posts/hello.ru.md",
    "suffix in capitals": "posts/hello.RU.md",
    "suffix with script": "posts/hello.uz-Cyrl.md",
    "suffix beside its original": "posts/hello.fr.md",
    "folder": "ru/hello.md",
    "folder with script": "posts/uz_Cyrl/hello.md",
}


@pytest.mark.parametrize("path", TRANSLATIONS.values(), ids=TRANSLATIONS)
def test_translations_that_people_made_are_listed_and_never_extracted(tmp_path: Path, path: str) -> None:
    site = filled(tmp_path, {"posts/hello.md": HELLO, path: "Привет, перевод.\n"})
    proposal = setup.propose(str(tmp_path), ["tg"])
    assert proposal.translations == (path,) or path.startswith("ru/")
    setup.write(str(tmp_path), proposal)
    site.run()
    assert [source.path for source in site.load().sources] == ["posts/hello.md"]
    assert site.read(path) == "Привет, перевод.\n"


@pytest.mark.parametrize("field", ["lang: ru", "language: ru_RU", "Lang: 'ru'", 'locale: "ru"'])
def test_a_translation_says_so_in_its_front_matter(tmp_path: Path, field: str) -> None:
    filled(tmp_path, {"hello.md": HELLO, "privet.md": f"---\ntitle: Привет\n{field}\n---\n\nТекст.\n"})
    assert setup.propose(str(tmp_path), ["tg"]).translations == ("privet.md",)


NO_TRANSLATIONS = {"jquery.min.md": "x", "version-1.2.md": "x", "no/hello.md": "x", "a.b.md": "x",
                   "en.md": "---\nlang: en\n---\nx", "talk.md": "Text.\n\nlang: ru\n"}  # fmt: skip


def test_what_only_looks_like_a_translation_is_a_post(tmp_path: Path) -> None:
    filled(tmp_path, NO_TRANSLATIONS)
    proposal = setup.propose(str(tmp_path), ["tg"])
    assert proposal.translations == ()
    assert proposal.posts == len(NO_TRANSLATIONS)


def test_many_posts_share_a_catalog_per_folder(tmp_path: Path) -> None:
    filled(tmp_path, {f"posts/{number}.md": "Text.\n" for number in range(setup.MANY + 1)})
    assert setup.propose(str(tmp_path), ["tg"]).domain == "folder"
    (tmp_path / "posts/0.md").unlink()
    assert setup.propose(str(tmp_path), ["tg"]).domain == "file"


def test_papers_and_builds_are_no_posts(tmp_path: Path) -> None:
    files = {"README.md": "x", "_site/a.md": "x", "node_modules/b/c.md": "x", ".github/d.md": "x", "post.md": "Text.\n"}
    site = filled(tmp_path, files)
    setup.write(str(tmp_path), setup.propose(str(tmp_path), ["tg"]))
    assert [source.path for source in site.load().sources] == ["post.md"]


@pytest.mark.parametrize("name", ["tarjuma.toml", "pyproject.toml"])
def test_a_configuration_is_never_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("[tool.tarjuma]\n", "utf-8")
    with pytest.raises(UsageError, match="is there already"):
        setup.propose(str(tmp_path), ["tg"])
    assert (tmp_path / name).read_text("utf-8") == "[tool.tarjuma]\n"


def test_a_babel_cfg_that_is_there_stays(tmp_path: Path) -> None:
    filled(tmp_path, {"babel.cfg": "[python: **.py]\n", "a.md": "Text.\n"})
    assert setup.write(str(tmp_path), setup.propose(str(tmp_path), ["tg"])) == ("tarjuma.toml",)
    assert (tmp_path / "babel.cfg").read_text("utf-8") == "[python: **.py]\n"


def test_an_unknown_language_is_answered_with_the_right_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="unknown language 'tj'"):
        setup.propose(str(tmp_path), ["tj"])


def test_both_files_are_read_without_a_complaint_as_they_are_written(tmp_path: Path) -> None:
    filled(tmp_path, {"hello.md": HELLO, "hello.ru.md": "x", 'Вопрос "к" вам/a.md': "x", "page.html": "<p>x</p>"})
    proposal = setup.propose(str(tmp_path), ["uz-Cyrl", "tg"])
    for each in (proposal, replace(proposal, languages=(), translations=()), replace(proposal, domain="single")):
        (tmp_path / "tarjuma.toml").write_text(starter.config_text(each), "utf-8")
        (tmp_path / "babel.cfg").write_text(starter.map_text(each), "utf-8")
        conf = config.load(tmp_path)
        assert tuple(row.code for row in conf.languages) == each.languages
        with (tmp_path / "babel.cfg").open(encoding="utf-8") as stream:
            methods, _ = parse_mapping_cfg(stream)
        assert [(rule.pattern, rule.method) for rule in conf.rules] == methods


def test_every_example_in_the_configuration_works_when_its_sign_is_removed(tmp_path: Path) -> None:
    filled(tmp_path, {"content/en/a.md": HELLO})
    text = starter.config_text(setup.propose(str(tmp_path), ["ru", "tg"]))
    lines = text.splitlines()
    is_example = [" = " in line or line.startswith("# [[") for line in lines]
    bare = [line.removeprefix("# ") if each else line for line, each in zip(lines, is_example, strict=True)]
    (tmp_path / "tarjuma.toml").write_text("\n".join(bare), "utf-8")
    conf = config.load(tmp_path)
    assert len(conf.scopes) == 1
    assert len(conf.special) == 1


def test_the_story_of_a_new_user(tmp_path: Path) -> None:
    """Three posts and one hand-made translation: init, run, msgcat's save in between, to the end."""
    site = filled(
        tmp_path,
        {
            "hello.md": HELLO,
            "hello.ru.md": "# Привет\n\nМой перевод.\n",
            "second.md": "# Second\n\nSome text, in `code` too.\n",
            "third.md": "---\ntitle: Third\n---\n\n> A quote.\n\n| a | b |\n|---|---|\n| cell one | cell two |\n",
        },
    )
    proposal = setup.propose(str(tmp_path))
    assert (proposal.languages, proposal.translations, proposal.posts) == (("ru",), ("hello.ru.md",), 3)
    setup.write(str(tmp_path), proposal)
    site.run()
    for path in site.files("locales/ru"):
        subprocess.run(["msgcat", "-o", tmp_path / path, tmp_path / path], check=True)
    assert site.run().changes == ()
    site.translate_all("ru")
    for path in site.files("locales/ru"):
        subprocess.run(["msgcat", "--no-wrap", "-o", tmp_path / path, tmp_path / path], check=True)
    result = site.run()
    assert set(result.written) == {"second.ru.md", "third.ru.md"}
    assert [problem.path for problem in result.problems] == ["hello.ru.md"]
    assert site.read("hello.ru.md") == "# Привет\n\nМой перевод.\n"
    assert site.read("second.ru.md") == "# ҶSecond\n\nҶSome text, in `code` too.\n"
    state, _ = project.status(site.load())
    assert {post.path: post.page.value for post in state.posts} == {
        "hello.md": "foreign", "second.md": "current", "third.md": "current",
    }  # fmt: skip
    site.write("hello.md", HELLO.replace("title: Hello", "title: Hello\ntranslate: false"))
    assert site.run().problems == ()
    assert po.parse((tmp_path / "locales/ru/LC_MESSAGES/hello.po").read_bytes()).entries
