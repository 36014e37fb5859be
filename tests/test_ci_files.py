"""What CI runs of ours, run: the hooks of pre-commit, the steps of the GitHub Action, the examples of docs/ci.md."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tarjuma import formats
from tests.site import Site
from tests.test_comparison import committed, git, made

TOP = Path(__file__).parents[1]
PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ru\\n"

msgid "Read %(count)s pages"
msgstr "Прочитайте страницы"
"""

pytestmark = pytest.mark.skipif(not (TOP / ".pre-commit-hooks.yaml").exists(), reason="skipped: no source tree")


def loaded(path: str) -> Any:
    return yaml.safe_load((TOP / path).read_text("utf-8"))


def environment(**more: str) -> dict[str, str]:
    """The environment of a CI job: our own command is the first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_"))}
    return {**kept, "PATH": path, "no_proxy": "127.0.0.1", "NO_COLOR": "1", **more}


def run(command: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=environment(**more), capture_output=True, text=True, encoding="utf-8", check=False
    )


def site_with_a_finding(folder: Path) -> Site:
    """A site in a repository; one entry of its Russian has lost a placeholder."""
    site = made(folder, 'languages = ["ru"]\n', hello="Read {{ count }} pages.\n")
    site.update()
    committed(site, "posts")
    site.translate("locales/ru/LC_MESSAGES/hello.po", **{"Read {{ count }} pages.": "Прочитайте страницы."})
    return site


# pre-commit


def hooks() -> dict[str, dict[str, Any]]:
    return {hook["id"]: hook for hook in loaded(".pre-commit-hooks.yaml")}


def with_hook(folder: Path, name: str) -> Site:
    """A repository that uses one of our hooks, as `repo:` of its own.

    The only difference to what users have: the environment is the one of the tests (`language: system`), because
    building one would need the network.
    """
    ours = Site(folder / "tarjuma")
    ours.write(".pre-commit-hooks.yaml", yaml.safe_dump([{**hooks()[name], "language": "system"}]))
    committed(ours)
    revision = git(ours.folder, "rev-parse", "HEAD")
    site = Site(folder / "site")
    config = {"repos": [{"repo": str(ours.folder), "rev": revision, "hooks": [{"id": name}]}]}
    site.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    return site


def pre_commit(site: Site) -> subprocess.CompletedProcess[str]:
    git(site.folder, "add", "-A")
    command = [sys.executable, "-m", "pre_commit", "run", "--color=never"]
    return run(command, site.folder, PRE_COMMIT_HOME=str(site.folder.parent / "cache"))


def test_the_manifest_is_one_that_pre_commit_takes() -> None:
    from pre_commit import clientlib

    assert {hook["id"] for hook in clientlib.load_manifest(str(TOP / ".pre-commit-hooks.yaml"))} == {
        "tarjuma-check", "tarjuma-extract", "tarjuma-update",
    }  # fmt: skip


def test_the_check_hook_looks_at_the_catalogs_of_a_commit(tmp_path: Path) -> None:
    site = with_hook(tmp_path, "tarjuma-check")
    git_init(site)
    site.write("ru.po", PO)
    site.write("notes.txt", "%(count)s\n")
    found = pre_commit(site)
    assert found.returncode == 1, found.stdout + found.stderr
    assert "placeholder-missing" in found.stdout
    assert "notes.txt" not in found.stdout
    site.write("ru.po", PO.replace("Прочитайте страницы", "Прочитайте страницы: %(count)s"))
    assert pre_commit(site).returncode == 0


def test_the_check_hook_leaves_a_commit_without_catalogs_alone(tmp_path: Path) -> None:
    site = with_hook(tmp_path, "tarjuma-check")
    git_init(site)
    site.write("notes.txt", "%(count)s\n")
    site.write("template.pot", PO)
    found = pre_commit(site)
    assert (found.returncode, "Skipped" in found.stdout) == (0, True), found.stdout


@pytest.mark.parametrize("name", ["tarjuma-extract", "tarjuma-update"])
def test_a_commit_waits_until_catalogs_follow_the_posts(tmp_path: Path, name: str) -> None:
    site = with_hook(tmp_path, name)
    git_init(site)
    made(site.folder, hello="One two.\n")
    site.update()
    assert pre_commit(site).returncode == 0
    git(site.folder, "commit", "-q", "-m", "site")
    site.write("content/en/hello.md", "One two three.\n")
    found = pre_commit(site)
    assert found.returncode == 1, found.stdout + found.stderr
    assert '+msgid "One two three."' in found.stdout
    site.update()
    assert pre_commit(site).returncode == 0


def test_every_file_with_text_wakes_the_hooks() -> None:
    for name in ("tarjuma-extract", "tarjuma-update"):
        pattern = re.compile(hooks()[name]["files"])
        names = [f"content/en/post{suffix}" for suffix in formats.suffixes()]
        assert [path for path in [*names, "tarjuma.toml", "babel.cfg"] if not pattern.search(path)] == []
        assert not pattern.search("static/photo.jpg")


def git_init(site: Site) -> None:
    git(site.folder, "init", "-q")
    git(site.folder, "config", "user.name", "Name")
    git(site.folder, "config", "user.email", "name@example.org")


# The GitHub Action


class Forge(ThreadingHTTPServer):
    """The part of GitHub's API that keeps comments, on this machine."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.comments: list[dict[str, Any]] = []
        self.requests: list[tuple[str, str]] = []
        self.may_write = True

    def add(self, body: str, kind: str = "User", association: str = "NONE") -> None:
        self.comments.append(
            {"id": 100 + len(self.comments), "body": body, "user": {"type": kind}, "author_association": association}
        )


