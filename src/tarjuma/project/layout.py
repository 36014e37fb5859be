"""Path arithmetic: where a localized file goes, which paths are outputs, which catalog a source belongs to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tarjuma import langs, mapping
from tarjuma.config import Domain, Root
from tarjuma.errors import UsageError
from tarjuma.mapping import Rule
from tarjuma.model import Language, Problem, Severity
from tarjuma.presets import bcp47

SITE = "_site"
"""The domain of templates and UI tables."""

TERMS = "_terms"
"""The domain of tags and categories."""

RESERVED = frozenset({SITE, TERMS, "_tarjuma"})
SINGLE = "messages"
TOP = "index"
"""The catalog of the posts that lie directly in the root, when a catalog is a folder's."""

_TABLES = frozenset({"yaml", "json", "toml"})
_CODE = r"[A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?(?:[-_][A-Z]{2})?"
"""Of three letters are codes of few posts, and many other words: `jquery.min.html` is not Minangkabau."""


@dataclass(frozen=True)
class Layout:
    """The output template of one root, and how languages are spelled in it."""

    root: Root
    spell: Callable[[Language], str] = field(default=bcp47, compare=False)

    def target(self, path: str, language: str) -> str:
        """Return where the localized file of a source goes; both paths are relative to the project."""
        below = path[len(self.root.folder) + 1 :] if self.root.folder else path
        folder, _, name = below.rpartition("/")
        stem, _, suffix = name.rpartition(".")
        values = {
            "dir": folder, "stem": self._without_own_code(stem or name), "ext": suffix if stem else "",
            "lang": self.spelled(language), "root": self.root.folder, "path": below, "parent": self._parent,
        }  # fmt: skip
        filled = re.sub(r"\{(\w+)\}", lambda token: values[token[1]], self.root.output)
        return re.sub(r"/{2,}", "/", filled).lstrip("/")

    def spelled(self, code: str) -> str:
        """Return how a language is spelled in paths."""
        return self.spell(langs.language(code))

    @cached_property
    def folder(self) -> str:
        """The output folder: what every path that the template makes begins with, "" for the project itself."""
        fixed = re.sub(r"\{(root|parent)\}", lambda token: {"root": self.root.folder, "parent": self._parent}[token[1]],
                       self.root.output).partition("{")[0]  # fmt: skip
        return re.sub(r"/{2,}", "/", fixed).rpartition("/")[0].strip("/")

    @property
    def _parent(self) -> str:
        return self.root.folder.rpartition("/")[0]

    def _without_own_code(self, stem: str) -> str:
        """`hello` for `hello.en`: generators let posts of the default language say their language, or not."""
        sign = re.search(r"\{stem\}([.+])\{lang\}", self.root.output)
        if not sign or not self.root.preset:
            return stem
        return stem.removesuffix(sign[1] + self.spelled(self.root.language)) or stem

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        """How a language is spelled -> its code."""
        return {self.spelled(code): code for code in self.root.languages}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        codes = "|".join(map(re.escape, sorted(self._codes, key=len, reverse=True)))
        return self._matching(codes) if codes else None

    @cached_property
    def _any_language(self) -> re.Pattern[str]:
        return self._matching(_CODE)

    def _matching(self, codes: str) -> re.Pattern[str]:
        """The expression of the paths that the template makes for codes."""
        symbols = {
            "{dir}/": r"(?P<dir>(?:[^/]+/)*)", "{dir}": r"(?P<dir>[^/]+(?:/[^/]+)*)", "{stem}": r"(?P<stem>[^/]+?)",
            "{ext}": r"(?P<ext>[^/.]+)", "{path}": r"(?P<path>.+)",
        }  # fmt: skip
        for token, folder in (("{root}", self.root.folder), ("{parent}", self._parent)):
            symbols |= {f"{token}/": re.escape(f"{folder}/") if folder else "", token: re.escape(folder)}
        symbols["{lang}"] = f"(?P<lang>{codes})"
        seen: set[str] = set()
        parts = []
        for part in re.split(r"(\{(?:dir|root|parent)\}/|\{\w+\})", self.root.output):
            name = part.strip("{}/")
            symbol = symbols.get(part, re.escape(part))
            if name in seen:
                symbol = "(?P=lang)" if name == "lang" else symbol.replace(f"?P<{name}>", "?:")
            parts.append(symbol)
            seen.add(name)
        return re.compile("".join(parts), re.DOTALL)

    def language_of(self, path: str) -> str | None:
        """Return the language of which the template would write this path, None when it would not."""
        match = self._pattern and self._pattern.fullmatch(path)
        return self._codes[match["lang"]] if match else None

    def translated_into(self, path: str, there: Collection[str]) -> str | None:
        """Return the language of which this would be the localized file of one of the files that are there.

        It may be any language that somebody knows: a translation that lies beside its original is one, whether the
        project is translated into its language or not. None when it is no such file.
        """
        match = self._any_language.fullmatch(path)
        if not match or not any(each != path and each in there for each in self._originals(path, match)):
            return None
        code = _known(match["lang"])
        if not code or code == langs.language(self.root.language).code:
            return None
        folder = path[: match.end("lang") + 1]
        if code in langs.LANGUAGES or not (folder.endswith("/") and _is_index(path)):
            return code
        # `hr/index.md` beside `index.md` may be about human resources; with `hr/about.md` beside `about.md` it is not
        others = (each for each in there if each.startswith(folder) and not _is_index(each))
        return code if any(self.translated_into(each, there) for each in others) else None

    def _originals(self, path: str, match: re.Match[str]) -> Iterator[str]:
        """What a file that fits the template may translate: the path with the source's code, or without any."""
        low, high = match.span("lang")
        yield path[:low] + self.spelled(self.root.language) + path[high:]
        found = match.groupdict()
        below = found.get("path") or f"{found.get('dir') or ''}/{found.get('stem') or ''}.{found.get('ext') or ''}"
        if "path" in found or "stem" in found:
            yield re.sub(r"/{2,}", "/", f"{self.root.folder}/{below}").lstrip("/")


