"""`tarjuma doctor`: examines posts with every core; reads, never writes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from typing import Any

from tarjuma import formats, laws, store
from tarjuma.model import Options
from tarjuma.project.site import Progress, silent
from tarjuma.project.spread import cores

_ALONE = 40_000
"""Bytes that are examined sooner than worker processes start."""


def examined(paths: Iterable[str], progress: Progress = silent) -> dict[str, Any]:
    """Return the report over all files of known formats at or below some paths, as laws.total makes it."""
    begin = time.perf_counter()
    files = sorted(dict.fromkeys(_files(paths)))
    sizes = {path: os.path.getsize(path) for path in files}
    workers = min(cores(), len(files))
    if workers < 2 or sum(sizes.values()) < _ALONE:
        results = [_examined(path) for path in files]
    else:
        results = _examined_together(sorted(files, key=lambda path: -sizes[path]), workers, progress)
    return laws.total(sorted(results, key=lambda result: result.path), time.perf_counter() - begin)


def _examined_together(files: list[str], workers: int, progress: Progress) -> list[laws.Examination]:
    from concurrent.futures import ProcessPoolExecutor, as_completed

    results = []
    with ProcessPoolExecutor(workers) as pool:
        # the longest first, so that no core waits for one late giant
        futures = [pool.submit(_examined, path) for path in files]
        for number, future in enumerate(as_completed(futures), 1):
            results.append(future.result())
            progress("examining", number, len(files))
    return results


def _examined(path: str) -> laws.Examination:
    return laws.examine(store.read(path) or b"", path.replace(os.sep, "/"), Options())


def _files(paths: Iterable[str]) -> Iterator[str]:
    readable = tuple(suffix for suffix, name in formats.suffixes().items() if hasattr(formats.module(name), "parse"))
    for path in paths:
        if not os.path.isdir(path):
            yield path
        for above, folders, names in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
            yield from (os.path.join(above, name) for name in names if name.lower().endswith(readable))
