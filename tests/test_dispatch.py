"""Each text is asked once, in few requests, no faster than allowed; nothing is lost, whatever engines do."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import dispatch
from tarjuma.dispatch import Gates, Job, crew, pace
from tarjuma.dispatch.packs import Filler, Item, numbered, portions
from tarjuma.engines import (
    Batch,
    BusyError,
    FatalError,
    LanguageError,
    OfflineError,
    OutputError,
    Request,
    Surroundings,
    Traits,
    TransientError,
)
from tests import standin
from tests.laws import CORPORA, EXAMPLES, needs_corpora

LINES = Traits("lines", "lines.example", Batch.LINES)


class Memory:
    """A cache that is a dictionary."""

    def __init__(self):
        self.kept = {}
        self.calls = []

    def find(self, key):
        return self.kept.get(key)

    def keep(self, answers):
        self.calls.append(dict(answers))
        self.kept.update(answers)


class FakeClock(dispatch.Clock):
    """Time that passes only where somebody waits."""

    def __init__(self):
        self.time = 100.0
        self.hours = 500_000
        self.lock = threading.Lock()

    def now(self):
        return self.time

    def hour(self):
        return self.hours

    def sleep_until(self, moment, stop):
        with self.lock:
            self.time = max(self.time, moment)


class Fake:
    """An engine that answers like the stand-in does, but for what its plan says.

    `plan`: for each request to come an error, a function of the answers, or None.
    """

    def __init__(self, traits=LINES, plan=(), routes=None, made=standin.translation):
        self.traits = traits
        self.plan = list(plan)
        self.routes = routes
        self.made = made
        self.asked = []
        self.lock = threading.Lock()

    def route(self, source, target):
        return (source, target) if self.routes is None or (source, target) in self.routes else None

    def translate(self, requests, source, target):
        with self.lock:
            self.asked.append([request.text for request in requests])
            step = self.plan.pop(0) if self.plan else None
        if isinstance(step, Exception):
            raise step
        answers = [self.made(request.text, target) for request in requests]
        return step(answers) if step else answers

    def close(self):
        pass


def gates(clock=None):
    return Gates(clock or FakeClock(), random.Random(1).random)


def drafted(texts, *engines, memory=None, **more):
    """What becomes of English texts on their way into Russian."""
    jobs = [text if isinstance(text, Job) else Job(at, text, "en", "ru") for at, text in enumerate(texts)]
    more.setdefault("gates", gates())
    return dispatch.run(jobs, engines, Memory() if memory is None else memory, **more)


def translation(text):
    return standin.translation(text, "ru")


WORDS = ["one morning", "two evenings", "three nights", "four weeks", "five years", "six hours", "seven days"]
"""Texts without markup."""
MARKED = [f"The *{word}* is `{at}` of [many](/{at})" for at, word in enumerate(WORDS)]


def texts_of(report):
    return [answer.text for answer in report.answers]


# --- each text once


def test_equal_texts_are_asked_once_and_answered_each():
    engine = Fake()
    report = drafted(["one morning", "two evenings", "one morning"], engine)
    assert engine.asked == [["one morning", "two evenings"]]
    assert [answer.id for answer in report.answers] == [0, 1, 2]
    assert texts_of(report) == [translation(text) for text in ("one morning", "two evenings", "one morning")]


def test_equal_texts_of_two_languages_are_two_requests():
    engine = Fake()
    jobs = [Job(0, "one morning", "en", "ru"), Job(1, "one morning", "en", "tg")]
    assert texts_of(drafted(jobs, engine)) == [standin.translation("one morning", code) for code in ("ru", "tg")]
    assert len(engine.asked) == 2


def test_another_glossary_asks_anew_only_where_the_engine_takes_one():
    jobs = [
        Job(at, "one morning", "en", "ru", Surroundings(glossary=(("morning", term),))) for at, term in enumerate("ab")
    ]
    plain, taught = Fake(), Fake(replace(LINES, takes_glossary=True))
    drafted(jobs, plain)
    drafted(jobs, taught)
    assert [sum(map(len, engine.asked)) for engine in (plain, taught)] == [1, 2]


def test_a_text_without_words_needs_no_engine():
    engine = Fake()
    report = drafted(["`make`", "12"], engine)
    assert engine.asked == []
    assert [(answer.text, answer.engine) for answer in report.answers] == [("`make`", ""), ("12", "")]


def test_a_second_run_asks_nothing():
    memory = Memory()
    first = drafted(MARKED, Fake(), memory=memory)
    engine = Fake()
    second = drafted(MARKED, engine, memory=memory)
    assert engine.asked == []
    assert texts_of(second) == texts_of(first)
    assert (first.cached, second.cached, second.requests) == (0, len(MARKED), 0)


@pytest.mark.parametrize("change", [{"version": "2"}, {"name": "other"}])
def test_another_engine_or_version_is_asked_anew(change):
    memory = Memory()
    drafted(WORDS, Fake(), memory=memory)
    engine = Fake(replace(LINES, **change))
    drafted(WORDS, engine, memory=memory)
    assert engine.asked == [WORDS]


def test_an_answer_is_in_the_cache_before_anybody_hears_of_it():
    memory = Memory()
    known = []
    drafted(WORDS, Fake(), memory=memory, on_answer=lambda answer: known.append(answer.text in memory.kept.values()))
    assert known == [True] * len(WORDS)


def test_the_answers_of_one_request_are_cached_at_once():
    memory = Memory()
    drafted(WORDS, Fake(), memory=memory)
    assert [len(call) for call in memory.calls] == [len(WORDS)]


def test_an_edit_asks_for_what_is_new_in_one_request():
    memory = Memory()
    traits = replace(LINES, max_chars=40)
    drafted([f"the {word} of {at}" for at in range(30) for word in WORDS], Fake(traits), memory=memory)
    engine = Fake(replace(traits, max_chars=4000))
    drafted([f"the {word} of {at}" for at in range(0, 36, 2) for word in WORDS], engine, memory=memory)
    assert len(engine.asked) == 1
    assert len(engine.asked[0]) == 3 * len(WORDS)


# --- packs


def test_an_array_goes_as_it_is_and_single_texts_one_by_one():
    array, one = Fake(replace(LINES, batch=Batch.ARRAY)), Fake(replace(LINES, batch=Batch.ONE))
    drafted(MARKED[:2], array)
    drafted(MARKED[:2], one)
    masked = ["The [1]one morning[/1] is [2] of [3]many[/3]", "The [1]two evenings[/1] is [2] of [3]many[/3]"]
    assert array.asked == [masked]
    assert one.asked == [[text] for text in masked]


def test_lines_of_a_request_share_no_mask():
    engine = Fake()
    report = drafted(MARKED, engine)
    numbers = [set(re.findall(r"\d+", line)) for line in engine.asked[0]]
    assert sum(map(len, numbers)) == len(set.union(*numbers)) == 3 * len(MARKED)
    assert report.by_rung == {"square": len(MARKED)}
    assert [re.findall(r"`\d`|/\d", text) for text in texts_of(report)] == [[f"`{at}`", f"/{at}"] for at in range(7)]


MOVED = [
    ("the first two change places", lambda lines: [lines[1], lines[0], *lines[2:]]),
    ("all move on by one", lambda lines: [*lines[1:], lines[0]]),
    ("two are joined, one is parted", lambda lines: [lines[0] + lines[1], *lines[2:-1], *lines[-1].split(" ", 1)]),
    ("one is missing", lambda lines: lines[:-1]),
    ("there is one more", lambda lines: [*lines, "?"]),
    ("nothing comes back for one", lambda lines: ["", *lines[1:]]),
    ("it is no list", lambda lines: "\n".join(lines)),
    ("one is no text", lambda lines: [None, *lines[1:]]),
]


@pytest.mark.parametrize(("what", "change"), MOVED)
def test_lines_that_moved_are_asked_again_in_halves(what, change):
    engine = Fake(plan=[change])
    report = drafted(MARKED, engine)
    assert texts_of(report) == texts_of(drafted(MARKED, Fake()))
    assert [len(lines) for lines in engine.asked] == [7, 3, 4]


def test_a_line_that_breaks_every_request_is_found_by_halves():
    def made(text, target):
        if "four" in text:
            raise OutputError("lines: no")
        return standin.translation(text, target)

    engine = Fake(made=made)
    report = drafted(WORDS, engine)
    assert [bool(text) for text in texts_of(report)] == ["four" not in text for text in WORDS]
    assert report.answers[3].reason == "lines: no"
    assert len(engine.asked) == 7  # 7, 3 and 4, 2 and 2, 1 and 1


def test_a_mask_that_wanders_into_another_line_harms_only_these_two():
    def wander(lines):
        return [lines[0].replace("[2]", ""), lines[1] + " [2]", *lines[2:]]

    engine = Fake(plan=[wander])
    report = drafted(MARKED, engine)
    assert [answer.rung for answer in report.answers] == ["xml", "xml", *["square"] * 5]
    assert [len(lines) for lines in engine.asked] == [7, 2]


BRACKETS = ["[{}]", "[ {} ]", "［{}］", "【{}】", "\\[{}]"]


@given(st.lists(st.text("ab [1]/23", max_size=12), min_size=1, max_size=6), st.sampled_from(BRACKETS))
@settings(max_examples=EXAMPLES, deadline=None)
def test_numbers_of_a_request_lead_back_to_those_of_the_texts(texts, bracket):
    lines = numbered(texts)
    assert lines.restored(lines.texts) == texts
    bent = [re.sub(r"\[(\d+)\]", lambda match: bracket.format(match[1]), text) for text in lines.texts]
    assert lines.restored(bent) == [
        re.sub(r"\[(\d+)\]", lambda match: bracket.format(match[1]), text) for text in texts
    ]


@given(st.permutations(range(len(MARKED))))
@settings(max_examples=min(EXAMPLES, 200), deadline=None)
def test_no_order_of_lines_gives_a_text_the_translation_of_another(order):
    lines = numbered([f"[1]{word}[/1]" for word in WORDS])
    if list(order) == sorted(order):
        assert lines.restored(lines.texts)
        return
    with pytest.raises(OutputError):
        lines.restored([lines.texts[at] for at in order])


@given(
    st.lists(st.text("abя %[1]\u20ac", min_size=1, max_size=60), max_size=40),
    st.sampled_from([Batch.LINES, Batch.ARRAY]),
    st.integers(60, 200),
    st.sampled_from([0, 400]),
    st.sampled_from([0, 3]),
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_no_request_is_larger_than_the_engine_takes(texts, batch, chars, size, count):
    from urllib.parse import quote_plus

    traits = Traits("any", batch=batch, max_chars=chars, max_bytes=size, max_texts=count)
    filler = Filler(traits)
    items = [Item(str(at), Request(text), ("en", "ru")) for at, text in enumerate(texts)]
    packs = [pack for item in items for pack in filler.add(item)] + list(filler.rest())
    assert [item for pack in packs for item in pack.items] == items
    for pack in packs:
        sent = [item.request.text for item in pack.items]
        joined = "\n".join(numbered(sent).texts if batch is Batch.LINES else sent)
        assert len(sent) <= (count or 40)
        if len(sent) > 1:
            assert len(joined) <= chars
            assert not size or len(quote_plus(joined)) <= size


def test_a_long_text_goes_out_between_its_sentences():
    text = " ".join(f"This is *sentence* number {at}." for at in range(9))
    engine = Fake(replace(LINES, batch=Batch.ONE, max_chars=100))
    report = drafted([text], engine)
    assert texts_of(report) == texts_of(drafted([text], Fake()))
    assert all(len(line) <= 100 for [line] in engine.asked)
    assert len(engine.asked) == 5


def test_a_sentence_that_is_too_long_is_left_to_the_next_engine():
    text = " and ".join(f"{word} {at}" for at, word in enumerate(WORDS))
    short, long = Fake(replace(LINES, name="short", max_chars=100)), Fake()
    assert drafted([text], short).answers[0].reason == "a sentence is longer than the engine takes"
    assert drafted([text], short, long).answers[0].engine == "lines"
    assert short.asked == []


@given(st.text("ab. !", max_size=80), st.integers(5, 40))
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_portions_of_a_text_make_the_text(text, chars):
    found = portions(text, Traits("any", max_chars=chars))
    if found:
        assert found.joined(found.texts) == text
        assert all(len(part) <= chars for part in found.texts)


# --- manners


class Service:
    """A service that allows so many requests a second, as the stand-in does: a second's worth at most at once."""

    def __init__(self, rate, clock, wait=1.0):
        self.rate = rate
        self.clock = clock
        self.wait = wait
        self.room = float(rate)
        self.filled = clock.now()
        self.refused = 0
        self.moments = []

    def __call__(self, answers):
        now = self.clock.now()
        self.room = min(self.rate, self.room + (now - self.filled) * self.rate)
        self.filled = now
        self.moments.append(now)
        if self.room < 1:
            self.refused += 1
            raise BusyError("busy", self.wait)
        self.room -= 1
        return answers


