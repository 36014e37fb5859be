"""`tarjuma extract`."""

from __future__ import annotations

import click

from tarjuma import project
from tarjuma.cli.console import Console, common, locked


@click.command("extract")
@click.option("--check", is_flag=True, help="Write nothing; print what would change and exit with 1 if anything would.")
@common
def command(console: Console, check: bool) -> int:
    """Collect the texts of all posts into templates.

    Reads the files that babel.cfg names and writes locales/<domain>.pot where the texts changed. A post that cannot
    be read is reported; its template stays as it was.
    """
    site = console.project()
    if check:
        return console.check([project.check_extract(site)])
    with locked(site.folder):
        return console.report([project.extract(site)])
