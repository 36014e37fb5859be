"""A project: its configuration, its sources as they are on disk now, and their parsed documents."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from tarjuma import config, formats, langs, plugins, store
from tarjuma.config import Config
from tarjuma.errors import ConfigError, SourceError, StoppedError
from tarjuma.mapping import IGNORE, Rule
from tarjuma.model import Document, Language, Message, Options, Problem, Severity
from tarjuma.project import scope, targets
from tarjuma.project.layout import Layout, Source, accepted, home, layout_of, terms_domain, translation_of, with_domains
from tarjuma.store import Change, Manifest
from tarjuma.syntax import dialect

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much is done, and how much there is."""

_SKIPPED = frozenset({"node_modules", "__pycache__", "LC_MESSAGES", "_site"})
"""Folders that hold no posts. `_site` is what Jekyll and Eleventy build, beside the posts where those lie on top."""


_POSTS = frozenset({"markdown", "html", "lektor"})
"""Formats of files that may have front matter."""


def silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a stage did, or would do."""

    stage: str
    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences for the user: what was renamed, kept, moved."""

    @property
    def written(self) -> tuple[str, ...]:
        """Paths of the files that changed."""
        return tuple(change.path for change in self.changes if change.after is not None)

    @property
    def removed(self) -> tuple[str, ...]:
        """Paths of the files that went."""
        return tuple(change.path for change in self.changes if change.after is None)

    @property
    def is_clean(self) -> bool:
        """True when there is no error among the problems."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Post:
    """A source that was read."""

    source: Source
    document: Document | None
    """None for a template and for a file that cannot be read."""
    messages: tuple[Message, ...] | None
    """Its messages in reading order; None when it cannot be read."""
    languages: tuple[str, ...]
    """What it is translated into."""


@dataclass(frozen=True)
class Project:
    """A snapshot of a site: load it again to see what changed since."""

    config: Config
    progress: Progress = silent

    @property
    def folder(self) -> str:
        """Absolute path."""
        return self.config.folder

    def path(self, relative: str) -> str:
        """Return the absolute path of a file of the project."""
        return os.path.join(self.config.folder, relative)

    def bytes_of(self, relative: str) -> bytes | None:
        """Return the bytes of a file of the project, None when there is none."""
        return store.read(self.path(relative))

    @cached_property
    def layouts(self) -> tuple[Layout, ...]:
        """The output templates, one a source root."""
        return tuple(map(layout_of, self.config.roots))

    @cached_property
    def manifest(self) -> Manifest:
        """What we wrote before."""
        known = store.parse_manifest(self.bytes_of(self.manifest_path) or b"")
        pending = self.bytes_of(store.PENDING)
        return store.with_pending(known, store.parse_manifest(pending)) if pending else known

    @property
    def manifest_path(self) -> str:
        """Relative to the project."""
        return f"{self.config.locales}/{store.MANIFEST}".lstrip("/")

    @cached_property
    def _listed(self) -> tuple[list[Source], list[Problem], set[str]]:
        found = list(_files_with_text(self.config))
        sources = list(accepted(found, self.layouts, self.manifest.pages))
        kept, problems, held = with_domains(sources, self.config.domain)
        problems += [
            Problem(
                "source-name", Severity.WARNING, path,
                f"babel.cfg line {rule.line} names this file, but it lies below no source root of {self.config.file}",
            )
            for path, rule in found
            if rule.method.startswith("tarjuma_") and not home(path, self.layouts)
        ]  # fmt: skip
        return kept, [*problems, *targets.unfit(self.config, targets.has_in(self.folder))], held

    @cached_property
    def strangers(self) -> Mapping[str, str]:
        """Path -> language of the files that are translations of others into languages that we know nothing of."""
        there = {path for path, rule in _files_with_text(self.config)}
        others = there - {source.path for source in self.sources} - self.manifest.pages.keys()
        found = ((path, translation_of(path, there, self.layouts)) for path in sorted(others))
        return {path: code for path, code in found if code and code not in self.languages}

    @property
    def held(self) -> set[str]:
        """Domains whose sources have clashing names: their catalogs stay as they are."""
        return self._listed[2]

    def source_language(self, post: Post) -> Language:
        """Return the language that a source is written in."""
        return langs.language(post.source.root.language)

    @property
    def sources(self) -> list[Source]:
        """Every file with text for readers, by path."""
        return self._listed[0]

    @cached_property
    def _posts(self) -> dict[tuple[str, bool], tuple[Post, list[Problem]]]:
        return {}

    def post(self, source: Source) -> tuple[Post, list[Problem]]:
        """Return a source, read and parsed, and what is wrong with it."""
        key = (source.path, source.is_terms)
        found = self._posts.get(key)
        if found is None:
            found = self._posts[key] = _terms(self, source) if source.is_terms else _post(self, source)
        return found

    @property
    def name_problems(self) -> list[Problem]:
        """What is wrong with the names of sources."""
        return list(self._listed[1])

    @cached_property
    def source_problems(self) -> list[Problem]:
        """What is wrong with names and contents of sources."""
        problems = self.name_problems
        for number, source in enumerate(self.sources):
            self.progress("reading", number, len(self.sources))
            problems += self.post(source)[1]
        self.progress("reading", len(self.sources), len(self.sources))
        return problems

    @cached_property
    def domains(self) -> Mapping[str, tuple[Source, ...]]:
        """Name of each catalog -> the sources whose messages it holds, sorted by name."""
        groups: dict[str, list[Source]] = defaultdict(list)
        for source in [*self.sources, *_with_terms(self)]:
            groups[source.domain].append(source)
        return {domain: tuple(groups[domain]) for domain in sorted(groups)}

    @property
    def posts(self) -> list[Post]:
        """Every source, read and parsed."""
        return [self.post(source)[0] for source in self.sources]

    def posts_of(self, domain: str) -> tuple[Post, ...]:
        """Return the posts whose messages a catalog holds."""
        return tuple(self.post(source)[0] for source in self.domains[domain])

    def pot_path(self, domain: str) -> str:
        """Return the path of a template catalog."""
        return f"{self.config.locales}/{domain}.pot".lstrip("/")

    def po_path(self, domain: str, language: str, suffix: str = ".po") -> str:
        """Return the path of a catalog."""
        return f"{self.config.locales}/{self._folders[language]}/LC_MESSAGES/{domain}{suffix}".lstrip("/")

    @cached_property
    def _folders(self) -> Mapping[str, str]:
        """Code -> folder in `locales/`; one that is spelled otherwise (uz@cyrillic) is used as it is."""
        folders = {row.code: row.folder for row in self.languages.values()}
        try:
            there = sorted(entry.name for entry in os.scandir(self.path(self.config.locales)) if entry.is_dir())
        except OSError:
            return folders
        for name in there:
            tag = name.replace("_", "-").replace("@cyrillic", "-Cyrl").replace("@latin", "-Latn")
            if tag in folders and folders[tag] not in there:
                folders[tag] = name
        return folders

    @cached_property
    def languages(self) -> Mapping[str, Language]:
        """Every language that something is translated into, by code."""
        codes = [row.code for row in self.config.languages]
        codes += [code for root in self.config.roots for code in root.languages]
        return {code: langs.language(code) for code in codes}

    def catalog_files(self, language: str) -> list[str]:
        """Return the domains that have a PO file in a language, sorted."""
        return sorted(_files(self.path(f"{self.config.locales}/{self._folders[language]}/LC_MESSAGES"), ".po"))

    def template_files(self) -> list[str]:
        """Return the domains that have a POT file, sorted."""
        return sorted(_files(self.path(self.config.locales), ".pot"))


def load(folder: str | os.PathLike[str], conf: str | Config | None = None, progress: Progress = silent) -> Project:
    """Return the project that a folder belongs to.

    `conf` is the path of a configuration file, or a configuration; None looks from the folder upward. Raises
    ConfigError, also when a source root does not exist: an empty one must not look like a site without posts.
    """
    loaded = conf if isinstance(conf, Config) else config.load(folder, conf, plugins.builtin("formats"))
    for root in loaded.roots:
        if not os.path.isdir(os.path.join(loaded.folder, root.folder)):
            raise ConfigError(
                f"the source folder {root.folder!r} does not exist",
                path=loaded.file,
                hint="Correct `source`, or `root` in [[sources]]: it is relative to this file",
            )
    _check_dialects(loaded)
    return Project(loaded, progress)


def _check_dialects(conf: Config) -> None:
    special = (changes.get("dialects") for _, changes in conf.special)
    for name in {name for names in (conf.options.dialects, *special) for name in names or ()} - set(dialect.NAMES):
        near = get_close_matches(name, dialect.NAMES, 1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Dialects: {', '.join(sorted(dialect.NAMES))}"
        raise ConfigError(f"unknown dialect {name!r}", path=conf.file, hint=hint)


def _files_with_text(conf: Config) -> Iterator[tuple[str, Rule]]:
    """The files that babel.cfg names, with the section that does; locales/ is never looked into."""
    for path in _walked(conf.folder, _starts(conf.rules), conf.locales):
        rule = conf.rule(path)
        if rule and rule.method != IGNORE:
            yield path, rule


def files_below(conf: Config) -> Iterator[str]:
    """Yield the paths of all files of a project, hidden ones and catalogs left out."""
    return _walked(conf.folder, [""], conf.locales)


def _starts(rules: Iterable[Rule]) -> list[str]:
    """The folders that hold everything which the patterns match, none below another."""
    starts = set()
    for rule in rules:
        if rule.method != IGNORE:
            pattern = rule.pattern.removeprefix("^").removeprefix("./")
            fixed = re.split(r"[*?]", pattern, maxsplit=1)[0]
            starts.add(fixed.rpartition("/")[0] if fixed != pattern else pattern.rstrip("/"))
    return sorted(
        each
        for each in starts
        if not any(above != each and f"{each}/".startswith(f"{above}/".lstrip("/")) for above in starts)
    )


def _walked(folder: str, starts: Iterable[str], locales: str) -> Iterator[str]:
    """Paths of all files below some folders, hidden ones left out."""
    waiting = list(starts)
    while waiting:
        below = waiting.pop()
        absolute = os.path.join(folder, below)
        if below and os.path.isfile(absolute):
            yield below
            continue
        try:
            entries = list(os.scandir(absolute))
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith(".") or entry.name in _SKIPPED:
                continue
            path = f"{below}/{entry.name}" if below else entry.name
            if entry.is_dir(follow_symlinks=False):
                if path != locales:
                    waiting.append(path)
            elif entry.is_file():
                yield path


def _files(folder: str, suffix: str, above: str = "") -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir() and not entry.name.startswith(".") and entry.name != "LC_MESSAGES":
            yield from _files(entry.path, suffix, f"{above}{entry.name}/")
        elif entry.name.endswith(suffix) and not entry.name.startswith("."):
            yield above + entry.name.removesuffix(suffix)


def _post(project: Project, source: Source) -> tuple[Post, list[Problem]]:
    from tarjuma import extract

    conf = project.config
    root = source.root
    try:
        content = project.bytes_of(source.path)
        if content is None:
            raise SourceError("is gone: it was deleted while tarjuma ran", path=source.path)
        if source.is_template:
            from tarjuma.formats import jinja

            return Post(
                source, None, tuple(jinja.messages(content, source.path, source.rule.options)), root.languages
            ), []
        options = conf.options_for(source.path, source.rule)
        document = parsed(content, source.path, options, source.rule.format)
        messages = tuple(extract.messages(document))
    except (SourceError, StoppedError) as error:
        problem = Problem("source", Severity.ERROR, source.path, error.advice, line=error.line)
        return Post(source, None, None, root.languages), [problem]
    codes, fault = scope.languages(content, source.path, options, conf.scopes, root.languages)
    faults = [Problem("scope", Severity.WARNING, source.path, fault)] if fault else []
    return Post(source, document, messages, codes), faults


def _with_terms(project: Project) -> Iterator[Source]:
    """The posts whose tags and categories are translated, once more: in the domain of these."""
    from tarjuma.publish import terms

    languages: dict[str, str] = {}
    for source in project.sources:
        root = source.root
        domain = terms_domain(root)
        is_asked = source.rule.format in _POSTS and terms.is_asked(project.config.publishing_for(root))
        # one catalog holds one source language: that of the first root, the others need a prefix
        if is_asked and languages.setdefault(domain, root.language) == root.language:
            yield replace(source, domain=domain)


def _terms(project: Project, source: Source) -> tuple[Post, list[Problem]]:
    """The tags and categories of a post; what is wrong with it is told where the post itself is read."""
    from tarjuma.publish import terms

    conf, root = project.config, source.root
    try:
        content = project.bytes_of(source.path) or b""
        options = conf.options_for(source.path, source.rule)
        messages = terms.messages(content, source.path, options, conf.publishing_for(root))
        codes, _ = scope.languages(content, source.path, options, conf.scopes, root.languages)
    except (SourceError, StoppedError):
        return Post(source, None, None, root.languages), []
    return Post(source, None, messages, codes), []


def parsed(content: bytes, path: str, options: Options, name: str) -> Document:
    """Return the document of a source that is read by a format, whatever its suffix says. Raises SourceError."""
    if formats.format_of(path) == name:
        return formats.parse(content, path, options)
    read_as = f"{path}.{'md' if name == 'markdown' else name}"
    return replace(formats.parse(content, read_as, options), path=path)