class _Answer(BaseHTTPRequestHandler):
    server: Forge

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        assert path == "/repos/owner/site/issues/7/comments"
        values = dict(pair.split("=") for pair in query.split("&"))
        size, number = int(values["per_page"]), int(values["page"])
        self.answer(200, self.server.comments[size * (number - 1) : size * number])

    def do_POST(self) -> None:
        if self.may("POST"):
            assert self.path == "/repos/owner/site/issues/7/comments"
            self.server.add(self.body()["body"], "Bot")
            self.answer(201, self.server.comments[-1])

    def do_PATCH(self) -> None:
        if self.may("PATCH"):
            (comment,) = [each for each in self.server.comments if self.path.endswith(f"/comments/{each['id']}")]
            comment["body"] = self.body()["body"]
            self.answer(200, comment)

    def may(self, method: str) -> bool:
        self.server.requests.append((method, self.path))
        if self.server.may_write and self.headers["Authorization"] == "Bearer secret-token":
            return True
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(403, {"message": "Resource not accessible by integration"})
        return False

    def body(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return found

    def answer(self, status: int, value: object) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def forge() -> Iterator[Forge]:
    server = Forge()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


EXPRESSION = re.compile(r"\$\{\{ *(.*?) *\}\}")


class Job:
    """A job that uses the action, as the runner would run its steps."""

    def __init__(self, folder: Path, workspace: Path, inputs: dict[str, str], api: str) -> None:
        self.action = loaded("action.yml")
        self.workspace = workspace
        self.temp = Path(tempfile.mkdtemp(prefix="runner-", dir=folder))
        self.files = {"GITHUB_OUTPUT": self.temp / "output", "GITHUB_STEP_SUMMARY": self.temp / "summary"}
        for file in self.files.values():
            file.touch()
        self.values = {
            "github.event.pull_request.number": "7", "github.event.pull_request.base.sha": "HEAD",
            "github.token": "secret-token", "steps.install.outputs.bin": str(Path(sys.executable).parent),
        }  # fmt: skip
        for name, entry in self.action["inputs"].items():
            self.values[f"inputs.{name}"] = inputs.get(name, self.evaluated(entry["default"]))
        assert inputs.keys() <= self.action["inputs"].keys()
        self.api = api

    def evaluated(self, text: str) -> str:
        return EXPRESSION.sub(lambda found: self.values[found[1]], text)

    def step(self, name: str, **more: str) -> subprocess.CompletedProcess[str]:
        (step,) = [each for each in self.action["runs"]["steps"] if each.get("name") == name]
        assert step["shell"] == "bash"
        script = self.temp / "script.sh"
        script.write_text(step["run"], "utf-8")
        values = {key: self.evaluated(value) for key, value in step.get("env", {}).items()}
        runner = {
            "GITHUB_ACTION_PATH": str(TOP), "GITHUB_API_URL": self.api, "GITHUB_REPOSITORY": "owner/site",
            "GITHUB_ACTIONS": "true", "RUNNER_TEMP": str(self.temp),
            **{key: str(path) for key, path in self.files.items()},
        }  # fmt: skip
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        return run(command, self.workspace, **values, **runner, **more)

    def check(self) -> subprocess.CompletedProcess[str]:
        return self.step("Check translations")

    def compare(self) -> subprocess.CompletedProcess[str]:
        return self.step("Say what it means for translators")


def job(folder: Path, forge: Forge, site: Site, **inputs: str) -> Job:
    names = {name.replace("_", "-"): value for name, value in inputs.items()}
    return Job(folder, site.folder, names, f"http://127.0.0.1:{forge.server_port}")


def edited(folder: Path) -> Site:
    """A site on which a pull request edits a sentence and leaves a finding."""
    site = site_with_a_finding(folder / "site")
    committed(site, "translated")
    site.write("content/en/hello.md", "Read {{ count }} pages.\n\nAnd another sentence.\n")
    return site


def test_no_expression_of_the_action_stands_inside_a_script() -> None:
    for step in loaded("action.yml")["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_the_action_installs_itself_beside_the_job_s_own_python(tmp_path: Path, forge: Forge) -> None:
    """The installer is a stand-in that notes how it was called: a real one would need the network."""
    stand_in = tmp_path / "bin" / "python3"
    stand_in.parent.mkdir()
    stand_in.write_text(
        '#!/bin/sh\necho "$@" >>"$RUNNER_TEMP/calls"\n'
        '[ "$2" != venv ] || { mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; }\n'
    )
    stand_in.chmod(0o755)
    site = Site(tmp_path)
    runner = job(tmp_path, forge, site)
    done = runner.step("Install tarjuma", PATH=f"{stand_in.parent}:/usr/bin:/bin")
    assert done.returncode == 0, done.stderr
    home = runner.temp / "tarjuma"
    first, second = (runner.temp / "calls").read_text().splitlines()
    assert first == f"-m venv {home}"
    assert second.endswith(f"install --constraint {TOP}/constraints.txt {TOP}")
    assert runner.files["GITHUB_OUTPUT"].read_text() == f"bin={home}/bin\n"


def test_the_action_marks_findings_and_fails(tmp_path: Path, forge: Forge) -> None:
    done = job(tmp_path, forge, edited(tmp_path)).check()
    assert done.returncode == 1, done.stderr
    assert re.search(r"^::error file=locales/ru/LC_MESSAGES/hello\.po,line=\d+", done.stdout, re.MULTILINE)


def test_the_action_fails_on_what_it_is_told_to(tmp_path: Path, forge: Forge) -> None:
    done = job(tmp_path, forge, edited(tmp_path), fail_on="never").check()
    assert done.returncode == 0, done.stderr
    assert "::error file=" in done.stdout


def test_the_action_checks_the_paths_it_is_given_whatever_they_are_called(tmp_path: Path, forge: Forge) -> None:
    site = Site(tmp_path / "site")
    site.write("good ru.po", PO.replace("Прочитайте страницы", "Прочитайте страницы: %(count)s"))
    site.write("$(touch x).po", PO)
    runner = job(tmp_path, forge, site, paths="good ru.po\n")
    assert runner.check().returncode == 0
    runner.values["inputs.paths"] = "good ru.po\n\n$(touch x).po\n"
    done = runner.check()
    assert (done.returncode, "file=$(touch x).po" in done.stdout) == (1, True), done.stdout + done.stderr
    assert not (site.folder / "x").exists()


def test_a_project_in_a_folder_is_marked_by_its_paths_in_the_repository(tmp_path: Path, forge: Forge) -> None:
    site = site_with_a_finding(tmp_path / "sites" / "a b")
    shutil.rmtree(site.folder / ".git")
    committed(Site(tmp_path / "sites"))
    site.write("content/en/hello.md", "Read {{ count }} pages.\n\nAnd another sentence.\n")
    runner = job(tmp_path, forge, Site(tmp_path / "sites"), config="a b/tarjuma.toml")
    assert "::error file=a b/locales/ru/LC_MESSAGES/hello.po,line=" in runner.check().stdout
    assert runner.compare().returncode == 0
    assert forge.comments[0]["body"].startswith("<!-- tarjuma: a_b -->\n")


def test_the_action_keeps_one_comment(tmp_path: Path, forge: Forge) -> None:
    site = edited(tmp_path)
    for number in range(120):
        forge.add(f"comment {number}")
    runner = job(tmp_path, forge, site)
    done = runner.compare()
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(forge.comments) == 121
    first = forge.comments[-1]["body"]
    assert first.startswith("<!-- tarjuma: . -->\n")
    assert "| русский (ru) | 3 |" in first
    assert runner.files["GITHUB_STEP_SUMMARY"].read_text("utf-8") == first
    site.write("content/en/hello.md", "Read {{ count }} pages.\n\nAnd yet another sentence.\n")
    assert runner.compare().returncode == 0
    assert "| русский (ru) | 4 |" in forge.comments[-1]["body"]
    assert (len(forge.comments), [method for method, _ in forge.requests]) == (121, ["POST", "PATCH"])
    assert runner.compare().returncode == 0
    assert len(forge.requests) == 2, "a comment that is up to date is not written again"


def test_a_stranger_s_comment_with_our_marker_is_left_alone(tmp_path: Path, forge: Forge) -> None:
    forge.add("<!-- tarjuma: . -->\nmine")
    assert job(tmp_path, forge, edited(tmp_path)).compare().returncode == 0
    assert forge.comments[0]["body"] == "<!-- tarjuma: . -->\nmine"
    assert len(forge.comments) == 2


def test_a_fork_s_token_may_not_write_and_the_job_says_so(tmp_path: Path, forge: Forge) -> None:
    forge.may_write = False
    runner = job(tmp_path, forge, edited(tmp_path))
    done = runner.compare()
    assert done.returncode == 0
    assert re.search("^::notice title=tarjuma::The comment was not written .*403", done.stdout, re.MULTILINE)
    assert "secret-token" not in done.stdout + done.stderr
    assert "to translate" in runner.files["GITHUB_STEP_SUMMARY"].read_text("utf-8")


def test_a_pull_request_that_concerns_no_translation_gets_no_comment(tmp_path: Path, forge: Forge) -> None:
    site = edited(tmp_path)
    committed(site, "base")
    site.write("README", "No post.\n")
    done = job(tmp_path, forge, site).compare()
    assert (done.returncode, forge.requests) == (0, [])


def test_a_base_that_cannot_be_had_is_a_notice(tmp_path: Path, forge: Forge) -> None:
    site = edited(tmp_path)
    for base in ("0" * 40, "$(touch x)", "; touch x", "--upload-pack=touch x"):
        done = job(tmp_path, forge, site, base=base).compare()
        assert done.returncode == 0
        assert "::notice title=tarjuma::There is no comment" in done.stdout
    assert not (site.folder / "x").exists()


def test_the_base_is_fetched_where_the_checkout_lacks_it(tmp_path: Path, forge: Forge) -> None:
    site = edited(tmp_path)
    git(site.folder, "branch", "-m", "a'$(touch${IFS}x)")
    base = git(site.folder, "rev-parse", "HEAD")
    git(site.folder, "switch", "-q", "-c", "mine")
    committed(site, "mine")
    git(tmp_path, "clone", "-q", "--depth=1", "--branch=mine", site.folder.as_uri(), "clone")
    for name in (base, "a'$(touch${IFS}x)"):
        forge.comments.clear()
        assert job(tmp_path, forge, Site(tmp_path / "clone"), base=name).compare().returncode == 0
        assert "1 edited" in forge.comments[0]["body"]
    assert not list(tmp_path.rglob("x"))


# docs/ci.md


FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def example(word: str) -> str:
    """The block of docs/ci.md that holds a word."""
    blocks = [text for _, text in FENCE.findall((TOP / "docs" / "ci.md").read_text("utf-8")) if word in text]
    assert len(blocks) == 1, word
    return blocks[0]


def shell(lines: list[str], folder: Path) -> list[int]:
    """Run lines as a CI does, but for the installation; return their exit codes up to the first that is not 0."""
    codes: list[int] = []
    for line in lines:
        if line.startswith("pip install"):
            assert line == "pip install tarjuma"
        elif not any(codes):
            codes.append(run(["sh", "-ec", line], folder).returncode)
    return codes


def test_the_workflow_gives_the_action_what_it_takes() -> None:
    workflow = yaml.safe_load(example("uses: OWNER/tarjuma@v1"))
    (used,) = workflow["jobs"].values()
    (step,) = [step for step in used["steps"] if "/tarjuma@" in step["uses"]]
    assert step.get("with", {}).keys() <= loaded("action.yml")["inputs"].keys()
    assert used["permissions"] == {"contents": "read", "pull-requests": "write"}


def test_the_pre_commit_example_names_our_hooks() -> None:
    (repository,) = yaml.safe_load(example("rev:"))["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= hooks().keys()


def test_the_gitlab_job_fails_and_leaves_its_reports(tmp_path: Path) -> None:
    site = site_with_a_finding(tmp_path)
    (gitlab,) = yaml.safe_load(example("codequality")).values()
    codes = shell([*gitlab.get("before_script", []), *gitlab["script"]], tmp_path)
    assert (codes[-1], any(codes[:-1])) == (1, False)
    reports = gitlab["artifacts"]["reports"]
    assert gitlab["artifacts"]["when"] == "always"
    quality = json.loads(site.read(reports["codequality"]))
    assert {"placeholder-missing"} <= {issue["check_name"] for issue in quality}
    assert all(issue["location"]["path"].startswith("locales/") for issue in quality)
    assert len({issue["fingerprint"] for issue in quality}) == len(quality)
    assert ElementTree.fromstring(site.read(reports["junit"])).iter("failure")


def test_the_jenkins_stage_fails_and_leaves_its_report(tmp_path: Path) -> None:
    site = site_with_a_finding(tmp_path)
    text = example("junit '")
    assert shell(re.findall(r"sh '(.+)'", text), tmp_path)[-1] == 1
    (report,) = re.findall(r"junit '(.+)'", text)
    assert list(ElementTree.fromstring(site.read(report)).iter("failure"))
