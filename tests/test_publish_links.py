"""Links of localized posts: text of a page, the site around it, text that is published."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import formats, presets
from tarjuma.model import Options
from tarjuma.publish import applied, lawful, links, targets, undone
from tarjuma.publish.atlas import Landing, plain
from tests.laws import CORPORA, EXAMPLES, needs_corpora
from tests.world import World, world

POSTS = "a.md about.md only.md sub/b.md bundle/index.md"
TRANSLATED = "a.md about.md sub/b.md bundle/index.md"

HUGO = world(
    "hugo", "content", POSTS, TRANSLATED,
    "content/bundle/chart.png content/bundle/map.png content/bundle/map.tg.png content/bundle/plan.png "
    "content/bundle/plan.ru.png static/img/x.png static/img/y.png "
    "static/img/y.tg.png static/d.pdf",
    "https://example.org",
)  # fmt: skip
HUGO_ROWS = [
    # a page that exists, by its path and by its address
    ("a.md", "[x](about.md)", "[x](about.tg.md)"),
    ("a.md", "[x](about.md#top)", "[x](about.tg.md#top)"),
    ("a.md", "[x](sub/b.md?a=1#b)", "[x](sub/b.tg.md?a=1#b)"),
    ("sub/b.md", "[x](../about.md 'title')", "[x](../about.tg.md 'title')"),
    ("sub/b.md", "[x](./../about.md)", "[x](../about.tg.md)"),
    ("a.md", "[x](./about.md)", "[x](./about.tg.md)"),
    ("a.md", "[x](/about.md)", "[x](/about.tg.md)"),
    ("a.md", "[x](bundle/index.md)", "[x](bundle/index.tg.md)"),
    ("a.md", "[x](/about/)", "[x](/tg/about/)"),
    ("a.md", "[x](/about)", "[x](/tg/about)"),
    ("a.md", "[x](/about/index.html)", "[x](/tg/about/index.html)"),
    ("a.md", "[x](/about/?q#f)", "[x](/tg/about/?q#f)"),
    ("a.md", "[x](https://example.org/about/#f)", "[x](https://example.org/tg/about/#f)"),
    ("a.md", "[x](../about/)", "[x](../about/)"),
    ("a.md", "<a href='/about/'>x</a>", "<a href='/tg/about/'>x</a>"),
    ("a.md", "<a href=/about/>x</a>", "<a href=/tg/about/>x</a>"),
    # it does not exist: the source is still reached
    ("a.md", "[x](/only/)", "[x](/only/)"),
    ("a.md", "[x](only.md)", "[x](/only/)"),
    ("a.md", "[x](only.md#f)", "[x](/only/#f)"),
    ("a.md", "[x](only)", "[x](/only/)"),
    ("a.md", "[x](about)", "[x](about)"),
    ("a.md", "[x](../only/)", "[x](../../only/)"),
    ("sub/b.md", "[x](../../only/#f)", "[x](../../../only/#f)"),
    ("a.md", '<a href="../only/">x</a>', '<a href="../../only/">x</a>'),
    # a definition serves all of its references
    ("a.md", "[x][y] [y]\n\n[y]: about.md 'T'\n[z]: <only.md>\n",
     "[x][y] [y]\n\n[y]: about.tg.md 'T'\n[z]: </only/>\n"),
    # images and downloads
    ("bundle/index.md", "![x](chart.png)", "![x](chart.png)"),
    ("bundle/index.md", "![x](map.png)", "![x](map.tg.png)"),
    # Hugo would show the Russian version of a file that has no Tajik one
    ("bundle/index.md", "![x](plan.png?a 't')", "![x](../../bundle/plan.png?a 't')"),
    ("bundle/index.md", "![x](./plan.png)", "![x](../../bundle/plan.png)"),
    ("bundle/index.md", "[x][y]\n\n[y]: plan.png", "[x][y]\n\n[y]: ../../bundle/plan.png"),
    ("bundle/index.md", '{{< figure src="plan.png" >}}', '{{< figure src="plan.png" >}}'),
    ("bundle/index.md", '<img src="chart.png">', '<img src="../../bundle/chart.png">'),
    ("bundle/index.md", '<img src="map.png">', '<img src="map.tg.png">'),
    ("a.md", "![x](/img/x.png)", "![x](/img/x.png)"),
    ("a.md", "![x](/img/y.png)", "![x](/img/y.tg.png)"),
    ("a.md", "![x](../img/x.png)", "![x](../../img/x.png)"),
    ("a.md", "[x](../d.pdf)", "[x](../../d.pdf)"),
    ("a.md", '<img srcset="/img/x.png 1x, /img/y.png 2x">', '<img srcset="/img/x.png 1x, /img/y.tg.png 2x">'),
    ("a.md", '<video poster="../img/y.png">', '<video poster="../../img/y.tg.png">'),
    ("a.md", "[![x](/img/y.png)](about.md)", "[![x](/img/y.tg.png)](about.tg.md)"),
    ("a.md", '{{< figure src="/img/y.png" alt="x" >}}', '{{< figure src="/img/y.tg.png" alt="x" >}}'),
    ("bundle/index.md", '{{< figure src="chart.png" >}}', '{{< figure src="chart.png" >}}'),
    ("a.md", '{{< img "/img/y.png" >}}', '{{< img "/img/y.tg.png" >}}'),
    # front matter
    ("a.md", "---\nimage: /img/y.png\n---\nx", "---\nimage: /img/y.tg.png\n---\nx"),
    ("a.md", "---\nimages:\n  - ../img/x.png # c\n---\nx", "---\nimages:\n  - ../../img/x.png # c\n---\nx"),
    ("a.md", '+++\n[cover]\nimage = "/img/y.png"\n+++\nx', '+++\n[cover]\nimage = "/img/y.tg.png"\n+++\nx'),
    ("a.md", "---\nnext: /about/\n---\nx", "---\nnext: /tg/about/\n---\nx"),
    ("a.md", "---\nslug: about.md\naliases: [/about/]\n---\nx", "---\nslug: about.md\naliases: [/about/]\n---\nx"),
    ("a.md", "---\ntitle: About.md\nkind: about\n---\nx", "---\ntitle: About.md\nkind: about\n---\nx"),
    # the same in other places
    ("a.md", "> - [x](about.md)\n>   [y](only.md)", "> - [x](about.tg.md)\n>   [y](/only/)"),
    ("a.md", "| a |\n|---|\n| [x](about.md) |", "| a |\n|---|\n| [x](about.tg.md) |"),
    ("a.md", "## [x](about.md)\r\n\r\n[y](only.md)\r\n", "## [x](about.tg.md)\r\n\r\n[y](/only/)\r\n"),
    ("a.md", "<div>\n<a href=\"/about/\">x</a>\n</div>", "<div>\n<a href=\"/tg/about/\">x</a>\n</div>"),
]  # fmt: skip

UNTOUCHED = [
    "`[x](about.md)`", "    [x](about.md)", "```\n[x](about.md)\n```", "<!-- [x](about.md) -->",
    "<!-- <a href='/about/'> -->", "{{< ref \"about.md\" >}}", "[x]({{< relref \"/about\" >}})", "{{/* /about/ */}}",
    "```\n{{< figure src=\"/img/y.png\" >}}\n```", "`{{< figure src=\"/img/y.png\" >}}`", "\\[x](about.md)",
    "[x](#about)", "[x]()", "[x](?q)", "[x](mailto:about.md)", "[x](//example.org/about/)",
    "[x](http://other.org/about/)",
    "<https://example.org/about/>", "https://example.org/about/", "[x](/tg/about/)", "[x](about.tg.md)",
    "[x](/nothing/)",
    "[x](nothing.md)", "![x](nothing.png)", "[x](../../../../etc/passwd)", "[x](/about/{{ .X }})", "[x](tel:+1)",
    "[x](/tags/x/)", "<img src=\"{{ .Site.Url }}/img/y.png\">", "about.md", "[about.md]",
    "<pre><a href=\"/about/\">x</a></pre>",
    "[x](javascript:about)", "{% raw %}<a href=\"/about/\">x</a>{% endraw %}",
]  # fmt: skip

MKDOCS = world("mkdocs-folder", "docs/en", POSTS, TRANSLATED, "docs/en/img/x.png docs/en/img/y.png docs/tg/img/y.png")
DOCUSAURUS = world(
    "docusaurus", "docs", "a.md about.md only.md x.mdx sub/c.md sub/only.md", "a.md about.md x.mdx sub/c.md",
    "docs/img/x.png docs/img/y.png docs/img/y.tg.png static/z.png",
)  # fmt: skip
STARLIGHT = world(
    "starlight", "src/content/docs", "a.md about.md only.md x.mdx", "a.md about.md x.mdx",
    "src/assets/x.png public/y.png",
)  # fmt: skip
JEKYLL = world(
    "jekyll", "", "about.md only.md _posts/2024-05-06-hello.md _posts/2024-05-07-other.md",
    "about.md _posts/2024-05-06-hello.md", "assets/x.png assets/y.png assets/y.tg.png",
)  # fmt: skip
POLYGLOT = world(
    "jekyll-polyglot", "", "_posts/2024-05-06-hello.md _posts/2024-05-07-other.md", "_posts/2024-05-06-hello.md",
    "assets/y.png assets/y.tg.png",
)  # fmt: skip
PELICAN = world("pelican", "content", "a.md b.md only.md", "a.md b.md", "content/images/x.png content/images/x.tg.png")
ZOLA = world("zola", "content", "a.md sub/b.md only.md", "a.md sub/b.md", "content/sub/x.png")
ELEVENTY = world("eleventy", "src/en", "posts/a.md posts/b.md only.md", "posts/a.md posts/b.md", "src/img/x.png")

OTHERS: list[tuple[World, str, str, str]] = [
    # another tree of the same shape: paths stay, and MkDocs serves the source where a translation is missing
    (MKDOCS, "a.md", "[x](about.md) [y](only.md) [z](sub/b.md#f)", "[x](about.md) [y](only.md) [z](sub/b.md#f)"),
    (MKDOCS, "a.md", "![x](img/y.png)", "![x](img/y.png)"),
    (DOCUSAURUS, "a.md", "[x](./about.md) [y](only.md)", "[x](./about.md) [y](only.md)"),
    (DOCUSAURUS, "a.md", "![x](./img/x.png)", "![x](../../../../docs/img/x.png)"),
    (DOCUSAURUS, "a.md", "![x](img/y.png)", "![x](../../../../docs/img/y.tg.png)"),
    (DOCUSAURUS, "a.md", "![x](/z.png) [x](/docs/about)", "![x](/z.png) [x](/tg/docs/about)"),
    (DOCUSAURUS, "x.mdx", "import X from './img/x.png'\n\n<Card href=\"/docs/about\">\n\ntext\n\n</Card>\n",
     "import X from './img/x.png'\n\n<Card href=\"/tg/docs/about\">\n\ntext\n\n</Card>\n"),
    (DOCUSAURUS, "a.md", "[x](only.md) [y](/only.md)", "[x](only.md) [y](/only.md)"),
    (DOCUSAURUS, "sub/c.md", "[x](only.md) [y](../only.md)", "[x](/sub/only.md) [y](/only.md)"),
    (DOCUSAURUS, "a.md", "[x](./only.md#f) [y](./about.md)", "[x](/only.md#f) [y](./about.md)"),
    (DOCUSAURUS, "x.mdx", "<img src={require('./img/x.png').default} />",
     "<img src={require('./img/x.png').default} />"),
    (STARLIGHT, "a.md", "![x](../../assets/x.png)", "![x](../../../assets/x.png)"),
    (STARLIGHT, "a.md", "[x](/about/) [y](/only/) [z](../about/)", "[x](/tg/about/) [y](/only/) [z](../about/)"),
    (STARLIGHT, "x.mdx", '<Card href="/about/" />', '<Card href="/tg/about/" />'),
    (JEKYLL, "about.md", "[x](/2024/05/06/hello.html)", "[x](/tg/2024/05/06/hello.html)"),
    (JEKYLL, "about.md", "[x]({{ site.baseurl }}/2024/05/06/hello.html#f)",
     "[x]({{ site.baseurl }}/tg/2024/05/06/hello.html#f)"),
    (JEKYLL, "about.md", "[x]({{ '/assets/y.png' | relative_url }})", "[x]({{ '/assets/y.tg.png' | relative_url }})"),
    (JEKYLL, "about.md", '<img src="{{ site.baseurl }}/assets/y.png">',
     '<img src="{{ site.baseurl }}/assets/y.tg.png">'),
    (JEKYLL, "about.md", "[x]({% link _posts/2024-05-06-hello.md %})", "[x]({% link tg/_posts/2024-05-06-hello.md %})"),
    (JEKYLL, "about.md", "[x]({% link _posts/2024-05-07-other.md %})", "[x]({% link _posts/2024-05-07-other.md %})"),
    (JEKYLL, "about.md", "[x]({% link assets/y.png %})", "[x]({% link assets/y.tg.png %})"),
    (JEKYLL, "about.md", "{% include figure.html src='/assets/y.png' %}",
     "{% include figure.html src='/assets/y.tg.png' %}"),
    (JEKYLL, "about.md", "[x]({% post_url 2024-05-06-hello %}#f)", "[x]({% post_url tg/2024-05-06-hello %}#f)"),
    (JEKYLL, "about.md", "[x]({% post_url 2024-05-07-other %})", "[x]({% post_url 2024-05-07-other %})"),
    (POLYGLOT, "_posts/2024-05-06-hello.md", "[x]({% post_url 2024-05-06-hello %})",
     "[x]({% post_url tg/2024-05-06-hello %})"),
    (POLYGLOT, "_posts/2024-05-06-hello.md", "{% post_url 2024-05-07-other %} x", "{% post_url 2024-05-07-other %} x"),
    (PELICAN, "a.md", "[x]({filename}b.md#f) [y]({filename}/b.md)", "[x]({filename}b.tg.md#f) [y]({filename}/b.tg.md)"),
    (PELICAN, "a.md", "[x]({filename}only.md) [y]({tag}a)", "[x]({filename}only.md) [y]({tag}a)"),
    (PELICAN, "a.md", "![x]({static}images/x.png) ![y]({static}/images/x.png)",
     "![x]({static}images/x.tg.png) ![y]({static}/images/x.tg.png)"),
    (PELICAN, "a.md", "![x]({attach}images/x.png)", "![x]({attach}images/x.tg.png)"),
    (ZOLA, "a.md", "[x](@/sub/b.md#f) [y](@/only.md)", "[x](@/sub/b.tg.md#f) [y](@/only.md)"),
    (ELEVENTY, "posts/a.md", "[x](/en/posts/b/) [y](/en/only/)", "[x](/tg/posts/b/) [y](/en/only/)"),
    (ELEVENTY, "posts/a.md", "[x](../b/) [y](../../only/)", "[x](../b/) [y](../../../en/only/)"),
    (ELEVENTY, "posts/a.md", "![x](/img/x.png)", "![x](/img/x.png)"),
]  # fmt: skip

PAGES = world("hugo", "content", "a.html about.md only.md", "a.html about.md", "static/y.png static/y.tg.png")
HTML_ROWS = [
    ('<p><a href="/about/#f">x</a> <img src=/y.png></p>', '<p><a href="/tg/about/#f">x</a> <img src=/y.tg.png></p>'),
    ("<img srcset='/y.png 1x,/y.png 2x'>", "<img srcset='/y.tg.png 1x,/y.tg.png 2x'>"),
    ("---\nimage: /y.png\n---\n<p>x</p>", "---\nimage: /y.tg.png\n---\n<p>x</p>"),
    ("<!-- <a href='/about/'> --><script>'<a href=\"/about/\">'</script>",) * 2,
    ('<a href="{{ .Url }}">x</a> <a href="/only/">y</a> <a href="#about">z</a>',) * 2,
    ("{% raw %}<a href='/about/'>x</a>{% endraw %}",) * 2,
]

SPELLINGS = world(
    "pelican", "content", "a.md my-file.md w(o)w.md файл.md", "a.md my-file.md w(o)w.md файл.md",
    "content/img/a_b.png content/img/a_b.tg.png",
)  # fmt: skip
SPELLING_ROWS = [
    ("[x]({filename}my%2Dfile.md)", "[x]({filename}my-file.tg.md)"),
    ("[x]({filename}w\\(o\\)w.md)", "[x]({filename}w%28o%29w.tg.md)"),
    ("[x](<{filename}w(o)w.md> 't')", "[x](<{filename}w%28o%29w.tg.md> 't')"),
    ("[x]({filename}файл.md)", "[x]({filename}файл.tg.md)"),
    ("[x]({filename}%D1%84%D0%B0%D0%B9%D0%BB.md)", "[x]({filename}%D1%84%D0%B0%D0%B9%D0%BB.tg.md)"),
    ("![x]({static}img/a\\_b.png?a=1&amp;b=2#c)", "![x]({static}img/a_b.tg.png?a=1&amp;b=2#c)"),
    ("![x]({static}im&#103;/a_b.png)", "![x]({static}im&#103;/a_b.tg.png)"),
]


def test_hugo_gets_the_file_of_the_source_where_only_another_tree_of_posts_has_its_own():
    site = world("hugo-dirs", "content/en", "bundle/index.md", "bundle/index.md", "content/en/bundle/plan.png")
    post, text = "content/en/bundle/index.md", "![x](plan.png)"
    assert site.published(post, text) == text
    russian = Landing("content/ru/bundle/index.md", "/ru/bundle/")
    files = frozenset({"content/en/bundle/plan.png", "content/ru/bundle/plan.png"})
    mixed = replace(site, files=files, others={(post, "ru"): russian})
    assert mixed.published(post, text) == "![x](../../bundle/plan.png)"
    own = replace(mixed, files=files | {"content/tg/bundle/plan.png"})
    assert own.published(post, text) == text


@pytest.mark.parametrize(("post", "text", "wanted"), HUGO_ROWS)
def test_links_of_a_hugo_post(post: str, text: str, wanted: str) -> None:
    assert HUGO.published(f"content/{post}", text) == wanted


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_no_link_to_a_post_or_file_stays_byte_for_byte(text: str) -> None:
    assert HUGO.published("content/a.md", text) == text


@pytest.mark.parametrize(("site", "post", "text", "wanted"), OTHERS)
def test_links_of_other_generators(site: World, post: str, text: str, wanted: str) -> None:
    assert site.published(f"{site.root}/{post}".lstrip("/"), text) == wanted


LEKTOR = world(
    "lektor", "content", "a/contents.lr b/contents.lr only/contents.lr", "a/contents.lr b/contents.lr",
    "content/a/chart.png content/a/map.png content/a/map.tg.png content/b/d.pdf assets/x.png",
)  # fmt: skip
LEKTOR_ROWS = [
    ("[x](../b/) [x](../only/)", "[x](../b/) [x](../only/)"),
    ("[x](/b/#f) [x](/only/)", "[x](/tg/b/#f) [x](/only/)"),
    ("[x][y]\n\n[y]: /b/ 'T'", "[x][y]\n\n[y]: /tg/b/ 'T'"),
    # the files beside a post are served at the address of the source only
    ("![x](chart.png) [x](./chart.png?a#b)", "![x](../../a/chart.png) [x](../../a/chart.png?a#b)"),
    ("![x](map.png)", "![x](../../a/map.tg.png)"),
    ("[x](../b/d.pdf)", "[x](../../b/d.pdf)"),
    ("![x](/a/chart.png) ![x](/x.png)", "![x](/a/chart.png) ![x](/x.png)"),
    ("<img src='chart.png'> <img src='map.png'>", "<img src='../../a/chart.png'> <img src='../../a/map.tg.png'>"),
    (
        "`[x](/b/)` [x](https://example.org/b/) [x](mailto:a@b)",
        "`[x](/b/)` [x](https://example.org/b/) [x](mailto:a@b)",
    ),
]
LEKTOR_POSTS = [
    "title: [x](/b/)\n---\nbody: {}\n---\ncover: chart.png\n---\nnote: chart.png\n",
    "title: A\n---\nbody:\n\n{}\n---\ncontent:\n\n{}\n",
    "body:\n\n#### text-block ####\ntext:\n\n{}\n----\nclass: /b/x\n#### text-block ####\ntext: {}\n",
    "title: A\r\n---\r\nbody:\r\n\r\nx\r\n\r\n{}\r\n",
]


@pytest.mark.parametrize(("text", "wanted"), LEKTOR_ROWS)
@pytest.mark.parametrize("post", LEKTOR_POSTS)
def test_links_of_a_lektor_post(post: str, text: str, wanted: str) -> None:
    text, wanted = (each.replace("\n", "\r\n") if "\r" in post else each for each in (text, wanted))
    assert LEKTOR.published("content/a/contents.lr", post.format(text, text)) == post.format(wanted, wanted)


@pytest.mark.parametrize(("text", "wanted"), HTML_ROWS)
def test_links_of_an_html_post(text: str, wanted: str) -> None:
    assert PAGES.published("content/a.html", text) == wanted


@pytest.mark.parametrize(("text", "wanted"), SPELLING_ROWS)
def test_an_address_is_quoted_right_for_its_place(text: str, wanted: str) -> None:
    assert SPELLINGS.published("content/a.md", text) == wanted


# --- laws -------------------------------------------------------------------------------------------------------------


def assert_laws(site: World, post: str, source: bytes) -> int:
    """The page comes back, it reads the same but for its addresses, and each new address leads somewhere.

    Returns how many addresses changed.
    """
    options = Options(pelican=site.preset == "pelican")
    document = formats.parse(source, post, options)
    facts, atlas = site.facts(post), site.atlas
    found = links.edits(document, source, facts, atlas, site.publishing)
    page = applied(source, found)
    assert undone(page, source, found) == source
    assert lawful.lawful(source, found, lambda content: formats.parse(content, post, options)) == (found, ())
    before, after = targets.found(document), targets.found(formats.parse(page, post, options))
    assert [(each.form, each.spelling) for each in before] == [(each.form, each.spelling) for each in after]
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old.raw != new.raw]
    for old, new in changed:
        assert any(map(site.has, ways(site, facts.path, facts.url, new.url))), (post, old.raw, new.raw)
        assert re.sub(r"^[^?#]*", "", old.url) == re.sub(r"^[^?#]*", "", new.url)
    return len(changed)


def ways(site: World, page: str, url: str, address: str) -> Iterator[str]:
    """What an address on a page may lead to: paths and addresses."""
    path = unquote(re.sub(r"[?#].*", "", address)).removeprefix(site.base_url if site.base_url else "\0")
    path = re.sub(r"^(?:\{\w+\}|@)", "", path)
    yield posixpath.normpath(posixpath.join(posixpath.dirname(page), path.lstrip("/")))
    yield posixpath.normpath(posixpath.join(site.root, path.lstrip("/")))
    yield posixpath.normpath(path)
    top = urljoin("http://site" + url, path).removeprefix("http://site")
    yield plain(top)
    yield from (
        posixpath.normpath(f"{folder}/{top}".lstrip("/")) for folder in ("", site.root, *site.publishing.statics)
    )


ADDRESSES = st.builds(
    "{}{}{}".format,
    st.sampled_from([
        "", "./", "../", "/", "../../", "https://example.org/", "{filename}", "@/", "{static}/", "bundle/", "//",
    ]),
    st.sampled_from([
        "about.md", "only.md", "sub/b.md", "about/", "only/", "about", "sub/b/", "bundle/index.md", "bundle/", "..", "",
        "index.html", "chart.png", "map.png", "img/y.png", "img/x%2Epng", "d.pdf", "(x).md", "a b.md", "tg/about/",
        "about.tg.md", "about.md/", "a\\_b.md", "&amp;", "%zz", "\u0451.md",
    ]),
    st.sampled_from(["", "#a", "?q=1&amp;b", "#", "?", "?a#b", "##"]),
)  # fmt: skip
PLACES = st.sampled_from([
    "[x]({})", "[x](<{}>)", "![x]({} 't')", "[x][y]\n\n[y]: {}\n", '<a href="{}">x</a>', "<img src='{}'>",
    '<img srcset="{} 1x, {} 2x">', "> [x]({})", "| a |\n|---|\n| [x]({}) |", "# [x]({})", "- [x]({})\n- y",
    '{{{{< figure src="{}" >}}}}', "{{% link {} %}}", "`[x]({})`", "<div>\n<a href={}>x</a>\n</div>",
    "---\nimage: {}\n---\nx",
    "[![x]({})]({})", "[x]({{{{ site.baseurl }}}}{})", "<!-- [x]({}) -->\n", "[*x* `y`]({})\r\nz\r\n",
])  # fmt: skip
SITES = [
    world(
        name,
        root,
        "a.md about.md only.md sub/b.md bundle/index.md",
        "a.md about.md sub/b.md",
        f"{root}/bundle/chart.png {root}/bundle/map.png {root}/bundle/map.tg.png static/img/y.png static/img/y.tg.png",
        "https://example.org",
    )
    for name, root in (
        ("hugo", "content"), ("hugo-dirs", "content/en"), ("jekyll", "src"), ("pelican", "content"),
        ("zola", "content"),
        ("mkdocs", "docs"), ("mkdocs-folder", "docs/en"), ("docusaurus", "docs"), ("starlight", "src/content/docs"),
        ("eleventy", "src/en"), ("nikola", "posts"), ("jekyll-polyglot", "docs"),
    )
]  # fmt: skip
FIELDS = "title: [x](about.md)\n---\nsummary: chart.png\n---\nbody:\n\n{}\n---\ntext: {}\n---\nlink: ../about/\n"
ALTERNATIVES = world(
    "lektor",
    "content",
    "contents.lr a/contents.lr about/contents.lr only/contents.lr a/chart.png",
    "a/contents.lr about/contents.lr",
    "content/a/chart.png content/a/map.png content/a/map.tg.png assets/img/y.png",
    "https://example.org",
)


@settings(max_examples=EXAMPLES // 4)
@given(st.lists(st.tuples(PLACES, ADDRESSES, ADDRESSES), min_size=2, max_size=4))
def test_only_addresses_change_in_the_texts_of_a_lektor_post(parts: list[tuple[str, str, str]]) -> None:
    texts = [place.format(one, other) for place, one, other in parts]
    texts = [text.replace("---\nimage", "image").replace("\n---\n", "\n") for text in texts]
    text = FIELDS.format("\n\n".join(texts[1:]), texts[0])
    assert_laws(ALTERNATIVES, "content/a/contents.lr", text.encode())


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(SITES), st.sampled_from(["a.md", "sub/b.md", "bundle/index.md"]), st.lists(
    st.tuples(PLACES, ADDRESSES, ADDRESSES), min_size=1, max_size=4))  # fmt: skip
def test_only_addresses_change_and_all_of_them_lead_somewhere(
    site: World, post: str, parts: list[tuple[str, str, str]]
) -> None:
    text = "\n\n".join(place.format(one, other) for place, one, other in parts)
    assert_laws(site, f"{site.root}/{post}", text.encode())


CORPUS = {
    "brew": "", "comprehensive-rust": "src", "f-droid-pages": "", "hugo-docs": "content/en", "jekyll": "docs",
    "opensource-guide": "", "rust-blog": "content",
}  # fmt: skip
"""Folder -> its root."""
USUAL = {
    "brew": ("jekyll",), "comprehensive-rust": ("mkdocs-folder",), "f-droid-pages": ("jekyll-polyglot",),
    "hugo-docs": ("hugo-dirs", "docusaurus"), "jekyll": ("jekyll",), "opensource-guide": ("eleventy",),
    "rust-blog": ("zola", "pelican"),
}  # fmt: skip
"""What `make test` tries; `make test-deep` tries every preset on every corpus."""


def tried(folder: str) -> tuple[str, ...]:
    return presets.names() if EXAMPLES > 10_000 else USUAL[folder]


@needs_corpora
@pytest.mark.parametrize(("folder", "preset"), [(folder, name) for folder in CORPUS for name in tried(folder)])
def test_links_of_real_posts(folder: str, preset: str) -> None:
    root = CORPUS[folder]
    base = Path(CORPORA) / folder
    files = sorted(path.relative_to(base).as_posix() for path in base.rglob("*") if path.is_file())
    posts = [path for path in files if path.endswith((".md", ".markdown", ".html")) and path.startswith(root)]
    others = frozenset(files) - set(posts)
    site = World(preset, root, tuple(posts), frozenset(posts[::2]), others, "https://gohugo.io")
    for post in posts:
        assert_laws(site, post, (base / post).read_bytes())
