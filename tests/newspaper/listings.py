"""Pages of the demo newspaper that are no articles: front page, sections, search, login, about, error."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.newspaper.parts import Article, footer, link_to, navigation

if TYPE_CHECKING:
    from tests.newspaper.site import Newspaper


def _page(paper: Newspaper, title: str, head: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head>'
        f"<body>{navigation(paper)}<main>{body}</main>{footer()}</body></html>"
    )


def _teasers(articles: list[Article]) -> str:
    return "".join(
        f'<article class="teaser"><h2>{link_to(article)}</h2><p>{escape(article["paragraphs"][0][:110])}…</p></article>'
        for article in articles
    )


def front_page(paper: Newspaper, articles: list[Article]) -> str:
    """Announces the feeds, if there are any, and names some articles again under other URLs."""
    head = ""
    if "feed" in paper.sources:
        head = (
            '<link rel="alternate" type="application/rss+xml" href="/feed/rss.xml">'
            '<link rel="alternate" type="application/atom+xml" href="/feed/atom.xml">'
        )
    most_read = _most_read(articles) if articles else ""
    return _page(paper, "The Ellery Courier", head, f"<h1>The Ellery Courier</h1>{_teasers(articles)}{most_read}")


def _most_read(articles: list[Article]) -> str:
    """Links with tracking parameters, to AMP, by a redirect, to a soft 404, to a forbidden page, to another site."""
    first, second, _, fourth = articles[:4]
    links = {
        f"{escape(first['path'])}?utm_source=most-read&amp;utm_medium=box": escape(first["headline"]),
        f"{escape(fourth['path'])}/amp": escape(fourth["headline"]),
        "/go/1": escape(second["headline"]),
        "/2024/10/an-article-that-was-taken-down-again/": "An article that was taken down again",
        "/internal/drafts/an-article-that-nobody-may-read-yet/": "An article that nobody may read yet",
        "https://other-paper.example/2024/11/a-story-of-somebody-else": "A story of somebody else",
    }
    items = "".join(f'<li><a href="{url}">{name}</a></li>' for url, name in links.items())
    return f'<ul class="most-read">{items}</ul>'


def section_page(paper: Newspaper, name: str, articles: list[Article], further: str | None) -> str:
    """A section, tag or author page. further: the path of the next page of it."""
    link = f'<nav class="pagination"><a rel="next" href="{further}">Older articles</a></nav>' if further else ""
    return _page(paper, f"{name} - The Ellery Courier", "", f"<h1>{escape(name)}</h1>{_teasers(articles)}{link}")


def search_page(paper: Newspaper) -> str:
    body = f"<h1>Search results</h1><form><input name=q></form>{_teasers(paper.articles[:3])}"
    return _page(paper, "Search results - The Ellery Courier", "", body)


def login_page(paper: Newspaper) -> str:
    form = (
        '<form method="post"><label>User name<input name="user"></label>'
        '<label>Password<input type="password" name="password"></label><button>Log in</button></form>'
    )
    return _page(paper, "Log in - The Ellery Courier", "", f"<h1>Log in</h1>{form}<p>Forgot your password?</p>")


def about_page(paper: Newspaper) -> str:
    text = (
        "The Ellery Courier is printed on weekdays and is read by everybody who has a boat. "
        "Letters to the editor reach us at the corner of Rope Street."
    )
    privacy = "<h2 id='privacy'>Privacy</h2><p>We keep no data about you.</p>"
    return _page(paper, "About us - The Ellery Courier", "", f"<h1>About us</h1><p>{text}</p>{privacy}")


def error_page(paper: Newspaper) -> str:
    text = "Sorry, the page that you are looking for does not exist or was moved."
    latest = f"<h2>Latest</h2>{_teasers(paper.articles[:3])}"
    return _page(paper, "Page not found - The Ellery Courier", "", f"<h1>Page not found</h1><p>{text}</p>{latest}")
