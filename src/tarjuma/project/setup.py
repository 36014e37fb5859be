"""`tarjuma init`: looks at a folder, proposes a configuration, writes it."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatch

from tarjuma import config, langs, presets, store
from tarjuma.errors import UsageError
from tarjuma.model import Language
from tarjuma.presets import Has, Preset
from tarjuma.project.starter import Proposal, Tree, config_text, map_text
from tarjuma.project.targets import has_in

MANY = 200
"""Above so many posts a catalog holds a folder, not a file."""

NO_LANGUAGES = "Next: write the codes of your languages into tarjuma.toml (languages = ...), then `tarjuma run`"

SUFFIX = "{root}/{dir}/{stem}.{lang}.{ext}"
FOLDER = "{root}/{lang}/{path}"
BESIDE = "content/{lang}/{path}"

_POSTS = (".md", ".markdown", ".mdown", ".mdx", ".lr")
_METHODS = {"html": "tarjuma_html", "htm": "tarjuma_html", "lr": "tarjuma_lektor"}
_BUILDS = (
    "_site",
    "public",
    "output",
    "build",
    "dist",
    "site",
    "target",
    "themes",
    "vendor",
    "resources",
    "__pycache__",
)
_PAPERS = ("README", "CHANGELOG", "CONTRIBUTING", "LICENSE", "CODE_OF_CONDUCT", "SECURITY", "AUTHORS")
_LANG = re.compile(
    rb"""^["']?(?:lang|language|locale)["']?[ \t]*[:=][ \t]*["']?([A-Za-z]{2,3}(?:[-_][A-Za-z]+)*)["']?[ \t,]*\r?$""",
    re.MULTILINE | re.IGNORECASE,
)
_JEKYLL = ("_posts", "_drafts", "_pages", "_data", "_includes", "_layouts", "_sass", "_site", "_plugins")
"""Folders of Jekyll that are no collections."""
_LAST = ("jekyll",)
"""Presets whose configuration file has a name that others use too."""
_FAMILIES = {"starlight": "astro", "hugo-dirs": "hugo", "jekyll-polyglot": "jekyll", "mkdocs-folder": "mkdocs"}
"""Preset -> the generator that it is one of several for."""

_FOLDERS = {
    "mkdocs": ("mkdocs.yml", r"(?m)^docs_dir:[ \t]*[\"']?([^\s\"'#]+)"),
    "pelican": ("pelicanconf.py", r"(?m)^PATH[ \t]*=[ \t]*[\"']([^\"']+)[\"']"),
    "hugo": ("hugo.toml", r"(?m)^contentDir[ \t]*=[ \t]*[\"']([^\"']+)[\"']"),
}
"""Generator -> its configuration file, and what in it names the folder of the posts."""


def propose(folder: str, languages: Iterable[str] = (), language: str = "en", preset: str | None = None) -> Proposal:
    """Return the configuration that fits a folder. Raises UsageError when one is there already, or for an unknown code.

    `languages` are the codes that the user wants; those that translations exist in are added when there are none.
    `preset` is the one that the user wants: None for what the folder looks like, "" for none.
    """
    _refuse_second(folder)
    own = langs.language(language)
    wanted = tuple(dict.fromkeys(langs.language(code).code for code in languages))
    recognised = _recognised(folder, own)
    generator = recognised if preset is None else _known_preset(preset)
    chosen = presets.named(generator) if generator in presets.names() else None
    trees = _trees(folder, chosen, generator, own)
    found = {path: code for tree in trees for path, code in _translations(folder, tree, own.code, wanted)}
    if not generator and any(_is_in_language_folder(path, code) for path, code in found.items()):
        trees = tuple(replace(tree, output=FOLDER) if tree.output == SUFFIX else tree for tree in trees)
    posts = [
        path
        for path in dict.fromkeys(path for tree in trees for path in _posts(folder, tree.root))
        if path not in found
    ]
    tables = tuple(_tables(folder, chosen, own)) if chosen else ()
    codes = wanted or tuple(dict.fromkeys(found.values()))
    return Proposal(
        _FAMILIES.get(generator, generator),
        own.code,
        codes,
        (*trees, *(tree for tree, _ in tables)) if posts or not tables else trees,
        "folder" if len(posts) > MANY else "file",
        tuple(_patterns(posts, trees, generator)),
        tuple(_ignored(folder, trees)),
        tuple(sorted(found)),
        len(posts),
        preset=chosen,
        tables=tuple(path for _, path in tables),
        remarks=tuple(_remarks(chosen, found, codes, has_in(folder))),
    )


