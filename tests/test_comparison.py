"""What a change means for translations: a site now, beside what it was at a commit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tarjuma import project
from tarjuma.comparison import Comparison, Fate
from tarjuma.errors import UsageError
from tarjuma.model import State
from tarjuma.report import comment
from tests.site import Site, made

ONE = "One two three.\n\nFour five.\n"


def git(folder: Path, *arguments: str) -> str:
    settings = ["-c", "user.name=Name", "-c", "user.email=name@example.org", "-c", "init.defaultBranch=main"]
    command = ["git", *settings, "-c", "core.autocrlf=false", "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def committed(site: Site, subject: str = "more") -> Site:
    if not (site.folder / ".git").exists():
        git(site.folder, "init", "-q")
        site.write(".gitignore", ".tarjuma/\n")
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-q", "-m", subject, "--allow-empty")
    return site


def published(folder: Path, config: str = 'languages = ["ru", "tg"]\n', **posts: str) -> Site:
    """A site in a repository whose every text is reviewed."""
    site = made(folder, config, **(posts or {"a": ONE, "b": "Six.\n"}))
    site.update()
    for code in project.load(folder).languages:
        site.translate_all(code)
    site.compile()
    return committed(site)


def against(site: Site, ref: str = "HEAD") -> Comparison:
    comparison, problems = project.against(site.load(), ref)
    assert problems == ()
    return comparison


def fates(comparison: Comparison) -> dict[tuple[str, str], Fate]:
    return {(page.source.removeprefix("content/en/"), page.language): page.fate for page in comparison.pages}


def opened(comparison: Comparison) -> dict[str, dict[State, int]]:
    return {each.code: dict(each.opened) for each in comparison.languages}


def test_nothing_changed_is_nothing_to_say(tmp_path: Path) -> None:
    comparison = against(published(tmp_path))
    assert comparison.is_empty
    assert "Nothing changes for translators" in comment.comment(comparison, {})


@pytest.mark.parametrize("is_updated", [False, True])
def test_an_edited_sentence_becomes_stale_whether_update_was_run_or_not(tmp_path: Path, is_updated: bool) -> None:
    site = published(tmp_path)
    site.write("content/en/a.md", ONE.replace("three", "three and a half"))
    if is_updated:
        site.update()
    comparison = against(site)
    assert comparison.edited == ("content/en/a.md",)
    assert opened(comparison) == {"ru": {State.STALE: 5}, "tg": {State.STALE: 5}}
    assert fates(comparison) == {("a.md", "ru"): Fate.OUT_OF_DATE, ("a.md", "tg"): Fate.OUT_OF_DATE}


def test_nothing_is_written(tmp_path: Path) -> None:
    site = published(tmp_path)
    site.write("content/en/a.md", "Quite another text.\n")
    before = site.snapshot()
    against(site)
    assert site.snapshot() == before


def test_new_posts_and_new_sentences_are_words_to_translate(tmp_path: Path) -> None:
    site = published(tmp_path)
    site.write("content/en/a.md", ONE + "\nA wholly new closing remark.\n")
    site.write("content/en/new.md", "---\ntranslate: [tg]\n---\nSome words.\n")
    comparison = against(site)
    assert (comparison.added, comparison.edited) == (("content/en/new.md",), ("content/en/a.md",))
    assert opened(comparison) == {"ru": {State.UNTRANSLATED: 4}, "tg": {State.UNTRANSLATED: 6}}
    assert fates(comparison)["new.md", "tg"] is Fate.WAITING
    assert ("new.md", "ru") not in fates(comparison)


def test_a_translators_work_is_counted_as_reviewed(tmp_path: Path) -> None:
    site = made(tmp_path, a=ONE, b="Six.\n")
    site.update()
    committed(site)
    site.translate("locales/ru/LC_MESSAGES/a.po")
    comparison = against(site)
    assert [(each.code, each.reviewed, each.left) for each in comparison.languages] == [("ru", 5, 1), ("tg", 0, 6)]
    assert fates(comparison) == {("a.md", "ru"): Fate.COMPLETE}
    assert comparison.edited == ()


def test_another_translation_changes_the_page_and_opens_no_words(tmp_path: Path) -> None:
    site = published(tmp_path)
    site.translate("locales/tg/LC_MESSAGES/b.po", **{"Six.": "Шаш."})
    comparison = against(site)
    assert fates(comparison) == {("b.md", "tg"): Fate.CHANGED}
    assert not any(each.total or each.reviewed for each in comparison.languages)


def test_a_removed_post_takes_its_pages_along(tmp_path: Path) -> None:
    site = published(tmp_path)
    (tmp_path / "content/en/b.md").unlink()
    comparison = against(site)
    assert comparison.removed == ("content/en/b.md",)
    assert fates(comparison) == {("b.md", "ru"): Fate.GONE, ("b.md", "tg"): Fate.GONE}


def test_a_renamed_post_needs_no_translator(tmp_path: Path) -> None:
    site = published(tmp_path)
    (tmp_path / "content/en/b.md").rename(tmp_path / "content/en/z.md")
    comparison = against(site)
    assert (comparison.added, comparison.edited, comparison.removed) == ((), ("content/en/z.md",), ())
    assert not any(each.total for each in comparison.languages)
    assert fates(comparison) == {("z.md", "ru"): Fate.CHANGED, ("z.md", "tg"): Fate.CHANGED}


def test_a_new_language_needs_every_word(tmp_path: Path) -> None:
    site = published(tmp_path)
    site.write("tarjuma.toml", 'languages = ["ru", "tg", "ka"]\n')
    assert opened(against(site)) == {"ru": {}, "tg": {}, "ka": {State.UNTRANSLATED: 6}}


def test_a_site_that_was_not_set_up_was_empty(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("content/en/a.md", ONE)
    committed(site)
    made(tmp_path, a=ONE)
    assert opened(against(site)) == {"ru": {State.UNTRANSLATED: 5}, "tg": {State.UNTRANSLATED: 5}}


def test_line_ends_are_no_edit(tmp_path: Path) -> None:
    site = published(tmp_path)
    site.write("content/en/a.md", ONE.replace("\n", "\r\n"))
    assert against(site).is_empty


def test_what_the_other_branch_did_meanwhile_does_not_count(tmp_path: Path) -> None:
    site = published(tmp_path)
    git(tmp_path, "branch", "-m", "main")
    git(tmp_path, "switch", "-q", "-c", "mine")
    site.write("content/en/a.md", ONE + "\nMine.\n")
    committed(site)
    git(tmp_path, "switch", "-q", "main")
    site.write("content/en/b.md", "Theirs.\n")
    committed(site)
    git(tmp_path, "switch", "-q", "mine")
    assert against(site, "main").edited == ("content/en/a.md",)


def test_the_history_of_a_shallow_checkout_is_enough(tmp_path: Path) -> None:
    site = published(tmp_path / "origin")
    base = git(site.folder, "rev-parse", "HEAD")
    site.write("content/en/a.md", ONE + "\nMine.\n")
    committed(site)
    origin = (tmp_path / "origin").as_uri()
    git(tmp_path, "clone", "-q", "--depth=1", origin, "clone")
    shallow = Site(tmp_path / "clone")
    with pytest.raises(UsageError, match="there is no commit") as raised:
        against(shallow, base)
    assert "git fetch --depth=1" in raised.value.hint
    git(shallow.folder, "fetch", "-q", "--depth=1", origin, base)
    assert against(shallow, base).edited == ("content/en/a.md",)


def test_a_project_below_the_top_of_its_repository_is_compared_with_itself(tmp_path: Path) -> None:
    site = made(tmp_path / "sites" / "one", a=ONE)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "one")
    site.write("content/en/a.md", ONE + "\nMine.\n")
    comparison = against(site)
    assert comparison.edited == ("content/en/a.md",)
    assert comment.comment(comparison, {}, comparison.folder).startswith("<!-- tarjuma: sites/one -->\n")


@pytest.mark.parametrize("ref", ["nowhere", "--upload-pack=touch x", "-n", "HEAD; touch x", "$(touch x)", ""])
def test_a_ref_that_is_none_is_said_so_and_never_run(tmp_path: Path, ref: str) -> None:
    site = published(tmp_path)
    with pytest.raises(UsageError, match="there is no commit"):
        against(site, ref)
    assert not (tmp_path / "x").exists()


def test_without_a_repository_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="in no Git repository"):
        against(made(tmp_path))


def status(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tarjuma", "status", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_prints_a_comment_for_a_pull_request(tmp_path: Path) -> None:
    site = published(tmp_path)
    site.write("content/en/a.md", ONE.replace("three", "three and a half"))
    site.write("content/en/new.md", "Some words.\n")
    base = git(tmp_path, "rev-parse", "HEAD")[:10]
    shown = status(tmp_path, "--against", "HEAD")
    assert shown.returncode == 0, shown.stderr
    assert (
        shown.stdout
        == f"""\
