"""Engines on this machine: Apertium, local models, a program of one's own, pseudo-translations."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tarjuma import formats
from tarjuma.engines import Engine, FatalError, LanguageError, OutputError, Request, TransientError, _modes, engine
from tarjuma.engines._daemon import Daemon
from tarjuma.engines._families import FAMILIES, code
from tarjuma.engines._portions import portions
from tarjuma.engines._stream import streamed
from tarjuma.engines.apertium import Apertium, Pipe
from tarjuma.errors import ConfigError
from tarjuma.model import Options
from tarjuma.protection import Fault, ladder
from tests.laws import CORPORA, EXAMPLES, needs_corpora

MODES = Path("/usr/share/apertium/modes")
needs_apertium = pytest.mark.skipif(
    not (MODES / "rus-bel.mode").exists() or not (MODES / "rus-ukr.mode").exists(),
    reason="skipped: Apertium is not installed",
)
needs_offline = pytest.mark.skipif(
    not find_spec("ctranslate2") or not find_spec("sentencepiece"), reason="skipped: tarjuma[offline] is not installed"
)
PYTHON = sys.executable


def asked(made: Engine, texts: list[str], source: str, target: str) -> list[str]:
    return made.translate([Request(text) for text in texts], source, target)


# Apertium


@pytest.fixture(scope="module")
def apertium() -> Iterator[Engine]:
    made = engine("apertium", {}, {})
    yield made
    made.close()


@needs_apertium
@pytest.mark.parametrize(
    ("source", "target", "text", "translation"),
    [
        ("ru", "be", "Заголовок без точки", "Загаловак без кропкі"),
        ("ru", "uk", "Откройте файл README.md в папке.", "Відкрийте файл README.md у папці."),
        ("be", "ru", "Гэта мой дом.", "Эта мой дом."),
        ("uk", "ru", "Це мій дім.", "Это мой дом."),
        # letters: capitals, unknown words without marks, stress
        ("ru", "be", "ПЕРВЫЙ ГОРОД. Первый город.", "ПЕРШЫ ГОРАД. Першы горад."),
        ("ru", "be", "Абырвалгий пишет на Ruby", "Абырвалгий пишет на Ruby"),
        ("ru", "be", "молоко́", "малако"),
        # the rules of the package lose the space, the participle, and write both forms
        ("ru", "uk", "Этот дом", "Цей дім"),
        ("ru", "uk", "мой первый  [1]пост[/1]", "мій перший  [1]пост[/1]"),
        ("ru", "be", "Проект [1]размещён[/1] здесь", "Праект [1]размешчаны[/1] тут"),
        ("ru", "be", "обеспечив соблюдение", "забяспечыўшы выконванне"),
        # masks and other signs
        ("ru", "be", "[1]Открытый[/1] исходный <x2>код</x2><x3/>", "[1]Адкрыты[/1] зыходны <x2>код</x2><x3/>"),
        ("ru", "be", "дом^дом $дом {дом} ~дом @дом #дом *дом", "дом^дом $дом {дом} ~дом @дом #дом *дом"),
        ("ru", "be", "  дом\nдом\tдом  ", "  дом\nдом\tдом  "),
        ("ru", "be", "скидка %23", "скідка %23"),
        ("ru", "uk", "", ""),
        ("ru", "uk", "… 100 % — !", "… 100 % — !"),
    ],
)
def test_apertium_translates_words_and_leaves_all_else(
    apertium: Engine, source: str, target: str, text: str, translation: str
) -> None:
    assert asked(apertium, [text], source, target) == [translation]


SIGNS = st.sampled_from([
    "[1]", "[/1]", "<x2/>", "</x3>", "[", "]", "{", "}", "<", ">", "^", "$", "/", "\\", "@", "~", "*", "#", "+",
    "%", "&", "_", "|", "`", "'", '"', "=", " ", "  ", "\t", "\n", "\u00a0", "\u200b", "…", "—", "«", "»", "№", "²",
    "é", "ß", "中", "ا", "😀", "👨‍👩‍👧", "Open", "git", "7", "23", ".", ",", "!", "?", ":", ";", "(", ")", "-",
])  # fmt: skip


@pytest.fixture(scope="module")
def pipe() -> Iterator[Pipe]:
    made = Pipe(("rus", "bel"), _modes.commands((MODES / "rus-bel.mode").read_text("utf-8")), "ru", 20)
    yield made
    made.close()


@needs_apertium
@settings(max_examples=max(20, EXAMPLES // 50), deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(st.lists(SIGNS, min_size=1, max_size=12).map("".join), min_size=1, max_size=40))
def test_what_holds_no_word_of_the_language_comes_back_as_it_went(pipe: Pipe, texts: list[str]) -> None:
    assert pipe.translate(texts) == [text.strip() for text in texts]


WORDS = ("дом", "город", "проект", "открыт", "этот", "первый", "писать", "люди", "Москва", "код", "не", "и", "в", "на")


@needs_apertium
def test_many_threads_get_each_its_own_texts(apertium: Engine) -> None:
    texts = [f"{word} {number} {other}" for number, word in enumerate(WORDS) for other in WORDS]
    alone = {target: asked(apertium, texts, "ru", target) for target in ("be", "uk")}
    packs = [(target, start) for target in ("be", "uk") for start in range(0, len(texts), 7)] * 3
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda pack: asked(apertium, texts[pack[1] : pack[1] + 7], "ru", pack[0]), packs))
    assert found == [alone[target][start : start + 7] for target, start in packs]


@needs_apertium
def test_one_text_is_translated_as_it_is_among_others(apertium: Engine) -> None:
    texts = ["Этот дом", "Проект открыт.", "код^", "%23", "a~b", "ко́д и дом", "Он писал"]
    assert [asked(apertium, [text], "ru", "be")[0] for text in texts] == asked(apertium, texts, "ru", "be")


@needs_apertium
@pytest.mark.parametrize("fate", [signal.SIGKILL, signal.SIGSTOP], ids=["died", "silent"])
def test_programs_that_died_or_fell_silent_are_started_anew(fate: signal.Signals) -> None:
    made = engine("apertium", {"timeout": 1}, {})
    assert isinstance(made, Apertium)
    try:
        assert asked(made, ["Этот дом"], "ru", "uk") == ["Цей дім"]
        (pipe,) = made._pipes.values()
        daemon = pipe._daemon
        assert daemon
        os.kill(daemon.ids[3], fate)
        assert asked(made, ["Этот дом", "Мой дом"], "ru", "uk") == ["Цей дім", "Мій дім"]
        assert pipe._daemon is not daemon
    finally:
        made.close()


@needs_apertium
def test_after_closing_no_program_is_left() -> None:
    made = engine("apertium", {}, {})
    assert isinstance(made, Apertium)
    asked(made, ["дом"], "ru", "be")
    (pipe,) = made._pipes.values()
    assert pipe._daemon
    ids = pipe._daemon.ids
    made.close()
    for number in ids:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


KILLED = """
import sys
from tarjuma.engines import Request, engine
made = engine("apertium", {}, {})
texts = [Request(text) for text in sys.argv[2:] * 50]
made.translate(texts[:1], "ru", sys.argv[1])
(pipe,) = made._pipes.values()
print(*pipe._daemon.ids, flush=True)
while True:
    made.translate(texts, "ru", sys.argv[1])
