"""The browser's only way to the network: a proxy on loopback that connects to public addresses only and counts bytes.

What a page loads, and every redirect of it, cannot be stopped reliably from outside the browser; here it can. The proxy
looks each name up itself, checks the addresses, and connects to an address that it has checked, so a name that resolves
differently the next time (DNS rebinding) gains nothing. TLS is passed on unread. Each context of the browser has a name
and password of its own (`ProxyAccount`), so that nobody else on the machine can use the proxy.
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
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from newscrawl.discover.hosts import is_private_address, is_private_host
from newscrawl.urls import is_web_url, split

#: Bytes of the head of a request; seconds until a connection is established, and until the head has arrived.
_MAX_HEAD, _CONNECT_SECONDS, _HEAD_SECONDS = 65536, 10, 30
_CHUNK = 65536
#: Bytes of a request's body that are skipped if the browser has not authenticated yet.
_MAX_BODY = 1024 * 1024
#: Seconds without a byte in a direction after which a connection is closed.
_MAX_SILENCE = 60
_AUTHENTICATE = (
    b"HTTP/1.1 407 Proxy Authentication Required\r\n"
    b'Proxy-Authenticate: Basic realm="newscrawl"\r\nContent-Length: 0\r\n\r\n'
)


@dataclass(eq=False)
class ProxyAccount:
    """What one context of the browser may use, and has used.

    bytes_left: that it may still receive; its connections are closed when this is below 0. refused: hosts with private
    addresses. last_activity: its open connections, and when something last passed through each (monotonic seconds).
    """

    name: str
    password: str = field(default_factory=lambda: secrets.token_hex(16))
    bytes_left: int = 0
    refused: set[str] = field(default_factory=set)
    bytes_received: int = 0
    last_activity: dict[asyncio.Task[None], float] = field(default_factory=dict)

    @property
    def credentials(self) -> str:
        """As in a Proxy-Authorization header."""
        return "Basic " + base64.b64encode(f"{self.name}:{self.password}".encode()).decode()

    def close_silent(self, seconds: float) -> None:
        """Close the connections through which nothing has passed for so long; requests on them fail."""
        oldest = time.monotonic() - seconds
        for connection, last in self.last_activity.items():
            if last < oldest:
                connection.cancel()


class _Refused(Exception):
    """A request that is not passed on. status: code and phrase of the response to the browser."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class Proxy:
    """Serves until it is closed.

    is_private: must a host (as it is written) or an address not be connected to? By default, private ones must not.
    """

    def __init__(self, is_private: Callable[[str], bool] | None = None) -> None:
        self._is_private = is_private or is_private_host
        self._is_private_address = is_private or is_private_address
        self._accounts: dict[str, ProxyAccount] = {}
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> str:
        """Begin to serve; returns the proxy's URL."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=_MAX_HEAD)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        """Close all connections."""
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def open_account(self, name: str) -> ProxyAccount:
        """A new account with a name and password of its own."""
        account = ProxyAccount(f"{name}-{secrets.token_hex(4)}")
        self._accounts[account.credentials] = account
        return account

    def close_account(self, account: ProxyAccount) -> None:
        """Make this account invalid."""
        self._accounts.pop(account.credentials, None)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream: asyncio.StreamWriter | None = None
        account: ProxyAccount | None = None
        connection: asyncio.Task[None] = asyncio.current_task()  # type: ignore[assignment]
        try:
            while True:  # until the browser has authenticated
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _HEAD_SECONDS)
                account = self._accounts.get(_header(head, b"proxy-authorization"))
                if account is not None:
                    break
                await _skip_body(head, reader)
                writer.write(_AUTHENTICATE)
                await writer.drain()
            account.last_activity[connection] = time.monotonic()
            try:
                incoming, upstream = await self._connect(account, head, writer)
            except _Refused as refused:
                writer.write(f"HTTP/1.1 {refused.status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
                await writer.drain()
                return
            await _relay(account, reader, upstream, incoming, writer, connection)
        except (
            OSError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
            TimeoutError,
            asyncio.TimeoutError,
            ValueError,
        ):
            return  # the browser sees a closed connection, and deals with it
        finally:
            if account is not None:
                account.last_activity.pop(connection, None)
            for end in filter(None, (writer, upstream)):
                with suppress(Exception):
                    end.close()

    async def _connect(
        self, account: ProxyAccount, head: bytes, writer: asyncio.StreamWriter
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to the target of a request, and pass its head on or confirm its tunnel."""
        if account.bytes_left <= 0:
            raise _Refused("509 Bandwidth Limit Exceeded")
        method, _, rest = head.partition(b"\r\n")[0].decode("latin-1").partition(" ")
        target, _, version = rest.rpartition(" ")
        is_tunnel = method == "CONNECT"
        address = f"https://{target}" if is_tunnel else target
        parts = split(address)
        if not is_web_url(address) or (not is_tunnel and parts.scheme != "http"):
            raise _Refused("400 Bad Request")
        host, port = parts.hostname or "", parts.port or (443 if is_tunnel else 80)
        if self._is_private(host):
            account.refused.add(host)
            raise _Refused("403 Forbidden")
        proxy = _proxy_for(host, is_tunnel)
        if proxy is not None:
            # the user's own proxy looks the name up, so only the name can be checked here
            reader, upstream = await _open([proxy.hostname or ""], proxy.port or 8080)
            upstream.write(_head_for_proxy(head, proxy.username, proxy.password))
            return reader, upstream
        reader, upstream = await _open(await self._addresses(account, host, port), port)
        if is_tunnel:
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            path = target[target.find("/", len("http://")) :] if "/" in target[len("http://") :] else "/"
            upstream.write(_head_for_server(head, f"{method} {path} {version}"))
        return reader, upstream

    async def _addresses(self, account: ProxyAccount, host: str, port: int) -> list[str]:
        """The public addresses of a name. Raises _Refused if there are none."""
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise _Refused("502 Bad Gateway") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        public = [address for address in addresses if not self._is_private_address(address)]
        if not public:
            account.refused.add(host)
            raise _Refused("403 Forbidden")
        return public


