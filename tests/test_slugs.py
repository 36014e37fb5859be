"""Slugs are made of titles in the letters of each language, and never longer than an address may be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import langs, project
from tarjuma.errors import ConfigError
from tarjuma.presets import named
from tarjuma.publish import slugs
from tests.laws import EXAMPLES


@pytest.mark.parametrize(
    ("code", "title", "slug"),
    [
        ("ru", "Щука съела ёжика: ещё раз!", "shchuka-sela-yozhika-eshchyo-raz"),
        ("tg", "Хабарҳо ва чорабиниҳо", "khabarho-va-chorabiniho"),
        ("tg", "Ҷавонон, ғайр, қишлоқ, забони тоҷикӣ, ӯ", "javonon-ghayr-qishloq-zaboni-tojiki-u"),
        ("be", "Ўзровень гарыць, еўра і сьнег", "uzroven-haryts-eura-i-sneh"),
        ("uk", "Згода, ґанок і мʼята", "zhoda-ganok-i-myata"),
        ("kk", "Қазақ әліпбиі: ғылым, өнер, үй", "qazaq-alipbii-ghylym-oner-uy"),
        ("ky", "Кыргыз тили: өмүр, жаңы", "kyrgyz-tili-omur-zhangy"),
        ("uz", "Oʻzbek tili: gʻalaba, maʼno", "ozbek-tili-galaba-mano"),
        ("uz-Cyrl", "Ўзбек тили: ғалаба, чўл", "uzbek-tili-ghalaba-chul"),
        ("az", "İstanbul və Azərbaycan dili: şəkil, ılıq", "istanbul-ve-azerbaycan-dili-sekil-iliq"),
        ("tk", "Türkmen dili: şäher, ýyl, ň", "turkmen-dili-saher-yyl-n"),
        ("hy", "Հայերեն լեզու, ուսուցիչ, Երևան", "hayeren-lezu-usutsich-yerevan"),
        ("ka", "ქართული ენა: წყალი, ჩაი", "kartuli-ena-tsqali-chai"),
        ("ro", "Ștrand și țară, înăuntru", "strand-si-tara-inauntru"),
    ],
)
def test_titles_are_transliterated_as_their_language_is(code, title, slug):
    assert slugs.slug(title, langs.language(code), "translit") == slug


@pytest.mark.parametrize(
    ("code", "title", "slug"),
    [
        ("tg", "Хабарҳо ва «чорабиниҳо»!", "хабарҳо-ва-чорабиниҳо"),
        ("az", "İstanbul Işıq", "istanbul-ışıq"),
        ("uz", "Oʻzbek maʼno it's", "oʻzbek-maʼno-its"),
        ("hy", "Ռուս և Հայ", "ռուս-և-հայ"),
        ("ru", "A/B: ../../x", "a-b-x"),
    ],
)
def test_slugs_may_keep_the_letters_of_their_language(code, title, slug):
    assert slugs.slug(title, langs.language(code), "unicode") == slug


@pytest.mark.parametrize("title", ["", "!?", "…", "../..", "«»"])
def test_a_title_without_letters_has_no_slug(title):
    assert slugs.slug(title, langs.language("ru"), "translit") == ""


def test_a_long_slug_ends_at_a_word():
    slug = slugs.slug("слово " * 40, langs.language("ru"), "translit")
    assert slug == "-".join(["slovo"] * 16)
    assert slugs.slug("ы" * 300, langs.language("ru"), "translit") == "y" * 100


@given(
    title=st.text(max_size=200), way=st.sampled_from(["translit", "unicode"]), code=st.sampled_from(["ru", "hy", "az"])
)
@settings(max_examples=EXAMPLES // 4, deadline=None)
def test_a_slug_is_one_step_of_an_address(title, way, code):
    slug = slugs.slug(title, langs.language(code), way)
    assert len(slug) <= slugs.LONGEST
    assert not set(slug) & set("/\\.?#% \n\0:")
    assert way == "unicode" or slug.isascii()
    assert slugs.slug(slug, langs.language(code), way) == slug or way == "translit"


def test_a_slug_that_another_page_has_is_numbered():
    assert slugs.unique("hello", {"hello", "hello-2"}) == "hello-3"
    assert slugs.unique("hello", ()) == "hello"
    assert slugs.unique("y" * 100, {"y" * 100}) == "y" * 98 + "-2"
    assert slugs.unique("", {""}) == ""


@pytest.mark.parametrize(
    ("preset", "fields", "path", "slug"),
    [
        ("hugo", {"slug": "own"}, "posts/hello.md", "own"),
        ("hugo", {"Slug": "own"}, "posts/hello.md", "own"),
        ("hugo", {"title": "Hello"}, "posts/hello.md", "hello"),
        ("hugo", {}, "posts/hello/index.md", "hello"),
        ("jekyll", {}, "_posts/2024-05-06-hello.md", "hello"),
        ("pelican", {"title": "It’s a “title”, <b>C++</b> & Ё"}, "hello.md", "its-a-title-c-e"),
        ("pelican", {"title": "T", "slug": "own"}, "hello.md", "own"),
        ("pelican", {}, "hello.md", "hello"),
        ("lektor", {"_slug": "own"}, "hello/contents.lr", "own"),
        ("lektor", {}, "hello/contents.lr", "hello"),
    ],
)
def test_the_slug_of_a_source_is_the_one_that_its_generator_makes(preset, fields, path, slug):
    assert slugs.of_source(fields, path, named(preset)) == slug


@pytest.mark.parametrize("preset", ["pelican", "docusaurus", "starlight"])
@pytest.mark.parametrize(
    "asked", ['[languages.ru]\nslug = "translit"', 'languages = ["ru"]\n[front_matter]\nslug = "slugify"']
)
def test_where_equal_slugs_link_translations_no_language_has_its_own(preset, asked, tmp_path):
    (tmp_path / "posts").mkdir()
    conf = tmp_path / "tarjuma.toml"
    conf.write_text(f'preset = "{preset}"\nsource = "posts"\n{asked}\n')
    with pytest.raises(ConfigError, match="knows translations by their equal slugs") as caught:
        project.load(tmp_path)
    assert caught.value.hint
    conf.write_text(conf.read_text().replace("translit", "copy").replace("slugify", "copy"))
    assert project.load(tmp_path)
