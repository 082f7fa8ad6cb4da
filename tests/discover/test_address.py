"""Addresses and hosts: tables of cases, and properties that hold for any address."""

import string
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.discover.address import (
    absolute,
    is_on_site,
    is_private_host,
    normalise,
    parse_site,
    same_article_key,
    site_of,
)

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


@pytest.mark.parametrize("given_, expected", NORMAL)
def test_normalise(given_: str, expected: str) -> None:
    assert normalise(given_) == expected
    assert normalise(expected) == expected


SAME = [
    "https://a.example/2026/11/harbour-opens", "http://a.example/2026/11/harbour-opens", "https://www.a.example/2026/11/harbour-opens/",
    "https://m.a.example/2026/11/harbour-opens", "https://amp.a.example/2026/11/harbour-opens", "https://a.example/2026/11/harbour-opens/amp/",
    "https://a.example/amp/2026/11/harbour-opens", "https://a.example/2026/11/harbour-opens?amp=1", "https://a.example/2026/11/harbour-opens?amp",
    "https://a.example/2026/11/harbour-opens?outputType=amp", "https://a.example/2026/11/harbour-opens/print/",
    "https://a.example/2026/11/harbour-opens?print=true", "https://a.example/2026/11/harbour-opens/index.html",
    "https://a.example/2026/11/harbour-opens?utm_source=x#comments", "https://a.example/2026/11/harbour-opens?ref=rss",
    "https://a.example/2026/11/harbour-opens?page=all", "https://a.example/2026/11/harbour-opens?page=1",
    "HTTPS://A.EXAMPLE/2026/11/h%61rbour-opens",
]  # fmt: skip
OTHER = [
    "https://a.example/2026/11/harbour-closes", "https://a.example/2026/11/harbour-opens?page=2", "https://a.example/2026/11/harbour-opens?id=3",
    "https://a.example/2026/11/Harbour-opens", "https://sport.a.example/2026/11/harbour-opens", "https://a.example:8080/2026/11/harbour-opens",
    "https://a.example/2026/11/harbour-opens?ref=123", "https://a.example/2026/11%2Fharbour-opens",
]  # fmt: skip


@pytest.mark.parametrize("url", SAME)
def test_variants_of_one_article_are_one(url: str) -> None:
    assert same_article_key(url) == same_article_key(SAME[0])


@pytest.mark.parametrize("url", OTHER)
def test_other_articles_are_others(url: str) -> None:
    assert same_article_key(url) != same_article_key(SAME[0])


def test_a_site_called_by_a_view_is_itself() -> None:
    assert same_article_key("https://amp.example/x") != same_article_key("https://m.example/x")
    assert same_article_key("https://a.example/?p=12") != same_article_key("https://a.example/?p=13")


def test_amp_and_html_ending() -> None:
    assert same_article_key("https://a.example/x/story.amp.html") == same_article_key("https://a.example/x/story.html")


