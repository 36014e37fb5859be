"""Which languages a post is translated into: `translate:` in its front matter, or the scopes of the configuration."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from tarjuma import langs
from tarjuma.config import Scope
from tarjuma.errors import SourceError, UsageError
from tarjuma.mapping import matches
from tarjuma.model import Options
from tarjuma.syntax import frontmatter

_FIELD = re.compile(r"""^[ \t]*["']?translate["']?[ \t]*[:=][ \t]*(.*?),?[ \t]*$""", re.MULTILINE | re.IGNORECASE)
_ITEM = re.compile(r"[ \t]*(?:-[ \t]*)?[\"']?([A-Za-z][\w@-]*)[\"']?[ \t]*,?[ \t]*$")
_CODE = re.compile(r"[A-Za-z]{2,}(?:[-_@][A-Za-z0-9]+)*")
_DATE = re.compile(
    rb"""^[ \t]*["']?date["']?[ \t]*[:=][ \t]*["']?(\d{4})-(\d\d)-(\d\d)""", re.MULTILINE | re.IGNORECASE
)
_NAMED_DATE = re.compile(r"(?:^|/)(\d{4})-(\d\d)-(\d\d)-[^/]*$")


def languages(
    source: bytes, path: str, options: Options, scopes: Iterable[Scope], targets: tuple[str, ...]
) -> tuple[tuple[str, ...], str]:
    """Return the codes among `targets` that a post is translated into, and what is wrong with its `translate` field.

    `translate: false` is none, `translate: [ru, tg]` these two; without the field the scopes count: those whose
    paths match and whose `since` is not after the post's date, together. A post that no scope speaks of is
    translated into every language, and so is one without a date where only the date would exclude it.
    """
    head = _front_matter(source, options) if b"ranslate" in source[:20000] or b"RANSLATE" in source[:20000] else b""
    if head and (field := _FIELD.search(text := head.decode("utf-8", "replace").replace("\r\n", "\n"))):
        return _chosen(field[1], text[field.end() + 1 :], targets)
    speaking = [scope for scope in scopes if any(matches(pattern, path) for pattern in scope.paths)]
    if not speaking:
        return targets, ""
    when = _date(source, path, options) if any(scope.since for scope in speaking) else None
    holding = [scope for scope in speaking if not (scope.since and when and when < scope.since)]
    wanted = {code for scope in holding for code in (targets if scope.languages is None else scope.languages)}
    return tuple(code for code in targets if code in wanted), ""


def _front_matter(source: bytes, options: Options) -> bytes:
    try:
        block = frontmatter.find(source, options)
    except SourceError:
        return b""
    return source[block.start : block.end] if block else b""


def _chosen(value: str, below: str, targets: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    value = re.sub(r"\s+#.*$", "", value).strip()
    if value.strip("\"'").lower() in ("false", "no", "off", "none", "[]"):
        return (), ""
    if value.strip("\"'").lower() in ("true", "yes", "on", "all"):
        return targets, ""
    codes = _CODE.findall(value)
    if not codes:
        for line in below.split("\n"):
            item = _ITEM.match(line)
            if not item:
                break
            codes.append(item[1])
    known, faults = [], []
    for code in codes:
        try:
            known.append(langs.language(code).code)
        except UsageError as error:
            faults.append(f"translate names the unknown language {code!r}. {error.hint}".strip())
    faults += [
        f"translate names {code}, which the project is not translated into" for code in known if code not in targets
    ]
    return tuple(code for code in targets if code in known), "; ".join(faults)


def _date(source: bytes, path: str, options: Options) -> date | None:
    found = _DATE.search(_front_matter(source, options)) or _NAMED_DATE.search(path)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
