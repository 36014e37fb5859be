"""Which entries a machine drafts, what it gets of each, how a draft stands in the file; plural forms; reuse."""

from __future__ import annotations

import pytest

from tarjuma import draft, langs, po, probe
from tarjuma.draft import Draft, Pivot, Terms
from tarjuma.model import Catalog, Key, State, source_hash, target_hash

RU = langs.language("ru")
ENGLISH = langs.language("en").plural

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    f'"Plural-Forms: {RU.plural_forms}\\n"\n"PO-Revision-Date: 2024-01-01 00:00+0000\\n"\n"Last-Translator: Ann\\n"\n\n'
)


def catalog(entries: str) -> Catalog:
    return po.parse((HEADER + entries).encode(), "locales/ru/LC_MESSAGES/a.po")


def terms(made: Catalog, **changes: object) -> Terms:
    known = {entry.key[:2] for entry in made.entries}
    return Terms("en", ENGLISH, RU.plural, **{"known": known, **changes})  # type: ignore[arg-type]


def sums(text: str, *targets: str, context: str | None = None, plural: str | None = None) -> str:
    return f"src={source_hash(Key(context, text, plural))} out={target_hash(targets)}"


# --- which -----------------------------------------------------------------------------------------------------------

OPEN = [
    'msgid "A"\nmsgstr ""\n',
    'msgid "A"\nmsgstr " \\u200b "\n'.replace("\\u200b", "\u200b"),
    '# a person\'s remark\nmsgid "A"\nmsgstr ""\n',
    '#, fuzzy\nmsgid "A"\nmsgstr ""\n',
    'msgctxt "menu"\nmsgid "A"\nmsgstr ""\n',
    'msgid "A"\nmsgid_plural "B"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n',
    f'# mt: google en>ru {sums("old", "Б")}\n#, fuzzy\nmsgid "A"\nmsgstr "Б"\n',
    f'# mt: google en>ru {sums("old", "Б")}\n#, fuzzy\n#| msgid "old"\nmsgid "A"\nmsgstr "Б"\n',
]
CLOSED = [
    'msgid "A"\nmsgstr "Б"\n',
    '#, fuzzy\nmsgid "A"\nmsgstr "Б"\n',
    '#, fuzzy\n#| msgid "old"\nmsgid "A"\nmsgstr "Б"\n',
    f'# mt: google en>ru {sums("A", "Б")}\n#, fuzzy\nmsgid "A"\nmsgstr "Б"\n',
    f'# mt: google en>ru {sums("A", "Б")}\nmsgid "A"\nmsgstr "Б"\n',
    f'# mt: google en>ru {sums("A", "Б")}\n#, fuzzy\nmsgid "A"\nmsgstr "Бб"\n',
    f'# mt: google en>ru {sums("old", "Б")}\n#, fuzzy\nmsgid "A"\nmsgstr "Бб"\n',
    f'# mt: google en>ru {sums("old", "Б")}\n#, fuzzy\n#| msgid "old"\nmsgid "A"\nmsgstr "Бб"\n',
    'msgid "A"\nmsgid_plural "B"\nmsgstr[0] "Б"\nmsgstr[1] ""\nmsgstr[2] ""\n',
    '#~ msgid "A"\n#~ msgstr ""\n',
]


@pytest.mark.parametrize("text", OPEN)
def test_empty_entries_and_untouched_drafts_of_an_old_source_are_drafted(text: str) -> None:
    made = catalog(text)
    assert [gap.key.text for gap in draft.gaps(made, terms(made))] == ["A"]


@pytest.mark.parametrize("text", CLOSED)
def test_what_a_person_wrote_marked_or_approved_is_left_alone(text: str) -> None:
    made = catalog(text)
    assert draft.gaps(made, terms(made)) == []
    targets = ("Новое",) * len(made.entries[0].targets)
    assert po.render(draft.filled(made, {made.entries[0].key: Draft(targets, "google", "en>ru")})) == po.render(made)


