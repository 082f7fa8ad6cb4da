"""What on a page may say when its article was published and last modified, each with where it stands.

A date is one that the page states about this article: in JSON-LD, <meta>, microdata, <time>, near the headline or in
the URL. It is never the year of a copyright notice, or the date of a related story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import unquote

from newscrawl.read.date_parsing import BESIDE_HEADLINE, RELATIVE, dates_in
from newscrawl.read.date_places import (
    changes_after_story,
    dateline,
    dates_after_story,
    is_in_masthead,
    is_in_sentence,
    is_of_masthead,
    label_before,
)
from newscrawl.read.layout import Layout
from newscrawl.read.structured import Node, Structured, item_value
from newscrawl.urls import split

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_URL_DATE = re.compile(
    r"(?:^|[/_-])((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2]|[1-9](?=[/_-]))[/_-]?"
    r"(0[1-9]|[12]\d|3[01]|[1-9](?![0-9]))(?=$|[^0-9]|\d{0,2}$)"
)
#: A date in the address with the day first: "/news/29-10-2021".
_URL_DAY_FIRST = re.compile(r"(?:^|[/_-])(0[1-9]|[12]\d|3[01])[-_.](0[1-9]|1[0-2])[-_.](20\d\d)(?!\d)")
#: A timestamp at the beginning of an article's number in the URL: ".../A2026012914320005196".
_URL_TIMESTAMP = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d\d*")
#: Words of "updated" and "modified", in many languages.
_MODIFIED_WORDS = [
    "updat|modif|edited|revis",
    "aktualis|geänd",  # German
    "mise? à jour",  # French
    "actualiz",  # Spanish
    "atualiz",  # Portuguese
    "aggiorn",  # Italian
    "bijgewerkt",  # Dutch
    "zaktual",  # Polish
    "změn",  # Czech
    "frissít",  # Hungarian
    "güncelle",  # Turkish
    "обновл",  # Russian
    "تحديث",  # Arabic
    "更新",  # Chinese and Japanese
    "수정",  # Korean
]
_MODIFIED_WORD = re.compile("|".join(_MODIFIED_WORDS), re.I)
#: Labels of other dates: when the one who wrote joined the site.
_OTHER_LABEL = re.compile(
    r"\W{0,9}(?:joined|member since|registered|mitglied seit|registriert|dabei seit|inscrit|registrado)\b", re.I
)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights|alle rechte|tous droits|derechos|direitos|diritti", re.I)
_DATE_CLASS = re.compile(
    r"(?<![a-z])(date|time|posted|publish(ed)?|timestamp|datum|fecha|meta|byline|entry-meta|postmeta)(?![a-z])"
)
_PUBLISHED_CLASS = re.compile(r"publish|entry-date(?!.*updated)|post-date|created", re.I)
_BOILERPLATE_CLASS = re.compile(
    r"related|comment|sidebar|aside|footer|widget|recommend|teaser|recent|popular|trending|latest|more-|card|promo"
    r"|listing|feed",
    re.I,
)

#: Names of <meta> elements with the date of publication, most trusted first.
_PUBLISHED_META = (
    "article:published_time og:article:published_time og:published_time article:published datepublished "
    "parsely-pub-date sailthru.date publish-date publishdate publish_date publication_date published_time "
    "article.published published_at pubdate dc.date.issued dcterms.created dcterms.issued dcterms.date "
    "citation_publication_date citation_date article:post_date article_date_original cxenseparse:recs:publishtime "
    "rnews:datepublished bt:pubdate dc.date dc.date.created date.created date_published article:created datecreated "
    "created originalpublicationdate iso-8601-publish-date timestamp date displaydate og:regdate last-published "
    "vr:published_time og:pubdate doc_date shareaholic:article_published_time article-publication-date "
    "mediator_published_time og:release_date date_pub dc:date dc.created dc:created dc.issued dc:issued "
    "og:datepublished"
).split()
#: Other names of such elements.
_PUBLISHED_META_NAME = re.compile(
    r"^(?:[a-z]{1,12}[-_.:])?(?:publish(?:ed)?|publication|pub)"
    r"(?:[-_]?(?:date|time|at|on))?(?:[-_]?(?:iso|utc|gmt|time))?$"
)
#: Names of <meta> elements with the date of modification, most trusted first.
_MODIFIED_META = (
    "article:modified_time og:updated_time article:modified datemodified og:modified_time last-modified lastmod "
    "dc.date.modified dcterms.modified article:updated_time updated_time modified_time date_modified article.updated "
    "revised dateupdate cxenseparse:modifiedtime lastmodified dc:modified"
).split()


#: Where a date stands, and its text.
Stated = tuple[str, str]


def states_modified(found: Structured, article: Node) -> Iterator[Stated]:
    """What states when the story was changed, most trusted first."""
    yield from _from("JSON-LD dateModified", _strings(article.get("dateModified")))
    for name in _MODIFIED_META:
        if name in found.meta:
            yield from _from(f"meta {name}", found.meta[name])
    yield from _from("microdata dateModified", map(item_value, found.items.get("datemodified", ())[:3]))
    for node in found.times[:60]:
        if (
            _MODIFIED_WORD.search(label_before(node))
            and not is_of_masthead(node)
            and not _is_in_boilerplate(node, False)
        ):
            yield "<time> after a label", _stated_by(node)


def shows_modified(layout: Layout, headline: int | None) -> Iterator[Stated]:
    """What shows it below the headline, and after the story."""
    yield from _from("line below the headline", _modified_near_headline(layout, headline))
    yield from _from("sentence on the last change", changes_after_story(layout.texts))


def states_published(found: Structured, article: Node, layout: Layout, headline: int | None) -> Iterator[Stated]:
    """What states when the story was published, most trusted first."""
    yield from _from("JSON-LD datePublished", _strings(article.get("datePublished")))
    for name in _PUBLISHED_META:
        if name in found.meta:
            yield from _from(f"meta {name}", found.meta[name])
    yield from _from("microdata datePublished", map(item_value, found.items.get("datepublished", ())[:3]))
    for name, values in found.meta.items():
        if _PUBLISHED_META_NAME.match(name):
            yield from _from(f"meta {name}", values)
    for node in [] if article else found.of_type("webpage"):
        yield from _from("JSON-LD of the page, datePublished", _strings(node.get("datePublished")))
    yield from _from("JSON-LD dateCreated", _strings(article.get("dateCreated")))
    yield from _from("JSON-LD uploadDate", _strings(article.get("uploadDate")))
    marked, others = _in_time_elements(found)
    if len(set(marked)) == 1:  # several are also those of other stories
        yield from _from("<time>", marked)
    yield from _from(BESIDE_HEADLINE, _near_headline(layout, headline))
    yield from _from("<time>", chain(marked if len(set(marked)) > 1 else [], others))
    yield from _from("sentence that signs the story", dates_after_story(layout.texts))


def hints_at_published(
    found: Structured, article: Node, layout: Layout, headline: int | None, url: str
) -> Iterator[Stated]:
    """What hints at it where nothing states it, most trusted first."""
    yield from _from("address", _in_url(url))
    yield from _from("any <time>", _in_any_time_element(found))
    for node in [] if article else found.nodes:
        yield from _from("JSON-LD of something else, datePublished", _strings(node.get("datePublished")))
    yield from _from("short line", _in_short_blocks(layout, headline))


def _from(source: str, values: Iterable[str]) -> Iterator[Stated]:
    return ((source, value) for value in values)


def _strings(value: object) -> list[str]:
    """The texts and numbers of a value of JSON-LD, also of one that is written as {"@value": ...}."""
    values = [
        one.get("@value") if isinstance(one, dict) else one for one in (value if isinstance(value, list) else [value])
    ]
    return [str(one) for one in values if isinstance(one, (str, int, float)) and not isinstance(one, bool)]


def _in_time_elements(found: Structured) -> tuple[list[str], Iterator[str]]:
    """What <time> elements marked as the date of publication state, and those outside of lists and boilerplate."""
    marked, rest = [], []
    for node in found.times[:60]:
        attributes = node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}"
        stated = _stated_by(node)
        if "pubdate" in attributes or _PUBLISHED_CLASS.search(names):
            marked.append(stated)
        elif not _MODIFIED_WORD.search(names) and not is_of_masthead(node):
            rest.append((node, stated))
    return marked, (stated for node, stated in rest[:20] if not _is_in_boilerplate(node))


def _stated_by(node: LexborNode) -> str:
    """The date that an element states: in an attribute, else in its text."""
    attributes = node.attributes
    named = (
        attributes.get(name)
        for name in ("datetime", "content", "data-timestamp", "data-datetime", "data-published", "title")
    )
    return next(filter(None, named), None) or node.text(separator=" ")


def _is_in_boilerplate(node: LexborNode, or_modified: bool = True) -> bool:
    """Whether an element is in a list or boilerplate, or (unless told not to) its text is about a modification."""
    parent, steps, label = node.parent, 0, label_before(node)
    if or_modified and _MODIFIED_WORD.search(label):
        return True
    while parent is not None and steps < 8 and parent.tag not in ("body", "main"):
        names = f"{parent.attributes.get('class') or ''} {parent.attributes.get('id') or ''}"
        if (
            parent.tag in ("aside", "footer", "nav", "li")
            or _BOILERPLATE_CLASS.search(names)
            or (or_modified and not label and _MODIFIED_WORD.search(_start_of_text(parent)))
        ):
            return True
        parent, steps = parent.parent, steps + 1
    return False


def _start_of_text(node: LexborNode) -> str:
    """The first 60 characters of an element's text, without reading the rest."""
    text = ""
    for inner in node.traverse(include_text=True):
        text += inner.text_content or ""
        if len(text) >= 60:
            break
    return text[:60]


