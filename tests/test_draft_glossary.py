"""`tarjuma draft` with a glossary: names that are kept or written in full, terms that engines are told, against a
stand-in on the loopback.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.site import Site, made
from tests.standin import StandIn, translation
from tests.test_draft_command import Called, service, tarjuma

__all__ = ["service", "tarjuma"]

GLOSSARY = """source,action,ru,be,uz,forbidden
CICED,keep,,,,
CIS,expand-first,СНГ; Содружество Независимых Государств,СНД; Садружнасць Незалежных Дзяржаў,MDH,
scholarship,translate,стипендия,стыпендыя,stipendiya,
Dushanbe,transliterate,Душанбе,Душанбэ,Dushanbe,
unrelated,translate,посторонний,чужы,begona,
"""
FIRST = "# The CIS\n\nThe scholarship of CICED in the CIS. The CIS is [large](/cis).\n\nSee the CIS in Dushanbe.\n"
SECOND = "Welcome to the CIS, from Tajikistan.\n\n- A [CIS][] page\n\n[CIS]: /cis\n"
RU = "locales/ru/LC_MESSAGES/{}.po"


def site_of(folder: Path, server: StandIn, languages: str = '["ru"]', **posts: str) -> Site:
    """A site with a glossary, whose engines are the stand-in's."""
    engines = "".join(
        f'[engines.{name}]\nurl = "{url}"\nrate = 0\nworkers = 1\n{more}'
        for name, url, more in (
            ("google", server.google, ""),
            ("openai", server.openai, 'model = "tiny"\n'),
            ("deepl", server.deepl, 'glossary = { ru = "our-terms" }\n'),
        )
    )
    site = made(folder, f"languages = {languages}\n{engines}", **(posts or {"first": FIRST, "second": SECOND}))
    site.write("glossary.csv", GLOSSARY)
    site.update()
    return site


def targets(site: Site, path: str) -> dict[str, str]:
    return {entry.key.text: entry.target for entry in site.catalog(path).entries}


def told(server: StandIn) -> list[dict[str, Any]]:
    """What a model was given in each request."""
    bodies = [json.loads(seen.body) for seen in server.seen if seen.dialect == "openai"]
    return [json.loads(body["messages"][-1]["content"]) for body in bodies]


def glossary_of(server: StandIn) -> dict[str, str]:
    return {source: target for asked in told(server) for source, target in asked.get("glossary", ())}


def test_all_actions_in_two_posts(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service)
    code, out, _ = tarjuma("draft", "--engine", "openai")
    assert code == 0
    sent = [text for seen in service.seen for text in seen.texts]
    assert "The scholarship of <x1/> in the <x2/>. The <x3/> is <x4>large</x4>." in sent
    assert not any("CICED" in text or "CIS" in text for text in sent)
    assert glossary_of(service) == {"scholarship": "стипендия", "Dushanbe": "Душанбе", "Tajikistan": "Таджикистан"}
    first, second = targets(site, RU.format("first")), targets(site, RU.format("second"))
    full = "Содружество Независимых Государств (СНГ)"
    made_of = {text: translation(text, "ru") for text in ("The", "is", "large", "of", "in", "the", "scholarship")}
    large = "The scholarship of CICED in the CIS. The CIS is [large](/cis)."
    words = "{The} {scholarship} {of} CICED {in} {the} FULL. {The} СНГ {is} [{large}](/cis)."
    assert first[large] == words.format(**made_of).replace("FULL", full)
    assert [full in text for text in first.values()].count(True) == 1
    assert first["The CIS"] == f"{made_of['The']} СНГ"
    assert second["Welcome to the CIS, from Tajikistan."].count(full) == 1
    # the name of an address is markup
    assert "[CIS][]" in second["A [CIS][] page"]
    assert "  terms  ru  1  the glossary has стипендия for scholarship\n" in out
    assert "  terms  ru  1  the glossary has Душанбе for Dushanbe\n" in out


def test_a_draft_from_a_reviewed_translation_uses_its_terms(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service, '["ru", "be"]', a="The scholarship of CICED in the CIS.\n\nThe CIS.\n")
    russian = {
        "The scholarship of CICED in the CIS.": "Здесь стипендия CICED в СНГ.",
        "The CIS.": "Это СНГ.",
    }
    site.translate(RU.format("a"), **russian)
    assert tarjuma("draft", "-l", "be", "--engine", "openai")[0] == 0
    assert [text for seen in service.seen for text in seen.texts] == ["Здесь стипендия <x1/> в <x2/>.", "Это <x1/>."]
    assert glossary_of(service) == {"стипендия": "стыпендыя"}
    found = targets(site, "locales/be/LC_MESSAGES/a.po")
    there, this = (translation(text, "be") for text in ("Здесь стипендия", "Это"))
    into = translation("в", "be")
    assert list(found.values()) == [
        f"{there} CICED {into} Садружнасць Незалежных Дзяржаў (СНД).",
        f"{this} СНД.",
    ]


