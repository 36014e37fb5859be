"""No word stands twice in a row.

A word typed or pasted twice is easy to overlook. Doubled on purpose are many words of Turkic languages, Tajik,
Armenian and Georgian (with a hyphen, or in a form of its own: аста-секин, бара-бара, өзүнөн өзү), names like Pago Pago,
and words that the source doubles too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import eq

from tarjuma import number_words
from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair, Text, Word

SEVERITY = Severity.WARNING
FOLLOWS = ("doubled-sentence", "mojibake", "untranslated-copy")
GOOD = [
    ("ru", "The committee decided that it is too early.", "Комитет решил то, что что-либо менять рано."),
    ("ky", "It happens slowly, by itself.", "Ал бара-бара, өзүнөн өзү болот."),
    ("hy", "One by one", "Մեկ մեկ"),
    ("uz", "The ferry to Pago Pago", "Pago Pago paromi"),
    ("kk", "The list shows news in the news section.", "Тізім жаңалықтар жаңалықтар бөлімінде көрсетіледі."),
    ("tg", "little by little", "кам кам"),
]
BAD = [
    ("ru", "Please correct the value.", "Пожалуйста, измените измените значение."),
    ("kk", "Enter the port of the proxy server.", "Прокси **прокси** сервердің портын енгізіңіз."),
    ("hy", "Open the school page.", "Բացեք դպրոցի դպրոցի էջը։"),
]

MOST = 20
"""So many in one text are told: each is looked at in the whole of it."""
_ANY = re.compile(r"(?<![\w-])([^\W\d_]{2,})\W+\1(?![\w-])", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:[*_~]|</?[a-zA-Z][^<>]*>)*\s{1,2}(?:[*_~]|</?[a-zA-Z][^<>]*>)*")
_JOINED = re.compile(r"^[*_~\s]+[^\W\d_]")
"""The second word goes on to a noun: it can belong to it."""
_COMMON = "that this with from will have when your been they them then than what whic ther thes"
"""Beginnings of English words that come again in any text."""
_VERB_LAST = ("kk", "ky", "uz", "uz-Cyrl", "az", "tk")
_DOUBLING = (*_VERB_LAST, "tg", "hy", "ka")
_ADVERBS = {
    # Doubled without a hyphen, they mean "little by little", "again and again", "each of them", "very".
    "kk": "тез жиі әр көп бірте жай", "ky": "тез көп ар жай акырын кайра",
    "uz": "tez asta sekin koʻp har qayta oz ora", "uz-Cyrl": "тез аста секин кўп ҳар қайта оз",
    "az": "tez yavaş az asta çox cürbəcür ara", "tk": "ýuwaş çalt köp az kem", "tg": "кам оҳиста зуд гоҳ ҷо баъзе",
    "hy": "շատ քիչ նոր հատ տեղ տարբեր կամաց", "ka": "ნელ ნელა ცოტ ცოტა სხვა ხშირ", "ru": "очень чуть еле едва да нет",
    "uk": "дуже ледь так ні", "be": "вельмі ледзь так не", "ro": "foarte încet rând tot",
}  # fmt: skip


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield a word that stands twice in a row in the target, and not in the source."""
    target = pair.target.text
    folded = pair.target.folded
    if target == pair.source.text or not any(map(eq, folded, folded[1:])) or not _ANY.search(target):
        return
    there = _doubled(pair.source)
    for word, again in _doubled(pair.target)[len(there) :][:MOST]:
        if not _is_meant(pair, again.text.casefold(), again.end):
            yield Found("the word {word} stands twice", {"word": word.text}, (word.start, again.end), word.text)


def _doubled(text: Text) -> list[tuple[Word, Word]]:
    words = text.words
    return [
        (last, word)
        for last, word in pairwise(words)
        if word.text in (last.text, last.text[:1].lower() + last.text[1:])
        and len(word.text) > 1
        and _BETWEEN.fullmatch(text.text, last.end, word.start)
    ]


def _is_meant(pair: Pair, word: str, end: int) -> bool:
    """True for numerals and adverbs that are doubled on purpose, and where two phrases of the source meet."""
    code = pair.language.code
    if word in _ADVERBS.get(code, "").split():
        return True
    if code in _DOUBLING and number_words.is_cardinal(word, code):
        return True
    # "notifications in the notification list": the verb goes last, so that both meet. Another repeated word of the
    # target may be the source's second one; only then is this a slip.
    if code not in _VERB_LAST or word in (each.text.casefold() for each in pair.source.words):
        return False
    if not _JOINED.search(pair.target.text[end:]):
        return False
    repeated = _repeated(each.text for each in pair.source.words)
    others = _repeated(each.text for each in pair.target.words if each.text.casefold() != word)
    return len(repeated) > len(others)


def _repeated(words: Iterable[str]) -> set[str]:
    """Beginnings of the long words that stand more than once, in any form."""
    stems = Counter(word.casefold()[:4] for word in words if len(word) >= 4)
    return {stem for stem, count in stems.items() if count > 1} - set(_COMMON.split())
