"""Laws of the PO layer: what is written is read back, what was not touched stays, and damage is never silent."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import po
from tarjuma.errors import PoError
from tarjuma.model import Catalog, Entry, Key, Message
from tarjuma.po.comments import LIMIT
from tarjuma.po.strings import escaped
from tests.laws import EXAMPLES

law = settings(max_examples=EXAMPLES, deadline=None)

SPECIAL = '\\"\n\t\r\0\x01\x07\x1b\x7f\x85\u2028\u2068\u2069\ufeff\u00ad\u0301 #~|:,.<=>anxбҳ1ﷺ🙂'


def texts(without: str = "", least: int = 0) -> st.SearchStrategy[str]:
    special = st.sampled_from([char for char in SPECIAL if char not in without])
    anything = st.characters(exclude_categories=("Cs",), exclude_characters=without)
    return st.text(special | anything, min_size=least, max_size=8)


lines = texts("\r\n")
flags = texts("\r\n,", 1).filter(lambda flag: flag == flag.strip() and flag not in ("fuzzy", "wrap", "no-wrap"))
places = texts("\t\n\v\f\r\u2068\u2069", 1)
keys = st.builds(Key, st.none() | texts(), texts(least=1), st.none() | texts())
others = st.builds(str.__add__, st.sampled_from(["#=", "#!"]), lines)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    key = draw(keys)
    notes = tuple(draw(st.lists(lines | st.just("max 160 characters"), max_size=2)))
    limit = next((int(match[1]) for match in map(LIMIT.search, notes) if match), 0)
    chosen = tuple(draw(st.lists(flags, max_size=2, unique=True)))
    message = Message(key, tuple(draw(st.lists(places, max_size=3))), notes, chosen, limit)
    targets = draw(st.lists(texts(), min_size=1, max_size=1 if key.plural is None else 3).map(tuple))
    return Entry(
        message,
        targets,
        draw(st.booleans()) and any(targets),
        draw(st.booleans()),
        draw(st.none() | keys),
        tuple(draw(st.lists(lines, max_size=2))),
        tuple(draw(st.lists(others, max_size=1))),
    )


names = texts(":\n\r", 1).filter(
    lambda name: name == name.strip() and len(name.splitlines()) == 1 and name != "Content-Type"
)
values = texts().map(lambda value: " ".join(value.splitlines()).strip()).filter(lambda v: len(v.splitlines()) < 2)
headers = st.dictionaries(names, values, max_size=3).map(
    lambda fields: {"Content-Type": "text/plain; charset=UTF-8", **fields}
)


@law
@given(headers, st.lists(entries(), max_size=4), st.sampled_from([None, 20, 76, 79]))
def test_what_is_written_is_read_back(header: dict[str, str], written: list[Entry], columns: int | None):
    made = po.new_catalog("x.po", "", header, written)
    source = po.render(made)
    read = po.parse(source, "x.po")
    assert dict(read.header) == header
    assert tuple(replace(entry, line=0) for entry in read.entries) == made.entries
    assert po.render(read) == source
    for entry in made.entries:
        assert replace(po.parse(po.written(entry, columns).encode()).entries[0], line=0) == entry


spaces = st.sampled_from(["", " ", "\t", "  "])


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[tuple[str, str]]]:
    """A PO file in some layout, and the sources and targets it holds."""
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    pairs, parts = [], []
    if draw(st.booleans()):
        parts.append(f'msgid ""{end}msgstr ""{end}"Content-Type: text/plain; charset=UTF-8\\n"{end}')
    for number in range(draw(st.integers(0, 4))):
        comment = draw(st.sampled_from(["", "# a", "#", "#: b c", "#, fuzzy", "#. d", '#| msgid "e"', "#= f", "#g"]))
        indent, mark = draw(spaces), draw(st.sampled_from(["", "#~ ", "#~"]))
        source, target = f"{number}{draw(lines)}", draw(lines)
        if mark and comment.startswith("#|"):
            comment = f"#~{comment[1:]}"
        block = [f"{indent}{comment}"] * bool(comment)
        for word, text in (("msgid", source), ("msgstr", target)):
            folded = [escaped(part) for part in (text[:3], text[3:])]
            block.append(f'{indent}{mark}{word}{draw(spaces)}"{folded[0]}"{draw(spaces)}')
            block.append(f'{indent}{mark}"{folded[1]}"')
        parts.append(end.join(block) + end)
        pairs.append((source, target))
    text = "".join(part + end * draw(st.integers(0, 3)) for part in parts)
    if draw(st.booleans()):
        text = text.rstrip(end)
    if draw(st.booleans()) and text.endswith(end):
        text += f"# the end{end}"
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode(), pairs


@law
@given(files())
def test_an_untouched_file_comes_back_byte_for_byte(file: tuple[bytes, list[tuple[str, str]]]):
    source, pairs = file
    read = po.parse(source)
    assert po.render(read) == source
    assert [(entry.key.text, entry.target) for entry in read.entries] == pairs


@law
@given(files(), st.data())
def test_one_changed_entry_changes_nothing_else(file: tuple[bytes, list[tuple[str, str]]], data: st.DataObject):
    source, pairs = file
    if not pairs:
        return
    read = po.parse(source)
    at = data.draw(st.integers(0, len(pairs) - 1))
    target = data.draw(texts())
    changed = tuple(
        replace(entry, targets=(target,), raw=None) if number == at else entry
        for number, entry in enumerate(read.entries)
    )
    written = po.render(replace(read, entries=changed))
    again = po.parse(written)
    assert [entry.target for entry in again.entries] == [
        target if number == at else pair[1] for number, pair in enumerate(pairs)
    ]
    ends = {b"\r\n": b"\r\n", b"\r": b"\r"}
    end = next((end for end in ends if end in source), b"\n")
    raws = [(entry.raw or "").encode().replace(b"\n", end) for entry in read.entries]
    before = source.index(raws[at], sum(map(len, raws[:at])))
    assert written.startswith(source[:before])
    assert written.endswith(source[before + len(raws[at]) :])


VALID = (
    "# Лицензия\n"
    'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    '# note\n#. paragraph\n#: a.md\nmsgid "one"\nmsgstr "один"\n\n'
    '#, fuzzy\n#| msgid "two "\n#| "old"\nmsgctxt "c"\nmsgid ""\n"two "\n"lines\\n"\nmsgstr "две \\"строки\\"\\n"\n\n'
    'msgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] "день"\nmsgstr[1] "дня"\n\n'
    '#: b.md\nmsgid "last"\nmsgstr "последняя"\n\n#~ msgid "old"\n#~ msgstr "было"\n'
).encode()
WHOLE = [(entry.key, entry.targets, entry.raw or "") for entry in po.parse(VALID).entries]


def parsed_or_refused(source: bytes) -> Catalog | None:
    """None where the file was refused as it should be: with its path and a line."""
    try:
        return po.parse(source, "x.po")
    except PoError as refusal:
        error = refusal
    assert error.path == "x.po"
    assert error.line
    return None


mutations = st.tuples(
    st.integers(0, len(VALID)),
    st.integers(0, 12),
    st.binary(max_size=3) | st.sampled_from([b'"', b"\n", b"\r", b"\\", b"#", b"~", b"msgid", b"<<<<<<< a\n", b"\0"]),
)


@law
@given(st.lists(mutations, min_size=1, max_size=3))
def test_damage_is_refused_or_kept_and_loses_no_entry_before_it(damage: list[tuple[int, int, bytes]]):
    source, first = VALID, len(VALID)
    for at, length, new in damage:
        source = source[:at] + new + source[at + length :]
        first = min(first, at)
    read = parsed_or_refused(source)
    if read is None:
        return
    assert po.render(read) == source
    intact = VALID[:first].decode(errors="ignore")
    found = [(entry.key, entry.targets) for entry in read.entries]
    # The entry right before the damage may have been continued by it.
    standing = [(key, targets) for key, targets, raw in WHOLE if f"{raw}\n\n" in intact]
    for key, targets in standing[:-1]:
        assert (key, targets) in found


TOKENS = [*b'msgid|msgstr|msgid_plural|msgctxt|[0]|[1]|"a"|"| |\n|\r|#|#~|#:|\\'.split(b"|"), b"#|"]


@law
@given(st.binary(max_size=60) | st.lists(st.sampled_from(TOKENS), max_size=14).map(b"".join))
def test_any_bytes_are_refused_or_kept(source: bytes):
    read = parsed_or_refused(source)
    assert read is None or po.render(read) == source


@law
@given(headers, st.dictionaries(names | st.sampled_from(["Language", "Plural-Forms"]), st.none() | values, max_size=2))
def test_changed_header_fields_are_read_back(header: dict[str, str], fields: dict[str, str | None]):
    read = po.parse(po.render(po.new_catalog("x.po", "", header, [])))
    edited = po.with_header(read, fields)
    wanted = {name: value for name, value in {**header, **fields}.items() if value is not None}
    assert dict(po.parse(po.render(edited)).header) == wanted
    for name, value in header.items():
        if name not in fields and name != "Content-Type":
            assert escaped(f"{name}: {value}").encode() in po.render(edited)