@pytest.mark.parametrize("workers", [1, 4])
def test_a_service_with_a_limit_refuses_nothing_and_waits_for_nothing(workers):
    clock = FakeClock()
    service = Service(5, clock)
    traits = replace(LINES, batch=Batch.ONE, rate=5.0, workers=workers)
    report = drafted([f"the word {at}" for at in range(90)], Fake(traits, [service] * 90), gates=gates(clock))
    assert (service.refused, report.requests) == (0, 90)
    assert clock.time - 100 <= 1.15 * 90 / 5


def test_too_fast_a_rate_is_found_out_and_lowered():
    clock = FakeClock()
    service = Service(2, clock)
    traits = replace(LINES, batch=Batch.ONE, rate=8.0, workers=2)
    texts = [f"the word {at}" for at in range(90)]
    report = drafted(texts, Fake(traits, [service] * 120), gates=gates(clock))
    assert all(texts_of(report))
    assert service.refused <= 12


def test_everybody_waits_as_long_as_the_service_wants():
    clock = FakeClock()
    moments = []

    def note(answers):
        moments.append(clock.now())
        return answers

    def refuse(answers):
        moments.append(clock.now())
        raise BusyError("busy", 30)

    traits = replace(LINES, batch=Batch.ONE, workers=4)
    drafted(WORDS, Fake(traits, [note, refuse, *[note] * 9]), gates=gates(clock))
    at = next(index for index, moment in enumerate(moments) if moment >= 130)
    assert moments[at:] == sorted(moments[at:])
    assert len(moments) == len(WORDS) + 1
    assert sum(moment < 130 for moment in moments) <= 1 + 4  # those that were on their way


