"""What a publisher reserves, as it is read of headers, pages, robots.txt and tdmrep.json: pure, and many spellings, wrong ones too."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import datetime, timezone

import jsonschema
import pytest

from newscrawl import extract, record
from newscrawl.article import Article, License, Page, Rights, RslLicense, UsageStatement
from newscrawl.memory.revision import compare
from newscrawl.read import open_document
from newscrawl.record import rights_of as rights_of_record
from newscrawl.record import schema
from newscrawl.rights import (
    feed_licenses,
    file_rules,
    is_followed,
    merged,
    read_rights,
    refusal,
    reserved,
    robots_statements,
    with_origin,
)
from newscrawl.rights.directives import meta_values, parse_moment, robots_directives
from newscrawl.rights.licence import license_name
from newscrawl.rights.paths import is_match, target_of
from newscrawl.rights.rsl import header_links, written_licenses
from newscrawl.rights.tdmrep import MAX_FILE, rule_for
from newscrawl.rights.usage import signal_statement, usage_statement

URL = "https://news.example/2026/11/story"
NOW = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)


def rights_of(head: str = "", body: str = "", **headers: str) -> Rights:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return read_rights(
        open_document(Page(URL, f"<html><head>{head}</head><body><p>Text.</p>{body}</body></html>", NOW, named))
    )


# -- X-Robots-Tag and meta robots ---------------------------------------------------------------


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
def test_x_robots_tag(header, expected):
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
            '<meta name="robots" content="index"><meta name="robots" content="noarchive"><meta name="newscrawl" content="nofollow">',
            ["noarchive", "nofollow"],
        ),
        ('<meta name="description" content="noindex">', []),
        ('<meta name="robots">', []),
        ('<meta name="robots" content="">', []),
    ],
)
def test_meta_robots(head, expected):
    rights = rights_of(head)
    assert list(rights.robots) == expected
    followed = is_followed(open_document(Page(URL, f"<html><head>{head}</head><body><p>Text.</p></body></html>")))
    assert followed is not bool({"nofollow", "none"} & set(expected))


def test_directives_in_the_body_and_in_the_header_count_together():
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
def test_moments(text, expected):
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
def test_what_gives_no_record(header, reason):
    found = refusal(rights_of(X_Robots_Tag=header))
    assert (found[0] if found else None) == reason


# -- path patterns ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/", "/a", True), ("/a", "/a/b", True), ("/a/", "/a", False), ("/A", "/a", False), ("/a$", "/a", True), ("/a$", "/a/b", False),
        ("/*.jpg$", "/x/y.jpg", True), ("/*.jpg$", "/x/y.jpg?z", False), ("/*/b", "/a/b/c", True), ("*", "/anything", True),
        ("/a*b*c$", "/aXbXbc", True), ("/a*b*c$", "/ac", False), ("/%7Ejoe", "/~joe", True), ("/a%2fb", "/a%2Fb", True), ("/a%2fb", "/a/b", False),
        ("/größe", "/gr%C3%B6%C3%9Fe", True), ("/a?b=", "/a?b=1", True), ("", "/a", True), ("/path/foo-%24", "/path/foo-$", False),
    ],
)  # fmt: skip
def test_path_patterns(pattern, path, expected):
    assert is_match(pattern, target_of("https://a.example" + path)) is expected


def test_a_pattern_made_to_be_costly_is_not():
    began = time.process_time()
    assert not is_match("/" + "*a" * 900 + "*b$", target_of("https://a.example/" + "a" * 20_000))
    usage_statement("(" * 900 + "a=(" + "a " * 400, "header")
    list(header_links("<a>" + "; a=b" * 1500 + "; license"))
    assert time.process_time() - began < 1


# -- TDMRep -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "header", "expected"),
    [
        ("", "1", (True, "header")),
        ("", "0", (False, "header")),
        ("", " 1 ", (True, "header")),
        ("", "0, 1", (True, "header")),
        ("", "2", (None, None)),
        ("", "yes", (None, None)),
        ('<meta name="tdm-reservation" content="1">', "0", (True, "meta")),
        ('<meta name="TDM-Reservation" content="0">', "1", (False, "meta")),
        ('<meta name="tdm-reservation" content="maybe">', "1", (True, "header")),
        ('<meta name="tdm-reservation" content="0"><meta name="tdm-reservation" content="1">', "", (True, "meta")),
    ],
)
def test_tdm_header_and_meta(head, header, expected):
    rights = rights_of(head, TDM_Reservation=header)
    assert (rights.tdm_reserved, rights.tdm_source) == expected


def test_a_tdm_policy_is_an_address_and_goes_with_a_reservation():
    rights = rights_of('<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="/policy.json">')
    assert rights.tdm_policy == "https://news.example/policy.json"
    assert rights_of(TDM_Reservation="0", TDM_Policy="https://a.example/p").tdm_policy is None


TDM_FILE = json.dumps(
    [
        {"location": "/open/*.html", "tdm-reservation": 0},
        {"location": "/2026/", "tdm-reservation": 1, "tdm-policy": "https://news.example/p.json"},
        {"location": "/2026/11/", "tdm-reservation": 0},
        {"tdm-reservation": 1},
        {"location": "/broken", "tdm-reservation": "maybe"},
        "no rule",
        {"location": "/text/", "tdm-reservation": "1"},
    ]
).encode()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2026/11/story", True),
        ("/open/a.html", False),
        ("/open/a.pdf", None),
        ("/broken", None),
        ("/text/a", True),
        ("/", None),
    ],
)
def test_the_first_rule_of_a_tdm_file_that_matches_counts(path, expected):
    assert rule_for(file_rules(TDM_FILE), "https://news.example" + path).reserved is expected


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("https://news.example/2026/*", True),
        ("https://www.news.example:443/", True),
        ("https://other.example/", None),
        ("https://news.example/open", None),
    ],
)
def test_a_tdm_file_may_name_its_host(location, expected):
    rules = file_rules(json.dumps([{"location": location, "tdm-reservation": 1}]).encode())
    assert rule_for(rules, "https://news.example/2026/11/story").reserved is expected


def test_quotes_of_a_text_program_hide_no_directive():
    assert meta_values([("\u201drobots\u201d", "\u201dnoindex, nofollow\u201d")]) == {
        "robots": ["\u201dnoindex, nofollow\u201d"]
    }
    document = open_document(
        Page(
            "https://news.example/a",
            "<head><meta name=\u201drobots\u201d content=\u201dnoindex,nofollow\u201d></head><p>Text",
        )
    )
    assert read_rights(document).robots == ("noindex", "nofollow") and not is_followed(document)


@pytest.mark.parametrize("body", [b"", b"<html>", b"12", b'"x"', b"[" * 100_000, b"\xff\xfe", b" " * (MAX_FILE + 1)])
def test_a_bad_tdm_file_is_a_value_error(body):
    with pytest.raises(ValueError):
        file_rules(body)


def test_a_tdm_file_without_brackets_and_with_a_mark_is_read():
    [rule] = file_rules(b'\xef\xbb\xbf{"location": "all", "tdm-reservation": true}')
    assert (rule.location, rule.reserved) == ("/all", True)


def test_what_the_page_says_goes_before_the_file():
    rules = file_rules(TDM_FILE)
    assert with_origin(rights_of(), URL, tdm=rules).tdm_source == "tdmrep.json"
    assert with_origin(rights_of(), URL, tdm=rules).tdm_policy == "https://news.example/p.json"
    assert with_origin(rights_of(TDM_Reservation="0"), URL, tdm=rules).tdm_reserved is False
    assert with_origin(rights_of(TDM_Reservation="1"), URL, tdm=rules).tdm_source == "header"


# -- Content-Usage and Content-Signal -----------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("train-ai=n", {"train-ai": False}),
        ("train-ai=n, search=y", {"train-ai": False, "search": True}),
        ("train-ai=n,search=y", {"train-ai": False, "search": True}),
        ("train-ai=y, train-ai=n", {"train-ai": False}),
        ("train-ai=n;exceptions=cc-cr, bots=y", {"train-ai": False, "bots": True}),
        ('train-ai=n;a;b=?1;c="x, y"', {"train-ai": False}),
        ("train-ai=maybe, search=n", {"search": False}),
        ('ai=y, ai="n", genai=n, genai, tdm=n, tdm=()', {}),
        ('a=(1 2 "x");q=0.5, search=n', {"search": False}),
        ("train-ai", {}),
        ("Train-AI=N", {}),
        ("train-ai=n,", {}),
        ("train-ai: n", {}),
        ("train-ai=n search=y", {}),
        ("", {}),
    ],
)
def test_content_usage_is_a_dictionary(raw, expected):
    statement = usage_statement(raw, "header")
    assert dict(statement.preferences) == expected and statement.raw == raw


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("search=yes, ai-train=no", {"search": True, "ai-train": False}),
        ("Search = YES,ai-input=No", {"search": True, "ai-input": False}),
        ("ai-train=no, ai-train=yes", {"ai-train": False}),
        ("ai-train=maybe, search", {}),
        ("nonsense", {}),
    ],
)
def test_content_signals(raw, expected):
    assert dict(signal_statement(raw, "robots.txt").preferences) == expected


ROBOTS = b"""\xef\xbb\xbf# rights
License: https://news.example/license.xml
user-agent: *
Disallow: /private
Content-Usage: train-ai=n
content-usage :   /ai-ok/\ttrain-ai=y   # by agreement
Content-Signal: search=yes, ai-train=no
Content-Usage: /ai-ok/ search=n

