"""Politeness in whole crawls of invented hosts: what is never requested, what waits, and what goes on meanwhile."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from newscrawl.crawl.politeness.download_slots import HostKey, host_key
from tests.support.chromium import needs_chromium
from tests.support.crawling import Crawled, crawl
from tests.support.many_hosts import Reply, World, listing, paper, path_of, serve_world, story
from tests.support.scripted_site import ScriptedSite, serve_scripted


@pytest.fixture
def world(monkeypatch):
    with serve_world() as served:
        for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("http_proxy", served.proxy)
        yield served


def run(folder: Path, sites: str, **settings: str) -> Crawled:
    return crawl(
        folder,
        sites,
        settings={"NEWSCRAWL_BROWSER": "never", "NEWSCRAWL_MANIFEST": str(folder / "run.json"), **settings},
    )


def hosts(folder: Path) -> dict[str, dict]:
    return {one["host"]: one for one in json.loads((folder / "run.json").read_text("utf-8"))["hosts"]}


# -- what robots.txt forbids --------------------------------------------------------------------


def moved(to: str, status: int = 302) -> Reply:
    return Reply("", status, {"Location": to})


HERE, CLOSED = "http://a.example", "closed/2026/11/20/the-{}-story-of-the-town-desk/"


def add_closed_sources(world: World) -> None:
    """Front page, sections, feeds and sitemaps of a paper; some of them, and articles that they name, are forbidden."""
    lines = (
        "User-agent: other\nDisallow:\nUser-agent: newscrawl\nDisallow: /closed\nDisallow: /.well-known/\n"
        f"Sitemap: {HERE}/closed/map.xml\nSitemap: {HERE}/map.xml\n"
    )
    world.pages["a.example/robots.txt"] = Reply(lines, kind="text/plain")
    world.pages["b.example/robots.txt"] = Reply("User-agent: *\nDisallow: /\n", kind="text/plain")
    head = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{path}">' for path in ("/feed.xml", "/closed/feed.xml")
    )
    sections = {
        "/section/news/": "News",
        "/closed/section/news/": "Town",
        "/section/moved/": "Moved",
        "/section/loops/": "Loops",
    }
    nav = "<nav>" + "".join(f'<a href="{path}">{name}</a>' for path, name in sections.items()) + "</nav>"
    open_ones = ["plain", "moves", "abroad", "pages", "short", "print"]
    world.pages["a.example/"] = listing([*map(path_of, open_ones), "/" + CLOSED.format("front")], head, nav)
    world.pages["a.example/section/news/"] = listing(
        [path_of("plain"), "/" + CLOSED.format("section")],
        body='<a rel="next" href="/closed/section/news/page/2/">2</a>',
    )
    world.pages["a.example/section/moved/"] = moved("/closed/section/elsewhere/")
    world.pages["a.example/section/loops/"] = moved("/section/loops/#with-a-cookie")
    items = "".join(
        f"<item><title>One {link}</title><link>{HERE}{link}</link></item>"
        for link in ("/" + CLOSED.format("feed"), path_of("plain"))
    )
    world.pages["a.example/feed.xml"] = Reply(
        f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>', kind="application/rss+xml"
    )
    urls = f"<sitemap><loc>{HERE}/closed/sub.xml</loc></sitemap><sitemap><loc>{HERE}/sub.xml</loc></sitemap>"
    world.pages["a.example/map.xml"] = Reply(f"<sitemapindex>{urls}</sitemapindex>", kind="application/xml")
    world.pages["a.example/sub.xml"] = Reply(
        f"<urlset><url><loc>{HERE}/{CLOSED.format('sitemap')}</loc></url></urlset>", kind="application/xml"
    )


def add_closed_articles(world: World) -> None:
    """Articles of the paper, some of which lead to forbidden pages."""
    for name in ("plain", "print"):
        world.pages["a.example" + path_of(name)] = story(name)
    world.pages["a.example" + path_of("moves")] = moved("/" + CLOSED.format("moved"), 301)
    world.pages["a.example" + path_of("abroad")] = moved("http://b.example/2026/11/20/the-abroad-story/")
    world.pages["a.example" + path_of("pages")] = story(
        "pages", '<link rel="next" href="/closed/pages/2/">', '<a rel="next" href="/closed/pages/2/">Next page</a>'
    )
    announced = (
        '<link rel="amphtml" href="/closed/amp/short/"><link rel="alternate" media="print" href="/closed/print/short/">'
    )
    shell_head = f"<title>The short story of the town</title>{announced}<script src=/app.js></script>"
    world.pages["a.example" + path_of("short")] = Reply(
        f"<html><head>{shell_head}</head><body><div id=root></div></body></html>"
    )


def test_no_source_leads_to_a_request_that_robots_txt_forbids(world: World, tmp_path):
    add_closed_sources(world)
    add_closed_articles(world)
    crawled = run(tmp_path, HERE)
    forbidden = [
        one.url
        for one in world.requests
        if one.path.startswith(("/closed", "/.well-known")) or (one.host == "b.example" and one.path != "/robots.txt")
    ]
    assert forbidden == []
    named_ones = {
        entry["url"].rsplit("/the-")[-1].split("-story")[0]
        for entry in crawled.entries
        if entry["reason"] == "RobotsForbidden"
    }
    assert named_ones >= {"front", "section", "feed", "sitemap", "moves"}, "they were discovered, and not requested"
    sources = [entry["url"] for entry in crawled.entries if entry["reason"] == "RobotsForbidden"]
    assert {f"{HERE}/closed/{end}" for end in ("map.xml", "sub.xml", "feed.xml", "section/news/")} <= set(sources)
    assert {record["url"] for record in crawled.records} >= {HERE + path_of("plain"), HERE + path_of("print")}
    assert all(one.agent.startswith("newscrawl/") for one in world.requests)
    assert crawled.reasons("RedirectLoop") == [f"{HERE}/section/loops/"]
    assert Counter(one.url for one in world.requests).most_common(1)[0][1] == 1, "no URL was requested twice"


def test_a_redirected_robots_txt_applies_to_the_host_that_was_requested(world: World, tmp_path):
    urls = paper(world, "a.example", 2)
    world.pages["a.example/robots.txt"] = moved("http://b.example/one", 301)
    for number, name in enumerate(["one", "two", "three", "four"]):
        world.pages[f"b.example/{name}"] = moved(f"/{['two', 'three', 'four', 'rules'][number]}")
    world.pages["b.example/rules"] = Reply(f"User-agent: *\nDisallow: {path_of('a-example-1')}\n", kind="text/plain")
    crawled = run(tmp_path, "http://a.example")
    assert [record["url"] for record in crawled.records] == urls[:1] and crawled.reasons("RobotsForbidden") == urls[1:]
    world.requests.clear()
    world.pages["b.example/rules"] = moved("/five")
    world.pages["b.example/five"] = Reply("User-agent: *\nDisallow: /\n", kind="text/plain")
    paper(world, "c.example", 2)
    world.pages["c.example/robots.txt"] = moved("/robots.txt")
    crawled = run(tmp_path, "http://a.example,http://c.example")
    assert world.paths("c.example").count("/robots.txt") == 1, "a redirect to itself is detected at once"
    assert len(crawled.records) == 4 and "/five" not in world.paths("b.example"), (
        "more than five redirects count as no robots.txt"
    )


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_host_is_crawled_once_its_robots_txt_can_be_fetched(world: World, tmp_path, status):
    urls = paper(world, "a.example", 3)
    world.change = lambda host, path: (
        Reply("", status) if path == "/robots.txt" and len(world.paths(host)) < 4 else None
    )
    crawled = run(tmp_path, "http://a.example", NEWSCRAWL_MAX_BACKOFF="60")
    assert world.paths("a.example")[:4] == ["/robots.txt"] * 4
    assert {record["url"] for record in crawled.records} == set(urls) and crawled.status == 0


# -- delays -------------------------------------------------------------------------------------


def test_a_crawl_delay_is_kept_whatever_autothrottle_finds(world: World, tmp_path):
    urls = paper(world, "a.example", 6, "User-agent: newscrawl\nCrawl-delay: 0.5\n")
    crawled = run(
        tmp_path,
        "http://a.example",
        AUTOTHROTTLE_ENABLED="1",
        AUTOTHROTTLE_START_DELAY="0.01",
        CONCURRENT_REQUESTS_PER_DOMAIN="8",
    )
    assert {record["url"] for record in crawled.records} == set(urls)
    times = [one.time for one in world.requests]
    assert times[-1] - times[0] >= 0.5 * (len(times) - 1) - 0.4 and world.most_at_once["a.example"] == 1


def test_a_host_with_a_crawl_delay_gets_one_request_at_a_time(world: World, tmp_path):
    paper(world, "a.example", 5, "User-agent: *\nCrawl-delay: 0.1\n")
    world.seconds = 0.4
    run(tmp_path, "http://a.example", CONCURRENT_REQUESTS_PER_DOMAIN="8")
    assert world.most_at_once["a.example"] == 1


def test_a_host_with_too_long_a_crawl_delay_is_left_out(world: World, tmp_path):
    paper(world, "a.example", 2, "User-agent: *\nCrawl-delay: 61\n")
    urls = paper(world, "b.example", 2)
    crawled = run(tmp_path, "http://a.example,http://b.example")
    assert world.paths("a.example") == ["/robots.txt"] and crawled.reasons("DelayTooLong") == ["http://a.example/"]
    assert {record["url"] for record in crawled.records} == set(urls) and crawled.status == 4
    assert hosts(tmp_path)["http://a.example"]["state"] == "left out" and "robots.txt asks for 61 s" in crawled.log


# -- pauses -------------------------------------------------------------------------------------


def test_a_host_that_asks_for_a_pause_gets_it_and_the_others_go_on(world: World, tmp_path):
    """a asks for pauses until b is done: if b were backed off with it, a would be given up."""
    urls, others = paper(world, "a.example", 6), paper(world, "b.example", 12)
    pauses: list[float] = []

    def change(host: str, path: str) -> Reply | None:
        if (
            host == "a.example"
            and path != "/robots.txt"
            and not {url.removeprefix("http://b.example") for url in others} <= set(world.paths("b.example"))
        ):
            pauses.append(world.requests[-1].time)
            return Reply("", 429, {"Retry-After": "1"})
        return None

    world.change = change
    settings = {"NEWSCRAWL_MAX_BACKOFF": "60", "CONCURRENT_REQUESTS": "2", "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}
    crawled = run(tmp_path, "http://a.example,http://b.example", **settings)
    assert pauses and {record["url"] for record in crawled.records} == {*urls, *others} and crawled.status == 0, (
        "the pauses used no retries: there are none"
    )
    of_a = [one.time for one in world.requests if one.host == "a.example"]
    for pause in pauses:
        assert not [time for time in of_a if pause < time < pause + 0.95], (
            "nothing was sent to it within the second for which it asked"
        )
    assert hosts(tmp_path)["a.example"]["state"] == "backed off" and "a.example: " in crawled.log


def test_hosts_that_ask_for_a_long_pause_or_are_down_are_left_for_the_next_run(world: World, tmp_path):
    urls, died = paper(world, "a.example", 8), paper(world, "b.example", 24)

    def change(host: str, path: str) -> Reply | None:
        if host == "b.example":
            return Reply("", 500) if "-story-" in path else None
        return Reply("", 503, {"Retry-After": "3600"}) if "-story-" in path and len(world.paths(host)) > 16 else None

    world.change = change
    memory = {"NEWSCRAWL_MEMORY": str(tmp_path / "memory.sqlite"), "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}
    sites = "http://a.example,http://b.example"
    first = run(tmp_path, sites, **memory, NEWSCRAWL_MAX_BACKOFF="1800", NEWSCRAWL_MAX_FINAL_BACKOFF="1")
    had, left = {record["url"] for record in first.records}, set(first.reasons("HostBackedOff"))
    assert had and had < set(urls) and left & set(urls) == set(urls) - had
    assert len(left & set(died)) >= 2 and "b.example is given up for this run" in first.log, (
        "it was all that was left, for longer than a second"
    )
    assert hosts(tmp_path)["a.example"]["state"] == hosts(tmp_path)["b.example"]["state"] == "given up"
    before = len(world.requests)
    world.change = lambda host, path: None
    second = run(tmp_path, sites, **memory)
    assert {record["url"] for record in second.records} == {*urls, *died} - had and len(world.requests) > before


def test_a_page_that_always_fails_costs_no_other_page(world: World, tmp_path):
    urls = paper(world, "a.example", 5)
    world.change = lambda host, path: Reply("", 503) if path == path_of("a-example-2") else None
    crawled = run(tmp_path, "http://a.example", NEWSCRAWL_MAX_BACKOFF="60")
    assert {record["url"] for record in crawled.records} == set(urls) - {urls[2]} and crawled.reasons("HttpStatus") == [
        urls[2]
    ]
    assert world.paths("a.example").count(path_of("a-example-2")) == 3


def test_a_host_that_fails_again_and_again_is_backed_off(world: World, tmp_path):
    urls = paper(world, "a.example", 40)
    world.change = lambda host, path: Reply("", 500) if "-story-" in path else None
    crawled = run(tmp_path, "http://a.example")
    requested = [path for path in world.paths("a.example") if "-story-" in path]
    assert 5 <= len(requested) <= 12, "five, those in progress, and some trials"
    assert (
        len(crawled.reasons("HostBackedOff")) >= len(urls) - 12 and hosts(tmp_path)["a.example"]["state"] == "given up"
    )
    world.requests.clear()
    world.change = lambda host, path: (
        Reply("", 500) if "-story-" in path and sum("-story-" in one for one in world.paths(host)) < 8 else None
    )
    crawled = run(tmp_path, "http://a.example", NEWSCRAWL_MAX_BACKOFF="60")
    assert len(crawled.records) >= len(urls) - 8 and not crawled.reasons("HostBackedOff"), (
        "a host that recovers is crawled to the end"
    )


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_host_whose_every_page_fails_once_is_crawled_to_the_end(world: World, tmp_path, status):
    urls = paper(world, "a.example", 12)

    def fails_once(host: str, path: str) -> Reply | None:
        return Reply("", status) if "-story-" in path and world.paths(host).count(path) <= 1 else None

    world.change = fails_once
    crawled = run(tmp_path, "http://a.example", NEWSCRAWL_MAX_BACKOFF="60", RETRY_TIMES="2")
    assert {record["url"] for record in crawled.records} == set(urls), crawled.log[-2000:]
    assert not crawled.reasons("HostBackedOff")


def test_broken_pages_do_not_cost_the_other_pages_of_their_host(world: World, tmp_path):
    """The first five fail at each request; if one of them were the trial, the host would be given up."""
    urls = paper(world, "a.example", 16)
    for url in urls[:5]:
        world.pages[url.removeprefix("http://")] = Reply("", 500)
    crawled = run(
        tmp_path, "http://a.example", NEWSCRAWL_MAX_BACKOFF="0.5", RETRY_TIMES="3", CONCURRENT_REQUESTS_PER_DOMAIN="1"
    )
    assert {record["url"] for record in crawled.records} == set(urls[5:])
    assert {
        entry["url"]: entry["detail"] for entry in crawled.entries if entry["reason"] == "HttpStatus"
    }.keys() == set(urls[:5]), "each has its own reason"
    assert "is backed off for a while" in crawled.log


def test_a_crawl_that_is_to_end_waits_for_no_host(world: World, tmp_path):
    paper(world, "a.example", 3)
    world.change = lambda host, path: Reply("", 429, {"Retry-After": "500"}) if path != "/robots.txt" else None
    crawled = run(tmp_path, "http://a.example", NEWSCRAWL_MAX_BACKOFF="600", CLOSESPIDER_TIMEOUT="3")
    assert crawled.reasons("Stopped") == ["http://a.example/"]


# -- one host under many names ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("www.a.example", "a.example"),
        ("m.a.example", "a.example"),
        ("AMP.A.example.", "a.example"),
        ("www.m.a.example", "a.example"),
        ("news.a.example", "news.a.example"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("localhost", "localhost"),
        ("m.co.uk", "m.co.uk"),
        ("", ""),
    ],
)
def test_the_slot_key_of_a_host(host, key):
    assert host_key(host) == key and type(host_key(host)) is HostKey


def test_the_names_of_a_host_share_one_slot(world: World, tmp_path):
    world.seconds = 0.05
    for host in ("a.example", "www.a.example", "m.a.example"):
        paper(world, host, 6)
        world.pages[host + "/"] = listing(
            [
                f"http://{name}{path_of(f'{name}-{n}'.replace('.', '-'))}"
                for n in range(6)
                for name in ("a.example", "www.a.example", "m.a.example")
            ]
        )
    world.pages["a.example/2026/moved-to-another-host-altogether/"] = moved("http://b.example/")
    crawled = run(
        tmp_path, "http://a.example,http://www.a.example,http://m.a.example", CONCURRENT_REQUESTS_PER_DOMAIN="1"
    )
    assert len(crawled.records) >= 6 and world.most_at_once["a.example"] == 1


def test_no_url_is_requested_twice_whatever_leads_there(world: World, tmp_path):
    urls = paper(world, "www.a.example", 8)
    paths = [url.removeprefix("http://www.a.example") for url in urls]
    sections = {
        "News": "/section/news/",
        "Town": "/section/town/",
        "Sport": "http://a.example/section/sport/",
        "More sport": "/section/sport/",
        "Home": "/home/",
        "Start": "/",
    }
    nav = "".join(f'<a href="{to}">{name}</a>' for name, to in sections.items())
    feeds = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{to}">'
        for to in ("/feed/", "/feed", "http://a.example/feed", "/rss")
    )
    aliases = [f"/2026/11/20/an-alias-of-story-{number}-of-the-town/" for number in range(2)]
    redirects = {
        "a.example/": "/",
        "a.example/section/sport/": "/section/sport/",
        "a.example/feed": "/feed",
        "www.a.example/feed/": "/feed",
        "www.a.example/rss": "/feed",
        "www.a.example/section/town/": "/section/news/",
        "www.a.example/home/": "/",
        f"www.a.example{aliases[0]}": paths[0],
        f"www.a.example{aliases[1]}": paths[5],
    }
    for source, to in redirects.items():
        world.pages[source] = moved("http://www.a.example" + to, 301)
    world.pages["www.a.example/"] = listing(
        [*paths[:4], aliases[0], paths[7] + "?utm_source=x", paths[7] + "amp/"], feeds, f"<nav>{nav}</nav>"
    )
    world.pages["www.a.example/section/news/"] = listing([*paths[2:6], aliases[1]])
    world.pages["www.a.example/section/sport/"] = listing(paths[4:8])
    items = "".join(f"<item><title>One {url}</title><link>{url}</link></item>" for url in urls[:3])
    world.pages["www.a.example/feed"] = Reply(
        f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>', kind="application/rss+xml"
    )
    crawled = run(tmp_path, "http://a.example")
    assert {record["url"] for record in crawled.records} == set(urls)
    assert [url for url, count in Counter(one.url for one in world.requests).items() if count > 1] == []
    assert crawled.reasons("Duplicate") and crawled.status == 0


@needs_chromium
def test_a_page_in_the_browser_keeps_its_place_in_the_slot(tmp_path):
    with serve_scripted(ScriptedSite(("json",) * 4)) as site:
        settings = {"NEWSCRAWL_BROWSER": "always", "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}
        crawled = crawl(tmp_path, site.base, settings=settings)
    assert len(crawled.records) == 4
    asked = [path for path, _ in site.asked if path.startswith(("/json/", "/api/"))]
    numbers = [path.partition("number-")[2].partition("-")[0] or path.rpartition("/")[2] for path in asked]
    assert len(asked) == 8 and numbers[::2] == numbers[1::2], "no page is requested before the previous one is done"
