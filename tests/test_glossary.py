"""glossary.csv: how it is read, what is said about its mistakes, and which translations use its terms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import checks, glossary, langs
from tarjuma.checks import Context
from tarjuma.glossary import Term
from tarjuma.model import Entry, Key, Message, Severity
from tarjuma.pair import Pair
from tests.laws import EXAMPLES

ENGLISH = langs.language("en")
TABLE = """source,action,ru,tg,forbidden,note
CICED,keep,,,ru:СИСЕД,Never translated
scholarship,,стипендия,стипендия,"ru:пособие, выплата; tg:нафақа",
primary school,translate,начальная школа,синфҳои ибтидоӣ,,
school,translate,школа,мактаб,,
Center,translate,Центр,Марказ,tg:Сентр,This one only
CIS,expand-first,СНГ;Содружество Независимых Государств,ИДМ,tg:СНГ,
company,,компания | фирма,ширкат,,
credit,,кредит*,кредит*,,
"""


def told(language: str, source: str, target: str, table: str = TABLE) -> list[str]:
    """The messages of the check about one text."""
    row = langs.language(language)
    pair = Pair(Entry(Message(Key(None, source)), (target,)), 0, row)
    context = Context(row, ENGLISH, glossary=glossary.parse(table))
    found = checks.module("glossary").check(pair, context)
    return [each.message.format(**each.values) for each in found]


USED = [
    ("ru", "The scholarships are paid.", "Стипендии выплачены."),
    ("ru", "A student's scholarship’s end", "Конец стипендий студента"),
    ("ru", "Scholarship holders", "Получатели стипендии"),
    ("ru", "two primary schools", "двух начальных школ"),
    ("tg", "two primary\nschools", "дар синфҳои ибтидоӣ"),
    ("ru", "companies", "Фирмы"),
    ("ru", "companies", "компаниями"),
    ("ru", "The CIS countries", "Страны Содружества Независимых Государств"),
    ("ru", "The CIS countries", "Страны CIS (Содружество)"),
    ("tg", "of CICED", "CICED-ро"),
    ("ru", "a center of the city", "середина города"),
    ("ru", "accredited and scholarly", "признанный и учёный"),
    ("ru", "the `scholarship` field", "поле `scholarship`"),
    ("ru", "credit", "кредитование"),
    ("ky", "scholarship", "эч нерсе"),
]
MISSED = [
    ("ru", "The scholarships are paid.", "Деньги перечислены.", "стипендия"),
    ("ru", "two primary schools", "две школы", "начальная школа"),
    ("ru", "a report of CICED", "доклад Центра", "CICED"),
    ("tg", "The Center decides", "Созмон қарор медиҳад", "Марказ"),
    ("ru", "credit", "займ", "кредит*"),
]


@pytest.mark.parametrize(("language", "source", "target"), USED)
def test_a_term_may_stand_in_any_of_its_forms(language: str, source: str, target: str) -> None:
    assert told(language, source, target) == []


@pytest.mark.parametrize(("language", "source", "target", "wanted"), MISSED)
def test_a_term_that_is_translated_otherwise_is_found(language: str, source: str, target: str, wanted: str) -> None:
    (message,) = told(language, source, target)
    assert f"has {wanted} for" in message


def test_the_longest_term_wins() -> None:
    assert told("ru", "a primary school", "начальная школа") == []
    assert told("tg", "a primary school", "синфҳои ибтидоӣ") == []


def test_a_forbidden_word_is_found_where_it_stands() -> None:
    assert told("tg", "The CIS is old.", "СНГ (ИДМ) кӯҳна аст.") == ["the glossary forbids СНГ for CIS"]
    assert told("ru", "Scholarships", "Пособия и стипендии") == []  # another form of пособие: only its own beginning
    assert told("ru", "Scholarships", "Выплата стипендии") == ["the glossary forbids выплата for scholarship"]


FORMS = [
    ("uk", "школа", "шкіл"), ("uk", "рік", "роки"), ("ru", "день", "дня"), ("ru", "отец", "отцы"),
    ("be", "мова", "моў"), ("ro", "școală", "școli"), ("ro", "bursă", "bursele"), ("kk", "мектеп", "мектебі"),
    ("kk", "кітап", "кітаптарымыз"), ("ky", "китеп", "китебине"), ("uz", "oʻquvchi", "o'quvchilarga"),
    ("uz-Cyrl", "ўқувчи", "ўқувчиларнинг"), ("az", "uşaq", "uşağın"), ("tk", "kitap", "kitaby"),
    ("tg", "хонанда", "хонандагон"), ("hy", "դպրոց", "դպրոցների"), ("hy", "ուսուցիչ", "ուսուցչի"),
    ("ka", "სკოლა", "სკოლის"), ("ka", "მასწავლებელი", "მასწავლებლების"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "term", "form"), FORMS)
def test_each_language_bends_its_words(language: str, term: str, form: str) -> None:
    table = f"source,{language}\nthing,{term}\n"
    assert told(language, "the thing", f"– {form} –", table) == []


OTHERS = [
    ("uk", "школа", "ліцей"), ("ru", "учитель", "преподаватель"), ("ro", "bursă", "fonduri"), ("kk", "мектеп", "лицей"),
    ("uz", "oʻquvchi", "talaba"), ("az", "uşaq", "körpə"), ("hy", "դպրոց", "վարժարան"), ("ka", "სკოლა", "ლიცეუმი"),
    ("tg", "омӯзгор", "муаллим"), ("tk", "mekdep", "okuw jaýy"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "term", "word"), OTHERS)
def test_another_word_is_no_form(language: str, term: str, word: str) -> None:
    table = f"source,{language}\nthing,{term}\n"
    assert len(told(language, "the thing", f"– {word} –", table)) == 1


FILES = [
    b"source,ru\nschool,\xd1\x88\xd0\xba\xd0\xbe\xd0\xbb\xd0\xb0\n",
    b"\xef\xbb\xbfsource;ru\r\nschool;\xd1\x88\xd0\xba\xd0\xbe\xd0\xbb\xd0\xb0\r\n",
    "source\tru\nschool\tшкола\n".encode("utf-16"),
    'Term,RU,Comment\n"school","школа","a, b"\n'.encode(),
    "en,ru_RU,ru\nschool,,школа\n".encode(),
]


@pytest.mark.parametrize("content", FILES)
def test_programs_write_csv_in_many_ways(content: bytes) -> None:
    reading = glossary.read(content, "glossary.csv")
    assert reading.problems == ()
    assert [(term.source, term.targets["ru"]) for term in reading.glossary.terms] == [("school", "школа")]


def test_a_line_of_the_table_becomes_a_term() -> None:
    term = glossary.parse(TABLE).by_source["scholarship"]
    assert term == Term(
        "scholarship", "translate", {"ru": "стипендия", "tg": "стипендия"},
        {"ru": ("пособие", "выплата"), "tg": ("нафақа",)},
    )  # fmt: skip


MISTAKES = [
    ("source,ru\nшкола,x\n".encode("cp1251"), 1, Severity.ERROR, "windows-1251"),
    (b"\x00\xff\x00\xfe", 1, Severity.ERROR, "no text"),
    (b"term_en,ru\na,b\n", 1, Severity.ERROR, "'source'"),
    (b'source,ru\n"school,x\n', 2, Severity.ERROR, "quotes"),
    (b"source,tj\nschool,x\n", 1, Severity.WARNING, "Did you mean 'tg'?"),
    (b"source,ru,ru\nschool,x,y\n", 1, Severity.WARNING, "two columns"),
    (b"source,ru\nschool,x,y\n", 2, Severity.WARNING, "quotes"),
    (b"source,ru\n\n,x\n", 3, Severity.WARNING, "no term"),
    (b"source,action,ru\nschool,translit,x\n", 2, Severity.WARNING, "translit"),
    (b"source,ru\nschool,x\nschool,y\n", 3, Severity.WARNING, "line 2"),
]


@pytest.mark.parametrize(("content", "line", "severity", "words"), MISTAKES)
def test_a_mistake_in_the_file_is_told_with_its_line(content: bytes, line: int, severity: Severity, words: str) -> None:
    (problem,) = glossary.read(content, "glossary.csv").problems
    assert (problem.path, problem.line, problem.severity, problem.check) == ("glossary.csv", line, severity, "glossary")
    assert words in problem.message or words == "no text"


def test_an_empty_file_is_a_glossary_without_terms() -> None:
    assert glossary.read(b"", "glossary.csv") == glossary.Reading(glossary.Glossary())


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=60),
        st.text(max_size=60).map(lambda text: f"source,ru,tg\n{text}".encode("utf-8", "replace")),
    )
)
def test_any_bytes_are_read_without_a_crash(content: bytes) -> None:
    reading = glossary.read(content, "glossary.csv")
    for term in reading.glossary.terms:
        assert term.source
        assert reading.glossary.finder.search(f" {term.source} ") or not term.source.strip()
