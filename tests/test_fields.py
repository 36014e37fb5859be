"""Fields of front matter change in place: what is beside them keeps its bytes, and what is written reads back."""

import json
import random
import tomllib
from datetime import UTC, date, datetime

import pytest
import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma.errors import SourceError
from tarjuma.model import Options
from tarjuma.publish import Edit, applied, undone
from tarjuma.syntax import fields, fields_pelican, frontmatter
from tarjuma.syntax.fields import DROP
from tarjuma.syntax.fieldtree import same
from tests.laws import CORPORA, EXAMPLES, needs_corpora
from tests.values import HOSTILE, targets

PELICAN = Options(pelican=True)
STATE = {"source": "posts/a.md", "hash": "3f9c1d2ab4e0", "state": "mixed", "percent": 83}


def changed(source, changes, options=Options(), opening="yaml"):  # noqa: B008
    """The source with its fields changed; every change must be possible."""
    fitted = fields.patches(source, options, changes, opening)
    assert not fitted.refused
    edits = [Edit(patch.field, patch.start, patch.end, patch.after) for patch in fitted.patches]
    after = applied(source, edits)
    assert undone(after, source, edits) == source
    return after


@pytest.mark.parametrize(
    ("source", "changes", "after"),
    [
        # a value in place of another: the comment, the order, the other quotes stay
        ("a: x # why\nb: 'y'\n", {"a": "z"}, "a: z # why\nb: 'y'\n"),
        ("a:   x\n", {"a": "no"}, 'a:   "no"\n'),
        ("a: # why\nb: 1\n", {"a": "z"}, "a: z # why\nb: 1\n"),
        ("a:\n  x\nb: 1\n", {"a": "z"}, "a: z\nb: 1\n"),
        ("a: |\n  x\n  y\n\nb: 1\n", {"a": "z"}, "a: z\n\nb: 1\n"),
        ("a: >+\n  x\n\nb: 1\n", {"a": "z"}, "a: z\n\nb: 1\n"),
        ("a: !x y\n", {"a": "z"}, "a: z\n"),
        ("tags: # mine\n- a\n- b\nb: 1\n", {"tags": ["c", "d: e"]}, 'tags: [c, "d: e"] # mine\nb: 1\n'),
        ("tags:\n- a\n- 'b' # why\n", {"tags.1": "c"}, "tags:\n- a\n- c # why\n"),
        ("tags: [a, 'b']\n", {"tags.0": "c, d"}, "tags: [\"c, d\", 'b']\n"),
        ("a: {b: {c: 1}}\n", {"a.b.c": 2}, "a: {b: {c: 2}}\n"),
        ("Lang: en\n", {"lang": "tg"}, "Lang: tg\n"),
        ('"og.title": x\n', {"og.title": "w"}, '"og.title": w\n'),
        ("a: 1\na: 2\n", {"a": 3}, "a: 1\na: 3\n"),
        ("? a\n: x\n", {"a": "w"}, "? a\n: w\n"),
        # new fields go last
        ("a: 1\n# end\n", {"lang": "tg"}, "a: 1\n# end\nlang: tg\n"),
        ("# only\n", {"lang": "tg"}, "# only\nlang: tg\n"),
        ("", {"lang": "tg", "p": 1}, "lang: tg\np: 1\n"),
        ("  a: 1\n", {"lang": "tg"}, "  a: 1\n  lang: tg\n"),
        ("a: |+\n  x\n\n", {"lang": "tg"}, "a: |+\n  x\n\nlang: tg\n"),
        ("m:\n  a: 1 # x\n\nb: 2\n", {"m.c": 3}, "m:\n  a: 1 # x\n  c: 3\n\nb: 2\n"),
        ("m:\n- a: 1\n  b: 2\n- c: 3\n", {"m.0.d": 4}, "m:\n- a: 1\n  b: 2\n  d: 4\n- c: 3\n"),
        ("m: {a: 1,}\n", {"m.b": "x"}, "m: {a: 1, b: x,}\n"),
        ("m: {}\n", {"m.b": "x"}, "m: {b: x}\n"),
        ("m: {\n  a: 1\n}\n", {"m.b": "x"}, "m: {\n  a: 1,\n  b: x\n}\n"),
        ("m:\nb: 1\n", {"m.c": 1}, "m: {c: 1}\nb: 1\n"),
        ("{a: 1}\n", {"b": 2}, "{a: 1, b: 2}\n"),
        ("a: 1\n", {"x.v": 1, "x.z": [True, None]}, "a: 1\nx: {v: 1, z: [true, null]}\n"),
        ("a: 1\n", {"on": "x", "1": "w"}, 'a: 1\n"on": x\n"1": w\n'),
        # fields that go
        ("a: 1\nb: 2 # x\nc: 3\n", {"b": DROP}, "a: 1\nc: 3\n"),
        ("a:\n- x\n- y\n# z\nb: 1\n", {"a": DROP}, "# z\nb: 1\n"),
        ("m:\n  a: 1\nb: 2\n", {"m.a": DROP}, "m:\n  {}\nb: 2\n"),
        ("m:\n- a\nb: 2\n", {"m.0": DROP}, "m:\n []\nb: 2\n"),
        ("m:\n- a\n- b\n- c\n", {"m.0": DROP, "m.1": DROP}, "m:\n- c\n"),
        ("m: [a, b, c]\n", {"m.0": DROP, "m.2": DROP}, "m: [b]\n"),
        ("m: [a, b]\n", {"m.0": DROP, "m.1": DROP}, "m: []\n"),
        ("m:\n- a: 1\n  b: 2\n", {"m.0.a": DROP}, "m:\n- b: 2\n"),
        ("a: 1\n", {"a": DROP}, ""),
        ("a: 1\n", {"b": DROP, "c.d": DROP}, "a: 1\n"),
        # what an alias stands for stays
        ("a: &x foo\nb: *x\nc: *x\n", {"a": "new"}, "a: new\nb: &x foo\nc: *x\n"),
        ("a: &x {k: 1}\nb: *x\n", {"a": DROP}, "b: &x {k: 1}\n"),
        ("a: &x\n  k: 1\nb: *x\n", {"a": DROP}, "b: &x {k: 1}\n"),
        ("a: &x {k: 1}\nb: *x\n", {"b.l": 2}, "a: &x {k: 1}\nb: {k: 1, l: 2}\n"),
        ("a: &x {k: 1}\nb:\n  <<: *x\n", {"b.k": 2}, "a: &x {k: 1}\nb:\n  <<: *x\n  k: 2\n"),
        # equal values are left as they are written
        ("a: 'x'\nn: 0x10\n", {"a": "x", "n": 16}, "a: 'x'\nn: 0x10\n"),
        ("d: 2024-01-02\n", {"d": date(2024, 1, 2)}, "d: 2024-01-02\n"),
        ("d: 2024-02-30\n", {"a": 1}, "d: 2024-02-30\na: 1\n"),
    ],
)  # fmt: skip
def test_fields_change_in_yaml(source, changes, after):
    assert changed(f"---\n{source}---\nBody\n".encode(), changes).decode() == f"---\n{after}---\nBody\n"


