"""A small newspaper on loopback; each test writes its pages, headers, robots.txt and other files.

The text of the stories is made of random words.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.support.crawling import Crawled
from tests.support.http_server import serving
from tests.support.living_site import sentence_block


@dataclass
class Answer:
    """The response to a path. headers: pairs, so that a header can occur twice. kind: the content type."""

    text: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    status: int = 200
    kind: str = "text/html; charset=utf-8"


@dataclass
class Paper:
    """answers: the response to each path. asked: the paths of all requests, in order.

    sent: the same with their headers. times: when each came (monotonic seconds).
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    base: str = ""
    asked: list[str] = field(default_factory=list)
    sent: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def story(self, name: str, head: str = "", body: str = "", **headers: str | list[str]) -> str:
        """Add an article; returns its path. headers: by name with "_" for "-"; a list for several of one name."""
        path = f"/2026/11/20/the-{name}-story-of-the-town-desk/"
        made = random.Random(name)
        headline = f"The {name} story of the town is told at length"
        text = "".join(f"<p>{sentence_block(made)}</p>" for _ in range(5))
        meta = (
            '<meta property="og:type" content="article">'
            '<meta property="article:published_time" content="2026-11-20T08:00:00+00:00">'
        )
        page = (
            f'<!doctype html><html lang="en"><head><title>{headline}</title>{meta}{head}</head>'
            f"<body><main><article><h1>{headline}</h1>{text}{body}</article></main></body></html>"
        )
        self.answers[path] = Answer(page, pairs(headers))
        return path

    def listing(self, path: str, links: list[str], head: str = "", **headers: str | list[str]) -> None:
        """Add a page of links."""
        names = {link: f"The story {link.strip('/').split('/')[-1]} in words" for link in links}
        items = "".join(f'<article><h2><a href="{link}">{name}</a></h2></article>' for link, name in names.items())
        self.answers[path] = Answer(
            f"<!doctype html><html><head><title>Paper</title>{head}</head><body><main>{items}</main></body></html>",
            pairs(headers),
        )

    def file(self, path: str, text: str, kind: str = "text/plain", status: int = 200) -> None:
        """Add any other response."""
        self.answers[path] = Answer(text, [], status, kind)


def pairs(headers: dict[str, str | list[str]]) -> list[tuple[str, str]]:
    return [
        (name.replace("_", "-"), value)
        for name, values in headers.items()
        for value in ([values] if isinstance(values, str) else values)
    ]


def story_name(url: str) -> str:
    """The name of the story at a URL."""
    return url.split("/the-")[1].split("-story")[0]


def rights_by_story(crawled: Crawled) -> dict[str, dict[str, Any]]:
    """The rights in the records, by the names of the stories."""
    return {story_name(record["url"]): record["rights"] for record in crawled.records}


def reason_of(crawled: Crawled, path: str) -> tuple[str, str]:
    """The reason and the detail in the ledger."""
    [entry] = [entry for entry in crawled.entries if entry["url"].endswith(path)]
    return entry["reason"], entry["detail"]


def _handler(paper: Paper) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            paper.asked.append(self.path)
            paper.times.append(time.monotonic())
            paper.sent.append((self.path, dict(self.headers.items())))
            answer = paper.answers.get(self.path) or Answer("<html><body><h1>Not found</h1></body></html>", [], 404)
            body = answer.text.encode()
            self.send_response(answer.status)
            for name, value in (("Content-Type", answer.kind), ("Content-Length", str(len(body))), *answer.headers):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@contextmanager
def serve_paper() -> Iterator[Paper]:
    """Serve an empty newspaper while the block runs."""
    paper = Paper()
    with serving(_handler(paper)) as paper.base:
        yield paper
