"""Whatever editors, translators and machines do one after the other, readers get what the configuration promises."""

from __future__ import annotations

import json
import random
import re
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import po
from tarjuma.model import Entry, State, source_hash, target_hash
from tests.laws import EXAMPLES
from tests.site import Site

NAMES = ("a", "b")
REVIEWED, DRAFT, SOURCE = re.compile(r"Ҷ\d+"), re.compile(r"М\d+"), re.compile(r"Words \d+")


@dataclass
class Page:
    """A localized page as a reader and a generator see it."""

    content: bytes

    @property
    def note(self) -> dict[str, Any]:
        found = yaml.safe_load(self.content.split(b"---\n")[1])
        assert isinstance(found, dict)
        return found

    @property
    def state(self) -> str:
        return str(self.note["l10n"]["state"])

    def texts(self, kind: re.Pattern[str]) -> set[str]:
        return set(kind.findall(self.content.decode()))

    @property
    def text(self) -> bytes:
        """The page without what it says of itself."""
        return re.sub(rb"^(l10n|noindex|sitemap):.*\n( .*\n)*", b"", self.content, flags=re.MULTILINE)


@dataclass
class Newsroom:
    """A site with its people, and dice."""

    site: Site
    dice: random.Random
    number: int = 0
    posts: dict[str, list[str]] = field(default_factory=dict)
    before: dict[str, list[str]] = field(default_factory=dict)
    minimum: int = 100
    has_drafts: bool = False
    new: str = "skip"
    published: str = "keep-last"

    def words(self) -> str:
        self.number += 1
        filler = self.dice.choice(("about the school year", "on the new office", "for teachers of the region"))
        return f"Words {self.number} {filler} and what came of them."

    def settle(self) -> None:
        config = 'preset = "hugo"\nlanguages = ["ru"]\nsource = "content"\n[publish]\n'
        config += f"min = {self.minimum}\npublish_drafts = {str(self.has_drafts).lower()}\n"
        config += f'below = {{ new = "{self.new}", published = "{self.published}" }}\n'
        self.site.write("tarjuma.toml", config)
        for name, texts in self.posts.items():
            body = "\n\n".join(texts[1:])
            self.site.write(
                f"content/{name}.md", f"---\ntitle: {texts[0]}\n---\n{body}\n\nWords 0 of {name}: see [it](b.md).\n"
            )

    def change(self, name: str, wanted: State, put: str, count: int) -> None:
        """Give some entries that are in a state other targets."""
        path = f"locales/ru/LC_MESSAGES/{name}.po"
        catalog = self.site.catalog(path)
        entries = list(catalog.entries)
        places = [place for place, entry in enumerate(entries) if entry.state is wanted]
        for place in self.dice.sample(places, min(count, len(places))):
            self.number += 1
            entries[place] = _put(entries[place], put, self.number)
        self.site.write(path, po.render(po.replaced(catalog, entries)))

    # --- what people and machines do

    def edit(self) -> None:
        name = self.dice.choice(NAMES)
        self.before[name] = list(self.posts[name])
        self.posts[name][self.dice.randrange(len(self.posts[name]))] = self.words()

    def lengthen(self) -> None:
        self.posts[self.dice.choice(NAMES)].append(self.words())

    def cut(self) -> None:
        texts = self.posts[self.dice.choice(NAMES)]
        if len(texts) > 2:
            texts.pop()

    def revert(self) -> None:
        for name, texts in self.before.items():
            self.posts[name] = list(texts)

    def approve(self) -> None:
        self.change(self.dice.choice(NAMES), self.dice.choice((State.UNTRANSLATED, State.DRAFT, State.STALE)), "Ҷ", 9)

    def approve_some(self) -> None:
        self.change(self.dice.choice(NAMES), State.UNTRANSLATED, "Ҷ", 2)

    def draft(self) -> None:
        for name in NAMES:
            self.change(name, State.UNTRANSLATED, "М", 9)

    def doubt(self) -> None:
        self.change(self.dice.choice(NAMES), State.REVIEWED, "?", 1)

    def switch_drafts(self) -> None:
        self.has_drafts = not self.has_drafts

    def switch_policy(self) -> None:
        self.new = self.dice.choice(("skip", "skip", "fallback"))
        self.published = self.dice.choice(("keep-last", "keep-last", "fallback"))

    def switch_minimum(self) -> None:
        self.minimum = self.dice.choice((100, 100, 50, 0))

    def forget(self) -> None:
        shutil.rmtree(self.site.folder / ".tarjuma", ignore_errors=True)

    def lose(self) -> None:
        (self.site.folder / f"content/{self.dice.choice(NAMES)}.ru.md").unlink(missing_ok=True)

    # --- what must be true

    def pages(self) -> dict[str, Page]:
        paths = {name: self.site.folder / f"content/{name}.ru.md" for name in NAMES}
        return {name: Page(path.read_bytes()) for name, path in paths.items() if path.exists()}

    def compile(self) -> None:
        before = self.pages()
        result = self.site.compile()
        assert [problem for problem in result.problems if problem.severity.value == "error"] == []
        after = self.pages()
        assert before.keys() <= after.keys(), "a page that is online does not disappear"
        for name, page in after.items():
            self.check(name, page, before.get(name))
        self.check_map(after, kept={note.split()[0] for note in result.notes})
        again = self.site.compile()
        assert [(change.path, change.before, change.after) for change in again.changes] == [], "nothing is due"

    def check(self, name: str, page: Page, before: Page | None) -> None:
        state = page.state
        drafts, reviewed, sources = page.texts(DRAFT), page.texts(REVIEWED), page.texts(SOURCE)
        # a draft or a reviewed text of ours holds no source words
        assert not drafts or self.has_drafts, "a draft stands on a page only where drafts are published"
        assert not drafts or state in ("mt", "outdated")
        assert state != "complete" or not (drafts or sources)
        assert state != "fallback" or not (drafts or reviewed)
        assert state != "mixed" or (sources and reviewed)
        assert state != "mt" or drafts
        assert ("noindex" in page.note) == (state in ("mt", "mixed", "fallback")) or state == "outdated"
        if not before:
            return
        if state == "outdated":
            assert page.text == before.text, "an outdated page is the page as it was"
        was_whole = not before.texts(SOURCE) and before.state != "fallback"
        if was_whole and sources:
            is_withdrawn = bool(before.texts(DRAFT)) and not self.has_drafts
            assert state == "fallback" or is_withdrawn, "no page mixes languages because its source was edited"
            assert is_withdrawn or self.published == "fallback"
        if drafts - before.texts(DRAFT):
            assert before.texts(REVIEWED) <= reviewed, "no draft takes the place of a reviewed text"

    def check_map(self, after: dict[str, Page], kept: set[str]) -> None:
        posts = json.loads(self.site.read("data/tarjuma.json"))["posts"]
        assert posts.keys() == {f"{name}.md" for name in NAMES}
        for name in NAMES:
            row = posts[f"{name}.md"]["pages"].get("ru")
            assert (row is not None) == (name in after)
            assert row is None or row["state"] == after[name].state
        if "a" in after and "content/a.ru.md" not in kept:
            assert (b"b.ru.md" in after["a"].content) == ("b" in after), "links lead to pages that exist"