def test_three_refusals_in_a_row_leave_the_rest_to_the_next_engine():
    first = Fake(replace(LINES, name="first"), [BusyError("first: too many requests", 1)] * 9)
    second = Fake(replace(LINES, name="second"))
    told = []
    report = drafted(WORDS, first, second, on_switched_off=lambda name, why: told.append((name, why)))
    assert len(first.asked) == 3
    assert {answer.engine for answer in report.answers} == {"second"}
    assert told == [("first", "first: too many requests")]
    assert report.switched_off == dict(told)


def test_refusals_at_the_same_moment_count_once():
    barrier = threading.Barrier(4, timeout=10)

    def together(answers):
        barrier.wait()
        raise BusyError("busy", 1)

    traits = replace(LINES, batch=Batch.ONE, workers=4)
    report = drafted([f"the word {at}" for at in range(9)], Fake(traits, [None, *[together] * 4]))
    assert all(texts_of(report))
    assert not report.switched_off


def test_nobody_waits_for_an_hour():
    report = drafted(WORDS, Fake(plan=[BusyError("lines: too many requests", 3600)]))
    assert report.switched_off == {"lines": "lines: too many requests; it wants 60 minutes of rest"}


def test_a_failure_is_tried_again_a_little_later():
    clock = FakeClock()
    engine = Fake(plan=[TransientError("a"), TransientError("b"), TransientError("c")])
    assert all(texts_of(drafted(WORDS, engine, gates=gates(clock))))
    assert 0 < clock.time - 100 <= 0.5 + 1 + 2
    assert len(engine.asked) == 4


