"""Laws 1 to 6 on Markdown: generated posts, generated translations, other people's content, the CommonMark examples."""

import json
import os
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tarjuma import formats, laws, splice
from tarjuma.model import Document, Options
from tests.laws import CORPORA, EXAMPLES, needs_corpora

OPTIONS = Options()
ORACLE = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SPEC = Path(os.environ.get("TARJUMA_SPEC", Path(__file__).parents[1] / ".venv" / "commonmark.json"))

SOME = ["Салом", "дунё", "text", "one", "мактаб", "`code`", "**bold**", "[link](/a)", "&", "https://a.org"]
WORDS = st.lists(st.sampled_from(SOME), min_size=1, max_size=6).map(" ".join)
HAZARDS = st.sampled_from(
    [
        "# ", "## ", "- ", "* ", "+ ", "1. ", "12) ", "> ", "    ", "\t", "|", " | ", "\n", "\n\n", "```", "~~~", "---",
        "***", "===", "\n---\n", "\n===\n", ": ", "'", '"', "\\", "`", "``", "<", "<b>", "</div>", "<!--", "-->", "<?",
        "{{ x }}", "{% y %}", "{#", "#}", "{: .x}", "[x]: /u", "[ ] ", "[!NOTE]", "[^1]: ", "![", "](",
        "](javascript:x)",
        "<javascript:x>", "$$", "!!! note\n", '=== "x"', ":::", "&", "&amp;", "#", " #", "{#id}", "\u00a0", "\u2028",
        "\u200b", "\ufeff", "\x85", "\x0c", "\r", "\r\n", "\0", "]", "[", "(", ")", "_", "*", "~~", "import x", "+++",
    ]
)  # fmt: skip
TARGETS = st.lists(st.one_of(HAZARDS, WORDS, st.text(max_size=4)), max_size=8).map("".join)
LEAVES = st.one_of(
    WORDS.map(lambda text: text),
    WORDS.map(lambda text: f"# {text}"),
    WORDS.map(lambda text: f"### {text} ###"),
    WORDS.map(lambda text: f"{text}\n==="),
    st.tuples(WORDS, WORDS).map(lambda texts: "{}\n{}".format(*texts)),
    st.tuples(WORDS, WORDS).map(lambda texts: "{}  \n{}\\\nend".format(*texts)),
    st.tuples(WORDS, WORDS).map(
        lambda texts: "| {} | {} |\n|---|:-:|\n| a | {} |".format(*(t.replace("|", "") for t in texts), "b")
    ),
    WORDS.map(lambda text: f"<div>\n{text}\n</div>"),
    WORDS.map(lambda text: f"```\n{text}\n```"),
    WORDS.map(lambda text: f'[{text.split()[0].strip("`*[")}x]: /u "{text.replace(chr(34), "")}"'),
    st.just("***"),
    st.just("{% include x.html %}"),
)


def indented(block: str, first: str, others: str) -> str:
    lines = block.split("\n")
    return "\n".join([first + lines[0], *(others + line if line else others.rstrip() for line in lines[1:])])


BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda blocks: indented("\n\n".join(blocks), "> ", "> ")),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda items: "\n".join(indented(item, "- ", "  ") for item in items)
        ),
        st.lists(inner, min_size=1, max_size=2).map(
            lambda items: "\n\n".join(indented(item, "1. ", "   ") for item in items)
        ),
    ),
    max_leaves=6,
)
POSTS = st.tuples(
    st.sampled_from(["", "---\ntitle: A title\ndate: 2024-01-01\n---\n\n"]), st.lists(BLOCKS, min_size=1, max_size=4)
).map(lambda parts: parts[0] + "\n\n".join(parts[1]) + "\n")


def parsed(text: str) -> Document:
    return formats.parse(text.encode("utf-8", "surrogatepass"), "post.md", OPTIONS)


def tree(source: bytes) -> list[str]:
    """The block tree that markdown-it-py sees, without front matter."""
    text = source.decode()
    body = text.split("\n---\n", 1)[1] if text.startswith("---\ntitle") else text
    return [
        f"{token.type} {token.tag} {token.level}"
        for token in ORACLE.parse(body)
        if token.type not in ("inline", "html_block")
    ]


@settings(max_examples=EXAMPLES, deadline=None)
@given(POSTS)
def test_no_translation_changes_no_byte(text: str) -> None:
    document = parsed(text)
    assert splice.compile(document, lambda segment: None).source == document.source
    assert splice.compile(document, lambda segment: segment.key.text).source == document.source


