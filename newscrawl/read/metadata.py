"""The metadata of an article. Headline, dates and authors are read in files of their own; the other fields here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from newscrawl.article import Breadcrumb, Organization
from newscrawl.read.authors import read_authors
from newscrawl.read.canonical import read_canonical
from newscrawl.read.dates import read_dates
from newscrawl.read.headline import choose_headline, plain
from newscrawl.read.layout import Layout
from newscrawl.read.site_name import site_names
from newscrawl.read.structured import ARTICLE_TYPES, MAX_VALUE, Node, Structured, item_value
from newscrawl.text import clean, fold

if TYPE_CHECKING:
    from newscrawl.read.document import Document


def read_metadata(document: Document, found: Structured, layout: Layout) -> tuple[dict[str, Any], int | None]:
    """Fields of `Article` by name, and the index of the block that shows the headline, if any."""
    article, url = found.article(), document.page.url
    title = choose_headline(found, article, layout, url)
    headline, shown = title.text, title.shown
    language = read_language(document, found, article)
    published, modified = read_dates(found, article, layout, shown, url, language, document.page.fetched_at)
    crumbs = _breadcrumbs(document, found)
    canonical, is_syndicated = read_canonical(document, found, headline)
    fields: dict[str, Any] = {
        "canonical_url": canonical,
        "is_syndicated": is_syndicated,
        "headline": headline,
        "alternative_headline": plain(article.get("alternativeHeadline")) or title.alternative,
        "description": plain(article.get("description"))
        or found.first("og:description", "description", "twitter:description"),
        "authors": read_authors(found, article, layout, shown, site_names(found, article, url)).persons,
        "publisher": _publisher(document, found, article),
        "in_language": language,
        "article_section": _section(found, article, crumbs),
        "breadcrumbs": crumbs,
        "keywords": _keywords(found, article),
        "videos": _media(document, found, article, "video", ("og:video:secure_url", "og:video:url", "og:video")),
        "audios": _media(document, found, article, "audio", ("og:audio",)),
        "article_type": read_type(document, article),
        "is_accessible_for_free": _is_free(found, article),
    }
    if published:
        fields["date_published"], fields["date_published_raw"] = published.moment, clean(published.raw)
    if modified:
        fields["date_modified"], fields["date_modified_raw"] = modified.moment, clean(modified.raw)
    return fields, shown


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


_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?![a-z0-9])", re.I)


def read_language(document: Document, found: Structured, article: Node) -> str | None:
    """The BCP 47 tag stated by <html lang>, JSON-LD, og:locale, another <meta> or the Content-Language header."""
    root = document.tree.css_first("html")
    language = article.get("inLanguage")
    if isinstance(language, dict):
        language = language.get("alternateName") or language.get("name")
    header = next((v for k, v in document.page.headers.items() if k.lower() == "content-language"), None)
    for value in (
        root.attributes.get("lang") or root.attributes.get("xml:lang") if root is not None else None,
        language,
        found.first("og:locale"),
        found.first("content-language", "language", "dc.language"),
        header,
    ):
        match = _LANGUAGE.match(value.strip()) if isinstance(value, str) and len(value) <= 12 else None
        if match:
            script, region = (match[2] or "").title(), (match[3] or "").upper()
            return "-".join(filter(None, (match[1].lower(), script, region)))
    return None


def _publisher(document: Document, found: Structured, article: Node) -> Organization | None:
    stated = article.get("publisher")
    for node in stated if isinstance(stated, list) else [stated]:
        if isinstance(node, dict) and isinstance(node.get("@id"), str) and not node.get("name"):
            node = next((n for n in found.nodes if n.get("@id") == node["@id"] and n.get("name")), node)
        if isinstance(node, dict) and plain(node.get("name")):
            return _organization(document, node)
        if isinstance(node, str) and node and not node.startswith("http"):
            return Organization(clean(node))
    for node in found.of_type("newsmediaorganization", "organization", "website"):
        if plain(node.get("name")):
            return _organization(document, node)
    name = found.first("og:site_name", "application-name", "publisher", "dc.publisher")
    return Organization(name) if name else None


def _organization(document: Document, node: Node) -> Organization:
    url = node.get("url")
    return Organization(plain(node["name"]), document.absolute(url) if isinstance(url, str) else None)


def _breadcrumbs(document: Document, found: Structured) -> tuple[Breadcrumb, ...]:
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


#: Folded names of a site's front page, which is no section.
_FRONT_PAGE = frozenset(
    "home homepage start startseite accueil inicio início ana sayfa anasayfa главная strona główna hem forside "
    "news".split()
)
_SECTION_META = (
    "article:section",
    "parsely-section",
    "og:section",
    "section",
    "cxenseparse:category",
    "article.section",
)


def _section(found: Structured, article: Node, crumbs: tuple[Breadcrumb, ...]) -> str | None:
    value = article.get("articleSection")
    values = [plain(v) for v in (value if isinstance(value, list) else [value])]
    for name in _SECTION_META:
        values += found.meta.get(name, ())
    values += [item_value(n) for n in found.items.get("articlesection", ())[:1]]
    values += [crumb.name for crumb in crumbs if fold(crumb.name) not in _FRONT_PAGE][:1]
    return next((v for v in values if v and len(v) < 80 and not v.startswith("http")), None)


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


def _is_free(found: Structured, article: Node) -> bool | None:
    for value in (
        article.get("isAccessibleForFree"),
        found.first("isaccessibleforfree"),
        next((item_value(n) for n in found.items.get("isaccessibleforfree", ())), None),
    ):
        if isinstance(value, bool):
            return value
        word = value.strip().lower().rsplit("/", 1)[-1] if isinstance(value, str) else ""  # "http://schema.org/True"
        if word in ("true", "1", "yes"):
            return True
        if word in ("false", "0", "no"):
            return False
    tier = found.first("article:content_tier")
    return tier.lower() == "free" if tier else None
