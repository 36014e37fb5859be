"""`take`: edits made by hand in localized pages come back into the catalogs, and the next compile gives those pages."""

import random
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tarjuma import formats, po, project, splice, taking
from tarjuma.cli import group
from tarjuma.errors import SourceError, UsageError
from tarjuma.model import Document, Entry, Options, Segment, Severity, State, source_hash, target_hash
from tarjuma.project import recollection
from tarjuma.project import taking as project_taking
from tarjuma.publish import Edit
from tarjuma.status import PageState
from tarjuma.syntax import inline
from tarjuma.syntax.tokens import Kind
from tarjuma.taking import Written
from tests.laws import CORPORA, EXAMPLES, needs_corpora
from tests.site import Site, made

POST = """\
---
title: Hello
description: 'A first post'
date: 2024-05-06
---
# First heading

A paragraph with *markup* and [a link](/about/).

- one item
- another item

| A cell | b |
|---|---|
| of a table | c |
"""
SENTENCE = "A paragraph with *markup* and [a link](/about/)."
CATALOG = "locales/ru/LC_MESSAGES/hello.po"
PAGE = "content/ru/hello.md"


def published(folder: Path, config: str = 'languages = ["ru", "tg"]\n', **posts: str) -> Site:
    """Return a site whose posts are translated and compiled."""
    site = made(folder, config, **(posts or {"hello": POST}))
    site.run()
    for code in ("ru", "tg"):
        site.translate_all(code)
    site.compile()
    return site


def taken(site: Site, *paths: str):
    return project_taking.take(site.load(), paths or (PAGE,))


def said(result) -> list[str]:
    return [f"{problem.severity.value} {problem.line}: {problem.message}" for problem in result.problems]


def edit(site: Site, old: str, new: str, path: str = PAGE) -> None:
    content = site.read(path)
    assert content.count(old) == 1, (old, content)
    site.write(path, content.replace(old, new))


def entry(site: Site, text: str, path: str = CATALOG):
    return next(each for each in site.catalog(path).entries if each.key.text == text)


@pytest.mark.parametrize(
    ("old", "new", "source", "target"),
    [
        ("ҶHello", "Салом, дунё", "Hello", "Салом, дунё"),
        ("ҶHello", '"Салом: дунё"', "Hello", "Салом: дунё"),
        ("'ҶA first post'", "'Модар''ам'", "A first post", "Модар'ам"),
        ("ҶFirst heading", "Сарлавҳаи 1: нав", "First heading", "Сарлавҳаи 1: нав"),
        ("ҶA paragraph", "Сархат!", SENTENCE, SENTENCE.replace("A paragraph", "Сархат!")),
        ("*markup*", "**қувват**", SENTENCE, "ҶA paragraph with **қувват** and [a link](/about/)."),
        ("ҶA cell", r"Хона \| дар", "A cell", r"Хона \| дар"),
        ("Ҷone item", "як  ду", "one item", "як  ду"),
    ],
)  # fmt: skip
def test_an_edited_text_is_the_translation_and_the_page_stays(tmp_path, old, new, source, target):
    site = published(tmp_path)
    edit(site, old, new)
    edited = site.read(PAGE)
    assert site.compile().problems
    result = taken(site)
    assert (said(result), result.written) == ([], (CATALOG,))
    assert entry(site, source).targets == (target,)
    assert entry(site, source).state is State.REVIEWED
    assert site.compile().is_clean
    assert site.read(PAGE) == edited
    # the page is ours again: a later change of the catalog is compiled into it
    site.translate(CATALOG)
    assert site.compile().written == (PAGE,)


def test_what_was_taken_is_not_taken_again(tmp_path):
    site = published(tmp_path)
    edit(site, "ҶHello", "Салом")
    taken(site)
    before = site.snapshot()
    result = taken(site)
    assert (result.written, said(result)) == ((), [])
    assert result.notes == ("content/ru/hello.md: no text taken",)
    assert site.snapshot() == before


def test_nothing_else_in_the_catalog_changes(tmp_path):
    site = published(tmp_path)
    before = site.read(CATALOG)
    edit(site, "ҶHello", "Салом")
    taken(site)
    assert site.read(CATALOG) == before.replace('"ҶHello"', '"Салом"')


