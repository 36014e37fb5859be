"""What a translator sees of a Markdown post, and what stays as it is."""

from textwrap import dedent

import pytest

from tarjuma import formats, splice
from tarjuma.errors import SourceError
from tarjuma.model import Document, Options


def parsed(text: str, path: str = "post.md", options: Options | None = None) -> Document:
    return formats.parse(text.encode(), path, options or Options())


def messages(text: str, path: str = "post.md", options: Options | None = None) -> list[str]:
    return [segment.key.text for segment in parsed(text, path, options).segments]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(segment.kind, segment.key.text) for segment in parsed(text).segments]


def compiled(text: str, translations: dict[str, str], path: str = "post.md", options: Options | None = None) -> str:
    document = parsed(text, path, options)
    return splice.compile(document, lambda segment: translations.get(segment.key.text)).source.decode()


BLOCKS = [
    ("# Heading #\n", [("heading", "Heading")]),
    ("## Heading {#id .class}\n", [("heading", "Heading")]),
    ("Heading\n=======\n", [("heading", "Heading")]),
    ("> Two\n> lines\n> -----\n", [("heading", "Two lines")]),
    ("One\nparagraph\n", [("paragraph", "One paragraph")]),
    ("A hard  \nbreak and\\\nanother\n", [("paragraph", "A hard\nbreak and\nanother")]),
    ("- tight\n- list\n", [("list item", "tight"), ("list item", "list")]),
    ("1. loose\n\n2. list\n", [("list item", "loose"), ("list item", "list")]),
    ("- [ ] open task\n- [x] done\n", [("list item", "open task"), ("list item", "done")]),
    ("> quoted\ntext\n", [("quote", "quoted text")]),
    ("> [!NOTE]\n> An alert\n", [("quote", "An alert")]),
    ("> [!tip]+ With a title\n> and text\n", [("quote", "With a title and text")]),
    ("> - nested\n>   item\n", [("list item", "nested item")]),
    (
        "| a head | b |\n|---|---|\n| cell \\| one | `x` |\n",
        [("table cell", t) for t in ("a head", "b", "cell \\| one")],
    ),
    (
        "Text[^1]\n\n[^1]: The footnote\n    goes on\n",
        [("paragraph", "Text[^1]"), ("footnote", "The footnote goes on")],
    ),
    ('[a]: /url "A title"\n\n[Text][a]\n', [("link title", "A title"), ("paragraph", "[Text][a]")]),
    ("![alt text](a.png 'title')\n", [("paragraph", "![alt text](a.png 'title')")]),
    (
        "Term\n:   Definition\n:   Another\n",
        [("paragraph", "Term"), ("list item", "Definition"), ("list item", "Another")],
    ),
    ("\\# No heading\n", [("paragraph", "\\# No heading")]),
    ("- \\- No item\n", [("list item", "\\- No item")]),
    ("A line  with   spaces and `a  code`\n", [("paragraph", "A line with spaces and `a  code`")]),
]


@pytest.mark.parametrize(("text", "expected"), BLOCKS)
def test_a_block_is_one_message_without_its_markers(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


NO_TEXT = [
    "```python\nprint('x')\n```\n",
    "    indented code\n",
    "`only code`\n",
    "**`code`**, `more code`\n",
    "<https://example.org>\n",
    "https://example.org/a\n",
    "[`code`](https://example.org)\n",
    "{{ page.title }}\n",
    "{% include a.html %}\n",
    "![](image.png)\n",
    "2024-05-06\n",
    "42\n",
    "[a]: https://example.org\n",
    "<script>\nvar text = 'words';\n</script>\n",
    "<!-- a comment -->\n",
    "[TOC]\n",
    "* TOC\n{:toc}\n",
    "{: .note}\n",
    "$$\nE = mc^2\n$$\n",
    "{% highlight ruby %}\nputs 'words'\n{% endhighlight %}\n",
    "{% raw %}\nwords\n{% endraw %}\n",
    "{% comment %}\nwords\n{% endcomment %}\n",
    "{{< highlight go >}}\nwords := 1\n{{< /highlight >}}\n",
    "{{#include a.rs}}\n",
    "(my-target)=\n",
    '--8<-- "snippet.md"\n',
    "---\nlayout: post\ndate: 2024-01-01\n---\n",
]


@pytest.mark.parametrize("text", NO_TEXT)
def test_code_addresses_and_template_code_are_no_messages(text: str) -> None:
    assert messages(text) == []


DIALECTS = [
    ("Hugo attributes", "{{< figure src=\"a.png\" caption=\"A \\\"good\\\" map\" >}}\n", ['A "good" map']),
    ("Hugo paired", "{{% note %}}\nProse here\n{{% /note %}}\n", ["Prose here"]),
    ("Hugo glued", "{{< a >}}\nProse here\n{{< /a >}}\n", ["Prose here"]),
    ("Hugo inline", "See {{< ref \"a b.md\" >}} now\n", ["See {{< ref \"a b.md\" >}} now"]),
    ("Liquid lines", "{% if x %}\nProse here\n{% endif %}\n", ["Prose here"]),
    ("Liquid include", "{% include f.html caption=\"A map\" %}\n", ["A map"]),
    ("Liquid assign", "{% assign title = \"No text\" %}\n", []),
    ("Liquid inline", "Raw {% raw %}`{{ x }}`{% endraw %} text\n", ["Raw {% raw %}`{{ x }}`{% endraw %} text"]),
    ("kramdown", "A paragraph\n{: .lead}\n\n- item\n{: #id}\n", ["A paragraph", "item"]),
    ("mkdocs", '!!! note "A title"\n    Body text\n\n    - item\n\nAfter\n', ["A title", "Body text", "item", "After"]),
    ("mkdocs nested", '??? tip\n    One\n\n    !!! note\n        Two\n\n            code\n', ["One", "Two"]),
    ("mkdocs tabs",
     '=== "Linux"\n\n    Text\n\n    ```\n    code\n    ```\n\n=== "Mac"\n\n    More\n',
     ["Linux", "Text", "Mac", "More"]),
    ("PyMdown", "/// note | A title\nBody\n\n//// html | div.x\nInside\n////\n///\n", ["A title", "Body", "Inside"]),
    ("Docusaurus", ":::tip[A title]\n\nBody\n\n:::\n", ["A title", "Body"]),
    ("Docusaurus 2", ":::note A title\nBody\n:::\n", ["A title", "Body"]),
    ("Pandoc", "::: {.warning}\nBody\n:::\n", ["Body"]),
    ("MyST", "```{note} A title\n:class: x\n\nBody\n```\n", ["A title", "Body"]),
    ("MyST code", "```{code-block} python\nprint('no')\n```\n", []),
    ("MyST role", "See {ref}`a label <x>` there\n", ["See {ref}`a label <x>` there"]),
    ("mdBook", "Before\n\n{{#include a.md}}\n\nAfter\n", ["Before", "After"]),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "text", "expected"), DIALECTS)
