"""A stand-in for translation services on the loopback: their dialects, their limits and their faults.

    python -m tests.standin PORT --latency .15 --rate 5 --fault 429 --mask-faults 5 --record FILE

Addresses: `/m` is the page of Google, `/get` MyMemory, `/libre/...` LibreTranslate, `/deepl/v2/...` DeepL,
`/v1/chat/completions` any OpenAI-compatible server. In tests:

    with standin.StandIn(rate=5) as server:
        engine = google.engine({"url": server.google}, {})
        server.faults.extend(["429", "reset"])  # for the next two requests; `server.fault` is for all of them

Across processes, `/_control?fault=429&times=2&rate=5&latency=.1&mask_faults=5` switches it, `/_stats` counts, `/_seen`
tells what arrived, `/_reset` forgets. The same text has the same translation in every run: letters of the target
language, with marks, numbers and punctuation left where they are.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import threading
import time
from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from email.utils import formatdate
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tarjuma.langs import LANGUAGES

MARK = re.compile(r"\[/?\d+\]|</?[A-Za-z][^<>]*>|&\w+;")
VOWELS = "aeiouyаеёиоуыэюяіїєӣӯўүұөәõöüäâăîəաեէըիոօაეიოუ"
GOOGLE_ERROR = (
    "Error 500 (Server Error)!!1500.That’s an error.There was an error. Please try again later.That’s all we know."
)
MYMEMORY_QUOTA = (
    "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY. NEXT AVAILABLE IN  04 HOURS 30 MINUTES 12 "
    "SECONDS VISIT HTTPS://MYMEMORY.TRANSLATED.NET/DOC/USAGELIMITS.PHP TO TRANSLATE MORE"
)
DEEPL_LANGUAGES = ("AZ", "BE", "DE", "EN-GB", "EN-US", "HY", "KA", "KK", "KY", "RO", "RU", "TG", "TK", "UK", "UZ")
LIBRE_LANGUAGES = ("az", "en", "kk", "ky", "ro", "ru", "uk")


def translation(text: str, target: str) -> str:
    """Return what the stand-in makes of a text: other letters, the rest as it was. `target`: a code of any dialect."""
    parts, cursor = [], 0
    for mark in MARK.finditer(text):
        parts += [_letters(text[cursor : mark.start()], target), mark[0]]
        cursor = mark.end()
    return "".join(parts) + _letters(text[cursor:], target)


def _letters(text: str, target: str) -> str:
    table = _table(target.replace("_", "-").split("-")[0].lower())
    return "".join(table.get(letter, letter) for letter in text)


@cache
def _table(code: str) -> dict[str, str]:
    """Return a letter for every Latin and Cyrillic letter: a vowel for a vowel."""
    alphabet = [letter for letter in LANGUAGES.get(code, LANGUAGES["ru"]).letters if letter.isalpha()]
    vowels = [letter for letter in alphabet if letter in VOWELS]
    consonants = [letter for letter in alphabet if letter not in VOWELS and letter not in "ьъʻʼ"]
    table = {}
    for number in (*range(0x41, 0x250), *range(0x400, 0x530)):
        letter = chr(number)
        small = letter.lower()
        if letter.isalpha() and len(small) == 1:
            choice = vowels if small in VOWELS else consonants
            made = choice[(ord(small) * 7 + 3) % len(choice)]
            table[letter] = made.upper() if letter.isupper() and len(made.upper()) == 1 else made
    return table


MASK = re.compile(r"\[/?\d+\]|</?x\d+/?>")


def damaged(text: str, percent: float) -> str:
    """Return a translation as an engine that mistreats masks gives it back: always the same for the same text."""
    chance = random.Random(text)
    masks = list(MASK.finditer(text))
    wrong = [mask for mask in masks if chance.random() * 100 < percent]
    for mask in reversed(wrong):
        start, end, code = mask.start(), mask.end(), mask[0]
        kind = chance.choice(
            ["space", "case", "look-alike", "wide", "dropped", "doubled", "moved", "escaped", "cut", "line"]
        )
        new = {
            "space": f"{code[0]} {code[1:-1]} {code[-1]}",
            "case": code.upper(),
            "look-alike": code.translate(str.maketrans("xX", "хХ")),
            "wide": code.translate(str.maketrans("0123456789[]", "０１２３４５６７８９［］")),
            "dropped": "",
            "doubled": f"{code} {code}",
            "moved": "",
            "escaped": html.escape(code) if code[0] == "<" else f"\\{code}",
            "cut": code,
            "line": f"{code} ",
        }[kind]
        text = text[:start] + new + ("" if kind == "cut" else text[end:]) + (f" {code}" if kind == "moved" else "")
    return text


@dataclass
class Seen:
    """A request as it arrived, and the status it got."""

    dialect: str
    method: str
    path: str
    headers: dict[str, str]
    body: str
    texts: list[str]
    source: str
    target: str
    status: int = 0
    fault: str = ""


@dataclass
class Reply:
    """What is sent back."""

    status: int = 200
    body: Any = ""
    headers: dict[str, str] = field(default_factory=dict)

    def encoded(self) -> tuple[bytes, str]:
        """Return the bytes and their media type."""
        if isinstance(self.body, bytes):
            return self.body, "application/octet-stream"
        if isinstance(self.body, str):
            return self.body.encode(), "text/html; charset=UTF-8"
        return json.dumps(self.body, ensure_ascii=False).encode(), "application/json"


class StandIn:
    """A server on a free port of the loopback, in threads of this process. Use it as a context manager."""

    def __init__(
        self, port: int = 0, *, latency: float = 0, rate: float = 0, fault: str = "", mask_faults: float = 0
    ) -> None:
        self.latency = latency
        self.rate = rate
        self.fault = fault
        self.mask_faults = mask_faults
        self.key = ""
        """When it is not empty, requests need it, as the dialect wants it."""
        self.refuses: set[str] = set()
        """What a chat server answers 400 to: json_schema, json_object, temperature."""
        self.is_old = False
        """DeepL without version 3 of its list of languages."""
        self.languages = {"libre": LIBRE_LANGUAGES, "deepl": DEEPL_LANGUAGES}
        self.faults: deque[str] = deque()
        self.seen: list[Seen] = []
        self.stats: Counter[str] = Counter()
        self.record: Path | None = None
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self._tokens, self._filled = float(rate), time.monotonic()
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.standin = self
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.google = f"{self.address}/m"
        self.mymemory = f"{self.address}/get"
        self.libre = f"{self.address}/libre"
        self.deepl = f"{self.address}/deepl"
        self.openai = f"{self.address}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> StandIn:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wait(self) -> None:
        """Serve until the thread ends."""
        self._thread.join()

    @property
    def texts(self) -> list[str]:
        """Return every text that got a translation, in the order of arrival."""
        return [text for seen in self.seen if seen.status == 200 and not seen.fault for text in seen.texts]

    def has_room(self) -> bool:
        """Take a request out of the allowance (a second's worth at most); False when there is none left."""
        with self.lock:
            now = time.monotonic()
            self._tokens = min(self.rate, self._tokens + (now - self._filled) * self.rate)
            self._filled = now
            if not self.rate:
                return True
            if self._tokens < 1:
                return False
            self._tokens -= 1
            return True

    def next_fault(self) -> str:
        """Return the fault of this request, "" for none."""
        with self.lock:
            return self.faults.popleft() if self.faults else self.fault

    def note(self, seen: Seen) -> None:
        """Count a request and remember it."""
        with self.lock:
            self.seen.append(seen)
            self.stats["requests"] += 1
            self.stats["texts"] += len(seen.texts)
            self.stats["characters"] += sum(map(len, seen.texts))
            self.stats[str(seen.status)] += 1
            if self.record:
                with self.record.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(seen), ensure_ascii=False) + "\n")

    def control(self, wanted: dict[str, str]) -> None:
        """Switch what the address says."""
        with self.lock:
            if "fault" in wanted and "times" in wanted:
                self.faults.extend([wanted["fault"]] * int(wanted["times"]))
            elif "fault" in wanted:
                self.fault = wanted["fault"]
            self.latency = float(wanted.get("latency", self.latency))
            self.rate = float(wanted.get("rate", self.rate))
            self.mask_faults = float(wanted.get("mask_faults", self.mask_faults))
            self.key = wanted.get("key", self.key)

    def reset(self) -> None:
        """Forget what arrived, and all faults."""
        with self.lock:
            self.seen.clear()
            self.stats.clear()
            self.faults.clear()
            self.fault = ""
            self._tokens, self._filled = float(self.rate), time.monotonic()

    def translated(self, text: str, target: str, fault: str = "") -> str:
        """Return the translation of one text with a fault that concerns text."""
        made = damaged(translation(text, target), self.mask_faults)
        return {
            "half": made[: len(made) // 2],
            "echo": text,
            "empty": "",
            "wrong script": translation(text, "hy" if not target.lower().startswith("hy") else "ka"),
            "error page": GOOGLE_ERROR,
            "entities": html.escape(made).replace("&#x27;", "&#39;"),
        }.get(fault, made)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    standin: StandIn

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        """Count the connection."""
        super().setup()
        with self.server.standin.lock:
            self.server.standin.stats["connections"] += 1

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

    def _answer(self, body: str) -> None:
        standin = self.server.standin
        address = urlsplit(self.path)
        query = dict(parse_qsl(address.query, keep_blank_values=True))
        if address.path.startswith("/_"):
            return self._send(_controlled(standin, address.path, query))
        dialect = DIALECTS[next(start for start in DIALECTS if address.path.startswith(start))]
        seen = dialect.seen(self.command, self.path, query, body)
        seen.headers.update({key.lower(): value for key, value in self.headers.items()})
        if not standin.has_room():
            seen.status = 429
            standin.note(seen)
            return self._send(Reply(429, dialect.failure(429, seen), {"Retry-After": "1"}))
        seen.fault = standin.next_fault()
        standin.stopped.wait(standin.latency)
        reply = _faulty(seen, dialect, standin) or dialect.reply(seen, standin)
        seen.status = reply.status
        standin.note(seen)
        if seen.fault in TRANSPORT_FAULTS:
            return self._break_off(seen.fault, reply)
        return self._send(reply)

    def _send(self, reply: Reply) -> None:
        content, media_type = reply.encoded()
        self.send_response(reply.status)
        headers = {"Content-Type": media_type, "Content-Length": str(len(content))} | reply.headers
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _break_off(self, fault: str, reply: Reply) -> None:
        self.close_connection = True
        if fault == "never":
            self.server.standin.stopped.wait()
            return
        content, media_type = reply.encoded()
        if fault == "reset":
            return
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content) + 100))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2])
        self.wfile.flush()
        while fault == "drip" and not self.server.standin.stopped.wait(0.05):
            self.wfile.write(b" ")
            self.wfile.flush()


