"""Counting and tables: numbers add up, columns stand under each other in every script."""

from __future__ import annotations

from pathlib import Path

import pytest

from tarjuma import langs, preview, project
from tarjuma.errors import UsageError
from tarjuma.model import Entry, Key, Message, Problem, Severity, State, target_hash
from tarjuma.report import text
from tarjuma.status import PageState, PostStatus, SiteStatus, Tally, count
from tests.site import HELLO, made


def entry(words: str, target: str = "", **fields: object) -> Entry:
    return Entry(Message(Key(None, words)), (target,), **fields)  # type: ignore[arg-type]


def test_every_state_is_counted_in_words_and_messages() -> None:
    draft = ("machine",)
    entries = [
        entry("one", "раз"),
        entry("one two", "machine", is_fuzzy=True, comments=(f"mt: x en>ru src=00000000 out={target_hash(draft)}",)),
        entry("one two three", "old", is_fuzzy=True, previous=Key(None, "before")),
        entry("one two three four", "hm", is_fuzzy=True),
        entry("one two three four five"),
    ]
    keys = [each.key for each in entries] + [Key(None, "not in the catalog")]
    tally = count(keys, {each.key[:2]: each for each in entries}, lambda words: len(words.split()))
    assert tally.words == {
        State.REVIEWED: 1,
        State.DRAFT: 2,
        State.STALE: 3,
        State.UNSURE: 4,
        State.UNTRANSLATED: 9,
    }
    assert tally.messages == {state: 2 if state is State.UNTRANSLATED else 1 for state in tally.words}
    assert (tally.total_words, tally.total_messages) == (19, 6)


def test_a_text_that_stands_twice_counts_twice() -> None:
    one = entry("read more", "далее")
    assert count([one.key, one.key], {one.key[:2]: one}, lambda words: len(words.split())).words[State.REVIEWED] == 4


def test_an_obsolete_entry_translates_nothing() -> None:
    one = entry("text", "текст", is_obsolete=True)
    assert count([one.key], {one.key[:2]: one}, len).words[State.UNTRANSLATED] == 4


def test_nothing_to_translate_is_all_of_it() -> None:
    assert Tally().share == 100
    assert Tally({State.UNTRANSLATED: 0}, {State.UNTRANSLATED: 1}).share == 0


def test_ninety_nine_and_a_half_percent_is_not_a_hundred() -> None:
    assert text.percent(Tally({State.REVIEWED: 199, State.UNTRANSLATED: 1})) == "99"


@pytest.mark.parametrize(
    ("name", "width"),
    [("abc", 3), ("русский", 7), ("日本語", 6), ("ӯ", 1), ("й", 1), ("한국어", 6), ("a\u200bb", 2), ("қазақ тілі", 10)],
)
def test_a_column_is_what_a_terminal_shows(name: str, width: int) -> None:
    assert text.columns(name) == width


def test_columns_stand_under_each_other_in_every_script() -> None:
    names = {code: row.native_name for code, row in langs.LANGUAGES.items()} | {"ja": "日本語", "ko": "한국어"}
    tally = Tally({State.REVIEWED: 12345, State.UNTRANSLATED: 1}, {State.REVIEWED: 7})
    posts = tuple(
        PostStatus(f"content/en/{path}.md", code, path, tally, 100, state, "x")
        for code in names
        for path, state in (("новости/日本語", PageState.CURRENT), ("a" * 60, PageState.OUT_OF_DATE))
    )
    lines = text.site(SiteStatus(posts, names)).splitlines()
    assert max(map(text.columns, lines)) <= text.WIDTH
    assert all(line == line.rstrip() for line in lines)
    table = [line for line in lines if "24,690" in line]
    assert len(table) == len(names)
    assert len({text.columns(line[: line.index("24,690")]) for line in table}) == 1


def test_a_long_name_loses_its_beginning() -> None:
    assert text.shortened("content/en/posts/hello.md", 12) == "…ts/hello.md"
    assert text.shortened("short", 12) == "short"


def test_problems_are_sorted_and_said_once() -> None:
    found = [
        Problem("x", Severity.WARNING, "b.md", "odd"),
        Problem("x", Severity.ERROR, "c.po", "wrong", line=3, language="tg"),
        Problem("x", Severity.WARNING, "b.md", "odd"),
    ]
    assert text.problems(found) == "error: c.po:3: wrong [tg]\nwarning: b.md: odd\n"


def test_status_counts_only_what_is_in_scope(tmp_path: Path) -> None:
    site = made(tmp_path, a="One two three.\n", b="---\ntranslate: [tg]\n---\nFour five.\n")
    site.run()
    status, problems = project.status(site.load())
    assert problems == ()
    assert {code: status.language(code).total_words for code in status.names} == {"ru": 3, "tg": 5}


