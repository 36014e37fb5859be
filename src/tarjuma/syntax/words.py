"""Words as a reader counts them: the measure of prices, shares and coverage."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]{2,}")
_MARKUP = re.compile(
    r"<!--.*?-->|\{\{[<%].*?[>%]\}\}|\{%.*?%\}|\{\{.*?\}\}"
    r"|</?[A-Za-z][\w.:-]*(?:\"[^\"]*\"|'[^']*'|\{[^{}]*\}|[^>\"'])*>"
    r"|\]\([^)\s]*(?:\s+\"[^\"]*\")?\)|https?://\S+|`[^`\n]*`",
    re.DOTALL,
)
_SIGNS = re.compile(r"[<{\]`]|https?:")


def words(text: str) -> int:
    """The number of words of a message that a reader would read.

    Two letters or more make a word; code, tags, addresses and template code hold none.
    """
    return len(_WORD.findall(_MARKUP.sub(" ", text) if _SIGNS.search(text) else text))


_FRONT_MATTER = re.compile(
    r"\A\ufeff?(?P<fence>---|\+\+\+)[ \t]*\r?\n.*?^(?P=fence)[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
_PROSE_FENCE = "note|tip|warning|important|seealso|admonition"
_CODE_FENCE = re.compile(
    r"^[ \t>]*(?:[-*+]|\d+[.)])?[ \t]*(?P<fence>`{3,}|~{3,})"
    rf"(?!\{{(?:{_PROSE_FENCE}))[^\n]*\n.*?^[ \t>]*(?P=fence)[`~]*[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_NO_PROSE = [
    re.compile(pattern, re.MULTILINE | re.DOTALL)
    for pattern in (
        r"<!--.*?-->",
        r"\{/\*.*?\*/\}",
        r"<(?P<tag>script|style|pre|svg)\b.*?</(?P=tag)>",
        r"\{%-?\s*(?P<block>highlight|raw|comment)\b.*?\{%-?\s*end(?P=block)\s*-?%\}",
        r"\{\{[<%].*?[>%]\}\}",
        r"\{%.*?%\}",
        r"\{\{.*?\}\}",
        r"^ {0,3}\[[^\]]+\]:.*$",
        r"^(?:import|export) [^\n]*(?:\n[^\n]+)*",
        r"</?[A-Za-z][\w.:-]*(?:\"[^\"]*\"|'[^']*'|\{[^{}]*\}|[^>\"'])*>",
        r"\]\([^)\s]*(?:\s+\"[^\"]*\")?\)",
        r"^[ \t]*\{:[^}]*\}",
        r"^:{3,}.*$",
        r"https?://\S+",
        r"`[^`\n]*`",
    )
]
_VISIBLE = re.compile(r"[^\n]")


def prose(text: str) -> list[str]:
    """The words of a post that a reader would read, found without a Markdown parser.

    Front matter, code, tags, comments, addresses, shortcodes and inline code are taken out first; this is the
    measure that coverage is held against.
    """
    for pattern in (_FRONT_MATTER, _CODE_FENCE, *_NO_PROSE):
        text = pattern.sub(lambda match: _VISIBLE.sub(" ", match[0]), text)
    return _WORD.findall(text)


def letters(text: str) -> list[str]:
    """Every word of two letters or more, markup included."""
    return _WORD.findall(text)
