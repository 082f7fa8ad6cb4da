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
    r"author(?:\(s\)|s)?|redaktion|przez|tekst|text|texte|texto|testo|yazan|yazar|haber|muhabir|автор|текст|kirjoittaja|szerző|autor textu|كتب|بقلم|文|記者|记者|기자)(?:\s*[:：\-–|]\s*|\s+|$)",
    re.I,
)
_GLUED_BY = re.compile(r"^By(?=[A-Z])")
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
_GENERIC = frozenset("by author authors agencies agentur agenturen learn read more view all posts profile follow bio website contact share nachrichten news photo photos written posted and the admin administrator editor editors staff guest webmaster user redaktion redaccion redacción rédaction redazione redação unknown anonymous none null author n/a na nbsp press".split())
_NAME_CHARACTERS = re.compile(r"^[^\W\d_](?:[^\W\d_]|[\s.'’\-‐`´·,])*$")
#: A date behind a name: "Jane Roe December 2", "Jane Roe 3 May 2026".
_DATED = re.compile(r"\s+(?:[^\W\d_]{3,9}\.?\s+\d{1,2}\b|\d).*$", re.S)
_TITLES = re.compile(r"\s*(?:기자|특파원|記者|记者|通讯员|編集委員)\s*$")


def names_in(text: str, is_byline: bool = False) -> list[str]:
    """The names in an author's field or a byline, without labels, roles, places and links."""
    text = clean(re.sub(r"<[^>]*>", " ", text))
    text = re.sub(r"\s+(?:\||•|·)\s+", "|", text)
    if len(text) > 300:
        return []
    stripped = _GLUED_BY.sub("", text)
    for _ in range(3):
        stripped = _BY.sub("", stripped)
    stripped = _DATED.sub("", _STRIP.sub(" ", stripped))
    names: list[str] = []
    for part in _SPLIT.split(stripped):
        name = _TITLES.sub("", clean(_BY.sub("", part))).strip(" .,:;-–—|*\"“”")
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
    if all(token in _GENERIC for token in folded.split()) or not 1 <= len(tokens) <= 6 or len(name) > 60 or len(name) < 2 or not _NAME_CHARACTERS.match(name):
        return False
    if _ROLE.search(name) and (len(tokens) < 2 or is_byline or not name[:1].isupper()):
        return False
    if is_byline:
        capitals = sum(1 for token in tokens if token[:1].isupper() or not token[:1].islower())
        return capitals >= max(1, len(tokens) - 2) and len(tokens) <= 5 and tokens[0][:1].upper() == tokens[0][:1]
    return name[:1].isupper() or not name[:1].islower() or len(tokens) > 1


def _from_json(value: Any, found: Structured) -> Iterator[Person]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = _whole(item, found)
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


def _whole(node: Node, found: Structured) -> Node:
    """The node that a bare reference ("@id") stands for."""
    if node.get("name") or not isinstance(node.get("@id"), str):
        return node
    return next((other for other in found.nodes if other.get("@id") == node["@id"] and other.get("name")), node)


def read_authors(document: Document, found: Structured, article: Node, layout: Layout, headline: int | None, site: Iterable[str]) -> tuple[Person, ...]:
    """The authors in the page's order, from the first source that names any.

    The site's own name is none, unless the page states it as the author and names nobody else anywhere: then the
    organisation signs.
    """
    sites = set(site)
    for persons in _sources(document, found, article, layout, headline):
        kept: dict[str, Person] = {}
        for person in persons:
            if "".join(words(person.name)) not in sites:
                kept.setdefault(fold(person.name), person)
        if kept:
            return tuple(kept.values())[:20]
    return _signing_organisation(found, article)


def _signing_organisation(found: Structured, article: Node) -> tuple[Person, ...]:
    stated = article.get("author")
    for item in [*(stated if isinstance(stated, list) else [stated]), *(value for name in META for value in found.meta.get(name, ()))]:
        name = _whole(item, found).get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and 2 <= len(clean(name)) <= 60 and "//" not in name and "@" not in name:
            bare = clean(_BY.sub("", clean(name)))
            if bare and not all(token in _GENERIC for token in fold(bare).split()):
                return (Person(bare),)
    return ()


