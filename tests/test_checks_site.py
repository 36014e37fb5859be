"""Checks of a whole project: what is stale, orphaned, edited by hand, misspelt, or leads nowhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tarjuma import checks, po
from tarjuma.model import Problem, Severity, State
from tarjuma.project.survey import source_lines, survey
from tarjuma.survey import Site as Survey
from tarjuma.survey import counts
from tests.site import HELLO, Site, made

TOP = Path(__file__).parents[1]
NAMES = (
    "source", "stale-template", "stale-catalog", "minimum", "orphan", "page-stale", "page-edited", "page-structure",
    "front-matter", "dead-link",
)  # fmt: skip


def looked(site: Site, *languages: str) -> Survey:
    return survey(site.load(), languages)


def found(site: Site, *names: str) -> list[Problem]:
    """What site checks find, all of them or those that are named."""
    view = looked(site)
    return [problem for name in names or NAMES for problem in checks.module(name).check_site(view)]


def told(site: Site, *names: str) -> list[str]:
    return [f"{problem.path}: {problem.message}" for problem in found(site, *names)]


@pytest.fixture
def done(tmp_path: Path) -> Site:
    """A site that is translated into Russian and compiled."""
    site = made(tmp_path)
    site.update()
    site.translate_all("ru")
    site.compile()
    return site


def test_a_site_in_order_has_nothing_to_find(done: Site) -> None:
    assert not found(done)


def test_the_sample_has_nothing_to_find_but_the_drafts_of_be(tmp_path: Path) -> None:
    for name in ("content", "locales"):
        shutil.copytree(TOP / name, tmp_path / name)
    for name in ("tarjuma.toml", "babel.cfg"):
        shutil.copy(TOP / name, tmp_path / name)
    site = Site(tmp_path)
    assert {(problem.language, problem.check) for problem in found(site)} == {("be", "minimum")}
    rows = counts(looked(site))
    assert {row.language for row in rows} == {"be", "hy", "az", "kk", "ky", "ro", "tk", "uz"}
    assert {row.language for row in rows if row.is_begun} == {"be"}


def test_looking_writes_nothing(done: Site) -> None:
    done.write("content/en/hello.md", HELLO.replace("one item", "another thing"))
    before = done.snapshot()
    found(done)
    assert done.snapshot() == before


# --- templates and catalogs ------------------------------------------------------------------------------------------


def test_an_edited_post_is_told_once_whatever_the_number_of_languages(done: Site) -> None:
    done.write("content/en/hello.md", HELLO.replace("one item", "quite another thing"))
    problems = found(done, "stale-template", "stale-catalog")
    assert [problem.path for problem in problems] == ["locales/hello.pot"]
    assert problems[0].message == "new or edited texts: 1, gone: 1; run tarjuma update"
    assert problems[0].place == ("content/en/hello.md", 1)
    assert problems[0].severity is Severity.WARNING


def test_a_new_post_has_no_template(done: Site) -> None:
    done.write("content/en/new.md", "Some words.\n")
    assert told(done, "stale-template", "stale-catalog") == [
        "locales/new.pot: this post has no template yet: run tarjuma update"
    ]


def test_a_catalog_that_missed_an_update_is_told_by_itself(done: Site) -> None:
    catalog = (done.folder / "locales/ru/LC_MESSAGES/hello.po").read_bytes()
    done.write("content/en/hello.md", HELLO.replace("one item", "quite another thing"))
    done.update()
    done.write("locales/ru/LC_MESSAGES/hello.po", catalog)
    assert told(done, "stale-template", "stale-catalog") == [
        "locales/ru/LC_MESSAGES/hello.po: texts of the post that are missing here: 1, gone: 1; run tarjuma update"
    ]


def test_a_language_without_any_catalog_is_one_finding(done: Site) -> None:
    done.write("tarjuma.toml", 'languages = ["ru", "tg", "uz"]\n')
    assert told(done, "stale-catalog") == ["tarjuma.toml: there are no catalogs for uz yet: run tarjuma update"]
    done.write("content/en/second.md", "Some words.\n")
    assert len(told(done, "stale-catalog")) == 1


def test_comments_of_the_template_count_too(done: Site) -> None:
    done.write("content/en/hello.md", HELLO.replace("# First", "<!-- l10n: comment: a greeting -->\n# First"))
    assert told(done, "stale-template") == [
        "locales/hello.pot: the comments for translators are not those of the post: run tarjuma update"
    ]


# --- minimum and pages -----------------------------------------------------------------------------------------------


def untranslate(site: Site, text: str, language: str = "ru") -> None:
    """Empty one entry."""
    path = f"locales/{language}/LC_MESSAGES/hello.po"
    lines = site.read(path).split("\n")
    at = lines.index(f'msgid "{text}"')
    lines[at + 1] = 'msgstr ""'
    site.write(path, "\n".join(lines))


def test_a_post_below_its_minimum_is_told_only_in_languages_that_were_begun(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.update()
    assert not told(site, "minimum")
    site.translate_all("ru")
    untranslate(site, "one item")
    problems = found(site, "minimum")
    assert [(problem.path, problem.severity, problem.place) for problem in problems] == [
        ("locales/ru/LC_MESSAGES/hello.po", Severity.INFO, ("content/en/hello.md", 1))
    ]
    assert "100 % are needed" in problems[0].message
    site.write("tarjuma.toml", 'languages = ["ru", "tg"]\n[publish]\nmin = {ru = 50}\n')
    assert not told(site, "minimum")


def test_a_page_that_was_made_from_other_words_is_stale(done: Site) -> None:
    done.translate("locales/ru/LC_MESSAGES/hello.po", Hello="Салом")
    assert told(done) == [
        "content/ru/hello.md: the page is older than its post or its translation: run tarjuma compile"
    ]
    assert found(done)[0].severity is Severity.WARNING
    assert found(done)[0].place == ("content/en/hello.md", 1)


def test_a_page_that_keeps_its_last_complete_version_is_an_info(done: Site) -> None:
    untranslate(done, "one item")
    problems = found(done)
    assert [(problem.check, problem.severity) for problem in problems] == [("page-stale", Severity.INFO)]
    assert "keeps its last complete version" in problems[0].message


def test_pages_that_nobody_compiled_are_told_where_pages_are_kept(done: Site) -> None:
    done.translate_all("tg")
    assert told(done) == ["content/tg/hello.md: the post is translated, but there is no page yet: run tarjuma compile"]
    shutil.rmtree(done.folder / "content/ru")
    assert not told(done)


def test_a_page_edited_by_hand_is_told(done: Site) -> None:
    done.write("content/ru/hello.md", done.read("content/ru/hello.md") + "\nby hand\n")
    assert [(problem.check, problem.path) for problem in found(done)] == [("page-edited", "content/ru/hello.md")]
    assert "edited by hand" in found(done)[0].message


def test_a_page_from_before_is_told_only_when_its_translation_was_begun(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.write("content/ru/hello.md", "# Old page\n")
    site.update()
    assert not told(site, "page-edited")
    site.translate_all("ru")
    assert [problem.severity for problem in found(site, "page-edited")] == [Severity.WARNING]
    untranslate(site, "one item")
    assert [problem.severity for problem in found(site, "page-edited")] == [Severity.INFO]


# --- orphans ---------------------------------------------------------------------------------------------------------


def test_what_a_deleted_post_leaves_behind_is_told_and_update_puts_it_in_order(done: Site) -> None:
    done.write("content/en/other.md", "Other words.\n")
    done.run()
    (done.folder / "content/en/hello.md").unlink()
    assert told(done, "orphan") == [
        "locales/hello.pot: the post of this template is gone: run tarjuma update",
        "content/ru/hello.md: the post is gone, or not translated into this language any more: run tarjuma clean",
    ]
    done.update()
    (done.folder / "content/ru/hello.md").unlink()
    assert not told(done)


def test_a_catalog_whose_template_went_alone_is_told(done: Site) -> None:
    done.write("content/en/other.md", "Other words.\n")
    done.run()
    (done.folder / "content/en/hello.md").unlink()
    (done.folder / "locales/hello.pot").unlink()
    problems = found(done, "orphan")
    assert {problem.path for problem in problems} == {
        "content/ru/hello.md",
        "locales/ru/LC_MESSAGES/hello.po",
        "locales/tg/LC_MESSAGES/hello.po",
    }


def test_a_page_that_a_person_edited_after_its_post_went_is_an_info(done: Site) -> None:
    done.write("content/en/other.md", "Other words.\n")
    done.run()
    (done.folder / "content/en/hello.md").unlink()
    done.write("content/ru/hello.md", "my own now\n")
    assert [problem.severity for problem in found(done, "orphan") if problem.path == "content/ru/hello.md"] == [
        Severity.INFO
    ]


def test_a_language_that_was_taken_out_leaves_pages_and_catalogs(done: Site) -> None:
    done.write("tarjuma.toml", 'languages = ["tg"]\n')
    assert told(done, "orphan") == [
        "content/ru/hello.md: the post is gone, or not translated into this language any more: run tarjuma clean",
        "locales/ru/LC_MESSAGES: catalogs of a language that tarjuma.toml does not name: 1",
    ]


def test_catalogs_of_another_language_are_not_told_when_one_is_asked_for(done: Site) -> None:
    done.write("tarjuma.toml", 'languages = ["tg", "kk"]\n')
    assert not [each for each in looked(done, "tg").leftovers if each.language == "ru"]


def test_a_folder_with_the_code_of_a_country_is_told_the_language(done: Site) -> None:
    (done.folder / "locales/tg").rename(done.folder / "locales/tj")
    assert told(done, "orphan") == [
        "locales/tj/LC_MESSAGES: catalogs under the code tj: 1; the code of the language is tg, rename the folder",
    ]


def test_a_post_taken_out_of_a_language_leaves_its_page(done: Site) -> None:
    done.write("content/en/hello.md", HELLO.replace("tags: [news]", "tags: [news]\ntranslate: [tg]"))
    assert "content/ru/hello.md" in {problem.path for problem in found(done, "orphan")}


def test_a_post_with_a_bad_name_is_not_gone(done: Site) -> None:
    done.write("content/en/hello.markdown", "The same name.\n")
    done.write("babel.cfg", "[tarjuma_markdown: content/en/**.md]\n[tarjuma_markdown: content/en/**.markdown]\n")
    assert [problem.check for problem in found(done, "source", "orphan")] == ["source"]


def test_catalogs_of_a_program_are_nobodys_orphans(done: Site) -> None:
    catalog = '#: src/main.c:7\nmsgid "Quit"\nmsgstr "Выход"\n'
    done.write("locales/ru/LC_MESSAGES/program.po", catalog)
    done.write("locales/de/LC_MESSAGES/program.po", catalog)
    assert not told(done)


# --- what a source says ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("title: T\ndescripton: D", "the field descripton is not translated; did you mean description?"),
        ("title: T\ndecsription: D", "the field decsription is not translated; did you mean description?"),
        ("titel: T", "the field titel is not translated; did you mean title?"),
        ("title: T\nsumary: S", "the field sumary is not translated; did you mean summary?"),
        ("title: T\nlink_title: L", "the field link_title is not translated: write linkTitle"),
        ("title: T\ntransalte: false", "the field transalte does nothing; did you mean translate?"),
    ],
)
def test_a_slip_in_a_field_name_is_found_at_its_line(tmp_path: Path, head: str, expected: str) -> None:
    site = made(tmp_path, a=f"---\n{head}\n---\nWords.\n")
    problems = found(site, "front-matter")
    assert [problem.message for problem in problems] == [expected]
    line = 1 + len(head.split("\n"))
    assert (problems[0].path, problems[0].line) == ("content/en/a.md", line)
    assert problems[0].place == ("content/en/a.md", line)


@pytest.mark.parametrize("preset", ["jekyll", "hugo", "zola"])
def test_a_field_that_a_preset_leaves_alone_is_no_slip(tmp_path: Path, preset: str) -> None:
    head = "title: T\npermalink: /about/\nredirect_from: /a/\naliases: [/a/]\nslug: a\nlayout: page\nauthors: [a]\n"
    site = made(tmp_path, f'languages = ["ru"]\npreset = "{preset}"\n', a=f"---\n{head}---\nWords.\n")
    assert not found(site, "front-matter")


@pytest.mark.parametrize(
    "post",
    [
        '+++\ntitle = "T"\ndescripton = "D"\n[params]\nsumary = "S"\n+++\nWords.\n',
        '{\n  "title": "T",\n  "descripton": "D"\n}\nWords.\n',
    ],
)
def test_the_fields_of_toml_and_json_are_read_too(tmp_path: Path, post: str) -> None:
    site = made(tmp_path, a=post)
    assert [(problem.line, dict(problem.values)["word"]) for problem in found(site, "front-matter")] == [
        (3, "descripton")
    ]


@pytest.mark.parametrize(
    "head",
    [
        "title: T\ntags: [a]\ndraft: true\nauthor: A\nlayout: post\ntile: x\ntitles: y\nimage: z",
        "Title: T\nDescription: D\nSummary: S",
        "title: T\nsubtitles: [en]\ntitle2: x\ntransition: y\nparams:\n  descripton: D",
        "title: T\ndescription: D\ndescriptor: x",
        "title: 'T'\nbody: |\n  descripton: this is text\n",
    ],
)
def test_other_fields_are_nobodys_business(tmp_path: Path, head: str) -> None:
    site = made(tmp_path, a=f"---\n{head}\n---\nWords.\n")
    assert not told(site, "front-matter")


def test_an_unknown_directive_is_found_but_not_in_code(tmp_path: Path) -> None:
    post = (
        "---\ntitle: T\n---\n<!-- l10n: skp -->\n\nWords.\n\n<!-- l10n: comment: fine -->\n\nMore words.\n\n"
        "```html\n<!-- l10n: nonsense -->\n```\n\n    <!-- l10n: nonsense -->\n\nWrite `<!-- l10n: nonsense -->`.\n\n"
        "<!-- l10n: whatever -->\n\nLast words.\n"
    )
    site = made(tmp_path, a=post)
    assert [(problem.line, problem.message) for problem in found(site, "front-matter")] == [
        (4, "l10n: skp does nothing; did you mean skip?"),
        (20, "l10n: whatever does nothing: no directive is called so"),
    ]


def test_a_source_that_cannot_be_read_or_compiled_is_told_with_its_line(tmp_path: Path) -> None:
    site = made(tmp_path, a="---\ntitle: [T\n---\nWords.\n", b="Words.\n")
    site.write("content/en/bad.md", b"caf\xe9\n")
    site.write("content/en/c.md", "---\ntranslate: [xx]\n---\nWords.\n")
    problems = found(site, "source")
    assert {problem.path for problem in problems} == {"content/en/bad.md", "content/en/c.md"}
    assert {problem.check for problem in problems} == {"source"}
    assert all(problem.line for problem in problems)


def test_two_posts_that_would_be_one_page_are_told(tmp_path: Path) -> None:
    site = made(
        tmp_path, 'languages = ["ru"]\noutput = "out/{lang}/{stem}.md"\n', **{"a/x": "Words.\n", "b/x": "More.\n"}
    )
    site.update()
    assert told(site, "source")


# --- structure -------------------------------------------------------------------------------------------------------


def test_what_compile_would_leave_out_is_told_before_it_does_at_both_places(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.update()
    site.translate("locales/ru/LC_MESSAGES/hello.po", **{"First heading": "***"})
    before = found(site, "page-structure")
    site.compile()
    for problems in (before, found(site, "page-structure")):
        assert [(problem.path, problem.severity, problem.place) for problem in problems] == [
            ("locales/ru/LC_MESSAGES/hello.po", Severity.ERROR, ("content/en/hello.md", 6))
        ]
        entry = next(
            each for each in site.catalog("locales/ru/LC_MESSAGES/hello.po").entries if each.key.text == "First heading"
        )
        assert (problems[0].line, problems[0].key, problems[0].target) == (entry.line, entry.key, "***")


def test_drafts_are_not_tried_for_their_structure(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.update()
    site.translate("locales/ru/LC_MESSAGES/hello.po", **{"First heading": "***"})
    path = "locales/ru/LC_MESSAGES/hello.po"
    site.write(path, site.read(path).replace('msgid "First heading"', '#, fuzzy\nmsgid "First heading"'))
    assert not told(site, "page-structure")


# --- links -----------------------------------------------------------------------------------------------------------


def linking(folder: Path, link: str, source: str = "[there](/news/other/)") -> Site:
    """A site whose Russian translation of `a` links somewhere."""
    site = made(
        folder,
        'languages = ["ru", "tg"]\n',
        a=f"See {source} soon.\n",
        **{
            "news/other": "---\nslug: weather-report\n---\nOther words.\n",
            "news/2024-05-06-dated": "Dated words.\n",
            "tajik": "---\ntranslate: [tg]\n---\nTajik only.\n",
        },
    )
    site.update()
    path = "locales/ru/LC_MESSAGES/a.po"
    site.translate(path, **{f"See {source} soon.": f"Скоро [там]({link})."})
    return site


@pytest.mark.parametrize(
    "link",
    [
        "/ru/news/other/",
        "/ru/news/other.html#part",
        "/ru/",
        "/ru/news/",
        "/docs/ru/news/other",
        "/RU/News/Other/",
        "/ru/2024/05/dated/",
        "/ru/news/weather-report/",
        "/ru/tags/whatever/",
        "/ru/files/plan.pdf",
        "/tg/tajik/",
        "news/other.md",
        "./news/other.md?x=1",
        "../ru/news/other.md",
        "../tg/tajik.md",
        "/news/other/",
        "/en/news/nothing/",
        "https://example.org/ru/nothing/",
        "mailto:someone@example.org",
        "#part",
        "{{ url }}/ru/nothing/",
        "../../../outside.md",
    ],
)
def test_links_that_lead_somewhere_or_are_not_ours_to_judge(tmp_path: Path, link: str) -> None:
    site = linking(tmp_path, link)
    site.write("static/ru/files/plan.pdf", "pdf")
    assert not told(site, "dead-link")


@pytest.mark.parametrize(
    ("link", "language"),
    [
        ("/ru/news/othr/", "ru"),
        ("/ru/nothing.html", "ru"),
        ("/tg/nothing/", "tg"),
        ("/ru/files/plan.pdf", "ru"),
        ("news/othr.md", "ru"),
        ("../ru/nothing.md", "ru"),
        ("tajik.md", "ru"),
        ("/ru/tajik/", "ru"),
    ],
)
def test_a_link_to_a_page_that_nobody_plans_is_found(tmp_path: Path, link: str, language: str) -> None:
    site = linking(tmp_path, link)
    problems = found(site, "dead-link")
    assert [problem.message for problem in problems] == [
        f"{link} leads to no page in {language}: neither there nor planned"
    ]
    problem = problems[0]
    assert problem.span
    assert problem.target[slice(*problem.span)] == link
    assert problem.path == "locales/ru/LC_MESSAGES/a.po"
    assert problem.place == ("content/en/a.md", 1)
    assert problem.line > 1


@pytest.mark.parametrize(("source", "expected"), [("/other-rules/", 0), ("/en/other-rules.html", 0), ("/tajik/", 1)])
def test_addresses_that_no_post_explains_in_the_source_are_not_judged(
    tmp_path: Path, source: str, expected: int
) -> None:
    link = source.replace("/en", "").replace("/", "/ru/", 1)
    site = linking(tmp_path, link, f"[there]({source})")
    assert len(told(site, "dead-link")) == expected


def test_a_relative_link_that_the_source_has_as_well_is_the_authors(tmp_path: Path) -> None:
    site = linking(tmp_path, "elsewhere.md", "[there](elsewhere.md)")
    assert not told(site, "dead-link")


# --- places and counts -----------------------------------------------------------------------------------------------


def test_a_message_is_found_at_its_first_line_of_the_source(tmp_path: Path) -> None:
    site = made(tmp_path, a="---\ntitle: T words\n---\n\nFirst.\n\nAgain.\n\nFirst.\n", b="\r\n\r\nÉté words\r\n")
    places = source_lines(site.load())
    assert places["a"] == {
        (None, "T words"): ("content/en/a.md", 2),
        (None, "First."): ("content/en/a.md", 5),
        (None, "Again."): ("content/en/a.md", 7),
    }
    assert places["b"][None, "Été words"] == ("content/en/b.md", 3)
    assert set(source_lines(site.load(), ["b", "gone"])) == {"b"}
    site.update()
    assert looked(site).places == places


def test_what_is_left_to_do_is_one_row_for_a_post_and_language(done: Site) -> None:
    untranslate(done, "one item")
    rows = counts(looked(done))
    assert [(row.path, row.language, row.is_begun) for row in rows] == [
        ("content/en/hello.md", "ru", True),
        ("content/en/hello.md", "tg", False),
    ]
    assert rows[0].messages == {State.DRAFT: 0, State.STALE: 0, State.UNSURE: 0, State.UNTRANSLATED: 1}
    assert rows[0].words[State.UNTRANSLATED] == 2
    assert rows[0].catalog == "locales/ru/LC_MESSAGES/hello.po"
    assert [row.language for row in counts(looked(done, "tg"))] == ["tg"]


def test_findings_of_other_languages_are_left_out(done: Site) -> None:
    done.translate("locales/ru/LC_MESSAGES/hello.po", Hello="Салом")
    assert not [problem for name in NAMES for problem in checks.module(name).check_site(looked(done, "tg"))]
    assert found(done)


def test_a_catalog_that_cannot_be_read_is_left_to_whoever_reads_it(done: Site) -> None:
    done.write("locales/ru/LC_MESSAGES/hello.po", 'msgid "a"\nmsgstr "b\n')
    assert not [problem for problem in found(done) if problem.language == "ru"]
    assert po.parse(done.read("locales/tg/LC_MESSAGES/hello.po").encode())