def write(folder: str, proposal: Proposal) -> tuple[str, ...]:
    """Write tarjuma.toml and, unless there is one, babel.cfg; return their names. Raises StoppedError."""
    written = []
    for name, text in (("babel.cfg", map_text(proposal)), ("tarjuma.toml", config_text(proposal))):
        if store.read(os.path.join(folder, name)) is None:
            store.write(os.path.join(folder, name), text.encode())
            written.append(name)
    return tuple(written)


def _refuse_second(folder: str) -> None:
    for name in config.NAMES:
        content = store.read(os.path.join(folder, name))
        if content is not None and (name == "tarjuma.toml" or b"[tool.tarjuma" in content):
            raise UsageError("is there already", path=name, hint="Edit it, or delete it first to start anew")


def _known_preset(name: str) -> str:
    """The name of a preset that a user wrote, or "" for none. Raises UsageError when there is no such preset."""
    if name in ("", "none"):
        return ""
    if name not in presets.names():
        near = difflib.get_close_matches(name, presets.names(), 1, 0.5)
        hint = f"Did you mean '{near[0]}'?" if near else f"Presets: {', '.join(presets.names())}, or none"
        raise UsageError(f"unknown preset {name!r}", hint=hint)
    return name


def _recognised(folder: str, language: Language) -> str:
    """The preset of the generator that a folder belongs to, `astro` for Astro without Starlight, "" for none."""
    found = _marked(folder)
    if found == "jekyll" and any(b"polyglot" in _text(folder, name) for name in ("_config.yml", "Gemfile")):
        return "jekyll-polyglot"
    if found == "starlight" and not os.path.isdir(os.path.join(folder, "src/content/docs")):
        return "astro"
    if found == "hugo" and _own_folder(folder, "content", language):
        return "hugo-dirs"
    if found == "mkdocs" and _own_folder(folder, _said(folder, "mkdocs") or "docs", language):
        return "mkdocs-folder"
    return found


def _marked(folder: str) -> str:
    """The preset whose generator's configuration file lies in a folder, "" when there is none."""
    names = sorted(os.listdir(folder))
    for name in sorted(presets.names(), key=lambda name: (name in _LAST, name)):
        if any(re.fullmatch(mark, each) for mark in presets.named(name).marks for each in names):
            return name
    text = _text(folder, "config.toml")
    if b"base_url" in text and "content" in names:
        return "zola"
    if re.search(rb"(?i)^(baseurl|languageCode)", text, re.MULTILINE) and "content" in names:
        return "hugo"
    conf = _text(folder, "conf.py")
    return "nikola" if b"BLOG_TITLE" in conf or b"nikola" in conf else ""


def _text(folder: str, name: str) -> bytes:
    return store.read(os.path.join(folder, name)) or b""


def _said(folder: str, generator: str) -> str:
    """The folder of posts that a generator's configuration names, "" when it names none that is there."""
    name, pattern = _FOLDERS.get(generator, ("", ""))
    found = re.search(pattern, _text(folder, name).decode("utf-8", "replace")) if name else None
    path = found[1].strip("/").removeprefix("./") if found else ""
    return path if path and ".." not in path and os.path.isdir(os.path.join(folder, path)) else ""