"""


@needs_apertium
@pytest.mark.parametrize("target", ["be", "uk"])
def test_when_we_are_killed_no_program_stays(target: str) -> None:
    # behind a text that is cut off apertium-transfer can turn in a circle for ever
    texts = ["Этот дом стоит у реки [1] .", "Он писал ~ код^ и %23 <b>", "молоко́ и Ծրագիր"]
    chance = random.Random(5)
    for _ in range(5):
        process = subprocess.Popen([sys.executable, "-c", KILLED, target, *texts], stdout=subprocess.PIPE, text=True)
        assert process.stdout
        ids = [int(number) for number in process.stdout.readline().split()]
        assert len(ids) >= 10
        time.sleep(chance.uniform(0, 0.3))
        process.kill()
        process.communicate()
        assert is_soon(lambda ids=ids: all(map(is_gone, ids)))


@needs_apertium
@needs_corpora
@pytest.mark.parametrize("target", ["be", "uk"])
def test_a_thousand_paragraphs_come_back_with_their_markup(apertium: Engine, target: str) -> None:
    wanted = list(islice(paragraphs(CORPORA / "opensource-guide" / "ru"), 1000))
    rungs = [next(ladder(text, apertium.traits.masks)) for text in wanted]
    answers = iter(asked(apertium, [text for rung in rungs for text in rung.texts], "ru", target))
    restored = [rung.restored([next(answers) for _ in rung.texts]) for rung in rungs]
    assert len(restored) == 1000
    assert sum(not isinstance(each, Fault) for each in restored) >= 995


def paragraphs(folder: Path) -> Iterator[str]:
    """Different texts of Markdown files."""
    seen = set()
    for path in sorted(folder.glob("*.md")):
        for segment in formats.parse(path.read_bytes(), path.name, Options()).segments:
            if segment.key.text not in seen:
                seen.add(segment.key.text)
                yield segment.key.text


def test_without_a_pair_apertium_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(
        FatalError, match=r"no language pair .*apt-get install apertium apertium-bel-rus apertium-rus-ukr"
    ):
        engine("apertium", {"folder": str(tmp_path)}, {})


@pytest.mark.parametrize("key", ["url", "rate", "price"])
def test_settings_for_services_are_refused_by_engines_on_this_machine(key: str) -> None:
    for name in ("apertium", "pseudo"):
        with pytest.raises(ConfigError, match="is for services"):
            engine(name, {key: 1}, {})


STAND_IN = """
import sys
while True:
    text = b""
    while (byte := sys.stdin.buffer.read(1)) not in (b"\\0", b""):
        text += byte
    if not byte:
        break
    {fault}
    sys.stdout.buffer.write(text + b"\\0")
    sys.stdout.buffer.flush()
