"""Findings of checks in every format: what people read, what services take."""

import json
import re
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import fastjsonschema
import pytest
import xmlschema

from tarjuma import checks
from tarjuma.checking import Outcome
from tarjuma.model import Key, Problem, Severity
from tarjuma.report import github, gitlab, junit, sarif, text
from tarjuma.report import json as json_lines
from tarjuma.report._excerpt import columns, excerpt

SCHEMAS = Path(__file__).parent / "schemas"

WEIRD = (
    "100 % of %0A",
    "two\nlines\r\nand ::error file=x::stolen",
    "a, b: c",
    "##[command] and ::set-output name=x::y",
    "[see](https://example.net) {0} \\ ]",
    "bell \x07 escape \x1b[31m nul \x00 not a character \ufffe lone \ud800",
    "<b> & ]]> \"quoted\" 'single'",
    "Тоҷикӣ 日本語 \u202eright to left\u202c e\u0301",
    "::notice::",
    "",
)
PATHS = ("locales/ru/LC_MESSAGES/posts/a.po", "locales/tg/LC_MESSAGES/мақола: 100%, #1 [x].po", "./b c.po", "a::b,c.po")


def said(problem: Problem) -> str:
    return problem.message


def found(message: str = "numbers missing from the translation: 1998", **changes: object) -> Problem:
    problem = Problem(
        "number-changed", Severity.WARNING, PATHS[0], message, 41, language="ru",
        key=Key(None, "We teach since 1998"), target="Мы учим с 1989 года", span=(10, 14), suggestion="1998",
        values=(("numbers", "1998"),), place=("content/en/posts/мақола.md", 12), fingerprint="",
    )  # fmt: skip
    return replace(problem, **changes)  # type: ignore[arg-type]


@pytest.fixture
def weird() -> Outcome:
    """Every weird text as message, source, target, suggestion and value, in every weird path, of every severity."""
    problems = [
        found(message, severity=severity, path=path, line=line, target=message, span=(0, min(3, len(message))),
              suggestion=message, key=Key(message or None, message, "plural" if line else None), form=line % 2,
              values=(("x", message),), check=check)
        for line, message in enumerate(WEIRD)
        for path in PATHS
        for severity, check in zip(Severity, ("url-changed", "number-changed", "source"), strict=True)
    ]  # fmt: skip
    problems.append(Problem("header", Severity.ERROR, "c.po", "no charset"))
    ignored = (found("ignored"), found("ignored"))
    return Outcome(tuple(problems), ignored, {**dict.fromkeys(PATHS, "ru"), "d.po": "tg"}, {"ru": 30})


# Text


def test_a_finding_is_a_line_that_editors_follow_and_both_texts_with_what_is_meant_underlined() -> None:
    assert text.findings(Outcome((found(),), (), {PATHS[0]: "ru"}, {"ru": 9}), said) == (
        "locales/ru/LC_MESSAGES/posts/a.po:41: warning [number-changed] numbers missing from the translation: 1998\n"
        "    source:      We teach since 1998\n"
        "                                ^^^^\n"
        "    ru:          Мы учим с 1989 года\n"
        "                           ^^^^\n"
        "    suggestion:  1998\n"
        "    source post: content/en/posts/мақола.md:12\n"
        "\n"
        "                    error  warning  info\n"
        "ru  number-changed      0        1     0\n"
        "\n"
        "1 warning in 1 file, 9 messages\n"
    )


@pytest.mark.parametrize(
    ("suggestion", "shown"),
    [
        ("", "delete what is marked"),
        (" ", "put a space here"),
        ("a b", "a b"),
        ("\n", "\\n"),
        ("\u00a0", "put a space here"),
    ],
)
def test_a_suggestion_is_never_a_blank_line(suggestion: str, shown: str) -> None:
    problems = (found(suggestion=suggestion, is_safe=True),)
    lines = text.findings(Outcome(problems), said)
    assert f"    suggestion:  {shown}\n" in lines
    assert f"suggestion: {shown}" in github.findings(Outcome(problems), said)


