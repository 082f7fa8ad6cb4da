"""Crawls with a memory: the next run records what is new, and takes up what was left."""

from __future__ import annotations

import pytest

from newscrawl.memory import open_memory
from tests.support.living_site import LivingSite, serve_living
from tests.support.memory_runs import forward, records, run, start, written


@pytest.fixture
def paper():
    with serve_living(LivingSite.of(24)) as site:
        yield site


def test_a_second_run_records_only_new_articles(paper, tmp_path):
    assert run(tmp_path, paper) == 0
    first = len(paper.asked)
    assert len(written(tmp_path)) == 24
    paper.asked.clear()
    assert run(tmp_path, paper) == 0
    assert sum(written(tmp_path).values()) == 24
    assert len(paper.asked) <= 8 < first, paper.asked
    assert not [path for path in paper.asked if "story" in path]
    new = paper.add(1000)
    assert run(tmp_path, paper) == 0
    assert records(tmp_path)[-1]["url"].endswith(new.path)
    assert sum(written(tmp_path).values()) == 25


def test_nothing_is_remembered_without_a_memory(paper, tmp_path):
    for _ in range(2):
        assert run(tmp_path, paper, NEWSCRAWL_MEMORY="") == 0
    assert set(written(tmp_path).values()) == {2}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.txt", "out"]


def test_the_next_runs_record_what_a_limit_left(paper, tmp_path):
    command = ("-a", "limit=10")
    for expected in (10, 20, 24):
        assert start(tmp_path, paper, extra=command).wait(60) == 0
        assert len(written(tmp_path)) == expected == sum(written(tmp_path).values())


def test_a_budget_of_requests_is_kept_and_every_article_has_its_turn(paper, tmp_path):
    for _ in range(6):
        before = len(paper.asked)
        assert run(tmp_path, paper, NEWSCRAWL_BUDGET="12") == 0
        assert len(paper.asked) - before <= 13  # and robots.txt
    assert len(written(tmp_path)) == 24 == sum(written(tmp_path).values())


def test_the_articles_of_a_host_that_was_down_are_recorded_later(paper, tmp_path):
    paper.down = {story.path for story in paper.stories[3::4]}  # other pages work, so the host is not given up
    run(tmp_path, paper, NEWSCRAWL_BACKOFF="0.01", NEWSCRAWL_MAX_BACKOFF="60")
    assert len(written(tmp_path)) == 18
    paper.down = set()
    run(tmp_path, paper)
    assert len(written(tmp_path)) == 24
    paper.down = {"*"}
    assert run(tmp_path, paper) == 3
    paper.down = set()
    forward(tmp_path, 86400)
    new = paper.add(1000)
    assert run(tmp_path, paper) == 0
    assert new.path in "".join(written(tmp_path))


def test_false_validators_are_noticed(paper, tmp_path):
    paper.lies = True
    run(tmp_path, paper)
    paper.lies = True  # every page has one ETag, and requests with it get a 304
    new = paper.add(1000)
    for _ in range(3):
        run(tmp_path, paper)
    assert new.path in "".join(written(tmp_path))
    with open_memory(str(tmp_path / "memory.sqlite")) as memory:
        assert memory.host(paper.base.removeprefix("http://")).distrusted
    paper.statuses.clear()
    newest = paper.add(1001)
    run(tmp_path, paper)
    assert newest.path in "".join(written(tmp_path))
    assert not paper.statuses[304]
