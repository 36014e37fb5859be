"""Engines that ask a service, against a stand-in that speaks its dialect and has its faults, on the loopback."""

from __future__ import annotations

import gc
import json
import logging
import os
import socket
import threading
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import engines
from tarjuma.engines import (
    Batch,
    BusyError,
    Engine,
    EngineError,
    FatalError,
    LanguageError,
    OfflineError,
    OutputError,
    Request,
    Surroundings,
    TransientError,
)
from tarjuma.errors import ConfigError
from tarjuma.langs import LANGUAGES
from tests.laws import EXAMPLES
from tests.standin import StandIn, translation

NAMES = ("google", "mymemory", "libre", "deepl", "openai")
KEY = "secret-7f3a:fx"
KEYS = {"deepl": "DEEPL_API_KEY", "libre": "LIBRETRANSLATE_API_KEY", "openai": "OPENAI_API_KEY"}
TEXT = "Confidential [1]matter[/1] of Alice, 50% & more."
CODES = ("ru", "tg", "be", "hy", "az", "kk", "ky", "ro", "tk", "uz", "uk", "ka")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="module")
def running() -> Iterator[StandIn]:
    with StandIn() as standin:
        yield standin


@pytest.fixture
def server(running: StandIn) -> StandIn:
    running.reset()
    running.key, running.is_old, running.latency = "", False, 0
    running.refuses = set()
    return running


def made(name: str, server: StandIn, key: str = "", **more: object) -> Engine:
    """Return an engine that asks the stand-in and waits for half a second at most."""
    needed = {"model": "tiny"} if name == "openai" else {}
    environment = {KEYS[name]: key} if key and name in KEYS else {}
    if name == "deepl" and not key:
        environment = {KEYS["deepl"]: "k"}
    return engines.engine(name, {"url": getattr(server, name), "timeout": 0.5} | needed | more, environment)


def translated(engine: Engine, *texts: str, target: str = "ru", source: str = "en") -> list[str]:
    return engine.translate([Request(text) for text in texts], source, target)


def said(error: BaseException) -> str:
    """Return all that an error and its chain can tell somebody."""
    parts = ["".join(traceback.format_exception(error))]
    while error is not None:
        parts += [str(error), repr(error), repr(error.args), repr(vars(error))]
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    return "\n".join(parts)


def failure(engine: Engine, *texts: str, target: str = "ru") -> EngineError:
    """Return the error that a translation ends with; anything else fails the test."""
    with pytest.raises(EngineError) as caught:
        translated(engine, *(texts or (TEXT,)), target=target)
    return caught.value


# What holds for all of them


@pytest.mark.parametrize("name", NAMES)
def test_a_text_comes_back_translated(name: str, server: StandIn) -> None:
    engine = made(name, server)
    assert translated(engine, TEXT, target="ru") == [translation(TEXT, "ru")]
    assert engine.traits.name == name
    assert engine.traits.host == "127.0.0.1"


@pytest.mark.parametrize("name", NAMES)
def test_texts_come_back_in_order_and_white_space_stays(name: str, server: StandIn) -> None:
    texts = ["  One two ", "Three [2] four\t", "Five six."]
    assert translated(made(name, server), *texts) == [translation(text, "ru") for text in texts]


UNTRANSLATABLE = ["", " ", "…", "—", "***", "12 345", "🎉", "[1][/1]", "<x1/> <x2>12</x2>", "&amp; &#160;", "50 %"]


@pytest.mark.parametrize("name", NAMES)
def test_text_without_letters_is_never_sent_and_comes_back_as_it_is(name: str, server: StandIn) -> None:
    engine = made(name, server)
    assert translated(engine, *UNTRANSLATABLE) == UNTRANSLATABLE
    assert [text for seen in server.seen for text in seen.texts] == []
    assert translated(engine, "…", "Word", "***") == ["…", translation("Word", "ru"), "***"]
    assert [text for seen in server.seen for text in seen.texts] == ["Word"]


ODD = ["100%25 + 1 = 101 & more?", "A#b;c/d\\e", "Ünïcödé “quotes”", "a < b > c", "Да и нет", "tab\there", "{name} %s"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ODD)
def test_no_character_is_lost_on_the_way(name: str, text: str, server: StandIn) -> None:
    assert translated(made(name, server), text) == [translation(text, "ru")]
    assert server.texts[-1:] == [text] or name == "deepl"


@pytest.mark.parametrize("name", NAMES)
def test_every_language_of_the_table_has_a_code_but_cyrillic_uzbek(name: str, server: StandIn) -> None:
    engine = made(name, server)
    routes = {code: engine.route("en", code) for code in LANGUAGES}
    assert [code for code, route in routes.items() if route is None] == ["uz-Cyrl", "en"]
    assert engine.route("ru", "be") is not None
    assert engine.route("uz-Cyrl", "ru") is None
    assert engine.route("ru", "ru") is None
    assert engine.route("en", "ro-MD") is not None
    assert server.stats["requests"] == 0


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("pair", [("en", "uz-Cyrl"), ("en", "en"), ("ru", "ru"), ("en", "xx-Nonsense")])
def test_a_pair_that_it_does_not_take_is_said_and_not_asked(name: str, pair: tuple[str, str], server: StandIn) -> None:
    with pytest.raises((LanguageError, FatalError)):
        made(name, server).translate([Request("Hello")], *pair)
    assert server.texts == []


