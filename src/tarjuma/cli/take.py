"""`tarjuma take`."""

from __future__ import annotations

import click

from tarjuma.cli.console import Console, common, locked


@click.command("take")
@click.argument("pages", nargs=-1, required=True, metavar="FILE...")
@click.option("--check", is_flag=True, help="Write nothing; print what would change and exit with 1 if anything would.")
@common
def command(console: Console, pages: tuple[str, ...], check: bool) -> int:
    """Bring edits of localized pages back into the catalogs.

    FILE is a page that tarjuma wrote and somebody edited by hand. Its texts become the reviewed translations, and the
    next compile makes this very page. What no catalog can hold (blocks added or removed, fields, code, white space) is
    reported with its line; all other texts are taken. The page itself is never changed.

    Of a page that tarjuma did not write, texts are taken as a start where its blocks are those of the source; they
    have to be reviewed.
    """
    from tarjuma.project import taking

    site = console.project()
    paths = console.sources(site, pages)
    if check:
        return console.check([taking.plan(site, paths)])
    with locked(site.folder):
        return console.report([taking.take(site, paths)])
