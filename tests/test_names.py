"""The names of countries and languages as a glossary that is always there."""

from __future__ import annotations

import pytest

from tarjuma import langs, names

FOUND = [
    ("ru", "Schools of Tajikistan, Armenia and Uzbekistan", ["Таджикистан", "Армения", "Узбекистан"]),
    ("tg", "Come to Kazakhstan", ["Қазоқистон"]),
    ("hy", "The USA and the United States", ["Միացյալ Նահանգներ", "Միացյալ Նահանգներ"]),
    ("ru", "In the Czech Republic", ["Чехия"]),
    # languages, where the words around speak of one
    ("ru", "It is written in Tajik.", ["таджикский"]),
    ("ru", "The Uzbek language and Kyrgyz-speaking pupils", ["узбекский", "киргизский"]),
    ("uk", "Translated from Russian", ["російська"]),
    # people and things of a country, and names that are something else too
    ("ru", "Tajik pupils and Russian songs, in Russian schools", []),
    ("ru", "Georgia, Jordan and Chad play for Turkey", []),
    ("ru", "New Ireland, tajikistan, Tajikistans", []),
    ("ru", "Afro-Armenia-n", []),
]


@pytest.mark.parametrize(("language", "text", "found"), FOUND)
def test_countries_and_languages_of_a_text(language: str, text: str, found: list[str]) -> None:
    assert [name for _, name in names.found(text, "en", language)] == found


def test_every_language_of_the_table_has_names() -> None:
    lacking = []
    for language in langs.LANGUAGES.values():
        if language.code != "en" and not names.found("In Tajikistan", "en", language.code):
            lacking.append(language.code)
    assert lacking == []


def test_names_come_from_any_language_cldr_has() -> None:
    assert names.found("Школы: Таджикистан", "ru", "be") == (("Таджикистан", "Таджыкістан"),)
    assert names.found("In Tajikistan", "en", "en") == ()
    assert names.found("In Tajikistan", "en", "tlh") == ()


def test_words_of_names_are_known_by_their_spelling() -> None:
    assert {"Armaniston", "Toshkent"} <= names.spellings("uz")
    assert names.spellings("tlh") == frozenset()
