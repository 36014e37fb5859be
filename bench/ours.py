"""One stage of tarjuma on a site, in one process: ours.py STAGE SITE -> JSON on standard output."""

import json
import pkgutil
import sys
import time
from collections import Counter
from importlib import import_module

from peers import peak

import tarjuma
from tarjuma import project


def main(stage: str, folder: str) -> None:
    # Nobody's imports count, and ours are made where they are needed.
    for module in pkgutil.walk_packages(tarjuma.__path__, "tarjuma."):
        if not module.name.startswith(("tarjuma.cli", "tarjuma.__main__")):
            import_module(module.name)
    for name in ("concurrent.futures.process", "multiprocessing.popen_fork", "pyromark", "rapidfuzz.process", "yaml"):
        import_module(name)
    start = time.perf_counter()
    result = getattr(project, stage)(project.load(folder))
    seconds = time.perf_counter() - start
    results = result if isinstance(result, tuple) else (result,)
    written = sum(len(each.written) for each in results)
    found = Counter(problem.check for each in results for problem in each.problems)
    remarks = ", ".join(f"{count} {check}" for check, count in found.most_common())
    note = f"tarjuma {stage}: {written} files written, problems: {remarks or 'none'}"
    print(json.dumps({"seconds": seconds, "peak": peak(), "note": note}))


if __name__ == "__main__":
    main(*sys.argv[1:])