TRANSPORT_FAULTS = {
    "never": "no answer, ever",
    "reset": "the connection is closed without an answer",
    "cut off": "the connection is closed in the middle of the answer",
    "drip": "a byte now and then, for ever",
}


def _controlled(standin: StandIn, path: str, query: dict[str, str]) -> Reply:
    if path == "/_control":
        standin.control(query)
    if path == "/_reset":
        standin.reset()
    if path == "/_seen":
        return Reply(body=[asdict(seen) for seen in list(standin.seen)])
    return Reply(body=dict(standin.stats))


def _faulty(seen: Seen, dialect: Dialect, standin: StandIn) -> Reply | None:
    """Return the answer of a fault that is the same in every dialect."""
    fault = seen.fault
    status, _, rest = fault.partition(" ")
    if status.isdigit():
        later = {"later": "7", "date": formatdate(time.time() + 60, usegmt=True), "odd": "soon"}.get(rest)
        dated = {"Date": formatdate(time.time(), usegmt=True)} if rest == "date" else {}
        after = {"Retry-After": later} if later else {}
        return Reply(int(status), dialect.failure(int(status), seen), after | dated)
    if fault == "sorry":
        return Reply(302, "", {"Location": f"{standin.address}/sorry/index?continue={seen.path}"})
    if fault == "consent":
        return Reply(302, "", {"Location": "http://consent.example.invalid/ml?continue=" + seen.path})
    if fault == "elsewhere":
        return Reply(307, "", {"Location": "http://elsewhere.example.invalid" + seen.path})
    if fault == "loop":
        return Reply(307, "", {"Location": seen.path})
    if fault == "html":
        return Reply(body="<html><title>Maintenance</title><p>We are back soon.</html>")
    if fault == "nothing":
        return Reply(body=b"")
    if fault == "list":
        return Reply(body=["what", "is", "this"])
    if fault == "null":
        return Reply(body=None)
    return None


