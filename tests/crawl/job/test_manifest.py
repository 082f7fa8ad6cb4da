"""How a run tells how it went: exit status, manifest, metrics, expectations. Real crawls in processes of their own, and the pure parts by case."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from newscrawl.crawl.export.outputs import without_credentials
from newscrawl.crawl.job.expectations import check_expectations, read_expectations
from newscrawl.crawl.job.files import write_whole
from newscrawl.crawl.job.manifest import safe, schema
from newscrawl.crawl.job.metrics import metrics
from newscrawl.crawl.job.verdict import decide, nothing_new_status, problem
from newscrawl.crawl.nouns.exit_status import PRECEDENCE, ExitStatus, end_fault
from tests.newspaper.serve import Served, serve
from tests.newspaper.site import Answer
from tests.support.crawling import ROOT, Crawled, collect, crawl, start

VALIDATOR = jsonschema.Draft202012Validator(schema())
DEAD = "http://127.0.0.1:9"


def told(folder: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((folder / "run.json").read_text("utf-8"))
    VALIDATOR.validate(values)
    return values


def run(
    folder: Path, sites: str | None, settings: dict[str, str] | None = None, program: str = "", **arguments: str
) -> Crawled:
    files = {"NEWSCRAWL_MANIFEST": str(folder / "run.json"), "NEWSCRAWL_METRICS": str(folder / "news.prom")}
    crawled = crawl(folder, sites, settings={**files, **(settings or {})}, program=program, **arguments)
    if (
        not crawled.stats.get("killed")
        and (folder / "run.json").is_file()
        and crawled.status != ExitStatus.CANNOT_WRITE
    ):
        assert told(folder)["status"] == crawled.status
        assert f"newscrawl_exit_status {crawled.status}\n" in (folder / "news.prom").read_text("utf-8")
    return crawled


@pytest.fixture(scope="module")
def served() -> Any:
    with serve() as running:
        yield running


# -- the pure parts


@pytest.mark.parametrize("place", range(len(PRECEDENCE) - 3))
def test_the_graver_status_is_told(place: int) -> None:
    faults = [(status, status.name) for status in PRECEDENCE[place : len(PRECEDENCE) - 3]]
    for order in (faults, faults[::-1]):
        verdict = decide(order, {"a": "gone"}, ["a: too few"], records=3)
        assert verdict.status == PRECEDENCE[place] and verdict.name == verdict.why == PRECEDENCE[place].name


def test_sites_expectations_and_news_are_told_in_that_order() -> None:
    assert decide([], {"a": "gone", "b": "gone"}, ["x"]).status == ExitStatus.ALL_SITES_FAILED
    some = decide([], {"a": None, "b": "gone"}, ["x"])
    assert some.status == ExitStatus.SOME_SITES_FAILED and some.why == "1 of 2 sites failed: b (gone)"
    assert decide([], {"a": "front page: HttpStatus"}, records=3).status == ExitStatus.SOME_SITES_FAILED
    assert decide([], {"a": None}, ["x"]).status == ExitStatus.EXPECTATIONS_UNMET
    assert decide([], {"a": None}, records=1, nothing_new_status=99).status == 0
    assert decide([], {"a": None}, nothing_new_status=99) == decide([], {}, nothing_new_status=99)
    assert (decide([], {"a": None}, nothing_new_status=99).status, decide([], {"a": None}).status) == (99, 0)
    assert decide([], {"a": "gone"}, nothing_new_status=99).status == ExitStatus.ALL_SITES_FAILED
    assert decide([], {str(n): "gone" for n in range(9)}).why.endswith("and 4 more")


@pytest.mark.parametrize(
    ("reasons", "front", "failed"),
    [
        ({"Listing": 3, "Recorded": 2}, "Listing", False),
        ({"Listing": 3}, "Listing", False),
        ({"Unchanged": 3}, "Unchanged", False),
        ({"Listing": 2, "Recorded": 9, "HttpStatus": 1}, "HttpStatus", True),  # its front page could not be read
        ({"HostNotFound": 1}, "HostNotFound", True),
        ({"HostNotFound": 1, "Listing": 1, "Recorded": 1}, "Listing", False),  # https failed, http did not
        ({}, None, True),
        ({"Stopped": 4}, None, True),
        ({"RobotsForbidden": 1}, "RobotsForbidden", True),
        ({"Challenge": 1}, "Challenge", True),
        ({"Listing": 1, "LoginPage": 30}, "Listing", True),
        ({"Listing": 1, "LoginPage": 1}, "Listing", False),  # one for subscribers
        ({"Listing": 1, "ConsentWall": 30, "Recorded": 1}, "Listing", False),
        ({"Listing": 1, "ConsentWall": 30, "TooOld": 4}, "Listing", False),
    ],
)
def test_what_makes_a_site_a_failed_one(reasons: dict[str, int], front: str | None, failed: bool) -> None:
    assert (problem(reasons, front) is not None) is failed


def test_ends_that_were_wanted_and_ends_that_were_not() -> None:
    assert end_fault("finished") is end_fault("closespider_timeout") is end_fault("closespider_itemcount") is None
    for reason in ("shutdown", "memusage_exceeded", "closespider_errorcount", "cancelled", None):
        fault = end_fault(reason)
        assert fault is not None and fault[0] is ExitStatus.INTERRUPTED
    fault = end_fault("start_error")
    assert fault is not None and fault[0] is ExitStatus.NOT_STARTED


def test_the_status_of_nothing_new_takes_no_other_ones_place() -> None:
    assert nothing_new_status("99") == 99 and nothing_new_status(0) == 0
    for value in ("3", "75", "256", "-1", "x", ""):
        with pytest.raises(ValueError, match="NEWSCRAWL_NOTHING_NEW_STATUS"):
            nothing_new_status(value)


def expected(folder: Path, text: str, sites: tuple[str, ...] = ("https://a.example", "https://b.example")) -> Any:
    path = folder / "expected.ini"
    path.write_text(text, "utf-8")
    return read_expectations(str(path), sites)


def test_expectations_are_read_and_checked(tmp_path: Path) -> None:
    text = "[default]\nmin_records = 1\nmax_failures = 10%  ; a share\n[https://b.example]\nmin_records=5\nmin_new_per_day=4\n[run]\nmax_seconds=60\nmax_failures=3"
    counts = {
        "https://a.example": {"Recorded": 9, "HttpStatus": 1},
        "https://b.example": {"Recorded": 3, "Changed": 2, "TimedOut": 3},
    }
    checked = check_expectations(expected(tmp_path, text), counts, 61.0)
    assert [(c.expectation.site[8:9], c.expectation.name, c.found, c.is_met) for c in checked] == [
        ("a", "min_records", 9, True), ("a", "max_failures", 0.1, True),
        ("b", "min_records", 5, True), ("b", "max_failures", 0.375, False), ("b", "min_new_per_day", 3, False),
        ("", "max_seconds", 61.0, False), ("", "max_failures", 4, False),
    ]  # fmt: skip
    assert str(checked[3]) == "https://b.example: max_failures should be 10.0 %, but was 37.5 %"
    with_memory = check_expectations(
        expected(tmp_path, text), counts, 1.0, lambda site: 4 if site == "https://b.example" else 0
    )
    assert with_memory[4].is_met and with_memory[5].is_met
    assert [c.found for c in check_expectations(expected(tmp_path, text), {}, 1.0)] == [0, 0, 0, 0, 0, 1.0, 0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[default]\nmin_record = 1", "did you mean 'min_records'"),
        ("[https://c.example]\nmin_records = 1", r"\[https://c.example\] is not a site of this run"),
        ("[default]\nmax_seconds = 1", r"belongs under \[run\]"),
        ("[default]\nmin_records = many", "'many' must be a number"),
        ("[default]\nmin_records = -1", "must be a number of 0 or more"),
        ("[default]\nmax_failures = 130%", "or a share"),
        ("[default]\nmin_records = nan", "must be a number"),
        ("min_records = 1", "expected.ini"),
        ("[default]\nmin_records = 1\nmin_records = 2", "already exists"),
    ],
)
def test_expectations_that_cannot_be_used_say_why(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        expected(tmp_path, text)


def test_a_file_of_expectations_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        read_expectations(str(tmp_path / "none.ini"), [])


def test_secrets_are_not_told() -> None:
    assert (
        without_credentials("s3://key:sec/ret@bucket/x ftp://me:pw@host/a https://a.example/@me")
        == "s3://key:sec/ret@bucket/x ftp://host/a https://a.example/@me"
    )
    assert (
        safe("https://u:p@a.example/x?api_key=1234&page=2&token=abc") == "https://a.example/x?api_key=…&page=2&token=…"
    )


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "run.json"
    write_whole(str(path), "one")
    assert path.read_text() == "one" and path.stat().st_mode & 0o777 == 0o644

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        write_whole(str(path), "two")
    assert path.read_text() == "one" and os.listdir(tmp_path) == ["run.json"]


def test_metrics_escape_and_keep_the_last_success() -> None:
    funnel = dict.fromkeys(
        ("discovered", "fetched", "records", "new", "changed", "removed", "unchanged", "refused", "skipped", "failed"),
        1,
    )
    values: dict[str, Any] = {
        "status": 0, "end": "2026-11-25T10:00:00.000+00:00", "seconds": 2.5, "outputs": [{"stored": False}, {"stored": True}, {"stored": None}],
        "memory": {"known": 12, "path": "x", "ok": True}, "expectations": [],
        "sites": [{"site": 'a"b\\c\nd', "problem": None, "reasons": {"Recorded": 1}, **funnel}],
    }  # fmt: skip
    good = metrics(values)
    at = datetime.fromisoformat(values["end"]).timestamp()
    assert f"newscrawl_last_success_timestamp_seconds {at}\n" in good
    assert r'newscrawl_reasons{site="a\"b\\c\nd",reason="Recorded"} 1' in good
    assert 'newscrawl_memory{figure="known"} 12\n' in good and 'figure="path"' not in good and 'figure="ok"' not in good
    assert "newscrawl_outputs_failed 1\n" in good
    later = {**values, "status": 4, "end": "2026-11-25T11:00:00.000+00:00"}
    bad = metrics(later, before=good)
    assert f"newscrawl_last_success_timestamp_seconds {at}\n" in bad and "newscrawl_exit_status 4\n" in bad
    assert metrics(later, before=bad).count("last_success_timestamp_seconds ") == bad.count(
        "last_success_timestamp_seconds "
    )
    assert "last_success" not in metrics(later)
    for line in good.splitlines():
        assert re.fullmatch(
            r'# (HELP|TYPE) newscrawl_\w+ .+|newscrawl_\w+(\{(\w+="(\\.|[^"\\\n])*",?)+\})? [0-9.e+-]+', line
        ), line


# -- real crawls


def test_a_run_that_went_well(tmp_path: Path, served: Served) -> None:
    (tmp_path / "expected.ini").write_text("[default]\nmin_records = 3\nmax_failures = 50%\n[run]\nmax_seconds = 600\n")
    settings = {"NEWSCRAWL_EXPECTATIONS": str(tmp_path / "expected.ini"), "AWS_SECRET_ACCESS_KEY": "hush-hush"}
    crawled = run(tmp_path, served.address, settings, limit="3", since="2001-01-01")
    assert crawled.status == 0, crawled.log
    values = told(tmp_path)
    assert (
        values["statusName"] == "OK"
        and values["arguments"]["limit"] == 3
        and values["arguments"]["since"].startswith("2001-01-01T00:00:00")
    )
    [site] = values["sites"]
    assert site["site"] == served.address and site["problem"] is None
    assert (
        site["records"] == site["new"] == 3 == sum(site["sources"].values())
        and site["changed"] == site["removed"] == site["unchanged"] == 0
    )
    assert site["discovered"] == crawled.discovered == sum(site["reasons"].values())
    for reason, count in site["reasons"].items():
        assert crawled.stats[f"newscrawl/{reason}"] == count
    assert values["outputs"] == [
        {"uri": str(tmp_path / "articles.jsonl"), "format": "jsonl", "items": 3, "stored": True, "leftOut": 0}
    ]
    assert [one["met"] for one in values["expectations"]] == [True, True, True]
    assert values["start"] < values["end"] and values["seconds"] > 0 and values["memory"] is None
    assert "hush" not in (tmp_path / "run.json").read_text()
    assert "exit status 0 (OK)" in crawled.log


def test_some_sites_failed_and_the_reasons_have_examples(tmp_path: Path, served: Served) -> None:
    crawled = run(tmp_path, f"{served.address},{DEAD}", limit="2")
    assert crawled.status == ExitStatus.SOME_SITES_FAILED, crawled.log
    values = told(tmp_path)
    assert {site["site"]: site["problem"] for site in values["sites"]} == {
        served.address: None,
        DEAD: "front page: ConnectionFailed",
    }
    [error] = [error for error in values["errors"] if error["reason"] == "ConnectionFailed"]
    assert error["count"] == 1 and error["examples"][0]["site"] == DEAD
    assert f'newscrawl_site_failed{{site="{DEAD}"}} 1\n' in (tmp_path / "news.prom").read_text()


def test_all_sites_failed_and_examples_are_few(tmp_path: Path) -> None:
    with serve(change=lambda path: Answer(503, "text/plain", b"no") if path != "/robots.txt" else None) as down:
        crawled = run(tmp_path, down.address)
    assert crawled.status == ExitStatus.ALL_SITES_FAILED, crawled.log
    for error in told(tmp_path)["errors"]:
        assert 1 <= len(error["examples"]) <= 5


def test_a_site_that_answers_with_challenges_is_a_failed_one(tmp_path: Path) -> None:
    page = b"<html><head><title>Just a moment...</title></head><body><p>Checking your browser before accessing. Enable JavaScript and cookies to continue.</p></body></html>"
    with serve(change=lambda path: Answer(200, "text/html", page) if path != "/robots.txt" else None) as walled:
        crawled = run(tmp_path, walled.address)
    assert crawled.status == ExitStatus.ALL_SITES_FAILED, crawled.log
    assert told(tmp_path)["sites"][0]["problem"] == "front page: Challenge"


def test_an_unmet_expectation_has_its_status_and_its_line(tmp_path: Path, served: Served) -> None:
    (tmp_path / "expected.ini").write_text(f"[{served.address}]\nmin_new_per_day = 1000\n")
    crawled = run(tmp_path, served.address, {"NEWSCRAWL_EXPECTATIONS": str(tmp_path / "expected.ini")}, limit="1")
    assert crawled.status == ExitStatus.EXPECTATIONS_UNMET
    assert f"unmet: {served.address}: min_new_per_day should be 1000, but was 1" in crawled.log
    assert told(tmp_path)["expectations"] == [
        {
            "site": served.address,
            "name": "min_new_per_day",
            "wanted": 1000.0,
            "isShare": False,
            "found": 1,
            "met": False,
        }
    ]


@pytest.mark.parametrize(
    "settings", [{"NEWSCRAWL_NOTHING_NEW_STATUS": "4"}, {"NEWSCRAWL_EXPECTATIONS": "/no/such/file.ini"}]
)
def test_unusable_settings_end_it_before_the_first_request(tmp_path: Path, settings: dict[str, str]) -> None:
    with serve() as paper:
        crawled = run(tmp_path, paper.address, settings)
        assert (
            crawled.status == ExitStatus.BAD_ARGUMENTS
            and next(iter(settings)).rpartition("_")[2][:6].lower() in crawled.log.lower()
        )
        assert not paper.asked
    assert told(tmp_path)["statusName"] == "BAD_ARGUMENTS"


def test_nothing_new_has_a_status_of_its_own_where_it_is_wanted(tmp_path: Path, served: Served) -> None:
    since = datetime.now().astimezone().isoformat()
    assert run(tmp_path, served.address, {"NEWSCRAWL_NOTHING_NEW_STATUS": "99"}, since=since).status == 99
    assert told(tmp_path)["statusName"] == "NOTHING_NEW"
    assert run(tmp_path, served.address, since=since).status == 0


def test_an_output_that_cannot_be_opened(tmp_path: Path, served: Served) -> None:
    (tmp_path / "file").write_text("")
    feeds = json.dumps({str(tmp_path / "file" / "x.jsonl"): {"format": "jsonl"}})
    crawled = run(tmp_path, served.address, {"FEEDS": feeds}, limit="1", program=WITHOUT_O)
    assert crawled.status == ExitStatus.CANNOT_WRITE, crawled.log
    values = told(tmp_path)
    assert values["status"] == ExitStatus.CANNOT_WRITE and values["outputs"][0]["stored"] is False


#: scrapy, with the outputs of the settings alone.
WITHOUT_O = "import sys; from scrapy.cmdline import execute; a = sys.argv[1:]; i = a.index('-O'); del a[i:i + 2]; execute(['scrapy', *a])"
#: scrapy, with something broken first.
BROKEN = "import sys; from scrapy.cmdline import execute; {}; execute(['scrapy', *sys.argv[1:]])"


@pytest.mark.parametrize(
    "broken",
    [
        "import newscrawl.crawl.export.exporters as e; e.JsonLinesRecordExporter.export_item = lambda s, i: 1 / 0",
        "import newscrawl.crawl.export.exporters as e; e.JsonLinesRecordExporter.finish_exporting = lambda s: 1 / 0",
        "import scrapy.extensions.feedexport as e; e.FileFeedStorage.store = lambda s, f: 1 / 0",
    ],
    ids=["exporter", "finish", "store"],
)
def test_an_output_that_fails(tmp_path: Path, served: Served, broken: str) -> None:
    crawled = run(tmp_path, served.address, limit="2", program=BROKEN.format(broken))
    assert crawled.status == ExitStatus.CANNOT_WRITE, crawled.log
    assert told(tmp_path)["statusName"] == "CANNOT_WRITE"


def test_a_manifest_that_cannot_be_written(tmp_path: Path, served: Served) -> None:
    crawled = crawl(
        tmp_path, served.address, settings={"NEWSCRAWL_MANIFEST": str(tmp_path / "no" / "run.json")}, limit="1"
    )
    assert crawled.status == ExitStatus.CANNOT_WRITE and len(crawled.records) == 1
    assert "run.json cannot be written: No such file or directory" in crawled.log


@pytest.mark.parametrize(
    ("broken", "status"),
    [
        ("import newscrawl.crawl.spiders.news as n; n.Parts = None", ExitStatus.NOT_STARTED),
        (
            "import newscrawl.crawl.spiders.news as n; n.NewsSpider._front_page = lambda s, *a: 1 / 0",
            ExitStatus.NOT_STARTED,
        ),
        (
            "import newscrawl.crawl.discovery.frontier as f; import newscrawl.crawl.job.progress as p; p.Progress.from_crawler = lambda c: 1 / 0",
            ExitStatus.NOT_STARTED,
        ),
    ],
    ids=["spider_opened", "start", "component"],
)
def test_a_crawl_that_breaks_at_its_start(tmp_path: Path, served: Served, broken: str, status: ExitStatus) -> None:
    crawled = run(tmp_path, served.address, program=BROKEN.format(broken))
    assert crawled.status == status, crawled.log
    assert told(tmp_path)["status"] == status


def test_a_bound_of_scrapys_is_a_good_end_and_too_many_errors_are_not(tmp_path: Path, served: Served) -> None:
    assert run(tmp_path, served.address, {"CLOSESPIDER_ITEMCOUNT": "2"}).status == 0
    broken = "import newscrawl.crawl.spiders.applying as n; n.ListingResponses._start_sources = lambda s, *a: 1 / 0"
    crawled = run(tmp_path, served.address, {"CLOSESPIDER_ERRORCOUNT": "1"}, program=BROKEN.format(broken))
    assert crawled.status == ExitStatus.INTERRUPTED, crawled.log


def slow(path: str) -> Answer | None:
    if path.startswith("/20"):
        time.sleep(0.5)
    return None


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("sort", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_and_a_second_one(tmp_path: Path, sort: signal.Signals, times: int) -> None:
    delay = (lambda path: time.sleep(30) if path.startswith("/20") else None) if times == 2 else slow
    with serve(change=delay) as paper:
        settings = {"NEWSCRAWL_MANIFEST": str(tmp_path / "run.json"), "NEWSCRAWL_METRICS": str(tmp_path / "news.prom")}
        process = start(tmp_path, paper.address, settings=settings)
        wait_for(lambda: sum(path.startswith("/20") for path in paper.paths) >= 2, process)
        running = told(tmp_path)
        assert (
            running["status"] is None
            and running["statusName"] == "RUNNING"
            and running["process"]["pid"] == process.pid
        )
        assert not (tmp_path / "news.prom").exists()
        for _ in range(times):
            process.send_signal(sort)
            time.sleep(0.3)
        began = time.monotonic()
        crawled = collect(tmp_path, process)
        assert time.monotonic() - began < 10
    assert crawled.status == ExitStatus.INTERRUPTED, crawled.log
    values = told(tmp_path)
    assert values["status"] == ExitStatus.INTERRUPTED and values["end"]
    assert "newscrawl_exit_status 6\n" in (tmp_path / "news.prom").read_text()


def test_a_killed_run_is_seen_as_such(tmp_path: Path) -> None:
    with serve(change=slow) as paper:
        process = start(tmp_path, paper.address, settings={"NEWSCRAWL_MANIFEST": str(tmp_path / "run.json")})
        wait_for(lambda: any(path.startswith("/20") for path in paper.paths), process)
        process.kill()
        process.communicate()
    values = told(tmp_path)
    assert values["status"] is None and values["end"] is None and values["process"]["pid"] == process.pid


def test_spiders_of_other_sorts_end_well(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(
        "import scrapy\nclass Own(scrapy.Spider):\n    name = 'own'\n    async def start(self):\n        yield {'a': 1}\n"
    )
    command = [
        "-s",
        "SPIDER_MODULES=own",
        "-s",
        f"NEWSCRAWL_MANIFEST={tmp_path / 'run.json'}",
        "-O",
        str(tmp_path / "own.jsonl"),
    ]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "own", *command]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert told(tmp_path)["spider"] == "own" and told(tmp_path)["outputs"][0]["items"] == 1