@pytest.mark.parametrize(("engine", "count"), [("google", 1), ("deepl", 0), ("", 0)])
def test_a_draft_is_made_anew_only_for_the_engine_named_and_only_untouched(engine: str, count: int) -> None:
    made = catalog(
        f'# mt: google en>ru {sums("A", "Б")}\n#, fuzzy\nmsgid "A"\nmsgstr "Б"\n\n'
        f'# mt: google en>ru {sums("C", "Д")}\n#, fuzzy\nmsgid "C"\nmsgstr "Дд"\n\n'
        f'# mt: google en>ru {sums("E", "Ф")}\nmsgid "E"\nmsgstr "Ф"\n'
    )
    assert len(draft.gaps(made, terms(made, redrafted=engine))) == count


def test_texts_that_are_in_no_post_any_more_are_not_drafted() -> None:
    made = catalog('msgid "A"\nmsgstr ""\n\nmsgid "B"\nmsgstr ""\n')
    assert [gap.key.text for gap in draft.gaps(made, terms(made, known={(None, "B")}))] == ["B"]


# --- what is given ---------------------------------------------------------------------------------------------------

POST = """\
#. heading
#: a.md
msgid "Courses"
msgstr ""

#. paragraph
#. under: Courses
#. Say it kindly: ann@example.org wants it
#: a.md
msgctxt "list"
msgid "Who may come"
msgstr ""

#. table cell
#. max 20 characters
#: a.md
msgid "Call +992 372 21 21 21 or write to bob@example.org"
msgstr ""

#. paragraph
#: b.md
msgid "Another post"
msgstr ""
"""


def test_an_engine_sees_kind_heading_neighbours_note_and_limit_without_contacts() -> None:
    made = catalog(POST)
    first, second, third, other = (gap.around for gap in draft.gaps(made, terms(made)))
    assert (first.kind, first.heading, first.before, first.after) == ("heading", "", "", "Who may come")
    assert (second.kind, second.heading, second.before) == ("paragraph", "Courses", "Courses")
    assert second.after == "Call … or write to …"
    assert second.note == "list. Say it kindly: … wants it"
    assert (third.kind, third.limit, third.note) == ("table cell", 20, "")
    assert (other.heading, other.before, other.after) == ("", "", "")


def test_no_text_is_shown_beside_another_one_that_may_not_leave() -> None:
    made = catalog(POST)
    private = {(None, "Courses"), (None, "Call +992 372 21 21 21 or write to bob@example.org")}
    second = draft.gaps(made, terms(made, private=private))[1].around
    assert (second.heading, second.before, second.after) == ("", "", "")


def test_long_neighbours_are_cut_between_words() -> None:
    made = catalog(
        f'#. paragraph\n#: a.md\nmsgid "{"word " * 100}end"\nmsgstr ""\n\n#. paragraph\n#: a.md\nmsgid "B"\nmsgstr ""\n'
    )
    before = draft.gaps(made, terms(made))[1].around.before
    assert before.startswith("… word ")
    assert before.endswith(" end")
    assert len(before) <= draft.BESIDE + 2


def test_the_reviewed_translation_of_the_pivot_is_the_source_and_the_post_comes_after_it() -> None:
    made = catalog('msgid "A"\nmsgstr ""\n\nmsgid "B"\nmsgstr ""\n\nmsgid "C"\nmsgstr ""\n')
    russian = catalog('msgid "A"\nmsgstr "А"\n\n#, fuzzy\nmsgid "B"\nmsgstr "Б"\n\nmsgid "C"\nmsgstr ""\n')
    pivot = Pivot("ru", RU.plural, draft.reviewed(russian))
    found = {
        gap.key.text: [(each.text, each.language) for each in gap.forms[0]]
        for gap in draft.gaps(made, terms(made, pivot=pivot))
    }
    assert found == {"A": [("А", "ru"), ("A", "en")], "B": [("B", "en")], "C": [("C", "en")]}


