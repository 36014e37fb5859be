"""Measurements of single parts: PO reading and writing, merging, the start of the command."""

import json
import shutil
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from tools import Run, child, worker

PYTHON = Path(sys.executable)
SLOW = ("babel", "requests", "deep_translator", "jinja2", "yaml", "pyromark")
ENTRIES = 18_000


def catalogs(work: Path, maker: Path, count: int) -> Iterator[str]:
    """Yield how fast a big catalog is read and written, beside polib."""
    if not _made(work, maker):
        yield "skipped: no benchmark data"
        return
    stages = ("read", "write", "write-changed")
    taken: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for _ in range(count):
        for tool, stage in product(("tarjuma", "polib"), stages):
            taken[tool, stage].append(worker(PYTHON, "catalogs.py", tool, stage, work / "merge" / "old.po"))
    yield f"## A catalog of {ENTRIES} entries, {(work / 'merge' / 'old.po').stat().st_size / 1e6:.1f} MB"
    yield ""
    for stage, words in zip(stages, ("read", "written unchanged", "written, all entries changed"), strict=True):
        ours, theirs = (statistics.median(r.seconds for r in taken[tool, stage]) for tool in ("tarjuma", "polib"))
        yield f"- {words}: {ours:.2f} s, polib {theirs:.2f} s: {theirs / ours:.1f} times as fast"
    peaks = [max(run.peak for run in taken[tool, "read"]) for tool in ("tarjuma", "polib")]
    yield f"- peak memory: {peaks[0]:.0f} MB, polib {peaks[1]:.0f} MB"


def merge(work: Path, maker: Path, count: int) -> Iterator[str]:
    """Yield how fast and how well edited posts keep their translations, beside msgmerge."""
    if not _made(work, maker):
        yield "skipped: no benchmark data"
        return
    if not shutil.which("msgmerge"):
        yield "skipped: no msgmerge (apt-get install gettext)"
        return
    old, new = work / "merge" / "old.po", work / "merge" / "new.pot"
    ours_file, theirs_file = work / "merge" / "ours.po", work / "merge" / "theirs.po"
    ours, theirs = [], []
    for _ in range(max(1, min(3, count))):
        ours.append(worker(PYTHON, "catalogs.py", "tarjuma", "merge", old, new, ours_file))
        theirs.append(child(["msgmerge", "--previous", "-q", "-o", str(theirs_file), str(old), str(new)])[1])
    seconds = [statistics.median(run.seconds for run in runs) for runs in (ours, theirs)]
    yield f"## Merging {ENTRIES} entries, 5 % of them edited"
    yield ""
    ratio = seconds[1] / seconds[0]
    yield f"- tarjuma {seconds[0]:.2f} s, msgmerge --previous {seconds[1]:.2f} s: {ratio:.0f} times as fast (goal 10)"
    truth = work / "merge" / "truth.json"
    for name, path in (("tarjuma", ours_file), ("msgmerge", theirs_file)):
        printed, _ = child([str(PYTHON), str(Path(__file__).with_name("score.py")), str(truth), str(path)])
        yield f"- {name}: {printed.strip()}"


def _made(work: Path, maker: Path) -> bool:
    """Whether the big catalog of the merge benchmark is there, made on first use."""
    if not maker.exists():
        return False
    if not (work / "merge" / "truth.json").exists():
        child([str(PYTHON), str(maker), str(work / "merge"), str(ENTRIES)])
    return True


EMPTY_GROUP = """\
import sys
import click

@click.group()
def main():
    "Nothing."

if __name__ == "__main__":
    sys.exit(main())
"""
LOADED = """\
import sys
from tarjuma.cli import main
sys.argv = ["tarjuma", "--help"]
try:
    main()
except SystemExit:
    pass
print([name for name in {slow!r} if name in sys.modules])
"""


def help_page(work: Path, count: int) -> Iterator[str]:
    """Yield what `tarjuma --help` costs, beside the help of a click group without commands."""
    empty = work / "empty.py"
    empty.write_text(EMPTY_GROUP, "utf-8")
    ours, theirs = [], []
    for _ in range(count):
        ours.append(child([str(PYTHON.with_name("tarjuma")), "--help"])[1].seconds)
        theirs.append(child([str(PYTHON), str(empty), "--help"])[1].seconds)
    medians = [statistics.median(runs) * 1000 for runs in (ours, theirs)]
    yield f"## `tarjuma --help`, median of {count}"
    yield ""
    ratio = medians[0] / medians[1]
    yield f"- {medians[0]:.0f} ms, an empty click group {medians[1]:.0f} ms: {ratio:.2f} times (goal at most 1.25)"
    printed, _ = child([str(PYTHON), "-c", LOADED.format(slow=SLOW)])
    loaded = printed.strip().splitlines()[-1]
    yield f"- slow packages that it imports: {', '.join(json.loads(loaded.replace(chr(39), chr(34)))) or 'none'}"
