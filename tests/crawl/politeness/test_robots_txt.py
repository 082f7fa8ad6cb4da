"""robots.txt as RFC 9309 has it: what a file says, by a table, and what its answer means, with a clock that the test moves."""

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
        ("User-agent: newscrawl\nDisallow: /\n", "/x", False), ("user-AGENT: NEWSCRAWL\ndisallow: /\n", "/x", False), ("User-agent : newscrawl\nDisallow : /\n", "/x", False),
        ("User-agent: news\nDisallow: /\n", "/x", True), ("User-agent: newscrawl-images\nDisallow: /\n", "/x", True), ("User-agent: crawl\nDisallow: /\n", "/x", True),
        ("User-agent: newscrawl/1.0\nDisallow: /\n", "/x", False), ("User-agent: newscrawl # ours\nDisallow: /\n", "/x", False), ("User-agent: *bot\nDisallow: /\n", "/x", True),
        (NAMED, "/a", False), (NAMED, "/b", False), (NAMED, "/c", True), ("User-agent: *\nDisallow: /\n\nUser-agent: newscrawl\nDisallow: /b\n", "/a", True),
        ("User-agent: newscrawl\nDisallow:\n\nUser-agent: *\nDisallow: /\n", "/x", True), ("Disallow: /\n", "/x", True), ("", "/x", True),
        ("User-agent: other\nUser-agent: newscrawl\nDisallow: /a\n", "/a", False), ("User-agent: x\nDisallow: /\nUser-agent: *\nDisallow: /a\n", "/b", True),
        ("User-agent: *\n\n\nDisallow: /a\n", "/a", False), ("User-agent: newscrawl\nSitemap: https://a.example/s\nUser-agent: x\nDisallow: /a\n", "/a", False),
        ("User-agent: newscrawl\nInvented: 1\nUser-agent: x\nDisallow: /a\n", "/a", False), ("User-agent: newscrawl\nCrawl-delay: 5\nUser-agent: *\nDisallow: /\n", "/a", True),
        ("User-agent: *\nContent-Signal: ai-train=no\n\nUser-agent: other\nDisallow: /\n", "/a", True), ("User-agent: *\nDisalow: /a\n", "/a", False),
        # the longest match: 2.2.2
        (ALL + "Disallow: /a\nAllow: /a/b\n", "/a/b/c", True), (ALL + "Allow: /a\nDisallow: /a/b\n", "/a/b/c", False), (ALL + "Disallow: /a\nAllow: /a\n", "/a", True),
        (ALL + "Allow: /page\nDisallow: /*.htm\n", "/page.htm", False), (ALL + "Disallow: /\nAllow: /$\n", "/", True), (ALL + "Disallow: /\nAllow: /$\n", "/x", False),
        (ALL + "Disallow: /\nAllow: /x/index.html\n", "/x/", False), (ALL + "Disallow: /\nAllow: /x/index.html\n", "/x/index.html?p", True),
        (ALL + "Disallow: /A\n", "/a", True), (ALL + "Disallow: /\n", "/robots.txt", True),
        # special characters: 2.2.3
        (ALL + "Disallow: /*.php\n", "/x/y.php?z", False), (ALL + "Disallow: /*.php$\n", "/x/y.php?z", True), (ALL + "Disallow: /*.php$\n", "/x/y.php", False),
        (ALL + "Disallow: /*?s=\n", "/?s=x", False), (ALL + "Disallow: *\n", "/a", False), (ALL + "Disallow: /fish*.php\n", "/fishheads/catfish.php?id=1", False),
        (ALL + "Disallow: /a # no\n", "/a", False), (ALL + "Disallow: /a$b\n", "/a$b", False), (ALL + "Disallow: /x%2A\n", "/xyz", True), (ALL + "Disallow: /a;b\n", "/a;b=1", False),
        # percent-encoding on both sides
        (ALL + "Disallow: /a%7eb\n", "/a~b", False), (ALL + "Disallow: /a~b\n", "/a%7Eb", False), (ALL + "Disallow: /ü\n", "/%c3%bc", False), (ALL + "Disallow: /%C3%BC\n", "/ü", False),
        (ALL + "Disallow: /a%2fb\n", "/a%2Fb", False), (ALL + "Disallow: /a%2Fb\n", "/a/b", True), (ALL.encode() + b"Disallow: /caf\xe9\n", "/caf", True),
        (ALL.encode() + b"Disallow: /caf\xe9\n", "/caf%E9", False),
        # lines
        ("\ufeffUser-agent: *\nDisallow: /a\n", "/a", False), ("User-agent: *\rDisallow: /a\r", "/a", False), ("User-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ((ALL + "Disallow: /a\n").encode("utf-16"), "/a", False), (ALL + "\ufeffDisallow: /a\n", "/a", False), ("\ufeff\ufeff" + ALL + "Disallow: /a\n", "/a", False),
        # a program's warning before the rules: 2.3.1.5
        ("<br />\n<b>Warning</b>: x in y on line 3<br />\n" + ALL + "Disallow: /a\n", "/a", False), ("<br />\n<b>Fatal error</b>: x\n", "/a", True),
        (ALL + "Disallow: /a", "/a", False), (ALL + "Disallow: /a\x0bb\n", "/a", True), (ALL + "Disallow: /a\x85Allow: /\n", "/a", True), (ALL + "Disallow: /a\u2028b\n", "/a\u2028b", False),
    ],
)  # fmt: skip
def test_the_rules(body, path, allowed):
    assert allows(body, path) is allowed


