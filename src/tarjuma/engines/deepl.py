"""DeepL, by its API as it is since 2026: JSON by POST, the key in a header, tags handled as XML.

The key comes from DEEPL_API_KEY; one that ends in `:fx` belongs to the free plan, which has a host of its own.
Settings: glossary (an id, or a table of languages and ids), formality, rate, workers, max_chars, timeout,
connect_timeout, price, and url for another host. Which languages DeepL has is asked once, at the first translation.

What stands around a text is sent as its `context`, which is neither translated nor billed.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, unescape

from tarjuma.engines import Batch, FatalError, LanguageError, OutputError, Request, Surroundings, Traits
from tarjuma.engines._codes import base
from tarjuma.engines._http import Answer, Client, judged
from tarjuma.engines._settings import Settings
from tarjuma.engines._texts import translated

HOST, FREE_HOST = "https://api.deepl.com", "https://api-free.deepl.com"
VARIABLE = "DEEPL_API_KEY"
MOST_TEXTS = 50
MOST_CONTEXT = 1000
"""Characters of context, so that requests stay well below the limit of 128 KiB."""
PRICE = 25.0
PREFERRED = {"en": ("EN-GB", "EN-US"), "pt": ("PT-PT", "PT-BR")}
"""Targets that DeepL has only with a region."""
_TAG = re.compile(r"</?x[0-9]+/?>")
_ALONE = re.compile(r"<(x[0-9]+)/>")
_ENTITY = re.compile(r"&(?:amp|lt|gt);")
_BARE = re.compile(r"<(?!/?x[0-9]+/?>)|&(?!(?:amp|lt|gt);)")
_QUOTES = {"&quot;": '"', "&apos;": "'", "&#39;": "'", "&#34;": '"'}


class Languages(NamedTuple):
    """What DeepL has: codes in capitals."""

    sources: frozenset[str]
    targets: frozenset[str]
    tagged: frozenset[str]
    """Those in which it keeps tags."""


def engine(settings: Mapping[str, object], environment: Mapping[str, str]) -> DeepL:
    """Return the engine. Raises ConfigError, and FatalError when there is no key."""
    return DeepL(Settings("deepl", settings, ("glossary", "formality")), environment)


class DeepL:
    """DeepL as an engine."""

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        given = environment.get(VARIABLE, "").strip()
        self._url = settings.url(FREE_HOST if given.endswith(":fx") else HOST)
        key = settings.key(environment, VARIABLE, self._url)
        if not key:
            raise FatalError(f"deepl: there is no key: put it into the environment variable {VARIABLE}")
        self._glossaries = settings.by_language("glossary")
        self._formality = settings.text("formality")
        is_free = key.endswith(":fx")
        traits = Traits(
            name="deepl",
            batch=Batch.ARRAY,
            masks=("xml", "square"),
            max_chars=20_000,
            max_texts=MOST_TEXTS,
            rate=5.0,
            workers=2,
            price=0.0 if is_free else PRICE,
            price_note=(
                "free plan: 500,000 characters a month"
                if is_free
                else "believed, 2026: USD 25 per million characters and 5.49 a month; see the provider"
            ),
            version=" ".join(["v2", self._formality, *sorted(self._glossaries.values())]).strip(),
            takes_context=True,
        )
        self.traits = settings.traits(self._url, traits)
        self._web = Client(
            "deepl",
            self._url,
            timeout=settings.seconds("timeout", 60),
            connect_timeout=settings.seconds("connect_timeout", 3),
            authorization=f"DeepL-Auth-Key {key}",
        )
        self._lock = threading.Lock()
        self._languages: Languages | None = None

    def route(self, source: str, target: str) -> tuple[str, str] | None:
        """Return DeepL's codes of two languages, None when it does not take the pair.

        Until DeepL has been asked (at the first translation), any two languages seem to be taken.
        """
        if not base(source) or not base(target) or base(source) == base(target):
            return None
        if self._languages is None:
            return base(source).upper(), target.upper()
        one = next((code for code in _spellings(source) if code in self._languages.sources), "")
        other = next((code for code in _spellings(target) if code in self._languages.targets), "")
        return (one, other) if one and other else None

    def translate(self, requests: Sequence[Request], source: str, target: str) -> list[str]:
        """Return one text a request. Raises EngineError."""
        languages = self._learnt()
        pair = self.route(source, target)
        if pair is None:
            raise LanguageError(f"deepl: does not translate from {source} into {target}")
        keeps_tags = {pair[0], pair[1]} <= languages.tagged
        glossary = self._glossaries.get(target) or self._glossaries.get("", "")
        return translated("deepl", requests, lambda asked: self._all(asked, pair, keeps_tags, glossary))

    def close(self) -> None:
        """Close the connections."""
        self._web.close()

    def _all(self, requests: list[Request], pair: tuple[str, str], keeps_tags: bool, glossary: str) -> list[object]:
        answers: list[object] = []
        for start in range(0, len(requests), MOST_TEXTS):
            asked = requests[start : start + MOST_TEXTS]
            body = {"source_lang": pair[0], "target_lang": pair[1], "preserve_formatting": True}
            body |= {"context": context} if (context := _context(each.around for each in asked)) else {}
            body |= {"glossary_id": glossary} if glossary else {}
            body |= {"formality": self._formality} if self._formality else {}
            texts = [each.text for each in asked]
            is_tagged = keeps_tags and any(map(_TAG.search, texts))
            body |= _tagged(texts) if is_tagged else {"text": list(map(_as_text, texts))}
            found = _texts(self._web.ask("POST", f"{self._url}/v2/translate", body=body))
            if len(found) != len(asked):
                raise OutputError(f"deepl: {len(found)} texts came back for {len(asked)}")
            back = _back_from_xml if is_tagged else _back_from_text
            answers += [back(answer, text) for answer, text in zip(found, texts, strict=True)]
        return answers

    def _learnt(self) -> Languages:
        """Return what DeepL has; asked once. Raises EngineError."""
        with self._lock:
            if self._languages is None:
                self._languages = self._asked()
            return self._languages

    def _asked(self) -> Languages:
        answer = self._web.reply("GET", f"{self._url}/v3/languages", params={"resource": "translate_text"})
        if answer.status_code not in (400, 404, 410):
            return _from_version_3(_rows(judged("deepl", answer)))
        # the older address, deprecated in May 2026
        ask = f"{self._url}/v2/languages"
        sources, targets = (_rows(self._web.ask("GET", ask, params={"type": kind})) for kind in ("source", "target"))
        codes = [frozenset(str(row.get("language", "")).upper() for row in rows) for rows in (sources, targets)]
        return Languages(codes[0], codes[1], codes[0] | codes[1])


def _rows(answer: Answer) -> list[dict[str, Any]]:
    try:
        rows = answer.json()
    except ValueError:
        rows = None
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise FatalError("deepl: the service names no languages: is it DeepL? See url in the settings")
    return rows


def _from_version_3(rows: list[dict[str, Any]]) -> Languages:
    named = [(str(row.get("lang", "")).upper(), row) for row in rows]
    return Languages(
        frozenset(code for code, row in named if row.get("usable_as_source")),
        frozenset(code for code, row in named if row.get("usable_as_target")),
        frozenset(code for code, row in named if "tag_handling" in (row.get("features") or ())),
    )


def _spellings(tag: str) -> tuple[str, ...]:
    """Return the codes that a tag may have at DeepL, best first."""
    language = base(tag)
    return (tag.upper(), language.upper(), *PREFERRED.get(language, ()))


def _context(around: Iterable[Surroundings]) -> str:
    """Return what stands around the texts of one request: headings, what goes before them and what follows."""
    said = dict.fromkeys(part for each in around for part in (each.heading, each.before, each.after, each.note) if part)
    return "\n".join(_TAG.sub("", part) for part in said)[:MOST_CONTEXT]


def _tagged(texts: list[str]) -> dict[str, Any]:
    """Return the part of a request for texts with masks: well-formed XML, in which lone masks are left alone."""
    return {
        "text": list(map(_as_xml, texts)),
        "tag_handling": "xml",
        "tag_handling_version": "v2",
        "outline_detection": False,
        "ignore_tags": sorted({name for text in texts for name in _ALONE.findall(text)}),
    }


def _is_xml(text: str) -> bool:
    """Whether a text is masked as XML: its own `<` and `&` are escaped. Masked otherwise, it has them bare."""
    return not _BARE.search(text) and bool(_TAG.search(text) or _ENTITY.search(text))


def _as_xml(text: str) -> str:
    if _is_xml(text):
        return text
    parts, cursor = [], 0
    for tag in _TAG.finditer(text):
        parts += [escape(text[cursor : tag.start()]), tag[0]]
        cursor = tag.end()
    return "".join(parts) + escape(text[cursor:])


def _back_from_xml(answer: object, text: str) -> object:
    """Return an answer as its text was masked. Law: `_back_from_xml(_as_xml(text), text) == text`."""
    return answer if _is_xml(text) or not isinstance(answer, str) else unescape(answer, _QUOTES)


def _as_text(text: str) -> str:
    return unescape(text) if _is_xml(text) else text


def _back_from_text(answer: object, text: str) -> object:
    """Return an answer as its text was masked: where tags went out as if they were text, it is left alone."""
    is_escaped = _is_xml(text) and not _TAG.search(text)
    return escape(answer) if is_escaped and isinstance(answer, str) else answer


def _texts(answer: Answer) -> list[object]:
    try:
        found = answer.json()
    except ValueError:
        found = None
    rows = found.get("translations") if isinstance(found, dict) else None
    if not isinstance(rows, list):
        raise OutputError("deepl: the answer is not what DeepL sends")
    return [row.get("text") if isinstance(row, dict) else None for row in rows]
