"""Our formats as Babel extractors, so that `pybabel extract -F babel.cfg` finds what `tarjuma extract` finds.

Babel's extractor interface: https://babel.pocoo.org/en/latest/messages.html#writing-extraction-methods
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Mapping
from functools import cache, partial
from typing import BinaryIO

from tarjuma import config, extract, plugins
from tarjuma.config import Config
from tarjuma.errors import ConfigError, SourceError, UsageError
from tarjuma.mapping import Rule, with_options
from tarjuma.model import Document, Key, Options
from tarjuma.project.site import parsed

Found = tuple[int, str | None, str | tuple[str, ...], list[str]]
"""Line, name of the gettext function that Babel reads the arguments of, its arguments, comments."""


def _messages(
    format_: str,
    fileobj: BinaryIO,
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, str],
) -> Iterator[Found]:
    """Yield the messages of a file in a format of ours; keywords and comment tags are for program code.

    A file that cannot be read is named on standard error and yields nothing.
    """
    path = getattr(fileobj, "name", f"<file>.{format_}")
    # An exception would stop pybabel, and with it the extraction of every other file.
    try:
        document = parsed(fileobj.read(), path, _options(path, options), format_)
    except SourceError as error:
        print(f"warning: {error}; nothing was extracted from it", file=sys.stderr)
        return
    lines = _first_lines(document)
    for message in extract.messages(document):
        function, arguments = _call(message.key)
        yield lines[message.key], function, arguments, list(message.notes)


def _options(path: str, lines: Mapping[str, str]) -> Options:
    """What the project's configuration says of this file, then what the section of babel.cfg says."""
    folder, name = os.path.split(os.path.abspath(path))
    project = _project(folder)
    if project is None:
        return with_options(Options(), lines)
    below = os.path.relpath(os.path.join(folder, name), project.folder).replace(os.sep, "/")
    return project.options_for(below, Rule(method="", pattern="", options=lines))


@cache
def _project(folder: str) -> Config | None:
    try:
        return config.load(folder, None, plugins.builtin("formats"))
    except ConfigError as error:
        raise SystemExit(f"error: {error}\n hint: {error.hint}" if error.hint else f"error: {error}") from None
    except UsageError:
        return None  # pybabel may be used without any project of ours


def _call(key: Key) -> tuple[str | None, tuple[str, ...]]:
    """The gettext call that has this key: Babel knows contexts and plurals by the function's name."""
    texts = (key.text,) if key.plural is None else (key.text, key.plural)
    if key.context is None:
        return (None if key.plural is None else "ngettext"), texts
    return ("pgettext" if key.plural is None else "npgettext"), (key.context, *texts)


def _first_lines(document: Document) -> dict[Key, int]:
    """The line, from 1, of the first segment of each key."""
    lines: dict[Key, int] = {}
    line, cursor = 1, 0
    for segment in document.segments:
        line += document.source.count(b"\n", cursor, segment.start)
        cursor = segment.start
        lines.setdefault(segment.key, line)
    return lines


# What the entry points `tarjuma_markdown`, `tarjuma_html` ... name.
markdown = partial(_messages, "markdown")
html = partial(_messages, "html")
yaml = partial(_messages, "yaml")
json = partial(_messages, "json")
toml = partial(_messages, "toml")
lektor = partial(_messages, "lektor")
