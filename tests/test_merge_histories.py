"""Random lives of catalogs: whatever happens to their sources, no approved text is lost and nothing approves itself.

The same for a whole site on a disk is in test_histories.py.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import extract, langs, merge, po, regroup
from tarjuma.model import Catalog, Entry, Key, Message, State
from tests.laws import EXAMPLES

HISTORIES = 10_000 if EXAMPLES > 2_000 else 60
"""The lesser number in `make test`, the greater in `make test-deep`."""

LANGUAGE = langs.language("tg")
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
WORDS = (  # noqa: SIM905
    "we opened a school near the river in May where 120 teachers met to read and write about water, bread and light "
    "while children drew maps of [our town](town.md) and sang songs that nobody had heard before"
).split()
HEADINGS = ["Home", "News", "Rooms", "About us", "Teachers"]


def path_of(domain: str) -> str:
    return f"locales/tg/LC_MESSAGES/{domain}.po"


class Site:
    """Posts, the catalogs of one language as bytes, and what people approved."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.posts = {path: self.texts() for path in ("p/a.md", "p/b.md", "q/c.md", "top.md")}
        self.trash: list[tuple[str, list[str]]] = []
        self.grouping: Callable[[str], str] = file_domain
        self.files: dict[str, bytes] = {}
        self.known: set[str] = set()
        self.number = 0
        self.date = NOON

    def texts(self) -> list[str]:
        return [self.text() for _ in range(self.chance.randint(1, 4))]

    def text(self) -> str:
        if self.chance.random() < 0.3:
            return self.chance.choice(HEADINGS)
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(4, 12))) + "."

    def templates(self) -> dict[str, Catalog]:
        groups: dict[str, list[Message]] = {}
        for path, texts in sorted(self.posts.items()):
            messages = groups.setdefault(self.grouping(path), [])
            messages += [Message(Key(None, text), (path,), ("paragraph",)) for text in texts]
        catalogs = self.catalogs()
        return {
            domain: extract.template(f"locales/{domain}.pot", messages, catalogs.get(domain), self.date)
            for domain, messages in groups.items()
        }

    def catalogs(self) -> dict[str, Catalog]:
        return {domain: po.parse(content, path_of(domain)) for domain, content in self.files.items()}

    # --- what translators do

    def approve(self) -> None:
        entries = [
            (domain, place)
            for domain, catalog in self.catalogs().items()
            for place, entry in enumerate(catalog.entries)
            if not entry.is_obsolete and entry.state is not State.REVIEWED
        ]
        for domain, place in self.chance.sample(entries, min(len(entries), 3)):
            self.change(domain, place, self.reviewed)

    def reviewed(self, entry: Entry) -> Entry:
        targets = entry.targets
        if self.chance.random() < 0.5 or not entry.is_translated:
            self.number += 1
            targets = (f"матни {self.number}",)
            self.known -= set(entry.targets)
        self.known |= set(targets)
        comments = entry.comments + (("a person's note",) if self.chance.random() < 0.2 else ())
        return replace(entry, targets=targets, is_fuzzy=False, previous=None, comments=comments, raw=None)

    def doubt(self) -> None:
        for domain, catalog in self.catalogs().items():
            for place, entry in enumerate(catalog.entries):
                if entry.state is State.REVIEWED and self.chance.random() < 0.1:
                    self.change(domain, place, lambda entry: replace(entry, is_fuzzy=True, raw=None))

    def retouch(self) -> None:
        for domain, catalog in self.catalogs().items():
            for place, entry in enumerate(catalog.entries):
                if entry.state is State.STALE and self.chance.random() < 0.3:
                    self.change(domain, place, self.rewritten)

    def rewritten(self, entry: Entry) -> Entry:
        self.number += 1
        self.known -= set(entry.targets)
        return replace(entry, targets=(f"нав {self.number}",), raw=None)

    def change(self, domain: str, place: int, how: Callable[[Entry], Entry]) -> None:
        catalog = po.parse(self.files[domain], path_of(domain))
        entries = list(catalog.entries)
        entries[place] = how(entries[place])
        self.files[domain] = po.render(po.replaced(catalog, entries))

    # --- what editors do

    def some(self) -> tuple[list[str], int]:
        texts = self.posts[self.chance.choice(sorted(self.posts))]
        if not texts:
            texts.append(self.text())
        return texts, self.chance.randrange(len(texts))

    def edit(self) -> None:
        texts, at = self.some()
        words = texts[at].split()
        words[self.chance.randrange(len(words))] = self.chance.choice(WORDS)
        texts[at] = " ".join(words)

    def edit_and_back(self) -> None:
        texts, at = self.some()
        before = texts[at]
        texts[at] = f"{before} And more."
        self.update()
        texts[at] = before

    def move(self) -> None:
        texts, at = self.some()
        moved = texts.pop(at)
        there, place = self.some()
        there.insert(place, moved)

    def split(self) -> None:
        texts, at = self.some()
        words = texts[at].split()
        cut = self.chance.randint(1, len(words))
        texts[at : at + 1] = filter(None, [" ".join(words[:cut]), " ".join(words[cut:])])

    def join(self) -> None:
        texts, at = self.some()
        texts[at : at + 2] = [" ".join(texts[at : at + 2])]

    def add(self) -> None:
        texts, at = self.some()
        texts.insert(at, self.text())

    def remove(self) -> None:
        texts, at = self.some()
        self.trash.append(("", [texts.pop(at)]))

    def rename(self) -> None:
        path = self.chance.choice(sorted(self.posts))
        self.number += 1
        folder = self.chance.choice(["p/", "q/", ""])
        self.posts[f"{folder}n{self.number}.md"] = self.posts.pop(path)

    def delete(self) -> None:
        if len(self.posts) > 1:
            path = self.chance.choice(sorted(self.posts))
            self.trash.append((path, self.posts.pop(path)))

    def restore(self) -> None:
        if not self.trash:
            return
        path, texts = self.trash.pop(self.chance.randrange(len(self.trash)))
        if path and path not in self.posts:
            self.posts[path] = texts
        else:
            self.posts[self.chance.choice(sorted(self.posts))] += texts

    def switch(self) -> None:
        self.update()
        self.grouping = self.chance.choice([file_domain, folder_domain, single_domain])

    # --- what we do

    def update(self) -> None:
        self.date += timedelta(days=1)
        self.files = self.updated()
        assert self.updated() == self.files, "merge twice = merge once"

    def updated(self) -> dict[str, bytes]:
        templates = self.templates()
        grouped = regroup.regroup(self.catalogs(), templates, path_of)
        merged = merge.update_all(grouped, templates, LANGUAGE, path=path_of)
        return {domain: po.render(catalog) for domain, catalog in merged.catalogs.items()}

    def texts_on_disk(self) -> set[str]:
        return {target for catalog in self.catalogs().values() for entry in catalog.entries for target in entry.targets}

    def live_reviewed(self) -> set[tuple[Key, tuple[str, ...]]]:
        return {
            (entry.key, entry.targets)
            for catalog in self.catalogs().values()
            for entry in catalog.entries
            if entry.state is State.REVIEWED
        }