def layout_of(root: Root) -> Layout:
    """Return the layout of a root; its preset says how languages are spelled."""
    return Layout(root, root.preset.spell) if root.preset else Layout(root)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that holds text for readers."""

    path: str
    """Relative to the project, with `/`."""
    layout: Layout
    rule: Rule
    domain: str = ""

    @property
    def root(self) -> Root:
        """The folder it lies below."""
        return self.layout.root

    @property
    def is_template(self) -> bool:
        """True for Jinja2 templates: messages without spans, compiled to .mo only."""
        return self.rule.method == mapping.TEMPLATES

    @property
    def is_terms(self) -> bool:
        """True for a post of which only the tags and categories are meant."""
        return is_terms(self.domain)


def terms_domain(root: Root) -> str:
    """Return the name of the catalog that holds the tags and categories of a root's posts."""
    return f"{root.prefix}/{TERMS}".lstrip("/")


def is_terms(domain: str) -> bool:
    """Say whether a catalog holds tags and categories."""
    return domain.rpartition("/")[2] == TERMS


def accepted(
    candidates: Iterable[tuple[str, Rule]], layouts: tuple[Layout, ...], written: Mapping[str, object]
) -> Iterator[Source]:
    """Yield the sources among the files that babel.cfg names, sorted, domains not yet set.

    An output is never a source: neither what the manifest lists (`written`), nor what an output template describes,
    nor what it would describe in another language, where the original lies there too. Where two roots would translate
    into each other, the first one's file is the source.
    """
    below: dict[Layout, list[tuple[str, Rule]]] = {layout: [] for layout in layouts}
    found = dict(candidates)
    for path, rule in found.items():
        layout = home(path, layouts)
        if layout is None and rule.method == mapping.TEMPLATES:
            layout = layouts[0]
        if not layout or path in written or _is_described(path, layout, layouts):
            continue
        if not translation_of(path, found, layouts):
            below[layout].append((path, rule))
    claimed: set[str] = set()
    for layout, files in below.items():
        others = {other.root.language for other in layouts if other is not layout}
        for path, rule in sorted(files):
            if path in claimed:
                continue
            claimed.update(layout.target(path, code) for code in layout.root.languages if code in others)
            yield Source(path, layout, rule)


def home(path: str, layouts: tuple[Layout, ...]) -> Layout | None:
    """Return the layout of the deepest root that a path lies below."""
    above = [each for each in layouts if not each.root.folder or path.startswith(each.root.folder + "/")]
    return max(above, key=lambda each: len(each.root.folder), default=None)


def _is_described(path: str, own: Layout, layouts: tuple[Layout, ...]) -> bool:
    return any(
        (code := each.language_of(path)) is not None and (each is own or code != own.root.language) for each in layouts
    )


