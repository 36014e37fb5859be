"""`tarjuma check`: what is looked into, what is printed, what makes it fail, and that no input ends in a traceback."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from tarjuma import checks
from tarjuma.cli import main
from tarjuma.project import memory
from tests.site import Site, made

HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: {plural}\\n"

"""
PLURALS = {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "tg": "nplurals=2; plural=(n != 1);",
}
GOOD = 'msgid "Room 7 is open."\nmsgstr "Комната 7 открыта."\n'
LOST = 'msgid "Room 7 is open."\nmsgstr "Комната открыта."\n'
TORN = 'msgid "Room 7 is open."\nmsgstr "Комната 7 открыта.\n'
BROKEN = 'msgid "Dear {name}"\nmsgstr "Уважаемый"\n'
EMPTY = 'msgid "Nobody translated this."\nmsgstr ""\n'
SPACE = 'msgid "Room 7 is open."\nmsgstr "Комната 7 открыта. "\n'


def po(*entries: str, language: str = "ru") -> str:
    return HEADER.format(language=language, plural=PLURALS.get(language, PLURALS["tg"])) + "\n".join(entries)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, with an empty cache elsewhere."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    work = tmp_path / "Менинг ишим"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


class Done(NamedTuple):
    """What a run of the command did."""

    returncode: int
    stdout: str
    stderr: str


def check(*arguments: str) -> Done:
    """Run the command in the working directory; an exception that it lets out fails the test."""
    stdout, stderr = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["tarjuma", "check", *arguments])
        with redirect_stdout(stdout), redirect_stderr(stderr), pytest.raises(SystemExit) as left:
            main()
    return Done(int(left.value.code or 0), stdout.getvalue(), stderr.getvalue())


def findings(*arguments: str) -> list[dict[str, object]]:
    """What `--format json` prints; nothing but objects."""
    done = check("--format", "json", *arguments)
    return [json.loads(line) for line in done.stdout.splitlines()]


def names(*arguments: str) -> list[tuple[object, object]]:
    return [(each["check"], each["severity"]) for each in findings(*arguments)]


# PO files without a project


def test_a_clean_catalog_is_clean(folder: Path) -> None:
    (folder / "ru.po").write_text(po(GOOD), "utf-8")
    done = check("ru.po")
    assert (done.returncode, done.stdout, done.stderr) == (0, "no findings in 1 file, 1 message\n", "")


def test_a_finding_says_where_and_what_in_json(folder: Path) -> None:
    entry = f'#: content/posts/a.md:12\n#. heading\nmsgctxt "menu"\n{LOST}'
    (folder / "ru.po").write_text(po(GOOD.replace("7", "8"), entry), "utf-8")
    (one,) = findings("ru.po")
    assert len(str(one.pop("fingerprint"))) == 16
    assert one.pop("message")
    assert one == {
        "path": "ru.po",
        "line": 14,
        "column": one["column"],
        "lang": "ru",
        "check": "number-changed",
        "severity": "warning",
        "context": "menu",
        "msgid": "Room 7 is open.",
        "form": 0,
        "msgstr": "Комната открыта.",
        "span": None,
        "source": {"path": "content/posts/a.md", "line": 12},
        "suggestion": None,
    }


def test_the_line_is_that_of_the_plural_form_and_the_column_that_of_the_span(folder: Path) -> None:
    plural = (
        'msgid "%d room"\nmsgid_plural "%d rooms"\n'
        'msgstr[0] "%d комната"\nmsgstr[1] ""\n"%d комнаты"\nmsgstr[2] "\\"%d\\" комнат "\n'
    )
    (folder / "ru.po").write_text(po(plural), "utf-8")
    (one,) = [each for each in findings("ru.po") if each["check"] == "edge-space"]
    assert (one["line"], one["column"], one["form"]) == (12, 25, 2)


def test_json_is_sorted_by_path_line_and_check(folder: Path) -> None:
    for name in ("b.po", "a.po"):
        (folder / name).write_text(po(BROKEN, SPACE, LOST.replace("Room", "House")), "utf-8")
    found = findings("b.po", "a.po")
    order = [(each["path"], each["line"], each["check"]) for each in found]
    assert order == sorted(order)  # type: ignore[type-var]
    assert len(order) == 6


