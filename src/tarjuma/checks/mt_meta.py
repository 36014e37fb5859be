"""The translation holds no words of the machine that made it.

Language models greet ("Sure, here is the translation:"), refuse ("I'm sorry, but I can't"), explain ("Note: …"), wrap
the answer in quotes or code fences and say "Translation:" first, in English or in the language of the text. Delete
what is not a translation of the source; a refusal has to be translated anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tarjuma import chatter
from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.ERROR
GOOD = [
    ("ru", "Sure, the course is free.", "Конечно, курс бесплатный."),
    ("ro", "Translation: see below", "Traducere: vezi mai jos"),
    ("tg", "Note: the doors close at six.", "Эзоҳ: дарҳо соати шаш баста мешаванд."),
    ("uk", "Sorry, I can't open the file.", "Вибачте, я не можу відкрити файл."),
    ("ro", "403 Forbidden", "403 Interzis"),
    ("ru", "If you have a degree, apply.", "Если у вас есть диплом, подавайте заявление. Его ждут."),
]
BAD = [
    ("ru", "The course is free.", "Курс бесплатный. Если у вас есть вопросы, обращайтесь."),
    ("ru", "The course is free.", "Конечно, вот перевод: Курс бесплатный."),
    ("tg", "The course is free.", "Тарҷума: Курс ройгон аст."),
    ("uz", "The course is free.", "I'm sorry, but I can't help with that."),
    ("kk", "The course is free.", "«Курс тегін.»"),
    ("be", "The course is free.", "Курс бясплатны.\n\n(Заўвага: слова «курс» можна замяніць.)"),
    ("az", "The course is free.", "```\nKurs pulsuzdur.\n```"),
]


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield what a model says about the translation instead of translating."""
    source, target = pair.source.text, pair.target.text
    if source == target:
        return
    begins = [word[:4] for word in pair.target.folded]
    found = _wrapped(source, target) or _answered(source, target, begins[:1])
    if not found and not chatter.BEGIN_HEADS.isdisjoint(begins[:5]):
        found = _head(source, target)
    if not found:
        places = [
            word.start for word, begin in zip(pair.target.words, begins, strict=True) if begin in chatter.BEGIN_ASIDES
        ]
        found = _refusal(source, target, places, begins[:4]) or _aside(source, target, places)
    if not found and not chatter.BEGIN_NOTES.isdisjoint(begins):
        found = _note(source, target)
    if found := found or _other_way(source, target):
        yield found


def _head(source: str, target: str) -> Found | None:
    match = chatter.HEADS.match(target)
    if not match:
        return None
    head = match[0].casefold()
    colon = ":" in source[: len(head) + 30]
    if chatter.IS_TRANSLATION.search(head) and not chatter.SAYS.search(source):
        wrong = True
    elif chatter.BEGINS_SURE.match(head):
        wrong = not chatter.SAYS_SURE.search(source)
    elif chatter.BEGINS_HERE.match(head) and not chatter.BEGINS_LABEL.match(head):
        wrong = not chatter.SAYS_HERE.search(source)
    elif chatter.BEGINS_LABEL.match(head):
        wrong = not colon and "]" not in source
    else:
        wrong = False
    if not wrong:
        return None
    return Found("the translator speaks: {words}", {"words": match[0].strip()}, match.span())


def _refusal(source: str, target: str, places: list[int], begins: list[str]) -> Found | None:
    is_sorry = not chatter.BEGIN_SORRY.isdisjoint(begins) and chatter.REFUSAL.match(target)
    if not is_sorry or chatter.SAYS_SORRY.search(source):
        match = _spoken(chatter.REFUSAL_BARE, target, places)
        if not match or re.search(r"\b(?:I|we|my)\b", source):
            return None
    return Found("this is a refusal, not a translation", span=(0, len(target)))


