"""HTML: which text is found, and that no translation changes anything but its own place."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tarjuma.errors import SourceError
from tarjuma.formats import html as posts
from tarjuma.model import Options
from tarjuma.syntax import html, inline
from tarjuma.syntax.tags import RAW, tags
from tests.laws import CORPORA, EXAMPLES, needs_corpora

PLAIN = Options()
CLASSIC = Options(wp_classic=True)


def found(source, options=PLAIN, **more):
    segments, _ = html.segments(source.encode(), 0, len(source.encode()), options, **more)
    return [(segment.kind, segment.key.text) for segment in segments]


SEGMENTS = [
    ("<p>One <em>two</em> three</p>", [("paragraph", "One <em>two</em> three")]),
    ("<p>One\n   two\r\n three</p>", [("paragraph", "One two three")]),
    ("<h2>A</h2><ul><li>B</li></ul><td>C</td>", [("heading", "A"), ("list item", "B"), ("table cell", "C")]),
    ("<blockquote>Q</blockquote><summary>S</summary>", [("quote", "Q"), ("summary", "S")]),
    ("<p> Text <br></p>", [("paragraph", "Text")]),
    ("<p>123</p><p>&nbsp;</p><p>https://a.b/c</p><p><code>x</code></p>", []),
    ("<script>let a = '<p>no</p>'</script><style>p{}</style><pre>no</pre><svg><text>no</text></svg>", []),
    ("<textarea>no</textarea><!-- no --><![CDATA[ no ]]><!doctype html>", []),
    ("<script>no</p>", []),
    ('<img alt="A cat" src="x.png">', [("alt", "A cat")]),
    ("<img alt=Cat src=x>", [("alt", "Cat")]),
    ('<p>See <img alt="A cat"> here</p>', [("paragraph", 'See <img alt="A cat"> here')]),
    ('<input placeholder="Name" value="no"><div title="T" aria-label="L">x</div>', [
        ("placeholder", "Name"), ("title", "T"), ("aria-label", "L"), ("text", "x"),
    ]),
    ('<div caption="no" data-title="no" class="title"></div>', []),
    ('<title>My page</title>', [("title", "My page")]),
    ('<meta name="description" content="About">', [("description", "About")]),
    ('<meta content="T" property="og:title"><meta name="author" content="no">', [("title", "T")]),
    ('<link rel="x" title="no">', []),
    ('<a href="x"><div>Inside</div></a>', [("text", "Inside")]),
    ("<b>Before<div>Inside</div>after</b>", [("text", "Before"), ("text", "Inside"), ("text", "after")]),
    ("Click <Icon name='x'/> now", [("text", "Click <Icon name='x'/> now")]),
    ("Click <button>OK</button>!", [("text", "Click <button>OK</button>!")]),
    ("<button>OK</button>\n<button>No</button>", [("button", "OK"), ("button", "No")]),
    ("<Tabs>\n<Tab label='First' icon={<I x='>'/>}>Text</Tab>\n</Tabs>", [("label", "First"), ("text", "Text")]),
    ('<Card title={"no"} caption="Yes" />', [("caption", "Yes")]),
    ("<>\nText\n</>", [("text", "Text")]),
    ("<p>Unclosed <p>twice", [("paragraph", "Unclosed"), ("paragraph", "twice")]),
    ('<p title="never closed>text</p>', []),
    ("<p>5 < 6 & 7 > 2 things</p>", [("paragraph", "5 < 6 & 7 > 2 things")]),
    ("<p>Hi {{ name }}!{% if x %}More{% else %}Less{% endif %}</p>", [
        ("paragraph", "Hi {{ name }}!"), ("paragraph", "More"), ("paragraph", "Less"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), SEGMENTS)
def test_text_between_tags_is_found(source, expected):
    assert found(source) == expected


def test_a_description_has_a_limit():
    source = b'<meta name="description" content="About us">'
    segments, _ = html.segments(source, 0, len(source), PLAIN)
    assert segments[0].limit == 160


def test_quote_markers_of_the_container_are_no_text():
    assert found("<p>One\n> > two\n> three</p>", depth=2) == [("paragraph", "One two three")]
    assert found("<p>5\n> 3 cats</p>") == [("paragraph", "5 > 3 cats")]


def test_hidden_code_ends_a_text_and_letters_do_not():
    source = b"<p>Hi {{ a }} all {# no #} end</p>"
    text = b"<p>Hi xxxxxxx all          end</p>"
    segments, _ = html.segments(source, 0, len(source), PLAIN, text=text)
    assert [segment.key.text for segment in segments] == ["Hi {{ a }} all", "end"]


WORDPRESS = [
    ("First line\nstill\n\nSecond", ["First line still", "Second"]),
    ("<!-- wp:paragraph -->\nText\n<!--more-->\nRest", ["Text", "Rest"]),
    ("[gallery ids='1,2']\n\nText", ["Text"]),
    ("[caption id='a' width='3']<img alt='Cat' src='x'> A cat[/caption]", ["<img alt='Cat' src='x'> A cat"]),
]


@pytest.mark.parametrize(("source", "expected"), WORDPRESS)
def test_classic_wordpress_posts_have_paragraphs_without_tags(source, expected):
    assert [text for _, text in found(source, CLASSIC)] == expected


def test_a_translation_calls_no_wordpress_shortcode():
    source = b"Text [b]"
    [segment], _ = html.segments(source, 0, len(source), CLASSIC)
    assert html.quote(source, segment, "[evil x] [b]") == b"&#91;evil x] [b]"


QUOTED = [
    ("<p>One</p>", "Один\n\nдва", "Один два"),
    ("<p>One</p>", " <b>x</b> ", "&lt;b>x&lt;/b>"),
    ("<p><b>One</b></p>", "<b>Один</b>", "<b>Один</b>"),
    ("<p>R&amp;D</p>", "R&D и &amp; & &copy;", "R&amp;D и &amp; &amp; &copy;"),
    ("<p>One</p>", "5 < 6", "5 &lt; 6"),
    ("<p>One</p>", "{{ x }}", "&#123;&#123; x }}"),
    ("<p>One</p>", "`x`", "&#96;x&#96;"),
    ('<img alt="Cat">', 'a "b" <c> & d', '"a &quot;b&quot; &lt;c> &amp; d"'),
    ("<img alt='Cat'>", "it's", "'it&#39;s'"),
    ("<img alt=Cat>", "Кот и пёс", '"Кот и пёс"'),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "expected"), QUOTED)
def test_a_target_is_quoted_for_its_place(source, target, expected):
    [segment], _ = html.segments(source.encode(), 0, len(source), PLAIN)
    assert html.quote(source.encode(), segment, target).decode() == expected


FRAGMENTS = [
    "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", '<a href="x">', "</a>", "<br>", '<img src=x alt="A cat">',
    "<img alt=Cat>",
    "<code>", "</code>", "<Foo>", "</Foo>", '<Foo title="t t"/>', "<button>", "</button>", "<!-- c -->", "<pre>",
    "</pre>",
    "<li>", "<h1>", "text ", "more", "\n", "  ", "\n\n", "\r\n", "5 ", "&amp;", "&", "<", ">", "{{ x }}",
    "{% if a %}", "`",
    '"', "'", '<input placeholder="p q">', "я", "[x]", "{", "}", "<script>", "</script>", "https://a.b", "<b", '<a b="',
    "<>",
]  # fmt: skip
WELL_FORMED = [
    "<p>One <b>two</b> three</p>", '<div title="T t">x</div>', "<ul><li>One</li>\n<li>Two <code>x</code></li></ul>\n",
    "<img alt=Cat>", "<h1>Head</h1>", "Click <Icon/> here.\n", "<!-- c -->", "<pre>code</pre>",
    "<script>let x</script>",
    "<td>One\n  two</td>", '<Card title="Some">text</Card>\n', "Text {{ x }} text<hr>",
    "<p>{% if a %}yes{% endif %}</p>",
]  # fmt: skip
HOSTILE = [
    "# я", "- я", "    я", "я | я", "a\nb\n\nc", "```\nя\n```", "---\nя", "я: \"я\" 'q'", "{{ x }} я", "<b>я</b>",
    "я \\",
    "<script>x</script> я", "<!-- я", "я -->", "&я; & b", "<a onclick=x>я", "я</div>", "<br>я<br>", "<я>",
    "a <b c", "я{% if %}",
    "я{", "[я](javascript:x)", "я<", 'x="я>', "я'", "\u00a0я", "я]]>", "<?я", "<p>я</p>",
]  # fmt: skip
DOCUMENTS = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)
TARGETS = (
    st.sampled_from(HOSTILE) | st.text(max_size=20) | st.lists(st.sampled_from(FRAGMENTS), max_size=5).map("".join)
)


@given(DOCUMENTS | st.text(max_size=60), st.sampled_from([PLAIN, CLASSIC]))
@settings(max_examples=EXAMPLES, deadline=None)
def test_segments_ascend_and_identity_changes_no_byte(text, options):
    source = text.encode("utf-8", "replace")
    segments, shape = html.segments(source, 0, len(source), options)
    cursor, parts = 0, []
    for segment, before in zip(segments, shape, strict=False):
        assert cursor <= segment.start < segment.end
        own = html.quote(source, segment, segment.key.text)
        assert html.unquote(source, segment, own) == segment.key.text
        parts += [before, own]
        cursor = segment.end
    assert b"".join([*parts, shape[-1]]) == source


@given(st.lists(st.sampled_from(WELL_FORMED), min_size=1, max_size=6).map("".join), st.sampled_from(HOSTILE), st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_hostile_translation_is_read_back_as_text(text, target, data):
    source = text.encode()
    segments, shape = html.segments(source, 0, len(source), PLAIN)
    if not segments:
        return
    index = data.draw(st.integers(0, len(segments) - 1))
    segment = segments[index]
    quoted = html.quote(source, segment, target)
    compiled = source[: segment.start] + quoted + source[segment.end :]
    again, shape_again = html.segments(compiled, 0, len(compiled), PLAIN)
    assert shape_again == shape
    assert [s.kind for s in again] == [s.kind for s in segments]
    assert again[index].key.text == html.unquote(source, segment, quoted)
    assert [s.key for s in again if s is not again[index]] == [s.key for s in segments if s is not segment]


@given(DOCUMENTS, TARGETS)
@example("<p>x</p>", "<b<script>")
@example('text <b<p><img src=x alt="A cat">', "<P>")
@settings(max_examples=EXAMPLES, deadline=None)
def test_what_is_quoted_brings_no_element_along(text, target):
    source = text.encode()
    segments, _ = html.segments(source, 0, len(source), PLAIN)
    for segment in segments[:2]:
        if target == segment.key.text:
            continue
        written = html.unquote(source, segment, html.quote(source, segment, target))
        assert _elements(written) <= _elements(segment.key.text)


def _elements(text):
    names = set()
    reader = HTMLParser(convert_charrefs=False)
    reader.handle_starttag = lambda name, _: names.add(name)
    reader.feed(text + " >")
    return names


@pytest.mark.parametrize("piece", [
    "<", "<!--", '"', '<a b="', "<div>", "</p>", "<Foo>", "<Foo/>", "<b>x", "<pre>", "<a b={", "<![CDATA[", "{{",
    "{% if", "<br>",
])  # fmt: skip
def test_twenty_thousand_of_anything_are_read(piece):
    source = ("<p>x " + piece * 20_000).encode()
    segments, shape = html.segments(source, 0, len(source), PLAIN)
    assert len(shape) == len(segments) + 1


class _Runs(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.runs = [""]
        self.raw = None

    def handle_starttag(self, tag, attrs):
        self.runs.append("")
        if self.raw is None and tag.encode() in RAW:
            self.raw = tag

    def handle_endtag(self, tag):
        self.runs.append("")
        if tag == self.raw:
            self.raw = None

    def handle_comment(self, data):
        self.runs.append("")

    handle_decl = handle_pi = unknown_decl = handle_comment

    def handle_startendtag(self, tag, attrs):
        self.runs.append("")

    def handle_data(self, data):
        if self.raw is None:
            self.runs[-1] += data

    def handle_entityref(self, name):
        self.handle_data("&" + name)

    def handle_charref(self, name):
        self.handle_data("&#" + name)


def _theirs(source):
    reader = _Runs()
    reader.feed(source)
    reader.close()
    return [run.replace(";", "") for run in reader.runs if run.strip()]


def _ours(source):
    raw, cursor, runs = source.encode(), 0, []
    for tag in tags(raw, 0, len(raw)):
        runs.append(raw[cursor : tag.start])
        cursor = tag.end
    runs.append(raw[cursor:])
    return [run.decode().replace(";", "") for run in runs if run.strip()]


@pytest.mark.parametrize("source", [
    "<p>a<b c='>'>d</b> & e &amp; f</p>", "<a b=c/>x", "<p/>x", "a < b <1> c", "<!-- a > b -->c",
    "<!DOCTYPE html>x", "<?php a ?>x",
    "<script>a < b</script>x", "<A B>x</A >y", "<pre>a<b>c</b></pre>d",
])  # fmt: skip
def test_text_runs_are_those_of_the_standard_library(source):
    assert _ours(source) == _theirs(source)


@needs_corpora
def test_text_runs_of_the_corpora_are_those_of_the_standard_library():
    import pyromark

    blocks = 0
    for path in sorted(CORPORA.rglob("*.md"))[::4]:
        raw = path.read_bytes().replace(b"\r\n", b"\n")
        for event, span in pyromark.events_with_range(raw.decode(), options=pyromark.Options.ENABLE_TABLES):
            if isinstance(event, dict) and event.get("Start") == "HtmlBlock":
                block = raw[span["start"] : span["end"]].decode()
                assert _ours(block) == _theirs(block), path
                blocks += 1
    assert blocks > 100


POST = """---
title: Hello
layout: post
---
{% include head.html %}
<h1>{{ page.title }}</h1>
<!-- l10n: comment: a greeting -->
<p>Dear {{ name }}, welcome!</p>
{% comment %}<p>no</p>{% endcomment %}
<ul>{% for x in y %}<li class="{% if z %}a{% endif %}">Item {{ x }}</li>{% endfor %}</ul>
<!-- l10n: off --><p>not this</p><!-- l10n: on -->
<p>{{ content }}</p>
{% if a < b %}<p>Last</p>{% endif %}
"""


def test_a_post_with_front_matter_and_template_code():
    document = posts.parse(POST.encode(), "a.html", PLAIN)
    texts = [segment.key.text for segment in document.segments]
    assert texts == ["Hello", "Dear {{ name }}, welcome!", "Item {{ x }}", "Last"]
    assert document.segments[1].note == "a greeting"


def test_a_bad_byte_is_an_error_that_names_its_place():
    with pytest.raises(SourceError, match="byte 3"):
        posts.parse(b"<p>\xff</p>", "a.html", PLAIN)


def test_template_code_is_masked_at_the_same_length():
    source = b"a {{ b }} c\n{% d %}\n  {{ e }}  \n{# f #}g{% raw %}<p>{% endraw %}{{ never"
    text = posts.masked(source)
    assert text == b"a xxxxxxx c\n       \n           \n       g" + b" " * 24 + b"{{ never"


def test_twenty_thousand_openers_are_masked():
    for piece in (b"{{", b"{%", b"{% raw %}", b"{{ x }} ", b"{# #}\n"):
        assert len(posts.masked(piece * 20_000)) == len(piece) * 20_000


DIRECTIVES = [
    ("<!-- l10n: off --><p>no</p><!-- l10n: on --><p>yes</p>", [("yes", None, "", False)]),
    ("<!-- mdpo-disable --><p>no</p><!-- mdpo-enable --><p>yes</p>", [("yes", None, "", False)]),
    ("<!-- i18n:skip-start --><p>no</p><!-- i18n:skip-end --><p>yes</p>", [("yes", None, "", False)]),
    ("<!-- l10n: skip --><p>no</p><p>yes</p>", [("yes", None, "", False)]),
    ("<!-- mdpo-disable-next-line --><p>no</p><p>yes</p>", [("yes", None, "", False)]),
    ("<!-- i18n:skip --><p>no</p><p>yes</p>", [("yes", None, "", False)]),
    ("<!-- l10n: off --><!-- mdpo-enable-next-line --><p>yes</p><p>no</p>", [("yes", None, "", False)]),
    ("<!-- l10n: comment: A  note --><p>yes</p><p>b</p>", [("yes", None, "A note", False), ("b", None, "", False)]),
    ("<!-- mdpo-translator A note --><p>yes</p>", [("yes", None, "A note", False)]),
    ("<!-- i18n:comment A note --><p>yes</p>", [("yes", None, "A note", False)]),
    ("<!-- l10n: context: verb --><p>yes</p>", [("yes", "verb", "", False)]),
    ("<!-- mdpo-context month --><p>yes</p>", [("yes", "month", "", False)]),
    ("<!-- l10n: no-mt --><p>yes</p><p>b</p>", [("yes", None, "", True), ("b", None, "", False)]),
    ("<!-- l10n: no-mt-start --><p>yes</p><!-- l10n: no-mt-end --><p>b</p>", [
        ("yes", None, "", True), ("b", None, "", False),
    ]),
    ("<!-- l10n: nonsense --><!-- my l10n: off --><p>yes</p>", [("yes", None, "", False)]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), DIRECTIVES)
def test_directives_are_obeyed(source, expected):
    segments = posts.parse(source.encode(), "a.html", PLAIN).segments
    assert [(s.key.text, s.key.context, s.note, s.is_private) for s in segments] == expected


def test_quoting_never_brings_foreign_tokens():
    source = b'<p>One <a href="/x">two</a></p>'
    [segment], _ = html.segments(source, 0, len(source), PLAIN)
    for target in HOSTILE:
        written = html.quote(source, segment, target).decode()
        assert inline.foreign(segment.key.text, written, "html") == []
