from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import carry, extract, keepsake, langs, meaning, merge, po, regroup
from tarjuma.model import Catalog, Entry, Key, Message, State, source_hash, target_hash
from tests.laws import BENCH, EXAMPLES, needs_bench

RU = langs.language("ru")
DAY = datetime(2026, 1, 1, tzinfo=UTC)
LATER = datetime(2026, 2, 2, tzinfo=UTC)

RIVER = "The school stands near the river and has two hundred pupils."
BREAD = "Every morning the baker brings bread for the smaller children."
MAPS = "In May the pupils drew maps of the whole valley."


def messages(*texts: str | Key, path: str = "a.md") -> list[Message]:
    keys = (text if isinstance(text, Key) else Key(None, text) for text in texts)
    return [Message(key, (path,), ("paragraph",)) for key in keys]


def template(*texts: str | Key, path: str = "a.md", now: datetime = DAY) -> Catalog:
    return extract.template(f"locales/{path[:-3]}.pot", messages(*texts, path=path), None, now)


def catalog(entries: Iterable[Entry], path: str = "a.po", header: str = "") -> Catalog:
    """A catalog as it is read from a file."""
    fields = {
        "POT-Creation-Date": "2026-01-01 00:00+0000",
        "PO-Revision-Date": "2025-05-05 10:00+0300",
        "Last-Translator": "Ann <ann@example.org>",
        "Language": "ru",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": RU.plural_forms,
    }
    made = po.new_catalog(path, "ru", fields, entries)
    return po.parse(header.encode() + po.render(made), path)


def entry(text: str, target: str, **fields: object) -> Entry:
    path = fields.pop("path", "a.md")
    (message,) = messages(text, path=str(path))
    if fields.get("is_obsolete"):
        message = Message(message.key)
    return replace(Entry(message, (target,)), **fields)  # type: ignore[arg-type]


def draft(text: str, target: str) -> Entry:
    src, out = source_hash(Key(None, text)), target_hash((target,))
    return entry(text, target, is_fuzzy=True, comments=(f"mt: google en>ru src={src} out={out}",))


def updated(entries: Iterable[Entry], new: Catalog, **options: object) -> dict[str, Entry]:
    """Text -> entry after an update, read back from the bytes; obsolete ones with `#~ ` before their text."""
    result = merge.update(catalog(entries), new, RU, **options)  # type: ignore[arg-type]
    content = po.render(result)
    read = po.parse(content, "a.po")
    assert not read.problems
    again = merge.update(read, new, RU, **{**options, "elsewhere": ()})  # type: ignore[arg-type]
    assert po.render(again) == content, "merge twice = merge once"
    return {("#~ " if each.is_obsolete else "") + each.key.text: each for each in read.entries}


# --- what stays


def test_an_update_without_changes_changes_no_byte() -> None:
    old = catalog(
        [entry(RIVER, "Школа", comments=("note",)), draft(BREAD, "Хлеб"), entry("Old", "Старое", is_obsolete=True)]
    )
    assert merge.update(old, template(RIVER, BREAD, now=LATER), RU) is old


def test_order_notes_places_and_flags_come_from_the_template() -> None:
    (message,) = messages(RIVER)
    new = extract.template(
        "a.pot", [*messages(BREAD), replace(message, notes=("heading",), flags=("python-format",))], None, LATER
    )
    result = merge.update(catalog([entry(RIVER, "Школа", comments=("note",)), entry(BREAD, "Хлеб")]), new, RU)
    assert [each.target for each in result.entries] == ["Хлеб", "Школа"]
    assert result.entries[1].message.notes == ("heading",)
    assert result.entries[1].message.flags == ("python-format",)
    assert result.entries[1].comments == ("note",)
    assert result.entries[1].state is State.REVIEWED


def test_only_the_date_of_the_template_changes_in_the_header() -> None:
    old = catalog([entry(RIVER, "Школа")], header="# Ann <ann@example.org>, 2025.\n")
    result = po.render(merge.update(old, template(RIVER, BREAD, now=LATER), RU)).decode()
    changed = set(result.split("\n\n")[0].splitlines()) ^ set(po.render(old).decode().split("\n\n")[0].splitlines())
    assert changed == {
        r'"POT-Creation-Date: 2026-01-01 00:00+0000\n"',
        r'"POT-Creation-Date: 2026-02-02 00:00+0000\n"',
    }