"""


def installed(folder: Path, fault: str) -> Mapping[str, object]:
    """Settings for a pair whose only program copies, but for a fault."""
    program = folder / "copy.py"
    program.write_text(STAND_IN.format(fault=fault), "utf-8")
    (folder / "modes").mkdir()
    # the program is started with -z, which Python does not know, hence env
    (folder / "env-z").write_text(f'#!/bin/sh\nshift\nexec {PYTHON} "$@"\n', "utf-8")
    (folder / "env-z").chmod(0o755)
    (folder / "modes" / "rus-bel.mode").write_text(f"'{folder}/env-z' '{program}'", "utf-8")
    return {"folder": str(folder), "timeout": 2}


@pytest.mark.parametrize(
    "fault",
    [
        "if b'bad' in text: break",
        "if b'bad' in text: continue",
        "if b'bad' in text: text = b'[s0]another answer [e]'",
        "if b'bad' in text: text = text.replace(b'[e]', b'[77][e]')",
        "if b'bad' in text: text = b''",
    ],
    ids=["dies", "swallows the end", "answers another", "makes up a blank", "says nothing"],
)
def test_a_text_that_gets_no_answer_is_told_and_others_are_not_mixed_up(tmp_path: Path, fault: str) -> None:
    made = engine("apertium", installed(tmp_path, fault), {})
    try:
        assert asked(made, ["one", "two", "three"], "ru", "be") == ["one", "two", "three"]
        with pytest.raises(OutputError, match="ends or falls silent") as caught:
            asked(made, ["one", "a bad one", "three"], "ru", "be")
        assert "bad" not in str(caught.value)
        assert asked(made, ["four", "five"], "ru", "be") == ["four", "five"]
    finally:
        made.close()


def test_a_text_that_once_got_no_answer_is_asked_again(tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    fault = f"""
    import os
    if b'two' in text and not os.path.exists({str(flag)!r}):
        open({str(flag)!r}, "w").close()
        break"""
    made = engine("apertium", installed(tmp_path, fault), {})
    try:
        assert asked(made, ["one", "two", "three"], "ru", "be") == ["one", "two", "three"]
    finally:
        made.close()


def test_pairs_that_are_not_installed_are_not_taken(tmp_path: Path) -> None:
    made = engine("apertium", installed(tmp_path, ""), {})
    assert made.route("ru", "be") == ("rus", "bel")
    assert made.route("ru", "uk") is made.route("en", "be") is made.route("ru", "be-Latn") is None
    with pytest.raises(LanguageError, match="apt-get install"):
        asked(made, ["text"], "ru", "uk")


def test_a_program_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = installed(tmp_path, "")
    (tmp_path / "modes" / "rus-bel.mode").write_text("lt-proc-of-nobody", "utf-8")
    with pytest.raises(FatalError, match=r"lt-proc-of-nobody is missing. On Debian"):
        engine("apertium", table, {})


def test_more_text_than_a_pipe_holds_goes_through() -> None:
    daemon = Daemon([["cat"], ["cat"], ["cat"]])
    texts = [f"{number} {'текст ' * 300}".encode() for number in range(500)]
    try:
        assert daemon.ask(texts, 20) == texts
    finally:
        daemon.close()


def test_the_crashing_tagger_gives_way_to_the_first_reading() -> None:
    mode = "lt-proc -w 'a.bin' | cg-proc -w 'b.bin' | apertium-tagger -g $2 'c.prob' | lt-proc $1 'd e.bin'"
    assert _modes.commands(mode) == [
        ["lt-proc", "-z", "-w", "a.bin"],
        ["cg-proc", "-z", "-1", "-n", "-w", "b.bin"],
        ["lt-proc", "-z", "-n", "d e.bin"],
    ]


def test_the_tagger_stays_where_no_grammar_stands_before_it() -> None:
    assert _modes.commands("lt-proc a | apertium-tagger -g $2 b") == [
        ["lt-proc", "-z", "a"],
        ["apertium-tagger", "-z", "-g", "b"],
    ]


@pytest.mark.parametrize(
    ("rules", "after"),
    [
        ("<rule><out><lu>a</lu><b/><lu>b</lu></out></rule>", "<rule><out><lu>a</lu><b/><lu>b</lu></out></rule>"),
        ("<rule><lu>a</lu> <!-- x --> <lu>b</lu></rule>", "<rule><lu>a</lu><b/> <!-- x --> <lu>b</lu></rule>"),
        (
            "<rule><pattern-item n='x'/><pattern-item n='y'/><lu>a</lu><lu>b</lu></rule>",
            "<rule><pattern-item n='x'/><pattern-item n='y'/><lu>a</lu><b pos=\"1\"/><lu>b</lu></rule>",
        ),
    ],
)  # fmt: skip
def test_a_space_stands_between_any_two_words_that_a_rule_puts_out(rules: str, after: str) -> None:
    assert _modes.mended(rules) == after


@settings(max_examples=EXAMPLES)
@given(st.text())
def test_a_text_in_the_stream_holds_no_sign_that_programs_know_and_reads_back(text: str) -> None:
    sent = streamed(text, 5, "ru")
    inside = sent.text.removeprefix("[s5]").removesuffix(" [e]")
    assert not set("\\^$/{}<>@~\n\0") & set(inside)
    assert sent.sent.count(b"\0") == 0
    received = sent.received(sent.sent)
    assert received is not None
    assert sent.received(sent.sent.replace(b"[s5]", b"[s6]")) is None


# Neural models


@pytest.mark.parametrize(
    ("family", "codes"),
    [
        ("nllb", {
            "en": "eng_Latn", "ru": "rus_Cyrl", "tg": "tgk_Cyrl", "kk": "kaz_Cyrl", "ky": "kir_Cyrl", "uz": "uzn_Latn",
            "az": "azj_Latn", "hy": "hye_Armn", "be": "bel_Cyrl", "ro": "ron_Latn", "tk": "tuk_Latn", "uk": "ukr_Cyrl",
            "ka": "kat_Geor", "uz-Cyrl": "", "de": "deu_Latn",
        }),
        ("m2m", {"en": "en", "ru": "ru", "kk": "kk", "uz": "uz", "az": "az", "hy": "hy", "be": "be", "ro": "ro",
                 "uk": "uk", "ka": "ka", "tg": "", "ky": "", "tk": "", "uz-Cyrl": ""}),
        ("madlad", {"ru": "ru", "tg": "tg", "tk": "tk", "uz": "uz", "uz-Cyrl": "", "kaa": "kaa"}),
        ("opus", {"ru": "rus", "be": "bel", "uz": "uzb_Latn", "uz-Cyrl": "uzb_Cyrl", "tg": "tgk_Cyrl"}),
    ],
)  # fmt: skip
def test_a_family_has_its_own_names_for_languages(family: str, codes: dict[str, str]) -> None:
    known = {each for each in codes.values() if each} | {"bel_Latn", "rus_Latn", "zho_Hans"}
    assert {tag: code(FAMILIES[family], tag, known) for tag in codes} == codes


@pytest.mark.parametrize(
    ("family", "source", "target", "tokens", "prefix"),
    [
        ("nllb", "eng_Latn", "tgk_Cyrl", ["eng_Latn", "▁a"], ["tgk_Cyrl"]),
        ("m2m", "en", "ru", ["__en__", "▁a"], ["__ru__"]),
        ("madlad", "", "tg", ["<2tg>", "▁a"], []),
        ("opus", "", "bel", [">>bel<<", "▁a"], []),
        ("opus", "", "", ["▁a"], []),
    ],
)
def test_a_model_is_told_the_languages_as_its_family_has_learned(
    family: str, source: str, target: str, tokens: list[str], prefix: list[str]
) -> None:
    assert FAMILIES[family].asked(["▁a"], source, target) == (tokens, prefix)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two!  Three?", ["One.", " ", "Two!", "  ", "Three?"]),
        ("[1]Bold.[/1] Next <x2>one.</x2> Last.", ["[1]Bold.[/1]", " ", "Next <x2>one.</x2>", " ", "Last."]),
        ("Version 2.0 is e.g. here", ["Version 2.0 is e.g. here"]),
        ("a b, c d and quite some more", ["a b,", " ", "c d and", " ", "quite", " ", "some more"]),
        ("indivisible-and-much-too-long", ["indivisible-and-much-too-long"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_sentences_and_what_is_too_long_at_pauses(text: str, parts: list[str]) -> None:
    most = 12 if "." not in text else 40
    assert list(portions(text, lambda part: len(part) <= most)) == parts


@settings(max_examples=EXAMPLES)
@given(st.text(alphabet=st.sampled_from("aB .,!?[]/1\n\u00a0—»)")), st.integers(1, 20))
def test_portions_together_are_the_text(text: str, most: int) -> None:
    assert "".join(portions(text, lambda part: len(part) <= most)) == text


MODELS = {
    "nllb": (("eng_Latn", "rus_Cyrl", "tgk_Cyrl"), ("sentencepiece.bpe.model",), {}),
    "m2m": (("__en__", "__ru__", "__tg__"), ("sentencepiece.bpe.model",), {}),
    "madlad": (("<2en>", "<2ru>", "<2tg>"), ("spiece.model",), {}),
    "opus": ((">>rus<<", ">>tgk_Cyrl<<"), ("source.spm", "target.spm"), {"from": ["en"]}),
    "pair": ((), ("source.spm", "target.spm"), {"from": ["en"], "into": ["ru"]}),
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    from tests.tiny_model import build

    top = tmp_path_factory.mktemp("models")
    return {name: build(top / name, tokens, pieces) for name, (tokens, pieces, _) in MODELS.items()}


def local_model(folders: dict[str, Path], name: str, **more: object) -> Engine:
    return engine("ctranslate2", {"folder": str(folders[name]), "threads": 1, **MODELS[name][2], **more}, {})


@needs_offline
@pytest.mark.parametrize("name", MODELS)
def test_a_model_of_each_family_is_recognised_and_translates_through_all_steps(
    folders: dict[str, Path], name: str
) -> None:
    made = local_model(folders, name, beam_size=2)
    texts = [
        "Read [1]the[/1] docs. Then begin!",
        "Привет",
        "... 5",
        " a b ",
        "One; two. Three: four? Five, six (seven).",
    ]
    assert asked(made, texts, "en", "ru") == texts
    assert made.traits.version.startswith("opus" if name == "pair" else name)
    made.close()
    assert asked(made, texts, "en", "ru") == texts


@needs_offline
@pytest.mark.parametrize(
    ("name", "taken", "refused"),
    [
        ("nllb", [("en", "ru"), ("ru", "tg")], [("en", "kk"), ("kk", "ru"), ("en", "en")]),
        ("m2m", [("en", "tg"), ("ru", "en")], [("en", "uz-Cyrl")]),
        ("madlad", [("kk", "ru"), ("en", "tg")], [("en", "kk")]),
        ("opus", [("en", "ru"), ("en", "tg")], [("ru", "tg"), ("en", "kk")]),
        ("pair", [("en", "ru")], [("ru", "en"), ("en", "tg")]),
    ],
)
def test_a_model_takes_the_languages_that_it_has(
    folders: dict[str, Path], name: str, taken: list[tuple[str, str]], refused: list[tuple[str, str]]
) -> None:
    made = local_model(folders, name)
    assert all(made.route(*pair) is not None for pair in taken)
    for pair in refused:
        assert made.route(*pair) is None
        with pytest.raises(LanguageError):
            asked(made, ["text"], *pair)


@needs_offline
def test_codes_of_the_settings_win_over_ours(folders: dict[str, Path]) -> None:
    made = local_model(folders, "nllb", codes={"uz": "tgk_Cyrl"})
    assert made.route("en", "uz") == ("eng_Latn", "tgk_Cyrl")


@needs_offline
def test_threads_get_each_its_own_texts_from_a_model(folders: dict[str, Path]) -> None:
    made = local_model(folders, "nllb", beam_size=1)
    packs = [[f"Text {number} of {pack}." for number in range(5)] for pack in range(40)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda pack: asked(made, pack, "en", "ru"), packs)) == packs


@needs_offline
def test_a_sentence_longer_than_the_model_takes_is_cut(folders: dict[str, Path]) -> None:
    made = local_model(folders, "nllb", max_tokens=40, beam_size=1)
    text = "This is a rather long sentence, which has many words, and pauses; " * 5 + "it ends here."
    assert asked(made, [text], "en", "ru") == [text]


@needs_offline
@pytest.mark.parametrize(
    ("lost", "message"),
    [
        ("model.bin", "there is no model.bin"),
        ("shared_vocabulary.json", "there is no vocabulary"),
        ("sentencepiece.bpe.model", "there is no SentencePiece model"),
    ],
)
def test_a_folder_that_lacks_a_file_is_told(folders: dict[str, Path], tmp_path: Path, lost: str, message: str) -> None:
    for path in folders["nllb"].iterdir():
        if path.name != lost:
            (tmp_path / path.name).symlink_to(path)
    with pytest.raises(ConfigError, match=message) as caught:
        engine("ctranslate2", {"folder": str(tmp_path)}, {})
    assert "engines-offline.md" in caught.value.hint


@needs_offline
@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, "folder is missing"),
        ({"folder": "/nowhere/at/all"}, "there is no folder"),
        ({"folder": ".", "family": "bart"}, "unknown family"),
        ({"folder": ".", "beem_size": 2}, "unknown key"),
        ({"folder": ".", "url": "http://localhost"}, "is for services"),
    ],
)
def test_settings_of_a_model_that_cannot_be_are_told(table: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        engine("ctranslate2", table, {})


@needs_offline
def test_a_model_of_opus_wants_its_languages_told(folders: dict[str, Path]) -> None:
    with pytest.raises(ConfigError, match="from is missing"):
        engine("ctranslate2", {"folder": str(folders["opus"])}, {})
    with pytest.raises(ConfigError, match="into is missing"):
        engine("ctranslate2", {"folder": str(folders["pair"]), "from": ["en"]}, {})


@needs_offline
def test_the_folder_of_a_model_is_looked_for_in_the_project(folders: dict[str, Path]) -> None:
    folder = folders["nllb"]
    engine("ctranslate2", {"folder": folder.name}, {"TARJUMA_PROJECT": str(folder.parent)}).close()
    with pytest.raises(ConfigError, match="there is no folder"):
        engine("ctranslate2", {"folder": folder.name}, {"TARJUMA_PROJECT": str(folder)})


@needs_offline
def test_a_word_longer_than_the_model_takes_spoils_its_own_request(
    folders: dict[str, Path],
) -> None:
    with pytest.raises(OutputError, match="a sentence is longer than it takes, see max_tokens"):
        asked(local_model(folders, "nllb"), ["short", "w" * 200], "en", "ru")


@needs_offline
def test_weights_that_are_none_are_told(folders: dict[str, Path], tmp_path: Path) -> None:
    for path in folders["nllb"].iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes() if path.name != "model.bin" else b"none")
    with pytest.raises(FatalError, match="cannot be loaded"):
        asked(engine("ctranslate2", {"folder": str(tmp_path)}, {}), ["text"], "en", "ru")


def test_without_its_packages_the_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tarjuma.engines.ctranslate2.find_spec", lambda name: None)
    with pytest.raises(FatalError, match=r"ctranslate2 and sentencepiece: pip install 'tarjuma\[offline\]'"):
        engine("ctranslate2", {"folder": "."}, {})


# A program of one's own


UPPER = (
    "import json, os, sys; print(json.dumps([t.upper() + os.environ['TARJUMA_TARGET'] for t in json.load(sys.stdin)]))"
)


def script(program: str, *arguments: str, environment: Mapping[str, str] = os.environ, **more: object) -> Engine:
    table = {"command": [PYTHON, "-c", program, *arguments], "languages": ["en", "ru", "tg"], **more}
    return engine("script", table, environment)


def test_a_program_gets_an_array_of_texts_and_gives_one_back() -> None:
    assert asked(script(UPPER), ["a [1]", "привет", "…"], "en", "ru") == ["A [1]ru", "ПРИВЕТru", "…"]


def test_a_program_gets_its_own_codes_in_arguments_and_variables() -> None:
    program = "import json, os, sys; json.load(sys.stdin); print(json.dumps([' '.join(sys.argv[1:])]))"
    made = script(program, "{source}-{target}", "as {it}", languages={"en": "eng", "tg": "tgk"})
    assert asked(made, ["text"], "en", "tg") == ["eng-tgk as {it}"]
    assert made.route("en", "ru") is None
    with pytest.raises(LanguageError, match="languages in"):
        asked(made, ["text"], "en", "ru")


def test_a_program_sees_only_the_variables_that_it_may() -> None:
    program = "import json, os, sys; json.load(sys.stdin); print(json.dumps([' '.join(sorted(os.environ))]))"
    environment = {**os.environ, "AWS_SECRET": "x", "MY_API_KEY": "secret"}
    (names,) = asked(script(program, environment=environment), ["text"], "en", "ru")
    assert "TARJUMA_SOURCE" in names
    assert "AWS_SECRET" not in names
    assert "MY_API_KEY" not in names


@pytest.mark.parametrize(
    ("program", "error", "message"),
    [
        ("import sys; sys.exit('no model here')", OutputError, "exit code 1: no model here"),
        ("import sys; sys.stderr.write('first\\nlast\\n\\n'); sys.exit(7)", OutputError, "exit code 7: last$"),
        ("import sys; sys.exit(3)", OutputError, "exit code 3$"),
        ("import sys; sys.exit('bad: ' + sys.stdin.read())", OutputError, "exit code 1: its last line is not shown"),
        ("import sys; raise ValueError(sys.stdin.read()[9:30])", OutputError, "its last line is not shown"),
        ("import os; os.abort()", OutputError, "exit code -6"),
        ("print('[1, 2]')", OutputError, "2 texts came back for 1"),
        ("print('[1]')", OutputError, "nothing came back"),
        ("print('[\"\"]')", OutputError, "nothing came back"),
        ("print('{}')", OutputError, "not a JSON array"),
        ("print('Traceback')", OutputError, "not a JSON array"),
        ("", OutputError, "not a JSON array"),
        ("import time; time.sleep(60)", TransientError, "longer than 0.5 s"),
        ("import sys; [print('x' * 9_999_999)]", OutputError, "longer than any translation"),
    ],
)
def test_what_goes_wrong_in_a_program_is_told_without_the_text(
    program: str, error: type[Exception], message: str
) -> None:
    text = "A very private sentence about somebody"
    made = script(program, timeout=0.5 if "sleep" in program else 60)
    with pytest.raises(error, match=message) as caught:
        asked(made, [text], "en", "ru")
    assert "private" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_key_is_in_no_message_of_a_program() -> None:
    program = "import os, sys; sys.exit('refused: ' + os.environ['MY_API_KEY'])"
    made = engine(
        "script",
        {"command": [PYTHON, "-c", program], "languages": ["en", "ru"], "environment": ["MY_API_KEY"]},
        {**os.environ, "MY_API_KEY": "sesame"},
    )
    with pytest.raises(OutputError, match="not shown") as caught:
        asked(made, ["text"], "en", "ru")
    assert "sesame" not in str(caught.value)


def test_a_program_that_is_not_there_is_told() -> None:
    made = engine("script", {"command": ["/nowhere/translate"], "languages": ["en", "ru"]}, os.environ)
    with pytest.raises(FatalError, match="/nowhere/translate cannot be started: No such file"):
        asked(made, ["text"], "en", "ru")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, "command is missing"),
        ({"command": "rm -rf"}, "must be a list"),
        ({"command": ["a"]}, "languages is missing"),
        ({"command": ["a"], "languages": ["en"]}, "languages is missing"),
        ({"command": ["a"], "languages": ["en", "ru"], "url": "http://x"}, "is for services"),
    ],
)
def test_settings_of_a_program_that_cannot_be_are_told(table: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        engine("script", table, {})


def test_a_program_runs_in_the_folder_of_the_project(tmp_path: Path) -> None:
    program = "import json, os; print(json.dumps([os.getcwd()]))"
    command = {"command": [sys.executable, "-c", program], "languages": ["en", "ru"]}
    made = engine("script", command, {**os.environ, "TARJUMA_PROJECT": str(tmp_path)})
    assert asked(made, ["text"], "en", "ru") == [os.path.realpath(tmp_path)]


def test_what_a_program_started_ends_with_it(tmp_path: Path) -> None:
    flag = tmp_path / "id"
    program = """
