"""The demo newspaper as a function from paths to responses. Opens no socket; serve.py does.

`truth.json` has the articles. The layouts in `layouts.py` put each on a page, among the boilerplate that real pages
have. Paragraphs that begin with "## " are sub-headings. Sources can be switched off one by one.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.newspaper import layouts, listings
from tests.newspaper.parts import slug

TRUTH: dict[str, Any] = json.loads(Path(__file__).with_name("truth.json").read_text(encoding="utf-8"))
SOURCES = frozenset({"robots", "sitemap", "feed", "front page", "sections"})
PER_PAGE = 2
XML = '<?xml version="1.0" encoding="UTF-8"?>'
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_SITEMAPS = "http://www.google.com/schemas/sitemap-news/0.9"
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


@dataclass(frozen=True)
class Answer:
    """A response. headers: besides Content-Type and Content-Length."""

    status: int = 200
    type: str = "text/html; charset=utf-8"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class Newspaper:
    """The newspaper. base: its URL without a final slash. sources: those of SOURCES that it offers."""

    def __init__(self, base: str, sources: frozenset[str] = SOURCES) -> None:
        unknown = sources - SOURCES
        if unknown:
            raise ValueError(f"unknown sources: {sorted(unknown)}; there are {sorted(SOURCES)}")
        self.base = base
        self.sources = sources

    @cached_property
    def articles(self) -> list[dict[str, Any]]:
        """The truth, newest first."""
        return sorted(
            TRUTH["articles"], key=lambda article: datetime.fromisoformat(article["datePublished"]), reverse=True
        )

    @cached_property
    def by_path(self) -> dict[str, dict[str, Any]]:
        """The truth by path and query."""
        return {article["path"]: article for article in self.articles}

    @cached_property
    def sections(self) -> dict[str, list[dict[str, Any]]]:
        """The articles of each section by its path, newest first."""
        sections: dict[str, list[dict[str, Any]]] = {}
        for article in self.articles:
            sections.setdefault(f"/section/{slug(article['section'])}/", []).append(article)
        return sections

    def answer(self, target: str) -> Answer:
        """The response to a GET of a path with its query. Parameters that begin with utm_ are ignored."""
        parts = urlsplit(target)
        query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if not name.startswith("utm_")])
        path = parts.path + (f"?{query}" if query else "")
        for views in (self._article, self._sources, self._listings, self._others):
            found = views(path)
            if found is not None:
                return found
        return self._not_found(path)

    # -- articles and their other URLs ----------------------------------------------------------

    def _article(self, path: str) -> Answer | None:
        if path in self.by_path:
            return self._page(layouts.article_page(self, self.by_path[path]))
        for suffix in ("amp/", "/amp", "print/", "/print"):
            plain = path.removesuffix(suffix)
            if plain != path and plain in self.by_path:
                return self._page(layouts.bare(self, self.by_path[plain]))
        if path.startswith("/images/"):
            return Answer(type="image/gif", body=PIXEL)
        if path.startswith("/go/"):
            number = path.removeprefix("/go/")
            if number.isdigit() and int(number) < len(self.articles):
                return Answer(302, headers={"Location": self.articles[int(number)]["path"]})
        return None

    # -- sources ----------------------------------------------------------------------------------

    def _sources(self, path: str) -> Answer | None:
        if path == "/robots.txt":
            lines = ["User-agent: *", "Disallow: /internal/", "Disallow: /search"]
            if {"robots", "sitemap"} <= self.sources:
                lines.append(f"Sitemap: {self.base}/sitemap_index.xml")
            return Answer(type="text/plain", body="\n".join(lines).encode())
        if "sitemap" in self.sources and path == "/sitemap_index.xml":
            return self._xml(self._index())
        if "sitemap" in self.sources and path == "/sitemaps/articles-1.xml.gz":
            sitemap = self._sitemap(self.articles[6:], extra=True).encode()
            return Answer(type="application/gzip", body=gzip.compress(sitemap, mtime=0))
        if "sitemap" in self.sources and path == "/sitemaps/news.xml":
            return self._xml(self._sitemap(self.articles[:6], news=True))
        if "feed" in self.sources and path == "/feed/rss.xml":
            return self._xml(self._rss(self.articles[:10]))
        if "feed" in self.sources and path == "/feed/atom.xml":
            return self._xml(self._atom(self.articles[4:12]))
        return None

    def _index(self) -> str:
        dates = (self.articles[0]["datePublished"], self.articles[6]["datePublished"])
        names = ("/sitemaps/news.xml", "/sitemaps/articles-1.xml.gz")
        rows = "".join(
            f"<sitemap><loc>{self.base}{name}</loc><lastmod>{date}</lastmod></sitemap>"
            for name, date in zip(names, dates, strict=True)
        )
        return f'{XML}<sitemapindex xmlns="{SITEMAPS}">{rows}</sitemapindex>'

    def _sitemap(self, articles: list[dict[str, Any]], news: bool = False, extra: bool = False) -> str:
        """news: with the tags of a news sitemap. extra: with pages that are no articles, and a page of another site."""
        rows = []
        for article in articles:
            loc = f"<loc>\n  {self.base}{escape(article['path'])}\n</loc>"
            tags = self._news_tags(article) if news else ""
            rows.append(f"<url>{loc}<lastmod>{article['datePublished']}</lastmod>{tags}</url>")
        if extra:
            places = (
                "/about/",
                "/tag/harbour/",
                "/author/marian-okell/",
                "/internal/drafts/an-article-that-nobody-may-read-yet/",
            )
            rows += [f"<url><loc>{self.base}{place}</loc></url>" for place in places]
            rows.append("<url><loc>https://other-paper.example/news/2024/11/an-article-of-another-house</loc></url>")
        return f'{XML}<urlset xmlns="{SITEMAPS}" xmlns:news="{NEWS_SITEMAPS}">{"".join(rows)}</urlset>'

    def _news_tags(self, article: dict[str, Any]) -> str:
        return (
            f"<news:news><news:publication><news:name>{TRUTH['name']}</news:name>"
            f"<news:language>{article['language']}</news:language></news:publication>"
            f"<news:publication_date>{article['datePublished']}</news:publication_date>"
            f"<news:title>{escape(article['headline'])}</news:title></news:news>"
        )

    def _rss(self, articles: list[dict[str, Any]]) -> str:
        rows = []
        for article in articles:
            join = "&amp;" if "?" in article["path"] else "?"
            date = format_datetime(datetime.fromisoformat(article["datePublished"]))
            rows.append(
                f"<item><title>{escape(article['headline'])}</title>"
                f"<link>{self.base}{escape(article['path'])}{join}utm_source=rss</link><pubDate>{date}</pubDate>"
                f"<description>{escape(article['paragraphs'][0][:120])} …</description></item>"
            )
        channel = f"<channel><title>{TRUTH['name']}</title>{''.join(rows)}</channel>"
        return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'

    def _atom(self, articles: list[dict[str, Any]]) -> str:
        rows = "".join(
            f"<entry><title>{escape(article['headline'])}</title>"
            f'<link rel="alternate" href="{escape(article["path"])}"/><id>tag:courier,{number}</id>'
            f"<published>{article['datePublished']}</published><updated>{article['datePublished']}</updated></entry>"
            for number, article in enumerate(articles)
        )
        return (
            f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="{self.base}/">'
            f"<title>{TRUTH['name']}</title>{rows}</feed>"
        )

    # -- listings -------------------------------------------------------------------------------

    def _listings(self, path: str) -> Answer | None:
        if path == "/":
            shown = self.articles[:7] if "front page" in self.sources else []
            return self._page(listings.front_page(self, shown))
        section, _, number = path.partition("page/")
        page = int(number.strip("/")) if number.strip("/").isdigit() else 1
        articles = self.sections.get(section if section.endswith("/") else section + "/")
        if articles is None or "sections" not in self.sources or (page - 1) * PER_PAGE >= len(articles):
            return None
        shown = articles[(page - 1) * PER_PAGE : page * PER_PAGE]
        further = f"{section}page/{page + 1}/" if page * PER_PAGE < len(articles) else None
        return self._page(listings.section_page(self, shown[0]["section"], shown, further))

    def _others(self, path: str) -> Answer | None:
        if path.startswith("/tag/") or path.startswith("/author/"):
            return self._page(listings.section_page(self, path.strip("/").split("/")[-1], self.articles[2:6], None))
        if path.startswith("/search"):
            return self._page(listings.search_page(self))
        if path == "/login/":
            return self._page(listings.login_page(self))
        if path == "/about/":
            return self._page(listings.about_page(self))
        if path.startswith("/internal/"):
            first = self.articles[0]
            paragraphs = [*first["paragraphs"], "This sentence is only in the draft, which nobody may read yet."]
            draft = {**first, "path": path, "headline": "A Draft That Nobody May Read Yet", "paragraphs": paragraphs}
            return self._page(layouts.article_page(self, draft))
        if path.startswith("/2024/10/"):  # articles that were taken down: a soft 404
            return self._page(listings.error_page(self))
        return None

    # -- responses ------------------------------------------------------------------------------

    def _page(self, html: str) -> Answer:
        return Answer(body=html.encode())

    def _xml(self, text: str) -> Answer:
        return Answer(type="application/xml", body=text.encode())

    def _not_found(self, path: str) -> Answer:
        return Answer(404, body=listings.error_page(self).encode())
