r"""Escapes that keep a translation inside its Markdown block, whatever was typed.

Law: `escaped` is idempotent, and what it returns opens no block, ends no cell, adds no tag, address or
template code that the source segment lacks. A backslash is used for the characters that every Markdown
dialect lets be escaped (the eighteen of Python-Markdown), a character reference for all others.
"""

from __future__ import annotations

import re

from tarjuma.syntax import inline

_BACKSLASH = frozenset("\\`*_{}[]()>#+-.!")
_LINE_START = re.compile(
    r"""
      \#{1,6}(?=[ \t]|$)                                  # heading
    | [-+*](?=[ \t]|$)                                    # list item
    | \d{1,9}(?P<number>[.)])(?=[ \t]|$)                  # numbered item
    | >                                                   # quote
    | =+[ \t]*$ | -+[ \t]*$                               # underline of a heading
    | (?P<rule>[-_*])(?:[ \t]*(?P=rule)){2,}[ \t]*$       # thematic break
    | (?P<fence>`{3,} | ~{3,})                            # fence
    | \|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$   # delimiter row
    | \*?\[(?=[^\]]*\]:) | \[(?=[ xX]\](?:[ \t]|$)) | \[(?=![\w-]) # definition, task, alert
    | \[(?=\[?_?TOC)
    | :(?=[ \t])                                          # definition list
    | :{3,} | /{3,} | !{3}(?=[ \t]|$) | \?{3} | ={3}(?=[!+]?[ \t]+") | \+{3}
    | \{(?=[:/])                                          # kramdown
    | \((?=[\w:.-]+\)=[ \t]*$) | -+(?=8<)
    """,
    re.VERBOSE,
)
_SUSPECT = re.compile(r"[#\-+*\d>=_`~|\[:!?{(\\/]")
_SPACES = " \t\n\r\f\v"
_UNBROKEN = re.compile(
    r"(?<![\\`])(`{1,2})(?!`)(?:.+?)(?<!`)\1(?!`)|<[A-Za-z/!?][^<>]*>|\{\{.*?\}\}|\{%.*?%\}|\]\([^()]*\)", re.DOTALL
)
_TRAILING_ATTRIBUTES = re.compile(r"\\?\{(?=[#.:][^{}\n]*\}[ \t]*$|/\*)")
_TRAILING_HASHES = re.compile(r"(?<![^ \t])#+$")
_COMMENT = re.compile(r"<(?=!--|\?|!\[CDATA\[|![A-Za-z])")
_BACKSLASHES = re.compile(r"\\+$")
_DEFINITION = re.compile(r"\[[^\]]*\]:")
_FENCE = re.compile(r"(?<!\\)`{3,}")
_ESM = re.compile(r"(?:import|export)\b(?=[ \t{*\"'])")


def normalized(target: str) -> str:
    """`target` with LF line ends, no white space at its edges or at line starts, no blank lines, no NUL."""
    if "\r" in target:
        target = target.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in target:
        target = target.replace("\0", "\ufffd")
    if "\n" not in target:
        return target.strip(_SPACES)
    if "`" in target or "<" in target or "{" in target or "](" in target:
        target = _UNBROKEN.sub(lambda match: match[0].replace("\n", " "), target)
    lines = (line.strip(_SPACES) for line in target.split("\n"))
    return "\n".join(line for line in lines if line)


def paragraph(source: str, target: str) -> str:
    """`target` (normalized) as a paragraph, list item, quote or footnote may hold it."""
    target = foreign_code(source, target)
    return _closed("\n".join(map(_line, target.split("\n"))), source)


def heading(source: str, target: str) -> str:
    """`target` as an ATX heading may hold it: one line, no closing hashes, no attributes that the source lacks."""
    target = foreign_code(source, target.replace("\n", " "))
    if target.endswith("#") and (match := _TRAILING_HASHES.search(target)):
        target = target[: match.start()] + "\\" + target[match.start() :]
    if "{" in target:
        target = _TRAILING_ATTRIBUTES.sub("&#123;", target)
    return _closed(target, source)


def setext(source: str, target: str) -> str:
    """`target` as an underlined heading may hold it: one line that starts no block."""
    target = _line(foreign_code(source, target.replace("\n", " "))).replace("|", "&#124;")
    if "{" in target:
        target = _TRAILING_ATTRIBUTES.sub("&#123;", target)
    return _closed(target, source)


def cell(source: str, target: str, starts_line: bool) -> str:
    """`target` as a table cell may hold it: one line, every `|` escaped."""
    target = foreign_code(source, target.replace("\n", " "))
    if "|" in target:
        target = re.sub(r"(\\*)\|", lambda match: match[0] if len(match[1]) % 2 else match[1] + "\\|", target)
    if starts_line:
        target = _line(target)
    # a table reads two backslashes before a pipe as an escaped pipe, too
    return target[:-1] + "&#92;" if target.endswith("\\") else target


def title(target: str, quote: str) -> str:
    """`target` as the title of a link reference definition may hold it."""
    target = target.replace("\n", " ")
    signs = "()" if quote == "(" else quote
    target = re.sub(rf"(\\*)([{re.escape(signs)}])", lambda m: m[0] if len(m[1]) % 2 else m[1] + "\\" + m[2], target)
    if (match := _BACKSLASHES.search(target)) and len(match[0]) % 2:
        target += "\\"
    return target


def esm(target: str) -> str:
    """`target` for MDX: no braces that open an expression, no tag, no line that reads as an import."""
    if _ESM.match(target):
        target = f"&#{ord(target[0])};" + target[1:]
    return target


def braces(source: str, target: str) -> str:
    """`target` for MDX with every expression escaped that the source lacks."""
    if "{" not in target and "}" not in target:
        return target
    kept = {match[0] for match in re.finditer(r"\{[^{}\n]*\}", source)}
    parts = re.split(r"(\{[^{}\n]*\})", target)
    return "".join(
        part if part in kept else re.sub(r"(?<!\\)[{}]", lambda m: f"&#{ord(m[0])};", part) for part in parts
    )


def foreign_code(source: str, target: str) -> str:
    """`target` with the tags, addresses and template code escaped that `source` lacks."""
    if "```" in target and "```" not in source:
        target = _FENCE.sub(lambda match: "\\`" * len(match[0]), target)
    if "$$" in target and "$$" not in source:
        target = target.replace("$$", "&#36;&#36;")
    # after the signs above: what stood between them is code no more
    target = inline.escaped(source, target)
    if "<" in target and _COMMENT.search(target):
        kept = {source[m.start() : m.start() + 4] for m in _COMMENT.finditer(source)}
        target = _COMMENT.sub(lambda m: m[0] if target[m.start() : m.start() + 4] in kept else "&lt;", target)
    if target.startswith("[") and _DEFINITION.match(target):
        target = "\\" + target
    return target


def _line(line: str) -> str:
    """A line that starts no block."""
    if not _SUSPECT.match(line) or not (match := _LINE_START.match(line)):
        return line
    if match["fence"]:
        return "".join(map(reference, match["fence"])) + line[match.end() :]
    at = match.start("number") if match["number"] else 0
    return line[:at] + reference(line[at]) + line[at + 1 :]


def reference(char: str) -> str:
    """The escape of one ASCII sign."""
    return "\\" + char if char in _BACKSLASH else f"&#{ord(char)};"


def _closed(target: str, source: str) -> str:
    """`target` without a backslash at its end that would eat what follows."""
    if not target.endswith("\\") or source.endswith("\\"):
        return target
    match = _BACKSLASHES.search(target)
    return target + "\\" if match and len(match[0]) % 2 else target
