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
    ("ru", "If you have a degree, apply.", "Если у вас есть диплом, подавайте заявление."),
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
    words = [word.text[:4].casefold() for word in pair.target.words]
    found = _wrapped(source, target) or _answered(source, target)
    if not found and not chatter.BEGIN_HEADS.isdisjoint(words[:5]):
        found = _head(source, target)
    if not found and not (chatter.BEGIN_SORRY.isdisjoint(words[:4]) and chatter.BEGIN_ASIDES.isdisjoint(words)):
        found = _refusal(source, target) or _aside(source, target)
    if found := found or _remark(source, target):
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


def _refusal(source: str, target: str) -> Found | None:
    match = chatter.REFUSAL.match(target)
    if not match or chatter.SAYS_SORRY.search(source):
        match = chatter.REFUSAL_BARE.search(target)
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


def _remark(source: str, target: str) -> Found | None:
    if ":" not in target and "՝" not in target:
        return None
    match = chatter.NOTES.search(target)
    is_apart = match and (re.search(r"[\n(\[]", match[0]) or target.count(":") > source.count(":"))
    if not is_apart or chatter.SAYS_NOTE.search(source):
        match = chatter.OTHER_WAY.search(target) if "\n" in target and target.count("\n") > source.count("\n") else None
    if not match:
        return None
    return Found("the translator remarks: {words}", {"words": match[0].strip()}, (match.start(), len(target)))


def _aside(source: str, target: str) -> Found | None:
    match = chatter.ASIDE.search(target)
    if not match and _is_added_to(source, target):
        match = chatter.OFFER.search(target)
    if match and not chatter.SAYS.search(source) and not chatter.SAYS_MODEL.search(source):
        return Found("the translator speaks: {words}", {"words": match[0].strip()}, match.span())
    return None


def _is_added_to(source: str, target: str) -> bool:
    """True when the target has a sentence or a line that the source has not."""
    ends = chatter.SENTENCE_END
    return len(ends.findall(target)) > len(ends.findall(source)) or target.count("\n") > source.count("\n")


def _answered(source: str, target: str) -> Found | None:
    """Return what is wrong with an answer that is an error message, or repeats the question first."""
    if target.lstrip().startswith("1") and chatter.CHOICE.match(target) and not chatter.CHOICE.match(source):
        return Found("several translations to choose from", span=(0, len(target)))
    if chatter.ERRORS.match(target) and not chatter.SAYS_ERROR.search(source):
        return Found("the translation service answered with an error", span=(0, len(target)))
    if len(target) < len(source) + 8 or len(source) < 15 or source[:12] not in target or ";" in source:
        return None
    asked = source.strip(" .!?:\n")
    place = target.find(asked)
    if place < 0 or len(re.findall(r"\b[a-z]{3,}", asked)) < 3:
        return None
    return Found("the source text stands beside the translation", span=(place, place + len(asked)))
