"""The front matter of localized pages: what each action does to a field, and that nothing else changes (law 4)."""

from dataclasses import replace
from functools import cache

import pytest

from tarjuma import formats, langs, presets
from tarjuma.config import Publishing
from tarjuma.errors import SourceError
from tarjuma.model import Options
from tarjuma.presets import Action, Kind
from tarjuma.publish import applied, fields, undone
from tarjuma.publish.state import PageFacts
from tarjuma.syntax import fields as syntax
from tarjuma.syntax import frontmatter
from tarjuma.syntax.fieldtree import same
from tests import site as sites
from tests.laws import CORPORA, needs_corpora

PAGE = PageFacts(
    source="posts/hello.md", path="content/posts/hello.tg.md", root="content", language=langs.language("tg"),
    spelled="tg", url="/tg/posts/hello/", source_url="/posts/hello/", state="mixed", hash="3f9c1d2ab4e0", percent=83,
    translated="2024-05-06", title="Салом, ҷаҳон",
)  # fmt: skip
TERMS = {("tag", "education"): "маориф", ("category", "News"): "Хабарҳо: нав", ("tag", "big data"): "маълумоти калон"}


def publishing(actions, preset=None, **others):
    kinds = {
        path: Action(Kind(action)) if isinstance(action, str) else Action(Kind.SET, action["set"])
        for path, action in actions.items()
    }
    return Publishing(preset=presets.named(preset) if preset else None, actions=tuple(kinds.items()), **others)


def localized(source, rules, page=PAGE, existing=None, spliced=None, taken=()):
    pelican = bool(rules.preset and rules.preset.pelican)
    document = formats.parse(source.encode(), "content/posts/hello.md", Options(pelican=pelican))
    content = (spliced or source).encode()
    there = existing.encode() if existing is not None else None
    edits = fields.front(content, document, rules, page, TERMS, there, taken).edits
    after = applied(content, edits)
    assert undone(after, content, edits) == content
    return after.decode()


def front(text):
    return f"---\n{text}---\nBody\n"


@pytest.mark.parametrize(
    ("actions", "before", "after"),
    [
        ({"lang": {"set": "{lang}"}}, "title: x\n", "title: x\nlang: tg\n"),
        ({"lang": {"set": "{lang}"}}, "lang: en # own\n", "lang: tg # own\n"),
        ({"key": {"set": "{source}|{slug}|{stem}|{x}"}}, "", 'key: "posts/hello.md|hello|hello|{x}"\n'),
        ({"key": {"set": "{slug}"}}, "slug: other\n", "slug: other\nkey: other\n"),
        ({"extra.a": {"set": [1, "{lang}"]}}, "", "extra: {a: [1, tg]}\n"),
        ({"r.*.lang": {"set": "tg"}}, "r:\n- lang: en\n- x: 1\n", "r:\n- lang: tg\n- x: 1\n"),
        ({"a": "copy", "*": {"set": "z"}}, "a: 1\nb: 2\n", "a: 1\nb: z\n"),
        ({"aliases": "drop"}, "aliases: [/a]\nb: 1\n", "b: 1\n"),
        ({"r.*.src": "drop"}, "r:\n- src: a\n  b: 1\n", "r:\n- b: 1\n"),
        ({"tags": "map"}, "tags: [education, 'x']\n", "tags: [маориф, 'x']\n"),
        ({"tags": "map"}, "tags:\n- education # a\n", "tags:\n- маориф # a\n"),
        ({"categories": "map"}, "categories: News\n", 'categories: "Хабарҳо: нав"\n'),
        ({"taxonomies.tags": "map"}, "taxonomies: {tags: [big data]}\n", "taxonomies: {tags: [маълумоти калон]}\n"),
        ({"tags": "map"}, "tags: 5\n", "tags: 5\n"),
        ({"tags": "copy"}, "tags: [education]\n", "tags: [education]\n"),
    ],
)
def test_each_action_changes_its_field_and_nothing_else(actions, before, after):
    assert localized(front(before), publishing(actions)) == front(after)


@pytest.mark.parametrize(
    ("preset", "before", "after"),
    [
        ("jekyll", "tags: education news\n", "tags: [маориф, news]\n"),
        ("nikola", "tags: education, news\n", 'tags: "маориф, news"\n'),
        ("hugo", "tags: [education]\n", "tags: [education]\n"),
        ("hugo-dirs", "tags: [education]\n", "tags: [education]\n"),
    ],
)
def test_terms_are_split_as_the_generator_splits_them_and_stay_where_they_have_pages(preset, before, after):
    assert localized(front(before), publishing({"tags": "map"}, preset)) == front(after)


