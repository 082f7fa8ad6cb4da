"""Manners in whole crawls, in processes of their own, over invented hosts: what is never asked for, what waits, and what goes on meanwhile."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from newscrawl.crawl.politeness.download_slots import HostKey, host_key
from tests.support.chromium import needs_chromium
from tests.support.crawling import Crawled, crawl
from tests.support.many_hosts import Said, World, listing, paper, path_of, serve_world, story
from tests.support.scripted_site import ScriptedSite, serve_scripted

FEW = {"NEWSCRAWL_BROWSER": "never"}


@pytest.fixture
def world(monkeypatch):
    with serve_world() as served:
        for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("http_proxy", served.proxy)
        yield served


def run(folder: Path, sites: str, **settings: str) -> Crawled:
    return crawl(folder, sites, settings={**FEW, "NEWSCRAWL_MANIFEST": str(folder / "run.json"), **settings})


def hosts(folder: Path) -> dict[str, dict]:
    return {one["host"]: one for one in json.loads((folder / "run.json").read_text("utf-8"))["hosts"]}


# -- what robots.txt forbids --------------------------------------------------------------------


def moved(to: str, status: int = 302) -> Said:
    return Said("", status, {"Location": to})


def test_what_robots_txt_forbids_is_asked_for_by_no_source(world: World, tmp_path):
    here, named = "http://a.example", "closed/2026/11/20/the-{}-story-of-the-town-desk/"
    lines = f"User-agent: other\nDisallow:\nUser-agent: newscrawl\nDisallow: /closed\nDisallow: /.well-known/\nSitemap: {here}/closed/map.xml\nSitemap: {here}/map.xml\n"
    world.pages["a.example/robots.txt"] = Said(lines, kind="text/plain")
    world.pages["b.example/robots.txt"] = Said("User-agent: *\nDisallow: /\n", kind="text/plain")
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="alternate" type="application/rss+xml" href="/closed/feed.xml">'
    nav = '<nav><a href="/section/news/">News</a><a href="/closed/section/news/">Town</a><a href="/section/moved/">Moved</a><a href="/section/loops/">Loops</a></nav>'
    open_ones = ["plain", "moves", "abroad", "pages", "short", "print"]
    world.pages["a.example/"] = listing([*map(path_of, open_ones), "/" + named.format("front")], head, nav)
    world.pages["a.example/section/news/"] = listing(
        [path_of("plain"), "/" + named.format("section")],
        body='<a rel="next" href="/closed/section/news/page/2/">2</a>',
    )
    world.pages["a.example/section/moved/"] = moved("/closed/section/elsewhere/")
    world.pages["a.example/section/loops/"] = moved("/section/loops/#with-a-cookie")
    items = "".join(
        f"<item><title>One {link}</title><link>{here}{link}</link></item>"
        for link in ("/" + named.format("feed"), path_of("plain"))
    )
    world.pages["a.example/feed.xml"] = Said(
        f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>', kind="application/rss+xml"
    )
    urls = f"<sitemap><loc>{here}/closed/sub.xml</loc></sitemap><sitemap><loc>{here}/sub.xml</loc></sitemap>"
    world.pages["a.example/map.xml"] = Said(f"<sitemapindex>{urls}</sitemapindex>", kind="application/xml")
    world.pages["a.example/sub.xml"] = Said(
        f"<urlset><url><loc>{here}/{named.format('sitemap')}</loc></url></urlset>", kind="application/xml"
    )
    for name in ("plain", "print"):
        world.pages["a.example" + path_of(name)] = story(name)
    world.pages["a.example" + path_of("moves")] = moved("/" + named.format("moved"), 301)
    world.pages["a.example" + path_of("abroad")] = moved("http://b.example/2026/11/20/the-abroad-story/")
    world.pages["a.example" + path_of("pages")] = story(
        "pages", '<link rel="next" href="/closed/pages/2/">', '<a rel="next" href="/closed/pages/2/">Next page</a>'
    )
    announced = (
        '<link rel="amphtml" href="/closed/amp/short/"><link rel="alternate" media="print" href="/closed/print/short/">'
    )
    shell = f"<html><head><title>The short story of the town</title>{announced}<script src=/app.js></script></head><body><div id=root></div></body></html>"
    world.pages["a.example" + path_of("short")] = Said(shell)
    crawled = run(tmp_path, here)
    forbidden = [
        one.url
        for one in world.asked
        if one.path.startswith(("/closed", "/.well-known")) or (one.host == "b.example" and one.path != "/robots.txt")
    ]
    assert forbidden == []
    named_ones = {
        entry["url"].rsplit("/the-")[-1].split("-story")[0]
        for entry in crawled.entries
        if entry["reason"] == "RobotsForbidden"
    }
    assert named_ones >= {"front", "section", "feed", "sitemap", "moves"}, "they were met, and refused"
    sources = [entry["url"] for entry in crawled.entries if entry["reason"] == "RobotsForbidden"]
    assert {f"{here}/closed/{end}" for end in ("map.xml", "sub.xml", "feed.xml", "section/news/")} <= set(sources)
    assert {record["url"] for record in crawled.records} >= {here + path_of("plain"), here + path_of("print")}
    assert all(one.agent.startswith("newscrawl/") for one in world.asked)
    assert crawled.reasons("RedirectLoop") == [f"{here}/section/loops/"]
    assert Counter(one.url for one in world.asked).most_common(1)[0][1] == 1, "and nothing was asked for twice"


def test_redirects_of_robots_txt_hold_for_the_host_that_was_asked(world: World, tmp_path):
    urls = paper(world, "a.example", 2)
    world.pages["a.example/robots.txt"] = moved("http://b.example/one", 301)
    for number, name in enumerate(["one", "two", "three", "four"]):
        world.pages[f"b.example/{name}"] = moved(f"/{['two', 'three', 'four', 'rules'][number]}")
    world.pages["b.example/rules"] = Said(f"User-agent: *\nDisallow: {path_of('a-example-1')}\n", kind="text/plain")
    crawled = run(tmp_path, "http://a.example")
    assert [record["url"] for record in crawled.records] == urls[:1] and crawled.reasons("RobotsForbidden") == urls[1:]
    world.asked.clear()
    world.pages["b.example/rules"] = moved("/five")
    world.pages["b.example/five"] = Said("User-agent: *\nDisallow: /\n", kind="text/plain")
    paper(world, "c.example", 2)
    world.pages["c.example/robots.txt"] = moved("/robots.txt")
    crawled = run(tmp_path, "http://a.example,http://c.example")
    assert world.paths("c.example").count("/robots.txt") == 1, "where it leads back to itself is known at once"
    assert len(crawled.records) == 4 and "/five" not in world.paths("b.example"), (
        "more than five redirects are as good as none there"
    )


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_robots_txt_that_comes_back_lets_the_host_be_crawled(world: World, tmp_path, status):
    urls = paper(world, "a.example", 3)
    world.change = lambda host, path: Said("", status) if path == "/robots.txt" and len(world.paths(host)) < 4 else None
    crawled = run(tmp_path, "http://a.example", NEWSCRAWL_MAX_BACKOFF="60")
    assert world.paths("a.example")[:4] == ["/robots.txt"] * 4
    assert {record["url"] for record in crawled.records} == set(urls) and crawled.status == 0


# -- delays -------------------------------------------------------------------------------------


def test_the_delay_that_robots_txt_asks_for_is_kept_whatever_autothrottle_says(world: World, tmp_path):
    urls = paper(world, "a.example", 6, "User-agent: newscrawl\nCrawl-delay: 0.5\n")
    crawled = run(
        tmp_path,
        "http://a.example",
        AUTOTHROTTLE_ENABLED="1",
        AUTOTHROTTLE_START_DELAY="0.01",
        CONCURRENT_REQUESTS_PER_DOMAIN="8",
    )
    assert {record["url"] for record in crawled.records} == set(urls)
    times = [one.time for one in world.asked]
    assert times[-1] - times[0] >= 0.5 * (len(times) - 1) - 0.4 and world.most_at_once["a.example"] == 1


def test_such_a_host_is_asked_one_at_a_time(world: World, tmp_path):
    paper(world, "a.example", 5, "User-agent: *\nCrawl-delay: 0.1\n")
    world.seconds = 0.4
    run(tmp_path, "http://a.example", CONCURRENT_REQUESTS_PER_DOMAIN="8")
    assert world.most_at_once["a.example"] == 1


def test_a_delay_beyond_the_bound_leaves_the_host_out(world: World, tmp_path):
    paper(world, "a.example", 2, "User-agent: *\nCrawl-delay: 61\n")
    urls = paper(world, "b.example", 2)
    crawled = run(tmp_path, "http://a.example,http://b.example")
    assert world.paths("a.example") == ["/robots.txt"] and crawled.reasons("DelayTooLong") == ["http://a.example/"]
    assert {record["url"] for record in crawled.records} == set(urls) and crawled.status == 4
    assert hosts(tmp_path)["http://a.example"]["state"] == "left out" and "robots.txt asks for 61 s" in crawled.log


# -- pauses -------------------------------------------------------------------------------------


def test_a_host_that_asks_for_a_pause_gets_it_and_the_others_go_on(world: World, tmp_path):
    """a asks for pauses until b is through: were b held with it, a would be given up."""
    urls, others = paper(world, "a.example", 6), paper(world, "b.example", 12)
    pauses: list[float] = []

    def change(host: str, path: str) -> Said | None:
        if (
            host == "a.example"
            and path != "/robots.txt"
            and not {url.removeprefix("http://b.example") for url in others} <= set(world.paths("b.example"))
        ):
            pauses.append(world.asked[-1].time)
            return Said("", 429, {"Retry-After": "1"})
        return None

    world.change = change
    settings = {"NEWSCRAWL_MAX_BACKOFF": "60", "CONCURRENT_REQUESTS": "2", "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}
    crawled = run(tmp_path, "http://a.example,http://b.example", **settings)
    assert pauses and {record["url"] for record in crawled.records} == {*urls, *others} and crawled.status == 0, (
        "no retry was spent: there are none"
    )
    of_a = [one.time for one in world.asked if one.host == "a.example"]
    for pause in pauses:
        assert not [time for time in of_a if pause < time < pause + 0.95], "nothing was sent to it within the second"
    assert hosts(tmp_path)["a.example"]["state"] == "held" and "a.example: " in crawled.log


def test_hosts_that_want_a_long_pause_or_have_died_are_left_for_the_next_run(world: World, tmp_path):
    urls, died = paper(world, "a.example", 8), paper(world, "b.example", 24)

    def change(host: str, path: str) -> Said | None:
        if host == "b.example":
            return Said("", 500) if "-story-" in path else None
        return Said("", 503, {"Retry-After": "3600"}) if "-story-" in path and len(world.paths(host)) > 16 else None

    world.change = change
    memory = {"NEWSCRAWL_MEMORY": str(tmp_path / "memory.sqlite"), "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}
    sites = "http://a.example,http://b.example"
    first = run(tmp_path, sites, **memory, NEWSCRAWL_MAX_BACKOFF="1800", NEWSCRAWL_MAX_FINAL_BACKOFF="1")
    had, left = {record["url"] for record in first.records}, set(first.reasons("HostBackedOff"))
    assert had and had < set(urls) and left & set(urls) == set(urls) - had
    assert len(left & set(died)) >= 2 and "b.example is asked for nothing more" in first.log, (
        "it was all that was left, for a second"
    )
    assert hosts(tmp_path)["a.example"]["state"] == hosts(tmp_path)["b.example"]["state"] == "given up"
    asked = len(world.asked)
    world.change = lambda host, path: None
    second = run(tmp_path, sites, **memory)
    assert {record["url"] for record in second.records} == {*urls, *died} - had and len(world.asked) > asked


def test_a_page_that_is_never_to_be_had_costs_itself_only(world: World, tmp_path):
    urls = paper(world, "a.example", 5)
    world.change = lambda host, path: Said("", 503) if path == path_of("a-example-2") else None
    crawled = run(tmp_path, "http://a.example", NEWSCRAWL_MAX_BACKOFF="60")
    assert {record["url"] for record in crawled.records} == set(urls) - {urls[2]} and crawled.reasons("HttpStatus") == [
        urls[2]
    ]
    assert world.paths("a.example").count(path_of("a-example-2")) == 3


def test_a_host_that_fails_again_and_again_is_left_alone(world: World, tmp_path):
    urls = paper(world, "a.example", 40)
    world.change = lambda host, path: Said("", 500) if "-story-" in path else None
    crawled = run(tmp_path, "http://a.example")
    asked = [path for path in world.paths("a.example") if "-story-" in path]
    assert 5 <= len(asked) <= 12, "five, what was under way, and some trials"
    assert (
        len(crawled.reasons("HostBackedOff")) >= len(urls) - 12 and hosts(tmp_path)["a.example"]["state"] == "given up"
    )
    world.asked.clear()
    world.change = lambda host, path: (
        Said("", 500) if "-story-" in path and sum("-story-" in one for one in world.paths(host)) < 8 else None
    )
    crawled = run(tmp_path, "http://a.example", NEWSCRAWL_MAX_BACKOFF="60")
    assert len(crawled.records) >= len(urls) - 8 and not crawled.reasons("HostBackedOff"), (
        "a host that comes back is crawled on"
    )


def test_pages_that_are_out_of_order_do_not_cost_the_others_of_their_host(world: World, tmp_path):
    """The first five fail whenever they are asked for; were one of them on trial, the host would be given up."""
    urls = paper(world, "a.example", 16)
    for url in urls[:5]:
        world.pages[url.removeprefix("http://")] = Said("", 500)
    crawled = run(
        tmp_path, "http://a.example", NEWSCRAWL_MAX_BACKOFF="0.5", RETRY_TIMES="3", CONCURRENT_REQUESTS_PER_DOMAIN="1"
    )
    assert {record["url"] for record in crawled.records} == set(urls[5:])
    assert {
        entry["url"]: entry["detail"] for entry in crawled.entries if entry["reason"] == "HttpStatus"
    }.keys() == set(urls[:5]), "each with its own reason"
    assert "is left alone for a while" in crawled.log


def test_a_crawl_that_is_to_end_waits_for_no_host(world: World, tmp_path):
    paper(world, "a.example", 3)
    world.change = lambda host, path: Said("", 429, {"Retry-After": "500"}) if path != "/robots.txt" else None
    crawled = run(tmp_path, "http://a.example", NEWSCRAWL_MAX_BACKOFF="600", CLOSESPIDER_TIMEOUT="3")
    assert crawled.reasons("Stopped") == ["http://a.example/"]


# -- one host under many names ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "key"),
    [("www.a.example", "a.example"), ("m.a.example", "a.example"), ("AMP.A.example.", "a.example"), ("news.a.example", "news.a.example"), ("127.0.0.1", "127.0.0.1"),
     ("www.m.a.example", "a.example"), ("localhost", "localhost"), ("m.co.uk", "m.co.uk"), ("::1", "::1"), ("", "")],
)  # fmt: skip
def test_the_key_of_a_host(host, key):
    assert host_key(host) == key and type(host_key(host)) is HostKey


def test_the_names_of_a_host_are_counted_together(world: World, tmp_path):
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


def test_no_address_is_asked_for_twice_whatever_leads_there(world: World, tmp_path):
    urls = paper(world, "www.a.example", 8)
    paths = [url.removeprefix("http://www.a.example") for url in urls]
    nav = "".join(f'<a href="{to}">{name}</a>' for name, to in {"News": "/section/news/", "Town": "/section/town/", "Sport": "http://a.example/section/sport/",
                                                                "More sport": "/section/sport/", "Home": "/home/", "Start": "/"}.items())  # fmt: skip
    feeds = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{to}">'
        for to in ("/feed/", "/feed", "http://a.example/feed", "/rss")
    )
    aliases = [f"/2026/11/20/an-alias-of-story-{number}-of-the-town/" for number in range(2)]
    for address, to in {"a.example/": "/", "a.example/section/sport/": "/section/sport/", "a.example/feed": "/feed", "www.a.example/feed/": "/feed",
                        "www.a.example/rss": "/feed", "www.a.example/section/town/": "/section/news/", "www.a.example/home/": "/",
                        f"www.a.example{aliases[0]}": paths[0], f"www.a.example{aliases[1]}": paths[5]}.items():  # fmt: skip
        world.pages[address] = moved("http://www.a.example" + to, 301)
    world.pages["www.a.example/"] = listing(
        [*paths[:4], aliases[0], paths[7] + "?utm_source=x", paths[7] + "amp/"], feeds, f"<nav>{nav}</nav>"
    )
    world.pages["www.a.example/section/news/"] = listing([*paths[2:6], aliases[1]])
    world.pages["www.a.example/section/sport/"] = listing(paths[4:8])
    items = "".join(f"<item><title>One {url}</title><link>{url}</link></item>" for url in urls[:3])
    world.pages["www.a.example/feed"] = Said(
        f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>', kind="application/rss+xml"
    )
    crawled = run(tmp_path, "http://a.example")
    assert {record["url"] for record in crawled.records} == set(urls)
    assert [url for url, count in Counter(one.url for one in world.asked).items() if count > 1] == []
    assert crawled.reasons("Duplicate") and crawled.status == 0


@needs_chromium
def test_a_page_in_the_browser_keeps_its_place_in_the_slot(tmp_path):
    with serve_scripted(ScriptedSite(("json",) * 4)) as site:
        settings = {"NEWSCRAWL_BROWSER": "always", "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}
        crawled = crawl(tmp_path, site.base, settings=settings)
    assert len(crawled.records) == 4
    asked = [path for path, _ in site.asked if path.startswith(("/json/", "/api/"))]
    numbers = [path.partition("number-")[2].partition("-")[0] or path.rpartition("/")[2] for path in asked]
    assert len(asked) == 8 and numbers[::2] == numbers[1::2], "no page is asked for before the one before it is through"
