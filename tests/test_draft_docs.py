"""docs/drafting.md says what engines say of themselves, and what the program does."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tarjuma import config, consent, engines, glossary, langs, po, terms
from tarjuma.model import Options, State
from tests.site import Site

TOP = Path(__file__).parents[1]
PAGE = (TOP / "docs" / "drafting.md").read_text("utf-8")
KEYS = {"DEEPL_API_KEY": "a-key", "OPENAI_API_KEY": "a-key"}
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    return [text for name, text in FENCE.findall(PAGE) if name == language]


def rows(title: str) -> list[list[str]]:
    """The cells of the table whose first line begins with a title."""
    table = PAGE.partition(title)[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("| \n").split("|")] for line in table.splitlines()[2:]]


def test_the_table_of_languages_is_what_the_engines_take() -> None:
    shown = {re.findall(r"`([\w-]+)`", cells[0])[0]: cells for cells in rows("| | google | mymemory ")}
    assert list(shown) == list(langs.LANGUAGES)
    for at, name in ((1, "google"), (2, "mymemory")):
        engine = engines.engine(name, {}, {})
        for code, cells in shown.items():
            source = "ru" if "from Russian" in cells[0] else "en"
            assert (cells[at] == "yes") == (engine.route(source, code) is not None), (name, code)
    assert {code: cells[0].partition(" `")[0] for code, cells in shown.items() if code != "uz-Cyrl"} == {
        code: language.name for code, language in langs.LANGUAGES.items() if code != "uz-Cyrl"
    }


@pytest.mark.parametrize("name", ["google", "mymemory", "deepl", "openai"])
def test_the_hosts_of_the_docs_are_those_that_get_text(name: str) -> None:
    engine = engines.engine(name, {"model": "m"} if name == "openai" else {}, KEYS)
    (cells,) = (cells for cells in rows("| engine | where the text goes") if cells[0] == f"`{name}`")
    assert engine.traits.host in cells[1]
    engine.close()


def test_every_engine_is_documented() -> None:
    named = set(re.findall(r"`([\w-]+)`", " ".join(cells[0] for cells in rows("| engine | where the text goes"))))
    assert named == set(engines.names())


def test_the_draft_of_the_docs_is_one() -> None:
    (text,) = blocks("po")
    (entry,) = po.parse(f'msgid ""\nmsgstr "Language: ru\\n"\n\n{text}'.encode(), "ru.po").entries
    assert entry.state is State.DRAFT
    assert po.parse(text.replace("#, fuzzy\n", "").encode(), "ru.po").entries[0].state is State.REVIEWED
    assert po.parse(text.replace("более", "больше").encode(), "ru.po").entries[0].state is State.UNSURE


@pytest.mark.parametrize("text", blocks("toml"))
def test_every_configuration_of_the_page_is_accepted(text: str, tmp_path: Path) -> None:
    (tmp_path / "tarjuma.toml").write_text(text, "utf-8")
    assert config.load(tmp_path).languages


def test_the_last_configuration_forbids_all_services_all_posts(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("tarjuma.toml", blocks("toml")[-1])
    never_send = config.load(tmp_path).drafting.never_send
    for path in ("a.md", "content/en/a.md", "content/en/data/site.yml", "content/en/posts/2024/b.html"):
        assert consent.reason(b"Text\n", path, Options(), datetime.now(UTC), never_send)


def test_the_line_of_the_log_has_the_fields_that_are_written() -> None:
    (line,) = blocks("json")
    assert list(json.loads(line)) == ["time", "host", "post", "characters"]


def test_the_glossary_of_the_docs_can_be_read() -> None:
    (table,) = blocks("csv")
    found = glossary.read(table.encode(), "glossary.csv")
    assert not found.problems
    assert sorted(term.action for term in found.glossary.terms) == sorted(glossary.ACTIONS)
    actions = [cells[0].strip("`").partition("`")[0] for cells in rows("| action | in a draft")]
    assert sorted(actions) == sorted(glossary.ACTIONS)
    term = found.glossary.by_source["cis"]
    assert terms.expanded("CIS", term, "CIS", "ru") in PAGE
