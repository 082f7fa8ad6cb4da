"""Crawls of sites whose pages are made by scripts, with a real Chromium."""

from __future__ import annotations

import json
import random
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.crawl.browser.processes import descendants, kill
from tests.support.chromium import needs_chromium
from tests.support.crawling import Crawled, collect, crawl, start
from tests.support.hostile_server import serve_hostile
from tests.support.living_site import LivingSite, serve_living
from tests.support.scripted_site import ScriptedSite, serve_scripted

KINDS = (
    "plain",
    "json",
    "bundle",
    "next",
    "amp",
    "late",
    "unsettled",
    "dialogs",
    "shadow",
    "greedy",
    "broken",
    "empty",
    "away",
    "plain",
    "json",
    "in parts",
    "behind consent",
    "beside an error",
    "preloaded",
)
MADE_BY_SCRIPTS = (
    "json",
    "bundle",
    "late",
    "unsettled",
    "dialogs",
    "shadow",
    "in parts",
    "behind consent",
    "beside an error",
    "preloaded",
)
MORE_KINDS = ("by cookie", "stirred", "hung", "reloads", "refresh", "lead", "in sight", "in chunks", "blocked")


@pytest.fixture(scope="module")
def site() -> Iterator[ScriptedSite]:
    with serve_scripted(ScriptedSite(KINDS)) as served:
        served.elsewhere = f"{served.base}/closed/page"  # robots.txt forbids it
        yield served


@pytest.fixture(scope="module")
def second() -> Iterator[ScriptedSite]:
    with serve_scripted(ScriptedSite(MORE_KINDS)) as served:
        yield served


