"""The stream format of Apertium: how a text goes in so that all that is no word comes back as it went.

Whatever the programs might take for their own signs, masks among it, stands in the stream as a numbered blank (`[3]`)
that only we can fill in again. To escape it, as the description of the format has it, does not do: `cg-proc` 1.3.9
swallows the end of a text that holds `\\^`, and `lt-proc -p` any `~`. Each text begins with a number of its own, so
that an answer to another text cannot be taken for its answer.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from tarjuma import langs
from tarjuma.errors import UsageError

_SIGNS = r"\[/?\d+\]|</?x\d+\s?/?>|[\^$/\[\]{}<>@\\~%]|[^\S ]|[\x00-\x1f\x7f]"
_FOREIGN = r"[^\W\d_]*[^\W\d_A-Za-z\u0400-\u052f][^\W_]*"
"""A word with letters that no Cyrillic dictionary has: `lt-proc` splits it, and changes its case."""
_STRESS = re.compile("(?<=[\u0400-\u052f])[\u0300\u0301]")
_OTHERS = re.compile(r"\\/[\w'’-]+")
"""Further forms of a word, where its dictionary has several: забяспечыўшы\\/забяспечаўшы. No slash of ours goes in."""
_BLANK = re.compile(r"\[(\d+)\]")


class Streamed(NamedTuple):
    """A text as it goes into the stream, and what its blanks stand for."""

    text: str
    blanks: tuple[str, ...]
    number: int

    @property
    def sent(self) -> bytes:
        """The bytes to write, without the NUL behind them."""
        return self.text.encode()

    def received(self, answer: bytes) -> str | None:
        """Return the translation that came for this text; None when the answer is another text's, or is none."""
        text = _OTHERS.sub("", answer.decode("utf-8", "replace"))
        start, end = f"[s{self.number}]", "[e]"
        if not text.startswith(start) or not text.endswith(end):
            return None
        numbers = [int(number) for number in _BLANK.findall(text)]
        if numbers and max(numbers) >= len(self.blanks):
            return None
        return _BLANK.sub(lambda match: self.blanks[int(match[1])], text[len(start) : -len(end)]).strip()


def streamed(text: str, number: int, language: str) -> Streamed:
    """Return a text for the stream. `number`: one that no other text of this stream has. `language`: BCP 47.

    Stress marks go, since words with them are in no dictionary: молоко́ comes back as малако.
    """
    parts: list[str] = []
    blanks: list[str] = []
    cursor = 0
    text = _plain(text, language)
    for match in _hidden(language).finditer(text):
        parts += [text[cursor : match.start()], f"[{len(blanks)}]"]
        blanks.append(match[0])
        cursor = match.end()
    # a number at the very end can get lost, hence the space
    return Streamed(f"[s{number}]{''.join(parts)}{text[cursor:]} [e]", tuple(blanks), number)


def _plain(text: str, language: str) -> str:
    text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    return _STRESS.sub("", text) if is_cyrillic(language) else text


def _hidden(language: str) -> re.Pattern[str]:
    return _pattern(f"{_FOREIGN}|(?:{_SIGNS})+" if is_cyrillic(language) else f"(?:{_SIGNS})+")


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


def is_cyrillic(language: str) -> bool:
    """Say whether a language is written in Cyrillic letters."""
    try:
        return langs.language(language).script == "Cyrl"
    except UsageError:
        return False
