"""What is written into front matter is what the generators' own readers find there: Hugo's, Pelican's.

They are installed by `make test-sites`; where they are not, these tests say so and are skipped.
"""

import json
import os
import random
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import ruamel.yaml
import yaml as pyyaml

from tarjuma.model import Options
from tarjuma.publish import Edit, applied
from tarjuma.syntax import fields, fields_pelican, fields_yaml, toml, yaml
from tarjuma.syntax.fields import DROP
from tests.sites import TOOLS
from tests.values import EVERY, HOSTILE, LETTERS

COUNT = 10_000
PELICAN = Options(pelican=True)
WORDS = (
    "alpha", "Beta", "гамма", "δέλτα", "news", '"quoted"', "it's", "C++", "a:b", "12:30", "[x]", "#1", "-", "*", "_em_",
    "`c`", "&", "<b>", "ё",
)  # fmt: skip
NUMBERS = "0123456789eE+-._:xobTZ ,"
SIGNS = (
    "yes", "no", "on", "off", "null", "~", "true", "nan", ".inf", "0x", "0o", "1", "_", "-", "=", "<<", " ", "#", ":",
    "?", "!", "&", "*", "%", "@", "`", "|", ">", "{", "}", "[", "]", ",", '"', "'", "\\", "\n", "\t",
)  # fmt: skip


def values():
    """10,000 values that a parser may take for something else."""
    randomness = random.Random(7)

    def some(letters, most):
        return "".join(randomness.choice(letters) for _ in range(randomness.randint(1, most)))

    found = list(HOSTILE)
    while len(found) < COUNT:
        anything = "".join(
            chr(randomness.choice((randomness.randint(1, 0x2FFF), randomness.randint(0xE000, 0x1FFFF)))) for _ in "1234"
        )
        found += [some(LETTERS, 12), some(NUMBERS, 10), some(SIGNS, 5), anything, some(HOSTILE, 2)]
    return found[:COUNT]


def made(source, changes, options=Options()):  # noqa: B008
    fitted = fields.patches(source, options, changes)
    assert not fitted.refused
    return applied(source, [Edit("", patch.start, patch.end, patch.after) for patch in fitted.patches])


