"""The translation is not simply the source again.

A copied source says "done" in the statistics and shows readers a foreign text. Names, code, addresses, numbers,
abbreviations and titles are rightly copied. Translate it, or empty it, so that it counts as untranslated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tarjuma import detect
from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair, Text

SEVERITY = Severity.WARNING
GOOD = [
    ("tg", "GNU GPL v2", "GNU GPL v2"),
    ("ru", "_src/main.rs_:", "_src/main.rs_:"),
    ("az", "Internet", "Internet"),
    ("uz", "Nursultan Nazarbayev University", "Nursultan Nazarbayev University"),
]
BAD = [
    ("tg", "The library is open every day.", "The library is open every day."),
    ("kk", "Delete", "delete"),
    ("ro", "Change password", "Change password"),
]

_NAMED = re.compile(
    r"licen[cs]e|\b(?:inc|ltd|llc|gmbh|university|institute|foundation|copyright|version)\b", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_KEY = re.compile(r"key|accelerator|paper|unit", re.IGNORECASE)
_CODE = re.compile(r"[@/\\_=<>{}$#~^|*]|--|\d|\w[A-Z]|\w\.\w")
_BESIDE = re.compile(r"[\w/.@#=+:\\-]")


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the target when it is the source, but for case, spaces and punctuation."""
    target = pair.target
    code, source_code = detect.known(pair.language.code), context.source_language.code.partition("-")[0]
    if pair.key.context and _KEY.search(pair.key.context):
        return
    if source_code == pair.language.code.partition("-")[0] or not _is_copy(pair):
        return
    words = _plain_words(target)
    if words and _needs_translation(words, target.text, pair.language.script, code, source_code):
        yield Found("this is the source text, not a translation")


def _is_copy(pair: Pair) -> bool:
    text = pair.target.text
    key = pair.key
    if text in (key.text, key.plural):
        return True
    if not pair.source.text or (text[:1].casefold() != pair.source.text[:1].casefold() and text[:1].isalpha()):
        return False
    return pair.target.folded == pair.source.folded != ()


def _plain_words(text: Text) -> list[str]:
    """Return the words that are no parts of paths, options, addresses or names of files."""
    found = []
    for word in text.words:
        before, after = text.text[word.start - 1 : word.start], text.text[word.end : word.end + 2]
        if _BESIDE.match(before) or re.match(r"[\d/@#=_\\+(]|[.:]\w", after):
            continue
        found.append(word.text)
    return found


def _needs_translation(words: Sequence[str], text: str, script: str, code: str, source_code: str) -> bool:
    if source_code != "en":
        return _is_in(words, source_code, code)
    common = detect.common_words(script)
    hits = [word for word in words if word.lower() in common]
    plain = [word for word in words if word.islower() and len(word) > 2]
    if len(words) == 1:
        return (
            bool(hits)
            and len(words[0]) > 3
            and (not words[0].isupper() or len(words[0]) > 6)
            and not _DIGIT.search(text)
        )
    if not plain:
        is_title = words[-1].lower() in common and (len(hits) == len(words) or len(words[-1]) > 4)
        return 2 * len(hits) >= len(words) and (is_title or len(hits) > 2) and not _NAMED.search(text)
    if len(hits) == len(words) or (len(plain) >= 3 and 2 * len(hits) >= len(words)):
        return True
    is_begun = words[0][0].isupper() and (len(words[0]) > 2 or words[0].lower() in common)
    is_label = is_begun and max(map(len, plain)) > 3 and not _CODE.search(text)
    return is_label or _is_in(words, "en", code)


def _is_in(words: Sequence[str], source_code: str, code: str) -> bool:
    """True when several words, names apart, are clearly of the source's language."""
    plain = [word for place, word in enumerate(words) if word.islower() or not place]
    fit = detect.Fit(" ".join(plain))
    if len(plain) < 3 or len(fit.letters) < 12 or not detect.known(source_code):
        return False
    share = fit.of(detect.known(source_code)) / len(fit.grams)
    return share > -8.0 and (not code or fit.of(detect.known(source_code)) > fit.of(code) + 6)