def test_check_writes_nothing(tmp_path, monkeypatch):
    from click.testing import CliRunner

    site = published(tmp_path)
    edit(site, "ҶHello", "Салом")
    before = site.snapshot()
    monkeypatch.chdir(tmp_path / "content/ru")
    outcome = CliRunner().invoke(group, ["take", "--check", "hello.md"])
    assert (outcome.exit_code, site.snapshot()) == (1, before)
    assert '+msgstr "Салом"' in outcome.output
    outcome = CliRunner().invoke(group, ["take", "hello.md"])
    assert (outcome.exit_code, outcome.output) == (
        0,
        "take: 1 written, 0 unchanged\n  content/ru/hello.md: 1 text taken\n",
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("- Ҷanother", "- сеюм\n- Ҷanother", "error 11: “сеюм” was added, and content/en/hello.md has no such text"),
        ("- Ҷone item\n", "", "error 10: “Ҷone item” was removed: put it back, or take its source out of"),
        (
            "- Ҷone item\n- Ҷanother item\n",
            "- Ҷanother item\n- Ҷone item\n",
            "error 10: “Ҷanother item” was moved: blocks stand in the order of content/en/hello.md",
        ),
        ("and [a link]", "\n\nand [a link]", "error 8: “ҶA paragraph with *markup*” is a part of what stood there"),
        ("2024-05-06", "2024-05-07", "error 4: “date: 2024-05-07” is no text of a translation: make this change in"),
        ("date: 2024-05-06\n", "date: 2024-05-06\ndraft: true\n", "error 5: “draft: true” is no text of a translation"),
        ("ҶFirst heading\n", "ҶFirst heading\n\n", "error 8: white space is no text of a translation"),
        ("ҶFirst heading", "ҶFirst <b>heading</b>", "error 6: the text holds '<b>', which its source text does not"),
        ("[a link](/about/)", "[a link](javascript:x)", "error 8: the text holds '](', which its source text does not"),
        ("- Ҷone", "1. Ҷone", "error 10: "),
    ],
)
def test_what_no_catalog_can_hold_is_reported_and_the_rest_is_taken(tmp_path, old, new, expected):
    site = published(tmp_path)
    edit(site, old, new)
    page = site.read(PAGE)
    site.write(PAGE, page.replace("ҶHello", "Салом"))
    edited = site.read(PAGE)
    result = taken(site)
    assert [line for line in said(result) if line.startswith(expected)], said(result)
    assert entry(site, "Hello").targets == ("Салом",)
    assert not result.is_clean
    assert site.read(PAGE) == edited
    assert PAGE not in site.compile().written


def test_nothing_is_written_when_nothing_can_be_taken(tmp_path):
    site = published(tmp_path)
    edit(site, "2024-05-06", "2024-05-07")
    before = site.snapshot()
    result = taken(site)
    assert (result.written, len(result.problems)) == ((), 1)
    assert site.snapshot() == before


@pytest.mark.parametrize(
    ("old", "new", "source", "target", "shown"),
    [
        ("title: ҶHello", "title: 'Салом'", "Hello", "Салом", "'Салом'"),
        ("with *markup* and", "дар\nду сатр ва", "A paragraph", "ҶA paragraph дар ду сатр ва [a link](/about/).", ""),
    ],
)
def test_words_are_taken_when_only_their_form_cannot_be_kept(tmp_path, old, new, source, target, shown):
    site = published(tmp_path)
    edit(site, old, new)
    result = taken(site)
    (found,) = [each for each in site.catalog(CATALOG).entries if each.key.text.startswith(source)]
    assert found.targets == (target,)
    (problem,) = result.problems
    assert problem.severity is Severity.WARNING
    assert "the words are taken, not the way they are written" in problem.message


