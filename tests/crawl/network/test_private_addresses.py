"""No connection to a private address, whatever a page, redirect, robots.txt, feed, sitemap or host name says."""

from __future__ import annotations

import json
import time
from pathlib import Path
from urllib.parse import urljoin

import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.network.address_guard import AddressGuardMiddleware
from newscrawl.crawl.network.response_limits import ResponseLimitsMiddleware
from newscrawl.discover.hosts import is_private_address
from tests.support.crawling import Crawled, crawl
from tests.support.hostile_server import (
    Answer,
    front_page,
    page,
    path_of,
    redirects_to,
    sends,
    serve_hostile,
    story,
    well_formed,
)

#: Makes a crawl treat 127.0.0.1 as a public address, so that the tests can serve pages; all others count as they are.
_WITH_PUBLIC_LOOPBACK = """
import newscrawl.crawl.network.public_pool as public_pool
is_private = public_pool.is_private_address
public_pool.is_private_address = lambda ip: ip not in ("127.0.0.1", "::ffff:127.0.0.1") and is_private(ip)
from scrapy.cmdline import execute
execute()
"""


@pytest.mark.parametrize(
    "ip",
    """
    127.0.0.1 127.9.9.9 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200
    0.0.0.0 224.0.0.1 240.0.0.1 255.255.255.255 198.18.0.1 192.0.2.1 192.0.0.192 192.88.99.1 168.63.129.16
    ::1 :: ::ffff:10.0.0.1 ::ffff:0:10.0.0.1 ::10.0.0.1 64:ff9b::a00:1 64:ff9b:1::1 2002:a00:1:: 2001:0:1::1 2001:db8::1
    3fff:fff::1 2a00::5efe:10.0.0.1 fe80::1%eth0 fd00:ec2::254 fec0::1 ff02::1 4000::1
    """.split(),
)
def test_private_addresses(ip: str) -> None:
    assert is_private_address(ip)


@pytest.mark.parametrize(
    "ip",
    """
    8.8.8.8 100.63.255.255 100.128.0.0 172.32.0.1 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1
    """.split(),
)
def test_public_addresses(ip: str) -> None:
    assert not is_private_address(ip)


def test_what_is_not_an_address_counts_as_private() -> None:
    assert is_private_address("") and is_private_address("news.example") and is_private_address("1.2.3")


@pytest.mark.parametrize(
    "host",
    """
    127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 017700000001 0177.0.0.1 127.0.0.1. 127.0.0.1.. 0 10.1
    %31%32%37.0.0.1 127%2e0%2e0%2e1 １２７.0.0.1 127。0。0。1 ①②⑦.0.0.1
    localhost LOCALHOST. a.localhost metadata.google.internal printer.local router.lan
    [::1] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:0:0:1] [fe80::1%25eth0]
    user@127.0.0.1 news.example@10.0.0.1 news.example:80@10.0.0.1
    """.split(),
)
def test_private_hosts_are_refused_however_they_are_written(host: str) -> None:
    with pytest.raises(ReasonedIgnore) as caught:
        AddressGuardMiddleware().process_request(Request(f"http://{host}/"))
    assert caught.value.reason == "PrivateAddress"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("http://me:word@a.example:80/x?y=@z", "http://a.example:80/x?y=@z"),
        ("//me@a.example/x", "http://a.example/x"),
        ("/@me/x", "http://b.example/@me/x"),
        ("http://a.example/x", "http://a.example/x"),
    ],
)
def test_user_and_password_are_removed_from_redirects(target: str, expected: str) -> None:
    redirect = Response("http://b.example/", 302, {"Location": target})
    response = ResponseLimitsMiddleware(0, 0).process_response(Request(redirect.url), redirect)
    assert urljoin(redirect.url, response.headers["Location"].decode()) == expected


def _crawl(folder: Path, site: str, names: dict[str, list[list[str]]], **settings: str) -> Crawled:
    given = {
        "NEWSCRAWL_ALLOW_PRIVATE": "0",
        "TWISTED_DNS_RESOLVER": "tests.support.hostile_server.Names",
        "TEST_NAMES": json.dumps(names),
        "LOG_LEVEL": "DEBUG",
        **settings,
    }
    return crawl(folder, site, settings=given, program=_WITH_PUBLIC_LOOPBACK)


def _entries(crawled: Crawled) -> dict[str, str]:
    return {entry["url"]: entry["reason"] for entry in crawled.entries}


