"""The translation, and every sentence of it, is in the language of its catalog.

A paragraph that was pasted into the wrong file, or a sentence that the machine left in English or in Russian, reads
well and is easily overlooked. Short texts and names are not judged. Translate the marked part, or move it to the
catalog where it belongs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from tarjuma import detect, letters
from tarjuma.checks import Context, Found
from tarjuma.langs import LANGUAGES
from tarjuma.model import Severity
from tarjuma.pair import Pair, Text, Word

SEVERITY = Severity.WARNING
FOLLOWS = ("untranslated-copy", "mojibake", "mt-meta")
GOOD = [
    ("tg", "The library is open every day from nine to six.", "Китобхона ҳар рӯз аз соати нӯҳ то шаш кушода аст."),
    ("kk", "Read the GNU Free Documentation License.", "GNU Free Documentation License лицензиясын оқыңыз."),
    ("az", "The library is open every day.", "Kitabxana hər gün açıqdır."),
]
BAD = [
    ("tg", "The library is open every day from nine to six.", "Библиотека открыта каждый день с девяти до шести."),
    ("az", "The library is open every day.", "Kütüphane her gün açıktır ve giriş ücretsizdir."),
    ("ru", "Come in. The library is open every day.", "Заходите. The library is open every day."),
    ("uz", "The library is open every day.", "Кутубхона ҳар куни очиқ."),
]

FAMILIES = {
    "Cyrl": ("ru", "uk", "be", "kk", "ky", "tg", "uz-Cyrl"),
    "Latn": ("en", "tr", "az", "ro", "tk", "uz"),
}
LIKELY = {"Cyrl": ("ru",), "Latn": ("en",), "az": ("en", "tr")}
"""What texts are left in by mistake; for all others a higher proof is asked."""
GOOD_FIT = -7.6
"""Logarithm of likelihood of a trigram on average: text that fits its own language so well is not compared with all."""
NEAR = {("az", "tr"), ("uk", "ru"), ("ru", "uk"), ("be", "ru")}
"""Neighbours with much in common: less proof is asked where the letters of their own are missing."""
OWN = {
    code: re.compile(pattern, re.IGNORECASE)
    for code, pattern in {
        "tg": "[ҳҷӣӯ]", "kk": "[әғқұһ]", "ky": "[ңөү]", "uz-Cyrl": "[ўғқҳ]", "be": "[іў]", "uk": "[іїєґ]",
        "az": "ə", "ro": "[ăâîșț]", "tk": "[äňýž]", "uz": "[og]['’ʼʻ‘`]|q(?!u)", "ru": "[ыэъё]",
    }.items()
}  # fmt: skip
"""Language -> letters that its likely rivals lack: a sentence that has enough of them needs no closer look."""
NONE = re.compile(r"(?!)")
_FOREIGN_WORDS = re.compile(
    r"(?<![A-Za-z])(?<![A-Za-z][’'-])[A-Za-z][A-Za-z’'-]*(?:[,;:]? (?:[A-Za-z][A-Za-z’'-]*|\d+)){3,}"
)
_BESIDE = frozenset("$@/_\\[]")
_LITTLE = re.compile(r"\b(?:the|of|to|a|an|and|is|are|be|in|for|with|not|this|that|you|your|or|on|it|as|from|by)\b")
_OTHER = {
    script: re.compile(
        "[" + "".join(one.pattern[1:-1] for name, one in letters.SCRIPTS.items() if name != script) + "]{2}"
    )
    for script in letters.SCRIPTS
}


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the parts of the target that are in another language than they should be."""
    code = detect.known(pair.language.code)
    if not code or len(pair.target.text) < 12 or pair.target.text == pair.source.text:
        return
    script = pair.language.script
    if _OTHER[script].search(pair.target.text) and (found := _in_other_script(pair, script)):
        yield found
        return
    if script in FAMILIES:
        yield from _in_same_script(pair, code, script)


def _in_same_script(pair: Pair, code: str, script: str) -> Iterator[Found]:
    own = OWN.get(code, NONE)
    prose = pair.target.prose
    found: dict[str, list[Word]] = {}
    for start, end in detect.sentences(prose):
        if end - start < 12 or 40 * len(own.findall(prose, start, end)) >= end - start:
            continue
        words = _read([word for word in pair.target.words if start <= word.start < end], pair.target.text)
        if len(words) < 2 or not (rival := _rival(words, pair, code, script)):
            continue
        if rival != "en" or not _is_quoted(pair.target.text, words[0].start, words[-1].end):
            found.setdefault(rival, []).extend(words)
    for rival, words in found.items():
        yield _found(rival, words)


