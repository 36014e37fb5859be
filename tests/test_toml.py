"""TOML values keep everything but their text, in all four kinds of strings."""

import random
import tomllib

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tarjuma.model import Options
from tarjuma.syntax import frontmatter, toml
from tarjuma.syntax.text import is_prose
from tests.laws import CORPORA, EXAMPLES, needs_corpora
from tests.values import EVERY, HOSTILE, assert_laws, targets


def texts(source, options=EVERY):
    return [(each.kind, each.key.text) for each in toml.segments(source, 0, len(source), options)[0]]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('title = "Hello"', [("title", "Hello")]),
        ("title = 'C:\\x' # c", [("title", "C:\\x")]),
        ('title = """\nOne\\\n   two"""', [("title", "Onetwo")]),
        ("title = '''\nOne ''two'' '''", [("title", "One ''two''")]),
        ('title = """a"""""', [("title", 'a""')]),
        ('"my key".\'x.y\' . b = "Ҳа \\u0416"', [("my key.x.y.b", "Ҳа Ж")]),
        ('[a]\nb = "One"\n[a.c]\nd = "Two"', [("a.b", "One"), ("a.c.d", "Two")]),
        (
            '[[a]]\nb = "One"\n[[a]]\nb = "Two"\n[a.c]\nd = "Three"',
            [("a.0.b", "One"), ("a.1.b", "Two"), ("a.1.c.d", "Three")],
        ),
        (
            '[[a.b]]\n[[a.b.c]]\nx = "One"\n[[a.b.c]]\nx = "Two"\n[[a.b]]\n[[a.b.c]]\nx = "Three"',
            [("a.b.0.c.0.x", "One"), ("a.b.0.c.1.x", "Two"), ("a.b.1.c.0.x", "Three")],
        ),
        (
            'a = [ "One", # "no"\n 1, ["Two"], ]\nb = { c = "Three", d.e = "Four" }',
            [("a.0", "One"), ("a.2.0", "Two"), ("b.c", "Three"), ("b.d.e", "Four")],
        ),
        ('a = []\nb = [[], {}]\nc = 1979-05-27 07:32:00 # x\nd = "One"', [("d", "One")]),
        ('a = "2024-01-01"\nb = "https://a.b/"\nc = "{{ x }}"\nd = ""\ne = " "', []),
        ("a = \"One\"\r\n# 'x\r\nb = 'Two'\r\n", [("a", "One"), ("b", "Two")]),
    ],
)
def test_strings_are_found_with_their_key_paths(source, found):
    assert texts(source.encode()) == found


def test_rules_choose_by_key_path():
    source = b'title = "One"\nslug = "two"\n[extra]\ntitle = "Three"\n[[menu.main]]\nname = "Four"'
    options = Options(keys=("title", "menu.*.*.name"))
    assert texts(source, options) == [("title", "One"), ("menu.main.0.name", "Four")]


@pytest.mark.parametrize(
    "source", [b"a = ", b'a = "x" "y"', b"a = 1\na = 2", b'a = "x"\rb = 1', b"a: b", b"a = " + b"[" * 5000]
)
def test_what_cannot_be_read_is_kept_as_bytes(source):
    assert toml.segments(source, 0, len(source), EVERY) == ([], (("opaque", source),))
    assert toml.fault(source.decode()) is not None


@pytest.mark.parametrize(
    ("source", "target", "result"),
    [
        ('a = "One"', 'x "y" \\ z\n', 'a = "x \\"y\\" \\\\ z"'),
        ("a = 'One'", 'x "y" \\', "a = 'x \"y\" \\'"),
        ("a = 'One'", "it's", 'a = "it\'s"'),
        ('a = """\nOne\n"""', "раз\n+++\nдва", 'a = """\nраз\n\\u002b++\nдва\n"""'),
        ("a = '''One'''", "раз\n+++", 'a = """раз\n\\u002b++"""'),
        ("a = '''One'''", "раз\nдва", "a = '''раз\nдва'''"),
        ('a = """\r\nOne\r\nTwo"""\r\n', "раз\nдва", 'a = """\r\nраз\r\nдва"""\r\n'),
        ('a = """One"""', 'x""" y"', 'a = """x""\\" y\\""""'),
        ('a = " One "', "раз", 'a = " раз "'),
    ],
)
def test_a_string_keeps_its_quotes_where_that_is_safe(source, target, result):
    encoded = source.encode()
    (segment,) = toml.segments(encoded, 0, len(encoded), EVERY)[0]
    assert encoded[: segment.start] + toml.quote(encoded, segment, target) + encoded[segment.end :] == result.encode()


def test_the_shape_tells_every_other_change():
    def shape(text):
        return toml.segments(text.encode(), 0, len(text), Options())[1]

    assert shape('title = "One"\nn = nan') == shape("title = 'Two'\nn = nan")
    for other in (
        'title = "One"\nn = 1',
        'title = "One"',
        'title = ["One"]\nn = nan',
        'title = "One"\nm = nan',
        'title = "1"\nn = nan',
    ):
        assert shape('title = "One"\nn = nan') != shape(other)