@settings(max_examples=EXAMPLES, deadline=None)
@given(POSTS, st.data())
def test_any_translation_reads_back_and_keeps_the_block_tree(text: str, data: st.DataObject) -> None:
    document = parsed(text)
    targets = {index: data.draw(TARGETS) for index in range(len(document.segments))}
    order = {id(segment): index for index, segment in enumerate(document.segments)}
    compiled = splice.compile(document, lambda segment: targets[order[id(segment)]])
    after = formats.parse(compiled.source, "post.md", OPTIONS)
    assert [(s.kind, s.key.context) for s in after.segments] == [(s.kind, s.key.context) for s in document.segments]
    assert after.shape == document.shape
    for index, segment in enumerate(after.segments):
        replacement = compiled.replacements.get(index)
        old = document.segments[index]
        assert segment.key.text == (
            old.key.text if replacement is None else formats.unquote(document, old, replacement)
        )
    assert tree(compiled.source) == tree(document.source)


@settings(max_examples=EXAMPLES, deadline=None)
@given(POSTS, TARGETS, st.integers(0, 50))
def test_replacing_one_segment_leaves_every_byte_outside_it(text: str, target: str, which: int) -> None:
    document = parsed(text)
    if not document.segments:
        return
    chosen = document.segments[which % len(document.segments)]
    compiled = splice.compile(document, lambda segment: target if segment is chosen else None)
    assert compiled.source.startswith(document.source[: chosen.start])
    assert compiled.source.endswith(document.source[chosen.end :])


@settings(max_examples=EXAMPLES, deadline=None)
@given(TARGETS)
def test_escaping_twice_is_escaping_once(target: str) -> None:
    document = parsed("Words **and** [more](https://a.org)\n\n- item\n\n| head |\n|---|\n| cell |\n\n# Title\n")
    for segment in document.segments:
        once = formats.unquote(document, segment, formats.quote(document, segment, target))
        assert formats.unquote(document, segment, formats.quote(document, segment, once)) == once


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_any_text_at_all_is_a_post_with_ascending_disjoint_segments(text: str) -> None:
    document = parsed(text)  # Document asserts law 5
    assert splice.compile(document, lambda segment: segment.key.text).source == document.source
    compiled = splice.compile(document, lambda segment: "Ҷ " + segment.key.text)
    assert len(formats.parse(compiled.source, "post.md", OPTIONS).segments) == len(document.segments)


def corpus_files() -> list[Path]:
    return sorted(
        path for path in CORPORA.rglob("*.m*") if path.suffix in (".md", ".markdown") and "po" not in path.parts
    )


@needs_corpora
def test_other_peoples_posts_come_back_byte_for_byte() -> None:
    for path in corpus_files():
        document = formats.parse(path.read_bytes(), path.name, OPTIONS)
        compiled = splice.compile(document, lambda segment: segment.key.text)
        assert compiled.source == document.source, path


SETTINGS = [
    OPTIONS, OPTIONS, OPTIONS, Options(width=72), Options(width=-1), Options(code_comments=True),
    Options(keys=("**",)), Options(dialects=frozenset()),
]  # fmt: skip


@needs_corpora
@pytest.mark.parametrize("part", range(8))
def test_other_peoples_posts_survive_pseudo_and_hostile_translations(part: int) -> None:
    files = corpus_files()
    for path in random.Random(part).sample(files, 12):
        result = laws.examine(path.read_bytes(), path.name, SETTINGS[part])
        assert result.breaches == ()
        assert result.pseudo_written == result.segments
        assert sum(result.hostile.values()) >= 0.98 * result.segments * len(laws.HOSTILE)


@pytest.mark.skipif(not SPEC.is_file(), reason="skipped: no CommonMark examples (make test fetches them)")
def test_the_examples_of_the_commonmark_specification_obey_the_laws() -> None:
    for example in json.loads(SPEC.read_text("utf-8")):
        result = laws.examine(example["markdown"].encode(), "example.md", OPTIONS)
        assert result.breaches == (), example


CODE_ONLY = {
    "code": r"(?:`+[^`]*`+[\s,.;:/|&+-]*)+",
    "shortcode": r"(?:\{\{.*?\}\}|\{%.*?%\})(?:\s*(?:\{\{.*?\}\}|\{%.*?%\}))*",
    "address": r"<?(?:https?://|mailto:)\S+>?|\[https?://[^\]]*\]\([^)]*\)",
    "definition": r"\[[^\]]+\]:\s*\S+(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?",
    "id": r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d(?:[T ][\d:.+-]+Z?)?|\d+",
}


@needs_corpora
def test_no_message_is_only_code_an_address_or_an_id() -> None:
    patterns = {name: re.compile(pattern, re.DOTALL) for name, pattern in CODE_ONLY.items()}
    found = []
    for path in corpus_files():
        document = formats.parse(path.read_bytes(), path.name, OPTIONS)
        for segment in document.segments:
            found += [
                (path.name, name, segment.key.text)
                for name, pattern in patterns.items()
                if pattern.fullmatch(segment.key.text)
            ]
    assert found == []
