"""Pelican's fields keep everything but their text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma.model import Options
from tarjuma.syntax import pelican
from tarjuma.syntax.text import is_prose
from tests.laws import EXAMPLES
from tests.values import EVERY, assert_laws, settled, targets

POST = (
    b"Title: Hello world\r\nDate: 2024-01-01\r\nTags: a, b\r\nSummary: First line\r\n    and more\r\n\r\nBody: no\r\n"
)


def kept(target):
    return " ".join(settled(target).split())


def test_values_are_found_by_lower_case_key():
    segments, shape = pelican.segments(POST, 0, pelican.fields_end(POST, 0), Options())
    assert [(each.kind, each.key.text) for each in segments] == [
        ("title", "Hello world"),
        ("summary", "First line and more"),
    ]
    assert shape == (("title", "text"), ("date", "value", "2024-01-01"), ("tags", "value", "a, b"), ("summary", "text"))


def test_fields_end_before_the_first_blank_line():
    assert POST[pelican.fields_end(POST, 0) :] == b"\r\nBody: no\r\n"
    assert pelican.fields_end(b"No field here\n", 0) == 0
    assert pelican.fields_end(b"\nTitle: x\n", 0) == 0


@pytest.mark.parametrize(
    ("target", "written"), [("Салом", "Салом"), ("a: b # c", "a: b # c"), ("one\n\ntwo", "one two"), (' "x" ', '"x"')]
)
def test_a_value_stands_bare_on_its_line(target, written):
    (title, _), _ = pelican.segments(POST, 0, pelican.fields_end(POST, 0), Options())
    assert pelican.quote(POST, title, target) == written.encode()


FIELDS = st.tuples(
    st.sampled_from(["Title", "Date", "my_key", "X-y", "  Lang"]),
    st.sampled_from([":", ": ", ":  ", ":\t"]),
    st.sampled_from(["Hello world", "2024-01-01", "", "a: b", "One  two ", "x\n    more", "x\n\tmore  \n     yet"]),
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(FIELDS, min_size=1, max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\n", "\n\nBody\n"]),
    st.data(),
)
def test_no_translation_changes_other_fields(fields, newline, body, data):
    lines = "\n".join("".join(field) for field in fields)
    source = (lines + body).replace("\n", newline).encode()
    end = pelican.fields_end(source, 0)
    assert source[end:].strip() == body.strip().encode()
    changed, expected = assert_laws(pelican, source, 0, end, lambda _: data.draw(targets), kept)
    after = end + len(changed) - len(source)
    assert pelican.fields_end(changed, 0) == after
    values = [
        line.partition(":")[2].strip()
        for line in changed[:after].decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if line
    ]
    wanted = iter(expected)
    assert values == [
        next(wanted) if is_prose(value) else value
        for value in (" ".join(part.strip(" \t") for part in field[2].split("\n")) for field in fields)
    ]
    assert EVERY.keys == ("**",)
