"""What decoded text is: UTF-8, and worth a translator's time or not."""

from __future__ import annotations

import re
from typing import Final

from tarjuma.errors import SourceError

BOM: Final = b"\xef\xbb\xbf"

_TEMPLATE_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<%.*?%>|[$%#]\{[^{}]*\}|\{[\w.:\[\]]*\}", re.S)
_NOT_PROSE = re.compile(
    r"""(?:
      (?:[a-z][a-z0-9+.-]*:)?//\S* | (?:mailto|tel|data|javascript):\S* | [^\s@]+@[^\s@]+\.[a-z]+    # addresses
    | (?:/|\./|\.\./|\#)[^\s]*                                                  # paths and anchors of a site
    | \S+\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|js|mjs|html?|md|pdf|xml|json|ya?ml|toml|mp[34]|webm|woff2?)   # files
    | v?\d+(?:\.\d+)*(?:-?(?:alpha|beta|rc|pre|dev)[.\d]*)?                     # versions
    | [-+]?\d[\d_]*(?:\.\d*)?(?:e[-+]?\d+)? | 0x[\da-f]+ | 0o[0-7]+             # numbers
    | \d{4}-\d\d?-\d\d?(?:[t\s]\s*\d\d?:\d\d(?::\d\d(?:\.\d+)?)?)?\s*(?:z|utc|[-+]\d\d?(?::?\d\d)?)?       # dates
    | [\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}                                  # UUIDs
    | (?=[a-f]*\d)(?=\d*[a-f])[\da-f]{7,64}                                     # hashes
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


def is_prose(value: str) -> bool:
    """True when a value holds words for readers: a letter outside template code, no address, date, number or id."""
    text = value.strip()
    if not text or _NOT_PROSE.fullmatch(text):
        return False
    if "{" in text or "<%" in text:
        text = _TEMPLATE_CODE.sub(" ", text)
    return any(map(str.isalpha, text))