def _put(entry: Entry, put: str, number: int) -> Entry:
    if put == "?":
        return replace(entry, is_fuzzy=True, raw=None)
    link = " [it](b.md)" if "](" in entry.key.text else ""
    targets = (f"{put}{number}{link}",)
    mark = f"mt: test en>ru src={source_hash(entry.key)} out={target_hash(targets)}"
    comments = (mark,) if put == "М" else ()
    return replace(entry, targets=targets, is_fuzzy=put == "М", previous=None, comments=comments, raw=None)


STEPS = (
    "edit", "edit", "lengthen", "cut", "revert", "approve", "approve", "approve_some", "draft", "draft", "doubt",
    "switch_drafts", "switch_policy", "switch_minimum", "forget", "lose",
)  # fmt: skip


@settings(max_examples=max(1, EXAMPLES // 100), deadline=None)
@given(st.integers(0, 1 << 32))
def test_readers_get_what_the_configuration_promises(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        room = Newsroom(Site(Path(folder)), random.Random(seed))
        room.posts = {name: [room.words() for _ in range(4)] for name in NAMES}
        room.settle()
        room.site.update()
        for _ in range(16):
            getattr(room, room.dice.choice(STEPS))()
            room.settle()
            room.site.update()
            if room.dice.random() < 0.7:
                room.compile()
