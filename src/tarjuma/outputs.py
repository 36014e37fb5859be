"""Is an answer a translation at all? What services return with status 200 instead of one.

Made for drafts: a wrong draft that is refused costs another attempt, a right one that is refused costs the draft. So
only what is plainly wrong counts; the checks of finished translations (`checks/`) look closer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tarjuma import detect, langs, letters, sentences
from tarjuma.checks import (
    Context,
    doubled_sentence,
    mt_garbage,
    mt_meta,
    truncated,
    untranslated_copy,
    wrong_language,
)
from tarjuma.model import Entry, Key, Language, Message
from tarjuma.pair import Pair, Text
from tarjuma.sentences import Mark

_PAGE = re.compile(
    r"<!doctype\s+html|<html[\s>]|<head[\s>]|<title>|<body[\s>]"
    r"|\berror\s*[45]\d\d\b\s*\(|that[’']s an error\.|that[’']s all we know"
    r"|\bmymemory warning\b|you used all available free translations|\bis an invalid (?:source|target) language"
    r"|no query specified|invalid language pair|query length limit exceeded|please select two distinct languages"
    r"|unusual traffic from your computer|\bare you a (?:robot|human)\b|not a robot|\bcaptcha\b|before you continue to"
    r"|consent\.(?:google|youtube)|enable javascript|checking your browser|cloudflare|access denied|bad gateway"
    r"|service (?:temporarily )?unavailable|internal server error|too many requests|gateway time-?out|request blocked"
    r"|quota (?:has been )?exceeded|rate limit(?:ed)?\b|invalid api key|unauthorized request",
    re.IGNORECASE,
)
"""What pages of errors, of consent and against robots say: Google, MyMemory, proxies."""
_IF = re.compile(r"(?:if|если|якщо|калі|агар|dacă)\b", re.IGNORECASE)
_LITTLE = frozenset({
    "the", "of", "to", "an", "and", "is", "are", "be", "in", "for", "with", "not", "this", "that", "you", "your", "or",
    "on", "it", "as", "from", "by", "at", "has", "have", "can", "will",
    "на", "не", "что", "по", "для", "как", "из", "это", "от", "за", "или", "вы", "мы",
})  # fmt: skip
"""What sentences have and names have not."""
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff\u00ad]*")
_ENDS = frozenset({Mark.STOP, Mark.QUESTION, Mark.EXCLAMATION, Mark.ELLIPSIS, Mark.COLON})

CUT = "the text breaks off"
LONG, BRIEF = 40, 20
"""Letters of a text whose length can be compared well, and at all."""
ANY_SHARE, MOST_SHARE = 0.25, 4.0
"""Of the source's letters: no translation of a long text is so much shorter or longer."""
LEAST_SHARE, HALF = 0.6, 0.5
"""The same for a long and a brief text whose translation has no final mark. Of 5,463 texts that people translated
(GNOME, KDE, GTK, Django, opensource.guide, F-Droid) 19 are refused for their length, most of which leave much out."""
CUT_SHARE, RUN_ON_SHARE = 0.9, 2.2
"""The same, where the source has a final mark. Of 3,220 sentences that people translated (GNOME, KDE, GTK) or Apertium
did, 6 are shorter and lack their mark; of the same sentences cut at random 2,653 are and do."""
WHOLE, TOGETHER = 200, 4
"""Characters and texts of a request that can be compared as a whole."""
_DENSE = frozenset({"Hans", "Hant", "Jpan", "Kore"})
"""Scripts whose letters are syllables or words, so that lengths say nothing."""
READABLE, FLUENT = -8.5, -7.8
"""Logarithm of likelihood of a trigram: one in twenty short texts of programs reads worse than the first in its own
language (GNOME, KDE; ru -8.5, en -8.0), one in a thousand texts of random letters better. The second is asked of
languages that no service is known to leave texts in."""
_CODES = {row.name: row.code for row in langs.LANGUAGES.values() if detect.known(row.code)} | {"Turkish": "tr"}


def is_short(texts: Sequence[str], answers: Sequence[str], target_language: str) -> bool:
    """Say whether much less came back than was sent, masks and all: far less than any language takes for the same."""
    is_dense = langs.language(target_language).script in _DENSE
    return not is_dense and sum(map(len, answers)) < LEAST_SHARE * sum(map(len, texts))


def cut_off(texts: Sequence[str], answers: Sequence[str], target_language: str) -> frozenset[int]:
    """Return which answers of one request break off: the short ones, where the request came back short as a whole.

    A short text alone may well have a translation of half its length, and many of them together have not.
    """
    if len(texts) < TOGETHER or sum(map(len, texts)) < WHOLE or not is_short(texts, answers, target_language):
        return frozenset()
    pairs = enumerate(zip(texts, answers, strict=True))
    return frozenset(at for at, (text, answer) in pairs if is_short([text], [answer], target_language))


def fault(source: str, target: str, source_language: str, target_language: str) -> str | None:
    """Return in a few plain words why an answer is no translation of its source; None when it may be one.

    Languages are BCP 47. Names, code and short texts are not judged by their language.
    """
    if _INVISIBLE.fullmatch(target):
        return None if _INVISIBLE.fullmatch(source) else "an empty answer"
    return next(_faults(source, target, langs.language(source_language), langs.language(target_language)), None)


