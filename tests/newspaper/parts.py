"""Parts of the demo newspaper's pages: the boilerplate around the story, and the story's own blocks as HTML."""

from __future__ import annotations

import json
import re
import unicodedata
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.newspaper.site import Newspaper

#: An entry of truth.json.
Article = dict[str, Any]

#: What the site says around its stories, by language.
WORDS: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
COMMENTS = (
    ("Bramble", "Great read, thanks. I crossed it this morning and it took me four minutes."),
    ("oldsalt61", "And who pays for all of this? Always the same people."),
)


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def link_to(article: Article) -> str:
    return f'<a href="{escape(article["path"])}">{escape(article["headline"])}</a>'


def image(article: Article, number: int) -> str:
    return f"/images/{slug(article['headline'])[:40]}-{number}.jpg"


def others(paper: Newspaper, article: Article, count: int = 3) -> list[Article]:
    """The articles that follow this one in the newspaper's order."""
    place = paper.articles.index(article) if article in paper.articles else 0
    return [paper.articles[(place + step) % len(paper.articles)] for step in range(1, count + 1)]


def date_of(article: Article) -> str:
    return str(article["datePublished"])[:16].replace("T", " ")


# -- the page around the story ------------------------------------------------------------------


def head(paper: Newspaper, article: Article, title: str, extra: str = "", canonical: bool = True) -> str:
    """Everything before <body>. The script holds tags that a reader must not take for markup."""
    link = f'<link rel="canonical" href="{paper.base}{escape(article["path"])}">' if canonical else ""
    return (
        f'<!DOCTYPE html><html lang="{article["language"]}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'{link}{extra}<script>window.dataLayer=[];var p="</p><p>no text";</script>'
        "<style>.x{color:red}</style></head>"
    )


def navigation(paper: Newspaper) -> str:
    items = "".join(
        f'<li class="menu-item"><a href="{path}">{escape(articles[0]["section"])}</a></li>'
        for path, articles in paper.sections.items()
    )
    sections = items if "sections" in paper.sources else ""
    services = (
        '<li><a href="/about/">About us</a></li><li><a href="/search?q=">Search</a></li>'
        '<li><a href="/login/">Log in</a></li>'
    )
    return (
        '<header class="site-header"><a class="logo" href="/">The Ellery Courier</a>'
        f'<nav class="main-menu"><ul>{sections}{services}</ul></nav></header>'
    )


def footer() -> str:
    return (
        '<footer class="site-footer"><p>© 2024 The Ellery Courier. All rights reserved. '
        "Registered at Port Ellery, number 4471-C.</p>"
        '<ul><li><a href="/about/">Imprint</a></li><li><a href="/about/#privacy">Privacy</a></li>'
        '<li><a href="/tag/harbour/">Harbour</a></li></ul></footer>'
    )


def consent(article: Article) -> str:
    text = WORDS[article["language"]]["consent"]
    return f'<div id="cookie-banner" class="cookie-consent" role="dialog"><p>{text}</p><button>OK</button></div>'


def share(article: Article) -> str:
    return (
        f'<div class="share-buttons"><span>{WORDS[article["language"]]["share"]}</span><ul>'
        '<li><a href="https://social.example/f?u=1">Facebook</a></li>'
        '<li><a href="https://social.example/x?u=1">X</a></li>'
        '<li><a href="https://social.example/w?u=1">WhatsApp</a></li>'
        '<li><a href="mailto:?u">E-Mail</a></li></ul></div>'
    )


def newsletter(article: Article) -> str:
    text = WORDS[article["language"]]["newsletter"]
    form = '<form><input type="email"><button>OK</button></form>'
    return f'<div class="newsletter-signup"><p>{text}</p>{form}</div>'


def related(paper: Newspaper, article: Article) -> str:
    links = "".join(f"<li>{link_to(other)}</li>" for other in others(paper, article))
    return f'<aside class="related-posts"><h3>{WORDS[article["language"]]["more"]}</h3><ul>{links}</ul></aside>'


def comments(article: Article, akismet: bool = True) -> str:
    """A thread of comments and the form below it."""
    words = WORDS[article["language"]]
    thread = "".join(
        f'<li class="comment"><div class="comment-author"><b>{name}</b> says:</div>'
        f'<div class="comment-body"><p>{text}</p></div><a href="#reply">Reply</a></li>'
        for name, text in COMMENTS
    )
    notice = (
        "<p class='akismet_comment_form_privacy_notice'>This site uses Akismet to reduce spam. "
        "<a href='https://akismet.example/'>Learn how your comment data is processed.</a></p>"
    )
    form = f"<h3>{words['comments']}</h3><form><p>{words['comment']}</p><textarea></textarea></form>"
    return (
        f'<div id="comments" class="comments-area"><h2>2 thoughts on “{escape(article["headline"])}”</h2>'
        f'<ol class="comment-list">{thread}</ol><div id="respond">{form}</div>{notice if akismet else ""}</div>'
    )


# -- the story ----------------------------------------------------------------------------------


def credited(caption: dict[str, str], changed: bool = False) -> str:
    """A caption with its credit. changed: with the credit in capitals and without its last full stop."""
    text = f"{caption['caption']} ({caption['credit']})"
    if changed:
        text = text.replace(". (", " (").replace(caption["credit"], caption["credit"].upper())
    return escape(text)


def blocks(article: Article, tag: str = "p", heading: str = "h2") -> list[str]:
    """The paragraphs and sub-headings of the story."""
    return [
        f"<{heading}>{escape(text[3:])}</{heading}>" if text.startswith("## ") else f"<{tag}>{escape(text)}</{tag}>"
        for text in article["paragraphs"]
    ]


def figures(article: Article) -> list[str]:
    return [
        f'<figure class="wp-block-image"><img src="{image(article, number)}" alt="" width="1200" height="800">'
        f"<figcaption>{credited(caption)}</figcaption></figure>"
        for number, caption in enumerate(article["captions"], 1)
    ]