def _sources(document: Document, found: Structured, article: Node, layout: Layout, headline: int | None) -> Iterator[list[Person]]:
    yield list(_from_json(article.get("author"), found))
    yield [Person(n) for name in META for value in found.meta.get(name, ()) if not value.startswith("http") for n in names_in(value)][:10]
    yield [Person(n) for node in found.items.get("author", ())[:10] for n in names_in(_item_name(node))]
    if _BY.match((found.first("twitter:label1") or "") + " "):
        yield [Person(n) for n in names_in(found.first("twitter:data1") or "")]
    yield _near(document, layout, headline)
    yield _box(layout, headline)


def _item_name(node: Any) -> str:
    inner = node.css_first("[itemprop='name']") if node.attributes.get("itemscope") is not None or not node.attributes.get("content") else None
    return item_value(inner) if inner is not None else item_value(node)


_FOREIGN = re.compile(r"comment|related|sidebar|aside|widget|recommend|teaser|promo|footer|popular|trending|latest|share|social|caption|credit")
_BYLINE_CLASS = re.compile(r"(?<![a-z])(by-?lines?|authors?|author-?names?|article-?authors?|auteurs?|autore?s?|autoren|yazar|writer|posted-?by|firma|signature|contributors?)(?![a-z])")
_LABEL = re.compile(r"^\W*(?:(?:written|posted|published|words|text|story|article) by|by|authors?|von|autor(?:in|en|es|a)?|text|par|auteurs?|por|texto|autore|di|testo|door|yazan|автор|текст)\W*$", re.I)


def _place(layout: Layout, index: int, steps: int) -> tuple[str, bool]:
    """Class, itemprop and id of the nearest elements in one line; whether one of them is a link of rel=author."""
    element, named, linked = layout.places[index], [], False
    for _ in range(steps):
        if element <= 0:
            break
        attributes = layout.attributes[element]
        named.append(f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''} {attributes.get('id') or ''}")
        linked = linked or "author" in (attributes.get("rel") or "")
        element = layout.parents[element]
    return " ".join(named).lower(), linked


def _near(document: Document, layout: Layout, headline: int | None) -> list[Person]:
    """The short blocks around the headline: rel=author, an element named byline, "By ...", or a name under a label."""
    start = headline if headline is not None else 0
    window = [*range(start + 1, min(start + 20, len(layout.texts))), *range(start - 1, max(start - 6, -1), -1)]
    found: list[Person] = []
    found_at = 0
    for index in window:
        text = layout.texts[index]
        if len(text) > 160:
            if found or len(text) > 600:
                break
            continue
        names, linked = _place(layout, index, 4)
        if found and index != found_at + 1:
            break
        if _LABEL.match(text) and index + 1 < len(layout.texts):
            text = layout.texts[index + 1] if len(layout.texts[index + 1]) < 80 else ""
        elif not (linked or _BY.match(text) or (_BYLINE_CLASS.search(names) and not _FOREIGN.search(names))):
            continue
        persons = [Person(n) for n in names_in(text.split("\n")[0], is_byline=True)]
        if persons:
            found += persons
            found_at = index
    return found


def _box(layout: Layout, headline: int | None) -> list[Person]:
    """The author's box behind the story: the first short block in an element named author's name, or under such a label."""
    start = (headline or 0) + 1
    for index in range(start, len(layout.texts)):
        text = layout.texts[index]
        if len(text) > 70 or layout.link_shares[index] == 0 and len(text.split()) > 8:
            continue
        names, linked = _place(layout, index, 3)
        labelled = index > 0 and _LABEL.match(layout.texts[index - 1]) is not None and len(layout.texts[index - 1]) > 4
        if (linked or labelled or _BYLINE_CLASS.search(names)) and not _FOREIGN.search(names):
            persons = [Person(n) for n in names_in(text, is_byline=True) if len(n.split()) > 1]
            if persons:
                return persons[:3]
    return []
