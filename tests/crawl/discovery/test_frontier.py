"""The parts of the shell one by one: pipelines, exporters, frontier, failures, guards, progress and the add-on."""

from __future__ import annotations

import csv
import io
import json
import pickle
import random
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    DropItem,
    IgnoreRequest,
)
from scrapy.http import HtmlResponse
from scrapy.settings import Settings
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawl.article import Article, Block, Image, Kind, Link, Organization, Person
from newscrawl.crawl.addon import DEFAULTS, NewscrawlAddon
from newscrawl.crawl.discovery.disk_queue import DiskQueue
from newscrawl.crawl.discovery.frontier import IN_MEMORY, Frontier
from newscrawl.crawl.discovery.scheduler import Scheduler
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.drops import ReasonedIgnore, drop, drop_class
from newscrawl.crawl.export.exporters import (
    CsvRecordExporter,
    JsonLinesRecordExporter,
    JsonRecordExporter,
    XmlRecordExporter,
)
from newscrawl.crawl.job.progress import site_lines, summary_lines
from newscrawl.crawl.network.address_guard import AddressGuardMiddleware
from newscrawl.crawl.network.failure_reasons import reason_of
from newscrawl.crawl.nouns.ledger import Ledger, LedgerEntry
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.crawl.pipelines import CheckPipeline, DeduplicatePipeline, StripPipeline
from newscrawl.keys import KeySet
from newscrawl.outcomes import REASONS

NOW = datetime(2024, 11, 21, tzinfo=timezone.utc)
SENTENCE = "The ferry to the northern islands will sail again from Monday, the harbour master said in the morning."


def article(url: str = "https://a.example/news/one-two-three", **fields: Any) -> Article:
    blocks = tuple(
        Block(number, Kind.PARAGRAPH, f"{SENTENCE} Part {number} of the story at {url}.") for number in range(6)
    )
    return replace(Article(url, headline="The Ferry Sails Again", blocks=blocks, date_published=NOW), **fields)


# -- pipelines ----------------------------------------------------------------------------------


@pytest.mark.parametrize("pipeline", [StripPipeline(), CheckPipeline(), DeduplicatePipeline()])
def test_pipelines_let_other_items_through(pipeline: Any) -> None:
    item = {"url": "https://a.example/", "price": 3}
    assert pipeline.process_item(item) is item
    assert pipeline.process_item(item) is item


def test_check_pipeline_drops_by_reason() -> None:
    assert CheckPipeline().process_item(article()) == article()
    with pytest.raises(drop_class("IncompleteArticle")):
        CheckPipeline().process_item(article(headline=None))


def test_every_reason_has_its_drop() -> None:
    for reason in REASONS:
        assert isinstance(drop(reason), DropItem)
        assert type(drop(reason)).__name__ == reason
    with pytest.raises(KeyError):
        drop("Whim")


@pytest.mark.parametrize(
    "other",
    [
        article("https://a.example/news/one-two-three/?utm_source=x"),
        article("https://a.example/amp/other", canonical_url="https://a.example/news/one-two-three"),
        replace(article(), url="https://a.example/quite/another-address-of-the-same-text"),
    ],
    ids=["address", "canonical", "text"],
)
def test_duplicates_are_dropped(other: Article) -> None:
    pipeline = DeduplicatePipeline()
    pipeline.process_item(article())
    with pytest.raises(drop_class("Duplicate")):
        pipeline.process_item(other)


def test_different_articles_are_no_duplicates_even_where_a_template_names_one_canonical_address() -> None:
    pipeline = DeduplicatePipeline()
    for number in range(5):
        one = article(
            f"https://a.example/news/{number}",
            headline=f"Headline {number}",
            canonical_url="https://a.example/news/latest",
        )
        assert pipeline.process_item(one) == one


# -- exporters ----------------------------------------------------------------------------------


def exported(exporter: type, items: list[Any], **options: Any) -> str:
    file = io.BytesIO()
    writer = exporter(file, encoding="utf-8", **options)
    writer.start_exporting()
    for item in items:
        writer.export_item(item)
    writer.finish_exporting()
    return file.getvalue().decode("utf-8")


RICH = article(
    authors=(Person("Ann Öhl"), Person("Bo Ek", "https://a.example/bo")),
    publisher=Organization("The Courier"),
    images=(Image("https://a.example/1.jpg", "A ferry."), Image("https://a.example/2.jpg")),
    keywords=("ferries", "islands"),
    is_accessible_for_free=True,
)


def test_csv_of_an_article() -> None:
    [row] = list(csv.DictReader(io.StringIO(exported(CsvRecordExporter, [RICH]))))
    assert row["authors"] == "Ann Öhl; Bo Ek"
    assert row["publisher"] == "The Courier"
    assert row["images"] == "https://a.example/1.jpg; https://a.example/2.jpg"
    assert row["mainImage"] == "https://a.example/1.jpg"
    assert row["keywords"] == "ferries; islands"
    assert row["isAccessibleForFree"] == "true"
    assert row["dateModified"] == ""