@pytest.mark.parametrize(
    ("source", "changes", "after"),
    [
        ('a = "x" # why\n', {"a": "z"}, 'a = "z" # why\n'),
        ("a = 'x'\n", {"b": "y"}, "a = 'x'\nb = \"y\"\n"),
        ('a = 1\n\n# about b\n[b]\nc = 2\n', {"lang": "tg"}, 'a = 1\nlang = "tg"\n\n# about b\n[b]\nc = 2\n'),
        ("[b]\nc = 2\n", {"lang": "tg"}, 'lang = "tg"\n[b]\nc = 2\n'),
        ("[b]\nc = 2\n\n[d]\n", {"b.e": 3}, "[b]\nc = 2\ne = 3\n\n[d]\n"),
        ("a = 1\n", {"extra.lang": "tg", "extra.n": 1}, 'a = 1\n\n[extra]\nlang = "tg"\nn = 1\n'),
        ("", {"extra.lang": "tg"}, '[extra]\nlang = "tg"\n'),
        ("b.c = 1\n[d]\n", {"b.e": 2}, "b.c = 1\nb.e = 2\n[d]\n"),
        ("b = {c = 1}\n", {"b.e": 2, "b.c": 3}, "b = {c = 3, e = 2}\n"),
        ("[extra.sub]\nc = 1\n", {"extra.e": 2}, "[extra.sub]\nc = 1\n\n[extra]\ne = 2\n"),
        ("b.c = 1\nb.d = 2\n", {"b.c": DROP}, "b.d = 2\n"),
        ("b.c = 1\nb.d = 2\n", {"b.c": DROP, "b.d": DROP}, "b = {}\n"),
        ("[a]\nb.c.d = 1\n", {"a.b.c.d": DROP}, "[a]\nb.c = {}\n"),
        ('t = ["a", "b"]\n', {"t.1": "c"}, 't = ["a", "c"]\n'),
        ('t = [\n  "a", # x\n  "b",\n]\n', {"t.0": DROP}, 't = [\n  "b",\n]\n'),
        ("[[r]]\na = 1\n[[r]]\na = 2\n", {"r.0.a": 3, "r.1.b": 4}, "[[r]]\na = 3\n[[r]]\na = 2\nb = 4\n"),
        ("a = 1\n[b]\nc = 2\n[d]\n", {"b": DROP, "a": DROP}, "[d]\n"),
        ("a = 1\n", {"l": {"x": [1, True], "y z": 1.5}}, 'a = 1\nl = {x = [1, true], "y z" = 1.5}\n'),
        ("d = 2024-01-02\n", {"d": date(2024, 1, 3)}, "d = 2024-01-03\n"),
    ],
)  # fmt: skip
def test_fields_change_in_toml(source, changes, after):
    assert changed(f"+++\n{source}+++\nBody\n".encode(), changes).decode() == f"+++\n{after}+++\nBody\n"


