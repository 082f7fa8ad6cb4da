"""What the column of the story says of a block: its form and its place among the sure paragraphs."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl import Kind
from newscrawl.read.blocks import lay_out
from newscrawl.read.story_column import Columns

PROSE = "<p>The council voted on Monday for a new bridge, and nobody was surprised by it.</p>"
TEXT = PROSE[3:-4]
PLACE = "the story's paragraphs"


def layout_of(html):
    return lay_out(LexborHTMLParser(f"<body>{html}</body>"))


def said(html, score=0.4, sure=TEXT):
    """Text -> what is said of it, without the sure paragraphs. score: of all other blocks."""
    layout = layout_of(html)
    scores = [0.9 if text == sure else score for text in layout.texts]
    found = {}
    for index, name in Columns(layout, scores).evidence(range(len(scores))):
        if layout.texts[index] != sure:
            found.setdefault(layout.texts[index], []).append(name)
    return found


LINK = "<p><a href='/1'>Nine bridges that are worth a walk</a></p>"
LONG, SHORT = "<p>Nine bridges that are worth a walk</p>", "<p>Nine bridges</p>"
ROWS = "".join(f"<tr><td>{year}</td><td>{ferries}</td></tr>" for year, ferries in ((1987, 2), (2026, 1)))
TABLE = f"<table><tr><th>Year</th><th>Ferries</th></tr>{ROWS}</table>"


@pytest.mark.parametrize(
    ("block", "name"),
    [
        ("<p>It snowed.</p>", f"a sentence between {PLACE}"),
        ("<p>It snowed all day. (Snow</p>", f"a sentence between {PLACE}"),  # there is the end of a sentence in it
        ("<p>Nine bridges that are worth a walk:</p>", f"a sentence between {PLACE}"),  # announces what follows
        (LONG, f"a long line between {PLACE}"),
        (SHORT, f"a short line between {PLACE}"),
        (LINK, f"a long link between {PLACE}"),
        ("<p><a href='/1'>Nine bridges</a></p>", f"a short link between {PLACE}"),
        ("<p>On <a href='/1'>bridges</a> of many kinds and towns</p>", f"a long line between {PLACE}"),
        ("<p><a href='/1'>Now</a>andthen</p>", f"a short link between {PLACE}"),  # three tenths of it
        ("<p><a href='/1'>Now</a>andthere</p>", f"a short line between {PLACE}"),
        ("<ul><li>Snow</li></ul>", f"a list item between {PLACE}"),
        ("<p>- Snow</p>", f"a list item between {PLACE}"),  # a list made of paragraphs
        ("<p>• It snowed.</p>", f"a list item between {PLACE}"),
        ("<p>• <a href='/1'>Snow</a></p>", f"a short link between {PLACE}"),
        ("<ul><li>It snowed.</li></ul>", f"a list item with a sentence between {PLACE}"),
        ("<ul><li><a href='/1'>Snow</a></li></ul>", f"a list item between {PLACE}"),
        ("<blockquote><p>A bridge is a promise.</p></blockquote>", f"a quote between {PLACE}"),
        ("<pre>walk()\nrun()</pre>", f"a preformatted between {PLACE}"),
        (TABLE, f"a table between {PLACE}"),
        ("<h2>Snow</h2>", "a sub-heading in the story's column"),
        ("<h2><a href='/1'>Snow</a></h2>", "a sub-heading in the story's column"),
    ],
)
def test_the_form_of_a_block_between_sure_paragraphs(block, name):
    assert list(said(f"<div>{PROSE * 2}{block}{PROSE * 2}</div>").values()) == [[name]]


@pytest.mark.parametrize(
    "block",
    [
        "<p>See <a href='/1'>the snow of the year.</a></p>",  # a sentence that is a link
        "<blockquote><p>A bridge</p></blockquote>",
        "<blockquote><p><a href='/1'>A bridge is a promise.</a></p></blockquote>",
        "<div><p>It snowed.</p><p>It rained.</p></div>",  # a box of its own
    ],
)
def test_nothing_is_said_of_other_blocks(block):
    assert said(f"<div>{PROSE * 2}{block}{PROSE * 2}</div>") == {}


@pytest.mark.parametrize("block", [LONG, SHORT, LINK, "<p>Follow us there.</p>", "<ul><li>Snow</li></ul>", TABLE])
def test_the_place_of_a_block(block):
    before, after = said(f"<div>{block}{PROSE * 3}</div>"), said(f"<div>{PROSE * 3}{block}</div>")
    assert [name.split()[-4] for names in before.values() for name in names] == ["before"]
    assert [name.split()[-4] for names in after.values() for name in names] == ["after"]


def test_a_column_has_three_sure_paragraphs():
    assert said(f"<div>{PROSE}<p>It snowed.</p>{PROSE}</div>") == {}
    assert said(f"<div>{PROSE}<p>It snowed.</p>{PROSE * 2}</div>") != {}


@pytest.mark.parametrize(("score", "place"), [(0.5, "between"), (0.49, "after")])
def test_a_likely_sentence_lengthens_the_column(score, place):
    sentence = "Follow the snow."
    assert said(f"<div>{PROSE * 3}<p>{sentence}</p></div>", score) == {sentence: [f"a sentence {place} {PLACE}"]}
    assert said(f"<div>{PROSE * 3}<p>Snow</p></div>", score) == {"Snow": [f"a short line after {PLACE}"]}


def test_nothing_is_said_outside_the_column():
    assert said(f"<div>{PROSE * 3}</div><section>{LINK}{LONG}{SHORT}</section>") == {}


def test_a_sentence_that_line_breaks_part_from_a_sure_one():
    name = "a sentence that only a line break parts from the story"
    assert said(f"<td>{TEXT}<br><br>It snowed.<br><br>Home</td>") == {"It snowed.": [name]}
    assert said(f"<div>{TEXT}</div><div>It snowed.</div>") == {}
    assert said(f"<div>{TEXT}<br><br><a href='/1'>It</a> snowed.</div>") == {}
    assert said(f"<div>{TEXT}<br><br>Home</div>") == {}


def test_items_of_a_list_that_a_sentence_announces():
    items = "<ul><li><a href='/1'>Survey of the sills</a></li><li>Maps</li></ul>"
    announcing = "<p>The council published four papers with the plan:</p>"
    name = "an item of a list that a sentence announces"
    for before, is_said in ((announcing, True), (announcing.replace(":", "."), False), ("<p>Papers:</p>", False)):
        layout = layout_of(f"<div>{PROSE * 2}{before}{items}{PROSE}</div>")
        scores = [0.05 if kind is Kind.LIST_ITEM else 0.95 for kind in layout.kinds]
        found = [layout.texts[i] for i, said in Columns(layout, scores).evidence(range(len(scores))) if said == name]
        assert found == (["Survey of the sills", "Maps"] if is_said else [])


@pytest.mark.parametrize(("dd", "is_said"), [(0.75, True), (0.74, False)])
def test_the_term_of_a_definition_that_is_story(dd, is_said):
    layout = layout_of("<dl><dt>Gates</dt><dd>They are inspected twice a year.</dd></dl>")
    found = list(Columns(layout, [0.3, dd]).evidence([0, 1]))
    assert found == ([(0, "the term of a definition in the story")] if is_said else [])


@pytest.mark.parametrize(("sure", "is_said"), [(0.6, True), (0.59, False)])
def test_a_sub_heading_has_a_paragraph_of_the_story_after_it(sure, is_said):
    layout = layout_of(f"<div>{PROSE * 3}<h2>Snow</h2><p>It snowed.</p></div>")
    found = Columns(layout, [0.9, 0.9, 0.9, 0.4, sure]).evidence([3])
    assert ((3, "a sub-heading in the story's column") in found) is is_said
    assert said(f"<div>{PROSE * 3}<h2>Snow</h2></div>") == {}
    assert said(f"<div>{PROSE * 3}<h2><a href='/1'>Snow</a></h2>{PROSE.replace('council', 'board')}</div>") == {
        TEXT.replace("council", "board"): [f"a sentence after {PLACE}"]
    }


@pytest.mark.parametrize(
    ("last", "is_plain"),
    [
        ("<p>It snowed.</p>", True),
        ("<p>It snowed</p>", False),
        ("<p class='note'>It snowed.</p>", False),  # of another shape
        ("<p><a href='/1'>It</a> snowed.</p>", False),
        ("<p>Write to snow@news.example.</p>", False),
        ("<p>Follow us for more.</p>", False),  # telling words
        ("<h2>Snow</h2><p>It snowed.</p>", False),  # not right after it
        ("<blockquote>It snowed.</blockquote>", False),
    ],
)
def test_a_plain_sentence_right_after_the_last_paragraph(last, is_plain):
    names = [name for names in said(f"<div>{PROSE * 3}{last}</div>").values() for name in names]
    assert ("a plain sentence right after the story's last paragraph, and of its shape" in names) is is_plain


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("<p>Town 2, Northmoor 1</p><p>Penwick 0, Sandford 0</p>", 2),
        ("<p>Town 2, Northmoor 1</p><p>It snowed.</p><p>Penwick 0, Sandford 0</p>", 1),
        ("<p class='x'>Town 2, Northmoor 1</p>", 0),  # of another shape
        ("<p><a href='/1'>Town 2, Northmoor 1</a></p>", 0),
    ],
)
def test_lines_that_a_sentence_announces(lines, found):
    layout = layout_of(f"<div>{PROSE * 3}<p>Results of Saturday:</p>{lines}</div>")
    scores = [0.95, 0.95, 0.95, 0.9, *[0.3] * (len(layout.texts) - 4)]
    said = [name for _, name in Columns(layout, scores).evidence(range(len(scores)))]
    assert said.count("a line that a sentence announces") == found
