"""Real generators build localized posts as docs/publishing.md says, and what they build is what readers need."""

import os
import re
import tomllib

import pytest

from tests import sites
from tests.sites import generators, inspector, jekyll, node, posts

GENERATORS = (*generators.GENERATORS, *node.GENERATORS, *jekyll.GENERATORS)
BUILT = {}


@pytest.fixture(params=GENERATORS, ids=str)
def site(request, tmp_path_factory):
    """A built site, and its pages as the inspector reads them; the same for all test processes."""
    generator = request.param
    if generator not in BUILT:
        base = tmp_path_factory.getbasetemp()
        shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
        built = sites.built(generator, shared)
        BUILT[generator] = built, inspector.read(built.output, sites.BASE)
    return BUILT[generator]


def pages(site):
    """(language, name of a post, its page or None) of all posts and languages."""
    built, read = site
    for code in codes(site):
        for name in built.names:
            yield code, name, read.pages.get(built.generator.url(name, code))


def codes(site):
    """All languages of the site."""
    return ("en", *site[0].generator.languages)


def localized(site):
    """The same, for the pages that should be there."""
    return [(code, name, page) for code, name, page in pages(site) if page and site[0].state(name, code)]


def test_every_post_has_a_page_at_its_address_in_every_language_it_is_translated_into(site):
    built, _ = site
    missing = [(code, name) for code, name, page in pages(site) if built.state(name, code) and page is None]
    assert missing == []


def test_pages_say_which_language_they_are_in(site):
    assert [(page.url, page.lang) for code, _, page in localized(site) if page.lang != code] == []


def test_titles_are_localized(site):
    built, _ = site
    wrong = [
        (page.url, page.headings)
        for code, name, page in localized(site)
        if [each.strip() for each in page.headings] != [built.title(name, code)]
        or built.title(name, code) not in page.title
    ]
    assert wrong == []


def test_dates_are_localized(site):
    built, _ = site
    if not built.generator.dates:
        pytest.skip(f"skipped: {built.generator} shows no dates")
    shown = {code: page.times for code, name, page in localized(site) if name == "hello"}
    assert shown == {code: [built.generator.dates[code]] for code in codes(site)}


def test_pages_name_their_translations_to_readers(site):
    built, read = site
    wrong = []
    for code, name, page in localized(site):
        others = {other for other in codes(site) if other != code and built.state(name, other)}
        menu = {language: read.page(read.target(page, link) or "") for language, link in page.menu.items()}
        expected = {other: read.pages.get(built.generator.url(name, other)) for other in others}
        if {language: there for language, there in menu.items() if language != code} != expected:
            wrong.append((page.url, page.menu))
    assert wrong == []


def test_a_translated_post_holds_no_text_of_its_source(site):
    built, _ = site
    left = []
    for code, name, page in localized(site):
        if code == "en" or built.state(name, code) in ("mixed", "fallback"):
            continue
        text = " ".join(page.article.split())
        sources = [
            source for source, target in built.targets(name, code).items() if source != target and len(source) > 3
        ]
        left += [(page.url, source) for source in sources if plain(source) in text]
        if not posts.SAMPLE.joinpath(f"{name}.md").exists():
            left += [(page.url, word) for word in re.findall(r"[A-Za-z]{3,}", text)]
    assert left == []


def plain(source):
    """A message of the posts without its markup."""
    return re.sub(r"!?\[(.*?)\](\(.*?\)|\[.*?\])|[*`]", r"\1", source)


def test_links_lead_to_pages_files_and_headings_that_are_there(site):
    built, read = site
    faults = [fault for _, _, page in localized(site) for fault in inspector.broken_links(read, page)]
    assert [fault for fault in faults if built.generator.has_ids or "to no heading" not in fault] == []


def test_links_between_posts_stay_in_the_language_where_they_can(site):
    built, read = site
    homes = {built.generator.url(name, code): (name, code) for name in built.names for code in codes(site)}
    strayed = []
    for code, _, page in localized(site):
        for link in page.links:
            there = read.page(read.target(page, link) or "")
            name, other = homes.get(there.url, ("", code)) if there else ("", code)
            if other != code and (built.state(name, code) or other != "en"):
                strayed.append((page.url, link))
    assert strayed == []


def test_no_image_is_missing(site):
    _, read = site
    assert [fault for page in read.pages.values() for fault in inspector.missing_images(read, page)] == []
    assert {page.url for _, name, page in localized(site) if name == "courses" and not page.images} == set()


def test_a_language_gets_its_own_picture_where_there_is_one(site):
    _, read = site
    shown = {
        code: picture(read.file(read.target(page, page.images[0])))
        for code, name, page in localized(site)
        if name == "courses"
    }
    assert shown == {code: "chart.tg.png" if code == "tg" else "chart.png" for code in codes(site)}


def picture(file):
    """The name that a picture has among the posts: by its content, or by its name where it is encoded anew."""
    if file.suffix == ".webp":
        return re.sub(r"\.[^.]+\.webp$", ".png", file.name)
    return next(name for name, content in posts.FILES.items() if content == file.read_bytes())


def test_hreflang_pairs_are_mutual_and_have_an_x_default(site):
    _, read = site
    assert [fault for _, _, page in localized(site) for fault in inspector.hreflang_faults(read, page, "en")] == []


def test_hreflang_names_every_translation_that_is_not_hidden(site):
    built, _ = site
    wrong = []
    for _, name, page in localized(site):
        expected = {other for other in codes(site) if built.state(name, other) not in (None, "mixed", "mt")} | {
            "x-default"
        }
        if not page.is_hidden and {language for language, _ in page.alternates} != expected:
            wrong.append((page.url, page.alternates))
    assert wrong == []


def test_sitemaps_and_feeds_list_no_page_that_is_missing_or_hidden(site):
    _, read = site
    assert list(inspector.listing_faults(read)) == []


def test_sitemap_and_feeds_list_the_localized_pages(site):
    _, read = site
    listed = {address for addresses in inspector.listed(read).values() for address in addresses}
    wanted = [sites.BASE + page.url for _, _, page in localized(site) if not page.is_hidden]
    assert [address for address in wanted if address not in listed] == []


def test_pages_say_what_is_not_finished_about_them(site):
    built, _ = site
    wrong = []
    for code, name, page in localized(site):
        state = built.state(name, code)
        if page.state != ("" if state == "complete" else state) or bool(page.banner) != (state != "complete"):
            wrong.append((page.url, page.state, page.banner, state))
        if page.is_hidden != (state in ("mixed", "mt")):
            wrong.append((page.url, page.robots, state))
    assert wrong == []


def test_what_is_not_translated_far_enough_has_no_page(site):
    built, _ = site
    found = [(page.url, page.lang) for code, name, page in pages(site) if page and built.state(name, code) is None]
    assert [each for each in found if not (built.generator.falls_back and each[1])] == []


def test_a_second_run_changes_nothing(site):
    built, _ = site
    files = (path for path in built.folder.rglob("*") if path.is_file() and ".tarjuma" not in path.parts)
    before = {path: path.stat().st_mtime_ns for path in files}
    sites.run(built.folder, "tarjuma run -q")
    assert [path for path, time in before.items() if path.stat().st_mtime_ns != time] == []


def test_the_recipe_of_zola_is_read_not_run():
    files = sites.recipe("zola").files
    codes = tomllib.loads(files["tarjuma.toml"])["languages"]
    assert list(tomllib.loads(files["config.toml"])["languages"]) == codes
    pytest.skip("skipped: zola is in none of the registries that `make test-sites` installs from")