@pytest.mark.parametrize(
    ("source", "changes", "after"),
    [
        ('{"a": "x"}', {"a": "z", "b": 1}, '{"a": "z", "b": 1}'),
        ('{\n\t"a": 1\n}', {"b": ["x", {"y": None}]}, '{\n\t"a": 1,\n\t"b": ["x", {"y": null}]\n}'),
        ("{}", {"a": True}, '{"a": true}'),
        ('{"a": {"b": 1, "c": 2}}', {"a.b": DROP, "a.d": 3}, '{"a": {"c": 2, "d": 3}}'),
        ('{"a": 1, "b": 2, "c": 3}', {"b": DROP}, '{"a": 1, "c": 3}'),
        ('{"a": 1, "b": 2}', {"a": DROP, "b": DROP}, "{}"),
        ('{"a": "\\u0416"}', {"b": "Ж"}, '{"a": "\\u0416", "b": "\\u0416"}'),
        ('{"d": 1}', {"d": date(2024, 1, 2)}, '{"d": "2024-01-02"}'),
    ],
)  # fmt: skip
def test_fields_change_in_json(source, changes, after):
    assert changed(f"{source}\nBody\n".encode(), changes).decode() == f"{after}\nBody\n"


@pytest.mark.parametrize(
    ("source", "changes", "after"),
    [
        ("Title: x\n\nBody\n", {"title": "y", "lang": "tg"}, "Title: y\nLang: tg\n\nBody\n"),
        ("Title: x\n    more\nTags: a\n\nBody\n", {"title": "y"}, "Title: y\nTags: a\n\nBody\n"),
        ("Title:x\n\n", {"title": "y"}, "Title: y\n\n"),
        ("Tags: a, b\n\n", {"tags": ["c", "d"]}, "Tags: c, d\n\n"),
        ("Tags: a\n\n", {"tags": ["c, d", "e"]}, "Tags: c, d; e\n\n"),
        ("Title: x\nTags: a\n\n", {"tags": DROP}, "Title: x\n\n"),
        ("T: 1\nA: 2\nT: 3\n\n", {"t": "x"}, "T: x\nA: 2\n\n"),
        ("Title: x\n\n", {"l10n": {"state": "mt", "percent": 5}}, "Title: x\nL10n_state: mt\nL10n_percent: 5\n\n"),
        ("Title: x\n\n", {"title": " two\nlines "}, "Title: two lines\n\n"),
        ("---\nTitle: x\n---\nB", {"lang": "tg"}, "---\nTitle: x\nLang: tg\n---\nB"),
        ("Body\n", {"lang": "tg"}, "Lang: tg\n\nBody\n"),
        ("Title: x", {"lang": "tg"}, "Title: x\nLang: tg\n"),
    ],
)
def test_fields_change_in_pelicans_lines(source, changes, after):
    assert changed(source.encode(), changes, PELICAN).decode() == after


