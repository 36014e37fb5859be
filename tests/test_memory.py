"""The memory: a file that may be lost, reviewed text that is found again, TMX, and what became of drafts."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import dispatch, engines, po, protection
from tarjuma.cli import group
from tarjuma.dispatch import Job
from tarjuma.engines import Request
from tarjuma.errors import ConfigError, PoError, SourceError, UsageError
from tarjuma.memory import Learned, Memory, Origin, Unit, database, reviewed, tmx
from tarjuma.model import Entry, Key, Message, source_hash, target_hash
from tarjuma.project import recollection
from tests.laws import EXAMPLES
from tests.site import Site, made


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory(str(tmp_path / "memory.sqlite")) as memory:
        yield memory


def learned(memory: Memory, *units: Unit, path: str = "a.po") -> None:
    memory.learn([Learned(path, str(len(units)), units)])


def unit(text: str, translation: str, context: str | None = None, origin: Origin = Origin.LIVE) -> Unit:
    return Unit("en", text, "ru", translation, context, "a", origin)


# --- a file that may be lost -----------------------------------------------------------------------------------------


def test_an_answer_is_found_again_by_another_process(tmp_path: Path) -> None:
    path = str(tmp_path / "memory.sqlite")
    with Memory(path) as memory:
        assert memory.find("key") is None
        memory.keep({"key": "Салом\n\0", "other": ""})
    with Memory(path) as memory:
        assert (memory.find("key"), memory.find("other"), memory.faults) == ("Салом\n\0", "", ())


def test_nothing_is_made_before_it_is_used(tmp_path: Path) -> None:
    Memory(str(tmp_path / "memory.sqlite")).close()
    assert os.listdir(tmp_path) == []


def test_what_was_kept_survives_a_kill(tmp_path: Path) -> None:
    script = """
        import sys
        from tarjuma.memory import Memory
        memory = Memory(sys.argv[1])
        for number in range(1_000_000):
            memory.keep({f"{number} {part}": "x" for part in range(3)})
            print(number, flush=True)
    """
    path = str(tmp_path / "memory.sqlite")
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), path], stdout=subprocess.PIPE, encoding="ascii"
    )
    assert process.stdout
    for _ in range(50):
        last = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read().split()
    process.stdout.close()
    process.wait()
    last = int(rest[-1]) if rest else last
    with Memory(path) as memory:
        assert all(memory.find(f"{number} 2") == "x" for number in range(last + 1))
        # the one that was being kept is there as a whole or not at all
        assert len({memory.find(f"{last + 1} {part}") for part in range(3)}) == 1
        assert memory.faults == ()


DAMAGE = {
    "text": b"this is no database at all, but it is long enough to be read as one" * 20,
    "a damaged head": b"SQLite format 3\0" + b"\xff" * 4096,
    "other tables": None,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_set_aside_and_begun_anew(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "memory.sqlite"
    if content := DAMAGE[damage]:
        path.write_bytes(content)
    else:
        other = sqlite3.connect(path)
        other.execute("CREATE TABLE answers (something TEXT)")
        other.close()
    with Memory(str(path)) as memory:
        memory.keep({"key": "text"})
        assert memory.find("key") == "text"
        assert memory.faults == (
            "was damaged; a new one is begun, the old one is memory.sqlite.broken and may be deleted",
        )
    with Memory(str(path)) as memory:
        assert (memory.find("key"), memory.faults) == ("text", ())
    assert (tmp_path / "memory.sqlite.broken").exists()


def test_a_page_that_is_damaged_in_the_middle_is_found_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with Memory(str(path)) as memory:
        memory.keep({str(number): "x" * 500 for number in range(500)})
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xee" * (len(content) - 8192)
    path.write_bytes(content)
    with Memory(str(path)) as memory:
        assert {memory.find(str(number)) for number in range(500)} <= {None, "x" * 500}
        memory.keep({"key": "text"})
        assert memory.find("key") == "text"
        assert len(memory.faults) == 1


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with Memory(str(path)) as memory:
        memory.keep({"key": "text"})
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    before = path.read_bytes()
    with Memory(str(path)) as memory:
        memory.keep({"key": "other"})
        assert memory.find("key") == "other"
        assert memory.faults == ("was made by a newer tarjuma, so what this run learns is not kept",)
    assert path.read_bytes() == before


def test_a_file_of_an_older_version_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with Memory(str(path)) as memory:
        memory.keep({"key": "text"})
    older = sqlite3.connect(path)
    older.execute("PRAGMA user_version = 0")
    older.close()
    with Memory(str(path)) as memory:
        assert (memory.find("key"), memory.faults) == (None, ())


def test_a_file_that_another_program_holds_costs_its_contents_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    path = tmp_path / "memory.sqlite"
    with Memory(str(path)) as memory:
        memory.keep({"key": "text"})
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with Memory(str(path)) as memory:
        memory.keep({"other": "text"})
        assert memory.find("other") == "text"
        assert memory.faults == ("another program holds it, so what this run learns is not kept",)
    holder.execute("ROLLBACK")
    holder.close()


def test_a_full_disk_keeps_what_was_known(tmp_path: Path) -> None:
    script = """
        import json, resource, signal, sys
        from tarjuma.memory import Memory
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with Memory(sys.argv[1]) as memory:
            memory.keep({"key": "text"})
            resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
            for number in range(100):
                memory.keep({str(number): "x" * 10_000})
            print(json.dumps([memory.find("key"), all(map(memory.find, map(str, range(100)))), *memory.faults]))
    """
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(tmp_path / "memory.sqlite")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.stderr == ""
    key, is_all_there, *faults = json.loads(ended.stdout)
    assert (key, is_all_there, len(faults)) == ("text", True, 1)
    assert faults[0].endswith("so what this run learns is not kept")


def test_where_nothing_can_be_written_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with Memory(str(tmp_path / "file" / "memory.sqlite")) as memory:
        memory.keep({"key": "text"})
        assert memory.find("key") == "text"
        assert memory.faults == ("it cannot be opened, so what this run learns is not kept",)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="skipped: root may write everywhere")
def test_a_read_only_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with Memory(str(path)) as memory:
        memory.keep({"key": "text"})
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with Memory(str(path)) as memory:
            memory.keep({"other": "text"})
            assert (memory.find("key"), memory.find("other"), len(memory.faults)) == ("text", "text", 1)
    finally:
        tmp_path.chmod(0o755)


def test_a_file_that_is_only_readable_is_copied(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with Memory(str(path)) as memory:
        memory.keep({"key": "text"})
    memory = Memory(str(path))
    memory._database._retreat("it may not be written", ("mode=ro", "immutable=1"))
    memory.keep({"other": "text"})
    assert (memory.find("key"), memory.find("other")) == ("text", "text")
    memory.close()
    assert memory.find("other") == "text"
    with Memory(str(path)) as memory:
        assert memory.find("other") is None


def test_several_processes_begin_one_file_at_the_same_time(tmp_path: Path) -> None:
    script = """
        import sys, time
        from tarjuma.memory import Learned, Memory, Unit
        time.sleep(max(0, float(sys.argv[3]) - time.time()))
        with Memory(sys.argv[1]) as memory:
            for number in range(40):
                memory.keep({f"{sys.argv[2]} {number}": "x"})
                text = f"{sys.argv[2]} text {number}"
                memory.learn([Learned(text, "1", [Unit("en", text, "ru", text)])])
                memory.near("text", "en", "ru")
            print(*memory.faults)
    """
    path, start = str(tmp_path / "memory.sqlite"), str(time.time() + 1)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(script), path, str(name), start], stdout=subprocess.PIPE
        )
        for name in range(4)
    ]
    assert [process.communicate()[0].strip() for process in processes] == [b""] * 4
    with Memory(path) as memory:
        assert all(memory.find(f"{name} {number}") for name in range(4) for number in range(40))
        assert len(memory.files()) == 160


def test_threads_share_one_memory(memory: Memory) -> None:
    def work(name: int) -> None:
        for number in range(50):
            memory.keep({f"{name} {number}": f"{name} {number}"})
            assert memory.find(f"{name} {number}") == f"{name} {number}"

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(memory.find(f"{name} {number}") == f"{name} {number}" for name in range(8) for number in range(50))


# --- reviewed text ---------------------------------------------------------------------------------------------------


def test_the_very_text_is_found_in_both_directions(memory: Memory) -> None:
    learned(memory, unit("Read more", "Подробнее"))
    found = memory.exact("Read more", "en", "ru")
    assert found
    assert (found.translation, found.likeness, found.is_reversed) == ("Подробнее", 1.0, False)
    back = memory.exact("Подробнее", "ru", "en")
    assert back
    assert (back.translation, back.is_reversed) == ("Read more", True)
    assert memory.exact("read more", "en", "ru") is None
    assert memory.exact("Read more", "en", "tg") is None


PREFERENCES: list[tuple[str, list[Unit], str | None, str]] = [
    ("the same context", [unit("May", "Май", "month"), unit("May", "Может", "verb")], "verb", "Может"),
    ("what stands more often", [unit("May", "А"), unit("May", "Б"), unit("May", "Б")], None, "Б"),
    ("its own before an imported one", [unit("May", "Б", origin=Origin.FOREIGN), unit("May", "А")], None, "А"),
    (
        "its own of another context before an imported one",
        [unit("May", "Б", "x", Origin.FOREIGN), unit("May", "А")],
        "x",
        "А",
    ),
    ("what is in use before what is gone", [unit("May", "Б", origin=Origin.OBSOLETE), unit("May", "А")], None, "А"),
    ("this way round", [Unit("ru", "Б", "en", "May"), unit("May", "А")], None, "А"),
]


@pytest.mark.parametrize(("preferred", "units", "context", "translation"), PREFERENCES)
def test_of_several_translations_one_is_preferred(
    memory: Memory, preferred: str, units: list[Unit], context: str | None, translation: str
) -> None:
    learned(memory, *units)
    found = memory.exact("May", "en", "ru", context)
    assert found
    assert found.translation == translation, preferred


def test_a_file_that_changed_is_learned_anew_and_one_that_went_is_forgotten(memory: Memory) -> None:
    learned(memory, unit("One thing", "Одно"), unit("Another thing", "Другое"))
    learned(memory, unit("One thing", "Одно"), path="b.po")
    assert memory.near("Another thing", "en", "ru")[0].translation == "Другое"
    before = memory.state()
    learned(memory, unit("A third thing", "Третье"))
    assert memory.exact("Another thing", "en", "ru") is None
    assert [match.text for match in memory.near("Another thing", "en", "ru", least=0.99)] == []
    assert memory.exact("One thing", "en", "ru")
    assert memory.state() != before
    memory.forget(["b.po"])
    assert memory.exact("One thing", "en", "ru") is None
    assert list(memory.files()) == ["a.po"]


NEAR = [
    ("a typo", "Open the file menu and choose Print", "Open the file menu and chose Print", 0.95, 1.0),
    ("a word more", "Click the Save button", "Click the big Save button", 0.85, 0.95),
    ("another number", "Room 7 is on the left side", "Room 8 is on the left side", 0.8, 0.9),
    ("other codes", "Read *the guide* before you begin", "Read the guide before you begin", 0.85, 0.95),
    ("other words", "Click the Save button", "Where do translations live", 0.0, 0.0),
    ("the same words in another order", "The dog bites the man now", "The man bites the dog now", 0.6, 0.9),
]


@pytest.mark.parametrize(("what", "known", "text", "least", "most"), NEAR)
def test_a_text_that_is_near_is_found_with_its_likeness(
    memory: Memory, what: str, known: str, text: str, least: float, most: float
) -> None:
    learned(memory, unit(known, "перевод"))
    found = memory.near(text, "en", "ru", least=0.5)
    assert least <= max((match.likeness for match in found), default=0.0) <= most, what


def test_imported_and_reversed_translations_come_after_others_that_are_as_near(memory: Memory) -> None:
    learned(
        memory,
        unit("Save the file", "чужой", origin=Origin.FOREIGN),
        Unit("ru", "обратный", "en", "Save the file"),
        unit("Save the file", "свой"),
    )
    assert [match.translation for match in memory.near("Save the files", "en", "ru")] == ["свой", "обратный", "чужой"]
    assert memory.near("Save the file", "en", "ru", limit=1)[0].likeness == 1


def test_the_plural_forms_of_a_message_are_found_together(memory: Memory) -> None:
    forms = ("{n} файл", "{n} файла", "{n} файлов")
    learned(memory, unit("{n} file", "{n} файл")._replace(plural="{n} files", forms=forms))
    key = Key(None, "{n} file", "{n} files")
    assert memory.forms(key, "en", "ru", 3) == forms
    assert memory.forms(key, "en", "ru", 4) is None
    assert memory.forms(Key(None, "{n} file"), "en", "ru", 3) is None
    assert memory.forms(key._replace(plural="{n} Files"), "en", "ru", 3) is None


CATALOG = b"""\
msgid ""
msgstr "Language: ru\\nContent-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
"(n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgctxt "title"
msgid "Hello"
msgstr "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82"

