"""What speaks for a stand-first: its name, the description, a sentence or a sub-heading under the headline."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.read.blocks import lay_out
from newscrawl.read.stand_first import stand_first

HEADLINE = "Council votes for a new bridge"
STORY = (
    "<p>The council voted on Monday for it after five hours, and nobody in the hall was surprised by the result.</p>"
)
SENTENCE = "The ferry goes on for two years, and its captain is not happy."


def found(between, description=None, headline=HEADLINE):
    """The texts between headline and story that something speaks for."""
    return [text for text, _ in said(between, description, headline)]


def said(between, description=None, headline=HEADLINE):
    """The same, each with what is said of it."""
    tree = LexborHTMLParser(f"<body><div><h1>{headline}</h1>{between}<main>{STORY}</main></div></body>")
    layout = lay_out(tree)
    return [(layout.texts[i], name) for i, name in stand_first(layout, {len(layout.texts) - 1}, 0, description)]


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
    assert said(f"<p class='{name}'>The ferry goes on for years</p>") == [
        ("The ferry goes on for years", "named as a stand-first")
    ]


@pytest.mark.parametrize("name", ["leading-tight", "misleading", "decker", "introvert", "summarybox2", "undecked"])
def test_other_names_say_nothing(name):
    assert found(f"<p class='{name}'>The ferry goes on for years</p>") == []


def test_a_named_list_is_a_stand_first_and_another_list_is_not():
    items = "<li>The ferry goes on for years</li><li>The old bridge will be a garden</li>"
    assert len(found(f"<ul class='lede-summary'>{items}</ul>")) == 2
    assert found(f"<ul class='bullets'>{items}</ul>") == []


def test_the_description_says_the_same():
    text = "The ferry goes on for years and years"
    description = text + ", says the mayor."
    assert said(f"<p>{text}</p>", description) == [(text, "says what the page's description says")]
    assert found(f"<p>{text}</p>", description="Something else is said here about the town.") == []


def test_the_description_is_compared_by_its_first_sixty_characters():
    text = "The ferry goes on for years and years until the bridge stands, and then it is a museum"
    cut = text[:65] + " and so on, as the mayor said in the hall"
    assert found(f"<p>{text}</p>", description=cut) == [text]
    assert found(f"<p>{text}</p>", description=text[:50] + "x" + text[51:]) == []
    assert found("<p>The ferry goes on and on</p>", description="The ferry") == []


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [
        (SENTENCE, True),
        (SENTENCE.rstrip("."), False),  # a line
        ("The ferry goes on for years.", False),  # short
        ("It was printed first at 12:30 by the paper of the town itself.", False),  # a line with a time
        (f"<a href='/1'>{SENTENCE}</a>", False),
    ],
)
def test_a_sentence_under_the_headline(text, is_taken):
    names = [name for _, name in said(f"<p>{text}</p>")]
    assert names == (["a sentence between the headline and the story"] if is_taken else [])


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
    assert [name for _, name in said(html)] == (["a sub-heading under the headline"] if is_taken else [])


def test_it_is_not_said_twice_and_not_taken_where_there_is_no_headline_or_story():
    layout = lay_out(LexborHTMLParser(f"<body><p class='standfirst'>{SENTENCE}</p>{STORY}</body>"))
    assert list(stand_first(layout, {1}, None, None)) == []
    assert list(stand_first(layout, set(), 0, None)) == []


def test_a_line_with_a_date_is_none_whatever_its_name():
    assert found("<div class='lede-times'>December 6, 2016 at noon in the town</div>") == []


@pytest.mark.parametrize(
    ("name", "text", "is_taken"),
    [
        ("lede", SENTENCE, True),
        ("top", SENTENCE, False),
        ("lede", SENTENCE.rstrip("."), False),
    ],
)
def test_a_named_sentence_right_above_the_headline(name, text, is_taken):
    layout = lay_out(
        LexborHTMLParser(f"<body><p class='{name}'>{text}</p><article><h1>{HEADLINE}</h1>{STORY}</article></body>")
    )
    found = list(stand_first(layout, {2}, 1, None))
    assert found == ([(0, "named as a stand-first, above the headline")] if is_taken else [])
