"""The language table: spellings of codes, plural rules against CLDR, alphabets against sentences."""

import gettext
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import langs
from tarjuma.errors import UsageError
from tests.laws import EXAMPLES

TABLE = ["ru", "tg", "be", "hy", "az", "kk", "ky", "ro", "tk", "uz", "uk", "ka", "uz-Cyrl", "en"]


def test_every_language_of_the_table_has_a_complete_row():
    assert sorted(langs.LANGUAGES) == sorted(TABLE)
    for code, row in langs.LANGUAGES.items():
        assert row.code == code
        assert row.name, code
        assert row.native_name, code
        assert row.letters == row.letters.lower(), code
        assert len(set(row.letters)) == len(row.letters), code
        assert all(len(quotes) == 3 and quotes[1] == "…" for quotes in row.quotes), code


@pytest.mark.parametrize(
    ("written", "code", "folder"),
    [
        ("ru", "ru", "ru"),
        ("RU", "ru", "ru"),
        (" tg ", "tg", "tg"),
        ("uz-Cyrl", "uz-Cyrl", "uz_Cyrl"),
        ("uz_Cyrl", "uz-Cyrl", "uz_Cyrl"),
        ("uz-cyrl", "uz-Cyrl", "uz_Cyrl"),
        ("uz@cyrillic", "uz-Cyrl", "uz_Cyrl"),
        ("uz_UZ@cyrillic", "uz-Cyrl-UZ", "uz_Cyrl_UZ"),
        ("uz-Latn", "uz", "uz"),
        ("uz@latin", "uz", "uz"),
        ("tg-Cyrl", "tg", "tg"),
        ("ru_KZ", "ru-KZ", "ru_KZ"),
        ("ru_RU.UTF-8", "ru-RU", "ru_RU"),
        ("be-tarask", "be-tarask", "be_tarask"),
        ("de", "de", "de"),
        ("pt_br", "pt-BR", "pt_BR"),
        ("sr@latin", "sr-Latn", "sr_Latn"),
        ("zh-hant", "zh-Hant", "zh_Hant"),
        ("am-ET", "am-ET", "am_ET"),
    ],
)
def test_a_code_in_any_spelling_names_one_language(written, code, folder):
    row = langs.language(written)
    assert (row.code, row.folder) == (code, folder)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("tj", "tg"),
        ("TJ", "tg"),
        ("kz", "kk"),
        ("by", "be"),
        ("kg", "ky"),
        ("am", "hy"),
        ("ge", "ka"),
        ("ua", "uk"),
        ("md", "ro"),
        ("mo", "ro"),
        ("tm", "tk"),
        ("rus", "ru"),
        ("uzb", "uz"),
        ("tgk", "tg"),
        ("Russian", "ru"),
        ("тоҷикӣ", "tg"),
        ("uz-Cryl", "uz-Cyrl"),
        ("deu", "de"),
    ],
)
def test_a_wrong_code_gets_the_right_one_as_a_hint(written, right):
    with pytest.raises(UsageError) as caught:
        langs.language(written)
    assert caught.value.message == f"unknown language {written!r}"
    assert caught.value.hint.startswith(f"Did you mean '{right}'?")


def test_the_hint_for_tj_says_why():
    assert langs.hint("tj") == "Did you mean 'tg'? Tajik's code is tg, TJ is the country."


@pytest.mark.parametrize("written", ["", " ", "xx", "..", "../ru", "ru/", "ru-", "русскийй язык", "a" * 5000, "ru\nen"])
def test_what_cannot_be_a_code_is_refused_with_examples_of_codes(written):
    with pytest.raises(UsageError) as caught:
        langs.language(written)
    assert caught.value.hint


def test_a_language_outside_the_table_comes_from_cldr():
    french = langs.language("fr")
    assert (french.name, french.native_name, french.script) == ("French", "français", "Latn")
    assert french.plural_forms == "nplurals=2; plural=(n > 1);"
    assert langs.language("zh-TW").script == "Hant"


@pytest.mark.parametrize("code", [code for code in TABLE if code != "tg"])
def test_a_plural_rule_splits_whole_numbers_as_cldr_does(code):
    from babel import Locale

    row, locale = langs.language(code), Locale.parse(code, sep="-")
    form_of = {}
    for n in range(1001):
        form = langs.plural_index(row.plural, n)
        assert form_of.setdefault(locale.plural_form(n), form) == form, n
    assert sorted(form_of.values()) == list(range(row.nplurals))


def test_tajik_has_the_rule_of_all_published_tajik_catalogs():
    assert langs.header_plural("tg") == "nplurals=2; plural=(n != 1);"


@pytest.mark.parametrize(
    "code", ["pl", "cs", "ar", "he", "lv", "sl", "ga", "es", "pt", "ja", "hi", "mn", "tt", "lt", "fr"]
)
def test_a_rule_from_cldr_can_be_read_by_gettext_and_is_recognised(code):
    row = langs.language(code)
    reference = gettext.c2py(row.plural)
    assert [langs.plural_index(row.plural, n) for n in range(200)] == [reference(n) for n in range(200)]
    assert {reference(n) for n in range(1001)} <= set(range(row.nplurals))
    assert langs.recognised(code, row.plural_forms)


