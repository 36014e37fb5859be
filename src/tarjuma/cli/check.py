"""`tarjuma check`."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from tarjuma.cli.console import Console, common

FORMATS = ("text", "github", "gitlab", "sarif", "junit", "json")


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("-l", "--language", "codes", multiple=True, metavar="LANG", help="Only this language; may be repeated.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="What to print.", show_default=True)
@click.option(
    "--pot", metavar="FILE", help="The template of the catalogs that are named; else messages.pot beside each."
)
@click.option("--glossary", metavar="FILE", help="The glossary; else glossary.csv beside each catalog.")
@click.option("--no-cache", is_flag=True, help="Look again at what did not change since the last run.")
@common
def command(
    console: Console,
    paths: tuple[str, ...],
    codes: tuple[str, ...],
    form: str,
    pot: str | None,
    glossary: str | None,
    no_cache: bool,
) -> int:
    """Find what is wrong in translations.

    PATHS are catalogs (.po), folders of them, or posts of a project; without any, the whole project is checked.
    """
    from tarjuma import speech
    from tarjuma.baseline import Baseline
    from tarjuma.errors import UsageError
    from tarjuma.project import checkup
    from tarjuma.project.selection import Selector, Wish, chosen

    wish = Wish(paths, chosen(codes), pot or "", glossary or "", not no_cache)
    site = None
    try:
        site = console.project()
    except UsageError:
        if console.config or not paths:
            raise
    selection = Selector(wish, os.getcwd(), site).selection()
    terms = checkup.Terms(wish.languages)
    found = checkup.check(selection, terms, Baseline(), console.bar)
    report = import_module(f"tarjuma.report.{form}")
    console.show(report.findings(found.outcome, speech.words("en")))
    for fault in selection.faults:
        click.echo(f"error: {fault}", err=True)
    sys.stdout.flush()
    if selection.faults or found.unread:
        return 2
    return console.code(found.outcome.problems)
