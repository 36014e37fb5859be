"""Apertium on this machine: rules and dictionaries, no network; Russian to and from Belarusian and Ukrainian.

Settings: folder (where the pairs are installed, /usr/share/apertium), timeout (seconds without an answer after which
the programs are started anew, 20), max_chars. Every pair that is installed is taken. On Debian and Ubuntu:
`sudo apt-get install apertium apertium-bel-rus apertium-rus-ukr cg3 lttoolbox apertium-lex-tools`.

Words that its dictionaries lack stay as they are: one in six of a technical text, which is what a reviewer will see
first. The programs are started at the first text and kept, which is fifty times as fast as to start them for each.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

from tarjuma.engines import Batch, FatalError, LanguageError, OutputError, Request, Traits
from tarjuma.engines import _modes as modes
from tarjuma.engines._codes import base
from tarjuma.engines._daemon import Daemon
from tarjuma.engines._local import folder, local
from tarjuma.engines._names import three_letters
from tarjuma.engines._settings import Settings
from tarjuma.engines._stream import Streamed, streamed
from tarjuma.engines._texts import translated

FOLDERS = ("/usr/share/apertium", "/usr/local/share/apertium")
PACKAGES = "apertium apertium-bel-rus apertium-rus-ukr cg3 lttoolbox apertium-lex-tools"
INSTALL = f"On Debian or Ubuntu: sudo apt-get install {PACKAGES}"
PIPE_VERSION = 1
"""Counts the ways in which we have put text through the programs: part of the key of cached drafts."""
Pair = tuple[str, str]


def engine(settings: Mapping[str, object], environment: Mapping[str, str]) -> Apertium:
    """Return the engine. Raises ConfigError, and FatalError when Apertium or all of its pairs are missing."""
    return Apertium(local("apertium", settings, ("folder",)), environment)


class Apertium:
    """The installed pairs as an engine. One object may be used by several threads."""

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        named = settings.text("folder")
        places = [folder(named, environment)] if named else [Path(place) for place in FOLDERS]
        self._programs = dict(_installed(places))
        if not self._programs:
            raise FatalError(f"apertium: no language pair is installed in {named or FOLDERS[0]}. {INSTALL}")
        missing = sorted({each[0] for programs in self._programs.values() for each in programs if not _is_there(each)})
        if missing:
            raise FatalError(f"apertium: {', '.join(missing)} is missing. {INSTALL}")
        self.traits = Traits(
            name="apertium",
            batch=Batch.ARRAY,
            masks=("square", "xml"),
            max_chars=int(settings.number("max_chars", 0)) or 20_000,
            workers=2,
            version=f"{PIPE_VERSION}-{_digest(self._programs)}",
        )
        self._patience = settings.seconds("timeout", 20)
        self._pipes: dict[Pair, Pipe] = {}
        self._lock = threading.Lock()

    def route(self, source: str, target: str) -> Pair | None:
        """Return Apertium's codes of two languages, None when the pair is not installed."""
        for pair in ((three_letters(source), three_letters(target)), (base(source), base(target))):
            if pair in self._programs:
                return pair
        return None

    def translate(self, requests: Sequence[Request], source: str, target: str) -> list[str]:
        """Return one text a request. Raises EngineError."""
        pair = self.route(source, target)
        if pair is None:
            raise LanguageError(f"apertium: no pair from {source} into {target} is installed. {INSTALL}")
        with self._lock:
            if pair not in self._pipes:
                self._pipes[pair] = Pipe(pair, self._programs[pair], source, self._patience)
            pipe = self._pipes[pair]
        return translated("apertium", requests, lambda asked: pipe.translate([each.text for each in asked]))

    def close(self) -> None:
        """End the programs."""
        with self._lock:
            pipes = list(self._pipes.values())
            self._pipes.clear()
        for pipe in pipes:
            pipe.close()


class Pipe:
    """One pair's programs. They are started when a text comes, and anew when they have died or fallen silent."""

    def __init__(self, pair: Pair, programs: list[list[str]], source: str, patience: float) -> None:
        self._pair = pair
        self._programs = programs
        self._source = source
        self._patience = patience
        self._numbers = count()
        self._lock = threading.Lock()
        self._daemon: Daemon | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def translate(self, texts: Sequence[str]) -> list[str]:
        """Return the translations. Raises OutputError when a text has no answer twice, FatalError."""
        with self._lock:
            sent = [streamed(text, next(self._numbers), self._source) for text in texts]
            answers: list[str] = []
            while len(answers) < len(sent):
                answers += self._answers(sent[len(answers) :])
                if len(answers) < len(sent):
                    answers += self._once_more(sent[len(answers)])
            return answers

    def close(self) -> None:
        """End the programs, and wait for a text that is under way."""
        with self._lock:
            self._end()

    def _once_more(self, text: Streamed) -> list[str]:
        """Return the answer to a text that got none: somebody may have ended a program. Raises OutputError."""
        answers = self._answers([text])
        if not answers:
            raise OutputError("apertium: a program ends or falls silent at a text")
        return answers

    def _answers(self, texts: Sequence[Streamed]) -> list[str]:
        """Return answers up to the first text that got none. Raises FatalError."""
        daemon = self._daemon or self._begin()
        answers: list[str] = []
        for text, answer in zip(texts, daemon.ask([text.sent for text in texts], self._patience), strict=False):
            received = text.received(answer)
            if received is None:
                break
            answers.append(received)
        if len(answers) < len(texts):
            self._end()
        return answers

    def _begin(self) -> Daemon:
        self._folder = tempfile.TemporaryDirectory(prefix="tarjuma-apertium-")
        try:
            programs = self._programs
            if self._pair in modes.FAULTY:
                programs = _mended(programs, Path(self._folder.name))
            self._daemon = Daemon(programs)
        except OSError as error:
            self._end()
            raise FatalError(f"apertium: it cannot be started: {error.strerror}. {INSTALL}") from None
        return self._daemon

    def _end(self) -> None:
        if self._daemon:
            self._daemon.close()
        if self._folder:
            self._folder.cleanup()
        self._daemon = self._folder = None


def _installed(places: Sequence[Path]) -> Iterator[tuple[Pair, list[list[str]]]]:
    """Yield the pairs that are installed, and their programs; those whose files are gone are left out."""
    for place in reversed(places):  # the first folder wins
        for path in sorted(place.glob("modes/*-*.mode")):
            source, _, target = path.stem.partition("-")
            programs = modes.commands(path.read_text("utf-8", "replace"))
            if target.isalpha() and programs and all(file.exists() for file in modes.files(programs)):
                yield (source, target), programs


def _mended(programs: list[list[str]], folder: Path) -> list[list[str]]:
    """Return the programs with transfer rules that keep spaces, written into a folder where they differ."""
    return [[program[0], *(_mended_file(word, folder) for word in program[1:])] for program in programs]


def _mended_file(word: str, folder: Path) -> str:
    if not word.endswith(".t1x"):
        return word
    before = Path(word).read_text("utf-8")
    after = modes.mended(before)
    if after == before:
        return word
    path = folder / Path(word).name
    path.write_text(after, "utf-8")
    return str(path)


def _is_there(program: list[str]) -> bool:
    return shutil.which(program[0]) is not None


def _digest(installed: Mapping[Pair, list[list[str]]]) -> str:
    """Return a few digits that change when another version of a pair is installed."""
    parts = [f"{file.name}:{file.stat().st_size}" for programs in installed.values() for file in modes.files(programs)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
