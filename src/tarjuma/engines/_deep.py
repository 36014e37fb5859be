"""deep-translator behind a door: its translators share state, wait for ever and take error pages for translations.

What they are kept for is the knowledge of two services: which parameters to send, where in the answer the translation
stands. Everything else is ours: language codes, connections, time-outs, errors. Each thread has translators of its own,
since one that is shared gives texts the translations of others (issue 273; a third of them, measured). They live in a
`threading.local` of this object and not in a table by `id`, because ids come back.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any, Protocol

from tarjuma.engines import EngineError, OutputError
from tarjuma.engines._http import Answer, Client, judged

READERS = {
    "google": ("deep_translator.google", "GoogleTranslator"),
    "mymemory": ("deep_translator.mymemory", "MyMemoryTranslator"),
}


class Reader(Protocol):
    """Returns the answer that deep-translator may read, or raises EngineError. Gets the parameters that were sent."""

    def __call__(self, answer: Answer, params: Mapping[str, str]) -> Answer:
        """Return the answer as deep-translator can read it."""


class Deep:
    """Translates text by text with a translator of deep-translator. One object may be used by several threads."""

    def __init__(self, name: str, url: str, web: Client, read: Reader, more: Mapping[str, str] | None = None) -> None:
        self._name = name
        self._url = url
        self._web = web
        self._read = read
        self._more = dict(more or {})
        self._local = threading.local()

    def translate(self, text: str, source: str, target: str) -> object:
        """Return what comes back for a text, which need not be text. Raises EngineError."""
        translate = self._translator(source, target)
        try:
            return translate(text)
        except EngineError as error:
            fault: EngineError = error
        except Exception as error:  # StopIteration, AttributeError, ...: its own errors quote the text
            fault = OutputError(f"{self._name}: the answer could not be read ({type(error).__name__})")
        raise fault

    def get(self, url: str, params: Mapping[str, str] | None = None, **_: object) -> Answer:
        """Be `requests.get` for a translator."""
        return self._read(self._web.reply("GET", url, params=params), params or {})

    def _translator(self, source: str, target: str) -> Callable[[str], object]:
        """Return this thread's translator of a pair of codes."""
        made: dict[tuple[str, str], Callable[[str], object]] = self._local.__dict__.setdefault("translators", {})
        if (source, target) not in made:
            made[source, target] = self._made(source, target)
        return made[source, target]

    def _made(self, source: str, target: str) -> Callable[[str], object]:
        """Return the method of a new translator.

        Its function gets globals of its own, in which `requests` is this object: the module of deep-translator stays as
        it is for others who use it in the same process. The codes are ours, its tables are of 2023.
        """
        from importlib import import_module

        module_name, class_name = READERS[self._name]
        module = import_module(module_name)
        parent = getattr(module, class_name)
        original = parent.translate
        own = FunctionType(
            original.__code__, {**vars(module), "requests": self}, original.__name__, original.__defaults__
        )
        body: dict[str, Any] = {"translate": own, "_map_language_to_code": lambda _self, *codes: iter(codes)}
        translator = type(class_name, (parent,), body)(source=source, target=target, **self._more)
        translator._base_url = self._url
        method: Callable[[str], object] = translator.translate
        return method


def plain(name: str) -> Reader:
    """Return a reader that only looks at the status."""

    def read(answer: Answer, params: Mapping[str, str]) -> Answer:
        return judged(name, answer)

    return read
