"""Dirty pages made from a seed: how much dirt is left after extraction, and how much story is lost.

`python -m bench.dirty` measures more of them.
"""

from functools import lru_cache

import pytest

from bench.dirty.__main__ import newscrawl_body
from bench.dirty.dirt import Piece, Row
from bench.dirty.judge import judge
from bench.dirty.layouts import LAYOUTS
from bench.dirty.page import make_page, make_pages
from bench.dirty.words import languages
from newscrawl.strip import RULES

PAGES, SEED = 39, 7


@lru_cache(maxsize=2)
def verdicts(with_rules=True):
    return [judge(page, newscrawl_body(page, () if with_rules else RULES)) for page in make_pages(PAGES, SEED)]


def share(verdicts, wrong, all_of):
    wrong_ones = sum(len(getattr(verdict, wrong)) for verdict in verdicts)
    return wrong_ones / sum(len(getattr(verdict.page, all_of)) for verdict in verdicts)


def test_every_language_and_layout_occurs():
    assert {v.page.language for v in verdicts()} == set(languages())
    assert {v.page.layout for v in verdicts()} == set(LAYOUTS)


def test_little_dirt_is_left_and_hardly_any_story_is_lost():
    modern = [v for v in verdicts() if v.page.layout != "table"]
    assert share(modern, "left", "pieces") < 0.02
    assert share(modern, "lost", "blocks") < 0.02
    assert sum(v.is_right for v in modern) / len(modern) > 0.7


def test_pages_with_layout_tables_keep_their_paragraphs():
    old = [v for v in verdicts() if v.page.layout == "table"]
    assert share(old, "left", "pieces") < 0.35
    assert not [line for v in old for line, shape in v.lost if shape == "paragraph"]


def test_story_that_looks_like_dirt_is_kept():
    looks = [block.look for v in verdicts() for block in v.page.blocks if block.look]
    assert len(set(looks)) >= 7
    assert not [(v.page.name, line) for v in verdicts() for line, shape in v.lost if shape in looks]


def test_no_block_is_in_the_body_twice():
    assert not [(v.page.name, line) for v in verdicts() for line in v.twice]


def test_the_rules_remove_most_dirt_that_the_model_leaves():
    assert share(verdicts(), "left", "pieces") < 0.4 * share(verdicts(with_rules=False), "left", "pieces")


def test_a_page_depends_only_on_its_seed():
    assert make_page(3, "it", "soup").html == make_page(3, "it", "soup").html
    assert make_page(3, "it", "soup").html != make_page(4, "it", "soup").html


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_the_judge_finds_no_fault_with_the_truth(layout):
    page = make_page(5, "en", layout)
    assert judge(page, "\n".join(block.text for block in page.blocks)).is_right


def test_the_judge_finds_every_kind_of_fault():
    page = make_page(5, "en", "wordpress")
    lines = [block.text for block in page.blocks]
    page.pieces = [Piece("share", [Row("link", "Share this article")])]
    assert [piece.kind for piece, _ in judge(page, "\n".join([*lines, "Share this article"])).left] == ["share"]
    assert len(judge(page, "\n".join(lines[1:])).lost) == 1
    assert len(judge(page, "\n".join([*lines, lines[0]])).twice) == 1
    assert judge(page, "\n".join([*lines, "What nobody wrote."])).other == ["what nobody wrote."]
    stuck = judge(page, "\n".join([*lines[:-1], f"{lines[-1]} Share this article"]))
    assert not stuck.lost and [piece.kind for piece, _ in stuck.left] == ["share"]
