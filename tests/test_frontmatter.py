"""Front matter is found where site generators find it, and nowhere else."""

import pytest

from tarjuma.errors import SourceError
from tarjuma.model import Options
from tarjuma.syntax.frontmatter import SYNTAXES, Block, find
from tests.laws import CORPORA, needs_corpora

PELICAN = Options(pelican=True)


@pytest.mark.parametrize(
    ("source", "syntax", "inner", "body"),
    [
        ("---\na: 1\n---\nBody", "yaml", "a: 1\n", "Body"),
        ("---\na: 1\n...\nBody", "yaml", "a: 1\n", "Body"),
        ("---\r\na: 1\r\n---\r\nBody", "yaml", "a: 1\r\n", "Body"),
        ("---\ra: 1\r---\rBody", "yaml", "a: 1\r", "Body"),
        ("\ufeff---\na: Ж\n---\nBody", "yaml", "a: Ж\n", "Body"),
        ("--- \na: 1\n---\t\n\nBody", "yaml", "a: 1\n", "\nBody"),
        ("---\na: 1\n---", "yaml", "a: 1\n", ""),
        ("---\n---\nBody", "yaml", "", "Body"),
        ("---\n# only a comment\n---\nBody", "yaml", "# only a comment\n", "Body"),
        ("---\na: |\n  ---\n  x\n---\nBody", "yaml", "a: |\n  ---\n  x\n", "Body"),
        ("---\na: b: c\n---\nBody", "yaml", "a: b: c\n", "Body"),
        ("---\ntitle: {% x %}\n---\nBody", "yaml", "title: {% x %}\n", "Body"),
        ("+++\na = 1\n+++\nBody", "toml", "a = 1\n", "Body"),
        ("+++\r\n+++\r\nBody", "toml", "", "Body"),
        ("+++\na = \n+++\n", "toml", "a = \n", ""),
        ('{\n"a": "}"\n}\nBody', "json", '{\n"a": "}"\n}', "Body"),
        ('\ufeff{"a": "Ж"} \r\nBody', "json", '{"a": "Ж"}', "Body"),
    ],
)
def test_front_matter_is_found(source, syntax, inner, body):
    encoded = source.encode()
    block = find(encoded, Options())
    assert block is not None
    assert (block.syntax, encoded[block.start : block.end].decode(), encoded[block.body :].decode()) == (
        syntax,
        inner,
        body,
    )


@pytest.mark.parametrize(
    "source",
    [
        "",
        "---",
        "---\n",
        "---\na: 1\n",
        "---\na: 1\n--- x\n",
        "---\na: 1\n ---\n",
        "---\nJust words\n---\nBody",
        "---\n- a\n---\n",
        "\n---\na: 1\n---\n",
        " ---\na: 1\n---\n",
        "----\na: 1\n----\n",
        "+++\na = 1\n",
        "+++\na = 1\n---\n",
        "# Title\n\n---\na: 1\n---\n",
        "{{< x >}}\n",
        '{"a": 1} and more\n',
        "{a: 1}\n",
        "Title: Hello\n\nBody",
        "***\na: 1\n***\n",
    ],
)
def test_body_text_is_no_front_matter(source):
    assert find(source.encode(), Options()) is None


@pytest.mark.parametrize(
    ("source", "block"),
    [
        (b"Title: Hello\nX: y\n\nBody", Block("pelican", 0, 18, 18)),
        (b"\xef\xbb\xbfTitle: Hello", Block("pelican", 3, 15, 15)),
        (b"---\nTitle: a: b\n---\nBody", Block("pelican", 4, 16, 20)),
        (b"---\na:\n- b: 1\n---\nBody", Block("yaml", 4, 14, 18)),
        (b"Just words\n", None),
    ],
)
def test_pelican_fields_are_read_where_the_config_says_so(source, block):
    assert find(source, PELICAN) == block


def test_front_matter_that_cannot_be_read_stays_as_bytes():
    source = b"---\na: b: c\n---\nBody"
    block = find(source, Options())
    assert SYNTAXES["yaml"].segments(source, block.start, block.end, Options()) == ([], (("opaque", b"a: b: c\n"),))


def test_a_byte_that_is_not_utf_8_is_named():
    with pytest.raises(SourceError, match="byte 9 "):
        find(b"---\na: xy\xff\n---\n", Options())


@needs_corpora
def test_every_real_post_has_the_front_matter_that_its_first_line_announces():
    found = {"yaml": 0, "toml": 0}
    for path in sorted(CORPORA.rglob("*.m*")):
        source = path.read_bytes()
        block = find(source, Options())
        announced = {b"---\n": "yaml", b"+++\n": "toml"}.get(source[:4])
        assert (block and block.syntax) == announced, path
        if block:
            found[block.syntax] += 1
            assert SYNTAXES[block.syntax].fault(source[block.start : block.end].decode()) is None
    assert found["yaml"] > 800
    assert found["toml"] > 90
