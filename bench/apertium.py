"""Apertium kept running beside Apertium started for each text, on the same paragraphs in the same run.

apertium.py [ROUNDS]    ->  the section of the page
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from tarjuma import formats
from tarjuma.engines import EngineError, Request, engine
from tarjuma.engines.apertium import Apertium, Pipe
from tarjuma.model import Options
from tarjuma.protection import ladder

GUIDE = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "opensource-guide" / "ru"
TEXTS, ALONE = 1_000, 25
"""So many texts go through the kept programs, so many through programs of their own."""
GOAL = 30
TARGETS = ("be", "uk")


def section(work: Path, count: int) -> Iterator[str]:
    """Yield the lines that compare both ways; they take turns, the median counts."""
    if not GUIDE.is_dir():
        yield "skipped: no corpora"
        return
    try:
        made = engine("apertium", {}, {})
    except EngineError as error:
        yield f"skipped: {error}"
        return
    texts = list(islice(_masked(), TEXTS))
    yield f"## Drafts by Apertium, {len(texts):,} paragraphs from Russian, median of {count} rounds"
    yield ""
    for target in TARGETS:
        kept, alone, begun = _speeds(made, texts, target, count)
        yield (
            f"- ru to {target}: {kept:.0f} texts a second, kept; {alone:.1f}, started for each: "
            f"{kept / alone:.0f} times as fast (goal {GOAL}); start {begun:.2f} s"
        )
    made.close()


def _speeds(made: Apertium, texts: list[str], target: str, count: int) -> tuple[float, float, float]:
    """Texts a second with kept programs and with programs for each text, and seconds of a start: medians."""
    route = made.route("ru", target)
    programs = made._programs[route]
    asked, some = [Request(text) for text in texts], texts[:: max(1, len(texts) // ALONE)]
    made.translate(asked[:1], "ru", target)  # start-up is told apart
    kept, alone, begun = [], [], []
    for _ in range(count):
        kept.append(len(asked) / _seconds(lambda: made.translate(asked, "ru", target)))
        alone.append(len(some) / _seconds(lambda: [_by_itself(programs, each) for each in some]))
        begun.append(_seconds(lambda: _start(route, programs)))
    return statistics.median(kept), statistics.median(alone), statistics.median(begun)


def _masked() -> Iterator[str]:
    """Yield texts as the engine gets them."""
    for path in sorted(GUIDE.glob("*.md")):
        for segment in formats.parse(path.read_bytes(), path.name, Options()).segments:
            yield from next(ladder(segment.key.text, ("square",))).texts


def _by_itself(programs: list[list[str]], text: str) -> None:
    """Have one text translated by programs that are started for it, as a shell would."""
    started: list[subprocess.Popen[bytes]] = []
    for program in programs:
        words = [word for word in program if word != "-z"]
        source = started[-1].stdout if started else subprocess.PIPE
        started.append(subprocess.Popen(words, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL))
    for before in started[:-1]:
        before.stdout.close()
    started[0].stdin.write(text.translate(str.maketrans("[]{}<>^$/\\@", "           ")).encode())
    started[0].stdin.close()
    started[-1].stdout.read()
    started[-1].stdout.close()
    for process in started:
        process.wait()


def _start(route: tuple[str, str], programs: list[list[str]]) -> None:
    pipe = Pipe(route, programs, "ru", 20)
    pipe.translate(["код"])
    pipe.close()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    print("\n".join(section(Path(), int(sys.argv[1]) if len(sys.argv) > 1 else 3)))
