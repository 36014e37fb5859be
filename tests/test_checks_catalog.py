"""Checks that see a whole catalog: its header, its plural forms, what is fuzzy, stale, double or malformed."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from tarjuma import checks, langs, po
from tarjuma.checks import Context, Found, mt_unedited
from tarjuma.checks.syntax import problem_of
from tarjuma.errors import PoError
from tarjuma.model import Catalog, Entry, Key, Message, Severity, target_hash
from tests.laws import SHARED

ENGLISH = langs.language("en")
NAMES = (
    "plural-count", "plural-header", "plural-unreached", "header", "fuzzy", "stale", "duplicate", "syntax",
    "mt-unedited",
)  # fmt: skip
UTF8 = "Content-Type: text/plain; charset=UTF-8"
SLAVIC = "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"


def text(*fields: str, body: str = 'msgid "Sky"\nmsgstr "Осмон"\n') -> str:
    """A catalog with these header fields."""
    header = 'msgid ""\nmsgstr ""\n' + "".join(f'"{field}\\n"\n' for field in fields)
    return (header if fields else "") + "\n" + body


def found(
    name: str,
    catalog: str,
    language: str = "tg",
    path: str = "messages.po",
    template: str | None = None,
    is_project: bool = False,
) -> list[Found]:
    """What a check says about the text of a PO file."""
    context = Context(
        langs.language(language),
        ENGLISH,
        template={entry.key: entry.message for entry in parsed(template).entries} if template is not None else None,
        is_project=is_project,
    )
    return list(checks.module(name).check_catalog(po.parse(catalog.encode(), path), context))


def told(name: str, catalog: str, language: str, template: str | None) -> bool:
    """Whether a check, or the reader that speaks for it, finds something."""
    try:
        return bool(found(name, catalog, language, template=template))
    except PoError as error:
        return problem_of(error).check == name


def parsed(catalog: str) -> Catalog:
    return po.parse(catalog.encode(), "messages.po")


def said(hits: list[Found]) -> list[str]:
    return [hit.message.format(**hit.values) for hit in hits]


@pytest.mark.parametrize("name", NAMES)
def test_good_examples_are_fine_and_bad_ones_are_found(name: str) -> None:
    for language, *texts in checks.rows(name, "GOOD"):
        assert not found(name, texts[0], language, template=texts[1] if texts[1:] else None), texts
    for language, *texts in checks.rows(name, "BAD"):
        assert told(name, texts[0], language, texts[1] if texts[1:] else None), texts


# --- plural forms ----------------------------------------------------------------------------------------------------


def plural(rule: str, forms: int, flags: str = "", language: str = "ru") -> str:
    lines = "".join(f'msgstr[{form}] "{form}"\n' for form in range(forms))
    return text(
        f"Language: {language}", UTF8, f"Plural-Forms: {rule}", body=f'{flags}msgid "a"\nmsgid_plural "b"\n{lines}'
    )


@pytest.mark.parametrize(
    ("language", "rule"),
    [
        ("ru", "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2;"),
        ("ru", f"nplurals=4; plural=n==1 ? 3 : {SLAVIC[1:-1]};"),
        ("uk", f"  nplurals = 3 ;  plural = {SLAVIC} "),
        ("be", "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"),
        ("ro", "nplurals=3; plural=(n==1?0:(((n%100>19)||((n%100==0)&&(n!=0)))?2:1));"),
        ("tg", "nplurals=2; plural=n > 1;"),
        ("kk", "nplurals=1; plural=0;"),
        ("uz", "nplurals=2; plural=0;"),
        ("uz-Cyrl", "nplurals=1; plural=0;"),
        ("hy", "nplurals=2; plural=n != 1;"),
        ("ka", "nplurals=1; plural=0;"),
        ("de", "nplurals=3; plural=n%3;"),
    ],
)
def test_every_rule_that_somebody_publishes_is_accepted(language: str, rule: str) -> None:
    assert not found("plural-header", plural(rule, 2, language=language), language)


@pytest.mark.parametrize(
    ("language", "rule", "part"),
    [
        ("ru", "nplurals=2; plural=(n != 1);", "as another language does"),
        ("uk", "nplurals=2; plural=(n > 1);", "as another language does"),
        ("be", "nplurals=1; plural=0;", "as another language does"),
        ("ro", "nplurals=2; plural=(n != 1);", "as another language does"),
        ("tg", f"nplurals=3; plural={SLAVIC};", "as another language does"),
        ("ru", f"nplurals=2; plural={SLAVIC};", "asks for msgstr[2]"),
        ("kk", "nplurals=1; plural=n != 1;", "asks for msgstr[1]"),
        ("ru", "nplurals=3; plural=n/0;", "is no rule"),
        ("ru", "nplurals=3; plural=(n%10==1 ? 0 : 1", "is no rule"),
        ("ru", "nplurals=3; plural=n and 1;", "is no rule"),
        ("ru", "3 forms", "is no rule"),
        ("ru", "nplurals=INTEGER; plural=EXPRESSION;", "does not say"),
        ("ru", "", "does not say"),
    ],
)
def test_a_rule_that_is_broken_or_of_another_language_is_an_error(language: str, rule: str, part: str) -> None:
    hits = found("plural-header", plural(rule, 2, language=language), language)
    assert len(hits) == 1
    assert part in said(hits)[0]
    assert langs.language(language).plural_forms in said(hits)[0]
    assert hits[0].line == 5


def test_a_catalog_without_plurals_needs_no_rule() -> None:
    assert not found("plural-header", text("Language: ru", UTF8), "ru")
    assert not found("plural-header", text("Language: ru", UTF8, "Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;"))


def test_the_rule_is_not_judged_by_a_language_that_the_catalog_is_not_in() -> None:
    catalog = plural("nplurals=2; plural=(n != 1);", 2, language="de")
    assert not found("plural-header", catalog, "ru")
    assert found("plural-header", catalog, "ru", is_project=True)


@pytest.mark.parametrize("forms", [1, 2, 4])
def test_the_number_of_forms_is_that_of_the_header(forms: int) -> None:
    hits = found("plural-count", plural(f"nplurals=3; plural={SLAVIC};", forms), "ru")
    assert said(hits) == [f"plural forms here: {forms}, the header asks for 3"]
    assert hits[0].entry
    assert not found("plural-count", plural(f"nplurals=3; plural={SLAVIC};", 3), "ru")


def test_without_a_header_rule_the_forms_are_those_that_the_language_is_published_with() -> None:
    assert not found("plural-count", plural("", 4), "ru")
    assert not found("plural-count", plural("", 3), "ru")
    assert said(found("plural-count", plural("", 2), "ru")) == ["plural forms here: 2, the header asks for 3 or 4"]


def test_forms_that_nobody_filled_in_or_approved_are_not_counted() -> None:
    rule = f"nplurals=3; plural={SLAVIC};"
    assert not found("plural-count", plural(rule, 2, "#, fuzzy\n"), "ru")
    empty = text("Language: ru", f"Plural-Forms: {rule}", body='msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\n')
    assert not found("plural-count", empty, "ru")


def test_a_gap_in_the_numbers_of_forms_is_told_once() -> None:
    catalog = text(
        "Language: tg", UTF8, "Plural-Forms: nplurals=2; plural=(n != 1);",
        body='msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\nmsgstr[2] "y"\n',
    )  # fmt: skip
    assert said(found("plural-count", catalog)) == ["the plural forms are not numbered 0, 1, 2 ... without a gap"]
    assert not found("syntax", catalog)


def test_a_form_that_no_number_reaches_is_an_info() -> None:
    django = "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    assert said(found("plural-unreached", plural(django, 4), "ru")) == ["no whole number is shown with msgstr[3]"]
    assert not found("plural-unreached", plural(f"nplurals=3; plural={SLAVIC};", 3), "ru")
    assert not found("plural-unreached", text("Language: ru", f"Plural-Forms: {django}"), "ru")


# --- header ----------------------------------------------------------------------------------------------------------

TG = "Language: tg"


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ((TG, UTF8), "tg.po"),
        ((TG, UTF8), "locale/tg/LC_MESSAGES/django.po"),
        ((TG, UTF8), "po/tg/shop.po"),
        ((TG, UTF8), "docs.tg.po"),
        (("Language: tg_TJ", UTF8), "tg.po"),
        ((TG, UTF8), "locale/tg_TJ/LC_MESSAGES/shop.po"),
        ((TG, "Content-Type: text/plain; charset=utf8"), "x.po"),
        (("Language: uz@cyrillic", UTF8), "locale/uz_Cyrl/LC_MESSAGES/x.po"),
        (("Language: be@tarask", UTF8), "locale/be/LC_MESSAGES/x.po"),
        ((TG, UTF8, "Last-Translator: ", "PO-Revision-Date: 2026-03-02 12:00+0500"), "tg.po"),
        ((TG, UTF8, "PO-Revision-Date: 2024-02-29 23:59+0000"), "tg.po"),
        ((TG, UTF8), "messages.po"),
        ((TG, UTF8), "/home/somebody/shop/messages.po"),
    ],
)
def test_headers_that_are_fine(fields: tuple[str, ...], path: str) -> None:
    assert not found("header", text(*fields), path=path)


@pytest.mark.parametrize(
    ("fields", "path", "part", "severity"),
    [
        (("Language: ", UTF8), "x.po", "no Language", Severity.ERROR),
        ((UTF8,), "tg.po", "write Language: tg", Severity.ERROR),
        (("Language: tj", UTF8), "x.po", "Did you mean 'tg'?", Severity.ERROR),
        (("Language: Tajik", UTF8), "x.po", "Did you mean 'tg'?", Severity.ERROR),
        (("Language: kg", UTF8), "x.po", "Did you mean 'ky'?", Severity.ERROR),
        (("Language: kg", UTF8), "ky.po", "Did you mean 'ky'?", Severity.ERROR),
        (("Language: am", UTF8), "x.po", "can be written am-ET", Severity.INFO),
        (("Language: am", UTF8), "hy.po", "Did you mean 'hy'?", Severity.ERROR),
        (("Language: tgk", UTF8), "x.po", "Did you mean 'tg'?", Severity.WARNING),
        (("Language: LANGUAGE", UTF8), "x.po", "is no code that we know", Severity.ERROR),
        (("Language: ru", UTF8), "tg.po", "where tg belongs", Severity.ERROR),
        (("Language: ru", UTF8), "locale/tg/LC_MESSAGES/ru.po", "where tg belongs", Severity.ERROR),
        (("Language: uz", UTF8), "uz@cyrillic.po", "where uz-Cyrl belongs", Severity.ERROR),
        ((TG, "Content-Type: text/plain; charset=CHARSET"), "x.po", "never filled in", Severity.ERROR),
        ((TG, "Content-Type: text/plain"), "x.po", "names no charset", Severity.ERROR),
        ((TG, "Content-Type: text/plain; charset="), "x.po", "names no charset", Severity.ERROR),
        ((TG, "Content-Type: text/plain; charset=ISO-8859-1"), "x.po", "is in UTF-8", Severity.ERROR),
        ((TG, "Content-Type: text/plain; charset=windows-1251"), "x.po", "is in UTF-8", Severity.ERROR),
        ((TG,), "x.po", "no Content-Type", Severity.ERROR),
        ((TG, UTF8, "Project-Id-Version: PACKAGE VERSION"), "x.po", "as in the template", Severity.INFO),
        ((TG, UTF8, "PO-Revision-Date: 2026-13-45 12:00+0500"), "x.po", "is no date", Severity.INFO),
        ((TG, UTF8, "PO-Revision-Date: yesterday"), "x.po", "is no date", Severity.INFO),
        ((), "x.po", "no header", Severity.ERROR),
    ],
)
def test_what_a_header_lacks_or_contradicts(fields: tuple[str, ...], path: str, part: str, severity: Severity) -> None:
    hits = found("header", text(*fields), path=path)
    assert len(hits) == 1
    assert part in said(hits)[0]
    assert (hits[0].severity or Severity.ERROR) is severity


def test_a_finding_stands_at_the_line_of_its_field() -> None:
    catalog = "# credits\n" + text("Project-Id-Version: PACKAGE VERSION", UTF8, "Language: tj")
    assert [hit.line for hit in found("header", catalog)] == [6, 4]
    assert [hit.line for hit in found("header", "# credits\n" + text(UTF8))] == [3]


def test_in_a_project_the_folder_decides_about_the_language() -> None:
    hits = found("header", text("Language: ru", UTF8), "tg", "locales/tg/LC_MESSAGES/posts/ru.po", is_project=True)
    assert "where tg belongs" in said(hits)[0]
    assert not found("header", text(TG, UTF8), "tg", "locales/tg/LC_MESSAGES/posts/ru.po", is_project=True)


def test_an_ascii_catalog_without_content_type_is_a_warning() -> None:
    hits = found("header", text("Language: uz", body='msgid "Sky"\nmsgstr "Osmon"\n'), "uz")
    assert [hit.severity for hit in hits] == [Severity.WARNING]


def test_a_template_has_no_language() -> None:
    assert not found("header", text("Language: ", "Project-Id-Version: PACKAGE VERSION", UTF8), path="messages.pot")


@pytest.mark.parametrize(
    ("content", "check"),
    [
        ('msgid ""\nmsgstr "Content-Type: text/plain; charset=KOI9\\n"\n', "header"),
        ('msgid ""\nmsgstr "Content-Type: text/plain; charset=ASCII\\n"\n\nmsgid "a"\nmsgstr "я"\n', "header"),
        ('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "\udcff"\n', "syntax"),
        ('msgid "a"\nmsgstr "b\n', "syntax"),
        ('<<<<<<< ours\nmsgid "a"\nmsgstr "b"\n', "syntax"),
        ("a line of prose", "syntax"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_finding_of_the_check_that_explains_it(content: str, check: str) -> None:
    with pytest.raises(PoError) as caught:
        po.parse(content.encode("utf-8", "surrogateescape"), "tg.po")
    problem = problem_of(caught.value, language="tg")
    assert (problem.check, problem.severity, problem.path) == (check, Severity.ERROR, "tg.po")
    assert problem.line >= 1
    assert not problem.message.endswith(".")


# --- fuzzy, duplicate, syntax ----------------------------------------------------------------------------------------


def test_fuzzy_entries_are_listed_but_not_in_a_project_and_not_when_obsolete_or_empty() -> None:
    entry = '#, fuzzy\nmsgid "{}"\nmsgstr "{}"\n\n'
    body = (
        entry.format("a", "x")
        + '#| msgid "old"\n' + entry.format("b", "x")
        + f"# mt: engine en>tg src=00000000 out={target_hash(('x',))}\n" + entry.format("c", "x")
        + entry.format("d", "")
        + '#, fuzzy\n#~ msgid "e"\n#~ msgstr "x"\n'
    )  # fmt: skip
    assert [hit.entry.key.text for hit in found("fuzzy", text(TG, UTF8, body=body)) if hit.entry] == ["a", "b", "c"]
    assert not found("fuzzy", text(TG, UTF8, body=body), is_project=True)


def test_the_second_entry_of_one_text_is_told_once_and_by_duplicate_alone() -> None:
    body = 'msgid "a"\nmsgstr "x"\n\nmsgid "a"\nmsgstr "y"\n\nmsgctxt "c"\nmsgid "a"\nmsgstr "z"\n'
    catalog = text(TG, UTF8, body=body + '\n#~ msgid "a"\n#~ msgstr "w"\n')
    hits = found("duplicate", catalog)
    assert said(hits) == ["the same text stands on line 7 already; keep one of the two"]
    assert hits[0].entry
    assert hits[0].entry.line == 10
    assert not found("syntax", catalog)


def test_a_second_header_is_a_duplicate() -> None:
    assert said(found("duplicate", text(TG, UTF8) + "\n" + text("Language: ru", UTF8, body="")))


def test_what_programs_read_differently_is_told_by_syntax_at_its_line() -> None:
    catalog = text(TG, UTF8, body='#| no text\nmsgid "a"\nmsgstr "C:\\dir\\0"\n')
    hits = found("syntax", catalog)
    assert {(hit.line, hit.severity) for hit in hits} == {(8, Severity.ERROR), (8, Severity.WARNING)}
    assert all(hit.entry for hit in hits)


# --- stale -----------------------------------------------------------------------------------------------------------


def pot(*texts: str) -> str:
    return "".join(f'msgid "{each}"\nmsgstr ""\n\n' for each in texts)


def po_of(*texts: str) -> str:
    return text(TG, UTF8, body="".join(f'msgid "{each}"\nmsgstr "x"\n\n' for each in texts))


def test_nothing_is_stale_without_a_template_or_beside_its_own() -> None:
    assert not found("stale", po_of("a", "b"))
    assert not found("stale", po_of("a", "b"), template=pot("b", "a"))
    assert not found("stale", po_of("a", "b"), template=pot("a"), is_project=True)


def test_an_edited_text_is_one_finding_that_names_the_new_text() -> None:
    old = "The library is open until six on working days."
    new = "The library is open until seven on working days."
    hits = found("stale", po_of("Hours", old), template=pot("Hours", new))
    assert said(hits) == [f"the source text was edited, it reads now: {new}"]
    assert hits[0].entry
    assert hits[0].entry.key.text == old


def test_gone_and_missing_texts_are_findings() -> None:
    hits = found("stale", po_of("Hours", "Zebra"), template=pot("Hours", "A quite different sentence stands here."))
    assert said(hits) == [
        "the template does not hold this text any more: it is shown nowhere",
        "a text of the template is missing: A quite different sentence stands here.",
    ]
    assert hits[1].entry
    assert hits[1].entry.line == 2


def test_an_obsolete_entry_is_neither_stale_nor_there() -> None:
    catalog = po_of("a") + '#~ msgid "b"\n#~ msgstr "x"\n'
    assert not found("stale", catalog, template=pot("a"))
    assert said(found("stale", catalog, template=pot("a", "b"))) == ["a text of the template is missing: b"]


def test_a_text_that_got_a_plural_is_stale() -> None:
    template = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    assert said(found("stale", po_of("a"), template=template)) == ["the template has another plural for this text"]


# --- mt-unedited -----------------------------------------------------------------------------------------------------


def catalog_of(*entries: Entry) -> Catalog:
    return Catalog("tg.po", "tg", {}, entries)


def drafted(number: int, post: str = "a.md") -> Entry:
    """A draft as the machine left it."""
    target = f"матн {number}"
    comment = f"mt: engine en>tg src=00000000 out={target_hash((target,))}"
    message = Message(Key(None, f"text {number}"), (post,))
    return Entry(message, (target,), is_fuzzy=True, comments=(comment,))


def approved(draft: Entry, comments: tuple[str, ...] = ()) -> Entry:
    return Entry(draft.message, draft.targets, comments=comments)


def written(number: int, post: str = "a.md") -> Entry:
    return Entry(Message(Key(None, f"text {number}"), (post,)), (f"дигар {number}",))


def warnings(hits: list[Found]) -> list[str]:
    return said([hit for hit in hits if hit.severity is Severity.WARNING])


def test_an_approved_draft_is_found_with_or_without_its_comment() -> None:
    draft = drafted(1)
    others = [written(number) for number in range(2, 7)]
    for now in (approved(draft, draft.comments), approved(draft)):
        hits = list(mt_unedited.check_change(catalog_of(draft, *others), catalog_of(now, *others)))
        assert [hit.entry for hit in hits] == [now]
        assert not warnings(hits)


def test_an_edited_draft_and_one_that_was_approved_before_are_fine() -> None:
    draft = drafted(1)
    edited = Entry(draft.message, ("матни дигар",), comments=draft.comments)
    assert not list(mt_unedited.check_change(catalog_of(draft), catalog_of(edited)))
    assert not list(mt_unedited.check_change(catalog_of(approved(draft)), catalog_of(approved(draft, draft.comments))))
    assert not list(mt_unedited.check_change(catalog_of(draft), catalog_of(draft)))


@pytest.mark.parametrize(("count", "expected"), [(20, 0), (21, 1)])
def test_more_than_twenty_in_one_change_are_one_warning(count: int, expected: int) -> None:
    drafts = [drafted(number) for number in range(count)]
    others = [written(number) for number in range(100, 200)]
    now = catalog_of(*map(approved, drafts), *others)
    hits = list(mt_unedited.check_change(catalog_of(*drafts, *others), now))
    assert len(warnings(hits)) == expected
    assert len(hits) == count + expected
    assert len(warnings(list(mt_unedited.check_change(catalog_of(*drafts, *others), now, elsewhere=5)))) == 1


@pytest.mark.parametrize(("unread", "expected"), [(8, 0), (9, 1)])
def test_more_than_four_fifths_of_a_post_are_a_warning(unread: int, expected: int) -> None:
    drafts = [drafted(number) for number in range(unread)]
    rest = [written(number) for number in range(unread, 10)]
    elsewhere = [written(number, "b.md") for number in range(100, 150)]
    hits = list(
        mt_unedited.check_change(
            catalog_of(*drafts, *rest, *elsewhere), catalog_of(*map(approved, drafts), *rest, *elsewhere)
        )
    )
    assert len(warnings(hits)) == expected


def test_a_new_catalog_with_comments_of_the_machine_was_approved_unread() -> None:
    draft = drafted(1)
    hits = list(mt_unedited.check_change(None, catalog_of(approved(draft, draft.comments))))
    assert len(hits) == 2
    assert not list(mt_unedited.check_change(None, catalog_of(approved(draft))))


# --- real catalogs ---------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not (SHARED / "bench/malformed-po").is_dir(), reason="no malformed catalogs")
def test_no_malformed_file_breaks_a_check() -> None:
    for path in sorted((SHARED / "bench/malformed-po").rglob("*.po")):
        with contextlib.suppress(PoError):
            catalog = po.parse(path.read_bytes(), path.name)
            for name in NAMES:
                hits = checks.module(name).check_catalog(catalog, Context(langs.language("ru"), ENGLISH))
                assert all(said(list(hits)))


def test_the_sample_has_nothing_to_find() -> None:
    top = Path(__file__).parents[1]
    for code in ("ru", "tg"):
        for path in sorted((top / "locales" / code).rglob("*.po")):
            catalog = po.parse(path.read_bytes(), path.relative_to(top).as_posix())
            context = Context(langs.language(code), ENGLISH, is_project=True)
            for name in NAMES:
                assert not list(checks.module(name).check_catalog(catalog, context)), path