def test_the_line_that_is_cut_at_the_end_of_what_is_read_is_not_taken():
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
def test_a_page_in_its_place_has_no_rules(before):
    for page in (
        "<!DOCTYPE html><html>\nUser-agent: *\nDisallow: /\n</html>",
        "<html>\nUser-agent: *\nDisallow: /\n",
        "<title>x</title>\nUser-agent: *\nDisallow: /\n",
    ):
        assert is_page((before + page).encode()) and allows(before + page, "/x")
    assert not is_page((before + "User-agent: *\nDisallow: /\n").encode()) and not allows(
        before + "\nUser-agent: *\nDisallow: /\n", "/x"
    )


# -- what an answer means -----------------------------------------------------------------------


class Guarded:
    """A guard with a server made of `answers`: for each request for robots.txt the next one, the last one for ever. asked: those requests."""

    def __init__(self, *answers, known: RobotsCopy | None = None, **settings) -> None:
        self.answers = list(answers)
        self.asked: list[Request] = []
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
            settings=Settings(given), stats=SimpleNamespace(inc_value=lambda name: None), signals=SignalManager(), spider=None,
            engine=SimpleNamespace(download_async=self.download, downloader=downloader),
            get_downloader_middleware=lambda kind: None, get_extension=lambda kind: memory,
        )  # fmt: skip
        self.guard = RobotsTxtMiddleware(self.crawler, clock=lambda: self.now)

    async def download(self, request: Request) -> TextResponse:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        await asyncio.sleep(0)
        if isinstance(answer, Exception):
            raise answer
        status, body = answer if isinstance(answer, tuple) else (200, answer)
        return TextResponse(request.url, status, body=body.encode())

    def ask(self, url: str = "https://a.example/x") -> str:
        """ "" where the guard lets it out, else the reason."""
        try:
            asyncio.run(self.guard.process_request(Request(url)))
        except ReasonedIgnore as refused:
            return refused.reason
        return ""


FORBIDS = "User-agent: *\nDisallow: /x\n"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 301])
def test_what_is_unavailable_allows_everything(status):
    guarded = Guarded((status, FORBIDS))
    assert guarded.ask() == "" and len(guarded.asked) == 1


def test_redirects_without_end_are_unavailable_and_five_are_followed():
    guarded = Guarded(IgnoreRequest("max redirections reached"))
    assert guarded.ask() == "" and guarded.asked[0].meta["redirect_ttl"] == 5


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((500, ""), "RobotsForbidden"),
        ((503, ""), "RobotsForbidden"),
        ((429, ""), "RobotsForbidden"),
        (TimeoutError(), "TimedOut"),
        (ConnectionRefusedError(), "ConnectionFailed"),
    ],
)
def test_what_cannot_be_had_forbids_everything_until_it_is_there(answer, reason):
    guarded = Guarded(answer, answer, FORBIDS)
    assert guarded.ask("https://a.example/y") == reason
    guarded.now += 29
    assert guarded.ask("https://a.example/y") == reason and len(guarded.asked) == 1, "not asked for again at once"
    guarded.now += 2
    assert guarded.ask("https://a.example/y") == reason and len(guarded.asked) == 2
    guarded.now += 40
    assert guarded.ask("https://a.example/y") == reason and len(guarded.asked) == 2, "the second pause is longer"
    guarded.now += 21
    assert guarded.ask("https://a.example/y") == "" and guarded.ask() == "RobotsForbidden"


def test_each_origin_has_its_own_and_is_asked_once():
    guarded = Guarded(FORBIDS)

    async def many() -> list[object]:
        urls = [f"https://a.example/{n}" for n in range(9)]
        return await asyncio.gather(*(guarded.guard.process_request(Request(url)) for url in urls))

    asyncio.run(many())
    assert [request.url for request in guarded.asked] == ["https://a.example/robots.txt"]
    for url in ("http://a.example/y", "https://a.example:8443/y", "https://www.a.example/y"):
        assert guarded.ask(url) == ""
    assert len(guarded.asked) == 4


