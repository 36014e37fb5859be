"""The texts that `tarjuma init` writes: tarjuma.toml and babel.cfg, with comments for people. Pure: returns strings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from tarjuma import langs
from tarjuma.presets import LAYOUTS, Preset

_CONFIG = """\
# Configuration of tarjuma. Lines that begin with `#` are explanations and examples.

languages = {languages}  # into these the posts are translated; codes as in BCP 47: "tg", "uz-Cyrl"

{preset}{sources}
# Catalogs: {locales}/<language>/LC_MESSAGES/<domain>.po
locales = {locales_quoted}
# What one catalog holds: "file" (one post), "folder" (all posts of a folder) or "single" (the whole site).
# Whenever you change it, the next `tarjuma update` moves every translation.
domain = {domain}

[publish]
min = 100  # percent of a post's words that must be reviewed; per language: min = {{ default = 100, tg = 80 }}

{tables}# Translate some posts into some languages only, or only from a date on. A post can say it itself, in its front
# matter: `translate: [ru, tg]` or `translate: false`.
# [[scope]]
# paths = ["{example}/**"]
# since = 2024-01-01
# languages = ["ru"]

# Front-matter keys that hold text; "..." stands for the usual ones (title, description, summary, ...).
# [[options]]
# paths = ["{example}/**"]
# keys = ["...", "hero.text"]
# limits = {{ description = 160 }}  # greatest number of characters
"""

_MAP = """\
# Which files hold text for readers, and by which format: read by tarjuma and by pybabel.
# The first section whose pattern matches a file counts. `*` is part of a name, `**` any number of folders.
"""

_MAP_END = """
# Jinja2 templates, menus and tables of words go into the catalog _site:
# [jinja2: templates/**.html]
# [tarjuma_yaml: data/**.yaml]
"""


@dataclass(frozen=True, slots=True)
class Tree:
    """A source root and where its localized files go."""

    root: str
    output: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What init would write."""

    generator: str
    """Name of the site generator, "" when none was recognised."""
    language: str
    languages: tuple[str, ...]
    trees: tuple[Tree, ...]
    domain: str
    patterns: tuple[tuple[str, str], ...]
    """(method, pattern) of babel.cfg."""
    ignored: tuple[str, ...] = ()
    """Patterns of files that are no posts: builds, themes, README."""
    translations: tuple[str, ...] = ()
    """Files that people have translated already."""
    posts: int = 0
    preset: Preset | None = None
    """What the localized posts are made for; None: nothing is known about the generator."""
    tables: tuple[str, ...] = ()
    """Patterns of data files whose every text is for readers."""
    remarks: tuple[str, ...] = ()
    """What the user should know about this generator."""
    locales: str = "locales"


def summary(proposal: Proposal) -> str:
    """Return what init found, as lines for people."""
    named = proposal.preset.title if proposal.preset else proposal.generator.capitalize() or "none recognised"
    lines = [f"site generator: {named}"]
    for tree in proposal.trees:
        lines.append(f"posts: {tree.root or '.'} ({proposal.language}), localized ones: {_shown(tree)}")
    noun = "post" if proposal.posts == 1 else "posts"
    lines.append(f"{proposal.posts} {noun}, languages: {', '.join(proposal.languages) or 'none yet'}")
    if proposal.domain != "file":
        lines.append("one catalog a folder, because there are so many posts")
    if proposal.translations:
        lines.append(f"translations that people made, {len(proposal.translations)}, never extracted:")
        lines += [f"  {path}" for path in proposal.translations]
    lines += proposal.remarks
    return "\n".join(lines)


def _shown(tree: Tree) -> str:
    """The output template with the folders filled in."""
    filled = tree.output.replace("{root}", tree.root).replace("{parent}", tree.root.rpartition("/")[0])
    return filled.lstrip("/")


def config_text(proposal: Proposal) -> str:
    """Return tarjuma.toml."""
    return _CONFIG.format(
        languages=_quoted(list(proposal.languages)),
        preset=_preset(proposal),
        sources=_source(proposal),
        tables=_tables(proposal),
        locales=proposal.locales,
        locales_quoted=_quoted(proposal.locales),
        domain=_quoted(proposal.domain),
        example=(proposal.trees[0].root + "/posts").lstrip("/."),
    )


