"""The browser's only way out: a proxy on loopback that connects to no private address and counts what comes in.

What a page loads, and every redirect of it, cannot be stopped reliably from outside the browser; here it can. The name
is looked up here, the addresses that it gives are checked, and what was checked is what is connected to: a name that
changes its answer gains nothing. Reads no TLS. Each context of the browser comes with a name and password of its own
(`ProxyAccount`), so that nobody else on the machine can use the proxy.
"""

from __future__ import annotations

import asyncio
import base64
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from newscrawl.discover.hosts import is_private_address, is_private_host

#: Bytes of a request's head, seconds until a connection stands, and until the head is there.
_MAX_HEAD, _CONNECT_SECONDS, _HEAD_SECONDS = 65536, 10, 30
_CHUNK = 65536
#: Bytes of a request's body that are read over, where the browser has to say first who it is.
_MAX_BODY = 1024 * 1024
#: Seconds without a byte either way after which a connection is closed.
_SILENCE = 60


@dataclass(eq=False)
class ProxyAccount:
    """What one context of the browser may use.

    bytes_left: that may still come in; below 0 its connections are closed. refused: hosts with private addresses.

    heard: its connections, and when something last passed on each.
    """

    name: str
    password: str = field(default_factory=lambda: secrets.token_hex(16))
    bytes_left: int = 0
    refused: set[str] = field(default_factory=set)
    came_in: int = 0
    heard: dict[asyncio.Task[None], float] = field(default_factory=dict)

    @property
    def credentials(self) -> str:
        """As in a Proxy-Authorization header."""
        return "Basic " + base64.b64encode(f"{self.name}:{self.password}".encode()).decode()

    def close_silent(self, seconds: float) -> None:
        """Close the connections that nothing has passed on for so long: what was asked for on them fails."""
        latest = time.monotonic() - seconds
        for connection, heard in self.heard.items():
            if heard < latest:
                connection.cancel()


class _Refused(Exception):
    """status: what the browser is told."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class Proxy:
    """Serves until closed.

    is_private: is this host, as it is written, or this address, one that must not be connected to?
    """

    def __init__(self, is_private: Callable[[str], bool] | None = None) -> None:
        self._is_private = is_private or is_private_host
        self._is_private_address = is_private or is_private_address
        self._ways: dict[str, ProxyAccount] = {}
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> str:
        """Begin to serve; the address."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=_MAX_HEAD)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        """Close all connections."""
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def open_way(self, name: str) -> ProxyAccount:
        """A new name and password."""
        way = ProxyAccount(f"{name}-{secrets.token_hex(4)}")
        self._ways[way.credentials] = way
        return way

    def close_way(self, way: ProxyAccount) -> None:
        """This name and password are not valid any more."""
        self._ways.pop(way.credentials, None)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream: asyncio.StreamWriter | None = None
        way: ProxyAccount | None = None
        connection: asyncio.Task[None] = asyncio.current_task()  # type: ignore[assignment]
        try:
            while True:  # until the browser has said who it is
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _HEAD_SECONDS)
                way = self._ways.get(_header(head, b"proxy-authorization"))
                if way is not None:
                    break
                await _without_body(head, reader)
                writer.write(
                    b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="newscrawl"\r\nContent-Length: 0\r\n\r\n'
                )
                await writer.drain()
            way.heard[connection] = time.monotonic()
            try:
                incoming, upstream = await self._connect(way, head, writer)
            except _Refused as refused:
                writer.write(f"HTTP/1.1 {refused.status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
                await writer.drain()
                return
            await _relay(way, reader, upstream, incoming, writer, connection)
        except (
            OSError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
            TimeoutError,
            asyncio.TimeoutError,
            ValueError,
        ):
            return  # the browser sees a connection that is gone, and deals with it
        finally:
            if way is not None:
                way.heard.pop(connection, None)
            for end in filter(None, (writer, upstream)):
                with suppress(Exception):
                    end.close()

    async def _connect(
        self, way: ProxyAccount, head: bytes, writer: asyncio.StreamWriter
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to where a request's head asks, and send the head on, or say that the tunnel stands."""
        if way.bytes_left <= 0:
            raise _Refused("509 Bandwidth Limit Exceeded")
        method, _, rest = head.partition(b"\r\n")[0].decode("latin-1").partition(" ")
        target, _, version = rest.rpartition(" ")
        is_tunnel = method == "CONNECT"
        parts = urlsplit(f"https://{target}" if is_tunnel else target)
        if not is_tunnel and parts.scheme != "http":
            raise _Refused("400 Bad Request")
        host, port = parts.hostname or "", parts.port or (443 if is_tunnel else 80)
        if self._is_private(host):
            way.refused.add(host)
            raise _Refused("403 Forbidden")
        proxy = _proxy_for(host, is_tunnel)
        if proxy is not None:
            # the user's own proxy looks the name up; only the name can be checked
            reader, upstream = await _open([proxy.hostname or ""], proxy.port or 8080)
            upstream.write(_for_proxy(head, proxy.username, proxy.password))
            return reader, upstream
        reader, upstream = await _open(await self._addresses(way, host, port), port)
        if is_tunnel:
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            path = target[target.find("/", len("http://")) :] if "/" in target[len("http://") :] else "/"
            upstream.write(_rewritten(head, f"{method} {path} {version}"))
        return reader, upstream

    async def _addresses(self, way: ProxyAccount, host: str, port: int) -> list[str]:
        """The public addresses of a name."""
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise _Refused("502 Bad Gateway") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        public = [address for address in addresses if not self._is_private_address(address)]
        if not public:
            way.refused.add(host)
            raise _Refused("403 Forbidden")
        return public


