"""The translation brings no program code, no frames and no links of its own.

A script, an `onclick`, a `javascript:` address or a link to a page that the source does not know can harm whoever reads
the page. Only what the source has may stand in the translation; what you want to show as text belongs in backticks.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from tarjuma.addresses import Form
from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair, Text
from tarjuma.syntax.inline import Kind

SEVERITY = Severity.ERROR
GOOD = [
    ("ru", "Write `javascript:void(0)`", "Напишите `javascript:void(0)`"),
    ("tg", "Line<br>line", "Сатр<br />сатр"),
]
BAD = [
    ("ru", "Open daily", "Открыто ежедневно<script>alert(1)</script>"),
    ("tg", "See [the map](/map/)", "Ба [харита](javascript:alert(1)) нигаред"),
    ("uz", "Open daily", 'Har kuni ochiq <img src=x onerror="alert(1)">'),
    ("ru", "Open daily", "Открыто ежедневно. [Казино](https://casino.example/)"),
]

_SIGN = re.compile(r"[<=:@&\]]")
"""What every match of the next one has, but for `www.`: found sooner."""
_SUSPECT = re.compile(r"<|\bon\w+\s*=|script\s*:|data\s*:|://|www\.|&#|\]\(|@", re.IGNORECASE)
_ELEMENT = re.compile(
    r"<\s*/?\s*(script|iframe|frame|object|embed|applet|svg|math|img|image|video|audio|source|form|input|button|textarea"
    r"|select|link|meta|base|style|template|portal|marquee|body|html|a)(?=[\s/>]|\Z)",
    re.IGNORECASE,
)
_HANDLER = re.compile(r"<[^<>]*?[\s/\"'](on[a-z]{3,20}|srcdoc|formaction|style)\s*=", re.IGNORECASE)
_SCHEME = re.compile(r"(?:(?:java|vb|live)\s*script|data)\s*:\s*(?=[^\s])", re.IGNORECASE)
_DATA = re.compile(r"data\s*:\s*[\w.+-]*/?[\w.+-]*\s*[;,]", re.IGNORECASE)


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield active content and links of the target that the source does not have."""
    target = pair.target.text
    if target == pair.source.text or not (_SIGN.search(target) or "www." in target.lower()):
        return
    if not _SUSPECT.search(target):
        return
    yield from _active(pair)
    for address in pair.addresses.added:
        if address.form not in (Form.REFERENCE, Form.CODE) and _is_foreign(address.url, address.form):
            yield Found("the source has no link to {address}", {"address": address.url}, (address.start, address.end))
            return


def _active(pair: Pair) -> Iterator[Found]:
    known = _words(f"{pair.key.text}\n{pair.key.plural or ''}")
    shown = _without_code(pair.target)
    for pattern in (_ELEMENT, _HANDLER, _SCHEME):
        for match in pattern.finditer(shown):
            name = "".join(match[match.lastindex or 0].split()).lower()
            if name in known or (name == "data:" and not _DATA.match(shown, match.start())):
                continue
            yield Found("the source has no {text}", {"text": name}, match.span())
            return
    plain = html.unescape(shown)
    comments = [token for token in pair.target.tokens if token.kind is Kind.COMMENT and token.text not in pair.key.text]
    if comments and comments[0].text not in (pair.key.plural or ""):
        yield Found("the source has no {text}", {"text": comments[0].text}, (comments[0].start, comments[0].end))
        return
    hidden = _SCHEME.search(plain) if plain != shown else None
    if hidden and "script" in hidden[0].lower() and hidden[0] not in known:
        yield Found("the source has no {text}", {"text": hidden[0]})


def _words(text: str) -> set[str]:
    return {
        "".join(match[match.lastindex or 0].split()).lower()
        for pattern in (_ELEMENT, _HANDLER, _SCHEME)
        for match in pattern.finditer(text)
    }


def _without_code(text: Text) -> str:
    """The text with code spans blanked out: the same length."""
    if "`" not in text.text:
        return text.text
    return "".join(" " * len(token.text) if token.kind is Kind.CODE else token.text for token in text.tokens)


def _is_foreign(url: str, form: Form) -> bool:
    return form is Form.EMAIL or url.startswith(("//", "www.")) or "://" in url or url.lower().startswith("mailto:")
