"""Which catalogs `tarjuma check` looks into: those of a project, of some posts, or any PO files and folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tarjuma import langs, store
from tarjuma.errors import UsageError
from tarjuma.project import memory
from tarjuma.project.inspection import PO, POT, Job, language_of_path
from tarjuma.project.site import Project, load

TEMPLATE, GLOSSARY = "messages.pot", "glossary.csv"
"""What is looked for beside a PO file that lies in no project."""

_SKIPPED = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for on the command line."""

    paths: tuple[str, ...] = ()
    """As they were typed; none: the project of the working directory."""
    languages: tuple[str, ...] = ()
    template: str = ""
    glossary: str = ""
    is_remembered: bool = True
    """False: nothing that was found before counts."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be looked into."""

    jobs: tuple[Job, ...] = ()
    projects: tuple[Project, ...] = ()
    """Those that are checked as a whole."""
    home: str = ""
    """The working directory."""
    owners: Mapping[str, Project] = field(default_factory=dict)
    """Folder -> the project of a catalog."""
    posts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Folder of a project -> its posts that were named."""
    is_whole: bool = False
    """True when nothing of the projects is left out."""
    faults: tuple[UsageError, ...] = ()
    """Paths that lead nowhere; the others are looked into."""


@dataclass
class Selector:
    """Finds catalogs for paths. Reads folders and configurations, no catalog."""

    wish: Wish
    home: str
    """The working directory: absolute."""
    project: Project | None
    """The one that the working directory, or `--config`, belongs to."""
    known: dict[str, Project | None] = field(default_factory=dict)
    named: dict[str, frozenset[str]] = field(default_factory=dict)
    """Folder of a project -> its posts that were named."""

    def selection(self) -> Selection:
        """Return what the wish asks for. Raises UsageError when that is nothing at all."""
        if not self.wish.paths:
            if self.project is None:
                raise UsageError(
                    "there is no project here and no path was given",
                    hint="`tarjuma check FILE.po` checks any catalog; `tarjuma init` sets a project up",
                )
            jobs_of = tuple(self._of_project(self.project))
            return Selection(jobs_of, (self.project,), self.home, {self.project.folder: self.project}, is_whole=True)
        jobs: dict[str, Job] = {}
        projects: list[Project] = []
        faults: list[UsageError] = []
        for path in self.wish.paths:
            try:
                for job in self._of_path(path, projects):
                    jobs[job.file] = _joined(jobs.get(job.file), job)
            except UsageError as error:
                faults.append(error)
        if faults and not jobs:
            raise faults[0]
        owners = {site.folder: site for site in (*self.known.values(), *projects) if site}
        whole = {site.folder for site in projects}
        posts = {folder: paths for folder, paths in self.named.items() if folder not in whole}
        return Selection(tuple(jobs.values()), tuple(projects), self.home, owners, posts, faults=tuple(faults))

    def _of_path(self, path: str, projects: list[Project]) -> Iterator[Job]:
        file = os.path.abspath(os.path.join(self.home, path))
        if os.path.isdir(file):
            yield from self._of_folder(path, file, projects)
        elif not os.path.lexists(file):
            raise UsageError("no such file or folder", path=path)
        elif file.endswith((PO, POT)):
            yield self._of_catalog(path, file)
        elif (site := self._project_of(file)) and (jobs := list(self._of_posts(site, [_below(site, file)]))):
            yield from jobs
        elif site and not _looks_like_catalog(file):
            raise UsageError(
                "is neither a catalog (.po) nor a post that this project translates", path=path,
                hint="`tarjuma status` lists the posts",
            )  # fmt: skip
        else:
            yield self._of_catalog(path, file)

    def _of_folder(self, path: str, folder: str, projects: list[Project]) -> Iterator[Job]:
        site = self._project_of(os.path.join(folder, "x"))
        if site and _same(folder, site.folder):
            projects.append(site)
            yield from self._of_project(site)
            return
        found = False
        for name in sorted(_walked(folder)):
            found = True
            yield self._of_catalog(_joined_path(path, name), os.path.join(folder, name))
        below = f"{_below(site, folder)}/" if site else ""
        posts = [source.path for source in site.sources if source.path.startswith(below)] if site else []
        if site and posts:
            found = True
            yield from self._of_posts(site, posts)
        if not found:
            raise UsageError("holds no catalog (.po)", path=path, hint="Name a catalog, or a folder with catalogs")

    def _of_catalog(self, path: str, file: str) -> Job:
        """The job of one PO file: that of its project, or one of its own."""
        site = self._project_of(file) if "LC_MESSAGES" in file.split(os.sep) else None
        if site and (place := _place(site, _below(site, file))):
            return self._of_domain(site, *place)
        beside = os.path.dirname(file)
        return Job(
            _shown(path), file,
            folder=memory.folder_of_user(os.environ) if self.wish.is_remembered else "",
            language=language_of_path(file),
            template=self.wish.template or _existing(os.path.join(beside, TEMPLATE)),
            glossary=self.wish.glossary or _existing(os.path.join(beside, GLOSSARY)),
        )  # fmt: skip

    def _of_project(self, site: Project) -> Iterator[Job]:
        for code in site.languages:
            for domain in site.catalog_files(code):
                yield self._of_domain(site, domain, code)

    def _of_posts(self, site: Project, paths: Iterable[str]) -> Iterator[Job]:
        wanted = dict.fromkeys(_sources_of(site, paths))
        self.named[site.folder] = self.named.get(site.folder, frozenset()) | {path for path, _ in wanted}
        codes = {code for _, code in wanted}
        for domain, sources in site.domains.items():
            chosen = [source.path for source in sources if any(path == source.path for path, _ in wanted)]
            for code in site.languages if chosen else ():
                posts = tuple(path for path in chosen if (path, "") in wanted or (path, code) in wanted)
                if posts and os.path.isfile(site.path(site.po_path(domain, code))) and (codes & {"", code}):
                    every = len(posts) == len(sources)
                    yield replace(self._of_domain(site, domain, code), posts=() if every else posts)

    def _of_domain(self, site: Project, domain: str, code: str) -> Job:
        path = site.po_path(domain, code)
        sources = site.domains.get(domain, ())
        return Job(
            path,
            site.path(path),
            folder=site.path(f"{store.FOLDER}/check") if self.wish.is_remembered else "",
            site=site.folder,
            domain=domain,
            prefix=shown_below(site.folder, self.home),
            language=code,
            source=sources[0].root.language if sources else site.config.roots[0].language,
            template=self.wish.template or _existing(site.path(site.pot_path(domain))),
            glossary=self.wish.glossary or _existing(site.path(GLOSSARY)),
            checks=site.config.checks,
            is_project=True,
        )

    def _project_of(self, file: str) -> Project | None:
        """The nearest project that a file lies in, None when it lies in none."""
        above = os.path.dirname(file)
        if above not in self.known:
            found = _loaded(above)
            own = self.project
            if own and _is_below(file, own.folder) and (found is None or _same(found.folder, own.folder)):
                found = own
            self.known[above] = found
        return self.known[above]


def shown_below(folder: str, home: str) -> str:
    """Return what stands before the paths of a project when it lies below the working directory."""
    if folder == home or not _is_below(folder, home):
        return ""
    return os.path.relpath(folder, home).replace(os.sep, "/") + "/"


def _loaded(folder: str) -> Project | None:
    try:
        return load(folder)
    except UsageError as error:
        if error.path:
            raise
        return None


def _sources_of(site: Project, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield source and language ("" = all) for paths of posts and of localized posts."""
    sources = {source.path: source for source in site.sources}
    outputs: Mapping[str, tuple[str, str]] | None = None
    for path in paths:
        if path in sources:
            yield path, ""
            continue
        if outputs is None:
            outputs = {
                source.layout.target(source.path, code): (source.path, code)
                for source in sources.values()
                if not source.is_template
                for code in source.root.languages
            }
        if path in outputs:
            yield outputs[path]


