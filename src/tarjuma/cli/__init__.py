"""The command line: `tarjuma COMMAND`. A command's module is imported when the command is used, not before."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

COMMANDS = {
    "init": "Set tarjuma up in this folder: write tarjuma.toml and babel.cfg.",
    "run": "Do all of it: extract, update, compile.",
    "extract": "Collect the texts of all posts into templates (.pot).",
    "update": "Bring the catalogs (.po) in line with the posts.",
    "draft": "Let a machine draft the texts that are still empty.",
    "check": "Find what is wrong in translations: of a project, or of any PO files.",
    "compile": "Write the localized posts from reviewed translations.",
    "take": "Bring edits of localized pages back into the catalogs.",
    "clean": "Remove localized files whose posts are gone.",
    "memory": "Reuse what is translated already: import, export; see how good drafts are.",
    "snippets": "Ready pieces for your site's templates: hreflang, banner, feed.",
    "status": "Show how far every language and post is.",
    "try": "Show one post's catalog and localized page; needs no set-up.",
    "doctor": "Tell whether posts are safe with tarjuma; needs no set-up.",
}
"""Name -> its line in `tarjuma --help`; the module in this folder has the same name."""


class Lazy(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        # `try` is a keyword: its module has an underscore
        command = import_module(f"tarjuma.cli.{cmd_name}_" if cmd_name == "try" else f"tarjuma.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command when there is no such one."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1, 0.5)
            hint = f"Did you mean `tarjuma {near[0]}`?" if near else "`tarjuma --help` lists the commands"
            raise click.UsageError(f"there is no command {args[0]!r}\n hint: {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _version(ctx: click.Context, _: click.Parameter, is_wanted: bool) -> None:
    if is_wanted and not ctx.resilient_parsing:
        from tarjuma import __version__

        click.echo(f"tarjuma {__version__}")
        ctx.exit()


@click.group(cls=Lazy, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-c", "--config", metavar="FILE", help="The configuration; otherwise looked for from here upward.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
@click.option("-v", "--verbose", is_flag=True, help="Name every file.")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def group(ctx: click.Context, config: str | None, quiet: bool, verbose: bool) -> None:
    """Localize the posts of a site through gettext catalogs, byte for byte.

    Write posts, run `tarjuma run`, translate the catalogs in locales/ with any PO editor, run `tarjuma run` again.
    Without a command tarjuma says what the state is and what to do next.

    Exit codes: 0 all is well, 1 something was found, 2 wrong use or configuration, 3 could not finish.
    """
    ctx.obj = {"config": config, "quiet": quiet, "verbose": verbose}
    if ctx.invoked_subcommand is None:
        from tarjuma.cli.overview import show

        show(ctx)


def main() -> None:
    """Run the command line and leave with its exit code; bad input never ends in a traceback."""
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode and os.name == "posix":
        # an old locale would read file names as something else than what Git and the catalogs hold
        os.execv(sys.executable, [sys.executable, "-X", "utf8", "-m", "tarjuma", *sys.argv[1:]])
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")  # what a terminal cannot show is escaped, not fatal
    try:
        code = group.main(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was written is complete; run it again to go on.", err=True)
        code = 3
    except BrokenPipeError:  # `tarjuma status | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 0
    except Exception as error:
        code = _report(error)
    sys.exit(code if isinstance(code, int) else 0)


def _report(error: Exception) -> int:
    from tarjuma.errors import TarjumaError

    if isinstance(error, TarjumaError):
        text, hint, code = str(error), error.hint, error.exit_code
    elif isinstance(error, OSError) and error.strerror:
        text, hint, code = f"{error.filename or ''}: {error.strerror}".lstrip(": "), "", 3
    else:
        raise error
    click.echo(f"error: {text}" + (f"\n hint: {hint}" if hint else ""), err=True)
    return code
