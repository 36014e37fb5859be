"""The same as `bench/draft.py` through the command: `bench/draft_command.py [--kills 50]`.

A site of real posts with 900 texts is drafted by `tarjuma draft`; seconds are those from its start to its end. Then
copies of the site are drafted by processes that are killed with SIGKILL at random moments and started anew. Every
catalog is read after each kill, and compared with those of an undisturbed run at the end.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from draft import LATENCY, POSTS, RATE, Server

TEXTS = 900
COMMAND = [sys.executable, "-m", "tarjuma"]


def site(folder: Path, url: str) -> int:
    """Write a site of English posts of the corpora, and its empty catalogs; return how many texts differ."""
    from tarjuma import formats
    from tarjuma.errors import TarjumaError
    from tarjuma.model import Options

    texts: set[str] = set()
    roots = [root for root in sorted(POSTS.iterdir()) if root.is_dir()]
    for number, root in enumerate(roots, 1):
        for path in sorted(root.rglob("*.md")):
            if len(texts) >= TEXTS * number // len(roots):
                break
            if path.name == "_index.md" or "/ru/" in path.as_posix():
                continue
            try:
                document = formats.parse(path.read_bytes(), path.name, Options())
            except TarjumaError:
                continue
            texts |= {segment.key.text for segment in document.segments}
            post = folder / "content" / "en" / root.name / path.name
            post.parent.mkdir(parents=True, exist_ok=True)
            post.write_bytes(path.read_bytes())
    (folder / "tarjuma.toml").write_text(f'languages = ["ru"]\n[engines.google]\nurl = "{url}/m"\n', "utf-8")
    subprocess.run([*COMMAND, "update", "-q"], cwd=folder, check=True)
    return len(texts)


def started(folder: Path) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen([*COMMAND, "draft", "--json"], cwd=folder, stdout=pipe, stderr=pipe, text=True)


def finished(folder: Path) -> dict[str, Any]:
    out, err = (process := started(folder)).communicate()
    if process.returncode not in (0, 3):
        raise SystemExit(err)
    return dict(json.loads(out))


def catalogs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "locales").rglob("*.po"))}


def throughput(folder: Path, server: Server) -> float:
    """Print what three runs take; return the seconds of the first."""
    taken = []
    for run in ("first", "second", "third"):
        began = time.monotonic()
        told = finished(folder)["sent"]
        taken.append(time.monotonic() - began)
        bound = 1.15 * told["requests"] / RATE
        sizes = f"{told['requests']} requests, {told['characters']} characters"
        refused = server.asked("_stats").get("429", 0)
        print(f"- {run} run: {sizes}, {taken[-1]:.2f} s (bound {bound:.2f} s), {refused} times 429", flush=True)
    return taken[0]


def kills(work: Path, empty: Path, whole: dict[str, bytes], server: Server, count: int, seconds: float) -> None:
    from tarjuma import po

    chance = random.Random(count)
    killed = differ = twice = worst = 0
    for at in range(count):
        server.asked("_reset")
        folder = work / str(at)
        shutil.copytree(empty, folder)
        process = started(folder)
        time.sleep(chance.uniform(0.3, seconds))
        killed += process.poll() is None
        process.kill()
        process.communicate()
        for name, content in catalogs(folder).items():
            po.parse(content, name)
        time.sleep(2 * LATENCY)
        finished(folder)
        differ += catalogs(folder) != whole
        asked = Counter(tuple(seen["texts"]) for seen in server.asked("_seen"))
        lost = sum(number - 1 for number in asked.values())
        twice, worst = twice + lost, max(worst, lost)
        shutil.rmtree(folder)
    print(
        f"- {killed} of {count} killed while they ran; {differ} ended with other catalogs than an undisturbed run;"
        f" {twice} requests asked twice, {worst} at most after one kill; every catalog could be read after each"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=0)
    chosen = parser.parse_args()
    if not POSTS.is_dir():
        return print("skipped: no corpora")
    with tempfile.TemporaryDirectory() as name, Server("--rate", str(RATE), "--latency", str(LATENCY)) as server:
        empty, folder = Path(name) / "empty", Path(name) / "whole"
        print(f"## `tarjuma draft`: {site(empty, server.address)} texts")
        shutil.copytree(empty, folder)
        seconds = throughput(folder, server)
        kills(Path(name), empty, catalogs(folder), server, chosen.kills, seconds)
    return None


if __name__ == "__main__":
    main()
