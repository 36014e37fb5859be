"""`tarjuma try`."""

from __future__ import annotations

import click

from tarjuma.cli.console import Console, common
from tarjuma.project import trial


@click.command("try")
@click.argument("post", type=click.Path(exists=True, dir_okay=False))
@click.option("-l", "--language", required=True, metavar="LANG", help="Code of the language, such as ru.")
@click.option("--catalog", metavar="PO", type=click.Path(exists=True, dir_okay=False), help="Use these translations.")
@click.option("-o", "--output", metavar="DIR", help="Write both files there instead of printing them.")
@common
def command(console: Console, post: str, language: str, catalog: str | None, output: str | None) -> int:
    """Show the catalog and the localized page of one post.

    Needs no configuration and changes nothing. Without --catalog the page shows a pseudo-translation: every text
    that would be translated stands in accented letters, everything else as it is in the post.
    """
    result = trial.attempt(post, language, catalog)
    if output:
        for path in trial.write(result, output):
            console.say(f"wrote {path}")
    else:
        for name, content in result.files:
            console.show(f"==> {name}\n{content.decode('utf-8', 'replace')}\n")
    console.complain(result.problems)
    return console.code(result.problems)
