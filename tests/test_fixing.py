"""Safe fixes: an edit of one entry's text inside the spans that were found, and of nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import checking, checks, langs, po
from tarjuma.checks import Context
from tarjuma.fixing import edited, fixed
from tarjuma.model import Catalog, Entry, Key, Message, Problem, Severity, State, source_hash, target_hash
from tests.laws import EXAMPLES

FILE = """\
# Rūdobeh Example <r@example.org>, 2024.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ro\\n"
"PO-Revision-Date: 2024-01-02 03:04+0500\\n"
"Last-Translator: Ana <ana@example.org>\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2);\\n"

# a remark
#. paragraph
#: content/en/a.md
msgid "News of the school"
msgstr "Ştirile şcolii "

#: content/en/a.md
msgid   "One"
msgstr   "Unu"

#: content/en/a.md
msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} zi"
msgstr[1] "{n} zile\u00a0"
msgstr[2] "{n} de zile "

#~ msgid "gone"
#~ msgstr "dispărut "

#: content/en/a.md
#, fuzzy
#| msgid "News"
msgid "Old news"
msgstr "Ştiri "
"""

CEDILLAS = {"ş": "ș", "ţ": "ț", "Ş": "Ș", "Ţ": "Ț"}


def edge_spaces(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    if found := re.search(r"[ \u00a0]+\Z", text):
        yield found.span(), ""
    if found := re.match(r"[ \u00a0]+(?=[^ \u00a0])", text):
        yield found.span(), ""


def cedillas(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    for found in re.finditer("[şţŞŢ]", text):
        yield found.span(), CEDILLAS[found[0]]


def soft_hyphens(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    for found in re.finditer("\u00ad+", text):
        yield found.span(), ""


def digraphs(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Overlaps with cedillas."""
    for found in re.finditer("şt", text):
        yield found.span(), "ст"


def lone_letters(text: str) -> Iterator[tuple[tuple[int, int], None]]:
    """Not safe, and found only once the space beside it has gone."""
    if re.fullmatch("[a-z]", text):
        yield (0, 1), None


RULES = {
    "cedillas": cedillas, "digraphs": digraphs, "edge-space": edge_spaces,
    "lone-letters": lone_letters, "soft-hyphens": soft_hyphens,
}  # fmt: skip


def found_in(entry: Entry) -> Iterator[Problem]:
    for form, target in enumerate(entry.targets):
        for check, rule in RULES.items():
            for span, suggestion in rule(target):
                yield Problem(
                    check, Severity.WARNING, "a.po", "odd", line=entry.line, span=span, suggestion=suggestion or "",
                    is_safe=suggestion is not None, key=entry.key, form=form, target=target,
                )  # fmt: skip


def found(catalog: Catalog) -> list[Problem]:
    return [problem for entry in catalog.entries for problem in found_in(entry)]


def parsed(text: str = FILE) -> Catalog:
    return po.parse(text.encode(), "a.po")


def entry_of(*targets: str, **fields: object) -> Entry:
    key = Key(None, "text", "texts" if len(targets) > 1 else None)
    return Entry(Message(key), targets, **fields)  # type: ignore[arg-type]


def one(entry: Entry) -> Catalog:
    return Catalog("a.po", "ro", {}, (entry,))


def mended(entry: Entry) -> Entry:
    (fresh,) = fixed(one(entry), found_in(entry), found_in).entries
    return fresh


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ştirile şcolii ", "Știrile școlii"),
        (" a b ", "a b"),
        ("so\u00adft hy\u00ad\u00adphen", "soft hyphen"),
        ("pe\u00ad ţară ", "pe țară"),
        ("\u00ad ţ\u00ad", "ț"),  # the space at the edge shows only after the soft hyphen has gone
        ("text", "text"),
    ],
)
def test_safe_suggestions_are_applied(before: str, after: str) -> None:
    assert mended(entry_of(before)).target == after


