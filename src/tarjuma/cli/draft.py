"""`tarjuma draft`."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tarjuma.cli.console import CLEAN, Console, common, locked
from tarjuma.errors import UsageError

if TYPE_CHECKING:
    from tarjuma.dispatch import Progress
    from tarjuma.memory import Memory
    from tarjuma.project import Project
    from tarjuma.project.chains import Chain
    from tarjuma.project.drafting import Hooks
    from tarjuma.project.gaps import Search, Wish

UNFINISHED = 3


@click.command("draft")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("-l", "--language", "codes", multiple=True, metavar="LANG", help="Only this language; may be repeated.")
@click.option(
    "--engine",
    "names",
    multiple=True,
    metavar="NAME",
    help="Who translates; may be repeated, the next one gets what is left. Otherwise draft.engines, or google.",
)
@click.option("--via", metavar="LANG", help="Translate from the reviewed texts of this language; `en`: from the posts.")
@click.option("--dry-run", is_flag=True, help="Say how much there is to do, how long it takes and what it costs.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Show N drafts of each engine and write none.")
@click.option("--offline", is_flag=True, help="Contact nobody: only engines that work on this machine.")
@click.option("--redraft", metavar="ENGINE", help="Make its drafts anew that nobody has touched.")
@click.option(
    "--discard",
    is_flag=False,
    flag_value="",
    metavar="[ENGINE]",
    help="Empty the drafts that nobody has touched: of this engine, or all.",
)
@click.option("--max-chars", type=click.IntRange(1), metavar="N", help="Send about this many characters at most.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@common
def command(console: Console, discard: str | None, **options: Any) -> int:
    """Let a machine draft the texts that are still empty.

    Drafts are marked as such and never get onto a page before a person has approved them. What people wrote, changed or
    marked is left alone. PATHS are posts, catalogs or folders of them; without any it is all of the project.

    The text goes to the engine's host, which is named first. Posts that are drafts, private, protected by a password or
    dated in the future never leave this machine, nor do paths in draft.never_send and text below `l10n: no-mt`.

    Exit codes: 0 every text has its draft, 3 some stay empty, and why is said.
    """
    from tarjuma.project.gaps import Wish

    site = console.project()
    paths = tuple(console.sources(site, options["paths"]))
    wish = Wish(options["codes"], paths, options["via"], options["redraft"] or "")
    if discard is not None:
        return _discard(console, site, wish, discard, options["as_json"])
    return _draft(console, site, wish, options)


def _draft(console: Console, site: Project, wish: Wish, options: dict[str, Any]) -> int:
    from tarjuma.cli import _draft_words as words
    from tarjuma.project import chains, gaps, prospect, recollection

    is_dry, count = options["dry_run"], options["sample"]
    with ExitStack() as stack:
        if not is_dry:
            stack.enter_context(locked(site.folder))
        chain = _chain(console, site, options)
        if not is_dry and not count:
            chain = chains.with_imported(site, chain, os.environ)
        stack.callback(chain.close)
        found = gaps.search(site, wish, datetime.now().astimezone())
        _remark(console, found)
        memory = stack.enter_context(recollection.opened(site))
        if is_dry:
            lines = prospect.estimates(found, chain, memory)
            console.show(words.estimates_as_json(lines) if options["as_json"] else words.estimates(lines))
            return CLEAN
        gauge = Gauge(console)
        stop = stack.enter_context(_interruptible(gauge))
        if count:
            shown = prospect.sample(site, found, chain, memory, count, gauge.hooks(), stop)
            console.show(words.samples_as_json(shown) if options["as_json"] else words.samples(shown))
            return UNFINISHED if any(not draft for each in shown for _, draft, _ in each.drafts) else CLEAN
        return _run(console, site, wish, options, _Ready(found, chain, memory, gauge, stop))


class _Ready(NamedTuple):
    """All that a run needs."""

    found: Search
    chain: Chain
    memory: Memory
    gauge: Gauge
    stop: threading.Event


def _run(console: Console, site: Project, wish: Wish, options: dict[str, Any], ready: _Ready) -> int:
    from tarjuma.cli import _draft_words as words
    from tarjuma.project import drafting, recollection

    found, chain, memory, gauge, stop = ready
    most = options["max_chars"] or site.config.drafting.max_chars
    made = drafting.run(site, found, chain, memory, hooks=gauge.hooks(), most=most, redrafted=wish.redrafted, stop=stop)
    gauge.clear()
    console.complain((*recollection.problems(memory), *made.problems))
    if options["as_json"]:
        console.show(words.account_as_json(made, found))
    elif not console.is_quiet or made.left:
        console.show(words.left(made.left) if console.is_quiet else words.account(made, is_verbose=console.is_verbose))
    if made.is_stopped:
        click.echo("Stopped. All drafts that came back are kept; run it again to go on.", err=True)
    is_whole = not made.left and not made.is_stopped and console.code((*found.problems, *made.problems)) == CLEAN
    return CLEAN if is_whole else UNFINISHED


def _chain(console: Console, site: Project, options: dict[str, Any]) -> Chain:
    """The engines that a person or the configuration names; those that need the network not under --offline."""
    from tarjuma.project import chains

    names = options["names"] or site.config.drafting.engines or chains.DEFAULT
    chain = chains.chain(site, names, os.environ)
    for reason in chain.refused.values():
        click.echo(f"warning: {reason}", err=True)
    foreign = [engine for engine in chain.engines if engine.traits.host]
    if not options["offline"] or not foreign:
        return chain
    for engine in foreign:
        engine.close()
    named = " and ".join(f"{engine.traits.name} ({engine.traits.host})" for engine in foreign)
    if not chain.local:
        raise UsageError(
            f"--offline: {named} would have to be contacted",
            hint="Engines that work on this machine: apertium, ctranslate2 and script; see docs/drafting.md",
        )
    click.echo(f"--offline: {named} will not be asked", err=True)
    return chain._replace(engines=chain.local)


def _remark(console: Console, found: Search) -> None:
    from tarjuma.cli import _draft_words as words

    console.complain(found.problems)
    if found.missing and not found.tasks:
        raise UsageError("there are no catalogs yet", path=found.missing[0], hint="Run `tarjuma update` first")
    for remark in words.remarks(found):
        click.echo(f"warning: {remark}", err=True)


def _discard(console: Console, site: Project, wish: Wish, engine: str, as_json: bool) -> int:
    from tarjuma.cli import _draft_words as words
    from tarjuma.project import drafting, recollection
    from tarjuma.report import json

    if "/" in engine or os.path.exists(engine):
        raise UsageError(
            f"--discard {engine}: an engine's name comes here", hint=f"Write `tarjuma draft {engine} --discard`"
        )
    with locked(site.folder), recollection.opened(site) as memory:
        made = drafting.discard(site, wish, memory, engine)
    console.complain(made.problems)
    if as_json:
        rows = [
            {"language": code, "engine": name, "drafts": count} for (code, name), count in sorted(made.counts.items())
        ]
        console.show(json.dumped({"version": json.VERSION, "discarded": rows}))
    else:
        console.say(words.discarded(made.counts, len(made.changes), made.others, engine).rstrip("\n"))
    return UNFINISHED if made.problems else CLEAN


@contextmanager
def _interruptible(gauge: Gauge) -> Iterator[threading.Event]:
    """Give an event that the first Ctrl-C sets; the second one ends the program at once."""
    from tarjuma import dispatch

    if threading.current_thread() is not threading.main_thread():
        yield threading.Event()
        return
    with dispatch.interruptible() as stop:
        gauge.stop = stop
        yield stop


class Gauge:
    """The bar of a run on standard error, and the lines that come between."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.bar = console.bar
        self.stop = threading.Event()
        self.shown = 0.0

    def hooks(self) -> Hooks:
        """Return what a run tells the gauge."""
        from tarjuma.project.drafting import Hooks

        return Hooks(self.show, self.console.announce, self.switched_off)

    def show(self, made: Progress) -> None:
        """Show how far the run is: a bar on a terminal, a line now and then elsewhere."""
        from tarjuma.cli import _draft_words as words

        if not self.bar.is_terminal:
            if self.bar.is_due():
                click.echo(words.progress(made), err=True)
            return
        now = time.monotonic()
        if now - self.shown < 0.1 and made.done < made.total:
            return
        self.shown = self.bar.shown = now
        ending = "  stopping ..." if self.stop.is_set() else ""
        sys.stderr.write(f"\r{words.gauge(made)}{ending}\x1b[K")
        sys.stderr.flush()

    def switched_off(self, name: str, reason: str) -> None:
        """Say why an engine is not asked any more."""
        self.line(f"warning: {reason if reason.startswith(name) else f'{name}: {reason}'}; it is not asked any more")

    def line(self, words: str) -> None:
        """Print a line above the bar."""
        self.clear()
        click.echo(words, err=True)

    def clear(self) -> None:
        """Remove the bar."""
        self.bar.clear()
