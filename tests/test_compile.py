"""Localized posts: when they are written, kept or left alone, and what stands in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import polib
import pytest

from tarjuma import project, store
from tarjuma.model import State
from tests.site import HELLO, Site, made

TEN = ("ru", "tg", "be", "hy", "az", "kk", "ky", "ro", "tk", "uz")
RU = "locales/ru/LC_MESSAGES/hello.po"


def translated(folder: Path, config: str = 'languages = ["ru"]\n', **posts: str) -> Site:
    """A site whose posts are all translated and published in Russian."""
    site = made(folder, config, **posts)
    site.update()
    site.translate_all("ru")
    site.compile()
    return site


def test_a_reviewed_post_is_written_and_only_its_texts_differ(tmp_path: Path) -> None:
    site = translated(tmp_path)
    assert site.read("content/ru/hello.md") == HELLO.replace("title: Hello", "title: ҶHello").replace(
        "# First", "# ҶFirst"
    ).replace("A paragraph with *markup* and\na second", "ҶA paragraph with *markup* and a second").replace(
        "- one", "- Ҷone"
    ).replace("- another", "- Ҷanother")


def test_the_second_run_writes_nothing(tmp_path: Path) -> None:
    site = translated(tmp_path)
    before = site.snapshot()
    times = {path: (tmp_path / path).stat().st_mtime_ns for path in site.files()}
    results = [*site.update(), site.compile()]
    assert [result.changes for result in results] == [(), (), ()]
    assert [result.unchanged for result in results] == [1, 1, 1]
    assert site.snapshot() == before
    assert {path: (tmp_path / path).stat().st_mtime_ns for path in site.files()} == times


def test_fuzzy_and_empty_entries_never_reach_a_page(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\npublish.min = 0\n', hello="One text.\n\nTwo text.\n\nThree text.\n")
    site.update()
    text = site.read(RU).replace(
        '#: content/en/hello.md\nmsgid "One text."\nmsgstr ""', '#, fuzzy\nmsgid "One text."\nmsgstr "Раз"'
    )
    site.write(RU, text.replace('msgid "Two text."\nmsgstr ""', 'msgid "Two text."\nmsgstr "Два"'))
    site.compile()
    assert site.read("content/ru/hello.md") == "One text.\n\nДва\n\nThree text.\n"


@pytest.mark.parametrize(("minimum", "is_written"), [(100, False), (61, False), (60, True), (0, True)])
def test_a_post_is_written_from_its_minimum_on(tmp_path: Path, minimum: int, is_written: bool) -> None:
    config = f'languages = ["ru"]\npublish.min = {{ ru = {minimum} }}\n'
    site = made(tmp_path, config, hello="One two three.\n\nFour five.\n")
    site.update()
    text = site.read(RU)
    site.write(RU, text.replace('msgid "One two three."\nmsgstr ""', 'msgid "One two three."\nmsgstr "Раз два три."'))
    site.compile()
    assert (tmp_path / "content/ru/hello.md").exists() == is_written


def test_a_post_without_texts_is_published_as_it_is(tmp_path: Path) -> None:
    site = made(tmp_path, hello="---\ndate: 2024-01-01\n---\n\n![](a.png)\n")
    site.run()
    assert site.read("content/tg/hello.md") == site.read("content/en/hello.md")


# --- a published page ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("minimum", [100, 50, 0])
def test_a_complete_page_never_mixes_languages_because_its_source_was_edited(tmp_path: Path, minimum: int) -> None:
    site = translated(tmp_path, f'languages = ["ru"]\npublish.min = {minimum}\n')
    page = site.read("content/ru/hello.md")
    site.write("content/en/hello.md", HELLO.replace("- one item", "- one more thing, quite different"))
    result = site.run()
    assert site.read("content/ru/hello.md") == page
    assert result.written == ()
    assert result.notes == (
        "content/ru/hello.md keeps its last complete version until its translation is complete again",
    )
    site.translate_all("ru")
    assert site.compile().written == ("content/ru/hello.md",)
    assert "Ҷone more thing" in site.read("content/ru/hello.md")


def test_a_page_that_was_published_in_part_goes_on_in_part(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\npublish.min = 30\n', hello="One two three.\n\nFour five.\n")
    site.update()
    site.write(RU, site.read(RU).replace('three."\nmsgstr ""', 'three."\nmsgstr "Раз два три."'))
    site.compile()
    site.write("content/en/hello.md", "One two three.\n\nFour five.\n\nSix seven.\n")
    site.run()
    assert site.read("content/ru/hello.md") == "Раз два три.\n\nFour five.\n\nSix seven.\n"


def test_one_corrected_letter_removes_no_page_and_one_command_makes_all_ten_current(tmp_path: Path) -> None:
    site = made(tmp_path, f"languages = {list(TEN)}\n", hello=HELLO)
    site.update()
    for code in TEN:
        site.translate_all(code)
    site.compile()
    pages = {path: site.read(path) for path in site.files("content") if "/en/" not in path}
    assert len(pages) == 10
    site.write("content/en/hello.md", HELLO.replace("A paragraph", "A paragreph"))
    site.run()
    assert {path: site.read(path) for path in pages} == pages
    assert {post.page.value for post in project.status(site.load())[0].posts} == {"out of date"}
    site.run("content/en/hello.md")
    assert {path: site.read(path) for path in pages} == pages
    assert {post.page.value for post in project.status(site.load())[0].posts} == {"current"}
    assert {entry.state for code in TEN for entry in site.catalog(f"locales/{code}/LC_MESSAGES/hello.po").entries} == {
        State.REVIEWED
    }


def test_a_page_stays_when_its_catalog_is_malformed_or_gone(tmp_path: Path) -> None:
    site = translated(tmp_path)
    page = site.read("content/ru/hello.md")
    site.write(RU, site.read(RU) + 'msgid "x\n')
    result = site.run()
    assert site.read("content/ru/hello.md") == page
    assert not result.is_clean
    (tmp_path / RU).unlink()
    site.run()
    assert site.read("content/ru/hello.md") == page


def test_a_page_that_a_person_deleted_comes_back(tmp_path: Path) -> None:
    site = translated(tmp_path)
    page = site.read("content/ru/hello.md")
    (tmp_path / "content/ru/hello.md").unlink()
    site.run()
    assert site.read("content/ru/hello.md") == page


# --- files of others -------------------------------------------------------------------------------------------------


def test_a_file_that_tarjuma_did_not_write_is_never_overwritten(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\n')
    site.write("content/ru/hello.md", "Перевод, сделанный человеком.\n")
    site.update()
    site.translate_all("ru")
    result = site.compile()
    assert site.read("content/ru/hello.md") == "Перевод, сделанный человеком.\n"
    assert [problem.path for problem in result.problems] == ["content/ru/hello.md"]
    assert "tarjuma take content/ru/hello.md" in result.problems[0].message
    assert not result.is_clean


def test_a_page_that_was_edited_by_hand_is_never_overwritten(tmp_path: Path) -> None:
    site = translated(tmp_path)
    edited = site.read("content/ru/hello.md") + "\nДополнение.\n"
    site.write("content/ru/hello.md", edited)
    site.translate("locales/ru/LC_MESSAGES/hello.po", Hello="Привет")
    result = site.compile()
    assert site.read("content/ru/hello.md") == edited
    assert "edited by hand" in result.problems[0].message


def test_a_page_equal_to_what_compile_would_write_is_ours(tmp_path: Path) -> None:
    site = translated(tmp_path)
    (tmp_path / "locales/manifest.txt").unlink()
    shutil.rmtree(tmp_path / ".tarjuma")
    assert site.compile().problems == ()
    site.translate("locales/ru/LC_MESSAGES/hello.po", Hello="Привет")
    site.compile()
    assert "title: Привет" in site.read("content/ru/hello.md")


def test_deleting_the_cache_loses_nothing(tmp_path: Path) -> None:
    site = translated(tmp_path)
    before = site.snapshot()
    shutil.rmtree(tmp_path / ".tarjuma", ignore_errors=True)
    assert site.run().changes == ()
    assert site.snapshot() == before


def test_pages_that_git_gave_crlf_are_ours_still(tmp_path: Path) -> None:
    site = translated(tmp_path)
    for path in site.files():
        site.write(path, site.read(path).replace("\n", "\r\n"))
    before = site.snapshot()
    result = site.run()
    assert result.problems == ()
    assert site.snapshot() == before
    site.translate(RU, Hello="Привет")
    site.write("content/en/hello.md", site.read("content/en/hello.md") + "\r\nNew text.\r\n")
    site.update()
    site.translate(RU, Hello="Привет")
    site.compile()
    page = site.read("content/ru/hello.md")
    assert "title: Привет" in page
    assert page.count("\n") == page.count("\r\n")


@pytest.mark.parametrize("moment", ["page", "manifest"])
def test_a_run_that_is_killed_makes_no_page_foreign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    site = translated(tmp_path)
    site.translate(RU, Hello="Привет")
    real = store.write

    def killed(path: str, content: bytes, **options: bool) -> None:
        if path.endswith("manifest.txt" if moment == "manifest" else ".md"):
            raise KeyboardInterrupt
        real(path, content, **options)

    monkeypatch.setattr(store, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        site.compile()
    monkeypatch.undo()
    site.translate(RU, Hello="Здравствуйте")
    result = site.compile()
    assert result.problems == ()
    assert "title: Здравствуйте" in site.read("content/ru/hello.md")


def test_two_sources_for_one_page_are_an_error(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\noutput = "{lang}/{stem}.md"\n', **{"a/x": "One.\n", "b/x": "Two.\n"})
    site.update()
    site.translate_all("ru")
    before = site.snapshot()
    result = site.compile()
    assert site.snapshot() == before
    assert "would both be compiled" in result.problems[0].message
    assert not result.is_clean


# --- what translators can do -----------------------------------------------------------------------------------------


def test_a_translation_that_would_break_the_page_gives_way_and_is_named_in_its_catalog(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\npublish.min = 50\n', hello="One two three four.\n\nFive.\n")
    site.update()
    site.translate(RU, **{"Five.": "— — —"})
    for _ in range(2):  # it is said as long as it is true
        result = site.compile()
        assert site.read("content/ru/hello.md") == "ҶOne two three four.\n\nFive.\n"
        assert [problem.path for problem in result.problems] == [RU]
        assert result.problems[0].line == site.catalog(RU).entries[1].line
        assert "content/en/hello.md:3" in result.problems[0].message


def test_a_post_whose_translation_gave_way_is_not_complete(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\n', hello="One two three four.\n\nFive.\n")
    site.update()
    site.translate(RU, **{"Five.": "— — —"})
    assert len(site.compile().problems) == 1
    assert not (tmp_path / "content/ru/hello.md").exists()


def test_compile_says_that_update_is_due(tmp_path: Path) -> None:
    site = translated(tmp_path)
    site.write("content/en/hello.md", HELLO + "\nNew text.\n")
    result = site.compile()
    assert ["tarjuma update" in problem.message for problem in result.problems] == [True]


def test_messages_of_templates_become_mo_files(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\n')
    site.write("babel.cfg", "[jinja2: **.jinja]\n[tarjuma_markdown: **.md]\n")
    site.write(
        "content/en/page.jinja",
        "{{ _('Read more') }}{% trans n=1 %}{{ n }} year{% pluralize %}{{ n }} years{% endtrans %}",
    )
    site.update()
    site.compile()
    assert not (tmp_path / "locales/ru/LC_MESSAGES/_site.mo").exists()
    site.translate("locales/ru/LC_MESSAGES/_site.po")
    site.compile()
    found = {
        entry.msgid: entry.msgstr or entry.msgstr_plural
        for entry in polib.mofile(str(tmp_path / "locales/ru/LC_MESSAGES/_site.mo"))
    }
    assert found == {"Read more": "ҶRead more", "%(n)s year": dict.fromkeys(range(3), "Ҷ%(n)s year")}
    assert site.compile().changes == ()


def test_check_writes_nothing_and_names_what_would_change(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.update()
    site.translate_all("ru")
    before = site.snapshot()
    assert project.check_compile(site.load()).written == ("content/ru/hello.md",)
    site.write("content/en/hello.md", HELLO + "\nMore.\n")
    assert project.check_extract(site.load()).written == ("locales/hello.pot",)
    assert project.check_update(site.load())[1].written[:2] == (RU, "locales/tg/LC_MESSAGES/hello.po")
    assert site.snapshot() == before | {"content/en/hello.md": (HELLO + "\nMore.\n").encode()}