@pytest.mark.parametrize(
    "plural", ["nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);", "nplurals=2; plural=n>1;"]
)
def test_plural_forms_that_somebody_filled_in_stay(plural: str) -> None:
    old = po.with_header(catalog([entry(RIVER, "Школа")]), {"Plural-Forms": plural})
    assert merge.update(old, template(BREAD), RU).header["Plural-Forms"] == plural


def test_missing_header_fields_are_added() -> None:
    old = po.with_header(catalog([entry(RIVER, "Школа")]), {"Plural-Forms": None, "Language": None})
    result = merge.update(old, template(RIVER), RU)
    assert result.header["Plural-Forms"] == RU.plural_forms
    assert result.header["Language"] == "ru"


@pytest.mark.parametrize("code", sorted(langs.LANGUAGES))
def test_a_new_catalog_is_complete_and_msgfmt_accepts_it(code: str, tmp_path: Path) -> None:
    language = langs.language(code)
    new = extract.template("a.pot", messages(RIVER, Key(None, "%d post", "%d posts")), None, DAY, project="site")
    result = merge.update(None, new, language, path="a.po")
    assert list(result.header) == [
        "Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date", "Last-Translator",
        "Language-Team", "Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms",
    ]  # fmt: skip
    assert len(result.entries[1].targets) == language.nplurals
    file = tmp_path / "a.po"
    file.write_bytes(po.render(result))
    checked = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", file], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    saved = subprocess.run(["msgcat", "--no-wrap", file], capture_output=True, check=True)
    assert saved.stdout == file.read_bytes()


# --- edits


SITE = [RIVER, BREAD, "Rooms", "Prices and opening hours", MAPS]

