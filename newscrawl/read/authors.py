"""Who wrote it: persons, and agencies that sign; no "By", no roles, no site's name.

Sources in the order of trust: JSON-LD, <meta>, microdata and rel=author, the byline near the headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from newscrawl.article import Person
from newscrawl.read.dates import dates_in_text
from newscrawl.read.structured import MAX_VALUE, Node, Structured, item_value
from newscrawl.text import clean, fold, words

if TYPE_CHECKING:
    from newscrawl.read.layout import Layout
    from newscrawl.read.document import Document

META = (
    "author", "article:author_name", "parsely-author", "dc.creator", "dcterms.creator", "sailthru.author", "byl", "cxenseparse:author", "article.author", "authors", "citation_author",
    "article:author", "og:article:author", "creator", "dc.contributor", "rnews:author", "mediator_author", "vr:author", "shareaholic:article_author_name", "dc.author", "dcsext.author",
)  # fmt: skip

#: Agencies that sign in the place of a person, as they sign.
AGENCIES = frozenset(
    "afp ap apa reuters dpa dpa-afx sid epd kna ansa efe lusa tass ria novosti interfax xinhua kyodo yonhap pti ani ians anadolu aa dha iha bloomberg belga anp ntb tt ritzau stt "
    "pap ctk čtk mti tanjug hina agerpres keystone-sda sda upi cna agence france-presse associated press the associated press pa media aap".split()
) | {
    "agence france-presse",
    "associated press",
    "the associated press",
    "pa media",
    "ria novosti",
    "anadolu ajansı",
    "press trust of india",
}

_BY = re.compile(
    r"^\W{0,40}(?:(?:written|posted|published|reported|reviewed|edited|story|words|text|article|report|opinion|analysis|post author)\s{1,9}by|(?:ein )?(?:artikel|beitrag|rezept|erstellt|geschrieben|verfasst|publiziert|veröffentlicht|text)\s{1,9}von|by|von|par|propos recueillis par|por|per|di|da|a cura di|door|av|af|autor(?:a|en|es|in)?|auteurs?|autore|autori|"
    r"author(?:\(s\)|s)?|redaktion|przez|tekst|text|texte|texto|testo|yazan|yazar|haber|muhabir|автор|текст|kirjoittaja|szerző|autor textu|كتب|بقلم|文|記者|记者|기자)(?:\s{0,9}[:：\-–|]\s{0,9}|\s{1,9}|$)",
    re.I,
)
_GLUED_BY = re.compile(r"^By(?=[A-Z])")
_SPLIT = re.compile(
    r"\s{0,9}(?:[,;|/•·⋅∙・\n]|\s[-–—]\s|(?<=\w)\s{1,9}(?:and|und|et|y|e|i|en|og|och|ve|и|&|\+|with|mit|avec|con|com)\s{1,9}(?=\w))\s{0,9}",
    re.I,
)
_STRIP = re.compile(
    r"\W{0,40}\b(?:(?:medically |fact.?)?(?:reviewed|checked|updated|edited|photographed|illustrated)|photos?|images?|recipe|design|code) by\b.{0,400}$|"
    r"\([^)]{0,400}\)|\[[^\]]{0,400}\]|\S{1,99}@\S{1,99}|https?://\S+|(?<!\w)@\w+|\b(?:twitter|facebook|linkedin|instagram|bluesky)\b.{0,400}$|\b(?:updated?|published|posted|last|aktualisiert|on)\b\s{0,9}:?.{0,400}\d{4}.{0,400}$|"
    r"\s{1,9}(?:in|aus|à|a|en)\s{1,9}[A-ZÄÖÜ]\w+$|\bfor\s{1,9}(?:the\s{1,9})?\w.{0,400}$|\bvia\s.{0,400}$",
    re.I,
)
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|correspondant|writer|journalist\w*|columnist|contributor|staff|producer|photographer|director|professor|analyst|redakteur\w*|redakt\w+|korrespondent\w*|chef\w*|leiter\w*|"
    r"journaliste|rédact\w+|redactor\w*|periodista|corresponsal|repórter|jornalista|giornalista|redazione|redac[cç]\w+|muhabir\w*|editör\w*|autor\w*|volont[äa]r\w*|senior|head|chief|guest|admin\w*|team|desk|bureau|agency|"
    r"newsroom|online|newsdesk|news|press|media|magazine|university|institute|service|group|network|foundation|ltd|inc|gmbh|llc|minutes?|read|min|comments?|share|follow|subscribe|updated|published|photo\w*|foto\w*|"
    r"image|video|getty|copyright|category|home|about|contact|teilen|compartir|partager|expert\w*|manager\w*|specialist|consultant|founder|marketer|owner|coach|dieti[ct]ian|nutritionist|engineer|officer|president|posts?|insights|hardware|software|шеф\w*|редактор|корреспондент|журналист)\b",
    re.I,
)
_GENERIC = frozenset(
    "by author authors agencies agentur agenturen learn read more view all posts profile follow bio website contact share nachrichten news photo photos written posted and the admin administrator editor editors staff guest webmaster user redaktion redaccion redacción rédaction redazione redação unknown anonymous none null author n/a na nbsp press".split()
)
_NAME_CHARACTERS = re.compile(r"^[^\W\d_](?:[^\W\d_]|[\s.'’\-‐`´·,])*$")
#: Words of dates: no names of persons when they stand alone.
_CALENDAR = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun januar jänner februar märz mai juni juli oktober dezember dez okt mär "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so janvier février mars avril juin juillet août septembre octobre novembre décembre "
    "lundi mardi mercredi jeudi vendredi samedi dimanche enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo "
    "janeiro fevereiro março maio junho julho setembro outubro novembro dezembro segunda-feira terça-feira quarta-feira quinta-feira sexta-feira gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica januari februari maart mei augustus maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık "
    "today yesterday heute gestern hoy ayer oggi ieri hier aujourd'hui hace uhr".split()
)
#: A date behind a name: "Jane Roe December 2", "Jane Roe 3 May 2026".
_DATED = re.compile(r"(?:^|\s{1,9})(?:[^\W\d_]{3,9}\.?\s{1,9}\d{1,2}\b|\d(?!\w{0,40}[a-z])).{0,400}$", re.S)
_TITLES = re.compile(r"\s{0,9}(?:기자|특파원|記者|记者|通讯员|編集委員)\s{0,9}$")


def names_in(text: str, is_byline: bool = False) -> list[str]:
    """The names in an author's field or a byline, without labels, roles, places and links."""
    text = clean(re.sub(r"<[^<>]{0,4000}>", " ", text[:MAX_VALUE]))
    text = re.sub(r"\s{1,9}(?:\||•|·|⋅)\s{1,9}", "|", text)
    if len(text) > 300:
        return []
    stripped = _GLUED_BY.sub("", text)
    for _ in range(3):
        stripped = _BY.sub("", stripped)
    stripped = _DATED.sub("", _STRIP.sub(" ", stripped))
    is_alone = (
        stripped != text and re.fullmatch(r"\s*[\w.-]{3,20}\s*", stripped) is not None
    )  # "by uriebe": a user's name
    names: list[str] = []
    for part in _SPLIT.split(stripped):
        name = _TITLES.sub("", clean(_BY.sub("", part))).strip(' .,:;-–—|*"“”')
        if not name or not _plausible(name, is_byline, is_alone):
            if name and names and is_byline and not _ROLE.search(name):
                break
            continue
        if (
            is_byline
            and len(name.split()) == 1
            and names
            and fold(name) not in AGENCIES
            and any(len(n.split()) > 1 for n in names)
        ):
            continue  # a place behind the names
        if fold(name) not in map(fold, names):
            names.append(name)
    return names