def test_folders_are_walked_for_catalogs(folder: Path) -> None:
    for path in ("po/ru.po", "po/deep/ru.po", "po/.hidden/ru.po", "po/node_modules/ru.po", "po/ru.txt"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(po(LOST), "utf-8")
    assert [each["path"] for each in findings("po")] == ["po/deep/ru.po", "po/ru.po"]
    assert [each["path"] for each in findings(str(folder / "po" / "deep"))] == [
        str(folder / "po" / "deep" / "ru.po").replace(os.sep, "/")
    ]


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("tg.po", "tg"),
        ("po/uz@cyrillic.po", "uz-Cyrl"),
        ("ru/LC_MESSAGES/site.po", "ru"),
        ("locale/uz_Cyrl/LC_MESSAGES/a/b.po", "uz-Cyrl"),
        ("ru/site.po", "ru"),
        ("site.kk.po", "kk"),
        ("site.po", ""),
    ],
)
def test_without_a_header_the_language_is_that_of_the_place(folder: Path, path: str, language: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(po(BROKEN).replace('"Language: ru\\n"\n', ""), "utf-8")
    assert {each["lang"] for each in findings(path)} == {language}


def test_the_header_counts_before_the_name(folder: Path) -> None:
    (folder / "tg.po").write_text(po(BROKEN), "utf-8")
    assert {each["lang"] for each in findings("tg.po")} == {"ru"}
    assert findings("tg.po", "-l", "ru") != []
    assert (check("tg.po", "-l", "tg").returncode, check("tg.po", "-l", "ru").returncode) == (2, 1)


def test_an_unknown_language_is_checked_for_all_that_needs_none(folder: Path) -> None:
    (folder / "x.po").write_text(po(BROKEN, language="xx"), "utf-8")
    assert ("placeholder-missing", "error") in names("x.po")
    assert "internal-error" not in dict(names("x.po"))


def test_template_and_glossary_lie_beside_the_catalog_or_are_named(folder: Path) -> None:
    (folder / "ru.po").write_text(po(GOOD), "utf-8")
    pot, terms = 'msgid "Another text"\nmsgstr ""\n', "source,ru\nroom,зал\n"
    (folder / "other.pot").write_text(pot, "utf-8")
    (folder / "other.csv").write_text(terms, "utf-8")
    assert names("ru.po") == []
    assert {name for name, _ in names("ru.po", "--pot", "other.pot", "--glossary", "other.csv")} == {
        "stale",
        "glossary",
    }
    (folder / "messages.pot").write_text(pot, "utf-8")
    (folder / "glossary.csv").write_text(terms, "utf-8")
    assert {name for name, _ in names("ru.po")} == {"stale", "glossary"}
    assert check("ru.po", "--pot", "nowhere.pot").returncode == 2


def test_a_broken_template_is_told_once_and_the_catalogs_are_checked(folder: Path) -> None:
    (folder / "messages.pot").write_text(TORN, "utf-8")
    for name in ("ru.po", "other.po"):
        (folder / name).write_text(po(LOST), "utf-8")
    found = [(each["path"], each["check"]) for each in findings(".")]
    assert found == [("messages.pot", "syntax"), ("other.po", "number-changed"), ("ru.po", "number-changed")]


# Whatever the file


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("torn", po(TORN).encode()),
        ("binary", bytes(range(256)) * 40),
        ("zeros", b"\0" * 4096),
        ("compiled", b"\xde\x12\x04\x95" + b"\0" * 40),
        ("empty", b""),
        ("blank", b"\n\n\n"),
        ("prose", b"Once upon a time.\n"),
        ("utf-16", po(GOOD).encode("utf-16")),
        ("wrong charset", po(GOOD).encode("cp1251")),
        ("unknown charset", po(GOOD).replace("UTF-8", "KLINGON").encode()),
        ("no charset", po(GOOD).replace("; charset=UTF-8", "").encode()),
        ("conflict", po("<<<<<<< ours\n", GOOD).encode()),
        ("cut off", po(GOOD).encode()[:-20]),
    ],
)
def test_a_file_that_cannot_be_used_is_a_finding_and_the_others_go_on(folder: Path, name: str, content: bytes) -> None:
    (folder / "bad.po").write_bytes(content)
    (folder / "ru.po").write_text(po(LOST), "utf-8")
    found = findings("bad.po", "ru.po")
    assert {each["severity"] for each in found if each["path"] == "bad.po"} == {"error"}
    assert {each["check"] for each in found if each["path"] == "bad.po"} <= {"syntax", "header"}
    assert [each["check"] for each in found if each["path"] == "ru.po"] == ["number-changed"]
    assert check("bad.po").returncode == 1


