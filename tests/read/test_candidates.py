"""The candidates of each field: all that a page gives, where it stands, and which was taken."""

from __future__ import annotations

import pytest

import newscrawl.read
from newscrawl import extract
from tests.support.story_page import BODY, page

URL = "https://courier.example/2026/03/05/bridge"
HEAD = """<meta property="og:title" content="Bridge: the council votes | Velmora Courier">
<meta name="author" content="Ina Quell"><meta property="article:published_time" content="2026-03-05T08:15:00+01:00">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Council votes for new bridge",
"author": {"@type": "Organization", "name": "Velmora Courier"}, "datePublished": "2026-03-05",
"dateModified": "2026-03-05T09:00:00Z"}</script>"""
BYLINE = (
    '<p class="byline">By Ina Quell and Tom Ferrant</p><p><time datetime="2026-03-05T08:15">5 March 2026</time></p>'
)


def found(
    field: str, body: str = BYLINE + BODY, head: str = HEAD, title: str = "Council votes for new bridge"
) -> list[tuple[str, str, str]]:
    candidates = extract(page(body, head, title), URL, refuse=False).candidates
    return [(one.source, one.value, one.why) for one in candidates if one.field == field]


def test_the_titles_and_the_heading() -> None:
    assert found("headline") == [
        ("<h1>", "Council votes for new bridge", "the <h1> that agrees best with the stated titles"),
        ("JSON-LD headline", "Council votes for new bridge", ""),
        ("meta og:title", "Bridge: the council votes | Velmora Courier", ""),
        ("<title>", "Council votes for new bridge", ""),
    ]


@pytest.mark.parametrize(
    ("html", "source", "why"),
    [
        (
            f"<title>Bridge is open again | Courier</title><h2>Bridge is open again</h2>{BODY}",
            "<h2>",
            "the first line that shows a stated title, which no <h1> does",
        ),
        (f"<h1>The old bridge opens</h1>{BODY}", "<h1>", "the <h1>, since no title of the story is stated"),
        (
            f"<title>Entry 41</title><h1>Bridge will be open in the spring</h1>{BODY}",
            "<h1>",
            "the <h1>, since no title of the story is stated",
        ),
        (
            f"<title>All about our river town today</title><h1>Ferries will sail until next spring</h1>{BODY}",
            "<h1>",
            "the only <h1>, which is too long for a label",
        ),
        (
            f'<meta property="og:title" content="The bridge is open">{BODY}',
            "meta og:title",
            "no line shows a title, and this one is stated most often, or first",
        ),
    ],
)
def test_why_a_title_was_taken(html: str, source: str, why: str) -> None:
    candidates = extract(html, "https://a.example/news/1", refuse=False).candidates
    assert [(one.source, one.why) for one in candidates if one.why and one.field == "headline"] == [(source, why)]


def test_a_byline_that_names_more_than_the_statement() -> None:
    assert found("authors")[:2] == [
        ("byline", "Ina Quell; Tom Ferrant", "it names those whom the page states, and others"),
        ("meta author", "Ina Quell", ""),
    ]
    assert ("JSON-LD organization", "Velmora Courier", "") in found("authors")


@pytest.mark.parametrize(
    ("head", "byline", "source", "why"),
    [
        ('<meta name="author" content="Ina Quell">', "", "meta author", "the first of these that names a person"),
        (
            '<meta name="author" content="Max Weir">',
            "<p>By Ina Quell</p>",
            "byline",
            "the page shows who wrote it, and not whom it states",
        ),
        (
            '<script type="application/ld+json">{"@type": "Article", "author": {"@type": "Organization", '
            '"name": "Harbour Institute"}}</script>',
            "",
            "JSON-LD organization",
            "no person is named, and this is the first organisation",
        ),
        ("", "<p>By Ferry Team</p>", "line below the headline", "nobody but a group signs"),
    ],
)
def test_why_authors_were_taken(head: str, byline: str, source: str, why: str) -> None:
    assert [(one[0], one[2]) for one in found("authors", byline + BODY, head) if one[2]] == [(source, why)]


def test_a_date_that_says_more_of_the_same_moment() -> None:
    assert found("date published") == [
        ("JSON-LD datePublished", "2026-03-05", ""),
        (
            "meta article:published_time",
            "2026-03-05T08:15:00+01:00",
            "it says more of the same moment than JSON-LD datePublished",
        ),
        ("line beside the headline", "2026-03-05T08:15", ""),
        ("line beside the headline", "5 March 2026", ""),
        ("<time>", "2026-03-05T08:15", ""),
    ]
    assert found("date modified") == [
        ("JSON-LD dateModified", "2026-03-05T09:00:00Z", "the first of these that gives a date")
    ]


def test_hints_and_the_date_of_modification_where_nothing_states_the_date() -> None:
    assert found("date published", BODY, "") == [
        ("address", "2026-03-05", "nothing states the date, and this is the first hint at it")
    ]
    changed = extract(page(head='<meta property="article:modified_time" content="2026-03-05">'), "https://a.example/b")
    assert [(one.field, one.source, one.why) for one in changed.candidates if "date" in one.field] == [
        ("date published", "meta article:modified_time", "the page gives no date but that of its modification"),
        ("date modified", "meta article:modified_time", "the first of these that gives a date"),
    ]


