"""JSON values keep everything but their text."""

import json as stdlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma.model import Options
from tarjuma.syntax import json
from tarjuma.syntax.text import is_prose
from tests.laws import EXAMPLES
from tests.values import EVERY, HOSTILE, assert_laws, settled, targets


def texts(source, options=EVERY):
    return [(each.kind, each.key.text) for each in json.segments(source, 0, len(source), options)[0]]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{"title": "Hello"}', [("title", "Hello")]),
        (
            '{"a": {"b": ["One", 2, {"c": "Three"}, [], {}, "Four"]}, "d": "Five"}',
            [("a.b.0", "One"), ("a.b.2.c", "Three"), ("a.b.5", "Four"), ("d", "Five")],
        ),
        ('["One", ["Two"], {"a": "Three"}, "Four"]', [("0", "One"), ("1.0", "Two"), ("2.a", "Three"), ("3", "Four")]),
        ('{"a": "One", "a": "Two"}', [("a", "One"), ("a", "Two")]),
        ('{"a": "x \\"y\\" \\\\", "\\u0416{": " :Ж,] "}', [("a", 'x "y" \\'), ("Ж{", ":Ж,]")]),
        ('{"a": "\\ud800x", "b": "x\\u0000y", "c": "\\ud83d\\ude00 yes"}', [("c", "😀 yes")]),
        ('{"a": null, "b": true, "c": -1.5e9, "d": "2024-01-01", "e": "https://a.b", "f": "{{ x }}", "g": ""}', []),
        ('"Alone"', []),
        ("1" * 5000, []),
    ],
)
def test_strings_are_found_with_their_key_paths(source, found):
    assert texts(source.encode()) == found


def test_rules_choose_by_key_path():
    source = b'{"title": "One", "slug": "two", "menu": {"main": {"name": "Three", "title": "Four"}}}'
    assert texts(source, Options()) == [("title", "One"), ("menu.main.name", "Three")]


@pytest.mark.parametrize(
    "source", [b"", b"{", b'{"a": }', b'{"a": "x",}', b"// c\n{}", b'{"a": "x\ny"}', b"[" * 200_000, b"{} {}"]
)
def test_what_cannot_be_read_is_kept_as_bytes(source):
    assert json.segments(source, 0, len(source), EVERY) == ([], (("opaque", source),))
    assert json.fault(source.decode()) is not None


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ('{ "a" :"One" }', '{ "a" :"Ж 😀\\n\\"" }'),
        ('{"a": "One", "b": "\\u0416"}', '{"a": "\\u0416 \\ud83d\\ude00\\n\\"", "b": "\\u0416"}'),
        ('{"a": "One", "b": "\\u0416 Ж"}', '{"a": "Ж 😀\\n\\"", "b": "\\u0416 Ж"}'),
        ('{"a": "One", "b": "\\\\u0416"}', '{"a": "Ж 😀\\n\\"", "b": "\\\\u0416"}'),
        ('{"a": " One\\n"}', '{"a": " Ж 😀\\n\\"\\n"}'),
    ],
)
def test_letters_are_escaped_only_where_the_file_escapes_them_all(source, result):
    encoded = source.encode()
    segment = json.segments(encoded, 0, len(encoded), EVERY)[0][0]
    assert (
        encoded[: segment.start] + json.quote(encoded, segment, 'Ж 😀\n"') + encoded[segment.end :] == result.encode()
    )


def test_the_shape_tells_every_other_change():
    def shape(text):
        return json.segments(text.encode(), 0, len(text), Options())[1]

    assert shape('{"title": "One", "n": [1]}') == shape('{ "title":"Two","n":[ 1 ]}')
    for other in (
        '{"title": "One", "n": [2]}',
        '{"title": "One", "n": 1}',
        '{"n": [1], "title": "One"}',
        '{"title": ["One"], "n": [1]}',
        '{"title": "One", "m": [1]}',
    ):
        assert shape('{"title": "One", "n": [1]}') != shape(other)


def leaves(pairs_or_value, path=()):
    if isinstance(pairs_or_value, tuple):
        for key, value in pairs_or_value:
            yield from leaves(value, (*path, key))
    elif isinstance(pairs_or_value, list):
        for index, value in enumerate(pairs_or_value):
            yield from leaves(value, (*path, index))
    else:
        yield path, pairs_or_value


def data_of(text):
    return list(leaves(stdlib.loads(text, object_pairs_hook=tuple)))


def assert_changed(text, choose):
    source = text.encode()
    changed, expected = assert_laws(json, source, 0, len(source), choose)
    remaining = iter(expected)
    before, after = data_of(text), data_of(changed)
    for (path, old), (path_after, new) in zip(before, after, strict=True):
        assert path == path_after
        if path and isinstance(old, str) and is_prose(old):
            lead, tail = old[: len(old) - len(old.lstrip())], old[len(old.rstrip()) :]
            assert new == lead + next(remaining) + tail
        else:
            assert repr(old) == repr(new)
    assert next(remaining, None) is None


VALUES = st.recursive(
    st.text(st.sampled_from('abЖ😀 "\\{}[]:,\n\x7f\u2028'), max_size=6)
    | st.sampled_from(["Hello", "Two words"])
    | st.integers()
    | st.booleans()
    | st.none()
    | st.floats(allow_nan=False),
    lambda each: (
        st.lists(each, max_size=3)
        | st.dictionaries(st.text(st.sampled_from('ab."Ж\\'), min_size=1, max_size=3), each, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    VALUES, st.booleans(), st.sampled_from([None, 0, 2, "\t"]), st.sampled_from([(",", ":"), (" , ", " : ")]), st.data()
)
def test_no_translation_changes_other_data(value, is_ascii, indent, separators, data):
    text = stdlib.dumps(value, ensure_ascii=is_ascii, indent=indent, separators=separators)
    assert_changed(text, lambda _: data.draw(targets))


def test_every_hostile_value_is_read_back():
    for source in ('{"a": "Hello"}', '{"a": "Hello \\u0416"}'):
        for target in HOSTILE:
            assert_changed(source, lambda _, target=target: target)
    assert settled("\ud800") == "\ufffd"


def test_the_object_of_front_matter_ends_at_its_brace():
    chance = random.Random(1)
    for head in ("", "x" * chance.randrange(9), "Ж"):
        start = len(head.encode())
        source = head.encode() + '{"a": {"b": "Ж } \\" {"}}  \r\nBody'.encode()
        assert json.object_end(source, start) == (len(source) - 8, len(source) - 4)
    for other in (b'{"a": 1} x\n', b'{"a": }\n', b"{{< x >}}\n", b"{: .a}\n", b'{"a": 1', b"{% x %}"):
        assert json.object_end(other, 0) is None
