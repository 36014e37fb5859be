"""A translation says something.

A dash, three dots or an invisible character in place of a translation passes every counter and leaves readers with
nothing. Leave the field empty instead: then the source text is shown. In a project, entries that are not translated yet
are counted by post, not listed here; of a message with plural forms all must be filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Catalog, Entry, Severity, State

SEVERITY = Severity.ERROR
GOOD = [
    ("ru", 'msgid "Open the page"\nmsgstr "Откройте страницу"\n'),
    ("hy", 'msgid "—"\nmsgstr "–"\n'),
    ("az", 'msgid "{}nd"\nmsgstr "{}."\n'),
]
BAD = [
    ("hy", 'msgid "Open the page"\nmsgstr "-"\n'),
    ("kk", 'msgid "Open the page"\nmsgstr "\u00a0"\n'),
    ("uz", 'msgid "Open the page"\nmsgstr ""\n'),
    ("ru", 'msgid "page"\nmsgid_plural "pages"\nmsgstr[0] "страница"\nmsgstr[1] ""\nmsgstr[2] "страниц"\n'),
]

_INVISIBLE = (
    "\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\u2800\u3164\ufeff"
)
_NOTHING = re.compile(rf"[{_INVISIBLE}.,:;!?…·•*_~=|/\\#\"'«»“”()\[\]{{}}<>–—−‐‑-]*")
_BLANK = re.compile(rf"[{_INVISIBLE}]*")
_STANDS_FOR_TEXT = frozenset(
    {"todo", "fixme", "xxx", "tbd", "n/a", "na", "none", "null", "translate me", "untranslated"}
)
_LETTER = re.compile(r"[^\W\d_]{2}")


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield the forms without a word where the source has some."""
    for entry in catalog.entries:
        if entry.state not in (State.REVIEWED, State.UNTRANSLATED) or not _LETTER.search(entry.key.text):
            continue
        forms = [
            form for form, text in enumerate(entry.targets) if _is_nothing(entry, text) or _stands_for(entry, text)
        ]
        if forms and not (context.is_project and _is_open(entry)):
            yield from _found(entry, forms)


def _is_nothing(entry: Entry, text: str) -> bool:
    """True for a text without a word or a value."""
    return bool(_NOTHING.fullmatch(text)) and not ("{}" in text and "{}" in entry.key.text)


def _stands_for(entry: Entry, text: str) -> bool:
    """True for a note to oneself where a sentence should stand."""
    return len(text) < 13 and text.strip(" []<>().!").lower() in _STANDS_FOR_TEXT and len(entry.key.text.split()) > 2


def _is_open(entry: Entry) -> bool:
    """True when nobody has begun to translate it."""
    return not any(entry.targets)


def _found(entry: Entry, forms: list[int]) -> Iterator[Found]:
    text = entry.targets[forms[0]]
    if len(forms) < len(entry.targets):
        numbers = ", ".join(map(str, forms))
        yield Found("plural form {forms} is empty", {"forms": numbers}, entry=entry, form=forms[0])
    elif not text:
        yield Found("not translated", entry=entry)
    elif _BLANK.fullmatch(text):
        yield Found("nothing but white space or invisible characters", span=(0, len(text)), entry=entry)
    else:
        yield Found("this stands in place of a translation: {text}", {"text": text}, (0, len(text)), entry=entry)
