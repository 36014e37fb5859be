"""What msgcat, msgfmt and polib say about our reading and writing, on catalogs of other people."""

import importlib.util
import random
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import polib
import pytest

from tarjuma import po
from tarjuma.model import Catalog, Entry, Key, Message
from tests.laws import CORPORA

needs_msgcat = pytest.mark.skipif(not shutil.which("msgcat"), reason="skipped: msgcat and msgfmt are not installed")

LANGUAGES = ("ru", "tg", "kk", "ky", "uz", "az", "hy", "be", "ro", "tk", "uk", "ka")


def django_files() -> list[Path]:
    found = importlib.util.find_spec("django")
    if not found or not found.origin:
        return []
    return [
        path
        for path in sorted(Path(found.origin).parent.rglob("*.po"))
        if path.parts[-3] in LANGUAGES and path.parts[-4] == "locale"
    ]


@cache
def files(origin: str) -> list[Path]:
    paths = django_files() if origin == "django" else sorted(CORPORA.rglob("*.po*"))
    if not paths:
        pytest.skip("skipped: django is not installed" if origin == "django" else "skipped: no corpora")
    return paths


origins = pytest.mark.parametrize("origin", ["django", "corpora"])


def msgcat(source: bytes, columns: int | None) -> bytes:
    option = "--no-wrap" if columns is None else f"--width={columns}"
    return subprocess.run(["msgcat", option, "-"], input=source, capture_output=True, check=True).stdout


def complaints(source: bytes) -> bool:
    done = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", "-"], input=source, capture_output=True, check=False)
    return bool(done.returncode)


def anew(catalog: Catalog) -> Catalog:
    # msgcat drops flags that it does not know: whether we keep them is another test.
    return replace(
        catalog,
        entries=tuple(
            replace(entry, raw=None, message=replace(entry.message, flags=tuple(filter(is_known, entry.message.flags))))
            for entry in catalog.entries
        ),
    )


def is_known(flag: str) -> bool:
    return flag.endswith(("-format", "-wrap"))


@origins
def test_other_peoples_catalogs_come_back_byte_for_byte(origin: str):
    for path in files(origin):
        source = path.read_bytes()
        read = po.parse(source, str(path))
        assert po.render(read) == source
        assert not read.problems


@origins
def test_every_single_edit_of_other_peoples_catalogs_changes_that_entry_only(origin: str):
    for path in files(origin):
        source = path.read_bytes()
        read = po.parse(source)
        at = len(source) % len(read.entries)
        old = read.entries[at]
        edited = replace(old, targets=("Салом\n",) * len(old.targets), raw=None)
        written = po.render(replace(read, entries=(*read.entries[:at], edited, *read.entries[at + 1 :])))
        start = source.index((old.raw or "").encode())
        assert written[:start] == source[:start]
        assert written.endswith(source[start + len((old.raw or "").encode()) :])
        assert po.parse(written).entries[at].target == "Салом\n"


@needs_msgcat
@origins
def test_what_we_write_is_what_msgcat_writes(origin: str):
    total, wrong = 0, []
    for path in files(origin):
        read = anew(po.parse(path.read_bytes(), str(path)))
        written = po.render(read)
        ours, theirs = (po.parse(text).entries for text in (written, msgcat(written, po.width(read))))
        assert len(ours) == len(theirs)
        total += len(ours)
        wrong += [(a.raw, b.raw) for a, b in zip(ours, theirs, strict=True) if a.raw != b.raw]
    assert len(wrong) <= total / 1000, wrong[:3]


@needs_msgcat
@origins
def test_what_msgfmt_accepted_it_accepts_from_us(origin: str):
    for path in files(origin):
        source = path.read_bytes()
        if not complaints(source):
            assert not complaints(po.render(anew(po.parse(source)))), path


@origins
def test_polib_reads_the_same(origin: str):
    for path in files(origin):
        theirs = [
            (Key(e.msgctxt, e.msgid, e.msgid_plural or None), tuple(e.msgstr_plural.values()) or (e.msgstr,), e.fuzzy)
            for e in polib.pofile(path.read_text(encoding="utf-8"))
        ]
        ours = [(e.key, e.targets, e.is_fuzzy) for e in po.parse(path.read_bytes()).entries]
        assert sorted(ours, key=repr) == sorted(theirs, key=repr)


