"""What waits for a draft: the gaps in a project's catalogs, and which of them must not leave this machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches

from tarjuma import consent, draft, glossary, langs, terms
from tarjuma.config import Place
from tarjuma.draft import Gap, Pivot, Terms
from tarjuma.errors import UsageError
from tarjuma.glossary import Glossary, Term
from tarjuma.model import Catalog, Identity, Options, Problem
from tarjuma.project import filling, overview, versions
from tarjuma.project.site import Post, Project

GLOSSARY = "glossary.csv"
_RUNNING = frozenset({"paragraph", "list item", "quote", "footnote"})
"""Kinds of running text: where a name is written in full, rather than in a title above it."""
_TABLES = ("yaml", "json", "toml")
"""Formats whose files are no posts: a key `password` in them is a text of the site."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for; empty: all there is."""

    languages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    """Posts, catalogs, or folders of them, relative to the project."""
    via: str | None = None
    """Language that drafts are made from, "" for the source; None leaves it to the configuration."""
    redrafted: str = ""
    """Engine whose untouched drafts are to be made anew."""


@dataclass(frozen=True, slots=True)
class Task:
    """A gap, and where it is."""

    code: str
    domain: str
    gap: Gap
    posts: tuple[str, ...]
    """The sources that it stands in."""
    held: str = ""
    """Why nothing of it may leave this machine; "" when it may."""
    glossaries: Mapping[str, Glossary] = field(default_factory=dict)
    """Language of an attempt -> the glossary with its terms in that language."""
    full: tuple[Term, ...] = ()
    """Terms whose first use in a post is here: their names are written in full."""

    @property
    def source(self) -> str:
        """The language that its message is in, whatever it is drafted from."""
        return self.gap.forms[0][-1].language


