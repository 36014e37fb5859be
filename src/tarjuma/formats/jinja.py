"""Jinja2 templates: sources of messages, without spans, because a template is rendered and never written anew.

What counts as a message is what `pybabel extract` finds: Jinja's own extractor and Babel's keywords are used, so
`_()`, gettext, ngettext, pgettext, npgettext and `{% trans %} ... {% pluralize %} ... {% endtrans %}`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any, NamedTuple

from tarjuma.errors import ConfigError, SourceError
from tarjuma.model import Key, Message

SUFFIXES = (".jinja", ".jinja2", ".j2")

COMMENT_TAGS = ("Translators", "Translator", "TRANSLATORS", "TRANSLATOR", "NOTE", "L10n", "L10N", "l10n", "i18n")
"""First words of a comment that is meant for translators, with or without a colon."""

PYTHON_FORMAT = "python-format"

_NEWLINE = re.compile(r"\r\n|\r|\n")
_PERCENT = re.compile(r"%(%|\([^()]+\)[#0 +-]*(?:\d+)?(?:\.\d+)?[diouxXeEfFgGcrsa])?")


class _Found(NamedTuple):
    line: int
    key: Key


def messages(source: bytes, path: str, settings: Mapping[str, str] | None = None) -> list[Message]:
    """Return the messages of a template in the order of their lines, one per key.

    `settings` are the options of its section in babel.cfg: `extensions`, `trimmed`, `newstyle_gettext`, `encoding`,
    delimiters. Raises SourceError (with the line) where Jinja cannot read the template, and ConfigError where an
    extension cannot be imported. The only flag is python-format, on messages with `%(name)s` placeholders; what else
    Babel guesses from the text is left out.
    """
    settings = dict(settings or {})
    text = _decoded(source, path, settings.get("encoding", "utf-8"))
    found = sorted(_found(text, path, settings), key=lambda each: each.line)
    plurals = {each.key.identity for each in found if each.key.plural is not None}
    comments = _comments(text, settings, {each.line for each in found})
    notes: dict[Key, dict[str, None]] = {}
    for line, key in found:
        if key.plural is None and key.identity in plurals:
            continue  # one PO entry holds both: gettext finds the singular of a plural entry too
        notes.setdefault(key, {"template": None}).update(dict.fromkeys(comments.get(line, ())))
    return [Message(key, (path,), tuple(notes[key]), _flags(key)) for key in notes]


def _decoded(source: bytes, path: str, encoding: str) -> str:
    try:
        text = source.decode(encoding)
    except LookupError:
        raise ConfigError(f"{path}: unknown encoding {encoding!r}", hint="babel.cfg names it; try utf-8.") from None
    except UnicodeDecodeError as error:
        raise SourceError(
            f"byte {error.start} is not {encoding}",
            path=path,
            line=source.count(b"\n", 0, error.start) + 1,
            hint="Save the template as UTF-8.",
        ) from None
    return _NEWLINE.sub("\n", text.removeprefix("\ufeff"))


def _found(text: str, path: str, settings: Mapping[str, str]) -> Iterator[_Found]:
    from babel.messages.extract import DEFAULT_KEYWORDS, extract
    from jinja2 import TemplateError, TemplateSyntaxError

    # babel.cfg may say silent, which hides broken templates; the encoding is dealt with
    options = {**settings, "silent": "false", "encoding": "utf-8"}
    try:
        for line, message, _, context in extract(
            _not_empty, BytesIO(text.encode("utf-8")), DEFAULT_KEYWORDS, (), options
        ):
            singular, plural = message if isinstance(message, tuple) else (message, None)
            yield _Found(line, Key(context, singular, plural))
    except TemplateSyntaxError as error:
        raise SourceError(
            error.message or "not a Jinja2 template", path=path, line=error.lineno, hint=_hint(error.message or "")
        ) from None
    except (ImportError, AttributeError) as error:
        raise ConfigError(
            f"{path}: a Jinja2 extension cannot be imported: {error}", hint="See `extensions` in babel.cfg."
        ) from None
    except (TemplateError, RuntimeError, ValueError) as error:  # Jinja's parser on odd input
        raise SourceError(f"Jinja2 cannot read it: {error}", path=path) from None


def _not_empty(
    source: Any, keywords: Collection[str], tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Any]:
    """Jinja's extractor without empty message texts, for which Babel would write a warning to stderr."""
    from jinja2.ext import babel_extract

    for line, function, arguments, comments in babel_extract(source, tuple(keywords), tuple(tags), dict(options)):
        strings = arguments if isinstance(arguments, tuple) else (arguments,)
        first = strings[1:2] if function in ("pgettext", "npgettext", "dpgettext", "dnpgettext") else strings[:1]
        if first != ("",):
            yield line, function, arguments, comments


def _hint(message: str) -> str:
    if "unknown tag" in message:
        return "If the tag is an extension's, name it in babel.cfg: extensions = package.module.Extension"
    return "The template does not render like this either; mend it or leave it out of babel.cfg."


def _comments(text: str, settings: Mapping[str, str], lines: Collection[int]) -> dict[int, list[str]]:
    """Return line of a message -> the comments for translators that belong to it.

    A comment belongs to the messages of its last line; without any, to those of the next line that has some, as long
    as no blank line lies between.
    """
    start, end = settings.get("comment_start_string", "{#"), settings.get("comment_end_string", "#}")
    pattern = re.compile(
        rf"{re.escape(start)}[-+]?\s*(?:{'|'.join(COMMENT_TAGS)})\b:?\s*(?P<text>.*?)\s*[-+]?{re.escape(end)}",
        re.DOTALL,
    )
    blank = {number for number, line in enumerate(text.split("\n"), 1) if not line.strip()}
    belonging: dict[int, list[str]] = {}
    for match in pattern.finditer(text):
        line = text.count("\n", 0, match.end()) + 1
        last = max(lines, default=0)
        while line <= last and line not in lines and line not in blank:
            line += 1
        comment = " ".join(match["text"].split())
        if comment and line in lines:
            belonging.setdefault(line, []).append(comment)
    return belonging


def _flags(key: Key) -> tuple[str, ...]:
    """python-format, where every `%` of all forms is `%%` or a named placeholder, and there is one."""
    signs = [match[1] for form in (key.text, key.plural or "") for match in _PERCENT.finditer(form)]
    if None in signs or set(signs) <= {"%"}:
        return ()
    return (PYTHON_FORMAT,)