def test_nothing_found_is_one_line() -> None:
    assert text.findings(Outcome((), (found(),), {"a.po": "ru", "b.po": "tg"}, {"ru": 1234}), said) == (
        "no findings in 2 files, 1,234 messages; 1 ignored\n"
    )


def test_findings_are_grouped_by_file_and_sorted_by_line() -> None:
    problems = (found(path="b.po", line=2), found(path="a.po", line=9), found(path="a.po", line=1), found(path="b.po"))
    heads = re.findall(r"^(?:\S+\.po:\d+|$)", text.findings(Outcome(problems), said), re.MULTILINE)
    assert heads[:5] == ["a.po:1", "a.po:9", "", "b.po:2", "b.po:41"]


@pytest.mark.parametrize(
    ("target", "span", "line", "underline"),
    [
        ("Нарх 5 сомонӣ", (5, 6), "Нарх 5 сомонӣ", "     ^"),
        ("日本語と日本", (3, 4), "日本語と日本", "      ^^"),
        ("се\u0301ть x", (6, 7), "се\u0301ть x", "     ^"),
        ("Душанби\u0438\u0304", (8, 9), "Душанби\u0438\u0304", "       ^"),
        ("слово\u200eслово", (5, 6), "слово<U+200E>слово", "     ^^^^^^^^"),
        ("10\u00a0000 и 20\u00a0000", (2, 3), "10<U+00A0>000 и 20\u00a0000", "  ^^^^^^^^"),
        ("конец\n", (5, 6), "конец\\n", "     ^^"),
        ("конец ", (5, 6), "конец", "     ^"),
        ("конец", (5, 5), "конец", "     ^"),
        ("\x1b[31mкрасный", (0, 1), "<U+001B>[31mкрасный", "^^^^^^^^"),
    ],
)
def test_the_carets_stand_in_the_columns_of_what_is_meant(
    target: str, span: tuple[int, int], line: str, underline: str
) -> None:
    lines = text.findings(Outcome((found(target=target, span=span, place=("", 0)),)), said).splitlines()
    row = next(index for index, each in enumerate(lines) if each.startswith("    ru:"))
    assert lines[row].removeprefix("    ru:").strip() == line
    assert lines[row + 1] == " " * lines[row].index(line) + underline


@pytest.mark.parametrize("span", [None, (0, 4), (500, 504), (996, 1000), (0, 1000), (300, 700), (1000, 1000)])
@pytest.mark.parametrize("letter", ["я", "語", "е\u0301", "\u200b", "\n"])
def test_long_texts_are_cut_around_what_is_meant(letter: str, span: tuple[int, int] | None) -> None:
    shown = excerpt((letter * 1000)[:1000], span, 60)
    assert columns(shown.text) <= 60
    assert span is None or shown.marked or span[0] == span[1]
    assert columns(shown.underline) <= 60
    assert "…" in shown.text


def test_a_text_that_fits_is_not_cut() -> None:
    assert excerpt("а" * 60, (20, 30), 60).text == "а" * 60


def test_a_text_line_fits_into_eighty_columns() -> None:
    long = found(target="слово " * 300, span=(900, 905), key=Key("menu", "word " * 300))
    lines = text.findings(Outcome((long,)), said).splitlines()[1:]
    assert max(map(columns, lines)) <= 80


def test_there_is_colour_on_a_terminal_only_and_never_with_no_color() -> None:
    outcome = Outcome((found(),))
    assert "\x1b[" in text.findings(outcome, said, text.palette(True, {"TERM": "xterm"}))
    for is_terminal, environment in ((False, {}), (True, {"NO_COLOR": "1"}), (True, {"TERM": "dumb"})):
        assert "\x1b" not in text.findings(outcome, said, text.palette(is_terminal, environment))


def test_colour_changes_no_letter(weird: Outcome) -> None:
    coloured = text.findings(weird, said, text.COLOURED)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines()
    assert [line.rstrip() for line in lines] == [line.rstrip() for line in text.findings(weird, said).splitlines()]


def test_no_text_of_a_catalog_reaches_the_terminal_as_a_command(weird: Outcome) -> None:
    shown = text.findings(weird, said)
    assert not set(shown) & {"\x1b", "\x07", "\x00", "\r", "\u202e"}