DJANGO = (
    "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
    "n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);"
)
DJANGO_UKRAINIAN = (
    "nplurals=4; plural=(n % 1 == 0 && n % 10 == 1 && n % 100 != 11 ? 0 : n % 1 == 0 && n % 10 >= 2 && n % 10 <= 4 && "
    "(n % 100 < 12 || n % 100 > 14) ? 1 : n % 1 == 0 && (n % 10 ==0 || (n % 10 >=5 && n % 10 <=9) || "
    "(n % 100 >=11 && n % 100 <=14 )) ? 2: 3);"
)
KDE = "nplurals=4; plural=n==1 ? 3 : n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;"
GNOME = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
POEDIT = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"


@pytest.mark.parametrize(
    ("code", "header"),
    [
        *[(code, header) for code in ("ru", "be", "uk") for header in (DJANGO, KDE, GNOME, POEDIT, DJANGO_UKRAINIAN)],
        ("ro", "nplurals=3; plural=(n==1?0:(((n%100>19)||((n%100==0)&&(n!=0)))?2:1));"),
        ("ro", "nplurals=3; plural=n==1 ? 0 : n==0 || (n!=1 && n%100>=1 && n%100<=19) ? 1 : 2;"),
        ("tg", "nplurals=2; plural=n != 1;"),
        ("tg", "nplurals=2; plural=(n>1)"),
        ("tg", "nplurals=1; plural=0;"),
        ("kk", "nplurals=1; plural=0;"),
        ("kk", "nplurals=2; plural=(n!=1);"),
        ("ky", "nplurals=1; plural=0;"),
        ("uz", "nplurals=2; plural=0;"),
        ("uz-Cyrl", "nplurals=1; plural=0;"),
        ("hy", "nplurals=2; plural=n > 1;"),
        ("hy", "nplurals=2; plural=(n != 1);"),
        ("ka", "nplurals=1; plural=0;"),
        ("az", " nplurals = 2 ;  plural = ( ( n  !=  1 ) ) ;"),
        ("tk", "nplurals=2; plural=n==1 ? 0 : 1;"),
        ("en", "nplurals=2; plural=(n != 1);"),
        ("de", "nplurals=2; plural=n != 1;"),
    ],
)
def test_a_rule_that_people_publish_with_is_recognised(code, header):
    assert langs.recognised(code, header)


@pytest.mark.parametrize(
    ("code", "header"),
    [
        ("ru", "nplurals=2; plural=(n != 1);"),
        ("ru", "nplurals=1; plural=0;"),
        ("uk", "nplurals=2; plural=(n > 1);"),
        ("ro", GNOME),
        ("tg", GNOME),
        (
            "ru",
            "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
        ),
        ("tg", "nplurals=1; plural=(n != 1);"),
        ("kk", "nplurals=9; plural=0;"),
        ("en", "nplurals=1; plural=0;"),
        ("ru", ""),
        ("ru", "nplurals=INTEGER; plural=EXPRESSION;"),
        ("ru", "nplurals=3; plural=n%0;"),
        ("ru", "nplurals=2; plural=__import__('os');"),
        ("kk", "nplurals=1; plural=" + "(" * 400 + "0" + ")" * 400 + ";"),
        ("kk", "nplurals=1; plural=" + "0+" * 50_000 + "0;"),
    ],
)
def test_another_languages_rule_and_a_broken_one_are_not_recognised(code, header):
    assert not langs.recognised(code, header)


@pytest.mark.parametrize(
    ("expression", "n", "index"),
    [
        ("0", 7, 0),
        ("n != 1", 1, 0),
        ("n!=1", 0, 1),
        ("n==1 ? 0 : n==2 ? 1 : 2", 5, 2),
        ("!n", 0, 1),
        ("!!n", 7, 1),
        ("n - 1 > 5", 0, 1),  # unsigned, as in C: 0 - 1 is huge
        ("n/2*2 == n", 6, 1),
        ("1 + 2 * 3", 0, 7),
        ("n > 1 && n % 10 == 0 || n == 3", 3, 1),
        ("n && 4/n", 0, 0),  # short circuit: no division by zero
    ],
)
def test_an_expression_is_evaluated_as_c_would(expression, n, index):
    assert langs.plural_index(expression, n) == index


@pytest.mark.parametrize(
    "expression",
    ["", "n n", "n +", "(n", "n)", "n ? 1", "x", "n = 1", "1 / n", "n ** 2", "!", "n;1", "!" * 900, "n" * 2000],
)
def test_what_gettext_cannot_evaluate_is_a_value_error(expression):
    with pytest.raises(ValueError):
        langs.plural_index(expression, 0)


STRENGTH = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 4,
    ">": 4,
    "<=": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}
