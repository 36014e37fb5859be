"""YAML values: where they stand, and how a translation is written so that YAML 1.1 and 1.2 read it back.

A value is never dumped: PyYAML composes nodes (no objects, so tags of any kind are safe) and their marks say which
characters to replace. White space at the edges of a value stays in the file; the message is the text between.

`Segment.style` is the node's own style - `p` plain, `f` plain inside `[]` or `{}`, or one of `'` `"` `|` `>` -
then the value's white space before the text, a point, and its white space behind the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tarjuma import keypath
from tarjuma.model import Key, Options, Segment
from tarjuma.syntax.text import edges, is_prose, offsets, padded, part, style

if TYPE_CHECKING:
    from yaml import Node, ScalarNode

STRING: Final = "tag:yaml.org,2002:str"

# Anchor and tag stand before the value, with white space and comments between.
_PROPERTIES = re.compile(r"(?:[&!]\S*(?:\s+|#[^\r\n]*)+)+")
_HEADER = re.compile(r"([|>])([-+1-9]*)([ \t]+#[^\r\n]*)?[^\r\n]*(\r\n|\r|\n)")
_FIRST_LINE = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*(?P<indent> *)")
_LINE_END = re.compile(r"[\r\n\x85\u2028\u2029]|\Z")

# Not printable in YAML, or a line break in YAML 1.1 and not in 1.2.
_UNSAFE_BUT_LF = "\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
_ESCAPED = re.compile(f'["\\\\\n{_UNSAFE_BUT_LF}]')
_NOT_ON_A_LINE = re.compile(f"[\n{_UNSAFE_BUT_LF}]")
_NOT_IN_A_BLOCK = re.compile(f"[{_UNSAFE_BUT_LF}]| \n")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}

# A plain scalar starts with a letter, or with a digit where a letter says that it is no number, date or time.
_PLAIN_START = re.compile(r"[^\W\d_]|[(«„“‘]|\d(?=.*[^\W\da-fA-FxXoOtTzZ_])")
_PLAIN_NEVER = re.compile(r":(?:\s|\Z)|\s#|\A\s|\s\Z")
_FLOW_NEVER = re.compile(r"[\[\]{},:?]")
_PATH = re.compile(r"/[\w./-]*", re.ASCII)
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "undefined"})


class _Found(NamedTuple):
    path: str
    node: ScalarNode
    is_flow: bool


@lru_cache(maxsize=4)  # front matter asks twice: is it a mapping, and what stands in it
def roots(text: str) -> tuple[Node | None, ...]:
    """The root node of each document; an empty text has none. Raises yaml.YAMLError. No byte order mark, please."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return tuple(yaml.compose_all(text, loader))
    except RecursionError:
        raise yaml.YAMLError("nested too deeply") from None


