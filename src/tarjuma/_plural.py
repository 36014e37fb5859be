"""The plural expressions of PO headers, read without `eval`.

The grammar is the one of GNU gettext (gettext-runtime/intl/plural.y): C expressions over `n`, unsigned integers,
`? :`, `|| && == != < > <= >= + - * / % !` and parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

Rule = Callable[[int], int]
"""Number of things -> index of the plural form."""

LONGEST = 1000
"""Characters; the longest expression in the field has about 300."""
DEEPEST = 50
"""Levels of parentheses, `!` and `?`; each costs stack frames, and a header comes from outside."""
UNSIGNED = 2**64

_TOKEN = re.compile(r"\s*(\d+|n|\|\||&&|[=!<>]=|[?:<>+\-*/%!()])")
_HEADER = re.compile(r"\s*nplurals\s*=\s*(\d{1,3})\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*")
_PRECEDENCE = {
    "||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, ">": 4, "<=": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6,
}  # fmt: skip
_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "==": lambda a, b: int(a == b),
    "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b),
    ">": lambda a, b: int(a > b),
    "<=": lambda a, b: int(a <= b),
    ">=": lambda a, b: int(a >= b),
    "+": lambda a, b: (a + b) % UNSIGNED,
    "-": lambda a, b: (a - b) % UNSIGNED,
    "*": lambda a, b: (a * b) % UNSIGNED,
    "/": lambda a, b: a // b,
    "%": lambda a, b: a % b,
}


def parts(plural_forms: str) -> tuple[int, str]:
    """Split a Plural-Forms value into the number of forms and the expression.

    Raises ValueError when it does not read `nplurals=<number>; plural=<expression>;`.
    """
    match = _HEADER.fullmatch(plural_forms)
    if not match:
        raise ValueError(f"not of the form nplurals=2; plural=(n != 1); : {plural_forms!r}")
    return int(match[1]), match[2]


def plural_index(plural_expression: str, n: int) -> int:
    """Return the index of the plural form for `n` things (n >= 0).

    Raises ValueError when the expression is not one that gettext reads, or divides by zero for this `n`.
    """
    try:
        return rule(plural_expression)(n)
    except ZeroDivisionError:
        raise ValueError(f"division by zero for n={n}: {plural_expression!r}") from None


@lru_cache(maxsize=256)
def rule(plural_expression: str) -> Rule:
    """Compile an expression; raises ValueError as `plural_index` does."""
    reader = _Reader(plural_expression)
    compiled = reader.choice(0)
    if reader.token:
        raise reader.error()
    return compiled


class _Reader:
    """Recursive descent, one token ahead."""

    def __init__(self, source: str) -> None:
        if len(source) > LONGEST:
            raise ValueError(f"plural expression of {len(source)} characters")
        self.source = source
        self.at = 0
        self.token = ""
        self.advance()

    def advance(self) -> str:
        """Step over the current token and return it; `token` is "" at the end."""
        passed = self.token
        match = _TOKEN.match(self.source, self.at)
        if not match and self.source[self.at :].strip():
            self.token = self.source[self.at :].strip()[0]
            raise self.error()
        self.token = match[1] if match else ""
        self.at = match.end() if match else len(self.source)
        return passed

    def error(self) -> ValueError:
        place = f"{self.token!r} at character {self.at}" if self.token else "the end"
        return ValueError(f"unexpected {place} of the plural expression {self.source!r}")

    def expect(self, token: str) -> None:
        if self.token != token:
            raise self.error()
        self.advance()

    def choice(self, depth: int) -> Rule:
        if depth > DEEPEST:
            raise ValueError(f"plural expression nested deeper than {DEEPEST}: {self.source!r}")
        condition = self.binary(1, depth)
        if self.token != "?":
            return condition
        self.advance()
        then = self.choice(depth + 1)
        self.expect(":")
        otherwise = self.choice(depth + 1)
        return lambda n: then(n) if condition(n) else otherwise(n)

    def binary(self, weakest: int, depth: int) -> Rule:
        left = self.unary(depth)
        while _PRECEDENCE.get(self.token, 0) >= weakest:
            operator = self.advance()
            left = _joined(operator, left, self.binary(_PRECEDENCE[operator] + 1, depth))
        return left

    def unary(self, depth: int) -> Rule:
        if depth > DEEPEST:
            raise ValueError(f"plural expression nested deeper than {DEEPEST}: {self.source!r}")
        token = self.advance()
        if token == "n":
            return lambda n: n
        if token.isdecimal():
            number = int(token) % UNSIGNED
            return lambda n: number
        if token == "!":
            operand = self.unary(depth + 1)
            return lambda n: int(not operand(n))
        if token != "(":
            self.token = token
            raise self.error()
        inner = self.choice(depth + 1)
        self.expect(")")
        return inner


def _joined(operator: str, left: Rule, right: Rule) -> Rule:
    if operator == "&&":
        return lambda n: int(bool(left(n)) and bool(right(n)))
    if operator == "||":
        return lambda n: int(bool(left(n)) or bool(right(n)))
    apply = _ARITHMETIC[operator]
    return lambda n: apply(left(n), right(n))
