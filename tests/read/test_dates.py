"""Dates: how they are parsed, and which date of a page is the article's."""

from datetime import datetime, timedelta, timezone

import pytest

from newscrawl import extract, record
from newscrawl.read.date_parsing import parse_date
from newscrawl.text import UNSTATED
from tests.support.story_page import BODY, URL, page


def test_a_date_keeps_its_offset_and_none_is_invented():
    assert parse_date("2026-11-02T08:00:00+05:30").utcoffset() == timedelta(hours=5, minutes=30)
    assert parse_date("2026-11-02 08:00").tzinfo is UNSTATED
    assert parse_date("Mon, 02 Nov 2026 08:00:00 GMT") == datetime(2026, 11, 2, 8, tzinfo=timezone.utc)
    assert parse_date("2. November 2026", "de").date().isoformat() == "2026-11-02"
    assert parse_date("le 2 novembre 2026 à 8h30", "fr").strftime("%Y-%m-%d %H:%M") == "2026-11-02 08:30"
    assert parse_date("02/11/2026", "es").date().isoformat() == "2026-11-02"
    assert parse_date("11/02/2026", "en-US").date().isoformat() == "2026-11-02"
    assert parse_date("2026年11月2日").date().isoformat() == "2026-11-02"
    assert parse_date("12") is None and parse_date("next week") is None and parse_date("2026-13-40") is None


def test_a_relative_date_is_counted_from_the_fetch_and_ignored_without_one():
    now = datetime(2026, 11, 2, 12, tzinfo=timezone.utc)
    html = page("<p>3 hours ago</p>" + BODY)
    article = extract(html, URL, fetched_at=now)
    assert article.date_published == datetime(2026, 11, 2, 9, tzinfo=timezone.utc)
    assert extract(html, URL).date_published is None


def test_no_date_is_taken_from_a_copyright_notice_or_the_future():
    html = page(
        BODY + "<footer>© 2019 Velmora Times. All rights reserved 1 May 2019</footer>",
        '<meta property="article:published_time" content="2190-01-01T00:00:00Z">',
    )
    assert extract(html, URL).date_published is None


def published(body: str, head: str = "", url: str = URL) -> datetime | None:
    return extract(page(body + BODY, head), url).date_published


def test_a_local_time_that_is_stated_as_utc_gets_the_offset_that_the_page_shows_beside_the_same_clock_time():
    head = '<meta property="article:published_time" content="2026-03-05T14:50:00+00:00">'
    assert published("<p>March 5, 2026 2:50PM ET</p>", head).utcoffset() == timedelta(hours=-5)
    assert published('<time datetime="2026-03-05T14:50:00+09:00">5 March</time>', head).utcoffset() == timedelta(
        hours=9
    )
    listed = '<ul><li><time datetime="2026-03-05T14:50:00+09:00">2026.03.05 14:50</time></li></ul>'
    assert published(listed, head).utcoffset() == timedelta(hours=9)
    assert published("<p>March 5, 2026 9:50AM ET</p>", head).utcoffset() == timedelta(0)
    assert published("<p>March 5, 2026 2:50PM</p>", head).utcoffset() == timedelta(0)


def test_the_date_of_the_webpage_where_no_article_is_stated():
    node = '{"@type":"WebPage","datePublished":"2026-03-05T14:50:00+01:00"}'
    head = f'<script type="application/ld+json">{node}</script>'
    event = "<p>Until 23 March 2026</p>"
    assert published(event, head) == datetime(2026, 3, 5, 14, 50, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("line", "clock", "offset"),
    [
        ("<p>Thu 5 Mar 2026 9.10pm</p>", "21:10", None),
        ("<p>Thu 5 Mar 2026 9.10 pm</p>", "21:10", None),
        ("<p>Thu 5 Mar 2026 9.10 p.m. | News</p>", "21:10", None),
        ("<time>Thursday 5 March 2026 09.10pm GMT</time>", "21:10", "+00:00"),
        ("<p>5 March 2026, 12.05am</p>", "00:05", None),
        ("<p>March 5, 2026 9:10p</p>", "21:10", None),
        ("<p>5 Mart 2026 ÖS 9:10</p>", "21:10", None),
        ("<p>5 मार्च 2026 रात 9:10 बजे</p>", "21:10", None),
        ("<p>9.10pm, 5 March 2026</p>", "21:10", None),
        ("<p>9.10pm on 5 March 2026</p>", "21:10", None),
        ("<p>14:10 5/3/2026 GMT+7</p>", "07:10", "+07:00"),
        ("<p>2026-03-05T21:10Z</p>", "21:10", "+00:00"),
        ("<p>20260305T211000</p>", "21:10", None),
    ],
)
def test_the_time_of_day_and_the_offset_of_a_visible_line(line, clock, offset):
    html = page(line + BODY, attributes='lang="en-GB"')
    written = record(extract(html, URL))
    assert written["datePublished"] == f"2026-03-05T{clock}:00Z"
    assert written["datePublishedOffset"] == offset
