"""Whatever editors and translators do one after the other, no approved text is ever lost."""

from __future__ import annotations

import os
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import formats, po, project, splice
from tarjuma.model import Document, Options, State
from tests.laws import CORPORA, EXAMPLES, needs_corpora
from tests.site import Site

SAMPLE = Path(__file__).parents[1] / "content" / "en"
HISTORIES = EXAMPLES // 10 if EXAMPLES <= 2_000 else 10_000
SETTINGS = ("file", "folder", "single")


@dataclass
class History:
    """A site with a translator, and dice."""

    site: Site
    dice: random.Random
    approved: dict[str, None] = field(default_factory=dict)
    """Every text that was approved and not replaced by the translator since."""
    removed: list[tuple[str, str]] = field(default_factory=list)
    number: int = 0

    def posts(self) -> list[str]:
        return self.site.files("content/en")

    def blocks(self, path: str) -> tuple[str, list[str]]:
        """The front matter of a post and its paragraphs."""
        head, _, body = self.site.read(path).rpartition("\n---\n")
        return head and f"{head}\n---\n", body.strip("\n").split("\n\n")

    def put(self, path: str, head: str, blocks: list[str]) -> None:
        self.site.write(path, head + "\n\n".join(blocks) + "\n")

    # --- what a translator does

    def approve(self) -> None:
        for path in self.dice.sample(catalogs := self.catalogs(), min(2, len(catalogs))):
            catalog = self.site.catalog(path)
            entries = list(catalog.entries)
            open_ = [
                place
                for place, entry in enumerate(entries)
                if not entry.is_obsolete and entry.state is not State.REVIEWED
            ]
            for place in self.dice.sample(open_, min(3, len(open_))):
                entry = entries[place]
                self.number += 1
                text = f"Тасдиқшуда {self.number}: {entry.key.text[:20]}"
                for old in entry.targets:
                    self.approved.pop(old, None)  # replaced by the person whose it is
                entries[place] = replace(entry, targets=(text,), is_fuzzy=False, previous=None, comments=(), raw=None)
                self.approved[text] = None
            self.site.write(path, po.render(po.replaced(catalog, entries)))

    def catalogs(self) -> list[str]:
        return [path for path in self.site.files("locales") if path.endswith(".po")]

    # --- what an editor does

    def edit(self) -> None:
        path = self.dice.choice(self.posts())
        head, blocks = self.blocks(path)
        place = self.dice.randrange(len(blocks))
        words = blocks[place].split(" ")
        at = self.dice.randrange(len(words))
        words[at : at + self.dice.choice((0, 1, 1, 2))] = [
            self.dice.choice(("other", "new words", "Center’s", "*news*"))
        ]
        blocks[place] = " ".join(words)
        self.put(path, head, blocks)

    def rewrite(self) -> None:
        path = self.dice.choice(self.posts())
        head, blocks = self.blocks(path)
        blocks[self.dice.randrange(len(blocks))] = "Something entirely different stands in this place from today on."
        self.put(path, head, blocks)

    def move(self) -> None:
        one, two = self.dice.choice(self.posts()), self.dice.choice(self.posts())
        head, blocks = self.blocks(one)
        if len(blocks) > 1 and one != two:
            block = blocks.pop(self.dice.randrange(len(blocks)))
            self.put(one, head, blocks)
            head, blocks = self.blocks(two)
            blocks.insert(self.dice.randrange(len(blocks) + 1), block)
            self.put(two, head, blocks)

    def split(self) -> None:
        path = self.dice.choice(self.posts())
        head, blocks = self.blocks(path)
        place = self.dice.randrange(len(blocks))
        blocks[place] = blocks[place].replace(". ", ".\n\n", 1)
        self.put(path, head, blocks)

    def join(self) -> None:
        path = self.dice.choice(self.posts())
        head, blocks = self.blocks(path)
        if len(blocks) > 1:
            place = self.dice.randrange(len(blocks) - 1)
            blocks[place : place + 2] = [" ".join(blocks[place : place + 2])]
            self.put(path, head, blocks)

    def rename(self) -> None:
        path = self.dice.choice(self.posts())
        self.number += 1
        folder = self.dice.choice(("posts", "news"))
        text = self.site.read(path)
        (self.site.folder / path).unlink()
        self.site.write(f"content/en/{folder}/renamed-{self.number}.md", text)

    def delete(self) -> None:
        path = self.dice.choice(self.posts())
        if len(self.posts()) > 1:
            self.removed.append((path, self.site.read(path)))
            (self.site.folder / path).unlink()

    def restore(self) -> None:
        if self.removed:
            self.site.write(*self.removed.pop(self.dice.randrange(len(self.removed))))

    def unread(self) -> None:
        path = self.dice.choice(self.posts())
        text = self.site.read(path)
        self.site.write(path, text.encode() + b"\xff")
        self.update()
        self.site.write(path, text)

    def regroup(self) -> None:
        self.configure(self.dice.choice(SETTINGS))

    def configure(self, setting: str) -> None:
        self.site.write("tarjuma.toml", f'languages = ["tg"]\ndomain = "{setting}"\n')

    # --- what must be true

    def update(self) -> None:
        self.site.update()
        kept = {
            target for path in self.catalogs() for entry in self.site.catalog(path).entries for target in entry.targets
        }
        assert [text for text in self.approved if text not in kept] == []
        assert all(result.changes == () for result in self.site.update())


