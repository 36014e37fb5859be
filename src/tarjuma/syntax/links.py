"""Where a URL ends: bare ones by the rules of GFM, destinations of links by those of CommonMark."""

from __future__ import annotations

import re

TEMPLATE_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
"""The two characters that begin template code -> the two that end it."""
ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
"""A backslash and the punctuation that it makes text."""
_URL_REST = re.compile(r"[^\s<>\"`\[\]{}|\\]*+")
_DESTINATION_STOP = re.compile(r"[()\\\s<>{\x00-\x1f]")
_TITLE = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)", re.S)
_SPACE = re.compile(r"\s*")
_POINTED = re.compile(r"<(?:[^<>\\\n]|\\.)*+>")


def url_end(text: str, start: int) -> int:
    """The end of a bare URL: punctuation behind it and an unbalanced `)` do not belong to it (GFM 6.9)."""
    match = _URL_REST.match(text, start)
    end = match.end() if match else start
    extra = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        last = text[end - 1]
        if last == ")" and extra > 0:
            extra -= 1
        elif last not in "?!.,:*_~'\";«»„“”’…":
            break
        end -= 1
    return end


def destination_end(text: str, start: int) -> int:
    """The end of `(destination "title")` that begins at start, 0 when it is none."""
    place = _after_space(text, start + 1)
    if text.startswith("<", place):
        pointed = _POINTED.match(text, place)
        if not pointed:
            return 0
        place = pointed.end()
    else:
        place = _bare_destination_end(text, place)
        if place < 0:
            return 0
    behind = _after_space(text, place)
    if behind > place and (title := _TITLE.match(text, behind)):
        behind = _after_space(text, title.end())
    return behind + 1 if text.startswith(")", behind) else 0


def _after_space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start


def _bare_destination_end(text: str, start: int) -> int:
    depth, place = 0, start
    while stop := _DESTINATION_STOP.search(text, place):
        place = stop.start()
        mark = stop[0]
        if mark == "(":
            depth += 1
            if depth > 32:
                return -1
        elif mark == ")":
            if not depth:
                return place
            depth -= 1
        elif mark == "\\":
            place += bool(ESCAPE.match(text, place))
        elif mark == "{":
            place = _template_end(text, place) - 1
        elif mark in "<>":
            if place == start and mark == "<":
                return -1
        else:
            return place if not depth else -1
        place += 1
    return -1


def _template_end(text: str, start: int) -> int:
    """The end of `{{ }}` or `{% %}` in a link destination (it may hold spaces), start + 1 when there is none."""
    closer = TEMPLATE_CLOSERS.get(text[start : start + 2])
    # A tag longer than this is none; the bound keeps hostile input linear.
    place = text.find(closer, start + 2, start + 400) if closer else -1
    return place + 2 if place >= 0 else start + 1
