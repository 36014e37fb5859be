"""One measurement of a catalog library: catalogs.py TOOL STAGE FILE... -> JSON on standard output."""

import dataclasses
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from peers import peak


def read_tarjuma(path: Path) -> Callable[[], object]:
    from tarjuma import po

    return lambda: [(entry.key, entry.targets) for entry in po.parse(path.read_bytes(), str(path)).entries]


def write_tarjuma(path: Path) -> Callable[[], object]:
    from tarjuma import po

    catalog = po.parse(path.read_bytes(), str(path))
    return lambda: path.with_suffix(".out").write_bytes(po.render(catalog))


def change_tarjuma(path: Path) -> Callable[[], object]:
    from tarjuma import po

    catalog = po.parse(path.read_bytes(), str(path))
    entries = [dataclasses.replace(entry, targets=(entry.target + "!",), raw=None) for entry in catalog.entries]
    changed = po.replaced(catalog, entries)
    return lambda: path.with_suffix(".out").write_bytes(po.render(changed))


def merge_tarjuma(old: Path, new: Path, out: Path) -> Callable[[], object]:
    from tarjuma import langs, merge, po

    def work() -> None:
        catalog = po.parse(old.read_bytes(), str(old))
        template = po.parse(new.read_bytes(), str(new))
        out.write_bytes(po.render(merge.update(catalog, template, langs.language("ru"))))

    return work


def read_polib(path: Path) -> Callable[[], object]:
    import polib

    return lambda: polib.pofile(str(path))


def write_polib(path: Path) -> Callable[[], object]:
    import polib

    catalog = polib.pofile(str(path), wrapwidth=0)
    return lambda: catalog.save(str(path.with_suffix(".out")))


WORK = {
    ("tarjuma", "read"): read_tarjuma,
    ("tarjuma", "write"): write_tarjuma,
    ("tarjuma", "write-changed"): change_tarjuma,
    ("tarjuma", "merge"): merge_tarjuma,
    ("polib", "read"): read_polib,
    ("polib", "write"): write_polib,
    ("polib", "write-changed"): write_polib,  # it renders every entry anew, changed or not
}


def main(tool: str, stage: str, *paths: str) -> None:
    work = WORK[tool, stage](*map(Path, paths))
    start = time.perf_counter()
    work()
    print(json.dumps({"seconds": time.perf_counter() - start, "peak": peak()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
