"""Reading: bytes to text, tree to blocks, statements to fields. Pages are written for the purpose."""

import json
from datetime import datetime, timedelta, timezone
from html import escape

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl import IncompleteArticle, Kind, NewscrawlError, NotAnArticle, Page, UnreadablePage, extract, record
from newscrawl.read import open_document, read, read_blocks
from newscrawl.read.blocks import lay_out
from newscrawl.read.credits import split_credit
from newscrawl.read.date_parsing import parse_date
from newscrawl.read.names import names_in
from newscrawl.read.story_column import in_story_column
from newscrawl.read.structured import collect
from newscrawl.text import UNSTATED

PARAGRAPHS = [
    "The council of Velmora voted on Monday evening for a new bridge over the river, after a debate of five hours.",
    "Eleven members were for it and four against, the mayor said, and two had left the hall before the vote was called.",
    "Work is to begin in spring, and until then the old ferry will run every ten minutes, on Sundays every twenty.",
    "The bridge will cost forty million, of which the province pays a third and the harbour company the rest.",
]
BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)


def page(body=BODY, head="", title="Council votes for new bridge", attributes='lang="en"'):
    return f"<!doctype html><html {attributes}><head><title>{title}</title>{head}</head><body><main><article><h1>{title}</h1>{body}</article></main></body></html>"


def blocks(body):
    return [
        (b.kind, b.text)
        for b in read_blocks(Page("https://news.example/a", f"<html><body>{body}</body></html>")).blocks
    ]


# -- bytes to text


@pytest.mark.parametrize(
    ("encode", "declare", "header"),
    [
        ("utf-8", '<meta charset="utf-8">', ""),
        ("utf-8", "", "text/html; charset=utf-8"),
        ("utf-8", '<meta charset="iso-8859-1">', "text/html; charset=iso-8859-1"),  # wrong charset declared
        ("utf-8-sig", '<meta charset="iso-8859-1">', ""),
        ("cp1252", '<meta charset="iso-8859-1">', ""),
        ("cp1252", "", "text/html; charset=windows-1252"),
        ("cp1252", "", ""),
        ("cp1252", '<meta charset="utf-8">', ""),  # wrong charset declared
        ("utf-16", "", ""),
        ("utf-16-le", "", ""),
    ],
)
def test_encodings(encode, declare, header):
    html = page(BODY.replace("Velmora", "Vélmorä – “Stadt”"), declare).encode(encode)
    article = extract(html, "https://news.example/a", {"Content-Type": header} if header else None)
    assert "Vélmorä – “Stadt”" in article.article_body


@pytest.mark.parametrize(
    ("encode", "language", "word"),
    [
        ("cp1251", "ru", "Новости города"),
        ("shift_jis", "ja", "橋の建設"),
        ("euc_kr", "ko", "다리 건설"),
        ("gb18030", "zh", "大桥建设"),
    ],
)
def test_encodings_guessed_by_language(encode, language, word):
    html = page(BODY.replace("Velmora", word), "", attributes=f'lang="{language}"').encode(encode)
    assert word in read(Page("https://news.example/a", html)).article_body