ROUTES = {
    "google": {code: code for code in CODES},
    "mymemory": {
        "ru": "ru-RU", "tg": "tg-TJ", "be": "be-BY", "hy": "hy-AM", "az": "az-AZ", "kk": "kk-KZ", "ky": "ky-KG",
        "ro": "ro-RO", "tk": "tk-TM", "uz": "uz-UZ", "uk": "uk-UA", "ka": "ka-GE",
    },
    "libre": {code: code for code in CODES},
    "deepl": {code: code.upper() for code in CODES},
    "openai": {code: code for code in CODES},
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_codes_are_those_of_the_service(name: str, server: StandIn) -> None:
    engine = made(name, server)
    source = {"mymemory": "en-GB", "deepl": "EN"}.get(name, "en")
    assert {code: engine.route("en", code) for code in CODES} == {c: (source, s) for c, s in ROUTES[name].items()}


# Faults. What each means for the run: ask later, ask again, give up, try another way.

EVERYWHERE = [
    ("429", BusyError),
    ("503 later", BusyError),
    ("529", BusyError),
    ("sorry", BusyError),
    ("408", TransientError),
    ("500", TransientError),
    ("502", TransientError),
    ("503", TransientError),
    ("504", TransientError),
    ("522", TransientError),
    ("never", TransientError),
    ("drip", TransientError),
    ("reset", TransientError),
    ("cut off", TransientError),
    ("401", FatalError),
    ("402", FatalError),
    ("403", FatalError),
    ("404", FatalError),
    ("405", FatalError),
    ("410", FatalError),
    ("456", FatalError),
    ("consent", FatalError),
    ("elsewhere", FatalError),
    ("413", OutputError),
    ("414", OutputError),
    ("204", OutputError),
    ("html", OutputError),
    ("nothing", OutputError),
    ("null", OutputError),
    ("list", OutputError),
    ("empty", OutputError),
]
OWN = [
    ("google", "400", OutputError),
    ("google", "error page", TransientError),
    ("google", "no container", TransientError),
    ("google", "consent page", FatalError),
    ("google", "captcha", BusyError),
    ("google", "fewer", OutputError),
    ("google", "more", OutputError),
    ("mymemory", "400", OutputError),
    ("mymemory", "quota", FatalError),
    ("mymemory", "language", LanguageError),
    ("mymemory", "length", OutputError),
    ("mymemory", "none", OutputError),
    ("mymemory", "no data", OutputError),
    ("libre", "400", OutputError),
    ("libre", "error page", OutputError),
    ("libre", "fewer", OutputError),
    ("libre", "none", OutputError),
    ("deepl", "400", OutputError),
    ("deepl", "error page", OutputError),
    ("deepl", "fewer", OutputError),
    ("deepl", "none", OutputError),
    ("openai", "error page", OutputError),
    ("openai", "fewer", OutputError),
    ("openai", "doubled", OutputError),
    ("openai", "other ids", OutputError),
    ("openai", "none", OutputError),
    ("openai", "refusal", OutputError),
    ("openai", "content_filter", OutputError),
    ("openai", "length", OutputError),
    ("openai", "prose", OutputError),
    ("openai", "sorry", BusyError),
    ("openai", "broken", OutputError),
    ("openai", "numbers", OutputError),
    ("openai", "no choices", OutputError),
    ("openai", "quota", FatalError),
]
FAULTS = [(name, *fault) for name in NAMES for fault in EVERYWHERE] + OWN


@pytest.mark.parametrize(("name", "fault", "wanted"), FAULTS)
def test_a_fault_is_the_right_error_and_tells_neither_text_nor_key(
    name: str, fault: str, wanted: type[EngineError], server: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    engine = made(name, server, KEY, timeout=0.3)
    translated(engine, "Warm up")
    server.fault = fault
    error = failure(engine, TEXT, "Another [2] text.")
    assert isinstance(error, wanted)
    told = said(error) + caplog.text + repr(engine) + repr(engine.traits)
    assert "Alice" not in told
    assert "Confidential" not in told
    assert KEY.removesuffix(":fx") not in told
    assert str(error).startswith(f"{name}: ")
    assert error.__context__ is None
    server.fault = ""
    assert translated(engine, "Another try") == [translation("Another try", "ru")], "the engine works again afterwards"


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_with_the_status_of_success_and_words_of_another_is_not_judged_here(
    name: str, server: StandIn
) -> None:
    """Half texts, copies and other scripts are for `outputs`: every engine has them."""
    for fault in ("half", "echo", "wrong script"):
        server.faults.append(fault)
        assert all(translated(made(name, server), "A text that is long enough."))


AFTER = [
    ("7", "", 7.0),
    (" 0 ", "", 0.0),
    ("Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:27:00 GMT", 60.0),
    ("Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 09:00:00 GMT", 0.0),
    ("", "", None),
    ("soon", "", None),
    ("-5", "", None),
    ("1.5", "", None),
    ("٣", "", None),
    ("Wed, 99 Foo 9999999 07:28:00 GMT", "", None),
]


@pytest.mark.parametrize(("after", "date", "wanted"), AFTER)
def test_retry_after_is_seconds_or_a_date(after: str, date: str, wanted: float | None) -> None:
    from tarjuma.engines._http import seconds

    assert seconds(after, date) == wanted


def test_a_date_without_the_clock_of_the_service_is_measured_from_ours() -> None:
    from tarjuma.engines._http import seconds

    later = seconds(formatdate(time.time() + 1000, usegmt=True))
    assert later is not None
    assert 900 < later <= 1000


@pytest.mark.parametrize("name", NAMES)
def test_the_wait_that_a_service_asks_for_is_kept_with_the_error(name: str, server: StandIn) -> None:
    engine = made(name, server)
    translated(engine, "Warm up")
    server.faults.extend(["429 later", "429 date", "429 odd"])
    assert [failure(engine).after for _ in range(3)] == [7.0, 60.0, None]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", NAMES)
def test_a_host_that_nothing_listens_on_is_out_of_reach(name: str, server: StandIn) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert isinstance(failure(made(name, server, url=f"http://127.0.0.1:{port}/m")), OfflineError)


@pytest.mark.parametrize("name", NAMES)
def test_without_a_network_no_name_is_found_and_the_host_is_named(
    name: str, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    engine = made(name, server, url="https://service.invalid/m")
    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    error = failure(engine)
    assert isinstance(error, OfflineError)
    assert "service.invalid cannot be reached" in str(error)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_server_that_is_silent_is_not_waited_for(
    name: str, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()
    engine = made(name, server, url="https://service.invalid/m", connect_timeout=0.1)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: ended.wait(30))
    try:
        assert isinstance(failure(engine), OfflineError)
    finally:
        ended.set()


@pytest.mark.parametrize("name", NAMES)
def test_a_proxy_that_is_down_is_no_network(name: str, server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://user:hush@127.0.0.1:9")
    error = failure(made(name, server, url="https://service.invalid/m"))
    assert isinstance(error, OfflineError)
    assert "hush" not in said(error)


def test_a_connection_that_cannot_be_encrypted_is_no_connection(server: StandIn) -> None:
    assert isinstance(failure(made("google", server, url=server.google.replace("http:", "https:"))), FatalError)


# The twenty traps of deep-translator (facts/machine-translation.md, section 1), each by its number


def test_trap_0_the_version_that_the_adapter_was_written_for_is_pinned() -> None:
    assert metadata.version("deep-translator") == "1.11.4"
    project = Path(__file__).parents[1] / "pyproject.toml"
    if project.is_file():
        assert '"deep-translator==1.11.4"' in project.read_text(encoding="utf-8")


MANY = 10_000 if os.environ.get("TARJUMA_DEEP") else 320


@pytest.mark.parametrize("name", NAMES)
def test_trap_1_no_text_gets_the_translation_of_another_in_32_threads(name: str, server: StandIn) -> None:
    engine = made(name, server, timeout=30)
    texts = [f"Segment {number} says [1]hello[/1]." for number in range(MANY)]
    with ThreadPoolExecutor(32) as pool:
        found = list(pool.map(lambda text: translated(engine, text)[0], texts))
    assert [text for text, answer in zip(texts, found, strict=True) if answer != translation(text, "ru")] == []


@pytest.mark.parametrize("name", ["google", "mymemory"])
def test_trap_1_one_thread_may_change_languages(name: str, server: StandIn) -> None:
    engine = made(name, server)
    for target in ("ru", "tg", "hy", "ru", "ka"):
        assert translated(engine, "Hello there", target=target) == [translation("Hello there", target)]


@pytest.mark.parametrize("name", ["google", "mymemory"])
@pytest.mark.parametrize("fault", ["never", "drip"])
def test_trap_2_a_silent_service_is_left_after_a_while(name: str, fault: str, server: StandIn) -> None:
    server.faults.append(fault)
    assert isinstance(failure(made(name, server, timeout=0.2)), TransientError)


def test_trap_3_an_error_page_is_no_translation(server: StandIn) -> None:
    server.faults.extend(["error page", "no container"])
    engine = made("google", server)
    assert "error in the place of a translation" in str(failure(engine))
    assert "error in the place of a translation" in str(failure(engine))


def test_trap_3_a_text_about_error_pages_may_be_translated(server: StandIn) -> None:
    server.faults.append("echo")
    text = "It says: Error 500 (Server Error)!!1"
    assert translated(made("google", server), text) == [text]


def test_trap_4_a_used_up_quota_is_said_with_the_time_of_the_next(server: StandIn) -> None:
    server.faults.append("quota")
    error = failure(made("mymemory", server))
    assert isinstance(error, FatalError)
    assert str(error) == "mymemory: today's free translations are used up; there is more in 4 h 30 min"


def test_trap_4_a_text_about_quotas_may_be_translated(server: StandIn) -> None:
    text = "MYMEMORY WARNING means that you used all available free translations."
    server.faults.append("echo")
    assert translated(made("mymemory", server), text) == [text]


@pytest.mark.parametrize("name", ["google", "mymemory"])
def test_trap_5_what_google_answers_none_to_is_never_sent(name: str, server: StandIn) -> None:
    assert translated(made(name, server), "***") == ["***"]
    assert server.stats["requests"] == 0


@pytest.mark.parametrize("name", ["google", "mymemory"])
def test_trap_6_nothing_is_no_translation(name: str, server: StandIn) -> None:
    server.faults.append("empty")
    assert isinstance(failure(made(name, server)), OutputError)


def test_trap_6_a_pack_with_an_empty_line_is_not_used(server: StandIn) -> None:
    server.faults.append("empty")
    assert isinstance(failure(made("google", server), "One", "Two"), OutputError)


def test_trap_7_statuses_are_told_apart(server: StandIn) -> None:
    engine = made("google", server)
    server.faults.extend(["403", "500", "413", "429 later"])
    kinds = [type(failure(engine)) for _ in range(4)]
    assert kinds == [FatalError, TransientError, OutputError, BusyError]


def test_trap_8_the_batch_of_the_library_is_never_used(server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    from deep_translator.base import BaseTranslator

    monkeypatch.setattr(BaseTranslator, "_translate_batch", lambda *_: 1 / 0)
    assert translated(made("google", server), "One", "Two") == [translation("One", "ru"), translation("Two", "ru")]
    assert server.stats["requests"] == 1
    assert translated(made("google", server)) == []


@pytest.mark.parametrize("name", ["google", "mymemory"])
def test_trap_9_white_space_around_a_text_stays(name: str, server: StandIn) -> None:
    assert translated(made(name, server), "\t Hello  there ") == ["\t " + translation("Hello  there", "ru") + " "]


def test_trap_10_texts_longer_than_the_limits_are_not_sent(server: StandIn) -> None:
    google, mymemory = made("google", server), made("mymemory", server)
    assert len(translated(google, "a" * 4999)[0]) == 4999
    assert len(translated(mymemory, "a" * 499)[0]) == 499
    assert len(translated(mymemory, "я" * 250, source="ru", target="be")[0]) == 250
    server.reset()
    for engine, text in ((google, "a" * 5000), (google, "я" * 3000), (mymemory, "a" * 500), (mymemory, "я" * 251)):
        assert "longer" in str(failure(engine, text))
    assert server.stats["requests"] == 0


def test_trap_10_limits_count_the_bytes_of_the_address(server: StandIn) -> None:
    traits = made("google", server).traits
    assert traits.max_chars < 5000
    assert 0 < traits.max_bytes < 8000
    assert made("google", server, max_chars=9000).traits.max_chars == 4999
    assert made("mymemory", server, max_chars=9000).traits.max_chars == 300


@given(st.integers(0, 500), st.integers(0, 500))
def test_trap_10_whatever_fits_mymemory_has_at_most_500_bytes(latin: int, cyrillic: int) -> None:
    traits = engines.engine("mymemory", {}, {}).traits
    text = "a" * latin + "я" * cyrillic
    fits = len(text) <= traits.max_chars and len(quote_plus(text)) <= traits.max_bytes
    assert not fits or len(text.encode()) <= 500


def test_trap_11_the_source_language_is_always_said(server: StandIn) -> None:
    translated(made("google", server), "Hello")
    translated(made("mymemory", server), "Hello")
    assert [(seen.source, seen.target) for seen in server.seen] == [("en", "ru"), ("en-GB", "ru-RU")]


@pytest.mark.parametrize("end", ["", "/", "/translate"])
def test_trap_12_a_libretranslate_server_needs_no_key_and_no_slash(end: str, server: StandIn) -> None:
    assert translated(made("libre", server, url=server.libre + end), "Hello") == [translation("Hello", "ru")]
    assert "api_key" not in json.loads(server.seen[-1].body)


@pytest.mark.parametrize(("name", "variable"), KEYS.items())
def test_trap_13_keys_are_read_when_the_engine_is_made(
    name: str, variable: str, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "of-the-process")
    server.key = "of-the-engine"
    assert translated(made(name, server, "of-the-engine"), "Hello") == [translation("Hello", "ru")]


@pytest.mark.parametrize(("name", "variable"), KEYS.items())
def test_trap_14_a_refused_key_is_not_repeated(name: str, variable: str, server: StandIn) -> None:
    server.key = "right"
    error = failure(made(name, server, "wrong-key"))
    assert isinstance(error, FatalError)
    assert "wrong-key" not in said(error)
    assert "right" not in said(error)


@pytest.mark.parametrize("name", ["google", "mymemory"])
@pytest.mark.parametrize("fault", ["reset", "cut off", "nothing", "list", "null"])
def test_trap_15_nobody_elses_error_gets_out(name: str, fault: str, server: StandIn) -> None:
    server.faults.append(fault)
    error = failure(made(name, server))
    assert isinstance(error, EngineError)
    assert "Alice" not in said(error)


@pytest.mark.parametrize("raised", [StopIteration, AttributeError, KeyError, RecursionError, ValueError])
def test_trap_15_whatever_the_library_raises_is_an_answer_that_cannot_be_read(
    raised: type[Exception], server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine: Any = made("google", server)
    translated(engine, "Hello")

    def broken(*_: object) -> None:
        raise raised(TEXT)

    monkeypatch.setattr(engine._deep, "_read", broken)
    error = failure(engine)
    assert isinstance(error, OutputError)
    assert "Alice" not in said(error)


@pytest.mark.parametrize("name", NAMES)
def test_trap_16_making_an_engine_and_asking_for_codes_needs_no_network(
    name: str, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "socket", None)
    engine = made(name, server)
    assert engine.route("en", "ru")
    engine.close()


@pytest.mark.parametrize("name", NAMES)
def test_trap_17_a_thread_keeps_its_connection(name: str, server: StandIn) -> None:
    engine = made(name, server)
    for number in range(5):
        translated(engine, f"Text {number}")
    assert server.stats["connections"] == 1
    engine.close()
    translated(engine, "After close")
    assert server.stats["connections"] == 2


@pytest.mark.parametrize("name", NAMES)
def test_trap_18_the_user_agent_says_who_asks(name: str, server: StandIn) -> None:
    translated(made(name, server), "Hello")
    assert {seen.headers["user-agent"].split("/")[0] for seen in server.seen} == {"Mozilla"}
    assert all("tarjuma/" in seen.headers["user-agent"] for seen in server.seen)


def test_trap_18_a_language_it_does_not_know_lists_no_table(server: StandIn) -> None:
    with pytest.raises(EngineError) as caught:
        made("google", server).translate([Request("Hello")], "en", "tlh")
    assert str(caught.value) == "google: does not translate from en into tlh"


def test_trap_19_the_address_may_be_set_for_every_engine_and_mymemory_is_asked_over_https() -> None:
    found = {}
    for name in NAMES:
        engine = engines.engine(name, {"model": "m"} if name == "openai" else {}, dict.fromkeys(KEYS.values(), "k"))
        found[name] = engine.traits.host
    assert found == {
        "google": "translate.google.com",
        "mymemory": "api.mymemory.translated.net",
        "libre": "localhost",
        "deepl": "api.deepl.com",
        "openai": "api.openai.com",
    }
    from tarjuma.engines import mymemory

    assert mymemory.URL.startswith("https://")


@pytest.mark.parametrize("name", ["google", "mymemory"])
def test_trap_20_an_engine_never_gets_the_translators_of_one_that_is_gone(name: str, server: StandIn) -> None:
    for number in range(20):
        engine = made(name, server, url=f"{getattr(server, name)}/{number}")
        translated(engine, "Hello")
        assert f"/{number}?" in server.seen[-1].path
        engine.close()
        del engine
        gc.collect()


def test_the_library_stays_as_it_is_for_others_in_the_process(server: StandIn) -> None:
    import deep_translator.google
    import requests

    translated(made("google", server), "Hello")
    assert deep_translator.google.requests is requests


# Contracts, service by service


def test_google_gets_all_texts_on_lines_of_one_request(server: StandIn) -> None:
    texts = ["One [1]two[/1]", "Three", "Four & five"]
    engine = made("google", server)
    assert engine.traits.batch is Batch.LINES
    assert translated(engine, *texts, target="tg") == [translation(text, "tg") for text in texts]
    assert [(seen.method, seen.texts) for seen in server.seen] == [("GET", texts)]
    assert server.seen[0].path.startswith("/m?")


@pytest.mark.parametrize("fault", ["br", "no charset"])
def test_google_may_break_lines_with_tags_and_forget_its_charset(fault: str, server: StandIn) -> None:
    server.faults.append(fault)
    assert translated(made("google", server), "One", "Two") == [translation("One", "ru"), translation("Two", "ru")]


def test_google_is_not_asked_about_a_text_with_a_line_end(server: StandIn) -> None:
    assert "line end" in str(failure(made("google", server), "One\ntwo"))
    assert server.stats["requests"] == 0


@pytest.mark.parametrize(
    ("tag", "code"), [("he", "iw"), ("nb", "no"), ("zh-Hant", "zh-TW"), ("fil", "tl"), ("pt-BR", "pt")]
)
def test_google_has_its_own_names_for_some_languages(tag: str, code: str, server: StandIn) -> None:
    assert made("google", server).route("en", tag) == ("en", code)


def test_mymemory_is_asked_text_by_text_with_the_email_of_the_settings(server: StandIn) -> None:
    engine = made("mymemory", server, email="me@example.org")
    assert engine.traits.batch is Batch.ONE
    translated(engine, "One", "Two")
    assert [seen.texts for seen in server.seen] == [["One"], ["Two"]]
    assert "de=me%40example.org" in server.seen[0].path
    assert "langpair=en-GB%7Cru-RU" in server.seen[0].path


def test_mymemory_gives_its_own_translation_where_it_knows_one_that_only_resembles(server: StandIn) -> None:
    server.faults.append("resembling")
    assert translated(made("mymemory", server), "Room 7") == [translation("Room 7", "ru")]


def test_mymemory_writes_entities_which_are_read(server: StandIn) -> None:
    server.faults.append("entities")
    assert translated(made("mymemory", server), 'It\'s "so"') == [translation('It\'s "so"', "ru")]


def test_mymemory_may_say_429_and_mean_the_day(server: StandIn) -> None:
    from tarjuma.engines._http import Answer
    from tarjuma.engines.mymemory import _memory
    from tests.standin import MYMEMORY_QUOTA

    with pytest.raises(FatalError):
        _memory(Answer(429, {}, MYMEMORY_QUOTA.encode()), {"q": "Hello"})


def test_libretranslate_gets_json_with_an_array_and_no_query(server: StandIn) -> None:
    server.key = KEY
    texts = ["One", "Two [1] three"]
    engine = made("libre", server, KEY)
    assert engine.traits.batch is Batch.ARRAY
    assert translated(engine, *texts) == [translation(text, "ru") for text in texts]
    seen = server.seen[-1]
    assert (seen.method, seen.path) == ("POST", "/libre/translate")
    assert json.loads(seen.body) == {"q": texts, "source": "en", "target": "ru", "format": "text", "api_key": KEY}
    assert KEY not in json.dumps([each.path for each in server.seen])


def test_libretranslate_that_wants_a_key_says_where_to_put_it(server: StandIn) -> None:
    server.key = KEY
    error = failure(made("libre", server))
    assert isinstance(error, FatalError)
    assert "LIBRETRANSLATE_API_KEY" in str(error)


@pytest.mark.parametrize("name", ["libre", "deepl"])
def test_the_languages_are_asked_once_for_all_threads(name: str, server: StandIn) -> None:
    engine = made(name, server, timeout=10)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: translated(engine, f"Text {number}"), range(24)))
    assert len([seen for seen in server.seen if "languages" in seen.path]) == 1


@pytest.mark.parametrize(("name", "lacks", "has"), [("libre", "tg", "kk"), ("deepl", "et", "tg")])
def test_a_language_that_the_service_has_not_is_known_after_the_first_question(
    name: str, lacks: str, has: str, server: StandIn
) -> None:
    engine = made(name, server)
    assert engine.route("en", lacks)
    assert isinstance(failure(engine, "Hello", target=lacks), LanguageError)
    assert engine.route("en", lacks) is None
    assert engine.route("en", has)
    assert server.texts == []
    assert translated(engine, "Hello", target=has) == [translation("Hello", has)]


@pytest.mark.parametrize("name", ["libre", "deepl"])
def test_languages_that_could_not_be_asked_are_asked_again(name: str, server: StandIn) -> None:
    engine = made(name, server)
    server.faults.append("503")
    assert isinstance(failure(engine), TransientError)
    assert translated(engine, "Hello") == [translation("Hello", "ru")]


@pytest.mark.parametrize("name", ["libre", "deepl"])
def test_another_service_at_the_address_is_recognised(name: str, server: StandIn) -> None:
    server.faults.append("html")
    assert isinstance(failure(made(name, server)), FatalError)


@pytest.mark.parametrize(("key", "host"), [("k:fx", "api-free.deepl.com"), ("k", "api.deepl.com")])
def test_deepl_has_a_host_for_each_plan(key: str, host: str) -> None:
    traits = engines.engine("deepl", {}, {"DEEPL_API_KEY": key}).traits
    assert traits.host == host
    assert bool(traits.price) == (host == "api.deepl.com")
    assert traits.price_note


def test_deepl_without_a_key_says_where_to_put_it() -> None:
    with pytest.raises(FatalError, match="DEEPL_API_KEY"):
        engines.engine("deepl", {}, {"DEEPL_API_KEY": "  "})


def test_deepl_gets_json_with_xml_and_the_key_in_a_header(server: StandIn) -> None:
    server.key = KEY
    engine = made("deepl", server, KEY, glossary={"ru": "g-1"}, formality="prefer_more")
    around = Surroundings(heading="Rooms", before="A <x9/> house.", after="It is cheap.")
    requests = [Request("<x1>Big</x1> &amp; <x2/> a &lt; b", around), Request("No marks")]
    assert engine.translate(requests, "en", "ru") == [translation(each.text, "ru") for each in requests]
    seen = server.seen[-1]
    assert (seen.method, seen.path) == ("POST", "/deepl/v2/translate")
    assert seen.headers["authorization"] == f"DeepL-Auth-Key {KEY}"
    assert json.loads(seen.body) == {
        "text": ["<x1>Big</x1> &amp; <x2/> a &lt; b", "No marks"],
        "source_lang": "EN",
        "target_lang": "RU",
        "preserve_formatting": True,
        "context": "Rooms\nA  house.\nIt is cheap.",
        "glossary_id": "g-1",
        "formality": "prefer_more",
        "tag_handling": "xml",
        "tag_handling_version": "v2",
        "outline_detection": False,
        "ignore_tags": ["x2"],
    }


@pytest.mark.parametrize(("text", "target"), [("[1]Big[/1] & small", "ru"), ("<x1>Big</x1> & small", "tg")])
def test_deepl_handles_tags_only_where_there_are_some_and_it_can(text: str, target: str, server: StandIn) -> None:
    engine = made("deepl", server)
    assert translated(engine, text, target=target) == [translation(text, target)]
    body = json.loads(server.seen[-1].body)
    assert "tag_handling" not in body
    assert body["text"] == [text]


def test_deepl_is_asked_for_fifty_texts_at_a_time(server: StandIn) -> None:
    texts = [f"Text {number}" for number in range(120)]
    engine = made("deepl", server)
    assert engine.traits.max_texts == 50
    assert translated(engine, *texts) == [translation(text, "ru") for text in texts]
    assert [len(seen.texts) for seen in server.seen if seen.texts] == [50, 50, 20]


def test_deepl_may_have_the_old_list_of_languages_only(server: StandIn) -> None:
    server.is_old = True
    assert translated(made("deepl", server), "<x1/> Hello") == [translation("<x1/> Hello", "ru")]
    assert translated(made("deepl", server), "Hello", source="ru", target="en") == [translation("Hello", "en")]
    assert server.seen[-1].target == "EN-GB"


@given(st.text(alphabet="<>&x1/;amplt'\" я", max_size=40))
@settings(max_examples=EXAMPLES)
def test_what_is_made_xml_for_deepl_comes_back_as_it_was(text: str) -> None:
    from tarjuma.engines.deepl import _as_text, _as_xml, _back_from_text, _back_from_xml

    assert _back_from_xml(_as_xml(text), text) == text
    if "<x1" not in text and "</x1" not in text:
        assert _back_from_text(_as_text(text), text) == text


FORMS = [
    # masked as XML, sent with tags, and without
    ("<x1>Fish</x1> &amp; chips", "<x1>Fish</x1> &amp; chips", "<x1>Fish</x1> & chips"),
    ("Fish &amp; chips &lt; 7", "Fish &amp; chips &lt; 7", "Fish & chips < 7"),
    # masked otherwise
    ("[1]Fish[/1] & chips", "[1]Fish[/1] &amp; chips", "[1]Fish[/1] & chips"),
    ("Fish and chips", "Fish and chips", "Fish and chips"),
]


@pytest.mark.parametrize(("text", "xml", "plain"), FORMS)
def test_deepl_gets_a_text_as_xml_or_plain_whatever_its_masks_are(
    text: str, xml: str, plain: str, server: StandIn
) -> None:
    engine = made("deepl", server)
    assert translated(engine, text, "<x9/> tag") == [translation(each, "ru") for each in (text, "<x9/> tag")]
    assert server.texts[-2] == xml
    assert translated(engine, text, target="tg") == [translation(plain if "<x" in text else text, "tg")]
    assert server.texts[-1] == plain


def test_a_model_gets_what_stands_around_a_text_and_a_schema_to_answer_in(server: StandIn) -> None:
    server.key = KEY
    engine = made("openai", server, KEY, instructions="Use formal address.")
    around = Surroundings("heading", "Rooms", "Before", "After", "a button", 20, (("room", "комната"),))
    requests = [Request("<x1>Room</x1>", around), Request("Plain")]
    assert engine.translate(requests, "en", "ru") == [translation(each.text, "ru") for each in requests]
    seen = server.seen[-1]
    body = json.loads(seen.body)
    assert (seen.method, seen.path) == ("POST", "/v1/chat/completions")
    assert seen.headers["authorization"] == f"Bearer {KEY}"
    assert (body["model"], body["temperature"]) == ("tiny", 0)
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["strict"] is True
    assert "Use formal address." in body["messages"][0]["content"]
    assert json.loads(body["messages"][1]["content"]) == {
        "from": {"code": "en", "name": "English"},
        "into": {"code": "ru", "name": "Russian"},
        "glossary": [["room", "комната"]],
        "texts": [
            {
                "id": 1,
                "kind": "heading",
                "heading": "Rooms",
                "before": "Before",
                "after": "After",
                "note": "a button",
                "limit": 20,
                "text": "<x1>Room</x1>",
            },
            {"id": 2, "text": "Plain"},
        ],
    }


REFUSED = [
    ({"json_schema"}, "json_object", True),
    ({"json_schema", "json_object"}, None, True),
    ({"temperature"}, "json_schema", False),
    ({"json_schema", "json_object", "temperature"}, None, False),
]


@pytest.mark.parametrize(("refuses", "kind", "has_temperature"), REFUSED)
def test_a_server_is_asked_without_what_it_refuses_and_this_is_remembered(
    refuses: set[str], kind: str | None, has_temperature: bool, server: StandIn
) -> None:
    server.refuses = refuses
    engine = made("openai", server)
    assert translated(engine, "Hello") == [translation("Hello", "ru")]
    asked = server.stats["requests"]
    assert asked == len(refuses) + 1
    assert translated(engine, "Again") == [translation("Again", "ru")]
    assert server.stats["requests"] == asked + 1
    body = json.loads(server.seen[-1].body)
    assert body.get("response_format", {}).get("type") == kind
    assert ("temperature" in body) == has_temperature


@pytest.mark.parametrize("fault", ["fence", "bare", "thinking", "backwards"])
def test_a_model_may_wrap_its_json_and_change_the_order(fault: str, server: StandIn) -> None:
    server.faults.append(fault)
    texts = ["One", "Two", "Three"]
    assert translated(made("openai", server), *texts) == [translation(text, "ru") for text in texts]


def test_a_request_that_is_refused_in_every_form_is_no_translation(server: StandIn) -> None:
    server.fault = "400"
    engine = made("openai", server)
    assert isinstance(failure(engine), OutputError)
    server.fault = ""
    translated(engine, "Hello")
    assert json.loads(server.seen[-1].body)["response_format"]["type"] == "json_schema"


def test_the_model_and_the_instructions_are_part_of_the_version(server: StandIn) -> None:
    versions = {
        made("openai", server, model=model, instructions=told).traits.version
        for model, told in [("a", ""), ("b", ""), ("a", "Be brief.")]
    }
    assert len(versions) == 3


# Keys


WHO_GETS_A_KEY = [
    ({}, "https://api.openai.com/v1", "Bearer of-openai"),
    ({}, "http://127.0.0.1:1/v1", "Bearer of-openai"),
    ({}, "https://elsewhere.invalid/v1", ""),
    ({"key_variable": "OTHER_API_KEY"}, "https://elsewhere.invalid/v1", "Bearer of-other"),
]


@pytest.mark.parametrize(("more", "url", "wanted"), WHO_GETS_A_KEY)
def test_a_key_of_openai_goes_to_openai_and_to_this_machine_only(more: dict[str, str], url: str, wanted: str) -> None:
    environment = {"OPENAI_API_KEY": "of-openai", "OTHER_API_KEY": "of-other"}
    engine: Any = engines.engine("openai", {"model": "m", "url": url} | more, environment)
    assert engine._web._authorization == wanted


@pytest.mark.parametrize(("name", "variable"), KEYS.items())
def test_a_key_is_not_sent_unencrypted_nor_one_that_cannot_be_one(name: str, variable: str) -> None:
    needed = {"model": "m", "key_variable": "OPENAI_API_KEY"} if name == "openai" else {}
    with pytest.raises(FatalError, match="unencrypted"):
        engines.engine(name, {"url": "http://192.0.2.1"} | needed, {variable: "k"})
    with pytest.raises(FatalError, match=variable) as caught:
        engines.engine(name, {"url": "https://192.0.2.1"} | needed, {variable: "ke y\n" + "ключ" * 2})
    assert "ключ" * 2 not in said(caught.value)


@pytest.mark.parametrize("name", NAMES)
def test_what_netrc_holds_is_not_sent(
    name: str, server: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password hush\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    server.key = KEY if name in KEYS else ""
    assert translated(made(name, server, KEY), "Hello") == [translation("Hello", "ru")]
    assert not any(seen.headers.get("authorization", "").startswith("Basic") for seen in server.seen)


# Settings


WRONG_SETTINGS = [
    ("google", {"urll": "x"}, "Did you mean 'url'"),
    ("google", {"url": "translate.google.com"}, "no web address"),
    ("google", {"url": "ftp://host/"}, "no web address"),
    ("google", {"url": "http://host/?key=1"}, "no web address"),
    ("google", {"url": "http://[::1"}, "no web address"),
    ("deepl", {"url": "https://me:pass@host"}, "holds a name or a password"),
    ("google", {"url": 7}, "url must be a text"),
    ("google", {"rate": "fast"}, "rate must be a number"),
    ("google", {"rate": -1}, "rate must be a number"),
    ("google", {"rate": True}, "rate must be a number"),
    ("google", {"timeout": 0}, "timeout must be more than 0"),
    ("deepl", {"api_key": "k"}, "environment variable"),
    ("openai", {"model": "m", "key": "k"}, "environment variable"),
    ("openai", {}, "model is missing"),
    ("openai", {"model": "m", "key_variable": "HOME"}, "must end with API_KEY"),
    ("deepl", {"glossary": {"ru": 7}}, "glossary must be"),
]


@pytest.mark.parametrize(("name", "table", "wanted"), WRONG_SETTINGS)
def test_wrong_settings_are_told_with_what_to_do(name: str, table: dict[str, object], wanted: str) -> None:
    with pytest.raises(ConfigError) as caught:
        engines.engine(name, table, {"DEEPL_API_KEY": "k", "OPENAI_API_KEY": "k"})
    assert wanted in f"{caught.value} {caught.value.hint}"
    assert f"[engines.{name}]" in str(caught.value)


@pytest.mark.parametrize("name", NAMES)
def test_limits_and_price_may_be_set(name: str, server: StandIn) -> None:
    traits = made(name, server, rate=0.5, workers=3, max_chars=200, price=7).traits
    assert (traits.rate, traits.workers, traits.max_chars, traits.price) == (0.5, 3, 200, 7.0)


@pytest.mark.parametrize("name", NAMES)
def test_what_an_engine_costs_is_said(name: str, server: StandIn) -> None:
    assert made(name, server).traits.price_note


def test_the_stand_in_keeps_its_rate_and_tells_what_it_saw() -> None:
    import requests

    with StandIn(rate=2) as server:
        codes = [requests.get(server.google, params={"q": "a", "tl": "ru"}, timeout=5).status_code for _ in range(4)]
        assert codes == [200, 200, 429, 429]
        stats = requests.get(f"{server.address}/_control?fault=503&times=1&rate=0", timeout=5).json()
        assert (stats["requests"], stats["429"]) == (4, 2)
        assert requests.get(server.google, params={"q": "a"}, timeout=5).status_code == 503
        assert [seen["status"] for seen in requests.get(f"{server.address}/_seen", timeout=5).json()][-1] == 503
