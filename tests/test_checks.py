"""What holds for every check: it says what it is for, its examples are true, a copy of the source is only a copy."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import checking, checks, glossary, langs, po
from tarjuma.checks import Context, syntax
from tarjuma.errors import PoError
from tarjuma.glossary import Glossary
from tarjuma.model import Catalog, Entry, Key, Message, Problem, Severity
from tests.laws import EXAMPLES

SHARED = Path(__file__).parents[1] / ".." / "shared"
NAMES = checks.names()
FUNCTIONS = ("check", "check_catalog", "check_site")

WANTED = {
    "placeholder-missing", "placeholder-changed", "mt-garbage", "mt-meta", "injection", "md-link", "md-emphasis",
    "md-code", "url-changed", "url-dropped", "html-dropped", "html-unbalanced", "escape", "number-changed",
    "end-punctuation", "edge-space", "newline", "untranslated-copy", "wrong-language", "wrong-letter", "homoglyph",
    "mojibake", "invisible-char", "plural-count", "plural-header", "header", "empty", "fuzzy", "stale", "inconsistent",
    "glossary", "accelerator", "doubled-word", "doubled-sentence", "truncated", "too-long", "duplicate", "syntax",
    "structure", "mt-unedited",
}  # fmt: skip


def kinds(name: str) -> list[str]:
    return [function for function in FUNCTIONS if hasattr(checks.module(name), function)]


WITH_EXAMPLES = [name for name in NAMES if kinds(name) not in ([], ["check_site"])]
"""What only a project shows is tried in test_checks_site.py and test_check_command.py."""


def rows(which: str) -> list[tuple[str, tuple[str, ...]]]:
    """Examples of what one text or one catalog shows."""
    return [(name, row) for name in WITH_EXAMPLES for row in checks.rows(name, which)]


def named(row: tuple[str, tuple[str, ...]]) -> str:
    return f"{row[0]}: {row[1][0]}: {row[1][1][:40]!r}"


def found(name: str, row: tuple[str, ...]) -> list[Problem]:
    """What a check finds in one of its examples."""
    code, first, *rest = row
    language = langs.language(code)
    if kinds(name) == ["check"]:
        source, target = first, rest[0]
        terms = terms_of(rest[1]) if len(rest) > 1 else Glossary()
        entry = Entry(Message(Key(None, source)), (target,), line=1)
        context = Context(language, langs.language("en"), glossary=terms)
        return list(checking.findings(Catalog("x.po", code, {}, (entry,)), context, [name]))
    try:
        catalog = po.parse(first.encode(), "x.po")
    except PoError as error:
        return [syntax.problem_of(error)]
    template = {each.key: each.message for each in po.parse(rest[0].encode(), "x.pot").entries} if rest else None
    return list(checking.findings(catalog, Context(language, langs.language("en"), template=template), [name]))


def terms_of(text: str) -> Glossary:
    return glossary.parse(text)


def test_every_check_that_was_asked_for_is_there() -> None:
    assert set(NAMES) >= WANTED


@pytest.mark.parametrize("name", NAMES)
def test_a_check_is_a_page(name: str) -> None:
    module = checks.module(name)
    first, _, rest = (inspect.getdoc(module) or "").partition("\n")
    assert first.endswith("."), "the first line of its docstring says what holds"
    assert rest.strip(), "the rest says why, and what to do"
    assert isinstance(module.SEVERITY, Severity)
    assert kinds(name) or name == "stale-ignore", "a check has a function"
    assert set(getattr(module, "FOLLOWS", ())) <= set(NAMES) - {name}


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_a_check_has_examples_of_both_kinds(name: str) -> None:
    module = checks.module(name)
    assert module.GOOD
    assert module.BAD


def test_causes_have_no_circle() -> None:
    causes = {name: getattr(checks.module(name), "FOLLOWS", ()) for name in NAMES}

    def above(name: str, seen: tuple[str, ...]) -> None:
        assert name not in seen, f"{' <- '.join(seen)} <- {name}: none of them would be told"
        for cause in causes[name]:
            above(cause, (*seen, name))

    for name in NAMES:
        above(name, ())


@pytest.mark.parametrize("row", rows("BAD"), ids=named)
def test_what_is_bad_is_found(row: tuple[str, tuple[str, ...]]) -> None:
    name, texts = row
    assert {problem.check for problem in found(name, texts)} == {name}


@pytest.mark.parametrize("row", rows("GOOD"), ids=named)
def test_what_is_good_is_let_pass(row: tuple[str, tuple[str, ...]]) -> None:
    name, texts = row
    assert [problem.message for problem in found(name, texts)] == []


@pytest.mark.parametrize("row", rows("BAD"), ids=named)
def test_a_finding_says_what_and_where(row: tuple[str, tuple[str, ...]]) -> None:
    name, texts = row
    for problem in found(name, texts):
        assert problem.message
        assert not problem.message.endswith("."), "a clause without a full stop"
        assert problem.template.format(**dict(problem.values)) == problem.message or not problem.template
        if problem.span:
            start, end = problem.span
            assert 0 <= start <= end <= len(problem.target)
        if problem.is_safe:
            start, end = problem.span or (0, len(problem.target))
            assert problem.target[start:end] != problem.suggestion


# The identity law: where a translation is its source, or a source its translation, nothing can be lost.

COPY_CHECKS = frozenset({"untranslated-copy", "wrong-language", "wrong-letter", "homoglyph", "mixed-script"})


def errors(texts: list[tuple[str, str]], code: str) -> list[str]:
    """Errors in catalogs whose translations are the sources, but what is said about the language."""
    entries = tuple(
        Entry(Message(Key(None, source)), (target,), line=number) for number, (source, target) in enumerate(texts, 1)
    )
    language = langs.language(code)
    context = Context(language, langs.language("en"))
    told = checking.findings(Catalog("x.po", code, {"Content-Type": "text/plain; charset=UTF-8"}, entries), context)
    return [
        f"{problem.check}: {problem.message}: {problem.target[:80]!r}"
        for problem in told
        if problem.severity is Severity.ERROR and problem.check not in COPY_CHECKS | {"header", "plural-header"}
    ]


def test_the_identity_translation_of_every_example_has_no_error() -> None:
    sources = dict.fromkeys(
        row[1] for name, row in rows("GOOD") + rows("BAD") if kinds(name) == ["check"] and len(row) >= 3
    )
    assert errors([(text, text) for text in sources], "tg") == []


def items(name: str) -> list[dict[str, object]]:
    file = SHARED / "bench" / "checks" / name
    if not file.exists():
        pytest.skip("no benchmark data here")
    return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]


def test_a_clean_translation_beside_itself_has_no_error() -> None:
    for code in {str(item["lang"]) for item in items("dev.jsonl")}:
        texts = [
            (str(item["msgstr"]), str(item["msgstr"]))
            for item in items("dev.jsonl")
            if item["label"] is None and item["lang"] == code and item["msgstr"]
        ]
        assert errors(list(dict.fromkeys(texts)), code) == []


def posts() -> list[Path]:
    folder = SHARED / "corpora"
    if not folder.is_dir():
        pytest.skip("no corpora here")
    return sorted(path for path in folder.rglob("*.md") if path.is_file())


def test_the_identity_translation_of_every_corpus_has_no_error() -> None:
    from tarjuma import extract
    from tarjuma.errors import SourceError
    from tarjuma.formats import parse
    from tarjuma.model import Options

    texts: dict[str, None] = {}
    for path in posts():
        try:
            document = parse(path.read_bytes(), path.name, Options())
        except SourceError:
            continue
        texts |= dict.fromkeys(message.key.text for message in extract.messages(document))
    assert len(texts) > 1000
    assert errors([(text, text) for text in texts], "tg") == []


# Whatever the text

PIECES = st.sampled_from(
    (
        "%(name)s", "%d", "{0}", "{{ x }}", "{% if %}", "$x", "⟦0⟧", "**", "*", "_", "`", "~", "|", "#", "[", "](", ")",
        "![", "<b>", "</b>", '<a href="', '">', "&amp;", "&", "\\", "\n", " ", "\u00a0", "\u200b", "\u0301",
        "12 345,6", "1", "http://ciced.org/a?b=c", "www.", "слово", "word", "сӯз", "Öz", "կ", "ა", "։", "?", "…", ".",
        ":", "«", "»", '"', "'", "ʻ",
    )
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=8).map("".join)


@settings(max_examples=EXAMPLES)
@given(TEXTS, TEXTS, st.sampled_from(sorted(langs.LANGUAGES)))
def test_no_check_fails_on_any_text_and_every_span_is_in_it(source: str, target: str, code: str) -> None:
    entries = (
        Entry(Message(Key(None, source)), (target,), line=1),
        Entry(Message(Key("menu", source, target)), (target, source, ""), line=2),
    )
    context = Context(langs.language(code), langs.language("en"), glossary=glossary.parse("source,ru\nword,слов*\n"))
    for problem in checking.findings(Catalog("x.po", code, {}, entries), context):
        assert problem.check != checking.INTERNAL, problem.message
        start, end = problem.span or (0, 0)
        assert 0 <= start <= end <= len(problem.target)
        if problem.is_safe:
            assert problem.target[slice(*(problem.span or (0, None)))] != problem.suggestion
