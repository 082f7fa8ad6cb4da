"""Pages, feeds, sitemaps and robots.txt that are damaged at random, from a seed.

They are cut, repeated, mixed, nested deeply, and filled with texts that are costly for the package's regular
expressions. `mutated(kind, seed)` gives the same bytes each time.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.costly_texts import nasty
from tests.support.hostile_server import story
from tests.support.package_patterns import patterns

TESTS = Path(__file__).parents[1]
#: A document grows no larger than this by its changes.
MAX_SIZE = 3_000_000
JSON_LD = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
    '"headline":"Council votes","author":[{"@type":"Person","name":"Jane Roe"}],'
    '"datePublished":"2026-11-20T08:00:00+01:00","keywords":["a","b"],"image":["/a.jpg"],'
    '"articleBody":"One. Two. Three."}</script>'
)
NEXT_DATA = (
    '<script id="__NEXT_DATA__" type="application/json">{"props":{"url":"/2026/11/20/a-story-of-the-day/",'
    '"title":"A story","content":["One. ","Two. "]}}</script>'
)
_RSS_ITEMS = "".join(
    f"<item><title>Story &amp; number {n}</title><link>https://a.example/2026/11/20/story-{n}</link>"
    f"<guid isPermaLink='true'>https://a.example/{n}</guid><pubDate>Fri, 20 Nov 2026 08:{n:02}:00 +0100</pubDate>"
    f"<description><![CDATA[<p>Text {n}</p>]]></description></item>"
    for n in range(12)
)
RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Paper</title>'
    f"<link>https://a.example/</link><ttl>60</ttl>{_RSS_ITEMS}</channel></rss>"
)
ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/"><title>Paper</title>'
    '<entry><title>A</title><link rel="alternate" href="/2026/a"/><id>urn:1</id>'
    "<updated>2026-11-20T08:00:00Z</updated></entry></feed>"
)
JSON_FEED = (
    '{"version":"https://jsonfeed.org/version/1.1","title":"Paper","items":[{"id":"1","url":"https://a.example/1",'
    '"title":"A","date_published":"2026-11-20T08:00:00Z"}]}'
)
_SITEMAP_ENTRIES = "".join(
    f"<url><loc>https://a.example/2026/11/20/story-{n}</loc><lastmod>2026-11-20</lastmod><news:news>"
    "<news:publication><news:name>P</news:name><news:language>en</news:language></news:publication>"
    f"<news:publication_date>2026-11-20</news:publication_date><news:title>A {n}</news:title></news:news></url>"
    for n in range(12)
)
SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{_SITEMAP_ENTRIES}</urlset>'
)
ROBOTS = (
    "User-agent: *\nDisallow: /private\nCrawl-delay: 2\nSitemap: https://a.example/sitemap.xml\nSitemap: /news.xml\n"
)
#: Pieces that are inserted: marks of HTML, XML and JSON, odd characters, and values that are wrong.
TOKENS = (
    *("<", ">", "</", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&#x0;"),
    *("&#xffffff;", "&amp", "\x00", "\ufeff", "\ufffd", "\u202e", "🦉", "<script>", "</script>", "<style>", "<svg>"),
    *("<math>", "<table><tr>", "<template>", "<select><option>", "<plaintext>", "<noscript>"),
    *("<base href='http://[::1'>", "<base href='//b.example/'>", '"', "'", "{", "}", "[", "]", "\\", "\\u0000"),
    *("\\ud800", "null", "1e999999", "-" * 30, "9" * 400, "<p>", "</p>", "<div>", "</div>"),
    *("<time datetime='99999-99-99T99:99:99+99:99'>", "<meta charset=utf-16>", "<meta charset=iso-2022-kr>"),
    *("<meta property='article:published_time' content='0000-00-00'>", "<a href='http://[::1'>x</a>"),
    *("<a href='http://a:99999999/'>x</a>", "<a href='//'>x</a>"),
    *("\ud800", "\x7f", "\x06", "&#127;", "&#6;", "&#xd800;"),
    "<img src='data:,' srcset=', , 1x' width=99999999999999999999>",
)
TAGS = (b"div", b"span", b"ul><li", b"table><tr><td", b"b", b"blockquote", b"item", b"url", b"a href=/x")
#: Where a text or the value of an attribute begins.
_VALUE = re.compile(
    rb'content="|<title>|<p>|<h1>|author|name":"|<loc>|<link>|class="|datetime="|<figcaption>|alt="',
)


def mutated(kind: str, seed: int) -> bytes:
    """A damaged document of a kind: "page", "feed", "sitemap", "robots", or "noise" (random bytes)."""
    made = random.Random(f"{kind} {seed}")
    if kind == "noise":
        return bytes(made.randrange(256) for _ in range(made.choice((0, 1, 10, 1000, 20_000))))
    data = made.choice(_seeds(kind))
    for _ in range(made.choice((1, 1, 2, 4, 8))):
        data = _changed(data, made, kind)[:MAX_SIZE]
    return data


#: Addresses that cannot be taken apart, that nothing can request, or that no record may have as they are.
BAD_URLS = (
    "http://[x",
    "http://[::1",
    "//[",
    "http://[x]/a",
    "http://[v1.x]/",
    "http://[fe80::1%25eth0]/",
    "https://a.example:99999/x",
    "https://a.example:x/",
    "http://a\ud800.example/",
    "http://\u2100.example/",
    "http://\u2177.example/\u2100",
    "/x\x7fy",
    "/x\x06y",
    "/a\ud83d",
    "//",
    "http:///",
    "https://",
    "http:a",
    "?",
    "#",
    "javascript:alert(1)",
    "mailto:x",
    "http://user:pw@a.example/",
    "http://a.example\\b",
    "\\\\b.example\\x",
    "/%",
    "ht!tp://x",
    "&#xd800;/&#127;",
    "\n/a\n",
)
_URL_PLACES = re.compile(
    rb"""((?:href|src|content|srcset|action)\s*=\s*["']|"(?:url|@id|image|logo|sameAs|mainEntityOfPage|contentUrl)"\s*:\s*"|<(?:loc|link|guid)[^>]*>|Sitemap:\s*)[^"'<\r\n]*"""
)


def _with_bad_urls(data: bytes, made: random.Random) -> bytes:
    """Some of a document's addresses, and its base, are bad ones."""
    if made.random() < 0.3:
        base = f'<head><base href="{made.choice(BAD_URLS)}">'.encode("utf-8", "surrogatepass")
        data = data.replace(b"<head>", base, 1)
    share = made.choice((0.05, 0.3, 1.0))

    def bad(match: re.Match[bytes]) -> bytes:
        return match[1] + made.choice(BAD_URLS).encode("utf-8", "surrogatepass") if made.random() < share else match[0]

    return _URL_PLACES.sub(bad, data)


@cache
def _seeds(kind: str) -> list[bytes]:
    """Sound documents of a kind."""
    if kind == "feed":
        return [RSS.encode(), ATOM.encode(), JSON_FEED.encode()]
    if kind == "sitemap":
        index = SITEMAP.replace("url>", "sitemap>")
        return [SITEMAP.encode(), index.encode(), b"https://a.example/1\nhttps://a.example/2\n"]
    if kind == "robots":
        return [ROBOTS.encode()]
    whole = [path.read_bytes()[:150_000] for path in sorted(TESTS.glob("read/pages/*/page.html"))]
    whole.append(story("seed").replace("</head>", JSON_LD + NEXT_DATA + "</head>").encode())
    pieces = [path.read_bytes() for path in sorted(TESTS.glob("strip/rules/*.html"))]
    return [*pieces, *(whole * (1 + len(pieces) // len(whole)))]


@cache
def _costly() -> list[Callable[[int], Any]]:
    return [make for one in patterns() for make in nasty(one.pattern, most=2 if one.name.startswith("wording") else 6)]


def _changed(data: bytes, made: random.Random, kind: str) -> bytes:
    """The document after one random change."""
    at, end = sorted(made.randrange(len(data) + 1) for _ in range(2))
    end = min(end, at + made.choice((20, 300, 5000)))
    part = data[at:end]
    change = made.randrange(11)
    if change == 10:
        return _with_bad_urls(data, made)
    if change == 0:  # a part is missing
        return data[:at] + data[end:]
    if change == 1:  # a part is repeated
        return data[:end] + part * made.choice((1, 3, 30)) + data[end:]
    if change == 2:  # a part of another document
        other = made.choice(_seeds(kind))
        start = made.randrange(len(other))
        return data[:at] + other[start : start + 4000] + data[end:]
    if change == 3:  # random bytes
        return data[:at] + bytes(made.randrange(256) for _ in range(min(200, len(part)))) + data[end:]
    if change == 4:  # truncated
        return data[:end]
    if change == 5:  # a token, repeated
        token = made.choice(TOKENS).encode("utf-8", "surrogatepass")
        return data[:at] + token * made.choice((1, 2, 50, 3000)) + data[end:]
    if change in (6, 7):
        return _with_costly_text(data, made, at)
    if change == 8:
        return _with_flipped_bits(data, made)
    tag = made.choice(TAGS)
    return data[:at] + (b"<" + tag + b">") * made.choice((5, 200, 4000)) + data[at:]


def _with_costly_text(data: bytes, made: random.Random, at: int) -> bytes:
    """A costly text where a text or the value of an attribute begins."""
    text = made.choice(_costly())(made.choice((100, 2000, 15_000)))
    costly = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    places = [found.end() for found in _VALUE.finditer(data[:200_000])]
    place = made.choice(places) if places else at
    return data[:place] + costly + data[place:]


def _with_flipped_bits(data: bytes, made: random.Random) -> bytes:
    """One bit in a hundred bytes flipped."""
    flipped = bytes(byte ^ (1 << made.randrange(8)) if made.random() < 0.01 else byte for byte in data[:30_000])
    return flipped + data[30_000:]
