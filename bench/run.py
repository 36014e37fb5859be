"""`make bench`: our stages and other people's tools on the same posts, in the same run, in one table.

Rounds are interleaved and the median counts, so that a busy machine slows everybody. Seconds are the tool's own work in
one process, files and catalogs read and written, imports not counted; po4a, a Perl program, counts from start to end.
"""

import argparse
import datetime
import os
import platform
import statistics
import tempfile
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

import checks
import single
from tools import STAGES, Run, Tool, contestants

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
POSTS = SHARED / "corpora" / "jekyll"
MERGE = SHARED / "bench" / "merge" / "mkcat.py"
GOALS = {"extract": 7.0, "compile": 3.5}


def rounds(tools: list[Tool], stage: str, count: int) -> dict[str, list[Run]]:
    """Every tool's runs of one stage, the tools taking turns."""
    runs: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    for _ in range(count):
        for tool in tools:
            tool.clear(stage)
            runs[tool.name].append(tool.run(stage))
    return runs


def compare(work: Path, count: int) -> Iterator[str]:
    """Yield the lines that compare whole tools."""
    if not POSTS.is_dir():
        yield "skipped: no corpora"
        return
    tools, remarks = contestants(POSTS, work)
    remarks += filter(None, [tool.prepare() for tool in tools])
    megabytes = sum(path.stat().st_size for path in POSTS.rglob("*") if path.is_file()) / 1e6
    taken: dict[str, dict[str, list[Run]]] = {}
    for stage in STAGES:
        taken[stage] = rounds(tools, stage, count)
        if stage == "extract":
            for tool in tools:
                tool.fill()
    rows = [("", "extract s", "MB/s", "compile s", "MB/s", "peak MB")]
    for tool in tools:
        seconds = [median(taken[stage][tool.name]) for stage in STAGES]
        peak = max(run.peak for stage in STAGES for run in taken[stage][tool.name])
        cells = [cell for taken_by in seconds for cell in (f"{taken_by:.2f}", f"{megabytes / taken_by:.2f}")]
        rows.append((tool.name, *cells, f"{peak:.0f}"))
    yield f"## {sum(path.is_file() for path in POSTS.rglob('*'))} posts, {megabytes:.2f} MB, median of {count} rounds"
    yield ""
    yield from table(rows)
    yield ""
    for stage in STAGES:
        best = min(median(runs) for name, runs in taken[stage].items() if name != "tarjuma")
        ours = median(taken[stage]["tarjuma"])
        yield f"- {stage}: {best / ours:.1f} times as fast as the best of the others (goal {GOALS[stage]})"
    yield f"- {taken['compile']['tarjuma'][-1].note}"
    yield from (f"- {remark}" for remark in remarks)


def median(runs: Iterable[Run]) -> float:
    return statistics.median(run.seconds for run in runs)


def table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield the lines of a Markdown table; the first row is its head, the first column text."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield "|".join(["", "-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:]), ""])


HEAD = """\
# Benchmarks

Made by `bench/run.py --page`: tarjuma beside other tools, on the same posts, in the same run. Rounds are interleaved
and the median counts. Seconds are a tool's own work in one process, files and catalogs read and written, imports not
counted; po4a, a Perl program, counts from start to end. Compilation is that of pseudo-translated catalogs; tarjuma
verifies its laws on every file meanwhile.
"""


def versions() -> str:
    """Return one line: when, on what, with which versions."""
    required = (HERE / "requirements.txt").read_text("utf-8").splitlines()
    peers = [line.replace("==", " ") for line in required if line.startswith(("markdown-gettext", "translate-toolkit"))]
    ours = [f"{name} {metadata.version(name)}" for name in ("tarjuma", "polib", "click")]
    cores = f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}"
    place = f"Python {platform.python_version()}, {platform.machine()}, {cores}"
    return f"{datetime.date.today()}: {place}, {', '.join(ours + peers)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--page", action="store_true", help="write docs/benchmarks.md as well")
    arguments = parser.parse_args()
    count = arguments.rounds
    shown = [versions(), ""]
    print("\n".join(shown))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        work = Path(folder)
        for section in (
            compare(work, count),
            single.catalogs(work, MERGE, count),
            single.merge(work, MERGE, count),
            checks.section(work, count),
            single.help_page(work, count * 8),
        ):
            for line in [*section, ""]:
                shown.append(line)
                print(line, flush=True)
    if arguments.page:
        (HERE.parent / "docs" / "benchmarks.md").write_text("\n".join([HEAD, *shown]).rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    main()