def drafted(site: Site, text: str, target: str) -> None:
    """Put a machine's draft into the catalog, as `tarjuma draft` does."""

    def with_draft(each: Entry) -> Entry:
        if each.key.text != text:
            return each
        mark = f"mt: google en>ru src={source_hash(each.key)} out={target_hash((target,))}"
        return replace(each, targets=(target,), is_fuzzy=True, comments=("note", mark), raw=None)

    catalog = site.catalog(CATALOG)
    site.write(CATALOG, po.render(po.replaced(catalog, map(with_draft, catalog.entries))))


def test_a_draft_that_a_person_wrote_over_on_the_page_is_reviewed(tmp_path):
    site = published(tmp_path, 'languages = ["ru"]\n[publish]\nmin = 1\n')
    drafted(site, "another item", "Тамом")
    (tmp_path / PAGE).unlink()
    site.compile()
    edit(site, "- another item", "- дигар")
    result = taken(site)
    found = entry(site, "another item")
    assert said(result) == []
    assert (found.targets, found.state, found.comments) == (("дигар",), State.REVIEWED, ("note",))
    with recollection.opened(site.load()) as memory:
        (row,) = recollection.weigh(site.load(), memory)
    assert (row.engine, row.judged) == ("google", 1)


def test_one_message_in_two_places_has_to_be_edited_in_both(tmp_path):
    site = published(tmp_path, hello="# Same\n\nText of it.\n\n## Same\n")
    content = site.read(PAGE)
    site.write(PAGE, content.replace("# ҶSame\n\nҶText", "# Нав\n\nМатн"))
    result = taken(site)
    assert said(result) == [f"error 1: {taking._SEVERAL.format(number=2)}"]
    assert [each.target for each in site.catalog(CATALOG).entries] == ["ҶSame", "Матн of it."]
    site.write(PAGE, site.read(PAGE).replace("ҶSame", "Нав"))
    assert said(taken(site)) == []
    edited = site.read(PAGE)
    assert site.compile().is_clean
    assert site.read(PAGE) == edited


def test_an_approved_text_that_is_newer_than_the_page_stays_and_both_are_kept(tmp_path):
    site = published(tmp_path)
    edit(site, "ҶHello", "Салом")
    site.translate(CATALOG, Hello="Дуруд", **{"one item": "як"})
    result = taken(site)
    found = entry(site, "Hello")
    assert (found.targets, found.comments) == (("Дуруд",), ("on the page: Салом",))
    assert any("another text that was approved meanwhile: it stays" in line for line in said(result))
    assert any("changed since the page was written" in line for line in said(result))
    before = site.snapshot()
    taken(site)
    assert site.snapshot() == before


def test_what_git_has_of_the_page_tells_who_changed_what(tmp_path):
    site = published(tmp_path)
    git(site, "init", "-q")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "one")
    edit(site, "ҶHello", "Салом")
    git(site, "commit", "-qam", "two")
    site.translate(CATALOG, **{"one item": "як", "First heading": "Сарлавҳа"})
    edit(site, "ҶFirst heading", "Дигар")
    result = taken(site)
    # the title was edited on the page only, the item in the catalog only, the heading in both
    assert entry(site, "Hello").targets == ("Салом",)
    assert (entry(site, "one item").targets, entry(site, "one item").comments) == (("як",), ())
    assert entry(site, "First heading").comments == ("on the page: Дигар",)
    assert len(result.problems) == 1
    assert result.notes == ("content/ru/hello.md: 2 texts taken",)


def git(site: Site, *arguments: str) -> None:
    import subprocess

    names = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *names, *arguments], cwd=site.folder, check=True, capture_output=True)


def test_an_edit_of_a_page_whose_source_changed_meanwhile_still_waits_for_review(tmp_path):
    site = published(tmp_path)
    edit(site, "ҶFirst heading", "Сарлавҳа")
    source = site.read("content/en/hello.md")
    site.write("content/en/hello.md", source.replace("First heading", "First big heading"))
    site.update()
    taken(site)
    found = entry(site, "First big heading")
    assert (found.targets, found.state) == (("Сарлавҳа",), State.STALE)
    states = [each.state for each in site.catalog(CATALOG).entries]
    assert states.count(State.REVIEWED) == len(states) - 1


