"""Mask styles: what stands for a code in the text that a service gets, and how it is found again in what comes back.

Services put spaces into masks, change their case, write Cyrillic look-alikes and digits of full width, escape their
brackets and swap quotes. All that is undone here; whether every mask is there and nests is told by `unmasked`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tarjuma.letters import LOOKALIKES
from tarjuma.protection.pieces import APOSTROPHES, Part, Reading, parents


class Fault(NamedTuple):
    """Why an answer cannot be used."""

    reason: str
    """A few plain words."""


class Style(NamedTuple):
    """How masks look; the patterns know what services make of them."""

    name: str
    alone: str
    opened: str
    closed: str
    mark: re.Pattern[str]
    """A mask as it may come back: groups `before` and `after` (slashes) and `number`."""
    debris: re.Pattern[str]
    """What is left of a mask that nobody can read."""
    is_markup: bool = False
    """True when the text goes out as XML or HTML does, with its own `<` and `&` escaped."""


class Mark(NamedTuple):
    """A mask in an answer."""

    number: int
    has_slash: bool
    text: str


class Masked(NamedTuple):
    """A text as a service gets it, and the way back."""

    text: str
    style: Style
    reading: Reading
    first: int
    """Pieces before this one and from `last` on did not go out."""
    last: int
    numbers: Mapping[int, tuple[int, ...]]
    """Number -> the pieces behind its masks: a code, or both ends of a pair."""


_S = r"[\s\u200b-\u200d\u2060\ufeff]*"
_NUMBER = r"(?P<number>\d{1,4})"
_BEFORE, _AFTER = r"(?P<before>[/／⁄∕\\]?)", r"(?P<after>[/／⁄∕]?)"
STYLES: Mapping[str, Style] = {
    style.name: style
    for style in (
        Style(
            "square", "[{}]", "[{}]", "[/{}]",
            re.compile(rf"\\?[\[［【〔]{_S}{_BEFORE}{_S}{_NUMBER}{_S}{_AFTER}{_S}\\?[\]］】〕]"),
            re.compile(r"[\[\]［］【】〔〕]"),
        ),
        Style(
            "xml", "<x{}/>", "<x{}>", "</x{}>",
            re.compile(rf"\\?[<＜‹«〈]{_S}{_BEFORE}{_S}[xXｘхХ×]{_S}{_NUMBER}{_S}{_AFTER}{_S}\\?[>＞›»〉]"),
            re.compile(r"[<>＜＞]|(?<!\w)[xXｘхХ]\s?\d{1,4}(?!\w)"),
            is_markup=True,
        ),
        Style(
            "html", '<span translate="no" id="{0}">x{0}</span>', '<span id="{}">', "</span>",
            re.compile(
                r"[<＜]\s*(?P<before>[/／]?)\s*span(?P<inside>\b[^<>＜＞]*)[>＞]", re.IGNORECASE
            ),
            re.compile(r"[<>＜＞]|\bspan\b|translate\s*=|(?<!\w)[xXхХ]\s?\d{1,4}(?!\w)", re.IGNORECASE),
            is_markup=True,
        ),
    )
}  # fmt: skip
_ID = re.compile(r"\bid\s*=?\s*[\"'“”«»„‘’]?\s*(\d{1,4})", re.IGNORECASE)
_TAG = re.compile(r"[<＜][^<>＜＞]{1,80}[>＞]")
_LATIN = str.maketrans(dict(LOOKALIKES["Cyrl", "Latn"]) | {"п": "n", "ѕ": "s"})
_ENTITY = re.compile(r"&\s?(#[0-9]{1,7}|#[xX]\s?[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})\s?;")
SPACE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_APOSTROPHE = re.compile("|".join(APOSTROPHES), re.IGNORECASE)


def masked(reading: Reading, style: Style, *, first: int = 0, last: int | None = None) -> Masked:
    """Return a text with every code behind a mask: `[1]`, or `[1]` and `[/1]` around what a pair holds.

    Numbers that the text itself has in such brackets are skipped. Line ends are codes and soft ones spaces, so that
    the text is one line.
    """
    end = len(reading.pieces) if last is None else last
    pairs = {piece.pair for piece in reading.pieces[first:end] if piece.part is Part.OPEN}
    return _masked(reading, style, first, end, pairs)


def masked_codes(reading: Reading, style: Style, *, first: int = 0, last: int | None = None) -> Masked:
    """Return a text as `masked` does, without masks for pairs: what they hold stands there as if there were none."""
    return _masked(reading, style, first, len(reading.pieces) if last is None else last, set())


def _masked(reading: Reading, style: Style, first: int, last: int, pairs: set[int]) -> Masked:
    spoken = {
        index: _spoken(reading.of(piece), style)
        for index, piece in enumerate(reading.pieces)
        if piece.part is Part.TEXT
    }
    taken = {mark.number for text in spoken.values() for mark in marks(text, style) if isinstance(mark, Mark)}
    numbers: dict[int, tuple[int, ...]] = {}
    opened: dict[int, int] = {}
    parts: list[str] = []
    number = 0
    # Codes are counted from the first piece of all, so that a part of a text has the numbers of the whole.
    for index, piece in enumerate(reading.pieces):
        if piece.part is Part.CLOSE:
            if piece.pair in opened and first <= index < last:
                numbers[opened[piece.pair]] += (index,)
                parts.append(style.closed.format(opened[piece.pair]))
        elif piece.part is Part.TEXT:
            parts.append(spoken[index] if first <= index < last else "")
        elif piece.part is not Part.OPEN or piece.pair in pairs:
            number = _free(number + 1, taken)
            if not first <= index < last:
                continue
            numbers[number] = (index,)
            if piece.part is Part.OPEN:
                opened[piece.pair] = number
                parts.append(style.opened.format(number))
            else:
                mask = style.alone.format(number)
                parts.append(f" {mask} " if piece.part is Part.BREAK else mask)
    return Masked(SPACE.sub(" ", "".join(parts)).strip(" "), style, reading, first, last, numbers)


def _free(number: int, taken: set[int]) -> int:
    while number in taken:
        number += 1
    return number


def spoken(text: str) -> str:
    """Return a piece of text as it is read: an apostrophe that is written as an entity is one."""
    return _APOSTROPHE.sub(lambda match: APOSTROPHES[match[0].lower()], text) if "&" in text else text


def spelled(items: Sequence[str | int], reading: Reading) -> list[str | int]:
    """Return the items with their apostrophes written as the source writes its own, where there are as many."""
    if "&" not in reading.text:
        return list(items)
    source = "".join(reading.of(piece) for piece in reading.pieces if piece.part is Part.TEXT)
    entities = _APOSTROPHE.findall(source)
    sign = APOSTROPHES[entities[0].lower()] if entities else ""
    inside = re.compile(rf"(?<=[^\W\d_]){sign}(?=[^\W\d_])")
    count = sum(len(inside.findall(item)) for item in items if isinstance(item, str)) if sign else -1
    if len(set(entities)) != 1 or count != len(inside.findall(spoken(source))) or count != len(entities):
        return list(items)
    return [inside.sub(entities[0], item) if isinstance(item, str) else item for item in items]


def _spoken(text: str, style: Style) -> str:
    text = spoken(text)
    return html.escape(text, quote=False) if style.is_markup else text


def unescaped(answer: str) -> str:
    """Return an answer with its entities as characters: those of the source are masks, so these are the service's."""
    for _ in range(3):
        if "&" not in answer or answer == (plain := _ENTITY.sub(_character, answer)):
            break
        answer = plain
    return answer


