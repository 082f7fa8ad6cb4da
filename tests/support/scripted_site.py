"""A newspaper on loopback whose pages are made by scripts, in the ways that papers do it and in some that hostile ones might.

`ScriptedSite(kinds)` has an article of each kind that is named, in that order; `serve_scripted()` serves it. Its text is made of invented words.
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

_FETCH = "fetch('/api/%d').then(answer => answer.json()).then(show);"
_SHOW = """
function show(story) {
  const main = document.querySelector('main') || document.getElementById('root');
  main.innerHTML = '<article><h1>' + story.headline + '</h1>' + story.paragraphs.map(text => '<p>' + text + '</p>').join('') +
    '<img src="/picture.png"><aside class="newsletter"><p>Sign up for our newsletter</p></aside></article>';
  document.body.insertAdjacentHTML('beforeend', `
    <div role="dialog" aria-modal="true" class="cookie-consent" style="position:fixed;bottom:0;background:#fff;border:2px solid">
      <h2>We value your privacy</h2><p>We and our 812 partners store and read information on your device, such as cookies, to show you advertising
      that fits and to measure it. You can change your mind at any time in the settings.</p>
      <button onclick="fetch('/agreed')">Accept all</button> <button onclick="fetch('/agreed')">Load more</button></div>
    <form class="newsletter-modal" action="/agreed"><h3>Never miss a story</h3><p>Get the best of the evening desk in your inbox every day.</p>
      <input name="mail"><button>Subscribe</button></form>`);
}
"""
_APPEND = "for (const text of story.paragraphs.slice(1)) document.querySelector('.text').insertAdjacentHTML('beforeend', '<p>' + text + '</p>');"
#: Each paragraph is filled when it comes into sight; boxes for advertisements stay empty.
_IN_SIGHT = """
fetch('/api/%d').then(answer => answer.json()).then(story => {
  document.querySelector('main').innerHTML = '<article><h1>' + story.headline + '</h1>' +
    story.paragraphs.map((_, place) => '<div class="ad-slot" style="height:300px"></div><p data-place="' + place + '" style="min-height:1200px"></p>').join('') + '</article>';
  const seen = new IntersectionObserver(entries => entries.forEach(entry => {
    if (entry.isIntersecting) entry.target.textContent = story.paragraphs[entry.target.dataset.place];
  }));
  for (const paragraph of document.querySelectorAll('p')) seen.observe(paragraph);
});
"""
#: The next paragraph is fetched and put in when the end of what is there comes into sight.
_IN_CHUNKS = """
const url = '/api/%d'; let next = 0;
document.querySelector('main').innerHTML = '<article><h1></h1><div class="text"></div><div class="end" style="height:1px"></div></article>';
async function more() {
  const story = await (await fetch(url)).json();
  document.querySelector('h1').textContent = story.headline;
  if (next >= story.paragraphs.length) return;
  document.querySelector('.text').insertAdjacentHTML('beforeend', '<p style="min-height:1700px">' + story.paragraphs[next++] + '</p>');
  const end = document.querySelector('.end'), fresh = end.cloneNode();
  end.replaceWith(fresh); seen.observe(fresh);
}
const seen = new IntersectionObserver(entries => { if (entries.some(entry => entry.isIntersecting)) more(); });
seen.observe(document.querySelector('.end'));
"""
#: What a script does before it shows the story, by kind of article.
BEFORE = {
    "json": "",
    "in parts": "show({headline: 'x', paragraphs: PARTS}); await new Promise(done => setTimeout(done, 900));",
    "behind consent": "document.body.insertAdjacentHTML('beforeend', '<div role=dialog>' + '<p>We and our partners use cookies to show you advertising and more of it.</p>'.repeat(9) + '</div>'); await new Promise(done => setTimeout(done, 1200));",
    "beside an error": "fetch('/broken-weather'); await new Promise(done => setTimeout(done, 1500));",
    "preloaded": "",
    "by cookie": "await new Promise(done => { const picture = new Image(); picture.onload = picture.onerror = done; picture.src = '/picture.png'; });"
    "await new Promise(done => { const socket = new WebSocket('ws://' + location.host + '/socket'); socket.onclose = socket.onerror = done; });"
    " if (!(await fetch('/api/wary', {method: 'POST', body: '{}'})).ok) throw 'no cookie';",
    "stirred": "await new Promise(done => addEventListener('scroll', done, {once: true}));",
    "hung": "setInterval(() => document.body.append(document.createElement('i')), 50); setTimeout(() => { while (true) {} }, 2500);",
    "late": "await new Promise(done => setTimeout(done, 1500));",
    "unsettled": "fetch('/never'); setInterval(() => fetch('/poll'), 300);",
    "dialogs": """
      setTimeout(() => { alert('one'); confirm('two'); prompt('three'); }, 10);
      window.open('/popup'); Notification.requestPermission(); navigator.geolocation.getCurrentPosition(() => 0);
      const link = document.createElement('a'); link.href = '/popup?by=link'; link.target = '_blank'; document.body.append(link); link.click();
      const file = document.createElement('a'); file.href = '/file.bin'; file.download = 'file.bin'; document.body.append(file); file.click();
      if (navigator.serviceWorker) navigator.serviceWorker.register('/worker.js').catch(() => 0);
      navigator.sendBeacon('/beacon', 'x'); new WebSocket('ws://' + location.host + '/socket'); window.onbeforeunload = () => 'stay';
      const loose = document.createElement('a'); loose.href = '/popup?by=loose'; loose.target = '_blank'; loose.click();
    """,
}
#: What the script of a page does that never shows a story.
NEVER = {
    "hang": "while (true) {}",
    "greedy": "const kept = []; while (true) kept.push(new Array(1e6).fill(Math.random()));",
    "away": "location.href = ELSEWHERE;",
    "barren": "document.querySelector('main').innerHTML = '<p>Nothing.</p>';",
}


@dataclass
class ScriptedSite:
    """The paper. kinds: of its articles: "plain", "reloads", "refresh", "spoiled", "led away", "lead", "in sight", "in chunks", "held up", "bundle", "next", "amp", "shadow", "broken", "video", a name in `BEFORE`, or one in `NEVER`, or "probe", whose script asks for all of `probes`.

    listing: how the front page lists them: "plain", "script" (fetched), "infinite" (more on scrolling), "button" (more on pressing). per_page: for these.
    elsewhere: where "away" leads. asked: (path, headers) of every request.
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
        """The address of an article."""
        kind = self.kinds[number].replace(" ", "-")
        return f"/{kind}/2026/11/story-number-{number}-of-the-evening-desk-{kind}/"

    def url(self, number: int) -> str:
        """The whole address of an article."""
        return self.base + self.path(number)

    def of(self, kind: str) -> list[str]:
        """The addresses of all articles of a kind."""
        return [self.url(number) for number, one in enumerate(self.kinds) if one == kind]

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(asked == path for asked, _ in self.asked)

    def answer(self, path: str) -> tuple[int, str, str]:
        """Status, type and text of a path."""
        html = "text/html; charset=utf-8"
        if path == "/robots.txt":
            return 200, "text/plain", "User-agent: *\nDisallow: /closed\n"
        if path == "/":
            return 200, html, self._front()
        if path.startswith("/api/list/"):
            start = int(path.rsplit("/", 1)[1])
            return (
                200,
                "application/json",
                json.dumps([self._entry(n) for n in range(start, min(start + self.per_page, len(self.stories)))]),
            )
        if path.startswith("/api/"):
            story = self.stories[int(path.rsplit("/", 1)[1])]
            return 200, "application/json", json.dumps({"headline": story.headline, "paragraphs": story.paragraphs})
        if path == "/bundle.js":
            return (
                200,
                "text/javascript",
                _SHOW + "fetch('/api/' + location.pathname.match(/number-(\\d+)/)[1]).then(a => a.json()).then(show);",
            )
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
        items = "".join(
            f'<article><h2><a href="{self.path(n)}">{story.headline}</a></h2></article>'
            for n, story in enumerate(self.stories)
        )
        head = '<!doctype html><html lang="en"><head><title>The Scripted Paper</title></head><body><header><a href="/about">About</a></header>'
        add = """
          let next = 0, busy = false;
          async function more() {
            if (busy) return; busy = true;
            for (const entry of await (await fetch('/api/list/' + next)).json()) {
              next += 1;
              document.querySelector('main').insertAdjacentHTML('beforeend', `<article style="height:300px"><h2><a href="${entry.url}">${entry.title}</a></h2></article>`);
            }
            busy = false;
          }
        """
        end = "<footer>The Scripted Paper</footer></body></html>"
        if self.listing == "plain":
            return f"{head}<main>{items}</main>{end}"
        if self.listing == "script":
            return f"{head}<main><div class='skeleton'></div></main><script>{add} (async () => {{ while (next < {len(self.stories)}) await more(); }})();</script>{end}"
        if self.listing == "infinite":
            return f"{head}<main></main><script>{add} more(); addEventListener('scroll', more);</script>{end}"
        first = "".join(
            f'<article><h2><a href="{self.path(n)}">{self.stories[n].headline}</a></h2></article>'
            for n in range(self.per_page)
        )
        button = "<form action='/closed'><button>More</button></form><button onclick='more()'>Load more</button>"
        return f"{head}<main>{first}</main>{button}<script>{add} next = {self.per_page};</script>{end}"

    def _meta(self, number: int) -> str:
        story = self.stories[number]
        ld = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.headline,
            "datePublished": story.published.isoformat(),
        }
        return (
            f'<title>{story.headline}</title><meta property="og:type" content="article"><meta property="og:title" content="{story.headline}">'
            f'<meta property="article:published_time" content="{story.published.isoformat()}"><script type="application/ld+json">{json.dumps(ld)}</script>'
        )

    def _whole(self, number: int) -> str:
        story = self.stories[number]
        text = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
        return f'<!doctype html><html lang="en"><head>{self._meta(number)}</head><body><main><article><h1>{story.headline}</h1>{text}</article></main></body></html>'

    def _article(self, number: int) -> str:
        kind, story = self.kinds[number], self.stories[number]
        if kind == "plain":
            return self._whole(number)
        if kind == "reloads":
            return self._whole(number).replace("<head>", '<head><meta http-equiv="refresh" content="5">')
        if kind == "spoiled":
            wall = "<h2>Subscribe to go on</h2><p>This story is for subscribers. Sign in or subscribe to read it.</p>"
            return self._whole(number).replace(
                "</body>", f"<script>document.querySelector('main').innerHTML = '{wall}';</script></body>"
            )
        if kind == "led away":
            return self._whole(number).replace("</body>", "<script>location.replace('/gone')</script></body>")
        if kind == "refresh":
            return f'<!doctype html><html><head><title>Moved</title><META HTTP-EQUIV="Refresh" CONTENT="1; URL=/moved/{number}"></head><body><p>Moved.</p></body></html>'
        if kind == "bundle":
            return '<!doctype html><html><head><title>The Scripted Paper</title></head><body><div id="root"></div><script src="/bundle.js"></script></body></html>'
        head, body, script = self._meta(number), "<main><div class='spinner'></div></main>", ""
        if kind == "next":
            state = {
                "props": {
                    "pageProps": {
                        "story": {
                            "headline": story.headline,
                            "body": [{"type": "paragraph", "content": p} for p in story.paragraphs],
                        }
                    }
                }
            }
            body = f'<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
            script = "document.title += '';" + " " * 200
        elif kind == "amp":
            head += f'<link rel="amphtml" href="/amp/story/{number}">'
            script = _SHOW + _FETCH % number
        elif kind == "shadow":
            body = "<main><the-story></the-story></main>"
            text = json.dumps("".join(f"<p>{p}</p>" for p in story.paragraphs) + "<slot></slot>")
            script = f"customElements.define('the-story', class extends HTMLElement {{ connectedCallback() {{ this.attachShadow({{mode: 'open'}}).innerHTML = {text}; }} }});"
        elif kind == "lead":  # its rest comes by a script
            lead = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs[:1])
            body = f"<main><article><h1>{story.headline}</h1><div class='text'>{lead}</div><div class='spinner'></div></article></main>"
            script = f"fetch('/api/{number}').then(answer => answer.json()).then(story => {{ document.querySelector('.spinner').remove(); {_APPEND} }});"
        elif kind == "in sight":
            script = _IN_SIGHT % number
        elif kind == "in chunks":
            script = _IN_CHUNKS % number
        elif kind == "held up":  # what it waits for never answers
            head += '<link rel="stylesheet" href="/never">'
            script = _SHOW + _FETCH % number
        elif kind == "broken":  # its script cannot be had
            head += '<script src="http://127.0.0.1:9/bundle.js"></script>'
        elif kind == "video":
            body = "<main><video src='/film.mp4' controls></video></main>"
            script = "console.log('a player');" + " " * 200
        elif kind == "probe":
            script = f"for (const url of {json.dumps(list(self.probes))}) {{ fetch(url, {{mode: 'no-cors'}}).catch(() => 0); new Image().src = url; "
            script += (
                "document.head.append(Object.assign(document.createElement('script'), {src: url})); }"
                + _SHOW
                + _FETCH % number
            )
        elif kind in NEVER:
            script = NEVER[kind].replace("ELSEWHERE", json.dumps(self.elsewhere))
            script = f"addEventListener('load', () => {{ {script} }});" + " " * 200
        else:
            if kind == "preloaded":
                head += f'<link rel="preload" as="fetch" crossorigin href="/api/{number}">'
            before = BEFORE[kind].replace("PARTS", json.dumps(story.paragraphs[:2]))
            script = f"{_SHOW} (async () => {{ {before} {_FETCH % number} }})();"
        return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}<script>{script}</script></body></html>'


def _handler(site: ScriptedSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            if self.path == "/never":
                time.sleep(30)
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path == "/api/wary":
                status, kind, text = (
                    (200 if "visit=by-cookie" in self.headers.get("Cookie", "") else 403),
                    "text/plain",
                    "",
                )
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
