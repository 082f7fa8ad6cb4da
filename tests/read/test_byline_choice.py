"""Which of several statements and lines name the author, and which name others."""

import pytest

from newscrawl.article import Page
from newscrawl.read import open_document
from newscrawl.read.blocks import lay_out
from newscrawl.read.metadata import read_metadata
from newscrawl.read.names import names_in

PARAGRAPH = "<p>The ferry to the island will run twice a day from June, the harbour board said on Monday evening.</p>"


def authors(top: str = "", end: str = "", head: str = "") -> list[str]:
    return named(f"<head>{head}</head><main><h1>Ferry to Run Twice a Day</h1>{top}{PARAGRAPH * 5}{end}</main>")


def named(html: str, url: str = "https://example.org/ferry") -> list[str]:
    document = open_document(Page(url, f"<html>{html}</html>".encode()))
    found, _ = read_metadata(document, document.stated, lay_out(document.tree))
    return [person.name for person in found["authors"]]


def test_links_that_touch_are_several_authors():
    links = '<p class="byline"><a rel="author" href="/a">Anna Holm</a><a rel="author" href="/b">Nils Lund</a></p>'
    assert authors(links) == ["Anna Holm", "Nils Lund"]


def test_a_link_to_the_author_beside_a_link_to_the_topic():
    links = '<div><a rel="tag" href="/t">Harbours</a> / <a rel="author" href="/a">Anna Holm</a></div>'
    assert authors(links) == ["Anna Holm"]


@pytest.mark.parametrize("stated", ["Island Media GmbH, Munich, Germany", "Harbour Holdings", "Isle Post"])
def test_the_line_that_a_reader_sees_wins_over_a_name_that_is_not_shown(stated):
    head = f'<meta name="author" content="{stated}">'
    assert authors("<p>By Anna Holm</p>", head=head) == ["Anna Holm"]


def test_a_stated_author_that_the_page_shows_stays():
    head = '<meta name="author" content="Nils Lund">'
    assert authors("<p>By Anna Holm</p>", "<p>Nils Lund wrote this from notes of Anna Holm.</p>", head) == ["Nils Lund"]


def test_the_publisher_beside_the_person_is_no_author():
    head = '<meta name="author" content="Lund Holme"><meta name="article:author" content="Anna Holm">'
    assert authors("<div>Anna Holm</div>", "<p>© 2026 Lund Holme. All rights reserved.</p>", head) == ["Anna Holm"]


@pytest.mark.parametrize(
    "end",
    [
        '<div id="disqus"><span class="author">Rolf Berg</span><p>At last!</p></div>',
        '<div class="more-news"><div class="card"><a rel="author">Rolf Berg</a></div></div>',
        '<div itemscope itemtype="https://schema.org/Comment"><b itemprop="author">Rolf Berg</b><p>At last!</p></div>',
    ],
)
def test_commenters_and_authors_of_other_stories_are_none(end):
    assert authors(end=end) == []


def test_an_author_card_names_the_author():
    assert authors(end='<div class="author-card"><a rel="author" href="/a">Anna Holm</a></div>') == ["Anna Holm"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Nils Lund Jr. and Anna O’Holm-Berg", ["Nils Lund Jr", "Anna O’Holm-Berg"]),
        ("By NILS LUND and ANNA HOLM - AP Technology Writers", ["NILS LUND", "ANNA HOLM"]),
        ("Par ANNE ROUX, LUC MOREL Envoyés spéciaux à Lyon", ["ANNE ROUX", "LUC MOREL"]),
        ("Anne Roux journaliste", ["Anne Roux"]),
        ("By Courier staff", []),
        ("By Anna Holm Email the author", ["Anna Holm"]),
        ("By Nils Lund, Jr., and Anna Holm", ["Nils Lund Jr", "Anna Holm"]),
        ("Reporting by Anna Holm; Editing by Nils Lund", ["Anna Holm"]),
        ("撰文：王小明 编辑：李四", ["王小明"]),
        ("記者 王小明／台北報導", ["王小明"]),
        ("取材・文＝山田太郎", ["山田太郎"]),
        ("记者 王小明 报道", ["王小明"]),
        ("海岛日报记者 王小明", ["王小明"]),
        ("著者：山田 太郎", ["山田 太郎"]),
        ("投稿者 Taro Yamada", ["Taro Yamada"]),
        ("編集委員 山田太郎", ["山田太郎"]),
    ],
)
def test_names_without_what_their_bearers_are(line, names):
    assert names_in(line, is_byline=True) == names


LONG = "<p>" + "The board met for the whole of the evening and heard each of the captains in turn. " * 9 + "</p>"


@pytest.mark.parametrize(
    "above",
    [
        '<div class="authors"><a href="/holm">Anna Holm</a></div>',
        '<div><a rel="author" href="/holm">Anna Holm</a> 6 May 2026</div>',
        "<div>Anna Holm / 06.05.2026 / 06:15</div>",
    ],
)
def test_the_author_stands_above_the_headline_of_a_long_story(above):
    assert named(f"{above}<h1>Ferry to Run Twice a Day</h1>{LONG}{PARAGRAPH * 5}") == ["Anna Holm"]


def test_a_marked_line_above_the_headline_wins_over_a_button_beside_a_date_below_it():
    above = '<div class="authors"><a href="/holm">Anna Holm</a></div>'
    below = "<div>6 May 2026</div><div><a class='button' href='/x'>Island Ticket</a></div>"
    assert named(f"{above}<h1>Ferry to Run Twice a Day</h1>{below}{PARAGRAPH * 5}") == ["Anna Holm"]


def test_persons_of_a_picture_and_of_a_sentence_are_no_authors():
    figure = '<figure><div class="byline-box"><p>Rolf Berg (left) and Tom Reiter in Hallowmere.</p></div></figure>'
    assert authors(figure) == []
    assert (
        authors('<div class="lead">Da Rolf Berg im Hafen immer seltener zu sehen ist, fragen viele nach ihm.</div>')
        == []
    )


def test_a_list_in_the_list_of_authors():
    persons = '[{"@type":"Person","name":"Anna Holm"},[{"@type":"Person","name":"Nils Lund"}]]'
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","author":{persons}}}</script>'
    assert authors(head=head) == ["Anna Holm", "Nils Lund"]


@pytest.mark.parametrize("name", ["262588213843476", "www.facebook.com/islandpost", "https://example.org/holm"])
def test_numbers_and_addresses_are_no_names(name):
    assert authors(head=f'<meta property="article:author" content="{name}">') == []


def test_initials_are_no_form_of_a_company():
    assert authors(head='<meta name="author" content="James S.A. Roe, Anna Holm">') == ["James S.A. Roe", "Anna Holm"]


def test_the_medium_beside_the_person_is_known_by_the_address():
    head = '<meta name="author" content="By Anna Holm, IPC">'
    assert named(f"{head}<h1>Ferry to Run Twice a Day</h1>{PARAGRAPH * 5}", "https://www.ipc.example/a") == [
        "Anna Holm"
    ]


def test_the_name_of_the_site_beside_the_date_is_no_author():
    html = f"<h1>Ferry to Run Twice a Day</h1><div>Hallow Presse 1. Mai 2026</div>{PARAGRAPH * 5}"
    assert named(html, "https://hallow-presse.example/a") == []
