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
]
BAD = [
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
    found = _head(source, target) or _refusal(source, target) or _wrapped(source, target) or _aside(source, target)
    if found:
        yield found


def _head(source: str, target: str) -> Found | None:
    match = chatter.HEADS.match(target)
    if not match:
        return None
    head = match[0].casefold()
    colon = ":" in source[: len(head) + 30]
    if chatter.IS_TRANSLATION.search(head):
        wrong = not chatter.SAYS.search(source)
    elif chatter.BEGINS_SURE.match(head):
        wrong = not chatter.SAYS_SURE.search(source)
    elif chatter.BEGINS_HERE.match(head) and not chatter.BEGINS_LABEL.match(head):
        wrong = not chatter.SAYS_HERE.search(source)
    else:
        wrong = not colon and "]" not in source
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
    if opening or len(chatter.ANY_QUOTE.findall(target)) != len(chatter.ANY_QUOTE.findall(source)) + 2:
        return None
    suggestion = body[1:-1] + target[len(body) :]
    return Found("the whole text is in quotes, the source is not", suggestion=suggestion)


def _aside(source: str, target: str) -> Found | None:
    if ":" in target or "՝" in target:
        match = chatter.NOTES.search(target)
        is_apart = match and (re.search(r"[\n(\[]", match[0]) or target.count(":") > source.count(":"))
        if match and is_apart and not chatter.SAYS_NOTE.search(source):
            return Found("the translator remarks: {words}", {"words": match[0].strip()}, (match.start(), len(target)))
    match = chatter.ASIDE.search(target)
    if match and not chatter.SAYS.search(source) and not chatter.SAYS_MODEL.search(source):
        return Found("the translator speaks: {words}", {"words": match[0].strip()}, match.span())
    return None
