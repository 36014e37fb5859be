"""What holds for the texts of every engine: what is worth sending, and what an answer has to have."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tarjuma.engines import OutputError, Request

_MARKS = re.compile(r"</?[A-Za-z][^<>]*>|\[/?\d+\]|&#?\w+;")
_LETTER = re.compile(r"[^\W\d_]")
ERROR_PAGE = re.compile(r"Error \d{3} \([\w ’']+\)!!1|Before you continue to Google", re.IGNORECASE)
"""What pages of Google say in the place of a translation (deep-translator issues 282 and 307)."""


def is_worth_sending(text: str) -> bool:
    """Whether a masked text has a letter outside its masks. Services answer all else with nothing, or with nonsense."""
    return bool(_LETTER.search(_MARKS.sub("", text)))


def translated(name: str, requests: Sequence[Request], ask: Callable[[list[Request]], Sequence[object]]) -> list[str]:
    """Return one text a request: the answers of `ask` to those worth sending, the others as they are.

    `ask` gets texts without white space around them, which is put back. Raises OutputError when it answers with another
    number of texts, with something else than text, or with nothing.
    """
    wanted = [at for at, request in enumerate(requests) if is_worth_sending(request.text)]
    texts = [request.text for request in requests]
    if not wanted:
        return texts
    answers = ask([Request(requests[at].text.strip(), requests[at].around) for at in wanted])
    if len(answers) != len(wanted):
        raise OutputError(f"{name}: {len(answers)} texts came back for {len(wanted)}")
    for at, answer in zip(wanted, answers, strict=True):
        texts[at] = _framed(name, texts[at], answer)
    return texts


def _framed(name: str, text: str, answer: object) -> str:
    if not isinstance(answer, str) or not answer.strip():
        raise OutputError(f"{name}: nothing came back for a text")
    if ERROR_PAGE.search(answer) and not ERROR_PAGE.search(text):
        raise OutputError(f"{name}: an error page came back in the place of a translation")
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return lead + answer.strip() + trail
