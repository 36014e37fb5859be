"""chrF by its published definition, and what is said of engines by what people made of their drafts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import quality
from tarjuma.quality import Judgement, Verdict
from tests.laws import EXAMPLES

SCORES = [
    ("Мы переводим сайты", "Мы переводим сайты на таджикский", 58.234072933552525),
    ("Ҷаҳон", "Ҷаҳони нав", 45.81500973253551),
    ("The cat sat on the mat.", "A cat sat on a mat.", 55.77074553591104),
    ("да", "нет", 0.0),
    ("a", "a", 100.0),
    ("Салом", "Салом, ҷаҳон!", 33.310548831508605),
]
"""Draft, reviewed text, and what sacreBLEU 2.6.0 says (`CHRF().sentence_score`)."""


@pytest.mark.parametrize(("draft", "reviewed", "score"), SCORES)
def test_chrf_is_what_other_tools_compute(draft: str, reviewed: str, score: float) -> None:
    assert quality.chrf([(draft, reviewed)]) == pytest.approx(score, abs=1e-9)


def test_chrf_of_several_texts_is_counted_over_all_of_them() -> None:
    pairs = [("Мы переводим сайты", "Мы переводим сайты на таджикский"), ("Ҷаҳон", "Ҷаҳони нав"), ("да", "нет")]
    assert quality.chrf(pairs) == pytest.approx(53.40575225057792, abs=1e-9)  # sacreBLEU's corpus_score
    assert quality.chrf([]) == 0


@settings(max_examples=EXAMPLES)
@given(st.text(), st.text())
def test_chrf_lies_between_nothing_and_everything(one: str, other: str) -> None:
    assert 0 <= quality.chrf([(one, other)]) <= 100 + 1e-9
    if one.split():
        assert quality.chrf([(one, one)]) == pytest.approx(100)


def test_white_space_is_no_letter() -> None:
    assert quality.chrf([("a b\nc", "ab c")]) == pytest.approx(100)


@pytest.mark.parametrize(
    ("draft", "reviewed", "verdict"),
    [
        ("Салом, ҷаҳон", "Салом, ҷаҳон", Verdict.UNCHANGED),
        ("Салом, ҷаҳон", "Салом, ҷаҳон!", Verdict.EDITED),
        ("Мы переводим сайты", "Мы переводим сайты на таджикский", Verdict.EDITED),
        ("Ошибка сервера", "Добро пожаловать", Verdict.REJECTED),
    ],
)
def test_what_is_left_of_a_draft_tells_what_a_person_thought_of_it(draft: str, reviewed: str, verdict: Verdict) -> None:
    assert quality.verdict(draft, reviewed) is verdict


def test_each_engine_has_a_row_for_each_language_and_route() -> None:
    rows = quality.rows(
        [
            Judgement("tg", "google", "en>tg", Verdict.UNCHANGED, "Салом", "Салом"),
            Judgement("tg", "google", "en>tg", Verdict.EDITED, "Салом", "Салом, ҷаҳон!"),
            Judgement("tg", "google", "en>tg", Verdict.REJECTED),
            Judgement("tg", "google", "en>tg", Verdict.WAITING),
            Judgement("be", "apertium", "ru>be", Verdict.WAITING),
        ]
    )
    assert [(row.language, row.engine, row.route, row.judged) for row in rows] == [
        ("be", "apertium", "ru>be", 0),
        ("tg", "google", "en>tg", 3),
    ]
    assert (rows[0].chrf, rows[0].share(Verdict.UNCHANGED)) == (None, None)
    assert rows[1].share(Verdict.REJECTED) == pytest.approx(1 / 3)
    assert rows[1].chrf == pytest.approx(quality.chrf([("Салом", "Салом"), ("Салом", "Салом, ҷаҳон!")]))