def _plausible(name: str, is_byline: bool, is_alone: bool = False) -> bool:
    folded = fold(name)
    if folded in AGENCIES:
        return True
    tokens = name.split()
    if (
        all(token in _GENERIC or token.strip(".") in _CALENDAR for token in folded.split())
        or not 1 <= len(tokens) <= 6
        or len(name) > 60
        or len(name) < 2
        or not _NAME_CHARACTERS.match(name)
    ):
        return False
    if _ROLE.search(name) and (len(tokens) < 2 or is_byline or not name[:1].isupper()):
        return False
    if is_byline and not is_alone:
        capitals = sum(1 for token in tokens if token[:1].isupper() or not token[:1].islower())
        return capitals >= max(1, len(tokens) - 2) and len(tokens) <= 5 and tokens[0][:1].upper() == tokens[0][:1]
    return is_alone or name[:1].isupper() or not name[:1].islower() or len(tokens) > 1


def _from_json(value: Any, found: Structured, organizations: bool = False) -> Iterator[Person]:
    """Persons that JSON-LD states; or the organisations that it states in their place."""
    for item in value[:100] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = _whole(item, found)
            if ("organization" in str(item.get("@type")).lower()) is not organizations and fold(
                str(item.get("name"))
            ) not in AGENCIES:
                continue
            name = item.get("name")
            url = item.get("url") or item.get("sameAs")
            for text in name if isinstance(name, list) else [name]:
                if isinstance(text, str):
                    names = names_in(text)
                    for n in names:
                        yield Person(
                            n, url if isinstance(url, str) and url.startswith("http") and len(names) == 1 else None
                        )
        elif isinstance(item, str) and not item.startswith("http") and not organizations:
            for n in names_in(item):
                yield Person(n)


