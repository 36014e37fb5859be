"""Letters, scripts, encodings and languages: what is found, and what has to be left alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tarjuma import checks, detect, langs, letters
from tarjuma.checks import Context, Found
from tarjuma.model import Entry, Key, Message, Severity
from tarjuma.pair import Pair, Text

PUBLISHED = Path(__file__).parents[1] / ".." / "shared" / "bench" / "checks" / "published.jsonl"


def found(check: str, code: str, source: str, target: str, context: str | None = None) -> list[Found]:
    language = langs.language(code)
    pair = Pair(Entry(Message(Key(context, source)), (target,)), 0, language)
    return list(checks.module(check).check(pair, Context(language, langs.language("en"))))


def mended(check: str, code: str, source: str, target: str) -> str:
    """The target with every safe suggestion applied."""
    for one in sorted(found(check, code, source, target), key=lambda each: each.span or (0, 0), reverse=True):
        if one.is_safe and one.suggestion is not None:
            start, end = one.span or (0, len(target))
            target = target[:start] + one.suggestion + target[end:]
    return target


SENTENCES = {
    "ru": "Все желающие могут прийти на встречу в библиотеку завтра вечером.",
    "tg": "Ҳамаи хоҳишмандон метавонанд пагоҳ бегоҳ ба вохӯрӣ дар китобхона оянд.",
    "kk": "Барлық қалаушылар ертең кешке кітапханадағы кездесуге келе алады.",
    "ky": "Бардык каалоочулар эртең кечинде китепканадагы жолугушууга келе алышат, биз күтөбүз.",
    "uz-Cyrl": "Барча хоҳловчилар эртага кечқурун кутубхонадаги учрашувга келишлари мумкин.",
    "uk": "Усі охочі можуть прийти на зустріч у бібліотеці завтра ввечері.",
    "be": "Усе ахвотныя могуць прыйсці на сустрэчу ў бібліятэцы заўтра ўвечары.",
    "uz": "Barcha xohlovchilar ertaga kechqurun kutubxonadagi uchrashuvga kelishlari mumkin.",
    "az": "Bütün istəyənlər sabah axşam kitabxanada keçirilən görüşə gələ bilərlər.",
    "ro": "Toți cei interesați pot veni mâine seară la întâlnirea de la bibliotecă.",
    "tk": "Ähli isleýänler ertir agşam kitaphanadaky duşuşyga gelip bilerler.",
    "hy": "Բոլոր ցանկացողները կարող են վաղը երեկոյան գալ գրադարանի հանդիպմանը։",
    "ka": "ყველა მსურველს შეუძლია ხვალ საღამოს ბიბლიოთეკაში შეხვედრაზე მოსვლა.",
    "en": "Everybody who wants to may come to the meeting in the library tomorrow evening.",
    "tr": "İsteyen herkes yarın akşam kütüphanedeki toplantıya gelebilir ve konuşabilir.",
}
SOURCE = "Come to our meeting! Everybody is welcome, and there will be tea."


@pytest.mark.parametrize("code", [code for code in SENTENCES if code not in ("en", "tr")])
def test_a_sentence_in_its_own_language_is_right(code):
    for check in ("wrong-language", "wrong-letter", "homoglyph", "mojibake", "invisible-char", "mt-meta"):
        assert found(check, code, SOURCE, SENTENCES[code]) == []


@pytest.mark.parametrize(
    ("code", "other"),
    [
        *((code, "ru") for code in SENTENCES if code not in ("ru", "en", "tr")),
        *((code, "en") for code in SENTENCES if code not in ("en", "tr")),
        ("az", "tr"), ("uz", "uz-Cyrl"), ("ru", "uk"), ("uk", "ru"), ("be", "ru"), ("kk", "ky"), ("hy", "ka"),
    ],
)  # fmt: skip
def test_a_sentence_in_another_language_is_found_alone_and_among_others(code, other):
    alone = found("wrong-language", code, SOURCE, SENTENCES[other])
    assert [one.values["language"] for one in alone] == ["Turkish" if other == "tr" else langs.language(other).name]
    mixed = f"{SENTENCES[code]} {SENTENCES[other]}"
    (one,) = found("wrong-language", code, SOURCE, mixed)
    assert one.span
    assert mixed[slice(*one.span)] in SENTENCES[other]


@pytest.mark.parametrize(
    ("code", "source", "target"),
    [
        ("tg", "The Free Software Foundation", "Free Software Foundation"),
        ("kk", "Creative Commons Attribution ShareAlike", "Creative Commons Attribution ShareAlike лицензиясы"),
        ("ru", 'The paper "On the shoulders of giants and dwarfs"', "Статья «On the shoulders of giants and dwarfs»"),
        ("ka", "Run `git commit` in the folder", "გაუშვით `git commit` საქაღალდეში"),
        ("uz", "Open the file in GIMP Image Editor", "Faylni GIMP Image Editor dasturida oching"),
    ],
)
def test_names_titles_and_code_are_no_other_language(code, source, target):
    assert found("wrong-language", code, source, target) == []


@pytest.mark.parametrize(
    ("code", "target", "right"),
    [
        ("ro", "Şcoala şi biserica au aceeaşi înălţime.", "Școala și biserica au aceeași înălțime."),
        ("tg", "Тољикистон — диёри офтобї, рўзи њамеша ќашанг, ѓайри барф.",
         "Тоҷикистон — диёри офтобӣ, рӯзи ҳамеша қашанг, ғайри барф."),
        ("tg", "Забони тоҷики\u0304 бо макрони ҷудо.", "Забони тоҷикӣ бо макрони ҷудо."),
        ("ro", "s\u0326coala\u0306", "școală"),
        ("az", "Kitab mǝktǝbdǝ qaldı.", "Kitab məktəbdə qaldı."),
    ],
)  # fmt: skip
def test_wrong_code_points_are_put_right_safely(code, target, right):
    assert mended("wrong-letter", code, SOURCE, target) == right
    assert found("wrong-letter", code, SOURCE, right) == []


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("tg", "Мактаби мо дар маркази шаҳр, назди цирк ҷойгир аст."),
        ("uk", "Ты можеш прийти на зустріч."),
        ("be", "Зараз щасце і радасць."),
        ("ru", "Прийти можно в любий дінь недели."),
        ("kk", "Біздің мектеп қаланың ҳәр жерінде бар."),
        ("tk", "Tãze kitap okaýarys."),
        ("uz", "Bu wazifani bajarish kerak."),
        ("ka", "ᲒᲗᲮᲝᲕᲗ მოხვიდეთ ბიბლიოთეკაში."),
        ("az", "Bu kitab mektebde oxunur ve hemise lazim olur, ona gore de onu itirmeyin."),
        ("kk", "Барлык калаушылар ертен кешке китапханадагы кездесуге келе алады."),
        ("uk", "Уси охочи можуть прийти на зустрич у библиотеци завтра ввечери."),
        ("ro", "Toti cei interesati pot veni maine seara la intalnirea de la biblioteca noastra."),
    ],
)
def test_letters_that_the_language_lacks_or_misses_are_found(code, target):
    (one,) = found("wrong-letter", code, SOURCE, target)
    assert not one.is_safe


@pytest.mark.parametrize(
    ("code", "source", "target"),
    [
        ("tg", "The newspaper “Известия”", "Рӯзномаи «Известия»"),
        ("ro", "He lives in Beşiktaş.", "Locuiește în Beşiktaş."),
        ("az", "The town of Göteborg and Malmö", "Göteborq və Malmö şəhərləri"),
        ("ro", "José from São Paulo", "José din São Paulo"),
        ("ru", "The word in full", "Сло\u0301во с ударе\u0301нием"),
        ("uk", "Health", "Здоров’я, здоров'я і здоровʼя"),
        ("uz", "Son", "Oʻgʻil, o'g'il, o’g’il"),
    ],
)
def test_names_stress_marks_and_apostrophes_are_right(code, source, target):
    assert found("wrong-letter", code, source, target) == []


@pytest.mark.parametrize(
    ("code", "target", "right"),
    [
        ("ru", "Шкoла нoмер пять", "Школа номер пять"),
        ("ru", "Cтраница", "Страница"),
        ("kk", "Сiз бен бiз", "Сіз бен біз"),
        ("kk", "жəне тағы", "және тағы"),
        ("ky", "кöчö üчüн", "көчө үчүн"),
        ("uz", "Mаktаb оchiq", "Maktab ochiq"),
        ("az", "kitab vә dәftәr", "kitab və dəftər"),
        ("hy", "դպրnց", "դպրոց"),
        ("tg", "Кушодaни дар", "Кушодани дар"),
        ("ru", "Слово α-частица, но Мοсква", "Слово α-частица, но Москва"),
        ("ru", "Книга o языке c примерами, a не учебник", "Книга о языке с примерами, а не учебник"),
        ("tk", "kitaр we dерter", "kitap we depter"),
    ],
)
def test_look_alikes_are_put_right_safely(code, target, right):
    assert mended("homoglyph", code, SOURCE, target) == right
    assert found("homoglyph", code, SOURCE, right) == []


@pytest.mark.parametrize(
    ("code", "source", "target"),
    [
        ("kk", "Copy the URL", "URLдың көшірмесі"),
        ("uz-Cyrl", "In HTML", "HTMLда"),
        ("tg", "PDF files", "PDF-файлҳо"),
        ("ru", "About the mailing list Cooр", "О рассылке Cooр"),
        ("ru", "The axes x and y, options o and c", "Оси x и y, варианты o и c"),
        ("hy", "In GNOME", "GNOMEում"),
    ],
)
def test_words_that_rightly_mix_alphabets_are_left_alone(code, source, target):
    assert found("homoglyph", code, source, target) == []


def wrongly_read(text: str, written: str, read: str) -> str:
    return text.encode(written, "replace").decode(read, "replace")


@pytest.mark.parametrize("read", ["cp1251", "cp1252", "latin-1", "koi8-r", "cp866", "mac-roman"])
@pytest.mark.parametrize("code", ["ru", "tg", "hy", "ka", "az"])
def test_utf_8_that_was_read_as_something_else_is_found(code, read):
    table = {byte: bytes([byte]).decode(read, "ignore") or chr(byte) for byte in range(256)}
    rubbish = "".join(table[byte] for byte in SENTENCES[code].encode())
    (one, *_) = found("mojibake", code, SOURCE, rubbish)
    assert (one.severity or checks.module("mojibake").SEVERITY) is Severity.ERROR


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("ru", wrongly_read(SENTENCES["ru"], "cp1251", "latin-1")),
        ("ru", wrongly_read(SENTENCES["ru"], "koi8-r", "cp1251")),
        ("uk", "Перейти на зу\ufffdтріч"),
        ("be", "Гэта ???????? старонка"),
        ("ro", "Toți cei interesa?i pot veni"),
        ("kk", "Бұл бет □□□□ жоқ"),
        ("tg", "Ин \\u043a\\u0438\\u0442\\u043e\\u0431 аст"),
        ("az", "Görüþ yeri"),
    ],
)
def test_letters_lost_in_a_wrong_encoding_are_found(code, target):
    assert found("mojibake", code, SOURCE, target)


@pytest.mark.parametrize(
    ("code", "source", "target"),
    [
        ("uz-Cyrl", "List", "Рўйхат"),
        ("kk", "You", "Сіз"),
        ("uk", "The action", "Дія дієї події"),
        ("ru", "Really???", "Правда???"),
        ("ru", "Type ???? here", "Введите ???? сюда"),
        ("uk", "Replace \ufffd with a letter", "Замініть \ufffd літерою"),
        ("ro", "Höhe and Þór", "Höhe și Þór"),
    ],
)
def test_right_letters_are_no_mojibake(code, source, target):
    assert found("mojibake", code, source, target) == []


@pytest.mark.parametrize(
    ("hidden", "severity"),
    [
        ("\u200b", Severity.WARNING), ("\u200d", Severity.WARNING), ("\u00ad", Severity.WARNING),
        ("\ufeff", Severity.WARNING), ("\u200e", Severity.WARNING), ("\ue001", Severity.WARNING),
        ("\ufe0f", Severity.WARNING), ("\u202e", Severity.ERROR), ("\u2067", Severity.ERROR),
        ("\x07", Severity.ERROR), ("\x9c", Severity.ERROR), ("\U000e0041", Severity.ERROR),
    ],
)  # fmt: skip
def test_invisible_characters_are_taken_out(hidden, severity):
    target = f"Чи{hidden}тать"
    (one,) = found("invisible-char", "ru", "Read", target)
    assert (one.severity or Severity.WARNING) is severity
    assert mended("invisible-char", "ru", "Read", target) == "Читать"
    assert found("invisible-char", "ru", f"Re{hidden}ad", target) == []


@pytest.mark.parametrize(
    "target",
    ["Семья 👨\u200d👩\u200d👧", "Сердце ❤\ufe0f", "Флаг 🏴\U000e0067\U000e0062\U000e007f", "Клавиша 1\ufe0f\u20e3",
     "5\u00a0лет, 3\u202fг."],
)  # fmt: skip
def test_what_emoji_and_numbers_need_is_right(target):
    assert found("invisible-char", "ru", "Text", target) == []


def test_a_line_separator_between_sentences_becomes_a_space():
    assert mended("invisible-char", "uk", "One. Two.", "Один.\u2028Два. Т\u2028ри") == "Один. Два. Три"


def test_scripts_that_are_spelt_with_joiners_keep_them():
    assert found("invisible-char", "fa", "I want", "می\u200cخواهم") == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("tg", "You have to restart the program."), ("hy", "Delete"), ("ro", "Change the password"),
        ("uz", "Reset your password"), ("kk", "**Delete the page**"), ("be", "The page “%s” is empty"),
        ("az", "Launch calculator"),
    ],
)  # fmt: skip
def test_a_copied_source_is_found(code, text):
    assert found("untranslated-copy", code, text, text)
    assert found("untranslated-copy", code, text, f"{text} ")


@pytest.mark.parametrize(
    "text",
    [
        "GNU GPL v2", "Creative Commons Attribution 4.0 International License", "https://example.org/posts",
        "admin@example.org", "_src/bin/server.rs_:", "{{ page.title }}", "Internet", "PDF", "01, 02, 03",
        "`git commit`",
        "Nursultan Nazarbayev University", "E. coli", "Ctrl+Alt+Del", "YYYY-MM-DD", "Nautilus", "%s: %s",
        "Email", "WiFi",
    ],
)  # fmt: skip
@pytest.mark.parametrize("code", ["tg", "ru", "az", "ka"])
def test_names_code_and_abbreviations_are_rightly_copied(code, text):
    assert found("untranslated-copy", code, text, text) == []


def test_a_text_that_begins_as_its_source_does_is_no_copy_of_it():
    assert found("untranslated-copy", "tg", "Restart the program now.", "Restart your whole computer.") == []


def test_a_name_of_the_source_with_an_ending_is_not_strange():
    words = Text("Backend-и Frontend").words
    assert [word.text for word in letters.strange(words, Text("Backend").known)] == ["Frontend"]


def test_the_name_of_a_key_is_rightly_copied():
    assert found("untranslated-copy", "kk", "Delete", "Delete", "keyboard label") == []


def test_a_copy_into_a_regional_variant_of_the_source_language_is_right():
    assert (
        found("untranslated-copy", "en-GB", "You have to restart the program.", "You have to restart the program.")
        == []
    )


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("ru", "Вот перевод:\n\nКурс бесплатный."),
        ("ru", "**Перевод:** Курс бесплатный."),
        ("tg", "Албатта! Ин тарҷума аст: Курс ройгон аст."),
        ("kk", "Әрине, міне аударма:\nКурс тегін."),
        ("ky", "Албетте, мына котормо: Курс акысыз."),
        ("uz", "Albatta, mana tarjimasi:\n\nKurs bepul."),
        ("az", "Əlbəttə, budur tərcümə: Kurs pulsuzdur."),
        ("hy", "Իհարկե, ահա թարգմանությունը՝ Դասընթացն անվճար է։"),
        ("be", "Вядома, вось пераклад: Курс бясплатны."),
        ("uk", "Звичайно, ось переклад: Курс безкоштовний."),
        ("ro", "Desigur, iată traducerea: Cursul este gratuit."),
        ("tk", "Elbetde, ine terjime: Kurs mugt."),
        ("ka", "რა თქმა უნდა, აი თარგმანი: კურსი უფასოა."),
        ("ru", "Here is the translation: Курс бесплатный."),
        ("tg", "The translation is: Курс ройгон аст."),
        ("ru", "Как языковая модель, я не могу переводить такие тексты."),
        ("uk", "На жаль, я не можу перекласти цей текст."),
        ("uz", "Kechirasiz, men bunga yordam bera olmayman."),
        ("ru", "Курс бесплатный. (Примечание: «course» можно перевести как «занятия».)"),
        ("ro", "Cursul este gratuit.\n\nNotă: am păstrat tonul."),
        ("ru", "Курс бесплатный.\n\nНадеюсь, это поможет!"),
        ("ru", "«Курс бесплатный.»"),
        ("ka", '"კურსი უფასოა."'),
        ("az", "[Kurs pulsuzdur.]"),
        ("tg", "Russian: Курс ройгон аст."),
        ("kk", "<translation>Курс тегін.</translation>"),
        ("be", "1. Курс бясплатны.\n2. Курс дармовы."),
        ("ru", "The course is free, come in → Курс бесплатный, заходите"),
        ("ru", "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS"),
    ],
)
def test_words_of_the_machine_are_found(code, target):
    source = "The course is free, come in" if "→" in target else "The course is free."
    assert found("mt-meta", code, source, target)


@pytest.mark.parametrize(
    ("code", "source", "target"),
    [
        ("uk", "Sure, the course is free.", "Звичайно, курс безкоштовний."),
        ("ru", "Here is the list:", "Вот список:"),
        ("ru", "Transfer: 5 days", "Перевод: 5 дней"),
        ("kk", "Translation: Anna", "Аударма: Анна"),
        ("ru", "Sorry, we cannot open this page.", "К сожалению, мы не можем открыть эту страницу."),
        ("ru", "“Next”", "«Далее»"),
        ("uz", "%(a)s with this %(b)s", '"%(b)s" bilan "%(a)s"'),
        ("ro", "Note: bring a passport.", "Notă: aduceți un pașaport."),
        ("ru", "In Russian: free", "На русском: бесплатно"),
        ("hy", "The file is here", "Ֆայլը այստեղ է:"),
        ("ru", "A language model reads the text.", "Языковая модель читает текст."),
        ("tg", "Of course!", "Албатта!"),
        ("ru", "1. One\n2. Two", "1. Один\n2. Два"),
    ],
)
def test_right_translations_are_no_words_of_the_machine(code, source, target):
    assert found("mt-meta", code, source, target) == []


def test_every_language_of_the_table_can_be_recognised():
    assert set(langs.LANGUAGES) <= set(detect.KNOWN)
    for code, sentence in SENTENCES.items():
        fit = detect.Fit(sentence)
        assert max(detect.KNOWN, key=fit.of) == code


def test_the_longer_codes_of_a_language_are_known():
    assert [detect.known(code) for code in ("ru-KZ", "uz-Cyrl", "fa", "zh-Hans")] == ["ru", "uz-Cyrl", "", ""]


def test_look_alikes_lead_there_and_back():
    for (here, there), pairs in letters.LOOKALIKES.items():
        for one, other in pairs.items():
            assert (letters.script(one), letters.script(other)) == (here, there)


def test_the_tables_are_read_only_when_a_check_needs_them():
    code = "import sys, tarjuma.detect as d; sys.exit(d._lines.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def published() -> list[tuple[str, dict]]:
    if not PUBLISHED.exists():
        return []
    catalogs = [json.loads(line) for line in PUBLISHED.read_text(encoding="utf-8").splitlines()]
    return [(each["lang"].replace("_", "-"), entry) for each in catalogs for entry in each["entries"]]


def test_published_translations_have_few_findings():
    entries = published()
    if not entries:
        pytest.skip("shared/bench/checks/published.jsonl is not here")
    names = (
        "wrong-language",
        "wrong-letter",
        "homoglyph",
        "mojibake",
        "invisible-char",
        "untranslated-copy",
        "mt-meta",
    )
    count = sum(
        len(found(name, code, entry["msgid"], entry["msgstr"]))
        for code, entry in entries
        if entry["msgstr"]
        for name in names
    )
    assert count <= 0.004 * len(entries)