class Dialect:
    """How one service is asked and answers."""

    name = ""

    def seen(self, method: str, path: str, query: dict[str, str], body: str) -> Seen:
        """Read a request."""
        raise NotImplementedError

    def reply(self, seen: Seen, standin: StandIn) -> Reply:
        """Answer it."""
        raise NotImplementedError

    def failure(self, status: int, seen: Seen) -> object:
        """Return the body of an error. It quotes text and key, as careless services do."""
        return {"message": f"error {status}", "error": f"error {status}: {seen.texts} {seen.headers} {seen.body}"}


class Google(Dialect):
    """The page translate.google.com/m."""

    name = "google"

    def seen(self, method: str, path: str, query: dict[str, str], body: str) -> Seen:
        texts = query.get("q", "").split("\n")
        return Seen(self.name, method, path, {}, body, texts, query.get("sl", ""), query.get("tl", ""))

    def reply(self, seen: Seen, standin: StandIn) -> Reply:
        made = [standin.translated(text, seen.target, seen.fault) for text in seen.texts]
        if seen.fault == "fewer":
            made = made[:-1]
        if seen.fault == "more":
            made.append("ещё")
        if seen.fault == "consent page":
            return Reply(
                body='<html><form action="https://consent.google.com/save"><h1>Before you continue</h1></form></html>'
            )
        if seen.fault == "no container":
            return Reply(body=f"<html><body><div>{GOOGLE_ERROR}</div></body></html>")
        if seen.fault == "captcha":
            return Reply(body="<html>Our systems have detected unusual traffic from your computer network</html>")
        text = GOOGLE_ERROR if seen.fault == "error page" else "\n".join(made)
        line = "<br>" if seen.fault == "br" else "\n"
        found = html.escape(text, quote=False).replace("\n", line)
        page = (
            '<!DOCTYPE html><html lang="en"><head><title>Google Translate</title></head><body>'
            '<div class="root-container">'
            f'<div class="header"></div><div class="result-container">{found}</div>'
            '<div class="links-container"><ul><li><a href="https://www.google.com/m">Google home</a></li></ul></div>'
            "</div></body></html>"
        )
        return Reply(body=page, headers={"Content-Type": "text/html"} if seen.fault == "no charset" else {})

    def failure(self, status: int, seen: Seen) -> object:
        return f"<html><title>Error {status}</title>{html.escape(str(seen.texts))}</html>"


