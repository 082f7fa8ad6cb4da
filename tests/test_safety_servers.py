"""Servers that are wrong in every way: each costs its page, with its one reason, and the good site beside it has all its articles."""

from __future__ import annotations

import pytest

from tests.hostile import front_page, leads_to, page, path_of, serve_hostile
from tests.living import LivingSite, serve_living
from tests.newspaper.crawling import Crawled, crawl
from tests.wrong import PATIENCE, all_cases

#: Two articles that say "Recorded" and are not whole.
CUT = ("is-without-a-length-and-cut", "says-less-than-it-sends")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Crawled, LivingSite, str]:
    cases = all_cases()
    answers = {path_of(name): answer for name, (answer, _) in cases.items()}
    answers["/"] = page(front_page(list(answers)))
    answers[path_of("leads-there")] = leads_to(path_of("leads-here"))
    answers["/robots.txt"] = page("User-agent: *\nAllow: /\n#" + "x" * 5_000_000, Content_Type="text/plain")
    for n in range(1, 30):
        answers[path_of("leads-on-and-on") + f"?{n}"] = leads_to(f"?{n + 1}")
    good = LivingSite.of(12)
    with serve_hostile(answers) as bad, serve_living(good):
        done = crawl(
            tmp_path_factory.mktemp("hostile"),
            f"{bad.address},{good.base}",
            settings={"DOWNLOAD_TIMEOUT": str(PATIENCE), "CONCURRENT_REQUESTS_PER_DOMAIN": "8", "REDIRECT_MAX_TIMES": "8"},
        )
    return done, good, bad.address


@pytest.mark.parametrize("name", all_cases())
def test_each_comes_to_its_one_reason(crawled: tuple[Crawled, LivingSite, str], name: str) -> None:
    done, _, address = crawled
    fates = [(fate["reason"], fate["detail"]) for fate in done.fates if fate["url"] == address + path_of(name)]
    assert [reason for reason, _ in fates] == [all_cases()[name][1]], fates


def test_the_good_site_has_all_its_articles(crawled: tuple[Crawled, LivingSite, str]) -> None:
    done, good, _ = crawled
    assert {record["url"] for record in done.records if record["url"].startswith(good.base)} == {good.base + story.path for story in good.stories}


def test_nothing_raised_and_the_crawl_came_to_its_end(crawled: tuple[Crawled, LivingSite, str]) -> None:
    done, _, _ = crawled
    assert done.status == 0, done.log[-2000:]
    assert "Traceback" not in done.log and "SpiderError" not in done.stats
    assert done.stats["finish_reason"] == "finished"


def test_what_is_cut_says_so(crawled: tuple[Crawled, LivingSite, str]) -> None:
    done, _, address = crawled
    cut = {record["url"] for record in done.records if record["metadata"]["isCut"]}
    assert cut == {address + path_of(name) for name in CUT}


def test_what_is_recorded_is_what_should_be(crawled: tuple[Crawled, LivingSite, str]) -> None:
    done, _, address = crawled
    recorded = {address + path_of(name) for name, (_, reason) in all_cases().items() if reason == "Recorded"}
    assert {record["url"] for record in done.records if record["url"].startswith(address)} == recorded
