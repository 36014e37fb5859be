"""Inline tokens: lossless, CommonMark's idea of links and code, and nothing foreign in what is escaped."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma.syntax import foreign, inline
from tarjuma.syntax.inline import Kind
from tests.laws import CORPORA, EXAMPLES, needs_corpora

FRAGMENTS = [
    "a", "слово ", " ", "\n", "  \n", "\\", "\\*", "*", "**", "***", "_", "~~", "~", "`", "``", "[", "]", "![",
    "](", ")",
    "(", "](http://a.b/c_d)", "](/x \"t\")", "](<a b>)", "](javascript:x)", "](&#106;avascript:x)", "](java\tscript:x)",
    "](//evil.example)", "[ref]", "][ref]", "[^1]", "]: data:x", "]:", "<", ">", "<b>", "</b>", "<b", "<br/>", "<!--",
    "-->", "<script>", "</script>", '<a href="x">', "<a href='javascript:x'>", '<b onclick="x">', "</a>", "<?", "<!x>",
    "<https://a.b>", "<javascript:x>", "<m@a.b>", "https://a.b/c.", "www.a.b", "://", "{{", "}}", "{{ x }}", "{%", "%}",
    "{% raw %}", "{#", "#}", "{{< f caption=\"x\" >}}", "{{% n %}}", "{name}", "${x}", "%(n)s", "%s", "%", "{",
    "}", "$",
    "$x$", "$$", "&amp;", "&", "&lt;script&gt;", ":tada:", "{ref}`x`", "[1]", "[/2]", '"', "'", "title=\"x\"",
    "\ufeff", "\0",
    "<img alt='x' src=\"data:x\">", "<Tab label={x}>", "<!-- c -->", "<![CDATA[", "]]>",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)
SYNTAXES = st.sampled_from(["markdown", "html", "yaml"])


@given(TEXTS | st.text(max_size=40))
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_tokens_joined_are_the_text(text):
    for read in (inline.parse, inline.parse_plain):
        tokens = read(text)
        assert inline.render(tokens) == text
        assert [(t.start, t.end) for t in tokens] == _spans([t.text for t in tokens])


@given(TEXTS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_both_ends_of_a_pair_have_one_number_and_nest(text):
    opened = {}
    for token in inline.parse(text):
        if token.pair < 0:
            continue
        opened.setdefault(token.pair, []).append(token.kind)
    assert all(len(kinds) == 2 for kinds in opened.values())


@given(TEXTS, TEXTS, SYNTAXES)
@settings(max_examples=EXAMPLES, deadline=None)
def test_an_escaped_translation_has_nothing_foreign(source, target, syntax):
    once = inline.escaped(source, target, syntax)
    assert inline.foreign(source, once, syntax) == []
    assert inline.escaped(source, once, syntax) == once


PROSE = [
    "",
    " ",
    "ҷумла",
    " word ",
    "javascript",
    "b",
    "/x",
    '"',
    "'",
    "=",
    ":",
    "onclick=",
    "!",
    "&#58;",
    "a b",
    "%",
    "#",
    "\n",
]


@given(TEXTS, st.lists(st.sampled_from(PROSE), min_size=1, max_size=14), SYNTAXES)
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_quick_look_sees_what_the_long_one_sees_in_other_prose(source, prose, syntax):
    pieces = foreign._pieces(source, syntax)
    target = prose[0] + "".join(piece + prose[index % len(prose)] for index, piece in enumerate(pieces))
    if foreign._has_same_code(source, target, syntax):
        assert foreign._judged(source, target, syntax) == ()


@given(TEXTS, st.lists(st.sampled_from(range(14)), max_size=14), SYNTAXES)
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_quick_look_sees_what_the_long_one_sees_in_other_order(source, order, syntax):
    pieces = foreign._pieces(source, syntax) + source.split(" ") + ["javascript", "<b>"]
    target = "".join(pieces[index % len(pieces)] for index in order)
    if foreign._has_same_code(source, target, syntax):
        assert foreign._judged(source, target, syntax) == ()


MOVED = [
    ("[}}](<a b>)", "[}}](<a b>ҷумла)"),
    ("[https://a.b/c.](<a b>)", "[https://a.b/c.](<a b>ҷумла)"),
    ("[](<a b>)", "[](<a b>ҷумла)"),
    ("]: data:x]: data:x<javascript:x>", "]: data:x]:<javascript:x>"),
    ("](a](b)", "](a](javascript:b)"),
    ("{{](<a b>)a#}", "{{](<a b>)#}"),
    ("[x]: /a", "[x]: javascript:y"),
    ('<a title="1>2" href="/x">k</a>', '<a title="1>2" onclick="y">k</a>'),
    ("ftp://a.b", "javascript://a.b"),
    ("<!-- <b> --> x", "<b> x"),
    ("<a b='<script>'>x</a>", "<script>x"),
    ("`<b>`", "<b>"),
    ("{{ f `a` }}", "{{ f `b` }}"),
    ("$\\frac{a}{b}$", "{a}"),
    ("${x}", "{x}"),
    ("]({{ x }}javascript:y) {{ x }}", "](javascript:y) {{ x }} {{ x }}"),
    ("\\<b>", "<b>"),
    ("{% a } b %}", "{% a } c %}"),
    ("\\{% raw %}", "\\{%%}"),
    ("://%(n)s://", "://%()s://"),
    ("https://a.b/c.\\<b>", "https://a.b/c.\\ <b>"),
]


@pytest.mark.parametrize(("source", "target"), MOVED)
def test_parts_of_the_source_are_foreign_where_they_mean_something_else(source, target):
    assert inline.foreign(source, target)


@given(TEXTS, SYNTAXES)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_text_is_never_foreign_to_itself(text, syntax):
    assert inline.foreign(text, text + " ", syntax) == []


def _spans(texts):
    spans, place = [], 0
    for text in texts:
        spans.append((place, place + len(text)))
        place += len(text)
    return spans


K = Kind
TOKENS = [
    ("plain words", []),
    ("a `code` b", [(K.CODE, "`code`")]),
    ("``a ` b`` `", [(K.CODE, "``a ` b``")]),
    ("*a* **b**", [(K.EMPHASIS_OPEN, "*"), (K.EMPHASIS_CLOSE, "*"), (K.EMPHASIS_OPEN, "**"), (K.EMPHASIS_CLOSE, "**")]),
    ("snake_case_name 2 * 3 * 4", []),
    ("~~old~~", [(K.STRIKE_OPEN, "~~"), (K.STRIKE_CLOSE, "~~")]),
    ("[a](b)", [(K.LINK_OPEN, "["), (K.LINK_CLOSE, "](b)")]),
    ("[a](b (c) 'd')", [(K.LINK_OPEN, "["), (K.LINK_CLOSE, "]")]),
    ("[a](b(c)d 'e')", [(K.LINK_OPEN, "["), (K.LINK_CLOSE, "](b(c)d 'e')")]),
    ("[a](<b c> \"d\")", [(K.LINK_OPEN, "["), (K.LINK_CLOSE, '](<b c> "d")')]),
    ("[a]({{ site.url }}/x)", [(K.LINK_OPEN, "["), (K.LINK_CLOSE, "]({{ site.url }}/x)")]),
    ("[a][b] [c][] [d]", [
        (K.LINK_OPEN, "["), (K.LINK_CLOSE, "][b]"), (K.LINK_OPEN, "["), (K.LINK_CLOSE, "][]"),
        (K.LINK_OPEN, "["), (K.LINK_CLOSE, "]"),
    ]),
    ("![a](b)", [(K.IMAGE_OPEN, "!["), (K.IMAGE_CLOSE, "](b)")]),
    ("<https://a.b> <m@a.b>", [(K.AUTOLINK, "<https://a.b>"), (K.AUTOLINK, "<m@a.b>")]),
    ("See https://a.b/c(d), x", [(K.URL, "https://a.b/c(d)")]),
    ("<b>x</b><br>", [(K.TAG_OPEN, "<b>"), (K.TAG_CLOSE, "</b>"), (K.TAG_VOID, "<br>")]),
    ("<Tab label={`x`} /> <!-- c -->", [(K.TAG_VOID, "<Tab label={`x`} />"), (K.COMMENT, "<!-- c -->")]),
    ("{{ a }} {% b %} {{< c >}} {# d #}", [
        (K.TEMPLATE, "{{ a }}"), (K.TEMPLATE, "{% b %}"), (K.TEMPLATE, "{{< c >}}"), (K.TEMPLATE, "{# d #}"),
    ]),
    ("{name} {0} %(n)s %s-ро ${x} 50 % d 100%s", [
        (K.PLACEHOLDER, "{name}"), (K.PLACEHOLDER, "{0}"), (K.PLACEHOLDER, "%(n)s"), (K.PLACEHOLDER, "%s"),
        (K.PLACEHOLDER, "${x}"),
    ]),
    ("&amp; &nope \\* a\nb", [(K.ENTITY, "&amp;"), (K.ESCAPE, "\\*"), (K.BREAK, "\n")]),
    ("from $5 to $10, $x_1$", [(K.MATH, "$x_1$")]),
    ("note[^1] {ref}`x`", [(K.FOOTNOTE, "[^1]"), (K.ROLE, "{ref}`x`")]),
    ("# a {#id}", [(K.TEMPLATE, "{#id}")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_markup_is_recognised(text, expected):
    assert [(t.kind, t.text) for t in inline.parse(text) if t.kind is not K.TEXT] == expected


NO_TEXT = [
    "", "2024-01-31", "`code`", "`a`, `b`", "https://a.b/c", "<https://a.b>", "{{< toc >}}",
    "{% include x.html %}", "![](a.png)",
    "<br>", "<img src=x>", "&nbsp;", ":tada:", "[^1]", "$x$", "{ref}`x`", "[`x`](y)", "[https://a.b](https://a.b)",
    "[x]: https://a.b", "[x]: /a 'b'", "<code>x</code>", "me@a.example", "**42**", "<span></span>", "{{ x }} / {{ y }}",
    "www.a.b",
]  # fmt: skip
TEXT = [
    "Word", "я", "![alt](a.png)", "<img alt='A cat' src=x>", "[a](b)", "`x` is", "Run {{ x }}", "10 MB", "a:b",
    "<b>x</b>", "[Foo]",
    "5 < x", "me@a.example writes",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_TEXT)
def test_code_urls_and_numbers_alone_are_no_text(text):
    assert not inline.is_text(text)


@pytest.mark.parametrize("text", TEXT)
def test_words_are_text(text):
    assert inline.is_text(text)


FOREIGN = [
    ("a", "<b>x</b>", ["<b>", "</b>"]),
    ("a", "`<b>`", []),
    ("`<script>`", "<script>", ["<script>"]),
    ("<b>a</b>", '<b onclick="x">y</b>', ['<b onclick="x">']),
    ('<b onclick="x">a</b>', '<b onclick="y">y</b>', ['<b onclick="y">']),
    ('<img alt="a" src="b.png">', '<img alt="я" src="ru/b.png">', []),
    ('<img alt="a" src="b.png">', '<img alt="я" src="data:x">', ['<img alt="я" src="data:x">']),
    ("<span>a</span>", '<span lang="en">a</span>', []),
    ("[a](/b)", "[а](/ru/b)", []),
    ("[a](http://b)", "[а](https://ru.b)", []),
    ("[a](/b)", "[а](https://b)", ["]("]),
    ("[a](https://b)", "[а](javascript:x)", ["]("]),
    ("[a](/b)", "[а](&#106;avascript:x)", ["]("]),
    ("[a](/b)", "[а](javascript&colon;x)", ["]("]),
    ("[a](/b)", "[а](<java\tscript:x>)", ["]("]),
    ("[a](/b)", "[а](//evil.example)", ["]("]),
    ("[a](/b)", "[x](y](javascript:z)", ["]("]),
    ("a", "[x]: data:y", ["]:"]),
    ("a", "<javascript:x>", ["<javascript:x>"]),
    ("a", "https://b.c", ["https://b.c"]),
    ("a", "www.b.c", ["www.b.c"]),
    ("see https://b.c", "см. https://ru.b.c", []),
    ("a", "{{ x }}", ["{{ x }}"]),
    ("a", "`{{ x }}`", ["{{ x }}"]),
    ("{{ x }}", "{{x }}{{ x }}", ["{{ x }}"]),
    ("{{ x }}", "{{ x }} {{ x }}", ["{{ x }}"]),
    ('{{< f src="a" caption="b" >}}', '{{< f src="a" caption="я" >}}', []),
    ('{{< f src="a" caption="b" >}}', '{{< f src="z" caption="я" >}}', ['{{< f src="z" caption="я" >}}']),
    ("a", "{% raw", ["{%"]),
    ("a", "{x}", ["{x}"]),
    ("a", "<!-- b", ["<!-- b"]),
    ("a", "a < b, a <= b, 1<2", []),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "expected"), FOREIGN)
def test_what_the_source_lacks_is_foreign(source, target, expected):
    assert [token.text for token in inline.foreign(source, target)] == expected


ESCAPED = [
    ("a", "<b>x</b>", "&lt;b>x&lt;/b>"),
    ("a", "x {{ y }}", "x &#123;&#123; y }}"),
    ("a", "[x](javascript:y)", "[x]\\(javascript:y)"),
    ("a", "https://b.c", "https&#58;//b.c"),
    ("a", "5 < 6 & *x*", "5 < 6 & *x*"),
    ("<b>a</b>", "<b>я</b>", "<b>я</b>"),
]


@pytest.mark.parametrize(("source", "target", "expected"), ESCAPED)
def test_foreign_tokens_become_text(source, target, expected):
    assert inline.escaped(source, target) == expected


def test_backticks_hide_nothing_in_html():
    assert [t.text for t in inline.foreign("a", "`<b>`", "html")] == ["<b>"]


def _markdown_it_marks(tokens):
    names = {"link_open": "link", "image": "image", "em_open": "*", "strong_open": "**", "s_open": "~~"}
    for token in tokens:
        if token.type in ("code_inline", "html_inline"):
            yield token.content.strip()
        elif token.type in names:
            yield "<>" if token.info == "auto" else names[token.type]


def _our_marks(text, labels, normal):
    tokens = inline.parse(text)
    closers = {t.pair: t for t in tokens if t.kind in (K.LINK_CLOSE, K.IMAGE_CLOSE)}
    image = None
    for token in tokens:
        if image is not None:
            image = None if token is image else image
        elif token.kind is K.CODE:
            yield token.text.strip("`").replace("\n", " ").strip()
        elif token.kind in (K.TAG_OPEN, K.TAG_CLOSE, K.TAG_VOID, K.COMMENT):
            yield token.text
        elif token.kind is K.AUTOLINK:
            yield "<>"
        elif token.kind in (K.EMPHASIS_OPEN, K.STRIKE_OPEN):
            yield token.text.replace("_", "*")
        elif token.kind in (K.LINK_OPEN, K.IMAGE_OPEN):
            closer = closers[token.pair]
            label = closer.text[2:-1] or text[token.end : closer.start]
            if closer.text.startswith("](") or normal(label) in labels:
                yield "link" if token.kind is K.LINK_OPEN else "image"
                image = closer if token.kind is K.IMAGE_OPEN else None


@needs_corpora
def test_markup_of_the_corpora_is_what_markdown_it_finds():
    from markdown_it import MarkdownIt
    from markdown_it.common.utils import normalizeReference

    reader = MarkdownIt("commonmark").enable(["strikethrough", "table"])
    count = 0
    for path in sorted(CORPORA.rglob("*.md"))[::8]:
        env = {}
        for block in reader.parse(path.read_text(encoding="utf-8"), env):
            # Template code is code to us and text to Markdown.
            if block.type != "inline" or "{{" in block.content or "{%" in block.content:
                continue
            theirs = list(_markdown_it_marks(block.children))
            ours = list(_our_marks(block.content, env.get("references", {}), normalizeReference))
            assert ours == theirs, (path, block.content)
            count += 1
    assert count > 1000
