"""tarjuma's own messages: all of them are in the catalogs, all are translated, none loses a value."""

import ast
import string
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tarjuma import checking, checks, langs, po, speech
from tarjuma.checks import Context
from tarjuma.model import Catalog, Entry, Key, Message, Problem, Severity, State

TOP = Path(__file__).parents[1]
POT = TOP / "locales" / "_tarjuma.pot"

sys.path.insert(0, str(TOP / "docs"))
import messages  # noqa: E402

from_source = pytest.mark.skipif(not (TOP / "src").is_dir(), reason="skipped: no source tree")


def path_of(code: str) -> Path:
    return TOP / "locales" / code / "LC_MESSAGES" / "_tarjuma.po"


def entries(path: Path) -> dict[Key, Entry]:
    catalog = po.parse(path.read_bytes(), path.name)
    return {entry.key: entry for entry in catalog.entries if not entry.is_obsolete}


def names(text: str) -> set[str]:
    """The values that a message speaks of. A message that cannot be filled fails here."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def problem(template: str, **values: str) -> Problem:
    return Problem(
        "x", Severity.ERROR, "x.po", template.format(**values), template=template, values=tuple(values.items())
    )


@from_source
def test_every_message_of_the_program_is_in_the_template() -> None:
    assert set(entries(POT)) == {message.key for message in messages.messages()}


@pytest.mark.parametrize("code", speech.LANGUAGES)
def test_the_catalog_is_complete_and_reviewed(code: str) -> None:
    translated = entries(path_of(code))
    assert set(translated) == set(entries(POT))
    assert [key for key, entry in translated.items() if entry.state is not State.REVIEWED] == []


@pytest.mark.parametrize("code", speech.LANGUAGES)
def test_no_translation_loses_or_adds_a_value(code: str) -> None:
    for key, entry in entries(path_of(code)).items():
        assert names(entry.target) == names(key.text), entry.target


@pytest.mark.parametrize("code", speech.LANGUAGES)
def test_our_own_translations_pass_our_own_checks(code: str) -> None:
    catalog = po.parse(path_of(code).read_bytes(), path_of(code).as_posix())
    context = Context(langs.language(code), langs.language("en"))
    assert [f"{each.line} {each.check}: {each.message}" for each in checking.findings(catalog, context)] == []


@pytest.mark.parametrize("code", speech.LANGUAGES)
@pytest.mark.parametrize("name", checks.names())
def test_what_checks_say_of_their_examples_is_translated(name: str, code: str) -> None:
    said = speech.words(code)
    for finding in found(name):
        if set(finding.template) - set("{reason}") and any(map(str.isalpha, prose(finding.template))):
            assert said(finding) != finding.message, finding.template


def found(name: str) -> list[Problem]:
    if not hasattr(checks.module(name), "check"):
        return []
    problems = []
    for code, source, target, *_ in checks.rows(name, "BAD"):
        language = langs.language(code)
        catalog = Catalog("x.po", code, {}, (Entry(Message(Key(None, source)), (target,), line=1),))
        problems += checking.findings(catalog, Context(language, langs.language("en")), [name])
    return problems


def prose(template: str) -> str:
    return "".join(text for text, _, _, _ in string.Formatter().parse(template))


def test_values_stand_where_the_language_wants_them() -> None:
    message = problem("{found} stands where the source has {wanted}", found="{7}", wanted="17:00")
    assert speech.words("ru")(message) == "стоит {7}, а в оригинале 17:00"


def test_names_among_the_values_are_translated_too() -> None:
    stop = problem("{wanted} is missing at the end", wanted="a full stop")
    assert speech.words("ru")(stop) == "в конце не хватает знака: точка"
    hidden = problem("invisible character: {name}", name="soft hyphen (U+00AD), zero width no-break space (U+FEFF)")
    assert speech.words("ru")(hidden).endswith(": мягкий перенос (U+00AD), zero width no-break space (U+FEFF)")
    message = problem("this is in {language}", language="Uzbek (Cyrillic)")
    assert speech.words("tg")(message).endswith(": ӯзбекӣ (кириллӣ)")
    assert speech.words("ru")(problem("this is in {language}", language="Welsh")).endswith(": Welsh")


@pytest.mark.parametrize("code", ["en", "hy", "", "uz-Cyrl", "ru-Latn", "tj"])
def test_english_is_spoken_where_we_know_no_better(code: str) -> None:
    assert speech.words(code)(problem("not translated")) == "not translated"


@pytest.mark.parametrize("code", ["ru", "ru-RU", "ru_KZ"])
def test_readers_of_a_region_hear_their_language(code: str) -> None:
    assert speech.words(code)(problem("not translated")) == "не переведено"


def test_words_of_a_text_are_no_names() -> None:
    quoted = problem("the source has no {text}", text="source, not translated")
    assert speech.words("ru")(quoted) == "в оригинале нет source, not translated"


def test_a_message_that_nobody_translated_stays_english() -> None:
    assert speech.words("ru")(problem("nobody knows {this}", this="sentence")) == "nobody knows sentence"
    assert speech.words("ru")(Problem("x", Severity.ERROR, "x.po", "no template")) == "no template"


def test_a_message_that_lacks_a_value_stays_english() -> None:
    message = Problem("x", Severity.ERROR, "x.po", "in English", template="this is in {language}")
    assert speech.words("ru")(message) == "in English"


def test_english_reads_no_catalog() -> None:
    code = "from tarjuma import speech; import sys; speech.words('ru'); print('tarjuma.po' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_the_wheel_holds_every_language_that_is_spoken() -> None:
    conf = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
    packed = conf["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert packed == {
        path_of(code).relative_to(TOP).as_posix(): f"tarjuma/locales/{code}/_tarjuma.po" for code in speech.LANGUAGES
    }


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("yield Found('a {b}', {})", ["a {b}"]),
        ("Found('one ' 'two')", ["one two"]),
        ("Found('a' if x else 'b')", ["a", "b"]),
        ("X = 'a'\ndef f():\n    yield Found(X)", ["a"]),
        ("x, y = ('a', 1) if z else ('b', 2)\nFound(x)", ["a", "b"]),
        ("X = {'k': 'a', 'l': 'b'}\nFound(X[k])", ["a", "b"]),
        ("for x, y in ((1, 'a'), (2, 'b')):\n    Found(y)", ["a", "b"]),
        ("Problem(c, s, p, m, template='a')", ["a"]),
        ("Found(found.message)", []),
        ("Found('{reason}')", []),
        ("other('a')", []),
    ],
)
def test_messages_are_found_wherever_a_check_writes_them(code: str, said: list[str]) -> None:
    assert list(messages.spoken(ast.parse(code))) == said


def test_a_message_that_is_put_together_is_refused() -> None:
    with pytest.raises(ValueError, match="line 2: write the message as a literal"):
        list(messages.spoken(ast.parse("\nFound(f'a {b}')")))
