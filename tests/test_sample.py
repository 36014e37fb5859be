"""The sample site: its Russian and Tajik are complete, and written with the right letters, numbers and terms."""

import csv
import re
import subprocess
from pathlib import Path

import pytest

from tarjuma import langs, po
from tarjuma.model import Catalog, State

TOP = Path(__file__).parents[1]
TRANSLATED = ("ru", "tg")
EMPTY = ("be", "hy", "az", "kk", "ky", "ro", "tk", "uz")


def catalogs(code: str) -> list[Catalog]:
    folder = TOP / "locales" / code / "LC_MESSAGES"
    # _tarjuma holds the words of tarjuma itself, see test_speech.py
    paths = sorted(path for path in folder.rglob("*.po") if path.name != "_tarjuma.po")
    return [po.parse(path.read_bytes(), path.name) for path in paths]


def texts(code: str) -> list[tuple[str, str]]:
    return [
        (source, target)
        for catalog in catalogs(code)
        for entry in catalog.entries
        for source, target in zip((entry.key.text, *[entry.key.plural or ""] * 9), entry.targets, strict=False)
    ]


def stems(term: str) -> list[str]:
    return [word[: max(3, len(word) - 3)].lower() for word in re.findall(r"\w+", term) if len(word) > 2]


@pytest.mark.parametrize("code", TRANSLATED)
def test_russian_and_tajik_are_complete_and_reviewed(code):
    states = [entry.state for catalog in catalogs(code) for entry in catalog.entries if not entry.is_obsolete]
    assert len(states) == 18
    assert set(states) == {State.REVIEWED}


@pytest.mark.parametrize("code", EMPTY)
def test_the_other_languages_wait_for_their_translators(code):
    states = [entry.state for catalog in catalogs(code) for entry in catalog.entries if not entry.is_obsolete]
    assert len(states) == 18
    assert State.REVIEWED not in states


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_letters_of_its_language(code):
    letters = set(langs.language(code).letters)
    for _, target in texts(code):
        foreign = {letter for letter in target.lower() if letter.isalpha() and not letter.isascii()} - letters
        assert not foreign, target
        assert not re.search(r"[a-z][а-яёғӣқӯҳҷ]|[а-яёғӣқӯҳҷ][a-z]", target, re.IGNORECASE), target


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_keeps_numbers_names_and_its_end(code):
    for source, target in texts(code):
        assert sorted(re.findall(r"\d+", source.replace(",", ""))) == sorted(re.findall(r"\d+", target)), target
        assert re.findall(r"CICED|COVID-19|%\(\w+\)s", source) == re.findall(r"CICED|COVID-19|%\(\w+\)s", target)
        assert re.findall(r"[.…]?\Z", source) == re.findall(r"[.…]?\Z", target), target
        assert "  " not in target


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_keeps_to_the_glossary(code):
    with (TOP / "glossary.csv").open(encoding="utf-8", newline="") as stream:
        terms = list(csv.DictReader(stream))
    assert {"CICED", "CIS", "Dushanbe", "Republic of Tajikistan", "Russian Federation"} <= {t["source"] for t in terms}
    for source, target in texts(code):
        for term in terms:
            if not re.search(
                rf"\b{re.escape(term['source'])}", source, 0 if term["source"][0].isupper() else re.IGNORECASE
            ):
                continue
            missing = [stem for stem in stems(term[code]) if stem not in target.lower()]
            assert not missing, (term["source"], target)


@pytest.mark.parametrize("path", sorted((TOP / "locales").rglob("*.po")), ids=lambda path: "/".join(path.parts[-4:]))
def test_gettext_takes_every_catalog_as_it_is(path):
    assert not subprocess.run(["msgfmt", "-c", "-o", "-", path], capture_output=True, check=True).stderr
    assert subprocess.run(["msgcat", "--no-wrap", path], capture_output=True, check=True).stdout == path.read_bytes()
