"""The downloader middleware that follows `<meta http-equiv="refresh">`, where a page is nothing but the way to another.

Stands in the place of Scrapy's own, which follows any: a paper that loads itself anew every minute would be asked for without end, and a story
that leads to the front page after a while would be lost.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import HtmlResponse, Response
from scrapy.utils.response import get_meta_refresh

from newscrawl.crawl.nouns.visit import visit_of
from newscrawl.discover.address import without_query

#: Bytes from which on a page is more than the way to another, and those of its head that are looked at.
_LARGEST, _HEAD = 20_000, 4096


class NewsMetaRefreshMiddleware(MetaRefreshMiddleware):
    """Follows within `METAREFRESH_MAXDELAY` seconds; see the module's docstring."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """The response, or a request for the page that it leads to."""
        body = response.body
        if (
            len(body) > _LARGEST
            or b"refresh" not in body[:_HEAD].lower()
            or response.status != 200
            or not isinstance(response, HtmlResponse)
        ):
            return response
        if visit_of(request) is None:
            return response
        try:
            _, url = get_meta_refresh(response, ignore_tags=self._ignore_tags)
        except ValueError:
            return response
        if not url or without_query(url) == without_query(response.url):
            return response
        return super().process_response(request, response)
