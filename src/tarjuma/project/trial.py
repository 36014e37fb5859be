"""`tarjuma try`: the catalog and the localized page of one post, without a project."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime

from tarjuma import extract, formats, langs, laws, merge, po, splice, store
from tarjuma.errors import UsageError
from tarjuma.model import Options, Problem, Segment, State


@dataclass(frozen=True, slots=True)
class Trial:
    """What the two files would be."""

    files: tuple[tuple[str, bytes], ...]
    """(name, bytes) of the catalog and of the page."""
    problems: tuple[Problem, ...]


def attempt(post: str, code: str, catalog: str | None = None) -> Trial:
    """Return the catalog of a post and its page in a language.

    `catalog` is the path of a PO file whose reviewed translations are used; without one the page is pseudo-translated.
    Raises SourceError, PoError and UsageError.
    """
    language = langs.language(code)
    source = store.read(post)
    if source is None:
        raise UsageError("there is no such file", path=post)
    name = os.path.basename(post)
    stem, suffix = os.path.splitext(name)
    document = formats.parse(source, name, Options())
    now = datetime.now().astimezone().replace(microsecond=0)
    template = extract.template(f"{stem}.pot", extract.messages(document), None, now)
    given = po.parse(store.read(catalog) or b"", catalog) if catalog else None
    updated = merge.update(given, template, language)
    reviewed = {entry.key.identity: entry.target for entry in updated.entries if entry.state is State.REVIEWED}

    def translation(segment: Segment) -> str | None:
        return reviewed.get(segment.key.identity) if given else laws.pseudo(segment.key.text)

    compiled = splice.compile(document, translation)
    files = ((f"{stem}.{language.code}.po", po.render(updated)), (f"{stem}.{language.code}{suffix}", compiled.source))
    return Trial(files, compiled.problems)


def write(trial: Trial, folder: str) -> tuple[str, ...]:
    """Write both files into a folder; return their paths. Raises UsageError when one is there, and StoppedError."""
    paths = tuple(os.path.join(folder, name) for name, _ in trial.files)
    for path, (_, content) in zip(paths, trial.files, strict=True):
        if store.read(path) not in (None, content):
            raise UsageError("is there already", path=path, hint="Choose an empty folder for --output")
    for path, (_, content) in zip(paths, trial.files, strict=True):
        store.write(path, content)
    return paths
