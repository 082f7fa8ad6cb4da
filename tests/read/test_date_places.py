"""Dates that are of something else than the story: of an event, of today, of a change, of a part of the page."""

from datetime import datetime, timezone

import pytest

from newscrawl.article import Page
from newscrawl.dates import parse
from newscrawl.read import open_document
from newscrawl.read.blocks import lay_out
from newscrawl.read.metadata import read_metadata

PARAGRAPH = "<p>The ferry to the island will run twice a day from June, the harbour board said on Monday evening.</p>"
NOW = datetime(2026, 6, 20, 12, tzinfo=timezone.utc)
PLAIN = "https://example.org/ferry"
DATED = "https://example.org/2026/03/04/ferry"


def dates(top: str = "", masthead: str = "", head: str = "", url: str = PLAIN) -> tuple[str | None, str | None]:
    body = f"{masthead}<main><article><h1>Ferry to Run Twice a Day</h1>{top}{PARAGRAPH * 5}</article></main>"
    html = f"<html lang=en><head>{head}</head><body>{body}</body></html>"
    document = open_document(Page(url, html.encode(), fetched_at=NOW))
    found, _ = read_metadata(document, document.stated, lay_out(document.tree))
    published, modified = found.get("date_published"), found.get("date_modified")
    return published and published.strftime("%d %H:%M"), modified and modified.strftime("%d %H:%M")


EVENT = "<p>Repairs to the quay, damaged in the storm of 14 January 2021, were put off for five years.</p>"


@pytest.mark.parametrize(("url", "day"), [(PLAIN, None), (DATED, "04 00:00")])
def test_the_date_of_what_a_sentence_tells(url, day):
    assert dates(EVENT, url=url)[0] == day


@pytest.mark.parametrize(
    "line", ["Published on 4 March 2026 by Anna Holm in Harbours.", "4 March 2026", "Posted 4 March 2026"]
)
def test_a_line_that_says_when(line):
    assert dates(f"<p>{line}</p>")[0] == "04 00:00"


@pytest.mark.parametrize(
    "masthead",
    [
        "<header class='site-header'><i class='date'>Saturday, 20 June 2026</i><a href='/'>Isle</a></header>",
        "<header><time>Saturday, 20 June 2026</time><a href='/'>Isle Post</a></header>",
        "<div class='top-bar'><p>Saturday, 20 June 2026</p></div>",
    ],
)
@pytest.mark.parametrize(("url", "day"), [(PLAIN, None), (DATED, "04 00:00")])
def test_todays_date_in_the_masthead(masthead, url, day):
    assert dates(masthead=masthead, url=url)[0] == day


def test_a_date_above_the_headline_in_the_storys_own_header():
    own = "<header class='entry-header'><p>4 March 2026</p><h1>Ferry to Run Twice a Day</h1></header>"
    assert dates(masthead=own)[0] == "04 00:00"


@pytest.mark.parametrize(
    "top",
    [
        "<p>Updated <time datetime='2026-03-05T09:30Z'>5</time></p><p>Published <time datetime='2026-03-04T08:15Z'>",
        "<p>Published <time datetime='2026-03-04T08:15Z'>4</time>, updated <time datetime='2026-03-05T09:30Z'>5</time>",
    ],
)
def test_labels_before_times(top):
    assert dates(top) == ("04 08:15", "05 09:30")


def test_the_page_rather_than_a_part_of_it():
    post = (
        '{"@type": "BlogPosting", "headline": "Second boat has left", "datePublished": "2026-03-04T18:15Z",'
        f'"image": "/b.jpg", "articleBody": "It left.", "mainEntityOfPage": "{PLAIN}#p2"}}'
    )
    page = '{"@type": "LiveBlogPosting", "headline": "Ferry to Run Twice a Day", "datePublished": "2026-03-04T08:15Z"}'
    head = f'<title>Ferry to Run Twice a Day</title><script type="application/ld+json">[{page}, {post}]</script>'
    assert dates(head=head)[0] == "04 08:15"


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-03-04 08:15 PM", 20),
        ("2026-03-04T08:15:00 am", 8),
        ("2026-03-04 12:15 AM", 0),
        ("2026-03-04 20:15 PM", 20),
    ],
)
def test_halves_of_the_day_after_iso_dates(text, hour):
    moment = parse(text)
    assert moment is not None
    assert moment.hour == hour


LONG = " The harbour board heard the captains for the whole of the evening and put the vote off until the summer." * 3


