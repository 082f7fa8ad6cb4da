"""Crawls of sites with crawl traps: they end, and all good articles are recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.crawling import crawl
from tests.support.living_site import serve_living
from tests.support.trapped_site import TRAPS, TrappedSite


@pytest.mark.parametrize(
    "traps",
    [("calendar", "facets", "pagination", "growing", "loop"), ("sessions", "maze", "mirrors"), ("garden",), TRAPS],
    ids="+".join,
)
def test_a_site_with_traps_still_gives_its_articles(traps: tuple[str, ...], tmp_path: Path) -> None:
    site = TrappedSite.of(40, traps=traps)
    settings = {"NEWSCRAWL_MAX_UNPRODUCTIVE": "10", "NEWSCRAWL_MAX_UNLISTED_ARTICLES": "60"}
    with serve_living(site):
        done = crawl(tmp_path, site.base, settings=settings)
    recorded = {record["metadata"]["requestedUrl"] for record in done.records}
    assert {site.base + story.path for story in site.stories} <= recorded and done.status == 0
    assert site.trapped <= 150 * (1 + len(traps) // 4)
    assert done.reasons("CrawlTrap") or not {"sessions", "maze", "mirrors"}.intersection(traps)
    assert done.reasons("OverBudget") or traps != ("garden",)


def test_three_hundred_articles_are_recorded_beside_a_maze(tmp_path: Path) -> None:
    site = TrappedSite.of(300, traps=("wild maze",))
    with serve_living(site):
        done = crawl(tmp_path, site.base, settings={"NEWSCRAWL_MAX_UNPRODUCTIVE": "12"})
    recorded = {record["metadata"]["requestedUrl"] for record in done.records}
    assert recorded == {site.base + story.path for story in site.stories}
    assert site.trapped < 300
