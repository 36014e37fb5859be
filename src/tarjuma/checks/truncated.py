"""A translation goes on to the end of its source.

Machine translation and copying by hand cut texts off: in the middle of a sentence, or after the first of two. Languages
differ in length, but not by half; compare the last sentence of both texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tarjuma import sentences
from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair
from tarjuma.sentences import Mark

SEVERITY = Severity.WARNING
FOLLOWS = ("empty", "wrong-language", "mojibake", "mt-meta", "untranslated-copy")
GOOD = [
    ("kk", "More than one folder is selected, and this dialog takes none. Please select one.",
     "Бірнеше қапшық таңдалған. Тек біреуін таңдаңыз."),
    ("ru", "The pupils wait. They do so every year.", "Ученики ждут этого каждый учебный год."),
    ("tg", "Please wait,", "Лутфан интизор шавед,"),
]  # fmt: skip
BAD = [
    ("uk", "Several schools have their own gardens. For example, the school in our village has one.",
     "Кілька шкіл мають власні сади."),
    ("az", "You are about to close the page. Are you sure?", "Siz səhifəni bağlamaq üzrəsiniz."),
    ("ro", "The course starts in March and ends in June, when examinations begin.", "Cursul începe în martie și se"),
    ("ru", "The centre opens at nine (see the map).", "Центр открывается в девять ("),
]  # fmt: skip

_ENDS = frozenset({Mark.STOP, Mark.QUESTION, Mark.EXCLAMATION, Mark.ELLIPSIS, Mark.COLON})
_DANGLING = frozenset({Mark.COMMA, Mark.OPENING})
_JOINING = {
    "ru": "и а но или на в к об от до из для при что чтобы", "uk": "і й та а але або у в на від до із для при що щоб",
    "be": "і й а але або на ў ад да для пры што каб", "tg": "ва ё ба аз дар бо барои ки", "kk": "және немесе",
    "ky": "жана же", "uz": "va yoki", "uz-Cyrl": "ва ёки", "az": "və", "tk": "we", "hy": "և կամ որ", "ka": "და ან რომ",
    "ro": "și sau de în pe cu din pentru că să",
}  # fmt: skip
"""Words that something follows: and, or, to, that ..."""
_JOINS = {code: frozenset(words.split()) for code, words in _JOINING.items()}
_OPEN = re.compile(
    r"\b(?:and|or|with|to|that|of|in|on|at|for|from|by|the|a|an|is|as|if|than|it|which)\W*$", re.IGNORECASE
)
_LAST_WORD = re.compile(r"(?<=\s)([^\W\d_]+)\s*$")
_SPACE = re.compile(r"\s")
CUT_SHARE, SENTENCE_SHARE, ANY_SHARE, LEAST_SHARE = 0.65, 0.75, 0.5, 0.42
"""Share of the source's letters: without its final mark, with a sentence less, where no text has a mark, in any case.
Of 5,700 published texts of 80 letters or more one in a hundred has less than 0.6 to 0.8, by language."""
LEAST = 40
"""Letters of a source that is long enough for shares."""


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the place where the target breaks off."""
    source, target = pair.source.text, pair.target.text
    if len(source) < 25 or target == source or not target.strip():
        return
    wanted, there = sentences.final(pair.source).mark, sentences.final(pair.target)
    end = (there.start, len(target))
    if _dangles(pair, wanted, there.mark):
        yield Found("the translation breaks off", span=end)
        return
    if len(target) > 0.95 * len(source) and (wanted is not Mark.QUESTION or _asks(pair)):
        return
    letters = _letters(pair.source.prose)
    share = _letters(pair.target.prose) / max(1, letters)
    is_cut = share < CUT_SHARE and wanted in _ENDS and there.mark not in _ENDS and not _asks(pair)
    is_short = share < (ANY_SHARE if wanted is Mark.NONE else LEAST_SHARE) and letters >= 1.5 * LEAST
    if (letters >= LEAST and is_cut) or is_short or _lacks_sentence(pair, wanted, share):
        yield Found("the translation breaks off: {share} % of the source's letters", {"share": round(100 * share)}, end)


def _dangles(pair: Pair, wanted: Mark, there: Mark) -> bool:
    """True when the target ends as no text ends, and the source does not end so."""
    if there in _DANGLING:
        return wanted in _ENDS
    if there is not Mark.NONE:
        return False
    word = _LAST_WORD.search(pair.target.text)
    joins = _JOINS.get(pair.language.code, frozenset())
    return bool(word and word[1] in joins and not _OPEN.search(pair.source.text))


def _lacks_sentence(pair: Pair, wanted: Mark, share: float) -> bool:
    is_answered = wanted is not Mark.QUESTION or _asks(pair)
    if share > 0.95 and is_answered:
        return False
    here = sentences.sentences(pair.source.prose)
    count = len(sentences.sentences(pair.target.prose))
    if count >= len(here):
        return False
    # As long as the sentences that it has: the others are gone, not told with them.
    kept = here[count - 1][1] / max(1, here[-1][1])
    return not is_answered or share < SENTENCE_SHARE or share < 1.2 * kept


def _asks(pair: Pair) -> bool:
    return "?" in pair.target.text or "՞" in pair.target.text


def _letters(prose: str) -> int:
    return len(prose) - len(_SPACE.findall(prose))
