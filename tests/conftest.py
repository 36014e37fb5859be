"""`make test` tries the same examples in every run; `make test-deep` looks for new ones. Nothing leaves the machine."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, database=None)
if not os.environ.get("TARJUMA_DEEP") and not os.environ.get("TARJUMA_EXAMPLES"):
    settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def only_loopback() -> Iterator[None]:
    """Fail when a test looks for, or connects to, another machine; names under .invalid are unknown everywhere."""
    strangers: list[object] = []
    find, connect = socket.getaddrinfo, socket.socket.connect

    def found(host: Any, *args: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if _is_here(name):
            return find(host, *args, **options)
        if not name.endswith(".invalid"):
            strangers.append(name)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def connected(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
            strangers.append(address)
            raise OSError("tests talk to the loopback only")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", found)
        patch.setattr(socket.socket, "connect", connected)
        yield
    assert strangers == []


def _is_here(host: str | None) -> bool:
    try:
        return not host or host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