@pytest.fixture(scope="module")
def crawled(site: ScriptedSite, second: ScriptedSite, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return crawl(
        tmp_path_factory.mktemp("scripted"), f"{site.base},{second.base}", settings={"NEWSCRAWL_BROWSER_SECONDS": "20"}
    )


def record_of(crawled: Crawled, url: str) -> dict[str, object]:
    return next(record for record in crawled.records if record["metadata"]["requestedUrl"] == url)


@needs_chromium
@pytest.mark.parametrize("kind", MADE_BY_SCRIPTS)
def test_an_article_made_by_a_script_is_rendered(kind: str, site: ScriptedSite, crawled: Crawled) -> None:
    for url in site.of(kind):
        record = record_of(crawled, url)
        story = site.stories[next(n for n in range(len(KINDS)) if site.url(n) == url)]
        assert record["metadata"]["rendered"] is True
        assert record["articleBody"] == "\n\n".join(story.paragraphs), (
            "the overlay and the newsletter box are not part of it"
        )
        assert record["headline"] == story.headline


@needs_chromium
@pytest.mark.parametrize("kind", ["plain", "next", "amp"])
def test_pages_that_need_no_browser_are_not_rendered(kind: str, site: ScriptedSite, crawled: Crawled) -> None:
    for url in site.of(kind):
        record = record_of(crawled, url)
        number = next(n for n in range(len(KINDS)) if site.url(n) == url)
        assert record["metadata"]["rendered"] is False and record["articleBody"] == "\n\n".join(
            site.stories[number].paragraphs
        )
        assert site.times(f"/api/{number}") == 0


@needs_chromium
@pytest.mark.parametrize("kind", MORE_KINDS)
def test_articles_are_recorded_though_their_pages_wait_hang_reload_or_load_late(
    kind: str, second: ScriptedSite, crawled: Crawled
) -> None:
    record = record_of(crawled, second.of(kind)[0])
    assert record["articleBody"] == "\n\n".join(second.stories[MORE_KINDS.index(kind)].paragraphs)
    assert record["metadata"]["rendered"] is (kind not in ("reloads", "refresh"))


@needs_chromium
def test_no_page_is_requested_twice(site: ScriptedSite, second: ScriptedSite, crawled: Crawled) -> None:
    assert [
        path for one in (site, second) for path, _ in one.asked if "story-number" in path and one.times(path) > 1
    ] == []


@needs_chromium
def test_pages_load_no_pictures_windows_files_beacons_or_sockets(
    site: ScriptedSite, second: ScriptedSite, crawled: Crawled
) -> None:
    wrong = re.compile(r"^/(picture|popup|file|beacon|socket|worker|film|agreed)")
    assert [path for path, _ in (*site.asked, *second.asked) if wrong.match(path)] == []


@needs_chromium
def test_the_browser_sends_our_user_agent(site: ScriptedSite, crawled: Crawled) -> None:
    agents = {headers["user-agent"].partition("/")[0] for path, headers in site.asked if path.startswith("/api/")}
    assert agents == {"newscrawl"}


@needs_chromium
def test_a_tab_that_kills_itself_costs_its_page_only(site: ScriptedSite, crawled: Crawled) -> None:
    assert set(crawled.reasons("BrowserFailed")) == {*site.of("greedy"), *site.of("broken")} and crawled.status == 0


@needs_chromium
def test_robots_txt_applies_to_where_a_page_navigates(site: ScriptedSite, crawled: Crawled) -> None:
    assert crawled.reasons("RobotsForbidden") == site.of("away")
    assert site.times("/closed/page") == 0


@needs_chromium
def test_a_page_that_rendering_does_not_help_keeps_its_reason(site: ScriptedSite, crawled: Crawled) -> None:
    assert crawled.reasons("IncompleteArticle") == site.of("empty")


@needs_chromium
def test_a_failure_of_the_network_teaches_nothing(tmp_path: Path) -> None:
    site = ScriptedSite(["broken"] * 3 + ["plain"])
    with serve_scripted(site):
        done = crawl(tmp_path, site.base)
    assert done.stats["newscrawl/browser/escalated"] == 3, (
        "after two pages that rendering did not help, the third would not have been rendered"
    )
    assert "newscrawl/browser/useless" not in done.stats and "newscrawl/browser/helped" not in done.stats


@needs_chromium
def test_pages_of_a_kind_that_rendering_helps_are_rendered_at_once(tmp_path: Path) -> None:
    site = ScriptedSite(["json"] * 9 + ["empty"] * 3)
    with serve_scripted(site):
        done = crawl(tmp_path, site.base)
    assert len(done.records) == 9
    assert done.stats["newscrawl/browser/escalated"] < 9 + 2, (
        "four may be in progress before the second has taught anything"
    )
    assert done.stats["newscrawl/browser/useless"] == 2, "a third page of the same kind is not rendered"


@needs_chromium
def test_a_static_site_starts_no_browser_and_imports_no_playwright(tmp_path: Path) -> None:
    program = (
        "import sys, atexit\n"
        "from scrapy.cmdline import execute\n"
        "names = 'playwright', 'scrapy_playwright'\n"
        "atexit.register(lambda: print('LOADED', [name for name in names if name in sys.modules]))\n"
        "execute()"
    )
    site = LivingSite.of(12)
    with serve_living(site):
        done = crawl(tmp_path, site.base, program=program)
    assert len(done.records) == 12 and not [stat for stat in done.stats if "browser" in stat]
    assert "LOADED []" in done.log


@needs_chromium
@pytest.mark.parametrize("listing", ["script", "infinite", "button"])
def test_a_list_made_by_a_script_is_unrolled(listing: str, tmp_path: Path) -> None:
    site = ScriptedSite(["plain"] * 17, listing=listing)
    with serve_scripted(site):
        done = crawl(tmp_path, site.base)
    assert sorted(record["metadata"]["requestedUrl"] for record in done.records) == sorted(site.of("plain"))
    assert site.times("/") == 1 and site.times("/closed") == 0
    assert all(record["metadata"]["rendered"] is False for record in done.records)


@needs_chromium
def test_an_endless_list_is_bounded(tmp_path: Path) -> None:
    site = ScriptedSite(["plain"] * 60, listing="infinite", per_page=3)
    with serve_scripted(site):
        done = crawl(tmp_path, site.base, settings={"NEWSCRAWL_BROWSER_ROUNDS": "2"})
    assert 6 <= len(done.records) <= 15


@needs_chromium
def test_findings_outlive_the_run(tmp_path: Path) -> None:
    site = ScriptedSite(["json"] * 3, listing="script", etag=True)
    settings = {"NEWSCRAWL_MEMORY": str(tmp_path / "memory.sqlite"), "NEWSCRAWL_BROWSER_ROUNDS": "1"}
    with serve_scripted(site):
        first = crawl(tmp_path, site.base, settings=settings)
        site.kinds = [*site.kinds, "json"]
        site.stories.append(type(site.stories[0])(3, site.stories[0].published))
        second = crawl(tmp_path, site.base, settings=settings)
    assert len(first.records) == 3 and [record["metadata"]["requestedUrl"] for record in second.records] == [
        site.url(3)
    ]
    assert second.stats.get("newscrawl/browser/escalated", 0) <= 1, (
        "articles are rendered at once; the list may be checked"
    )


@needs_chromium
def test_the_modes_never_and_always_by_site(tmp_path: Path) -> None:
    with (
        serve_scripted(ScriptedSite(["plain", "json", "spoiled", "led away"])) as one,
        serve_scripted(ScriptedSite(["plain", "json"])) as two,
    ):
        done = crawl(tmp_path, f"{one.base},{two.base}", settings={"NEWSCRAWL_BROWSER": f"never, {one.base}=always"})
    rendered = {record["metadata"]["requestedUrl"]: record["metadata"]["rendered"] for record in done.records}
    assert rendered == {one.url(0): True, one.url(1): True, one.url(2): False, one.url(3): False, two.url(0): False}
    assert record_of(done, one.url(2))["articleBody"] == "\n\n".join(one.stories[2].paragraphs), (
        "the server has sent what its script removes"
    )
    assert record_of(done, one.url(3))["articleBody"] == "\n\n".join(one.stories[3].paragraphs), (
        "and what its script navigates away from"
    )
    assert done.reasons("NeedsBrowser") == [two.url(1)]


def test_without_a_browser_the_crawl_goes_on_and_says_how_to_install_one(tmp_path: Path) -> None:
    site = ScriptedSite(["plain", "json", "next"])
    with serve_scripted(site):
        done = crawl(tmp_path, site.base, settings={"NEWSCRAWL_BROWSER_PATH": str(tmp_path / "none")})
    assert sorted(record["metadata"]["requestedUrl"] for record in done.records) == sorted([site.url(0), site.url(2)])
    assert done.reasons("NeedsBrowser") == [site.url(1)] and done.status == 0
    assert "NEWSCRAWL_BROWSER_PATH" in done.log.split("Summary")[1]


#: Scrapy where the extra `browser` is not installed.
_WITHOUT_DRIVER = """
import sys
sys.modules.update(playwright=None, scrapy_playwright=None)
from scrapy.cmdline import execute
execute()
"""


def test_without_the_extra_the_crawl_goes_on_and_says_so_once(tmp_path: Path) -> None:
    site = ScriptedSite(["json", "json", "plain", "plain", "plain"])
    with serve_scripted(site):
        done = crawl(tmp_path, site.base, program=_WITHOUT_DRIVER)
    assert sorted(done.reasons("NeedsBrowser")) == [site.url(0), site.url(1)]
    assert done.status == 0 and len(done.records) == 3
    before, _, summary = done.log.partition("Summary")
    assert before.count("newscrawl[browser]") == 1 and "newscrawl[browser]" in summary


def test_without_the_extra_always_is_refused_before_anything_is_requested(tmp_path: Path) -> None:
    site = ScriptedSite(["plain"])
    with serve_scripted(site):
        done = crawl(tmp_path, site.base, program=_WITHOUT_DRIVER, settings={"NEWSCRAWL_BROWSER": "always"})
    assert done.status == 2 and "newscrawl[browser]" in done.log and not site.asked


def test_without_the_extra_always_for_one_site_is_refused_too(tmp_path: Path) -> None:
    site = ScriptedSite(["plain"])
    with serve_scripted(site):
        (tmp_path / "sites.toml").write_text(f'[sites."{site.base}"]\nbrowser = "always"\n', "utf-8")
        done = crawl(tmp_path, str(tmp_path / "sites.toml"), program=_WITHOUT_DRIVER)
    assert done.status == 2 and "newscrawl[browser]" in done.log and not site.asked


def test_an_unknown_mode_is_reported_before_anything_is_requested(tmp_path: Path) -> None:
    site = ScriptedSite(["plain"])
    with serve_scripted(site):
        done = crawl(tmp_path, site.base, settings={"NEWSCRAWL_BROWSER": "sometimes"})
    assert done.status == 2 and "sometimes" in done.log and not site.asked


@needs_chromium
def test_a_page_that_hangs_costs_itself_only(tmp_path: Path) -> None:
    site = ScriptedSite(["hang", "json", "plain"])
    with serve_scripted(site):
        done = crawl(tmp_path, site.base, settings={"NEWSCRAWL_BROWSER_SECONDS": "5"})
    assert done.reasons("BrowserFailed") == site.of("hang") and len(done.records) == 2


#: Makes a crawl treat 127.0.0.1 as a public address, and two host names resolve to a public and a private address, for
#: the connections of Scrapy and of the browser.
_WITH_PUBLIC_LOOPBACK = """
import asyncio, socket
import newscrawl.crawl.browser.proxy as proxy
import newscrawl.crawl.network.public_pool as public_pool
is_private = public_pool.is_private_address
proxy.is_private_address = lambda ip: ip not in ("127.0.0.1", "::ffff:127.0.0.1") and is_private(ip)
public_pool.is_private_address = proxy.is_private_address
names = {"www.a.example": "127.0.0.1", "inside.a.example": "127.0.0.2"}
async def look_up(self, host, port, **more):
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (names.get(host, host), port))]
asyncio.BaseEventLoop.getaddrinfo = look_up
from scrapy.cmdline import execute
execute()
"""


@needs_chromium
def test_a_page_reaches_no_private_address_however_it_tries(tmp_path: Path) -> None:
    site = ScriptedSite(["probe", "away", "plain"])
    with serve_scripted(site):
        port = site.base.rpartition(":")[2]
        site.base = f"http://www.a.example:{port}"
        site.elsewhere = f"http://inside.a.example:{port}/page"
        site.probes = [
            site.elsewhere,
            f"http://127.0.0.2:{port}/x",
            f"http://2130706434:{port}/x",
            "/leads-elsewhere",
            f"ftp://127.0.0.2:{port}/x",
        ]
        with serve_hostile({}, "127.0.0.2", int(port)) as private:
            names = {"www.a.example": [["127.0.0.1"]], "inside.a.example": [["127.0.0.2"]]}
            settings = {
                "NEWSCRAWL_ALLOW_PRIVATE": "0",
                "TWISTED_DNS_RESOLVER": "tests.support.hostile_server.Names",
                "TEST_NAMES": json.dumps(names),
            }
            done = crawl(tmp_path, site.base, settings=settings, program=_WITH_PUBLIC_LOOPBACK)
            assert private.connections == 0, private.asked
    assert {record["metadata"]["requestedUrl"] for record in done.records} == {site.url(0), site.url(2)}, done.log[
        -3000:
    ]
    assert done.reasons("PrivateAddress") == [site.url(1)] and site.times("/leads-elsewhere") >= 1


def kill_the_browser(crawl_pid: int, moments: list[float]) -> None:
    """Kill the browser's main process once for each moment, so many seconds after it has appeared."""
    for moment in moments:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            mains = [
                p.pid for p in descendants(crawl_pid) if b"--headless" in p.command and b"--type=" not in p.command
            ]
            if mains:
                time.sleep(moment)
                kill(mains)
                break
            time.sleep(0.05)


@needs_chromium
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_browser_that_is_killed_is_restarted(tmp_path: Path) -> None:
    made = random.Random(7)
    site = ScriptedSite(["json"] * 5)
    with serve_scripted(site):
        process = start(tmp_path, site.base)
        killer = threading.Thread(
            target=kill_the_browser, args=(process.pid, [made.uniform(0.2, 1.5) for _ in range(2)]), daemon=True
        )
        killer.start()
        done = collect(tmp_path, process)
    failed = set(done.reasons("BrowserFailed"))
    assert {record["metadata"]["requestedUrl"] for record in done.records} | failed == set(site.of("json")) and len(
        failed
    ) <= 1
    assert "trying again" in done.log, "it was killed when nothing was in progress"


@needs_chromium
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_process_of_the_browser_is_left_when_a_crawl_is_stopped(tmp_path: Path) -> None:
    site = ScriptedSite(["late"] * 30)
    with serve_scripted(site):
        process = start(tmp_path, site.base, settings={"NEWSCRAWL_STOP_SECONDS": "1"})
        end = time.monotonic() + 60
        while not any(path.startswith("/api/") for path, _ in site.asked) and time.monotonic() < end:
            time.sleep(0.1)
        mine = [p.pid for p in descendants(process.pid)]
        process.send_signal(signal.SIGTERM)
        done = collect(tmp_path, process, timeout=120)
    assert mine and done.status == 6
    end = time.monotonic() + 10
    while (left := [pid for pid in mine if is_alive(pid)]) and time.monotonic() < end:
        time.sleep(0.1)
    assert not left


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def test_the_schema_requires_rendered() -> None:
    schema = json.loads(Path("newscrawl/record.schema.json").read_text("utf-8"))
    assert "rendered" in schema["properties"]["metadata"]["required"]
