"""The audit file, and the report of coverage that is made from it."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from newscrawl.crawl.job.coverage import estimate, read_audit, report
from newscrawl.outcomes import REASONS
from tests.newspaper.serve import serve
from tests.support import warm
from tests.support.crawling import crawl


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return warm.run(["-m", "scrapy", "newscrawl", *arguments])


def test_every_discovered_url_has_one_line_in_the_audit(tmp_path: Path) -> None:
    file = tmp_path / "urls.jsonl"
    with serve() as served:
        crawled = crawl(tmp_path, served.address, settings={"NEWSCRAWL_AUDIT": str(file)})
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    entries = [line for line in lines if "url" in line]
    assert Counter(line["url"] for line in entries) == Counter(entry["url"] for entry in crawled.entries)
    for line in entries:
        assert REASONS[line["reason"]].outcome.value == line["outcome"]
        assert line["sources"] and all(set(source) == {"source", "foundOn", "when"} for source in line["sources"]), line
    newest = next(
        line for line in entries if line["url"] == served.address + "/2024/11/harbour-bridge-reopens-after-repairs/"
    )
    assert {source["source"] for source in newest["sources"]} >= {"front page", "feed", "news sitemap"}
    report_of_file = command("coverage", str(file))
    assert report_of_file.returncode == 0, report_of_file.stderr
    assert report_of_file.stdout.startswith(f"{served.address}\n  discovered {len(entries)}: ")
    assert "by this source alone" in report_of_file.stdout and "95 % interval" in report_of_file.stdout
    assert " records, discovered first by: " in crawled.log
    assert re.search(rf"{served.address}: .*\d+ \(\d+ alone\).*; articles that no source named: ", crawled.log)


@pytest.mark.parametrize(
    "arguments", [[], ["coverage"], ["coverage", "no-such-file"], ["pigeons", "x"], ["coverage", "README.md"]]
)
def test_a_wrong_call_is_an_error_without_traceback(arguments: list[str]) -> None:
    done = command(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_unseen_articles_are_estimated_by_chapmans_formula() -> None:
    """60 are named by feeds and sitemaps, 50 by pages, 40 by both: (61 x 51 / 41) - 1 - 70 are unseen."""
    articles = [{"feed", "front page"}] * 40 + [{"sitemap"}] * 20 + [{"section page"}] * 10
    found = estimate(articles)
    assert found is not None
    assert (found.first, found.second, found.both) == (60, 50, 40)
    assert found.unseen == pytest.approx(61 * 51 / 41 - 1 - 70)
    assert found.low < found.unseen < found.high
    assert estimate([{"feed"}] * 5) is None


def test_an_incomplete_last_line_is_ignored_and_a_later_source_counts() -> None:
    line = {
        "url": "https://a.example/x",
        "site": "a.example",
        "sources": [{"source": "feed"}],
        "outcome": "recorded",
        "reason": "Recorded",
    }
    late = {"again": "https://a.example/x", "site": "a.example", "source": "section page"}
    sites = read_audit([json.dumps(line) + "\n", json.dumps(late) + "\n", '{"url": "https://a.exam'])
    assert sites["a.example"].articles == {"https://a.example/x": {"feed", "section page"}}
    assert any(line.startswith("  feed: 1 article, 0 by this source alone") for line in report(sites))
