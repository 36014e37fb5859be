"""Sites that real generators build from localized posts, by the recipes of docs/publishing.md.

A site is laid out once for all test processes: the recipe's files over a small theme, the posts of `posts.py`, catalogs
that are partly translated, the recipe's commands. `inspector.py` reads what the generator made of it.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tarjuma import po, project
from tarjuma.model import Catalog, State
from tests.sites import posts
from tests.sites.generators import Generator

HERE = Path(__file__).parent
TOP = HERE.parents[1]
DOC = TOP / "docs" / "publishing.md"
TOOLS = Path(os.environ.get("TARJUMA_SITES", TOP / ".venv" / "sites"))
BASE = "https://example.org"

UNFINISHED = {
    ("ru", "half"): "half",
    ("tg", "half"): "half",
    ("ru", "machine"): "empty",
    ("tg", "machine"): "drafts",
    ("uz-Cyrl", "half"): "empty",
    ("uz-Cyrl", "machine"): "empty",
}
"""How far translators have come where they have not finished."""

PAGES = {
    "ru": {"half": None, "machine": None, "stale": "outdated"},
    "tg": {"half": "mixed", "machine": "mt"},
    "uz-Cyrl": {"half": None, "machine": None, "stale": "outdated"},
}
"""State of the pages that are not complete; None: there is none."""

_FILE = re.compile(r"^`([^`\n]+)`:\n\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Recipe:
    """What docs/publishing.md tells people to do for a preset."""

    files: Mapping[str, str]
    commands: tuple[str, ...]


def recipe(preset: str) -> Recipe:
    """Return the recipe of a preset: the section whose heading ends in its name."""
    sections = re.split(r"^## ", DOC.read_text("utf-8"), flags=re.MULTILINE)
    (text,) = (section for section in sections if section.partition("\n")[0].endswith(f"`{preset}`"))
    lines = tuple(line for block in _COMMANDS.findall(text) for line in block.splitlines() if line.strip())
    return Recipe(dict(_FILE.findall(text)), lines)


@dataclass(frozen=True)
class Built:
    """A site that a generator has built."""

    generator: Generator
    folder: Path
    log: str = field(repr=False)
    """What the commands said."""

    @property
    def output(self) -> Path:
        return self.folder / self.generator.output

    @property
    def names(self) -> list[str]:
        return [*posts.OWN, *posts.sample()]

    def state(self, name: str, code: str) -> str | None:
        """Return the state that the page of a post should have, None when there should be none."""
        return PAGES[code].get(name, "complete") if code in PAGES else "complete"

    def title(self, name: str, code: str) -> str:
        """Return the title that the page should have."""
        source = {**posts.sample(), **posts.OWN}[name]
        (text,) = re.findall(r"^title: (.*)$", source, re.MULTILINE)
        if code == "en":
            return str(text)
        targets = self.targets(name, code)
        return targets.get(text) or text

    def targets(self, name: str, code: str) -> dict[str, str]:
        """Return what the catalog of a post says, drafts included."""
        catalog = _catalog(self.folder, self.generator.place(name), code)[1]
        return {entry.key.text: entry.target for entry in catalog.entries if not entry.is_obsolete}


def missing(generator: Generator) -> str:
    """Return why a generator cannot be tried here, "" when it can."""
    if not generator.is_quick and not os.environ.get("TARJUMA_ALL_SITES"):
        return f"`make test-sites` builds with {generator} too"
    places = [
        TOOLS / "bin" / generator.command,
        TOOLS / generator.modules / "node_modules" / ".bin" / generator.command,
    ]
    if not any(map(Path.exists, places)) and not shutil.which(generator.command):
        return f"{generator.command} is not installed: `make test-sites` installs what can be had"
    return ""


def built(generator: Generator, shared: Path) -> Built:
    """Return the site of a generator, built by the first process that asks; skips the test when it cannot be had."""
    if reason := missing(generator):
        pytest.skip(f"skipped: {reason}")
    folder = shared / f"site-{generator.preset}"
    with _alone(shared / f"site-{generator.preset}.lock"):
        log, fault = folder / "build.log", shared / f"site-{generator.preset}.fault"
        if fault.exists():
            pytest.fail(fault.read_text("utf-8"))
        if not log.exists():
            fault.write_text("the site could not be built: the first test of this generator says why", "utf-8")
            log.write_text(build(generator, folder), "utf-8")
            fault.unlink()
        return Built(generator, folder, log.read_text("utf-8"))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build(generator: Generator, folder: Path) -> str:
    """Lay a site out, translate it, edit one post, do what the recipe says; return what the commands said."""
    steps = recipe(generator.preset)
    shutil.copytree(HERE / generator.theme, folder)
    for path, text in {**generator.extra, **steps.files}.items():
        write(folder, path, text)
    for name, text in {**posts.sample(), **posts.OWN}.items():
        write(folder, generator.place(name), _post(generator, name, text))
    for name, content in posts.FILES.items():
        write(folder, generator.file(name), content)
    if generator.modules:
        _lend_modules(TOOLS / generator.modules / "node_modules", folder / "node_modules")
    _lend_catalogs(generator, folder)
    run(folder, "tarjuma update -q")
    run(folder, "tarjuma draft -q --offline --engine pseudo")
    for code in generator.languages:
        for name in [*posts.OWN, *posts.sample()]:
            _review(generator, folder, code, name, UNFINISHED.get((code, name), "done"))
    run(folder, "tarjuma run -q")
    write(folder, generator.place("stale"), _post(generator, "stale", posts.EDITED))
    run(folder, "tarjuma update -q")
    run(folder, f"tarjuma draft -q --offline --engine pseudo --language tg {generator.place('stale')}")
    _review(generator, folder, "tg", "stale", "done")
    return "\n".join(run(folder, command) for command in steps.commands)


def _post(generator: Generator, name: str, text: str) -> str:
    text = text.replace("%s", generator.second) if name == "courses" else text
    return generator.post(posts.linked(text, lambda target: generator.link(name, target)))


def _lend_catalogs(generator: Generator, folder: Path) -> None:
    """Copy the sample's catalogs of ru and tg to where the catalogs of its posts are here."""
    site = project.load(folder)
    domains = {source.path: source.domain for source in site.sources}
    for code in ("ru", "tg"):
        for name in posts.sample():
            lent = TOP / "locales" / code / "LC_MESSAGES" / "posts" / f"{name}.po"
            write(folder, site.po_path(domains[generator.place(name)], code), lent.read_bytes())