def _own_folder(folder: str, above: str, language: Language) -> str:
    """The folder of the source language below another one, "" when there is none."""
    for name in dict.fromkeys((language.code, language.code.lower(), language.folder)):
        path = f"{above}/{name}".lstrip("/")
        if os.path.isdir(os.path.join(folder, path)):
            return path
    return ""


def _trees(folder: str, preset: Preset | None, generator: str, language: Language) -> tuple[Tree, ...]:
    def first(*roots: str) -> str:
        return next((root for root in roots if root and os.path.isdir(os.path.join(folder, root))), "")

    own = language.code
    if generator == "astro":
        return (Tree(first("src/content/blog", "src/content", "src/pages"), FOLDER),)
    if preset is None:
        root = first(f"content/{own}")
        return (Tree(root, BESIDE),) if root else (Tree(first("content", "posts"), SUFFIX),)
    if preset.name in ("docusaurus", "nikola"):
        several = ("blog", "docs", "src/pages") if preset.name == "docusaurus" else ("posts", "pages")
        there = [root for root in several if any(_posts(folder, root)) and first(root)]
        return tuple(_tree(preset, root, prefix=root if len(there) > 1 else "") for root in there or [preset.source])
    if preset.name == "jekyll":
        return (_tree(preset, ""), *(_tree(preset, root, prefix=root) for root in _collections(folder)))
    if preset.source == "":
        return (_tree(preset, ""),)
    if preset.name == "eleventy":
        mine = next(filter(None, (_own_folder(folder, above, language) for above in ("src", "content", ""))), "")
        return (_tree(preset, mine) if mine else Tree(first("src", "content"), FOLDER),)
    usual = preset.source.replace("{lang}", preset.spell(language))
    above = _said(folder, _FAMILIES.get(preset.name, preset.name)) or usual.split("/{")[0]
    if preset.name in _FAMILIES or preset.name == "starlight":
        above = above.removesuffix(f"/{preset.spell(language)}")
        return (_tree(preset, _own_folder(folder, above, language) or first(above) or usual),)
    return (_tree(preset, above),)


def _collections(folder: str) -> Iterator[str]:
    """The folders of Jekyll's collections that hold posts: it reads them at the top of the site only, not in `ru/`."""
    for name in sorted(os.listdir(folder)):
        if name.startswith("_") and name not in _JEKYLL and next(_posts(folder, name), None):
            yield name


def _tree(preset: Preset, root: str, prefix: str = "") -> Tree:
    layout = preset.layout_of(root)
    return Tree(root, presets.LAYOUTS.get(layout, layout), prefix)


def _tables(folder: str, preset: Preset, language: Language) -> Iterator[tuple[Tree, str]]:
    """The tables of UI texts that lie where the generator reads them, as (root, pattern of its files)."""
    for pattern, layout in preset.layouts.items():
        if layout not in ("table", "folder") or "content/docs" in pattern:
            continue
        root = pattern.replace("*", preset.spell(language))
        name = preset.spell(language) if layout == "table" else "*"
        there = sorted(os.listdir(os.path.join(folder, root))) if os.path.isdir(os.path.join(folder, root)) else []
        for suffix in ("yaml", "yml", "toml", "json"):
            if any(fnmatch(each, f"{name}.{suffix}") for each in there):
                yield _tree(preset, root, prefix=root if layout == "folder" else ""), f"{root}/{name}.{suffix}"
                break


def _posts(folder: str, root: str) -> Iterator[str]:
    """Paths of the posts below a root, sorted."""
    skipped = (".", "node_modules", "__pycache__", "locales")
    for above, folders, files in os.walk(os.path.join(folder, root)):
        folders[:] = sorted(name for name in folders if not name.startswith(skipped) and (root or name not in _BUILDS))
        for name in sorted(files):
            if name.endswith((*_POSTS, ".html", ".htm")) and not name.startswith("."):
                path = os.path.relpath(os.path.join(above, name), folder).replace(os.sep, "/")
                is_post = path.endswith(_POSTS) or (root and not _is_template(os.path.join(above, name)))
                if is_post and ("/" in path or name.rpartition(".")[0].upper() not in _PAPERS):
                    yield path