async def _open(addresses: list[str], port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    for address in addresses[:4]:
        try:
            return await asyncio.wait_for(asyncio.open_connection(address, port), _CONNECT_SECONDS)
        except (OSError, TimeoutError, asyncio.TimeoutError):
            continue
    raise _Refused("502 Bad Gateway")


def _proxy_for(host: str, is_tunnel: bool) -> SplitResult | None:
    """The parsed URL of the proxy that the environment names for a host, as Scrapy understands it, or None."""
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


async def _skip_body(head: bytes, reader: asyncio.StreamReader) -> None:
    """Skip the body of a request, so that what is read next is the head of the next request."""
    left = _header(head, b"content-length")
    rest = int(left) if left.isascii() and left.isdecimal() else 0
    if rest > _MAX_BODY:
        raise ValueError("the body is too large to be sent again after authentication")
    if rest:
        await asyncio.wait_for(reader.readexactly(rest), _HEAD_SECONDS)


def _head_for_server(head: bytes, first_line: str) -> bytes:
    """The head of a request as the server gets it. Closes the connection after it: the next may be for another host."""
    lines = [
        line for line in head.split(b"\r\n")[1:] if line and not line.lower().startswith((b"proxy-", b"connection:"))
    ]
    return b"\r\n".join([first_line.encode("latin-1"), *lines, b"Connection: close", b"", b""])


def _head_for_proxy(head: bytes, user: str | None, password: str | None) -> bytes:
    lines = [line for line in head.split(b"\r\n") if line and not line.lower().startswith(b"proxy-authorization:")]
    if user:
        pair = f"{unquote(user)}:{unquote(password or '')}".encode()
        lines.append(b"Proxy-Authorization: Basic " + base64.b64encode(pair))
    return b"\r\n".join([*lines, b"", b""])


async def _relay(
    account: ProxyAccount,
    reader: asyncio.StreamReader,
    upstream: asyncio.StreamWriter,
    incoming: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    connection: asyncio.Task[None],
) -> None:
    """Pass bytes on in both directions until either end is done."""

    async def upload() -> None:
        while data := await asyncio.wait_for(reader.read(_CHUNK), _MAX_SILENCE):
            account.last_activity[connection] = time.monotonic()
            upstream.write(data)
            await upstream.drain()

    async def download() -> None:
        while data := await asyncio.wait_for(incoming.read(_CHUNK), _MAX_SILENCE):
            account.bytes_left -= len(data)
            account.bytes_received += len(data)
            account.last_activity[connection] = time.monotonic()
            if account.bytes_left < 0:
                return
            writer.write(data)
            await writer.drain()

    tasks = {asyncio.ensure_future(upload()), asyncio.ensure_future(download())}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
