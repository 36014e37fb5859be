"""The log of what left this machine: `.tarjuma/sent.jsonl`, a line for each post of each request, and no text.

{"time": "2024-05-06T12:00:00+05:00", "host": "translate.google.com", "post": "content/en/a.md", "characters": 812}
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime

from tarjuma import store
from tarjuma.errors import StoppedError

PATH = f"{store.FOLDER}/sent.jsonl"

Origin = Callable[[object], tuple[tuple[str, ...], int]]
"""Identity of a job -> the sources that it comes from, and its length."""


class Log:
    """Notes each request before it is sent, and names each host once. Called by one thread at a time."""

    def __init__(self, path: str, origin: Origin, announce: Callable[[str], None]) -> None:
        self._path = path
        self._origin = origin
        self._announce = announce
        self.hosts: tuple[str, ...] = ()
        self.characters = 0

    def __call__(self, host: str, identities: tuple[object, ...], characters: int) -> None:
        """Note a request. Raises StoppedError: what cannot be noted is not sent."""
        if host not in self.hosts:
            self.hosts += (host,)
            self._announce(host)
        self.characters += characters
        weights: dict[str, int] = {}
        for identity in identities:
            posts, length = self._origin(identity)
            for post in posts:
                weights[post] = weights.get(post, 0) + max(1, length)
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        lines = [
            json.dumps({"time": now, "host": host, "post": post, "characters": share}, ensure_ascii=False) + "\n"
            for post, share in zip(weights, shares(characters, list(weights.values())), strict=True)
        ]
        try:
            with open(self._path, "ab") as stream:
                stream.write("".join(lines).encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise StoppedError(
                f"cannot be written: {error.strerror}", path=os.path.relpath(self._path),
                hint="Nothing is sent that cannot be noted here",
            ) from None  # fmt: skip


def shares(total: int, weights: list[int]) -> list[int]:
    """Return a whole number cut in parts like the weights: the parts add up to it."""
    cuts, reached, whole = [], 0, sum(weights) or 1
    for weight in weights:
        before = total * reached // whole
        reached += weight
        cuts.append(total * reached // whole - before)
    return cuts