@pytest.mark.parametrize(
    "sentence",
    [
        "This entry was posted on Wednesday, March 4th, 2026 at 10:05 am and is filed under Ferries, Harbours, Isles.",
        "Dieser Beitrag wurde am Mittwoch, 4. März 2026 um 10:05 Uhr veröffentlicht und unter Fähren gespeichert.",
        "Dieser Artikel wurde am 4. März 2026 um 10:05 von Anna Holm geschrieben und unter Fähren eingeordnet.",
        "Cet article a été publié le 4 mars 2026 à 10h05 et classé dans la catégorie des bateaux et des îles.",
        "Esta entrada fue publicada el 4 de marzo de 2026 a las 10:05 y está archivada en barcos, islas y puertos.",
        "Questo articolo è stato pubblicato il 4 marzo 2026 alle 10:05 e classificato in porti, barche e isole.",
        "Запись опубликована 4 марта 2026 в 10:05 в рубрике о паромах, островах и гаванях нашего края.",
    ],
)
def test_the_sentence_with_which_a_blog_signs_a_story(sentence):
    comments = f"<p>Rolf, 9 March 2026 at 8:00</p><p>{sentence}</p><p>Tom, 10 March 2026</p>"
    assert dates(masthead="", top="", head="")[0] is None
    document = f"{PARAGRAPH * 15}{comments}"
    assert dates(top=document)[0] == "04 10:05"


@pytest.mark.parametrize(
    "start",
    [
        "HALLOWMERE, 4 March 2026 –",
        "Press release of 4 March 2026 | Hallowmere –",
        "LONDON, March 4, 2026 /PRNewswire/ --",
        "(Hallowmere, 4.3.2026)",
        "WASHINGTON, D.C., March 4, 2026 —",
    ],
)
def test_the_dateline_of_a_press_release(start):
    assert dates(f"<p>{start}{LONG}</p>")[0] == "04 00:00"
    assert dates(f"<p>{start}{LONG}</p>", url="https://example.org/2026/03/05/ferry")[0] == "04 00:00"


def test_a_date_at_the_beginning_of_a_sentence_is_no_dateline():
    assert dates(f"<p>On 4 March 2026 the board met.{LONG}</p>")[0] is None


def test_a_date_that_is_a_sentence_at_the_beginning_of_the_story():
    story = PARAGRAPH[3:-4] * 3
    assert dates(f"<p>4 March 2026. {story}</p>")[0] == "04 00:00"
    assert dates(f"<p>4 March 2026 was cold. {story}</p>")[0] is None


def test_the_nearest_line_wins_whether_above_or_below_the_headline():
    other = "<p>The ferry</p>" * 4 + "<p>11 May 2017</p>"
    assert dates(other, masthead="<p>4 March 2026</p>")[0] == "04 00:00"


@pytest.mark.parametrize("label", ["Joined", "Member since", "Mitglied seit"])
def test_when_the_writer_joined_the_site(label):
    time = "<div><time datetime='2026-03-04'>4 March</time></div>"
    assert dates(f"<dl><dt>{label}</dt><dd>11 May 2017</dd></dl>" + "<p>Ferries</p>" * 12 + time)[0] == "04 00:00"


def test_a_date_beside_the_headline_wins_over_times_elsewhere():
    time = "<p>4 March 2026</p>" + "<p>The ferry</p>" * 12 + "<div><time datetime='2025-01-02'>2 January</time></div>"
    assert dates(time)[0] == "04 00:00"


@pytest.mark.parametrize(
    "sentence",
    [
        "This page was last edited on 4 March 2026, at 13:22.",
        "Diese Seite wurde zuletzt am 4. März 2026 um 13:22 Uhr geändert.",
        "Last updated: 4 March 2026 13:22",
    ],
)
def test_the_sentence_with_which_a_wiki_ends_says_when_it_was_changed(sentence):
    top = PARAGRAPH * 12 + f"<p>{sentence}</p>"
    assert dates(top)[1] == "04 13:22"


STATED = '<meta property="article:published_time" content="2026-03-05T02:41:29Z">'


@pytest.mark.parametrize(
    ("line", "offset"),
    [
        ("4 March 2026 22:41", "-0400"),
        ("March 5, 2026 8:11 AM", "+0530"),
        ("5 March 2026 02:41", "+0000"),
        ("4 March 2026", "+0000"),
        ("4 March 2026 22:45", "+0000"),
        ("<i>5 March 2026 02:41</i><p>Updated 5 March 2026 08:41</p>", "+0000"),
    ],
)
def test_the_clock_beside_the_headline_tells_the_offset_of_a_moment_in_utc(line, offset):
    html = f"<html lang=en><head>{STATED}</head><h1>Ferry to Run Twice a Day</h1><p>{line}</p>{PARAGRAPH * 5}</html>"
    document = open_document(Page(PLAIN, html.encode(), fetched_at=NOW))
    found, _ = read_metadata(document, document.stated, lay_out(document.tree))
    assert found["date_published"].strftime("%z") == offset
    assert found["date_published"] == datetime(2026, 3, 5, 2, 41, 29, tzinfo=timezone.utc)


