"""What on a page may say when its article was published and last modified, each with where it stands.

A date is one that the page states about this article: in JSON-LD, <meta>, microdata, <time>, near the headline or in
the URL. It is never the year of a copyright notice, or the date of a related story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import unquote

from newscrawl.read.date_parsing import BESIDE_HEADLINE, dates_in
from newscrawl.read.date_places import (
    changes_after_story,
    dates_after_story,
    is_in_sentence,
    is_of_masthead,
    label_before,
)
from newscrawl.read.date_wording import COPYRIGHT, MODIFIED_WORD, is_of_other
from newscrawl.read.dates_near_headline import modified_near_headline, near_headline
from newscrawl.read.foreign_places import is_foreign, is_of_comment
from newscrawl.read.layout import Layout
from newscrawl.read.structured import Node, Structured, item_value, types
from newscrawl.read.time_elements import in_any_time_element, in_time_elements, is_in_boilerplate, stated_by
from newscrawl.urls import split

_URL_DATE = re.compile(
    r"(?:^|[/_-])((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2]|[1-9](?=[/_-]))[/_-]?"
    r"(0[1-9]|[12]\d|3[01]|[1-9](?![0-9]))(?=$|[^0-9]|\d{0,2}$)"
)
#: A date in the address with the day first: "/news/29-10-2021".
_URL_DAY_FIRST = re.compile(r"(?:^|[/_-])(0[1-9]|[12]\d|3[01])[-_.](0[1-9]|1[0-2])[-_.](20\d\d)(?!\d)")
#: A timestamp at the beginning of an article's number in the URL: ".../A2026012914320005196".
_URL_TIMESTAMP = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d\d*")
_DATE_CLASS = re.compile(
    r"(?<![a-z])(date|time|posted|publish(ed)?|timestamp|datum|fecha|meta|byline|entry-meta|postmeta)(?![a-z])"
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


#: The types of JSON-LD nodes that are what a reader wrote about the story.
_COMMENT_TYPES = frozenset({"comment", "usercomments", "answer"})

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
        if MODIFIED_WORD.search(label_before(node)) and not is_of_masthead(node) and not is_in_boilerplate(node, False):
            yield "<time> after a label", stated_by(node)


def shows_modified(layout: Layout, headline: int | None) -> Iterator[Stated]:
    """What shows it below the headline, and after the story."""
    yield from _from("line below the headline", modified_near_headline(layout, headline))
    yield from _from("sentence on the last change", changes_after_story(layout.texts))


def states_published(found: Structured, article: Node, layout: Layout, headline: int | None) -> Iterator[Stated]:
    """What states when the story was published, most trusted first."""
    yield from _from("JSON-LD datePublished", _strings(article.get("datePublished")))
    for name in _PUBLISHED_META:
        if name in found.meta:
            yield from _from(f"meta {name}", found.meta[name])
    yield from _from("microdata datePublished", _in_items(found))
    for name, values in found.meta.items():
        if _PUBLISHED_META_NAME.match(name):
            yield from _from(f"meta {name}", values)
    for node in [] if article else found.of_type("webpage"):
        yield from _from("JSON-LD of the page, datePublished", _strings(node.get("datePublished")))
    yield from _from("JSON-LD dateCreated", _strings(article.get("dateCreated")))
    yield from _from("JSON-LD uploadDate", _strings(article.get("uploadDate")))
    marked, others = in_time_elements(found)
    if len(set(marked)) == 1:  # several are also those of other stories
        yield from _from("<time>", marked)
    yield from _from(BESIDE_HEADLINE, near_headline(layout, headline))
    yield from _from("<time>", chain(marked if len(set(marked)) > 1 else [], others))
    yield from _from("sentence that signs the story", dates_after_story(layout.texts))


def hints_at_published(
    found: Structured, article: Node, layout: Layout, headline: int | None, url: str
) -> Iterator[Stated]:
    """What hints at it where nothing states it, most trusted first."""
    yield from _from("address", _in_url(url))
    yield from _from("any <time>", in_any_time_element(found))
    for node in [] if article else found.nodes:
        if types(node) & _COMMENT_TYPES:
            continue
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


def _in_items(found: Structured) -> Iterator[str]:
    """What the first properties of microdata state that are not those of a comment."""
    return (item_value(node) for node in found.items.get("datepublished", ())[:3] if not is_of_comment(node))


def _in_url(url: str) -> Iterator[str]:
    match = _URL_DATE.search(unquote(split(url).path))
    match = match or _URL_TIMESTAMP.search(split(url).path)
    if match:
        yield f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
    elif found := _URL_DAY_FIRST.search(split(url).path):
        yield f"{found[3]}-{found[2]}-{found[1]}"


def _in_short_blocks(layout: Layout, headline: int | None) -> Iterator[str]:
    """The last resort: dates in blocks with a class that means a date, then in any short block.

    Copyright notices do not count.
    """
    others = []
    for index, text in enumerate(layout.texts[:400]):
        if len(text) > 120 or COPYRIGHT.search(text):
            continue
        dates = [raw for raw in dates_in(text) if not is_in_sentence(text, raw) and not is_of_other(text, raw)]
        if dates and not is_foreign(layout, index, headline):
            element = layout.places[index]
            class_names = " ".join(
                (layout.attributes[e].get("class") or "") for e in (element, layout.parents[element]) if e >= 0
            ).lower()
            if _DATE_CLASS.search(class_names):
                yield from dates
            else:
                others += dates
    yield from others
