"""Documents made wrong from a seed: pages, feeds, sitemaps and robots.txt that are cut, doubled, mixed, nested and sown with costly texts.

`mutated(kind, seed)` gives the same bytes each time. `patterns()` are all regular expressions of the package.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import random
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import newscrawl
from tests.support.costly_texts import nasty
from tests.support.hostile_server import story

ROOT = Path(__file__).parents[1]
LD = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Council votes","author":[{"@type":"Person",'
    '"name":"Jane Roe"}],"datePublished":"2026-11-20T08:00:00+01:00","keywords":["a","b"],"image":["/a.jpg"],"articleBody":"One. Two. Three."}</script>'
)
STATE = '<script id="__NEXT_DATA__" type="application/json">{"props":{"url":"/2026/11/20/a-story-of-the-day/","title":"A story","content":["One. ","Two. "]}}</script>'
RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Paper</title><link>https://a.example/</link><ttl>60</ttl>'
    + "".join(
        f"<item><title>Story &amp; number {n}</title><link>https://a.example/2026/11/20/story-{n}</link><guid isPermaLink='true'>https://a.example/{n}</guid>"
        f"<pubDate>Fri, 20 Nov 2026 08:{n:02}:00 +0100</pubDate><description><![CDATA[<p>Text {n}</p>]]></description></item>"
        for n in range(12)
    )
    + "</channel></rss>"
)
ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/"><title>Paper</title><entry><title>A</title><link rel="alternate" '
    'href="/2026/a"/><id>urn:1</id><updated>2026-11-20T08:00:00Z</updated></entry></feed>'
)
JSON = '{"version":"https://jsonfeed.org/version/1.1","title":"Paper","items":[{"id":"1","url":"https://a.example/1","title":"A","date_published":"2026-11-20T08:00:00Z"}]}'
SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    + "".join(
        f"<url><loc>https://a.example/2026/11/20/story-{n}</loc><lastmod>2026-11-20</lastmod><news:news><news:publication><news:name>P</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>2026-11-20</news:publication_date><news:title>A {n}</news:title></news:news></url>"
        for n in range(12)
    )
    + "</urlset>"
)
ROBOTS = (
    "User-agent: *\nDisallow: /private\nCrawl-delay: 2\nSitemap: https://a.example/sitemap.xml\nSitemap: /news.xml\n"
)
TOKENS = (
    "<", ">", "</", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&#x0;", "&#xffffff;", "&amp", "\x00", "\ufeff", "\ufffd", "\u202e", "🦉",
    "<script>", "</script>", "<style>", "<svg>", "<math>", "<table><tr>", "<template>", "<select><option>", "<plaintext>", "<noscript>", "<base href='http://[::1'>",
    "<base href='//b.example/'>", '"', "'", "{", "}", "[", "]", "\\", "\\u0000", "\\ud800", "null", "1e999999", "-" * 30, "9" * 400, "<p>", "</p>", "<div>", "</div>",
    "\ud800", "\x7f", "\x06", "&#127;", "&#6;", "&#xd800;",
    "<time datetime='99999-99-99T99:99:99+99:99'>", "<meta charset=utf-16>", "<meta charset=iso-2022-kr>", "<meta property='article:published_time' content='0000-00-00'>",
    "<a href='http://[::1'>x</a>", "<a href='http://a:99999999/'>x</a>", "<a href='//'>x</a>", "<img src='data:,' srcset=', , 1x' width=99999999999999999999>",
)  # fmt: skip


#: Addresses that cannot be taken apart, that nothing can request, or that no record may have as they are.
BAD_URLS = (
    "http://[x", "http://[::1", "//[", "http://[x]/a", "http://[v1.x]/", "http://[fe80::1%25eth0]/", "https://a.example:99999/x", "https://a.example:x/",
    "http://a\ud800.example/", "http://\u2100.example/", "http://\u2177.example/\u2100", "/x\x7fy", "/x\x06y", "/a\ud83d", "//", "http:///", "https://", "http:a", "?", "#",
    "javascript:alert(1)", "mailto:x", "http://user:pw@a.example/", "http://a.example\\b", "\\\\b.example\\x", "/%", "ht!tp://x", "&#xd800;/&#127;", "\n/a\n",
)  # fmt: skip
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


def _held(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 6 and isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from _held(one, depth + 1)
    elif depth < 6 and isinstance(value, dict):
        for one in (*value, *value.values()):
            yield from _held(one, depth + 1)
    elif depth < 6 and hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            yield from _held(getattr(value, name, None), depth + 1)


def _inline(source: str) -> Iterator[tuple[int, re.Pattern[Any], str]]:
    """The patterns that stand in calls, with their lines and what is called."""
    for node in ast.walk(ast.parse(source)):
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            continue
        if (
            node.func.value.id == "re"
            and node.func.attr not in ("compile", "escape")
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            flags = [
                ast.unparse(one)
                for one in (*node.args[1:], *(key.value for key in node.keywords if key.arg == "flags"))
            ]
            compiled = re.compile(
                node.args[0].value, eval(next((f for f in flags if f.startswith("re.")), "0"), {"re": re})
            )
            yield node.lineno, compiled, node.func.attr


@dataclass
class Used:
    """A regular expression of the package. uses: the methods that are called of it, where that can be seen."""

    name: str
    pattern: re.Pattern[Any]
    uses: set[str] = field(default_factory=set)

    @property
    def search(self) -> Callable[[Any], Any]:
        """What is done with it: the costliest of its uses."""
        if self.uses and self.uses <= {"match", "fullmatch"}:
            return self.pattern.fullmatch if self.uses == {"fullmatch"} else self.pattern.match
        if self.uses & {"sub", "subn", "split", "findall", "finditer"}:
            return lambda text: deque(self.pattern.finditer(text), maxlen=0)
        return self.pattern.search


@cache
def patterns() -> list[Used]:
    """Each regular expression of the package: in its modules, in their lists, in calls, and in the files of wording."""
    from newscrawl.strip import wording

    found: dict[tuple[Any, int], Used] = {}

    def add(name: str, pattern: re.Pattern[Any], uses: set[str]) -> None:
        found.setdefault((pattern.pattern, pattern.flags), Used(name, pattern)).uses.update(uses)

    for module in pkgutil.walk_packages(newscrawl.__path__, "newscrawl."):
        if module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        source = Path(str(loaded.__file__)).read_text("utf-8")
        for name, value in vars(loaded).items():
            for number, pattern in enumerate(_held(value)):
                uses = set(re.findall(rf"\b{name}\.(\w+)", source)) if isinstance(value, re.Pattern) else {"search"}
                add(f"{module.name} {name} {number or ''}".rstrip(), pattern, uses)
        for line, pattern, use in _inline(source):
            add(f"{module.name} line {line}", pattern, {use})
    for language in wording.languages():
        index = wording._index(language)
        for number, phrase in enumerate(_held([index.starts, index.anywhere])):
            add(f"wording {language} {number}", phrase, {"search"})
    return list(found.values())


@cache
def _costly() -> list[Callable[[int], Any]]:
    return [make for one in patterns() for make in nasty(one.pattern, most=2 if one.name.startswith("wording") else 6)]


@cache
def _seeds(kind: str) -> list[bytes]:
    if kind == "feed":
        return [RSS.encode(), ATOM.encode(), JSON.encode()]
    if kind == "sitemap":
        return [
            SITEMAP.encode(),
            SITEMAP.replace("url>", "sitemap>").encode(),
            b"https://a.example/1\nhttps://a.example/2\n",
        ]
    if kind == "robots":
        return [ROBOTS.encode()]
    whole = [path.read_bytes()[:150_000] for path in sorted(ROOT.glob("read/pages/*/page.html"))]
    whole.append(story("seed").replace("</head>", LD + STATE + "</head>").encode())
    pieces = [path.read_bytes() for path in sorted(ROOT.glob("strip/rules/*.html"))]
    return [*pieces, *(whole * (1 + len(pieces) // len(whole)))]


def _changed(data: bytes, made: random.Random, kind: str) -> bytes:
    at, end = sorted(made.randrange(len(data) + 1) for _ in range(2))
    end = min(end, at + made.choice((20, 300, 5000)))
    part = data[at:end]
    change = made.randrange(11)
    if change == 10:
        return _with_bad_urls(data, made)
    if change == 0:
        return data[:at] + data[end:]
    if change == 1:
        return data[:end] + part * made.choice((1, 3, 30)) + data[end:]
    if change == 2:
        other = made.choice(_seeds(kind))
        start = made.randrange(len(other))
        return data[:at] + other[start : start + 4000] + data[end:]
    if change == 3:
        return data[:at] + bytes(made.randrange(256) for _ in range(min(200, len(part)))) + data[end:]
    if change == 4:
        return data[:end]
    if change == 5:
        return (
            data[:at]
            + made.choice(TOKENS).encode("utf-8", "surrogatepass") * made.choice((1, 2, 50, 3000))
            + data[end:]
        )
    if change in (6, 7):  # a costly text, in the place of a text or of an attribute's value
        text = made.choice(_costly())(made.choice((100, 2000, 15_000)))
        costly = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        places = [
            m.end()
            for m in re.finditer(
                rb'content="|<title>|<p>|<h1>|author|name":"|<loc>|<link>|class="|datetime="|<figcaption>|alt="',
                data[:200_000],
            )
        ]
        place = made.choice(places) if places else at
        return data[:place] + costly + data[place:]
    if change == 8:
        return (
            b"".join(
                bytes([byte ^ (1 << made.randrange(8))]) if made.random() < 0.01 else bytes([byte])
                for byte in data[:30_000]
            )
            + data[30_000:]
        )
    tag = made.choice(
        (b"div", b"span", b"ul><li", b"table><tr><td", b"b", b"blockquote", b"item", b"url", b"a href=/x")
    )
    return data[:at] + (b"<" + tag + b">") * made.choice((5, 200, 4000)) + data[at:]


def mutated(kind: str, seed: int) -> bytes:
    """A document of a kind ("page", "feed", "sitemap", "robots", "noise"), made wrong."""
    made = random.Random(f"{kind} {seed}")
    if kind == "noise":
        return bytes(made.randrange(256) for _ in range(made.choice((0, 1, 10, 1000, 20_000))))
    data = made.choice(_seeds(kind))
    for _ in range(made.choice((1, 1, 2, 4, 8))):
        data = _changed(data, made, kind)[:3_000_000]
    return data
