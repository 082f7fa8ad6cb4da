"""The downloader middleware that follows `<meta http-equiv="refresh">` on pages that only lead to another page.

Replaces Scrapy's own, which follows any of them: a front page that reloads itself every minute would be requested for
ever, and an article that leads to the front page after a while would be lost.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import HtmlResponse, Response
from scrapy.utils.response import get_meta_refresh

from newscrawl.crawl.nouns.visit import visit_of
from newscrawl.discover.address import without_query

#: A page with more bytes than this has content of its own; the refresh is looked for in so many bytes at its start.
_MAX_SIZE, _HEAD = 20_000, 4096


class NewsMetaRefreshMiddleware(MetaRefreshMiddleware):
    """Follows within `METAREFRESH_MAXDELAY` seconds; see the module's docstring."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """The response, or a request for the page to which it leads."""
        body = response.body
        if (
            len(body) > _MAX_SIZE
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