def test_a_dialect_hides_its_code_and_shows_its_prose(dialect: str, text: str, expected: list[str]) -> None:
    assert messages(text) == expected


def test_mdx_shows_children_and_attributes_of_components() -> None:
    text = dedent("""\
        import Tabs from '@theme/Tabs';
        export const a = {
          b: 'no text',
        };

        <Tabs>
          <TabItem value="x" label="The first">

            Inside **text** {props.name}

            - an item

          </TabItem>
        </Tabs>

        {/* a comment */}

        After
        """)
    assert messages(text, "post.mdx") == ["The first", "Inside **text** {props.name}", "an item", "After"]
    result = compiled(
        text, {"Inside **text** {props.name}": "{hostile} text {props.name} <b>", "The first": 'A "quote"'}, "post.mdx"
    )
    assert "    &#123;hostile&#125; text {props.name} &lt;b>\n" in result
    assert 'label="A &quot;quote&quot;"' in result


@pytest.mark.parametrize(("dialect", "text", "expected"), DIALECTS)
def test_replacing_every_message_of_a_dialect_changes_nothing_else(
    dialect: str, text: str, expected: list[str]
) -> None:
    document = parsed(text)
    result = splice.compile(document, lambda segment: "ҷ" + segment.key.text)
    assert not result.fallbacks
    assert [s.key.text for s in parsed(result.source.decode()).segments] == ["ҷ" + text for text in expected]


