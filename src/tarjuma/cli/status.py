"""`tarjuma status`."""

from __future__ import annotations

import click

from tarjuma import project
from tarjuma.cli.console import Console, common
from tarjuma.report import json, text


@click.command("status")
@click.option("-l", "--language", "codes", multiple=True, metavar="LANG", help="Only this language; may be repeated.")
@click.option("--posts", is_flag=True, help="Also every post and language: words and messages of each state.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@common
def command(console: Console, codes: tuple[str, ...], posts: bool, as_json: bool) -> int:
    """Show how far every language and post is, in words and messages.

    \b
    reviewed      translated and approved
    draft         written by a machine, not approved yet
    stale         the source was edited since it was translated
    unsure        marked fuzzy by a person
    untranslated  empty
    """
    state, problems = project.status(console.project(), codes)
    if as_json:
        console.show(json.site(state, problems))
    else:
        console.show(text.site(state) + ("\n" + text.details(state.posts) if posts and state.posts else ""))
        console.complain(problems)
    return console.code(problems)
