"""What a glossary means for drafts: what is kept, what engines are told, what is written in full."""

from __future__ import annotations

import pytest

from tarjuma import glossary, terms
from tarjuma.glossary import Glossary, Term

TABLE = """source,action,ru,be,tg,uz,note
CICED,keep,,,,,The abbreviation of the Center
Tajik Forum,keep,,,,,
CIS,expand-first,СНГ; Содружество Независимых Государств,СНД; Садружнасць Незалежных Дзяржаў,,MDH,
UNESCO,expand-first,Организация по вопросам образования (ЮНЕСКО),,ЮНЕСКО,,
NGO,expand-first,неправительственная организация,,,,
scholarship,translate,стипендия | грант,стыпендыя,стипендия,stipendiya,
company,,компания*,,ширкат,,
Dushanbe,transliterate,Душанбе,,Душанбе,Dushanbe,
Georgia,translate,штат Джорджия,,,,
"""
GLOSSARY = glossary.parse(TABLE)

KEPT = [
    ("CICED and the CIS", ["CICED", "CIS"]),
    ("CICED’s report, the CICED-run school", ["CICED", "CICED"]),
    ("Meet the Tajik\nForum of 2024", ["Tajik\nForum"]),
    # no term: another word, other letters, code, an address, a term that is to be translated
    ("CICEDs", []),
    ("CISCO, precis", []),
    ("ciced", []),
    ("Run `CICED` at https://CICED.example/CIS/ {CICED}", []),
    ("A scholarship in Dushanbe", []),
]


@pytest.mark.parametrize(("text", "kept"), KEPT)
def test_what_no_engine_may_touch(text: str, kept: list[str]) -> None:
    assert [text[start:end] for start, end in terms.keep_spans(text, GLOSSARY)] == kept


TOLD = [
    ("ru", "Scholarships and a scholarship", {"scholarship": "стипендия"}),
    ("ru", "The company's and other companies", {"company": "компания"}),
    ("tg", "Companies of Dushanbe", {"company": "ширкат", "Dushanbe": "Душанбе"}),
    # names of CLDR; the glossary's own translation counts more
    ("ru", "From Georgia and Tajikistan", {"Georgia": "штат Джорджия", "Tajikistan": "Таджикистан"}),
    ("hy", "A scholarship in Kazakhstan", {"Kazakhstan": "Ղազախստան"}),
    ("be", "The course is in Tajik", {"Tajik": "таджыкская"}),
    # where the glossary has no word for a language, nothing is told
    ("be", "A company", {}),
    ("kk", "A company", {}),
    # what is masked, and what stands in code
    ("ru", "CICED and the CIS", {}),
    ("ru", "The `scholarship` of {company}", {}),
    # where the script is all that differs, a rule has the word
    ("uz-Cyrl", "The Dushanbe road", {"Dushanbe": "Душанбе"}),
]


@pytest.mark.parametrize(("language", "text", "told"), TOLD)
def test_what_engines_are_told(language: str, text: str, told: dict[str, str]) -> None:
    assert dict(terms.terms_in(text, GLOSSARY, "en", language)) == told


def test_terms_of_a_translation_are_those_of_its_language() -> None:
    russian = terms.in_language(GLOSSARY, "ru")
    text = "Узнайте: стипендия, CICED, СНГ и CIS"
    assert dict(terms.terms_in(text, russian, "ru", "be")) == {"стипендия": "стыпендыя"}
    assert [text[start:end] for start, end in terms.keep_spans(text, russian)] == ["CICED", "СНГ"]
    assert terms.in_language(GLOSSARY, "kk").by_source.keys() == {"ciced", "tajik forum", "cis", "unesco", "ngo"}
    latin = terms.in_language(glossary.parse("source,action,uz\nSamarkand,transliterate,Samarqand\n"), "uz")
    assert terms.terms_in("Samarqand", latin, "uz", "uz-Cyrl") == (("Samarqand", "Самарқанд"),)


FIRST = [
    ({"a": "The CIS is old.", "b": "The CIS again."}, {"a": ["CIS"]}),
    ({"a": "No name.", "b": "An NGO of the CIS"}, {"b": ["CIS", "NGO"]}),
    ({"a": "`CIS` is code", "b": "The CIS"}, {"b": ["CIS"]}),
    # written in full by the author
    ({"a": "The Commonwealth of Independent States (CIS)", "b": "The CIS"}, {}),
    ({"a": "NGOs and CISCO"}, {}),
]


@pytest.mark.parametrize(("texts", "first"), FIRST)
def test_the_first_text_of_a_post_that_uses_a_name(texts: dict[str, str], first: dict[str, list[str]]) -> None:
    found = terms.first_uses(texts.items(), GLOSSARY)
    assert {place: [term.source for term in each] for place, each in found.items()} == first


CIS, UNESCO, NGO = (GLOSSARY.by_source[name] for name in ("cis", "unesco", "ngo"))
EXPANDED = [
    ("ru", CIS, "CIS и CIS", "Содружество Независимых Государств (СНГ) и СНГ"),
    ("ru", CIS, "**CIS** — `CIS`", "**Содружество Независимых Государств (СНГ)** — `CIS`"),
    ("ru", CIS, "[CIS](/CIS) и CIS", "[Содружество Независимых Государств (СНГ)](/CIS) и СНГ"),
    ("ru", UNESCO, "О UNESCO", "О Организация по вопросам образования (ЮНЕСКО)"),
    ("ru", NGO, "Одна NGO и NGO", "Одна неправительственная организация (NGO) и NGO"),
    # no full name in this language
    ("tg", UNESCO, "Дар UNESCO", "Дар ЮНЕСКО"),
    ("uz", CIS, "CIS-ning", "MDH-ning"),
    ("kk", CIS, "CIS елдері", "CIS елдері"),
    # it is there already, or nowhere
    ("ru", CIS, "Содружество Независимых Государств, CIS", "Содружество Независимых Государств, СНГ"),
    ("ru", CIS, "Здесь CISCO", "Здесь CISCO"),
]


@pytest.mark.parametrize(("language", "term", "answer", "written"), EXPANDED)
def test_a_name_is_written_in_full_once(language: str, term: Term, answer: str, written: str) -> None:
    assert terms.expanded(answer, term, term.source, language) == written


def test_a_name_that_comes_from_a_translation_keeps_the_abbreviation_that_it_has_there() -> None:
    term = Term("CIS", "expand-first", {"ru": "СНГ", "be": "Садружнасць Незалежных Дзяржаў"})
    assert terms.expanded("Краіны СНГ", term, "СНГ", "be") == "Краіны Садружнасць Незалежных Дзяржаў (СНГ)"


def test_later_uses_have_the_abbreviation_of_their_language() -> None:
    assert terms.abbreviated("CIS, CIS", CIS, "CIS", "ru") == "СНГ, СНГ"
    assert terms.abbreviated("Краіны СНГ", CIS, "СНГ", "be") == "Краіны СНД"
    assert terms.abbreviated("Одна NGO", NGO, "NGO", "ru") == "Одна NGO"


def test_a_site_without_a_glossary_keeps_nothing_and_knows_countries() -> None:
    assert terms.keep_spans("CICED", Glossary()) == ()
    assert terms.terms_in("Uzbekistan", Glossary(), "en", "kk") == (("Uzbekistan", "Өзбекстан"),)
    assert terms.first_uses([("a", "CIS")], Glossary()) == {}
