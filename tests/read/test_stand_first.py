"""The stand-first: found by its name, by the description, as a sentence or as a sub-heading under the headline."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.read.blocks import lay_out
from newscrawl.read.stand_first import stand_first

HEADLINE = "Council votes for a new bridge"
STORY = (
    "<p>The council voted on Monday for it after five hours, and nobody in the hall was surprised by the result.</p>"
)
SENTENCE = "The ferry goes on for two years, and its captain is not happy."


def found(between, score=0.3, description=None, headline=HEADLINE):
    """The texts between headline and story that are taken. score: of all blocks but the story."""
    tree = LexborHTMLParser(f"<body><div><h1>{headline}</h1>{between}<main>{STORY}</main></div></body>")
    layout = lay_out(tree)
    story = len(layout.texts) - 1
    scores = [score] * story + [0.99]
    return [layout.texts[i] for i in sorted(stand_first(layout, scores, {story}, 0, description))]


@pytest.mark.parametrize(
    "name",
    [
        "standfirst",
        "c-entry-summary",
        "articleDek",
        "Article_elementLead__N3",
        "header__teaser",
        "strapline",
        "chapo",
        "voc-subtitle",
        "entradilla",
        "sub-title",
        "epigraph",
    ],
)
def test_it_is_known_by_its_name(name):
    assert found(f"<p class='{name}'>The ferry goes on for years</p>", score=0.02) == ["The ferry goes on for years"]


@pytest.mark.parametrize("name", ["leading-tight", "misleading", "decker", "introvert", "summarybox2", "undecked"])
def test_other_names_say_nothing(name):
    assert found(f"<p class='{name}'>The ferry goes on for years</p>", score=0.1) == []


def test_a_named_list_is_a_stand_first_and_another_list_is_not():
    items = "<li>The ferry goes on for years</li><li>The old bridge will be a garden</li>"
    assert len(found(f"<ul class='lede-summary'>{items}</ul>")) == 2
    assert found(f"<ul class='bullets'>{items}</ul>", score=0.3) == []


def test_the_description_says_the_same():
    text = "The ferry goes on for years and years"
    assert found(f"<p>{text}</p>", score=0.1, description=text + ", says the mayor.") == [text]
    assert found(f"<p>{text}</p>", score=0.1, description="Something else is said here about the town.") == []


def test_the_description_is_compared_by_its_first_sixty_characters():
    text = "The ferry goes on for years and years until the bridge stands, and then it is a museum"
    cut = text[:65] + " and so on, as the mayor said in the hall"
    assert found(f"<p>{text}</p>", score=0.1, description=cut) == [text]
    assert found(f"<p>{text}</p>", score=0.1, description=text[:50] + "x" + text[51:]) == []
    assert found("<p>The ferry goes on and on</p>", score=0.1, description="The ferry") == []


@pytest.mark.parametrize(
    ("text", "score", "is_taken"),
    [
        (SENTENCE, 0.15, True),
        (SENTENCE, 0.14, False),
        (SENTENCE.rstrip("."), 0.3, False),  # a line
        ("The ferry goes on for years.", 0.3, False),  # short
        ("It was printed first at 12:30 by the paper of the town itself.", 0.3, False),  # a line with a time
        (f"<a href='/1'>{SENTENCE}</a>", 0.3, False),
    ],
)
def test_a_sentence_under_the_headline(text, score, is_taken):
    assert bool(found(f"<p>{text}</p>", score)) is is_taken


def test_a_sentence_is_near_the_headline_and_the_story():
    byline = "<p>Jane Roe</p>"
    assert found(byline * 4 + f"<p>{SENTENCE}</p>") == [SENTENCE]
    assert found(byline * 5 + f"<p>{SENTENCE}</p>") == []
    assert found(f"<p>{SENTENCE}</p>" + byline * 9) == [SENTENCE]
    assert found(f"<p>{SENTENCE}</p>" + byline * 10) == []


@pytest.mark.parametrize(
    ("html", "is_taken"),
    [
        ("<h2>Ferry to go on for two years</h2>", True),
        ("<h2>Ferry goes on</h2>", False),  # too few words
        ("<h2>Tuesday, 3 March 2026 at noon</h2>", False),
        ("<p>Jane Roe</p><h2>Ferry to go on for two years</h2>", False),  # not right under the headline
        (f"<h2>{HEADLINE} at last</h2>", False),  # repeats it
        ("<h2><a href='/1'>Ferry to go on for two years</a></h2>", False),
        ("<aside><h2>Ferry to go on for two years</h2></aside>", False),
    ],
)
def test_a_subheading_under_the_headline(html, is_taken):
    assert bool(found(html, score=0.05)) is is_taken


def test_it_is_not_said_twice_and_not_taken_where_there_is_no_headline_or_story():
    layout = lay_out(LexborHTMLParser(f"<body><p class='standfirst'>{SENTENCE}</p>{STORY}</body>"))
    assert stand_first(layout, [0.3, 0.99], {1}, None, None) == set()
    assert stand_first(layout, [0.3, 0.99], set(), 0, None) == set()
    assert found(f"<p class='standfirst'>{SENTENCE}</p>", score=0.004) == []


def test_a_line_with_a_date_is_none_whatever_its_name():
    assert found("<div class='lede-times'>December 6, 2016 at noon in the town</div>") == []


@pytest.mark.parametrize(
    ("name", "text", "score", "is_taken"),
    [
        ("lede", SENTENCE, 0.15, True),
        ("lede", SENTENCE, 0.14, False),
        ("top", SENTENCE, 0.4, False),
        ("lede", SENTENCE.rstrip("."), 0.4, False),
    ],
)
def test_a_named_sentence_right_above_the_headline(name, text, score, is_taken):
    layout = lay_out(
        LexborHTMLParser(f"<body><p class='{name}'>{text}</p><article><h1>{HEADLINE}</h1>{STORY}</article></body>")
    )
    assert bool(stand_first(layout, [score, 0.1, 0.99], {2}, 1, None)) is is_taken
