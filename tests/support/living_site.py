"""A newspaper on loopback whose articles appear, change and disappear while it is served.

It answers conditional requests, with truthful validators or false ones. `LivingSite` is the newspaper, `serve_living()`
serves it. The text is made of random words.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

from tests.support.http_server import serving

_WORDS = (
    "harbour council bridge winter river mayor ferry market letter engine garden station bakery school lantern valley "
    "painter signal copper meadow tunnel orchard senate budget strike concert museum tram glacier island farmer doctor "
    "pilot voter court archive chapel quarry"
).split()
SECTIONS = ("town", "economy", "culture", "sport")


@dataclass
class Story:
    """One article. status: of the response to its URL. elsewhere: the URL it redirects to, if any."""

    number: int
    published: datetime
    headline: str = ""
    paragraphs: list[str] = field(default_factory=list)
    status: int = 200
    elsewhere: str = ""

    def __post_init__(self) -> None:
        made = random.Random(self.number)
        self.headline = self.headline or " ".join(made.choice(_WORDS) for _ in range(7)).capitalize()
        self.paragraphs = self.paragraphs or [sentence_block(made) for _ in range(6)]

    @property
    def section(self) -> str:
        return SECTIONS[self.number % len(SECTIONS)]

    @property
    def path(self) -> str:
        return f"/{self.published:%Y/%m/%d}/story-number-{self.number}-of-the-{self.section}-desk/"


def sentence_block(made: random.Random) -> str:
    """A paragraph of about fifty words."""
    sentences = (
        " ".join(made.choice(_WORDS) for _ in range(made.randrange(9, 15))).capitalize() + "." for _ in range(4)
    )
    return " ".join(sentences)


@dataclass
class LivingSite:
    """The newspaper. per_page: stories on the front page and on each page of a section; only sections have more pages.

    validators: whether it sends ETags and answers 304. lies: always answers 304, whatever has changed. delay: seconds
    before an article is sent. down: paths that answer 503 ("*" for all). asked: the paths of all requests.
    aside: HTML that every page shows beside its content.
    """

    stories: list[Story] = field(default_factory=list)
    base: str = ""
    per_page: int = 10
    validators: bool = True
    lies: bool = False
    delay: float = 0.0
    feed_extra: str = ""
    down: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    aside: str = ""

    @classmethod
    def of(cls, count: int, **about: object) -> LivingSite:
        """A newspaper of `count` stories, the newest two hours old."""
        now = datetime.now(timezone.utc).replace(microsecond=0)
        stories = [Story(number, now - timedelta(hours=2 + 3 * number)) for number in range(count)]
        return cls(stories, **about)  # type: ignore[arg-type]

    def add(self, number: int, published: datetime | None = None) -> Story:
        """Add a new story, on top."""
        story = Story(number, published or datetime.now(timezone.utc).replace(microsecond=0))
        self.stories.insert(0, story)
        return story

    def answer(self, path: str) -> tuple[int, str, str]:
        """Status, content type (or the target of a redirect) and text for a path."""
        if "*" in self.down or path in self.down:
            return 503, "text/plain", "down"
        for story in self.stories:
            if story.path == path:
                if story.elsewhere:
                    return 301, story.elsewhere, ""
                return story.status, "text/html; charset=utf-8", self._page(story)
        if path == "/robots.txt":
            return 200, "text/plain", "User-agent: *\nAllow: /\n"
        if path == "/":
            return 200, "text/html; charset=utf-8", self._listing(self.stories[: self.per_page], "")
        if path == "/feed":
            return 200, "application/rss+xml", self._feed()
        name, _, number = path.strip("/").partition("/page/")
        if name in SECTIONS:
            page = int(number or 1)
            stories = [story for story in self.stories if story.section == name]
            part = stories[(page - 1) * self.per_page : page * self.per_page]
            more = f"/{name}/page/{page + 1}" if page * self.per_page < len(stories) else ""
            return 200, "text/html; charset=utf-8", self._listing(part, more)
        return 404, "text/html", "<html><body><h1>Not found</h1></body></html>"

    def _frame(self, title: str, body: str) -> str:
        sections = "".join(f'<li><a href="/{name}">{name.capitalize()}</a></li>' for name in SECTIONS)
        feed = '<link rel="alternate" type="application/rss+xml" href="/feed">'
        return (
            f'<!doctype html><html lang="en"><head><title>{title}</title>{feed}</head>'
            f"<body><header><nav><ul>{sections}</ul></nav></header><main>{body}</main><aside>{self.aside}</aside>"
            "<footer>The Living Paper</footer></body></html>"
        )

    def _listing(self, stories: list[Story], more: str) -> str:
        items = "".join(f'<article><h2><a href="{story.path}">{story.headline}</a></h2></article>' for story in stories)
        next_page = f'<a rel="next" href="{more}">Older stories</a>' if more else ""
        return self._frame("The Living Paper", items + next_page)

    def _page(self, story: Story) -> str:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
        published = story.published.isoformat()
        when = f'<time datetime="{published}">{story.published:%d %B %Y}</time>'
        meta = (
            f'<meta property="article:published_time" content="{published}"><meta property="og:type" content="article">'
        )
        page = self._frame(story.headline, f"<article><h1>{story.headline}</h1>{when}{text}</article>")
        return page.replace("</head>", meta + "</head>")

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>{story.headline}</title><link>{self.base}{story.path}</link>"
            f"<pubDate>{format_datetime(story.published)}</pubDate></item>"
            for story in self.stories[: self.per_page]
        )
        channel = f"<channel><title>The Living Paper</title>{self.feed_extra}{items}</channel>"
        return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'


def _handler(site: LivingSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            status, kind, text = site.answer(self.path)
            body = text.encode()
            etag = '"always"' if site.lies else f'"{hashlib.sha1(body).hexdigest()}"'
            if "story" in self.path and site.delay:
                time.sleep(site.delay)
            if status == 200 and site.validators and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            site.statuses[status] += 1
            self.send_response(status)
            if status == 301:
                self.send_header("Location", kind)
            else:
                self.send_header("Content-Type", kind)
            if site.validators and status in (200, 304):
                self.send_header("ETag", etag)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@contextmanager
def serve_living(site: LivingSite) -> Iterator[LivingSite]:
    """Serve the newspaper while the block runs."""
    with serving(_handler(site)) as site.base:
        yield site