@pytest.mark.parametrize(
    "html", [b"", b"   \n", b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n....", b"just words, no tags at all", b"PK\x03\x04zip"]
)
def test_what_is_no_html_is_unreadable_and_says_which_page(html):
    with pytest.raises(UnreadablePage, match=r"news\.example"):
        extract(html, "https://news.example/a")


def test_the_content_type_refuses_what_is_no_html():
    with pytest.raises(UnreadablePage, match="application/pdf"):
        extract(b"<p>x</p>", "https://news.example/a", {"content-type": "application/pdf"})


# -- tree to blocks


def test_blocks_have_the_kind_of_their_element():
    html = "<h2>Head</h2><p>One <b>bold</b> word.</p><ul><li>item</li></ul><blockquote><p>said</p></blockquote><pre>a  b</pre><figure><img src='/i.jpg'><figcaption>cap</figcaption></figure>"
    assert [k for k, _ in blocks(html)] == [
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.LIST_ITEM,
        Kind.QUOTE,
        Kind.PREFORMATTED,
        Kind.CAPTION,
    ]


def test_tables_of_data_are_rows_and_tables_of_layout_are_not():
    data = "<table><tr><th>Team</th><th>Points</th></tr><tr><td>Velmora</td><td>3</td></tr></table>"
    assert blocks(data) == [(Kind.TABLE, "Team | Points\nVelmora | 3")]
    layout = f"<table><tr><td><a href='/'>menu</a></td><td>{BODY}</td></tr></table>"
    assert [t for _, t in blocks(layout)][1:] == PARAGRAPHS


def test_two_breaks_part_paragraphs_and_one_parts_lines():
    assert [t for _, t in blocks("<div>one<br>two<br><br>three<br/>&nbsp;<br/>four</div>")] == [
        "one\ntwo",
        "three",
        "four",
    ]


def test_text_is_joined_as_it_is_seen():
    assert blocks('<p><span class="dropcap">T</span> he mayor</p>')[0][1] == "The mayor"
    assert blocks("<p>co\u00adoper\u200bation  of&nbsp;two\n lines</p>")[0][1] == "cooperation of two lines"
    assert blocks("<p><a href=1>One</a><a href=2>Two</a></p>")[0][1] == "One Two"
    assert blocks("<p>“ﬁn” – l’été</p>")[0][1] == "“ﬁn” – l’été"


def test_embedded_posts_are_no_body_text():
    article = read_blocks(
        Page("", '<html><body><p>Text.</p><blockquote class="twitter-tweet"><p>A post</p></blockquote></body></html>')
    )
    assert [b.kind for b in article.blocks] == [Kind.PARAGRAPH, Kind.EMBED] and article.article_body == "Text."


def test_every_block_of_the_page_has_a_fate():
    html = page(f"<nav><a href='/'>Home</a></nav>{BODY}<footer>© 2026 Velmora Times</footer>")
    article = extract(html, "https://news.example/a")
    every = {b.index for b in read_blocks(Page("https://news.example/a", html)).blocks}
    assert every == {b.index for b in article.blocks} | {r.block.index for r in article.removals}
    assert all(r.reason and r.rule for r in article.removals)


# -- the story


def test_the_story_is_kept_whole_and_in_order():
    related = (
        "<aside class='related'><h3>More news</h3><ul>"
        + "".join(f"<li><a href='/{i}'>Another story number {i}</a></li>" for i in range(8))
        + "</ul></aside>"
    )
    html = page(
        f"{BODY}{related}<section id='comments'><h2>Comments</h2><p>I do not agree with this at all!</p></section>"
    )
    assert extract(html, "https://news.example/a").article_body.split("\n\n") == PARAGRAPHS


def test_a_page_without_p_tags():
    html = page("<div>" + "<br><br>".join(PARAGRAPHS) + "</div>")
    assert extract(html, "https://news.example/a").article_body.split("\n\n") == PARAGRAPHS


#: The same story as elements of React's server payload, and as Nuxt's flat list.
SERVER_ELEMENTS = ["$", "div", None, {"children": [["$", "h1", None, {"children": "Council votes"}], ["$", "nav", None, {"children": ["Home", "News"]}], [
    "$", "div", None, {"className": "body", "children": [["$", "p", str(n), {"children": p}] for n, p in enumerate(PARAGRAPHS)]}]]}]  # fmt: skip


def flat_blocks() -> list[object]:
    flat: list[object] = [["Reactive", 1], {"blocks": 2}, []]
    for paragraph in PARAGRAPHS:
        flat[2].append(len(flat))
        flat += [{"type": len(flat) + 1, "text": len(flat) + 2}, "paragraph", paragraph]
    return flat


@pytest.mark.parametrize(
    "script",
    [
        lambda body: (
            f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"pageProps": {"story": {"content": body}}}})}</script>'
        ),
        lambda body: (
            f"<script>window.Fusion=window.Fusion||{{}};Fusion.globalContent={json.dumps({'content_elements': [{'type': 'text', 'content': p} for p in PARAGRAPHS]})};</script>"
        ),
        lambda body: f"<script>window.__APOLLO_STATE__ = {json.dumps({'Article:1': {'body': body}})};</script>",
        lambda body: (
            f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": "Council votes", "articleBody": chr(10).join(PARAGRAPHS)})}</script>'
        ),
        lambda body: "".join(
            f"<script>self.__next_f.push([1,{json.dumps(part)}])</script>"
            for part in (f"1a:T{len(body.encode()):x},", body)
        ),
        lambda body: f"<script>self.__next_f.push([1,{json.dumps('1:' + json.dumps(SERVER_ELEMENTS))}])</script>",
        lambda body: (
            f'<script type="application/json" id="__NUXT_DATA__">{json.dumps([["ShallowReactive", 1], {"data": 2}, {"title": 3, "body": 4, "tags": 5}, "Council", body, [6, 7], "council", "bridges"])}</script>'
        ),
        lambda body: f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(flat_blocks())}</script>',
        lambda body: (
            f"<script>window.__reactRouterContext.streamController.enqueue({json.dumps(json.dumps([{'_1': 2}, 'loaderData', {'_3': 4}, 'html', body]))});</script>"
        ),
        lambda body: (
            f'<script type="application/json" data-sveltekit-fetched>{json.dumps({"status": 200, "body": json.dumps({"title": "Council votes", "content": body})})}</script>'
        ),
        lambda body: (
            f'<div data-page="{escape(json.dumps({"component": "Story", "props": {"story": {"title": "Council votes", "body": body}}}))}"></div>'
        ),
        lambda body: (
            f'<astro-island client="only" props="{escape(json.dumps({"title": [0, "Council votes"], "paragraphs": [1, [[0, p] for p in PARAGRAPHS]]}))}"></astro-island>'
        ),
    ],
    ids=[
        "next",
        "fusion",
        "apollo",
        "json-ld",
        "next-stream",
        "server elements",
        "nuxt 3",
        "nuxt 3, in blocks",
        "turbo-stream",
        "sveltekit",
        "inertia",
        "astro",
    ],
)
def test_a_story_that_stands_only_in_the_pages_data(script):
    article = extract(page('<div id="app"></div>' + script(BODY)), "https://news.example/2026/11/council-votes")
    assert article.article_body.split("\n\n") == PARAGRAPHS


