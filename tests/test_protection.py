"""Codes survive a translation service, whatever it does to masks; what does not survive is never returned."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import protection
from tarjuma.protection import Fault, ladder
from tarjuma.protection.shape import shape
from tests.laws import EXAMPLES
from tests.test_inline import TEXTS

STYLES = ("square", "xml")


def sent(text, style="square", keep=()):
    """The texts of the first rung."""
    return next(ladder(text, (style,), keep)).texts


def back(text, *answers, style="square", rung=None):
    """What becomes of answers on a rung, the first one as a rule."""
    rungs = {each.name: each for each in ladder(text, tuple(dict.fromkeys((style, *STYLES))))}
    return rungs[rung or style].restored(answers)


MASKED = [
    ("plain words", ["plain words"]),
    ("Run `make` in *the* folder", ["Run [1] in [2]the[/2] folder"]),
    ("See [the map](/map/ \"Our map\") and ![a cat](cat.png)",
     ["See [1]the map[/1] and [2]", "Our map", "a cat"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "texts"), MASKED)
def test_what_a_service_gets(text, texts):
    assert list(sent(text)) == texts


@given(TEXTS | st.text(max_size=40), st.sampled_from(protection.STYLES))
@settings(max_examples=EXAMPLES, deadline=None)
def test_an_unchanged_answer_gives_the_text_back(text, style):
    for rung in ladder(text, (style,)):
        told = rung.restored(rung.texts)
        if not isinstance(told, Fault):
            assert shape(told) == shape(text)
        if rung.name in (style, protection.COPIED):
            assert told == text or _single_spaced(told) == _single_spaced(text)


def _single_spaced(text):
    return " ".join(text.split())
