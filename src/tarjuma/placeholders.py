"""Placeholders: what a program or a template puts a value in place of; found in a text, compared between two texts.

Sources of the rules: C11 7.21.6.1 and POSIX (`%1$s`, `%'d`), Python's printf and `str.format` grammar, Qt's and KDE's
`%1` and `%n`, Jinja, Liquid, Hugo (`{{ }}`, `{% %}`), ICU MessageFormat, `string.Template`, Ruby and shell (`${x}`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from tarjuma.syntax.foreign import TEXT_ARGUMENT


class Family(Enum):
    """What a percent sign means in a message, as its flags say."""

    ANY = "any"
    """No flag: only what cannot be prose counts."""
    C = "c"
    PYTHON = "python"
    KDE = "kde"
    NONE = "none"
    """The flags say that a percent sign is a percent sign."""


class Placeholder(NamedTuple):
    """One placeholder; code points of the text."""

    start: int
    end: int
    text: str
    key: str
    """What stays the same when the placeholder is written in another right way."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a translation does to the placeholders of its source."""

    missing: tuple[Placeholder, ...] = ()
    """Of the source."""
    extra: tuple[Placeholder, ...] = ()
    """Of the target."""
    loose: tuple[int, ...] = ()
    """Where in the target a percent sign stands that begins nothing; a program needs `%%` for one."""
    disordered: tuple[Placeholder, ...] = ()
    """Of the target: the same placeholders without names in an order that gives each the wrong value."""


_CONVERSION = r"(?:hh|h|ll|l|q|L|j|z|t)?[diouxXeEfFgGaAcsp]"
_WIDTH = r"[-+0#'I]*(?:\d+|\*)?(?:\.(?:\d+|\*))?"
_BRACED = (
    r"\{\{\{?(?:(?!\{\{).){0,400}?\}\}\}?|\{%(?:(?!\{%).){0,400}?%\}|\{\#(?![\w:.-]+\})(?:(?!\{\#).){0,400}?\#\}"
    r"|<%(?:(?!<%).){0,400}?%>|\[%(?:(?!\[%).){0,400}?%\]|[$\#%]\{[^{}\n]*\}"
    r"|\{\s*\w+\s*,\s*(?:plural|select|selectordinal|number|date|time|spellout|ordinal|duration)\b"
    r"|\{[$@]?(?:(?=[.\[\]-]*\w)[\w.\[\]-]+)?(?:![rsa])?(?::[^{}\n]{0,20})?\}|\{[ ][\w.]+[ ]\}"
)
_NAMED = r"%\([^()\n%]{1,60}\)(?:" + _WIDTH + r"[diouxXeEfFgGcrsa])?"
_DOLLAR = r"(?<![$A-Z\d])\$[A-Za-z_][A-Za-z0-9_]*"
_PERCENT = {
    Family.ANY: (
        r"%%|%\d+\$" + _WIDTH + _CONVERSION + r"|(?:(?<![\d%])|(?<=%\d))(?:%[-+#'I0]*(?:\d*\.\d+|\*)?" + _CONVERSION
        + r"(?![A-Za-z])|%\d*\.\d+[dfeg]|%0\d+d|%L?[1-9]\d?(?![\d%$])|%[A-Za-z_]{3,20}%)"
    ),
    Family.C: r"%%|%\d+\$" + _WIDTH + _CONVERSION + r"|%" + _WIDTH + r"(?:" + _CONVERSION + r"|[CSm@])",
    Family.PYTHON: r"%%|%" + _WIDTH + r"[diouxXeEfFgGcrsa]",
    Family.KDE: r"%L?[1-9]\d?(?!\d)|%L?n(?![A-Za-z])",
    Family.NONE: r"(?!)",
}  # fmt: skip
_FINDERS = {
    family: re.compile(rf"{_NAMED}|{percent}|{_BRACED}|{_DOLLAR}", re.DOTALL | re.ASCII)
    for family, percent in _PERCENT.items()
}
_GLUED = re.compile(_FINDERS[Family.ANY].pattern.replace(r"(?![A-Za-z])", ""), re.DOTALL | re.ASCII)
"""The same with a suffix behind it: `%sga`. Only where the source has such a placeholder."""
_BRACE_NAME = re.compile(r"\{[^\W\d]\w*(?:[.\[]\w*\]?)*(?:![rsa])?(?::[^{}\n]{0,20})?\}")
"""A name in any script: somebody may have translated it."""
_HINT = re.compile(r"[%{$]|<%|\[%")
_OCTETS = re.compile(r"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})+|(?<=[/\w=&+-])%[0-9A-F]{2}(?=[/\w=&.+%-])")
"""Percent-encoding in addresses."""
_TIME = re.compile(r"%[-_0^#EO]?[HIMmYyBbpZkSTAR](?![A-Za-z(])")
_FILTER = re.compile(r"(?<!\|)\|(?!\|)\s*(\w+)\s*(?::\s*(?:\"[^\"]*\"|'[^']*')|\((?:\"[^\"]*\"|'[^']*')\))")
_UNNAMED = re.compile(r"%(?:(\d+)\$)?[-+0#'I]*(?:\d+|\*)?(?:\.(?:\d+|\*))?([a-zA-Z@]+)\Z")
_FLAGS = {
    "python-format": Family.PYTHON, "kde-format": Family.KDE, "kde-kuit-format": Family.KDE, "qt-format": Family.KDE,
    "qt-plural-format": Family.KDE, "c-format": Family.C, "objc-format": Family.C, "php-format": Family.C,
    "perl-format": Family.C, "lua-format": Family.C, "awk-format": Family.C, "gcc-internal-format": Family.C,
    "no-c-format": Family.NONE, "no-python-format": Family.NONE,
}  # fmt: skip