LETTERS = ("abcdefgXYZ", "абвгдеёжзҳӣқғҷӯў", "աբգԱԲԳև", "აბგდ", "öäüşğıâșț")
MARKS = [
    *".,:;!?-–—…«»„“”‘’'\"()[]{}/\\|+$&*#@<>=_~`^°№§©→•0123456789\t\n",
    *" " * 40, "\u00a0", "%(name)s", "{x}", "https://a.b/c-d?e=f", "[a](b)", "**",
]  # fmt: skip


def prose(chance: random.Random) -> str:
    letters, words = chance.choice(LETTERS), []
    for _ in range(chance.choice((2, 8, 20, 40))):
        word = "".join(chance.choices(letters, k=chance.randint(1, 9)))
        words.append(word + chance.choice(MARKS) + chance.choice(("", " ")))
    return "".join(words)


@needs_msgcat
@pytest.mark.parametrize("columns", [None, 60, 76, 79, 80])
def test_new_entries_are_a_fixed_point_of_msgcat(columns: int | None):
    chance = random.Random(20)
    entries = [
        Entry(
            Message(
                Key(chance.choice((None, "menu")), f"{number} {prose(chance)}"),
                places=tuple(f"content/{chance.randint(1, 10**9)}.md" for _ in range(chance.randint(0, 5))),
                notes=("paragraph",),
                flags=chance.choice(((), ("python-format",), ("python-brace-format", "no-wrap"))),
            ),
            (prose(chance),),
            is_fuzzy=number % 3 == 0,
            is_obsolete=number > 900,
            previous=Key(None, prose(chance)) if number % 3 == 0 else None,
            comments=("mt: google en>ru src=0a1b2c3d out=4e5f6071",),
        )
        for number in range(1000)
    ]
    header = po.render(po.new_catalog("", "ru", {"Content-Type": "text/plain; charset=UTF-8", "Language": "ru"}, []))
    written = "\n".join([header.decode(), *(f"{po.written(entry, columns)}\n" for entry in entries)]).encode()
    ours, theirs = po.parse(written), po.parse(msgcat(written, columns))
    assert po.width(ours) == columns
    wrong = [(a.raw, b.raw) for a, b in zip(ours.entries, theirs.entries, strict=True) if a.raw != b.raw]
    assert len(wrong) <= 1, wrong


@needs_msgcat
@pytest.mark.parametrize("columns", [None, 76, 79])
def test_references_fill_the_line_as_msgcat_fills_it(columns: int | None):
    entries = [Entry(Message(Key(None, "a" * length), ("яя", "b" * length, "c" * 10))) for length in range(50, 80)]
    header = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    written = header + "\n".join(f"{po.written(entry, columns)}\n" for entry in entries).encode()
    assert msgcat(written, columns) == written


@needs_msgcat
def test_an_untranslated_entry_is_not_fuzzy():
    entry = Entry(Message(Key(None, "a")), is_fuzzy=True)
    written = po.render(po.new_catalog("", "", {"Content-Type": "text/plain; charset=UTF-8"}, [entry]))
    assert msgcat(written, None) == written
    assert b"fuzzy" not in written


@needs_msgcat
def test_a_new_catalog_passes_msgfmt_and_msgcat():
    header = {
        "Project-Id-Version": "site",
        "POT-Creation-Date": "2024-05-06 10:00+0000",
        "PO-Revision-Date": "2024-05-06 10:00+0000",
        "Last-Translator": "Somebody <a@example.org>",
        "Language-Team": "Tajik",
        "Language": "tg",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    entries = [
        Entry(Message(Key(None, "Home\n"), ("content/a.md",)), ("Хона\n",), comments=("Санҷида шуд",)),
        Entry(Message(Key("tag", "%d day", "%d days"), flags=("python-format",)), ("%d рӯз", "%d рӯз")),
        Entry(Message(Key(None, "Gone")), ("Рафт",), is_obsolete=True),
    ]
    written = po.render(po.new_catalog("tg.po", "tg", header, entries, ["Tajik"]))
    assert not complaints(written)
    assert msgcat(written, None) == written
