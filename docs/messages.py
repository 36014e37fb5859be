"""tarjuma's own messages as catalogs: `locales/_tarjuma.pot`, and those of the languages it speaks.

A message is the first argument of `Found(...)`, of `problem(...)` and of `phrase(...)`, and `template=` of a `Problem`:
a literal, or a name that literals of the same module are given to.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tarjuma import headers, langs, merge, po, sentences, speech
from tarjuma._languages import LANGUAGES
from tarjuma.model import Catalog, Entry, Key, Message

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src"
DOMAIN = "_tarjuma"

_CALLS = {"Found": 1, "phrase": 1, "problem": 2}
"""Functions that say their first argument -> how many arguments they have when they do."""


def messages() -> list[Message]:
    """Return the messages of the program's sources, sorted by file, each once."""
    places: dict[str, list[str]] = defaultdict(list)
    notes: dict[str, list[str]] = defaultdict(list)
    for path in sorted(SOURCES.glob("**/*.py")):
        module = ast.parse(path.read_text("utf-8"))
        relative = path.relative_to(ROOT).as_posix()
        for text in dict.fromkeys(spoken(module)):
            places[text].append(relative)
            if path.parent.name == "checks":
                summary = (ast.get_docstring(module) or "").partition("\n\n")[0]
                notes[text].append(f"{path.stem.replace('_', '-')}: {' '.join(summary.split())}")
    return [
        Message(Key(None, text), tuple(found), tuple(notes[text]), ("python-brace-format",) if "{" in text else ())
        for text, found in places.items()
    ] + [Message(Key(speech.NAME, name), (place,), (note,)) for name, place, note in _names()]


def _names() -> Iterator[tuple[str, str, str]]:
    """What values of messages are called, where that stands, and what it is: their names are translated too."""
    for name in sorted({row.name for row in LANGUAGES} | {"Turkish"}):
        yield name, "src/tarjuma/_languages.py", "a language, as in: this is in {language}"
    for mark in sentences.Mark:
        yield mark.value, "src/tarjuma/sentences.py", "what a text ends with, as in: {wanted} is missing at the end"
    for name in INVISIBLE:
        yield name, "src/tarjuma/checks/invisible_char.py", "as in: invisible character: {name}"


INVISIBLE = (
    "soft hyphen", "byte order mark", "delete", "backspace", "private use", "control character", "zero width space",
    "zero width non-joiner", "zero width joiner", "word joiner", "left-to-right mark", "right-to-left mark",
    "line separator", "paragraph separator", "right-to-left override", "left-to-right override",
)  # fmt: skip
"""Those that are met; the others keep the name that Unicode gives them."""


def spoken(module: ast.Module) -> Iterator[str]:
    """Yield the messages of a module in the order of their places. Raises ValueError for one that nobody can read."""
    given = _given(module)
    calls = (node for node in ast.walk(module) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda node: node.lineno):
        for node in _said(call):
            texts = list(_literals(node, given, set()))
            yield from (text for text in texts if any(map(str.isalpha, _prose(text))))
            if not texts and not _is_passed_on(node):
                raise ValueError(f"line {node.lineno}: write the message as a literal: {ast.unparse(node)}")


def _said(node: ast.Call) -> Iterator[ast.expr]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if len(node.args) >= _CALLS.get(name, len(node.args) + 1):
        yield node.args[0]
    yield from (each.value for each in node.keywords if name == "Problem" and each.arg == "template")


def _given(module: ast.Module) -> dict[str, list[ast.expr]]:
    """Name -> what the module gives to it."""
    given: dict[str, list[ast.expr]] = defaultdict(list)
    for node in ast.walk(module):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                for name, value in _pairs(target, node.value):
                    given[name].append(value)
        elif isinstance(node, ast.NamedExpr | ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            given[node.target.id].append(node.value)
        elif isinstance(node, ast.For | ast.comprehension):
            rows = node.iter.elts if isinstance(node.iter, ast.Tuple | ast.List) else [node.iter]
            for name, value in (pair for row in rows for pair in _pairs(node.target, row)):
                given[name].append(value)
        elif isinstance(node, ast.FunctionDef):
            given[node.name] += [each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value]
    return given


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for each, part in zip(target.elts, value.elts, strict=True):
            yield from _pairs(each, part)
    elif isinstance(target, ast.Tuple):
        for each in target.elts:
            yield from _pairs(each, value)


def _literals(node: ast.expr, given: dict[str, list[ast.expr]], seen: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Name) and node.id not in seen:
        seen.add(node.id)
        for value in given.get(node.id, ()):
            yield from _literals(value, given, seen)
    elif isinstance(node, ast.IfExp):
        for branch in (node.body, node.orelse):
            yield from _literals(branch, given, seen)
    elif isinstance(node, ast.Subscript):
        yield from _literals(node.value, given, seen)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield from _literals(node.func, given, seen)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "items"):
        for each in (node.func.value, *node.args[1:]):
            yield from _literals(each, given, seen)
    elif isinstance(node, ast.Tuple | ast.List | ast.BoolOp | ast.Dict):
        for each in node.elts if isinstance(node, ast.Tuple | ast.List) else node.values:
            yield from _literals(each, given, seen)


def _is_passed_on(node: ast.expr) -> bool:
    """True for a message that was said elsewhere: `found.message`, an argument of the function."""
    return isinstance(node, ast.Attribute | ast.Name)


def _prose(text: str) -> str:
    """A message without the names of its values: "{reason}" has no word to translate."""
    outside, parts = True, []
    for char in text:
        if char in "{}":
            outside = char == "}"
        elif outside:
            parts.append(char)
    return "".join(parts)


def template() -> str:
    """Return locales/_tarjuma.pot. Its date changes with its messages only."""
    found = messages()
    before = _read(_pot())
    date = datetime.now(UTC).strftime("%Y-%m-%d %H:%M+0000")
    if before and [entry.message for entry in before.entries] == found:
        date = before.header[headers.DATE]
    return po.render(_catalog(found, date)).decode()


def catalog(code: str) -> str:
    """Return the catalog of a language, brought up to date with the messages."""
    language = langs.language(code)
    path = _po(code)
    made = merge.update(_read(path), po.parse(template().encode(), ""), language, path=path.name)
    return po.render(made).decode()


def _catalog(found: Iterable[Message], date: str) -> Catalog:
    found = list(found)
    return po.new_catalog("", "", headers.of_template("tarjuma", date, found), map(Entry, found))


def _pot() -> Path:
    return ROOT / "locales" / f"{DOMAIN}.pot"


def _po(code: str) -> Path:
    return ROOT / "locales" / langs.language(code).folder / "LC_MESSAGES" / f"{DOMAIN}.po"


def _read(path: Path) -> Catalog | None:
    return po.parse(path.read_bytes(), path.name) if path.exists() else None


PAGES = {
    f"../locales/{DOMAIN}.pot": template,
    **{f"../locales/{code}/LC_MESSAGES/{DOMAIN}.po": lambda code=code: catalog(code) for code in speech.LANGUAGES},
}