segments = st.text(alphabet=string.ascii_letters + string.digits + "-_.~%é ü/;=,", max_size=24)
urls = st.builds(
    lambda scheme, host, path, query: f"{scheme}://{host}.example/{path}" + (f"?{query}" if query else ""),
    st.sampled_from(["http", "https", "HTTPS"]), st.sampled_from(["a", "www.a", "B.c"]), segments,
    st.text(alphabet="ab=&1%2f_utm", max_size=16),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(urls)
def test_normal_form_is_reached_in_one_step_and_keeps_the_place(url: str) -> None:
    once = normalise(url)
    assert normalise(once) == once
    assert "#" not in once and " " not in once and once.isascii()
    assert urlsplit(once).hostname == (urlsplit(url).hostname or "").lower()
    assert same_article_key(once) == same_article_key(url)


@settings(max_examples=200, deadline=None)
@given(segments.filter(lambda s: "." not in s and "%" not in s and ";" not in s and "/" not in s))
def test_path_keeps_its_characters(segment: str) -> None:
    assert unquote(urlsplit(normalise(f"https://a.example/x/{segment}y")).path) == f"/x/{segment}y"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_nothing_raises(text: str) -> None:
    normalise(text)
    same_article_key(text)
    site_of(text)
    is_private_host(text)
    absolute("https://a.example/", text)
    try:
        assert parse_site(text).startswith(("http://", "https://"))
    except ValueError as error:
        assert repr(text) in str(error)


@pytest.mark.parametrize("url, site", [
    ("https://www.a.example/x", "a.example"), ("https://news.b.co.uk/x", "b.co.uk"), ("https://x.blogspot.com/", "x.blogspot.com"),
    ("http://localhost:8000/x", "localhost:8000"), ("http://127.0.0.1:8001", "127.0.0.1:8001"), ("http://[::1]:80/x", "[::1]:80"),
    ("http://intranet/x", "intranet"), ("https://A.EXAMPLE./", "a.example"), ("https://user@a.example:8443/", "a.example"),
    ("https://a.example?x=https://b.example/", "a.example"), ("//cdn.a.example/x", "a.example"), ("", ""),
])  # fmt: skip
def test_site_of(url: str, site: str) -> None:
    assert site_of(url) == site


def test_is_on_site() -> None:
    assert is_on_site("https://sport.a.example/x", "https://www.a.example/")
    assert not is_on_site("https://a-example.example/x", "https://a.example/")
    assert not is_on_site("https://b.blogspot.com/", "https://a.blogspot.com/")
    assert not is_on_site("http://127.0.0.1:8001/", "http://127.0.0.1:8000/")
    assert not is_on_site("mailto:", "")


@pytest.mark.parametrize("text, expected", [
    ("https://a.example", "https://a.example/"), ("b.example", "https://b.example/"), ("b.example:8080/path", "https://b.example:8080/path"),
    ("127.0.0.1:8000", "http://127.0.0.1:8000/"), ("localhost:8000/x", "http://localhost:8000/x"),
    (" http://A.Example/x?y=1#z ", "http://a.example/x?y=1"),
    ("[::1]:8000", "http://[::1]:8000/"), ("//a.example", "https://a.example/"), ("zürich.example", "https://xn--zrich-kva.example/"),
    ("https://127.0.0.1", "https://127.0.0.1/"),
])  # fmt: skip
def test_parse_site(text: str, expected: str) -> None:
    assert parse_site(text) == expected


@pytest.mark.parametrize("text, why", [
    ("", "empty"), ("  ", "empty"), ("a example", "white space"), ("ftp://a.example", "'ftp'"), ("mailto:x@a.example", "'mailto'"),
    ("file:///etc/hosts", "'file'"), ("javascript:alert(1)", "'javascript'"),
    ("example", "no dot"), ("a.example:99999", "port"),
    ("a.example:0", "port"), ("a.example:http", "port"),
    ("a.example:", "port"), ("a..example", "empty part"), ("https://", "no host"),
    ("https:/a.example", "'://'"), ("me@a.example", "user name"), ("a_b!.example", "'a_b!'"),
    ("-a.example", "'-a'"), ("1.2.3.4.5", "neither"),
    ("http://[::1", "IPv6"), ("http://", "no host"), ("x" * 64 + ".example", "cannot be part"),
])  # fmt: skip
def test_unusable_site_is_named_with_its_fault(text: str, why: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_site(text)
    assert repr(text) in str(caught.value) and why in str(caught.value)


PRIVATE = [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "10.1.2.3", "172.16.0.1",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "0", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "[::1]", "::",
    "::ffff:127.0.0.1", "::ffff:a00:1", "::7f00:1", "fe80::1%eth0", "fd00::1", "64:ff9b::7f00:1", "2002:7f00:1::", "localhost",
    "LOCALHOST.", "x.localhost", "printer.local", "x.internal", "home.arpa", "a.home.arpa", "１２７.0.0.1", "%31%32%37.0.0.1",
    "127.0.0.1.",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_private_hosts(host: str) -> None:
    assert is_private_host(host)


PUBLIC = ["a.example", "8.8.8.8", "134744072", "::ffff:8.8.8.8", "2606:4700::1111", "localhost.a.example",
          "10.example", "1.2.3.4.5"]  # fmt: skip


@pytest.mark.parametrize("host", PUBLIC)
def test_public_hosts(host: str) -> None:
    assert not is_private_host(host)


@pytest.mark.parametrize("href, expected", [
    ("/x", "https://a.example/x"), ("x", "https://a.example/d/x"), ("../x", "https://a.example/x"), ("?p=2", "https://a.example/d/e?p=2"),
    ("//b.example/x", "https://b.example/x"), ("https://b.example/x#y", "https://b.example/x"), (" /x\n", "https://a.example/x"),
    ("/a/../x", "https://a.example/x"), ("#top", None), ("", None), ("mailto:x@a.example", None), ("javascript:void(0)", None),
    ("https://", None), ("\\2026\\x", "https://a.example/2026/x"), ("..\\x?y=\\z", "https://a.example/x?y=\\z"), ("\\\\b.example\\x", "https://b.example/x"),
    ("http://[", None), ("http://[::1/x", None),
])  # fmt: skip
def test_absolute(href: str, expected: str | None) -> None:
    assert absolute("https://a.example/d/e", href) == expected
