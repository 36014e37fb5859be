"""What a command would change, as a unified diff."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

MOST_LINES = 400
"""Of one file; a diff is read by people."""


def diff(path: str, before: bytes | None, after: bytes | None) -> str:
    """Return the unified diff of one file, "" when nothing changes; None stands for a file that is not there.

    Bytes that are not UTF-8 are shown as `\\xNN`. Ends with a line end.
    """
    if before == after:
        return ""
    names = ("/dev/null" if before is None else f"a/{path}", "/dev/null" if after is None else f"b/{path}")
    if b"\0" in (before or b"")[:1000] + (after or b"")[:1000]:
        return f"--- {names[0]}\n+++ {names[1]}\nBinary files differ\n"
    lines = list(_lines(difflib.unified_diff(_split(before), _split(after), *names)))
    if len(lines) <= MOST_LINES:
        return "".join(lines)
    return "".join(lines[:MOST_LINES]) + f"... {len(lines) - MOST_LINES} more lines of {path}\n"


def _split(content: bytes | None) -> list[str]:
    # Not splitlines(): U+2028, form feeds and lone CRs are part of a line in Git's eyes too.
    lines = (content or b"").decode("utf-8", "backslashreplace").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _lines(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        shown = line.replace("\r", "␍") if not line.startswith(("---", "+++")) else line
        yield shown if shown.endswith("\n") else f"{shown}\n\\ No newline at end of file\n"
