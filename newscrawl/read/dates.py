"""When an article was published and last changed.

A date is what the page states of this article: JSON-LD, <meta>, microdata, <time>, the line by the
headline, the address. Never the copyright year, a related story's date, or a time to come. An offset that
is not stated is not invented: such dates carry `newscrawl.text.UNSTATED`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from newscrawl.read.structured import Node, Structured, item_value
from newscrawl.text import UNSTATED

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from newscrawl.read.layout import Layout

Stated = tuple[datetime, str]

_ISO = re.compile(
    r"^\s{0,9}(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?\s{0,9}(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?\s{0,9}$",
    re.I,
)
_IN_TEXT = re.compile(
    r"(?<!\d)(?:\d{4}\s?[-./年년]\s?\d{1,2}\s?[-./月월]\s?\d{1,2}(?!\d)\s?[日일]?"
    r"|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})(?![\d./-])"
    r"|\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?(?:\s+de|\s+of)?\s+[^\W\d_]{3,12}\.?,?(?:\s+del?|\s+of)?\s+\d{4}(?!\d)"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}(?!\d))"
    r"(?:\D{0,12}?\d{1,2}[:h.]\d{2}(?!\d)(?::\d{2})?(?:\s?[ap]\.?m\.?)?)?(?:\s*(?:UTC|GMT|Z)?[+-]\d{2}:?\d{2})?",
    re.I,
)
_NUMERIC = re.compile(
    r"^(\d{1,4})\s?[-./年년]\s?(\d{1,2})\s?[-./月월]\s?(\d{1,4})\s?[日일]?(?:\D+?(\d{1,2})[:h.](\d{2}))?"
)
_URL_DATE = re.compile(
    r"(?:^|[/_-])((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2]|[1-9](?=[/_-]))[/_-]?(0[1-9]|[12]\d|3[01]|[1-9](?![0-9]))(?=$|[^0-9]|\d{0,2}$)"
)
#: A moment inside a number that names the article: ".../A2026012914320005196".
_URL_STAMP = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d\d*")
#: Names of <meta> that say it in other words than those of `PUBLISHED_META`.
_PUBLISHED_NAME = re.compile(
    r"^(?:[a-z]{1,12}[-_.:])?(?:publish(?:ed)?|publication|pub)(?:[-_]?(?:date|time|at|on))?(?:[-_]?(?:iso|utc|gmt|time))?$"
)
_RELATIVE = re.compile(
    r"\b(\d{1,9}|an?|ein(?:er|em)?|une?|un[ao]?)\s{1,9}(second|minute|hour|day|week|sekunde|minute|stunde|tag|woche|seconde|heure|jour|semaine|segundo|minuto|hora|d[ií]a|semana|ora|or[ae]|giorn[oi]|dia|saat|dakika|gün)\w{0,40}\s{0,9}(ago|önce|fa|atr[áa]s)\b"
    r"|\b(?:vor|il y a|hace|há)\s{1,9}(\d{1,9}|ein(?:er|em)?|une?|un[ao]?)\s{1,9}\w+",
    re.I,
)
_ZONES = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "IST": 5.5, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11}  # fmt: skip
_MODIFIED_WORD = re.compile(
    r"updat|modif|aktualis|geänd|edited|revis|mise? à jour|mis à jour|modificat|actualiz|atualiz|aggiorn|bijgewerkt|güncelle|обновл|更新|تحديث|수정|zaktual|změn|frissít",
    re.I,
)

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished", "parsely-pub-date", "sailthru.date", "publish-date",
    "publishdate", "publish_date", "publication_date", "published_time", "article.published", "published_at", "pubdate", "dc.date.issued", "dcterms.created", "dcterms.issued", "dcterms.date",
    "citation_publication_date", "citation_date", "article:post_date", "article_date_original", "cxenseparse:recs:publishtime", "rnews:datepublished", "bt:pubdate",
    "dc.date", "dc.date.created", "date.created", "date_published", "article:created", "datecreated", "created", "originalpublicationdate", "iso-8601-publish-date", "timestamp", "date", "displaydate", "og:regdate",
    "last-published", "vr:published_time", "og:pubdate", "doc_date", "shareaholic:article_published_time", "article-publication-date", "mediator_published_time", "og:release_date", "date_pub", "dc:date", "dc.created",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time", "og:updated_time", "article:modified", "datemodified", "og:modified_time", "last-modified", "lastmod", "dc.date.modified", "dcterms.modified",
    "article:updated_time", "updated_time", "modified_time", "date_modified", "article.updated", "revised", "dateupdate", "cxenseparse:modifiedtime",
)  # fmt: skip


def parse_date(raw: str, language: str | None = None, now: datetime | None = None) -> datetime | None:
    """A stated date as an aware datetime; None for what is none.

    raw: ISO 8601, RFC 2822, a Unix time in seconds or milliseconds, or words in `language`. now: what relative
    dates are counted from; without it they are not understood.
    """
    raw = raw.strip()
    if not 6 <= len(raw) <= 80:
        return None
    if raw.isdigit() and len(raw) in (10, 13):
        return datetime.fromtimestamp(int(raw[:10]), timezone.utc)
    iso = _ISO.match(raw)
    if iso:
        return _from_iso(iso)
    if re.match(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", raw):
        return (
            parse_date(
                re.sub(r"\[[^\]]{0,99}\]|\s{0,9}\([^)]{0,99}\)|(?<=[+-]\d\d:\d\d)\s.*$", "", raw[:19]), language, now
            )
            if len(raw) > 19
            else None
        )
    try:
        moment = parsedate_to_datetime(raw)
        return moment if moment.tzinfo else moment.replace(tzinfo=UNSTATED)
    except (ValueError, TypeError, IndexError):
        pass
    zone = re.search(r"\b([A-Z]{3,4})\b", raw)
    offset = timezone(timedelta(hours=_ZONES[zone[1]])) if zone and zone[1] in _ZONES else None
    worded = _numeric(raw, language) or _in_words(raw, language, now)
    if worded is not None and offset is not None and worded.tzinfo is UNSTATED and (worded.hour or worded.minute):
        return worded.replace(tzinfo=offset)
    return worded


def _from_iso(match: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second, _, zone = match.groups()
    try:
        moment = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0) % 24,
            int(minute or 0),
            min(int(second or 0), 59),
            tzinfo=UNSTATED,
        )
    except ValueError:
        return None
    if zone and hour:
        if zone.upper() in ("Z", "UTC", "GMT"):
            return moment.replace(tzinfo=timezone.utc)
        sign, digits = (-1 if zone[0] == "-" else 1), zone[1:].replace(":", "").ljust(4, "0")
        delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        if delta <= timedelta(hours=15):
            return moment.replace(tzinfo=timezone(sign * delta))
    return moment


def _numeric(raw: str, language: str | None) -> datetime | None:
    match = _NUMERIC.match(raw)
    if not match:
        return None
    a, b, c, hour, minute = (int(g) if g else 0 for g in match.groups())
    if a > 31:
        year, month, day = a, b, c
    else:
        year, month, day = (c if c > 99 else 2000 + c), b, a
        if (language or "").lower() in ("en-us", "en") and a <= 12 and raw[1:3].strip("0123456789") in ("/", "-"):
            month, day = a, b
        if month > 12 >= day:
            month, day = day, month
    rest = raw[match.end() : match.end() + 6].lower()
    if hour < 12 and re.match(r"\s?p\.?m", rest):
        hour += 12
    elif hour == 12 and re.match(r"\s?a\.?m", rest):
        hour = 0
    try:
        return datetime(year, month, day, hour if hour < 24 else 0, minute if minute < 60 else 0, tzinfo=UNSTATED)
    except ValueError:
        return None


def _in_words(raw: str, language: str | None, now: datetime | None) -> datetime | None:
    has_year = re.search(r"(?<!\d)(19|20)\d{2}(?!\d)", raw)
    is_relative = now is not None and _RELATIVE.search(raw)
    if not (has_year and re.search(r"[^\W\d_]{2,}", raw)) and not is_relative:
        return None
    import dateparser  # takes a third of a second to load: only for pages that state no better date

    settings: dict[str, object] = {"RETURN_AS_TIMEZONE_AWARE": False, "STRICT_PARSING": not is_relative}
    if now is not None:
        settings["RELATIVE_BASE"] = now.replace(tzinfo=None)
    short = (language or "").lower().split("-")[0].split("_")[0]
    for languages in (
        [short] if short else [],
        ["en"],
        ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru", "sv", "cs", "da", "fi", "el"],
    ):
        if not languages:
            continue
        try:
            moment: datetime | None = dateparser.parse(raw, languages=languages, settings=settings)
        except Exception:  # an unknown language, or a date that trips the library: the next attempt
            continue
        if moment is not None:
            if is_relative and now is not None:
                return moment.replace(tzinfo=now.tzinfo, microsecond=0)
            return moment if moment.tzinfo else moment.replace(tzinfo=UNSTATED, microsecond=0)
    return None


def dates_in_text(text: str) -> Iterator[str]:
    """The parts of a text that read like a date."""
    for match in _IN_TEXT.finditer(text[:400]):
        yield match[0]


def read_dates(
    found: Structured,
    article: Node,
    layout: Layout,
    headline: int | None,
    url: str,
    language: str | None,
    now: datetime | None,
) -> tuple[Stated | None, Stated | None]:
    """Published and modified, each with the raw words of the page."""
    limit = (now or datetime.now(timezone.utc)) + timedelta(days=1)

    def first(values: Iterable[str]) -> Stated | None:
        for raw in values:
            moment = parse_date(raw, language, now)
            if moment is not None and moment.year >= 1990 and moment <= limit:
                return moment, raw.strip()
        return None

    def strings(value: object) -> list[str]:
        values = value if isinstance(value, list) else [value]
        return [v for v in values if isinstance(v, str)]

    modified = (
        first(strings(article.get("dateModified")))
        or first(v for name in MODIFIED_META for v in found.meta.get(name, ()))
        or first(item_value(n) for n in found.items.get("datemodified", ())[:3])
    )
    published = (
        first(strings(article.get("datePublished")))
        or first(v for name in PUBLISHED_META for v in found.meta.get(name, ()))
        or first(item_value(n) for n in found.items.get("datepublished", ())[:3])
        or first(v for name, values in found.meta.items() if _PUBLISHED_NAME.match(name) for v in values)
        or first(strings(article.get("dateCreated")) + strings(article.get("uploadDate")))
        or first(_marked_times(found))
    )
    if published is None:
        published = first(_near(layout, headline)) or first(_url_date(url)) or first(_loose(found))
        if published is None:
            nodes = [v for node in found.nodes if not article for v in strings(node.get("datePublished"))]
            published = first(nodes) or first(_anywhere(layout)) or modified
    if modified is None:
        modified = first(_modified_near(layout, headline))
    if published and modified and modified[0] < published[0] and modified[0].date() != published[0].date():
        modified = None
    return published, modified


_FOREIGN_PLACE = re.compile(
    r"related|comment|sidebar|aside|footer|widget|recommend|teaser|recent|popular|trending|latest|more-|card|promo|listing|feed",
    re.I,
)


def _marked_times(found: Structured) -> Iterator[str]:
    """<time> elements that are marked as the date of publication, then those that stand outside of lists and boxes."""
    rest = []
    for node in found.times[:60]:
        attributes = node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}"
        stated = attributes.get("datetime") or attributes.get("content") or node.text(separator=" ")
        if "pubdate" in attributes or re.search(r"publish|entry-date(?!.*updated)|post-date|created", names, re.I):
            yield stated
        elif not _MODIFIED_WORD.search(names):
            rest.append((node, stated))
    for node, stated in rest[:20]:
        parent, steps, foreign = node.parent, 0, False
        while parent is not None and steps < 8 and not foreign and parent.tag not in ("body", "main"):
            names = f"{parent.attributes.get('class') or ''} {parent.attributes.get('id') or ''}"
            foreign = (
                parent.tag in ("aside", "footer", "nav", "li")
                or bool(_FOREIGN_PLACE.search(names))
                or bool(_MODIFIED_WORD.search(_opening(parent)))
            )
            parent, steps = parent.parent, steps + 1
        if not foreign:
            yield stated


def _opening(node: LexborNode) -> str:
    """The first 60 characters of a node's text; no more of it is read."""
    text = ""
    for inner in node.traverse(include_text=True):
        text += inner.text_content or ""
        if len(text) >= 60:
            break
    return text[:60]


