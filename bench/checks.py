"""Checking twelve languages, beside pofilter: the catalogs, our work on them in one process, the section of the page.

checks.py FOLDER    ->  JSON on standard output: what `tarjuma check FOLDER` takes
"""

import json
import os
import pkgutil
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from peers import peak
from tools import PEERS_PYTHON, Run, emptied, worker

PUBLISHED = Path(__file__).resolve().parents[2] / "shared" / "bench" / "checks" / "published.jsonl"
LANGUAGES, MESSAGES = 12, 1_000
GOALS = {"everything new": 1.0, "nothing changed": 5.0}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def section(work: Path, count: int) -> Iterator[str]:
    """Yield how long twelve catalogs take, beside pofilter with all its tests but the spell checker."""
    if not PUBLISHED.exists():
        yield "skipped: no benchmark data"
        return
    if not PEERS_PYTHON.exists():
        yield "skipped: translate-toolkit is not installed"
        return
    folder, cache = work / "check" / "po", work / "check" / "cache"
    catalogs(folder)
    os.environ["XDG_CACHE_HOME"] = str(cache)
    taken: dict[str, list[Run]] = {"pofilter": [], **{name: [] for name in GOALS}}
    for _ in range(count):
        shutil.rmtree(cache, ignore_errors=True)
        for name in GOALS:
            taken[name].append(worker(Path(sys.executable), "checks.py", folder))
        output = work / "check" / "found"
        emptied(output)
        taken["pofilter"].append(worker(PEERS_PYTHON, "peers.py", "translate-toolkit", "check", folder, folder, output))
    theirs = statistics.median(run.seconds for run in taken["pofilter"])
    yield f"## Checking {LANGUAGES} languages with {MESSAGES:,} messages each, median of {count} rounds"
    yield ""
    peak_of = {name: max(run.peak for run in runs) for name, runs in taken.items()}
    yield f"- pofilter, all tests but the spell checker: {theirs:.2f} s, peak {peak_of['pofilter']:.0f} MB"
    for name, goal in GOALS.items():
        ours = statistics.median(run.seconds for run in taken[name])
        times = f"{theirs / ours:.1f} times as fast (goal {goal:.0f})"
        yield f"- tarjuma, {name}: {ours:.2f} s, peak {peak_of[name]:.0f} MB: {times}"
    yield f"- {taken['everything new'][-1].note}"


def catalogs(folder: Path) -> None:
    """Write a catalog for each language: published translations, each told apart from its copies by a number."""
    folder.mkdir(parents=True, exist_ok=True)
    items = [json.loads(line) for line in PUBLISHED.read_text("utf-8").split("\n") if line]
    for item in sorted(items, key=lambda item: item["lang"])[:LANGUAGES]:
        header = f'msgid ""\nmsgstr ""\n"Language: {item["lang"]}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        entries = [header]
        singular = [entry for entry in item["entries"] if not entry["msgid_plural"]]
        for number in range(MESSAGES):
            copy, index = divmod(number, len(singular))
            entries.append(_entry(singular[index], f" {copy}" if copy else ""))
        (folder / f"{item['lang']}.po").write_text("\n".join(entries), "utf-8", newline="\n")


def _entry(entry: dict[str, object], end: str) -> str:
    texts = {"msgctxt": entry["msgctxt"], "msgid": f"{entry['msgid']}{end}", "msgstr": f"{entry['msgstr']}{end}"}
    lines = [f"#, {', '.join(flags)}"] if (flags := entry["flags"]) else []
    lines += [f'{name} "{str(text).translate(_ESCAPES)}"' for name, text in texts.items() if text is not None]
    return "\n".join(lines) + "\n"


def main(folder: str) -> None:
    import tarjuma

    # Nobody's imports count, and ours are made where they are needed.
    for module in pkgutil.walk_packages(tarjuma.__path__, "tarjuma."):
        if not module.name.startswith("tarjuma.__main__"):
            import_module(module.name)
    for name in ("concurrent.futures.process", "multiprocessing.popen_fork", "rapidfuzz.process"):
        import_module(name)
    from tarjuma import speech
    from tarjuma.project import checkup
    from tarjuma.project.selection import Selector, Wish
    from tarjuma.report import text

    start = time.perf_counter()
    found = checkup.check(Selector(Wish((folder,)), os.getcwd(), None).selection(), checkup.Terms())
    text.findings(found.outcome, speech.words("en"))
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "peak": peak(), "note": f"tarjuma: {text.total(found.outcome)}"}))


if __name__ == "__main__":
    main(*sys.argv[1:])
