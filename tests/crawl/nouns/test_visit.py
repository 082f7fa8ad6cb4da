"""Visits can be stored."""

import pickle

from newscrawl.crawl.nouns.visit import VisitKind
from tests.support.visits import visit


def test_a_visit_can_be_pickled() -> None:
    one = visit("x", 1, VisitKind.SECTION, page=3, branch="https://a.example/s")
    assert pickle.loads(pickle.dumps(one)) == one
