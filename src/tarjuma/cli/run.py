"""`tarjuma run`."""

from __future__ import annotations

import click

from tarjuma import project
from tarjuma.cli.console import Console, common, locked, same_meaning


@click.command("run")
@same_meaning
@common
def command(console: Console, same_meaning: tuple[str, ...]) -> int:
    """Do all of it, in order: extract, update, draft where the configuration asks for it, compile.

    A second run without an edit in between writes nothing. Nothing is sent to any service, unless [draft] says
    network = true.
    """
    site = console.project()
    paths = console.sources(site, same_meaning)
    with locked(site.folder):
        return console.report(project.run(site, paths, console.announce))
