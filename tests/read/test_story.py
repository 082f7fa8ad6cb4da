"""Which blocks of a page are story: scores and evidence, other stories, and pages with hardly any text."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.decision import using
from newscrawl.read.blocks import lay_out
from newscrawl.read.story import evidence_for, find_story

PROSE = "<p>The council voted on Monday for a new bridge, and nobody was surprised by it.</p>"
SENTENCE = "a sentence between the story's paragraphs"


def layout_of(html):
    return lay_out(LexborHTMLParser(f"<body>{html}</body>"))


def test_evidence_turns_the_decision_both_ways():
    layout = layout_of(f"<div>{PROSE * 2}<p>It snowed.</p><p>Nine bridges</p>{PROSE * 2}</div>")
    scores = [0.9, 0.9, 0.3, 0.7, 0.9, 0.9]
    weights = {SENTENCE: 1.0, "a short line between the story's paragraphs": -1.0}
    with using(weights):
        story = find_story(layout, scores, None, None)
    assert story.blocks == {0, 1, 2, 4, 5}
    assert story.said_of(2) == (SENTENCE,) and story.said_of(3) == ("a short line between the story's paragraphs",)
    with using({}):
        assert find_story(layout, scores, None, None).blocks == {0, 1, 3, 4, 5}


def test_nothing_is_said_of_what_was_not_judged_or_is_far_from_story():
    layout = layout_of(f"<div>{PROSE * 2}<p>It snowed.</p><p>It rained.</p><p>It hailed.</p>{PROSE * 2}</div>")
    assert set(evidence_for(layout, [0.98, 0.981, 0.002, 0.003, 1.0, 0.9, 0.9], None, None)) == {0, 3, 5, 6}


def test_what_all_look_for_is_asked():
    """The column, boxes, the stand-first and lists near the story."""
    layout = layout_of(
        f"<h1>Council votes for a bridge</h1><p class='lede'>The ferry goes on for years</p><div>{PROSE * 3}</div>"
        "<aside><h3>The loaf</h3><ul><li>600 g of flour</li><li>20 g of salt</li></ul></aside>"
    )
    scores = [0.1, 0.1, 0.9, 0.9, 0.9, 0.2, 0.55, 0.55]
    found = evidence_for(layout, scores, 0, None)
    assert found[1] == {"named as a stand-first"}
    assert found[2] == {SENTENCE}
    assert found[6] == {"a list item near sure story", "in a box whose heading is no story"}


@pytest.mark.parametrize(("score", "is_said"), [(0.75, True), (0.74, False)])
def test_a_list_item_is_near_sure_story(score, is_said):
    items = "<section><ul><li>Bread</li></ul></section>"
    layout = layout_of(f"{PROSE}<p>By</p><p>By</p><p>By</p><p>By</p><p>By</p><p>By</p><p>By</p>{items}")
    scores = [score, *([0.1] * 7), 0.4]
    assert (8 in evidence_for(layout, scores, None, None)) is is_said
    assert 8 not in evidence_for(layout, [0.1, *([0.1] * 7), 0.9], None, None), "itself does not count"


def test_a_list_item_that_is_half_a_link_or_nine_blocks_away_is_not_near():
    linked = layout_of(f"{PROSE}<section><ul><li><a href='/1'>Bread</a> and</li></ul></section>")
    assert evidence_for(linked, [0.9, 0.4], None, None) == {}
    far = layout_of(f"{PROSE}{'<p>By</p>' * 8}<section><ul><li>Bread</li></ul></section>")
    assert 9 not in evidence_for(far, [0.9, *([0.1] * 8), 0.4], None, None)


def test_another_story_on_the_page_goes_whatever_its_score():
    other = f"<article><h1>Ferry late</h1>{PROSE * 2}</article>"
    layout = layout_of(f"<article><h1>Council votes</h1>{PROSE * 3}</article>{other}")
    story = find_story(layout, [0.2, 0.99, 0.99, 0.99, 0.2, 0.99, 0.99], 0, None)
    assert story.blocks == {1, 2, 3} and story.others == {4, 5, 6}


@pytest.mark.parametrize(
    ("text", "score", "found"),
    [("It snowed.", 0.3, {0}), ("It snowed.", 0.29, set()), ("Snow", 0.3, set())],
)
def test_the_only_sentence_of_a_page(text, score, found):
    assert find_story(layout_of(f"<p>{text}</p>"), [score], None, None).blocks == found


def test_the_only_sentence_is_a_paragraph_without_a_link():
    assert find_story(layout_of("<p><a href='/1'>It snowed.</a></p>"), [0.4], None, None).blocks == set()
    assert find_story(layout_of("<h2>It snowed.</h2>"), [0.4], None, None).blocks == set()
    assert find_story(layout_of(""), [], None, None).blocks == set()
