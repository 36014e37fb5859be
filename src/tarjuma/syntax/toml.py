"""TOML values: where the strings stand, and how a translation is written."""

from __future__ import annotations

from tarjuma.model import Options, Segment


def segments(source: bytes, start: int, end: int, options: Options) -> tuple[list[Segment], tuple[object, ...]]:
    return [], (("opaque", source[start:end]),)


def quote(source: bytes, segment: Segment, target: str) -> bytes:
    return b""


def unquote(source: bytes, segment: Segment, quoted: bytes) -> str:
    return ""
