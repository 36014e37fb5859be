"""`tarjuma compile`."""

from __future__ import annotations

import click

from tarjuma import project
from tarjuma.cli.console import Console, common, locked


@click.command("compile")
@click.option("--check", is_flag=True, help="Write nothing; print what would change and exit with 1 if anything would.")
@common
def command(console: Console, check: bool) -> int:
    """Write the localized posts from reviewed translations.

    A post is written when enough of it is reviewed (publish.min, 100 percent by default). A page that is published
    already keeps its last complete version until its translation is complete again. Files that tarjuma did not write
    are never overwritten.
    """
    site = console.project()
    if check:
        return console.check([project.check_compile(site)])
    with locked(site.folder):
        return console.report([project.compile(site)])