def _near_headline(layout: Layout, headline: int | None) -> Iterator[str]:
    """Dates in the short blocks around the headline; those marked as modifications, and relative ones, come last."""
    if headline is None:
        return
    later: list[str] = []
    order = [
        *range(headline + 1, min(headline + 4, len(layout.texts))),
        *range(headline - 1, max(headline - 4, -1), -1),
        *range(headline + 4, min(headline + 12, len(layout.texts))),
        *range(headline - 4, max(headline - 6, -1), -1),
    ]
    for index in order:
        text = layout.texts[index]
        if len(text) > 200 and index > headline:
            later += dateline(text)
        if len(text) > 200 or _COPYRIGHT.search(text) or is_in_masthead(layout, index, headline):
            continue
        label = layout.texts[index - 1] if index and len(layout.texts[index - 1]) < 30 else ""
        exact = layout.attributes[layout.places[index]].get("datetime")  # of a <time>
        for raw in chain([exact] if exact else [], dates_in(text)):
            if is_in_sentence(text, raw):
                continue
            if _OTHER_LABEL.match(label):
                continue
            if _MODIFIED_WORD.search(text[: max(0, text.find(raw))] or label):
                later.append(raw)
            else:
                yield raw
        if len(text) < 60 and (relative := RELATIVE.search(text)):
            later.append(relative[0])
    yield from later


