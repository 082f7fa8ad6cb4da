"""The whole way of one page, without a network: read, strip, check."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from newscrawl.article import Article, Page
from newscrawl.check import check
from newscrawl.read import read
from newscrawl.strip import strip


def extract(
    html: bytes | str,
    url: str = "",
    headers: Mapping[str, str] | None = None,
    fetched_at: datetime | None = None,
    without: Collection[str] = (),
) -> Article:
    """The article of a page.

    html: bytes as served, or text. url: where it came from; relative addresses are joined to it. headers: of the
    response (encoding, language). fetched_at: aware; without it relative dates are not read. without: names of
    strip rules to switch off. Raises UnreadablePage, NotAnArticle or IncompleteArticle (all NewscrawlError).
    """
    return check(strip(read(Page(url, html, fetched_at, headers or {})), without))
