"""The command line: exit codes, help, odd terminals, bad input. Never a traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from tarjuma import cli, store
from tarjuma.cli import COMMANDS, group
from tarjuma.cli.console import Bar
from tests.site import HELLO, Site, made

HEAVY = ("babel", "requests", "deep_translator", "jinja2", "yaml", "pyromark", "polib", "rapidfuzz", "asyncio")


def run(folder: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run tarjuma in a process of its own, as a shell would."""
    return subprocess.run(
        [sys.executable, "-m", "tarjuma", *args],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "0", **environment},
        capture_output=True,
        encoding="utf-8",
        errors="backslashreplace",
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.fixture
def tarjuma(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run tarjuma in this process, in the folder of the test: returns exit code, standard output and error."""

    def called(*args: str) -> tuple[int, str, str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["tarjuma", *args])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        out, err = capsys.readouterr()
        return int(caught.value.code or 0), out, err

    return called


# --- help ------------------------------------------------------------------------------------------------------------


def test_help_imports_nothing_heavy_and_no_command() -> None:
    script = (
        "import sys\nsys.argv = ['tarjuma', '--help']\n"
        "from tarjuma.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    modules = set(done.stderr.split())
    assert not modules & set(HEAVY)
    assert {name for name in modules if name.startswith("tarjuma")} == {"tarjuma", "tarjuma.cli"}
    assert "compile" in done.stdout


def test_every_module_is_a_command_and_every_command_a_module() -> None:
    modules = {path.stem.rstrip("_") for path in Path(cli.__file__).parent.glob("[!_]*.py")}
    assert modules - {"console", "overview"} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, tarjuma) -> None:
    code, out, err = tarjuma(name, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: tarjuma {name}")
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert len((command.help or "").splitlines()) >= 3
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_the_version_is_shown(tarjuma) -> None:
    assert re.fullmatch(r"tarjuma \d+\.\d+.*\n", tarjuma("--version")[1])


def test_a_mistyped_command_is_answered_with_the_nearest(tarjuma) -> None:
    code, _, err = tarjuma("compil")
    assert code == 2
    assert "tarjuma compile" in err


# --- exit codes ------------------------------------------------------------------------------------------------------


def test_the_workflow_ends_with_zero_and_says_what_it_did(tmp_path: Path, tarjuma) -> None:
    site = made(tmp_path)
    assert tarjuma("run")[:2] == (
        0,
        "extract: 1 written, 0 unchanged\nupdate: 2 written, 0 unchanged\ncompile: 0 unchanged\n",
    )
    site.translate_all("ru")
    code, out, err = tarjuma("compile", "-v")
    assert (code, out, err) == (0, "compile: 1 written, 0 unchanged\n  wrote content/ru/hello.md\n", "")
    assert tarjuma("-q", "run") == (0, "", "")


def test_check_prints_a_diff_writes_nothing_and_ends_with_one(tmp_path: Path, tarjuma) -> None:
    site = made(tmp_path)
    before = site.snapshot()
    code, out, _ = tarjuma("extract", "--check")
    assert code == 1
    assert "+++ b/locales/hello.pot\n" in out
    assert '+msgid "First heading"\n' in out
    assert tarjuma("update", "--check")[0] == 1
    assert site.snapshot() == before
    assert not (tmp_path / ".tarjuma").exists()
    tarjuma("run")
    for command in ("extract", "update", "compile"):
        assert tarjuma(command, "--check") == (0, "", "")
    site.translate_all("tg")
    code, out, _ = tarjuma("compile", "--check")
    assert code == 1
    assert "+title: ҶHello\n" in out


@pytest.mark.parametrize("command", ["extract", "update", "run"])
def test_a_finding_is_one(command: str, tmp_path: Path, tarjuma) -> None:
    made(tmp_path).write("content/en/bad.md", b"\xff")
    code, _, err = tarjuma(command)
    assert code == 1
    assert re.search(r"^error: content/en/bad\.md:?\d*: .*byte 0", err)


def test_wrong_use_is_two(tmp_path: Path, tarjuma) -> None:
    assert tarjuma("run")[0] == 2
    assert tarjuma("status", "--nonsense")[0] == 2
    (tmp_path / "tarjuma.toml").write_text("languages = ['tj']\n")
    code, out, err = tarjuma("status")
    assert (code, out) == (2, "")
    assert err == (
        "error: tarjuma.toml:1: unknown language 'tj'\n"
        " hint: Did you mean 'tg'? Tajik's code is tg, TJ is the country.\n"
    )


def test_a_held_lock_is_three(tmp_path: Path, tarjuma, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path)
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    with store.locked(str(tmp_path), "tarjuma update"):
        code, _, err = tarjuma("run")
    assert code == 3
    assert "another tarjuma is at work here: `tarjuma update`" in err


@pytest.mark.skipif(os.geteuid() == 0, reason="skipped: root may write everywhere")
def test_a_folder_that_may_not_be_written_is_three(tmp_path: Path, tarjuma) -> None:
    made(tmp_path)
    tmp_path.chmod(0o500)
    try:
        assert tarjuma("run")[0] == 3
    finally:
        tmp_path.chmod(0o700)


def test_a_configuration_is_taken_from_where_one_says(tmp_path: Path, tarjuma) -> None:
    made(tmp_path / "site")
    for args in (["-c", "site/tarjuma.toml", "run"], ["run", "-c", "site/tarjuma.toml"]):
        assert tarjuma(*args)[0] == 0
    assert (tmp_path / "site/locales/hello.pot").exists()


def test_same_meaning_is_a_path_as_one_types_it(tmp_path: Path, tarjuma, monkeypatch: pytest.MonkeyPatch) -> None:
    site = made(tmp_path, "languages = ['ru']\n")
    site.run()
    site.translate_all("ru")
    site.run()
    site.write("content/en/hello.md", HELLO.replace("A paragraph", "A paragreph"))
    assert tarjuma("run", "--same-meaning", "./content/en/hello.md")[0] == 0
    assert "current" in tarjuma("status", "--posts")[1]
    site.write("content/en/hello.md", HELLO.replace("A paragraph", "No paragraph"))
    code, _, err = tarjuma("update", "--same-meaning", str(tmp_path / "content/en/hello.md"))
    assert code == 1
    assert "needs a review" in err


# --- odd surroundings ------------------------------------------------------------------------------------------------

ODD = [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "cp866:strict"}, {"PYTHONIOENCODING": "ascii:strict", "LC_ALL": "POSIX"}]


@pytest.mark.parametrize("environment", ODD, ids=lambda environment: " ".join(environment.values()))
def test_any_terminal_will_do(tmp_path: Path, environment: dict[str, str]) -> None:
    folder = tmp_path / "Сайт с пробелами ҳо"
    site = made(folder, 'languages = ["ru", "hy", "uz-Cyrl"]\n', ҷавоб=HELLO.replace("\n", "\r\n"))
    bad = site.write("content/en/ғалат.md", b"\xff")
    for command in (["run"], ["status", "--posts"], ["status", "--json"], [], ["update", "--check"], ["--help"],
                    ["doctor", "content/en/ҷавоб.md"], ["try", "content/en/ҷавоб.md", "-l", "hy"]):  # fmt: skip
        done = run(folder, *command, **environment)
        assert "Traceback" not in done.stderr
        assert done.returncode in (0, 1)
    bad.unlink()
    for code in ("ru", "hy", "uz_Cyrl"):
        site.translate_all(code)
    assert run(folder, "run", **environment).returncode == 0
    page = site.read("content/uz-Cyrl/ҷавоб.md")
    assert page.count("\n") == page.count("\r\n") > 0


def test_a_bar_comes_after_a_second_and_goes_with_the_last_step(monkeypatch, capsys) -> None:
    times = iter([0.0, 0.9, 1.1, 1.15, 1.3, 1.3])
    monkeypatch.setattr("tarjuma.cli.console.time.monotonic", lambda: next(times))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    bar = Bar()
    for done in (0, 1, 2, 3, 4):
        bar("counting", done, 4)
    shown = ["", f"counting [{'#' * 7:.<30}] 1/4\x1b[K", f"counting [{'#' * 22:.<30}] 3/4\x1b[K", "\x1b[K"]
    assert capsys.readouterr().err.split("\r") == shown


def test_a_broken_pipe_is_nobodys_fault(tmp_path: Path) -> None:
    made(tmp_path, **{f"post-{number}": HELLO for number in range(40)})
    run(tmp_path, "run")
    command = f"'{sys.executable}' -m tarjuma status --json | head -1"
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_killed_at_any_moment_the_next_run_ends_where_an_undisturbed_one_does(tmp_path: Path) -> None:
    site = made(tmp_path / "site", 'languages = ["ru"]\n', **{f"post-{number}": HELLO for number in range(30)})
    site.update()
    site.translate_all("ru")
    before = site.snapshot()
    site.run()
    expected = site.snapshot()
    command = [sys.executable, "-m", "tarjuma", "-q", "run"]
    for moment in range(5):
        shutil.rmtree(site.folder)
        for path, content in before.items():
            site.write(path, content)
        with subprocess.Popen(command, cwd=site.folder) as child:
            time.sleep(0.15 + 0.1 * moment)
            child.kill()
        assert run(site.folder, "run").returncode == 0
        assert site.snapshot() == expected


# --- what people look at ---------------------------------------------------------------------------------------------


def test_tarjuma_alone_says_the_state_and_the_next_thing(tmp_path: Path, tarjuma) -> None:
    def lines() -> list[str]:
        code, out, _ = tarjuma()
        assert code == 0
        assert len(out.splitlines()) <= 10
        return out.splitlines()

    assert "tarjuma init" in lines()[-1]
    site = made(tmp_path)
    assert "`tarjuma update`" in lines()[-1]
    tarjuma("update")
    assert "translate" in lines()[-1]
    site.translate_all("ru")
    assert "`tarjuma compile`" in lines()[-1]
    tarjuma("compile")
    assert "translate" in lines()[-1]
    site.translate_all("tg")
    tarjuma("compile")
    assert "nothing" in lines()[-1]
    site.write("content/en/bad.md", b"\xff")
    assert "content/en/bad.md" in lines()[-1]


def test_status_prints_one_json_object(tmp_path: Path, tarjuma) -> None:
    site = made(tmp_path)
    tarjuma("run")
    site.translate_all("ru")
    tarjuma("compile")
    code, out, _ = tarjuma("status", "--json")
    assert code == 0
    status = json.loads(out)
    assert list(status) == ["version", "languages", "posts", "update_is_due", "orphans", "problems"]
    assert status["languages"]["ru"] == {
        "name": "русский",
        "share": 100,
        "words": {"total": 13, "reviewed": 13, "draft": 0, "stale": 0, "unsure": 0, "untranslated": 0},
        "messages": {"total": 5, "reviewed": 5, "draft": 0, "stale": 0, "unsure": 0, "untranslated": 0},
        "pages": {"total": 1, "current": 1, "out_of_date": 0, "ready": 0, "waiting": 0, "edited": 0, "foreign": 0},
    }
    assert status["posts"][1]["page"] == {"path": "content/tg/hello.md", "state": "waiting"}
    assert status["orphans"] == []
    (tmp_path / "content/en/hello.md").rename(tmp_path / "content/en/hi.md")
    assert json.loads(tarjuma("status", "--json")[1])["orphans"] == ["content/ru/hello.md"]
    assert tarjuma("status", "-l", "RU")[1].count("русский") == 2
    assert tarjuma("status", "-l", "kk")[0] == 2


def test_status_writes_nothing(tmp_path: Path, tarjuma) -> None:
    site = made(tmp_path)
    before = site.snapshot()
    tarjuma("status")
    tarjuma()
    assert site.snapshot() == before
    assert not (tmp_path / ".tarjuma").exists()


# --- try and doctor --------------------------------------------------------------------------------------------------


def test_try_shows_catalog_and_page_and_writes_nothing(tmp_path: Path, tarjuma) -> None:
    Site(tmp_path).write("hello.md", HELLO)
    code, out, err = tarjuma("try", "hello.md", "-l", "tg")
    assert (code, err) == (0, "")
    assert "==> hello.tg.po" in out
    assert 'msgid "First heading"\nmsgstr ""' in out
    assert "==> hello.tg.md" in out
    assert "tags: [news]" in out
    assert os.listdir(tmp_path) == ["hello.md"]


def test_try_writes_into_a_folder_and_takes_the_catalog_back(tmp_path: Path, tarjuma) -> None:
    site = Site(tmp_path)
    site.write("hello.md", HELLO)
    assert tarjuma("try", "hello.md", "-l", "tg", "-o", "out")[0] == 0
    site.translate("out/hello.tg.po", Hello="Салом")
    _, out, _ = tarjuma("try", "hello.md", "-l", "tg", "--catalog", "out/hello.tg.po")
    assert "title: Салом" in out
    assert tarjuma("try", "hello.md", "-l", "tg", "--catalog", "out/hello.tg.po", "-o", "out")[0] == 2


def test_try_refuses_what_it_cannot_read(tmp_path: Path, tarjuma) -> None:
    site = Site(tmp_path)
    site.write("hello.xyz", "x")
    site.write("hello.md", "Text here.\n")
    site.write("bad.po", 'msgid "x\n')
    assert tarjuma("try", "hello.xyz", "-l", "tg")[0] in (1, 2, 3)
    assert tarjuma("try", "hello.md", "-l", "tj")[0] == 2
    assert "bad.po:1" in tarjuma("try", "hello.md", "-l", "tg", "--catalog", "bad.po")[2]


def test_doctor_examines_folders_and_files(tmp_path: Path, tarjuma) -> None:
    site = Site(tmp_path)
    site.write("a b/hello.md", HELLO)
    site.write("a b/page.html", "<p>Text of a page</p>\n")
    site.write("a b/photo.png", b"\x89PNG")
    code, out, _ = tarjuma("doctor", "a b", "--json")
    report = json.loads(out)
    assert (code, report["files"], report["identical"], report["failures"]) == (0, 2, 2, [])
    assert tarjuma("doctor", "a b")[1].endswith("This content is safe with tarjuma.\n")
    site.write("bad.md", b"\xff")
    code, out, _ = tarjuma("doctor", "bad.md", "a b")
    assert code == 1
    assert "FAILED bad.md" in out
    assert tarjuma("doctor", "absent")[0] == 2


def test_doctor_finds_the_same_with_many_processes(tmp_path: Path, tarjuma) -> None:
    site = Site(tmp_path)
    for number in range(12):
        site.write(f"post-{number}.md", HELLO + f"\nParagraph {number}.\n" * 200)
    alone = [json.loads(tarjuma("doctor", f"post-{number}.md", "--json")[1]) for number in range(2)]
    together = json.loads(tarjuma("doctor", ".", "--json")[1])
    assert together["files"] == 12
    assert together["identical"] == 12
    assert together["segments"] == 6 * alone[0]["segments"] + 6 * alone[1]["segments"]
