"""YAML values keep everything but their text, in every style, for YAML 1.1 and 1.2."""

import random

import pytest
import yaml as pyyaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tarjuma.model import Options
from tarjuma.syntax import frontmatter, yaml
from tarjuma.syntax.text import is_prose
from tests.laws import CORPORA, EXAMPLES, needs_corpora
from tests.values import EVERY, HOSTILE, LETTERS, assert_laws, settled

TITLE = Options(keys=("title", "menu.*.name", "list.*", "seo.**"), limits={"title": 60, "seo.**": 160})


def texts(source, options=EVERY):
    return [(each.kind, each.key.text) for each in yaml.segments(source, 0, len(source), options)[0]]


def with_target(source, target, options=EVERY):
    """The source with its one value replaced."""
    (segment,) = yaml.segments(source, 0, len(source), options)[0]
    return source[: segment.start] + yaml.quote(source, segment, target) + source[segment.end :]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("title: Hello world", [("title", "Hello world")]),
        ("title: 'It''s'", [("title", "It's")]),
        ('title: "a\\tb \\u0416"', [("title", "a\tb Ж")]),
        ("title: Привет, мир 😀 # comment", [("title", "Привет, мир 😀")]),
        ("title: one\n  two\n\n  three", [("title", "one two\nthree")]),
        ("title: 'one\n  two'", [("title", "one two")]),
        ("title: |\n  one\n  two\n\n", [("title", "one\ntwo")]),
        ("title: >-\n  one\n  two\n\n  three\n", [("title", "one two\nthree")]),
        ("title: |2+\n    one\n\n", [("title", "one")]),
        ("title: &t Hello", [("title", "Hello")]),
        ("title: !!str Hello", [("title", "Hello")]),
        ("title: &t # why\n  !!str Hello", [("title", "Hello")]),
        (
            "menu:\n  main: {name: Home, url: /x}\n  side:\n    name: Side",
            [("menu.main.name", "Home"), ("menu.side.name", "Side")],
        ),
        ("list: [One, 'Two', 3, yes]", [("list.0", "One"), ("list.1", "Two")]),
        ("list:\n- One\n- - Deep\n", [("list.0", "One")]),
        ("seo: {a: {b: Deep}}", [("seo.a.b", "Deep")]),
        ("Title: Hello", [("Title", "Hello")]),
    ],
)
def test_values_are_found_in_every_style(source, found):
    assert texts(source.encode(), TITLE) == found


@pytest.mark.parametrize(
    "source",
    [
        "title: 2024-01-01",
        "title: '2024-01-01'",
        "title: 2024",
        "title: 1.5",
        "title: yes",
        "title: null",
        "title: ~",
        "title:",
        "title: ''",
        "title: ' '",
        "title: https://example.org/a",
        "title: '{{ page.title }}'",
        "title: '{% include x %}'",
        "title: !custom Hello",
        "title: ! Hello",
        "title: &a ! Hello",
        "title: 123e4567-e89b-12d3-a456-426614174000",
        "title: v1.2.3",
        "title: mail@example.org",
        "title: /img/a.png",
        "title: logo.svg",
        "title: '#fff'",
        "title: «12»",
        "slug: hello",
        "? {title: x}\n: y",
        "- title: Hello",
        "title: &t Hello\nslug: *t",
        "titles: Hello",
        "title: {name: x}",
    ],
)
def test_what_is_no_text_stays_untouched(source):
    assert texts(source.encode(), TITLE) == []


@pytest.mark.parametrize(
    ("source", "target", "result"),
    [
        ("t: Hello # c", "Привет", "t: Привет # c"),
        ("t: Hello # c", "Да: нет", 't: "Да: нет" # c'),
        ("t: Hello", "no", 't: "no"'),
        ("t: Hello", "10 причин", "t: 10 причин"),
        ("t: Hello", "1e3", 't: "1e3"'),
        ("t: 'Hello'", "it's", "t: 'it''s'"),
        ("t: 'Hello'", "a\nb", 't: "a\\nb"'),
        ('t: "Hello"', 'say "a\\b"', 't: "say \\"a\\\\b\\""'),
        ("t: [Hello]", "a, b", 't: ["a, b"]'),
        ("t: [Hello, 1]", "Привет", "t: [Привет, 1]"),
        ("t: |\n  one\n  two\nx: 1", "раз\nдва\nтри", "t: |\n  раз\n  два\n  три\nx: 1"),
        ("t: >-  # c\n    one\n    two\n\n\nx: 1", "раз", "t: >-  # c\n    раз\n\n\nx: 1"),
        ("t: >\n  one\nx: 1", "раз\nдва", "t: >\n  раз\n\n  два\nx: 1"),
        ("t: |+  # c\n  one\n\nx: 1", "a\u2028b", 't: "a\\u2028b\\n\\n"  # c\n\nx: 1'),
        ("t: |\r\n  one\r\n\r\nx: 1", "раз\n\nдва", "t: |\r\n  раз\r\n\r\n  два\r\n\r\nx: 1"),
        ("t: |1\n  one\nx: 1", "раз", None),
        ("t: ' one '", "раз", "t: ' раз '"),
        ("t: one\n  two\nx: 1", "раз", "t: раз\nx: 1"),
        ("t: &a Hello\nu: *a", "a: b", 't: &a "a: b"\nu: *a'),
        ("t: !!str Hello", "123", 't: !!str "123"'),
        ("a:\n- b: |2-\n    one\n\n# c\n", "раз\nдва", "a:\n- b: |2-\n    раз\n    два\n\n# c\n"),
    ],
)
def test_a_value_keeps_its_style_where_that_is_safe(source, target, result):
    if result is None:
        assert pyyaml.safe_load(with_target(source.encode(), target))["t"] == " раз\n"
    else:
        assert with_target(source.encode(), target) == result.encode()


