"""The metadata of an article. Headline, dates and authors are read in files of their own; the other fields here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from newscrawl.article import Breadcrumb
from newscrawl.read.authors import read_authors
from newscrawl.read.canonical import read_canonical
from newscrawl.read.dates import read_dates
from newscrawl.read.headline import choose_headline, plain
from newscrawl.read.layout import Layout
from newscrawl.read.page_statements import page_type
from newscrawl.read.site_name import site_names
from newscrawl.read.stated_fields import accesses, descriptions, publishers, sections
from newscrawl.read.stated_language import stated_languages
from newscrawl.read.statements import Stated, first_usable
from newscrawl.read.structured import ARTICLE_TYPES, MAX_VALUE, Node, Structured
from newscrawl.text import clean, fold

if TYPE_CHECKING:
    from newscrawl.read.document import Document

T = TypeVar("T")


def read_metadata(document: Document, found: Structured, layout: Layout) -> tuple[dict[str, Any], int | None]:
    """Fields of `Article` by name, and the index of the block that shows the headline, if any."""
    article, url = found.article(), document.page.url
    title = choose_headline(found, article, layout, url)
    headline, shown = title.text, title.shown
    language = _first(stated_languages(document, found, article))
    published, modified = read_dates(found, article, layout, shown, url, language, document.page.fetched_at)
    crumbs = breadcrumbs(document, found)
    canonical, is_syndicated = read_canonical(document, found, headline)
    fields: dict[str, Any] = {
        "canonical_url": canonical,
        "is_syndicated": is_syndicated,
        "headline": headline,
        "alternative_headline": plain(article.get("alternativeHeadline")) or title.alternative,
        "description": _first(descriptions(found, article)),
        "authors": read_authors(found, article, layout, shown, site_names(found, article, url)).persons,
        "publisher": _first(publishers(document, found, article)),
        "in_language": language,
        "article_section": _first(sections(found, article, crumbs)),
        "breadcrumbs": crumbs,
        "keywords": _keywords(found, article),
        "videos": _media(document, found, article, "video", ("og:video:secure_url", "og:video:url", "og:video")),
        "audios": _media(document, found, article, "audio", ("og:audio",)),
        "article_type": read_type(document, article),
        "page_type": page_type(found),
        "is_accessible_for_free": _first(accesses(found, article)),
    }
    if published:
        fields["date_published"], fields["date_published_raw"] = published.moment, clean(published.raw)
    if modified:
        fields["date_modified"], fields["date_modified_raw"] = modified.moment, clean(modified.raw)
    return fields, shown


def _first(statements: Iterable[Stated[T]]) -> T | None:
    chosen = first_usable(statements)
    return chosen.value if chosen is not None else None


#: Types that others are more specific than: Article < NewsArticle < ReportageNewsArticle. All others rank _SPECIFIC.
_RANKS = {"article": 1, "newsarticle": 2, "socialmediaposting": 2, "blogposting": 3, "liveblogposting": 4}
_SPECIFIC = 4


def read_type(document: Document, article: Node) -> str | None:
    """The most specific schema.org type of article: of JSON-LD; else of microdata or RDFa, if one item has it."""
    value = article.get("@type")
    stated = [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)]
    if not stated:
        items = [node.attributes for node in document.tree.css("[itemtype], [typeof]")[:200]]
        marked = [names for item in items if (names := _articles(item.get("itemtype") or item.get("typeof") or ""))]
        stated = marked[0] if len(marked) == 1 else []  # several are teasers
    names = [re.split("[/:#]", name)[-1] for name in stated]
    ranks = [_RANKS.get(name.lower(), _SPECIFIC if name.lower() in ARTICLE_TYPES else 0) for name in names]
    return names[ranks.index(max(ranks))] if names else None


def _articles(types: str) -> list[str]:
    """The types of articles in an attribute."""
    return [one for one in types.split() if re.split("[/:#]", one)[-1].lower() in ARTICLE_TYPES - {"review"}]


def breadcrumbs(document: Document, found: Structured) -> tuple[Breadcrumb, ...]:
    """The path of navigation to the page, as it is stated, else as it is shown."""
    for node in found.of_type("breadcrumblist"):
        crumbs = []
        items = node.get("itemListElement")
        for item in items[:50] if isinstance(items, list) else []:
            if isinstance(item, dict):
                target = item.get("item")
                name = plain(item.get("name")) or (plain(target.get("name")) if isinstance(target, dict) else "")
                href = target.get("@id") or target.get("url") if isinstance(target, dict) else target
                if name:
                    crumbs.append(Breadcrumb(name, document.absolute(href) if isinstance(href, str) else None))
        if crumbs:
            return tuple(crumbs[:12])
    trail = document.tree.css_first(
        "[class*='breadcrumb'], [id*='breadcrumb'], [class*='Breadcrumb'], [aria-label*='readcrumb']"
    )
    if trail is None:
        return ()
    linked = (Breadcrumb(clean(a.text()), document.absolute(a.attributes.get("href"))) for a in trail.css("a")[:12])
    return tuple(crumb for crumb in linked if 0 < len(crumb.name) < 80)


def _keywords(found: Structured, article: Node) -> tuple[str, ...]:
    value = article.get("keywords")
    stated = [v for v in (value[:500] if isinstance(value, list) else [value]) if isinstance(v, str)]
    for name in ("news_keywords", "article:tag", "keywords", "parsely-tags", "sailthru.tags"):
        if not stated:
            stated = list(found.meta.get(name, ()))
    keywords: dict[str, str] = {}
    for item in stated:
        for part in re.split(r"[,;|]", item[:MAX_VALUE]):
            word = plain(part).removeprefix("#")
            if word and len(word) <= 80:
                keywords.setdefault(fold(word), word)
    return tuple(keywords.values())[:50]


def _media(
    document: Document, found: Structured, article: Node, name: str, properties: tuple[str, ...]
) -> tuple[str, ...]:
    values: list[object] = []
    stated = article.get(name)
    for item in stated[:50] if isinstance(stated, list) else [stated]:
        values.append(
            item.get("contentUrl") or item.get("embedUrl") or item.get("url") if isinstance(item, dict) else item
        )
    values.append(found.first(*properties))
    urls = [document.absolute(v) for v in values if isinstance(v, str)]
    return tuple(dict.fromkeys(u for u in urls if u))[:20]
