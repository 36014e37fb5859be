"""The header names the language of the catalog and the encoding of its letters.

Programs read the first entry of a file to know how to read all others. Without the right charset Cyrillic, Armenian
and Georgian letters turn into signs like "Ð¥Ñƒ"; without the right language readers get another one, and checks judge
by wrong rules. In Poedit: Translation, Properties. Every catalog should say `charset=UTF-8`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from tarjuma import langs, po
from tarjuma._languages import INSTEAD
from tarjuma.checks import Context, Found
from tarjuma.errors import PoError, UsageError
from tarjuma.model import Catalog, Language, Severity
from tarjuma.po.header import charset_of, codec

SEVERITY = Severity.ERROR
_CATALOG = """msgid ""
msgstr ""
"Language: {}\\n"
"Content-Type: {}\\n"

msgid "Photo"
msgstr "Լուսանկար"
"""
_UTF8 = "text/plain; charset=UTF-8"
GOOD = [("hy", _CATALOG.format("hy", _UTF8)), ("hy", _CATALOG.format("hy_AM", _UTF8))]
BAD = [
    ("hy", _CATALOG.format("", _UTF8)),
    ("hy", _CATALOG.format("Armenian", _UTF8)),
    ("hy", _CATALOG.format("hy", "text/plain; charset=CHARSET")),
    ("hy", _CATALOG.format("hy", "text/plain")),
    ("hy", _CATALOG.format("hy", "text/plain; charset=ISO-8859-1")),
    ("hy", 'msgid "Photo"\nmsgstr "Լուսանկար"\n'),
]

_TEMPLATE = {
    "Project-Id-Version": re.compile(r"PACKAGE VERSION"),
    "Last-Translator": re.compile(r"FULL NAME <EMAIL@ADDRESS>"),
    "Language-Team": re.compile(r"LANGUAGE <LL@li\.org>"),
    "PO-Revision-Date": re.compile(r"YEAR-MO-DA HO:MI\+ZONE"),
}
"""What xgettext writes for people to fill in."""
_DATES = ("POT-Creation-Date", "PO-Revision-Date")
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?(?:[ T]\d\d?:\d\d(?::\d\d)?(?:\.\d+)?(?: ?[+-]\d\d:?\d\d| ?[A-Z]{1,5})?)?")
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_@.][A-Za-z0-9-]+)*")
_TWINS = {"am": "[\u0531-\u058f]", "kg": "[\u0400-\u04ff]"}
"""Codes of a country and of another language (Amharic, Kongo) -> letters that the other one is not written in."""
_ISO_639_2 = 3
"""Letters of a code that is right but longer than gettext wants where there is one of two."""
_ABOUT_CHARSET = re.compile(r"\bcharset\b|cannot be written back")
_USUAL = re.compile(r"not UTF-8, the file's charset")


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield what a header lacks, contradicts, or still has from the template."""
    if catalog.path.endswith(".pot"):
        return
    if not catalog.header:
        if catalog.entries:
            yield Found("no header: nothing says which language this is and how its letters are encoded", line=1)
        return
    yield from _charset(catalog)
    yield from _language(catalog, context)
    yield from _left_over(catalog)
    yield from _dates(catalog)


def is_about_charset(error: PoError) -> bool:
    """Say whether a file cannot be read because its header names a wrong charset."""
    return bool(_ABOUT_CHARSET.search(error.message)) and not _USUAL.search(error.message)


def _charset(catalog: Catalog) -> Iterator[Found]:
    line = po.header_line(catalog, "Content-Type")
    if "Content-Type" not in catalog.header:
        # gettext takes such a file for ASCII
        severity = Severity.ERROR if _other_letters(catalog) else Severity.WARNING
        yield Found("no Content-Type in the header; write text/plain; charset=UTF-8", line=line, severity=severity)
        return
    charset = charset_of(catalog.header)
    if not charset:
        yield Found("Content-Type names no charset; write text/plain; charset=UTF-8", line=line)
    elif charset == "CHARSET":
        yield Found("the charset was never filled in: CHARSET; write charset=UTF-8", line=line)
    elif _is_disguised(catalog, charset):
        yield Found("the header says {charset}, but the file is in UTF-8", {"charset": charset}, line=line)


