"""What posts that are gone leave behind is named exactly, and removed only where nobody edited it."""

from __future__ import annotations

import json
import os
import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import project, store
from tarjuma.cli import group
from tarjuma.project import cleanup, survey
from tarjuma.survey import Kind
from tests.laws import EXAMPLES
from tests.site import Site, made

HUGO = 'preset = "hugo"\nlanguages = ["ru", "tg"]\nsource = "content"\n'
RU, TG = "content/posts/a.ru.md", "content/posts/a.tg.md"


def published(folder: Path, config: str = HUGO, **posts: str) -> Site:
    """A Hugo site, translated and published in all its languages."""
    site = Site(folder)
    site.write("tarjuma.toml", config)
    for name, text in (posts or {"a": "# One\n", "b": "Two.\n"}).items():
        site.write(f"content/posts/{name}.md", text)
    publish(site)
    return site


def publish(site: Site) -> None:
    site.update()
    for code in site.load().languages:
        site.translate_all(code.replace("-", "_"))
    site.compile()


def orphans(site: Site) -> list[str]:
    return [orphan.path for orphan in cleanup.orphans(site.load())]


def clean(site: Site) -> project.Result:
    return cleanup.clean(site.load())


def known(site: Site) -> set[str]:
    return set(store.parse_manifest((site.folder / "locales/manifest.txt").read_bytes()).pages)


def test_a_site_in_order_has_nothing_to_clean(tmp_path: Path) -> None:
    site = published(tmp_path)
    before = site.snapshot()
    assert orphans(site) == []
    assert clean(site).changes == ()
    assert site.snapshot() == before


def test_pages_of_a_deleted_post_go_and_its_catalogs_stay(tmp_path: Path) -> None:
    site = published(tmp_path)
    (tmp_path / "content/posts/a.md").unlink()
    assert site.run().removed == ()
    assert orphans(site) == [RU, TG]
    catalogs = {path: text for path, text in site.snapshot().items() if path.endswith(".po")}
    result = clean(site)
    assert result.removed == (RU, TG)
    assert {path: text for path, text in site.snapshot().items() if path.endswith(".po")} == catalogs
    assert not {RU, TG} & set(site.files())
    assert known(site) == {"content/posts/b.ru.md", "content/posts/b.tg.md", "data/tarjuma.json"}
    assert clean(site).changes == ()


def test_a_renamed_post_leaves_its_old_page_online_until_clean(tmp_path: Path) -> None:
    site = published(tmp_path)
    page = site.read(RU)
    (tmp_path / "content/posts/a.md").rename(tmp_path / "content/posts/new.md")
    site.run()
    assert site.read(RU) == page
    assert "content/posts/new.ru.md" in site.files()
    assert orphans(site) == [RU, TG]


def test_a_restored_post_takes_its_page_back(tmp_path: Path) -> None:
    site = published(tmp_path)
    before = site.snapshot()
    text = site.read("content/posts/a.md")
    (tmp_path / "content/posts/a.md").unlink()
    site.run()
    site.write("content/posts/a.md", text)
    site.run()
    assert orphans(site) == []
    assert site.read(RU) == before[RU].decode()
    (tmp_path / "content/posts/a.md").unlink()
    site.run()
    clean(site)
    site.write("content/posts/a.md", text)
    site.run()
    assert site.read(RU) == before[RU].decode()
    assert orphans(site) == []


def test_a_post_taken_out_of_a_language_leaves_that_page(tmp_path: Path) -> None:
    site = published(tmp_path)
    site.write("content/posts/a.md", "---\ntranslate: [tg]\n---\n# One\n")
    assert orphans(site) == [RU]
    site.write("content/posts/a.md", "---\ntranslate: false\n---\n# One\n")
    assert orphans(site) == [RU, TG]


def test_a_language_taken_out_leaves_its_pages_and_messages(tmp_path: Path) -> None:
    site = published(tmp_path)
    site.write("tarjuma.toml", HUGO.replace('"ru", ', ""))
    assert orphans(site) == [RU, "content/posts/b.ru.md"]