def test_xml_holds_only_what_xml_can_hold() -> None:
    text = exported(XmlRecordExporter, [replace(RICH, headline="A\x00 B\x0b < C")])
    assert "<headline>A B &lt; C</headline>" in text
    assert "<isAccessibleForFree>true</isAccessibleForFree>" in text
    assert "None" not in text


@pytest.mark.parametrize(
    "exporter", [JsonLinesRecordExporter, JsonRecordExporter, CsvRecordExporter, XmlRecordExporter]
)
def test_other_items_are_exported_as_scrapy_does(exporter: type) -> None:
    text = exported(exporter, [{"name": "Ö", "price": 3}])
    assert "Ö" in text and "3" in text and "articleBody" not in text


def test_chosen_fields_only() -> None:
    assert json.loads(exported(JsonLinesRecordExporter, [RICH], fields_to_export=["headline", "url"])) == {
        "headline": RICH.headline,
        "url": RICH.url,
    }


# -- frontier -----------------------------------------------------------------------------------


def visit(name: str, hours: float = 0, kind: VisitKind = VisitKind.ARTICLE, **fields: Any) -> Visit:
    return Visit("a.example", Link(f"https://a.example/{name}"), kind, NOW - timedelta(hours=hours), **fields)


def test_frontier_gives_the_newest_first_and_doubtful_last() -> None:
    frontier = Frontier()
    frontier.push(visit("old", 9))
    frontier.push(visit("doubtful", 0, sure=False))
    frontier.push(visit("new", 1))
    frontier.push(visit("feed", 99, VisitKind.FEED))
    frontier.push(visit("section", 5, VisitKind.SECTION))
    order = []
    while (one := frontier.pop()) is not None:
        order.append(one.url.rsplit("/", 1)[1])
    assert order == ["feed", "new", "section", "old", "doubtful"]
    assert len(frontier) == 0


def test_a_date_that_comes_later_moves_a_waiting_link() -> None:
    frontier = Frontier()
    frontier.push(visit("a", 1))
    frontier.push(visit("b", 2))
    frontier.date("https://a.example/a", Link("https://a.example/a", published=NOW - timedelta(hours=9)))
    assert [frontier.pop().url[-1], frontier.pop().url[-1]] == ["b", "a"]  # type: ignore[union-attr]
    assert frontier.pop() is None


SCHEDULER = Scheduler(Ledger(), 4, 0, 50, lambda visit: 1, lambda url: "")


def test_site_waits_for_what_may_name_newer_articles() -> None:
    site = Site("a.example", "https://a.example/")
    site.frontier.push(visit("article"))
    site.in_progress["feed"] = visit("feed", 0, VisitKind.FEED)
    assert SCHEDULER.next_visit(site) is None
    site.in_progress.clear()
    assert SCHEDULER.next_visit(site) == visit("article")


def test_site_never_sends_more_than_the_limit_leaves() -> None:
    site = Site("a.example", "https://a.example/", limit=2)
    for number in range(3):
        site.frontier.push(visit(f"article-{number}"))
    for _ in range(2):
        one = SCHEDULER.next_visit(site)
        assert one is not None
        site.in_progress[one.url] = one
    assert SCHEDULER.next_visit(site) is None
    site.in_progress.popitem()
    assert SCHEDULER.next_visit(site) is not None
    site.recorded = 2
    assert SCHEDULER.next_visit(site) is None and site.is_full


def test_http_addresses_are_asked_for_by_https_where_the_seed_went_there() -> None:
    site = Site("a.example", "http://a.example/")
    assert site.resolved("http://a.example/x") == "http://a.example/x"
    site.adopt("https://a.example/")
    assert site.resolved("http://a.example/x") == "https://a.example/x"
    assert site.resolved("http://b.a.example/x") == "http://b.a.example/x"


def test_a_visit_survives_pickling() -> None:
    one = visit("x", 1, VisitKind.SECTION, page=3, branch="https://a.example/s")
    assert pickle.loads(pickle.dumps(one)) == one


# -- failures and guards ------------------------------------------------------------------------

REQUEST = Request("https://a.example/x")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (CannotResolveHostError("no such host"), "HostNotFound"),
        (DownloadTimeoutError("too slow"), "TimedOut"),
        (DownloadConnectionRefusedError("refused"), "ConnectionFailed"),
        (IgnoreRequest("Forbidden by robots.txt"), "RobotsForbidden"),
        (ReasonedIgnore("PrivateAddress", "10.0.0.1"), "PrivateAddress"),
        (HttpError(HtmlResponse("https://a.example/x", status=404)), "HttpStatus"),
        (OSError("certificate verify failed"), "TlsFailed"),
        (ValueError("whatever"), "ConnectionFailed"),
    ],
)
def test_failures_have_a_reason(error: Exception, reason: str) -> None:
    found, status, detail = reason_of(error)
    assert found == reason and found in REASONS and detail
    assert status == (404 if reason == "HttpStatus" else None)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:80", "[::1]", "10.1.2.3", "169.254.169.254", "0x7f.1"])
