"""robots.txt as RFC 9309 has it: what a file allows, and what each response means, with a clock that the test moves."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import TextResponse
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.settings import Settings
from scrapy.signalmanager import SignalManager
from twisted.internet.error import ConnectionRefusedError

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.politeness.robots_txt import RobotsTxtMiddleware
from newscrawl.crawl.state.robots_copy import RobotsCopy
from newscrawl.discover.robots import MAX_BYTES, is_page, rules_for

ALL = "User-agent: *\n"
NAMED = "User-agent: newscrawl\nDisallow: /a\n\nUser-agent: other\nDisallow: /\n\nUser-agent: NewsCrawl\nDisallow: /b\n"


def allows(body: str | bytes, path: str) -> bool:
    text = body if isinstance(body, bytes) else body.encode()
    return ProtegoRobotParser(rules_for(text, "newscrawl"), None).allowed("https://a.example" + path, "*")


@pytest.mark.parametrize(
    ("body", "path", "allowed"),
    [
        # groups: RFC 9309, 2.2.1
        ("User-agent: newscrawl\nDisallow: /\n", "/x", False),
        ("user-AGENT: NEWSCRAWL\ndisallow: /\n", "/x", False),
        ("User-agent : newscrawl\nDisallow : /\n", "/x", False),
        ("User-agent: news\nDisallow: /\n", "/x", True),
        ("User-agent: newscrawl-images\nDisallow: /\n", "/x", True),
        ("User-agent: crawl\nDisallow: /\n", "/x", True),
        ("User-agent: newscrawl/1.0\nDisallow: /\n", "/x", False),
        ("User-agent: newscrawl # ours\nDisallow: /\n", "/x", False),
        ("User-agent: *bot\nDisallow: /\n", "/x", True),
        (NAMED, "/a", False),
        (NAMED, "/b", False),
        (NAMED, "/c", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: newscrawl\nDisallow: /b\n", "/a", True),
        ("User-agent: newscrawl\nDisallow:\n\nUser-agent: *\nDisallow: /\n", "/x", True),
        ("Disallow: /\n", "/x", True),
        ("", "/x", True),
        ("User-agent: other\nUser-agent: newscrawl\nDisallow: /a\n", "/a", False),
        ("User-agent: x\nDisallow: /\nUser-agent: *\nDisallow: /a\n", "/b", True),
        ("User-agent: *\n\n\nDisallow: /a\n", "/a", False),
        ("User-agent: newscrawl\nSitemap: https://a.example/s\nUser-agent: x\nDisallow: /a\n", "/a", False),
        ("User-agent: newscrawl\nInvented: 1\nUser-agent: x\nDisallow: /a\n", "/a", False),
        ("User-agent: newscrawl\nCrawl-delay: 5\nUser-agent: *\nDisallow: /\n", "/a", True),
        ("User-agent: *\nContent-Signal: ai-train=no\n\nUser-agent: other\nDisallow: /\n", "/a", True),
        ("User-agent: *\nDisalow: /a\n", "/a", False),
        # the longest match: 2.2.2
        (ALL + "Disallow: /a\nAllow: /a/b\n", "/a/b/c", True),
        (ALL + "Allow: /a\nDisallow: /a/b\n", "/a/b/c", False),
        (ALL + "Disallow: /a\nAllow: /a\n", "/a", True),
        (ALL + "Allow: /page\nDisallow: /*.htm\n", "/page.htm", False),
        (ALL + "Disallow: /\nAllow: /$\n", "/", True),
        (ALL + "Disallow: /\nAllow: /$\n", "/x", False),
        (ALL + "Disallow: /\nAllow: /x/index.html\n", "/x/", False),
        (ALL + "Disallow: /\nAllow: /x/index.html\n", "/x/index.html?p", True),
        (ALL + "Disallow: /A\n", "/a", True),
        (ALL + "Disallow: /\n", "/robots.txt", True),
        # special characters: 2.2.3
        (ALL + "Disallow: /*.php\n", "/x/y.php?z", False),
        (ALL + "Disallow: /*.php$\n", "/x/y.php?z", True),
        (ALL + "Disallow: /*.php$\n", "/x/y.php", False),
        (ALL + "Disallow: /*?s=\n", "/?s=x", False),
        (ALL + "Disallow: *\n", "/a", False),
        (ALL + "Disallow: /fish*.php\n", "/fishheads/catfish.php?id=1", False),
        (ALL + "Disallow: /a # no\n", "/a", False),
        (ALL + "Disallow: /a$b\n", "/a$b", False),
        (ALL + "Disallow: /x%2A\n", "/xyz", True),
        (ALL + "Disallow: /a;b\n", "/a;b=1", False),
        # percent-encoding on both sides
        (ALL + "Disallow: /a%7eb\n", "/a~b", False),
        (ALL + "Disallow: /a~b\n", "/a%7Eb", False),
        (ALL + "Disallow: /ü\n", "/%c3%bc", False),
        (ALL + "Disallow: /%C3%BC\n", "/ü", False),
        (ALL + "Disallow: /a%2fb\n", "/a%2Fb", False),
        (ALL + "Disallow: /a%2Fb\n", "/a/b", True),
        (ALL.encode() + b"Disallow: /caf\xe9\n", "/caf", True),
        (ALL.encode() + b"Disallow: /caf\xe9\n", "/caf%E9", False),
        # lines
        ("\ufeffUser-agent: *\nDisallow: /a\n", "/a", False),
        ("User-agent: *\rDisallow: /a\r", "/a", False),
        ("User-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ((ALL + "Disallow: /a\n").encode("utf-16"), "/a", False),
        (ALL + "\ufeffDisallow: /a\n", "/a", False),
        ("\ufeff\ufeff" + ALL + "Disallow: /a\n", "/a", False),
        # a program's warning before the rules: 2.3.1.5
        ("<br />\n<b>Warning</b>: x in y on line 3<br />\n" + ALL + "Disallow: /a\n", "/a", False),
        ("<br />\n<b>Fatal error</b>: x\n", "/a", True),
        (ALL + "Disallow: /a", "/a", False),
        (ALL + "Disallow: /a\x0bb\n", "/a", True),
        (ALL + "Disallow: /a\x85Allow: /\n", "/a", True),
        (ALL + "Disallow: /a\u2028b\n", "/a\u2028b", False),
    ],
)
def test_rules(body, path, allowed):
    assert allows(body, path) is allowed


def test_the_line_that_is_cut_at_the_size_limit_is_ignored():
    long = b"User-agent: *\n" + b"# filling\n" * 60_000
    assert len(long) > MAX_BYTES
    head = long[: MAX_BYTES - 12]
    head = head[: head.rfind(b"\n") + 1]
    body = head + b"Disallow: /a".ljust(MAX_BYTES - len(head), b"b") + b"/c\nDisallow: /x\n"
    assert allows(body, "/abbbbbbbbbbbbbbbbbbbbbbbbbb/c") and allows(body, "/x")
    whole = head + b"Disallow: /a\n" + b"# " + b"x" * MAX_BYTES
    assert not allows(whole, "/a")


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\ufeff",
        "  \r\n\t",
        "<!-- a -->\n<!-- User-agent: *\nDisallow: / -->",
        "# note\n",
        '<?xml version="1.0"?>\n',
        "\ufeff \n<!-- x --> # y\n",
    ],
)
def test_a_page_in_place_of_robots_txt_has_no_rules(before):
    for page in (
        "<!DOCTYPE html><html>\nUser-agent: *\nDisallow: /\n</html>",
        "<html>\nUser-agent: *\nDisallow: /\n",
        "<title>x</title>\nUser-agent: *\nDisallow: /\n",
    ):
        assert is_page((before + page).encode()) and allows(before + page, "/x")
    assert not is_page((before + "User-agent: *\nDisallow: /\n").encode()) and not allows(
        before + "\nUser-agent: *\nDisallow: /\n", "/x"
    )


# -- what a response means ----------------------------------------------------------------------


class Robots:
    """The middleware with a server that sends `replies`: one for each request, and the last one for all that follow.

    requests: those for robots.txt.
    """

    def __init__(self, *replies, known: RobotsCopy | None = None, **settings) -> None:
        self.replies = list(replies)
        self.requests: list[Request] = []
        self.now = 1_800_000_000.0
        self.remembered: list[tuple] = []
        memory = (
            SimpleNamespace(robots=lambda origin: known, remember_robots=lambda *given: self.remembered.append(given))
            if known
            else None
        )
        given = {
            "ROBOTSTXT_USER_AGENT": "newscrawl",
            "NEWSCRAWL_MAX_CRAWL_DELAY": 60.0,
            "NEWSCRAWL_BACKOFF": 30.0,
            **settings,
        }
        downloader = SimpleNamespace(slots={}, per_slot_settings={}, get_slot_key=lambda request: "a.example")
        self.crawler = SimpleNamespace(
            settings=Settings(given),
            stats=SimpleNamespace(inc_value=lambda name: None),
            signals=SignalManager(),
            spider=None,
            engine=SimpleNamespace(download_async=self.download, downloader=downloader),
            get_downloader_middleware=lambda kind: None,
            get_extension=lambda kind: memory,
        )
        self.middleware = RobotsTxtMiddleware(self.crawler, clock=lambda: self.now)

    async def download(self, request: Request) -> TextResponse:
        self.requests.append(request)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        await asyncio.sleep(0)
        if isinstance(reply, Exception):
            raise reply
        status, body = reply if isinstance(reply, tuple) else (200, reply)
        return TextResponse(request.url, status, body=body.encode())

    def ask(self, url: str = "https://a.example/x") -> str:
        """The reason for which a request is refused; "" if it is not."""
        try:
            asyncio.run(self.middleware.process_request(Request(url)))
        except ReasonedIgnore as refused:
            return refused.reason
        return ""


FORBIDS = "User-agent: *\nDisallow: /x\n"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 301])
def test_an_unavailable_robots_txt_allows_everything(status):
    robots = Robots((status, FORBIDS))
    assert robots.ask() == "" and len(robots.requests) == 1


def test_five_redirects_are_followed_and_more_count_as_unavailable():
    robots = Robots(IgnoreRequest("max redirections reached"))
    assert robots.ask() == "" and robots.requests[0].meta["redirect_ttl"] == 5


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ((500, ""), "RobotsForbidden"),
        ((503, ""), "RobotsForbidden"),
        ((429, ""), "RobotsForbidden"),
        (TimeoutError(), "TimedOut"),
        (ConnectionRefusedError(), "ConnectionFailed"),
    ],
)
def test_an_unreachable_robots_txt_forbids_everything_until_it_can_be_fetched(reply, reason):
    robots = Robots(reply, reply, FORBIDS)
    assert robots.ask("https://a.example/y") == reason
    robots.now += 29
    assert robots.ask("https://a.example/y") == reason and len(robots.requests) == 1, (
        "it is not requested again at once"
    )
    robots.now += 2
    assert robots.ask("https://a.example/y") == reason and len(robots.requests) == 2
    robots.now += 40
    assert robots.ask("https://a.example/y") == reason and len(robots.requests) == 2, "the second pause is longer"
    robots.now += 21
    assert robots.ask("https://a.example/y") == "" and robots.ask() == "RobotsForbidden"


def test_robots_txt_is_requested_once_for_each_origin():
    robots = Robots(FORBIDS)

    async def many() -> list[object]:
        urls = [f"https://a.example/{n}" for n in range(9)]
        return await asyncio.gather(*(robots.middleware.process_request(Request(url)) for url in urls))

    asyncio.run(many())
    assert [request.url for request in robots.requests] == ["https://a.example/robots.txt"]
    for url in ("http://a.example/y", "https://a.example:8443/y", "https://www.a.example/y"):
        assert robots.ask(url) == ""
    assert len(robots.requests) == 4


def test_a_robots_txt_that_cannot_be_read_costs_its_host_only():
    robots = Robots(FORBIDS)
    parser, robots.middleware._parser = robots.middleware._parser, lambda body: 1 / 0
    assert robots.ask() == "RobotsForbidden"
    robots.middleware._parser = parser
    robots.now += 31
    assert robots.ask("https://a.example/y") == ""


def test_robots_txt_is_requested_again_before_a_day_is_over():
    robots = Robots(FORBIDS, "User-agent: *\nDisallow: /y\n")
    assert robots.ask() == "RobotsForbidden"
    robots.now += 22 * 3600
    assert robots.ask() == "RobotsForbidden" and len(robots.requests) == 1
    robots.now += 2 * 3600 + 1
    assert robots.ask() == "" and robots.ask("https://a.example/y") == "RobotsForbidden" and len(robots.requests) == 2
    robots.now -= 10 * 86400
    assert robots.ask() == "" and len(robots.requests) == 3, "no rules stay for ever when the clock is set back"


def test_the_copy_of_this_run_is_used_for_a_day_and_no_longer():
    robots = Robots(FORBIDS, (503, ""))
    assert robots.ask("https://a.example/y") == ""
    robots.now += 23 * 3600 + 1
    assert robots.ask("https://a.example/y") == "" and robots.ask() == "RobotsForbidden" and len(robots.requests) == 2
    robots.now += 3600
    assert robots.ask("https://a.example/y") == "RobotsForbidden"


@pytest.mark.parametrize(("is_fresh", "reason"), [(True, ""), (False, "TimedOut")])
def test_the_copy_of_an_earlier_run_is_used(is_fresh, reason):
    robots = Robots(
        TimeoutError(),
        known=RobotsCopy("https://a.example/robots.txt", FORBIDS.encode(), {}, is_fresh, 1_800_000_000.0 - 3600),
    )
    assert robots.ask("https://a.example/y") == reason
    assert robots.ask() == ("RobotsForbidden" if is_fresh else "TimedOut")


def test_status_304_makes_the_copy_fresh_again():
    known = RobotsCopy("https://a.example/robots.txt", FORBIDS.encode(), {"If-None-Match": '"1"'}, False, 1.0)
    robots = Robots((304, ""), known=known)
    assert robots.ask() == "RobotsForbidden" and robots.ask("https://a.example/y") == ""
    [(origin, _, body, headers)] = robots.remembered
    assert (origin, body) == ("https://a.example", FORBIDS.encode()) and headers["ETag"] == '"1"'


@pytest.mark.parametrize(
    ("lines", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2.5\n", 2.5),
        ("User-agent: *\nCrawl-delay: 60\n", 60.0),
        ("User-agent: *\nCrawl-delay: 9\nUser-agent: newscrawl\nCrawl-delay: 3\n", 3.0),
        ("User-agent: *\nCrawl-delay: 9\nUser-agent: newscrawl\nDisallow: /z\n", None),
        ("User-agent: *\nCrawl-delay: 0\n", None),
        ("User-agent: *\nCrawl-delay: -3\n", None),
        ("User-agent: *\nCrawl-delay: 7s\n", 7.0),
        ("User-agent: *\nCrawl-delay: 2,5 seconds\n", 2.5),
        ("User-agent: *\nCrawl-delay: 5 minutes\n", None),
        ("User-agent: *\nCrawl-delay: 9\nDisallow: /z\nUser-agent: *\nCrawl-delay: 3\n", 9.0),
        ("User-agent: *\nCrawl-delay: inf\n", None),
        ("User-agent: *\nCrawl-delay: soon\n", None),
        ("User-agent: *\nCrawl-delay: nan\n", None),
        ("User-agent: *\nRequest-rate: 1/10\n", None),
    ],
)
def test_crawl_delay(lines, delay):
    robots = Robots(lines, DOWNLOAD_DELAY=0)
    assert robots.ask() == ""
    settings = robots.crawler.engine.downloader.per_slot_settings.get("a.example", {})
    assert settings == ({} if delay is None else {"delay": delay, "concurrency": 1, "jitter": 0.0})


def test_a_host_with_too_long_a_crawl_delay_is_left_out():
    robots = Robots("User-agent: *\nCrawl-delay: 61\n")
    assert robots.ask() == "DelayTooLong"
