"""`tarjuma update`."""

from __future__ import annotations

import click

from tarjuma import project
from tarjuma.cli.console import Console, common, locked, same_meaning


@click.command("update")
@same_meaning
@click.option("--check", is_flag=True, help="Write nothing; print what would change and exit with 1 if anything would.")
@common
def command(console: Console, check: bool, same_meaning: tuple[str, ...]) -> int:
    """Bring the catalogs in line with the posts.

    Extracts first. New texts come in empty, edited ones keep their translation marked fuzzy with the old text above
    it, deleted ones stay at the end as obsolete. No translation is ever lost, and a new language gets its catalogs.
    """
    site = console.project()
    paths = console.sources(site, same_meaning)
    if check:
        return console.check(project.check_update(site, paths))
    with locked(site.folder):
        return console.report(project.update(site, paths))
