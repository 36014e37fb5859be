"""Apertium kept running beside Apertium started for each text, on the same paragraphs in the same run.

apertium.py [ROUNDS]    ->  the section of the page

Started for each text: by the command `apertium`, as people do it (it starts a crashing tagger, so that its answers are
empty, and is no slower for it), and as lean as it can be done, our pipe of programs without a shell. Restored: a text
whose masks came back so that its markup is that of its source, at the first rung of the ladder and in all.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tarjuma import formats
from tarjuma.engines import EngineError, Request, engine
from tarjuma.engines.apertium import Apertium, Pipe
from tarjuma.model import Options
from tarjuma.protection import Fault, ladder

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
    paragraphs = list(islice(_paragraphs(), TEXTS))
    yield f"## Drafts by Apertium, {len(paragraphs):,} paragraphs from Russian, median of {count} rounds"
    yield ""
    for target in TARGETS:
        first, all_told = _restored(made, paragraphs, target)
        yield f"- ru to {target}: {first:.1%} restored with markup at the first rung, {all_told:.1%} in all"
        speeds = _speeds(made, paragraphs, target, count)
        yield (
            f"- ru to {target}: {speeds.kept:.0f} texts a second, kept; {speeds.command:.1f} by the command for each,"
            f" {speeds.lean:.1f} by lean programs for each: {speeds.kept / speeds.command:.0f} and"
            f" {speeds.kept / speeds.lean:.0f} times as fast (goal {GOAL}); start {speeds.start:.2f} s"
        )
    made.close()


def _restored(made: Apertium, paragraphs: list[str], target: str) -> tuple[float, float]:
    """The share of paragraphs that the first rung restores, and that any does."""
    first = restored = 0
    for paragraph in paragraphs:
        for number, rung in enumerate(ladder(paragraph, made.traits.masks)):
            answers = made.translate([Request(text) for text in rung.texts], "ru", target)
            if not isinstance(rung.restored(answers), Fault):
                first += not number
                restored += 1
                break
    return first / len(paragraphs), restored / len(paragraphs)


class Speeds(NamedTuple):
    """Texts a second in each way, and seconds of a start."""

    kept: float
    command: float
    lean: float
    start: float


def _speeds(made: Apertium, paragraphs: list[str], target: str, count: int) -> Speeds:
    """Medians of so many rounds."""
    texts = [text for paragraph in paragraphs for text in next(ladder(paragraph, ("square",))).texts]
    route = made.route("ru", target)
    programs = made._programs[route]
    asked, some = [Request(text) for text in texts], texts[:: max(1, len(texts) // ALONE)]
    made.translate(asked[:1], "ru", target)  # start-up is told apart
    rounds = [
        Speeds(
            len(asked) / _seconds(lambda: made.translate(asked, "ru", target)),
            len(some) / _seconds(lambda: [_by_command(route, each) for each in some]),
            len(some) / _seconds(lambda: [_by_itself(programs, each) for each in some]),
            _seconds(lambda: _start(route, programs)),
        )
        for _ in range(count)
    ]
    return Speeds(*map(statistics.median, zip(*rounds, strict=True)))


def _paragraphs() -> Iterator[str]:
    """Yield different texts of the guide."""
    seen = set()
    for path in sorted(GUIDE.glob("*.md")):
        for segment in formats.parse(path.read_bytes(), path.name, Options()).segments:
            if segment.key.text not in seen:
                seen.add(segment.key.text)
                yield segment.key.text


def _by_command(route: tuple[str, str], text: str) -> None:
    subprocess.run(["apertium", "-u", "-".join(route)], input=text.encode(), capture_output=True, check=False)


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
