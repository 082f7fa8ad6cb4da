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


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/authors/anna-holm">Anna Holm</a>',
        '<a href="/autor/anna-holm/"><span>Anna Holm</span></a>',
        '<a href="https://example.org/people/holm?ref=1">Anna Holm</a>',
        '<a href="/contributors/anna-holm">Anna Holm</a>',
    ],
)
def test_a_link_to_the_page_of_an_author(link):
    assert authors(f"<div>{link}</div>") == ["Anna Holm"]
    assert authors(link.replace("Anna Holm", "Harbours").replace("<a ", "<a rel='tag' ")) == []


def test_an_agency_or_a_user_name_gives_way_to_the_name_that_signs():
    for stated in ("AP", "harbourpost"):
        head = f'<meta name="author" content="{stated}">'
        assert authors("<p>By Anna Holm 10/ 5/11 09:19 PM ET</p>", head=head) == ["Anna Holm"]
        assert authors("<p>The board</p>", head=head) == [stated]


def test_the_author_of_the_webpage_if_the_page_shows_the_name():
    graph = '{"@graph":[{"@type":"WebPage","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Anna Holm"}]}'
    head = f'<script type="application/ld+json">{graph}</script>'
    assert authors(end="<div>Anna Holm</div>", head=head) == ["Anna Holm"]
    assert authors(head=head) == []


def test_a_blog_that_has_the_name_of_its_author():
    head = '<meta property="og:site_name" content="Anna Holm"><meta name="author" content="Anna Holm">'
    assert authors(head=head) == ["Anna Holm"]


@pytest.mark.parametrize(
    "end",
    [
        "<p>This post was written by Anna Holm, Head of Harbours and Ferries at the Board of Hallowmere.</p>",
        "<footer><p>Posted by Anna Holm on 2026-05-03 in ferries. Tags: ferries, islands, timetables.</p></footer>",
        "<div>Datum: 3. Mai 2026<br>Autor: Anna Holm<br>Quelle: Harbour Post</div>",
    ],
)
def test_a_signature_after_the_story(end):
    assert authors(end=end) == ["Anna Holm"]


def test_the_signature_of_a_korean_reporter():
    assert authors(end="<div>김하늘 기자 sky@example.org</div>") == ["김하늘"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('<div class="author">林小河2026-03-01 14:27:02</div>', ["林小河"]),
        ('<p class="author">文● オカモト／ASCII編集部</p>', ["オカモト"]),
        ('<div class="authors-data">&amp; Anna Holm Writer, Ships</div>', ["Anna Holm"]),
        ("<div>Anna Holm Published: May 3, 2026</div>", ["Anna Holm"]),
        ("<div>Anna Holm Aktualisiert am: 3.5.2026</div>", ["Anna Holm"]),
        ('<div class="comments_datetime"><p>By Anna Holm</p></div>', ["Anna Holm"]),
    ],
)
def test_more_forms_of_bylines(line, names):
    assert authors(line) == names


def test_those_who_helped_are_no_authors():
    links = '<a rel="author" href="/h">Anna Holm</a>. Reviewed by <a rel="author" href="/l">Nils Lund</a>'
    assert authors(f"<div>By {links}</div>") == ["Anna Holm"]
    edited = '<p class="byline">Written by Anna Holm</p><p class="byline">Edited by</p><p class="byline">Nils Lund</p>'
    assert authors(edited) == ["Anna Holm"]
    assert authors('<p class="byline">Von Anna Holm</p><p class="byline">Fotos: Nils Lund</p>') == ["Anna Holm"]


def test_classes_of_the_whole_article_do_not_make_its_byline_anothers():
    top = "<h1>Ferry to Run Twice a Day</h1><div>3 May 2026 by Anna Holm</div>"
    html = f"<article class='category-comment related-harbours'>{top}{PARAGRAPH * 5}</article>"
    assert named(html) == ["Anna Holm"]


@pytest.mark.parametrize(
    "label",
    (
        "Verfasst von|Geschrieben von|Écrit par|Escrito por|Scritto da|Geschreven door|Napisane przez|Skrivet av"
        "|Написано автором|Skrevet af|執筆者|作者|글쓴이|كُتب بواسطة|Ditulis oleh|Scris de|Được viết bởi|Γράφει ο"
        "|נכתב על ידי|نویسنده|लेखक"
    ).split("|"),
)
def test_the_label_of_wordpress_in_many_languages(label):
    head = f'<meta name="twitter:label1" content="{label}"><meta name="twitter:data1" content="Anna Holm">'
    assert authors(head=head) == ["Anna Holm"]


def test_a_line_that_names_more_authors_than_the_statement():
    head = '<meta name="author" content="Anna Holm">'
    assert authors("<p>By Dr Anna Holm, Nils Lund and Ola Berg</p>", head=head) == [
        "Dr Anna Holm",
        "Nils Lund",
        "Ola Berg",
    ]
    assert authors("<p>By Nils Lund and Ola Berg</p>", "<p>Anna Holm wrote this.</p>", head) == ["Anna Holm"]