async def _open(addresses: list[str], port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    for address in addresses[:4]:
        try:
            return await asyncio.wait_for(asyncio.open_connection(address, port), _CONNECT_SECONDS)
        except (OSError, TimeoutError, asyncio.TimeoutError):
            continue
    raise _Refused("502 Bad Gateway")


def _proxy_for(host: str, is_tunnel: bool):  # type: ignore[no-untyped-def]
    """The proxy that the environment names for this host, as Scrapy's middleware would take it; None for none."""
    address = getproxies().get("https" if is_tunnel else "http")
    if not address or proxy_bypass(host):
        return None
    return urlsplit(address if "://" in address else f"http://{address}")


def _header(head: bytes, name: bytes) -> str:
    for line in head.split(b"\r\n")[1:]:
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip().decode("latin-1")
    return ""


async def _without_body(head: bytes, reader: asyncio.StreamReader) -> None:
    """Take a request's body off the connection, so that the next head is read as one."""
    left = _header(head, b"content-length")
    rest = int(left) if left.isascii() and left.isdecimal() else 0
    if rest > _MAX_BODY:
        raise ValueError("a body too large to be sent twice")
    if rest:
        await asyncio.wait_for(reader.readexactly(rest), _HEAD_SECONDS)


def _rewritten(head: bytes, first: str) -> bytes:
    """A request's head for the server itself: one request a connection, so that none goes elsewhere unseen."""
    lines = [
        line for line in head.split(b"\r\n")[1:] if line and not line.lower().startswith((b"proxy-", b"connection:"))
    ]
    return b"\r\n".join([first.encode("latin-1"), *lines, b"Connection: close", b"", b""])


def _for_proxy(head: bytes, user: str | None, password: str | None) -> bytes:
    lines = [line for line in head.split(b"\r\n") if line and not line.lower().startswith(b"proxy-authorization:")]
    if user:
        pair = f"{unquote(user)}:{unquote(password or '')}".encode()
        lines.append(b"Proxy-Authorization: Basic " + base64.b64encode(pair))
    return b"\r\n".join([*lines, b"", b""])


async def _relay(
    way: ProxyAccount,
    reader: asyncio.StreamReader,
    upstream: asyncio.StreamWriter,
    incoming: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    connection: asyncio.Task[None],
) -> None:
    """Both ways until either end is done."""

    async def outward() -> None:
        while data := await asyncio.wait_for(reader.read(_CHUNK), _SILENCE):
            way.heard[connection] = time.monotonic()
            upstream.write(data)
            await upstream.drain()

    async def inward() -> None:
        while data := await asyncio.wait_for(incoming.read(_CHUNK), _SILENCE):
            way.bytes_left -= len(data)
            way.came_in += len(data)
            way.heard[connection] = time.monotonic()
            if way.bytes_left < 0:
                return
            writer.write(data)
            await writer.drain()

    tasks = {asyncio.ensure_future(outward()), asyncio.ensure_future(inward())}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
