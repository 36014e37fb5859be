"""Titles and attribute values inside template code, as the place that holds them needs them.

A style is the syntax and the quote character: hugo", liquid', html", bracket, line.
"""

from __future__ import annotations

import re


def escape(text: str, style: str) -> str:
    """A title or attribute value as its place needs it; `style` = syntax + quote character."""
    text = text.replace("\n", " ")
    if style == 'hugo"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    if style == "bracket":
        return text.replace("[", "&#91;").replace("]", "&#93;")
    if style.endswith('"'):
        return text.replace('"', "&quot;")
    if style.endswith("'"):
        return text.replace("'", "&#39;")
    return text.replace("`", "&#96;") if style.endswith("`") else text


def unescape(raw: str, style: str) -> str:
    """What `escape` wrote, as a translator reads it."""
    if style == 'hugo"':
        return re.sub(r"\\(.)", r"\1", raw)
    if style == "bracket":
        return raw.replace("&#91;", "[").replace("&#93;", "]")
    if style.endswith('"'):
        return raw.replace("&quot;", '"')
    if style.endswith("'"):
        return raw.replace("&#39;", "'")
    return raw.replace("&#96;", "`") if style.endswith("`") else raw
