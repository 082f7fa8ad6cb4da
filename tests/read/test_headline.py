"""The headline on pages whose <h1> or <title> has more, or other things, than the story's title."""

import pytest

from newscrawl import extract
from newscrawl.article import Page
from newscrawl.read import open_document
from newscrawl.read.blocks import lay_out
from newscrawl.read.metadata import read_metadata
from tests.support.story_page import URL, page

STORY = "<p>The ferry to the island will run twice a day from June, the harbour board said on Monday.</p>" * 4
TITLE = "Ferry to Run Twice a Day"


def headline(head: str, body: str, url: str = "https://example.org/ferry") -> str | None:
    document = open_document(Page(url, f"<html><head>{head}</head><body>{body}{STORY}</body></html>".encode()))
    found, _ = read_metadata(document, document.stated, lay_out(document.tree))
    return found.get("headline")


@pytest.mark.parametrize(
    ("title", "logo"),
    [
        (f"{TITLE} | The Island Post", "<h1 class='logo'><a href='/'>The Island Post</a></h1>"),
        (f"{TITLE} – The Island Post", "<h1><a href='/'>The Island Post</a></h1>"),
        (f"The Island Post: {TITLE}", "<div id='brand'>The Island Post</div>"),
        (f"The Island Post - {TITLE}", "<h1 class='sr-only'>The Island Post</h1>"),
        (TITLE, "<h1 id='site-title'>The Island Post</h1>"),
    ],
)
def test_the_logo_is_no_headline(title, logo):
    assert headline(f"<title>{title}</title>", f"<header>{logo}</header><h2>{TITLE}</h2>") == TITLE


def test_the_part_of_a_title_that_the_page_shows_alone_stays():
    head = "<title>Lease or Loan » The great comparison | moneypost.example</title>"
    assert headline(head, "<h1>Lease or Loan</h1><h2>The great comparison</h2>") == "Lease or Loan"


@pytest.mark.parametrize("h1", ["<span>Harbour</span><span>{}</span>", "<span>{}</span><span>The Island Post</span>"])
def test_what_touches_the_title_is_not_of_it(h1):
    head = f"<title>{TITLE} | The Island Post</title>"
    assert headline(head, f"<h1>{h1.format(TITLE)}</h1>") == TITLE


def test_a_site_name_that_touches_the_title_of_a_page_without_another():
    title = f"<title>{TITLE} » Local » News » Post</title>"
    head = title + "<meta property='og:site_name' content='Isle Post'>"
    assert headline(head, f"<h1>{TITLE}Isle Post</h1>") == TITLE


def test_a_stated_title_that_is_cut_does_not_cut_the_headline():
    head = f"<meta property='og:title' content='{TITLE[:-2]}'>"
    assert headline(head, f"<h1>{TITLE}</h1>") == TITLE


@pytest.mark.parametrize("title", ["渡轮六月起每天往返两次_本地新闻_海岛网", "渡轮六月起每天往返两次_海岛网"])
def test_channel_and_site_after_a_chinese_title(title):
    assert headline(f"<title>{title}</title>", "") == "渡轮六月起每天往返两次"


def test_a_heading_with_which_the_title_begins():
    body = "<h1>Islandpost</h1><h3>The ferry to the island runs twice</h3>"
    title = "The ferry to the island runs twice : Islandpost | All about ferries | Since 2005"
    assert headline(f"<title>{title}</title>", body) == "The ferry to the island runs twice"


def test_a_heading_that_ends_with_the_title():
    body = "<h2>News of the day</h2><h3>Hallowmere - The ferry to the island runs twice</h3>"
    assert headline("<title>The ferry to the island runs twice</title>", body) == "The ferry to the island runs twice"


def test_the_only_h1_wins_over_a_title_for_search_engines():
    head = "<title>Best boats of 2026 compared and priced</title>"
    only = "<h1>How to choose a ferry for the whole family</h1>"
    assert headline(head, only) == "How to choose a ferry for the whole family"
    slogan = "<h1>All about harbours with ferries</h1><h2>Best boats of 2026 compared and priced</h2>"
    assert headline(head, slogan) == "Best boats of 2026 compared and priced"


@pytest.mark.parametrize(
    "number",
    [
        " (1/2 ページ)",
        "（1/2 ページ）",
        " (page 2 of 3)",
        " - Seite 2",
        " | Page 2/4",
        " (Seite 1 von 3)",
        " - Página 2 de 3",
    ],
)
def test_the_number_of_a_page_is_no_part_of_the_headline(number):
    assert headline("", f"<h1>{TITLE}{number}</h1>") == TITLE
    assert headline(f"<title>{TITLE}{number}</title>", "") == TITLE


@pytest.mark.parametrize(
    "title", ["Ferries of the Isles (Part 2)", "All Goals of the Season 2025/26", "Isles win (3/4)th"]
)
def test_other_numbers_stay(title):
    assert headline("", f"<h1>{title}</h1>") == title


def test_a_site_name_with_a_separator_in_it_is_no_headline():
    head = "<title>Ferry News | Isle the Ferry – Webcomic</title>"
    assert headline(head, "<h1>Isle the Ferry – Webcomic</h1><h1>Ferry News</h1>") == "Ferry News"


def test_a_heading_that_is_a_whole_title_wins_over_one_that_is_like_its_part():
    head = f"<title>Example Signal 18 – {TITLE}</title>"
    assert headline(head, f"<h1>Example Signal 18 – {TITLE}</h1><h1>To Run Twice a Day</h1>") == TITLE


