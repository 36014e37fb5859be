"""How fast and how politely texts are drafted, and what a killed process loses: `bench/draft.py [--kills 50]`.

800 segments of real posts go to a stand-in of Google's page on the loopback, which takes 150 ms to answer and allows
five requests a second. Processes are killed with SIGKILL at random moments and started anew. Seconds are those of the
drafting, the loading of deep-translator included.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
POSTS = HERE.parents[1] / "shared" / "corpora"
SEGMENTS = 800
RATE, LATENCY = 5, 0.15


def segments(count: int) -> list[str]:
    """Return texts of the corpora, as catalogs have them: the same number of each folder, in reading order."""
    from tarjuma import formats
    from tarjuma.errors import TarjumaError
    from tarjuma.model import Options

    found: list[str] = []
    folders = [folder for folder in sorted(POSTS.iterdir()) if folder.is_dir()]
    for at, folder in enumerate(folders, 1):
        for path in sorted(folder.rglob("*.md")):
            try:
                document = formats.parse(path.read_bytes(), str(path), Options())
            except TarjumaError:
                continue
            found += [segment.key.text for segment in document.segments]
            if len(found) >= count * at // len(folders):
                break
        found = found[: count * at // len(folders)]
    return found


def draft(url: str, cache: str, texts: str) -> None:
    """Draft what a file holds, in this process; print what became of it."""
    from tarjuma import dispatch
    from tarjuma.engines import google
    from tarjuma.memory import Memory

    jobs = [dispatch.Job(at, text, "en", "ru") for at, text in enumerate(json.loads(Path(texts).read_text("utf-8")))]
    engine = google.engine({"url": url}, {})
    began = time.monotonic()
    report = dispatch.run(jobs, [engine], Memory(cache))
    print(
        json.dumps(
            {
                "answers": [(answer.text, answer.rung) for answer in report.answers],
                "requests": report.requests,
                "characters": report.characters,
                "rungs": report.by_rung,
                "seconds": time.monotonic() - began,
            }
        )
    )


class Server:
    """The stand-in in a process of its own."""

    def __init__(self, *options: str) -> None:
        command = [sys.executable, "-m", "tests.standin", "0", *options]
        self._process = subprocess.Popen(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self.address = self._process.stdout.readline().strip()

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    def asked(self, path: str) -> Any:
        """Return what the server says of itself."""
        with urllib.request.urlopen(f"{self.address}/{path}", timeout=60) as answer:
            return json.load(answer)


def started(server: Server, cache: Path, texts: Path) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, "--draft", f"{server.address}/m", str(cache), str(texts)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen[str]) -> dict[str, Any]:
    return dict(json.loads(process.communicate()[0]))


def throughput(work: Path, texts: Path, count: int) -> None:
    with Server("--rate", str(RATE), "--latency", str(LATENCY)) as server:
        for at in range(count):
            server.asked("_reset")
            for run in ("first", "second", "third"):
                told = finished(started(server, work / f"{at}.db", texts))
                stats = server.asked("_stats")
                bound = 1.15 * told["requests"] / RATE
                print(
                    f"- {run} run: {told['requests']} requests, {told['characters']} characters,"
                    f" {told['seconds']:.2f} s"
                    f" (bound {bound:.2f} s), {stats.get('429', 0)} times 429, {told['rungs']},"
                    f" {sum(not text for text, _ in told['answers'])} without a draft",
                    flush=True,
                )


def kills(work: Path, texts: Path, count: int, mask_faults: int) -> None:
    chance = random.Random(mask_faults)
    differ = twice = worst = killed = 0
    with Server("--latency", str(LATENCY), "--mask-faults", str(mask_faults), "--rate", str(RATE)) as server:
        began = time.monotonic()
        whole = finished(started(server, work / f"whole{mask_faults}.db", texts))
        seconds = time.monotonic() - began
        for at in range(count):
            server.asked("_reset")
            cache = work / f"{mask_faults}-{at}.db"
            process = started(server, cache, texts)
            time.sleep(chance.uniform(0.2, seconds))
            killed += process.poll() is None
            process.kill()
            process.communicate()
            time.sleep(2 * LATENCY)
            again = finished(started(server, cache, texts))
            asked = Counter(tuple(seen["texts"]) for seen in server.asked("_seen"))
            lost = sum(number - 1 for number in asked.values())
            differ += again["answers"] != whole["answers"]
            twice, worst = twice + lost, max(worst, lost)
    print(
        f"- {mask_faults} % of masks damaged: {killed} of {count} killed while they ran; {differ} ended with other"
        f" drafts than an undisturbed run; {twice} packs asked twice, {worst} at most after one kill",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--draft", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.draft:
        return draft(*chosen.draft)
    if not POSTS.is_dir():
        return print("skipped: no corpora")
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.json"
        found = segments(SEGMENTS)
        texts.write_text(json.dumps(found), "utf-8")
        print(f"## {len(found)} segments, {len(set(found))} unique, {sum(map(len, found))} characters")
        throughput(Path(folder), texts, chosen.rounds)
        for mask_faults in (0, 5) if chosen.kills else ():
            kills(Path(folder), texts, chosen.kills, mask_faults)
    return None


if __name__ == "__main__":
    main()
