"""What a source states of an article fills what its page does not state."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from newscrawl.article import Article, Link
from newscrawl.crawl.articles.evidence import with_evidence
from newscrawl.text import UNSTATED

URL = "https://a.example/x"
DATE = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)


def test_a_statement_of_a_source_is_used_when_the_page_makes_none() -> None:
    link = Link(URL, DATE, "From the feed", "news sitemap", language="nl")
    bare = with_evidence(Article(URL), link)
    assert (bare.date_published, bare.headline, bare.in_language) == (DATE, "From the feed", "nl")
    own = Article(URL, headline="Own", in_language="de", date_published=DATE - timedelta(days=3))
    assert with_evidence(own, link) == own
    day = DATE.replace(hour=0, tzinfo=UNSTATED)
    assert with_evidence(Article(URL, date_published=day), link).date_published == DATE
    anchor = Link(URL, DATE, "Anchor", "front page")
    assert with_evidence(Article(URL), anchor).headline is None