def test_labels_are_said_in_the_language_of_the_reader() -> None:
    def in_russian(problem: Problem) -> str:
        return {"source": "оригинал", "suggestion": "замена"}.get(problem.template, problem.message)

    shown = text.findings(Outcome((found(place=("", 0)),)), in_russian)
    assert "\n    оригинал: We teach" in shown
    assert "\n    замена:   1998\n" in shown


# JSON lines


def test_json_is_one_object_a_line_with_the_documented_keys() -> None:
    [line] = json_lines.findings(Outcome((found(),)), said).splitlines()
    assert json.loads(line) == {
        "path": PATHS[0], "line": 41, "column": 0, "lang": "ru", "check": "number-changed", "severity": "warning",
        "message": "numbers missing from the translation: 1998", "context": None, "msgid": "We teach since 1998",
        "form": 0, "msgstr": "Мы учим с 1989 года", "span": [10, 14],
        "source": {"path": "content/en/posts/мақола.md", "line": 12}, "suggestion": "1998",
        "fingerprint": json.loads(line)["fingerprint"],
    }  # fmt: skip


def test_json_is_sorted_by_path_line_and_check(weird: Outcome) -> None:
    objects = list(map(json.loads, json_lines.findings(weird, said).splitlines()))
    places = [(each["path"], each["line"], each["check"]) for each in objects]
    assert places == sorted(places)
    assert len(objects) == len(weird.problems)


def test_json_tells_no_suggestion_from_one_to_delete() -> None:
    problems = (found(line=1, suggestion="", is_safe=True), found(line=2, suggestion=""))
    lines = json_lines.findings(Outcome(problems), said).splitlines()
    assert [json.loads(line)["suggestion"] for line in lines] == ["", None]


def test_json_of_a_finding_about_a_file_has_no_message() -> None:
    [line] = json_lines.findings(
        Outcome((Problem("header", Severity.ERROR, "c.po", "no charset", 1),)), said
    ).splitlines()
    finding = json.loads(line)
    assert (finding["msgid"], finding["span"], finding["source"], finding["suggestion"]) == (None, None, None, None)


@pytest.mark.parametrize("report", [json_lines, gitlab, sarif, github])
def test_machines_get_text_that_can_be_written(report: ModuleType, weird: Outcome) -> None:
    shown = report.findings(weird, said)
    assert shown.encode("utf-8")


# GitHub

COMMAND = re.compile(r"::(error|warning|notice) (?:([^:]*))::(.*)")


def unescaped(value: str) -> str:
    """Read a value as the runner does, in its order."""
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(escape, char)
    return value