class MyMemory(Dialect):
    """api.mymemory.translated.net/get."""

    name = "mymemory"

    def seen(self, method: str, path: str, query: dict[str, str], body: str) -> Seen:
        source, _, target = query.get("langpair", "|").partition("|")
        return Seen(self.name, method, path, {}, body, [query.get("q", "")], source, target)

    def reply(self, seen: Seen, standin: StandIn) -> Reply:
        text = seen.texts[0]
        made: object = standin.translated(text, seen.target, seen.fault)
        status: object = 200
        finished: object = False
        match: object = 0.85
        matches: list[object] = [{"segment": text, "translation": made, "created-by": "MT!", "match": 0.85}]
        if seen.fault == "quota":
            made, status, finished, matches = MYMEMORY_QUOTA, 429, True, []
        if seen.fault == "language":
            made, status, matches = "'AUTO' IS AN INVALID SOURCE LANGUAGE . EXAMPLE: LANGPAIR=EN|IT", "403", []
        if seen.fault == "length" or len(text.encode()) > 500:
            made, status, matches = "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS", "403", []
        if seen.fault == "quota flag":
            finished = True
        if seen.fault == "empty":
            matches = []
        if seen.fault == "none":
            made, matches = None, []
        if seen.fault == "resembling":
            resembling = {"segment": text + " 8", "translation": "другое", "created-by": "MateCat", "match": 0.97}
            made, match, matches = "другое", 0.97, [resembling, *matches]
        body = {
            "responseData": {"translatedText": made, "match": match},
            "quotaFinished": finished,
            "mtLangSupported": None,
            "responseDetails": "",
            "responseStatus": status,
            "matches": matches,
        }
        if seen.fault == "no data":
            body = {"responseStatus": 200}
        return Reply(body=body)