@dataclass(slots=True)
class Search:
    """What was found in the catalogs."""

    tasks: list[Task] = field(default_factory=list)
    recollections: dict[tuple[str, str], draft.Recollection] = field(default_factory=dict)
    """Language and source language -> its reviewed translations."""
    problems: list[Problem] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Catalogs that are not there yet."""
    behind: list[str] = field(default_factory=list)
    """Templates that lack a text of their sources."""
    begun: Counter[str] = field(default_factory=Counter)
    """Language -> entries of which a person filled some forms."""


def search(project: Project, wish: Wish, now: datetime) -> Search:
    """Return what waits for a draft in the languages and paths that are wished for. `now` is an aware time.

    Raises UsageError for a language or a path that the project does not have.
    """
    codes = [code for code in _codes(project, wish) if filling.place(project, code) is not Place.NOWHERE]
    if wish.via:
        via = langs.language(wish.via).code
        sources = {root.language for root in project.config.roots}
        if via not in {*project.languages, *sources}:
            there = ", ".join(project.languages)
            raise UsageError(f"this project is not translated into {via}", hint=f"Its languages: {there}")
        wish = replace(wish, via=via)
    return _Searcher(project, wish, now).found(codes)


def _codes(project: Project, wish: Wish) -> tuple[str, ...]:
    """The languages; one that gets no drafts is refused when somebody asks for it by name."""
    codes = overview.chosen(project, wish.languages)
    for code in codes if wish.languages else ():
        if filling.place(project, code) is Place.NOWHERE:
            raise UsageError(
                f'{code} gets no drafts: [languages.{code}] says drafts = "none"',
                path=project.config.file,
                hint='Write drafts = "po" to have them in the catalogs',
            )
    return codes


def domains(project: Project, wish: Wish) -> Iterator[tuple[str, str]]:
    """Yield domain and language of the catalogs that are wished for. Raises UsageError."""
    chosen = _Choice(project, wish.paths)
    for code in overview.chosen(project, wish.languages):
        for domain in project.domains:
            if chosen.posts(domain, code):
                yield domain, code


class _Choice:
    """Which posts of which catalogs the paths of a wish name."""

    def __init__(self, project: Project, paths: Iterable[str]) -> None:
        self._project = project
        self._is_all = not tuple(paths)
        self._sources: set[str] = set()
        self._catalogs: set[tuple[str, str]] = set()
        catalogs = {
            project.po_path(domain, code): (domain, code) for domain in project.domains for code in project.languages
        }
        sources = {source.path for source in project.sources}
        for path in paths:
            named = {each for each in sources if _is_below(each, path)}
            self._sources |= named
            in_catalogs = {place for each, place in catalogs.items() if _is_below(each, path)}
            self._catalogs |= in_catalogs
            if not named and not in_catalogs:
                near = get_close_matches(path, [*sources, *catalogs], 1)
                hint = f"Did you mean {near[0]}?" if near else "Name a post, a catalog, or a folder of them"
                raise UsageError("is neither a post nor a catalog of this project", path=path, hint=hint)

    def posts(self, domain: str, code: str) -> list[Post]:
        """The posts of a catalog whose gaps are meant."""
        posts = [post for post in self._project.posts_of(domain) if code in post.languages]
        if self._is_all or (domain, code) in self._catalogs:
            return posts
        return [post for post in posts if post.source.path in self._sources]


def _is_below(path: str, above: str) -> bool:
    return above in ("", ".") or path == above or path.startswith(f"{above.rstrip('/')}/")


class _Searcher:
    def __init__(self, project: Project, wish: Wish, now: datetime) -> None:
        self.project = project
        self.wish = wish
        self.now = now
        self.choice = _Choice(project, wish.paths)
        self.result = Search()
        self._catalogs: dict[tuple[str, str], Catalog | None] = {}
        self._held: dict[str, Mapping[Identity, str]] = {}
        self._first: dict[str, Mapping[Identity, tuple[Term, ...]]] = {}
        self._glossary = self._read_glossary()
        self._glossaries: dict[str, Glossary] = {}
        self._sections: dict[str, str] = {}

    def found(self, codes: list[str]) -> Search:
        project = self.project
        for number, domain in enumerate(project.domains):
            project.progress("reading", number, len(project.domains))
            chosen = {code: posts for code in codes if (posts := self.choice.posts(domain, code))}
            if not chosen:
                continue
            self.result.problems += [fault for source in project.domains[domain] for fault in project.post(source)[1]]
            if any(post.messages is None for post in project.posts_of(domain)):
                continue  # nobody could say what of its catalogs may leave
            for code, posts in chosen.items():
                self._look(domain, code, posts)
        project.progress("reading", len(project.domains), len(project.domains))
        self._recollect(codes)
        return self.result

    def _look(self, domain: str, code: str, posts: list[Post]) -> None:
        project, result = self.project, self.result
        catalog = self._catalog(domain, code)
        messages = [message for post in posts for message in post.messages or ()]
        if catalog is None:
            result.missing += [project.po_path(domain, code)] if messages else []
            return
        known = {message.key.identity for message in messages}
        if not known <= versions.live(catalog).keys():
            result.behind.append(project.pot_path(domain))
        held = self._held_texts(domain)
        source = project.source_language(posts[0])
        wanted = Terms(
            source.code, source.plural, _plural(catalog, code), known, held,
            pivot=self._pivot(domain, code, source.code), redrafted=self.wish.redrafted,
        )  # fmt: skip
        result.begun[code] += sum(draft.is_begun(entry) for entry in catalog.entries if entry.key.identity in known)
        places: dict[Identity, list[str]] = {}
        for post in project.posts_of(domain):
            for message in post.messages or ():
                places.setdefault(message.key.identity, []).append(post.source.path)
        first = self._first_uses(domain)
        for gap in draft.gaps(catalog, wanted):
            identity = gap.key.identity
            languages = {attempt.language for form in gap.forms for attempt in form}
            glossaries = {each: self._glossary_in(each) for each in sorted(languages)}
            result.tasks.append(
                Task(
                    code, domain, gap, tuple(places[identity]), held.get(identity, ""), glossaries,
                    first.get(identity, ()),
                )
            )  # fmt: skip

    def _read_glossary(self) -> Glossary:
        content = self.project.bytes_of(GLOSSARY)
        if content is None:
            return Glossary()
        found, problems = glossary.read(content, GLOSSARY)
        self.result.problems += problems
        return found

    def _glossary_in(self, language: str) -> Glossary:
        """The glossary with its terms in a language; those in the column `source` are of the first root."""
        if language not in self._glossaries:
            is_own = language == self.project.config.roots[0].language
            self._glossaries[language] = self._glossary if is_own else terms.in_language(self._glossary, language)
        return self._glossaries[language]

    def _first_uses(self, domain: str) -> Mapping[Identity, tuple[Term, ...]]:
        """Message -> the terms that it is the first of its post to use; running text counts before titles."""
        if domain not in self._first:
            found: dict[Identity, tuple[Term, ...]] = {}
            for post in self.project.posts_of(domain):
                messages = sorted(post.messages or (), key=lambda each: _RUNNING.isdisjoint(each.notes[:1]))
                texts = ((each.key.identity, each.key.text) for each in messages)
                for identity, here in terms.first_uses(texts, self._glossary).items():
                    found[identity] = tuple({term.source: term for term in (*found.get(identity, ()), *here)}.values())
            self._first[domain] = found
        return self._first[domain]

    def _catalog(self, domain: str, code: str) -> Catalog | None:
        if (domain, code) not in self._catalogs:
            catalog, fault = versions.read_catalog(self.project, domain, code)
            self._catalogs[domain, code] = catalog
            self.result.problems += [fault] if fault else []
        return self._catalogs[domain, code]

    def _pivot(self, domain: str, code: str, source: str) -> Pivot | None:
        via = self.project.config.drafting.via.get(code, "") if self.wish.via is None else self.wish.via
        if via in ("", code, source) or via not in self.project.languages:
            return None
        catalog = self._catalog(domain, via)
        return Pivot(via, _plural(catalog, via), draft.reviewed(catalog)) if catalog else None

    def _held_texts(self, domain: str) -> Mapping[Identity, str]:
        """Message -> why nothing of it may leave; one that several posts share is held when one of them is."""
        if domain not in self._held:
            held: dict[Identity, str] = {}
            for post in self.project.posts_of(domain):
                path = post.source.path
                why = self._reason(post)
                texts = {message.key.identity for message in post.messages or ()} if why else set()
                held |= dict.fromkeys(texts, f"{path}: {why}")
                for identity in consent.private_texts(post.document) if post.document else ():
                    held.setdefault(identity, f"{path}: {consent.BY_AUTHOR}")
            self._held[domain] = held
        return self._held[domain]

    def _reason(self, post: Post) -> str:
        path, document = post.source.path, post.document
        never_send = self.project.config.drafting.never_send
        if post.source.is_terms:
            return self._reason(self.project.post(replace(post.source, domain=""))[0])
        if document is None or post.source.rule.format in _TABLES:
            return consent.reason(b"", path, Options(), self.now, never_send)
        own = consent.reason(document.source, path, document.options, self.now, never_send)
        return own or self._inherited(path, document.options)

    def _inherited(self, path: str, options: Options) -> str:
        """What `cascade` in the _index.md of a folder above says."""
        folder = path.rpartition("/")[0]
        while folder:
            if folder not in self._sections:
                source = self.project.bytes_of(f"{folder}/_index.md")
                self._sections[folder] = consent.inherited_reason(source, options, self.now) if source else ""
            if why := self._sections[folder]:
                return f"{folder}/_index.md: {why}"
            folder = folder.rpartition("/")[0]
        return ""

    def _recollect(self, codes: list[str]) -> None:
        """Read every catalog of the languages that have gaps: the same text may be translated anywhere."""
        project = self.project
        by_source: dict[str, list[str]] = {}
        for domain in project.domains:
            by_source.setdefault(project.domains[domain][0].root.language, []).append(domain)
        due = {task.code for task in self.result.tasks}
        for code in (each for each in codes if each in due):
            for source, names in by_source.items():
                there = [catalog for name in names if (catalog := self._catalog(name, code))]
                self.result.recollections[code, source] = draft.Recollection(there)


def _plural(catalog: Catalog, code: str) -> str:
    """The C expression of a catalog, that of its language where it says nothing that can be read."""
    try:
        return langs.parts(catalog.header.get("Plural-Forms", ""))[1]
    except ValueError:
        return langs.language(code).plural
