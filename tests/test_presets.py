"""Presets and what the configuration says about publishing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from tarjuma import config, langs, plugins, presets
from tarjuma.config import Below, Config, Publishing, Root
from tarjuma.config.site import SiteReader
from tarjuma.errors import ConfigError, UsageError
from tarjuma.model import TRANSLATED_KEYS
from tarjuma.presets import LAYOUTS, OWN_ADDRESSES, Action, Anchors, Kind, Links, Preset
from tarjuma.project.layout import layout_of

NAMES = (
    "docusaurus", "eleventy", "hugo", "hugo-dirs", "jekyll", "jekyll-polyglot", "lektor", "mkdocs", "mkdocs-folder",
    "nikola", "pelican", "starlight", "zola",
)  # fmt: skip


def loaded(folder: Path, text: str) -> Config:
    (folder / "tarjuma.toml").write_text(text, "utf-8")
    return config.load(folder)


def test_these_presets_there_are() -> None:
    assert presets.names() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_is_whole(name: str, tmp_path: Path) -> None:
    preset = presets.named(name)
    assert preset.name == name
    assert preset.title
    for layout in (preset.layout, *preset.layouts.values()):
        assert layout in LAYOUTS or "{lang}" in layout
    templates = [preset.source_url, preset.url, *(url for pair in preset.urls.values() for url in pair)]
    assert all(url.startswith("/") for url in templates if url), 'an address is whole, or "": it is not known'
    said = "".join(f"{key} = '{url}'\n" for key, url in zip(("source_url", "url"), templates, strict=False))
    assert loaded(tmp_path, f"[publish]\n{said}").publishing.url == preset.url
    for code in langs.LANGUAGES:
        assert re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]+)*", preset.spell(langs.language(code)))
        assert not preset.unfit(langs.language(code), lambda *_: False).endswith(".")


SPELLINGS = {
    "hugo": ("uz-cyrl", "pt-br"), "starlight": ("uz-cyrl", "pt-br"), "zola": ("uz-Cyrl", "pt-BR"),
    "eleventy": ("uz-Cyrl", "pt-BR"), "jekyll-polyglot": ("uz-Cyrl", "pt-BR"), "pelican": ("uz-Cyrl", "pt-BR"),
    "lektor": ("uz_cyrl", "pt_br"), "nikola": ("uz_cyrl", "pt_br"), "mkdocs": ("uz-Cyrl", "pt_BR"),
    "docusaurus": ("uz-Cyrl", "pt-BR"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_generator_has_its_own_spelling_of_codes(name: str) -> None:
    spell = presets.named(name).spell
    assert (spell(langs.language("uz-Cyrl")), spell(langs.language("pt-BR"))) == SPELLINGS[name]
    assert spell(langs.language("uz-Latn")) == "uz"


def test_without_a_preset_nothing_is_asked_for(tmp_path: Path) -> None:
    conf = loaded(tmp_path, 'languages = ["ru"]\n')
    said = conf.publishing
    assert said == Publishing(
        below_new={"ru": Below.SKIP}, below_published={"ru": Below.KEEP_LAST}, slugs={"ru": "copy"}
    )
    assert not any((said.state, said.links, said.anchors, said.index_drafts, said.actions, said.url, said.page_map))


def test_a_preset_switches_on_what_it_says(tmp_path: Path) -> None:
    conf = loaded(tmp_path, 'preset = "hugo-dirs"\nlanguages = ["uz-Cyrl"]\n')
    preset = presets.named("hugo-dirs")
    (root,) = conf.roots
    assert (root.folder, root.output, root.preset) == ("content/en", "{parent}/{lang}/{path}", preset)
    said = conf.publishing_for(root)
    assert said is conf.publishing
    assert (said.state, said.links, said.anchors, said.index_drafts) == (True, True, True, False)
    assert (said.url, said.source_url, said.page_map) == (preset.url, preset.source_url, preset.page_map)
    assert said.action("aliases") == Action(Kind.DROP)


def test_the_source_is_where_the_generator_has_it(tmp_path: Path) -> None:
    assert loaded(tmp_path, 'preset = "mkdocs"\n').roots[0].folder == "docs"
    assert loaded(tmp_path, 'preset = "eleventy"\nsource_language = "ru"\n').roots[0].folder == "src/ru"
    assert loaded(tmp_path, 'preset = "hugo"\nsource = "texts"\n').roots[0].folder == "texts"


def test_what_is_said_is_stronger_than_the_preset(tmp_path: Path) -> None:
    conf = loaded(
        tmp_path,
        """
