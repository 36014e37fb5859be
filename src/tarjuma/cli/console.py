"""What commands share: common options, the project they work on, output, exit codes, a progress bar."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import click

from tarjuma import preview, project, store
from tarjuma.model import Problem, Severity
from tarjuma.project import Project, Result
from tarjuma.report import text

CLEAN, FINDINGS = 0, 1

EVERY = 30.0
"""Seconds between two lines about progress where there is no terminal."""

Shell = Callable[..., None]


def common(function: Callable[..., int]) -> Shell:
    """Make a command of a function that takes a console and its own options, and returns an exit code.

    Adds -c, -q and -v, so that they may stand behind the command's name too.
    """

    @wraps(function)
    def shell(config: str | None, quiet: bool, verbose: bool, **options: Any) -> None:
        context = click.get_current_context()
        above = context.obj or {}
        console = Console(
            config or above.get("config"), quiet or above.get("quiet", False), verbose or above.get("verbose", False)
        )
        context.exit(function(console, **options))

    decorated: Shell = shell
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Name every file."),
        click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong."),
        click.option(
            "-c", "--config", metavar="FILE", help="The configuration; otherwise looked for from here upward."
        ),
    ):
        decorated = option(decorated)
    return decorated


def same_meaning(function: Shell) -> Shell:
    """Add --same-meaning."""
    option = click.option(
        "--same-meaning",
        multiple=True,
        metavar="POST",
        help="You edited this post and changed no meaning (a typo, a date format): its translations stay reviewed. "
        "Refused where numbers, links, code or negations changed. May be repeated.",
    )
    return option(function)


@dataclass
class Console:
    """The talk with the person at the terminal: results to stdout, problems and progress to stderr."""

    config: str | None = None
    is_quiet: bool = False
    is_verbose: bool = False
    bar: Bar = field(default_factory=lambda: Bar())

    def project(self) -> Project:
        """Return the project of the working directory."""
        return project.load(os.getcwd(), self.config, self.bar)

    def sources(self, site: Project, paths: Iterable[str]) -> list[str]:
        """Return paths that a person typed in the working directory as paths relative to the project."""
        return [os.path.relpath(path, site.folder).replace(os.sep, "/") for path in map(os.path.abspath, paths)]

    def code(self, problems: Iterable[Problem]) -> int:
        """Return the exit code for problems: 1 when one of them is an error."""
        return FINDINGS if any(problem.severity is Severity.ERROR for problem in problems) else CLEAN

    def say(self, words: str) -> None:
        """Print a line, unless the person wants quiet."""
        if not self.is_quiet:
            self.bar.clear()
            click.echo(words)

    def announce(self, host: str) -> None:
        """Name a host on standard error, before it gets its first text."""
        self.bar.clear()
        click.echo(f"Texts go to {host}.", err=True)

    def show(self, output: str) -> None:
        """Print what a command was asked for."""
        self.bar.clear()
        sys.stdout.write(output)

    def complain(self, problems: Iterable[Problem]) -> None:
        """Print problems on standard error."""
        self.bar.clear()
        sys.stdout.flush()
        click.echo(text.problems(problems), err=True, nl=False)

    def report(self, results: Iterable[Result]) -> int:
        """Print what stages did; return the exit code."""
        results = list(results)
        for result in results:
            written, removed = result.written, result.removed
            self.say(text.summary(result.stage, len(written), len(removed), result.unchanged))
            for note in result.notes if self.is_verbose else result.notes[:5]:
                self.say(f"  {note}")
            if len(result.notes) > 5 and not self.is_verbose:
                self.say(f"  and {len(result.notes) - 5} more: -v names them")
            if self.is_verbose:
                for path in written:
                    self.say(f"  wrote {path}")
                for path in removed:
                    self.say(f"  removed {path}")
        self.complain(problem for result in results for problem in result.problems)
        return CLEAN if all(result.is_clean for result in results) else FINDINGS

    def check(self, results: Iterable[Result]) -> int:
        """Print the diff of what stages would do; return the exit code."""
        results = list(results)
        changes = [change for result in results for change in result.changes]
        for change in changes:
            self.show(preview.diff(change.path, change.before, change.after))
        if changes:
            self.say(f"{text.counted(len(changes), 'file')} would change; nothing was written")
        self.complain(problem for result in results for problem in result.problems)
        return FINDINGS if changes or not all(result.is_clean for result in results) else CLEAN


def locked(folder: str) -> Any:
    """Return the context in which files of a project may be written."""
    return store.locked(folder, " ".join(["tarjuma", *sys.argv[1:]]))


class Bar:
    """A progress bar on standard error, for what takes longer than a second.

    Where standard error is no terminal, a line now and then says that the program is alive.
    """

    def __init__(self) -> None:
        self.is_terminal = sys.stderr is not None and sys.stderr.isatty()
        self.start = self.told = time.monotonic()
        self.shown = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` steps of a stage are done."""
        if not self.is_terminal:
            if self.is_due():
                click.echo(f"{stage}: {done} of {total}", err=True)
            return
        now = time.monotonic()
        if now - self.start < 1 or (now - self.shown < 0.1 and done < total):
            return
        if done >= total:
            self.clear()
            return
        self.shown = now
        full = 30 * done // total
        sys.stderr.write(f"\r{stage} [{'#' * full}{'.' * (30 - full)}] {done}/{total}\x1b[K")
        sys.stderr.flush()

    def is_due(self) -> bool:
        """Say whether a line is due where there is no terminal, and note that it is printed."""
        now = time.monotonic()
        if now - self.told < EVERY:
            return False
        self.told = now
        return True

    def clear(self) -> None:
        """Remove the bar, so that other output has the line."""
        if self.is_terminal and self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self.shown = 0.0
