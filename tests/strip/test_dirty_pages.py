"""Dirty pages made from a seed, extracted: how much dirt stays, how much story goes. `python -m bench.dirty` measures more of them."""

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
    return sum(len(getattr(v, wrong)) for v in verdicts) / sum(len(getattr(v.page, all_of)) for v in verdicts)


def test_every_language_and_layout_is_there():
    assert {v.page.language for v in verdicts()} == set(languages())
    assert {v.page.layout for v in verdicts()} == set(LAYOUTS)


def test_little_dirt_stays_and_hardly_any_story_goes():
    modern = [v for v in verdicts() if v.page.layout != "table"]
    assert share(modern, "left", "pieces") < 0.02
    assert share(modern, "lost", "blocks") < 0.02
    assert sum(v.is_right for v in modern) / len(modern) > 0.7


def test_pages_laid_out_by_tables_keep_their_paragraphs():
    old = [v for v in verdicts() if v.page.layout == "table"]
    assert share(old, "left", "pieces") < 0.35
    assert not [line for v in old for line, shape in v.lost if shape == "paragraph"]


def test_look_alikes_stay():
    looks = [block.look for v in verdicts() for block in v.page.blocks if block.look]
    assert len(set(looks)) >= 7
    assert not [(v.page.name, line) for v in verdicts() for line, shape in v.lost if shape in looks]


def test_nothing_stands_twice():
    assert not [(v.page.name, line) for v in verdicts() for line in v.twice]


def test_the_rules_take_most_of_what_the_model_leaves():
    assert share(verdicts(), "left", "pieces") < 0.4 * share(verdicts(with_rules=False), "left", "pieces")


def test_a_page_depends_on_its_seed_alone():
    assert make_page(3, "it", "soup").html == make_page(3, "it", "soup").html
    assert make_page(3, "it", "soup").html != make_page(4, "it", "soup").html


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_the_truth_itself_is_right(layout):
    page = make_page(5, "en", layout)
    assert judge(page, "\n".join(block.text for block in page.blocks)).is_right


def test_the_judge_sees_each_kind_of_fault():
    page = make_page(5, "en", "wordpress")
    lines = [block.text for block in page.blocks]
    page.pieces = [Piece("share", [Row("link", "Share this article")])]
    assert [piece.kind for piece, _ in judge(page, "\n".join([*lines, "Share this article"])).left] == ["share"]
    assert len(judge(page, "\n".join(lines[1:])).lost) == 1
    assert len(judge(page, "\n".join([*lines, lines[0]])).twice) == 1
    assert judge(page, "\n".join([*lines, "What nobody wrote."])).other == ["what nobody wrote."]
    stuck = judge(page, "\n".join([*lines[:-1], f"{lines[-1]} Share this article"]))
    assert not stuck.lost and [piece.kind for piece, _ in stuck.left] == ["share"]
