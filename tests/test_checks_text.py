"""Checks of the text itself: numbers, final marks, edges, lines, doubled and missing words."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import checks, langs
from tarjuma.checks import Context, Found
from tarjuma.model import Catalog, Entry, Key, Message, Severity
from tarjuma.pair import Pair
from tests.laws import EXAMPLES, SHARED

ENGLISH = langs.language("en")
NAMES = (
    "number-changed", "end-punctuation", "edge-space", "newline", "doubled-word", "doubled-sentence", "truncated",
    "too-long", "ellipsis-style", "empty", "inconsistent", "glossary",
)  # fmt: skip


def entry(
    source: str, *targets: str, plural: str | None = None, context: str | None = None, **message: object
) -> Entry:
    return Entry(Message(Key(context, source, plural), **message), targets)  # type: ignore[arg-type]


def told(name: str, language: str, *entries: Entry, is_project: bool = False) -> list[Found]:
    """What a check finds in a catalog of these entries."""
    module = checks.module(name)
    row = langs.language(language)
    context = Context(row, ENGLISH, is_project=is_project)
    if hasattr(module, "check_catalog"):
        return list(module.check_catalog(Catalog("a.po", row.code, {}, entries), context))
    pairs = (Pair(each, form, row) for each in entries for form in range(len(each.targets)))
    return [found for pair in pairs for found in module.check(pair, context)]


def found(name: str, language: str, source: str, target: str) -> list[Found]:
    return told(name, language, entry(source, target))


def mended(target: str, each: Found) -> str:
    start, end = each.span or (0, len(target))
    return target[:start] + (each.suggestion or "") + target[end:]


SAME_NUMBERS = [
    ("ru", "It costs 12,500.75 roubles", "Это стоит 12\u00a0500,75 рубля"),
    ("ru", "It costs 12,500.75 roubles", "Это стоит 12\u202f500,75 рубля"),
    ("ro", "It costs 12,500.75 lei", "Costă 12.500,75 lei"),
    ("az", "A population of 1,234,567", "Əhalisi 1.234.567 nəfər"),
    ("ru", "A population of 1,500", "Население 1500 человек"),
    ("ru", "1.5 million pupils", "1 500 000 учеников"),
    ("tg", "1.5 million pupils", "1,5 млн хонанда"),
    ("uk", "6 p.m.", "18:00"),
    ("kk", "at 6:30 p.m.", "18:30-да"),
    ("ru", "12 a.m.", "00:00"),
    ("ru", "at 6 pm", "в 6 вечера"),
    ("ro", "Open 9:00–17:30", "Deschis între 9 și 17.30"),
    ("tk", "March 3, 2021", "3 mart 2021"),
    ("hy", "March 3, 2021", "03.03.2021"),
    ("uk", "2021-03-05", "5 березня 2021 р."),
    ("ka", "3/5/2021", "05.03.2021"),
    ("uz", "March 3, 2021", "2021-yil 3-mart"),
    ("ru", "Updated 03/05/21", "Обновлено 05.03.2021"),
    ("az", "5% of pupils", "şagirdlərin %5-i"),
    ("ru", "50 % of them", "половина из них"),
    ("ru", "the 19th century", "XIX век"),
    ("kk", "the 20th century", "ХХ ғасыр"),
    ("ru", "two files", "2 файла"),
    ("ru", "2 files", "два файла"),
    ("ru", "a hundred roubles", "100 рублей"),
    ("uk", "twenty-five years", "25 років"),
    ("ru", "½ an hour", "1/2 часа"),
    ("ru", "½ an hour", "полчаса, 0,5 ч"),
    ("be", "the 1990s", "90-я гады"),
    ("ru", "Call +992 37 227-11-57", "Звоните +992 (37) 2271157"),
    ("ru", "1st place", "1-е место"),
    ("az", "the 1st place", "1-ci yer"),
    ("ky", "5km", "5 км"),
    ("ka", "$5", "5 დოლარი"),
    ("ru", "See the note[^1].", "См. примечание[^1]."),
    ("ru", "Run `step 5` now", "Запустите `step 5` сейчас"),
    ("tg", "[Room](/room/7)", "[Ҳуҷра](/tg/room/7)"),
    ("ru", "%1 of 5", "%1 из 5"),
    ("hy", "a minute ago", "1 րոպե առաջ"),
    ("ka", "0 of them", "არცერთი მათგანი"),
]
OTHER_NUMBERS = [
    ("ru", "Since 1998", "С 1989 года"),
    ("ru", "Since 1998", "Давно"),
    ("uk", "on day 3", "на 30-й день"),
    ("ka", "(e.g. +1 for the US)", "(მაგ. +2 აშშ-სთვის)"),
    ("tg", "March 3, 2021", "03 Март 2012"),
    ("be", "between 6 and 14", "ад да 14"),
    ("kk", "1.5 gigabytes", "15 гигабайт"),
    ("uz", "12,500 pupils", "1 250 oʻquvchi"),
    ("ro", "6 p.m.", "ora 17:00"),
    ("hy", "Open the door", "Բացեք 3 դուռ"),
    ("az", "a value from 0 to 1", "0 ilə 10 arasında qiymət"),
    ("tk", "version 5.2.1", "5.2.3 wersiýasy"),
    ("ru", "5 pupils, 5 teachers", "5 учеников и учителей"),
    ("ky", "2 of 100", "200дөн 2"),
]


@pytest.mark.parametrize(("language", "source", "target"), SAME_NUMBERS)
def test_one_number_may_be_written_many_ways(language: str, source: str, target: str) -> None:
    assert [each for each in found("number-changed", language, source, target) if each.severity is None] == []


@pytest.mark.parametrize(("language", "source", "target"), OTHER_NUMBERS)
def test_another_number_is_found(language: str, source: str, target: str) -> None:
    assert found("number-changed", language, source, target)


def test_a_plural_form_may_spell_or_drop_its_one() -> None:
    forms = entry("1 file", "один файл", "%d файла", "%d файлов", plural="%d files")
    assert told("number-changed", "ru", forms) == []


def test_a_number_of_both_source_forms_must_stand_in_every_form() -> None:
    forms = entry("%d of 5 files", "%d из 5 файлов", "%d файла", "%d из 5", plural="%d of 5 files in all")
    assert [each.values["numbers"] for each in told("number-changed", "ru", forms)] == ["5"]


def test_a_wrong_number_is_shown_with_the_right_one() -> None:
    target = "С 1989 года"
    (each,) = found("number-changed", "ru", "Since 1998", target)
    assert each.span
    assert target[slice(*each.span)] == "1989"
    assert mended(target, each) == "С 1998 года"
    assert not each.is_safe


def test_groups_of_digits_get_a_space_that_does_not_break() -> None:
    target = "Всего 12 500 учеников"
    (each,) = found("number-changed", "ru", "12,500 pupils", target)
    assert each.severity is Severity.INFO
    assert each.is_safe
    assert mended(target, each) == "Всего 12\u00a0500 учеников"


CLDR_LANGUAGES = ("ru", "uk", "be", "kk", "ky", "uz", "uz_Cyrl", "az", "tk", "ro", "hy", "ka", "tg")


@pytest.mark.parametrize("code", CLDR_LANGUAGES)
@pytest.mark.parametrize("style", ["medium", "long"])
def test_a_date_keeps_its_month_in_every_language(code: str, style: str) -> None:
    from babel.dates import format_date

    days = [date(2021, month, 13) for month in range(1, 13)]
    sources = [format_date(day, style, locale="en") for day in days]
    targets = [format_date(day, style, locale=code) for day in days]
    for source, target in zip(sources, targets, strict=True):
        assert found("number-changed", code, source, target) == [], (source, target)
    others = [
        [each.message for each in found("number-changed", code, source, targets[month - 1])]
        for month, source in enumerate(sources)
    ]
    assert all(others), others


SAME_ENDS = [
    ("hy", "It was saved.", "Պահված է։"),
    ("hy", "It was saved.", "Պահված է."),
    ("hy", "Do you want to delete it now?", "Ցանկանո՞ւմ եք այն ջնջել հիմա"),
    ("hy", "Name:", "Անուն՝"),
    ("hy", "Name:", "Անուն."),
    ("ru", "Opened in 1998", "Открыта в 1998 г."),
    ("uk", "Pens, rulers, etc.", "Ручки, лінійки тощо"),
    ("ru", "Wait for it…", "Подождите..."),
    ("ru", 'He said "yes."', "Он сказал «да»."),
    ("tg", "**It is saved.**", "**Нигоҳ дошта шуд**."),
    ("kk", "It is saved.<br>", "Сақталды.<br/>"),
    ("be", "[Show details.](/a)", "[Паказаць падрабязнасці.](/a)"),
    ("ka", "It ends here.[^1]", "აქ მთავრდება[^1]."),
    ("uz", "See `tool --help`", "`tool --help` ga qarang"),
    ("ru", "Three dots stand for …", "Вместо … стоят три точки"),
    ("ru", "It has no URL=... entry.", "В нём нет записи URL=..."),
]
OTHER_ENDS = [
    ("ro", "Do you want to replace it?", "Doriți să îl înlocuiți.", "a question mark"),
    ("hy", "Do you want to delete it?", "Ցանկանում եք այն ջնջել։", "a question mark"),
    ("tg", "There was a problem with it.", "Мушкилӣ ба вуҷуд омад", "a full stop"),
    ("ky", "The school offers this:", "Мектеп муну сунуштайт", "a colon"),
    ("az", "Take a break now!", "İndi fasilə verin", "an exclamation mark"),
    ("uk", "**It was saved here.**", "**Тут збережено**", "a full stop"),
    ("tk", "It was saved here.", "Bu ýerde saklandy?", "a full stop"),
]


@pytest.mark.parametrize(("language", "source", "target"), SAME_ENDS)
def test_each_language_has_its_own_final_marks(language: str, source: str, target: str) -> None:
    assert found("end-punctuation", language, source, target) == []


@pytest.mark.parametrize(("language", "source", "target", "wanted"), OTHER_ENDS)
def test_a_lost_final_mark_is_a_warning(language: str, source: str, target: str, wanted: str) -> None:
    (each,) = found("end-punctuation", language, source, target)
    assert each.values["wanted"] == wanted
    assert each.severity is Severity.WARNING


def test_an_ascii_colon_is_no_armenian_full_stop() -> None:
    target = "«Պանակը պահպանվեց:»"
    (each,) = found("end-punctuation", "hy", "“The folder was saved.”", target)
    assert each.is_safe
    assert mended(target, each) == "«Պանակը պահպանվեց։»"


def test_a_final_mark_that_a_catalog_never_writes_is_a_habit() -> None:
    entries = [entry(f"The file {name} was saved.", f"{name} файлы сақталды") for name in "АБВ"]
    assert {each.severity for each in told("end-punctuation", "kk", *entries)} == {Severity.INFO}
    assert {each.severity for each in told("end-punctuation", "kk", *entries[:2])} == {Severity.WARNING}


def test_a_lost_question_is_never_a_habit() -> None:
    entries = [entry(f"Should {name} be deleted now?", f"{name} жойылсын.") for name in "АБВГ"]
    assert {each.severity for each in told("end-punctuation", "kk", *entries)} == {Severity.WARNING}


def test_a_full_stop_behind_a_heading_is_a_warning_behind_a_paragraph_an_info() -> None:
    heading = entry("Our new school", "Наша новая школа.", notes=("heading 1",))
    assert [each.severity for each in told("end-punctuation", "ru", heading)] == [Severity.WARNING]
    text = entry("Our new school", "Наша новая школа.", notes=("paragraph",))
    assert [each.severity for each in told("end-punctuation", "ru", text)] == [Severity.INFO]


EDGES = [
    ("Details: ", "Подробности:", "Подробности: "),
    ("Details:", "Подробности: ", "Подробности:"),
    ("Details:", "Подробности:\u00a0", "Подробности:"),
    ("Details:", "\tПодробности:", "Подробности:"),
    (" and the rest", "и остальное", " и остальное"),
    (" (see) ", "(см.)", " (см.) "),
    ("A line\n", "Строка \n", ""),
]


@pytest.mark.parametrize(("source", "target", "wanted"), EDGES)
def test_spaces_at_the_ends_are_put_right(source: str, target: str, wanted: str) -> None:
    fixed = [mended(target, each) for each in found("edge-space", "ru", source, target) if each.is_safe]
    assert fixed == ([wanted] if wanted else [])


def test_a_space_that_only_parts_a_fragment_is_an_info() -> None:
    assert [each.severity for each in found("edge-space", "tk", "th copy)", " inji nusgasy)")] == [Severity.INFO]


def test_stray_spaces_all_over_a_catalog_are_infos_but_lost_ones_count() -> None:
    stray = [entry(f"Word {sign}", f"Слово {sign} ") for sign in "АБВ"]
    lost = entry("Details: ", "Подробности:")
    severities = [each.severity for each in told("edge-space", "ru", *stray, lost)]
    assert severities == [Severity.INFO] * 3 + [None]


LINES = [
    ("It was saved.", "\nСохранено.", ["It was saved."]),
    ("It was saved.\n", "Сохранено.", ["It was saved."]),
    ("It was saved.\n", "Сохранено.\n\n", ["It was saved."]),
]


@pytest.mark.parametrize(("source", "target"), [row[:2] for row in LINES])
def test_line_breaks_at_the_ends_are_errors_that_are_safe_to_mend(source: str, target: str) -> None:
    (each,) = found("newline", "ru", source, target)
    assert each.severity is None
    assert checks.module("newline").SEVERITY is Severity.ERROR
    assert found("newline", "ru", source, mended(target, each)) == []


def test_a_lost_line_is_a_warning_a_wrapped_text_an_info() -> None:
    lost = found("newline", "ru", "It was saved.\nOpen it now.", "Сохранено. Откройте.")
    assert [each.severity for each in lost] == [Severity.WARNING]
    long = "the school that was opened in the middle of the\nlast century by the"
    assert [each.severity for each in found("newline", "ru", long, "школа, открытая в прошлом веке")] == [Severity.INFO]


def test_a_hard_break_may_be_written_in_either_way() -> None:
    assert found("newline", "ru", "One  \ntwo", "Один\\\nдва") == []


def test_carriage_returns_are_taken_out() -> None:
    target = "Сохранено.\r\nОткройте."
    (each,) = found("newline", "ru", "It was saved.\nOpen it.", target)
    assert mended(target, each) == "Сохранено.\nОткройте."


DOUBLED_RIGHTLY = [
    ("ky", "slowly, by itself", "аста-секин, бара-бара, өзүнөн өзү"),
    ("hy", "one by one", "մեկ մեկ"),
    ("uz", "one by one", "bir bir"),
    ("tg", "little by little", "кам кам"),
    ("az", "slowly", "yavaş yavaş"),
    ("ru", "He decided that it is early", "Он решил то, что что-либо рано"),
    ("uz", "Pago Pago", "Pago Pago"),
    ("ru", "Bora Bora island", "остров Бора Бора"),
    ("kk", "Notifications appear in the notification list", "Хабарламалар хабарламалар тізімінде көрсетіледі"),
    ("ru", "PATH  The path of a file", "ПУТЬ  Путь к файлу"),
]
DOUBLED = [
    ("ru", "Correct the value", "Исправьте исправьте значение", "исправьте"),
    ("kk", "Enter the port of the proxy", "Прокси прокси портын енгізіңіз", "Прокси"),
    ("hy", "the school page", "դպրոցի *դպրոցի* էջը", "դպրոցի"),
    ("uz-Cyrl", "a button for it", "бунинг учун учун тугма", "учун"),
    ("az", "for this action", "bu gedişat üçün üçün", "üçün"),
    ("ka", "the work table", "სამუშაო სამუშაო მაგიდა", "სამუშაო"),
    ("ro", "from the list", "din din listă", "din"),
    ("ru", "It is here", "Он\nон здесь", "он"),
]


@pytest.mark.parametrize(("language", "source", "target"), DOUBLED_RIGHTLY)
def test_a_word_may_be_doubled_on_purpose(language: str, source: str, target: str) -> None:
    assert found("doubled-word", language, source, target) == []


@pytest.mark.parametrize(("language", "source", "target", "word"), DOUBLED)
def test_a_word_doubled_by_mistake_is_found(language: str, source: str, target: str, word: str) -> None:
    (each,) = found("doubled-word", language, source, target)
    assert str(each.values["word"]).lower() == word.lower()
    assert not each.is_safe


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Enter a name. Then save it.", "Введите имя. Введите имя. Затем сохраните."),
        ("Enter a name. Then save it.", "Введите имя. Затем сохраните его. Затем сохраните его."),
        ("The school year begins.", "Учебный год начался. Учебный год начался."),
        ("The school year begins", "Учебный год начался Учебный год начался"),
        ("The school year begins.", "Учебный год начался.\nУчебный год начался."),
    ],
)
def test_a_sentence_told_twice_is_found(source: str, target: str) -> None:
    assert len(found("doubled-sentence", "ru", source, target)) == 1


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Wait for it. Wait for it.", "Подождите немного. Подождите немного."),
        ("No! No! Never!", "Нет! Нет! Никогда!"),
        ("Open the file. Close the file.", "Откройте файл. Закройте файл."),
    ],
)
def test_sentences_that_are_alike_pass(source: str, target: str) -> None:
    assert found("doubled-sentence", "ru", source, target) == []


LONG = "The museum opens in the morning and closes late. Visitors leave their bags at the entrance."


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("ru", LONG, "Музей открывается утром и закрывается поздно."),
        ("ru", LONG, "Музей открывается утром и закры"),
        ("ro", LONG, "Muzeul se deschide dimineața și se"),
        ("kk", "The museum is open. Do you want to come with us?", "Музей ашық, бізбен бірге болыңыз."),
        ("ru", "The museum opens at nine (see the map).", "Музей открывается в девять ("),
        ("uk", "The museum opens in the morning.", "Музей відчиняється зранку і"),
    ],
)
def test_a_text_that_breaks_off_is_found(language: str, source: str, target: str) -> None:
    assert found("truncated", language, source, target)


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("ru", LONG, "Музей открыт с утра до позднего вечера. Сумки посетители оставляют у входа."),
        ("kk", LONG, "Музей таңертең ашылып, кеш жабылады. Келушілер сөмкелерін кіреберісте қалдырады."),
        ("ru", LONG, "Музей открывается утром и закрывается поздно, а сумки посетители оставляют у самого входа."),
        ("tg", "Whether it is visible", "Оё он намоён аст ё на"),
        ("hy", "The museum is open. Do you want to come?", "Թանգարանը բաց է։ Ցանկանո՞ւմ եք գալ"),
        ("ru", "Sign in", "Вход"),
    ],
)
def test_languages_differ_in_length(language: str, source: str, target: str) -> None:
    assert found("truncated", language, source, target) == []


def test_a_text_over_its_limit_is_an_error() -> None:
    over = entry("The museum", "Музей для всех" * 3, limit=20)
    (each,) = told("too-long", "ru", over)
    assert each.severity is Severity.ERROR
    assert each.span == (20, 42)
    assert told("too-long", "ru", entry("The museum", "Музей для всех", limit=20)) == []


@pytest.mark.parametrize(
    ("targets", "wanted"),
    [
        (("-",), 1), (("…",), 1), (("\u00a0",), 1), (("\u200b",), 1), (("",), 1), (("«»",), 1), (("TODO",), 1),
        (("Откройте",), 0), (("Откройте", ""), 1), (("%d",), 0), (("✓",), 0),
    ],
)  # fmt: skip
def test_a_translation_without_a_word_is_an_error(targets: tuple[str, ...], wanted: int) -> None:
    plural = "Open the pages" if len(targets) > 1 else None
    assert len(told("empty", "ru", entry("Open the page", *targets, plural=plural))) == wanted
    assert checks.module("empty").SEVERITY is Severity.ERROR


def test_in_a_project_only_half_filled_entries_are_listed() -> None:
    untouched, half = entry("Open", ""), entry("Open it", "Откройте", "", plural="Open them")
    assert [each.entry for each in told("empty", "ru", untouched, half, is_project=True)] == [half]


def test_two_translations_of_one_text_name_the_first() -> None:
    first = Entry(Message(Key("a", "Close")), ("Закрыть",), line=7)
    second = entry("Close", "Близко", context="b")
    (each,) = told("inconsistent", "ru", first, second)
    assert each.entry is second
    assert each.values == {"line": 7, "text": "Закрыть"}


SIGNS = st.text("aя0 12.,:?!…\n\t\u00a0-—«»\"'()[]*_`<>%&/ხ։՞½\r", max_size=30)


@settings(max_examples=EXAMPLES, deadline=None)
@given(SIGNS, SIGNS, st.sampled_from(["ru", "hy", "ka", "az", "uz-Cyrl"]))
def test_any_text_is_read_and_every_span_lies_in_it(source: str, target: str, language: str) -> None:
    for name in NAMES:
        for each in found(name, language, source, target):
            start, end = each.span or (0, 0)
            assert 0 <= start <= end <= len(target)


@settings(max_examples=EXAMPLES, deadline=None)
@given(SIGNS, st.sampled_from(["ru", "hy", "ka", "az", "uz-Cyrl"]))
def test_a_text_that_equals_its_source_has_lost_nothing(text: str, language: str) -> None:
    told_of = {name for name in NAMES if name != "empty" and found(name, language, text, text)}
    assert told_of == set()


def test_published_texts_compared_with_themselves_give_nothing() -> None:
    path = SHARED / "bench" / "checks" / "published.jsonl"
    if not path.exists():
        pytest.skip(f"needs {path.name}, which is not here")
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        code = {"uz_Cyrl": "uz-Cyrl"}.get(row["lang"], row["lang"])
        entries = [entry(each["msgid"], each["msgid"], context=str(n)) for n, each in enumerate(row["entries"])]
        for name in NAMES:
            assert [each.message for each in told(name, code, *entries) if name != "empty"] == []