def test_what_cannot_be_read_costs_its_host_only():
    guarded = Guarded(FORBIDS)
    parser, guarded.guard._parser = guarded.guard._parser, lambda body: 1 / 0
    assert guarded.ask() == "RobotsForbidden"
    guarded.guard._parser = parser
    guarded.now += 31
    assert guarded.ask("https://a.example/y") == ""


def test_a_new_one_is_asked_for_before_a_day_is_over():
    guarded = Guarded(FORBIDS, "User-agent: *\nDisallow: /y\n")
    assert guarded.ask() == "RobotsForbidden"
    guarded.now += 22 * 3600
    assert guarded.ask() == "RobotsForbidden" and len(guarded.asked) == 1
    guarded.now += 2 * 3600 + 1
    assert guarded.ask() == "" and guarded.ask("https://a.example/y") == "RobotsForbidden" and len(guarded.asked) == 2
    guarded.now -= 10 * 86400
    assert guarded.ask() == "" and len(guarded.asked) == 3, "a clock that is set back leaves nothing standing for ever"


def test_within_a_run_its_copy_stands_in_for_a_day_and_no_longer():
    guarded = Guarded(FORBIDS, (503, ""))
    assert guarded.ask("https://a.example/y") == ""
    guarded.now += 23 * 3600 + 1
    assert guarded.ask("https://a.example/y") == "" and guarded.ask() == "RobotsForbidden" and len(guarded.asked) == 2
    guarded.now += 3600
    assert guarded.ask("https://a.example/y") == "RobotsForbidden"


@pytest.mark.parametrize(("is_fresh", "reason"), [(True, ""), (False, "TimedOut")])
def test_the_copy_of_an_earlier_run_stands_in(is_fresh, reason):
    guarded = Guarded(
        TimeoutError(),
        known=RobotsCopy("https://a.example/robots.txt", FORBIDS.encode(), {}, is_fresh, 1_800_000_000.0 - 3600),
    )
    assert guarded.ask("https://a.example/y") == reason
    assert guarded.ask() == ("RobotsForbidden" if is_fresh else "TimedOut")


def test_not_changed_makes_the_copy_fresh_again():
    known = RobotsCopy("https://a.example/robots.txt", FORBIDS.encode(), {"If-None-Match": '"1"'}, False, 1.0)
    guarded = Guarded((304, ""), known=known)
    assert guarded.ask() == "RobotsForbidden" and guarded.ask("https://a.example/y") == ""
    [(origin, _, body, headers)] = guarded.remembered
    assert (origin, body) == ("https://a.example", FORBIDS.encode()) and headers["ETag"] == '"1"'


@pytest.mark.parametrize(
    ("lines", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2.5\n", 2.5), ("User-agent: *\nCrawl-delay: 60\n", 60.0), ("User-agent: *\nCrawl-delay: 9\nUser-agent: newscrawl\nCrawl-delay: 3\n", 3.0),
        ("User-agent: *\nCrawl-delay: 9\nUser-agent: newscrawl\nDisallow: /z\n", None), ("User-agent: *\nCrawl-delay: 0\n", None), ("User-agent: *\nCrawl-delay: -3\n", None),
        ("User-agent: *\nCrawl-delay: 7s\n", 7.0), ("User-agent: *\nCrawl-delay: 2,5 seconds\n", 2.5), ("User-agent: *\nCrawl-delay: 5 minutes\n", None),
        ("User-agent: *\nCrawl-delay: 9\nDisallow: /z\nUser-agent: *\nCrawl-delay: 3\n", 9.0), ("User-agent: *\nCrawl-delay: inf\n", None), ("User-agent: *\nCrawl-delay: soon\n", None), ("User-agent: *\nCrawl-delay: nan\n", None), ("User-agent: *\nRequest-rate: 1/10\n", None),
    ],
)  # fmt: skip
def test_the_delay_of_a_host(lines, delay):
    guarded = Guarded(lines, DOWNLOAD_DELAY=0)
    assert guarded.ask() == ""
    settings = guarded.crawler.engine.downloader.per_slot_settings.get("a.example", {})
    assert settings == ({} if delay is None else {"delay": delay, "concurrency": 1, "jitter": 0.0})


def test_a_delay_that_is_too_long_leaves_the_host_out():
    guarded = Guarded("User-agent: *\nCrawl-delay: 61\n")
    assert guarded.ask() == "DelayTooLong"
