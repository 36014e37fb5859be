"""Which code a service means by a BCP 47 tag."""

from __future__ import annotations

import re

_TAG = re.compile(r"([a-z]{2,3})(?:-([A-Za-z]{4}))?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?")


def base(tag: str) -> str:
    """Return the language of a tag, "" when the tag asks for a script that is not the language's usual one.

    Our tags name a script only then (uz-Cyrl). No service writes Uzbek in Cyrillic: it is derived by rule.
    """
    match = _TAG.fullmatch(tag)
    return match[1] if match and not match[2] else ""
