"""Who wrote it: persons, and agencies that sign; no "By", no roles, no site's name.

Sources in the order of trust: JSON-LD, <meta>, microdata and rel=author, the byline near the headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from newscrawl.article import Person
from newscrawl.read.structured import Node, Structured, item_value
from newscrawl.text import clean, fold, words

if TYPE_CHECKING:
    from newscrawl.read.blocks import Layout
    from newscrawl.read.document import Document

META = (
    "author", "article:author_name", "parsely-author", "dc.creator", "dcterms.creator", "sailthru.author", "byl", "cxenseparse:author", "article.author", "authors", "citation_author",
    "article:author", "og:article:author", "creator", "dc.contributor", "rnews:author", "mediator_author", "vr:author", "shareaholic:article_author_name", "dc.author", "dcsext.author",
)  # fmt: skip

#: Agencies that sign in the place of a person, as they sign.
AGENCIES = frozenset(
    "afp ap apa reuters dpa dpa-afx sid epd kna ansa efe lusa tass ria novosti interfax xinhua kyodo yonhap pti ani ians anadolu aa dha iha bloomberg belga anp ntb tt ritzau stt "
    "pap ctk čtk mti tanjug hina agerpres keystone-sda sda upi cna agence france-presse associated press the associated press pa media aap".split()
) | {"agence france-presse", "associated press", "the associated press", "pa media", "ria novosti", "anadolu ajansı", "press trust of india"}

_BY = re.compile(
    r"^\W*(?:(?:written|posted|published|reported|reviewed|edited|story|words|text|article|report|opinion|analysis)\s+by|by|von|par|propos recueillis par|por|per|di|da|a cura di|door|av|af|autor(?:a|en|es|in)?|auteurs?|autore|autori|"
    r"author(?:\(s\)|s)?|redaktion|przez|tekst|text|texte|texto|testo|yazan|yazar|haber|muhabir|автор|текст|kirjoittaja|szerző|autor textu|كتب|بقلم|文|記者|记者|기자)(?:\s*[:：\-–|]\s*|\s+)",
    re.I,
)
_SPLIT = re.compile(r"\s*(?:[,;|/•·\n]|\s[-–—]\s|(?<=\w)\s+(?:and|und|et|y|e|i|en|og|och|ve|и|&|\+|with|mit|avec|con|com)\s+(?=\w))\s*", re.I)
_STRIP = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|\S+@\S+|https?://\S+|(?<!\w)@\w+|\b(?:twitter|facebook|linkedin|instagram|bluesky)\b.*$|\b(?:updated?|published|posted|last|aktualisiert|on)\b\s*:?.*\d{4}.*$|"
    r"\s+(?:in|aus|à|a|en)\s+[A-ZÄÖÜ]\w+$|\bfor\s+(?:the\s+)?\w.*$|\bvia\s.*$",
    re.I,
)
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|correspondant|writer|journalist\w*|columnist|contributor|staff|producer|photographer|director|professor|analyst|redakteur\w*|redakt\w+|korrespondent\w*|chef\w*|leiter\w*|"
    r"journaliste|rédact\w+|redactor\w*|periodista|corresponsal|repórter|jornalista|giornalista|redazione|redac[cç]\w+|muhabir\w*|editör\w*|autor\w*|volont[äa]r\w*|senior|head|chief|guest|admin\w*|team|desk|bureau|agency|"
    r"newsroom|online|newsdesk|news|press|media|magazine|university|institute|service|group|network|foundation|ltd|inc|gmbh|llc|minutes?|read|min|comments?|share|follow|subscribe|updated|published|photo\w*|foto\w*|"
    r"image|video|getty|copyright|category|home|about|contact|редактор|корреспондент|журналист)\b",
    re.I,
)
_GENERIC = frozenset("admin administrator editor editors staff guest webmaster user redaktion redaccion redacción rédaction redazione redação unknown anonymous none null author n/a na nbsp press".split())
_NAME_CHARACTERS = re.compile(r"^[^\W\d_](?:[^\W_]|[\s.'’\-‐`´·,])*$")


def names_in(text: str, is_byline: bool = False) -> list[str]:
    """The names in an author's field or a byline, without labels, roles, places and links."""
    text = clean(re.sub(r"<[^>]*>", " ", text))
    text = re.sub(r"\s+(?:\||•|·)\s+", "|", text)
    if len(text) > 300:
        return []
    stripped = _BY.sub("", text)
    for _ in range(2):
        stripped = _BY.sub("", stripped)
    stripped = _STRIP.sub(" ", stripped)
    names: list[str] = []
    for part in _SPLIT.split(stripped):
        name = clean(_BY.sub("", part)).strip(" .,:;-–—|*\"“”")
        if not name or not _plausible(name, is_byline):
            if name and names and is_byline and not _ROLE.search(name):
                break
            continue
        if is_byline and len(name.split()) == 1 and names and fold(name) not in AGENCIES and any(len(n.split()) > 1 for n in names):
            continue  # a place behind the names
        if fold(name) not in map(fold, names):
            names.append(name)
    return names


