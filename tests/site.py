"""A small site in a temporary folder, and the workflow on it, for tests."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from tarjuma import po, project
from tarjuma.model import Catalog, Entry
from tarjuma.project import Project, Result

HELLO = """\
---
title: Hello
date: 2024-05-06
tags: [news]
---
# First heading

A paragraph with *markup* and
a second line.

- one item
- another item
"""


@dataclass
class Site:
    """Files of a site by their path."""

    folder: Path

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file, as it is; folders are made."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def read(self, path: str) -> str:
        return (self.folder / path).read_bytes().decode()

    def files(self, below: str = "") -> list[str]:
        """Return the paths of all files, sorted, without `.tarjuma/`."""
        found = (
            path.relative_to(self.folder).as_posix() for path in (self.folder / below).rglob("*") if path.is_file()
        )
        return sorted(path for path in found if not path.startswith(".tarjuma/"))

    def snapshot(self) -> dict[str, bytes]:
        """Return the bytes of every file."""
        return {path: (self.folder / path).read_bytes() for path in self.files()}

    def load(self) -> Project:
        return project.load(self.folder)

    def update(self, *same_meaning: str) -> tuple[Result, Result]:
        return project.update(self.load(), same_meaning)

    def compile(self) -> Result:
        return project.compile(self.load())

    def run(self, *same_meaning: str) -> Result:
        """Do all stages; return what compile did."""
        self.update(*same_meaning)
        return self.compile()

    def catalog(self, path: str) -> Catalog:
        return po.parse((self.folder / path).read_bytes(), path)

    def translate(self, path: str, **targets: str) -> None:
        """Approve every live entry of a catalog: with the target given for its text, else with `[text]`."""
        catalog = self.catalog(path)
        entries = [_approved(entry, targets) for entry in catalog.entries]
        self.write(path, po.render(po.replaced(catalog, entries)))

    def translate_all(self, language: str) -> None:
        """Approve every entry of a language."""
        for path in self.files(f"locales/{language}"):
            if path.endswith(".po"):
                self.translate(path)


def _approved(entry: Entry, targets: dict[str, str]) -> Entry:
    if entry.is_obsolete:
        return entry
    text = targets.get(entry.key.text, f"Ҷ{entry.key.text}")
    return replace(entry, targets=(text,) * len(entry.targets), is_fuzzy=False, previous=None, comments=(), raw=None)


def made(folder: Path, config: str = 'languages = ["ru", "tg"]\n', **posts: str) -> Site:
    """Return a site with `content/en/hello.md`, or with the posts given as name=text."""
    site = Site(folder)
    site.write("tarjuma.toml", config)
    for name, text in (posts or {"hello": HELLO}).items():
        site.write(f"content/en/{name}.md", text)
    return site


def touch_nothing(folder: Path) -> dict[str, int]:
    """Return the time of the last change of every file, to see that nothing is written."""
    return {str(path): os.stat(path).st_mtime_ns for path in folder.rglob("*") if ".tarjuma" not in path.parts}
