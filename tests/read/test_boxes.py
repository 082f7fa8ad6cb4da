"""What a box within the story says of its heading and of the rest."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.read.blocks import lay_out
from newscrawl.read.boxes import box_evidence

PROSE = "A story of some length, so that the box is the smaller part of it. " * 20
ITEMS = "<ul><li>600 g of flour</li><li>20 g of salt</li></ul>"


def said(html, heading, item):
    """Text -> what is said of it. heading, item: scores; items are story, headings are none."""
    layout = lay_out(LexborHTMLParser(f"<body><div><p>{PROSE}</p>{html}<p>It ends.</p></div></body>"))
    scores = [heading if level else item for level in layout.levels]
    story = {i for i, level in enumerate(layout.levels) if not level}
    return {layout.texts[i]: name for i, name in box_evidence(layout, scores, story)}


BOX = f"<aside><h3>The loaf</h3>{ITEMS}</aside>"
NO_STORY = "in a box whose heading is no story"


@pytest.mark.parametrize(
    ("item", "found"),
    [
        (0.6, {"The loaf": "the heading of a box in the story"}),
        (0.59, {"600 g of flour": NO_STORY, "20 g of salt": NO_STORY}),
    ],
)
def test_a_box_that_is_surely_story_speaks_for_its_heading_and_another_against_the_rest(item, found):
    assert said(BOX, 0.2, item) == found


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
def test_of_what_is_no_box_nothing_is_said(html, item):
    assert said(html, 0.2, item) == {}


def test_a_heading_in_an_element_of_its_own_opens_the_box_too():
    html = f"<aside><header><h3>The loaf</h3></header>{ITEMS}</aside>"
    assert said(html, 0.2, 0.9) == {"The loaf": "the heading of a box in the story"}


def test_what_holds_most_of_the_story_is_no_box():
    html = f"<article><h1>The loaf</h1><p>{PROSE}</p><p>{PROSE}</p></article>"
    assert said(html, 0.1, 0.55) == {}
    assert said(html, 0.2, 0.9) == {}


def test_what_is_no_story_in_a_box_that_is_mostly_story():
    layout = lay_out(LexborHTMLParser(f"<body><div><p>{PROSE}</p>{BOX}<p>It ends.</p></div></body>"))
    heading = layout.levels.index(3)
    scores = [0.9] * len(layout.texts)
    scores[heading], scores[heading + 1] = 0.2, 0.4
    story = set(range(len(layout.texts))) - {heading, heading + 1}
    found = dict(box_evidence(layout, scores, story))
    assert found == {heading: "the heading of a box in the story", heading + 1: "in a box in the story"}
    assert dict(box_evidence(layout, scores, story - {heading + 2})) == {}, "less than half of it is story"
