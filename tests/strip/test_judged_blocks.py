"""Rules and what the content model thought of a block: each block of these articles has a score.

What rules name weighs the same here, whatever the rule: it takes a block with a score below 0.9.
"""

import pytest

from newscrawl.article import Article, Block, Element, Kind, Page, Path, Person
from newscrawl.decision import using
from newscrawl.read import read_blocks
from newscrawl.strip import strip
from newscrawl.strip.engine import NAMED

PROSE = "The council of Velmora voted on Monday evening for a new bridge over the river, after a debate of five hours."
END = "Nobody was hurt, and the ferry will go on for two years, the mayor said, before the last had left the hall."


def kept(*blocks, authors=()):
    """The texts that are left of an article; blocks: (kind, text, score, path)."""
    made = tuple(
        Block(n, kind, text, Path(tuple(path)), level=2 if kind is Kind.HEADING else 0, score=score)
        for n, (kind, text, score, path) in enumerate(blocks)
    )
    article = Article("https://news.example/a", headline="T", blocks=made, authors=authors)
    with using({NAMED: -2.2}):
        return [block.text for block in strip(article, strict=True).blocks]


BODY, BOX = Element("div", "", ("body",)), Element("div", "", ("widget",))
P, H2 = Element("p"), Element("h2")


def prose(text):
    return Kind.PARAGRAPH, text, 0.99, [BODY, P]


@pytest.mark.parametrize(
    ("score", "path", "stays"),
    [
        (0.6, [BODY, H2], False),  # the model is not sure
        (0.6, [BOX, H2], False),
        (0.95, [BODY, H2], True),  # it is sure
    ],
)
def test_a_label_as_a_heading_over_a_paragraph_of_the_story(score, path, stays):
    assert ("Related" in kept(prose(PROSE), (Kind.HEADING, "Related", score, path), prose(END))) is stays


def test_a_label_with_more_words_as_a_heading_stays_over_the_story():
    heading = "Related: the council and its bridges"
    assert heading in kept(prose(PROSE), (Kind.HEADING, heading, 0.6, [BODY, H2]), prose(END))


def test_a_line_with_a_date_goes_and_a_sentence_with_one_stays():
    line = "Posted: Thursday, April 21, 2022. 10:11 pm CST."
    sentence = "Published in 2022, the report of the council has never been read."
    told = (Kind.PARAGRAPH, sentence, 0.95, [BODY, P])
    assert kept((Kind.PARAGRAPH, line, 0.85, [BODY, P]), prose(PROSE), told, prose(END)) == [PROSE, sentence, END]


def test_labels_for_screen_readers_go_although_the_model_kept_them():
    hidden = [Element("div", "", ("sr-only",)), Element("p")]
    long = "A description of the picture for those who cannot see it, which tells more than its caption does here."
    left = kept(
        prose(PROSE),
        (Kind.PARAGRAPH, "External link", 0.6, hidden),
        (Kind.PARAGRAPH, "Surely said", 0.95, hidden),
        (Kind.PARAGRAPH, long, 0.6, hidden),
        prose(END),
    )
    assert left == [PROSE, "Surely said", long, END]


def test_headings_in_a_row_after_the_story_are_those_of_other_stories():
    other = [BOX, H2]
    heads = [(Kind.HEADING, f"Ferry number {n} is late again", 0.6, other) for n in range(4)]
    assert kept(prose(PROSE), prose(PROSE + " Again."), prose(END), prose(END + " It did."), *heads) == [
        PROSE,
        PROSE + " Again.",
        END,
        END + " It did.",
    ]
    three = heads[:3]
    assert len(kept(prose(PROSE), prose(PROSE + " Again."), prose(END), prose(END + " It did."), *three)) == 7


def test_the_author_with_an_address_goes_at_the_end_and_stays_in_the_story():
    line = "Jane Roe can be reached at jane.roe@news.example."
    authors = (Person("Jane Roe"),)
    assert kept(prose(PROSE), prose(END), (Kind.PARAGRAPH, line, 0.9, [BODY, P]), authors=authors) == [PROSE, END]
    assert line in kept(prose(PROSE), (Kind.PARAGRAPH, line, 0.9, [BODY, P]), prose(END), authors=authors)
    assert line in kept(prose(PROSE), prose(END), (Kind.PARAGRAPH, line, 0.9, [BODY, P]))