preset = "hugo"
layout = "folder-root"
[languages.ru]
publish_drafts = false
below = { new = "fallback" }
slug = "unicode"
[languages.ky]
below = "fallback"
dates = { long = "d-MMMM y" }
[languages.tg]
[publish]
min = 80
publish_drafts = true
below = { published = "fallback" }
index_drafts = true
state = false
links = false
anchors = false
base_url = "https://example.org/site/"
url = "/{lang}/{slug}.html"
source_url = "/{slug}.html"
statics = ["public/files"]
page_map = ""
[front_matter]
aliases = "copy"
"hero.text" = "translate"
hero.image.alt = "translate"
tags = "map"
comments = "copy-once"
translationKey = { set = "{source}" }
published = { set = 2024-05-06 }
list = { set = [1, 2] }
""",
    )
    said = conf.publishing
    assert conf.roots[0].output == "{root}/{lang}/{path}"
    assert said.publish_drafts == {"ky", "tg"}
    both = {code: (said.below(code, is_published=False), said.below(code, is_published=True)) for code in ("ru", "ky")}
    assert both == {"ru": (Below.FALLBACK, Below.FALLBACK), "ky": (Below.FALLBACK, Below.FALLBACK)}
    assert (said.below("tg", is_published=False), said.below("tg", is_published=True)) == (Below.SKIP, Below.FALLBACK)
    assert (said.state, said.links, said.anchors, said.index_drafts) == (False, False, False, True)
    assert (said.base_url, said.url, said.source_url) == (
        "https://example.org/site",
        "/{lang}/{slug}.html",
        "/{slug}.html",
    )
    assert (said.statics, said.page_map) == (("public/files",), "")
    assert said.slugs == {"ru": "unicode", "ky": "copy", "tg": "copy"}
    assert said.dates == {"ky": {"long": "d-MMMM y"}}
    assert said.action("Aliases") == Action(Kind.COPY)
    assert said.action("hero.image.alt") == said.action("hero.text") == Action(Kind.TRANSLATE)
    assert said.action("translationKey") == Action(Kind.SET, "{source}")
    assert said.action("published") == Action(Kind.SET, date(2024, 5, 6))
    assert said.action("list") == Action(Kind.SET, [1, 2])
    assert said.action("slug") == Action(Kind.SLUGIFY)
    assert said.action("weight") is None


BELOW = [
    ("'skip'", Below.SKIP, Below.KEEP_LAST),
    ("'keep-last'", Below.SKIP, Below.KEEP_LAST),
    ("'fallback'", Below.FALLBACK, Below.FALLBACK),
    ("{ new = 'fallback' }", Below.FALLBACK, Below.KEEP_LAST),
    ("{ published = 'fallback' }", Below.SKIP, Below.FALLBACK),
    ("{}", Below.SKIP, Below.KEEP_LAST),
]


@pytest.mark.parametrize(("text", "new", "published"), BELOW)
def test_what_becomes_of_pages_below_the_minimum(tmp_path: Path, text: str, new: Below, published: Below) -> None:
    said = loaded(tmp_path, f"languages = ['ru']\n[publish]\nbelow = {text}\n").publishing
    assert (said.below("ru", is_published=False), said.below("ru", is_published=True)) == (new, published)


SLUGS = [
    ("[front_matter]\nslug = 'slugify'\n", "translit", True),
    ("[front_matter]\nslug = 'slugify'\n[languages.ru]\nslug = 'unicode'\n", "unicode", True),
    ("[front_matter]\nslug = 'slugify'\n[languages.ru]\nslug = 'copy'\n", "copy", True),
    ("[languages.ru]\nslug = 'translit'\n", "translit", True),
    ("[languages.ru]\nslug = 'copy'\n", "copy", False),
    ("[front_matter]\nslug = 'copy'\n[languages.ru]\nslug = 'translit'\n", "translit", False),
]


@pytest.mark.parametrize(("text", "way", "is_made"), SLUGS)
def test_slugs_are_asked_for_by_language_or_by_field(tmp_path: Path, text: str, way: str, is_made: bool) -> None:
    head = "" if "[languages" in text else "languages = ['ru']\n"
    said = loaded(tmp_path, head + "preset = 'hugo'\n" + text).publishing
    action = said.action("slug")
    assert said.slugs == {"ru": way}
    assert (action is not None and action.kind is Kind.SLUGIFY) is is_made


def test_a_root_may_have_a_generator_of_its_own(tmp_path: Path) -> None:
    conf = loaded(
        tmp_path,
        """
