"""TOML values: where the strings stand, and how a translation is written.

tomllib reads the values, our scanner finds where the strings stand; where the two do not name the same key paths
nothing is translated. `Segment.style` is `"` or `'`, or `b` and `l` for their forms of three, then the edges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tarjuma import keypath
from tarjuma.model import Key, Options, Segment
from tarjuma.syntax.text import edges, is_prose, offsets, padded, part, style

Steps = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")
STRING = re.compile(
    r'''"""(?:[^"\\]++|\\.|""?(?!"))*+"{3,5}|"(?:[^"\\\r\n]++|\\.)*+"'''
    r"""|'''(?:[^']++|''?(?!'))*+'{3,5}|'[^'\r\n]*+'""",
    re.S,
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_OTHER = re.compile(r"[^,\]}#\r\n]+")
_SPACE = re.compile(r"[ \t]*")

_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]')
_ESCAPED_IN_LINES = re.compile('\\\\|"""|"\\Z|[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]|^\\+(?=\\+\\+)', re.M)
_NOT_LITERAL = re.compile("['\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_NOT_LITERAL_LINES = re.compile("'''|'\\Z|[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]|^\\+\\+\\+", re.M)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", '"""': '""\\"'}


class _Token(NamedTuple):
    steps: Steps
    start: int
    end: int


def fault(text: str) -> tuple[int, str] | None:
    """The line (from 1) and the reason why a text is no TOML; None when it is."""
    import tomllib

    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(place[1]) if place else max(1, text.rstrip().count("\n") + 1)
        return line, re.sub(r" \(at .*\)", "", str(error))
    except (ValueError, RecursionError) as error:
        return 1, str(error)
    return None


def segments(source: bytes, start: int, end: int, options: Options) -> tuple[list[Segment], tuple[object, ...]]:
    """The values of source[start:end] that are text for readers, and the shape of all the rest.

    What cannot be read as TOML has no segments, and its bytes are the shape.
    """
    import tomllib

    text = part(source, start, end)
    opaque = (("opaque", source[start:end]),)
    try:
        leaves = dict(_leaves((), tomllib.loads(text)))
        tokens = list(Scanner(text).tokens())
    except (ValueError, RecursionError):
        return [], opaque
    if len({token.steps for token in tokens} & leaves.keys()) < sum(isinstance(leaf, str) for leaf in leaves.values()):
        return [], opaque
    is_meant = keypath.pattern(options.keys).fullmatch
    offset = offsets(text, start)
    found: list[Segment] = []
    shape: dict[Steps, object] = {steps: (type(leaf).__name__, repr(leaf)) for steps, leaf in leaves.items()}
    for token in tokens:
        path, value = ".".join(map(str, token.steps)), leaves.get(token.steps)
        if isinstance(value, str) and is_meant(path) and is_prose(value):
            shape[token.steps] = ("text", *edges(value))
            limit = keypath.limit(options.limits, path)
            kind = _kind(text[token.start : token.start + 3])
            span = offset(token.start), offset(token.end)
            found.append(Segment(*span, Key(None, value.strip()), path, "toml", limit=limit, style=style(kind, value)))
    return found, tuple(shape.items())


def quote(source: bytes, segment: Segment, target: str) -> bytes:
    """The bytes that replace source[segment.start:segment.end], quotes included."""
    own = source[segment.start : segment.end]
    if target == segment.key.text:
        return own
    value = "".join(padded(segment.style, target))
    kind = segment.style[0]
    if kind in "bl":
        return _lines(own.decode("utf-8"), value, kind).encode("utf-8")
    is_literal = kind == "'" and not _NOT_LITERAL.search(value)
    return (f"'{value}'" if is_literal else basic(value)).encode("utf-8")


def basic(value: str) -> str:
    """A text in double quotes, on one line."""
    return '"' + _ESCAPED.sub(_escape, value) + '"'


def unquote(source: bytes, segment: Segment, quoted: bytes) -> str:
    """The text that is read back from `quoted`."""
    import tomllib

    return str(tomllib.loads("k = " + quoted.decode("utf-8"))["k"]).strip()


def _lines(raw: str, value: str, kind: str) -> str:
    """A string of several lines; a line end right behind the opening quotes is no part of the value."""
    newline = "\r\n" if "\r\n" in raw else "\n"
    opening = newline if raw[3:4] in "\r\n" or value.startswith("\n") else ""
    quotes = "'''" if kind == "l" and not _NOT_LITERAL_LINES.search(value) else '"""'
    text = value if quotes == "'''" else _ESCAPED_IN_LINES.sub(_escape, value)
    return quotes + opening + text.replace("\n", newline) + quotes


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}"


def _kind(opening: str) -> str:
    return {'"""': "b", "'''": "l"}.get(opening, opening[0])


def _leaves(steps: Steps, value: object) -> Iterator[tuple[Steps, object]]:
    """Yield every value that holds no other, and every empty table and array, with its key path."""
    inner: Iterator[tuple[str | int, object]]
    if isinstance(value, dict) and value:
        inner = iter(value.items())
    elif isinstance(value, list) and value:
        inner = iter(enumerate(value))
    else:
        yield steps, value
        return
    for step, each in inner:
        yield from _leaves((*steps, step), each)


class Scanner:
    """Walks over a valid TOML text once and tells where each string value stands; `fields_toml` sees more."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cursor = 0
        self.lengths: dict[Steps, int] = {}
        """Number of tables so far in each array of tables."""

    def tokens(self) -> Iterator[_Token]:
        """Yield the string values in the order of the text. Raises ValueError where it is no TOML."""
        table: Steps = ()
        while self._skip(_BLANK) < len(self.text):
            if self.text.startswith("[", self.cursor):
                table = self._header()
            else:
                yield from self._pair(table)

    def _header(self) -> Steps:
        is_array = self.text.startswith("[[", self.cursor)
        self.cursor += 2 if is_array else 1
        *above, last = self._key()
        self.cursor += 2 if is_array else 1
        table: Steps = ()
        for step in above:
            table = self._latest((*table, step))
        table = (*table, last)
        if is_array:
            self.lengths[table] = self.lengths.get(table, 0) + 1
        return self._latest(table)

    def _latest(self, table: Steps) -> Steps:
        length = self.lengths.get(table)
        return (*table, length - 1) if length else table

    def _pair(self, table: Steps) -> Iterator[_Token]:
        steps = (*table, *self._key())
        self.cursor += 1  # the equals sign
        self._skip(_SPACE)
        yield from self._value(steps)

    def _key(self) -> list[str]:
        """The steps of a key, dots between; stops at the character behind it."""
        steps: list[str] = []
        while True:
            self._skip(_SPACE)
            steps.append(self._step())
            self._skip(_SPACE)
            if not self.text.startswith(".", self.cursor):
                return steps
            self.cursor += 1

    def _step(self) -> str:
        if bare := _BARE.match(self.text, self.cursor):
            self.cursor = bare.end()
            return bare[0]
        quoted = self._expect(STRING)
        if quoted[0] == "'":
            return quoted[1:-1]
        import tomllib

        return str(tomllib.loads("k = " + quoted)["k"])

    def _value(self, steps: Steps) -> Iterator[_Token]:
        opening = self.text[self.cursor : self.cursor + 1]
        if opening in ("'", '"'):
            start = self.cursor
            self._expect(STRING)
            yield _Token(steps, start, self.cursor)
        elif opening == "[":
            yield from self._array(steps)
        elif opening == "{":
            yield from self._inline_table(steps)
        else:
            self._expect(_OTHER)

    def _array(self, steps: Steps) -> Iterator[_Token]:
        index = 0
        while self._next("]"):
            yield from self._value((*steps, index))
            index += 1

    def _inline_table(self, steps: Steps) -> Iterator[_Token]:
        while self._next("}"):
            yield from self._pair(steps)

    def _next(self, closing: str) -> bool:
        """Step over an opening bracket or a comma; False behind the closing bracket."""
        self._skip(_BLANK)
        if not self.text.startswith(closing, self.cursor):
            self.cursor += 1
            self._skip(_BLANK)
        if not self.text.startswith(closing, self.cursor):
            return True
        self.cursor += 1
        return False

    def _skip(self, pattern: re.Pattern[str]) -> int:
        if match := pattern.match(self.text, self.cursor):
            self.cursor = match.end()
        return self.cursor

    def _expect(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.cursor)
        if not match:
            raise ValueError(f"no TOML at character {self.cursor}")
        self.cursor = match.end()
        return match[0]
