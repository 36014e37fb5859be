"""Extract and update: templates from sources, and catalogs that follow the templates."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches

from tarjuma import extract, merge, po, regroup, store
from tarjuma.errors import PoError, TarjumaError, UsageError
from tarjuma.mapping import IGNORE
from tarjuma.merge import SameMeaning
from tarjuma.model import Catalog, Message, Problem, Severity
from tarjuma.project.layout import is_terms
from tarjuma.project.site import Post, Project, Result
from tarjuma.project.spread import spread
from tarjuma.project.versions import unreadable
from tarjuma.store import Change

_DATE = re.compile(rb'"POT-Creation-Date: (.*?)\\n"')
_MARKDOWN = (".md", ".markdown", ".mdown", ".mdx")


@dataclass(frozen=True, slots=True)
class Template:
    """The POT file of a domain as it should be."""

    domain: str
    catalog: Catalog
    change: Change
    source: str
    """Code of the language that it is in."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What extract would do, and every template that can be told, by domain."""

    result: Result
    templates: Mapping[str, Template]


def plan_extract(project: Project) -> Extraction:
    """Return what extract would do; writes nothing.

    A source that cannot be read leaves the template of its domain as it is. The template of a domain without
    sources goes; its catalogs stay until `update` has looked through them.
    """
    now = datetime.now().astimezone().replace(microsecond=0)
    templates: dict[str, Template] = {}
    problems = list(project.source_problems)
    for domain in project.domains:
        template, problem = tried(project, domain, now)
        if template:
            templates[domain] = template
        problems += problem
    changes = [template.change for template in templates.values()]
    return Extraction(_result(project, changes, problems), templates)


def plan_templates(project: Project) -> Result:
    """Return what extract would do, on every core; writes nothing. The same as the result of `plan_extract`."""
    now = datetime.now().astimezone().replace(microsecond=0)
    changes: list[Change] = []
    problems = project.name_problems
    domains = list(project.domains)

    def outcome(domain: str) -> tuple[Change | None, list[Problem]]:
        template, problem = tried(project, domain, now)
        found = [fault for source in project.domains[domain] for fault in project.post(source)[1]]
        return template.change if template else None, found + problem

    for number, (change, found) in enumerate(spread(outcome, domains)):
        project.progress("extracting", number, len(domains))
        changes += [change] if change else []
        problems += found
    project.progress("extracting", len(domains), len(domains))
    return _result(project, changes, problems)


def _result(project: Project, changes: list[Change], problems: list[Problem]) -> Result:
    every = changes + list(vanished(project))
    due = tuple(change for change in every if change.before != change.after)
    return Result("extract", due, len(every) - len(due), tuple(problems))


def tried(project: Project, domain: str, now: datetime) -> tuple[Template | None, list[Problem]]:
    """Return the template of a domain as it should be at a time, and why there is none."""
    try:
        return _template(project, domain, project.posts_of(domain), now), []
    except TarjumaError as error:
        return None, [Problem("template", Severity.ERROR, error.path, error.advice, line=error.line)]


def _template(project: Project, domain: str, posts: tuple[Post, ...], now: datetime) -> Template | None:
    path = project.pot_path(domain)
    before = project.bytes_of(path)
    source = project.source_language(posts[0])
    if any(post.messages is None for post in posts):
        if previous := _previous(before, path):
            return Template(domain, previous, Change(path, before, before), source.code)
        has_catalogs = any(project.bytes_of(project.po_path(domain, code)) is not None for code in project.languages)
        if has_catalogs or all(post.messages is None for post in posts):
            return None
    messages: list[Message] = [message for post in posts for message in post.messages or ()]
    if not messages and posts[0].source.is_terms:
        return None
    catalog = extract.template(path, messages, None, now, project=project.config.project, source=source)
    if before is None:
        return Template(domain, catalog, Change(path, None, po.render(catalog)), source.code)
    if date := _DATE.search(before):
        catalog = po.with_header(catalog, {"POT-Creation-Date": date[1].decode("utf-8", "replace")})
    after = store.with_line_ends_of(before, po.render(catalog))
    if after != before:
        # parsed only here: whether the date may stay is a question about contents, not about bytes
        previous = _previous(before, path)
        catalog = extract.template(path, messages, previous, now, project=project.config.project, source=source)
        after = store.with_line_ends_of(before, po.render(catalog))
    return Template(domain, catalog, Change(path, before, after), source.code)


def _previous(content: bytes | None, path: str) -> Catalog | None:
    """The template as it is on disk; a broken one is made anew, it holds nobody's work."""
    try:
        return po.parse(content, path) if content is not None else None
    except PoError:
        return None


def vanished(project: Project) -> Iterator[Change]:
    """Yield the templates of ours whose sources are gone."""
    if not project.sources:
        return  # not all at once: a folder was moved, or a pattern of babel.cfg mistyped
    for domain in project.template_files():
        if domain not in project.domains and domain not in project.held:
            path = project.pot_path(domain)
            before = project.bytes_of(path)
            template = _previous(before, path)
            if template and template.entries and is_ours(project, template):
                yield Change(path, before, None)


def is_ours(project: Project, catalog: Catalog) -> bool:
    """Say whether a catalog without sources was made from posts of this project, not from a program's code.

    Its references are our kind of file, without line numbers, and name sources or files that are gone.
    """
    paths = {place for entry in catalog.entries for place in entry.message.places}
    known = {source.path for source in project.sources}
    return bool(catalog.entries) and all(
        path in known or (_is_text(project, path) and not os.path.exists(project.path(path))) for path in paths
    )


