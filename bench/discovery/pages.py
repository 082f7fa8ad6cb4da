"""Pages, feeds and sitemaps of made newspapers."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.discovery.site import MadeSite

WORDS = (
    "harbour council bridge winter river mayor ferry market letter engine garden station bakery school lantern valley "
    "painter signal copper meadow tunnel orchard senate budget strike concert museum tram glacier island farmer doctor "
    "pilot voter museum court archive chapel quarry"
).split()
SECTIONS = ("town", "region", "economy", "politics", "culture", "sport", "science", "opinion")
FOOTER_LINKS = ("about", "privacy", "contact", "imprint", "login", "newsletter", "jobs", "shop", "calendar")


@dataclass(frozen=True)
class Shape:
    """What a site offers. sources: of "sitemap", "news sitemap", "feeds", "sections", "archives", "front page".

    urls: the form of its articles' URLs. pages: how a listing names its next page: "rel", "path" or "button".
    data: links are only in embedded JSON.
    """

    sources: frozenset[str]
    urls: str = "dated"
    pages: str = "rel"
    data: bool = False


@dataclass(frozen=True)
class Story:
    """One article of the truth."""

    number: int
    path: str
    title: str
    section: str
    published: datetime


def page(site: MadeSite, title: str, body: str, head: str = "") -> str:
    """A page with header, navigation and footer."""
    sources = site.shape.sources
    section = "/list.php?cat={}" if site.shape.urls == "query" else "/{}/"
    menu = ""
    if sources & {"sections", "feeds"}:
        menu = "".join(f'<li><a href="{section.format(name)}">{name.capitalize()}</a></li>' for name in SECTIONS)
    if "archives" in sources:
        menu += '<li><a href="/archive/">Archive</a></li>'
    if "feeds" in sources:
        head += f'<link rel="alternate" type="application/rss+xml" href="{site.base}/feed">'
    links = "".join(f'<a href="/{name}">{name.capitalize()}</a> ' for name in FOOTER_LINKS)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head><body>'
        f'<header><a href="/">The Velmora Courier</a><nav><ul>{menu}</ul></nav>'
        f'<form action="/search"><input name="q"></form></header>{body}'
        f'<footer>{links}<a href="https://social.example/velmora">Follow us</a></footer></body></html>'
    )


def listing(site: MadeSite, section: str, stories: list[Story], number: int, has_more: bool) -> str:
    """The main part of a listing. section: its name, or "". number: of this page."""
    base = f"/list.php?cat={section}" if site.shape.urls == "query" else f"/{section}/"
    glue = "&" if "?" in base else "?"
    following = f"{base}page/{number + 1}/" if site.shape.pages == "path" else f"{base}{glue}page={number + 1}"
    feed = ""
    if section and "feeds" in site.shape.sources:
        feed = f'<link rel="alternate" type="application/rss+xml" href="{base}feed">'
    more = ""
    if has_more and site.shape.pages == "button":
        more = f'<button class="load-more" data-url="{following}">More</button>'
    elif has_more:
        more = f'<a rel="next" class="next" href="{following}">Older stories</a>'
    shown = embedded(stories) if site.shape.data else "".join(map(teaser, stories))
    return f"{feed}<main><h1>{section.capitalize() or 'News'}</h1>{shown}{more}</main>"


def teaser(story: Story) -> str:
    date = f'<time datetime="{story.published.isoformat()}">{story.published:%d %B}</time>'
    return f'<article><h2><a href="{story.path}">{story.title}</a></h2>{date}</article>'


def embedded(stories: list[Story]) -> str:
    """The teasers as data, for a script to show."""
    items = [
        {"headline": story.title, "url": story.path, "datePublished": story.published.isoformat()} for story in stories
    ]
    data = json.dumps({"props": {"pageProps": {"items": items}}})
    return f'<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{data}</script>'


def story_page(site: MadeSite, story: Story) -> str:
    """An article with byline, share links, tags and related articles."""
    seed = random.Random(story.number)
    text = "".join(f"<p>{' '.join(_sentence(seed) for _ in range(3))}</p>" for _ in range(6))
    related = ""
    if site.shape.sources != {"sitemap"}:
        others = seed.sample(site.stories[: max(8, site.count // 4)], 4)
        related = "".join(f'<li><a href="{other.path}">{other.title}</a></li>' for other in others)
    tags = "".join(f'<a href="/tag/{word}">{word}</a> ' for word in seed.sample(WORDS, 3))
    glue = "&" if "?" in story.path else "?"
    share = (
        f'<a href="https://social.example/share?u={site.base}{story.path}">Share</a> '
        f'<a href="{story.path}{glue}print=1">Print</a> <a href="{story.path}#comments">Comments</a>'
    )
    amp = f'<link rel="amphtml" href="{story.path}amp/">' if site.shape.urls == "dated" else ""
    published = story.published.isoformat()
    head = (
        f'<link rel="canonical" href="{site.base}{story.path}">{amp}<meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{published}">'
    )
    byline = '<p class="byline">By <a href="/author/jane-roe">Jane Roe</a></p>'
    body = (
        f"<main><article><h1>{story.title}</h1>{byline}"
        f'<time datetime="{published}">{story.published:%d %B %Y}</time>{text}'
        f'<div class="share">{share}</div><div class="tags">{tags}</div></article>'
        f'<aside class="related"><ul>{related}</ul></aside></main>'
    )
    return page(site, story.title, body, head)


def _sentence(seed: random.Random) -> str:
    return " ".join(seed.choice(WORDS) for _ in range(13)).capitalize() + "."


def archive_index(months: list[str]) -> str:
    links = "".join(f'<li><a href="/archive/{month}/">{month}</a></li>' for month in months)
    return f"<main><h1>Archive</h1><ul>{links}</ul></main>"


def calendar(day: datetime) -> str:
    """A day of a calendar without events, with links to the days before and after."""
    links = "".join(f'<a href="/calendar/{(day + timedelta(days=n)).date()}">{n:+d}</a> ' for n in (-1, 1))
    return f"<h1>Events</h1><p>Nothing is on.</p>{links}"


def service(name: str) -> str:
    text = f"<p>This is what {name} of the Velmora Courier is about, and how to reach us by letter.</p>" * 6
    return f"<h1>{name.capitalize()}</h1>{text}"


# -- feeds and sitemaps -------------------------------------------------------------------------


def feed(site: MadeSite, stories: list[Story]) -> str:
    items = "".join(
        f"<item><title>{story.title}</title>"
        f"<link>{site.base}{story.path}{'&amp;' if '?' in story.path else '?'}utm_source=feed</link>"
        f"<guid isPermaLink='false'>{story.number}</guid>"
        f"<pubDate>{format_datetime(story.published)}</pubDate></item>"
        for story in stories
    )
    channel = f"<channel><title>Courier</title><link>{site.base}</link>{items}</channel>"
    return f"<?xml version='1.0'?><rss version='2.0'>{channel}</rss>"


def _xml(root: str, inner: str) -> str:
    return (
        f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{inner}</{root}>'
    )


def sitemap_index(site: MadeSite, names: list[str]) -> str:
    sitemaps = "".join(f"<sitemap><loc>{site.base}/{name}.xml</loc></sitemap>" for name in names)
    return _xml("sitemapindex", sitemaps)


def sitemap(urls: Iterable[str]) -> str:
    return _xml("urlset", "".join(f"<url><loc>{url}</loc></url>" for url in urls))


def dated_sitemap(site: MadeSite, stories: list[Story]) -> str:
    entries = "".join(
        f"<url><loc>{site.base}{story.path.replace('&', '&amp;')}</loc>"
        f"<lastmod>{story.published.isoformat()}</lastmod></url>"
        for story in stories
    )
    return _xml("urlset", entries)


def news_sitemap(site: MadeSite, stories: list[Story]) -> str:
    publication = "<news:publication><news:name>Courier</news:name><news:language>en</news:language></news:publication>"
    entries = "".join(
        f"<url><loc>{site.base}{story.path}</loc><news:news>{publication}"
        f"<news:publication_date>{story.published.isoformat()}</news:publication_date>"
        f"<news:title>{story.title}</news:title></news:news></url>"
        for story in stories
    )
    return _xml("urlset", entries)
