"""The whole way of a draft: made, read by people, edited around, published or not; and what a killed run leaves."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tarjuma import formats, po
from tarjuma.engines import google
from tarjuma.errors import TarjumaError
from tarjuma.model import Entry, Options, State
from tests.site import Site
from tests.standin import StandIn, translation

TOP = Path(__file__).parents[1]
CORPORA = TOP / ".." / "shared" / "corpora"
DRAFTED = ("ru", "tg")
WORKERS = google.engine({}, {}).traits.workers


@pytest.fixture
def service() -> Iterator[StandIn]:
    with StandIn() as server:
        yield server


def started(site: Site, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tarjuma", *arguments], cwd=site.folder, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip


def tarjuma(site: Site, *arguments: str) -> tuple[int, str, str]:
    process = started(site, *arguments)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def catalogs(site: Site, *languages: str) -> dict[str, bytes]:
    return {
        path: (site.folder / path).read_bytes()
        for code in languages
        for path in site.files(f"locales/{code}")
        if path.endswith(".po") and not path.endswith("_tarjuma.po")
    }


def entries(site: Site, *languages: str) -> list[Entry]:
    parsed = (po.parse(content, path) for path, content in catalogs(site, *languages).items())
    return [entry for catalog in parsed for entry in catalog.entries if not entry.is_obsolete]


def pages(site: Site) -> dict[str, str]:
    return {path: site.read(path) for code in DRAFTED for path in site.files(f"content/{code}")}


# --- a draft's way to readers ----------------------------------------------------------------------------------------


def sample(folder: Path, service: StandIn) -> Site:
    """The site of this repository, without its translations and localized pages."""
    site = Site(folder / "site")
    for name in ("content/en", "locales", "tarjuma.toml", "babel.cfg", "glossary.csv"):
        source, target = TOP / name, site.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    for code in DRAFTED:
        for path in catalogs(site, code):
            catalog = site.catalog(path)
            emptied = (
                replace(entry, targets=("",) * len(entry.targets), is_fuzzy=False, comments=(), raw=None)
                for entry in catalog.entries
            )
            site.write(path, po.render(po.replaced(catalog, emptied)))
    with (site.folder / "tarjuma.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[engines.google]\nurl = "{service.google}"\nrate = 0\n')
    (site.folder / "locales" / "manifest.txt").unlink(missing_ok=True)
    return site


def approve_half(site: Site) -> dict[str, tuple[str, ...]]:
    """Do what a translator does in an editor: correct every second draft and clear its mark. Returns them."""
    approved = {}
    for path in catalogs(site, *DRAFTED):
        code, catalog, made = path.split("/")[1], site.catalog(path), []
        for number, entry in enumerate(catalog.entries):
            if entry.state is State.DRAFT and number % 2 == 0:
                targets = tuple(f"{target} ҷ" if number % 4 else target for target in entry.targets)
                entry = replace(entry, targets=targets, is_fuzzy=False, raw=None)
                approved[f"{code} {entry.key.text}"] = targets
            made.append(entry)
        site.write(path, po.render(po.replaced(catalog, made)))
    return approved


def saved_by_gettext(site: Site) -> None:
    """Write every catalog as msgcat does, and with it many an editor: wrapped, sorted as it was, quoted anew."""
    for path in catalogs(site, *DRAFTED):
        file = site.folder / path
        subprocess.run(["msgcat", "-o", str(file), str(file)], check=True, capture_output=True)


def test_no_draft_gets_onto_a_page_and_no_approved_text_is_lost(tmp_path: Path, service: StandIn) -> None:
    site = sample(tmp_path, service)
    assert tarjuma(site, "extract")[0] == 0
    assert tarjuma(site, "update")[0] == 0
    waiting = len(entries(site, *DRAFTED))
    assert {entry.state for entry in entries(site, *DRAFTED)} == {State.UNTRANSLATED}

    code, out, err = tarjuma(site, "draft", *(part for each in DRAFTED for part in ("-l", each)))
    assert (code, err) == (0, "Texts go to 127.0.0.1.\n")
    assert {entry.state for entry in entries(site, *DRAFTED)} == {State.DRAFT}
    assert re.findall(r"^drafted  (\w+) +(\d+)", out, re.MULTILINE) == [
        (each, str(waiting // 2)) for each in sorted(DRAFTED)
    ]
    assert tarjuma(site, "compile")[0] == 0
    assert pages(site) == {}

    approved = approve_half(site)
    assert len(approved) > waiting // 3
    drafts = {entry.key.text: entry.targets[0] for entry in entries(site, *DRAFTED) if entry.state is State.DRAFT}
    saved_by_gettext(site)
    assert Counter(entry.state for entry in entries(site, *DRAFTED)) == {
        State.REVIEWED: len(approved),
        State.DRAFT: waiting - len(approved),
    }

    site.write("content/en/posts/test-news.md", edited(site.read("content/en/posts/test-news.md")))
    assert tarjuma(site, "update")[0] == 0
    service.reset()
    assert tarjuma(site, "draft", "-l", "ru", "-l", "tg")[0] == 0
    assert all("new sentence" in text or text in EDITED for text in service.texts), service.texts
    code, _, err = tarjuma(site, "compile")
    assert (code, err) == (0, "")

    there = {f"{code} {entry.key.text}": entry for code in DRAFTED for entry in entries(site, code)}
    for text, targets in approved.items():
        if text in there:
            assert there[text].state is State.REVIEWED, text
            assert there[text].targets == targets
        else:  # its source was edited: what the person wrote stands at the new text, or waits among the obsolete
            assert any(holds(site, path, targets[0]) for path in catalogs(site, *DRAFTED)), text
    public = "".join(pages(site).values())
    for source, target in drafts.items():
        if len(target) > 20 and not any(target in each for targets in approved.values() for each in targets):
            assert target not in public, source


EDITED = ("Test news, edited",)


def edited(post: str) -> str:
    """A post with another title and a sentence more."""
    return re.sub(r"^title:.*$", f"title: {EDITED[0]}", post, count=1, flags=re.MULTILINE) + "\nA new sentence here.\n"


def holds(site: Site, path: str, target: str) -> bool:
    return any(target in entry.targets for entry in site.catalog(path).entries)


def test_what_a_person_wrote_stays_when_another_program_merges_and_guesses_are_drafted_anew(
    tmp_path: Path, service: StandIn
) -> None:
    site = Site(tmp_path)
    posts = ["A first sentence about rivers.\n", "A second sentence about hills.\n"]
    site.write("tarjuma.toml", f'languages = ["ru"]\n[engines.google]\nurl = "{service.google}"\nrate = 0\n')
    site.write("content/en/a.md", "\n".join(posts))
    site.update()
    tarjuma(site, "draft")
    path, template = "locales/ru/LC_MESSAGES/a.po", "locales/a.pot"
    accepted = translation(posts[0].strip(), "ru")
    text = site.read(path).replace("#, fuzzy\n", "")
    site.write(path, text.replace(translation(posts[1].strip(), "ru"), "Второе предложение о холмах."))

    # both are approved, the second one corrected; before `update` sees it, both sources change, and msgmerge merges
    site.write("content/en/a.md", "\n".join(post.replace("sentence", "sentences") for post in posts))
    assert tarjuma(site, "extract")[0] == 0
    file = str(site.folder / path)
    subprocess.run(["msgmerge", "-q", "--previous", "-o", file, file, str(site.folder / template)], check=True)
    assert {entry.is_fuzzy for entry in entries(site, "ru")} == {True}
    assert site.read(path).count("# mt: google") == 2

    assert tarjuma(site, "draft")[0] == 0
    first, second = (entry.targets[0] for entry in entries(site, "ru"))
    assert second == "Второе предложение о холмах."
    assert first == translation("A first sentences about rivers.", "ru") != accepted
    assert tarjuma(site, "compile")[0] == 0
    assert not site.files("content/ru")


def test_a_complete_translation_is_published_only_when_the_last_draft_was_approved(
    tmp_path: Path, service: StandIn
) -> None:
    site = sample(tmp_path, service)
    path = "locales/ru/LC_MESSAGES/posts/test-news.po"
    post = "content/en/posts/test-news.md"
    assert tarjuma(site, "draft", "-l", "ru", post)[0] == 0
    for left in (1, 0):
        catalog = site.catalog(path)
        drafts = [entry.key for entry in catalog.entries if entry.state is State.DRAFT]
        finished = set(drafts[: len(drafts) - left])
        site.write(
            path,
            po.render(
                po.replaced(
                    catalog,
                    (
                        replace(entry, is_fuzzy=False, raw=None) if entry.key in finished else entry
                        for entry in catalog.entries
                    ),
                )
            ),
        )
        tarjuma(site, "compile")
        assert ("content/ru/posts/test-news.md" in pages(site)) == (not left)
    text = next(entry.key.text for entry in site.catalog(path).entries if "[" not in entry.key.text)
    assert translation(text, "ru") in pages(site)["content/ru/posts/test-news.md"]


# --- killed at any moment --------------------------------------------------------------------------------------------


def corpus(folder: Path, service: StandIn, least: int) -> Site:
    """A site of real English posts with at least so many different texts, and its empty Russian catalogs."""
    site, texts = Site(folder / "corpus"), set[str]()
    roots = [root for root in sorted(CORPORA.iterdir()) if root.is_dir()]
    for number, root in enumerate(roots, 1):
        for path in sorted(root.rglob("*.md")):
            if len(texts) >= least * number // len(roots):
                break
            if path.name == "_index.md" or re.search(r"/(?:ru|uk|be)/", path.as_posix()):
                continue
            try:
                document = formats.parse(path.read_bytes(), path.name, Options())
            except TarjumaError:
                continue
            texts |= {segment.key.text for segment in document.segments}
            site.write(f"content/en/{root.name}/{path.name}", path.read_bytes())
    site.write(
        "tarjuma.toml",
        f'languages = ["ru"]\n[engines.google]\nurl = "{service.google}"\nrate = 40\nmax_chars = 900\n',
    )
    site.update()
    return site


@pytest.mark.skipif(not CORPORA.is_dir(), reason="skipped: no corpora")
@pytest.mark.skipif(os.name != "posix", reason="skipped: no signals")
def test_a_run_killed_at_any_moment_goes_on_as_if_it_had_not_been(tmp_path: Path, service: StandIn) -> None:
    empty = corpus(tmp_path, service, 300)
    service.latency = 0.1
    whole = Site(tmp_path / "whole")
    shutil.copytree(empty.folder, whole.folder)
    tarjuma(whole, "draft")
    requests = service.stats["requests"]
    assert requests > 2 * WORKERS

    chance = random.Random(3)
    for number in range(4):
        service.reset()
        site = Site(tmp_path / str(number))
        shutil.copytree(empty.folder, site.folder)
        process = started(site, "draft")
        enough = chance.randrange(1, requests)
        until = time.monotonic() + 60
        while service.stats["requests"] < enough and process.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.005)
        process.kill()
        process.communicate()
        for path, content in catalogs(site, "ru").items():
            po.parse(content, path)  # whole, whenever it was
        time.sleep(2 * service.latency)  # what was on its way arrives
        tarjuma(site, "draft")
        assert catalogs(site, "ru") == catalogs(whole, "ru")
        assert not [path for path in site.files("locales") if not path.endswith((".po", ".pot", ".mo", ".txt"))]
        asked = Counter(tuple(seen.texts) for seen in service.seen)
        assert sum(count - 1 for count in asked.values()) <= WORKERS
        assert service.stats["429"] == 0


@pytest.mark.skipif(not CORPORA.is_dir(), reason="skipped: no corpora")
def test_every_character_that_arrives_is_in_the_log_and_no_text_is(tmp_path: Path, service: StandIn) -> None:
    site = corpus(tmp_path, service, 150)
    _, out, err = tarjuma(site, "draft", "--json")
    lines = [json.loads(line) for line in site.read(".tarjuma/sent.jsonl").splitlines()]
    assert {tuple(line) for line in lines} == {("time", "host", "post", "characters")}
    assert {line["host"] for line in lines} == {"127.0.0.1"}
    assert {line["post"] for line in lines} <= set(site.files("content/en"))
    assert sum(line["characters"] for line in lines) == json.loads(out)["sent"]["characters"]
    told = out + err + site.read(".tarjuma/sent.jsonl")
    assert [text for text in service.texts if len(text) > 30 and text in told] == []
