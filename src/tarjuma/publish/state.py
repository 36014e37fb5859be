"""What a published page says about itself: `l10n: {source, hash, state, percent, translated}`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tarjuma.model import Language


class Published(StrEnum):
    """How much of a page is what a person approved: the `l10n.state` on it."""

    COMPLETE = "complete"
    """All of it is reviewed."""
    DERIVED = "derived"
    """All of it is reviewed, some of it made by rule from another script."""
    MIXED = "mixed"
    """Some of it is in the source language."""
    MT = "mt"
    """Some of it is an unreviewed draft of a machine."""
    FALLBACK = "fallback"
    """All of it is in the source language."""
    OUTDATED = "outdated"
    """The source was edited since; it is the last version that was good enough to be published."""


UNFINISHED = frozenset({Published.MIXED, Published.MT, Published.FALLBACK})
"""What search engines and feeds do not get, unless the configuration says so."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known about a localized page when its front matter is made."""

    source: str
    """Path of the post below its root: `posts/hello.md`."""
    path: str
    """Of the page, relative to the project."""
    root: str
    """Folder of the source root, relative to the project; "" is the project itself."""
    language: Language
    spelled: str = ""
    """The language as the site generator spells it."""
    url: str = ""
    """Address on the site, from its top: `/ru/posts/hello/`; "" when the generator's addresses are not known."""
    source_url: str = ""
    """The same of the source post."""
    state: str = Published.COMPLETE
    """A value of `Published`."""
    hash: str = ""
    """12 hexadecimal digits of SHA-256 over the source's bytes, with LF line ends."""
    percent: int = 100
    """Of the words, how many are reviewed on this page; rounded down."""
    translated: str = ""
    """The day of the last change of the translation, YYYY-MM-DD; "" when the catalog does not say."""
    is_unlisted: bool = False
    """Whether it is kept out of search engines and feeds."""
    title: str = ""
    """The localized title, plain; "" when the post has none."""


def state(reviewed: int, drafted: int, derived: int, total: int) -> Published:
    """Return the state of a page by how many of its `total` texts are reviewed, drafts, and made by rule.

    Texts made by rule are counted among the reviewed ones.
    """
    if drafted:
        return Published.MT
    if reviewed == total:
        return Published.DERIVED if derived else Published.COMPLETE
    return Published.MIXED if reviewed else Published.FALLBACK


def digest(source: bytes) -> str:
    """Return the `l10n.hash` of a source; CRLF and LF count as one, since Git may change them."""
    return hashlib.sha256(source.replace(b"\r\n", b"\n")).hexdigest()[:12]


def day(header: Mapping[str, str]) -> str:
    """Return the day of a catalog's PO-Revision-Date, YYYY-MM-DD; "" where the header has no date."""
    match = re.match(r"\d{4}-\d\d-\d\d", header.get("PO-Revision-Date", ""))
    return match[0] if match else ""