def test_a_path_that_leads_nowhere_is_an_error_and_the_others_go_on(folder: Path) -> None:
    (folder / "ru.po").write_text(po(LOST), "utf-8")
    done = check("nowhere.po", "ru.po", "--format", "json")
    assert done.returncode == 2
    assert done.stderr == "error: nowhere.po: no such file or folder\n"
    assert json.loads(done.stdout)["check"] == "number-changed"
    assert check("nowhere.po").returncode == 2


def test_a_file_that_cannot_be_opened_is_a_finding_and_exit_code_2(folder: Path) -> None:
    (folder / "away.po").symlink_to(folder / "nowhere")
    (folder / "loop.po").symlink_to(folder / "loop.po")
    done = check("away.po", "loop.po", "--format", "json")
    assert done.returncode == 2
    assert [json.loads(line)["check"] for line in done.stdout.splitlines()] == ["syntax", "syntax"]


def test_a_folder_without_catalogs_and_no_path_without_a_project_are_errors(folder: Path) -> None:
    (folder / "po").mkdir()
    assert (check("po").returncode, check().returncode) == (2, 2)
    assert "no catalog" in check("po").stderr
    assert "hint: " in check().stderr


def test_a_text_as_long_as_a_file_is_told_and_not_checked(folder: Path) -> None:
    (folder / "ru.po").write_text(po(f'msgid "one"\nmsgstr "{"слово " * 1_000_000}конец"\n', LOST), "utf-8")
    assert names("ru.po") == [("syntax", "warning"), ("number-changed", "warning")]


def test_a_check_that_fails_is_told_and_the_others_go_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from tarjuma.cli import group

    def failing(*_: object) -> object:
        raise RuntimeError("what a pity")

    monkeypatch.setattr(checks.module("doubled-word"), "check", failing)
    monkeypatch.setattr(checks.module("header"), "check_catalog", failing)
    from tarjuma import checking

    checking._functions.cache_clear()
    (folder / "ru.po").write_text(po(LOST), "utf-8")
    done = CliRunner().invoke(group, ["check", "ru.po", "--no-cache", "--format", "json"])
    checking._functions.cache_clear()
    told = [json.loads(line) for line in done.output.splitlines()]
    assert [each["check"] for each in told] == ["internal-error", "internal-error", "number-changed"]
    assert "doubled-word" in told[1]["message"]
    assert "please report it" in told[1]["message"]
    assert "what a pity" in told[0]["message"]
    assert done.exit_code == 1


# What makes it fail