_OUTPUT = "# Where a localized file goes; tokens: {path} below the source, {dir} {stem} {ext}, {root}, {lang}\n"


def _preset(proposal: Proposal) -> str:
    if not proposal.preset:
        return ""
    return (
        "# Where localized posts go, how languages are spelled there, and what becomes of their front matter.\n"
        f"preset = {_quoted(proposal.preset.name)}  # {proposal.preset.title}\n\n"
    )


def _source(proposal: Proposal) -> str:
    first = proposal.trees[0]
    language = f"source_language = {_quoted(proposal.language)}\n"
    if len(proposal.trees) > 1:
        return language
    return f"source = {_quoted(first.root or '.')}\n{language}{_output(proposal, first)}"


def _output(proposal: Proposal, tree: Tree) -> str:
    """The line that says where localized files go; none where the preset says the same."""
    layout = proposal.preset.layout_of(tree.root) if proposal.preset else ""
    return "" if LAYOUTS.get(layout, layout) == tree.output else f"{_OUTPUT}output = {_quoted(tree.output)}\n"


def _tables(proposal: Proposal) -> str:
    if len(proposal.trees) == 1:
        return ""
    return "\n".join(_table_of(proposal, tree) for tree in proposal.trees) + "\n"


def _table_of(proposal: Proposal, tree: Tree) -> str:
    prefix = f"prefix = {_quoted(tree.prefix)}  # before the names of its catalogs\n" if tree.prefix else ""
    return f"[[sources]]\nroot = {_quoted(tree.root or '.')}\n{_output(proposal, tree)}{prefix}"


def map_text(proposal: Proposal) -> str:
    """Return babel.cfg."""
    parts = [_MAP]
    if proposal.translations:
        parts.append("\n# Translations that people made: never extracted, never overwritten.\n")
        parts.append(_sections("ignore", proposal.translations))
    outputs = [pattern for tree in proposal.trees for pattern in _outputs(tree, _spelled(proposal))]
    if outputs:
        parts.append("\n# What tarjuma writes (tarjuma knows it anyway, pybabel does not). One line a language.\n")
        parts.append(_sections("ignore", dict.fromkeys(outputs)))
    if proposal.ignored:
        parts.append("\n# No posts.\n")
        parts.append(_sections("ignore", proposal.ignored))
    parts.append("\n")
    parts += [f"[{method}: {pattern}]\n" for method, pattern in proposal.patterns]
    if proposal.tables:
        parts.append("\n# Tables of words: every text in them is for readers.\n")
        parts += [f"[{_table_method(pattern)}: {pattern}]\nkeys = **\n" for pattern in proposal.tables]
    return "".join(parts) + _MAP_END


def _sections(method: str, patterns: Iterable[str]) -> str:
    return "".join(f"[{method}: {pattern}]\n" for pattern in patterns)


def _table_method(pattern: str) -> str:
    suffix = pattern.rpartition(".")[2]
    return f"tarjuma_{'yaml' if suffix == 'yml' else suffix}"


def _spelled(proposal: Proposal) -> list[str]:
    """The languages as they are spelled in paths."""
    if not proposal.preset:
        return list(proposal.languages)
    return [proposal.preset.spell(langs.language(code)) for code in proposal.languages]


def _outputs(tree: Tree, languages: Iterable[str]) -> list[str]:
    """Patterns of what the output template writes, where that lies among the sources."""
    if not tree.output.startswith("{root}"):
        return []
    head = f"{tree.root}/" if tree.root else ""
    for sign in (".", "+"):
        if f"{{stem}}{sign}{{lang}}" in tree.output:
            return [f"{head}**{sign}{code}.*" for code in languages]
    if "{dir}/{lang}/" in tree.output:
        return [f"{head}**/{code}/*" for code in languages]
    if "{dir}/{lang}." in tree.output:
        return [f"{head}{code}.*" for code in languages]
    return [f"{head}{code}/**" for code in languages]


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
