"""JSON values: where the strings stand, and how a translation is written.

The file's own way with letters outside ASCII is kept: where it escapes all of them, so do we.
"""

from __future__ import annotations

import re

from tarjuma.model import Options, Segment

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+', re.S)


def object_end(source: bytes, start: int) -> tuple[int, int] | None:
    """Where the JSON object that begins at `start` ends, and where the line behind it begins; None if it is no object."""
    return None


def segments(source: bytes, start: int, end: int, options: Options) -> tuple[list[Segment], tuple[object, ...]]:
    return [], (("opaque", source[start:end]),)


def quote(source: bytes, segment: Segment, target: str) -> bytes:
    return b""


def unquote(source: bytes, segment: Segment, quoted: bytes) -> str:
    return ""
