"""`tarjuma doctor`."""

from __future__ import annotations

import click

from tarjuma.cli.console import Console, common
from tarjuma.project import clinic
from tarjuma.report import json, text


@click.command("doctor")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@common
def command(console: Console, paths: tuple[str, ...], as_json: bool) -> int:
    """Tell whether posts are safe with tarjuma.

    Takes files, or folders with all their posts, and needs no set-up; nothing is written. Every text is replaced by a
    pseudo-translation and by hostile ones (Markdown signs, HTML, template code), and each file must keep its
    structure. Exit code 1 when one does not.
    """
    total = clinic.examined(paths, console.bar)
    console.show(json.dumped(total) if as_json else text.examination(total))
    return 1 if total["failures"] else 0
