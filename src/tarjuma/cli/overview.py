"""`tarjuma` without a command: the state in a few lines, and what to do next."""

from __future__ import annotations

import click

from tarjuma import project
from tarjuma.cli.console import Console
from tarjuma.errors import ConfigError, UsageError
from tarjuma.report import text


def show(ctx: click.Context) -> None:
    """Print at most ten lines."""
    console = Console(ctx.obj["config"], ctx.obj["quiet"], ctx.obj["verbose"])
    try:
        site = console.project()
    except ConfigError:
        raise
    except UsageError:
        if console.config:
            raise
        console.show("tarjuma localizes the posts of a site through gettext catalogs.\n\n")
        console.show("No project here yet. Next: `tarjuma init` (or `tarjuma --help`)\n")
        return
    state, problems = project.status(site)
    console.show("".join(f"{line}\n" for line in text.next_step(state, problems)))
