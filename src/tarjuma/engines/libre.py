"""LibreTranslate, on a server of one's own or on one that asks for a key.

Settings: url (http://localhost:5000 when it is not given), rate, workers, max_chars, timeout, connect_timeout, price.
The key, where one is needed, comes from LIBRETRANSLATE_API_KEY. Which languages the server has is asked once, at the
first translation: it depends on the models that were installed.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from tarjuma.engines import Batch, FatalError, LanguageError, OutputError, Request, Traits
from tarjuma.engines._codes import base
from tarjuma.engines._http import Client, judged
from tarjuma.engines._settings import LOOPBACK, Settings
from tarjuma.engines._texts import translated

URL = "http://localhost:5000"
VARIABLE = "LIBRETRANSLATE_API_KEY"
OTHERS = {"zh-Hans": ("zh-Hans", "zh"), "zh-Hant": ("zh-Hant", "zt")}
"""Languages that servers call otherwise than BCP 47 does, newest spelling first."""


def engine(settings: Mapping[str, object], environment: Mapping[str, str]) -> Libre:
    """Return the engine. Raises ConfigError, and FatalError when the key must not be sent."""
    return Libre(Settings("libre", settings), environment)


class Libre:
    """A LibreTranslate server as an engine."""

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        self._url = settings.url(URL).removesuffix("/translate")
        self._key = settings.key(environment, VARIABLE, self._url)
        self._web = Client(
            "libre",
            self._url,
            timeout=settings.seconds("timeout", 60),
            connect_timeout=settings.seconds("connect_timeout", 3),
        )
        is_here = self._web.host in LOOPBACK
        traits = Traits(
            name="libre",
            batch=Batch.ARRAY,
            masks=("square", "xml"),
            max_chars=2000,
            max_texts=50,
            rate=0.0 if is_here else 1.3,
            workers=2 if is_here else 1,
            price_note="free on a server of your own; see the provider otherwise",
            version=self._web.host,
        )
        self.traits = settings.traits(self._url, traits)
        self._lock = threading.Lock()
        self._pairs: dict[str, frozenset[str]] | None = None

    def route(self, source: str, target: str) -> tuple[str, str] | None:
        """Return the server's codes of two languages, None when it does not take the pair.

        Until the server has been asked (at the first translation), any two languages seem to be taken.
        """
        for one in _codes(source):
            for other in _codes(target):
                if one != other and (self._pairs is None or other in self._pairs.get(one, ())):
                    return one, other
        return None

    def translate(self, requests: Sequence[Request], source: str, target: str) -> list[str]:
        """Return one text a request. Raises EngineError."""
        self._learn()
        pair = self.route(source, target)
        if pair is None:
            raise LanguageError(f"libre: {self._web.host} does not translate from {source} into {target}")
        return translated("libre", requests, lambda asked: self._array([each.text for each in asked], *pair))

    def close(self) -> None:
        """Close the connections."""
        self._web.close()

    def _array(self, texts: list[str], source: str, target: str) -> list[object]:
        body: dict[str, object] = {"q": texts, "source": source, "target": target, "format": "text"}
        if self._key:
            body["api_key"] = self._key
        answer = self._web.reply("POST", f"{self._url}/translate", body=body)
        if answer.status_code == 400 and "API key" in answer.text:
            raise FatalError(f"libre: {self._web.host} wants a key: put it into {VARIABLE}")
        found = _json(judged("libre", answer).content)
        made = found.get("translatedText") if isinstance(found, dict) else None
        if not isinstance(made, list):
            raise OutputError("libre: the answer is not what LibreTranslate sends")
        return made

    def _learn(self) -> None:
        """Ask the server for its languages, once. Raises EngineError."""
        with self._lock:
            if self._pairs is None:
                self._pairs = _pairs(_json(self._web.ask("GET", f"{self._url}/languages").content))


def _codes(tag: str) -> tuple[str, ...]:
    """Return the codes that a server may have for a language, none when no server has it."""
    return OTHERS.get(tag, ()) or ((code,) if (code := base(tag)) else ())


def _json(content: bytes) -> Any:
    import json

    try:
        return json.loads(content)
    except ValueError:
        return None


def _pairs(listed: Any) -> dict[str, frozenset[str]]:
    """Return the targets of each source. Old servers list languages without targets: all of them, then."""
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    codes = frozenset(code for row in rows if isinstance(code := row.get("code"), str))
    if not codes:
        raise FatalError("libre: the server names no languages: is it LibreTranslate? See url in the settings")
    return {
        code: frozenset(targets) if isinstance(targets := row.get("targets"), list) else codes
        for row in rows
        if isinstance(code := row.get("code"), str)
    }
