"""What `extract` promises about any page."""

from newscrawl import IncompleteArticle, NewscrawlError, NotAnArticle, Page, UnreadablePage, extract
from newscrawl.read import open_document
from newscrawl.read.structured import collect
from tests.support.story_page import URL, page


def test_the_same_page_gives_the_same_article_each_time():
    html = page()
    articles = [extract(html, URL) for _ in range(4)]
    assert all(article.article_body == articles[0].article_body for article in articles)


def test_all_errors_are_newscrawl_errors():
    assert all(issubclass(error, NewscrawlError) for error in (UnreadablePage, NotAnArticle, IncompleteArticle))
    assert collect(open_document(Page("", page())).tree).title == "Council votes for new bridge"
