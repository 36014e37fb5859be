"""`tarjuma init`."""

from __future__ import annotations

import os
import sys

import click

from tarjuma.cli.console import Console, common
from tarjuma.project import setup, starter


@click.command("init")
@click.option("--languages", metavar="ru,tg,...", help="Codes of the languages to translate into.")
@click.option("--source-language", default="en", show_default=True, metavar="CODE", help="Language of the posts.")
@click.option("--preset", metavar="NAME", help="Site generator, where none is recognised: hugo, jekyll ... or none.")
@click.option("--yes", "is_silent", is_flag=True, help="Ask nothing.")
@common
def command(console: Console, languages: str | None, source_language: str, preset: str | None, is_silent: bool) -> int:
    """Set tarjuma up in this folder.

    Recognises the site generator by its configuration, proposes where posts are and where localized ones go, and
    writes tarjuma.toml and babel.cfg, both with comments. Posts that are translations already are listed and never
    extracted.
    """
    codes = [code for code in (languages or "").replace(",", " ").split() if code]
    proposal = setup.propose(os.getcwd(), codes, source_language, preset)
    may_ask = not is_silent and sys.stdin.isatty() and sys.stderr.isatty()
    if may_ask and not languages:
        found = ",".join(proposal.languages)
        answer = click.prompt("Languages to translate into (codes, such as ru,tg)", default=found or None, err=True)
        proposal = setup.propose(os.getcwd(), answer.replace(",", " ").split(), source_language, preset)
    console.say(starter.summary(proposal))
    if may_ask:
        click.confirm("Write this?", default=True, abort=True, err=True)
    for name in setup.write(os.getcwd(), proposal):
        console.say(f"wrote {name}")
    console.say("Next: look into tarjuma.toml, then `tarjuma run`" if proposal.languages else setup.NO_LANGUAGES)
    return 0