QUOTES = [
    ("# A\n", "## B #", "# ## B \\#\n"),
    ("# A\n", "one\ntwo", "# one two\n"),
    ("# A {#x}\n", "B {#y}", "# B &#123;#y} {#x}\n"),
    ("A\n---\n", "- B | c", "\\- B &#124; c\n---\n"),
    ("A\n", "# no heading", "\\# no heading\n"),
    ("A\n", "- no item", "\\- no item\n"),
    ("A\n", "1. no item", "1\\. no item\n"),
    ("A\n", "1986. A year", "1986\\. A year\n"),
    ("A\n", "> no quote", "\\> no quote\n"),
    ("A\n", "    no code", "no code\n"),
    ("A\n", "---", "A\n"),
    ("A\n", "words\n---", "words  \n\\---\n"),
    ("A\n", "```\nno code", "\\`\\`\\`  \nno code\n"),
    ("A\n", "[x]: /y z", "\\[x]: /y z\n"),
    ("A\n", "a\n\n\nb", "a  \nb\n"),
    ("A\n", "b\\", "b\\\\\n"),
    ("A\n", "<div>b</div>", "&lt;div>b&lt;/div>\n"),
    ("A <b>x</b>\n", "<b>y</b> z", "<b>y</b> z\n"),
    ("A\n", "a < b > c", "a < b > c\n"),
    ("A\n", "<!-- b", "&lt;!-- b\n"),
    ("A\n", "{{ b }}", "&#123;&#123; b }}\n"),
    ("A\n", "[b](javascript:c)", "[b]\\(javascript:c)\n"),
    ("- A\n", "[ ] b", "- \\[ ] b\n"),
    ("- A\n- B\n", "x\ny", "- x  \n  y\n- B\n"),
    ("> A\n", "x\ny", "> x  \n> y\n"),
    ("> A\n", "[!NOTE] x", "> \\[!NOTE] x\n"),
    ("1. A\\\n   b\n", "x\ny\nz", "1. x\\\n   y\\\n   z\n"),
    ("| A | b |\n|---|---|\n", "x | y\nz", "| x \\| y z | b |\n|---|---|\n"),
    ("|A|b|\n|---|---|\n", "x\\", "|x&#92;|b|\n|---|---|\n"),
    ("A\n", "| a | b |\n|---|---|", "| a | b |  \n&#124;---|---|\n"),
    ("A\n", "!!! note", "\\!!! note\n"),
    ("A\n", "/// note", "&#47;// note\n"),
    ("> A\nlazy\n", "x\ny\nz", "> x  \ny  \n> z\n"),
    ("A\n", "::: tip", "&#58;:: tip\n"),
    ("A\n", ": no definition", "&#58; no definition\n"),
    ("A\n", "{: .x} y", "&#123;: .x} y\n"),
    ("A\n", "$${: .x}$$", "&#36;&#36;&#123;: .x}&#36;&#36;\n"),
    ("A\n", "$$x$$ y", "&#36;&#36;x&#36;&#36; y\n"),
    ("A\r\n", "x\ny", "x  \r\ny\r\n"),
    ('[a]: /u "A"\n', 'x "y" z', '[a]: /u "x \\"y\\" z"\n'),
    ("A\n", "\u00a0b\u2028c", "\u00a0b\u2028c\n"),
]


@pytest.mark.parametrize(("source", "target", "expected"), QUOTES)
def test_a_translation_is_escaped_where_it_would_change_the_structure(source: str, target: str, expected: str) -> None:
    document = parsed(source)
    assert (
        splice.compile(document, lambda segment: target if segment is document.segments[0] else None).source.decode()
        == expected
    )


def test_a_translation_equal_to_its_source_keeps_the_source_bytes() -> None:
    text = "- A  line\n  wrapped   here  \n  twice\n"
    document = parsed(text)
    assert splice.compile(document, lambda segment: segment.key.text).source.decode() == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_other_messages_and_are_kept(end: str) -> None:
    text = "---\ntitle: A title\n---\n\n# Head\n\nOne\ntwo  \nthree\n\n- item\n  more\n"
    document = parsed(text.replace("\n", end))
    assert [s.key.text for s in document.segments] == messages(text)
    result = splice.compile(document, lambda segment: "ҷ " + segment.key.text).source.decode()
    assert result == "---\ntitle: ҷ A title\n---\n\n# ҷ Head\n\nҷ One two  \nthree\n\n- ҷ item more\n".replace(
        "\n", end
    )


def test_a_byte_order_mark_and_a_missing_final_newline_are_kept() -> None:
    assert compiled("\ufeff---\ntitle: T\n---\nText", {"T": "Т", "Text": "Матн"}) == "\ufeff---\ntitle: Т\n---\nМатн"


def test_a_file_that_is_not_utf_8_is_an_error_with_its_byte() -> None:
    with pytest.raises(SourceError, match="byte 6"):
        formats.parse(b"Text \n\xff", "post.md", Options())


def test_wrapping_a_post_anew_changes_no_message() -> None:
    wide = "> A sentence with `some code`,  two  spaces and [a link](x) that is rather long.\n"
    narrow = "> A sentence with `some\n> code`, two\n> spaces and\n> [a link](x) that is\n> rather long.\n"
    assert messages(wide) == messages(narrow)


def test_a_translation_is_wrapped_at_the_width_that_the_options_say() -> None:
    text = "> One two three four five\n> six.\n"
    result = compiled(text, {"One two three four five six.": "як ду се чор - панҷ шаш ҳафт"}, options=Options(width=16))
    assert result == "> як ду се чор -\n> панҷ шаш ҳафт\n"


def test_headings_and_cells_are_never_wrapped() -> None:
    text = "# One two\n\n| One two |\n|---|\n"
    result = compiled(text, {"One two": "як ду се чор панҷ"}, options=Options(width=10))
    assert result == "# як ду се чор панҷ\n\n| як ду се чор панҷ |\n|---|\n"


def test_comments_in_code_are_messages_where_asked_for() -> None:
    text = "```python\n# A  comment\nx = 1  # no\n```\n"
    assert messages(text, options=Options(code_comments=True)) == ["A comment"]
    assert compiled(text, {}, options=Options(code_comments=True)) == text
    assert messages(text) == []


def test_directives_leave_text_out_and_explain_it() -> None:
    text = dedent("""\
        <!-- l10n: off -->

        Not this

        <!-- l10n: on -->
        <!-- l10n: comment: The name of the office -->

        This
        """)
    document = parsed(text)
    assert [(s.key.text, s.note) for s in document.segments] == [("This", "The name of the office")]