def test_the_dates_of_several_stories_come_after_that_beside_the_headline():
    others = "".join(f"<div><time class='published' datetime='2020-12-0{n}'>{n}</time></div>" for n in (1, 2))
    assert dates("<p>von hanna · 4 March 2026</p>", masthead=others)[0] == "04 00:00"
    assert dates("<p>von hanna</p>", masthead=others[: len(others) // 2])[0] == "01 00:00"


def test_a_date_in_an_attribute_and_in_the_address():
    assert dates("<p>By Anna Holm <time data-published='2026-03-04 09:13:00Z'>Mar 4, 2026</time></p>")[0] == "04 09:13"
    assert dates(url="https://example.org/news/04-03-2026")[0] == "04 00:00"


COMMENT = "<time datetime='2026-03-09T08:00Z'>9 March 2026</time> <p>I like ferries, said Tom.</p>"


@pytest.mark.parametrize(
    "below",
    [
        f"<div id='comments'><div class='comment'>{COMMENT}</div></div>",
        f"<section class='post-comments'><article class='entry'>{COMMENT}</article></section>",
        "<ol class='commentlist'><li><p>Rolf, 9 March 2026 at 8:00</p></li></ol>",
        "<div class='comment' itemscope><time itemprop='datePublished' datetime='2026-03-09'>9 March</time></div>",
        '<script type="application/ld+json">{"@type":"Comment","datePublished":"2026-03-09"}</script>',
        "<footer>Website updated 9 March 2026</footer>",
        "<div class='footer'><p>Last change of the site: 9 March 2026</p></div>",
        "<footer><p><time datetime='2026-03-09'>9 March 2026</time></p></footer>",
    ],
)
def test_the_date_of_a_comment_or_of_the_site_is_not_the_storys(below):
    body = f"<h1>Ferry to Run Twice a Day</h1>{PARAGRAPH * 3}{below}"
    assert dates_of(body)[0] is None
    assert dates_of(f"<article>{body}</article>" if "comment" in below.lower() else body)[0] is None
    assert dates_of(body.replace("</h1>", "</h1><p>4 March 2026</p>"))[0] == "04 00:00"


def dates_of(body: str) -> tuple[str | None, str | None]:
    document = open_document(Page(PLAIN, f"<html lang=en><body>{body}</body></html>".encode(), fetched_at=NOW))
    found, _ = read_metadata(document, document.stated, lay_out(document.tree))
    published, modified = found.get("date_published"), found.get("date_modified")
    return published and published.strftime("%d %H:%M"), modified and modified.strftime("%d %H:%M")


@pytest.mark.parametrize("name", ["today", "todays-date", "current-date", "date-now"])
def test_todays_date_above_the_headline(name):
    line = f"<div class='{name}'>Saturday, 20 June 2026</div>"
    assert dates_of(f"{line}<h1>Ferry to Run Twice a Day</h1>{PARAGRAPH * 3}")[0] is None
    time = f"<time class='{name}' datetime='2026-06-20'>Saturday, 20 June 2026</time>"
    assert dates_of(f"{time}<h1>Ferry to Run Twice a Day</h1>{PARAGRAPH * 3}")[0] is None


@pytest.mark.parametrize(
    "below",
    [
        "<footer>Published on 4 March 2026 by Anna Holm</footer>",
        "<footer class='entry-footer'><p>4 March 2026</p></footer>",
    ],
)
def test_the_storys_own_footer_says_when_it_was_published(below):
    assert dates_of(f"<h1>Ferry to Run Twice a Day</h1>{PARAGRAPH * 3}{below}")[0] == "04 00:00"
    assert dates(f"{PARAGRAPH}{below}")[0] == "04 00:00"


def test_a_story_in_an_element_that_is_named_after_its_comments():
    body = f"<div class='comments-open comments'><h1>Ferry to Run Twice a Day</h1><p>4 March 2026</p>{PARAGRAPH}</div>"
    assert dates_of(body)[0] == "04 00:00"


@pytest.mark.parametrize(
    "line",
    [
        "Born 4 May 1934, died 1 March 2026",
        "* 4. Mai 1934, gestorben am 1. März 2026",
        "Valid until Sunday 7 June 2026",
    ],
)
def test_the_dates_of_a_life_and_the_end_of_something(line):
    assert dates(f"<p>{line}</p>")[0] is None
    assert dates(f"<p>{line}</p><p>Published on Wednesday 4 March 2026</p>")[0] == "04 00:00"


def test_a_line_that_begins_with_published_wins_over_one_without_a_word():
    assert dates("<p>Concert on 1 March 2026</p><p>Published on Wednesday 4 March 2026</p>")[0] == "04 00:00"


def test_a_line_that_also_has_the_number_of_comments():
    assert dates("<div class='byline-comments'>By Anna Holm, 4 March 2026 <a>3</a></div>")[0] == "04 00:00"


@pytest.mark.parametrize(
    ("before", "day"),
    [
        ("<div id='header'><i>Saturday, 20 June 2026</i></div>", None),
        ("<div class='page'><div class='top'><i>Saturday, 20 June 2026</i></div>", None),
        ("<article><div class='header'><i>4 March 2026</i></div>", "04 00:00"),
        ("<div class='story'><div class='top'><i>4 March 2026</i></div>", "04 00:00"),
        ("<div class='header'><i>4 March 2026</i>", "04 00:00"),
    ],
)
def test_the_top_of_the_page_and_of_the_story(before, day):
    assert dates_of(f"{before}<h1>Ferry to Run Twice a Day</h1>{PARAGRAPH * 3}")[0] == day