def test_pelicans_fields_are_lines():
    rules = publishing({"tags": "map", "lang": {"set": "{lang}"}, "slug": {"set": "{slug}"}}, "pelican", state=True)
    after = localized("Title: It’s a title\nTags: education, x\n\nBody\n", replace(rules))
    assert after == (
        "Title: It’s a title\nTags: маориф, x\nLang: tg\nSlug: its-a-title\nL10n_source: posts/hello.md\n"
        "L10n_hash: 3f9c1d2ab4e0\nL10n_state: mixed\nL10n_percent: 83\nL10n_translated: 2024-05-06\n\nBody\n"
    )


def test_what_is_written_once_is_its_editors():
    rules = publishing({"featured": "copy-once", "comments": "copy-once"})
    source = front("title: x\nfeatured: false\ncomments: true\n")
    assert localized(source, rules) == source
    edited = front("title: x\nfeatured: 3 # mine\n")
    after = localized(source, rules, existing=edited)
    assert after == front("title: x\nfeatured: 3\n")
    assert localized(front("title: x\n"), rules, existing=edited) == front("title: x\nfeatured: 3\n")
    neutral = [fields.neutral(each.encode(), rules) for each in (source, edited, after)]
    assert neutral == [front("title: x\n").encode()] * 3


@pytest.mark.parametrize("content", ["Body\n", "---\na: b: c\n---\n", "---\n- x\n---\n"])
def test_a_page_without_readable_fields_is_its_own_neutral_form(content):
    assert fields.neutral(content.encode(), publishing({"a": "copy-once"})) == content.encode()


def test_a_slug_is_made_of_the_localized_title_once():
    rules = publishing({"slug": "slugify"}, slugs={"tg": "translit"})
    source = front("title: Hello\nslug: hello\n")
    assert localized(source, rules) == front("title: Hello\nslug: salom-jahon\n")
    assert localized(source, rules, taken=("salom-jahon",)) == front("title: Hello\nslug: salom-jahon-2\n")
    assert localized(source, rules, existing=front("slug: own\n")) == front("title: Hello\nslug: own\n")
    assert localized(front("title: Hello\n"), rules, existing=front("title: x\n")) == front("title: Hello\n")
    assert localized(source, rules, page=replace(PAGE, title="Hello")) == source
    assert localized(source, replace(rules, slugs={"tg": "unicode"})) == front("title: Hello\nslug: салом-ҷаҳон\n")
    assert localized(source, replace(rules, slugs={})) == source


def test_a_page_gets_no_slug_that_would_part_it_from_its_source():
    rules = publishing({"permalink": "slugify"}, "jekyll-polyglot", slugs={"tg": "translit"})
    linked = front("title: Hello\npermalink: /hello/\npage_id: hello\n")
    alone = front("title: Hello\npermalink: /hello/\n")
    assert localized(linked, rules) == linked.replace("/hello/", "/salom-jahon/")
    assert localized(alone, rules) == alone
    assert localized(alone, rules, existing=front("permalink: /own/\n")) == alone.replace("/hello/", "/own/")
    document = formats.parse(alone.encode(), "_posts/hello.md", Options())
    (problem,) = fields.front(alone.encode(), document, rules, PAGE, {}, None).problems
    assert problem.message.startswith("slug stays as it is: ")
    assert "`page_id`" in problem.message


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("permalink", "permalink: /news/hello/\n", "permalink: /news/salom-jahon/\n"),
        ("permalink", "permalink: /news/hello.html\n", "permalink: /news/salom-jahon.html\n"),
        ("url", "a: 1\n", "a: 1\nurl: /tg/posts/salom-jahon/\n"),
    ],
)
def test_a_slug_is_the_last_step_of_a_whole_address(path, before, after):
    rules = publishing({path: "slugify"}, slugs={"tg": "translit"})
    assert localized(front(before), rules) == front(after)


def test_a_page_says_its_state_and_stays_out_of_lists():
    said = '{source: posts/hello.md, hash: "3f9c1d2ab4e0", state: mixed, percent: 83, translated: "2024-05-06"}'
    rules = publishing({}, "zola", state=True)
    after = localized(front("title: x\n"), rules, page=replace(PAGE, is_unlisted=True))
    assert after == front(f"title: x\nextra: {{l10n: {said}, noindex: true}}\nin_search_index: false\n")
    drafts = publishing({}, publish_drafts=frozenset({"tg"}))
    assert localized(front("title: x\n"), drafts) == front(f"title: x\nl10n: {said}\n")


