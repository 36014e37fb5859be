"""Is an answer a translation at all? What services return with status 200 instead of one.

Made for drafts: a wrong draft that is refused costs another attempt, a right one that is refused costs the draft. So
only what is plainly wrong counts; the checks of finished translations (`checks/`) look closer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

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
from tarjuma.pair import Pair
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
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff\u00ad]*")
_ENDS = frozenset({Mark.STOP, Mark.QUESTION, Mark.EXCLAMATION, Mark.ELLIPSIS, Mark.COLON})

LONG = 40
"""Letters of a text whose length can be compared."""
LEAST_SHARE, MOST_SHARE = 0.25, 4.0
"""Of the source's letters: no language is so much shorter or longer than another."""
CUT_SHARE, RUN_ON_SHARE = 0.9, 2.2
"""The same, where the final mark is lost too. Of 3,220 sentences that people translated (GNOME, KDE, GTK) or Apertium
did, 6 are shorter and lack their mark; of the same sentences cut at random 2,653 are and do."""


READABLE, FLUENT = -8.5, -7.8
"""Logarithm of likelihood of a trigram: one in twenty short texts of programs reads worse than the first in its own
language (GNOME, KDE; ru -8.5, en -8.0), one in a thousand texts of random letters better. The second is asked of
languages that no service is known to leave texts in."""
_CODES = {row.name: row.code for row in langs.LANGUAGES.values() if detect.known(row.code)} | {"Turkish": "tr"}


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
    if any(untranslated_copy.check(pair, context)):
        yield "the source text came back"
    if _is_cut(pair) or any(truncated.check(pair, context)):
        yield "the text breaks off"
    if _runs_on(pair):
        yield "much more text than there was"
    if any(doubled_sentence.check(pair, context)):
        yield "a text came back twice"
    if _is_foreign(pair, context):
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


def _share(pair: Pair) -> float:
    """Letters of the target for each letter of the source, code apart; 1 where the source is too short to tell."""
    here, there = _letters(pair.source.prose), _letters(pair.target.prose)
    return there / here if here > LONG else 1.0


def _letters(prose: str) -> int:
    return sum(map(str.isalnum, prose))


def _has_lost_end(pair: Pair) -> bool:
    if sentences.final(pair.source).mark not in _ENDS:
        return False
    return sentences.final(pair.target).mark not in _ENDS and not re.search("[?՞]", pair.target.text)


def _is_cut(pair: Pair) -> bool:
    share = _share(pair)
    return share < LEAST_SHARE or (share < CUT_SHARE and _has_lost_end(pair))


def _runs_on(pair: Pair) -> bool:
    share = _share(pair)
    return share > MOST_SHARE or (share > RUN_ON_SHARE and _has_lost_end(pair))


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
