"""Somebody read what a machine translated before it was approved.

A draft keeps the comment `# mt:` with a mark of the machine's own words. An approved entry that still has exactly those
words was perhaps not read. One is no reason to worry, many at once are: where one change approves more than 20 of
them, or more than 80 % of a post, it is a warning. Read them again, or have another person do it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Catalog, Entry, Severity, State, target_hash
from tarjuma.similar import path_of

SEVERITY = Severity.INFO
_CATALOG = """msgid ""
msgstr ""
"Language: tg\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

# mt: engine en>tg src=00000000 out={}
msgid "Our news"
msgstr "{}"
"""
GOOD = [("tg", _CATALOG.format(target_hash(("Хабарҳо мо",)), "Хабарҳои мо"))]
BAD = [("tg", _CATALOG.format(target_hash(("Хабарҳои мо",)), "Хабарҳои мо"))]

_MESSAGE = "approved with the very words of the machine translation"

MOST = 20
"""So many may one change approve unread."""
SHARE = 0.8
"""The part of a post that may be."""


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield the reviewed entries that still say what the machine said."""
    for entry in catalog.entries:
        if _is_as_drafted(entry) and entry.state is State.REVIEWED:
            yield Found(_MESSAGE, entry=entry)


def check_change(old: Catalog | None, new: Catalog, elsewhere: int = 0) -> Iterator[Found]:
    """Yield what a change of a catalog approved unread; None stands for a catalog that was not there.

    `elsewhere` is how many entries the same change approved unread in other catalogs (see `approved_unread`).
    """
    unread = approved_unread(old, new)
    for entry in unread:
        yield Found(_MESSAGE, entry=entry)
    if len(unread) + elsewhere > MOST and unread:
        values = {"count": len(unread) + elsewhere}
        yield Found(
            "this change approves {count} machine translations word for word: were they read?",
            values,
            severity=Severity.WARNING,
            entry=unread[0],
        )
        return
    counts = Counter(map(_post, unread))
    sizes = Counter(_post(entry) for entry in new.entries if not entry.is_obsolete)
    for post, count in counts.items():
        if count > SHARE * sizes[post]:
            first = next(entry for entry in unread if _post(entry) == post)
            values = {"count": count, "all": sizes[post]}
            yield Found(
                "this change approves {count} of {all} texts of a post as the machine wrote them: were they read?",
                values,
                severity=Severity.WARNING,
                entry=first,
            )


def approved_unread(old: Catalog | None, new: Catalog) -> list[Entry]:
    """Return the entries that were approved since `old` and say what the machine said.

    `tarjuma update` takes `# mt:` from approved entries; what was a draft shows in the catalog as it was.
    """
    before = {entry.key: entry for entry in old.entries if not entry.is_obsolete} if old else {}
    return [entry for entry in new.entries if _is_approved_unread(before.get(entry.key), entry)]


def _is_approved_unread(before: Entry | None, now: Entry) -> bool:
    if now.state is not State.REVIEWED or (before and before.state is State.REVIEWED):
        return False
    if _is_as_drafted(now):
        return True
    return bool(before and before.state is State.DRAFT and before.targets == now.targets)


def _is_as_drafted(entry: Entry) -> bool:
    draft = entry.provenance
    return bool(draft and draft["out"] == target_hash(entry.targets))


def _post(entry: Entry) -> str:
    places = entry.message.places
    return path_of(places[0]) if places else ""