STEPS: dict[Callable[[History], None], int] = {
    History.edit: 5, History.rewrite: 1, History.move: 3, History.split: 2, History.join: 2, History.rename: 2,
    History.delete: 1, History.restore: 1, History.unread: 1, History.regroup: 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def scratch() -> Iterator[Path]:
    """A folder in memory where there is one: thousands of small files."""
    memory = "/dev/shm" if os.path.isdir("/dev/shm") and os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@settings(max_examples=HISTORIES, deadline=None)
@given(st.integers(0, 2**32))
def test_no_approved_text_is_ever_lost(scratch: Path, seed: int) -> None:
    site = Site(scratch / "site")
    shutil.rmtree(site.folder, ignore_errors=True)
    for path in sorted((SAMPLE / "posts").glob("*.md"))[:3]:
        site.write(f"content/en/posts/{path.name}", path.read_bytes())
    history = History(site, random.Random(seed))
    history.configure(history.dice.choice(SETTINGS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        history.update()
        for _ in range(history.dice.randint(2, 5)):
            history.approve()
            history.update()
            history.dice.choices(list(STEPS), list(STEPS.values()))[0](history)
            history.update()


# --- a text that is wrapped otherwise is the same text --------------------------------------------------------------


def rewrapped(document: Document, columns: int) -> bytes:
    """The source with every paragraph wrapped at a width, in lists and quotes too."""
    quoted = {
        index: (b"\n" + segment.more).join(line.encode() for line in lines)
        for index, segment in enumerate(document.segments)
        if segment.kind in ("paragraph", "list item", "quote") and (lines := wrapped(segment.key.text, columns))
    }
    return splice.spliced(document, quoted)


def wrapped(text: str, columns: int) -> list[str]:
    """A text as lines of about so many columns; none where a blank may count (code, tags, hard breaks)."""
    if any(sign in text for sign in ("  ", "\n", "<", "{", "\t", "\u00a0")) or re.search("`[^`]* [^`]*`", text):
        return []
    lines: list[str] = []
    for word in text.split(" "):
        starts_a_line = word[:1].isalpha()  # any other sign could begin a list, a heading, a table
        if lines and (len(lines[-1]) + len(word) < columns or not starts_a_line):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@needs_corpora
def test_wrapping_every_paragraph_otherwise_changes_no_catalog(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("tarjuma.toml", 'languages = ["ru"]\n')
    pages = sorted((CORPORA / "comprehensive-rust").rglob("*.md"))
    changed = 0
    texts = {f"content/en/{page.relative_to(CORPORA).as_posix()}": page.read_bytes() for page in pages}
    for path, text in texts.items():
        site.write(path, text)
    site.update()
    catalogs = {path: content for path, content in site.snapshot().items() if path.startswith("locales")}
    assert len(catalogs) > 900
    for path, text in texts.items():
        new = rewrapped(formats.parse(text, path, Options()), 60)
        changed += new != text
        site.write(path, new)
    assert changed > 400
    results = project.update(site.load())
    assert [result.changes for result in results] == [(), ()]
    assert {path: content for path, content in site.snapshot().items() if path.startswith("locales")} == catalogs