def test_of_two_findings_that_overlap_the_first_is_applied() -> None:
    assert mended(entry_of("aşta")).target in ("așta", "aстa")
    overlapping = [
        Problem("x", Severity.ERROR, "a.po", "", span=(0, 3), suggestion="1", is_safe=True, key=Key(None, "text"),
                target="abcdef"),
        Problem("y", Severity.ERROR, "a.po", "", span=(2, 5), suggestion="2", is_safe=True, key=Key(None, "text"),
                target="abcdef"),
    ]  # fmt: skip
    (fresh,) = fixed(one(entry_of("abcdef")), overlapping, lambda entry: ()).entries
    assert fresh.target == "1def"


def test_every_plural_form_is_edited_by_itself() -> None:
    assert mended(entry_of("{n} zi", "{n} zile ", " {n} ţ")).targets == ("{n} zi", "{n} zile", "{n} ț")


def test_a_fix_that_makes_another_check_speak_up_is_not_made() -> None:
    assert mended(entry_of("a ")).target == "a "
    assert mended(entry_of("a ", "ab ")).targets == ("a ", "ab")


def test_a_fix_after_which_its_finding_is_still_there_is_not_made() -> None:
    def stubborn(entry: Entry) -> Iterator[Problem]:
        yield Problem("x", Severity.ERROR, "a.po", "", span=(0, 1), suggestion="b", is_safe=True, key=entry.key,
                      target=entry.target)  # fmt: skip

    entry = entry_of("abc")
    assert fixed(one(entry), stubborn(entry), stubborn).entries == (entry,)


@pytest.mark.parametrize(
    "change",
    [
        {"is_safe": False},
        {"target": "text that was there before"},
        {"form": 1},
        {"key": Key(None, "another")},
        {"key": None},
        {"line": 7},
        {"span": (3, 40)},
        {"span": None, "suggestion": ""},
        {"span": (0, 4), "suggestion": " \u200b"},
    ],
)
def test_what_a_finding_does_not_say_for_sure_is_left_alone(change: dict[str, object]) -> None:
    sure = Problem("x", Severity.ERROR, "a.po", "", span=(3, 4), suggestion="", is_safe=True, key=Key(None, "text"),
                   target="abc ")  # fmt: skip
    catalog = one(entry_of("abc "))
    assert fixed(catalog, [sure], lambda entry: ()).entries[0].target == "abc"
    assert fixed(catalog, [replace(sure, **change)], lambda entry: ()) is catalog  # type: ignore[arg-type]


def test_a_suggestion_without_a_span_is_the_whole_target() -> None:
    problem = Problem("x", Severity.ERROR, "a.po", "", suggestion="new", is_safe=True, key=Key(None, "text"),
                      target="old")  # fmt: skip
    assert fixed(one(entry_of("old")), [problem], lambda entry: ()).entries[0].target == "new"


def test_only_lines_of_entries_with_findings_change() -> None:
    catalog = parsed()
    after = po.render(fixed(catalog, found(catalog), found_in)).decode()
    expected = (
        FILE.replace("Ştirile şcolii ", "Știrile școlii").replace("Ştiri ", "Știri").replace("dispărut ", "dispărut")
    )
    assert after == expected.replace("zile\u00a0", "zile").replace("de zile ", "de zile")


def test_a_catalog_without_findings_is_the_same_object() -> None:
    catalog = parsed()
    assert fixed(catalog, [], found_in) is catalog


def provenance(*targets: str) -> str:
    return f"mt: google en>ro src={source_hash(Key(None, 'text'))} out={target_hash(targets)}"


def test_a_fix_is_no_edit_by_a_person() -> None:
    """A text that nobody has read since the machine wrote it still says so."""
    entry = entry_of("Ştiri ", comments=("a remark", provenance("Ştiri ")))
    after = mended(entry)
    assert after.comments == ("a remark", provenance("Știri"))
    assert mended(replace(entry, is_fuzzy=True)).state is State.DRAFT