class Libre(Dialect):
    """LibreTranslate 1.x, as `libretranslate/app.py` answers."""

    name = "libre"

    def seen(self, method: str, path: str, query: dict[str, str], body: str) -> Seen:
        asked = json.loads(body) if body else {}
        texts = asked.get("q", [])
        source, target = asked.get("source", ""), asked.get("target", "")
        return Seen(self.name, method, path, {}, body, [texts] if isinstance(texts, str) else texts, source, target)

    def reply(self, seen: Seen, standin: StandIn) -> Reply:
        codes = standin.languages["libre"]
        if seen.path.endswith("/languages"):
            return Reply(body=[{"code": code, "name": code, "targets": list(codes)} for code in codes])
        asked = json.loads(seen.body)
        if standin.key and asked.get("api_key") is None:
            return Reply(400, {"error": "Visit https://portal.example.invalid to get an API key"})
        if standin.key and asked["api_key"] != standin.key:
            return Reply(403, {"error": f"Invalid API key {asked['api_key']}"})
        if seen.source not in codes or seen.target not in codes:
            return Reply(400, {"error": f"{seen.target} is not supported"})
        made: list[object] = [standin.translated(text, seen.target, seen.fault) for text in seen.texts]
        if seen.fault == "fewer":
            made = made[:-1]
        if seen.fault == "none":
            made = [None, *made[1:]]
        return Reply(body={"translatedText": made if isinstance(asked["q"], list) else made[0]})


class DeepL(Dialect):
    """The DeepL API, version 2, as of 2026."""

    name = "deepl"

    def seen(self, method: str, path: str, query: dict[str, str], body: str) -> Seen:
        asked = json.loads(body) if body else {}
        source, target = asked.get("source_lang", ""), asked.get("target_lang", "")
        return Seen(self.name, method, path, {}, body, asked.get("text", []), source, target)

    def reply(self, seen: Seen, standin: StandIn) -> Reply:
        if standin.key and seen.headers.get("authorization") != f"DeepL-Auth-Key {standin.key}":
            return Reply(403, {"message": f"Forbidden {seen.headers.get('authorization')}"})
        codes = standin.languages["deepl"]
        if seen.path.startswith("/deepl/v3/languages"):
            return Reply(404 if standin.is_old else 200, [_language(code) for code in {*codes, "EN"}])
        if "/languages" in seen.path:
            kinds = codes if "type=target" in seen.path else sorted({code.split("-")[0] for code in codes})
            return Reply(body=[{"language": code, "name": code, "supports_formality": False} for code in kinds])
        asked = json.loads(seen.body)
        if "auth_key" in asked or "auth_key" in seen.path or seen.method != "POST":
            return Reply(403, {"message": "Legacy authentication"})
        if seen.target not in codes:
            return Reply(400, {"message": "Value for 'target_lang' not supported."})
        if len(seen.texts) > 50:
            return Reply(400, {"message": "Too many texts."})
        if asked.get("tag_handling") == "xml" and not all(map(_is_well_formed, seen.texts)):
            return Reply(400, {"message": "Tag handling parsing failed, please check input."})
        made: list[object] = [standin.translated(text, seen.target, seen.fault) for text in seen.texts]
        if seen.fault == "fewer":
            made = made[:-1]
        if seen.fault == "none":
            made = [None, *made[1:]]
        return Reply(body={"translations": [{"detected_source_language": "EN", "text": text} for text in made]})

    def failure(self, status: int, seen: Seen) -> object:
        return {"message": f"Quota exceeded for {seen.headers.get('authorization')}: {seen.texts}"}


def _language(code: str) -> dict[str, object]:
    """Return a language as version 3 of the list has it: all but Tajik keep tags, as an example."""
    is_variant = "-" in code
    return {
        "lang": code[:2].lower() + code[2:],
        "name": code,
        "usable_as_source": not is_variant,
        "usable_as_target": code != "EN",
        "status": "stable",
        "features": {} if code == "TG" else {"tag_handling": {"status": "stable"}},
    }


