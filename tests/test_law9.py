"""Law 9: without its named edits a published page is the spliced one, for every preset, on posts of real sites."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import presets, project
from tarjuma.project import pages, publishing
from tarjuma.project.versions import Texts, View
from tarjuma.publish import Edit, applied, undone
from tests.laws import CORPORA, EXAMPLES, needs_corpora
from tests.site import Site

POSTS = 12
"""Neighbours that make one site, so that some of their links lead to each other."""
SITES = 10_000 if os.environ.get("TARJUMA_DEEP") else 2
"""Of each preset."""


def groups() -> Iterator[list[Path]]:
    """Neighbouring posts of the corpora, and their tags."""
    for corpus in sorted(path for path in CORPORA.iterdir() if path.is_dir()):
        found = sorted(path for path in corpus.rglob("*.md") if " " not in path.name and path.stat().st_size < 60_000)
        for start in range(0, len(found), POSTS):
            yield found[start : start + POSTS]


def chosen(name: str) -> list[list[Path]]:
    """The sites on which a preset is tried: all of them in the deep run, others for each preset otherwise."""
    every = list(groups())
    first = presets.names().index(name) * SITES
    return every if len(every) <= SITES else [every[(first + step * 7) % len(every)] for step in range(SITES)]


def site_of(folder: Path, name: str, posts: list[Path]) -> Site:
    """A site of these posts that asks for every edit there is."""
    way = "copy" if presets.named(name).links_by_slug else "translit"
    source = presets.named(name).source.replace("{lang}", "en")
    site = Site(folder)
    table = f'preset = "{name}"\nlanguages = ["tg"]\nsource = "{source}"\npelican = {str(name == "pelican").lower()}\n'
    table += f'[publish]\nmin = 1\nindex_drafts = false\n[languages.tg]\nslug = "{way}"\n'
    site.write("tarjuma.toml", table.replace('languages = ["tg"]\n', ""))
    top = Path(os.path.commonpath([path.parent for path in posts]))
    for path in posts:
        below = path.relative_to(top).as_posix()
        site.write(f"{source}/{below}".lstrip("/"), path.read_bytes())
    return site


@needs_corpora
@pytest.mark.parametrize("name", presets.names())
def test_without_its_edits_a_page_is_the_spliced_one(tmp_path: Path, name: str) -> None:
    edited = 0
    for number, posts in enumerate(chosen(name)):
        site = site_of(tmp_path / str(number), name, posts)
        site.update()
        site.translate_all("tg")
        wanted = dict(_law_9(site))
        edited += len(wanted)
        result = site.compile()
        assert [problem for problem in result.problems if problem.check == publishing.CHECK] == []
        assert {path: (site.folder / path).read_bytes() for path in wanted} == wanted
        again = site.compile()
        assert again.changes == ()
        (site.folder / ".tarjuma/build.txt").unlink()
        assert site.compile().changes == ()
    assert edited


def _law_9(site: Site) -> Iterator[tuple[str, bytes]]:
    """Try the law on every page that is due; yield its path and its bytes."""
    loaded = site.load()
    plans = publishing.with_own_addresses(loaded, pages.first(loaded))
    atlas = publishing.atlas(loaded, plans)
    sources = {source.path: source for source in loaded.sources}
    for plan in plans:
        if not plan.version or not plan.version.facts:
            continue
        post = loaded.post(sources[plan.source])[0]
        assert post.document
        view = View(loaded, post, post.document, plan.code, None, Texts({}))
        spliced = plan.version.content
        kept, refused = publishing.edits(view, plan.version, atlas)
        page = applied(spliced, kept)
        assert refused == ()
        assert undone(page, spliced, kept) == spliced
        yield plan.path, page


CONTENT = st.binary(max_size=60)
PLACES = st.lists(st.integers(0, 60), min_size=0, max_size=8)


@settings(max_examples=EXAMPLES, deadline=None)
@given(CONTENT, PLACES, st.lists(st.binary(max_size=9), min_size=8, max_size=8))
def test_edits_are_undone_whatever_they_write(content: bytes, places: list[int], after: list[bytes]) -> None:
    bounds = sorted(min(place, len(content)) for place in places)
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    edits = [Edit("x", start, end, after[index]) for index, (start, end) in enumerate(pairs)]
    page = applied(content, edits)
    assert undone(page, content, edits) == content
    assert applied(content, reversed(edits)) == page or len({edit.start for edit in edits}) < len(edits)


@pytest.mark.parametrize("edits", [[(0, 3), (2, 4)], [(3, 2)], [(0, 9)], [(-1, 2)]])
def test_edits_that_overlap_or_leave_the_post_are_a_mistake_of_ours(edits: list[tuple[int, int]]) -> None:
    with pytest.raises(AssertionError):
        applied(b"12345", [Edit("x", start, end, b"") for start, end in edits])


def test_the_project_is_loaded_for_every_preset(tmp_path: Path) -> None:
    for name in presets.names():
        site = Site(tmp_path / name)
        source = presets.named(name).source.replace("{lang}", "en")
        site.write("tarjuma.toml", f'preset = "{name}"\nlanguages = ["ru"]\nsource = "{source}"\n')
        site.write(f"{source}/posts/a.md".lstrip("/"), "---\ntitle: One\n---\nTwo.\n")
        assert project.check_compile(site.load()).is_clean
