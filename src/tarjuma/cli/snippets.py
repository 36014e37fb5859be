"""`tarjuma snippets`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from tarjuma.cli.console import CLEAN, Console, common

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tarjuma.snippets import Snippet


@click.command("snippets")
@click.argument("preset", required=False)
@click.option("--print", "is_printed", is_flag=True, help="Print the files.")
@click.option("--write", "is_written", is_flag=True, help="Write them into this site; a file that is there stays.")
@common
def command(console: Console, preset: str | None, is_printed: bool, is_written: bool) -> int:
    """List ready pieces for your site's templates, and what each is for.

    They link every page with its translations (hreflang), tell readers in their language when a page is unfinished or
    a machine's work, and keep such pages out of feeds and sitemaps. PRESET is the site generator, the configuration's
    without it. The files are yours to change.
    """
    from tarjuma import presets, snippets
    from tarjuma.config import publishing
    from tarjuma.errors import UsageError

    config = console.project().config
    name = preset or (config.publishing.preset.name if config.publishing.preset else "")
    known = snippets.names()
    if name not in known:
        said = f"there are no snippets for {name!r}" if name else "the configuration names no preset"
        raise UsageError(said, hint=publishing.near(name, known, "There are some for"))
    sources = dict.fromkeys(root.language for root in config.roots)
    found = snippets.snippets(presets.named(name), [*sources, *(language.code for language in config.languages)])
    if is_written:
        _write(console, config.folder, found)
    elif is_printed:
        console.show("\n".join(f"==> {snippet.path}\n{snippet.text}" for snippet in found))
    else:
        console.show("".join(f"{snippet.path}\n    {snippet.where}\n" for snippet in found))
    return CLEAN


def _write(console: Console, folder: str, found: Iterable[Snippet]) -> None:
    """Write the files that are not there yet, and say what is left to do."""
    from tarjuma import store

    for snippet in found:
        path = os.path.join(folder, *snippet.path.split("/"))
        before = store.read(path)
        if before is None:
            store.write(path, snippet.text.encode())
        console.say(f"{'wrote' if before is None else 'left as it is:'} {snippet.path}\n    {snippet.where}")