def test_limits_go_by_key_path():
    source = b"title: Hello\nseo: {description: Long}\nlist: [Item]"
    assert [each.limit for each in yaml.segments(source, 0, len(source), TITLE)[0]] == [60, 160, 0]


@pytest.mark.parametrize("source", [b"a: b: c", b"a: {% x %}", b"\ta: x", b"a: 'x", b"a: \x07", b"[" * 5_000, b"*x"])
def test_what_cannot_be_read_is_kept_as_bytes(source):
    assert yaml.segments(source, 0, len(source), EVERY) == ([], (("opaque", source),))
    assert yaml.fault(source.decode()) is not None


@pytest.mark.parametrize(
    "other", ["title: Hello", "title: Bye\nn: 2", "title: Bye\nn: '1'", "title: [Bye]\nn: 1", "n: 1\ntitle: Bye"]
)
def test_the_shape_tells_every_other_change(other):
    def shape(text):
        return yaml.segments(text.encode(), 0, len(text), TITLE)[1]

    assert shape("title: Hello\nn: 1") == shape("title: >-\n  Bye\nn: 1")
    assert shape("title: Hello\nn: 1") != shape(other)


def test_aliases_of_aliases_cost_no_time():
    source = "a0: &a0 [Text]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert texts(source.encode()) == [("a0.0", "Text")]


WORDS = ["Hello", "мир", "it's", "😀", "a-b", "c:d", "#x", "«да»", "e.", "f,", "10", "x=y"]
OTHERS = ("12", "yes", "~", "2024-01-01", "", "https://a.b/c", "'{{ x }}'", "!t x", "''")
FLOWS = (
    "[One, 'Two', \"Three\"]",
    "{a: One, b: [Two, {c: Three}]}",
    "[One,\n   Two words\n   here]",
    "{a: One,\n  # c\n  b: Two}",
)


def prose(chance):
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))


def scalar(chance, indent):
    """A value as it stands behind `key: ` at a column, in any style."""
    words, pad = prose(chance), " " * (indent + chance.randint(1, 4))
    kind = chance.choice(["plain", "plain", "'", '"', "block", "block", "block", "other", "property", "flow"])
    if kind == "plain":
        return chance.choice([words, f"{words}\n{pad}{prose(chance)}\n\n{pad}{prose(chance)}"])
    if kind == "'":
        return "'" + words.replace("'", "''") + chance.choice(["", f"\n{pad}x", " "]) + "'"
    if kind == '"':
        return '"' + words + chance.choice(["", "\\n", "\\\n  x", " \\u0416 ", "\n" + pad + "y", "\\t"]) + '"'
    if kind == "block":
        return block_scalar(chance, indent, pad)
    if kind == "property":
        return chance.choice(["!!str ", "&anchor ", "&b !!str ", "!!str &c "]) + words
    return chance.choice(OTHERS if kind == "other" else FLOWS)


def block_scalar(chance, indent, pad):
    digit = chance.choice(["", "", str(len(pad) - indent)])
    lines = [chance.choice(["", "  x", " y ", "\tz", "#", "- q", prose(chance)]) for _ in range(chance.randint(0, 3))]
    header = chance.choice("|>") + digit + chance.choice(["", "-", "+"]) + chance.choice(["", "  # c"])
    body = "\n".join(pad + each if each else "" for each in [*lines, prose(chance)])
    return f"{header}\n{body}" + chance.choice(["", "\n", "\n\n", "\n" + pad, " "])


def block(chance, indent=0, depth=2):
    """A block mapping or sequence, its lines indented."""
    pad, lines = " " * indent, []
    is_list = indent > 0 and chance.random() < 0.5
    for number in range(chance.randint(1, 3)):
        head = pad + ("-" if is_list else chance.choice(["key", "ключ", "k 'x"]) + f"{number}:")
        if depth and chance.random() < 0.25:
            lines.append(head + "\n" + block(chance, indent + chance.randint(1, 3), depth - 1))
        else:
            lines.append(head + " " + scalar(chance, indent))
        if chance.random() < 0.2:
            lines.append(chance.choice(["# note", "", pad + "# inner"]))
    return "\n".join(lines)