@lru_cache(maxsize=64)
def family(flags: tuple[str, ...]) -> Family:
    """What the flags of a message say about its percent signs."""
    return next((_FLAGS[flag] for flag in flags if flag in _FLAGS), Family.ANY)


def find(text: str, kind: Family) -> tuple[Placeholder, ...]:
    """The placeholders of a text, in its order; offsets are code points."""
    if not _HINT.search(text):
        return ()
    return _found(_FINDERS[kind], text)


def _found(pattern: re.Pattern[str], text: str) -> tuple[Placeholder, ...]:
    if "%" in text:
        text = _OCTETS.sub(_blank, text)
    return tuple(
        Placeholder(match.start(), match.end(), match[0], _key(match[0]))
        for match in pattern.finditer(text)
        if match[0] != "%%"
    )


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def translated_names(text: str) -> tuple[Placeholder, ...]:
    """Braces around a word in another script than ASCII's: `{имя}`, a name that somebody translated."""
    return tuple(
        Placeholder(match.start(), match.end(), match[0], match[0])
        for match in _BRACE_NAME.finditer(text)
        if not match[0].isascii()
    )


def is_time(text: str, kind: Family) -> bool:
    """True when the percent signs of a text spell a date or a time (strftime): those are localized, not copied."""
    return kind is not Family.PYTHON and "%" in text and bool(_TIME.search(text))


def _key(text: str) -> str:
    if text.startswith("%"):
        return _percent_key(text)
    if text.startswith(("{{", "{%", "<%", "[%")):
        opener = 3 if text.startswith(("{{<", "{{%")) else 2
        plain = _FILTER.sub(r"|\1", TEXT_ARGUMENT.sub(r"\1\2", text[opener:]))
        joint = " " if "=" in plain else ""
        return f"{text[:opener]} {joint.join(plain.split())}"
    if text.startswith("{") and not text.startswith("{ "):
        name = text[1:].rstrip("}")
        return "{" + "".join(re.split(r"[!:]", name, maxsplit=1)[0].split())
    return text


def _percent_key(text: str) -> str:
    if text.startswith("%("):
        name, _, rest = text.partition(")")
        return f"{name}){_type(rest[-1:])}"
    match = _UNNAMED.fullmatch(text)
    return f"%{_type(match[2])}" if match else text


def _type(conversion: str) -> str:
    return conversion[:-1] + "d" if conversion.endswith("i") else conversion


def compare(source: str, target: str, kind: Family, *, spare: int = 0, more: str = "") -> Difference:
    """What target lacks and what it adds; `more` is another source text whose placeholders it may use (a plural's).

    `spare` is how many placeholders of a number the target may leave out: 1 in a plural form for one number.
    """
    if not (_HINT.search(source) or _HINT.search(target)) or source == target:
        return Difference()
    wanted, given = find(source, kind), find(target, kind)
    if is_time(source, kind) or is_time(more, kind):
        wanted, given = _without_time(wanted), _without_time(given)
    allowed = find(more, kind) if more else ()
    missing = _lost(wanted, given)
    if missing and kind is Family.ANY:
        missing = _lost(missing, _lost(_found(_GLUED, target), given))
    if spare:
        missing = _spared(missing, wanted, spare)
    extra = _added(wanted + _lost(allowed, wanted), given, source, more, kind)
    if "{" in target:
        known = {mark.key for mark in wanted}
        extra += tuple(mark for mark in translated_names(target) if mark.key not in known and mark.text not in source)
    disordered = () if missing or extra else _disordered(wanted, given)
    return Difference(missing, extra, _loose(source, target, kind), disordered)


def _loose(source: str, target: str, kind: Family) -> tuple[int, ...]:
    """Percent signs of the target that begin nothing, where the source writes `%%`."""
    if kind not in (Family.C, Family.PYTHON) or "%%" not in source or _bare(source, kind):
        return ()
    return _bare(target, kind)


def _bare(text: str, kind: Family) -> tuple[int, ...]:
    rest = _FINDERS[kind].sub(_blank, text)
    return tuple(match.start() for match in re.finditer("%", rest))


def _without_time(marks: Sequence[Placeholder]) -> tuple[Placeholder, ...]:
    return tuple(mark for mark in marks if not mark.text.startswith("%") or mark.text.startswith("%("))


