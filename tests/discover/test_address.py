"""URLs: their normal form, the key of an article, and the site of a URL; by cases and for arbitrary URLs."""

import string
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.discover.address import (
    absolute,
    is_on_site,
    normalise,
    same_article_key,
    site_of,
)
from newscrawl.discover.hosts import is_private_host, parse_site

NORMAL = [
    ("HTTPS://WWW.A.Example:443/Story", "https://www.a.example/Story"),
    ("http://a.example:80", "http://a.example/"),
    ("http://a.example:443/", "http://a.example:443/"),
    ("https://a.example?x=1", "https://a.example/?x=1"),
    ("https://a.example/s#part", "https://a.example/s"),
    ("https://a.example/s?b=2&a=1", "https://a.example/s?a=1&b=2"),
    ("https://a.example/s?x[]=2&x[]=1", "https://a.example/s?x[]=2&x[]=1"),
    (
        "https://a.example/s?utm_source=n&UTM_Medium=m&fbclid=1&at_campaign=2&mc_cid=3&gclid=4&id=7",
        "https://a.example/s?id=7",
    ),
    ("https://a.example/s?utm_source=n", "https://a.example/s"),
    ("https://a.example/s;jsessionid=0A1B?PHPSESSID=99", "https://a.example/s"),
    ("https://a.example/(S(abcdef0123456789abcdef01))/s.aspx", "https://a.example/s.aspx"),
    ("https://a.example/s?sid=0123456789abcdef0123", "https://a.example/s"),
    ("https://a.example/s?sid=42", "https://a.example/s?sid=42"),
    ("https://a.example/a/./b/../c", "https://a.example/a/c"),
    ("https://a.example/../../a", "https://a.example/a"),
    ("https://a.example/a/%2e%2e/b", "https://a.example/b"),
    ("https://a.example/%7euser/%c3%a9", "https://a.example/~user/%C3%A9"),
    ("https://a.example/é b", "https://a.example/%C3%A9%20b"),
    ("https://a.example/a%2fb", "https://a.example/a%2Fb"),
    ("https://a.example/s?q=a%26b", "https://a.example/s?q=a%26b"),
    ("https://a.example/100%", "https://a.example/100%"),
    ("https://a.example/a//b", "https://a.example/a//b"),
    ("https://a.example\\a\\b", "https://a.example/a/b"),
    ("https://me:word@a.example/s", "https://a.example/s"),
    ("https://a.example@b.example:443/s?u=c@d", "https://b.example/s?u=c@d"),
    ("  https://a.example/a\n/b ", "https://a.example/a/b"),
    ("https://bücher.example./", "https://xn--bcher-kva.example/"),
    ("https://a.example/s?12345", "https://a.example/s?12345"),
    ("mailto:x@a.example", "mailto:x@a.example"),
    ("https://[::1", "https://[::1"),
    ("", ""),
]


@pytest.mark.parametrize(("url", "expected"), NORMAL)
def test_the_normal_form_of_a_url(url: str, expected: str) -> None:
    assert normalise(url) == expected
    assert normalise(expected) == expected


SAME = [
    "https://a.example/2026/11/harbour-opens",
    "http://a.example/2026/11/harbour-opens",
    "https://www.a.example/2026/11/harbour-opens/",
    "https://m.a.example/2026/11/harbour-opens",
    "https://amp.a.example/2026/11/harbour-opens",
    "https://a.example/2026/11/harbour-opens/amp/",
    "https://a.example/amp/2026/11/harbour-opens",
    "https://a.example/2026/11/harbour-opens?amp=1",
    "https://a.example/2026/11/harbour-opens?amp",
    "https://a.example/2026/11/harbour-opens?outputType=amp",
    "https://a.example/2026/11/harbour-opens/print/",
    "https://a.example/2026/11/harbour-opens?print=true",
    "https://a.example/2026/11/harbour-opens/index.html",
    "https://a.example/2026/11/harbour-opens?utm_source=x#comments",
    "https://a.example/2026/11/harbour-opens?ref=rss",
    "https://a.example/2026/11/harbour-opens?page=all",
    "https://a.example/2026/11/harbour-opens?page=1",
    "HTTPS://A.EXAMPLE/2026/11/h%61rbour-opens",
    "https://a.example/2026/11/harbour-opens?xtor=RSS-1&xtcr=2&xtnp=3&xtloc=4",
    "https://a.example/2026/11/harbour-opens?Echobox=1732000000&_guc_consent_skip=1732000000",
    "https://a.example/2026/11/harbour-opens?wpamp",
    "https://a.example/2026/11/harbour-opens?amp;utm_source=x&amp;amp;utm_medium=y&amp%3Bgclid=z",
]
OTHER = [
    "https://a.example/2026/11/harbour-closes",
    "https://a.example/2026/11/harbour-opens?page=2",
    "https://a.example/2026/11/harbour-opens?id=3",
    "https://a.example/2026/11/Harbour-opens",
    "https://sport.a.example/2026/11/harbour-opens",
    "https://a.example:8080/2026/11/harbour-opens",
    "https://a.example/2026/11/harbour-opens?ref=123",
    "https://a.example/2026/11%2Fharbour-opens",
    "https://de.m.a.example/2026/11/harbour-opens",
]


@pytest.mark.parametrize("url", SAME)
def test_variants_of_a_url_have_one_article_key(url: str) -> None:
    assert same_article_key(url) == same_article_key(SAME[0])


