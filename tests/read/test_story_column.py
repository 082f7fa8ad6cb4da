"""The column of the story decides about blocks that the content model doubts."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl import Kind
from newscrawl.read.blocks import lay_out
from newscrawl.read.story_column import Columns

PROSE = "<p>The council voted on Monday for a new bridge, and nobody was surprised by it.</p>"
THRESHOLD = 0.5


def layout_of(html):
    return lay_out(LexborHTMLParser(f"<body>{html}</body>"))


def belonging(html, score, sure=PROSE[3:-4]):
    """The texts that the column takes, where all blocks but those that say `sure` have this score."""
    layout = layout_of(html)
    scores = [0.9 if sure == text else score for text in layout.texts]
    return [layout.texts[i] for i in Columns(layout, scores).belonging(THRESHOLD)]


def lines(html, score):
    """The texts that the column gives up, where all blocks but the prose have this score."""
    layout = layout_of(html)
    scores = [0.99 if text == PROSE[3:-4] else score for text in layout.texts]
    return [layout.texts[i] for i in Columns(layout, scores).lines(THRESHOLD)]


def test_doubtful_blocks_in_the_column_of_the_story_are_kept():
    doubtful = (
        "<ul><li><a href='/1'>The footbridge</a> stays open.</li></ul><h2>Looking back</h2>"
        + PROSE
        + "<blockquote><p>A bridge is a promise.</p></blockquote>"
    )
    boxed = "<div><h2>Most read</h2><ul><li><a href='/2'>A storm is near.</a></li></ul></div>"
    layout = layout_of(f"<div>{PROSE * 3}{doubtful}{boxed}</div>")
    scores = [0.9 if kind is Kind.PARAGRAPH else 0.3 for kind in layout.kinds]
    kept = [layout.texts[i] for i in Columns(layout, scores).belonging(THRESHOLD)]
    assert kept == ["The footbridge stays open.", "Looking back", "A bridge is a promise."]


@pytest.mark.parametrize(
    ("doubtful", "score", "is_kept"),
    [
        ("<p>It snowed.</p>", 0.2, True),
        ("<p>It snowed.</p>", 0.19, False),  # the model is sure that it is none
        ("<p>Snow and more</p>", 0.4, False),  # no sentence
        ("<p>See <a href='/1'>the snow of the year.</a></p>", 0.4, False),  # a link
        ("<ul><li>Snow</li></ul>", 0.2, True),
        ("<ul><li>Snow</li></ul>", 0.19, False),
        ("<h2><a href='/1'>Snow</a></h2>", 0.25, True),
        ("<h2><a href='/1'>Snow</a></h2>", 0.24, False),
    ],
)
def test_a_doubtful_block_between_sure_paragraphs(doubtful, score, is_kept):
    kept = belonging(f"<div>{PROSE * 2}{doubtful}{PROSE * 2}</div>", score)
    assert bool(kept) is is_kept


@pytest.mark.parametrize(
    "doubtful",
    ["<p>It snowed.</p>", "<ul><li>Snow</li></ul>", f"<h2><a href='/1'>Snow</a></h2><p>{'It snowed. ' * 4}</p>"],
)
def test_after_the_last_sure_paragraph_it_is_left_to_the_model(doubtful):
    assert belonging(f"<div>{PROSE * 3}{doubtful}</div>", 0.4) == []


def test_a_column_has_three_sure_paragraphs():
    assert belonging(f"<div>{PROSE}<p>It snowed.</p>{PROSE}</div>", 0.4) == []
    assert belonging(f"<div>{PROSE}<p>It snowed.</p>{PROSE * 2}</div>", 0.4) == ["It snowed."]


LINK = "<p><a href='/1'>Nine bridges that are worth a walk</a></p>"
LONG, SHORT = "<p>Nine bridges that are worth a walk</p>", "<p>Nine bridges</p>"


@pytest.mark.parametrize(
    ("line", "score", "is_lost"),
    [
        (LINK, 0.89, True),
        (LINK, 0.9, False),
        ("<p><a href='/1'>Nine bridges</a></p>", 0.6, False),
        ("<p><a href='/1'>Nine bridges are worth a walk.</a></p>", 0.6, False),  # a sentence
        (LONG, 0.69, True),
        (LONG, 0.7, False),
        ("<p>Nine bridges that are worth a walk:</p>", 0.6, False),  # announces what follows
        (SHORT, 0.6, False),
        ("<h2>Nine bridges that are worth a walk</h2>", 0.6, False),
    ],
)
def test_a_line_between_sure_paragraphs_needs_more_than_a_sentence(line, score, is_lost):
    assert bool(lines(f"<div>{PROSE * 2}{line}{PROSE * 2}</div>", score)) is is_lost


@pytest.mark.parametrize(("line", "before", "after"), [(SHORT, True, True), (LONG, False, True), (LINK, True, True)])
def test_a_line_before_or_after_the_sure_paragraphs(line, before, after):
    assert bool(lines(f"<div>{line}{PROSE * 3}</div>", 0.6)) is before
    assert bool(lines(f"<div>{PROSE * 3}{line}</div>", 0.6)) is after


def test_lines_outside_the_column_are_left_to_the_model():
    assert lines(f"<div>{PROSE * 3}</div><section>{LINK}{LONG}{SHORT}</section>", 0.6) == []


def test_a_paragraph_with_a_sentence_in_it_is_no_line():
    said = "<p>It snowed all day. (Read <a href='/1'>all about the snow of the year</a>)</p>"
    assert lines(f"<div>{PROSE * 2}{said}{PROSE * 2}</div>", 0.6) == []
    assert lines(f"<div>{PROSE * 2}{said.replace('day.', 'day')}{PROSE * 2}</div>", 0.6) != []


@pytest.mark.parametrize(("score", "is_kept"), [(0.4, True), (0.39, False)])
def test_a_sentence_that_line_breaks_part_from_a_sure_one(score, is_kept):
    text = PROSE[3:-4]
    assert bool(belonging(f"<td>{text}<br><br>It snowed.<br><br>Home</td>", score)) is is_kept
    assert belonging(f"<div>{text}</div><div>It snowed.</div>", score) == []
    assert belonging(f"<div>{text}<br><br><a href='/1'>It</a> snowed.</div>", score) == []
    assert belonging(f"<div>{text}<br><br>Home</div>", score) == []


def test_links_that_a_sentence_announces_are_story_and_others_are_not():
    items = "<ul><li><a href='/1'>Survey of the sills</a></li></ul>"
    announcing = "<p>The council published four papers with the plan:</p>"
    for before, is_kept in ((announcing, True), (PROSE, False)):
        layout = layout_of(f"<div>{PROSE * 2}{before}{items}{PROSE}</div>")
        scores = [0.05 if kind is Kind.LIST_ITEM else 0.95 for kind in layout.kinds]
        assert bool(list(Columns(layout, scores).belonging(THRESHOLD))) is is_kept


@pytest.mark.parametrize(("dd", "is_kept"), [(0.75, True), (0.74, False)])
def test_the_term_of_a_definition_that_is_story(dd, is_kept):
    layout = layout_of("<dl><dt>Gates</dt><dd>They are inspected twice a year.</dd></dl>")
    assert bool(list(Columns(layout, [0.3, dd]).belonging(THRESHOLD))) is is_kept


@pytest.mark.parametrize(("score", "is_kept"), [(0.1, True), (0.09, False)])
def test_a_table_between_sure_paragraphs(score, is_kept):
    rows = "".join(f"<tr><td>{year}</td><td>{ferries}</td></tr>" for year, ferries in ((1987, 2), (2026, 1)))
    table = f"<table><tr><th>Year</th><th>Ferries</th></tr>{rows}</table>"
    assert bool(belonging(f"<div>{PROSE * 2}{table}{PROSE * 2}</div>", score)) is is_kept
    assert belonging(f"<div>{PROSE * 3}{table}</div>", score) == []


def test_a_heading_with_nothing_after_it_is_left_to_the_model():
    assert belonging(f"<div>{PROSE * 3}<h2>Snow</h2></div>", 0.4) == []
    assert belonging(f"<div>{PROSE * 3}<h2>Snow</h2>{PROSE}</div>", 0.4) == ["Snow"]