def target(chance):
    return chance.choice(HOSTILE) if chance.random() < 0.6 else "".join(chance.choices(LETTERS, k=chance.randint(0, 9)))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 2**64))  # a seed: drawing every choice takes ten times as long as the laws
def test_no_translation_changes_other_data(seed):
    chance = random.Random(seed)
    text = block(chance) + chance.choice(["", "\n", "\n\n", "\n# end\n"])
    text = text.replace("\n", chance.choice(["\n", "\n", "\r\n", "\r"]))
    try:
        before = oracle_leaves(text)
    except pyyaml.YAMLError:
        assume(False)
    assume(yaml.fault(text) is None)  # libyaml refuses a tab where PyYAML's own parser reads it
    source = text.encode()
    changed, expected = assert_laws(yaml, source, 0, len(source), lambda _: target(chance))
    assert_leaves(before, text, changed.decode(), expected)


def oracle_leaves(text):
    """(path, tag, value) of every scalar and the kind of every container, as PyYAML's own Python parser reads them."""
    leaves = []

    def walk(path, node):
        if isinstance(node, pyyaml.ScalarNode):
            leaves.append((path, node.tag, node.value))
            return
        leaves.append((path, node.tag, None))
        if isinstance(node, pyyaml.SequenceNode):
            for number, each in enumerate(node.value):
                walk((*path, number), each)
        else:
            for key, each in node.value:
                walk((*path, "key"), key)
                walk((*path, str(key.value)), each)

    for root in pyyaml.compose_all(text, pyyaml.SafeLoader):
        if root is not None:
            walk((), root)
    return leaves


def assert_leaves(before, source, changed, expected):
    """Only the values that were text differ, and they hold the translations (their edges kept)."""
    remaining = iter(expected)
    after = oracle_leaves(changed)
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        if old == new or old[0][-1:] == ("key",) or not is_text(old):
            assert old == new or is_text(old)
            if is_text(old):
                assert next(remaining) == old[2].strip()
            continue
        value = old[2]
        lead, tail = value[: len(value) - len(value.lstrip())], value[len(value.rstrip()) :]
        assert new == (old[0], old[1], lead + next(remaining) + tail)
    assert next(remaining, None) is None


def is_text(leaf):
    return leaf[0] and leaf[0][-1] != "key" and leaf[1] == yaml.STRING and is_prose(leaf[2])


def yaml12():
    ruamel = pytest.importorskip("ruamel.yaml", reason="skipped: no ruamel.yaml")
    return ruamel.YAML(typ="safe", pure=True)


STYLES = (
    "k: Hello world",
    "k: 'Hello world'",
    'k: "Hello world"',
    "k: |\n  Hello world\n",
    "k: >-\n  Hello world\n",
    "k: [Hello world]",
    "k: {a: Hello}",
)


@pytest.mark.parametrize("style", STYLES)
def test_yaml_1_2_reads_the_same_value(style):
    parser = yaml12()
    for target in HOSTILE:
        value = parser.load(with_target(style.encode(), target).decode())["k"]
        value = value[0] if isinstance(value, list) else value["a"] if isinstance(value, dict) else value
        assert value == settled(target) + ("\n" if "|" in style else ""), target


def front_matters():
    for path in sorted(CORPORA.rglob("*.m*")):
        source = path.read_bytes()
        block = frontmatter.find(source, EVERY)
        if block and block.syntax == "yaml":
            yield path, source, block


@needs_corpora
def test_front_matter_of_every_real_post_holds_the_laws():
    chance, count, values = random.Random(7), 0, 0
    for path, source, block in front_matters():
        for _ in range(3):
            before = oracle_leaves(source[block.start : block.end].decode())
            changed, expected = assert_laws(yaml, source, block.start, block.end, lambda _: chance.choice(HOSTILE))
            end = block.end + len(changed) - len(source)
            assert_leaves(before, source, changed[block.start : end].decode(), expected)
            assert frontmatter.find(changed, EVERY) == frontmatter.Block(
                "yaml", block.start, end, block.body + end - block.end
            ), path
            values += len(expected)
        count += 1
    assert count > 800
    assert values > 3_000


def node_values(node):
    """The text of every scalar below a node of ruamel.yaml."""
    if isinstance(node.value, str):
        return [node.value.strip()]
    below = [each for pair in node.value for each in (pair if isinstance(pair, tuple) else (pair,))]
    return [text for each in below for text in node_values(each)]


@needs_corpora
def test_yaml_1_2_reads_the_same_front_matter_of_real_posts():
    parser, chance = yaml12(), random.Random(8)
    for path, source, block in list(front_matters())[::5]:
        changed, expected = assert_laws(yaml, source, block.start, block.end, lambda _: chance.choice(HOSTILE))
        text = changed[block.start : block.end + len(changed) - len(source)].decode()
        found = set(node_values(root)) if (root := parser.compose(text)) else set()
        assert not set(expected) - found, path