def test_an_engine_that_fails_and_fails_is_switched_off():
    engine = Fake(plan=[None, *[TransientError("lines: out of order")] * 50])
    texts = [f"the word {at}" for at in range(9)]
    report = drafted(texts, Fake(replace(LINES, batch=Batch.ONE), engine.plan))
    assert report.switched_off == {"lines": "lines: out of order"}
    assert report.requests <= 1 + pace.MOST_FAILURES
    assert [bool(text) for text in texts_of(report)] == [True] + [False] * 8
    assert {answer.reason for answer in report.answers[1:]} == {"lines: out of order"}


def test_time_outs_without_an_end_take_little_more_than_a_minute():
    clock = FakeClock()

    def wait(answers):
        clock.time += 30
        raise TransientError("lines: no answer in time")

    report = drafted(WORDS, Fake(plan=[wait] * 50), gates=gates(clock))
    assert report.switched_off == {"lines": "lines: no answer in time"}
    assert clock.time - 100 <= 100


def test_one_text_that_breaks_the_service_is_left_out():
    def made(text, target):
        if "four" in text:
            raise TransientError("lines: out of order (HTTP 500)")
        return standin.translation(text, target)

    texts = [f"{word} and {at}" for at in range(20) for word in WORDS if "four" not in word or at == 3]
    report = drafted(texts, Fake(replace(LINES, max_chars=60, workers=2), made=made))
    assert [bool(text) for text in texts_of(report)] == ["four" not in text for text in texts]
    assert not report.switched_off


