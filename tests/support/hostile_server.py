"""A server on loopback that can misbehave in any way: each path has an `Answer`, a coroutine that writes any bytes.

`serve_hostile(answers)` serves them, over TLS if a context is given; `front_page` and `story` make pages of invented
text, `well_formed` makes a valid response. `Names` is a name resolver for the settings of a crawl: it resolves as
`TEST_NAMES` (JSON) says.
"""

from __future__ import annotations

import asyncio
import json
import random
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer

from tests.support.living_site import sentence_block

Answer = Callable[[asyncio.StreamWriter, str], Awaitable[None]]


def story(name: str, end: str = "</article></main></body></html>") -> str:
    """The page of an article. name: seeds its headline and text."""
    made = random.Random(name)
    text = "".join(f"<p>{sentence_block(made)}</p>" for _ in range(7))
    title = f"Council of the town discusses {name.replace('-', ' ')} at length"
    meta = (
        '<meta property="og:type" content="article">'
        '<meta property="article:published_time" content="2026-11-20T08:00:00+00:00">'
    )
    head = f'<!doctype html><html lang="en"><head><title>{title}</title>{meta}</head>'
    return f"{head}<body><main><article><h1>{title}</h1>{text}{end}"


def path_of(name: str) -> str:
    """The path of an article on its site."""
    return f"/2026/11/20/{name}-before-the-town-council/"


def front_page(paths: Sequence[str]) -> str:
    """A page that links to all of these."""
    items = "".join(
        f'<article><h2><a href="{path}">The council of the town and {path.strip("/").split("/")[-1]}</a></h2></article>'
        for path in paths
    )
    head = '<!doctype html><html lang="en"><head><title>The Hostile Paper</title></head>'
    return f"{head}<body><main>{items}</main></body></html>"


def well_formed(body: bytes | str, status: str = "200 OK", **headers: str) -> bytes:
    """A valid response. headers: with _ in place of -; an empty value removes a default header."""
    body = body.encode() if isinstance(body, str) else body
    given = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), "Connection": "close"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    return (
        f"HTTP/1.1 {status}\r\n".encode()
        + "".join(f"{name}: {value}\r\n" for name, value in given.items() if value).encode()
        + b"\r\n"
        + body
    )


def sends(*pieces: bytes, reset: bool = False) -> Answer:
    """Writes these pieces and closes the connection. reset: with a TCP reset."""

    async def answer(writer: asyncio.StreamWriter, path: str) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if reset:
            writer.transport.abort()

    return answer


def page(body: bytes | str, status: str = "200 OK", **headers: str) -> Answer:
    """A valid response; see `well_formed`."""
    return sends(well_formed(body, status, **headers))


def redirects_to(address: str, status: str = "302 Found") -> Answer:
    """A redirect."""
    return page("", status, Location=address)


def sends_endlessly(piece: bytes, head: bytes = b"", pause: float = 0.0) -> Answer:
    """Writes `head`, then `piece` again and again until the client disconnects. pause: seconds between pieces."""

    async def answer(writer: asyncio.StreamWriter, path: str) -> None:
        writer.write(head)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return answer


async def never_responds(writer: asyncio.StreamWriter, path: str) -> None:
    """Sends nothing for ten minutes."""
    await asyncio.sleep(600)


@dataclass
class Served:
    """A running server.

    answers: by path. greeting: if set, it is all that the server sends, before any request. asked: (Host header, path)
    of every request.
    """

    answers: dict[str, Answer]
    port: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)
    connections: int = 0
    greeting: bytes = b""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


async def _serve_one(served: Served, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    served.connections += 1
    with suppress(
        ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, asyncio.TimeoutError, ssl.SSLError
    ):
        if served.greeting:
            writer.write(served.greeting)
            await writer.drain()
            writer.close()
            return
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = head.split(" ")[1]
        host = next((line[5:].strip() for line in head.split("\r\n") if line.lower().startswith("host:")), "")
        served.asked.append((host, path))
        default = (
            page("User-agent: *\nAllow: /\n", Content_Type="text/plain")
            if path == "/robots.txt"
            else page("not here", "404 Not Found")
        )
        await served.answers.get(path, default)(writer, path)
        writer.close()
        await asyncio.wait_for(writer.wait_closed(), 120)  # until the client has all of it, however slowly it reads
    with suppress(ConnectionError, ssl.SSLError, asyncio.CancelledError):
        writer.transport.abort() if writer.transport.is_closing() else writer.close()


@contextmanager
def serve_hostile(
    answers: Mapping[str, Answer],
    host: str = "127.0.0.1",
    port: int = 0,
    tls: ssl.SSLContext | None = None,
    greeting: bytes = b"",
) -> Iterator[Served]:
    """Serve while the block runs."""
    served = Served(dict(answers), port, greeting=greeting)
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda *_: None)
    started = threading.Event()

    async def run() -> None:
        server = await asyncio.start_server(
            lambda r, w: _serve_one(served, r, w), host, port, ssl=tls, reuse_address=True
        )
        served.port = server.sockets[0].getsockname()[1]
        started.set()
        await stop.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    stop = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    assert started.wait(20), "the server did not start"
    try:
        yield served
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(20)
        loop.close()


class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing to cancel: names are resolved at once."""


@implementer(IHostnameResolver)
class Names:
    """A resolver with a table of its own.

    `TEST_NAMES`: host name -> list of results, one for each lookup and the last for all that follow; a result is a list
    of addresses.
    """

    def __init__(self, reactor: Any, table: dict[str, list[list[str]]]) -> None:
        self.reactor = reactor
        self._table = table

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Names:
        return cls(reactor, json.loads(crawler.settings["TEST_NAMES"]))

    def install_on_reactor(self) -> None:
        self.reactor.installNameResolver(self)

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Any = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        answers = self._table.get(hostName, [[hostName]] if hostName.replace(".", "").isdigit() else [[]])
        for address in answers.pop(0) if len(answers) > 1 else answers[0]:
            kind = IPv6Address if ":" in address else IPv4Address
            resolutionReceiver.addressResolved(kind("TCP", address, portNumber))
        resolutionReceiver.resolutionComplete()
        return resolution
