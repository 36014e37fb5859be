"""`tarjuma snippets`: what is offered for which generator, and that nothing of the site's own is overwritten."""

import tomllib
from importlib.resources import files

import pytest
from click.testing import CliRunner

from tarjuma import langs, presets, snippets
from tarjuma.cli import group
from tarjuma.publish.state import Published

BANNER = tomllib.loads(files(snippets).joinpath("banner.toml").read_text("utf-8"))
SPOKEN = {str(state) for state in Published} - {str(Published.COMPLETE)} | {"original"}


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder with `preset = "hugo"` and posts; returns a function that runs a command in it."""
    (tmp_path / "content").mkdir()
    (tmp_path / "tarjuma.toml").write_text('languages = ["tg", "uz-Cyrl"]\npreset = "hugo"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(group, ["snippets", *words])


def test_every_language_that_comes_with_tarjuma_has_the_words_of_the_banner():
    assert {code: set(words) for code, words in BANNER.items()} == dict.fromkeys(langs.LANGUAGES, SPOKEN)


@pytest.mark.parametrize("code", [code for code in BANNER if code != "en"])
def test_no_words_of_the_banner_are_those_of_another_language(code):
    others = {text for other, words in BANNER.items() if other != code for text in words.values()}
    assert others.isdisjoint(BANNER[code].values())


@pytest.mark.parametrize("name", snippets.names())
def test_every_file_of_a_preset_is_there_and_speaks_the_languages_of_the_site(name):
    found = snippets.snippets(presets.named(name), ["en", "uz-Cyrl"])
    texts = [snippet.text for snippet in found]
    assert all(snippet.where for snippet in found)
    assert not any("@TEXTS@" in text for text in texts)
    assert any(BANNER["uz-Cyrl"]["mt"] in text for text in texts)
    assert not any(BANNER["ru"]["mt"] in text for text in texts)


@pytest.mark.parametrize("name", snippets.names())
def test_no_file_of_a_preset_is_forgotten(name):
    def below(folder, path=""):
        for each in folder.iterdir():
            inner = f"{path}{each.name}"
            if each.is_dir() and each.name != "__pycache__":
                yield from below(each, f"{inner}/")
            elif each.is_file() and each.name != "where.toml":
                yield inner

    folder = files(snippets).joinpath(snippets.SHARED.get(name, name))
    assert sorted(below(folder)) == sorted(each.path for each in snippets.snippets(presets.named(name), ()))


def test_a_region_speaks_as_its_language_does():
    (text,) = (each.text for each in snippets.snippets(presets.named("hugo"), ["ru-KZ"]) if "banner" in each.path)
    assert BANNER["ru"]["mt"] in text
    assert '"ru-kz"' in text


def test_snippets_are_listed_with_what_each_is_for(site):
    listed = site().stdout
    assert "layouts/_partials/l10n/banner.html\n    says when a page is unfinished" in listed


def test_snippets_are_printed_for_the_preset_that_is_named(site):
    printed = site("pelican", "--print").stdout
    assert "==> plugins/l10n.py" in printed
    assert BANNER["tg"]["mt"] in printed


def test_no_file_of_the_site_is_overwritten(site, tmp_path):
    own = tmp_path / "layouts" / "rss.xml"
    own.parent.mkdir()
    own.write_text("mine")
    said = site("--write").stdout
    assert own.read_text() == "mine"
    assert "left as it is: layouts/rss.xml" in said
    assert "wrote layouts/_partials/l10n/hreflang.html" in said
    assert "wrote" not in site("--write").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["hugo-dir"], "there are no snippets for 'hugo-dir'"),
        (["hugo-dir"], "Did you mean 'hugo-dirs'?"),
    ],
)
def test_a_wrong_preset_gets_the_nearest_right_one(site, words, said):
    error = site(*words).exception
    assert said in f"{error} {error.hint}"


def test_a_site_without_a_preset_is_told_which_ones_there_are(site, tmp_path):
    (tmp_path / "tarjuma.toml").write_text('languages = ["tg"]\nsource = "content"\n', "utf-8")
    error = site().exception
    assert str(error) == "the configuration names no preset"
    assert "hugo-dirs" in error.hint
