"""Measures of what a page states about itself for the page model: its types, its dates, its names, and its URL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from newscrawl.read.layout import Layout
from newscrawl.read.structured import ARTICLE_TYPES, Structured, types
from newscrawl.text import length, words
from newscrawl.urls import split

#: Kind of thing -> its schema.org types, in lower case. A type may also end with one of `_ENDINGS`.
TYPES: dict[str, frozenset[str]] = {
    "article": ARTICLE_TYPES - {"review"},
    "listing": frozenset(("collectionpage", "itemlist", "searchresultspage", "profilepage", "blog", "imagegallery")),
    "product": frozenset(
        "product productgroup offer aggregateoffer offercatalog softwareapplication mobileapplication webapplication "
        "softwaresourcecode book videogame game vehicle car apartment house accommodation lodgingbusiness".split()
    ),
    "business": frozenset(
        "localbusiness service financialproduct loanorcredit hotel restaurant store attorney legalservice "
        "medicalbusiness place touristattraction jobposting course".split()
    ),
    "forum": frozenset("discussionforumposting qapage question answer comment faqpage".split()),
    "event": frozenset(("event", "courseinstance", "educationevent", "eventseries")),
    "recipe": frozenset(("recipe", "howto")),
    "video": frozenset(
        "videoobject movie tvseries tvepisode episode podcastepisode radioepisode radioseries tvseason clip "
        "podcastseries audioobject".split()
    ),
    "music": frozenset("musicrecording musicalbum musiccomposition musicgroup lyrics musicplaylist".split()),
    "about": frozenset(("aboutpage", "contactpage")),
}
_ENDINGS = (("business", "service", "store"), "business"), (("event",), "event")
#: Kinds of things that og:type names, by words in it.
_OG = {
    "article": ("article", "news", "story", "blog", "post"),
    "website": ("website", "profile", "company", "object", "webpage"),
    "product": ("product", "book", "hotel", "restaurant", "place", "app", "game"),
    "video": ("video", "movie", "episode", "tv", "music", "song", "album", "audio", "radio"),
}
_PUBLISHED_META = ("article:published_time", "datepublished", "parsely-pub-date", "pubdate", "publish-date")
#: Words of class names of <body>, as systems give them to pages of one kind.
_POST = re.compile(r"\b(?:single(?:-post)?|postid-\d+|node-type-article|article(?:-page|-detail)?|story|news|post)\b")
_PAGE = re.compile(
    r"\b(?:page-id-\d+|page-template\S*|archive|category|home|blog|tag|search|tax-\S+|front|shop|store|single-product"
    r"|product\S*|woocommerce\S*|collection\S*|template-(?!article|post|single)\S+)(?=\s|$)"
)
#: Words of the URL that tell what a page is.
_PATH = {
    "news": "news article articles story stories blog blogs post posts artikel nachrichten noticias noticia notizie "
    "actualite actualites actu politik politics sport sports world opinion magazine magazin press presse haber nieuws "
    "nyheter business culture kultur",
    "other": "product products produkt produkte produit produits producto productos shop store item items collection "
    "collections catalog catalogue service services leistungen solutions features pricing about "
    "about-us contact kontakt impressum agb terms privacy help support docs doc documentation manual reference api "
    "wiki lexikon glossary faq forum forums thread threads viewtopic showthread questions question "
    "discussion community users user member members profile jobs careers courses course calendar events event "
    "termine veranstaltungen seminar seminare tickets lyrics songtexte songtext rezepte recipes rezept recipe "
    "games spiele videos video watch mediathek sendungen podcast podcasts gallery galerie "
    "index login cart checkout tools calculator download downloads r c p t",
}
_WHERE = {word: kind for kind, names in _PATH.items() for word in names.split()}
#: Kinds of things that a page may show in place of an article, the most telling first.
_SHOWN = ("music", "event", "listing", "product", "forum", "recipe", "video", "business")
_HOSTS = frozenset(
    "docs doc forum forums shop store help support wiki community developer developers learn discuss answers".split()
)
STATEMENT_NAMES = (
    "has_date",
    "has_author",
    "has_headline",
    "keywords",
    "headline_words",
    *(f"type_{name}" for name in TYPES),
    *(f"og_{name}" for name in _OG),
    "og_none",
    "published_meta",
    "article_meta",
    "times",
    "author_links",
    "feeds",
    "body_post",
    "body_page",
)
URL_NAMES = (
    "path_depth",
    "slug_words",
    "path_digits",
    "path_date",
    "is_root",
    "has_query",
    "ends_slash",
    "path_news",
    "path_other",
    "host_other",
    "slug_in_headline",
)


def things(names: Iterable[str]) -> set[str]:
    """The kinds of things, keys of `TYPES`, that schema.org types (lower case) stand for."""
    found: set[str] = set()
    for name in names:
        found.update(kind for kind, known in TYPES.items() if name in known)
        found.update(kind for endings, kind in _ENDINGS if name.endswith(endings))
    return found


def page_type(found: Structured) -> str | None:
    """What the page states that it shows, if that is no article: a key of `TYPES`. Its JSON-LD precedes og:type."""
    stated = things(t for node in found.nodes for t in types(node))
    og_words = set(re.split(r"[\W_]+", (found.first("og:type") or "").lower()))
    named = {kind for kind, known in _OG.items() if og_words.intersection(known)}
    return next((kind for kinds in (stated, named) for kind in _SHOWN if kind in kinds), None)


def statement_measures(found: Structured, fields: Mapping[str, Any], layout: Layout) -> dict[str, Any]:
    """Measures of a page's statements. fields: the fields of `Article` that were read."""
    stated = things(t for node in found.nodes for t in types(node)) | things(found.item_types)
    og_type = (found.first("og:type") or "").lower()
    headline = fields.get("headline") or ""
    body = ((layout.attributes[0] if layout.attributes else {}).get("class") or "").lower()
    return {
        "has_date": bool(fields.get("date_published")),
        "has_author": bool(fields.get("authors")),
        "has_headline": bool(headline),
        "keywords": min(20, len(fields.get("keywords") or ())),
        "headline_words": length(headline),
        **{f"type_{name}": name in stated for name in TYPES},
        **{f"og_{name}": any(word in og_type for word in known) for name, known in _OG.items()},
        "og_none": not og_type,
        "published_meta": bool(found.first(*_PUBLISHED_META)),
        "article_meta": sum(name.startswith("article:") for name in found.meta),
        "times": min(20, len(found.times)),
        "author_links": min(20, len(found.author_links)),
        "feeds": min(5, len(found.links.get("alternate", ()))),
        "body_post": bool(_POST.search(body)),
        "body_page": bool(_PAGE.search(body)),
    }


def url_measures(url: str, headline: str | None) -> dict[str, Any]:
    """Measures of the URL's path; all are -1 if there is no URL."""
    parts = split(url)
    if not parts.netloc:
        return dict.fromkeys(URL_NAMES, -1.0)
    steps = [step for step in unquote(parts.path).lower().split("/") if step]
    slug = steps[-1] if steps else ""
    in_slug = [word for word in re.split(r"[-_.+]", slug) if len(word) > 1]
    told = [_WHERE.get(step.rsplit(".", 1)[0]) for step in steps]
    in_headline = set(words(headline or ""))
    return {
        "path_depth": len(steps),
        "slug_words": len(in_slug),
        "path_digits": len(re.findall(r"\d", parts.path)),
        "path_date": bool(re.search(r"(19|20)\d\d[/-]?(0[1-9]|1[0-2])", parts.path)),
        "is_root": not steps,
        "has_query": bool(parts.query),
        "ends_slash": parts.path.endswith("/"),
        "path_news": told.count("news"),
        "path_other": told.count("other"),
        "host_other": bool(_HOSTS & set((parts.hostname or "").split("."))),
        "slug_in_headline": len(in_headline.intersection(in_slug)),
    }
