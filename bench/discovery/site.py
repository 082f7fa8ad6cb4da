"""Made newspapers: a function from a path to a response, with everything that real sites have around their articles.

Each shape of site has other sources and other URLs. The truth is the list of the articles; their text is made of random
words. Opens no socket. The HTML is in pages.py.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from urllib.parse import parse_qs, urlsplit

from bench.discovery import pages
from bench.discovery.pages import SECTIONS, WORDS, Shape, Story

#: Articles on a page of a listing, and in a feed.
PER_PAGE, PER_FEED = 20, 30
SERVICES = ("about", "privacy", "contact", "imprint", "login", "newsletter", "jobs", "search", "shop")

SHAPES: dict[str, Shape] = {
    "all": Shape(frozenset({"sitemap", "news sitemap", "feeds", "sections", "front page"})),
    "sections": Shape(frozenset({"sections", "front page"}), "numbered", "path"),
    "sitemap": Shape(frozenset({"sitemap"}), "plain"),
    "feeds": Shape(frozenset({"feeds", "front page"}), "dated"),
    "archives": Shape(frozenset({"archives", "front page"}), "plain"),
    "data": Shape(frozenset({"sections", "front page"}), "dated", "button", data=True),
    "query": Shape(frozenset({"sections", "front page"}), "query", "rel"),
}

#: Status, content type and text.
Response = tuple[int, str, str]


def html(text: str, status: int = 200) -> Response:
    return status, "text/html; charset=utf-8", text


@dataclass
class Target:
    """What a request asks for. path: without a page number. plain: with its query, but without tracking parameters."""

    path: str
    plain: str
    page: int
    query: dict[str, list[str]]

    @classmethod
    def of(cls, target: str) -> Target:
        """Parse a path with its query."""
        parts = urlsplit(target)
        query = {name: values for name, values in parse_qs(parts.query).items() if not name.startswith("utm_")}
        plain = parts.path
        if query:
            plain += "?" + "&".join(f"{name}={values[0]}" for name, values in query.items())
        number = query.get("page", ["1"])[0]
        page = int(number) if number.isdigit() else 1
        steps = [step for step in parts.path.split("/") if step]
        if len(steps) >= 3 and steps[-2] == "page" and steps[-1].isdigit():
            page, steps = int(steps[-1]), steps[:-2]
        return cls("/" + "/".join(steps), plain, page, query)

    @property
    def article_forms(self) -> Iterator[str]:
        """The paths of the article of which this may be another view."""
        yield self.plain
        for ending in ("amp/", "?print=1", "&print=1"):
            yield self.plain.removesuffix(ending)


class MadeSite:
    """A newspaper of `count` articles. base: its URL without a final slash."""

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
            published = self.now - timedelta(hours=2 + 9 * number)
            slug, section = "-".join(words), SECTIONS[number % len(SECTIONS)]
            path = {
                "dated": f"/{published:%Y/%m/%d}/{slug}/",
                "numbered": f"/{section}/{slug}-{740000 - number}.html",
                "plain": f"/{section}/{slug}-{number}",
                "query": f"/article.php?id={740000 - number}",
            }[self.shape.urls]
            made.append(Story(number, path, " ".join(words).capitalize(), section, published))
        return made

    @cached_property
    def by_path(self) -> dict[str, Story]:
        """The truth by path and query."""
        return {story.path: story for story in self.stories}

    def offered(self) -> set[str]:
        """Paths of the articles that some source of the site leads to."""
        if self.shape.sources & {"sitemap", "sections", "archives"}:
            return set(self.by_path)
        return {story.path for section in SECTIONS for story in self._of_section(section)[:PER_FEED]}

    def answer(self, target: str) -> Response:
        """The response to a GET of a path with its query."""
        asked = Target.of(target)
        for form in asked.article_forms:
            if form in self.by_path:
                return html(pages.story_page(self, self.by_path[form]))
        found = self._source(asked) or self._listing(asked) or self._other(asked)
        missing = pages.page(self, "Not found", "<h1>Not found</h1><p>There is no such page.</p>")
        return found or html(missing, 404)

    def _of_section(self, name: str) -> list[Story]:
        return [story for story in self.stories if story.section == name]

    # -- sources --------------------------------------------------------------------------------

    def _source(self, asked: Target) -> Response | None:
        """robots.txt, sitemaps and feeds."""
        path, sources = asked.path, self.shape.sources
        if path == "/robots.txt":
            sitemap = f"Sitemap: {self.base}/sitemap.xml\n" if "sitemap" in sources else ""
            return 200, "text/plain", f"User-agent: *\nDisallow: /login\n{sitemap}"
        if "sitemap" in sources and path == "/sitemap.xml":
            names = [f"sitemap-{n}" for n in range((self.count + 199) // 200)]
            names += ["sitemap-news"] if "news sitemap" in sources else []
            return self._xml(pages.sitemap_index(self, [*names, "sitemap-pages"]))
        if "sitemap" in sources and path.startswith("/sitemap-"):
            return self._sitemap(path.removeprefix("/sitemap-").removesuffix(".xml"))
        if "feeds" in sources and path.endswith("/feed"):
            section = path.split("/")[1] if path != "/feed" else ""
            stories = [story for story in self.stories if section in ("", story.section)][:PER_FEED]
            if section in (*SECTIONS, ""):
                return 200, "application/rss+xml", pages.feed(self, stories)
        return None

    def _sitemap(self, name: str) -> Response | None:
        if name == "pages":
            return self._xml(pages.sitemap(f"{self.base}/{page}" for page in ("about", "privacy", "contact", "jobs")))
        if name == "news":
            return self._xml(pages.news_sitemap(self, self.stories[:40]))
        if not name.isdigit():
            return None
        first = 200 * int(name)
        return self._xml(pages.dated_sitemap(self, self.stories[first : first + 200]))

    def _xml(self, text: str) -> Response:
        return 200, "application/xml", text

    # -- listings and other pages ---------------------------------------------------------------

    def _listing(self, asked: Target) -> Response | None:
        """Front page, sections, date archives, and the pages of tags and authors."""
        path, sources = asked.path, self.shape.sources
        if path == "/":
            shown = self.stories[:PER_PAGE] if "front page" in sources else []
            return html(pages.page(self, "The Velmora Courier", pages.listing(self, "", shown, 1, False)))
        name = asked.query.get("cat", [""])[0] if path == "/list.php" else path.strip("/")
        if name in SECTIONS and sources & {"sections", "feeds"}:
            return self._section(name, asked.page)
        if path.startswith("/archive") and "archives" in sources:
            return self._archive(path)
        steps = path.strip("/").split("/")
        if steps[0] in ("tag", "author") and len(steps) == 2:
            shown = random.Random(path).sample(self.stories, min(10, self.count))
            return html(pages.page(self, steps[1], pages.listing(self, "", shown, 1, False)))
        return None

    def _section(self, name: str, page: int) -> Response | None:
        stories = self._of_section(name) if "sections" in self.shape.sources else []
        first = (page - 1) * PER_PAGE
        if first >= max(1, len(stories)):
            return None
        shown, has_more = stories[first : first + PER_PAGE], first + PER_PAGE < len(stories)
        return html(pages.page(self, name.capitalize(), pages.listing(self, name, shown, page, has_more)))

    def _archive(self, path: str) -> Response | None:
        steps = path.strip("/").split("/")
        if len(steps) == 1:
            months = sorted({f"{story.published:%Y/%m}" for story in self.stories}, reverse=True)
            return html(pages.page(self, "Archive", pages.archive_index(months)))
        month = "/".join(steps[1:3])
        stories = [story for story in self.stories if f"{story.published:%Y/%m}" == month]
        if not stories:
            return None
        return html(pages.page(self, f"Archive {month}", pages.listing(self, "", stories, 1, False)))

    def _other(self, asked: Target) -> Response | None:
        """A calendar without end, and service pages."""
        name, *rest = asked.path.strip("/").split("/")
        if name == "calendar":
            day = datetime.fromisoformat(rest[0]) if len(rest) == 1 else self.now
            return html(pages.page(self, "Events", pages.calendar(day)))
        if name in SERVICES:
            return html(pages.page(self, name.capitalize(), pages.service(name)))
        return None