@pytest.mark.parametrize(
    ("error", "asked_anew"), [(OutputError("no text"), []), (TransientError("HTTP 500"), [["four"]])]
)
def test_a_text_without_an_answer_is_remembered_one_that_broke_the_service_is_not(error, asked_anew):
    clock, memory = FakeClock(), Memory()

    def made(text, target):
        if text == "four":
            raise error
        return standin.translation(text, target)

    assert not drafted(["four"], Fake(made=made), memory=memory, gates=gates(clock)).answers[0].text
    again = Fake()
    drafted(["four"], again, memory=memory, gates=gates(clock))
    assert again.asked == asked_anew


@pytest.mark.parametrize("seconds", [0, 2.6])
def test_without_network_everybody_knows_within_five_seconds(seconds):
    clock = FakeClock()

    def wait(answers):
        clock.time += seconds
        raise OfflineError("lines: lines.example is out of reach")

    told = []
    engine = Fake(replace(LINES, workers=8, batch=Batch.ONE), [wait] * 50)
    report = drafted(
        WORDS, engine, gates=gates(clock), on_switched_off=lambda *line: told.append((*line, clock.time - 100))
    )
    assert len(told) == 1
    assert told[0][2] < (5 if seconds < 2.5 else 6)
    assert len(engine.asked) <= 2
    assert texts_of(report) == [""] * len(WORDS)


def test_what_is_cached_is_drafted_without_network_too():
    memory = Memory()
    drafted(MARKED[:5], Fake(), memory=memory)
    report = drafted(MARKED, Fake(plan=[OfflineError("no network")] * 9), memory=memory)
    assert [bool(text) for text in texts_of(report)] == [True] * 5 + [False] * 2


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FatalError("lines: a wrong key"), "lines: a wrong key"),
        (ValueError("the text"), "lines: failed with ValueError"),
    ],
)
def test_an_engine_that_fails_for_good_is_asked_once(error, said):
    engine = Fake(replace(LINES, workers=8, batch=Batch.ONE), [error] * 9)
    report = drafted(WORDS, engine)
    assert len(engine.asked) == 1
    assert report.switched_off == {"lines": said}


def test_an_engine_that_is_off_stays_off_for_later_calls():
    shared = gates()
    drafted(WORDS, Fake(), gates=shared)
    engine = Fake(plan=[FatalError("lines: a wrong key")])
    drafted(WORDS, engine, gates=shared)
    report = drafted(WORDS, engine, gates=shared)
    assert len(engine.asked) == 1
    assert {answer.reason for answer in report.answers} == {"lines: a wrong key"}


def test_a_pair_of_languages_that_is_refused_is_left_to_the_next_engine():
    jobs = [Job((code, text), text, "en", code) for code in ("tg", "ru") for text in WORDS]
    first = Fake(replace(LINES, name="first", max_chars=30), [LanguageError("first: no Tajik")])
    second = Fake(replace(LINES, name="second"))
    report = drafted(jobs, first, second)
    assert {answer.engine for answer in report.answers if answer.id[0] == "tg"} == {"second"}
    assert {answer.engine for answer in report.answers if answer.id[0] == "ru"} == {"first"}
    assert not report.switched_off


def test_languages_that_no_engine_takes_are_never_sent():
    engine = Fake(routes={("en", "ru")})
    report = drafted([Job(0, "one morning", "en", "tg")], engine)
    assert engine.asked == []
    assert report.answers[0].reason == "no engine takes these languages"


# --- the ladder


