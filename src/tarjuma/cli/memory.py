"""`tarjuma memory`: import, export, quality."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from tarjuma.cli.console import CLEAN, FINDINGS, Console, common, locked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tarjuma.quality import Row


@click.group("memory")
def command() -> None:
    """Reuse what is translated already, and see how good drafts are.

    The memory holds all reviewed text of all posts and languages, and what you import. It lies in .tarjuma/ and may be
    deleted: it is made again from the catalogs and from locales/memory/.
    """


@command.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-l", "--language", metavar="LANG", default="", help="Of PO files whose header names none.")
@click.option(
    "--source", metavar="LANG", default="", help="What PO files are translated from; else the posts' language."
)
@common
def import_(console: Console, files: tuple[str, ...], language: str, source: str) -> int:
    """Import translation memories: TMX, PO files and PO compendia.

    Writes locales/memory/NAME.tmx with what is in two languages of this project; keep it in version control. Imported
    text never counts as reviewed: `tarjuma draft` makes drafts of it, where the project's own has nothing.
    """
    from tarjuma import langs
    from tarjuma.project import recollection
    from tarjuma.report import text

    site = console.project()
    codes = [langs.language(code).code if code else "" for code in (language, source)]
    imports = recollection.plan_import(site, files, *codes)
    with locked(site.folder):
        recollection.apply_import(site, imports)
    for made in imports:
        pairs = ", ".join(f"{one} > {other} {count:,}" for (one, other), count in sorted(made.counts.items()))
        console.say(f"{made.change.path}: {pairs}" if pairs else f"nothing to import for {made.change.path}")
        if made.left_out:
            console.say(f"  {text.counted(made.left_out, 'other')} left out: not reviewed, or in other languages")
    return CLEAN if all(made.counts for made in imports) else FINDINGS


@command.command("export")
@click.option("-l", "--language", "codes", multiple=True, metavar="LANG", help="Only this language; may be repeated.")
@click.option("-o", "--output", metavar="FILE", help="Write there; otherwise to standard output.")
@common
def export(console: Console, codes: tuple[str, ...], output: str | None) -> int:
    """Export all that is reviewed as TMX 1.4, for other tools."""
    from tarjuma import store
    from tarjuma.project import recollection

    site = console.project()
    wanted = recollection.chosen(site, codes)
    with recollection.opened(site) as memory:
        content = recollection.export(site, memory, wanted)
        console.complain(recollection.problems(memory))
    if output:
        store.write(os.path.abspath(output), content)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    return CLEAN


@command.command("quality")
@click.option("-l", "--language", "codes", multiple=True, metavar="LANG", help="Only this language; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@common
def quality(console: Console, codes: tuple[str, ...], as_json: bool) -> int:
    """Compare drafts with what people made of them.

    \b
    drafts     that a person decided about
    unchanged  the share that was approved as it was
    rejected   the share that was emptied or written anew (chrF below 30)
    chrF       how much of the drafts is left in the reviewed text, 0 to 100
    waiting    drafts that nobody has reviewed yet
    """
    from tarjuma.project import recollection
    from tarjuma.report import json

    site = console.project()
    wanted = recollection.chosen(site, codes)
    with recollection.opened(site) as memory:
        rows = recollection.weigh(site, memory, wanted)
        console.complain(recollection.problems(memory))
    if as_json:
        console.show(json.dumped({"version": json.VERSION, "rows": [_numbers(row) for row in rows]}))
    elif rows:
        console.show(_table(rows))
    else:
        console.say("No drafts yet: `tarjuma draft` makes some.")
    return CLEAN


def _numbers(row: Row) -> dict[str, object]:
    from tarjuma.quality import Verdict

    return {
        "language": row.language,
        "engine": row.engine,
        "route": row.route,
        "drafts": row.judged,
        **{verdict.value: row.counts[verdict] for verdict in Verdict},
        "chrf": None if row.chrf is None else round(row.chrf, 1),
    }


def _table(rows: Sequence[Row]) -> str:
    from tarjuma.quality import Verdict
    from tarjuma.report import text

    titles = ["language", "engine", "route", "drafts", "unchanged", "rejected", "chrF", "waiting"]
    cells = [
        [
            row.language,
            row.engine,
            row.route,
            f"{row.judged:,}",
            *(_percent(row.share(verdict)) for verdict in (Verdict.UNCHANGED, Verdict.REJECTED)),
            "-" if row.chrf is None else f"{row.chrf:.1f}",
            f"{row.counts[Verdict.WAITING]:,}",
        ]
        for row in rows
    ]
    return text.table([titles, *cells], left=3)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
