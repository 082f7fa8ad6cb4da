"""Which blocks of a page are its story."""

from newscrawl import extract
from tests.support.story_page import BODY, PARAGRAPHS, URL, page


def test_the_story_is_complete_and_in_order():
    links = "".join(f"<li><a href='/{i}'>Another story number {i}</a></li>" for i in range(8))
    related = f"<aside class='related'><h3>More news</h3><ul>{links}</ul></aside>"
    comments = "<section id='comments'><h2>Comments</h2><p>I do not agree with this at all!</p></section>"
    html = page(f"{BODY}{related}{comments}")
    assert extract(html, URL).article_body.split("\n\n") == PARAGRAPHS


def test_a_page_without_p_elements_is_read():
    html = page("<div>" + "<br><br>".join(PARAGRAPHS) + "</div>")
    assert extract(html, URL).article_body.split("\n\n") == PARAGRAPHS
