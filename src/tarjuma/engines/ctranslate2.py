"""Neural models on this machine: NLLB-200, MADLAD-400, M2M-100 and OPUS-MT, converted for CTranslate2.

Needs `pip install 'tarjuma[offline]'` and a folder with a model; docs/engines-offline.md has the commands. Settings:
folder (needed), from and into (lists of languages: needed for OPUS-MT, whose files do not say), codes (what the model
calls a language, where we do not know it), family (nllb, madlad, m2m, opus; it is recognised from the files), device
(cpu, cuda, auto), compute_type, threads, beam_size (4), repetition_penalty, no_repeat_ngram_size, max_tokens (of one
sentence, 250), max_chars.

A text is translated sentence by sentence, which is what these models have learned.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any, NamedTuple

from tarjuma.engines import Batch, FatalError, LanguageError, OutputError, Request, Traits
from tarjuma.engines._families import FAMILIES, code
from tarjuma.engines._local import folder, local, texts
from tarjuma.engines._model import Model, ModelError, model
from tarjuma.engines._portions import portions
from tarjuma.engines._settings import Settings
from tarjuma.engines._texts import is_worth_sending, translated

OWN = (
    "folder", "family", "from", "into", "codes", "device", "compute_type", "threads", "beam_size", "repetition_penalty",
    "no_repeat_ngram_size", "max_tokens",
)  # fmt: skip
INSTALL = "pip install 'tarjuma[offline]'"
END = "</s>"
POSITIONS = 1000
"""No family takes more tokens at once; a word that long is no word."""
_SPECIAL = frozenset({END, "<s>", "<pad>", "<unk>"})


def engine(settings: Mapping[str, object], environment: Mapping[str, str]) -> CTranslate2:
    """Return the engine. Raises ConfigError where no model is, FatalError when the two packages are missing."""
    return CTranslate2(local("ctranslate2", settings, OWN), settings, environment)


class Loaded(NamedTuple):
    """What is in memory once the first text has come."""

    translator: Any
    source_pieces: Any
    target_pieces: Any


class CTranslate2:
    """A model as an engine. One object may be used by several threads."""

    def __init__(self, settings: Settings, table: Mapping[str, object], environment: Mapping[str, str]) -> None:
        missing = [name for name in ("ctranslate2", "sentencepiece") if not find_spec(name)]
        if missing:
            raise FatalError(f"ctranslate2: the engine needs {' and '.join(missing)}: {INSTALL}")
        self._model = _model(settings, environment)
        self._from, self._into = texts(settings, table, "from"), texts(settings, table, "into")
        self._codes = settings.by_language("codes")
        self._check_languages(settings)
        self._device = settings.text("device", "cpu")
        self._compute_type = settings.text("compute_type", "default")
        self._threads = int(settings.number("threads", 0))
        self._most_tokens = min(int(settings.number("max_tokens", 250)) or 250, POSITIONS // 2)
        self._options = {
            "beam_size": max(1, int(settings.number("beam_size", 4))),
            "repetition_penalty": settings.number("repetition_penalty", 1.0) or 1.0,
            "no_repeat_ngram_size": int(settings.number("no_repeat_ngram_size", 0)),
        }
        used = f"{self._options} {self._most_tokens} {self._compute_type} {sorted(self._codes.items())}"
        self.traits = Traits(
            name="ctranslate2",
            batch=Batch.ARRAY,
            masks=("square", "xml"),
            max_chars=int(settings.number("max_chars", 0)) or 4500,
            max_texts=64,
            workers=1,
            version=f"{self._model.family.name}-{self._model.version}-{hashlib.sha256(used.encode()).hexdigest()[:6]}",
        )
        self._lock = threading.Lock()
        self._loaded: Loaded | None = None

    def route(self, source: str, target: str) -> tuple[str, str] | None:
        """Return the model's codes of two languages, None when it does not take the pair; codes may be "" where the
        model needs none."""
        if source == target or (self._from and source not in self._from) or (self._into and target not in self._into):
            return None
        one, other = (
            self._codes.get(tag) or code(self._model.family, tag, self._model.codes) for tag in (source, target)
        )
        if self._model.codes and not other:
            return None
        if self._model.family.has_target_prefix and not one:
            return None
        return one, other

    def translate(self, requests: Sequence[Request], source: str, target: str) -> list[str]:
        """Return one text a request. Raises EngineError."""
        pair = self.route(source, target)
        if pair is None:
            raise LanguageError(f"ctranslate2: the model does not translate from {source} into {target}")
        return translated("ctranslate2", requests, lambda asked: self._texts([each.text for each in asked], *pair))

    def close(self) -> None:
        """Let go of the model."""
        with self._lock:
            self._loaded = None

    def _check_languages(self, settings: Settings) -> None:
        """Raise ConfigError where the files do not say what the settings have to."""
        if self._model.family.name != "opus":
            return
        if not self._from:
            raise settings.error("from is missing: models of OPUS-MT do not say what they read", 'from = ["en"]')
        if not self._model.codes and not self._into:
            raise settings.error("into is missing: this model of OPUS-MT has one pair", 'into = ["uk"]')

    def _texts(self, asked: Sequence[str], source: str, target: str) -> list[str]:
        """Return the translations: all portions of all texts go to the model together."""
        loaded = self._loaded_now()
        cut = [list(portions(text, lambda part: self._is_short(loaded, part))) for text in asked]
        wanted = list(dict.fromkeys(part for parts in cut for part in parts if is_worth_sending(part)))
        made = dict(zip(wanted, self._translated(loaded, wanted, source, target), strict=True))
        return ["".join(made.get(part, part) for part in parts) for parts in cut]

    def _is_short(self, loaded: Loaded, text: str) -> bool:
        return len(text) <= self._most_tokens or len(_pieces(loaded, text)) <= self._most_tokens

    def _translated(self, loaded: Loaded, wanted: Sequence[str], source: str, target: str) -> list[str]:
        asked = [self._model.family.asked(_pieces(loaded, text), source, target) for text in wanted]
        tokens = [[*each, *(() if self._model.ends_source else (END,))] for each, _ in asked]
        prefixes = [prefix for _, prefix in asked]
        longest = max(map(len, tokens), default=0)
        if longest > POSITIONS:
            raise OutputError("ctranslate2: a word is longer than the model takes")
        try:
            results = loaded.translator.translate_batch(
                tokens,
                target_prefix=prefixes if any(prefixes) else None,
                batch_type="tokens",
                max_batch_size=2048,
                max_input_length=0,
                max_decoding_length=min(2 * longest + 30, POSITIONS),
                replace_unknowns=True,
                **self._options,
            )
        except (RuntimeError, ValueError) as error:  # too long, or too much for the memory: a smaller request may do
            fault = OutputError(f"ctranslate2: the model could not translate: {_reason(error)}")
        else:
            return [self._text(loaded, result.hypotheses[0]) for result in results]
        raise fault

    def _text(self, loaded: Loaded, tokens: Sequence[str]) -> str:
        family = self._model.family
        pieces = [token for token in tokens if token not in _SPECIAL and not family.code.fullmatch(token)]
        text: str = loaded.target_pieces.decode(pieces)
        return text.strip()

    def _loaded_now(self) -> Loaded:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> Loaded:
        """Return the model in memory. Raises FatalError."""
        import ctranslate2
        import sentencepiece

        found = self._model
        try:
            translator = ctranslate2.Translator(
                str(found.folder), device=self._device, compute_type=self._compute_type, intra_threads=self._threads
            )
            source, target = (
                sentencepiece.SentencePieceProcessor(model_file=str(path))
                for path in (found.source_pieces, found.target_pieces)
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise FatalError(f"ctranslate2: the model in {found.folder} cannot be loaded: {_reason(error)}") from None
        return Loaded(translator, source, target)


def _model(settings: Settings, environment: Mapping[str, str]) -> Model:
    """Return the model that the settings name. Raises ConfigError."""
    help_page = "docs/engines-offline.md has the commands for each model"
    place = settings.text("folder")
    if not place:
        raise settings.error("folder is missing: where the model is", help_page)
    there = folder(place, environment)
    if not there.is_dir():
        raise settings.error(f"there is no folder {place}", help_page)
    family = settings.text("family")
    if family and family not in FAMILIES:
        raise settings.error(f"unknown family {family!r}", f"There are: {', '.join(FAMILIES)}")
    try:
        return model(there, family)
    except ModelError as error:
        raise settings.error(f"{place}: {error}", help_page) from None


def _reason(error: Exception) -> str:
    """What CTranslate2 says; it speaks of sizes and files, never of texts."""
    if "position encodings" in str(error):
        return "a sentence is longer than it takes, see max_tokens in the settings"
    return str(error).partition("\n")[0] or type(error).__name__


def _pieces(loaded: Loaded, text: str) -> list[str]:
    pieces: list[str] = loaded.source_pieces.encode(text, out_type=str)
    return pieces
