"""Write what is made from the program: `commands.md`, `checks.md`, the catalogs of its own messages.

With --check, say which of them are stale.
"""

import argparse
import os
import sys
from pathlib import Path

import checks_page
import click
import messages

from tarjuma.cli import COMMANDS, group

HERE = Path(__file__).parent
WIDTH = 100


def commands() -> str:
    """Return docs/commands.md: the help of every command, as `--help` prints it."""
    parts = [
        "# Commands",
        "",
        "<!-- Made by `make docs` from the program's own help. -->",
        "",
        "Every command takes `-c FILE`, `-q` and `-v`. Exit codes: 0 all is well, 1 something was found,",
        "2 wrong use or configuration, 3 could not finish.",
        "",
        *_page("tarjuma", group),
    ]
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None, name
        parts += ["", f"## {name}", "", *_page(f"tarjuma {name}", command)]
        for below, each in sorted(command.commands.items()) if isinstance(command, click.Group) else ():
            parts += ["", f"### {name} {below}", "", *_page(f"tarjuma {name} {below}", each)]
    return "\n".join(parts) + "\n"


def _page(name: str, command: click.Command) -> list[str]:
    context = click.Context(command, info_name=name, terminal_width=WIDTH, help_option_names=["-h", "--help"])
    return ["```", *(line.rstrip() for line in command.get_help(context).splitlines()), "```"]


PAGES = {"commands.md": commands, "checks.md": checks_page.page, **messages.PAGES}


def stale() -> list[str]:
    """Return the names of the pages that differ from what the program says now."""
    return [name for name, page in PAGES.items() if not _is_fresh(HERE / name, page())]


def _is_fresh(path: Path, text: str) -> bool:
    return path.exists() and path.read_text("utf-8") == text


def _path(name: str) -> str:
    return os.path.normpath(f"docs/{name}")


def main() -> int:
    """Write or check the pages; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 when a page is stale")
    if parser.parse_args().check:
        for name in stale():
            print(f"{_path(name)} is stale: run `make docs` and commit the result")
        return 1 if stale() else 0
    for name in stale():
        (HERE / name).write_text(PAGES[name](), "utf-8")
        print(f"wrote {_path(name)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