def test_every_rung_is_packed():
    def damaged(lines):
        return [line.replace("[1]", "", 1) if at % 2 else line for at, line in enumerate(lines)]

    def made(text, target):
        return re.sub(r"\[\d+\]", "", standin.translation(text, target))

    engine = Fake(made=made)
    report = drafted(MARKED, engine)
    assert report.by_rung == {"xml": len(MARKED)}
    assert [len(lines) for lines in engine.asked] == [7, 7]


def test_an_answer_that_is_no_translation_goes_to_the_next_engine():
    first, second = Fake(replace(LINES, name="first"), made=lambda *_: "Error 500 (Server Error)!!1"), Fake()
    report = drafted(MARKED, first, second)
    assert {answer.engine for answer in report.answers} == {"lines"}


def test_an_answer_that_is_no_translation_is_forgotten_in_two_hours():
    clock, memory = FakeClock(), Memory()

    def asked():
        engine = Fake(made=lambda *_: "Error 500 (Server Error)!!1")
        report = drafted(["one morning"], engine, memory=memory, gates=gates(clock))
        assert report.answers[0].reason == "an error page"
        return len(engine.asked)

    assert asked() == 1
    clock.hours += 1
    assert asked() == 0
    clock.hours += 1
    assert asked() == 1
    assert all(key.endswith((" 500000", " 500002")) for key in memory.kept)


def test_an_engine_whose_answers_are_all_useless_is_switched_off():
    engine = Fake(replace(LINES, max_texts=50), made=lambda *_: "Error 500 (Server Error)!!1")
    told = []
    report = drafted([f"the word {at}" for at in range(1000)], engine, on_switched_off=lambda *line: told.append(line))
    assert told == list(report.switched_off.items())
    assert report.switched_off == {"lines": "lines: 200 answers in a row could not be used"}
    assert report.requests == 4


def moody(lines):
    """What an engine returns that mistreats masks, and not always in the same way: it depends on the whole request."""
    chance = random.Random("\n".join(lines))
    return [standin.damaged(line, 100 if chance.random() < 0.2 else 0) for line in lines]


class Moody(Fake):
    def translate(self, requests, source, target):
        return moody(super().translate(requests, source, target))


TEXTS = [f"The **{word}** number {at} is `{at}` of [many](/{at}) *things*" for at in range(30) for word in WORDS]


def test_drafts_depend_neither_on_time_nor_on_workers():
    traits = replace(LINES, max_chars=300)
    reports = [drafted(TEXTS, Moody(replace(traits, workers=workers))) for workers in (1, 3, 8)]
    assert texts_of(reports[0]) == texts_of(reports[1]) == texts_of(reports[2])
    assert reports[0].by_rung == reports[2].by_rung
    assert len(reports[0].by_rung) > 1


@pytest.mark.parametrize("after", range(1, 40, 3))
def test_a_run_that_ends_anywhere_goes_on_as_if_it_had_not(after):
    traits = replace(LINES, max_chars=300, workers=2)
    whole = drafted(TEXTS, Moody(traits))
    memory = Memory()
    seen = Counter()

    class Mortal(Memory):
        def keep(self, answers):
            if len(memory.calls) == after:
                raise KeyboardInterrupt
            memory.keep(answers)

        def find(self, key):
            return memory.find(key)

    first, second = Moody(traits), Moody(traits)
    with pytest.raises(KeyboardInterrupt):
        drafted(TEXTS, first, memory=Mortal())
    again = drafted(TEXTS, second, memory=memory)
    assert texts_of(again) == texts_of(whole)
    seen.update(map(tuple, (*first.asked, *second.asked)))
    assert sum(count - 1 for count in seen.values()) <= 2


# --- stops, progress, the log of what was sent


def test_a_stop_keeps_what_was_done():
    stop = threading.Event()
    memory = Memory()
    engine = Fake(replace(LINES, batch=Batch.ONE))
    report = drafted(WORDS, engine, memory=memory, stop=stop, on_answer=lambda answer: answer.id == 2 and stop.set())
    assert report.stopped
    assert [answer.id for answer in report.answers] == [0, 1, 2]
    assert len(memory.kept) == len(engine.asked)
    assert all(texts_of(drafted(WORDS, engine, memory=memory)))
    assert len(engine.asked) == len(WORDS)


