"""A newspaper on loopback whose pages are made by scripts, as newspapers do it and as hostile sites might.

`ScriptedSite(kinds)` has an article of each kind named, in that order; `serve_scripted()` serves it. Its text consists
of invented words.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler

from tests.support.http_server import serving
from tests.support.living_site import Story
from tests.support.page_scripts import (
    APPEND,
    BEFORE,
    FETCH,
    IN_CHUNKS,
    IN_SIGHT,
    MORE,
    NEVER,
    PROBE,
    SHADOW,
    SHOW,
    SPINNER,
)


@dataclass
class ScriptedSite:
    """The newspaper.

    kinds: of its articles: "plain", one that `_article` makes, one of `BEFORE` or `NEVER`, or "probe", whose script
    requests all of `probes`. listing: how the front page lists them: "plain", "script" (fetched), "infinite" (more on
    scrolling) or "button" (more on pressing). per_page: for the last two. elsewhere: where "away" navigates. asked:
    (path, headers) of every request.
    """

    kinds: Sequence[str]
    listing: str = "plain"
    per_page: int = 5
    elsewhere: str = "http://10.1.2.3/"
    base: str = ""
    etag: bool = False
    probes: Sequence[str] = ()
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        now = datetime.now(timezone.utc).replace(microsecond=0)
        self.stories = [Story(number, now - timedelta(hours=1 + number)) for number in range(len(self.kinds))]

    def path(self, number: int) -> str:
        """The path of an article."""
        kind = self.kinds[number].replace(" ", "-")
        return f"/{kind}/2026/11/story-number-{number}-of-the-evening-desk-{kind}/"

    def url(self, number: int) -> str:
        """The URL of an article."""
        return self.base + self.path(number)

    def of(self, kind: str) -> list[str]:
        """The URLs of all articles of a kind."""
        return [self.url(number) for number, one in enumerate(self.kinds) if one == kind]

    def times(self, path: str) -> int:
        """How often a path was requested."""
        return sum(asked == path for asked, _ in self.asked)

    def answer(self, path: str) -> tuple[int, str, str]:
        """Status, media type and text of a path."""
        html = "text/html; charset=utf-8"
        if path == "/robots.txt":
            return 200, "text/plain", "User-agent: *\nDisallow: /closed\n"
        if path == "/":
            return 200, html, self._front()
        if path.startswith("/api/list/"):
            start = int(path.rsplit("/", 1)[1])
            numbers = range(start, min(start + self.per_page, len(self.stories)))
            return 200, "application/json", json.dumps([self._entry(number) for number in numbers])
        if path.startswith("/api/"):
            story = self.stories[int(path.rsplit("/", 1)[1])]
            return 200, "application/json", json.dumps({"headline": story.headline, "paragraphs": story.paragraphs})
        if path == "/bundle.js":
            fetch = "fetch('/api/' + location.pathname.match(/number-(\\d+)/)[1]).then(a => a.json()).then(show);"
            return 200, "text/javascript", SHOW + fetch
        if path == "/leads-elsewhere":
            return 302, self.elsewhere, ""
        if path == "/broken-weather":
            return 500, "text/plain", "no weather"
        if path == "/poll":
            return 200, "text/plain", "."
        if path.startswith(("/amp/story/", "/moved/")):
            return 200, html, self._whole(int(path.rsplit("/", 1)[1]))
        for number in range(len(self.kinds)):
            if path == self.path(number):
                return 200, html, self._article(number)
        return 404, html, "<html><body><h1>Not found</h1></body></html>"

    def _entry(self, number: int) -> dict[str, str]:
        return {"url": self.path(number), "title": self.stories[number].headline}

    def _front(self) -> str:
        items = [
            f'<article><h2><a href="{self.path(n)}">{story.headline}</a></h2></article>'
            for n, story in enumerate(self.stories)
        ]
        head = (
            '<!doctype html><html lang="en"><head><title>The Scripted Paper</title></head>'
            '<body><header><a href="/about">About</a></header>'
        )
        end = "<footer>The Scripted Paper</footer></body></html>"
        if self.listing == "plain":
            return f"{head}<main>{''.join(items)}</main>{end}"
        if self.listing == "script":
            all_at_once = f"(async () => {{ while (next < {len(self.stories)}) await more(); }})();"
            return f"{head}<main><div class='skeleton'></div></main><script>{MORE} {all_at_once}</script>{end}"
        if self.listing == "infinite":
            return f"{head}<main></main><script>{MORE} more(); addEventListener('scroll', more);</script>{end}"
        first = "".join(items[: self.per_page])
        button = "<form action='/closed'><button>More</button></form><button onclick='more()'>Load more</button>"
        return f"{head}<main>{first}</main>{button}<script>{MORE} next = {self.per_page};</script>{end}"

    def _meta(self, number: int) -> str:
        story = self.stories[number]
        ld = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.headline,
            "datePublished": story.published.isoformat(),
        }
        return (
            f'<title>{story.headline}</title><meta property="og:type" content="article">'
            f'<meta property="og:title" content="{story.headline}">'
            f'<meta property="article:published_time" content="{story.published.isoformat()}">'
            f'<script type="application/ld+json">{json.dumps(ld)}</script>'
        )

    def _whole(self, number: int) -> str:
        story = self.stories[number]
        text = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
        body = f"<main><article><h1>{story.headline}</h1>{text}</article></main>"
        return f'<!doctype html><html lang="en"><head>{self._meta(number)}</head><body>{body}</body></html>'

    def _article(self, number: int) -> str:
        kind = self.kinds[number]
        if kind == "plain":
            return self._whole(number)
        if kind == "reloads":
            return self._whole(number).replace("<head>", '<head><meta http-equiv="refresh" content="5">')
        if kind == "spoiled":
            wall = "<h2>Subscribe to go on</h2><p>This story is for subscribers. Sign in or subscribe to read it.</p>"
            script = f"<script>document.querySelector('main').innerHTML = '{wall}';</script>"
            return self._whole(number).replace("</body>", f"{script}</body>")
        if kind == "led away":
            return self._whole(number).replace("</body>", "<script>location.replace('/gone')</script></body>")
        if kind == "refresh":
            meta = f'<META HTTP-EQUIV="Refresh" CONTENT="1; URL=/moved/{number}">'
            return f"<!doctype html><html><head><title>Moved</title>{meta}</head><body><p>Moved.</p></body></html>"
        if kind == "bundle":
            head, body = "<title>The Scripted Paper</title>", '<div id="root"></div><script src="/bundle.js"></script>'
            return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
        more_head, body, script = self._parts(number)
        head = self._meta(number) + more_head
        return (
            f'<!doctype html><html lang="en"><head>{head}</head><body>{body or SPINNER}'
            f"<script>{script}</script></body></html>"
        )

    def _parts(self, number: int) -> tuple[str, str, str]:
        """What an article without its story has more in its head, its body ("" for a spinner), and its script."""
        kind, story, show = self.kinds[number], self.stories[number], SHOW + FETCH % number
        if kind == "next":
            paragraphs = [{"type": "paragraph", "content": text} for text in story.paragraphs]
            state = {"props": {"pageProps": {"story": {"headline": story.headline, "body": paragraphs}}}}
            data = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
            return "", f'<div id="__next"></div>{data}', "document.title += '';" + " " * 200
        if kind == "amp":
            return f'<link rel="amphtml" href="/amp/story/{number}">', "", show
        if kind == "shadow":
            text = json.dumps("".join(f"<p>{p}</p>" for p in story.paragraphs) + "<slot></slot>")
            return "", "<main><the-story></the-story></main>", SHADOW.replace("TEXT", text)
        if kind == "lead":  # the rest comes by a script
            lead = f"<div class='text'><p>{story.paragraphs[0]}</p></div><div class='spinner'></div>"
            body = f"<main><article><h1>{story.headline}</h1>{lead}</article></main>"
            append = f"story => {{ document.querySelector('.spinner').remove(); {APPEND} }}"
            return "", body, f"fetch('/api/{number}').then(answer => answer.json()).then({append});"
        if kind == "in sight":
            return "", "", IN_SIGHT % number
        if kind == "in chunks":
            return "", "", IN_CHUNKS % number
        if kind == "blocked":  # its style sheet never responds
            return '<link rel="stylesheet" href="/never">', "", show
        if kind == "broken":  # its script cannot be fetched
            return '<script src="http://127.0.0.1:9/bundle.js"></script>', "", ""
        if kind == "video":
            return "", "<main><video src='/film.mp4' controls></video></main>", "console.log('a player');" + " " * 200
        if kind == "probe":
            return "", "", PROBE.replace("URLS", json.dumps(list(self.probes))) + show
        if kind in NEVER:
            script = NEVER[kind].replace("ELSEWHERE", json.dumps(self.elsewhere))
            return "", "", f"addEventListener('load', () => {{ {script} }});" + " " * 200
        head = f'<link rel="preload" as="fetch" crossorigin href="/api/{number}">' if kind == "preloaded" else ""
        before = BEFORE[kind].replace("PARTS", json.dumps(story.paragraphs[:2]))
        return head, "", f"{SHOW} (async () => {{ {before} {FETCH % number} }})();"


def _handler(site: ScriptedSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            if self.path == "/never":
                time.sleep(30)
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path == "/api/wary":
                has_cookie = "visit=by-cookie" in self.headers.get("Cookie", "")
                status, kind, text = 200 if has_cookie else 403, "text/plain", ""
            else:
                status, kind, text = site.answer(self.path)
            body = text.encode()
            if site.etag and self.headers.get("If-None-Match") == '"always"':
                status, body = 304, b""
            self.send_response(status)
            self.send_header("Location" if status == 302 else "Content-Type", kind)
            if self.path.startswith("/by-cookie/"):
                self.send_header("Set-Cookie", "other=1; Path=/")
                self.send_header("Set-Cookie", "visit=by-cookie; Path=/; HttpOnly")
            if site.etag and kind.startswith("text/html"):
                self.send_header("ETag", '"always"')
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@contextmanager
def serve_scripted(site: ScriptedSite) -> Iterator[ScriptedSite]:
    """Serve while the block runs."""
    with serving(_handler(site)) as site.base:
        yield site