def file_domain(path: str) -> str:
    return path.removesuffix(".md")


def folder_domain(path: str) -> str:
    return path.rpartition("/")[0] or "index"


def single_domain(path: str) -> str:
    return "messages"


STEPS = (
    Site.approve, Site.approve, Site.doubt, Site.retouch, Site.edit, Site.edit, Site.edit_and_back, Site.move,
    Site.split, Site.join, Site.add, Site.remove, Site.rename, Site.delete, Site.restore, Site.switch, Site.update,
)  # fmt: skip
PEOPLE = (Site.approve, Site.doubt, Site.retouch)


def lived(seed: int, steps: int, choice: Sequence[Callable[[Site], None]] = STEPS) -> Site:
    """A site after some steps; what was approved is looked for after each update."""
    site = Site(random.Random(seed))
    site.update()
    vouched = site.live_reviewed()
    for _ in range(steps):
        step = site.chance.choice(choice)
        step(site)
        if step in PEOPLE:
            vouched |= site.live_reviewed()
            continue
        site.update()
        lost = site.known - site.texts_on_disk()
        assert not lost, f"{step.__name__} lost {lost}"
        approved_by_nobody = site.live_reviewed() - vouched
        assert not approved_by_nobody, f"{step.__name__} approved {approved_by_nobody}"
    return site


@settings(max_examples=HISTORIES, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 16))
def test_no_approved_text_is_lost_and_none_approves_itself(seed: int, steps: int) -> None:
    lived(seed, steps)


@settings(max_examples=HISTORIES, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 10))
def test_from_files_to_folders_and_back_gives_the_first_catalogs_byte_for_byte(seed: int, steps: int) -> None:
    site = lived(seed, steps, [step for step in STEPS if step is not Site.switch])
    site.update()
    before = site.files
    for grouping in (folder_domain, file_domain):
        site.grouping = grouping
        site.update()
    assert site.files == before
