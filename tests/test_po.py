"""Catalogs: what is read, what is written back, what an edit touches."""

import gettext
import io
from dataclasses import replace

import pytest

from tarjuma import po
from tarjuma.errors import PoError
from tarjuma.model import Catalog, Entry, Key, Message, Severity, State
from tests.laws import BENCH, needs_bench

HEADER = 'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
MALFORMED = BENCH / "malformed-po"


def catalog(text: str) -> Catalog:
    return po.parse(f"{HEADER}\n{text}".encode(), "ru.po")


def entry(text: str) -> Entry:
    return catalog(text).entries[0]


def findings(text: str) -> list[tuple[str, int]]:
    return [(problem.check, problem.line) for problem in catalog(text).problems]


def fresh(text: str, target: str = "", **fields: object) -> Entry:
    return replace(Entry(Message(Key(None, text)), (target,)), **fields)  # type: ignore[arg-type]


def test_every_field_of_an_entry_is_read():
    read = entry(
        "# Проверено\n#без пробела\n#\n#. paragraph\n#. max 160 characters\n#: content/a.md content/b.md:3\n"
        '#: \u2068content/c d.md\u2069\n#, fuzzy, python-format\n#, no-wrap\n#= later\n#| msgctxt "menu"\n'
        '#| msgid "Old "\n#| "text"\n#| msgid_plural "Old texts"\nmsgctxt "tag"\nmsgid "%d page"\n'
        'msgid_plural "%d pages"\nmsgstr[0] "%d страница"\nmsgstr[1] ""\n"%d страницы\\n"\n"\\t\\"все\\""\n'
    )
    assert read == Entry(
        Message(
            Key("tag", "%d page", "%d pages"),
            places=("content/a.md", "content/b.md:3", "content/c d.md"),
            notes=("paragraph", "max 160 characters"),
            flags=("python-format", "no-wrap"),
            limit=160,
        ),
        targets=("%d страница", '%d страницы\n\t"все"'),
        is_fuzzy=True,
        previous=Key("menu", "Old text", "Old texts"),
        comments=("Проверено", "без пробела", ""),
        others=("#= later",),
        line=23,
    )


def test_an_obsolete_entry_keeps_its_comments_and_its_previous_text():
    text = '# kept\n#, fuzzy\n#~| msgid "old"\n#~ msgctxt "c"\n#~ msgid "a "\n#~ "b"\n#~ msgstr "в"\n'
    read = entry(text)
    assert read.state is State.OBSOLETE
    assert (read.key, read.target, read.previous) == (Key("c", "a b"), "в", Key(None, "old"))
    assert (read.comments, read.is_fuzzy) == (("kept",), True)


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        (r'"a\n\t\"b\" \\n"', 'a\n\t"b" \\n'),
        (r'"\a\b\f\r\v"', "\a\b\f\r\v"),
        (r'"\101\x42 \320\260"', "AB а"),
        ('"one" "two"\n\n"three"', "onetwothree"),
        ('"\u2028\x85\x0b\x1c"', "\u2028\x85\x0b\x1c"),
        (r'"\\e \q"', "\\e \\q"),
    ],
)
def test_literals_mean_what_gettext_reads(literal: str, text: str):
    assert entry(f'msgid {literal}\nmsgstr ""\n').key.text == text


@needs_bench
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        line.split("\t")
        for line in (MALFORMED / "expected.tsv").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    if MALFORMED.is_dir()
    else [("none", "")],
)
def test_malformed_files_are_kept_or_refused_with_their_line(name: str, expected: str):
    source = (MALFORMED / name).read_bytes()
    if expected == "error":
        with pytest.raises(PoError) as caught:
            po.parse(source, name)
        assert caught.value.path == name
        assert caught.value.line
        assert caught.value.hint
        return
    read = po.parse(source, name)
    assert po.render(read) == source
    assert bool(read.problems) is (expected == "keep+finding")
    assert all(problem.line and problem.path == name for problem in read.problems)