def test_ctrl_c_ends_a_run_in_which_nothing_moves(monkeypatch):
    monkeypatch.setattr(crew, "GRACE", 0.1)
    hangs = threading.Event()

    def hang(answers):
        os.kill(os.getpid(), signal.SIGINT)
        hangs.wait(20)
        return answers

    began = time.monotonic()
    with dispatch.interruptible() as stop:
        report = drafted(WORDS, Fake(replace(LINES, batch=Batch.ONE), [None, hang]), stop=stop)
    hangs.set()
    assert report.stopped
    assert len(report.answers) == 1
    assert time.monotonic() - began < 15


def test_a_second_ctrl_c_interrupts_as_ever():
    with dispatch.interruptible() as stop:
        signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_a_log_that_cannot_be_written_ends_the_run_before_anything_is_sent():
    engine = Fake()

    def full(*_):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        drafted(WORDS, engine, sent=full)
    assert engine.asked == []


def test_what_leaves_the_machine_is_told_before_it_does():
    told = []
    engine = Fake(plan=[TransientError("once more")])
    jobs = [
        Job("a.md", "one morning", "en", "ru"),
        Job("b.md", "one morning", "en", "ru"),
        Job("c.md", "12", "en", "ru"),
    ]
    report = drafted(jobs, engine, sent=lambda *line: told.append((*line, len(engine.asked))))
    assert told == [("lines.example", ("a.md", "b.md"), 11, 0), ("lines.example", ("a.md", "b.md"), 11, 1)]
    assert (report.requests, report.characters) == (2, 22)


def test_what_stays_on_the_machine_is_not_told():
    told = []
    drafted(WORDS, Fake(replace(LINES, host="")), sent=lambda *line: told.append(line))
    assert told == []


def test_progress_goes_up_to_the_whole():
    told = []
    traits = replace(LINES, batch=Batch.ONE, rate=2.0)
    drafted(WORDS, Fake(traits), progress=told.append)
    assert [step.done for step in told] == sorted(step.done for step in told)
    assert (told[-1].done, told[-1].total, told[-1].requests) == (7, 7, 7)
    assert told[-1].seconds_left == 0
    assert told[-1].rate > 0
    assert any(step.seconds_left for step in told)


def test_no_message_holds_a_text():
    secret = "Xylophone quartz"
    plans = [ValueError(secret), RuntimeError(secret), lambda lines: [secret, secret]]
    for plan in plans:
        report = drafted([secret], Fake(plan=[plan] * 9))
        assert "ylophone" not in repr(report.switched_off) + repr([answer.reason for answer in report.answers])


def test_an_estimate_is_what_a_run_takes():
    memory = Memory()
    traits = replace(LINES, max_chars=300, rate=2.0, price=20.0)
    drafted(TEXTS[:50], Fake(traits), memory=memory)
    jobs = [Job(at, text, "en", "ru") for at, text in enumerate([*TEXTS, *TEXTS[:10], "12"])]
    told = dispatch.estimate(jobs, Fake(traits), memory)
    report = drafted(jobs, Fake(traits), memory=memory)
    assert (told.segments, told.unique, told.cached) == (len(TEXTS) + 11, len(TEXTS) + 1, 51)
    assert (told.characters, told.requests) == (report.characters, report.requests)
    assert told.seconds == told.requests / 2
    assert told.price == pytest.approx(told.characters * 20 / 1e6)
    assert dispatch.estimate(jobs, Fake(traits), memory).requests == 0


