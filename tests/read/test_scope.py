"""Further stories on the page of one: siblings of the story's element, with a heading and paragraphs of their own."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl import extract
from newscrawl.read.blocks import lay_out
from newscrawl.read.scope import other_stories

PROSE = (
    "<p>The council voted on Monday for a new bridge, and nobody was surprised by it when the hall was empty.</p>"
    "<p>It will cost forty million crowns, of which the state pays one half, the mayor said after the vote.</p>"
)


def story(title, tag="article", level=1, time="", body=PROSE):
    return f"<{tag} class='entry'><header><h{level}>{title}</h{level}>{time}</header><div>{body}</div></{tag}>"


def others(html, score=0.99):
    layout = lay_out(LexborHTMLParser(f"<body><main>{html}</main></body>"))
    headline = layout.texts.index("Bridge")
    scores = [score if text.endswith(".") else 0.1 for text in layout.texts]
    return [layout.texts[i] for i in sorted(other_stories(layout, scores, headline))]


@pytest.mark.parametrize("tag", ["article", "div"])
def test_the_next_story_ends_the_first(tag):
    time = "<time>3 March</time>"
    found = others(story("Bridge", tag, time=time) + "<p>Read also</p>" + story("Ferry", tag, time=time))
    assert found[:2] == ["Ferry", "3 March"] and len(found) == 4


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (story("Bridge", "div"), story("Why a bridge", "div")),  # sections of one story
        (story("Bridge"), story("Why a bridge", level=2)),  # a part under a lower heading
        (story("Bridge"), story("Ferry", body="<p>The ferry is late.</p>")),  # a card
        (story("Bridge", body=""), story("Ferry")),  # the headline stands apart from the story
        (story("Bridge"), f"<article class='other'><h1>Ferry</h1>{PROSE}</article>"),  # another shape
        (story("Bridge"), f"<article class='entry'>{PROSE}</article>"),  # no heading
    ],
)
def test_what_is_no_other_story(first, second):
    assert others(first + second) == []


def test_a_story_before_it_stays_as_the_page_has_it():
    assert others(story("Ferry") + story("Bridge")) == []


def test_paragraphs_that_the_model_doubts_make_no_story():
    assert others(story("Bridge") + story("Ferry"), score=0.4) == []


def test_the_article_has_the_first_story_alone():
    more = PROSE.replace("council", "ferry").replace("bridge", "pier") * 2
    stories = story("Bridge over the river opens", body=PROSE * 2) + story("Ferry of the town is late", body=more)
    page = f"<html><title>Bridge over the river opens</title><body>{stories}</body></html>"
    article = extract(page, "https://news.example/2026/11/bridge-over-the-river-opens")
    assert "council voted" in article.article_body
    assert "ferry voted" not in article.article_body
