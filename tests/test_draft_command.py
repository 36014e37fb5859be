"""`tarjuma draft`: what is sent, what never is, what is written, what is said; against a stand-in on the loopback."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from tarjuma import cli, plugins, po, store
from tarjuma.engines import Batch, FatalError, Request, Traits
from tarjuma.model import State
from tests.site import HELLO, Site, made
from tests.standin import StandIn

Called = Callable[..., tuple[int, str, str]]

PRIVATE = {
    "draft": "---\ntitle: Unfinished secret\ndraft: true\n---\nUnfinished words\n",
    "locked": "---\ntitle: Locked secret\npassword: hunter2\n---\nLocked words\n",
    "future": "---\ntitle: Future secret\ndate: 2999-01-01\n---\nFuture words\n",
    "hidden": "---\ntitle: Hidden secret\nprivate: yes\n---\nHidden words\n",
}


class Fake:
    """An engine of the tests: puts letters of the target language in place of words, counts what it was asked."""

    def __init__(self, name: str, host: str = "", error: Exception | None = None, **traits: object) -> None:
        self.traits = Traits(name, host, batch=Batch.ARRAY, takes_context=True, **traits)  # type: ignore[arg-type]
        self.error = error
        self.asked: list[Request] = []
        self.is_closed = False
        self.before: Callable[[], None] = lambda: None

    def route(self, source: str, target: str) -> tuple[str, str] | None:
        return (source, target)

    def translate(self, requests: Sequence[Request], source: str, target: str) -> list[str]:
        self.before()
        if self.error:
            raise self.error
        self.asked += requests
        return [translation(request.text, target) for request in requests]

    def close(self) -> None:
        self.is_closed = True

    @property
    def texts(self) -> list[str]:
        return [request.text for request in self.asked]


def translation(text: str, target: str) -> str:
    """Other letters, the same signs: enough like a translation for every check of answers."""
    letters = dict(zip("aeiouybcdfghklmnprstvwxz", "аэиоуыбцдфгхклмнпрстввкз", strict=True))
    letters |= {low.upper(): high.upper() for low, high in letters.items()}
    return re.sub(r"\[/?\d+\]|<[^>]*>|(.)", lambda each: letters.get(each[1], each[1]) if each[1] else each[0], text)


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> dict[str, Fake]:
    """Engines by their names, as if other packages brought them."""
    there: dict[str, Fake] = {}
    part, names = plugins.part, plugins.names

    def found(kind: str, name: str) -> ModuleType:
        if kind != "engines" or name not in there:
            return part(kind, name)
        module = ModuleType(name)
        module.engine = lambda settings, environment: there[name]  # type: ignore[attr-defined]
        return module

    monkeypatch.setattr(plugins, "part", found)
    monkeypatch.setattr(plugins, "names", lambda kind: (*names(kind), *there) if kind == "engines" else names(kind))
    return there


@pytest.fixture
def tarjuma(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Called:
    """Run tarjuma in this process, in the folder of the test: returns exit code, standard output and error."""

    def called(*args: str) -> tuple[int, str, str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["tarjuma", *args])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        out, err = capsys.readouterr()
        return int(caught.value.code or 0), out, err

    return called


@pytest.fixture
def service() -> Iterator[StandIn]:
    with StandIn() as server:
        yield server


def site_of(folder: Path, server: StandIn | None, config: str = 'languages = ["ru", "tg"]\n', **posts: str) -> Site:
    """A site with catalogs whose google is the stand-in."""
    extra = f'\n[engines.google]\nurl = "{server.google}"\nrate = 0\n' if server else ""
    site = made(folder, config + extra, **posts)
    site.update()
    return site


def states(site: Site, language: str = "ru") -> dict[str, State]:
    entries: dict[str, State] = {}
    for path in site.files(f"locales/{language}"):
        if path.endswith(".po"):
            entries |= {entry.key.text: entry.state for entry in site.catalog(path).entries}
    return entries


def marks(site: Site, path: str) -> list[str]:
    return [comment for entry in site.catalog(path).entries for comment in entry.comments]


HELLO_PO = "locales/ru/LC_MESSAGES/hello.po"

# --- the ordinary run ------------------------------------------------------------------------------------------------


def test_every_empty_text_gets_a_draft_that_says_who_wrote_it(
    tmp_path: Path, tarjuma: Called, service: StandIn
) -> None:
    site = site_of(tmp_path, service)
    code, out, err = tarjuma("draft")
    assert code == 0
    assert err == "Texts go to 127.0.0.1.\n"
    assert "drafted  ru  5  google 5\ndrafted  tg  5  google 5\n  2 catalogs written\n" in out
    for language in ("ru", "tg"):
        assert set(states(site, language).values()) == {State.DRAFT}
    assert all(re.match(r"mt: google en>ru src=[0-9a-f]{8} out=[0-9a-f]{8}$", mark) for mark in marks(site, HELLO_PO))
    assert re.search(r"\*.+\*", site.catalog(HELLO_PO).entries[2].target)


def test_no_draft_gets_onto_a_page(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service)
    tarjuma("draft")
    site.run()
    assert not site.files("content/ru")


def test_a_second_run_asks_nobody_and_writes_nothing(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service)
    tarjuma("draft")
    before, asked = site.snapshot(), len(service.seen)
    assert tarjuma("draft") == (0, "Nothing to draft: no text is empty.\n", "")
    assert (site.snapshot(), len(service.seen)) == (before, asked)


def test_an_edited_text_is_asked_anew_and_all_else_stays(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service)
    tarjuma("draft")
    service.reset()
    site.write("content/en/hello.md", HELLO.replace("one item", "the first item"))
    site.update()
    assert tarjuma("draft", "-l", "ru")[0] == 0
    assert service.texts == ["the first item"]
    assert set(states(site).values()) - {State.OBSOLETE} == {State.DRAFT}


def test_the_header_and_what_people_wrote_stay_byte_for_byte(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service)
    catalog = site.read(HELLO_PO).replace('msgid "Hello"\nmsgstr ""', 'msgid "Hello"\nmsgstr "Здравствуй"')
    catalog = catalog.replace('"Last-Translator: \\n"', '"Last-Translator: Ann <ann@example.org>\\n"')
    site.write(HELLO_PO, catalog)
    tarjuma("draft", "-l", "ru")
    after = site.read(HELLO_PO)
    assert after.partition("\n\n")[0] == catalog.partition("\n\n")[0]
    assert 'msgid "Hello"\nmsgstr "Здравствуй"\n' in after


def test_what_a_person_saves_during_the_run_stays(tmp_path: Path, tarjuma: Called, fakes: dict[str, Fake]) -> None:
    site = site_of(tmp_path, None)
    fakes["fake"] = Fake("fake")
    translated = site.read(HELLO_PO).replace('msgid "Hello"\nmsgstr ""', 'msgid "Hello"\nmsgstr "Здравствуй"')
    fakes["fake"].before = lambda: site.write(HELLO_PO, translated) and None
    assert tarjuma("draft", "-l", "ru", "--engine", "fake")[0] == 0
    assert states(site)["Hello"] is State.REVIEWED
    assert set(states(site).values()) == {State.REVIEWED, State.DRAFT}


def test_plural_forms_are_drafted_one_by_one(tmp_path: Path, tarjuma: Called, fakes: dict[str, Fake]) -> None:
    site = site_of(tmp_path, None)
    site.write(
        "content/en/t.jinja", "{% trans count=n %}{{ count }} photo{% pluralize %}{{ count }} photos{% endtrans %}"
    )
    site.write("babel.cfg", "[tarjuma_markdown: content/en/**.md]\n[jinja2: content/en/**.jinja]\n")
    site.update()
    fakes["fake"] = Fake("fake")
    assert tarjuma("draft", "-l", "ru", "--engine", "fake", "content/en/t.jinja")[0] == 0
    assert fakes["fake"].texts == ["1 photo", "3 photos", "5 photos"]
    entry = site.catalog("locales/ru/LC_MESSAGES/_site.po").entries[0]
    assert entry.targets == ("%(count)s пхото", "%(count)s пхотос", "%(count)s пхотос")
    assert entry.state is State.DRAFT


# --- people's work ---------------------------------------------------------------------------------------------------


def test_the_reviewed_translation_of_the_same_text_is_taken_without_a_request(
    tmp_path: Path, tarjuma: Called, fakes: dict[str, Fake]
) -> None:
    site = site_of(tmp_path, None, a="# Read more\n\nFirst text.\n", b="Read more\n\nSecond text.\n")
    site.translate("locales/ru/LC_MESSAGES/a.po", **{"Read more": "Читать дальше"})
    fakes["fake"] = Fake("fake")
    code, out, _ = tarjuma("draft", "-l", "ru", "--engine", "fake")
    assert code == 0
    assert "fake 1, memory 1" in out
    assert fakes["fake"].texts == ["Second text."]
    entry = next(each for each in site.catalog("locales/ru/LC_MESSAGES/b.po").entries if each.key.text == "Read more")
    assert (entry.target, entry.state) == ("Читать дальше", State.DRAFT)
    assert entry.comments[0].startswith("mt: memory en>ru ")


def test_an_entry_with_one_form_filled_is_left_to_people(
    tmp_path: Path, tarjuma: Called, fakes: dict[str, Fake]
) -> None:
    site = site_of(tmp_path, None)
    site.write(
        "content/en/t.jinja", "{% trans count=n %}{{ count }} photo{% pluralize %}{{ count }} photos{% endtrans %}"
    )
    site.write("babel.cfg", "[jinja2: content/en/**.jinja]\n")
    site.update()
    path = "locales/ru/LC_MESSAGES/_site.po"
    site.write(path, site.read(path).replace('msgstr[0] ""', 'msgstr[0] "фото"'))
    before = site.read(path)
    fakes["fake"] = Fake("fake")
    _, _, err = tarjuma("draft", "-l", "ru", "--engine", "fake")
    assert "1 text with some plural forms filled by a person: left to people" in err
    assert site.read(path) == before


def test_discard_empties_what_nobody_touched_and_nothing_else(
    tmp_path: Path, tarjuma: Called, service: StandIn
) -> None:
    site = site_of(tmp_path, service)
    before = site.snapshot()
    tarjuma("draft")
    changed = site.read(HELLO_PO).replace('msgid "Hello"\nmsgstr "', 'msgid "Hello"\nmsgstr "мой ')
    site.write(HELLO_PO, changed)
    code, out, _ = tarjuma("draft", "--discard")
    assert code == 0
    assert "discarded  ru  4  google\ndiscarded  tg  5  google\n  2 catalogs written\n" in out
    assert states(site)["Hello"] is State.UNSURE
    assert site.snapshot()["locales/tg/LC_MESSAGES/hello.po"] == before["locales/tg/LC_MESSAGES/hello.po"]


def test_discard_of_one_engine_names_the_others(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service)
    tarjuma("draft", "-l", "ru")
    before = site.snapshot()
    code, out, _ = tarjuma("draft", "--discard", "deepl")
    assert (code, out) == (0, "No drafts of deepl that nobody has touched. There are drafts of google.\n")
    assert site.snapshot() == before
    assert tarjuma("draft", "-l", "ru", "--discard", "google")[0] == 0


def test_discard_takes_no_path_for_an_engine(tmp_path: Path, tarjuma: Called) -> None:
    site_of(tmp_path, None)
    code, _, err = tarjuma("draft", "--discard", "content/en/hello.md")
    assert code == 2
    assert "Write `tarjuma draft content/en/hello.md --discard`" in err


def test_redraft_makes_an_engines_untouched_drafts_anew(
    tmp_path: Path, tarjuma: Called, service: StandIn, fakes: dict[str, Fake]
) -> None:
    site = site_of(tmp_path, service)
    tarjuma("draft", "-l", "ru")
    site.write(HELLO_PO, site.read(HELLO_PO).replace('msgid "Hello"\nmsgstr "', 'msgid "Hello"\nmsgstr "мой '))
    fakes["fake"] = Fake("fake")
    code, out, _ = tarjuma("draft", "-l", "ru", "--redraft", "google", "--engine", "fake")
    assert code == 0
    assert "fake 4" in out
    engines = [entry.provenance["engine"] for entry in site.catalog(HELLO_PO).entries if entry.provenance]
    assert sorted(engines) == ["fake", "fake", "fake", "fake", "google"]


def test_an_old_draft_stays_when_nobody_can_make_a_new_one(
    tmp_path: Path, tarjuma: Called, service: StandIn, fakes: dict[str, Fake]
) -> None:
    site = site_of(tmp_path, service)
    tarjuma("draft", "-l", "ru")
    before = site.snapshot()
    fakes["fake"] = Fake("fake", error=FatalError("fake: the quota is used up"))
    code, out, _ = tarjuma("draft", "-l", "ru", "--redraft", "google", "--engine", "fake")
    assert code == 3
    assert "fake: the quota is used up" in out
    assert site.snapshot() == before


# --- consent ---------------------------------------------------------------------------------------------------------


def test_nothing_of_a_post_that_is_not_public_leaves_and_the_reason_is_said(
    tmp_path: Path, tarjuma: Called, service: StandIn
) -> None:
    never = 'languages = ["ru"]\n[draft]\nnever_send = ["content/en/board.md"]\n'
    site = site_of(
        tmp_path, service, never, **PRIVATE, board="# Board secret\n",
        open="# Open words\n\n<!-- l10n: no-mt -->\n\nPrivate secret\n\nMore open words\n",
    )  # fmt: skip
    code, out, _ = tarjuma("draft", "-v")
    assert code == 3
    sent = " ".join(service.texts)
    assert sorted(service.texts) == ["More open words", "Open words"]
    assert "secret" not in sent.lower()
    for name, why in {
        "draft": "`draft` in its front matter", "locked": "`password` in its front matter",
        "future": "`date` in its front matter is in the future", "hidden": "`private` in its front matter",
        "board": "never_send = 'content/en/board.md'", "open": "marked `l10n: no-mt`",
    }.items():  # fmt: skip
        assert f"stays on this machine: content/en/{name}.md: {why}" in out
    assert "hunter2" not in out
    assert states(site)["Private secret"] is State.UNTRANSLATED
    log = (tmp_path / ".tarjuma/sent.jsonl").read_text("utf-8")
    assert {json.loads(line)["post"] for line in log.splitlines()} == {"content/en/open.md"}


def test_an_engine_on_this_machine_drafts_what_may_not_leave(
    tmp_path: Path, tarjuma: Called, service: StandIn, fakes: dict[str, Fake]
) -> None:
    site = site_of(tmp_path, service, 'languages = ["ru"]\n', **PRIVATE, open="# Open words\n")
    fakes["here"] = Fake("here")
    code, out, _ = tarjuma("draft", "--engine", "google", "--engine", "here")
    assert code == 0
    assert service.texts == ["Open words"]
    assert "google 1, here 8" in out
    assert set(states(site).values()) == {State.DRAFT}


def test_a_text_that_a_private_post_shares_with_another_stays_here(
    tmp_path: Path, tarjuma: Called, service: StandIn
) -> None:
    config = 'languages = ["ru"]\ndomain = "single"\n'
    site_of(tmp_path, service, config, a="---\ndraft: true\n---\nShared words\n", b="Shared words\n\nOwn words\n")
    assert tarjuma("draft")[0] == 3
    assert service.texts == ["Own words"]


def test_neighbours_that_may_not_leave_are_not_shown_to_an_engine(
    tmp_path: Path, tarjuma: Called, fakes: dict[str, Fake]
) -> None:
    post = "# Title\n\n<!-- l10n: no-mt -->\n\nSecret words\n\nOpen words to ann@example.org\n\nLast words\n"
    site_of(tmp_path, None, 'languages = ["ru"]\n', a=post)
    fakes["far"] = Fake("far", host="far.example")
    tarjuma("draft", "--engine", "far")
    assert len(fakes["far"].asked) == 3
    assert "Secret" not in repr(fakes["far"].asked)
    assert "ann@" not in repr(fakes["far"].asked)


def test_a_section_keeps_its_posts_here(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service, 'languages = ["ru"]\n', open="Open words\n")
    site.write("content/en/club/_index.md", "---\ntitle: Club\ncascade:\n  private: true\n---\n")
    site.write("content/en/club/a.md", "Club words\n")
    site.update()
    assert tarjuma("draft")[0] == 3
    assert service.texts == ["Open words"]


def test_a_table_of_words_is_no_post_whatever_its_keys(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = made(tmp_path, f'languages = ["ru"]\n[engines.google]\nurl = "{service.google}"\nrate = 0\n')
    site.write("content/en/data/ui.json", '{"password": "Your password", "draft": "A draft"}\n')
    site.write("babel.cfg", "[tarjuma_json: content/en/data/**.json]\nkeys = **\n")
    site.update()
    assert tarjuma("draft")[0] == 0
    assert sorted(service.texts) == ["A draft", "Your password"]


def test_addresses_and_numbers_do_not_leave_and_come_back(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service, 'languages = ["ru"]\n', a="Write to ann@example.org or call +992 372 21 21 21.\n")
    assert tarjuma("draft")[0] == 0
    assert "ann" not in service.texts[0]
    assert "992" not in service.texts[0]
    target = site.catalog("locales/ru/LC_MESSAGES/a.po").entries[0].target
    assert "ann@example.org" in target
    assert "+992 372 21 21 21" in target


def test_a_text_of_no_post_any_more_is_not_sent(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service, 'languages = ["ru"]\n', a="Old words\n\nWords\n")
    site.write("content/en/a.md", "Words\n\nNew words\n")
    code, _, err = tarjuma("draft")
    assert code == 0
    assert service.texts == ["Words"]
    assert "locales/a.pot is older than the posts: run `tarjuma update` first" in err


def test_the_log_names_time_host_post_and_size_and_no_text(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site_of(tmp_path, service, 'languages = ["ru"]\n', a="First words\n", b="Second words, and more\n")
    tarjuma("draft")
    rows = [json.loads(line) for line in (tmp_path / ".tarjuma/sent.jsonl").read_text("utf-8").splitlines()]
    assert [set(row) for row in rows] == [{"time", "host", "post", "characters"}] * 2
    assert {row["post"] for row in rows} == {"content/en/a.md", "content/en/b.md"}
    assert sum(row["characters"] for row in rows) == len("First words") + len("Second words, and more")
    assert "words" not in json.dumps(rows)


def test_the_host_is_named_before_anything_is_sent(
    tmp_path: Path, tarjuma: Called, fakes: dict[str, Fake], capsys: pytest.CaptureFixture[str]
) -> None:
    site_of(tmp_path, None)
    fakes["far"] = Fake("far", host="far.example")
    said: list[str] = []
    fakes["far"].before = lambda: said.append(capsys.readouterr().err)
    tarjuma("draft", "-l", "ru", "--engine", "far")
    assert said[0] == "Texts go to far.example.\n"


def test_what_cannot_be_noted_is_not_sent(tmp_path: Path, tarjuma: Called, fakes: dict[str, Fake]) -> None:
    site_of(tmp_path, None)
    (tmp_path / ".tarjuma").mkdir(exist_ok=True)
    (tmp_path / ".tarjuma/sent.jsonl").mkdir()
    fakes["far"] = Fake("far", host="far.example")
    code, _, err = tarjuma("draft", "--engine", "far")
    assert code == 3
    assert ".tarjuma/sent.jsonl: cannot be written" in err
    assert fakes["far"].asked == []


def test_offline_contacts_nobody(tmp_path: Path, tarjuma: Called, fakes: dict[str, Fake]) -> None:
    site_of(tmp_path, None)
    fakes["far"], fakes["here"] = Fake("far", host="far.example"), Fake("here")
    code, _, err = tarjuma("draft", "--offline", "--engine", "far")
    assert code == 2
    assert err.startswith("error: --offline: far (far.example) would have to be contacted\n")
    code, _, err = tarjuma("draft", "--offline", "--engine", "far", "--engine", "here")
    assert (code, err) == (0, "--offline: far (far.example) will not be asked\n")
    assert fakes["far"].asked == []
    assert fakes["far"].is_closed


# --- engines ---------------------------------------------------------------------------------------------------------


def test_the_next_engine_gets_what_is_left(tmp_path: Path, tarjuma: Called, fakes: dict[str, Fake]) -> None:
    site_of(tmp_path, None, 'languages = ["ru"]\n')
    fakes["first"], fakes["second"] = Fake("first", error=FatalError("first: no more today")), Fake("second")
    code, out, err = tarjuma("draft", "--engine", "first", "--engine", "second")
    assert code == 0
    assert "second 5" in out
    assert err == "warning: first: no more today; it is not asked any more\n"


def test_the_configuration_names_the_engines(tmp_path: Path, tarjuma: Called, fakes: dict[str, Fake]) -> None:
    fakes["mine"] = Fake("mine")
    site_of(tmp_path, None, 'languages = ["ru"]\n[draft]\nengines = ["mine"]\n')
    assert tarjuma("draft")[0] == 0
    assert len(fakes["mine"].asked) == 5


def test_an_unknown_engine_is_told_with_the_nearest_one(tmp_path: Path, tarjuma: Called) -> None:
    site_of(tmp_path, None)
    code, _, err = tarjuma("draft", "--engine", "gogle")
    assert code == 2
    assert "there is no engine 'gogle'" in err
    assert "Did you mean 'google'?" in err


def test_a_missing_key_is_one_line_and_what_people_wrote_is_used_still(
    tmp_path: Path, tarjuma: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEEPL_AUTH_KEY", raising=False)
    monkeypatch.delenv("DEEPL_API_KEY", raising=False)
    site = site_of(tmp_path, None, a="Same words\n", b="# Same words\n\nOther words\n")
    site.translate("locales/ru/LC_MESSAGES/a.po", **{"Same words": "Те же слова"})
    code, out, err = tarjuma("draft", "-l", "ru", "--engine", "deepl")
    assert code == 3
    assert err.count("\n") == 1
    assert "deepl" in err
    assert "memory 1" in out
    assert states(site)["Other words"] is State.UNTRANSLATED


def test_via_takes_the_reviewed_text_of_another_language(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service, 'languages = ["ru", "be", "kk"]\n', a="One text\n\nAnother text\n")
    site.translate("locales/ru/LC_MESSAGES/a.po", **{"One text": "Один текст"})
    path = "locales/ru/LC_MESSAGES/a.po"
    site.write(path, site.read(path).replace('msgid "Another text"', '#, fuzzy\nmsgid "Another text"'))
    assert tarjuma("draft", "-l", "be", "-l", "kk")[0] == 0
    routes = {
        code: [mark.split()[2] for mark in marks(site, f"locales/{code}/LC_MESSAGES/a.po")] for code in ("be", "kk")
    }
    assert routes == {"be": ["ru>be", "en>be"], "kk": ["en>kk", "en>kk"]}
    assert "Один текст" in service.texts
    service.reset()
    tarjuma("draft", "--discard")
    assert tarjuma("draft", "-l", "kk", "--via", "ru")[0] == 0
    assert [mark.split()[2] for mark in marks(site, "locales/kk/LC_MESSAGES/a.po")] == ["ru>kk", "en>kk"]
    tarjuma("draft", "--discard")
    assert tarjuma("draft", "-l", "be", "--via", "en")[0] == 0
    assert [mark.split()[2] for mark in marks(site, "locales/be/LC_MESSAGES/a.po")] == ["en>be", "en>be"]


def test_without_network_it_ends_soon_with_one_line(tmp_path: Path, tarjuma: Called) -> None:
    site = made(tmp_path, 'languages = ["ru"]\n[engines.google]\nurl = "http://127.0.0.1:9/m"\n')
    site.update()
    started = time.monotonic()
    code, out, err = tarjuma("draft")
    assert code == 3
    assert err == "Texts go to 127.0.0.1.\nwarning: google: 127.0.0.1 cannot be reached; it is not asked any more\n"
    assert "empty    ru  5  google: 127.0.0.1 cannot be reached\n" in out
    assert time.monotonic() - started < 20


# --- before a run ----------------------------------------------------------------------------------------------------


def test_a_dry_run_sends_and_writes_nothing(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service, **PRIVATE, hello=HELLO)
    before = site.snapshot()
    code, out, err = tarjuma("draft", "--dry-run")
    assert (code, err, service.seen, site.snapshot()) == (0, "", [], before)
    head, russian, *_ = out.splitlines()
    assert head.split() == ["texts", "different", "known", "characters", "requests", "minutes", "price"]
    assert russian.split()[:5] == ["ru", "google", "5", "5", "0"]
    rows = json.loads(tarjuma("draft", "--dry-run", "--json")[1])["estimates"]
    assert [(row["language"], row["segments"], row["requests"]) for row in rows] == [("ru", 5, 1), ("tg", 5, 1)]
    tarjuma("draft", "-l", "ru")
    assert tarjuma("draft", "--dry-run", "-l", "ru", "--json")[1]
    assert tarjuma("draft", "--dry-run", "-l", "ru", "hello.md")[0] == 2


def test_a_sample_shows_engines_side_by_side_and_writes_no_draft(
    tmp_path: Path, tarjuma: Called, service: StandIn, fakes: dict[str, Fake]
) -> None:
    site = site_of(tmp_path, service)
    before = site.snapshot()
    fakes["here"] = Fake("here")
    code, out, _ = tarjuma("draft", "-l", "ru", "--sample", "2", "--engine", "google", "--engine", "here")
    assert code == 0
    assert re.fullmatch(
        r"ru 1 of 2\n  source  .+\n  google  .+\n  here    .+\nru 2 of 2\n  source  .+\n  google  .+\n  here    .+\n",
        out,
    )
    assert site.snapshot() == before
    asked = len(service.seen)
    shown = json.loads(tarjuma("draft", "-l", "ru", "--sample", "2", "--json", "--engine", "google")[1])["samples"]
    assert [row["drafts"][0]["engine"] for row in shown] == ["google", "google"]
    assert len(service.seen) == asked


def test_max_chars_ends_a_run_early_and_the_next_one_goes_on(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service, 'languages = ["ru"]\n', a="First words\n\nSecond words\n\nThird words\n")
    code, out, _ = tarjuma("draft", "--max-chars", "25")
    assert code == 3
    assert service.texts == ["First words", "Second words"]
    assert "empty    ru  1  no more characters may be sent in one run (max-chars); the next one goes on" in out
    assert tarjuma("draft", "--max-chars", "25")[0] == 0
    assert set(states(site).values()) == {State.DRAFT}


def test_paths_choose_posts_catalogs_and_folders(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site_of(tmp_path, service, 'languages = ["ru", "tg"]\n', a="Words of a\n", b="Words of b\n")

    def asked(*paths: str) -> list[str]:
        service.reset()
        code, _, _ = tarjuma("draft", *paths)
        assert code == 0
        return sorted(service.texts)

    assert asked("content/en/a.md", "-l", "ru") == ["Words of a"]
    assert asked("locales/tg/LC_MESSAGES/b.po") == ["Words of b"]
    assert asked("locales/ru") == ["Words of b"]
    assert asked("content/en") == ["Words of a"]
    code, _, err = tarjuma("draft", "content/en/c.md")
    assert code == 2
    assert "content/en/c.md: is neither a post nor a catalog of this project" in err


def test_a_path_of_a_shared_catalog_drafts_that_post_only(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site_of(tmp_path, service, 'languages = ["ru"]\ndomain = "single"\n', a="Words of a\n", b="Words of b\n")
    assert tarjuma("draft", "content/en/b.md")[0] == 0
    assert service.texts == ["Words of b"]


def test_without_catalogs_the_way_to_them_is_said(tmp_path: Path, tarjuma: Called) -> None:
    made(tmp_path)
    code, _, err = tarjuma("draft")
    assert code == 2
    assert "there are no catalogs yet\n hint: Run `tarjuma update` first" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-l", "xx"), "unknown language 'xx'"),
        (("-l", "kk"), "this project is not translated into kk"),
        (("--via", "kk"), "this project is not translated into kk"),
        (("--sample", "0"), "0 is not in the range"),
        (("--max-chars", "many"), "'many' is not a valid integer"),
    ],
)
def test_wrong_use_is_refused_before_anything_is_done(
    tmp_path: Path, tarjuma: Called, arguments: tuple[str, ...], said: str
) -> None:
    site_of(tmp_path, None)
    code, _, err = tarjuma("draft", *arguments)
    assert code == 2
    assert said in err


def test_languages_without_drafts_are_left_out(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    config = '[languages.ru]\n[languages.tg]\ndrafts = "none"\n'
    site = site_of(tmp_path, service, config)
    assert tarjuma("draft")[0] == 0
    assert set(states(site, "tg").values()) == {State.UNTRANSLATED}
    code, _, err = tarjuma("draft", "-l", "tg")
    assert code == 2
    assert 'tg gets no drafts: [languages.tg] says drafts = "none"' in err


def test_the_account_as_json(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site_of(tmp_path, service, **PRIVATE, hello=HELLO)
    code, out, _ = tarjuma("draft", "-l", "ru", "--json")
    account = json.loads(out)
    assert code == 3
    assert account["languages"]["ru"]["drafted"] == {"google": 5}
    assert sum(account["languages"]["ru"]["empty"].values()) == 8
    assert account["sent"]["hosts"] == ["127.0.0.1"]
    assert account["catalogs"] == [HELLO_PO]
    assert not account["is_stopped"]


def test_quiet_says_only_what_stays_empty(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site_of(tmp_path, service)
    assert tarjuma("draft", "-q", "-l", "ru")[1] == ""
    service.fault = "500"
    assert tarjuma("draft", "-q", "-l", "tg")[1].startswith("empty")


# --- stopped and killed ----------------------------------------------------------------------------------------------


def started(folder: Path, *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tarjuma", *args], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip


def finished(folder: Path, *args: str) -> int:
    process = started(folder, *args)
    process.communicate(timeout=60)
    return process.returncode


def slow_site(folder: Path, server: StandIn, latency: float = 0.3) -> Site:
    server.latency = latency
    posts = {
        f"p{number}": "".join(f"Sentence {each} of text {number}.\n\n" for each in range(40)) for number in range(12)
    }
    config = f'languages = ["ru"]\n[engines.google]\nurl = "{server.google}"\nrate = 0\nmax_chars = 1000\nworkers = 1\n'
    site = made(folder, config, **posts)
    site.update()
    return site


def wait_for(claim: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not claim():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.skipif(os.name != "posix", reason="skipped: no signals")
def test_ctrl_c_keeps_what_was_done(tmp_path: Path, service: StandIn) -> None:
    site = slow_site(tmp_path, service)
    process = started(tmp_path, "draft")
    wait_for(lambda: service.stats["200"] >= 3)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 3
    assert "Stopped. All drafts that came back are kept; run it again to go on." in err
    assert "Traceback" not in err
    kept = list(states(site).values()).count(State.DRAFT)
    assert f"drafted  ru  {kept} " in out
    assert 0 < kept < 480
    asked = len(service.texts)
    assert finished(tmp_path, "draft") == 0
    assert set(states(site).values()) == {State.DRAFT}
    assert len(service.texts) <= 480 + 2 * 40
    assert asked < 480


@pytest.mark.skipif(os.name != "posix", reason="skipped: no signals")
def test_a_killed_run_leaves_whole_catalogs_and_the_next_one_ends_as_if_nothing_had_been(
    tmp_path: Path, service: StandIn
) -> None:
    whole = slow_site(tmp_path / "whole", service, latency=0)
    assert finished(whole.folder, "draft") == 0
    site = slow_site(tmp_path / "killed", service)
    for _ in range(3):
        service.reset()
        process = started(site.folder, "draft")
        wait_for(lambda: service.stats["200"] >= 2)
        process.kill()
        process.communicate()
        for path in site.files("locales/ru"):
            po.parse((site.folder / path).read_bytes(), path)
    assert finished(site.folder, "draft") == 0
    names = site.files("locales/ru")
    assert [without_dates(site.read(name)) for name in names] == [without_dates(whole.read(name)) for name in names]


def without_dates(catalog: str) -> str:
    return re.sub(r'"(POT-Creation|PO-Revision)-Date: .*"\n', "", catalog)


def test_two_runs_at_once_do_not_mix(tmp_path: Path, tarjuma: Called, monkeypatch: pytest.MonkeyPatch) -> None:
    site_of(tmp_path, None)
    monkeypatch.setattr(store, "PATIENCE", 0.1)
    with store.locked(str(tmp_path), "tarjuma draft"):
        code, _, err = tarjuma("draft")
        assert tarjuma("draft", "--dry-run")[0] == 0
    assert code == 3
    assert f"another tarjuma is at work here: `tarjuma draft`, process {os.getpid()}" in err


def test_where_there_is_no_terminal_a_line_now_and_then_says_how_far_it_is(
    tmp_path: Path, tarjuma: Called, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    site_of(tmp_path, service, 'languages = ["ru"]\n')
    assert tarjuma("draft")[2] == "Texts go to 127.0.0.1.\n"
    tarjuma("draft", "--discard")
    monkeypatch.setattr("tarjuma.cli.console.EVERY", 0.0)
    lines = tarjuma("draft")[2].splitlines()
    assert lines[0] == "reading: 0 of 1"
    assert lines[-1] == "google: 5 of 5 texts, 0 requests so far"


# --- a stage of run --------------------------------------------------------------------------------------------------


def test_run_drafts_nothing_unless_the_configuration_asks(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site_of(tmp_path, service)
    code, out, _ = tarjuma("run")
    assert (code, service.seen) == (0, [])
    assert "draft" not in out


def test_run_asks_no_service_without_the_word_network(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site_of(tmp_path, service, 'languages = ["ru"]\n[draft]\nengines = ["google"]\n')
    code, out, _ = tarjuma("run")
    assert (code, service.seen) == (0, [])
    assert "google is not asked: tarjuma.toml does not say network = true in [draft]" in out


def test_run_drafts_with_engines_on_this_machine_alone(
    tmp_path: Path, tarjuma: Called, fakes: dict[str, Fake], service: StandIn
) -> None:
    fakes["here"] = Fake("here")
    site = site_of(tmp_path, service, 'languages = ["ru"]\n[draft]\nengines = ["google", "here"]\n')
    assert tarjuma("run")[0] == 0
    assert service.seen == []
    assert set(states(site).values()) == {State.DRAFT}
    assert not site.files("content/ru")


def test_run_drafts_new_texts_in_the_same_run(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = made(tmp_path, f'languages = ["ru"]\n[draft]\nnetwork = true\n[engines.google]\nurl = "{service.google}"\n')
    code, out, err = tarjuma("run")
    assert (code, err) == (0, "Texts go to 127.0.0.1.\n")
    assert "draft: 1 written, 0 unchanged\n  drafted: google 5\n" in out
    assert "characters in 1 request went to 127.0.0.1\n" in out
    assert set(states(site).values()) == {State.DRAFT}
    code, out, _ = tarjuma("run")
    assert (code, len(service.seen)) == (0, 1)
    assert "draft: 0 unchanged\n" in out


def test_run_without_network_does_all_else_and_ends_well(tmp_path: Path, tarjuma: Called) -> None:
    config = 'languages = ["ru"]\n[draft]\nnetwork = true\n[engines.google]\nurl = "http://127.0.0.1:9/m"\n'
    site = made(tmp_path, config)
    site.update()
    site.translate_all("ru")
    site.write("content/en/new.md", "New words\n")
    code, out, err = tarjuma("run")
    assert code == 0
    assert out.count("google: 127.0.0.1 cannot be reached") == 1
    assert err == "Texts go to 127.0.0.1.\n"
    assert site.files("content/ru") == ["content/ru/hello.md"]


def test_run_says_that_its_drafting_was_stopped(
    tmp_path: Path, tarjuma: Called, service: StandIn, fakes: dict[str, Fake], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> list[str]:
        signal.raise_signal(signal.SIGINT)
        time.sleep(0.2)
        return []

    fakes["here"] = Fake("here")
    monkeypatch.setattr(fakes["here"], "translate", interrupted)
    site_of(tmp_path, service, 'languages = ["ru"]\n[draft]\nengines = ["here"]\n')
    code, out, _ = tarjuma("run")
    assert code == 0
    assert "  stopped: all drafts that came back are kept, the next run goes on\n" in out


def test_wrong_settings_of_an_engine_stop_run_before_it_writes(tmp_path: Path, tarjuma: Called) -> None:
    site = made(tmp_path, 'languages = ["ru"]\n[draft]\nnetwork = true\n[engines.google]\nrat = 3\n')
    code, _, err = tarjuma("run")
    assert code == 2
    assert "[engines.google]: unknown key 'rat'" in err
    assert not site.files("locales")


# --- a hostile world -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["error page", "half", "echo", "empty", "wrong script", "500", "429", "reset"])
def test_no_answer_that_is_no_translation_gets_into_a_catalog(
    tmp_path: Path, tarjuma: Called, service: StandIn, fault: str
) -> None:
    text = "This is a sentence that is long enough to be judged, and it goes on for a while.\n"
    site = site_of(tmp_path, service, 'languages = ["ru"]\n', a=text)
    service.fault = fault
    before = site.snapshot()
    code, out, _ = tarjuma("draft")
    assert code == 3
    assert site.snapshot() == before
    assert "empty    ru  1  " in out
    assert "judged" not in out


def test_half_a_text_gets_into_no_catalog_in_pieces_either(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    texts = ("See [the map](/m) of `x`", "# Our **news**", "Run `make` and `make test` twice", "- Read *more*")
    site = site_of(tmp_path, service, 'languages = ["ru"]\n', a="\n\n".join(texts) + "\n")
    service.fault = "half"
    code, out, _ = tarjuma("draft")
    assert code == 3
    assert "empty    ru  4  the text breaks off\n" in out
    assert set(states(site).values()) == {State.UNTRANSLATED}


def test_an_engine_that_breaks_is_no_traceback(tmp_path: Path, tarjuma: Called, fakes: dict[str, Fake]) -> None:
    site_of(tmp_path, None)
    fakes["mad"] = Fake("mad", error=ZeroDivisionError("secret text"))
    code, out, err = tarjuma("draft", "-l", "ru", "--engine", "mad")
    assert code == 3
    assert "mad: failed with ZeroDivisionError" in out
    assert "secret" not in out + err


def test_a_catalog_that_cannot_be_read_is_told_and_the_others_are_drafted(
    tmp_path: Path, tarjuma: Called, service: StandIn
) -> None:
    site = site_of(tmp_path, service, 'languages = ["ru"]\n', a="Words of a\n", b="Words of b\n")
    site.write("locales/ru/LC_MESSAGES/a.po", 'msgid "broken\n')
    code, _, err = tarjuma("draft")
    assert "locales/ru/LC_MESSAGES/a.po:1" in err
    assert code == 3
    assert service.texts == ["Words of b"]


def test_a_broken_post_is_no_fault_of_the_others(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service, 'languages = ["ru"]\n', a="Words of a\n", b="Words of b\n")
    site.write("content/en/a.md", b"\xff\xfe broken")
    assert tarjuma("draft", "content/en/b.md")[0] == 0


def test_an_engine_of_others_that_cannot_be_made_is_one_line(
    tmp_path: Path, tarjuma: Called, fakes: dict[str, Fake], monkeypatch: pytest.MonkeyPatch
) -> None:
    site_of(tmp_path, None)
    fakes["mad"] = Fake("mad")
    monkeypatch.delitem(fakes, "mad")
    monkeypatch.setattr(plugins, "names", lambda kind: ("mad",))
    broken = ModuleType("mad")
    monkeypatch.setattr(plugins, "part", lambda kind, name: broken)
    code, _, err = tarjuma("draft", "--engine", "mad")
    assert code == 3
    assert err == "warning: mad: failed with AttributeError\n"


def test_a_post_that_cannot_be_read_sends_nothing_of_its_catalog(
    tmp_path: Path, tarjuma: Called, service: StandIn
) -> None:
    site = site_of(tmp_path, service, 'languages = ["ru"]\n', a="Words of a\n", b="Words of b\n")
    site.write("content/en/a.md", b"\xff\xfe broken")
    tarjuma("draft")
    assert service.texts == ["Words of b"]


def test_a_broken_memory_costs_a_warning(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site_of(tmp_path, service)
    (tmp_path / ".tarjuma").mkdir(exist_ok=True)
    (tmp_path / ".tarjuma/memory.sqlite").write_bytes(b"no database at all" * 100)
    code, _, err = tarjuma("draft", "-l", "ru")
    assert code == 0
    assert "warning: .tarjuma/memory.sqlite: was damaged" in err


def test_the_help_imports_no_engine() -> None:
    script = "import sys, tarjuma.cli.draft\nprint(*sys.modules, sep='\\n')"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"requests", "deep_translator", "sqlite3", "rapidfuzz", "tarjuma.dispatch"} & set(loaded)


# --- for OmegaT ------------------------------------------------------------------------------------------------------

TMX = "locales/tg/tm/mt/tarjuma.tmx"


def test_drafts_for_omegat_lie_beside_the_catalogs(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service, '[languages.ru]\n[languages.tg]\ndrafts = "tmx"\n')
    before = site.read("locales/tg/LC_MESSAGES/hello.po")
    code, out, _ = tarjuma("draft")
    assert code == 0
    assert "drafted  ru  5  google 5\ndrafted  tg  5  google 5\n  2 catalogs written\n" in out
    assert site.read("locales/tg/LC_MESSAGES/hello.po") == before
    memory = site.read(TMX)
    assert memory.count("<tu>") == 5
    assert memory.count('<tuv xml:lang="tg" creationid="google">') == 5
    assert "<seg>one item</seg>" in memory
    asked = len(service.seen)
    assert tarjuma("draft")[1] == "Nothing to draft: no text is empty.\n"
    assert (len(service.seen), site.read(TMX)) == (asked, memory)


def test_drafts_for_omegat_follow_edits_and_go_when_discarded(
    tmp_path: Path, tarjuma: Called, service: StandIn
) -> None:
    site = site_of(tmp_path, service, '[languages.tg]\ndrafts = "tmx"\n')
    tarjuma("draft")
    service.reset()
    site.write("content/en/hello.md", HELLO.replace("one item", "the *first* item & more"))
    site.update()
    tarjuma("draft")
    assert len(service.texts) == 1
    assert "<seg>the *first* item &amp; more</seg>" in site.read(TMX)
    assert "There are drafts of google." in tarjuma("draft", "--discard", "deepl")[1]
    assert "discarded  tg  6  google" in tarjuma("draft", "--discard")[1]
    assert TMX not in site.files()


def test_the_quality_of_drafts_for_omegat_is_told_too(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service, '[languages.tg]\ndrafts = "tmx"\n')
    tarjuma("draft")

    def row() -> tuple[int, int, int, int]:
        (found,) = json.loads(tarjuma("memory", "quality", "--json")[1])["rows"]
        return found["unchanged"], found["edited"], found["rejected"], found["waiting"]

    assert row() == (0, 0, 0, 5)
    path = "locales/tg/LC_MESSAGES/hello.po"
    offered = re.findall(r"<seg>(.*)</seg>", site.read(TMX).partition("<seg>one item</seg>")[2])[0]
    site.write(path, site.read(path).replace('msgid "one item"\nmsgstr ""', f'msgid "one item"\nmsgstr "{offered}"'))
    assert row() == (1, 0, 0, 4)
    tarjuma("draft", "--discard")
    assert row() == (1, 0, 0, 0)


def test_a_memory_that_somebody_changed_is_told_and_kept(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service, '[languages.tg]\ndrafts = "tmx"\n')
    site.write(TMX, "<tmx>no memory")
    code, _, err = tarjuma("draft")
    assert code == 3
    assert err.count(f"error: {TMX}") == 1
    assert service.texts == []
    assert site.read(TMX) == "<tmx>no memory"


# --- the memory ------------------------------------------------------------------------------------------------------


def test_what_was_imported_is_taken_before_any_engine_is_asked(
    tmp_path: Path, tarjuma: Called, service: StandIn
) -> None:
    site = site_of(tmp_path, service, 'languages = ["ru"]\n', a="Known words\n\nOther words\n")
    site.write("locales/memory/old.tmx", (
        '<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body><tu>'
        '<tuv xml:lang="en"><seg>Known words</seg></tuv><tuv xml:lang="ru"><seg>Знакомые слова</seg></tuv>'
        "</tu></body></tmx>"
    ))  # fmt: skip
    code, out, _ = tarjuma("draft")
    assert code == 0
    assert service.texts == ["Other words"]
    assert "google 1, memory 1" in out
    assert 'msgstr "Знакомые слова"' in site.read("locales/ru/LC_MESSAGES/a.po")


def test_the_quality_of_drafts_is_told_after_people_have_read_them(
    tmp_path: Path, tarjuma: Called, service: StandIn
) -> None:
    site = site_of(tmp_path, service, 'languages = ["ru"]\n')
    tarjuma("draft")
    approved = site.read(HELLO_PO).replace("#, fuzzy\n", "", 2)
    site.write(HELLO_PO, approved)
    site.update()
    code, out, _ = tarjuma("memory", "quality")
    assert code == 0
    assert "google" in out