def translation_of(path: str, there: Collection[str], layouts: tuple[Layout, ...]) -> str | None:
    """Return the language in which a file is a translation of another one that is there, None when it is none."""
    own = home(path, layouts)
    for each in layouts if own else ():
        code = each.translated_into(path, there)
        if code and (each is own or (own and code != langs.language(own.root.language).code)):
            return code
    return None


def _is_index(path: str) -> bool:
    return bool(re.search(r"(?i)(?:^|/)(?:_?index|readme)\.[^/.]+$", path))


def _known(code: str) -> str | None:
    try:
        return langs.language(code).code
    except UsageError:
        return None


def with_domains(sources: Iterable[Source], setting: Domain) -> tuple[list[Source], list[Problem], set[str]]:
    """Return the sources with their domains, what is wrong with their names, and the domains that this concerns.

    A source with a problem is left out, and so is every one that it would share a catalog with: until the names are
    mended, that catalog must stay as it is.
    """
    named: dict[str, list[Source]] = defaultdict(list)
    problems = []
    for source in sources:
        if fault := _fault(source.path):
            problems.append(_problem(source.path, fault))
        else:
            named[_domain(source, setting)].append(source)
    kept: list[Source] = []
    held: set[str] = set()
    for domain, group in named.items():
        settled = list(_apart(domain, group, setting))
        held |= {name for name, source in settled if isinstance(source, Problem)}
        problems += [source for _, source in settled if isinstance(source, Problem)]
        kept += [_in(source, name) for name, source in settled if isinstance(source, Source) and name not in held]
    return sorted(kept, key=lambda source: source.path), problems, held


def _fault(path: str) -> str:
    if any(0xDC80 <= ord(char) <= 0xDCFF for char in path):
        return "the name of this file is not UTF-8. Rename it"
    if len(path.split()) != 1 or path != path.strip():
        return "the name has a space, which `#:` lines of catalogs cannot hold. Rename it, for example with `-`"
    return ""


def _domain(source: Source, setting: Domain) -> str:
    root = source.root
    below = source.path[len(root.folder) + 1 :] if root.folder else source.path
    folder, _, name = below.rpartition("/")
    if source.is_template or source.rule.format in _TABLES:
        inner = SITE
    elif setting is Domain.SINGLE:
        inner = SINGLE
    elif setting is Domain.FOLDER:
        inner = folder or TOP
    else:
        inner = f"{folder}/{_stem(name)}".lstrip("/")
    return f"{root.prefix}/{inner}".lstrip("/")


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _in(source: Source, domain: str) -> Source:
    return Source(source.path, source.layout, source.rule, domain)


def _apart(domain: str, group: list[Source], setting: Domain) -> Iterator[tuple[str, Source | Problem]]:
    """Settle which of the sources that meet in one domain may stay in it."""
    first = group[0]
    is_shared = setting is not Domain.FILE or domain.rpartition("/")[2] == SITE
    for source in group:
        if source.root.language != first.root.language:
            message = (
                f"{_both(domain, first)} in another language, so neither is extracted. "
                f'Give its [[sources]] table a prefix, for example prefix = "{source.root.language}"'
            )
            yield domain, _problem(source.path, message)
        elif is_shared and (source.is_template or source.rule.format in _TABLES or domain not in RESERVED):
            yield domain, source
        elif domain in RESERVED:
            yield domain, _problem(source.path, f"the name {domain} is reserved. Rename the file")
        elif len(group) == 1:
            yield domain, source
        else:
            yield _own_domain(source, domain, group)


def _own_domain(source: Source, domain: str, group: list[Source]) -> tuple[str, Source | Problem]:
    suffix = source.path.rpartition(".")[2]
    if source.rule.format != "markdown":
        return f"{domain}.{suffix}", source
    first = next(other for other in group if other.rule.format == "markdown")
    if source is first:
        return domain, source
    remedy = "Neither is extracted: rename one of them"
    if source.root is not first.root:
        remedy += ', or give one of the [[sources]] tables a prefix, for example prefix = "two"'
    return domain, _problem(source.path, f"{_both(domain, first)}. {remedy}")


def _both(domain: str, first: Source) -> str:
    return f"shares the catalog {domain}.pot with {first.path}"


def _problem(path: str, message: str) -> Problem:
    return Problem("source-name", Severity.ERROR, path, message)
