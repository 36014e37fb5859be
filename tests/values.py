"""Hostile values, and the laws of a value syntax as one function that every syntax is tried on."""

from collections.abc import Callable, Sequence
from types import ModuleType

from hypothesis import strategies as st

from tarjuma.model import Options, Segment
from tarjuma.syntax.text import is_prose

EVERY = Options(keys=("**",))

HOSTILE = (
    "Привет мир", "Да", "no", "NO", "y", "yes", "On", "null", "Null", "~", "true", "NaN", ".inf", "undefined",
    "123", "1e3", "0x1F", "0o17", "1_000", "12:30", "1:2:3", "2024-01-01", "2024-01-01T10:00:00Z", "10 причин",
    "3 ways", "7 de abril", "- item", "-", "# x", "a # b", "a #b", "a: b", "a:", "a:b", "key: [x]", ": x",
    '"quoted"', '"', "it's", "'", "''", "'''", '"""', 'end"', 'end""', "end'", "end''", "\\", "back\\slash", "\\n",
    "ends \\", "two\nlines", "three\n\n\nlines", "trail \n", "\nlead", "crlf\r\nline", "lone\rcr", "tab\there",
    "\ttab", "line\n\ttab", "line\n  indented", "line \nspace", " lead", "trail ", "  ", "\u00a0", "nb\u00a0sp",
    "\u2003em", "{x}", "[y]", "{", "}", "[", "]", ",", "a, b", "*a", "&a", "!t", "!!int 3", "%dir", "@at", "`tick`",
    "|", "|\n x", ">", "> x", "? x", "?", "---", "--- x", "...", "+++", "a\n---\nb", "a\n+++\nb", "a\n...\nb",
    "+++\nb", "x\n++++", "\u2028", "é\u2028x", "a\u2029b", "a\u0085b", "\u0085", "\ufeffbom", "a\ufeffb",
    "a\u200bb", "a\u00adb", "\ufffe", "a\uffffb", "x\x07y", "x\x00y", "\x1b[0m", "x\x7fy", "x\x9fy", "emoji 😀",
    "👩‍👩‍👧", "«ёлочки» — тире…", "“кавычки”", "{{ site.title }}", "x {{ y }} z", "{% raw %}", "<b>x</b>", "=", "<<",
    "Ӣ қ ғ ҳ ҷ", "Հայերեն", "ქართული", "very " + "long слово " * 100, "</script>", "\ud800", "a\udfffb", "$x",
    "${x}", "/* x */", "// x", "x; y", "", "l10n: off", "title: other", "]]>", "N", "e", "Ⅷ век", "²", "(а)",
    "a\n# b", "a\n- b", "a\nb: c", "Key: value\nTitle: x",
)  # fmt: skip

LETTERS = "abzNyеЖёӣқ 019:#-'\"\\\n\r\t{}[]|>&*!%@`,.?=~+\u00a0\u0085\u2028\ufeff\x00\x07😀"
targets = st.sampled_from(HOSTILE) | st.text(st.sampled_from(LETTERS), max_size=12) | st.text(max_size=20)


def settled(target: str) -> str:
    """What every syntax can hold of a target: no white space at its edges, no half characters."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in target).strip()


def spliced(source: bytes, segments: Sequence[Segment], quoted: Sequence[bytes]) -> bytes:
    parts: list[bytes] = []
    cursor = 0
    for segment, replacement in zip(segments, quoted, strict=True):
        parts += source[cursor : segment.start], replacement
        cursor = segment.end
    return b"".join([*parts, source[cursor:]])


def assert_laws(
    syntax: ModuleType,
    source: bytes,
    start: int,
    end: int,
    choose: Callable[[Segment], str],
    kept: Callable[[str], str] = settled,
    options: Options = EVERY,
) -> tuple[bytes, list[str]]:
    """Assert laws 1, 2, 4 and 5 for the values of source[start:end]; return the source with other values, and these."""
    segments, shape = syntax.segments(source, start, end, options)
    cursor = start
    for segment in segments:
        assert cursor <= segment.start < segment.end <= end
        cursor = segment.end
    assert spliced(source, segments, [syntax.quote(source, each, each.key.text) for each in segments]) == source
    chosen = [choose(segment) for segment in segments]
    quoted = [syntax.quote(source, *pair) for pair in zip(segments, chosen, strict=True)]
    expected = [kept(each) for each in chosen]
    for segment, replacement, text in zip(segments, quoted, expected, strict=True):
        assert syntax.unquote(source, segment, replacement) == text, (segment, replacement)
    changed = spliced(source, segments, quoted)
    read_as = [text for text in expected if is_prose(text)]
    again, shape_again = syntax.segments(changed, start, end + len(changed) - len(source), options)
    assert [each.key.text for each in again] == read_as
    if len(read_as) == len(expected):
        assert [each.kind for each in again] == [each.kind for each in segments]
        assert shape_again == shape
    return changed, expected