def test_a_quotation_in_a_box_stays_where_the_model_is_sure():
    box = [Element("aside"), Element("q")]
    quote = (Kind.PARAGRAPH, "The bridge is nobody's own toy", 0.6, box)
    sure = (Kind.PARAGRAPH, "The bridge is nobody's own toy", 0.95, box)
    assert kept(prose(PROSE), quote, prose(END)) == [PROSE, END]
    assert len(kept(prose(PROSE), sure, prose(END))) == 3


@pytest.mark.parametrize(
    ("days", "more", "stays"),
    [
        (range(1, 31), "", False),
        (
            range(1, 31),
            "<td>and what each of them said about the bridge in the hall when the mayor had asked them all</td>",
            True,
        ),
        (range(3, 33), "", True),
    ],
)
def test_the_calendar_of_a_month_goes_and_other_tables_of_numbers_stay(days, more, stays):
    weekdays = "".join(f"<th>{day}</th>" for day in "MTWTFSS")
    rows = "".join(
        "<tr>" + "".join(f"<td>{day}</td>" for day in days[at : at + 7]) + "</tr>" for at in range(0, len(days), 7)
    )
    page = f"<article><p>{PROSE}</p><p>{END}</p><table><tr>{weekdays}</tr>{rows}<tr>{more}</tr></table></article>"
    left = strip(read_blocks(Page("https://news.example/a", page)), strict=True)
    assert any(block.kind is Kind.TABLE for block in left.blocks) is stays


@pytest.mark.parametrize(("score", "stays"), [(0.8, False), (0.95, True)])
def test_a_last_paragraph_about_the_author(score, stays):
    about = "Jane Roe is the author of two books on bridges, and she has walked over every one that they tell of."
    authors = (Person("Jane Roe"),)
    block = (Kind.PARAGRAPH, about, score, [BODY, P])
    assert (about in kept(prose(PROSE), prose(END), block, authors=authors)) is stays
    assert about in kept(prose(PROSE), block, prose(END), authors=authors)
    assert about in kept(prose(PROSE), prose(END), block, authors=(Person("Jo Lee"),))


def test_a_sentence_about_rights_stays_and_a_notice_goes():
    told = "All rights reserved for the fishermen were listed in the old charter."
    notice = "© 2024 Velmora Times, all rights reserved."
    doubted = [(Kind.PARAGRAPH, text, 0.6, [BODY, P]) for text in (told, notice)]
    assert kept(prose(PROSE), *doubted, prose(END)) == [PROSE, told, END]
    assert notice in kept(prose(PROSE), prose(notice), prose(END))


def test_a_longer_line_with_the_authors_address_is_no_line_about_the_author():
    line = "Whoever wants to walk over it with Jane Roe on the first Sunday in May may write to jane.roe@news.example"
    block = (Kind.PARAGRAPH, line, 0.95, [BODY, P])
    assert kept(prose(PROSE), prose(END), block, authors=(Person("Jane Roe"),))[-1] == line


@pytest.mark.parametrize(("length", "stays"), [(80, False), (81, True)])
def test_a_label_for_screen_readers_has_so_many_characters(length, stays):
    hidden = [Element("div", "", ("sr-only",)), Element("p")]
    label = "x" * length
    assert (label in kept(prose(PROSE), (Kind.PARAGRAPH, label, 0.6, hidden), prose(END))) is stays


@pytest.mark.parametrize(("linked", "stays"), [(6, False), (2, True)])
def test_a_label_and_a_link_over_all_the_rest(linked, stays):
    text = "Harbour tales: The ferry that sank in fog"
    block = Block(1, Kind.PARAGRAPH, text, Path((BODY, P)), words_in_links=linked, score=0.6)
    around = [Block(n, Kind.PARAGRAPH, text, Path((BODY, P)), score=0.99) for n, text in ((0, PROSE), (2, END))]
    article = Article("https://news.example/a", headline="T", blocks=(around[0], block, around[1]))
    left = [block.text for block in strip(article, strict=True).blocks]
    assert (text in left) is stays
