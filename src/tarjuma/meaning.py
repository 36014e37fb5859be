"""What an edit must leave alone to be an edit that changes no meaning.

Used where an editor says so (`update --same-meaning`): numbers, addresses, code, placeholders and negations of both
texts are compared. It refuses rather than it guesses: a refused entry only waits for its translator.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tarjuma.model import Key
from tarjuma.syntax.inline import Kind, parse

_KINDS = {
    Kind.CODE: "code",
    Kind.MATH: "code",
    Kind.LINK_OPEN: "links",
    Kind.LINK_CLOSE: "links",
    Kind.IMAGE_OPEN: "links",
    Kind.IMAGE_CLOSE: "links",
    Kind.AUTOLINK: "links",
    Kind.URL: "links",
    Kind.FOOTNOTE: "links",
    Kind.TAG_OPEN: "tags",
    Kind.TAG_CLOSE: "tags",
    Kind.TAG_VOID: "tags",
    Kind.COMMENT: "tags",
    Kind.BROKEN: "tags",
    Kind.TEMPLATE: "placeholders",
    Kind.PLACEHOLDER: "placeholders",
    Kind.ROLE: "placeholders",
}

_DATE = re.compile(r"\b(?:\d{4}([./-])\d{1,2}\1\d{1,2}|\d{1,2}([./-])\d{1,2}\2\d{4})\b")
_NUMBER = re.compile(r"\d+(?:[.,:/×x-]?\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼʻ‘][^\W\d_]+)*")

_NUMERALS = {
    "en": "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand "
    "million billion half double twice first second third",
}

NEGATIONS = {
    "en": r"no|not|non|none|nor|never|neither|nobody|nothing|nowhere|without|cannot|except|unless|hardly|\w+n't",
    "ru": r"не|ни|нет|нету|без|кроме|нельзя|никогда|никто|ничто|ничего|нигде|никак\w*|никого|невозможно",
    "uk": r"не|ні|ані|нема|немає|без|крім|жод\w+|ніколи|ніхто|ніщо|нічого|ніде|неможливо",
    "be": r"не|ня|ні|ані|няма|без|бяз|акрамя|апрача|нельга|ніколі|ніхто|нішто|нічога|нідзе",
    "tg": r"не|на|нест\w*|бе|магар|ҳеҷ\w*|ғайри?|ҷуз",
    "hy": r"ոչ\w*|մի|առանց|բացի|երբեք",
    "ka": r"არ\w*|აღარ\w*|ვერ\w*|ნუ\w*|გარდა|გარეშე",
    "ro": r"nu|n|nici\w*|nimic|nimeni|niciun\w*|fără|decât|cu excepția",
    "az": r"yox\w*|deyil\w*|heç\w*|\w+(?:ma|mə)\w*|\w+(?:sız|siz|suz|süz)\w*",
    "tk": r"ýok\w*|däl\w*|hiç\w*|\w+(?:ma|me)\w*|\w+(?:syz|siz|suz|süz)\w*",
    "uz": r"yo\W?q\w*|emas\w*|hech\w*|\w+ma\w*|\w+siz\w*",
    "uz-Cyrl": r"йўқ\w*|эмас\w*|ҳеч\w*|\w+ма\w*|\w+сиз\w*",
    "kk": r"жоқ\w*|емес\w*|еш\w*|\w+(?:ма|ме|ба|бе|па|пе)\w*|\w+(?:сыз|сіз)\w*",
    "ky": r"жок\w*|эмес\w*|эч\w*|\w+(?:ба|бе|бо|бө|па|пе|по|пө)\w*|\w+(?:сыз|сиз|суз|сүз)\w*",
}
"""Source language -> words that deny. Where a language denies by a syllable inside the verb, every word that may hold
one counts: an edit of such a word is refused."""

PREFIXES = {
    "en": "un in im il ir dis non mis",
    "ru": "не ни без бес",
    "uk": "не ні без",
    "be": "не ня ні без бес бяз",
    "tg": "на не но бе ма",
    "hy": "չ ան",
    "ka": "უ",
    "ro": "ne in im dez des",
    "uz": "be no",
    "uz-Cyrl": "бе но",
}
"""Source language -> syllables that turn a word into its opposite: possible, impossible."""

_DENIALS = {code: re.compile(pattern) for code, pattern in NEGATIONS.items()}
_ANYTHING = re.compile(r"\w+")


def changes(old: Key, new: Key, source: str) -> list[str]:
    """Return what differs between two source texts that an edit of the same meaning leaves alone: "numbers", "links".

    `source` is the BCP 47 code of their language; in a language without a list of negations no word may change.
    """
    if (old.context, old.plural is None) != (new.context, new.plural is None):
        return ["context" if old.context != new.context else "plural"]
    texts = zip((old.text, old.plural or ""), (new.text, new.plural or ""), strict=True)
    return list(dict.fromkeys(name for before, after in texts for name in _changed(before, after, source)))


def _changed(old: str, new: str, source: str) -> Iterator[str]:
    before, prose_before = _markup(old)
    after, prose_after = _markup(new)
    for name in dict.fromkeys(_KINDS.values()):
        if before.get(name) != after.get(name):
            yield name
    if _numbers(prose_before, source) != _numbers(prose_after, source):
        yield "numbers"
    if _denials_differ(prose_before, prose_after, source):
        yield "negations"


def _markup(text: str) -> tuple[dict[str, Counter[str]], str]:
    found: dict[str, Counter[str]] = {}
    prose = []
    for token in parse(text):
        if name := _KINDS.get(token.kind):
            found.setdefault(name, Counter())[token.text] += 1
            prose.append(" ")
        elif token.kind is Kind.TEXT:
            prose.append(token.text)
    return found, "".join(prose)


def _numbers(prose: str, source: str) -> tuple[list[str], list[str]]:
    """Numbers in their order, and the dates: how a date is written may change, its day may not."""
    dates = [_date(match[0]) for match in _DATE.finditer(prose)]
    rest = _DATE.sub(" ", prose).casefold()
    words = set(_NUMERALS.get(source, "").split())
    return _NUMBER.findall(rest) + [word for word in _WORD.findall(rest) if word in words], dates


def _date(text: str) -> str:
    """Return year, month and day: 2026-05-01 and 01.05.2026 are the same; 5/1/2026 may be another day."""
    parts = re.split(r"[./-]", text)
    if len(parts[0]) == 4:
        return "-".join(part.zfill(2) for part in parts)
    return "-".join(part.zfill(2) for part in reversed(parts)) if "/" not in text else text


def _denials_differ(old: str, new: str, source: str) -> bool:
    code = source if source in NEGATIONS else source.partition("-")[0]
    before, after = _words(old), _words(new)
    pattern = _DENIALS.get(code, _ANYTHING)
    if _matching(before, pattern) != _matching(after, pattern):
        return True
    gone, come = set(before - after), set(after - before)
    return any(
        prefix + word in other
        for prefix in PREFIXES.get(code, "").split()
        for words, other in ((gone, come), (come, gone))
        for word in words
    )


def _words(prose: str) -> Counter[str]:
    return Counter(word.replace("’", "'") for word in _WORD.findall(prose.casefold()))


def _matching(words: Counter[str], pattern: re.Pattern[str]) -> dict[str, int]:
    return {word: count for word, count in words.items() if pattern.fullmatch(word)}