@pytest.mark.parametrize(
    ("source", "opening", "after"),
    [
        ("Body\n", "yaml", "---\nlang: tg\n---\nBody\n"),
        ("", "yaml", "---\nlang: tg\n---\n"),
        ("\ufeffBody\r\n", "yaml", "\ufeff---\r\nlang: tg\r\n---\r\nBody\r\n"),
        ("Body\n", "toml", '+++\nlang = "tg"\n+++\nBody\n'),
        ("Body\n", "json", '{"lang": "tg"\n}\nBody\n'),
        ("---\nno mapping\n---\n", "yaml", "---\nlang: tg\n---\n---\nno mapping\n---\n"),
        ("---\r\na: 1\r\n---\r\nBody", "yaml", "---\r\na: 1\r\nlang: tg\r\n---\r\nBody"),
        ("\ufeff---\na: Ж\n---\nBody", "yaml", "\ufeff---\na: Ж\nlang: tg\n---\nBody"),
        ("---\n---\nBody", "yaml", "---\nlang: tg\n---\nBody"),
        ("+++\r\n+++\r\nBody", "yaml", '+++\r\nlang = "tg"\r\n+++\r\nBody'),
    ],
)
def test_a_post_gets_fields_in_its_own_line_ends(source, opening, after):
    assert changed(source.encode(), {"lang": "tg"}, opening=opening).decode() == after


def test_a_post_without_front_matter_stays_without_where_there_is_nothing_to_set():
    assert fields.patches(b"Body\n", Options(), {"aliases": DROP}) == ((), {})


@pytest.mark.parametrize(
    "source",
    [
        "---\ntitle: {{ page.title }}\nx: {% y %}\n---\n",
        "---\na: b: c\n---\n",
        "---\na: [1\n---\n",
        "---\na: *gone\n---\n",
        "+++\na = \n+++\n",
        "+++\n{{ x }}\n+++\n",
    ],
)
def test_front_matter_that_cannot_be_read_is_not_changed(source):
    with pytest.raises(ValueError):
        fields.patches(source.encode(), Options(), {"lang": "tg"})


def test_front_matter_that_is_not_utf8_is_an_error_of_the_source():
    with pytest.raises(SourceError):
        fields.read(b"---\na: \xff\n---\n", Options())