@pytest.mark.parametrize(
    ("entry", "arguments", "code"),
    [
        (LOST, (), 0),
        (LOST, ("--fail-on", "error"), 0),
        (LOST, ("--fail-on", "warning"), 1),
        (LOST, ("--fail-on", "info"), 1),
        (LOST, ("--fail-on", "never"), 0),
        (BROKEN, (), 1),
        (BROKEN, ("--fail-on", "never"), 0),
        (BROKEN, ("--fail-on", "untranslated"), 1),
        (GOOD, ("--fail-on", "info"), 0),
        ("#, fuzzy\n" + GOOD, (), 0),
        ("#, fuzzy\n" + GOOD, ("--fail-on", "unsure"), 1),
        ("#, fuzzy\n" + GOOD, ("--fail-on", "stale,draft"), 0),
        ('#, fuzzy\n#| msgid "Room 7."\n' + GOOD, ("--fail-on", "stale"), 1),
        (GOOD + "\n" + EMPTY, ("--fail-on", "never"), 0),
        (GOOD + "\n" + EMPTY, ("--fail-on", "untranslated"), 1),
        (GOOD + '\n#, fuzzy\nmsgid "More"\nmsgstr "Ещё"\n', ("--min", "ru=90"), 1),
        (GOOD + '\n#, fuzzy\nmsgid "More"\nmsgstr "Ещё"\n', ("--min", "50"), 0),
        (GOOD + '\n#, fuzzy\nmsgid "More"\nmsgstr "Ещё"\n', ("--min", "tg=90"), 0),
        (GOOD, ("--fail-on", "sometimes"), 2),
        (GOOD, ("--min", "ru=many"), 2),
        (GOOD, ("--min", "qqq=10"), 2),
        (GOOD, ("--dry-run",), 2),
        (GOOD, ("--write-baseline",), 2),
        (GOOD, ("--baseline", "nowhere.txt"), 2),
        (GOOD, ("--format", "html"), 2),
        (GOOD, ("-l", "qqq"), 2),
    ],
)
def test_exit_codes(folder: Path, entry: str, arguments: tuple[str, ...], code: int) -> None:
    (folder / "ru.po").write_text(po(entry), "utf-8")
    assert check("ru.po", *arguments).returncode == code


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "sarif", "junit", "json"])
def test_every_format_tells_the_finding(folder: Path, form: str) -> None:
    (folder / "ru.po").write_text(po(LOST), "utf-8")
    assert "number-changed" in check("ru.po", "--format", form).stdout


def test_text_has_no_colours_off_a_terminal_and_survives_a_poor_locale(folder: Path) -> None:
    (folder / "ru.po").write_text(po(LOST), "utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON"))}
    command = [sys.executable, "-m", "tarjuma", "check", "ru.po"]
    done = subprocess.run(command, capture_output=True, env={**environment, "LC_ALL": "C"}, check=False)
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert b"Traceback" not in done.stderr


def test_messages_for_translators_are_in_their_language(folder: Path) -> None:
    (folder / "ru.po").write_text(po(LOST), "utf-8")
    ours, theirs = findings("ru.po")[0]["message"], findings("ru.po", "--for-translators")[0]["message"]
    assert str(ours).isascii()
    assert ours != theirs