def _lend_modules(packages: Path, folder: Path) -> None:
    """Lay packages of npm before a site, in a folder of its own: tools keep caches there. Astro takes no symlinks."""
    shutil.copytree(packages, folder, symlinks=True, copy_function=_linked)


def _linked(source: str, target: str) -> str:
    """Put a file into a second place: without a copy where that is possible."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _catalog(folder: Path, source: str, code: str) -> tuple[Path, Catalog]:
    site = project.load(folder)
    (domain,) = (each.domain for each in site.sources if each.path == source)
    path = folder / site.po_path(domain, code)
    return path, po.parse(path.read_bytes(), str(path))


def _review(generator: Generator, folder: Path, code: str, name: str, how: str) -> None:
    """Do what a translator would with the drafts of a post: approve them all, none, or the first half."""
    path, catalog = _catalog(folder, generator.place(name), code)
    fresh = [entry for entry in catalog.entries if not entry.is_obsolete and entry.state is not State.REVIEWED]
    wanted = {"done": len(fresh), "half": len(fresh) // 2, "empty": 0, "drafts": 0}[how]
    decided = {
        id(entry): replace(entry, is_fuzzy=False, previous=None, comments=(), raw=None)
        if number < wanted
        else replace(entry, targets=("",), is_fuzzy=False, previous=None, comments=(), raw=None)
        for number, entry in enumerate(fresh)
    }
    if how != "drafts":
        path.write_bytes(po.render(po.replaced(catalog, [decided.get(id(entry), entry) for entry in catalog.entries])))


def write(folder: Path, path: str, content: str | bytes) -> None:
    """Write a file below a folder."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


def run(folder: Path, command: str) -> str:
    """Run a line of a recipe in a site's folder; return what it said. A failure fails the test, with its words."""
    places = [Path(sys.executable).parent, TOOLS / "bin"]
    environment = {
        **os.environ, "PATH": os.pathsep.join([*map(str, places), os.environ.get("PATH", os.defpath)]),
        "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "ASTRO_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1",
        "NPM_CONFIG_OFFLINE": "true", "NPM_CONFIG_UPDATE_NOTIFIER": "false", "NO_UPDATE_NOTIFIER": "1",
        "WEBPACK_URL_LOADER_LIMIT": "0",  # Docusaurus writes small pictures into the page otherwise
    }  # fmt: skip
    done = subprocess.run(
        command, cwd=folder, shell=True, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    said = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, f"{command}\n{said}"
    return f"$ {command}\n{said}"
