"""The heading of a box within the story, and the rest of the box, share a fate."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.read.blocks import lay_out
from newscrawl.read.boxes import settle_boxes

PROSE = "A story of some length, so that the box is the smaller part of it. " * 20
ITEMS = "<ul><li>600 g of flour</li><li>20 g of salt</li></ul>"


def settled(html, heading, item):
    """The texts of the story afterwards. heading, item: scores; items are story, headings are none."""
    layout = lay_out(LexborHTMLParser(f"<body><div><p>{PROSE}</p>{html}<p>It ends.</p></div></body>"))
    scores = [heading if level else item for level in layout.levels]
    story = {i for i, level in enumerate(layout.levels) if not level}
    return [layout.texts[i] for i in sorted(settle_boxes(layout, scores, story))][1:-1]


BOX = f"<aside><h3>The loaf</h3>{ITEMS}</aside>"
WHOLE, REST = ["The loaf", "600 g of flour", "20 g of salt"], ["600 g of flour", "20 g of salt"]


@pytest.mark.parametrize(
    ("heading", "item", "left"),
    [(0.1, 0.6, WHOLE), (0.09, 0.6, REST), (0.24, 0.59, []), (0.25, 0.59, REST)],
)
def test_heading_and_rest_stay_or_go_together(heading, item, left):
    assert settled(BOX, heading, item) == left


@pytest.mark.parametrize(
    "html",
    [
        f"<h3>The loaf</h3>{ITEMS}",  # no box: the story's own column
        f"<aside><p>Salt.</p><h3>The loaf</h3>{ITEMS}</aside>",  # the heading does not open it
        f"<aside><h3><a href='/1'>The loaf</a></h3>{ITEMS}</aside>",  # a link to another story
        "<aside><h3>The loaf</h3><p><a href='/1'>Flour</a></p><p><a href='/2'>Salt</a></p></aside>",
        "<aside><h3>The loaf</h3><p>Flour.</p></aside>",  # a single block
        f"<aside><h3>The loaf</h3><ul>{'<li>Salt</li>' * 41}</ul></aside>",
    ],
)
@pytest.mark.parametrize("item", [0.59, 0.9])
def test_what_is_no_box_stays_as_it_is(html, item):
    assert "The loaf" not in settled(html, 0.24, item)
    assert settled(html, 0.24, item)


def test_a_heading_in_an_element_of_its_own_opens_the_box_too():
    assert settled(f"<aside><header><h3>The loaf</h3></header>{ITEMS}</aside>", 0.2, 0.9) == WHOLE


def test_what_holds_most_of_the_story_is_no_box():
    html = f"<article><h1>The loaf</h1><p>{PROSE}</p><p>{PROSE}</p></article>"
    assert len(settled(html, 0.1, 0.55)) == 2
    assert len(settled(html, 0.2, 0.9)) == 2


def test_a_box_that_is_mostly_story_is_kept_whole():
    layout = lay_out(LexborHTMLParser(f"<body><div><p>{PROSE}</p>{BOX}<p>It ends.</p></div></body>"))
    heading = layout.levels.index(3)
    scores = [0.9] * len(layout.texts)
    scores[heading], scores[heading + 1] = 0.2, 0.4
    story = set(range(len(layout.texts))) - {heading, heading + 1}
    assert settle_boxes(layout, scores, story) == set(range(len(layout.texts)))
    assert settle_boxes(layout, scores, story - {heading + 2}) == story - {heading + 2}