EDITS = {
    "a word replaced": (RIVER, RIVER.replace("river", "lake")),
    "a letter corrected": ("Prices and opening hours", "Prices and openning hours"),
    "a sentence at the end": (RIVER, f"{RIVER} A new wing was built last year."),
    "a sentence in the middle": (RIVER, RIVER.replace(" and has", ". Everybody knows it. It has")),
    "clauses turned round": (BREAD, "The baker brings bread for the smaller children every morning."),
    "punctuation": (MAPS, "In May, the pupils drew maps of the whole valley!"),
    "capitals": ("Prices and opening hours", "PRICES AND OPENING HOURS"),
    "a link": (MAPS, MAPS.replace("the whole valley", "[the whole valley](valley.md)")),
    "a word dropped": (MAPS, MAPS.replace("whole ", "")),
    "half of it": (RIVER, "The school stands near the river."),
    "a short heading": ("Rooms", "Rooms and beds"),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edited_text_keeps_its_translation_fuzzy_with_the_old_text(name: str) -> None:
    before, after = EDITS[name]
    new = template(*(after if text == before else text for text in SITE))
    result = updated([entry(text, f"ru {text}") for text in SITE], new)
    assert result[after].target == f"ru {before}"
    assert result[after].state is State.STALE
    assert result[after].previous == Key(None, before)
    assert [each.target for each in result.values() if each.state is State.REVIEWED] == [
        f"ru {text}" for text in SITE if text != before
    ]


def test_a_link_target_that_changed_is_told_from_its_neighbours() -> None:
    old = [f"[Read the notes](/notes/{number})" for number in range(4)]
    new = [*old[:2], "[Read the notes](/new/2)", old[3]]
    result = updated([entry(text, text) for text in old], template(*new))
    assert result[new[2]].target == old[2]


def test_all_texts_of_a_post_edited_at_once_find_their_own_translations() -> None:
    after = [f"{text} Indeed." for text in SITE]
    result = updated([entry(text, f"ru {text}") for text in SITE], template(*after))
    assert [result[text].target for text in after] == [f"ru {text}" for text in SITE]


@pytest.mark.parametrize(
    ("vanished", "appeared"),
    [
        ("Every morning the baker brings bread.", "Two hundred pupils live near this river."),
        ("Rooms", "Prices"),
        ("Yes", "No"),
        ("Fix a crash in the parser ([#12](/issues/12))", "Document the new option ([#90](/issues/90))"),
        ("{{ site.author }} writes", "{{ site.author }} travels to Dushanbe by train"),
    ],
)
def test_a_brand_new_text_gets_no_guess(vanished: str, appeared: str) -> None:
    result = updated([entry(RIVER, "1"), entry(vanished, "2"), entry(MAPS, "3")], template(RIVER, appeared, MAPS))
    assert result[appeared].targets == ("",)
    assert not result[appeared].is_fuzzy
    assert result[f"#~ {vanished}"].target == "2"


def test_a_text_that_is_still_there_is_nobodys_former_text() -> None:
    result = updated([entry(RIVER, "1")], template(RIVER, RIVER.replace("school", "mill")))
    assert result[RIVER.replace("school", "mill")].state is State.UNTRANSLATED


def test_a_split_paragraph_keeps_its_text_on_the_best_part() -> None:
    first, second = (
        "It is closed on Sunday.",
        "The school stands near the river and has two hundred pupils in ten rooms.",
    )
    result = updated([entry(f"{first} {second}", "всё"), entry(MAPS, "3")], template(first, second, MAPS))
    assert (result[second].target, result[first].target) == ("всё", "")


def test_joined_paragraphs_keep_one_text_live_and_one_obsolete() -> None:
    result = updated(
        [entry(RIVER, "1"), entry("It is old.", "2"), entry(MAPS, "3")], template(f"{RIVER} It is old.", MAPS)
    )
    assert result[f"{RIVER} It is old."].target == "1"
    assert result["#~ It is old."].target == "2"


def test_a_text_edited_twice_shows_what_its_translation_was_written_for() -> None:
    once, twice = RIVER.replace("river", "lake"), RIVER.replace("river", "lake").replace("two", "three")
    result = updated(updated([entry(RIVER, "1")], template(once)).values(), template(twice))
    assert result[twice].previous == Key(None, RIVER)
    assert result[twice].state is State.STALE


def test_a_leftover_previous_text_of_an_approved_entry_does_not_come_back() -> None:
    once, twice = RIVER.replace("river", "lake"), RIVER.replace("river", "lake").replace("two", "three")
    result = updated([entry(once, "1", previous=Key(None, RIVER))], template(twice))
    assert result[twice].previous == Key(None, once)


def test_comments_of_people_go_with_an_edited_text() -> None:
    after = RIVER.replace("river", "lake")
    result = updated([entry(RIVER, "1", comments=("Is it the Vakhsh?",))], template(after))
    assert result[after].comments[0] == "Is it the Vakhsh?"


def test_an_edited_text_without_translation_stays_empty_and_keeps_comments() -> None:
    after = RIVER.replace("river", "lake")
    result = updated([entry(RIVER, "", comments=("Ask Ann",)), entry(MAPS, "3")], template(after, MAPS))
    assert result[after].state is State.UNTRANSLATED
    assert result[after].comments == ("Ask Ann",)
    assert not result[after].is_fuzzy


def test_one_of_two_files_of_a_shared_catalog_is_edited() -> None:
    after = RIVER.replace("river", "lake")
    old = [replace(entry(RIVER, "1"), message=Message(Key(None, RIVER), ("a.md", "b.md"), ("paragraph",)))]
    new = extract.template("x.pot", [*messages(RIVER), *messages(after, path="b.md")], None, DAY)
    result = updated(old, new)
    assert result[RIVER].state is State.REVIEWED
    assert (result[after].state, result[after].target) == (State.STALE, "1")


# --- drafts and doubts


def test_marks_of_machines_go_from_entries_that_are_not_fuzzy() -> None:
    approved = replace(draft(RIVER, "1"), is_fuzzy=False)
    result = updated([approved, draft(BREAD, "2")], template(RIVER, BREAD))
    assert result[RIVER].comments == ()
    assert result[RIVER].state is State.REVIEWED
    assert result[BREAD].state is State.DRAFT


def test_an_approved_draft_whose_source_is_edited_is_no_draft() -> None:
    after = RIVER.replace("river", "lake")
    result = updated([replace(draft(RIVER, "1"), is_fuzzy=False)], template(after))
    assert result[after].state is State.STALE
    assert result[after].target == "1"
    assert not result[after].provenance


def test_a_draft_whose_source_is_edited_stays_a_draft_of_the_old_source() -> None:
    after = RIVER.replace("river", "lake")
    result = updated([draft(RIVER, "1")], template(after))
    assert result[after].state is State.DRAFT
    assert result[after].previous == Key(None, RIVER)
    assert result[after].provenance
    assert result[after].provenance["src"] == source_hash(Key(None, RIVER))


REVERTED = {
    "reviewed": entry(RIVER, "1", comments=("note",)),
    "reviewed, the same meaning": entry(
        RIVER, "1", previous=Key(None, MAPS), comments=("note", f"{carry.SAME_MEANING}2026-01-01")
    ),
    "draft": draft(RIVER, "1"),
    "unsure": entry(RIVER, "1", is_fuzzy=True),
    "empty": entry(RIVER, "", comments=("note",)),
}


@pytest.mark.parametrize("name", REVERTED)
def test_an_edit_that_is_taken_back_leaves_no_trace(name: str) -> None:
    before = REVERTED[name]
    there = updated([before, entry(MAPS, "3")], template(RIVER.replace("river", "lake"), MAPS))
    back = updated(there.values(), template(RIVER, MAPS))
    assert replace(back[RIVER], line=0) == before


def test_a_translation_that_was_touched_meanwhile_is_not_approved_by_taking_the_edit_back() -> None:
    after = RIVER.replace("river", "lake")
    there = updated([entry(RIVER, "1")], template(after))[after]
    back = updated([replace(there, targets=("new",), raw=None)], template(RIVER))
    assert back[RIVER].is_fuzzy
    assert back[RIVER].target == "new"


# --- obsolete


def test_a_deleted_text_is_kept_and_revived_with_its_comments() -> None:
    gone = updated([entry(RIVER, "1", comments=("note",)), entry(MAPS, "3")], template(MAPS))
    assert gone[f"#~ {RIVER}"].comments == ("note",)
    back = updated(gone.values(), template(RIVER, MAPS))
    assert back[RIVER].state is State.REVIEWED
    assert back[RIVER].comments == ("note",)
    assert f"#~ {RIVER}" not in back


def test_a_revived_text_that_was_fuzzy_is_fuzzy_again() -> None:
    old = [entry(RIVER, "1", is_fuzzy=True, is_obsolete=True)]
    assert updated(old, template(RIVER))[RIVER].state is State.UNSURE


def test_an_obsolete_text_is_revived_by_the_identical_source_only() -> None:
    old = [entry(RIVER, "1", is_obsolete=True), entry(MAPS, "3")]
    result = updated(old, template(RIVER.replace("river", "lake"), MAPS))
    assert result[RIVER.replace("river", "lake")].state is State.UNTRANSLATED
    assert result[f"#~ {RIVER}"].target == "1"


def test_an_empty_entry_without_comments_is_not_kept() -> None:
    assert set(updated([entry(RIVER, ""), entry(MAPS, "3")], template(MAPS))) == {MAPS}


# --- several catalogs


def site(**texts: list[str]) -> dict[str, Catalog]:
    return {domain: template(*each, path=f"{domain}.md") for domain, each in texts.items()}


def translated(**entries: list[Entry]) -> dict[str, Catalog]:
    return {domain: catalog(each, f"{domain}.po") for domain, each in entries.items()}


def test_a_paragraph_moved_to_another_post_takes_its_entry_along() -> None:
    old = translated(a=[entry(RIVER, "1", comments=("note",)), entry(MAPS, "3")], b=[entry(BREAD, "2", path="b.md")])
    result = merge.update_all(old, site(a=[MAPS], b=[BREAD, RIVER]), RU).catalogs
    moved = result["b"].entries[1]
    assert (moved.target, moved.comments, moved.state) == ("1", ("note",), State.REVIEWED)
    assert [each.target for each in result["a"].entries] == ["3"]


def test_a_renamed_post_takes_everything_along() -> None:
    old = {
        "old": catalog(
            [entry(RIVER, "1", path="old.md"), draft(BREAD, "2"), entry("Gone", "0", is_obsolete=True)],
            "old.po",
            "# Ann <ann@example.org>, 2025.\n",
        )
    }
    merged = merge.update_all(old, site(new=[RIVER, BREAD]), RU, path="{}.po".format)
    assert merged.emptied == ("old",)
    assert set(merged.catalogs) == {"new"}
    new = merged.catalogs["new"]
    assert new.path == "new.po"
    assert po.render(new).startswith(b"# Ann <ann@example.org>, 2025.\n")
    assert [each.state for each in new.entries] == [State.REVIEWED, State.DRAFT, State.OBSOLETE]


def test_a_post_that_is_renamed_and_edited_keeps_what_was_edited() -> None:
    after = RIVER.replace("river", "lake")
    old = translated(old=[entry(text, text, path="old.md") for text in SITE])
    merged = merge.update_all(old, site(new=[after, *SITE[1:]]), RU)
    assert merged.catalogs["new"].entries[0].target == RIVER
    assert merged.catalogs["new"].entries[0].is_fuzzy


def test_a_deleted_post_keeps_its_translations_until_it_comes_back() -> None:
    old = translated(a=[entry(RIVER, "1", path="a.md")], b=[entry(MAPS, "3", path="b.md")])
    gone = merge.update_all(old, site(b=[MAPS]), RU).catalogs
    assert [each.is_obsolete for each in gone["a"].entries] == [True]
    assert po.render(gone["b"]) == po.render(old["b"])
    back = merge.update_all(gone, site(a=[RIVER], b=[MAPS]), RU).catalogs
    assert po.render(back["a"]) == po.render(old["a"])


def test_a_deleted_post_without_translations_leaves_nothing() -> None:
    old = translated(a=[entry(RIVER, "")], b=[entry(MAPS, "3", path="b.md")])
    merged = merge.update_all(old, site(b=[MAPS]), RU)
    assert (set(merged.catalogs), merged.emptied) == ({"b"}, ("a",))


def test_a_text_that_is_reviewed_elsewhere_is_a_draft_of_the_memory() -> None:
    old = translated(a=[entry(RIVER, "1")], b=[entry(BREAD, "2", path="b.md")])
    result = merge.update_all(old, site(a=[RIVER], b=[BREAD, RIVER]), RU, source="en").catalogs
    filled = result["b"].entries[1]
    assert filled.state is State.DRAFT
    src, out = source_hash(Key(None, RIVER)), target_hash(("1",))
    assert filled.comments == (f"mt: memory en>ru src={src} out={out}",)
    assert filled.target == "1"


def test_a_fuzzy_text_fills_nothing() -> None:
    old = translated(a=[entry(RIVER, "1", is_fuzzy=True)], b=[entry(BREAD, "2", path="b.md")])
    result = merge.update_all(old, site(a=[RIVER], b=[BREAD, RIVER]), RU).catalogs
    assert result["b"].entries[1].targets == ("",)


def test_the_memory_is_asked_for_empty_entries_only() -> None:
    asked = []

    def memory(key: Key) -> tuple[str, ...] | None:
        asked.append(key.text)
        return ("из памяти",) if key.text == RIVER else None

    result = updated([entry(BREAD, "2")], template(BREAD, RIVER, MAPS), memory=memory)
    assert set(asked) == {RIVER, MAPS}
    assert result[RIVER].state is State.DRAFT
    assert result[MAPS].state is State.UNTRANSLATED


def test_entries_given_from_elsewhere_are_taken() -> None:
    result = updated([entry(MAPS, "3")], template(MAPS, RIVER), elsewhere=[entry(RIVER, "1", path="b.md")])
    assert result[RIVER].state is State.REVIEWED


# --- plurals and odd files


def plural(*targets: str, text: str = "%d posts") -> Entry:
    return Entry(Message(Key(None, "%d post", text), ("a.md",), ("paragraph",)), targets)


def test_a_message_that_gets_a_plural_is_the_same_message() -> None:
    result = updated([entry("%d post", "%d запись")], template(Key(None, "%d post", "%d posts")))
    assert result["%d post"].targets == ("%d запись",) * 3
    assert result["%d post"].state is State.STALE


def test_a_message_that_loses_its_plural_loses_no_text() -> None:
    result = merge.update(catalog([plural("запись", "записи", "записей")]), template("%d post"), RU)
    assert result.entries[0].targets == ("запись",)
    assert {target for each in result.entries for target in each.targets} == {"запись", "записи", "записей"}


def test_a_changed_plural_keeps_every_form() -> None:
    new = template(Key(None, "%d post", "%d new posts"))
    assert updated([plural("1", "2", "3")], new)["%d post"].targets == ("1", "2", "3")


def test_new_plural_entries_have_the_forms_that_the_header_declares() -> None:
    old = po.with_header(catalog([entry(MAPS, "3")]), {"Plural-Forms": "nplurals=4; plural=0;"})
    result = merge.update(old, template(MAPS, Key(None, "%d post", "%d posts")), RU)
    assert len(result.entries[1].targets) == 4


def test_of_two_live_entries_with_one_text_the_reviewed_one_stays_and_the_other_is_kept() -> None:
    text = b'msgid "A"\nmsgstr "draft"\n\nmsgid "A"\nmsgstr "approved"\n'.replace(b"msgid", b"#, fuzzy\nmsgid", 1)
    result = merge.update(po.parse(text, "a.po"), template("A"), RU)
    assert result.entries[0].target == "approved"
    assert [each.target for each in result.entries] == ["approved", "draft"]
    assert not po.parse(po.render(result)).problems


# --- an editor's word


def said(*paths: str) -> merge.SameMeaning:
    return merge.SameMeaning(frozenset(paths or ("a.md",)), "2026-05-01")


def test_an_edit_of_the_same_meaning_stays_reviewed_and_says_so() -> None:
    after = RIVER.replace("stands", "stnds")
    result = updated([entry(RIVER, "1", comments=("note",))], template(after), same_meaning=said())
    assert result[after].state is State.REVIEWED
    assert result[after].previous == Key(None, RIVER)
    assert result[after].comments == ("note", "same meaning: the source was edited on 2026-05-01")


def test_the_word_can_be_given_after_the_update() -> None:
    after = RIVER.replace("stands", "stnds")
    stale = updated([entry(RIVER, "1"), entry(BREAD, "2")], template(after, BREAD))
    assert stale[after].is_fuzzy
    result = updated(stale.values(), template(after, BREAD), same_meaning=said())
    assert result[after].state is State.REVIEWED
    assert result[after].previous == Key(None, RIVER)


@pytest.mark.parametrize("before", [draft(RIVER, "1"), entry(RIVER, "1", is_fuzzy=True)])
def test_the_word_of_an_editor_approves_nothing_that_was_not_approved(before: Entry) -> None:
    after = RIVER.replace("stands", "stnds")
    assert updated([before], template(after), same_meaning=said())[after].is_fuzzy
    stale = updated([before], template(after))
    assert updated(stale.values(), template(after), same_meaning=said())[after].is_fuzzy


def test_the_word_counts_for_the_named_posts_only() -> None:
    after = RIVER.replace("stands", "stnds")
    assert updated([entry(RIVER, "1")], template(after), same_meaning=said("b.md"))[after].is_fuzzy


def test_an_edit_that_changes_a_number_is_refused_with_a_problem() -> None:
    merged = merge.update_all(
        translated(a=[entry("In 1998 the school opened.", "1")]),
        site(a=["In 1989 the school opened."]),
        RU,
        same_meaning=said(),
    )
    assert merged.catalogs["a"].entries[0].state is State.STALE
    (problem,) = merged.problems
    assert problem.path == "a.md"
    assert "numbers" in problem.message


@pytest.mark.parametrize(
    ("source", "old", "new", "changed"),
    [
        ("en", "Recieve our thanks", "Receive our thanks", []),
        ("en", "an intresting day", "an interesting day", []),
        ("en", "on 01.05.2026 we met", "on 2026-05-01 we met", []),
        ("en", "1 May 2026", "May 1, 2026", []),
        ("en", "on 01.05.2026 we met", "on 2026-05-02 we met", ["numbers"]),
        ("en", "from 5 to 10", "from 10 to 5", ["numbers"]),
        ("en", "two rooms", "three rooms", ["numbers"]),
        ("en", "see [it](a.md)", "see [it](b.md)", ["links"]),
        ("en", "see https://a.example", "see https://b.example", ["links"]),
        ("en", "run `make`", "run `make test`", ["code"]),
        ("en", "Hello {name}", "Hello {user}", ["placeholders"]),
        ("en", "Hello <b>you</b>", "Hello <i>you</i>", ["tags"]),
        ("en", "You can enter", "You can't enter", ["negations"]),
        ("en", "You can enter", "You cannot enter", ["negations"]),
        ("en", "It is possible", "It is impossible", ["negations"]),
        ("ru", "Мы были там", "Мы не были там", ["negations"]),
        ("ru", "возможно завтра", "невозможно завтра", ["negations"]),
        ("ru", "недавно открылa", "недавно открыла", []),
        ("tg", "ӯ рафт", "ӯ нарафт", ["negations"]),
        ("az", "gəldi dünən", "gəlmədi dünən", ["negations"]),
        ("xx", "one word", "one wörd", ["negations"]),
    ],
)  # fmt: skip
def test_what_an_edit_of_the_same_meaning_leaves_alone(source: str, old: str, new: str, changed: list[str]) -> None:
    assert meaning.changes(Key(None, old), Key(None, new), source) == changed
    assert meaning.changes(Key(None, new), Key(None, old), source) == changed


def test_every_language_of_the_table_has_its_negations() -> None:
    assert set(meaning.NEGATIONS) == set(langs.LANGUAGES)


# --- catalogs that hold more than one file


def grouped(posts: Mapping[str, list[str]], folder: bool) -> dict[str, Catalog]:
    groups: dict[str, list[Message]] = {}
    for path, texts in posts.items():
        domain = path.rpartition("/")[0] if folder else path[:-3]
        groups.setdefault(domain, []).extend(messages(*texts, path=path))
    return {domain: extract.template(f"{domain}.pot", each, None, DAY) for domain, each in groups.items()}


POSTS = {"p/a.md": [RIVER, "Home", MAPS], "p/b.md": [BREAD, "Home", RIVER], "q/c.md": ["Home"]}


def switched(catalogs: Mapping[str, Catalog], templates: Mapping[str, Catalog]) -> dict[str, Catalog]:
    moved = regroup.regroup(catalogs, templates, "{}.po".format)
    return {each: po.parse(po.render(one), one.path) for each, one in
            merge.update_all(moved, templates, RU, path="{}.po".format).catalogs.items()}  # fmt: skip


def files() -> dict[str, Catalog]:
    """Catalogs of three posts in which people wrote everything that is hard to join."""
    odd = '# by hand\n#. paragraph\n#: p/a.md\nmsgid ""\n"Ho"\n"me"\nmsgstr "Дом"'
    a = [
        entry(RIVER, "1", path="p/a.md"),
        replace(entry("Home", "Дом", path="p/a.md", comments=("by hand",)), raw=odd),
        entry(MAPS, "3", path="p/a.md", is_fuzzy=True, previous=Key(None, "Maps")),
        entry("Gone", "а", is_obsolete=True, comments=("why",)),
        entry(BREAD, "старый хлеб", is_obsolete=True),
    ]
    b = [
        entry(BREAD, "2", path="p/b.md"),
        entry("Home", "Главная", path="p/b.md"),
        entry(RIVER, "1", path="p/b.md"),
        entry("Gone", "б", is_obsolete=True, is_fuzzy=True, previous=Key(None, "Go")),
    ]
    made = {
        "p/a": catalog(a, "p/a.po", "# Ann <ann@example.org>, 2024.\n"),
        "p/b": catalog(b, "p/b.po", "# Bob <bob@example.org>, 2025.\n#\n"),
        "q/c": catalog([entry("Home", "", path="q/c.md", comments=("ask",))], "q/c.po"),
    }
    made["p/a"] = po.parse(
        po.render(made["p/a"]).replace(b'msgid "Home"', b'msgid ""\n"Ho"\n"me"').replace(b"2025-05-05", b"2025-07-07"),
        "p/a.po",
    )
    return switched(made, grouped(POSTS, False))


def test_from_files_to_folders_and_back_gives_the_same_bytes() -> None:
    before = files()
    folders = switched(before, grouped(POSTS, True))
    assert set(folders) == {"p", "q"}
    back = switched(folders, grouped(POSTS, False))
    assert {each: po.render(one) for each, one in back.items()} == {
        each: po.render(one) for each, one in before.items()
    }


def test_a_joined_catalog_is_valid_shows_all_credits_and_holds_each_text() -> None:
    folder = switched(files(), grouped(POSTS, True))["p"]
    assert not folder.problems
    head = po.render(folder).decode().split("msgid", 1)[0]
    assert "# Ann <ann@example.org>, 2024." in head
    assert "# Bob <bob@example.org>, 2025." in head
    texts = {target for each in folder.entries for target in each.targets}
    assert {"1", "2", "3", "Дом", "Главная", "а", "б", "старый хлеб"} <= texts
    live = [each.key.text for each in folder.entries if not each.is_obsolete]
    assert live == [RIVER, "Home", MAPS, BREAD]


def test_what_is_translated_in_the_folder_comes_back_to_the_files() -> None:
    folders = switched(files(), grouped(POSTS, True))
    entries = [
        replace(each, targets=("новая река",), raw=None) if each.key.text == RIVER and not each.is_obsolete else each
        for each in folders["p"].entries
    ]
    folders["p"] = po.with_header(po.replaced(folders["p"], entries), {"Last-Translator": "Eve", "X-Generator": "Pen"})
    back = switched(folders, grouped(POSTS, False))
    for domain in ("p/a", "p/b"):
        assert "новая река" in {each.target for each in back[domain].entries}
        assert back[domain].header["Last-Translator"] == "Eve"
        assert back[domain].header["X-Generator"] == "Pen"
    assert back["p/a"].header["PO-Revision-Date"].startswith("2025-07-07")
    assert {each.target for each in back["p/b"].entries if each.key.text == "Home"} == {"Главная"}


def test_an_obsolete_entry_of_a_file_can_be_revived_in_the_folder() -> None:
    folders = switched(files(), grouped(POSTS, True))
    posts = {**POSTS, "p/a.md": [*POSTS["p/a.md"], "Gone"]}
    result = switched(folders, grouped(posts, True))["p"]
    (revived,) = [each for each in result.entries if each.key == Key(None, "Gone")]
    assert (revived.target, revived.comments, revived.state) == ("а", ("why",), State.REVIEWED)


def test_catalogs_that_are_at_home_are_left_alone() -> None:
    before = files()
    assert regroup.regroup(before, grouped(POSTS, False), "{}.po".format) is before
    renamed = {**POSTS, "p/new.md": POSTS["p/a.md"]}
    del renamed["p/a.md"]
    assert regroup.regroup(before, grouped(renamed, False), "{}.po".format) is before


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_and_bom_survive_a_switch(end: str) -> None:
    before = {}
    for name, each in files().items():
        content = b"\xef\xbb\xbf" + po.render(each).replace(b"\n", end.encode())
        before[name] = po.parse(content, each.path)
    back = switched(switched(before, grouped(POSTS, True)), grouped(POSTS, False))
    assert {each: po.render(one) for each, one in back.items()} == {
        each: po.render(one) for each, one in before.items()
    }


# --- laws


TEXTS = st.sampled_from([RIVER, BREAD, MAPS, "Home", "Rooms", RIVER.replace("river", "lake"), f"{RIVER} {MAPS}", "Yes"])
OLD = st.lists(
    st.builds(
        lambda text, target, fuzzy, gone, before, comment: entry(
            text, target, is_fuzzy=fuzzy and bool(target), is_obsolete=gone,
            previous=Key(None, before) if before and fuzzy and target else None, comments=comment,
        ),
        TEXTS, st.sampled_from(["", "перевод", "другой", "ещё"]), st.booleans(), st.booleans(),
        st.one_of(st.none(), TEXTS), st.sampled_from([(), ("note",)]),
    ),
    unique_by=lambda each: each.key, max_size=6,
)  # fmt: skip


@settings(max_examples=EXAMPLES, deadline=None)
@given(OLD, st.lists(TEXTS, unique=True, max_size=6))
def test_merge_loses_no_translation_and_twice_is_once(old: list[Entry], texts: list[str]) -> None:
    before = po.new_catalog("a.po", "ru", {"Language": "ru", "Plural-Forms": RU.plural_forms}, old)
    new = template(*texts)
    once = merge.update(before, new, RU)
    assert merge.update(once, new, RU) is once
    assert {each.target for each in before.entries} - {""} <= {each.target for each in once.entries}
    assert [each.key.text for each in once.entries if not each.is_obsolete] == texts
    assert len({each.key for each in once.entries}) == len(once.entries)
    approved = {(each.key, each.target) for each in old if each.target and not each.is_fuzzy}
    assert {(each.key, each.target) for each in once.entries if each.state is State.REVIEWED} <= approved
    for each in once.entries:
        assert (
            not each.is_fuzzy
            or each.previous
            or each.key in {other.key for other in old} | {other.previous for other in old}
        )


@needs_bench
@pytest.mark.parametrize("seed", [11, 12])
def test_edits_of_other_peoples_prose_find_their_translations(seed: int, tmp_path: Path) -> None:
    script = BENCH / "merge" / "mkcat.py"
    subprocess.run([sys.executable, script, tmp_path, "6000", str(seed)], check=True, capture_output=True)
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    old = po.parse((tmp_path / "old.po").read_bytes(), "old.po")
    result = merge.update(old, po.parse((tmp_path / "new.pot").read_bytes(), "new.pot"), RU)
    found = {each.key.text: each for each in result.entries if not each.is_obsolete}
    right = [text for text, former in truth["truth"].items() if found[text].previous == Key(None, former)]
    wrong = [text for text, former in truth["truth"].items() if found[text].target not in ("", truth["tr"][former])]
    assert len(right) >= 0.989 * len(truth["truth"])
    assert len(wrong) <= 1
    assert sum(bool(found[text].target) for text in truth["new"]) <= 0.05 * len(truth["new"])


def test_a_keepsake_gets_a_name_of_its_own() -> None:
    gone = entry("A", "1", is_obsolete=True)
    first = keepsake.kept_apart(gone, set())
    assert keepsake.kept_apart(gone, {first.key[:2]}).key != first.key
    assert keepsake.is_kept(first)
    assert not keepsake.is_kept(gone)