def fault(text: str) -> tuple[int, str] | None:
    """The line (from 1) and the reason why a text is no YAML; None when it is."""
    import yaml

    try:
        roots(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return (mark.line + 1 if mark else 1), error.problem or "not YAML"
    except yaml.reader.ReaderError as error:
        return 1, f"character {error.character!r} is not allowed: {error.reason}"
    except yaml.YAMLError as error:
        return 1, str(error)
    return None


@cache
def _values_loader() -> Any:
    import yaml

    class Loader(yaml.SafeLoader):
        """Reads a value with a tag that only the site's own program knows as the text `?`."""

    Loader.add_multi_constructor("", lambda loader, suffix, node: "?")
    return Loader


def values(text: str) -> Any:
    """Return what a text says, as Python values; None when it is empty. Raises ValueError when it is no YAML."""
    import yaml

    try:
        return yaml.load(text, _values_loader())
    except (yaml.YAMLError, RecursionError, TypeError, OverflowError):
        raise ValueError("not YAML") from None


def segments(source: bytes, start: int, end: int, options: Options) -> tuple[list[Segment], tuple[object, ...]]:
    """The values of source[start:end] that are text for readers, and the shape of all the rest.

    What cannot be read as YAML has no segments, and its bytes are the shape.
    """
    import yaml

    text = part(source, start, end)
    try:
        documents = roots(text)
    except yaml.YAMLError:
        return [], (("opaque", source[start:end]),)
    shape: list[object] = []
    found = sorted(_walk(text, documents, options, shape), key=_place)
    offset = offsets(text, start)
    return [_segment(text, each, offset, options) for each in found], tuple(shape)


def quote(source: bytes, segment: Segment, target: str) -> bytes:
    """The bytes that replace source[segment.start:segment.end]; in the style of the source where that is safe."""
    own = source[segment.start : segment.end]
    if target == segment.key.text:
        return own
    before, text, behind = padded(segment.style, target)
    if segment.style[0] in "|>":
        raw = own.decode("utf-8")
        return (_block(raw, before, text) or _double(before + text + behind) + _header_comment(raw)).encode("utf-8")
    return _flow_scalar(segment.style[0], before + text + behind).encode("utf-8")


def unquote(source: bytes, segment: Segment, quoted: bytes) -> str:
    """The text that a parser finds in `quoted`, were it at the place of the segment."""
    import yaml

    if quoted == source[segment.start : segment.end]:
        return segment.key.text
    text = quoted.decode("utf-8")
    head, tail = ("[", "]") if segment.style[0] == "f" else (_parent(text) + "k: ", "\n")
    try:
        (root,) = roots(head + text + tail)
    except (yaml.YAMLError, ValueError):
        return ""
    value = root.value[0] if isinstance(root, yaml.SequenceNode) else root.value[0][1] if root else None
    return value.value.strip() if isinstance(value, yaml.ScalarNode) else ""


def _walk(text: str, documents: tuple[Node | None, ...], options: Options, shape: list[object]) -> Iterator[_Found]:
    """Yield the scalars to translate; append every other piece of data to `shape`."""
    import yaml

    is_meant = keypath.pattern(options.keys).fullmatch
    seen: dict[int, list[int]] = {}
    found: dict[int, _Found] = {}
    refused: set[int] = set()
    stack: list[tuple[str | None, Node, bool]] = []
    for root in reversed(documents):
        if root is not None:
            stack.append(("", root, False))
    while stack:
        path, node, is_flow = stack.pop()
        places = seen.setdefault(id(node), [])
        places.append(len(shape))
        if isinstance(node, yaml.ScalarNode):
            value = node.value
            shape.append((path, node.tag, value))
            if path and node.tag == STRING and is_meant(path) and is_prose(value) and not _has_bare_tag(text, node):
                found.setdefault(id(node), _Found(path, node, is_flow))
            else:
                refused.add(id(node))
            continue
        shape.append((path, node.tag, len(node.value), len(places) > 1))
        if len(places) > 1:  # an alias; its anchor has told everything
            continue
        is_flow = is_flow or bool(getattr(node, "flow_style", False))
        if isinstance(node, yaml.SequenceNode):
            stack.extend(
                (_below(path, str(index)), node.value[index], is_flow) for index in reversed(range(len(node.value)))
            )
            continue
        for key, value in reversed(node.value):
            if isinstance(key, yaml.ScalarNode):
                stack.append((_below(path, key.value), value, is_flow))
            else:
                stack.append((_below(path, "?"), value, is_flow))
            stack.append((None, key, is_flow))
    for identity, each in found.items():
        if identity in refused:  # an alias of it stands where nothing may change
            continue
        for place in seen[identity]:
            shape[place] = (shape[place][0], STRING, "text", *edges(each.node.value))  # type: ignore[index]
        yield each


def _has_bare_tag(text: str, node: Node) -> bool:
    """True for `! value`: PyYAML reads a number or a boolean there even from a quoted value."""
    first = node.start_mark.index
    return text[first] in "&!" and (found := _PROPERTIES.match(text, first)) is not None and "!" in found[0].split()


def _below(path: str | None, step: str) -> str | None:
    if path is None:
        return None
    return f"{path}.{step}" if path else step


def _place(found: _Found) -> int:
    return found.node.start_mark.index


def _segment(text: str, found: _Found, offset: Callable[[int], int], options: Options) -> Segment:
    node = found.node
    first, last = node.start_mark.index, node.end_mark.index
    if text[first] in "&!" and (properties := _PROPERTIES.match(text, first)):
        first = properties.end()
    kind = node.style or ("f" if found.is_flow else "p")
    if kind in "|>":
        filled = first + len(text[first:last].rstrip(" \t\r\n"))
        line_end = _LINE_END.search(text, filled, last)
        last = line_end.start() if line_end else last
    return Segment(
        start=offset(first),
        end=offset(last),
        key=Key(None, node.value.strip()),
        kind=found.path,
        syntax="yaml",
        limit=keypath.limit(options.limits, found.path),
        style=style(kind, node.value),
    )


def flow_scalar(value: str) -> str:
    """A text on one line, safe inside brackets too: plain where YAML 1.1 and 1.2 both read it so, else quoted."""
    return value if _PATH.fullmatch(value) else _flow_scalar("f", value)


def _flow_scalar(kind: str, value: str) -> str:
    if kind == "'" and not _NOT_ON_A_LINE.search(value):
        return "'" + value.replace("'", "''") + "'"
    return value if kind in "pf" and _is_plain(value, kind) else _double(value)


def _is_plain(target: str, kind: str) -> bool:
    return (
        _PLAIN_START.match(target) is not None
        and not _PLAIN_NEVER.search(target)
        and not _NOT_ON_A_LINE.search(target)
        and target.lower() not in _WORDS
        and not (kind == "f" and _FLOW_NEVER.search(target))
    )


def _double(value: str) -> str:
    return '"' + _ESCAPED.sub(_escape, value) + '"'


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _SHORT.get(char) or (f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}")


def _header_comment(raw: str) -> str:
    header = _HEADER.match(raw)
    return (header[3] or "") if header else ""


def _block(raw: str, before: str, target: str) -> str:
    """The block scalar with another text; "" where this text would be read as something else."""
    header = _HEADER.match(raw)
    if not header or not target or before.strip("\n") or _NOT_IN_A_BLOCK.search(target):
        return ""
    first = _FIRST_LINE.match(raw, header.end())
    if not first or not first["indent"] or re.search(r"\n[ \t]" if header[1] == ">" else r"\n *\t", target):
        return ""
    # In a folded scalar one line break is a space, so a new line takes two.
    lines = re.sub("\n+", r"\n\g<0>", target) if header[1] == ">" else target
    text = header[4].join(first["indent"] + line if line else "" for line in lines.split("\n"))
    return raw[: first.start("indent")] + text + raw[len(raw.rstrip(" \t")) :]


def _parent(text: str) -> str:
    """The indent of the key whose value a block scalar with an indentation indicator is."""
    header = _HEADER.match(text)
    digits = header and re.search(r"\d", header[2])
    if not header or not digits:
        return ""
    first = _FIRST_LINE.match(text, header.end())
    return " " * (len(first["indent"]) - int(digits[0])) if first else ""