def _wrapped(source: str, target: str) -> Found | None:
    if (match := chatter.FENCE.match(target)) and match[0].strip() not in source:
        return Found("the whole text is wrapped: {mark}", {"mark": match[0].strip()}, match.span())
    closing = chatter.QUOTES.get(target[:1])
    body = target.rstrip(" \n.!?։…")
    if not closing or len(body) < 3 or body[-1] not in closing:
        return None
    opening = source[:1] in chatter.QUOTES or source[-1:] in ('"', "”", "»", "'", "’")
    if opening or not _encloses(body, closing) or _marks(target) != _marks(source) + 2:
        return None
    suggestion = body[1:-1] + target[len(body) :]
    return Found("the whole text is in quotes, the source is not", suggestion=suggestion)


def _marks(text: str) -> int:
    return len(chatter.ANY_QUOTE.findall(text)) + text.count("[") + text.count("]")


def _encloses(body: str, closing: str) -> bool:
    """True when the mark that the text begins with is closed by the one it ends with, not before."""
    depth = 0
    for character in body[1:-1]:
        if character == body[0] and character not in closing:
            depth += 1
        elif character in closing and depth == 0 and character != body[0]:
            return False
        elif character in closing:
            depth -= 1
    return True


def _note(source: str, target: str) -> Found | None:
    match = chatter.NOTES.search(target) if ":" in target or "՝" in target else None
    is_apart = match and (re.search(r"[\n(\[]", match[0]) or target.count(":") > source.count(":"))
    return None if not is_apart or chatter.SAYS_NOTE.search(source) else _remark(match, target)


def _other_way(source: str, target: str) -> Found | None:
    if ":" not in target or target.count("\n") <= source.count("\n"):
        return None
    return _remark(chatter.OTHER_WAY.search(target), target)


def _remark(match: re.Match[str] | None, target: str) -> Found | None:
    if not match:
        return None
    return Found("the translator remarks: {words}", {"words": match[0].strip()}, (match.start(), len(target)))


def _spoken(pattern: re.Pattern[str], target: str, places: list[int]) -> re.Match[str] | None:
    """The first match that begins with one of some words, or with a bracket before one: far cheaper than a search."""
    for place in places:
        bracket = place - 1 if target[place - 1 : place] in ("(", "[") else place
        if match := pattern.match(target, bracket) or pattern.match(target, place):
            return match
    return None


def _aside(source: str, target: str, places: list[int]) -> Found | None:
    match = _spoken(chatter.ASIDE, target, places)
    if not match and places and _is_added_to(source, target):
        match = _spoken(chatter.OFFER, target, places)
    if match and not chatter.SAYS.search(source) and not chatter.SAYS_MODEL.search(source):
        return Found("the translator speaks: {words}", {"words": match[0].strip()}, match.span())
    return None


def _is_added_to(source: str, target: str) -> bool:
    """True when the target has a sentence or a line that the source has not."""
    ends = chatter.SENTENCE_END
    return len(ends.findall(target)) > len(ends.findall(source)) or target.count("\n") > source.count("\n")


def _answered(source: str, target: str, begins: list[str]) -> Found | None:
    """Return what is wrong with an answer that is an error message, or repeats the question first."""
    if target.lstrip().startswith("1") and chatter.CHOICE.match(target) and not chatter.CHOICE.match(source):
        return Found("several translations to choose from", span=(0, len(target)))
    is_likely = chatter.BEGINS_CODE.match(target) or not chatter.BEGIN_ERRORS.isdisjoint(begins)
    if is_likely and chatter.ERRORS.match(target) and not chatter.SAYS_ERROR.search(source):
        return Found("the translation service answered with an error", span=(0, len(target)))
    if len(target) < len(source) + 8 or len(source) < 15 or source[:12] not in target or ";" in source:
        return None
    asked = source.strip(" .!?:\n")
    place = target.find(asked)
    if place < 0 or len(re.findall(r"\b[a-z]{3,}", asked)) < 3:
        return None
    return Found("the source text stands beside the translation", span=(place, place + len(asked)))