FIRST = "the first of these that can be used"


def test_the_publisher_the_owner_of_the_site_and_its_names() -> None:
    head = """<meta property="og:site_name" content="Courier Online"><script type="application/ld+json">[
    {"@type": "NewsArticle", "headline": "Bridge", "publisher": {"@id": "#us"}},
    {"@type": "Organization", "@id": "#us", "name": "Velmora Courier"},
    {"@type": "WebSite", "name": "Courier"}]</script>"""
    assert found("publisher", BODY, head, "Council votes for new bridge | Courier") == [
        ("JSON-LD publisher", "Velmora Courier", FIRST),
        ("JSON-LD of the site", "Velmora Courier", ""),
        ("JSON-LD of the site", "Courier", ""),
        ("meta og:site_name", "Courier Online", ""),
        ("end of <title>", "Courier", ""),
    ]


@pytest.mark.parametrize(
    ("title", "publisher"),
    [
        ("Council votes for new bridge | Courier", "Courier"),
        ("Courier: Council votes for new bridge", None),
        ("Council votes for new bridge – Politics", None),
        ("Courier", None),
    ],
)
def test_the_name_in_the_title_is_the_publisher_where_none_is_stated(title: str, publisher: str | None) -> None:
    article = extract(page(BODY, "", title), URL, refuse=False)
    assert (article.publisher.name if article.publisher else None) == publisher


def test_sections_and_those_that_are_none() -> None:
    head = """<meta property="article:section" content="https://courier.example/city">
    <meta property="article:section" content="City"><script type="application/ld+json">{"@type": "BreadcrumbList",
    "itemListElement": [{"name": "Home"}, {"name": "Region"}, {"name": "Velmora"}]}</script>"""
    assert found("section", BODY, head) == [
        ("meta article:section", "https://courier.example/city", ""),
        ("meta article:section", "City", FIRST),
        ("breadcrumb", "Region", ""),
    ]


def test_descriptions_and_whether_it_is_free() -> None:
    head = """<meta name="description" content="A bridge, at last.">
    <meta property="article:content_tier" content="free">
    <script type="application/ld+json">{"@type": "Article", "isAccessibleForFree": "perhaps"}</script>"""
    assert found("description", BODY, head) == [("meta description", "A bridge, at last.", FIRST)]
    assert found("free to read", BODY, head) == [
        ("JSON-LD isAccessibleForFree", "perhaps", ""),
        ("meta article:content_tier", "free", FIRST),
    ]


RUSSIAN = "<p>Городской совет решил во вторник перестроить мост у старой мельницы, завершив старый спор.</p>" * 6
GERMAN = (
    "<p>Der Rat der Stadt beschloss am Dienstag, die alte Brücke unterhalb der Mühle neu zu bauen, und beendete damit "
    "einen Streit, der fast zehn Jahre gedauert hatte. Die Kosten trägt zur Hälfte das Land.</p>"
) * 6
LOCALE = '<meta property="og:locale" content="de_AT">'
TOLD = "the first of these that is a language, and the text does not contradict it"


@pytest.mark.parametrize(
    ("body", "head", "expected"),
    [
        (BODY, LOCALE, [("<html lang>", "en", TOLD), ("meta og:locale", "de_AT", ""), ("text", "en", "")]),
        (RUSSIAN, "", [("<html lang>", "en", ""), ("text", "ru", "the text contradicts what is stated")]),
        (GERMAN, "", [("<html lang>", "en", ""), ("text", "de", "the text contradicts what is stated")]),
        (
            GERMAN,
            LOCALE,
            [
                ("<html lang>", "en", ""),
                ("meta og:locale", "de_AT", "the text contradicts what is stated before, and agrees with this"),
                ("text", "de", ""),
            ],
        ),
    ],
)
def test_the_languages_that_are_stated_and_that_of_the_text(
    body: str, head: str, expected: list[tuple[str, str, str]]
) -> None:
    assert found("language", body, head) == expected
    article = extract(page(body, head), URL, refuse=False)
    taken = next(value for _, value, why in expected if why)
    assert article.in_language == taken.replace("_", "-")


def test_a_text_alone_shows_its_language() -> None:
    html = page(GERMAN, "").replace(' lang="en"', "")
    candidates = extract(html, URL, refuse=False).candidates
    assert [(one.source, one.value, one.why) for one in candidates if one.field == "language"] == [
        ("text", "de", "none is stated, and the text shows it")
    ]


def test_candidates_are_read_when_somebody_looks_at_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def ask(page: object, text: str) -> tuple[()]:
        asked.append(page)
        return ()

    monkeypatch.setattr(newscrawl.read, "read_candidates", ask)
    article = extract(page(), URL)
    assert article == extract(page(), URL) and repr(article) and not asked
    assert not article.candidates and len(asked) == 1