def test_the_list_names_every_check(folder: Path) -> None:
    lines = check("--list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(checks.names())


# Silence


def test_a_comment_silences_a_check_and_what_suppresses_nothing_is_told(folder: Path) -> None:
    (folder / "ru.po").write_text(po("# i18n-ignore: number-changed\n" + LOST), "utf-8")
    assert check("ru.po").stdout == "no findings in 1 file, 1 message; 1 ignored\n"
    (folder / "ru.po").write_text(po("# i18n-ignore: number-changed\n" + GOOD), "utf-8")
    assert names("ru.po") == [("stale-ignore", "info")]


def test_a_baseline_holds_back_what_is_known_wherever_it_moves(folder: Path) -> None:
    (folder / "ru.po").write_text(po(LOST, BROKEN), "utf-8")
    assert check("ru.po", "--baseline", "known.txt", "--write-baseline").returncode == 0
    before = (folder / "known.txt").read_bytes()
    (folder / "ru.po").write_text("# a new line\n" + po(BROKEN, GOOD.replace("7", "9"), LOST), "utf-8")
    assert findings("ru.po", "--baseline", "known.txt") == []
    assert check("ru.po", "--baseline", "known.txt").returncode == 0
    (folder / "ru.po").write_text(po(BROKEN, BROKEN.replace("name", "title")), "utf-8")
    done = check("ru.po", "--baseline", "known.txt", "--format", "json")
    assert [json.loads(line)["msgid"] for line in done.stdout.splitlines()] == ["Dear {title}"]
    assert done.returncode == 1
    assert "1 finding of the baseline" in done.stderr
    assert (folder / "known.txt").read_bytes() == before
    check("ru.po", "--baseline", "known.txt", "--write-baseline")
    assert b"number-changed" not in (folder / "known.txt").read_bytes()


# Mending


def test_fix_shows_a_diff_first_then_changes_that_entry_alone(folder: Path) -> None:
    text = po(GOOD.replace("7", "8"), SPACE, LOST.replace("Room", "House"))
    (folder / "ru.po").write_text(text, "utf-8")
    shown = check("ru.po", "--fix", "--dry-run")
    assert shown.returncode == 1
    assert '-msgstr "Комната 7 открыта. "\n+msgstr "Комната 7 открыта."\n' in shown.stdout
    assert (folder / "ru.po").read_text("utf-8") == text
    done = check("ru.po", "--fix")
    assert "mended 1 entry in 1 file" in done.stderr
    assert "number-changed" in done.stdout
    assert "edge-space" not in done.stdout
    assert (folder / "ru.po").read_text("utf-8") == text.replace("открыта. ", "открыта.")
    assert check("ru.po", "--fix", "--dry-run").returncode == 0


def test_one_run_of_fix_mends_what_the_first_mend_uncovers(folder: Path) -> None:
    (folder / "ru.po").write_text(po(SPACE.replace('открыта. "', 'открыта. \u200b"')), "utf-8")
    check("ru.po", "--fix")
    assert 'открыта."' in (folder / "ru.po").read_text("utf-8")
    again = check("ru.po", "--fix", "--dry-run")
    assert (again.stdout, again.stderr) == ("", "nothing to mend\n")


def test_fix_leaves_what_is_silenced(folder: Path) -> None:
    text = po("# i18n-ignore: edge-space\n" + SPACE)
    (folder / "ru.po").write_text(text, "utf-8")
    check("ru.po", "--fix")
    assert (folder / "ru.po").read_text("utf-8") == text


# What changed


@pytest.fixture
def repository(folder: Path) -> Path:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    run("git", "init", "-q")
    return folder


def run(*command: str) -> None:
    identity = {f"GIT_{who}_{what}": "t@ciced.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(command, check=True, env={**os.environ, **identity}, capture_output=True)


def commit() -> None:
    run("git", "add", ".")
    run("git", "commit", "-q", "-m", "A change")


def test_diff_base_tells_what_changed_since_a_commit(repository: Path) -> None:
    old = [LOST, BROKEN]
    (repository / "ru.po").write_text(po(*old), "utf-8")
    (repository / "same.po").write_text(po(LOST), "utf-8")
    commit()
    assert names("--diff-base", "HEAD", ".") == []
    (repository / "ru.po").write_text("# moved\n" + po(*old, SPACE.replace("Room", "House")), "utf-8")
    (repository / "new.po").write_text(po(LOST), "utf-8")
    told = [(each["path"], each["check"]) for each in findings("--diff-base", "HEAD", ".")]
    assert told == [("new.po", "number-changed"), ("ru.po", "edge-space")]
    commit()
    assert [(each["path"], each["check"]) for each in findings("--diff-base", "HEAD~1", ".")] == told


def test_diff_base_notices_drafts_approved_unread(repository: Path) -> None:
    from tarjuma.model import target_hash

    def drafts(flag: str) -> str:
        entries = []
        for number in range(30):
            target = f"Комната открыта, номер {number}."
            out = target_hash((target,))
            mark = f"# mt: engine en>ru src=00000000 out={out}\n{flag}"
            entries.append(f'{mark}msgid "The room is open, number {number}."\nmsgstr "{target}"\n')
        return po(*entries)

    (repository / "ru.po").write_text(drafts("#, fuzzy\n"), "utf-8")
    commit()
    (repository / "ru.po").write_text(drafts(""), "utf-8")
    told = names("ru.po", "--diff-base", "HEAD")
    assert (told.count(("mt-unedited", "warning")), told.count(("mt-unedited", "info"))) == (1, 30)
    assert set(names("ru.po")) == {("mt-unedited", "info")}


def test_diff_base_without_a_repository_or_commit_is_a_clear_error(folder: Path) -> None:
    (folder / "ru.po").write_text(po(GOOD), "utf-8")
    assert check("ru.po", "--diff-base", "main").returncode == 2
    if shutil.which("git"):
        run("git", "init", "-q")
        done = check("ru.po", "--diff-base", "main")
        assert (done.returncode, "main" in done.stderr) == (2, True)


# A project


CONFIG = 'languages = ["ru", "tg"]\n'
NEWS = "---\ntitle: News\n---\nRoom 7 is open.\n"


@pytest.fixture
def site(folder: Path) -> Site:
    """A project with two posts, whose Russian is translated with one lost number."""
    made_site = made(folder, CONFIG, hello="# Hello\n\nDear reader, welcome.\n", news=NEWS)
    made_site.run()
    made_site.translate("locales/ru/LC_MESSAGES/news.po", News="Новости", **{"Room 7 is open.": "Комната открыта."})
    made_site.translate(
        "locales/ru/LC_MESSAGES/hello.po",
        Hello="Привет",
        **{"Dear reader, welcome.": "Дорогой читатель, добро пожаловать."},
    )
    made_site.run()
    return made_site


def test_a_project_is_checked_and_the_line_of_the_post_is_told(site: Site) -> None:
    (one,) = findings()
    assert (one["check"], one["path"], one["source"]) == (
        "number-changed",
        "locales/ru/LC_MESSAGES/news.po",
        {"path": "content/en/news.md", "line": 4},
    )
    assert check().returncode == 0


def test_posts_pages_and_catalogs_choose_what_is_checked(site: Site) -> None:
    assert names("content/en/news.md") == names("content/ru/news.md") == [("number-changed", "warning")]
    assert names("locales/ru/LC_MESSAGES/news.po") == names("locales/ru") == names("content/en") != []
    assert names("content/en/hello.md") == names("content/tg/news.md") == names("locales/tg/LC_MESSAGES/news.po") == []
    assert check("tarjuma.toml").returncode == 2


def test_an_edited_post_that_is_named_asks_for_an_update(site: Site) -> None:
    site.write("content/en/news.md", NEWS.replace("---\ntitle", "---\ntransalte: false\ntitle") + "\nCome in.\n")
    found = names("content/en/news.md")
    assert [each for each in found if each not in names("locales/ru/LC_MESSAGES/news.po")] == [
        ("front-matter", "warning"),
        ("stale-template", "warning"),
    ]
    assert names("content/en/hello.md") == []


def test_paths_are_told_from_where_the_person_is_and_fingerprints_stay(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here,) = findings()
    monkeypatch.chdir(site.folder.parent)
    (above,) = findings(site.folder.name)
    (named,) = findings("-c", f"{site.folder.name}/tarjuma.toml")
    assert above == named
    assert above["path"] == f"{site.folder.name}/{here['path']}"
    assert above["source"] == {"path": f"{site.folder.name}/content/en/news.md", "line": 4}
    assert above["fingerprint"] == here["fingerprint"]
    monkeypatch.chdir(site.folder / "content")
    assert findings() == [here]


def test_what_is_left_to_do_is_one_line_a_post_and_language(site: Site) -> None:
    site.write("content/en/news.md", NEWS + "\nA new text.\n\nAnother new text.\n")
    site.update()
    told = [each for each in findings() if each["check"] == "unfinished"]
    assert [(each["path"], each["lang"], each["severity"]) for each in told] == [
        ("locales/ru/LC_MESSAGES/news.po", "ru", "info")
    ]
    assert str(told[0]["message"]).startswith("left to do: 2 untranslated, 0 drafts")
    assert "empty" not in dict(names())
    assert check().returncode == 0
    assert check("--fail-on", "untranslated", "-l", "ru").returncode == 1
    assert check("--fail-on", "draft", "-l", "ru").returncode == 0
    assert check("--min", "ru=95").returncode == 1
    assert check("--min", "ru=10").returncode == 0
    assert check("content/en/news.md", "--fail-on", "untranslated", "-l", "ru").returncode == 1
    assert check("content/en/hello.md", "--fail-on", "untranslated", "-l", "ru").returncode == 0


def test_the_configuration_decides_severities_silence_and_gates(site: Site) -> None:
    def told(config: str) -> tuple[list[tuple[object, object]], int]:
        site.write("tarjuma.toml", config)
        return names(), check().returncode

    assert told(CONFIG + '[checks.number-changed]\nseverity = "error"\n') == ([("number-changed", "error")], 1)
    assert told(CONFIG + '[checks.number-changed]\nseverity = "off"\n') == ([], 0)
    assert told(CONFIG + '[checks]\nfail_on = "warning"\n')[1] == 1
    ignore = '[[checks.ignore]]\ncheck = "number-changed"\nmsgid = "Room *"\npaths = ["content/en/news.md"]\n'
    assert told(CONFIG + ignore) == ([], 0)
    assert told(CONFIG + '[[checks.ignore]]\ncheck = "escape"\n')[0] == [
        ("number-changed", "warning"),
        ("stale-ignore", "info"),
    ]
    gate = '[[checks.gate]]\npaths = ["content/en/{}.md"]\nfail_on = "warning"\n'
    assert told(CONFIG + gate.format("news"))[1] == 1
    assert told(CONFIG + gate.format("hello"))[1] == 0
    per_language = '[languages.ru]\nfail_on = "warning"\n[languages.tg]\n'
    assert told(per_language)[1] == 1


def test_a_gate_asks_for_a_share_of_some_posts(site: Site) -> None:
    site.write("content/en/news.md", NEWS + "\nA new text.\n")
    site.update()
    gate = '[[checks.gate]]\npaths = ["content/en/{}.md"]\nlanguages = ["ru"]\nmin = 100\n'
    site.write("tarjuma.toml", CONFIG + gate.format("hello"))
    assert check().returncode == 0
    site.write("tarjuma.toml", CONFIG + gate.format("news"))
    assert ("minimum", "error") in names()
    assert check().returncode == 1


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('[checks.number-chnged]\nseverity = "off"\n', "Did you mean 'number-changed'?"),
        ('[checks.number-changed]\nseverity = "loud"\n', "Choose from off, error, warning, info"),
        ("[checks]\nfail_on = 3\n", "fail_on"),
        ('[checks]\nfail_on = "sometimes"\n', "Choose from error"),
        ('[[checks.ignore]]\ncheck = "numbers"\n', "unknown key 'numbers'"),
        ('[[checks.ignore]]\ncheck = "fuzzy"\nlanguage = "uk"\n', "not in languages"),
        ("[[checks.ignore]]\n", "is empty"),
        ("[[checks.gate]]\nmin = 101\n", "no percentage"),
        ('[checks]\nbaseline = "../known.txt"\n', "leaves the project"),
    ],
)
def test_a_mistake_in_the_configuration_is_told_with_its_line(site: Site, table: str, words: str) -> None:
    site.write("tarjuma.toml", CONFIG + table)
    done = check()
    assert done.returncode == 2
    assert "tarjuma.toml:" in done.stderr
    assert words in done.stderr