def _character(match: re.Match[str]) -> str:
    return html.unescape(f"&{match[1].replace(' ', '')};")


def marks(answer: str, style: Style) -> Iterator[str | Mark]:
    """Yield the texts of an answer and the masks between them; number -1 where none can be read."""
    if style.name == "html":
        answer = _TAG.sub(lambda match: match[0].translate(_LATIN), answer)
    cursor = 0
    for match in style.mark.finditer(answer):
        if match.start() > cursor:
            yield answer[cursor : match.start()]
        if style.name == "html":
            found = _ID.search(match["inside"])
            yield Mark(int(found[1]) if found else -1, bool(match["before"]), match[0])
        else:
            yield Mark(int(match["number"]), bool(match["before"] or match["after"]), match[0])
        cursor = match.end()
    if cursor < len(answer):
        yield answer[cursor:]


def unmasked(answer: str, sent: Masked) -> list[str | int] | Fault:
    """Return an answer as texts and indices of pieces, in its order: each piece that went out once, pairs nested.

    Texts are on one line, without runs of spaces. A pair holds what it held before, and still has words.
    """
    found = list(marks(SPACE.sub(" ", unescaped(answer)), sent.style))
    if sent.style.name == "html":
        numbered = _numbered(found, sent)
    else:
        numbered = [_known(item, sent) if isinstance(item, Mark) else item for item in found]
    items = _resolved(_once(numbered), sent)
    return items if isinstance(items, Fault) else _checked(items, sent)


