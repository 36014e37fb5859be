"""A pipe of programs that stays open: text and NUL go in, text and NUL come out."""

from __future__ import annotations

import os
import selectors
import subprocess
import time
import weakref
from collections.abc import Sequence
from typing import IO

from tarjuma.engines._watch import Watchdog

MOST_AT_ONCE = 1 << 16


class Daemon:
    """Programs that run until `close`, each reading what the one before it writes. One thread at a time."""

    def __init__(self, programs: Sequence[Sequence[str]]) -> None:
        """Start them. Raises OSError when one cannot be started."""
        self._processes: list[subprocess.Popen[bytes]] = []
        self._watchdogs: list[Watchdog] = []
        self._close = weakref.finalize(self, _end, self._processes, self._watchdogs)
        source: int | IO[bytes] = subprocess.PIPE
        try:
            for program in programs:
                process = subprocess.Popen(
                    program,
                    stdin=source,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
                    # Ctrl-C is for us: what is under way is still to be kept
                    process_group=self._processes[0].pid if self._processes else 0,
                )
                self._processes.append(process)
                if not isinstance(source, int):
                    source.close()
                assert process.stdout
                source = process.stdout
        except OSError:
            self.close()
            raise
        self._watchdogs.append(Watchdog(self._processes[0].pid))
        first, last = self._processes[0].stdin, self._processes[-1].stdout
        assert first
        assert last
        self._input, self._output = first.fileno(), last.fileno()
        os.set_blocking(self._input, False)

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of the processes."""
        return tuple(process.pid for process in self._processes)

    def ask(self, texts: Sequence[bytes], patience: float) -> list[bytes]:
        """Return the answers in order; fewer than texts when a program ended or nothing came for `patience` seconds.

        The daemon is of no use after that.
        """
        answers: list[bytes] = []
        unsent, begun = memoryview(b"".join(text + b"\0" for text in texts)), b""
        end = time.monotonic() + patience
        with selectors.DefaultSelector() as ready:
            ready.register(self._output, selectors.EVENT_READ)
            ready.register(self._input, selectors.EVENT_WRITE)
            while len(answers) < len(texts):
                found = [key.fd for key, _ in ready.select(max(0.0, end - time.monotonic()))]
                if not found:
                    break
                if self._input in found:
                    unsent = unsent[self._written(unsent) :]
                    if not unsent:
                        ready.unregister(self._input)
                if self._output in found:
                    part = os.read(self._output, MOST_AT_ONCE)
                    if not part:
                        break
                    *whole, begun = (begun + part).split(b"\0")
                    answers += whole
                    end = time.monotonic() + patience if whole else end
        return answers[: len(texts)]

    def close(self) -> None:
        """End the programs."""
        self._close()

    def _written(self, unsent: memoryview) -> int:
        """Return how many bytes could be written: all when nobody reads any more, the answers will end soon."""
        try:
            return os.write(self._input, unsent[:MOST_AT_ONCE])
        except BlockingIOError:
            return 0
        except OSError:
            return len(unsent)


def _end(processes: Sequence[subprocess.Popen[bytes]], watchdogs: Sequence[Watchdog]) -> None:
    for watchdog in watchdogs:
        watchdog.close()
    for process in processes:
        process.kill()
    for process in processes:
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