def test_a_shadow_tree_that_the_server_sent_is_part_of_the_page():
    html = page(
        f'<x-story><template class="a" shadowrootmode="open">{BODY}<template><p>A row that a script copies, with words of its own.</p></template></template></x-story>'
    )
    assert extract(html, "https://news.example/2026/11/council-votes").article_body.split("\n\n") == PARAGRAPHS


# -- statements to fields


def test_json_ld_in_graphs_lists_and_broken():
    graph = '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},{"@type":["NewsArticle"],"headline":"H","author":[{"@type":"Person","name":"Jo Roe"}],"datePublished":"2026-11-02T08:00:00+01:00",}]}</script>'
    article = extract(page(head=graph), "https://news.example/a")
    assert [p.name for p in article.authors] == ["Jo Roe"] and article.date_published == datetime(
        2026, 11, 2, 7, tzinfo=timezone.utc
    )
    broken = graph.replace('"@type":"WebPage"}', '"@type":"Web"Page"}')
    assert extract(page(head=broken), "https://news.example/a").date_published_raw == "2026-11-02T08:00:00+01:00"


def test_microdata_and_opengraph():
    html = page(
        '<p itemprop="author" itemscope><span itemprop="name">Ana Lima</span></p><time itemprop="datePublished" datetime="2026-11-01">1 Nov</time>'
        + BODY,
        '<meta property="og:title" content="Council votes for new bridge | Velmora Times"><meta property="og:site_name" content="Velmora Times"><meta property="og:image" content="/i.jpg">'
        '<meta property="article:section" content="City"><meta name="keywords" content="bridge, council"><link rel="canonical" href="/city/bridge">',
    )
    article = extract(html, "https://news.example/a?utm_source=x")
    assert article.headline == "Council votes for new bridge"
    assert [p.name for p in article.authors] == ["Ana Lima"]
    assert (article.publisher.name, article.article_section, article.keywords) == (
        "Velmora Times",
        "City",
        ("bridge", "council"),
    )
    assert (
        article.canonical_url == "https://news.example/city/bridge"
        and article.images[0].url == "https://news.example/i.jpg"
    )
    assert record(article)["datePublished"] == "2026-11-01"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Roe", ["Jane Roe"]), ("Von Jörg Müller und Anna Beck, Berlin", ["Jörg Müller", "Anna Beck"]), ("Par Élodie d'Arc", ["Élodie d'Arc"]), ("Por María Pérez y Juan Gil", ["María Pérez", "Juan Gil"]),
        ("di Carlo Rossi", ["Carlo Rossi"]), ("Jane Roe, Political Editor", ["Jane Roe"]), ("Jane Roe | Updated 3 May 2026", ["Jane Roe"]), ("admin", []), ("Reuters", ["Reuters"]), ("dpa", ["dpa"]),
        ("By Jane Roe and John Doe", ["Jane Roe", "John Doe"]), ("https://news.example/jane", []), ("Written by: Jane Roe", ["Jane Roe"]), ("Jane Roe (jane@news.example)", ["Jane Roe"]),
    ],
)  # fmt: skip
def test_names(text, names):
    assert names_in(text, is_byline=True) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("May 3, 2017 By Erin Lane 4 Comments", ["Erin Lane"]),
        ("Posted on December 18, 2025 by Jane Roe", ["Jane Roe"]),
        ("March 15, 2022 · 3 min read · By Jane Roe and Tom Reiter", ["Jane Roe", "Tom Reiter"]),
        ("Tuesday, 10 November 2026 - by Rolf Berg", ["Rolf Berg"]),
        ("Dec 17, 2025Julian K. Arn", ["Julian K. Arn"]),
        ("Do 25.04.2024 | 14:07 Uhr | Von Eva Kirch-Roth", ["Eva Kirch-Roth"]),
        ("Publiziert am 13. Januar 2014 von uriebe", ["uriebe"]),
        ("By Jane Roe, DVM. Reviewed by Molly Pond, DVM", ["Jane Roe"]),
        ("November 19, 2026", []),
        ("Dec 19, 2026", []),
        ("Storm in the harbour on 3 May 2026", []),
    ],
)
def test_bylines_near_the_headline(line, names):
    article = read(Page("https://news.example/a", page(f"<div>{line}</div>{BODY}")))
    assert [person.name for person in article.authors] == names


