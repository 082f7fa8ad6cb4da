"""Directives of X-Robots-Tag and meta robots, with their many spellings."""

from dataclasses import replace

import pytest

from newscrawl.article import Page
from newscrawl.read import open_document
from newscrawl.rights import is_followed, read_rights, refusal
from newscrawl.rights.directives import meta_values, parse_moment, robots_directives
from tests.support.rights_pages import URL, rights_of


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("noindex", ["noindex"]),
        ("NoIndex, NOFOLLOW", ["noindex", "nofollow"]),
        ("noindex,nofollow", ["noindex", "nofollow"]),
        ("  noarchive  ,, ", ["noarchive"]),
        ("noindex nofollow", ["noindex", "nofollow"]),
        ("noindex; nofollow", ["noindex", "nofollow"]),
        ("none", ["none"]),
        ("index, follow", []),
        ("all", []),
        ("index, noindex", ["noindex"]),
        ("noai, noimageai", ["noai", "noimageai"]),
        ("newscrawl: noindex", ["noindex"]),
        ("NewsCrawl: NOINDEX, nofollow", ["noindex", "nofollow"]),
        ("newscrawl/0.1: noindex", ["noindex"]),
        ("newscrawl : noindex", ["noindex"]),
        ("otherbot: noindex, nofollow", []),
        ("otherbot: noindex, newscrawl: noarchive", ["noarchive"]),
        ("noarchive, otherbot: noindex, nofollow", ["noarchive"]),
        ("newscrawlbot: noindex", []),
        ("otherbot: noindex\nnofollow", ["nofollow"]),
        ("nosnippet\nnoindex\nnosnippet", ["nosnippet", "noindex"]),
        ("otherbot: unavailable_after: 25 Jun 2020 15:00:00 PST", []),
        ("max-snippet: 50, max-image-preview:Large", ["max-snippet:50", "max-image-preview:large"]),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST", ["unavailable_after:25 Jun 2030 15:00:00 PST"]),
        (
            "newscrawl: unavailable_after: 25 Jun 2030 15:00:00 PST, noarchive",
            ["unavailable_after:25 Jun 2030 15:00:00 PST", "noarchive"],
        ),
        (
            "unavailable_after: Friday, 25-Jun-2030 15:00:00 GMT, noindex",
            ["unavailable_after:Friday, 25-Jun-2030 15:00:00 GMT", "noindex"],
        ),
        ("unavailable_after: June 25, 2030, nofollow", ["unavailable_after:June 25, 2030", "nofollow"]),
        ('"noindex, nofollow"', ["noindex", "nofollow"]),
        ("newscrawl: 'noindex'; noarchive", ["noindex", "noarchive"]),
        ("no index", ["no"]),
        ("", []),
        (":::,,:", []),
        ("404", []),
    ],
)
def test_directives_of_x_robots_tag(header, expected):
    assert list(robots_directives({}, header)[0]) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta name="robots" content="noindex">', ["noindex"]),
        ("<META NAME=ROBOTS CONTENT=NOINDEX>", ["noindex"]),
        ('<meta name="newscrawl" content="noindex,nofollow">', ["noindex", "nofollow"]),
        ('<meta name="NewsCrawl" content="NONE">', ["none"]),
        ('<meta name="otherbot" content="noindex">', []),
        (
            '<meta name="robots" content="index"><meta name="robots" content="noarchive">'
            '<meta name="newscrawl" content="nofollow">',
            ["noarchive", "nofollow"],
        ),
        ('<meta name="description" content="noindex">', []),
        ('<meta name="robots">', []),
        ('<meta name="robots" content="">', []),
    ],
)
def test_directives_of_meta_elements(head, expected):
    rights = rights_of(head)
    assert list(rights.robots) == expected
    followed = is_followed(open_document(Page(URL, f"<html><head>{head}</head><body><p>Text.</p></body></html>")))
    assert followed is not bool({"nofollow", "none"} & set(expected))


def test_directives_of_header_and_page_are_combined():
    rights = rights_of("", '<meta name="robots" content="nofollow">', X_Robots_Tag="noarchive")
    assert rights.robots == ("noarchive", "nofollow")
    page = Page(URL, "<p>Text.</p>", headers={"x-robots-tag": "NONE"})
    assert not is_followed(open_document(page))
    assert is_followed(open_document(replace(page, headers={"x-robots-tag": "otherbot: none"})))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25 Jun 2030 15:00:00 PST", "2030-06-25T15:00:00-08:00"),
        ("Friday, 25-Jun-2030 15:00:00 GMT", "2030-06-25T15:00:00+00:00"),
        ("Tue, 25 Jun 2030 15:00:00 +0100", "2030-06-25T15:00:00+01:00"),
        ("2030-06-25T15:00:00Z", "2030-06-25T15:00:00+00:00"),
        ("2030-06-25T15:00:00", "2030-06-25T15:00:00+00:00"),
        ("2030-06-25", "2030-06-25T23:59:59+00:00"),
        ("25 Jun 2030", "2030-06-25T23:59:59+00:00"),
        ("June 25, 2030", "2030-06-25T23:59:59+00:00"),
        ("some day", None),
        ("", None),
        ("99 Jun 2030 15:00:00 PST", None),
    ],
)
def test_dates_of_unavailable_after(text, expected):
    found = parse_moment(text)
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("noindex", "NoIndex"),
        ("none", "NoIndex"),
        ("nofollow, noarchive, noai", None),
        ("unavailable_after: 25 Jun 2020 15:00:00 PST", "Expired"),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST", None),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST, unavailable_after: 19 Nov 2026 12:00:00 GMT", "Expired"),
        ("unavailable_after: once upon a time", None),
        ("otherbot: noindex", None),
    ],
)
def test_directives_that_forbid_a_record(header, reason):
    found = refusal(rights_of(X_Robots_Tag=header))
    assert (found[0] if found else None) == reason


def test_typographic_quotes_hide_no_directive():
    content = "\u201dnoindex, nofollow\u201d"
    assert meta_values([("\u201drobots\u201d", content)]) == {"robots": [content]}
    html = "<head><meta name=\u201drobots\u201d content=\u201dnoindex,nofollow\u201d></head><p>Text"
    document = open_document(Page("https://news.example/a", html))
    assert read_rights(document).robots == ("noindex", "nofollow") and not is_followed(document)