@pytest.mark.parametrize(
    ("source", "changes", "refused"),
    [
        ("---\na: x\n---\n", {"a.b": 1, "c": 2}, {"a.b": "a holds no fields, so a.b cannot be set"}),
        ("---\na: [x]\n---\n", {"a.3": 1}, {"a.3": "a holds no fields, so a.3 cannot be set"}),
        ("+++\na = 1\n+++\n", {"b": None}, {"b": "TOML has no empty value"}),
        ('{"a": 1}\n', {"b": float("inf")}, {"b": "JSON has no infinite numbers"}),
        ("---\na: 1\n---\n", {"b": object()}, {"b": "a object cannot be written in YAML"}),
        ("---\na: &x\n  k: 1\nb:\n  <<: *x\n---\n", {"a": DROP}, {"a": "the alias *x needs it"}),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_and_the_others_are_made(source, changes, refused):
    fitted = fields.patches(source.encode(), Options(), changes)
    assert fitted.refused == refused
    assert bool(fitted.patches) == (len(changes) > len(refused))


OPENINGS = {
    "yaml": (b"---\na: 1\nm: {x: 1}\n---\nB\n", lambda text: pyyaml.safe_load(text.split("---\n")[1])),
    "toml": (b"+++\na = 1\n[m]\nx = 1\n+++\nB\n", lambda text: tomllib.loads(text.split("+++\n")[1])),
    "json": (b'{"a": 1, "m": {"x": 1}}\nB\n', lambda text: json.JSONDecoder().raw_decode(text)[0]),
}


def held(value):
    """What UTF-8 can hold of a text."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in value)


@pytest.mark.parametrize("syntax", OPENINGS)
@given(values=st.lists(targets, min_size=1, max_size=8))
@settings(max_examples=EXAMPLES // 4, deadline=None)
def test_hostile_values_read_back(syntax, values):
    source, read = OPENINGS[syntax]
    changes = {"v": values, "l": {"k": values[0]}, "m.y": values[-1], "t": values[0]}
    after = read(changed(source, changes).decode())
    every = [held(value) for value in values]
    assert (after["v"], after["l"], after["m"], after["t"], after["a"]) == (
        every, {"k": every[0]}, {"x": 1, "y": every[-1]}, every[0], 1,
    )  # fmt: skip


@given(key=targets.filter(lambda key: key and "." not in key and len(key) < 500))
@settings(max_examples=EXAMPLES // 4, deadline=None)
def test_hostile_keys_read_back(key):
    for source, read in OPENINGS.values():
        if held(key).lower() not in ("a", "m"):
            assert read(changed(source, {key: "x"}).decode())[held(key)] == "x"


@given(values=st.lists(targets, min_size=1, max_size=4))
@settings(max_examples=EXAMPLES // 4, deadline=None)
def test_hostile_values_read_back_from_pelicans_lines(values):
    after = changed(b"Title: x\n\nBody\n", {"note": values[0], "title": values[-1]}, PELICAN)
    found = fields.read(after, PELICAN)
    assert (found["note"], found["title"]) == tuple(map(fields_pelican.settled, (values[0], values[-1])))
    assert after.endswith(b"\n\nBody\n")


scalars = st.sampled_from(["x", "two words", "it's", "no", "a: b", "Ж # ж", ""]) | st.integers(-9, 99) | st.booleans()
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["k", "l", "m n", "Ж"]), inner, max_size=3)
    ),
    max_leaves=8,
)
mappings = st.dictionaries(st.sampled_from(["a", "b", "c", "tags", "l10n", "on"]), trees, max_size=5)


def paths(value, above=""):
    """Every key path of a tree."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in steps:
        yield f"{above}{step}"
        yield from paths(each, f"{above}{step}.")


def written(tree, style, randomness):
    """A tree as a person may have written it in YAML: in blocks or brackets, with comments and empty lines."""
    text = pyyaml.safe_dump(tree, default_flow_style=style, allow_unicode=True, sort_keys=False)
    if style or not tree:
        return text
    lines = []
    for line in text.splitlines():
        is_safe = not line.rstrip().endswith(("|", ">", "|-", ">-", "'", '"')) and '"' not in line and "'" not in line
        lines.append(line + ("  # note" if is_safe and randomness.random() < 0.2 else ""))
        if is_safe and randomness.random() < 0.1:
            lines += ["# above", ""]
    return "\n".join(lines) + "\n"


def in_json(tree, randomness):
    return json.dumps(tree, indent=randomness.choice([None, 2, "\t"]), ensure_ascii=randomness.random() < 0.5) + "\n"


def in_toml(tree, randomness, above=()):
    """A tree as a person may have written it in TOML: in sections, under keys with points, in braces."""
    lines, sections = [], []
    for key, value in tree.items():
        name = key if key.isascii() and key.isalnum() else json.dumps(key)
        kind = randomness.choice(["section", "points", "braces"]) if isinstance(value, dict) and value else ""
        if kind == "section":
            sections.append((name, value))
        elif kind == "points":
            lines += [f"{name}.{line}" for line in pairs(value)]
        else:
            lines.append(f"{name} = {inline(value)}" + "  # note" * (randomness.random() < 0.2))
    text = "".join(f"{line}\n" for line in lines)
    for name, value in sections:
        path = (*above, name)
        text += f"\n# about {name}\n[{'.'.join(path)}]\n{in_toml(value, randomness, path)}"
    return text


def pairs(tree):
    return [
        f"{key if key.isascii() and key.isalnum() else json.dumps(key)} = {inline(value)}"
        for key, value in tree.items()
    ]


def inline(value):
    if isinstance(value, dict):
        return "{" + ", ".join(pairs(value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return json.dumps(value)


SYNTAXES = {
    "yaml": (
        "---\n",
        "---\n",
        lambda tree, randomness: written(tree, randomness.choice([True, False, None]), randomness),
    ),
    "toml": ("+++\n", "+++\n", in_toml),
    "json": ("", "", in_json),
}


@pytest.mark.parametrize("syntax", SYNTAXES)
@given(tree=mappings, randomness=st.randoms(use_true_random=False))
@settings(max_examples=EXAMPLES // 2, deadline=None)
def test_a_change_of_any_fields_changes_nothing_else(syntax, tree, randomness):
    opening, closing, write = SYNTAXES[syntax]
    source = f"{opening}{write(tree, randomness)}{closing}Body\n".encode()
    own = fields.read(source, Options())
    assert same(own, {str(key): value for key, value in tree.items()})
    there = list(paths(tree))
    chosen = randomness.sample(there, min(len(there), 3))
    changes = {path: randomness.choice([DROP, "new: value", ["x", 1], {"k": "no"}]) for path in chosen}
    changes |= {"lang": "tg"} | ({"extra.lang": "tg"} if randomness.random() < 0.5 else {})
    fitted = fields.patches(source, Options(), changes)
    edits = [Edit("", patch.start, patch.end, patch.after) for patch in fitted.patches]
    after = applied(source, edits)
    assert undone(after, source, edits) == source
    found = fields.read(after, Options())
    block = frontmatter.find(after, Options())
    assert block
    assert after[block.body :] == b"Body\n"
    assert found["lang"] == "tg"
    for key, value in own.items():
        if key not in {path.split(".")[0] for path in chosen}:
            assert same(found[key], value)
    # a path that leads through a value which another change took away is refused, no other one
    assert not [path for path in fitted.refused if not any(path.startswith(f"{other}.") for other in chosen)]


@needs_corpora
def test_every_front_matter_of_the_corpora_takes_every_kind_of_change():
    randomness = random.Random(5)
    count = 0
    for path in sorted(CORPORA.rglob("*")):
        if path.suffix not in (".md", ".markdown", ".mdx", ".html") or not path.is_file():
            continue
        source = path.read_bytes()
        if not frontmatter.find(source, Options()):
            continue
        own = fields.read(source, Options())
        count += 1
        tries = [{"lang": "tg", "l10n": STATE}, {"extra.lang": "tg", "extra.l10n": STATE}, dict.fromkeys(own, DROP)]
        for key, value in own.items():
            tries += [{key: DROP}, {key: randomness.choice(HOSTILE)}]
            if isinstance(value, list) and value:
                tries += [{f"{key}.{index}": "маориф: x" for index in range(len(value))}, {f"{key}.0": DROP}]
            if isinstance(value, dict):
                tries += [{f"{key}.new": ["x"]}, *({f"{key}.{step}": DROP} for step in value)]
        for changes in tries:
            after = changed(source, changes)
            found = fields.read(after, Options())
            for key in own.keys() - {each.split(".")[0] for each in changes}:
                assert same(found[key], own[key]), (path, changes)
    assert count > 1000


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (1, True, False),
        (1, 1.0, False),
        ([1, "a"], (1, "a"), True),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        (float("nan"), float("nan"), True),
        (date(2024, 1, 1), datetime(2024, 1, 1, tzinfo=UTC), False),
        ("a", "a", True),
    ],
)
def test_values_are_the_same_when_generators_could_not_tell_them_apart(one, other, is_same):
    assert same(one, other) is is_same