def _known(mark: Mark, sent: Masked) -> str | Mark:
    """A mask, or the text of what only looks like one: the source has it too."""
    is_own = mark.number not in sent.numbers and mark.text in sent.text
    return mark.text if is_own else mark


def _numbered(found: Sequence[str | Mark], sent: Masked) -> list[str | Mark]:
    """The marks of HTML with the number of its span on each end tag; a code is one mark, whatever its span holds."""
    items: list[str | Mark] = []
    stack: list[int] = []
    for item in found:
        if isinstance(item, str):
            if not stack or not _is_code(stack[-1], sent):
                items.append(item)
        elif not item.has_slash:
            stack.append(item.number)
            items.append(item)
        elif not stack:
            items.append(item)
        elif _is_code(number := stack.pop(), sent):
            continue
        else:
            items.append(item._replace(number=number))
    return items


def _is_code(number: int, sent: Masked) -> bool:
    return len(sent.numbers.get(number, ())) == 1


def _once(items: Sequence[str | Mark]) -> list[str | Mark]:
    """The items without masks that follow their own like: nothing but their place is told twice."""
    found: list[str | Mark] = []
    for item in items:
        before = found[-1] if found else None
        if isinstance(before, str) and not before.strip() and len(found) > 1:
            before = found[-2]
        if isinstance(item, Mark) and isinstance(before, Mark) and before[:2] == item[:2]:
            continue
        found.append(item)
    return found


def _resolved(items: Sequence[str | Mark], sent: Masked) -> list[str | int] | Fault:
    """The items with the piece that each mask stands for; a lost slash is put back where there is one way to do it."""
    seen: dict[int, list[Mark]] = {}
    for item in items:
        if isinstance(item, Mark):
            seen.setdefault(item.number, []).append(item)
    if not seen.keys() <= sent.numbers.keys():
        return Fault("a mask that nobody sent")
    for number, pieces in sent.numbers.items():
        there = seen.get(number, [])
        if len(pieces) == 1 and len(there) == 2 and not there[0].has_slash and there[1].has_slash:
            del there[1]  # `<x1></x1>`: an XML service's way to write `<x1/>`
        if len(there) != len(pieces):
            return Fault("a mask was lost" if len(there) < len(pieces) else "a mask came back twice")
        if len(pieces) == 2 and there[0].has_slash and not there[1].has_slash:
            return Fault("masks changed places")
    found: list[str | int] = []
    left = {number: list(pieces) for number, pieces in sent.numbers.items()}
    for item in items:
        if isinstance(item, str):
            found.append(item)
        elif left[item.number]:
            found.append(left[item.number].pop(0))
        elif found[-1] != sent.numbers[item.number][0]:
            return Fault("a mask came back with words in it")
    return found


def _checked(items: list[str | int], sent: Masked) -> list[str | int] | Fault:
    pieces = sent.reading.pieces
    stands_in = parents(pieces)
    pairs = {pieces[index].pair for index in items if isinstance(index, int) and pieces[index].part is Part.OPEN}
    stack: list[int] = []
    worded: list[bool] = []
    for item in items:
        if isinstance(item, str):
            if worded and any(map(str.isalnum, item)):
                worded[-1] = True
            continue
        piece = pieces[item]
        if piece.part is Part.CLOSE:
            if not stack or stack.pop() != piece.pair:
                return Fault("masks do not nest")
            if not worded.pop():
                return Fault("the words of a pair are gone")
            if worded:
                worded[-1] = True
        elif (stack[-1] if stack else -1) != (stands_in[item] if stands_in[item] in pairs else -1):
            return Fault("a mask left the pair that it stood in")
        if piece.part is Part.OPEN:
            stack.append(piece.pair)
            worded.append(False)
    return _fault_of_debris(items, sent) or items


def _fault_of_debris(items: Sequence[str | int], sent: Masked) -> Fault | None:
    """The fault of an answer with remains of masks: more of the brackets that masks are made of than the text had."""
    text = "".join(item for item in items if isinstance(item, str))
    debris = sent.style.debris
    if not debris.search(text):
        return None
    pieces = sent.reading.pieces[sent.first : sent.last]
    source = "".join(sent.reading.of(piece) for piece in pieces if piece.part is Part.TEXT)
    if len(debris.findall(text)) > len(debris.findall(source)):
        return Fault("remains of a mask")
    return None