def test_the_baseline_of_the_configuration_is_used(site: Site) -> None:
    site.write("tarjuma.toml", CONFIG + '[checks]\nfail_on = "warning"\nbaseline = "known.txt"\n')
    assert check().returncode == 1
    assert check("--write-baseline").returncode == 0
    assert check().returncode == 0
    assert findings() == []


def test_a_baseline_is_not_shortened_by_a_look_at_a_part(site: Site) -> None:
    site.write("tarjuma.toml", CONFIG + '[checks]\nbaseline = "known.txt"\n')
    check("--write-baseline")
    before = site.read("known.txt")
    for part in (("-l", "tg"), ("content/en/hello.md",), ("locales/tg",)):
        assert check(*part, "--write-baseline", "--baseline", "known.txt").returncode == 0
        assert site.read("known.txt") == before
    assert check("--write-baseline", "--diff-base", "HEAD").returncode == 2
    site.translate("locales/ru/LC_MESSAGES/news.po", News="Новости", **{"Room 7 is open.": "Комната 7 открыта."})
    site.compile()
    assert "1 finding of the baseline" in check().stderr
    check("--write-baseline")
    assert len(site.read("known.txt").splitlines()) == 1


def test_fix_works_in_a_project_too(site: Site) -> None:
    path = "locales/ru/LC_MESSAGES/news.po"
    site.translate(path, News="Новости ", **{"Room 7 is open.": "Комната 7 открыта."})
    site.compile()
    before = site.read(path)
    assert "edge-space" in dict(names())
    assert check("--fix").returncode == 0
    assert site.read(path) == before.replace("Новости ", "Новости")