import pathlib, subprocess, sys, time
pathlib.Path(sys.argv[1]).write_text(str(subprocess.Popen(["sleep", "60"]).pid))
time.sleep(60)
"""
    with pytest.raises(TransientError):
        asked(script(program, str(flag), timeout=3), ["text"], "en", "ru")
    number = int(flag.read_text())
    assert is_soon(lambda: is_gone(number))


def test_a_program_ends_when_we_are_killed(tmp_path: Path) -> None:
    flag = tmp_path / "id"
    program = """
import os, pathlib, sys, time
sys.stdin.read()
pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))
time.sleep(60)
"""
    ours = f"""
from tarjuma.engines import Request, engine
command = [{sys.executable!r}, "-c", {program!r}, {str(flag)!r}]
made = engine("script", {{"command": command, "languages": ["en", "ru"]}}, {{}})
made.translate([Request("text")], "en", "ru")
"""
    process = subprocess.Popen([sys.executable, "-c", ours])
    assert is_soon(lambda: flag.exists() and bool(flag.read_text()))
    process.kill()
    process.wait()
    assert is_soon(lambda: is_gone(int(flag.read_text())))


def is_soon(claim: Callable[[], bool]) -> bool:
    """Say whether something comes true within ten seconds."""
    until = time.monotonic() + 10
    while not claim():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def is_gone(number: int) -> bool:
    """Say whether a process has ended; one that nobody has asked for yet counts as ended."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_program_that_reads_nothing_may_still_answer() -> None:
    made = script("print('[\"ja\"]')")
    assert asked(made, ["x" * 4000], "en", "ru") == ["ja"]


