"""What the memory keeps of articles that a crawl may not record."""

from __future__ import annotations

import sqlite3

import pytest

from tests.support.crawling import crawl
from tests.support.custom_paper import rights_by_story, serve_paper


@pytest.fixture
def paper():
    with serve_paper() as served:
        yield served


def test_a_forbidden_article_is_not_requested_again_and_a_withdrawn_one_gets_no_revision(paper, tmp_path):
    plain = paper.story("plain")
    paper.listing("/", [plain, paper.story("closed", X_Robots_Tag="noindex")])
    settings = {"NEWSCRAWL_MEMORY": str(tmp_path / "m.sqlite")}
    assert set(rights_by_story(crawl(tmp_path, paper.base, settings=settings))) == {"plain"}

    def run_later(seconds: int) -> list[str]:
        with sqlite3.connect(tmp_path / "m.sqlite") as base:
            base.execute("UPDATE article SET due = due - ?, first = first - ?", (seconds, seconds))
        paper.asked.clear()
        crawled = crawl(tmp_path, paper.base, settings=settings)
        assert crawled.status == 0 and not crawled.records
        return [path for path in paper.asked if "story" in path or "tdmrep" in path]

    assert run_later(0) == []
    paper.story("plain", '<meta name="robots" content="noindex"><meta name="description" content="Changed">')
    assert run_later(4000) == [plain, "/.well-known/tdmrep.json"]
    assert run_later(0) == [], "the next visit is due as usual"