User-Agent: otherbot
User-Agent: newscrawl
Allow: /
Content-Usage: /none/ train-ai=n
Sitemap: https://news.example/sitemap.xml
License: /second.xml
"""


def test_the_group_of_newscrawl_holds_else_that_of_all():
    mine = robots_statements(ROBOTS, "https://news.example/robots.txt")
    assert mine.usage_of("https://news.example/none/x")[0].raw == "train-ai=n"
    assert mine.usage_of(URL) == () == mine.signals_of(URL)
    others = robots_statements(ROBOTS, "https://news.example/robots.txt", "anybot/2.0")
    assert [one.raw for one in others.usage_of(URL)] == ["train-ai=n"]
    assert sorted(one.raw for one in others.usage_of("https://news.example/ai-ok/x")) == ["search=n", "train-ai=y"]
    assert dict(others.signals_of(URL)[0].preferences) == {"search": True, "ai-train": False}
    assert (
        [one.url for one in mine.licenses]
        == ["https://news.example/license.xml", "https://news.example/second.xml"]
        == [one.url for one in others.licenses]
    )


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_and_groups_of_one_agent_that_stand_apart(end):
    lines = [b"Content-Signal: ai-train=no", b"User-agent: a", b"Content-Usage: search=n", b"User-agent: NEWSCRAWL/1.0", b"Content-Usage: train-ai=n",
             b"User-agent: b", b"Disallow: /x", b"User-agent: newscrawl", b"Content-Usage: /2026 search=n"]  # fmt: skip
    found = robots_statements(end.join(lines), "https://news.example/robots.txt")
    assert [one.raw for one in found.usage_of(URL)] == ["search=n"]
    assert [one.raw for one in found.usage_of("https://news.example/")] == ["train-ai=n"]
    assert found.signals_of(URL) == ()
    everyone = robots_statements(end.join(lines[:3]), "https://news.example/robots.txt")
    assert [one.raw for one in everyone.signals_of(URL)] == ["ai-train=no"], "before any group: for all"


def test_a_robots_txt_that_says_nothing_of_use():
    assert robots_statements(
        b"User-agent: *\nDisallow: /x\n# a license: no\n", "https://a.example/robots.txt"
    ) == robots_statements(b"", "")
    assert (
        robots_statements(
            b"\x00\xff License: javascript:alert(1)\nLicense: http://[\nContent-Usage:", "https://a.example/robots.txt"
        ).licenses
        == ()
    )


# -- RSL ----------------------------------------------------------------------------------------

RSL = """<?xml version="1.0"?><rsl xmlns="https://rslstandard.org/rsl"><content url="{url}"><license>
<permits type="usage">search, ai-input</permits><permits type="geo">DE</permits><prohibits type="usage">ai-train</prohibits><payment type="free"/>
</license></content></rsl>"""


@pytest.mark.parametrize(
    ("url", "holds"),
    [
        ("", True), ("/", True), ("/2026/*", True), ("https://www.news.example/2026/", True), ("https://news.example/*", True),
        ("/2025/", False), ("https://other.example/", False), (URL, True), ("/2026/11/$", False),
    ],
)  # fmt: skip
def test_rsl_that_is_written_out(url, holds):
    expected = RslLicense("script", None, ("search", "ai-input"), ("ai-train",), "free")
    assert written_licenses(RSL.format(url=url), URL) == ((expected,) if holds else ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no xml",
        "<rsl>",
        "<rsl><content><license></content>",
        "<html/>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><rsl>&b;</rsl>",
    ],
)
def test_rsl_that_is_broken_costs_nothing(text):
    assert all(one == RslLicense("script") for one in written_licenses(text, URL))


def test_rsl_is_found_in_header_link_and_script():
    head = (
        '<link rel="license" type="Application/RSL+XML" href="/rsl.xml"><script type="application/rsl+xml">'
        + RSL.format(url="/")
        + "</script>"
    )
    rights = rights_of(
        head,
        Link='<https://a.example/l.xml>; type="application/rsl+xml"; rel="license", </next>; rel=next, </l>; rel=license',
    )
    assert [(one.source, one.url) for one in rights.rsl] == [
        ("header", "https://a.example/l.xml"),
        ("link", "https://news.example/rsl.xml"),
        ("script", None),
    ]
    assert rights.licenses == (License("header", "https://news.example/l"),)


def test_rsl_in_a_feed():
    def content(text):
        return f'<rsl:content url="{text}"><rsl:license><rsl:prohibits type="usage">ai-train</rsl:prohibits></rsl:license></rsl:content>'

    feed = (
        f'<rss xmlns:rsl="https://rslstandard.org/rsl" version="2.0"><channel><title>x</title>{{}}'
        f"<item><link>{URL}</link>{content(URL)}</item><item><link>/other</link></item></channel></rss>"
    )
    found = feed_licenses(feed.format("").encode(), open_document(Page(URL, "<p>x")).absolute)
    assert list(found) == [URL] and found[URL][0].prohibits == ("ai-train",) and found[URL][0].source == "feed"
    assert set(feed_licenses(feed.format(content("/")).encode(), lambda address: address)) == {"", URL}
    assert feed_licenses(b"<rss/>", lambda address: address) == {}


# -- licence and copyright ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("http://www.creativecommons.org/licenses/by-nc-sa/4.0", "CC-BY-NC-SA-4.0"),
        ("//creativecommons.org/licenses/by-nd/4.0/deed.de", "CC-BY-ND-4.0"),
        ("https://creativecommons.org/licenses/by/3.0/us/", "CC-BY-3.0-US"),
        ("https://creativecommons.org/licenses/BY/4.0/legalcode.fr", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/?ref=x", "CC-BY-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/deed.en", "CC-PDM-1.0"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-nc-4.0", "CC-BY-NC-4.0"),
        ("Creative Commons BY-SA 4.0 International", "CC-BY-SA-4.0"),
        ("CC0", "CC0-1.0"),
        ("https://creativecommons.org/", None),
        ("https://notcreativecommons.org/licenses/by/4.0/", None),
        ("All rights reserved", None),
        ("", None),
    ],
)
def test_creative_commons_names(text, expected):
    assert license_name(text) == expected


def json_ld(**fields):
    return (
        f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": "x", **fields})}</script>'
    )


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (json_ld(license="https://creativecommons.org/licenses/by/4.0/"), "", License("json-ld", "https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0")),
        (json_ld(license={"@type": "CreativeWork", "url": "/terms"}), "", License("json-ld", "https://news.example/terms")),
        (json_ld(license=["All rights reserved"]), "", License("json-ld", None, "All rights reserved")),
        (json_ld(license=7, copyrightYear=None), "", License("json-ld", None, "7")),
        (json_ld(license={"x": 1}), "", None),
        ('<link rel=license href="terms.html">', "", License("link", "https://news.example/2026/11/terms.html")),
        ("", '<a rel="license noopener" href="https://creativecommons.org/licenses/by-nc/4.0/">CC</a>', License("a", "https://creativecommons.org/licenses/by-nc/4.0/", "CC-BY-NC-4.0")),
        ("", '<a rel="nolicense" href="/x">no</a>', None),
        ("", '<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="license" content="/l"></div>', License("microdata", "https://news.example/l")),
        ("", '<div itemscope itemtype="https://schema.org/ImageObject"><link itemprop="license" href="/l"></div>', None),
        ('<meta name="dcterms.license" content="CC BY-SA 4.0">', "", License("meta", None, "CC-BY-SA-4.0")),
        ('<link rel=license href="javascript:x">', "", None),
    ],
)  # fmt: skip
def test_licences(head, body, expected):
    assert rights_of(head, body).licenses == ((expected,) if expected else ())


def test_copyright():
    head = json_ld(
        copyrightHolder={"@id": "#us"},
        copyrightYear=2026,
        copyrightNotice="© 2026 The Courier",
        usageInfo="/use",
        acquireLicensePage={"@id": "/buy"},
    ) + json_ld(**{"@type": "Organization", "@id": "#us", "name": "The Courier"})
    rights = rights_of(head)
    assert (rights.copyright_holder, rights.copyright_year, rights.copyright_notice) == (
        "The Courier",
        2026,
        "© 2026 The Courier",
    )
    assert (rights.usage_info, rights.acquire_license_page) == ("https://news.example/use", "https://news.example/buy")
    assert rights_of('<meta name="copyright" content="  The   Courier ">').copyright_notice == "The Courier"
    odd = rights_of(
        json_ld(
            copyrightHolder=["A", {"name": "B"}, None, 3],
            copyrightYear="(c) 2019-2024",
            usageInfo=[],
            copyrightNotice={"x": 1},
        )
    )
    assert (odd.copyright_holder, odd.copyright_year, odd.usage_info, odd.copyright_notice) == (
        "A, B, 3",
        2019,
        None,
        None,
    )


# -- what it means ------------------------------------------------------------------------------


def usage(raw):
    return Rights(content_usage=(usage_statement(raw, "header"),))


def signal(raw):
    return Rights(content_signal=(signal_statement(raw, "robots.txt"),))


def rsl(*, permits=(), prohibits=(), payment=None):
    return Rights(rsl=(RslLicense("script", None, permits, prohibits, payment),))


@pytest.mark.parametrize(
    ("rights", "expected"),
    [
        (None, ""), (Rights(), ""),
        (Rights(robots=("noindex",)), "search"), (Rights(robots=("none",)), "search"), (Rights(robots=("noarchive",)), "archive"),
        (Rights(robots=("nocache",)), "archive"), (Rights(robots=("noai",)), "train"), (Rights(robots=("noimageai", "nosnippet", "nofollow", "odd")), ""),
        (Rights(observed_at=NOW, unavailable_after=datetime(2026, 1, 1, tzinfo=timezone.utc)), "search"),
        (Rights(observed_at=NOW, unavailable_after=datetime(2027, 1, 1, tzinfo=timezone.utc)), ""),
        (Rights(tdm_reserved=True, tdm_source="meta"), "train"), (Rights(tdm_reserved=False), ""), (Rights(tdm_policy="https://a.example/p"), ""),
        (usage("train-ai=n"), "train"), (usage("train-ai=y"), ""), (usage("search=n"), "search"), (usage("train-genai=n, train-ai=y"), "train"),
        (usage("bots=n"), "search archive train"), (usage("bots=n, search=y"), "archive train"), (usage("tdm=n, train-ai=y"), "search"),
        (usage("unknown=n"), ""), (usage("TRAIN-AI=N"), ""),
        (signal("search=no, ai-train=no, ai-input=no"), "search train"), (signal("search=yes, ai-train=yes"), ""), (signal("ai-input=no"), ""),
        (rsl(prohibits=("ai-train",)), "train"), (rsl(prohibits=("all",)), "search archive train"), (rsl(prohibits=("ai-all",)), "train"),
        (rsl(permits=("search",)), ""), (rsl(permits=("ai-train",), payment="purchase"), "train"), (rsl(permits=("ai-train",), payment="free"), ""),
        (Rights(rsl=(RslLicense("robots.txt", "https://a.example/l.xml"),)), ""),
        (Rights(licenses=(License("a", None, "All rights reserved"),), copyright_notice="All rights reserved"), ""),
        (Rights(content_usage=(UsageStatement("header", "", (("train-ai", True),)), UsageStatement("robots.txt", "", (("train-ai", False),)))), "train"),
    ],
)  # fmt: skip
def test_which_signal_reserves_which_purpose(rights, expected):
    found = reserved(rights)
    assert " ".join(found) == expected and all(found.values())


def test_two_pages_of_one_article_reserve_together():
    first, later = (
        rights_of(X_Robots_Tag="noarchive"),
        rights_of(X_Robots_Tag="unavailable_after: 2026-01-01", TDM_Reservation="1"),
    )
    both = merged(first, later)
    assert set(reserved(both)) == {"search", "archive", "train"} and both.observed_at == NOW
    assert merged(None, later) is later and merged(first, None) is first


# -- the record ---------------------------------------------------------------------------------

STORY = "<h1>Harbour bridge reopens after repairs</h1>" + "".join(
    f"<p>Paragraph {n} tells at some length how the harbour bridge was repaired in the winter, and what the town paid for it.</p>"
    for n in range(8)
)


def test_extract_fills_what_page_and_headers_say_and_the_record_holds_against_the_schema():
    head = (
        "<title>Harbour bridge reopens after repairs</title><meta name=robots content=noarchive><meta name=tdm-reservation content=1>"
        + json_ld(
            headline="Harbour bridge reopens after repairs",
            license="https://creativecommons.org/licenses/by/4.0/",
            copyrightYear=2026,
            usageInfo="/use",
        )
        + f'<script type="application/rsl+xml">{RSL.format(url="/")}</script>'
    )
    headers = {
        "X-Robots-Tag": "unavailable_after: 2030-01-01",
        "Content-Usage": "train-ai=n",
        "content-signal": "search=yes",
    }
    article = extract(f"<html><head>{head}</head><body><article>{STORY}</article></body></html>", URL, headers, NOW)
    made = record(article)
    jsonschema.Draft202012Validator(schema()).validate(made)
    rights = made["rights"]
    assert rights["observedAt"] == "2026-11-20T12:00:00+00:00" and rights["reserved"] == ["archive", "train"]
    assert "train: tdm-reservation: 1 (meta)" in rights["reservedBy"] and rights["tdm"] == {
        "reservation": True,
        "policy": None,
        "source": "meta",
    }
    assert rights["contentUsage"] == [
        {"source": "header", "raw": "train-ai=n", "preferences": [{"category": "train-ai", "allowed": False}]}
    ]
    assert (
        rights["license"][0]["name"] == "CC-BY-4.0"
        and rights["rsl"][0]["prohibits"] == ["ai-train"]
        and rights["copyrightYear"] == 2026
    )
    assert rights_of_record(json.loads(json.dumps(made))) == article.rights


def test_where_nothing_is_stated_only_the_observation_stands_there():
    made = record(extract(f"<html><body><article>{STORY}</article></body></html>", URL, fetched_at=NOW))
    assert made["rights"] == {"observedAt": "2026-11-20T12:00:00+00:00", "reserved": [], "reservedBy": []}
    assert record(Article(URL))["rights"] is None is rights_of_record(record(Article(URL)))
    assert rights_of_record(made) == Rights(NOW) and rights_of_record({}) is None


def test_a_new_observation_is_no_change_of_the_article():
    article = extract(f"<html><body><article>{STORY}</article></body></html>", URL, fetched_at=NOW)
    later = replace(article, rights=Rights(datetime(2026, 12, 1, tzinfo=timezone.utc), ("noarchive",)))
    assert compare(record(article), record(later)) is None
