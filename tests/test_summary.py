"""A summary that is a cut of the body is cut again from the localized body."""

import pytest

from tarjuma import formats, splice
from tarjuma.model import Options
from tarjuma.publish import summary

BODY = {
    "The project on **implementing** [educational modules](x.md) closes `gaps` among pupils of all schools.": (
        "Лоиҳаи **татбиқи** [модулҳои таълимӣ](x.md) камбудиҳои `gaps`-ро дар байни хонандагони ҳама мактабҳо мебандад."
    ),
    "It goes on for one more year &amp; a half.": "Он боз якуним сол давом мекунад.",
    "Goals": "Ҳадафҳо",
}


def post(field, headed=True):
    body = "\n\n".join(["# Goals"] * headed + [text for text in BODY if text != "Goals"])
    return f"---\n{field}\n---\n{body}\n"


def cut(source, translations=BODY, options=Options()):  # noqa: B008
    document = formats.parse(source.encode(), "a.md", options)
    compiled = splice.compile(document, lambda segment: translations.get(segment.key.text))
    return summary.changes(document, compiled.source)


@pytest.mark.parametrize(
    ("field", "found"),
    [
        (
            "excerpt: The project on implementing educational modules…",
            {"excerpt": "Лоиҳаи татбиқи модулҳои таълимӣ камбудиҳои gaps-ро…"},
        ),
        (
            "summary: Goals The project on implementing educational modules closes gaps...",
            {"summary": "Ҳадафҳо Лоиҳаи татбиқи модулҳои таълимӣ камбудиҳои gaps-ро дар байни..."},
        ),
        ("description: 'The project on […]'", {"description": "Лоиҳаи татбиқи […]"}),
        ("seo: {description: The project on implementing …}", {"seo.description": "Лоиҳаи татбиқи модулҳои …"}),
        # no cuts of the body
        ("excerpt: The project on implementing educational modules", {}),
        ("excerpt: Another project on implementing modules…", {}),
        ("excerpt: The project…", {}),
        ("title: The project on implementing educational modules…", {}),
        ("other: The project on implementing educational modules…", {}),
        ("excerpt: 5", {}),
    ],
)
def test_cuts_are_made_again_at_a_word_with_the_same_ellipsis(field, found):
    assert cut(post(field)) == found


def test_the_text_may_be_cut_in_a_word_and_have_other_quotes():
    source = (
        '---\nexcerpt: "Teachers’ courses are held in Dush…"\n---\nTeachers\' courses are held in Dushanbe this year.\n'
    )
    translations = {
        "Teachers' courses are held in Dushanbe this year.": "Курсҳои омӯзгорон имсол дар Душанбе баргузор мешаванд."
    }
    assert cut(source, translations) == {"excerpt": "Курсҳои омӯзгорон имсол дар Душанбе…"}


def test_a_summary_of_a_body_in_the_source_language_stays_a_translators():
    field = "excerpt: The project on implementing educational modules…"
    excerpt = {"The project on implementing educational modules…": "Лоиҳаи татбиқ…"}
    assert cut(post(field), excerpt) == {}


def test_a_summary_without_a_body_stays_a_translators():
    assert cut("---\nexcerpt: The project on implementing modules…\n---\n") == {}


def test_a_cut_keeps_the_limit_of_its_field():
    field = "description: The project on implementing educational modules…"
    found = cut(post(field), options=Options(limits={"description": 50}))
    assert len(found["description"]) <= 50
    assert found["description"] == "Лоиҳаи татбиқи модулҳои таълимӣ камбудиҳои…"


def test_a_field_that_is_not_translated_is_not_cut():
    assert cut(post("excerpt: The project on implementing educational…"), options=Options(keys=("title",))) == {}
