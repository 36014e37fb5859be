"""Any program of yours: it reads a JSON array of texts and writes one of their translations, in the same order.

Settings: command (a list: the program and its arguments), languages (["en", "ru"], or {en = "eng"} where the program
has other codes), environment (names of variables that it may see), timeout (seconds, 120), max_chars, workers, host
(where the program sends text, if it does: it is then asked only where that is allowed), version (change it to have
everything drafted anew).

The program runs once for a pack of texts, without a shell, in the project's folder. `{source}` and `{target}` in its
arguments are replaced by the codes, which also stand in TARJUMA_SOURCE and TARJUMA_TARGET. Texts are UTF-8 and hold
masks such as [1] and [/1], which have to come back. Exit code 0 says that all went well; otherwise the last line of
standard error is shown.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from typing import IO

from tarjuma.engines import PROJECT, Batch, FatalError, LanguageError, OutputError, Request, Traits, TransientError
from tarjuma.engines._local import local, texts
from tarjuma.engines._settings import Settings
from tarjuma.engines._texts import translated
from tarjuma.engines._watch import Watchdog

KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "SYSTEMROOT", "VIRTUAL_ENV")
MOST_BYTES = 8_000_000
MOST_OF_LINE = 200
QUOTED = 12
"""So many letters in common with a text, and a line of standard error is not shown: it may quote the text."""


def engine(settings: Mapping[str, object], environment: Mapping[str, str]) -> Script:
    """Return the engine. Raises ConfigError."""
    own = ("command", "languages", "environment", "host", "version")
    return Script(local("script", settings, own), settings, environment)


class Script:
    """A program as an engine."""

    def __init__(self, settings: Settings, table: Mapping[str, object], environment: Mapping[str, str]) -> None:
        self._command = texts(settings, table, "command")
        if not self._command or not self._command[0]:
            raise settings.error("command is missing", 'For example: command = ["python3", "translate.py"]')
        self._codes = _codes(settings, table)
        passed = texts(settings, table, "environment")
        self._secrets = tuple(environment[name] for name in passed if len(environment.get(name, "")) > 3)
        self._environment = {name: environment[name] for name in (*KEPT, *passed) if name in environment}
        self._folder = environment.get(PROJECT) or None
        self._patience = settings.seconds("timeout", 120)
        self.traits = Traits(
            name="script",
            host=settings.text("host"),
            batch=Batch.ARRAY,
            masks=("square", "xml"),
            max_chars=int(settings.number("max_chars", 0)) or 4500,
            workers=max(1, int(settings.number("workers", 1))),
            version=_digest(*self._command, settings.text("version")),
        )
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()

    def route(self, source: str, target: str) -> tuple[str, str] | None:
        """Return the program's codes of two languages, None when the settings do not name both."""
        pair = self._codes.get(source, ""), self._codes.get(target, "")
        return pair if all(pair) and pair[0] != pair[1] else None

    def translate(self, requests: Sequence[Request], source: str, target: str) -> list[str]:
        """Return one text a request. Raises EngineError."""
        pair = self.route(source, target)
        if pair is None:
            raise LanguageError(f"script: languages in [engines.script] names not both of {source} and {target}")
        return translated("script", requests, lambda asked: self._asked([each.text for each in asked], *pair))

    def close(self) -> None:
        """End programs that are still running."""
        with self._lock:
            for process in self._running:
                _end(process)

    def _asked(self, asked: list[str], source: str, target: str) -> list[object]:
        answer = self._output(asked, source, target)
        if len(answer) > MOST_BYTES:
            raise OutputError("script: the answer is longer than any translation")
        try:
            found = json.loads(answer)
        except ValueError:
            found = None
        if not isinstance(found, list):
            raise OutputError("script: standard output is not a JSON array")
        return found

    def _output(self, asked: list[str], source: str, target: str) -> bytes:
        """Return what the program writes. Raises EngineError."""
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as faults:
            process = self._begun(source, target, output, faults)
            watchdog = Watchdog(process.pid)
            try:
                process.communicate(json.dumps(asked, ensure_ascii=False).encode(), timeout=self._patience)
            except subprocess.TimeoutExpired:
                raise TransientError(f"script: the program takes longer than {self._patience:g} s") from None
            finally:
                watchdog.close()
                _end(process)
                with self._lock:
                    self._running.discard(process)
            if process.returncode:
                said = self._said(faults, asked)
                raise OutputError(f"script: the program ended with exit code {process.returncode}{said}")
            output.seek(0)
            return output.read(MOST_BYTES + 1)

    def _begun(self, source: str, target: str, output: IO[bytes], faults: IO[bytes]) -> subprocess.Popen[bytes]:
        command = [part.replace("{source}", source).replace("{target}", target) for part in self._command]
        own = {"TARJUMA_SOURCE": source, "TARJUMA_TARGET": target, "PYTHONIOENCODING": "utf-8"}
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=faults,
                cwd=self._folder,
                env=self._environment | own,
                start_new_session=True,  # so that all that it starts can be ended with it
            )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "an argument holds a NUL"
            raise FatalError(f"script: {self._command[0]} cannot be started: {reason}") from None
        with self._lock:
            self._running.add(process)
        return process

    def _said(self, faults: IO[bytes], asked: Sequence[str]) -> str:
        """Return the last line of standard error, unless it holds a text or a key."""
        faults.seek(max(0, faults.seek(0, os.SEEK_END) - 4096))
        lines = faults.read().decode("utf-8", "replace").split("\n")
        line = next((line.strip() for line in reversed(lines) if line.strip()), "")[-MOST_OF_LINE:]
        line = "".join(letter for letter in line if letter.isprintable())
        if not line:
            return ""
        if any(secret in line for secret in self._secrets) or any(_quotes(line, text) for text in asked):
            return ": its last line is not shown, it seems to hold text or a key"
        return f": {line}"


def _codes(settings: Settings, table: Mapping[str, object]) -> dict[str, str]:
    if isinstance(table.get("languages"), Mapping):
        return settings.by_language("languages")
    named = texts(settings, table, "languages")
    if len(named) < 2:
        raise settings.error("languages is missing", 'For example: languages = ["en", "ru", "tg"]')
    return {code: code for code in named}


def _quotes(line: str, text: str) -> bool:
    """Say whether a line repeats a text, or a good part of it, as it is or escaped."""
    for form in (text, json.dumps(text)[1:-1]):
        match = difflib.SequenceMatcher(None, line, form, autojunk=False).find_longest_match()
        if match.size >= min(QUOTED, len(form)) > 2:
            return True
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started, and let go of its input."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError, AttributeError):
        process.kill()
    process.wait()
    if process.stdin:
        process.stdin.close()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]