REFUSED = [
    ('msgid "a"\nmsgstr "b\n', 7, "no closing quote"),
    ('msgid "a"\nmsgstr "b', 7, "ends in the middle of a text"),
    ('msgid "a"\n', 6, "the file ends where msgstr or msgid_plural should follow"),
    ('msgid "a"\nmsgstr\n', 7, "the file ends where the text of msgstr should follow"),
    ('msgid "a"\nmsgstr "b"\n\n=======\n', 9, "merge conflict"),
    ('msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n', 7, "merge conflict"),
    ('msgid "a" b"\nmsgstr "b"\n', 6, "text behind the closing quote"),
    ('msgid "a" %\nmsgstr "b"\n', 6, "text behind the closing quote"),
    ('msgid "a"\n# comment\nmsgstr "b"\n', 7, "a comment stands behind msgid"),
    ('msgid "a"\n\nmsgid "b"\nmsgstr "b"\n', 8, "msgid stands where msgstr"),
    ('msgstr "b"\n', 6, "msgstr stands without a msgid"),
    ('msgid "a"\nmsgstr[0] "b"\n', 7, "msgstr[0] stands where msgstr"),
    ('msgid "a"\nmsgid_plural "as"\nmsgstr "b"\n', 8, "msgstr stands where msgstr[0]"),
    ('msgid "a"\nmsgstr "b" msgid "c"\nmsgstr "d"\n', 7, "text behind the closing quote"),
    ('#~ msgid "a"\nmsgstr "b"\n', 7, "with and without #~"),
    ('msgctxt "a"\nmsgfoo "a"\nmsgstr "b"\n', 7, "'msgfoo' is no key word"),
    ('msgid "a"\nmsgstr "b"\n\n\\\n', 9, "not a line of a PO file"),
    ('msgid "a"\nmsgstr “b”\n', 7, "the text does not stand between quotes"),
    ('msgid "a"\nmsgstr Салом"\n', 7, "the text does not stand between quotes"),
    ('msgid "a"\nmsgstr Salom\n', 7, "the text does not stand between quotes"),
]


@pytest.mark.parametrize(("text", "line", "message"), REFUSED)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, message: str):
    with pytest.raises(PoError, match=r"ru\.po:") as caught:
        catalog(text)
    assert message in caught.value.message
    assert caught.value.line == line
    assert caught.value.hint


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("msgstr “b”", 'Word processors bend quotes: write msgstr "...", with straight ones.'),
        ("msgstr «b»", 'Word processors bend quotes: write msgstr "...", with straight ones.'),
        ("msgstr b", 'Write msgstr "...".'),
    ],
)
def test_a_text_without_straight_quotes_is_told_how_to_stand(line: str, hint: str) -> None:
    with pytest.raises(PoError) as caught:
        catalog(f'msgid "a"\n{line}\n')
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"\xff\xfem\0s\0g\0", "UTF-16"),
        (b"\xde\x12\x04\x95" + bytes(40), r"\.mo file"),
        (b"\x89PNG\r\n\x1a\n\xff", "not a PO file"),
        (b"Hello, world.\n", "not a PO file"),
        (HEADER.encode().replace(b"UTF-8", b"rot13"), "nobody knows the charset 'rot13'"),
        (HEADER.encode().replace(b"UTF-8", b"UTF-7"), "nobody knows the charset 'UTF-7'"),
        (HEADER.encode().replace(b"UTF-8", b"unicode_escape"), "nobody knows the charset 'unicode_escape'"),
        (HEADER.encode().replace(b"UTF-8", b"\0"), "nobody knows the charset"),
        (HEADER.encode() + b'\nmsgid "\xe0"\nmsgstr ""\n', "byte 88 is not UTF-8"),
    ],
)
def test_files_in_another_encoding_are_refused(source: bytes, message: str):
    with pytest.raises(PoError, match=message):
        po.parse(source, "x.po")