<!-- tarjuma: . -->
### Translations

Sources: 1 added, 1 edited. 4 localized pages affected. Compared with `{base}`.

| words | to translate | became stale | drafts, unsure | reviewed here | left in all |
|---|--:|--:|--:|--:|--:|
| русский (ru) | 2 | 5 |  |  | 7 |
| тоҷикӣ (tg) | 2 | 5 |  |  | 7 |

<details><summary>Out of date until translated anew (the last version stays): 2 pages</summary>

- `content/en/a.md`: ru, tg

</details>

<details><summary>Waiting for translation: 2 pages</summary>

- `content/en/new.md`: ru, tg

</details>
"""
    )


def test_the_command_prints_json_and_knows_one_language(tmp_path: Path) -> None:
    site = published(tmp_path)
    site.write("content/en/a.md", ONE.replace("three", "three and a half"))
    found = json.loads(status(tmp_path, "--against", "HEAD", "--json", "-l", "tg").stdout)
    assert found["languages"] == {
        "tg": {"opened": {"draft": 0, "stale": 5, "unsure": 0, "untranslated": 0}, "reviewed": 0, "left": 5}
    }
    assert found["pages"] == [
        {"source": "content/en/a.md", "language": "tg", "path": "content/tg/a.md", "fate": "out_of_date"}
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a.md", "`a.md`"),
        ("a`b.md", "``a`b.md``"),
        ("`@all`", "`` `@all` ``"),
        ("``a", "``` ``a ```"),
        ("a\n# b|c", "`a\ufffd# b|c`"),
    ],
)
def test_a_name_cannot_break_out_of_its_code_span(text: str, shown: str) -> None:
    assert comment.code(text) == shown


def test_the_marker_is_one_comment_whatever_the_folder_is_called() -> None:
    assert comment.marker("a--><b") == "<!-- tarjuma: a____b -->"


def test_a_comment_never_grows_beyond_what_a_forge_takes(tmp_path: Path) -> None:
    site = committed(made(tmp_path, a=ONE))
    for index in range(comment.LIMIT + 5):
        site.write(f"content/en/post-{index:03}.md", f"Post number {index}.\n")
    text = comment.comment(against(site), {})
    assert "- and the pages of 5 more sources" in text
    assert text.count("\n- ") == comment.LIMIT + 1