@pytest.fixture(scope="module")
def hugo():
    found = shutil.which("hugo", path=f"{TOOLS / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    return found or pytest.skip("skipped: hugo is not installed: `make test-sites` installs what can be had")


def read_by_hugo(hugo, folder, posts):
    """The parameters of posts as Hugo has read them, by name."""
    (folder / "content").mkdir()
    (folder / "layouts").mkdir()
    (folder / "hugo.toml").write_text('disableKinds = ["taxonomy", "term", "rss", "sitemap", "404"]\n')
    (folder / "layouts" / "single.html").write_text("{{ .Params | jsonify }}")
    (folder / "layouts" / "list.html").write_text("-")
    for name, content in posts.items():
        (folder / "content" / f"{name}.md").write_bytes(content)
    done = subprocess.run([hugo, "-s", str(folder), "--quiet"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {name: json.loads((folder / "public" / name / "index.html").read_text("utf-8")) for name in posts}


def yaml_1_2(text):
    reader = ruamel.yaml.YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    return reader.load(text)


@pytest.mark.parametrize(
    ("source", "read"),
    [
        (b"---\na: 1\n---\n", lambda text: pyyaml.safe_load(text[4:-4])),
        (b"---\na: 1\n---\n", lambda text: yaml_1_2(text[4:-4])),
        (b"+++\na = 1\n+++\n", lambda text: tomllib.loads(text[4:-4])),
        (b'{"a": 1}\n', json.loads),
    ],
    ids=["PyYAML", "YAML 1.2", "tomllib", "json"],
)
def test_parsers_read_10000_hostile_values_as_they_were_written(source, read):
    every = values()
    for start in range(0, COUNT, 50):
        part = every[start : start + 50]
        changes = {f"v{index}": value for index, value in enumerate(part)}
        found = read(made(source, changes).decode())
        assert found == {"a": 1} | {key: fields_yaml.settled(value) for key, value in changes.items()}


@pytest.mark.parametrize(
    "source",
    [
        b"---\na: 1\nm: {x: 1}\n---\nB\n",
        b"+++\na = 1\n[m]\nx = 1\n+++\nB\n",
        b'{"a": 1, "m": {"x": 1}}\nB\n',
        b"B\n",
    ],
    ids=["yaml", "toml", "json", "none"],
)
def test_hugo_reads_10000_hostile_values_as_they_were_written(hugo, tmp_path, source):
    every = values()
    posts, wanted = {}, {}
    for start in range(0, COUNT, 50):
        part = every[start : start + 50]
        changes = {f"{'m.' * (index % 3 == 1)}v{index}": value for index, value in enumerate(part)}
        changes |= {"list": part[:5], "map": {"k": part[5]}}
        posts[f"p{start}"] = made(source, changes)
        wanted[f"p{start}"] = [fields_yaml.settled(value) for value in part]
    for name, found in read_by_hugo(hugo, tmp_path, posts).items():
        assert [found["m"][f"v{i}"] if i % 3 == 1 else found[f"v{i}"] for i in range(50)] == wanted[name]
        assert (found["list"], found["map"]["k"]) == (wanted[name][:5], wanted[name][5])


STYLES = {
    "yaml": ("k: Hello", "k: 'Hello'", 'k: "Hello"', "k: |\n  Hello", "k: >-\n  Hello", "k: [Hello]", "k:\n  - Hello"),
    "toml": ('k = "Hello"', "k = 'Hello'", 'k = """Hello"""', "k = '''\nHello'''"),
}


@pytest.mark.parametrize(("syntax", "fence"), [(yaml, "---"), (toml, "+++")], ids=["yaml", "toml"])
def test_hugo_reads_10000_hostile_translations_as_they_were_written(hugo, tmp_path, syntax, fence):
    styles = STYLES[syntax.__name__.rpartition(".")[2]]
    lines, wanted = {}, {}
    for index, value in enumerate(values()):
        source = (styles[index % len(styles)] + "\n").encode()
        (segment,) = syntax.segments(source, 0, len(source), EVERY)[0]
        quoted = syntax.quote(source, segment, value or "x")
        text = (source[: segment.start] + quoted + source[segment.end :]).decode()
        post, key = f"p{index // 50}", f"k{index % 50}"
        lines[post] = lines.get(post, "") + text.replace("k", key, 1)
        wanted.setdefault(post, {})[key] = syntax.unquote(source, segment, quoted)
    posts = {name: f"{fence}\n{text}{fence}\nB\n".encode() for name, text in lines.items()}
    for name, found in read_by_hugo(hugo, tmp_path, posts).items():
        for key, text in wanted[name].items():
            value = found[key][0] if isinstance(found[key], list) else found[key]
            assert isinstance(value, str)
            assert value.strip() == text


READ = """\
import copy, json, sys, tempfile, os
from pelican.readers import MarkdownReader
from pelican.settings import DEFAULT_CONFIG
from pelican.tools.pelican_import import build_markdown_header
said = json.load(sys.stdin)
headers = [build_markdown_header(*each) for each in said["headers"]]
settings = copy.deepcopy(DEFAULT_CONFIG)
path = os.path.join(tempfile.mkdtemp(), "post.md")
def read(text):
    with open(path, "wb") as stream:
        stream.write(text.encode())
    body, found = MarkdownReader(settings).read(path)
    return body, {key: list(map(str, each)) if isinstance(each, list) else str(each) for key, each in found.items()}
json.dump({"headers": headers, "read": [read(each) for each in said["posts"]]}, sys.stdout)
"""


def asked_of_pelican(headers=(), posts=()):
    """Headers as Pelican's own importer writes them, and posts (body, fields) as its reader reads them."""
    python = TOOLS / "bin" / "python"
    if not Path(python).exists() or subprocess.run([python, "-c", "import pelican"], check=False).returncode:
        pytest.skip("skipped: pelican is not installed: `make test-sites` installs what can be had")
    said = json.dumps({"headers": list(headers), "posts": list(posts)})
    done = subprocess.run([python, "-c", READ], input=said.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    return found["headers"], found["read"]


def test_law_4_holds_for_each_change_of_300_headers_that_pelican_wrote():
    randomness = random.Random(3)

    def words(most):
        return " ".join(randomness.choice(WORDS) for _ in range(randomness.randint(1, most)))

    wishes = [
        (
            words(8),
            randomness.choice([None, "2024-05-06", "2024-05-06 10:20"]),
            randomness.choice([None, "Ann", "Ann, Bob", "Ann; Bob, Jr."]),
            randomness.choice([None, ["News"], ["A", "B"]]),
            randomness.choice([None, ["x"], ["x", "y z", "ё"]]),
            randomness.choice([None, "my-slug", "caf-é"]),
            randomness.choice([None, "draft", "published", "hidden"]),
            randomness.choice([None, ["a.png", "b.pdf"]]),
        )
        for _ in range(300)
    ]
    headers, _ = asked_of_pelican(headers=wishes)
    tries = []
    for number, header in enumerate(headers):
        text = header[:-1] + (f"Summary: {words(6)}\n    {words(5)}\n" if number % 3 == 0 else "") + "\n"
        text = "\ufeff" * (number % 10 == 0) + text.replace("\n", "\r\n" if number % 5 == 0 else "\n")
        source = f"{text}Body *text*.\n".encode()
        own = fields.read(source, PELICAN)
        changes = [{"lang": "tg", "slug": "s-l", "l10n": {"source": "a.md", "hash": "3f9c", "percent": 83}}]
        changes += [{key: DROP} for key in own] + [{"note": value} for value in randomness.sample(HOSTILE, 4)]
        changes += [{"title": randomness.choice(HOSTILE)}, {"tags": ["маориф", "big data"]}]
        tries += [(source, each, made(source, each, PELICAN)) for each in changes]
    sources = {source: None for source, _, _ in tries}
    posts = [each.decode() for each in (*sources, *(after for _, _, after in tries))]
    _, read = asked_of_pelican(posts=posts)
    before = dict(zip(sources, read, strict=False))
    assert len(tries) > 3000
    for (source, changes, _), (body, found) in zip(tries, read[len(sources) :], strict=True):
        old_body, old = before[source]
        assert body == old_body
        wanted = fields_pelican.flat(changes)
        for key in {*old, *found}:
            if key not in wanted:
                assert found.get(key) == old.get(key), (changes, key)
            elif wanted[key] is DROP:
                assert key not in found
            elif key not in ("title", "tags"):  # Pelican makes objects of these
                assert found.get(key, "") == fields_pelican.settled(wanted[key])
