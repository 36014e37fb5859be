"""Code between backticks is the same in the translation.

What stands between backticks is typed into a program: a translated command, a Russian letter in it or a lost backtick
makes it useless. Copy the code span from the source as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.WARNING
FOLLOWS = ("mt-garbage", "untranslated-copy")
GOOD = [("ru", "Use `cargo run` or `cargo test`", "Запустите `cargo test` или `cargo run`")]
BAD = [
    ("ru", "Use `cargo run`", "Запустите `карго ран`"),
    ("tg", "Use `cargo run`", "cargo run-ро истифода баред"),
    ("ru", "Use `cargo run`", "Запустите `cargo run"),
]

_GNU_QUOTES = re.compile(r"(?<![\w`])`[^`'\s][^`'\n]*'(?!\w)")


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield code spans of the source that the target lacks or broke."""
    if "`" not in pair.signs or _is_gnu(pair.source.text):
        return
    source, target = pair.source.code, pair.target.code
    wanted = Counter(span.text for span in source.spans)
    given = Counter(span.text for span in target.spans)
    lost = wanted - given
    added = [span for span in target.spans if span.text not in wanted and not _is_bare(span.text, pair.source.text)]
    is_open = len(target.stray) > len(source.stray) and "`" in pair.source.signs
    for text in lost:
        if given[text] and not added and not is_open and not _is_bare(text, pair.target.prose):
            continue  # a sentence may well name it once where the source does twice
        span = (added[0].start, added[0].end) if added else None
        yield Found("the code `{code}` is missing or changed", {"code": text}, span, f"`{text}`" if span else None)
        return
    if is_open:
        spot = target.stray[-1]
        yield Found("a backtick begins no code", {}, (spot.start, spot.end))


def _is_gnu(text: str) -> bool:
    """True when backticks are opening quotes, as GNU programs wrote them: `file'."""
    return "'" in text and len(_GNU_QUOTES.findall(text)) == text.count("`")


def _is_bare(text: str, prose: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(text)}(?!\w)", prose))
