"""Reads the table of an engine in the configuration, and its key in the environment."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from tarjuma.engines import FatalError, Traits
from tarjuma.errors import ConfigError

COMMON = ("url", "rate", "workers", "max_chars", "timeout", "connect_timeout", "price")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Settings:
    """The table `[engines.NAME]`, read with the types that its keys have."""

    def __init__(self, engine: str, table: Mapping[str, object], own: tuple[str, ...] = ()) -> None:
        self.engine = engine
        self._table = table
        known = (*COMMON, *own)
        for key in table:
            if key in ("key", "api_key", "auth_key", "token", "password"):
                raise self.error(f"{key} does not belong into a file", "Put it into an environment variable")
            if key not in known:
                near = difflib.get_close_matches(key, known, 1, 0.5)
                hint = f"Did you mean '{near[0]}'?" if near else f"Keys that exist here: {', '.join(sorted(known))}"
                raise self.error(f"unknown key {key!r}", hint)

    def error(self, message: str, hint: str = "") -> ConfigError:
        """Return the error for what is wrong in this table."""
        return ConfigError(f"[engines.{self.engine}]: {message}", hint=hint)

    def text(self, key: str, default: str = "") -> str:
        """Return a text."""
        value = self._table.get(key, default)
        if not isinstance(value, str):
            raise self.error(f"{key} must be a text in quotes")
        return value.strip()

    def number(self, key: str, default: float) -> float:
        """Return a number that is not negative."""
        value = self._table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
            raise self.error(f"{key} must be a number from 0 on")
        return float(value)

    def seconds(self, key: str, default: float) -> float:
        """Return a number of seconds above 0 (without an end, a silent service would hold us for ever)."""
        value = self.number(key, default)
        if not value:
            raise self.error(f"{key} must be more than 0 seconds")
        return value

    def by_language(self, key: str) -> dict[str, str]:
        """Return a text for each language; one text stands for all ("")."""
        value = self._table.get(key, {})
        if isinstance(value, str):
            return {"": value}
        if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
            raise self.error(f"{key} must be a text, or a table of languages and texts")
        return dict(value)

    def url(self, default: str) -> str:
        """Return the address of the service without a slash at its end."""
        value = self.text("url", default)
        try:
            address = urlsplit(value)
            is_whole = address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
        except ValueError:
            is_whole = False
        if not is_whole or address.query or address.fragment:
            raise self.error("url is no web address", f"For example: {default or 'http://localhost:5000'}")
        if address.username or address.password:
            raise self.error("url holds a name or a password", "Keys come from environment variables")
        return value.rstrip("/")

    def key(self, environment: Mapping[str, str], variable: str, url: str) -> str:
        """Return the key that a variable holds, "" when it holds none. Raises FatalError when it must not be sent.

        A key goes over the network encrypted or not at all.
        """
        key = environment.get(variable, "").strip()
        address = urlsplit(url)
        if key and not re.fullmatch(r"[!-~]+", key):
            raise FatalError(f"{self.engine}: {variable} holds characters that no key has")
        if key and address.scheme == "http" and address.hostname not in LOOPBACK:
            raise FatalError(f"{self.engine}: the key in {variable} is not sent unencrypted: use https in url")
        return key

    def traits(self, url: str, traits: Traits) -> Traits:
        """Return traits with what the user knows better than we do."""
        return replace(
            traits,
            host=urlsplit(url).hostname or "",
            rate=self.number("rate", traits.rate),
            workers=max(1, int(self.number("workers", traits.workers))),
            max_chars=int(self.number("max_chars", traits.max_chars)) or traits.max_chars,
            price=self.number("price", traits.price),
        )
