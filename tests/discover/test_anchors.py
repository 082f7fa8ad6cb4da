"""The anchors of a page are bounded, in number and in time."""

import time

from newscrawl.article import Page
from newscrawl.discover.anchors import MAX_LINKS, anchors
from newscrawl.discover.page import section_links
from newscrawl.discover.pagination import next_pages
from newscrawl.read import open_document
from tests.support.story_page import BODY, URL, page


def test_the_links_of_a_page_are_bounded():
    many = "".join(
        f'<a rel=next class=next href="/2026/11/{n}?page={n}"><img src=/a.jpg>More {n}</a>'
        for n in range(MAX_LINKS + 500)
    )
    tree = open_document(Page(URL, page(BODY + many))).tree
    start = time.process_time()
    assert len(anchors(tree, URL)) == MAX_LINKS
    assert len(next_pages(tree, URL)) <= 200
    assert len(section_links(tree, URL)) <= 300
    assert time.process_time() - start < 30