preset = "docusaurus"
languages = ["ru"]
[[sources]]
root = "docs"
[[sources]]
root = "blog"
[[sources]]
root = "other"
preset = "hugo"
[[sources]]
root = "plain"
preset = ""
output = "plain-{lang}/{path}"
[[sources]]
root = "texts"
layout = "suffix"
""",
    )
    outputs = [root.output for root in conf.roots]
    assert outputs == [
        "i18n/{lang}/docusaurus-plugin-content-docs/current/{path}",
        "i18n/{lang}/docusaurus-plugin-content-blog/{path}",
        "{root}/{dir}/{stem}.{lang}.{ext}",
        "plain-{lang}/{path}",
        "{root}/{dir}/{stem}.{lang}.{ext}",
    ]
    chosen = [conf.publishing_for(root).preset for root in conf.roots]
    assert [preset.name if preset else "" for preset in chosen] == [
        "docusaurus",
        "docusaurus",
        "hugo",
        "",
        "docusaurus",
    ]
    assert not conf.publishing_for(conf.roots[3]).state


def test_fields_are_translated_as_their_actions_say(tmp_path: Path) -> None:
    conf = loaded(
        tmp_path,
        """
languages = ["ru"]
keys = ["...", "hero.note"]
[front_matter]
summary = "copy"
seo.robots = "copy"
"hero.*" = "translate"
lead = { set = "x" }
""",
    )
    rule = conf.rule("content/en/a.md")
    assert rule
    keys = conf.options_for("content/en/a.md", rule).keys
    assert keys == ("!summary", "!seo.robots", "hero.*", "!lead", *TRANSLATED_KEYS, "hero.note")


def test_without_actions_no_option_changes(tmp_path: Path) -> None:
    conf = loaded(tmp_path, "languages = ['ru']\n")
    rule = conf.rule("content/en/a.md")
    assert rule
    assert conf.options_for("content/en/a.md", rule) == conf.options


def test_data_files_have_no_front_matter(tmp_path: Path) -> None:
    (tmp_path / "babel.cfg").write_text("[tarjuma_yaml: content/**.yaml]\nkeys = **\n", "utf-8")
    conf = loaded(tmp_path, "preset = 'hugo'\n[front_matter]\ntitle = 'copy'\n")
    rule = conf.rule("content/a.yaml")
    assert rule
    assert conf.options_for("content/a.yaml", rule).keys == ("**",)


def test_pelican_is_read_in_its_own_dialect(tmp_path: Path) -> None:
    conf = loaded(tmp_path, "preset = 'pelican'\n")
    rule = conf.rule("content/a.md")
    assert rule
    assert conf.options_for("content/a.md", rule).pelican


WRONG = [
    ("preset = 'hugp'\n", 1, "unknown preset 'hugp'", "Did you mean 'hugo'?"),
    ("preset = 'wordpress'\n", 1, "unknown preset 'wordpress'", "Presets: docusaurus, eleventy"),
    ("preset = 1\n", 1, "preset must be", ""),
    ("\nlayout = 'sufix'\n", 2, "unknown layout 'sufix'", "Did you mean 'suffix'?"),
    ("layout = 'x/{path}'\n", 1, "layout has no {lang}", ""),
    ("layout = '{lang}/x'\n", 1, "neither {path} nor {stem}", ""),
    ("layout = '{lang}/{name}'\n", 1, "unknown token {name}", "{stem}"),
    ("layout = '../{lang}/{path}'\n", 1, "leaves the project", ""),
    ("layout = 'suffix'\noutput = '{lang}/{path}'\n", 1, "exclude each other", ""),
    ("source = '.'\nlayout = 'folder'\n", 2, "that is the project itself", "folder-root"),
    ("[[sources]]\nroot = 'a'\npreset = 'hugo-dir'\n", 3, "unknown preset 'hugo-dir'", "'hugo-dirs'"),
    ("[[sources]]\nroot = 'a'\nlayouts = 'x'\n", 3, "unknown key 'layouts'", "'layout'"),
    ("[publish]\nlink = true\n", 2, "unknown key 'link' in [publish]", "'links'"),
    ("[publish]\nlinks = 'yes'\n", 2, "links must be true or false", ""),
    ("[publish]\nbelow = 'keep'\n", 2, "below = 'keep'", '"keep-last"'),
    ("[publish]\nbelow = { new = 'keep-last' }\n", 2, "new = 'keep-last' does not exist here", '"skip" or "fallback"'),
    ("[publish]\nbelow = { old = 'skip' }\n", 2, "unknown key 'old'", "new"),
    ("[publish]\nbelow = 3\n", 2, "below = 3", "For example"),
    ("[publish]\npublish_drafts = 'ky'\n", 2, "publish_drafts must be", '["ky"]'),
    ("languages = ['ru']\n[publish]\npublish_drafts = ['tj']\n", 3, "unknown language 'tj'", "'tg'"),
    ("languages = ['ru']\n[publish]\npublish_drafts = ['ky']\n", 3, "names ky", ""),
    ("[publish]\nbase_url = 'example.org'\n", 2, "is no address", "https://"),
    ("[publish]\nurl = '/{language}/{slug}/'\n", 2, "unknown token {language}", "{lang}"),
    ("[publish]\nurl = '{lang}/{slug}/'\n", 2, "does not begin at the top", "/"),
    ("[publish]\nstatics = ['../x']\n", 2, "leaves the project", ""),
    ("[publish]\npage_map = '/etc/x.json'\n", 2, "leaves the project", ""),
    ("[front_matter]\ntitle = 'translat'\n", 2, "title = 'translat' is no action", "'translate'"),
    ("[front_matter]\ntitle = 'wxyz'\n", 2, "is no action", "copy-once"),
    ("[front_matter]\nlang = 'set'\n", 2, "is no action", "{ set ="),
    ("[front_matter]\ntitle = true\n", 2, "front_matter.title = True is no action", '"copy"'),
    ("[front_matter]\nhero.text = 3\n", 2, "front_matter.hero.text = 3", ""),
    ("[front_matter]\nlang = { set = '{langs}' }\n", 2, "unknown token {langs}", "{lang}"),
    ("[languages.ru]\nslug = 'ascii'\n", 2, "slug = 'ascii'", "translit"),
    ("[languages.ru]\ndates = 'd MMMM'\n", 2, "dates of ru", "For example"),
    ("[languages.ru]\nbelow = 'never'\n", 2, "below = 'never'", "skip"),
    ("[languages.ru]\nslugs = 'copy'\n", 2, "unknown key 'slugs' in [languages.ru]", "'slug'"),
    ("[languages.ru]\npublish_drafts = 'yes'\n", 2, "publish_drafts must be true or false", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message", "hint"), WRONG)
def test_a_wrong_line_is_answered_with_its_place_and_the_right_word(
    tmp_path: Path, text: str, line: int, message: str, hint: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, text)
    assert str(caught.value).startswith(f"tarjuma.toml:{line}: ")
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A package beside ours that brings two presets, one of them useless."""
    made = "from tarjuma.presets import Preset\nPRESET = Preset('gatsby', 'Gatsby', 'suffix', source='src/pages')\n"
    (tmp_path / "their_gatsby.py").write_text(made, "utf-8")
    (tmp_path / "their_nothing.py").write_text("PRESET = 'x'\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    points = EntryPoints(EntryPoint(name, f"their_{name}", "tarjuma.presets") for name in ("gatsby", "nothing"))
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **wanted: points.select(**wanted))
    for each in (plugins.foreign, plugins.part):
        each.cache_clear()
    yield tmp_path
    for each in (plugins.foreign, plugins.part):
        each.cache_clear()


