"""Codes survive a translation service, whatever it does to masks; what does not survive is never returned."""

import random
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import formats, protection
from tarjuma.model import Options
from tarjuma.protection import Fault, ladder
from tarjuma.protection.shape import shape
from tarjuma.syntax import inline
from tests.laws import CORPORA, EXAMPLES, needs_corpora
from tests.test_inline import TEXTS

STYLES = ("square", "xml")


def rungs(text, *styles, keep=()):
    return {rung.name: rung for rung in ladder(text, styles or STYLES, keep)}


def back(text, *answers, rung="square"):
    return rungs(text, *(dict.fromkeys((rung, *STYLES)) if rung in protection.STYLES else STYLES))[rung].restored(
        answers
    )


MASKED = [
    ("plain words", ["plain words"]),
    ("Run `make` in *the* folder", ["Run [1] in [2]the[/2] folder"]),
    ('See [the map](/map/ "Our map") and ![a cat](cat.png)', ["See [1]the map[/1] and [2]", "Our map", "a cat"]),
    ('<img src="a.png" alt="A \'cat\'"> sleeps', ["[1] sleeps", "A 'cat'"]),
    ('<span title="Number &quot;7&quot;">Room</span> 7', ["[1]Room[/1] 7", "Number [1]7[2]"]),
    ('An {{< icon name="x" title="Home page" >}} icon', ["An [1] icon", "Home page"]),
    # the whole text in one pair: it need not go out
    ("**The whole text.**", ["The whole text."]),
    # pairs without words are one code; codes that touch are one; a pair around nothing but a pair is one
    ("Use [`foo`](/foo) or **`b`**", ["Use [1] or [2]"]),
    ("a `b`{{ c }} d", ["a [1] d"]),
    ("a ***b*** c", ["a [1]b[/1] c"]),
    ("a **[b](/c)** d", ["a [1]b[/1] d"]),
    ("Press <kbd>Ctrl</kbd>+<kbd>C</kbd> now", ["Press [1]+[2] now"]),
    ('A <b translate="no">Brand</b> name', ["A [1] name"]),
    # line ends are codes, so that a text is one line
    ("one  \ntwo\\\nthree\nfour", ["one [1] two [2] three [3] four"]),
    # names of addresses that stand elsewhere
    ("See [the notes] and [the map][] and [all][x]", ["See [1] and [2]the map[/2] and [3]all[/3]"]),
    ("He came [this is an aside, not a name].", ["He came [1]this is an aside, not a name[/1]."]),
    # no words
    ("`code` {{ x }} https://a.b/", []),
    (":tada:", []),
    ("![](cat.png)", []),
    ("info@school.tj", []),
    ("Write to info@school.tj :tada:", ["Write to [1] [2]"]),
    ("It is &mdash; 5 < 6 & 7", ["It is [1] 5 < 6 & 7"]),
    ("don&#39;t &#39;quote&#39;", ["don't [1]quote[2]"]),
    ("Is 5 \\* 3 $x^2$ [^1] <!-- no --> %(name)s", ["Is 5 [1] 3 [2] [3] [4] [5]"]),
    ("{% raw %}`{{`{% endraw %} and {% raw %}`}}`{% endraw %} here", ["[1] here"]),
    # crossing tags are two codes
    ("*a <b>c* d</b> e", ["[1]a [2]c[/1] d[3] e"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "texts"), MASKED)
def test_what_a_service_gets(text, texts):
    rung = next(ladder(text, STYLES))
    assert list(rung.texts) == texts
    assert rung.restored(rung.texts) == text


def test_masks_of_the_other_styles():
    text = "Use `a` & *the* cat"
    assert list(next(ladder(text, ("xml",))).texts) == ["Use <x1/> &amp; <x2>the</x2> cat"]
    assert list(next(ladder(text, ("html",))).texts) == [
        'Use <span translate="no" id="1">x1</span> &amp; <span id="2">the</span> cat'
    ]


def test_numbers_that_the_text_has_are_no_masks():
    assert list(next(ladder("［1］ and `x`", STYLES)).texts) == ["［1］ and [2]"]
    assert back("［1］ and `x`", "［1］ ва [2]") == "［1］ ва `x`"


def test_what_is_to_be_kept_goes_out_as_a_mask():
    text = "CICED and **the CICED school**"
    keep = [(match.start(), match.end()) for match in re.finditer("CICED", text)]
    assert list(next(ladder(text, STYLES, keep)).texts) == ["[1] and [2]the [3] school[/2]"]
    assert list(next(ladder("CICED", STYLES, [(0, 5)])).texts) == []


def test_personal_addresses_in_attributes_do_not_go_out():
    texts = next(ladder("See ![Ask me: a@b.tj](x.png) or +992 37 221-12-34", STYLES)).texts
    assert list(texts) == ["See [1] or [2]", "Ask me: [1]"]


TEXT = "Run `make` in *the old* folder"
TOLERATED = [
    ("[ 1 ] ра дар [2]он[ /2 ] иҷро кунед", "`make` ра дар *он* иҷро кунед"),
    ("Иҷро кунед [1] дар [2]он[2] ҷузвдон", "Иҷро кунед `make` дар *он* ҷузвдон"),  # the slash is lost
    ("Иҷро кунед [1/] дар [2]он[2/] ҷузвдон", "Иҷро кунед `make` дар *он* ҷузвдон"),
    ("Иҷро кунед ［１］ дар 【2】он［／２］ ҷузвдон", "Иҷро кунед `make` дар *он* ҷузвдон"),
    ("Иҷро кунед \\[1\\] дар &#91;2&#93;он&lsqb;/2&rsqb; ҷузвдон", "Иҷро кунед `make` дар *он* ҷузвдон"),
    ("Иҷро кунед [1][1] дар [2]он[/2] [/2] ҷузвдон", "Иҷро кунед `make` дар *он* ҷузвдон"),
    ("Дар [2]он[/2] ҷузвдон [1] кунед", "Дар *он* ҷузвдон `make` кунед"),
    # white space
    ("Иҷро кунед[1]дар[2] он [/2]ҷузвдон", "Иҷро кунед `make` дар *он* ҷузвдон"),
    ("Иҷро кунед [1] .", None),
    ("[2]Он[/2] ҷо: [1] .", "*Он* ҷо: `make`."),
    ("  Иҷро [1]\nдар [2]он[/2]  ҷо\n", "Иҷро `make` дар *он* ҷо"),
]


@pytest.mark.parametrize(("answer", "restored"), TOLERATED)
def test_damage_that_has_one_reading_is_undone(answer, restored):
    told = back(TEXT, answer)
    assert isinstance(told, Fault) if restored is None else told == restored


TOLERATED_XML = [
    "Иҷро кунед < x1 / > дар <X2>он</X2> ҷо",
    "Иҷро кунед <х1/> дар <х2>он</х2> ҷо",  # Cyrillic
    "Иҷро кунед &lt;x1/&gt; дар &lt;x2&gt;он&lt;/x2&gt; ҷо",
    "Иҷро кунед &amp;lt;x1/&amp;gt; дар <x2>он</x2> ҷо",
    "Иҷро кунед <x1></x1> дар <x2>он</x2> ҷо",
    "Иҷро кунед <x1> дар <x2>он< / x2> ҷо",
    "Иҷро кунед «x1/» дар ‹x2›он‹/x2› ҷо",
    "Иҷро кунед ＜ｘ１／＞ дар <x２>он</x２> ҷо",
]


@pytest.mark.parametrize("answer", TOLERATED_XML)
def test_damage_to_masks_of_xml_is_undone(answer):
    assert back(TEXT, answer, rung="xml") == "Иҷро кунед `make` дар *он* ҷо"


TOLERATED_HTML = [
    'Иҷро <span translate="no" id="1">x1</span> дар <span id="2">он</span> ҷо',
    "Иҷро < SPAN id = «1» translate=«no»> x1 </ Span> дар <span id='2'>он</span > ҷо",
    'Иҷро <span id="1" translate="no"></span> дар <ѕраn id=“2”>он</ѕраn> ҷо',
    "Иҷро &lt;span id=1&gt;чизе&lt;/span&gt; дар <span id=&quot;2&quot;>он</span> ҷо",
]


@pytest.mark.parametrize("answer", TOLERATED_HTML)
def test_damage_to_masks_of_html_is_undone(answer):
    assert back(TEXT, answer, rung="html") == "Иҷро `make` дар *он* ҷо"


REFUSED = [
    ("Иҷро кунед дар [2]он[/2] ҷо", "a mask was lost"),
    ("Иҷро [1] кунед [1] дар [2]он[/2] ҷо", "a mask came back twice"),
    ("Иҷро [1] дар [/2]он[2] ҷо", "masks changed places"),
    ("Иҷро [2]дар [1] он[/2] ҷо", "a mask left the pair that it stood in"),
    ("Иҷро [1] дар [2][/2] он ҷо", "the words of a pair are gone"),
    ("Иҷро [1] дар [2]он[/2] ҷо [7]", "a mask that nobody sent"),
    ("Иҷро [1] дар [2]он[/2] ҷо [x", "remains of a mask"),
    ("Иҷро [1] дар [2]он[/2] **ҷо**", "the codes of the translation differ from those of its source"),
    ("Иҷро [1] дар [2]он[/2] {{ ҷо", "the translation holds code that its source does not have"),
    ("Иҷро [1] дар [2]он[/2]\x00", "the translation holds control characters"),
    ("", "a mask was lost"),
]


@pytest.mark.parametrize(("answer", "reason"), REFUSED)
def test_what_cannot_be_put_right_is_refused(answer, reason):
    assert back(TEXT, answer) == Fault(reason)


MAY_STAND = [
    ("See `a` and *b*", "Ниг. *б* ва `a`", True),
    ("See [the CIS](/cis)", "Ниг. [Иттиҳоди Давлатҳои Мустақил (ИДМ)](/cis)", True),
    ("See [CIS][]", "Ниг. [Иттиҳод (ИДМ)][]", False),
    ("See *b*", "Ниг. б", False),
    ("See *b*", "Ниг. *б* {{ x }}", False),
    ("Words", "123", False),
]


@pytest.mark.parametrize(("source", "target", "may"), MAY_STAND)
def test_which_texts_may_take_the_place_of_another(source, target, may):
    assert (protection.fault(source, target) is None) == may


def test_a_pair_holds_what_it_held():
    text = "**Use `a` here** or *there*"
    assert back(text, "[1]Ин ҷо [2][/1] ё [3]он ҷо[/3]") == "**Ин ҷо `a`** ё *он ҷо*"
    assert isinstance(back(text, "[1]Ин ҷо[/1] [2] ё [3]он ҷо[/3]"), Fault)
    assert isinstance(back(text, "[1]Ин [3]ҷо[/1] [2] ё он ҷо[/3]"), Fault)


def test_codes_whose_order_means_something_keep_it():
    assert isinstance(back("%s of %d files", "[2] файл аз [1]"), Fault)
    assert back("%(a)s of %(b)s files", "[2] файл аз [1]") == "%(b)s файл аз %(a)s"
    assert isinstance(back("{% if a %} one {% endif %} two", "[2] як [1] ду"), Fault)


INNER = [
    ('![a cat](c.png "The cat")', ["гурба", "Ин \"гурба\""], '![гурба](c.png "Ин \\"гурба\\"")'),
    ('<img alt="a cat" src="c.png">', ['«гурба» "ва" <саг>'],
     '<img alt="«гурба» &quot;ва&quot; &lt;саг&gt;" src="c.png">'),
    # what does not fit stays as it is
    ("![a cat](c.png)", ["гурба ]("], "![a cat](c.png)"),
    ('{{< x alt="a cat" >}}', ['гурба "'], '{{< x alt="a cat" >}}'),
    ("![a `c` cat](c.png)", ["гурба"], "![a `c` cat](c.png)"),
    ("![a `c` cat](c.png)", ["гурбаи [1]"], "![гурбаи `c`](c.png)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "answers", "restored"), INNER)
def test_texts_inside_codes_are_texts_of_their_own(text, answers, restored):
    assert back(text, *answers) == restored


def test_the_name_of_an_address_stays_when_its_words_are_translated():
    assert back("See [the map][] here", "Инҷо [1]харита[/1]") == "Инҷо [харита][the map]"
    assert back("See [the map][] here", "See [1]the map[/1] here") == "See [the map][] here"
    assert back("See [the map] here", "Инҷо [1]") == "Инҷо [the map]"


def test_apostrophes_that_are_entities_are_spelling():
    assert back("It isn&#8217;t here", "Ин ҷо нест") == "Ин ҷо нест"
    assert back("It isn&#8217;t here", "Nu-i aici") == "Nu-i aici"


def test_the_ladder_leads_from_masks_to_runs():
    text = "See [the map](/m) of `x`"
    assert [(rung.name, rung.texts) for rung in ladder(text, STYLES)] == [
        ("square", ("See [1]the map[/1] of [2]",)),
        ("xml", ("See <x1>the map</x1> of <x2/>",)),
        ("re-anchored", ("See the map of [1]", "the map")),
        ("split", ("See", "the map", "of")),
    ]
    assert [rung.name for rung in ladder("words", STYLES)] == ["square"]
    assert [rung.name for rung in ladder("`x` words", STYLES)] == ["square", "xml", "split"]


REANCHORED = [
    ("See [the map](/m) of `x`", ("Ниг. харитаи [1]", "харита"), "Ниг. [харитаи](/m) `x`"),
    ("See [the map](/m) of `x`", ("[1]: Харита", "харита."), "`x`: [Харита](/m)"),
    ("A *new* and *new* day", ("Рӯзи нав ва нав", "нав", "нав"), "Рӯзи *нав* ва *нав*"),
    ("A **big *red* map** here", ("Ин ҷо харитаи калони сурх", "харитаи калони сурх", "сурх"),
     "Ин ҷо **харитаи калони *сурх***"),
    ("See [the map](/m) of `x`", ("Ниг. нақшаи [1]", "харита"), None),
    ("See [the map](/m) of `x`", ("Харита ва харита: [1]", "харита"), None),
    ("See [the map](/m) of `x`", ("харита: [1] \U000f0001", "харита"), None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "answers", "restored"), REANCHORED)
def test_pairs_find_their_words_again(text, answers, restored):
    told = back(text, *answers, rung="re-anchored")
    assert isinstance(told, Fault) if restored is None else told == restored


def test_runs_are_put_between_their_codes():
    text = "Click **here**, please: `x`"
    assert back(text, "Пахш кунед.", "Ин ҷо", "лутфан", rung="split") == "Пахш кунед **ин ҷо**, лутфан: `x`"
    assert back(text, "Пахш кунед.", "", "лутфан", rung="split") == "Пахш кунед **here**, лутфан: `x`"
    assert isinstance(back(text, "Пахш", "**", "`", rung="split"), str)
    assert isinstance(back(text, "Пахш `x` ", "ин ҷо", "лутфан", rung="split"), Fault)


def test_another_number_of_answers_is_a_fault():
    assert isinstance(back("a `b`", "а [1]", "б"), Fault)
    assert isinstance(back("a `b`"), Fault)


PIECES = [
    "[1]", "[/1]", "[2]", "[2/]", "[ 3 ]", "<x1>", "</x1>", "<x2/>", "<х2>", "&lt;x1&gt;", '<span id="1">', "</span>",
    "x1", "\n", "  ", "\x00", "\ud800", "\U000f0001", "\u200b", "слово", "слово ", "*", "_", "`", "](", "{{", "<b>",
    "https://a.b", "javascript:x", "&#60;b&#62;",
]  # fmt: skip
ANSWERS = st.lists(
    st.lists(st.sampled_from(PIECES), max_size=10).map("".join) | TEXTS | st.text(max_size=20), max_size=4
)


def _is_sound(text, told):
    if isinstance(told, Fault):
        return bool(told.reason)
    return shape(told) == shape(text) and not inline.foreign(text, told) and told.count("\n") == text.count("\n")


@given(TEXTS | st.text(max_size=40), st.sampled_from(protection.STYLES))
@settings(max_examples=EXAMPLES, deadline=None)
def test_an_unchanged_answer_gives_the_text_back(text, style):
    for rung in ladder(text, (style,)):
        told = rung.restored(rung.texts)
        assert _is_sound(text, told)
        if rung.name in (style, protection.COPIED):
            assert told == text or _single_spaced(told) == _single_spaced(text)
        assert not any(set("\n\r\v\f\x85\u2028\u2029") & set(each) for each in rung.texts)


def _single_spaced(text):
    return " ".join(text.split())


@given(TEXTS | st.text(max_size=40), ANSWERS, st.sampled_from(protection.STYLES))
@settings(max_examples=EXAMPLES, deadline=None)
def test_no_answer_whatever_changes_the_codes(text, answers, style):
    for rung in ladder(text, (style, "xml")):
        assert _is_sound(text, rung.restored((answers * 99)[: len(rung.texts)]))


@given(TEXTS, st.randoms(use_true_random=False), st.sampled_from(STYLES))
@settings(max_examples=EXAMPLES, deadline=None)
def test_no_damage_to_masks_changes_the_codes(text, chance, style):
    for rung in ladder(text, (style,)):
        assert _is_sound(text, rung.restored([damaged(each, chance, 0.3) for each in rung.texts]))


MASK = re.compile(r"\[/?\d+\]|</?x\d+/?>|</?span[^<>]*>")
DAMAGE = ("space", "case", "look-alike", "wide", "dropped", "doubled", "moved", "escaped", "cut")


def damaged(text, chance, share):
    """A text whose masks are damaged, each with this probability."""
    for mask in reversed(list(MASK.finditer(text))):
        if chance.random() >= share:
            continue
        code, kind = mask[0], chance.choice(DAMAGE)
        new = {
            "space": f"{code[0]} {code[1:-1]} {code[-1]}",
            "case": code.swapcase(),
            "look-alike": code.translate(str.maketrans("xXpaceo", "хХрасео")),
            "wide": code.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
            "doubled": code + code,
            "escaped": code.replace("<", "&lt;").replace(">", "&gt;") if "<" in code else f"\\{code[:-1]}\\]",
            "cut": code,
        }.get(kind, "")
        rest = "" if kind == "cut" else text[mask.end() :]
        text = text[: mask.start()] + new + rest
        if kind == "moved":
            place = chance.randrange(len(text) + 1)
            text = text[:place] + code + text[place:]
    return text


ALPHABET = str.maketrans(
    "abcdefghijklmnopqrstuvwyzABCDEFGHIJKLMNOPQRSTUVWYZ", "абсдефгҳижклмнопқрстувшйзАБСДЕФГҲИЖКЛМНОПҚРСТУВШЙЗ"
)


def translated(text):
    """A text in other letters, masks as they are."""
    parts = re.split(f"({MASK.pattern}|&\\w+;)", text)
    return "".join(part if index % 2 else part.translate(ALPHABET) for index, part in enumerate(parts))


def _segments(count):
    texts = []
    for path in sorted(CORPORA.rglob("*.md")):
        document = formats.parse(path.read_bytes(), path.name, Options())
        texts += [segment.key.text for segment in document.segments if inline.is_text(segment.key.text)]
    return random.Random(7).sample(list(dict.fromkeys(texts)), count)


def _rendered(text):
    """The markup of a text as another parser sees it: tags and attributes without those that are words, and code."""
    from markdown_it import MarkdownIt

    page = MarkdownIt("commonmark").enable("strikethrough").renderInline(text)
    code = re.findall(r"<code>.*?</code>", page, re.DOTALL)
    tags = [
        re.sub(r"\s(?:alt|title|aria-label)\s*=\s*(?:\"[^\"]*\"|'[^']*')", "", tag)
        for tag in re.findall(r"<[^<>]*>", page)
    ]
    return Counter(code), Counter(tags)


@needs_corpora
@pytest.mark.parametrize("percent", [1, 5, 20])
def test_no_draft_of_a_service_that_damages_masks_has_other_markup(percent):
    chance, by_rung = random.Random(percent), Counter()
    segments = _segments(1000)
    for text in segments:
        for rung in ladder(text, STYLES):
            told = rung.restored([damaged(translated(each), chance, percent / 100) for each in rung.texts])
            if not isinstance(told, Fault):
                assert _is_sound(text, told)
                assert _rendered(told) == _rendered(text), (text, told)
                by_rung[rung.name] += 1
                break
    print(f"{percent} %: {dict(by_rung)}, none {len(segments) - by_rung.total()}")
    assert by_rung.total() >= 0.99 * len(segments)
    assert by_rung["square"] >= (0.99 if percent == 1 else 0.9 if percent == 5 else 0.75) * len(segments)


@needs_corpora
def test_every_segment_of_the_corpora_comes_back_from_every_rung():
    for text in _segments(3000):
        for rung in ladder(text, STYLES):
            told = rung.restored(rung.texts)
            if rung.name != "re-anchored":
                assert _single_spaced(told) == _single_spaced(text)