TREES = st.recursive(
    st.one_of(st.just("n"), st.integers(0, 120)),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(sorted(STRENGTH)), inner, inner),
        st.tuples(st.just("?"), inner, inner, inner),
        st.tuples(st.just("!"), inner),
    ),
    max_leaves=12,
)


def written(tree, strength=0):
    """The C expression of a tree, with the fewest parentheses."""
    match tree:
        case ("?", condition, then, otherwise):
            text, own = f"{written(condition, 1)} ? {written(then)} : {written(otherwise)}", 0
        case ("!", operand):
            text, own = "!" + written(operand, 7), 7
        case (operator, left, right):
            own = STRENGTH[operator]
            text = f"{written(left, own)} {operator} {written(right, own + 1)}"
        case leaf:
            return str(leaf)
    return f"({text})" if own < strength else text


def value(tree, n):
    """What C computes, by definition of each operator."""
    match tree:
        case "n":
            return n
        case int():
            return tree
        case ("?", condition, then, otherwise):
            return value(then if value(condition, n) else otherwise, n)
        case ("!", operand):
            return int(value(operand, n) == 0)
        case ("&&", left, right):
            return int(value(left, n) != 0 and value(right, n) != 0)
        case ("||", left, right):
            return int(value(left, n) != 0 or value(right, n) != 0)
        case (operator, left, right):
            python = "//" if operator == "/" else operator
            return int(eval(f"a {python} b", {"a": value(left, n), "b": value(right, n)})) % 2**64


@settings(max_examples=EXAMPLES, deadline=None)
@given(TREES, st.integers(0, 3000))
def test_every_expression_has_the_value_that_c_gives_it(tree, n):
    expression = written(tree)
    try:
        expected = value(tree, n)
    except ZeroDivisionError:
        with pytest.raises(ValueError):
            langs.plural_index(expression, n)
        return
    assert langs.plural_index(expression, n) == expected


def test_every_rule_that_babel_knows_has_the_value_that_the_standard_library_finds():
    from babel.messages.plurals import PLURALS

    for _, expression in set(PLURALS.values()):
        reference = gettext.c2py(expression)
        assert [langs.plural_index(expression, n) for n in range(300)] == [reference(n) for n in range(300)], expression


SENTENCES = {
    "ru": "съешь же ещё этих мягких французских булок, да выпей чаю",
    "tg": "зағчаи ӯҳдабаро қиссаи ҷолиби моҳи шӯхро мехонад, хонаи мо дур нест, тоҷикӣ",
    "be": "у рудога вераб’я ў сховішчы пад фатэлем ляжаць нейкія гаючыя зёлкі, дзень, цьмяны, жураўлі",
    "kk": "қазақстанның астанасындағы әдемі үйлер, көше, ғылым, бұлақ, айдаһар, цирк, объект, щётка, ең",
    "ky": "кыргыз тилинин өзгөчө үндөрү, мең, вагон, фильм, цирк, щётка, октябрь",
    "uz-Cyrl": "ўзбек тилида ғайрат, қишлоқ, ҳаво, цирк, август, маъно, июнь",
    "uk": "жебракують філософи при ґанку церкви в гадячі, ще й шатро їхнє п’яне знаємо, об'єкт, здобуття",
    "az": "zəfər, jaket atəşə gözəl fürsət, işıq, çay, ağac, wikipedia",
    "ro": "gheorghe, obezul, a reușit să obțină jucându-se un flux în quebec de o mie kilowațioră, café",
    "tk": "türkmenistanyň paýtagty aşgabat, žurnal, täze, güýç, çörek, öý",
    "uz": "oʻzbek tili, g‘oya, ma'no, shahar, choy, san’at",
    "hy": "բոլոր մարդիկ ծնվում են ազատ ու հավասար իրենց արժանապատվությամբ և իրավունքներով",
    "ka": "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით",
    "en": "the quick brown fox jumps over the lazy dog, naïve café",
}


@pytest.mark.parametrize("code", TABLE)
def test_a_sentence_has_only_letters_of_its_languages_alphabet(code):
    foreign = {letter for letter in SENTENCES[code] if letter.isalpha()} - set(langs.language(code).letters)
    assert not foreign


@pytest.mark.parametrize(
    ("code", "letters"),
    [
        ("tg", "ыщцьїў"),
        ("ru", "іїўқҳ"),
        ("be", "ищъ"),
        ("uk", "ыэёъ"),
        ("ro", "şţã"),
        ("kk", "əҳӯ"),
        ("uz-Cyrl", "ыщӯ"),
        ("az", "әä"),
        ("tk", "ãñÿ"),
        ("hy", "oeh"),
        ("ka", "აbc"[1:]),
    ],
)
def test_a_neighbours_letters_are_not_in_the_alphabet(code, letters):
    assert not set(letters) & set(langs.language(code).letters)


def test_importing_the_table_does_not_import_babel():
    source = "import sys, tarjuma.langs; tarjuma.langs.language('uz_Cyrl'); sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", source], check=False).returncode == 0
