"""Every text of a post is translated and approved.

One line says what is left to do in a post and a language: texts without a translation, drafts of a machine that nobody
approved, translations of an earlier text (stale), and those that a person marked as unsure. Readers see the source text
in their place, or no page at all. It is no mistake as long as people are at work; to make it one:
`--fail-on untranslated,draft,stale,unsure`. Languages that nobody began are not mentioned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tarjuma.model import Problem, Severity, State
from tarjuma.survey import Place, Site, Where, counts, problem

SEVERITY = Severity.INFO


def check_site(site: Site) -> Iterator[Problem]:
    """Yield one finding for each post and language with something left to do."""
    for row in counts(site):
        if row.is_begun:
            yield told(row.messages, row.catalog, row.language, (row.path, 1))


def told(messages: Mapping[State, int], path: str, language: str, place: Place) -> Problem:
    """Return the finding that so many messages of each state are left in a catalog."""
    left = {
        state.value: messages.get(state, 0) for state in (State.UNTRANSLATED, State.DRAFT, State.STALE, State.UNSURE)
    }
    text = "left to do: {untranslated} untranslated, {draft} drafts, {stale} stale, {unsure} unsure"
    return problem(text, left, Where("unfinished", SEVERITY, path, language, place=place))
