"""What a project wants to hear of: severities, marks and rules that silence, gates, fingerprints, the baseline."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import baseline, po, policy
from tarjuma.baseline import Baseline
from tarjuma.config import Checks, Gate, Ignore
from tarjuma.errors import UsageError
from tarjuma.model import Entry, Key, Message, Problem, Severity
from tests.laws import EXAMPLES

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def finding(check: str = "number-changed", text: str = "Room 7", **more: object) -> Problem:
    made = Problem(check, WARNING, "ru.po", "a message", line=9, language="ru", key=Key(None, text))
    return replace(made, **more)  # type: ignore[arg-type]


def entry(comments: str) -> Entry:
    """The first entry of a PO file with these comment lines."""
    text = f'msgid ""\nmsgstr ""\n\n{comments}\nmsgid "Room 7"\nmsgstr "Ҳуҷра"\n'
    return po.parse(text.encode(), "tg.po").entries[0]


@pytest.mark.parametrize(
    ("comments", "names"),
    [
        ("# i18n-ignore: number-changed", {"number-changed"}),
        ("# i18n-ignore: number-changed, end-punctuation", {"number-changed", "end-punctuation"}),
        ("# i18n-ignore: Number_Changed end-punctuation", {"number-changed", "end-punctuation"}),
        ("#i18n-ignore:all", {"*"}),
        ("# i18n-ignore: *", {"*"}),
        ("# a note\n# I18N-ignore: fuzzy", {"fuzzy"}),
        ("#, ignore-end-stop", {"end-punctuation"}),
        ("#, ignore-xml-tags", {"html-dropped", "html-unbalanced"}),
        ("#, python-format, ignore-same", {"untranslated-copy"}),
        ("#, ignore-number-changed", {"number-changed"}),
        ("#, ignore-python-brace-format", {"placeholder-missing", "placeholder-changed"}),
        ("#, ignore-all-checks", {"*"}),
        ("# noqa", {"*"}),
        ("#, noqa", {"*"}),
        ("# skip-rule: some-rule", {"*"}),
        ("#. dennis-ignore: *", {"*"}),
        ("#. dennis-ignore: E201", {"placeholder-missing", "placeholder-changed"}),
        ("# we ignore: numbers", set()),
        ("# see i18n-ignore: number-changed", set()),
        ("#, python-format", set()),
        ("# noqa is written here", set()),
        ("# i18n-ignore:", set()),
    ],
)
def test_what_an_entry_silences(comments: str, names: set[str]) -> None:
    assert policy.mark(entry(comments)).names == names


def test_a_mark_silences_its_check_on_its_entry_only() -> None:
    marked = replace(entry("# i18n-ignore: number-changed"), line=5)
    other = replace(marked, comments=(), line=8, message=Message(Key(None, "Room 8")))
    problems = [
        finding(key=marked.key, line=5),
        finding("edge-space", key=marked.key, line=5),
        finding(key=other.key, line=8),
        finding("header", key=None, line=5),
    ]
    shown, hidden, stale = policy.unmarked(problems, [marked, other])
    assert (shown, hidden, stale) == (problems[1:], problems[:1], [])


def test_a_mark_without_effect_is_told_but_not_that_of_another_tool() -> None:
    ours, theirs = entry("# i18n-ignore: number-changed, fuzzy"), replace(entry("#, ignore-same"), line=30)
    _, hidden, stale = policy.unmarked([finding(key=ours.key, line=ours.line)], [ours, theirs])
    assert len(hidden) == 1
    assert [(each.check, each.severity, each.message) for each in stale] == [
        ("stale-ignore", INFO, "`i18n-ignore: fuzzy` suppresses nothing here any more: take it away")
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("number-change", "there is no check 'number-change': write number-changed"),
        ("whatever", "there is no check 'whatever': its name stands in [brackets] in each finding"),
    ],
)
def test_a_mark_that_names_no_check_is_told_as_such(name: str, said: str) -> None:
    _, _, stale = policy.unmarked([], [entry(f"# i18n-ignore: {name}")])
    assert [each.message for each in stale] == [said]


def test_severities_are_the_projects_and_off_is_silence() -> None:
    problems = [finding("a"), finding("b"), finding("c")]
    told = list(policy.weighed(problems, {"a": ERROR, "b": None}))
    assert [(each.check, each.severity) for each in told] == [("a", ERROR), ("c", WARNING)]


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        (Ignore(frozenset({"number-changed"})), True),
        (Ignore(frozenset({"edge-space"})), False),
        (Ignore(languages=frozenset({"ru"})), True),
        (Ignore(languages=frozenset({"tg"})), False),
        (Ignore(paths=("content/en/news/**",)), True),
        (Ignore(paths=("content/en/about.md",)), False),
        (Ignore(paths=("locales/**/*.po",)), True),
        (Ignore(texts=("Room *",)), True),
        (Ignore(texts=("room *",)), False),
        (Ignore(frozenset({"number-changed"}), frozenset({"ru"}), ("content/**",), ("*7",)), True),
        (Ignore(frozenset({"number-changed"}), frozenset({"tg"}), ("content/**",), ("*7",)), False),
        (Ignore(), True),
    ],
)
def test_a_rule_silences_what_fits_all_it_says(rule: Ignore, holds: bool) -> None:
    problem = finding(path="locales/ru/LC_MESSAGES/news/a.po", place=("content/en/news/a.md", 7))
    assert policy.is_ignored(problem, rule) is holds


def test_a_rule_about_texts_silences_no_finding_of_a_file() -> None:
    assert not policy.is_ignored(finding("header", key=None), Ignore(texts=("*",)))


@pytest.mark.parametrize(
    ("severity", "demands", "fails"),
    [
        (ERROR, ("error",), True),
        (WARNING, ("error",), False),
        (WARNING, ("warning",), True),
        (INFO, ("warning",), False),
        (INFO, ("info",), True),
        (ERROR, ("never",), False),
        (ERROR, ("untranslated",), True),
        (WARNING, ("untranslated", "stale"), False),
        (WARNING, ("warning", "untranslated"), True),
        (ERROR, ("never", "untranslated"), False),
    ],
)
def test_what_makes_a_run_fail(severity: Severity, demands: tuple[str, ...], fails: bool) -> None:
    assert policy.is_failing(finding(severity=severity), demands) is fails


def test_the_nearest_demand_counts_gate_before_language_before_project() -> None:
    gates = (
        Gate(("content/en/index.md",), frozenset({"ru"}), 100, ("info",)),
        Gate(("content/en/**",), minimum=50),
        Gate(("content/en/news/**",), fail_on=("never",)),
    )
    checks = Checks(gates=gates, fail_on=("error",), fail_on_language={"tg": ("warning",)})

    def demanded(language: str, path: str) -> tuple[str, ...]:
        return policy.fails_on(checks, language, ("locales/x.po", path))

    assert demanded("ru", "content/en/index.md") == ("info",)
    assert demanded("tg", "content/en/index.md") == ("warning",)
    assert demanded("tg", "content/en/news/a.md") == ("never",)
    assert demanded("uk", "content/en/a.md") == ("error",)
    assert [gate.minimum for gate in policy.gates(checks, "ru", ("content/en/index.md",))] == [100, 50]


# Fingerprints

TEXTS = st.text("ab \n", max_size=4)
PROBLEMS = st.lists(
    st.builds(finding, st.sampled_from(["a", "b"]), TEXTS, form=st.integers(0, 2), line=st.integers(1, 9)), max_size=8
)


def names(problems: list[Problem]) -> list[str]:
    return [each.fingerprint for each in policy.fingerprinted(problems)]


@settings(max_examples=EXAMPLES)
@given(PROBLEMS, st.integers(1, 1000))
def test_fingerprints_stay_when_lines_and_words_change_and_never_clash(problems: list[Problem], shift: int) -> None:
    moved = [
        replace(each, line=each.line + shift, column=3, message="said otherwise", severity=INFO, target="ҷ")
        for each in problems
    ]
    assert names(moved) == names(problems)
    assert len(set(names(problems))) == len(problems)


@pytest.mark.parametrize(
    "other",
    [
        finding("edge-space"),
        finding(text="Room 8"),
        finding(language="tg"),
        finding(key=Key("menu", "Room 7")),
        finding(key=None),
    ],
)
def test_another_finding_has_another_fingerprint(other: Problem) -> None:
    assert names([finding()]) != names([other])


def test_findings_of_two_files_as_a_whole_are_two() -> None:
    assert names([finding(key=None)]) != names([finding(key=None, path="other.po")])


# Baseline


def known(*problems: Problem) -> Baseline:
    return baseline.updated(Baseline(), policy.fingerprinted(problems), ["ru.po"])


@settings(max_examples=EXAMPLES)
@given(PROBLEMS)
def test_a_baseline_comes_back_as_it_was_written(problems: list[Problem]) -> None:
    assert baseline.parse(baseline.render(known(*problems)), "known.txt") == known(*problems)


def test_a_baseline_is_sorted_lines_that_two_branches_can_merge() -> None:
    lines = baseline.render(known(finding("b"), finding("a"))).decode().splitlines()
    assert lines[0].startswith("# ")
    assert [line.split("\t")[1:] for line in lines[1:]] == [["a", "ru", "ru.po"], ["b", "ru", "ru.po"]]
    torn = "\n".join(["<<<<<<< ours", *lines[1:2], "=======", *lines[2:], ">>>>>>> theirs"]).encode()
    assert baseline.parse(torn, "known.txt") == known(finding("b"), finding("a"))


def test_what_is_mended_leaves_the_baseline_and_other_files_stay_in_it() -> None:
    mended, left = policy.fingerprinted([finding(text="One"), finding(text="Two")])
    elsewhere = next(iter(policy.fingerprinted([finding(text="Three", path="tg.po")])))
    before = baseline.updated(Baseline(), [mended, left, elsewhere], [])
    after = baseline.updated(before, [left], ["ru.po"])
    assert set(after.known) == {left.fingerprint, elsewhere.fingerprint}
    assert [each.path for each in baseline.healed(before, [left], ["ru.po"])] == ["ru.po"]


@pytest.mark.parametrize("content", ["what is this", "xyz\ta\tru\tru.po", "0a1b\tonly two"])
def test_a_file_that_is_no_baseline_is_refused(content: str) -> None:
    with pytest.raises(UsageError, match=r"known.txt:1: this is no baseline"):
        baseline.parse(content.encode(), "known.txt")