def _is_disguised(catalog: Catalog, charset: str) -> bool:
    """Whether the letters of a file make sense as UTF-8 although its header names another charset."""
    try:
        name = codec(charset)
        if name == "utf-8" or not (letters := _other_letters(catalog)):
            return False
        return len(letters.encode(name).decode("utf-8")) < len(letters)
    except (LookupError, UnicodeError):
        return False


def _other_letters(catalog: Catalog) -> str:
    """The first texts of a catalog that are not ASCII."""
    texts = (text for entry in catalog.entries for text in (*entry.targets, entry.key.text) if not text.isascii())
    return "".join(text for text, _ in zip(texts, range(20), strict=False))


def _language(catalog: Catalog, context: Context) -> Iterator[Found]:
    line = po.header_line(catalog, "Language")
    code = catalog.header.get("Language", "")
    place = context.language if context.is_project else _of_path(catalog.path)
    values = {"code": code, "place": place.code if place else ""}
    if not code:
        # a catalog of the source language is a list of texts, nobody shows it to readers
        is_source = bool(place and _bare(place) == _bare(context.source_language))
        severity = Severity.INFO if is_source else SEVERITY
        if place:
            yield Found("no Language in the header; write Language: {place}", values, line=line, severity=severity)
        else:
            yield Found("no Language in the header", line=line)
        return
    try:
        said = langs.language(code)
    except UsageError as error:
        values |= {"hint": error.hint.rstrip(".")}
        severity = _severity(code, catalog, place)
        yield Found("Language: {code} is no code that we know. {hint}", values, line=line, severity=severity)
        return
    if place and _bare(said) != _bare(place):
        yield Found("the header says Language: {code}, but the file stands where {place} belongs", values, line=line)


def _bare(language: Language) -> tuple[str, str]:
    return language.code.partition("-")[0], language.script


def _severity(code: str, catalog: Catalog, place: Language | None) -> Severity:
    """How much it weighs that nobody here knows a code.

    Little, when it is well formed and nobody's usual mistake: some language that CLDR has not got. The code of a
    country that is another language's code is a mistake where the letters, or the file's place, say so.
    """
    name = code.lower()
    if not _CODE.fullmatch(code):
        return SEVERITY
    if name not in INSTEAD:
        return Severity.INFO
    if name in _TWINS:
        is_meant = place is not None and place.code == INSTEAD[name][0]
        return SEVERITY if is_meant or re.search(_TWINS[name], _other_letters(catalog)) else Severity.INFO
    return Severity.WARNING if len(name) == _ISO_639_2 else SEVERITY


def _of_path(path: str) -> Language | None:
    """The language that a path names: ru/LC_MESSAGES/x.po, ru.po, x.ru.po or ru/x.po; None when it names none."""
    *folders, name = path.replace("\\", "/").split("/")
    stem = name.removesuffix(".po")
    folder = folders[-1] if folders else ""
    if folder == "LC_MESSAGES":
        return _known(folders[-2]) if len(folders) > 1 else None
    return _known(stem) or _known(stem.rpartition(".")[2]) or _known(folder)


def _known(code: str) -> Language | None:
    """The row of a code that is in the table; asking CLDR about every folder's name would take too long."""
    if not _CODE.fullmatch(code) or re.split(r"[-_@.]", code)[0].lower() not in langs.LANGUAGES:
        return None
    try:
        return langs.language(code)
    except UsageError:
        return None


def _left_over(catalog: Catalog) -> Iterator[Found]:
    fields = [name for name, pattern in _TEMPLATE.items() if pattern.fullmatch(catalog.header.get(name, ""))]
    if fields:
        line = po.header_line(catalog, fields[0])
        values = {"fields": ", ".join(fields)}
        yield Found("still as in the template: {fields}", values, line=line, severity=Severity.INFO)


def _dates(catalog: Catalog) -> Iterator[Found]:
    for name in _DATES:
        date = catalog.header.get(name, "")
        if date and not _TEMPLATE["PO-Revision-Date"].fullmatch(date) and not _is_date(date):
            line = po.header_line(catalog, name)
            values = {"field": name, "date": date}
            yield Found("{field} is no date: {date}", values, line=line, severity=Severity.INFO)


def _is_date(date: str) -> bool:
    if not _DATE.fullmatch(date):
        return False
    year, month, day = map(int, re.findall(r"\d+", date)[:3])
    clock = re.search(r"(\d\d?):(\d\d)", date)
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
    try:
        datetime(year, month, day, hour, minute)
    except ValueError:
        return False
    return True