def _rival(words: Sequence[Word], pair: Pair, code: str, script: str) -> str:
    """Return the language that some words are in rather than in `code`, "" for none."""
    if script == "Latn" and (rival := _better(_plain(words), code, ("en",), script)):
        return rival
    strange = letters.strange(words, pair.source.known)
    return _better(strange, code, _likely(code, script), script) or _better(strange, code, FAMILIES[script], script)


def _plain(words: Sequence[Word]) -> list[Word]:
    """Return the words that are no names."""
    return [word for place, word in enumerate(words) if not place or word.text.islower()]


def _read(words: Sequence[Word], text: str) -> list[Word]:
    """Return the words that are no parts of paths, addresses or names in code."""
    return [
        word
        for word in words
        if text[max(word.start - 1, 0) : word.start] not in _BESIDE and text[word.end : word.end + 1] not in _BESIDE
    ]


def _better(words: Sequence[Word], code: str, others: Sequence[str], script: str) -> str:
    text = " ".join(word.text for word in words)
    size = len(text) - len(words) + 1
    rivals = [other for other in others if other != code]
    if size < 12 or len(words) < 2 or not rivals:
        return ""
    fit = detect.Fit(text)
    if len(rivals) > 2 and fit.of(code) > GOOD_FIT * len(fit.grams):
        return ""
    rival, margin = fit.rival(code, rivals)
    proof = _proof(size, rival in _likely(code, script))
    return rival if margin >= (0.6 * proof if size >= 30 and (code, rival) in NEAR else proof) else ""


def _likely(code: str, script: str) -> tuple[str, ...]:
    return LIKELY.get(code, LIKELY[script])


def _proof(size: int, is_likely: bool) -> float:
    """Return by how much another language must fit better."""
    if size < 20:
        return 1.5 * size if is_likely else math.inf
    if is_likely:
        return max(14.0, 0.6 * size) if size < 30 else 0.5 * size
    return max(25.0, 0.7 * size)


def _in_other_script(pair: Pair, script: str) -> Found | None:
    text, own = pair.target, letters.SCRIPTS[script]
    if all(own.search(word.text) for word in text.words):
        return None
    for start, end in [(0, len(text.text)), *detect.sentences(text.prose)]:
        words = _read([word for word in text.words if start <= word.start < end], text.text)
        other = letters.strange([word for word in words if not own.search(word.text)], pair.source.known)
        size = sum(len(word.text) for word in other)
        plain = [word for word in other if word.text.islower()]
        if size >= 10 and 2 * len(plain) >= len(other) >= 2 and 2 * size > sum(len(word.text) for word in words):
            return _found(_language_of(other, pair.language.code), other)
    return None if script == "Latn" else _left_in_english(text)


def _left_in_english(text: Text) -> Found | None:
    for match in _FOREIGN_WORDS.finditer(text.prose):
        words = [Word(match.start(), match.end(), match[0])]
        plain = [word for word in re.findall(r"[A-Za-z’']+", match[0]) if word.islower()]
        if len(plain) < 3 or _is_quoted(text.text, match.start(), match.end()):
            continue
        fit = detect.Fit(" ".join(plain))
        enough = -8.4 if _LITTLE.search(match[0]) else -7.6
        if len(fit.letters) >= 12 and fit.of("en") / len(fit.grams) > enough:
            return _found("en", words)
    return None


def _is_quoted(text: str, start: int, end: int) -> bool:
    return text[:start].rstrip()[-1:] in tuple("«“„\"'(‘") and text[end:].lstrip(" .!?…")[:1] in tuple("»”“\"')’")


def _language_of(words: Sequence[Word], code: str) -> str:
    text = " ".join(word.text for word in words)
    script = max(letters.SCRIPTS, key=lambda name: len(letters.SCRIPTS[name].findall(text)))
    codes = [each for each in detect.KNOWN if (LANGUAGES[each].script if each in LANGUAGES else "Latn") == script]
    fit = detect.Fit(text)
    # the same language in its other alphabet is the likely one
    return max(codes, key=lambda each: fit.of(each) * (0.85 if each.startswith(code[:2]) else 1)) if codes else ""


def _found(code: str, words: Sequence[Word]) -> Found:
    span = (words[0].start, words[-1].end)
    if not code:
        return Found("this is in another script than the rest of the catalog", span=span)
    name = "Turkish" if code == "tr" else LANGUAGES[code].name
    return Found("this is in {language}", {"language": name}, span=span)