FINDINGS = [
    ('msgid "a"\nmsgstr ""\n\n#~ msgid "a"\n#~ msgstr ""\n', []),
    ('msgid "a"\nmsgstr ""\n\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] ""\n', [("duplicate-entry", 11)]),
    ('msgctxt ""\nmsgid "a"\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n', []),
    ('msgid ""\n"a\\e"\nmsgstr ""\n', [("unknown-escape", 7)]),
    ('# C:\\e\nmsgid "\\\\e"\nmsgstr ""\n', []),
    ('msgid "a"\nmsgid_plural "as"\nmsgstr[0] ""\nmsgstr[2] ""\n', [("plural-gap", 8)]),
    ('msgid "a"\nmsgid_plural "as"\nmsgstr[1] ""\nmsgstr[0] ""\n', [("plural-gap", 8)]),
    ('msgid "a"\nmsgstr "b\\000c"\n', [("nul-character", 7)]),
    ('msgid "a"\nmsgstr "b\\0001\\\\0"\n', [("nul-character", 7)]),
    ('domain "menu"\nmsgid "a"\nmsgstr "b"\n', [("domain", 8)]),
    ('#| msgid old\nmsgid "a"\nmsgstr "b"\n', [("previous-text", 8)]),
]


@pytest.mark.parametrize(("text", "expected"), FINDINGS)
def test_what_is_odd_but_clear_is_a_finding(text: str, expected: list[tuple[str, int]]):
    assert findings(text) == expected
    assert po.render(catalog(text)) == f"{HEADER}\n{text}".encode()


def test_a_huge_plural_number_takes_no_memory_and_loses_no_text():
    read = entry(f'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\nmsgstr[{"9" * 5000}] "y"\n')
    assert read.targets == ("x", "", "y")
    assert read.state is State.UNTRANSLATED


@pytest.mark.parametrize(
    ("plural_forms", "is_fine"),
    [
        ("nplurals=2; plural=(n != 1);", True),
        ("nplurals=INTEGER; plural=EXPRESSION;", True),
        ("nplurals=2; plural=__import__('os').system('true');", False),
        ("nplurals=2; plural=n ? ;", False),
        ("two", False),
    ],
)
def test_a_plural_rule_is_read_and_never_run(plural_forms: str, is_fine: bool):
    read = po.parse(f'{HEADER}"Plural-Forms: {plural_forms}\\n"\n'.encode(), "x.po")
    assert [problem.check for problem in read.problems] == [] if is_fine else ["plural-forms"]
    assert all(problem.severity is Severity.ERROR for problem in read.problems)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_an_edit_keeps_line_ends_and_bom(ends: str, bom: bytes):
    text = f'{HEADER}\n# c\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr ""\n'.replace("\n", ends)
    read = po.parse(bom + text.encode())
    first, second = read.entries
    assert first.comments == ("c",)
    edited = po.replaced(read, [first, replace(second, targets=("д\nе",), raw=None)])
    wanted = text.replace('"c"' + ends + 'msgstr ""', '"c"' + ends + f'msgstr ""{ends}"д\\n"{ends}"е"')
    assert po.render(edited) == bom + wanted.encode()


def test_mixed_line_ends_stay_mixed():
    text = b'msgid "a"\r\nmsgstr "b"\n\r\n# c\r#, fuzzy\rmsgid "c"\nmsgstr "a \r b"\r\n# end\r'
    read = po.parse(text)
    assert [(e.key.text, e.target, e.comments, e.is_fuzzy, e.line) for e in read.entries] == [
        ("a", "b", (), False, 2),
        ("c", "a \r b", ("c",), True, 7),
    ]
    assert po.render(read) == text
    edited = po.replaced(read, [replace(read.entries[0], targets=("ы",), raw=None), read.entries[1]])
    assert po.render(edited) == text.replace(b'msgid "a"\r\nmsgstr "b"', 'msgid "a"\nmsgstr "ы"'.encode())