def _is_well_formed(text: str) -> bool:
    from xml.etree import ElementTree

    try:
        ElementTree.fromstring(f"<all>{text}</all>")
    except ElementTree.ParseError:
        return False
    return True


class Chat(Dialect):
    """POST /v1/chat/completions, as OpenAI and local servers answer it."""

    name = "openai"

    def seen(self, method: str, path: str, query: dict[str, str], body: str) -> Seen:
        asked = json.loads(body)
        items = json.loads(asked["messages"][-1]["content"])
        texts = [item["text"] for item in items["texts"]]
        return Seen(self.name, method, path, {}, body, texts, items["from"]["code"], items["into"]["code"])

    def reply(self, seen: Seen, standin: StandIn) -> Reply:
        if standin.key and seen.headers.get("authorization") != f"Bearer {standin.key}":
            return Reply(401, {"error": {"message": f"Incorrect API key provided: {standin.key}"}})
        asked = json.loads(seen.body)
        kind = asked.get("response_format", {}).get("type", "")
        for refused in standin.refuses & {kind, "temperature" if "temperature" in asked else ""}:
            param = "temperature" if refused == "temperature" else "response_format"
            return Reply(400, {"error": {"message": f"Unsupported value: {refused}", "param": param}})
        items = json.loads(asked["messages"][-1]["content"])["texts"]
        made = [{"id": item["id"], "text": standin.translated(item["text"], seen.target, seen.fault)} for item in items]
        message: dict[str, object] = {"role": "assistant", "content": _said(made, seen.fault), "refusal": None}
        reason = "stop"
        if seen.fault == "refusal":
            message = {"role": "assistant", "content": None, "refusal": f"I cannot translate {seen.texts[0]}"}
        if seen.fault == "none":
            message["content"] = None
        if seen.fault in ("length", "content_filter"):
            reason = seen.fault
        if seen.fault == "quota":
            return Reply(429, {"error": {"message": "You exceeded your quota", "code": "insufficient_quota"}})
        if seen.fault == "no choices":
            return Reply(body={"choices": []})
        choice = {"index": 0, "message": message, "finish_reason": reason}
        return Reply(body={"object": "chat.completion", "model": asked["model"], "choices": [choice]})

    def failure(self, status: int, seen: Seen) -> object:
        return {"error": {"message": f"{status}: {seen.texts} {seen.headers.get('authorization')}"}}


def _said(made: list[dict[str, Any]], fault: str) -> str:
    """Return what the model writes."""
    if fault == "fewer":
        made = made[:-1]
    if fault == "doubled":
        made = [made[0], *made]
    if fault == "other ids":
        made = [{"id": item["id"] + 100, "text": item["text"]} for item in made]
    if fault == "backwards":
        made = made[::-1]
    text = json.dumps({"translations": made}, ensure_ascii=False)
    return {
        "fence": f"```json\n{text}\n```",
        "bare": json.dumps(made, ensure_ascii=False),
        "thinking": f"<think>The text says {{hello}}.</think>\n{text}",
        "prose": f"Sure! Here is the translation: {made[0]['text'] if made else ''}",
        "sorry": "I'm sorry, but I can't help with that.",
        "broken": text[:-5],
        "numbers": json.dumps({"translations": [{"id": item["id"], "text": 7} for item in made]}),
    }.get(fault, text)


DIALECTS = {"/m": Google(), "/get": MyMemory(), "/libre": Libre(), "/deepl": DeepL(), "/v1": Chat(), "/": Google()}


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("port", type=int, help="0 takes a free one; the first line of the output names it")
    parser.add_argument("--latency", type=float, default=0, help="seconds before each answer")
    parser.add_argument("--rate", type=float, default=0, help="requests a second, more get 429; 0 is no limit")
    parser.add_argument("--fault", default="", help="for every request")
    parser.add_argument("--mask-faults", type=float, default=0, help="per cent of masks that come back damaged")
    parser.add_argument("--record", type=Path, help="append every request to this file, one JSON object a line")
    chosen = parser.parse_args()
    with StandIn(
        chosen.port,
        latency=chosen.latency,
        rate=chosen.rate,
        fault=chosen.fault,
        mask_faults=chosen.mask_faults,
    ) as server:
        server.record = chosen.record
        print(server.address, flush=True)
        try:
            server.wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