def test_a_page_that_tarjuma_never_wrote_is_a_start_that_waits_for_review(tmp_path):
    site = made(tmp_path, hello=POST)
    site.update()
    own = POST.replace("Hello", "Салом").replace("one item", "як").replace("A paragraph", "Сархати")
    site.write(PAGE, own)
    result = taken(site)
    assert said(result) == []
    states = {each.target: each.state for each in site.catalog(CATALOG).entries}
    assert states["Салом"] is states["як"] is State.UNSURE
    assert states[""] is State.UNTRANSLATED
    assert result.notes == ("content/ru/hello.md: 3 texts taken",)


def test_a_foreign_page_of_other_blocks_is_left_alone(tmp_path):
    site = made(tmp_path, hello=POST)
    site.update()
    site.write(PAGE, "# Салом\n\nДигар.\n")
    before = site.snapshot()
    result = taken(site)
    assert said(result) == [f"error 0: {project_taking._OTHER.format(path='content/en/hello.md')}"]
    assert site.snapshot() == before


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("content/ru/none.md", "there is no such file"),
        ("content/ru", "is a folder"),
        ("content/en/hello.md", "is a source, not a localized page"),
        (CATALOG, "is a catalog: translators edit it"),
        ("tarjuma.toml", "is the localized page of no source of this project"),
    ],
)
def test_what_is_no_localized_page_is_refused_with_a_reason(tmp_path, path, message):
    with pytest.raises(UsageError) as caught:
        taken(published(tmp_path), path)
    assert caught.value.message.startswith(message)


def test_a_page_without_a_catalog_needs_an_update_first(tmp_path):
    site = published(tmp_path)
    (tmp_path / CATALOG).unlink()
    result = taken(site)
    assert said(result) == [f"error 0: its catalog {CATALOG} is not there yet: run `tarjuma update` first"]


def test_front_matter_that_cannot_be_read_any_more_is_said(tmp_path):
    site = published(tmp_path)
    edit(site, "title: ҶHello", "title: Салом: дунё")
    edit(site, "Ҷone item", "як")
    result = taken(site)
    assert entry(site, "one item").targets == ("як",)
    assert any(line.startswith("error 2: the front matter cannot be read") for line in said(result)), said(result)


def test_line_ends_that_git_changed_are_no_edit(tmp_path):
    site = published(tmp_path)
    site.write(PAGE, site.read(PAGE).replace("\n", "\r\n"))
    result = taken(site)
    assert (result.written, said(result)) == ((), [])


# --- publishing's own edits ---


def test_targets_of_links_and_ids_that_publishing_writes_go_back_to_the_sources():
    source = b"# About us\n\nSee [the team](/team/) and ![chart](chart.png), or [the team](/team/).\n"
    document = formats.parse(source, "a.md", Options())
    compiled = splice.compile(document, lambda segment: segment.key.text.replace("See", "Нигаред:"))
    text = compiled.source
    edits = [
        Edit("anchor", text.index(b"us\n") + 2, text.index(b"us\n") + 2, b" {#about-us}"),
        Edit("link", text.index(b"/team/"), text.index(b"/team/") + 6, b"/tg/team/"),
        Edit("link", text.rindex(b"/team/"), text.rindex(b"/team/") + 6, b"/tg/team/"),
        Edit("image", text.index(b"chart.png"), text.index(b"chart.png") + 9, b"../chart.tg.png"),
    ]
    written = Written(compiled, tuple(edits))
    page = written.content
    edited = page.replace("Нигаред: [the".encode(), "Бинед [ин".encode()).replace(b"About", b"Our")
    outcome = taking.taken(written, edited)
    assert [found.text for found in outcome.texts] == [
        "Our us", "Бинед [ин team](/team/) and ![chart](chart.png), or [the team](/team/).",
    ]  # fmt: skip
    assert outcome.left == ()
    assert not any(found.shown for found in outcome.texts)


HUGO = """\
languages = ["ru"]
preset = "hugo-dirs"
[publish]
min = 1
[front_matter]
comments = "copy-once"
"""