def _is_template(path: str) -> bool:
    content = store.read(path) or b""
    return b"{%" in content or b"{{" in content


def _translations(folder: str, tree: Tree, language: str, wanted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(path, code) of each post that is a translation already: by its suffix, its folder, or its `lang`."""
    paths = list(_posts(folder, tree.root))
    there = set(paths)
    codes = {code.lower(): code for code in (*langs.LANGUAGES, *wanted)} | {
        code.lower().replace("-", "_"): code for code in (*langs.LANGUAGES, *wanted)
    }
    for path in paths:
        code = _by_suffix(path, there, codes) or _by_folder(path, tree.root, codes) or _by_field(folder, path)
        if code and code != language:
            yield path, code


def _by_suffix(path: str, there: set[str], codes: dict[str, str]) -> str | None:
    stem, _, suffix = path.rpartition(".")
    base, dot, code = stem.rpartition(".")
    if suffix == "lr" and not (dot and code.lower() in codes):
        base, dot, code = stem.rpartition("+")
    if not dot or "/" in code:
        return None
    if code.lower() in codes:
        return codes[code.lower()]
    # outside our table a code is believed only beside its original: jquery.min.html is not Minangkabau
    return _known(code) if re.fullmatch(r"[a-z]{2}(?:-[A-Za-z]{2,4})?", code) and f"{base}.{suffix}" in there else None


def _by_folder(path: str, root: str, codes: dict[str, str]) -> str | None:
    folders = path[len(root) + 1 if root else 0 :].split("/")[:-1]
    return next((codes[name.lower()] for name in folders if name.lower() in codes), None)


def _is_in_language_folder(path: str, code: str) -> bool:
    return path.split("/")[0].lower().replace("_", "-") == code.lower()


def _by_field(folder: str, path: str) -> str | None:
    head = (store.read(os.path.join(folder, path)) or b"")[:4096]
    if not head.lstrip(b"\xef\xbb\xbf").startswith((b"---", b"+++", b"{")) and not re.match(rb"[A-Za-z]+:", head):
        return None
    field = _LANG.search(re.split(rb"(?m)^(?:---|\+\+\+)[ \t]*\r?$", head, maxsplit=2)[1 if head[:1] in b"-+" else 0])
    return _known(field[1].decode()) if field else None


def _known(code: str) -> str | None:
    try:
        return langs.language(code).code
    except UsageError:
        return None


def _patterns(posts: Iterable[str], trees: Iterable[Tree], generator: str) -> Iterator[tuple[str, str]]:
    suffixes = {path.rpartition(".")[2] for path in posts} | {"md"}
    for tree in trees:
        head = f"{tree.root}/" if tree.root else ""
        for suffix in sorted(suffixes, key=lambda each: (each in ("html", "htm"), each)):
            method = _METHODS.get(suffix, "tarjuma_markdown")
            yield method, f"{head}**.{suffix}"


def _ignored(folder: str, trees: Iterable[Tree]) -> Iterator[str]:
    if any(not tree.root for tree in trees):
        names = sorted(os.listdir(folder))
        yield from (f"{name}/**" for name in names if name in _BUILDS and os.path.isdir(os.path.join(folder, name)))
        yield from (name for name in names if name.endswith(_POSTS) and name.rpartition(".")[0].upper() in _PAPERS)


def _remarks(preset: Preset | None, found: Mapping[str, str], codes: Iterable[str], has: Has) -> Iterator[str]:
    for code in codes if preset else ():
        if preset and (reason := preset.unfit(langs.language(code), has)):
            yield f"{code}: {reason}."
    if found:
        yield "They stay as they are; a page that would overwrite one is reported instead."