def _whole(node: Node, found: Structured) -> Node:
    """The node that a bare reference ("@id") stands for."""
    if node.get("name") or not isinstance(node.get("@id"), str):
        return node
    return next((other for other in found.nodes if other.get("@id") == node["@id"] and other.get("name")), node)


def read_authors(
    document: Document, found: Structured, article: Node, layout: Layout, headline: int | None, site: Iterable[str]
) -> tuple[Person, ...]:
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
    for item in [
        *(stated if isinstance(stated, list) else [stated]),
        *(value for name in META for value in found.meta.get(name, ())),
    ]:
        name = _whole(item, found).get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and 2 <= len(clean(name)) <= 60 and "//" not in name and "@" not in name:
            bare = clean(_BY.sub("", clean(name)))
            if bare and not all(token in _GENERIC for token in fold(bare).split()):
                return (Person(bare),)
    return ()


def _sources(
    document: Document, found: Structured, article: Node, layout: Layout, headline: int | None
) -> Iterator[list[Person]]:
    yield list(_from_json(article.get("author"), found))
    yield [
        Person(n)
        for name in META
        for value in found.meta.get(name, ())
        if not value.startswith("http")
        for n in names_in(_given_name_first(value, name))
    ][:10]
    yield [Person(n) for node in found.items.get("author", ())[:10] for n in names_in(_item_name(node))]
    if _BY.match((found.first("twitter:label1") or "") + " "):
        yield [Person(n) for n in names_in(found.first("twitter:data1") or "")]
    yield _near(document, layout, headline)
    signing = list(_from_json(article.get("author"), found, organizations=True))
    if any(fold(person.name) in AGENCIES for person in signing):
        yield signing
    yield _box(layout, headline)
    yield signing


def _given_name_first(value: str, meta: str) -> str:
    """Catalogues of papers put the family name first: "Roe, Jane"."""
    family, comma, given = value.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and meta == "citation_author" and "," not in given else value


def _item_name(node: Any) -> str:
    inner = (
        node.css_first("[itemprop='name']")
        if node.attributes.get("itemscope") is not None or not node.attributes.get("content")
        else None
    )
    return item_value(inner) if inner is not None else item_value(node)


_FOREIGN = re.compile(
    r"comment|related|sidebar|aside|widget|recommend|teaser|promo|footer|popular|trending|latest|share|social|caption|credit"
)
_BYLINE_CLASS = re.compile(
    r"(?<![a-z])(by-?lines?|authors?|author-?names?|article-?authors?|auteurs?|autore?s?|autoren|yazar|writer|posted-?by|firma|signature|contributors?)(?![a-z])"
)
_LABEL = re.compile(
    r"^\W{0,40}(?:(?:written|posted|published|words|text|story|article) by|by|authors?|von|autor(?:in|en|es|a)?|text|par|auteurs?|por|texto|autore|di|testo|door|yazan|автор|текст)\W{0,40}$",
    re.I,
)


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
    if headline is not None and "\n" in layout.texts[headline]:
        window.insert(0, headline)
    for index in window:
        text = layout.texts[index]
        if index == headline:  # the byline is a line below the headline, in one block with it
            text = text.split("\n")[1]
            if not _BY.match(text):
                text = _line_beside_date(text)
            found = [Person(n) for n in names_in(text, is_byline=True)]
            found_at = index
            continue
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
            text = _beside_date(layout, index)
            if not text:
                continue
        persons = [
            Person(n)
            for n in names_in(text.split("\n")[0], is_byline=True)
            or names_in(_beside_date(layout, index), is_byline=True)
        ]
        if persons:
            found += persons
            found_at = index
    return found


