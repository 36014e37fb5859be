"""The tools that are compared: how each extracts a folder of posts, and compiles it from its own catalogs."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
PEERS_PYTHON = HERE.parent / ".venv" / "bench" / "bin" / "python"
STAGES = ("extract", "compile")


class Run(NamedTuple):
    """What one process took: seconds of its own work, greatest resident memory in MB, remarks."""

    seconds: float
    peak: float
    note: str = ""


@dataclass(frozen=True)
class Tool:
    """A contestant with a folder of its own, in which nothing of an earlier round is left."""

    name: str
    posts: Path
    work: Path

    @property
    def catalogs(self) -> Path:
        return self.work / "catalogs"

    @property
    def output(self) -> Path:
        return self.work / "output"

    def prepare(self) -> str:
        """Make ready, uncounted; return a remark for the reader."""
        return ""

    def clear(self, stage: str) -> None:
        emptied(self.catalogs if stage == "extract" else self.output)

    def run(self, stage: str) -> Run:
        raise NotImplementedError

    def fill(self) -> None:
        """Give every entry of the catalogs just extracted a pseudo-translation, uncounted."""
        translate(self.catalogs.rglob("*.pot"))


class Peer(Tool):
    """A Python package that is run in its own environment by peers.py."""

    def run(self, stage: str) -> Run:
        return worker(PEERS_PYTHON, "peers.py", self.name, stage, self.posts, self.catalogs, self.output)


class Po4a(Tool):
    """po4a with a configuration file, its native batch mode: one catalog, msgmerge included."""

    options = "-o markdown -o yfm_keys=title,description -o neverwrap"

    def prepare(self) -> str:
        files = sorted(path.relative_to(self.posts) for path in self.posts.rglob("*") if path.is_file())
        refused = [path for path in files if not self._reads(path)]
        self._write_config("po4a.cfg", [path for path in files if path not in refused])
        return f"po4a runs without {', '.join(map(str, refused))}: it dies on it" if refused else ""

    def run(self, stage: str) -> Run:
        only = {"extract": "--no-translations", "compile": "--no-update"}[stage]
        return child(["po4a", "--force", only, "-k", "0", "-M", "UTF-8", "-L", "UTF-8", "po4a.cfg"], self.work)[1]

    def fill(self) -> None:
        translate([self.catalogs / "ru.po"])

    def _reads(self, path: Path) -> bool:
        self._write_config("one.cfg", [path])
        emptied(self.catalogs)
        command = ["po4a", "--force", "--no-translations", "-M", "UTF-8", "-L", "UTF-8", "one.cfg"]
        return subprocess.run(command, cwd=self.work, capture_output=True, check=False, timeout=60).returncode == 0

    def _write_config(self, name: str, files: Iterable[Path]) -> None:
        self.work.mkdir(parents=True, exist_ok=True)
        lines = ["[po4a_langs] ru", "[po4a_paths] catalogs/posts.pot $lang:catalogs/$lang.po"]
        lines += [f'[type: text] {self.posts / path} $lang:output/$lang/{path} opt:"{self.options}"' for path in files]
        (self.work / name).write_text("\n".join(lines) + "\n", "utf-8")


class Ours(Tool):
    """tarjuma as a project: `site/` holds the posts, ours.py calls the stages."""

    @property
    def site(self) -> Path:
        return self.work / "site"

    def prepare(self) -> str:
        shutil.copytree(self.posts, self.site / "content" / "en")
        (self.site / "tarjuma.toml").write_text('languages = ["ru"]\n', "utf-8")
        return ""

    def clear(self, stage: str) -> None:
        shutil.rmtree(self.site / ".tarjuma", ignore_errors=True)
        shutil.rmtree(self.site / ("locales" if stage == "extract" else "content/ru"), ignore_errors=True)

    def run(self, stage: str) -> Run:
        return worker(Path(sys.executable), "ours.py", stage, self.site)

    def fill(self) -> None:
        worker(Path(sys.executable), "ours.py", "update", self.site)
        translate((self.site / "locales" / "ru").rglob("*.po"))


def contestants(posts: Path, work: Path) -> tuple[list[Tool], list[str]]:
    """The tools that this machine has, ours first, and a line for each one that is missing."""
    tools: list[Tool] = [Ours("tarjuma", posts, work / "tarjuma")]
    missing: list[str] = []
    for name in ("markdown-gettext", "translate-toolkit"):
        if PEERS_PYTHON.exists():
            tools.append(Peer(name, posts, work / name))
        else:
            missing.append(f"{name} is not installed: skipped")
    if shutil.which("po4a"):
        tools.append(Po4a("po4a", posts, work / "po4a"))
    else:
        missing.append("po4a is not installed: skipped (apt-get install po4a)")
    return tools, missing


def child(command: list[str], folder: Path | None = None) -> tuple[str, Run]:
    """Run a command; return what it printed, its wall seconds and the peak memory of its processes."""
    with tempfile.TemporaryFile("w+") as printed, tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=printed, stderr=errors, cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        errors.seek(0)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}\nended with {process.returncode}:\n{errors.read()[-2000:]}")
        return printed.read(), Run(seconds, usage.ru_maxrss / 1024)


def worker(python: Path, script: str, *arguments: str | Path) -> Run:
    """Run a script that measures its own work and prints it as JSON."""
    printed, _ = child([str(python), str(HERE / script), *map(str, arguments)])
    return Run(**json.loads(printed.splitlines()[-1]))


def translate(catalogs: Iterable[Path]) -> None:
    """Turn templates into catalogs full of pseudo-translations; in a child, so that this process stays small.

    Linux counts what a process held before `exec` in its peak, and so in that of the tool we start next.
    """
    child([sys.executable, str(HERE / "pseudo.py"), *map(str, catalogs)])


def emptied(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