def test_another_package_may_bring_a_preset(foreign: Path) -> None:
    conf = loaded(foreign, "preset = 'gatsby'\nlanguages = ['ru']\n")
    assert (conf.roots[0].folder, conf.publishing.preset.title) == ("src/pages", "Gatsby")
    assert "gatsby" in presets.names()


def test_a_package_without_a_preset_is_named(foreign: Path) -> None:
    with pytest.raises(ConfigError, match="the preset 'nothing' cannot be used"):
        loaded(foreign, "preset = 'nothing'\n")
    with pytest.raises(UsageError, match="'absent'"):
        presets.named("absent")


PAGE = Path(__file__).parents[1] / "docs" / "configuration.md"


def table(*rows: tuple[str, ...]) -> str:
    """A table of Markdown."""
    head, *others = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *others))


def quoted(words: Iterable[str]) -> str:
    return " ".join(f"`{word}`" for word in words)


def preset_row(name: str) -> tuple[str, ...]:
    """What the page says about a preset."""
    preset = presets.named(name)
    folder = preset.source.replace("{lang}", "en")
    template = SiteReader("tarjuma.toml", "").output({}, folder, preset, "")
    layout = layout_of(Root(folder, "en", ("uz-Cyrl",), template, preset=preset))
    posts = {"lektor": "a/contents.lr", "jekyll": "_posts/2024-05-06-a.md", "jekyll-polyglot": "_posts/2024-05-06-a.md"}
    changes: dict[Kind, list[str]] = {Kind.DROP: [], Kind.SET: []}
    for field, action in preset.actions.items():
        if field not in OWN_ADDRESSES:
            changes.get(action.kind, []).append(field)
    sets, drops = quoted(changes[Kind.SET]), quoted(changes[Kind.DROP])
    fate = "; ".join(part for part in (sets and f"sets {sets}", drops and f"drops {drops}") if part)
    target = layout.target(f"{folder}/{posts.get(name, 'a.md')}".lstrip("/"), "uz-Cyrl")
    return f"`{name}`", preset.title, f"`{target}`", fate, "the source post" if preset.falls_back else "nothing"


