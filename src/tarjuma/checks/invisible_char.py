"""No character hides that nobody sees: zero-width signs, direction marks, soft hyphens, control characters.

They come with texts copied from web pages, chats and word processors, break search, links and line ends, and a
direction override can make a text read otherwise than it is written. What the source has is right, and so are the
joiners inside emoji and no-break spaces. `tarjuma check --fix` takes them out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.WARNING
FOLLOWS = ("mojibake",)
GOOD = [
    ("ru", "Page 5", "Страница\u00a05"),
    ("tg", "Our family 👨\u200d👩\u200d👧", "Оилаи мо 👨\u200d👩\u200d👧"),
    ("uk", "soft\u00adhyphen", "мʼякий\u00adперенос"),
]
BAD = [
    ("ru", "Read more", "Читать\u200b далее"),
    ("az", "The form", "\u202eForma"),
    ("uz", "The form", "Sha\u00adkl"),
    ("ka", "The form", "ფორ\u2028მა"),
]

_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
_RIGHT = re.compile(
    # joiners, selectors and tags of emoji; the keycap sequences
    "(?<=[\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff])[\ufe0e\ufe0f\u200d](?=\u200d|\ufe0f|[\u203c-\u3299"
    "\U0001f000-\U0001faff]|)|(?<=[0-9#*])\ufe0f\u20e3|\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
)
_NEEDED = {
    "Arab": "\u200c\u200d\u200e\u200f\u061c", "Hebr": "\u200e\u200f\u200d", "Deva": "\u200c\u200d",
    "Beng": "\u200c\u200d", "Khmr": "\u200b", "Thai": "\u200b", "Laoo": "\u200b", "Mymr": "\u200b",
}  # fmt: skip
"""Scripts that are spelt with them."""
_WORSE = re.compile("[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_BREAKS = re.compile("[\u0085\u000b\u000c\u2028\u2029]")
_NAMES = {"\u00ad": "soft hyphen", "\ufeff": "byte order mark", "\u007f": "delete", "\u0008": "backspace"}


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield the invisible characters that the target has and the source has not."""
    text = pair.target.text
    if (text.isascii() and text.isprintable()) or not _HIDDEN.search(text):
        return
    spare = Counter(_HIDDEN.findall(pair.source.text))
    right = {place for match in _RIGHT.finditer(text) for place in range(*match.span())}
    needed = _NEEDED.get(pair.language.script, "")
    runs: list[tuple[int, int]] = []
    for match in _HIDDEN.finditer(text):
        character, (start, end) = match[0], match.span()
        if start in right or character in needed:
            continue
        if spare[character]:
            spare[character] -= character != "\u00ad"  # a text that is hyphenated is hyphenated throughout
            continue
        if runs and runs[-1][1] == start:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    for start, end in runs:
        hidden = text[start:end]
        suggestion = _instead(text, start, end) if _BREAKS.search(hidden) else ""
        severity = Severity.ERROR if _WORSE.search(hidden) else None
        names = ", ".join(dict.fromkeys(map(_name, hidden)))
        yield Found("invisible character: {name}", {"name": names}, (start, end), suggestion, True, severity)


def _instead(text: str, start: int, end: int) -> str:
    """Return what stands for a line or paragraph separator: a space between words, nothing inside one."""
    return " " if text[:start][-1:] in tuple(".,:;!?…։)»”") and text[end : end + 1].strip() else ""


def _name(character: str) -> str:
    name = _NAMES.get(character) or unicodedata.name(character, "").lower()
    name = name or ("private use" if unicodedata.category(character) == "Co" else "control character")
    return f"{name} (U+{ord(character):04X})"
