"""What decoded text is: UTF-8, and worth a translator's time or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from tarjuma.errors import SourceError

BOM: Final = b"\xef\xbb\xbf"

_TEMPLATE_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<%.*?%>|[$%#]\{[^{}]*\}|\{[\w.:\[\]]*\}", re.S)
_UNSPEAKABLE = re.compile("[\0\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NOT_PROSE = re.compile(
    r"""(?:
      (?:[a-z][a-z0-9+.-]*:)?//\S* | (?:mailto|tel|data|javascript):\S* | [^\s@]+@[^\s@]+\.[a-z]+    # addresses
    | (?:/|\./|\.\./|\#)[^\s]*                                                  # paths and anchors of a site
    | \S+\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|html?|pdf|xml|json|ya?ml|toml|mp[34]|webm|woff2?)   # files
    | v?\d+(?:\.\d+)*(?:[.-]?(?:alpha|beta|rc|pre|dev)[.\d]*)?                  # versions
    | [-+]?\d[\d_]*(?:\.\d*)?(?:e[-+]?\d+)? | 0x[\da-f]+ | 0o[0-7]+             # numbers
    | \d{4}-\d\d?-\d\d?(?:[t\s]\s*\d\d?:\d\d(?::\d\d(?:\.\d+)?)?)?\s*(?:z|utc|[-+]\d\d?(?::?\d\d)?)?       # dates
    | [\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}                                  # UUIDs
    | (?=[a-f]*\d)(?=\d*[a-f])[\da-f]{7,64}                                     # hashes
    | (?-i:[a-z]\w*(?:\.[A-Z]\w*)+) | [^\W_]+(?:_+[^\W_]+)+                      # identifiers: strings.Title, main_menu
    | \#[\da-f]{3,8}                                                            # colours
    )""",
    re.X | re.I,
)


def decode(source: bytes, path: str = "") -> str:
    """The text of a file, its byte order mark included.

    Raises SourceError that names the first byte (offset from 0) that is not UTF-8.
    """
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"not UTF-8: byte {error.start} (0x{source[error.start]:02x})",
            path=path,
            line=source.count(b"\n", 0, error.start) + 1,
            hint="Save the file as UTF-8, for example: iconv -f cp1251 -t utf-8.",
        ) from None


def offsets(text: str, base: int) -> Callable[[int], int]:
    """A function from ascending indexes of characters to byte offsets; the whole text is measured once."""
    if text.isascii():
        return lambda index: base + index
    index_before, offset = 0, base

    def measured(index: int) -> int:
        nonlocal index_before, offset
        offset += len(text[index_before:index].encode("utf-8"))
        index_before = index
        return offset

    return measured


def part(source: bytes, start: int, end: int) -> str:
    """The text of source[start:end]. Raises SourceError whose byte offset counts from the top of the source."""
    try:
        return source[start:end].decode("utf-8")
    except UnicodeDecodeError:
        decode(source[:end])
        raise


def speakable(target: str) -> str:
    """The target with U+FFFD for each half character, which UTF-8 cannot hold."""
    return _SURROGATES.sub("\ufffd", target)


def is_prose(value: str) -> bool:
    """True when a value holds words for readers: a letter outside template code, no address, date, number or id.

    What no catalog can hold (NUL, lone surrogates of a JSON escape) is not for readers either.
    """
    text = value.strip()
    if not text or _NOT_PROSE.fullmatch(text) or _UNSPEAKABLE.search(text):
        return False
    if "{" in text or "<%" in text:
        text = _TEMPLATE_CODE.sub(" ", text)
    return any(map(str.isalpha, text))


def edges(value: str) -> tuple[str, str]:
    """The white space before and behind the text of a value; it stays in the file, whatever the translation."""
    return value[: len(value) - len(value.lstrip())], value[len(value.rstrip()) :]


def style(kind: str, value: str) -> str:
    """A `Segment.style`: one character for the way the value is written, and the value's edges, a point between."""
    before, behind = edges(value)
    return f"{kind}{before}.{behind}"


def padded(segment_style: str, target: str) -> tuple[str, str, str]:
    """The value to write for a target: its white space before, the text, the white space behind.

    The edges come from `style`.
    """
    before, behind = segment_style[1:].split(".")
    return before, speakable(target).strip(), behind