def hugo(folder: Path) -> Site:
    """Return a site whose pages say their state and lead to each other, compiled; one text has no translation."""
    other = "---\ntitle: Other\n---\nSee [the first](/hello/) again.\n"
    site = made(folder, HUGO, hello=POST.replace("date:", "comments: true\ndate:"), other=other)
    site.run()
    site.translate_all("ru")
    catalog = site.catalog(CATALOG)
    entries = [
        replace(each, targets=("",), raw=None) if each.key.text == "another item" else each for each in catalog.entries
    ]
    site.write(CATALOG, po.render(po.replaced(catalog, entries)))
    site.compile()
    return site


def test_a_page_that_says_its_state_says_another_when_all_of_it_was_taken(tmp_path):
    site = hugo(tmp_path)
    assert "state: mixed" in site.read(PAGE)
    edit(site, "- another item", "- дигараш")
    edited = site.read(PAGE)
    assert said(taken(site)) == []
    assert site.read(PAGE) == edited
    assert site.compile().is_clean
    after = site.read(PAGE)
    assert "state: complete" in after
    assert after.partition("\n# ")[2] == edited.partition("\n# ")[2]


def test_what_is_written_once_stays_its_editors(tmp_path):
    site = hugo(tmp_path)
    edit(site, "comments: true", "comments: false")
    edit(site, "ҶHello", "Салом")
    assert said(taken(site)) == []
    edited = site.read(PAGE)
    assert site.compile().is_clean
    assert site.read(PAGE) == edited


def test_a_field_that_publishing_writes_is_no_text(tmp_path):
    site = hugo(tmp_path)
    edit(site, "state: mixed", "state: complete")
    edit(site, "ҶHello", "Салом")
    result = taken(site)
    (problem,) = result.problems
    assert "is made when the page is written (field l10n" in problem.message
    assert entry(site, "Hello").targets == ("Салом",)
    assert PAGE not in site.compile().written


def test_links_that_lead_to_a_language_lead_to_the_source_in_the_catalog(tmp_path):
    site = hugo(tmp_path)
    page = "content/ru/other.md"
    assert "(/ru/hello/)" in site.read(page)
    edit(site, "[the first](/ru/hello/) again", "[якум](/ru/hello/) боз", page)
    edited = site.read(page)
    assert said(taken(site, page)) == []
    assert entry(site, "See [the first](/hello/) again.", "locales/ru/LC_MESSAGES/other.po").targets == (
        "ҶSee [якум](/hello/) боз.",
    )
    assert site.compile().is_clean
    assert site.read(page) == edited


# --- a thousand edits ---

INSERTED = [
    "сухан", "дар мактаби нав", "№ 5", "—", ";", "!", "?", "…", "«хона»", "“home”", '"дом"', "'як'", "(яъне)", "А: Б",
    "10:30", "3.5 %", "$5", "100%", "*муҳим*", "**муҳим**", "_нав_", "~~нав~~", r"\*", r"\_", "\\", "#", "-", "+", "=",
    "1.", "^", "~", "&amp;", "&nbsp;", "2 * 3", "x > y", "[қавс]", "a_b_c", "\u00a0", "  ", "e-mail", "‑", "́",
]  # fmt: skip
ONLY_PROSE = ["`код`", "x < y", "&", "|", "[", "]", "(", ")", "!", "`"]
"""Written otherwise in HTML and in tables."""


def words_of(text: str, is_html: bool) -> list[re.Match[str]]:
    """Return the words inside of sentences, not in code, links and tags."""
    tokens = inline.parse_plain(text) if is_html else inline.parse(text)
    prose = [(token.start, token.end) for token in tokens if token.kind is Kind.TEXT]
    found = re.finditer(r"(?<= )[^\W\d_]{2,}(?=[ ,.])", text)
    return [word for word in found if any(low <= word.start() and word.end() <= high for low, high in prose)]


def changed(text: str, chance: random.Random, inserted: list[str], *, is_html: bool) -> str | None:
    """Return a text after one edit inside of a sentence; None where it has no words."""
    words = words_of(text, is_html)
    if not words:
        return None
    word = chance.choice(words)
    what = chance.randrange(4)
    if what == 0:
        return text[: word.start()] + chance.choice(["сухани", "Нав", "word"]) + text[word.end() :]
    if what == 1:
        return text[: word.start()] + text[word.end() :].removeprefix(" ")
    return f"{text[: word.end()]} {chance.choice(inserted)}{text[word.end() :]}"


