"""Google's translation page for simple browsers, read by deep-translator: no key, no contract, all our languages.

Settings: url, rate, workers, max_chars, timeout, connect_timeout. Texts are packed, one a line; when the page gives
another number of lines back, none of them is used.

The page is not meant for programs: it may be slow, refuse, or end one day. deep-translator says that five requests a
second are allowed; we send fewer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote_plus

from tarjuma.engines import Batch, BusyError, FatalError, OutputError, Request, Traits, TransientError
from tarjuma.engines._codes import base
from tarjuma.engines._deep import Deep
from tarjuma.engines._http import Answer, Client, judged
from tarjuma.engines._settings import Settings
from tarjuma.engines._texts import ERROR_PAGE, translated

URL = "https://translate.google.com/m"
MOST_CHARS = 4999
"""deep-translator takes fewer than 5,000."""
MOST_BYTES = 7500
"""The text stands in the address, where a Cyrillic letter takes six bytes; some proxies refuse more than 8 kB."""
_CODES = """
    af ak am ar as ay az be bg bho bm bn bs ca ceb ckb co cs cy da de doi dv ee el en eo es et eu fa fi fr fy ga gd gl
    gn gom gu ha haw hi hmn hr ht hu hy id ig ilo is it ja ka kk km kn ko kri ku ky la lb lg ln lo lt lus lv mai mg mi
    mk ml mn mr ms mt my ne nl no nso ny om or pa pl ps pt qu ro ru rw sa sd si sk sl sm sn so sq sr st su sv sw ta te
    tg th ti tk tl tr ts tt ug uk ur uz vi xh yi yo zu
"""
CODES = frozenset(_CODES.split())
OTHERS = {"fil": "tl", "he": "iw", "jv": "jw", "nb": "no", "zh": "zh-CN", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
"""Languages that the page calls otherwise than BCP 47 does."""
_FOUND = re.compile(r"""class=["']?(?:result-container|t0)\b""")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def engine(settings: Mapping[str, object], environment: Mapping[str, str]) -> Google:
    """Return the engine; it needs nothing from the environment. Raises ConfigError."""
    return Google(Settings("google", settings))


class Google:
    """The page as an engine."""

    def __init__(self, settings: Settings) -> None:
        url = settings.url(URL)
        traits = Traits(
            name="google",
            batch=Batch.LINES,
            masks=("square", "xml"),
            max_chars=4500,
            max_bytes=MOST_BYTES,
            rate=4.9,
            workers=4,
            price_note="free, unofficial, without any promise",
        )
        chosen = settings.traits(url, traits)
        self.traits = replace(chosen, max_chars=min(chosen.max_chars, MOST_CHARS))
        self._web = Client(
            "google",
            url,
            timeout=settings.seconds("timeout", 30),
            connect_timeout=settings.seconds("connect_timeout", 3),
        )
        self._deep = Deep("google", url, self._web, _page)

    def route(self, source: str, target: str) -> tuple[str, str] | None:
        """Return the page's codes of two languages, None when it does not take the pair."""
        pair = _code(source), _code(target)
        return pair if all(pair) and pair[0] != pair[1] else None

    def translate(self, requests: Sequence[Request], source: str, target: str) -> list[str]:
        """Return one text a request; all of them go in one request to the page. Raises EngineError."""
        pair = self.route(source, target)
        if pair is None:
            raise FatalError(f"google: does not translate from {source} into {target}")
        return translated("google", requests, lambda asked: self._lines([each.text for each in asked], *pair))

    def close(self) -> None:
        """Close the connections."""
        self._web.close()

    def _lines(self, texts: list[str], source: str, target: str) -> list[str]:
        if any("\n" in text for text in texts):
            raise OutputError("google: a text with a line end in it cannot stand on one line")
        text = "\n".join(texts)
        if len(text) > MOST_CHARS or len(quote_plus(text)) > 2 * MOST_BYTES:
            raise OutputError("google: the text is longer than the page takes")
        found = self._deep.translate(text, source, target)
        if not isinstance(found, str):
            raise OutputError("google: nothing came back")
        if ERROR_PAGE.search(found) and not ERROR_PAGE.search(text):
            raise TransientError("google: the page gives an error in the place of a translation")
        return [line.strip() for line in found.split("\n")]


def _code(tag: str) -> str:
    """Return the page's code of a language, "" when it does not know it."""
    code = base(tag)
    return OTHERS.get(tag, "") or OTHERS.get(code, "") or (code if code in CODES else "")


def _page(answer: Answer, params: Mapping[str, str]) -> Answer:
    """Return the page when it holds a translation. Raises EngineError by what it says else."""
    text = judged("google", answer).text
    if _FOUND.search(text):
        # deep-translator joins what stands around a line break without a space
        return replace(answer, content=_BREAK.sub("\n", text).encode(), headers={})
    if "consent.google" in text or "Before you continue" in text:
        raise FatalError("google: the page asks for a consent that only a browser can give")
    if "unusual traffic" in text or "/sorry/" in text:
        raise BusyError("google: the page takes us for a robot: too many requests")
    if ERROR_PAGE.search(text):
        raise TransientError("google: the page gives an error in the place of a translation")
    raise OutputError("google: there is no translation on the page")