LAYOUTS = [
    'msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n',
    'msgid "a"\nmsgstr "b"\n\n\n\n \t\nmsgid "c"\nmsgstr "d"  \n\n\n',
    '  msgid "a"\n  msgstr "b"\n\n\tmsgid "c"\n\tmsgstr "d"',
    'msgid"a"\nmsgstr\t"b"\n\nmsgid "c" "c"\n\nmsgstr "d"\n# the end',
    '# note\n\n#: x\n\nmsgid "a"\nmsgstr "b"\n\n#~ msgid "c"\n#~\n#~ msgstr "d"\n#~ # lost\n',
    '#~msgid "a"\n#~msgstr "b"\n\nmsgid "c"\nmsgstr "d"\n',
    'domain "x"\n\nmsgid "a"\nmsgstr "b"\ndomain "y"\nmsgid "c"\nmsgstr "d"\n',
    'msgid "a" msgstr "b"\nmsgid "c" msgstr "d"\n',
]


@pytest.mark.parametrize("text", LAYOUTS)
def test_one_edit_changes_one_entry(text: str):
    read = catalog(text)
    whole = po.render(read)
    assert whole == f"{HEADER}\n{text}".encode()
    for at, old in enumerate(read.entries):
        entries = list(read.entries)
        entries[at] = replace(old, targets=("Салом",), raw=None)
        before, after = whole.split((old.raw or "").encode())
        written = po.render(replace(read, entries=tuple(entries)))
        assert written.startswith(before)
        assert written.endswith(after)
        assert [e.target for e in po.parse(written).entries] == [e.target for e in entries]


def test_an_indented_entry_stays_indented():
    read = catalog('  msgid "a"\n  msgstr "b"\n')
    edited = replace(read, entries=(replace(read.entries[0], targets=("x\ny",), raw=None),))
    assert po.render(edited).decode() == f'{HEADER}\n  msgid "a"\n  msgstr ""\n  "x\\n"\n  "y"\n'


def test_a_header_in_the_middle_stays_there():
    text = f'msgid "a"\nmsgstr "b"\n\n\n{HEADER}\nmsgid "c"\nmsgstr "d"\n'
    read = po.parse(text.encode())
    assert (read.language, [e.key.text for e in read.entries]) == ("ru", ["a", "c"])
    assert po.render(read) == text.encode()
    assert po.render(po.replaced(read, read.entries[1:])).decode() == f'{HEADER}\nmsgid "c"\nmsgstr "d"\n'


def test_entries_come_and_go_and_obsolete_ones_stand_last():
    read = catalog('msgid "a"\nmsgstr "b"\n\n# why\nmsgid "c"\nmsgstr "d"')
    first, second = read.entries
    gone = replace(first, is_obsolete=True, raw=None)
    edited = po.replaced(read, [gone, second, fresh("new")])
    assert po.render(edited).decode() == (
        f'{HEADER}\n# why\nmsgid "c"\nmsgstr "d"\n\nmsgid "new"\nmsgstr ""\n\n#~ msgid "a"\n#~ msgstr "b"'
    )


def test_the_same_entries_give_the_same_catalog():
    read = catalog('#~ msgid "a"\n#~ msgstr "b"\n\nmsgid "c"\nmsgstr "d"\n')
    assert po.replaced(read, read.entries) is read


@pytest.mark.parametrize("source", [b"", b"\n\n", b"# only a comment", b"\xef\xbb\xbf", b"#~\n"])
def test_a_file_without_entries_is_kept_and_can_be_filled(source: bytes):
    read = po.parse(source)
    assert po.render(read) == source
    assert not read.problems
    filled = po.parse(po.render(po.replaced(read, [fresh("a", "б")])))
    assert [(e.key.text, e.target) for e in filled.entries] == [("a", "б")]