def test_another_layout_or_preset_leaves_everything_of_the_old_one(tmp_path: Path) -> None:
    site = published(tmp_path)
    old = known(site)
    site.write("tarjuma.toml", HUGO + 'layout = "out/{lang}/{path}"\n')
    site.run()
    assert orphans(site) == sorted(old - {"data/tarjuma.json"})
    site.write("tarjuma.toml", HUGO.replace("hugo", "zola") + '[publish]\npage_map = ""\n')
    site.run()
    assert orphans(site) == [
        "data/tarjuma.json",
        *(f"out/{code}/posts/{name}.md" for code in ("ru", "tg") for name in "ab"),
    ]
    clean(site)
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "data").exists()


def test_messages_of_templates_that_are_gone_go_too(tmp_path: Path) -> None:
    site = made(tmp_path, 'languages = ["ru"]\n')
    site.write("babel.cfg", "[jinja2: **.jinja]\n[tarjuma_markdown: **.md]\n")
    site.write("content/en/page.jinja", "{{ _('Read more') }}")
    publish(site)
    mo = "locales/ru/LC_MESSAGES/_site.mo"
    assert mo in site.files()
    assert orphans(site) == []
    (tmp_path / "content/en/page.jinja").unlink()
    site.update()
    assert orphans(site) == [mo]
    assert clean(site).removed == (mo,)


def test_pages_of_terms_that_no_post_has_any_more_go(tmp_path: Path) -> None:
    config = HUGO + '[front_matter]\ntags = "map"\n'
    site = published(tmp_path, config, a="---\ntitle: A\ntags: [news, school]\n---\nOne.\n")
    pages = [path for path in known(site) if path.startswith("content/tags/")]
    assert len(pages) == 4
    assert orphans(site) == []
    site.write("content/posts/a.md", "---\ntitle: A\ntags: [news]\n---\nOne.\n")
    site.run()
    assert orphans(site) == ["content/tags/school/_index.ru.md", "content/tags/school/_index.tg.md"]


def test_what_somebody_edited_is_named_and_kept(tmp_path: Path) -> None:
    site = published(tmp_path)
    site.write(RU, site.read(RU) + "Рукой.\n")
    (tmp_path / "content/posts/a.md").unlink()
    result = clean(site)
    assert result.removed == (TG,)
    assert [(problem.path, problem.severity.value) for problem in result.problems] == [(RU, "info")]
    assert "Рукой." in site.read(RU)
    assert RU in known(site)  # so that it never becomes a post itself
    assert orphans(site) == [RU]
    assert clean(site).changes == ()


def test_files_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    site = published(tmp_path)
    for name in ("content/posts/a.md", RU, TG):
        (tmp_path / name).unlink()
    assert orphans(site) == []
    result = clean(site)
    assert (result.removed, result.notes) == ((), ())
    assert not known(site) & {RU, TG}


def test_files_that_are_gone_are_nothing_to_speak_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = published(tmp_path)
    for name in ("content/posts/a.md", RU, TG):
        (tmp_path / name).unlink()
    assert command(site, monkeypatch, "clean", "--check") == (0, "nothing was left behind\n")
    assert command(site, monkeypatch, "clean") == (0, "nothing was left behind\n")


ONCE = HUGO + '[front_matter]\nslug = "copy-once"\n'


@pytest.mark.parametrize("is_compiled", [True, False])
def test_a_field_that_belongs_to_the_editor_keeps_no_page_for_ever(tmp_path: Path, is_compiled: bool) -> None:
    site = published(tmp_path, ONCE, a="---\ntitle: One\nslug: one\n---\n# One\n", b="Two.\n")
    site.write(RU, site.read(RU).replace("slug: one", "slug: odin"))
    site.write(TG, site.read(TG).replace("slug: one", "slug: yak").replace("# ҶOne", "# Як"))
    if is_compiled:
        site.run()
    (tmp_path / "content/posts/a.md").unlink()
    result = clean(site)
    assert (result.removed, [problem.path for problem in result.problems]) == ((RU,), [TG])
    assert "Як" in site.read(TG)


def test_where_no_post_is_found_nothing_is_called_left_behind(tmp_path: Path) -> None:
    site = published(tmp_path)
    shutil.move(tmp_path / "content/posts", tmp_path / "posts")
    (tmp_path / "content/posts").mkdir()
    before = site.snapshot()
    assert orphans(site) == []
    assert clean(site).notes != ()
    assert site.snapshot() == before


@pytest.mark.parametrize("name", ["content/posts/b c.md", "content/posts/b.markdown"])
def test_a_post_with_a_bad_name_or_one_that_cannot_be_read_is_not_gone(tmp_path: Path, name: str) -> None:
    site = published(tmp_path)
    site.write("content/posts/a.md", b"\xff")
    site.write(name, "Two.\n")
    assert orphans(site) == []


