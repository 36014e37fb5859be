"""What a change means for translations, as Markdown for a comment on a pull request. Pure: returns strings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tarjuma.comparison import Comparison, Fate, LanguageChange, Page
from tarjuma.model import State
from tarjuma.report.text import counted, number
from tarjuma.status import STATES

LIMIT = 40
"""So many pages of a kind are named: a comment may hold 65,536 characters."""

_FATES = {
    Fate.OUT_OF_DATE: "Out of date until translated anew (the last version stays)",
    Fate.COMPLETE: "Complete now, will be published",
    Fate.GONE: "Removed",
    Fate.CHANGED: "Changed",
    Fate.WAITING: "Waiting for translation",
}
"""In the order in which a reader wants to know."""


def marker(folder: str) -> str:
    """Return the line by which the comment about a project is found again; `folder` tells projects apart."""
    return f"<!-- tarjuma: {re.sub(r'[^A-Za-z0-9_./-]', '_', folder).replace('--', '__') or '.'} -->"


def comment(comparison: Comparison, names: Mapping[str, str], folder: str = "") -> str:
    """Return the comment; `names` are the languages' own names by code."""
    return "\n".join([marker(folder), "### Translations", "", *_body(comparison, names)]) + "\n"


def numbers(comparison: Comparison) -> dict[str, object]:
    """Return the same as values for JSON."""
    return {
        "base": comparison.base,
        "sources": {
            "added": list(comparison.added),
            "edited": list(comparison.edited),
            "removed": list(comparison.removed),
        },
        "languages": {
            each.code: {
                "opened": {state.value: each.opened.get(state, 0) for state in STATES if state is not State.REVIEWED},
                "reviewed": each.reviewed,
                "left": each.left,
            }
            for each in comparison.languages
        },
        "pages": [
            {
                "source": page.source,
                "language": page.language,
                "path": page.path,
                "fate": page.fate.value.replace(" ", "_"),
            }
            for page in comparison.pages
        ],
    }


def _body(comparison: Comparison, names: Mapping[str, str]) -> Iterator[str]:
    if comparison.is_empty:
        yield f"Nothing changes for translators since `{comparison.base}`."
        return
    yield _sources(comparison)
    if any(each.total or each.reviewed for each in comparison.languages):
        yield ""
        yield from _table(comparison.languages, names)
    for fate, what in _FATES.items():
        if affected := comparison.affected(fate):
            yield ""
            yield from _pages(affected, what)


def _sources(comparison: Comparison) -> str:
    kinds = {"added": comparison.added, "edited": comparison.edited, "removed": comparison.removed}
    parts = [f"{number(len(paths))} {kind}" for kind, paths in kinds.items() if paths]
    posts = f"Sources: {', '.join(parts)}. " if parts else "No source is edited. "
    return f"{posts}{counted(len(comparison.pages), 'localized page')} affected. Compared with `{comparison.base}`."


def _table(languages: Iterable[LanguageChange], names: Mapping[str, str]) -> Iterator[str]:
    yield "| words | to translate | became stale | drafts, unsure | reviewed here | left in all |"
    yield "|---|--:|--:|--:|--:|--:|"
    for each in languages:
        opened = each.opened
        others = opened.get(State.DRAFT, 0) + opened.get(State.UNSURE, 0)
        cells = (opened.get(State.UNTRANSLATED, 0), opened.get(State.STALE, 0), others, each.reviewed, each.left)
        shown = " | ".join(number(cell) if cell else "" for cell in cells)
        yield f"| {names.get(each.code, each.code)} ({each.code}) | {shown} |"


def _pages(pages: Sequence[Page], what: str) -> Iterator[str]:
    yield f"<details><summary>{what}: {counted(len(pages), 'page')}</summary>"
    yield ""
    by_source: dict[str, list[Page]] = {}
    for page in pages:
        by_source.setdefault(page.source, []).append(page)
    for source, affected in list(by_source.items())[:LIMIT]:
        yield f"- {code(source)}: {', '.join(page.language for page in affected)}"
    if len(by_source) > LIMIT:
        yield f"- and the pages of {counted(len(by_source) - LIMIT, 'more source')}"
    yield ""
    yield "</details>"


def code(text: str) -> str:
    """Return a text as a code span of Markdown that mentions nobody and ends where it should, whatever it holds."""
    text = re.sub(r"[\x00-\x1f\x7f\u2028\u2029]", "\ufffd", text)
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
