"""What no translation may bring along (law 3): raw HTML, attributes, URL schemes and template tags of its own.

A message is compared with its source only, token by token. Template engines run before Markdown does, so template
code counts inside code spans too; HTML and links count where the text's own syntax sees them.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from tarjuma.model import TRANSLATED_ATTRIBUTES
from tarjuma.syntax.links import TEMPLATE_CLOSERS
from tarjuma.syntax.tokens import Kind, Token, attributes, element, parse, parse_plain

_HARMLESS = frozenset({"lang", "dir", "hreflang", "translate"})
"""Attributes that a translation may add or change, when the value is a plain word."""
_PLACES = frozenset({"href", "src", "cite", "poster"})
"""Attributes whose value may change as long as its scheme is one of the source's."""
_WORD = re.compile(r"[\w-]*")

_SUSPECT = re.compile(r"[<{]|\]\(|\]:|://|\bwww\.")
_LINK = re.compile(r"\]\((?=\s*(<[^<>\n]{0,999}|[^\s<>)]{0,999}))|\]:(?=\s*(<[^<>\n]{0,999}|\S{0,999}))")
"""The destination is looked at, not consumed: the next link may begin inside it."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_IGNORED = re.compile(r"[\x00-\x20\x7f\u200b\ufeff]")
_TEMPLATE = re.compile(r"\{\{|\{%|\{#(?![\w:.-]+\})")
TEXT_ARGUMENT = re.compile(
    r"\b(" + "|".join(sorted(TRANSLATED_ATTRIBUTES)) + r")(\s*=\s*)(?:\"(?:[^\"\\]|\\.)*+\"|'[^']*+'|`[^`]*+`)"
)
"""An argument of template code that is text for readers: `title="Photo"`. Its value may be translated."""
_TAG_START = re.compile(r"\A(\{\{[<%]|\{\{-?|\{%[-+]?)(?=[\w.$\"'])")
_TAG_END = re.compile(r"(?<=[\w\"')\]])([<>%]\}\}|-?\}\}|[-+]?%\})\Z")
_PIPE = re.compile(r" ?(?<!\|)\|(?!\|) ?")
_MARKUP = frozenset({"markdown", "html"})
"""Syntaxes in which a lone `{` may be code (MDX, kramdown and Pandoc attributes)."""


_PIECE = (
    r"%\([^()]*\)\w?|\]\([^()<{\]]*\)?|\]:\s*[^\s<{\]]*"
    r"|<(?:[^<>\"'`]|\"[^\"<>`]*\"|'[^'<>`]*')*>|<[^<]*|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|[{}]+[^{}<]*"
    r"|[\[\]()>%#]|(?<![^\s\[\]()<>{}`])[^\s\[\]()<>{}`]*?(?:://|www\.)[^\s`<>{}\[\]()]*|`+"
)
"""Whatever could be code or end it, in whole; what is left between two pieces is prose and cannot be either."""
_ANGLED = re.compile(r"\]\(\s*<|\]:\s*<")
_PLAIN_PIECES = re.compile(_PIECE, re.DOTALL)
_PIECES = re.compile(r"\\.|" + _PIECE, re.DOTALL)
_PIECES_AND_CODE = re.compile(r"\\.|(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|" + _PIECE, re.DOTALL)


@dataclass(slots=True)
class _Stock:
    """What the source has, and a translation may therefore use."""

    schemes: set[str] = field(default_factory=set)
    elements: set[tuple[Kind, str]] = field(default_factory=set)
    values: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    exact: set[str] = field(default_factory=set)
    templates: Counter[str] = field(default_factory=Counter)


def foreign(source: str, target: str, syntax: str = "markdown") -> list[Token]:
    """The tokens of target that its source does not have and that could change the page; spans in code points.

    `syntax` is the segment's: code spans and backslash escapes exist in "markdown" only. What is not foreign: relative
    link targets, other links of a scheme that the source uses (http and https are one), `lang` and `dir`, the values
    of attributes that are text for readers, and everything in code spans but template code.
    """
    return [] if target == source or not _SUSPECT.search(target) else list(_found(source, target, syntax))


@lru_cache(maxsize=16)
def _found(source: str, target: str, syntax: str) -> tuple[Token, ...]:
    """`foreign` of a suspect target; a translation is judged before and after it is quoted, so a few are kept."""
    return () if _has_same_code(source, target, syntax) else _judged(source, target, syntax)


def _judged(source: str, target: str, syntax: str) -> tuple[Token, ...]:
    stock = _stock(source, syntax)
    found = list(_foreign_templates(target, stock.templates))
    starts = [token.start for token in found]
    tokens = _tokens(target, syntax)
    for token in tokens:
        index = bisect_right(starts, token.start) - 1
        if index < 0 or token.start >= found[index].end:
            found += _offences(token, stock, syntax)
    for match, name in _links(target, tokens):
        if name and name not in stock.schemes:
            found.append(Token(Kind.LINK_CLOSE, match.start(), match.end(), match[0]))
    return tuple(sorted(found, key=lambda token: token.start))


def _has_same_code(source: str, target: str, syntax: str) -> bool:
    """True when source and target hold the same pieces of code in the same order: the common case, told quickly.

    What a piece means depends on the pieces around it, never on the prose between them. Sound, not complete.
    """
    if "<!" in target or "<?" in target or ("{" in target and ("<" in target or "$" in target or "$" in source)):
        return False  # prose may lie in a comment, or in braces around a tag; braces in a formula are no code
    if "\\" in target:
        return False  # what Markdown takes for text may begin a tag of a template, or lose its backslash
    if "://" in target and ("%(" in source or "%(" in target):
        return False  # the end of a placeholder may begin an address
    if "][" in source and "<" in target:
        return False  # the label of a reference may hide what is an address elsewhere
    if "<" in target and (_ANGLED.search(target) or _ANGLED.search(source)):
        return False  # one word behind an address in angle brackets, and it is a tag
    return _pieces(source, syntax) == _pieces(target, syntax)


def _pieces(text: str, syntax: str) -> list[str]:
    if syntax != "markdown":
        return _PLAIN_PIECES.findall(text)
    if "`" not in text:
        return _PIECES.findall(text)
    return [match[0] for match in _PIECES_AND_CODE.finditer(text)]


def escaped(source: str, target: str, syntax: str = "markdown") -> str:
    """Target with its foreign tokens turned into text that looks the same; `foreign(source, escaped)` is empty.

    Entities are used because every template engine and every Markdown leaves them alone. What is already clean comes
    back as it is, so escaping twice is escaping once.
    """
    for _ in range(4):
        tokens = foreign(source, target, syntax)
        if not tokens:
            return target
        target = _neutral(target, tokens, syntax)
    if not foreign(source, target, syntax):
        return target
    # Neutralising one thing can uncover another without end; a text without any suspect character is always clean.
    return _SUSPECT.sub(lambda match: _harmless(match[0], syntax), target)


def scheme(url: str) -> str:
    """The scheme of a URL as a browser sees it, lower case; "http" for https and `//host`, "" for a relative one."""
    plain = _IGNORED.sub("", html.unescape(_BACKSLASH.sub(r"\1", url.strip("<>"))))
    if plain.startswith(("//", "\\\\", "/\\", "\\/")):
        return "http"
    match = _SCHEME.match(plain)
    name = match[1].lower() if match else ""
    return "http" if name == "https" else name


def _tokens(text: str, syntax: str) -> tuple[Token, ...]:
    return parse(text) if syntax == "markdown" else parse_plain(text)


def _stock(source: str, syntax: str) -> _Stock:
    stock = _Stock()
    stock.templates.update(_signature(code) for _, code in _templates(source))
    tokens = _tokens(source, syntax)
    stock.schemes.update(name for _, name in _links(source, tokens))
    for token in tokens:
        stock.schemes.add(_url_scheme(token))
        if token.kind in _EXACT:
            stock.exact.add(token.text.rstrip())
        elif name := element(token):
            stock.elements.add((_side(token), name))
            for attribute, value in attributes(token.text):
                stock.values.setdefault((name, attribute), set()).add(value)
                if attribute in _PLACES:
                    stock.schemes.add(scheme(value))
        elif token.kind is Kind.TEXT and "{" in token.text:
            stock.exact.add("{")
    return stock


_EXACT = frozenset({Kind.COMMENT, Kind.BROKEN, Kind.TEMPLATE, Kind.PLACEHOLDER, Kind.ROLE})


def _side(token: Token) -> Kind:
    return Kind.TAG_CLOSE if token.kind is Kind.TAG_CLOSE else Kind.TAG_OPEN


def _url_scheme(token: Token) -> str:
    """The scheme of a bare URL or an autolink, "" for any other token."""
    if token.kind is Kind.URL:
        return "http" if token.text.startswith("www.") else scheme(token.text)
    return (scheme(token.text) or "mailto") if token.kind is Kind.AUTOLINK else ""


_OPAQUE = frozenset({Kind.CODE, Kind.ROLE, Kind.ESCAPE, Kind.TAG_OPEN, Kind.TAG_CLOSE, Kind.TAG_VOID, Kind.COMMENT})


def _links(text: str, tokens: tuple[Token, ...]) -> Iterator[tuple[re.Match[str], str]]:
    """Each `](` or `]:` that may begin a link destination, and the destination's scheme.

    Whether a `[` stands before it does not matter: renderers differ in what they accept.
    """
    if "](" not in text and "]:" not in text:
        return
    hidden = [(token.start, token.end) for token in tokens if token.kind in _OPAQUE]
    for match in _LINK.finditer(text):
        index = bisect_right(hidden, (match.start(), len(text) + 1)) - 1
        if index < 0 or match.start() >= hidden[index][1]:
            yield match, _link_scheme(match[1] or match[2] or "")


def _link_scheme(destination: str) -> str:
    found = scheme(destination)
    is_cut = len(destination) >= 999 and not found and not re.search(r"[/?#]", destination)
    return "unknown" if is_cut else found


def _offences(token: Token, stock: _Stock, syntax: str) -> Iterator[Token]:
    kind = token.kind
    if kind is Kind.TEXT:
        if "{" in token.text and syntax in _MARKUP and "{" not in stock.exact:
            place = token.start + token.text.index("{")
            yield Token(Kind.TEMPLATE, place, place + 1, "{")
    elif kind is Kind.URL or kind is Kind.AUTOLINK:
        if (found := _url_scheme(token)) and found not in stock.schemes:
            yield token
    elif kind is Kind.COMMENT or kind is Kind.BROKEN:
        if token.text.rstrip() not in stock.exact:
            yield token
    elif kind in _EXACT:
        # Template code was counted in the raw text; what is left are braces.
        is_brace = "{" in token.text and not _TEMPLATE.match(token.text)
        if is_brace and syntax in _MARKUP and token.text.rstrip() not in stock.exact:
            yield token
    elif (name := element(token)) and not _is_known(token, name, stock):
        yield token


def _is_known(token: Token, name: str, stock: _Stock) -> bool:
    if (_side(token), name) not in stock.elements:
        return False
    return all(_is_known_attribute(name, attribute, value, stock) for attribute, value in attributes(token.text))


def _is_known_attribute(name: str, attribute: str, value: str, stock: _Stock) -> bool:
    if attribute in _HARMLESS and _WORD.fullmatch(value):
        return True
    values = stock.values.get((name, attribute))
    if values is None:
        return False
    if value in values:
        return True
    if attribute in TRANSLATED_ATTRIBUTES:
        # `{...}` is an expression of JSX, not text.
        return not value.startswith("{") and "<" not in value
    return attribute in _PLACES and (not (found := scheme(value)) or found in stock.schemes)


def _templates(text: str) -> Iterator[tuple[int, str]]:
    """Place and text of each template tag of the raw text; of one that never ends, its first two characters."""
    place, endless = 0, set()
    while match := _TEMPLATE.search(text, place):
        place = match.end()
        end = -1 if match[0] in endless else text.find(TEMPLATE_CLOSERS[match[0]], place)
        if end < 0:
            endless.add(match[0])
        else:
            place = end + 2
        yield match.start(), text[match.start() : place]


def _signature(code: str) -> str:
    """A template tag without what a translator may change in it: white space and the values of text arguments.

    `{{name}}` is `{{ name }}`; but `{{-` and `{{{` mean more than the braces, and spaces in quotes stay.
    """
    code = " ".join(TEXT_ARGUMENT.sub(r"\1\2", code).split())
    if '"' not in code and "'" not in code:
        code = _PIPE.sub(" | ", code)
    return _TAG_END.sub(r" \1", _TAG_START.sub(r"\1 ", code))


def _foreign_templates(target: str, allowed: Counter[str]) -> Iterator[Token]:
    left = allowed.copy()
    for start, code in _templates(target):
        signature = _signature(code)
        if left[signature] > 0:
            left[signature] -= 1
        else:
            yield Token(Kind.TEMPLATE, start, start + len(code), code)


def _neutral(target: str, tokens: list[Token], syntax: str) -> str:
    parts, cursor = [], 0
    for token in tokens:
        match = _SUSPECT.search(target, max(token.start, cursor))
        if not match or match.start() >= token.end:
            continue
        parts += [target[cursor : match.start()], _harmless(match[0], syntax)]
        cursor = match.end()
        if match[0] == "{" and target.startswith("{", cursor):
            parts.append(_harmless("{", syntax))
            cursor += 1
    return "".join([*parts, target[cursor:]])


def _harmless(mark: str, syntax: str) -> str:
    if mark == "](":
        return "]\\(" if syntax == "markdown" else "]&#40;"
    return _ENTITIES[mark]


_ENTITIES = {"<": "&lt;", "{": "&#123;", "]:": "]&#58;", "://": "&#58;//", "www.": "www&#46;"}