def test_the_address_that_is_connected_to_is_checked(tmp_path: Path) -> None:
    """Pages, redirects, robots.txt, sitemaps and feeds, on host names that resolve to private addresses."""
    answers: dict[str, Answer] = {path_of("weather"): page(story("weather"))}
    with serve_hostile(answers) as public, serve_hostile({}, "127.0.0.2", public.port) as private:
        at = f":{public.port}"
        hosts = ("page.a.example", "robots.a.example", "twice.a.example", "mapped.a.example", "void.a.example")
        links = [f"http://{host}{at}{path_of('number-' + host[:4])}" for host in hosts]
        redirected = [path_of(f"redirect-{n}") for n in range(4)]
        answers_of_a = public.answers
        feed = f'<link rel="alternate" type="application/rss+xml" href="http://feed.a.example{at}/feed"></head>'
        answers_of_a["/"] = page(front_page([*links, *redirected, path_of("weather")]).replace("</head>", feed))
        answers_of_a["/robots.txt"] = page(
            f"User-agent: *\nAllow: /\nSitemap: http://map.a.example{at}/map.xml\nSitemap: http://127.0.0.2{at}/map.xml\n"
        )
        targets = (
            f"http://page.a.example{at}/x",
            f"http://127.0.0.2{at}/x",
            f"http://2130706434{at}/x",
            f"http://0x7f.2{at}/x",
        )
        for path, target in zip(redirected, targets, strict=True):
            answers_of_a[path] = redirects_to(target)
        names = {
            "www.a.example": [["127.0.0.1"]],
            "page.a.example": [["127.0.0.2"]],
            "robots.a.example": [["127.0.0.1"], ["127.0.0.2"]],  # public only when its robots.txt is requested
            "twice.a.example": [["127.0.0.2", "127.0.0.1"]],
            "mapped.a.example": [["::ffff:127.0.0.2", "fe80::1", "::1"]],
            "feed.a.example": [["169.254.169.254"]],
            "map.a.example": [["10.0.0.1"]],
        }
        answers_of_a[path_of("number-twic")] = page(story("twice"))
        crawled = _crawl(tmp_path, f"http://www.a.example{at}", names)
        entries = _entries(crawled)
        assert private.connections == 0, private.asked
    wanted = dict(
        zip(links, ("PrivateAddress", "PrivateAddress", "Recorded", "PrivateAddress", "HostNotFound"), strict=True)
    )
    wanted |= {f"http://www.a.example{at}{path}": "PrivateAddress" for path in redirected}
    wanted |= {
        f"http://feed.a.example{at}/feed": "PrivateAddress",
        f"http://map.a.example{at}/map.xml": "PrivateAddress",
    }
    wanted |= {f"http://www.a.example{at}{path_of('weather')}": "Recorded"}
    assert {url: entries.get(url) for url in wanted} == wanted, crawled.log[-3000:]
    assert "Traceback" not in crawled.log


def test_a_name_that_starts_to_resolve_to_a_private_address_is_refused(tmp_path: Path) -> None:
    """DNS rebinding: each connection is checked."""
    with serve_hostile({}) as public, serve_hostile({}, "127.0.0.2", public.port) as private:
        names = [path_of(f"story-{n}") for n in range(16)]
        public.answers |= {"/": page(front_page(names)), **{path: page(story(path)) for path in names}}
        answers = [["127.0.0.1"]] * 12 + [["127.0.0.2"]]
        crawled = _crawl(tmp_path, f"http://www.b.example:{public.port}", {"www.b.example": answers})
        assert private.connections == 0
        assert len(public.asked) == 12
    assert len(crawled.reasons("PrivateAddress")) >= 2 and len(crawled.reasons("Recorded")) >= 1
    assert all("127.0.0.2" in entry["detail"] for entry in crawled.entries if entry["reason"] == "PrivateAddress")


def test_a_front_page_on_a_private_address_fails_its_site(tmp_path: Path) -> None:
    crawled = _crawl(tmp_path, "http://www.c.example", {"www.c.example": [["192.168.0.1"]]})
    assert crawled.status == 3 and crawled.reasons("PrivateAddress") == ["http://www.c.example/"]


def test_private_addresses_can_be_allowed(tmp_path: Path) -> None:
    with serve_hostile({path_of("x"): page(story("x")), "/": page(front_page([path_of("x")]))}, "127.0.0.2") as private:
        crawled = _crawl(
            tmp_path,
            f"http://www.d.example:{private.port}",
            {"www.d.example": [["127.0.0.2"]]},
            NEWSCRAWL_ALLOW_PRIVATE="1",
        )
    assert len(crawled.records) == 1


def _proxy() -> Answer:
    """A proxy that responds for every host."""

    async def answer(writer: object, path: str) -> None:
        body = (
            front_page(["http://www.e.example" + path_of("x"), "http://10.0.0.1" + path_of("y")])
            if path.endswith("e.example/")
            else story("x")
        )
        await (sends(well_formed(body)) if "robots" not in path else page("User-agent: *\nAllow: /\n"))(writer, path)  # type: ignore[arg-type]

    return answer


class _Any(dict):  # type: ignore[type-arg]
    def get(self, key: object, default: object = None) -> Answer:
        return _proxy()


@pytest.mark.parametrize("host", ["127.0.0.2", "proxy.example"])
def test_a_proxy_may_have_a_private_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    with serve_hostile({}, "127.0.0.2") as proxy:
        proxy.answers = _Any()
        monkeypatch.setenv("http_proxy", f"http://{host}:{proxy.port}")
        crawled = _crawl(tmp_path, "http://www.e.example", {"proxy.example": [["127.0.0.2"]]}, limit="1")
        asked = [path for _, path in proxy.asked]
    assert "http://www.e.example/" in asked and len(crawled.records) == 1, crawled.log[-2000:]
    assert not any("10.0.0.1" in path for path in asked)


def test_the_check_is_cheap() -> None:
    started = time.process_time()
    for n in range(20_000):
        is_private_address(f"8.8.{n % 200}.8")
    assert time.process_time() - started < 1