# --- plural forms ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "forms", "first"),
    [
        ("ru", ("%(num)d file", "%(num)d files"), ["1 file", "3 files", "5 files"]),
        ("ru", ("One file", "{n} files"), ["21 files", "3 files", "5 files"]),
        ("ro", ("{count} file", "{count} files"), ["1 file", "5 files", "25 files"]),
        ("uz", ("One file", "{n} files"), ["One file", "5 files"]),
        ("tg", ("A file", "Some files"), ["A file", "Some files"]),
        ("ru", ("{n} of 3 files", "{n} of 3 files"), ["1 of 3 files", "23 of 3 files", "5 of 3 files"]),
        ("ru", ("{who} has %d a", "{who} has %d b"), ["{who} has 1 a", "{who} has 3 b", "{who} has 5 b"]),
        ("ru", ("{a} in {b}", "{a} in {b}s"), ["{a} in {b}", "{a} in {b}s", "{a} in {b}s"]),
    ],
)  # fmt: skip
def test_each_form_is_asked_for_with_a_number_that_needs_it(
    code: str, forms: tuple[str, str], first: list[str]
) -> None:
    row = langs.language(code)
    found = probe.attempts([probe.Wording("en", forms, ENGLISH)], row.nplurals, row.plural)
    assert [attempts[0].text for attempts in found] == first


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        ("3 файла", "{n} файла"),
        ("Файлов: 3.", "Файлов: {n}."),
        ("３ файла", "{n} файла"),
        ("три файла", ""),
        ("3 из 3 файлов", ""),
        ("33 файла", ""),
        ("3,5 файла", ""),
        ("", ""),
    ],
)
def test_the_placeholder_comes_back_only_where_the_number_can_be_told(answer: str, form: str) -> None:
    assert probe.Attempt("3 files", "en", "3", "{n}").finished(answer) == form


def test_the_last_attempt_is_the_text_with_its_placeholder() -> None:
    found = probe.attempts([probe.Wording("en", ("{n} file", "{n} files"), ENGLISH)], 3, RU.plural)
    assert [attempts[-1] for attempts in found] == [
        probe.Attempt("{n} file", "en"),
        probe.Attempt("{n} files", "en"),
        probe.Attempt("{n} files", "en"),
    ]


def test_a_plural_rule_that_cannot_be_read_asks_for_the_same_number_everywhere() -> None:
    found = probe.attempts([probe.Wording("en", ("{n} file", "{n} files"), ENGLISH)], 2, "n / 0")
    assert [attempts[0].text for attempts in found] == ["5 files", "5 files"]


def test_forms_of_a_pivot_are_chosen_by_its_own_rule() -> None:
    russian = probe.Wording("ru", ("{n} год", "{n} года", "{n} лет"), RU.plural)
    belarusian = langs.language("be")
    found = probe.attempts([russian], 3, belarusian.plural)
    assert [attempts[0].text for attempts in found] == ["1 год", "3 года", "5 лет"]


# --- in the file -----------------------------------------------------------------------------------------------------


def test_a_draft_is_fuzzy_says_who_wrote_it_and_changes_nothing_else() -> None:
    made = catalog(
        "# Ann: mind the tone\n# mt: the machine was wrong here\n#. heading\n#: a.md\n#, no-wrap\n"
        'msgid "A"\nmsgstr ""\n\nmsgid "B"\nmsgstr "Б"\n'
    )
    after = po.render(draft.filled(made, {Key(None, "A"): Draft(("Я",), "google", "en>ru")})).decode()
    assert after == (
        HEADER + "# Ann: mind the tone\n# mt: the machine was wrong here\n"
        f'# mt: google en>ru {sums("A", "Я")}\n#. heading\n#: a.md\n#, fuzzy, no-wrap\nmsgid "A"\nmsgstr "Я"\n\n'
        'msgid "B"\nmsgstr "Б"\n'
    )
    assert po.parse(after.encode(), "a.po").entries[0].state is State.DRAFT