def _modified_near_headline(layout: Layout, headline: int | None) -> Iterator[str]:
    if headline is None:
        return
    for text in layout.texts[headline + 1 : headline + 12]:
        word = _MODIFIED_WORD.search(text) if len(text) < 200 else None
        if word:
            yield from dates_in(text[word.end() :])


def _in_url(url: str) -> Iterator[str]:
    match = _URL_DATE.search(unquote(split(url).path))
    match = match or _URL_TIMESTAMP.search(split(url).path)
    if match:
        yield f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
    elif found := _URL_DAY_FIRST.search(split(url).path):
        yield f"{found[3]}-{found[2]}-{found[1]}"


def _in_any_time_element(found: Structured) -> Iterator[str]:
    for node in found.times[:10]:
        if not is_of_masthead(node):
            yield _stated_by(node)


def _in_short_blocks(layout: Layout, headline: int | None) -> Iterator[str]:
    """The last resort: dates in blocks with a class that means a date, then in any short block.

    Copyright notices do not count.
    """
    others = []
    for index, text in enumerate(layout.texts[:400]):
        if len(text) > 120 or _COPYRIGHT.search(text):
            continue
        dates = [raw for raw in dates_in(text) if not is_in_sentence(text, raw)]
        if dates and not is_in_masthead(layout, index, headline):
            element = layout.places[index]
            class_names = " ".join(
                (layout.attributes[e].get("class") or "") for e in (element, layout.parents[element]) if e >= 0
            ).lower()
            if _DATE_CLASS.search(class_names):
                yield from dates
            else:
                others += dates
    yield from others