def test_a_person_signs_before_the_organisation_that_is_stated():
    head = '<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Organization","name":"Velm Media House"}}</script>'
    assert [p.name for p in read(Page("https://news.example/a", page(f"<p>By Jane Roe</p>{BODY}", head))).authors] == [
        "Jane Roe"
    ]
    assert [p.name for p in read(Page("https://news.example/a", page(BODY, head))).authors] == ["Velm Media House"]


def test_dates_keep_their_offset_and_invent_none():
    assert parse_date("2026-11-02T08:00:00+05:30").utcoffset() == timedelta(hours=5, minutes=30)
    assert parse_date("2026-11-02 08:00").tzinfo is UNSTATED
    assert parse_date("Mon, 02 Nov 2026 08:00:00 GMT") == datetime(2026, 11, 2, 8, tzinfo=timezone.utc)
    assert parse_date("2. November 2026", "de").date().isoformat() == "2026-11-02"
    assert parse_date("le 2 novembre 2026 à 8h30", "fr").strftime("%Y-%m-%d %H:%M") == "2026-11-02 08:30"
    assert (
        parse_date("02/11/2026", "es").date().isoformat() == "2026-11-02"
        and parse_date("11/02/2026", "en-US").date().isoformat() == "2026-11-02"
    )
    assert parse_date("2026年11月2日").date().isoformat() == "2026-11-02"
    assert parse_date("12") is None and parse_date("next week") is None and parse_date("2026-13-40") is None


def test_relative_dates_count_from_the_fetch_only():
    now = datetime(2026, 11, 2, 12, tzinfo=timezone.utc)
    html = page("<p>3 hours ago</p>" + BODY)
    assert extract(html, "https://news.example/a", fetched_at=now).date_published == datetime(
        2026, 11, 2, 9, tzinfo=timezone.utc
    )
    assert extract(html, "https://news.example/a").date_published is None


def test_no_date_from_copyright_or_the_future():
    html = page(
        BODY + "<footer>© 2019 Velmora Times. All rights reserved 1 May 2019</footer>",
        '<meta property="article:published_time" content="2190-01-01T00:00:00Z">',
    )
    assert extract(html, "https://news.example/a").date_published is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Dawn over the bay (Jane Roe/AP)", ("Dawn over the bay", "Jane Roe/AP")), ("Dawn over the bay. Photo: Jane Roe", ("Dawn over the bay.", "Jane Roe")), ("Foto: dpa", (None, "dpa")),
        ("The mayor (left) and his deputy", ("The mayor (left) and his deputy", None)), ("Dawn over the bay | Bild: Jane Roe", ("Dawn over the bay", "Jane Roe")), ("© Jane Roe", (None, "Jane Roe")),
    ],
)  # fmt: skip
def test_credits_are_parted_from_captions(text, parts):
    assert split_credit(text) == parts


