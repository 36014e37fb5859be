"""Asks a web service: a session a thread, time-outs, redirects that stay on the host, statuses as errors of engines.

Nothing that is raised here holds an address with its query, a header or a body, nor does its chain: errors of requests
carry the whole address, which has the text in it and, with some services, the key. That is why they are turned into
ours outside of `except`.
"""

from __future__ import annotations

import contextlib
import json
import logging
import socket
import threading
import time
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from tarjuma import __version__
from tarjuma.engines import BusyError, EngineError, FatalError, OfflineError, OutputError, TransientError

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session

USER_AGENT = f"Mozilla/5.0 (compatible; tarjuma/{__version__})"
"""Google's page answers programs that give none with error pages (deep-translator issues 289 and 290)."""
MOST_BYTES = 8_000_000
MOST_HOPS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
LATER = frozenset({408, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524})
BUSY = frozenset({429, 529})
NOT_THIS_TEXT = frozenset({400, 413, 414, 422, 431})
REASONS = {
    401: "the key was refused, or none was sent",
    402: "the account has to be paid for",
    403: "access was refused: a wrong key, a used-up quota or a blocked address",
    404: "there is no such service at this address, see url in the settings",
    407: "the proxy wants a name and a password",
    410: "there is no such service at this address any more",
    456: "the quota is used up",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service sent, whatever its status. deep-translator takes it for an answer of requests."""

    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """Return the body as text: UTF-8 unless the header says otherwise (requests would take Latin-1)."""
        _, _, charset = self.headers.get("content-type", "").lower().partition("charset=")
        try:
            return self.content.decode(charset.partition(";")[0].strip("\"' ") or "utf-8", "replace")
        except LookupError:
            return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """Return the body as JSON. Raises ValueError."""
        return json.loads(self.content)

    def close(self) -> None:
        """Do nothing: the body has been read, the connection is back in its pool."""


class Client:
    """Asks one service. One object may be used by several threads: each has a session, and keeps its connection."""

    def __init__(
        self,
        name: str,
        url: str,
        *,
        timeout: float = 30.0,
        connect_timeout: float = 3.0,
        authorization: str = "",
    ) -> None:
        self.name = name
        self.host = urlsplit(url).hostname or ""
        self._timeouts = (connect_timeout, timeout)
        self._authorization = authorization
        self._is_found = False
        self._local = threading.local()
        self._sessions: weakref.WeakSet[Session] = weakref.WeakSet()
        self._lock = threading.Lock()

    def ask(self, method: str, url: str, *, params: Mapping[str, str] | None = None, body: Any = None) -> Answer:
        """Return the answer of a service that succeeded. Raises EngineError."""
        return judged(self.name, self.reply(method, url, params=params, body=body))

    def reply(self, method: str, url: str, *, params: Mapping[str, str] | None = None, body: Any = None) -> Answer:
        """Return the answer of a service, whatever its status but no redirect. Raises EngineError.

        `body` is sent as JSON. Redirects are followed as long as they stay on the host: the user was told who gets the
        text.
        """
        for _ in range(MOST_HOPS + 1):
            answer = self._once(method, url, params, body)
            if answer.status_code not in REDIRECTS:
                return answer
            url, params = self._next(url, answer.headers.get("location", "")), None
        raise FatalError(f"{self.name}: {self.host} sends us round in a circle")

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for session in list(self._sessions):
                session.close()

    def _once(self, method: str, url: str, params: Mapping[str, str] | None, body: Any) -> Answer:
        import requests
        import urllib3

        if not self._is_found and self._is_lost(url):
            raise OfflineError(f"{self.name}: {self.host} is not found within {self._timeouts[0]:g} s: no network?")
        _mute()
        _here.is_asking = True
        fault: EngineError
        try:
            with self._session().request(
                method,
                url,
                params=params,
                data=None if body is None else json.dumps(body, ensure_ascii=False).encode(errors="replace"),
                headers=None if body is None else {"Content-Type": "application/json"},
                timeout=self._timeouts,
                allow_redirects=False,
                stream=True,
                auth=self._sign,
            ) as response:
                return Answer(
                    response.status_code,
                    {name.lower(): value for name, value in response.headers.items()},
                    self._content(response),
                )
        except EngineError as error:
            fault = error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            fault = self._fault(error)
        finally:
            _here.is_asking = False
        raise fault  # not inside except: the chain would hold the address, and with it the text

    def _is_lost(self, url: str) -> bool:
        """Whether nobody says where the host is. The system itself waits half a minute for a silent server."""
        from requests.utils import get_environ_proxies

        if get_environ_proxies(url):
            return False  # the proxy looks it up
        looking = threading.Thread(target=self._look_up, args=(url,), daemon=True)
        looking.start()
        looking.join(self._timeouts[0])
        return looking.is_alive()

    def _look_up(self, url: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # what is wrong is told by the request itself
            socket.getaddrinfo(urlsplit(url).hostname, urlsplit(url).port or 443)
        self._is_found = True

    def _sign(self, request: PreparedRequest) -> PreparedRequest:
        """Put the key into the request. Being there at all, it keeps requests from sending what ~/.netrc holds."""
        if self._authorization:
            request.headers["Authorization"] = self._authorization
        return request

    def _session(self) -> Session:
        session: Session | None = getattr(self._local, "session", None)
        if session is None:
            from http.cookiejar import DefaultCookiePolicy

            from requests import Session

            session = self._local.session = Session()
            session.headers["User-Agent"] = USER_AGENT
            session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            with self._lock:
                self._sessions.add(session)
        return session

    def _content(self, response: Response) -> bytes:
        """Return the body. A byte now and then keeps every time-out of the socket: hence a clock."""
        end = time.monotonic() + self._timeouts[1]
        parts, length = [], 0
        while part := response.raw.read1(1 << 16, decode_content=True):
            parts.append(part)
            length += len(part)
            if length > MOST_BYTES:
                raise OutputError(f"{self.name}: the answer is longer than any translation")
            if time.monotonic() > end:
                raise TransientError(f"{self.name}: {self.host} did not finish its answer in {self._timeouts[1]:g} s")
        return b"".join(parts)

    def _next(self, url: str, location: str) -> str:
        """Return where a redirect leads. Raises EngineError when that is no place for our text."""
        here, there = urlsplit(url), urlsplit(urljoin(url, location))
        if there.path.startswith("/sorry"):
            raise BusyError(f"{self.name}: {self.host} takes us for a robot: too many requests")
        if (there.hostname or "").startswith("consent."):
            raise FatalError(f"{self.name}: {self.host} asks for a consent that only a browser can give")
        is_safe = there.scheme == here.scheme or there.scheme == "https"
        if not location or there.hostname != here.hostname or not is_safe:
            raise FatalError(
                f"{self.name}: {self.host} sends us to another address, which gets no text; see url in the settings"
            )
        return there.geturl()

    def _fault(self, error: Exception) -> EngineError:
        """Return our error for one of requests or urllib3."""
        from requests import exceptions
        from urllib3 import exceptions as deep

        reason = getattr(error.args[0], "reason", None) if error.args else None
        if isinstance(error, exceptions.SSLError):
            return FatalError(f"{self.name}: the certificate of {self.host} cannot be trusted")
        if isinstance(error, exceptions.ProxyError):
            return OfflineError(f"{self.name}: the proxy does not let us through to {self.host}")
        if isinstance(error, exceptions.ConnectTimeout):
            return OfflineError(f"{self.name}: {self.host} cannot be reached within {self._timeouts[0]:g} s")
        if isinstance(reason, deep.NewConnectionError | deep.NameResolutionError):
            return OfflineError(f"{self.name}: {self.host} cannot be reached")
        if isinstance(error, exceptions.Timeout | deep.TimeoutError | TimeoutError):
            return TransientError(f"{self.name}: {self.host} does not answer within {self._timeouts[1]:g} s")
        if isinstance(error, exceptions.ContentDecodingError | deep.DecodeError):
            return OutputError(f"{self.name}: the answer cannot be unpacked")
        if isinstance(error, ValueError):
            return FatalError(f"{self.name}: the address cannot be asked, see url in the settings")
        return TransientError(f"{self.name}: {self.host} broke the connection off")


def judged(name: str, answer: Answer) -> Answer:
    """Return an answer whose status is success. Raises EngineError by its status."""
    status = answer.status_code
    if status in (200, 201):
        return answer
    after = seconds(answer.headers.get("retry-after", ""), answer.headers.get("date", ""))
    if status in BUSY or (status in LATER and after is not None):
        raise BusyError(f"{name}: too many requests (HTTP {status})", after)
    if status in LATER or status >= 500:
        raise TransientError(f"{name}: the service is out of order (HTTP {status})")
    if status in NOT_THIS_TEXT:
        raise OutputError(f"{name}: the service does not take this request (HTTP {status})")
    if status in REASONS or status >= 400:
        raise FatalError(f"{name}: {REASONS.get(status, 'the service refuses')} (HTTP {status})")
    raise OutputError(f"{name}: the answer is no translation (HTTP {status})")


def seconds(after: str, date: str = "") -> float | None:
    """Return the seconds that a Retry-After header asks for, None when it says nothing. RFC 9110, section 10.2.3.

    A date is measured from the service's own clock (`date`) where it gives it.
    """
    if after.strip().isascii() and after.strip().isdigit():
        return float(after)
    until, now = _moment(after), _moment(date)
    if until is None:
        return None
    return max(0.0, until - (time.time() if now is None else now))


def _moment(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


_here = threading.local()


class _Muted(logging.Filter):
    """urllib3 writes every address into its log, and the address may hold the text."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not getattr(_here, "is_asking", False)


@cache
def _mute() -> None:
    logging.getLogger("urllib3.connectionpool").addFilter(_Muted())