def _place(site: Project, path: str) -> tuple[str, str] | None:
    """Domain and language of a catalog of a project, None for a file that is none."""
    for code in site.languages:
        head, tail = site.po_path("\0", code).split("\0")
        if path.startswith(head) and path.endswith(tail):
            return path[len(head) : -len(tail)], code
    return None


def _joined(known: Job | None, job: Job) -> Job:
    """One job for a catalog that was asked for twice."""
    if known is None:
        return job
    every = not known.posts or not job.posts
    return replace(known, posts=() if every else tuple(dict.fromkeys(known.posts + job.posts)))


def _walked(folder: str, above: str = "") -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _SKIPPED:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walked(entry.path, f"{above}{entry.name}/")
        elif entry.name.endswith(PO):
            yield above + entry.name


def _looks_like_catalog(file: str) -> bool:
    try:
        with open(file, "rb") as stream:
            return b"\nmsgid " in stream.read(4096)
    except OSError:
        return False


def _joined_path(path: str, name: str) -> str:
    return name if path in (".", "./") else f"{path.rstrip('/' + os.sep)}/{name}"


def _shown(path: str) -> str:
    shown = path.replace(os.sep, "/")
    return shown.removeprefix("./") or shown


def _existing(path: str) -> str:
    return path if os.path.isfile(path) else ""


def _below(site: Project, file: str) -> str:
    return os.path.relpath(file, site.folder).replace(os.sep, "/")


def _is_below(file: str, folder: str) -> bool:
    return file == folder or file.startswith(folder.rstrip(os.sep) + os.sep)


def _same(first: str, second: str) -> bool:
    return os.path.normcase(first) == os.path.normcase(second)


def chosen(codes: Iterable[str]) -> tuple[str, ...]:
    """Return language codes as we spell them. Raises UsageError for one that nobody knows."""
    return tuple(langs.language(code).code for code in codes)
