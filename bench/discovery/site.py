"""Made newspapers: a function from a path to an answer, with all that real sites wrap around their articles.

Each shape offers other sources and writes its addresses in another way. The truth is the list of the articles; their text
is made of invented words. Opens no socket.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from functools import cached_property
from html import escape
from urllib.parse import parse_qs, urlsplit

WORDS = (
    "harbour council bridge winter river mayor ferry market letter engine garden station bakery school lantern valley painter signal copper meadow "
    "tunnel orchard senate budget strike concert museum tram glacier island farmer doctor pilot voter museum court archive chapel quarry"
).split()
SECTIONS = ("town", "region", "economy", "politics", "culture", "sport", "science", "opinion")
#: Articles on one page of a listing, entries of a feed, and the moment that the newest article is from.
PER_PAGE, PER_FEED = 20, 30


@dataclass(frozen=True)
class Shape:
    """What a site offers. sources: of "sitemap", "news sitemap", "feeds", "sections", "archives", "front page". address: how
    articles are addressed. pages: how listings go on: "rel", "path", "button". data: links stand in embedded JSON only."""

    sources: frozenset[str]
    address: str = "dated"
    pages: str = "rel"
    data: bool = False


SHAPES: dict[str, Shape] = {
    "all": Shape(frozenset({"sitemap", "news sitemap", "feeds", "sections", "front page"})),
    "sections": Shape(frozenset({"sections", "front page"}), "numbered", "path"),
    "sitemap": Shape(frozenset({"sitemap"}), "plain"),
    "feeds": Shape(frozenset({"feeds", "front page"}), "dated"),
    "archives": Shape(frozenset({"archives", "front page"}), "plain"),
    "data": Shape(frozenset({"sections", "front page"}), "dated", "button", data=True),
    "query": Shape(frozenset({"sections", "front page"}), "query", "rel"),
}


@dataclass(frozen=True)
class Story:
    """One article of the truth."""

    number: int
    path: str
    title: str
    section: str
    published: datetime


class MadeSite:
    """A newspaper of `count` articles. base: its address without a closing slash."""

    def __init__(self, shape: str, count: int, base: str = "", now: datetime | None = None) -> None:
        self.shape = SHAPES[shape]
        self.count = count
        self.base = base
        self.now = now or datetime.now(timezone.utc).replace(microsecond=0)

    @cached_property
    def stories(self) -> list[Story]:
        """The truth, newest first."""
        made = []
        for number in range(self.count):
            seed = random.Random(number)
            words = [seed.choice(WORDS) for _ in range(7)]
            when = self.now - timedelta(hours=2 + 9 * number)
            slug, section = "-".join(words), SECTIONS[number % len(SECTIONS)]
            path = {
                "dated": f"/{when:%Y/%m/%d}/{slug}/",
                "numbered": f"/{section}/{slug}-{740000 - number}.html",
                "plain": f"/{section}/{slug}-{number}",
                "query": f"/article.php?id={740000 - number}",
            }[self.shape.address]
            made.append(Story(number, path, " ".join(words).capitalize(), section, when))
        return made

    @cached_property
    def by_path(self) -> dict[str, Story]:
        """The truth by path and query."""
        return {story.path: story for story in self.stories}

    def offered(self) -> set[str]:
        """Paths of the articles that some source of the site leads to."""
        if self.shape.sources & {"sitemap", "sections", "archives"}:
            return set(self.by_path)
        return {
            story.path for section in SECTIONS for story in [s for s in self.stories if s.section == section][:PER_FEED]
        }

    # -- answers --------------------------------------------------------------------------------

    def answer(self, target: str) -> tuple[int, str, str]:
        """Status, content type and body of a GET of a path with its query."""
        parts = urlsplit(target)
        query = parse_qs(parts.query)
        known = {name: values for name, values in query.items() if not name.startswith("utm_")}
        plain = parts.path + ("?" + "&".join(f"{n}={v[0]}" for n, v in known.items()) if known else "")
        for form in (plain, plain.removesuffix("amp/"), plain.removesuffix("?print=1"), plain.removesuffix("&print=1")):
            if form in self.by_path:
                return 200, "text/html; charset=utf-8", self._story(self.by_path[form])
        page = int(known.get("page", ["1"])[0]) if known.get("page", ["1"])[0].isdigit() else 1
        steps = [step for step in parts.path.split("/") if step]
        if len(steps) >= 3 and steps[-2] == "page" and steps[-1].isdigit():
            page, steps = int(steps[-1]), steps[:-2]
        found = self._sources("/" + "/".join(steps), plain, page, known)
        return (
            found
            if found is not None
            else (
                404,
                "text/html; charset=utf-8",
                self._page("Not found", "<h1>Not found</h1><p>There is no such page.</p>"),
            )
        )

    def _sources(self, path: str, plain: str, page: int, query: dict[str, list[str]]) -> tuple[int, str, str] | None:
        def html(title: str, body: str) -> tuple[int, str, str]:
            return (200, "text/html; charset=utf-8", self._page(title, body))

        sources = self.shape.sources
        if path == "/robots.txt":
            lines = "User-agent: *\nDisallow: /login\n" + (
                f"Sitemap: {self.base}/sitemap.xml\n" if "sitemap" in sources else ""
            )
            return 200, "text/plain", lines
        if path == "/":
            shown = self.stories[:PER_PAGE] if "front page" in sources else []
            return html("The Velmora Courier", self._listing("", shown, 1, False))
        if path == "/sitemap.xml" and "sitemap" in sources:
            names = (
                [f"sitemap-{n}" for n in range((self.count + 199) // 200)]
                + (["sitemap-news"] if "news sitemap" in sources else [])
                + ["sitemap-pages"]
            )
            return self._xml(
                "sitemapindex", "".join(f"<sitemap><loc>{self.base}/{name}.xml</loc></sitemap>" for name in names)
            )
        if path.startswith("/sitemap-") and "sitemap" in sources:
            return self._sitemap(path.removeprefix("/sitemap-").removesuffix(".xml"))
        if path.endswith("/feed") and "feeds" in sources:
            name = path.split("/")[1] if path != "/feed" else ""
            return self._feed(name) if name in (*SECTIONS, "") else None
        name = query.get("cat", [""])[0] if path == "/list.php" else path.strip("/")
        if name in SECTIONS and sources & {"sections", "feeds"}:
            mine = [story for story in self.stories if story.section == name]
            if "sections" not in sources:
                mine = []
            first = (page - 1) * PER_PAGE
            if first >= max(1, len(mine)):
                return None
            return html(
                name.capitalize(),
                self._listing(name, mine[first : first + PER_PAGE], page, first + PER_PAGE < len(mine)),
            )
        if path.startswith("/archive") and "archives" in sources:
            return self._archive(path, html)
        steps = path.strip("/").split("/")
        if steps[0] in ("tag", "author") and len(steps) == 2:
            seed = random.Random(path)
            return html(steps[1], self._listing("", seed.sample(self.stories, min(10, self.count)), 1, False))
        if steps[0] == "calendar":
            day = datetime.fromisoformat(steps[1]) if len(steps) == 2 else self.now
            days = "".join(f'<a href="/calendar/{(day + timedelta(days=n)).date()}">{n:+d}</a> ' for n in (-1, 1))
            return html("Events", f"<h1>Events</h1><p>Nothing is on.</p>{days}")
        if steps[0] in ("about", "privacy", "contact", "imprint", "login", "newsletter", "jobs", "search", "shop"):
            text = f"<p>This is what {steps[0]} of the Velmora Courier is about, and how to reach us by letter.</p>" * 6
            return html(steps[0].capitalize(), f"<h1>{steps[0].capitalize()}</h1>{text}")
        return None

    # -- pages ----------------------------------------------------------------------------------

    def _page(self, title: str, body: str, head: str = "") -> str:
        cat = "/list.php?cat={}" if self.shape.address == "query" else "/{}/"
        menu = (
            "".join(f'<li><a href="{cat.format(name)}">{name.capitalize()}</a></li>' for name in SECTIONS)
            if self.shape.sources & {"sections", "feeds"}
            else ""
        )
        menu += '<li><a href="/archive/">Archive</a></li>' if "archives" in self.shape.sources else ""
        if "feeds" in self.shape.sources:
            head += f'<link rel="alternate" type="application/rss+xml" href="{self.base}/feed">'
        foot = "".join(
            f'<a href="/{name}">{name.capitalize()}</a> '
            for name in ("about", "privacy", "contact", "imprint", "login", "newsletter", "jobs", "shop", "calendar")
        )
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head><body><header><a href="/">The Velmora Courier</a>'
            f'<nav><ul>{menu}</ul></nav><form action="/search"><input name="q"></form></header>{body}<footer>{foot}<a href="https://social.example/velmora">Follow us</a></footer></body></html>'
        )

    def _listing(self, section: str, stories: list[Story], page: int, more: bool) -> str:
        base = f"/list.php?cat={section}" if self.shape.address == "query" else f"/{section}/"
        glue = "&" if "?" in base else "?"
        following = {
            "path": f"{base}page/{page + 1}/",
            "rel": f"{base}{glue}page={page + 1}",
            "button": f"{base}{glue}page={page + 1}",
        }[self.shape.pages]
        head = (
            f'<link rel="alternate" type="application/rss+xml" href="{base}feed">'
            if section and "feeds" in self.shape.sources
            else ""
        )
        if self.shape.data:
            state = {
                "props": {
                    "pageProps": {
                        "items": [
                            {"headline": s.title, "url": s.path, "datePublished": s.published.isoformat()}
                            for s in stories
                        ]
                    }
                }
            }
            shown = f'<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
        else:
            shown = "".join(
                f'<article><h2><a href="{s.path}">{s.title}</a></h2><time datetime="{s.published.isoformat()}">{s.published:%d %B}</time></article>'
                for s in stories
            )
        on = ""
        if more:
            on = (
                f'<button class="load-more" data-url="{following}">More</button>'
                if self.shape.pages == "button"
                else f'<a rel="next" class="next" href="{following}">Older stories</a>'
            )
        return f"{head}<main><h1>{section.capitalize() or 'News'}</h1>{shown}{on}</main>"

    def _story(self, story: Story) -> str:
        seed = random.Random(story.number)
        text = "".join(
            "<p>"
            + " ".join(" ".join(seed.choice(WORDS) for _ in range(13)).capitalize() + "." for _ in range(3))
            + "</p>"
            for _ in range(6)
        )
        related = (
            ""
            if self.shape.sources == {"sitemap"}
            else "".join(
                f'<li><a href="{other.path}">{other.title}</a></li>'
                for other in seed.sample(self.stories[: max(8, self.count // 4)], 4)
            )
        )
        tags = "".join(f'<a href="/tag/{word}">{word}</a> ' for word in seed.sample(WORDS, 3))
        glue = "&" if "?" in story.path else "?"
        share = f'<a href="https://social.example/share?u={self.base}{story.path}">Share</a> <a href="{story.path}{glue}print=1">Print</a> <a href="{story.path}#comments">Comments</a>'
        amp = f'<link rel="amphtml" href="{story.path}amp/">' if self.shape.address == "dated" else ""
        head = (
            f'<link rel="canonical" href="{self.base}{story.path}">{amp}<meta property="og:type" content="article">'
            f'<meta property="article:published_time" content="{story.published.isoformat()}">'
        )
        body = (
            f'<main><article><h1>{story.title}</h1><p class="byline">By <a href="/author/jane-roe">Jane Roe</a></p><time datetime="{story.published.isoformat()}">{story.published:%d %B %Y}</time>'
            f'{text}<div class="share">{share}</div><div class="tags">{tags}</div></article><aside class="related"><ul>{related}</ul></aside></main>'
        )
        return self._page(story.title, body, head)

    def _archive(self, path: str, html: Callable[[str, str], tuple[int, str, str]]) -> tuple[int, str, str] | None:
        months = sorted({f"{s.published:%Y/%m}" for s in self.stories}, reverse=True)
        steps = path.strip("/").split("/")
        if len(steps) == 1:
            return html(
                "Archive",
                "<main><h1>Archive</h1><ul>"
                + "".join(f'<li><a href="/archive/{m}/">{m}</a></li>' for m in months)
                + "</ul></main>",
            )
        month = "/".join(steps[1:3])
        mine = [s for s in self.stories if f"{s.published:%Y/%m}" == month]
        return html(f"Archive {month}", self._listing("", mine, 1, False)) if mine else None

    def _xml(self, root: str, inner: str) -> tuple[int, str, str]:
        return (
            200,
            "application/xml",
            f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{inner}</{root}>',
        )

    def _sitemap(self, name: str) -> tuple[int, str, str] | None:
        if name == "pages":
            return self._xml(
                "urlset",
                "".join(
                    f"<url><loc>{self.base}/{page}</loc></url>" for page in ("about", "privacy", "contact", "jobs")
                ),
            )
        if name == "news":
            return self._xml("urlset", "".join(
                f"<url><loc>{self.base}{s.path}</loc><news:news><news:publication><news:name>Courier</news:name><news:language>en</news:language></news:publication>"
                f"<news:publication_date>{s.published.isoformat()}</news:publication_date><news:title>{s.title}</news:title></news:news></url>" for s in self.stories[:40]))  # fmt: skip
        if not name.isdigit():
            return None
        first = 200 * int(name)
        return self._xml(
            "urlset",
            "".join(
                f"<url><loc>{self.base}{s.path.replace('&', '&amp;')}</loc><lastmod>{s.published.isoformat()}</lastmod></url>"
                for s in self.stories[first : first + 200]
            ),
        )

    def _feed(self, section: str) -> tuple[int, str, str]:
        mine = [s for s in self.stories if section in ("", s.section)][:PER_FEED]
        items = "".join(
            f"<item><title>{s.title}</title><link>{self.base}{s.path}{'&amp;' if '?' in s.path else '?'}utm_source=feed</link><guid isPermaLink='false'>{s.number}</guid><pubDate>{format_datetime(s.published)}</pubDate></item>"
            for s in mine
        )
        return (
            200,
            "application/rss+xml",
            f"<?xml version='1.0'?><rss version='2.0'><channel><title>Courier</title><link>{self.base}</link>{items}</channel></rss>",
        )