@pytest.mark.parametrize("url", OTHER)
def test_other_articles_have_another_key(url: str) -> None:
    assert same_article_key(url) != same_article_key(SAME[0])


def test_a_site_whose_name_is_that_of_a_view_is_a_site_of_its_own() -> None:
    assert same_article_key("https://amp.example/x") != same_article_key("https://m.example/x")
    assert same_article_key("https://a.example/?p=12") != same_article_key("https://a.example/?p=13")


def test_a_view_after_another_label_of_the_host_is_ignored() -> None:
    assert same_article_key("https://de.m.a.example/x") == same_article_key("https://de.a.example/x")
    assert same_article_key("https://www.de.amp.a.example/x") == same_article_key("https://de.a.example/x")
    assert same_article_key("https://print.de.m.a.example/x") == same_article_key("https://de.a.example/x")
    assert same_article_key("https://de.lite.a.example/x") != same_article_key("https://de.a.example/x")
    assert same_article_key("https://de.m.example/x") == "de.m.example/x"


def test_the_amp_ending_of_a_file_is_ignored() -> None:
    assert same_article_key("https://a.example/x/story.amp.html") == same_article_key("https://a.example/x/story.html")


segments = st.text(alphabet=string.ascii_letters + string.digits + "-_.~%é ü/;=,", max_size=24)
urls = st.builds(
    lambda scheme, host, path, query: f"{scheme}://{host}.example/{path}" + (f"?{query}" if query else ""),
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(["a", "www.a", "B.c"]),
    segments,
    st.text(alphabet="ab=&1%2f_utm", max_size=16),
)


@settings(max_examples=200, deadline=None)
@given(urls)
def test_normalising_twice_changes_nothing_and_the_host_stays(url: str) -> None:
    once = normalise(url)
    assert normalise(once) == once
    assert "#" not in once and " " not in once and once.isascii()
    assert urlsplit(once).hostname == (urlsplit(url).hostname or "").lower()
    assert same_article_key(once) == same_article_key(url)


@settings(max_examples=200, deadline=None)
@given(segments.filter(lambda s: "." not in s and "%" not in s and ";" not in s and "/" not in s))
def test_a_path_keeps_its_characters(segment: str) -> None:
    assert unquote(urlsplit(normalise(f"https://a.example/x/{segment}y")).path) == f"/x/{segment}y"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_given(text: str) -> None:
    normalise(text)
    same_article_key(text)
    site_of(text)
    is_private_host(text)
    absolute("https://a.example/", text)
    try:
        assert parse_site(text).startswith(("http://", "https://"))
    except ValueError as error:
        assert repr(text) in str(error)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.a.example/x", "a.example"),
        ("https://news.b.co.uk/x", "b.co.uk"),
        ("https://x.blogspot.com/", "x.blogspot.com"),
        ("http://localhost:8000/x", "localhost:8000"),
        ("http://127.0.0.1:8001", "127.0.0.1:8001"),
        ("http://[::1]:80/x", "[::1]:80"),
        ("http://intranet/x", "intranet"),
        ("https://A.EXAMPLE./", "a.example"),
        ("https://user@a.example:8443/", "a.example"),
        ("https://a.example?x=https://b.example/", "a.example"),
        ("//cdn.a.example/x", "a.example"),
        ("", ""),
    ],
)
def test_the_site_of_a_url(url: str, site: str) -> None:
    assert site_of(url) == site


def test_a_subdomain_is_on_the_site_and_a_similar_host_is_not() -> None:
    assert is_on_site("https://sport.a.example/x", "https://www.a.example/")
    assert not is_on_site("https://a-example.example/x", "https://a.example/")
    assert not is_on_site("https://b.blogspot.com/", "https://a.blogspot.com/")
    assert not is_on_site("http://127.0.0.1:8001/", "http://127.0.0.1:8000/")
    assert not is_on_site("mailto:", "")


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/x", "https://a.example/x"),
        ("x", "https://a.example/d/x"),
        ("../x", "https://a.example/x"),
        ("?p=2", "https://a.example/d/e?p=2"),
        ("//b.example/x", "https://b.example/x"),
        ("https://b.example/x#y", "https://b.example/x"),
        (" /x\n", "https://a.example/x"),
        ("/a/../x", "https://a.example/x"),
        ("#top", None),
        ("", None),
        ("mailto:x@a.example", None),
        ("javascript:void(0)", None),
        ("https://", None),
        ("\\2026\\x", "https://a.example/2026/x"),
        ("..\\x?y=\\z", "https://a.example/x?y=\\z"),
        ("\\\\b.example\\x", "https://b.example/x"),
        ("http://[", None),
        ("http://[::1/x", None),
        ("///b.example/x", None),
        ("https:///b.example/x", None),
        ("{{url}}", None),
        ("/x/{{ story.url }}/y", None),
        ("%7B%7Burl%7D%7D", None),
        ("/x/${id}", None),
        ("<%= url %>", None),
        ("[object Object]", None),
        ("/x/undefined", None),
        ("null", None),
        ("/x/undefined-behaviour", "https://a.example/x/undefined-behaviour"),
        ("/x/{id}", "https://a.example/x/{id}"),
    ],
)
def test_a_reference_is_resolved_to_an_absolute_url(href: str, expected: str | None) -> None:
    assert absolute("https://a.example/d/e", href) == expected