def _lost(wanted: Sequence[Placeholder], given: Iterable[Placeholder]) -> tuple[Placeholder, ...]:
    """What is wanted more often than it is given."""
    left = Counter(mark.key for mark in given)
    lost = []
    for mark in wanted:
        if left[mark.key] > 0:
            left[mark.key] -= 1
        else:
            lost.append(mark)
    return tuple(lost)


def _spared(missing: tuple[Placeholder, ...], wanted: Sequence[Placeholder], spare: int) -> tuple[Placeholder, ...]:
    """What is missing but for placeholders that stand for the number of things."""
    numbers = [mark for mark in missing if _is_number(mark.text)] or list(missing if len(wanted) == 1 else ())
    if not numbers and missing and not any(_is_number(mark.text) for mark in wanted):
        numbers = list(missing)
    return tuple(mark for mark in missing if mark not in numbers[:spare])


_NUMBER_NAME = re.compile(r"n|num|numbers?|.*count.*|.*total.*|.*_(?:length|num|number|days|hours|size)|amount|length")


def _is_number(text: str) -> bool:
    if text.startswith("%") and not text.startswith("%("):
        return text[-1] in "diun" or text[-1].isdigit()
    name = re.sub(r"\W", " ", text).split()
    return text[-1] in "di" or bool(name and _NUMBER_NAME.fullmatch(name[0].lower()))


def _added(
    known: Sequence[Placeholder], given: Sequence[Placeholder], source: str, more: str, kind: Family
) -> tuple[Placeholder, ...]:
    """What is given more often than it is known; a name may be repeated, a bare `%s` may not."""
    added = _lost(given, known)
    names = {mark.key for mark in known}
    if kind is Family.ANY and not any(mark.text.startswith("%") for mark in known) and "%" in source + more:
        # The source speaks of per cents: "%5" is how some languages write "5 %".
        added = tuple(mark for mark in added if not mark.text.startswith("%") or mark.text.startswith(("%(", "%{")))
    if "$" in source + more and not any(mark.text.startswith("$") for mark in known):
        added = tuple(mark for mark in added if not mark.text.startswith("$"))
    return tuple(mark for mark in added if mark.key not in names or not _may_repeat(mark))


def _may_repeat(mark: Placeholder) -> bool:
    match = _UNNAMED.fullmatch(mark.text)
    return not match or bool(match[1])


def _disordered(wanted: Sequence[Placeholder], given: Sequence[Placeholder]) -> tuple[Placeholder, ...]:
    types = dict(_arguments(wanted))
    return tuple(
        mark for mark, (place, kind) in zip(_unnamed(given), _arguments(given), strict=True) if types.get(place) != kind
    )


def _unnamed(marks: Sequence[Placeholder]) -> list[Placeholder]:
    return [mark for mark in marks if _UNNAMED.fullmatch(mark.text)]


def _arguments(marks: Sequence[Placeholder]) -> list[tuple[int, str]]:
    """Which argument each placeholder without a name takes, and as what: `%2$s` the second, as a string."""
    found = []
    for place, mark in enumerate(_unnamed(marks), 1):
        match = _UNNAMED.fullmatch(mark.text)
        assert match
        found.append((int(match[1]) if match[1] else place, _type(match[2])))
    return found


_ALIKE = {
    "a": "аɑ", "b": "Ьв", "c": "сц", "d": "дԁ", "e": "её", "f": "ф", "g": "г", "h": "һн", "i": "іиı", "j": "ј",
    "k": "к", "l": "л1|", "m": "м", "n": "пн", "o": "о0", "p": "рп", "r": "р", "s": "ѕсs", "t": "т", "u": "уи",
    "v": "в", "x": "хҳ", "y": "у", "z": "з", "%": "٪", "{": "{[", "}": "}]", "_": " ", "(": "[", ")": "]",
}  # fmt: skip
"""ASCII -> characters that replace it by eye, by ear or by full width."""


@lru_cache(maxsize=4096)
def mangled(text: str) -> re.Pattern[str]:
    """A pattern for what becomes of a placeholder when a machine or a keyboard in another layout handles it."""
    parts = [_one(character) for character in text if not character.isspace()]
    return re.compile(r"\\?\s*".join(parts), re.IGNORECASE)


def _one(character: str) -> str:
    wide = chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else ""
    choice = "".join(dict.fromkeys(character + wide + _ALIKE.get(character.lower(), "")))
    return f"[{re.escape(choice)}]"


def debris(mark: Placeholder, target: str) -> re.Match[str] | None:
    """Where a placeholder of the source stands damaged in the target: `% (x) s`, `%с`, `{ {x} }`."""
    for match in mangled(mark.text).finditer(target):
        if match[0].lower() == mark.text.lower():
            continue
        is_glued = len(mark.text) <= 3 and target[match.end() : match.end() + 1].isalpha()
        if not (is_glued and any(character.isspace() for character in match[0])):
            return match
    return None
