"""Dates and ages as readers of a language write them: "6 мая 2024 г.", "1 сол пеш", "acum 21 de ani".

Patterns, names and plural forms are those of Unicode CLDR, through Babel. They differ where published text does:

- Tajik: CLDR has `06 Май 2024`. Decrees write the month small, with the izafet, and the word for year: «9 сентябри соли
  2026», «7 январи соли 2022» (decree of the President no. 311, peshina.jumhuriyat.tj/index.php?art_id=45749), «30 июни
  соли 2021» (the government's decree no. 268, on the spelling rules themselves, art_id=45016). Without the word for
  year: `17 августи 2016` (global.steppingstone.ws, "Check the quality of your Tajik translation"). In figures the
  state news agency writes `01.07.2024` (khovar.tj); CLDR has `06/05/24`.
- Uzbek: CLDR has `6-may, 2024`. The spelling rules (Cabinet of Ministers, no. 339 of 24 August 1995, on ordinal numbers
  in figures) give `1991-yilning 1-sentabri`: year first, a hyphen behind both numbers.
- Uzbek in Cyrillic: CLDR has `6 май, 2024`. Laws write «2025 йил 6 майда», without hyphens (law no. ЎРҚ-1090 of
  23 October 2025, nrm.uz).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from tarjuma.model import Language

if TYPE_CHECKING:
    from babel import Locale

STYLES = ("full", "long", "medium", "short")
"""Names of the patterns of a date; `long` has the month in words."""

UNITS = ("year", "month", "week", "day")
"""What ages are counted in, longest first."""

FORMS = ("zero", "one", "two", "few", "many", "other")
"""CLDR's names of plural forms."""

OURS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("tg", "Cyrl"): {
        "full": "EEEE, d MMMM'и' 'соли' y",
        "long": "d MMMM'и' 'соли' y",
        "medium": "d MMMM'и' y",
        "short": "dd.MM.y",
    },
    ("uz", "Latn"): {"full": "y-'yil' d-MMMM, EEEE", "long": "y-'yil' d-MMMM"},
    ("uz", "Cyrl"): {"full": "y 'йил' d MMMM, EEEE", "long": "y 'йил' d MMMM"},
}
"""Language and script -> patterns that differ from CLDR's; the sources stand above."""

_SMALL = {("tg", "Cyrl")}
"""Where names of months and days are written small although CLDR has them large."""

_DAYS = {"year": 365, "month": 30, "week": 7, "day": 1}
"""As Babel counts them: a whole number of such units is named exactly."""

Filter = Callable[..., str]


def day(
    date: datetime.date, language: Language, overrides: Mapping[str, str] | None = None, style: str = "long"
) -> str:
    """Return a date as readers of a language write it.

    `overrides` are patterns of the site: a style or a unit -> a pattern, see `fault`.
    """
    locale = _locale(language.code)
    own = (language.code.partition("-")[0], language.script)
    pattern = (overrides or {}).get(style) or OURS.get(own, {}).get(style) or locale.date_formats[style].pattern
    return _formatted(date, pattern, locale, own in _SMALL)


def age(
    date: datetime.date, today: datetime.date, language: Language, overrides: Mapping[str, str] | None = None
) -> str:
    """Return how long ago a date was, in its longest unit: full years, else full months, weeks or days.

    Nothing is said to lie in the future: today and later dates come as `day`.
    """
    counted = since(_only_date(date), _only_date(today))
    if counted is None:
        return day(date, language, overrides)
    number, unit = counted
    locale = _locale(language.code)
    wishes = overrides or {}
    pattern = wishes.get(f"{unit}.{locale.plural_form(number)}") or wishes.get(unit)
    return pattern.replace("{0}", str(number)) if pattern else _counted(number, unit, locale)


def since(date: datetime.date, today: datetime.date) -> tuple[int, str] | None:
    """Return the number and the longest unit that fits between two days; None when it is not even one day.

    A year is full on the day of the same name; what happened on 29 February is a year old on 1 March.
    """
    if date >= today:
        return None
    months = (today.year - date.year) * 12 + today.month - date.month - (today.day < date.day)
    days = (today - date).days
    for number, unit in ((months // 12, "year"), (months, "month"), (days // 7, "week")):
        if number:
            return number, unit
    return days, "day"


def filters(language: Language, overrides: Mapping[str, str] | None = None) -> dict[str, Filter]:
    """Return the filters for a Jinja2 environment: `{{ post.date | day }}`, `{{ post.date | age(today) }}`.

    Both take dates, times, and text that begins with a date in ISO 8601.
    """

    def shown(date: datetime.date | str, style: str = "long") -> str:
        return day(_read(date), language, overrides, style)

    def counted(date: datetime.date | str, today: datetime.date | str) -> str:
        return age(_read(date), _read(today), language, overrides)

    return {"day": shown, "age": counted}


def fault(name: str, pattern: str) -> str:
    """Return what is wrong with a pattern of a site, "" when nothing is.

    Names are a style (`long = "d MMMM y"`, fields of CLDR), a unit of ages (`year = "{0} сол пеш"`), or a unit and a
    plural form (`"year.few" = "{0} года назад"`).
    """
    unit, dot, form = name.partition(".")
    if unit in UNITS and (not dot or form in FORMS):
        return "" if "{0}" in pattern else f"{name!r} needs {{0}} where the number goes"
    if name not in STYLES:
        known = ", ".join((*STYLES, *UNITS))
        return f"there is no date pattern {name!r}: {known}, or a unit with a plural form such as year.few"
    from babel.dates import parse_pattern

    try:
        parse_pattern(pattern)
        _formatted(datetime.date(2024, 5, 6), pattern, _locale("en"), is_small=False)
    except (KeyError, ValueError, AttributeError) as error:
        return f"{name!r} is no pattern of a date: {error.args[0] if error.args else error}"
    return ""


def _formatted(date: datetime.date, pattern: str, locale: Locale, is_small: bool) -> str:
    """A date by a pattern of CLDR; where names are small they are, and the pattern's own words stay."""
    from babel.dates import DateTimeFormat, tokenize_pattern

    fields = DateTimeFormat(date, locale)
    parts: list[str] = []
    for _, token in tokenize_pattern(pattern):
        if isinstance(token, str):
            parts.append(token)
            continue
        letter, count = token
        text = str(fields[letter * count])
        parts.append(text.lower() if is_small else text)
    return "".join(parts)


def _counted(number: int, unit: str, locale: Locale) -> str:
    from babel.dates import format_timedelta

    span = datetime.timedelta(days=-number * _DAYS[unit])
    return format_timedelta(span, granularity=unit, threshold=float("inf"), add_direction=True, locale=locale)  # type: ignore[arg-type]


@cache
def _locale(code: str) -> Locale:
    """CLDR's data for a language; what only a region or variant would add is left out where it is not known."""
    from babel import Locale, UnknownLocaleError

    while True:
        try:
            return Locale.parse(code, sep="-")
        except (UnknownLocaleError, ValueError):
            code, dash, _ = code.rpartition("-")
            if not dash:
                raise


def _read(value: datetime.date | str) -> datetime.date:
    return datetime.date.fromisoformat(value.strip()[:10]) if isinstance(value, str) else value


def _only_date(value: datetime.date) -> datetime.date:
    return value.date() if isinstance(value, datetime.datetime) else value