def test_pages_are_current_out_of_date_ready_or_waiting(tmp_path: Path) -> None:
    site = made(
        tmp_path, 'languages = ["ru"]\n', a="One two.\n", b="Three four.\n", c="Five.\n", d="Six.\n", e="Seven.\n"
    )
    site.update()
    for name in "abde":
        site.translate(f"locales/ru/LC_MESSAGES/{name}.po")
    site.write("content/ru/d.md", "Рукой.\n")
    site.compile()
    site.write("content/en/b.md", "Three four five.\n")
    site.update()
    site.translate("locales/ru/LC_MESSAGES/a.po", **{"One two.": "Раз два."})
    site.write("content/ru/e.md", "Поправлено рукой.\n")
    status, _ = project.status(site.load())
    assert {post.domain: post.page.value for post in status.posts} == {
        "a": "ready",
        "b": "out of date",
        "c": "waiting",
        "d": "foreign",
        "e": "edited",
    }


def test_a_malformed_catalog_is_a_problem_and_counts_as_empty(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\n')
    site.run()
    site.write("locales/ru/LC_MESSAGES/hello.po", 'msgid "x\n')
    status, problems = project.status(site.load())
    assert [problem.line for problem in problems] == [1]
    assert status.language("ru").share == 0
    assert HELLO.split()[1] == "title:"


# --- diffs -----------------------------------------------------------------------------------------------------------


def test_a_diff_shows_new_gone_and_changed_lines() -> None:
    assert preview.diff("a", b"x\n", b"x\n") == ""
    assert preview.diff("a", None, b"x\n") == "--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+x\n"
    assert preview.diff("a", b"x\n", None) == "--- a/a\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
    assert preview.diff("a", b"x\ny", b"x\nz") == (
        "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n x\n-y\n\\ No newline at end of file\n+z\n\\ No newline at end of file\n"
    )


def test_a_diff_shows_line_ends_and_odd_bytes() -> None:
    assert "-x␍\n+x\n" in preview.diff("a", b"x\r\n", b"x\n")
    assert "+\\xff\n" in preview.diff("a", b"", b"\xff\n")
    assert "Binary files differ" in preview.diff("a.mo", b"\xde\x12\x04\x95\0", b"\xde\x12\x04\x95\0\1")


def test_a_long_diff_is_cut() -> None:
    lines = preview.diff("a", None, b"line\n" * 1000).splitlines()
    assert len(lines) == preview.MOST_LINES + 1
    assert lines[-1] == "... 603 more lines of a"


def advice(folder: Path) -> str:
    """What `tarjuma` without a command says to do next."""
    return list(text.next_step(*project.status(project.load(folder))))[-1]


def test_what_is_left_to_review_is_not_to_be_translated(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\n', hello="One two three.\n\nFour five.\n")
    site.run()
    path = "locales/ru/LC_MESSAGES/hello.po"
    assert advice(tmp_path) == "Next: translate: the catalogs of русский (ru) are the nearest to complete"
    site.translate_all("ru")
    site.write(path, site.read(path).replace('msgid "One two', '#, fuzzy\nmsgid "One two'))
    assert advice(tmp_path) == "Next: review: the catalogs of русский (ru) are the nearest to complete"


def test_an_error_is_the_next_thing_to_mend(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\n', hello="One two three.\n")
    site.run()
    site.write("locales/ru/LC_MESSAGES/hello.po", "<<<<<<< HEAD\n" + site.read("locales/ru/LC_MESSAGES/hello.po"))
    said = advice(tmp_path)
    assert said.startswith("Next: mend locales/ru/LC_MESSAGES/hello.po:1: git left a merge conflict here.")
    assert not said.endswith("[ru]")


def test_a_project_without_posts_has_no_shares(tmp_path: Path) -> None:
    (tmp_path / "tarjuma.toml").write_text('languages = ["ru"]\nsource = "."\n', "utf-8")
    said = list(text.next_step(*project.status(project.load(tmp_path))))
    assert said == ["0 source files, 1 language.", "Next: write a post, or correct the patterns in babel.cfg"]


@pytest.mark.parametrize(
    ("languages", "asked", "hint"),
    [
        ('["ru"]', "tg", "Its languages: ru"),
        ("[]", "tg", 'The configuration names no language yet: languages = ["tg"]'),
        ('["ru", "tg"]', "ru,tg", "One code at a time: -l ru -l tg"),
    ],
)
def test_a_language_that_is_not_there_is_answered(tmp_path: Path, languages: str, asked: str, hint: str) -> None:
    site = made(tmp_path, f"languages = {languages}\n", hello=HELLO)
    with pytest.raises(UsageError) as caught:
        project.status(site.load(), [asked])
    assert caught.value.hint == hint
