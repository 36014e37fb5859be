"""What services return in place of a translation is seen; a right translation is not refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import formats, outputs, po
from tarjuma.langs import LANGUAGES
from tarjuma.model import Options
from tests import standin
from tests.laws import BENCH, CORPORA, EXAMPLES, needs_bench, needs_corpora

LONG = "The library is open every day from nine to six, and pupils may take home up to five books for two weeks."
RUSSIAN = "Библиотека открыта каждый день с девяти до шести, ученики могут взять домой до пяти книг на две недели."
WRONG = [
    ("ru", LONG, "", "an empty answer"),
    ("ru", LONG, " \u200b\n", "an empty answer"),
    ("ru", LONG, standin.GOOGLE_ERROR, "an error page"),
    ("ru", LONG, standin.MYMEMORY_QUOTA, "an error page"),
    ("ru", LONG, "'AUTO' IS AN INVALID SOURCE LANGUAGE . EXAMPLE: LANGPAIR=EN|IT", "an error page"),
    ("tg", LONG, "<!DOCTYPE html><html><head><title>Error 403</title></head></html>", "an error page"),
    ("tg", LONG, "Our systems have detected unusual traffic from your computer network.", "an error page"),
    ("tg", LONG, "Before you continue to Google", "an error page"),
    ("kk", LONG, "502 Bad Gateway", "an error page"),
    ("uz", LONG, "I'm sorry, but I can't help with that.", "the service speaks instead of translating"),
    ("ru", "The course is free.", "Вот перевод: Курс бесплатный.", "the service speaks instead of translating"),
    ("kk", "The course is free.", "«Курс тегін.»", "the service speaks instead of translating"),
    ("ru", LONG, "Библиотека открыта каждый день с девяти до шести, и", "the text breaks off"),
    ("ru", LONG, "Библиотека открыта", "the text breaks off"),
    ("uk", "Several schools have their own gardens. For example, the school in our village has one.",
     "Кілька шкіл мають власні сади.", "the text breaks off"),
    ("ru", "Different ways anyone can contribute to the project", "Разные способы помочь", "the text breaks off"),
    ("tg", "Frequently asked questions", "Саволҳои му", "the text breaks off"),
    ("ru", LONG, "Библиотека открыта каждый день с девяти до шести. " * 12, "much more text than there was"),
    ("ru", LONG, "Библиотека открыта каждый день с девяти до шести. Библиотека открыта каждый день с девяти до шести.",
     "a text came back twice"),
    ("tg", LONG, LONG, "the source text came back"),
    ("kk", "Change password", "Change password", "the source text came back"),
    ("hy", "It is in the yard", "It is in the yard", "the source text came back"),
    ("tg", "Name and Signature are not enough", "Name and Signature are not enough", "the source text came back"),
    ("ru", "Courses", "Դասընթացներ", "another language"),
    ("uz", "Courses", "Курслар", "another language"),
    ("kk", "Run `make`", "კვ `make`", "another language"),
    ("tg", LONG, RUSSIAN, "another language"),
    ("hy", LONG, RUSSIAN, "another language"),
    ("uz", LONG, "Кутубхона ҳар куни соат тўққиздан олтигача очиқ, ўқувчилар уйга бешта китоб олиши мумкин.",
     "another language"),
    ("az", "The library is open every day.", "Kütüphane her gün açıktır ve giriş ücretsizdir.", "another language"),
    ("tg", "Hello, {{ name }}, and welcome!", "Салом, ⟦0 ⟧, хуш омадед!", "remains of masks"),
    ("uz", "Hello, {name}, and welcome!", "Salom, __PH0__, xush kelibsiz!", "remains of masks"),
    ("be", "How to layout the buttons in the box", "Як разьмяркоўваюцца кнопачкі ў каробке \ufffd", "broken letters"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "source", "target", "reason"), WRONG)
def test_what_is_no_translation_is_refused(language, source, target, reason):
    assert outputs.fault(source, target, "en", language) == reason


RIGHT = [
    ("en", "ru", "OK", "ОК"),
    ("en", "tg", "GNU GPL v2", "GNU GPL v2"),
    ("en", "az", "Internet", "Internet"),
    ("en", "ru", "`tarjuma draft --engine google`", "`tarjuma draft --engine google`"),
    ("en", "hy", "Use `make test` or [CICED](https://ciced.example)", "`make test` կամ [CICED](https://ciced.example)"),
    (
        "en",
        "ru",
        "Error 500 (Server Error)!!1 is what the page said.",
        "Страница сказала: «Error 500 (Server Error)!!1».",
    ),
    ("en", "ru", "Sorry, I can't open the file.", "Извините, я не могу открыть файл."),
    ("en", "tg", "Note: the doors close at six.", "Эзоҳ: дарҳо соати шаш баста мешаванд."),
    ("en", "ru", "If you have the skills, join us.", "Если у вас есть навыки, присоединяйтесь."),
    ("ru", "uk", "Извините, я не могу открыть файл.", "Вибачте, я не можу відкрити файл."),
    ("ru", "be", "Примечание: двери закрываются в шесть.", "Заўвага: дзверы зачыняюцца ў шэсць."),
    ("ru", "uk", "Конечно! Вот перевод песни:", "Звичайно! Ось переклад пісні:"),
    ("ru", "be", "«Россия»", "«Расія»"),
    ("ru", "be", "Год назад", "Год таму"),
    ("uz", "uz-Cyrl", "Kutubxona har kuni ochiq.", "Кутубхона ҳар куни очиқ."),
    ("en", "kk", "Wait. Wait.", "Күтіңіз. Күтіңіз."),
    ("en", "ru", "…", "…"),
    # what is shorter in another language, and complete
    (
        "en",
        "kk",
        "This means that an attempt to enter (in other words, to open) the requested folder was rejected.",
        "Демек, сұралған қапшығын ашу әрекеті қабылданбады.",
    ),
    ("en", "tg", "the address {address} is missing", "нишонии {address} нест"),
    ("en", "kk", "Illustration", "Бейне"),
    ("en", "zh", "The library is open every day from nine to six, and it is free.", "图书馆每天九点至六点免费开放。"),
    # names, commands, titles, formats, abbreviations of the wider world
    ("en", "ru", "hugo mod npm pack", "hugo mod npm pack"),
    ("en", "hy", "Claws Mail", "Claws Mail"),
    ("en", "tg", "%a, %b %e %Y %T", "%a, %b %e %Y %T"),
    (
        "en",
        "be",
        "“Open Source Software: Compliance Basics and Best Practices”",
        "“Open Source Software: Compliance Basics and Best Practices”",
    ),
    ("ru", "be", "ИКАО", "ICAO"),
    ("en", "ru", "Ω", "Ω"),
    ("en", "ru", "Angle α", "Угол α"),
    ("en", "ka", "PDF", "PDF"),
]


@pytest.mark.parametrize(("source_language", "language", "source", "target"), RIGHT)
def test_a_right_translation_is_not_refused(source_language, language, source, target):
    assert outputs.fault(source, target, source_language, language) is None


SHORT = ["Yes", "The map", "Read more", "Our news", "A school", "Teachers", "How to help", "All courses", "Contact us"]


def test_texts_that_are_cut_show_it_together():
    texts = ["Frequently asked questions about the library", *SHORT, "[1] and [2]"] * 2
    whole = [standin.translation(text, "ru") for text in texts]
    halves = [text[: len(text) // 2] for text in whole]
    assert outputs.cut_off(texts, whole, "ru") == frozenset()
    assert outputs.cut_off(texts, halves, "ru") == frozenset(range(len(texts)))
    # one short answer among others, few texts, and a script that is always short
    assert outputs.cut_off(texts, [halves[0], *whole[1:]], "ru") == frozenset()
    assert outputs.cut_off(texts[:3], halves[:3], "ru") == frozenset()
    assert outputs.cut_off(texts, halves, "zh") == frozenset()
    # one whole answer among halves is none of them
    assert outputs.cut_off(texts, [*halves[:-1], whole[-1]], "ru") == frozenset(range(len(texts) - 1))


@needs_bench
def test_of_published_translations_next_to_none_is_refused():
    pairs = refused = 0
    for line in (BENCH / "checks" / "published.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        for entry in item["entries"]:
            if entry["msgid"] and entry["msgstr"] and not entry["msgid_plural"]:
                pairs += 1
                refused += bool(outputs.fault(entry["msgid"], entry["msgstr"], "en", item["lang"]))
    print(f"{refused} of {pairs} refused")
    assert refused <= 0.003 * pairs


def test_no_reviewed_text_of_the_sample_is_refused():
    sample = Path(__file__).parents[1]
    for language in ("ru", "tg"):
        entries = [
            entry
            for path in sorted((sample / "locales" / language).rglob("*.po"))
            for entry in po.parse(path.read_bytes(), path.name).entries
            if entry.is_translated and not entry.is_fuzzy and entry.key.text and entry.key.plural is None
        ]
        assert entries
        assert not [entry.key.text for entry in entries if outputs.fault(entry.key.text, entry.target, "en", language)]


@needs_corpora
@pytest.mark.parametrize("language", ["ru", "be"])
def test_of_a_guide_translated_by_people_next_to_none_is_refused(language):
    """The few are pictures whose long description people did not translate, and sentences that they left out."""
    pairs = [pair for path in sorted((CORPORA / "opensource-guide" / language).glob("*.md")) for pair in _aligned(path)]
    refused = [source for source, target in pairs if outputs.fault(source, target, "en", language)]
    print(f"{language}: {len(refused)} of {len(pairs)} refused")
    assert len(refused) <= 0.015 * len(pairs)


def _aligned(path):
    """The texts of a page and of its source, of those sections that have the same kinds of texts."""
    here, there = (_sections(each) for each in (CORPORA / "opensource-guide" / "en" / path.name, path))
    if len(here) != len(there):
        return
    for source, target in zip(here, there, strict=True):
        if [each.kind for each in source] == [each.kind for each in target]:
            yield from ((one.key.text, other.key.text) for one, other in zip(source, target, strict=True))


def _sections(path):
    sections = [[]]
    for segment in formats.parse(path.read_bytes(), path.name, Options()).segments:
        if segment.kind == "heading":
            sections.append([])
        sections[-1].append(segment)
    return sections


@needs_corpora
@pytest.mark.parametrize("language", ["ru", "uk", "ro"])
def test_of_a_site_translated_by_people_next_to_none_is_refused(language):
    path = CORPORA / "f-droid-pages" / "po" / f"_pages.{language}.po"
    entries = [
        entry
        for entry in po.parse(path.read_bytes(), path.name).entries
        if entry.is_translated and not entry.is_fuzzy and entry.key.text and entry.key.plural is None
    ]
    refused = [entry for entry in entries if outputs.fault(entry.key.text, entry.target, "en", language)]
    print(f"{language}: {len(refused)} of {len(entries)} refused")
    assert len(refused) <= 0.02 * len(entries)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(sorted(LANGUAGES)), st.sampled_from(["en", "ru"]))
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_two_texts_can_be_judged(source, target, language, source_language):
    reason = outputs.fault(source, target, source_language, language)
    assert reason is None or reason
