"""Languages that are made by rule: Uzbek in its two alphabets."""

from pathlib import Path

import pytest

from tarjuma import config, po, project
from tarjuma.errors import ConfigError
from tarjuma.model import State
from tests.site import Site

CONFIG = 'languages = ["uz", "uz-Cyrl"]\nderive = {uz-Cyrl = "uz"}\n'
POST = "# Hello\n\nThe centre opened in October. Write about GNU tools to `a@b.example`.\n"
UZBEK = {
    "Hello": "Salom",
    "The centre opened in October. Write about GNU tools to `a@b.example`.": (
        "Markaz oktabr oyida ochildi. GNU vositalari haqida `a@b.example` ga yozing."
    ),
}


def entries(site: Site, language: str) -> dict[str, po.Entry]:
    path = f"locales/{language}/LC_MESSAGES/hello.po"
    return {entry.key.text: entry for entry in po.parse(site.read(path).encode(), path).entries}


def translate(site: Site, language: str, texts: dict[str, str]) -> None:
    path = f"locales/{language}/LC_MESSAGES/hello.po"
    text = site.read(path)
    for source, target in texts.items():
        before, quoted, behind = text.partition(f'msgid "{source}"\nmsgstr "')
        assert quoted
        text = before + quoted + target + behind[behind.index('"\n') :]
    site.write(path, text)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.write("tarjuma.toml", CONFIG)
    site.write("content/en/hello.md", POST)
    project.run(project.load(site.folder))
    translate(site, "uz", UZBEK)
    project.run(project.load(site.folder))
    return site


def test_a_derived_entry_follows_its_reviewed_origin_and_keeps_code_and_latin_names(site):
    made = entries(site, "uz_Cyrl")
    assert [made[source].target for source in UZBEK] == [
        "Салом",
        "Марказ октябрь ойида очилди. GNU воситалари ҳақида `a@b.example` га ёзинг.",
    ]
    assert {entry.state for entry in made.values()} == {State.REVIEWED}
    assert all(entry.comments[0].startswith("derived: uz>uz-Cyrl src=") for entry in made.values())
    assert "Салом" in site.read("content/uz-Cyrl/hello.md")


def test_deriving_twice_writes_nothing(site):
    extracted, updated = project.check_update(project.load(site.folder))
    assert not extracted.changes
    assert not updated.changes


def test_a_derived_entry_is_made_anew_when_its_origin_changes(site):
    translate(site, "uz", {"Hello": "Assalomu alaykum"})
    project.run(project.load(site.folder))
    assert entries(site, "uz_Cyrl")["Hello"].target == "Ассалому алайкум"


def test_what_a_person_wrote_is_never_made_anew(site):
    translate(site, "uz_Cyrl", {"Hello": "Хуш келибсиз"})
    translate(site, "uz", {"Hello": "Assalomu alaykum"})
    _, updated, _ = project.run(project.load(site.folder))
    assert entries(site, "uz_Cyrl")["Hello"].target == "Хуш келибсиз"
    assert any("edited by hand" in note for note in updated.notes)


def test_a_derived_entry_goes_when_its_origin_is_no_longer_reviewed(site):
    translate(site, "uz", {"Hello": ""})
    project.run(project.load(site.folder))
    assert entries(site, "uz_Cyrl")["Hello"].target == ""


def test_a_word_that_the_rules_get_wrong_stands_in_the_file_of_exceptions(site):
    site.write("locales/uz-Cyrl.exceptions.csv", "word,replacement\nSalom,Саломлар\n")
    project.run(project.load(site.folder))
    assert entries(site, "uz_Cyrl")["Hello"].target == "Саломлар"


@pytest.mark.parametrize("table", ['{ru = "uz"}', '{uz-Cyrl = "tg"}', '{uz-Cyrl = "uz", uz = "uz-Cyrl"}'])
def test_only_what_rules_can_make_is_derived(table, tmp_path):
    (tmp_path / "tarjuma.toml").write_text(CONFIG.replace('{uz-Cyrl = "uz"}', table), "utf-8")
    with pytest.raises(ConfigError):
        config.load(tmp_path)