def test_the_authors_of_other_stories_in_microdata():
    cards = '<div class="card"><span itemprop="author">By Rolf Berg</span></div>' * 2
    assert authors(end=cards) == []
    assert authors('<p><span itemprop="author">Anna Holm</span></p>', cards) == ["Anna Holm"]


def test_a_user_name_that_all_links_to_authors_have():
    link = '<a rel="author" href="/u/1">harbourfriend</a>'
    assert authors(f"<div>{link}</div>", f"<div>{link}</div>") == ["harbourfriend"]
    assert authors(f"<div>{link}</div>", "<div><a rel='author' href='/u/2'>shipmate</a></div>") == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<p>by Marketing Team</p>", ["Marketing Team"]),
        ("<p>By 3H Boats • 4 min read</p>", ["3H Boats"]),
        ('<div class="author">The Ferry Team</div>', ["The Ferry Team"]),
        ('<div class="author">Redaktion</div>', []),
        ("<p>By staff</p>", []),
        ("<p>Photos by Hallow Boats</p>", []),
        ("<p>By Marketing Team</p><p>By Anna Holm</p>", ["Anna Holm"]),
    ],
)
def test_a_group_that_signs_where_nobody_else_does(line, names):
    assert authors(line) == names


@pytest.mark.parametrize("name", ["Anna McHolm", "anna holm", "Anna de la Holm", "Harbour Today"])
def test_a_link_to_an_author_is_taken_whole(name):
    assert authors(f'<p>3 May 2026</p><p><a rel="author" href="/h">{name}</a></p>') == [name]


def test_other_words_in_a_link_to_an_author_are_no_name():
    links = '<p><a rel="author" href="/h">Anna Holm</a></p><p><a rel="author" href="/h">View author archive</a></p>'
    assert authors(links) == ["Anna Holm"]


@pytest.mark.parametrize(
    "start",
    [
        "By Anna Holm:",
        "By Anna Holm –",
        "(Von Anna Holm)",
        "Par Anna Holm (AFP)",
        "Von Anna Holm/dpa",
        "BY ANNA HOLM |",
    ],
)
def test_a_byline_with_which_the_first_paragraph_begins(start):
    first = f"<p>{start} {PARAGRAPH[3:-4] * 2}</p>"
    found = authors(first, head='<meta name="author" content="POSTTEAM">')
    assert [name.title() for name in found] == ["Anna Holm"]
    plain = f"<p>By Anna Holm the ferry was meant as a help. {PARAGRAPH[3:-4] * 2}</p>"
    assert authors(plain) == []


def test_the_class_of_the_line_counts_more_than_that_of_the_bar_it_is_in():
    assert authors('<div class="author-share"><div class="author">Anna Holm</div></div>') == ["Anna Holm"]
    assert authors('<div class="share"><div class="share-author">Anna Holm</div></div>') == []


@pytest.mark.parametrize("between", ["<span>/</span>", "<span>am</span>", ""])
def test_a_name_and_a_date_with_a_sign_between_them(between):
    above = f"<div><div>3 May 2026</div><div>{between}</div><div>Anna Holm</div></div>"
    assert named(f"{above}<h1>Ferry to Run Twice a Day</h1>{PARAGRAPH * 5}") == ["Anna Holm"]


@pytest.mark.parametrize("topic", ["category", "post-tags", "taxonomy-term", "kicker"])
def test_the_topic_beside_the_date_is_no_author(topic):
    assert authors(f'<div class="{topic}">Island Life</div><div>3 May 2026</div>') == []
    assert authors("<div>Anna Holm</div><div>3 May 2026</div>") == ["Anna Holm"]


def test_plain_names_in_json_ld_where_the_page_shows_none():
    stated = '{"@type": "NewsArticle", "author": ["https://example.org/anna", "Anna Holm", "Nils Lund"]}'
    assert authors(head=f'<script type="application/ld+json">{stated}</script>') == ["Anna Holm", "Nils Lund"]


@pytest.mark.parametrize(
    ("stated", "host", "expected"),
    [
        ("Ediciones El Faró", "www.elfaro.example", ["Anna Holm"]),
        ("EFC Faro Isla", "faro-isla.example", ["Anna Holm"]),
        ("Anna Faroisla", "faroisla.example", ["Anna Faroisla"]),  # nobody else may stand before the host's name
        ("Nils Lund", "nilslund.example", ["Nils Lund"]),  # the own site of a person
        ("Nils Lundgren", "lund.example", ["Nils Lundgren"]),  # too few letters
    ],
)
def test_a_stated_name_with_that_of_the_host_at_its_end_is_the_site(stated, host, expected):
    head = f"<meta name='author' content='{stated}'>"
    page = f"<head>{head}</head><main><h1>Ferry to Run Twice</h1><p>By Anna Holm</p>{PARAGRAPH * 5}</main>"
    if expected == [stated]:
        page = page.replace("<p>By Anna Holm</p>", "")
    assert named(page, f"https://{host}/ferry") == expected
