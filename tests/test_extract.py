from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tarjuma import extract, langs, po
from tarjuma.errors import UsageError
from tarjuma.model import Catalog, Document, Entry, Key, Message, Options, Segment

NOW = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
LATER = datetime(2026, 6, 1, tzinfo=UTC)


def document(*segments: tuple[str, str] | Segment, path: str = "content/en/a.md") -> Document:
    placed, source = [], b""
    for each in segments:
        segment = each if isinstance(each, Segment) else Segment(0, 0, Key(None, each[1]), each[0])
        start = len(source)
        source += segment.key.text.encode() + b"\n"
        placed.append(replace(segment, start=start, end=len(source) - 1))
    return Document(path, source, tuple(placed), Options(), "markdown")


def notes(*segments: tuple[str, str] | Segment) -> dict[str, tuple[str, ...]]:
    return {message.key.text: message.notes for message in extract.messages(document(*segments))}


def template(*messages: Message, previous: Catalog | None = None, now: datetime = NOW) -> Catalog:
    return extract.template("locales/a.pot", messages, previous, now, project="site")


def test_messages_come_in_reading_order_each_key_once() -> None:
    found = extract.messages(document(("heading", "Rooms"), ("paragraph", "One."), ("list item", "Rooms")))
    assert [each.key.text for each in found] == ["Rooms", "One."]
    assert found[0].places == ("content/en/a.md",)


def test_a_context_makes_another_message() -> None:
    segment = Segment(0, 0, Key("month", "May"), "paragraph")
    assert len(extract.messages(document(("paragraph", "May"), segment))) == 2


def test_a_text_that_is_found_twice_lists_every_kind_and_heading() -> None:
    found = notes(("title", "Room"), ("heading", "First"), ("list item", "Room"), ("heading", "Last"), ("cell", "Room"))
    assert found["Room"] == ("title", "list item", "under: First", "cell", "under: Last")


def test_only_short_texts_name_the_heading_above() -> None:
    found = notes(
        ("paragraph", "Before it"),
        ("heading", "Opening\nhours"),
        ("list item", "On Monday at nine"),
        ("paragraph", "We open on Monday at nine."),
        ("heading", "Prices"),
    )
    assert found["Before it"] == ("paragraph",)
    assert found["On Monday at nine"] == ("list item", "under: Opening hours")
    assert found["We open on Monday at nine."] == ("paragraph",)
    assert found["Prices"] == ("heading",)


def test_a_limit_is_a_note_and_the_strictest_one_counts() -> None:
    text = Key(None, "A school")
    found = extract.messages(
        document(Segment(0, 0, text, "title", limit=200), Segment(0, 0, text, "description", limit=160, note="Formal"))
    )
    assert found[0].limit == 160
    assert found[0].notes == ("title", "max 160 characters", "description", "Formal")


@pytest.mark.parametrize(
    ("kind", "text", "is_cut"),
    [
        ("excerpt", "We met in the school and then we…", True),
        ("summary", "We met in the school and then we...", True),
        ("seo.description", "We met in the school and then we … ", True),
        ("excerpt", "We met in the school, and went home.", False),
        ("paragraph", "And so on and so on and so on…", False),
    ],
)
def test_an_excerpt_that_the_site_cuts_says_so(kind: str, text: str, is_cut: bool) -> None:
    found = notes((kind, text))[text]
    assert any("unfinished sentence" in note for note in found) is is_cut
    if is_cut:
        assert ("…" if "…" in text else "...") in found[1]


def test_the_header_is_complete_in_the_order_of_gettext() -> None:
    assert po.render(template(Message(Key(None, "A"), ("a.md",), ("heading",)))).decode() == (
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: site\\n"\n'
        '"Report-Msgid-Bugs-To: \\n"\n'
        '"POT-Creation-Date: 2026-05-01 12:30+0000\\n"\n'
        '"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"\n'
        '"Last-Translator: FULL NAME <EMAIL@ADDRESS>\\n"\n'
        '"Language-Team: LANGUAGE <LL@li.org>\\n"\n'
        '"Language: \\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        "\n"
        "#. heading\n"
        "#: a.md\n"
        'msgid "A"\n'
        'msgstr ""\n'
    )


def test_the_date_changes_only_with_the_content() -> None:
    one, two = Message(Key(None, "A"), ("a.md",), ("heading",)), Message(Key(None, "B"), ("a.md",), ("paragraph",))
    first = template(one, two)
    on_disk = po.parse(po.render(first), first.path)
    assert po.render(template(one, two, previous=on_disk, now=LATER)) == po.render(first)
    for changed in (
        (two, one),
        (one,),
        (one, replace(two, notes=("list item",))),
        (one, replace(two, places=("b.md",))),
    ):
        assert template(*changed, previous=on_disk, now=LATER).header["POT-Creation-Date"] == "2026-06-01 00:00+0000"


def test_a_catalog_of_the_domain_keeps_the_date_too() -> None:
    message = Message(Key(None, "A"), ("a.md",))
    entries = [Entry(message, ("А",)), Entry(Message(Key(None, "gone")), ("нет",), is_obsolete=True)]
    catalog = po.new_catalog("a.po", "ru", {"POT-Creation-Date": "2020-01-01 00:00+0000"}, entries)
    assert template(message, previous=catalog).header["POT-Creation-Date"] == "2020-01-01 00:00+0000"


def test_messages_of_several_files_in_one_domain_are_one_entry() -> None:
    one = Message(Key(None, "Home"), ("a.md",), ("title", "max 70 characters"), limit=70)
    two = Message(Key(None, "Home"), ("b.md",), ("title", "max 60 characters"), limit=60)
    (entry,) = template(one, two).entries
    assert entry.message.places == ("a.md", "b.md")
    assert entry.message.notes == ("title", "max 60 characters")


def test_a_message_with_a_plural_takes_in_the_one_without() -> None:
    alone, both = (
        Message(Key(None, "%d post"), ("a",)),
        Message(Key(None, "%d post", "%d posts"), ("b",), (), ("c-format",)),
    )
    for order in ((alone, both), (both, alone)):
        (entry,) = template(*order).entries
        assert entry.key == both.key
        assert entry.targets == ("", "")
        assert entry.message.flags == ("c-format",)
        assert set(entry.message.places) == {"a", "b"}


@pytest.mark.parametrize("code", sorted(langs.LANGUAGES))
def test_a_source_language_with_more_than_two_plural_forms_is_refused(code: str) -> None:
    language = langs.language(code)
    message = Message(Key(None, "%d post", "%d posts"), ("t.jinja",))

    def made() -> Catalog:
        return extract.template("x.pot", [message], None, NOW, source=language)

    if language.nplurals <= 2:
        assert made().header["Plural-Forms"] == "nplurals=INTEGER; plural=EXPRESSION;"
        return
    with pytest.raises(UsageError, match=rf"{language.name} has {language.nplurals} plural forms") as caught:
        made()
    assert caught.value.path == "t.jinja"
    assert caught.value.hint


def test_a_source_language_with_many_forms_is_fine_without_plurals() -> None:
    message = Message(Key(None, "Школа"), ("a.md",))
    assert extract.template("x.pot", [message], None, NOW, source=langs.language("ru")).entries
