"""The whole way of one page, without a network: read, with what it states of its rights, strip, check."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from newscrawl.article import Article, Page
from newscrawl.check import check
from newscrawl.read import open_document, read_document
from newscrawl.rights import read_rights
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
    response (encoding, language, rights; several X-Robots-Tag headers as one of several lines). fetched_at: aware; without
    it relative dates are not read. without: names of strip rules to switch off. Raises UnreadablePage, NotAnArticle or IncompleteArticle (all NewscrawlError).
    """
    return check(strip(read_page(Page(url, html, fetched_at, headers or {})), without))


def read_page(page: Page) -> Article:
    """The article of a page as it was read, with what the page and its headers state of its rights. Raises UnreadablePage."""
    document = open_document(page)
    return replace(read_document(document), rights=read_rights(document))