def test_a_file_in_another_charset_is_read_and_written_in_it():
    source = HEADER.replace("UTF-8", "KOI8-R").encode() + '\nmsgid "a"\nmsgstr "б"\n'.encode("koi8-r")
    read = po.parse(source, "ru.po")
    assert read.entries[0].target == "б"
    assert po.render(read) == source
    edited = po.replaced(read, [replace(read.entries[0], targets=("жук",), raw=None)])
    assert po.render(edited) == source.replace("б".encode("koi8-r"), "жук".encode("koi8-r"))
    with pytest.raises(PoError, match=r"ru\.po:7: the file is in koi8-r, which has no 'ҳ'") as caught:
        po.render(po.replaced(read, [replace(read.entries[0], targets=("ҳа",), raw=None)]))
    assert "UTF-8" in caught.value.hint
    converted = po.with_header(edited, {"Content-Type": "text/plain; charset=UTF-8"})
    assert po.parse(po.render(converted)).entries[0].target == "жук"


def test_half_a_character_is_refused():
    with pytest.raises(PoError, match=r"U\+D800 is half of a character"):
        po.render(po.new_catalog("a.po", "ru", {}, [fresh("a", "\ud800")]))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("ru", "ru"),
        ("uz_Cyrl", "uz-Cyrl"),
        ("uz@cyrillic", "uz-Cyrl"),
        ("", ""),
        ("tlh_AQ", "tlh-AQ"),
        ("xx_YY", "xx-YY"),
    ],
)
def test_the_language_is_a_bcp_47_code(written: str, code: str):
    assert po.parse(HEADER.replace("ru", written).encode()).language == code


ODD_HEADER = (
    '# Licence\n#, fuzzy\nmsgid ""\nmsgstr ""\n"Project-Id-Version: a  b\\n"\n"X-Poedit: 1\\n"\n"no colon\\n"\n'
    '"Last-Translator: A very long name that somebody has wrapped here \\n"\n"X-Long: one "\n"two\\n"\n'
    '"Language:  ru\\n"\n'
)


@pytest.mark.parametrize(
    ("fields", "old", "new"),
    [
        ({}, "", ""),
        ({"Language": "ru"}, "", ""),
        ({"Language": "tg"}, '"Language:  ru\\n"', '"Language: tg\\n"'),
        ({"X-Long": None}, '"X-Long: one "\n"two\\n"\n', ""),
        ({"X-Long": "3"}, '"X-Long: one "\n"two\\n"', '"X-Long: 3\\n"'),
        (
            {"Language-Team": "Тоҷикӣ"},
            '"Language:  ru\\n"\n',
            None,
        ),
        ({"X-New": "a\nb"}, '"Language:  ru\\n"\n', '"Language:  ru\\n"\n"X-New: a b\\n"\n'),
    ],
)
def test_a_changed_header_field_leaves_the_others_alone(fields: dict[str, str | None], old: str, new: str | None):
    text = f'{ODD_HEADER}\nmsgid "a"\nmsgstr "b"\n'
    edited = po.with_header(po.parse(text.encode()), fields)
    if new is None:
        wrapped = '"Last-Translator: A very long name that somebody has wrapped here \\n"\n'
        old, new = wrapped, wrapped + '"Language-Team: Тоҷикӣ\\n"\n'
    assert po.render(edited).decode() == text.replace(old, new)


