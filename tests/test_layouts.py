"""Where localized files go: layouts, presets, and what is refused before anything is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import langs, presets, project
from tarjuma.config import Root
from tarjuma.config.site import SiteReader
from tarjuma.mapping import Rule
from tarjuma.model import Severity
from tarjuma.project import setup
from tarjuma.project.layout import Layout, Source, accepted, layout_of
from tarjuma.project.targets import Claim, claims, clashes, real_paths, slug_fault
from tests.laws import EXAMPLES
from tests.site import HELLO, Site

OTHERS = ("uz-Cyrl", "uz-Latn", "sr-Latn", "pt-BR")
CODES = tuple(sorted({langs.language(code).code for code in (*langs.LANGUAGES, *OTHERS)} - {"en"}))


def layout(preset: str, folder: str, languages: tuple[str, ...] = CODES, source: str = "en") -> Layout:
    """The layout of a root as the configuration makes it."""
    chosen = presets.named(preset)
    template = SiteReader("tarjuma.toml", "").output({}, folder, chosen, "")
    return layout_of(Root(folder, source, languages, template, preset=chosen))


PLACES = [
    ("hugo", "content", "content/posts/hello.md", "content/posts/hello.tg.md", "content/posts/hello.uz-cyrl.md"),
    ("hugo", "content", "content/posts/hello.en.md", "content/posts/hello.tg.md", "content/posts/hello.uz-cyrl.md"),
    ("hugo", "content", "content/hello/index.md", "content/hello/index.tg.md", "content/hello/index.uz-cyrl.md"),
    ("hugo", "content", "content/_index.md", "content/_index.tg.md", "content/_index.uz-cyrl.md"),
    ("hugo", "content", "content/v1.2/a.b.md", "content/v1.2/a.b.tg.md", "content/v1.2/a.b.uz-cyrl.md"),
    ("hugo", "i18n", "i18n/en.yaml", "i18n/tg.yaml", "i18n/uz-cyrl.yaml"),
    ("hugo-dirs", "content/en", "content/en/posts/hello.md", "content/tg/posts/hello.md",
     "content/uz-cyrl/posts/hello.md"),
    ("hugo-dirs", "content/english", "content/english/a.md", "content/tg/a.md", "content/uz-cyrl/a.md"),
    ("zola", "content", "content/posts/hello.md", "content/posts/hello.tg.md", "content/posts/hello.uz-Cyrl.md"),
    ("jekyll", "", "_posts/2024-05-06-hello.md", "tg/_posts/2024-05-06-hello.md", "uz-cyrl/_posts/2024-05-06-hello.md"),
    ("jekyll", "", "news/_posts/2024-05-06-a.md", "tg/news/_posts/2024-05-06-a.md",
     "uz-cyrl/news/_posts/2024-05-06-a.md"),
    ("jekyll", "_data/en", "_data/en/strings.yml", "_data/tg/strings.yml", "_data/uz-cyrl/strings.yml"),
    ("jekyll-polyglot", "", "_posts/2024-05-06-hello.md", "_posts/tg/2024-05-06-hello.md",
     "_posts/uz-Cyrl/2024-05-06-hello.md"),
    ("jekyll-polyglot", "", "about.md", "tg/about.md", "uz-Cyrl/about.md"),
    ("pelican", "content", "content/hello.md", "content/hello.tg.md", "content/hello.uz-Cyrl.md"),
    ("nikola", "posts", "posts/hello.md", "posts/hello.tg.md", "posts/hello.uz_cyrl.md"),
    ("mkdocs", "docs", "docs/index.md", "docs/index.tg.md", "docs/index.uz-Cyrl.md"),
    ("mkdocs", "docs", "docs/index.en.md", "docs/index.tg.md", "docs/index.uz-Cyrl.md"),
    ("mkdocs-folder", "docs/en", "docs/en/a/b.md", "docs/tg/a/b.md", "docs/uz-Cyrl/a/b.md"),
    ("docusaurus", "docs", "docs/a/hello.md", "i18n/tg/docusaurus-plugin-content-docs/current/a/hello.md",
     "i18n/uz-Cyrl/docusaurus-plugin-content-docs/current/a/hello.md"),
    ("docusaurus", "blog", "blog/hello.md", "i18n/tg/docusaurus-plugin-content-blog/hello.md",
     "i18n/uz-Cyrl/docusaurus-plugin-content-blog/hello.md"),
    ("docusaurus", "blog", "blog/authors.yml", "i18n/tg/docusaurus-plugin-content-blog/authors.yml",
     "i18n/uz-Cyrl/docusaurus-plugin-content-blog/authors.yml"),
    ("docusaurus", "src/pages", "src/pages/about.md", "i18n/tg/docusaurus-plugin-content-pages/about.md",
     "i18n/uz-Cyrl/docusaurus-plugin-content-pages/about.md"),
    ("starlight", "src/content/docs", "src/content/docs/a/b.mdx", "src/content/docs/tg/a/b.mdx",
     "src/content/docs/uz-cyrl/a/b.mdx"),
    ("starlight", "src/content/docs/en", "src/content/docs/en/a.md", "src/content/docs/tg/a.md",
     "src/content/docs/uz-cyrl/a.md"),
    ("starlight", "src/content/i18n", "src/content/i18n/en.json", "src/content/i18n/tg.json",
     "src/content/i18n/uz-cyrl.json"),
    ("eleventy", "src/en", "src/en/posts/hello.md", "src/tg/posts/hello.md", "src/uz-Cyrl/posts/hello.md"),
    ("eleventy", "en", "en/hello.njk", "tg/hello.njk", "uz-Cyrl/hello.njk"),
    ("lektor", "content", "content/hello/contents.lr", "content/hello/contents+tg.lr",
     "content/hello/contents+uz_cyrl.lr"),
]  # fmt: skip


@pytest.mark.parametrize(("preset", "folder", "source", "tajik", "uzbek"), PLACES)
def test_a_preset_says_where_the_localized_file_goes_and_knows_it_again(
    preset: str, folder: str, source: str, tajik: str, uzbek: str
) -> None:
    made = layout(preset, folder)
    assert (made.target(source, "tg"), made.target(source, "uz-Cyrl")) == (tajik, uzbek)
    for code in CODES:
        assert made.language_of(made.target(source, code)) == code
    assert made.language_of(source) is None


def test_every_preset_has_a_row_above() -> None:
    assert {row[0] for row in PLACES} == set(presets.names())


@pytest.mark.parametrize("preset", presets.names())
def test_no_two_languages_share_a_file(preset: str) -> None:
    made = layout(preset, "content/en")
    targets = {made.target("content/en/a.md", code) for code in CODES}
    assert len(targets) == len(CODES)


NAMES = st.text(st.sampled_from("abe.-_+ruentgцу"), min_size=1, max_size=12).filter(lambda name: name.strip("."))
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
ROOTS = st.sampled_from(["", "content", "content/en", "docs", "blog", "src/content/docs", "i18n", "_data/en"])


@settings(max_examples=EXAMPLES // 4, deadline=None)
@given(
    st.sampled_from(presets.names()),
    ROOTS,
    st.lists(PATHS, min_size=1, max_size=8, unique=True),
    st.lists(st.sampled_from(CODES), min_size=1, max_size=4, unique=True),
)
def test_what_is_accepted_is_never_written_over_and_never_leaves_the_project(
    preset: str, folder: str, paths: list[str], codes: list[str]
) -> None:
    """A target is never a source: it is no source to begin with, or it is an error; and so is a path that leads out."""
    if not folder and "{parent}" in presets.LAYOUTS.get(presets.named(preset).layout_of(folder), ""):
        return
    made = layout(preset, folder, tuple(codes))
    below = [f"{folder}/{path}.md".lstrip("/") for path in paths]
    everything = {*below, *(made.target(path, code) for path in below for code in made.root.languages)}
    rule = Rule("tarjuma_markdown", "**.md")
    sources = list(accepted([(path, rule) for path in sorted(everything)], (made,), {}))
    named = {source.path for source in sources}
    faults = {problem.path for problem in clashes(claims(sources), named)}
    written = [claim for claim in claims(sources) if claim.target not in faults]
    assert not {claim.target for claim in written} & named
    owners: dict[str, str] = {}
    for claim in written:
        assert owners.setdefault(claim.target, claim.source) == claim.source
        assert not claim.target.startswith(("/", "../"))
        assert "/../" not in claim.target
        assert made.language_of(claim.target)


def source(path: str, root: Root) -> Source:
    return Source(path, layout_of(root), Rule("tarjuma_markdown", "**.md"))


SUFFIX = "{root}/{dir}/{stem}.{lang}.{ext}"


def test_two_sources_of_one_file_are_told_with_a_remedy() -> None:
    root = Root("content", "en", ("ru",), SUFFIX, preset=presets.named("hugo"))
    sources = [source("content/a.md", root), source("content/a.en.md", root)]
    (problem,) = clashes(claims(sources), {"content/a.md", "content/a.en.md"})
    assert (problem.check, problem.severity, problem.path) == ("output", Severity.ERROR, "content/a.ru.md")
    assert "content/a.en.md and content/a.md would both be compiled to it" in problem.message
    assert "rename one" in problem.message


def test_a_table_that_two_files_would_share_is_told() -> None:
    root = Root("i18n", "en", ("ru",), presets.LAYOUTS["table"], preset=presets.named("hugo"))
    sources = [source("i18n/en.yaml", root), source("i18n/more.yaml", root)]
    assert [problem.path for problem in clashes(claims(sources), set())] == ["i18n/ru.yaml"]


def test_a_localized_file_that_is_a_post_is_told() -> None:
    root = Root("content", "en", ("ru",), "content/{dir}/{lang}-{stem}.{ext}")
    (problem,) = clashes(claims([source("content/a.md", root)]), {"content/ru-a.md"})
    assert problem.path == "content/ru-a.md"
    assert "would be a source itself" in problem.message


OUTSIDE = {
    "content/ru/a.md": ("../elsewhere/a.md", "leave the project through a symbolic link"),
    "content/tg/a.md": ("/etc/a.md", "leave the project through a symbolic link"),
    "content/kk/a.md": ("static/a.md", "leave the folder content through a symbolic link"),
    "content/be/a.md": ("contents/a.md", "leave the folder content through a symbolic link"),
    "content/hy/a.md": ("content/hy/a.md", ""),
    "content/ro/a.md": ("content/romanian/a.md", ""),
}


@pytest.mark.parametrize(("target", "found"), OUTSIDE.items())
def test_a_path_that_leaves_its_folder_through_a_link_is_told(target: str, found: tuple[str, str]) -> None:
    real, wanted = found
    root = Root("content/en", "en", tuple(langs.LANGUAGES), "content/{lang}/{path}")
    claim = Claim(target, "content/en/a.md", layout_of(root))
    problems = list(clashes([claim], set(), lambda path: real if path == target else path))
    assert [wanted in problem.message for problem in problems] == ([True] if wanted else [])


@pytest.mark.parametrize("target", ["../a.md", "a/../../b.md", "/etc/a.md", "C:/a.md", "c:\\a.md", "a\\..\\..\\b.md"])
def test_a_path_that_leaves_the_project_is_told(target: str) -> None:
    claim = Claim(target, "a.md", layout_of(Root("", "en", ("ru",), SUFFIX)))
    (problem,) = clashes([claim], set())
    assert "would leave the project" in problem.message


def test_links_of_the_file_system_are_followed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for path in ("content/en", "content/hy", "shared/content"):
        (site / path).mkdir(parents=True)
    (tmp_path / "away").mkdir()
    (site / "content" / "ru").symlink_to(tmp_path / "away")
    (site / "content" / "hy" / "a.md").symlink_to(tmp_path / "away" / "a.md")
    (site / "texts").symlink_to(site / "shared" / "content")
    resolve = real_paths(str(site))
    assert resolve("content/ru/posts/a.md").replace(os.sep, "/") == "../away/posts/a.md"
    assert resolve("content/hy/a.md").replace(os.sep, "/") == "../away/a.md"
    assert resolve("content/tg/posts/a.md").replace(os.sep, "/") == "content/tg/posts/a.md"

    within = Claim("texts/a.ru.md", "texts/a.md", layout_of(Root("texts", "en", ("ru",), SUFFIX)))
    assert list(clashes([within], set(), resolve)) == []
    root = Root("content/en", "en", ("ru", "tg", "hy"), "content/{lang}/{path}")
    claimed = list(claims([source("content/en/a.md", root)]))
    assert {problem.path for problem in clashes(claimed, set(), resolve)} == {"content/ru/a.md", "content/hy/a.md"}


SLUGS = [
    ("../../x", "slug", "without `..`"),
    ("a/../../x", "permalink", "without `..`"),
    ("..\\x", "slug", "without `..`"),
    ("..", "path", "without `..`"),
    ("C:\\site\\x.html", "save_as", "without the drive"),
    ("c:/site", "url", "without the drive"),
    ("\\\\server\\x", "url", "without the drive"),
    ("//server/x", "permalink", "without the drive"),
    ("/etc/x.html", "save_as", "first slash"),
    ("a\nb", "slug", "control character"),
    ("/about/", "permalink", ""),
    ("/about/", "url", ""),
    ("a..b", "slug", ""),
    ("...", "slug", ""),
    ("тоҷикистон", "slug", ""),
    ("https://example.org/x", "url", ""),
    ("", "slug", ""),
    (None, "slug", ""),
    (2024, "slug", ""),
]


@pytest.mark.parametrize(("value", "key", "wanted"), SLUGS)
def test_an_address_that_leaves_the_site_is_told(value: object, key: str, wanted: str) -> None:
    fault = slug_fault(value, key)
    assert (wanted in fault) if wanted else fault == ""
    assert not fault or fault.startswith(f"{key}: ")


def test_what_a_generator_cannot_take_is_a_warning_with_a_remedy(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("docs/a.md", HELLO)
    site.write("tarjuma.toml", 'preset = "mkdocs"\nlanguages = ["ru", "uz-Cyrl"]\n')
    (problem,) = (problem for problem in site.load().name_problems if problem.check == "preset")
    assert (problem.severity, problem.path, problem.language) == (Severity.WARNING, "tarjuma.toml", "uz-Cyrl")
    assert "Use another theme" in problem.message


THEMES = [
    ("", "uz-Cyrl"),
    ("theme: readthedocs\n", "uz-Cyrl"),
    ("theme:\n  name: mkdocs\n  custom_dir: material\n", "uz-Cyrl"),
    ("theme: windmill\n", ""),
    ("theme: material\n", "tg uz-Cyrl"),
    ("theme:\n  # the name: mkdocs\n\n  palette:\n    scheme: x\n  name: 'material'\n", "tg uz-Cyrl"),
    ("theme: {name: material}\nextra:\n  name: mkdocs\n", "tg uz-Cyrl"),
    ("theme:\n  custom_dir: overrides\nplugins:\n  - x:\n      name: material\n", "uz-Cyrl"),
]  # fmt: skip


@pytest.mark.parametrize("preset", ["mkdocs", "mkdocs-folder"])
@pytest.mark.parametrize(("theme", "refused"), THEMES)
def test_which_languages_mkdocs_cannot_take_is_said_of_its_theme(
    tmp_path: Path, preset: str, theme: str, refused: str
) -> None:
    site = Site(tmp_path)
    site.write("mkdocs.yml", f"site_name: x\n{theme}nav: []\n")
    site.write("docs/en/a.md", HELLO)
    site.write("tarjuma.toml", f'preset = "{preset}"\nsource = "docs/en"\nlanguages = ["ru", "tg", "uz-Cyrl"]\n')
    found = [problem for problem in site.load().name_problems if problem.check == "preset"]
    assert [problem.language for problem in found] == refused.split()
    if "tg" in refused:
        assert "partials/languages/tg.html" in found[0].message
        site.write("overrides/partials/languages/tg.html", "")
        assert [problem.language for problem in site.load().name_problems] == ["uz-Cyrl"]


def has(*there: str) -> presets.Has:
    """The `has` of a project with these files."""
    return lambda pattern, text="": pattern in there and not text


@pytest.mark.parametrize(("code", "is_spoken"), [("ru", True), ("uz", False), ("tg", False), ("sr-Latn", True)])
def test_nikola_says_which_messages_are_missing(code: str, is_spoken: bool) -> None:
    unfit = presets.named("nikola").unfit
    reason = unfit(langs.language(code), has())
    assert (reason == "") is is_spoken
    assert is_spoken or f"messages_{code}.py" in reason
    assert unfit(langs.language(code), has(f"themes/*/messages/messages_{code}.py")) == ""


def test_words_that_a_site_has_of_its_own_end_the_warning(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("posts/a.md", HELLO)
    site.write("tarjuma.toml", 'preset = "nikola"\nlanguages = ["tg", "uz-Cyrl"]\n')
    site.write("themes/mine/messages/messages_uz_cyrl.py", "MESSAGES = {}\n")
    assert [problem.language for problem in site.load().name_problems if problem.check == "preset"] == ["tg"]
    (tmp_path / "tarjuma.toml").unlink()
    remarks = setup.propose(str(tmp_path), ("tg", "uz-Cyrl"), preset="nikola").remarks
    assert [remark[:4] for remark in remarks] == ["tg: "]


STRANGERS = [
    # preset, root, what lies there, what of it is a source
    ("hugo", "content", "a.md a.tg.md a.uk.md a.pt-br.md a.pt_BR.md", "a.md"),
    ("hugo", "content", "a.en.md a.tg.md", "a.en.md"),
    ("hugo", "content", "a.en-GB.md a.md", "a.md"),
    ("hugo", "content", "tg.md a.tg.md b.md", "a.tg.md b.md tg.md"),  # without its original it may be anything
    ("hugo", "content", "v.md v.1.0.md jq.html jq.min.html", "jq.html jq.min.html v.1.0.md v.md"),
    ("hugo", "content", "a.md x/a.tg.md", "a.md x/a.tg.md"),
    ("hugo", "content", "a.md tg/a.md", "a.md tg/a.md"),  # a section of this name, to Hugo
    ("lektor", "content", "a/contents.lr a/contents+tg.lr", "a/contents.lr"),
    ("nikola", "posts", "a.md a.uz_cyrl.md a.pt_br.md", "a.md"),
    ("starlight", "src/content/docs", "a.md tg/a.md de/a.md de/index.md index.md", "a.md index.md"),
    ("starlight", "src/content/docs", "index.md hr/index.md hr/people.md", "hr/index.md hr/people.md index.md"),
    ("starlight", "src/content/docs", "index.md tg/index.md", "index.md"),
    ("jekyll", "", "_posts/2024-05-06-a.md tg/_posts/2024-05-06-a.md tg/a.md a.md", "_posts/2024-05-06-a.md a.md"),
    ("jekyll-polyglot", "", "_posts/2024-05-06-a.md _posts/tg/2024-05-06-a.md", "_posts/2024-05-06-a.md"),
    ("hugo-dirs", "content/en", "a.md tg/a.md", "a.md tg/a.md"),
]  # fmt: skip


@pytest.mark.parametrize(("preset", "folder", "there", "wanted"), STRANGERS)
@pytest.mark.parametrize("languages", [("ru",), ()])
def test_a_translation_beside_its_post_is_no_source_whatever_the_languages_are(
    preset: str, folder: str, there: str, wanted: str, languages: tuple[str, ...]
) -> None:
    place = layout(preset, folder, languages)
    paths = [f"{folder}/{name}".lstrip("/") for name in there.split()]
    found = accepted([(path, Rule("tarjuma_markdown", path, 1)) for path in paths], (place,), {})
    assert [source.path for source in found] == [f"{folder}/{name}".lstrip("/") for name in wanted.split()]


def test_the_source_folder_of_another_root_is_no_translation(tmp_path: Path) -> None:
    english, russian = layout("hugo-dirs", "content/en", ("tg",)), layout("hugo-dirs", "content/ru", ("uk",), "ru")
    paths = ["content/en/a.md", "content/ru/a.md", "content/ru/b.md"]
    found = accepted([(path, Rule("tarjuma_markdown", path, 1)) for path in paths], (english, russian), {})
    assert [source.path for source in found] == paths


def test_status_names_a_translation_that_the_project_knows_nothing_of(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("tarjuma.toml", 'preset = "hugo"\nlanguages = ["ru", "tg"]\nsource = "content"\n')
    for name in ("a", "a.tg", "b", "b.tg"):
        site.write(f"content/{name}.md", HELLO)
    assert project.status(site.load())[1] == ()
    site.write("tarjuma.toml", 'preset = "hugo"\nlanguages = ["ru"]\nsource = "content"\n')
    (problem,) = project.status(site.load())[1]
    assert (problem.path, problem.severity) == ("content/a.tg.md", Severity.INFO)
    assert problem.message.startswith("by its name the Tajik version of another post (and 1 more)")
    assert [source.path for source in site.load().sources] == ["content/a.md", "content/b.md"]
    assert all(problem.severity is not Severity.ERROR for problem in site.run().problems)
