"""Tags and categories are translated once for the whole site, in the catalog `_terms`."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tarjuma import po, presets
from tarjuma.config import Publishing
from tarjuma.model import Options
from tarjuma.presets import Action, Kind
from tarjuma.project import gaps, overview
from tarjuma.publish import terms
from tests import site as sites

HELLO = "---\ntitle: Hello\ntags: [News, big data]\ncategories: News\n---\nText one.\n"
OTHER = "---\ntitle: Other\ntags:\n- News\n- '2024'\n---\nText two.\n"
CONFIG = """\
languages = ["ru", "tg"]
source = "content/en"
output = "content/{lang}/{path}"

[front_matter]
tags = "map"
categories = "map"
"""
TERMS = "locales/tg/LC_MESSAGES/_terms.po"


def made(folder, config=CONFIG, **posts):
    return sites.made(folder, config, **(posts or {"hello": HELLO, "other": OTHER}))


def reviewed(site, path=TERMS, **targets):
    catalog = site.catalog(path)
    entries = []
    for entry in catalog.entries:
        target = targets[f"{entry.key.context}_{entry.key.text}".replace(" ", "_")]
        entries.append(replace(entry, targets=(target,), is_fuzzy=False, raw=None))
    site.write(path, po.render(po.replaced(catalog, entries)))


@pytest.mark.parametrize(
    ("path", "context"),
    [
        ("tags", "tag"),
        ("Tags", "tag"),
        ("tags.0", "tag"),
        ("taxonomies.tags.3", "tag"),
        ("category", "category"),
        ("categories", "category"),
        ("series", "series"),
        ("extra.mood", "mood"),
    ],
)
def test_the_context_of_a_term_is_what_it_is_called(path, context):
    assert terms.context(path) == context


@pytest.mark.parametrize(
    ("preset", "source", "found"),
    [
        ("", "---\ntags: [a b, 5, '2024']\ncategories: News\n---\n", [("tag", "a b"), ("category", "News")]),
        ("jekyll", "---\ntags: a b\ncategory: c d\n---\n", [("tag", "a"), ("tag", "b"), ("category", "c d")]),
        ("nikola", "---\ntags: a, b c\n---\n", [("tag", "a"), ("tag", "b c")]),
        ("pelican", "Tags: a, b\nCategory: X, Y\n\n", [("tag", "a"), ("tag", "b"), ("category", "X, Y")]),
        ("pelican", "Tags: a, b; c\n\n", [("tag", "a, b"), ("tag", "c")]),
        ("zola", "+++\n[taxonomies]\ntags = ['a', 'b']\n+++\n", [("tag", "a"), ("tag", "b")]),
        ("", "---\ntags: [{name: a}, [b]]\n---\n", []),
        ("", "---\ntags: : x\n---\n", []),
        ("", "no front matter", []),
    ],
)  # fmt: skip
def test_the_terms_of_a_post_are_found_as_its_generator_splits_them(preset, source, found):
    names = ("tags", "categories", "category", "taxonomies.*")
    actions = tuple((name, Action(Kind.MAP)) for name in names)
    rules = Publishing(presets.named(preset) if preset else None, actions=actions)
    messages = terms.messages(source.encode(), "a.md", Options(pelican=preset == "pelican"), rules)
    assert [(each.key.context, each.key.text) for each in messages] == found
    assert all(each.places == ("a.md",) for each in messages)


@pytest.mark.parametrize(
    ("term", "folder"),
    [
        ("Machine Learning", "tags/machine-learning"),
        ("C++ & C#: x", ""),
        ("C#", "tags/c#"),
        ("Ёлка", "tags/ёлка"),
        ("İstanbul", "tags/istanbul"),
        ("a/b", "tags/a/b"),
        ("v1.0", "tags/v1.0"),
        ("../../x", ""),
        ("a//b", ""),
        ("what?", ""),
    ],
)
def test_a_term_has_the_folder_that_hugo_looks_in(term, folder):
    assert terms.folder("tags", term) == folder


def test_terms_are_extracted_translated_and_published(tmp_path):
    site = made(tmp_path)
    site.run()
    pot = site.catalog("locales/_terms.pot")
    assert [(entry.key.context, entry.key.text) for entry in pot.entries] == [
        ("tag", "News"),
        ("tag", "big data"),
        ("category", "News"),
    ]
    assert pot.entries[0].message.places == ("content/en/hello.md", "content/en/other.md")
    assert [(row.path, row.language) for row in overview.status(site.load())[0].posts if row.domain == "_terms"] == [
        ("locales/_terms.pot", "ru"),
        ("locales/_terms.pot", "tg"),
    ]
    site.translate_all("tg")
    reviewed(site, tag_News="хабар", tag_big_data="додаҳои калон", category_News="Хабарҳо")
    assert site.compile().is_clean
    assert "tags: [хабар, додаҳои калон]\ncategories: Хабарҳо\n" in site.read("content/tg/hello.md")
    assert "tags:\n- хабар\n- '2024'\n" in site.read("content/tg/other.md")
    assert not site.compile().changes
    reviewed(site, tag_News="Ахбор", tag_big_data="додаҳои калон", category_News="Хабарҳо")
    site.compile()
    assert "tags: [Ахбор, додаҳои калон]\n" in site.read("content/tg/hello.md")
    assert site.read("content/tg/other.md").count("Ахбор") == 1


def test_a_term_that_is_not_reviewed_stays(tmp_path):
    site = made(tmp_path)
    site.run()
    site.translate("locales/tg/LC_MESSAGES/hello.po")
    site.compile()
    assert "tags: [News, big data]\ncategories: News\n" in site.read("content/tg/hello.md")


def test_terms_that_are_gone_become_obsolete_and_come_back(tmp_path):
    site = made(tmp_path)
    site.run()
    reviewed(site, tag_News="хабар", tag_big_data="додаҳои калон", category_News="Хабарҳо")
    site.write("content/en/hello.md", HELLO.replace(", big data", ""))
    site.update()
    gone = [entry for entry in site.catalog(TERMS).entries if entry.is_obsolete]
    assert [(entry.key.text, entry.target) for entry in gone] == [("big data", "додаҳои калон")]
    site.write("content/en/hello.md", HELLO)
    site.update()
    assert not [entry for entry in site.catalog(TERMS).entries if entry.is_obsolete]


def test_without_map_there_is_no_catalog_of_terms(tmp_path):
    site = made(tmp_path, CONFIG.partition("[front_matter]")[0])
    site.run()
    assert not [path for path in site.files("locales") if "_terms" in path]


def test_a_site_without_terms_has_no_catalog_of_them(tmp_path):
    site = made(tmp_path, hello="---\ntitle: Hello\n---\nText.\n")
    assert site.run().is_clean
    assert not [path for path in site.files("locales") if "_terms" in path]


def test_hugo_gets_pages_of_terms_and_keeps_them_in_posts(tmp_path):
    config = 'languages = ["tg"]\npreset = "hugo"\nsource = "content"\n[front_matter]\ntags = "map"\n'
    site = sites.Site(tmp_path)
    site.write("tarjuma.toml", config)
    site.write("content/posts/hello.md", HELLO)
    site.write("content/posts/other.md", OTHER)
    site.write("content/tags/big-data/_index.md", "---\ntitle: Big Data\n---\n")
    site.run()
    site.translate_all("tg")
    reviewed(site, tag_News="Хабар: нав", tag_big_data="додаҳои калон")
    result = site.compile()
    assert result.is_clean
    assert "tags: [News, big data]\n" in site.read("content/posts/hello.tg.md")
    assert site.read("content/tags/news/_index.tg.md") == '---\ntitle: "Хабар: нав"\n---\n'
    assert "title: ҶBig Data\n" in site.read("content/tags/big-data/_index.tg.md")
    assert not site.compile().changes
    assert not site.update()[1].changes
    site.write("content/tags/news/_index.tg.md", "---\ntitle: My own\n---\n")
    reviewed(site, tag_News="Ахбор", tag_big_data="додаҳои калон")
    assert [problem.check for problem in site.compile().problems] == ["foreign-page"]
    assert site.read("content/tags/news/_index.tg.md") == "---\ntitle: My own\n---\n"


def test_terms_of_a_post_that_is_not_public_stay_on_this_machine(tmp_path):
    secret = "---\ntitle: Hidden\ndraft: true\ntags: [Secret plan]\n---\nText three.\n"
    site = made(tmp_path, hello=HELLO, hidden=secret)
    site.run()
    found = gaps.search(site.load(), gaps.Wish(languages=("tg",)), datetime.now(UTC))
    held = {task.gap.key.text: task.held for task in found.tasks if task.domain == "_terms"}
    assert held["News"] == held["big data"] == ""
    assert held["Secret plan"].startswith("content/en/hidden.md: ")