def test_a_person_s_edit_stays_one() -> None:
    entry = entry_of("Ştiri ", comments=(provenance("as the machine wrote it"),))
    after = mended(entry)
    assert (after.target, after.comments) == ("Știri", entry.comments)


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Every wrong example of a check of texts."""
    for name in checks.names():
        if hasattr(checks.module(name), "check"):
            for row in checks.rows(name, "BAD"):
                yield name, *row[:3]


@pytest.mark.parametrize(("name", "language", "source", "target"), list(rows()))
def test_what_a_check_calls_safe_mends_its_examples(name: str, language: str, source: str, target: str) -> None:
    row = langs.language(language)
    catalog = Catalog("a.po", row.code, {}, (Entry(Message(Key(None, source)), (target,), line=1),))
    context = Context(row, langs.language("en"))

    def recheck(entry: Entry) -> Iterator[Problem]:
        return checking.of_entry(entry, catalog, context)

    before = list(checking.findings(catalog, context))
    once = fixed(catalog, before, recheck)
    after = list(checking.findings(once, context))
    assert fixed(once, after, recheck) is once
    assert not [problem for problem in after if problem.check == name and problem.is_safe], once.entries[0].target
    assert len(after) < len(before) or once is catalog


LETTERS = "aştŞ \u00a0\u00adx"
texts = st.text(st.sampled_from(LETTERS), min_size=1, max_size=8)
entries = st.builds(
    lambda targets, is_fuzzy, has_draft: entry_of(
        *targets, is_fuzzy=is_fuzzy, comments=(provenance(*targets),) if has_draft else ("kept",)
    ),
    st.lists(texts, min_size=1, max_size=3),
    st.booleans(),
    st.booleans(),
)


def catalogs() -> st.SearchStrategy[Catalog]:
    def numbered(some: Iterable[Entry]) -> Catalog:
        lines = (replace(entry, line=number, raw="raw") for number, entry in enumerate(some, 1))
        return Catalog("a.po", "ro", {}, tuple(lines))

    return st.lists(entries, max_size=3).map(numbered)


@settings(max_examples=EXAMPLES, deadline=None)
@given(catalogs())
def test_fixing_twice_is_fixing_once(catalog: Catalog) -> None:
    problems = found(catalog)
    once = fixed(catalog, problems, found_in)
    assert fixed(once, problems, found_in) is once
    assert fixed(once, found(once), found_in) is once


@settings(max_examples=EXAMPLES, deadline=None)
@given(catalogs())
def test_only_texts_change_and_no_check_finds_more(catalog: Catalog) -> None:
    once = fixed(catalog, found(catalog), found_in)
    assert len(once.entries) == len(catalog.entries)
    for before, after in zip(catalog.entries, once.entries, strict=True):
        assert (after is before) == (after.targets == before.targets)
        assert after.raw is None or after is before
        assert replace(after, targets=before.targets, comments=before.comments) == before
        assert after.state is before.state
        kinds = [problem.check for problem in found_in(before)]
        assert all(kinds.count(check) >= now for check, now in _numbers(found_in(after)).items())


def _numbers(problems: Iterable[Problem]) -> dict[str, int]:
    checks = [problem.check for problem in problems]
    return {check: checks.count(check) for check in checks}


@settings(max_examples=EXAMPLES, deadline=None)
@given(texts, st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), texts), max_size=4))
def test_an_edit_leaves_every_character_outside_its_spans(target: str, places: list[tuple[int, int, str]]) -> None:
    cursor, outside, problems = 0, [], []
    for start, length, suggestion in sorted(places):
        end = start + length
        if cursor <= start < end <= len(target):
            outside.append(target[cursor:start])
            problems.append(Problem("x", Severity.INFO, "", "", span=(start, end), suggestion=suggestion))
            cursor = end
    expected = "".join(text + problem.suggestion for text, problem in zip(outside, problems, strict=True))
    assert edited(target, problems) == expected + target[cursor:]