def test_quiet_says_only_what_is_wrong_and_verbose_names_every_file(site: Site) -> None:
    assert check("-q", "content/en/hello.md").stdout == ""
    assert "number-changed" in check("-q").stdout
    told = check("-v", "--format", "json")
    assert "locales/tg/LC_MESSAGES/hello.po" in told.stderr
    assert len(told.stdout.splitlines()) == 1


# What is remembered


def test_what_did_not_change_is_remembered_and_what_changed_is_not(folder: Path) -> None:
    file = folder / "ru.po"
    file.write_text(po(LOST), "utf-8")
    first = findings("ru.po")
    kept = list((folder.parent / "cache").rglob("*.json"))
    assert len(kept) == 1
    kept[0].write_text(kept[0].read_text().replace("number-changed", "edge-space"))
    assert [each["check"] for each in findings("ru.po")] == ["edge-space"], "it was remembered"
    assert findings("ru.po", "--no-cache") == first
    file.write_text(po(LOST, BROKEN), "utf-8")
    assert [each["check"] for each in findings("ru.po")] == ["number-changed", "placeholder-missing"]
    (folder / "glossary.csv").write_text("source,ru\nroom,зал\n", "utf-8")
    assert "glossary" in {each["check"] for each in findings("ru.po")}


@pytest.mark.parametrize("content", [b"", b"{", b"null", b"[]", b"\xff\xfe", b'{"key": 1, "result": {}}'])
def test_a_corrupt_memory_is_made_anew(folder: Path, content: bytes) -> None:
    (folder / "ru.po").write_text(po(LOST), "utf-8")
    first = findings("ru.po")
    (kept,) = (folder.parent / "cache").rglob("*.json")
    name = json.loads(kept.read_text())["key"]
    kept.write_bytes(content)
    assert findings("ru.po") == first
    for rows in (None, [[]], [["a"] * 16], "x"):
        kept.write_text(json.dumps({"key": name, "result": {"path": "ru.po", "language": "ru", "problems": rows}}))
        assert findings("ru.po") == first


def test_nothing_fails_where_nothing_can_be_remembered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "ru.po").write_text(po(LOST), "utf-8")
    (folder / "a file").write_text("")
    for home in (str(folder / "a file"), "/proc/nowhere", ""):
        monkeypatch.setenv("XDG_CACHE_HOME", home)
        monkeypatch.setenv("LOCALAPPDATA", home)
        monkeypatch.setenv("HOME", str(folder / "a file"))
        assert [each["check"] for each in findings("ru.po")] == ["number-changed"]


def test_a_project_remembers_in_its_own_folder_and_says_the_same(site: Site) -> None:
    first = findings()
    assert len(list((site.folder / ".tarjuma" / "check").glob("*.json"))) == 4
    assert findings() == first
    assert findings("--no-cache") == first


def test_the_oldest_goes_when_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST_FILES", 3)
    folder = str(tmp_path / "check")
    for number in range(6):
        memory.keep(folder, [(f"{number}.po", "key", {"number": number})])
        for file in Path(folder).iterdir():
            os.utime(file, (os.stat(file).st_mtime - 10,) * 2)
    assert [number for number in range(6) if memory.recalled(folder, f"{number}.po", "key")] == [3, 4, 5]