def _plausible(name: str, is_byline: bool) -> bool:
    folded = fold(name)
    if folded in AGENCIES:
        return True
    tokens = name.split()
    if folded in _GENERIC or not 1 <= len(tokens) <= 6 or len(name) > 60 or len(name) < 2 or not _NAME_CHARACTERS.match(name):
        return False
    if _ROLE.search(name) and (len(tokens) < 2 or is_byline or not name[:1].isupper()):
        return False
    if is_byline:
        capitals = sum(1 for token in tokens if token[:1].isupper() or not token[:1].islower())
        return capitals >= max(1, len(tokens) - 2) and len(tokens) <= 5 and tokens[0][:1].upper() == tokens[0][:1]
    return name[:1].isupper() or not name[:1].islower() or len(tokens) > 1


def _from_json(value: Any) -> Iterator[Person]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            name = item.get("name")
            url = item.get("url") or item.get("sameAs")
            for text in name if isinstance(name, list) else [name]:
                if isinstance(text, str):
                    names = names_in(text)
                    for n in names:
                        yield Person(n, url if isinstance(url, str) and url.startswith("http") and len(names) == 1 else None)
        elif isinstance(item, str) and not item.startswith("http"):
            for n in names_in(item):
                yield Person(n)


def read_authors(document: Document, found: Structured, article: Node, layout: Layout, headline: int | None, site: Iterable[str]) -> tuple[Person, ...]:
    """The authors in the page's order, from the first source that names any."""
    sites = set(site)
    for persons in _sources(document, found, article, layout, headline):
        kept: dict[str, Person] = {}
        for person in persons:
            key = fold(person.name)
            if "".join(words(person.name)) in sites or key in kept:
                continue
            kept[key] = person
        if kept:
            return tuple(kept.values())[:20]
    return ()


def _sources(document: Document, found: Structured, article: Node, layout: Layout, headline: int | None) -> Iterator[list[Person]]:
    yield list(_from_json(article.get("author")))
    yield [Person(n) for name in META for value in found.meta.get(name, ()) if not value.startswith("http") for n in names_in(value)][:10]
    items = [node for node in found.items.get("author", ())[:10]]
    yield [Person(n) for node in items for n in names_in(_item_name(node))]
    yield list(_linked(document))
    yield _byline(layout, headline)


def _item_name(node: Any) -> str:
    inner = node.css_first("[itemprop='name']") if node.attributes.get("itemscope") is not None or not node.attributes.get("content") else None
    return item_value(inner) if inner is not None else item_value(node)


_FOREIGN = re.compile(r"comment|related|sidebar|aside|widget|recommend|teaser|card|promo|footer")


def _linked(document: Document) -> Iterator[Person]:
    """Links of rel=author, and links inside an element whose class says author or byline, outside of other stories' boxes."""
    for node in document.tree.css("a[rel~='author'], [class*='author'] a, [class*='Author'] a, [class*='byline'] a, [class*='Byline'] a")[:12]:
        parent, steps, foreign = node.parent, 0, False
        while parent is not None and steps < 8 and not foreign:
            foreign = parent.tag in ("aside", "footer", "nav") or bool(_FOREIGN.search(f"{parent.attributes.get('class') or ''} {parent.attributes.get('id') or ''}".lower()))
            parent, steps = parent.parent, steps + 1
        if not foreign:
            text = node.text(separator=" ")
            for name in names_in(text, is_byline=True):
                yield Person(name, document.absolute(node.attributes.get("href")))


_BYLINE_CLASS = re.compile(r"(?<![a-z])(by-?line|author|authors|auteur|autor|autoren|autore|yazar|writer|posted-?by|firma|signature)(?![a-z])")


def _byline(layout: Layout, headline: int | None) -> list[Person]:
    """A short block near the headline that opens with "By", or whose class says byline."""
    start = headline if headline is not None else 0
    for index in [*range(start + 1, min(start + 15, len(layout.texts))), *range(start - 1, max(start - 5, -1), -1)]:
        text = layout.texts[index]
        if len(text) > 160:
            continue
        element, names = layout.places[index], ""
        for _ in range(3):
            if element > 0:
                names += " " + (layout.attributes[element].get("class") or "") + " " + (layout.attributes[element].get("itemprop") or "")
                element = layout.parents[element]
        if _BY.match(text) or _BYLINE_CLASS.search(names.lower()):
            persons = [Person(n) for n in names_in(text.split("\n")[0], is_byline=True)]
            if persons:
                return persons
    return []