def _is_text(project: Project, path: str) -> bool:
    rule = project.config.rule(path)
    return path.endswith(_MARKDOWN) if rule is None else rule.method != IGNORE


def plan_update(project: Project, same_meaning: Iterable[str] = ()) -> tuple[Result, Result]:
    """Return what extract and then update would do; writes nothing.

    `same_meaning` are sources, as paths relative to the project, whose edits an editor says changed no meaning.
    Raises UsageError when one of them is no source.
    """
    extraction = plan_extract(project)
    meant = _meant(project, same_meaning)
    changes: list[Change] = []
    problems: list[Problem] = []
    notes: list[str] = []
    unchanged = 0
    codes = list(project.languages)
    for number, code in enumerate(codes):
        project.progress("updating", number, len(codes))
        for part in _parts(project, code, extraction.templates):
            due, same, found = _merged(project, code, part, meant)
            changes += due
            unchanged += same
            problems += found
            notes += [f"{change.path} is removed: it holds nothing any more" for change in due if not change.after]
    project.progress("updating", len(codes), len(codes))
    return extraction.result, Result("update", tuple(changes), unchanged, tuple(problems), tuple(notes))


@dataclass(slots=True)
class _Part:
    """The catalogs of one language that are translated from one source language; terms are a part of their own.

    A term stands in the same posts as their texts do, and must not be taken for one of them.
    """

    source: str
    templates: dict[str, Catalog]
    catalogs: dict[str, Catalog]
    before: dict[str, bytes]
    problems: list[Problem]


def _parts(project: Project, code: str, templates: Mapping[str, Template]) -> list[_Part]:
    parts: dict[tuple[str, bool], _Part] = defaultdict(lambda: _Part("", {}, {}, {}, []))
    first = project.config.roots[0].language
    untouchable = project.held | {domain for domain in project.domains if domain not in templates}
    for domain, template in templates.items():
        scoped = in_scope(template.catalog, project.posts_of(domain), code)
        if scoped is None:
            untouchable.add(domain)
        else:
            parts[template.source, is_terms(domain)].templates[domain] = scoped
    for domain in project.catalog_files(code):
        if domain in untouchable:
            continue
        source = templates[domain].source if domain in templates else _source_of(project, domain) or first
        part = parts[source, is_terms(domain)]
        path = project.po_path(domain, code)
        content = project.bytes_of(path) or b""
        try:
            catalog = po.parse(content, path)
        except PoError as error:
            if domain not in part.templates and not _is_mentioned(project, content):
                continue
            part.templates.pop(domain, None)
            part.problems.append(unreadable(error, path, code))
            continue
        if domain in part.templates or is_ours(project, catalog):
            part.catalogs[domain], part.before[domain] = catalog, content
    for (source, _), part in parts.items():
        part.source = source
    return list(parts.values())


def _is_mentioned(project: Project, content: bytes) -> bool:
    """Whether a catalog that cannot be read speaks of a source, so that it is no other program's."""
    return any(b"#: " + source.path.encode() in content for source in project.sources)


def _source_of(project: Project, domain: str) -> str | None:
    """The source language of a catalog without sources: that of the root whose prefix its domain has."""
    for root in project.config.roots:
        if root.prefix and domain.startswith(f"{root.prefix}/"):
            return root.language
    return None


def in_scope(template: Catalog, posts: tuple[Post, ...], code: str) -> Catalog | None:
    """Return the template without the messages of posts that are not translated into a language; None when all are."""
    wanted = {post.source.path for post in posts if code in post.languages}
    if len(wanted) == len(posts):
        return template
    if not wanted:
        return None
    entries = tuple(entry for entry in template.entries if not wanted.isdisjoint(entry.message.places))
    return replace(template, entries=entries)


def _merged(
    project: Project, code: str, part: _Part, meant: SameMeaning | None
) -> tuple[list[Change], int, list[Problem]]:
    def path(domain: str) -> str:
        return project.po_path(domain, code)

    catalogs = regroup.regroup(part.catalogs, part.templates, path)
    if part.problems and catalogs is not part.catalogs:
        return [], len(part.catalogs), [*part.problems, _unmoved(part.problems[0])]
    merged = merge.update_all(
        catalogs, part.templates, project.languages[code], source=part.source, same_meaning=meant, path=path
    )
    changes = []
    for domain, catalog in merged.catalogs.items():
        before = part.before.get(domain)
        after = before if catalog is part.catalogs.get(domain) else po.render(catalog)
        if after != before:
            changes.append(Change(path(domain), before, after, is_durable=True))
    unchanged = len(merged.catalogs) - len(changes)
    gone = [
        Change(path(domain), before, None) for domain, before in part.before.items() if domain not in merged.catalogs
    ]
    # what was asked for and refused is an error, so that nobody takes the entries for reviewed
    refused = [replace(problem, severity=Severity.ERROR) for problem in merged.problems]
    return changes + gone, unchanged, part.problems + refused


def _unmoved(cause: Problem) -> Problem:
    message = "all catalogs of this language wait: they move to other files together, when this one can be read"
    return Problem("regroup", Severity.ERROR, cause.path, message, language=cause.language)


def _meant(project: Project, paths: Iterable[str]) -> SameMeaning | None:
    chosen = frozenset(paths)
    known = {source.path for source in project.sources}
    for path in sorted(chosen - known):
        near = get_close_matches(path, known, 1)
        hint = f"Did you mean {near[0]}?" if near else "Name a post as `tarjuma status` does"
        raise UsageError("is no source of this project", path=path, hint=hint)
    return SameMeaning(chosen, datetime.now().astimezone().date().isoformat()) if chosen else None