def _faults(source: str, target: str, source_language: Language, language: Language) -> Iterator[str]:
    page = _PAGE.search(target)
    if page and not _PAGE.search(source):
        yield "an error page"
    if "\ufffd" in target and "\ufffd" not in source:
        yield "broken letters"
    if target == source and source_language.code == language.code:
        return
    pair = Pair(Entry(Message(Key(None, source)), (target,)), 0, language)
    context = Context(language, source_language)
    if any(mt_garbage.check(pair, context)):
        yield "remains of masks"
    if _speaks(pair, context):
        yield "the service speaks instead of translating"
    if any(untranslated_copy.check(pair, context)) or _is_unchanged(pair, source_language):
        yield "the source text came back"
    if _DENSE.isdisjoint((language.script, source_language.script)):
        yield from _faults_of_length(pair, context)
    if any(doubled_sentence.check(pair, context)):
        yield "a text came back twice"
    if _is_in_third_script(pair) or _is_foreign(pair, context):
        yield "another language"


def _speaks(pair: Pair, context: Context) -> bool:
    """True when the answer holds what models say around a translation, and the source says nothing of the kind."""
    found = [
        each for each in mt_meta.check(pair, context) if not _is_condition(str(each.values.get("words", "")), pair)
    ]
    if not found:
        return False
    if context.source_language.code.partition("-")[0] == "en":
        return True
    # The check knows what sources say in English only; in any other language the source is asked itself.
    own = Pair(Entry(Message(Key(None, "-")), (pair.source.text,)), 0, context.source_language)
    return not any(mt_meta.check(own, context))


def _is_condition(words: str, pair: Pair) -> bool:
    """True for "if you have" where the source has a condition too: models offer their help so as well."""
    return bool(_IF.match(words)) and bool(re.search(r"\bif\b", pair.source.text, re.IGNORECASE))


def _faults_of_length(pair: Pair, context: Context) -> Iterator[str]:
    here, there = _letters(pair.source.prose), _letters(pair.target.prose)
    share = there / here if here > BRIEF else 1.0
    is_long = here > LONG
    has_lost_end = is_long and _has_lost_end(pair)
    is_short = (share < LEAST_SHARE if is_long else share <= HALF) and not _is_ended(pair.target)
    is_cut = is_short or (is_long and share < ANY_SHARE) or (share < CUT_SHARE and has_lost_end)
    if is_cut or any(truncated.check(pair, context)):
        yield CUT
    if is_long and (share > MOST_SHARE or (share > RUN_ON_SHARE and has_lost_end)):
        yield "much more text than there was"


def _letters(prose: str) -> int:
    return sum(map(str.isalnum, prose))


def _has_lost_end(pair: Pair) -> bool:
    return _is_ended(pair.source) and not _is_ended(pair.target) and not re.search("[?՞]", pair.target.text)


def _is_ended(text: Text) -> bool:
    return sentences.final(text).mark in _ENDS


def _is_unchanged(pair: Pair, source_language: Language) -> bool:
    """True for a sentence that came back as it was where the languages differ in script.

    Names, commands and titles rightly do: a sentence has little words, and most of its words are in lower case.
    """
    if pair.target.text != pair.source.text or source_language.script == pair.language.script:
        return False
    words = [word.text for word in pair.source.words]
    plain = [word for word in words if word.islower() and len(word) > 1]
    return len(words) > 2 and 2 * len(plain) >= len(words) and not _LITTLE.isdisjoint(plain)


def _is_in_third_script(pair: Pair) -> bool:
    """True when every letter is of a script that neither the target language nor the source text is written in.

    Abbreviations in Latin capitals may be those of the wider world: ИКАО, ICAO.
    """
    here, there = letters.scripts(pair.source.text), letters.scripts(pair.target.prose)
    script = "Hans" if pair.language.script in _DENSE else pair.language.script
    strange = there - here
    if not strange or script in there or _letters(pair.target.prose) < 2:
        return False
    return strange != {"Latn"} or any(word.text.islower() or word.text.istitle() for word in pair.target.words)


def _is_foreign(pair: Pair, context: Context) -> bool:
    """True when most of what is no code is in another language; a few words left over are the reviewer's to find."""
    prose = pair.target.prose
    found = [each for each in wrong_language.check(pair, context) if each.span]
    spans = [each.span for each in found if each.span and _is_sure(prose[slice(*each.span)], each.values, context)]
    return 2 * sum(_letters(prose[start:end]) for start, end in spans) > _letters(prose)


def _is_sure(text: str, values: Mapping[str, object], context: Context) -> bool:
    """True when a text has no letters of the right script, or reads well in the language that it is said to be in."""
    if not letters.SCRIPTS[context.language.script].search(text):
        return True
    code = _CODES.get(str(values.get("language")), "")
    fit = detect.Fit(text)
    if not code or not fit.grams:
        return False
    is_likely = code in ("ru", "en", "tr", context.source_language.code)
    return fit.of(code) > (READABLE if is_likely else FLUENT) * len(fit.grams)