KEYS = st.sampled_from(["a", "b-1", '"q k"', "'l.k'", "a.b", "c . 'd'", '"\\u0416"'])
STRINGS = st.sampled_from(
    [
        '"One"',
        "'Two'",
        '"""\nOne\n two """',
        "'''\nTwo's'''",
        '"a # b"',
        "'[x]'",
        '"esc \\" \\\\"',
        '"""x \\\n   y"""',
        '""',
        "''",
        '""""One"" """',
        "''''Two'' '''",
        '"Привет 😀"',
        "'{a = 1}'",
        '" edge "',
        '"""\n\n"""',
        '"a\\nb"',
        '"""a\\"""b"""',
    ]
)
OTHERS = st.sampled_from(
    ["1", "-1.5e3", "true", "inf", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00", "07:32:00", "0xff", "1_000"]
)
COMMENTS = st.sampled_from(["", "", " # c", "\t# 'x\"", ' #"""'])


def inside(values):
    arrays = st.tuples(
        st.lists(values, max_size=3), st.sampled_from([", ", ",\n  ", ", # ]\n"]), st.sampled_from(["", ",", ",\n"])
    ).map(lambda parts: "[ " + parts[1].join(parts[0]) + (parts[2] if parts[0] else "") + "]")
    tables = st.dictionaries(KEYS, values.filter(lambda each: "#" not in each), max_size=2).map(
        lambda table: "{ " + ", ".join(f"{key} = {value}" for key, value in table.items()) + " }"
    )
    return arrays | tables


VALUES = st.recursive(STRINGS | OTHERS, inside, max_leaves=6)
LINES = (
    st.tuples(KEYS, VALUES, COMMENTS).map(lambda parts: f"{parts[0]} = {parts[1]}{parts[2]}")
    | st.tuples(KEYS, KEYS).map(lambda keys: f"[{keys[0]}.{keys[1]}2]")
    | KEYS.map(lambda key: f"[[ t.{key} ]] # [c]")
    | st.sampled_from(["", "# comment = 'x", "\t"])
)
documents = st.tuples(st.lists(LINES, max_size=7), st.sampled_from(["\n", "\r\n"])).map(
    lambda parts: parts[1].join(parts[0]).replace("\n", parts[1]).replace("\r\r", "\r")
)


def leaves(value, steps=()):
    if isinstance(value, dict | list) and value:
        for step, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(each, (*steps, step))
    else:
        yield steps, value


def assert_data(before, after, expected):
    """The data differ only in their texts, which hold the translations (edges kept) in the order of the data."""
    before, after = list(leaves(before)), list(leaves(after))
    assert [steps for steps, _ in before] == [steps for steps, _ in after]
    written = []
    for (_, old), (_, new) in zip(before, after, strict=True):
        if isinstance(old, str) and is_prose(old):
            lead, tail = old[: len(old) - len(old.lstrip())], old[len(old.rstrip()) :]
            assert new.startswith(lead)
            assert new.endswith(tail)
            written.append(new[len(lead) : len(new) - len(tail)])
        else:
            assert repr(old) == repr(new)
    assert sorted(written) == sorted(expected)


@settings(max_examples=EXAMPLES, deadline=None)
@given(documents, st.data())
def test_no_translation_changes_other_data(text, data):
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assume(False)
    source = text.encode()
    assert len(texts(source)) == sum(isinstance(leaf, str) and is_prose(leaf) for _, leaf in leaves(before))
    changed, expected = assert_laws(toml, source, 0, len(source), lambda _: data.draw(targets))
    assert_data(before, tomllib.loads(changed.decode()), expected)


@needs_corpora
def test_front_matter_of_every_real_post_holds_the_laws():
    chance, count = random.Random(7), 0
    for path in sorted(CORPORA.rglob("*.md")):
        source = path.read_bytes()
        block = frontmatter.find(source, EVERY)
        if not block or block.syntax != "toml":
            continue
        before = tomllib.loads(source[block.start : block.end].decode())
        strings = [leaf for _, leaf in leaves(before) if isinstance(leaf, str) and is_prose(leaf)]
        segments, _ = toml.segments(source, block.start, block.end, EVERY)
        assert sorted(each.key.text for each in segments) == sorted(map(str.strip, strings)), path
        for _ in range(3):
            changed, expected = assert_laws(toml, source, block.start, block.end, lambda _: chance.choice(HOSTILE))
            end = block.end + len(changed) - len(source)
            assert_data(before, tomllib.loads(changed[block.start : end].decode()), expected)
            assert frontmatter.find(changed, EVERY) == frontmatter.Block(
                "toml", block.start, end, block.body + end - block.end
            )
        count += 1
    assert count > 90
