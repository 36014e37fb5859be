"""Work on many files, on every core where that pays: the same results in the same order as one core gives."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

_FEW = 48
"""So many posts are done before workers have started."""

_task: tuple[Callable[[Any], Any], Sequence[Any]] = (id, ())
"""What the workers do: they are copies of this process and find here what need not be sent."""


def cores() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Callable[[Item], Outcome], items: Sequence[Item], grain: int = _FEW // 2) -> Iterator[Outcome]:
    """Yield work(item) for every item, in order. `work` must change nothing: it may run in another process.

    `grain` is the number of items that are worth a worker.
    """
    global _task
    workers = min(cores(), len(items) // grain)
    # elsewhere a process cannot be copied safely, and starting a new one takes longer than the work
    if workers < 2 or not sys.platform.startswith("linux") or threading.active_count() > 1:
        yield from map(work, items)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    _task = (work, items)
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        yield from pool.map(_done, range(len(items)), chunksize=max(1, min(4, len(items) // (workers * 4))))


def _done(index: int) -> Any:
    work, items = _task
    return work(items[index])