def test_a_draft_made_anew_has_one_mark_and_no_previous_source() -> None:
    made = catalog(f'# mt: google en>ru {sums("old", "Б")}\n#, fuzzy\n#| msgid "old"\nmsgid "A"\nmsgstr "Б"\n')
    entry = draft.filled(made, {Key(None, "A"): Draft(("Я",), "deepl", "en>ru")}).entries[0]
    assert entry.comments == (f"mt: deepl en>ru {sums('A', 'Я')}",)
    assert (entry.previous, entry.state) == (None, State.DRAFT)


def test_what_a_person_wrote_while_the_machine_worked_stays() -> None:
    before = catalog('msgid "A"\nmsgstr ""\n\nmsgid "B"\nmsgstr ""\n')
    drafts = {gap.key: Draft(("машина",), "google", "en>ru") for gap in draft.gaps(before, terms(before))}
    meanwhile = catalog('msgid "A"\nmsgstr "человек"\n\nmsgid "B"\nmsgstr ""\n')
    assert [entry.target for entry in draft.filled(meanwhile, drafts).entries] == ["человек", "машина"]


@pytest.mark.parametrize(
    ("targets", "plural"), [((), False), (("",), False), (("a", "b"), False), (("a", "b", ""), True)]
)
def test_a_draft_that_lacks_a_form_is_not_written(targets: tuple[str, ...], plural: bool) -> None:
    made = catalog(OPEN[5] if plural else OPEN[0])
    assert draft.filled(made, {made.entries[0].key: Draft(targets, "google", "en>ru")}) is made


def test_discard_empties_untouched_drafts_and_gives_the_entry_back_as_it_was() -> None:
    before = '# Ann: mind the tone\nmsgid "A"\nmsgstr ""\n\n' + "\n".join(CLOSED[:3])
    made = catalog(before.replace('msgid "A"', 'msgid "Z"', 1))
    drafted = draft.filled(made, {Key(None, "Z"): Draft(("Я",), "google", "en>ru")})
    assert draft.by_engine(drafted) == {"google": 1}
    assert po.render(draft.discarded(drafted)) == po.render(made)
    assert po.render(draft.discarded(drafted, "google")) == po.render(made)
    assert draft.discarded(drafted, "deepl") is drafted


# --- reuse -----------------------------------------------------------------------------------------------------------


def test_the_reviewed_translation_of_the_same_text_elsewhere_is_found() -> None:
    elsewhere = catalog(
        'msgid "A"\nmsgstr "один"\n\nmsgctxt "menu"\nmsgid "A"\nmsgstr "два"\n\n'
        'msgctxt "b"\nmsgid "A"\nmsgstr "один"\n\n#, fuzzy\nmsgid "B"\nmsgstr "нет"\n\n'
        'msgid "C"\nmsgid_plural "D"\nmsgstr[0] "а"\nmsgstr[1] "б"\nmsgstr[2] "в"\n'
    )
    found = draft.Recollection([elsewhere])
    wanted = catalog(
        'msgctxt "x"\nmsgid "A"\nmsgstr ""\n\nmsgctxt "menu"\nmsgid "A"\nmsgstr ""\n\nmsgid "B"\nmsgstr ""\n\n'
        'msgid "C"\nmsgstr ""\n\nmsgctxt "y"\nmsgid "C"\nmsgid_plural "D"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n'
    )
    assert [found.targets(entry) for entry in wanted.entries] == [("один",), ("два",), None, None, ("а", "б", "в")]


def test_a_sample_has_different_texts_from_the_whole_range() -> None:
    made = catalog("".join(f'msgctxt "{n % 2}"\nmsgid "text {n // 2}"\nmsgstr ""\n\n' for n in range(40)))
    gaps = draft.gaps(made, terms(made))
    assert [gap.key.text for gap in draft.spread_out(gaps, 4)] == ["text 0", "text 5", "text 10", "text 15"]
    assert len(list(draft.spread_out(gaps, 100))) == 20
    assert list(draft.spread_out([], 5)) == []
