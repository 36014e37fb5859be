"""Status: what is translated, and what became of the pages. Reads, never writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tarjuma import langs
from tarjuma.errors import UsageError
from tarjuma.model import Problem, Severity, State
from tarjuma.project import cleanup, pages, terms, versions
from tarjuma.project.site import Post, Project
from tarjuma.project.versions import Entries
from tarjuma.status import PageState, PostStatus, SiteStatus, count
from tarjuma.syntax.words import words


def status(project: Project, only: Iterable[str] = ()) -> tuple[SiteStatus, tuple[Problem, ...]]:
    """Return the state of every source in every language of its scope, and what is wrong with files.

    `only` are the codes that are asked for, all when there are none. Raises UsageError for a code that the project
    does not have.
    """
    wanted = chosen(project, only)
    found: list[PostStatus] = []
    behind: list[str] = []
    problems = [*project.source_problems, *_strangers(project)]
    for number, domain in enumerate(project.domains):
        posts = project.posts_of(domain)
        project.progress("counting", number, len(project.domains))
        for code in dict.fromkeys(code for post in posts for code in post.languages if code in wanted):
            catalog, fault = versions.read_catalog(project, domain, code)
            problems += [fault] if fault else []
            entries = versions.live(catalog)
            reviewed = {key: entry for key, entry in entries.items() if entry.state is State.REVIEWED}
            shown = terms.shown(project, domain, posts, code)
            own = [post for post in shown if code in post.languages and post.messages is not None]
            found += (post_status(project, post, code, entries, reviewed) for post in own)
            if any(message.key.identity not in entries for post in own for message in post.messages or ()):
                behind.append(domain)
    project.progress("counting", len(project.domains), len(project.domains))
    names = {code: row.native_name for code, row in project.languages.items() if code in wanted}
    left = tuple(orphan.path for orphan in cleanup.orphans(project))
    return SiteStatus(tuple(found), names, tuple(dict.fromkeys(behind)), left), tuple(problems)


def _strangers(project: Project) -> Iterator[Problem]:
    """Translations beside their posts that are no business of the project: nobody is to wonder where they are."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, code in project.strangers.items():
        found[code].append(path)
    for code, paths in sorted(found.items()):
        more = f" (and {len(paths) - 1} more)" if len(paths) > 1 else ""
        message = (
            f"by its name the {langs.language(code).name} version of another post{more}. The project is not translated "
            f"into {code}, so it is neither extracted nor written"
        )
        yield Problem("source-name", Severity.INFO, paths[0], message)


_NO_LANGUAGE = 'The configuration names no language yet: languages = ["{}"]'


def chosen(project: Project, only: Iterable[str]) -> tuple[str, ...]:
    """Return the codes that are asked for, all when there are none. Raises UsageError for one that is not there."""
    only = tuple(only)
    for each in only:
        if "," in each:
            hint = "One code at a time: " + " ".join(f"-l {code.strip()}" for code in each.split(","))
            raise UsageError(f"unknown language {each!r}", hint=hint)
    codes = tuple(langs.language(code).code for code in only)
    for code in codes:
        if code not in project.languages:
            there = ", ".join(project.languages)
            hint = f"Its languages: {there}" if there else _NO_LANGUAGE.format(code)
            raise UsageError(f"this project is not translated into {code}", hint=hint)
    return codes or tuple(project.languages)


def post_status(project: Project, post: Post, code: str, entries: Entries, reviewed: Entries) -> PostStatus:
    """Return what is true of one post in one language. The post was read."""
    document, source = post.document, post.source
    if document is None:
        keys = [message.key for message in post.messages or ()]
        state, target = PageState.NONE, ""
    else:
        keys = [segment.key for segment in document.segments]
        usable = versions.with_drafts(project, code, entries, reviewed)
        state = pages.state(project, post, document, code, usable)
        target = source.layout.target(source.path, code)
    tally = count(keys, entries, words)
    return PostStatus(source.path, code, source.domain, tally, project.config.least(code), state, target)
