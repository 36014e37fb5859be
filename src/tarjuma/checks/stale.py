"""The catalog holds the texts of the template, no others, and all of them.

The template (`.pot`) is made from the posts as they are now. A translation of a text that is not in it is never shown;
a text of it that the catalog lacks cannot be translated. Bring the catalog up to date: `tarjuma update`, or
`msgmerge --update FILE.po FILE.pot`. In a project whole catalogs are compared (see stale-catalog).
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma import po, similar
from tarjuma.checks import Context, Found
from tarjuma.model import Catalog, Entry, Identity, Key, Message, Severity
from tarjuma.similar import Spot

SEVERITY = Severity.WARNING
_CATALOG = """msgid ""
msgstr ""
"Language: az\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Write to us"
msgstr "Bizə yazın"
"""
_LONGER = 'msgid "Write to us"\nmsgstr ""\n\nmsgid "Call us"\nmsgstr ""\n'
GOOD = [("az", _CATALOG, 'msgid "Write to us"\nmsgstr ""\n')]
BAD = [("az", _CATALOG, 'msgid "Write to us today"\nmsgstr ""\n'), ("az", _CATALOG, _LONGER)]


def check_catalog(catalog: Catalog, context: Context) -> Iterator[Found]:
    """Yield the entries whose text is gone or was edited, then the messages that have no entry."""
    if context.template is None or context.is_project:
        return
    wanted = {key.identity: message for key, message in context.template.items() if key.text}
    live = {entry.key.identity: entry for entry in catalog.entries if not entry.is_obsolete and entry.key.text}
    gone = [entry for identity, entry in live.items() if identity not in wanted]
    missing = [message for identity, message in wanted.items() if identity not in live]
    edits = _edits(live, wanted, gone, missing)
    for entry in gone:
        if now := edits.get(entry.key):
            yield Found("the source text was edited, it reads now: {text}", {"text": now.text}, entry=entry)
        else:
            yield Found("the template does not hold this text any more: it is shown nowhere", entry=entry)
    for identity, entry in live.items():
        if identity in wanted and wanted[identity].key.plural != entry.key.plural:
            yield Found("the template has another plural for this text", entry=entry)
    line = po.header_line(catalog)
    followed = {key.identity for key in edits.values()}
    for message in missing:
        if message.key.identity not in followed:
            values = {"text": message.key.text}
            yield Found("a text of the template is missing: {text}", values, entry=Entry(message, line=line))


def _edits(
    live: dict[Identity, Entry],
    wanted: dict[Identity, Message],
    gone: list[Entry],
    missing: list[Message],
) -> dict[Key, Key]:
    """Text of an entry -> what it was edited to."""
    if not gone or not missing:
        return {}
    old = [_spot(entry.message) for entry in live.values()]
    new = [_spot(message) for message in wanted.values()]
    lost, found = {entry.key for entry in gone}, {message.key for message in missing}
    vanished = [at for at, spot in enumerate(old) if spot.key in lost]
    appeared = [at for at, spot in enumerate(new) if spot.key in found]
    return {old[before].key: new[after].key for after, before in similar.pairs(old, new, vanished, appeared).items()}


def _spot(message: Message) -> Spot:
    return Spot(message.key, tuple(dict.fromkeys(map(similar.path_of, message.places))) or ("",))
