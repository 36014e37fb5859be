"""What engines without a network have in common."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tarjuma.engines import PROJECT
from tarjuma.engines._settings import Settings

_ABROAD = ("url", "connect_timeout", "rate", "price")


def local(engine: str, table: Mapping[str, object], own: tuple[str, ...] = ()) -> Settings:
    """Return the settings of an engine on this machine. Raises ConfigError, also where they speak of a service."""
    settings = Settings(engine, table, own)
    for key in _ABROAD:
        if key in table and key not in own:
            raise settings.error(f"{key} is for services, and {engine} runs on this machine", "Take it out")
    return settings


def folder(name: str, environment: Mapping[str, str]) -> Path:
    """Return a folder of the settings: where the project is, unless its path begins at `/` or `~`."""
    return Path(environment.get(PROJECT, "")) / Path(name).expanduser()


def texts(settings: Settings, table: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Return a list of texts, () when there is none. Raises ConfigError."""
    value = table.get(key, [])
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise settings.error(f"{key} must be a list of texts in quotes", f'For example: {key} = ["..."]')
    return tuple(value)