def half(answers):
    return [answer[: len(answer) // 2] for answer in answers]


def halves(text, target):
    return half([standin.translation(text, target)])[0]


SHORT_TEXTS = [
    "Read **more**", "Our `make` file", "See [the map](/m) of it", "News", "Contact us", "A school of *ours*",
    "How to help", "Frequently asked **questions** and answers", "All the courses of this year and of the next",
    "Teachers and [pupils](/p)", "Run `make` and `make test`", "The doors close at six.",
]  # fmt: skip


def test_half_texts_are_no_drafts_however_short_they_are():
    report = drafted(SHORT_TEXTS, Fake(made=halves))
    assert [answer.text for answer in report.answers] == [""] * len(SHORT_TEXTS)
    assert {answer.reason for answer in report.answers} == {"the text breaks off"}


def test_runs_are_not_trusted_where_all_masks_were_lost_with_the_end_of_the_text():
    text = "See [the map](/m) of `x`"
    alone = drafted([text], Fake(made=halves))
    assert (alone.answers[0].text, alone.answers[0].reason) == ("", "the text breaks off")
    # masks that are lost and words that are not: runs are what is left
    unmarked = Fake(made=lambda text, target: re.sub(r" *(?:\[/?\d+\]|</?x\d+/?>)", "", translation(text)))
    assert drafted([text], unmarked).by_rung == {"split": 1}


def test_a_service_that_halves_one_request_is_asked_again_before_long():
    memory, clock = Memory(), FakeClock()
    first = drafted(SHORT_TEXTS, Fake(plan=[half] * 9), memory=memory, gates=gates(clock))
    assert not any(answer.text for answer in first.answers)
    clock.hours += 3
    second = drafted(SHORT_TEXTS, Fake(), memory=memory, gates=gates(clock))
    assert second.by_rung == {"square": len(SHORT_TEXTS)}


def test_a_service_that_halves_everything_is_switched_off():
    texts = [f"Number {number} of {number + 7} news" for number in range(300)]
    report = drafted(texts, Fake(replace(LINES, max_texts=20), made=halves))
    assert "answers in a row could not be used" in report.switched_off["lines"]
    assert not any(answer.text for answer in report.answers)


@needs_corpora
def test_eight_hundred_segments_are_fewer_than_ninety_requests():
    paragraphs = []
    for path in sorted((CORPORA / "jekyll").rglob("*.md")):
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            if re.match(r"[A-Z][a-z]+ [a-z]", block):
                paragraphs.append(" ".join(block.split()))
    clock = FakeClock()
    service = Service(5, clock)
    traits = replace(LINES, rate=4.5, workers=4, max_bytes=7500)
    memory = Memory()
    texts = list(dict.fromkeys(paragraphs))[:800]
    report = drafted(texts, Fake(traits, [service] * 200), memory=memory, gates=gates(clock))
    assert len(texts) == 800
    assert report.requests <= 90
    assert service.refused == 0
    assert clock.time - 100 <= 1.15 * report.requests / 5
    assert drafted(texts, Fake(traits), memory=memory).requests == 0


# --- a process that is killed

SCRIPT = """
    import json, sys
    from tarjuma import dispatch
    from tarjuma.engines import google
    from tarjuma.memory import Memory
    from tests.test_dispatch import TEXTS

    jobs = [dispatch.Job(at, text, "en", "ru") for at, text in enumerate(TEXTS)]
    engine = google.engine({"url": sys.argv[1], "max_chars": 600, "rate": 200, "workers": 4}, {})
    print("ready", flush=True)
    report = dispatch.run(jobs, [engine], Memory(sys.argv[2]))
    print(json.dumps(report.answers), flush=True)
"""


def started(url, path):
    script = textwrap.dedent(SCRIPT)
    process = subprocess.Popen(
        [sys.executable, "-c", script, url, str(path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]
    )
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    return process


def outcome(process):
    said, _ = process.communicate(timeout=60)
    return [(answer[0], answer[1], answer[3]) for answer in json.loads(said)] if said else None


def kills(folder, moments, mask_faults):
    """Yield, for each moment, what an undisturbed and a killed run came to, and how many texts were asked twice."""
    with standin.StandIn(latency=0.02, mask_faults=mask_faults) as server:
        whole = outcome(started(server.google, folder / "whole.db"))
        for at, share in enumerate(moments):
            server.reset()
            path = folder / f"{at}.db"
            process = started(server.google, path)
            while len(server.seen) < share and process.poll() is None:
                time.sleep(0.002)
            process.kill()
            outcome(process)
            time.sleep(0.1)  # what was on its way arrives
            again = outcome(started(server.google, path))
            asked = Counter(tuple(seen.texts) for seen in list(server.seen))
            yield whole, again, sum(count - 1 for count in asked.values())


@pytest.mark.parametrize("mask_faults", [0, 5])
def test_a_killed_process_goes_on_where_it_was(tmp_path, mask_faults):
    for whole, again, twice in kills(tmp_path, (1, 9, 25), mask_faults):
        assert again == whole
        assert len(whole) == len(TEXTS)
        assert twice <= 4  # one pack a worker