def edited_segment(page: Document, index: int, chance: random.Random) -> bytes | None:
    """Return the bytes of a segment after somebody edited its words in an editor."""
    segment = page.segments[index]
    if segment.syntax in ("markdown", "mdx", "html") and segment.style not in ("'", '"'):
        is_html = segment.syntax == "html"
        raw = page.source[segment.start : segment.end].decode()
        signs = INSERTED if is_html or segment.style == "TableCell" else INSERTED + ONLY_PROSE
        text = changed(raw, chance, signs, is_html=is_html)
        return text.encode() if text and text != raw else None
    # a value of front matter, or of an attribute: as whoever knows its syntax writes it
    text = changed(segment.key.text, chance, [each for each in INSERTED if "<" not in each], is_html=False)
    return formats.quote(page, segment, text) if text else None


def test_the_words_of_a_sentence_are_found():
    assert [word[0] for word in words_of("One two `three x` [four](/five six) seven.", False)] == ["two", "seven"]


def corpus(count: int) -> list[tuple[str, bytes]]:
    """Return posts of the corpora under names of a site: Markdown with LF and CRLF, and HTML."""
    found = sorted(path for path in CORPORA.rglob("*") if path.suffix in (".md", ".markdown"))
    found = [path for path in found if 500 < path.stat().st_size < 30_000 and "/po/" not in path.as_posix()]
    posts = []
    for number, path in enumerate(found[:: max(1, len(found) // count)]):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        if number % 4 == 1:
            content = content.replace(b"\n", b"\r\n")
        if number % 4 == 3:
            body = re.sub(rb"\A(---|\+\+\+)\n.*?\n\1\n", b"", content, flags=re.DOTALL)
            html = MarkdownIt("commonmark").enable("table").render(body.decode())
            content = f"---\ntitle: Number {number}\n---\n{html}".encode()
        posts.append((f"posts/{number}.{'html' if number % 4 == 3 else 'md'}", content))
    return posts


def sample() -> list[tuple[str, bytes]]:
    folder = Path(__file__).parents[1] / "content/en/posts"
    return [(f"sample/{path.name}", path.read_bytes()) for path in sorted(folder.glob("*.md"))]


def edited_pages(site: Site, chance: random.Random) -> dict[str, int]:
    """Edit the pages of a site, up to four texts of each; return how many texts of which page."""
    project = site.load()
    counts: dict[str, int] = {}
    for post in project.posts:
        path = post.source.layout.target(post.source.path, "ru")
        if not post.document or not (site.folder / path).exists():
            continue
        source = post.document
        page = formats.parse((site.folder / path).read_bytes(), path, source.options)
        assert len(page.segments) == len(source.segments)
        often = Counter(segment.key for segment in source.segments)
        able = [index for index, segment in enumerate(source.segments) if is_editable(segment, page, index, often)]
        chosen = sorted(chance.sample(able, min(len(able), 4)))
        content = page.source
        for index in reversed(chosen):
            new = edited_segment(page, index, chance)
            if new is None:
                continue
            segment = page.segments[index]
            content = content[: segment.start] + new + content[segment.end :]
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            site.write(path, content)
    return counts


def is_editable(segment: Segment, page: Document, index: int, often: Counter) -> bool:
    """Whether a text is translated, stands once, and is written on one line."""
    return (
        page.segments[index].key.text != segment.key.text
        and often[segment.key] == 1
        and b"\n" not in page.source[page.segments[index].start : page.segments[index].end]
    )


def site_of_many(folder: Path, config: str) -> Site:
    """Return a site of the sample's posts and the corpora's, with a translation of every text, compiled."""
    site = made(folder, f'languages = ["ru"]\n{config}[publish]\nmin = 1\n', hello=POST)
    for name, content in [*sample(), *corpus(120)]:
        site.write(f"content/en/{name}", content)
    site.run()
    site.translate_all("ru")
    site.compile()
    return site


@needs_corpora
@pytest.mark.parametrize(
    ("config", "wanted"),
    [
        ("", 600),
        ('preset = "hugo-dirs"\n', 200),
        ('preset = "docusaurus"\nsource = "content/en"\n', 100),
        ('preset = "pelican"\nsource = "content/en"\n', 100),
    ],
)
def test_a_thousand_edits_inside_of_sentences_come_back_byte_for_byte(tmp_path, config, wanted):
    chance = random.Random(5)
    site = site_of_many(tmp_path, config)
    total = 0
    while total < max(wanted, EXAMPLES * wanted // 10_000):
        counts = edited_pages(site, chance)
        total += sum(counts.values())
        pages = {path: (tmp_path / path).read_bytes() for path in counts}
        result = project_taking.take(site.load(), counts)
        assert said(result) == []
        assert sum(int(re.search(r": (\d+) text", note)[1]) for note in result.notes) == sum(counts.values())
        assert not [problem for problem in site.compile().problems if problem.check == "foreign-page"]
        after = {path: without_ids((tmp_path / path).read_bytes()) for path in counts}
        assert [path for path in pages if after[path] != without_ids(pages[path])] == []


def without_ids(page: bytes) -> bytes:
    """Return a page without the ids that publishing writes behind headings: one that was edited may need one."""
    return re.sub(rb"(?m)^(#.*?) \{:? ?#[^{}\n]*\}", rb"\1", page)


HAZARDS = [
    "# ", "- ", "\n", "\n\n", "  ", "\t", "*", "**", "`", "```\n", "<b>", "</b>", "<!-- x -->", "{{ x }}", "{% y %}",
    "[x](/y)", "](", "|", "> ", "1. ", "---\n", "\n---\n", ": ", "'", '"', "\\", "&", "&amp;", "\r\n", "\r", "\u2028",
    "word ", "Салом ", "{#id}", "[^1]", "![a](b.png)", "~~", "==", "\0", "title: x\n",
]  # fmt: skip


def mangled(text: str, chance: random.Random) -> str:
    """Return a page after something was typed, deleted or moved anywhere in it."""
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        place = chance.randrange(len(text) + 1)
        kind = chance.randrange(4)
        if kind < 2:
            text = text[:place] + chance.choice(HAZARDS) + text[place:]
        elif kind == 2:
            text = text[:place] + text[place + chance.choice([1, 2, 5, 30]) :]
        else:
            end = min(len(text), place + chance.choice([1, 3, 80]))
            text = text[:place] + text[end : end + 10] + text[place:end] + text[end:]
    return text


@needs_corpora
def test_whatever_is_done_to_a_page_comes_back_byte_for_byte_or_is_reported():
    chance = random.Random(7)
    pages = []
    for name, content in corpus(60):
        document = formats.parse(content, name, Options())
        compiled = splice.compile(document, pseudo)
        pages.append((document, Written(compiled), compiled.source.decode()))
    silent = 0
    for _ in range(max(300, EXAMPLES // 5)):
        document, written, text = chance.choice(pages)
        edited = mangled(text, chance).encode()
        try:
            outcome = taking.taken(written, edited)
        except SourceError:
            continue
        if outcome.left or any(found.shown for found in outcome.texts):
            continue
        said_now = {document.segments[found.index].key: found.text for found in outcome.texts}
        back = splice.compile(document, lambda segment, said_now=said_now: said_now.get(segment.key) or pseudo(segment))
        # kinds of line ends are no edit: Git changes them
        assert back.source.replace(b"\r\n", b"\n") == edited.replace(b"\r\n", b"\n")
        silent += 1
    assert silent > 50


def pseudo(segment: Segment) -> str | None:
    """Return a translation of most texts."""
    return f"Ҷ{segment.key.text}" if len(segment.key.text) % 5 else None


def test_a_page_that_nobody_edited_stays_current(tmp_path: Path) -> None:
    site = published(tmp_path)
    before = site.snapshot()
    taken(site)
    assert site.snapshot() == before
    status, _ = project.status(site.load())
    assert {post.page for post in status.posts} == {PageState.CURRENT}