def test_a_manifest_that_names_files_elsewhere_removes_nothing_there(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    site = published(tmp_path / "site")
    lines = site.read("locales/manifest.txt")
    for path in ("../outside/x.md", str(outside / "x.md"), "linked/x.md"):
        lines += f"{path}\t{store.digest(b'x')}\t\t100\n"
    site.write("locales/manifest.txt", lines)
    (outside / "x.md").write_bytes(b"x")
    (tmp_path / "site/linked").symlink_to(outside)
    clean(site)
    assert (outside / "x.md").exists()


def test_pages_with_other_line_ends_are_ours_still(tmp_path: Path) -> None:
    site = published(tmp_path)
    site.write(RU, site.read(RU).replace("\n", "\r\n"))
    (tmp_path / "content/posts/a.md").unlink()
    assert clean(site).removed == (RU, TG)


@pytest.mark.parametrize("moment", range(3))
def test_killed_in_between_clean_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    site = published(tmp_path)
    (tmp_path / "content/posts/a.md").unlink()
    real, count = os.unlink, 0

    def killed(path: str, *_: object, **options: object) -> None:
        nonlocal count
        count += 1
        if count > moment:
            raise KeyboardInterrupt
        real(path)

    monkeypatch.setattr(os, "unlink", killed)
    monkeypatch.setattr(store, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        clean(site)
    monkeypatch.undo()
    left = tuple(path for path in (RU, TG) if path in site.files())
    result = clean(site)
    assert (result.removed, result.notes) == (left, ())
    assert not {RU, TG} & set(site.files())
    assert not {RU, TG} & known(site)


# --- the command ------------------------------------------------------------------------------------------------------


def command(site: Site, monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str]:
    monkeypatch.chdir(site.folder)
    result = CliRunner().invoke(group, words)
    return result.exit_code, result.output


def test_the_command_names_what_goes_and_check_removes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = published(tmp_path)
    assert command(site, monkeypatch, "clean", "--check") == (0, "nothing was left behind\n")
    (tmp_path / "content/posts/a.md").unlink()
    before = site.snapshot()
    assert command(site, monkeypatch, "clean", "--check") == (1, f"would remove {RU}\nwould remove {TG}\n")
    assert site.snapshot() == before
    assert command(site, monkeypatch, "clean") == (0, f"removed {RU}\nremoved {TG}\n")
    assert command(site, monkeypatch, "clean", "--check")[0] == 0


def test_an_edited_page_does_not_fail_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = published(tmp_path)
    for path in (RU, TG):
        site.write(path, "Рукой.\n")
    (tmp_path / "content/posts/a.md").unlink()
    code, output = command(site, monkeypatch, "clean", "--check")
    assert code == 0
    assert RU in output
    assert "edited" in output


def test_the_overview_names_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = published(tmp_path)
    site.write("content/posts/b.ru.md", "Рукой.\n")
    (tmp_path / "content/posts/a.md").unlink()
    site.update()
    code, output = command(site, monkeypatch)
    assert code == 0
    assert "tarjuma clean" in output
    assert "tarjuma take content/posts/b.ru.md" in output


# --- histories --------------------------------------------------------------------------------------------------------

LAYOUTS: dict[str, tuple[str, Callable[[str, str], str], str]] = {
    "hugo": ('preset = "hugo"\n', lambda name, code: f"content/{name}.{code.lower()}.md", "data/tarjuma.json"),
    "plain": ('output = "out/{lang}/{path}"\n', lambda name, code: f"out/{code}/{name}.md", ""),
    "subfolder": (
        'preset = "hugo"\nlayout = "{root}/{dir}/{lang}/{stem}.md"\n',
        lambda name, code: "/".join(["content", *name.split("/")[:-1], code.lower(), name.split("/")[-1]]) + ".md",
        "data/tarjuma.json",
    ),
}
"""Name -> configuration, the page of a post in a language, the page map."""


@dataclass
class Model:
    """A site, and what a person would say is left behind."""

    site: Site
    dice: random.Random
    posts: dict[str, tuple[str, ...] | None] = field(default_factory=dict)
    """Name -> languages that it is translated into; None: all."""
    gone: list[str] = field(default_factory=list)
    languages: tuple[str, ...] = ("ru", "uz-Cyrl")
    layout: str = "hugo"
    ours: dict[str, bool] = field(default_factory=dict)
    """Path of each file that compile wrote and that is there -> whether somebody edited it."""
    number: int = 0

    def settle(self) -> None:
        """Write the configuration and all posts."""
        config, _, _ = LAYOUTS[self.layout]
        self.site.write("tarjuma.toml", f'{config}source = "content"\nlanguages = {json.dumps(self.languages)}\n')
        for name, codes in self.posts.items():
            head = "" if codes is None else f"---\ntranslate: {json.dumps(codes) if codes else 'false'}\n---\n"
            self.site.write(f"content/{name}.md", f"{head}Words of {name}.\n")

    def wanted(self) -> set[str]:
        _, target, page_map = LAYOUTS[self.layout]
        pages = {
            target(name, code)
            for name, codes in self.posts.items()
            for code in self.languages
            if codes is None or code in codes
        }
        return pages | ({page_map} if page_map else set())

    def left(self) -> set[str]:
        return set(self.ours) - self.wanted() if self.posts else set()

    # --- what people do

    def add(self) -> None:
        self.number += 1
        self.posts[self.dice.choice(("", "news/", "news/old/")) + f"post-{self.number}"] = None

    def delete(self) -> None:
        if len(self.posts) > 1:
            name = self.dice.choice(list(self.posts))
            del self.posts[name]
            self.gone.append(name)
            (self.site.folder / f"content/{name}.md").unlink()

    def rename(self) -> None:
        self.delete()
        self.add()

    def restore(self) -> None:
        if self.gone:
            self.posts[self.gone.pop(self.dice.randrange(len(self.gone)))] = None

    def scope(self) -> None:
        name = self.dice.choice(list(self.posts))
        self.posts[name] = self.dice.choice((None, (), ("ru",), ("uz-Cyrl",)))

    def speak(self) -> None:
        self.languages = self.dice.choice((("ru",), ("uz-Cyrl",), ("ru", "uz-Cyrl"), ("tg", "ru")))

    def move(self) -> None:
        self.layout = self.dice.choice(list(LAYOUTS))

    def compile(self) -> None:
        publish(self.site)
        there = {path for path in self.wanted() if (self.site.folder / path).exists()}
        self.ours |= {path: self.ours.get(path, False) for path in there}

    def edit(self) -> None:
        pages = [path for path in self.ours if not path.endswith(".json")]
        if pages:
            path = self.dice.choice(pages)
            self.site.write(path, self.site.read(path) + "Рукой.\n")
            self.ours[path] = True

    def lose(self) -> None:
        if self.ours:
            path = self.dice.choice(list(self.ours))
            (self.site.folder / path).unlink()
            del self.ours[path]

    def forget(self) -> None:
        shutil.rmtree(self.site.folder / ".tarjuma", ignore_errors=True)

    def clean(self) -> None:
        before = set(self.site.files())
        removed = set(clean(self.site).removed)
        assert removed == {path for path in self.left() if not self.ours[path]}
        assert before - set(self.site.files()) == removed
        self.ours = {path: is_edited for path, is_edited in self.ours.items() if path not in removed}

    def check(self) -> None:
        loaded = self.site.load()
        assert {source.path for source in loaded.sources} == {f"content/{name}.md" for name in self.posts}
        found = {orphan.path: bool(orphan.reason) for orphan in cleanup.orphans(loaded)}
        assert found == {path: self.ours[path] for path in self.left()}
        told = {each.path for each in survey.survey(loaded).leftovers if each.kind is Kind.PAGE}
        assert told == set(found)


STEPS = ("add", "delete", "rename", "restore", "scope", "speak", "move", "edit", "lose", "forget", "clean", "compile")


@settings(max_examples=max(1, EXAMPLES // 100), deadline=None)
@given(st.integers(0, 1 << 32))
def test_whatever_happens_exactly_what_was_left_behind_is_named(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        model = Model(Site(Path(folder)), random.Random(seed))
        for _ in range(3):
            model.add()
        model.settle()
        model.compile()
        for _ in range(12):
            getattr(model, model.dice.choice(STEPS))()
            model.settle()
            model.check()
            if model.dice.random() < 0.4:
                model.compile()
                model.check()
        model.clean()
        model.check()