def test_captions_and_credits_reach_their_image():
    html = page(
        BODY
        + '<figure><img src="/b.jpg" width="800" height="500" alt="A bridge"><figcaption>The old bridge <span class="credit">Jane Roe/AGENCY</span></figcaption></figure><p>'
        + PARAGRAPHS[0][::-1].capitalize()
        + ".</p>"
    )
    image = extract(html, "https://news.example/a").images[0]
    assert (image.caption, image.alt, image.width) == ("The old bridge Jane Roe/AGENCY", "A bridge", 800) or (
        image.caption,
        image.credit,
    ) == ("The old bridge", "Jane Roe/AGENCY")


def test_a_paywalled_stub_is_said_to_be_one():
    stub = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"H","isAccessibleForFree":"False","wordCount":900}</script>'
    article = extract(page(head=stub), "https://news.example/a")
    assert article.is_accessible_for_free is False and article.is_partial and record(article)["metadata"]["isPartial"]


# -- what is no article


@pytest.mark.parametrize(
    ("html", "url", "reason"),
    [
        (page("<p>The page you are looking for could not be found.</p>", title="404 Not Found"), "https://news.example/x", "SoftNotFound"),
        (page("<h1>Page not found</h1><p>The page you are looking for does not exist or has been moved. Please check the address, or go back to the front page and use "
              "the search there to find the story that you were looking for.</p>", title="Page not found"), "https://news.example/2026/11/25/council-votes", "SoftNotFound"),
        (page("<form><label>Password</label><input type=password></form>", title="Log in"), "https://news.example/login", "LoginPage"),
        (page("<p>Checking your browser before accessing news.example.</p>", title="Just a moment..."), "https://news.example/x", "Challenge"),
        (page("<p>We value your privacy. Accept and continue.</p>", title="Before you continue"), "https://news.example/x", "ConsentWall"),
        ("<html><head><title>App</title></head><body><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>", "https://news.example/x", "NeedsScript"),
        (page("".join(f"<div><h3><a href='/s/{i}'>A story about the matter number {i}</a></h3></div>" for i in range(40)), title="Politics"), "https://news.example/politics/", "SectionPage"),
        (page("".join(f"<div><a href='/s/{i}'>A result about bridges {i}</a></div>" for i in range(30)), title="Results"), "https://news.example/search?q=bridge", "SearchPage"),
    ],
)  # fmt: skip
def test_a_page_that_is_no_article(html, url, reason):
    with pytest.raises((NotAnArticle, IncompleteArticle)) as caught:
        extract(html, url)
    assert caught.value.reason == reason and url in str(caught.value)


def test_an_article_about_cookies_or_passwords_is_an_article():
    text = "".join(
        f"<p>{p} We value your privacy, the page said, and page not found was all she got when she tried to sign in.</p>"
        for p in PARAGRAPHS
    )
    assert (
        extract(
            page(text, title="Why you should log in less"), "https://news.example/2026/11/why-you-should-log-in-less"
        ).word_count
        > 100
    )


# -- promises


def test_the_same_page_gives_the_same_article_every_time():
    html = page()
    first = [extract(html, "https://news.example/a") for _ in range(4)]
    assert all(a.article_body == first[0].article_body for a in first)


def test_the_record_is_as_its_schema_says():
    import jsonschema

    from newscrawl.record import FIELDS, schema

    made = record(extract(page(), "https://news.example/a"))
    jsonschema.validate(made, schema())
    assert tuple(made) == FIELDS and tuple(schema()["properties"]) == FIELDS and made["url"] == "https://news.example/a"


def test_errors_are_one_tree():
    assert all(issubclass(e, NewscrawlError) for e in (UnreadablePage, NotAnArticle, IncompleteArticle))
    assert collect(open_document(Page("", page())).tree).title == "Council votes for new bridge"


def test_the_storys_column_keeps_what_the_model_doubts():
    prose = "<p>The council voted on Monday for a new bridge, and nobody was surprised by it.</p>"
    doubted = (
        "<ul><li><a href='/1'>The footbridge</a> stays open.</li></ul><h2>Looking back</h2>"
        + prose
        + "<blockquote><p>A bridge is a promise.</p></blockquote>"
    )
    boxed = "<div><h2>Most read</h2><ul><li><a href='/2'>A storm is near.</a></li></ul></div>"
    layout = lay_out(LexborHTMLParser(f"<body><div>{prose * 3}{doubted}{boxed}</div></body>"))
    scores = [0.9 if kind is Kind.PARAGRAPH else 0.3 for kind in layout.kinds]
    kept = [layout.texts[i] for i in in_story_column(layout, scores, 0.5)]
    assert kept == ["The footbridge stays open.", "Looking back", "A bridge is a promise."]
