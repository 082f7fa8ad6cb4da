"""Invented hosts behind one proxy on loopback, so that a crawl meets as many host names as a test wants.

The environment variable `http_proxy` leads a crawl there. The test says what each host sends. Keeps what was requested,
when, and how many requests were in progress at once.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

from tests.support.http_server import serving
from tests.support.living_site import sentence_block


@dataclass(frozen=True)
class Reply:
    """A response."""

    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Received:
    """A request. time: when it arrived, in monotonic seconds. agent: its User-Agent."""

    time: float
    host: str
    path: str
    agent: str = ""

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.path}"


@dataclass
class World:
    """All hosts.

    pages: "host/path" -> response. change: is asked first, with host and path; where it returns None, `pages` decides.
    seconds: that each response takes. requests: all that arrived. most_at_once: by host, without www. and m.
    """

    pages: dict[str, Reply] = field(default_factory=dict)
    change: Callable[[str, str], Reply | None] = lambda host, path: None
    seconds: float = 0.0
    requests: list[Received] = field(default_factory=list)
    proxy: str = ""
    most_at_once: Counter[str] = field(default_factory=Counter)
    _in_progress: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def paths(self, host: str) -> list[str]:
        """The paths that were requested of a host, in order."""
        return [one.path for one in self.requests if one.host == host]

    def respond(self, received: Received) -> Reply:
        site = received.host.removeprefix("www.").removeprefix("m.")
        with self._lock:
            self.requests.append(received)
            self._in_progress[site] += 1
            self.most_at_once[site] = max(self.most_at_once[site], self._in_progress[site])
        try:
            time.sleep(self.seconds)
            reply = self.change(received.host, received.path) or self.pages.get(received.host + received.path)
            return reply or Reply("<html><body><h1>Not found</h1></body></html>", 404)
        finally:
            with self._lock:
                self._in_progress[site] -= 1


def story(name: str, head: str = "", body: str = "") -> Reply:
    """An article."""
    headline = f"The {name} story of the town is told at length"
    made = random.Random(name)
    text = "".join(f"<p>{sentence_block(made)}</p>" for _ in range(5))
    meta = (
        '<meta property="og:type" content="article">'
        '<meta property="article:published_time" content="2026-11-20T08:00:00+00:00">'
    )
    return Reply(
        f'<!doctype html><html lang="en"><head><title>{headline}</title>{meta}{head}</head>'
        f"<body><main><article><h1>{headline}</h1>{text}{body}</article></main></body></html>"
    )


def listing(links: list[str], head: str = "", body: str = "") -> Reply:
    """A page of links."""
    items = "".join(
        f'<article><h2><a href="{link}">The story {link.strip("/").split("/")[-1]} in words</a></h2></article>'
        for link in links
    )
    return Reply(
        f"<!doctype html><html><head><title>Paper</title>{head}</head><body><main>{items}</main>{body}</body></html>"
    )


def path_of(name: str) -> str:
    return f"/2026/11/20/the-{name}-story-of-the-town-desk/"


def paper(world: World, host: str, count: int, robots: str = "User-agent: *\nDisallow:\n") -> list[str]:
    """Make a host with a front page of `count` stories; returns their URLs."""
    names = [f"{host.replace('.', '-')}-{number}" for number in range(count)]
    for name in names:
        world.pages[host + path_of(name)] = story(name)
    world.pages[host + "/"] = listing([path_of(name) for name in names])
    world.pages[host + "/robots.txt"] = Reply(robots, kind="text/plain")
    return [f"http://{host}{path_of(name)}" for name in names]


def _handler(world: World) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            reply = world.respond(Received(time.monotonic(), parts.netloc, path, self.headers.get("User-Agent", "")))
            body = reply.body.encode()
            self.send_response(reply.status)
            for name, value in {"Content-Type": reply.kind, "Content-Length": str(len(body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@contextmanager
def serve_world() -> Iterator[World]:
    """Serve all hosts while the block runs."""
    world = World()
    with serving(_handler(world)) as world.proxy:
        yield world