def test_another_command_makes_other_drafts() -> None:
    versions = {
        script(UPPER).traits.version,
        script(UPPER + " ").traits.version,
        script(UPPER, version="2").traits.version,
    }
    assert len(versions) == 3


def test_a_program_that_asks_a_service_says_whom() -> None:
    assert script(UPPER).traits.host == ""
    assert script(UPPER, host="mt.example.org").traits.host == "mt.example.org"


# Pseudo-translations


@pytest.mark.parametrize(
    ("text", "target", "translation"),
    [
        ("Read the docs", "az", "‹Ŕêàð ţĥĥêê ðôôçš›"),
        ("Read the docs", "tg", "‹Реад тххее доокс›"),
        ("Читать", "be", "‹Ӵӥтӑӑть›"),
        ("Read", "ka", "‹რეად›"),
        ("Read", "hy", "‹Րեադ›"),
        ("Читать", "az", "‹Çîţààţý›"),
        ("[1]Read[/1] <x2>it</x2>, {name}.", "ru", "‹[1]Реад[/1] <x2>иит</x2>, {name}›."),
        ("%(count)s of %d &amp; {{ page }}", "ru", "‹%(count)s оф %d &amp; {{ page }}›"),
        ("— 5 —", "ru", "— 5 —"),
        ("", "ru", ""),
    ],
)
def test_a_pseudo_translation_has_other_letters_is_longer_and_keeps_masks(
    text: str, target: str, translation: str
) -> None:
    made = engine("pseudo", {}, {})
    assert asked(made, [text], "en", target) == [translation]


@settings(max_examples=EXAMPLES)
@given(st.text(alphabet="abcdeou xyzЖЫщ", min_size=1))
def test_a_pseudo_translation_is_thirty_percent_longer(text: str) -> None:
    (found,) = asked(engine("pseudo", {}, {}), [text], "en", "ru")
    if found != text:
        letters = len(text.strip())
        assert 1.3 * letters - 3 <= len(found.strip()) - 2 <= 1.3 * letters + 1


def test_json_of_a_program_may_hold_any_text() -> None:
    copy = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())"
    texts = ["a\nb", 'quote " and \\', "emoji 😀", "[1] \u2028 x"]
    assert asked(script(copy), texts, "en", "ru") == texts
    assert json.loads(json.dumps(texts)) == texts
