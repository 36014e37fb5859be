"""MyMemory, a free translation memory with a machine behind it, asked by deep-translator over https.

Settings: url, email, rate, workers, max_chars, timeout, connect_timeout. Without `email` it translates about 5,000
characters a day, with one about 50,000. A text may have 500 bytes of UTF-8, which are 250 Cyrillic letters.

Where somebody has translated a text that only resembles ours ("Room 8" for "Room 7"), it offers that translation; then
we take the machine's, or none. Its errors come as translations, with status 200.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tarjuma.engines import Batch, BusyError, EngineError, FatalError, LanguageError, OutputError, Request, Traits
from tarjuma.engines._codes import base
from tarjuma.engines._deep import Deep
from tarjuma.engines._http import Answer, Client, judged
from tarjuma.engines._settings import Settings
from tarjuma.engines._texts import translated

URL = "https://api.mymemory.translated.net/get"
MOST_BYTES = 500
"""Of UTF-8, as its documentation says; deep-translator's own limit is fewer than 500 characters."""
MOST_CHARS, MOST_ENCODED = 300, 1300
"""What is in both has at most 500 bytes of UTF-8, in whatever mix of Latin and Cyrillic: 300 + (1300 - 300) / 5."""
CODES = {
    "az": "az-AZ", "be": "be-BY", "bg": "bg-BG", "cs": "cs-CZ", "de": "de-DE", "en": "en-GB", "es": "es-ES",
    "et": "et-EE", "fa": "fa-IR", "fr": "fr-FR", "hy": "hy-AM", "it": "it-IT", "ka": "ka-GE", "kk": "kk-KZ",
    "ky": "ky-KG", "lt": "lt-LT", "lv": "lv-LV", "mn": "mn-MN", "pl": "pl-PL", "pt": "pt-PT", "ro": "ro-RO",
    "ru": "ru-RU", "tg": "tg-TJ", "tk": "tk-TM", "tr": "tr-TR", "tt": "tt-RU", "uk": "uk-UA", "uz": "uz-UZ",
}  # fmt: skip
"""It wants a region; "en" alone is refused as a source."""
_QUOTA = re.compile(r"MYMEMORY WARNING|YOU USED ALL AVAILABLE FREE TRANSLATIONS", re.IGNORECASE)
_NEXT = re.compile(r"NEXT AVAILABLE IN\s+(\d+) HOURS? (\d+) MINUTES?", re.IGNORECASE)
_LANGUAGE = re.compile(r"INVALID (?:SOURCE|TARGET) LANGUAGE|INVALID LANGUAGE PAIR|SELECT TWO DISTINCT LANGUAGES")
_TOO_LONG = re.compile(r"QUERY LENGTH LIMIT|NO QUERY SPECIFIED")
_ACCESS = re.compile(r"AUTHENTICATION FAILURE|INVALID (?:EMAIL|KEY)")


def engine(settings: Mapping[str, object], environment: Mapping[str, str]) -> MyMemory:
    """Return the engine; it needs nothing from the environment. Raises ConfigError."""
    return MyMemory(Settings("mymemory", settings, ("email",)))


class MyMemory:
    """MyMemory as an engine."""

    def __init__(self, settings: Settings) -> None:
        url = settings.url(URL)
        traits = Traits(
            name="mymemory",
            batch=Batch.ONE,
            masks=("square", "xml"),
            max_chars=MOST_CHARS,
            max_bytes=MOST_ENCODED,
            rate=1.0,
            workers=1,
            price_note="free: about 5,000 characters a day, 50,000 with an e-mail address",
        )
        chosen = settings.traits(url, traits)
        self.traits = replace(chosen, max_chars=min(chosen.max_chars, MOST_CHARS))
        self._web = Client(
            "mymemory",
            url,
            timeout=settings.seconds("timeout", 30),
            connect_timeout=settings.seconds("connect_timeout", 3),
        )
        email = settings.text("email")
        self._deep = Deep("mymemory", url, self._web, _memory, {"email": email} if email else {})

    def route(self, source: str, target: str) -> tuple[str, str] | None:
        """Return its codes of two languages, None when it does not take the pair."""
        pair = CODES.get(base(source), ""), CODES.get(base(target), "")
        return pair if all(pair) and pair[0] != pair[1] else None

    def translate(self, requests: Sequence[Request], source: str, target: str) -> list[str]:
        """Return one text a request, each asked for by itself. Raises EngineError."""
        pair = self.route(source, target)
        if pair is None:
            raise FatalError(f"mymemory: does not translate from {source} into {target}")
        return translated("mymemory", requests, lambda asked: [self._one(each.text, *pair) for each in asked])

    def close(self) -> None:
        """Close the connections."""
        self._web.close()

    def _one(self, text: str, source: str, target: str) -> object:
        if len(text.encode()) > MOST_BYTES or len(text) > MOST_BYTES - 1:
            raise OutputError("mymemory: the text is longer than 500 bytes")
        found = self._deep.translate(text, source, target)
        # entities are masks, so that one in the answer is its own
        return html.unescape(found) if isinstance(found, str) and "&" not in text else found


def _memory(answer: Answer, params: Mapping[str, str]) -> Answer:
    """Return the answer reduced to the translation that may be used. Raises EngineError by what it says else."""
    said, source = answer.text, params.get("q", "")
    if answer.status_code != 200:
        if _QUOTA.search(said) and not _QUOTA.search(source):
            raise _used_up(said)
        judged("mymemory", answer)
    body = _object(answer)
    data = body.get("responseData")
    found = data.get("translatedText") if isinstance(data, dict) else None
    details = body.get("responseDetails")
    fault = _fault(f"{found or ''}\n{details if isinstance(details, str) else ''}", source)
    if fault:
        raise fault
    status = str(body.get("responseStatus") or 200)
    if status == "429":
        raise BusyError("mymemory: too many requests (429)")
    if status != "200":
        raise OutputError("mymemory: the service does not take this request")
    chosen = _chosen(body, found, source)
    return Answer(200, {}, json.dumps({"responseData": {"translatedText": chosen}, "matches": []}).encode())


def _object(answer: Answer) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise OutputError("mymemory: the answer is not what it used to be")
    return body


def _fault(said: str, source: str) -> EngineError | None:
    """Return the error that stands in the place of a translation, None when there is none."""

    def says(pattern: re.Pattern[str]) -> bool:
        return bool(pattern.search(said)) and not pattern.search(source)

    if says(_QUOTA):
        return _used_up(said)
    if says(_LANGUAGE):
        return LanguageError("mymemory: does not know this pair of languages")
    if says(_TOO_LONG):
        return OutputError("mymemory: the text is longer than it takes")
    if says(_ACCESS):
        return FatalError("mymemory: the e-mail address or key was refused")
    return None


def _used_up(said: str) -> FatalError:
    free = _NEXT.search(said)
    until = f"; there is more in {int(free[1])} h {int(free[2])} min" if free else ""
    return FatalError(f"mymemory: today's free translations are used up{until}")


def _chosen(body: Mapping[str, Any], found: object, source: str) -> str:
    """Return the translation of this text and no other. Raises OutputError when there is none."""
    listed = body.get("matches")
    matches = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    machine = next((each.get("translation") for each in matches if each.get("created-by") == "MT!"), None)
    own = next((each.get("translation") for each in matches if each.get("segment") == source), None)
    match = body["responseData"].get("match")
    is_own = not isinstance(match, int | float) or match >= 1
    chosen = found if is_own and found else machine or own
    if not isinstance(chosen, str) or not chosen.strip():
        raise OutputError("mymemory: it knows no translation of this text")
    return chosen
