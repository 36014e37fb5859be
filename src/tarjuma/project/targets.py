"""Where localized files may not go, found out before anything is written; pure, over paths.

Two posts never share a localized file, no localized file is a post, none leaves the project or the folder that its
layout writes to.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from tarjuma import langs, store
from tarjuma.config import Config
from tarjuma.model import Problem, Severity
from tarjuma.presets import Has
from tarjuma.project.layout import Layout, Source

CHECK = "output"
"""The name of what is wrong with the place of a page."""

_FOLDER_KEYS = frozenset({"save_as"})
"""Fields that name a file of the site's folder; in the others a leading `/` is the top of the site."""


class Claim(NamedTuple):
    """A source that is to be compiled to a path."""

    target: str
    source: str
    layout: Layout


def claims(sources: Iterable[Source]) -> Iterator[Claim]:
    """Yield where each source goes, in each language of its root; templates go nowhere."""
    for source in sources:
        if not source.is_template:
            for code in source.root.languages:
                yield Claim(source.layout.target(source.path, code), source.path, source.layout)


def clashes(
    claimed: Iterable[Claim], sources: Collection[str], resolve: Callable[[str], str] = os.path.normpath
) -> Iterator[Problem]:
    """Yield why files cannot be compiled to where they are to go, with what to do; one error a path.

    `sources` are the paths of all posts. `resolve` returns what a path of the project really is, symbolic links
    followed: relative, or with `..` in front where it leaves the project (`real_paths` makes one).
    """
    taken: dict[str, str] = {}
    told: set[str] = set()
    for target, path, layout in claimed:
        if target in told:
            continue
        if target in sources:
            message = f"the localized file of {path} would be a source itself. Change `layout` (or `output`)"
        elif taken.get(target, path) != path:
            message = (
                f"{path} and {taken[target]} would both be compiled to it. Change `layout` (or `output`), or rename one"
            )
        else:
            taken[target] = path
            message = _way_out(target, path, layout.folder, resolve)
        if message:
            told.add(target)
            yield Problem(CHECK, Severity.ERROR, target, message)


def _way_out(target: str, path: str, folder: str, resolve: Callable[[str], str]) -> str:
    """What is wrong with a path that leaves the project or the output folder; "" when it does not."""
    if ".." in re.split(r"[/\\]", target) or _is_absolute(target):
        return f"the localized file of {path} would leave the project. Change `layout` (or `output`), or rename it"
    real = resolve(target)
    if _leaves(real, ""):
        return (
            f"the localized file of {path} would leave the project through a symbolic link, to {real}. "
            "Replace the link by a folder"
        )
    if folder and _leaves(real, resolve(folder)):
        return (
            f"the localized file of {path} would leave the folder {folder} through a symbolic link, to {real}. "
            "Replace the link by a folder"
        )
    return ""


def _leaves(path: str, folder: str) -> bool:
    path, folder = path.replace(os.sep, "/"), folder.replace(os.sep, "/")
    if _is_absolute(path) or path.split("/")[0] == "..":
        return True
    return folder not in ("", ".") and not path.startswith(f"{folder}/")


def _is_absolute(path: str) -> bool:
    return path.startswith(("/", "\\")) or bool(re.match(r"[A-Za-z]:", path))


def real_paths(folder: str) -> Callable[[str], str]:
    """Return the `resolve` of a project in a folder: follows symbolic links, asks for each folder once."""
    top = os.path.realpath(folder)

    @cache
    def real(path: str) -> str:
        found = os.path.realpath(os.path.join(folder, path))
        try:
            return os.path.relpath(found, top)
        except ValueError:  # another drive of Windows
            return found

    def resolve(path: str) -> str:
        above, _, name = path.rpartition("/")
        if os.path.islink(os.path.join(folder, path)):
            return real(path)
        return os.path.normpath(os.path.join(real(above), name))

    return resolve


def has_in(folder: str) -> Has:
    """Return the `has` of a project in a folder: whether there is a file that matches a pattern, and an expression."""

    def has(pattern: str, text: str = "") -> bool:
        found = glob.iglob(pattern, root_dir=folder)
        return any(not text or re.search(text, _text(os.path.join(folder, path))) for path in found)

    return has


def _text(path: str) -> str:
    return (store.read(path) or b"").decode("utf-8", "replace")


def slug_fault(value: object, key: str = "slug") -> str:
    """Return why a field that a generator makes a path of would leave the site's folder; "" when it would not.

    `key` is the field: slug, url, permalink, path, save_as.
    """
    if not isinstance(value, str):
        return ""
    steps = re.split(r"[/\\]", value.strip())
    if ".." in steps:
        return f"{key}: {value!r} would leave the site's folder. Write it without `..`"
    is_absolute = key in _FOLDER_KEYS and value.lstrip().startswith("/")
    if is_absolute or re.match(r"\s*(?:[A-Za-z]:[/\\]|\\\\|//)", value):
        return f"{key}: {value!r} names a place outside the site. Write it without the drive or the first slash"
    if any(ord(char) < 32 for char in value.strip()):
        return f"{key}: {value!r} holds a control character. Remove it"
    return ""


def unfit(conf: Config, has: Has) -> Iterator[Problem]:
    """Yield the languages that a site generator cannot take, as warnings with what to do.

    `has` says whether the project has a file that matches a pattern.
    """
    for root in conf.roots:
        for code in root.languages if root.preset else ():
            assert root.preset
            if reason := root.preset.unfit(langs.language(code), has):
                yield Problem("preset", Severity.WARNING, conf.file, reason, language=code)
