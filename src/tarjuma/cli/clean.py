"""`tarjuma clean`."""

from __future__ import annotations

import click

from tarjuma.cli.console import CLEAN, FINDINGS, Console, common, locked
from tarjuma.project import Result, cleanup


@click.command("clean")
@click.option("--check", is_flag=True, help="Remove nothing; name what would go, and exit with 1 if anything would.")
@common
def command(console: Console, check: bool) -> int:
    """Remove localized files that nothing is compiled to any more.

    Posts were deleted, renamed or taken out of a language, or the layout changed. Only files that tarjuma wrote and
    that nobody edited since are removed; the others are named: delete them yourself when nobody needs them. What was
    written into fields with `copy-once` does not count as an edit. Catalogs are never removed.
    """
    site = console.project()
    if check:
        planned = cleanup.plan(site)
        _tell(console, planned, "would remove")
        return FINDINGS if planned.removed else CLEAN
    with locked(site.folder):
        _tell(console, cleanup.clean(site), "removed")
    return CLEAN


def _tell(console: Console, result: Result, verb: str) -> None:
    """Name every file: whoever removes something should see what."""
    console.show("".join(f"{verb} {path}\n" for path in result.removed))
    for note in result.notes:
        console.say(note)
    if not result.removed and not result.problems and not result.notes:
        console.say("nothing was left behind")
    console.complain(result.problems)
