"""What a translation service gets of a message, and the way back: codes behind masks, and a ladder of attempts.

`ladder` yields the attempts one after the other: the service's own mask style, another one, pairs left out and put back
around their words (re-anchored), and the runs of text between the codes (split). Each is a `Rung` of texts to send;
`restored` turns the answers into a translation with the very codes of its source, or says why not. A text that would
change the markup is never returned, whatever the answers are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tarjuma import contacts
from tarjuma.protection import anchors, styles
from tarjuma.protection.pieces import LETTER, Inner, Part, Piece, Quoting, Reading, inner_reading, reading
from tarjuma.protection.shape import shape, shape_of_source
from tarjuma.protection.spaces import assembled
from tarjuma.protection.styles import SPACE, Fault, Masked, Style
from tarjuma.syntax import escape, inline

__all__ = ["COPIED", "PLAIN", "REANCHORED", "SPLIT", "STYLES", "Fault", "Rung", "fault", "ladder"]

STYLES: tuple[str, ...] = tuple(styles.STYLES)
"""square: `[1]`, `[1]`..`[/1]`; xml: `<x1/>`, `<x1>`..`</x1>`; html: `<span translate="no" id="1">`."""
COPIED, PLAIN, REANCHORED, SPLIT = "copied", "plain", "re-anchored", "split"
"""Names of rungs beside the styles: nothing to send; the message as it is; pairs put back around their words; run by
run."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Rung:
    """One attempt: what to send, and what becomes of the answers."""

    name: str
    """A mask style, "re-anchored" or "split"; "copied" where there is nothing to send."""
    texts: tuple[str, ...]
    """One line each."""
    finish: Callable[[Sequence[str]], str | Fault]

    def restored(self, answers: Sequence[str]) -> str | Fault:
        """Return the translation that these answers make, one a text and in their order, or why there is none."""
        if len(answers) != len(self.texts):
            return Fault("another number of answers than of texts")
        return self.finish(answers)


class _Job(NamedTuple):
    """A message on its way, worked out once for all rungs."""

    whole: Reading
    inner: tuple[Reading, ...]
    """The texts that lie in its codes; each goes out beside the message."""
    first: int
    last: int
    """Pieces before and behind these need not go out: a pair around the whole message."""


def ladder(text: str, chosen: Sequence[str], keep: Sequence[tuple[int, int]] = ()) -> Iterator[Rung]:
    """Yield attempts to have a message translated; the next one is worked out when it is asked for.

    `chosen`: mask styles, best first; without any the message goes out as it is (to the memory). `keep`: spans (code
    points) that go out as masks and come back as they are, such as names of a glossary. E-mail addresses and phone
    numbers always do. A message without words yields one rung without texts, whose `restored([])` is the message.
    """
    spans = (*keep, *contacts.spans(text))
    whole = reading(text, spans)
    inner = tuple(inner_reading(whole, each, spans) for each in whole.inner)
    whole = whole._replace(inner=tuple(a for a, b in zip(whole.inner, inner, strict=True) if b.has_text))
    job = _Job(whole, tuple(each for each in inner if each.has_text), *_edges(whole))
    if not whole.has_text and not job.inner:
        yield Rung(COPIED, (), lambda _: text)
        return
    if not chosen:
        yield Rung(PLAIN, (text,), lambda answers: fault(text, answers[0]) or answers[0])
        return
    known = [styles.STYLES[name] for name in chosen]
    for style in known:
        yield _masked(job, style)
        if all(len(each.pieces) == 1 for each in (whole, *inner)):
            return  # without a code every rung would ask the same
    if not whole.has_text:
        return
    if any(piece.part is Part.OPEN for piece in whole.pieces[job.first : job.last]):
        yield _reanchored(job, known[0])
    if len(whole.pieces) > 1:
        yield _split(job, known[0])


def _edges(whole: Reading) -> tuple[int, int]:
    first, last = 0, len(whole.pieces)
    while last - first > 2:
        one, other = whole.pieces[first], whole.pieces[last - 1]
        if one.part is not Part.OPEN or other.part is not Part.CLOSE or one.pair != other.pair:
            break
        first, last = first + 1, last - 1
    return first, last


def _masked(job: _Job, style: Style) -> Rung:
    inner = tuple(styles.masked(each, style) for each in job.inner)
    if not job.whole.has_text:
        items: list[str | int] = [
            job.whole.of(piece) if piece.part is Part.TEXT else index for index, piece in enumerate(job.whole.pieces)
        ]
        return Rung(style.name, tuple(each.text for each in inner), lambda answers: _result(job, items, inner, answers))
    sent = styles.masked(job.whole, style, first=job.first, last=job.last)

    def finish(answers: Sequence[str]) -> str | Fault:
        found = styles.unmasked(answers[0], sent)
        return found if isinstance(found, Fault) else _result(job, _with_edges(job, found), inner, answers[1:])

    return Rung(style.name, (sent.text, *(each.text for each in inner)), finish)


def _reanchored(job: _Job, style: Style) -> Rung:
    """Pairs do not go out; the words of each go out once more alone, and the pair is put where they stand."""
    whole = job.whole
    sent = styles.masked_codes(whole, style, first=job.first, last=job.last)
    pairs = anchors.pairs(whole, job.first, job.last)
    words = tuple(styles.masked_codes(whole, style, first=pair.first + 1, last=pair.last) for pair in pairs)
    inner = tuple(styles.masked(each, style) for each in job.inner)

    def finish(answers: Sequence[str]) -> str | Fault:
        found = styles.unmasked(answers[0], sent)
        if isinstance(found, Fault):
            return found
        parts: list[list[str | int]] = []
        for answer, part in zip(answers[1:], words, strict=False):
            items = styles.unmasked(answer, part)
            if isinstance(items, Fault):
                return items
            parts.append(items)
        anchored = anchors.anchored(found, parts, pairs, whole)
        if isinstance(anchored, Fault):
            return anchored
        return _result(job, _with_edges(job, anchored), inner, answers[1 + len(words) :])

    texts = (sent.text, *(part.text for part in words), *(each.text for each in inner))
    return Rung(REANCHORED, texts, finish)