def test_the_name_of_the_site_after_the_heading():
    head = f"<title>{TITLE} – Isle Post</title><meta property='og:site_name' content='Isle Post'>"
    assert headline(head, f"<h1>{TITLE} – Isle Post</h1>") == TITLE


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("渡轮六月起每天往返两次！-海岛网", "渡轮六月起每天往返两次！"),
        ("渡轮六月起每天往返两次：上海-北京", "渡轮六月起每天往返两次：上海-北京"),
        ("渡し船が一日二往復になる「フェリー」:example日誌", "渡し船が一日二往復になる「フェリー」"),
    ],
)
def test_a_name_that_touches_a_chinese_or_japanese_title(title, expected):
    assert headline(f"<title>{title}</title>", "", "https://example.org/ferry") == expected


@pytest.mark.parametrize("title", ["Lessons Learned: The lean ferry", "The lean ferry | Lessons Learned"])
def test_what_stands_beside_a_stated_title_in_another_is_no_headline(title):
    head = f"<meta property='og:title' content='The lean ferry'><title>{title}</title>"
    assert headline(head, "<h1>Lessons Learned</h1><h3>The lean ferry</h3>") == "The lean ferry"


def test_a_lower_heading_that_is_the_title_wins_over_an_h1_that_is_hardly_like_it():
    head = f"<title>{TITLE}</title>"
    assert headline(head, f"<h1>Ferry Day</h1><h2>{TITLE}</h2>") == TITLE
    assert headline(head, f"<h1>{TITLE} From June</h1><h2>{TITLE}</h2>").startswith(f"{TITLE} From")


def test_the_longer_of_two_headings_that_are_stated_titles():
    head = f"<meta property='og:title' content='{TITLE}'><title>News - Example</title>"
    assert headline(head, f"<h1>News</h1><h1>{TITLE}</h1>") == TITLE


@pytest.mark.parametrize("tail", ["Opinion", "Harbours, Boats & Ferries"])
def test_what_follows_a_bar_in_a_heading_that_is_the_whole_title(tail):
    assert headline(f"<title>{TITLE} | {tail}</title>", f"<h1>{TITLE} | {tail}</h1>") == TITLE


def test_the_archive_of_a_blog_in_a_title():
    head = f"<title>Isle Post » Blog Archive » {TITLE}</title>"
    assert headline(head, "<h1>Isle Post</h1>", "https://islepost.example/ferry") == TITLE


def test_of_two_headings_that_are_as_like_the_title_the_first_wins():
    head = "<title>The ferry stops at noon and the bridge opens</title>"
    first, second = "The ferry stops at noon and sleeps", "The ferry stops at noon and snores"
    assert headline(head, f"<h1>{first}</h1><h1>{second}</h1><p>It was the last one.</p>") == first


@pytest.mark.parametrize(("words", "is_cut"), [(6, True), (7, False)])
def test_a_section_of_up_to_six_words_after_a_bar(words, is_cut):
    section = " ".join(["Harbour", "News", "and", "Views", "of", "Today", "Again"][:words])
    title = "The ferry stops at noon"
    found = headline(f"<meta property=og:title content='{title}'>", f"<h1>{title} | {section}</h1><p>It ends.</p>")
    assert (found == title) is is_cut


SHORT = [
    "Storm hits",
    "Storm hits Isle",
    "北沼岛渡轮冬季继续运营",
    "渡轮因风暴停运",
    "フェリー、冬も運航へ",
    "북섬 여객선 운항",
]


@pytest.mark.parametrize("title", ["", "<title>Aldmouth Echo</title>", "<title>北沼日报新闻网</title>"])
@pytest.mark.parametrize("heading", SHORT)
def test_a_short_heading_above_the_story_is_its_headline(heading, title):
    assert headline(title, f"<h1>{heading}</h1>") == heading
    assert headline(title, f"<div class='page'><article><h1>{heading}</h1>") == heading


@pytest.mark.parametrize("heading", SHORT)
def test_a_page_whose_only_title_is_a_short_heading_is_an_article(heading):
    html = page().replace("Council votes for new bridge", heading).replace(f"<title>{heading}</title>", "")
    assert extract(html, URL).headline == heading


@pytest.mark.parametrize(
    "label",
    [
        "<h1>News</h1>",
        "<h1>Local News</h1>",
        "<h1>本地新闻</h1>",
        "<h1><a href='/'>Harbour Desk</a></h1>",
        "<nav><a href='/h'>Harbour Desk</a></nav><h1>Harbour Desk</h1>",
        "<div class='site-header'><h1>Harbour Desk</h1></div>",
        "<h1 class='logo'>Harbour Desk</h1>",
        f"{STORY}{STORY}<h1>Harbour Desk</h1>",
        "<h1>Harbour Desk</h1><h1>Island Desk</h1>",
    ],
)
def test_a_label_of_a_section_or_the_name_of_the_site_is_no_headline(label):
    assert headline("", label) is None
    assert headline("<title>Storm hits</title>", label) == "Storm hits"


def test_a_heading_that_is_the_name_of_the_host_is_no_headline():
    assert headline("", "<h1>Aldmouth Echo</h1>", "https://www.aldmouthecho.example/a") is None
    name = "<meta property='og:site_name' content='Aldmouth Echo'>"
    assert headline(name, "<h1>Aldmouth Echo</h1>") is None
