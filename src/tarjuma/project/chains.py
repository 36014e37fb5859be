"""The engines of a run: made from the configuration and the environment, in the order in which they are asked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import NamedTuple

from tarjuma import draft, engines, store
from tarjuma.engines import Engine, EngineError
from tarjuma.errors import TarjumaError, UsageError
from tarjuma.memory import FILE
from tarjuma.project import recollection
from tarjuma.project.site import Project

DEFAULT = ("google",)
"""The engines of `tarjuma draft` when nobody names any: it is free and takes all our languages."""


class Chain(NamedTuple):
    """The engines of a run, in the order in which they are asked."""

    engines: tuple[Engine, ...]
    refused: Mapping[str, str] = MappingProxyType({})
    """Engine -> why it is not among them."""

    @property
    def local(self) -> tuple[Engine, ...]:
        """Those that send nothing anywhere."""
        return tuple(engine for engine in self.engines if not engine.traits.host)

    def close(self) -> None:
        """Let go of connections and processes."""
        for engine in self.engines:
            engine.close()


def chain(project: Project, names: Iterable[str], environment: Mapping[str, str]) -> Chain:
    """Return the engines of these names; one that lacks a key is refused with its reason.

    Raises UsageError for a name that nobody has, and for settings that cannot be.
    """
    own = {**environment, engines.PROJECT: project.folder}
    ready: list[Engine] = []
    refused = {}
    for name in dict.fromkeys(names):
        try:
            ready.append(engines.engine(name, _settings(project, name), own))
        except EngineError as error:
            refused[name] = str(error)
        except TarjumaError:
            raise
        except Exception as error:  # somebody else's engine; its words may quote a key
            refused[name] = f"{name}: failed with {type(error).__name__}"
    return Chain(tuple(ready), refused)


def with_imported(project: Project, chain: Chain, environment: Mapping[str, str]) -> Chain:
    """Return the chain with what was imported into the memory before all engines, where anything was.

    Of an imported memory only the very text counts; `memory` among the engines of the configuration asks for more.
    """
    if any(engine.traits.name == draft.MEMORY for engine in chain.engines) or not _has_imported(project):
        return chain
    settings = {"least": 1, **_settings(project, draft.MEMORY)}
    return chain._replace(engines=(engines.engine(draft.MEMORY, settings, environment), *chain.engines))


def _has_imported(project: Project) -> bool:
    try:
        names = os.listdir(project.path(f"{project.config.locales}/{recollection.FOLDER}".lstrip("/")))
    except OSError:
        return False
    return any(name.endswith(".tmx") for name in names)


def _settings(project: Project, name: str) -> Mapping[str, object]:
    if name not in engines.names():
        near = get_close_matches(name, engines.names(), 1)
        hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(engines.names())}"
        raise UsageError(f"there is no engine {name!r}", hint=hint)
    settings = project.config.drafting.settings.get(name, {})
    if name != draft.MEMORY:
        return settings
    with recollection.opened(project) as memory:
        recollection.learn(project, memory)
    return {**settings, "path": project.path(f"{store.FOLDER}/{FILE}")}