def _split(job: _Job, style: Style) -> Rung:
    """Each run of text goes out alone, without the signs at its ends: no mask can come to harm."""
    pieces = job.whole.pieces
    runs = {index: _core(job.whole.of(piece)) for index, piece in enumerate(pieces) if piece.part is Part.TEXT}
    wanted = [index for index, (_, core, _) in runs.items() if LETTER.search(core)]
    inner = tuple(styles.masked(each, style) for each in job.inner)

    def finish(answers: Sequence[str]) -> str | Fault:
        cores = {index: core for index, (_, core, _) in runs.items()}
        for index, answer in zip(wanted, answers, strict=False):
            told = _alike(cores[index], SPACE.sub(" ", styles.unescaped(answer)).strip(" "))
            if any(map(str.isalnum, told)):
                cores[index] = told  # a run that came back empty stays as it is: the reviewer sees it
        items: list[str | int] = [
            runs[index][0] + cores[index] + runs[index][2] if index in runs else index for index in range(len(pieces))
        ]
        return _result(job, items, inner, answers[len(wanted) :])

    cores = tuple(SPACE.sub(" ", styles.spoken(runs[index][1])) for index in wanted)
    return Rung(SPLIT, (*cores, *(each.text for each in inner)), finish)


_CORE = re.compile(r"[\W_]*(?P<core>.*?)[\W_]*", re.DOTALL)


def _core(text: str) -> tuple[str, str, str]:
    """What a run begins with, its words, and what it ends with."""
    match = _CORE.fullmatch(text)
    start, end = match.span("core") if match else (0, len(text))
    return text[:start], text[start:end], text[end:]


def _alike(source: str, target: str) -> str:
    """The answer to a run without the final dot and the capital letter that services give a sentence."""
    if source[-1:].isalnum():
        target = target.rstrip(".։ ")
    if source[:1].islower() and target[:1].isupper() and not target[1:2].isupper():
        target = target[:1].lower() + target[1:]
    return target


def _with_edges(job: _Job, items: Sequence[str | int]) -> list[str | int]:
    return [*range(job.first), *items, *range(job.last, len(job.whole.pieces))]


def _result(job: _Job, items: Sequence[str | int], inner: Sequence[Masked], answers: Sequence[str]) -> str | Fault:
    """The translation, once it is proven to have the codes of its source.

    A text inside a code that did not come back well stays as it is: it must not cost the message its translation.
    """
    items = styles.spelled(items, job.whole)
    written = [
        _inner_text(each, one, answer) for each, one, answer in zip(job.whole.inner, inner, answers, strict=True)
    ]
    target = _written(job, items, written)
    lost = fault(job.whole.text, target)
    if not lost or not any(written):
        return lost or target
    target = _written(job, items, [None] * len(written))
    return fault(job.whole.text, target) or target


def _written(job: _Job, items: Sequence[str | int], inner: Sequence[str | None]) -> str:
    """The items as text, with what lies in codes replaced; None: as in the source."""
    whole = job.whole
    replaced = [(each, text) for each, text in zip(whole.inner, inner, strict=True) if text is not None]

    def written(piece: Piece) -> str:
        parts, cursor = [], piece.start
        for each, text in replaced:
            if piece.start <= each.start and each.end <= piece.end:
                parts += [whole.text[cursor : each.start], text]
                cursor = each.end
        return "".join([*parts, whole.text[cursor : piece.end]])

    return assembled(whole, items, written)


def _inner_text(inner: Inner, sent: Masked, answer: str) -> str | None:
    """What to write in place of a text that lies in a code; None when the answer is of no use there."""
    source = sent.reading
    items = styles.unmasked(answer, sent)
    if isinstance(items, Fault):
        return None
    target = assembled(source, items, source.of)
    if fault(source.text, target):
        return None
    return _quoted(inner, target)


def _quoted(inner: Inner, target: str) -> str | None:
    if inner.quoting is Quoting.ALT:
        return target if target.count("[") == target.count("]") else None
    if inner.quoting is Quoting.TITLE:
        return escape.title(target, inner.quote)
    if inner.quoting is Quoting.ARGUMENT:
        return None if re.search(r"[\"\\`{}]", target) else target
    target = target.replace(inner.quote, "&quot;" if inner.quote == '"' else "&#39;")
    return target.replace("<", "&lt;").replace(">", "&gt;")


def fault(source: str, target: str) -> Fault | None:
    """Return why a target may not take the place of its source: other codes, code of its own; None when it may."""
    if target == source:
        return None
    if not set(_CONTROL.findall(target)) <= set(_CONTROL.findall(source)):
        return Fault("the translation holds control characters")
    if shape(target) != shape_of_source(source):
        return Fault("the codes of the translation differ from those of its source")
    is_plain = "`" not in source and "\\" not in source  # signs of Markdown: no text of an HTML page
    if inline.foreign(source, target) or (is_plain and inline.foreign(source, target, "html")):
        return Fault("the translation holds code that its source does not have")
    if inline.is_text(source) and not inline.is_text(target):
        return Fault("the translation holds no word")
    return None