def _near(layout: Layout, headline: int | None) -> Iterator[str]:
    """Dates written in the few short blocks around the headline; those marked as updates last."""
    if headline is None:
        return
    later: list[str] = []
    order = [
        *range(headline + 1, min(headline + 12, len(layout.texts))),
        *range(headline - 1, max(headline - 6, -1), -1),
    ]
    for index in order:
        text = layout.texts[index]
        if len(text) > 200 or _COPYRIGHT.search(text):
            continue
        label = layout.texts[index - 1] if index and len(layout.texts[index - 1]) < 30 else ""
        for raw in dates_in_text(text):
            if _MODIFIED_WORD.search(text[: text.find(raw)] or label):
                later.append(raw)
            else:
                yield raw
        if _RELATIVE.search(text) and len(text) < 60:
            later.append(_RELATIVE.search(text)[0])  # type: ignore[index]
    yield from later


def _modified_near(layout: Layout, headline: int | None) -> Iterator[str]:
    if headline is None:
        return
    for text in layout.texts[headline + 1 : headline + 12]:
        word = _MODIFIED_WORD.search(text) if len(text) < 200 else None
        if word:
            yield from dates_in_text(text[word.end() :])


def _url_date(url: str) -> Iterator[str]:
    match = _URL_DATE.search(unquote(urlsplit(url).path))
    match = match or _URL_STAMP.search(urlsplit(url).path)
    if match:
        yield f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"


def _loose(found: Structured) -> Iterator[str]:
    for node in found.times[:10]:
        yield node.attributes.get("datetime") or node.text(separator=" ")


_DATE_CLASS = re.compile(
    r"(?<![a-z])(date|time|posted|publish(ed)?|timestamp|datum|fecha|meta|byline|entry-meta|postmeta)(?![a-z])"
)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights|alle rechte|tous droits|derechos|direitos|diritti", re.I)


def _anywhere(layout: Layout) -> Iterator[str]:
    """Last resort: a date in a short block of the page whose class names a date, then in any short block; no copyright line."""
    plain = []
    for index, text in enumerate(layout.texts[:400]):
        if len(text) > 120 or _COPYRIGHT.search(text):
            continue
        raws = list(dates_in_text(text))
        if raws:
            element = layout.places[index]
            names = " ".join(
                (layout.attributes[e].get("class") or "") for e in (element, layout.parents[element]) if e >= 0
            ).lower()
            if _DATE_CLASS.search(names):
                yield from raws
            else:
                plain += raws
    yield from plain