def layout_row(name: str) -> tuple[str, ...]:
    """What the page says about a layout."""
    folder = {"folder": "content/en", "table": "i18n"}.get(name, "content")
    source = f"{folder}/en.yaml" if name == "table" else f"{folder}/posts/hello.md"
    target = layout_of(Root(folder, "en", ("tg",), LAYOUTS[name])).target(source, "tg")
    return f"`{name}`", f"`{LAYOUTS[name]}`", f"`{source}`", f"`{target}`"


TABLES = {
    "presets": table(
        ("Preset", "Generator", "Where Uzbek in Cyrillic letters goes", "Front matter", "A missing page shows"),
        *map(preset_row, NAMES),
    ),
    "own addresses": f"drop {quoted(OWN_ADDRESSES)}",
    "layouts": table(("Layout", "Template", "A post", "In Tajik"), *map(layout_row, LAYOUTS)),
}


@pytest.mark.parametrize("name", TABLES)
def test_the_page_shows_what_the_program_does(name: str) -> None:
    assert TABLES[name] in PAGE.read_text("utf-8"), f"write this into docs/configuration.md:\n{TABLES[name]}"


@pytest.mark.parametrize("kind", Kind)
def test_the_page_names_every_action(kind: Kind) -> None:
    assert f"| `{kind.value}" in PAGE.read_text("utf-8") or kind is Kind.SET


def test_what_a_preset_says_by_itself() -> None:
    plain = Preset("plain", "Plain", "suffix")
    assert (plain.links, plain.anchors, plain.state_field, plain.slug_field) == (
        Links.BOTH,
        Anchors.NONE,
        "l10n",
        "slug",
    )
    assert plain.unfit(langs.language("ru"), lambda *_: False) == ""
    assert plain.layout_of("content") == "suffix"