def test_private_addresses_are_refused(host: str) -> None:
    with pytest.raises(ReasonedIgnore) as caught:
        AddressGuardMiddleware().process_request(Request(f"http://{host}/x"))
    assert caught.value.reason == "PrivateAddress"


def test_public_addresses_pass() -> None:
    AddressGuardMiddleware().process_request(REQUEST)


# -- many addresses -----------------------------------------------------------------------------


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 20)))
def test_a_key_set_holds_what_a_set_holds(keys: list[int]) -> None:
    known, wanted = KeySet(keys[::2]), set(keys[::2])
    assert all((key in known) is (key in wanted) or key <= 1 for key in keys)
    assert len(known) == len({key or 1 for key in wanted})


def test_a_frontier_that_spills_keeps_the_order_and_loses_nothing() -> None:
    seed = random.Random(4)
    spilling, plain = Frontier(DiskQueue(), 3), Frontier()
    visits = [
        Visit(
            "a.example",
            Link(f"https://a.example/{n}", source="sitemap"),
            VisitKind.ARTICLE,
            NOW - timedelta(minutes=seed.randrange(500)),
            sure=n % 7 > 0,
        )
        for n in range(3 * IN_MEMORY)
    ]
    sections = [
        Visit("a.example", Link(f"https://a.example/s{n}"), VisitKind.SECTION, NOW - timedelta(days=n))
        for n in range(5)
    ]
    popped: dict[str, list[str]] = {"spilling": [], "plain": []}
    for name, frontier in (("spilling", spilling), ("plain", plain)):
        for n, visit in enumerate(visits + sections):
            frontier.push(visit)
            if n % 10 == 9:
                taken = frontier.pop()
                assert taken is not None
                popped[name].append(taken.url)
        frontier.date(visits[-1].url, Link(visits[-1].url, NOW + timedelta(days=1), "Dated", "feed"))
        assert frontier.remove(visits[1].url) is (visits[1].url not in popped[name])
        waiting = frontier.waiting(visits[-1].url)
        assert waiting is None or waiting.link.published
        count = len(frontier)
        rest = [visit.url for visit in iter(frontier.pop, None)]
        assert len(rest) == count and len(frontier) == 0
        popped[name] += rest
    assert popped["spilling"] == popped["plain"]


def test_what_waits_on_disk_is_drained_too() -> None:
    frontier = Frontier(DiskQueue(), 1)
    for n in range(IN_MEMORY + 10):
        frontier.push(Visit("a.example", Link(f"https://a.example/{n}"), VisitKind.ARTICLE, NOW))
    assert len({visit.url for visit in frontier.drain()}) == IN_MEMORY + 10 and len(frontier) == 0


# -- progress -----------------------------------------------------------------------------------


def test_progress_and_summary_are_drawn_from_the_ledger() -> None:
    ledger = Ledger()
    for number, reason in enumerate(("Listing", "Recorded", "Recorded", "SectionPage", "RobotsForbidden", "TimedOut")):
        ledger.settle(LedgerEntry(f"https://a.example/{number}", "a.example", reason=reason))
    assert site_lines(ledger, ["a.example"]) == ["a.example: 6 discovered, 4 fetched, 2 records, 1 refused"]
    lines = summary_lines(ledger, ["a.example"])
    assert lines[0].split("  ")[0] == "site"
    assert lines[1].split() == ["a.example", "6", "4", "2", "1", "1", "1"]
    assert any("2  Recorded" in line for line in lines)


def test_a_name_from_outside_moves_no_cursor() -> None:
    assert "\x1b" not in "".join(site_lines(Ledger(), ["a.example\x1b[2J"]))


def test_of_many_sites_the_busiest_are_shown() -> None:
    ledger = Ledger()
    ledger.discover("site-99", Link("https://site-99.example/"))
    lines = site_lines(ledger, [f"site-{number}" for number in range(100)])
    assert lines[0].startswith("site-99:") and len(lines) == 21 and "100 sites" in lines[-1]


# -- add-on -------------------------------------------------------------------------------------


def test_the_add_on_leaves_a_project_its_own_settings() -> None:
    settings = Settings()
    settings.set("DOWNLOAD_DELAY", 7, priority="project")
    settings.set("ITEM_PIPELINES", {"tests.support.crawling.Audit": 1}, priority="project")
    settings.set("FEED_EXPORTERS", {"csv": "scrapy.exporters.CsvItemExporter"}, priority="project")
    settings.set("NEWSCRAWL_CONTACT", "https://a.example/bot", priority="cmdline")
    NewscrawlAddon().update_settings(settings)
    assert settings.getint("DOWNLOAD_DELAY") == 7
    assert settings["FEED_EXPORTERS"]["csv"] == "scrapy.exporters.CsvItemExporter"
    assert settings["FEED_EXPORTERS"]["jsonl"].startswith("newscrawl.")
    assert len(settings["ITEM_PIPELINES"]) == 6
    assert settings["USER_AGENT"] == "newscrawl/0.1 (+https://a.example/bot)"
    assert settings.getbool("ROBOTSTXT_OBEY") is DEFAULTS["ROBOTSTXT_OBEY"]
