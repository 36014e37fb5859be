"""`tarjuma init`: looks at a folder, proposes a configuration, writes it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tarjuma import config, langs, store
from tarjuma.errors import UsageError
from tarjuma.project.starter import Proposal, Tree, config_text, map_text

MANY = 200
"""Above so many posts a catalog holds a folder, not a file."""

NO_LANGUAGES = "Next: write the codes of your languages into tarjuma.toml (languages = ...), then `tarjuma run`"

SUFFIX = "{root}/{dir}/{stem}.{lang}.{ext}"
FOLDER = "{root}/{lang}/{path}"
BESIDE = "content/{lang}/{path}"

_POSTS = (".md", ".markdown", ".mdown", ".mdx")
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
_GENERATORS = (
    ("hugo", r"hugo\.(toml|yaml|yml|json)"),
    ("docusaurus", r"docusaurus\.config\.[cm]?[jt]s"),
    ("astro", r"astro\.config\.[cm]?[jt]s"),
    ("eleventy", r"(\.eleventy|eleventy\.config)\.[cm]?js"),
    ("mkdocs", r"mkdocs\.ya?ml"),
    ("pelican", r"pelicanconf\.py"),
    ("lektor", r".*\.lektorproject"),
    ("jekyll", r"_config\.(yml|yaml|toml)"),
)


def propose(folder: str, languages: Iterable[str] = (), language: str = "en") -> Proposal:
    """Return the configuration that fits a folder. Raises UsageError when one is there already, or for an unknown code.

    `languages` are the codes that the user wants; those that translations exist in are added when there are none.
    """
    _refuse_second(folder)
    own = langs.language(language).code
    wanted = tuple(dict.fromkeys(langs.language(code).code for code in languages))
    generator = _generator(folder)
    trees = _trees(folder, generator, own)
    found = {path: code for tree in trees for path, code in _translations(folder, tree, own, wanted)}
    if not generator and any(_is_in_language_folder(path, code) for path, code in found.items()):
        trees = tuple(replace(tree, output=FOLDER) if tree.output == SUFFIX else tree for tree in trees)
    posts = [path for tree in trees for path in _posts(folder, tree.root) if path not in found]
    return Proposal(
        generator,
        own,
        wanted or tuple(dict.fromkeys(found.values())),
        trees,
        "folder" if len(posts) > MANY else "file",
        tuple(_patterns(posts, trees)),
        tuple(_ignored(folder, trees)),
        tuple(sorted(found)),
        len(posts),
        ("# Pelican's `Key: value` lines on top of a post are front matter.\npelican = true",)
        if generator == "pelican"
        else (),
        _remarks(generator, found),
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


def _generator(folder: str) -> str:
    names = sorted(os.listdir(folder))
    for generator, pattern in _GENERATORS:
        if any(re.fullmatch(pattern, name) for name in names):
            return generator
    text = store.read(os.path.join(folder, "config.toml")) or b""
    if b"base_url" in text and "content" in names:
        return "zola"
    if re.search(rb"(?i)^(baseurl|languageCode)", text, re.MULTILINE) and "content" in names:
        return "hugo"
    conf = store.read(os.path.join(folder, "conf.py")) or b""
    return "nikola" if b"BLOG_TITLE" in conf or b"nikola" in conf else ""


def _trees(folder: str, generator: str, language: str) -> tuple[Tree, ...]:
    def has(path: str) -> bool:
        return os.path.isdir(os.path.join(folder, path))

    def rooted(*roots: str) -> str:
        return next((root for root in roots if has(root)), "")

    if generator == "docusaurus":
        plugins = (("blog", "docusaurus-plugin-content-blog"), ("docs", "docusaurus-plugin-content-docs/current"))
        trees = tuple(Tree(root, f"i18n/{{lang}}/{plugin}/{{path}}", root) for root, plugin in plugins if has(root))
        return trees if len(trees) != 1 else (replace(trees[0], prefix=""),)
    if generator == "nikola":
        trees = tuple(Tree(root, SUFFIX, root) for root in ("posts", "pages") if has(root))
        return trees if len(trees) > 1 else (Tree(rooted("posts", "pages"), SUFFIX),)
    if generator == "jekyll":
        return (Tree("", "{root}/{dir}/{lang}/{stem}.{ext}"),)
    if generator == "mkdocs":
        return (
            Tree("docs/" + language, "docs/{lang}/{path}") if has(f"docs/{language}") else Tree(rooted("docs"), SUFFIX),
        )
    if generator == "astro":
        return (Tree(rooted("src/content/docs", "src/content/blog", "src/content", "src/pages"), FOLDER),)
    if generator == "eleventy":
        own = rooted(f"src/{language}", f"content/{language}", language)
        return (
            Tree(own, f"{own[: -len(language)]}{{lang}}/{{path}}") if own else Tree(rooted("src", "content"), FOLDER),
        )
    if has(f"content/{language}"):
        return (Tree(f"content/{language}", BESIDE),)
    return (Tree(rooted("content", "posts"), SUFFIX),)


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


def _patterns(posts: Iterable[str], trees: Iterable[Tree]) -> Iterator[tuple[str, str]]:
    suffixes = {path.rpartition(".")[2] for path in posts} | {"md"}
    for tree in trees:
        head = f"{tree.root}/" if tree.root else ""
        for suffix in sorted(suffixes, key=lambda each: (each in ("html", "htm"), each)):
            method = "tarjuma_html" if suffix in ("html", "htm") else "tarjuma_markdown"
            yield method, f"{head}**.{suffix}"


def _ignored(folder: str, trees: Iterable[Tree]) -> Iterator[str]:
    if any(not tree.root for tree in trees):
        names = sorted(os.listdir(folder))
        yield from (f"{name}/**" for name in names if name in _BUILDS and os.path.isdir(os.path.join(folder, name)))
        yield from (name for name in names if name.endswith(_POSTS) and name.rpartition(".")[0].upper() in _PAPERS)


def _remarks(generator: str, found: dict[str, str]) -> tuple[str, ...]:
    remarks = []
    if generator == "lektor":
        remarks.append("Lektor's .lr files are not read yet; only Markdown and HTML below the source folder are.")
    if found:
        remarks.append("They stay as they are; a page that would overwrite one is reported instead.")
    return tuple(remarks)