def commands(output: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner does: the first `::` after the name ends the properties."""
    read = []
    for line in output.splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        pairs = dict(part.split("=", 1) for part in match[2].split(",") if part)
        read.append((match[1], {name: unescaped(value) for name, value in pairs.items()}, unescaped(match[3])))
    return read


@pytest.mark.parametrize(
    "message", ["100 % sure, are you? ::error::no", "50%25 off", "%0A is no line end: %", "a::b,c=d"]
)
def test_a_message_with_the_characters_of_commands_comes_out_right(message: str) -> None:
    kind, properties, data = commands(github.findings(Outcome((found(message, path=f"{message}.po"),)), said))[0]
    assert kind == "warning"
    assert properties == {"file": f"{message}.po", "line": "41", "endLine": "41", "title": "number-changed (ru)"}
    assert data.splitlines() == [
        message,
        "source: We teach since 1998",
        "ru: Мы учим с 1989 года",
        "suggestion: 1998",
        "source post: content/en/posts/мақола.md:12",
    ]


def test_line_ends_stay_inside_one_command() -> None:
    output = github.findings(Outcome((found("one\ntwo\r\n::error::three"),)), said)
    assert len(output.splitlines()) == 2
    assert commands(output)[0][2].startswith("one\\ntwo\\r\\n::error::three\n")


def test_every_line_for_github_is_a_command_whatever_catalogs_say(weird: Outcome) -> None:
    read = commands(github.findings(weird, said))
    assert [kind for kind, _, _ in read[:-1]] == sorted(
        (kind for kind, _, _ in read[:-1]), key=["error", "warning", "notice"].index
    )
    assert {properties["file"] for _, properties, _ in read[:-1]} == {
        *(path.removeprefix("./") for path in PATHS),
        "c.po",
    }


def test_up_to_ten_findings_are_ten_annotations() -> None:
    output = github.findings(Outcome(tuple(found(line=line) for line in range(1, 11))), said)
    assert [properties.get("line") for _, properties, _ in commands(output)] == [*map(str, range(1, 11)), None]


def test_beyond_ten_there_is_one_annotation_a_file_and_check_and_the_full_count_at_the_end() -> None:
    problems = [found(line=line, path=path) for line in range(1, 7) for path in ("a.po", "b.po")]
    problems += [found(line=3, severity=Severity.ERROR, check="url-changed")]
    read = commands(github.findings(Outcome(tuple(problems), (), {"a.po": "ru", "b.po": "ru"}), said))
    assert [(kind, properties.get("file"), properties.get("line")) for kind, properties, _ in read] == [
        ("error", PATHS[0], "3"),
        ("warning", "a.po", "1"),
        ("warning", "b.po", "1"),
        ("notice", None, None),
    ]
    assert read[1][2].endswith("The same check found 5 more in this file, line 2, 3, 4, 5, 6")
    assert read[-1][2] == "1 error, 12 warnings in 2 files"


def test_where_files_are_too_many_the_first_annotations_speak_for_most() -> None:
    problems = [found(path=f"{name:02}.po", line=line) for name in range(15) for line in range(1, 2 + name)]
    read = commands(github.findings(Outcome(tuple(problems)), said))
    assert [properties["file"] for _, properties, _ in read[:3]] == ["14.po", "13.po", "12.po"]


# GitLab


def test_a_gitlab_report_has_the_form_that_gitlab_documents(weird: Outcome) -> None:
    issues = json.loads(gitlab.findings(replace(weird, problems=weird.problems[3:]), said))
    fastjsonschema.validate(json.loads((SCHEMAS / "gitlab-code-quality.json").read_text("utf-8")), issues)
    assert {each["severity"] for each in issues} == {"major", "minor", "info"}


def test_no_two_findings_share_a_fingerprint(weird: Outcome) -> None:
    same = Outcome((*weird.problems, *(found(fingerprint="ab") for _ in range(3)), found(), found()))
    names = [each["fingerprint"] for each in json.loads(gitlab.findings(same, said))]
    assert len(set(names)) == len(names)


def test_a_fingerprint_does_not_change_with_the_line() -> None:
    for given in ("", "0123abcd"):
        reports = [gitlab.findings(Outcome((found(line=line, fingerprint=given),)), said) for line in (5, 50)]
        assert len({json.loads(report)[0]["fingerprint"] for report in reports}) == 1


def test_nothing_found_is_an_empty_list_for_gitlab() -> None:
    assert gitlab.findings(Outcome(), said) == "[]\n"


# SARIF


@pytest.fixture(scope="module")
def is_sarif():  # type: ignore[no-untyped-def]
    return fastjsonschema.compile(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8")))


def test_sarif_is_valid(weird: Outcome, is_sarif) -> None:  # type: ignore[no-untyped-def]
    is_sarif(json.loads(sarif.findings(weird, said)))
    is_sarif(json.loads(sarif.findings(Outcome(), said)))


def test_sarif_has_a_rule_for_every_check_with_its_page_and_examples(is_sarif) -> None:  # type: ignore[no-untyped-def]
    problems = tuple(found(check=name) for name in checks.names())
    log = json.loads(sarif.findings(Outcome(problems), said))
    is_sarif(log)
    rules = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert list(rules) == sorted(checks.names())
    number = rules["number-changed"]
    assert number["shortDescription"]["text"] == str(checks.module("number-changed").__doc__).split("\n\n")[0]
    assert checks.module("number-changed").BAD[0][2] in number["help"]["markdown"]
    for result in log["runs"][0]["results"]:
        assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_names_files_by_relative_addresses(weird: Outcome) -> None:
    log = json.loads(sarif.findings(weird, said))
    addresses = set()
    for result in log["runs"][0]["results"]:
        for place in (*result["locations"], *result.get("relatedLocations", ())):
            address = place["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", address)
            assert not urlsplit(address).scheme
            addresses.add(unquote(address))
    assert addresses == {*(path.removeprefix("./") for path in PATHS), "c.po", "content/en/posts/мақола.md"}


def test_sarif_suppresses_what_is_ignored() -> None:
    outcome = Outcome((found("shown"),), (found("ignored", line=7),))
    results = json.loads(sarif.findings(outcome, said))["runs"][0]["results"]
    assert [(each["message"]["text"].split(".")[0], each.get("suppressions")) for each in results] == [
        ("shown", None),
        ("ignored", [{"kind": "inSource"}]),
    ]
    assert len({each["partialFingerprints"]["tarjuma/v1"] for each in results}) == 2


def test_sarif_offers_a_fix_where_the_place_in_the_file_is_known() -> None:
    known, unknown, escaped = found(column=19), found(), found(column=19, suggestion='"1998"')
    results = json.loads(sarif.findings(Outcome((known, unknown, escaped)), said))["runs"][0]["results"]
    fixes = [each["fixes"] for each in results if "fixes" in each]
    assert [fix[0]["artifactChanges"][0]["replacements"][0] for fix in fixes] == [
        {
            "deletedRegion": {"startLine": 41, "startColumn": 19, "endColumn": 23},
            "insertedContent": {"text": "1998"},
        }
    ]


def test_sarif_has_no_links_that_a_catalog_wrote() -> None:
    log = json.loads(sarif.findings(Outcome((found("lost [here](https://example.net)", suggestion=""),)), said))
    assert log["runs"][0]["results"][0]["message"]["text"] == r"lost \[here\](https://example.net)"


def test_sarif_keeps_the_worst_where_services_take_no_more() -> None:
    many = tuple(found(line=line) for line in range(1, sarif.MOST + 2))
    run = json.loads(sarif.findings(Outcome((*many, found(severity=Severity.ERROR))), said))["runs"][0]
    assert len(run["results"]) == sarif.MOST
    assert run["results"][0]["level"] == "error"
    assert "2 findings are left out" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


# JUnit


def test_junit_is_valid(weird: Outcome) -> None:
    schema = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
    for outcome in (weird, Outcome(), Outcome((), (), {"a.po": "ru"})):
        schema.validate(junit.findings(outcome, said))


def test_junit_has_a_suite_a_language_and_a_case_a_file_and_check() -> None:
    problems = (
        found(),
        found(line=50),
        found(check="too-long", severity=Severity.INFO),
        found(language="tg", path="t.po", severity=Severity.ERROR),
    )
    files = {PATHS[0]: "ru", "fine.po": "ru", "t.po": "tg"}
    root = ElementTree.fromstring(junit.findings(Outcome(problems, (), files), said))
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root] == [
        ("ru", "3", "1"),
        ("tg", "1", "1"),
    ]
    cases = [
        (case.get("classname"), case.get("name"), case[0].tag if len(case) else None) for case in root.iter("testcase")
    ]
    assert cases == [
        ("fine.po", "all checks", None),
        (PATHS[0], "number-changed", "failure"),
        (PATHS[0], "too-long", "system-out"),
        ("t.po", "number-changed", "failure"),
    ]
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("message") == "numbers missing from the translation: 1998 (and 1 more)"
    assert f"{PATHS[0]}:41: warning" in str(failure.text)
    assert f"{PATHS[0]}:50: warning" in str(failure.text)


# All of them


@pytest.mark.parametrize("report", [text, json_lines, github, gitlab, sarif, junit])
def test_every_report_ends_its_last_line(report: ModuleType, weird: Outcome) -> None:
    assert report.findings(weird, said).endswith("\n")
    assert report.findings(Outcome(), said)[-1:] in ("\n", "")