def test_a_summary_is_cut_again():
    source = "---\nexcerpt: One two three…\n---\nOne two three four five six.\n"
    after = localized(
        source, publishing({}), spliced=source.replace("One two three four five six", "Як ду се чор панҷ шаш")
    )
    assert after == "---\nexcerpt: Як ду се…\n---\nЯк ду се чор панҷ шаш.\n"


def test_what_cannot_be_done_is_told():
    rules = publishing({"lang": {"set": "tg"}, "a.b": {"set": 1}})

    def told(source):
        document = formats.parse(source.encode(), "content/posts/hello.md", Options())
        return [each.message for each in fields.front(source.encode(), document, rules, PAGE, {}, None).problems]

    assert told(front("a: x\n")) == ["a.b stays as it is: a holds no fields, so a.b cannot be set"]
    (slip,) = told("---\ntitle: {{ x }}\ny: : z\n---\n")
    assert slip.startswith("the front matter cannot be read")
    assert localized("---\ntitle: {{ x }}\ny: : z\n---\n", rules) == "---\ntitle: {{ x }}\ny: : z\n---\n"


def test_a_file_of_html_without_front_matter_gets_none():
    document = formats.parse(b"<p>Hello</p>", "a.html", Options())
    found = fields.front(b"<p>Hello</p>", document, publishing({"lang": {"set": "tg"}}), PAGE, {}, None)
    assert found == fields.Front((), ())


@needs_corpora
@pytest.mark.parametrize("preset", presets.names())
def test_law_4_holds_for_every_preset_and_action_over_the_corpora(preset):
    chosen = presets.named(preset)
    own = {
        "tags": Action(Kind.MAP), "categories": Action(Kind.MAP), "layout": Action(Kind.COPY_ONCE),
        "weight": Action(Kind.DROP), "slug": Action(Kind.SLUGIFY),
    }  # fmt: skip
    slugs = {"tg": "copy" if chosen.links_by_slug else "translit"}
    rules = Publishing(preset=chosen, state=True, actions=(*own.items(), *chosen.actions.items()), slugs=slugs)
    page = replace(PAGE, is_unlisted=True)
    named = {path.split(".")[0].lower() for path, _ in rules.actions} | {
        path.split(".")[0] for path in (chosen.state_field, *chosen.unlisted)
    }
    count = 0
    for document in posts(chosen.pelican):
        source, options = document.source, document.options
        before = syntax.read(source, options)
        found = fields.front(source, document, rules, page, TERMS, None)
        edits = found.edits
        assert edits
        assert not found.problems
        content = applied(source, edits)
        after = syntax.read(content, options)
        assert undone(content, source, edits) == source
        assert content.endswith(source[frontmatter.find(source, options).body :])
        assert "lang" not in named or after["lang"] == "tg"
        for key in {*before, *after}:
            if key.lower() not in named and not key.startswith(("l10n", "extra", "build", "sitemap")):
                assert same(before.get(key), after.get(key)), (document.path, key)
        count += 1
    assert count > (400 if chosen.pelican else 800)


@cache
def posts(pelican):
    """Every post of the corpora with front matter; for Pelican those with lines of its own."""
    options = Options(pelican=pelican)
    found = []
    for path in sorted(CORPORA.rglob("*.md")):
        source = path.read_bytes()
        try:
            block = frontmatter.find(source, options)
        except SourceError:
            continue
        if block and (not pelican or block.syntax == "pelican"):
            # the fields are all that matters here, and the body costs a hundred times as much to read
            text = source[: block.body] + b"Body\n"
            found.append(formats.parse(text, str(path), options))
    return found


def test_an_editors_fields_survive_the_next_compile(tmp_path):
    where = 'source = "content/en"\noutput = "content/{lang}/{path}"\n'
    config = f'languages = ["tg"]\n{where}[front_matter]\nfeatured = "copy-once"\n'
    site = sites.made(tmp_path, config, hello="---\ntitle: Hello\nfeatured: false\n---\nOne.\n")
    site.run()
    site.translate_all("tg")
    site.compile()
    page = site.read("content/tg/hello.md")
    site.write("content/tg/hello.md", page.replace("featured: false", "featured: 3"))
    assert not site.compile().changes
    site.translate("locales/tg/LC_MESSAGES/hello.po", Hello="Салом")
    assert site.compile().is_clean
    assert site.read("content/tg/hello.md") == "---\ntitle: Салом\nfeatured: 3\n---\nҶOne.\n"
    site.write("content/tg/hello.md", site.read("content/tg/hello.md").replace("ҶOne", "Як"))
    site.translate("locales/tg/LC_MESSAGES/hello.po", Hello="Салом!")
    assert [problem.check for problem in site.compile().problems] == ["foreign-page"]