_CLOCK = re.compile(
    r"\b\d{1,2}[:.h]\d{2}(?::\d{2})?\s?(?:uhr|[ap]\.?m\.?|h|utc|gmt|[ce]e?s?t|ist)?(?![\w])|\b\d{1,3}\s?-?\s?(?:min|minutes?|minuten|comments?|kommentare?)\b(?:\s(?:read|lesezeit|de lecture|de lectura|di lettura))?",
    re.I,
)
_ISO_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?")
_LATER_BY = re.compile(r"(?:^|[\s|])(?:by|von|por|par|da|di|door|przez|av|af)\s{0,9}:?\s{1,9}(?=[^\W\d_])", re.I)
_NAME_AHEAD = re.compile(
    r"(?:[^\W\d_a-zà-ÿ][\w.'’-]*|(?:de|del|della|da|dos|di|la|le|van|der|den|von|zu|al|el|bin|and|und|et|y|e|og|och|ve|&)(?=\s+[^\W\d_a-zà-ÿ]))(?:,?\s+(?:[^\W\d_a-zà-ÿ][\w.'’-]*|(?:de|del|della|da|dos|di|la|le|van|der|den|von|zu|al|el|bin|and|und|et|y|e|og|och|ve|&)(?=\s+[^\W\d_a-zà-ÿ]))){0,9}"
)
_NAME = re.compile(
    r"^[^\W\d_a-zà-ÿ][^\W\d_]*(?:[-'’.][^\W\d_]+|\.)*(?:\s+(?:(?:de|del|della|da|dos|di|la|le|van|der|den|von|zu|al|el|bin)\s+){0,2}[^\W\d_a-zà-ÿ][^\W\d_]*(?:[-'’.][^\W\d_]+|\.)*){1,3}$"
)


def _beside_date(layout: Layout, index: int) -> str:
    """What a line that holds a date says beside it, if that is a byline or a name; a name alone, next to a line with a date; else ""."""
    text = layout.texts[index].split("\n")[0]
    if _without_dates(text) == text:
        beside = [
            layout.texts[i] for i in (index - 1, index + 1) if 0 <= i < len(layout.texts) and len(layout.texts[i]) < 60
        ]
        dated = any(_without_dates(other) != other for other in beside)
        return text if dated and layout.levels[index] == 0 and _NAME.match(text) and not _is_titled(text) else ""
    return _line_beside_date(text)


def _line_beside_date(text: str) -> str:
    bare = _without_dates(text)
    if bare == text:
        return ""
    label = _LATER_BY.search(bare)
    if label:
        said = bare[label.end() :].split("|")[0].strip(" -–—,.")
        name = _NAME_AHEAD.match(said)
        return name[0] if name else f"by {said}" if " " not in said else ""
    parts = [part.strip(" -–—,") for part in bare.split("|")]
    return "|".join(part for part in parts if _NAME.match(part) and not _is_titled(part))


def _is_titled(text: str) -> bool:
    """Words of dates and roles are no name."""
    return any(token.strip(".,") in _CALENDAR for token in fold(text).split()) or _ROLE.search(text) is not None


def _without_dates(text: str) -> str:
    """The text with a bar in the place of each date, clock time and count of minutes."""
    for raw in dates_in_text(text):
        text = text.replace(raw, "|")
    return _CLOCK.sub("|", _ISO_DATE.sub("|", text))


_STRONG_LABEL = re.compile(
    r"^\W{0,40}(?:(?:written|posted|published|story|text|words|article) by|(?:view )?all (?:posts|articles|stories) by|(?:by|author|autor(?:in)?|text)(?=:)|autor(?:in)?|texto|testo|geschrieben von|publiziert .{0,25}von|veröffentlicht .{0,40}von|postato da|escrito por|écrit par|scritto da)\s{0,9}:?\s{1,9}(?=\S)",
    re.I,
)


def _box(layout: Layout, headline: int | None) -> list[Person]:
    """The author's box behind the story: the first short block in an element named author's name, or under such a label."""
    start = (headline or 0) + 1
    for index in range(start, len(layout.texts)):
        text = layout.texts[index]
        if len(text) > 70:
            continue
        names, linked = _place(layout, index, 3)
        label = _STRONG_LABEL.match(text)
        if label and not _FOREIGN.search(names):
            persons = [Person(n) for n in names_in(_without_dates(text[label.end() :]).split("|")[0], is_byline=True)]
            if persons:
                return persons[:5]
        if layout.link_shares[index] == 0 and len(text.split()) > 8:
            continue
        labelled = index > 0 and _LABEL.match(layout.texts[index - 1]) is not None and len(layout.texts[index - 1]) > 4
        if (linked or labelled or _BYLINE_CLASS.search(names)) and not _FOREIGN.search(names):
            persons = [Person(n) for n in names_in(text, is_byline=True) if len(n.split()) > 1]
            if persons:
                return persons[:3]
    return []
