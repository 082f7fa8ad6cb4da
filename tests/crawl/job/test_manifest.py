"""The manifest of a run: what it says of the sites, outputs, errors and expectations."""

from __future__ import annotations

from pathlib import Path

from newscrawl.crawl.job.manifest import safe
from newscrawl.crawl.nouns.exit_status import ExitStatus
from newscrawl.urls import without_credentials
from tests.newspaper.serve import Served, serve
from tests.newspaper.site import Answer
from tests.support.crawling import crawl
from tests.support.reported_runs import DEAD, manifest_of, run


def test_urls_in_a_manifest_have_no_secrets() -> None:
    outputs = "s3://key:sec/ret@bucket/x ftp://me:pw@host/a https://a.example/@me"
    assert without_credentials(outputs) == "s3://key:sec/ret@bucket/x ftp://host/a https://a.example/@me"
    url = safe("https://u:p@a.example/x?api_key=1234&page=2&token=abc")
    assert url == "https://a.example/x?api_key=…&page=2&token=…"


def test_the_manifest_of_a_good_run(tmp_path: Path, served: Served) -> None:
    (tmp_path / "expected.ini").write_text("[default]\nmin_records = 3\nmax_failures = 50%\n[run]\nmax_seconds = 600\n")
    settings = {"NEWSCRAWL_EXPECTATIONS": str(tmp_path / "expected.ini"), "AWS_SECRET_ACCESS_KEY": "hush-hush"}
    crawled = run(tmp_path, served.address, settings, limit="3", since="2001-01-01")
    assert crawled.status == 0, crawled.log
    values = manifest_of(tmp_path)
    assert values["statusName"] == "OK" and values["arguments"]["limit"] == 3
    assert values["arguments"]["since"].startswith("2001-01-01T00:00:00")
    [site] = values["sites"]
    assert site["site"] == served.address and site["problem"] is None
    assert site["records"] == site["new"] == 3 == sum(site["sources"].values())
    assert site["changed"] == site["removed"] == site["unchanged"] == 0
    assert site["discovered"] == crawled.discovered == sum(site["reasons"].values())
    for reason, count in site["reasons"].items():
        assert crawled.stats[f"newscrawl/{reason}"] == count
    assert values["outputs"] == [
        {"uri": str(tmp_path / "articles.jsonl"), "format": "jsonl", "items": 3, "stored": True, "leftOut": 0}
    ]
    assert [expectation["met"] for expectation in values["expectations"]] == [True, True, True]
    assert values["start"] < values["end"] and values["seconds"] > 0 and values["memory"] is None
    assert "hush" not in (tmp_path / "run.json").read_text()
    assert "exit status 0 (OK)" in crawled.log


def test_a_failed_site_has_a_problem_and_its_errors_have_examples(tmp_path: Path, served: Served) -> None:
    crawled = run(tmp_path, f"{served.address},{DEAD}", limit="2")
    assert crawled.status == ExitStatus.SOME_SITES_FAILED, crawled.log
    values = manifest_of(tmp_path)
    assert {site["site"]: site["problem"] for site in values["sites"]} == {
        served.address: None,
        DEAD: "front page: ConnectionFailed",
    }
    [error] = [error for error in values["errors"] if error["reason"] == "ConnectionFailed"]
    assert error["count"] == 1 and error["examples"][0]["site"] == DEAD
    assert f'newscrawl_site_failed{{site="{DEAD}"}} 1\n' in (tmp_path / "news.prom").read_text()


def test_the_examples_of_an_error_are_few(tmp_path: Path) -> None:
    with serve(change=lambda path: Answer(503, "text/plain", b"no") if path != "/robots.txt" else None) as down:
        crawled = run(tmp_path, down.address)
    assert crawled.status == ExitStatus.ALL_SITES_FAILED, crawled.log
    for error in manifest_of(tmp_path)["errors"]:
        assert 1 <= len(error["examples"]) <= 5


def test_a_site_that_sends_only_challenges_fails(tmp_path: Path) -> None:
    page = (
        b"<html><head><title>Just a moment...</title></head><body><p>Checking your browser before accessing. "
        b"Enable JavaScript and cookies to continue.</p></body></html>"
    )
    with serve(change=lambda path: Answer(200, "text/html", page) if path != "/robots.txt" else None) as walled:
        crawled = run(tmp_path, walled.address)
    assert crawled.status == ExitStatus.ALL_SITES_FAILED, crawled.log
    assert manifest_of(tmp_path)["sites"][0]["problem"] == "front page: Challenge"


def test_an_unmet_expectation_has_a_status_a_log_line_and_an_entry(tmp_path: Path, served: Served) -> None:
    (tmp_path / "expected.ini").write_text(f"[{served.address}]\nmin_new_per_day = 1000\n")
    crawled = run(tmp_path, served.address, {"NEWSCRAWL_EXPECTATIONS": str(tmp_path / "expected.ini")}, limit="1")
    assert crawled.status == ExitStatus.EXPECTATIONS_UNMET
    assert f"unmet: {served.address}: min_new_per_day should be 1000, but was 1" in crawled.log
    assert manifest_of(tmp_path)["expectations"] == [
        {
            "site": served.address,
            "name": "min_new_per_day",
            "wanted": 1000.0,
            "isShare": False,
            "found": 1,
            "met": False,
        }
    ]


def test_a_manifest_that_cannot_be_written_fails_the_run(tmp_path: Path, served: Served) -> None:
    crawled = crawl(
        tmp_path, served.address, settings={"NEWSCRAWL_MANIFEST": str(tmp_path / "no" / "run.json")}, limit="1"
    )
    assert crawled.status == ExitStatus.CANNOT_WRITE and crawled.discovered == 0, "said before the first request"
    assert "run.json cannot be written: there is no folder" in crawled.log
    assert crawled.log.count("cannot be written") == 1