def test_a_header_on_one_line_can_be_changed():
    read = po.parse(b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: ru\\n"\n')
    assert po.render(po.with_header(read, {"Language": "tg"})) == (
        b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: tg\\n"\n'
    )


def test_a_catalog_without_header_gets_one():
    read = po.parse(b'msgid "a"\nmsgstr "b"\n')
    assert [problem.check for problem in read.problems] == ["missing-header"]
    assert po.render(po.with_header(read, {"Language": "tg"})) == (
        b'msgid ""\nmsgstr "Language: tg\\n"\n\nmsgid "a"\nmsgstr "b"\n'
    )


def test_a_new_catalog_looks_like_this():
    draft = Entry(
        Message(Key("tag", "news"), ("content/a.md", "content/b.md"), ("front matter", "heading: Home"), (), 60),
        ("хабар",),
        is_fuzzy=True,
        previous=Key("tag", "new"),
        comments=("mt: google en>tg src=0a1b2c3d out=4e5f6071", ""),
    )
    many = Entry(
        Message(Key(None, "%d day", "%d days"), flags=("python-format",)), ("рӯз", "рӯзҳо"), comments=("a\nb",)
    )
    made = po.new_catalog("tg.po", "tg", {"Language": "tg", "MIME-Version": "1.0"}, [draft, many], ["Tajik.", ""])
    assert po.render(made).decode() == (
        "# Tajik.\n#\n"
        'msgid ""\nmsgstr ""\n"Language: tg\\n"\n"MIME-Version: 1.0\\n"\n\n'
        "# mt: google en>tg src=0a1b2c3d out=4e5f6071\n#\n#. front matter\n#. heading: Home\n#. max 60 characters\n"
        '#: content/a.md content/b.md\n#, fuzzy\n#| msgctxt "tag"\n#| msgid "new"\n'
        'msgctxt "tag"\nmsgid "news"\nmsgstr "хабар"\n\n'
        '# a\n# b\n#, python-format\nmsgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] "рӯз"\nmsgstr[1] "рӯзҳо"\n'
    )


def test_credits_above_the_header_move_to_a_new_catalog():
    read = po.parse(f"# Title\n# msgid in a comment\n#\n#, fuzzy\n{HEADER}".encode())
    assert po.header_comments(read) == ("Title", "msgid in a comment", "")
    made = po.new_catalog("x.po", "ru", read.header, [], po.header_comments(read))
    assert po.header_comments(made) == po.header_comments(po.parse(po.render(made))) == po.header_comments(read)
    assert po.header_comments(catalog("")) == po.header_comments(po.parse(b"")) == ()


def test_several_forms_without_a_plural_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="2 plural forms for a message without plural"):
        po.written(fresh("a", targets=("b", "c")), None)


LONG = "Russian Center for Science and Culture in Dushanbe opened a new library for children, students and teachers."


@pytest.mark.parametrize("columns", [None, 60, 76, 77, 78, 79, 80, 100])
def test_the_width_is_seen_in_the_file(columns: int | None):
    entries = [fresh(f"{LONG} {LONG[at:]} {LONG[:at]}", LONG[at:] + LONG) for at in range(40)]
    text = HEADER + "".join(f"\n{po.written(entry, columns)}\n" for entry in entries)
    read = po.parse(text.encode())
    assert po.width(read) == columns
    anew = replace(read, entries=tuple(replace(entry, raw=None) for entry in read.entries))
    assert po.render(anew).decode() == text


def test_short_texts_show_no_width():
    assert po.width(catalog('msgid "a\\nb"\nmsgstr ""\n"a\\n"\n"b"\n')) is None


def test_a_no_wrap_entry_is_not_wrapped_and_shows_no_width():
    read = catalog(f'#, no-wrap\nmsgid "{LONG}"\nmsgstr ""\n')
    assert po.width(read) is None
    assert f'msgid "{LONG}"' in po.written(read.entries[0], 79)


def test_the_mo_file_holds_reviewed_entries_only():
    header = {"Language": "ru", "Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=n!=1;"}
    entries = [
        fresh("home", "дом"),
        fresh("draft", "набросок", is_fuzzy=True),
        fresh("gone", "нет", is_obsolete=True),
        fresh("empty"),
        Entry(Message(Key("menu", "home")), ("Главная",)),
        Entry(Message(Key(None, "page", "pages")), ("страница", "страницы")),
    ]
    compiled = gettext.GNUTranslations(io.BytesIO(po.write_mo(po.new_catalog("ru.po", "ru", header, entries))))
    assert compiled.gettext("home") == "дом"
    assert compiled.pgettext("menu", "home") == "Главная"
    assert [compiled.ngettext("page", "pages", n) for n in (1, 2)] == ["страница", "страницы"]
    assert [compiled.gettext(text) for text in ("draft", "gone", "empty")] == ["draft", "gone", "empty"]
    assert compiled.info()["language"] == "ru"
