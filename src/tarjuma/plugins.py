"""The registry of parts: a module in the right folder is a part, and so is an entry point of another package.

Nothing is registered anywhere else. Third parties use the entry point group `tarjuma.formats`, and so on.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from types import ModuleType

from tarjuma.errors import UsageError

_HERE = os.path.dirname(__file__)


@cache
def builtin(kind: str) -> tuple[str, ...]:
    """Return the sorted names of the parts of a kind (`formats`, `syntax`) that come with tarjuma."""
    names = (name for name in os.listdir(os.path.join(_HERE, kind)) if name.endswith(".py"))
    return tuple(sorted(name.removesuffix(".py") for name in names if not name.startswith("_")))


@cache
def foreign(kind: str) -> tuple[str, ...]:
    """Return the sorted names of the parts that other installed packages bring."""
    from importlib.metadata import entry_points

    return tuple(sorted(point.name for point in entry_points(group=f"tarjuma.{kind}")))


def names(kind: str) -> tuple[str, ...]:
    """Return the names of all parts of a kind: ours, then those of others; ours win."""
    return builtin(kind) + tuple(name for name in foreign(kind) if name not in builtin(kind))


@cache
def part(kind: str, name: str) -> ModuleType:
    """Return the module of a part. Raises UsageError when there is none, or when another package's cannot be loaded."""
    if name in builtin(kind):
        return import_module(f"tarjuma.{kind}.{name}")
    from importlib.metadata import entry_points

    for point in entry_points(group=f"tarjuma.{kind}", name=name):
        try:
            module = point.load()
        except Exception as error:
            raise UsageError(
                f"{kind} part {name!r} cannot be loaded: {error}",
                hint=f"It comes from the package {point.dist.name if point.dist else '?'}: update or uninstall it",
            ) from error
        if isinstance(module, ModuleType):
            return module
    raise UsageError(f"no {kind} part is called {name!r}", hint=f"There are: {', '.join(names(kind))}")
