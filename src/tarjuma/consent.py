"""What may leave this machine: nothing of a post that is not public yet, or that its author keeps to few readers.

Rules of Hugo, Jekyll, Hexo, Zola, Astro, Docusaurus, Pelican, Nikola, WordPress and Ghost together, whatever site it
is: a text too many that stays here costs a draft, one too few cannot be taken back. So front matter that cannot be
read keeps its post here, and so does a date that nobody can tell from one in the future.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from email.utils import parsedate_to_datetime
from typing import Any

from tarjuma import contacts
from tarjuma.errors import SourceError
from tarjuma.mapping import matches
from tarjuma.model import Document, Identity, Options
from tarjuma.syntax import fields_lektor, frontmatter, pelican, yaml

UNREADABLE = "its front matter cannot be read"
BY_AUTHOR = "marked `l10n: no-mt`"

_HOLDING = frozenset({
    "draft", "isdraft", "private", "isprivate", "unlisted", "hidden", "protected", "encrypted", "encrypt", "secret",
    "confidential", "internal", "unpublished", "membersonly", "embargo", "embargoed",
})  # fmt: skip
"""Keys that keep a post here when they are true, and when they hold anything but a no."""
_SECRETS = frozenset({"password", "postpassword", "passphrase", "passwd", "pass", "contentpassword"})
"""Keys that keep a post here when they hold anything, a no included: it may be the password."""
_NEEDED = frozenset({"published", "ispublished", "public", "ispublic", "publish", "listed", "render"})
"""Keys that keep a post here when they say no."""
_STATES = frozenset({"status", "poststatus", "visibility", "state", "access", "audience", "list"})
_NOT_PUBLIC = frozenset({
    "draft", "private", "hidden", "pending", "future", "scheduled", "unpublished", "unlisted", "protected", "password",
    "trash", "inherit", "members", "member", "paid", "tiers", "internal", "review", "inreview", "wip", "skip", "secret",
    "embargo", "embargoed", "confidential", "never", "local", "autodraft", "staff", "subscribers", "nobody",
})  # fmt: skip
_DATES = frozenset({
    "date", "publishdate", "pubdate", "published", "publishedat", "publishedon", "publishat", "publishon",
    "datepublished", "publicationdate", "postdate", "scheduled", "scheduledfor", "scheduledat", "embargo", "golive",
    "releasedate",
})  # fmt: skip
_TABLES = frozenset({"params", "extra", "build", "cascade", "meta", "metadata", "page", "seo"})
"""Tables that sites put such keys into."""
_NO = frozenset({"", "false", "no", "off", "0", "n", "none", "null", "~", "never", "always", "public"})
_REFUSALS = frozenset({"false", "no", "off", "0", "n", "never"})
_DRAFT_FOLDERS = re.compile(r"(?:^|/)(?:_drafts?|_private|_hidden|_unpublished)/", re.IGNORECASE)
_NAMED_DATE = re.compile(r"(?:^|/)(\d{4}-\d\d-\d\d)-[^/]*$")
_DAY = re.compile(
    r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(.*)", re.S
)
_ZONE = re.compile(r"(?:Z|UTC|GMT)?\s*(?:([+-])(\d\d):?(\d\d))?|[A-Z]{2,5}|[A-Za-z]+/[A-Za-z_]+")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_NIKOLA = re.compile(r"^\.\. (\w+):[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)
_SPELLINGS = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S")
_MASKED = "…"


def reason(source: bytes, path: str, options: Options, now: datetime, never_send: Iterable[str] = ()) -> str:
    """Return why nothing of a source may leave this machine, for people; "" when it may.

    `now` is an aware time; a date without a zone is one of `now`'s. `never_send` are patterns of paths.
    """
    if pattern := next((each for each in never_send if matches(each, path)), ""):
        return f"never_send = {pattern!r}"
    if folder := _DRAFT_FOLDERS.search(path):
        return f"lies in {folder[0].strip('/')}/"
    if (named := _NAMED_DATE.search(path)) and _is_future(named[1], now):
        return f"its name is dated {named[1]}"
    try:
        fields = front_matter(source, options)
    except ValueError:
        return UNREADABLE
    return next(_reasons(fields, now), "")


def inherited_reason(source: bytes, options: Options, now: datetime) -> str:
    """Return why nothing of the posts below a section may leave, as `cascade` in its `_index.md` says; "" otherwise."""
    try:
        cascade = front_matter(source, options).get("cascade")
    except ValueError:
        return ""  # says nothing of others; its own text stays here
    return next(_reasons({"cascade": cascade}, now), "")


def private_texts(document: Document) -> set[Identity]:
    """Return context and text of what the author marked `l10n: no-mt`, wherever else it stands in the document."""
    return {segment.key.identity for segment in document.segments if segment.is_private}


def without_contacts(text: str) -> str:
    """Return a text without its e-mail addresses and phone numbers, for what stands beside a text that is sent."""
    parts, cursor = [], 0
    for start, end in contacts.spans(text):
        parts += [text[cursor:start], _MASKED]
        cursor = end
    return "".join(parts) + text[cursor:]


def front_matter(source: bytes, options: Options) -> Mapping[str, Any]:
    """Return the fields of a post, {} when it has none. Raises ValueError when they cannot be read."""
    try:
        block = frontmatter.find(source, options)
    except SourceError:
        raise ValueError("not UTF-8") from None
    if block is None:
        return _loose(source)
    fields = _READERS[block.syntax](source[block.start : block.end].decode("utf-8", "replace"))
    if fields is None:
        return {}
    if not isinstance(fields, Mapping):
        raise ValueError("no fields")
    return fields


def _loose(source: bytes) -> Mapping[str, Any]:
    """Fields that stand bare at the top: those of Pelican without its option, those of Nikola."""
    top = source[: pelican.fields_end(source, 0)].decode("utf-8", "replace")
    nikola = {match[1]: match[2] for match in _NIKOLA.finditer(source[:4000].decode("utf-8", "replace"))}
    return {**_lines(top), **nikola}


def _toml(text: str) -> Any:
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("no TOML") from None


def _json(text: str) -> Any:
    import json

    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("no JSON") from None


def _lines(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line and not line[:1].isspace())
    return {key.strip(): value.strip() for key, _, value in pairs}


_READERS = {"yaml": yaml.values, "toml": _toml, "json": _json, "pelican": _lines, "lektor": fields_lektor.read}


def _reasons(fields: Mapping[str, Any], now: datetime) -> Iterator[str]:
    for name, value in fields.items():
        key = re.sub(r"[\W_]", "", str(name)).lower()
        if fault := _fault(key, value, now):
            yield f"`{name}` in its front matter {fault}".rstrip()
        for table in (value if isinstance(value, list) else [value]) if key in _TABLES else ():
            if isinstance(table, Mapping):
                yield from _reasons(table, now)


def _fault(key: str, value: object, now: datetime) -> str:
    """What a field has against leaving: words behind its name, a blank where the name says all, "" for nothing."""
    said = str(value).strip().lower()
    if key in _HOLDING and said not in _NO and not _is_past(value, now):
        return " "
    if key in _SECRETS and value is not None and value is not False and said:
        return " "
    if key in _NEEDED and said in _REFUSALS:
        return f"says {said}"
    if key in _STATES and not _words(value).isdisjoint(_NOT_PUBLIC):
        return f"says {said}"
    if key in _DATES and _is_dated(key, value) and _is_future(value, now):
        return "is in the future, or no date that can be read"
    return ""


def _is_dated(key: str, value: object) -> bool:
    """False for a yes or a no: `published: true`."""
    return not isinstance(value, bool) and (key not in _NEEDED or any(map(str.isdigit, str(value))))


def _words(value: object) -> set[str]:
    """A state, or several: `status: Draft`, `list: [members]`."""
    values = value if isinstance(value, list | tuple) else str(value).split(",")
    return {re.sub(r"[\W_]", "", str(each)).lower() for each in values}


def _is_past(value: object, now: datetime) -> bool:
    """True for a date that is over: `embargo: 2020-01-01`."""
    return isinstance(value, date | str) and bool(_YEAR.search(str(value))) and not _is_future(value, now)


def _is_future(value: object, now: datetime) -> bool:
    """True for a moment after `now`, and for a date of this year or a later one that cannot be read."""
    if value is None or value == "":
        return False
    if moment := _moment(value, now):
        return moment > now
    years = [int(year) for year in _YEAR.findall(str(value))]
    return not years or max(years) >= now.year


def _moment(value: object, now: datetime) -> datetime | None:
    if isinstance(value, datetime):
        return _zoned(value, now)
    if isinstance(value, date):
        return datetime.combine(value, time(), now.tzinfo)
    try:
        if isinstance(value, int | float) and value > 99_999_999:  # seconds, or milliseconds, since 1970
            return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, now.tzinfo)
        text = str(value).strip()
        return datetime(int(text), 1, 1, tzinfo=now.tzinfo) if re.fullmatch(r"\d{4}", text) else _read(text, now)
    except (ValueError, OverflowError, OSError):
        return None


def _zoned(moment: datetime, now: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)


def _read(text: str, now: datetime) -> datetime | None:
    """ISO 8601 and near it (`2024-5-6 10:00 +0300`), the form of e-mail, or in English words."""
    try:
        return _zoned(datetime.fromisoformat(text), now)
    except ValueError:
        pass
    if match := _DAY.fullmatch(text):
        return _spelled(match, now)
    for spelling in _SPELLINGS:
        with contextlib.suppress(ValueError):
            return datetime.strptime(text, spelling).replace(tzinfo=now.tzinfo)
    with contextlib.suppress(ValueError, TypeError, IndexError):
        return _zoned(parsedate_to_datetime(text), now)
    return None


def _spelled(match: re.Match[str], now: datetime) -> datetime | None:
    zone = _ZONE.fullmatch(match[7].strip())
    if not zone:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    moment = datetime(year, month, day, hour, minute, second, tzinfo=now.tzinfo)
    if zone[1]:
        return datetime.fromisoformat(f"{moment:%Y-%m-%dT%H:%M:%S}{zone[1]}{zone[2]}:{zone[3]}")
    return moment