#, fuzzy
msgid "Unsure"
msgstr "?"

msgid "Empty"
msgstr ""

msgid "{n} file"
msgid_plural "{n} files"
msgstr[0] "one"
msgstr[1] "few"
msgstr[2] "many"

#~ msgid "Gone"
#~ msgstr "gone"

#, fuzzy
#~ msgid "Gone unsure"
#~ msgstr "gone unsure"
"""


def test_only_what_is_reviewed_is_learned_from_a_catalog() -> None:
    units = list(reviewed(po.parse(CATALOG), "en", "ru", "a"))
    assert [(each.text, each.translation, each.context, each.origin) for each in units] == [
        ("Hello", "Привет", "title", Origin.LIVE),
        ("{n} file", "one", None, Origin.LIVE),
        ("{n} files", "many", None, Origin.LIVE),
        ("Gone", "gone", None, Origin.OBSOLETE),
    ]
    assert units[1].forms == ("one", "few", "many")


@settings(max_examples=min(EXAMPLES, 2_000), deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=8))
def test_whatever_is_learned_is_found(texts: list[tuple[str, str]]) -> None:
    texts = [(one, other) for one, other in texts if (one + other).isprintable()]
    memory = Memory(":memory:")
    try:
        learned(memory, *(unit(one, other) for one, other in texts))
        for one, other in texts:
            found = memory.exact(one, "en", "ru")
            assert found
            assert found.translation in [each for text, each in texts if text == one]
            assert one in [match.text for match in memory.near(one, "en", "ru", limit=100)]
            assert memory.exact(other, "ru", "en")
    finally:
        memory._database._connection and memory._database._connection.close()


# --- the engine ------------------------------------------------------------------------------------------------------


def recalled(memory: Memory, text: str, **settings: object) -> str:
    path = memory._database.path
    engine = engines.engine("memory", {"path": path, **settings}, {})
    try:
        return engine.translate([Request(text)], "en", "ru")[0]
    finally:
        engine.close()


FIT = [
    ("the very text", "Save the file.", "Save the file.", True),
    (
        "a typo mended",
        "We recieve about thirty letters from readers.",
        "We receive about thirty letters from readers.",
        True,
    ),
    ("a comma", "If you can, save the file to a disk.", "If you can save the file to a disk.", True),
    ("another word", "The office is open on every Monday of May.", "The office is open on every Sunday of May.", False),
    (
        "a word more",
        "The office of the club is open on every Monday.",
        "The office of the club is open every Monday.",
        False,
    ),
    ("another number", "The office is open until 17:30 on Monday.", "The office is open until 17:45 on Monday.", False),
    (
        "a negation",
        "You can do this later in the settings menu.",
        "You can't do this later in the settings menu.",
        False,
    ),
    (
        "the opposite",
        "Then install the package from the archive.",
        "Then uninstall the package from the archive.",
        False,
    ),
    (
        "another mark",
        "You can do this later in the settings menu.",
        "You can do this later in the settings menu?",
        False,
    ),
    ("other codes", "You can do this *later* in the settings.", "You can do this later in the settings.", False),
]


@pytest.mark.parametrize(("what", "known", "text", "is_fit"), FIT)
def test_a_translation_of_another_text_is_a_draft_only_where_nothing_else_is_said(
    memory: Memory, what: str, known: str, text: str, is_fit: bool
) -> None:
    codes = "*" if "*" in known else ""
    learned(memory, unit(known, f"{codes}перевод{codes} 17:30" if "17" in known else f"{codes}перевод{codes}"))
    assert bool(recalled(memory, text, least=0.8)) is is_fit, what


def test_an_imported_translation_that_lost_its_codes_is_no_draft(memory: Memory) -> None:
    learned(memory, unit("Read *the guide*", "Прочтите руководство", origin=Origin.FOREIGN))
    assert recalled(memory, "Read *the guide*") == ""


def test_imported_memories_can_be_left_out(memory: Memory) -> None:
    learned(memory, unit("Read the guide", "Прочтите", origin=Origin.FOREIGN))
    assert recalled(memory, "Read the guide") == "Прочтите"
    assert recalled(memory, "Read the guide", foreign=False) == ""


@pytest.mark.parametrize("settings", [{"least": 0.2}, {"least": "much"}, {"foreign": "no"}, {"rate": 3}, {"leest": 1}])
def test_settings_that_cannot_be_are_told(settings: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=r"\[engines.memory\]"):
        engines.engine("memory", {"path": "x", **settings}, {})


def test_the_engine_goes_through_dispatch_with_messages_as_they_are(memory: Memory) -> None:
    learned(memory, unit("See [the guide](https://a.example/)", "См. [руководство](https://a.example/)"))
    engine = engines.engine("memory", {"path": memory._database.path}, {})
    jobs = [
        Job("known", "See [the guide](https://a.example/)", "en", "ru"),
        Job("unknown", "Something else", "en", "ru"),
    ]
    report = dispatch.run(jobs, [engine], memory)
    engine.close()
    assert [(answer.id, answer.text, answer.engine, answer.rung) for answer in report.answers] == [
        ("known", "См. [руководство](https://a.example/)", "memory", protection.PLAIN),
        ("unknown", "", "", ""),
    ]


# --- TMX -------------------------------------------------------------------------------------------------------------


def test_our_own_files_come_back() -> None:
    units = [
        Unit("en", 'Hi <b>x</b> & "y"', "ru", "Привет", "title", "posts/a"),
        Unit("en", 'Hi <b>x</b> & "y"', "uz-Cyrl", "Салом\nдунё", "title", "posts/a"),
        Unit("ru", "Да", "tg", "Ҳа", creator="google"),
    ]
    codes, sources = ("en", "ru", "tg", "uz-Cyrl"), ("en", "ru")
    content = tmx.render(units)
    assert list(tmx.units(tmx.parse(content, "x"), codes, sources)) == [
        each._replace(origin=Origin.FOREIGN) for each in units
    ]
    assert tmx.render(tmx.units(tmx.parse(content, "x"), codes, sources)) == content


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(str.strip).filter(bool)


@settings(max_examples=EXAMPLES)
@given(TEXT, TEXT)
def test_every_text_that_xml_can_hold_comes_back(one: str, other: str) -> None:
    content = tmx.render([unit(one, other)])
    found = list(tmx.units(tmx.parse(content, "x"), ("en", "ru"), ("en",)))
    if not tmx._IMPOSSIBLE.search(one + other):
        assert [(each.text, each.translation) for each in found] == [(one, other)]


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert b"<tu" not in tmx.render([unit("a\x07b", "x"), unit("a", "\x00")])


HEADER = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
"""The attributes that TMX 1.4 requires of a header."""


def test_a_file_has_the_structure_that_the_dtd_asks_for() -> None:
    units = [unit("a", "b", "c"), Unit("ru", "a", "tg", "b", creator="google")]
    root = ElementTree.fromstring(tmx.render(units))
    header, body = root
    assert (root.tag, root.attrib) == ("tmx", {"version": "1.4"})
    assert (header.tag, set(header.attrib), len(header)) == ("header", HEADER, 0)
    assert header.get("segtype") in ("block", "paragraph", "sentence", "phrase")
    assert body.tag == "body"
    for tu in body:
        tags = [child.tag for child in tu]
        assert tags == sorted(tags), "(note|prop)* and then tuv+"
        assert set(tu.attrib) <= {"srclang"}
        variants = tu.findall("tuv")
        assert len(variants) == 2
        for variant in variants:
            assert "{http://www.w3.org/XML/1998/namespace}lang" in variant.attrib
            assert [child.tag for child in variant] == ["seg"]


def tmx_of(body: str, declaration: str = "", head: str = "", encoding: str = "utf-8") -> bytes:
    return f'{declaration}{head}<tmx version="1.4"><header srclang="en"/><body>{body}</body></tmx>'.encode(encoding)


def tu(source: str, target: str, codes: tuple[str, str] = ("en", "ru"), attribute: str = "xml:lang") -> str:
    texts = zip(codes, (source, target), strict=True)
    variants = (f'<tuv {attribute}="{code}"><seg>{text}</seg></tuv>' for code, text in texts)
    return f"<tu>{''.join(variants)}</tu>"


def read(content: bytes, codes: tuple[str, ...] = ("en", "ru", "tg", "uz", "uz-Cyrl")) -> list[tuple[str, ...]]:
    found = tmx.units(tmx.parse(content, "x.tmx"), codes, ("en",))
    return [(each.source, each.text, each.target, each.translation) for each in found]


INLINE = [
    ("markup that posts have too", '<bpt i="1">&lt;b&gt;</bpt>Hi<ept i="1">&lt;/b&gt;</ept>', "<b>Hi</b>"),
    ("Markdown", '<bpt i="1">**</bpt>Hi<ept i="1">**</ept>', "**Hi**"),
    ("a placeholder", 'Hi <ph x="1">{name}</ph>', "Hi {name}"),
    ("a tag of another tool", '<bpt i="0" x="0">&lt;g1&gt;</bpt>Hi<ept i="0">&lt;/g1&gt;</ept>', "Hi"),
    ("a code of a word processor", r'<bpt i="1">{\b </bpt>Hi<ept i="1">}</ept> you', "Hi you"),
    ("nothing in it", 'Hi<ph x="1"/> you', "Hi you"),
    ("a line break", 'Hi<ph type="lb"/>you', "Hi\nyou"),
    ("text in a code", '<ph>&lt;img alt="<sub>A cat</sub>"/&gt;</ph> sits', '<img alt="A cat"/> sits'),
    ("one half of a pair", '<it pos="begin">&lt;i&gt;</it>Hi', "<i>Hi"),
    ("a highlight", '<hi type="x">Hi</hi> you', "Hi you"),
    ("a code of TMX 1.3", "<ut>{\\f1 }</ut>Hi", "Hi"),
    ("white space around", "\n   Hi\n  ", "Hi"),
    ("CDATA", "<![CDATA[<b>Hi</b>]]>", "<b>Hi</b>"),
]


@pytest.mark.parametrize(("what", "segment", "text"), INLINE)
def test_inline_codes_become_text_or_go(what: str, segment: str, text: str) -> None:
    assert read(tmx_of(tu(segment, "x"))) == [("en", text, "ru", "x")], what


SPELLINGS = [
    ("ru", "ru"), ("RU", "ru"), ("ru-RU", "ru"), ("ru_RU", "ru"), ("RU-ru", "ru"), ("rus", "ru"), ("rus-RU", "ru"),
    ("uz-Cyrl", "uz-Cyrl"), ("uz_Cyrl_UZ", "uz-Cyrl"), ("uz@cyrillic", "uz-Cyrl"), ("uz-Latn", "uz"), ("uz-UZ", "uz"),
    ("uzb", "uz"), ("tgk", "tg"), ("TG-TJ", "tg"), ("de", ""), ("*all*", ""), ("", ""), ("x-none", ""), ("12", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code"), SPELLINGS)
def test_languages_are_known_in_all_spellings(name: str, code: str) -> None:
    assert tmx.nearest(name, ("en", "ru", "tg", "uz", "uz-Cyrl")) == code


def test_a_script_is_not_mistaken_for_another() -> None:
    assert tmx.nearest("uz-Cyrl", ("uz",)) == ""
    assert tmx.nearest("uz", ("uz-Cyrl",)) == ""


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251", "koi8-r", "iso-8859-5", "gb18030"]
)
def test_files_are_read_in_the_encoding_that_they_declare(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    content = tmx_of(tu("Hi", "Привет"), f'<?xml version="1.0" encoding="{declared}"?>', encoding=encoding)
    assert read(content) == [("en", "Hi", "ru", "Привет")]


def test_older_versions_and_files_for_all_directions_are_read() -> None:
    assert read(tmx_of(tu("Hi", "Привет", attribute="lang"))) == [("en", "Hi", "ru", "Привет")]
    body = tu("Привет", "Салом", ("ru", "tg")).replace("<tu>", '<tu srclang="*all*">')
    assert read(tmx_of(body)) == [("ru", "Привет", "tg", "Салом")]
    three = tu("Привет", "Салом", ("RU-RU", "tg")).replace("</tu>", '<tuv xml:lang="EN-US"><seg>Hi</seg></tuv></tu>')
    assert read(tmx_of(three)) == [("en", "Hi", "ru", "Привет"), ("en", "Hi", "tg", "Салом")]
    assert read(tmx_of(three.replace("<tu>", '<tu srclang="ru">'))) == [
        ("ru", "Привет", "tg", "Салом"),
        ("ru", "Привет", "en", "Hi"),
    ]


def test_a_document_type_is_not_fetched_and_its_entities_are_known() -> None:
    head = '<!DOCTYPE tmx SYSTEM "http://127.0.0.1:1/tmx14.dtd">'
    assert read(tmx_of(tu("a&nbsp;b &mdash; c", "x"), head=head)) == [("en", "a\xa0b — c", "ru", "x")]


def test_control_characters_as_references_are_passed_over() -> None:
    assert read(tmx_of(tu("a&#x1F;b&#2;&#10;c", "x"))) == [("en", "ab\nc", "ru", "x")]


BROKEN = [
    ("entities", tmx_of(tu("&b;", "x"), head='<!DOCTYPE tmx [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'), "entities"),
    ("files from here", tmx_of(tu("&a;", "x"), head='<!DOCTYPE tmx [<!ENTITY a SYSTEM "/etc/hosts">]>'), "entities"),
    ("half a file", tmx_of(tu("Hi", "Привет") * 9)[:700], "no whole XML file"),
    ("XLIFF", b'<xliff version="1.2"/>', "no TMX file: it begins with <xliff>"),
    ("HTML", b"<html><body>Error</body></html>", "no TMX file"),
    ("an unknown encoding", b'<?xml version="1.0" encoding="x-nobody"?><tmx/>', "is not in x-nobody"),
    ("an encoding that is none", b'<?xml version="1.0" encoding="rot13"?><tmx/>', "is not in rot13"),
    ("another encoding", b'<?xml version="1.0" encoding="gb18030"?><tmx>\xff\xff', "is not in gb18030"),
    ("nothing", b"", "no whole XML file"),
]


@pytest.mark.parametrize(("what", "content", "message"), BROKEN)
def test_what_is_no_memory_is_refused(what: str, content: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        tmx.parse(content, "x.tmx")


# --- a project -------------------------------------------------------------------------------------------------------


def run(site: Site, *arguments: str) -> Any:
    before = os.getcwd()
    os.chdir(site.folder)
    try:
        return CliRunner().invoke(group, list(arguments), catch_exceptions=False, standalone_mode=False)
    finally:
        os.chdir(before)


PO = "locales/ru/LC_MESSAGES/hello.po"


def drafted(site: Site, path: str, **targets: str) -> None:
    """Write drafts of an engine into a catalog, as `tarjuma draft` does."""
    catalog = site.catalog(path)

    def draft(entry: Entry) -> Entry:
        target = targets.get(entry.key.text.partition(" ")[0])
        if target is None:
            return entry
        mark = f"mt: google en>ru src={source_hash(entry.key)} out={target_hash((target,))}"
        return Entry(Message(entry.key, entry.message.places, entry.message.notes), (target,), True, comments=(mark,))

    entries = [draft(entry) for entry in catalog.entries]
    site.write(path, po.render(po.replaced(catalog, entries)))
    with recollection.opened(site.load()) as memory:
        memory.note("ru", entries)


def edited(site: Site, path: str, old: str, new: str) -> None:
    text = site.read(path)
    assert old in text
    site.write(path, text.replace(old, new))


def test_the_memory_of_a_project_is_what_its_catalogs_say(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.update()
    site.translate(PO, Hello="Привет")
    project = site.load()
    with recollection.opened(project) as memory:
        recollection.learn(project, memory)
        found = memory.exact("Hello", "en", "ru")
        assert found
        assert (found.translation, found.place) == ("Привет", "hello")
        state = memory.state()
        recollection.learn(project, memory)
        assert memory.state() == state
        site.write(PO, b"this is no catalog")
        recollection.learn(project, memory)
        assert memory.exact("Hello", "en", "ru") is None
        (tmp_path / PO).unlink()
        recollection.learn(project, memory)
        assert PO not in memory.files()


def test_deleting_the_memory_loses_nothing(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.update()
    site.translate_all("ru")
    (tmp_path / "old.tmx").write_bytes(tmx_of(tu("Some words", "Слова")))
    assert run(site, "memory", "import", "old.tmx").return_value == 0
    units = []
    for _ in range(2):
        project = site.load()
        with recollection.opened(project) as memory:
            recollection.learn(project, memory)
            units.append(memory.units(Origin))
        for file in (tmp_path / ".tarjuma").iterdir():
            file.unlink()
    assert units[0] == units[1]
    assert any(each.origin is Origin.FOREIGN for each in units[0])


def test_imports_are_kept_beside_the_catalogs(tmp_path: Path) -> None:
    site = made(tmp_path)
    body = (
        tu("Hi", "Привет", ("EN-US", "RU-RU")).replace("<tuv", '<tuv creationid="JANE"')
        + tu("Hi", "Hallo", ("en", "de"))
        + tu("Hi", "Привет")
    )
    site.write("in/Some memory.tmx", tmx_of(body))
    site.write("in/x.po", CATALOG)
    result = run(site, "memory", "import", "in/Some memory.tmx", "in/x.po")
    assert result.return_value == 0
    assert result.output.splitlines() == [
        "locales/memory/Some-memory.tmx: en > ru 1",
        "  1 other left out: not reviewed, or in other languages",
        "locales/memory/x.ru.tmx: en > ru 4",
        "  2 others left out: not reviewed, or in other languages",
    ]
    assert read(site.read("locales/memory/Some-memory.tmx").encode()) == [("en", "Hi", "ru", "Привет")]
    assert run(site, "check", "--list").return_value == 0
    with recollection.opened(site.load()) as memory:
        recollection.learn(site.load(), memory)
        found = memory.exact("Hi", "en", "ru")
        assert found
        assert (found.translation, found.origin) == ("Привет", Origin.FOREIGN)
        assert b"Hi" not in recollection.export(site.load(), memory)


def test_a_catalog_says_its_language_or_somebody_does(tmp_path: Path) -> None:
    site = made(tmp_path)
    nameless = b'msgid "Hi"\nmsgstr "x"\n'
    site.write("a.po", nameless)
    with pytest.raises(UsageError, match="names no language") as caught:
        run(site, "memory", "import", "a.po")
    assert "--language" in caught.value.hint
    assert run(site, "memory", "import", "-l", "tg", "a.po").output == "locales/memory/a.tg.tmx: en > tg 1\n"
    site.write("b.po", b'msgid ""\nmsgstr "Language: de\\n"\n\n' + nameless)
    with pytest.raises(UsageError, match="is in 'de', no language of this project"):
        run(site, "memory", "import", "b.po")
    site.write("c.po", b'msgid ""\nmsgstr "Language: tg\\nX-Source-Language: ru\\n"\n\n' + nameless)
    assert run(site, "memory", "import", "c.po").output == "locales/memory/c.tg.tmx: ru > tg 1\n"
    with pytest.raises(UsageError, match="no such file"):
        run(site, "memory", "import", "d.po")
    site.write("e.po", b"this is neither")
    with pytest.raises(PoError, match="not a PO file"):
        run(site, "memory", "import", "e.po")
    assert list(site.files("locales/memory")) == ["locales/memory/a.tg.tmx", "locales/memory/c.tg.tmx"]


def test_importing_the_same_files_again_changes_nothing(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.write("a.tmx", tmx_of(tu("Hi", "Привет")))
    run(site, "memory", "import", "a.tmx")
    before = site.snapshot()
    run(site, "memory", "import", "a.tmx")
    assert site.snapshot() == before
    site.write("b/a.tmx", tmx_of(tu("Hi", "Hallo", ("en", "de"))))
    result = run(site, "memory", "import", "b/a.tmx")
    assert (result.return_value, result.output.splitlines()[0]) == (1, "nothing to import for locales/memory/a.tmx")
    assert before == {path: content for path, content in site.snapshot().items() if path != "b/a.tmx"}


def test_export_holds_what_is_reviewed_in_some_languages_or_all(tmp_path: Path) -> None:
    site = made(tmp_path)
    site.update()
    site.translate(PO, Hello="Привет")
    site.translate("locales/tg/LC_MESSAGES/hello.po", Hello="Салом")
    drafted(site, PO, First="Машина")
    assert run(site, "memory", "export", "-o", "all.tmx").return_value == 0
    found = read((tmp_path / "all.tmx").read_bytes())
    assert ("en", "Hello", "ru", "Привет") in found
    assert ("en", "Hello", "tg", "Салом") in found
    assert not any("Машина" in row for row in found)
    only = run(site, "memory", "export", "-l", "tg").stdout_bytes
    assert {target for _, _, target, _ in read(only)} == {"tg"}
    with pytest.raises(UsageError, match="nothing is translated into 'de'"):
        run(site, "memory", "export", "-l", "de")


def quality(site: Site) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(run(site, "memory", "quality", "--json").stdout)["rows"]
    return rows


def test_what_a_machine_said_goes_to_the_memory_when_people_have_reviewed_it(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\n')
    site.update()
    drafted(site, PO, Hello="Привет", First="Первый заголовок", A="Абзац с *разметкой*", one="Ошибка", another="Второй")
    assert quality(site)[0]["waiting"] == 5
    edited(site, PO, '#, fuzzy\nmsgid "Hello"', 'msgid "Hello"')
    edited(site, PO, '#, fuzzy\nmsgid "First heading"\nmsgstr "Первый', 'msgid "First heading"\nmsgstr "Первый большой')
    edited(site, PO, '#, fuzzy\nmsgid "one item"\nmsgstr "Ошибка"', 'msgid "one item"\nmsgstr "Совсем другое"')
    edited(site, PO, '#, fuzzy\nmsgid "another item"\nmsgstr "Второй"', 'msgid "another item"\nmsgstr ""')
    first = quality(site)
    site.update()
    assert site.read(PO).count("# mt:") == 1
    (row,) = quality(site)
    assert first == [row]
    assert (row["language"], row["engine"], row["route"], row["drafts"]) == ("ru", "google", "en>ru", 4)
    assert (row["unchanged"], row["edited"], row["rejected"], row["waiting"]) == (1, 1, 2, 1)
    assert 0 < row["chrf"] < 100
    table = run(site, "memory", "quality").stdout
    assert table.splitlines()[1].split()[:6] == ["ru", "google", "en>ru", "4", "25%", "50%"]


def test_a_review_whose_comment_an_editor_dropped_is_known_by_its_text(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\n')
    site.update()
    drafted(site, PO, Hello="Привет")
    site.translate(PO, Hello="Привет!")
    (row,) = quality(site)
    assert (row["edited"], row["waiting"]) == (1, 0)
    site.translate(PO, Hello="Нечто совсем другое")
    assert quality(site) == [row], "the first review counts"


def test_a_draft_that_was_discarded_is_not_counted(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\n')
    site.update()
    drafted(site, PO, Hello="Привет")
    with recollection.opened(site.load()) as memory:
        memory.withdraw("ru", site.catalog(PO).entries)
        assert memory.drafts() == []


def test_update_does_not_need_the_memory(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\n')
    site.update()
    assert not (tmp_path / ".tarjuma" / "memory.sqlite").exists()
    drafted(site, PO, Hello="Привет")
    edited(site, PO, '#, fuzzy\nmsgid "Hello"', 'msgid "Hello"')
    (tmp_path / ".tarjuma" / "memory.sqlite").unlink()
    (tmp_path / ".tarjuma" / "memory.sqlite").mkdir()
    _, updated = site.update()
    assert "# mt:" not in site.read(PO)
    assert [(each.check, each.path) for each in updated.problems] == [("memory", ".tarjuma/memory.sqlite")]
    assert updated.is_clean
