"""Pages as a site generator gets them: what is published when, what a page says of itself, and where links lead."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from tarjuma import po, project, store
from tarjuma.model import source_hash, target_hash
from tarjuma.project.cleanup import orphans
from tests.site import Site, made

HUGO = 'preset = "hugo"\nlanguages = ["ru"]\nsource = "content"\n'
HELLO = """\
---
title: Hello
date: 2024-05-06
---
# First heading

One two three four.

See [the other](other.md) and [its part](/posts/other/#part).
"""
OTHER = "---\ntitle: Other\n---\n## Part\n\nBack to [hello](hello.md#first-heading).\n"
RU = "content/posts/hello.ru.md"
PO = "locales/ru/LC_MESSAGES/posts/hello.po"


def started(folder: Path, settings: str = "", config: str = HUGO, **posts: str) -> Site:
    """A Hugo site whose catalogs are there, and empty."""
    site = Site(folder)
    site.write("tarjuma.toml", config + settings)
    for name, text in (posts or {"hello": HELLO, "other": OTHER}).items():
        site.write(f"content/posts/{name}.md", text)
    site.update()
    return site


def translated(folder: Path, settings: str = "", config: str = HUGO, **posts: str) -> Site:
    site = started(folder, settings, config, **posts)
    site.translate_all("ru")
    site.compile()
    return site


def head(site: Site, path: str = RU) -> dict[str, Any]:
    """The front matter of a page, as a generator reads it."""
    found = yaml.safe_load(site.read(path).split("---\n")[1])
    assert isinstance(found, dict)
    return found


def state(site: Site, path: str = RU) -> str:
    return str(head(site, path)["l10n"]["state"])


def draft(site: Site, path: str = PO, **targets: str) -> None:
    """Let a machine fill what is empty: with the target given for a text, else `М text`."""
    catalog = site.catalog(path)
    entries = []
    for entry in catalog.entries:
        if not any(entry.targets) and not entry.is_obsolete:
            texts = (targets.get(entry.key.text, f"М {entry.key.text}"),) * len(entry.targets)
            mark = f"mt: test en>ru src={source_hash(entry.key)} out={target_hash(texts)}"
            entry = replace(entry, targets=texts, is_fuzzy=True, comments=(*entry.comments, mark), raw=None)
        entries.append(entry)
    site.write(path, po.render(po.replaced(catalog, entries)))


def map_of(site: Site) -> dict[str, Any]:
    found = json.loads(site.read("data/tarjuma.json"))
    assert isinstance(found, dict)
    return found["posts"]


def idle(site: Site) -> None:
    """A second run writes nothing, and neither does one without the cache."""
    before = site.snapshot()
    assert site.compile().changes == ()
    (site.folder / ".tarjuma/build.txt").unlink(missing_ok=True)
    assert site.compile().changes == ()
    assert site.snapshot() == before


# --- what a page says -------------------------------------------------------------------------------------------------


def test_a_page_says_what_it_was_made_from_and_leads_on_in_its_language(tmp_path: Path) -> None:
    site = translated(tmp_path)
    note = head(site)["l10n"]
    assert note.keys() == {"source", "hash", "state", "percent", "translated"}
    assert (note["source"], note["state"], note["percent"]) == ("posts/hello.md", "complete", 100)
    page = site.read(RU)
    assert "# ҶFirst heading {#first-heading}\n" in page
    assert "[the other](other.ru.md)" in page
    assert "(/ru/posts/other/#part)" in page
    assert "noindex" not in page
    idle(site)


def test_without_a_preset_no_byte_is_added(tmp_path: Path) -> None:
    config = 'languages = ["ru"]\nsource = "content"\noutput = "{root}/{dir}/{stem}.{lang}.{ext}"\n'
    site = translated(tmp_path, config=config)
    wanted = HELLO.replace("Hello", "ҶHello").replace("# First", "# ҶFirst").replace("One", "ҶOne")
    assert site.read(RU) == wanted.replace("See", "ҶSee")


def test_links_lead_only_to_pages_that_exist(tmp_path: Path) -> None:
    site = started(tmp_path)
    site.translate(PO)
    site.compile()
    assert "[the other](/posts/other/) and [its part](/posts/other/#part)" in site.read(RU)
    site.translate("locales/ru/LC_MESSAGES/posts/other.po")
    result = site.compile()
    assert set(result.written) == {RU, "content/posts/other.ru.md", "data/tarjuma.json"}
    assert "[the other](other.ru.md) and [its part](/ru/posts/other/#part)" in site.read(RU)
    idle(site)


def test_a_translation_that_falls_short_in_the_splice_is_no_page_to_link_to(tmp_path: Path) -> None:
    site = started(tmp_path)
    site.translate(PO)
    site.translate("locales/ru/LC_MESSAGES/posts/other.po", Part="— — —")
    site.compile()
    assert not (tmp_path / "content/posts/other.ru.md").exists()
    assert "[the other](/posts/other/)" in site.read(RU)
    assert "ru" not in map_of(site)["posts/other.md"]["pages"]


def test_the_date_of_the_translation_stays_until_the_translation_changes(tmp_path: Path) -> None:
    site = started(tmp_path)
    site.translate(PO)
    site.write(PO, re.sub(r"PO-Revision-Date: \S+", "PO-Revision-Date: 2024-01-02", site.read(PO)))
    site.compile()
    assert str(head(site)["l10n"]["translated"]) == "2024-01-02"
    site.write(PO, site.read(PO).replace("2024-01-02", "2025-01-02"))
    assert site.compile().changes == ()
    (tmp_path / ".tarjuma/build.txt").unlink()
    assert site.compile().changes == ()
    site.translate(PO, Hello="Салом")
    site.compile()
    assert str(head(site)["l10n"]["translated"]) == "2025-01-02"


def test_crlf_posts_keep_their_line_ends_on_the_page(tmp_path: Path) -> None:
    site = translated(tmp_path, hello=HELLO.replace("\n", "\r\n"), other=OTHER)
    page = site.read(RU)
    assert page.count("\n") == page.count("\r\n")
    assert "l10n" in page
    site.write("content/posts/hello.md", HELLO)  # Git gave the source other line ends: nothing changed
    assert site.compile().notes == ()


def test_a_root_without_a_preset_beside_one_with_it_is_not_edited(tmp_path: Path) -> None:
    site = Site(tmp_path)
    sources = '[[sources]]\nroot = "content"\npreset = "hugo"\n[[sources]]\nroot = "docs"\nprefix = "docs"\n'
    site.write("tarjuma.toml", 'languages = ["ru"]\n' + sources + 'output = "out/{lang}/{path}"\n')
    site.write("content/posts/hello.md", HELLO)
    site.write("docs/hello.md", HELLO)
    site.update()
    site.translate_all("ru")
    site.compile()
    assert state(site) == "complete"
    assert site.read("out/ru/hello.md") == re.sub(r"^(title: |# |(?=One|See))", r"\1Ҷ", HELLO, flags=re.MULTILINE)
    assert set(map_of(site)) == {"posts/hello.md"}
    idle(site)


def test_a_page_made_by_rule_from_another_script_says_so(tmp_path: Path) -> None:
    config = HUGO.replace('["ru"]', '["uz", "uz-Cyrl"]') + 'derive = { uz-Cyrl = "uz" }\n'
    site = started(tmp_path, config=config)
    site.translate("locales/uz/LC_MESSAGES/posts/hello.po", Hello="Salom")
    site.run()
    path = "content/posts/hello.uz-cyrl.md"
    assert (state(site, path), head(site, path)["title"]) == ("derived", "Салом")
    assert "noindex" not in head(site, path)
    assert map_of(site)["posts/hello.md"]["pages"]["uz-Cyrl"]["state"] == "derived"
    idle(site)


# --- below the minimum ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("minimum", [100, 40])
def test_a_page_that_is_online_neither_disappears_nor_mixes_languages(tmp_path: Path, minimum: int) -> None:
    site = translated(tmp_path, f"[publish]\nmin = {minimum}\n")
    before = site.read(RU)
    site.write("content/posts/hello.md", HELLO.replace("One two three four.", "Something quite different now."))
    result = site.run()
    assert result.notes == (f"{RU} keeps its last complete version until its translation is complete again",)
    assert site.read(RU) == before.replace("state: complete", "state: outdated")
    assert map_of(site)["posts/hello.md"]["pages"]["ru"]["state"] == "outdated"
    idle(site)
    site.write("content/posts/hello.md", HELLO)
    site.run()
    assert site.read(RU) == before
    idle(site)


def test_an_outdated_page_that_was_edited_by_hand_is_not_touched(tmp_path: Path) -> None:
    site = translated(tmp_path)
    site.write(RU, site.read(RU) + "\nРукой.\n")
    edited = site.read(RU)
    site.write("content/posts/hello.md", HELLO.replace("One two", "Something quite different now, one two"))
    site.run()
    assert site.read(RU) == edited
    assert map_of(site)["posts/hello.md"]["pages"]["ru"]["state"] == "complete"  # as it says itself


def test_a_page_whose_text_somebody_doubts_is_not_outdated(tmp_path: Path) -> None:
    site = translated(tmp_path)
    before = site.read(RU)
    site.write(PO, site.read(PO).replace('msgid "First', '#, fuzzy\nmsgid "First'))
    result = site.compile()
    assert (result.changes, len(result.notes)) == ((), 1)
    assert site.read(RU) == before


def test_pages_that_were_never_published_are_skipped_or_show_their_source(tmp_path: Path) -> None:
    site = started(tmp_path)
    site.compile()
    assert not (tmp_path / RU).exists()
    site.write("tarjuma.toml", HUGO + '[publish]\nbelow = "fallback"\n')
    site.compile()
    assert state(site) == "fallback"
    assert head(site)["title"] == "Hello"
    assert head(site)["noindex"] is True
    assert "# First heading\n" in site.read(RU)
    idle(site)
    site.write("content/posts/hello.md", HELLO.replace("One two", "New words, one two"))
    site.run()
    assert "New words" in site.read(RU)
    site.translate_all("ru")
    site.compile()
    assert state(site) == "complete"
    assert "noindex" not in head(site)
    idle(site)


def test_a_published_page_may_give_way_to_its_source(tmp_path: Path) -> None:
    settings = '[publish]\nbelow = { new = "skip", published = "fallback" }\n'
    site = translated(tmp_path, settings)
    site.write("content/posts/hello.md", HELLO.replace("One two three four.", "Something quite different now."))
    site.run()
    assert (state(site), head(site)["title"]) == ("fallback", "Hello")
    assert "Ҷ" not in site.read(RU)
    idle(site)
    site.write("content/posts/hello.md", HELLO)
    site.run()
    assert state(site) == "complete"


def test_a_file_of_somebody_else_is_no_error_while_its_post_is_not_translated(tmp_path: Path) -> None:
    site = started(tmp_path, '[publish]\nbelow = "fallback"\n')
    site.write(RU, "Рукой.\n")
    result = site.compile()
    assert result.problems == ()
    assert site.read(RU) == "Рукой.\n"


def test_a_half_translated_page_says_so_and_is_unlisted(tmp_path: Path) -> None:
    site = started(tmp_path, "[publish]\nmin = 10\n")
    site.write(PO, site.read(PO).replace('msgid "Hello"\nmsgstr ""', 'msgid "Hello"\nmsgstr "Салом"'))
    site.write(PO, site.read(PO).replace('four."\nmsgstr ""', 'four."\nmsgstr "Як ду се чор."'))
    site.compile()
    assert state(site) == "mixed"
    assert 0 < head(site)["l10n"]["percent"] < 100
    assert head(site)["noindex"] is True
    site.write("tarjuma.toml", HUGO + "[publish]\nmin = 10\nindex_drafts = true\n")
    site.compile()
    assert "noindex" not in head(site)
    idle(site)


# --- drafts -----------------------------------------------------------------------------------------------------------

DRAFTS = "[publish]\npublish_drafts = true\n"


def test_a_draft_is_published_only_where_the_configuration_says_so(tmp_path: Path) -> None:
    site = started(tmp_path, "[publish]\nmin = 0\n")
    draft(site)
    site.compile()
    assert "М " not in site.read(RU)
    assert state(site) == "fallback"
    site.write("tarjuma.toml", HUGO + DRAFTS)
    site.compile()
    assert (state(site), head(site)["l10n"]["percent"]) == ("mt", 0)
    assert head(site)["title"] == "М Hello"
    assert head(site)["l10n"]["source"] == "posts/hello.md"
    assert head(site)["noindex"] is True
    idle(site)


def test_drafts_are_marked_without_a_preset_too(tmp_path: Path) -> None:
    config = 'languages = ["ru"]\nsource = "content"\noutput = "out/{lang}/{path}"\n'
    site = started(tmp_path, DRAFTS, config)
    draft(site)
    site.compile()
    assert state(site, "out/ru/posts/hello.md") == "mt"
    idle(site)


def test_a_page_that_cannot_say_that_it_holds_drafts_holds_none(tmp_path: Path) -> None:
    site = started(tmp_path, DRAFTS, hello="---\ntitle: [Hello\nx: {{ y }}\n---\nOne two.\n\nThree four.\n")
    draft(site)
    result = site.compile()
    assert not (tmp_path / RU).exists()
    assert ["front matter" in problem.message for problem in result.problems] == [True]
    site.translate(PO)
    site.compile()
    assert "ҶOne two." in site.read(RU)
    idle(site)


def test_an_approved_draft_makes_the_page_complete(tmp_path: Path) -> None:
    site = started(tmp_path, DRAFTS)
    draft(site)
    site.compile()
    text = site.read(PO)
    site.write(
        PO, "".join(line for line in text.splitlines(keepends=True) if not line.startswith(("#, fuzzy", "# mt:")))
    )
    site.compile()
    assert state(site) == "complete"
    assert "noindex" not in head(site)


def test_drafts_that_are_not_published_any_more_leave_every_page(tmp_path: Path) -> None:
    site = started(tmp_path, DRAFTS)
    draft(site)
    site.compile()
    site.write("tarjuma.toml", HUGO)
    site.compile()
    assert (state(site), head(site)["title"]) == ("fallback", "Hello")
    assert "М " not in site.read(RU)
    idle(site)


def test_an_edited_source_takes_no_draft_to_a_complete_page(tmp_path: Path) -> None:
    site = translated(tmp_path, DRAFTS)
    before = site.read(RU)
    site.write("content/posts/hello.md", HELLO.replace("One two three four.", "Something quite different now."))
    site.update()
    draft(site)
    site.compile()
    assert site.read(RU) == before.replace("state: complete", "state: outdated")
    idle(site)


def test_a_draft_takes_the_place_of_drafts_and_source_texts_but_not_of_a_reviewed_text(tmp_path: Path) -> None:
    site = started(tmp_path, DRAFTS)
    site.write(PO, site.read(PO).replace('four."\nmsgstr ""', 'four."\nmsgstr "Як ду се чор."'))
    draft(site)
    site.compile()
    assert "Як ду се чор." in site.read(RU)
    site.write("content/posts/hello.md", HELLO + "\nA new paragraph.\n")
    site.update()
    draft(site)
    site.compile()
    assert "М A new paragraph." in site.read(RU)
    before = site.read(RU)
    site.write("content/posts/hello.md", HELLO.replace("One two three four.", "Utterly other matters stand here."))
    site.update()
    draft(site)
    site.compile()
    assert "М Utterly" in site.read(PO)
    assert site.read(RU) == before.replace("state: mt", "state: outdated")
    site.translate(PO)
    site.compile()
    assert state(site) == "complete"


# --- the page map -----------------------------------------------------------------------------------------------------


def test_the_page_map_names_every_post_and_the_pages_that_exist(tmp_path: Path) -> None:
    config = HUGO.replace('"ru"', '"ru", "uz-Cyrl"')
    site = started(tmp_path, config=config)
    site.translate("locales/uz_Cyrl/LC_MESSAGES/posts/hello.po")
    site.compile()
    assert map_of(site) == {
        "posts/hello.md": {
            "language": "en",
            "x-default": "/posts/hello/",
            "pages": {
                "en": {"path": "content/posts/hello.md", "url": "/posts/hello/", "state": "source"},
                "uz-Cyrl": {
                    "path": "content/posts/hello.uz-cyrl.md",
                    "url": "/uz-cyrl/posts/hello/",
                    "state": "complete",
                },
            },
        },
        "posts/other.md": {
            "language": "en",
            "x-default": "/posts/other/",
            "pages": {"en": {"path": "content/posts/other.md", "url": "/posts/other/", "state": "source"}},
        },
    }
    assert "data/tarjuma.json" in store.parse_manifest((tmp_path / "locales/manifest.txt").read_bytes()).pages


def test_a_page_map_that_a_person_edited_is_not_overwritten(tmp_path: Path) -> None:
    site = translated(tmp_path)
    site.write("data/tarjuma.json", "{}\n")
    site.write("content/posts/new.md", "New.\n")
    site.update()
    result = site.compile()
    assert [(problem.check, problem.path) for problem in result.problems] == [("foreign-page", "data/tarjuma.json")]
    assert site.read("data/tarjuma.json") == "{}\n"
    (tmp_path / "data/tarjuma.json").unlink()
    site.compile()
    assert "posts/new.md" in map_of(site)


def test_a_page_stays_known_while_its_catalog_or_post_cannot_be_read(tmp_path: Path) -> None:
    site = translated(tmp_path)
    before = site.snapshot()
    site.write("locales/ru/LC_MESSAGES/posts/other.po", 'msgid "x\n')
    site.compile()
    assert site.read(RU) == before[RU].decode()
    assert "ru" in map_of(site)["posts/other.md"]["pages"]


def test_two_roots_may_hold_posts_of_one_name(tmp_path: Path) -> None:
    site = Site(tmp_path)
    sources = '[[sources]]\nroot = "content/a"\n[[sources]]\nroot = "content/b"\nprefix = "b"\n'
    site.write("tarjuma.toml", 'preset = "hugo"\nlanguages = ["ru"]\n' + sources)
    site.write("content/a/x.md", "One.\n")
    site.write("content/b/x.md", "Two.\n")
    site.update()
    site.compile()
    assert set(map_of(site)) == {"content/a/x.md", "content/b/x.md"}


# --- nothing is written half-way --------------------------------------------------------------------------------------


def stopped(site: Site, *words: str) -> None:
    """Compile writes nothing, names each of the words, and comes to an end."""
    before = site.snapshot()
    times = {path: os.stat(site.folder / path).st_mtime_ns for path in before}
    checked, result = project.check_compile(site.load()), site.compile()
    assert not result.is_clean
    assert result.changes == checked.changes == ()
    assert site.snapshot() == before
    assert {path: os.stat(site.folder / path).st_mtime_ns for path in before} == times
    told = "\n".join(f"{problem.path}: {problem.message}" for problem in result.problems)
    assert all(word in told for word in words), told


def ready(folder: Path, settings: str = "", config: str = HUGO, **posts: str) -> Site:
    """All is translated, nothing published."""
    site = started(folder, settings, config, **posts)
    site.translate_all("ru")
    return site


def test_two_posts_for_one_page_stop_all(tmp_path: Path) -> None:
    config = HUGO + 'layout = "{root}/{lang}/{stem}.md"\n'
    site = ready(tmp_path, config=config, **{"a/x": "One.\n", "b/x": "Two.\n", "c": "Three.\n"})
    stopped(site, "would both be compiled", "content/ru/x.md", "layout")


def test_a_post_is_never_overwritten_by_a_page(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\n')
    site.update()
    site.translate_all("ru")
    (tmp_path / "content/ru").symlink_to("en")  # every page would be its own source
    stopped(site, "content/ru/hello.md")


@pytest.mark.parametrize("key", ["slug", "url", "permalink"])
def test_a_slug_that_leaves_the_site_stops_all(tmp_path: Path, key: str) -> None:
    site = ready(tmp_path, hello=HELLO.replace("date:", f"{key}: ../../x\ndate:"), other=OTHER)
    stopped(site, "content/posts/hello.md", "../../x", "without `..`")


def test_a_symbolic_link_out_of_the_output_folder_stops_all(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    config = 'languages = ["ru"]\n'
    site = made(tmp_path / "site", config)
    site.update()
    site.translate_all("ru")
    (tmp_path / "site/content/ru").symlink_to(outside)
    stopped(site, "content/ru/hello.md", "symbolic link", "Replace the link")
    assert list(outside.iterdir()) == []


def test_a_page_that_is_a_link_to_elsewhere_stops_all(tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("mine\n")
    site = ready(tmp_path / "site")
    (tmp_path / "site" / RU).symlink_to(tmp_path / "outside.md")
    stopped(site, RU, "symbolic link")
    assert (tmp_path / "outside.md").read_text() == "mine\n"


def test_a_read_only_folder_stops_all(tmp_path: Path) -> None:
    site = ready(tmp_path, config='languages = ["ru"]\nsource = "content"\noutput = "out/{lang}/{path}"\n')
    (tmp_path / "out").mkdir()
    (tmp_path / "out").chmod(0o555)
    try:
        stopped(site, "out is read-only", "chmod u+w out")
        assert len(site.compile().problems) == 1, "a folder is told once, not once a page"
    finally:
        (tmp_path / "out").chmod(0o755)
    assert len(site.compile().written) == 2


def test_a_read_only_page_or_manifest_stops_all(tmp_path: Path) -> None:
    site = translated(tmp_path)
    for path in (RU, "locales/manifest.txt"):
        site.translate(PO, Hello=f"Салом {path}")
        (tmp_path / path).chmod(0o444)
        stopped(site, path, "read-only")
        (tmp_path / path).chmod(0o644)


def test_a_file_in_place_of_a_folder_and_a_folder_in_place_of_a_file_stop_all(tmp_path: Path) -> None:
    site = ready(tmp_path, config='languages = ["ru"]\nsource = "content"\noutput = "out/{lang}/{path}"\n')
    site.write("out", "a file\n")
    stopped(site, "out is no folder")
    (tmp_path / "out").unlink()
    (tmp_path / "out/ru/posts").mkdir(parents=True)
    (tmp_path / "out/ru/posts/hello.md").mkdir()
    with pytest.raises(Exception, match="cannot be read"):
        site.compile()


def test_a_name_that_no_disk_takes_stops_all(tmp_path: Path) -> None:
    site = ready(tmp_path, config=HUGO + 'layout = "{root}/{dir}/{lang}-' + "x" * 240 + '-{stem}.{ext}"\n')
    stopped(site, "longer than 230 bytes")


def test_a_full_disk_stops_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = ready(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 5000})())
    stopped(site, "the disk has 4 KiB left", "Make room")


# --- crashes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", range(5))
def test_a_run_that_is_killed_makes_no_page_foreign_or_an_orphan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    site = translated(tmp_path)
    site.translate(PO, Hello="Салом")
    site.translate("locales/ru/LC_MESSAGES/posts/other.po", Other="Дигар")
    real, count = store.write, 0

    def killed(path: str, content: bytes, **options: bool) -> None:
        nonlocal count
        count += 1
        if count > moment:
            raise KeyboardInterrupt
        real(path, content, **options)

    monkeypatch.setattr(store, "write", killed)
    with contextlib.suppress(KeyboardInterrupt):
        site.compile()
    monkeypatch.undo()
    site.translate(PO, Hello="Дуруд")
    result = site.compile()
    assert result.problems == ()
    assert head(site)["title"] == "Дуруд"
    assert head(site, "content/posts/other.ru.md")["title"] == "Дигар"
    idle(site)


@pytest.mark.parametrize("moment", range(5))
def test_a_process_that_is_killed_loses_no_page(tmp_path: Path, moment: int) -> None:
    site = translated(tmp_path)
    site.translate(PO, Hello="Салом")
    script = (
        "import os, signal, sys\nfrom tarjuma import project, store\nreal, count = store.write, 0\n"
        "def write(path, content, **options):\n    global count\n    count += 1\n"
        f"    os.kill(os.getpid(), signal.SIGKILL) if count > {moment} else real(path, content, **options)\n"
        "store.write = write\nproject.compile(project.load(sys.argv[1]))\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert orphans(site.load()) == ()
    assert site.compile().problems == ()
    assert head(site)["title"] == "Салом"
    idle(site)


def test_two_branches_that_both_published_a_page_merge(tmp_path: Path) -> None:
    site = translated(tmp_path)
    ours = site.snapshot()
    site.translate(PO, Hello="Салом")
    site.compile()
    theirs = site.snapshot()
    for line in ours["locales/manifest.txt"].splitlines(keepends=True):
        if line not in theirs["locales/manifest.txt"] and line.startswith(RU.encode()):
            both = theirs["locales/manifest.txt"] + b"<<<<<<< HEAD\n" + line + b">>>>>>> branch\n"
            site.write("locales/manifest.txt", both)
            site.write(RU, ours[RU])  # Git took the other branch's page
    assert site.compile().problems == ()
    assert site.read(RU) == theirs[RU].decode()
    assert site.read("locales/manifest.txt") == theirs["locales/manifest.txt"].decode()


def test_a_page_that_was_published_before_the_preset_is_called_outdated_too(tmp_path: Path) -> None:
    plain = 'languages = ["ru"]\nsource = "content"\noutput = "{root}/{dir}/{stem}.{lang}.{ext}"\n'
    site = translated(tmp_path, config=plain)
    before = site.read(RU)
    site.write("content/posts/hello.md", HELLO.replace("One two three four.", "Something quite different now."))
    site.write("tarjuma.toml", HUGO)
    site.run()
    assert head(site)["l10n"] == {"state": "outdated"}
    assert site.read(RU).startswith(before[: before.index("\n---")])
    idle(site)


DIALECTS = [
    (
        "pelican",
        "hello.md",
        "hello.ru.md",
        "Title: Hello\nDate: 2024-05-06\n\nOne two three.\n",
        "L10n_state: outdated",
    ),
    (
        "lektor",
        "a/contents.lr",
        "a/contents+ru.lr",
        "_model: page\n---\nbody:\n\nOne two three.\n",
        "l10n_state: outdated",
    ),
    ("zola", "hello.md", "hello.ru.md", '+++\ntitle = "Hello"\n+++\nOne two three.\n', 'state = "outdated"'),
    ("hugo", "hello.html", "hello.ru.html", "---\ntitle: Hello\n---\n<p>One two three.</p>\n", "state: outdated"),
    ("hugo", "hello.md", "hello.ru.md", '{"title": "Hello"}\n\nOne two three.\n', '"state": "outdated"'),
    ("hugo", "hello.md", "hello.ru.md", "One two three.\n", "state: outdated"),
]


@pytest.mark.parametrize(("preset", "source", "target", "text", "said"), DIALECTS)
def test_a_page_is_outdated_and_complete_again_in_every_dialect(
    tmp_path: Path, preset: str, source: str, target: str, text: str, said: str
) -> None:
    site = Site(tmp_path)
    site.write("tarjuma.toml", f'preset = "{preset}"\nlanguages = ["ru"]\nsource = "content"\n')
    site.write(f"content/{source}", text)
    site.update()
    site.translate_all("ru")
    site.compile()
    page = site.read(f"content/{target}")
    site.write(f"content/{source}", text.replace("One two three.", "Something quite different."))
    site.run()
    assert said in site.read(f"content/{target}")
    assert site.read(f"content/{target}").replace("outdated", "complete") == page
    idle(site)
    site.write(f"content/{source}", text)
    site.run()
    assert site.read(f"content/{target}") == page


def test_a_summary_that_is_a_cut_of_the_body_is_cut_again_on_the_page(tmp_path: Path) -> None:
    body = "The river is old and it goes a long way to the sea."
    site = started(tmp_path, river=f"---\ntitle: River\nsummary: The river is old and it...\n---\n{body}\n")
    words = {
        "River": "Дарё",
        "The river is old and it...": "Кӯтоҳ...",
        body: "Дарё кӯҳан аст ва роҳи дарозро то баҳр мегузарад.",
    }
    site.translate("locales/ru/LC_MESSAGES/posts/river.po", **words)
    assert site.compile().is_clean
    assert head(site, "content/posts/river.ru.md")["summary"] == "Дарё кӯҳан аст ва роҳи..."


def test_a_page_that_need_not_stay_shows_its_drafts_at_once_when_its_source_is_edited(tmp_path: Path) -> None:
    site = translated(tmp_path, '[publish]\npublish_drafts = true\nbelow = "fallback"\n')
    site.write(
        "content/posts/hello.md",
        HELLO.replace("One two three four.", "Quite another sentence stands here now, a new one."),
    )
    site.update()
    draft(site)
    site.compile()
    before = site.read(RU)
    assert site.compile().written == ()
    assert (state(site), site.read(RU)) == ("mt", before)
