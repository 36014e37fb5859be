"""Every tag that opens in the translation closes there, in the right order.

A tag that never ends makes all that follows bold, small or a link, to the end of the page. Copy the source's tags as
they are, with their `/`, their quotes and without spaces behind `<`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tarjuma.checks import Context, Found
from tarjuma.markup import Elements, Tag, is_markup
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.ERROR
FOLLOWS = ("mt-garbage", "escape", "untranslated-copy")
GOOD = [("ru", "The <b>museum</b> is open", "<b>Музей</b> открыт")]
BAD = [
    ("ru", "The <b>museum</b> is open", "<b>Музей открыт"),
    ("tg", "The <b>museum</b> is open", "Осорхона <b>кушода<b> аст"),
    ("uz", "The <b>museum</b> is open", "< b>Muzey</ b> ochiq"),
    ("ru", "Open <b>the door</b>", "Откройте &lt;b&gt;дверь&lt;/b&gt;"),
    ("ru", "<b><i>Museum</i></b>", "<b><i>Музей</b></i>"),
]

_LONGEST = 120
_NAME = re.compile(r"</?([A-Za-z][\w:-]*)")
_MANGLED = re.compile(
    r"<\s+/?\s*([A-Za-z][A-Za-z0-9]*)\s*[^<>]{0,80}>|</\s+([A-Za-z][A-Za-z0-9]*)\s*>|<\\/?([A-Za-z]\w*)>"
    r"|<</?([A-Za-z]\w*)"
)
_TRANSLATED = re.compile(r"</?[^\W\d_]*[^\x00-\x7f\W\d_][^\W\d_]*>")
_ENCODED = re.compile(r"&lt;\s*/?\s*([A-Za-z][A-Za-z0-9]*)[^<>]{0,200}?&gt;")
_WIDE = re.compile(r"[＜＞]|=\s*[«»“”„‟〝〞]")


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield tags of the target that open and do not close, or are none any more."""
    if "<" not in pair.signs and "＜" not in pair.target.text:
        return
    source, target = pair.source.elements, pair.target.elements
    names = {tag.name for tag in (*source.opened, *source.closed) if is_markup(tag)}
    if tag := _first_more(_loose(source.opened), _loose(target.opened)):
        yield Found("the tag {tag} does not close", {"tag": tag.text}, (tag.start, tag.end))
    elif tag := _first_more(_loose(source.closed), _loose(target.closed)):
        yield Found("the tag {tag} closes what is not open", {"tag": tag.text}, (tag.start, tag.end))
    elif len(target.crossed) > len(source.crossed):
        tag = target.crossed[0]
        yield Found("the tag {tag} closes around another that is still open", {"tag": tag.text}, (tag.start, tag.end))
    elif place := _mangled(pair, names):
        yield Found("{tag} is no tag any more", {"tag": pair.target.text[slice(*place)]}, place)


def _loose(tags: Iterable[Tag]) -> list[Tag]:
    return [tag for tag in tags if not tag.is_paired]


def _first_more(source: list[Tag], target: list[Tag]) -> Tag | None:
    """The first tag of target whose name is more often without its other half than in the source."""
    left = Counter(tag.name for tag in source)
    for tag in target:
        left[tag.name] -= 1
        if left[tag.name] < 0:
            return tag
    return None


def _mangled(pair: Pair, names: set[str]) -> tuple[int, int] | None:
    text = pair.target.text
    known: Elements = pair.source.elements
    old = {spot.text for spot in known.broken}
    for spot in pair.target.elements.broken:
        name = _NAME.match(spot.text)
        if name and name[1].lower() in names and spot.text not in old:
            return spot.start, spot.end
        if names and _count(pair.target.elements) < _count(known) and len(spot.text) < _LONGEST:
            return spot.start, spot.end
    if names and _count(pair.target.elements) < _count(known):
        for match in _TRANSLATED.finditer(text):
            if f"</{match[0].strip('</>')}>" in text and match[0] not in pair.source.text:
                return match.span()
    for match in _MANGLED.finditer(text):
        if match[match.lastindex or 0].lower() in names and match[0] not in pair.source.text:
            return match.span()
    if "&lt;" not in pair.source.text:
        for match in _ENCODED.finditer(text):
            if match[1].lower() in names:
                return match.span()
    for match in _WIDE.finditer(text):
        if match[0] not in pair.source.text and (match[0] in "＜＞" or _is_in_tag(pair, match.start())):
            return match.span()
    return None


def _count(elements: Elements) -> int:
    return sum(is_markup(tag) for tag in (*elements.opened, *elements.closed))


def _is_in_tag(pair: Pair, place: int) -> bool:
    return any(tag.start < place < tag.end for tag in pair.target.elements.opened)