def test_every_plural_form_has_the_name_in_full(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service)
    site.write(
        "content/en/t.jinja",
        "{% trans count=n %}{{ count }} scholarship of the CIS{% pluralize %}"
        "{{ count }} scholarships of the CIS{% endtrans %}",
    )
    site.write("babel.cfg", "[jinja2: content/en/**.jinja]\n")
    site.update()
    assert tarjuma("draft", "content/en/t.jinja", "--engine", "openai")[0] == 0
    entry = next(entry for entry in site.catalog(RU.format("_site")).entries if entry.key.plural)
    assert len(entry.targets) == 3
    assert {text[:1] for seen in service.seen for text in seen.texts} == {"1", "3", "5"}
    assert all(form.count("Содружество Независимых Государств (СНГ)") == 1 for form in entry.targets)
    assert all("%(count)s" in form for form in entry.targets)
    assert glossary_of(service) == {"scholarship": "стипендия"}


def test_only_a_term_that_a_text_has_makes_it_new(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service, a="The scholarship is large.\n\nNo term is here.\n")

    def asked_after(table: str, engine: str) -> list[str]:
        site.write("glossary.csv", table)
        tarjuma("draft", "--discard")
        service.reset()
        assert tarjuma("draft", "--engine", engine)[0] == 0
        return [text for seen in service.seen for text in seen.texts]

    assert len(asked_after(GLOSSARY, "openai")) == 2
    assert asked_after(GLOSSARY, "openai") == []
    assert asked_after(GLOSSARY.replace("посторонний", "другой"), "openai") == []
    assert asked_after(GLOSSARY + "absent,keep,,,,\n", "openai") == []
    assert asked_after(GLOSSARY.replace("стипендия", "грант"), "openai") == ["The scholarship is large."]
    assert asked_after(GLOSSARY + "term,keep,,,,\n", "openai") == ["No <x1/> is here."]
    # an engine that takes no glossary is asked again only where other words are masked
    assert len(asked_after(GLOSSARY, "google")) == 2
    assert asked_after(GLOSSARY.replace("стипендия", "грант"), "google") == []
    assert asked_after(GLOSSARY + "term,keep,,,,\n", "google") == ["No [1] is here."]


def test_deepl_gets_the_glossary_of_the_language(
    tmp_path: Path, tarjuma: Called, service: StandIn, monkeypatch: Any
) -> None:
    monkeypatch.setenv("DEEPL_API_KEY", "k")
    site_of(tmp_path, service, a="The scholarship of CICED.\n")
    assert tarjuma("draft", "--engine", "deepl")[0] == 0
    asked = [json.loads(seen.body) for seen in service.seen if seen.path.endswith("/translate")]
    assert [each["glossary_id"] for each in asked] == ["our-terms"]
    assert [each["text"] for each in asked] == [["The scholarship of <x1/>."]]


def test_what_is_wrong_with_the_glossary_is_said_and_the_rest_is_used(
    tmp_path: Path, tarjuma: Called, service: StandIn
) -> None:
    site = site_of(tmp_path, service, a="The scholarship of CICED.\n")
    site.write("glossary.csv", GLOSSARY + "x,invent,,,,\n")
    _, _, err = tarjuma("draft", "--engine", "openai")
    assert "warning: glossary.csv:7: unknown action 'invent'" in err
    assert glossary_of(service) == {"scholarship": "стипендия"}


def test_the_account_as_json_names_terms(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site_of(tmp_path, service, a="The scholarship of CICED.\n")
    _, out, _ = tarjuma("draft", "--json")
    assert json.loads(out)["languages"]["ru"]["terms"] == {"the glossary has стипендия for scholarship": 1}


def test_a_site_whose_only_text_is_a_name_asks_nobody(tmp_path: Path, tarjuma: Called, service: StandIn) -> None:
    site = site_of(tmp_path, service, a="CICED\n")
    assert tarjuma("draft")[0] == 0
    assert service.seen == []
    assert targets(site, RU.format("a")) == {"CICED": "CICED"}
