"""Uzbek in two alphabets: each rule with its words, and how many published words come out right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import uzbek
from tests.laws import EXAMPLES

PAIRS = Path(__file__).with_name("uzbek_pairs.txt")
LEAST_PAIRS = 2_000
WRONG_CYRILLIC, WRONG_LATIN = 0.01, 0.001
"""The share of published words that may come out otherwise; docs/drafting.md names those that do."""
_SIGNS = re.compile(f"[{uzbek.SIGNS}]")

BOTH = [
    ("Oʻzbekiston", "Ўзбекистон"),
    ("togʻ", "тоғ"),
    ("yoʻl", "йўл"),
    ("yigʻilish", "йиғилиш"),
    ("Yangi yil", "Янги йил"),
    ("dunyo", "дунё"),
    ("eng", "энг"),
    ("yer", "ер"),
    ("poyezd", "поезд"),
    ("Yevropa", "Европа"),
    ("poeziya", "поэзия"),
    ("aeroport", "аэропорт"),
    ("sanʼat", "санъат"),
    ("eʼlon", "эълон"),
    ("moʻjiza", "мўъжиза"),
    ("obyekt", "объект"),
    ("subyekt", "субъект"),
    ("premyera", "премьера"),
    ("Isʼhoq", "Исҳоқ"),
    ("asʼhob", "асҳоб"),
    ("xalq", "халқ"),
    ("shahar", "шаҳар"),
    ("choy", "чой"),
    ("konstitutsiya", "конституция"),
    ("aksiya", "акция"),
    ("inflyatsiya", "инфляция"),
    ("sirk", "цирк"),
    ("sement", "цемент"),
    ("abzas", "абзац"),
    ("fransuzcha", "французча"),
    ("pensiya", "пенсия"),
    ("versiya", "версия"),
    ("oktabr", "октябрь"),
    ("sentabr", "сентябрь"),
    ("yanvarda", "январда"),
    ("albomlar", "альбомлар"),
    ("videofilmlar", "видеофильмлар"),
    ("kompyuterda", "компьютерда"),
    ("batalyon", "батальон"),
    ("rayon", "район"),
    ("budjet", "бюджет"),
    ("rejissor", "режиссёр"),
    ("AQSHning", "АҚШнинг"),
    ("SHAHAR", "ШАҲАР"),
    ("GʻOZ", "ҒОЗ"),
    ("OKTABR", "ОКТЯБРЬ"),
    ("Sh. Rashidov", "Ш. Рашидов"),
]
NATIVE = [
    ("aytsa", "айтса"),
    ("ketsin", "кетсин"),
    ("davlatsiz", "давлатсиз"),
    ("pulsiz", "пулсиз"),
    ("metr", "метр"),
    ("tilda", "тилда"),
    ("sirka", "сирка"),
    ("daraxtsimon", "дарахтсимон"),
    ("aksioma", "аксиома"),
    ("olgani", "олгани"),
]
"""Words that only look like loans with ц or ь."""


@pytest.mark.parametrize(("latin", "cyrillic"), BOTH + NATIVE)
def test_a_word_goes_both_ways(latin: str, cyrillic: str) -> None:
    assert uzbek.cyrillic(latin) == cyrillic
    assert uzbek.latin(cyrillic) == latin


@pytest.mark.parametrize("sign", uzbek.SIGNS)
def test_whatever_apostrophe_is_typed_is_read(sign: str) -> None:
    assert uzbek.cyrillic(f"o{sign}zbek to{sign}g{sign}ri ma{sign}no") == "ўзбек тўғри маъно"


def test_newer_letters_are_read_too() -> None:
    assert uzbek.cyrillic("şahar çoy köl tağ Özbek") == "шаҳар чой кўл тағ Ўзбек"


@pytest.mark.parametrize("text", ["Windows", "Microsoft", "café", "web", "", "2024", "…"])
def test_words_with_letters_that_uzbek_has_not_stay(text: str) -> None:
    assert uzbek.cyrillic(text) == text


def test_quotation_marks_are_no_letters() -> None:
    assert uzbek.cyrillic("‘blog’ ‘togʻ’ 'blog' tog‘ tog'") == "‘блог’ ‘тоғ’ 'блог' тоғ тоғ"


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text())
def test_any_text_has_a_cyrillic_and_a_latin(text: str) -> None:
    assert uzbek.latin(uzbek.latin(text)) == uzbek.latin(text)
    uzbek.cyrillic(text)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(st.characters(exclude_categories=["L", "M"], exclude_characters=uzbek.SIGNS)))
def test_what_is_no_letter_stays(text: str) -> None:
    assert uzbek.latin(text) == text == uzbek.cyrillic(text)


def _pairs() -> list[tuple[str, tuple[str, ...]]]:
    """Latin word and its Cyrillic spellings, as published."""
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    return [(row[0], tuple(row[1:])) for row in rows]


def _plain(word: str) -> str:
    return _SIGNS.sub("'", word).lower()


def test_99_of_100_published_latin_words_get_their_cyrillic() -> None:
    pairs = _pairs()
    wrong = [(latin, uzbek.cyrillic(latin)) for latin, spellings in pairs if uzbek.cyrillic(latin) not in spellings]
    assert len(pairs) >= LEAST_PAIRS
    assert len(wrong) <= len(pairs) * WRONG_CYRILLIC, wrong


def test_999_of_1000_published_cyrillic_words_get_their_latin() -> None:
    by_cyrillic: dict[str, set[str]] = {}
    for latin, spellings in _pairs():
        for spelling in spellings:
            by_cyrillic.setdefault(spelling, set()).add(_plain(latin))
    wrong = [word for word, latin in by_cyrillic.items() if _plain(uzbek.latin(word)) not in latin]
    assert len(by_cyrillic) >= LEAST_PAIRS
    assert len(wrong) <= len(by_cyrillic) * WRONG_LATIN, wrong
